/* The life of a request, and its answers. Error texts are those of Kubernetes' apimachinery pkg/api/errors. */
#include <stdarg.h>
#include "api/object.h"
#include "apiserver/webhook.h"
#include "apiserver/write.h"
#include "base/clock.h"
#include "base/log.h"

struct req_text {
	struct req_text *next;
	char text[];
};
_Static_assert(sizeof(struct req) <= 1032, "malloc would be slow");

char *req_text_alloc(struct req *r, size_t n)
{
	struct req_text *t;

	if (n <= REQ_FIRST - r->n_first) {
		char *p = r->first + r->n_first;

		r->n_first += n;
		return p;
	}
	t = malloc(sizeof(*t) + n);
	if (!t)
		return NULL;
	t->next = r->texts;
	r->texts = t;
	return t->text;
}

char *req_text(struct req *r, const char *s)
{
	size_t n = s ? strlen(s) + 1 : 0;
	char *p = s ? req_text_alloc(r, n) : NULL;

	return p ? memcpy(p, s, n) : NULL;
}

void req_texts_free(struct req *r)
{
	while (r->texts) {
		struct req_text *t = r->texts;

		r->texts = t->next;
		free(t);
	}
}

struct req *req_new(struct apiserver *a, const struct sink_ops *sink)
{
	struct req *r = malloc(sizeof(*r));

	if (!r)
		return NULL;
	memset(r, 0, offsetof(struct req, first));
	r->a = a;
	r->sink = sink;
	r->q = (struct query){.send_initial = TRI_UNSET, .orphan = TRI_UNSET, .timeout_s = -1, .grace = -1};
	r->reg = apiserver_registry(a);
	atomic_fetch_add(&a->live_reqs, 1);
	return r;
}

void req_free(struct req *r)
{
	struct apiserver *a = r->a;

	flow_end(r);
	if (r->sink_free)
		r->sink_free(r->sink_arg);
	free(r->long_message);
	req_texts_free(r);
	query_done(&r->q);
	identity_done(&r->id);
	(void)bytes_unref(r->body);
	json_decref(r->warnings);
	(void)api_registry_unref(r->reg);
	free(r);
	if (atomic_fetch_sub(&a->live_reqs, 1) == 1) {
		pthread_mutex_lock(&a->live_lock);
		pthread_cond_broadcast(&a->live_cond);
		pthread_mutex_unlock(&a->live_lock);
	}
}

bool req_is_dry(const struct req *r) { return r->q.dry_run; }

int req_now(const struct req *r, char out[TIME_STR_MAX])
{
	time_format(clock_wall(r->a->clock), out);
	return 0;
}

static void run_deferred(struct fair_job *j)
{
	struct req *r = container_of(j, struct req, job);

	r->job_fn(r->job_arg);
}

void req_defer(struct req *r, void (*fn)(void *arg), void *arg)
{
	r->job_fn = fn;
	r->job_arg = arg;
	r->job = (struct fair_job){.run = run_deferred};
	fair_submit(r->a->fair, r->id.user, &r->job);
}

/* --- answers --- */

void req_reply_parts(struct req *r, int status, const char *content_type, struct bytes *const *parts, size_t n)
{
	atomic_fetch_add_explicit(&r->a->m.requests[status >= 100 && status < 600 ? status / 100 : 0], 1, memory_order_relaxed);
	if (req_compress(r, status, content_type, parts, n))
		return;
	r->sink->reply(r, status, content_type, parts, n);
	req_free(r);
}

void req_reply(struct req *r, int status, const char *content_type, struct bytes *body)
{
	if (r->yaml && body && streq(content_type, "application/json")) {
		AUTO_JSON json_t *v = NULL;
		AUTO_BUF struct buf b = {0};
		AUTO_BYTES struct bytes *y = NULL;

		if (!json_parse_bytes(body, &v, NULL) && !yaml_encode(v, &b) && (y = buf_take_bytes(&b))) {
			req_reply_parts(r, status, "application/yaml", &y, 1);
			return;
		}
	}
	req_reply_parts(r, status, content_type, &body, body ? 1 : 0);
}

