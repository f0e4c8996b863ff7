/* The component: Nodes -> routes, and the node's own bridge and masquerading. Everything is compared and mended in one
 * pass over the Nodes. */
#include "net/net.h"
#include <errno.h>
#include <stdio.h>
#include "api/object.h"
#include "base/cleanup.h"
#include "base/fs.h"
#include "base/json.h"
#include "base/log.h"
#include "base/loop.h"
#include "base/netlink.h"
#include "base/str.h"
#include "client/informer.h"
#include "net/annotations.h"
#include "net/backend.h"
#include "net/condition.h"
#include "net/masquerade.h"
#include "net/net_internal.h"
#include "net/none.h"
#include "net/offload.h"
#include "net/peers.h"
#include "net/podnet_internal.h"
#include "net/policy.h"
#include "net/sctp_crc.h"
#include "net/self.h"
#include "net/state.h"
#include "net/sysctl.h"

#define COMPONENT          "net"
#define RETRY_MIN_MS       500
#define RETRY_MAX_MS       60000
#define ANNOUNCE_MAX_MS    5000
#define SETTLE_MS          100
#define AGAIN_MS           500

struct net {
	char *node, *run_dir, *cluster_cidr, *service_cidr, *iface;
	unsigned mtu;
	uint32_t vni;
	uint16_t port;
	enum podnet_hairpin hairpin;
	const struct net_backend_ops *backend; /* NULL: none */
	struct connector *api;
	struct loop *loop;
	struct loop_thread *thread;
	struct client *client;
	struct informer *nodes;
	struct podnet *podnet;
	struct policy *policy; /* NULL: a CNI plug-in's affair */
	struct nl_ctx *nl;
	struct nl_monitor *monitor, *neighbours;
	struct loop_task pass;
	struct loop_timer *retry, *settle, *announce_timer, *condition_timer;
	int64_t retry_ms, announce_ms, condition_ms;
	bool synced, ready, peer_failed, announcing, announce_again, conditioning, condition_again;
	bool crc_told; /* the log has it that SCTP's CRC cannot be kept */
	json_t *told;  /* name of a peer -> what log and Events were told of it last */
	void *state;   /* the backend's */
	struct offload *offload;
};

static int backend_find(const char *name, const struct net_backend_ops **ret, struct err *e)
{
	static const struct net_backend_ops *const all[] = {&net_vxlan_ops, &net_hostgw_ops, &net_udp_ops};
	*ret = NULL;
	if (!name)
		name = "vxlan";
	for (size_t i = 0; i < ARRAY_LEN(all); i++)
		if (streq(name, all[i]->name))
			*ret = all[i];
	if (!*ret && !streq(name, "none"))
		return err_set(e, -EINVAL, "unknown network backend \"%s\"; use vxlan, host-gw, udp or none", name);
	return 0;
}

int net_new(struct net **ret, const struct net_config *c, const struct net_deps *d, struct err *e)
{
	struct net *n = calloc(1, sizeof(*n));
	if (!n)
		return err_nomem(e);
	int code = backend_find(c->backend, &n->backend, e);
	n->api = d->api;
	n->hairpin = c->hairpin;
	n->mtu = c->mtu;
	n->vni = c->vni ? c->vni : 1;
	n->port = c->port ? c->port : n->backend == &net_udp_ops ? 8285 : 8472;
	n->node = str_dup(c->node_name);
	n->run_dir = str_dup(c->run_dir);
	n->cluster_cidr = str_dup(c->cluster_cidr ? c->cluster_cidr : "");
	n->service_cidr = str_dup(c->service_cidr ? c->service_cidr : "");
	if (c->iface && *c->iface)
		n->iface = str_dup(c->iface);
	if (code == 0 &&
	    (!n->node || !n->run_dir || !n->cluster_cidr || !n->service_cidr || (c->iface && *c->iface && !n->iface)))
		code = err_nomem(e);
	if (code < 0) {
		net_free(n);
		return code;
	}
	*ret = n;
	return 0;
}

/* ---- one pass ---- */

static int64_t backoff(int64_t ms, int64_t most)
{
	ms = ms ? ms * 2 : RETRY_MIN_MS;
	return ms > most ? most : ms;
}

