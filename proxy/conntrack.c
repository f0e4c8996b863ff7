#pragma GCC diagnostic ignored "-Wconversion" /* in libmnl's own loop macros */
#include "proxy/conntrack.h"
#include <arpa/inet.h>
#include <errno.h>
#include <libmnl/libmnl.h>
#include <linux/netfilter/nf_conntrack_common.h>
#include <linux/netfilter/nfnetlink.h>
#include <linux/netfilter/nfnetlink_conntrack.h>
#include <stdlib.h>
#include <sys/socket.h>
#include "base/buf.h"
#include "base/cleanup.h"

struct tuple {
	struct inet_addr src, dst;
	uint8_t protocol;
	uint16_t sport, dport;
};
struct entry { /* of the kernel's table */
	const struct nlattr *orig_attr;
	struct tuple orig, reply;
	uint32_t status, id;
};
#define TUPLE_MAX   128  /* a CTA_TUPLE_ORIG has at most 84 bytes */
#define WAITING_MAX 4096 /* in a flood the others end by themselves */
struct ct_unanswered {
	int64_t since_ms;
	uint32_t id;             /* an entry made anew for the same tuple has another one */
	uint8_t orig[TUPLE_MAX]; /* CTA_TUPLE_ORIG */
	uint8_t family;
};
struct dump {
	struct ct_waiting *waiting;
	const struct px_stale *v;
	size_t n, n_before; /* of waiting */
	int64_t now_ms;
	struct buf doomed; /* CTA_TUPLE_ORIG attributes, one after the other */
	uint8_t family;
	bool unanswered; /* nothing else is wanted */
	int count;
};
struct conn {
	struct mnl_socket *s;
	uint32_t seq;
};

static void sock_close_p(struct mnl_socket **s)
{
	if (*s)
		mnl_socket_close(*s);
}

static void tuple_parse(const struct nlattr *attr, uint8_t family, struct tuple *t)
{
	const struct nlattr *a, *b;
	uint16_t len = family == 4 ? 4 : 16;
	t->src.family = t->dst.family = family;
	mnl_attr_for_each_nested(a, attr)
	{
		uint16_t type = mnl_attr_get_type(a);
		if (type == CTA_TUPLE_IP) {
			mnl_attr_for_each_nested(b, a)
			{
				uint16_t k = mnl_attr_get_type(b);
				if (mnl_attr_get_payload_len(b) != len)
					continue;
				if (k == CTA_IP_V4_SRC || k == CTA_IP_V6_SRC)
					memcpy(t->src.a, mnl_attr_get_payload(b), len);
				else if (k == CTA_IP_V4_DST || k == CTA_IP_V6_DST)
					memcpy(t->dst.a, mnl_attr_get_payload(b), len);
			}
		} else if (type == CTA_TUPLE_PROTO) {
			mnl_attr_for_each_nested(b, a)
			{
				uint16_t k = mnl_attr_get_type(b);
				if (k == CTA_PROTO_NUM && mnl_attr_get_payload_len(b) >= 1)
					t->protocol = mnl_attr_get_u8(b);
				else if (k == CTA_PROTO_SRC_PORT && mnl_attr_get_payload_len(b) >= 2)
					t->sport = ntohs(mnl_attr_get_u16(b));
				else if (k == CTA_PROTO_DST_PORT && mnl_attr_get_payload_len(b) >= 2)
					t->dport = ntohs(mnl_attr_get_u16(b));
			}
		}
	}
}

static bool stale(const struct px_stale *s, const struct tuple *orig, const struct tuple *reply)
{
	if (orig->protocol != s->protocol || orig->dport != s->front_port || orig->dst.family != s->front.family)
		return false;
	if (!s->any_front && !inet_addr_equal(&orig->dst, &s->front))
		return false;
	if (s->untranslated)
		return inet_addr_equal(&reply->src, &orig->dst);
	return reply->sport == s->ep.port && inet_addr_equal(&reply->src, &s->ep.addr);
}

static bool entry_parse(const struct nlmsghdr *h, uint8_t family, struct entry *t)
{
	const struct nlattr *a;
	*t = (struct entry){0};
	if (mnl_nlmsg_get_payload_len(h) < sizeof(struct nfgenmsg))
		return false;
	mnl_attr_for_each(a, h, sizeof(struct nfgenmsg))
	{
		uint16_t type = mnl_attr_get_type(a);
		if (type == CTA_TUPLE_ORIG) {
			t->orig_attr = a;
			tuple_parse(a, family, &t->orig);
		} else if (type == CTA_TUPLE_REPLY) {
			tuple_parse(a, family, &t->reply);
		} else if (type == CTA_STATUS && mnl_attr_get_payload_len(a) >= sizeof(t->status)) {
			t->status = ntohl(mnl_attr_get_u32(a));
		} else if (type == CTA_ID && mnl_attr_get_payload_len(a) >= sizeof(t->id)) {
			t->id = mnl_attr_get_u32(a);
		}
	}
	return t->orig_attr && t->orig_attr->nla_len <= TUPLE_MAX;
}

