/*
 * A datagram of the udp backend from a known peer, and a packet of the TUN device: what is written must be whole
 * packets. And a Node's annotations. The first byte says which; bits of the second who the peer is and how long
 * segments are.
 */
#include <arpa/inet.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include "base/json.h"
#include "base/str.h"
#include "net/annotations.h"
#include "net/peers.h"
#include "net/udp_packet.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static struct udp_table *table;
static struct udp_batch batch;
static struct udp_merge merge;

static void sent(struct udp_batch *b, void *arg)
{
	(void)arg;
	for (unsigned i = 0; i < b->n; i++) {
		size_t len = 0;
		for (size_t k = 0; k < b->msgs[i].msg_hdr.msg_iovlen; k++)
			len += b->msgs[i].msg_hdr.msg_iov[k].iov_len;
		if (len < 20 || len > UDP_PACKET_MAX)
			abort();
	}
}

static void written(void *arg, const struct iovec *iov, unsigned n)
{
	static unsigned char p[70000];
	size_t len = 0;
	(void)arg;
	for (unsigned i = 1; i < n; i++) {
		memcpy(p + len, iov[i].iov_base, iov[i].iov_len);
		len += iov[i].iov_len;
	}
	size_t says = p[0] >> 4 == 4 ? (size_t)(p[2] << 8 | p[3]) : 40u + (size_t)(p[4] << 8 | p[5]);
	const struct udp_vnet *h = iov[0].iov_base;
	if (len < 20 || len > UDP_PACKET_MAX || says != len)
		abort();
	if (h->flags & UDP_VNET_NEEDS_CSUM && (size_t)h->csum_start + h->csum_offset + 2 > len)
		abort();
}

static void setup(void)
{
	struct net_self self = {.port = 8285, .cidr = {"10.42.1.0/24", "fd42:0:0:1::/64"}};
	struct net_peer v[2] = {{.use = {true, true},
				 .ip = {"192.0.2.2"},
				 .cidr = {"10.42.2.0/24", "fd42:0:0:2::/64"},
				 .udp_private = true},
				{.use = {true, true}, .ip = {"192.0.2.3"}, .cidr = {"10.42.3.0/24"}}};
	if (udp_table_new(&table, &self, v, 2, NULL) < 0)
		abort();
	batch.flush = sent;
	merge.write = written;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	static unsigned char copy[UDP_PACKET_MAX + 1];
	if (!table)
		setup();
	if (n < 12 || n > UDP_PACKET_MAX)
		return 0;
	unsigned kind = data[0] % 3, bits = data[1];
	if (kind == 2) {
		json_t *node = NULL;
		struct net_peer p;
		struct net_self self = {
		    .ip = {"192.0.2.1", "2001:db8::1"}, .cidr = {"10.42.1.0/24", "fd42:0:0:1::/64"}, .vni = 1};
		if (json_parse((const char *)data + 2, n - 2, &node, NULL) == 0 && net_node_read(node, &p)) {
			(void)net_node_digest(node);
			if (net_peers_judge(&p, 1, &self, "10.42.0.0/16,fd42::/56", &net_vxlan_ops) < 0)
				abort();
			if (p.use[NET_V4] && (strncmp(p.cidr[NET_V4], "10.42.", 6) != 0 || !p.has_vtep[NET_V4] ||
					      p.vtep_mac[NET_V4][0] & 1))
				abort();
		}
		json_decref(node);
		return 0;
	}
	if (kind == 1) {
		struct udp_vnet h;
		memcpy(&h, data + 2, sizeof(h));
		memcpy(copy, data + 12, n - 12);
		(void)udp_send(&batch, table, &h, copy, n - 12);
		sent(&batch, NULL);
		batch.n = batch.n_iov = batch.n_headers = 0;
		return 0;
	}
	struct sockaddr_in from = {
	    .sin_family = AF_INET, .sin_port = htons(8285), .sin_addr.s_addr = htonl(0xc0000202u + (bits & 1))};
	memcpy(copy, data + 2, n - 2);
	udp_receive(&merge, table, &from, copy, n - 2, bits >> 1 ? 20u + (bits >> 1) : 0);
	udp_receive_end(&merge);
	return 0;
}
