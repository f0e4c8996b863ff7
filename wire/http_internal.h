/*
 * The HTTP server's inside, shared by http_server.c (sockets, threads), http_conn.c (libmicrohttpd and
 * TLS callbacks), http_exchange.c (requests and answers), http_sender.c (streams) and http_pump.c (upgrades).
 *
 * Threads: `threads` libmicrohttpd daemons, each with one epoll thread, serve connections; one "watch" thread
 * accepts, spreads connections over the daemons, notices vanished peers of suspended connections (libmicrohttpd
 * does not look at them) and moves bytes of upgraded TLS connections. Beside each daemon a sender writes what
 * its connections stream, from the first stream on.
 *
 * Locks: http_server.lock guards the table of connections; http_conn.lock guards one connection and its current
 * exchange. Order: server.lock, then conn.lock, then a sender's or libmicrohttpd's own. Application callbacks are called
 * without any of them.
 */
#pragma once
#include <gnutls/gnutls.h>
#include <microhttpd.h>
#include <pthread.h>
#include <stdatomic.h>
#include <time.h>
#include "base/list.h"
#include "wire/http_server.h"

struct http_conn;
struct http_pump;
struct http_sender;

/* Certificate, key and client CA in use; replaced whole by a hot swap, kept by the sessions that began with it. */
struct http_tls {
	atomic_uint refs;
	gnutls_certificate_credentials_t cred;
};
struct http_tls *http_tls_unref(struct http_tls *t);

#define HTTP_RECORD 16384u /* what one TLS record carries at most (RFC 8446 section 5.1) */

struct http_server {
	struct http_server_config config; /* strings are owned copies */
	http_handler_fn fn;
	void *arg;
	char *bind_address, *cert_pem, *key_pem, *client_ca_pem;

	struct MHD_Daemon **daemons;
	atomic_uint *load; /* connections per daemon */
	struct http_sender **senders; /* lock; per daemon, NULL before its first stream */
	bool senders_end;	      /* lock; no more are made */
	unsigned n_daemons;
	int listen_fd, spare_fd, ep, wake;
	uint16_t port;
	pthread_t watch;
	bool watching;
	atomic_bool stopping;
	atomic_uint n_conns, n_exchanges;

	pthread_mutex_t lock;
	pthread_cond_t quiet;     /* n_exchanges became 0 */
	struct http_conn **by_fd; /* lock */
	size_t n_by_fd;           /* lock */
	uint32_t next_gen;        /* watch thread */
	struct http_tls *tls;     /* lock */
	struct list todo;         /* lock; exchanges to be upgraded, by todo_link */
	struct list pumps;        /* watch thread */
};

struct http_conn {
	atomic_uint refs;
	struct http_server *server;
	struct MHD_Connection *mhd;
	int fd;
	uint32_t gen; /* tells a late event for an earlier user of the same fd */
	unsigned daemon;
	char peer[64];

	pthread_mutex_t lock;
	struct http_exchange *x; /* lock; the request under way */
	bool open;               /* lock; fd may be used */
	bool rdhup;              /* lock; the peer sends no more */
	bool reading;            /* lock; no request has been read whole since `since` */
	time_t since;            /* lock; CLOCK_MONOTONIC */
	struct http_exchange *spare; /* lock; memory of the last one, for the next: it is too large for malloc's fast path */
	struct http_pump *pump;  /* watch thread */

	/* TLS; used by whoever drives the connection: its daemon's thread, its sender, or the watch thread once upgraded. */
	gnutls_session_t session;
	struct http_tls *tls;
	bool cert_checked;
	char *cn, *orgs; /* verified client certificate */
	time_t cert_expires;
	unsigned char *held; /* records kept back to leave together with the next */
	size_t n_held, held_cap;
	bool hold_next;
	uint16_t in_pos, in_len;
	unsigned char *in; /* NULL between times */
};

struct http_header {
	const char *name, *value;
	struct http_header *next;
};

struct http_chunk {
	struct http_chunk *next;
};