void req_reply_text(struct req *r, int status, const char *content_type, const char *text)
{
	AUTO_BYTES struct bytes *b = bytes_new(text, strlen(text));

	req_reply(r, status, content_type, b);
}

void req_reply_json(struct req *r, int status, json_t *v)
{
	AUTO_BYTES struct bytes *b = v ? json_encode(v) : NULL;

	json_decref(v);
	if (!b) {
		req_reply_text(r, 500, "application/json",
			       "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"metadata\":{},\"status\":\"Failure\",\"message\":\"out of "
			       "memory\",\"reason\":\"InternalError\",\"code\":500}");
		return;
	}
	req_reply(r, status, "application/json", b);
}

void req_reply_object(struct req *r, int status, const struct api_resource *res, struct bytes *stored)
{
	struct err e = {0};
	AUTO_BYTES struct bytes *out = NULL;

	if (object_render(r, res, stored, &out, &e)) {
		req_fail_err(r, &e);
		return;
	}
	req_reply(r, status, "application/json", out);
}

void req_reply_tree(struct req *r, int status, const struct api_resource *res, json_t *obj)
{
	AUTO_JSON json_t *o = obj;

	if (o && (r->format == FMT_TABLE || r->format == FMT_TABLE_V1BETA1)) {
		json_t *t = table_new(r, res, true);

		if (t && table_add(r, res, t, o)) {
			json_decref(t);
			t = NULL;
		}
		req_reply_json(r, status, t);
	} else if (o && r->format != FMT_OBJECT) {
		req_reply_json(r, status, partial_metadata(r, o));
	} else {
		req_reply_json(r, status, json_incref(o));
	}
}

void req_warn(struct req *r, const char *fmt, ...)
{
	va_list ap;
	AUTO_BUF struct buf b = {0};

	va_start(ap, fmt);
	buf_addv(&b, fmt, ap);
	va_end(ap);
	if (!r->warnings)
		r->warnings = json_array();
	if (r->warnings && b.data && !buf_failed(&b))
		(void)json_array_append_new(r->warnings, json_stringn(b.data, b.len));
}

/* --- failures --- */

void req_fail_status(struct req *r, json_t *status)
{
	int code = (int)json_int_or(status, "code", 500);

	if (code < 100 || code > 599)
		code = 500;
	if (code == 429 || json_at(status, "details", "retryAfterSeconds", NULL)) {
		char n[24];

		(void)snprintf(n, sizeof(n), "%d", (int)json_int_or(status, "details.retryAfterSeconds", 1));
		if (r->x)
			(void)http_add_header(r->x, "Retry-After", n);
	}
	req_reply_json(r, code, status);
}

void req_fail(struct req *r, int http, const char *reason, const char *fmt, ...)
{
	va_list ap;
	AUTO_BUF struct buf b = {0};

	va_start(ap, fmt);
	buf_addv(&b, fmt, ap);
	va_end(ap);
	req_fail_status(r, status_new(http, reason, b.data ? b.data : ""));
}

void req_not_found(struct req *r, const char *group, const char *plural, const char *name)
{
	AUTO_FREE char *msg = *group ? str_fmt("%s.%s \"%s\" not found", plural, group, name) : str_fmt("%s \"%s\" not found", plural, name);
	json_t *s = status_new(404, "NotFound", msg ? msg : "not found");

	if (s)
		(void)status_set_details(s, group, plural, name, NULL);
	req_fail_status(r, s);
}

