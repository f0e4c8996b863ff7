/*
 * The inside of the node's HTTPS server; only node/server*.c include it.
 *
 * Requests come on the HTTP server's threads. What lasts is a session and lives on one loop of the server's own: log
 * streams and upgraded connections. Work that blocks (starting a command, reading a log, entering a network namespace)
 * runs in a pool, at most one job a session at a time, and its end is told on the loop.
 */
#pragma once
#include <pthread.h>
#include <stdatomic.h>
#include "base/list.h"
#include "base/loop.h"
#include "base/pool.h"
#include "node/internal.h"
#include "node/server.h"
#include "wire/http_server.h"
#include "wire/spdy.h"

#define SERVER_OUT_HIGH    (256u << 10) /* bytes that may wait for a client before its sources are paused */
#define SERVER_IN_HIGH     (512u << 10) /* bytes that may wait for a process before its client is paused */
#define SERVER_STREAMS_MAX 1000u        /* sessions at once */

struct node_server {
	struct node *n;
	struct http_server *http;
	struct loop *loop;
	struct loop_thread *thread;
	struct pool *pool;
	atomic_uint n_live; /* upgrades accepted and sessions */

	/* loop's thread */
	struct list sessions;
	bool stopping;
	int inotify;
	struct loop_io *inotify_io;
	struct list logs; /* struct log_stream that follow */
};

/* --- sessions: loop's thread --- */
struct session {
	struct node_server *server;
	struct list link;
	struct loop_task free_task;
	unsigned busy;                      /* jobs under way: not freed before */
	bool ended;                         /* only waits to be freed */
	void (*close)(struct session *s);   /* releases sources and descriptors; called once */
	void (*destroy)(struct session *s); /* frees; no job is under way */
};
void session_init(struct session *s, struct node_server *server, void (*close)(struct session *),
		  void (*destroy)(struct session *));
/* Closes at once and frees later, so that callbacks of the session's own sources may call it. Again: nothing. */
void session_end(struct session *s);

struct session_job {
	struct pool_job job;
	struct session *session;
	void (*run)(struct session_job *j); /* worker */
	void (*done)(struct session_job
			 *j); /* loop; not called when the session has ended meanwhile: then dropped (may be NULL) is */
	void (*dropped)(struct session_job *j);
};
void session_submit(struct session *s, struct session_job *j);

/* --- requests --- */
struct request { /* strings malloc'ed */
	char *ns, *pod, *uid, *container;
	char *query;
};
/* The value of a query parameter, decoded, malloc'ed; NULL when absent. *at (may be NULL) goes on from the one before.
 */
char *query_value(const char *query, const char *key, const char **at);
bool query_flag(const char *query, const char *key);
void reply_error(struct http_exchange *x, int status, const struct err *e);
int error_status(int code);

/* --- connections after an upgrade: loop's thread --- */
enum tunnel_kind { TUNNEL_WS, TUNNEL_SPDY, TUNNEL_SPDY_IN_WS };
struct tunnel;
struct tunnel_ops {
	/* A WebSocket message. */
	void (*on_message)(void *arg, bool text, const uint8_t *p, size_t n);
	/* As in spdy_callbacks. */
	int (*on_stream)(void *arg, uint32_t id, const struct spdy_header *h, size_t n, bool fin);
	void (*on_data)(void *arg, uint32_t id, const uint8_t *p, size_t n, bool fin);
	void (*on_reset)(void *arg, uint32_t id);
	/* There may be room again: in the window of a stream, or among the bytes that wait. */
	void (*on_room)(void *arg);
	/* The peer is gone or has broken the protocol, or tunnel_finish has come to its end. Last callback. */
	void (*on_closed)(void *arg);
};
int tunnel_new(struct tunnel **ret, struct node_server *s, enum tunnel_kind kind, int fd /* taken */,
	       const struct tunnel_ops *ops, void *arg);
struct tunnel *tunnel_free(struct tunnel *t);
struct spdy *tunnel_spdy(struct tunnel *t);
size_t tunnel_waiting(const struct tunnel *t); /* bytes not yet handed to the kernel */
void tunnel_message(struct tunnel *t, bool text, const void *p, size_t n);
/* A message that begins with its channel, as Kubernetes' WebSocket protocols have it: a byte, or in base64 a digit and text. */
void tunnel_channel(struct tunnel *t, bool base64, int ch, const void *p, size_t n);
void tunnel_flush(struct tunnel *t); /* after something was queued outside of a callback of the tunnel's own */
void tunnel_pause(struct tunnel *t, bool paused); /* stops reading from the peer */
/* Says goodbye, and on_closed comes when the peer has heard everything, or after a while. */
void tunnel_finish(struct tunnel *t);

/* An upgrade that is under way; upgraded() gets the descriptor on the loop, or the request is freed with it. */
struct upgrade {
	struct node_server *server;
	enum tunnel_kind kind;
	char protocol[64];
	struct request rq;
	struct node_container_info info;
	bool attach;
	void (*start)(struct upgrade *u, int fd); /* loop's thread; takes fd; u stays the caller's */
	/* private */
	int fd;
};
/* Chooses the protocol among what the client offers (ours: best first, NULL-terminated). Answers an error itself and
 * returns negative. */
int upgrade_negotiate(struct http_exchange *x, const char *const *ws, const char *const *spdy,
		      enum tunnel_kind *ret_kind, char ret[64]);
void upgrade_begin(struct upgrade *u, struct http_exchange *x); /* consumes u */

/* --- the services; HTTP server's threads. rq is taken apart. --- */
void server_logs(struct node_server *s, struct http_exchange *x, struct request *rq);
void server_logs_event(struct node_server *s); /* loop: inotify is readable */
void server_exec(struct node_server *s, struct http_exchange *x, struct request *rq, bool attach);
void server_port_forward(struct node_server *s, struct http_exchange *x, struct request *rq);
void request_done(struct request *rq);
