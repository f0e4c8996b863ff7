/* From admission to the durable commit and the answer. */
#include "apiserver/write.h"
#include "api/object.h"
#include "api/patch.h"
#include "api/scan.h"
#include "api/warnings.h"
#include "apiserver/scale.h"
#include "apiserver/webhook.h"

#define MAX_TRIES 50

static void write_again(void *arg)
{
	struct write *w = arg;

	write_drop_trees(w);
	ops_done(&w->ops);
	w->old_value = bytes_unref(w->old_value);
	w->deleting = false;
	w->managed = false;
	json_decref(TAKE_PTR(w->r->warnings));
	free(TAKE_PTR(w->r->long_message));
	w->kind = w->asked;
	w->creating = w->kind == WRITE_CREATE;
	w->status = w->creating ? 201 : 200;
	if (w->kind == WRITE_CREATE && w->generated) {
		free(w->r->name);
		w->r->name = str_dup("");
	}
	write_run(w);
}

static void write_fresh(void *arg, int code)
{
	struct write *w = arg;
	struct err e = {0};

	if (code) {
		(void)err_set(&e, code, "the datastore does not answer: %s", err_name(code));
		write_fail(w, &e);
		return;
	}
	req_defer(w->r, write_again, w); /* not on the store's thread */
}

bool write_stale(struct write *w)
{
	if (w->fresh || !w->looked)
		return false;
	w->fresh = true;
	store_sync(w->a->store, write_fresh, w);
	return true;
}

static void reply_committed(struct write *w, struct bytes *value)
{
	struct req *r = w->r;
	int status = w->status;
	bool scale = w->scale, deleting = w->deleting, as_status = w->reply_status;
	bool object = w->kind != WRITE_DELETE || !deleting || api_returns_deleted(r->res);
	AUTO_BYTES struct bytes *v = bytes_ref(w->last ? w->last : value);
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
		if (streq(r->plural, "events"))
			event_ttl_touch(w->a);
		if (w->st->committed && w->obj && !w->deleting) {
			json_t *meta = json_object_get(w->obj, "metadata");
			char rv[24];

			(void)snprintf(rv, sizeof(rv), "%lld", (long long)d->rev);
			if (json_object_set_new(meta, "resourceVersion", json_string(rv)))
				(void)json_object_del(meta, "resourceVersion"); /* rather none than an old one */
		}
		if (w->st->committed)
			w->st->committed(w, w->obj ? w->obj : w->old, w->deleting);
		reply_committed(w, d->n ? d->items[0].value : NULL);
		return;
	}
	if (d->code == ERR_EXISTS || d->code == ERR_CONFLICT || d->code == ERR_NOT_FOUND) {
		bool own = d->failed_op == 0;

		if (own && d->code == ERR_EXISTS && w->asked == WRITE_CREATE && !w->generated) {
			AUTO_FREE char *m = *r->group ? str_fmt("%s.%s \"%s\" already exists", r->plural, r->group, r->name)
						      : str_fmt("%s \"%s\" already exists", r->plural, r->name);
			json_t *s = status_new(409, "AlreadyExists", m ? m : "already exists");

			w->fresh = true; /* the store's own word */
			if (s)
				(void)status_set_details(s, r->group, r->plural, r->name, NULL);
			write_fail_status(w, s);
			return;
		}
		/* Deleted meanwhile: it is looked at again, and then not found. */
		if (own && w->conditional && d->code != ERR_NOT_FOUND) {
			w->fresh = true;
			write_conflict(w);
			return;
		}
		if (++w->tries < MAX_TRIES) { /* not on the store's thread */
			if (w->generated && own)
				req_defer(r, write_again, w); /* with another name */
			else
				write_turn_retry(w, w->ops.v[d->failed_op].key, write_again);
			return;
		}
		write_conflict(w);
		return;
	}
	struct err e = d->err;
	e.code = d->code;
	w->fresh = true; /* it may have happened: not once more */
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

