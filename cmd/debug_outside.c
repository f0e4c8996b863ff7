/* Ways from outside of the cluster: node ports, external and load balancer addresses, policies of Local,
 * healthCheckNodePort. */
#include <netinet/in.h>
#include <stdio.h>
#include "api/object.h"
#include "base/cleanup.h"
#include "base/str.h"
#include "cmd/debug.h"
#include "cmd/local_http.h"
#include "cmd/probe.h"
#include "controllers/servicelb_plan.h"

#define TRIED 32
#define CAUSES                                                                                                         \
	(DEBUG_BIT(DEBUG_PROXY) | DEBUG_BIT(DEBUG_ENTRIES) | DEBUG_BIT(DEBUG_MASQUERADE) | DEBUG_BIT(DEBUG_SYSCTL) |   \
	 DEBUG_BIT(DEBUG_LISTEN) | DEBUG_BIT(DEBUG_LOCAL))

static const char *node_address(const struct debug *d, bool v6)
{
	json_t *a;
	size_t i;
	json_array_foreach (json_dot(d->node_object, "status.addresses"), i, a) {
		const char *text = json_str_or(a, "address", "");
		if (streq(json_str(a, "type"), "InternalIP") && !strchr(text, ':') != v6)
			return text;
	}
	return NULL;
}

static void fronts(struct debug *d, enum debug_step step, enum px_front_kind kind, const char *what)
{
	struct probe v[TRIED];
	char text[512] = "";
	size_t n = 0, at = 0;
	struct err e = {0};
	for (size_t i = 0; i < d->wanted->n_ports; i++)
		for (size_t k = 0; k < d->wanted->ports[i].n_fronts && n < TRIED; k++) {
			const struct px_port *p = &d->wanted->ports[i];
			const struct px_front *f = &p->fronts[k];
			const char *addr = f->kind == PX_NODEPORT ? node_address(d, p->family == 6) : NULL;
			/* Without endpoints it refuses, and who is not in the ranges is dropped, as this node may be.
			 */
			if (f->kind != kind || !p->n_eps || (f->kind == PX_NODEPORT && !addr) ||
			    (kind == PX_LB && p->has_ranges))
				continue;
			v[n] = (struct probe){.port = f->port, .protocol = p->protocol};
			if (addr)
				(void)str_copy(v[n].addr, sizeof(v[n].addr), addr);
			else
				inet_addr_text(&f->addr, v[n].addr);
			n++;
		}
	if (!n)
		return;
	if (probe_all(v, n, -1, &e) < 0) {
		debug_skip(d, step, "%s", e.msg);
		return;
	}
	for (size_t i = 0; i < n; i++) {
		bool good = v[i].result == PROBE_ANSWERS || v[i].result == PROBE_QUIET || v[i].result == PROBE_ERROR;
		bool failed = !good || (v[i].result == PROBE_ERROR && v[i].protocol != IPPROTO_SCTP);
		if (failed && d->node_denied[0]) {
			debug_skip(d, step, "%s %s port %u %s from this node, which %s may be meant to do", what,
				   v[i].addr, v[i].port, probe_text(&v[i]), d->node_denied);
			continue;
		}
		if (failed) {
			debug_consequence(
			    d, step, CAUSES,
			    "look for another packet filter (nft list ruleset), and who else has that port (ss -lntp)",
			    "%s %s port %u %s", what, v[i].addr, v[i].port, probe_text(&v[i]));
			continue;
		}
		int m = snprintf(text + at, sizeof(text) - at, "%s%s port %u %s", at ? ", " : "", v[i].addr, v[i].port,
				 probe_text(&v[i]));
		at = m < 0 || at + (size_t)m >= sizeof(text) ? sizeof(text) - 1 : at + (size_t)m;
	}
	if (text[0])
		debug_ok(d, step, "%s %s", what, text);
}

/* Nodes that have a ready endpoint. */
static void nodes_with(const struct debug *d, char out[200])
{
	size_t at = 0;
	out[0] = 0;
	for (size_t i = 0; i < d->n_eps; i++) {
		bool again = !d->eps[i].node[0];
		for (size_t k = 0; k < i && !again; k++)
			again = streq(d->eps[k].node, d->eps[i].node);
		if (again)
			continue;
		int m = snprintf(out + at, 200 - at, "%s%s", at ? ", " : "", d->eps[i].node);
		at = m < 0 || at + (size_t)m > 199 ? 199 : at + (size_t)m;
	}
}

static void local(struct debug *d)
{
	bool internal = false, external = false, has_internal = true, has_external = true, any = false;
	for (size_t i = 0; i < d->wanted->n_ports; i++) {
		const struct px_port *p = &d->wanted->ports[i];
		bool outside = false;
		for (size_t k = 0; k < p->n_fronts; k++)
			outside |= p->fronts[k].kind != PX_CLUSTER;
		any |= p->n_eps > 0;
		internal |= p->internal_local;
		external |= p->external_local && outside;
		has_internal &= p->n_local_eps > 0;
		has_external &= p->n_local_eps > 0;
	}
	char nodes[200];
	nodes_with(d, nodes);
	if (!any) /* nobody has one: step endpoints */
		return;
	if (internal && !has_internal)
		debug_fault(d, DEBUG_LOCAL, "run a pod of it here (DaemonSet), or internalTrafficPolicy: Cluster",
			    "internalTrafficPolicy is Local and this node has no ready endpoint: what its pods send is "
			    "dropped (nodes that have one: %s)",
			    nodes);
	if (external && !has_external)
		debug_fault(d, DEBUG_LOCAL,
			    "send clients to a node that has one, run a pod of it here (DaemonSet), or "
			    "externalTrafficPolicy: Cluster",
			    "externalTrafficPolicy is Local and this node has no ready endpoint: who comes here from "
			    "outside is dropped (nodes that have one: %s)",
			    nodes);
	if ((internal || external) && !d->faults[DEBUG_LOCAL])
		debug_ok(d, DEBUG_LOCAL, "%s%s%s Local, and this node has a ready endpoint",
			 internal ? "internalTrafficPolicy" : "", internal && external ? " and " : "",
			 external ? "externalTrafficPolicy" : "");
}

