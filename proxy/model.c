#include "proxy/model.h"
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <stdio.h>
#include "api/endpoint_slice.h"
#include "api/object.h"
#include "base/buf.h"
#include "base/cleanup.h"
#include "base/json.h"
#include "base/map.h"
#include "base/str.h"
#include "proxy/nodes.h"

/* Bounds on what one object may make of us; the API server's own validation is tighter. */
#define PX_PORTS_MAX     200
#define PX_ADDRS_MAX     64
#define PX_ENDPOINTS_MAX 20000
#define PX_SLICES_MAX    1000

struct slice_port {
	char name[64];
	uint8_t protocol;
	uint16_t port;
};
#define PX_HINTS_MAX 8 /* zones an endpoint may name, as the API has it */
struct slice_endpoint {
	struct px_addr addr;
	bool ready, serving, terminating, local;
	bool node_hints, for_node; /* it has hints for nodes; for this one */
	uint8_t n_zones;
	uint32_t zones[PX_HINTS_MAX]; /* hashes */
};
struct slice {
	struct slice *next; /* of the same Service */
	char *name;
	struct slice_port *ports;
	size_t n_ports;
	struct slice_endpoint *eps;
	size_t n_eps;
};
struct entry { /* a Service, its slices, its table */
	char *key;
	json_t *svc; /* spec, status.loadBalancer and what else is read, or NULL */
	struct slice *slices;
	struct px_service *flushed;
	bool dirty;
	struct entry *dirty_next;
};
struct px_model {
	char *node;
	struct px_nodes *nodes;
	uint32_t zone;           /* hash; 0: none */
	struct map *entries;     /* key -> struct entry */
	struct map *slice_owner; /* "ns/slice" -> char * key of its Service */
	struct entry *dirty;
};

/* ---- addresses ---- */

bool px_addr_parse(const char *s, struct px_addr *ret)
{
	struct px_addr a = {0};
	if (!s)
		return false;
	if (inet_pton(AF_INET, s, a.a) == 1)
		a.family = 4;
	else if (inet_pton(AF_INET6, s, a.a) == 1)
		a.family = 6;
	else
		return false;
	*ret = a;
	return true;
}

void px_addr_text(const struct px_addr *a, char out[48])
{
	out[0] = 0;
	(void)inet_ntop(a->family == 4 ? AF_INET : AF_INET6, a->a, out, 48);
}

bool px_addr_equal(const struct px_addr *a, const struct px_addr *b)
{
	return a->family == b->family && memcmp(a->a, b->a, 16) == 0;
}
bool px_endpoint_equal(const struct px_endpoint *a, const struct px_endpoint *b)
{
	return a->port == b->port && px_addr_equal(&a->addr, &b->addr);
}

bool px_port_has(const struct px_port *p, const struct px_endpoint *ep)
{
	for (size_t i = 0; p && i < p->n_eps; i++)
		if (px_endpoint_equal(&p->eps[i], ep))
			return true;
	return false;
}

bool px_cidr_parse(const char *s, struct px_cidr *ret)
{
	char host[64];
	int64_t bits;
	const char *slash = s ? strchr(s, '/') : NULL;
	struct px_cidr c = {0};
	if (!slash || (size_t)(slash - s) >= sizeof(host))
		return false;
	memcpy(host, s, (size_t)(slash - s));
	host[slash - s] = 0;
	if (!px_addr_parse(host, &c.net) || str_to_i64(slash + 1, 0, c.net.family == 4 ? 32 : 128, &bits) < 0)
		return false;
	c.bits = (uint8_t)bits;
	for (unsigned i = c.bits; i < 128; i++)
		c.net.a[i / 8] = (uint8_t)(c.net.a[i / 8] & ~(0x80u >> (i % 8)));
	*ret = c;
	return true;
}

