#include "base/ipvs.h"
#include <arpa/inet.h>
#include <errno.h>
#include <libmnl/libmnl.h>
#include <linux/genetlink.h>
#include <linux/ip_vs.h>
#include <stdio.h>
#include <sys/socket.h>
#include "base/cleanup.h"
#include "base/inet.h"
#include "base/proc.h"
#include "base/str.h"

#define MSG_ROOM   512u        /* of one change: below 250 bytes */
#define SEND_MAX   (96u << 10) /* bytes a call carries */
#define PROBE_MARK 0x6d696e6bu
#pragma GCC diagnostic ignored "-Wconversion" /* in libmnl's own loop macros */

const char *const ipvs_schedulers[] = {"rr",  "wrr", "lc", "wlc", "lblc", "lblcr", "dh", "sh",
				       "sed", "nq",  "fo", "ovf", "mh",   "twos",  NULL};

struct ipvs {
	struct mnl_socket *sock;
	uint16_t family;
	uint32_t version, seq, port;
	char *buf;
	size_t len, cap;
	int failed; /* sticky until the commit */
};

static int family_seen(const struct nlmsghdr *h, void *arg)
{
	struct ipvs *v = arg;
	const struct nlattr *a;
	mnl_attr_for_each(a, h, sizeof(struct genlmsghdr))
	{
		if (mnl_attr_get_type(a) == CTRL_ATTR_FAMILY_ID && mnl_attr_validate(a, MNL_TYPE_U16) >= 0)
			v->family = mnl_attr_get_u16(a);
	}
	return MNL_CB_OK;
}

/* Until the last message of an answer; 0 or -errno. */
static int answer_read(struct ipvs *v, uint32_t seq, mnl_cb_t fn, void *arg)
{
	AUTO_FREE char *buf = malloc(65536);
	if (!buf)
		return -ENOMEM;
	for (;;) {
		ssize_t n = mnl_socket_recvfrom(v->sock, buf, 65536);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return -errno;
		int r = mnl_cb_run(buf, (size_t)n, seq, v->port, fn, arg);
		if (r == MNL_CB_ERROR)
			return -errno;
		if (r == MNL_CB_STOP)
			return 0;
	}
}

static struct nlmsghdr *header(char *buf, uint16_t type, uint16_t flags, uint32_t seq, uint8_t cmd)
{
	struct nlmsghdr *h = mnl_nlmsg_put_header(buf);
	h->nlmsg_type = type;
	h->nlmsg_flags = (uint16_t)(NLM_F_REQUEST | flags);
	h->nlmsg_seq = seq;
	struct genlmsghdr *g = mnl_nlmsg_put_extra_header(h, sizeof(*g));
	g->cmd = cmd;
	g->version = 1;
	return h;
}

static int family_find(struct ipvs *v)
{
	char req[256];
	struct nlmsghdr *h = header(req, GENL_ID_CTRL, NLM_F_ACK, ++v->seq, CTRL_CMD_GETFAMILY);
	mnl_attr_put_strz(h, CTRL_ATTR_FAMILY_NAME, IPVS_GENL_NAME);
	if (mnl_socket_sendto(v->sock, h, h->nlmsg_len) < 0)
		return -errno;
	int r = answer_read(v, v->seq, family_seen, v);
	return r == 0 && !v->family ? -ENOENT : r;
}

static int info_seen(const struct nlmsghdr *h, void *arg)
{
	struct ipvs *v = arg;
	const struct nlattr *a;
	mnl_attr_for_each(a, h, sizeof(struct genlmsghdr))
	{
		if (mnl_attr_get_type(a) == IPVS_INFO_ATTR_VERSION && mnl_attr_validate(a, MNL_TYPE_U32) >= 0)
			v->version = mnl_attr_get_u32(a);
	}
	return MNL_CB_OK;
}

