/* Strings, numbers, encodings, times. Pure; any thread. */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <time.h>
#include "base/err.h"

static inline bool streq(const char *a, const char *b) { return a && b ? strcmp(a, b) == 0 : a == b; }
bool str_has_prefix(const char *s, const char *prefix);
bool str_has_suffix(const char *s, const char *suffix);
bool str_only(const char *s, const char *set); /* no byte but those of set */
/* NULL-tolerant copies; NULL only without memory or when s is NULL. */
char *str_dup(const char *s);
char *str_ndup(const char *s, size_t n);
char *str_fmt(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
/* Frees *dst and puts a copy of s (may be NULL) there. 0 or -ENOMEM (then *dst is unchanged). */
int str_replace(char **dst, const char *s);
/* Whole string must be a base-10 number within [min,max]; no space, no '+'. */
int str_to_i64(const char *s, int64_t min, int64_t max, int64_t *ret);
int str_to_u64(const char *s, uint64_t max, uint64_t *ret);
uint64_t str_hash(const void *p, size_t n); /* FNV-1a 64; stable over runs */
/* Bounded copy; false when it did not fit (dst is then truncated, NUL-terminated). */
bool str_copy(char *dst, size_t cap, const char *src);

/* Replaces in place what is no UTF-8 (RFC 3629) by question marks: text of strangers, or cut in the middle of a letter. */
void str_make_utf8(char *s);
/* Length of the valid UTF-8 sequence at s (RFC 3629: shortest form, no surrogates), n > 0 bytes of which are there; or
 * 0. */
size_t utf8_sequence(const unsigned char *s, size_t n);

/* base64 (RFC 4648 section 4; url: section 5 without padding). ret is malloc'ed, NUL-terminated. */
int b64_encode(const void *p, size_t n, bool url, char **ret);
int b64_decode(const char *s, size_t n, bool url, void **ret, size_t *ret_len); /* -EINVAL */
void hex_encode(const void *p, size_t n, char *out /* 2n+1 */);
/* Decodes %XX in place-sized copy; '+' is left alone unless plus_is_space. NULL if malformed. */
char *url_decode(const char *s, size_t n, bool plus_is_space);
/* The same into n+1 bytes; 0 or -EINVAL. */
int url_decode_to(char *out, const char *s, size_t n, bool plus_is_space);
char *url_encode(const char *s); /* everything but unreserved (RFC 3986) is escaped */

/* RFC 3339, UTC. secs: "2026-01-02T03:04:05Z"; micro: "...05.000000Z". out >= 32 bytes. */
#define TIME_STR_MAX 32
void time_format(time_t t, char out[TIME_STR_MAX]);
void time_format_micro(const struct timespec *ts, char out[TIME_STR_MAX]);
void time_format_nano(const struct timespec *ts, char out[40]); /* CRI log lines */
int time_parse(const char *s, struct timespec *ret); /* any RFC 3339 offset, 0-9 fraction digits */

/* A duration as Go's time.ParseDuration reads them, without a sign: "1h30m", "1.5s", "500ms"; in seconds. -EINVAL. */
int duration_parse(const char *s, double *ret_s);

/* Cryptographic randomness (getrandom). Never fails short of a broken kernel (aborts). */
void random_bytes(void *p, size_t n);
void uuid_new(char out[37]);		       /* version 4 */
void random_suffix(char *out, size_t n);       /* n of Kubernetes' bcdfghjklmnpqrstvwxz2456789, NUL */
