/* For CLEANUP of what libnl has for traffic control; NULL is fine. */
#pragma once
#include <netlink/route/classifier.h>
#include <netlink/route/qdisc.h>
#include <netlink/socket.h>

static inline void sock_free(struct nl_sock **s)
{
	if (*s)
		nl_socket_free(*s);
}
static inline void qdisc_put(struct rtnl_qdisc **q)
{
	if (*q)
		rtnl_qdisc_put(*q);
}
static inline void cls_put(struct rtnl_cls **c)
{
	if (*c)
		rtnl_cls_put(*c);
}
