#include "base/bytes.h"
#include <stdlib.h>
#include <string.h>

struct bytes *bytes_alloc(size_t len)
{
	struct bytes *b;

	if (len > SIZE_MAX - sizeof *b - 1)
		return NULL;
	b = malloc(sizeof *b + len + 1);
	if (!b)
		return NULL;
	b->refs = 1;
	b->flags = 0;
	b->len = len;
	b->data[len] = '\0';
	return b;
}

struct bytes *bytes_new(const void *data, size_t len)
{
	struct bytes *b = bytes_alloc(len);

	if (b && len)
		memcpy(b->data, data, len);
	return b;
}

struct bytes *bytes_ref(struct bytes *b)
{
	if (b)
		(void)__atomic_fetch_add(&b->refs, 1, __ATOMIC_RELAXED);
	return b;
}

struct bytes *bytes_unref(struct bytes *b)
{
	if (b && __atomic_fetch_sub(&b->refs, 1, __ATOMIC_ACQ_REL) == 1)
		free(b);
	return NULL;
}
