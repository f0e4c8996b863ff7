/* The udp backend's packets: what leaves on one side and comes back on the other, and what must not pass. */
#include <arpa/inet.h>
#include <netinet/udp.h>
#include "base/cleanup.h"
#include "base/str.h"
#include "net/udp_packet.h"
#include "tests/unit/test.h"

#define PORT 8285

struct node {
	struct udp_table *table;
	struct udp_batch *batch;
	struct udp_merge merge;
	struct sockaddr_in addr;
	struct node *other;
	bool gro; /* datagrams of one UDP_SEGMENT arrive as one, as UDP_GRO has it */
	unsigned datagrams, n_out;
	unsigned char wire[2 << 20]; /* datagrams on their way, which the receiver keeps until the batch has ended */
	size_t used;
	struct udp_vnet vnet; /* of the last packet written */
	unsigned char out[70000], all[200000];
	size_t out_len, all_len; /* all: TCP payloads of everything written */
};

static void deliver(struct node *n, const struct msghdr *m)
{
	unsigned char *at = n->wire + n->used;
	size_t len = 0;
	uint16_t segment = 0;
	for (size_t i = 0; i < m->msg_iovlen; i++) {
		if (n->used + len + m->msg_iov[i].iov_len > sizeof(n->wire))
			abort();
		memcpy(at + len, m->msg_iov[i].iov_base, m->msg_iov[i].iov_len);
		len += m->msg_iov[i].iov_len;
	}
	n->used += len;
	if (m->msg_control)
		memcpy(&segment, CMSG_DATA(CMSG_FIRSTHDR(m)), sizeof(segment));
	CHECK(len <= 65507 && (!segment || (len > segment && len <= 64u * segment)));
	struct sockaddr_in to = *(struct sockaddr_in *)m->msg_name;
	CHECK(to.sin_addr.s_addr == n->other->addr.sin_addr.s_addr && to.sin_port == htons(PORT));
	for (size_t o = 0, step = segment && !n->other->gro ? segment : len; o < len; o += step) {
		n->datagrams++;
		udp_receive(&n->other->merge, n->other->table, &n->addr, at + o, len - o < step ? len - o : step,
			    n->other->gro ? segment : 0);
	}
}

static void flush(struct udp_batch *b, void *arg)
{
	for (unsigned i = 0; i < b->n; i++)
		deliver(arg, &b->msgs[i].msg_hdr);
}

static void written(void *arg, const struct iovec *iov, unsigned n)
{
	struct node *x = arg;
	CHECK(n >= 2 && iov[0].iov_len == sizeof(x->vnet));
	memcpy(&x->vnet, iov[0].iov_base, sizeof(x->vnet));
	x->out_len = 0;
	for (unsigned i = 1; i < n; i++) {
		memcpy(x->out + x->out_len, iov[i].iov_base, iov[i].iov_len);
		x->out_len += iov[i].iov_len;
	}
	unsigned ip = x->out[0] >> 4 == 4 ? 20 : 40;
	if (x->out[ip == 20 ? 9 : 6] == IPPROTO_TCP) {
		unsigned head = ip + (x->out[ip + 12] >> 4) * 4u;
		memcpy(x->all + x->all_len, x->out + head, x->out_len - head);
		x->all_len += x->out_len - head;
	}
	x->n_out++;
}

static struct node *node_new(const char *ip, const char *cidr4, const char *cidr6, const char *peer_ip,
			     const char *peer4, const char *peer6, bool private, bool gro)
{
	struct node *n = calloc(1, sizeof(*n));
	struct net_self self = {.port = PORT};
	struct net_peer p = {.use = {true, private}, .udp_private = private};
	n->batch = calloc(1, sizeof(*n->batch));
	str_copy(self.cidr[NET_V4], 72, cidr4);
	str_copy(self.cidr[NET_V6], 72, cidr6);
	str_copy(p.ip[NET_V4], 48, peer_ip);
	str_copy(p.cidr[NET_V4], 72, peer4);
	str_copy(p.cidr[NET_V6], 72, peer6);
	CHECK(udp_table_new(&n->table, &self, &p, 1, NULL) == 0);
	n->addr = (struct sockaddr_in){.sin_family = AF_INET, .sin_port = htons(PORT)};
	inet_pton(AF_INET, ip, &n->addr.sin_addr);
	n->batch->flush = flush;
	n->batch->arg = n;
	n->merge.write = written;
	n->merge.arg = n;
	n->gro = gro;
	return n;
}

