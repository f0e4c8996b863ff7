#include "controllers/servicelb_plan.h"
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "api/host_ports.h"
#include "api/object.h"
#include "api/own_ports.h"
#include "base/buf.h"
#include "base/cleanup.h"
#include "base/inet.h"
#include "base/str.h"

#define LABEL_EXCLUDE "node.kubernetes.io/exclude-from-external-load-balancers"
#define TAINT_GOING   "ToBeDeletedByClusterAutoscaler"
#define OWN_PORTS_MAX 64
#define ADDRESSES_MAX 16
#define WHY_MAX       900 /* an Event's message takes 1024 */

struct node {
	const json_t *obj;
	const char *name;
	bool usable, enabled;
	const char *pool; /* or NULL */
};
struct service {
	const json_t *obj, *nodes;
	const char *created;
	bool ours, holds; /* has addresses already */
};
struct pod {
	const json_t *obj;
	const char *created;
	bool runs;
};
struct lb_plan {
	struct node *nodes;
	size_t n_nodes;
	struct service *services;
	size_t n_services;
	struct pod *pods;
	size_t n_pods;
	bool any_enabled;
	json_t *taken; /* "NODE/PROTOCOL/PORT" -> whose, as a text; NODE "*": of every node */
	struct lb_result *results;
	char **whys;
	size_t n_results;
};

static const char *label_either(const json_t *node, const char *what)
{
	char key[80];
	const char *v;

	snprintf(key, sizeof(key), "svccontroller.k3s.cattle.io/%s", what);
	if ((v = obj_label(node, key)))
		return v;
	snprintf(key, sizeof(key), "minik.io/%s", what);
	return obj_label(node, key);
}

static bool class_is_ours(const json_t *svc)
{
	const char *class = json_str(svc, "spec.loadBalancerClass");

	return !class || streq(class, LB_CLASS);
}

static bool is_type(const json_t *svc)
{
	return streq(json_str(svc, "spec.type"), "LoadBalancer");
}

bool lb_is_ours(const json_t *svc)
{
	return is_type(svc) && class_is_ours(svc) && !obj_deleting(svc);
}

bool lb_is_over(const json_t *svc)
{
	return obj_has_finalizer(svc, LB_FINALIZER) && class_is_ours(svc) && (!is_type(svc) || obj_deleting(svc));
}

int lb_plan_new(struct lb_plan **ret, struct err *e)
{
	struct lb_plan *p = calloc(1, sizeof(*p));

	if (!p || !(p->taken = json_object())) {
		free(p);
		return err_nomem(e);
	}
	*ret = p;
	return 0;
}

struct lb_plan *lb_plan_free(struct lb_plan *p)
{
	if (!p)
		return NULL;
	for (size_t i = 0; i < p->n_results; i++) {
		json_decref(p->results[i].ingress);
		free(p->whys[i]);
	}
	free(p->results);
	free(p->whys);
	free(p->nodes);
	free(p->services);
	free(p->pods);
	json_decref(p->taken);
	free(p);
	return NULL;
}

/* --- what is taken --- */

static const char *const families[] = {"4", "6"};

/* Whoever has it keeps it. */
static int take_one(struct lb_plan *p, const char *node, const char *family, const char *protocol, int64_t port,
		    const char *whose)
{
	AUTO_FREE char *key = str_fmt("%s/%s/%s/%lld", node, family, protocol, (long long)port);

	if (!key)
		return -ENOMEM;
	if (port < 1 || port > 65535 || json_object_get(p->taken, key))
		return 0;
	return json_object_set_new(p->taken, key, json_string(whose)) ? -ENOMEM : 0;
}

static int take(struct lb_plan *p, const char *node, const char *protocol, int64_t port, const char *whose)
{
	int r = 0;

	for (size_t f = 0; f < ARRAY_LEN(families) && r == 0; f++)
		r = take_one(p, node, families[f], protocol, port, whose);
	return r;
}

/* Who has it; NULL: nobody, or no memory, which the taking will find. */
static const char *holder(const struct lb_plan *p, const char *node, const char *family, const char *protocol,
			  int64_t port)
{
	AUTO_FREE char *here = str_fmt("%s/%s/%s/%lld", node, family, protocol, (long long)port),
		       *all = str_fmt("*/%s/%s/%lld", family, protocol, (long long)port);
	const json_t *v = here ? json_object_get(p->taken, here) : NULL;

	if (!v && all)
		v = json_object_get(p->taken, all);
	return json_string_value(v);
}