static int write_warn(struct write *w)
{
	AUTO_JSON json_t *list = json_array();
	json_t *s;
	size_t i;

	if (!list || (!w->r->res->crd && api_warn_kind(w->r->res, w->obj, w->creating ? NULL : w->old, w->r->subname, list)))
		return -ENOMEM;
	json_array_foreach(list, i, s)
		req_warn(w->r, "%s", json_string_value(s));
	if (w->st->warn && !*w->r->subname)
		w->st->warn(w);
	return 0;
}

bool write_validate(struct write *w)
{
	struct req *r = w->r;
	struct err e = {0};
	AUTO_CAUSES struct api_causes causes = {0};

	if (!w->deleting) {
		const char *sub = *r->subname ? r->subname : NULL;

		/* What admission has put back was no change. */
		if (!w->creating && (w->kind == WRITE_UPDATE || w->kind == WRITE_PATCH) && write_count_generation(w))
			causes.oom = true;
		if (w->kind != WRITE_DELETE && !api_validate_kind(r->res, w->obj, w->creating ? NULL : w->old, sub, &causes))
			api_validate_schema(r->res->type, w->obj, &causes);
		if (causes.oom)
			(void)err_nomem(&e);
		if (causes.n || causes.oom) {
			if (write_stale(w))
				return false;
			write_free(w);
			if (e.code)
				req_fail_err(r, &e);
			else
				req_invalid(r, r->res, r->name, &causes);
			return false;
		}
		if (w->creating && w->names_revision) {
			write_fail_status(
			    w, status_new(500, NULL, "resourceVersion should not be set on objects to be created"));
			return false;
		}
		if (write_warn(w)) {
			(void)err_nomem(&e);
			write_fail(w, &e);
			return false;
		}
		/* An update may have taken away the last thing that kept a deleted object. */
		if (!w->creating && obj_deleting(w->obj) && !object_held(w, w->obj) && w->kind != WRITE_DELETE)
			w->deleting = true;
	}
	return true;
}

int write_manage(struct write *w, struct err *e)
{
	struct req *r = w->r;
	char mgr[256];
	int rc;

	if (w->managed || w->deleting || (w->kind == WRITE_PATCH && w->patch == PATCH_APPLY) || w->kind == WRITE_DELETE)
		return 0;
	w->managed = true;
	/* What was null had an owner, too; the store keeps no nulls. */
	if (w->old && api_fill_owned(r->res->type, w->old))
		return err_nomem(e);
	rc = api_manage_update(r->res, w->creating ? NULL : w->old, w->obj, field_manager(r, mgr, sizeof(mgr)), *r->subname ? r->subname : NULL, w->now, e);
	if (w->old)
		api_drop_unstored(r->res->type, w->old);
	return rc;
}

void write_conclude(struct write *w)
{
	struct req *r = w->r;
	struct err e = {0};

	if ((w->st->transact && w->st->transact(w, &e)) || write_manage(w, &e)) {
		write_fail(w, &e);
		return;
	}
	if (!w->deleting && w->obj && api_fill_always(r->res->type, w->obj)) {
		(void)err_nomem(&e);
		write_fail(w, &e);
		return;
	}
	if (unchanged(w)) {
		AUTO_BYTES struct bytes *v = NULL;

		if (write_stale(w))
			return;
		v = bytes_ref(w->old_value);
		reply_committed(w, v);
		return;
	}
	if (req_is_dry(r)) {
		AUTO_BYTES struct bytes *value = NULL;
		AUTO_BYTES struct bytes *index = NULL;
		size_t splice;

		if (write_stale(w))
			return;
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
	if (write_commit(w, &e)) {
		w->fresh = true;
		write_fail(w, &e);
	}
}

bool write_admitted(struct write *w, int code, const struct err *e)
{
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
		return false;
	}
	return true;
}

static void on_admitted(void *arg, int code, const struct err *e)
{
	struct write *w = arg;

	if (write_admitted(w, code, e) && write_validate(w))
		write_conclude(w);
}

void write_admit_phases(struct write *w, unsigned phases, admission_done_fn done)
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
		.phases = phases,
		.ops = &w->ops,
	};
	w->obj = NULL;
	admission_run(w->a->auth, &w->adm, done, w);
}

void write_admit(struct write *w)
{
	if (!webhooks_any(w->a) || !write_hooked(w))
		write_admit_phases(w, ADMIT_PHASE_ALL, on_admitted);
}
