/*
 * The IPVS backend: virtual servers balance (proxy/ipvs_servers.h), a dummy device holds their addresses
 * (proxy/ipvs_link.h), and a fixed set of nftables rules masquerades and filters (proxy/ipvs_rules.h).
 *
 * Order of a change: the table notes a server before it is made and after it is gone, so that a crash never leaves one
 * that minik does not know again; an address comes after its servers and goes before them.
 */
#include <errno.h>
#include <netinet/in.h>
#include <stdio.h>
#include "base/cleanup.h"
#include "base/list.h"
#include "base/map.h"
#include "base/str.h"
#include "proxy/backend.h"
#include "proxy/ipvs_sets.h"
#include "proxy/ipvs_link.h"
#include "proxy/ipvs_rules.h"
#include "proxy/ipvs_servers.h"
#include "proxy/stale.h"

#define TABLE       PROXY_NFT_TABLE
#define WRITE_TRIES 3

struct vip { /* a Service address, or one of ours on the device that nobody wants any more */
	struct inet_addr addr;
	uint32_t refs;
	bool bound, foreign; /* on the device; by somebody else */
	bool listed;         /* wanted in the table */
	struct list touched;
};
struct node_port { /* a port that wants a server at every address of the node */
	const struct px_port *port;
	struct px_front front;
};
struct ipvs_backend {
	struct proxy_backend base;
	struct ipvs *vs;
	struct nft *nft;
	struct ipvs_link *link;
	struct ipvs_link_watch *watch;
	struct px_rules_config rules;
	char sched[IPVS_SCHED_MAX];
	struct nft_elem_table *elems;
	struct servers *servers;
	struct map *vips; /* address -> struct vip */
	struct list touched;
	struct map *node;  /* the node's addresses -> struct inet_addr */
	struct map *ports; /* name -> struct node_port */
	struct stale stale;
	bool table_there, rebuild;
	bool lost;    /* at the first reading minik's device was there and its table was not */
	bool started; /* since then it is known what is ours */
	unsigned failures;
	void (*changed)(void *arg);
	void *changed_arg;
};

/* ---- addresses ---- */

static void addr_key(const struct inet_addr *a, char out[36])
{
	hex_encode(a->a, a->family == 4 ? 4 : 16, out);
}

static bool node_has(const struct ipvs_backend *b, const struct inet_addr *a)
{
	char key[36];
	addr_key(a, key);
	return map_has(b->node, key);
}

static struct vip *vip_get(struct ipvs_backend *b, const struct inet_addr *a)
{
	char key[36];
	addr_key(a, key);
	struct vip *v = map_get(b->vips, key);
	if (v)
		return v;
	v = calloc(1, sizeof(*v));
	if (!v)
		return NULL;
	v->addr = *a;
	list_init(&v->touched);
	if (map_put(b->vips, key, v) < 0) {
		free(v);
		return NULL;
	}
	return v;
}

static void vip_touch(struct ipvs_backend *b, struct vip *v)
{
	if (list_empty(&v->touched))
		list_add_tail(&b->touched, &v->touched);
}

/* The node's own addresses need no place on the device, and other ports of theirs are not ours to refuse. */
static bool vip_wanted(const struct ipvs_backend *b, const struct vip *v)
{
	return v->refs && !node_has(b, &v->addr);
}

static int vip_want(struct ipvs_backend *b, const struct inet_addr *a, bool want)
{
	struct vip *v = vip_get(b, a);
	if (!v)
		return -ENOMEM;
	if (want)
		v->refs++;
	else if (v->refs)
		v->refs--;
	vip_touch(b, v);
	return 0;
}

static int vips_elems(struct ipvs_backend *b)
{
	int r = 0;
	LIST_FOREACH (v, &b->touched, struct vip, touched) {
		struct px_elem e = {
		    .set = PX_SET_VIP, .family = v->addr.family, .key_len = v->addr.family == 4 ? 4 : 16};
		bool want = vip_wanted(b, v);
		if (want == v->listed)
			continue;
		memcpy(e.key, v->addr.a, e.key_len);
		if (r == 0 && (r = px_elem_want(b->elems, &e, want)) == 0)
			v->listed = want;
	}
	return r;
}

