#pragma GCC diagnostic ignored "-Wconversion" /* in libmnl's own loop macros */
#include "proxy/ipvs_link.h"
#include <errno.h>
#include <libmnl/libmnl.h>
#include <linux/if_addr.h>
#include <linux/if_link.h>
#include <linux/rtnetlink.h>
#include <net/if.h>
#include <stdio.h>
#include <sys/socket.h>
#include "base/buf.h"
#include "base/cleanup.h"
#include "base/fs.h"
#include "base/netlink.h"
#include "base/str.h"

#define MSG_ROOM 256u
#define SEND_MAX (96u << 10)
#ifndef IFA_PROTO /* kernel headers before 5.18 */
#define IFA_PROTO 11
#endif

/* As kube-proxy sets them: connections are tracked, so that they can be masqueraded; those to endpoints that are gone,
 * and the memory of clients that belonged to them, end at once. */
static const char *const sysctls[] = {"conntrack", "expire_nodest_conn", "expire_quiescent_template"};

struct ipvs_link {
	struct mnl_socket *sock;
	uint32_t seq, port;
	unsigned index;   /* of the device; 0: there is none */
	char before[128]; /* what the alias says, once it is known: somebody may delete the device */
	char *buf;
	size_t len, cap;
	int failed;
};

int ipvs_link_open(struct ipvs_link **ret, struct err *e)
{
	struct ipvs_link *l = calloc(1, sizeof(*l));
	if (!l)
		return err_nomem(e);
	l->sock = mnl_socket_open2(NETLINK_ROUTE, SOCK_CLOEXEC);
	if (!l->sock || mnl_socket_bind(l->sock, 0, MNL_SOCKET_AUTOPID) < 0) {
		int code = err_errno(e, errno, "cannot open a netlink socket");
		ipvs_link_close(l);
		return code;
	}
	l->port = mnl_socket_get_portid(l->sock);
	int size = 4 << 20, fd = mnl_socket_get_fd(l->sock);
	if (setsockopt(fd, SOL_SOCKET, SO_RCVBUFFORCE, &size, sizeof(size)) < 0)
		(void)setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &size, sizeof(size));
	l->index = if_nametoindex(PX_IPVS_DEVICE);
	*ret = l;
	return 0;
}

struct ipvs_link *ipvs_link_close(struct ipvs_link *l)
{
	if (!l)
		return NULL;
	if (l->sock)
		mnl_socket_close(l->sock);
	free(l->buf);
	free(l);
	return NULL;
}

/* One message and its answer; 0 or -errno. */
static int ask(struct ipvs_link *l, struct nlmsghdr *h, mnl_cb_t fn, void *arg)
{
	AUTO_FREE char *buf = malloc(65536);
	if (!buf)
		return -ENOMEM;
	h->nlmsg_seq = ++l->seq;
	if (mnl_socket_sendto(l->sock, h, h->nlmsg_len) < 0)
		return -errno;
	for (;;) {
		ssize_t n = mnl_socket_recvfrom(l->sock, buf, 65536);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return -errno;
		int r = mnl_cb_run(buf, (size_t)n, h->nlmsg_seq, l->port, fn, arg);
		if (r == MNL_CB_ERROR)
			return -errno;
		if (r == MNL_CB_STOP)
			return 0;
	}
}

static struct nlmsghdr *link_header(char *buf, uint16_t type, uint16_t flags, unsigned index)
{
	struct nlmsghdr *h = mnl_nlmsg_put_header(buf);
	h->nlmsg_type = type;
	h->nlmsg_flags = (uint16_t)(NLM_F_REQUEST | NLM_F_ACK | flags);
	struct ifinfomsg *m = mnl_nlmsg_put_extra_header(h, sizeof(*m));
	m->ifi_index = (int)index;
	return h;
}

/* ---- the device ---- */

static int alias_seen(const struct nlmsghdr *h, void *arg)
{
	char *alias = arg;
	const struct nlattr *a;
	mnl_attr_for_each(a, h, sizeof(struct ifinfomsg))
	{
		if (mnl_attr_get_type(a) == IFLA_IFALIAS && mnl_attr_validate(a, MNL_TYPE_NUL_STRING) >= 0)
			(void)str_copy(alias, 256, mnl_attr_get_str(a));
	}
	return MNL_CB_OK;
}

