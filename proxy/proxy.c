/* The component: informers feed the model, one turn of the loop later the backend has the changes. */
#include "proxy/proxy.h"
#include <errno.h>
#include "api/host_ports.h"
#include "api/object.h"
#include "base/cleanup.h"
#include "base/json.h"
#include "base/log.h"
#include "base/loop.h"
#include "base/nft_watch.h"
#include "base/str.h"
#include "client/informer.h"
#include "proxy/backend.h"
#include "proxy/health.h"
#include "proxy/observe.h"

#define COMPONENT    "proxy"
#define RETRY_MIN_MS 100
#define RETRY_MAX_MS 30000
#define PODS_WAIT_MS 3000
#define CHECK_MS     30000 /* of what sends no events */
#define TIDY_MS      100   /* a look at all connections of the machine serves all changes of this time */

enum { SERVICES, SLICES, PODS, NODES, N_INFORMERS };

struct proxy {
	char *node, *mode, *cluster_cidr, *service_cidr, *scheduler, *metrics_address, *healthz_address;
	struct connector *api;
	bool (*elsewhere)(void *arg, const char *pod_uid);
	void *arg;
	struct clock *clock;
	struct loop *loop;
	struct loop_thread *thread;
	struct client *client;
	struct informer *informers[N_INFORMERS];
	bool synced[N_INFORMERS];
	struct px_model *model;
	struct proxy_backend *backend;
	struct health *health;
	struct observe *observe;
	int64_t revisions[OBSERVE_KINDS]; /* newest ones that the model has */
	struct nft_watch *watch;
	struct loop_task flush;
	struct loop_timer *retry, *pods_wait, *tidy, *check;
	bool without_pods; /* they cannot be had: Services must not wait for hostPorts */
	int64_t retry_ms;
	bool full;   /* the next sync compares everything */
	bool reload; /* and reads the kernel before */
	bool anew;   /* and trusts none of the nftables rules */
	bool ran;    /* a first sync has succeeded */
};

/* auto is nftables also where there is IPVS: that mode needs nftables too, for all but the balancing. */
static const struct proxy_backend_ops *mode_ops(const char *mode, struct err *e)
{
	if (!mode || streq(mode, "auto") || streq(mode, "nftables"))
		return &proxy_nft_ops;
	if (streq(mode, "ipvs"))
		return &proxy_ipvs_ops;
	err_set(e, -EINVAL, "unknown proxy mode \"%s\"; use auto, nftables or ipvs", mode);
	return NULL;
}

int proxy_new(struct proxy **ret, const struct proxy_config *c, const struct proxy_deps *d, struct err *e)
{
	if (!mode_ops(c->mode, e))
		return e ? e->code : -EINVAL;
	struct proxy *p = calloc(1, sizeof(*p));
	if (!p)
		return err_nomem(e);
	p->api = d->api;
	p->elsewhere = d->host_ports_elsewhere;
	p->arg = d->arg;
	p->clock = d->clock;
	p->node = str_dup(c->node_name);
	p->mode = str_dup(c->mode ? c->mode : "auto");
	if (!p->node || !p->mode || (c->cluster_cidr && !(p->cluster_cidr = str_dup(c->cluster_cidr))) ||
	    (c->service_cidr && !(p->service_cidr = str_dup(c->service_cidr))) ||
	    (c->ipvs_scheduler && !(p->scheduler = str_dup(c->ipvs_scheduler))) ||
	    (c->metrics_address && !(p->metrics_address = str_dup(c->metrics_address))) ||
	    (c->healthz_address && !(p->healthz_address = str_dup(c->healthz_address)))) {
		proxy_free(p);
		return err_nomem(e);
	}
	*ret = p;
	return 0;
}

static void flush_later(struct proxy *p)
{
	if (!p->synced[SERVICES] || !p->synced[SLICES] || !p->synced[NODES])
		return;
	if (!p->synced[PODS] && !p->without_pods) {
		if (!loop_timer_armed(p->pods_wait))
			loop_timer_set(p->pods_wait, PODS_WAIT_MS);
		return;
	}
	loop_post(p->loop, &p->flush);
}

