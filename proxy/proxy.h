/*
 * Service load balancing on every node: Services and EndpointSlices -> kernel rules, by nftables or by IPVS
 * behind the same vtable (proxy/backend.h). Table "minik-proxy" (inet family) and, in IPVS mode, addresses on
 * kube-ipvs0, virtual servers and three sysctls of net.ipv4.vs; nothing else is touched. hostPorts of this node's pods
 * too.
 */
#pragma once
#include <stdbool.h>
#include <stdint.h>
#include "base/clock.h"
#include "client/transport.h"

struct proxy;
struct proxy_config {
	const char *node_name;
	const char *mode;           /* "auto", "nftables", "ipvs" */
	const char *cluster_cidr;   /* traffic from elsewhere to a VIP is masqueraded */
	const char *service_cidr; /* addresses of it that no Service has are dropped; NULL: leave their way as it is */
	const char *ipvs_scheduler; /* NULL: rr */
	const char *metrics_address, *healthz_address; /* see proxy/observe.h; NULL: none */
};
struct proxy_deps {
	struct connector *api;
	struct clock *clock;
	/* Whether somebody else maps the hostPorts of this pod (a CNI plug-in). Proxy's thread; quick. NULL: nobody. */
	bool (*host_ports_elsewhere)(void *arg, const char *pod_uid);
	void *arg;
};
int proxy_new(struct proxy **ret, const struct proxy_config *c, const struct proxy_deps *d, struct err *e);
int proxy_start(struct proxy *p, struct err *e);
void proxy_stop(struct proxy *p); /* rules stay: Services go on while minik restarts */
void proxy_join(struct proxy *p);
struct proxy *proxy_free(struct proxy *p);
int proxy_cleanup(struct err *e); /* removes everything of ours in the current network namespace */