static void retry_later(struct net *n)
{
	n->retry_ms = backoff(n->retry_ms, RETRY_MAX_MS);
	loop_timer_set(n->retry, n->retry_ms);
}

static int mtu_publish(struct net *n, const struct net_self *self, struct err *e)
{
	AUTO_FREE char *dir = str_fmt("%s/net", n->run_dir), *path = str_fmt("%s/net/mtu", n->run_dir);
	AUTO_BUF struct buf old = {0};
	char text[16];
	if (!dir || !path)
		return err_nomem(e);
	(void)snprintf(text, sizeof(text), "%u", net_self_pod_mtu(self, n->backend));
	if (fs_read(path, 15, &old, NULL) == 0 && old.len && streq(old.data, text))
		return 0;
	int code = fs_mkdir_p(dir, 0755, e);
	return code < 0 ? code : fs_write_atomic(path, text, strlen(text), 0644, e);
}

static void announced(void *arg, const struct client_result *r)
{
	struct net *n = arg;
	bool again = n->announce_again;
	n->announcing = n->announce_again = false;
	if (r->code == 0 || r->code == ERR_CONFLICT) { /* for a Node that was deleted meanwhile */
		n->announce_ms = 0;
		if (again || r->code) /* the one in its place may have come while this was under way */
			loop_timer_set(n->announce_timer, AGAIN_MS);
		return;
	}
	if (!n->announce_ms)
		log_warning(COMPONENT, NULL, "cannot announce this node's end of the pod network: %s", r->err.msg);
	n->announce_ms = backoff(n->announce_ms, ANNOUNCE_MAX_MS);
	loop_timer_set(n->announce_timer, n->announce_ms);
}

/* A change is for the Node that it was made for, and not for another one that has come in its place. */
static int meant_for(const json_t *node, json_t *patch)
{
	const char *uid = obj_uid(node);
	return uid && *uid ? json_set_str(patch, "metadata.uid", uid) : 0;
}

/* 1: the Node says so already. */
static int announce(struct net *n, const json_t *node, const struct net_self *self, struct err *e)
{
	AUTO_JSON json_t *patch = NULL;
	int code = net_node_announce(node, n->backend->name, self, &patch, e);
	if (code < 0 || !patch)
		return code < 0 ? code : 1;
	/* While a failed attempt waits for its turn, passes for other reasons do not hurry it. */
	n->announce_again |= n->announcing;
	if (n->announcing || loop_timer_armed(n->announce_timer))
		return 0;
	code = meant_for(node, patch) < 0 ? -ENOMEM : 0;
	if (code == 0)
		code = client_patch(n->client, &(struct client_ref){.plural = "nodes", .name = n->node},
				    CLIENT_MERGE_PATCH, patch, announced, n);
	if (code < 0)
		return err_set(e, code, "cannot announce this node's end of the pod network: %s", err_name(code));
	n->announcing = true; /* the Node that comes of it brings us back */
	return 0;
}

static void conditioned(void *arg, const struct client_result *r)
{
	struct net *n = arg;
	n->conditioning = false;
	if (r->code == 0 || r->code == ERR_CONFLICT) {
		n->condition_ms = 0;
		if (n->condition_again || r->code) /* not at once: the informer has to have the Node as it is now */
			loop_timer_set(n->condition_timer, AGAIN_MS);
		n->condition_again = false;
		return;
	}
	if (!n->condition_ms)
		log_warning(COMPONENT, NULL, "cannot set the condition NetworkUnavailable of this node: %s",
			    r->err.msg);
	n->condition_ms = backoff(n->condition_ms, ANNOUNCE_MAX_MS);
	loop_timer_set(n->condition_timer, n->condition_ms);
}

