/*
 * Answers of the upstreams for as long as they are good, and CACHE_STALE_S longer, for when no upstream answers (RFC
 * 8767). Bounded in entries and bytes; names that do not exist have a share of their own, so that a flood of them puts
 * out nothing but each other. The oldest use goes first, but what has been asked for more than once stays longer: names
 * that are there can be made up, too, where a domain has a wildcard. One thread.
 */
#pragma once
#include "base/err.h"
#include "dns/stored.h"

#define CACHE_STALE_S   86400
#define CACHE_ENTRY_MAX 8192 /* bytes; longer answers are not kept */
#define CACHE_KEY_MAX   (2 * DNS_NAME_MAX + 32)

struct cache_config {
	size_t max_entries, max_bytes; /* of answers with records */
	size_t max_negative;           /* entries without */
};
struct cache;
int cache_new(struct cache **ret, const struct cache_config *c, struct err *e);
struct cache *cache_free(struct cache *c);

struct cache_found {
	const struct stored *stored; /* until the next call; NULL: none */
	uint32_t age_s;              /* STORED_STALE: out of date */
	bool popular;                /* near its end and often asked for: worth asking again now. Said once */
};
/* A use of the entry. */
struct cache_found cache_find(struct cache *c, const struct dns_query *q, int64_t now_ms);
/* Takes over s (frees it when it may not be kept). An entry with records is not put out by a failure. */
void cache_put(struct cache *c, const struct dns_query *q, int64_t now_ms, struct stored *s);
size_t cache_count(const struct cache *c, bool negative);
uint64_t cache_evictions(const struct cache *c, bool negative); /* put out for others, ever */
void cache_clear(struct cache *c);
/* Everything of a query that may change the answer, as a string. */
void cache_key(const struct dns_query *q, char key[CACHE_KEY_MAX]);
