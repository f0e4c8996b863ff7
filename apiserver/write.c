/* CREATE, UPDATE, PATCH: decoding and loading; see write.h for the way. */
#include "apiserver/write.h"
#include "api/object.h"
#include "apiserver/scale.h"
#include "base/clock.h"

struct write *write_new(struct req *r, enum write_kind kind)
{
	struct write *w = calloc(1, sizeof(*w));

	if (!w)
		return NULL;
	w->r = r;
	w->a = r->a;
	w->kind = w->asked = kind;
	w->fresh = r->fresh || !store_is_shared(r->a->store);
	w->creating = kind == WRITE_CREATE;
	w->st = strategy_find(r->res);
	w->status = kind == WRITE_CREATE ? 201 : 200;
	w->scale = r->sub && streq(r->sub->name, "scale");
	return w;
}

void write_drop_trees(struct write *w)
{
	json_decref(TAKE_PTR(w->body));
	json_decref(TAKE_PTR(w->opts));
	json_decref(TAKE_PTR(w->findings));
	json_decref(TAKE_PTR(w->old));
	json_decref(TAKE_PTR(w->obj));
	json_decref(TAKE_PTR(w->adm.warnings));
	json_decref(TAKE_PTR(w->adm.status));
	json_decref(TAKE_PTR(w->fail_status));
	json_decref(TAKE_PTR(w->checked));
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

void write_free(struct write *w)
{
	write_turn_end(w);
	write_drop_trees(w);
	ops_done(&w->ops);
	hooked_free(w->hooked);
	(void)bytes_unref(w->old_value);
	(void)bytes_unref(w->last);
	free(w->key);
	free(w->ns_key);
	free(w);
}

void write_fail(struct write *w, const struct err *e)
{
	struct req *r = w->r;
	json_t *s;

	if (write_stale(w))
		return;
	s = TAKE_PTR(w->fail_status);
	write_free(w);
	if (s)
		req_fail_status(r, s);
	else
		req_fail_err(r, e);
}

void write_fail_status(struct write *w, json_t *status)
{
	struct req *r = w->r;

	if (write_stale(w)) {
		json_decref(status);
		return;
	}
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

int write_scale(struct write *w, const json_t *scale, struct err *e)
{
	AUTO_CAUSES struct api_causes c = {0};
	const json_t *n = json_dot(scale, "spec.replicas");
	int rc = scale_apply(w->r->res, scale, w->obj, e);

	if (rc == ERR_INVALID) {
		api_invalid(&c, "spec.replicas", n, "must be greater than or equal to 0");
		json_decref(w->fail_status);
		w->fail_status = status_invalid("autoscaling", "Scale", w->r->name, &c);
	}
	return rc;
}

static void write_build(struct write *w)
{
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
		write_build_update(w);
		return;
	}
	if (w->kind == WRITE_PATCH) {
		write_build_patch(w);
		return;
	}
	if (w->kind == WRITE_CREATE) {
		w->obj = TAKE_PTR(w->body);
		write_build_create(w);
		return;
	}
	if (w->scale) {
		AUTO_JSON json_t *scale = TAKE_PTR(w->body);
		const char *rv = json_str_or(json_object_get(scale, "metadata"), "resourceVersion", "");

		w->obj = json_deep_copy(w->old);
		if (!w->obj)
			(void)err_nomem(&e);
		if (e.code || write_scale(w, scale, &e)) {
			write_fail(w, &e);
			return;
		}
		w->any_revision = !*rv;
		(void)json_object_set_new(json_object_get(w->obj, "metadata"), "resourceVersion",
					  *rv ? json_string(rv) : json_incref(json_at(w->old, "metadata", "resourceVersion", NULL)));
	} else {
		w->obj = TAKE_PTR(w->body);
	}
	write_build_update(w);
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
		char *ns;

		if (write_stale(w))
			return;
		ns = str_dup(r->ns);

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
		if (write_stale(w))
			return;
		write_free(w);
		req_not_found(r, r->group, r->plural, r->name);
		return;
	}
	if (delete_wants_unread(w, code)) {
		delete_unread(w);
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
	/* Pruned as what will be compared with it: an older server may have kept what is empty. */
	if (object_load(r->reg, r->res, item->value, &w->old, &e) || (!r->res->crd && api_prune(r->res->type, w->old, NULL) && err_nomem(&e))) {
		write_fail(w, &e);
		return;
	}
	write_build(w);
}

static void load_old(void *arg)
{
	struct write *w = arg;

	store_get_async(w->a->store, w->key, on_old, w);
}

static void write_load(struct write *w)
{
	struct req *r = w->r;

	free(w->key);
	w->looked = true;
	w->key = object_key(r->res, r->ns, r->name);
	if (!w->key) {
		struct err e = {0};

		(void)err_nomem(&e);
		write_fail(w, &e);
		return;
	}
	if (w->kind == WRITE_CREATE)
		write_check_ns(w);
	/* Whoever names a revision is not to wait for being told that it is old. */
	else if (!*json_str_or(json_object_get(w->body, "metadata"), "resourceVersion", "") &&
		 write_turn_wait(w, w->key, load_old))
		return;
	else
		load_old(w);
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
	if (w->scale) {
		group = r->sub->group;
		version = r->sub->version;
		kind = r->sub->kind;
		type = r->sub->type;
	}
	if (decode_body(r, &obj, findings, e))
		return decode_unrecognized(r, kind, e);
	if (json_is_null(obj)) { /* null is an object with nothing in it */
		json_decref(obj);
		obj = json_object();
	}
	if (decode_object(r, type, group, version, kind, obj, findings, e) || decode_findings(r, kind, version, findings, e))
		return e->code;
	meta = write_meta(obj);
	if (!meta)
		return err_nomem(e);
	if (write_set_namespace(w, meta, e))
		return e->code;
	if (w->kind == WRITE_CREATE) {
		if (write_set_name(w, meta, e))
			return e->code;
	} else {
		const char *name = json_str_or(meta, "name", "");

		if (!*name && w->scale)
			(void)json_object_set_new(meta, "name", json_string(r->name));
		else if (!*name)
			return err_set(e, ERR_BAD_REQUEST, "the name of the object (%s based on URL) was undeterminable: name must be provided", r->name);
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
		rc = write_decode_patch(w, &e);
	else
		rc = decode_write(w, &e);
	if (rc) {
		write_fail(w, &e);
		return;
	}
	write_load(w);
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
	if (r->res->crd && obj_deleting(r->res->crd)) {
		req_fail(r, 405, "MethodNotAllowed", "create not allowed while custom resource definition is terminating");
		return;
	}
	start(r, WRITE_CREATE);
}

void req_update(struct req *r) { start(r, WRITE_UPDATE); }
void req_patch(struct req *r) { start(r, WRITE_PATCH); }
void req_delete(struct req *r) { start(r, WRITE_DELETE); }