/* node: its own, as the informer has it; v NULL and failed NULL: backend none. */
static int condition_keep(struct net *n, const json_t *node, const struct net_peer *v, size_t count,
			  const struct err *failed, struct err *e)
{
	AUTO_JSON json_t *patch = NULL;
	char now[TIME_STR_MAX];
	n->condition_again |= n->conditioning;
	if (n->conditioning || loop_timer_armed(n->condition_timer))
		return 0;
	time_format(clock_wall(clock_real()), now);
	int code = n->backend ? net_condition_patch(node, v, count, failed, now, &patch, e)
			      : net_condition_forget(node, &patch, e);
	if (code < 0 || !patch)
		return code;
	code = meant_for(node, patch) < 0 ? -ENOMEM : 0;
	if (code == 0)
		code = client_patch(n->client,
				    &(struct client_ref){.plural = "nodes", .name = n->node, .subresource = "status"},
				    CLIENT_STRATEGIC_PATCH, patch, conditioned, n);
	if (code < 0)
		return err_set(e, code, "cannot set the condition NetworkUnavailable: %s", err_name(code));
	n->conditioning = true;
	return 0;
}

/* What the log and Events say of a peer, once for as long as it is true. */
static void complain(struct net *n, const json_t *node, const struct net_peer *p, const struct err *why, json_t *told)
{
	json_object_set_new(told, p->name, json_string(why->msg));
	if (streq(json_string_value(json_object_get(n->told, p->name)), why->msg))
		return;
	log_warning(COMPONENT, p->name, "pods of this node cannot be reached: %s", why->msg);
	client_event(n->client, node, "v1", "Node", "Warning", "RouteNotCreated", "minik-net", n->node,
		     "pods of node %s cannot be reached: %s", p->name, why->msg);
}

struct failures {
	struct net_peer *v;
	bool any;
};
static void peer_failed(void *arg, const struct net_peer *p, const struct err *why)
{
	struct failures *f = arg;
	f->any = true;
	f->v[p - f->v].failed = true;
	if (!p->why.code) /* the first of several reasons is told */
		f->v[p - f->v].why = *why;
}

/* Devices of a backend that this node had before. */
struct leftovers {
	struct net *n;
	const struct net_self *self;
	char names[8][IFNAMSIZ];
	size_t count;
};
static int link_seen(void *arg, unsigned index UNUSED, const char *name, const char *kind)
{
	struct leftovers *l = arg;
	char used[IFNAMSIZ], alias[64];
	if (!str_has_prefix(name, "flannel") || (!streq(kind, "vxlan") && !streq(kind, "tun")) ||
	    l->count == ARRAY_LEN(l->names))
		return 0;
	for (int f = 0; f < NET_FAMILIES; f++) {
		net_vxlan_name(f, l->n->vni, used);
		if (l->n->backend == &net_vxlan_ops && l->self->has_mac[f] && streq(name, used))
			return 0;
	}
	if (l->n->backend == &net_udp_ops && streq(name, NET_UDP_IFNAME))
		return 0;
	if (nl_link_get_alias(l->n->nl, name, alias, sizeof(alias), NULL) == 0 && streq(alias, NET_ALIAS))
		(void)str_copy(l->names[l->count++], IFNAMSIZ, name);
	return 0;
}

static int leftovers_remove(struct net *n, const struct net_self *self, struct err *e)
{
	struct leftovers l = {.n = n, .self = self};
	int code = nl_link_each(n->nl, link_seen, &l, e);
	for (size_t i = 0; i < l.count && code >= 0; i++)
		code = nl_link_del(n->nl, l.names[i], e);
	return code < 0 ? code : 0;
}

static int peers_read(struct net *n, struct net_peer **ret, size_t *ret_n, struct err *e)
{
	struct informer_object **objects = NULL;
	size_t count = 0, used = 0;
	if (informer_list(n->nodes, NULL, &objects, &count) < 0)
		return err_nomem(e);
	struct net_peer *v = calloc(count + 1, sizeof(*v));
	for (size_t i = 0; v && i < count; i++) {
		AUTO_JSON json_t *node = streq(objects[i]->name, n->node) ? NULL : informer_object_json(objects[i]);
		if (node && net_node_read(node, &v[used]))
			used++;
	}
	informer_list_free(objects, count);
	*ret = v;
	*ret_n = used;
	return v ? 0 : err_nomem(e);
}

/*
 * A process of the node asks the routing table before its packet meets the Service rules. A machine without a default
 * route would be told "unreachable": there Services get a route of their own, to the bridge.
 */
