/* Attaches pods to the node's bridge. */
#include <arpa/inet.h>
#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include "base/cleanup.h"
#include "base/fs.h"
#include "base/inet.h"
#include "base/map.h"
#include "base/netlink.h"
#include "base/netns.h"
#include "base/str.h"
#include "net/bandwidth.h"
#include "net/lease.h"
#include "net/net.h"
#include "net/podnet_internal.h"
#include "net/sysctl.h"

#define POD_IFNAME "eth0"

struct podnet {
	char *run_dir, *bridge;
	unsigned mtu; /* configured; 0: found at each attach */
	enum podnet_hairpin hairpin;
	struct lease_dir *leases;
	/* What the bridge was made for last; guarded by the lease lock, which every use holds. */
	char ready_for[2][72];
	unsigned ready_mtu, adjusted_mtu;
};

static void nl_close_p(struct nl_ctx **nl)
{
	if (*nl)
		nl_close(*nl);
}
static void map_free_p(struct map **m)
{
	if (*m)
		map_free(*m);
}

int podnet_new(struct podnet **ret, const struct podnet_config *c, struct err *e)
{
	struct podnet *p = calloc(1, sizeof(*p));
	if (!p)
		return err_nomem(e);
	p->run_dir = str_dup(c->run_dir);
	p->bridge = str_dup(c->bridge ? c->bridge : PODNET_BRIDGE);
	p->mtu = c->mtu;
	p->hairpin = c->hairpin;
	int code = p->run_dir && p->bridge ? 0 : err_nomem(e);
	if (code == 0 && strlen(p->bridge) >= IFNAMSIZ)
		code = err_set(e, -EINVAL, "bridge name \"%s\" is longer than %d characters", p->bridge, IFNAMSIZ - 1);
	if (code == 0)
		code = lease_dir_new(&p->leases, p->run_dir, e);
	if (code < 0) {
		podnet_free(p);
		return err_wrap(e, "pod network");
	}
	*ret = p;
	return 0;
}

struct podnet *podnet_free(struct podnet *p)
{
	if (!p)
		return NULL;
	lease_dir_free(p->leases);
	free(p->run_dir);
	free(p->bridge);
	free(p);
	return NULL;
}

/* A link to the pod's network namespace, for what is to be changed there later: RUN_DIR/net/pods/VETH. */
static char *netns_link(const struct podnet *p, const char *veth)
{
	return str_fmt("%s/net/pods/%s", p->run_dir, veth);
}

static int netns_remember(const struct podnet *p, const char *veth, const char *netns_path, struct err *e)
{
	AUTO_FREE char *dir = str_fmt("%s/net/pods", p->run_dir), *link = netns_link(p, veth);
	if (!dir || !link)
		return err_nomem(e);
	int code = fs_mkdir_p(dir, 0755, e);
	if (code < 0)
		return code;
	if (unlink(link) < 0 && errno != ENOENT)
		return err_errno(e, errno, "cannot remove %s", link);
	return symlink(netns_path, link) < 0 ? err_errno(e, errno, "cannot make the link %s", link) : 0;
}

/* 32 bits of hash: two pods of one node share a name once in four billion pairs, and then the second attach says so. */
void podnet_veth_name(const char *uid, char ret[16])
{
	(void)snprintf(ret, 16, "veth%08x", (unsigned)(str_hash(uid, strlen(uid)) & 0xffffffffu));
}

/* Addresses come back with other pods: a hardware address made from the IP keeps neighbour caches right when they do.
 */
static void mac_of(const char *ip, uint8_t mac[6])
{
	unsigned char a[16];
	mac[0] = 0x0a; /* locally administered */
	mac[1] = 0x58;
	if (inet_pton(AF_INET, ip, a) == 1) {
		memcpy(mac + 2, a, 4);
	} else {
		uint64_t h = str_hash(ip, strlen(ip));
		memcpy(mac + 2, &h, 4);
	}
}

static int mtu_find(struct podnet *p, struct nl_ctx *nl, unsigned *ret, struct err *e)
{
	if (p->mtu) {
		*ret = p->mtu;
		return 0;
	}
	AUTO_FREE char *file = str_fmt("%s/net/mtu", p->run_dir);
	if (!file)
		return err_nomem(e);
	AUTO_BUF struct buf b = {0};
	int64_t v;
	if (fs_read(file, 16, &b, NULL) == 0 && b.len > 0 && str_to_i64(b.data, 68, 65535, &v) == 0) {
		*ret = (unsigned)v;
		return 0;
	}
	char addr[48], dev[IFNAMSIZ];
	if (nl_route_source(nl, NULL, addr, dev, NULL) < 0) { /* a machine on its own */
		*ret = 1500;
		return 0;
	}
	return nl_link_get_mtu(nl, dev, ret, e);
}

