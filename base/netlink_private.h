/* Shared by the netlink*.c files only. */
#pragma once
#include <netinet/in.h>
#include <netlink/cache.h>
#include <netlink/netlink.h>
#include <netlink/route/addr.h>
#include <netlink/route/link.h>
#include <netlink/route/route.h>
#include "base/netlink.h"

struct nl_ctx {
	struct nl_sock *sk;
};

/* Turns a negative libnl code into ours: "<what>: <why>". */
int nlx_error(struct err *e, int nle, const char *fmt, ...) __attribute__((format(printf, 3, 4)));
/* Parses "a.b.c.d[/n]" or IPv6. */
int nlx_addr(const char *text, struct nl_addr **ret, struct err *e);
/* "a.b.c.d/n" (with_prefix) or "a.b.c.d". */
void nlx_addr_text(struct nl_addr *a, int with_prefix, char *out, size_t cap);
int nlx_link(struct nl_ctx *nl, const char *ifname, struct rtnl_link **ret, struct err *e);

static inline void nlx_put_link(struct rtnl_link **p)
{
	if (*p)
		rtnl_link_put(*p);
}
static inline void nlx_put_cache(struct nl_cache **p)
{
	if (*p)
		nl_cache_free(*p);
}
static inline void nlx_put_addr(struct nl_addr **p)
{
	if (*p)
		nl_addr_put(*p);
}
static inline void nlx_put_msg(struct nl_msg **p)
{
	if (*p)
		nlmsg_free(*p);
}
