/*
 * log, exec, attach and portforward: the pod's node agent does it, we find it and pass bytes on. Paths and parameters are those of the
 * kubelet's server (pkg/kubelet/server).
 */
#include "apiserver/stream.h"
#include "apiserver/webhook.h"
#include <stdarg.h>
#include <strings.h>
#include "api/object.h"
#include "base/log.h"
#include "wire/websocket.h"

struct stream *stream_new(struct req *r)
{
	struct stream *s = calloc(1, sizeof(*s));
	pthread_mutexattr_t at;

	if (!s) {
		req_fail(r, 500, "InternalError", "out of memory");
		return NULL;
	}
	s->r = r;
	s->a = r->a;
	atomic_init(&s->refs, 1);
	pthread_mutexattr_init(&at);
	pthread_mutexattr_settype(&at, PTHREAD_MUTEX_RECURSIVE);
	pthread_mutex_init(&s->lock, &at);
	pthread_mutexattr_destroy(&at);
	return s;
}

void stream_free(struct stream *s)
{
	if (atomic_fetch_sub(&s->refs, 1) != 1)
		return;
	free(s->url);
	free(s->prefix);
	free(s->host);
	(void)html_links_free(s->html);
	if (s->unpack) {
		inflateEnd(s->unpack);
		free(s->unpack);
	}
	if (s->ws) {
		ws_out_on_drain(s->ws, NULL, NULL);
		ws_out_unref(s->ws);
	}
	buf_done(&s->packed);
	json_decref(s->pod);
	buf_done(&s->body);
	pthread_mutex_destroy(&s->lock);
	if (s->r)
		req_free(s->r);
	free(s);
}

void stream_fail(struct stream *s, int http, const char *reason, const char *fmt, ...)
{
	struct req *r = TAKE_PTR(s->r);
	AUTO_BUF struct buf b = {0};
	va_list ap;

	va_start(ap, fmt);
	buf_addv(&b, fmt, ap);
	va_end(ap);
	stream_free(s);
	req_fail(r, http, reason, "%s", b.data ? b.data : "");
}

char *node_agent_address(const json_t *node, struct err *e)
{
	const json_t *list = json_dot(node, "status.addresses"), *a;
	int64_t port = json_int_or(node, "status.daemonEndpoints.kubeletEndpoint.Port", 0);
	const char *ip = NULL, *any = NULL;
	size_t i;

	json_array_foreach((json_t *)(uintptr_t)list, i, a) {
		const char *type = json_str_or(a, "type", "");

		if (streq(type, "InternalIP") && !ip)
			ip = json_str(a, "address");
		if (!any && (streq(type, "Hostname") || streq(type, "ExternalIP")))
			any = json_str(a, "address");
	}
	ip = ip ? ip : any;
	if (!ip || port <= 0 || port > 65535) {
		(void)err_set(e, ERR_UNAVAILABLE, "node %s has no address of its agent in its status", obj_name(node));
		return NULL;
	}
	return strchr(ip, ':') ? str_fmt("[%s]:%d", ip, (int)port) : str_fmt("%s:%d", ip, (int)port);
}

void strings_free(char **v)
{
	for (char **p = v; p && *p; p++)
		free(*p);
	free(v);
}

struct fwd {
	const struct stream *s;
	const struct stream_words *words;
	char **v;
	size_t n;
	bool failed;
};

static void forward(struct fwd *f, const char *name, const char *value)
{
	char **v = reallocarray(f->v, f->n + 2, sizeof(*v));

	if (v) {
		f->v = v;
		v[f->n] = str_fmt("%s: %s", name, value);
		v[f->n + 1] = NULL;
	}
	if (!v || !v[f->n])
		f->failed = true;
	else
		f->n++;
}

