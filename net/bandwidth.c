#include <errno.h>
#include <limits.h>
#include <linux/if_ether.h>
#include <linux/pkt_cls.h>
#include <linux/pkt_sched.h>
#include <linux/tc_act/tc_mirred.h>
#include <netlink/netlink.h>
#include <netlink/route/act/mirred.h>
#include <netlink/route/classifier.h>
#include <netlink/route/cls/u32.h>
#include <netlink/route/qdisc.h>
#include <netlink/route/qdisc/tbf.h>
#include <netlink/route/tc.h>
#include <netlink/socket.h>
#include "base/cleanup.h"
#include "base/str.h"
#include "net/bandwidth.h"
#include "net/net_internal.h"
#include "net/tc_cleanup.h"

#define BURST_MIN 131072 /* bytes: two packets of segmentation offload */

static void act_put(struct rtnl_act **a)
{
	if (*a)
		rtnl_act_put(*a);
}

static int fail(struct err *e, int code, const char *dev, const char *what)
{
	return err_set(e, code == -NLE_OPNOTSUPP || code == -NLE_OBJ_NOTFOUND ? ERR_UNSUPPORTED : -EIO,
		       "bandwidth of %s: cannot %s: %s (the kernel needs tbf, ifb, u32 and mirred)", dev, what,
		       nl_geterror(code));
}

/* veth1234abcd -> ifb1234abcd */
static void ifb_name(const char *veth, char out[IFNAMSIZ])
{
	(void)snprintf(out, IFNAMSIZ, "ifb%.10s", str_has_prefix(veth, "veth") ? veth + 4 : veth);
}

static int qdisc_make(struct rtnl_qdisc **ret, unsigned index, uint32_t parent, const char *kind, struct err *e)
{
	CLEANUP(qdisc_put) struct rtnl_qdisc *q = rtnl_qdisc_alloc();
	if (!q)
		return err_nomem(e);
	rtnl_tc_set_ifindex(TC_CAST(q), (int)index);
	rtnl_tc_set_parent(TC_CAST(q), parent);
	if (kind && rtnl_tc_set_kind(TC_CAST(q), kind) < 0)
		return err_nomem(e);
	*ret = TAKE_PTR(q);
	return 0;
}

/* bits 0: no limit. */
static int bucket_set(struct nl_sock *s, const char *dev, unsigned index, uint64_t bits, struct err *e)
{
	CLEANUP(qdisc_put) struct rtnl_qdisc *q = NULL;
	uint64_t rate = bits / 8;
	/* What the kernel's older interface can say is 17 Gbit/s, which no pod of such a node needs to be kept below.
	 */
	bool none = rate == 0 || rate > INT_MAX;
	int r = qdisc_make(&q, index, TC_H_ROOT, none ? NULL : "tbf", e);
	if (r < 0)
		return r;
	if (none) {
		r = rtnl_qdisc_delete(s, q);
		return r < 0 && r != -NLE_OBJ_NOTFOUND && r != -NLE_INVAL ? fail(e, r, dev, "remove the token bucket")
									  : 0;
	}
	uint64_t burst = rate / 20 > BURST_MIN ? rate / 20 : BURST_MIN; /* 50 ms */
	uint64_t limit = burst + rate / 10;                             /* 100 ms wait in it, more is dropped */
	rtnl_qdisc_tbf_set_rate(q, (int)rate, (int)burst, 0);
	rtnl_qdisc_tbf_set_limit(q, limit > INT_MAX ? INT_MAX : (int)limit);
	r = rtnl_qdisc_add(s, q, NLM_F_CREATE | NLM_F_REPLACE);
	return r < 0 ? fail(e, r, dev, "add a token bucket") : 0;
}

