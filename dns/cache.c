#include "dns/cache.h"
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "base/cleanup.h"
#include "base/list.h"
#include "base/map.h"
#include "base/str.h"

#define TTL_MAX          3600
#define TTL_NEGATIVE_MAX 300
#define ENTRY_MAX        4096

struct entry {
	struct list lru; /* newest use at the head */
	char *key;
	int64_t put_ms, until_ms;
	size_t len;
	uint8_t msg[];
};
struct cache {
	struct map *entries;
	struct list lru;
	size_t bytes, max_entries, max_bytes;
};

static void key_of(const struct dns_query *q, char key[2 * DNS_NAME_MAX + 32])
{
	/* Everything of a query that may change the answer. */
	hex_encode(q->name.w, q->name.len, key);
	(void)snprintf(key + 2 * q->name.len, 32, "/%x/%x/%x/%d%d", q->type, q->class_,
		       q->flags & (DNS_F_RD | DNS_F_CD), q->edns, q->do_bit);
}

int cache_new(struct cache **ret, size_t max_entries, size_t max_bytes, struct err *e)
{
	struct cache *c = calloc(1, sizeof(*c));
	if (!c || !(c->entries = map_new(NULL))) {
		free(c);
		return err_nomem(e);
	}
	list_init(&c->lru);
	c->max_entries = max_entries;
	c->max_bytes = max_bytes;
	*ret = c;
	return 0;
}

static void entry_drop(struct cache *c, struct entry *x)
{
	list_del(&x->lru);
	c->bytes -= sizeof(*x) + x->len;
	(void)map_del(c->entries, x->key);
	free(x->key);
	free(x);
}

struct cache *cache_free(struct cache *c)
{
	if (!c)
		return NULL;
	LIST_FOREACH_SAFE (x, next, &c->lru, struct entry, lru)
		entry_drop(c, x);
	map_free(c->entries);
	free(c);
	return NULL;
}

size_t cache_count(const struct cache *c)
{
	return map_len(c->entries);
}

size_t cache_get(struct cache *c, const struct dns_query *q, int64_t now_ms, uint8_t *out, size_t cap)
{
	char key[2 * DNS_NAME_MAX + 32];
	key_of(q, key);
	struct entry *x = map_get(c->entries, key);
	if (!x)
		return 0;
	if (now_ms >= x->until_ms) {
		entry_drop(c, x);
		return 0;
	}
	if (x->len > cap)
		return 0;
	list_del(&x->lru);
	list_add_head(&c->lru, &x->lru);
	memcpy(out, x->msg, x->len);
	dns_put16(out, q->id);
	uint32_t age = (uint32_t)((now_ms - x->put_ms) / 1000);
	struct dns_reader r;
	struct dns_record rr;
	if (dns_reader_begin(&r, out, x->len))
		while (dns_reader_next(&r, &rr))
			if (rr.type != DNS_OPT)
				dns_put32(out + rr.ttl_at, rr.ttl > age ? rr.ttl - age : 0);
	return x->len;
}

/* Seconds, 0: not to be kept. */
static uint32_t lifetime(const uint8_t *msg, size_t len)
{
	uint16_t flags = dns_get16(msg + 2), rcode = flags & 15;
	if ((flags & DNS_F_TC) || (rcode != DNS_NOERROR && rcode != DNS_NXDOMAIN))
		return 0;
	struct dns_reader r;
	struct dns_record rr;
	uint32_t ttl = TTL_MAX, negative = 0;
	bool answer = false;
	if (!dns_reader_begin(&r, msg, len))
		return 0;
	while (dns_reader_next(&r, &rr)) {
		if (rr.type == DNS_OPT)
			continue;
		if (rr.ttl > 0x7fffffff) /* RFC 2181 section 8 */
			rr.ttl = 0;
		if (rr.ttl < ttl)
			ttl = rr.ttl;
		answer |= rr.section == DNS_ANSWER && rr.type != DNS_CNAME;
		if (rr.section == DNS_AUTHORITY && rr.type == DNS_SOA && rr.data_len >= 20) { /* RFC 2308 section 5 */
			uint32_t minimum = dns_get32(msg + rr.data_at + rr.data_len - 4);
			negative = minimum < rr.ttl ? minimum : rr.ttl;
		}
	}
	if (r.bad)
		return 0;
	if (rcode == DNS_NXDOMAIN || !answer) {
		if (negative > TTL_NEGATIVE_MAX)
			negative = TTL_NEGATIVE_MAX;
		return negative < ttl ? negative : ttl;
	}
	return ttl;
}

void cache_put(struct cache *c, const struct dns_query *q, int64_t now_ms, const uint8_t *msg, size_t len)
{
	uint32_t ttl = len >= DNS_HEADER && len <= ENTRY_MAX ? lifetime(msg, len) : 0;
	if (!ttl)
		return;
	char key[2 * DNS_NAME_MAX + 32];
	key_of(q, key);
	struct entry *old = map_get(c->entries, key);
	if (old)
		entry_drop(c, old);
	while (!list_empty(&c->lru) &&
	       (map_len(c->entries) >= c->max_entries || c->bytes + sizeof(*old) + len > c->max_bytes))
		entry_drop(c, container_of(c->lru.prev, struct entry, lru));
	struct entry *x = malloc(sizeof(*x) + len);
	if (!x)
		return;
	x->key = str_dup(key);
	x->put_ms = now_ms;
	x->until_ms = now_ms + (int64_t)ttl * 1000;
	x->len = len;
	memcpy(x->msg, msg, len);
	if (!x->key || map_put(c->entries, key, x) < 0) {
		free(x->key);
		free(x);
		return;
	}
	c->bytes += sizeof(*x) + len;
	list_add_head(&c->lru, &x->lru);
}
