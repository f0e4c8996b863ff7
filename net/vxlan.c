/*
 * vxlan, wire-compatible with flannel's: one device flannel.1 with the network address of the node's pod CIDR; for
 * every other node a forwarding entry (its VTEP's hardware address -> its node address), a neighbour (its network
 * address -> that hardware address) and a route. Nothing is learned from the wire.
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
#include "base/str.h"
#include "net/backend.h"
#include "net/net_internal.h"

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

/* "10.42.3.0/24" -> "10.42.3.0" */
static void network_of(const char *cidr, char out[48])
{
	size_t n = strcspn(cidr, "/");
	(void)snprintf(out, 48, "%.*s", (int)n, cidr);
}

static int parse_addr(struct nl_addr **ret, const char *text, struct err *e)
{
	int r = nl_addr_parse(text, AF_UNSPEC, ret);
	return r < 0 ? nl_fail(e, r, text) : 0;
}

/* An existing device with other parameters cannot be changed: it is made anew. */
static bool same_device(struct rtnl_link *l, const struct net_self *self, int parent)
{
	uint32_t id = 0, port = 0, link = 0;
	if (!rtnl_link_is_vxlan(l) || rtnl_link_vxlan_get_id(l, &id) < 0 || rtnl_link_vxlan_get_port(l, &port) < 0)
		return false;
	(void)rtnl_link_vxlan_get_link(l, &link);
	CLEANUP(addr_put) struct nl_addr *local = NULL, *want = NULL;
	if (rtnl_link_vxlan_get_local(l, &local) < 0 || nl_addr_parse(self->ip, AF_UNSPEC, &want) < 0)
		return false;
	return id == self->vni && port == self->port && link == (uint32_t)parent && nl_addr_cmp(local, want) == 0;
}

static int device_make(struct nl_sock *s, struct nl_ctx *nl, const struct net_self *self, struct err *e)
{
	unsigned parent;
	int code = nl_link_index(nl, self->iface, &parent, e);
	if (code < 0)
		return code;
	CLEANUP(link_put) struct rtnl_link *old = NULL, *l = NULL;
	if (rtnl_link_get_kernel(s, 0, NET_VXLAN_IFNAME, &old) == 0) {
		if (same_device(old, self, (int)parent))
			return 0;
		code = nl_link_del(nl, NET_VXLAN_IFNAME, e);
		if (code < 0)
			return code;
	}
	CLEANUP(addr_put) struct nl_addr *local = NULL, *mac = NULL;
	l = rtnl_link_vxlan_alloc();
	if (!l)
		return err_nomem(e);
	code = parse_addr(&local, self->ip, e);
	if (code < 0)
		return code;
	uint8_t hw[6];
	random_bytes(hw, 6);
	hw[0] = (uint8_t)((hw[0] & 0xfc) | 2); /* locally administered, unicast */
	mac = nl_addr_build(AF_LLC, hw, 6);
	if (!mac)
		return err_nomem(e);
	rtnl_link_set_name(l, NET_VXLAN_IFNAME);
	rtnl_link_set_addr(l, mac);
	rtnl_link_set_mtu(l, self->mtu - net_vxlan_ops.overhead);
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
	return r < 0 ? nl_fail(e, r, "cannot make device " NET_VXLAN_IFNAME) : 0;
}

