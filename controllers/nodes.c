/*
 * Nodes. IPAM: a pod CIDR for each, of the cluster CIDR. Lifecycle: a node whose Lease is not renewed is marked Unknown and tainted; pods
 * that do not tolerate a NoExecute taint are evicted when their time is up.
 * Source: Kubernetes "Nodes", "Taints and Tolerations".
 */
#include <arpa/inet.h>
#include <errno.h>
#include <pthread.h>
#include "controllers/shared.h"
#include "api/node_match.h"
#include "api/scan.h"
#include "base/inet.h"
#include "base/log.h"
#include "base/map.h"

#define TAINT_NOT_READY "node.kubernetes.io/not-ready"
#define TAINT_UNREACHABLE "node.kubernetes.io/unreachable"
#define LEASE_NS "kube-node-lease"

/* --- IPAM: one worker, so that two nodes never get the same range --- */

struct ipam_pool {
	int family;
	uint64_t base; /* the address's first 32 or 64 bits, host order */
	unsigned bits; /* of a node's network */
	uint32_t count;
};

struct ipam_ctl {
	struct informer *nodes;
	struct ipam_pool pools[2]; /* one or two families */
	size_t n_pools;
	/* cidr of a pool -> the node that has it, also when our copy does not show it yet, or had it last */
	json_t *given;
};

/* The i-th network of a pool. */
static void ipam_text(const struct ipam_pool *p, uint32_t i, char out[72])
{
	unsigned width = p->family == AF_INET ? 32 : 64;
	uint64_t net = p->base + ((uint64_t)i << (width - p->bits));
	unsigned char a[16] = {0};
	char text[48] = "";

	for (unsigned k = 0; k < width / 8; k++)
		a[k] = (unsigned char)(net >> (width - 8 - 8 * k));
	inet_ntop(p->family, a, text, sizeof(text));
	snprintf(out, 72, "%s/%u", text, p->bits);
}

/* "10.42.0.0/16" or "fd42::/56". Kubernetes gives each node a /24 and a /64. */
static int ipam_pool_read(struct ipam_pool *p, const char *cidr, size_t n, int v4_bits)
{
	char text[64];
	unsigned char a[16];
	int64_t prefix;
	char *slash;

	if (n >= sizeof(text))
		return ERR_INVALID;
	memcpy(text, cidr, n);
	text[n] = '\0';
	if (!(slash = strchr(text, '/')))
		return ERR_INVALID;
	*slash = '\0';
	p->family = strchr(text, ':') ? AF_INET6 : AF_INET;
	p->bits = p->family == AF_INET ? (unsigned)v4_bits : 64;
	unsigned width = p->family == AF_INET ? 32 : 64, least = p->family == AF_INET ? 8 : 48;
	if (inet_pton(p->family, text, a) != 1 || str_to_i64(slash + 1, least, p->bits, &prefix) < 0)
		return ERR_INVALID;
	p->base = 0;
	for (unsigned k = 0; k < width / 8; k++)
		p->base = p->base << 8 | a[k];
	if (prefix < (int64_t)width)
		p->base &= ~((UINT64_MAX >> (64 - width)) >> prefix);
	p->count = 1u << (p->bits - (unsigned)prefix);
	return 0;
}

/* Is it a network of the pool? What somebody else has given a Node need not be one. */
static bool ipam_of_pool(const struct ipam_pool *p, const char *cidr)
{
	unsigned width = p->family == AF_INET ? 32 : 64;
	struct inet_cidr c;
	uint64_t net = 0;
	char text[72];

	if (!inet_cidr_parse(cidr, &c) || c.bits != p->bits || (c.net.family == 4) != (p->family == AF_INET))
		return false;
	for (unsigned k = 0; k < width / 8; k++)
		net = net << 8 | c.net.a[k];
	if (net < p->base || (net - p->base) >> (width - p->bits) >= p->count)
		return false;
	ipam_text(p, (uint32_t)((net - p->base) >> (width - p->bits)), text);
	return streq(text, cidr);
}

static int ipam_note(struct ipam_ctl *x, const char *cidr, const char *node)
{
	for (size_t f = 0; f < x->n_pools; f++)
		if (ipam_of_pool(&x->pools[f], cidr) &&
		    !streq(json_string_value(json_object_get(x->given, cidr)), node))
			return json_object_set_new(x->given, cidr, json_string(node));
	return 0;
}