/* All that comes in at `from` goes out at the ifb. */
static int redirect(struct nl_sock *s, const char *dev, unsigned from, unsigned ifb, struct err *e)
{
	CLEANUP(qdisc_put) struct rtnl_qdisc *q = NULL;
	CLEANUP(cls_put) struct rtnl_cls *c = rtnl_cls_alloc();
	CLEANUP(act_put) struct rtnl_act *a = rtnl_act_alloc();
	int r = qdisc_make(&q, from, TC_H_INGRESS, "ingress", e);
	if (r < 0)
		return r;
	if (!c || !a || rtnl_tc_set_kind(TC_CAST(c), "u32") < 0 || rtnl_tc_set_kind(TC_CAST(a), "mirred") < 0)
		return err_nomem(e);
	rtnl_tc_set_handle(TC_CAST(q), TC_HANDLE(0xffffu, 0));
	r = rtnl_qdisc_add(s, q, NLM_F_CREATE | NLM_F_EXCL);
	if (r == -NLE_EXIST) /* it was set up before */
		return 0;
	if (r < 0)
		return fail(e, r, dev, "look at incoming packets");
	rtnl_tc_set_ifindex(TC_CAST(c), (int)from);
	rtnl_tc_set_parent(TC_CAST(c), TC_HANDLE(0xffffu, 0));
	rtnl_cls_set_protocol(c, ETH_P_ALL);
	rtnl_cls_set_prio(c, 1);
	if (rtnl_u32_add_key(c, 0, 0, 0, 0) < 0 || rtnl_u32_set_cls_terminal(c) < 0 ||
	    rtnl_mirred_set_action(a, TCA_EGRESS_REDIR) < 0 || rtnl_mirred_set_policy(a, TC_ACT_STOLEN) < 0 ||
	    rtnl_mirred_set_ifindex(a, ifb) < 0 || rtnl_u32_add_action(c, a) < 0)
		return err_nomem(e);
	r = rtnl_cls_add(s, c, NLM_F_CREATE | NLM_F_EXCL);
	return r < 0 ? fail(e, r, dev, "send incoming packets through an ifb") : 0;
}

static int redirect_remove(struct nl_sock *s, const char *dev, unsigned from, struct err *e)
{
	CLEANUP(qdisc_put) struct rtnl_qdisc *q = NULL;
	int r = qdisc_make(&q, from, TC_H_INGRESS, NULL, e);
	if (r < 0)
		return r;
	rtnl_tc_set_handle(TC_CAST(q), TC_HANDLE(0xffffu, 0));
	r = rtnl_qdisc_delete(s, q);
	return r < 0 && r != -NLE_OBJ_NOTFOUND && r != -NLE_INVAL ? fail(e, r, dev, "stop looking at incoming packets")
								  : 0;
}

int bandwidth_set(struct nl_ctx *nl, const char *veth, const struct podnet_limits *limits, struct err *e)
{
	CLEANUP(sock_free) struct nl_sock *s = nl_socket_alloc();
	char ifb[IFNAMSIZ];
	unsigned index, ifb_index;
	int r = s ? nl_connect(s, NETLINK_ROUTE) : -NLE_NOMEM;
	if (r < 0)
		return fail(e, r, veth, "open a netlink socket");
	ifb_name(veth, ifb);
	r = nl_link_index(nl, veth, &index, e);
	if (r == 0)
		r = bucket_set(s, veth, index, limits->ingress_bits, e);
	if (r < 0)
		return r;
	if (!limits->egress_bits) {
		r = redirect_remove(s, veth, index, e);
		return r < 0 ? r : bandwidth_remove(nl, veth, e);
	}
	r = nl_link_ensure_ifb(nl, ifb, e);
	if (r >= 0)
		r = nl_link_set_alias(nl, ifb, NET_ALIAS, e);
	if (r >= 0)
		r = nl_link_index(nl, ifb, &ifb_index, e);
	if (r >= 0)
		r = bucket_set(s, ifb, ifb_index, limits->egress_bits, e);
	return r < 0 ? r : redirect(s, veth, index, ifb_index, e);
}

int bandwidth_remove(struct nl_ctx *nl, const char *veth, struct err *e)
{
	char ifb[IFNAMSIZ];
	ifb_name(veth, ifb);
	return nl_link_del(nl, ifb, e);
}
