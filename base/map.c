/* Open addressing with linear probing and tombstones, so that deleting while iterating moves nothing. */
#include "base/map.h"
#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/auxv.h>

struct slot {
	char *key; /* NULL: never used; &tombstone: deleted */
	void *value;
	uint64_t hash;
};

struct map {
	struct slot *slots;
	size_t cap;        /* power of two, or 0 */
	size_t used, live; /* used counts tombstones too */
	void (*free_value)(void *);
	uint64_t k0, k1;
};

static char tombstone[1];

#define ROTL(x, b) (((x) << (b)) | ((x) >> (64 - (b))))
#define SIP_ROUND(v0, v1, v2, v3)                                                                                      \
	do {                                                                                                           \
		v0 += v1, v1 = ROTL(v1, 13) ^ v0, v0 = ROTL(v0, 32);                                                   \
		v2 += v3, v3 = ROTL(v3, 16) ^ v2;                                                                      \
		v0 += v3, v3 = ROTL(v3, 21) ^ v0;                                                                      \
		v2 += v1, v1 = ROTL(v1, 17) ^ v2, v2 = ROTL(v2, 32);                                                   \
	} while (0)

/* SipHash-1-3 with a secret key: keys come from clients, who must not choose collisions. */
static uint64_t map_hash(const struct map *m, const char *key, size_t n)
{
	uint64_t v0 = m->k0 ^ 0x736f6d6570736575u, v1 = m->k1 ^ 0x646f72616e646f6du;
	uint64_t v2 = m->k0 ^ 0x6c7967656e657261u, v3 = m->k1 ^ 0x7465646279746573u;
	uint64_t last = (uint64_t)n << 56, w;
	size_t i;

	for (i = 0; i + 8 <= n; i += 8) {
		memcpy(&w, key + i, 8);
		v3 ^= w;
		SIP_ROUND(v0, v1, v2, v3);
		v0 ^= w;
	}
	for (size_t j = 0; i + j < n; j++)
		last |= (uint64_t)(unsigned char)key[i + j] << (8 * j);
	v3 ^= last;
	SIP_ROUND(v0, v1, v2, v3);
	v0 ^= last;
	v2 ^= 0xff;
	SIP_ROUND(v0, v1, v2, v3);
	SIP_ROUND(v0, v1, v2, v3);
	SIP_ROUND(v0, v1, v2, v3);
	return v0 ^ v1 ^ v2 ^ v3;
}

struct map *map_new(void (*free_value)(void *))
{
	struct map *m = calloc(1, sizeof *m);
	const void *r = (const void *)getauxval(AT_RANDOM); /* 16 random bytes from the kernel */

	if (!m)
		return NULL;
	m->free_value = free_value;
	if (r) {
		memcpy(&m->k0, r, 8);
		memcpy(&m->k1, (const char *)r + 8, 8);
	}
	return m;
}

static bool slot_live(const struct slot *s)
{
	return s->key && s->key != tombstone;
}

void map_clear(struct map *m)
{
	for (size_t i = 0; i < m->cap; i++) {
		struct slot *s = &m->slots[i];

		if (!slot_live(s))
			continue;
		free(s->key);
		if (m->free_value && s->value)
			m->free_value(s->value);
	}
	free(m->slots);
	m->slots = NULL;
	m->cap = m->used = m->live = 0;
}

struct map *map_free(struct map *m)
{
	if (m) {
		map_clear(m);
		free(m);
	}
	return NULL;
}

size_t map_len(const struct map *m)
{
	return m ? m->live : 0;
}

static struct slot *map_find(const struct map *m, const char *key, uint64_t hash)
{
	if (!m->cap)
		return NULL;
	for (size_t i = (size_t)hash & (m->cap - 1);; i = (i + 1) & (m->cap - 1)) {
		struct slot *s = &m->slots[i];

		if (!s->key)
			return NULL;
		if (s->key != tombstone && s->hash == hash && strcmp(s->key, key) == 0)
			return s;
	}
}

static struct slot *map_lookup(const struct map *m, const char *key)
{
	return m && key && m->live ? map_find(m, key, map_hash(m, key, strlen(key))) : NULL;
}

void *map_get(const struct map *m, const char *key)
{
	struct slot *s = map_lookup(m, key);

	return s ? s->value : NULL;
}

bool map_has(const struct map *m, const char *key)
{
	return map_lookup(m, key) != NULL;
}

size_t map_prefetch(const struct map *m, const char *key, size_t n)
{
	if (!m->cap)
		return 0;
	size_t at = (size_t)map_hash(m, key, n) & (m->cap - 1);
	__builtin_prefetch(&m->slots[at]);
	return at;
}

void map_prefetch_value(const struct map *m, size_t at)
{
	if (at >= m->cap || !slot_live(&m->slots[at]))
		return;
	__builtin_prefetch(m->slots[at].key);
	__builtin_prefetch(m->slots[at].value);
}

static int map_resize(struct map *m)
{
	size_t cap = 8;
	struct slot *slots;

	while (cap < m->live * 2 + 2)
		cap *= 2;
	slots = calloc(cap, sizeof *slots);
	if (!slots)
		return -ENOMEM;
	for (size_t i = 0; i < m->cap; i++) {
		struct slot *s = &m->slots[i];
		size_t j;

		if (!slot_live(s))
			continue;
		for (j = (size_t)s->hash & (cap - 1); slots[j].key; j = (j + 1) & (cap - 1))
			;
		slots[j] = *s;
	}
	free(m->slots);
	m->slots = slots;
	m->cap = cap;
	m->used = m->live;
	return 0;
}

int map_put(struct map *m, const char *key, void *value)
{
	size_t n = strlen(key), i;
	uint64_t hash = map_hash(m, key, n);
	struct slot *s = map_find(m, key, hash);
	char *copy;

	if (s) {
		void *old = s->value;

		s->value = value;
		if (m->free_value && old && old != value)
			m->free_value(old);
		return 0;
	}
	/* Keep a quarter of the slots never used, so that probes end. */
	if ((m->used + 1) * 4 > m->cap * 3 && map_resize(m) < 0)
		return -ENOMEM;
	copy = malloc(n + 1);
	if (!copy)
		return -ENOMEM;
	memcpy(copy, key, n + 1);
	for (i = (size_t)hash & (m->cap - 1); slot_live(&m->slots[i]); i = (i + 1) & (m->cap - 1))
		;
	s = &m->slots[i];
	if (!s->key)
		m->used++;
	*s = (struct slot){.key = copy, .value = value, .hash = hash};
	m->live++;
	return 0;
}

static void *slot_remove(struct map *m, struct slot *s)
{
	void *v = s->value;

	free(s->key);
	s->key = tombstone;
	s->value = NULL;
	m->live--;
	return v;
}

void *map_take(struct map *m, const char *key)
{
	struct slot *s = map_lookup(m, key);

	return s ? slot_remove(m, s) : NULL;
}

bool map_del(struct map *m, const char *key)
{
	struct slot *s = map_lookup(m, key);
	void *v;

	if (!s)
		return false;
	v = slot_remove(m, s);
	if (m->free_value && v)
		m->free_value(v);
	return true;
}

bool map_next(const struct map *m, struct map_iter *it)
{
	while (m && it->slot < m->cap) {
		struct slot *s = &m->slots[it->slot++];

		if (!slot_live(s))
			continue;
		it->key = s->key;
		it->value = s->value;
		return true;
	}
	return false;
}
