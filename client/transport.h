/*
 * How a component reaches an API server: by direct call (the server's own process, implemented by apiserver/) or by
 * HTTPS (client/https.c). The caller cannot tell which. Object bytes of direct calls are the store's own, shared.
 *
 * A connector says where and as whom; a transport is a connector opened on one loop. start and cancel are called on that
 * loop's thread and never block; callbacks come on that loop's thread, never from inside start.
 */
#pragma once
#include <stdbool.h>
#include "base/bytes.h"
#include "base/err.h"
#include "base/loop.h"

struct transport_request {
	const char *method; /* "GET", "POST", "PUT", "PATCH", "DELETE" */
	const char *path;   /* "/api/v1/namespaces/default/pods", segments %-encoded */
	const char *query;  /* "limit=500&continue=x", or NULL */
	const char *content_type; /* NULL: application/json */
	const char *accept;	  /* NULL: application/json */
	struct bytes *body;	  /* refed; may be NULL */
	bool watch;		  /* a watch: on_event, then on_done when it ends */
	unsigned timeout_ms;	  /* 0: 60 s; watches: none */
};
struct transport_response {
	int code;	    /* 0 when an HTTP status came; else negative: ERR_UNAVAILABLE, ERR_TIMEOUT ... */
	int status;	    /* 200, 404 ...; direct calls too */
	struct bytes *body; /* borrowed; object or Status; NULL when empty or code != 0 */
	struct err err;	    /* when code != 0 */
};
enum watch_type { WATCH_ADDED, WATCH_MODIFIED, WATCH_DELETED, WATCH_BOOKMARK, WATCH_ERROR };
struct transport_cb {
	void (*on_event)(void *arg, enum watch_type type, struct bytes *object /* borrowed; Status for ERROR */);
	void (*on_done)(void *arg, const struct transport_response *r); /* once, unless cancelled */
};
struct transport;
struct transport_call; /* base of the implementation's own call */
struct transport_ops {
	int (*start)(struct transport *t, const struct transport_request *r, const struct transport_cb *cb, void *arg,
		     struct transport_call **ret, struct err *e);
	void (*cancel)(struct transport_call *c); /* no callback afterwards */
	struct transport *(*free)(struct transport *t); /* cancels all calls; returns NULL */
};
struct transport {
	const struct transport_ops *ops;
	struct loop *loop;
};
struct transport_call {
	struct transport *transport;
};

struct connector;
struct connector_ops {
	int (*open)(struct connector *c, struct loop *loop, struct transport **ret, struct err *e);
	struct connector *(*free)(struct connector *c);
};
struct connector {
	const struct connector_ops *ops;
};
static inline int connector_open(struct connector *c, struct loop *l, struct transport **ret, struct err *e)
{
	return c->ops->open(c, l, ret, e);
}
static inline struct connector *connector_free(struct connector *c) { return c ? c->ops->free(c) : NULL; }
static inline struct transport *transport_free(struct transport *t) { return t ? t->ops->free(t) : NULL; }

/*
 * HTTPS. All strings are copied. PEM texts; token may be NULL. Several servers: one is asked until it does not answer,
 * answers 503, or is of another CA; then the next one is. Reads that have got no answer are asked there, writes only
 * when nothing of them was sent; the others end with ERR_UNAVAILABLE, also watches, whose owner begins them anew.
 */
struct server_list;
struct https_config {
	const char *const *servers; /* "https://10.0.0.1:6443", NULL-terminated */
	struct server_list *shared;	    /* instead (server_list.h); a reference is kept */
	/* Notices within two seconds when a server that is silent is gone, while there are several, at the price of a packet a
	   second for every connection (the only one: ten seconds, a packet in five), and then all that share the list begin
	   anew: for one connector of a process. Without: within a minute. */
	bool watchful;
	const char *ca_pem, *cert_pem, *key_pem, *token;
	const char *token_file; /* re-read when it changes */
	bool insecure_skip_verify;
	const char *user_agent;
};
int connector_https_new(struct connector **ret, const struct https_config *c, struct err *e);
