/*
 * One HTTP/2 connection of gRPC's, whichever end: a socket, nghttp2's session, and the loop that drives both. Loop's
 * thread.
 *
 * nghttp2's callbacks run inside grpc_link_read only and must not end the link; what they submit is sent afterwards.
 * What waits to be sent stays in nghttp2 but for GRPC_LINK_OUT bytes, so a peer that does not read costs no memory.
 */
#pragma once
#include <nghttp2/nghttp2.h>
#include <stdbool.h>
#include "base/buf.h"
#include "base/loop.h"

#define GRPC_LINK_OUT 65536

struct grpc_link {
	struct loop *loop;
	struct loop_io *io;
	int fd; /* owned */
	nghttp2_session *h2;
	struct buf out; /* taken from nghttp2, not yet taken by the kernel */
	struct loop_task kick;
	bool broken; /* nothing can be sent any more; what has come is still read */
	bool ended;
	struct err why; /* of its end: what a callback found, or what the socket or nghttp2 said */
	/* Once: the link can do nothing any more. Not inside nghttp2's callbacks; may call grpc_link_done and free its
	 * memory. */
	void (*on_end)(struct grpc_link *l);
};

/* Before: h2 made (owned from here on, also when this fails), on_end set. fd is owned on success only. */
int grpc_link_start(struct grpc_link *l, struct loop *loop, int fd, struct err *e);
void grpc_link_kick(struct grpc_link *l); /* something was submitted */
void grpc_link_end(struct grpc_link *l, int code, const char *fmt,
		   ...) /* from the loop's next turn on; the first reason counts */
    __attribute__((format(printf, 3, 4)));
void grpc_link_sent(struct grpc_link *l, const nghttp2_frame *f); /* by the callback for frames that were sent */
void grpc_link_flush(struct grpc_link *l); /* what can be sent without waiting; never calls on_end */
void grpc_link_done(struct grpc_link *l);  /* closes; a zeroed one is fine */

/* nghttp2's options for both ends: bounds on what a peer can make it keep. NULL without memory. */
nghttp2_option *grpc_link_options(void);
/* A name and a value that outlive the submission, which copies them. */
#define GRPC_NV(n, v, vlen)                                                                                            \
	((nghttp2_nv){(uint8_t *)(uintptr_t)(n), (uint8_t *)(uintptr_t)(v), sizeof(n) - 1, (vlen),                     \
		      NGHTTP2_NV_FLAG_NONE})