static int wait_for_answer(struct dump *d, const struct entry *t)
{
	struct ct_waiting *w = d->waiting;
	for (size_t i = 0; i < d->n_before; i++)
		if (w->v[i].id == t->id && !memcmp(w->v[i].orig, t->orig_attr, t->orig_attr->nla_len))
			return 0;
	if (w->n == WAITING_MAX)
		return 0;
	if ((w->n & (w->n - 1)) == 0) { /* as large as a power of two */
		struct ct_unanswered *v = realloc(w->v, (w->n ? w->n * 2 : 1) * sizeof(*v));
		if (!v)
			return -ENOMEM;
		w->v = v;
	}
	struct ct_unanswered *u = &w->v[w->n++];
	*u = (struct ct_unanswered){.since_ms = d->now_ms, .id = t->id, .family = d->family};
	memcpy(u->orig, t->orig_attr, t->orig_attr->nla_len);
	return 0;
}

static int one(const struct nlmsghdr *h, void *arg)
{
	struct dump *d = arg;
	struct entry t;
	if (!entry_parse(h, d->family, &t) || (t.orig.protocol != IPPROTO_UDP && (t.status & IPS_SEEN_REPLY)))
		return MNL_CB_OK;
	for (size_t i = 0; i < d->n; i++)
		if (stale(&d->v[i], &t.orig, &t.reply)) {
			if (t.orig.protocol == IPPROTO_UDP)
				buf_add(&d->doomed, t.orig_attr, MNL_ALIGN(t.orig_attr->nla_len));
			else if (wait_for_answer(d, &t) < 0)
				return errno = ENOMEM, MNL_CB_ERROR;
			break;
		}
	return MNL_CB_OK;
}

static struct nlmsghdr *header(char *buf, uint16_t type, uint16_t flags, uint8_t family, uint32_t seq)
{
	struct nlmsghdr *h = mnl_nlmsg_put_header(buf);
	h->nlmsg_type = (uint16_t)(NFNL_SUBSYS_CTNETLINK << 8 | type);
	h->nlmsg_flags = (uint16_t)(NLM_F_REQUEST | flags);
	h->nlmsg_seq = seq;
	struct nfgenmsg *g = mnl_nlmsg_put_extra_header(h, sizeof(*g));
	g->nfgen_family = family == 4 ? AF_INET : AF_INET6;
	g->version = NFNETLINK_V0;
	return h;
}

static int send_tuple(struct conn *c, uint16_t type, uint16_t flags, uint8_t family, const struct nlattr *orig,
		      const uint32_t *id)
{
	char req[512];
	struct nlmsghdr *h = header(req, type, flags, family, ++c->seq);
	memcpy(mnl_nlmsg_get_payload_tail(h), orig, orig->nla_len);
	h->nlmsg_len += MNL_ALIGN(orig->nla_len);
	if (id)
		mnl_attr_put_u32(h, CTA_ID, *id);
	return mnl_socket_sendto(c->s, h, h->nlmsg_len) < 0 ? -1 : 0;
}

/* 1: it is gone, 0: it had ended before. id: only this one; may be NULL. */
static int forget_one(struct conn *c, uint8_t family, const struct nlattr *orig, const uint32_t *id, struct err *e)
{
	char buf[8192];
	ssize_t got = -1;
	if (send_tuple(c, IPCTNL_MSG_CT_DELETE, NLM_F_ACK, family, orig, id) == 0)
		got = mnl_socket_recvfrom(c->s, buf, sizeof(buf));
	if (got >= 0 && mnl_cb_run(buf, (size_t)got, c->seq, mnl_socket_get_portid(c->s), NULL, NULL) >= 0)
		return 1;
	return got >= 0 && errno == ENOENT ? 0 : err_errno(e, errno, "cannot delete a tracked connection");
}

static int took(const struct nlmsghdr *h, void *arg)
{
	struct entry *t = arg;
	uint8_t family = ((const struct nfgenmsg *)mnl_nlmsg_get_payload(h))->nfgen_family == AF_INET ? 4 : 6;
	return entry_parse(h, family, t) ? MNL_CB_OK : MNL_CB_ERROR;
}

