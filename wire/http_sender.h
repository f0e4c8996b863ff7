/*
 * What follows the head of a streaming answer (watch, logs): written here rather than by libmicrohttpd, whose resume
 * costs a walk over all suspended connections and several system calls for each event.
 *
 * libmicrohttpd sends the head and then asks for the body: `stream_read` suspends the connection, for the whole life of
 * the stream, and lends its socket and TLS session to a sender. A sender is one thread; a server has one for each of
 * its daemons, started with the first stream. What waits in an exchange's queue leaves as chunks (RFC 9112
 * section 7.1), as many pieces together as one TLS record holds. A peer that does not read costs one record besides its
 * queue, and is ended when nothing has left for the idle timeout. The connection goes back to libmicrohttpd, which
 * sends the last chunk and reads the next request, when the stream has ended and everything has left, or at once when
 * it failed.
 *
 * While an exchange is lent only its sender resumes it, so no callback for it runs anywhere else.
 */
#pragma once
#include "wire/http_internal.h"

struct http_sender; /* opaque */

int http_sender_new(struct http_sender **ret, struct http_server *s, struct err *e); /* borrows s; its thread runs */
/* x has been lent to its x->sender: whatever waits leaves from now on. x->c->lock is held; the server's thread. */
void http_sender_lent(struct http_exchange *x);
/* x is lent to its x->sender and has something to send, has ended or is gone. x->c->lock is held; any thread. */
void http_sender_push(struct http_exchange *x);
/* Nothing is pushed any more that is not gone. Blocks until the thread has ended. NULL is fine; returns NULL. */
struct http_sender *http_sender_free(struct http_sender *t);
