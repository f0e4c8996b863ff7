/*
 * What a worker keeps of texts it has parsed, of whatever table they came: found by a digest, bounded by number and by bytes,
 * least recently used first to go.
 */
#pragma once
#include "ingress/module/module.h"

struct mk_item { /* first in what is kept */
	ngx_rbtree_node_t node; /* by the first bytes of key; all of it decides */
	ngx_queue_t age;
	u_char key[MK_DIGEST];
	size_t bytes;
};
struct mk_cache;

/* drop: called for what goes. NULL: no memory. */
struct mk_cache *mk_cache_new(size_t max, size_t max_bytes, void (*drop)(struct mk_item *));
struct mk_item *mk_cache_get(struct mk_cache *w, const u_char key[MK_DIGEST]); /* NULL: not there. Is the one used last from now on */
void mk_cache_put(struct mk_cache *w, struct mk_item *item); /* key and bytes set, not there yet. It stays at least until the next */
