#include "proxy/numbers.h"
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include "base/cleanup.h"
#include "base/list.h"
#include "base/map.h"

#define GROW_MIN 8   /* of lists as most Services have them */
#define GROW_MAX 128 /* at once: a walk through all chains serves so many Services */
#define COMMON   8   /* up to so many endpoints a list is one of those */
#define SPARE    32  /* at least, where that many are taken */
#define TOO_MANY 256 /* beyond as many as are taken */

struct pool;
struct slot {
	struct px_number id;
	struct pool *pool;
	bool taken, hinted;
	struct list free;
};
struct pool {
	uint8_t family;
	char role;
	uint32_t n;
	size_t all, idle;
	struct list free; /* what is hinted is not among these */
};
struct px_numbers {
	struct px_numbers_config c;
	struct map *slots; /* number -> struct slot */
	struct map *pools; /* family, role, n -> struct pool */
	struct map *hints; /* name -> number */
	uint32_t last;
};

static void key_of(uint32_t v, char out[16])
{
	(void)snprintf(out, 16, "%u", v);
}

struct px_numbers *px_numbers_new(const struct px_numbers_config *c)
{
	struct px_numbers *x = calloc(1, sizeof(*x));
	if (!x)
		return NULL;
	x->c = *c;
	x->last = PX_NUMBER_FIRST - 1;
	x->slots = map_new(free);
	x->pools = map_new(free);
	x->hints = map_new(NULL);
	return x->slots && x->pools && x->hints ? x : px_numbers_free(x);
}

struct px_numbers *px_numbers_free(struct px_numbers *x)
{
	if (!x)
		return NULL;
	if (x->slots)
		map_free(x->slots);
	if (x->pools)
		map_free(x->pools);
	if (x->hints)
		map_free(x->hints);
	free(x);
	return NULL;
}

static struct pool *pool_get(struct px_numbers *x, uint8_t family, char role, uint32_t n)
{
	char key[32];
	(void)snprintf(key, sizeof(key), "%u/%c/%u", family, role, n);
	struct pool *p = map_get(x->pools, key);
	if (p)
		return p;
	p = calloc(1, sizeof(*p));
	if (!p || map_put(x->pools, key, p) < 0) {
		free(p);
		return NULL;
	}
	p->family = family;
	p->role = role;
	p->n = n;
	list_init(&p->free);
	return p;
}

static struct slot *slot_find(const struct px_numbers *x, uint32_t number)
{
	char key[16];
	key_of(number, key);
	return map_get(x->slots, key);
}

static void slot_idle(struct slot *s)
{
	list_add_tail(&s->pool->free, &s->free);
	s->pool->idle++;
}

static struct slot *slot_new(struct px_numbers *x, struct pool *p, uint32_t number)
{
	char key[16];
	struct slot *s = calloc(1, sizeof(*s));
	key_of(number, key);
	if (!s || map_put(x->slots, key, s) < 0) {
		free(s);
		return NULL;
	}
	s->id = (struct px_number){number, p->family, p->role, p->n};
	s->pool = p;
	list_init(&s->free);
	p->all++;
	if (number > x->last)
		x->last = number;
	if (p->n)
		x->c.make(x->c.arg, &s->id, true);
	return s;
}

static void slot_drop(struct px_numbers *x, struct slot *s)
{
	char key[16];
	key_of(s->id.number, key);
	list_del(&s->free);
	s->pool->idle--;
	s->pool->all--;
	if (s->id.n)
		x->c.make(x->c.arg, &s->id, false);
	(void)map_del(x->slots, key);
}

static int grow(struct px_numbers *x, struct pool *p, size_t by)
{
	for (size_t i = 0; i < by; i++) {
		if (x->last >= PX_NUMBER_LAST)
			return -ENOSPC;
		struct slot *s = slot_new(x, p, x->last + 1);
		if (!s)
			return -ENOMEM;
		slot_idle(s);
	}
	return 0;
}

