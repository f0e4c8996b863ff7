/*
 * Errors. Every fallible function returns 0 or a negative code and fills a caller-owned
 * struct err. Codes are -errno, or one of minik's own below. `e` may always be NULL.
 * A message is one line for a person: what failed, on which object, why, the mend.
 */
#pragma once
#include <stdarg.h>

struct err {
	int code; /* negative, or 0 for none */
	char msg[512];
};

enum {
	ERR_NOT_FOUND = -1001,
	ERR_EXISTS = -1002,
	ERR_CONFLICT = -1003,	  /* compare-and-swap lost; retry from a fresh read */
	ERR_INVALID = -1004,	  /* semantically wrong (HTTP 422) */
	ERR_BAD_REQUEST = -1005,  /* syntactically wrong (HTTP 400) */
	ERR_GONE = -1006,	  /* history compacted (HTTP 410) */
	ERR_FORBIDDEN = -1007,
	ERR_UNAUTHORIZED = -1008,
	ERR_TOO_LARGE = -1009,
	ERR_TOO_MANY = -1010,
	ERR_TIMEOUT = -1011,
	ERR_UNSUPPORTED = -1012,
	ERR_PROTO = -1013,	  /* a peer broke its protocol */
	ERR_CANCELED = -1014,
	ERR_UNAVAILABLE = -1015,  /* peer or resource cannot be had now; retry later */
	ERR_INTERNAL = -1016,
	ERR_AGAIN = -1017,	  /* answer not at hand without blocking; use the async form */
	ERR_TOO_NEW = -1018,	  /* revision lies in the future (HTTP 504, Too large resource version) */
	ERR_METHOD = -1019,	  /* HTTP 405 */
	ERR_NOT_ACCEPTABLE = -1020,
	ERR_MEDIA_TYPE = -1021,
	ERR_SEALED = -1022,	  /* sealed with a key that is not at hand */
	ERR_TAMPERED = -1023,	  /* sealed, and not what was sealed any more */
};

/* Fills *e (if e) and returns code. */
int err_set(struct err *e, int code, const char *fmt, ...) __attribute__((format(printf, 3, 4)));
/* As err_set with code -errnum, ": <strerror>" appended. errnum is positive. Returns -errnum. */
int err_errno(struct err *e, int errnum, const char *fmt, ...) __attribute__((format(printf, 3, 4)));
/* Puts "context: " in front of e->msg. Returns e->code (ERR_INTERNAL when e is NULL or empty). */
int err_wrap(struct err *e, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* -ENOMEM with "out of memory". */
int err_nomem(struct err *e);
/* "not found", "conflict"... or strerror(-code). Static storage. Any thread. */
const char *err_name(int code);
