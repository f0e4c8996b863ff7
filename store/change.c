/* Changes and the revision inside their values. */
#include <errno.h>
#include <inttypes.h>
#include "store/internal.h"

struct change *change_new(void)
{
	struct change *c = calloc(1, sizeof(*c));
	if (c)
		c->refs = 1;
	return c;
}

struct change *change_ref(struct change *c)
{
	if (c)
		__atomic_add_fetch(&c->refs, 1, __ATOMIC_RELAXED);
	return c;
}

struct change *change_unref(struct change *c)
{
	if (!c || __atomic_sub_fetch(&c->refs, 1, __ATOMIC_ACQ_REL) > 0)
		return NULL;
	bytes_unref(c->key);
	bytes_unref(c->index);
	bytes_unref(c->value);
	bytes_unref(c->raw);
	bytes_unref(c->sealed);
	bytes_unref(c->prev_index);
	bytes_unref(c->prev_value);
	free(c);
	return NULL;
}

size_t change_cost(const struct change *c)
{
	return sizeof(*c) + c->key->len + (c->value ? c->value->len : 0) + (c->index ? c->index->len : 0) +
	       (c->raw && c->raw != c->value ? c->raw->len : 0) + 64;
}

static size_t rev_text(char out[REV_TEXT_MAX], int64_t rev)
{
	return (size_t)snprintf(out, REV_TEXT_MAX, "\"resourceVersion\":\"%" PRId64 "\",", rev);
}

struct bytes *value_splice_mem(const void *raw, size_t len, size_t splice, int64_t rev)
{
	if (splice == 0 || splice > len)
		return bytes_new(raw, len);
	char text[REV_TEXT_MAX];
	size_t n = rev_text(text, rev);
	struct bytes *v = bytes_alloc(len + n);
	if (!v)
		return NULL;
	memcpy(v->data, raw, splice);
	memcpy(v->data + splice, text, n);
	memcpy(v->data + splice + n, (const char *)raw + splice, len - splice);
	return v;
}

struct bytes *value_splice(struct bytes *raw, size_t splice, int64_t rev)
{
	return splice == 0 ? bytes_ref(raw) : value_splice_mem(raw->data, raw->len, splice, rev);
}

struct bytes *value_unsplice(struct bytes *value, size_t splice, int64_t rev)
{
	if (splice == 0)
		return bytes_ref(value);
	char text[REV_TEXT_MAX];
	size_t n = rev_text(text, rev);
	struct bytes *raw = bytes_alloc(value->len - n);
	if (!raw)
		return NULL;
	memcpy(raw->data, value->data, splice);
	memcpy(raw->data + splice, value->data + splice + n, value->len - n - splice);
	return raw;
}

void store_item_done(struct store_item *i)
{
	i->value = bytes_unref(i->value);
	i->index = bytes_unref(i->index);
	i->hold = bytes_unref(i->hold);
	i->key = NULL;
}

void store_item_copy(struct store_item *dst, const struct store_item *src)
{
	*dst = *src;
	bytes_ref(dst->value);
	bytes_ref(dst->index);
	bytes_ref(dst->hold);
}
