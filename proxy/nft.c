/*
 * The nftables backend: what Services want, as items of one table (base/nft_items.h), so that a change costs its own
 * items only, however many Services there are, and a start finds its own rules of before and leaves those that still
 * hold. What the items mean is in proxy/nft_rules.h.
 */
#include <errno.h>
#include <stdio.h>
#include "base/cleanup.h"
#include "base/map.h"
#include "base/nft_items.h"
#include "base/str.h"
#include "proxy/backend.h"
#include "proxy/nft_rules.h"
#include "proxy/stale.h"

#define TABLE     PROXY_NFT_TABLE
#define SYNC_PART 1024

struct ep_list { /* endpoints of a port that are taken in turn */
	uint32_t number;
	uint32_t refs;
};
struct nft_backend {
	struct proxy_backend base;
	struct nft_items_config table;
	const char *maps[PX_MAPS * 2 + 1];
	char version[64];
	struct nft_items *items;
	struct px_rules_config rules;
	struct px_numbers *numbers;
	struct map *lists;  /* list_key -> struct ep_list */
	bool settled;       /* numbers of before are taken over */
	bool must_full;     /* the next sync */
	struct stale stale; /* connections for tidy */
};

/* ---- what a Service wants ---- */

struct want {
	struct nft_backend *b;
	bool add; /* else it wants it no more */
	int error;
};
struct chain_extra {
	struct px_endpoint ep;
	uint32_t number;
};
_Static_assert(sizeof(struct chain_extra) <= sizeof(((struct nft_chain_want *)0)->extra) &&
		   sizeof(struct px_number) <= sizeof(((struct nft_chain_want *)0)->extra),
	       "room for what chains are made of");

/* In this pool the number leads to that chain. */
static void want_pool(struct nft_backend *b, enum px_map pool, unsigned family, uint32_t number, const char *chain,
		      bool add)
{
	nft_items_elem(b->items, px_map_name(pool, family), &number, 4, chain, add);
}

static void chain_emit(struct nft *n, const char *table, const struct nft_chain_want *w, const char *comment)
{
	struct chain_extra x;
	memcpy(&x, w->extra, sizeof(x));
	px_rules_chain(n, table, w->owner, (enum px_chain)w->kind, &x.ep, x.number, comment);
}

static void want_chain(struct want *w, const char *name, const struct px_port *p, enum px_chain kind,
		       const struct px_endpoint *ep, uint32_t number, uint64_t hash)
{
	struct nft_chain_want c = {
	    .name = name, .hash = hash ? hash : 1, .comment = p->name, .emit = chain_emit, .owner = p, .kind = kind};
	struct chain_extra x = {.number = number};
	if (ep)
		x.ep = *ep;
	memcpy(c.extra, &x, sizeof(x));
	nft_items_chain(w->b->items, &c, w->add);
}

/* n: how many endpoints its list has */
static void want_number(struct want *w, enum px_map map, const struct px_port *p, const struct px_front *f,
			uint32_t number, size_t n)
{
	struct nft_elem e = {.data_len = 8};
	uint32_t data[2] = {(uint32_t)n, number};
	e.key_len = px_front_key(p, f, e.key);
	memcpy(e.data, data, sizeof(data));
	nft_items_want(w->b->items, px_map_name(map, p->family), &e, w->add);
}

static void hint_name(enum px_map map, unsigned family, const uint8_t *key, uint32_t len, char out[128])
{
	int n = snprintf(out, 128, "%s/", px_map_name(map, family));
	hex_encode(key, len, out + n);
}

/* The number that one of its fronts has led to. */
static uint32_t list_hint(const struct nft_backend *b, const struct px_port *p, enum px_role role)
{
	enum px_map map = role == PX_ROLE_CLUSTER ? PX_MAP_SVC : role == PX_ROLE_EXTERNAL ? PX_MAP_EXT : PX_MAP_HERE;
	uint32_t number = 0;
	for (size_t i = 0; !b->settled && !number && i < p->n_fronts; i++) {
		uint8_t key[NFT_ITEM_KEY];
		char name[128];
		if ((p->fronts[i].kind == PX_CLUSTER) != (role == PX_ROLE_CLUSTER))
			continue;
		uint32_t len = px_front_key(p, &p->fronts[i], key);
		hint_name(map, p->family, key, len, name);
		number = px_numbers_hinted(b->numbers, name);
	}
	return number;
}

