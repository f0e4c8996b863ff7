#include "net/udp_packet.h"
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/udp.h>
#include <stdlib.h>
#include <string.h>
#include "base/cleanup.h"
#include "base/inet.h"
#include "net/lease.h"

#define MARK 0x80 /* of the first byte: the inner checksum is to be filled in */

#define TCP_FIN 0x01
#define TCP_SYN 0x02
#define TCP_RST 0x04
#define TCP_PSH 0x08
#define TCP_ACK 0x10
#define TCP_URG 0x20
#define TCP_CWR 0x80

/* ---- numbers ---- */

static uint16_t get16(const unsigned char *p)
{
	return (uint16_t)(p[0] << 8 | p[1]);
}
static uint32_t get32(const unsigned char *p)
{
	return (uint32_t)get16(p) << 16 | get16(p + 2);
}
static void put16(unsigned char *p, unsigned v)
{
	p[0] = (unsigned char)(v >> 8);
	p[1] = (unsigned char)v;
}
static void put32(unsigned char *p, uint32_t v)
{
	put16(p, v >> 16);
	put16(p + 2, v & 0xffff);
}

/* In host order: the sum is the same in either, its bytes are swapped (RFC 1071, section 2). */
uint64_t udp_sum(const void *data, size_t n, uint64_t sum)
{
	const unsigned char *p = data;
	uint64_t a = 0, b = 0;
	for (; n >= 32; n -= 32, p += 32) {
		uint32_t w[8];
		memcpy(w, p, 32);
		a += (uint64_t)w[0] + w[1] + w[2] + w[3];
		b += (uint64_t)w[4] + w[5] + w[6] + w[7];
	}
	for (; n >= 4; n -= 4, p += 4) {
		uint32_t w;
		memcpy(&w, p, 4);
		a += w;
	}
	if (n >= 2) {
		uint16_t w;
		memcpy(&w, p, 2);
		a += w;
		p += 2;
		n -= 2;
	}
	if (n) {
		uint16_t w = 0;
		memcpy(&w, p, 1);
		a += w;
	}
	/* Folded to 32 bits each, so that many calls do not run over. */
	a = (a & 0xffffffff) + (a >> 32);
	b = (b & 0xffffffff) + (b >> 32);
	return sum + a + b;
}

uint16_t udp_fold(uint64_t sum)
{
	while (sum >> 16)
		sum = (sum & 0xffff) + (sum >> 16);
	return ntohs((uint16_t)sum);
}

/* ---- who ---- */

struct udp_peer {
	uint32_t ip; /* host order */
	bool private;
};
struct range { /* of a peer */
	unsigned char net[16];
	unsigned bits;
	unsigned peer;
};
struct udp_table {
	struct udp_peer *peers; /* sorted by ip */
	size_t n;
	struct range *ranges[NET_FAMILIES]; /* sorted by net; they do not overlap */
	size_t n_ranges[NET_FAMILIES];
	struct range own[NET_FAMILIES]; /* bits 0: none */
	uint16_t port;
};

static const size_t width[] = {4, 16};

static int range_cmp(const void *a, const void *b)
{
	return memcmp(((const struct range *)a)->net, ((const struct range *)b)->net, 16);
}

static bool within(const struct range *r, const unsigned char *ip)
{
	return r->bits && inet_bits_equal(r->net, ip, r->bits);
}

static void range_read(struct range *r, const char *cidr, unsigned peer)
{
	struct lease_cidr c;
	memset(r, 0, sizeof(*r));
	if (!cidr[0] || lease_cidr_parse(&c, cidr, NULL) < 0)
		return;
	memcpy(r->net, c.net, 16);
	r->bits = c.bits;
	r->peer = peer;
}

static int peer_cmp(const void *a, const void *b)
{
	uint32_t x = ((const struct udp_peer *)a)->ip, y = ((const struct udp_peer *)b)->ip;
	return x < y ? -1 : x > y;
}

static const struct udp_peer *peer_by_ip(const struct udp_table *t, uint32_t ip)
{
	struct udp_peer key = {.ip = ip};
	return t->n ? bsearch(&key, t->peers, t->n, sizeof(key), peer_cmp) : NULL;
}

