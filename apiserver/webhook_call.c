/*
 * Calling webhooks: HTTPS by libcurl on the server's loop. Every service has a client of its own, so that connections
 * are reused and a slow one holds up nobody else. What goes wrong is told in the words of Kubernetes' client.
 */
#include "apiserver/webhook.h"
#include <unistd.h>
#include "api/object.h"
#include "apiserver/auth_internal.h"
#include "base/clock.h"

#define CLIENTS_MAX     64
#define CONNECTIONS_MAX 256

struct hook_client {
	struct list link; /* the last used first */
	char *key;
	struct http_client *http;
	unsigned busy;
	bool stale;
};

struct hook_calls {
	struct apiserver *a;
	struct list clients, under_way; /* loop thread, as the rest */
	unsigned n_clients;
	bool stopping;
	struct loop_task forget, stop;
};

/* --- clients; loop thread --- */

static void client_free(struct hook_calls *c, struct hook_client *hc)
{
	list_del(&hc->link);
	c->n_clients--;
	hc->http = http_client_free(hc->http);
	free(hc->key);
	free(hc);
}

static struct hook_client *client_get(struct hook_calls *c, const struct hook *h, struct err *e)
{
	struct http_client_config conf = {
	    .ca_pem = h->ca_pem, .user_agent = "kube-apiserver-admission", .max_connections = CONNECTIONS_MAX};
	AUTO_FREE char *key = h->url ? str_fmt("%s\n%s", h->url, h->ca_pem ? h->ca_pem : "")
				     : str_fmt("%s/%s:%u%s\n%s", h->svc_ns, h->svc_name, h->svc_port, h->svc_path,
					       h->ca_pem ? h->ca_pem : "");
	struct hook_client *hc;

	LIST_FOREACH (o, &c->clients, struct hook_client, link) {
		if (!o->stale && streq(o->key, key)) {
			list_del(&o->link);
			list_add_head(&c->clients, &o->link);
			return o;
		}
	}
	LIST_FOREACH_SAFE (o, tmp, &c->clients, struct hook_client, link)
		if (c->n_clients >= CLIENTS_MAX && !o->busy)
			client_free(c, o);
	hc = calloc(1, sizeof(*hc));
	if (!hc || !key || http_client_new(&hc->http, c->a->loop, &conf, e)) {
		free(hc);
		if (e && !e->code)
			(void)err_nomem(e);
		return NULL;
	}
	hc->key = TAKE_PTR(key);
	list_add_head(&c->clients, &hc->link);
	c->n_clients++;
	return hc;
}

static void client_put(struct hook_calls *c, struct hook_client *hc)
{
	if (--hc->busy == 0 && hc->stale)
		client_free(c, hc);
}

static void forget(struct loop_task *t)
{
	struct hook_calls *c = container_of(t, struct hook_calls, forget);

	LIST_FOREACH_SAFE (o, tmp, &c->clients, struct hook_client, link) {
		o->stale = true;
		if (!o->busy)
			client_free(c, o);
	}
}

void hook_calls_forget(struct hook_calls *c)
{
	loop_post(c->a->loop, &c->forget);
}

/* --- one call; loop thread --- */

static void batch_run(struct pool_job *j)
{
	(void)j;
}

static void batch_done(struct pool_job *j)
{
	struct hook_batch *b = container_of(j, struct hook_batch, job);

	b->done(b);
}

static void call_over(struct hook_call *c)
{
	struct hook_batch *b = c->batch;

	if (--b->left)
		return;
	b->job = (struct pool_job){.run = batch_run, .done = batch_done};
	pool_submit(b->w->a->pool, &b->job);
}

/* "host:port" of the call, for messages. malloc'ed. */
static char *address_of(const struct hook_call *c)
{
	if (c->connect_to) { /* host:port:address:port */
		const char *p = strchr(c->connect_to, ':');

		p = p ? strchr(p + 1, ':') : NULL;
		return p ? str_dup(p + 1) : NULL;
	}
	{
		const char *host = c->url + strlen("https://");
		size_t n = strcspn(host, "/?");
		const char *close = memchr(host, ']', n);

		return str_fmt("%.*s%s", (int)n, host,
			       memchr(close ? close : host, ':', n - (size_t)((close ? close : host) - host)) ? ""
													      : ":443");
	}
}

