/*
 * SPDY/3.1 framing as Kubernetes' exec, attach and port-forward use it: SYN_STREAM, SYN_REPLY, DATA,
 * RST_STREAM, PING, GOAWAY, WINDOW_UPDATE, SETTINGS; header blocks compressed by zlib with the SPDY dictionary.
 * One session over one byte stream. Pure: no I/O; the caller moves bytes. Every size is bounded.
 * Source: SPDY Protocol Draft 3.1.
 */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "base/buf.h"
#include "base/err.h"

struct spdy; /* opaque */

struct spdy_header {
	const char *name, *value;
};
struct spdy_callbacks {
	/* Peer opened a stream. Return 0 to accept (call spdy_reply), non-zero to refuse. */
	int (*on_stream)(void *arg, uint32_t id, const struct spdy_header *h, size_t n, bool fin);
	void (*on_reply)(void *arg, uint32_t id, const struct spdy_header *h, size_t n);
	/* Data; the receive window is given back by spdy_consumed. */
	void (*on_data)(void *arg, uint32_t id, const uint8_t *p, size_t n, bool fin);
	void (*on_reset)(void *arg, uint32_t id, uint32_t status);
	/* The peer's window grew: more may be sent on id. */
	void (*on_window)(void *arg, uint32_t id);
	void (*on_goaway)(void *arg);
};
int spdy_new(struct spdy **ret, bool server, const struct spdy_callbacks *cb, void *arg, struct err *e);
struct spdy *spdy_free(struct spdy *s);
int spdy_feed(struct spdy *s, const void *p, size_t n, struct err *e); /* ERR_PROTO */
/* Bytes to be sent to the peer gather here; the caller sends and buf_consume()s. */
struct buf *spdy_out(struct spdy *s);
int spdy_reply(struct spdy *s, uint32_t id, const struct spdy_header *h, size_t n, bool fin);
int spdy_open(struct spdy *s, const struct spdy_header *h, size_t n, bool fin, uint32_t *ret_id, struct err *e);
/* Sends up to what the window allows; returns the number of bytes taken (fin is sent only with the last byte). */
size_t spdy_send(struct spdy *s, uint32_t id, const void *p, size_t n, bool fin);
size_t spdy_window(const struct spdy *s, uint32_t id);
void spdy_consumed(struct spdy *s, uint32_t id, size_t n);
void spdy_reset(struct spdy *s, uint32_t id, uint32_t status);
void spdy_goaway(struct spdy *s, uint32_t status);
