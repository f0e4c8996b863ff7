/* Do the endpoints answer themselves, does a NetworkPolicy stand between, and can the Service's address be reached from
 * the node and from a pod of it. */
#include <errno.h>
#include <netinet/in.h>
#include <stdio.h>
#include <unistd.h>
#include "api/object.h"
#include "base/cleanup.h"
#include "base/str.h"
#include "cmd/debug.h"
#include "cmd/probe.h"

#define ENDPOINTS_TRIED 32
#define PORTS_TRIED     16
#define CAUSES                                                                                                         \
	(DEBUG_BIT(DEBUG_PROXY) | DEBUG_BIT(DEBUG_ENTRIES) | DEBUG_BIT(DEBUG_MASQUERADE) | DEBUG_BIT(DEBUG_SYSCTL) |   \
	 DEBUG_BIT(DEBUG_LISTEN) | DEBUG_BIT(DEBUG_HAIRPIN) | DEBUG_BIT(DEBUG_POLICY))

static void where_text(const char *addr, uint16_t port, uint8_t protocol, char out[80])
{
	(void)snprintf(out, 80, strchr(addr, ':') ? "[%s]:%u%s" : "%s:%u%s", addr, port,
		       protocol == IPPROTO_UDP    ? "/UDP"
		       : protocol == IPPROTO_SCTP ? "/SCTP"
						  : "");
}

static bool fine(const struct probe *p)
{
	return p->result == PROBE_ANSWERS || p->result == PROBE_QUIET ||
	       (p->result == PROBE_ERROR && (p->os_errno == EPROTONOSUPPORT || p->os_errno == ESOCKTNOSUPPORT));
}

/* ---- the endpoints themselves ---- */

static bool seen_before(const struct debug *d, size_t i)
{
	for (size_t k = 0; k < i; k++)
		if (streq(d->eps[k].addr, d->eps[i].addr) && d->eps[k].port == d->eps[i].port &&
		    d->eps[k].protocol == d->eps[i].protocol)
			return true;
	return false;
}

/* Policies that do not let this node, which is not the pod's, to an endpoint. */
static void ingress_policies(const struct debug *d, const struct debug_endpoint *ep, char out[200])
{
	const struct debug_flow f = {
	    .from = d->node_object, .to = ep->object, .protocol = ep->protocol, .port = ep->port, .to_addr = ep->addr};
	if (!ep->object || !d->node_object || debug_policy_allows(d, &f, out, 200))
		out[0] = 0;
}

static void listen_fault(struct debug *d, const struct debug_endpoint *ep, const struct probe *p, bool inside)
{
	char where[80], policies[200];
	where_text(ep->addr, ep->port, ep->protocol, where);
	if (inside || (debug_is_local(d, ep->object) && p->result == PROBE_REFUSED)) {
		debug_fault(d, DEBUG_LISTEN,
			    "the program must listen on that port on all addresses of its pod (not on 127.0.0.1); or "
			    "targetPort is wrong",
			    "nobody listens on port %u in pod %s: %s %s", ep->port, ep->pod, where, probe_text(p));
		return;
	}
	ingress_policies(d, ep, policies);
	if (policies[0])
		(void)str_copy(d->node_denied, sizeof(d->node_denied), policies);
	if (policies[0])
		debug_skip(d, DEBUG_LISTEN, "%s (pod %s) %s from this node, which %s may be meant to do", where,
			   ep->pod, probe_text(p), policies);
	else if (p->result == PROBE_REFUSED)
		debug_fault(d, DEBUG_LISTEN,
			    "the program there must listen on that port on all addresses; or targetPort is wrong",
			    "%s (%s%s%s%s) %s", where, ep->pod[0] ? "pod " : "no pod", ep->pod,
			    ep->node[0] ? " on node " : "", ep->node, probe_text(p));
	else
		debug_fault(d, DEBUG_LISTEN,
			    "minik status tells whether that node answers through the pod network; a firewall between "
			    "the nodes?",
			    "%s (%s%s%s%s) %s", where, ep->pod[0] ? "pod " : "no pod", ep->pod,
			    ep->node[0] ? " on node " : "", ep->node, probe_text(p));
}

