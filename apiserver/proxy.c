/*
 * The proxy subresource of pods, services and nodes. NAME is [http|https:]name[:port]; what follows proxy/ is the path asked for. Any
 * method; upgrades are passed through.
 */
#include "apiserver/stream.h"
#include "api/object.h"

struct target {
	char scheme[6], name[256], port[64];
};

static bool split(const char *text, struct target *t)
{
	const char *first = strchr(text, ':'), *second = first ? strchr(first + 1, ':') : NULL;
	size_t n;

	*t = (struct target){.scheme = "http"};
	if (second) {
		n = (size_t)(first - text);
		if (n && (n >= sizeof(t->scheme) || (strncmp(text, "http", n) && strncmp(text, "https", n))))
			return false;
		if (n)
			memcpy(t->scheme, text, n), t->scheme[n] = 0;
		n = (size_t)(second - first - 1);
		if (n >= sizeof(t->name) || !str_copy(t->port, sizeof(t->port), second + 1))
			return false;
		memcpy(t->name, first + 1, n);
		t->name[n] = 0;
	} else {
		n = first ? (size_t)(first - text) : strlen(text);
		if (n >= sizeof(t->name) || (first && !str_copy(t->port, sizeof(t->port), first + 1)))
			return false;
		memcpy(t->name, text, n);
		t->name[n] = 0;
	}
	return *t->name != 0 && !strchr(t->name, '/') && !streq(t->name, ".") && !streq(t->name, "..");
}

static void go(struct stream *s, const char *scheme, const char *host, const char *port, bool node)
{
	struct req *r = s->r;
	const char *rest = r->rest && *r->rest ? r->rest : "/";
	size_t n = strlen(r->path), n_rest = r->rest ? strlen(r->rest) : 0;
	bool v6 = strchr(host, ':') && host[0] != '[' && *port;

	s->node = node;
	s->url = str_fmt("%s://%s%s%s%s%s%s%s%s", scheme, v6 ? "[" : "", host, v6 ? "]" : "", *port ? ":" : "", port, rest, *r->query_text ? "?" : "",
			 r->query_text);
	s->prefix = str_ndup(r->path, n > n_rest ? n - n_rest : 0);
	s->host = str_fmt("%s%s%s%s%s", v6 ? "[" : "", host, v6 ? "]" : "", *port ? ":" : "", port);
	if (!s->url || !s->prefix || !s->host ||
	    loop_call(s->a->loop, wants_upgrade(r->x) ? stream_upgrade : stream_fetch, s))
		stream_fail(s, 500, "InternalError", "out of memory");
}

/* A container port of that name or number; the first one when none is asked for. */
static bool pod_port(const json_t *pod, const char *want, char out[16])
{
	const json_t *c, *p;
	size_t i, k;
	int64_t n;

	if (*want && !str_to_i64(want, 1, 65535, &n)) {
		(void)snprintf(out, 16, "%d", (int)n);
		return true;
	}
	json_array_foreach(json_dot(pod, "spec.containers"), i, c) {
		json_array_foreach(json_object_get(c, "ports"), k, p) {
			if (*want && !streq(json_str(p, "name"), want))
				continue;
			(void)snprintf(out, 16, "%d", (int)json_int_or(p, "containerPort", 80));
			return true;
		}
	}
	(void)snprintf(out, 16, "80");
	return !*want;
}

struct lookup {
	struct stream *s;
	struct target t;
	char *service_port; /* name of the Service's port, "" for an unnamed one */
};

static void on_endpoints(void *arg, struct store_range_result *res)
{
	struct lookup *l = arg;
	struct stream *s = l->s;
	AUTO_FREE char *want = l->service_port;
	struct target t = l->t;
	unsigned seen = 0, pick = 0;
	char host[64] = "", port[16] = "";

	free(l);
	for (size_t i = 0; !res->code && i < res->n; i++) {
		AUTO_JSON json_t *slice = NULL;
		const json_t *p, *ep;
		size_t k, m;

		if (json_parse_bytes(res->items[i].value, &slice, NULL) || !streq(obj_label(slice, "kubernetes.io/service-name"), t.name))
			continue;
		json_array_foreach(json_object_get(slice, "ports"), k, p) {
			if (!streq(json_str_or(p, "name", ""), want))
				continue;
			json_array_foreach(json_object_get(slice, "endpoints"), m, ep) {
				const char *a = json_string_value(json_array_get(json_object_get(ep, "addresses"), 0));
				uint32_t rnd;

				if (!a || !json_bool_or(ep, "conditions.ready", true))
					continue;
				/* Any of them, evenly, in one pass. */
				random_bytes(&rnd, sizeof(rnd));
				seen++;
				pick = rnd % seen;
				if (pick == 0) {
					(void)str_copy(host, sizeof(host), a);
					(void)snprintf(port, sizeof(port), "%d", (int)json_int_or(p, "port", 80));
				}
			}
		}
	}
	if (!seen) {
		stream_fail(s, 503, "ServiceUnavailable", "no endpoints available for service \"%s\"", t.name);
		return;
	}
	go(s, t.scheme, host, port, false);
}

