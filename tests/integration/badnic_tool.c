/*
 * badnic_tool A B PORT: passes frames between two interfaces, as a network card that claims to fill in checksums within
 * VXLAN and does not: from A to B, frames to UDP port PORT leave with whatever their inner checksum field had.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <linux/virtio_net.h>
#include <net/if.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

static int port_open(const char *ifname)
{
	int fd = socket(AF_PACKET, SOCK_RAW, htons(ETH_P_ALL)), on = 1;
	struct sockaddr_ll a = {
	    .sll_family = AF_PACKET, .sll_protocol = htons(ETH_P_ALL), .sll_ifindex = (int)if_nametoindex(ifname)};
	struct packet_mreq m = {.mr_ifindex = a.sll_ifindex, .mr_type = PACKET_MR_PROMISC};
	if (fd < 0 || setsockopt(fd, SOL_PACKET, PACKET_VNET_HDR, &on, sizeof(on)) < 0 ||
	    bind(fd, (struct sockaddr *)&a, sizeof(a)) < 0 ||
	    setsockopt(fd, SOL_PACKET, PACKET_ADD_MEMBERSHIP, &m, sizeof(m)) < 0 ||
	    setsockopt(fd, SOL_PACKET, PACKET_IGNORE_OUTGOING, &on, sizeof(on)) < 0) {
		perror(ifname);
		exit(1);
	}
	return fd;
}

static void pass(int from, int to, unsigned port)
{
	static unsigned char b[sizeof(struct virtio_net_hdr) + 70000];
	struct virtio_net_hdr *h = (struct virtio_net_hdr *)(void *)b;
	unsigned char *f = b + sizeof(*h);
	ssize_t n = recv(from, b, sizeof(b), MSG_DONTWAIT);
	if (n < (ssize_t)sizeof(*h) + 14)
		return;
	/* Ethernet 14, IPv4 20, UDP 8, VXLAN 8, Ethernet 14: the checksum to be filled in begins behind them. */
	if (port && n > (ssize_t)sizeof(*h) + 64 && f[12] == 8 && f[13] == 0 && f[23] == IPPROTO_UDP &&
	    (unsigned)(f[36] << 8 | f[37]) == port && h->flags & VIRTIO_NET_HDR_F_NEEDS_CSUM && h->csum_start >= 64)
		memset(h, 0, sizeof(*h));
	if (send(to, b, (size_t)n, 0) < 0 && errno != ENOBUFS && errno != ENETDOWN)
		perror("send");
}

int main(int argc, char **argv)
{
	if (argc != 4)
		return 2;
	struct pollfd p[] = {{.fd = port_open(argv[1]), .events = POLLIN},
			     {.fd = port_open(argv[2]), .events = POLLIN}};
	puts("ready");
	fflush(stdout);
	for (;;) {
		if (poll(p, 2, -1) < 0)
			return 1;
		if (p[0].revents)
			pass(p[0].fd, p[1].fd, (unsigned)strtoul(argv[3], NULL, 10));
		if (p[1].revents)
			pass(p[1].fd, p[0].fd, 0);
	}
}