/* A Node has its networks: who had them last is known when it is deleted. */
static int ipam_seen(struct ipam_ctl *x, const json_t *node, const char *name, struct err *e)
{
	const char *first = json_str(node, "spec.podCIDR");
	const json_t *one;
	size_t i;
	int r = first ? ipam_note(x, first, name) : 0;

	json_array_foreach (json_dot(node, "spec.podCIDRs"), i, one)
		if (r == 0 && json_is_string(one))
			r = ipam_note(x, json_string_value(one), name);
	return r < 0 ? err_nomem(e) : 0;
}

/*
 * Of one pool: what the node had before, else one that nobody had, else one of a Node that is gone. So a Node that is
 * deleted while its agent lives comes back with the network that its bridge and pods have, whoever joins in between.
 * used: those of Nodes.
 */
static bool ipam_choose(const struct ipam_ctl *x, const struct ipam_pool *p, const char *node, const json_t *used,
			char ret[72])
{
	const char *cidr;
	json_t *owner;

	json_object_foreach (x->given, cidr, owner)
		if (streq(json_string_value(owner), node) && !json_object_get(used, cidr) && ipam_of_pool(p, cidr))
			return str_copy(ret, 72, cidr);
	for (int left = 0; left < 2; left++)
		for (uint32_t i = 0; i < p->count; i++) {
			ipam_text(p, i, ret);
			if (!json_object_get(used, ret) && (left || !json_object_get(x->given, ret)))
				return true;
		}
	return false;
}

static void ipam_free(void *p)
{
	json_decref(((struct ipam_ctl *)p)->given);
	free(p);
}

static int ipam_reconcile(void *arg, const char *key, struct err *e)
{
	struct controller *c = arg;
	struct ipam_ctl *x = c->priv;
	AUTO_OBJECT struct informer_object *o = informer_get_key(x->nodes, key);
	AUTO_JSON json_t *node = informer_object_json(o);
	struct informer_object **v = NULL;
	AUTO_JSON json_t *used = json_object(), *cidrs = json_array();
	size_t n = 0, i;
	const char *k;
	json_t *owner, *one;

	if (!node)
		return 0;
	if (*json_str_or(node, "spec.podCIDR", ""))
		return ipam_seen(x, node, key, e);
	if (informer_list(x->nodes, NULL, &v, &n) < 0)
		return err_nomem(e);
	for (size_t j = 0; j < n; j++) {
		AUTO_JSON json_t *other = informer_object_json(v[j]);
		const char *have = json_str(other, "spec.podCIDR");
		if (have)
			json_object_set_new(used, have, json_true());
		json_array_foreach (json_dot(other, "spec.podCIDRs"), i, one)
			if (json_is_string(one))
				json_object_set_new(used, json_string_value(one), json_true());
	}
	/* Ranges given to nodes that have gone since are free again, and last in the row. */
	json_object_foreach (x->given, k, owner) {
		AUTO_OBJECT struct informer_object *still =
		    streq(json_string_value(owner), key) ? NULL
							 : informer_get(x->nodes, NULL, json_string_value(owner));
		if (still)
			json_object_set_new(used, k, json_true());
	}
	informer_list_free(v, n);
	for (size_t f = 0; f < x->n_pools; f++) {
		char cidr[72];
		if (ipam_choose(x, &x->pools[f], key, used, cidr))
			json_array_append_new(cidrs, json_string(cidr));
	}
	if (json_array_size(cidrs) != x->n_pools) {
		client_event(c->s->client, node, "v1", "Node", "Normal", "CIDRNotAvailable", "cidrAllocator", "",
			     "Node %s status is now: CIDRNotAvailable", key);
		return err_set(e, ERR_TOO_MANY, "node %s: cluster CIDR %s is used up", key, c->s->cfg.cluster_cidr);
	}
	struct client_ref ref = {.plural = "nodes", .name = key};
	AUTO_JSON json_t *patch = json_pack("{s:{s:O,s:O}}", "spec", "podCIDR", json_array_get(cidrs, 0), "podCIDRs", cidrs);
	/* A node may not give itself a role: that is said here, of the machine the control plane runs on. */
	if (streq(key, c->s->cfg.server_node))
		json_object_set_new(patch, "metadata", json_pack("{s:{s:s}}", "labels", "node-role.kubernetes.io/control-plane", "true"));
	json_array_foreach (cidrs, i, one)
		json_object_set_new(x->given, json_string_value(one), json_string(key));
	int r = client_patch_wait(c->s->client, &ref, CLIENT_MERGE_PATCH, patch, NULL, e);
	return r == ERR_NOT_FOUND ? 0 : r;
}

