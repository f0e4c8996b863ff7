/*
 * Hash map from string keys to void *. Keys are copied. Insertion order is not kept.
 * Not thread-safe. Iteration tolerates deletion of the current entry only.
 */
#pragma once
#include <stdbool.h>
#include <stddef.h>

struct map; /* opaque */
struct map *map_new(void (*free_value)(void *)); /* free_value may be NULL */
struct map *map_free(struct map *m);
size_t map_len(const struct map *m);
void *map_get(const struct map *m, const char *key);
bool map_has(const struct map *m, const char *key);
/*
 * For who looks up many keys at once in a large map: asks the processor for the memory of one while others are worked
 * on. First map_prefetch for all (key of n bytes; what comes back is for the second), then map_prefetch_value for all,
 * then map_get as always. Nothing but time depends on it.
 */
size_t map_prefetch(const struct map *m, const char *key, size_t n);
void map_prefetch_value(const struct map *m, size_t at);
int map_put(struct map *m, const char *key, void *value); /* replaces (frees old); -ENOMEM */
void *map_take(struct map *m, const char *key);		  /* removes without freeing the value */
bool map_del(struct map *m, const char *key);		  /* removes and frees; false if absent */
void map_clear(struct map *m);
struct map_iter {
	size_t slot;
	const char *key;
	void *value;
};
#define MAP_ITER_INIT {0}
bool map_next(const struct map *m, struct map_iter *it); /* false at the end */
