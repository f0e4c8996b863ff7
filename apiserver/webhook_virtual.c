/*
 * What webhooks get to know of a request, and requests that write nothing of their own: exec and its like, evictions,
 * bindings, tokens, reviews.
 */
#include "apiserver/webhook.h"
#include "api/object.h"
#include "apiserver/write.h"
#include "base/clock.h"

void hook_attr_from(struct hook_attr *at, struct req *r, enum admission_op op, const char *name)
{
	int64_t ms = req_timeout_ms(r);

	*at = (struct hook_attr){
	    .a = r->a,
	    .reg = r->reg,
	    .op = op,
	    .res = r->res,
	    .sub = r->sub,
	    .subname = r->subname,
	    .ns = streq(r->plural, "namespaces") && !*r->group ? name : r->ns,
	    .name = name,
	    .id = &r->id,
	    .dry_run = r->q.dry_run,
	    .deadline_ms = clock_mono_ms(r->a->clock) + (ms > 0 && ms < WEBHOOK_REQUEST_MS ? ms : WEBHOOK_REQUEST_MS),
	};
}

json_t *hook_options(struct req *r, enum admission_op op, const json_t *delete_options)
{
	static const char *const kinds[] = {
	    [ADMIT_CREATE] = "CreateOptions", [ADMIT_UPDATE] = "UpdateOptions", [ADMIT_DELETE] = "DeleteOptions"};
	AUTO_JSON json_t *o = json_pack("{s:s,s:s}", "kind", kinds[op], "apiVersion", "meta.k8s.io/v1");
	const char *key;
	json_t *v;

	if (!o)
		return NULL;
	json_object_foreach((json_t *)(uintptr_t)delete_options, key, v) if (!streq(key, "kind") &&
									     !streq(key, "apiVersion") &&
									     json_object_set(o, key, v)) return NULL;
	if (r->q.dry_run && json_object_set_new(o, "dryRun", json_pack("[s]", "All")))
		return NULL;
	if (op != ADMIT_DELETE) {
		if (r->q.field_manager && *r->q.field_manager &&
		    json_object_set_new(o, "fieldManager", json_string(r->q.field_manager)))
			return NULL;
		if (r->q.field_validation && *r->q.field_validation &&
		    json_object_set_new(o, "fieldValidation", json_string(r->q.field_validation)))
			return NULL;
	}
	return TAKE_PTR(o);
}

struct virt {
	struct req *r;
	struct hook_attr at;
	struct hook_round round;
	bool connect;
	void (*next)(struct req *r);
};

static void virt_free(struct virt *v)
{
	hook_round_done(&v->round);
	json_decref(v->at.obj);
	json_decref(v->at.options);
	(void)bytes_unref(v->at.ns_index);
	free(v);
}

/* Warnings go to the client; a refusal is answered: false. */
static bool passed(struct virt *v, struct hook_result *res)
{
	struct req *r = v->r;
	json_t *s;
	const json_t *warn;
	size_t i;

	json_array_foreach(res->warnings, i, warn) req_warn(r, "%s", json_string_value(warn));
	if (!res->code)
		return true;
	s = TAKE_PTR(res->status);
	virt_free(v);
	req_fail_status(r, s ? s : status_internal("out of memory"));
	return false;
}

static void validated(void *arg, struct hook_result *res)
{
	struct virt *v = arg;
	struct req *r = v->r;
	void (*next)(struct req *) = v->next;

	if (!passed(v, res))
		return;
	virt_free(v);
	next(r);
}

static void mutated(void *arg, struct hook_result *res)
{
	struct virt *v = arg;
	struct req *r = v->r;
	struct webhooks *w = auth_webhooks(r->a->auth);

	if (!passed(v, res))
		return;
	if (v->round.changed && !v->round.second) {
		v->round.second = true;
		hooks_mutate(w, &v->at, &v->round, mutated, v);
		return;
	}
	if (v->round.changed && v->connect) {
		virt_free(v);
		req_fail_status(
		    r,
		    status_internal("a mutating webhook changed the options of a connection, which is not supported"));
		return;
	}
	if (v->round.changed) {
		struct bytes *body = json_encode(v->at.obj);

		if (!body) {
			virt_free(v);
			req_fail(r, 500, "InternalError", "out of memory");
			return;
		}
		(void)bytes_unref(r->body);
		r->body = body;
		r->content_type = "application/json";
	}
	hooks_validate(w, &v->at, v->round.set, validated, v);
}

