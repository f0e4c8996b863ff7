/* Second chance: values leave in the order they came, unless somebody asked for them since the last look. */
#include "store/internal.h"

static size_t cost(const struct bytes *v)
{
	return sizeof(*v) + v->len + 16;
}

void cache_init(struct cache *c, size_t max)
{
	c->bytes = 0;
	c->max = max;
	list_init(&c->clock);
}

void cache_drop(struct cache *c, struct entry *e)
{
	if (!e->value)
		return;
	c->bytes -= cost(e->value);
	list_del(&e->cache_link);
	e->value = bytes_unref(e->value);
}

void cache_set(struct cache *c, struct entry *e, struct bytes *value)
{
	cache_drop(c, e);
	if (!value)
		return;
	e->value = value;
	__atomic_store_n(&e->used, 0, __ATOMIC_RELAXED);
	c->bytes += cost(value);
	list_add_tail(&c->clock, &e->cache_link);
}

void cache_evict(struct cache *c, int64_t flushed)
{
	struct list *last = c->clock.prev;
	bool again = true;
	while (c->bytes > c->max && !list_empty(&c->clock)) {
		struct entry *e = container_of(c->clock.next, struct entry, cache_link);
		bool end = &e->cache_link == last;
		bool pinned = entry_rev(e) > flushed;
		if (pinned || __atomic_exchange_n(&e->used, 0, __ATOMIC_RELAXED)) {
			list_del(&e->cache_link);
			list_add_tail(&c->clock, &e->cache_link);
		} else {
			cache_drop(c, e);
		}
		if (end) { /* twice round: what is left is pinned */
			if (!again)
				return;
			again = false;
			last = c->clock.prev;
		}
	}
}