/* Under the lease lock. */
static int bridge_ensure(struct podnet *p, struct nl_ctx *nl, const struct lease_cidr *c, size_t n, unsigned mtu,
			 struct err *e)
{
	char want[2][72] = {"", ""};
	unsigned index;
	for (size_t i = 0; i < n; i++)
		memcpy(want[i], c[i].gateway_prefix, sizeof(want[i]));
	if (p->ready_mtu == mtu && memcmp(want, p->ready_for, sizeof(want)) == 0 &&
	    nl_link_index(nl, p->bridge, &index, NULL) == 0)
		return 0;
	int code = nl_link_ensure_bridge(nl, p->bridge, mtu, e);
	if (code < 0)
		return code;
	/* Without one of its own a bridge takes the lowest of its ports' and changes it when pods come and go. */
	uint8_t mac[6], now[6];
	mac_of(c[0].gateway, mac);
	code = nl_link_get_mac(nl, p->bridge, now, e);
	if (code == 0 && memcmp(mac, now, 6) != 0)
		code = nl_link_set_mac(nl, p->bridge, mac, e);
	char key[96];
	(void)snprintf(key, sizeof(key), "net/ipv6/conf/%s/accept_dad", p->bridge);
	if (code == 0) {
		code =
		    sysctl_set(key, "0", e); /* nobody else can have the gateway's address; do not wait for an answer */
		if (code == ERR_NOT_FOUND)   /* no IPv6 in this kernel */
			code = 0;
		if (code == 1) { /* the link-local address is already waiting for one: begin again */
			code = nl_link_set_up(nl, p->bridge, false, e);
			if (code >= 0)
				code = nl_link_set_up(nl, p->bridge, true, e);
		}
	}
	/* Pods of a node talk through its IP layer on purpose; the kernel would tell them of the short cut. What "all"
	 * says counts for an interface that says 0 itself, so this is about the bridge alone. */
	(void)snprintf(key, sizeof(key), "net/ipv4/conf/%s/send_redirects", p->bridge);
	if (code >= 0)
		code = sysctl_set(key, "0", e);
	if (code >= 0)
		code = sysctl_change(p->run_dir, "net/ipv4/conf/all/send_redirects", "0", e);
	if (code >= 0)
		code = nl_link_set_promiscuous(nl, p->bridge, p->hairpin == PODNET_PROMISCUOUS_BRIDGE, e);
	for (size_t i = 0; i < n && code >= 0; i++)
		code = nl_addr_ensure(nl, p->bridge, c[i].gateway_prefix, e);
	for (size_t i = 0; i < n && code >= 0; i++)
		code = sysctl_change(p->run_dir,
				     c[i].family == AF_INET ? "net/ipv4/ip_forward" : "net/ipv6/conf/all/forwarding",
				     "1", e);
	if (code < 0)
		return code;
	memcpy(p->ready_for, want, sizeof(want));
	p->ready_mtu = mtu;
	return 0;
}

struct inside {
	const struct lease_cidr *c;
	size_t n;
	char (*ips)[48];
	unsigned mtu;
};

/* Runs in the pod's namespace: /proc/sys/net shows the namespace of the calling thread. */
static int inside_sysctls(void *arg, struct err *e)
{
	struct inside *in = arg;
	/* A redirect would make two pods of a node talk past the node's IP layer, and Services between them break. */
	int code = sysctl_set("net/ipv4/conf/all/accept_redirects", "0", e);
	if (code >= 0)
		code = sysctl_set("net/ipv4/conf/" POD_IFNAME "/accept_redirects", "0", e);
	for (size_t i = 0; i < in->n && code >= 0; i++)
		if (in->c[i].family == AF_INET6) {
			code = sysctl_set("net/ipv6/conf/" POD_IFNAME "/accept_dad", "0", e);
			if (code >= 0)
				code = sysctl_set("net/ipv6/conf/" POD_IFNAME "/accept_redirects", "0", e);
		}
	return code < 0 ? code : 0;
}

