/*
 * A Kubernetes API client bound to one loop. Async calls: on the loop's thread. Blocking calls (_wait): on any other
 * thread, typically a pool worker; never on the loop's own thread (asserted).
 */
#pragma once
#include "base/json.h"
#include "client/transport.h"

struct client;
struct client_call;

struct client_config {
	const char *field_manager; /* "kube-controller-manager", "minik-proxy"...; sent with writes */
};
int client_new(struct client **ret, struct connector *c /* borrowed */, struct loop *l, const struct client_config *cfg, struct err *e);
struct client *client_free(struct client *c); /* on the loop's thread or when it no longer runs; cancels everything */
/*
 * Blocking calls under way and later ones return ERR_CANCELED at once. Any thread. Happens by itself when the loop ends, so
 * the order of a component's end is: loop_quit, join the loop's thread, workqueue_free, informer_free, client_free, loop_free.
 */
void client_stop(struct client *c);

/* Which object or collection. Strings are borrowed during the call. */
struct client_ref {
	const char *group;	 /* "" or NULL: core */
	const char *version;	 /* NULL: "v1" */
	const char *plural;
	const char *ns;		 /* NULL: cluster-scoped, or all namespaces for lists */
	const char *name;	 /* NULL: the collection */
	const char *subresource; /* NULL, "status", "binding", "scale", "eviction", "token" */
	const char *raw;	 /* a path ("/apis") instead of all the above, or NULL */
};

struct client_result {
	int code;	    /* 0, or ERR_NOT_FOUND, ERR_CONFLICT, ERR_EXISTS, ERR_FORBIDDEN, ... from the Status; transport's else */
	int status;	    /* HTTP; 0 when none */
	struct bytes *body; /* _wait: owned, client_result_done; callbacks: borrowed */
	struct err err;	    /* message of the Status with method and path in front */
};
void client_result_done(struct client_result *r);
int client_result_json(const struct client_result *r, json_t **ret, struct err *e);
typedef void (*client_done_fn)(void *arg, const struct client_result *r);

enum client_patch { CLIENT_JSON_PATCH, CLIENT_MERGE_PATCH, CLIENT_STRATEGIC_PATCH, CLIENT_APPLY_PATCH };

/* The general form. query and body may be NULL. ret may be NULL when the call is never cancelled. */
int client_do(struct client *c, const char *method, const struct client_ref *ref, const char *query, const char *content_type,
	      struct bytes *body, client_done_fn done, void *arg, struct client_call **ret, struct err *e);
void client_call_cancel(struct client_call *call);

int client_get(struct client *c, const struct client_ref *ref, client_done_fn done, void *arg);
int client_create(struct client *c, const struct client_ref *ref, const json_t *obj, client_done_fn done, void *arg);
int client_update(struct client *c, const struct client_ref *ref, const json_t *obj, client_done_fn done, void *arg);
int client_patch(struct client *c, const struct client_ref *ref, enum client_patch type, const json_t *patch, client_done_fn done, void *arg);
/* options: DeleteOptions tree or NULL */
int client_delete(struct client *c, const struct client_ref *ref, const json_t *options, client_done_fn done, void *arg);

/* Blocking forms: 0 or negative code, message in e; *ret (may be NULL) is the answered object. */
int client_get_wait(struct client *c, const struct client_ref *ref, json_t **ret, struct err *e);
int client_create_wait(struct client *c, const struct client_ref *ref, const json_t *obj, json_t **ret, struct err *e);
int client_update_wait(struct client *c, const struct client_ref *ref, const json_t *obj, json_t **ret, struct err *e);
int client_patch_wait(struct client *c, const struct client_ref *ref, enum client_patch type, const json_t *patch, json_t **ret, struct err *e);
int client_delete_wait(struct client *c, const struct client_ref *ref, const json_t *options, json_t **ret, struct err *e);
int client_list_wait(struct client *c, const struct client_ref *ref, const char *query, json_t **ret, struct err *e);
int client_do_wait(struct client *c, const char *method, const struct client_ref *ref, const char *query, const char *content_type,
		   struct bytes *body, struct client_result *ret);
/* Get, let mutate change the tree (return 0: write, 1: nothing to do, negative: give up), update; again on conflict. */
int client_modify_wait(struct client *c, const struct client_ref *ref, int (*mutate)(void *arg, json_t *obj, struct err *e), void *arg, struct err *e);

/*
 * Records an Event about obj, fire and forget; repeats of one (object, component, host, type, reason, message) become
 * one PATCH that raises count and lastTimestamp, as long as the server keeps that Event: also those of a process that
 * was started anew. Any thread. Failures are logged at debug level.
 */
void client_event(struct client *c, const json_t *obj, const char *api_version, const char *kind, const char *type, const char *reason,
		  const char *component, const char *host, const char *fmt, ...) __attribute__((format(printf, 9, 10)));