static size_t step(const struct px_numbers *x, const struct pool *p)
{
	if (x->c.none_ahead || p->n == 0)
		return 1;
	size_t by = p->all / 2, least = p->n <= COMMON ? GROW_MIN : 1;
	return by < least ? least : by > GROW_MAX ? GROW_MAX : by;
}

int px_numbers_seen(struct px_numbers *x, const struct px_number *n)
{
	if (n->number < PX_NUMBER_FIRST || n->number > PX_NUMBER_LAST)
		return 0;
	if (slot_find(x, n->number))
		return -EEXIST;
	struct pool *p = pool_get(x, n->family, n->role, n->n);
	struct slot *s = p ? slot_new(x, p, n->number) : NULL;
	if (!s)
		return -ENOMEM;
	slot_idle(s);
	return 0;
}

int px_numbers_hint(struct px_numbers *x, const char *name, uint32_t number)
{
	struct slot *s = slot_find(x, number);
	if (s && !s->taken && !s->hinted) {
		s->hinted = true;
		list_del(&s->free);
	}
	return map_put(x->hints, name, (void *)(uintptr_t)number);
}

uint32_t px_numbers_hinted(const struct px_numbers *x, const char *name)
{
	return (uint32_t)(uintptr_t)map_get(x->hints, name);
}

int px_numbers_take(struct px_numbers *x, uint8_t family, char role, uint32_t n, uint32_t hint, uint32_t *ret)
{
	struct pool *p = pool_get(x, family, role, n);
	struct slot *s = hint ? slot_find(x, hint) : NULL;
	int r;
	if (!p)
		return -ENOMEM;
	if (hint >= PX_NUMBER_FIRST && hint <= PX_NUMBER_LAST && !s) {
		if (!(s = slot_new(x, p, hint)))
			return -ENOMEM;
		slot_idle(s);
	}
	if (s && (s->taken || s->pool != p))
		s = NULL;
	if (!s && list_empty(&p->free) && (r = grow(x, p, step(x, p))) < 0 && list_empty(&p->free))
		return r;
	if (!s)
		s = container_of(p->free.next, struct slot, free);
	list_del(&s->free);
	p->idle--;
	s->taken = true;
	*ret = s->id.number;
	return 0;
}

void px_numbers_give(struct px_numbers *x, uint32_t number)
{
	struct slot *s = slot_find(x, number);
	if (!s || !s->taken)
		return;
	s->taken = s->hinted = false;
	slot_idle(s);
}

void px_numbers_settle(struct px_numbers *x)
{
	struct map_iter mi = MAP_ITER_INIT;
	map_clear(x->hints);
	while (map_next(x->slots, &mi)) {
		struct slot *s = mi.value;
		if (s->hinted && !s->taken)
			list_add_tail(&s->pool->free, &s->free);
		s->hinted = false;
	}
}

/* How many are to come (or go, negative). */
static long uneven(const struct px_numbers *x, const struct pool *p)
{
	size_t taken = p->all - p->idle;
	if (x->c.none_ahead || (p->n == 0 && !p->idle))
		return 0;
	if (p->n && taken >= SPARE && p->idle < SPARE)
		return GROW_MAX;
	size_t least = taken / 4 + SPARE;
	return p->idle > taken + TOO_MANY ? -(long)(p->idle - least) : 0;
}

bool px_numbers_uneven(const struct px_numbers *x)
{
	struct map_iter mi = MAP_ITER_INIT;
	while (map_next(x->pools, &mi))
		if (uneven(x, mi.value))
			return true;
	return false;
}

int px_numbers_level(struct px_numbers *x)
{
	struct map_iter mi = MAP_ITER_INIT;
	while (map_next(x->pools, &mi)) {
		struct pool *p = mi.value;
		long by = uneven(x, p);
		int r = by > 0 ? grow(x, p, (size_t)by) : 0;
		if (r < 0)
			return r;
		for (; by < 0 && !list_empty(&p->free); by++)
			slot_drop(x, container_of(p->free.prev, struct slot, free));
	}
	return 0;
}
