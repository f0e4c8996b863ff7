/* Links. */
#include "base/netlink_private.h"
#include <errno.h>
#include <linux/if_link.h>
#include <linux/rtnetlink.h>
#include <netlink/errno.h>
#include <netlink/msg.h>
#include <netlink/route/link/veth.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include "base/str.h"

#define AUTO_LINK   CLEANUP(nlx_put_link)
#define AUTO_CACHE  CLEANUP(nlx_put_cache)
#define AUTO_MSG    CLEANUP(nlx_put_msg)
#define AUTO_NLADDR CLEANUP(nlx_put_addr)

static int check_name(const char *name, struct err *e)
{
	size_t n = strlen(name);

	if (n == 0 || n >= IFNAMSIZ)
		return err_set(e, -EINVAL, "\"%s\" cannot be an interface name: 1 to %d characters", name,
			       IFNAMSIZ - 1);
	return 0;
}

int nlx_link(struct nl_ctx *nl, const char *ifname, struct rtnl_link **ret, struct err *e)
{
	int r = check_name(ifname, e);

	if (r < 0)
		return r;
	r = rtnl_link_get_kernel(nl->sk, 0, ifname, ret);
	return r < 0 ? nlx_error(e, r, "interface %s", ifname) : 0;
}

int nl_link_index(struct nl_ctx *nl, const char *ifname, unsigned *ret, struct err *e)
{
	AUTO_LINK struct rtnl_link *link = NULL;
	int r = nlx_link(nl, ifname, &link, e);

	if (r == 0)
		*ret = (unsigned)rtnl_link_get_ifindex(link);
	return r;
}

static int change(struct nl_ctx *nl, struct rtnl_link *link, struct rtnl_link *changes, const char *what, struct err *e)
{
	int r = rtnl_link_change(nl->sk, link, changes, 0);

	return r < 0 ? nlx_error(e, r, "cannot change the %s of interface %s", what, rtnl_link_get_name(link)) : 0;
}

/* Brings an existing link to the wanted kind (checked), MTU (0: any) and up. */
static int ensure_existing(struct nl_ctx *nl, struct rtnl_link *link, const char *kind, unsigned mtu, struct err *e)
{
	AUTO_LINK struct rtnl_link *changes = rtnl_link_alloc();
	const char *have = rtnl_link_get_type(link);
	bool differs = false;
	int r;

	if (!changes)
		return err_nomem(e);
	if (!have || !streq(have, kind))
		return err_set(e, -EEXIST, "interface %s exists but is a %s, not a %s: remove or rename it",
			       rtnl_link_get_name(link), have ? have : "plain device", kind);
	if (mtu && rtnl_link_get_mtu(link) != mtu) {
		rtnl_link_set_mtu(changes, mtu);
		differs = true;
	}
	if (!(rtnl_link_get_flags(link) & IFF_UP)) {
		rtnl_link_set_flags(changes, IFF_UP);
		differs = true;
	}
	if (!differs)
		return 0;
	r = change(nl, link, changes, "state", e);
	return r < 0 ? r : 1;
}

static int link_ensure(struct nl_ctx *nl, const char *name, const char *kind, unsigned mtu, struct err *e)
{
	for (int attempt = 0;; attempt++) {
		AUTO_LINK struct rtnl_link *link = NULL, *fresh = NULL;
		AUTO_NLADDR struct nl_addr *mac = NULL;
		unsigned char bytes[6];
		int r = nlx_link(nl, name, &link, e);

		if (r == 0)
			return ensure_existing(nl, link, kind, mtu, e);
		if (r != ERR_NOT_FOUND)
			return r;
		fresh = rtnl_link_alloc();
		/* An explicit address: a bridge without one takes a port's, and changes it when the port goes. */
		random_bytes(bytes, sizeof bytes);
		bytes[0] = (unsigned char)((bytes[0] & 0xfc) | 0x02);
		mac = nl_addr_build(AF_LLC, bytes, sizeof bytes);
		if (!fresh || !mac)
			return err_nomem(e);
		r = rtnl_link_set_type(fresh, kind);
		if (r < 0)
			return nlx_error(e, r, "cannot make a %s interface", kind);
		rtnl_link_set_name(fresh, name);
		rtnl_link_set_addr(fresh, mac);
		if (mtu)
			rtnl_link_set_mtu(fresh, mtu);
		rtnl_link_set_flags(fresh, IFF_UP);
		r = rtnl_link_add(nl->sk, fresh, NLM_F_CREATE | NLM_F_EXCL);
		if (r == -NLE_EXIST && attempt == 0)
			continue; /* somebody was faster: look at theirs */
		return r < 0 ? nlx_error(e, r, "cannot create the %s interface %s", kind, name) : 1;
	}
}

int nl_link_ensure_bridge(struct nl_ctx *nl, const char *name, unsigned mtu, struct err *e)
{
	return link_ensure(nl, name, "bridge", mtu, e);
}