void debug_listen(struct debug *d)
{
	struct probe v[ENDPOINTS_TRIED], far[ENDPOINTS_TRIED];
	size_t which[ENDPOINTS_TRIED], n = 0, n_far = 0, good = 0, left_off = 0;
	struct err e = {0};
	if (!d->node[0] || debug_external_name(d))
		return;
	for (size_t i = 0; i < d->n_eps; i++) {
		const struct debug_endpoint *ep = &d->eps[i];
		if (seen_before(d, i))
			continue;
		if (n + n_far == ENDPOINTS_TRIED) {
			left_off++;
			continue;
		}
		struct probe p = {.port = ep->port, .protocol = ep->protocol};
		(void)str_copy(p.addr, sizeof(p.addr), ep->addr);
		int ns =
		    d->root && ep->object && debug_is_local(d, ep->object) ? debug_pod_netns(d, ep->object, NULL) : -1;
		if (ns >= 0) { /* within the pod no policy and no rule is in the way */
			int r = probe_all(&p, 1, ns, &e);
			close(ns);
			if (r == 0 && !fine(&p))
				listen_fault(d, ep, &p, true);
			good += r == 0 && fine(&p);
			n++;
			continue;
		}
		far[n_far] = p;
		which[n_far++] = i;
	}
	memcpy(v, far, sizeof(v));
	if (n_far)
		debug_overlay_look(d);
	if (n_far && probe_all(v, n_far, -1, &e) == 0)
		for (size_t i = 0; i < n_far; i++) {
			if (debug_overlay_fault(d, &d->eps[which[i]], &v[i]))
				continue;
			if (!fine(&v[i]))
				listen_fault(d, &d->eps[which[i]], &v[i], false);
			good += fine(&v[i]);
		}
	if (good && !d->faults[DEBUG_LISTEN])
		debug_ok(d, DEBUG_LISTEN, "%zu endpoint%s answer%s themselves%s", good, good == 1 ? "" : "s",
			 good == 1 ? "s" : "", left_off ? " (of those that were tried)" : "");
}

/* ---- the Service's address ---- */

struct tried {
	struct probe v[PORTS_TRIED];
	const struct px_port *port[PORTS_TRIED];
	size_t n;
};

static void gather_addresses(const struct debug *d, struct tried *t)
{
	t->n = 0;
	for (size_t i = 0; i < d->wanted->n_ports; i++)
		for (size_t k = 0; k < d->wanted->ports[i].n_fronts && t->n < PORTS_TRIED; k++) {
			const struct px_port *p = &d->wanted->ports[i];
			if (p->fronts[k].kind != PX_CLUSTER)
				continue;
			t->port[t->n] = p;
			t->v[t->n] = (struct probe){.port = p->fronts[k].port, .protocol = p->protocol};
			inet_addr_text(&p->fronts[k].addr, t->v[t->n].addr);
			t->n++;
		}
}

static const char reach_mend[] =
    "all that minik looks at is right: look for another packet filter (nft list ruleset) and for routes";

static void judge(struct debug *d, enum debug_step step, const struct tried *t, const char *from)
{
	char text[512] = "";
	size_t at = 0, good = 0;
	for (size_t i = 0; i < t->n; i++) {
		const struct probe *p = &t->v[i];
		char where[80];
		where_text(p->addr, p->port, p->protocol, where);
		if (t->port[i]->internal_local && !t->port[i]->n_local_eps && t->port[i]->n_eps)
			continue; /* dropped: step local */
		if (t->port[i]->n_eps == 0) {
			if (p->result == PROBE_REFUSED)
				debug_skip(d, step, "%s refuses at once, as it should without a ready endpoint", where);
			else
				debug_consequence(d, step, CAUSES, reach_mend,
						  "%s should refuse at once without a ready endpoint, and %s", where,
						  probe_text(p));
			continue;
		}
		if (!fine(p) && step == DEBUG_NODE && d->node_denied[0]) {
			debug_skip(d, step, "%s %s from %s, which %s may be meant to do", where, probe_text(p), from,
				   d->node_denied);
			continue;
		}
		if (!fine(p)) {
			debug_consequence(d, step, CAUSES, reach_mend, "%s %s from %s%s%s", where, probe_text(p), from,
					  d->cut_off[0] ? ": " : "", d->cut_off);
			continue;
		}
		int m = snprintf(text + at, sizeof(text) - at, "%s%s %s", at ? ", " : "", where, probe_text(p));
		at = m < 0 || at + (size_t)m >= sizeof(text) ? sizeof(text) - 1 : at + (size_t)m;
		good++;
	}
	if (good)
		debug_ok(d, step, "from %s: %s%s%s%s", from, text, d->cut_off[0] ? " (by another endpoint: " : "",
			 d->cut_off, d->cut_off[0] ? ")" : "");
}

