#include "base/nft_items.h"
#include <errno.h>
#include <stdio.h>
#include "base/buf.h"
#include "base/cleanup.h"
#include "base/list.h"
#include "base/map.h"
#include "base/str.h"

#define FAILURES_MAX 3 /* in a row; then the table is made anew */
#define ITEM_ID      (2 * NFT_ITEM_KEY + NFT_ITEM_NAME + 8)

enum item_type { ITEM_SET, ITEM_CHAIN, ITEM_ELEM };
struct item {
	enum item_type type;
	char name[NFT_ITEM_NAME]; /* of the set or chain; for an element, of its set */
	uint8_t key[NFT_ITEM_KEY];
	uint32_t key_len;
	char target[NFT_ITEM_NAME]; /* verdict map elements: the chain wanted */
	uint32_t refs;              /* how many want it */
	uint64_t have, want;        /* 0: not at all */
	union {
		struct nft_chain_want chain;
		struct nft_set_spec set;
	} u; /* name unset */
	struct list touched;
};
struct conflict { /* somebody else has the key already */
	struct list link;
	char id[ITEM_ID];
	char target[NFT_ITEM_NAME];
};
struct nft_items {
	const struct nft_items_config *c;
	struct nft *nft;
	struct map *items; /* id -> struct item */
	struct list touched, conflicts;
	bool table_there, rebuild;
	unsigned failures;
	int error; /* sticky until the next sync */
};

static uint64_t text_hash(const char *s)
{
	uint64_t h = str_hash(s, strlen(s));
	return h ? h : 1;
}

static void item_id(enum item_type type, const char *name, const uint8_t *key, uint32_t key_len, char out[ITEM_ID])
{
	int len = snprintf(out, ITEM_ID, "%d%s/", (int)type, name);
	if (type == ITEM_ELEM && len > 0 && len + 2 * (int)key_len < ITEM_ID)
		hex_encode(key, key_len, out + len);
}

static struct item *item_get(struct nft_items *t, enum item_type type, const char *name, const uint8_t *key,
			     uint32_t key_len)
{
	char id[ITEM_ID];
	item_id(type, name, key, key_len, id);
	struct item *it = map_get(t->items, id);
	if (it)
		return it;
	it = calloc(1, sizeof(*it));
	if (!it)
		goto nomem;
	it->type = type;
	(void)str_copy(it->name, sizeof(it->name), name);
	if (key)
		memcpy(it->key, key, key_len);
	it->key_len = key_len;
	list_init(&it->touched);
	if (map_put(t->items, id, it) == 0)
		return it;
	free(it);
nomem:
	t->error = -ENOMEM;
	return NULL;
}

static void item_touch(struct nft_items *t, struct item *it)
{
	if (list_empty(&it->touched))
		list_add_tail(&t->touched, &it->touched);
}

/* ---- what is wanted ---- */

static struct conflict *conflict_find(struct nft_items *t, const char *id, const char *target /* NULL: any */)
{
	LIST_FOREACH (c, &t->conflicts, struct conflict, link)
		if (streq(c->id, id) && (!target || streq(c->target, target)))
			return c;
	return NULL;
}

static void conflict_free(struct conflict *c)
{
	list_del(&c->link);
	free(c);
}

static void conflict_add(struct nft_items *t, const char *id, const char *target)
{
	struct conflict *c = calloc(1, sizeof(*c));
	if (!c) {
		t->error = -ENOMEM;
		return;
	}
	(void)str_copy(c->id, sizeof(c->id), id);
	(void)str_copy(c->target, sizeof(c->target), target);
	list_add_tail(&t->conflicts, &c->link);
}

void nft_items_elem(struct nft_items *t, const char *set, const void *key, uint32_t len, const char *chain, bool add)
{
	if (len > NFT_ITEM_KEY) {
		t->error = -EINVAL;
		return;
	}
	struct item *it = item_get(t, ITEM_ELEM, set, key, len);
	if (!it)
		return;
	uint64_t hash = chain ? text_hash(chain) : 1;
	char id[ITEM_ID];
	item_id(ITEM_ELEM, set, key, len, id);
	if (add && it->refs && it->want != hash) {
		conflict_add(t, id, chain ? chain : "");
		return;
	}
	if (add) {
		it->refs++;
		it->want = hash;
		if (chain)
			(void)str_copy(it->target, sizeof(it->target), chain);
	} else if (it->want != hash) {
		struct conflict *c = conflict_find(t, id, chain ? chain : "");
		if (c)
			conflict_free(c);
		return;
	} else if (it->refs && --it->refs == 0) {
		struct conflict *next = conflict_find(t, id, NULL);
		it->want = 0;
		if (next) { /* the next in line gets it */
			it->refs = 1;
			it->want = text_hash(next->target);
			memcpy(it->target, next->target, sizeof(it->target));
			conflict_free(next);
		}
	}
	item_touch(t, it);
}

