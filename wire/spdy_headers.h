/* Header blocks of SPDY/3 (section 2.6.10), which a connection compresses as one stream each way. */
#pragma once
#include <zlib.h>
#include "wire/spdy.h"

#define SPDY_PAIRS_MAX 256u

struct spdy_headers {
	z_stream inflate, deflate;
};
int spdy_headers_init(struct spdy_headers *s); /* of zeros; -ENOMEM */
void spdy_headers_done(struct spdy_headers *s);
int spdy_headers_pack(struct spdy_headers *s, const struct spdy_header *h, size_t n, struct buf *out);
/* The pairs in one allocation; a value with NULs (several values) becomes several pairs. */
int spdy_headers_unpack(struct spdy_headers *s, const uint8_t *p, size_t n, struct spdy_header **ret, size_t *ret_n,
			struct err *e);

uint32_t spdy_get32(const void *p);
void spdy_put32(struct buf *b, uint32_t v);
