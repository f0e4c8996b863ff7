/*
 * Immutable, reference-counted bytes: what store, informers and HTTP bodies share. `data` is
 * followed by a NUL that is not counted in len. Any thread may ref and unref.
 */
#pragma once
#include <stddef.h>
#include <stdint.h>
#include "base/cleanup.h"

struct bytes {
	uint32_t refs; /* atomic */
	uint32_t flags;
	size_t len;
	char data[];
};

struct bytes *bytes_new(const void *data, size_t len); /* copies; NULL only without memory */
struct bytes *bytes_alloc(size_t len);		       /* uninitialised data, NUL set */
struct bytes *bytes_ref(struct bytes *b);	       /* NULL passes through */
struct bytes *bytes_unref(struct bytes *b);	       /* returns NULL */
DEFINE_CLEANUP(struct bytes *, bytes_unref, bytes_unref_p)
#define AUTO_BYTES CLEANUP(bytes_unref_p)
