/* Endpoints on other nodes: do those nodes answer through the pod network at all? What drops its packets between nodes
 * (a firewall, a cloud's security group) is seen from no rule and no object of the cluster. */
#include <stdio.h>
#include "base/inet.h"
#include "base/str.h"
#include "cmd/debug.h"
#include "cmd/overlay.h"
#include "cmd/probe.h"

static bool has_endpoint(void *arg, const char *peer)
{
	const struct debug *d = arg;
	for (size_t i = 0; i < d->n_eps; i++)
		if (streq(d->eps[i].node, peer))
			return true;
	return false;
}

void debug_overlay_look(struct debug *d)
{
	json_decref(d->overlay);
	d->overlay = d->root ? overlay_look(d->run_dir, has_endpoint, d) : NULL;
}

/* A pod with its node's own network is reached without the overlay. */
static bool in_networks(const json_t *peer, const struct inet_addr *a)
{
	struct inet_cidr c;
	json_t *network;
	size_t i;
	json_array_foreach (json_object_get(peer, "networks"), i, network)
		if (inet_cidr_parse(json_string_value(network), &c) && inet_cidr_has(&c, a))
			return true;
	return false;
}

static bool is_silent(const json_t *peer, const char *addr)
{
	struct inet_addr a, s;
	json_t *silent;
	size_t i;
	if (!inet_addr_parse(addr, &a) || !in_networks(peer, &a))
		return false;
	json_array_foreach (json_object_get(peer, "silent"), i, silent)
		if (inet_addr_parse(json_string_value(silent), &s) && s.family == a.family)
			return true;
	return false;
}

static void mend_text(const struct debug *d, const json_t *peer, const char *backend, char out[300])
{
	long long port = opt_int(d->opt, OPT_FLANNEL_PORT);
	char what[64] = "packets from and to the pods' networks";
	if (json_object_get(peer, "deaf")) {
		(void)str_copy(out, 300,
			       "that machine does not answer a ping at its own address either: is it up, and "
			       "what is between it and this one?");
		return;
	}
	if (streq(backend, "vxlan") || streq(backend, "udp"))
		(void)snprintf(what, sizeof(what), "UDP port %lld", port ? port : *backend == 'v' ? 8472LL : 8285LL);
	(void)snprintf(out, 300,
		       "let %s through between the nodes, both ways: its own address answers, so a firewall on one of "
		       "them (nft list ruleset) or between them drops it",
		       what);
}

bool debug_overlay_fault(struct debug *d, const struct debug_endpoint *ep, const struct probe *p)
{
	const char *backend = json_str_or(d->overlay, "backend", "?");
	json_t *peer = NULL, *one;
	char mend[300];
	size_t i;
	json_array_foreach (json_object_get(d->overlay, "peers"), i, one)
		if (streq(json_str(one, "name"), ep->node))
			peer = one;
	if (!peer || p->result == PROBE_ANSWERS || p->result == PROBE_REFUSED)
		return false;
	const char *address = json_string_value(json_array_get(json_object_get(peer, "addresses"), 0));
	const char *problem = p->result != PROBE_QUIET ? json_str(peer, "problem") : NULL;
	if (!problem && !is_silent(peer, ep->addr))
		return false;
	if (json_object_get(peer, "told")) /* one line for all of its endpoints */
		return true;
	json_object_set_new(peer, "told", json_true());
	if (!d->cut_off[0])
		(void)snprintf(d->cut_off, sizeof(d->cut_off), "node %s does not answer through the pod network",
			       ep->node);
	mend_text(d, peer, backend, mend);
	debug_fault(d, DEBUG_LISTEN, problem ? "minik status shows all peers; the log of that node says more" : mend,
		    "node %s (%s) %s (%s)%s%s: its endpoints, such as %s%s%s, are out of reach from here", ep->node,
		    address ? address : "no address",
		    problem ? "is not in the pod network" : "does not answer through the pod network", backend,
		    problem ? ", " : "", problem ? problem : "", ep->addr, ep->pod[0] ? " of pod " : "", ep->pod);
	return true;
}