int node_ipam_init(struct shared *s, struct err *e)
{
	struct ipam_ctl *x = calloc(1, sizeof(*x));
	struct controller *c;
	const char *text = s->cfg.cluster_cidr ? s->cfg.cluster_cidr : "";
	int r;

	if (!x || !(x->given = json_object())) {
		free(x);
		return err_nomem(e);
	}
	for (const char *p = text; *p; p += strcspn(p, ","), p += *p == ',') {
		if (x->n_pools == 2 || ipam_pool_read(&x->pools[x->n_pools], p, strcspn(p, ","), s->cfg.node_cidr_bits) < 0 ||
		    (x->n_pools == 1 && x->pools[0].family == x->pools[1].family)) {
			x->n_pools = 0;
			break;
		}
		x->n_pools++;
	}
	if (x->n_pools == 0) {
		ipam_free(x);
		return err_set(e, ERR_INVALID, "cluster CIDR \"%s\" is not an IPv4 network of at least /%d, an IPv6 one of /48 to /64, or one of each",
			       text, s->cfg.node_cidr_bits);
	}
	if ((r = controller_new(&c, s, "node-ipam", 1, ipam_reconcile, x, ipam_free, e)) < 0) {
		ipam_free(x);
		return r;
	}
	if (!(x->nodes = shared_informer(s, "", "v1", "nodes", NULL, e)))
		return ERR_INTERNAL;
	return controller_watch_keys(c, x->nodes) < 0 ? err_nomem(e) : 0;
}

/* --- lifecycle --- */

/* When a heartbeat was last seen to change, by our clock. Whoever sent it may have another time. */
struct heard {
	char text[64];
	int64_t ms;
};

struct life_ctl {
	struct informer *nodes, *leases, *pods;
	struct controller *evict;
	struct clock *clock;
	int64_t started_ms;
	pthread_mutex_t lock;
	struct map *heard; /* under lock: "lease/NODE" and "node/NODE" -> struct heard */
};

static void life_free(void *p)
{
	struct life_ctl *x = p;

	(void)map_free(x->heard);
	pthread_mutex_destroy(&x->lock);
	free(x);
}

/* Out of memory, nothing is noted, and the heartbeat before counts. */
static void hear(struct life_ctl *x, const char *what, const char *node, const char *text)
{
	AUTO_FREE char *key = str_fmt("%s/%s", what, node);
	struct heard *h;

	if (!key || !text)
		return;
	pthread_mutex_lock(&x->lock);
	if (!(h = map_get(x->heard, key)) && (h = calloc(1, sizeof(*h))) && map_put(x->heard, key, h) < 0) {
		free(h);
		h = NULL;
	}
	if (h && strncmp(h->text, text, sizeof(h->text) - 1) != 0) {
		(void)str_copy(h->text, sizeof(h->text), text);
		h->ms = clock_mono_ms(x->clock);
	}
	pthread_mutex_unlock(&x->lock);
}

static void forget(struct life_ctl *x, const char *node)
{
	AUTO_FREE char *lease = str_fmt("lease/%s", node), *status = str_fmt("node/%s", node);

	pthread_mutex_lock(&x->lock);
	if (lease)
		map_del(x->heard, lease);
	if (status)
		map_del(x->heard, status);
	pthread_mutex_unlock(&x->lock);
}

