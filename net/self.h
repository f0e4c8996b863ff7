/* This node's own place in the network: addresses, interfaces, MTU. Blocking, short. */
#pragma once
#include "base/json.h"
#include "net/backend.h"

/*
 * From the node's own Node object and what the machine has. The address of a family is the Node's InternalIP if an
 * interface (iface, unless NULL) has it; else that of iface; else the one that the default route leaves by: an address
 * that has just changed is followed before the Node says so. What cannot be told is left "".
 * mtu: 0 or what the user wants instead of the interfaces'.
 */
int net_self_read(struct nl_ctx *nl, const json_t *node, const char *iface, unsigned mtu, struct net_self *ret,
		  struct err *e);
/* Of pods: the smallest that all their families' ways take. */
unsigned net_self_pod_mtu(const struct net_self *self, const struct net_backend_ops *backend);
