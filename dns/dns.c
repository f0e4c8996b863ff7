/* The component: informers feed the responder, the node's pod CIDR says where to listen, then the address is published.
 */
#include "dns/dns.h"
#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include "api/object.h"
#include "base/cleanup.h"
#include "base/inet.h"
#include "base/json.h"
#include "base/log.h"
#include "base/loop.h"
#include "base/str.h"
#include "client/informer.h"
#include "client/workqueue.h"
#include "dns/custom.h"
#include "dns/publish.h"
#include "dns/responder.h"

#define COMPONENT    "dns"
#define RETRY_MIN_MS 250
#define PATIENCE_MS  5000
#define RETRY_MAX_MS 30000

enum { SERVICES, SLICES, NAMESPACES, CONFIG, NODE, PODS, N_INFORMERS };

/* Where to listen, and whose the EndpointSlice is. */
struct place {
	char address[48], address2[48]; /* the second of the other family; "" */
	char node_uid[64];
};

struct dns {
	char *node, *domain, *listen, *resolv_conf, *service_ip, *service_ip2, *cidrs[2];
	uint16_t port, metrics_port;
	bool autopath;
	struct connector *api;
	struct clock *clock;
	struct loop *loop;
	struct loop_thread *thread;
	struct client *client;
	struct informer *informers[N_INFORMERS];
	bool synced[N_INFORMERS];
	struct responder *responder;
	struct loop_timer *retry, *patience;
	bool waived;
	int64_t retry_ms;
	struct workqueue *queue;
	pthread_mutex_t lock; /* of what follows: written on the loop, but for published, and read by the worker */
	struct place at;
	bool published;
};

int dns_new(struct dns **ret, const struct dns_config *c, const struct dns_deps *d, struct err *e)
{
	struct dns *x = calloc(1, sizeof(*x));
	if (!x)
		return err_nomem(e);
	pthread_mutex_init(&x->lock, NULL);
	x->api = d->api;
	x->clock = d->clock ? d->clock : clock_real();
	x->port = c->port ? c->port : 53;
	x->metrics_port = c->metrics_port;
	x->autopath = c->autopath;
	const struct {
		char **to;
		const char *from;
	} texts[] = {
	    {&x->node, c->node_name},        {&x->domain, c->cluster_domain ? c->cluster_domain : "cluster.local"},
	    {&x->listen, c->listen},         {&x->resolv_conf, c->resolv_conf},
	    {&x->service_ip, c->service_ip}, {&x->service_ip2, c->service_ip2}, {&x->cidrs[0], c->cluster_cidr},
	    {&x->cidrs[1], c->service_cidr}};
	bool ok = true;
	for (size_t i = 0; i < ARRAY_LEN(texts); i++)
		if (texts[i].from)
			ok = (*texts[i].to = str_dup(texts[i].from)) && ok;
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
	struct inet_cidr c;
	if (!inet_cidr_parse(cidr, &c) || !inet_addr_next(&c.net))
		return false;
	inet_addr_text(&c.net, out);
	return true;
}

static bool place_find(struct dns *x, struct place *ret)
{
	struct informer_object *o AUTO_OBJECT = informer_get(x->informers[NODE], NULL, x->node);
	AUTO_JSON json_t *node = o ? informer_object_json(o) : NULL;
	memset(ret, 0, sizeof(*ret));
	(void)str_copy(ret->node_uid, sizeof(ret->node_uid), node ? obj_uid(node) : "");
	if (x->listen)
		return str_copy(ret->address, sizeof(ret->address), x->listen);
	const json_t *cidrs = json_at(node, "spec", "podCIDRs", NULL);
	const char *cidr = json_string_value(json_array_get(cidrs, 0));
	if (!first_address(json_string_value(json_array_get(cidrs, 1)), ret->address2))
		ret->address2[0] = 0;
	return node && first_address(cidr ? cidr : json_str(node, "spec.podCIDR"), ret->address);
}

