/* Building the new state: metadata that is the server's, what update and create may change, generation. */
#include "apiserver/write.h"
#include "api/object.h"
#include <limits.h>

/* --- metadata --- */

void copy_meta(json_t *to, const json_t *from, const char *key)
{
	json_t *v = json_object_get(from, key);

	if (v)
		(void)json_object_set(to, key, v);
	else
		(void)json_object_del(to, key);
}

json_t *write_meta(json_t *obj)
{
	json_t *m = json_object_get(obj, "metadata");

	if (json_is_object(m))
		return m;
	(void)json_object_set_new(obj, "metadata", json_object());
	return json_object_get(obj, "metadata");
}

int write_set_namespace(struct write *w, json_t *meta, struct err *e)
{
	struct req *r = w->r;
	const char *ns = json_str(meta, "namespace");

	/* Objects that live in no namespace lose theirs without a word, as in Kubernetes. */
	if (!r->res->namespaced) {
		(void)json_object_del(meta, "namespace");
		return 0;
	}
	if (ns && *ns && !streq(ns, r->ns))
		return err_set(e, ERR_BAD_REQUEST, "the namespace of the provided object does not match the namespace sent on the request");
	return json_object_set_new(meta, "namespace", json_string(r->ns)) ? err_nomem(e) : 0;
}

/* Takes the request's name from the object of a create. */
int write_set_name(struct write *w, json_t *meta, struct err *e)
{
	struct req *r = w->r;
	const char *name = json_str(meta, "name"), *gen = json_str(meta, "generateName");

	if ((!name || !*name) && gen && *gen) {
		bool address = streq(r->plural, "ipaddresses") && !r->res->crd; /* nothing makes an address of it */
		char suffix[6] = "";
		AUTO_FREE char *n = NULL;

		random_suffix(suffix, address ? 0 : 5);
		n = str_fmt("%.*s%s", address ? INT_MAX : 58, gen,
			    suffix); /* names.go: cut so that the whole stays a label */
		if (!n || json_object_set_new(meta, "name", json_string(n)))
			return err_nomem(e);
		w->generated = true;
		name = json_str(meta, "name");
	}
	if (!name)
		name = "";
	if (!*name && streq(r->plural, "limitranges") && !*r->group) { /* Kubernetes names them so */
		char uid[37];

		uuid_new(uid);
		if (json_object_set_new(meta, "name", json_string(uid)))
			return err_nomem(e);
		name = json_str(meta, "name");
	}
	r->name = req_text(r, name);
	return r->name ? 0 : err_nomem(e);
}

/* What Kubernetes' types leave out when it is empty: a finalizer taken away by a patch leaves no list behind. */
static void drop_empty(json_t *meta)
{
	static const char *const lists[] = {"finalizers", "ownerReferences"};

	for (size_t i = 0; i < ARRAY_LEN(lists); i++)
		if (json_is_array(json_object_get(meta, lists[i])) && json_array_size(json_object_get(meta, lists[i])) == 0)
			(void)json_object_del(meta, lists[i]);
}

/* One reference to each owner, with a warning where there were more. -ENOMEM. */
static int dedup_owners(struct write *w, json_t *meta)
{
	json_t *list = json_object_get(meta, "ownerReferences");
	struct buf again AUTO_BUF = {0};

	if (json_array_size(list) < 2)
		return 0;
	AUTO_JSON json_t *seen = json_object(), *kept = json_array();
	for (size_t i = 0; i < json_array_size(list); i++) {
		const char *uid = json_str_or(json_array_get(list, i), "uid", "");
		json_t *times = json_object_get(seen, uid);

		if (times && json_integer_value(times) == 1)
			buf_addf(&again, "%s%s", again.len ? ", " : "", uid);
		if (json_object_set_new(seen, uid, json_integer(json_integer_value(times) + 1)) || (!times && json_array_append(kept, json_array_get(list, i))))
			return -ENOMEM;
	}
	if (json_array_size(kept) == json_array_size(list))
		return 0;
	req_warn(w->r,
		 ".metadata.ownerReferences contains duplicate entries; API server dedups owner references in 1.20+, and may reject such requests as early as 1.24; "
		 "please fix your requests; duplicate UID(s) observed: %s",
		 again.len ? again.data : "");
	return json_object_set(meta, "ownerReferences", kept) ? -ENOMEM : 0;
}

static bool is_field_set(const json_t *set)
{
	const char *key;
	json_t *v;

	if (!json_is_object(set))
		return false;
	json_object_foreach((json_t *)set, key, v)
		if ((!streq(key, ".") && (!key[0] || !strchr("fkvi", key[0]) || key[1] != ':')) || !is_field_set(v))
			return false;
	return true;
}