static char *reason_of(const struct hook_call *c, const struct http_client_response *resp)
{
	const char *why = resp->reason ? resp->reason : resp->err.msg;
	AUTO_FREE char *address = address_of(c);
	const char *host = c->url + strlen("https://");

	if (resp->code == ERR_TIMEOUT)
		return str_dup("context deadline exceeded");
	if (resp->code == ERR_TOO_LARGE)
		return str_fmt("the answer is longer than %u bytes", WEBHOOK_MAX_ANSWER);
	if (strstr(why, "Could not resolve host"))
		return str_fmt("dial tcp: lookup %.*s: no such host", (int)strcspn(host, ":/?"), host);
	if (resp->os_errno == ECONNREFUSED)
		return str_fmt("dial tcp %s: connect: connection refused", address ? address : "");
	if (resp->os_errno == EHOSTUNREACH)
		return str_fmt("dial tcp %s: connect: no route to host", address ? address : "");
	if (resp->os_errno == ENETUNREACH)
		return str_fmt("dial tcp %s: connect: network is unreachable", address ? address : "");
	if (resp->code == ERR_UNAUTHORIZED) {
		if (strstr(why, "does not match"))
			return str_fmt("tls: failed to verify certificate: x509: certificate is not valid for %.*s",
				       (int)strcspn(host, ":/?"), host);
		if (strstr(why, "expir") || strstr(why, "activation"))
			return str_dup(
			    "tls: failed to verify certificate: x509: certificate has expired or is not yet valid");
		/* libcurl names the file that the authorities were read from, which says nothing to anybody. */
		return str_dup("tls: failed to verify certificate: x509: certificate signed by unknown authority");
	}
	return str_fmt("%s", why);
}

static void call_failed(struct hook_call *c, const char *reason)
{
	c->failure = str_fmt("failed to call webhook: Post \"%s\": %s", c->url ? c->url : "", reason);
}

static void on_done(void *arg, const struct http_client_response *resp)
{
	struct hook_call *c = arg;
	struct hook_client *hc = c->client;

	c->http = NULL;
	list_del(&c->link);
	if (resp->code) {
		AUTO_FREE char *why = reason_of(c, resp);

		call_failed(c, why ? why : resp->err.msg);
	} else {
		c->status = resp->status;
		c->reply = bytes_ref(resp->body);
	}
	client_put(c->batch->w->calls, hc);
	call_over(c);
}

static void call_start(struct hook_calls *calls, struct hook_call *c)
{
	static const struct http_client_cb cb = {.on_done = on_done};
	static const char *const headers[] = {"Content-Type: application/json", "Accept: application/json, */*", NULL};
	struct http_client_request q = {.method = "POST",
					.url = c->url,
					.headers = headers,
					.body = c->body,
					.timeout_ms = c->timeout_ms,
					.connect_timeout_ms = c->timeout_ms,
					.max_response = WEBHOOK_MAX_ANSWER,
					.connect_to = c->connect_to,
					.direct = c->connect_to != NULL};
	struct err e = {0};

	if (c->failure) {
		call_over(c);
		return;
	}
	if (calls->stopping) {
		call_failed(c, "the server is stopping");
		call_over(c);
		return;
	}
	c->client = client_get(calls, c->hook, &e);
	if (!c->client || http_client_start(c->client->http, &q, &cb, c, &c->http, &e)) {
		call_failed(c, e.msg);
		call_over(c);
		return;
	}
	c->client->busy++;
	list_add_tail(&calls->under_way, &c->link);
}

static void batch_begin(struct loop_task *t)
{
	struct hook_batch *b = container_of(t, struct hook_batch, task);
	size_t n = b->n;

	/* The last one may end the batch. */
	for (size_t i = 0; i < n; i++)
		call_start(b->w->calls, &b->calls[i]);
}