struct pair {
	struct node *a, *b;
};
static struct pair pair_new(bool private, bool gro)
{
	struct pair p;
	p.a = node_new("192.0.2.1", "10.42.1.0/24", "fd42:0:0:1::/64", "192.0.2.2", "10.42.2.0/24", "fd42:0:0:2::/64",
		       private, gro);
	p.b = node_new("192.0.2.2", "10.42.2.0/24", "fd42:0:0:2::/64", "192.0.2.1", "10.42.1.0/24", "fd42:0:0:1::/64",
		       private, gro);
	p.a->other = p.b;
	p.b->other = p.a;
	return p;
}
static void pair_done(struct pair *p)
{
	for (int i = 0; i < 2; i++) {
		struct node *n = i ? p->b : p->a;
		udp_table_free(n->table);
		free(n->batch);
		free(n);
	}
}
static void end(struct node *from)
{
	if (from->batch->n)
		flush(from->batch, from);
	from->batch->n = from->batch->n_iov = from->batch->n_headers = 0;
	udp_receive_end(&from->other->merge);
	from->used = 0;
}

static void put16(unsigned char *p, unsigned v)
{
	p[0] = (unsigned char)(v >> 8);
	p[1] = (unsigned char)v;
}

/* A packet of TCP with payload bytes 0, 1, 2...; its checksum is the pseudo-header's sum, as the device gives it. */
static size_t tcp_make(unsigned char *p, bool v6, const char *src, const char *dst, size_t payload, uint8_t flags)
{
	unsigned ip = v6 ? 40 : 20, head = ip + 32;
	size_t len = head + payload;
	memset(p, 0, head);
	if (v6) {
		p[0] = 0x60;
		put16(p + 4, (unsigned)(len - 40));
		p[6] = IPPROTO_TCP;
		p[7] = 63;
		inet_pton(AF_INET6, src, p + 8);
		inet_pton(AF_INET6, dst, p + 24);
	} else {
		p[0] = 0x45;
		put16(p + 2, (unsigned)len);
		put16(p + 4, 0xfffe); /* goes over */
		p[6] = 0x40;
		p[8] = 63;
		p[9] = IPPROTO_TCP;
		inet_pton(AF_INET, src, p + 12);
		inet_pton(AF_INET, dst, p + 16);
		put16(p + 10, (uint16_t)~udp_fold(udp_sum(p, 20, 0)));
	}
	unsigned char *t = p + ip, tail[8] = {0};
	put16(t, 40000);
	put16(t + 2, 80);
	put16(t + 4, 0xffff); /* the sequence goes over, too */
	put16(t + 6, 0xfff0);
	t[12] = 0x80;
	t[13] = flags;
	put16(t + 14, 500);
	t[20] = 1;
	t[21] = 1;
	t[22] = 8;
	t[23] = 10;
	put16(tail + 2, (unsigned)(len - ip));
	tail[7] = IPPROTO_TCP;
	put16(t + 16, udp_fold(udp_sum(tail, 8, udp_sum(p + (v6 ? 8 : 12), v6 ? 32 : 8, 0))));
	for (size_t i = 0; i < payload; i++)
		p[head + i] = (unsigned char)(i * 7 + i / 256);
	return len;
}

/* As the kernel would check it: NEEDS_CSUM must have the pseudo-header's sum, everything else a whole checksum. */
static bool checksum_good(const struct node *n)
{
	bool v6 = n->out[0] >> 4 == 6;
	unsigned ip = v6 ? 40 : 20;
	unsigned char tail[8] = {0};
	put16(tail + 2, (unsigned)(n->out_len - ip));
	tail[7] = n->out[v6 ? 6 : 9];
	uint64_t pseudo = udp_sum(tail, 8, udp_sum(n->out + (v6 ? 8 : 12), v6 ? 32 : 8, 0));
	if (!v6 && udp_fold(udp_sum(n->out, 20, 0)) != 0xffff)
		return false;
	if (n->vnet.flags & UDP_VNET_NEEDS_CSUM) {
		uint16_t field =
		    (uint16_t)(n->out[ip + n->vnet.csum_offset] << 8 | n->out[ip + n->vnet.csum_offset + 1]);
		return n->vnet.csum_start == ip && field == udp_fold(pseudo);
	}
	return udp_fold(udp_sum(n->out + ip, n->out_len - ip, pseudo)) == 0xffff;
}