static void lost_say(const struct px_change *c)
{
	const struct px_service *s = c->now;
	if (!s || !s->lost || (c->old && c->old->lost && c->old->n_lost == s->n_lost && streq(c->old->lost, s->lost)))
		return;
	if (s->n_lost == 1)
		log_warning(COMPONENT, s->key, "the proxy leaves out what others have: %s", s->lost);
	else
		log_warning(COMPONENT, s->key, "the proxy leaves out what others have: %s, and %zu more", s->lost,
			    s->n_lost - 1);
}

static void flush_now(struct loop_task *t)
{
	struct proxy *p = container_of(t, struct proxy, flush);
	struct px_change *v = NULL;
	struct err e = {0};
	size_t n = 0;
	int code = 0;
	int64_t began = clock_mono_ns(p->clock);
	bool full = p->full;
	if (p->reload) {
		code = p->backend->ops->reload(p->backend, p->anew, &e);
		if (code == 0)
			p->reload = p->anew = false;
	}
	if (code == 0) {
		code = px_model_flush(p->model, &v, &n);
		if (code < 0)
			err_nomem(&e);
	}
	if (code == 0 && (n || p->full))
		code = p->backend->ops->sync(p->backend, v, n, p->full, &e);
	for (size_t i = 0; i < n; i++) {
		struct err why = {0};
		lost_say(&v[i]);
		if (health_change(p->health, &v[i], &why) < 0)
			log_warning(COMPONENT, NULL, "load balancers cannot ask, trying again in %d s: %s",
				    CHECK_MS / 1000, why.msg);
	}
	health_set_proxy(p->health, code == 0);
	const struct observe_sync seen = {code, full, clock_mono_ns(p->clock) - began, v, n, p->revisions,
					  px_model_dirty(p->model)};
	observe_synced(p->observe, &seen);
	if ((p->backend->ops->check || health_waiting(p->health) || observe_waiting(p->observe)) &&
	    !loop_timer_armed(p->check))
		loop_timer_set(p->check, CHECK_MS);
	px_changes_free(v, n);
	if (code < 0) {
		/* The kernel may have been changed by somebody else meanwhile: look before the next attempt. */
		p->full = p->reload = true;
		p->retry_ms =
		    p->retry_ms ? (p->retry_ms * 2 > RETRY_MAX_MS ? RETRY_MAX_MS : p->retry_ms * 2) : RETRY_MIN_MS;
		log_warning(COMPONENT, NULL, "cannot write the rules of %zu Services, trying again in %lld ms: %s", n,
			    (long long)p->retry_ms, e.msg);
		loop_timer_set(p->retry, p->retry_ms);
		return;
	}
	if (p->backend->ops->untidy(p->backend) && !loop_timer_armed(p->tidy))
		loop_timer_set(p->tidy, TIDY_MS);
	if (!p->ran)
		log_info(COMPONENT, NULL, "rules written for %zu Services (%s)", n, p->backend->ops->name);
	p->ran = true;
	p->full = false;
	p->retry_ms = 0;
	if (px_model_dirty(p->model))
		loop_post(p->loop, &p->flush);
}

static void retry_fire(void *arg)
{
	struct proxy *p = arg;
	loop_post(p->loop, &p->flush);
}

static void tidy_fire(void *arg)
{
	struct proxy *p = arg;
	struct err e = {0};
	if (p->backend->ops->tidy(p->backend, &e) < 0)
		log_warning(COMPONENT, NULL, "cannot tidy up, clients may stay with endpoints that are gone: %s",
			    e.msg);
	if (p->backend->ops->untidy(p->backend))
		loop_timer_set(p->tidy, TIDY_MS);
}

/* kube-proxy's own role may not read pods: against an API server that gives us no more, Services work and hostPorts do
 * not. */
