/*
 * vxlan, wire-compatible with flannel's: one device flannel.VNI (IPv6: flannel-v6.VNI) with the network address of the
 * node's pod CIDR; for every other node a forwarding entry (its VTEP's hardware address -> its node address), a
 * neighbour (its network address -> that hardware address) and a route. Nothing is learned from the wire, nothing is
 * broadcast.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <linux/neighbour.h>
#include <netlink/netlink.h>
#include <netlink/route/link.h>
#include <netlink/route/link/vxlan.h>
#include <netlink/route/neighbour.h>
#include <netlink/socket.h>
#include <stdio.h>
#include "base/cleanup.h"
#include "base/map.h"
#include "base/str.h"
#include "net/backend.h"
#include "net/net_internal.h"
#include "net/sysctl.h"

static void sock_free(struct nl_sock **s)
{
	if (*s)
		nl_socket_free(*s);
}
static void link_put(struct rtnl_link **l)
{
	if (*l)
		rtnl_link_put(*l);
}
static void cache_free_p(struct nl_cache **c)
{
	if (*c)
		nl_cache_free(*c);
}
static void neigh_put(struct rtnl_neigh **n)
{
	if (*n)
		rtnl_neigh_put(*n);
}
static void addr_put(struct nl_addr **a)
{
	if (*a)
		nl_addr_put(*a);
}
static void map_free_p(struct map **m)
{
	if (*m)
		map_free(*m);
}

static int nl_fail(struct err *e, int code, const char *what)
{
	return err_set(e, -EIO, "vxlan: %s: %s", what, nl_geterror(code));
}

static int sock_open(struct nl_sock **ret, struct err *e)
{
	CLEANUP(sock_free) struct nl_sock *s = nl_socket_alloc();
	if (!s)
		return err_nomem(e);
	int r = nl_connect(s, NETLINK_ROUTE);
	if (r < 0)
		return nl_fail(e, r, "cannot open a netlink socket");
	*ret = TAKE_PTR(s);
	return 0;
}

void net_vxlan_name(int family, uint32_t vni, char ret[IFNAMSIZ])
{
	/* A number of 24 bits leaves room in both. */
	(void)snprintf(ret, IFNAMSIZ, family == NET_V4 ? "flannel.%u" : "flannel-v6.%u", vni & 0xffffff);
}

static int parse_addr(struct nl_addr **ret, const char *text, struct err *e)
{
	int r = nl_addr_parse(text, AF_UNSPEC, ret);
	return r < 0 ? nl_fail(e, r, text) : 0;
}

/* ---- devices ---- */

/* An existing device with other parameters cannot be changed: it is made anew. */
static bool same_device(struct rtnl_link *l, const struct net_self *self, int f, int parent)
{
	uint32_t id = 0, port = 0, link = 0;
	if (!rtnl_link_is_vxlan(l) || rtnl_link_vxlan_get_id(l, &id) < 0 || rtnl_link_vxlan_get_port(l, &port) < 0)
		return false;
	(void)rtnl_link_vxlan_get_link(l, &link);
	CLEANUP(addr_put) struct nl_addr *local = NULL, *want = NULL;
	if (rtnl_link_vxlan_get_local(l, &local) < 0 || nl_addr_parse(self->ip[f], AF_UNSPEC, &want) < 0)
		return false;
	return id == self->vni && port == self->port && link == (uint32_t)parent &&
	       rtnl_link_vxlan_get_learning(l) == 0 && nl_addr_cmp(local, want) == 0;
}

/* A device keeps its hardware address for as long as the node has its name: peers have nothing to change then. */
static int device_make(struct nl_sock *s, struct nl_ctx *nl, const struct net_self *self, int f, const char *name,
		       struct err *e)
{
	unsigned parent;
	uint8_t hw[6];
	int code = nl_link_index(nl, self->iface[f], &parent, e);
	if (code < 0)
		return code;
	CLEANUP(link_put) struct rtnl_link *old = NULL, *l = NULL;
	random_bytes(hw, 6);
	hw[0] = (uint8_t)((hw[0] & 0xfc) | 2); /* locally administered, unicast */
	if (self->has_mac[f])
		memcpy(hw, self->mac[f], 6);
	if (rtnl_link_get_kernel(s, 0, name, &old) == 0) {
		if (same_device(old, self, f, (int)parent))
			return 0;
		(void)nl_link_get_mac(nl, name, hw, NULL);
		code = nl_link_del(nl, name, e);
		if (code < 0)
			return code;
	}
	CLEANUP(addr_put) struct nl_addr *local = NULL, *mac = NULL;
	l = rtnl_link_vxlan_alloc();
	if (!l)
		return err_nomem(e);
	code = parse_addr(&local, self->ip[f], e);
	if (code < 0)
		return code;
	mac = nl_addr_build(AF_LLC, hw, 6);
	if (!mac)
		return err_nomem(e);
	rtnl_link_set_name(l, name);
	rtnl_link_set_addr(l, mac);
	int r = rtnl_link_vxlan_set_id(l, self->vni);
	if (r == 0)
		r = rtnl_link_vxlan_set_link(l, parent);
	if (r == 0)
		r = rtnl_link_vxlan_set_local(l, local);
	if (r == 0)
		r = rtnl_link_vxlan_set_port(l, self->port);
	if (r == 0)
		r = rtnl_link_vxlan_set_learning(l, 0);
	if (r == 0)
		r = rtnl_link_add(s, l, NLM_F_CREATE | NLM_F_EXCL);
	if (r < 0)
		return err_set(e, -EIO, "vxlan: cannot make device %s: %s%s", name, nl_geterror(r),
			       r == -NLE_OPNOTSUPP ? "; load the kernel module vxlan, or use --flannel-backend udp or "
						     "host-gw on every node"
						   : "");
	return 0;
}