static void want_endpoints(struct want *w, const struct px_port *p, enum px_role role, uint32_t number)
{
	const struct px_endpoint *eps;
	size_t n = px_role_endpoints(p, role, &eps);
	bool sticky = p->affinity_s != 0;
	char map[PX_NAME_MAX], chain[PX_NAME_MAX];
	struct nft_set_spec spec;
	px_endpoints_spec(p->family, number, sticky, map, &spec);
	for (uint32_t i = 0; i < n; i++) {
		struct nft_elem e;
		px_endpoint_elem(&eps[i], number, i, &e);
		if (sticky) {
			px_chain_name(p, PX_CHAIN_ENDPOINT, &eps[i], chain);
			e.chain = chain;
			e.data_len = 0;
		}
		nft_items_want(w->b->items, map, &e, w->add);
	}
	if (!sticky)
		return;
	enum px_chain kind = px_role_sticky(role);
	nft_items_set(w->b->items, &spec, w->add);
	px_chain_name(p, kind, NULL, chain);
	want_chain(w, chain, p, kind, NULL, number, px_chains_hash(p) ^ number);
	want_pool(w->b, px_role_pool(role), p->family, number, chain, w->add);
}

/* The number of the port's list; 0: it is empty. */
static uint32_t want_list(struct want *w, const struct px_port *p, enum px_role role)
{
	const struct px_endpoint *eps;
	struct nft_backend *b = w->b;
	size_t n = px_role_endpoints(p, role, &eps);
	if (n == 0 || w->error < 0)
		return 0;
	AUTO_FREE char *key =
	    str_fmt("%c/%u/%u/%zu/%d/%s", role, p->family, p->protocol, n, p->affinity_s != 0, p->name);
	struct ep_list *l = key ? map_get(b->lists, key) : NULL;
	if (!key || (!l && !w->add)) {
		w->error = key ? 0 : -ENOMEM;
		return 0;
	}
	if (!l) {
		l = calloc(1, sizeof(*l));
		if (!l || map_put(b->lists, key, l) < 0) {
			free(l);
			w->error = -ENOMEM;
			return 0;
		}
		int r = px_numbers_take(b->numbers, p->family, (char)role, p->affinity_s ? 0 : (uint32_t)n,
					list_hint(b, p, role), &l->number);
		if (r < 0) {
			(void)map_del(b->lists, key);
			w->error = r;
			return 0;
		}
	}
	uint32_t number = l->number;
	if (w->add)
		l->refs++;
	want_endpoints(w, p, role, number);
	if (!w->add && --l->refs == 0) {
		px_numbers_give(b->numbers, number);
		(void)map_del(b->lists, key);
	}
	return number;
}

static void want_sticky(struct want *w, const struct px_port *p, const struct px_endpoint *ep)
{
	char name[PX_NAME_MAX];
	struct nft_set_spec spec;
	px_affinity_name(p, ep, name);
	px_affinity_spec(p, name, &spec);
	nft_items_set(w->b->items, &spec, w->add);
	px_chain_name(p, PX_CHAIN_ENDPOINT, ep, name);
	want_chain(w, name, p, PX_CHAIN_ENDPOINT, ep, 0, 1 + (uint64_t)p->affinity_s);
}

static void want_firewall(struct want *w, const struct px_port *p)
{
	char chain[PX_NAME_MAX];
	struct nft_elem e = {.chain = chain, .jump = true};
	bool any = false;
	px_chain_name(p, PX_CHAIN_FIREWALL, NULL, chain);
	for (size_t i = 0; i < p->n_fronts; i++)
		if (p->fronts[i].kind == PX_LB) {
			e.key_len = px_front_key(p, &p->fronts[i], e.key);
			nft_items_want(w->b->items, px_map_name(PX_MAP_FW, p->family), &e, w->add);
			any = true;
		}
	if (any)
		want_chain(w, chain, p, PX_CHAIN_FIREWALL, NULL, 0,
			   str_hash(p->ranges, p->n_ranges * sizeof(*p->ranges)) ^ p->n_ranges);
}

