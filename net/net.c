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
#include "net/backend.h"
#include "net/masquerade.h"
#include "net/podnet_internal.h"
#include "net/policy.h"

#define COMPONENT       "net"
#define RETRY_MIN_MS    500
#define RETRY_MAX_MS    60000
#define SETTLE_MS       100
#define ANNOTATION_DATA "flannel.alpha.coreos.com/backend-data"
#define ANNOTATION_TYPE "flannel.alpha.coreos.com/backend-type"
#define ANNOTATION_IP   "flannel.alpha.coreos.com/public-ip"

struct net {
	char *node, *run_dir, *cluster_cidr, *service_cidr, *iface;
	unsigned mtu;
	uint32_t vni;
	uint16_t port;
	const struct net_backend_ops *backend; /* NULL: none */
	struct connector *api;
	struct loop *loop;
	struct loop_thread *thread;
	struct client *client;
	struct informer *nodes;
	struct podnet *podnet;
	struct policy *policy; /* NULL: a CNI plug-in's affair */
	struct nl_ctx *nl;
	struct nl_monitor *monitor;
	struct loop_task pass;
	struct loop_timer *retry, *settle;
	int64_t retry_ms;
	bool synced, ready, peer_failed;
	char complained[254]; /* the peer the log was told about last */
};

static int backend_find(const char *name, const struct net_backend_ops **ret, struct err *e)
{
	*ret = NULL;
	if (!name || streq(name, "host-gw"))
		*ret = &net_hostgw_ops;
	else if (streq(name, "vxlan"))
		*ret = &net_vxlan_ops;
	else if (streq(name, "udp"))
		return err_set(e, ERR_UNSUPPORTED,
			       "network backend \"udp\" is not supported yet; use --flannel-backend vxlan or host-gw");
	else if (!streq(name, "none"))
		return err_set(e, -EINVAL, "unknown network backend \"%s\"; use host-gw, vxlan or none", name);
	return 0;
}

