/*
 * The node's pod network: component that keeps routes (host-gw, vxlan, udp), bridge, masquerade in step with the Nodes;
 * and podnet, the node-local part that attaches one pod (bridge, veth, address), which needs no API server. Everything
 * made carries a name of ours: cni0, flannel.1, flannel-v6.1, flannel0, veth<hash>, routes with protocol 77, nft table
 * "minik-net".
 */
#pragma once
#include <stdbool.h>
#include <stdint.h>
#include "base/clock.h"
#include "client/transport.h"

/*
 * How a pod may reach itself through its Service: the bridge sends packets back to the port they came from (the
 * default), it listens to everything instead, or neither. Source: kubelet's --hairpin-mode.
 */
enum podnet_hairpin { PODNET_HAIRPIN_VETH, PODNET_PROMISCUOUS_BRIDGE, PODNET_HAIRPIN_NONE };

struct net;
struct net_config {
	const char *node_name;
	const char *run_dir;
	const char *backend; /* NULL: "vxlan"; "host-gw", "udp", "none" */
	const char
	    *cluster_cidr; /* "10.42.0.0/16[,fd42::/56]": not masqueraded between; other nodes' networks lie in it */
	const char *service_cidr; /* NULL, or what the node itself reaches Services by when it has no default route */
	const char *iface;        /* NULL: the default route's, or the one that has the node's address */
	unsigned mtu;             /* 0: the interface's */
	uint32_t vni;             /* 0: 1 */
	uint16_t port;            /* 0: 8472 for vxlan, 8285 for udp */
	enum podnet_hairpin hairpin;
};
struct net_deps {
	struct connector *api;
	struct clock *clock;
};
int net_new(struct net **ret, const struct net_config *c, const struct net_deps *d, struct err *e);
int net_start(struct net *n, struct err *e);
void net_stop(struct net *n); /* leaves the network as it is: pods go on */
void net_join(struct net *n);
struct net *net_free(struct net *n);
/* Removes everything of ours in the current network namespace (killall), the address leases, and puts back the sysctls
 * that were changed. */
int net_cleanup(const char *run_dir, struct err *e);

struct podnet;
struct podnet_config {
	const char *run_dir; /* address leases: RUN_DIR/net/ */
	const char *bridge;  /* NULL: "cni0" */
	unsigned mtu; /* 0: what the net component wrote to RUN_DIR/net/mtu, else of the default route's interface */
	enum podnet_hairpin hairpin;
};
/* Any thread; attach, detach and gc may run in parallel for different pods. Blocking. */
struct podnet_result {
	char ips[2][48];
};
int podnet_new(struct podnet **ret, const struct podnet_config *c, struct err *e);
struct podnet *podnet_free(struct podnet *p);
/*
 * Idempotent. Allocates from cidrs (NULL-terminated, at most two), makes veth, hairpin on, default route in the pod,
 * loopback up, hostPorts are the proxy's. The pod's address is a /32: all its packets pass the node's IP layer, pods of
 * the same node too, so that Services and network policy hold between them whether or not br_netfilter is loaded.
 */
int podnet_attach(struct podnet *p, const char *uid, const char *netns_path, const char *const *cidrs,
		  struct podnet_result *ret, struct err *e);
struct podnet_limits { /* bits a second; 0: none. More than 17 Gbit/s is none */
	uint64_t ingress_bits, egress_bits;
};
/* Of an attached pod. Idempotent; limits may be others than before. */
int podnet_limit(struct podnet *p, const char *uid, const struct podnet_limits *limits, struct err *e);
int podnet_detach(struct podnet *p, const char *uid, const char *netns_path, struct err *e);
int podnet_gc(struct podnet *p, const char *const *live_uids, struct err *e);
