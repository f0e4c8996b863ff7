#include "ingress/gateway.h"
#include <errno.h>
#include "api/object.h"
#include "base/log.h"
#include "base/str.h"
#include "ingress/gateway_crds.h"
#include "ingress/gateway_service.h"
#include "ingress/nodes.h"

#define PATIENCE_MS    10000 /* for the first lists; then Ingress begins without Gateways */
#define TAKEN_AGAIN_MS 30000 /* nobody tells when a port becomes free */

enum { G_CLASSES, G_GATEWAYS, G_ROUTES, G_GRANTS, G_NAMESPACES, G_INFORMERS };

struct gateway {
	struct ingress *x;
	struct gateway_model *model; /* x->lock */
	char *bundle;                /* x->lock */
	struct map *wanted;          /* x->lock; "KIND NS/NAME" -> status */
	struct informer *crds[GATEWAY_CRDS], *informers[G_INFORMERS];
	struct gateway_services *services;
	struct nginx_listener *listeners; /* the worker of "routes" */
	size_t n_listeners;

	/* loop's thread */
	struct loop_timer *patience;
	unsigned crds_synced, served, synced;
	bool begun, settled;
	bool ready; /* all kinds are known; atomic */
};

static const char *const kinds[GATEWAY_KINDS] = {"GatewayClass", "Gateway", "HTTPRoute"};

static bool is_ready(const struct gateway *g)
{
	return __atomic_load_n(&g->ready, __ATOMIC_ACQUIRE);
}

/* The first table waits for Gateways, because one without them would lose their requests. */
static void settle(struct gateway *g)
{
	if (g->settled)
		return;
	g->settled = true;
	loop_timer_stop(g->patience);
	ingress_one_synced(g->x);
}

static void out_of_patience(void *arg)
{
	struct gateway *g = arg;

	log_warning(COMPONENT, NULL, "the Gateway API's objects cannot be listed yet; going on with Ingress alone");
	settle(g);
}

/* --- objects, on the loop's thread --- */

/* Statuses, our own too, are most of what is written, and each would cost a table. */
static bool same_to_model(const json_t *a, const json_t *b)
{
	static const char *const parts[] = {"spec", "metadata.uid", "metadata.generation", "metadata.annotations", "metadata.labels",
					    "metadata.creationTimestamp"};

	return ingress_same(a, b, parts, ARRAY_LEN(parts));
}

static void feed(struct gateway *g, int kind, struct informer_object *old, struct informer_object *o, bool gone)
{
	static int (*const feeds[G_INFORMERS])(struct gateway_model *, const char *, const char *,
					       const json_t *) = {[G_CLASSES] = gateway_model_class,
								  [G_GATEWAYS] = gateway_model_gateway,
								  [G_ROUTES] = gateway_model_route,
								  [G_GRANTS] = gateway_model_grant,
								  [G_NAMESPACES] = gateway_model_namespace};
	AUTO_JSON json_t *tree = gone ? NULL : informer_object_json(o);
	AUTO_JSON json_t *had = informer_object_json(old);
	bool same = tree && had && same_to_model(had, tree);

	pthread_mutex_lock(&g->x->lock);
	int code = same ? 0 : !gone && !tree ? -ENOMEM : feeds[kind](g->model, o->ns, o->name, tree);
	pthread_mutex_unlock(&g->x->lock);
	if (code < 0)
		log_error(COMPONENT, o->name, "cannot take over the object: %s", err_name(code));
	if (!is_ready(g))
		return;
	if (!same)
		workqueue_add(g->x->rebuild, "routes");
	if (kind >= GATEWAY_KINDS || gone)
		return;
	/* Somebody else may have written the status. */
	AUTO_FREE char *job = str_fmt("gateway %s %s%s%s", kinds[kind], o->ns, *o->ns ? "/" : "", o->name);
	if (job)
		workqueue_add(g->x->queue, job);
}

FEED_HANDLERS(class, G_CLASSES)
FEED_HANDLERS(gateway, G_GATEWAYS)
FEED_HANDLERS(route, G_ROUTES)
FEED_HANDLERS(grant, G_GRANTS)

static void namespace_added(void *arg, struct informer_object *o)
{
	feed(arg, G_NAMESPACES, NULL, o, false);
}
static void namespace_deleted(void *arg, struct informer_object *o)
{
	feed(arg, G_NAMESPACES, NULL, o, true);
}
/* Nothing but labels matters, and namespaces are written for much else. */
static void namespace_updated(void *arg, struct informer_object *old, struct informer_object *o)
{
	AUTO_JSON json_t *a = informer_object_json(old);
	AUTO_JSON json_t *b = informer_object_json(o);
	const json_t *la = json_dot(a, "metadata.labels"), *lb = json_dot(b, "metadata.labels");

	if (!a || !b || !la != !lb || (la && !json_equal(la, lb)))
		feed(arg, G_NAMESPACES, NULL, o, false);
}

