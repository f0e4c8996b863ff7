#include "net/peers.h"
#include <arpa/inet.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include "base/inet.h"
#include "base/str.h"
#include "net/lease.h"

static bool contains(const struct lease_cidr *a, const unsigned char *ip, unsigned bits)
{
	return a->bits <= bits && inet_bits_equal(a->net, ip, a->bits);
}

/* Parsed once: every peer is compared with every other. bits 0: none. */
struct networks {
	struct lease_cidr f[NET_FAMILIES];
};

static void networks_of(struct networks *ret, const char cidr[NET_FAMILIES][72])
{
	memset(ret, 0, sizeof(*ret));
	for (int f = 0; f < NET_FAMILIES; f++)
		if (cidr[f][0])
			(void)lease_cidr_parse(&ret->f[f], cidr[f], NULL);
}

static bool overlap(const struct lease_cidr *x, const struct lease_cidr *y)
{
	return x->bits && y->bits && (contains(x, y->net, y->bits) || contains(y, x->net, x->bits));
}

struct cluster {
	struct lease_cidr v[NET_FAMILIES];
	bool known[NET_FAMILIES];
};

static void cluster_read(struct cluster *c, const char *cidrs)
{
	memset(c, 0, sizeof(*c));
	while (cidrs && *cidrs) {
		size_t len = strcspn(cidrs, ",");
		char one[80];
		struct lease_cidr parsed;
		(void)snprintf(one, sizeof(one), "%.*s", (int)(len < 79 ? len : 79), cidrs);
		if (lease_cidr_parse(&parsed, one, NULL) == 0) {
			int f = parsed.family == AF_INET ? NET_V4 : NET_V6;
			c->v[f] = parsed;
			c->known[f] = true;
		}
		cidrs += len + (cidrs[len] == ',');
	}
}

static int refuse(struct net_peer *p, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
static int refuse(struct net_peer *p, const char *fmt, ...)
{
	va_list ap;
	if (!p->why.code) { /* the first reason is the one that is told */
		p->why.code = ERR_INVALID;
		va_start(ap, fmt);
		(void)vsnprintf(p->why.msg, sizeof(p->why.msg), fmt, ap);
		va_end(ap);
	}
	return -1;
}

/* What it says alone, without regard to the others. */
static int judge_alone(struct net_peer *p, int f, const struct lease_cidr *own, const struct net_self *self,
		       const struct lease_cidr *mine, const struct cluster *c, const struct net_backend_ops *b)
{
	unsigned char ip[16];
	bool vxlan = b && streq(b->name, "vxlan"), udp = b && streq(b->name, "udp");
	int way = udp ? NET_V4 : f; /* the family of the nodes' addresses */
	if (c->known[f] && !contains(&c->v[f], own->net, own->bits))
		return refuse(p, "its pod network %s is outside of --cluster-cidr; give every node the same",
			      p->cidr[f]);
	if (overlap(own, mine))
		return refuse(p, "its pod network %s overlaps with this node's, %s", p->cidr[f], self->cidr[f]);
	if (!p->ip[way][0])
		return refuse(p, "it has pods in %s and no IPv%d address to reach them by", p->cidr[f],
			      way == NET_V4 ? 4 : 6);
	if (streq(p->ip[way], self->ip[way]) || streq(p->ip[way], self->announced[way]))
		return refuse(p, "its address %s is this node's", p->ip[way]);
	if (c->known[way] && inet_pton(c->v[way].family, p->ip[way], ip) == 1 &&
	    contains(&c->v[way], ip, way == NET_V4 ? 32 : 128))
		return refuse(p, "its address %s is one of the pods' networks", p->ip[way]);
	if (udp && f == NET_V6 && !p->udp_private)
		return refuse(p, "its udp backend is flannel's, which takes no IPv6");
	if ((vxlan || udp) && p->port && p->port != self->port)
		return refuse(p, "it uses UDP port %u, this node %u; give every node the same --flannel-port", p->port,
			      self->port);
	if (!vxlan)
		return 0;
	if (!p->has_vtep[f])
		return refuse(p, "it announces no VXLAN end for IPv%d", f == NET_V4 ? 4 : 6);
	if (p->vni[f] != self->vni)
		return refuse(p, "it uses VNI %u, this node %u; give every node the same --flannel-vni", p->vni[f],
			      self->vni);
	if (self->has_mac[f] && memcmp(p->vtep_mac[f], self->mac[f], 6) == 0)
		return refuse(p, "its VXLAN hardware address is this node's");
	return 0;
}

/* p is younger than q, which has been accepted. */
static int judge_beside(struct net_peer *p, int f, const struct lease_cidr *own, const struct net_peer *q,
			const struct lease_cidr *other, const struct net_backend_ops *b)
{
	if (overlap(own, other))
		return refuse(p, "its pod network %s overlaps with that of node %.80s, which is older", p->cidr[f],
			      q->name);
	int way = b && streq(b->name, "udp") ? NET_V4 : f;
	if (streq(p->ip[way], q->ip[way]))
		return refuse(p, "its address %s is that of node %.80s, which is older; delete the one that is gone",
			      p->ip[way], q->name);
	if (b && streq(b->name, "vxlan") && memcmp(p->vtep_mac[f], q->vtep_mac[f], 6) == 0)
		return refuse(p, "its VXLAN hardware address is that of node %.80s, which is older", q->name);
	return 0;
}

static int older_first(const void *a, const void *b)
{
	const struct net_peer *x = a, *y = b;
	return x->created != y->created ? (x->created < y->created ? -1 : 1) : strcmp(x->name, y->name);
}

int net_peers_judge(struct net_peer *v, size_t n, const struct net_self *self, const char *cluster_cidr,
		    const struct net_backend_ops *backend)
{
	struct cluster c;
	struct networks mine, *nets = calloc(n + 1, sizeof(*nets));
	if (!nets)
		return -ENOMEM;
	cluster_read(&c, cluster_cidr);
	networks_of(&mine, self->cidr);
	if (n)
		qsort(v, n, sizeof(*v), older_first);
	for (size_t i = 0; i < n; i++) {
		struct net_peer *p = &v[i];
		memset(p->use, 0, sizeof(p->use));
		networks_of(&nets[i], p->cidr);
		if (backend && p->backend[0] && !streq(p->backend, backend->name)) {
			(void)refuse(
			    p,
			    "it uses the network backend %s, this node %s; give every node the same --flannel-backend",
			    p->backend, backend->name);
			continue;
		}
		if (backend && !p->backend[0] && backend->must_announce) {
			if (!p->why.code)
				err_set(&p->why, ERR_UNAVAILABLE, "it has announced no network backend yet");
			continue;
		}
		if (!p->ip[NET_V4][0] && !p->ip[NET_V6][0]) { /* a Node that has just been made */
			if (!p->why.code)
				err_set(&p->why, ERR_UNAVAILABLE, "it has no address yet");
			continue;
		}
		for (int f = 0; f < NET_FAMILIES; f++) {
			const struct lease_cidr *own = &nets[i].f[f];
			if (!p->cidr[f][0] || !self->cidr[f][0] ||
			    judge_alone(p, f, own, self, &mine.f[f], &c, backend) < 0)
				continue;
			bool good = true;
			for (size_t j = 0; j < i && good; j++)
				good = !v[j].use[f] || judge_beside(p, f, own, &v[j], &nets[j].f[f], backend) == 0;
			p->use[f] = good;
		}
	}
	free(nets);
	return 0;
}