json_t *status_invalid(const char *group, const char *kind, const char *name, const struct api_causes *c)
{
	AUTO_BUF struct buf b = {0};
	json_t *s;

	if (*group)
		buf_addf(&b, "%s.%s \"%s\" is invalid", kind, group, name);
	else
		buf_addf(&b, "%s \"%s\" is invalid", kind, name);
	if (c->n) {
		buf_adds(&b, c->n > 1 ? ": [" : ": ");
		for (size_t i = 0; i < c->n; i++) {
			buf_addf(&b, "%s%s%s%s", i ? ", " : "", c->v[i].field ? c->v[i].field : "",
				 c->v[i].field && *c->v[i].field ? ": " : "", c->v[i].message ? c->v[i].message : "");
		}
		if (c->n > 1)
			buf_addc(&b, ']');
	}
	s = status_new(422, "Invalid", b.data && !buf_failed(&b) ? b.data : "invalid");
	if (s) {
		(void)status_set_details(s, group, kind, name, NULL);
		for (size_t i = 0; i < c->n; i++)
			(void)status_add_cause(s, c->v[i].reason, c->v[i].message, c->v[i].field);
	}
	return s;
}

void req_invalid(struct req *r, const struct api_resource *res, const char *name, const struct api_causes *c)
{
	/* Events of both groups are one kind, which is that of the core. */
	req_fail_status(r, status_invalid(streq(res->kind, "Event") && !res->crd ? "" : res->group, res->kind, name, c));
}

json_t *status_generic(int http, const char *reason, const char *message)
{
	json_t *s = status_new(http, reason, message);

	if (s)
		(void)status_set_details(s, NULL, NULL, NULL, NULL);
	return s;
}

json_t *req_status_for(struct req *r, const struct err *e)
{
	int http = status_http_code(e->code);
	const char *reason = status_reason(http);
	const char *group = r->group ? r->group : "", *plural = r->plural ? r->plural : "", *name = r->name ? r->name : "";
	json_t *s;

	if (e->code == ERR_GONE)
		reason = "Expired";
	if (e->code == ERR_EXISTS)
		reason = "AlreadyExists";
	if (e->code == ERR_FORBIDDEN && r->res && strncmp(e->msg, plural, strlen(plural)) != 0) {
		AUTO_FREE char *m = *group ? str_fmt("%s.%s \"%s\" is forbidden: %s", plural, group, name, e->msg)
					   : str_fmt("%s \"%s\" is forbidden: %s", plural, name, e->msg);
		s = status_new(http, reason, m ? m : e->msg);
	} else {
		s = status_new(http, reason, r->long_message ? r->long_message : e->msg);
		free(TAKE_PTR(r->long_message));
	}
	/* What is wrong with the request as such has no details in Kubernetes. */
	if (s && r->res && http != 400 && http != 406 && http != 415)
		(void)status_set_details(s, group, plural, name, NULL);
	if (s && e->code == ERR_TOO_NEW) {
		(void)status_add_cause(s, "ResourceVersionTooLarge", "Too large resource version", NULL);
		(void)json_dot_set(s, "details.retryAfterSeconds", json_integer(1));
	}
	return s;
}

void req_fail_err(struct req *r, const struct err *e)
{
	if (e->code == ERR_INTERNAL || e->code == -EIO || e->code == -ENOSPC || e->code == -ENOMEM)
		log_error(APISERVER_LOG, r->path, "%s %s: %s", r->method, r->path, e->msg);
	req_fail_status(r, req_status_for(r, e));
}

/* --- running --- */

static void forbidden(struct req *r, const struct authz_attr *at, const char *reason)
{
	AUTO_BUF struct buf b = {0};
	json_t *s;

	if (!at->is_resource) {
		buf_addf(&b, "forbidden: User \"%s\" cannot %s path \"%s\"", r->id.user, at->verb, at->path);
	} else {
		const char *dot = *at->group ? "." : "";

		if (*at->name)
			buf_addf(&b, "%s%s%s \"%s\" is forbidden: ", at->resource, dot, at->group, at->name);
		else
			buf_addf(&b, "%s%s%s is forbidden: ", at->resource, dot, at->group);
		buf_addf(&b, "User \"%s\" cannot %s resource \"%s%s%s\" in API group \"%s\"", r->id.user, at->verb, at->resource,
			 *at->subresource ? "/" : "", at->subresource, at->group);
		if (*at->ns && r->res && r->res->namespaced)
			buf_addf(&b, " in the namespace \"%s\"", at->ns);
		else
			buf_adds(&b, " at the cluster scope");
	}
	if (reason && *reason)
		buf_addf(&b, ": %s", reason);
	s = status_new(403, "Forbidden", b.data && !buf_failed(&b) ? b.data : "forbidden");
	if (s && at->is_resource)
		(void)status_set_details(s, at->group, at->resource, at->name, NULL);
	req_fail_status(r, s);
}