int ipvs_open(struct ipvs **ret, struct err *e)
{
	struct ipvs *v = calloc(1, sizeof(*v));
	if (!v)
		return err_nomem(e);
	v->sock = mnl_socket_open2(NETLINK_GENERIC, SOCK_CLOEXEC);
	if (!v->sock || mnl_socket_bind(v->sock, 0, MNL_SOCKET_AUTOPID) < 0) {
		int code = err_errno(e, errno, "IPVS: cannot open a netlink socket");
		ipvs_close(v);
		return code;
	}
	v->port = mnl_socket_get_portid(v->sock);
	int size = 4 << 20, fd = mnl_socket_get_fd(v->sock);
	if (setsockopt(fd, SOL_SOCKET, SO_RCVBUFFORCE, &size, sizeof(size)) < 0)
		(void)setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &size, sizeof(size));
	int r = family_find(v);
	if (r == -ENOENT) { /* the family is there once its module is, which nothing but a name loads */
		const char *const argv[] = {"modprobe", "-q", "ip_vs", NULL};
		(void)proc_check(argv, 10000, NULL);
		r = family_find(v);
	}
	if (r == 0) {
		char req[64];
		struct nlmsghdr *h = header(req, v->family, NLM_F_ACK, ++v->seq, IPVS_CMD_GET_INFO);
		r = mnl_socket_sendto(v->sock, h, h->nlmsg_len) < 0 ? -errno : answer_read(v, v->seq, info_seen, v);
	}
	if (r == -ENOENT)
		r = err_set(e, ERR_UNSUPPORTED, "this kernel has no IPVS (module ip_vs); use --proxy-mode nftables");
	else if (r < 0)
		err_errno(e, -r, "IPVS: cannot be reached");
	if (r < 0) {
		ipvs_close(v);
		return r;
	}
	*ret = v;
	return 0;
}

struct ipvs *ipvs_close(struct ipvs *v)
{
	if (!v)
		return NULL;
	if (v->sock)
		mnl_socket_close(v->sock);
	free(v->buf);
	free(v);
	return NULL;
}

/* ---- changes ---- */

static void service_put(struct nlmsghdr *h, const struct ipvs_service *s, bool whole)
{
	struct nlattr *nest = mnl_attr_nest_start(h, IPVS_CMD_ATTR_SERVICE);
	mnl_attr_put_u16(h, IPVS_SVC_ATTR_AF, s->family == 4 ? AF_INET : AF_INET6);
	if (s->fwmark) {
		mnl_attr_put_u32(h, IPVS_SVC_ATTR_FWMARK, s->fwmark);
	} else {
		mnl_attr_put_u16(h, IPVS_SVC_ATTR_PROTOCOL, s->protocol);
		mnl_attr_put(h, IPVS_SVC_ATTR_ADDR, 16, s->addr);
		mnl_attr_put_u16(h, IPVS_SVC_ATTR_PORT, htons(s->port));
	}
	if (whole) {
		struct ip_vs_flags flags = {
		    (s->persist_s ? IP_VS_SVC_F_PERSISTENT : 0) | (s->fallback ? IP_VS_SVC_F_SCHED1 : 0), ~0u};
		mnl_attr_put_strz(h, IPVS_SVC_ATTR_SCHED_NAME, s->sched);
		mnl_attr_put(h, IPVS_SVC_ATTR_FLAGS, sizeof(flags), &flags);
		mnl_attr_put_u32(h, IPVS_SVC_ATTR_TIMEOUT, s->persist_s);
		mnl_attr_put_u32(h, IPVS_SVC_ATTR_NETMASK, s->family == 4 ? ~0u : 128);
	}
	mnl_attr_nest_end(h, nest);
}

