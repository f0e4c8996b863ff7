/* The component: informers fill the zone, the node's pod CIDR says where to listen, then the address is published. */
#include "dns/dns.h"
#include <arpa/inet.h>
#include <errno.h>
#include <stdio.h>
#include "api/object.h"
#include "base/cleanup.h"
#include "base/json.h"
#include "base/log.h"
#include "base/loop.h"
#include "base/str.h"
#include "client/informer.h"
#include "client/workqueue.h"
#include "dns/publish.h"
#include "dns/server.h"

#define COMPONENT     "dns"
#define CACHE_ENTRIES 2048
#define CACHE_BYTES   (1u << 20)
#define RETRY_MIN_MS  250
#define RETRY_MAX_MS  30000

enum { SERVICES, SLICES, NODE, N_INFORMERS };

struct dns {
	char *node, *domain, *listen, *resolv_conf, *service_ip;
	uint16_t port;
	struct connector *api;
	struct clock *clock;
	struct loop *loop;
	struct loop_thread *thread;
	struct client *client;
	struct informer *informers[N_INFORMERS];
	bool synced[N_INFORMERS];
	struct zone *zone;
	struct cache *cache;
	struct forward *forward;
	struct server *server;
	struct loop_timer *retry;
	int64_t retry_ms;
	/* Written on the loop before the queue is opened, then only read by the worker. */
	char address[48], node_uid[64];
	struct workqueue *queue;
	bool published;
};

int dns_new(struct dns **ret, const struct dns_config *c, const struct dns_deps *d, struct err *e)
{
	struct dns *x = calloc(1, sizeof(*x));
	if (!x)
		return err_nomem(e);
	x->api = d->api;
	x->clock = d->clock ? d->clock : clock_real();
	x->port = c->port ? c->port : 53;
	x->domain = str_dup(c->cluster_domain ? c->cluster_domain : "cluster.local");
	bool ok = x->domain != NULL;
	if (c->node_name)
		ok = ok && (x->node = str_dup(c->node_name)) != NULL;
	if (c->listen)
		ok = ok && (x->listen = str_dup(c->listen)) != NULL;
	if (c->resolv_conf)
		ok = ok && (x->resolv_conf = str_dup(c->resolv_conf)) != NULL;
	if (c->service_ip)
		ok = ok && (x->service_ip = str_dup(c->service_ip)) != NULL;
	if (!ok) {
		dns_free(x);
		return err_nomem(e);
	}
	*ret = x;
	return 0;
}

/* "10.42.3.0/24" -> "10.42.3.1": the bridge's address, which is there before the bridge (IP_FREEBIND). */
static bool first_address(const char *cidr, char out[48])
{
	char host[64];
	unsigned char a[16];
	size_t n = cidr ? strcspn(cidr, "/") : 0;
	if (!n || n >= sizeof(host))
		return false;
	memcpy(host, cidr, n);
	host[n] = 0;
	int family = strchr(host, ':') ? AF_INET6 : AF_INET;
	if (inet_pton(family, host, a) != 1)
		return false;
	a[family == AF_INET ? 3 : 15] |= 1;
	return inet_ntop(family, a, out, 48) != NULL;
}

static bool address_find(struct dns *x)
{
	struct informer_object *o AUTO_OBJECT = informer_get(x->informers[NODE], NULL, x->node);
	AUTO_JSON json_t *node = o ? informer_object_json(o) : NULL;
	(void)str_copy(x->node_uid, sizeof(x->node_uid), node ? obj_uid(node) : "");
	if (x->listen)
		return str_copy(x->address, sizeof(x->address), x->listen);
	const json_t *cidrs = json_at(node, "spec", "podCIDRs", NULL);
	const char *cidr = json_string_value(json_array_get(cidrs, 0));
	return node && first_address(cidr ? cidr : json_str(node, "spec.podCIDR"), x->address);
}

static int server_open(struct dns *x, struct err *e)
{
	const char *own[] = {x->address, x->service_ip, NULL};
	struct forward_config fc = {.resolv_conf = x->resolv_conf, .own_addresses = own, .own_port = x->port};
	struct server_config sc = {.address = x->address, .port = x->port};
	int code = 0;
	if (!x->forward)
		code = forward_new(&x->forward, x->loop, x->clock, &fc, e);
	struct server_deps d = {x->loop, x->clock, x->zone, x->cache, x->forward};
	return code < 0 ? code : server_new(&x->server, &sc, &d, e);
}

