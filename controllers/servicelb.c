/*
 * The service load balancer: Services of type LoadBalancer, of class minik.io/servicelb or none, get the addresses of
 * nodes, where the Service proxies take what comes in. All of them are looked at in one pass whenever something they
 * rest on changes (servicelb_plan.h), and what the API does not say yet is written: there is no state but the API's,
 * and what was written to it that the informer does not show yet.
 * Source: Kubernetes' service controller for finalizer and events; k3s' ServiceLB.
 */
#include <errno.h>
#include <stdatomic.h>
#include <string.h>
#include "api/endpoint_slice.h"
#include "base/map.h"
#include "controllers/servicelb_plan.h"
#include "controllers/shared.h"

#define PASS        "pass"  /* the one key */
#define INDEX_PORTS "ports" /* Services that may take ports of nodes; pods with hostPorts */
#define COMPONENT   "service-controller"

struct servicelb {
	struct informer *services, *nodes, *pods, *slices;
	/* uid -> what was last said of a Service's fault. The pass's alone. */
	struct map *said;
	/* uid -> "": of Services that were given addresses, also before the informer shows them. The pass's alone. */
	struct map *given;
	/* A Service asks for nodes with endpoints: slices matter. Set before they are read, taken away by a pass that
	 * found none. */
	_Atomic bool local;
};

static void servicelb_free(void *p)
{
	struct servicelb *x = p;

	(void)map_free(x->said);
	(void)map_free(x->given);
	free(x);
}

/* --- what a pass looks at, found without reading it all --- */

static bool mentions(const struct informer_object *o, const char *word)
{
	return memmem(o->json->data, o->json->len, word, strlen(word)) != NULL;
}

static bool service_matters(const struct informer_object *o)
{
	return mentions(o, "\"LoadBalancer\"") || mentions(o, "\"nodePort\"") || mentions(o, LB_FINALIZER);
}

static void service_index(const struct informer_object *o, informer_emit_fn emit, void *ctx)
{
	if (service_matters(o))
		emit(ctx, INDEX_PORTS);
}

static void pod_index(const struct informer_object *o, informer_emit_fn emit, void *ctx)
{
	if (mentions(o, "\"hostPort\""))
		emit(ctx, INDEX_PORTS);
}

/* --- a pass --- */

/* Trees and references that a plan borrows. */
struct view {
	struct lb_plan *plan;
	json_t *services, *others; /* arrays */
};

static int keep(json_t *list, json_t *tree)
{
	return tree && json_array_append_new(list, tree) == 0 ? 0 : -ENOMEM;
}

static int put_objects(struct view *v, struct informer_object **list, size_t n,
		       int (*put)(struct lb_plan *, const json_t *))
{
	int r = 0;

	for (size_t i = 0; i < n && r == 0; i++) {
		json_t *tree = informer_object_json(list[i]);
		r = keep(v->others, tree);
		if (r == 0)
			r = put(v->plan, tree);
	}
	informer_list_free(list, n);
	return r;
}

/* The nodes where the Service has a ready endpoint: a new object. */
static json_t *endpoint_nodes(struct servicelb *x, const struct informer_object *svc)
{
	AUTO_FREE char *quoted = str_fmt("\"%s\"", svc->name);
	AUTO_JSON json_t *out = json_object();
	struct informer_object **list = NULL;
	size_t n = 0, i;
	json_t *ep;

	if (!out || !quoted || informer_list(x->slices, svc->ns, &list, &n) < 0)
		return NULL;
	for (size_t k = 0; k < n; k++) {
		AUTO_JSON json_t *slice = mentions(list[k], quoted) ? informer_object_json(list[k]) : NULL;
		if (!streq(endpoint_slice_service(slice), svc->name))
			continue;
		json_array_foreach (json_object_get(slice, "endpoints"), i, ep) {
			const char *node = json_str(ep, "nodeName");
			if (node && endpoint_state_of(ep).ready)
				json_object_set_new(out, node, json_true());
		}
	}
	informer_list_free(list, n);
	return TAKE_PTR(out);
}