static void dest_put(struct nlmsghdr *h, const struct ipvs_dest *d, bool whole)
{
	struct nlattr *nest = mnl_attr_nest_start(h, IPVS_CMD_ATTR_DEST);
	mnl_attr_put(h, IPVS_DEST_ATTR_ADDR, 16, d->addr);
	mnl_attr_put_u16(h, IPVS_DEST_ATTR_PORT, htons(d->port));
	mnl_attr_put_u16(h, IPVS_DEST_ATTR_ADDR_FAMILY, d->family == 4 ? AF_INET : AF_INET6);
	if (whole) {
		mnl_attr_put_u32(h, IPVS_DEST_ATTR_FWD_METHOD, IP_VS_CONN_F_MASQ);
		mnl_attr_put_u32(h, IPVS_DEST_ATTR_WEIGHT, (uint32_t)d->weight);
		mnl_attr_put_u32(h, IPVS_DEST_ATTR_U_THRESH, 0);
		mnl_attr_put_u32(h, IPVS_DEST_ATTR_L_THRESH, 0);
	}
	mnl_attr_nest_end(h, nest);
}

static void change(struct ipvs *v, uint8_t cmd, const struct ipvs_service *s, bool whole, const struct ipvs_dest *d,
		   bool whole_dest)
{
	if (v->failed)
		return;
	if (v->cap - v->len < MSG_ROOM) {
		size_t cap = v->cap ? v->cap * 2 : 16384;
		char *p = realloc(v->buf, cap);
		if (!p) {
			v->failed = -ENOMEM;
			return;
		}
		v->buf = p;
		v->cap = cap;
	}
	struct nlmsghdr *h = header(v->buf + v->len, v->family, 0, ++v->seq, cmd);
	service_put(h, s, whole);
	if (d)
		dest_put(h, d, whole_dest);
	v->len += NLMSG_ALIGN(h->nlmsg_len);
}

void ipvs_service_add(struct ipvs *v, const struct ipvs_service *s)
{
	change(v, IPVS_CMD_NEW_SERVICE, s, true, NULL, false);
}
void ipvs_service_set(struct ipvs *v, const struct ipvs_service *s)
{
	change(v, IPVS_CMD_SET_SERVICE, s, true, NULL, false);
}
void ipvs_service_del(struct ipvs *v, const struct ipvs_service *s)
{
	change(v, IPVS_CMD_DEL_SERVICE, s, false, NULL, false);
}
void ipvs_dest_add(struct ipvs *v, const struct ipvs_service *s, const struct ipvs_dest *d)
{
	change(v, IPVS_CMD_NEW_DEST, s, false, d, true);
}
void ipvs_dest_set(struct ipvs *v, const struct ipvs_service *s, const struct ipvs_dest *d)
{
	change(v, IPVS_CMD_SET_DEST, s, false, d, true);
}
void ipvs_dest_del(struct ipvs *v, const struct ipvs_service *s, const struct ipvs_dest *d)
{
	change(v, IPVS_CMD_DEL_DEST, s, false, d, false);
}

/* ---- reading ---- */