static void pods_waited(void *arg)
{
	struct proxy *p = arg;
	if (p->synced[PODS])
		return;
	log_warning(COMPONENT, NULL, "pods of this node cannot be read; hostPorts come when they can");
	p->without_pods = true;
	flush_later(p);
}

static void table_lost(void *arg)
{
	struct proxy *p = arg;
	/* Before the first sync too: what was read at the start does not hold any more. */
	if (!p->anew && p->ran)
		log_warning(COMPONENT, NULL, "somebody deleted something of the nftables table %s; writing it again",
			    PROXY_NFT_TABLE);
	p->full = p->reload = p->anew = true;
	flush_later(p);
}

/* Addresses of the node, or of the device that holds Services', are not what they were. */
static void kernel_changed(void *arg)
{
	struct proxy *p = arg;
	p->full = p->reload = true;
	flush_later(p);
}

static void check_fire(void *arg)
{
	struct proxy *p = arg;
	struct err e = {0};
	if (p->backend->ops->check)
		loop_timer_set(p->check, CHECK_MS);
	if (p->ran && !p->full && p->backend->ops->check) {
		int n = p->backend->ops->check(p->backend, &e);
		if (n > 0)
			log_warning(COMPONENT, NULL, "somebody changed virtual servers of Services: %d things mended",
				    n);
		if (n < 0) {
			log_warning(COMPONENT, NULL, "cannot compare the virtual servers: %s", e.msg);
			kernel_changed(p);
		}
	}
	if (health_waiting(p->health) && health_retry(p->health, &e) < 0) {
		log_warning(COMPONENT, NULL, "load balancers still cannot ask: %s", e.msg);
		loop_timer_set(p->check, CHECK_MS);
	}
	if (observe_waiting(p->observe) && observe_start(p->observe, &e) < 0)
		loop_timer_set(p->check, CHECK_MS); /* it has been said */
}

static void backend_warn(void *arg UNUSED, const char *object, const char *text)
{
	log_warning(COMPONENT, object, "%s", text);
}

/* ---- informers ---- */

static void feed(struct proxy *p, int (*fn)(struct px_model *, const char *, const char *, const json_t *),
		 struct informer_object *o, bool gone, int which)
{
	if (which < OBSERVE_KINDS && o->rev > p->revisions[which])
		p->revisions[which] = o->rev;
	observe_queued(p->observe);
	AUTO_JSON json_t *tree = gone ? NULL : informer_object_json(o);
	int code = !gone && !tree ? -ENOMEM : fn(p->model, o->ns, o->name, tree);
	if (code < 0)
		log_error(COMPONENT, o->name, "cannot take over the object: %s", err_name(code));
	flush_later(p);
}

