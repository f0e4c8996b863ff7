/*
 * A round of webhooks over one request. Mutating ones are called one after the other, each with what the earlier ones
 * made of the object; validating ones all at once. (k8s.io/apiserver
 * pkg/admission/plugin/webhook/{mutating,validating}/dispatcher.go)
 */
#include "apiserver/webhook.h"
#include "api/convert.h"
#include "api/object.h"
#include "api/patch.h"
#include "apiserver/auth_internal.h"
#include "base/clock.h"
#include "base/log.h"

void hook_round_done(struct hook_round *r)
{
	(void)hook_set_unref(r->set);
	free(r->called);
	free(r->again);
	json_decref(r->last);
	*r = (struct hook_round){0};
}

void hook_result_done(struct hook_result *r)
{
	json_decref(r->status);
	json_decref(r->warnings);
	*r = (struct hook_result){0};
}

bool hook_set_wants(const struct hook_set *s, const struct hook_attr *at, bool mutating)
{
	size_t n = mutating ? s->n_mutating : s->n_validating;

	for (size_t i = 0; i < n; i++)
		if (hook_match_rules(mutating ? s->mutating[i] : s->validating[i], at))
			return true;
	return false;
}

struct run {
	struct webhooks *w;
	struct hook_attr *at;
	struct hook_set *set;     /* borrowed */
	struct hook_round *round; /* mutating */
	size_t next;
	struct hook_result res;
	hook_done_fn done;
	void *arg;
	struct hook_batch batch;
	char (*uids)[37];
	/* of the mutating hook being called */
	const struct api_resource *as;
	json_t *view;
	struct pool_job job;
};

static void run_end(struct run *run)
{
	run->done(run->arg, &run->res);
	hook_result_done(&run->res);
	free(run->batch.calls);
	free(run->uids);
	json_decref(run->view);
	free(run);
}

static void fail_status(struct run *run, int code, json_t *status)
{
	run->res.code = code;
	json_decref(run->res.status);
	run->res.status = status;
}

static void fail_nomem(struct run *run)
{
	fail_status(run, -ENOMEM, status_internal("out of memory"));
}

/* 1: wants to be called; 0: not; <0: the request fails. Waits for the disk. */
static int wanted(struct run *run, const struct hook *h, const struct api_resource **ret_as)
{
	struct hook_attr *at = run->at;
	const struct api_resource *as = hook_match_rules(h, at);
	int rc;

	if (!as)
		return 0;
	if (hook_needs_ns(h, at) && !at->ns_index && !at->ns_missing) {
		struct store_item it;

		rc = auth_get(run->w->a->auth, true, "", "namespaces", NULL, at->ns, &it);
		if (rc && rc != ERR_NOT_FOUND) {
			fail_status(run, ERR_INTERNAL, status_internal(err_name(rc)));
			return ERR_INTERNAL;
		}
		at->ns_missing = rc == ERR_NOT_FOUND;
		if (!rc) {
			at->ns_index = it.index ? bytes_ref(it.index) : bytes_new("\0\0\0\0", 4);
			store_item_done(&it);
		}
	}
	rc = hook_match_selectors(h, at);
	if (rc < 0) {
		AUTO_FREE char *m = str_fmt("namespaces \"%s\" not found", at->ns);
		json_t *s = status_new(404, "NotFound", m ? m : "not found");

		if (s)
			(void)status_set_details(s, "", "namespaces", at->ns, NULL);
		fail_status(run, ERR_NOT_FOUND, s);
		return ERR_NOT_FOUND;
	}
	if (rc > 0 && at->dry_run && !h->dry_run_ok) {
		AUTO_FREE char *m = str_fmt("admission webhook \"%s\" does not support dry run", h->name);

		fail_status(run, ERR_BAD_REQUEST, status_new(400, "BadRequest", m ? m : ""));
		return ERR_BAD_REQUEST;
	}
	*ret_as = as;
	return rc;
}