static int take_own(struct lb_plan *p, const char *node, const char *text)
{
	struct own_port own;
	int r = 0;

	for (unsigned i = 0; r == 0 && i < OWN_PORTS_MAX && own_ports_next(&text, &own); i++) {
		AUTO_FREE char *whose =
		    str_fmt("the node itself%s%s%s", own.whose[0] ? " (" : "", own.whose, own.whose[0] ? ")" : "");
		r = whose ? take(p, node, own.protocol, own.port, whose) : -ENOMEM;
	}
	return r;
}

static void *grow(void *v, size_t n, size_t size)
{
	return n & (n - 1) ? v : reallocarray(v, n ? 2 * n : 1, size); /* doubles at powers of two */
}

int lb_plan_node(struct lb_plan *p, const json_t *node)
{
	struct node *v = grow(p->nodes, p->n_nodes, sizeof(*v));
	const char *enabled = label_either(node, "enablelb");
	json_t *taint;
	size_t i;

	if (!v)
		return -ENOMEM;
	p->nodes = v;
	struct node *x = &v[p->n_nodes++];
	*x = (struct node){.obj = node,
			   .name = obj_name(node),
			   .enabled = streq(enabled, "true"),
			   .pool = label_either(node, "lbpool")};
	x->usable = obj_condition_true(node, "Ready") && !obj_deleting(node) && !obj_label(node, LABEL_EXCLUDE);
	json_array_foreach (json_dot(node, "spec.taints"), i, taint)
		x->usable &= !streq(json_str(taint, "key"), TAINT_GOING);
	p->any_enabled |= enabled != NULL;
	int r = take(p, x->name, "TCP", json_int_or(node, "status.daemonEndpoints.kubeletEndpoint.Port", 0),
		     "the node itself (node agent)");
	return r < 0 ? r : take_own(p, x->name, obj_annotation(node, OWN_PORTS));
}

int lb_plan_pod(struct lb_plan *p, const json_t *pod)
{
	struct pod *v;

	if (!*json_str_or(pod, "spec.nodeName", "") || pod_terminal(pod))
		return 0;
	if (!(v = grow(p->pods, p->n_pods, sizeof(*v))))
		return -ENOMEM;
	p->pods = v;
	v[p->n_pods++] = (struct pod){.obj = pod,
				      .created = json_str_or(pod, "metadata.creationTimestamp", ""),
				      .runs = streq(json_str(pod, "status.phase"), "Running")};
	return 0;
}

/* Of two on one node that ask for one port, it is the one that runs that has it: the node will refuse the other. */
static int who_has_it_first(const void *a, const void *b)
{
	const struct pod *x = a, *y = b;
	int r = (int)y->runs - (int)x->runs;

	if (r == 0)
		r = strcmp(x->created, y->created);
	return r ? r : strcmp(obj_uid(x->obj), obj_uid(y->obj));
}

static int pod_take(struct lb_plan *p, const json_t *pod)
{
	AUTO_JSON json_t *ports = host_ports_of(json_object_get(pod, "spec"));
	AUTO_FREE char *whose = str_fmt("pod %s/%s", obj_namespace(pod), obj_name(pod));
	json_t *port;
	size_t i;
	int r = whose ? 0 : -ENOMEM;

	json_array_foreach (ports, i, port) {
		const char *ip = json_str_or(port, "hostIP", "");
		if (r == 0 && !str_has_prefix(ip, "127.") && !streq(ip, "::1"))
			r = take(p, json_str_or(pod, "spec.nodeName", ""), json_str_or(port, "protocol", "TCP"),
				 json_int_or(port, "hostPort", 0), whose);
	}
	return r;
}

int lb_plan_service(struct lb_plan *p, const json_t *svc, const json_t *nodes, bool given)
{
	struct service *v = grow(p->services, p->n_services, sizeof(*v));

	if (!v)
		return -ENOMEM;
	p->services = v;
	v[p->n_services++] = (struct service){
	    .obj = svc,
	    .nodes = nodes,
	    .created = json_str_or(svc, "metadata.creationTimestamp", ""),
	    .ours = lb_is_ours(svc),
	    .holds = given || json_array_size(json_dot(svc, "status.loadBalancer.ingress")) > 0,
	};
	return 0;
}

/* --- deciding --- */

/* Times are of a second: who has addresses already was first. */
static int older(const void *a, const void *b)
{
	const struct service *x = a, *y = b;
	int r = strcmp(x->created, y->created);

	if (r == 0)
		r = (int)y->holds - (int)x->holds;
	return r ? r : strcmp(obj_uid(x->obj), obj_uid(y->obj));
}