/* Those that come, or those that go. */
static int vips_write(struct ipvs_backend *b, bool come, struct err *e)
{
	LIST_FOREACH_SAFE (v, next, &b->touched, struct vip, touched) {
		bool want = vip_wanted(b, v);
		if (want != come)
			continue;
		list_del(&v->touched);
		if (want && !v->bound)
			ipvs_link_addr_add(b->link, &v->addr);
		else if (!want && v->bound && !v->foreign)
			ipvs_link_addr_del(b->link, &v->addr);
		v->bound = want || v->foreign;
		if (!v->refs && !v->bound) {
			char key[36];
			addr_key(&v->addr, key);
			(void)map_del(b->vips, key);
		}
	}
	return ipvs_link_commit(b->link, e);
}

static void vip_free(void *p)
{
	list_del(&((struct vip *)p)->touched);
	free(p);
}

/* ---- what a Service wants ---- */

static int want_endpoint(struct ipvs_backend *b, enum px_set set, const struct px_port *p, const struct px_front *f,
			 bool want)
{
	struct px_elem e = {.set = set, .family = p->family};
	uint8_t len = p->family == 4 ? 4 : 16;
	uint16_t port = htons(f->port), to = htons(p->eps[0].port);
	if (set == PX_SET_HOSTADDR) {
		memcpy(e.key, f->addr.a, len);
		e.key_len = len;
	}
	e.key[e.key_len] = p->protocol;
	memcpy(e.key + e.key_len + 4, &port, 2);
	e.key_len = (uint8_t)(e.key_len + 8);
	memcpy(e.data, p->eps[0].addr.a, len);
	memcpy(e.data + len, &to, 2);
	e.data_len = (uint8_t)(len + 4);
	return px_elem_want(b->elems, &e, want);
}

static int want_node_port(struct ipvs_backend *b, const struct px_port *p, const struct px_front *f, bool want)
{
	char key[400];
	(void)snprintf(key, sizeof(key), "%u/%u/%s", p->family, p->protocol, p->name);
	struct node_port *np = map_get(b->ports, key);
	struct map_iter mi = MAP_ITER_INIT;
	int r = 0;
	if (want && !np) {
		np = calloc(1, sizeof(*np));
		if (!np || map_put(b->ports, key, np) < 0) {
			free(np);
			return -ENOMEM;
		}
	}
	while (r == 0 && map_next(b->node, &mi)) {
		const struct inet_addr *a = mi.value;
		if (a->family == p->family)
			r = servers_claim(b->servers, p, f, a, want);
	}
	if (want)
		*np = (struct node_port){p, *f};
	else if (np && np->port == p)
		(void)map_del(b->ports, key);
	return r;
}

static int want_port(struct ipvs_backend *b, const struct px_port *p, bool want)
{
	int r = 0;
	for (size_t i = 0; i < p->n_fronts && r == 0; i++) {
		const struct px_front *f = &p->fronts[i];
		switch (f->kind) {
		case PX_CLUSTER:
		case PX_EXTERNAL:
		case PX_LB:
			/* What goes to another node must not end on this one's device: that node has a server for it.
			 */
			if (f->place == PX_OTHER_NODE)
				break;
			r = servers_claim(b->servers, p, f, &f->addr, want);
			if (r == 0 && f->place == PX_ELSEWHERE)
				r = vip_want(b, &f->addr, want);
			break;
		case PX_NODEPORT:
			r = want_node_port(b, p, f, want);
			break;
		case PX_HOSTPORT:
			r = want_endpoint(b, PX_SET_HOSTPORT, p, f, want);
			break;
		case PX_HOSTPORT_ADDR:
			r = want_endpoint(b, PX_SET_HOSTADDR, p, f, want);
			break;
		}
	}
	for (size_t i = 0; i < p->n_eps && r == 0; i++) {
		struct px_elem e = {.set = PX_SET_HAIRPIN, .family = p->family};
		uint8_t len = p->family == 4 ? 4 : 16;
		if (!p->eps[i].local)
			continue;
		memcpy(e.key, p->eps[i].addr.a, len);
		memcpy(e.key + len, p->eps[i].addr.a, len);
		e.key_len = (uint8_t)(2 * len);
		r = px_elem_want(b->elems, &e, want);
	}
	return r;
}