static int put_service(struct servicelb *x, struct view *v, const struct informer_object *o, bool *ret_local)
{
	json_t *svc = informer_object_json(o), *nodes = NULL;

	if (keep(v->services, svc) < 0)
		return -ENOMEM;
	if (lb_is_ours(svc) && streq(json_str(svc, "spec.externalTrafficPolicy"), "Local")) {
		x->local = *ret_local = true;
		nodes = endpoint_nodes(x, o);
		if (keep(v->others, nodes) < 0)
			return -ENOMEM;
	}
	return lb_plan_service(v->plan, svc, nodes, map_get(x->given, obj_uid(svc)) != NULL);
}

/* Sets the finalizer before addresses are given, so that they are taken back whatever becomes of the Service. */
static int finalizer_on(void *arg UNUSED, json_t *svc, struct err *e)
{
	if (!lb_is_ours(svc) || obj_has_finalizer(svc, LB_FINALIZER))
		return 1;
	return obj_add_finalizer(svc, LB_FINALIZER) < 0 ? err_nomem(e) : 0;
}

static int finalizer_off(void *arg UNUSED, json_t *svc, struct err *e)
{
	if (!lb_is_over(svc))
		return 1;
	return obj_remove_finalizer(svc, LB_FINALIZER) < 0 ? err_nomem(e) : 0;
}

static int ingress_clear(void *arg UNUSED, json_t *svc, struct err *e)
{
	if (!lb_is_over(svc) || json_array_size(json_dot(svc, "status.loadBalancer.ingress")) == 0)
		return 1;
	return json_dot_set(svc, "status.loadBalancer", json_object()) < 0 ? err_nomem(e) : 0;
}

struct ingress_change {
	json_t *ingress;
	bool had, done;
};

static int ingress_set(void *arg, json_t *svc, struct err *e)
{
	struct ingress_change *c = arg;
	const json_t *have = json_dot(svc, "status.loadBalancer.ingress");

	c->had = json_array_size(have) > 0;
	c->done = false;
	if (!lb_is_ours(svc) || (c->had ? json_equal(have, c->ingress) : json_array_size(c->ingress) == 0))
		return 1;
	c->done = true;
	if (json_array_size(c->ingress) == 0)
		return json_dot_set(svc, "status.loadBalancer", json_object()) < 0 ? err_nomem(e) : 0;
	return json_dot_set(svc, "status.loadBalancer.ingress", json_incref(c->ingress)) < 0 ? err_nomem(e) : 0;
}

static int gone_is_fine(int r)
{
	return r == ERR_NOT_FOUND ? 0 : r;
}

static int take_back(struct controller *c, const json_t *svc, struct err *e)
{
	struct client_ref ref = {
	    .plural = "services", .ns = obj_namespace(svc), .name = obj_name(svc), .subresource = "status"};

	int r = gone_is_fine(client_modify_wait(c->s->client, &ref, ingress_clear, NULL, e));
	ref.subresource = NULL;
	return r < 0 ? r : gone_is_fine(client_modify_wait(c->s->client, &ref, finalizer_off, NULL, e));
}

/* Once for as long as it stays the same. */
static void complain(struct controller *c, const json_t *svc, const char *why)
{
	struct servicelb *x = c->priv;
	const char *uid = obj_uid(svc), *before = map_get(x->said, uid);

	if (streq(before ? before : "", why))
		return;
	if (*why)
		client_event(c->s->client, svc, "v1", "Service", "Warning", "SyncLoadBalancerFailed", COMPONENT, "",
			     "%s", why);
	char *copy = *why ? str_dup(why) : NULL;
	if (!copy)
		(void)map_del(x->said, uid);
	else if (map_put(x->said, uid, copy) < 0)
		free(copy);
}

/* Of two Services of one second the one that was given its addresses first keeps them: the plan is told who that is. */
static int remember(struct servicelb *x, const struct lb_result *r)
{
	const char *uid = obj_uid(r->svc);

	if (json_array_size(r->ingress) == 0) {
		(void)map_del(x->given, uid);
		return 0;
	}
	char *mark = map_get(x->given, uid) ? NULL : str_dup("");
	if (!mark)
		return map_get(x->given, uid) ? 0 : -ENOMEM;
	if (map_put(x->given, uid, mark) < 0) {
		free(mark);
		return -ENOMEM;
	}
	return 0;
}