static int inside_configure(int netns_fd, struct inside *in, struct err *e)
{
	int code = netns_run(netns_fd, inside_sysctls, in, e);
	if (code < 0)
		return code;
	CLEANUP(nl_close_p) struct nl_ctx *nl = NULL;
	uint8_t mac[6];
	mac_of(in->ips[0], mac);
	code = nl_open_netns(&nl, netns_fd, e);
	if (code == 0)
		code = nl_link_set_up(nl, "lo", true, e);
	if (code >= 0)
		code = nl_link_set_mac(nl, POD_IFNAME, mac, e);
	if (code >= 0)
		code = nl_link_set_up(nl, POD_IFNAME, true, e);
	for (size_t i = 0; i < in->n && code >= 0; i++) {
		bool v4 = in->c[i].family == AF_INET;
		char addr[64];
		(void)snprintf(addr, sizeof(addr), "%s/%d", in->ips[i], v4 ? 32 : 128);
		code = nl_addr_ensure(nl, POD_IFNAME, addr, e);
		struct nl_route gw = {.dev = POD_IFNAME}, dflt = {.dev = POD_IFNAME, .onlink = true};
		(void)snprintf(gw.dst, sizeof(gw.dst), "%s/%d", in->c[i].gateway, v4 ? 32 : 128);
		(void)str_copy(dflt.dst, sizeof(dflt.dst), v4 ? "0.0.0.0/0" : "::/0");
		(void)str_copy(dflt.via, sizeof(dflt.via), in->c[i].gateway);
		if (code >= 0)
			code = nl_route_ensure(nl, &gw, e);
		if (code >= 0)
			code = nl_route_ensure(nl, &dflt, e);
	}
	return code < 0 ? code : 0;
}

/* 1: the pod already has its interface with these addresses and the host's end hangs on the bridge. */
struct addr_search {
	const struct inside *in;
	size_t found;
};
static int addr_seen(void *arg, const char *ifname UNUSED, const char *addr)
{
	struct addr_search *s = arg;
	size_t len = strcspn(addr, "/");
	for (size_t i = 0; i < s->in->n; i++)
		if (strlen(s->in->ips[i]) == len && memcmp(s->in->ips[i], addr, len) == 0)
			s->found++;
	return 0;
}

static bool attached(struct nl_ctx *nl, int netns_fd, const char *veth, const struct inside *in)
{
	unsigned index;
	if (nl_link_index(nl, veth, &index, NULL) < 0)
		return false;
	CLEANUP(nl_close_p) struct nl_ctx *pod = NULL;
	if (nl_open_netns(&pod, netns_fd, NULL) < 0 || nl_link_index(pod, POD_IFNAME, &index, NULL) < 0)
		return false;
	struct addr_search s = {.in = in};
	return nl_addr_each(pod, POD_IFNAME, addr_seen, &s, NULL) >= 0 && s.found == in->n;
}

/*
 * The kernel notices a carrier from a work queue, some milliseconds later on a busy machine; until then the pod's end
 * drops what it sends and the bridge does not forward to the host's. Asking for a link makes it notice at once
 * (Linux 6.8, and 6.1 as Debian has it).
 */
static int settle(struct nl_ctx *nl, int netns_fd, const char *veth, struct err *e)
{
	CLEANUP(nl_close_p) struct nl_ctx *pod = NULL;
	unsigned index;
	int code = nl_open_netns(&pod, netns_fd, e);
	if (code == 0)
		code = nl_link_index(pod, POD_IFNAME, &index, e);
	return code == 0 ? nl_link_index(nl, veth, &index, e) : code;
}

static int cidrs_parse(const char *const *cidrs, struct lease_cidr c[2], size_t *ret_n, struct err *e)
{
	size_t n = 0;
	for (; cidrs[n]; n++) {
		if (n == 2)
			return err_set(e, -EINVAL, "more than two pod CIDRs");
		int code = lease_cidr_parse(&c[n], cidrs[n], e);
		if (code < 0)
			return code;
	}
	*ret_n = n;
	return n ? 0 : err_set(e, ERR_UNAVAILABLE, "the node has no pod CIDR yet");
}

struct link_list {
	char (*names)[IFNAMSIZ];
	size_t n;
	int error;
};

static int link_seen(void *arg, unsigned index UNUSED, const char *name, const char *kind)
{
	struct link_list *l = arg;
	/* "veth" and exactly eight hexadecimal digits is podnet_veth_name's shape. Docker's have seven. */
	if (!streq(kind, "veth") || strlen(name) != 12 || strspn(name + 4, "0123456789abcdef") != 8 ||
	    !str_has_prefix(name, "veth"))
		return 0;
	char(*p)[IFNAMSIZ] = realloc(l->names, (l->n + 1) * sizeof(*p));
	if (!p)
		return l->error = -ENOMEM;
	l->names = p;
	(void)str_copy(l->names[l->n++], IFNAMSIZ, name);
	return 0;
}

