/*
 * DELETE and deletecollection: preconditions, grace, propagation by finalizers, then removal. (apiserver pkg/registry/generic/
 * registry/store.go, deletionFinalizersForGarbageCollection and BeforeDelete.)
 */
#include "api/object.h"
#include "api/patch.h"
#include "apiserver/write.h"
#include "base/clock.h"

#define UNREAD "ignoreStoreReadErrorWithClusterBreakingPotential" /* as Kubernetes 1.32 has it */

int delete_options(struct write *w, struct err *e)
{
	struct req *r = w->r;
	AUTO_JSON json_t *o = NULL;
	json_t *dry;

	if (r->body && r->body->len) {
		if (decode_body(r, &o, NULL, e))
			return e->code;
		if (!json_is_object(o))
			return err_set(e, ERR_BAD_REQUEST, "couldn't get version/kind; json parse error");
		if (json_str(o, "kind") && !streq(json_str(o, "kind"), "DeleteOptions"))
			return err_set(e, ERR_BAD_REQUEST, "decoded object cannot be converted to DeleteOptions");
	} else {
		o = json_object();
	}
	if (!o)
		return err_nomem(e);
	dry = json_object_get(o, "dryRun");
	if (json_array_size(dry))
		r->q.dry_run = true;
	else if (r->q.dry_asked && json_object_set(o, "dryRun", r->q.dry_asked))
		return err_nomem(e);
	if (!json_object_get(o, "gracePeriodSeconds") && r->q.grace >= 0)
		(void)json_object_set_new(o, "gracePeriodSeconds", json_integer(r->q.grace));
	if (!json_object_get(o, "propagationPolicy") && r->q.propagation && *r->q.propagation)
		(void)json_object_set_new(o, "propagationPolicy", json_string(r->q.propagation));
	if (!json_object_get(o, "orphanDependents") && r->q.orphan != TRI_UNSET)
		(void)json_object_set_new(o, "orphanDependents", json_boolean(r->q.orphan == TRI_TRUE));
	AUTO_FREE char *unread = query_get(r->query_text, UNREAD);
	if (unread && streq(unread, "true"))
		(void)json_object_set_new(o, UNREAD, json_true());
	if (delete_options_check(w, o, e))
		return e->code;
	w->opts = TAKE_PTR(o);
	if (streq(w->r->plural, "jobs") && streq(w->r->group, "batch") && !json_object_get(w->opts, "propagationPolicy") &&
	    !json_object_get(w->opts, "orphanDependents"))
		req_warn(w->r, "child pods are preserved by default when jobs are deleted; set propagationPolicy=Background to remove them or set "
			       "propagationPolicy=Orphan to suppress this warning");
	return 0;
}

/* --- what cannot be read: sealed with a key that is lost, or damaged --- */

bool delete_wants_unread(const struct write *w, int code)
{
	return w->kind == WRITE_DELETE && (code == ERR_SEALED || code == ERR_TAMPERED) && json_is_true(json_object_get(w->opts, UNREAD));
}

static void unread_done(void *arg, const struct store_done *d)
{
	struct write *w = arg;
	struct req *r = w->r;
	struct err e = d->err;

	if (d->code) {
		e.code = d->code;
		write_fail(w, &e);
		return;
	}
	write_free(w);
	req_reply_json(r, 200, json_pack("{s:s,s:s,s:{},s:s,s:{s:s,s:s}}", "kind", "Status", "apiVersion", "v1", "metadata", "status", "Success",
					 "details", "name", r->name, "kind", r->plural));
}

/* No finalizer and no owner is known of it: it just goes, and watchers are given what its name says. */
void delete_unread(struct write *w)
{
	struct req *r = w->r;
	const struct authz_attr at = {.is_resource = true, .verb = "unsafe-delete-ignore-read-errors", .group = r->group, .version = r->version,
				      .resource = r->plural, .subresource = "", .ns = r->ns, .name = r->name, .path = ""};
	AUTO_JSON json_t *o = json_pack("{s:s,s:s,s:{s:s,s:s}}", "apiVersion", "v1", "kind", r->res->kind, "metadata", "name", r->name, "namespace", r->ns);
	AUTO_BYTES struct bytes *words = o ? json_encode(o) : NULL;
	const struct store_op op = {.kind = STORE_DELETE, .key = w->key, .expect = -1, .value = words};
	struct err e = {0};
	int rc;

	if (authz_check(w->a->auth, &r->id, &at, NULL, 0) != AUTHZ_ALLOW)
		rc = err_set(&e, ERR_FORBIDDEN, "User \"%.80s\" cannot unsafe-delete-ignore-read-errors resource \"%s\"", r->id.user, r->plural);
	else if (r->q.dry_run)
		rc = err_set(&e, ERR_INVALID, UNREAD " and dryRun cannot be both set");
	else
		rc = words ? store_commit(w->a->store, &op, 1, unread_done, w, &e) : err_nomem(&e);
	if (rc < 0)
		write_fail(w, &e);
}