static int alias_get(struct ipvs_link *l, char alias[256], struct err *e)
{
	char req[256];
	alias[0] = 0;
	l->index = if_nametoindex(PX_IPVS_DEVICE);
	if (!l->index)
		return 0;
	int r = ask(l, link_header(req, RTM_GETLINK, 0, l->index), alias_seen, alias);
	return r < 0 ? err_errno(e, -r, "cannot look at " PX_IPVS_DEVICE) : 0;
}

int ipvs_link_is_ours(struct ipvs_link *l, struct err *e)
{
	char alias[256];
	int r = alias_get(l, alias, e);
	return r < 0 ? r : l->index && str_has_prefix(alias, "minik");
}

static void sysctl_path(const char *name, char out[80])
{
	(void)snprintf(out, 80, "/proc/sys/net/ipv4/vs/%s", name);
}

static int sysctl_get(const char *name, char out[16], struct err *e)
{
	AUTO_BUF struct buf b = {0};
	char path[80];
	sysctl_path(name, path);
	int r = fs_read(path, 32, &b, e);
	if (r < 0)
		return r;
	if (b.data)
		b.data[strcspn(b.data, "\n")] = 0;
	return str_copy(out, 16, b.data ? b.data : "0") ? 0 : err_set(e, -EINVAL, "%s is not a number", path);
}

static int sysctl_set(const char *name, const char *value, struct err *e)
{
	char path[80], now[16];
	sysctl_path(name, path);
	int r = sysctl_get(name, now, e);
	if (r < 0 || streq(now, value))
		return r;
	return fs_write(path, value, strlen(value), e);
}

static int before_note(struct ipvs_link *l, struct err *e)
{
	size_t len = (size_t)snprintf(l->before, sizeof(l->before), "minik, before:");
	for (size_t i = 0; i < ARRAY_LEN(sysctls); i++) {
		char value[16];
		int r = sysctl_get(sysctls[i], value, e);
		if (r < 0) {
			l->before[0] = 0;
			return r;
		}
		len += (size_t)snprintf(l->before + len, sizeof(l->before) - len, " vs.%s=%s", sysctls[i], value);
	}
	return 0;
}

int ipvs_link_ensure(struct ipvs_link *l, struct err *e)
{
	char req[1024], alias[256];
	int r = alias_get(l, alias, e);
	if (r < 0)
		return r;
	if (str_has_prefix(alias, "minik") && !l->before[0])
		(void)str_copy(l->before, sizeof(l->before), alias);
	if (!l->index) { /* down, as kube-proxy leaves it: its addresses are the machine's all the same */
		if (!l->before[0] && (r = before_note(l, e)) < 0)
			return r;
		struct nlmsghdr *h = link_header(req, RTM_NEWLINK, NLM_F_CREATE | NLM_F_EXCL, 0);
		mnl_attr_put_strz(h, IFLA_IFNAME, PX_IPVS_DEVICE);
		mnl_attr_put_strz(h, IFLA_IFALIAS, l->before);
		struct nlattr *info = mnl_attr_nest_start(h, IFLA_LINKINFO);
		mnl_attr_put_str(h, IFLA_INFO_KIND, "dummy");
		mnl_attr_nest_end(h, info);
		r = ask(l, h, NULL, NULL);
		if (r == -EOPNOTSUPP)
			return err_set(e, ERR_UNSUPPORTED,
				       "this kernel has no dummy devices (module dummy), which " PX_IPVS_DEVICE
				       " is; use --proxy-mode nftables");
		if (r < 0)
			return err_errno(e, -r, "cannot make " PX_IPVS_DEVICE);
		if ((r = alias_get(l, alias, e)) < 0)
			return r;
		if (!alias[0]) { /* kernels that take it only afterwards */
			h = link_header(req, RTM_SETLINK, 0, l->index);
			mnl_attr_put_strz(h, IFLA_IFALIAS, l->before);
			if ((r = ask(l, h, NULL, NULL)) < 0)
				return err_errno(e, -r, "cannot write the alias of " PX_IPVS_DEVICE);
		}
	}
	for (size_t i = 0; i < ARRAY_LEN(sysctls); i++)
		if ((r = sysctl_set(sysctls[i], "1", e)) < 0)
			return r;
	return 0;
}

/* ---- addresses ---- */

struct addr_notice {
	struct inet_addr addr;
	unsigned index;
	bool ours, usable;
};