/* Whether a client's managedFields can be read. Where not, they are taken for not written, as if by who knows nothing of them. */
static bool managers_sound(const json_t *list)
{
	json_t *m;
	size_t i;

	json_array_foreach((json_t *)list, i, m)
	{
		const char *op = json_str_or(m, "operation", "");

		if (json_object_size(m) == 0 && json_array_size(list) == 1) /* forget them all */
			return true;
		if ((!streq(op, "Apply") && !streq(op, "Update")) || !streq(json_str_or(m, "fieldsType", ""), "FieldsV1") || !is_field_set(json_object_get(m, "fieldsV1")))
			return false;
	}
	return true;
}

static int prepare_meta_create(struct write *w, struct err *e)
{
	static const char *const ours[] = {"uid", "creationTimestamp", "deletionTimestamp", "deletionGracePeriodSeconds", "selfLink"};
	json_t *meta = write_meta(w->obj);
	char uid[37];
	const char *rv;

	if (!meta)
		return err_nomem(e);
	rv = json_str(meta, "resourceVersion");
	/* Kubernetes' storage finds it, after validation; a dry run does not ask it. */
	w->names_revision = rv && *rv && !streq(rv, "0") && !req_is_dry(w->r);
	(void)json_object_del(meta, "resourceVersion");
	drop_empty(meta);
	if (dedup_owners(w, meta))
		return err_nomem(e);
	/* To forget them all is for updates. */
	if (!managers_sound(json_object_get(meta, "managedFields")) || !json_object_size(json_array_get(json_object_get(meta, "managedFields"), 0)))
		(void)json_object_del(meta, "managedFields");
	for (size_t i = 0; i < ARRAY_LEN(ours); i++)
		(void)json_object_del(meta, ours[i]);
	uuid_new(uid); /* a generation stays what was written, where nothing counts it */
	if (json_object_set_new(meta, "uid", json_string(uid)) || json_object_set_new(meta, "creationTimestamp", json_string(w->now)))
		return err_nomem(e);
	if (w->st->flags & (ST_GENERATION | ST_GENERATION_ONE) || w->r->res->crd)
		(void)json_object_set_new(meta, "generation", json_integer(1));
	return 0;
}

/* Whether anything generation counts has changed: spec; of custom resources everything but metadata and status. */
static bool spec_changed(const struct write *w)
{
	json_t *v;
	const char *key;

	if (!w->r->res->crd) {
		json_t *a = json_object_get(w->old, "spec"), *b = json_object_get(w->obj, "spec");

		if (!a && !b) { /* kinds whose content is not called spec */
			for (int side = 0; side < 2; side++)
				json_object_foreach(side ? w->old : w->obj, key, v) {
					if (!streq(key, "metadata") && !streq(key, "status") && !json_equal(v, json_object_get(side ? w->obj : w->old, key)))
						return true;
				}
			return false;
		}
		return !json_equal(a, b);
	}
	json_object_foreach(w->obj, key, v) {
		if (streq(key, "metadata") || (streq(key, "status") && api_subresource_find(w->r->res, "status")))
			continue;
		if (!json_equal(v, json_object_get(w->old, key)))
			return true;
	}
	json_object_foreach(w->old, key, v) {
		if (streq(key, "metadata") || (streq(key, "status") && api_subresource_find(w->r->res, "status")))
			continue;
		if (!json_object_get(w->obj, key))
			return true;
	}
	return false;
}

/* Whether an update names another object's uid. Of a patch of the object itself validation says that it may not be changed. */
static bool other_object(struct write *w)
{
	const char *uid = json_str_or(json_object_get(w->obj, "metadata"), "uid", "");
	bool other = *uid && !streq(uid, obj_uid(w->old));

	w->other_uid = other && w->kind == WRITE_PATCH && !*w->r->subname;
	return other && !w->other_uid;
}

/* Where Kubernetes' store keeps an object: by its resource, but for the first ones. */
static char *stored_at(const struct req *r)
{
	static const struct {
		const char *plural, *folder;
	} named[] = {{"nodes", "minions"}, {"services", "services/specs"}, {"endpoints", "services/endpoints"}, {"replicationcontrollers", "controllers"}, {"ingresses", "ingress"}};
	bool by_group = r->res->crd || streq(r->group, "apiextensions.k8s.io") || streq(r->group, "apiregistration.k8s.io");
	const char *folder = r->plural;

	for (size_t i = 0; i < ARRAY_LEN(named) && !r->res->crd; i++)
		if (streq(named[i].plural, folder))
			folder = named[i].folder;
	return str_fmt("%s%s/%s%s%s/%s", by_group ? "/" : "", by_group ? r->group : "", folder, r->res->namespaced ? "/" : "", r->res->namespaced ? r->ns : "", r->name);
}

