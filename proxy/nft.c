/*
 * The nftables backend. Kernel state is a set of items (chains, map elements, sets), each with a hash of its content:
 * what the kernel has and what the Services want are compared item by item, so a change costs its own items only,
 * however many Services there are, and a start finds its own rules of before and leaves those that still hold.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <stdio.h>
#include "base/buf.h"
#include "base/cleanup.h"
#include "base/list.h"
#include "base/log.h"
#include "base/map.h"
#include "base/str.h"
#include "proxy/backend.h"
#include "proxy/elems.h"
#include "proxy/nft_rules.h"
#include "proxy/stale.h"

#define TABLE        PROXY_NFT_TABLE
#define SYNC_PART    1024
#define FAILURES_MAX 3

enum item_type { ITEM_SET, ITEM_CHAIN, ITEM_ELEM };
struct item {
	enum item_type type;
	char name[PX_NAME_MAX]; /* of the set or chain; for an element, of its map */
	uint8_t key[40];
	uint32_t key_len;
	char target[PX_NAME_MAX];   /* verdict map elements: the chain wanted */
	uint32_t refs;              /* how many Services want it */
	uint64_t have, want;        /* 0: not at all */
	const struct px_port *port; /* chains and sets: whose */
	enum px_chain kind;
	struct px_endpoint ep; /* PX_CHAIN_ENDPOINT and affinity sets: whose */
	struct list touched;
};
struct conflict { /* somebody else has the address and port already */
	struct list link;
	char id[128];
	char target[PX_NAME_MAX];
};
struct nft_backend {
	struct proxy_backend base;
	struct nft *nft;
	struct px_rules_config rules;
	uint64_t config_hash;
	struct map *items; /* id -> struct item */
	struct elems *eps; /* endpoints that chains take in turn */
	struct list touched;
	struct list conflicts;
	bool table_there, rebuild;
	unsigned failures;  /* in a row */
	struct stale stale; /* UDP connections for tidy */
};

static uint64_t text_hash(const char *s)
{
	uint64_t h = str_hash(s, strlen(s));
	return h ? h : 1;
}

static void item_id(enum item_type type, const char *name, const uint8_t *key, uint32_t key_len, char out[128])
{
	int len = snprintf(out, 128, "%d%s/", (int)type, name);
	if (type == ITEM_ELEM && len > 0 && len + 2 * (int)key_len < 128)
		hex_encode(key, key_len, out + len);
}

static struct item *item_get(struct nft_backend *b, enum item_type type, const char *name, const uint8_t *key,
			     uint32_t key_len)
{
	char id[128];
	item_id(type, name, key, key_len, id);
	struct item *it = map_get(b->items, id);
	if (it)
		return it;
	it = calloc(1, sizeof(*it));
	if (!it)
		return NULL;
	it->type = type;
	(void)str_copy(it->name, sizeof(it->name), name);
	if (key)
		memcpy(it->key, key, key_len);
	it->key_len = key_len;
	list_init(&it->touched);
	if (map_put(b->items, id, it) < 0) {
		free(it);
		return NULL;
	}
	return it;
}

static void item_touch(struct nft_backend *b, struct item *it)
{
	if (list_empty(&it->touched))
		list_add_tail(&b->touched, &it->touched);
}

/* ---- what a Service wants ---- */

struct want {
	struct nft_backend *b;
	bool add; /* else it wants it no more */
	int error;
};

static void want_elem(struct want *w, const char *map, const uint8_t *key, uint32_t len, const char *target)
{
	struct nft_backend *b = w->b;
	struct item *it = item_get(b, ITEM_ELEM, map, key, len);
	if (!it) {
		w->error = -ENOMEM;
		return;
	}
	uint64_t hash = target ? text_hash(target) : 1;
	char id[128];
	item_id(ITEM_ELEM, map, key, len, id);
	if (w->add) {
		if (it->refs && it->want != hash) {
			struct conflict *c = calloc(1, sizeof(*c));
			if (!c) {
				w->error = -ENOMEM;
				return;
			}
			(void)str_copy(c->id, sizeof(c->id), id);
			(void)str_copy(c->target, sizeof(c->target), target);
			list_add_tail(&b->conflicts, &c->link);
			return;
		}
		it->refs++;
		it->want = hash;
		if (target)
			(void)str_copy(it->target, sizeof(it->target), target);
	} else if (it->want != hash) {
		LIST_FOREACH_SAFE (c, next, &b->conflicts, struct conflict, link)
			if (streq(c->id, id) && streq(c->target, target)) {
				list_del(&c->link);
				free(c);
				return;
			}
		return;
	} else if (it->refs && --it->refs == 0) {
		it->want = 0;
		LIST_FOREACH_SAFE (c, next, &b->conflicts, struct conflict, link)
			if (streq(c->id, id)) { /* the next in line gets it */
				it->refs = 1;
				it->want = text_hash(c->target);
				memcpy(it->target, c->target, sizeof(it->target));
				list_del(&c->link);
				free(c);
				break;
			}
	}
	item_touch(b, it);
}

