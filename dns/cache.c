#include "dns/cache.h"
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "base/cleanup.h"
#include "base/list.h"
#include "base/map.h"
#include "base/str.h"

#define POPULAR_HITS   3 /* asked so often during its life... */
#define SECOND_CHANCES 8
#define POPULAR_TTL    10 /* ...and lives so long: asked for anew in the last tenth */

struct entry {
	struct list lru; /* newest use at the head */
	char *key;
	int64_t put_ms, until_ms;
	uint32_t hits;
	bool prefetched;
	struct stored *stored;
};
struct part {
	struct list lru;
	size_t n, bytes, max_entries, max_bytes;
	uint64_t evictions;
};
struct cache {
	struct map *entries;
	struct part part[2]; /* with records, without */
};

void cache_key(const struct dns_query *q, char key[CACHE_KEY_MAX])
{
	char *p = key;
	/* The wire form, which has a zero only in odd labels: escaped, as is what escapes. */
	for (unsigned i = 0; i + 1u < q->name.len; i++) {
		uint8_t c = q->name.w[i];
		if (c == 0 || c == 0xff) {
			*p++ = (char)0xff;
			c = c ? 2 : 1;
		}
		*p++ = (char)c;
	}
	(void)snprintf(p, 32, "\xff\x03%x/%x/%d%d", q->type, q->class_, (q->flags & DNS_F_CD) != 0, q->do_bit);
}

int cache_new(struct cache **ret, const struct cache_config *cfg, struct err *e)
{
	struct cache *c = calloc(1, sizeof(*c));
	if (!c || !(c->entries = map_new(NULL))) {
		free(c);
		return err_nomem(e);
	}
	for (int i = 0; i < 2; i++)
		list_init(&c->part[i].lru);
	c->part[0].max_entries = cfg->max_entries;
	c->part[0].max_bytes = cfg->max_bytes;
	c->part[1].max_entries = cfg->max_negative;
	c->part[1].max_bytes = SIZE_MAX;
	*ret = c;
	return 0;
}

static struct part *part_of(struct cache *c, const struct entry *x)
{
	return &c->part[x->stored->negative];
}

static size_t size_of(const struct stored *s, const char *key)
{
	return sizeof(struct entry) + stored_size(s) + 2 * strlen(key) + 64;
}

static void entry_drop(struct cache *c, struct entry *x)
{
	struct part *p = part_of(c, x);
	list_del(&x->lru);
	p->n--;
	p->bytes -= size_of(x->stored, x->key);
	(void)map_take(c->entries, x->key);
	free(x->key);
	free(x->stored);
	free(x);
}

void cache_clear(struct cache *c)
{
	for (int i = 0; i < 2; i++)
		LIST_FOREACH_SAFE (x, next, &c->part[i].lru, struct entry, lru)
			entry_drop(c, x);
}

struct cache *cache_free(struct cache *c)
{
	if (!c)
		return NULL;
	cache_clear(c);
	map_free(c->entries);
	free(c);
	return NULL;
}

size_t cache_count(const struct cache *c, bool negative)
{
	return c->part[negative].n;
}

uint64_t cache_evictions(const struct cache *c, bool negative)
{
	return c->part[negative].evictions;
}

struct cache_found cache_find(struct cache *c, const struct dns_query *q, int64_t now_ms)
{
	char key[CACHE_KEY_MAX];
	struct cache_found f = {0};
	cache_key(q, key);
	struct entry *x = map_get(c->entries, key);
	if (!x)
		return f;
	if (now_ms >= x->until_ms + (x->stored->rcode == DNS_SERVFAIL ? 0 : CACHE_STALE_S * 1000LL)) {
		entry_drop(c, x);
		return f;
	}
	list_del(&x->lru);
	list_add_head(&part_of(c, x)->lru, &x->lru);
	x->hits++;
	f.stored = x->stored;
	f.age_s = now_ms < x->until_ms ? (uint32_t)((now_ms - x->put_ms) / 1000) : STORED_STALE;
	int64_t life = (int64_t)x->stored->ttl * 1000;
	if (!x->prefetched && !x->stored->negative && x->hits >= POPULAR_HITS && x->stored->ttl >= POPULAR_TTL &&
	    now_ms < x->until_ms && now_ms >= x->until_ms - life / 10)
		f.popular = x->prefetched = true;
	return f;
}

void cache_put(struct cache *c, const struct dns_query *q, int64_t now_ms, struct stored *s)
{
	char key[CACHE_KEY_MAX];
	cache_key(q, key);
	struct entry *old = map_get(c->entries, key);
	bool failure = s->rcode == DNS_SERVFAIL;
	if (s->ttl == 0 || s->len > CACHE_ENTRY_MAX || (failure && old && old->stored->rcode != DNS_SERVFAIL)) {
		free(s);
		return;
	}
	if (old)
		entry_drop(c, old);
	struct part *p = &c->part[s->negative];
	size_t size = size_of(s, key);
	for (int kept = 0; !list_empty(&p->lru) && (p->n >= p->max_entries || p->bytes + size > p->max_bytes);) {
		struct entry *last = container_of(p->lru.prev, struct entry, lru);
		if (last->hits && kept++ < SECOND_CHANCES) {
			last->hits /= 2;
			list_del(&last->lru);
			list_add_head(&p->lru, &last->lru);
		} else {
			entry_drop(c, last);
			p->evictions++;
		}
	}
	struct entry *x = calloc(1, sizeof(*x));
	if (x)
		x->key = str_dup(key);
	if (!x || !x->key || map_put(c->entries, key, x) < 0) {
		if (x)
			free(x->key);
		free(x);
		free(s);
		return;
	}
	x->put_ms = now_ms;
	x->until_ms = now_ms + (int64_t)s->ttl * 1000;
	x->stored = s;
	p->n++;
	p->bytes += size;
	list_add_head(&p->lru, &x->lru);
}