static bool service_parse(const struct nlattr *nest, struct ipvs_service *s)
{
	const struct nlattr *a;
	bool af = false, persistent = false;
	*s = (struct ipvs_service){0};
	mnl_attr_for_each_nested(a, nest)
	{
		uint16_t len = mnl_attr_get_payload_len(a);
		switch (mnl_attr_get_type(a)) {
		case IPVS_SVC_ATTR_AF:
			if (len >= 2) {
				af = true;
				s->family = mnl_attr_get_u16(a) == AF_INET ? 4 : 6;
			}
			break;
		case IPVS_SVC_ATTR_PROTOCOL:
			s->protocol = len >= 2 ? (uint8_t)mnl_attr_get_u16(a) : 0;
			break;
		case IPVS_SVC_ATTR_ADDR:
			memcpy(s->addr, mnl_attr_get_payload(a), len < 16 ? len : 16);
			break;
		case IPVS_SVC_ATTR_PORT:
			s->port = len >= 2 ? ntohs(mnl_attr_get_u16(a)) : 0;
			break;
		case IPVS_SVC_ATTR_FWMARK:
			s->fwmark = len >= 4 ? mnl_attr_get_u32(a) : 0;
			break;
		case IPVS_SVC_ATTR_SCHED_NAME:
			if (mnl_attr_validate(a, MNL_TYPE_NUL_STRING) >= 0)
				(void)str_copy(s->sched, sizeof(s->sched), mnl_attr_get_str(a));
			break;
		case IPVS_SVC_ATTR_FLAGS:
			if (len >= sizeof(struct ip_vs_flags)) {
				uint32_t flags = ((const struct ip_vs_flags *)mnl_attr_get_payload(a))->flags;
				persistent = flags & IP_VS_SVC_F_PERSISTENT;
				s->fallback = flags & IP_VS_SVC_F_SCHED1;
			}
			break;
		case IPVS_SVC_ATTR_TIMEOUT:
			s->persist_s = len >= 4 ? mnl_attr_get_u32(a) : 0;
			break;
		default:
			break;
		}
	}
	if (!persistent)
		s->persist_s = 0;
	if (s->family == 4)
		memset(s->addr + 4, 0, 12);
	return af;
}

static void dest_parse(const struct nlattr *nest, struct ipvs_dest *d)
{
	const struct nlattr *a;
	uint8_t family = d->family;
	*d = (struct ipvs_dest){.family = family};
	mnl_attr_for_each_nested(a, nest)
	{
		uint16_t len = mnl_attr_get_payload_len(a);
		uint32_t u32 = len >= 4 ? mnl_attr_get_u32(a) : 0;
		switch (mnl_attr_get_type(a)) {
		case IPVS_DEST_ATTR_ADDR:
			memcpy(d->addr, mnl_attr_get_payload(a), len < 16 ? len : 16);
			break;
		case IPVS_DEST_ATTR_PORT:
			d->port = len >= 2 ? ntohs(mnl_attr_get_u16(a)) : 0;
			break;
		case IPVS_DEST_ATTR_ADDR_FAMILY:
			if (len >= 2)
				d->family = mnl_attr_get_u16(a) == AF_INET ? 4 : 6;
			break;
		case IPVS_DEST_ATTR_WEIGHT:
			d->weight = (int32_t)u32;
			break;
		case IPVS_DEST_ATTR_ACTIVE_CONNS:
			d->active = u32;
			break;
		case IPVS_DEST_ATTR_INACT_CONNS:
			d->inactive = u32;
			break;
		case IPVS_DEST_ATTR_PERSIST_CONNS:
			d->persistent = u32;
			break;
		default:
			break;
		}
	}
	if (d->family == 4)
		memset(d->addr + 4, 0, 12);
}

struct dump {
	int (*service)(void *arg, const struct ipvs_service *s);
	int (*dest)(void *arg, const struct ipvs_dest *d);
	void *arg;
	uint8_t family;
	int stopped;
};

static int dumped(const struct nlmsghdr *h, void *arg)
{
	struct dump *d = arg;
	const struct nlattr *a;
	if (d->stopped || mnl_nlmsg_get_payload_len(h) < sizeof(struct genlmsghdr))
		return MNL_CB_OK; /* the rest is read all the same, so that the socket is clean */
	mnl_attr_for_each(a, h, sizeof(struct genlmsghdr))
	{
		struct ipvs_service s;
		struct ipvs_dest dest = {.family = d->family};
		if (d->service && mnl_attr_get_type(a) == IPVS_CMD_ATTR_SERVICE && service_parse(a, &s)) {
			d->stopped = d->service(d->arg, &s);
		} else if (d->dest && mnl_attr_get_type(a) == IPVS_CMD_ATTR_DEST) {
			dest_parse(a, &dest);
			d->stopped = d->dest(d->arg, &dest);
		}
	}
	return MNL_CB_OK;
}