static void forward_one(void *arg, const char *name, const char *value)
{
	/* Hop-by-hop, set anew, or ours alone. */
	static const char *const drop[] = {"Connection",
					   "Upgrade",
					   "Host",
					   "Authorization",
					   "Content-Length",
					   "Transfer-Encoding",
					   "TE",
					   "Keep-Alive",
					   "Proxy-Connection",
					   "Expect",
					   "Trailer",
					   "X-Remote-User",
					   "X-Remote-Group",
					   "X-Forwarded-For",
					   "X-Forwarded-Uri"};
	struct fwd *f = arg;

	for (size_t i = 0; i < ARRAY_LEN(drop); i++)
		if (!strcasecmp(drop[i], name))
			return;
	/* Said in other words. */
	if (f->words && f->words->protocol &&
	    (!strcasecmp(name, "Sec-WebSocket-Protocol") || !strcasecmp(name, "X-Stream-Protocol-Version") ||
	     (!strncasecmp(name, "Sec-WebSocket-", 14) && strcasecmp(f->words->upgrade, "websocket"))))
		return;
	/* What a node agent sends is read here. */
	if (!strncasecmp(name, "Impersonate-", 12) || (!f->s->prefix && !strcasecmp(name, "Accept-Encoding")))
		return;
	forward(f, name, value);
}

/* What a backend is told of the way to it: utilnet's AppendForwardedForHeader, proxy.Transport. */
static void forward_proxied(struct fwd *f)
{
	const struct http_exchange *x = f->s->r->x;
	const char *peer = http_peer(x), *colon = peer ? strrchr(peer, ':') : NULL,
		   *before = http_header(x, "X-Forwarded-For"), *host = http_header(x, "Host");
	AUTO_FREE char *by = str_fmt("%s%s%.*s", before ? before : "", before && *before ? ", " : "",
				     colon ? (int)(colon - peer) : 0, peer ? peer : "");

	if (by && *by)
		forward(f, "X-Forwarded-For", by);
	forward(f, "X-Forwarded-Uri", f->s->r->path);
	if (host && *host)
		forward(f, "Host", host);
}

char **headers_forward(const struct stream *s, const struct stream_words *w)
{
	struct fwd f = {.s = s, .words = w, .v = calloc(1, sizeof(char *))};

	if (!f.v)
		return NULL;
	http_header_each(s->r->x, forward_one, &f);
	if (s->prefix)
		forward_proxied(&f);
	if (w) {
		forward(&f, "Connection", "Upgrade");
		forward(&f, "Upgrade", w->upgrade);
		if (w->protocol)
			forward(&f, w->header, w->protocol);
	}
	if (f.failed) {
		strings_free(f.v);
		return NULL;
	}
	return f.v;
}

bool wants_upgrade(const struct http_exchange *x)
{
	const char *u = http_header(x, "Upgrade"), *c = http_header(x, "Connection");

	return u && *u && c && strcasestr(c, "upgrade");
}

bool wants_websocket(const struct http_exchange *x)
{
	return wants_upgrade(x) && !strcasecmp(http_header(x, "Upgrade"), "websocket");
}

void stream_refused(struct stream *s, int status, struct bytes *body)
{
	struct req *r = TAKE_PTR(s->r);
	AUTO_JSON json_t *v = NULL;
	AUTO_FREE char *text = body ? str_ndup(body->data, body->len < 8192 ? body->len : 8192) : NULL;

	stream_free(s);
	if (body && !json_parse_bytes(body, &v, NULL) && streq(json_str(v, "kind"), "Status")) {
		req_fail_status(r, TAKE_PTR(v));
		return;
	}
	for (size_t n = text ? strlen(text) : 0; n && (text[n - 1] == '\n' || text[n - 1] == '\r'); n--)
		text[n - 1] = 0;
	req_fail(r, status < 400 ? 502 : status, status_reason(status < 400 ? 502 : status), "%s", text && *text ? text : "the node agent refused the request");
}

/* --- which container, which node --- */

static void add_names(struct buf *b, const json_t *list)
{
	const json_t *c;
	size_t i;

	json_array_foreach((json_t *)(uintptr_t)list, i, c)
		buf_addf(b, "%s%s", i ? " " : "", obj_name(c)[0] ? obj_name(c) : json_str_or(c, "name", ""));
}

