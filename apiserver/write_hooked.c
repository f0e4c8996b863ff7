/*
 * A write that webhooks want to see: built-in plug-ins that mutate, mutating webhooks, both once more where these
 * changed something, validation, built-in plug-ins that check, validating webhooks, quota last. Then it goes on like
 * any other.
 */
#include "api/object.h"
#include "api/patch.h"
#include "apiserver/scale.h"
#include "apiserver/webhook.h"
#include "apiserver/write.h"

struct hooked {
	struct hook_attr at;
	struct hook_round round;
	json_t *kept; /* metadata before the webhooks */
};

void hooked_free(struct hooked *h)
{
	if (!h)
		return;
	hook_round_done(&h->round);
	json_decref(h->at.obj);
	json_decref(h->at.old);
	json_decref(h->at.options);
	(void)bytes_unref(h->at.ns_index);
	json_decref(h->kept);
	free(h);
}

/* What the webhooks said goes to the client; false: refused, and w is gone. */
static bool passed(struct write *w, struct hook_result *res)
{
	const json_t *warn;
	json_t *s;
	size_t i;

	json_array_foreach(res->warnings, i, warn) req_warn(w->r, "%s", json_string_value(warn));
	if (!res->code)
		return true;
	s = TAKE_PTR(res->status);
	write_fail_status(w, s ? s : status_internal("out of memory"));
	return false;
}

static void fail(struct write *w, struct err *e)
{
	if (!e->code)
		(void)err_nomem(e);
	write_fail(w, e);
}

/* --- after validation --- */

static void on_quota(void *arg, int code, const struct err *e)
{
	struct write *w = arg;

	if (write_admitted(w, code, e))
		write_conclude(w);
}

static void on_validated(void *arg, struct hook_result *res)
{
	struct write *w = arg;

	if (passed(w, res))
		write_admit_phases(w, ADMIT_PHASE_QUOTA, on_quota);
}

/* What is shown to validating webhooks: the object as it will be. */
static int show_final(struct write *w, struct err *e)
{
	struct hook_attr *at = &w->hooked->at;

	json_decref(TAKE_PTR(at->obj));
	if (w->kind == WRITE_DELETE)
		return 0;
	if (w->scale)
		return scale_from(w->r->res, w->obj, &at->obj, e);
	at->obj = json_incref(w->obj);
	return 0;
}

static void on_checked(void *arg, int code, const struct err *e)
{
	struct write *w = arg;
	json_t *obj = TAKE_PTR(w->checked);
	struct err err = {0};

	/* The plug-ins looked at a copy: what they would have filled in again is not written. */
	json_decref(w->adm.obj);
	w->adm.obj = obj;
	if (!write_admitted(w, code, e))
		return;
	if (show_final(w, &err)) {
		fail(w, &err);
		return;
	}
	hooks_validate(auth_webhooks(w->a->auth), &w->hooked->at, w->hooked->round.set, on_validated, w);
}

static void check(struct write *w)
{
	struct err e = {0};

	if (!write_validate(w))
		return;
	w->checked = TAKE_PTR(w->obj);
	w->obj = json_deep_copy(w->checked);
	if (!w->obj) {
		fail(w, &e);
		return;
	}
	write_admit_phases(w, ADMIT_PHASE_CHECK, on_checked);
}

/* --- mutating --- */

/*
 * What mutating webhooks see: of a create nothing that the server has still to decide (uid, creationTimestamp, a
 * generated name). Managed fields tell of the client's own fields; nobody owns what webhooks add.
 */
static int show(struct write *w, struct err *e)
{
	static const char *const later[] = {"uid", "creationTimestamp", "generation"};
	struct hooked *h = w->hooked;
	json_t *view, *meta;

	json_decref(TAKE_PTR(h->at.obj));
	if (w->kind == WRITE_DELETE)
		return 0;
	if (!w->managed && write_manage(w, e))
		return e->code;
	if (w->scale)
		return scale_from(w->r->res, w->obj, &h->at.obj, e);
	json_decref(h->kept);
	h->kept = json_deep_copy(json_object_get(w->obj, "metadata"));
	view = json_deep_copy(w->obj);
	if (!view || !h->kept) {
		json_decref(view);
		return err_nomem(e);
	}
	h->at.obj = view;
	if (!w->creating)
		return 0;
	meta = json_object_get(view, "metadata");
	for (size_t i = 0; i < ARRAY_LEN(later); i++)
		(void)json_object_del(meta, later[i]);
	if (w->generated)
		(void)json_object_del(meta, "name");
	return 0;
}