bool object_held(const struct write *w, const json_t *obj)
{
	if (json_array_size(json_at(obj, "metadata", "finalizers", NULL)))
		return true;
	if (json_int_or(obj, "metadata.deletionGracePeriodSeconds", 0) > 0)
		return true;
	return w->st->held && w->st->held(obj);
}

static int set_gc_finalizers(struct write *w)
{
	const json_t *orphan = json_object_get(w->opts, "orphanDependents");
	const char *policy = json_str(w->opts, "propagationPolicy");
	bool has_orphan = obj_has_finalizer(w->old, "orphan"), has_fore = obj_has_finalizer(w->old, "foregroundDeletion");
	bool want_orphan, want_fore = false;

	if (json_is_boolean(orphan)) {
		want_orphan = json_is_true(orphan);
	} else if (policy) {
		want_orphan = streq(policy, "Orphan");
		want_fore = streq(policy, "Foreground");
	} else {
		/* What an earlier deletion asked for stays. */
		want_orphan = has_orphan || (!has_fore && w->st->flags & ST_ORPHAN_DEFAULT);
		want_fore = has_fore && !has_orphan;
	}
	if ((want_orphan ? obj_add_finalizer(w->obj, "orphan") : obj_remove_finalizer(w->obj, "orphan")) < 0 ||
	    (want_fore ? obj_add_finalizer(w->obj, "foregroundDeletion") : obj_remove_finalizer(w->obj, "foregroundDeletion")) < 0)
		return -ENOMEM;
	if (w->st->prepare_delete && !obj_deleting(w->old) && w->st->prepare_delete(w))
		return -ENOMEM;
	if (!json_array_size(json_at(w->obj, "metadata", "finalizers", NULL)))
		(void)json_dot_del(w->obj, "metadata.finalizers");
	return 0;
}

/* hint: what may have happened */
static void precondition_failed(struct write *w, const char *what, const char *want, const char *have, const char *hint)
{
	struct req *r = w->r;
	const char *group =
	    streq(r->res->kind, "Event") && !r->res->crd ? "" : r->group; /* events of both groups are one kind */
	AUTO_FREE char *m = str_fmt("Operation cannot be fulfilled on %s%s%s \"%s\": the %s in the precondition (%s) "
				    "does not match the %s in record (%s). The object might "
				    "have been %s",
				    r->res->kind, *group ? "." : "", group, r->name, what, want, what, have, hint);
	json_t *s = status_new(409, "Conflict", m ? m : "Precondition failed");

	if (s)
		(void)status_set_details(s, group, r->res->kind, r->name, NULL);
	write_fail_status(w, s);
}

/* A namespace's deletion is no ordinary one: it says so otherwise, and has no grace period. */
static bool is_namespace(const struct req *r) { return streq(r->res->kind, "Namespace") && !*r->group; }

/* Nor has a definition's, which does not count as a change of it either. */
static bool is_definition(const struct req *r) { return streq(r->res->kind, "CustomResourceDefinition") && !r->res->crd; }

static void namespace_precondition_failed(struct write *w, const char *what, const char *want, const char *have)
{
	AUTO_FREE char *m = str_fmt("Operation cannot be fulfilled on namespaces \"%s\": Precondition failed: %s in precondition: %s, %s in object meta: %s",
				    w->r->name, what, want, what, have);
	json_t *s = status_new(409, "Conflict", m ? m : "Precondition failed");

	if (s)
		(void)status_set_details(s, "", "namespaces", w->r->name, NULL);
	write_fail_status(w, s);
}

