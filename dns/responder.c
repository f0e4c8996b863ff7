#include "dns/responder.h"
#include <arpa/inet.h>
#include <errno.h>
#include <stdlib.h>
#include "base/cleanup.h"
#include "base/log.h"
#include "base/str.h"
#include "wire/http_server.h"

#define COMPONENT      "dns"
#define OWN_MAX        8
#define METRICS_CONNS  16
#define CACHE_ENTRIES  8192
#define CACHE_BYTES    (4u << 20)
#define CACHE_NEGATIVE 4096
#define LOOP_TELL_MS   60000

struct responder {
	struct loop *loop;
	struct clock *clock;
	char *resolv_conf, *domain;
	char *name; /* "dns://10.42.0.1:53"; of metrics */
	char *own[OWN_MAX + 1];
	size_t own_fixed; /* of them the first, which are the Service's; what follows are the sockets' */
	uint16_t port;
	struct zone *zone;
	struct cache *cache;
	struct forward *forward;
	struct resolver *resolver;
	struct custom *custom; /* the resolver's */
	struct autopath *autopath;
	struct resolv_watch *watch;
	struct server *server, *server2; /* at the node's second address; or NULL */
	struct http_server *http;
	struct dns_metrics metrics;
	int64_t loop_told_ms; /* 0: never */
};

/* Servers that are ourselves would ask themselves. */
static void left_out(const char *where, unsigned n)
{
	if (n)
		log_warning(COMPONENT, where,
			    "names this DNS server itself as a name server to ask: left out, it would ask itself");
}

/* An upstream that asks whom it was asked by. That is for its administrator to mend, and so is told, but not for each.
 */
static void looped(void *arg, const struct dns_name *name, const struct sockaddr_storage *from)
{
	struct responder *r = arg;
	char host[INET6_ADDRSTRLEN] = "somebody", text[1024];
	int64_t now = clock_mono_ms(r->clock);
	if (r->loop_told_ms && now - r->loop_told_ms < LOOP_TELL_MS)
		return;
	r->loop_told_ms = now;
	if (from && from->ss_family == AF_INET)
		(void)inet_ntop(AF_INET, &((const struct sockaddr_in *)from)->sin_addr, host, sizeof(host));
	else if (from)
		(void)inet_ntop(AF_INET6, &((const struct sockaddr_in6 *)from)->sin6_addr, host, sizeof(host));
	dns_name_text(name, text);
	log_warning(COMPONENT, NULL,
		    "a loop: the question for %.255s that a name server of %s was asked came back from %s, which is "
		    "answered SERVFAIL; name servers that do not ask the cluster belong there (or --resolv-conf)",
		    text, r->resolv_conf, host);
}

/* A file that cannot be read leaves things as they are: it is being written, perhaps. */
static void resolv_changed(void *arg)
{
	struct responder *r = arg;
	struct resolv_conf c = {0};
	struct err e = {0};
	if (resolv_conf_read(&c, r->resolv_conf, &e) < 0) {
		log_warning(COMPONENT, r->resolv_conf, "cannot be read, the name servers from before are kept: %s",
			    e.msg);
		return;
	}
	left_out(r->resolv_conf, upstreams_leave_out(c.servers, (const char *const *)r->own, r->port));
	resolver_set_upstreams(r->resolver, c.servers);
	if (r->autopath)
		autopath_search(r->autopath, c.search, c.n_search);
	log_debug(COMPONENT, r->resolv_conf, "%u name servers%s", c.servers->n,
		  c.servers->n ? "" : ": names outside the cluster are refused");
	resolv_conf_done(&c);
}

int responder_new(struct responder **ret, struct loop *l, struct clock *clock, const struct responder_config *c,
		  struct err *e)
{
	struct responder *r = calloc(1, sizeof(*r));
	struct forward_config fc = {.timeout_ms = c->timeout_ms};
	struct cache_config cc = {CACHE_ENTRIES, CACHE_BYTES, CACHE_NEGATIVE};
	int code = 0;
	if (!r)
		return err_nomem(e);
	r->loop = l;
	r->clock = clock;
	r->port = c->port;
	r->resolv_conf = str_dup(c->resolv_conf ? c->resolv_conf : "/etc/resolv.conf");
	r->domain = str_fmt("%s.", c->domain);
	if (!r->resolv_conf || !r->domain)
		code = err_nomem(e);
	for (size_t i = 0; c->own_addresses && c->own_addresses[i] && i < OWN_MAX && code == 0; i++)
		if (!(r->own[i] = str_dup(c->own_addresses[i])))
			code = err_nomem(e);
		else
			r->own_fixed = i + 1;
	if (code == 0)
		code = zone_new(&r->zone, &(struct zone_config){c->domain, c->service_ip, c->cidrs}, e);
	if (code == 0)
		code = cache_new(&r->cache, &cc, e);
	if (code == 0)
		code = forward_new(&r->forward, l, clock, &r->metrics, &fc, e);
	if (code == 0)
		code =
		    resolver_new(&r->resolver, &(struct resolver_deps){l, clock, r->cache, r->forward, &r->metrics}, e);
	if (code == 0 && c->autopath)
		code = autopath_new(&r->autopath, zone_domain(r->zone), e);
	if (code == 0)
		code = resolv_watch_new(&r->watch, l, r->resolv_conf, resolv_changed, r, e);
	if (code < 0) {
		responder_free(r);
		return code;
	}
	resolv_changed(r);
	*ret = r;
	return 0;
}

