/* Addresses and routes. */
#include "base/netlink_private.h"
#include <errno.h>
#include <linux/if_addr.h>
#include <linux/rtnetlink.h>
#include <net/if.h>
#include <netlink/errno.h>
#include <netlink/msg.h>
#include <netlink/route/nexthop.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include "base/str.h"

#define AUTO_LINK   CLEANUP(nlx_put_link)
#define AUTO_CACHE  CLEANUP(nlx_put_cache)
#define AUTO_NLADDR CLEANUP(nlx_put_addr)
#define AUTO_MSG    CLEANUP(nlx_put_msg)

static void put_rtaddr(struct rtnl_addr **p)
{
	if (*p)
		rtnl_addr_put(*p);
}

static void put_route(struct rtnl_route **p)
{
	if (*p)
		rtnl_route_put(*p);
}

/* The name of an interface; "" when it went away meanwhile. */
static void index_name(struct nl_ctx *nl, int index, char out[IFNAMSIZ])
{
	AUTO_LINK struct rtnl_link *link = NULL;

	out[0] = '\0';
	if (index > 0 && rtnl_link_get_kernel(nl->sk, index, NULL, &link) == 0)
		(void)str_copy(out, IFNAMSIZ, rtnl_link_get_name(link));
}

/* 1: present, 0: not. */
static int addr_present(struct nl_ctx *nl, unsigned index, struct nl_addr *want, struct err *e)
{
	AUTO_CACHE struct nl_cache *cache = NULL;
	int r = rtnl_addr_alloc_cache(nl->sk, &cache);

	if (r < 0)
		return nlx_error(e, r, "cannot list addresses");
	for (struct nl_object *o = nl_cache_get_first(cache); o; o = nl_cache_get_next(o)) {
		struct rtnl_addr *a = (struct rtnl_addr *)o;
		struct nl_addr *local = rtnl_addr_get_local(a);

		if (rtnl_addr_get_ifindex(a) == (int)index && local && nl_addr_cmp(local, want) == 0 &&
		    rtnl_addr_get_prefixlen(a) == (int)nl_addr_get_prefixlen(want))
			return 1;
	}
	return 0;
}

static struct rtnl_addr *make_addr(unsigned index, struct nl_addr *local)
{
	struct rtnl_addr *a = rtnl_addr_alloc();

	if (!a)
		return NULL;
	rtnl_addr_set_ifindex(a, (int)index);
	if (rtnl_addr_set_local(a, local) < 0) {
		rtnl_addr_put(a);
		return NULL;
	}
	/* Ours by assignment: waiting for duplicate detection would only delay its use. */
	if (nl_addr_get_family(local) == AF_INET6)
		rtnl_addr_set_flags(a, IFA_F_NODAD);
	return a;
}

int nl_addr_ensure(struct nl_ctx *nl, const char *ifname, const char *addr, struct err *e)
{
	AUTO_NLADDR struct nl_addr *local = NULL;
	CLEANUP(put_rtaddr) struct rtnl_addr *a = NULL;
	unsigned index;
	int r = nl_link_index(nl, ifname, &index, e);

	if (r < 0 || (r = nlx_addr(addr, &local, e)) < 0)
		return r;
	a = make_addr(index, local);
	if (!a)
		return err_nomem(e);
	/* Tried first: listing what is there would cost as much as there are addresses, for each of them. */
	r = rtnl_addr_add(nl->sk, a, NLM_F_CREATE | NLM_F_EXCL);
	if (r == -NLE_EXIST) {
		/* The kernel's words for the very same address and prefix in IPv4, for the same address in IPv6. */
		if (nl_addr_get_family(local) == AF_INET)
			return 0;
		r = addr_present(nl, index, local, e);
		if (r == 0)
			return err_set(e, -EEXIST, "address %s exists on %s with another prefix length", addr, ifname);
		return r < 0 ? r : 0;
	}
	return r < 0 ? nlx_error(e, r, "cannot add address %s to %s", addr, ifname) : 1;
}

int nl_addr_del(struct nl_ctx *nl, const char *ifname, const char *addr, struct err *e)
{
	AUTO_NLADDR struct nl_addr *local = NULL;
	CLEANUP(put_rtaddr) struct rtnl_addr *a = NULL;
	unsigned index;
	int r = nlx_addr(addr, &local, e);

	if (r < 0)
		return r;
	r = nl_link_index(nl, ifname, &index, e);
	if (r < 0)
		return r == ERR_NOT_FOUND ? 0 : r; /* gone with its interface */
	a = make_addr(index, local);
	if (!a)
		return err_nomem(e);
	r = rtnl_addr_delete(nl->sk, a, 0);
	if (r == -NLE_NOADDR || r == -NLE_OBJ_NOTFOUND || r == -NLE_NODEV)
		return 0;
	return r < 0 ? nlx_error(e, r, "cannot remove address %s from %s", addr, ifname) : 1;
}