static bool always_open(const char *path)
{
	static const char *const open[] = {"/healthz", "/livez", "/readyz", "/version"};

	for (size_t i = 0; i < ARRAY_LEN(open); i++)
		if (streq(path, open[i]))
			return true;
	return false;
}

/* Names in URLs become parts of store keys: nothing that could leave its prefix. */
static bool segment_ok(const char *s)
{
	return !strchr(s, '/') && !strchr(s, '%') && !streq(s, ".") && !streq(s, "..") && strlen(s) <= 253;
}

static void run_verb(void *arg)
{
	struct req *r = arg;

	switch (r->verb) {
	case API_GET: req_get(r); return;
	case API_LIST: req_list(r); return;
	case API_WATCH: req_watch(r); return;
	case API_CREATE: req_create(r); return;
	case API_UPDATE: req_update(r); return;
	case API_PATCH: req_patch(r); return;
	case API_DELETE: req_delete(r); return;
	case API_DELETECOLLECTION: req_delete_collection(r); return;
	}
	req_fail(r, 405, "MethodNotAllowed", "the server does not allow this method on the requested resource");
}

static void on_fresh(void *arg, int code)
{
	struct req *r = arg;
	struct err e = {0};

	if (code) {
		(void)err_set(&e, code, "the datastore does not answer: %s", err_name(code));
		req_fail_err(r, &e);
		return;
	}
	r->fresh = true;
	req_defer(r, run_verb, r); /* not on the store's thread */
}

/*
 * Whether what other servers wrote to the same datastore must be seen: by reads of the most recent state, by reads of a revision that
 * has not come here yet (API concepts, "Resource versions"). Writes of objects see to it themselves (write.h), unless webhooks are to
 * be asked, which nobody wants to see the same write twice.
 */
static bool writes_object(const struct req *r)
{
	return r->verb != API_DELETECOLLECTION && !r->res->virtual_ && !streq(r->subname, "token") && !webhooks_any(r->a);
}

static bool wants_fresh(const struct req *r)
{
	const char *rv = r->q.resource_version;
	int64_t n;

	if (!store_is_shared(r->a->store))
		return false;
	if (r->verb != API_GET && r->verb != API_LIST && r->verb != API_WATCH)
		return !writes_object(r);
	if (r->verb == API_LIST && r->q.cont && *r->q.cont)
		return false;
	if (!rv || !*rv)
		return true;
	return !str_to_i64(rv, 0, INT64_MAX, &n) && n > store_revision(r->a->store);
}

/* Whether what is addressed knows the verb, and whether the verb goes with a name, or without one. */
static bool verb_fits(const struct req *r)
{
	uint32_t verbs = r->sub ? r->sub->verbs : r->res->verbs;

	if ((r->verb == API_UPDATE || r->verb == API_PATCH) && !*r->name)
		return false;
	if (r->verb == API_CREATE && *r->name && !*r->subname)
		return false;
	return verbs & r->verb;
}

static void run_resource(struct req *r)
{
	struct err e = {0};
	bool stream = r->sub && !r->sub->type && !streq(r->sub->name, "status");

	if (r->sub && (streq(r->sub->name, "exec") || streq(r->sub->name, "attach") || streq(r->sub->name, "portforward") ||
		       streq(r->sub->name, "proxy") || streq(r->sub->name, "log")))
		stream = true;
	if (stream) {
		req_stream(r);
		return;
	}
	if (!verb_fits(r)) {
		req_fail_status(r, status_generic(405, "MethodNotAllowed", "the server does not allow this method on the requested resource"));
		return;
	}
	req_warn_deprecated(r);
	if (request_accept(r, &e)) {
		req_fail_err(r, &e);
		return;
	}
	if (options_refused(r))
		return;
	if (component_status_serves(r))
		req_component_status(r);
	else if (wants_fresh(r))
		store_sync(r->a->store, on_fresh, r);
	else
		run_verb(r);
}