/* obj in the hook's version: a new reference. */
static int in_version(const struct hook_attr *at, const struct api_resource *as, const json_t *obj, json_t **ret,
		      struct err *e)
{
	AUTO_JSON json_t *o = NULL;
	int rc;

	*ret = NULL;
	/* What a subresource takes as its own kind (a Scale) has one version. */
	if (!obj || as == at->res || (at->sub && at->sub->kind && !streq(at->sub->kind, at->res->kind))) {
		*ret = json_incref((json_t *)(uintptr_t)obj);
		return 0;
	}
	o = json_deep_copy(obj);
	if (!o)
		return err_nomem(e);
	rc = api_convert(at->res, as, o, e);
	if (!rc)
		*ret = TAKE_PTR(o);
	return rc;
}

static int make_call(struct run *run, struct hook_call *c, const struct hook *h, const struct api_resource *as,
		     char uid[37], json_t **ret_view)
{
	struct hook_attr *at = run->at;
	AUTO_JSON json_t *obj = NULL;
	AUTO_JSON json_t *old = NULL;
	struct err e = {0};

	uuid_new(uid);
	if (in_version(at, as, at->obj, &obj, &e) || in_version(at, as, at->old, &old, &e)) {
		fail_status(run, ERR_INTERNAL, status_internal(e.msg));
		return ERR_INTERNAL;
	}
	*c = (struct hook_call){.hook = h, .deadline_ms = at->deadline_ms};
	if (!h->broken && !(c->body = review_request(h, at, as, uid, obj, old))) {
		fail_nomem(run);
		return -ENOMEM;
	}
	if (ret_view)
		*ret_view = TAKE_PTR(obj);
	return 0;
}

static void add_warnings(struct run *run, const json_t *list)
{
	if (!json_array_size(list))
		return;
	if (!run->res.warnings)
		run->res.warnings = json_array();
	if (run->res.warnings)
		(void)json_array_extend(run->res.warnings, (json_t *)(uintptr_t)list);
}

/* Fails, or with failurePolicy Ignore goes on: 0. */
static int call_failed(struct run *run, const struct hook *h, const char *why)
{
	AUTO_FREE char *m = str_fmt("failed calling webhook \"%s\": %s", h->name, why);

	if (!h->ignore) {
		fail_status(run, ERR_INTERNAL, status_internal(m ? m : why));
		return ERR_INTERNAL;
	}
	log_warning(APISERVER_LOG, h->config, "%s: its failure policy lets the request pass", m ? m : why);
	if (clock_mono_ms(run->w->a->clock) >= run->at->deadline_ms) {
		fail_status(run, ERR_TIMEOUT,
			    status_new(504, "Timeout", "Timeout: request did not complete within requested timeout"));
		return ERR_TIMEOUT;
	}
	return 0;
}

/* 0: allowed, or passed over (then *a is empty); <0: run->res says why not. */
static int take_answer(struct run *run, struct hook_call *c, const char *uid, bool mutating, struct review_answer *a)
{
	const struct hook *h = c->hook;
	struct err e = {0};
	int rc;

	if (c->failure)
		return call_failed(run, h, c->failure);
	if (c->status < 200 || c->status > 206) {
		AUTO_FREE char *m =
		    review_http_error(c->status, c->reply ? c->reply->data : "", c->reply ? c->reply->len : 0);
		AUTO_FREE char *why = str_fmt("failed to call webhook: %s", m ? m : "");

		return call_failed(run, h, why ? why : "");
	}
	rc =
	    review_parse(a, h->review, mutating, uid, c->reply ? c->reply->data : "", c->reply ? c->reply->len : 0, &e);
	if (rc == ERR_INTERNAL) {
		fail_status(run, rc, status_internal(e.msg));
		return rc;
	}
	if (rc) {
		AUTO_FREE char *why = str_fmt("%s%s", rc == ERR_PROTO ? "" : "failed to call webhook: ", e.msg);

		return call_failed(run, h, why ? why : "");
	}
	add_warnings(run, a->warnings);
	if (!a->allowed) {
		fail_status(run, ERR_FORBIDDEN, review_denied(h->name, a->status));
		return ERR_FORBIDDEN;
	}
	return 0;
}