static uint8_t protocol_parse(const char *s)
{
	if (!s || streq(s, "TCP"))
		return IPPROTO_TCP;
	if (streq(s, "UDP"))
		return IPPROTO_UDP;
	return streq(s, "SCTP") ? IPPROTO_SCTP : 0;
}

/* ---- tables ---- */

static void service_free(struct px_service *s)
{
	if (!s)
		return;
	for (size_t i = 0; i < s->n_ports; i++) {
		free(s->ports[i].name);
		free(s->ports[i].fronts);
		free(s->ports[i].eps);
		free(s->ports[i].local_eps);
		free(s->ports[i].ranges);
	}
	free(s->ports);
	free(s->key);
	free(s);
}

void px_changes_free(struct px_change *v, size_t n)
{
	for (size_t i = 0; i < n; i++)
		service_free(v[i].old);
	free(v);
}

static int front_cmp(const void *a, const void *b)
{
	const struct px_front *x = a, *y = b;
	if (x->kind != y->kind)
		return x->kind < y->kind ? -1 : 1;
	int c = memcmp(x->addr.a, y->addr.a, 16);
	return c ? c : (int)x->port - (int)y->port;
}

static int ep_cmp(const void *a, const void *b)
{
	const struct px_endpoint *x = a, *y = b;
	int c = memcmp(x->addr.a, y->addr.a, 16);
	return c ? c : (int)x->port - (int)y->port;
}

uint64_t px_port_hash(const struct px_port *p, bool with_fronts)
{
	AUTO_BUF struct buf b = {0};
	buf_addf(&b, "%s %u %u %d %d %u %d|", p->name, p->family, p->protocol, p->internal_local, p->external_local,
		 p->affinity_s, p->has_ranges);
	for (size_t j = 0; with_fronts && j < p->n_fronts; j++) {
		buf_addf(&b, "f%d%d %u ", (int)p->fronts[j].kind, (int)p->fronts[j].place, p->fronts[j].port);
		buf_add(&b, p->fronts[j].addr.a, 16);
	}
	buf_addf(&b, "%zu %zu ", p->n_eps, p->n_local_eps);
	for (size_t j = 0; p->eps && j < p->n_eps; j++) {
		buf_addf(&b, "e%u %d ", p->eps[j].port, p->eps[j].local);
		buf_add(&b, p->eps[j].addr.a, 16);
	}
	for (size_t j = 0; p->local_eps && j < p->n_local_eps; j++) {
		buf_addf(&b, "l%u ", p->local_eps[j].port);
		buf_add(&b, p->local_eps[j].addr.a, 16);
	}
	for (size_t j = 0; j < p->n_ranges; j++) {
		buf_addf(&b, "r%u ", p->ranges[j].bits);
		buf_add(&b, p->ranges[j].net.a, 16);
	}
	return buf_failed(&b) ? 0 : str_hash(b.data ? b.data : "", b.len);
}

static uint64_t service_hash(const struct px_service *s)
{
	uint64_t h = s->n_ports;
	for (size_t i = 0; i < s->n_ports; i++)
		h = h * 1099511628211u + px_port_hash(&s->ports[i], true);
	return (h * 1099511628211u + s->health_port) * 1099511628211u + s->health_local;
}

/* ---- slices ---- */

static uint32_t zone_hash(const char *s)
{
	uint32_t h = (uint32_t)str_hash(s, strlen(s));
	return h ? h : 1;
}

static void hints_parse(const json_t *ep, const char *node, struct slice_endpoint *x)
{
	const json_t *nodes = json_at(ep, "hints", "forNodes", NULL), *zones = json_at(ep, "hints", "forZones", NULL),
		     *v;
	size_t i;
	json_array_foreach (nodes, i, v) {
		x->node_hints = true;
		x->for_node |= streq(json_str_or(v, "name", ""), node);
	}
	json_array_foreach (zones, i, v)
		if (x->n_zones < PX_HINTS_MAX)
			x->zones[x->n_zones++] = zone_hash(json_str_or(v, "name", ""));
}