/* --- where to; pool --- */

static bool of_service(void *arg, const char *key, const struct bytes *index)
{
	(void)key;
	return index && streq(api_index_label(index, "kubernetes.io/service-name"), arg);
}

struct pick {
	char host[256];
	int port;
	unsigned seen;
};

/* Any of them, evenly, in one pass. */
static void pick_one(struct pick *p, const char *host, int64_t port)
{
	uint32_t rnd;

	if (!host || !*host || port < 1 || port > 65535)
		return;
	random_bytes(&rnd, sizeof(rnd));
	if (rnd % ++p->seen == 0 && str_copy(p->host, sizeof(p->host), host))
		p->port = (int)port;
}

static void from_slice(struct pick *p, const json_t *slice, const char *port_name)
{
	const json_t *port, *ep;
	size_t i, k;

	json_array_foreach(json_object_get(slice, "ports"), i, port)
	{
		if (!streq(json_str_or(port, "name", ""), port_name))
			continue;
		json_array_foreach(json_object_get(slice, "endpoints"), k, ep)
		{
			if (json_bool_or(ep, "conditions.ready", true))
				pick_one(p, json_string_value(json_array_get(json_object_get(ep, "addresses"), 0)),
					 json_int_or(port, "port", 0));
		}
	}
}

static void from_endpoints(struct pick *p, const json_t *eps, const char *port_name)
{
	const json_t *set, *port, *a;
	size_t i, k, m;

	json_array_foreach(json_object_get(eps, "subsets"), i, set) json_array_foreach(
	    json_object_get(set, "ports"), k, port) if (streq(json_str_or(port, "name", ""), port_name))
	    json_array_foreach(json_object_get(set, "addresses"), m, a)
		pick_one(p, json_str(a, "ip"), json_int_or(port, "port", 0));
}

/* An endpoint of the Service; its EndpointSlices count, and while nobody has mirrored them, Endpoints made by hand. */
static int resolve(struct auth *au, const struct hook *h, struct pick *p, struct err *e)
{
	AUTO_JSON json_t *svc = NULL;
	struct auth_list l = {0};
	const json_t *port, *found = NULL;
	const char *name;
	size_t i;
	int rc = auth_get_json(au, true, "", "services", h->svc_ns, h->svc_name, &svc, NULL);

	if (rc == ERR_NOT_FOUND)
		return err_set(e, rc, "service \"%.200s\" not found", h->svc_name);
	if (rc)
		return err_set(e, rc, "reading service \"%.150s\": %s", h->svc_name, err_name(rc));
	if (streq(json_str(svc, "spec.type"), "ExternalName")) {
		pick_one(p, json_str(svc, "spec.externalName"), h->svc_port);
		return 0;
	}
	json_array_foreach(json_dot(svc, "spec.ports"), i, port) if (json_int_or(port, "port", 0) == h->svc_port)
	    found = port;
	if (!found)
		return err_set(e, ERR_UNAVAILABLE, "no service port %u found for service \"%.200s\"", h->svc_port,
			       h->svc_name);
	name = json_str_or(found, "name", "");
	rc = auth_list(au, true, "discovery.k8s.io", "endpointslices", h->svc_ns, of_service,
		       (void *)(uintptr_t)h->svc_name, &l);
	if (rc)
		return err_set(e, rc, "reading the endpoints of service \"%.150s\": %s", h->svc_name, err_name(rc));
	for (i = 0; i < l.n; i++) {
		AUTO_JSON json_t *slice = NULL;

		if (!json_parse_bytes(l.items[i].value, &slice, NULL))
			from_slice(p, slice, name);
	}
	if (!l.n) {
		AUTO_JSON json_t *eps = NULL;

		if (!auth_get_json(au, true, "", "endpoints", h->svc_ns, h->svc_name, &eps, NULL))
			from_endpoints(p, eps, name);
	}
	auth_list_done(&l);
	return p->seen ? 0 : err_set(e, ERR_UNAVAILABLE, "no endpoints available for service \"%.200s\"", h->svc_name);
}