/* --- mutating --- */

static void mutate_step(struct run *run);

static const struct api_type *type_of(const struct hook_attr *at, const struct api_resource *as)
{
	const struct api_subresource *sub = at->sub && as != at->res ? api_subresource_find(as, at->subname) : at->sub;

	return sub && sub->kind && *sub->kind ? sub->type : as->type;
}

static int internal(struct run *run, const char *why)
{
	fail_status(run, ERR_INTERNAL, status_internal(why));
	return ERR_INTERNAL;
}

/* view -> the request's object, changed. */
static int apply_patch(struct run *run, const struct hook *h, const json_t *patch, bool *ret_changed)
{
	struct hook_attr *at = run->at;
	const struct api_type *type = type_of(at, run->as);
	AUTO_JSON json_t *out = NULL;
	struct err e = {0};

	if (!at->obj) {
		AUTO_FREE char *m = str_fmt("admission webhook \"%s\" attempted to modify the object, which is not "
					    "supported for this operation",
					    h->name);

		return internal(run, m ? m : "");
	}
	if (api_json_patch(&out, run->view, patch, &e))
		return internal(run, e.msg);
	if (!json_is_object(out) || !streq(json_str(out, "kind"), json_str(run->view, "kind")) ||
	    !streq(json_str(out, "apiVersion"), json_str(run->view, "apiVersion"))) {
		AUTO_FREE char *m = str_fmt("admission webhook \"%s\" changed the kind of the object", h->name);

		return internal(run, m ? m : "");
	}
	if (type && api_prune(type, out, NULL))
		return internal(run, "out of memory");
	if (type && api_check_types(type, out, &e))
		return internal(run, e.msg);
	*ret_changed = !json_equal(out, run->view);
	if (type && api_default(type, out))
		return internal(run, "out of memory");
	if (run->as != at->res && !(at->sub && at->sub->kind && !streq(at->sub->kind, at->res->kind))) {
		if (api_convert(run->as, at->res, out, &e) || api_default(at->res->type, out))
			return internal(run, e.code ? e.msg : "out of memory");
	}
	json_decref(at->obj);
	at->obj = TAKE_PTR(out);
	return 0;
}

/* Those called before are called again, where they want to, once somebody after them has changed something. */
static void require_again(struct hook_round *r)
{
	for (size_t i = 0; i < r->set->n_mutating; i++) {
		r->again[i] |= r->called[i];
		r->called[i] = false;
	}
}

static void mutate_answered(struct hook_batch *b)
{
	struct run *run = container_of(b, struct run, batch);
	CLEANUP(review_answer_done) struct review_answer a = {0};
	const struct hook *h = run->set->mutating[run->next];
	bool changed = false;
	int rc = take_answer(run, &b->calls[0], run->uids[0], true, &a);

	if (!rc && json_array_size(a.patch))
		rc = apply_patch(run, h, a.patch, &changed);
	hook_call_done(&b->calls[0]);
	run->view = (json_decref(run->view), NULL);
	if (rc) {
		run_end(run);
		return;
	}
	if (changed) {
		require_again(run->round);
		run->round->changed = true;
	}
	if (h->if_needed)
		run->round->called[run->next] = true;
	run->next++;
	mutate_step(run);
}

static void mutate_step(struct run *run)
{
	struct hook_round *r = run->round;

	for (; run->next < run->set->n_mutating; run->next++) {
		const struct hook *h = run->set->mutating[run->next];
		int rc = wanted(run, h, &run->as);

		/* A hook that was passed over in the first round is not called for the first time in the second. */
		if (rc > 0 && r->second && !r->again[run->next])
			continue;
		if (rc > 0)
			rc = make_call(run, &run->batch.calls[0], h, run->as, run->uids[0], &run->view) ? -1 : 1;
		if (rc < 0)
			break;
		if (rc > 0) {
			hook_batch_start(&run->batch);
			return;
		}
	}
	if (!run->res.code && !r->second && r->changed && run->at->obj) {
		r->last = json_deep_copy(run->at->obj);
		if (!r->last)
			fail_nomem(run);
	}
	run_end(run);
}

