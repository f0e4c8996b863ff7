/*
 * WebSocket frames (RFC 6455): handshake value, incremental decoder, encoder. Pure: no I/O.
 * The decoder unmasks, joins fragments up to max_message, checks UTF-8 of text and control frame rules.
 */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "base/buf.h"
#include "base/err.h"

enum { WS_TEXT = 1, WS_BINARY = 2, WS_CLOSE = 8, WS_PING = 9, WS_PONG = 10 };

/* Sec-WebSocket-Accept for a Sec-WebSocket-Key (section 4.2.2). out >= 29 bytes. ERR_BAD_REQUEST on a malformed key. */
int ws_accept_key(const char *key, char out[29], struct err *e);
void ws_random_key(char out[25]);

/*
 * The sub-protocol for a client that offers these: a comma-separated list, as of Sec-WebSocket-Protocol
 * (section 11.3.4; also of X-Stream-Protocol-Version, Kubernetes' counterpart for SPDY). ours: NULL-terminated, best
 * first. Of ours; NULL: none in common. BY_SERVER: the best of ours that is offered. BY_CLIENT: the first that is
 * offered and ours, as Kubernetes' wsstream has it.
 */
enum protocol_order { PROTOCOL_BY_SERVER, PROTOCOL_BY_CLIENT };
const char *protocol_choose(const char *offered, const char *const *ours, enum protocol_order order);

struct ws_decoder; /* opaque */
int ws_decoder_new(struct ws_decoder **ret, bool expect_masked, size_t max_message);
struct ws_decoder *ws_decoder_free(struct ws_decoder *d);
/*
 * Feeds bytes; calls fn for each whole message (data is valid during the call). ERR_PROTO. A non-zero result of fn is
 * returned. After either the decoder takes no more.
 */
int ws_decoder_feed(struct ws_decoder *d, const void *p, size_t n,
		    int (*fn)(void *arg, int opcode, const uint8_t *data, size_t len), void *arg, struct err *e);
/* Appends one final frame. mask: for clients. */
void ws_encode(struct buf *out, int opcode, const void *p, size_t n, bool mask);
/* code 0: none. A long reason is cut. */
void ws_encode_close(struct buf *out, uint16_t code, const char *reason, bool mask);