#define HANDLERS(what, which)                                                                                          \
	static void what##_added(void *arg, struct informer_object *o)                                                 \
	{                                                                                                              \
		feed(arg, px_model_##what, o, false, which);                                                           \
	}                                                                                                              \
	static void what##_updated(void *arg, struct informer_object *old UNUSED, struct informer_object *o)           \
	{                                                                                                              \
		feed(arg, px_model_##what, o, false, which);                                                           \
	}                                                                                                              \
	static void what##_deleted(void *arg, struct informer_object *o)                                               \
	{                                                                                                              \
		feed(arg, px_model_##what, o, true, which);                                                            \
	}
HANDLERS(service, OBSERVE_SERVICES)
HANDLERS(slice, OBSERVE_SLICES)
#undef HANDLERS

/* Load balancers in front are told (KEP-3836), as long as there is still time. */
static bool node_leaving(const json_t *node)
{
	const json_t *taint;
	size_t i;
	json_array_foreach (json_at(node, "spec", "taints", NULL), i, taint)
		if (streq(json_str(taint, "key"), "ToBeDeletedByClusterAutoscaler"))
			return true;
	return node && obj_deleting(node);
}

static void pod_put(struct proxy *p, struct informer_object *o)
{
	AUTO_JSON json_t *tree = informer_object_json(o), *ports = host_ports_of(json_object_get(tree, "spec"));
	/* Before it has an address nobody has mapped anything. */
	bool elsewhere = ports && p->elsewhere && json_str(tree, "status.podIP") && p->elsewhere(p->arg, o->uid);
	feed(p, px_model_pod, o, elsewhere, OBSERVE_KINDS);
}
static void pod_added(void *arg, struct informer_object *o)
{
	pod_put(arg, o);
}
static void pod_updated(void *arg, struct informer_object *old UNUSED, struct informer_object *o)
{
	pod_put(arg, o);
}
static void pod_deleted(void *arg, struct informer_object *o)
{
	feed(arg, px_model_pod, o, true, OBSERVE_KINDS);
}

/* The nodes' addresses, and which zone this one is in. */
static void node_put(struct proxy *p, struct informer_object *o, bool gone)
{
	AUTO_JSON json_t *tree = gone ? NULL : informer_object_json(o);
	int code = !gone && !tree ? -ENOMEM : px_model_node(p->model, "", o->name, tree);
	if (code < 0)
		log_error(COMPONENT, o->name, "cannot take over the object: %s", err_name(code));
	if (streq(o->name, p->node))
		observe_leaving(p->observe, node_leaving(tree));
	if (tree && streq(o->name, p->node))
		px_model_zone(p->model, obj_label(tree, "topology.kubernetes.io/zone"));
	if (px_model_dirty(p->model))
		flush_later(p);
}
static void node_added(void *arg, struct informer_object *o)
{
	node_put(arg, o, false);
}
static void node_updated(void *arg, struct informer_object *old UNUSED, struct informer_object *o)
{
	node_put(arg, o, false);
}
static void node_deleted(void *arg, struct informer_object *o)
{
	node_put(arg, o, true);
}

static void synced(struct proxy *p, int which)
{
	p->synced[which] = true;
	flush_later(p);
}
static void service_synced(void *arg)
{
	synced(arg, SERVICES);
}
static void slice_synced(void *arg)
{
	synced(arg, SLICES);
}
static void pod_synced(void *arg)
{
	synced(arg, PODS);
}
static void node_synced(void *arg)
{
	synced(arg, NODES);
}

static int informers_make(struct proxy *p, struct err *e)
{
	AUTO_FREE char *on_node = str_fmt("spec.nodeName=%s", p->node);
	if (!on_node)
		return err_nomem(e);
	const struct informer_config cfg[N_INFORMERS] = {
	    [SERVICES] = {.plural = "services"},
	    /* Headless Services have no address to balance. */
	    [SLICES] = {.group = "discovery.k8s.io",
			.plural = "endpointslices",
			.label_selector = "kubernetes.io/service-name,!service.kubernetes.io/headless"},
	    [PODS] = {.plural = "pods", .field_selector = on_node},
	    [NODES] = {.plural = "nodes"},
	};
	static const struct informer_handler handlers[N_INFORMERS] = {
	    [SERVICES] = {service_added, service_updated, service_deleted, service_synced},
	    [SLICES] = {slice_added, slice_updated, slice_deleted, slice_synced},
	    [PODS] = {pod_added, pod_updated, pod_deleted, pod_synced},
	    [NODES] = {node_added, node_updated, node_deleted, node_synced},
	};
	for (int i = 0; i < N_INFORMERS; i++) {
		int code = informer_new(&p->informers[i], p->client, &cfg[i], e);
		if (code == 0)
			code = informer_add_handler(p->informers[i], &handlers[i], p);
		if (code == 0)
			code = informer_start(p->informers[i], e);
		if (code < 0)
			return code == -ENOMEM ? err_nomem(e) : code;
	}
	return 0;
}

/* ---- life ---- */

static void resources_free(struct proxy *p)
{
	for (int i = 0; i < N_INFORMERS; i++) {
		p->informers[i] = informer_free(p->informers[i]);
		p->synced[i] = false;
	}
	p->watch = nft_watch_free(p->watch);
	p->client = client_free(p->client);
	p->retry = loop_timer_free(p->retry);
	p->pods_wait = loop_timer_free(p->pods_wait);
	p->tidy = loop_timer_free(p->tidy);
	p->check = loop_timer_free(p->check);
	if (p->backend)
		p->backend = p->backend->ops->free(p->backend);
	p->health = health_free(p->health);
	p->observe = observe_free(p->observe);
	p->model = px_model_free(p->model);
	p->loop = loop_free(p->loop);
}

int proxy_start(struct proxy *p, struct err *e)
{
	const struct proxy_backend_ops *ops = mode_ops(p->mode, e);
	struct proxy_backend_config bc = {.cluster_cidr = p->cluster_cidr,
					  .service_cidr = p->service_cidr,
					  .scheduler = p->scheduler,
					  .warn = backend_warn};
	/* What an earlier start in the other mode left would get the packets first. */
	int code = ops == &proxy_ipvs_ops ? 0 : proxy_ipvs_ops.cleanup(e);
	if (code == 0)
		code = ops->open(&p->backend, &bc, e);
	p->flush.fn = flush_now;
	p->full = true;
	p->ran = p->reload = p->anew = p->without_pods = false;
	p->retry_ms = 0;
	if (code == 0)
		code = px_model_new(&p->model, p->node, e);
	if (code == 0 && !(p->health = health_new()))
		code = err_nomem(e);
	const struct observe_config oc = {p->metrics_address, p->healthz_address, ops->name,
					  p->cluster_cidr,    p->service_cidr,    p->scheduler};
	if (code == 0)
		code = observe_new(&p->observe, &oc, e);
	struct err why = {0};
	if (code == 0 && observe_start(p->observe, &why) < 0)
		log_warning(COMPONENT, NULL, "goes on without, and tries again every %d s: %s", CHECK_MS / 1000, why.msg);
	if (code == 0)
		code = loop_new(&p->loop, e);
	if (code == 0 && ((code = loop_timer_new(&p->retry, p->loop, retry_fire, p)) < 0 ||
			  (code = loop_timer_new(&p->pods_wait, p->loop, pods_waited, p)) < 0 ||
			  (code = loop_timer_new(&p->tidy, p->loop, tidy_fire, p)) < 0 ||
			  (code = loop_timer_new(&p->check, p->loop, check_fire, p)) < 0))
		err_nomem(e);
	if (code == 0)
		code = nft_watch_new(&p->watch, p->loop, PROXY_NFT_TABLE, p->backend->nft_port, table_lost, p, e);
	if (code == 0 && ops->watch)
		code = ops->watch(p->backend, p->loop, kernel_changed, p, e);
	if (code == 0)
		code =
		    client_new(&p->client, p->api, p->loop, &(struct client_config){.field_manager = "minik-proxy"}, e);
	if (code == 0)
		code = informers_make(p, e);
	if (code == 0)
		code = loop_thread_start(&p->thread, p->loop, "proxy", e);
	if (code < 0)
		resources_free(p);
	return code < 0 ? code : 0;
}

void proxy_stop(struct proxy *p)
{
	if (p && p->thread)
		loop_quit(p->loop);
}

void proxy_join(struct proxy *p)
{
	if (!p || !p->thread)
		return;
	p->thread = loop_thread_join(p->thread);
	resources_free(p);
}

struct proxy *proxy_free(struct proxy *p)
{
	if (!p)
		return NULL;
	proxy_stop(p);
	proxy_join(p);
	free(p->node);
	free(p->mode);
	free(p->cluster_cidr);
	free(p->service_cidr);
	free(p->scheduler);
	free(p->metrics_address);
	free(p->healthz_address);
	free(p);
	return NULL;
}

int proxy_cleanup(struct err *e)
{
	struct err first = {0};
	if (proxy_ipvs_ops.cleanup(&first) < 0) {
		(void)proxy_nft_ops.cleanup(NULL);
		if (e)
			*e = first;
		return first.code;
	}
	return proxy_nft_ops.cleanup(e);
}