static int by_name(const void *a, const void *b)
{
	return strcmp(((const struct node *)a)->name, ((const struct node *)b)->name);
}

/* The text of a node's address in its one spelling; false: not of this family. */
static bool address_read(const json_t *a, unsigned family, char out[48])
{
	struct inet_addr addr;

	if (!inet_addr_parse(json_str(a, "address"), &addr) || addr.family != family)
		return false;
	inet_addr_text(&addr, out);
	return true;
}

/* Addresses of a node in a family: external ones, else internal ones; only `one` if that is wanted. */
static int addresses_add(json_t *out, const struct node *n, unsigned family, const char *one)
{
	static const char *const types[] = {"ExternalIP", "InternalIP"};
	size_t i, found = 0;
	json_t *a;

	for (size_t t = 0; t < ARRAY_LEN(types) && (one || found == 0); t++)
		json_array_foreach (json_dot(n->obj, "status.addresses"), i, a) {
			char text[48];
			if (!streq(json_str(a, "type"), types[t]) || !address_read(a, family, text) ||
			    (one && !streq(one, text)) || found == ADDRESSES_MAX)
				continue;
			found++;
			if (json_array_append_new(out, json_pack("{s:s,s:s}", "ip", text, "ipMode", "VIP")))
				return -ENOMEM;
		}
	return 0;
}

/* One more sentence; a long list is cut off. */
__attribute__((format(printf, 2, 3))) static int why_add(struct buf *why, const char *fmt, ...)
{
	char text[512];
	va_list ap;

	if (why->len > WHY_MAX)
		return 0;
	va_start(ap, fmt);
	(void)vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	buf_addf(why, "%s%s", why->len ? "; " : "", text);
	return buf_failed(why) ? -ENOMEM : 0;
}

/* 1: all ports of the Service are its own on the node, at the addresses; 0: not, and why is said. */
static int node_claim(struct lb_plan *p, const struct service *s, const struct node *n, const json_t *addresses,
		      const char *self, struct buf *why)
{
	bool has[2] = {false, false};
	json_t *port, *a;
	size_t i, f;
	int r = 1;

	json_array_foreach (addresses, i, a)
		has[strchr(json_str_or(a, "ip", ""), ':') != NULL] = true;
	json_array_foreach (json_dot(s->obj, "spec.ports"), i, port) {
		const char *protocol = json_str_or(port, "protocol", "TCP"), *who = NULL;
		int64_t number = json_int_or(port, "port", 0);
		for (f = 0; f < ARRAY_LEN(families) && (!who || streq(who, self)); f++)
			who = has[f] ? holder(p, n->name, families[f], protocol, number) : who;
		if (!who || streq(who, self))
			continue;
		if (why_add(why, "port %lld/%s of node %s is taken by %s", (long long)number, protocol, n->name, who) <
		    0)
			return -ENOMEM;
		r = 0;
	}
	json_array_foreach (json_dot(s->obj, "spec.ports"), i, port)
		for (f = 0; f < ARRAY_LEN(families); f++)
			if (r == 1 && has[f] &&
			    take_one(p, n->name, families[f], json_str_or(port, "protocol", "TCP"),
				     json_int_or(port, "port", 0), self) < 0)
				return -ENOMEM;
	return r;
}

static bool node_fits(const struct lb_plan *p, const struct service *s, const struct node *n)
{
	const char *pool = label_either(s->obj, "lbpool");

	if (!n->usable || (p->any_enabled && !n->enabled))
		return false;
	return !p->any_enabled || !pool || !*pool || streq(pool, n->pool);
}

/* What was found on the way to the addresses. */
struct found {
	size_t fit, local; /* nodes that may be used; those of them with an endpoint, where that is asked for */
	struct buf why;
};

static int nodes_take(struct lb_plan *p, const struct service *s, const char *self, const char *one, json_t *ingress,
		      struct found *found)
{
	AUTO_JSON json_t *first = json_array(), *second = json_array();
	json_t *const lists[] = {first, second};
	const json_t *wanted = json_dot(s->obj, "spec.ipFamilies");
	bool local = streq(json_str(s->obj, "spec.externalTrafficPolicy"), "Local");