static void place_set(struct dns *x, const struct place *p)
{
	pthread_mutex_lock(&x->lock);
	x->at = *p;
	x->published = false;
	pthread_mutex_unlock(&x->lock);
}

/*
 * The Node is another one (it was deleted, and its agent has registered again), or its network is: true while there is
 * nothing to open. A Node without a network yet changes nothing, but what is published for it would be refused.
 */
static bool place_keep(struct dns *x, const struct place *now)
{
	if (!responder_is_open(x->responder))
		return false;
	if (!streq(now->address, x->at.address) || !streq(now->address2, x->at.address2)) {
		if (x->service_ip)
			workqueue_pause(x->queue, true);
		responder_close(x->responder);
		return false;
	}
	if (!streq(now->node_uid, x->at.node_uid)) {
		place_set(x, now);
		if (x->service_ip)
			workqueue_add(x->queue, PUBLISH_SERVICE);
	}
	return true;
}

/* What whoever runs us may not have given the right to read, and what there are answers without: without Namespaces,
 * those are there that have Services. */
static bool optional(int informer)
{
	return informer == CONFIG || informer == NAMESPACES || informer == PODS;
}

/* Half an answer is worse than none: a client would take "no such name" for the truth. So the sockets open when the
 * zone is complete. */
static void open_when_ready(struct dns *x)
{
	struct err e = {0};
	struct place now;
	bool missing = false;
	for (int i = 0; i < N_INFORMERS; i++) {
		if (!x->informers[i] || x->synced[i])
			continue;
		if (!optional(i))
			return;
		missing = true;
	}
	if (!x->node) {
		workqueue_add(x->queue, PUBLISH_SERVICE);
		workqueue_pause(x->queue, false);
		return;
	}
	if (missing && !x->waived) { /* names of the cluster do not wait for ever */
		if (!loop_timer_armed(x->patience))
			loop_timer_set(x->patience, PATIENCE_MS);
		return;
	}
	if (loop_timer_armed(x->retry) || !place_find(x, &now) || place_keep(x, &now))
		return;
	place_set(x, &now);
	if (responder_open(x->responder, now.address, now.address2[0] ? now.address2 : NULL, x->metrics_port, &e) < 0) {
		x->retry_ms =
		    x->retry_ms ? (x->retry_ms * 2 > RETRY_MAX_MS ? RETRY_MAX_MS : x->retry_ms * 2) : RETRY_MIN_MS;
		log_error(COMPONENT, NULL, "%s; trying again in %lld ms", e.msg, (long long)x->retry_ms);
		loop_timer_set(x->retry, x->retry_ms);
		return;
	}
	x->retry_ms = 0;
	log_info(COMPONENT, NULL, "answering for %s on %s port %u", x->domain, now.address, x->port);
	if (x->service_ip) {
		workqueue_add(x->queue, PUBLISH_SERVICE);
		workqueue_pause(x->queue, false);
	}
}

static void patience_over(void *arg)
{
	struct dns *x = arg;
	static const char *const names[N_INFORMERS] = {[CONFIG] = "ConfigMap " CUSTOM_NS "/" CUSTOM_NAME,
						       [NAMESPACES] = "Namespaces",
						       [PODS] = "this node's pods"};
	for (int i = 0; i < N_INFORMERS; i++)
		if (x->informers[i] && !x->synced[i] && optional(i))
			log_warning(
			    COMPONENT, NULL,
			    "%s cannot be read within %d s (list and watch allowed?): answering without until then",
			    names[i], PATIENCE_MS / 1000);
	x->waived = true;
	open_when_ready(x);
}

static void retry_fire(void *arg)
{
	open_when_ready(arg);
}