void delete_build(struct write *w)
{
	struct err e = {0};
	const char *uid = json_str(json_object_get(w->opts, "preconditions"), "uid");
	const char *rv = json_str(json_object_get(w->opts, "preconditions"), "resourceVersion");
	const char *have_rv = json_str_or(json_object_get(w->old, "metadata"), "resourceVersion", "");
	int64_t given = json_int_or(w->opts, "gracePeriodSeconds", -1), grace = 0;
	json_t *meta;

	if (is_namespace(w->r) && uid && !streq(uid, obj_uid(w->old))) {
		namespace_precondition_failed(w, "UID", uid, obj_uid(w->old));
		return;
	}
	if (is_namespace(w->r) && rv && !streq(rv, have_rv)) {
		namespace_precondition_failed(w, "ResourceVersion", rv, have_rv);
		return;
	}
	if (uid && !streq(uid, obj_uid(w->old))) {
		precondition_failed(w, "UID", uid, obj_uid(w->old), "deleted and then recreated");
		return;
	}
	if (rv && !streq(rv, have_rv)) {
		precondition_failed(w, "ResourceVersion", rv, have_rv, "modified");
		return;
	}
	if (given < -1)
		given = 1; /* negative means one second */
	w->obj = json_copy(w->old);
	meta = w->obj ? json_deep_copy(json_object_get(w->old, "metadata")) : NULL;
	if (!meta || json_object_set_new(w->obj, "metadata", meta) || set_gc_finalizers(w)) {
		(void)err_nomem(&e);
		write_fail(w, &e);
		return;
	}
	if (w->st->grace)
		grace = w->st->grace(w, given);
	if (obj_deleting(w->old)) {
		int64_t had = json_int_or(w->old, "metadata.deletionGracePeriodSeconds", 0);

		/* A period already running is only ever shortened. */
		if (had > 0 && (given < 0 || grace > had))
			grace = had;
		if (had == 0)
			grace = 0;
		if ((grace != had || !json_at(meta, "deletionGracePeriodSeconds", NULL)) && !is_namespace(w->r) && !is_definition(w->r)) {
			char at[TIME_STR_MAX];

			time_format(clock_wall(w->a->clock) + (time_t)grace, at);
			(void)json_object_set_new(meta, "deletionTimestamp", json_string(at));
			(void)json_object_set_new(meta, "deletionGracePeriodSeconds", json_integer(grace));
		}
	} else {
		char at[TIME_STR_MAX];

		time_format(clock_wall(w->a->clock) + (time_t)grace, at);
		if (json_object_set_new(meta, "deletionTimestamp", json_string(at)) ||
		    (!is_namespace(w->r) && !is_definition(w->r) && json_object_set_new(meta, "deletionGracePeriodSeconds", json_integer(grace)))) {
			(void)err_nomem(&e);
			write_fail(w, &e);
			return;
		}
		if (obj_generation(w->old) > 0 && !is_definition(w->r))
			(void)json_object_set_new(meta, "generation", json_integer(obj_generation(w->old) + 1));
		if (w->st->prepare_update && w->st->held && w->st->prepare_update(w, &e)) {
			write_fail(w, &e);
			return;
		}
	}
	w->deleting = !object_held(w, w->obj);
	/* What ends gracefully shows its end, also when that is now. */
	w->last = bytes_unref(w->last);
	if (w->deleting && w->st->grace)
		w->last = json_encode(w->obj);
	if (!w->deleting && json_is_boolean(json_object_get(w->opts, "orphanDependents")) &&
	    json_is_false(json_object_get(w->opts, "orphanDependents")))
		w->status = 202;
	write_admit(w);
}

/* --- deletecollection: a list, then one deletion after the other --- */

struct collection {
	struct req *r;
	struct api_selector *labels, *fields;
	struct range_filter filter;
	char *prefix;
	char **paths;
	struct bytes **values;
	size_t n, at;
	struct err err;
	json_t *fail;
};

static void collection_free(struct collection *c)
{
	(void)api_selector_free(c->labels);
	(void)api_selector_free(c->fields);
	for (size_t i = 0; i < c->n; i++) {
		free(c->paths[i]);
		(void)bytes_unref(c->values[i]);
	}
	free(c->paths);
	free(c->values);
	free(c->prefix);
	json_decref(c->fail);
	free(c);
}

static void collection_next(void *arg);