int nl_addr_each(struct nl_ctx *nl, const char *ifname, int (*fn)(void *arg, const char *ifname, const char *addr),
		 void *arg, struct err *e)
{
	AUTO_CACHE struct nl_cache *cache = NULL;
	unsigned index = 0;
	int r = ifname ? nl_link_index(nl, ifname, &index, e) : 0;

	if (r < 0)
		return r;
	r = rtnl_addr_alloc_cache(nl->sk, &cache);
	if (r < 0)
		return nlx_error(e, r, "cannot list addresses");
	for (struct nl_object *o = nl_cache_get_first(cache); o; o = nl_cache_get_next(o)) {
		struct rtnl_addr *a = (struct rtnl_addr *)o;
		struct nl_addr *local = rtnl_addr_get_local(a);
		char name[IFNAMSIZ], bare[64], text[80];

		if (!local || (index && rtnl_addr_get_ifindex(a) != (int)index))
			continue;
		if (ifname)
			(void)str_copy(name, sizeof name, ifname);
		else
			index_name(nl, rtnl_addr_get_ifindex(a), name);
		nlx_addr_text(local, 0, bare, sizeof bare);
		if (!name[0] || !bare[0])
			continue;
		(void)snprintf(text, sizeof text, "%s/%d", bare, rtnl_addr_get_prefixlen(a));
		r = fn(arg, name, text);
		if (r)
			return r;
	}
	return 0;
}

/* Routes. Only the main table and single next hops are ours to describe. */

static void route_text(struct nl_ctx *nl, struct rtnl_route *rt, struct nl_route *out)
{
	struct rtnl_nexthop *nh = rtnl_route_nexthop_n(rt, 0);
	struct nl_addr *dst = rtnl_route_get_dst(rt), *gw = nh ? rtnl_route_nh_get_gateway(nh) : NULL;

	memset(out, 0, sizeof *out);
	if (!dst || nl_addr_get_prefixlen(dst) == 0)
		(void)str_copy(out->dst, sizeof out->dst, rtnl_route_get_family(rt) == AF_INET6 ? "::/0" : "0.0.0.0/0");
	else
		nlx_addr_text(dst, 1, out->dst, sizeof out->dst);
	if (gw)
		nlx_addr_text(gw, 0, out->via, sizeof out->via);
	if (rtnl_route_get_pref_src(rt))
		nlx_addr_text(rtnl_route_get_pref_src(rt), 0, out->src, sizeof out->src);
	if (nh) {
		index_name(nl, rtnl_route_nh_get_ifindex(nh), out->dev);
		out->onlink = rtnl_route_nh_get_flags(nh) & RTNH_F_ONLINK;
	}
	out->proto = rtnl_route_get_protocol(rt);
}

static bool route_ours_to_see(struct rtnl_route *rt)
{
	int family = rtnl_route_get_family(rt);

	return (family == AF_INET || family == AF_INET6) && rtnl_route_get_table(rt) == RT_TABLE_MAIN &&
	       rtnl_route_get_type(rt) == RTN_UNICAST && !(rtnl_route_get_flags(rt) & RTM_F_CLONED);
}

int nl_route_each(struct nl_ctx *nl, int proto, int (*fn)(void *arg, const struct nl_route *r), void *arg,
		  struct err *e)
{
	AUTO_CACHE struct nl_cache *cache = NULL;
	int r = rtnl_route_alloc_cache(nl->sk, AF_UNSPEC, 0, &cache);

	if (r < 0)
		return nlx_error(e, r, "cannot list routes");
	for (struct nl_object *o = nl_cache_get_first(cache); o; o = nl_cache_get_next(o)) {
		struct rtnl_route *rt = (struct rtnl_route *)o;
		struct nl_route text;

		if (!route_ours_to_see(rt) || (proto && rtnl_route_get_protocol(rt) != proto))
			continue;
		route_text(nl, rt, &text);
		r = fn(arg, &text);
		if (r)
			return r;
	}
	return 0;
}

