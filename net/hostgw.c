/* host-gw: other nodes' pods by plain routes over the nodes' own addresses. All nodes must be on one link. */
#include <arpa/inet.h>
#include <errno.h>
#include <stdlib.h>
#include "base/cleanup.h"
#include "base/inet.h"
#include "base/str.h"
#include "net/backend.h"

struct search {
	const char *ip;
	bool found;
};

static int addr_seen(void *arg, const char *ifname UNUSED, const char *addr)
{
	struct search *s = arg;
	unsigned char a[16], b[16];
	const char *slash = strchr(addr, '/');
	char host[64];
	int64_t bits;
	if (!slash || !str_copy(host, sizeof(host), addr) || str_to_i64(slash + 1, 0, 128, &bits) < 0)
		return 0;
	host[slash - addr] = 0;
	int family = strchr(host, ':') ? AF_INET6 : AF_INET;
	if (inet_pton(family, host, a) != 1 || inet_pton(family, s->ip, b) != 1 ||
	    bits == (family == AF_INET ? 32 : 128))
		return 0;
	if (!inet_bits_equal(a, b, (unsigned)bits))
		return 0;
	s->found = true;
	return 1;
}

struct failed {
	struct nl_ctx *nl;
	const struct net_peer *peers;
	const size_t *peer_of;
	net_peer_error fn;
	void *arg;
};

/* The kernel says "unreachable" or just "no": whether the node is on a link of ours explains it. */
static void failed(void *arg, size_t i, const struct err *why)
{
	struct failed *f = arg;
	const struct net_peer *p = &f->peers[f->peer_of[i] / NET_FAMILIES];
	const char *ip = p->ip[f->peer_of[i] % NET_FAMILIES];
	struct search s = {.ip = ip};
	struct err e = *why;
	if (nl_addr_each(f->nl, NULL, addr_seen, &s, NULL) >= 0 && !s.found)
		err_set(&e, why->code,
			"node %.80s (%s) is not on the same link, which host-gw needs; use --flannel-backend vxlan on "
			"every node",
			p->name, ip);
	f->fn(f->arg, p, &e);
}

static int hostgw_sync(void *state UNUSED, struct nl_ctx *nl, const struct net_self *self, const struct net_peer *v,
		       size_t n, net_peer_error fn, void *arg, struct err *e)
{
	AUTO_FREE struct nl_route *want = calloc(NET_FAMILIES * n + 1, sizeof(*want));
	AUTO_FREE size_t *peer_of = calloc(NET_FAMILIES * n + 1, sizeof(*peer_of));
	size_t count = 0;
	if (!want || !peer_of)
		return err_nomem(e);
	for (size_t i = 0; i < n; i++)
		for (int f = 0; f < NET_FAMILIES; f++) {
			if (!v[i].use[f])
				continue;
			(void)str_copy(want[count].dst, sizeof(want[count].dst), v[i].cidr[f]);
			(void)str_copy(want[count].via, sizeof(want[count].via), v[i].ip[f]);
			peer_of[count++] = i * NET_FAMILIES + (size_t)f;
		}
	struct failed f = {nl, v, peer_of, fn, arg};
	return net_routes_sync(nl, self, want, count, failed, &f, e);
}

const struct net_backend_ops net_hostgw_ops = {.name = "host-gw", .sync = hostgw_sync};