static void want_port(struct want *w, const struct px_port *p)
{
	uint32_t len = inet_addr_len(p->family), cluster = 0, external = 0, here = 0;
	bool inner = false, outer = false;
	for (size_t i = 0; i < p->n_fronts; i++)
		*(p->fronts[i].kind == PX_CLUSTER ? &inner : &outer) = true;
	if (inner)
		cluster = want_list(w, p, PX_ROLE_CLUSTER);
	if (outer)
		external = want_list(w, p, PX_ROLE_EXTERNAL);
	if (outer && p->external_local && p->n_eps)
		here = want_list(w, p, PX_ROLE_HERE);
	for (size_t i = 0; i < p->n_fronts; i++) {
		const struct px_front *f = &p->fronts[i];
		const struct px_endpoint *eps;
		enum px_fixed what = px_front_fixed(p, f);
		if (f->kind == PX_CLUSTER) {
			what = p->n_eps ? PX_FIXED_DROP : PX_FIXED_REFUSE;
			want_number(w, PX_MAP_SVC, p, f, cluster ? cluster : what,
				    cluster ? px_role_endpoints(p, PX_ROLE_CLUSTER, &eps) : 0);
			nft_items_elem(w->b->items, px_map_name(PX_MAP_VIP, p->family), f->addr.a, len, NULL, w->add);
			continue;
		}
		want_number(w, PX_MAP_SVC, p, f, what, 0);
		if (what == PX_FIXED_REFUSE)
			continue;
		want_number(w, PX_MAP_EXT, p, f, external, p->n_eps);
		if (what == PX_FIXED_LOCAL)
			want_number(w, PX_MAP_HERE, p, f, here ? here : PX_FIXED_DROP, here ? p->n_local_eps : 0);
	}
	if (p->has_ranges)
		want_firewall(w, p);
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
			nft_items_elem(w->b->items, px_map_name(PX_MAP_HAIRPIN, p->family), key, len * 2, NULL, w->add);
		}
}

static int want_service(struct nft_backend *b, const struct px_service *s, bool add)
{
	struct want w = {.b = b, .add = add};
	for (size_t i = 0; s && i < s->n_ports; i++)
		want_port(&w, &s->ports[i]);
	return w.error;
}

/* ---- numbers ---- */

static void number_emit(struct nft *n, const char *table, const struct nft_chain_want *w, const char *comment)
{
	struct px_number x;
	memcpy(&x, w->extra, sizeof(x));
	px_rules_number(n, table, &x, comment);
}

static void number_make(void *arg, const struct px_number *x, bool add)
{
	struct nft_backend *b = arg;
	char chain[PX_NAME_MAX], map[PX_NAME_MAX];
	struct nft_set_spec spec;
	px_number_name(x, chain);
	px_endpoints_spec(x->family, x->number, false, map, &spec);
	struct nft_chain_want c = {
	    .name = chain, .hash = PX_SKELETON, .comment = "endpoints in turn", .emit = number_emit};
	memcpy(c.extra, x, sizeof(*x));
	nft_items_set(b->items, &spec, add);
	nft_items_chain(b->items, &c, add);
	want_pool(b, px_role_pool((enum px_role)x->role), x->family, x->number, chain, add);
}

static int chain_seen(void *arg, const char *chain)
{
	struct nft_backend *b = arg;
	struct px_number x;
	int r = px_number_parse(chain, &x) ? px_numbers_seen(b->numbers, &x) : 0;
	return r == -EEXIST ? 0 : r;
}

static int elem_seen(void *arg, const char *set, const struct nft_elem *e)
{
	struct nft_backend *b = arg;
	static const enum px_role roles[] = {PX_ROLE_CLUSTER, PX_ROLE_EXTERNAL, PX_ROLE_HERE};
	static const enum px_map maps[] = {PX_MAP_SVC, PX_MAP_EXT, PX_MAP_HERE};
	uint32_t number;
	if (b->settled)
		return 0;
	for (uint8_t f = 4; f <= 6; f = (uint8_t)(f + 2))
		for (size_t i = 0; i < ARRAY_LEN(roles); i++) {
			struct px_number x = {.family = f, .role = (char)roles[i]};
			char name[128];
			if (streq(set, px_map_name(px_role_pool(roles[i]), f)) && e->chain && e->key_len == 4) {
				memcpy(&number, e->key, 4); /* of a chain of its own; the others are known by name */
				x.number = number;
				int r = px_numbers_seen(b->numbers, &x);
				return r == -EEXIST ? 0 : r;
			}
			if (!streq(set, px_map_name(maps[i], f)) || e->data_len != 8 || e->key_len > NFT_ITEM_KEY)
				continue;
			memcpy(&number, e->data + 4, 4);
			hint_name(maps[i], f, e->key, e->key_len, name);
			return number < PX_NUMBER_FIRST ? 0 : px_numbers_hint(b->numbers, name, number);
		}
	return 0;
}