static void collection_end(struct collection *c)
{
	struct req *r = c->r;
	AUTO_BUF struct buf b = {0};
	AUTO_BYTES struct bytes *body = NULL;
	char gv[300];

	if (c->fail || c->err.code) {
		json_t *s = TAKE_PTR(c->fail);
		struct err e = c->err;

		collection_free(c);
		if (s)
			req_fail_status(r, s);
		else
			req_fail_err(r, &e);
		return;
	}
	api_group_version(r->res, gv, sizeof(gv));
	buf_addf(&b, "{\"kind\":\"%s\",\"apiVersion\":\"%s\",\"metadata\":{\"resourceVersion\":\"%lld\"},\"items\":[", r->res->list_kind, gv,
		 (long long)store_revision(r->a->store));
	for (size_t i = 0, k = 0; i < c->n; i++) {
		if (c->values[i])
			buf_addf(&b, "%s", k++ ? "," : ""), buf_add(&b, c->values[i]->data, c->values[i]->len);
	}
	buf_adds(&b, "]}");
	body = buf_take_bytes(&b);
	collection_free(c);
	if (body)
		req_reply(r, 200, "application/json", body);
	else
		req_fail(r, 500, "InternalError", "out of memory");
}

static void collection_deleted(void *arg, int status, struct bytes *body)
{
	struct collection *c = arg;

	/* Somebody else's deletion is as good as ours. */
	if (status >= 400 && status != 404) {
		if (!body || json_parse_bytes(body, &c->fail, NULL))
			(void)err_set(&c->err, ERR_INTERNAL, "a deletion of the collection failed with status %d", status);
		c->at = c->n;
	}
	req_defer(c->r, collection_next, c);
}

static void collection_next(void *arg)
{
	struct collection *c = arg;
	struct req *r = c->r;
	AUTO_FREE char *q = NULL;

	if (c->at >= c->n) {
		collection_end(c);
		return;
	}
	q = str_fmt("gracePeriodSeconds=%lld%s%s%s", (long long)r->q.grace, r->q.propagation ? "&propagationPolicy=" : "",
		    r->q.propagation ? r->q.propagation : "", r->q.dry_run ? "&dryRun=All" : "");
	if (inner_call(r->a, &r->id, "DELETE", c->paths[c->at++], q, r->content_type, r->body, collection_deleted, c)) {
		(void)err_nomem(&c->err);
		collection_end(c);
	}
}

static void collection_listed(void *arg, struct store_range_result *res)
{
	struct collection *c = arg;
	struct req *r = c->r;
	char gv[300];

	if (res->code) {
		c->err = res->err;
		c->err.code = res->code;
		collection_end(c);
		return;
	}
	c->paths = calloc(res->n + 1, sizeof(*c->paths));
	c->values = calloc(res->n + 1, sizeof(*c->values));
	if (!c->paths || !c->values) {
		(void)err_nomem(&c->err);
		collection_end(c);
		return;
	}
	api_group_version(r->res, gv, sizeof(gv));
	for (size_t i = 0; i < res->n; i++) {
		const char *rest = res->items[i].key + strlen(r->res->storage_prefix);
		const char *slash = r->res->namespaced ? strchr(rest, '/') : NULL;
		const char *root = *r->group ? "/apis" : "/api";

		c->values[c->n] = bytes_ref(res->items[i].value);
		c->paths[c->n++] = slash ? str_fmt("%s/%s/namespaces/%.*s/%s/%s", root, gv, (int)(slash - rest), rest, r->plural, slash + 1)
					 : str_fmt("%s/%s/%s/%s", root, gv, r->plural, rest);
		if (!c->paths[c->n - 1]) {
			(void)err_nomem(&c->err);
			collection_end(c);
			return;
		}
	}
	req_defer(r, collection_next, c);
}

void req_delete_collection(struct req *r)
{
	struct collection *c = calloc(1, sizeof(*c));
	struct store_range q;

	if (!c) {
		req_fail(r, 500, "InternalError", "out of memory");
		return;
	}
	c->r = r;
	if (!req_selectors(r, &c->labels, &c->fields)) {
		free(c);
		return;
	}
	c->filter = (struct range_filter){.labels = c->labels, .fields = c->fields};
	c->prefix = object_prefix(r->res, r->ns);
	if (!c->prefix) {
		(void)err_nomem(&c->err);
		collection_end(c);
		return;
	}
	q = (struct store_range){.prefix = c->prefix, .filter = c->labels || c->fields ? range_filter_fn : NULL, .filter_arg = &c->filter};
	store_range(r->a->store, &q, collection_listed, c);
}