/* ---- from a pod ---- */

static bool is_endpoint(const struct debug *d, const json_t *pod)
{
	for (size_t i = 0; i < d->n_eps; i++)
		if (d->eps[i].object && streq(obj_uid(d->eps[i].object), obj_uid(pod)))
			return true;
	return false;
}

static bool usable(const struct debug *d, const json_t *pod)
{
	if (!streq(json_str(pod, "status.phase"), "Running") || obj_deleting(pod) ||
	    json_bool_or(pod, "spec.hostNetwork", false))
		return false;
	int ns = debug_pod_netns(d, pod, NULL);
	if (ns >= 0)
		close(ns);
	return ns >= 0;
}

/* One that is not an endpoint rather than one that is, of the same namespace rather than of another; and whom policies
 * let. */
static const json_t *pod_choose(const struct debug *d)
{
	const json_t *best = NULL;
	const struct debug_endpoint *ep;
	int best_rank = -1;
	char out[300];
	json_t *pod;
	size_t i;
	json_array_foreach (d->local_pods, i, pod) {
		int rank = 4 * debug_policy_allows_all(d, pod, &ep, out, sizeof(out)) + 2 * !is_endpoint(d, pod) +
			   streq(obj_namespace(pod), d->ns);
		if (rank > best_rank && usable(d, pod)) {
			best = pod;
			best_rank = rank;
		}
	}
	return best;
}

int debug_from(struct debug *d, struct err *e)
{
	const struct client_ref ref = {.plural = "pods", .ns = d->from_ns, .name = d->from_name};
	AUTO_JSON json_t *elsewhere = NULL;
	json_t *pod;
	size_t i;
	d->from = NULL;
	if (!d->from_name)
		return 0;
	if (!d->node[0])
		return err_set(e, ERR_INVALID,
			       "--from: this machine is no node (--disable-agent): run this on the pod's");
	json_array_foreach (d->local_pods, i, pod)
		if (streq(obj_namespace(pod), d->from_ns) && streq(obj_name(pod), d->from_name))
			d->from = pod;
	if (!d->from) {
		int r = client_get_wait(d->client, &ref, &elsewhere, e);
		const char *node = json_str(elsewhere, "spec.nodeName");
		if (r == ERR_NOT_FOUND || r == ERR_FORBIDDEN) /* a node is not shown what others have */
			return err_set(e, r, "--from: there is no pod %s/%s on node %s", d->from_ns, d->from_name,
				       d->node);
		if (r < 0)
			return r;
		return err_set(e, ERR_INVALID, "--from: pod %s/%s is on %s%s, not on node %s: run this there",
			       d->from_ns, d->from_name, node ? "node " : "no node yet", node ? node : "", d->node);
	}
	if (json_bool_or(d->from, "spec.hostNetwork", false))
		return err_set(
		    e, ERR_INVALID,
		    "--from: pod %s/%s has the node's own network: what step node says without --from holds for it",
		    d->from_ns, d->from_name);
	if (!streq(json_str(d->from, "status.phase"), "Running"))
		return err_set(e, ERR_INVALID, "--from: pod %s/%s is not Running but %s", d->from_ns, d->from_name,
			       json_str_or(d->from, "status.phase", "Pending"));
	return 0;
}