/* Nobody is late by what it did before we looked. */
static int64_t since_renewal_ms(struct life_ctl *x, const char *node)
{
	AUTO_FREE char *lease = str_fmt("lease/%s", node), *status = str_fmt("node/%s", node);
	int64_t last = x->started_ms;
	const struct heard *h;

	pthread_mutex_lock(&x->lock);
	if (lease && (h = map_get(x->heard, lease)) && h->ms > last)
		last = h->ms;
	if (status && (h = map_get(x->heard, status)) && h->ms > last)
		last = h->ms;
	pthread_mutex_unlock(&x->lock);
	return clock_mono_ms(x->clock) - last;
}

static bool taint_set(json_t *node, const char *key, const char *effect, bool on, const char *now)
{
	json_t *taints = json_dot(node, "spec.taints"), *t;
	size_t i;

	json_array_foreach (taints, i, t)
		if (streq(json_str(t, "key"), key) && streq(json_str(t, "effect"), effect)) {
			if (on)
				return false;
			json_array_remove(taints, i);
			if (json_array_size(taints) == 0)
				json_dot_del(node, "spec.taints");
			return true;
		}
	if (!on)
		return false;
	json_t *fresh = json_pack("{s:s,s:s}", "key", key, "effect", effect);
	if (streq(effect, "NoExecute"))
		json_object_set_new(fresh, "timeAdded", json_string(now));
	json_dot_append(node, "spec.taints", fresh);
	return true;
}

struct life_change {
	const char *now;
	const char *ready; /* "True", "False", "Unknown" */
};

static int change_taints(void *arg, json_t *node, struct err *e)
{
	const struct life_change *x = arg;
	bool unknown = streq(x->ready, "Unknown"), not_ready = streq(x->ready, "False"), changed = false;

	(void)e;
	changed |= taint_set(node, TAINT_UNREACHABLE, "NoSchedule", unknown, x->now);
	changed |= taint_set(node, TAINT_UNREACHABLE, "NoExecute", unknown, x->now);
	changed |= taint_set(node, TAINT_NOT_READY, "NoSchedule", not_ready, x->now);
	changed |= taint_set(node, TAINT_NOT_READY, "NoExecute", not_ready, x->now);
	changed |= taint_set(node, "node.kubernetes.io/network-unavailable", "NoSchedule", obj_condition_true(node, "NetworkUnavailable"), x->now);
	changed |= taint_set(node, "node.kubernetes.io/unschedulable", "NoSchedule", json_bool_or(node, "spec.unschedulable", false), x->now);
	return changed ? 0 : 1;
}

static int mark_unknown(struct controller *c, const json_t *node, const char *now, struct err *e)
{
	static const char *const types[] = {"Ready", "MemoryPressure", "DiskPressure", "PIDPressure"};
	struct client_ref ref = {.plural = "nodes", .name = obj_name(node), .subresource = "status"};
	AUTO_JSON json_t *obj = json_deep_copy(node);

	for (size_t i = 0; i < ARRAY_LEN(types); i++)
		obj_set_condition(obj, types[i], "Unknown", "NodeStatusUnknown", "Kubelet stopped posting node status.", now);
	int r = client_update_wait(c->s->client, &ref, obj, NULL, e);
	if (r == 0)
		client_event(c->s->client, node, "v1", "Node", "Normal", "NodeNotReady", "node-controller", "", "Node %s status is now: NodeNotReady",
			     obj_name(node));
	return r == ERR_NOT_FOUND ? 0 : r;
}

/* Pods of a node that is not ready are no longer ready themselves: Services must not send to them. */
static int pods_not_ready(struct controller *c, struct life_ctl *x, const char *node, const char *now, struct err *e)
{
	struct informer_object **v = NULL;
	size_t n = 0;
	int r = 0;

	if (informer_by_index(x->pods, INDEX_NODE, node, &v, &n) < 0)
		return err_nomem(e);
	for (size_t i = 0; i < n && r == 0; i++) {
		AUTO_JSON json_t *pod = informer_object_json(v[i]);
		struct client_ref ref = {.plural = "pods", .ns = v[i]->ns, .name = v[i]->name, .subresource = "status"};
		if (!obj_condition_true(pod, "Ready") || pod_terminal(pod))
			continue;
		AUTO_JSON json_t *patch = json_pack("{s:{s:[{s:s,s:s,s:s,s:s}]}}", "status", "conditions", "type", "Ready", "status", "False", "reason",
						    "NodeNotReady", "lastTransitionTime", now);
		r = client_patch_wait(c->s->client, &ref, CLIENT_STRATEGIC_PATCH, patch, NULL, e);
		if (r == ERR_NOT_FOUND)
			r = 0;
	}
	informer_list_free(v, n);
	return r;
}

