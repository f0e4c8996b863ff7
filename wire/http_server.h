/*
 * HTTP/1.1 server (RFC 9112) on libmicrohttpd + GnuTLS, behind an interface that does not show it.
 *
 * A handler runs on one of the server's epoll threads and must not block. It either answers at once with
 * http_reply*(), or keeps the exchange (returns with nothing answered) and answers later from any
 * thread. Request bodies up to the configured limit are read whole before the handler runs (413 beyond).
 */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>
#include "base/bytes.h"
#include "base/err.h"

struct http_server;   /* opaque */
struct http_exchange; /* one request and its answer; owned by the server, freed after `closed` */

struct http_server_config {
	const char *bind_address; /* "0.0.0.0", "127.0.0.1", "::": both families, or IPv4 alone where the kernel has no
				     other; NULL: "::" */
	uint16_t port;            /* 0: any; see http_server_port */
	bool freebind;            /* the address need not be the host's yet (IP_FREEBIND) */
	/* PEM; all NULL: plain HTTP. */
	const char *tls_cert_pem, *tls_key_pem;
	const char *client_ca_pem; /* NULL: client certificates are not asked for */
	unsigned threads;          /* epoll threads; 0: as many as cores */
	unsigned max_connections;  /* 0: three of four descriptors (RLIMIT_NOFILE), at most 16384 */
	size_t max_body;           /* bytes; 0: 3 MiB */
	/* What a larger one is told, with 413; NULL: plain text. Borrowed as long as the server lives. */
	const char *too_large_type, *too_large_body;
	unsigned idle_timeout_s;    /* without a byte; 0: 120 */
	unsigned request_timeout_s; /* for a handshake and a request to come in whole, from connecting or the last answer; 0: the idle one and 30 */
};

typedef void (*http_handler_fn)(void *arg, struct http_exchange *x);

int http_server_new(struct http_server **ret, const struct http_server_config *c, http_handler_fn fn, void *arg,
		    struct err *e);
/* Takes the address, where nobody is let in yet. -EADDRINUSE names who has it, where that can be seen. */
int http_server_bind(struct http_server *s, struct err *e);
int http_server_start(struct http_server *s, struct err *e); /* binds unless that is done, and listens */
uint16_t http_server_port(const struct http_server *s);
int http_server_set_cert(struct http_server *s, const char *cert_pem, const char *key_pem,
			 struct err *e); /* hot swap */
/* Not blocking: no new connections; streams are ended, kept exchanges are closed, upgraded TLS connections end. */
void http_server_stop(struct http_server *s);
void http_server_join(struct http_server *s); /* answers under way get up to a second; no callback fires afterwards */
struct http_server *http_server_free(struct http_server *s);

/* --- request; strings live as long as the exchange --- */
const char *http_method(const struct http_exchange *x);
const char *http_path(const struct http_exchange *x);  /* raw, still %-encoded, without the query */
const char *http_query(const struct http_exchange *x); /* raw query string, "" if none */
const char *http_header(const struct http_exchange *x, const char *name);
/* Calls fn for every value of a header (Impersonate-Group may come several times). */
void http_header_each(const struct http_exchange *x, void (*fn)(void *arg, const char *name, const char *value),
		      void *arg);
struct bytes *http_body(const struct http_exchange *x); /* borrowed; NULL when empty */
const char *http_peer(const struct http_exchange *x);   /* "10.0.0.1:4242" */
/* The verified client certificate's subject; false without one. cn, and O values joined by '\n' in orgs (malloc'ed). */
bool http_peer_cert(const struct http_exchange *x, char **ret_cn, char **ret_orgs);

/*
 * --- answer; any thread, exactly one of reply / stream / upgrade ---
 *
 * How long x is valid: for an exchange kept without http_on_close, until the application's last word (http_reply*,
 * http_stream_end, http_upgrade), even if the peer is long gone; with http_on_close, until `closed` has returned,
 * and nothing more need be said then. A thread that may speak while `closed` runs needs a lock of its own, taken in
 * `closed` too (no lock of the server is held then). Inside the handler x is always valid. Every kept exchange must
 * be answered or have http_on_close.
 */
struct http_headers;                                                               /* builder for response headers */
/* Before answering. name is borrowed until then: a literal; value is copied. */
int http_add_header(struct http_exchange *x, const char *name, const char *value);
/* Takes no reference away from the caller: refs body itself. body may be NULL. HEAD sends no body. */
void http_reply(struct http_exchange *x, int status, const char *content_type, struct bytes *body);
/* Body made of several shared pieces (LIST): refs each. */
void http_reply_parts(struct http_exchange *x, int status, const char *content_type, struct bytes *const *parts,
		      size_t n);

/*
 * Streaming answer (watch, logs): chunked. After http_stream_begin, http_stream_write queues shared bytes
 * (refs them); -EPIPE after the peer is gone; ERR_TOO_LARGE when more than max_queue bytes wait (the caller
 * should end). closed(arg) is called exactly once, when the exchange is finished for whatever reason (also for
 * plain replies and upgrades if set by http_on_close), on a server thread; after it x is invalid. Half-open peers are
 * noticed (EPOLLRDHUP).
 */
void http_on_close(struct http_exchange *x, void (*closed)(void *arg), void *arg);
/* Takes it back: x is again one that is kept without. False: `closed` has been called, or is about to be. */
bool http_close_forget(struct http_exchange *x);
int http_stream_begin(struct http_exchange *x, int status, const char *content_type, size_t max_queue);
/* Before http_stream_begin: much will be written at once (lists); costs an idle stream 12 KB more. */
void http_stream_bulk(struct http_exchange *x);
int http_stream_write(struct http_exchange *x, struct bytes *piece);
size_t http_stream_waiting(struct http_exchange *x); /* bytes in the queue */
/* Called on a server thread whenever the queue has drained to empty (back-pressure for producers). */
void http_stream_on_drain(struct http_exchange *x, void (*fn)(void *arg), void *arg);
void http_stream_end(struct http_exchange *x);
/* Ends it so that the peer sees it is not whole: the connection is closed. */
void http_stream_abort(struct http_exchange *x);

/*
 * Protocol upgrade (101; headers by http_add_header): afterwards the connection is a byte stream. fd is a connected,
 * non-blocking stream socket with TLS already removed (a socketpair when TLS is on); the callee owns and closes it. fn
 * runs on a server thread, once, unless the exchange is closed before. Clients wait for the 101 before they speak on
 * (RFC 9110 section 7.8), so `extra` is empty today.
 */
typedef void (*http_upgraded_fn)(void *arg, int fd, const void *extra, size_t n_extra);
void http_upgrade(struct http_exchange *x, const char *protocol, http_upgraded_fn fn, void *arg);