static bool for_zone(const struct slice_endpoint *x, uint32_t zone)
{
	for (unsigned i = 0; zone && i < x->n_zones; i++)
		if (x->zones[i] == zone)
			return true;
	return false;
}

static void slice_free(struct slice *s)
{
	free(s->name);
	free(s->ports);
	free(s->eps);
	free(s);
}

static int slice_parse(struct slice **ret, const char *node, const char *name, const json_t *o)
{
	struct slice *s = calloc(1, sizeof(*s));
	const json_t *ports = json_at(o, "ports", NULL), *eps = json_at(o, "endpoints", NULL), *v;
	size_t i;
	if (!s)
		return -ENOMEM;
	s->name = str_dup(name);
	s->ports = calloc(json_array_size(ports) + 1, sizeof(*s->ports));
	s->eps = calloc(json_array_size(eps) + 1, sizeof(*s->eps));
	if (!s->name || !s->ports || !s->eps) {
		slice_free(s);
		return -ENOMEM;
	}
	json_array_foreach (ports, i, v) {
		struct slice_port *p = &s->ports[s->n_ports];
		int64_t port = json_int_or(v, "port", 0);
		p->protocol = protocol_parse(json_str(v, "protocol"));
		if (port < 1 || port > 65535 || !p->protocol ||
		    !str_copy(p->name, sizeof(p->name), json_str_or(v, "name", "")))
			continue;
		p->port = (uint16_t)port;
		if (++s->n_ports == PX_PORTS_MAX)
			break;
	}
	json_array_foreach (eps, i, v) {
		struct slice_endpoint *x = &s->eps[s->n_eps];
		struct endpoint_state state = endpoint_state_of(v);
		if (!px_addr_parse(state.address, &x->addr))
			continue;
		x->ready = state.ready;
		x->serving = state.serving;
		x->terminating = state.terminating;
		x->local = streq(json_str_or(v, "nodeName", ""), node);
		hints_parse(v, node, x);
		if (++s->n_eps == PX_ENDPOINTS_MAX)
			break;
	}
	*ret = s;
	return 0;
}

/* ---- entries ---- */

static void entry_free(void *p)
{
	struct entry *x = p;
	json_decref(x->svc);
	while (x->slices) {
		struct slice *s = x->slices;
		x->slices = s->next;
		slice_free(s);
	}
	service_free(x->flushed);
	free(x->key);
	free(x);
}

int px_model_new(struct px_model **ret, const char *node_name, struct err *e)
{
	struct px_model *m = calloc(1, sizeof(*m));
	if (!m)
		return err_nomem(e);
	m->node = str_dup(node_name);
	m->entries = map_new(entry_free);
	m->slice_owner = map_new(free);
	m->nodes = px_nodes_new();
	if (!m->node || !m->nodes || !m->entries || !m->slice_owner) {
		px_model_free(m);
		return err_nomem(e);
	}
	*ret = m;
	return 0;
}

struct px_model *px_model_free(struct px_model *m)
{
	if (!m)
		return NULL;
	if (m->entries)
		map_free(m->entries);
	if (m->slice_owner)
		map_free(m->slice_owner);
	px_nodes_free(m->nodes);
	free(m->node);
	free(m);
	return NULL;
}

bool px_model_dirty(const struct px_model *m)
{
	return m->dirty != NULL;
}

static void entry_dirty(struct px_model *m, struct entry *x)
{
	if (x->dirty)
		return;
	x->dirty = true;
	x->dirty_next = m->dirty;
	m->dirty = x;
}

void px_model_zone(struct px_model *m, const char *zone)
{
	uint32_t h = zone && *zone ? zone_hash(zone) : 0;
	struct map_iter mi = MAP_ITER_INIT;
	if (h == m->zone)
		return;
	m->zone = h;
	while (map_next(m->entries, &mi))
		entry_dirty(m, mi.value);
}