static struct run *run_new(struct webhooks *w, struct hook_attr *at, struct hook_set *set, size_t n, hook_done_fn done,
			   void *arg)
{
	struct run *run = calloc(1, sizeof(*run));

	if (!run)
		return NULL;
	run->w = w;
	run->at = at;
	run->set = set;
	run->done = done;
	run->arg = arg;
	run->batch = (struct hook_batch){.w = w, .calls = calloc(n + 1, sizeof(struct hook_call))};
	run->uids = calloc(n + 1, sizeof(*run->uids));
	if (run->batch.calls && run->uids)
		return run;
	free(run->batch.calls);
	free(run->uids);
	free(run);
	return NULL;
}

static void nothing(struct pool_job *j)
{
	(void)j;
}

static void mutate_begin(struct pool_job *j)
{
	struct run *run = container_of(j, struct run, job);
	struct hook_round *r = run->round;

	run->batch.n = 1;
	run->batch.done = mutate_answered;
	if (!r->called) {
		r->called = calloc(r->set->n_mutating + 1, sizeof(bool));
		r->again = calloc(r->set->n_mutating + 1, sizeof(bool));
	}
	if (!r->called || !r->again) {
		fail_nomem(run);
		run_end(run);
		return;
	}
	if (r->second && !(r->last && run->at->obj && json_equal(r->last, run->at->obj)))
		require_again(r);
	mutate_step(run);
}

static void no_memory(hook_done_fn done, void *arg)
{
	struct hook_result res = {.code = -ENOMEM, .status = status_internal("out of memory")};

	done(arg, &res);
	hook_result_done(&res);
}

void hooks_mutate(struct webhooks *w, struct hook_attr *at, struct hook_round *round, hook_done_fn done, void *arg)
{
	struct run *run = run_new(w, at, round->set, 1, done, arg);

	if (!run) {
		no_memory(done, arg);
		return;
	}
	run->round = round;
	run->job = (struct pool_job){.run = nothing, .done = mutate_begin};
	pool_submit(w->a->pool, &run->job);
}

/* --- validating --- */

static void validate_answered(struct hook_batch *b)
{
	struct run *run = container_of(b, struct run, batch);
	bool failed = false;

	/* The first refusal in order is told. */
	for (size_t i = 0; i < b->n; i++) {
		CLEANUP(review_answer_done) struct review_answer a = {0};

		if (!failed)
			failed = take_answer(run, &b->calls[i], run->uids[i], false, &a) != 0;
		hook_call_done(&b->calls[i]);
	}
	run_end(run);
}

static void validate_begin(struct pool_job *j)
{
	struct run *run = container_of(j, struct run, job);
	struct hook_batch *b = &run->batch;

	b->done = validate_answered;
	for (size_t i = 0; i < run->set->n_validating; i++) {
		const struct hook *h = run->set->validating[i];
		const struct api_resource *as;
		int rc = wanted(run, h, &as);

		if (rc > 0 && !make_call(run, &b->calls[b->n], h, as, run->uids[b->n], NULL))
			b->n++;
		if (run->res.code)
			break;
	}
	if (run->res.code || !b->n) {
		for (size_t i = 0; i < b->n; i++)
			hook_call_done(&b->calls[i]);
		run_end(run);
		return;
	}
	hook_batch_start(b);
}

void hooks_validate(struct webhooks *w, struct hook_attr *at, struct hook_set *set, hook_done_fn done, void *arg)
{
	struct run *run = run_new(w, at, set, set->n_validating, done, arg);

	if (!run) {
		no_memory(done, arg);
		return;
	}
	run->job = (struct pool_job){.run = nothing, .done = validate_begin};
	pool_submit(w->a->pool, &run->job);
}