static void kind_synced(void *arg)
{
	struct gateway *g = arg;

	if (++g->synced < G_INFORMERS)
		return;
	__atomic_store_n(&g->ready, true, __ATOMIC_RELEASE);
	if (g->x->makes)
		workqueue_add(g->x->queue, "gateway class");
	settle(g);
	workqueue_add(g->x->rebuild, "routes");
}

/* --- CRDs, on the loop's thread --- */

static void begin(struct gateway *g)
{
	struct err e = {0};

	if (g->begun)
		return;
	g->begun = true;
	for (size_t i = 0; i < G_INFORMERS; i++)
		if (informer_start(g->informers[i], &e) < 0)
			log_warning(COMPONENT, "Gateway API", "%s", e.msg);
}

static void crd_seen(void *arg, struct informer_object *o)
{
	struct gateway *g = arg;
	AUTO_JSON json_t *crd = informer_object_json(o);
	const char *bundle = obj_annotation(crd, GATEWAY_ANN_BUNDLE);
	const json_t *v;
	size_t i, at;

	for (at = 0; at < GATEWAY_CRDS - 1 && !streq(o->name, gateway_crd_names[at]); at++)
		;
	bool served = false;
	json_array_foreach (json_dot(crd, "spec.versions"), i, v)
		served = served || (streq(json_str(v, "name"), at == G_GRANTS ? "v1beta1" : "v1") &&
				    json_bool_or(v, "served", false));
	if (!served) {
		log_warning(COMPONENT, o->name,
			    "does not serve the version that is needed (v1, of ReferenceGrants v1beta1): no Gateways");
		return;
	}
	if (at == G_ROUTES) {
		char *copy = str_dup(bundle);
		pthread_mutex_lock(&g->x->lock);
		free(g->bundle);
		g->bundle = copy;
		pthread_mutex_unlock(&g->x->lock);
		if (is_ready(g))
			workqueue_add(g->x->rebuild, "routes");
	}
	if (obj_condition_true(crd, "Established"))
		g->served |= 1u << at;
	if (g->served == (1u << GATEWAY_CRDS) - 1)
		begin(g);
}
static void crd_changed(void *arg, struct informer_object *old UNUSED, struct informer_object *o)
{
	crd_seen(arg, o);
}

static void crd_made(void *arg UNUSED, const struct client_result *r)
{
	/* Another node may have been faster. */
	if (r->code < 0 && r->code != ERR_EXISTS && r->code != ERR_CONFLICT && r->code != ERR_CANCELED)
		log_warning(COMPONENT, "Gateway API", "cannot write a CRD: %s", r->err.msg);
}

static int write_crd(struct gateway *g, json_t *crd, const json_t *had)
{
	struct client_ref ref = {.group = "apiextensions.k8s.io", .plural = "customresourcedefinitions"};

	if (!had)
		return client_create(g->x->client, &ref, crd, crd_made, g);
	if (!gateway_crd_outdated(had))
		return 0;
	ref.name = obj_name(had);
	if (json_set_str(crd, "metadata.resourceVersion", json_str(had, "metadata.resourceVersion")) < 0)
		return -ENOMEM;
	log_info(COMPONENT, ref.name, "taking the CRD to %s", GATEWAY_BUNDLE);
	return client_update(g->x->client, &ref, crd, crd_made, g);
}

static void crd_synced(void *arg)
{
	struct gateway *g = arg;
	unsigned there = 0;

	if (++g->crds_synced < GATEWAY_CRDS)
		return;
	AUTO_JSON json_t *all = g->x->makes ? gateway_crds() : NULL;
	for (size_t i = 0; i < GATEWAY_CRDS; i++) {
		AUTO_OBJECT struct informer_object *o = informer_get(g->crds[i], NULL, gateway_crd_names[i]);
		AUTO_JSON json_t *had = informer_object_json(o);
		there += had != NULL;
		if (g->x->makes && ((o && !had) || !all || write_crd(g, json_array_get(all, i), had) < 0))
			log_warning(COMPONENT, gateway_crd_names[i], "cannot be written: out of memory");
	}
	/* There can be no Gateways yet, so that nothing is lost without them. */
	if (there < GATEWAY_CRDS)
		settle(g);
}

/* --- life --- */