int nl_link_ensure_dummy(struct nl_ctx *nl, const char *name, struct err *e)
{
	return link_ensure(nl, name, "dummy", 0, e);
}

int nl_link_ensure_ifb(struct nl_ctx *nl, const char *name, struct err *e)
{
	return link_ensure(nl, name, "ifb", 0, e);
}

int nl_link_add_veth(struct nl_ctx *nl, const char *name, const char *peer, int netns_fd, unsigned mtu, struct err *e)
{
	AUTO_LINK struct rtnl_link *link = NULL, *other = NULL;
	int r = check_name(name, e);

	if (r < 0 || (r = check_name(peer, e)) < 0)
		return r;
	link = rtnl_link_veth_alloc();
	if (!link)
		return err_nomem(e);
	other = rtnl_link_veth_get_peer(link); /* a reference */
	rtnl_link_set_name(link, name);
	rtnl_link_set_name(other, peer);
	if (mtu) {
		rtnl_link_set_mtu(link, mtu);
		rtnl_link_set_mtu(other, mtu);
	}
	if (netns_fd >= 0)
		rtnl_link_set_ns_fd(other, netns_fd);
	r = rtnl_link_add(nl->sk, link, NLM_F_CREATE | NLM_F_EXCL);
	return r < 0 ? nlx_error(e, r, "cannot create the veth pair %s and %s", name, peer) : 0;
}

int nl_link_set_master(struct nl_ctx *nl, const char *ifname, const char *bridge, struct err *e)
{
	AUTO_LINK struct rtnl_link *link = NULL, *master = NULL;
	int r = nlx_link(nl, ifname, &link, e);

	if (r < 0 || (r = nlx_link(nl, bridge, &master, e)) < 0)
		return r;
	if (rtnl_link_get_master(link) == rtnl_link_get_ifindex(master))
		return 0;
	r = rtnl_link_enslave_ifindex(nl->sk, rtnl_link_get_ifindex(master), rtnl_link_get_ifindex(link));
	return r < 0 ? nlx_error(e, r, "cannot attach %s to %s", ifname, bridge) : 1;
}

int nl_link_is_port(struct nl_ctx *nl, const char *ifname, const char *bridge, struct err *e)
{
	AUTO_LINK struct rtnl_link *link = NULL, *master = NULL;
	int r = nlx_link(nl, ifname, &link, e);

	if (r < 0 || (r = nlx_link(nl, bridge, &master, e)) < 0)
		return r;
	return rtnl_link_get_master(link) == rtnl_link_get_ifindex(master);
}

int nl_link_set_up(struct nl_ctx *nl, const char *ifname, bool up, struct err *e)
{
	AUTO_LINK struct rtnl_link *link = NULL, *changes = NULL;
	int r = nlx_link(nl, ifname, &link, e);

	if (r < 0)
		return r;
	if (!!(rtnl_link_get_flags(link) & IFF_UP) == up)
		return 0;
	changes = rtnl_link_alloc();
	if (!changes)
		return err_nomem(e);
	if (up)
		rtnl_link_set_flags(changes, IFF_UP);
	else
		rtnl_link_unset_flags(changes, IFF_UP);
	r = change(nl, link, changes, "state", e);
	return r < 0 ? r : 1;
}

int nl_link_set_hairpin(struct nl_ctx *nl, const char *ifname, bool on, struct err *e)
{
	struct ifinfomsg ifi = {.ifi_family = AF_BRIDGE};
	AUTO_MSG struct nl_msg *msg = NULL;
	struct nlattr *port;
	unsigned index = 0;
	int r = nl_link_index(nl, ifname, &index, e);

	if (r < 0)
		return r;
	ifi.ifi_index = (int)index;
	msg = nlmsg_alloc_simple(RTM_SETLINK, 0);
	if (!msg || nlmsg_append(msg, &ifi, sizeof ifi, NLMSG_ALIGNTO) < 0)
		return err_nomem(e);
	port = nla_nest_start(msg, IFLA_PROTINFO | NLA_F_NESTED);
	if (!port || nla_put_u8(msg, IFLA_BRPORT_MODE, on) < 0)
		return err_nomem(e);
	(void)nla_nest_end(msg, port);
	r = nl_send_sync(nl->sk, TAKE_PTR(msg)); /* frees the message */
	return r < 0 ? nlx_error(e, r, "cannot set the hairpin mode of %s", ifname) : 0;
}

int nl_link_set_mac(struct nl_ctx *nl, const char *ifname, const uint8_t mac[6], struct err *e)
{
	AUTO_LINK struct rtnl_link *link = NULL, *changes = NULL;
	AUTO_NLADDR struct nl_addr *a = NULL;
	uint8_t have[6];
	int r = nlx_link(nl, ifname, &link, e);

	if (r < 0)
		return r;
	if (nl_link_get_mac(nl, ifname, have, NULL) == 0 && memcmp(have, mac, 6) == 0)
		return 0;
	changes = rtnl_link_alloc();
	a = nl_addr_build(AF_LLC, mac, 6);
	if (!changes || !a)
		return err_nomem(e);
	rtnl_link_set_addr(changes, a);
	r = change(nl, link, changes, "MAC address", e);
	return r < 0 ? r : 1;
}

