/* Answers of the upstreams for as long as they are good: bounded in entries and bytes, oldest use goes first. One
 * thread. */
#pragma once
#include "base/err.h"
#include "dns/wire.h"

struct cache;
int cache_new(struct cache **ret, size_t max_entries, size_t max_bytes, struct err *e);
struct cache *cache_free(struct cache *c);
/* The answer with the query's id and its TTLs lowered by its age; 0: none. */
size_t cache_get(struct cache *c, const struct dns_query *q, int64_t now_ms, uint8_t *out, size_t cap);
/* Takes the upstream's answer to q when it may be kept. */
void cache_put(struct cache *c, const struct dns_query *q, int64_t now_ms, const uint8_t *msg, size_t len);
size_t cache_count(const struct cache *c);