static int uid_refused(struct write *w, struct err *e)
{
	const struct req *r = w->r;
	const char *uid = json_str_or(json_object_get(w->obj, "metadata"), "uid", "");
	AUTO_FREE char *at = stored_at(r);
	AUTO_FREE char *m = str_fmt("Operation cannot be fulfilled on %s%s%s \"%s\": StorageError: invalid object, Code: 4, Key: %s, "
				    "ResourceVersion: 0, AdditionalErrorMsg: Precondition failed: UID in precondition: %s, UID in object meta: %s",
				    r->plural, *r->group ? "." : "", r->group, r->name, at ? at : "", uid, obj_uid(w->old));

	w->fail_status = status_new(409, "Conflict", m ? m : "Precondition failed");
	if (w->fail_status)
		(void)status_set_details(w->fail_status, r->group, r->plural, r->name, NULL);
	return err_set(e, ERR_CONFLICT, "Precondition failed: UID in precondition: %s, UID in object meta: %s", uid, obj_uid(w->old));
}

static int prepare_meta_update(struct write *w, struct err *e)
{
	static const char *const ours[] = {"creationTimestamp", "selfLink", "generation"};
	json_t *meta = write_meta(w->obj);
	const json_t *old = json_object_get(w->old, "metadata");

	if (!meta)
		return err_nomem(e);
	if (other_object(w))
		return uid_refused(w, e);
	if (!w->other_uid)
		copy_meta(meta, old, "uid");
	drop_empty(meta);
	if (dedup_owners(w, meta))
		return err_nomem(e);
	/* By way of a subresource they are neither written nor forgotten. */
	if ((*w->r->subname && !(w->kind == WRITE_PATCH && w->patch == PATCH_APPLY)) || !managers_sound(json_object_get(meta, "managedFields")))
		(void)json_object_del(meta, "managedFields");
	for (size_t i = 0; i < ARRAY_LEN(ours); i++)
		copy_meta(meta, old, ours[i]);
	/* No update takes these away or changes them; that none brings them is for validation. */
	if (json_object_get(old, "deletionTimestamp"))
		copy_meta(meta, old, "deletionTimestamp");
	if (!json_object_get(meta, "deletionGracePeriodSeconds"))
		copy_meta(meta, old, "deletionGracePeriodSeconds");
	if (!json_object_get(meta, "managedFields")) /* an empty list forgets them */
		copy_meta(meta, old, "managedFields");
	if (!json_object_get(meta, "generateName"))
		copy_meta(meta, old, "generateName");
	return 0;
}

/* --- building --- */

static bool has_status_sub(const struct api_resource *res) { return api_subresource_find(res, "status") != NULL; }

static int settle_create(struct write *w, struct err *e)
{
	if (api_fill_structs(w->r->res->type, w->obj) || api_default(w->r->res->type, w->obj))
		return err_nomem(e);
	if (has_status_sub(w->r->res) && !(w->st->flags & ST_KEEP_STATUS))
		(void)json_object_del(w->obj, "status");
	if (w->st->convert && w->st->convert(w, e))
		return e->code;
	/* Who wrote what is noted now: what the server itself adds from here on is nobody's, but what is always there is its writer's. */
	if (api_fill_owned(w->r->res->type, w->obj))
		return err_nomem(e);
	if (write_manage(w, e))
		return e->code;
	api_drop_unstored(w->r->res->type, w->obj);
	return w->st->prepare_create ? w->st->prepare_create(w, e) : 0;
}

void write_build_create(struct write *w)
{
	struct err e = {0};

	if (prepare_meta_create(w, &e) || settle_create(w, &e)) {
		write_fail(w, &e);
		return;
	}
	write_admit(w);
}

static bool meta_changed(const struct write *w, const char *path)
{
	const json_t *now = json_dot(w->obj, path), *was = json_dot(w->old, path);

	return now && was ? json_equal(now, was) != 1 : now || was;
}

/* A Deployment's annotations are copied to its ReplicaSets, so its generation counts them; an EndpointSlice's counts labels, too. */
static bool annotations_count(const struct write *w)
{
	bool slice = streq(w->r->plural, "endpointslices") && streq(w->r->group, "discovery.k8s.io");

	return slice ? meta_changed(w, "metadata.labels")
		     : streq(w->r->plural, "deployments") && streq(w->r->group, "apps") && meta_changed(w, "metadata.annotations");
}

