#include "base/nft_elems.h"
#include <errno.h>
#include "base/cleanup.h"
#include "base/list.h"
#include "base/map.h"
#include "base/str.h"

#define BATCH 250 /* elements to a message */
/* Two hexadecimal digits a byte: both ends of the longest key. */
#define ID_MAX (4 * NFT_KEY_MAX + 1)

struct value {
	uint8_t len; /* of data */
	bool chain;  /* data is a chain's name */
	bool jump;
	uint8_t *data; /* own; NULL: none */
};
struct elem {
	struct list touched;
	struct set *set;
	struct value want, have; /* while refs and there say so; one copy when they are the same */
	uint32_t refs;           /* how many want it */
	bool there;
	uint8_t key_len, end_len; /* end_len: 0, or key_len when it is a range */
	uint8_t key[];            /* and the end behind it */
};
struct set {
	struct map *elems; /* id -> struct elem */
	struct list touched;
	struct list active; /* something of it is touched */
	char name[NFT_ELEM_CHAIN];
};
struct conflict { /* somebody else has the key already */
	struct list link;
	struct elem *of;
	struct value value;
};
struct nft_elem_table {
	struct map *sets; /* name -> struct set */
	struct list active, conflicts;
};

static void elem_free(void *p)
{
	struct elem *it = p;
	list_del(&it->touched);
	if (it->have.data != it->want.data)
		free(it->have.data);
	free(it->want.data);
	free(it);
}

static void set_free(void *p)
{
	struct set *s = p;
	if (s->elems)
		map_free(s->elems);
	list_del(&s->active);
	free(s);
}

struct nft_elem_table *nft_elem_table_new(void)
{
	struct nft_elem_table *x = calloc(1, sizeof(*x));
	if (!x)
		return NULL;
	list_init(&x->active);
	list_init(&x->conflicts);
	x->sets = map_new(set_free);
	return x->sets ? x : nft_elem_table_free(x);
}

static void conflict_free(struct conflict *c)
{
	list_del(&c->link);
	free(c->value.data);
	free(c);
}

struct nft_elem_table *nft_elem_table_free(struct nft_elem_table *x)
{
	if (!x)
		return NULL;
	LIST_FOREACH_SAFE (c, next, &x->conflicts, struct conflict, link)
		conflict_free(c);
	if (x->sets)
		map_free(x->sets);
	free(x);
	return NULL;
}

static struct set *set_get(struct nft_elem_table *x, const char *name)
{
	struct set *s = map_get(x->sets, name);
	if (s)
		return s;
	s = calloc(1, sizeof(*s));
	if (!s)
		return NULL;
	list_init(&s->touched);
	list_init(&s->active);
	s->elems = map_new(elem_free);
	if (!s->elems || !str_copy(s->name, sizeof(s->name), name) || map_put(x->sets, name, s) < 0) {
		set_free(s);
		return NULL;
	}
	return s;
}

static void id_of(const struct nft_elem *e, char out[ID_MAX])
{
	hex_encode(e->key, e->key_len, out);
	if (e->range)
		hex_encode(e->key_end, e->key_len, out + 2 * (size_t)e->key_len);
}

static struct elem *elem_get(struct nft_elem_table *x, const char *set, const struct nft_elem *e)
{
	char id[ID_MAX];
	struct set *s = set_get(x, set);
	if (!s)
		return NULL;
	id_of(e, id);
	struct elem *it = map_get(s->elems, id);
	if (it)
		return it;
	uint32_t end = e->range ? e->key_len : 0;
	it = calloc(1, sizeof(*it) + e->key_len + end);
	if (!it)
		return NULL;
	it->set = s;
	it->key_len = (uint8_t)e->key_len;
	it->end_len = (uint8_t)end;
	memcpy(it->key, e->key, e->key_len);
	memcpy(it->key + e->key_len, e->key_end, end);
	list_init(&it->touched);
	if (map_put(s->elems, id, it) < 0) {
		elem_free(it);
		return NULL;
	}
	return it;
}

static void elem_drop(struct elem *it)
{
	char id[ID_MAX];
	hex_encode(it->key, (size_t)it->key_len + it->end_len, id);
	(void)map_del(it->set->elems, id);
}