static int inside_set_mtu(struct podnet *p, const char *veth, unsigned mtu, struct err *e)
{
	AUTO_FREE char *link = netns_link(p, veth);
	AUTO_CLOSE int fd = -1;
	CLEANUP(nl_close_p) struct nl_ctx *pod = NULL;
	if (!link)
		return err_nomem(e);
	int code = fs_exists(link) ? netns_open(link, &fd, e) : ERR_NOT_FOUND;
	if (code == 0)
		code = nl_open_netns(&pod, fd, e);
	return code < 0 ? code : nl_link_set_mtu(pod, POD_IFNAME, mtu, e);
}

/* Both ends of every pod's veth, and the hairpin mode, which another start may have set otherwise. */
static int port_adjust(struct podnet *p, struct nl_ctx *nl, const char *veth, unsigned mtu, struct err *e)
{
	int code = nl_link_is_port(nl, veth, p->bridge, e);
	if (code == 0)
		return 0;
	if (code > 0)
		code = nl_link_set_mtu(nl, veth, mtu, e);
	if (code >= 0)
		code = nl_link_set_hairpin(nl, veth, p->hairpin == PODNET_HAIRPIN_VETH, e);
	if (code >= 0)
		code = inside_set_mtu(p, veth, mtu, e);
	return code < 0 && code != ERR_NOT_FOUND ? err_wrap(e, "pod interface %s", veth) : 0; /* it may just go away */
}

static int ports_adjust(struct podnet *p, struct nl_ctx *nl, unsigned mtu, struct err *e)
{
	struct link_list links = {0};
	struct err one = {0};
	int code = nl_link_each(nl, link_seen, &links, e);
	for (size_t i = 0; i < links.n && code >= 0; i++)
		if (port_adjust(p, nl, links.names[i], mtu, &one) < 0 && e)
			*e = one; /* the others are adjusted all the same */
	free(links.names);
	return code < 0 ? code : one.code;
}

int podnet_prepare(struct podnet *p, const char *const *cidrs, struct err *e)
{
	struct lease_cidr c[2];
	size_t n;
	unsigned mtu = 0;
	AUTO_CLOSE int lock = -1;
	CLEANUP(nl_close_p) struct nl_ctx *nl = NULL;
	int code = cidrs_parse(cidrs, c, &n, e);
	if (code == 0)
		code = nl_open(&nl, e);
	if (code == 0)
		code = lease_lock(p->leases, &lock, e);
	if (code == 0)
		code = mtu_find(p, nl, &mtu, e);
	if (code == 0)
		code = bridge_ensure(p, nl, c, n, mtu, e);
	return code;
}

#define RETIRE_MAX 16

struct retire {
	const struct lease_cidr *c;
	size_t n_c, n;
	const char *cluster;
	struct nl_ctx *nl;
	struct lease_cidr v[RETIRE_MAX];
	bool used[RETIRE_MAX];
};

static bool of_cluster(const char *cluster, const struct lease_cidr *c)
{
	while (*cluster) {
		size_t len = strcspn(cluster, ",");
		struct lease_cidr one;
		char text[80];
		(void)snprintf(text, sizeof(text), "%.*s", (int)(len < 79 ? len : 79), cluster);
		if (lease_cidr_parse(&one, text, NULL) == 0 && one.family == c->family && one.bits <= c->bits &&
		    inet_bits_equal(one.net, c->net, one.bits))
			return true;
		cluster += len + (cluster[len] == ',');
	}
	return false;
}

static int retire_seen(void *arg, const char *ifname UNUSED, const char *addr)
{
	struct retire *r = arg;
	struct lease_cidr c;
	if (r->n == RETIRE_MAX || lease_cidr_parse(&c, addr, NULL) < 0 || !streq(addr, c.gateway_prefix) ||
	    !of_cluster(r->cluster, &c))
		return 0;
	for (size_t i = 0; i < r->n_c; i++)
		if (streq(addr, r->c[i].gateway_prefix))
			return 0;
	r->v[r->n++] = c;
	return 0;
}

