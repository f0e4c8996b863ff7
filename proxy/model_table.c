/* From a Service and its slices, or a pod's hostPorts, to a table. */
#include "proxy/model_internal.h"
#include <errno.h>
#include <netinet/in.h>
#include <stdio.h>
#include "base/buf.h"
#include "base/cleanup.h"
#include "base/json.h"
#include "base/str.h"

bool px_endpoint_equal(const struct px_endpoint *a, const struct px_endpoint *b)
{
	return a->port == b->port && inet_addr_equal(&a->addr, &b->addr);
}

bool px_port_has(const struct px_port *p, const struct px_endpoint *ep)
{
	for (size_t i = 0; p && i < p->n_eps; i++)
		if (px_endpoint_equal(&p->eps[i], ep))
			return true;
	return false;
}

/* ---- tables ---- */

static void port_done(struct px_port *p)
{
	free(p->name);
	free(p->fronts);
	free(p->eps);
	free(p->local_eps);
	free(p->ranges);
}

void px_service_free(struct px_service *s)
{
	if (!s)
		return;
	for (size_t i = 0; i < s->n_ports; i++)
		port_done(&s->ports[i]);
	free(s->ports);
	free(s->key);
	free(s->lost);
	free(s);
}

void px_changes_free(struct px_change *v, size_t n)
{
	for (size_t i = 0; i < n; i++)
		px_service_free(v[i].old);
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
	h = (h * 1099511628211u + s->health_port) * 1099511628211u + s->health_local;
	return s->lost ? h ^ str_hash(s->lost, strlen(s->lost)) : h;
}

static bool for_zone(const struct slice_endpoint *x, uint32_t zone)
{
	for (unsigned i = 0; zone && i < x->n_zones; i++)
		if (x->zones[i] == zone)
			return true;
	return false;
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
		else
			v[kept - 1].local |= v[i].local;
	*ret = v;
	*ret_n = kept;
	return 0;
}

/* Addresses of which no Service can have one, as the API server's validation has it too: 0.0.0.0 stands for every
 * address of the node in the backends, and loopback is each machine's own. */
static bool special(const struct inet_addr *a)
{
	static const struct inet_cidr nets[] = {
	    {{4, {0}}, 8},                  /* 0.0.0.0/8 */
	    {{4, {127}}, 8},                /* 127.0.0.0/8 */
	    {{4, {169, 254}}, 16},          /* 169.254.0.0/16 */
	    {{4, {224}}, 3},                /* 224.0.0.0/3 */
	    {{6, {0}}, 127},                /* ::/127 */
	    {{6, {[10] = 0xff, 0xff}}, 96}, /* ::ffff:0:0/96 */
	    {{6, {0xfe, 0x80}}, 10},        /* fe80::/10 */
	    {{6, {0xff}}, 8},               /* ff00::/8 */
	};
	for (size_t i = 0; i < ARRAY_LEN(nets); i++)
		if (inet_cidr_has(&nets[i], a))
			return true;
	return false;
}

static void front_add(struct px_port *p, size_t cap, enum px_front_kind kind, const char *addr, int64_t port)
{
	struct px_front f = {.kind = kind, .port = (uint16_t)port};
	if (p->n_fronts == cap || port < 1 || port > 65535)
		return;
	if (kind == PX_NODEPORT || kind == PX_HOSTPORT)
		f.addr.family = p->family;
	else if (!inet_addr_parse(addr, &f.addr) || f.addr.family != p->family ||
		 (kind != PX_HOSTPORT_ADDR && special(&f.addr)))
		return;
	for (size_t i = 0; i < p->n_fronts; i++)
		if (inet_addr_equal(&p->fronts[i].addr, &f.addr) && p->fronts[i].port == f.port)
			return;
	p->fronts[p->n_fronts++] = f;
}

