/* Contexts, errors and the change monitor. */
#include "base/netlink_private.h"
#include <arpa/inet.h>
#include <errno.h>
#include <linux/filter.h>
#include <linux/rtnetlink.h>
#include <netlink/errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include "base/cleanup.h"
#include "base/netns.h"
#include "base/str.h"

int nlx_error(struct err *e, int nle, const char *fmt, ...)
{
	char what[160];
	va_list ap;
	int code;

	switch (nle < 0 ? -nle : nle) {
	case NLE_OBJ_NOTFOUND:
	case NLE_NODEV:
		code = ERR_NOT_FOUND;
		break;
	case NLE_OPNOTSUPP:
	case NLE_PROTO_MISMATCH:
		code = ERR_UNSUPPORTED;
		break;
	case NLE_EXIST:
		code = -EEXIST;
		break;
	case NLE_PERM:
	case NLE_NOACCESS:
		code = -EPERM;
		break;
	case NLE_NOMEM:
		code = -ENOMEM;
		break;
	case NLE_BUSY:
		code = -EBUSY;
		break;
	case NLE_INVAL:
	case NLE_RANGE:
		code = -EINVAL;
		break;
	default:
		code = -EIO;
	}
	va_start(ap, fmt);
	(void)vsnprintf(what, sizeof what, fmt, ap);
	va_end(ap);
	return err_set(e, code, "%s: %s", what, nl_geterror(nle));
}

int nlx_addr(const char *text, struct nl_addr **ret, struct err *e)
{
	struct nl_addr *a;
	int r = nl_addr_parse(text, strchr(text, ':') ? AF_INET6 : AF_INET, &a);

	if (r < 0)
		return err_set(e, -EINVAL, "\"%s\" is not an IP address or prefix", text);
	*ret = a;
	return 0;
}

void nlx_addr_text(struct nl_addr *a, int with_prefix, char *out, size_t cap)
{
	unsigned char zero[16] = {0};
	char ip[INET6_ADDRSTRLEN] = "";
	int family = a ? nl_addr_get_family(a) : AF_UNSPEC;
	/* A default route's address may be empty. */
	const void *bin = a && nl_addr_get_len(a) ? nl_addr_get_binary_addr(a) : zero;

	if (family != AF_INET && family != AF_INET6) {
		if (cap)
			out[0] = '\0';
		return;
	}
	(void)inet_ntop(family, bin, ip, sizeof ip);
	if (with_prefix)
		(void)snprintf(out, cap, "%s/%u", ip, nl_addr_get_prefixlen(a));
	else
		(void)snprintf(out, cap, "%s", ip);
}

int nl_open(struct nl_ctx **ret, struct err *e)
{
	struct nl_ctx *nl = calloc(1, sizeof *nl);
	int r;

	if (!nl)
		return err_nomem(e);
	nl->sk = nl_socket_alloc();
	if (!nl->sk) {
		free(nl);
		return err_nomem(e);
	}
	r = nl_connect(nl->sk, NETLINK_ROUTE);
	if (r < 0) {
		(void)nl_ctx_free(nl);
		return nlx_error(e, r, "cannot open a netlink socket");
	}
	*ret = nl;
	return 0;
}

static int open_here(void *arg, struct err *e)
{
	return nl_open(arg, e);
}

int nl_open_netns(struct nl_ctx **ret, int netns_fd, struct err *e)
{
	/* A socket stays in the namespace in which it was made. */
	return netns_run(netns_fd, open_here, ret, e);
}

struct nl_ctx *nl_ctx_free(struct nl_ctx *nl)
{
	if (nl) {
		nl_socket_free(nl->sk);
		free(nl);
	}
	return NULL;
}

struct nl_monitor {
	int fd;
	struct loop_io *io;
	char prefix[IFNAMSIZ]; /* "": all */
	void (*fn)(void *arg);
	void *arg;
};

/* Whether a message is of an entry of an interface that is watched. */
static bool concerns(const struct nl_monitor *m, const char *buf, size_t n)
{
	const struct nlmsghdr *h = (const struct nlmsghdr *)(const void *)buf;
	char name[IFNAMSIZ];

	if (!m->prefix[0])
		return true;
	for (; NLMSG_OK(h, n); h = NLMSG_NEXT(h, n)) {
		const struct ndmsg *d = NLMSG_DATA(h);

		/* One that is gone is told as a link. */
		if (h->nlmsg_type == RTM_DELNEIGH && h->nlmsg_len >= NLMSG_LENGTH(sizeof(*d)) &&
		    if_indextoname((unsigned)d->ndm_ifindex, name) && str_has_prefix(name, m->prefix))
			return true;
	}
	return false;
}