static int vxlan_setup(void *state UNUSED, struct nl_ctx *nl, struct net_self *self, struct err *e)
{
	CLEANUP(sock_free) struct nl_sock *s = NULL;
	int code = sock_open(&s, e);
	for (int f = 0; f < NET_FAMILIES && code >= 0; f++) {
		char name[IFNAMSIZ], own[48], addr[1][64], key[80];
		if (!self->cidr[f][0] || !self->ip[f][0])
			continue;
		net_vxlan_name(f, self->vni, name);
		code = device_make(s, nl, self, f, name, e);
		if (code >= 0)
			code = nl_link_set_alias(nl, name, NET_ALIAS, e);
		if (code >= 0)
			code = nl_link_set_mtu(nl, name, self->iface_mtu[f] - net_vxlan_ops.overhead[f], e);
		(void)snprintf(key, sizeof(key), "net/ipv6/conf/%s/accept_ra", name);
		if (code >= 0 && (code = sysctl_set(key, "0", e)) == ERR_NOT_FOUND) /* no IPv6 in this kernel */
			code = 0;
		if (code >= 0)
			code = nl_link_set_up(nl, name, true, e);
		if (code >= 0) {
			net_network_of(self->cidr[f], own);
			(void)snprintf(addr[0], sizeof(addr[0]), "%s/%d", own, f == NET_V4 ? 32 : 128);
			code = net_device_addresses(nl, name, (const char(*)[64])addr, 1, e);
		}
		if (code >= 0)
			code = nl_link_get_mac(nl, name, self->mac[f], e);
		self->has_mac[f] = code >= 0;
	}
	return code < 0 ? code : 0;
}

/* ---- entries ---- */

/* "MAC ADDRESS": what a permanent entry is. */
static void entry_key(char out[96], const uint8_t mac[6], const char *dst)
{
	(void)snprintf(out, 96, "%02x%02x%02x%02x%02x%02x %s", mac[0], mac[1], mac[2], mac[3], mac[4], mac[5], dst);
}

static int neigh_add(struct nl_sock *s, int ifindex, int family, const uint8_t mac[6], const char *dst, struct err *e)
{
	CLEANUP(neigh_put) struct rtnl_neigh *n = rtnl_neigh_alloc();
	CLEANUP(addr_put) struct nl_addr *hw = nl_addr_build(AF_LLC, mac, 6), *to = NULL;
	if (!n || !hw)
		return err_nomem(e);
	int code = parse_addr(&to, dst, e);
	if (code < 0)
		return code;
	rtnl_neigh_set_ifindex(n, ifindex);
	rtnl_neigh_set_lladdr(n, hw);
	rtnl_neigh_set_dst(n, to);
	rtnl_neigh_set_state(n, NUD_PERMANENT);
	if (family == AF_BRIDGE) { /* after set_dst, which sets the family of the address */
		rtnl_neigh_set_family(n, AF_BRIDGE);
		rtnl_neigh_set_flags(n, NTF_SELF);
	}
	int r = rtnl_neigh_add(s, n, NLM_F_CREATE | NLM_F_REPLACE);
	return r < 0 ? nl_fail(e, r, family == AF_BRIDGE ? "cannot add a forwarding entry" : "cannot add a neighbour")
		     : 0;
}

/* The device's permanent entries of one family: fn for each, which may delete it. */
static int entries_each(struct nl_sock *s, int ifindex, int family,
			int (*fn)(void *arg, struct rtnl_neigh *n, const char *key), void *arg, struct err *e)
{
	CLEANUP(cache_free_p) struct nl_cache *cache = NULL;
	int r = nl_cache_alloc_name("route/neigh", &cache);
	if (r == 0 && family == AF_BRIDGE)
		nl_cache_set_arg1(cache, AF_BRIDGE);
	if (r == 0)
		r = nl_cache_refill(s, cache);
	if (r < 0)
		return nl_fail(e, r, "cannot list neighbours");
	int code = 0;
	for (struct nl_object *o = nl_cache_get_first(cache); o && code >= 0; o = nl_cache_get_next(o)) {
		struct rtnl_neigh *x = (struct rtnl_neigh *)o;
		struct nl_addr *hw = rtnl_neigh_get_lladdr(x), *dst = rtnl_neigh_get_dst(x);
		char text[64] = "", key[96];
		if (rtnl_neigh_get_ifindex(x) != ifindex || rtnl_neigh_get_family(x) != family ||
		    !(rtnl_neigh_get_state(x) & NUD_PERMANENT) || !hw || nl_addr_get_len(hw) != 6)
			continue;
		if (dst)
			(void)nl_addr2str(dst, text, sizeof(text));
		text[strcspn(text, "/")] = 0;
		entry_key(key, nl_addr_get_binary_addr(hw), text);
		code = fn(arg, x, key);
	}
	return code;
}