static bool has_container(const json_t *pod, const char *name)
{
	static const char *const lists[] = {"containers", "initContainers", "ephemeralContainers"};

	for (size_t l = 0; l < ARRAY_LEN(lists); l++) {
		const json_t *c;
		size_t i;

		json_array_foreach(json_at(pod, "spec", lists[l], NULL), i, c) {
			if (streq(json_str(c, "name"), name))
				return true;
		}
	}
	return false;
}

/* malloc'ed; NULL: answered (s is consumed). */
static char *pick_container(struct stream *s)
{
	struct req *r = s->r;
	char *name = query_get(r->query_text, "container");
	const json_t *list = json_dot(s->pod, "spec.containers");
	AUTO_BUF struct buf b = {0};

	if (name && *name) {
		if (has_container(s->pod, name))
			return name;
		stream_fail(s, 400, "BadRequest", "container %s is not valid for pod %s", name, r->name);
		free(name);
		return NULL;
	}
	free(name);
	if (json_array_size(list) == 1)
		return str_dup(json_str_or(json_array_get(list, 0), "name", ""));
	add_names(&b, list);
	if (json_array_size(json_dot(s->pod, "spec.initContainers"))) {
		buf_adds(&b, "] or one of the init containers: [");
		add_names(&b, json_dot(s->pod, "spec.initContainers"));
	}
	stream_fail(s, 400, "BadRequest", "a container name must be specified for pod %s, choose one of: [%s]", r->name, b.data ? b.data : "");
	return NULL;
}

bool stream_flag(const struct req *r, const char *key)
{
	AUTO_FREE char *v = query_get(r->query_text, key);

	return v && !streq(v, "0") && strcasecmp(v, "false") != 0;
}

/* Adds every value of key, encoded, as to=value. */
static void copy_params(struct buf *b, const char *text, const char *key, const char *to)
{
	size_t klen = strlen(key);

	for (const char *p = text; p && *p;) {
		size_t n = strcspn(p, "&");

		if (n > klen && !strncmp(p, key, klen) && p[klen] == '=') {
			AUTO_FREE char *v = url_decode(p + klen + 1, n - klen - 1, true);
			AUTO_FREE char *enc = v ? url_encode(v) : NULL;

			if (enc)
				buf_addf(b, "%s%s=%s", b->len ? "&" : "", to, enc);
		}
		p += n + (p[n] == '&');
	}
}

static char *agent_url(struct stream *s, const char *address, const char *container)
{
	struct req *r = s->r;
	const char *sub = r->subname;
	AUTO_BUF struct buf q = {0};
	static const char *const log_params[] = {"follow",	"previous",  "timestamps", "sinceSeconds", "sinceTime",
						 "tailLines", "limitBytes", "stream"};

	if (streq(sub, "log")) {
		for (size_t i = 0; i < ARRAY_LEN(log_params); i++)
			copy_params(&q, r->query_text, log_params[i], log_params[i]);
		return str_fmt("https://%s/containerLogs/%s/%s/%s%s%s", address, r->ns, r->name, container, q.len ? "?" : "", q.len ? q.data : "");
	}
	if (streq(sub, "portforward")) {
		copy_params(&q, r->query_text, "ports", "port");
		return str_fmt("https://%s/portForward/%s/%s%s%s", address, r->ns, r->name, q.len ? "?" : "", q.len ? q.data : "");
	}
	if (stream_flag(r, "stdin"))
		buf_addf(&q, "%sinput=1", q.len ? "&" : "");
	if (stream_flag(r, "stdout"))
		buf_addf(&q, "%soutput=1", q.len ? "&" : "");
	if (stream_flag(r, "stderr"))
		buf_addf(&q, "%serror=1", q.len ? "&" : "");
	if (stream_flag(r, "tty"))
		buf_addf(&q, "%stty=1", q.len ? "&" : "");
	copy_params(&q, r->query_text, "command", "command");
	return str_fmt("https://%s/%s/%s/%s/%s%s%s", address, sub, r->ns, r->name, container, q.len ? "?" : "", q.len ? q.data : "");
}