int px_model_node(struct px_model *m, const char *ns UNUSED, const char *name, const json_t *node)
{
	int changed = px_nodes_put(m->nodes, name, streq(name, m->node), node);
	struct map_iter mi = MAP_ITER_INIT;
	while (changed > 0 && map_next(m->entries, &mi)) {
		struct entry *x = mi.value;
		if (json_at(x->svc, "ingress", NULL) || json_at(x->svc, "spec", "externalIPs", NULL))
			entry_dirty(m, x);
	}
	return changed < 0 ? changed : 0;
}

static struct entry *entry_get(struct px_model *m, const char *key)
{
	struct entry *x = map_get(m->entries, key);
	if (x)
		return x;
	x = calloc(1, sizeof(*x));
	if (!x)
		return NULL;
	x->key = str_dup(key);
	if (!x->key || map_put(m->entries, key, x) < 0) {
		free(x->key);
		free(x);
		return NULL;
	}
	return x;
}

int px_model_service(struct px_model *m, const char *ns, const char *name, const json_t *svc)
{
	AUTO_FREE char *key = str_fmt("%s/%s", ns, name);
	if (!key)
		return -ENOMEM;
	struct entry *x = svc ? entry_get(m, key) : map_get(m->entries, key);
	if (!x)
		return svc ? -ENOMEM : 0;
	json_t *keep = NULL;
	if (svc) {
		const char *proxy_name = obj_label(svc, "service.kubernetes.io/service-proxy-name");
		keep = json_object();
		if (!keep)
			return -ENOMEM;
		if (!proxy_name) {
			(void)json_object_set_new(keep, "spec", json_deep_copy(json_at(svc, "spec", NULL)));
			(void)json_object_set_new(
			    keep, "ingress", json_deep_copy(json_at(svc, "status", "loadBalancer", "ingress", NULL)));
		}
	}
	json_decref(x->svc);
	x->svc = keep;
	entry_dirty(m, x);
	return 0;
}

static void slice_remove(struct px_model *m, const char *owner, const char *name)
{
	struct entry *x = map_get(m->entries, owner);
	for (struct slice **p = x ? &x->slices : NULL; p && *p; p = &(*p)->next)
		if (streq((*p)->name, name)) {
			struct slice *s = *p;
			*p = s->next;
			slice_free(s);
			entry_dirty(m, x);
			return;
		}
}

int px_model_slice(struct px_model *m, const char *ns, const char *name, const json_t *o)
{
	AUTO_FREE char *id = str_fmt("%s/%s", ns, name);
	if (!id)
		return -ENOMEM;
	const char *service = endpoint_slice_service(o);
	AUTO_FREE char *owner = service ? str_fmt("%s/%s", ns, service) : NULL;
	if (service && !owner)
		return -ENOMEM;
	const char *before = map_get(m->slice_owner, id);
	if (before)
		slice_remove(m, before, name);
	if (!owner) {
		(void)map_del(m->slice_owner, id);
		return 0;
	}
	struct entry *x = entry_get(m, owner);
	struct slice *s = NULL;
	if (!x || slice_parse(&s, m->node, name, o) < 0)
		return -ENOMEM;
	s->next = x->slices;
	x->slices = s;
	entry_dirty(m, x);
	if (map_put(m->slice_owner, id, owner) < 0)
		return -ENOMEM;
	owner = NULL;
	return 0;
}

/* ---- from an entry to its table ---- */

struct collect { /* of which port */
	const char *port_name;
	uint8_t family, protocol;
	bool only_local;
};
enum topology { ANYWHERE, SAME_NODE, SAME_ZONE };

static bool collects(const struct collect *c, const struct slice_port *p)
{
	return p->protocol == c->protocol && streq(p->name, c->port_name);
}