/* Half an answer is worse than none: a client would take "no such name" for the truth. So the sockets open when the
 * zone is complete. */
static void open_when_ready(struct dns *x)
{
	struct err e = {0};
	for (int i = 0; i < N_INFORMERS; i++)
		if (x->informers[i] && !x->synced[i])
			return;
	if (!x->node) {
		workqueue_add(x->queue, PUBLISH_SERVICE);
		workqueue_pause(x->queue, false);
		return;
	}
	if (x->server || loop_timer_armed(x->retry) || !address_find(x))
		return;
	if (server_open(x, &e) < 0) {
		x->retry_ms =
		    x->retry_ms ? (x->retry_ms * 2 > RETRY_MAX_MS ? RETRY_MAX_MS : x->retry_ms * 2) : RETRY_MIN_MS;
		log_error(COMPONENT, NULL, "%s; trying again in %lld ms", e.msg, (long long)x->retry_ms);
		loop_timer_set(x->retry, x->retry_ms);
		return;
	}
	x->retry_ms = 0;
	log_info(COMPONENT, NULL, "answering for %s on %s port %u", x->domain, x->address, x->port);
	if (x->service_ip) {
		workqueue_add(x->queue, PUBLISH_SERVICE);
		workqueue_pause(x->queue, false);
	}
}

static void retry_fire(void *arg)
{
	open_when_ready(arg);
}

static int reconcile(void *arg, const char *key UNUSED, struct err *e)
{
	struct dns *x = arg;
	struct publish p = {x->node, x->node_uid, x->service_ip, x->address, x->port};
	int code = publish_run(x->client, &p, e);
	if (code < 0)
		return code;
	if (!x->published)
		log_info(COMPONENT, PUBLISH_NS "/" PUBLISH_SERVICE, "published: %s leads to %s", x->service_ip,
			 x->node ? x->address : "the responder of each node");
	x->published = true;
	return 0;
}

/* ---- informers ---- */

static void check(struct informer_object *o, int code)
{
	if (code < 0)
		log_error(COMPONENT, o->name, "cannot take over the object: %s", err_name(code));
}

/* Someone changed what we publish. */
static void published_changed(struct dns *x, const struct informer_object *o)
{
	if (x->service_ip && (x->server || !x->node) && streq(o->ns, PUBLISH_NS) &&
	    str_has_prefix(o->name, PUBLISH_SERVICE))
		workqueue_add(x->queue, PUBLISH_SERVICE);
}

static void feed(struct dns *x, int (*fn)(struct zone *, const char *, const char *, const json_t *),
		 struct informer_object *o, bool gone)
{
	AUTO_JSON json_t *tree = gone ? NULL : informer_object_json(o);
	check(o, !gone && !tree ? -ENOMEM : fn(x->zone, o->ns, o->name, tree));
	published_changed(x, o);
}