struct http_exchange {
	atomic_uint refs; /* one of libmicrohttpd's side, one of the application's until it has answered */
	struct http_conn *c;
	struct list todo_link;

	/* request */
	const char *method, *path, *query;
	struct http_header *headers, **headers_tail;
	size_t n_headers;
	bool started, dispatched, too_large;
	size_t body_len, body_want; /* body_want: Content-Length, or SIZE_MAX when chunked */
	struct bytes *body;

	/* answer; guarded by c->lock */
	struct http_header *reply_headers, **reply_tail;
	bool answered, app_released, suspended, gone, finished;
	struct MHD_Response *response;
	unsigned status;
	bool hold; /* header and body are sent in one go */
	void (*closed)(void *arg);
	void *closed_arg;
	bool stream, ended, bulk;
	struct bytes **queue; /* ring */
	size_t q_head, q_len, q_cap, q_offset, q_bytes, max_queue;
	void (*drained)(void *arg);
	void *drained_arg;
	/* While the connection is lent to a sender; see http_sender.h. */
	struct http_sender *sender;
	struct list sender_link; /* the sender's lock */
	bool blocked;		 /* nothing can leave now */
	time_t blocked_since;	 /* CLOCK_MONOTONIC */
	unsigned char *rest;	 /* what was begun to be sent and has not left, or NULL; the sender's thread */
	size_t rest_off, rest_len;
	char *upgrade_protocol;
	http_upgraded_fn upgraded;
	void *upgraded_arg;


	/* memory of the strings above */
	struct http_chunk *chunks;
	char *mem;
	size_t mem_left;
	char first[1664]; /* enough for a request with a service account's token, and its answer */
};

/* http_conn.c */
struct http_conn *http_conn_new(struct http_server *s, int fd, const char *peer);
struct http_conn *http_conn_ref(struct http_conn *c);
void http_conn_unref(struct http_conn *c);
void http_conn_idle(struct http_conn *c);
int http_conn_start_daemons(struct http_server *s, struct err *e);
int http_tls_new(struct http_tls **ret, const char *cert_pem, const char *key_pem, const char *client_ca_pem,
		 struct err *e);
/* c->lock is held. Ends the exchange without an answer (if not gone already) and wakes its connection. */
void http_exchange_abort(struct http_exchange *x);
/* c->lock is held. */
void http_exchange_resume(struct http_exchange *x);

/* http_exchange.c */
struct http_exchange *http_exchange_new(struct http_conn *c, const char *uri);
void http_exchange_unref(struct http_exchange *x);
void *http_exchange_alloc(struct http_exchange *x, size_t n);
const char *http_exchange_text(struct http_exchange *x, const char *s, size_t n);
int http_exchange_add_request_header(struct http_exchange *x, const char *name, size_t n_name, const char *value,
				     size_t n_value);
void http_exchange_finished(struct http_exchange *x);
/* c->lock is held. Moves up to max bytes out of the queue. */
size_t http_stream_take(struct http_exchange *x, char *buf, size_t max);

/* http_pump.c; watch thread */
void http_upgrade_run(struct http_exchange *x);
void http_pump_run(struct http_pump *p);
void http_pump_end(struct http_pump *p);
bool http_pump_busy(const struct http_pump *p); /* stopped for fairness, not for lack of data */

/* http_server.c */
time_t http_now(void);             /* seconds, CLOCK_MONOTONIC */
#define HTTP_TAG_PAIR (1ull << 63) /* event on the application's side of an upgraded connection */
uint64_t http_conn_tag(const struct http_conn *c);
/* The connection of a tag, as a reference, or NULL. */
struct http_conn *http_server_conn(struct http_server *s, uint64_t tag);
/* The sender of a daemon's connections; NULL when stopping or without memory. */
struct http_sender *http_server_sender(struct http_server *s, unsigned daemon);
void http_server_conn_closed(struct http_server *s, struct http_conn *c);
void http_server_todo(struct http_server *s, struct http_exchange *x);