struct entries {
	struct nl_sock *s;
	struct map *have;
	const struct map *want;
	struct err *e;
};

static int entry_seen(void *arg, struct rtnl_neigh *n UNUSED, const char *key)
{
	struct entries *x = arg;
	return map_put(x->have, key, x) < 0 ? err_nomem(x->e) : 0;
}

/* Entries of nodes that are gone, or of what somebody else has put there: the device is ours alone. */
static int entry_unwanted(void *arg, struct rtnl_neigh *n, const char *key)
{
	struct entries *x = arg;
	if (map_has(x->want, key))
		return 0;
	int r = rtnl_neigh_delete(x->s, n, 0);
	return r < 0 && r != -NLE_OBJ_NOTFOUND ? nl_fail(x->e, r, "cannot remove an entry of a node that is gone") : 0;
}

struct sync {
	struct nl_sock *s;
	const struct net_peer *v;
	size_t n;
	net_peer_error fn;
	void *arg;
};

/* One family's entries of one kind (bridge: forwarding entries, else neighbours). */
static int entries_sync(struct sync *y, int f, int ifindex, bool bridge, struct err *e)
{
	CLEANUP(map_free_p) struct map *have = map_new(NULL), *want = map_new(NULL);
	int family = bridge ? AF_BRIDGE : f == NET_V4 ? AF_INET : AF_INET6;
	struct entries x = {y->s, have, want, e};
	if (!have || !want)
		return err_nomem(e);
	int code = entries_each(y->s, ifindex, family, entry_seen, &x, e);
	for (size_t i = 0; i < y->n && code >= 0; i++) {
		const struct net_peer *p = &y->v[i];
		char dst[48], key[96];
		struct err why = {0};
		if (!p->use[f])
			continue;
		net_network_of(bridge ? p->ip[f] : p->cidr[f], dst);
		entry_key(key, p->vtep_mac[f], dst);
		if (map_put(want, key, y) < 0)
			return err_nomem(e);
		if (!map_has(have, key) && neigh_add(y->s, ifindex, family, p->vtep_mac[f], dst, &why) < 0)
			y->fn(y->arg, p, &why);
	}
	return code < 0 ? code : entries_each(y->s, ifindex, family, entry_unwanted, &x, e);
}

static int vxlan_sync(void *state UNUSED, struct nl_ctx *nl, const struct net_self *self, const struct net_peer *v,
		      size_t n, net_peer_error fn, void *arg, struct err *e)
{
	CLEANUP(sock_free) struct nl_sock *s = NULL;
	int code = sock_open(&s, e);
	AUTO_FREE struct nl_route *want = calloc(NET_FAMILIES * n + 1, sizeof(*want));
	AUTO_FREE size_t *peer_of = calloc(NET_FAMILIES * n + 1, sizeof(*peer_of));
	size_t count = 0;
	if (!want || !peer_of)
		return err_nomem(e);
	struct sync y = {s, v, n, fn, arg};
	for (int f = 0; f < NET_FAMILIES && code >= 0; f++) {
		char name[IFNAMSIZ];
		unsigned index;
		if (!self->has_mac[f])
			continue;
		net_vxlan_name(f, self->vni, name);
		code = nl_link_index(nl, name, &index, e);
		/* Where to, then whom, then the route: the kernel asks nobody on the wire. */
		if (code >= 0)
			code = entries_sync(&y, f, (int)index, true, e);
		if (code >= 0)
			code = entries_sync(&y, f, (int)index, false, e);
		for (size_t i = 0; i < n && code >= 0; i++) {
			struct nl_route *w = &want[count];
			if (!v[i].use[f])
				continue;
			(void)str_copy(w->dst, sizeof(w->dst), v[i].cidr[f]);
			net_network_of(v[i].cidr[f], w->via);
			(void)str_copy(w->dev, sizeof(w->dev), name);
			w->onlink = true;
			peer_of[count++] = i;
		}
	}
	struct net_routed f = {v, peer_of, fn, arg};
	return code < 0 ? code : net_routes_sync(nl, self, want, count, net_routed_failed, &f, e);
}

const struct net_backend_ops net_vxlan_ops = {.name = "vxlan",
					      .overhead = {50, 70}, /* Ethernet 14, IP 20 or 40, UDP 8, VXLAN 8 */
					      .must_announce = true,
					      .setup = vxlan_setup,
					      .sync = vxlan_sync};