#define HANDLERS(what)                                                                                                 \
	static void what##_added(void *arg, struct informer_object *o)                                                 \
	{                                                                                                              \
		feed(arg, zone_##what, o, false);                                                                      \
	}                                                                                                              \
	static void what##_updated(void *arg, struct informer_object *old UNUSED, struct informer_object *o)           \
	{                                                                                                              \
		feed(arg, zone_##what, o, false);                                                                      \
	}                                                                                                              \
	static void what##_deleted(void *arg, struct informer_object *o)                                               \
	{                                                                                                              \
		feed(arg, zone_##what, o, true);                                                                       \
	}
HANDLERS(service)
HANDLERS(slice)

static void synced(struct dns *x, int which)
{
	x->synced[which] = true;
	open_when_ready(x);
}
static void service_synced(void *arg)
{
	synced(arg, SERVICES);
}
static void slice_synced(void *arg)
{
	synced(arg, SLICES);
}
static void node_synced(void *arg)
{
	synced(arg, NODE);
}
static void node_added(void *arg, struct informer_object *o UNUSED)
{
	open_when_ready(arg);
}
static void node_updated(void *arg, struct informer_object *old UNUSED, struct informer_object *o UNUSED)
{
	open_when_ready(arg);
}

static int informers_make(struct dns *x, struct err *e)
{
	AUTO_FREE char *me = x->node ? str_fmt("metadata.name=%s", x->node) : NULL;
	if (x->node && !me)
		return err_nomem(e);
	const struct informer_config cfg[N_INFORMERS] = {
	    [SERVICES] = {.plural = "services"},
	    [SLICES] = {.group = "discovery.k8s.io",
			.plural = "endpointslices",
			.label_selector = "kubernetes.io/service-name"},
	    [NODE] = {.plural = "nodes", .field_selector = me},
	};
	static const struct informer_handler handlers[N_INFORMERS] = {
	    [SERVICES] = {service_added, service_updated, service_deleted, service_synced},
	    [SLICES] = {slice_added, slice_updated, slice_deleted, slice_synced},
	    [NODE] = {node_added, node_updated, NULL, node_synced},
	};
	const struct informer_config service_alone = {
	    .plural = "services", .ns = PUBLISH_NS, .field_selector = "metadata.name=" PUBLISH_SERVICE};
	if (!x->node) {
		int code = informer_new(&x->informers[SERVICES], x->client, &service_alone, e);
		if (code == 0)
			code = informer_add_handler(x->informers[SERVICES], &handlers[SERVICES], x);
		if (code == 0)
			code = informer_start(x->informers[SERVICES], e);
		return code == -ENOMEM ? err_nomem(e) : code;
	}
	for (int i = 0; i < N_INFORMERS; i++) {
		int code = informer_new(&x->informers[i], x->client, &cfg[i], e);
		if (code == 0)
			code = informer_add_handler(x->informers[i], &handlers[i], x);
		if (code == 0)
			code = informer_start(x->informers[i], e);
		if (code < 0)
			return code == -ENOMEM ? err_nomem(e) : code;
	}
	return 0;
}

/* ---- life ---- */

/* After the loop has ended. */
static void resources_free(struct dns *x)
{
	x->queue = workqueue_free(x->queue);
	x->server = server_free(x->server);
	x->forward = forward_free(x->forward);
	x->cache = cache_free(x->cache);
	for (int i = 0; i < N_INFORMERS; i++) {
		x->informers[i] = informer_free(x->informers[i]);
		x->synced[i] = false;
	}
	x->zone = zone_free(x->zone);
	x->client = client_free(x->client);
	x->retry = loop_timer_free(x->retry);
	x->loop = loop_free(x->loop);
}

int dns_start(struct dns *x, struct err *e)
{
	x->published = false;
	x->retry_ms = 0;
	int code = loop_new(&x->loop, e);
	if (code == 0 && (code = loop_timer_new(&x->retry, x->loop, retry_fire, x)) < 0)
		err_nomem(e);
	if (code == 0)
		code = zone_new(&x->zone, &(struct zone_config){.domain = x->domain, .service_ip = x->service_ip}, e);
	if (code == 0)
		code = cache_new(&x->cache, CACHE_ENTRIES, CACHE_BYTES, e);
	if (code == 0)
		code =
		    client_new(&x->client, x->api, x->loop, &(struct client_config){.field_manager = "minik-dns"}, e);
	if (code == 0)
		code = workqueue_new(&x->queue, x->loop, COMPONENT, 1, reconcile, x, e);
	if (code == 0)
		code = informers_make(x, e);
	if (code == 0)
		code = loop_thread_start(&x->thread, x->loop, "dns", e);
	if (code < 0) {
		resources_free(x);
		return err_wrap(e, "dns");
	}
	return 0;
}

void dns_stop(struct dns *x)
{
	if (!x || !x->thread)
		return;
	workqueue_stop(x->queue);
	loop_quit(x->loop);
}

void dns_join(struct dns *x)
{
	if (!x || !x->thread)
		return;
	x->thread = loop_thread_join(x->thread);
	resources_free(x);
}

struct dns *dns_free(struct dns *x)
{
	if (!x)
		return NULL;
	dns_stop(x);
	dns_join(x);
	free(x->node);
	free(x->domain);
	free(x->listen);
	free(x->resolv_conf);
	free(x->service_ip);
	free(x);
	return NULL;
}