static void want_item(struct want *w, enum item_type type, const char *name, uint64_t hash, const struct px_port *p,
		      enum px_chain kind, const struct px_endpoint *ep)
{
	struct item *it = item_get(w->b, type, name, NULL, 0);
	if (!it) {
		w->error = -ENOMEM;
		return;
	}
	if (w->add) {
		it->refs++;
		it->want = hash;
		it->port = p;
		it->kind = kind;
		if (ep)
			it->ep = *ep;
	} else if (it->refs && --it->refs == 0) {
		it->want = 0;
		it->port = NULL;
	}
	item_touch(w->b, it);
}

static void want_sticky(struct want *w, const struct px_port *p, const struct px_endpoint *ep)
{
	char name[PX_NAME_MAX];
	px_affinity_name(p, ep, name);
	want_item(w, ITEM_SET, name, 1, p, PX_CHAIN_ENDPOINT, ep);
	px_chain_name(p, PX_CHAIN_ENDPOINT, ep, name);
	want_item(w, ITEM_CHAIN, name, 1 + (uint64_t)p->affinity_s, p, PX_CHAIN_ENDPOINT, ep);
}

static void want_port(struct want *w, const struct px_port *p)
{
	bool v4 = p->family == 4, chains[256] = {false};
	uint32_t len = v4 ? 4 : 16;
	char chain[PX_NAME_MAX];
	for (size_t i = 0; i < p->n_fronts; i++) {
		const struct px_front *f = &p->fronts[i];
		uint8_t key[40] = {0};
		uint16_t port = htons(f->port);
		bool any = f->kind == PX_NODEPORT || f->kind == PX_HOSTPORT;
		enum px_chain kind = f->kind == PX_CLUSTER                                   ? PX_CHAIN_INTERNAL
				     : f->kind == PX_HOSTPORT || f->kind == PX_HOSTPORT_ADDR ? PX_CHAIN_HOSTPORT
				     : f->kind == PX_LB && p->has_ranges                     ? PX_CHAIN_FIREWALL
											     : PX_CHAIN_EXTERNAL;
		chains[kind] = true;
		chains[PX_CHAIN_EXTERNAL] |= kind == PX_CHAIN_FIREWALL;
		px_chain_name(p, kind, NULL, chain);
		if (any) {
			key[0] = p->protocol;
			memcpy(key + 4, &port, 2);
			want_elem(w, v4 ? "np4" : "np6", key, 8, chain);
		} else {
			memcpy(key, f->addr.a, len);
			key[len] = p->protocol;
			memcpy(key + len + 4, &port, 2);
			want_elem(w, v4 ? "svc4" : "svc6", key, len + 8, chain);
		}
		if (f->kind == PX_CLUSTER)
			want_elem(w, v4 ? "vip4" : "vip6", f->addr.a, len, NULL);
	}
	static const enum px_chain kinds[] = {PX_CHAIN_EXTERNAL, PX_CHAIN_FIREWALL, PX_CHAIN_HOSTPORT,
					      PX_CHAIN_INTERNAL};
	uint64_t hash = px_chains_hash(p) ^ w->b->config_hash;
	for (size_t i = 0; i < ARRAY_LEN(kinds); i++)
		if (chains[kinds[i]]) {
			px_chain_name(p, kinds[i], NULL, chain);
			want_item(w, ITEM_CHAIN, chain, hash ? hash : 1, p, kinds[i], NULL);
		}
	for (int local = 0; local < 2; local++)
		for (uint32_t i = 0; px_port_in_map(p, local) && i < (local ? p->n_local_eps : p->n_eps); i++) {
			struct px_elem e;
			px_endpoint_elem(p, local, i, &e);
			if (elems_want(w->b->eps, &e, w->add) < 0)
				w->error = -ENOMEM;
		}
	for (size_t i = 0; p->affinity_s && i < p->n_eps; i++)
		want_sticky(w, p, &p->eps[i]);
	/* Under policy Local those of this node may be others, which are ending. */
	for (size_t i = 0; p->affinity_s && i < p->n_local_eps; i++)
		if (!px_port_has(p, &p->local_eps[i]))
			want_sticky(w, p, &p->local_eps[i]);
	for (size_t i = 0; i < p->n_eps; i++)
		if (p->eps[i].local) {
			uint8_t key[32];
			memcpy(key, p->eps[i].addr.a, len);
			memcpy(key + len, p->eps[i].addr.a, len);
			want_elem(w, v4 ? "hp4" : "hp6", key, len * 2, NULL);
		}
}