static bool addr_parse(const struct nlmsghdr *h, struct addr_notice *n)
{
	const struct ifaddrmsg *m = mnl_nlmsg_get_payload(h);
	const struct nlattr *a;
	bool local = false;
	*n = (struct addr_notice){0};
	if (mnl_nlmsg_get_payload_len(h) < sizeof(*m) || (m->ifa_family != AF_INET && m->ifa_family != AF_INET6))
		return false;
	uint16_t len = m->ifa_family == AF_INET ? 4 : 16;
	n->addr.family = len == 4 ? 4 : 6;
	n->index = m->ifa_index;
	mnl_attr_for_each(a, h, sizeof(*m))
	{
		uint16_t type = mnl_attr_get_type(a);
		/* IFA_ADDRESS is the peer's on point-to-point links, which have IFA_LOCAL then. */
		if ((type == IFA_LOCAL || (type == IFA_ADDRESS && !local)) && mnl_attr_get_payload_len(a) == len) {
			memcpy(n->addr.a, mnl_attr_get_payload(a), len);
			local |= type == IFA_LOCAL;
		} else if (type == IFA_PROTO && mnl_attr_get_payload_len(a) >= 1) {
			n->ours = mnl_attr_get_u8(a) == NL_ROUTE_PROTO_MINIK;
		}
	}
	static const uint8_t one[16] = {[15] = 1};
	/* Loopback and link-local ones are of no use to anybody else. */
	n->usable = len == 4
			? n->addr.a[0] != 127
			: memcmp(n->addr.a, one, 16) != 0 && !(n->addr.a[0] == 0xfe && (n->addr.a[1] & 0xc0) == 0x80);
	return true;
}

struct addr_dump {
	struct ipvs_link *l;
	int (*fn)(void *arg, const struct inet_addr *a, bool dummy, bool ours);
	void *arg;
	int stopped;
};

static int addr_seen(const struct nlmsghdr *h, void *arg)
{
	struct addr_dump *d = arg;
	struct addr_notice n;
	if (h->nlmsg_type == RTM_NEWADDR && !d->stopped && addr_parse(h, &n) && n.usable)
		d->stopped = d->fn(d->arg, &n.addr, d->l->index && n.index == d->l->index, n.ours);
	return MNL_CB_OK;
}

int ipvs_link_addrs(struct ipvs_link *l, int (*fn)(void *arg, const struct inet_addr *a, bool dummy, bool ours),
		    void *arg, struct err *e)
{
	char req[64];
	struct addr_dump d = {l, fn, arg, 0};
	l->index = if_nametoindex(PX_IPVS_DEVICE);
	struct nlmsghdr *h = mnl_nlmsg_put_header(req);
	h->nlmsg_type = RTM_GETADDR;
	h->nlmsg_flags = NLM_F_REQUEST | NLM_F_DUMP;
	struct ifaddrmsg *m = mnl_nlmsg_put_extra_header(h, sizeof(*m));
	m->ifa_family = AF_UNSPEC;
	int r = ask(l, h, addr_seen, &d);
	if (r == -EINTR) /* it changed under way: notices follow */
		r = 0;
	return r < 0 ? err_errno(e, -r, "cannot list the machine's addresses") : d.stopped;
}

static void addr_op(struct ipvs_link *l, const struct inet_addr *a, bool add)
{
	bool v4 = a->family == 4;
	uint16_t len = v4 ? 4 : 16;
	if (l->failed || !l->index)
		return;
	if (l->cap - l->len < MSG_ROOM) {
		size_t cap = l->cap ? l->cap * 2 : 4096;
		char *p = realloc(l->buf, cap);
		if (!p) {
			l->failed = -ENOMEM;
			return;
		}
		l->buf = p;
		l->cap = cap;
	}
	struct nlmsghdr *h = mnl_nlmsg_put_header(l->buf + l->len);
	h->nlmsg_type = add ? RTM_NEWADDR : RTM_DELADDR;
	h->nlmsg_flags = (uint16_t)(NLM_F_REQUEST | (add ? NLM_F_CREATE | NLM_F_EXCL : 0));
	h->nlmsg_seq = ++l->seq;
	struct ifaddrmsg *m = mnl_nlmsg_put_extra_header(h, sizeof(*m));
	m->ifa_family = v4 ? AF_INET : AF_INET6;
	m->ifa_prefixlen = v4 ? 32 : 128;
	m->ifa_flags = v4 ? 0 : IFA_F_NODAD;
	m->ifa_scope = RT_SCOPE_UNIVERSE;
	m->ifa_index = l->index;
	mnl_attr_put(h, IFA_LOCAL, len, a->a);
	mnl_attr_put(h, IFA_ADDRESS, len, a->a);
	if (add)
		mnl_attr_put_u8(h, IFA_PROTO, NL_ROUTE_PROTO_MINIK);
	l->len += NLMSG_ALIGN(h->nlmsg_len);
}

