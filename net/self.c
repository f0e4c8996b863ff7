#include "net/self.h"
#include <stdio.h>
#include "base/cleanup.h"
#include "base/str.h"
#include "net/annotations.h"
#include "net/podnet_internal.h"

struct search {
	const char *iface; /* NULL: any but our own */
	const char *want;  /* NULL: the first */
	int family;
	char addr[48], found[IFNAMSIZ];
};

static bool is_ours(const char *ifname)
{
	return streq(ifname, PODNET_BRIDGE) || str_has_prefix(ifname, "flannel");
}

static int addr_seen(void *arg, const char *ifname, const char *addr)
{
	struct search *s = arg;
	char bare[48], good[48];
	(void)snprintf(bare, sizeof(bare), "%.*s", (int)(strcspn(addr, "/") & 63), addr);
	if ((s->iface && !streq(s->iface, ifname)) || is_ours(ifname) || !net_node_address(bare, s->family, good) ||
	    (s->want && !streq(s->want, good)))
		return 0;
	(void)str_copy(s->addr, sizeof(s->addr), good);
	(void)str_copy(s->found, sizeof(s->found), ifname);
	return 1;
}

/* The default route's of one family. */
static bool by_route(struct nl_ctx *nl, struct search *s)
{
	char addr[48];
	/* Any public address: nothing is sent. */
	return nl_route_source(nl, s->family == NET_V4 ? "192.88.99.1" : "2001:4860::1", addr, s->found, NULL) == 0 &&
	       !is_ours(s->found) && net_node_address(addr, s->family, s->addr);
}

static int family_find(struct nl_ctx *nl, const struct net_peer *said, const char *iface, int f, struct net_self *self,
		       struct err *e)
{
	struct search s = {.iface = iface, .want = said->ip[f], .family = f};
	int code = said->ip[f][0] ? nl_addr_each(nl, NULL, addr_seen, &s, e) : 0;
	if (code == 0 && iface) {
		s.want = NULL;
		code = nl_addr_each(nl, NULL, addr_seen, &s, e);
	} else if (code == 0 && !by_route(nl, &s)) {
		s.addr[0] = s.found[0] = 0;
	}
	if (code < 0)
		return code;
	(void)str_copy(self->ip[f], sizeof(self->ip[f]), s.addr);
	(void)str_copy(self->iface[f], sizeof(self->iface[f]), s.found);
	return 0;
}

/* InternalIP alone, without what the annotations say of an address before. */
static void internal_ip(const json_t *node, struct net_peer *said)
{
	const json_t *v;
	size_t i;
	for (int f = 0; f < NET_FAMILIES; f++) {
		said->ip[f][0] = 0;
		json_array_foreach (json_at(node, "status", "addresses", NULL), i, v) {
			if (streq(json_str(v, "type"), "InternalIP") &&
			    net_node_address(json_str(v, "address"), f, said->ip[f]))
				break;
		}
	}
}

int net_self_read(struct nl_ctx *nl, const json_t *node, const char *iface, unsigned mtu, struct net_self *ret,
		  struct err *e)
{
	struct net_peer said;
	(void)net_node_read(node, &said);
	internal_ip(node, &said);
	for (int f = 0; f < NET_FAMILIES; f++) {
		(void)str_copy(ret->cidr[f], sizeof(ret->cidr[f]), said.cidr[f]);
		int code = family_find(nl, &said, iface, f, ret, e);
		if (code < 0)
			return code;
		net_node_overwrite(node, f, ret->announced[f]);
		if (!ret->announced[f][0])
			(void)str_copy(ret->announced[f], sizeof(ret->announced[f]), ret->ip[f]);
		ret->has_mac[f] = said.has_vtep[f];
		memcpy(ret->mac[f], said.vtep_mac[f], 6);
		ret->iface_mtu[f] = mtu ? mtu : 1500;
		if (!mtu && ret->iface[f][0] && (code = nl_link_get_mtu(nl, ret->iface[f], &ret->iface_mtu[f], e)) < 0)
			return code;
		if (ret->iface_mtu[f] > 65535) /* loopback's */
			ret->iface_mtu[f] = 65535;
	}
	return 0;
}

unsigned net_self_pod_mtu(const struct net_self *self, const struct net_backend_ops *backend)
{
	unsigned mtu = 65535;
	bool any = false;
	for (int f = 0; f < NET_FAMILIES; f++) {
		unsigned m = self->iface_mtu[f] - (backend ? backend->overhead[f] : 0);
		/* A family without an address of the node goes nowhere, and must not make the other's packets smaller.
		 */
		if (!self->cidr[f][0] || !self->ip[f][0])
			continue;
		any = true;
		if (m < mtu)
			mtu = m;
	}
	return any ? mtu : 1500 - (backend ? backend->overhead[NET_V4] : 0);
}
