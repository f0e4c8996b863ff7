/* Contexts, errors and the change monitor. */
#include "base/netlink_private.h"
#include <arpa/inet.h>
#include <errno.h>
#include <linux/rtnetlink.h>
#include <netlink/errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include "base/cleanup.h"
#include "base/netns.h"

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
	void (*fn)(void *arg);
	void *arg;
};

static void monitor_ready(void *arg, int fd, uint32_t events)
{
	struct nl_monitor *m = arg;
	bool changed = false;
	char buf[8192];

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
		changed = true;
	}
	if (changed)
		m->fn(m->arg); /* may free the monitor */
}

int nl_monitor_new(struct nl_monitor **ret, struct loop *l, void (*fn)(void *arg), void *arg, struct err *e)
{
	static const int groups[] = {RTNLGRP_LINK, RTNLGRP_IPV4_IFADDR, RTNLGRP_IPV6_IFADDR, RTNLGRP_IPV4_ROUTE,
				     RTNLGRP_IPV6_ROUTE};
	AUTO_CLOSE int fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC | SOCK_NONBLOCK, NETLINK_ROUTE);
	struct sockaddr_nl sa = {.nl_family = AF_NETLINK};
	struct nl_monitor *m;
	int r;

	if (fd < 0 || bind(fd, (struct sockaddr *)&sa, sizeof sa) < 0)
		return err_errno(e, errno, "cannot watch network changes");
	for (size_t i = 0; i < ARRAY_LEN(groups); i++)
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

struct nl_monitor *nl_monitor_free(struct nl_monitor *m)
{
	if (m) {
		(void)loop_io_free(m->io);
		(void)close(m->fd);
		free(m);
	}
	return NULL;
}