/* Without what lies in another: then none overlap, which the kernel's sets of ranges ask for. */
static void ranges_tidy(struct px_port *p)
{
	size_t kept = 0;
	for (size_t i = 0; i < p->n_ranges; i++) {
		bool inside = false;
		for (size_t j = 0; j < p->n_ranges && !inside; j++) {
			const struct inet_cidr *a = &p->ranges[j], *b = &p->ranges[i];
			inside =
			    j != i && inet_cidr_has(a, &b->net) && (a->bits < b->bits || (a->bits == b->bits && j < i));
		}
		if (!inside)
			p->ranges[kept++] = p->ranges[i];
	}
	p->n_ranges = kept;
}

static int port_fill(const struct px_model *m, struct px_port *p, const struct entry *x, const json_t *svc,
		     const json_t *port)
{
	const json_t *spec = json_at(svc, "spec", NULL);
	const json_t *ips = json_at(spec, "clusterIPs", NULL), *external = json_at(spec, "externalIPs", NULL);
	const json_t *ingress = json_at(svc, "ingress", NULL),
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
			    inet_cidr_parse(json_string_value(v), &p->ranges[p->n_ranges]) &&
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

/* Ports are told apart by their names; the API allows no two of one name. */
static bool name_taken(const struct px_service *s, const struct px_port *p)
{
	for (const struct px_port *q = s->ports; q < p; q++)
		if (q->family == p->family && q->protocol == p->protocol && streq(q->name, p->name))
			return true;
	return false;
}

int px_table_build(const struct px_model *m, const struct entry *x, const json_t *svc, struct px_service **ret)
{
	const json_t *spec = json_at(svc, "spec", NULL), *ports = json_at(spec, "ports", NULL), *v;
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
			p->protocol = inet_protocol(json_str(v, "protocol"));
			if (i >= PX_PORTS_MAX || !p->protocol)
				continue;
			p->port_no = (uint16_t)i;
			s->n_ports++;
			r = port_fill(m, p, x, svc, v);
			if (r < 0)
				break;
			if (p->n_fronts == 0 || name_taken(s, p)) {
				port_done(p);
				*p = (struct px_port){0};
				s->n_ports--;
			}
		}
	if (r < 0 || s->n_ports == 0) {
		px_service_free(s);
		return r;
	}
	int64_t health = json_int_or(spec, "healthCheckNodePort", 0);
	if (streq(json_str(spec, "type"), "LoadBalancer") && s->ports[0].external_local && health > 0 &&
	    health < 65536) {
		s->health_port = (uint16_t)health;
		if (local_ready(x, s->ports[0].family, &s->health_local) < 0) {
			px_service_free(s);
			return -ENOMEM;
		}
	}
	*ret = s;
	return 0;
}