static void touch(struct nft_elem_table *x, struct elem *it)
{
	if (list_empty(&it->touched))
		list_add_tail(&it->set->touched, &it->touched);
	if (list_empty(&it->set->active))
		list_add_tail(&x->active, &it->set->active);
}

/* ---- values ---- */

static struct value value_of(const struct nft_elem *e) /* borrowed */
{
	if (e->chain)
		return (struct value){(uint8_t)strlen(e->chain), true, e->jump, (uint8_t *)(uintptr_t)e->chain};
	return (struct value){(uint8_t)e->data_len, false, false, (uint8_t *)(uintptr_t)e->data};
}

static bool value_equal(const struct value *a, const struct value *b)
{
	return a->len == b->len && a->chain == b->chain && a->jump == b->jump &&
	       (!a->len || memcmp(a->data, b->data, a->len) == 0);
}

static int value_copy(struct value *to, const struct value *v)
{
	uint8_t *data = NULL;
	if (v->len) {
		data = calloc(1, (size_t)v->len + 1);
		if (!data)
			return -ENOMEM;
		memcpy(data, v->data, v->len);
	}
	*to = (struct value){v->len, v->chain, v->jump, data};
	return 0;
}

/* own becomes what `other` is already, or a copy of v; what it was goes, unless that is the other's. */
static int value_set(struct value *own, const struct value *other, const struct value *v)
{
	struct value now = *other;
	if (value_equal(own, v))
		return 0;
	if (!value_equal(other, v) && value_copy(&now, v) < 0)
		return -ENOMEM;
	if (own->data != other->data)
		free(own->data);
	*own = now;
	return 0;
}

static bool too_long(const struct nft_elem *e)
{
	return e->key_len > NFT_KEY_MAX ||
	       (e->chain ? strlen(e->chain) >= NFT_ELEM_CHAIN : e->data_len > NFT_ELEM_DATA);
}

/* ---- what is wanted ---- */

static struct conflict *conflict_find(struct nft_elem_table *x, const struct elem *it, const struct value *v)
{
	LIST_FOREACH (c, &x->conflicts, struct conflict, link)
		if (c->of == it && (!v || value_equal(&c->value, v)))
			return c;
	return NULL;
}

static int conflict_add(struct nft_elem_table *x, struct elem *it, const struct value *v)
{
	struct conflict *c = calloc(1, sizeof(*c));
	if (!c || value_copy(&c->value, v) < 0) {
		free(c);
		return -ENOMEM;
	}
	c->of = it;
	list_add_tail(&x->conflicts, &c->link);
	return 0;
}

static int give_up(struct nft_elem_table *x, struct elem *it, const struct value *v)
{
	struct conflict *c;
	if (!it->refs)
		return 0;
	if (!value_equal(&it->want, v)) {
		if ((c = conflict_find(x, it, v)))
			conflict_free(c);
		return 0;
	}
	if (--it->refs == 0 && (c = conflict_find(x, it, NULL))) { /* the next in line gets it */
		if (value_set(&it->want, &it->have, &c->value) < 0) {
			touch(x, it);
			return -ENOMEM;
		}
		it->refs = 1;
		conflict_free(c);
	}
	touch(x, it);
	return 0;
}

int nft_elem_want(struct nft_elem_table *x, const char *set, const struct nft_elem *e, bool want)
{
	if (too_long(e))
		return -EINVAL;
	struct elem *it = elem_get(x, set, e);
	struct value v = value_of(e);
	if (!it)
		return -ENOMEM;
	if (!want)
		return give_up(x, it, &v);
	if (it->refs && !value_equal(&it->want, &v))
		return conflict_add(x, it, &v);
	if (value_set(&it->want, &it->have, &v) < 0)
		return -ENOMEM;
	it->refs++;
	touch(x, it);
	return 0;
}

/* ---- what is there ---- */

void nft_elem_forget(struct nft_elem_table *x)
{
	struct map_iter si = MAP_ITER_INIT;
	while (map_next(x->sets, &si)) {
		struct map_iter mi = MAP_ITER_INIT;
		while (map_next(((struct set *)si.value)->elems, &mi))
			((struct elem *)mi.value)->there = false;
	}
}