static void evict_pods_of(struct life_ctl *x, const char *node)
{
	struct informer_object **v = NULL;
	size_t n = 0;

	if (!x->evict || informer_by_index(x->pods, INDEX_NODE, node, &v, &n) < 0)
		return;
	for (size_t i = 0; i < n; i++)
		controller_queue(x->evict, v[i]);
	informer_list_free(v, n);
}

static int life_reconcile(void *arg, const char *key, struct err *e)
{
	struct controller *c = arg;
	struct life_ctl *x = c->priv;
	AUTO_OBJECT struct informer_object *o = informer_get_key(x->nodes, key);
	AUTO_JSON json_t *node = informer_object_json(o);
	int64_t grace = (int64_t)c->s->cfg.node_grace_s * 1000;
	char now[TIME_STR_MAX];
	int r;

	if (!node) {
		forget(x, key);
		return 0;
	}
	now_string(c->s, now);
	int64_t age = since_renewal_ms(x, key);
	const char *ready = json_str_or(obj_condition(node, "Ready"), "status", "Unknown");
	if (age > grace && !streq(ready, "Unknown")) {
		if ((r = mark_unknown(c, node, now, e)) < 0)
			return r;
		ready = "Unknown";
	}
	if (!streq(ready, "True") && (r = pods_not_ready(c, x, key, now, e)) < 0)
		return r;
	struct client_ref ref = {.plural = "nodes", .name = key};
	struct life_change change = {now, ready};
	AUTO_JSON json_t *probe = json_deep_copy(node);
	if (change_taints(&change, probe, e) == 0) {
		r = client_modify_wait(c->s->client, &ref, change_taints, &change, e);
		if (r < 0 && r != ERR_NOT_FOUND)
			return r;
		evict_pods_of(x, key);
	}
	/* Looked at again when the Lease would be too old; each renewal moves that on without waking anybody before. */
	return streq(ready, "Unknown") ? 0 : (int)(grace - age + 100 > 100 ? grace - age + 100 : 100);
}

static void node_updated(void *arg, struct informer_object *old, struct informer_object *o)
{
	struct controller *c = arg;
	AUTO_JSON json_t *a = informer_object_json(old), *b = informer_object_json(o);

	hear(c->priv, "node", o->name, json_str(obj_condition(b, "Ready"), "lastHeartbeatTime"));
	if (!json_equal(json_dot(a, "spec"), json_dot(b, "spec")) ||
	    !streq(json_str(obj_condition(a, "Ready"), "status"), json_str(obj_condition(b, "Ready"), "status"))) {
		workqueue_add(c->q, o->name);
		evict_pods_of(c->priv, o->name);
	}
}
static void node_added(void *arg, struct informer_object *o)
{
	struct controller *c = arg;
	AUTO_JSON json_t *node = informer_object_json(o);

	hear(c->priv, "node", o->name, json_str_or(obj_condition(node, "Ready"), "lastHeartbeatTime", "none yet"));
	workqueue_add(c->q, o->name);
}
static void node_deleted(void *arg, struct informer_object *o)
{
	workqueue_add(((struct controller *)arg)->q, o->name);
}

static void lease_seen(void *arg, struct informer_object *o)
{
	char text[sizeof(((struct heard *)0)->text)];

	if (streq(o->ns, LEASE_NS) && scan_str(o->json->data, o->json->len, "spec.renewTime", text, sizeof(text)))
		hear(((struct controller *)arg)->priv, "lease", o->name, text);
}
static void lease_updated(void *arg, struct informer_object *old, struct informer_object *o)
{
	(void)old;
	lease_seen(arg, o);
}

/* --- eviction by NoExecute taints --- */

/* Milliseconds until the pod must go, 0 now, -1 never. The time before this controller ran does not count, as in Kubernetes: a machine
 * that comes back after a night had no chance to say that it is ready. */