/* A lease without an interface is of a pod that is going: it is released right after, of which nobody tells. */
static int retire_leased(void *arg, const char *ip, const char *uid)
{
	struct retire *r = arg;
	unsigned char a[16];
	unsigned index;
	char veth[16];
	podnet_veth_name(uid, veth);
	for (size_t i = 0; i < r->n; i++)
		if (!r->used[i] && inet_pton(r->v[i].family, ip, a) == 1 &&
		    inet_bits_equal(a, r->v[i].net, r->v[i].bits))
			r->used[i] = nl_link_index(r->nl, veth, &index, NULL) == 0;
	return 0;
}

int podnet_retire(struct podnet *p, const char *const *cidrs, const char *cluster_cidrs, struct err *e)
{
	struct lease_cidr c[2];
	struct retire r = {.c = c, .cluster = cluster_cidrs};
	AUTO_CLOSE int lock = -1;
	CLEANUP(nl_close_p) struct nl_ctx *nl = NULL;
	int code = cidrs_parse(cidrs, c, &r.n_c, e);
	if (code == 0)
		code = nl_open(&nl, e);
	r.nl = nl;
	if (code == 0)
		code = nl_addr_each(nl, p->bridge, retire_seen, &r, e);
	if (code < 0 || r.n == 0)
		return code < 0 ? code : 0;
	code = lease_lock(p->leases, &lock, e);
	if (code == 0)
		code = lease_each(p->leases, retire_leased, &r, e);
	for (size_t i = 0; i < r.n && code >= 0; i++)
		if (!r.used[i] && (code = nl_addr_del(nl, p->bridge, r.v[i].gateway_prefix, e)) == ERR_NOT_FOUND)
			code = 0;
	return code < 0 ? code : 0;
}

int podnet_adjust(struct podnet *p, struct err *e)
{
	unsigned mtu = 0;
	AUTO_CLOSE int lock = -1;
	CLEANUP(nl_close_p) struct nl_ctx *nl = NULL;
	int code = nl_open(&nl, e);
	if (code == 0)
		code = lease_lock(p->leases, &lock, e);
	if (code == 0)
		code = mtu_find(p, nl, &mtu, e);
	if (code < 0 || mtu == p->adjusted_mtu)
		return code;
	code = ports_adjust(p, nl, mtu, e);
	if (code == 0)
		p->adjusted_mtu = mtu;
	return code;
}

static int attach(struct podnet *p, const char *uid, const char *netns_path, const char *const *cidrs,
		  struct podnet_result *ret, struct err *e)
{
	struct lease_cidr c[2];
	size_t n;
	int code = cidrs_parse(cidrs, c, &n, e);
	if (code < 0)
		return code;
	AUTO_CLOSE int netns_fd = -1;
	code = netns_open(netns_path, &netns_fd, e);
	if (code < 0)
		return code;
	CLEANUP(nl_close_p) struct nl_ctx *nl = NULL;
	code = nl_open(&nl, e);
	if (code < 0)
		return code;
	struct podnet_result res = {0};
	unsigned mtu = 0;
	{
		AUTO_CLOSE int lock = -1;
		code = lease_lock(p->leases, &lock, e);
		if (code == 0)
			code = mtu_find(p, nl, &mtu, e);
		if (code == 0)
			code = bridge_ensure(p, nl, c, n, mtu, e);
		for (size_t i = 0; i < n && code == 0; i++)
			code = lease_get(p->leases, &c[i], uid, res.ips[i], e);
		if (code < 0)
			return code;
	}
	char veth[16];
	podnet_veth_name(uid, veth);
	struct inside in = {c, n, res.ips, mtu};
	if (!attached(nl, netns_fd, veth, &in)) {
		code = nl_link_del(nl, veth, e); /* half-made by a process that died */
		if (code >= 0)
			code = nl_link_add_veth(nl, veth, POD_IFNAME, netns_fd, mtu, e);
		if (code >= 0)
			code = inside_configure(netns_fd, &in, e);
	}
	if (code >= 0)
		code = netns_remember(p, veth, netns_path, e);
	if (code >= 0)
		code = nl_link_set_master(nl, veth, p->bridge, e);
	if (code >= 0)
		code = nl_link_set_hairpin(nl, veth, p->hairpin == PODNET_HAIRPIN_VETH, e);
	if (code >= 0)
		code = nl_link_set_up(nl, veth, true, e);
	if (code >= 0)
		code = settle(nl, netns_fd, veth, e);
	if (code < 0) {
		(void)nl_link_del(nl, veth, NULL);
		return code;
	}
	*ret = res;
	return 0;
}