static enum topology topology_of(const struct px_model *m, const struct entry *x, const struct collect *c)
{
	bool nodes = true, zones = true, node = false, zone = false;
	for (const struct slice *s = x->slices; s; s = s->next)
		for (size_t p = 0; p < s->n_ports; p++)
			for (size_t i = 0; collects(c, &s->ports[p]) && i < s->n_eps; i++) {
				const struct slice_endpoint *ep = &s->eps[i];
				if (!ep->ready || ep->addr.family != c->family)
					continue;
				nodes &= ep->node_hints;
				zones &= ep->n_zones > 0;
				node |= ep->for_node;
				zone |= for_zone(ep, m->zone);
			}
	return nodes && node ? SAME_NODE : zones && zone ? SAME_ZONE : ANYWHERE;
}

static int endpoints_collect(const struct px_model *m, const struct entry *x, const struct collect *c,
			     struct px_endpoint **ret, size_t *ret_n)
{
	size_t cap = 0, n = 0;
	for (const struct slice *s = x->slices; s; s = s->next)
		cap += s->n_eps * s->n_ports;
	if (cap > PX_ENDPOINTS_MAX)
		cap = PX_ENDPOINTS_MAX;
	if (!cap)
		return 0;
	struct px_endpoint *v = calloc(cap, sizeof(*v));
	if (!v)
		return -ENOMEM;
	enum topology t = c->only_local ? ANYWHERE : topology_of(m, x, c);
	for (int fallback = 0; fallback < 2 && n == 0; fallback++)
		for (const struct slice *s = x->slices; s; s = s->next)
			for (size_t p = 0; p < s->n_ports; p++) {
				if (!collects(c, &s->ports[p]))
					continue;
				for (size_t i = 0; i < s->n_eps && n < cap; i++) {
					const struct slice_endpoint *ep = &s->eps[i];
					bool use = fallback ? ep->serving && ep->terminating : ep->ready;
					if (!use || ep->addr.family != c->family || (c->only_local && !ep->local))
						continue;
					if (!fallback && ((t == SAME_NODE && !ep->for_node) ||
							  (t == SAME_ZONE && !for_zone(ep, m->zone))))
						continue;
					v[n++] = (struct px_endpoint){ep->addr, s->ports[p].port, ep->local};
				}
			}
	if (n == 0) {
		free(v);
		return 0;
	}
	qsort(v, n, sizeof(*v), ep_cmp);
	size_t kept = 1; /* the same endpoint can be in two slices while it moves */
	for (size_t i = 1; i < n; i++)
		if (ep_cmp(&v[i], &v[kept - 1]) != 0)
			v[kept++] = v[i];
	*ret = v;
	*ret_n = kept;
	return 0;
}

static void front_add(struct px_port *p, size_t cap, enum px_front_kind kind, const char *addr, int64_t port)
{
	struct px_front f = {.kind = kind, .port = (uint16_t)port};
	if (p->n_fronts == cap || port < 1 || port > 65535)
		return;
	if (kind == PX_NODEPORT || kind == PX_HOSTPORT)
		f.addr.family = p->family;
	else if (!px_addr_parse(addr, &f.addr) || f.addr.family != p->family)
		return;
	for (size_t i = 0; i < p->n_fronts; i++)
		if (px_addr_equal(&p->fronts[i].addr, &f.addr) && p->fronts[i].port == f.port)
			return;
	p->fronts[p->n_fronts++] = f;
}

static bool cidr_holds(const struct px_cidr *a, const struct px_addr *b)
{
	for (unsigned i = 0; i < a->bits; i++)
		if ((a->net.a[i / 8] ^ b->a[i / 8]) & (0x80u >> (i % 8)))
			return false;
	return true;
}

/* Without what lies in another: then none overlap, which the kernel's sets of ranges ask for. */
static void ranges_tidy(struct px_port *p)
{
	size_t kept = 0;
	for (size_t i = 0; i < p->n_ranges; i++) {
		bool inside = false;
		for (size_t j = 0; j < p->n_ranges && !inside; j++) {
			const struct px_cidr *a = &p->ranges[j], *b = &p->ranges[i];
			inside =
			    j != i && cidr_holds(a, &b->net) && (a->bits < b->bits || (a->bits == b->bits && j < i));
		}
		if (!inside)
			p->ranges[kept++] = p->ranges[i];
	}
	p->n_ranges = kept;
}