void ipvs_link_addr_add(struct ipvs_link *l, const struct inet_addr *a)
{
	addr_op(l, a, true);
}
void ipvs_link_addr_del(struct ipvs_link *l, const struct inet_addr *a)
{
	addr_op(l, a, false);
}

static int refusals_read(struct ipvs_link *l, struct err *e)
{
	char buf[16384];
	int code = 0;
	for (;;) {
		ssize_t len = recv(mnl_socket_get_fd(l->sock), buf, sizeof(buf), MSG_DONTWAIT);
		if (len < 0 && errno == EINTR)
			continue;
		if (len < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))
			return code;
		if (len < 0)
			return err_errno(e, errno, PX_IPVS_DEVICE ": cannot read the kernel's answer");
		int left = (int)len;
		for (struct nlmsghdr *h = (struct nlmsghdr *)buf; mnl_nlmsg_ok(h, left); h = mnl_nlmsg_next(h, &left)) {
			const struct nlmsgerr *ne = mnl_nlmsg_get_payload(h);
			if (h->nlmsg_type != NLMSG_ERROR || mnl_nlmsg_get_payload_len(h) < sizeof(*ne) || !ne->error ||
			    code)
				continue;
			if (ne->error != -EEXIST && ne->error != -EADDRNOTAVAIL)
				code = err_errno(e, -ne->error, PX_IPVS_DEVICE ": cannot change its addresses");
		}
	}
}

int ipvs_link_commit(struct ipvs_link *l, struct err *e)
{
	struct sockaddr_nl to = {.nl_family = AF_NETLINK};
	int code = l->failed ? err_nomem(e) : 0;
	for (size_t at = 0; code == 0 && at < l->len;) {
		size_t n = 0;
		while (at + n < l->len && n < SEND_MAX)
			n += NLMSG_ALIGN(((const struct nlmsghdr *)(l->buf + at + n))->nlmsg_len);
		ssize_t sent;
		do
			sent =
			    sendto(mnl_socket_get_fd(l->sock), l->buf + at, n, 0, (struct sockaddr *)&to, sizeof(to));
		while (sent < 0 && errno == EINTR);
		if (sent < 0)
			code = err_errno(e, errno, PX_IPVS_DEVICE ": cannot send %zu bytes of changes", n);
		at += n;
		int r = refusals_read(l, code ? NULL : e);
		code = code ? code : r;
	}
	l->len = 0;
	l->failed = 0;
	if (l->cap > (1 << 20)) {
		free(TAKE_PTR(l->buf));
		l->cap = 0;
	}
	return code;
}

static int one_left(void *arg UNUSED, const struct inet_addr *a UNUSED, bool dummy, bool ours)
{
	return dummy && !ours;
}

int ipvs_link_remove(struct ipvs_link *l, struct err *e)
{
	char req[128], alias[256];
	int r = alias_get(l, alias, e);
	if (r < 0 || !l->index || !str_has_prefix(alias, "minik"))
		return r;
	for (size_t i = 0; i < ARRAY_LEN(sysctls); i++) {
		char key[48], value[16] = "0";
		(void)snprintf(key, sizeof(key), " vs.%s=", sysctls[i]);
		const char *p = strstr(alias, key);
		if (p && strspn(p + strlen(key), "0123456789") < sizeof(value)) {
			size_t n = strspn(p + strlen(key), "0123456789");
			memcpy(value, p + strlen(key), n);
			value[n] = 0;
		}
		if ((r = sysctl_set(sysctls[i], value, e)) < 0 && r != ERR_NOT_FOUND)
			return r;
	}
	r = ipvs_link_addrs(l, one_left, NULL, e);
	if (r)
		return r < 0 ? r : 0;
	r = ask(l, link_header(req, RTM_DELLINK, 0, l->index), NULL, NULL);
	l->index = 0;
	return r < 0 && r != -ENODEV ? err_errno(e, -r, "cannot remove " PX_IPVS_DEVICE) : 0;
}