/* ---- synchronisation ---- */

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
		return code == -ENOMEM ? err_nomem(e) : err_set(e, code, "too many lists of endpoints");
	code = nft_items_sync(b->items, full, e);
	if (code < 0) {
		b->must_full = true;
		return code;
	}
	if (full) {
		b->must_full = false;
		b->settled = true;
		px_numbers_settle(b->numbers);
	}
	return 0;
}

/* The kernel makes a notice of a page for every element of a transaction, before it hands out the first: thousands of
 * Services at once go in several, each complete in itself. But for those that take the place of another table. */
static int nft_backend_sync(struct proxy_backend *base, const struct px_change *v, size_t n, bool full, struct err *e)
{
	struct nft_backend *b = container_of(base, struct nft_backend, base);
	size_t most = nft_items_replaces(b->items) ? n : SYNC_PART;
	int code = 0;
	do {
		size_t part = n < most ? n : most;
		int r = sync_part(b, v, part, full && part == n, code < 0 ? NULL : e);
		code = code < 0 ? code : r; /* what is wanted is noted even so, for the next time */
		v += part;
		n -= part;
	} while (n);
	return code;
}

static bool nft_backend_untidy(const struct proxy_backend *base)
{
	const struct nft_backend *b = container_of(base, const struct nft_backend, base);
	return stale_left(&b->stale) || (!b->must_full && px_numbers_uneven(b->numbers));
}

static int nft_backend_tidy(struct proxy_backend *base, struct err *e)
{
	struct nft_backend *b = container_of(base, struct nft_backend, base);
	int code = stale_forget(&b->stale, e), r = 0;
	if (!b->must_full && px_numbers_uneven(b->numbers)) {
		r = px_numbers_level(b->numbers);
		r = r < 0 ? err_nomem(code < 0 ? NULL : e) : nft_items_sync(b->items, false, code < 0 ? NULL : e);
		b->must_full |= r < 0;
	}
	return code < 0 ? code : r;
}

static int nft_backend_reload(struct proxy_backend *base, bool anew, struct err *e)
{
	struct nft_backend *b = container_of(base, struct nft_backend, base);
	int code = nft_items_reload(b->items, e);
	b->must_full = true;
	if (code == 0 && anew)
		nft_items_anew(b->items);
	return code;
}

/* ---- life ---- */

static struct proxy_backend *nft_backend_free(struct proxy_backend *base)
{
	if (!base)
		return NULL;
	struct nft_backend *b = container_of(base, struct nft_backend, base);
	px_numbers_free(b->numbers);
	if (b->lists)
		map_free(b->lists);
	nft_items_free(b->items);
	stale_done(&b->stale);
	free(b);
	return NULL;
}

static void skeleton(struct nft *n, const void *arg)
{
	px_rules_skeleton(n, TABLE, arg);
}

static void want_fixed(struct nft_backend *b)
{
	static const enum px_map pools[] = {PX_MAP_POOL, PX_MAP_POOL_EXT, PX_MAP_POOL_HERE};
	for (unsigned f = 4; f <= 6; f += 2)
		for (size_t i = 0; i < ARRAY_LEN(pools); i++)
			for (uint32_t k = PX_FIXED_REFUSE; k < PX_FIXED_END; k++) {
				const char *chain = px_fixed_chain((enum px_fixed)k, pools[i], f);
				if (chain)
					want_pool(b, pools[i], f, k, chain, true);
			}
}