static void service(struct stream *s, const struct target *t, const json_t *svc)
{
	const struct api_resource *slices = api_resource_find(s->r->reg, "discovery.k8s.io", "v1", "endpointslices");
	AUTO_FREE char *prefix = slices ? object_prefix(slices, s->r->ns) : NULL;
	struct lookup *l = calloc(1, sizeof(*l));
	struct store_range q = {.prefix = prefix};
	const json_t *p, *found = NULL;
	int64_t n = 0;
	size_t i;

	if (*t->port)
		(void)str_to_i64(t->port, 1, 65535, &n);
	json_array_foreach(json_dot(svc, "spec.ports"), i, p) {
		if (!*t->port || streq(json_str(p, "name"), t->port) || (n && json_int_or(p, "port", 0) == n)) {
			found = p;
			break;
		}
	}
	if (!l || !prefix || !found) {
		free(l);
		if (!found)
			stream_fail(s, 503, "ServiceUnavailable", "no service port \"%s\" found for service \"%s\"", t->port, t->name);
		else
			stream_fail(s, 500, "InternalError", "out of memory");
		return;
	}
	*l = (struct lookup){s, *t, str_dup(json_str_or(found, "name", ""))};
	store_range(s->a->store, &q, on_endpoints, l);
}

static void on_object(void *arg, int code, struct store_item *item)
{
	struct stream *s = arg;
	struct req *r = s->r;
	AUTO_JSON json_t *o = NULL;
	struct target t;
	char port[16];
	struct err e = {0};

	(void)split(r->name, &t);
	if (code == ERR_NOT_FOUND) {
		s->r = NULL;
		stream_free(s);
		req_not_found(r, r->group, r->plural, t.name);
		return;
	}
	if (code || json_parse_bytes(item->value, &o, &e)) {
		stream_fail(s, 500, "InternalError", "%s", code ? err_name(code) : e.msg);
		return;
	}
	if (streq(r->plural, "pods")) {
		const char *ip = json_str_or(o, "status.podIP", "");

		if (!*ip) {
			stream_fail(s, 400, "BadRequest", "address not allowed");
			return;
		}
		if (!pod_port(o, t.port, port)) {
			stream_fail(s, 400, "BadRequest", "no port \"%s\" found for pod \"%s\"", t.port, t.name);
			return;
		}
		go(s, t.scheme, ip, port, false);
	} else if (streq(r->plural, "services")) {
		service(s, &t, o);
	} else {
		AUTO_FREE char *address = node_agent_address(o, &e);

		if (!address) {
			stream_fail(s, 503, "ServiceUnavailable", "%s", e.msg);
			return;
		}
		go(s, "https", address, "", true);
	}
}

void req_proxy(struct req *r)
{
	struct stream *s;
	struct target t;
	AUTO_FREE char *key = NULL;

	if (!split(r->name, &t)) {
		req_fail(r, 400, "BadRequest", "invalid %s request \"%s\"", r->plural, r->name);
		return;
	}
	/* Relative links in the answer need the slash (conformance: 301 when it is missing). */
	if ((!r->rest || !*r->rest) && (streq(r->method, "GET") || streq(r->method, "HEAD")) && r->path[strlen(r->path) - 1] != '/') {
		AUTO_FREE char *to = str_fmt("%s/%s%s", r->path, *r->query_text ? "?" : "", r->query_text);

		if (to)
			(void)http_add_header(r->x, "Location", to);
		req_reply_text(r, 301, "text/plain", "");
		return;
	}
	s = stream_new(r);
	if (!s)
		return;
	key = object_key(r->res, r->ns, t.name);
	if (!key) {
		stream_fail(s, 500, "InternalError", "out of memory");
		return;
	}
	store_get_async(r->a->store, key, on_object, s);
}