int nft_elem_seen(struct nft_elem_table *x, const char *set, const struct nft_elem *e)
{
	if (too_long(e))
		return 0;
	struct elem *it = elem_get(x, set, e);
	struct value v = value_of(e);
	if (!it || value_set(&it->have, &it->want, &v) < 0)
		return -ENOMEM;
	it->there = true;
	return 0;
}

bool nft_elem_there(const struct nft_elem_table *x, const char *set, const void *key, size_t len)
{
	char id[ID_MAX];
	const struct set *s = map_get(x->sets, set);
	if (!s || len > NFT_KEY_MAX)
		return false;
	hex_encode(key, len, id);
	const struct elem *it = map_get(s->elems, id);
	return it && it->there;
}

void nft_elem_touch_all(struct nft_elem_table *x)
{
	struct map_iter si = MAP_ITER_INIT;
	while (map_next(x->sets, &si)) {
		struct map_iter mi = MAP_ITER_INIT;
		while (map_next(((struct set *)si.value)->elems, &mi))
			touch(x, mi.value);
	}
}

/* ---- to the kernel ---- */

static bool differs(const struct elem *it) /* wanted, and there with another value */
{
	return it->refs && it->there && !value_equal(&it->want, &it->have);
}

static void fill(struct nft_elem *v, const struct elem *it, bool add)
{
	v->key_len = it->key_len;
	v->range = it->end_len != 0;
	memcpy(v->key, it->key, it->key_len);
	memcpy(v->key_end, it->key + it->key_len, it->end_len);
	v->chain = NULL;
	v->data_len = 0;
	if (add && it->want.chain) {
		v->chain = (const char *)it->want.data;
		v->jump = it->want.jump;
	} else if (add && it->want.len) {
		v->data_len = it->want.len;
		memcpy(v->data, it->want.data, it->want.len);
	}
}

static void set_write(const struct set *s, struct nft *n, const char *table, struct nft_elem *v, bool add,
		      unsigned parts)
{
	size_t count = 0;
	LIST_FOREACH (it, &s->touched, struct elem, touched) {
		bool come = (parts & NFT_ELEMS_COME) && it->refs && (!it->there || differs(it)),
		     go = ((parts & NFT_ELEMS_GO) && !it->refs && it->there) ||
			  ((parts & NFT_ELEMS_COME) && differs(it));
		if (!(add ? come : go))
			continue;
		fill(&v[count], it, add);
		if (++count < BATCH)
			continue;
		(add ? nft_elems_add : nft_elems_del)(n, table, s->name, v, count);
		count = 0;
	}
	if (count)
		(add ? nft_elems_add : nft_elems_del)(n, table, s->name, v, count);
}

void nft_elem_write(struct nft_elem_table *x, struct nft *n, const char *table, unsigned parts)
{
	if (list_empty(&x->active))
		return;
	AUTO_FREE struct nft_elem *v = calloc(BATCH, sizeof(*v));
	if (!v) {
		nft_fail(n, -ENOMEM, "elements of", table);
		return;
	}
	LIST_FOREACH (s, &x->active, struct set, active) {
		set_write(s, n, table, v, false, parts);
		if (parts & NFT_ELEMS_COME)
			set_write(s, n, table, v, true, parts);
	}
}

void nft_elem_written(struct nft_elem_table *x, unsigned parts)
{
	LIST_FOREACH_SAFE (s, snext, &x->active, struct set, active) {
		LIST_FOREACH_SAFE (it, next, &s->touched, struct elem, touched) {
			if (!(parts & (it->refs ? NFT_ELEMS_COME : NFT_ELEMS_GO)))
				continue;
			list_del(&it->touched);
			if (!it->refs) {
				elem_drop(it);
				continue;
			}
			it->there = true;
			if (it->have.data != it->want.data)
				free(it->have.data);
			it->have = it->want;
		}
		if (list_empty(&s->touched))
			list_del(&s->active);
		if (map_len(s->elems) == 0)
			(void)map_del(x->sets, s->name);
	}
}