int podnet_attach(struct podnet *p, const char *uid, const char *netns_path, const char *const *cidrs,
		  struct podnet_result *ret, struct err *e)
{
	int code = attach(p, uid, netns_path, cidrs, ret, e);
	return code < 0 ? err_wrap(e, "cannot attach pod %s to the network", uid) : 0;
}

int podnet_limit(struct podnet *p UNUSED, const char *uid, const struct podnet_limits *limits, struct err *e)
{
	CLEANUP(nl_close_p) struct nl_ctx *nl = NULL;
	char veth[16];
	podnet_veth_name(uid, veth);
	int code = nl_open(&nl, e);
	if (code == 0)
		code = bandwidth_set(nl, veth, limits, e);
	return code < 0 ? err_wrap(e, "cannot limit the bandwidth of pod %s", uid) : 0;
}

static int detach(struct podnet *p, struct nl_ctx *nl, const char *uid, struct err *e)
{
	char veth[16];
	podnet_veth_name(uid, veth);
	int code = nl_link_del(nl, veth, e); /* takes the pod's end along */
	if (code == 0)
		code = bandwidth_remove(nl, veth, e);
	AUTO_FREE char *link = netns_link(p, veth);
	if (code == 0 && !link)
		code = err_nomem(e);
	if (code < 0)
		return code;
	if (unlink(link) < 0 && errno != ENOENT)
		return err_errno(e, errno, "cannot remove %s", link);
	AUTO_CLOSE int lock = -1;
	code = lease_lock(p->leases, &lock, e);
	return code < 0 ? code : lease_release(p->leases, uid, e);
}

int podnet_detach(struct podnet *p, const char *uid, const char *netns_path UNUSED, struct err *e)
{
	CLEANUP(nl_close_p) struct nl_ctx *nl = NULL;
	int code = nl_open(&nl, e);
	if (code == 0)
		code = detach(p, nl, uid, e);
	return code < 0 ? err_wrap(e, "cannot detach pod %s from the network", uid) : 0;
}

struct gc {
	struct map *live, *dead;
};
static int gc_seen(void *arg, const char *ip UNUSED, const char *uid)
{
	struct gc *g = arg;
	return map_has(g->live, uid) ? 0 : map_put(g->dead, uid, g);
}

int podnet_gc(struct podnet *p, const char *const *live_uids, struct err *e)
{
	CLEANUP(map_free_p) struct map *live = map_new(NULL);
	CLEANUP(map_free_p) struct map *dead = map_new(NULL);
	if (!live || !dead)
		return err_nomem(e);
	for (; *live_uids; live_uids++)
		if (map_put(live, *live_uids, live) < 0)
			return err_nomem(e);
	{
		AUTO_CLOSE int lock = -1;
		struct gc g = {live, dead};
		int code = lease_lock(p->leases, &lock, e);
		if (code == 0)
			code = lease_each(p->leases, gc_seen, &g, e);
		if (code < 0)
			return code;
	}
	CLEANUP(nl_close_p) struct nl_ctx *nl = NULL;
	int ret = nl_open(&nl, e);
	struct map_iter it = MAP_ITER_INIT;
	while (ret == 0 && map_next(dead, &it)) {
		int code = detach(p, nl, it.key, e);
		if (code < 0)
			ret = err_wrap(e, "cannot detach the vanished pod %s", it.key);
	}
	return ret;
}

/* ---- killall ---- */

int podnet_cleanup(const char *run_dir, const char *bridge, struct err *e)
{
	CLEANUP(nl_close_p) struct nl_ctx *nl = NULL;
	struct link_list links = {0};
	unsigned index;
	int code = nl_open(&nl, e);
	/* Interfaces are ours when the bridge is there; without it there is nothing to tell them by. */
	if (code == 0 && nl_link_index(nl, bridge, &index, NULL) == 0) {
		code = nl_link_each(nl, link_seen, &links, e);
		for (size_t i = 0; i < links.n && code >= 0; i++)
			if ((code = nl_link_del(nl, links.names[i], e)) >= 0)
				code = bandwidth_remove(nl, links.names[i], e);
		if (code >= 0)
			code = nl_link_del(nl, bridge, e);
	}
	free(links.names);
	if (code < 0 || !run_dir)
		return code;
	code = sysctl_restore(run_dir, e);
	AUTO_FREE char *dir = str_fmt("%s/net", run_dir);
	if (!dir)
		return err_nomem(e);
	if (code >= 0)
		code = fs_rm_rf(dir, e);
	return code < 0 ? code : 0;
}