static int nft_backend_open(struct proxy_backend **ret, const struct proxy_backend_config *c, struct err *e)
{
	static const struct nft_items_sets sets[] = {{"a-", false}, {"ep", true}, {"to", true}, {0}};
	struct nft_backend *b = calloc(1, sizeof(*b));
	if (!b)
		return err_nomem(e);
	b->base.ops = &proxy_nft_ops;
	b->must_full = true;
	for (int i = 0; i < PX_MAPS * 2; i++)
		b->maps[i] = px_map_name((enum px_map)(i / 2), i % 2 ? 6 : 4);
	b->table = (struct nft_items_config){.table = TABLE,
					     .maps = b->maps,
					     .sets = sets,
					     .chain = "prerouting",
					     .version = b->version,
					     .skeleton = skeleton,
					     .arg = &b->rules,
					     .chain_seen = chain_seen,
					     .elem_seen = elem_seen,
					     .seen_arg = b};
	struct px_numbers_config nc = {.make = number_make, .arg = b, .none_ahead = c->pins != NULL};
	b->lists = map_new(free);
	b->numbers = px_numbers_new(&nc);
	int code = b->lists && b->numbers ? px_rules_config_parse(&b->rules, c->cluster_cidr, c->service_cidr, e)
					  : err_nomem(e);
	px_skeleton_text(&b->rules, b->version);
	if (code == 0)
		code = nft_items_new(&b->items, &b->table, e);
	if (code == 0)
		code = nft_items_reload(b->items, e);
	for (size_t i = 0; code == 0 && i < c->n_pins; i++)
		if (px_numbers_hint(b->numbers, c->pins[i].name, c->pins[i].number) < 0)
			code = err_nomem(e);
	if (code < 0) {
		nft_backend_free(&b->base);
		return code;
	}
	want_fixed(b);
	b->base.nft_port = nft_items_port(b->items);
	*ret = &b->base;
	return 0;
}

static int nft_backend_cleanup(struct err *e)
{
	return nft_items_cleanup(TABLE, e);
}

/* ---- numbers as they are in the kernel ---- */

struct pins {
	const struct px_service *s;
	struct px_pin *v;
	size_t n;
	enum px_map map;
	uint8_t family;
};

static int pin_seen(void *arg, const struct nft_elem *e)
{
	struct pins *x = arg;
	uint32_t number;
	if (e->data_len != 8)
		return 0;
	memcpy(&number, e->data + 4, 4);
	for (size_t i = 0; number >= PX_NUMBER_FIRST && i < x->s->n_ports; i++)
		for (size_t k = 0; k < x->s->ports[i].n_fronts; k++) {
			const struct px_port *p = &x->s->ports[i];
			uint8_t key[NFT_ITEM_KEY];
			uint32_t len = px_front_key(p, &p->fronts[k], key);
			if (p->family != x->family || len != e->key_len || memcmp(key, e->key, len))
				continue;
			struct px_pin *v = reallocarray(x->v, x->n + 1, sizeof(*v));
			if (!v)
				return -ENOMEM;
			x->v = v;
			hint_name(x->map, x->family, key, len, v[x->n].name);
			v[x->n++].number = number;
		}
	return 0;
}

int px_pins_read(const struct px_service *s, struct px_pin **ret, size_t *ret_n, struct err *e)
{
	static const enum px_map maps[] = {PX_MAP_SVC, PX_MAP_EXT, PX_MAP_HERE};
	struct pins x = {.s = s};
	struct nft *n = NULL;
	int code = nft_open(&n, e);
	for (size_t i = 0; code >= 0 && i < ARRAY_LEN(maps) * 2; i++) {
		x.map = maps[i / 2];
		x.family = i % 2 ? 6 : 4;
		code = nft_list_elems(n, TABLE, px_map_name(x.map, x.family), NULL, pin_seen, &x, e);
		if (code == ERR_NOT_FOUND) /* of another mode, or none */
			code = 0;
	}
	nft_close(n);
	if (code < 0) {
		free(x.v);
		return code == -ENOMEM ? err_nomem(e) : code;
	}
	*ret = x.v ? x.v : calloc(1, sizeof(*x.v));
	*ret_n = x.n;
	return *ret ? 0 : err_nomem(e);
}

const struct proxy_backend_ops proxy_nft_ops = {.name = "nftables",
						.open = nft_backend_open,
						.sync = nft_backend_sync,
						.untidy = nft_backend_untidy,
						.tidy = nft_backend_tidy,
						.reload = nft_backend_reload,
						.free = nft_backend_free,
						.cleanup = nft_backend_cleanup};