static void large(bool v6, bool private, bool gro)
{
	struct pair p = pair_new(private, gro);
	static unsigned char packet[66000], was[66000];
	size_t len =
	    tcp_make(packet, v6, v6 ? "fd42:0:0:1::5" : "10.42.1.5", v6 ? "fd42:0:0:2::6" : "10.42.2.6", 60000, 0x18);
	memcpy(was, packet, len);
	struct udp_vnet h = {
	    UDP_VNET_NEEDS_CSUM, v6 ? UDP_VNET_GSO_TCPV6 : UDP_VNET_GSO_TCPV4, 0, 1400, v6 ? 40 : 20, 16};
	CHECK(udp_send(p.a->batch, p.a->table, &h, packet, len));
	end(p.a);
	CHECK(p.a->datagrams == (gro ? 1u : 43u)); /* 60000 bytes of 1400 */
	CHECK(p.b->n_out == 1 && p.b->out_len == len);
	CHECK(p.b->vnet.gso_size == 1400 && p.b->vnet.gso_type == h.gso_type && p.b->vnet.flags == UDP_VNET_NEEDS_CSUM);
	CHECK(checksum_good(p.b));
	CHECK(memcmp(p.b->out, was, len) == 0); /* it is the packet that was sent, to the bit */
	pair_done(&p);
}
static void large_v4(void)
{
	large(false, false, true), large(false, false, false);
}
static void large_private(void)
{
	large(false, true, true), large(true, true, true), large(true, true, false);
}

/* Many small segments: more than fit in one datagram, and in one batch. */
static void tiny_segments(void)
{
	struct pair p = pair_new(false, true);
	static unsigned char packet[66000];
	size_t len = tcp_make(packet, false, "10.42.1.5", "10.42.2.6", 60000, 0x11); /* FIN, ACK */
	struct udp_vnet h = {UDP_VNET_NEEDS_CSUM, UDP_VNET_GSO_TCPV4, 0, 48, 20, 16};
	CHECK(udp_send(p.a->batch, p.a->table, &h, packet, len));
	end(p.a);
	CHECK(p.b->all_len == 60000 && memcmp(p.b->all, packet + 52, 60000) == 0);
	CHECK(p.b->out[33] == 0x11); /* FIN with the last, which stands alone */
	CHECK(checksum_good(p.b));
	pair_done(&p);
}

static void single(void)
{
	for (int private = 0; private < 2; private ++) {
		struct pair p = pair_new(private, true);
		unsigned char packet[2000];
		size_t len = tcp_make(packet, false, "10.42.1.5", "10.42.2.6", 11, 0x12); /* SYN, ACK */
		struct udp_vnet h = {UDP_VNET_NEEDS_CSUM, UDP_VNET_GSO_NONE, 0, 0, 20, 16};
		CHECK(udp_send(p.a->batch, p.a->table, &h, packet, len));
		end(p.a);
		CHECK(p.b->n_out == 1 && p.b->out_len == len && p.b->out[0] == 0x45 && checksum_good(p.b));
		CHECK(p.b->vnet.flags == (private ? UDP_VNET_NEEDS_CSUM : 0) && p.b->vnet.gso_type == 0);
		pair_done(&p);
	}
}

/* Two streams in turn, an interruption, a wrong checksum: order and bytes stay. */
static void not_merged(void)
{
	struct pair p = pair_new(false, true);
	unsigned char v[4][600];
	struct udp_vnet h = {UDP_VNET_NEEDS_CSUM, UDP_VNET_GSO_NONE, 0, 0, 20, 16};
	for (int i = 0; i < 4; i++) {
		size_t len = tcp_make(v[i], false, i % 2 ? "10.42.1.9" : "10.42.1.5", "10.42.2.6", 100, 0x10);
		CHECK(udp_send(p.a->batch, p.a->table, &h, v[i], len));
	}
	end(p.a);
	CHECK(p.b->n_out == 4); /* the same sequence number twice is no continuation */
	unsigned char bad[600];
	size_t len = tcp_make(bad, false, "10.42.1.5", "10.42.2.6", 100, 0x10); /* its checksum is not filled in */
	udp_receive(&p.b->merge, p.b->table, &p.a->addr, bad, len, 0);
	udp_receive_end(&p.b->merge);
	CHECK(p.b->n_out == 5 && p.b->vnet.flags == 0 && !checksum_good(p.b)); /* the pod's kernel drops it */
	pair_done(&p);
}

static unsigned arrives(struct pair *p, const char *from_ip, unsigned port, unsigned char *d, size_t len)
{
	struct sockaddr_in a = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
	unsigned before = p->b->n_out;
	unsigned char copy[2000];
	memcpy(copy, d, len);
	inet_pton(AF_INET, from_ip, &a.sin_addr);
	udp_receive(&p->b->merge, p->b->table, &a, copy, len, 0);
	udp_receive_end(&p->b->merge);
	return p->b->n_out - before;
}

