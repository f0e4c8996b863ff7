/*
 * A gRPC server of unary calls on AF_UNIX (gRPC over HTTP/2; no compression, no TLS): what plug-ins and the node agent
 * offer each other. It lives on a loop of its owner's; all functions on the loop's thread.
 *
 * Peers are not trusted: connections, streams, sizes and the time that a request may take to come, and an answer to go,
 * are bounded.
 */
#pragma once
#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>
#include "base/bytes.h"
#include "base/err.h"
#include "base/loop.h"
#include "wire/grpc_frame.h"
#include "wire/grpc_status.h"

struct grpc_server;  /* opaque */
struct grpc_request; /* one call, from its whole message to its answer */

struct grpc_server_config {
	const char *path;   /* of the socket, removed at the end; NULL: none, connections come by grpc_server_adopt */
	mode_t mode;        /* of the socket; 0: 0600 */
	size_t max_message; /* of a request; 0: GRPC_MESSAGE_MAX */
	unsigned max_connections; /* 0: 64. One that is idle goes when another comes. */
	unsigned max_streams;     /* of one connection, requests that are not answered included; 0: 100 */
	unsigned io_timeout_ms;   /* for a request to come, and for an answer to be taken; 0: 10 s */
};
/*
 * handle: a whole request with a method and one message; it belongs to the handler until grpc_reply or grpc_fail, which
 * may be called at once or later. Methods that it does not know are to be answered GRPC_UNIMPLEMENTED.
 */
int grpc_server_new(struct grpc_server **ret, struct loop *l, const struct grpc_server_config *c,
		    void (*handle)(void *arg, struct grpc_request *r), void *arg, struct err *e);
/* Not inside handle or a callback of on_cancel. Closes all. Requests that were not answered yet are still to be (nobody
 * hears it); their on_cancel is not called. */
struct grpc_server *grpc_server_free(struct grpc_server *s);
/* A connected stream socket; owned on success. */
int grpc_server_adopt(struct grpc_server *s, int fd, struct err *e);

const char *grpc_request_method(const struct grpc_request *r); /* "/package.Service/Method" */
struct bytes *grpc_request_body(const struct grpc_request *r); /* borrowed */
int64_t grpc_request_left_ms(const struct grpc_request *r);    /* until the peer's deadline; INT64_MAX: none */
int grpc_request_fd(const struct grpc_request *r); /* the connection's socket, for SO_PEERCRED; -1 once it is gone */
/* Called once when nobody waits for the answer any more (deadline, cancelled, connection lost); r is still to be
 * answered. */
void grpc_request_on_cancel(struct grpc_request *r, void (*fn)(void *arg), void *arg);
/* Both end r. body: refed. */
void grpc_reply(struct grpc_request *r, struct bytes *body);
void grpc_fail(struct grpc_request *r, int code, const char *fmt, ...) __attribute__((format(printf, 3, 4)));