static int want_service(struct ipvs_backend *b, const struct px_service *s, bool want)
{
	int r = 0;
	for (size_t i = 0; s && i < s->n_ports && r == 0; i++)
		r = want_port(b, &s->ports[i], want);
	return r;
}

/* ---- reading ---- */

struct load {
	struct ipvs_backend *b;
	struct map *node;
	enum px_set set;
	unsigned family;
	char text[64];
	bool skeleton; /* the rules are those that this version writes */
	bool noted;    /* the table is one of this mode */
};

static int rule_seen(void *arg, const char *chain, uint64_t handle UNUSED, const char *comment)
{
	struct load *l = arg;
	l->skeleton |= streq(chain, "prerouting") && streq(comment, l->text);
	return 0;
}

static int elem_seen(void *arg, const struct nft_elem *e)
{
	struct load *l = arg;
	return nft_elem_seen(l->b->elems, px_set_name(l->set, l->family), e);
}

static int table_load(struct ipvs_backend *b, struct load *l, struct err *e)
{
	px_ipvs_skeleton_text(&b->rules, l->text);
	nft_elem_forget(b->elems);
	int code = nft_table_exists(b->nft, TABLE, e);
	if (code < 0)
		return code;
	b->table_there = code == 1;
	if (b->table_there)
		code = nft_list_rules(b->nft, TABLE, NULL, rule_seen, l, e);
	b->rebuild = !l->skeleton || b->failures >= WRITE_TRIES;
	if (!b->table_there || code < 0)
		return code < 0 ? code : 0;
	/* What it notes holds also when the rules do not: another version's, another cluster CIDR's, or flushed. */
	for (int i = 0; i < PX_SETS * 2; i++) {
		l->set = (enum px_set)(i / 2); /* the other mode has not the first */
		l->family = i % 2 ? 6 : 4;
		code = nft_list_elems(b->nft, TABLE, px_set_name(l->set, l->family), NULL, elem_seen, l, e);
		if (code == ERR_NOT_FOUND && !l->noted)
			break;
		if (code < 0 && code != ERR_NOT_FOUND)
			return code;
		l->noted = true;
	}
	return 0;
}

static int addr_seen(void *arg, const struct inet_addr *a, bool dummy, bool ours)
{
	struct load *l = arg;
	char key[36];
	addr_key(a, key);
	if (!dummy) {
		struct inet_addr *copy = malloc(sizeof(*copy));
		if (!copy)
			return -ENOMEM;
		*copy = *a;
		if (map_put(l->node, key, copy) < 0) {
			free(copy);
			return -ENOMEM;
		}
		return 0;
	}
	ours |= nft_elem_there(l->b->elems, px_set_name(PX_SET_VIP, a->family), a->a, inet_addr_len(a->family));
	struct vip *v = map_get(l->b->vips, key);
	if (!v && !ours)
		return 0;
	v = vip_get(l->b, a);
	if (!v)
		return -ENOMEM;
	v->bound = true;
	v->foreign = !ours;
	vip_touch(l->b, v);
	return 0;
}

