/* host-gw: other nodes' pods by plain routes over the nodes' own addresses. All nodes must be on one link. */
#include <arpa/inet.h>
#include <errno.h>
#include <stdlib.h>
#include "base/cleanup.h"
#include "base/str.h"
#include "net/backend.h"

struct have {
	struct nl_route *v;
	size_t n;
};

static int have_add(void *arg, const struct nl_route *r)
{
	struct have *h = arg;
	struct nl_route *p = realloc(h->v, (h->n + 1) * sizeof(*p));
	if (!p)
		return -ENOMEM;
	h->v = p;
	h->v[h->n++] = *r;
	return 0;
}

int net_routes_sync(struct nl_ctx *nl, const struct net_self *self, const struct nl_route *want, size_t n,
		    void (*fn)(void *arg, size_t i, const struct err *why), void *arg, struct err *e)
{
	struct have have = {0};
	int code = nl_route_each(nl, NL_ROUTE_PROTO_MINIK, have_add, &have, e);
	/* New routes first: a CIDR that moved from one node to another is replaced, not missing for a moment. */
	for (size_t i = 0; i < n && code >= 0; i++) {
		struct err why = {0};
		if (nl_route_ensure(nl, &want[i], &why) < 0)
			fn(arg, i, &why);
	}
	for (size_t i = 0; i < self->n_extra && code >= 0; i++)
		code = nl_route_ensure(nl, &self->extra[i], e);
	for (size_t i = 0; i < have.n && code >= 0; i++) {
		bool wanted = false;
		for (size_t j = 0; j < n; j++)
			wanted |= streq(want[j].dst, have.v[i].dst);
		for (size_t j = 0; j < self->n_extra; j++)
			wanted |= streq(self->extra[j].dst, have.v[i].dst);
		if (!wanted)
			code = nl_route_del(nl, &have.v[i], e);
	}
	free(have.v);
	return code < 0 ? code : 0;
}

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
	for (unsigned i = 0; i < (unsigned)bits; i++)
		if ((a[i / 8] ^ b[i / 8]) & (0x80u >> (i % 8)))
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
	const struct net_peer *p = &f->peers[f->peer_of[i]];
	struct search s = {.ip = p->ip};
	struct err e = *why;
	if (nl_addr_each(f->nl, NULL, addr_seen, &s, NULL) >= 0 && !s.found)
		err_set(&e, why->code,
			"node %s (%s) is not on the same link, which host-gw needs; use --flannel-backend vxlan on "
			"every node",
			p->name, p->ip);
	f->fn(f->arg, p, &e);
}

static int hostgw_sync(struct nl_ctx *nl, const struct net_self *self, const struct net_peer *v, size_t n,
		       net_peer_error fn, void *arg, struct err *e)
{
	AUTO_FREE struct nl_route *want = calloc(2 * n + 1, sizeof(*want));
	AUTO_FREE size_t *peer_of = calloc(2 * n + 1, sizeof(*peer_of));
	size_t count = 0;
	if (!want || !peer_of)
		return err_nomem(e);
	for (size_t i = 0; i < n; i++)
		for (int k = 0; k < 2; k++) {
			/* A gateway of the other family would need its own address; nodes announce one InternalIP here.
			 */
			if (!v[i].cidrs[k][0] || !strchr(v[i].cidrs[k], ':') != !strchr(v[i].ip, ':'))
				continue;
			(void)str_copy(want[count].dst, sizeof(want[count].dst), v[i].cidrs[k]);
			(void)str_copy(want[count].via, sizeof(want[count].via), v[i].ip);
			peer_of[count++] = i;
		}
	struct failed f = {nl, v, peer_of, fn, arg};
	return net_routes_sync(nl, self, want, count, failed, &f, e);
}

const struct net_backend_ops net_hostgw_ops = {"host-gw", 0, true, NULL, hostgw_sync};
