/* Requests that end at a node agent, a pod or a Service: log, exec, attach, portforward (stream.c) and proxy (proxy.c). */
#pragma once
#include "apiserver/relay.h"

struct stream {
	struct req *r;
	struct apiserver *a;
	char *url; /* https://10.0.0.1:10250/exec/... */
	bool node; /* to a node agent: with our certificate */
	json_t *pod;
	/* log and proxy: a streamed answer */
	pthread_mutex_t lock; /* guards gone against writes to the exchange; recursive */
	_Atomic int refs;
	bool gone, begun, over;
	struct http_call *call; /* loop thread */
	struct loop_task cancel;
	bool rewrite;
	struct buf body;
};
struct stream *stream_new(struct req *r);
void stream_free(struct stream *s);
void stream_fail(struct stream *s, int http, const char *reason, const char *fmt, ...) __attribute__((format(printf, 4, 5)));
/* The node agent's address: "10.0.0.1:10250" malloc'ed, or NULL with e. node: its object. */
char *node_agent_address(const json_t *node, struct err *e);
/* Headers to pass on: "Name: value" strings, NULL-terminated, freed with strings_free. */
char **headers_forward(const struct http_exchange *x, bool upgrade);
void strings_free(char **v);
/* On the loop: connects with the client's upgrade headers, then relays. Consumes s. */
void stream_upgrade(void *arg);
/* On the loop: fetches url and streams the answer back. Consumes s. */
void stream_fetch(void *arg);
bool wants_upgrade(const struct http_exchange *x);
/* proxy.c */
void req_proxy(struct req *r);