/* Node ports follow the addresses. */
static int node_addrs_changed(struct ipvs_backend *b, struct map *before, struct map *now)
{
	const struct map *const one[] = {now, before}, *const other[] = {before, now};
	int r = 0;
	for (int k = 0; k < 2; k++) {
		struct map_iter ai = MAP_ITER_INIT;
		while (r == 0 && map_next(one[k], &ai)) {
			const struct inet_addr *a = ai.value;
			struct map_iter pi = MAP_ITER_INIT;
			if (map_has(other[k], ai.key))
				continue;
			while (r == 0 && map_next(b->ports, &pi)) {
				const struct node_port *np = pi.value;
				if (np->port->family == a->family)
					r = servers_claim(b->servers, np->port, &np->front, a, k == 0);
			}
		}
	}
	return r;
}

static int addrs_load(struct ipvs_backend *b, struct load *l, struct err *e)
{
	struct map_iter mi = MAP_ITER_INIT;
	while (map_next(b->vips, &mi)) {
		struct vip *v = mi.value;
		v->bound = v->foreign = false;
		vip_touch(b, v);
	}
	l->node = map_new(free);
	if (!l->node)
		return err_nomem(e);
	int r = ipvs_link_addrs(b->link, addr_seen, l, e);
	if (r == 0)
		r = node_addrs_changed(b, b->node, l->node);
	if (r < 0) {
		map_free(l->node);
		return r == -ENOMEM ? err_nomem(e) : r;
	}
	map_free(b->node);
	b->node = l->node;
	return 0;
}

static bool vip_held(void *arg, const struct inet_addr *a)
{
	const struct ipvs_backend *b = arg;
	char key[36];
	addr_key(a, key);
	const struct vip *v = map_get(b->vips, key);
	return v && v->bound && !v->foreign;
}

static int load(struct ipvs_backend *b, struct err *e)
{
	struct load l = {.b = b};
	int ours, code = table_load(b, &l, e);
	if (code == 0)
		code = addrs_load(b, &l, e);
	if (code < 0)
		return code;
	if ((ours = ipvs_link_is_ours(b->link, e)) < 0)
		return ours;
	b->lost = ours && !l.noted && !b->started;
	code = servers_read(b->servers, b->lost, vip_held, b, e);
	if (b->rebuild) /* what it noted is known now */
		nft_elem_forget(b->elems);
	return code;
}

static int ipvs_backend_reload(struct proxy_backend *base, bool anew, struct err *e)
{
	struct ipvs_backend *b = container_of(base, struct ipvs_backend, base);
	int code = load(b, e);
	if (code == 0 && anew) {
		b->rebuild = true;
		nft_elem_forget(b->elems);
	}
	return code;
}

/* ---- synchronisation ---- */

static int table_write(struct ipvs_backend *b, bool gone, struct err *e)
{
	if (!gone && b->rebuild) {
		if (b->table_there)
			nft_table_del(b->nft, TABLE);
		px_ipvs_rules_skeleton(b->nft, TABLE, &b->rules);
	}
	nft_elem_write(b->elems, b->nft, TABLE, gone ? NFT_ELEMS_GO : NFT_ELEMS_COME);
	int code = nft_commit(b->nft, e);
	if (code < 0)
		return code;
	nft_elem_written(b->elems, gone ? NFT_ELEMS_GO : NFT_ELEMS_COME);
	if (!gone) {
		b->rebuild = false;
		b->table_there = true;
	}
	return 0;
}

/* Everything that was touched; how many virtual servers and destinations changed. */
static int write_all(struct ipvs_backend *b, struct err *e)
{
	int code = servers_elems(b->servers, e), changes = 0;
	if (code == 0 && vips_elems(b) < 0)
		code = err_nomem(e);
	if (code == 0)
		code = table_write(b, false, e);
	if (code == 0)
		code = vips_write(b, false, e);
	if (code == 0)
		code = changes = servers_write(b->servers, e);
	if (code >= 0)
		code = vips_write(b, true, e);
	if (code == 0)
		code = table_write(b, true, e);
	b->failures = code < 0 ? b->failures + 1 : 0;
	b->started |= code == 0;
	return code < 0 ? code : changes;
}