int nl_link_get_mac(struct nl_ctx *nl, const char *ifname, uint8_t ret[6], struct err *e)
{
	AUTO_LINK struct rtnl_link *link = NULL;
	struct nl_addr *a; /* borrowed */
	int r = nlx_link(nl, ifname, &link, e);

	if (r < 0)
		return r;
	a = rtnl_link_get_addr(link);
	if (!a || nl_addr_get_len(a) != 6)
		return err_set(e, ERR_NOT_FOUND, "interface %s has no MAC address", ifname);
	memcpy(ret, nl_addr_get_binary_addr(a), 6);
	return 0;
}

int nl_link_get_mtu(struct nl_ctx *nl, const char *ifname, unsigned *ret, struct err *e)
{
	AUTO_LINK struct rtnl_link *link = NULL;
	int r = nlx_link(nl, ifname, &link, e);

	if (r == 0)
		*ret = rtnl_link_get_mtu(link);
	return r;
}

int nl_link_set_mtu(struct nl_ctx *nl, const char *ifname, unsigned mtu, struct err *e)
{
	AUTO_LINK struct rtnl_link *link = NULL, *changes = NULL;
	int r = nlx_link(nl, ifname, &link, e);

	if (r < 0)
		return r;
	if (rtnl_link_get_mtu(link) == mtu)
		return 0;
	changes = rtnl_link_alloc();
	if (!changes)
		return err_nomem(e);
	rtnl_link_set_mtu(changes, mtu);
	r = change(nl, link, changes, "MTU", e);
	return r < 0 ? r : 1;
}

int nl_link_set_promiscuous(struct nl_ctx *nl, const char *ifname, bool on, struct err *e)
{
	AUTO_LINK struct rtnl_link *link = NULL, *changes = NULL;
	int r = nlx_link(nl, ifname, &link, e);

	if (r < 0)
		return r;
	if (!!(rtnl_link_get_flags(link) & IFF_PROMISC) == on)
		return 0;
	changes = rtnl_link_alloc();
	if (!changes)
		return err_nomem(e);
	if (on)
		rtnl_link_set_flags(changes, IFF_PROMISC);
	else
		rtnl_link_unset_flags(changes, IFF_PROMISC);
	r = change(nl, link, changes, "promiscuous mode", e);
	return r < 0 ? r : 1;
}

int nl_link_set_alias(struct nl_ctx *nl, const char *ifname, const char *alias, struct err *e)
{
	AUTO_LINK struct rtnl_link *link = NULL, *changes = NULL;
	int r = nlx_link(nl, ifname, &link, e);

	if (r < 0)
		return r;
	if (streq(rtnl_link_get_ifalias(link), alias))
		return 0;
	changes = rtnl_link_alloc();
	if (!changes)
		return err_nomem(e);
	rtnl_link_set_ifalias(changes, alias);
	r = change(nl, link, changes, "alias", e);
	return r < 0 ? r : 1;
}

int nl_link_get_alias(struct nl_ctx *nl, const char *ifname, char *out, size_t cap, struct err *e)
{
	AUTO_LINK struct rtnl_link *link = NULL;
	int r = nlx_link(nl, ifname, &link, e);

	if (r == 0)
		(void)str_copy(out, cap, rtnl_link_get_ifalias(link) ? rtnl_link_get_ifalias(link) : "");
	return r;
}

int nl_link_del(struct nl_ctx *nl, const char *ifname, struct err *e)
{
	AUTO_LINK struct rtnl_link *link = NULL;
	int r = nlx_link(nl, ifname, &link, e);

	if (r == ERR_NOT_FOUND)
		return 0;
	if (r < 0)
		return r;
	r = rtnl_link_delete(nl->sk, link);
	if (r == -NLE_NODEV || r == -NLE_OBJ_NOTFOUND)
		return 0;
	return r < 0 ? nlx_error(e, r, "cannot delete interface %s", ifname) : 0;
}

int nl_link_each(struct nl_ctx *nl, int (*fn)(void *arg, unsigned index, const char *name, const char *kind), void *arg,
		 struct err *e)
{
	AUTO_CACHE struct nl_cache *cache = NULL;
	int r = rtnl_link_alloc_cache(nl->sk, AF_UNSPEC, &cache);

	if (r < 0)
		return nlx_error(e, r, "cannot list interfaces");
	for (struct nl_object *o = nl_cache_get_first(cache); o; o = nl_cache_get_next(o)) {
		struct rtnl_link *link = (struct rtnl_link *)o;
		const char *name = rtnl_link_get_name(link), *kind = rtnl_link_get_type(link);

		r = fn(arg, (unsigned)rtnl_link_get_ifindex(link), name ? name : "", kind ? kind : "");
		if (r)
			return r;
	}
	return 0;
}
