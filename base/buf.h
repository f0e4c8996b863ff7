/*
 * A growable byte buffer. Zero-initialise (struct buf b = {0}) or buf_init. After a failed
 * allocation the buffer is sticky-failed: appends do nothing, buf_failed() is true and
 * buf_take*() return NULL, so callers check once at the end. data is NUL-terminated when len > 0.
 * Not thread-safe.
 */
#pragma once
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include "base/bytes.h"
#include "base/cleanup.h"

struct buf {
	char *data;
	size_t len, cap;
	bool failed;
};

void buf_done(struct buf *b); /* frees; leaves it empty and usable */
#define AUTO_BUF CLEANUP(buf_done)
void buf_reserve(struct buf *b, size_t extra);
void buf_add(struct buf *b, const void *p, size_t n);
void buf_adds(struct buf *b, const char *s);
void buf_addc(struct buf *b, char c);
void buf_addf(struct buf *b, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
void buf_addv(struct buf *b, const char *fmt, va_list ap) __attribute__((format(printf, 2, 0)));
void buf_trim(struct buf *b, size_t new_len);  /* shortens */
void buf_consume(struct buf *b, size_t n);     /* drops n bytes from the front */
static inline bool buf_failed(const struct buf *b) { return b->failed; }
char *buf_take(struct buf *b, size_t *ret_len); /* malloc'ed, NUL-terminated; "" when empty */
struct bytes *buf_take_bytes(struct buf *b);	/* NULL when failed */
/* Appends s as a JSON string with quotes (RFC 8259 section 7); invalid UTF-8 becomes U+FFFD. */
void buf_add_json_str(struct buf *b, const char *s, size_t n);