/* It was not answered for a while, and is not now: 1, for it is forgotten. 0: it has ended or was answered. */
static int forget_unanswered(struct conn *c, const struct ct_unanswered *u, struct err *e)
{
	char buf[8192];
	const struct nlattr *orig = (const struct nlattr *)u->orig;
	struct entry t = {0};
	ssize_t got = -1;
	if (send_tuple(c, IPCTNL_MSG_CT_GET, 0, u->family, orig, NULL) == 0)
		got = mnl_socket_recvfrom(c->s, buf, sizeof(buf));
	if (got < 0 || mnl_cb_run(buf, (size_t)got, c->seq, mnl_socket_get_portid(c->s), took, &t) < 0)
		return got >= 0 && errno == ENOENT ? 0 : err_errno(e, errno, "cannot ask for a tracked connection");
	if (t.id != u->id || (t.status & IPS_SEEN_REPLY))
		return 0;
	return forget_one(c, u->family, orig, &u->id, e);
}

static int forget_waiting(struct conn *c, struct ct_waiting *w, int64_t now_ms, struct err *e)
{
	size_t kept = 0;
	int count = 0;
	for (size_t i = 0; i < w->n; i++) {
		if (now_ms - w->v[i].since_ms < CT_ANSWER_MS) {
			w->v[kept++] = w->v[i];
			continue;
		}
		int r = forget_unanswered(c, &w->v[i], e);
		if (r < 0)
			return r;
		count += r;
	}
	if (kept == 0)
		conntrack_done(w);
	w->n = kept;
	return count;
}

static int forget_family(struct conn *c, struct dump *d, struct err *e)
{
	char buf[32768], req[512];
	struct nlmsghdr *h = header(req, IPCTNL_MSG_CT_GET, NLM_F_DUMP, d->family, ++c->seq);
	unsigned port = mnl_socket_get_portid(c->s);
	/* Kernels since 5.17 leave out what was answered then; older ones do not look at it. */
	if (d->unanswered) {
		mnl_attr_put_u32(h, CTA_STATUS, 0);
		mnl_attr_put_u32(h, CTA_STATUS_MASK, htonl(IPS_SEEN_REPLY));
	}
	if (mnl_socket_sendto(c->s, h, h->nlmsg_len) < 0)
		return err_errno(e, errno, "cannot ask for the tracked connections");
	int r;
	do {
		ssize_t len = mnl_socket_recvfrom(c->s, buf, sizeof(buf));
		if (len < 0)
			return err_errno(e, errno, "cannot read the tracked connections");
		r = mnl_cb_run(buf, (size_t)len, c->seq, port, one, d);
	} while (r > MNL_CB_STOP);
	/* An interrupted dump has shown nearly everything; what is left times out by itself. */
	if (r < 0 && errno != EINTR)
		return err_errno(e, errno, "cannot list the tracked connections");
	if (buf_failed(&d->doomed))
		return err_nomem(e);
	for (size_t at = 0; at < d->doomed.len;) {
		const struct nlattr *orig = (const struct nlattr *)(d->doomed.data + at);
		r = forget_one(c, d->family, orig, NULL, e);
		if (r < 0)
			return r;
		d->count += r;
		at += MNL_ALIGN(orig->nla_len);
	}
	return 0;
}

static int forget_all(struct ct_waiting *w, const struct px_stale *v, size_t n, int64_t now_ms, struct err *e)
{
	CLEANUP(sock_close_p) struct mnl_socket *s = mnl_socket_open2(NETLINK_NETFILTER, SOCK_CLOEXEC);
	if (!s || mnl_socket_bind(s, 0, MNL_SOCKET_AUTOPID) < 0)
		return err_errno(e, errno, "cannot open a netlink socket for connection tracking");
	struct conn c = {.s = s};
	int count = forget_waiting(&c, w, now_ms, e);
	for (uint8_t family = 4; family <= 6 && count >= 0; family = (uint8_t)(family + 2)) {
		struct dump d = {.waiting = w,
				 .v = v,
				 .n = n,
				 .n_before = w->n,
				 .now_ms = now_ms,
				 .family = family,
				 .unanswered = true};
		bool wanted = false;
		for (size_t i = 0; i < n; i++) {
			wanted |= v[i].front.family == family;
			d.unanswered &= v[i].protocol != IPPROTO_UDP;
		}
		int code = wanted ? forget_family(&c, &d, e) : 0;
		buf_done(&d.doomed);
		count = code < 0 ? code : count + d.count;
	}
	return count;
}

int conntrack_forget(struct ct_waiting *w, const struct px_stale *v, size_t n, int64_t now_ms, struct err *e)
{
	int count = n > 0 || w->n > 0 ? forget_all(w, v, n, now_ms, e) : 0;
	if (count < 0)
		conntrack_done(w);
	return count;
}

void conntrack_done(struct ct_waiting *w)
{
	free(TAKE_PTR(w->v));
	w->n = 0;
}
