/*
 * How pod packets reach other nodes: hostgw.c, vxlan.c, udp.c. Called on the net component's thread; calls block
 * shortly. Everything is per address family: IPv4 pods travel between the nodes' IPv4 addresses, IPv6 pods between
 * their IPv6 ones, as flannel has it. All addresses and networks here have been checked and are in inet_ntop's
 * spelling.
 */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "base/err.h"
#include "base/loop.h"
#include "base/netlink.h"

enum { NET_V4, NET_V6, NET_FAMILIES };

struct net_peer { /* another node, as its Node object has it */
	char name[254];
	char backend[16]; /* "vxlan", "host-gw", "udp", or what else it announces; "": nothing */
	char ip[NET_FAMILIES][48];
	char cidr[NET_FAMILIES][72];
	bool has_vtep[NET_FAMILIES]; /* it has announced a VXLAN end */
	uint8_t vtep_mac[NET_FAMILIES][6];
	uint32_t vni[NET_FAMILIES];
	uint16_t port;          /* UDP, as annotation minik.io/own-ports has it; 0: not said, as by flanneld */
	bool udp_private;       /* it takes UDP packets whose inner checksum is to be filled in, and IPv6 */
	int64_t created;        /* of the Node, seconds */
	bool use[NET_FAMILIES]; /* peers_judge: this family is to be reached */
	struct err why;         /* peers_judge: what is wrong, code 0: nothing */
	bool failed;            /* sync: the kernel did not take what leads to it */
};
struct net_self {
	const char *name;
	char ip[NET_FAMILIES][48];        /* of this node, on iface; "" */
	char announced[NET_FAMILIES][48]; /* what peers shall send to: ip, or public-ip-overwrite */
	char iface[NET_FAMILIES][IFNAMSIZ];
	unsigned iface_mtu[NET_FAMILIES];
	char cidr[NET_FAMILIES][72];
	bool has_mac[NET_FAMILIES]; /* hardware addresses that this node announced before */
	uint8_t mac[NET_FAMILIES][6];
	uint32_t vni;
	uint16_t port;
	struct nl_route extra[2]; /* further routes of ours, which sync keeps too */
	size_t n_extra;
};
/* Called for every peer that cannot be reached, with a reason for a person; the others are reached all the same. */
typedef void (*net_peer_error)(void *arg, const struct net_peer *p, const struct err *why);

struct net_backend_ops {
	const char *name;
	unsigned overhead[NET_FAMILIES]; /* bytes taken from the MTU */
	bool must_announce;              /* only peers that have announced this backend can be reached */
	/* What lives as long as the component (udp: its thread). NULL: nothing. */
	int (*start)(void **ret_state, const struct net_self *self, struct err *e);
	void (*stop)(void *state); /* NULL state is fine */
	/* Devices of this node; idempotent. Fills self->mac (vxlan). NULL: nothing to make. */
	int (*setup)(void *state, struct nl_ctx *nl, struct net_self *self, struct err *e);
	/* Makes the kernel match the peers of which use[] is set: adds, changes, removes what is ours and not wanted.
	 */
	int (*sync)(void *state, struct nl_ctx *nl, const struct net_self *self, const struct net_peer *v, size_t n,
		    net_peer_error fn, void *arg, struct err *e);
};
extern const struct net_backend_ops net_hostgw_ops, net_vxlan_ops, net_udp_ops;

/* routes.c: routes of ours (protocol 77) become exactly `want`; fn(i) gets failures of single ones. */
int net_routes_sync(struct nl_ctx *nl, const struct net_self *self, const struct nl_route *want, size_t n,
		    void (*fn)(void *arg, size_t i, const struct err *why), void *arg, struct err *e);

/* fn for it where each route leads to one peer: peer_of its index. */
struct net_routed {
	const struct net_peer *peers;
	const size_t *peer_of;
	net_peer_error fn;
	void *arg;
};
void net_routed_failed(void *arg, size_t i, const struct err *why);

/*
 * routes.c: a backend's own device has these addresses of one host (/32, /128; "" is none) and no others of that kind:
 * a node that gets another network keeps none of before, which the kernel would go on to choose as the source of what
 * it sends.
 */
int net_device_addresses(struct nl_ctx *nl, const char *dev, const char (*want)[64], size_t n, struct err *e);

/* "10.42.3.0/24" -> "10.42.3.0" */
void net_network_of(const char *cidr, char out[48]);
