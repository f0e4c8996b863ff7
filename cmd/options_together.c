/* What options must be together. */
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include "base/cleanup.h"
#include "base/str.h"
#include "cmd/options_check.h"

struct together {
	void (*fault)(void *arg, const char *message);
	void *arg;
	struct err *e;
	int r;
};

static void tell(struct together *t, const struct err *one)
{
	if (t->fault)
		t->fault(t->arg, one->msg);
	if (t->r == 0)
		t->r = err_set(t->e, one->code, "%s", one->msg);
}

static void check_networks(const struct options *o, unsigned scope, struct together *t)
{
	char net[OPT_NET_MAX];
	const char *pods = opt_str(o, OPT_CLUSTER_CIDR), *services = opt_str(o, OPT_SERVICE_CIDR),
		   *dns = opt_str(o, OPT_CLUSTER_DNS), *at = services;
	struct opt_cidr s, first_net = {0};
	struct err one = {0};
	unsigned char a[16];
	char first[48], where[OPT_WHERE_MAX];
	bool shared = false, any = false;

	/* Agents and lone components are not told of the Services' network. */
	if (!(scope & OPT_IN_SERVER))
		return;
	while (opt_net_next(&at, net)) {
		if (opt_cidr_parse(net, &s, NULL) < 0)
			return;
		shared |= opt_nets_share(pods, &s);
		if (!any)
			first_net = s;
		any = true;
	}
	if (!any)
		return;
	s = first_net;
	if (shared) {
		opt_where(o, opt_is_set(o, OPT_SERVICE_CIDR) ? OPT_SERVICE_CIDR : OPT_CLUSTER_CIDR, where);
		(void)err_set(
		    &one, ERR_INVALID,
		    "%s: pods (%.50s) and Services (%.50s) share addresses; write networks that do not overlap", where,
		    pods, services);
		tell(t, &one);
	}
	if (!streq(opt_str(o, OPT_FLANNEL_BACKEND), "none") && !opt_nets_have(pods, s.family)) {
		opt_where(o, opt_is_set(o, OPT_SERVICE_CIDR) ? OPT_SERVICE_CIDR : OPT_CLUSTER_CIDR, where);
		(void)err_set(
		    &one, ERR_INVALID,
		    "%s: pods (%.50s) have no %s, which Services (%.50s) are; write a network of that family for both",
		    where, pods, s.family == AF_INET6 ? "IPv6" : "IPv4", services);
		tell(t, &one);
	}
	int family = opt_ip_parse(dns, a);
	if (!family)
		return;
	opt_where(o, OPT_CLUSTER_DNS, where);
	if (!opt_cidr_contains(&s, family, a)) {
		char tenth[48] = "";
		(void)opt_cidr_address(services, 10, tenth);
		(void)err_set(
		    &one, ERR_INVALID,
		    "%s: %s is not in the Services' network %.50s; write one of it such as %s, or leave it out", where,
		    dns, services, tenth);
		tell(t, &one);
	} else if (memcmp(a, s.base, s.width / 8) == 0 || (opt_cidr_address(services, 1, first) && streq(first, dns))) {
		(void)err_set(&one, ERR_INVALID,
			      "%s: %s is the network itself or the API server's own Service; write another of %.50s",
			      where, dns, services);
		tell(t, &one);
	}
}

/* 0: nowhere. */
static int64_t port_of(const struct options *o, enum opt_id id)
{
	const char *colon;

	switch (id) {
	case OPT_METRICS_ADDRESS:
	case OPT_HEALTHZ_ADDRESS:
	case OPT_INGRESS_METRICS_ADDRESS:
		colon = strrchr(opt_str(o, id), ':');
		return colon ? strtoll(colon + 1, NULL, 10) : 0;
	default:
		return opt_int(o, id);
	}
}

/* Most listen at all addresses, so that those at one of them must have ports of their own, too. */
static void check_ports(const struct options *o, unsigned scope, struct together *t)
{
	static const enum opt_id ports[] = {OPT_HTTPS_LISTEN_PORT, OPT_KUBELET_PORT,	OPT_INGRESS_HTTP_PORT,
					    OPT_INGRESS_HTTPS_PORT, OPT_METRICS_ADDRESS, OPT_HEALTHZ_ADDRESS,
					    OPT_INGRESS_METRICS_ADDRESS};
	bool agent = !opt_bool(o, OPT_DISABLE_AGENT), ingress = agent && !opt_list_has(o, OPT_DISABLE, "ingress");
	bool proxy = agent && !opt_list_has(o, OPT_DISABLE, "proxy");
	bool on[] = {scope & OPT_IN_SERVER, agent, ingress, ingress, proxy, proxy, ingress};
	uint16_t min = 0, max = 0;
	struct err one = {0};
	char where[OPT_WHERE_MAX];

	if (!(scope & (OPT_IN_SERVER | OPT_IN_AGENT)))
		return;
	bool range = scope & OPT_IN_SERVER && opt_port_range(opt_str(o, OPT_NODE_PORT_RANGE), &min, &max, NULL) == 0;
	for (size_t i = 0; i < ARRAY_LEN(ports); i++) {
		int64_t port = port_of(o, ports[i]);
		for (size_t k = 0; on[i] && port && k < i; k++) {
			if (!on[k] || port != port_of(o, ports[k]))
				continue;
			enum opt_id blame = opt_is_set(o, ports[i]) ? ports[i] : ports[k];
			opt_where(o, blame, where);
			(void)err_set(&one, ERR_INVALID, "%s: port %lld is also %s; write another", where,
				      (long long)port, opt_name(blame == ports[i] ? ports[k] : ports[i]));
			tell(t, &one);
		}
		/* A range that somebody has set has holes there (apiserver/strategy_service.c); the default one has none. */
		if (on[i] && range && !opt_is_set(o, OPT_NODE_PORT_RANGE) && port >= min && port <= max) {
			opt_where(o, ports[i], where);
			(void)err_set(&one, ERR_INVALID,
				      "%s: %s %lld lies in the range of node ports %u-%u; write one outside of it",
				      where, opt_name(ports[i]), (long long)port, min, max);
			tell(t, &one);
		}
	}
}

static void check_proxies(const struct options *o, struct together *t)
{
	struct err one = {0};
	char where[OPT_WHERE_MAX];

	if (!opt_bool(o, OPT_INGRESS_PROXY_PROTOCOL) || *opt_list(o, OPT_INGRESS_TRUSTED_PROXIES))
		return;
	opt_where(o, OPT_INGRESS_PROXY_PROTOCOL, where);
	(void)err_set(&one, ERR_INVALID,
		      "%s: anybody could say to be anybody; name the load balancers' networks by --ingress-trusted-proxies", where);
	tell(t, &one);
}

int opt_check_together(const struct options *o, unsigned scope, void (*fault)(void *arg, const char *message),
		       void *arg, struct err *e)
{
	struct together t = {fault, arg, e, 0};

	check_networks(o, scope, &t);
	check_ports(o, scope, &t);
	if (scope & (OPT_IN_SERVER | OPT_IN_AGENT | OPT_IN_COMPONENT))
		check_proxies(o, &t);
	return t.r;
}