static void monitor_ready(void *arg, int fd, uint32_t events)
{
	struct nl_monitor *m = arg;
	bool changed = false;
	char buf[8192] __attribute__((aligned(NLMSG_ALIGNTO)));

	(void)events;
	for (;;) {
		ssize_t n = recv(fd, buf, sizeof buf, MSG_DONTWAIT);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0 && errno == ENOBUFS) { /* messages were lost: something changed */
			changed = true;
			continue;
		}
		if (n <= 0)
			break;
		changed = changed || concerns(m, buf, (size_t)n);
	}
	if (changed)
		m->fn(m->arg); /* may free the monitor */
}

static int monitor_new(struct nl_monitor **ret, struct loop *l, const int *groups, size_t n_groups,
		       const struct sock_fprog *filter, void (*fn)(void *arg), void *arg, struct err *e)
{
	AUTO_CLOSE int fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC | SOCK_NONBLOCK, NETLINK_ROUTE);
	struct sockaddr_nl sa = {.nl_family = AF_NETLINK};
	struct nl_monitor *m;
	int r;

	if (fd < 0 || bind(fd, (struct sockaddr *)&sa, sizeof sa) < 0 ||
	    (filter && setsockopt(fd, SOL_SOCKET, SO_ATTACH_FILTER, filter, sizeof *filter) < 0))
		return err_errno(e, errno, "cannot watch network changes");
	for (size_t i = 0; i < n_groups; i++)
		if (setsockopt(fd, SOL_NETLINK, NETLINK_ADD_MEMBERSHIP, &groups[i], sizeof groups[i]) < 0 &&
		    errno != EINVAL && errno != ENOENT) /* a kernel without IPv6 */
			return err_errno(e, errno, "cannot watch network changes");
	m = calloc(1, sizeof *m);
	if (!m)
		return err_nomem(e);
	m->fn = fn;
	m->arg = arg;
	r = loop_io_new(&m->io, l, fd, EPOLLIN, monitor_ready, m, e);
	if (r < 0) {
		free(m);
		return r;
	}
	m->fd = TAKE_FD(fd);
	*ret = m;
	return 0;
}

int nl_monitor_new(struct nl_monitor **ret, struct loop *l, void (*fn)(void *arg), void *arg, struct err *e)
{
	static const int groups[] = {RTNLGRP_LINK, RTNLGRP_IPV4_IFADDR, RTNLGRP_IPV6_IFADDR, RTNLGRP_IPV4_ROUTE,
				     RTNLGRP_IPV6_ROUTE};

	return monitor_new(ret, l, groups, ARRAY_LEN(groups), NULL, fn, arg, e);
}

int nl_monitor_neighbours(struct nl_monitor **ret, struct loop *l, const char *prefix, void (*fn)(void *arg), void *arg,
			  struct err *e)
{
	static const int groups[] = {RTNLGRP_NEIGH};
	/* nlmsg_type is in the machine's byte order, loads are in the network's. */
	struct sock_filter only[] = {
	    BPF_STMT(BPF_LD | BPF_H | BPF_ABS, offsetof(struct nlmsghdr, nlmsg_type)),
	    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, htons(RTM_DELNEIGH), 0, 1),
	    BPF_STMT(BPF_RET | BPF_K, UINT32_MAX),
	    BPF_STMT(BPF_RET | BPF_K, 0),
	};
	const struct sock_fprog filter = {ARRAY_LEN(only), only};
	int r = monitor_new(ret, l, groups, ARRAY_LEN(groups), &filter, fn, arg, e);

	if (r == 0)
		(void)str_copy((*ret)->prefix, sizeof(*ret)->prefix, prefix);
	return r;
}

struct nl_monitor *nl_monitor_free(struct nl_monitor *m)
{
	if (m) {
		(void)loop_io_free(m->io);
		(void)close(m->fd);
		free(m);
	}
	return NULL;
}
