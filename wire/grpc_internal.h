/* Shared by the files of the gRPC client: grpc.c (calls), grpc_conn.c (connections), grpc_wait.c (blocking). */
#pragma once
#include <pthread.h>
#include "base/list.h"
#include "wire/grpc.h"
#include "wire/grpc_link.h"

#define ATTEMPTS 3 /* to send one call */

struct grpc_client {
	struct loop *loop;
	char *path;
	struct grpc_client_config conf;
	struct list conns;    /* the newest first; only that one may take calls */
	struct list waiting;  /* calls that have no stream */
	struct list active;   /* calls that have one */
	struct list finished; /* calls whose result is to be told */
	struct loop_task settle;
	struct loop_timer *retry;
	struct err last; /* why there is no connection; code 0: none failed */
	int64_t backoff_ms, not_before_ms;
	bool telling; /* on_settle is calling back, and frees what is left of a client that is gone */
	bool gone;

	/* blocking callers */
	pthread_mutex_t lock;
	pthread_cond_t left;
	unsigned inside;     /* lock; threads that have not left grpc_call_wait */
	struct list waiters; /* lock */
	bool stopped;        /* lock */
	struct loop_task stop_task;
	struct loop_hook at_quit;
};

/*
 * waiting -> active       a stream was submitted
 * active -> waiting       certainly not looked at by the peer, and not too often
 * waiting|active -> finished -> told, freed
 * any -> freed            cancelled
 */
enum grpc_call_state { GRPC_CALL_WAITING, GRPC_CALL_ACTIVE, GRPC_CALL_FINISHED };

struct grpc_call {
	struct list link; /* by state: waiting, active or finished */
	enum grpc_call_state state;
	struct grpc_client *client;
	struct grpc_stream *stream; /* when active */
	char *method;
	struct bytes *body;
	struct grpc_options opt;
	int64_t deadline_ms; /* on the monotonic clock; INT64_MAX: none */
	struct loop_timer *timer;
	unsigned attempts;
	void (*done)(void *arg, const struct grpc_result *r);
	void *arg;
	/* what has come */
	bool headed;                  /* the first header block that counts */
	int http_status, grpc_status; /* grpc_status: -1 none yet, -2 malformed */
	bool content_ok, encoded;
	size_t header_bytes;
	struct grpc_reader reader;
	struct grpc_result result;
};

struct grpc_conn {
	struct list link; /* client.conns */
	struct grpc_client *client;
	struct grpc_link l;
	struct list streams;
	unsigned n_streams;
	struct loop_timer *handshake;
	bool ready;    /* the peer's SETTINGS have come */
	bool draining; /* takes no calls any more */
};

/* Lives until nghttp2 has closed it, which may be after its call. */
struct grpc_stream {
	struct list link;
	struct grpc_conn *conn;
	int32_t id;
	struct grpc_call *call; /* NULL: nobody asks any more */
	bool sent;              /* its HEADERS went to the socket's buffer */
	bool told, heard;       /* END_STREAM went, came */
	bool closed;            /* nghttp2 has no such stream any more, or never had */
	struct bytes *body;
	uint8_t prefix[GRPC_PREFIX];
	size_t at; /* of prefix and body together */
};

int64_t grpc_now_ms(void);
/* grpc.c, for grpc_conn.c. Neither calls back. */
void grpc_call_finish(struct grpc_call *call, int status, bool local, const char *fmt, ...)
    __attribute__((format(printf, 4, 5)));
void grpc_call_again(struct grpc_call *call, const char *why);         /* not looked at by the peer */
void grpc_client_settle(struct grpc_client *c);                        /* on the loop's next turn */
void grpc_client_failed(struct grpc_client *c, const struct err *why); /* a connection could not be made */
/* grpc_conn.c */
int grpc_conn_new(struct grpc_client *c, struct err *e);
struct grpc_conn *grpc_conn_free(struct grpc_conn *conn); /* calls that it carries must have been taken away */
bool grpc_conn_idle(const struct grpc_conn *conn);        /* no call is under way */
int grpc_conn_submit(struct grpc_conn *conn, struct grpc_call *call, struct err *e);
void grpc_stream_abandon(struct grpc_stream *s); /* its call is over; the peer is told */
/* grpc_wait.c */
void grpc_waiters_init(struct grpc_client *c);
void grpc_waiters_done(struct grpc_client *c);
