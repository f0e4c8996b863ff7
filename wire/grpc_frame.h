/*
 * What both ends of gRPC over HTTP/2 write and read inside frames: messages with their five bytes in front, texts of
 * grpc-message, times of grpc-timeout. Pure; one thread at a time.
 */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "base/buf.h"
#include "base/err.h"

#define GRPC_PREFIX      5          /* compressed flag, length in network order */
#define GRPC_MESSAGE_MAX (4u << 20) /* bytes of one message, unless somebody says otherwise */
#define GRPC_STATUS_TEXT 512        /* what is kept of a status' text, with its NUL */
#define GRPC_HEADERS_MAX 16384      /* names and values of all header blocks of one stream */

void grpc_prefix(uint8_t out[GRPC_PREFIX], size_t len); /* len <= UINT32_MAX */

/* Reads the one message of a stream, in pieces as they come. Zero-initialise, then set max. */
struct grpc_reader {
	size_t max; /* bytes of the message */
	uint8_t prefix[GRPC_PREFIX];
	size_t prefix_n; /* bytes of it that have come */
	size_t want;     /* once they have */
	struct buf body; /* grows with what has come, not with what was promised */
};
/* ERR_TOO_LARGE, ERR_UNSUPPORTED (compressed; nobody here offers to understand that), ERR_PROTO (a flag that is none, a
   second message), -ENOMEM. */
int grpc_reader_add(struct grpc_reader *r, const uint8_t *p, size_t n, struct err *e);
bool grpc_reader_empty(const struct grpc_reader *r); /* nothing has come */
bool grpc_reader_whole(const struct grpc_reader *r); /* exactly one message */
void grpc_reader_done(struct grpc_reader *r);

/* grpc-message: all but printable ASCII, and '%', as %XX. */
void grpc_percent_encode(struct buf *out, const char *s);
/* Of what is malformed the signs stay as they are; what is no UTF-8, and control characters, become '?'. At most cap -
 * 1 bytes. */
void grpc_percent_decode(char *out, size_t cap, const char *s, size_t n);

#define GRPC_TIMEOUT_TEXT 16
/* grpc-timeout: at most eight digits and a unit, never longer than ms. */
void grpc_timeout_format(char out[GRPC_TIMEOUT_TEXT], int64_t ms);
/* In milliseconds, rounded up; or ERR_BAD_REQUEST. At most a year. */
int grpc_timeout_parse(const char *s, size_t n, int64_t *ret_ms, struct err *e);

/* A header's name or value. */
bool grpc_is(const uint8_t *p, size_t n, const char *s);
/* "application/grpc", alone or with "+proto" or parameters behind it. Other formats than proto are not ours. */
bool grpc_content_type(const char *s, size_t n);
