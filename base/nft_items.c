#include "base/nft_items.h"
#include <errno.h>
#include <stdio.h>
#include "base/buf.h"
#include "base/cleanup.h"
#include "base/list.h"
#include "base/map.h"
#include "base/str.h"

#define FAILURES_MAX 3 /* in a row; then the table is made anew */
#define ITEM_ID      (NFT_ITEM_NAME + 8)

enum item_type { ITEM_SET, ITEM_CHAIN };
struct item {
	enum item_type type;
	char name[NFT_ITEM_NAME];
	uint32_t refs;       /* how many want it */
	uint64_t have, want; /* 0: not at all */
	union {
		struct nft_chain_want chain;
		struct nft_set_spec set;
	} u; /* name unset */
	struct list touched;
};
struct nft_items {
	const struct nft_items_config *c;
	struct nft *nft;
	struct map *items; /* id -> struct item */
	struct nft_elem_table *elems;
	struct list touched;
	bool table_there, rebuild;
	unsigned failures;
	int error; /* sticky until the next sync */
};

static void item_id(enum item_type type, const char *name, char out[ITEM_ID])
{
	(void)snprintf(out, ITEM_ID, "%d%s", (int)type, name);
}

static struct item *item_get(struct nft_items *t, enum item_type type, const char *name)
{
	char id[ITEM_ID];
	item_id(type, name, id);
	struct item *it = map_get(t->items, id);
	if (it)
		return it;
	it = calloc(1, sizeof(*it));
	if (!it)
		goto nomem;
	it->type = type;
	(void)str_copy(it->name, sizeof(it->name), name);
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

void nft_items_want(struct nft_items *t, const char *set, const struct nft_elem *e, bool add)
{
	int code = nft_elem_want(t->elems, set, e, add);
	if (code < 0)
		t->error = code;
}

void nft_items_elem(struct nft_items *t, const char *set, const void *key, uint32_t len, const char *chain, bool add)
{
	struct nft_elem e = {.key_len = len, .chain = chain};
	if (len > NFT_ITEM_KEY) {
		t->error = -EINVAL;
		return;
	}
	memcpy(e.key, key, len);
	nft_items_want(t, set, &e, add);
}

void nft_items_set(struct nft_items *t, const struct nft_set_spec *s, bool add)
{
	struct item *it = item_get(t, ITEM_SET, s->name);
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
	struct item *it = item_get(t, ITEM_CHAIN, w->name);
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
	nft_elem_write(t->elems, n, table, NFT_ELEMS_COME | NFT_ELEMS_GO);
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
		return code == -ENOMEM ? err_nomem(e) : err_set(e, code, "nftables: an element is too long");
	}
	while (full && map_next(t->items, &mi))
		item_touch(t, mi.value);
	if (full)
		nft_elem_touch_all(t->elems);
	build(t);
	int code = nft_commit(t->nft, e);
	if (code < 0) {
		t->failures++;
		return code;
	}
	nft_elem_written(t->elems, NFT_ELEMS_COME | NFT_ELEMS_GO);
	t->failures = 0;
	t->rebuild = false;
	t->table_there = true;
	LIST_FOREACH_SAFE (it, next, &t->touched, struct item, touched) {
		list_del(&it->touched);
		it->have = it->want;
		if (!it->have) {
			char id[ITEM_ID];
			item_id(it->type, it->name, id);
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
	int error;
};

static int chain_seen(void *arg, const char *chain, bool is_base)
{
	struct load *l = arg;
	const struct nft_items_config *c = l->t->c;
	if (is_base || strlen(chain) < 3 || chain[1] != '-')
		return 0;
	struct item *it = item_get(l->t, ITEM_CHAIN, chain);
	if (!it)
		return -ENOMEM;
	it->have = 1; /* until its first rule says better: a chain without one is not as we want it */
	return c->chain_seen ? l->error = c->chain_seen(c->seen_arg, chain) : 0;
}

static int rule_seen(void *arg, const char *chain, uint64_t handle UNUSED, const char *comment)
{
	struct load *l = arg;
	char id[ITEM_ID];
	if (streq(chain, l->t->c->chain) && streq(comment, l->t->c->version))
		l->skeleton = true;
	item_id(ITEM_CHAIN, chain, id);
	struct item *it = map_get(l->t->items, id);
	if (it && strlen(comment) > 17 && strspn(comment, "0123456789abcdef") == 16 && comment[16] == ' ')
		it->have = strtoull(comment, NULL, 16);
	return 0;
}

static const struct nft_items_sets *sets_find(const struct nft_items_config *c, const char *set)
{
	for (const struct nft_items_sets *s = c->sets; s && s->prefix; s++)
		if (str_has_prefix(set, s->prefix))
			return s;
	return NULL;
}

static int set_seen(void *arg, const char *set)
{
	struct load *l = arg;
	if (!sets_find(l->t->c, set))
		return 0;
	struct item *it = item_get(l->t, ITEM_SET, set);
	if (!it)
		return -ENOMEM;
	it->have = 1;
	return 0;
}

static int elem_seen(void *arg, const struct nft_elem *el)
{
	struct load *l = arg;
	const struct nft_items_config *c = l->t->c;
	l->error = nft_elem_seen(l->t->elems, l->set, el);
	if (l->error == 0 && c->elem_seen)
		l->error = c->elem_seen(c->seen_arg, l->set, el);
	return l->error;
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
		if (it->type == ITEM_SET && it->have && sets_find(l->t->c, it->name)->elems)
			names[n++] = it->name; /* stays where it is while others are added */
	}
	for (size_t i = 0; i < n && code >= 0; i++)
		code = elems_load(l, names[i], e);
	return code;
}

static void forget(struct nft_items *t)
{
	struct map_iter mi = MAP_ITER_INIT;
	while (map_next(t->items, &mi))
		((struct item *)mi.value)->have = 0;
	nft_elem_forget(t->elems);
}

int nft_items_reload(struct nft_items *t, struct err *e)
{
	struct load l = {.t = t};
	const struct nft_items_config *c = t->c;
	forget(t);
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
	if (!t->rebuild && code >= 0)
		code = set_elems_load(&l, e);
	if (t->error || l.error < 0) {
		t->error = 0;
		return err_nomem(e);
	}
	if (code < 0)
		return code;
	if (t->rebuild)
		forget(t);
	return 0;
}

void nft_items_anew(struct nft_items *t)
{
	t->rebuild = true;
	forget(t);
}

bool nft_items_replaces(const struct nft_items *t)
{
	return t->rebuild && t->table_there;
}

struct nft_items *nft_items_free(struct nft_items *t)
{
	if (!t)
		return NULL;
	if (t->items)
		map_free(t->items);
	nft_elem_table_free(t->elems);
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
	t->items = map_new(free);
	t->elems = nft_elem_table_new();
	int code = t->items && t->elems ? nft_open(&t->nft, e) : err_nomem(e);
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