int net_new(struct net **ret, const struct net_config *c, const struct net_deps *d, struct err *e)
{
	struct net *n = calloc(1, sizeof(*n));
	if (!n)
		return err_nomem(e);
	int code = backend_find(c->backend, &n->backend, e);
	n->api = d->api;
	n->mtu = c->mtu;
	n->vni = c->vni ? c->vni : 1;
	n->port = c->port ? c->port : 8472;
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

/* ---- what the Nodes say ---- */

static void cidrs_read(const json_t *node, char out[2][72])
{
	const json_t *cidrs = json_at(node, "spec", "podCIDRs", NULL);
	out[0][0] = out[1][0] = 0;
	for (size_t i = 0; i < 2; i++) {
		const char *c = json_string_value(json_array_get(cidrs, i));
		if (!c && i == 0)
			c = json_str(node, "spec.podCIDR");
		if (c)
			(void)str_copy(out[i], 72, c);
	}
}

static const char *internal_ip(const json_t *node)
{
	const json_t *v;
	size_t i;
	const char *flannel = obj_annotation(node, ANNOTATION_IP);
	if (flannel)
		return flannel;
	json_array_foreach(json_at(node, "status", "addresses", NULL), i,
			   v) if (streq(json_str(v, "type"), "InternalIP")) return json_str(v, "address");
	return NULL;
}

/* {"VNI":1,"VtepMAC":"0a:..."} */
static bool vtep_read(const json_t *node, uint8_t mac[6])
{
	const char *text = obj_annotation(node, ANNOTATION_DATA);
	AUTO_JSON json_t *data = NULL;
	unsigned m[6];
	char end;
	if (!text || strlen(text) > 256 || json_parse(text, strlen(text), &data, NULL) < 0)
		return false;
	const char *s = json_str_or(data, "VtepMAC", "");
	if (sscanf(s, "%2x:%2x:%2x:%2x:%2x:%2x%c", &m[0], &m[1], &m[2], &m[3], &m[4], &m[5], &end) != 6)
		return false;
	for (int i = 0; i < 6; i++)
		mac[i] = (uint8_t)m[i];
	return true;
}

struct iface_search {
	const char *ip;
	char found[IFNAMSIZ];
};
static int iface_seen(void *arg, const char *ifname, const char *addr)
{
	struct iface_search *s = arg;
	size_t n = strcspn(addr, "/");
	if (strlen(s->ip) == n && memcmp(s->ip, addr, n) == 0)
		return str_copy(s->found, sizeof(s->found), ifname);
	return 0;
}

static int self_read(struct net *n, const json_t *node, struct net_self *self, struct err *e)
{
	*self = (struct net_self){.name = n->node, .vni = n->vni, .port = n->port};
	cidrs_read(node, self->cidrs);
	struct iface_search s = {.ip = ""};
	const json_t *v;
	size_t i;
	json_array_foreach(json_at(node, "status", "addresses", NULL), i,
			   v) if (streq(json_str(v, "type"), "InternalIP") && !self->ip[0])(void)
	    str_copy(self->ip, sizeof(self->ip), json_str_or(v, "address", ""));
	s.ip = self->ip;
	int code = self->ip[0] ? nl_addr_each(n->nl, NULL, iface_seen, &s, e) : 0;
	if (code < 0)
		return code;
	if (n->iface)
		(void)str_copy(self->iface, sizeof(self->iface), n->iface);
	else if (s.found[0])
		(void)str_copy(self->iface, sizeof(self->iface), s.found);
	else {
		char addr[48];
		if (nl_route_source(n->nl, NULL, addr, self->iface, NULL) < 0)
			self->iface[0] = 0; /* a machine on its own */
		else if (!self->ip[0])
			(void)str_copy(self->ip, sizeof(self->ip), addr);
	}
	self->mtu = 1500;
	if (n->mtu)
		self->mtu = n->mtu;
	else if (self->iface[0])
		code = nl_link_get_mtu(n->nl, self->iface, &self->mtu, e);
	if (code == 0 && self->mtu > 65535) /* loopback's */
		self->mtu = 65535;
	return code;
}

/* ---- one pass ---- */

static int mtu_publish(struct net *n, const struct net_self *self, struct err *e)
{
	AUTO_FREE char *dir = str_fmt("%s/net", n->run_dir), *path = str_fmt("%s/net/mtu", n->run_dir);
	AUTO_BUF struct buf old = {0};
	char text[16];
	if (!dir || !path)
		return err_nomem(e);
	(void)snprintf(text, sizeof(text), "%u", self->mtu - (n->backend ? n->backend->overhead : 0));
	if (fs_read(path, 15, &old, NULL) == 0 && old.len && streq(old.data, text))
		return 0;
	int code = fs_mkdir_p(dir, 0755, e);
	return code < 0 ? code : fs_write_atomic(path, text, strlen(text), 0644, e);
}

static void announced(void *arg UNUSED, const struct client_result *r)
{
	if (r->code < 0) /* the next change of any Node tries again */
		log_warning(COMPONENT, NULL, "cannot announce the VXLAN end of this node: %s", r->err.msg);
}

static int announce(struct net *n, const json_t *node, const struct net_self *self, const uint8_t mac[6], struct err *e)
{
	uint8_t have[6];
	if (vtep_read(node, have) && memcmp(have, mac, 6) == 0 && streq(obj_annotation(node, ANNOTATION_IP), self->ip))
		return 0;
	char data[96];
	(void)snprintf(data, sizeof(data), "{\"VNI\":%u,\"VtepMAC\":\"%02x:%02x:%02x:%02x:%02x:%02x\"}", self->vni,
		       mac[0], mac[1], mac[2], mac[3], mac[4], mac[5]);
	AUTO_JSON json_t *patch =
	    json_pack("{s:{s:{s:s,s:s,s:s,s:s}}}", "metadata", "annotations", ANNOTATION_DATA, data, ANNOTATION_TYPE,
		      "vxlan", ANNOTATION_IP, self->ip, "flannel.alpha.coreos.com/kube-subnet-manager", "true");
	if (!patch)
		return err_nomem(e);
	return client_patch(n->client, &(struct client_ref){.plural = "nodes", .name = n->node}, CLIENT_MERGE_PATCH,
			    patch, announced, n);
}

struct complaint {
	struct net *n;
	const json_t *node;
};

static void peer_failed(void *arg, const struct net_peer *p, const struct err *why)
{
	struct complaint *c = arg;
	c->n->peer_failed = true;
	if (!streq(c->n->complained, p->name)) {
		log_warning(COMPONENT, p->name, "pods of this node cannot be reached: %s", why->msg);
		(void)str_copy(c->n->complained, sizeof(c->n->complained), p->name);
	}
	client_event(c->n->client, c->node, "v1", "Node", "Warning", "RouteNotCreated", "minik-net", c->n->node, "%s",
		     why->msg);
}

static int peers_read(struct net *n, struct net_peer **ret, size_t *ret_n, struct informer_object ***ret_objects,
		      size_t *ret_n_objects, struct err *e)
{
	struct informer_object **objects = NULL;
	size_t count = 0, used = 0;
	if (informer_list(n->nodes, NULL, &objects, &count) < 0)
		return err_nomem(e);
	struct net_peer *v = calloc(count + 1, sizeof(*v));
	if (!v) {
		informer_list_free(objects, count);
		return err_nomem(e);
	}
	for (size_t i = 0; i < count; i++) {
		if (streq(objects[i]->name, n->node))
			continue;
		AUTO_JSON json_t *node = informer_object_json(objects[i]);
		struct net_peer *p = &v[used];
		const char *ip = node ? internal_ip(node) : NULL;
		if (!ip || !str_copy(p->ip, sizeof(p->ip), ip))
			continue;
		cidrs_read(node, p->cidrs);
		if (!p->cidrs[0][0])
			continue;
		p->has_vtep = vtep_read(node, p->vtep_mac);
		p->name = objects[i]->name;
		used++;
	}
	*ret = v;
	*ret_n = used;
	*ret_objects = objects;
	*ret_n_objects = count; /* names are borrowed from the objects: the caller frees both */
	return 0;
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
		if (!strchr(r->dst, ':') || strchr(self->cidrs[0], ':') || strchr(self->cidrs[1], ':'))
			self->n_extra++;
		cidrs += len + (cidrs[len] == ',');
	}
	return 0;
}

