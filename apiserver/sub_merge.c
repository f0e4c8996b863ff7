/* Subresources that are a part of the object: what of the body counts, laid over a copy of the stored object. */
#include "apiserver/write.h"

static int take(json_t *o, const json_t *body, const char *part, const char *key)
{
	json_t *to = json_copy(json_object_get(o, part));

	if (!to && !(to = json_object()))
		return -ENOMEM;
	copy_meta(to, json_object_get(body, part), key);
	return json_object_set_new(o, part, to) ? -ENOMEM : 0;
}

/* Resources of containers that are in both, by name. */
static int take_resources(json_t *o, const json_t *body, const char *list)
{
	static const char *const keys[] = {"resources", "resizePolicy"};
	AUTO_JSON json_t *spec = json_copy(json_object_get(o, "spec"));
	AUTO_JSON json_t *out = json_array();
	const json_t *c, *n;
	size_t i, k;

	if (!spec || !out)
		return -ENOMEM;
	if (!json_object_get(spec, list))
		return 0;
	json_array_foreach(json_object_get(spec, list), i, c) {
		json_t *copy = json_copy((json_t *)(uintptr_t)c);

		if (!copy)
			return -ENOMEM;
		json_array_foreach(json_at(body, "spec", list, NULL), k, n) {
			if (!streq(json_str(n, "name"), json_str(c, "name")))
				continue;
			for (size_t m = 0; m < ARRAY_LEN(keys); m++)
				copy_meta(copy, n, keys[m]);
		}
		if (json_array_append_new(out, copy))
			return -ENOMEM;
	}
	return json_object_set(spec, list, out) || json_object_set(o, "spec", spec) ? -ENOMEM : 0;
}

int sub_merge(struct write *w, struct err *e)
{
	struct req *r = w->r;
	const char *sub = r->subname;
	AUTO_JSON json_t *o = json_copy(w->old);
	AUTO_JSON json_t *meta = NULL;
	bool status = streq(sub, "status");
	int rc = 0;

	if (!o)
		return err_nomem(e);
	if (status)
		copy_meta(o, w->obj, "status");
	else if (streq(sub, "approval"))
		rc = take(o, w->obj, "status", "conditions");
	else if (streq(sub, "finalize"))
		rc = take(o, w->obj, "spec", "finalizers");
	else if (streq(sub, "ephemeralcontainers"))
		rc = take(o, w->obj, "spec", "ephemeralContainers");
	else if (streq(sub, "resize"))
		rc = take_resources(o, w->obj, "containers") ? -ENOMEM : take_resources(o, w->obj, "initContainers");
	else
		return err_set(e, ERR_METHOD, "the server does not allow this method on the requested resource");
	if (rc)
		return err_nomem(e);
	if (status && w->st->flags & ST_STATUS_RESET) { /* metav1.ResetObjectMetaForStatus */
		static const char *const kept[] = {"deletionTimestamp", "generation", "labels", "annotations", "finalizers", "ownerReferences"};

		meta = json_copy(json_object_get(w->obj, "metadata"));
		for (size_t i = 0; meta && i < ARRAY_LEN(kept); i++)
			copy_meta(meta, json_object_get(w->old, "metadata"), kept[i]);
	} else if (((status && !(w->st->flags & ST_STATUS_ALONE)) || streq(sub, "approval") || streq(sub, "finalize")) && !r->res->crd) {
		/* Metadata of built-in kinds may change by way of these too; owners of pods not. */
		meta = json_copy(json_object_get(w->obj, "metadata"));
		if (meta && (!status || streq(r->plural, "pods")))
			copy_meta(meta, json_object_get(w->old, "metadata"), "ownerReferences");
		if (meta && status && streq(r->plural, "pods"))
			copy_meta(meta, json_object_get(w->old, "metadata"), "deletionTimestamp");
		if (meta && status && streq(r->plural, "deployments"))
			copy_meta(meta, json_object_get(w->old, "metadata"), "labels");
	} else {
		meta = json_copy(json_object_get(w->old, "metadata"));
		if (meta && json_at(w->obj, "metadata", "managedFields", NULL))
			copy_meta(meta, json_object_get(w->obj, "metadata"), "managedFields");
	}
	if (!meta || json_object_set(o, "metadata", meta))
		return err_nomem(e);
	json_decref(w->obj);
	w->obj = TAKE_PTR(o);
	return 0;
}