static int give(struct controller *c, const struct lb_result *r, struct err *e)
{
	struct client_ref ref = {.plural = "services", .ns = obj_namespace(r->svc), .name = obj_name(r->svc)};
	struct ingress_change change = {.ingress = r->ingress};
	int code = 0;

	if (!obj_has_finalizer(r->svc, LB_FINALIZER))
		code = gone_is_fine(client_modify_wait(c->s->client, &ref, finalizer_on, NULL, e));
	const json_t *have = json_dot(r->svc, "status.loadBalancer.ingress");
	bool same = json_array_size(have) ? json_equal(have, r->ingress) : json_array_size(r->ingress) == 0;
	ref.subresource = "status";
	if (code == 0 && !same)
		code = gone_is_fine(client_modify_wait(c->s->client, &ref, ingress_set, &change, e));
	if (code == 0 && change.done && json_array_size(r->ingress))
		client_event(c->s->client, r->svc, "v1", "Service", "Normal",
			     change.had ? "UpdatedLoadBalancer" : "EnsuredLoadBalancer", COMPONENT, "",
			     change.had ? "Updated load balancer with new hosts" : "Ensured load balancer");
	if (code == 0 && remember(c->priv, r) < 0)
		code = err_nomem(e);
	if (code == 0)
		complain(c, r->svc, r->why);
	return code;
}

static bool uid_wanted(const struct lb_result *v, size_t n, const char *uid)
{
	for (size_t i = 0; i < n; i++)
		if (streq(obj_uid(v[i].svc), uid))
			return true;
	return false;
}

/* What is known of Services that went. */
static void forget(struct map *m, const struct lb_result *v, size_t n)
{
	struct map_iter it = MAP_ITER_INIT;
	AUTO_JSON json_t *gone = json_array();
	json_t *uid;
	size_t i;

	while (map_next(m, &it))
		if (!uid_wanted(v, n, it.key))
			json_array_append_new(gone, json_string(it.key));
	json_array_foreach (gone, i, uid)
		(void)map_del(m, json_string_value(uid));
}

static int pass(struct controller *c, struct view *v, struct err *e)
{
	struct servicelb *x = c->priv;
	struct informer_object **list = NULL;
	const struct lb_result *results = NULL;
	size_t n = 0, n_results = 0;
	int r = informer_by_index(x->services, INDEX_PORTS, INDEX_PORTS, &list, &n), first = 0;
	bool any = false, local = false;

	for (size_t i = 0; i < n && r == 0; i++) {
		any |= mentions(list[i], "\"LoadBalancer\"") || mentions(list[i], LB_FINALIZER);
		r = put_service(x, v, list[i], &local);
	}
	informer_list_free(list, n);
	if (r == 0 && !local)
		x->local = false;
	if (r < 0 || !any)
		return r;
	if ((r = informer_list(x->nodes, NULL, &list, &n)) == 0)
		r = put_objects(v, list, n, lb_plan_node);
	if (r == 0 && (r = informer_by_index(x->pods, INDEX_PORTS, INDEX_PORTS, &list, &n)) == 0)
		r = put_objects(v, list, n, lb_plan_pod);
	if (r == 0)
		r = lb_plan_make(v->plan, &results, &n_results);
	if (r < 0)
		return r;
	/* One that fails does not keep the others; the first failure is told. First what is given back, since others
	 * may wait for it. */
	json_t *svc;
	size_t i;
	json_array_foreach (v->services, i, svc)
		if (lb_is_over(svc) && (r = take_back(c, svc, first < 0 ? NULL : e)) < 0 && first == 0)
			first = r;
	for (i = 0; i < n_results; i++)
		if (json_array_size(results[i].ingress) == 0 && (r = give(c, &results[i], first < 0 ? NULL : e)) < 0 &&
		    first == 0)
			first = r;
	for (i = 0; i < n_results; i++)
		if (json_array_size(results[i].ingress) > 0 && (r = give(c, &results[i], first < 0 ? NULL : e)) < 0 &&
		    first == 0)
			first = r;
	forget(x->said, results, n_results);
	forget(x->given, results, n_results);
	return first;
}