void nft_items_set(struct nft_items *t, const struct nft_set_spec *s, bool add)
{
	struct item *it = item_get(t, ITEM_SET, s->name, NULL, 0);
	if (!it)
		return;
	if (add) {
		it->refs++;
		it->want = 1;
		it->u.set = *s;
	} else if (it->refs && --it->refs == 0) {
		it->want = 0;
	}
	item_touch(t, it);
}

void nft_items_chain(struct nft_items *t, const struct nft_chain_want *w, bool add)
{
	struct item *it = item_get(t, ITEM_CHAIN, w->name, NULL, 0);
	if (!it)
		return;
	if (add) {
		it->refs++;
		it->want = w->hash;
		it->u.chain = *w;
	} else if (it->refs && --it->refs == 0) {
		it->want = 0;
		it->u.chain.owner = NULL;
	}
	item_touch(t, it);
}

/* ---- to the kernel ---- */

static void elem_op(struct nft_items *t, const struct item *it, bool add)
{
	struct nft_elem el = {.key_len = it->key_len, .chain = add && it->target[0] ? it->target : NULL};
	memcpy(el.key, it->key, it->key_len);
	if (add)
		nft_elems_add(t->nft, t->c->table, it->name, &el, 1);
	else
		nft_elems_del(t->nft, t->c->table, it->name, &el, 1);
}

static void chain_emit(struct nft_items *t, const struct item *it)
{
	struct nft_chain_want w = it->u.chain;
	char comment[128];
	(void)snprintf(comment, sizeof(comment), "%016llx %.100s", (unsigned long long)it->want, w.comment);
	w.name = it->name;
	w.emit(t->nft, t->c->table, &w, comment);
}

#define EACH_TOUCHED(it, t, ty)                                                                                        \
	LIST_FOREACH (it, &(t)->touched, struct item, touched)                                                         \
		if (it->type == (ty))

static void build(struct nft_items *t)
{
	struct nft *n = t->nft;
	const char *table = t->c->table;
	if (t->rebuild) {
		if (t->table_there)
			nft_table_del(n, table);
		t->c->skeleton(n, t->c->arg);
	}
	EACH_TOUCHED(it, t, ITEM_SET)
	if (!it->have && it->want) {
		struct nft_set_spec spec = it->u.set;
		spec.name = it->name;
		nft_set_add(n, table, &spec);
	}
	EACH_TOUCHED(it, t, ITEM_CHAIN)
	if (!it->have && it->want)
		nft_chain_add(n, table, it->name, NULL);
	EACH_TOUCHED(it, t, ITEM_CHAIN)
	if (it->have != it->want) {
		if (it->have)
			nft_chain_flush(n, table, it->name);
		if (it->want)
			chain_emit(t, it);
	}
	EACH_TOUCHED(it, t, ITEM_ELEM)
	if (it->have && it->have != it->want)
		elem_op(t, it, false);
	EACH_TOUCHED(it, t, ITEM_ELEM)
	if (it->want && it->have != it->want)
		elem_op(t, it, true);
	EACH_TOUCHED(it, t, ITEM_CHAIN) /* flushed above */
	if (it->have && !it->want)
		nft_chain_del(n, table, it->name);
	EACH_TOUCHED(it, t, ITEM_SET)
	if (it->have && !it->want)
		nft_set_del(n, table, it->name);
}

int nft_items_sync(struct nft_items *t, bool full, struct err *e)
{
	struct map_iter mi = MAP_ITER_INIT;
	if (t->error) {
		int code = t->error;
		t->error = 0;
		t->failures = FAILURES_MAX; /* nobody knows what is missing */
		return code == -ENOMEM ? err_nomem(e) : err_set(e, code, "nftables: an element's key is too long");
	}
	while (full && map_next(t->items, &mi))
		item_touch(t, mi.value);
	build(t);
	int code = nft_commit(t->nft, e);
	if (code < 0) {
		t->failures++;
		return code;
	}
	t->failures = 0;
	t->rebuild = false;
	t->table_there = true;
	LIST_FOREACH_SAFE (it, next, &t->touched, struct item, touched) {
		list_del(&it->touched);
		it->have = it->want;
		if (!it->have) {
			char id[ITEM_ID];
			item_id(it->type, it->name, it->key, it->key_len, id);
			(void)map_del(t->items, id);
		}
	}
	return 0;
}

/* ---- what is in the kernel ---- */

struct load {
	struct nft_items *t;
	const char *set;
	bool skeleton;
};

static int chain_seen(void *arg, const char *chain, bool is_base)
{
	struct load *l = arg;
	if (is_base || strlen(chain) < 18 || chain[1] != '-')
		return 0;
	struct item *it = item_get(l->t, ITEM_CHAIN, chain, NULL, 0);
	if (!it)
		return -ENOMEM;
	it->have = 1; /* until its first rule says better: a chain without one is not as we want it */
	return 0;
}

