/* CREATE, UPDATE, PATCH: see write.h for the way. */
#include "apiserver/write.h"
#include "api/object.h"
#include "api/patch.h"
#include "api/scan.h"
#include "apiserver/scale.h"
#include "base/clock.h"

#define MAX_TRIES 50

struct write *write_new(struct req *r, enum write_kind kind)
{
	struct write *w = calloc(1, sizeof(*w));

	if (!w)
		return NULL;
	w->r = r;
	w->a = r->a;
	w->kind = kind;
	w->creating = kind == WRITE_CREATE;
	w->st = strategy_find(r->res);
	w->status = kind == WRITE_CREATE ? 201 : 200;
	w->scale = r->sub && streq(r->sub->name, "scale");
	return w;
}

static void write_drop_trees(struct write *w)
{
	json_decref(TAKE_PTR(w->body));
	json_decref(TAKE_PTR(w->opts));
	json_decref(TAKE_PTR(w->old));
	json_decref(TAKE_PTR(w->obj));
	json_decref(TAKE_PTR(w->adm.warnings));
	json_decref(TAKE_PTR(w->adm.status));
	json_decref(TAKE_PTR(w->fail_status));
}

void ops_done(struct admission_ops *o)
{
	for (size_t i = 0; i < o->n; i++) {
		free((char *)(uintptr_t)o->v[i].key);
		(void)bytes_unref(o->v[i].value);
		(void)bytes_unref(o->v[i].index);
	}
	free(o->v);
	*o = (struct admission_ops){0};
}

int ops_add(struct admission_ops *o, enum store_op_kind kind, const char *key, int64_t expect, struct bytes *value, size_t splice,
	    struct bytes *index)
{
	char *k = str_dup(key);

	if (!k)
		return -ENOMEM;
	if (o->n == o->cap) {
		size_t cap = o->cap ? o->cap * 2 : 4;
		struct store_op *v = reallocarray(o->v, cap, sizeof(*v));

		if (!v) {
			free(k);
			return -ENOMEM;
		}
		o->v = v;
		o->cap = cap;
	}
	o->v[o->n++] = (struct store_op){
		.kind = kind, .key = k, .expect = expect, .value = bytes_ref(value), .splice = splice, .index = bytes_ref(index)};
	return 0;
}

int admission_add_put(struct admission *adm, const char *key, int64_t expect, struct bytes *value, size_t splice, struct bytes *index)
{
	return ops_add(adm->ops, STORE_PUT, key, expect, value, splice, index);
}
int admission_add_delete(struct admission *adm, const char *key, int64_t expect)
{
	return ops_add(adm->ops, STORE_DELETE, key, expect, NULL, 0, NULL);
}
int admission_add_check(struct admission *adm, const char *key, int64_t expect)
{
	return ops_add(adm->ops, STORE_CHECK, key, expect, NULL, 0, NULL);
}

void write_free(struct write *w)
{
	write_drop_trees(w);
	ops_done(&w->ops);
	(void)bytes_unref(w->old_value);
	free(w->key);
	free(w->ns_key);
	free(w);
}

void write_fail(struct write *w, const struct err *e)
{
	struct req *r = w->r;
	json_t *s = TAKE_PTR(w->fail_status);

	write_free(w);
	if (s)
		req_fail_status(r, s);
	else
		req_fail_err(r, e);
}

void write_fail_status(struct write *w, json_t *status)
{
	struct req *r = w->r;

	write_free(w);
	req_fail_status(r, status);
}

void write_conflict(struct write *w)
{
	struct req *r = w->r;
	AUTO_FREE char *m = str_fmt("Operation cannot be fulfilled on %s%s%s \"%s\": the object has been modified; please apply your changes to "
				    "the latest version and try again",
				    r->plural, *r->group ? "." : "", r->group, r->name);
	json_t *s = status_new(409, "Conflict", m ? m : "conflict");

	if (s)
		(void)status_set_details(s, r->group, r->plural, r->name, NULL);
	write_fail_status(w, s);
}

/* --- metadata --- */

void copy_meta(json_t *to, const json_t *from, const char *key)
{
	json_t *v = json_object_get(from, key);

	if (v)
		(void)json_object_set(to, key, v);
	else
		(void)json_object_del(to, key);
}

static json_t *meta_of(json_t *obj)
{
	json_t *m = json_object_get(obj, "metadata");

	if (json_is_object(m))
		return m;
	(void)json_object_set_new(obj, "metadata", json_object());
	return json_object_get(obj, "metadata");
}