static void on_node(void *arg, int code, struct store_item *item)
{
	struct stream *s = arg;
	struct req *r = s->r;
	AUTO_JSON json_t *node = NULL;
	AUTO_FREE char *address = NULL;
	AUTO_FREE char *container = NULL;
	struct err e = {0};

	if (code || json_parse_bytes(item->value, &node, &e) || !(address = node_agent_address(node, &e))) {
		stream_fail(s, code == ERR_NOT_FOUND ? 404 : 500, code == ERR_NOT_FOUND ? "NotFound" : "InternalError", "%s",
			    code == ERR_NOT_FOUND ? "the node of the pod does not exist" : e.code ? e.msg : err_name(code));
		return;
	}
	if (!streq(r->subname, "portforward") && !(container = pick_container(s)))
		return;
	s->url = agent_url(s, address, container ? container : "");
	s->node = true;
	if (!s->url || loop_call(s->a->loop, streq(r->subname, "log") ? stream_fetch : stream_upgrade, s))
		stream_fail(s, 500, "InternalError", "out of memory");
}

static void on_pod(void *arg, int code, struct store_item *item)
{
	struct stream *s = arg;
	struct req *r = s->r;
	const struct api_resource *nodes = api_resource_find(r->reg, "", "v1", "nodes");
	AUTO_FREE char *key = NULL;
	const char *node;
	struct err e = {0};

	if (code == ERR_NOT_FOUND) {
		s->r = NULL;
		stream_free(s);
		req_not_found(r, r->group, r->plural, r->name);
		return;
	}
	if (code || json_parse_bytes(item->value, &s->pod, &e)) {
		stream_fail(s, 500, "InternalError", "%s", code ? err_name(code) : e.msg);
		return;
	}
	node = json_str_or(s->pod, "spec.nodeName", "");
	if (!*node) {
		AUTO_FREE char *container = NULL;

		if (!streq(r->subname, "log")) {
			stream_fail(s, 400, "BadRequest", "pod %s does not have a host assigned", r->name);
			return;
		}
		/* Nothing can have been logged yet. */
		container = pick_container(s);
		if (!container)
			return;
		s->r = NULL;
		stream_free(s);
		req_reply_text(r, 200, "text/plain", "");
		return;
	}
	key = nodes ? object_key(nodes, NULL, node) : NULL;
	if (!key) {
		stream_fail(s, 500, "InternalError", "out of memory");
		return;
	}
	store_get_async(s->a->store, key, on_node, s);
}

static void stream_run(struct req *r)
{
	struct stream *s;
	AUTO_FREE char *key = NULL;
	bool log = streq(r->subname, "log");
	const char *protocol;

	if (streq(r->subname, "proxy")) {
		req_proxy(r);
		return;
	}
	if (log ? r->verb != API_GET : r->verb != API_GET && r->verb != API_CREATE) {
		req_fail(r, 405, "MethodNotAllowed", "the server does not allow this method on the requested resource");
		return;
	}
	if (!log && !wants_upgrade(r->x)) {
		req_fail(r, 400, "BadRequest", "Upgrade request required");
		return;
	}
	if (log && wants_websocket(r->x) && !stream_log_protocol(r->x, &protocol)) {
		req_reply_text(r, 403, "text/plain", "");
		return;
	}
	s = stream_new(r);
	if (!s)
		return;
	key = object_key(r->res, r->ns, r->name);
	if (!key) {
		stream_fail(s, 500, "InternalError", "out of memory");
		return;
	}
	store_get_async(r->a->store, key, on_pod, s);
}

void req_stream(struct req *r)
{
	if (!r->x)
		req_fail(r, 501, "NotImplemented", "%s/%s is served over HTTPS only", r->plural, r->subname);
	else if (streq(r->subname, "log") || !webhooks_any(r->a) || !hook_connect(r, stream_run))
		stream_run(r);
}
