/* A field path built while walking a tree: "spec.containers[0].image". Private to the room. */
#pragma once
#include "base/buf.h"

/* Each returns the length to hand to path_pop. */
static inline size_t path_key(struct buf *p, const char *key)
{
	size_t was = p->len;
	if (was)
		buf_addc(p, '.');
	buf_adds(p, key);
	return was;
}
static inline size_t path_index(struct buf *p, size_t i)
{
	size_t was = p->len;
	buf_addf(p, "[%zu]", i);
	return was;
}
/* A map's key as field.Path.Key writes it: labels[app] */
static inline size_t path_map_key(struct buf *p, const char *key)
{
	size_t was = p->len;
	buf_addf(p, "[%s]", key);
	return was;
}
static inline void path_pop(struct buf *p, size_t was)
{
	if (!p->failed && p->len > was)
		buf_trim(p, was);
}
static inline const char *path_text(const struct buf *p)
{
	return p->len && !p->failed ? p->data : "";
}