static int rule_seen(void *arg, const char *chain, uint64_t handle UNUSED, const char *comment)
{
	struct load *l = arg;
	char id[ITEM_ID];
	if (streq(chain, l->t->c->chain) && streq(comment, l->t->c->version))
		l->skeleton = true;
	item_id(ITEM_CHAIN, chain, NULL, 0, id);
	struct item *it = map_get(l->t->items, id);
	if (it && strlen(comment) > 17 && strspn(comment, "0123456789abcdef") == 16 && comment[16] == ' ')
		it->have = strtoull(comment, NULL, 16);
	return 0;
}

static int set_seen(void *arg, const char *set)
{
	struct load *l = arg;
	if (!str_has_prefix(set, l->t->c->set_prefix))
		return 0;
	struct item *it = item_get(l->t, ITEM_SET, set, NULL, 0);
	if (!it)
		return -ENOMEM;
	it->have = 1;
	return 0;
}

static int elem_seen(void *arg, const struct nft_elem *el)
{
	struct load *l = arg;
	if (el->key_len > NFT_ITEM_KEY)
		return 0;
	struct item *it = item_get(l->t, ITEM_ELEM, l->set, el->key, el->key_len);
	if (!it)
		return -ENOMEM;
	it->have = el->chain ? text_hash(el->chain) : 1;
	return 0;
}

static int elems_load(struct load *l, const char *set, struct err *e)
{
	l->set = set;
	return nft_list_elems(l->t->nft, l->t->c->table, set, NULL, elem_seen, l, e);
}

static int set_elems_load(struct load *l, struct err *e)
{
	AUTO_FREE char **names = calloc(map_len(l->t->items) + 1, sizeof(*names));
	size_t n = 0;
	int code = 0;
	struct map_iter mi = MAP_ITER_INIT;
	if (!names)
		return err_nomem(e);
	while (map_next(l->t->items, &mi)) {
		struct item *it = mi.value;
		if (it->type == ITEM_SET && it->have)
			names[n++] = it->name; /* stays where it is while others are added */
	}
	for (size_t i = 0; i < n && code >= 0; i++)
		code = elems_load(l, names[i], e);
	return code;
}

int nft_items_reload(struct nft_items *t, struct err *e)
{
	struct load l = {.t = t};
	struct map_iter mi = MAP_ITER_INIT;
	const struct nft_items_config *c = t->c;
	while (map_next(t->items, &mi))
		((struct item *)mi.value)->have = 0;
	int code = nft_table_exists(t->nft, c->table, e);
	if (code < 0)
		return code;
	t->table_there = code == 1;
	if (t->table_there)
		code = nft_list_chains(t->nft, c->table, NULL, chain_seen, &l, e);
	if (t->table_there && code >= 0)
		code = nft_list_rules(t->nft, c->table, NULL, rule_seen, &l, e);
	/* What cannot be mended item by item, whoever did it, is made anew: still one transaction, so no connection
	 * notices. */
	t->rebuild = !l.skeleton || t->failures >= FAILURES_MAX;
	if (!t->rebuild && code >= 0)
		code = nft_list_sets(t->nft, c->table, NULL, set_seen, &l, e);
	for (size_t i = 0; c->maps[i] && !t->rebuild && code >= 0; i++)
		code = elems_load(&l, c->maps[i], e);
	if (c->set_elems && !t->rebuild && code >= 0)
		code = set_elems_load(&l, e);
	if (t->error) {
		t->error = 0;
		return err_nomem(e);
	}
	if (code < 0)
		return code;
	mi = (struct map_iter)MAP_ITER_INIT;
	while (t->rebuild && map_next(t->items, &mi))
		((struct item *)mi.value)->have = 0;
	return 0;
}

struct nft_items *nft_items_free(struct nft_items *t)
{
	if (!t)
		return NULL;
	LIST_FOREACH_SAFE (c, next, &t->conflicts, struct conflict, link)
		free(c);
	if (t->items)
		map_free(t->items);
	nft_close(t->nft);
	free(t);
	return NULL;
}

int nft_items_new(struct nft_items **ret, const struct nft_items_config *c, struct err *e)
{
	struct nft_items *t = calloc(1, sizeof(*t));
	if (!t)
		return err_nomem(e);
	t->c = c;
	list_init(&t->touched);
	list_init(&t->conflicts);
	t->items = map_new(free);
	int code = t->items ? nft_open(&t->nft, e) : err_nomem(e);
	if (code == 0)
		code = nft_items_reload(t, e);
	if (code < 0) {
		nft_items_free(t);
		return code;
	}
	*ret = t;
	return 0;
}

uint32_t nft_items_port(const struct nft_items *t)
{
	return nft_port(t->nft);
}

int nft_items_cleanup(const char *table, struct err *e)
{
	struct nft *n = NULL;
	int code = nft_open(&n, e);
	if (code == 0)
		code = nft_table_exists(n, table, e);
	if (code == 1) {
		nft_table_del(n, table);
		code = nft_commit(n, e);
	}
	nft_close(n);
	return code < 0 ? code : 0;
}