static int service_route(struct net *n, struct net_self *self, struct err *e)
{
	char addr[48], dev[IFNAMSIZ];
	const char *cidrs = n->service_cidr;
	if (nl_route_source(n->nl, NULL, addr, dev, NULL) == 0)
		return 0;
	while (*cidrs && self->n_extra < 2) {
		struct nl_route *r = &self->extra[self->n_extra];
		size_t len = strcspn(cidrs, ",");
		if (len >= sizeof(r->dst))
			return err_set(e, -EINVAL, "\"%s\" is not a list of CIDRs", n->service_cidr);
		memcpy(r->dst, cidrs, len);
		r->dst[len] = 0;
		(void)str_copy(r->dev, sizeof(r->dev), PODNET_BRIDGE);
		if (self->cidr[strchr(r->dst, ':') ? NET_V6 : NET_V4][0])
			self->n_extra++;
		cidrs += len + (cidrs[len] == ',');
	}
	return 0;
}

static void pass_later(void *arg)
{
	struct net *n = arg;
	loop_post(n->loop, &n->pass);
}

/* Verdicts come between passes: the next one puts them to use. */
static void offload_found(void *arg)
{
	struct net *n = arg;
	if (offload_verdict(n->offload) == OFFLOAD_BROKEN)
		log_warning(
		    COMPONENT, NULL,
		    "checksum offload of VXLAN is broken on this machine (network card or kernel): it is turned off");
	pass_later(n);
}

/* Every pass, so that a device that was made anew is told again. */
static int offload_use(struct net *n, const struct net_self *self, const struct net_peer *v, size_t count,
		       struct err *e)
{
	char name[IFNAMSIZ], own[48];
	char(*nets)[48] = calloc(count + 1, sizeof(*nets));
	AUTO_FREE const char **peers = calloc(count + 1, sizeof(*peers));
	size_t n_peers = 0;
	int code = nets && peers ? 0 : err_nomem(e);
	for (int f = 0; f < NET_FAMILIES && code >= 0 && offload_verdict(n->offload) == OFFLOAD_BROKEN; f++) {
		net_vxlan_name(f, self->vni, name);
		code = self->has_mac[f] ? offload_turn_off(name, e) : 0;
	}
	for (size_t i = 0; i < count && code >= 0; i++)
		if (v[i].use[NET_V4]) {
			net_network_of(v[i].cidr[NET_V4], nets[n_peers]);
			peers[n_peers] = nets[n_peers];
			n_peers++;
		}
	if (code >= 0 && self->has_mac[NET_V4]) {
		net_vxlan_name(NET_V4, self->vni, name);
		net_network_of(self->cidr[NET_V4], own);
		offload_test(n->offload, name, own, peers, n_peers);
	}
	free(nets);
	return code < 0 ? code : 0;
}

/* A kernel without it breaks SCTP through IPVS alone: told once, and everything else goes on. */
static void sctp_crc_use(struct net *n, const struct net_self *self)
{
	char name[IFNAMSIZ];
	unsigned index;
	struct err e = {0};
	bool ipvs = nl_link_index(n->nl, NET_IPVS_DEVICE, &index, NULL) == 0;
	int code = 0;
	for (int f = 0; f < NET_FAMILIES && code == 0; f++) {
		net_vxlan_name(f, self->vni, name);
		code = self->has_mac[f] ? net_sctp_crc_keep(name, f == NET_V4 ? AF_INET : AF_INET6, ipvs, &e) : 0;
	}
	if (code < 0 && !n->crc_told)
		log_warning(COMPONENT, NULL, "SCTP through Services by IPVS may not reach pods of other nodes: %s",
			    e.msg);
	n->crc_told = code < 0;
}

static const char *offload_text(const struct net *n)
{
	static const char *const text[] = {"not tested yet", "works", "broken, turned off"};
	return n->backend == &net_vxlan_ops ? text[offload_verdict(n->offload)] : NULL;
}