/* Of an update: once more than before where it changes what is wanted. Which node a pod runs on is in its spec, but no such change. */
int write_count_generation(struct write *w)
{
	const struct req *r = w->r;
	json_t *was = json_at(w->old, "metadata", "generation", NULL);
	bool counts = w->st->flags & (ST_GENERATION | ST_GENERATION_LATER) || r->res->crd;

	if (!counts || streq(r->subname, "status") || streq(r->subname, "binding"))
		return 0;
	if (spec_changed(w) || annotations_count(w))
		return json_object_set_new(json_object_get(w->obj, "metadata"), "generation", json_integer(obj_generation(w->old) + 1));
	if (was)
		return json_object_set(json_object_get(w->obj, "metadata"), "generation", was);
	(void)json_object_del(json_object_get(w->obj, "metadata"), "generation");
	return 0;
}

static int settle_update(struct write *w, struct err *e)
{
	struct req *r = w->r;

	if (*r->subname && !w->mutate && other_object(w))
		return uid_refused(w, e);
	if (*r->subname && write_meta(w->obj) && dedup_owners(w, write_meta(w->obj)))
		return err_nomem(e);
	if (*r->subname && !w->scale && !w->mutate && sub_merge(w, e))
		return e->code;
	if (prepare_meta_update(w, e))
		return e->code;
	if ((w->kind != WRITE_UPDATE || !*r->subname || streq(r->subname, "status")) && (api_fill_structs(r->res->type, w->obj) || api_default(r->res->type, w->obj)))
		return err_nomem(e);
	if (!*r->subname && has_status_sub(r->res)) {
		json_t *st = json_object_get(w->old, "status");

		if (st)
			(void)json_object_set(w->obj, "status", st);
		else
			(void)json_object_del(w->obj, "status");
	}
	if (w->st->convert && w->st->convert(w, e))
		return e->code;
	if (api_fill_owned(r->res->type, w->obj))
		return err_nomem(e);
	if (write_manage(w, e))
		return e->code;
	api_drop_unstored(r->res->type, w->obj);
	if (w->st->prepare_update && w->st->prepare_update(w, e))
		return e->code;
	return write_count_generation(w) ? err_nomem(e) : 0;
}

void write_build_update(struct write *w)
{
	struct req *r = w->r;
	struct err e = {0};
	const char *rv = json_str_or(json_object_get(w->obj, "metadata"), "resourceVersion", "");
	const char *uid = json_str(json_object_get(w->obj, "metadata"), "uid");
	int64_t n = 0;

	if (*rv && rv[strspn(rv, "0123456789")] && (w->kind == WRITE_UPDATE || w->kind == WRITE_PATCH)) {
		AUTO_FREE char *m = str_fmt("strconv.ParseUint: parsing \"%.64s\": invalid syntax", rv);

		w->fail_status = status_new(500, NULL, m ? m : "");
		(void)err_set(&e, ERR_BAD_REQUEST, "a revision of no form");
		write_fail(w, &e);
		return;
	}
	if (*rv && !streq(rv, "0")) {
		w->conditional |= w->kind == WRITE_UPDATE && !w->any_revision;
		if (str_to_i64(rv, 0, INT64_MAX, &n) || n != w->old_rev) {
			write_conflict(w);
			return;
		}
	} else if (uid && *uid && !streq(uid, obj_uid(w->old)) && w->kind == WRITE_UPDATE && !*r->subname) {
		; /* told below */
	} else if (w->st->flags & ST_NO_UNCOND_UPDATE || (r->res->crd && w->kind == WRITE_UPDATE)) {
		AUTO_CAUSES struct api_causes c = {0};
		json_t *status;

		api_cause_add(&c, "FieldValueInvalid", "metadata.resourceVersion", "Invalid value: 0: must be specified for an update");
		status = status_invalid(r->group, r->plural, r->name, &c); /* the store says so, which knows resources and no kinds */
		write_fail_status(w, status);
		return;
	}
	if (*r->subname && !streq(r->subname, "status") && uid && *uid && !streq(uid, obj_uid(w->old))) {
		write_conflict(w);
		return;
	}
	if (settle_update(w, &e)) {
		write_fail(w, &e);
		return;
	}
	write_admit(w);
}

int write_settle(struct write *w, struct err *e) { return w->creating ? settle_create(w, e) : settle_update(w, e); }
