/* What net.c and podnet.c share. */
#pragma once
#include "base/err.h"

#define PODNET_BRIDGE "cni0"

struct podnet;
/* Makes the bridge with its addresses, as the first attach would. */
int podnet_prepare(struct podnet *p, const char *const *cidrs, struct err *e);
/*
 * Takes the gateways of other networks of the cluster from the bridge, which this node had before: each when the last
 * pod with an address of it is gone. cluster_cidrs: "10.42.0.0/16,fd42::/56"; addresses outside of them are somebody
 * else's.
 */
int podnet_retire(struct podnet *p, const char *const *cidrs, const char *cluster_cidrs, struct err *e);
/* Pods that are there follow the bridge: MTU at both ends, hairpin mode. Nothing to do is cheap. */
int podnet_adjust(struct podnet *p, struct err *e);
void podnet_veth_name(const char *uid, char ret[16]);
/* Bridge, pod interfaces, leases, remembered sysctls. run_dir may be NULL. */
int podnet_cleanup(const char *run_dir, const char *bridge, struct err *e);