static int reconcile(void *arg, const char *key UNUSED, struct err *e)
{
	struct dns *x = arg;
	pthread_mutex_lock(&x->lock);
	struct place at = x->at;
	bool told = x->published;
	pthread_mutex_unlock(&x->lock);
	struct publish p = {x->node, at.node_uid,    {x->service_ip, x->service_ip2}, {at.address, at.address2},
			    x->port, x->metrics_port};
	int code = publish_run(x->client, &p, e);
	if (code < 0)
		return code;
	if (!told)
		log_info(COMPONENT, PUBLISH_NS "/" PUBLISH_SERVICE, "published: %s leads to %s", x->service_ip,
			 x->node ? at.address : "the responder of each node");
	pthread_mutex_lock(&x->lock);
	x->published = memcmp(&at, &x->at, sizeof(at)) == 0; /* else it is another place by now, and on the queue */
	pthread_mutex_unlock(&x->lock);
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
	if (x->service_ip && (responder_is_open(x->responder) || !x->node) && streq(o->ns, PUBLISH_NS) &&
	    str_has_prefix(o->name, PUBLISH_SERVICE))
		workqueue_add(x->queue, PUBLISH_SERVICE);
}

static void feed(struct dns *x, int (*fn)(struct zone *, const char *, const char *, const json_t *),
		 struct informer_object *o, bool gone)
{
	AUTO_JSON json_t *tree = gone ? NULL : informer_object_json(o);
	check(o, !gone && !tree ? -ENOMEM : fn(responder_zone(x->responder), o->ns, o->name, tree));
	published_changed(x, o);
}

static void feed_namespace(struct dns *x, struct informer_object *o, bool gone)
{
	check(o, zone_namespace(responder_zone(x->responder), o->name, !gone));
}

static void feed_pod(struct dns *x, struct informer_object *o, bool gone)
{
	AUTO_JSON json_t *tree = gone ? NULL : informer_object_json(o);
	check(o, !gone && !tree ? -ENOMEM : responder_pod(x->responder, o->ns, o->name, tree));
}

/* What is malformed in it is left out; whoever wrote it reads why in an Event. */
static void feed_config(struct dns *x, struct informer_object *o, bool gone)
{
	AUTO_JSON json_t *tree = gone ? NULL : informer_object_json(o);
	AUTO_BUF struct buf faults = {0};
	if (!streq(o->name, CUSTOM_NAME))
		return;
	check(o, !gone && !tree ? -ENOMEM : responder_custom(x->responder, tree, &faults));
	for (char *p = faults.data, *next; p && *p && !buf_failed(&faults); p = next) {
		size_t n = strcspn(p, "\n");
		next = p + n + (p[n] == '\n');
		p[n] = 0;
		log_warning(COMPONENT, CUSTOM_NS "/" CUSTOM_NAME, "%s", p);
		client_event(x->client, tree, "v1", "ConfigMap", "Warning", "InvalidDNSConfig", "minik-dns", x->node,
			     "left out: %s", p);
	}
}

static void feed_service(struct dns *x, struct informer_object *o, bool gone)
{
	feed(x, zone_service, o, gone);
}
static void feed_slice(struct dns *x, struct informer_object *o, bool gone)
{
	feed(x, zone_slice, o, gone);
}

#define HANDLERS(what)                                                                                                 \
	static void what##_added(void *arg, struct informer_object *o)                                                 \
	{                                                                                                              \
		feed_##what(arg, o, false);                                                                            \
	}                                                                                                              \
	static void what##_updated(void *arg, struct informer_object *old UNUSED, struct informer_object *o)           \
	{                                                                                                              \
		feed_##what(arg, o, false);                                                                            \
	}                                                                                                              \
	static void what##_deleted(void *arg, struct informer_object *o)                                               \
	{                                                                                                              \
		feed_##what(arg, o, true);                                                                             \
	}
HANDLERS(service)
HANDLERS(slice)
HANDLERS(namespace)
HANDLERS(config)
HANDLERS(pod)

static void synced(struct dns *x, int which)
{
	x->synced[which] = true;
	open_when_ready(x);
}
#define SYNCED(what, which)                                                                                            \
	static void what##_synced(void *arg)                                                                           \
	{                                                                                                              \
		synced(arg, which);                                                                                    \
	}