static int vxlan_setup(struct nl_ctx *nl, const struct net_self *self, uint8_t ret_mac[6], struct err *e)
{
	CLEANUP(sock_free) struct nl_sock *s = NULL;
	char own[48], addr[64];
	int code = sock_open(&s, e);
	if (code == 0)
		code = device_make(s, nl, self, e);
	if (code == 0)
		code = nl_link_set_up(nl, NET_VXLAN_IFNAME, true, e);
	for (int k = 0; k < 2 && code >= 0; k++)
		if (self->cidrs[k][0]) {
			network_of(self->cidrs[k], own);
			(void)snprintf(addr, sizeof(addr), "%s/%d", own, strchr(own, ':') ? 128 : 32);
			code = nl_addr_ensure(nl, NET_VXLAN_IFNAME, addr, e);
		}
	return code < 0 ? code : nl_link_get_mac(nl, NET_VXLAN_IFNAME, ret_mac, e);
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

static bool wanted(struct rtnl_neigh *n, const struct net_peer *v, size_t count)
{
	struct nl_addr *hw = rtnl_neigh_get_lladdr(n), *dst = rtnl_neigh_get_dst(n);
	char text[64] = "", own[48];
	if (!hw || nl_addr_get_len(hw) != 6 || !dst)
		return false;
	(void)nl_addr2str(dst, text, sizeof(text));
	text[strcspn(text, "/")] = 0;
	for (size_t i = 0; i < count; i++) {
		if (!v[i].has_vtep || memcmp(nl_addr_get_binary_addr(hw), v[i].vtep_mac, 6) != 0)
			continue;
		if (rtnl_neigh_get_family(n) == AF_BRIDGE) {
			if (streq(text, v[i].ip))
				return true;
			continue;
		}
		for (int k = 0; k < 2; k++) {
			network_of(v[i].cidrs[k], own);
			if (own[0] && streq(text, own))
				return true;
		}
	}
	return false;
}

/* Entries of nodes that are gone. */
static int stale_remove(struct nl_sock *s, int ifindex, int family, const struct net_peer *v, size_t n, struct err *e)
{
	CLEANUP(cache_free_p) struct nl_cache *cache = NULL;
	int r = nl_cache_alloc_name("route/neigh", &cache);
	if (r == 0)
		r = family == AF_BRIDGE ? (nl_cache_set_arg1(cache, AF_BRIDGE), nl_cache_refill(s, cache))
					: nl_cache_refill(s, cache);
	if (r < 0)
		return nl_fail(e, r, "cannot list neighbours");
	for (struct nl_object *o = nl_cache_get_first(cache); o; o = nl_cache_get_next(o)) {
		struct rtnl_neigh *x = (struct rtnl_neigh *)o;
		int f = rtnl_neigh_get_family(x);
		if (rtnl_neigh_get_ifindex(x) != ifindex || (family == AF_BRIDGE) != (f == AF_BRIDGE) ||
		    !(rtnl_neigh_get_state(x) & NUD_PERMANENT) || wanted(x, v, n))
			continue;
		r = rtnl_neigh_delete(s, x, 0);
		if (r < 0 && r != -NLE_OBJ_NOTFOUND)
			return nl_fail(e, r, "cannot remove an entry of a node that is gone");
	}
	return 0;
}

struct failed {
	const struct net_peer *peers;
	const size_t *peer_of;
	net_peer_error fn;
	void *arg;
};
static void failed(void *arg, size_t i, const struct err *why)
{
	struct failed *f = arg;
	f->fn(f->arg, &f->peers[f->peer_of[i]], why);
}

static int vxlan_sync(struct nl_ctx *nl, const struct net_self *self, const struct net_peer *v, size_t n,
		      net_peer_error fn, void *arg, struct err *e)
{
	CLEANUP(sock_free) struct nl_sock *s = NULL;
	unsigned index;
	int code = sock_open(&s, e);
	if (code == 0)
		code = nl_link_index(nl, NET_VXLAN_IFNAME, &index, e);
	AUTO_FREE struct nl_route *want = calloc(2 * n + 1, sizeof(*want));
	AUTO_FREE size_t *peer_of = calloc(2 * n + 1, sizeof(*peer_of));
	size_t count = 0;
	if (!want || !peer_of)
		return err_nomem(e);
	for (size_t i = 0; i < n && code == 0; i++) {
		if (!v[i].has_vtep) /* it has not announced itself yet: its next update will */
			continue;
		struct err why = {0};
		int r = neigh_add(s, (int)index, AF_BRIDGE, v[i].vtep_mac, v[i].ip, &why);
		for (int k = 0; k < 2 && r == 0; k++) {
			char net[48];
			if (!v[i].cidrs[k][0])
				continue;
			network_of(v[i].cidrs[k], net);
			r = neigh_add(s, (int)index, AF_INET, v[i].vtep_mac, net, &why);
			struct nl_route *w = &want[count];
			(void)str_copy(w->dst, sizeof(w->dst), v[i].cidrs[k]);
			(void)str_copy(w->via, sizeof(w->via), net);
			(void)str_copy(w->dev, sizeof(w->dev), NET_VXLAN_IFNAME);
			w->onlink = true;
			peer_of[count++] = i;
		}
		if (r < 0)
			fn(arg, &v[i], &why);
	}
	struct failed f = {v, peer_of, fn, arg};
	if (code == 0)
		code = net_routes_sync(nl, self, want, count, failed, &f, e);
	if (code == 0)
		code = stale_remove(s, (int)index, AF_INET, v, n, e);
	if (code == 0)
		code = stale_remove(s, (int)index, AF_BRIDGE, v, n, e);
	return code;
}

const struct net_backend_ops net_vxlan_ops = {"vxlan", 50, true, vxlan_setup, vxlan_sync};