static int route_make(struct nl_ctx *nl, const struct nl_route *r, struct rtnl_route **ret, struct err *e)
{
	CLEANUP(put_route) struct rtnl_route *rt = rtnl_route_alloc();
	AUTO_NLADDR struct nl_addr *dst = NULL, *via = NULL, *src = NULL;
	struct rtnl_nexthop *nh = rtnl_route_nh_alloc();
	unsigned index = 0;
	int k;

	if (!rt || !nh) {
		if (nh)
			rtnl_route_nh_free(nh);
		return err_nomem(e);
	}
	rtnl_route_add_nexthop(rt, nh); /* owned by the route from here */
	if ((k = nlx_addr(r->dst, &dst, e)) < 0 || (r->via[0] && (k = nlx_addr(r->via, &via, e)) < 0) ||
	    (r->src[0] && (k = nlx_addr(r->src, &src, e)) < 0) ||
	    (r->dev[0] && (k = nl_link_index(nl, r->dev, &index, e)) < 0))
		return k;
	if (!r->via[0] && !r->dev[0])
		return err_set(e, -EINVAL, "route to %s names neither gateway nor interface", r->dst);
	rtnl_route_set_family(rt, (uint8_t)nl_addr_get_family(dst));
	rtnl_route_set_table(rt, RT_TABLE_MAIN);
	rtnl_route_set_type(rt, RTN_UNICAST);
	rtnl_route_set_protocol(rt, (uint8_t)(r->proto ? r->proto : NL_ROUTE_PROTO_MINIK));
	rtnl_route_set_scope(rt, via ? RT_SCOPE_UNIVERSE : RT_SCOPE_LINK);
	if (rtnl_route_set_dst(rt, dst) < 0 || (src && rtnl_route_set_pref_src(rt, src) < 0))
		return err_set(e, -EINVAL, "route to %s mixes address families", r->dst);
	if (via)
		rtnl_route_nh_set_gateway(nh, via);
	if (index)
		rtnl_route_nh_set_ifindex(nh, (int)index);
	if (r->onlink)
		rtnl_route_nh_set_flags(nh, RTNH_F_ONLINK);
	*ret = TAKE_PTR(rt);
	return 0;
}

struct route_search {
	const struct nl_route *want;
	char dst[64]; /* in the kernel's spelling */
	struct nl_route found;
	bool any, foreign, same;
};

static bool same_ip(const char *a, const char *b)
{
	AUTO_NLADDR struct nl_addr *x = NULL, *y = NULL;

	if (!a[0] || !b[0])
		return a[0] == b[0];
	return nlx_addr(a, &x, NULL) == 0 && nlx_addr(b, &y, NULL) == 0 && nl_addr_cmp(x, y) == 0;
}

static int route_look(void *arg, const struct nl_route *r)
{
	struct route_search *s = arg;
	int proto = s->want->proto ? s->want->proto : NL_ROUTE_PROTO_MINIK;

	if (!streq(r->dst, s->dst))
		return 0;
	s->any = true;
	s->found = *r;
	s->foreign = r->proto != proto;
	s->same = same_ip(r->via, s->want->via) && (!s->want->dev[0] || streq(r->dev, s->want->dev)) &&
		  (!s->want->src[0] || same_ip(r->src, s->want->src)) && r->onlink == s->want->onlink;
	return s->same;
}

static int route_find(struct nl_ctx *nl, const struct nl_route *r, struct route_search *s, struct err *e)
{
	AUTO_NLADDR struct nl_addr *dst = NULL;
	int k = nlx_addr(r->dst, &dst, e);

	if (k < 0)
		return k;
	memset(s, 0, sizeof *s);
	s->want = r;
	nlx_addr_text(dst, 1, s->dst, sizeof s->dst);
	k = nl_route_each(nl, 0, route_look, s, e);
	return k < 0 ? k : 0;
}

int nl_route_ensure(struct nl_ctx *nl, const struct nl_route *r, struct err *e)
{
	CLEANUP(put_route) struct rtnl_route *rt = NULL;
	struct route_search s;
	int k = route_make(nl, r, &rt, e);

	if (k < 0 || (k = route_find(nl, r, &s, e)) < 0)
		return k;
	if (s.same)
		return 0;
	if (s.any && s.foreign)
		return err_set(e, -EEXIST, "a route to %s by %s%s%s exists that is not minik's (protocol %d)", r->dst,
			       s.found.via, s.found.via[0] ? " on " : "", s.found.dev, s.found.proto);
	k = rtnl_route_add(nl->sk, rt, NLM_F_CREATE | NLM_F_REPLACE);
	return k < 0 ? nlx_error(e, k, "cannot set the route to %s", r->dst) : 1;
}