static int reconcile(void *arg, const char *key UNUSED, struct err *e)
{
	struct view v = {.services = json_array(), .others = json_array()};

	int r = v.services && v.others ? lb_plan_new(&v.plan, e) : err_nomem(e);
	if (r == 0)
		r = pass(arg, &v, e);
	if (r == -ENOMEM)
		err_nomem(e);
	lb_plan_free(v.plan);
	json_decref(v.services);
	json_decref(v.others);
	return r;
}

/* --- when --- */

static void service_seen(void *arg, struct informer_object *o)
{
	if (service_matters(o))
		workqueue_add(((struct controller *)arg)->q, PASS);
}
static void service_updated(void *arg, struct informer_object *old, struct informer_object *o)
{
	service_seen(arg, service_matters(old) ? old : o);
}

static void node_seen(void *arg, struct informer_object *o UNUSED)
{
	workqueue_add(((struct controller *)arg)->q, PASS);
}
static void node_updated(void *arg, struct informer_object *old, struct informer_object *o)
{
	AUTO_JSON json_t *a = informer_object_json(old), *b = informer_object_json(o);
	static const char *const parts[] = {"metadata.labels", "metadata.annotations", "spec.taints",
					    "status.addresses", "status.daemonEndpoints"};
	bool same =
	    obj_condition_true(a, "Ready") == obj_condition_true(b, "Ready") && obj_deleting(a) == obj_deleting(b);

	for (size_t i = 0; i < ARRAY_LEN(parts) && same; i++)
		same = json_equal(json_dot(a, parts[i]), json_dot(b, parts[i])) ||
		       json_dot(a, parts[i]) == json_dot(b, parts[i]);
	if (!same)
		node_seen(arg, o);
}

static void pod_seen(void *arg, struct informer_object *o)
{
	if (mentions(o, "\"hostPort\""))
		workqueue_add(((struct controller *)arg)->q, PASS);
}
static void pod_updated(void *arg, struct informer_object *old UNUSED, struct informer_object *o)
{
	pod_seen(arg, o);
}

/* Of Services under policy Local. */
static void slice_seen(void *arg, struct informer_object *o)
{
	struct controller *c = arg;
	struct servicelb *x = c->priv;
	AUTO_JSON json_t *slice = x->local ? informer_object_json(o) : NULL;
	const char *name = endpoint_slice_service(slice);
	AUTO_OBJECT struct informer_object *svc = name ? informer_get(x->services, o->ns, name) : NULL;

	if (svc && mentions(svc, "\"LoadBalancer\"") && mentions(svc, "\"Local\""))
		workqueue_add(c->q, PASS);
}
static void slice_updated(void *arg, struct informer_object *old UNUSED, struct informer_object *o)
{
	slice_seen(arg, o);
}

int servicelb_init(struct shared *s, struct err *e)
{
	static const struct informer_handler services = {service_seen, service_updated, service_seen, NULL},
					     nodes = {node_seen, node_updated, node_seen, NULL},
					     pods = {pod_seen, pod_updated, pod_seen, NULL},
					     slices = {slice_seen, slice_updated, slice_seen, NULL};
	struct servicelb *x = calloc(1, sizeof(*x));
	struct controller *c;
	int r;

	if (!x || !(x->said = map_new(free)) || !(x->given = map_new(free))) {
		if (x)
			servicelb_free(x);
		return err_nomem(e);
	}
	if ((r = controller_new(&c, s, "servicelb", 1, reconcile, x, servicelb_free, e)) < 0) {
		servicelb_free(x);
		return r;
	}
	x->services = shared_informer(s, "", "v1", "services", NULL, e);
	x->nodes = shared_informer(s, "", "v1", "nodes", NULL, e);
	x->pods = shared_informer(s, "", "v1", "pods", NULL, e);
	x->slices = shared_informer(s, "discovery.k8s.io", "v1", "endpointslices", NULL, e);
	if (!x->services || !x->nodes || !x->pods || !x->slices)
		return ERR_INTERNAL;
	if (informer_add_index(x->services, INDEX_PORTS, service_index) < 0 ||
	    informer_add_index(x->pods, INDEX_PORTS, pod_index) < 0 ||
	    informer_add_handler(x->services, &services, c) < 0 || informer_add_handler(x->nodes, &nodes, c) < 0 ||
	    informer_add_handler(x->pods, &pods, c) < 0 || informer_add_handler(x->slices, &slices, c) < 0)
		return err_nomem(e);
	return 0;
}