static int watch(struct gateway *g, struct informer **ret, const struct informer_config *c,
		 const struct informer_handler *h, struct err *e)
{
	int code = informer_new(ret, g->x->client, c, e);

	if (code < 0)
		return code;
	return informer_add_handler(*ret, h, g) < 0 ? err_nomem(e) : 0;
}

int gateway_new(struct gateway **ret, struct ingress *x, struct err *e)
{
	static const struct {
		struct informer_config c;
		struct informer_handler h;
	} all[G_INFORMERS] = {
	    [G_CLASSES] = {{.group = GATEWAY_GROUP, .plural = "gatewayclasses"},
			   {class_added, class_updated, class_deleted, kind_synced}},
	    [G_GATEWAYS] = {{.group = GATEWAY_GROUP, .plural = "gateways"},
			    {gateway_added, gateway_updated, gateway_deleted, kind_synced}},
	    [G_ROUTES] = {{.group = GATEWAY_GROUP, .plural = "httproutes"},
			  {route_added, route_updated, route_deleted, kind_synced}},
	    [G_GRANTS] = {{.group = GATEWAY_GROUP, .version = "v1beta1", .plural = "referencegrants"},
			  {grant_added, grant_updated, grant_deleted, kind_synced}},
	    [G_NAMESPACES] = {{.plural = "namespaces"},
			      {namespace_added, namespace_updated, namespace_deleted, kind_synced}},
	};
	static const struct informer_handler crds = {crd_seen, crd_changed, NULL, crd_synced};
	struct gateway *g = calloc(1, sizeof(*g));

	if (!g)
		return err_nomem(e);
	g->x = x;
	g->wanted = map_new((void (*)(void *))json_decref);
	int code = g->wanted ? gateway_model_new(&g->model, e) : err_nomem(e);
	code = code < 0 ? code : gateway_services_new(&g->services, x) < 0 ? err_nomem(e) : 0;
	code = code < 0 ? code : loop_timer_new(&g->patience, x->loop, out_of_patience, g) < 0 ? err_nomem(e) : 0;
	for (size_t i = 0; code == 0 && i < G_INFORMERS; i++)
		code = watch(g, &g->informers[i], &all[i].c, &all[i].h, e);
	for (size_t i = 0; code == 0 && i < GATEWAY_CRDS; i++) {
		AUTO_FREE char *selector = str_fmt("metadata.name=%s", gateway_crd_names[i]);
		const struct informer_config c = {
		    .group = "apiextensions.k8s.io", .plural = "customresourcedefinitions", .field_selector = selector};
		code = selector ? watch(g, &g->crds[i], &c, &crds, e) : err_nomem(e);
	}
	if (code < 0) {
		gateway_free(g);
		return code;
	}
	*ret = g;
	return 0;
}

int gateway_start(struct gateway *g, struct err *e)
{
	int code = 0;

	loop_timer_set(g->patience, PATIENCE_MS);
	for (size_t i = 0; code == 0 && i < GATEWAY_CRDS; i++)
		code = informer_start(g->crds[i], e);
	return code;
}

struct gateway *gateway_free(struct gateway *g)
{
	if (!g)
		return NULL;
	for (size_t i = 0; i < GATEWAY_CRDS; i++)
		informer_free(g->crds[i]);
	for (size_t i = 0; i < G_INFORMERS; i++)
		informer_free(g->informers[i]);
	loop_timer_free(g->patience);
	gateway_model_free(g->model);
	gateway_services_free(g->services);
	if (g->wanted)
		map_free(g->wanted);
	free(g->listeners);
	free(g->bundle);
	free(g);
	return NULL;
}

/* --- the table, on the worker of "routes" --- */

bool gateway_listens(const struct gateway *g, uint16_t port)
{
	for (size_t i = 0; i < g->n_listeners; i++)
		if (g->listeners[i].port == port)
			return true;
	return false;
}

/* Leaves in v the ports that somebody else has. */
static size_t taken_ports(struct gateway *g, uint16_t *v, size_t n)
{
	char whose[PORT_WHOSE_MAX];
	struct runner_ports others;
	size_t k = 0;

	if (n)
		runner_ports_read(g->x->runner, false, &others);
	for (size_t i = 0; i < n; i++)
		if (v[i] != g->x->http_port && v[i] != g->x->https_port && ingress_port_taken(g->x, &others, v[i], false, whose))
			v[k++] = v[i];
	return k;
}

