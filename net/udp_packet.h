/*
 * What the udp backend does to packets, apart from any socket: an IP packet per UDP datagram, as flannel's udp backend
 * has it. Segmentation offload lives on this side of the wire alone: what the TUN device gives as one packet of 64 KB
 * leaves as datagrams of the MTU, and datagrams of one TCP stream go back to the device as one packet. So a peer may be
 * flanneld.
 *
 * Between nodes of minik (annotation minik.io/udp-private) the checksum of TCP and UDP within need not be filled in:
 * the top bit of the first byte says so (version 12 or 14 instead of 4 or 6), and the checksum field has the sum of the
 * pseudo-header, as in the kernel. What guards the packet on the wire is the checksum of the datagram. They also send
 * IPv6.
 *
 * Everything that arrives is hostile. A datagram counts only if it comes from the address and port of a known peer, and
 * its packet from that peer's pod network to this node's; every length is checked against the datagram's before it is
 * used. TTL: the kernel counts the hop on both sides, since the packet is forwarded there; a packet with none left is
 * dropped. Pure; one thread.
 */
#pragma once
#include <netinet/in.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include "base/err.h"
#include "net/backend.h"

/* struct virtio_net_hdr of the TUN device (virtio 1.2, section 5.1.6), host byte order. */
struct udp_vnet {
	uint8_t flags, gso_type;
	uint16_t hdr_len, gso_size, csum_start, csum_offset;
};
#define UDP_VNET_NEEDS_CSUM 1
#define UDP_VNET_GSO_NONE   0
#define UDP_VNET_GSO_TCPV4  1
#define UDP_VNET_GSO_TCPV6  4
#define UDP_VNET_GSO_ECN    0x80

#define UDP_PACKET_MAX 65535
#define UDP_SEG_MAX    64    /* segments in one datagram of UDP_SEGMENT: Linux before 6.9 */
#define UDP_BYTES_MAX  65000 /* of one, less than an IP packet's largest */
#define UDP_HDR_MAX    120   /* IP and TCP headers of what is segmented */
#define UDP_MSGS       64
#define UDP_SEGS       1024

/* Who may send what. Immutable once made. */
struct udp_table;
/* Peers with use[] set. self: its networks and port. */
int udp_table_new(struct udp_table **ret, const struct net_self *self, const struct net_peer *v, size_t n,
		  struct err *e);
struct udp_table *udp_table_free(struct udp_table *t);

/* Datagrams on their way out: flush must send msgs[0..n) and leaves the batch empty. */
struct udp_batch {
	struct mmsghdr msgs[UDP_MSGS];
	struct sockaddr_in to[UDP_MSGS];
	union {
		char bytes[CMSG_SPACE(sizeof(uint16_t))];
		struct cmsghdr align;
	} control[UDP_MSGS];
	struct iovec iov[2 * UDP_SEGS];
	unsigned char headers[UDP_SEGS][UDP_HDR_MAX];
	unsigned n, n_iov, n_headers;
	void (*flush)(struct udp_batch *b, void *arg);
	void *arg;
};
/*
 * One packet of the TUN device, which is changed and must stay until the batch has been flushed. What goes to nobody or
 * is malformed is dropped (false).
 */
bool udp_send(struct udp_batch *b, const struct udp_table *t, const struct udp_vnet *h, unsigned char *packet,
	      size_t len);

/* Packets on their way in, of which consecutive segments of a stream are put together. */
struct udp_merge {
	struct udp_vnet vnet;
	unsigned char header[UDP_HDR_MAX];
	unsigned header_len;
	struct iovec iov[2 + UDP_SEG_MAX + 1]; /* vnet, header, payloads */
	unsigned n_iov;                        /* 0: none is waiting */
	size_t payload, segment;
	uint32_t next_seq;
	bool closed; /* a shorter segment or a flag ended it */
	void (*write)(void *arg, const struct iovec *iov, unsigned n);
	void *arg;
};
/* A datagram (of segment bytes each; 0: one) from a peer. Its bytes may be changed and must stay until udp_receive_end.
 */
void udp_receive(struct udp_merge *m, const struct udp_table *t, const struct sockaddr_in *from, unsigned char *data,
		 size_t len, size_t segment);
void udp_receive_end(struct udp_merge *m);

/* The Internet checksum's sum (RFC 1071), not folded. */
uint64_t udp_sum(const void *p, size_t n, uint64_t sum);
uint16_t udp_fold(uint64_t sum); /* to 16 bits, not complemented, in the order of the wire */