static int port_fill(const struct px_model *m, struct px_port *p, const struct entry *x, const json_t *spec,
		     const json_t *port)
{
	const json_t *ips = json_at(spec, "clusterIPs", NULL), *external = json_at(spec, "externalIPs", NULL);
	const json_t *ingress = json_at(x->svc, "ingress", NULL),
		     *ranges = json_at(spec, "loadBalancerSourceRanges", NULL), *v;
	const char *type = json_str_or(spec, "type", "ClusterIP"), *port_name = json_str_or(port, "name", "");
	int64_t number = json_int_or(port, "port", 0);
	size_t i;
	p->name = str_fmt("%s:%s", x->key, port_name);
	p->fronts = calloc(PX_ADDRS_MAX, sizeof(*p->fronts));
	if (!p->name || !p->fronts)
		return -ENOMEM;
	if (json_array_size(ips))
		json_array_foreach (ips, i, v)
			front_add(p, PX_ADDRS_MAX, PX_CLUSTER, json_string_value(v), number);
	else
		front_add(p, PX_ADDRS_MAX, PX_CLUSTER, json_str(spec, "clusterIP"), number);
	json_array_foreach (external, i, v)
		front_add(p, PX_ADDRS_MAX, PX_EXTERNAL, json_string_value(v), number);
	if (streq(type, "LoadBalancer"))
		json_array_foreach (ingress, i, v)
			if (!streq(json_str(v, "ipMode"), "Proxy"))
				front_add(p, PX_ADDRS_MAX, PX_LB, json_str(v, "ip"), number);
	px_nodes_fronts(m->nodes, p, PX_ADDRS_MAX);
	/* A family without a cluster address is not the Service's. */
	bool has = false;
	for (i = 0; i < p->n_fronts; i++)
		has |= p->fronts[i].kind == PX_CLUSTER;
	if (!has) {
		p->n_fronts = 0;
		return 0;
	}
	if (streq(type, "NodePort") || streq(type, "LoadBalancer"))
		front_add(p, PX_ADDRS_MAX, PX_NODEPORT, NULL, json_int_or(port, "nodePort", 0));
	qsort(p->fronts, p->n_fronts, sizeof(*p->fronts), front_cmp);
	p->internal_local = streq(json_str(spec, "internalTrafficPolicy"), "Local");
	p->external_local = streq(json_str(spec, "externalTrafficPolicy"), "Local");
	if (streq(json_str(spec, "sessionAffinity"), "ClientIP")) {
		int64_t t = json_int_or(spec, "sessionAffinityConfig.clientIP.timeoutSeconds", 10800);
		p->affinity_s = t < 1 ? 1 : t > 86400 ? 86400 : (uint32_t)t;
	}
	if (json_array_size(ranges)) {
		p->has_ranges = true;
		p->ranges = calloc(json_array_size(ranges), sizeof(*p->ranges));
		if (!p->ranges)
			return -ENOMEM;
		json_array_foreach (ranges, i, v)
			if (p->n_ranges < PX_ADDRS_MAX &&
			    px_cidr_parse(json_string_value(v), &p->ranges[p->n_ranges]) &&
			    p->ranges[p->n_ranges].net.family == p->family)
				p->n_ranges++;
		ranges_tidy(p);
	}
	struct collect c = {port_name, p->family, p->protocol, false};
	int r = endpoints_collect(m, x, &c, &p->eps, &p->n_eps);
	c.only_local = true;
	if (r == 0 && (p->internal_local || p->external_local))
		r = endpoints_collect(m, x, &c, &p->local_eps, &p->n_local_eps);
	return r;
}