static void hostile(void)
{
	for (int private = 0; private < 2; private ++) {
		struct pair p = pair_new(private, true);
		unsigned char d[2000];
		size_t len = tcp_make(d, false, "10.42.1.5", "10.42.2.6", 100, 0x10);
		CHECK(arrives(&p, "192.0.2.1", PORT, d, len) == 1);
		CHECK(arrives(&p, "192.0.2.9", PORT, d, len) == 0);     /* nobody's address */
		CHECK(arrives(&p, "192.0.2.1", PORT + 1, d, len) == 0); /* another program of the peer's */
		CHECK(arrives(&p, "192.0.2.1", PORT, d, len - 1) == 0); /* shorter than it says */
		CHECK(arrives(&p, "192.0.2.1", PORT, d, 19) == 0);
		CHECK(arrives(&p, "192.0.2.1", PORT, d, 1) == 0);
		d[0] |= 0x80;
		CHECK(arrives(&p, "192.0.2.1", PORT, d, len) ==
		      (private ? 1 : 0)); /* the mark, of a peer that may use it */
		d[0] = 0x4f;              /* an IP header of 60 bytes */
		CHECK(arrives(&p, "192.0.2.1", PORT, d, len) == 1);
		d[0] = 0x44;
		CHECK(arrives(&p, "192.0.2.1", PORT, d, len) == 0);
		d[0] = 0x35;
		CHECK(arrives(&p, "192.0.2.1", PORT, d, len) == 0);
		d[0] = 0x45;
		d[8] = 0;
		CHECK(arrives(&p, "192.0.2.1", PORT, d, len) == 0); /* no hop left */
		len = tcp_make(d, false, "10.42.3.5", "10.42.2.6", 100, 0x10);
		CHECK(arrives(&p, "192.0.2.1", PORT, d, len) == 0); /* another node's pod */
		len = tcp_make(d, false, "10.42.1.5", "10.42.3.6", 100, 0x10);
		CHECK(arrives(&p, "192.0.2.1", PORT, d, len) == 0); /* to be sent on */
		len = tcp_make(d, false, "10.42.1.5", "192.0.2.2", 100, 0x10);
		CHECK(arrives(&p, "192.0.2.1", PORT, d, len) == 0); /* to the node itself */
		len = tcp_make(d, true, "fd42:0:0:1::5", "fd42:0:0:2::6", 100, 0x10);
		CHECK(arrives(&p, "192.0.2.1", PORT, d, len) == (private ? 1 : 0));
		/* Marked, but neither TCP nor UDP: there is no checksum to fill in. */
		len = tcp_make(d, false, "10.42.1.5", "10.42.2.6", 100, 0x10);
		d[9] = 47;
		d[0] |= 0x80;
		CHECK(arrives(&p, "192.0.2.1", PORT, d, len) == 0);
		/* Out: only to a peer's pods, and only what the device may say. */
		struct udp_vnet h = {0};
		len = tcp_make(d, false, "10.42.1.5", "10.42.3.6", 100, 0x10);
		CHECK(!udp_send(p.a->batch, p.a->table, &h, d, len));
		len = tcp_make(d, false, "10.42.1.5", "10.42.2.6", 100, 0x10);
		h = (struct udp_vnet){UDP_VNET_NEEDS_CSUM, UDP_VNET_GSO_TCPV4, 0, 0, 20, 16};
		CHECK(!udp_send(p.a->batch, p.a->table, &h, d, len)); /* segments of nothing */
		h = (struct udp_vnet){UDP_VNET_NEEDS_CSUM, UDP_VNET_GSO_NONE, 0, 0, 1000, 2000};
		CHECK(!udp_send(p.a->batch, p.a->table, &h, d, len));
		pair_done(&p);
	}
}

static void sums(void)
{
	unsigned char b[70];
	for (size_t n = 0; n < sizeof(b); n++) {
		uint32_t want = 0;
		for (size_t i = 0; i < n; i++) {
			b[i] = (unsigned char)(i * 37 + 11);
			want += i % 2 ? b[i] : (uint32_t)b[i] << 8;
		}
		while (want >> 16)
			want = (want & 0xffff) + (want >> 16);
		CHECK(udp_fold(udp_sum(b, n, 0)) == want);
	}
}

int main(void)
{
	RUN(sums);
	RUN(large_v4);
	RUN(large_private);
	RUN(tiny_segments);
	RUN(single);
	RUN(not_merged);
	RUN(hostile);
	return TEST_END();
}
