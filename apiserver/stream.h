/* Requests that end at a node agent, a pod or a Service: log, exec, attach, portforward (stream.c) and proxy (proxy.c). */
#pragma once
#include <zlib.h>
#include "apiserver/proxy_links.h"
#include "apiserver/relay.h"
#include "apiserver/ws_out.h"

struct stream {
	struct req *r;
	struct apiserver *a;
	char *url; /* https://10.0.0.1:10250/exec/... */
	bool node; /* to a node agent: with our certificate */
	unsigned way; /* upgrades: what is tried (stream_upgrade.c) */
	json_t *pod;
	/* log and proxy: a streamed answer */
	pthread_mutex_t lock; /* guards gone against writes to the exchange; recursive */
	_Atomic int refs;
	bool gone, begun, over;
	struct http_call *call; /* loop thread */
	struct loop_task cancel, resume;
	/* Back-pressure: full is what the client's side looks at, resuming that `resume` is posted; the rest the loop's. */
	atomic_bool full, resuming;
	bool held;         /* the backend is not read */
	struct buf packed; /* which came before it was held, compressed */
	int failed;        /* on the way to the client, while the backend was held */
	struct buf body; /* of a refusal */
	/* proxy: where the request's path ends and the backend's begins, the backend's host; else NULL */
	char *prefix, *host;
	/* From the answer's head on; loop thread */
	struct proxy_links links;
	struct html_links *html; /* links in the body are rewritten */
	z_stream *unpack;        /* which comes compressed */
	struct ws_out *ws;       /* log over WebSocket */
	bool base64;             /* as text */
};
struct stream *stream_new(struct req *r);
void stream_free(struct stream *s);
void stream_fail(struct stream *s, int http, const char *reason, const char *fmt, ...) __attribute__((format(printf, 4, 5)));
/* The node agent's address: "10.0.0.1:10250" malloc'ed, or NULL with e. node: its object. */
char *node_agent_address(const json_t *node, struct err *e);
/* What is asked of a backend: the upgrade, and, if not as the client has it, in which header which protocol. */
struct stream_words {
	const char *upgrade, *header, *protocol;
};
/* Headers to pass on: "Name: value" strings, NULL-terminated, freed with strings_free. w: NULL without an upgrade. */
char **headers_forward(const struct stream *s, const struct stream_words *w);
/* As Kubernetes reads them: whatever is neither "0" nor "false" is true. */
bool stream_flag(const struct req *r, const char *key);
/* What the backend said instead of what was asked for, as a Status. Consumes s. */
void stream_refused(struct stream *s, int status, struct bytes *body);
void strings_free(char **v);
/* stream_upgrade.c. On the loop: connects with the client's upgrade headers, then relays. Consumes s. */
void stream_upgrade(void *arg);
/* stream_fetch.c. On the loop: fetches url and streams the answer back. Consumes s. */
void stream_fetch(void *arg);
/* Whether a log may be asked for in that way: not over WebSocket in a protocol that logs have not. */
bool stream_log_protocol(const struct http_exchange *x, const char **ret_protocol);
bool wants_upgrade(const struct http_exchange *x);
bool wants_websocket(const struct http_exchange *x);
/* proxy.c */
void req_proxy(struct req *r);
