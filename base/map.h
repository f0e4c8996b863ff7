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