static int dump(struct ipvs *v, uint8_t cmd, const struct ipvs_service *s, struct dump *d)
{
	char req[MSG_ROOM];
	struct nlmsghdr *h = header(req, v->family, NLM_F_DUMP, ++v->seq, cmd);
	if (s)
		service_put(h, s, false);
	if (mnl_socket_sendto(v->sock, h, h->nlmsg_len) < 0)
		return -errno;
	int r = answer_read(v, v->seq, dumped, d);
	return r < 0 ? r : d->stopped;
}

int ipvs_services(struct ipvs *v, int (*fn)(void *arg, const struct ipvs_service *s), void *arg, struct err *e)
{
	struct dump d = {.service = fn, .arg = arg};
	int r = dump(v, IPVS_CMD_GET_SERVICE, NULL, &d);
	return r < 0 && !d.stopped ? err_errno(e, -r, "IPVS: cannot list the virtual servers") : r;
}

void ipvs_service_text(const struct ipvs_service *s, char out[96])
{
	char addr[48] = "?";
	if (s->fwmark) {
		(void)snprintf(out, 96, "of mark %u", s->fwmark);
		return;
	}
	(void)inet_ntop(s->family == 4 ? AF_INET : AF_INET6, s->addr, addr, sizeof(addr));
	(void)snprintf(out, 96, s->family == 4 ? "%s %s:%u" : "%s [%s]:%u", inet_protocol_name(s->protocol), addr,
		       s->port);
}

int ipvs_service_there(struct ipvs *v, const struct ipvs_service *s, struct err *e)
{
	char req[MSG_ROOM], text[96];
	struct nlmsghdr *h = header(req, v->family, NLM_F_ACK, ++v->seq, IPVS_CMD_GET_SERVICE);
	service_put(h, s, false);
	int r = mnl_socket_sendto(v->sock, h, h->nlmsg_len) < 0 ? -errno : answer_read(v, v->seq, NULL, NULL);
	if (r == 0 || r == -ESRCH)
		return r == 0;
	ipvs_service_text(s, text);
	return err_errno(e, -r, "IPVS: cannot look at the virtual server %s", text);
}

int ipvs_dests(struct ipvs *v, const struct ipvs_service *s, int (*fn)(void *arg, const struct ipvs_dest *d), void *arg,
	       struct err *e)
{
	char text[96];
	struct dump d = {.dest = fn, .arg = arg, .family = s->family};
	int r = dump(v, IPVS_CMD_GET_DEST, s, &d);
	if (r >= 0 || d.stopped)
		return r;
	ipvs_service_text(s, text);
	if (r == -ESRCH)
		return err_set(e, ERR_NOT_FOUND, "IPVS: there is no virtual server %s", text);
	return err_errno(e, -r, "IPVS: cannot list the destinations of %s", text);
}

/* ---- commit ---- */

static int refused(const struct ipvs *v, uint32_t seq, int errnum, struct err *e)
{
	static const char *const what[] = {
	    [IPVS_CMD_NEW_SERVICE] = "add the virtual server",    [IPVS_CMD_SET_SERVICE] = "change the virtual server",
	    [IPVS_CMD_DEL_SERVICE] = "delete the virtual server", [IPVS_CMD_NEW_DEST] = "add a destination of",
	    [IPVS_CMD_SET_DEST] = "change a destination of",      [IPVS_CMD_DEL_DEST] = "delete a destination of"};
	for (size_t at = 0; at < v->len;) {
		const struct nlmsghdr *h = (const struct nlmsghdr *)(v->buf + at);
		at += NLMSG_ALIGN(h->nlmsg_len);
		if (h->nlmsg_seq != seq)
			continue;
		const struct genlmsghdr *g = mnl_nlmsg_get_payload(h);
		const struct nlattr *a;
		char text[96] = "?";
		mnl_attr_for_each(a, h, sizeof(*g))
		{
			struct ipvs_service s;
			if (mnl_attr_get_type(a) != IPVS_CMD_ATTR_SERVICE || !service_parse(a, &s))
				continue;
			ipvs_service_text(&s, text);
			if (errnum == ENOENT && s.sched[0])
				return err_set(e, -ENOENT,
					       "IPVS: this kernel has no scheduler \"%s\" (module ip_vs_%s)", s.sched,
					       s.sched);
		}
		return err_errno(e, errnum, "IPVS: cannot %s %s", what[g->cmd], text);
	}
	return err_errno(e, errnum, "IPVS: the kernel refused a change");
}