/* Steals obj. */
static bool ask(struct req *r, enum admission_op op, json_t *obj, bool connect, void (*next)(struct req *r))
{
	struct webhooks *w = auth_webhooks(r->a->auth);
	struct virt *v = calloc(1, sizeof(*v));

	if (!v || !obj) {
		free(v);
		json_decref(obj);
		req_fail(r, 500, "InternalError", "out of memory");
		return true;
	}
	v->r = r;
	v->connect = connect;
	v->next = next;
	hook_attr_from(&v->at, r, op, r->name);
	v->at.obj = obj;
	v->at.options = connect ? NULL : hook_options(r, op, NULL);
	v->round.set = webhooks_set(w);
	if (!v->round.set || (!connect && !v->at.options)) {
		virt_free(v);
		req_fail(r, 500, "InternalError", "out of memory");
		return true;
	}
	if (!hook_set_wants(v->round.set, &v->at, true) && !hook_set_wants(v->round.set, &v->at, false)) {
		virt_free(v);
		return false;
	}
	hooks_mutate(w, &v->at, &v->round, mutated, v);
	return true;
}

bool hook_body(struct req *r, void (*next)(struct req *r))
{
	const struct api_type *t = r->sub ? r->sub->type : r->res->type;
	struct hook_gvk k = hook_kind(r->res, r->sub);
	AUTO_JSON json_t *obj = NULL;
	struct err e = {0};

	if (r->quiet || !t || decode_body(r, &obj, NULL, &e))
		return false;
	if (streq(k.kind, "Eviction") && streq(json_str(obj, "apiVersion"), "policy/v1beta1"))
		(void)json_object_set_new(obj, "apiVersion", json_string("policy/v1"));
	/* Nothing gets past them by a body that only the next to read it understands. */
	if (decode_object(r, t, k.group, k.version, k.kind, obj, NULL, &e)) {
		req_fail_err(r, &e);
		return true;
	}
	if (api_default(t, obj)) {
		req_fail(r, 500, "InternalError", "out of memory");
		return true;
	}
	if (json_array_size(json_dot(obj, "deleteOptions.dryRun")))
		r->q.dry_run = true;
	return ask(r, ADMIT_CREATE, TAKE_PTR(obj), false, next);
}

static bool is_true(const struct req *r, const char *key)
{
	AUTO_FREE char *v = query_get(r->query_text, key);

	return v && (streq(v, "true") || streq(v, "1") || streq(v, "True") || streq(v, "TRUE") || streq(v, "t"));
}

/* Every value of key, decoded; numbers where asked for. */
static int add_values(json_t *o, const struct req *r, const char *key, const char *to, bool numbers)
{
	size_t klen = strlen(key);

	for (const char *p = r->query_text; p && *p;) {
		size_t n = strcspn(p, "&");

		if (n > klen && !strncmp(p, key, klen) && p[klen] == '=') {
			AUTO_FREE char *v = url_decode(p + klen + 1, n - klen - 1, true);
			int64_t num = 0;

			if (!v || (numbers && str_to_i64(v, 0, INT32_MAX, &num)))
				return 0; /* what serves the request says so */
			if (json_dot_append(o, to, numbers ? json_integer(num) : json_string(v)))
				return -ENOMEM;
		}
		p += n + (p[n] == '&');
	}
	return 0;
}

/* The object of a CONNECT, from the query as Kubernetes decodes it. NULL without memory. */
static json_t *connect_options(const struct req *r)
{
	static const char *const flags[] = {"stdin", "stdout", "stderr", "tty"};
	AUTO_JSON json_t *o = json_pack("{s:s,s:s}", "kind", r->sub->kind, "apiVersion", "v1");
	AUTO_FREE char *container = query_get(r->query_text, "container");

	if (!o)
		return NULL;
	if (streq(r->subname, "proxy"))
		return r->rest && *r->rest && json_set_str(o, "path", r->rest) ? NULL : TAKE_PTR(o);
	if (streq(r->subname, "portforward"))
		return add_values(o, r, "ports", "ports", true) ? NULL : TAKE_PTR(o);
	for (size_t i = 0; i < ARRAY_LEN(flags); i++) {
		/* Their defaulting sets both outputs whatever was asked for. */
		bool out = streq(flags[i], "stdout") || streq(flags[i], "stderr");

		if ((out || is_true(r, flags[i])) && json_object_set_new(o, flags[i], json_true()))
			return NULL;
	}
	if (container && *container && json_set_str(o, "container", container))
		return NULL;
	if (streq(r->subname, "exec") && add_values(o, r, "command", "command", false))
		return NULL;
	return TAKE_PTR(o);
}

bool hook_connect(struct req *r, void (*next)(struct req *r))
{
	return !r->quiet && ask(r, ADMIT_CONNECT, connect_options(r), true, next);
}