static int want_service(struct nft_backend *b, const struct px_service *s, bool add)
{
	struct want w = {.b = b, .add = add};
	for (size_t i = 0; s && i < s->n_ports; i++)
		want_port(&w, &s->ports[i]);
	return w.error;
}

/* ---- synchronisation ---- */

static void elem_op(struct nft_backend *b, const struct item *it, bool add)
{
	struct nft_elem el = {.key_len = it->key_len, .chain = add && it->target[0] ? it->target : NULL};
	memcpy(el.key, it->key, it->key_len);
	if (add)
		nft_elems_add(b->nft, TABLE, it->name, &el, 1);
	else
		nft_elems_del(b->nft, TABLE, it->name, &el, 1);
}

#define EACH_TOUCHED(it, b, t)                                                                                         \
	LIST_FOREACH (it, &(b)->touched, struct item, touched)                                                         \
		if (it->type == (t))

static void build(struct nft_backend *b)
{
	struct nft *n = b->nft;
	if (b->rebuild) {
		if (b->table_there)
			nft_table_del(n, TABLE);
		px_rules_skeleton(n, TABLE, &b->rules);
	}
	EACH_TOUCHED(it, b, ITEM_SET)
	if (!it->have && it->want) {
		struct nft_set_spec spec;
		px_affinity_spec(it->port, it->name, &spec);
		nft_set_add(n, TABLE, &spec);
	}
	elems_write(b->eps, n, TABLE, false);
	EACH_TOUCHED(it, b, ITEM_CHAIN)
	if (!it->have && it->want)
		nft_chain_add(n, TABLE, it->name, NULL);
	EACH_TOUCHED(it, b, ITEM_CHAIN)
	if (it->have != it->want) {
		if (it->have)
			nft_chain_flush(n, TABLE, it->name);
		if (it->want) {
			char comment[128];
			(void)snprintf(comment, sizeof(comment), "%016llx %.100s", (unsigned long long)it->want,
				       it->port->name);
			px_rules_chain(n, TABLE, &b->rules, it->port, it->kind, &it->ep, comment);
		}
	}
	EACH_TOUCHED(it, b, ITEM_ELEM)
	if (it->have && it->have != it->want)
		elem_op(b, it, false);
	EACH_TOUCHED(it, b, ITEM_ELEM)
	if (it->want && it->have != it->want)
		elem_op(b, it, true);
	EACH_TOUCHED(it, b, ITEM_CHAIN) /* flushed above */
	if (it->have && !it->want)
		nft_chain_del(n, TABLE, it->name);
	EACH_TOUCHED(it, b, ITEM_SET)
	if (it->have && !it->want)
		nft_set_del(n, TABLE, it->name);
	elems_write(b->eps, n, TABLE, true);
}