static void call_prepare(struct hook_call *c)
{
	const struct hook *h = c->hook;
	struct apiserver *a = c->batch->w->a;
	int64_t left = c->deadline_ms - clock_mono_ms(a->clock), mine = (int64_t)h->timeout_s * 1000;
	struct pick p = {0};
	struct err e = {0};
	unsigned secs;

	left = left < mine ? left : mine;
	c->timeout_ms = left > 0 ? (unsigned)left : 0;
	secs = left > 0 ? (unsigned)((left + 999) / 1000) : 0;
	if (h->broken) {
		c->failure = str_dup(h->broken);
		return;
	}
	if (h->url) {
		const char *host = strstr(h->url, "://"), *path = host ? strchr(host + 3, '/') : NULL;
		int base = path ? (int)(path - h->url) : (int)strlen(h->url);

		/* envtest writes https://host:port//path; a Go server redirects that, which is a failure here. */
		while (path && path[1] == '/')
			path++;
		c->url = str_fmt("%.*s%s?timeout=%us", base, h->url, path ? path : "/", secs);
	} else {
		c->url = str_fmt("https://%s.%s.svc:%u%s%s?timeout=%us", h->svc_name, h->svc_ns, h->svc_port,
				 *h->svc_path == '/' ? "" : "/", h->svc_path, secs);
	}
	if (!c->url || !c->body) {
		c->failure = str_dup("out of memory");
		return;
	}
	if (!c->timeout_ms) {
		call_failed(c, "context deadline exceeded");
		return;
	}
	if (h->url)
		return;
	if (resolve(a->auth, h, &p, &e)) {
		call_failed(c, e.msg);
		return;
	}
	c->connect_to = str_fmt("%s.%s.svc:%u:%s%s%s:%d", h->svc_name, h->svc_ns, h->svc_port,
				strchr(p.host, ':') ? "[" : "", p.host, strchr(p.host, ':') ? "]" : "", p.port);
	if (!c->connect_to)
		c->failure = str_dup("out of memory");
}

void hook_batch_start(struct hook_batch *b)
{
	b->left = b->n;
	for (size_t i = 0; i < b->n; i++) {
		b->calls[i].batch = b;
		list_init(&b->calls[i].link);
		call_prepare(&b->calls[i]);
	}
	b->task = (struct loop_task){.fn = batch_begin};
	loop_post(b->w->a->loop, &b->task);
}

void hook_call_done(struct hook_call *c)
{
	free(c->failure);
	free(c->url);
	free(c->connect_to);
	(void)bytes_unref(c->body);
	(void)bytes_unref(c->reply);
}

/* --- life --- */

static void stop(struct loop_task *t)
{
	struct hook_calls *c = container_of(t, struct hook_calls, stop);

	c->stopping = true;
	LIST_FOREACH_SAFE (o, tmp, &c->under_way, struct hook_call, link) {
		list_del(&o->link);
		http_call_cancel(TAKE_PTR(o->http));
		client_put(c, o->client);
		call_failed(o, "the server is stopping");
		call_over(o);
	}
}

void hook_calls_stop(struct hook_calls *c)
{
	loop_post(c->a->loop, &c->stop);
}

int hook_calls_new(struct webhooks *w, struct err *e)
{
	struct hook_calls *c = calloc(1, sizeof(*c));

	if (!c)
		return err_nomem(e);
	c->a = w->a;
	list_init(&c->clients);
	list_init(&c->under_way);
	c->forget.fn = forget;
	c->stop.fn = stop;
	w->calls = c;
	return 0;
}

struct hook_calls *hook_calls_free(struct hook_calls *c)
{
	if (!c)
		return NULL;
	/* The loop has ended: what it did not get to is taken back. */
	(void)loop_cancel(c->a->loop, &c->forget);
	(void)loop_cancel(c->a->loop, &c->stop);
	while (!list_empty(&c->clients))
		client_free(c, container_of(c->clients.next, struct hook_client, link));
	free(c);
	return NULL;
}