static int ipvs_backend_sync(struct proxy_backend *base, const struct px_change *v, size_t n, bool full, struct err *e)
{
	struct ipvs_backend *b = container_of(base, struct ipvs_backend, base);
	int code = full ? ipvs_link_ensure(b->link, e) : 0, r = 0;
	for (size_t i = 0; i < n && r == 0; i++) { /* what is wanted is noted even after a failure, for the next time */
		r = want_service(b, v[i].now, true);
		if (r == 0)
			r = want_service(b, v[i].old, false);
		if (r == 0)
			r = stale_find(&b->stale, &v[i]);
	}
	if (r < 0)
		return err_nomem(e);
	if (code < 0)
		return code;
	if (full) {
		struct map_iter mi = MAP_ITER_INIT;
		while (map_next(b->vips, &mi))
			vip_touch(b, mi.value);
		servers_touch_all(b->servers);
		nft_elem_touch_all(b->elems);
	}
	code = write_all(b, e);
	return code < 0 ? code : 0;
}

static int ipvs_backend_check(struct proxy_backend *base, struct err *e)
{
	struct ipvs_backend *b = container_of(base, struct ipvs_backend, base);
	int code = servers_read(b->servers, false, vip_held, b, e);
	if (code < 0)
		return code;
	servers_touch_all(b->servers);
	int changes = write_all(b, e);
	code = changes < 0 ? changes : servers_tidy(b->servers, e);
	return code < 0 ? code : changes;
}

static bool ipvs_backend_untidy(const struct proxy_backend *base)
{
	const struct ipvs_backend *b = container_of(base, const struct ipvs_backend, base);
	return stale_left(&b->stale) || servers_leaving(b->servers);
}

static int ipvs_backend_tidy(struct proxy_backend *base, struct err *e)
{
	struct ipvs_backend *b = container_of(base, struct ipvs_backend, base);
	int code = servers_tidy(b->servers, e), r = stale_forget(&b->stale, code < 0 ? NULL : e);
	return code < 0 ? code : r;
}

/* ---- life ---- */

static void link_notice(void *arg, const struct inet_addr *a, bool dummy, bool came)
{
	struct ipvs_backend *b = arg;
	if (a && dummy) {
		char key[36];
		addr_key(a, key);
		struct vip *v = map_get(b->vips, key);
		if (came || !v || !v->bound || !vip_wanted(b, v))
			return;
	} else if (a && came == node_has(b, a)) {
		return;
	}
	b->changed(b->changed_arg);
}

static int ipvs_backend_watch(struct proxy_backend *base, struct loop *l, void (*changed)(void *arg), void *arg,
			      struct err *e)
{
	struct ipvs_backend *b = container_of(base, struct ipvs_backend, base);
	b->changed = changed;
	b->changed_arg = arg;
	return ipvs_link_watch_new(&b->watch, l, link_notice, b, e);
}

static struct proxy_backend *ipvs_backend_free(struct proxy_backend *base)
{
	if (!base)
		return NULL;
	struct ipvs_backend *b = container_of(base, struct ipvs_backend, base);
	ipvs_link_watch_free(b->watch);
	servers_free(b->servers);
	nft_elem_table_free(b->elems);
	if (b->vips)
		map_free(b->vips);
	if (b->node)
		map_free(b->node);
	if (b->ports)
		map_free(b->ports);
	stale_done(&b->stale);
	ipvs_link_close(b->link);
	nft_close(b->nft);
	ipvs_close(b->vs);
	free(b);
	return NULL;
}

