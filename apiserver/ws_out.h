/*
 * A WebSocket in which only the server speaks (watches, logs): what is said gathers in a buffer; the server's loop
 * writes it out and reads what the client says (close, ping). Any thread.
 */
#pragma once
#include "apiserver/internal.h"
#include "wire/websocket.h"

struct ws_out; /* opaque; referenced by who made it and, once upgraded, by the loop */
/*
 * Answers x, which asks for it, with 101. protocol: what Sec-WebSocket-Protocol says, or NULL. ERR_BAD_REQUEST: it asks
 * in a wrong way and is not answered; -ENOMEM. Who has to hear that the client has gone sets http_on_close itself.
 */
int ws_out_begin(struct ws_out **ret, struct apiserver *a, struct http_exchange *x, const char *protocol);
/* One message. -EPIPE: gone; ERR_TOO_LARGE: it does not read; -ENOMEM. */
int ws_out_send(struct ws_out *w, int opcode, const void *p, size_t n);
size_t ws_out_waiting(struct ws_out *w); /* bytes not yet handed to the kernel */
/* Called on the loop's thread whenever all that was said has left. Who sets it takes it back (NULL), on that thread,
 * before arg goes. */
void ws_out_on_drain(struct ws_out *w, void (*fn)(void *arg), void *arg);
/* Closes it, in order, when all has been written. */
void ws_out_end(struct ws_out *w);
void ws_out_unref(struct ws_out *w);
