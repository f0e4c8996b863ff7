#include "net/sctp_crc.h"
#include <arpa/inet.h>
#include <errno.h>
#include <linux/if_ether.h>
#include <linux/pkt_cls.h>
#include <linux/pkt_sched.h>
#include <linux/tc_act/tc_csum.h>
#include <net/if.h>
#include <netlink/netlink.h>
#include <netlink/route/classifier.h>
#include <netlink/route/qdisc.h>
#include <netlink/route/tc.h>
#include <netlink/socket.h>
#include <netinet/in.h>
#include "base/cleanup.h"
#include "net/tc_cleanup.h"

#define PRIORITY 77 /* ours, as the protocol of routes is */
#define CLSACT   TC_H_MAKE(TC_H_CLSACT, 0)
#define EGRESS   TC_H_MAKE(TC_H_CLSACT, TC_H_MIN_EGRESS)
#define INGRESS  TC_H_MAKE(TC_H_CLSACT, TC_H_MIN_INGRESS)

static void cache_free_p(struct nl_cache **c)
{
	if (*c)
		nl_cache_free(*c);
}
static void msg_free(struct nl_msg **m)
{
	if (*m)
		nlmsg_free(*m);
}

static int fail(struct err *e, int code, const char *ifname, const char *what)
{
	bool lacks = code == -NLE_OPNOTSUPP || code == -NLE_OBJ_NOTFOUND;
	return err_set(e, lacks ? ERR_UNSUPPORTED : -EIO, "CRC of SCTP at %s: cannot %s: %s%s", ifname, what,
		       nl_geterror(code), lacks ? " (the kernel needs sch_ingress, cls_u32 and act_csum)" : "");
}

/* How many filters there are at one side of the device, and whether one is ours. */
static int filters(struct nl_sock *s, int index, uint32_t parent, bool *ret_ours)
{
	CLEANUP(cache_free_p) struct nl_cache *cache = NULL;
	int r = rtnl_cls_alloc_cache(s, index, parent, &cache);
	*ret_ours = false;
	if (r < 0)
		return r;
	for (struct nl_object *o = nl_cache_get_first(cache); o; o = nl_cache_get_next(o))
		*ret_ours |= rtnl_cls_get_prio((struct rtnl_cls *)o) == PRIORITY;
	return nl_cache_nitems(cache);
}

static int clsact(struct rtnl_qdisc **ret, int index, struct err *e)
{
	CLEANUP(qdisc_put) struct rtnl_qdisc *q = rtnl_qdisc_alloc();
	if (!q)
		return err_nomem(e);
	rtnl_tc_set_ifindex(TC_CAST(q), index);
	rtnl_tc_set_parent(TC_CAST(q), TC_H_CLSACT);
	rtnl_tc_set_handle(TC_CAST(q), CLSACT);
	if (rtnl_tc_set_kind(TC_CAST(q), "clsact") < 0)
		return err_nomem(e);
	*ret = TAKE_PTR(q);
	return 0;
}

/* A packet of SCTP by its IP header; of IPv6 those without extension headers, as the kernel sends them. */
static int filter_fill(struct nl_msg *m, int index, int family)
{
	bool v4 = family == AF_INET;
	struct tcmsg head = {.tcm_family = AF_UNSPEC,
			     .tcm_ifindex = index,
			     .tcm_parent = EGRESS,
			     .tcm_info = TC_H_MAKE((uint32_t)PRIORITY << 16, htons(v4 ? ETH_P_IP : ETH_P_IPV6))};
	struct {
		struct tc_u32_sel sel;
		struct tc_u32_key key;
	} match = {.sel = {.flags = TC_U32_TERMINAL, .nkeys = 1},
		   .key = {.off = v4 ? 8 : 4, /* TTL, protocol, checksum; length, next header, hop limit */
			   .mask = htonl(v4 ? 0x00ff0000u : 0x0000ff00u),
			   .val = htonl((uint32_t)IPPROTO_SCTP << (v4 ? 16 : 8))}};
	/* Other filters, if there are any, are asked too. */
	struct tc_csum csum = {.action = TC_ACT_UNSPEC, .update_flags = TCA_CSUM_UPDATE_FLAG_SCTP};
	struct nlattr *options, *actions, *first, *parameters;
	if (nlmsg_append(m, &head, sizeof(head), NLMSG_ALIGNTO) < 0 || nla_put_string(m, TCA_KIND, "u32") < 0 ||
	    !(options = nla_nest_start(m, TCA_OPTIONS)) || nla_put(m, TCA_U32_SEL, sizeof(match), &match) < 0 ||
	    !(actions = nla_nest_start(m, TCA_U32_ACT)) || !(first = nla_nest_start(m, 1)) ||
	    nla_put_string(m, TCA_ACT_KIND, "csum") < 0 || !(parameters = nla_nest_start(m, TCA_ACT_OPTIONS)) ||
	    nla_put(m, TCA_CSUM_PARMS, sizeof(csum), &csum) < 0)
		return -1;
	nla_nest_end(m, parameters);
	nla_nest_end(m, first);
	nla_nest_end(m, actions);
	nla_nest_end(m, options);
	return 0;
}