static void health(struct debug *d)
{
	char address[32];
	AUTO_FREE char *text = NULL;
	struct err e = {0};
	int status = 0, expected = d->wanted->health_local ? 200 : 503;
	if (!d->wanted->health_port)
		return;
	(void)snprintf(address, sizeof(address), "127.0.0.1:%u", d->wanted->health_port);
	if (local_http_get(address, "/healthz", &status, &text, &e) < 0)
		debug_consequence(
		    d, DEBUG_HEALTH, DEBUG_BIT(DEBUG_PROXY),
		    "the Service proxy answers there: its log says why it cannot (ss -lntp: who has the port?)",
		    "healthCheckNodePort %u does not answer: %.150s", d->wanted->health_port, e.msg);
	else if (status != expected)
		debug_consequence(d, DEBUG_HEALTH, DEBUG_BIT(DEBUG_PROXY), "is the Service proxy in step (its log)?",
				  "healthCheckNodePort %u answers %d instead of %d", d->wanted->health_port, status,
				  expected);
	else
		debug_ok(d, DEBUG_HEALTH, "healthCheckNodePort %u answers %d: %u ready endpoints here",
			 d->wanted->health_port, status, d->wanted->health_local);
}

static void no_balancer(struct debug *d, const char *class)
{
	AUTO_FREE char *event = debug_last_event(d, d->service, NULL), *mend = NULL;
	if (event) {
		debug_fault(d, DEBUG_LB, "what that Event names: another port, address or node",
			    "no address yet: status.loadBalancer is empty%s%s; its last Event: %.400s",
			    class ? "; loadBalancerClass is " : "", class ? class : "", event);
		return;
	}
	mend = str_fmt("%s; its Events, if any, say more: kubectl describe service -n %s %s",
		       class && !streq(class, LB_CLASS) ? "whoever is of that class gives it one: does it run?"
							: "minik's own load balancer gives it one (not with --disable "
							  "servicelb), or a cloud-controller-manager",
		       d->ns, d->name);
	debug_fault(d, DEBUG_LB, mend, "no address yet: status.loadBalancer is empty%s%s",
		    class ? "; loadBalancerClass is " : "", class ? class : "");
}

static bool has_this_node(const struct debug *d, const json_t *ingress)
{
	json_t *x, *a;
	size_t i, k;
	json_array_foreach (ingress, i, x)
		json_array_foreach (json_dot(d->node_object, "status.addresses"), k, a)
			if (streq(json_str(x, "ip"), json_str(a, "address")))
				return true;
	return false;
}

/* Addresses of nodes, but not this one's. */
static void not_here(struct debug *d)
{
	AUTO_FREE char *event = debug_last_event(d, d->service, "SyncLoadBalancerFailed");
	AUTO_FREE char *this = str_fmt(" of node %s ", d->node);
	if (event && this && strstr(event, this))
		debug_fault(d, DEBUG_LB, "another port for the Service, or let go of the one that is taken",
			    "this node's address is not among them; its last Event: %.400s", event);
	else
		debug_skip(d, DEBUG_LB,
			   "this node's address is not among them: kubectl describe service -n %s %s (ports that are "
			   "taken, loadBalancerIP), and labels and readiness of the node",
			   d->ns, d->name);
}

static void load_balancer(struct debug *d)
{
	const json_t *ingress = json_dot(d->service, "status.loadBalancer.ingress"),
		     *ranges = json_dot(d->service, "spec.loadBalancerSourceRanges");
	const char *class = json_str(d->service, "spec.loadBalancerClass");
	if (!streq(json_str(d->service, "spec.type"), "LoadBalancer"))
		return;
	if (!json_array_size(ingress)) {
		no_balancer(d, class);
		return;
	}
	const json_t *first = json_array_get(ingress, 0);
	debug_ok(d, DEBUG_LB, "address %s%s%s%s", json_str_or(first, "ip", json_str_or(first, "hostname", "?")),
		 json_array_size(ingress) > 1 ? " and more" : "", json_array_size(ranges) ? ", for clients of " : "",
		 json_array_size(ranges) ? json_string_value(json_array_get(ranges, 0)) : "");
	if (d->node_object && (class ? streq(class, LB_CLASS) : !opt_list_has(d->opt, OPT_DISABLE, "servicelb")) &&
	    !has_this_node(d, ingress))
		not_here(d);
	fronts(d, DEBUG_LB, PX_LB, "load balancer address");
}

void debug_outside(struct debug *d)
{
	if (!d->node[0] || !d->wanted)
		return;
	local(d);
	fronts(d, DEBUG_NODEPORT, PX_NODEPORT, "node port:");
	fronts(d, DEBUG_NODEPORT, PX_EXTERNAL, "external address");
	health(d);
	load_balancer(d);
}