struct responder *responder_free(struct responder *r)
{
	if (!r)
		return NULL;
	responder_close(r);
	r->watch = resolv_watch_free(r->watch);
	r->resolver = resolver_free(r->resolver);
	r->forward = forward_free(r->forward);
	r->cache = cache_free(r->cache);
	r->autopath = autopath_free(r->autopath);
	r->zone = zone_free(r->zone);
	for (size_t i = 0; r->own[i]; i++)
		free(r->own[i]);
	free(r->resolv_conf);
	free(r->domain);
	free(r->name);
	free(r);
	return NULL;
}

static void http_ask(void *arg, struct http_exchange *x)
{
	struct responder *r = arg;
	AUTO_BUF struct buf b = {0};
	bool get = streq(http_method(x), "GET") || streq(http_method(x), "HEAD"),
	     there = streq(http_path(x), "/metrics");
	if (get && there)
		metrics_text(&r->metrics, r->domain, r->name, &b);
	else
		buf_adds(&b, there ? "only GET\n" : "there is /metrics\n");
	struct bytes *body = buf_take_bytes(&b);
	http_reply(x, !body ? 500 : !there ? 404 : !get ? 405 : 200, "text/plain; version=0.0.4; charset=utf-8", body);
	bytes_unref(body);
}

static int own_add(struct responder *r, const char *address)
{
	size_t n = 0;
	while (r->own[n])
		n++;
	if (n == OWN_MAX || !(r->own[n] = str_dup(address)))
		return -ENOMEM;
	if (r->custom)
		left_out(CUSTOM_NS "/" CUSTOM_NAME, custom_leave_out(r->custom, (const char *const *)r->own, r->port));
	resolv_changed(r);
	return 0;
}

/* Names are more important than numbers: without them the responder goes on. */
static void metrics_open(struct responder *r, const char *address, uint16_t port)
{
	struct http_server_config hc = {.bind_address = address,
					.port = port,
					.freebind = true,
					.threads = 1,
					.max_connections = METRICS_CONNS,
					.max_body = 1024,
					.idle_timeout_s = 30};
	struct err e = {0};
	if (http_server_new(&r->http, &hc, http_ask, r, &e) < 0 || http_server_start(r->http, &e) < 0) {
		log_warning(COMPONENT, NULL, "no metrics on %s port %u: %s", address, port, e.msg);
		r->http = http_server_free(r->http);
	}
}

int responder_open(struct responder *r, const char *address, const char *other, uint16_t metrics_port, struct err *e)
{
	struct server_config sc = {.address = address, .port = r->port}, sc2 = {.address = other, .port = r->port};
	struct server_deps d = {r->loop, r->clock, r->zone, r->resolver, r->autopath, &r->metrics, looped, r};
	int code = server_new(&r->server, &sc, &d, e);
	if (code == 0 && other && (code = server_new(&r->server2, &sc2, &d, e)) < 0)
		r->server = server_free(r->server);
	if (code < 0)
		return code;
	free(r->name);
	r->name = str_fmt(strchr(address, ':') ? "dns://[%s]:%u" : "dns://%s:%u", address, r->port);
	if (!r->name || own_add(r, address) < 0 || (other && own_add(r, other) < 0)) {
		responder_close(r);
		return err_nomem(e);
	}
	if (metrics_port)
		metrics_open(r, address, metrics_port);
	return 0;
}

void responder_close(struct responder *r)
{
	if (r->http) {
		http_server_stop(r->http);
		http_server_join(r->http);
		r->http = http_server_free(r->http);
	}
	r->server = server_free(r->server);
	r->server2 = server_free(r->server2);
	for (size_t i = r->own_fixed; r->own[i]; i++) {
		free(r->own[i]);
		r->own[i] = NULL;
	}
}

bool responder_is_open(const struct responder *r)
{
	return r->server != NULL;
}

struct zone *responder_zone(struct responder *r)
{
	return r->zone;
}

int responder_custom(struct responder *r, const json_t *configmap, struct buf *faults)
{
	struct custom *c = NULL;
	int code = custom_new(&c, configmap, zone_domain(r->zone), faults);
	if (code < 0)
		return code;
	left_out(CUSTOM_NS "/" CUSTOM_NAME, custom_leave_out(c, (const char *const *)r->own, r->port));
	resolver_set_custom(r->resolver, c);
	r->custom = c;
	metrics_set(&r->metrics.hosts_entries, custom_hosts(c));
	return 0;
}

int responder_pod(struct responder *r, const char *ns, const char *name, const json_t *pod)
{
	return r->autopath ? autopath_pod(r->autopath, ns, name, pod) : 0;
}