static int ipvs_backend_new(struct ipvs_backend **ret, const struct proxy_backend_config *c, struct err *e)
{
	struct ipvs_backend *b = calloc(1, sizeof(*b));
	if (!b)
		return err_nomem(e);
	b->base.ops = &proxy_ipvs_ops;
	list_init(&b->touched);
	b->vips = map_new(vip_free);
	b->node = map_new(free);
	b->ports = map_new(free);
	b->elems = nft_elem_table_new();
	int code = b->vips && b->node && b->ports && b->elems ? 0 : err_nomem(e);
	const char *sched = c->scheduler ? c->scheduler : "rr";
	if (code == 0 && !str_copy(b->sched, sizeof(b->sched), sched))
		code = err_set(e, -EINVAL, "\"%s\" is not the name of an IPVS scheduler", sched);
	if (code == 0)
		code = px_rules_config_parse(&b->rules, c->cluster_cidr, c->service_cidr, e);
	if (code == 0)
		code = ipvs_open(&b->vs, e);
	if (code == 0)
		code = nft_open(&b->nft, e);
	if (code == 0)
		code = ipvs_link_open(&b->link, e);
	if (code == 0) {
		struct servers_deps d = {b->vs, b->elems, b->sched, c->warn, c->arg};
		b->servers = servers_new(&d);
		if (!b->servers)
			code = err_nomem(e);
	}
	if (code < 0) {
		ipvs_backend_free(&b->base);
		return code;
	}
	b->base.nft_port = nft_port(b->nft);
	*ret = b;
	return 0;
}

static int ipvs_backend_open(struct proxy_backend **ret, const struct proxy_backend_config *c, struct err *e)
{
	struct ipvs_backend *b;
	int code = ipvs_backend_new(&b, c, e);
	if (code < 0)
		return code;
	code = ipvs_scheduler_check(b->vs, b->sched, e);
	if (code == 0)
		code = load(b, e);
	if (code < 0) {
		ipvs_backend_free(&b->base);
		return code;
	}
	*ret = &b->base;
	return 0;
}

static int ours_seen(void *arg, const char *chain UNUSED, uint64_t handle UNUSED, const char *comment)
{
	*(bool *)arg |= str_has_prefix(comment, "minik-proxy ipvs ");
	return 0;
}

/* Is there anything of this mode? Looked at without asking for modules that nobody uses. */
static int traces(struct err *e)
{
	struct nft *n = NULL;
	struct ipvs_link *l = NULL;
	bool rules = false;
	int code = nft_open(&n, e);
	if (code == 0)
		code = nft_list_rules(n, TABLE, NULL, ours_seen, &rules, e);
	if (code >= 0)
		code = ipvs_link_open(&l, e);
	if (code == 0)
		code = ipvs_link_is_ours(l, e);
	ipvs_link_close(l);
	nft_close(n);
	return code < 0 ? code : code || rules;
}

static int ipvs_backend_cleanup(struct err *e)
{
	struct ipvs_backend *b = NULL;
	int code = traces(e);
	if (code <= 0)
		return code;
	/* Nobody wants anything, so all that is found goes. */
	code = ipvs_backend_new(&b, &(struct proxy_backend_config){0}, e);
	if (code < 0)
		return code;
	code = load(b, e);
	servers_touch_all(b->servers);
	if (code == 0)
		code = vips_write(b, false, e);
	if (code == 0 && (code = servers_write(b->servers, e)) > 0)
		code = 0;
	if (code == 0)
		code = ipvs_link_remove(b->link, e);
	if (code == 0 && nft_table_exists(b->nft, TABLE, NULL) == 1) {
		nft_table_del(b->nft, TABLE);
		code = nft_commit(b->nft, e);
	}
	ipvs_backend_free(&b->base);
	return code;
}

const struct proxy_backend_ops proxy_ipvs_ops = {.name = "ipvs",
						 .open = ipvs_backend_open,
						 .sync = ipvs_backend_sync,
						 .untidy = ipvs_backend_untidy,
						 .tidy = ipvs_backend_tidy,
						 .reload = ipvs_backend_reload,
						 .watch = ipvs_backend_watch,
						 .check = ipvs_backend_check,
						 .free = ipvs_backend_free,
						 .cleanup = ipvs_backend_cleanup};