static int sync_part(struct nft_backend *b, const struct px_change *v, size_t n, bool full, struct err *e)
{
	int code = 0;
	for (size_t i = 0; i < n && code == 0; i++) {
		code = want_service(b, v[i].now, true);
		if (code == 0)
			code = want_service(b, v[i].old, false);
		if (code == 0)
			code = stale_find(&b->stale, &v[i]);
	}
	if (code < 0)
		return err_nomem(e);
	struct map_iter mi = MAP_ITER_INIT;
	while (full && map_next(b->items, &mi))
		item_touch(b, mi.value);
	if (full)
		elems_touch_all(b->eps);
	build(b);
	code = nft_commit(b->nft, e);
	if (code < 0) {
		b->failures++;
		return code;
	}
	elems_written(b->eps, false);
	elems_written(b->eps, true);
	b->failures = 0;
	b->rebuild = false;
	b->table_there = true;
	LIST_FOREACH_SAFE (it, next, &b->touched, struct item, touched) {
		list_del(&it->touched);
		it->have = it->want;
		if (!it->have) {
			char id[128];
			item_id(it->type, it->name, it->key, it->key_len, id);
			(void)map_del(b->items, id);
		}
	}
	return code < 0 ? code : 0;
}

static bool nft_backend_untidy(const struct proxy_backend *base)
{
	return container_of(base, const struct nft_backend, base)->stale.n > 0;
}

static int nft_backend_tidy(struct proxy_backend *base, struct err *e)
{
	struct nft_backend *b = container_of(base, struct nft_backend, base);
	return stale_forget(&b->stale, e);
}

/* The kernel looks sets of the same transaction up one by one: thousands of Services at once go in several, each
 * complete in itself. */
static int nft_backend_sync(struct proxy_backend *base, const struct px_change *v, size_t n, bool full, struct err *e)
{
	struct nft_backend *b = container_of(base, struct nft_backend, base);
	int code = 0;
	do {
		size_t part = n < SYNC_PART ? n : SYNC_PART;
		int r = sync_part(b, v, part, full && part == n, code < 0 ? NULL : e);
		code = code < 0 ? code : r; /* what is wanted is noted even so, for the next time */
		v += part;
		n -= part;
	} while (n);
	return code;
}

/* ---- what is in the kernel ---- */

struct load {
	struct nft_backend *b;
	const char *map;
	enum px_set ep_map;
	unsigned family;
	char skeleton_text[64];
	bool skeleton;
	int error;
};

static int chain_seen(void *arg, const char *chain, bool is_base)
{
	struct load *l = arg;
	if (is_base || strlen(chain) < 18 || chain[1] != '-')
		return 0;
	struct item *it = item_get(l->b, ITEM_CHAIN, chain, NULL, 0);
	if (!it)
		return l->error = -ENOMEM;
	it->have = 1; /* until its first rule says better: a chain without one is not as we want it */
	return 0;
}

static int rule_seen(void *arg, const char *chain, uint64_t handle UNUSED, const char *comment)
{
	struct load *l = arg;
	char id[128];
	if (streq(chain, "prerouting") && streq(comment, l->skeleton_text))
		l->skeleton = true;
	item_id(ITEM_CHAIN, chain, NULL, 0, id);
	struct item *it = map_get(l->b->items, id);
	if (it && strlen(comment) > 17 && strspn(comment, "0123456789abcdef") == 16 && comment[16] == ' ')
		it->have = strtoull(comment, NULL, 16);
	return 0;
}

static int set_seen(void *arg, const char *set)
{
	struct load *l = arg;
	if (!str_has_prefix(set, "a-"))
		return 0;
	struct item *it = item_get(l->b, ITEM_SET, set, NULL, 0);
	if (!it)
		return l->error = -ENOMEM;
	it->have = 1;
	return 0;
}

static int elem_seen(void *arg, const struct nft_elem *el)
{
	struct load *l = arg;
	if (el->key_len > sizeof(((struct item *)0)->key))
		return 0;
	struct item *it = item_get(l->b, ITEM_ELEM, l->map, el->key, el->key_len);
	if (!it)
		return l->error = -ENOMEM;
	it->have = el->chain ? text_hash(el->chain) : 1;
	return 0;
}

static int endpoint_seen(void *arg, const struct nft_elem *el)
{
	struct load *l = arg;
	return l->error = elems_seen(l->b->eps, l->ep_map, l->family, el);
}

static void items_forget(struct nft_backend *b)
{
	struct map_iter mi = MAP_ITER_INIT;
	while (map_next(b->items, &mi))
		((struct item *)mi.value)->have = 0;
	elems_forget(b->eps);
}