	for (size_t i = 0; i < p->n_nodes; i++) {
		const struct node *n = &p->nodes[i];
		AUTO_JSON json_t *a = json_array(), *b = json_array(), *both = json_array();
		json_t *const mine[] = {a, b};
		if (!node_fits(p, s, n))
			continue;
		for (size_t f = 0; f < ARRAY_LEN(mine) && f < json_array_size(wanted); f++)
			if (addresses_add(mine[f], n,
					  streq(json_string_value(json_array_get(wanted, f)), "IPv6") ? 6 : 4,
					  one) < 0 ||
			    json_array_extend(both, mine[f]))
				return -ENOMEM;
		if (json_array_size(both) == 0)
			continue;
		found->fit++;
		if (local && !json_object_get(s->nodes, n->name))
			continue;
		found->local++;
		int r = node_claim(p, s, n, both, self, &found->why);
		if (r < 0)
			return r;
		for (size_t f = 0; r == 1 && f < ARRAY_LEN(mine); f++)
			if (json_array_extend(lists[f], mine[f]))
				return -ENOMEM;
	}
	/* A family's addresses together, the Service's first family first. */
	return json_array_extend(ingress, first) || json_array_extend(ingress, second) ? -ENOMEM : 0;
}

/* Node ports are everywhere, and so is the port that load balancers ask. */
static int node_ports_take(struct lb_plan *p, const struct service *s, const char *self)
{
	json_t *port;
	size_t i;
	int r = take(p, "*", "TCP", json_int_or(s->obj, "spec.healthCheckNodePort", 0), self);

	json_array_foreach (json_dot(s->obj, "spec.ports"), i, port)
		if (r == 0)
			r = take(p, "*", json_str_or(port, "protocol", "TCP"), json_int_or(port, "nodePort", 0), self);
	return r;
}

/* Why it has no node at all. */
static int why_none(const struct service *s, struct found *found)
{
	const char *ip = json_str_or(s->obj, "spec.loadBalancerIP", "");

	if (found->fit == 0 && *ip)
		return why_add(&found->why, "loadBalancerIP \"%s\" is the address of no node that may be used", ip);
	if (found->fit == 0)
		return why_add(&found->why, "no node may be used: none is Ready, allowed by its labels and has an "
					    "address of the Service's families");
	if (found->local == 0)
		return why_add(&found->why,
			       "externalTrafficPolicy is Local, and no node that may be used has a ready endpoint");
	return 0;
}

static int service_decide(struct lb_plan *p, const struct service *s)
{
	AUTO_FREE char *self = str_fmt("Service %s/%s", obj_namespace(s->obj), obj_name(s->obj));
	AUTO_JSON json_t *ingress = json_array();
	const char *ip = json_str_or(s->obj, "spec.loadBalancerIP", "");
	struct found found = {0};
	struct inet_addr addr;
	char one[48] = "";

	if (!self || !ingress)
		return -ENOMEM;
	int r = node_ports_take(p, s, self);
	if (r < 0 || !s->ours)
		return r;
	if (inet_addr_parse(ip, &addr))
		inet_addr_text(&addr, one);
	else
		(void)str_copy(one, sizeof(one), *ip ? "?" : "");
	r = nodes_take(p, s, self, *one ? one : NULL, ingress, &found);
	if (r == 0)
		r = why_none(s, &found);
	char *text =
	    r == 0 ? str_ndup(found.why.data ? found.why.data : "", found.why.len < WHY_MAX ? found.why.len : WHY_MAX)
		   : NULL;
	buf_done(&found.why);
	if (!text)
		return -ENOMEM;
	p->whys[p->n_results] = text;
	p->results[p->n_results++] = (struct lb_result){s->obj, TAKE_PTR(ingress), text};
	return 0;
}

int lb_plan_make(struct lb_plan *p, const struct lb_result **ret, size_t *ret_n)
{
	p->results = calloc(p->n_services + 1, sizeof(*p->results));
	p->whys = calloc(p->n_services + 1, sizeof(*p->whys));
	if (!p->results || !p->whys)
		return -ENOMEM;
	if (p->n_nodes)
		qsort(p->nodes, p->n_nodes, sizeof(*p->nodes), by_name);
	if (p->n_pods)
		qsort(p->pods, p->n_pods, sizeof(*p->pods), who_has_it_first);
	for (size_t i = 0; i < p->n_pods; i++) {
		int r = pod_take(p, p->pods[i].obj);
		if (r < 0)
			return r;
	}
	if (p->n_services)
		qsort(p->services, p->n_services, sizeof(*p->services), older);
	for (size_t i = 0; i < p->n_services; i++) {
		int r = service_decide(p, &p->services[i]);
		if (r < 0)
			return r;
	}
	*ret = p->results;
	*ret_n = p->n_results;
	return 0;
}