int nl_route_del(struct nl_ctx *nl, const struct nl_route *r, struct err *e)
{
	CLEANUP(put_route) struct rtnl_route *rt = rtnl_route_alloc();
	AUTO_NLADDR struct nl_addr *dst = NULL;
	int k = nlx_addr(r->dst, &dst, e);

	if (k < 0)
		return k;
	if (!rt)
		return err_nomem(e);
	/* By destination and protocol: never somebody else's. */
	rtnl_route_set_family(rt, (uint8_t)nl_addr_get_family(dst));
	rtnl_route_set_table(rt, RT_TABLE_MAIN);
	rtnl_route_set_scope(rt, RT_SCOPE_NOWHERE);
	rtnl_route_set_protocol(rt, (uint8_t)(r->proto ? r->proto : NL_ROUTE_PROTO_MINIK));
	if (rtnl_route_set_dst(rt, dst) < 0)
		return err_set(e, -EINVAL, "\"%s\" is no route destination", r->dst);
	k = rtnl_route_delete(nl->sk, rt, 0);
	if (k == -NLE_OBJ_NOTFOUND || k == -NLE_NODEV)
		return 0;
	return k < 0 ? nlx_error(e, k, "cannot remove the route to %s", r->dst) : 1;
}

struct lookup {
	bool found;
	int oif;
	char addr[48];
};

static int lookup_answer(struct nl_msg *msg, void *arg)
{
	struct nlattr *attrs[RTA_MAX + 1];
	struct lookup *lk = arg;
	struct nlmsghdr *h = nlmsg_hdr(msg);
	const struct rtmsg *rtm;

	if (h->nlmsg_type != RTM_NEWROUTE || nlmsg_parse(h, sizeof *rtm, attrs, RTA_MAX, NULL) < 0)
		return NL_OK;
	rtm = nlmsg_data(h);
	if (attrs[RTA_OIF] && nla_len(attrs[RTA_OIF]) == 4)
		lk->oif = (int)nla_get_u32(attrs[RTA_OIF]);
	if (attrs[RTA_PREFSRC]) {
		AUTO_NLADDR struct nl_addr *a = nl_addr_alloc_attr(attrs[RTA_PREFSRC], rtm->rtm_family);

		if (a)
			nlx_addr_text(a, 0, lk->addr, sizeof lk->addr);
	}
	lk->found = lk->oif && lk->addr[0];
	return NL_OK;
}

static int route_lookup(struct nl_ctx *nl, const char *dst, struct lookup *lk, struct err *e)
{
	AUTO_NLADDR struct nl_addr *a = NULL;
	AUTO_MSG struct nl_msg *msg = NULL;
	struct rtmsg rtm = {0};
	struct nl_cb *cb;
	int r = nlx_addr(dst, &a, e);

	if (r < 0)
		return r;
	rtm.rtm_family = (unsigned char)nl_addr_get_family(a);
	rtm.rtm_dst_len = (unsigned char)(8 * nl_addr_get_len(a));
	msg = nlmsg_alloc_simple(RTM_GETROUTE, NLM_F_REQUEST | NLM_F_ACK);
	if (!msg || nlmsg_append(msg, &rtm, sizeof rtm, NLMSG_ALIGNTO) < 0 || nla_put_addr(msg, RTA_DST, a) < 0)
		return err_nomem(e);
	r = nl_send_auto(nl->sk, msg);
	if (r < 0)
		return nlx_error(e, r, "cannot look up the route to %s", dst);
	cb = nl_cb_alloc(NL_CB_DEFAULT);
	if (!cb)
		return err_nomem(e);
	memset(lk, 0, sizeof *lk);
	(void)nl_cb_set(cb, NL_CB_VALID, NL_CB_CUSTOM, lookup_answer, lk);
	/* The answer, then the acknowledgement. */
	r = nl_recvmsgs(nl->sk, cb);
	if (r >= 0)
		r = nl_wait_for_ack(nl->sk);
	nl_cb_put(cb);
	if (r < 0 || !lk->found)
		return err_set(e, ERR_NOT_FOUND, "there is no route to %s", dst);
	return 0;
}

int nl_route_source(struct nl_ctx *nl, const char *dst, char ret_addr[48], char ret_dev[IFNAMSIZ], struct err *e)
{
	struct lookup lk;
	char dev[IFNAMSIZ];
	int r;

	if (dst) {
		r = route_lookup(nl, dst, &lk, e);
	} else {
		/* Any public address: nothing is sent. */
		r = route_lookup(nl, "192.88.99.1", &lk, NULL);
		if (r < 0)
			r = route_lookup(nl, "2001:4860::1", &lk, NULL);
		if (r < 0)
			return err_set(e, ERR_NOT_FOUND, "there is no default route");
	}
	if (r < 0)
		return r;
	index_name(nl, lk.oif, dev);
	if (!dev[0])
		return err_set(e, ERR_NOT_FOUND, "the interface of the route to %s is gone", dst ? dst : "anywhere");
	(void)str_copy(ret_addr, 48, lk.addr);
	(void)str_copy(ret_dev, IFNAMSIZ, dev);
	return 0;
}