/* Of the node's pods, those that policies keep from an endpoint, in words; "" when there are none. */
static void cut_off_text(const struct debug *d, const json_t *chosen, char out[700])
{
	const struct debug_endpoint *ep;
	char policies[300], first[600] = "";
	json_t *pod;
	size_t i, n = 0;
	out[0] = 0;
	json_array_foreach (d->local_pods, i, pod) {
		if (pod == chosen || pod_terminal(pod) || obj_deleting(pod) ||
		    debug_policy_allows_all(d, pod, &ep, policies, sizeof(policies)))
			continue;
		if (n++ == 0)
			(void)snprintf(first, sizeof(first), "%s/%s by %s", obj_namespace(pod), obj_name(pod),
				       policies);
	}
	if (n)
		(void)snprintf(out, 700,
			       "; %zu other pod%s of this node may not (%s%s): --from NAMESPACE/POD looks from one", n,
			       n == 1 ? "" : "s", n == 1 ? "" : "such as ", first);
}

static bool all_fine(const struct tried *t)
{
	for (size_t i = 0; i < t->n; i++)
		if (t->port[i]->n_eps && !fine(&t->v[i]))
			return false;
	return true;
}

/* After it was tried: where policies are a plug-in's affair, what was seen decides. */
static void policy_say(struct debug *d, const json_t *pod, const char *from, bool reached)
{
	const struct debug_endpoint *ep = NULL;
	char out[300], others[700];
	if (!d->policies_seen) {
		debug_skip(d, DEBUG_POLICY, "NetworkPolicies may not be read with these credentials");
	} else if (!debug_policy_allows_all(d, pod, &ep, out, sizeof(out))) {
		const char *what = ep->pod[0] ? "pod " : "", *whom = ep->pod[0] ? ep->pod : ep->addr;
		if (d->policies_foreign && reached)
			debug_skip(
			    d, DEBUG_POLICY,
			    "NetworkPolicy %s does not let %s to %s%s port %u, and does not hold: minik's own policies "
			    "are off here (--flannel-backend none, --disable net), the plug-in's are its own business",
			    out, from, what, whom, ep->port);
		else
			debug_fault(d, DEBUG_POLICY, "if that is not meant to be: a rule that lets it, in one of them",
				    "NetworkPolicy %s: %s may not reach %s%s port %u%s", out, from, what, whom,
				    ep->port, d->from ? "" : ", nor may any other pod of this node");
	} else if (json_array_size(d->policies)) {
		others[0] = 0;
		if (!d->from && !d->policies_foreign)
			cut_off_text(d, pod, others);
		debug_ok(d, DEBUG_POLICY, "no NetworkPolicy stands between %s and the endpoints%s", from, others);
	}
}

static void from_pod(struct debug *d, struct tried *t)
{
	const json_t *pod = !d->root ? NULL : d->from ? d->from : pod_choose(d);
	char from[600];
	struct err e = {0};
	if (!pod) {
		debug_skip(d, DEBUG_POD,
			   d->root ? "no pod of its own network runs on this node"
				   : "only root may enter a pod's network");
		return;
	}
	(void)snprintf(from, sizeof(from), "pod %s/%s", obj_namespace(pod), obj_name(pod));
	AUTO_CLOSE int ns = debug_pod_netns(d, pod, &e);
	bool tried = ns >= 0 && probe_all(t->v, t->n, ns, &e) == 0;
	policy_say(d, pod, from, tried && all_fine(t));
	if (tried)
		judge(d, DEBUG_POD, t, from);
	else
		debug_skip(d, DEBUG_POD, "%s cannot be entered: %s", from, e.msg);
}

void debug_reach(struct debug *d)
{
	struct tried t;
	struct err e = {0};
	if (!d->node[0] || !d->wanted)
		return;
	gather_addresses(d, &t);
	if (probe_all(t.v, t.n, -1, &e) < 0)
		debug_skip(d, DEBUG_NODE, "%s", e.msg);
	else
		judge(d, DEBUG_NODE, &t, "this node");
	from_pod(d, &t);
}
