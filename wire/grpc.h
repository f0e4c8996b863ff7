/*
 * A gRPC client for unary calls over AF_UNIX (gRPC over HTTP/2; no compression, no TLS): CSI drivers, plug-ins of the
 * node agent. One connection carries all calls of a client; it is made by the first call and, once lost, by the next
 * one, after a pause that grows while that fails. Functions are for the loop's thread, but for grpc_call_wait and
 * grpc_client_stop.
 *
 * The peer is not trusted: sizes of messages and headers are bounded, its texts come out as UTF-8 without control
 * characters, and whatever it sends becomes a status.
 */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include "base/bytes.h"
#include "base/err.h"
#include "base/loop.h"
#include "wire/grpc_frame.h"
#include "wire/grpc_status.h"

struct grpc_client; /* opaque */
struct grpc_call;   /* under way */

struct grpc_client_config {
	const char *path; /* of the socket; copied */
	/* In place of path: hands out a connected stream socket (owned by the client), or a negative code. Any kind of
	 * one. */
	int (*dial)(void *arg, int *ret_fd, struct err *e);
	void *dial_arg;
	size_t max_message;            /* of an answer; 0: GRPC_MESSAGE_MAX */
	unsigned handshake_timeout_ms; /* until the peer has said that it speaks HTTP/2; 0: 10 s */
	unsigned backoff_ms; /* after the first failure; 0: 50. Times 1.6 each, +-20 %, up to backoff_max_ms (0: 5 s) */
	unsigned backoff_max_ms;
};
int grpc_client_new(struct grpc_client **ret, struct loop *l, const struct grpc_client_config *c, struct err *e);
/* Cancels what is under way without callbacks; who waits gets CANCELLED. Fine inside a callback. */
struct grpc_client *grpc_client_free(struct grpc_client *c);
/* Whoever waits in grpc_call_wait gets CANCELLED now, and whoever comes. Any thread; the end of the loop does it, too.
 */
void grpc_client_stop(struct grpc_client *c);

struct grpc_result {
	int status; /* enum grpc_code */
	/* The status was made here: no connection, deadline, an answer that is none... */
	bool local;
	/* With local: some of the request may have reached the peer, so it may have been carried out. A status of the
	   peer's own says what its interface says: DEADLINE_EXCEEDED, which either end may notice first, leaves it
	   open, too. */
	bool sent;
	char message[GRPC_STATUS_TEXT]; /* UTF-8, perhaps empty */
	struct bytes *reply;            /* of GRPC_OK, perhaps of no bytes; else NULL */
};
void grpc_result_done(struct grpc_result *r); /* of those that the caller owns */
/* 0, or fills e: "METHOD: NAME: message". The method's leading slash is left out. */
int grpc_result_err(const struct grpc_result *r, const char *method, struct err *e);

struct grpc_options {
	unsigned timeout_ms; /* also told to the peer; 0: none */
	/* Until the deadline the call waits for a peer that cannot be connected to, rather than fail UNAVAILABLE at
	 * once. */
	bool wait_ready;
};
/*
 * method: "/package.Service/Method". body: one message, without prefix; refed. `done` is called once, on a later turn
 * of the loop, unless the call was cancelled or the client freed; r is borrowed. A call that certainly was not looked
 * at by the peer (REFUSED_STREAM, GOAWAY, connection lost before it was sent) is sent once more by itself.
 */
int grpc_call_start(struct grpc_client *c, const char *method, struct bytes *body, const struct grpc_options *o,
		    void (*done)(void *arg, const struct grpc_result *r), void *arg, struct grpc_call **ret,
		    struct err *e);
void grpc_call_cancel(struct grpc_call *call); /* also tells the peer; `done` is not called */

/* For worker threads, never the loop's: sleeps until the answer. Returns the status; *ret is to be done with
 * grpc_result_done. */
int grpc_call_wait(struct grpc_client *c, const char *method, struct bytes *body, const struct grpc_options *o,
		   struct grpc_result *ret);