int gateway_add(struct gateway *g, struct ing_table *t, struct gateway_outcome *ret, struct err *e)
{
	struct ingress *x = g->x;
	struct map *nodes = NULL;
	AUTO_FREE const char **others = NULL;
	AUTO_FREE uint16_t *ports = NULL;
	struct map_iter it = MAP_ITER_INIT;
	size_t n = 0, k = 0;

	if (!is_ready(g))
		return 0;
	pthread_mutex_lock(&x->lock);
	int code = gateway_model_ports(g->model, x->model, &ports, &n);
	pthread_mutex_unlock(&x->lock);
	AUTO_FREE char **serving = x->cluster ? nodes_addresses(x) : NULL;
	nodes = code < 0 || (x->cluster && !serving) ? NULL : status_nodes(x);
	others = nodes ? calloc(map_len(nodes) + 1, sizeof(*others)) : NULL;
	if (!others) {
		map_free(nodes);
		return err_nomem(e);
	}
	while (map_next(nodes, &it))
		others[k++] = it.key;
	struct gateway_facts f = {.http_port = x->http_port,
				  .https_port = x->https_port,
				  .addresses = (const char *const *)(serving ? serving : x->addresses),
				  .others = others,
				  .lacks_services = !x->cluster,
				  .taken = ports,
				  .n_taken = taken_ports(g, ports, n)};
	if (f.n_taken)
		workqueue_add_after(x->rebuild, "routes", TAKEN_AGAIN_MS);
	pthread_mutex_lock(&x->lock);
	f.bundle = g->bundle;
	code = gateway_model_build(g->model, x->model, &f, t, ret, e);
	pthread_mutex_unlock(&x->lock);
	map_free(nodes);
	if (code < 0)
		return code;
	struct nginx_listener *copy = calloc(ret->n_listeners + 1, sizeof(*copy));
	if (!copy)
		return err_nomem(e);
	if (ret->n_listeners)
		memcpy(copy, ret->listeners, ret->n_listeners * sizeof(*copy));
	free(g->listeners);
	g->listeners = copy;
	g->n_listeners = ret->n_listeners;
	return 0;
}

static void job_add(struct ingress *x, const char *key)
{
	AUTO_FREE char *job = str_fmt("gateway %s", key);

	if (job)
		workqueue_add(x->queue, job);
}

void gateway_wanted_set(struct ingress *x, struct map **wanted, struct map *now, void (*add)(struct ingress *x, const char *key))
{
	struct map_iter it = MAP_ITER_INIT;

	/* The jobs find what they are for. */
	pthread_mutex_lock(&x->lock);
	struct map *old = *wanted;
	*wanted = now;
	while (map_next(now, &it)) {
		const json_t *had = map_get(old, it.key);
		if (!had || !json_equal(had, it.value))
			add(x, it.key);
	}
	pthread_mutex_unlock(&x->lock);
	map_free(old);
}

void gateway_want(struct gateway *g, struct gateway_outcome *o)
{
	if (is_ready(g))
		gateway_services_want(g->services, o);
}

void gateway_seen(struct gateway *g, bool slice, struct informer_object *o, const json_t *tree)
{
	if (!slice) {
		pthread_mutex_lock(&g->x->lock);
		int code = gateway_model_service(g->model, o->ns, o->name, tree);
		pthread_mutex_unlock(&g->x->lock);
		if (code < 0)
			log_error(COMPONENT, o->name, "cannot take over the Service: %s", err_name(code));
	}
	gateway_services_seen(g->services, slice, o, tree);
}

void gateway_tell(struct gateway *g, struct gateway_outcome *o)
{
	struct map *wanted = is_ready(g) ? map_new((void (*)(void *))json_decref) : NULL;
	bool bad = false;

	for (size_t i = 0; wanted && !bad && i < o->n_statuses; i++) {
		struct gateway_status *s = &o->statuses[i];
		AUTO_FREE char *key =
		    str_fmt("%s %s%s%s", kinds[s->kind], s->ns ? s->ns : "", s->ns ? "/" : "", s->name);
		bad = !key || map_put(wanted, key, s->status) < 0;
		if (!bad)
			s->status = NULL;
	}
	if (!wanted || bad) {
		if (is_ready(g))
			log_error(COMPONENT, NULL, "cannot tell Gateways' statuses: out of memory");
		map_free(wanted);
		return;
	}
	gateway_wanted_set(g->x, &g->wanted, wanted, job_add);
}

void gateway_tell_all(struct gateway *g, bool every)
{
	struct map_iter it = MAP_ITER_INIT;

	pthread_mutex_lock(&g->x->lock);
	while (map_next(g->wanted, &it))
		if (every || str_has_prefix(it.key, "Gateway "))
			job_add(g->x, it.key);
	pthread_mutex_unlock(&g->x->lock);
	gateway_services_all(g->services);
}

