/*
 * Routes, links, addresses, neighbours, FDB by libnl; names and prefixes in text, because every
 * caller has them so. Blocking but quick; a struct nl_ctx belongs to one thread. Every "ensure"
 * compares what is there and changes only what differs (0 unchanged, 1 changed, <0 error).
 */
#pragma once
#include <net/if.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "base/err.h"
#include "base/loop.h"

struct nl_ctx;
int nl_open(struct nl_ctx **ret, struct err *e);                     /* current network namespace */
int nl_open_netns(struct nl_ctx **ret, int netns_fd, struct err *e); /* that namespace (on a scratch thread) */
struct nl_ctx *nl_ctx_free(struct nl_ctx *nl);                       /* NULL is fine; returns NULL */
#ifndef NETLINK_NETLINK_H_ /* libnl has an nl_close of its own, which ours must not replace at link time */
static inline struct nl_ctx *nl_close(struct nl_ctx *nl)
{
	return nl_ctx_free(nl);
}
#endif

int nl_link_index(struct nl_ctx *nl, const char *ifname, unsigned *ret, struct err *e);      /* ERR_NOT_FOUND */
int nl_link_ensure_bridge(struct nl_ctx *nl, const char *name, unsigned mtu, struct err *e); /* created and up */
int nl_link_ensure_dummy(struct nl_ctx *nl, const char *name, struct err *e);
int nl_link_ensure_ifb(struct nl_ctx *nl, const char *name, struct err *e);
/* veth pair: host end in this namespace under `name`, peer renamed `peer` inside netns_fd. */
int nl_link_add_veth(struct nl_ctx *nl, const char *name, const char *peer, int netns_fd, unsigned mtu, struct err *e);
int nl_link_set_master(struct nl_ctx *nl, const char *ifname, const char *bridge, struct err *e);
int nl_link_is_port(struct nl_ctx *nl, const char *ifname, const char *bridge,
		    struct err *e); /* 1: of that bridge, 0: not */
int nl_link_set_up(struct nl_ctx *nl, const char *ifname, bool up, struct err *e);
int nl_link_set_hairpin(struct nl_ctx *nl, const char *ifname, bool on, struct err *e);
int nl_link_set_mac(struct nl_ctx *nl, const char *ifname, const uint8_t mac[6], struct err *e);
int nl_link_get_mac(struct nl_ctx *nl, const char *ifname, uint8_t ret[6], struct err *e);
int nl_link_get_mtu(struct nl_ctx *nl, const char *ifname, unsigned *ret, struct err *e);
int nl_link_set_mtu(struct nl_ctx *nl, const char *ifname, unsigned mtu, struct err *e);
int nl_link_set_promiscuous(struct nl_ctx *nl, const char *ifname, bool on, struct err *e);
int nl_link_del(struct nl_ctx *nl, const char *ifname, struct err *e); /* absent is fine */
/* Whose a link is, for people (ip link shows it) and for cleaning up. "" when it has none. */
int nl_link_set_alias(struct nl_ctx *nl, const char *ifname, const char *alias, struct err *e);
int nl_link_get_alias(struct nl_ctx *nl, const char *ifname, char *out, size_t cap, struct err *e);
/* fn returns non-zero to stop. kind: "bridge", "veth", "" ... */
int nl_link_each(struct nl_ctx *nl, int (*fn)(void *arg, unsigned index, const char *name, const char *kind), void *arg,
		 struct err *e);

/* Ports of all bridges of the current network namespace; fn returns non-zero to stop, which the call returns. */
struct nl_bridge_port {
	char name[IFNAMSIZ];
	unsigned bridge; /* index */
	bool hairpin;	 /* frames may go back to where they came from */
};
int nl_bridge_ports(int (*fn)(void *arg, const struct nl_bridge_port *p), void *arg, struct err *e);

/* addr: "10.42.0.1/24" or an IPv6 prefix. */
int nl_addr_ensure(struct nl_ctx *nl, const char *ifname, const char *addr, struct err *e);
int nl_addr_del(struct nl_ctx *nl, const char *ifname, const char *addr, struct err *e);
int nl_addr_each(struct nl_ctx *nl, const char *ifname /* NULL: all */,
		 int (*fn)(void *arg, const char *ifname, const char *addr), void *arg, struct err *e);

#define NL_ROUTE_PROTO_MINIK 77 /* rtm_protocol of every route we own, so that it can be found */
struct nl_route {
	char dst[64];       /* prefix; "0.0.0.0/0" is default */
	char via[48];       /* gateway, or "" */
	char dev[IFNAMSIZ]; /* or "" */
	char src[48];       /* preferred source, or "" */
	int proto;          /* 0: NL_ROUTE_PROTO_MINIK */
	bool onlink;
};
int nl_route_ensure(struct nl_ctx *nl, const struct nl_route *r, struct err *e);
int nl_route_del(struct nl_ctx *nl, const struct nl_route *r, struct err *e);
int nl_route_each(struct nl_ctx *nl, int proto /* 0: all */, int (*fn)(void *arg, const struct nl_route *r), void *arg,
		  struct err *e);
/* The address and interface packets to dst ("1.1.1.1"; NULL: default route) leave from. */
int nl_route_source(struct nl_ctx *nl, const char *dst, char ret_addr[48], char ret_dev[IFNAMSIZ], struct err *e);

/* Change notifications on a loop: fn is called (coalesced) after links, addresses or routes changed. */
struct nl_monitor;
int nl_monitor_new(struct nl_monitor **ret, struct loop *l, void (*fn)(void *arg), void *arg, struct err *e);
/* The same for neighbour and forwarding entries that were removed from interfaces whose names begin with prefix
   (copied). Those that are learned and updated, as happens all the time, wake up nobody. */
int nl_monitor_neighbours(struct nl_monitor **ret, struct loop *l, const char *prefix, void (*fn)(void *arg), void *arg,
			  struct err *e);
struct nl_monitor *nl_monitor_free(struct nl_monitor *m);