/* Addresses of this node that are ready, whatever their ports: what a load balancer in front asks for. */
static int local_ready(const struct entry *x, uint8_t family, uint32_t *ret)
{
	size_t cap = 0, n = 0;
	uint32_t count = 0;
	for (const struct slice *s = x->slices; s; s = s->next)
		cap += s->n_eps;
	AUTO_FREE struct px_endpoint *v = calloc(cap + 1, sizeof(*v));
	if (!v)
		return -ENOMEM;
	for (const struct slice *s = x->slices; s; s = s->next)
		for (size_t i = 0; i < s->n_eps; i++)
			if (s->eps[i].local && s->eps[i].ready && s->eps[i].addr.family == family)
				v[n++].addr = s->eps[i].addr;
	qsort(v, n, sizeof(*v), ep_cmp);
	for (size_t i = 0; i < n; i++)
		count += i == 0 || ep_cmp(&v[i], &v[i - 1]) != 0;
	*ret = count;
	return 0;
}

/* spec of a Service, or of hostPorts (px_model_pod) */
static int table_build(const struct px_model *m, const struct entry *x, struct px_service **ret)
{
	const json_t *spec = json_at(x->svc, "spec", NULL), *ports = json_at(spec, "ports", NULL), *v;
	const char *ip = json_str(spec, "clusterIP");
	size_t i;
	*ret = NULL;
	if (!spec || streq(json_str(spec, "type"), "ExternalName") || !ip || !*ip || streq(ip, "None"))
		return 0;
	struct px_service *s = calloc(1, sizeof(*s));
	if (!s)
		return -ENOMEM;
	s->key = str_dup(x->key);
	s->ports = calloc(json_array_size(ports) * 2 + 1, sizeof(*s->ports));
	int r = s->key && s->ports ? 0 : -ENOMEM;
	for (uint8_t family = 4; family <= 6 && r == 0; family = (uint8_t)(family + 2))
		json_array_foreach (ports, i, v) {
			struct px_port *p = &s->ports[s->n_ports];
			p->family = family;
			p->protocol = protocol_parse(json_str(v, "protocol"));
			if (i >= PX_PORTS_MAX || !p->protocol)
				continue;
			s->n_ports++;
			r = port_fill(m, p, x, spec, v);
			if (r < 0)
				break;
			if (p->n_fronts == 0) {
				free(p->name);
				free(p->fronts);
				*p = (struct px_port){0};
				s->n_ports--;
			}
		}
	if (r < 0 || s->n_ports == 0) {
		service_free(s);
		return r;
	}
	int64_t health = json_int_or(spec, "healthCheckNodePort", 0);
	if (streq(json_str(spec, "type"), "LoadBalancer") && s->ports[0].external_local && health > 0 &&
	    health < 65536) {
		s->health_port = (uint16_t)health;
		if (local_ready(x, s->ports[0].family, &s->health_local) < 0) {
			service_free(s);
			return -ENOMEM;
		}
	}
	s->hash = service_hash(s);
	*ret = s;
	return 0;
}