static int set_namespace(struct write *w, json_t *meta, struct err *e)
{
	struct req *r = w->r;
	const char *ns = json_str(meta, "namespace");

	if (!r->res->namespaced) {
		if (ns && *ns)
			return err_set(e, ERR_BAD_REQUEST, "namespace should not be set on cluster-scoped objects");
		(void)json_object_del(meta, "namespace");
		return 0;
	}
	if (ns && *ns && !streq(ns, r->ns))
		return err_set(e, ERR_BAD_REQUEST, "the namespace of the provided object does not match the namespace sent on the request");
	return json_object_set_new(meta, "namespace", json_string(r->ns)) ? err_nomem(e) : 0;
}

/* Takes the request's name from the object of a create. */
static int set_name(struct write *w, json_t *meta, struct err *e)
{
	struct req *r = w->r;
	const char *name = json_str(meta, "name"), *gen = json_str(meta, "generateName");

	if ((!name || !*name) && gen && *gen) {
		char suffix[6];
		AUTO_FREE char *n = NULL;

		random_suffix(suffix, 5);
		suffix[5] = 0;
		n = str_fmt("%.58s%s", gen, suffix);
		if (strlen(gen) > 58) {
			/* names.go: base is cut so that the whole stays a label */
			free(n);
			n = str_fmt("%.*s%s", 58, gen, suffix);
		}
		if (!n || json_object_set_new(meta, "name", json_string(n)))
			return err_nomem(e);
		w->generated = true;
		name = json_str(meta, "name");
	}
	if (!name)
		name = "";
	free(r->name);
	r->name = str_dup(name);
	return r->name ? 0 : err_nomem(e);
}