static int renamed(struct write *w, json_t *meta, struct err *e)
{
	struct req *r = w->r;
	const char *name = json_str_or(meta, "name", "");

	if (!*name && w->generated)
		return json_object_set_new(meta, "name", json_string(r->name)) ? err_nomem(e) : 0;
	if (streq(name, r->name))
		return 0;
	if (!w->creating)
		return err_set(e, ERR_BAD_REQUEST,
			       "the name of the object (%.100s) does not match the name on the URL (%.100s)", name,
			       r->name);
	if (strchr(name, '/') || strlen(name) > 253)
		return err_set(e, ERR_BAD_REQUEST,
			       "a mutating webhook gave the object the name \"%.100s\", which is none", name);
	free(w->key);
	r->name = req_text(r, name);
	w->key = r->name ? object_key(r->res, r->ns, r->name) : NULL;
	w->generated = false;
	w->hooked->at.name = r->name ? r->name : "";
	return w->key ? 0 : err_nomem(e);
}

/* Takes over what the webhooks made of the object; what is not theirs to say stays. */
static int take(struct write *w, struct err *e)
{
	static const char *const ours[] = {"uid", "creationTimestamp", "generation", "resourceVersion"};
	struct hooked *h = w->hooked;
	json_t *meta;

	if (w->kind == WRITE_DELETE || !h->round.changed)
		return 0;
	if (w->scale)
		return write_scale(w, h->at.obj, e);
	json_decref(w->obj);
	w->obj = json_deep_copy(h->at.obj);
	meta = w->obj ? write_meta(w->obj) : NULL;
	if (!meta)
		return err_nomem(e);
	for (size_t i = 0; i < ARRAY_LEN(ours); i++)
		copy_meta(meta, h->kept, ours[i]);
	if (!json_is_array(json_object_get(meta, "managedFields")))
		copy_meta(meta, h->kept, "managedFields");
	if (renamed(w, meta, e) || write_set_namespace(w, meta, e))
		return e->code;
	return write_settle(w, e);
}

static void begin(struct write *w);

static void on_mutated(void *arg, struct hook_result *res)
{
	struct write *w = arg;
	struct hook_round *round = &w->hooked->round;
	struct err e = {0};

	if (!passed(w, res))
		return;
	if (take(w, &e)) {
		fail(w, &e);
		return;
	}
	/* Once more: the plug-ins, and the webhooks that want to see what others did. */
	if (round->changed && !round->second) {
		round->second = true;
		begin(w);
		return;
	}
	check(w);
}

static void on_prepared(void *arg, int code, const struct err *e)
{
	struct write *w = arg;
	struct err err = {0};

	if (!write_admitted(w, code, e))
		return;
	if (!w->mutating) {
		if (!w->managed && write_manage(w, &err))
			fail(w, &err);
		else
			check(w);
		return;
	}
	if (show(w, &err)) {
		fail(w, &err);
		return;
	}
	hooks_mutate(auth_webhooks(w->a->auth), &w->hooked->at, &w->hooked->round, on_mutated, w);
}

static void begin(struct write *w)
{
	write_admit_phases(w, ADMIT_PHASE_MUTATE, on_prepared);
}

bool write_hooked(struct write *w)
{
	struct req *r = w->r;
	enum admission_op op = w->kind == WRITE_DELETE ? ADMIT_DELETE : w->creating ? ADMIT_CREATE : ADMIT_UPDATE;
	struct hooked *h;
	struct err e = {0};

	/* Bindings and evictions were shown before, as what they are. */
	if (r->quiet || w->mutate || hook_exempt(r->res))
		return false;
	hooked_free(TAKE_PTR(w->hooked));
	h = calloc(1, sizeof(*h));
	if (!h)
		goto nomem;
	w->hooked = h;
	hook_attr_from(&h->at, r, op, w->generated ? "" : r->name);
	if (w->deadline_ms)
		h->at.deadline_ms = w->deadline_ms;
	w->deadline_ms = h->at.deadline_ms;
	h->round.set = webhooks_set(auth_webhooks(w->a->auth));
	if (!h->round.set)
		goto nomem;
	w->mutating = hook_set_wants(h->round.set, &h->at, true);
	if (!w->mutating && !hook_set_wants(h->round.set, &h->at, false)) {
		hooked_free(TAKE_PTR(w->hooked));
		return false;
	}
	/* Nobody waits for a webhook's time, least of all a webhook that writes the object itself. */
	write_turn_end(w);
	w->managed = false;
	h->at.options = hook_options(r, op, w->kind == WRITE_DELETE ? w->opts : NULL);
	if (!h->at.options)
		goto nomem;
	if (w->scale && scale_from(r->res, w->old, &h->at.old, &e)) {
		write_fail(w, &e);
		return true;
	}
	/* Plug-ins and webhooks may change the new object in places that it shares with the old one. */
	if (!w->scale && w->old && !(h->at.old = json_deep_copy(w->old)))
		goto nomem;
	begin(w);
	return true;
nomem:
	(void)err_nomem(&e);
	write_fail(w, &e);
	return true;
}
