/*
 * udp, for kernels without vxlan: a TUN device flannel0 whose packets travel in UDP datagrams, as flannel's udp backend
 * has it (udp_packet.h). This file makes device and socket and keeps the table of peers and the routes; udp_path.c
 * moves packets.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/if_tun.h>
#include <netinet/udp.h>
#include <stdio.h>
#include <sys/ioctl.h>
#include "base/cleanup.h"
#include "base/str.h"
#include "net/backend.h"
#include "net/net_internal.h"
#include "net/udp_path.h"

#define SOCKET_BUFFER (4 << 20)

struct udp {
	struct udp_path *path;
	char ip[48];
	uint16_t port;
};

static int udp_start(void **ret, const struct net_self *self UNUSED, struct err *e)
{
	*ret = calloc(1, sizeof(struct udp));
	return *ret ? 0 : err_nomem(e);
}

static void udp_stop(void *state)
{
	struct udp *u = state;
	if (!u)
		return;
	udp_path_free(u->path);
	free(u);
}

/* The device stays when minik goes: routes stay with it, and the next start takes it over. */
static int tun_open(int *ret, struct err *e)
{
	AUTO_CLOSE int fd = open("/dev/net/tun", O_RDWR | O_CLOEXEC | O_NONBLOCK);
	struct ifreq r = {.ifr_flags = IFF_TUN | IFF_NO_PI | IFF_VNET_HDR};
	int size = sizeof(struct udp_vnet);
	if (fd < 0)
		return err_errno(e, errno, "network backend udp: /dev/net/tun (kernel module tun)");
	(void)str_copy(r.ifr_name, sizeof(r.ifr_name), NET_UDP_IFNAME);
	if (ioctl(fd, TUNSETIFF, &r) < 0)
		return err_errno(e, errno, "cannot make device %s%s", NET_UDP_IFNAME,
				 errno == EBUSY ? " (another program has it open, flanneld?)" : "");
	if (ioctl(fd, TUNSETVNETHDRSZ, &size) < 0 ||
	    ioctl(fd, TUNSETOFFLOAD, TUN_F_CSUM | TUN_F_TSO4 | TUN_F_TSO6 | TUN_F_TSO_ECN) < 0 ||
	    ioctl(fd, TUNSETPERSIST, 1) < 0)
		return err_errno(e, errno, "cannot set up device %s", NET_UDP_IFNAME);
	*ret = TAKE_FD(fd);
	return 0;
}

static int sock_open(int *ret, const char *ip, uint16_t port, struct err *e)
{
	AUTO_CLOSE int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	struct sockaddr_in a = {.sin_family = AF_INET, .sin_port = htons(port)};
	int size = SOCKET_BUFFER, on = 1;
	if (fd < 0)
		return err_errno(e, errno, "cannot make a UDP socket");
	if (inet_pton(AF_INET, ip, &a.sin_addr) != 1 || bind(fd, (struct sockaddr *)&a, sizeof(a)) < 0)
		return err_errno(e, errno, "network backend udp: cannot use %s port %u", ip, port);
	if (setsockopt(fd, SOL_SOCKET, SO_RCVBUFFORCE, &size, sizeof(size)) < 0 ||
	    setsockopt(fd, SOL_SOCKET, SO_SNDBUFFORCE, &size, sizeof(size)) < 0)
		return err_errno(e, errno, "cannot set the buffers of the UDP socket");
	/* Linux 5.0; without it datagrams come one by one. */
	if (setsockopt(fd, SOL_UDP, UDP_GRO, &on, sizeof(on)) < 0 && errno != ENOPROTOOPT)
		return err_errno(e, errno, "UDP_GRO");
	*ret = TAKE_FD(fd);
	return 0;
}

static int udp_setup(void *state, struct nl_ctx *nl, struct net_self *self, struct err *e)
{
	struct udp *u = state;
	if (!self->ip[NET_V4][0] || !self->cidr[NET_V4][0])
		return err_set(e, ERR_UNAVAILABLE,
			       "network backend udp needs an IPv4 address of this node and IPv4 pods");
	if (u->path && (!streq(u->ip, self->ip[NET_V4]) || u->port != self->port))
		u->path = udp_path_free(u->path);
	unsigned index;
	if (u->path && nl_link_index(nl, NET_UDP_IFNAME, &index, NULL) < 0) /* somebody has removed the device */
		u->path = udp_path_free(u->path);
	if (!u->path) {
		AUTO_CLOSE int tun = -1, sock = -1;
		int r = tun_open(&tun, e);
		if (r == 0)
			r = sock_open(&sock, self->ip[NET_V4], self->port, e);
		if (r == 0)
			r = udp_path_new(&u->path, tun, sock, e);
		if (r < 0)
			return r;
		tun = sock = -1;
		(void)str_copy(u->ip, sizeof(u->ip), self->ip[NET_V4]);
		u->port = self->port;
	}
	int code = nl_link_set_alias(nl, NET_UDP_IFNAME, NET_ALIAS, e);
	if (code >= 0)
		code = nl_link_set_mtu(nl, NET_UDP_IFNAME, self->iface_mtu[NET_V4] - net_udp_ops.overhead[NET_V4], e);
	if (code >= 0)
		code = nl_link_set_up(nl, NET_UDP_IFNAME, true, e);
	char addr[NET_FAMILIES][64] = {"", ""};
	for (int f = 0; f < NET_FAMILIES; f++) {
		char own[48];
		if (!self->cidr[f][0])
			continue;
		net_network_of(self->cidr[f], own);
		(void)snprintf(addr[f], sizeof(addr[f]), "%s/%d", own, f == NET_V4 ? 32 : 128);
	}
	return code < 0 ? code : net_device_addresses(nl, NET_UDP_IFNAME, (const char(*)[64])addr, NET_FAMILIES, e);
}

static int udp_sync(void *state, struct nl_ctx *nl, const struct net_self *self, const struct net_peer *v, size_t n,
		    net_peer_error fn, void *arg, struct err *e)
{
	struct udp *u = state;
	AUTO_FREE struct nl_route *want = calloc(NET_FAMILIES * n + 1, sizeof(*want));
	AUTO_FREE size_t *peer_of = calloc(NET_FAMILIES * n + 1, sizeof(*peer_of));
	struct udp_table *t = NULL;
	size_t count = 0;
	if (!want || !peer_of)
		return err_nomem(e);
	int code = udp_table_new(&t, self, v, n, e);
	if (code < 0)
		return code;
	udp_path_use(u->path, t);
	for (size_t i = 0; i < n; i++)
		for (int f = 0; f < NET_FAMILIES; f++) {
			struct nl_route *w = &want[count];
			/* flanneld's takes IPv4 alone. */
			if (!v[i].use[f] || !v[i].use[NET_V4] || (f == NET_V6 && !v[i].udp_private))
				continue;
			(void)str_copy(w->dst, sizeof(w->dst), v[i].cidr[f]);
			(void)str_copy(w->dev, sizeof(w->dev), NET_UDP_IFNAME);
			peer_of[count++] = i;
		}
	struct net_routed f = {v, peer_of, fn, arg};
	return net_routes_sync(nl, self, want, count, net_routed_failed, &f, e);
}

/* IPv6 goes the same way, between IPv4 addresses. */
const struct net_backend_ops net_udp_ops = {.name = "udp",
					    .overhead = {28, 28}, /* IP 20, UDP 8 */
					    .must_announce = true,
					    .start = udp_start,
					    .stop = udp_stop,
					    .setup = udp_setup,
					    .sync = udp_sync};