static int prepare_meta_create(struct write *w, struct err *e)
{
	static const char *const ours[] = {"uid", "creationTimestamp", "deletionTimestamp", "deletionGracePeriodSeconds", "selfLink", "generation"};
	json_t *meta = meta_of(w->obj);
	char uid[37];
	const char *rv;

	if (!meta)
		return err_nomem(e);
	rv = json_str(meta, "resourceVersion");
	if (rv && *rv && !streq(rv, "0"))
		return err_set(e, ERR_BAD_REQUEST, "resourceVersion should not be set on objects to be created");
	(void)json_object_del(meta, "resourceVersion");
	for (size_t i = 0; i < ARRAY_LEN(ours); i++)
		(void)json_object_del(meta, ours[i]);
	uuid_new(uid);
	if (json_object_set_new(meta, "uid", json_string(uid)) || json_object_set_new(meta, "creationTimestamp", json_string(w->now)))
		return err_nomem(e);
	if (w->st->flags & ST_GENERATION || w->r->res->crd)
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
			json_object_foreach(w->obj, key, v) {
				if (!streq(key, "metadata") && !streq(key, "status") && !json_equal(v, json_object_get(w->old, key)))
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

static int prepare_meta_update(struct write *w, struct err *e)
{
	static const char *const ours[] = {"creationTimestamp", "deletionTimestamp", "deletionGracePeriodSeconds", "selfLink", "generation"};
	json_t *meta = meta_of(w->obj);
	const json_t *old = json_object_get(w->old, "metadata");
	const char *uid, *old_uid = json_str_or(old, "uid", "");

	if (!meta)
		return err_nomem(e);
	uid = json_str(meta, "uid");
	if (uid && *uid && !streq(uid, old_uid)) {
		AUTO_FREE char *m = str_fmt("Operation cannot be fulfilled on %s%s%s \"%s\": StorageError: invalid object, Code: 4, Key: %s, "
					    "ResourceVersion: 0, AdditionalErrorMsg: Precondition failed: UID in precondition: %s, UID in object meta: %s",
					    w->r->plural, *w->r->group ? "." : "", w->r->group, w->r->name, w->key, uid, old_uid);
		w->fail_status = status_new(409, "Conflict", m ? m : "Precondition failed");
		return err_set(e, ERR_CONFLICT, "Precondition failed: UID in precondition: %s, UID in object meta: %s", uid, old_uid);
	}
	copy_meta(meta, old, "uid");
	for (size_t i = 0; i < ARRAY_LEN(ours); i++)
		copy_meta(meta, old, ours[i]);
	if (!json_object_get(meta, "managedFields") || !json_array_size(json_object_get(meta, "managedFields")))
		copy_meta(meta, old, "managedFields");
	if (!json_object_get(meta, "generateName"))
		copy_meta(meta, old, "generateName");
	return 0;
}

/* --- building --- */

static bool has_status_sub(const struct api_resource *res) { return api_subresource_find(res, "status") != NULL; }

static void build_create(struct write *w)
{
	struct err e = {0};

	if (prepare_meta_create(w, &e) || api_default(w->r->res->type, w->obj)) {
		if (!e.code)
			(void)err_nomem(&e);
		write_fail(w, &e);
		return;
	}
	if (has_status_sub(w->r->res) && !(w->st->flags & ST_KEEP_STATUS))
		(void)json_object_del(w->obj, "status");
	if (w->st->prepare_create && w->st->prepare_create(w, &e)) {
		write_fail(w, &e);
		return;
	}
	write_admit(w);
}

static void build_update(struct write *w)
{
	struct req *r = w->r;
	struct err e = {0};
	const char *rv = json_str_or(json_object_get(w->obj, "metadata"), "resourceVersion", "");
	const char *uid = json_str(json_object_get(w->obj, "metadata"), "uid");
	int64_t n = 0;

	if (*rv && !streq(rv, "0")) {
		w->conditional |= w->kind == WRITE_UPDATE;
		if (str_to_i64(rv, 0, INT64_MAX, &n) || n != w->old_rev) {
			write_conflict(w);
			return;
		}
	} else if (w->st->flags & ST_NO_UNCOND_UPDATE || (r->res->crd && w->kind == WRITE_UPDATE)) {
		AUTO_CAUSES struct api_causes c = {0};
		AUTO_JSON json_t *bad = json_string(*rv ? rv : "");

		/* Kubernetes shows 0x0 for the empty revision. */
		json_decref(bad);
		bad = json_integer(0);
		api_cause_add(&c, "FieldValueInvalid", "metadata.resourceVersion", "Invalid value: 0x0: must be specified for an update");
		write_free(w);
		req_invalid(r, r->res, r->name, &c);
		return;
	}
	if (*r->subname && uid && *uid && !streq(uid, obj_uid(w->old))) {
		write_conflict(w);
		return;
	}
	if (*r->subname && !w->scale && !w->mutate) {
		if (sub_merge(w, &e) && e.code) {
			write_fail(w, &e);
			return;
		}
	}
	if (prepare_meta_update(w, &e) || (w->kind != WRITE_UPDATE || !*r->subname ? api_default(r->res->type, w->obj) : 0)) {
		if (!e.code)
			(void)err_nomem(&e);
		write_fail(w, &e);
		return;
	}
	if (!*r->subname && has_status_sub(r->res)) {
		json_t *st = json_object_get(w->old, "status");

		if (st)
			(void)json_object_set(w->obj, "status", st);
		else
			(void)json_object_del(w->obj, "status");
	}
	if (w->st->prepare_update && w->st->prepare_update(w, &e)) {
		write_fail(w, &e);
		return;
	}
	if ((w->st->flags & ST_GENERATION || r->res->crd) && !streq(r->subname, "status") && spec_changed(w))
		(void)json_object_set_new(json_object_get(w->obj, "metadata"), "generation", json_integer(obj_generation(w->old) + 1));
	write_admit(w);
}

/* --- loading --- */

static void write_conflicts_apply(struct write *w, json_t *conflicts, const struct err *e)
{
	struct req *r = w->r;
	size_t n = json_array_size(conflicts);
	AUTO_BUF struct buf b = {0};
	json_t *s;

	buf_addf(&b, "Apply failed with %zu conflict%s: ", n, n == 1 ? "" : "s");
	for (size_t i = 0; i < n; i++) {
		const json_t *c = json_array_get(conflicts, i);

		buf_addf(&b, "%sconflict with \"%s\": %s", i ? ", " : "", json_str_or(c, "manager", ""), json_str_or(c, "field", ""));
	}
	s = status_new(409, "Conflict", n && b.data ? b.data : e->msg);
	for (size_t i = 0; s && i < n; i++) {
		const json_t *c = json_array_get(conflicts, i);
		AUTO_FREE char *m = str_fmt("conflict with \"%s\"", json_str_or(c, "manager", ""));

		(void)status_add_cause(s, "FieldManagerConflict", m ? m : "conflict", json_str_or(c, "field", ""));
	}
	write_free(w);
	(void)r;
	req_fail_status(r, s);
}

static int patch_identity(struct write *w, struct err *e)
{
	struct req *r = w->r;
	const char *name = json_str_or(json_object_get(w->obj, "metadata"), "name", "");

	if (!*name)
		(void)json_dot_set(w->obj, "metadata.name", json_string(r->name));
	else if (!streq(name, r->name))
		return err_set(e, ERR_BAD_REQUEST, "the name of the object (%s) does not match the name on the URL (%s)", name, r->name);
	return set_namespace(w, meta_of(w->obj), e);
}

static void build_patch(struct write *w)
{
	struct req *r = w->r;
	struct err e = {0};
	AUTO_JSON json_t *base = NULL;
	AUTO_JSON json_t *out = NULL;
	AUTO_JSON json_t *conflicts = NULL;
	AUTO_JSON json_t *findings = json_array();
	const struct api_type *type = r->res->type;
	char mgr[256];
	int rc;

	if (w->scale) {
		if (scale_from(r->res, w->old, &base, &e)) {
			write_fail(w, &e);
			return;
		}
		type = r->sub->type;
	} else {
		base = json_incref(w->old);
	}
	switch (w->patch) {
	case PATCH_JSON: rc = api_json_patch(&out, base, w->body, &e); break;
	case PATCH_MERGE: rc = api_merge_patch(&out, base, w->body, &e); break;
	case PATCH_STRATEGIC: rc = api_strategic_merge_patch(&out, type, base, w->body, &e); break;
	default:
		rc = api_apply(&out, r->res, w->creating ? NULL : base, w->body, field_manager(r, mgr, sizeof(mgr)), *r->subname ? r->subname : NULL,
			       r->q.force, w->now, &conflicts, &e);
		if (rc == ERR_CONFLICT) {
			write_conflicts_apply(w, conflicts, &e);
			return;
		}
		break;
	}
	if (rc) {
		write_fail(w, &e);
		return;
	}
	if (w->patch != PATCH_APPLY) {
		/* Strict: only what the patch brought can be unknown, the rest has been pruned when it was written. */
		AUTO_JSON json_t *unknown = json_array();
		struct err te = {0};

		if (!unknown || !findings || api_prune(type, out, unknown)) {
			(void)err_nomem(&e);
			write_fail(w, &e);
			return;
		}
		for (size_t i = 0; i < json_array_size(unknown); i++) {
			AUTO_FREE char *m = str_fmt("unknown field \"%s\"", json_string_value(json_array_get(unknown, i)));

			if (m)
				(void)json_array_append_new(findings, json_string(m));
		}
		if (r->body && !media_is(r->content_type, "application/json-patch+json"))
			(void)0;
		if (decode_findings(r, NULL, NULL, findings, &e) || api_check_types(type, out, &te)) {
			AUTO_CAUSES struct api_causes c = {0};
			AUTO_BYTES struct bytes *text = json_encode(w->body);

			api_cause_add(&c, "FieldValueInvalid", "patch", "Invalid value: \"%s\": %s", text ? text->data : "", e.code ? e.msg : te.msg);
			write_free(w);
			req_invalid(r, r->res, r->name, &c);
			return;
		}
	}
	if (w->scale) {
		w->obj = json_deep_copy(w->old);
		if (!w->obj || scale_apply(r->res, out, w->obj, &e)) {
			if (!e.code)
				(void)err_nomem(&e);
			write_fail(w, &e);
			return;
		}
		json_t *rv = json_at(out, "metadata", "resourceVersion", NULL);
		if (rv)
			(void)json_object_set(json_object_get(w->obj, "metadata"), "resourceVersion", rv);
	} else {
		w->obj = TAKE_PTR(out);
	}
	if (w->creating) {
		if (patch_identity(w, &e)) {
			write_fail(w, &e);
			return;
		}
		build_create(w);
		return;
	}
	if (patch_identity(w, &e)) {
		write_fail(w, &e);
		return;
	}
	build_update(w);
}

static void write_build(struct write *w)
{
	struct req *r = w->r;
	struct err e = {0};

	if (w->kind == WRITE_DELETE) {
		delete_build(w);
		return;
	}
	if (w->mutate) {
		w->obj = json_deep_copy(w->old);
		if (!w->obj)
			(void)err_nomem(&e);
		if (e.code || w->mutate(w, &e)) {
			write_fail(w, &e);
			return;
		}
		build_update(w);
		return;
	}
	if (w->kind == WRITE_PATCH) {
		build_patch(w);
		return;
	}
	if (w->kind == WRITE_CREATE) {
		w->obj = TAKE_PTR(w->body);
		build_create(w);
		return;
	}
	if (w->scale) {
		AUTO_JSON json_t *scale = TAKE_PTR(w->body);
		const char *rv = json_str_or(json_object_get(scale, "metadata"), "resourceVersion", "");

		w->obj = json_deep_copy(w->old);
		if (!w->obj)
			(void)err_nomem(&e);
		if (e.code || scale_apply(r->res, scale, w->obj, &e)) {
			write_fail(w, &e);
			return;
		}
		/* No revision in the Scale means whichever is current. */
		(void)json_object_set_new(json_object_get(w->obj, "metadata"), "resourceVersion",
					  *rv ? json_string(rv) : json_incref(json_at(w->old, "metadata", "resourceVersion", NULL)));
	} else {
		w->obj = TAKE_PTR(w->body);
	}
	build_update(w);
}

static void on_ns(void *arg, int code, struct store_item *item);

static void write_check_ns(struct write *w)
{
	struct req *r = w->r;
	const struct api_resource *ns;

	if (!r->res->namespaced || !w->creating) {
		write_build(w);
		return;
	}
	ns = api_resource_find(r->reg, "", "v1", "namespaces");
	free(w->ns_key);
	w->ns_key = ns ? object_key(ns, NULL, r->ns) : NULL;
	if (!w->ns_key) {
		struct err e = {0};

		(void)err_nomem(&e);
		write_fail(w, &e);
		return;
	}
	store_get_async(w->a->store, w->ns_key, on_ns, w);
}

static void on_ns(void *arg, int code, struct store_item *item)
{
	struct write *w = arg;
	struct req *r = w->r;
	const char *phase;

	if (code == ERR_NOT_FOUND) {
		char *ns = str_dup(r->ns);

		write_free(w);
		req_not_found(r, "", "namespaces", ns ? ns : "");
		free(ns);
		return;
	}
	if (code) {
		struct err e = {0};

		(void)err_set(&e, code, "reading namespace %s: %s", r->ns, err_name(code));
		write_fail(w, &e);
		return;
	}
	phase = item->index ? api_index_field(item->index, "status.phase") : NULL;
	if (streq(phase, "Terminating")) {
		AUTO_FREE char *m = str_fmt("%s%s%s \"%s\" is forbidden: unable to create new content in namespace %s because it is being terminated",
					    r->plural, *r->group ? "." : "", r->group, r->name, r->ns);
		AUTO_FREE char *cm = str_fmt("namespace %s is being terminated", r->ns);
		json_t *s = status_new(403, "Forbidden", m ? m : "forbidden");

		if (s) {
			(void)status_set_details(s, r->group, r->plural, r->name, NULL);
			(void)status_add_cause(s, "NamespaceTerminating", cm ? cm : "", "metadata.namespace");
		}
		write_fail_status(w, s);
		return;
	}
	w->ns_rev = item->mod_rev;
	write_build(w);
}

static void on_old(void *arg, int code, struct store_item *item)
{
	struct write *w = arg;
	struct req *r = w->r;
	struct err e = {0};

	if (code == ERR_NOT_FOUND) {
		bool make = (w->kind == WRITE_PATCH && w->patch == PATCH_APPLY && !*r->subname) ||
			    (w->kind == WRITE_UPDATE && !*r->subname && w->st->flags & ST_CREATE_ON_UPDATE);

		if (make) {
			w->creating = true;
			w->status = 201;
			if (w->kind == WRITE_UPDATE)
				w->kind = WRITE_CREATE;
			write_check_ns(w);
			return;
		}
		write_free(w);
		req_not_found(r, r->group, r->plural, r->name);
		return;
	}
	if (code) {
		(void)err_set(&e, code, "reading %s \"%s\": %s", r->plural, r->name, err_name(code));
		write_fail(w, &e);
		return;
	}
	w->creating = false;
	w->old_rev = item->mod_rev;
	w->old_value = bytes_ref(item->value);
	if (object_load(r->reg, r->res, item->value, &w->old, &e)) {
		write_fail(w, &e);
		return;
	}
	write_build(w);
}

static void write_load(struct write *w)
{
	struct req *r = w->r;

	free(w->key);
	w->key = object_key(r->res, r->ns, r->name);
	if (!w->key) {
		struct err e = {0};

		(void)err_nomem(&e);
		write_fail(w, &e);
		return;
	}
	if (w->kind == WRITE_CREATE)
		write_check_ns(w);
	else
		store_get_async(w->a->store, w->key, on_old, w);
}

static int decode_patch(struct write *w, struct err *e)
{
	struct req *r = w->r;
	const char *ct = r->content_type;
	char mgr[256];

	if (media_is(ct, "application/json-patch+json"))
		w->patch = PATCH_JSON;
	else if (media_is(ct, "application/merge-patch+json"))
		w->patch = PATCH_MERGE;
	else if (media_is(ct, "application/strategic-merge-patch+json") && !r->res->crd)
		w->patch = PATCH_STRATEGIC;
	else if (media_is(ct, "application/apply-patch+yaml"))
		w->patch = PATCH_APPLY;
	else
		return err_set(e, ERR_MEDIA_TYPE,
			       "the body of the request was in an unknown format - accepted media types include: application/json-patch+json, "
			       "application/merge-patch+json, %sapplication/apply-patch+yaml",
			       r->res->crd ? "" : "application/strategic-merge-patch+json, ");
	if (w->patch == PATCH_APPLY && !(r->q.field_manager && *r->q.field_manager)) {
		AUTO_CAUSES struct api_causes c = {0};
		AUTO_FREE char *m = str_dup("PatchOptions.meta.k8s.io \"\" is invalid: fieldManager: Required value: is required for apply patch");

		(void)field_manager(r, mgr, sizeof(mgr));
		w->fail_status = status_new(422, "Invalid", m ? m : "");
		if (w->fail_status) {
			(void)status_set_details(w->fail_status, "meta.k8s.io", "PatchOptions", "", NULL);
			(void)status_add_cause(w->fail_status, "FieldValueRequired", "Required value: is required for apply patch", "fieldManager");
		}
		return err_set(e, ERR_INVALID, "fieldManager is required for apply patch");
	}
	if (w->patch != PATCH_APPLY && r->q.force) {
		w->fail_status = status_new(422, "Invalid", "PatchOptions.meta.k8s.io \"\" is invalid: force: Forbidden: may not be specified for non-apply patch");
		return err_set(e, ERR_INVALID, "force: Forbidden: may not be specified for non-apply patch");
	}
	if (decode_body(r, &w->body, NULL, e))
		return e->code;
	if (w->patch != PATCH_JSON && !json_is_object(w->body))
		return err_set(e, ERR_BAD_REQUEST, "json: cannot unmarshal array into Go value of type map[string]interface {}");
	return 0;
}

static int decode_write(struct write *w, struct err *e)
{
	struct req *r = w->r;
	AUTO_JSON json_t *findings = json_array();
	AUTO_JSON json_t *obj = NULL;
	const char *group = r->group, *version = r->version, *kind = r->res->kind;
	const struct api_type *type = r->res->type;
	json_t *meta;

	if (!findings)
		return err_nomem(e);
	if (decode_body(r, &obj, findings, e))
		return e->code;
	if (w->scale) {
		group = r->sub->group;
		version = r->sub->version;
		kind = r->sub->kind;
		type = r->sub->type;
	}
	if (decode_object(r, type, group, version, kind, obj, findings, e) || decode_findings(r, kind, version, findings, e))
		return e->code;
	meta = meta_of(obj);
	if (!meta)
		return err_nomem(e);
	if (set_namespace(w, meta, e))
		return e->code;
	if (w->kind == WRITE_CREATE) {
		if (set_name(w, meta, e))
			return e->code;
	} else {
		const char *name = json_str_or(meta, "name", "");

		if (!*name && w->scale)
			(void)json_object_set_new(meta, "name", json_string(r->name));
		else if (!*name)
			return err_set(e, ERR_BAD_REQUEST, "the name of the object (based on URL) was undeterminable: name must be provided");
		else if (!streq(name, r->name))
			return err_set(e, ERR_BAD_REQUEST, "the name of the object (%s) does not match the name on the URL (%s)", name, r->name);
	}
	w->body = TAKE_PTR(obj);
	return 0;
}

void write_run(struct write *w)
{
	struct err e = {0};
	int rc;

	time_format(clock_wall(w->a->clock), w->now);
	if (w->kind == WRITE_DELETE)
		rc = delete_options(w, &e);
	else if (w->mutate)
		rc = 0;
	else if (w->kind == WRITE_PATCH)
		rc = decode_patch(w, &e);
	else
		rc = decode_write(w, &e);
	if (rc) {
		write_fail(w, &e);
		return;
	}
	write_load(w);
}

/* --- admission to commit --- */

static void write_again(void *arg)
{
	struct write *w = arg;

	write_drop_trees(w);
	ops_done(&w->ops);
	w->old_value = bytes_unref(w->old_value);
	w->deleting = false;
	json_decref(TAKE_PTR(w->r->warnings));
	if (w->kind == WRITE_CREATE && w->generated) {
		free(w->r->name);
		w->r->name = str_dup("");
	}
	write_run(w);
}

static void reply_committed(struct write *w, struct bytes *value)
{
	struct req *r = w->r;
	int status = w->status;
	bool scale = w->scale, deleting = w->deleting, as_status = w->reply_status;
	bool object = w->kind != WRITE_DELETE || !deleting || w->st->flags & ST_RETURNS_DELETED;
	AUTO_BYTES struct bytes *v = bytes_ref(value);
	AUTO_FREE char *uid = NULL;

	if (w->kind == WRITE_DELETE && !object && w->old)
		uid = str_dup(obj_uid(w->old));
	write_free(w);
	if (as_status) {
		req_reply_json(r, 201, json_pack("{s:s,s:s,s:{},s:s,s:i}", "kind", "Status", "apiVersion", "v1", "metadata", "status", "Success", "code", 201));
		return;
	}
	if (scale) {
		struct err e = {0};
		AUTO_JSON json_t *o = NULL;
		json_t *s = NULL;

		if (object_load(r->reg, r->res, v, &o, &e) || scale_from(r->res, o, &s, &e))
			req_fail_err(r, &e);
		else
			req_reply_json(r, status, s);
		return;
	}
	if (object && v) {
		req_reply_object(r, status, r->res, v);
		return;
	}
	{
		json_t *s = json_pack("{s:s,s:s,s:{},s:s,s:{s:s,s:s}}", "kind", "Status", "apiVersion", "v1", "metadata", "status", "Success", "details",
				      "name", r->name, "kind", r->plural);
		char found[64];

		if (s && *r->group)
			(void)json_dot_set(s, "details.group", json_string(r->group));
		if (s && uid)
			(void)json_dot_set(s, "details.uid", json_string(uid));
		else if (s && v && scan_str(v->data, v->len, "metadata.uid", found, sizeof(found)))
			(void)json_dot_set(s, "details.uid", json_string(found));
		req_reply_json(r, 200, s);
	}
}

static void on_commit(void *arg, const struct store_done *d)
{
	struct write *w = arg;
	struct req *r = w->r;

	if (!d->code) {
		watch_touch(w->a);
		if (w->st->committed)
			w->st->committed(w, w->obj ? w->obj : w->old, w->deleting);
		reply_committed(w, d->n ? d->items[0].value : NULL);
		return;
	}
	if (d->code == ERR_EXISTS || d->code == ERR_CONFLICT || d->code == ERR_NOT_FOUND) {
		bool own = d->failed_op == 0;

		if (own && d->code == ERR_EXISTS && w->kind == WRITE_CREATE && !w->generated) {
			AUTO_FREE char *m = *r->group ? str_fmt("%s.%s \"%s\" already exists", r->plural, r->group, r->name)
						      : str_fmt("%s \"%s\" already exists", r->plural, r->name);
			json_t *s = status_new(409, "AlreadyExists", m ? m : "already exists");

			if (s)
				(void)status_set_details(s, r->group, r->plural, r->name, NULL);
			write_fail_status(w, s);
			return;
		}
		if (own && w->conditional) {
			write_conflict(w);
			return;
		}
		if (++w->tries < MAX_TRIES) {
			req_defer(r, write_again, w); /* not on the store's thread */
			return;
		}
		write_conflict(w);
		return;
	}
	struct err e = d->err;
	e.code = d->code;
	write_fail(w, &e);
}

static int write_commit(struct write *w, struct err *e)
{
	struct req *r = w->r;
	AUTO_BYTES struct bytes *value = NULL;
	AUTO_BYTES struct bytes *index = NULL;
	size_t splice = 0, n;
	struct store_op *ops;
	int rc;

	if (!w->deleting) {
		rc = object_store(r->reg, r->res, w->obj, &value, &splice, &index, e);
		if (rc)
			return rc;
		if (value->len > APISERVER_MAX_BODY)
			return err_set(e, ERR_TOO_LARGE, "Request entity too large: limit is %u", APISERVER_MAX_BODY);
	}
	/* The object's own operation goes first. */
	if (ops_add(&w->ops, w->deleting ? STORE_DELETE : STORE_PUT, w->key, w->creating ? 0 : w->old_rev, value, splice, index))
		return err_nomem(e);
	n = w->ops.n;
	ops = w->ops.v;
	{
		struct store_op own = ops[n - 1];

		own.late = (w->st->flags & ST_LATE && streq(r->ns, "kube-node-lease")) ||
			   (streq(r->plural, "nodes") && !*r->group && streq(r->subname, "status"));
		memmove(ops + 1, ops, (n - 1) * sizeof(*ops));
		ops[0] = own;
	}
	if (w->ns_key && w->creating && ops_add(&w->ops, STORE_CHECK, w->ns_key, w->ns_rev, NULL, 0, NULL))
		return err_nomem(e);
	if (!w->st->committed)
		write_drop_trees(w);
	return store_commit(w->a->store, w->ops.v, w->ops.n, on_commit, w, e);
}

static bool unchanged(const struct write *w)
{
	/* Preconditions carry the revision; nothing else may differ. */
	if (w->creating || w->deleting || !w->old)
		return false;
	json_t *rv = json_at(w->old, "metadata", "resourceVersion", NULL);
	if (rv)
		(void)json_object_set(json_object_get(w->obj, "metadata"), "resourceVersion", rv);
	return json_equal(w->old, w->obj);
}

static void name_valid(struct write *w, struct api_causes *c)
{
	struct req *r = w->r;
	const char *name = r->name, *msg = NULL;
	AUTO_JSON json_t *bad = json_string(name);

	if (!*name) {
		api_required(c, "metadata.name", "name or generateName is required");
		return;
	}
	if (w->st->flags & ST_NAME_PATH) {
		if (strchr(name, '/') || strchr(name, '%') || streq(name, ".") || streq(name, ".."))
			msg = strchr(name, '/') ? "may not contain '/'" : "may not contain '%'";
	} else if (w->st->flags & ST_NAME_LABEL) {
		msg = api_check_dns1123_label(name);
	} else if (w->st->flags & ST_NAME_1035) {
		msg = api_check_dns1035_label(name);
	} else {
		msg = api_check_dns1123_subdomain(name);
	}
	if (msg)
		api_invalid(c, "metadata.name", bad, msg);
}

static void write_finish(struct write *w)
{
	struct req *r = w->r;
	struct err e = {0};
	AUTO_CAUSES struct api_causes causes = {0};
	char mgr[256];

	if (!w->deleting) {
		const char *sub = *r->subname ? r->subname : NULL;

		if (w->creating)
			name_valid(w, &causes);
		api_validate_schema(r->res->type, w->obj, &causes);
		api_validate_kind(r->res, w->obj, w->creating ? NULL : w->old, sub, &causes);
		if (w->st->validate)
			w->st->validate(w, &causes);
		if (causes.oom)
			(void)err_nomem(&e);
		if (causes.n || causes.oom) {
			write_free(w);
			if (e.code)
				req_fail_err(r, &e);
			else
				req_invalid(r, r->res, r->name, &causes);
			return;
		}
		/* An update may have taken away the last thing that kept a deleted object. */
		if (!w->creating && obj_deleting(w->obj) && !object_held(w, w->obj) && w->kind != WRITE_DELETE)
			w->deleting = true;
	}
	if (w->st->transact && w->st->transact(w, &e)) {
		write_fail(w, &e);
		return;
	}
	if (!w->deleting && !(w->kind == WRITE_PATCH && w->patch == PATCH_APPLY) && w->kind != WRITE_DELETE) {
		if (api_manage_update(r->res, w->creating ? NULL : w->old, w->obj, field_manager(r, mgr, sizeof(mgr)),
				      *r->subname ? r->subname : NULL, w->now, &e)) {
			write_fail(w, &e);
			return;
		}
	}
	if (unchanged(w)) {
		AUTO_BYTES struct bytes *v = bytes_ref(w->old_value);

		reply_committed(w, v);
		return;
	}
	if (req_is_dry(r)) {
		AUTO_BYTES struct bytes *value = NULL;
		AUTO_BYTES struct bytes *index = NULL;
		size_t splice;

		/* The shape of the answer goes by the same way as a real one; no revision exists. */
		if (!w->deleting && !object_store(r->reg, r->res, w->obj, &value, &splice, &index, &e) && !w->creating) {
			AUTO_BYTES struct bytes *v = object_with_revision(value, w->old_rev);

			reply_committed(w, v);
			return;
		}
		if (e.code)
			write_fail(w, &e);
		else
			reply_committed(w, value ? value : w->old_value);
		return;
	}
	if (write_commit(w, &e))
		write_fail(w, &e);
}

static void on_admitted(void *arg, int code, const struct err *e)
{
	struct write *w = arg;
	json_t *warn;
	size_t i;

	json_array_foreach(w->adm.warnings, i, warn)
		req_warn(w->r, "%s", json_string_value(warn) ? json_string_value(warn) : "");
	w->obj = w->adm.obj; /* admission may have replaced it */
	w->adm.obj = NULL;
	if (code) {
		struct err copy = {.code = code};

		if (e)
			copy = *e;
		copy.code = code;
		if (!w->fail_status)
			w->fail_status = TAKE_PTR(w->adm.status);
		write_fail(w, &copy);
		return;
	}
	write_finish(w);
}

void write_admit(struct write *w)
{
	struct req *r = w->r;

	json_decref(w->adm.warnings);
	w->adm = (struct admission){
		.op = w->kind == WRITE_DELETE ? ADMIT_DELETE : w->creating ? ADMIT_CREATE : ADMIT_UPDATE,
		.server = w->a,
		.registry = r->reg,
		.res = r->res,
		.subresource = r->subname,
		.ns = r->ns,
		.name = r->name,
		.id = &r->id,
		.obj = w->obj,
		.old = w->old,
		.options = w->opts,
		.dry_run = r->q.dry_run,
		.ops = &w->ops,
	};
	w->obj = NULL;
	admission_run(w->a->auth, &w->adm, on_admitted, w);
}

/* --- entries --- */

static void start(struct req *r, enum write_kind kind)
{
	struct write *w = write_new(r, kind);

	if (!w) {
		req_fail(r, 500, "InternalError", "out of memory");
		return;
	}
	write_run(w);
}

void req_create(struct req *r)
{
	if (r->sub || r->res->virtual_) {
		if (!sub_create(r))
			req_fail(r, 405, "MethodNotAllowed", "the server does not allow this method on the requested resource");
		return;
	}
	start(r, WRITE_CREATE);
}

void req_update(struct req *r) { start(r, WRITE_UPDATE); }
void req_patch(struct req *r) { start(r, WRITE_PATCH); }
void req_delete(struct req *r) { start(r, WRITE_DELETE); }