static int load(struct nft_backend *b, struct err *e)
{
	struct load l = {.b = b};
	px_skeleton_text(&b->rules, l.skeleton_text);
	static const char *const maps[] = {"svc4", "svc6", "np4", "np6", "vip4", "vip6", "hp4", "hp6"};
	items_forget(b);
	int code = nft_table_exists(b->nft, TABLE, e);
	if (code < 0)
		return code;
	b->table_there = code == 1;
	if (b->table_there)
		code = nft_list_chains(b->nft, TABLE, NULL, chain_seen, &l, e);
	if (b->table_there && code >= 0)
		code = nft_list_rules(b->nft, TABLE, NULL, rule_seen, &l, e);
	/* What cannot be mended item by item, whoever did it, is made anew: still one transaction, so no connection
	 * notices. */
	b->rebuild = !l.skeleton || b->failures >= FAILURES_MAX;
	if (!b->rebuild && code >= 0)
		code = nft_list_sets(b->nft, TABLE, NULL, set_seen, &l, e);
	for (size_t i = 0; i < ARRAY_LEN(maps) && !b->rebuild && code >= 0; i++) {
		l.map = maps[i];
		code = nft_list_elems(b->nft, TABLE, maps[i], NULL, elem_seen, &l, e);
	}
	for (int i = 0; i < PX_EP_MAPS * 2 && !b->rebuild && code >= 0; i++) {
		l.ep_map = (enum px_set)(PX_SET_EP + i / 2);
		l.family = i % 2 ? 6 : 4;
		code = nft_list_elems(b->nft, TABLE, px_set_name(l.ep_map, l.family), NULL, endpoint_seen, &l, e);
	}
	if (l.error)
		return err_nomem(e);
	if (code < 0)
		return code;
	if (b->rebuild)
		items_forget(b);
	return 0;
}

static int nft_backend_reload(struct proxy_backend *base, bool anew, struct err *e)
{
	struct nft_backend *b = container_of(base, struct nft_backend, base);
	int code = load(b, e);
	if (code < 0 || !anew || b->rebuild)
		return code;
	b->rebuild = true;
	items_forget(b);
	return 0;
}

static struct proxy_backend *nft_backend_free(struct proxy_backend *base)
{
	if (!base)
		return NULL;
	struct nft_backend *b = container_of(base, struct nft_backend, base);
	LIST_FOREACH_SAFE (c, next, &b->conflicts, struct conflict, link)
		free(c);
	if (b->items)
		map_free(b->items);
	elems_free(b->eps);
	nft_close(b->nft);
	stale_done(&b->stale);
	free(b);
	return NULL;
}

static int nft_backend_open(struct proxy_backend **ret, const struct proxy_backend_config *c, struct err *e)
{
	struct nft_backend *b = calloc(1, sizeof(*b));
	if (!b)
		return err_nomem(e);
	b->base.ops = &proxy_nft_ops;
	list_init(&b->touched);
	list_init(&b->conflicts);
	b->items = map_new(free);
	b->eps = elems_new();
	b->config_hash = text_hash(c->cluster_cidr ? c->cluster_cidr : "");
	int code = b->items && b->eps ? px_rules_config_parse(&b->rules, c->cluster_cidr, e) : err_nomem(e);
	if (code == 0)
		code = nft_open(&b->nft, e);
	if (code == 0)
		code = load(b, e);
	if (code < 0) {
		nft_backend_free(&b->base);
		return code;
	}
	b->base.nft_port = nft_port(b->nft);
	*ret = &b->base;
	return 0;
}

static int nft_backend_cleanup(struct err *e)
{
	struct nft *n = NULL;
	int code = nft_open(&n, e);
	if (code == 0)
		code = nft_table_exists(n, TABLE, e);
	if (code == 1) {
		nft_table_del(n, TABLE);
		code = nft_commit(n, e);
	}
	nft_close(n);
	return code;
}

const struct proxy_backend_ops proxy_nft_ops = {.name = "nftables",
						.open = nft_backend_open,
						.sync = nft_backend_sync,
						.untidy = nft_backend_untidy,
						.tidy = nft_backend_tidy,
						.reload = nft_backend_reload,
						.free = nft_backend_free,
						.cleanup = nft_backend_cleanup};