static const struct range *range_of(const struct udp_table *t, int f, const unsigned char *ip)
{
	size_t lo = 0, hi = t->n_ranges[f];
	while (lo < hi) { /* the last one that does not begin behind ip */
		size_t mid = (lo + hi) / 2;
		if (memcmp(t->ranges[f][mid].net, ip, width[f]) <= 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo && within(&t->ranges[f][lo - 1], ip) ? &t->ranges[f][lo - 1] : NULL;
}

int udp_table_new(struct udp_table **ret, const struct net_self *self, const struct net_peer *v, size_t n,
		  struct err *e)
{
	struct udp_table *t = calloc(1, sizeof(*t));
	if (!t || !(t->peers = calloc(n + 1, sizeof(*t->peers)))) {
		udp_table_free(t);
		return err_nomem(e);
	}
	t->port = self->port;
	for (size_t i = 0; i < n; i++) {
		struct in_addr a;
		/* The way is IPv4, whatever goes along it. */
		if (v[i].use[NET_V4] && inet_pton(AF_INET, v[i].ip[NET_V4], &a) == 1)
			t->peers[t->n++] = (struct udp_peer){ntohl(a.s_addr), v[i].udp_private};
	}
	if (t->n)
		qsort(t->peers, t->n, sizeof(*t->peers), peer_cmp);
	for (int f = 0; f < NET_FAMILIES; f++) {
		range_read(&t->own[f], self->cidr[f], 0);
		if (!(t->ranges[f] = calloc(n + 1, sizeof(**t->ranges)))) {
			udp_table_free(t);
			return err_nomem(e);
		}
		for (size_t i = 0; i < n; i++) {
			struct in_addr a;
			const struct udp_peer *p = v[i].use[NET_V4] && inet_pton(AF_INET, v[i].ip[NET_V4], &a) == 1
						       ? peer_by_ip(t, ntohl(a.s_addr))
						       : NULL;
			struct range *r = &t->ranges[f][t->n_ranges[f]];
			if (!p || !v[i].use[f] || (f == NET_V6 && !v[i].udp_private))
				continue;
			range_read(r, v[i].cidr[f], (unsigned)(p - t->peers));
			t->n_ranges[f] += r->bits != 0;
		}
		if (t->n_ranges[f])
			qsort(t->ranges[f], t->n_ranges[f], sizeof(**t->ranges), range_cmp);
	}
	*ret = t;
	return 0;
}

struct udp_table *udp_table_free(struct udp_table *t)
{
	if (!t)
		return NULL;
	for (int f = 0; f < NET_FAMILIES; f++)
		free(t->ranges[f]);
	free(t->peers);
	free(t);
	return NULL;
}

/* ---- what a packet is ---- */

struct view {
	int family;
	unsigned ip_len; /* IP header */
	unsigned l4;     /* TCP or UDP header's length; 0: neither, or a fragment */
	uint8_t proto;
	const unsigned char *src, *dst;
};

/* False for what is no whole IP packet of exactly these bytes. The mark is ignored here. */
static bool view(struct view *v, const unsigned char *p, size_t len)
{
	bool fragment = false;
	memset(v, 0, sizeof(*v));
	if (len < 20)
		return false;
	unsigned version = (p[0] >> 4) & 7;
	if (version == 4) {
		v->ip_len = (p[0] & 15u) * 4;
		if (v->ip_len < 20 || v->ip_len > len || get16(p + 2) != len || p[8] == 0)
			return false;
		v->proto = p[9];
		v->src = p + 12;
		v->dst = p + 16;
		fragment = get16(p + 6) & 0x3fff;
	} else if (version == 6) {
		if (len < 40 || get16(p + 4) + 40u != len || p[7] == 0)
			return false;
		v->family = NET_V6;
		v->ip_len = 40;
		v->proto = p[6];
		v->src = p + 8;
		v->dst = p + 24;
	} else {
		return false;
	}
	size_t rest = len - v->ip_len;
	const unsigned char *l4 = p + v->ip_len;
	if (!fragment && v->proto == IPPROTO_TCP && rest >= 20 && (l4[12] >> 4) >= 5 && (l4[12] >> 4) * 4u <= rest)
		v->l4 = (l4[12] >> 4) * 4u;
	else if (!fragment && v->proto == IPPROTO_UDP && rest >= 8)
		v->l4 = 8;
	return true;
}

static uint64_t pseudo_sum(const struct view *v, size_t l4_len)
{
	unsigned char tail[8] = {0};
	put32(tail, (uint32_t)l4_len);
	tail[7] = v->proto;
	return udp_sum(tail, 8, udp_sum(v->src, 2 * width[v->family], 0));
}

/* The checksum field holds the pseudo-header's sum already, or counts as nothing. */
static void checksum_fill(unsigned char *l4, size_t len, unsigned offset)
{
	uint16_t sum = (uint16_t)~udp_fold(udp_sum(l4, len, 0));
	put16(l4 + offset, sum ? sum : 0xffff); /* UDP's 0 means none; TCP does not mind */
}

static void ip4_checksum(unsigned char *p, unsigned len)
{
	put16(p + 10, 0);
	put16(p + 10, (uint16_t)~udp_fold(udp_sum(p, len, 0)));
}

static unsigned checksum_offset(uint8_t proto)
{
	return proto == IPPROTO_TCP ? 16 : 6;
}

/* ---- out ---- */

static void flush(struct udp_batch *b)
{
	if (b->n)
		b->flush(b, b->arg);
	b->n = b->n_iov = b->n_headers = 0;
}

/* Begins a datagram; its iovecs follow. segment 0: one packet. */
static struct msghdr *begin(struct udp_batch *b, const struct udp_table *t, const struct udp_peer *peer, size_t segment)
{
	struct msghdr *m = &b->msgs[b->n].msg_hdr;
	b->to[b->n] =
	    (struct sockaddr_in){.sin_family = AF_INET, .sin_port = htons(t->port), .sin_addr.s_addr = htonl(peer->ip)};
	*m =
	    (struct msghdr){.msg_name = &b->to[b->n], .msg_namelen = sizeof(b->to[b->n]), .msg_iov = &b->iov[b->n_iov]};
	if (segment) {
		uint16_t size = (uint16_t)segment;
		m->msg_control = b->control[b->n].bytes;
		m->msg_controllen = sizeof(b->control[b->n].bytes);
		struct cmsghdr *c = CMSG_FIRSTHDR(m);
		c->cmsg_level = SOL_UDP;
		c->cmsg_type = UDP_SEGMENT;
		c->cmsg_len = CMSG_LEN(sizeof(size));
		memcpy(CMSG_DATA(c), &size, sizeof(size));
	}
	b->n++;
	return m;
}

static void add(struct udp_batch *b, struct msghdr *m, void *p, size_t n)
{
	b->iov[b->n_iov++] = (struct iovec){p, n};
	m->msg_iovlen++;
}

/* One segment's headers (RFC 9293; the identification goes up, FIN and PSH belong to the last, CWR to the first). */
static void segment_header(unsigned char *h, const unsigned char *packet, const struct view *v, unsigned i,
			   uint32_t offset, size_t payload, bool last)
{
	unsigned len = v->ip_len + v->l4;
	unsigned char *tcp = h + v->ip_len;
	memcpy(h, packet, len);
	if (v->family == NET_V4) {
		put16(h + 2, (unsigned)(len + payload));
		put16(h + 4, get16(packet + 4) + i);
		ip4_checksum(h, v->ip_len);
	} else {
		put16(h + 4, (unsigned)(v->l4 + payload));
	}
	put32(tcp + 4, get32(tcp + 4) + offset);
	if (!last)
		tcp[13] &= (unsigned char)~(TCP_FIN | TCP_PSH);
	if (i)
		tcp[13] &= (unsigned char)~TCP_CWR;
}

static bool send_segments(struct udp_batch *b, const struct udp_table *t, const struct udp_peer *peer,
			  const struct view *v, unsigned size, unsigned char *packet, size_t len)
{
	unsigned head = v->ip_len + v->l4, segment = head + size, done = 0;
	size_t payload = len - head, at = 0;
	unsigned most = UDP_BYTES_MAX / segment;
	if (most > UDP_SEG_MAX)
		most = UDP_SEG_MAX;
	while (at < payload) {
		/* What stands in the batch has its place until it is flushed. */
		if (b->n == UDP_MSGS || b->n_iov + 2 * most > 2 * UDP_SEGS || b->n_headers + most > UDP_SEGS)
			flush(b);
		struct msghdr *m = begin(b, t, peer, payload - at > size ? segment : 0);
		for (unsigned k = 0; k < most && at < payload; k++, done++) {
			size_t n = payload - at > size ? size : payload - at;
			unsigned char *h = b->headers[b->n_headers++], *tcp = h + v->ip_len;
			segment_header(h, packet, v, done, (uint32_t)at, n, at + n == payload);
			if (peer->private) {
				put16(tcp + 16, udp_fold(pseudo_sum(v, v->l4 + n)));
				h[0] |= MARK;
			} else {
				put16(tcp + 16, 0);
				uint64_t sum = udp_sum(tcp, v->l4, pseudo_sum(v, v->l4 + n));
				put16(tcp + 16, (uint16_t)~udp_fold(udp_sum(packet + head + at, n, sum)));
			}
			add(b, m, h, head);
			add(b, m, packet + head + at, n);
			at += n;
		}
	}
	return true;
}

bool udp_send(struct udp_batch *b, const struct udp_table *t, const struct udp_vnet *h, unsigned char *packet,
	      size_t len)
{
	struct view v;
	if (len < 20 || len > UDP_PACKET_MAX || packet[0] & MARK || !view(&v, packet, len))
		return false;
	const struct range *to = range_of(t, v.family, v.dst);
	if (!to)
		return false;
	const struct udp_peer *peer = &t->peers[to->peer];
	uint8_t gso = h->gso_type & (uint8_t)~UDP_VNET_GSO_ECN;
	if (gso != UDP_VNET_GSO_NONE) {
		if (gso != (v.family == NET_V4 ? UDP_VNET_GSO_TCPV4 : UDP_VNET_GSO_TCPV6) || v.proto != IPPROTO_TCP ||
		    !v.l4 || v.ip_len + v.l4 > UDP_HDR_MAX || h->gso_size == 0 ||
		    v.ip_len + v.l4 + h->gso_size > UDP_BYTES_MAX)
			return false;
		if (len > v.ip_len + v.l4)
			return send_segments(b, t, peer, &v, h->gso_size, packet, len);
	}
	if (h->flags & UDP_VNET_NEEDS_CSUM) {
		if (!v.l4 || h->csum_start != v.ip_len || h->csum_offset != checksum_offset(v.proto))
			return false;
		if (peer->private)
			packet[0] |= MARK;
		else
			checksum_fill(packet + v.ip_len, len - v.ip_len, h->csum_offset);
	}
	if (b->n == UDP_MSGS || b->n_iov + 1 > 2 * UDP_SEGS)
		flush(b);
	add(b, begin(b, t, peer, 0), packet, len);
	return true;
}

/* ---- in ---- */

void udp_receive_end(struct udp_merge *m)
{
	struct udp_vnet *h = &m->vnet;
	if (!m->n_iov)
		return;
	if (m->n_iov > 3) { /* several: one packet whose checksum the kernel makes when it parts it again */
		struct view v;
		size_t len = m->header_len + m->payload;
		bool v4 = m->header[0] >> 4 == 4;
		put16(m->header + (v4 ? 2 : 4), (unsigned)(len - (v4 ? 0 : 40)));
		if (v4)
			ip4_checksum(m->header, (m->header[0] & 15u) * 4);
		v = (struct view){
		    .family = v4 ? NET_V4 : NET_V6, .proto = IPPROTO_TCP, .src = m->header + (v4 ? 12 : 8)};
		unsigned ip_len = v4 ? (m->header[0] & 15u) * 4 : 40;
		put16(m->header + ip_len + 16, udp_fold(pseudo_sum(&v, len - ip_len)));
		*h = (struct udp_vnet){.flags = UDP_VNET_NEEDS_CSUM,
				       .gso_type = v4 ? UDP_VNET_GSO_TCPV4 : UDP_VNET_GSO_TCPV6,
				       .hdr_len = (uint16_t)m->header_len,
				       .gso_size = (uint16_t)m->segment,
				       .csum_start = (uint16_t)ip_len,
				       .csum_offset = 16};
	}
	m->iov[0] = (struct iovec){h, sizeof(*h)};
	m->iov[1] = (struct iovec){m->header, m->header_len};
	m->write(m->arg, m->iov, m->n_iov);
	m->n_iov = 0;
}

static void write_alone(struct udp_merge *m, unsigned char *p, size_t len, const struct view *v, bool marked)
{
	struct udp_vnet h = {0};
	udp_receive_end(m); /* in order */
	if (marked)
		h = (struct udp_vnet){.flags = UDP_VNET_NEEDS_CSUM,
				      .csum_start = (uint16_t)v->ip_len,
				      .csum_offset = (uint16_t)checksum_offset(v->proto)};
	const struct iovec iov[] = {{&h, sizeof(h)}, {p, len}};
	m->write(m->arg, iov, 2);
}

/* A segment that may stand in a merged packet: data, no options of IP, no fragment, nothing but ACK and PSH. */
static bool mergeable(const unsigned char *p, size_t len, const struct view *v)
{
	const unsigned char *tcp = p + v->ip_len;
	return v->proto == IPPROTO_TCP && v->l4 && v->ip_len == (v->family == NET_V4 ? 20 : 40) &&
	       v->ip_len + v->l4 <= UDP_HDR_MAX && len > v->ip_len + v->l4 && (tcp[13] & ~TCP_PSH) == TCP_ACK;
}

/* Whether it goes on where the waiting ones end: same stream, same headers but for what changes from segment to
 * segment. */
static bool follows(const struct udp_merge *m, const unsigned char *p, size_t len, const struct view *v)
{
	const unsigned char *h = m->header, *tcp = p + v->ip_len, *was = h + v->ip_len;
	unsigned head = v->ip_len + v->l4;
	size_t payload = len - head;
	if (!m->n_iov || m->closed || head != m->header_len || payload > m->segment || m->n_iov == 2 + UDP_SEG_MAX ||
	    m->header_len + m->payload + payload > UDP_PACKET_MAX || get32(tcp + 4) != m->next_seq)
		return false;
	if (v->family == NET_V4
		? h[0] != (p[0] & 0x7f) || h[1] != p[1] || memcmp(h + 6, p + 6, 4) != 0 ||
		      memcmp(h + 12, p + 12, 8) != 0
		: h[0] != (p[0] & 0x7f) || memcmp(h + 1, p + 1, 3) != 0 || memcmp(h + 6, p + 6, 34) != 0)
		return false;
	/* Ports, acknowledgement, window, options. Without DF the identification has to go up as well; with it it is
	 * nothing. */
	if (v->family == NET_V4 && !(p[6] & 0x40) && (uint16_t)(get16(h + 4) + m->n_iov - 2) != get16(p + 4))
		return false;
	return memcmp(was, tcp, 4) == 0 && memcmp(was + 8, tcp + 8, 5) == 0 && memcmp(was + 14, tcp + 14, 2) == 0 &&
	       memcmp(was + 20, tcp + 20, v->l4 - 20) == 0;
}

static void merge(struct udp_merge *m, unsigned char *p, size_t len, const struct view *v, bool marked)
{
	unsigned head = v->ip_len + v->l4;
	const unsigned char *tcp = p + v->ip_len;
	size_t payload = len - head;
	if (follows(m, p, len, v)) {
		m->header[v->ip_len + 13] |= tcp[13] & TCP_PSH;
	} else {
		udp_receive_end(m);
		memcpy(m->header, p, head);
		m->header[0] &= 0x7f;
		m->header_len = head;
		m->n_iov = 2;
		m->payload = 0;
		m->segment = payload;
		m->closed = false;
		/* Should it stay alone. Its checksum is either whole or to be filled in. */
		m->vnet = marked ? (struct udp_vnet){.flags = UDP_VNET_NEEDS_CSUM,
						     .csum_start = (uint16_t)v->ip_len,
						     .csum_offset = 16}
				 : (struct udp_vnet){0};
	}
	m->iov[m->n_iov++] = (struct iovec){p + head, payload};
	m->payload += payload;
	m->next_seq = get32(tcp + 4) + (uint32_t)payload;
	m->closed = payload < m->segment || (tcp[13] & TCP_PSH);
}

static void packet_in(struct udp_merge *m, const struct udp_table *t, const struct udp_peer *peer, unsigned char *p,
		      size_t len)
{
	struct view v;
	bool marked = p[0] & MARK;
	if (!view(&v, p, len) || (marked && (!peer->private || !v.l4)))
		return;
	const struct range *from = range_of(t, v.family, v.src);
	if (!from || &t->peers[from->peer] != peer || !within(&t->own[v.family], v.dst))
		return;
	/*
	 * A checksum field of the pseudo-header's sum is what the sender should have put there. It is put there again:
	 * what the kernel completes must not depend on what a peer says.
	 */
	if (marked) {
		p[0] &= 0x7f;
		put16(p + v.ip_len + checksum_offset(v.proto), udp_fold(pseudo_sum(&v, len - v.ip_len)));
	}
	/* Unmarked ones are verified before they are merged, since a merged packet gets a checksum of its own. */
	if (mergeable(p, len, &v) &&
	    (marked || udp_fold(udp_sum(p + v.ip_len, len - v.ip_len, pseudo_sum(&v, len - v.ip_len))) == 0xffff))
		merge(m, p, len, &v, marked);
	else
		write_alone(m, p, len, &v, marked);
}

void udp_receive(struct udp_merge *m, const struct udp_table *t, const struct sockaddr_in *from, unsigned char *data,
		 size_t len, size_t segment)
{
	const struct udp_peer *peer = peer_by_ip(t, ntohl(from->sin_addr.s_addr));
	if (!peer || from->sin_port != htons(t->port))
		return;
	if (!segment || segment > len)
		segment = len;
	for (size_t at = 0; at < len; at += segment)
		packet_in(m, t, peer, data + at, len - at < segment ? len - at : segment);
}