static struct px_service *hostports_build(const char *key, const char *name, const json_t *pod)
{
	const json_t *containers = json_at(pod, "spec", "containers", NULL),
		     *ips = json_at(pod, "status", "podIPs", NULL), *c, *v;
	size_t i, j, cap = 0;
	struct px_service *s = calloc(1, sizeof(*s));
	if (!s)
		return NULL;
	json_array_foreach (containers, i, c)
		cap += json_array_size(json_at(c, "ports", NULL));
	s->key = str_dup(key);
	s->ports = calloc(cap * 2 + 1, sizeof(*s->ports));
	if (!s->key || !s->ports)
		goto fail;
	json_array_foreach (containers, i, c)
		json_array_foreach (json_at(c, "ports", NULL), j, v) {
			int64_t host = json_int_or(v, "hostPort", 0), port = json_int_or(v, "containerPort", 0);
			const char *host_ip = json_str_or(v, "hostIP", "");
			uint8_t protocol = protocol_parse(json_str(v, "protocol"));
			if (host < 1 || host > 65535 || port < 1 || port > 65535 || !protocol ||
			    s->n_ports >= PX_PORTS_MAX)
				continue;
			for (size_t k = 0; k < json_array_size(ips) && k < 2; k++) {
				struct px_port *p = &s->ports[s->n_ports];
				struct px_addr addr;
				if (!px_addr_parse(json_str(json_array_get(ips, k), "ip"), &addr) ||
				    s->n_ports == cap * 2)
					continue;
				p->family = addr.family;
				p->protocol = protocol;
				p->name = str_fmt("%s:%u", name, (unsigned)host);
				p->fronts = calloc(1, sizeof(*p->fronts));
				p->eps = calloc(1, sizeof(*p->eps));
				s->n_ports++;
				if (!p->name || !p->fronts || !p->eps)
					goto fail;
				bool any = !*host_ip || streq(host_ip, "0.0.0.0") || streq(host_ip, "::");
				front_add(p, 1, any ? PX_HOSTPORT : PX_HOSTPORT_ADDR, host_ip, host);
				p->eps[0] = (struct px_endpoint){addr, (uint16_t)port, true};
				p->n_eps = 1;
			}
		}
	s->hash = service_hash(s);
	return s;
fail:
	service_free(s);
	return NULL;
}

/* Pods have no slices: their table is made at once and waits in the entry as JSON would. */
int px_model_pod(struct px_model *m, const char *ns, const char *name, const json_t *pod)
{
	AUTO_FREE char *key = str_fmt("pod:%s/%s", ns, name);
	if (!key)
		return -ENOMEM;
	bool wanted = pod && !pod_terminal(pod) && !json_bool_or(pod, "spec.hostNetwork", false) &&
		      json_array_size(json_at(pod, "status", "podIPs", NULL)) > 0;
	if (wanted) {
		struct px_service *s = hostports_build(key, key, pod);
		if (!s)
			return -ENOMEM;
		wanted = s->n_ports > 0;
		service_free(s);
	}
	struct entry *x = wanted ? entry_get(m, key) : map_get(m->entries, key);
	if (!x)
		return wanted ? -ENOMEM : 0;
	json_t *keep = NULL;
	if (wanted) {
		keep = json_pack("{s:{s:O},s:{s:O}}", "spec", "containers", json_at(pod, "spec", "containers", NULL),
				 "status", "podIPs", json_at(pod, "status", "podIPs", NULL));
		if (!keep)
			return -ENOMEM;
	}
	json_decref(x->svc);
	x->svc = keep;
	entry_dirty(m, x);
	return 0;
}

int px_model_flush(struct px_model *m, struct px_change **ret, size_t *ret_n)
{
	size_t n = 0, cap = 0;
	for (struct entry *x = m->dirty; x; x = x->dirty_next)
		cap++;
	*ret = NULL;
	*ret_n = 0;
	if (!cap)
		return 0;
	struct px_change *v = calloc(cap, sizeof(*v));
	if (!v)
		return -ENOMEM;
	while (m->dirty) {
		struct entry *x = m->dirty;
		struct px_service *now = NULL;
		int r = 0;
		if (x->svc && str_has_prefix(x->key, "pod:"))
			r = (now = hostports_build(x->key, x->key, x->svc)) ? 0 : -ENOMEM;
		else if (x->svc)
			r = table_build(m, x, &now);
		if (r < 0) { /* what is done so far is handed out; the rest stays dirty */
			if (n)
				break;
			free(v);
			return r;
		}
		m->dirty = x->dirty_next;
		x->dirty = false;
		if (now && x->flushed && now->hash == x->flushed->hash) {
			service_free(now);
		} else if (now || x->flushed) {
			v[n++] = (struct px_change){x->flushed, now};
			x->flushed = now;
		}
		if (!x->svc && !x->slices && !x->flushed)
			(void)map_del(m->entries, x->key);
	}
	*ret = v;
	*ret_n = n;
	return 0;
}