static int pass(struct net *n, struct err *e)
{
	struct informer_object *own AUTO_OBJECT = informer_get(n->nodes, NULL, n->node);
	AUTO_JSON json_t *node = own ? informer_object_json(own) : NULL;
	struct net_self self;
	if (!node)
		return 0; /* not registered yet: its creation brings us back */
	int code = self_read(n, node, &self, e);
	if (code < 0 || !self.cidrs[0][0])
		return code;
	code = mtu_publish(n, &self, e);
	const char *cidrs[] = {self.cidrs[0], self.cidrs[1][0] ? self.cidrs[1] : NULL, NULL};
	if (code == 0)
		code = podnet_prepare(n->podnet, cidrs, e);
	if (code < 0 || !n->backend)
		return code;
	if (n->policy)
		code = policy_set_cidrs(n->policy, self.cidrs[0], self.cidrs[1], e);
	if (code == 0)
		code = service_route(n, &self, e);
	if (code == 0 && n->cluster_cidr[0])
		code = masquerade_ensure(n->cluster_cidr, PODNET_BRIDGE, e);
	if (code == 0 && n->backend->setup) {
		uint8_t mac[6];
		if (!self.ip[0] || !self.iface[0])
			return err_set(
			    e, ERR_UNAVAILABLE,
			    "%s needs an interface and an address of this node; give --node-ip or --flannel-iface",
			    n->backend->name);
		code = n->backend->setup(n->nl, &self, mac, e);
		if (code == 0)
			code = announce(n, node, &self, mac, e);
	}
	if (code < 0)
		return code;
	struct net_peer *v = NULL;
	struct informer_object **objects = NULL;
	size_t count = 0, n_objects = 0;
	code = peers_read(n, &v, &count, &objects, &n_objects, e);
	if (code < 0)
		return code;
	struct complaint c = {n, node};
	n->peer_failed = false;
	code = n->backend->sync(n->nl, &self, v, count, peer_failed, &c, e);
	if (!n->peer_failed)
		n->complained[0] = 0;
	informer_list_free(objects, n_objects);
	free(v);
	if (code == 0 && !n->ready) {
		log_info(COMPONENT, NULL, "pod network %s by %s, %zu other nodes", self.cidrs[0], n->backend->name,
			 count);
		n->ready = true;
	}
	return code;
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
	if (code < 0 || n->peer_failed) { /* a link may come later without any Node changing */
		n->retry_ms =
		    n->retry_ms ? (n->retry_ms * 2 > RETRY_MAX_MS ? RETRY_MAX_MS : n->retry_ms * 2) : RETRY_MIN_MS;
		loop_timer_set(n->retry, n->retry_ms);
	} else {
		n->retry_ms = 0;
		loop_timer_stop(n->retry);
	}
}

static void pass_later(void *arg)
{
	struct net *n = arg;
	loop_post(n->loop, &n->pass);
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
	char cidrs[2][72], text[512];
	uint8_t mac[6] = {0};
	const char *ip = node ? internal_ip(node) : NULL;
	cidrs_read(node, cidrs);
	(void)vtep_read(node, mac);
	int len = snprintf(text, sizeof(text), "%s %s %.60s %02x%02x%02x%02x%02x%02x", cidrs[0], cidrs[1], ip ? ip : "",
			   mac[0], mac[1], mac[2], mac[3], mac[4], mac[5]);
	return str_hash(text, len > 0 ? (size_t)len : 0);
}

static void node_added(void *arg, struct informer_object *o UNUSED)
{
	pass_later(arg);
}
static void node_updated(void *arg, struct informer_object *old, struct informer_object *o)
{
	if (node_digest(old) != node_digest(o))
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
	n->nodes = informer_free(n->nodes);
	n->client = client_free(n->client);
	n->retry = loop_timer_free(n->retry);
	n->settle = loop_timer_free(n->settle);
	n->podnet = podnet_free(n->podnet);
	n->nl = nl_close(n->nl);
	n->loop = loop_free(n->loop);
	n->synced = false;
}

int net_start(struct net *n, struct err *e)
{
	static const struct informer_handler handler = {node_added, node_updated, node_added, nodes_synced};
	struct podnet_config pc = {.run_dir = n->run_dir};
	n->pass.fn = pass_run;
	n->ready = false;
	n->retry_ms = 0;
	int code = nl_open(&n->nl, e);
	if (code == 0)
		code = podnet_new(&n->podnet, &pc, e);
	if (code == 0)
		code = loop_new(&n->loop, e);
	if (code == 0 && ((code = loop_timer_new(&n->retry, n->loop, pass_later, n)) < 0 ||
			  (code = loop_timer_new(&n->settle, n->loop, pass_later, n)) < 0))
		err_nomem(e);
	if (code == 0)
		code = nl_monitor_new(&n->monitor, n->loop, kernel_changed, n, e);
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
	if (code < 0) {
		resources_free(n);
		return err_wrap(e, "net");
	}
	return 0;
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
