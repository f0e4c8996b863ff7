#pragma GCC diagnostic ignored "-Wconversion" /* in libmnl's own loop macros */
#include "proxy/conntrack.h"
#include <arpa/inet.h>
#include <errno.h>
#include <libmnl/libmnl.h>
#include <linux/netfilter/nf_conntrack_common.h>
#include <linux/netfilter/nfnetlink.h>
#include <linux/netfilter/nfnetlink_conntrack.h>
#include <sys/socket.h>
#include "base/buf.h"
#include "base/cleanup.h"

struct tuple {
	struct inet_addr src, dst;
	uint8_t protocol;
	uint16_t sport, dport;
};
struct dump {
	const struct px_stale *v;
	size_t n;
	struct buf doomed; /* a length, then the CTA_TUPLE_ORIG attribute, one after the other */
	uint8_t family;
	bool unanswered; /* nothing else is wanted */
	int count;
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

static int one(const struct nlmsghdr *h, void *arg)
{
	struct dump *d = arg;
	const struct nlattr *a, *orig_attr = NULL;
	struct tuple orig = {0}, reply = {0};
	uint32_t status = 0;
	if (mnl_nlmsg_get_payload_len(h) < sizeof(struct nfgenmsg))
		return MNL_CB_OK;
	mnl_attr_for_each(a, h, sizeof(struct nfgenmsg))
	{
		if (mnl_attr_get_type(a) == CTA_TUPLE_ORIG) {
			orig_attr = a;
			tuple_parse(a, d->family, &orig);
		} else if (mnl_attr_get_type(a) == CTA_TUPLE_REPLY) {
			tuple_parse(a, d->family, &reply);
		} else if (mnl_attr_get_type(a) == CTA_STATUS && mnl_attr_get_payload_len(a) >= sizeof(status)) {
			status = ntohl(mnl_attr_get_u32(a));
		}
	}
	if (!orig_attr || (orig.protocol != IPPROTO_UDP && (status & IPS_SEEN_REPLY)))
		return MNL_CB_OK;
	for (size_t i = 0; i < d->n; i++)
		if (stale(&d->v[i], &orig, &reply)) {
			uint32_t len = orig_attr->nla_len;
			buf_add(&d->doomed, &len, sizeof(len));
			buf_add(&d->doomed, orig_attr, len);
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

static int forget_family(struct mnl_socket *s, struct dump *d, uint32_t *seq, struct err *e)
{
	char buf[32768], req[512];
	struct nlmsghdr *h = header(req, IPCTNL_MSG_CT_GET, NLM_F_DUMP, d->family, ++*seq);
	unsigned port = mnl_socket_get_portid(s);
	/* Kernels since 5.17 leave out what was answered then; older ones do not look at it. */
	if (d->unanswered) {
		mnl_attr_put_u32(h, CTA_STATUS, 0);
		mnl_attr_put_u32(h, CTA_STATUS_MASK, htonl(IPS_SEEN_REPLY));
	}
	if (mnl_socket_sendto(s, h, h->nlmsg_len) < 0)
		return err_errno(e, errno, "cannot ask for the tracked connections");
	int r;
	do {
		ssize_t len = mnl_socket_recvfrom(s, buf, sizeof(buf));
		if (len < 0)
			return err_errno(e, errno, "cannot read the tracked connections");
		r = mnl_cb_run(buf, (size_t)len, *seq, port, one, d);
	} while (r > MNL_CB_STOP);
	/* An interrupted dump has shown nearly everything; what is left times out by itself. */
	if (r < 0 && errno != EINTR)
		return err_errno(e, errno, "cannot list the tracked connections");
	if (buf_failed(&d->doomed))
		return err_nomem(e);
	for (size_t at = 0; at + sizeof(uint32_t) <= d->doomed.len;) {
		uint32_t len;
		memcpy(&len, d->doomed.data + at, sizeof(len));
		at += sizeof(len);
		if (len > 256 || at + len > d->doomed.len)
			break;
		h = header(req, IPCTNL_MSG_CT_DELETE, NLM_F_ACK, d->family, ++*seq);
		memcpy(mnl_nlmsg_get_payload_tail(h), d->doomed.data + at, len);
		h->nlmsg_len += MNL_ALIGN(len);
		at += len;
		if (mnl_socket_sendto(s, h, h->nlmsg_len) < 0)
			return err_errno(e, errno, "cannot delete a tracked connection");
		ssize_t got = mnl_socket_recvfrom(s, buf, sizeof(buf));
		if (got < 0)
			return err_errno(e, errno, "cannot delete a tracked connection");
		if (mnl_cb_run(buf, (size_t)got, *seq, port, NULL, NULL) >= 0)
			d->count++;
		else if (errno != ENOENT) /* it ended meanwhile */
			return err_errno(e, errno, "cannot delete a tracked connection");
	}
	return 0;
}

int conntrack_forget(const struct px_stale *v, size_t n, struct err *e)
{
	CLEANUP(sock_close_p) struct mnl_socket *s = NULL;
	uint32_t seq = 0;
	int count = 0;
	if (n == 0)
		return 0;
	s = mnl_socket_open2(NETLINK_NETFILTER, SOCK_CLOEXEC);
	if (!s || mnl_socket_bind(s, 0, MNL_SOCKET_AUTOPID) < 0)
		return err_errno(e, errno, "cannot open a netlink socket for connection tracking");
	for (uint8_t family = 4; family <= 6; family = (uint8_t)(family + 2)) {
		struct dump d = {.v = v, .n = n, .family = family, .unanswered = true};
		bool wanted = false;
		for (size_t i = 0; i < n; i++) {
			wanted |= v[i].front.family == family;
			d.unanswered &= v[i].protocol != IPPROTO_UDP;
		}
		int code = wanted ? forget_family(s, &d, &seq, e) : 0;
		buf_done(&d.doomed);
		if (code < 0)
			return code;
		count += d.count;
	}
	return count;
}