int px_hostports_build(const char *key, const json_t *pod, struct px_service **ret)
{
	const json_t *containers = json_at(pod, "spec", "containers", NULL),
		     *ips = json_at(pod, "status", "podIPs", NULL), *c, *v;
	size_t i, j, cap = 0;
	struct px_service *s = calloc(1, sizeof(*s));
	if (!s)
		return -ENOMEM;
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
			uint8_t protocol = inet_protocol(json_str(v, "protocol"));
			if (host < 1 || host > 65535 || port < 1 || port > 65535 || !protocol ||
			    s->n_ports >= PX_PORTS_MAX)
				continue;
			for (size_t k = 0; k < json_array_size(ips) && k < 2; k++) {
				struct px_port *p = &s->ports[s->n_ports];
				struct inet_addr addr;
				if (!inet_addr_parse(json_str(json_array_get(ips, k), "ip"), &addr) ||
				    s->n_ports == cap * 2)
					continue;
				p->family = addr.family;
				p->protocol = protocol;
				p->name = str_fmt("%s:%u", key, (unsigned)host);
				p->port_no = (uint16_t)s->n_ports;
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
	*ret = s;
	return 0;
fail:
	px_service_free(s);
	return -ENOMEM;
}

/* ---- who has what it asks for ---- */

static void claim_of(struct px_claim *ret, const struct px_port *p, const struct px_front *f, const char *created)
{
	memset(ret, 0, sizeof(*ret)); /* they are compared byte by byte */
	ret->family = p->family;
	ret->protocol = p->protocol;
	ret->front.kind = f->kind;
	ret->front.addr.family = f->addr.family;
	memcpy(ret->front.addr.a, f->addr.a, sizeof(f->addr.a));
	ret->front.port = f->port;
	ret->port_no = p->port_no;
	(void)str_copy(ret->created, sizeof(ret->created), created);
}

int px_table_claims(const struct px_service *s, const char *created, struct px_claim **ret, size_t *ret_n)
{
	size_t n = 0;
	for (size_t i = 0; s && i < s->n_ports; i++)
		n += s->ports[i].n_fronts;
	struct px_claim *v = n ? calloc(n, sizeof(*v)) : NULL;
	if (n && !v)
		return -ENOMEM;
	n = 0;
	for (size_t i = 0; s && i < s->n_ports; i++)
		for (size_t k = 0; k < s->ports[i].n_fronts; k++)
			claim_of(&v[n++], &s->ports[i], &s->ports[i].fronts[k], created);
	*ret = v;
	*ret_n = n;
	return 0;
}

/* Where the API servers are, nobody else is: by an external address or a node port every pod and node, this one too,
 * would be led away from them. */
static bool is_api(const struct px_model *m, const struct px_port *p, const struct px_front *f)
{
	bool any = f->kind == PX_NODEPORT || f->kind == PX_HOSTPORT;
	const struct entry *x = map_get(m->entries, PX_API_SERVICE);
	if (p->protocol != IPPROTO_TCP || f->kind == PX_CLUSTER)
		return false;
	for (const struct slice *s = x ? x->slices : NULL; s; s = s->next)
		for (size_t k = 0; k < s->n_ports; k++)
			for (size_t i = 0; s->ports[k].port == f->port && i < s->n_eps; i++)
				if (any || inet_addr_equal(&s->eps[i].addr, &f->addr))
					return true;
	return false;
}

static int lost(struct px_service *s, const struct px_port *p, const struct px_front *f, const char *holder)
{
	char addr[48] = "every address of the node";
	bool any = f->kind == PX_NODEPORT || f->kind == PX_HOSTPORT;
	if (!any)
		inet_addr_text(&f->addr, addr);
	if (s->n_lost++)
		return 0;
	s->lost = str_fmt("%s port %u (%s) belongs to %s", addr, f->port, inet_protocol_name(p->protocol), holder);
	return s->lost ? 0 : -ENOMEM;
}

int px_table_finish(const struct px_model *m, const struct entry *x, struct px_service *s)
{
	size_t ports = 0;
	int r = 0;
	for (size_t i = 0; i < s->n_ports; i++) {
		struct px_port *p = &s->ports[i];
		size_t n = 0;
		for (size_t k = 0; k < p->n_fronts && r == 0; k++) {
			struct px_claim c;
			uint16_t port_no = p->port_no;
			claim_of(&c, p, &p->fronts[k], "");
			const char *holder = px_claims_holder(m->claims, &c, &port_no);
			if (is_api(m, p, &p->fronts[k]))
				r = lost(s, p, &p->fronts[k], "the API server");
			else if ((p->fronts[k].kind == PX_EXTERNAL || p->fronts[k].kind == PX_LB) &&
				 px_nodes_listen(m->nodes, &p->fronts[k], p->protocol))
				r = lost(s, p, &p->fronts[k], "the node that has that address");
			else if (holder && (holder != x->key || port_no != p->port_no))
				r = lost(s, p, &p->fronts[k], holder);
			else
				p->fronts[n++] = p->fronts[k];
		}
		if (r < 0)
			return r;
		p->n_fronts = n;
		if (n == 0) {
			port_done(p);
			continue;
		}
		struct px_front *v = realloc(p->fronts, n * sizeof(*v));
		if (v)
			p->fronts = v;
		if (ports != i)
			s->ports[ports] = *p;
		ports++;
	}
	s->n_ports = ports;
	s->hash = service_hash(s);
	return 0;
}