/* said: the Node announces this end already; before, nobody may take it for available. */
static int peers_sync(struct net *n, const json_t *node, const struct net_self *self, bool said, struct err *e)
{
	AUTO_FREE struct net_peer *v = NULL;
	json_t *told = json_object();
	size_t count = 0;
	int code = told ? peers_read(n, &v, &count, e) : err_nomem(e);
	if (code == 0 && net_peers_judge(v, count, self, n->cluster_cidr, n->backend) < 0)
		code = err_nomem(e);
	struct failures f = {.v = v};
	if (code == 0)
		code = n->backend->sync(n->state, n->nl, self, v, count, peer_failed, &f, e);
	n->peer_failed = f.any;
	for (size_t i = 0; i < count && code == 0; i++)
		if (v[i].why.code && v[i].why.code != ERR_UNAVAILABLE)
			complain(n, node, &v[i], &v[i].why, told);
	if (code < 0) {
		json_decref(told);
		return code;
	}
	json_decref(n->told);
	n->told = told;
	const struct net_state state = {n->backend->name, net_self_pod_mtu(self, n->backend), offload_text(n)};
	if (n->backend == &net_vxlan_ops) {
		sctp_crc_use(n, self);
		code = offload_use(n, self, v, count, e);
	}
	if (code == 0)
		code = net_state_write(n->run_dir, &state, self, v, count, e);
	if (code == 0 && said)
		code = condition_keep(n, node, v, count, NULL, e);
	if (code == 0 && !n->ready) {
		log_info(COMPONENT, NULL, "pod network %s%s%s by %s, %zu other nodes", self->cidr[NET_V4],
			 self->cidr[NET_V4][0] && self->cidr[NET_V6][0] ? "," : "", self->cidr[NET_V6],
			 n->backend->name, count);
		n->ready = true;
	}
	return code;
}

static int backend_setup(struct net *n, struct net_self *self, struct err *e)
{
	bool any = false;
	for (int f = 0; f < NET_FAMILIES; f++)
		any |= self->cidr[f][0] && self->ip[f][0] && self->iface[f][0];
	if (!n->backend->setup)
		return 0;
	if (!any)
		return err_set(e, ERR_UNAVAILABLE,
			       "%s needs an interface and an address of this node; give --node-ip or --flannel-iface",
			       n->backend->name);
	int code = n->backend->start && !n->state ? n->backend->start(&n->state, self, e) : 0;
	return code < 0 ? code : n->backend->setup(n->state, n->nl, self, e);
}

/* No backend: what one has left from an earlier start goes, and CNI plug-ins or whoever may have the place. */
static int none_sync(struct net *n, const json_t *node, struct net_self *self, const char *cidr, struct err *e)
{
	const struct net_state state = {"none", net_self_pod_mtu(self, NULL), NULL};
	int code = net_routes_sync(n->nl, self, NULL, 0, NULL, NULL, e);
	memset(self->has_mac, 0, sizeof(self->has_mac));
	if (code == 0)
		code = leftovers_remove(n, self, e);
	if (code == 0)
		code = net_none_address(n->nl, n->run_dir, cidr, e);
	if (code == 0)
		code = condition_keep(n, node, NULL, 0, NULL, e);
	return code < 0 ? code : net_state_write(n->run_dir, &state, self, NULL, 0, e);
}

/* A router listens to no router by default (Documentation/networking/ip-sysctl: accept_ra), and a node forwards for its
 * pods: its own way out, where routers announce it, must not go. */
static int router_keep(struct net *n, const struct net_self *self, struct err *e)
{
	AUTO_BUF struct buf now = {0};
	char key[80], path[96];
	if (!self->cidr[NET_V6][0] || !self->iface[NET_V6][0])
		return 0;
	(void)snprintf(key, sizeof(key), "net/ipv6/conf/%s/accept_ra", self->iface[NET_V6]);
	(void)snprintf(path, sizeof(path), "/proc/sys/%s", key);
	int code = fs_read(path, 16, &now, e);
	if (code < 0 || !now.len || now.data[0] != '1')
		return code;
	code = sysctl_change(n->run_dir, key, "2", e);
	return code < 0 ? code : 0;
}

/* Every connection through a Service or out of the cluster is tracked, and the kernel drops packets of new ones when
 * its table is full; its own limit goes by memory and is a few thousand on a small machine. As much as kube-proxy makes
 * of it
 * (--conntrack-min, --conntrack-max-per-core), and a bucket for four. */
