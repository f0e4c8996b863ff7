#include "proxy/health.h"
#include <errno.h>
#include <stdatomic.h>
#include <stdio.h>
#include "base/buf.h"
#include "base/cleanup.h"
#include "base/map.h"
#include "base/str.h"
#include "wire/http_server.h"

#define CONNECTIONS_MAX 32

struct port {
	struct health *h;
	char *ns, *name; /* of the Service */
	uint16_t port;
	atomic_uint local; /* endpoints of this node */
	struct http_server *server;
};
struct health {
	struct map *ports; /* Service key -> struct port */
	atomic_bool healthy;
};

static void handle(void *arg, struct http_exchange *x)
{
	struct port *p = arg;
	unsigned local = atomic_load(&p->local);
	bool healthy = atomic_load(&p->h->healthy);
	AUTO_BUF struct buf b = {0};
	char weight[16];
	(void)snprintf(weight, sizeof(weight), "%u", local);
	buf_addf(
	    &b,
	    "{\n\t\"service\": {\n\t\t\"namespace\": \"%s\",\n\t\t\"name\": \"%s\"\n\t},\n\t\"localEndpoints\": %u,\n"
	    "\t\"serviceProxyHealthy\": %s\n}",
	    p->ns, p->name, local, healthy ? "true" : "false");
	AUTO_BYTES struct bytes *body = buf_failed(&b) ? NULL : bytes_new(b.data, b.len);
	(void)http_add_header(x, "X-Content-Type-Options", "nosniff");
	(void)http_add_header(x, "X-Load-Balancing-Endpoint-Weight", weight);
	http_reply(x, !body ? 500 : local && healthy ? 200 : 503, "application/json", body);
}

static void port_free(void *arg)
{
	struct port *p = arg;
	if (p->server) {
		http_server_stop(p->server);
		http_server_join(p->server);
		http_server_free(p->server);
	}
	free(p->ns);
	free(p->name);
	free(p);
}

struct health *health_new(void)
{
	struct health *h = calloc(1, sizeof(*h));
	if (!h)
		return NULL;
	h->ports = map_new(port_free);
	return h->ports ? h : health_free(h);
}

struct health *health_free(struct health *h)
{
	if (!h)
		return NULL;
	if (h->ports)
		map_free(h->ports);
	free(h);
	return NULL;
}

static int port_start(struct port *p, struct err *e)
{
	struct http_server_config c = {.bind_address = "::",
				       .port = p->port,
				       .threads = 1,
				       .max_connections = CONNECTIONS_MAX,
				       .max_body = 1024,
				       .idle_timeout_s = 10,
				       .request_timeout_s = 10};
	struct http_server *s = NULL;
	int code = http_server_new(&s, &c, handle, p, e);
	if (code == 0)
		code = http_server_start(s, e);
	if (code < 0) {
		http_server_free(s);
		return err_wrap(e, "healthCheckNodePort %u of %s/%s", p->port, p->ns, p->name);
	}
	p->server = s;
	return 0;
}

static int port_add(struct health *h, const struct px_service *s, struct err *e)
{
	const char *slash = strchr(s->key, '/');
	struct port *p = slash ? calloc(1, sizeof(*p)) : NULL;
	if (!slash)
		return err_set(e, -EINVAL, "\"%s\" names no Service", s->key);
	if (!p)
		return err_nomem(e);
	p->h = h;
	p->port = s->health_port;
	atomic_store(&p->local, s->health_local);
	p->ns = str_ndup(s->key, (size_t)(slash - s->key));
	p->name = str_dup(slash + 1);
	if (!p->ns || !p->name || map_put(h->ports, s->key, p) < 0) {
		port_free(p);
		return err_nomem(e);
	}
	return port_start(p, e);
}

int health_change(struct health *h, const struct px_change *c, struct err *e)
{
	const struct px_service *now = c->now;
	struct port *p = map_get(h->ports, now ? now->key : c->old->key);
	if (p && (!now || now->health_port != p->port)) {
		(void)map_del(h->ports, now ? now->key : c->old->key);
		p = NULL;
	}
	if (!now || !now->health_port)
		return 0;
	if (!p)
		return port_add(h, now, e);
	atomic_store(&p->local, now->health_local);
	return p->server ? 0 : port_start(p, e);
}

bool health_waiting(const struct health *h)
{
	struct map_iter mi = MAP_ITER_INIT;
	while (map_next(h->ports, &mi))
		if (!((struct port *)mi.value)->server)
			return true;
	return false;
}

int health_retry(struct health *h, struct err *e)
{
	struct map_iter mi = MAP_ITER_INIT;
	int code = 0;
	while (map_next(h->ports, &mi)) {
		struct port *p = mi.value;
		int r = p->server ? 0 : port_start(p, code ? NULL : e);
		code = code ? code : r;
	}
	return code;
}

void health_set_proxy(struct health *h, bool healthy)
{
	atomic_store(&h->healthy, healthy);
}