static int64_t eviction_due(const struct life_ctl *x, const json_t *pod, const json_t *node)
{
	int64_t ran = clock_mono_ms(x->clock) - x->started_ms;
	int64_t due = -1;
	json_t *taint;
	size_t i;

	json_array_foreach (json_dot(node, "spec.taints"), i, taint) {
		struct timespec added = {0};
		if (!streq(json_str(taint, "effect"), "NoExecute"))
			continue;
		int64_t allowed = toleration_seconds(toleration_of(json_dot(pod, "spec.tolerations"), taint));
		if (allowed < 0)
			continue;
		int64_t left = 0;
		if (allowed > 0 && time_parse(json_str_or(taint, "timeAdded", ""), &added) == 0) {
			int64_t since = ((int64_t)clock_wall(x->clock) - added.tv_sec) * 1000;
			left = (allowed < INT32_MAX ? allowed : INT32_MAX) * 1000 - (since < ran ? since : ran);
		}
		left = left < 0 ? 0 : left;
		due = due < 0 || left < due ? left : due;
	}
	return due;
}

static int evict_reconcile(void *arg, const char *key, struct err *e)
{
	struct controller *c = arg;
	struct life_ctl *x = c->priv;
	AUTO_OBJECT struct informer_object *o = informer_get_key(x->pods, key);
	AUTO_JSON json_t *pod = informer_object_json(o);
	AUTO_OBJECT struct informer_object *no = pod ? informer_get(x->nodes, NULL, json_str_or(pod, "spec.nodeName", "")) : NULL;
	AUTO_JSON json_t *node = informer_object_json(no);

	if (!pod || !node || obj_deleting(pod))
		return 0;
	int64_t due = eviction_due(x, pod, node);
	if (due < 0)
		return 0;
	if (due > 0)
		return due > INT32_MAX ? INT32_MAX : (int)due;
	client_event(c->s->client, pod, "v1", "Pod", "Normal", "TaintManagerEviction", "taint-eviction-controller", "", "Marking for deletion Pod %s", key);
	struct client_ref ref = {.plural = "pods", .ns = o->ns, .name = o->name};
	int r = client_delete_wait(c->s->client, &ref, NULL, NULL, e);
	return r == ERR_NOT_FOUND ? 0 : r;
}

static void pod_added(void *arg, struct informer_object *o)
{
	struct controller *c = arg;
	struct life_ctl *x = c->priv;
	AUTO_JSON json_t *pod = informer_object_json(o);
	AUTO_OBJECT struct informer_object *no = informer_get(x->nodes, NULL, json_str_or(pod, "spec.nodeName", "?"));

	if (no && strstr(no->json->data, "\"NoExecute\""))
		controller_queue(c, o);
}

int node_lifecycle_init(struct shared *s, struct err *e)
{
	static const struct informer_handler nodes = {node_added, node_updated, node_deleted, NULL},
					     pods = {.added = pod_added},
					     leases = {.added = lease_seen, .updated = lease_updated};
	struct life_ctl *x = calloc(1, sizeof(*x));
	struct controller *c;
	int r;

	if (!x)
		return err_nomem(e);
	pthread_mutex_init(&x->lock, NULL);
	x->clock = s->deps.clock;
	x->heard = map_new(free);
	if (!x->heard || (r = controller_new(&c, s, "node-lifecycle", 1, life_reconcile, x, life_free, e)) < 0) {
		r = x->heard ? r : err_nomem(e);
		life_free(x);
		return r;
	}
	if ((r = controller_new(&x->evict, s, "taint-eviction", 1, evict_reconcile, x, NULL, e)) < 0)
		return r;
	x->started_ms = clock_mono_ms(s->deps.clock);
	x->nodes = shared_informer(s, "", "v1", "nodes", NULL, e);
	x->pods = shared_informer(s, "", "v1", "pods", NULL, e);
	x->leases = shared_informer(s, "coordination.k8s.io", "v1", "leases", NULL, e);
	if (!x->nodes || !x->pods || !x->leases)
		return ERR_INTERNAL;
	if (informer_add_handler(x->nodes, &nodes, c) < 0 || informer_add_handler(x->leases, &leases, c) < 0 ||
	    informer_add_handler(x->pods, &pods, x->evict) < 0)
		return err_nomem(e);
	return 0;
}