/* ---- notices ---- */

struct ipvs_link_watch {
	struct mnl_socket *sock;
	struct loop_io *io;
	unsigned index;
	ipvs_link_fn fn;
	void *arg;
};

static void notice(struct ipvs_link_watch *w, const struct nlmsghdr *h)
{
	struct addr_notice n;
	if (h->nlmsg_type == RTM_NEWLINK || h->nlmsg_type == RTM_DELLINK) {
		const struct nlattr *a;
		const struct ifinfomsg *m = mnl_nlmsg_get_payload(h);
		if (mnl_nlmsg_get_payload_len(h) < sizeof(*m))
			return;
		mnl_attr_for_each(a, h, sizeof(*m))
		{
			if (mnl_attr_get_type(a) != IFLA_IFNAME || mnl_attr_validate(a, MNL_TYPE_NUL_STRING) < 0 ||
			    !streq(mnl_attr_get_str(a), PX_IPVS_DEVICE))
				continue;
			bool came = h->nlmsg_type == RTM_NEWLINK;
			w->index = came ? (unsigned)m->ifi_index : 0;
			if (!came)
				w->fn(w->arg, NULL, true, false);
		}
	} else if ((h->nlmsg_type == RTM_NEWADDR || h->nlmsg_type == RTM_DELADDR) && addr_parse(h, &n) && n.usable) {
		w->fn(w->arg, &n.addr, w->index && n.index == w->index, h->nlmsg_type == RTM_NEWADDR);
	}
}

static void readable(void *arg, int fd, uint32_t events UNUSED)
{
	struct ipvs_link_watch *w = arg;
	char buf[65536];
	for (;;) {
		ssize_t len = recv(fd, buf, sizeof(buf), MSG_DONTWAIT);
		if (len < 0 && errno == EINTR)
			continue;
		if (len < 0 && errno == ENOBUFS) {
			w->index = if_nametoindex(PX_IPVS_DEVICE);
			w->fn(w->arg, NULL, true, false);
			continue;
		}
		if (len <= 0)
			break;
		int left = (int)len;
		for (struct nlmsghdr *h = (struct nlmsghdr *)buf; mnl_nlmsg_ok(h, left); h = mnl_nlmsg_next(h, &left))
			notice(w, h);
	}
}

int ipvs_link_watch_new(struct ipvs_link_watch **ret, struct loop *loop, ipvs_link_fn fn, void *arg, struct err *e)
{
	static const int groups[] = {RTNLGRP_LINK, RTNLGRP_IPV4_IFADDR, RTNLGRP_IPV6_IFADDR};
	struct ipvs_link_watch *w = calloc(1, sizeof(*w));
	int code = 0, size = 4 << 20; /* the notices of a large change of our own must fit */
	if (!w)
		return err_nomem(e);
	w->fn = fn;
	w->arg = arg;
	w->sock = mnl_socket_open2(NETLINK_ROUTE, SOCK_CLOEXEC);
	if (!w->sock || mnl_socket_bind(w->sock, 0, MNL_SOCKET_AUTOPID) < 0)
		code = err_errno(e, errno, "cannot watch the machine's addresses");
	for (size_t i = 0; i < ARRAY_LEN(groups) && code == 0; i++) {
		int group = groups[i];
		if (mnl_socket_setsockopt(w->sock, NETLINK_ADD_MEMBERSHIP, &group, sizeof(group)) < 0)
			code = err_errno(e, errno, "cannot watch the machine's addresses");
	}
	if (code == 0) {
		int fd = mnl_socket_get_fd(w->sock);
		if (setsockopt(fd, SOL_SOCKET, SO_RCVBUFFORCE, &size, sizeof(size)) < 0)
			(void)setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &size, sizeof(size));
		w->index = if_nametoindex(PX_IPVS_DEVICE);
		code = loop_io_new(&w->io, loop, fd, EPOLLIN, readable, w, e);
	}
	if (code < 0) {
		ipvs_link_watch_free(w);
		return code;
	}
	*ret = w;
	return 0;
}

struct ipvs_link_watch *ipvs_link_watch_free(struct ipvs_link_watch *w)
{
	if (!w)
		return NULL;
	loop_io_free(w->io);
	if (w->sock)
		mnl_socket_close(w->sock);
	free(w);
	return NULL;
}
