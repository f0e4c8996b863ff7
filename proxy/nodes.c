#include "proxy/nodes.h"
#include <errno.h>
#include <netinet/in.h>
#include <stdlib.h>
#include "api/object.h"
#include "api/own_ports.h"
#include "base/json.h"
#include "base/map.h"
#include "base/str.h"

#define ADDRS_MAX 32 /* of a node */
#define PORTS_MAX 32

struct node_addr {
	struct inet_addr addr;
	bool external;
};
struct node_port {
	uint16_t port;
	uint8_t protocol;
};
struct node {
	bool own;
	size_t n, n_ports;
	struct node_addr v[ADDRS_MAX];
	struct node_port ports[PORTS_MAX]; /* what the node itself listens on */
};
struct px_nodes {
	struct map *all; /* name -> struct node */
};

struct px_nodes *px_nodes_new(void)
{
	struct px_nodes *x = calloc(1, sizeof(*x));
	if (x && !(x->all = map_new(free))) {
		free(x);
		return NULL;
	}
	return x;
}

struct px_nodes *px_nodes_free(struct px_nodes *x)
{
	if (x) {
		map_free(x->all);
		free(x);
	}
	return NULL;
}

static bool same(const struct node *a, const struct node *b)
{
	if (!a || a->n != b->n || a->n_ports != b->n_ports)
		return false;
	for (size_t i = 0; i < a->n_ports; i++)
		if (a->ports[i].port != b->ports[i].port || a->ports[i].protocol != b->ports[i].protocol)
			return false;
	for (size_t i = 0; i < a->n; i++)
		if (a->v[i].external != b->v[i].external || !inet_addr_equal(&a->v[i].addr, &b->v[i].addr))
			return false;
	return true;
}

static void port_add(struct node *n, int64_t port, uint8_t protocol)
{
	if (n->n_ports < PORTS_MAX && port > 0 && port <= UINT16_MAX)
		n->ports[n->n_ports++] = (struct node_port){(uint16_t)port, protocol};
}

static void ports_read(struct node *n, const json_t *node)
{
	const char *text = obj_annotation(node, OWN_PORTS);
	struct own_port own;
	port_add(n, json_int_or(node, "status.daemonEndpoints.kubeletEndpoint.Port", 0), IPPROTO_TCP);
	while (n->n_ports < PORTS_MAX && own_ports_next(&text, &own))
		port_add(n, own.port, inet_protocol(own.protocol) ?: IPPROTO_TCP);
}

int px_nodes_put(struct px_nodes *x, const char *name, bool own, const json_t *node)
{
	const json_t *v;
	size_t i;
	if (!node)
		return map_del(x->all, name);
	struct node *n = calloc(1, sizeof(*n));
	if (!n)
		return -ENOMEM;
	n->own = own;
	json_array_foreach (json_at(node, "status", "addresses", NULL), i, v) {
		struct node_addr a = {.external = streq(json_str(v, "type"), "ExternalIP")};
		if (n->n < ADDRS_MAX && (a.external || streq(json_str(v, "type"), "InternalIP")) &&
		    inet_addr_parse(json_str(v, "address"), &a.addr))
			n->v[n->n++] = a;
	}
	ports_read(n, node);
	if (same(map_get(x->all, name), n)) {
		free(n);
		return 0;
	}
	if (map_put(x->all, name, n) < 0) {
		free(n);
		return -ENOMEM;
	}
	return 1;
}

/* Between a node and an address that it claims as well as another, this node comes first. */
static enum px_place place_of(const struct px_nodes *x, const struct inet_addr *a)
{
	struct map_iter mi = MAP_ITER_INIT;
	enum px_place place = PX_ELSEWHERE;
	while (map_next(x->all, &mi)) {
		const struct node *n = mi.value;
		for (size_t i = 0; i < n->n; i++)
			if (inet_addr_equal(&n->v[i].addr, a)) {
				if (n->own)
					return PX_THIS_NODE;
				place = PX_OTHER_NODE;
			}
	}
	return place;
}

bool px_nodes_listen(const struct px_nodes *x, const struct px_front *f, uint8_t protocol)
{
	struct map_iter mi = MAP_ITER_INIT;
	while (map_next(x->all, &mi)) {
		const struct node *n = mi.value;
		bool at = false, listens = false;
		for (size_t i = 0; i < n->n && !at; i++)
			at = inet_addr_equal(&n->v[i].addr, &f->addr);
		for (size_t i = 0; i < n->n_ports && at && !listens; i++)
			listens = n->ports[i].port == f->port && n->ports[i].protocol == protocol;
		if (listens)
			return true;
	}
	return false;
}

static bool is_external(const struct node *n, const struct inet_addr *a)
{
	bool external = false;
	for (size_t i = 0; i < n->n; i++)
		if (inet_addr_equal(&n->v[i].addr, a)) {
			if (!n->v[i].external)
				return false; /* it is both: nothing is translated */
			external = true;
		}
	return external;
}

static void front_add(struct px_port *p, size_t cap, const struct inet_addr *a, uint16_t port)
{
	for (size_t i = 0; i < p->n_fronts; i++)
		if (inet_addr_equal(&p->fronts[i].addr, a) && p->fronts[i].port == port)
			return;
	if (p->n_fronts < cap)
		p->fronts[p->n_fronts++] = (struct px_front){PX_LB, PX_THIS_NODE, *a, port};
}

static void behind_add(const struct px_nodes *x, struct px_port *p, size_t cap, const struct px_front *f)
{
	const struct inet_addr addr = f->addr;
	const uint16_t port = f->port;
	struct map_iter mi = MAP_ITER_INIT;
	while (map_next(x->all, &mi)) {
		const struct node *n = mi.value;
		if (!n->own || !is_external(n, &addr))
			continue;
		for (size_t k = 0; k < n->n; k++)
			if (!n->v[k].external && n->v[k].addr.family == addr.family)
				front_add(p, cap, &n->v[k].addr, port);
	}
}

void px_nodes_fronts(const struct px_nodes *x, struct px_port *p, size_t cap)
{
	for (size_t i = 0, n = p->n_fronts; i < n; i++) {
		struct px_front *f = &p->fronts[i];
		if (f->kind != PX_EXTERNAL && f->kind != PX_LB)
			continue;
		f->place = place_of(x, &f->addr);
		if (f->kind == PX_LB && f->place == PX_THIS_NODE)
			behind_add(x, p, cap, f);
	}
}