static int add(struct nl_sock *s, const char *ifname, int index, int family, struct err *e)
{
	CLEANUP(qdisc_put) struct rtnl_qdisc *q = NULL;
	CLEANUP(msg_free) struct nl_msg *m = nlmsg_alloc_simple(RTM_NEWTFILTER, NLM_F_CREATE | NLM_F_EXCL);
	int r = clsact(&q, index, e);
	if (r < 0)
		return r;
	if (!m || filter_fill(m, index, family) < 0)
		return err_nomem(e);
	r = rtnl_qdisc_add(s, q, NLM_F_CREATE | NLM_F_EXCL);
	if (r < 0 && r != -NLE_EXIST)
		return fail(e, r, ifname, "look at outgoing packets");
	r = nl_send_sync(s, TAKE_PTR(m)); /* frees the message */
	return r < 0 ? fail(e, r, ifname, "add the filter") : 0;
}

static int take_away(struct nl_sock *s, const char *ifname, int index, int family, struct err *e)
{
	CLEANUP(qdisc_put) struct rtnl_qdisc *q = NULL;
	CLEANUP(cls_put) struct rtnl_cls *c = rtnl_cls_alloc();
	bool ours;
	if (!c)
		return err_nomem(e);
	rtnl_tc_set_ifindex(TC_CAST(c), index);
	rtnl_tc_set_parent(TC_CAST(c), EGRESS);
	rtnl_cls_set_prio(c, PRIORITY);
	rtnl_cls_set_protocol(c, family == AF_INET ? ETH_P_IP : ETH_P_IPV6);
	int r = rtnl_cls_delete(s, c, 0);
	if (r < 0 && r != -NLE_OBJ_NOTFOUND)
		return fail(e, r, ifname, "remove the filter");
	/* What holds filters goes with the last of them. */
	if (filters(s, index, EGRESS, &ours) != 0 || filters(s, index, INGRESS, &ours) != 0)
		return 0;
	r = clsact(&q, index, e);
	if (r < 0)
		return r;
	r = rtnl_qdisc_delete(s, q);
	return r < 0 && r != -NLE_OBJ_NOTFOUND ? fail(e, r, ifname, "stop looking at outgoing packets") : 0;
}

int net_sctp_crc_keep(const char *ifname, int family, bool wanted, struct err *e)
{
	CLEANUP(sock_free) struct nl_sock *s = nl_socket_alloc();
	int index = (int)if_nametoindex(ifname), r = s ? nl_connect(s, NETLINK_ROUTE) : -NLE_NOMEM;
	bool there = false;
	if (index == 0)
		return err_set(e, ERR_NOT_FOUND, "there is no device %s", ifname);
	if (r < 0)
		return fail(e, r, ifname, "open a netlink socket");
	r = filters(s, index, EGRESS, &there);
	/* A kernel without traffic control cannot list either, and has nothing of ours. */
	if (r < 0)
		return !wanted ? 0 : fail(e, r, ifname, "list filters");
	if (there == wanted)
		return 0;
	return wanted ? add(s, ifname, index, family, e) : take_away(s, ifname, index, family, e);
}
