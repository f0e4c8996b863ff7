/*
 * Which of the other nodes are believed. A node may write its own Node object, and a hostile one writes what it likes:
 * it must not draw other nodes' packets to itself, nor break the network of others. So a pod network must lie within
 * the cluster's and overlap with nobody's, and an address or a hardware address is one node's; of two that claim the
 * same the older Node is believed. Pure.
 */
#pragma once
#include "net/backend.h"

/*
 * Sets use[] and why of each. cluster_cidr: "10.42.0.0/16[,fd42::/56]"; a family it does not name is not checked, an
 * empty one checks nothing. backend: this node's. Order of v becomes: oldest first. -ENOMEM.
 */
int net_peers_judge(struct net_peer *v, size_t n, const struct net_self *self, const char *cluster_cidr,
		    const struct net_backend_ops *backend);
