/* How pod packets reach other nodes: hostgw.c, vxlan.c; udp later. Called on the net component's thread; calls block
 * shortly. */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "base/err.h"
#include "base/netlink.h"

struct net_peer { /* another node */
	const char *name;
	char ip[48];       /* InternalIP */
	char cidrs[2][72]; /* "" when absent */
	bool has_vtep;     /* it has announced a VXLAN end */
	uint8_t vtep_mac[6];
};
struct net_self {
	const char *name;
	char ip[48], iface[IFNAMSIZ];
	char cidrs[2][72];
	unsigned mtu; /* of iface */
	uint32_t vni;
	uint16_t port;
	struct nl_route extra[2]; /* further routes of ours, which sync keeps too */
	size_t n_extra;
};
/* Called for every peer that cannot be reached, with a reason for a person; the others are reached all the same. */
typedef void (*net_peer_error)(void *arg, const struct net_peer *p, const struct err *why);

struct net_backend_ops {
	const char *name;
	unsigned overhead; /* bytes taken from the MTU */
	bool routes;       /* false: sync does nothing, others look after the routes */
	/* Devices of this node; idempotent. ret_mac: the hardware address to announce (vxlan), else left alone. NULL:
	 * nothing to make. */
	int (*setup)(struct nl_ctx *nl, const struct net_self *self, uint8_t ret_mac[6], struct err *e);
	/* Makes the kernel match the peers: adds, changes, removes what is ours and not wanted. */
	int (*sync)(struct nl_ctx *nl, const struct net_self *self, const struct net_peer *v, size_t n,
		    net_peer_error fn, void *arg, struct err *e);
};
extern const struct net_backend_ops net_hostgw_ops, net_vxlan_ops;

/* Shared by both: routes of ours (protocol 77) become exactly `want`; fn(i) gets failures of single ones. */
int net_routes_sync(struct nl_ctx *nl, const struct net_self *self, const struct nl_route *want, size_t n,
		    void (*fn)(void *arg, size_t i, const struct err *why), void *arg, struct err *e);