static int conntrack_room(const struct net *n, struct err *e)
{
	long cores = sysconf(_SC_NPROCESSORS_ONLN);
	unsigned long most = cores > 4 ? 32768UL * (unsigned long)cores : 131072;
	int code = sysctl_raise(n->run_dir, "net/netfilter/nf_conntrack_max", most, e);
	if (code >= 0)
		code = sysctl_raise(n->run_dir, "net/netfilter/nf_conntrack_buckets", most / 4, e);
	return code == ERR_NOT_FOUND ? 0 : code < 0 ? code : 0;
}

static int pass(struct net *n, struct err *e)
{
	struct informer_object *own AUTO_OBJECT = informer_get(n->nodes, NULL, n->node);
	AUTO_JSON json_t *node = own ? informer_object_json(own) : NULL;
	struct net_self self = {.name = n->node, .vni = n->vni, .port = n->port};
	if (!node)
		return 0; /* not registered yet: its creation brings us back */
	int code = net_self_read(n->nl, node, n->iface, n->mtu, &self, e);
	const char *cidrs[3] = {NULL};
	size_t n_cidrs = 0;
	for (int f = 0; f < NET_FAMILIES; f++)
		if (self.cidr[f][0])
			cidrs[n_cidrs++] = self.cidr[f];
	if (code < 0 || n_cidrs == 0)
		return code;
	code = mtu_publish(n, &self, e);
	if (code == 0)
		code = router_keep(n, &self, e);
	if (code < 0 || !n->backend)
		return code < 0 ? code : none_sync(n, node, &self, cidrs[0], e);
	if (code == 0)
		code = net_none_address(n->nl, n->run_dir, NULL, e);
	if (code == 0)
		code = podnet_prepare(n->podnet, cidrs, e);
	if (n->policy)
		code = policy_set_cidrs(n->policy, cidrs[0], cidrs[1], e);
	if (code == 0)
		code = service_route(n, &self, e);
	if (code == 0 && n->cluster_cidr[0])
		code = masquerade_ensure(n->cluster_cidr, e);
	if (code == 0)
		code = conntrack_room(n, e);
	if (code == 0)
		code = backend_setup(n, &self, e);
	if (code == 0)
		code = announce(n, node, &self, e);
	if (code >= 0)
		code = peers_sync(n, node, &self, code == 1, e);
	if (code == 0)
		code = leftovers_remove(n, &self, e);
	if (code == 0)
		code = podnet_retire(n->podnet, cidrs, n->cluster_cidr, e);
	if (code == 0)
		code = podnet_adjust(n->podnet, e);
	return code;
}

static void failure_tell(struct net *n, const struct err *why)
{
	struct informer_object *own AUTO_OBJECT = informer_get(n->nodes, NULL, n->node);
	AUTO_JSON json_t *node = own ? informer_object_json(own) : NULL;
	struct err e = {0};
	if (node && condition_keep(n, node, NULL, 0, why, &e) < 0)
		log_warning(COMPONENT, NULL, "%s", e.msg);
}

static void pass_run(struct loop_task *t)
{
	struct net *n = container_of(t, struct net, pass);
	struct err e = {0};
	if (!n->synced)
		return;
	int code = pass(n, &e);
	if (code < 0)
		log_warning(COMPONENT, NULL, "cannot set up the pod network: %s", e.msg);
	if (code < 0 && !n->ready && n->backend)
		failure_tell(n, &e);
	if (code < 0 || n->peer_failed) { /* a link may come later without any Node changing */
		retry_later(n);
	} else {
		n->retry_ms = 0;
		loop_timer_stop(n->retry);
	}
}

/* Every pod that comes or goes changes interfaces: one look when they have settled. */
static void kernel_changed(void *arg)
{
	struct net *n = arg;
	if (!loop_timer_armed(n->settle))
		loop_timer_set(n->settle, SETTLE_MS);
}

/* Heartbeats change a Node every now and then; only what matters here leads to a pass. */
static uint64_t node_digest(const struct informer_object *o)
{
	AUTO_JSON json_t *node = informer_object_json(o);
	return node ? net_node_digest(node) : 0;
}