/* What the kernel has to say is queued when sendto returns. */
static int refusals_read(struct ipvs *v, struct err *e)
{
	char buf[16384];
	int code = 0;
	for (;;) {
		ssize_t len = recv(mnl_socket_get_fd(v->sock), buf, sizeof(buf), MSG_DONTWAIT);
		if (len < 0 && errno == EINTR)
			continue;
		if (len < 0 && errno == ENOBUFS) { /* so many errors that some were dropped */
			if (!code)
				code = err_set(e, -ENOBUFS, "IPVS: the kernel refused many changes");
			continue;
		}
		if (len < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))
			return code;
		if (len < 0)
			return err_errno(e, errno, "IPVS: cannot read the kernel's answer");
		int left = (int)len;
		for (struct nlmsghdr *h = (struct nlmsghdr *)buf; mnl_nlmsg_ok(h, left); h = mnl_nlmsg_next(h, &left)) {
			const struct nlmsgerr *ne = mnl_nlmsg_get_payload(h);
			if (h->nlmsg_type == NLMSG_ERROR && mnl_nlmsg_get_payload_len(h) >= sizeof(*ne) && ne->error &&
			    !code)
				code = refused(v, h->nlmsg_seq, -ne->error, e);
		}
	}
}

int ipvs_commit(struct ipvs *v, struct err *e)
{
	struct sockaddr_nl to = {.nl_family = AF_NETLINK};
	int code = v->failed ? err_nomem(e) : 0, fd = mnl_socket_get_fd(v->sock);
	for (size_t at = 0; code == 0 && at < v->len;) {
		size_t n = 0;
		while (at + n < v->len && n < SEND_MAX)
			n += NLMSG_ALIGN(((const struct nlmsghdr *)(v->buf + at + n))->nlmsg_len);
		ssize_t sent;
		do
			sent = sendto(fd, v->buf + at, n, 0, (struct sockaddr *)&to, sizeof(to));
		while (sent < 0 && errno == EINTR);
		if (sent < 0)
			code = err_errno(e, errno, "IPVS: cannot send %zu bytes of changes", n);
		at += n;
		int r = refusals_read(v, code ? NULL : e);
		code = code ? code : r;
	}
	v->len = 0;
	v->failed = 0;
	if (v->cap > (1 << 20)) { /* a first synchronisation is large, later ones are not */
		free(TAKE_PTR(v->buf));
		v->cap = 0;
	}
	return code;
}

int ipvs_scheduler_check(struct ipvs *v, const char *sched, struct err *e)
{
	/* Nothing else tells; a mark that nobody uses sees no packet meanwhile. */
	struct ipvs_service s = {.family = 4, .fwmark = PROBE_MARK};
	struct err why = {0};
	if (!str_copy(s.sched, sizeof(s.sched), sched))
		return err_set(e, -EINVAL, "\"%s\" is not the name of an IPVS scheduler", sched);
	ipvs_service_add(v, &s);
	int r = ipvs_commit(v, &why);
	if (r == -ENOENT)
		return err_set(e, ERR_UNSUPPORTED, "%s; rr, wrr, lc, wlc, sh and mh are others", why.msg);
	if (r < 0) {
		if (e)
			*e = why;
		return r;
	}
	ipvs_service_del(v, &s);
	return ipvs_commit(v, e);
}