SYNCED(service, SERVICES)
SYNCED(slice, SLICES)
SYNCED(namespace, NAMESPACES)
SYNCED(config, CONFIG)
SYNCED(pod, PODS)
SYNCED(node, NODE)

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
	AUTO_FREE char *me = x->node ? str_fmt("metadata.name=%s", x->node) : NULL,
		       *mine = x->node ? str_fmt("spec.nodeName=%s", x->node) : NULL;
	if (x->node && (!me || !mine))
		return err_nomem(e);
	const struct informer_config cfg[N_INFORMERS] = {
	    [SERVICES] = {.plural = "services"},
	    [SLICES] = {.group = "discovery.k8s.io",
			.plural = "endpointslices",
			.label_selector = "kubernetes.io/service-name"},
	    [NAMESPACES] = {.plural = "namespaces"},
	    [CONFIG] = {.plural = "configmaps", .ns = CUSTOM_NS, .field_selector = "metadata.name=" CUSTOM_NAME},
	    [NODE] = {.plural = "nodes", .field_selector = me},
	    [PODS] = {.plural = "pods", .field_selector = mine},
	};
	static const struct informer_handler handlers[N_INFORMERS] = {
	    [SERVICES] = {service_added, service_updated, service_deleted, service_synced},
	    [SLICES] = {slice_added, slice_updated, slice_deleted, slice_synced},
	    [NAMESPACES] = {namespace_added, namespace_updated, namespace_deleted, namespace_synced},
	    [CONFIG] = {config_added, config_updated, config_deleted, config_synced},
	    [NODE] = {node_added, node_updated, NULL, node_synced},
	    [PODS] = {pod_added, pod_updated, pod_deleted, pod_synced},
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
		if (i == PODS && !x->autopath)
			continue;
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
	for (int i = 0; i < N_INFORMERS; i++) {
		x->informers[i] = informer_free(x->informers[i]);
		x->synced[i] = false;
	}
	x->responder = responder_free(x->responder);
	x->client = client_free(x->client);
	x->retry = loop_timer_free(x->retry);
	x->patience = loop_timer_free(x->patience);
	x->loop = loop_free(x->loop);
}

int dns_start(struct dns *x, struct err *e)
{
	x->published = false;
	x->retry_ms = 0;
	int code = loop_new(&x->loop, e);
	x->waived = false;
	if (code == 0 && ((code = loop_timer_new(&x->retry, x->loop, retry_fire, x)) < 0 ||
			  (code = loop_timer_new(&x->patience, x->loop, patience_over, x)) < 0))
		err_nomem(e);
	const char *own[] = {x->service_ip, x->service_ip2, NULL}, *cidrs[] = {x->cidrs[0], x->cidrs[0] ? x->cidrs[1] : NULL, NULL};
	struct responder_config rc = {.domain = x->domain,
				      .service_ip = x->service_ip,
				      .cidrs = cidrs,
				      .resolv_conf = x->resolv_conf,
				      .own_addresses = own,
				      .port = x->port,
				      .autopath = x->autopath};
	if (code == 0)
		code = responder_new(&x->responder, x->loop, x->clock, &rc, e);
	if (code == 0)
		code =
		    client_new(&x->client, x->api, x->loop, &(struct client_config){.field_manager = "minik-dns"}, e);
	if (code == 0)
		code = workqueue_new(&x->queue, x->loop, COMPONENT, 1, reconcile, x, e);
	if (code == 0)
		code = informers_make(x, e);
	if (code == 0)
		code = loop_thread_start(&x->thread, x->loop, "dns", e);
	if (code < 0)
		resources_free(x);
	return code < 0 ? code : 0;
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
	free(x->service_ip2);
	free(x->cidrs[0]);
	free(x->cidrs[1]);
	pthread_mutex_destroy(&x->lock);
	free(x);
	return NULL;
}