static void node_added(void *arg, struct informer_object *o UNUSED)
{
	pass_later(arg);
}
static void node_updated(void *arg, struct informer_object *old, struct informer_object *o)
{
	/* Another Node by the same name is a new one, whatever it says. */
	if (!streq(old->uid, o->uid) || node_digest(old) != node_digest(o))
		pass_later(arg);
}
static void nodes_synced(void *arg)
{
	((struct net *)arg)->synced = true;
	pass_later(arg);
}

/* ---- life ---- */

static void resources_free(struct net *n)
{
	n->policy = policy_free(n->policy);
	n->monitor = nl_monitor_free(n->monitor);
	n->neighbours = nl_monitor_free(n->neighbours);
	n->nodes = informer_free(n->nodes);
	n->client = client_free(n->client);
	n->retry = loop_timer_free(n->retry);
	n->settle = loop_timer_free(n->settle);
	n->announce_timer = loop_timer_free(n->announce_timer);
	n->condition_timer = loop_timer_free(n->condition_timer);
	n->podnet = podnet_free(n->podnet);
	n->nl = nl_close(n->nl);
	n->offload = offload_free(n->offload);
	n->loop = loop_free(n->loop);
	if (n->backend && n->backend->stop)
		n->backend->stop(n->state);
	n->state = NULL;
	json_decref(n->told);
	n->told = NULL;
	n->synced = n->announcing = n->announce_again = n->conditioning = n->condition_again = false;
}

int net_start(struct net *n, struct err *e)
{
	static const struct informer_handler handler = {node_added, node_updated, node_added, nodes_synced};
	struct podnet_config pc = {.run_dir = n->run_dir, .hairpin = n->hairpin};
	n->pass.fn = pass_run;
	n->ready = false;
	n->retry_ms = n->announce_ms = n->condition_ms = 0;
	int code = nl_open(&n->nl, e);
	if (code == 0)
		code = podnet_new(&n->podnet, &pc, e);
	if (code == 0)
		code = loop_new(&n->loop, e);
	if (code == 0 && ((code = loop_timer_new(&n->retry, n->loop, pass_later, n)) < 0 ||
			  (code = loop_timer_new(&n->settle, n->loop, pass_later, n)) < 0 ||
			  (code = loop_timer_new(&n->announce_timer, n->loop, pass_later, n)) < 0 ||
			  (code = loop_timer_new(&n->condition_timer, n->loop, pass_later, n)) < 0))
		err_nomem(e);
	if (code == 0)
		code = offload_new(&n->offload, n->loop, offload_found, n, e);
	if (code == 0)
		code = nl_monitor_new(&n->monitor, n->loop, kernel_changed, n, e);
	if (code == 0 && n->backend)
		code = nl_monitor_neighbours(&n->neighbours, n->loop, "flannel", kernel_changed, n, e);
	if (code == 0)
		code =
		    client_new(&n->client, n->api, n->loop, &(struct client_config){.field_manager = "minik-net"}, e);
	if (code == 0)
		code = informer_new(&n->nodes, n->client, &(struct informer_config){.plural = "nodes"}, e);
	if (code == 0)
		code = informer_add_handler(n->nodes, &handler, n);
	if (code == 0)
		code = informer_start(n->nodes, e);
	if (code == 0 && n->backend)
		code = policy_new(&n->policy, &(struct policy_config){n->node, n->run_dir},
				  &(struct policy_deps){n->client, n->loop}, e);
	if (code == 0)
		code = loop_thread_start(&n->thread, n->loop, "net", e);
	if (code < 0)
		resources_free(n);
	return code < 0 ? code : 0;
}

void net_stop(struct net *n)
{
	if (n && n->thread)
		loop_quit(n->loop);
}

void net_join(struct net *n)
{
	if (!n || !n->thread)
		return;
	n->thread = loop_thread_join(n->thread);
	resources_free(n);
}

struct net *net_free(struct net *n)
{
	if (!n)
		return NULL;
	net_stop(n);
	net_join(n);
	free(n->node);
	free(n->run_dir);
	free(n->cluster_cidr);
	free(n->service_cidr);
	free(n->iface);
	free(n);
	return NULL;
}