void gateway_say(struct gateway *g, const char *owner, const char *type, const char *reason, const char *text)
{
	bool route = str_has_prefix(owner, "httproute/");
	AUTO_OBJECT struct informer_object *o =
	    is_ready(g) ? informer_get_key(g->informers[route ? G_ROUTES : G_GATEWAYS], strchr(owner, '/') + 1) : NULL;
	AUTO_JSON json_t *tree = informer_object_json(o);

	if (tree)
		client_event(g->x->client, tree, GATEWAY_GROUP "/v1", route ? "HTTPRoute" : "Gateway", type, reason,
			     "minik-ingress", "", "%s", text);
}

/* --- writes, on a worker --- */

/* Made once; what an administrator changes stays as it is. */
static int make_class(struct gateway *g, struct err *e)
{
	static const struct client_ref ref = {.group = GATEWAY_GROUP, .plural = "gatewayclasses"};
	AUTO_OBJECT struct informer_object *had = informer_get(g->informers[G_CLASSES], NULL, "minik");

	if (had) {
		AUTO_JSON json_t *tree = informer_object_json(had);
		if (!streq(json_str(tree, "spec.controllerName"), GATEWAY_CONTROLLER))
			log_warning(COMPONENT, "minik",
				    "the GatewayClass belongs to controller %s; its Gateways are not served here",
				    json_str_or(tree, "spec.controllerName", ""));
		return 0;
	}
	AUTO_JSON json_t *o = json_pack("{s:s,s:s,s:{s:s},s:{s:s,s:s}}", "apiVersion", GATEWAY_GROUP "/v1", "kind",
					"GatewayClass", "metadata", "name", "minik", "spec", "controllerName",
					GATEWAY_CONTROLLER, "description", "minik's own nginx, on every node");
	int code = o ? client_create_wait(g->x->client, &ref, o, NULL, e) : err_nomem(e);
	return code == ERR_EXISTS ? 0 : code;
}

struct write {
	struct ingress *x;
	enum gateway_kind kind;
	json_t *status;
	struct map *nodes;
	char **serving; /* in a cluster: all the addresses there are */
};

static int mutate(void *arg, json_t *o, struct err *e)
{
	const struct write *w = arg;
	const struct gateway_others others = {w->nodes, w->serving ? w->serving : w->x->addresses};
	char now[TIME_STR_MAX];

	if (!nodes_first(w->x))
		return 1;
	time_format(clock_wall(w->x->deps.clock), now);
	return gateway_status_merge(o, w->kind, w->status, &others, now, e);
}

int gateway_reconcile(struct gateway *g, const char *key, struct err *e)
{
	static const char *const plurals[GATEWAY_KINDS] = {"gatewayclasses", "gateways", "httproutes"};
	struct write w = {.x = g->x};
	const char *at = strchr(key, ' ');

	if (streq(key, "class"))
		return make_class(g, e);
	if (str_has_prefix(key, "Service "))
		return gateway_services_reconcile(g->services, g, key + strlen("Service "), e);
	while (w.kind < GATEWAY_KINDS &&
	       !(at && strlen(kinds[w.kind]) == (size_t)(at - key) && str_has_prefix(key, kinds[w.kind])))
		w.kind++;
	if (w.kind == GATEWAY_KINDS || !(g->x->cluster ? nodes_first(g->x) : ingress_chosen(g->x)))
		return 0;
	AUTO_OBJECT struct informer_object *o = informer_get_key(g->informers[w.kind], at + 1);
	pthread_mutex_lock(&g->x->lock);
	const json_t *wanted = map_get(g->wanted, key);
	AUTO_JSON json_t *status = wanted ? json_incref((json_t *)(uintptr_t)wanted) : NULL;
	pthread_mutex_unlock(&g->x->lock);
	if (!o || !status)
		return 0;
	AUTO_JSON json_t *tree = informer_object_json(o);
	const struct client_ref ref = {.group = GATEWAY_GROUP,
				       .plural = plurals[w.kind],
				       .ns = *o->ns ? o->ns : NULL,
				       .name = o->name,
				       .subresource = "status"};
	w.status = status;
	AUTO_FREE char **serving = g->x->cluster ? nodes_addresses(g->x) : NULL;
	w.serving = serving;
	w.nodes = g->x->cluster ? map_new(NULL) : status_nodes(g->x);
	int code = tree && w.nodes && (serving || !g->x->cluster) ? mutate(&w, tree, e) : err_nomem(e); /* most often there is nothing to do */
	if (code == 0)
		code = client_modify_wait(g->x->client, &ref, mutate, &w, e);
	map_free(w.nodes);
	return code < 0 && code != ERR_NOT_FOUND ? code : 0;
}