static void run_plain(struct req *r)
{
	struct err e = {0};

	if (health_serves(r->path)) {
		req_health(r);
	} else if (encryption_serves(r->path)) {
		req_encryption(r);
	} else if (str_has_prefix(r->path, "/openapi/v2") || str_has_prefix(r->path, "/openapi/v3")) {
		req_openapi(r);
	} else if (streq(r->path, "/.well-known/openid-configuration") || str_has_prefix(r->path, "/openid/v1/jwks")) {
		AUTO_BYTES struct bytes *b = NULL;

		if (auth_openid(r->a->auth, r->path, &b, &e))
			req_fail_err(r, &e);
		else
			req_reply(r, 200, strstr(r->path, "jwks") ? "application/jwk-set+json" : "application/json", b);
	} else {
		req_discovery(r);
	}
}

/* It has its seat: the rest, from authorization on. */
static void run_seated(void *arg)
{
	struct req *r = arg;
	struct err e = {0};
	char reason[200] = "";
	char lower[16];
	struct authz_attr at;

	for (size_t i = 0; i < sizeof(lower); i++)
		if (!(lower[i] = (char)(r->method[i] >= 'A' && r->method[i] <= 'Z' ? r->method[i] + 32 : r->method[i])))
			break;
	lower[sizeof(lower) - 1] = 0;
	/* A field selector that pins one name authorizes like access to that object. */
	at = (struct authz_attr){
		.is_resource = r->verb != 0,
		.verb = r->verb ? r->verb_name : lower,
		.group = r->group,
		.version = r->version,
		.resource = r->plural,
		.subresource = r->subname,
		.ns = r->ns,
		.name = r->name,
		.path = r->path,
		.label_selector = r->q.label_selector,
		.field_selector = r->q.field_selector,
	};
	if (at.is_resource && (r->verb == API_LIST || r->verb == API_WATCH || r->verb == API_DELETECOLLECTION) && r->q.field_selector &&
	    str_has_prefix(r->q.field_selector, "metadata.name=") && !strchr(r->q.field_selector, ','))
		at.name = r->q.field_selector + strlen("metadata.name=") + (r->q.field_selector[14] == '=');
	if (!always_open(r->path) && authz_check(r->a->auth, &r->id, &at, reason, sizeof(reason)) != AUTHZ_ALLOW) {
		forbidden(r, &at, reason);
		return;
	}
	if (r->route_code) { /* nothing there; said only to those who may ask */
		req_fail_status(r, status_generic(404, "NotFound", "the server could not find the requested resource"));
		return;
	}
	if (r->bad_query) {
		(void)err_set(&e, ERR_INVALID, "invalid query string"); /* in words in long_message */
		req_fail_err(r, &e);
		return;
	}
	if (!r->verb) {
		run_plain(r);
		return;
	}
	if (!segment_ok(r->ns) || !segment_ok(r->name)) {
		if (!r->sub || !streq(r->subname, "proxy")) {
			req_not_found(r, r->group, r->plural, r->name);
			return;
		}
	}
	run_resource(r);
}

void req_run(struct req *r)
{
	struct err e = {0};
	int rc = query_parse(&r->q, r->query_text, &e);

	if (rc && rc != ERR_INVALID) {
		req_fail_err(r, &e);
		return;
	}
	r->bad_query = rc == ERR_INVALID;
	if (r->bad_query)
		r->long_message = str_dup(e.msg);
	rc = r->route_code = request_route(r, r->bad_query ? NULL : &e);
	if (rc && rc != ERR_NOT_FOUND) {
		req_fail_err(r, &e);
		return;
	}
	if (flow_begin(r, run_seated))
		run_seated(r);
}
