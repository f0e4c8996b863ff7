/*
 * Inside the API server. One `struct req` is one API request, however it came: over HTTP (server.c) or by direct call
 * (direct.c); a sink carries the answer back. A request is owned by whoever works on it and consumed by req_reply*, req_fail*
 * or watch end. Work happens in the caller's thread until something is not in memory; then on the store's or pool's threads.
 */
#pragma once
#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>
#include "api/resource.h"
#include "api/schema.h"
#include "api/selector.h"
#include "apiserver/apiserver.h"
#include "apiserver/auth.h"
#include "apiserver/fair.h"
#include "apiserver/flow.h"
#include "base/buf.h"
#include "base/json.h"
#include "base/list.h"
#include "base/loop.h"
#include "base/map.h"
#include "base/pool.h"
#include "base/str.h"
#include "wire/http_client.h"
#include "wire/http_server.h"

#define APISERVER_MAX_BODY 3145728u
#define APISERVER_LOG "apiserver"

struct disco; /* discovery.c */
struct relays; /* stream.c */
struct metrics {
	_Atomic uint64_t requests[6]; /* by status class, 0 unused */
	_Atomic uint64_t watches;     /* open now */
	_Atomic uint64_t inflight;
};

struct apiserver {
	struct apiserver_config cfg; /* strings are ours */
	struct store *store;
	struct pki *pki;
	struct clock *clock;
	struct auth *auth;
	struct pool *pool;
	struct fair *fair; /* turns on the pool */
	struct flow *flow;
	struct flow_keep *flow_keep;
	struct loop *loop;
	struct loop_thread *thread;
	struct http_server *http;
	struct relays *relays;
	_Atomic bool ready, stopping;
	bool started, joined;
	int64_t start_ms;
	struct metrics m;

	pthread_mutex_t reg_lock; /* guards registry, disco, and makes CRD changes one at a time */
	struct api_registry *registry;
	struct disco *disco;
	struct store_watch *crd_watch;
	struct list cleanups; /* crd_cleanup.c, under reg_lock */

	pthread_mutex_t boot_lock; /* bootstrap creates under way */
	pthread_cond_t boot_cond;
	unsigned boot_pending;
	struct err boot_err;

	/* event_ttl.c: the timer is the loop thread's */
	struct loop_timer *event_timer;
	struct loop_task event_arm;
	struct pool_job event_job;
	_Atomic bool event_armed;
	_Atomic int64_t event_due_ms;

	/* flow.c, flow_keep.c: the timers are the loop thread's */
	struct loop_timer *flow_timer, *flow_keep_timer;
	struct loop_task flow_arm, flow_keep_arm;

	pthread_mutex_t watch_lock; /* guards watches */
	struct list watches;
	struct loop_timer *bookmark_timer; /* loop thread */
	struct loop_task bookmark_arm;
	_Atomic bool bookmark_armed;

	pthread_mutex_t turn_lock; /* guards turns: key -> struct turn (write_turn.c) */
	struct map *turns;
	_Atomic unsigned n_turns;

	pthread_mutex_t frame_lock; /* guards the last event that went to a watcher over HTTP, as sent */
	struct bytes *frame, *frame_of;
	enum watch_type frame_type;

	pthread_mutex_t direct_lock; /* guards directs */
	struct list directs;
	_Atomic long live_reqs; /* requests not answered yet: apiserver_join waits for them */
	pthread_mutex_t live_lock;
	pthread_cond_t live_cond;
};

/* --- query options --- */
enum tristate { TRI_UNSET = -1, TRI_FALSE = 0, TRI_TRUE = 1 };
enum propagation { PROPAGATE_DEFAULT, PROPAGATE_ORPHAN, PROPAGATE_BACKGROUND, PROPAGATE_FOREGROUND };
struct query {
	char *label_selector, *field_selector, *resource_version, *rv_match, *cont, *field_manager, *field_validation,
		*include_object, *propagation, *pretty;
	json_t *dry_asked; /* every dryRun as it was written, or NULL */
	bool watch, bookmarks, dry_run, force, force_given;
	enum tristate send_initial, orphan;
	int64_t limit, timeout_s, grace; /* -1: unset */
};

enum format { FMT_OBJECT, FMT_TABLE, FMT_TABLE_V1BETA1, FMT_PARTIAL, FMT_PARTIAL_LIST, FMT_PARTIAL_V1BETA1, FMT_PARTIAL_LIST_V1BETA1 };

struct req;
struct sink_ops {
	/* One answer; consumes nothing of parts. Called once, from any thread. */
	void (*reply)(struct req *r, int status, const char *content_type, struct bytes *const *parts, size_t n);
	int (*watch_begin)(struct req *r);
	/* -EPIPE gone, ERR_TOO_LARGE slow: end the watch. */
	int (*watch_event)(struct req *r, enum watch_type type, struct bytes *object);
	void (*watch_end)(struct req *r);
};

#define REQ_FIRST 256 /* enough for most; a struct req must stay small enough for malloc's fast path (1032 bytes) */

struct req {
	struct apiserver *a;
	struct api_registry *reg; /* snapshot, a reference */
	const struct sink_ops *sink;
	struct http_exchange *x; /* NULL for direct calls */
	void *sink_arg;
	void (*sink_free)(void *sink_arg); /* optional, with the request */
	/* The client went away (watches): set by watch.c, called by the sink on any thread. */
	void (*gone)(void *arg);
	void *gone_arg;

	/* By req_text: not freed one by one. */
	const char *method, *path, *query_text, *content_type, *accept, *user_agent;
	struct bytes *body;
	struct identity id;
	struct query q;

	/* From the path */
	const char *ns, *name, *subname, *rest; /* "" when none; rest: behind proxy/ */
	const char *group, *version, *plural;
	enum api_verb verb;
	const char *verb_name;
	const struct api_resource *res; /* NULL: not a resource request */
	const struct api_subresource *sub;

	enum format format;
	bool yaml; /* answer as YAML */
	bool immutable; /* the answer never changes: addressed by its hash */
	bool quiet; /* the server's own: no webhook is asked */
	bool fresh; /* store_sync has been waited for */
	bool inner; /* part of another request, or the server's own: needs no seat */
	json_t *warnings; /* array of strings or NULL */
	char *long_message; /* of the next failure, where a struct err is too short for it */
	/* flow.c */
	struct flow_ticket flow;
	bool in_flow;
	void (*flow_go)(void *r);
	/* Of req_run, for when it goes on: what request_route said, whether query_parse found a bad value (in long_message). */
	int route_code;
	bool bad_query;
	struct fair_job job;
	void (*job_fn)(void *arg);
	void *job_arg;
	/* What req_text hands out: from `first` as long as there is room, then malloc'ed. */
	struct req_text *texts;
	size_t n_first;
	char first[REQ_FIRST];
};

/* req.c: life of a request */
struct req *req_new(struct apiserver *a, const struct sink_ops *sink);
/* Parses path, query and headers, authorizes, and runs it. Consumes r. identity, method, path... are filled. */
void req_run(struct req *r);
void req_free(struct req *r);
/* Memory that lives as long as the request; NULL when there is none. */
char *req_text_alloc(struct req *r, size_t n);
char *req_text(struct req *r, const char *s); /* a copy; NULL of NULL */
void req_texts_free(struct req *r);
void req_reply_parts(struct req *r, int status, const char *content_type, struct bytes *const *parts, size_t n);
/* compress.c: a large answer that the client takes as gzip is answered later, from the pool; r is consumed then. Else false. */
bool req_compress(struct req *r, int status, const char *content_type, struct bytes *const *parts, size_t n);
void req_reply(struct req *r, int status, const char *content_type, struct bytes *body);
void req_reply_text(struct req *r, int status, const char *content_type, const char *text);
/* Answers with a tree: JSON or YAML as asked; steals v. */
void req_reply_json(struct req *r, int status, json_t *v);
/* Answers with one object in the shape asked for (Table, metadata only, other version). stored: the store's bytes, in storage version. */
void req_reply_object(struct req *r, int status, const struct api_resource *res, struct bytes *stored);
/* As above for a tree in the request's version; steals. */
void req_reply_tree(struct req *r, int status, const struct api_resource *res, json_t *obj);
void req_fail(struct req *r, int http, const char *reason, const char *fmt, ...) __attribute__((format(printf, 4, 5)));
void req_fail_err(struct req *r, const struct err *e); /* by code; adds name and kind of the request's object */
void req_fail_status(struct req *r, json_t *status);   /* steals; HTTP status from .code */
/* Of a failure that is of no object: its details are empty, as of what no route serves. NULL without memory. */
json_t *status_generic(int http, const char *reason, const char *message);
/* Status 422 of an object of that kind. Malloc'ed tree or NULL. */
json_t *status_invalid(const char *group, const char *kind, const char *name, const struct api_causes *c);
void req_not_found(struct req *r, const char *group, const char *plural, const char *name);
void req_invalid(struct req *r, const struct api_resource *res, const char *name, const struct api_causes *c);
/* Warns when r->res is a deprecated kind or version. */
void req_warn_deprecated(struct req *r);
void req_warn(struct req *r, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* Runs fn(arg) on the pool, in the user's turn. */
void req_defer(struct req *r, void (*fn)(void *arg), void *arg);
/* A Status tree for a store or API error of this request. */
json_t *req_status_for(struct req *r, const struct err *e);
bool req_is_dry(const struct req *r);
int req_now(const struct req *r, char out[TIME_STR_MAX]);

/* request.c: parsing */
int query_parse(struct query *q, const char *text, struct err *e);
void query_done(struct query *q);
/* Value of key in a raw query string, decoded, malloc'ed; NULL when absent. */
char *query_get(const char *text, const char *key);
/* The client's ?timeout= in ms; -1: none. */
int64_t req_timeout_ms(const struct req *r);
/* Fills r's path fields. 0; ERR_NOT_FOUND: nothing is served there; resource NULL for non-resource paths. */
int request_route(struct req *r, struct err *e);
int request_accept(struct req *r, struct err *e); /* format and yaml; ERR_NOT_ACCEPTABLE */
/* Parameter of a media range in an Accept or Content-Type: does it name type? */
bool media_is(const char *content_type, const char *type);
/* Calls fn for each media range until it returns true. params: "k=v;k=v" behind the type. */
bool accept_each(const char *accept, bool (*fn)(void *arg, const char *type, const char *params), void *arg);
bool media_param(const char *params, const char *key, char *out, size_t cap);

/* convert.c: between stored bytes, trees and shapes */
/* The resource whose shape is stored for res. */
const struct api_resource *storage_resource(const struct api_registry *reg, const struct api_resource *res);
/* Whether stored bytes already are what clients of res expect. */
bool object_is_shape(const struct api_resource *res, const struct bytes *stored);
/* Parses stored bytes into res's version. */
int object_load(const struct api_registry *reg, const struct api_resource *res, const struct bytes *stored, json_t **ret, struct err *e);
/* Encodes a tree in res's version for the store: bytes without resourceVersion, splice offset, index blob. */
int object_store(const struct api_registry *reg, const struct api_resource *res, const json_t *obj, struct bytes **ret_value,
		 size_t *ret_splice, struct bytes **ret_index, struct err *e);
/* Stored bytes as the request wants one object (JSON); shares when nothing has to change. */
int object_render(struct req *r, const struct api_resource *res, struct bytes *stored, struct bytes **ret, struct err *e);
/* A Table for n objects; ns and list metadata from the caller. */
json_t *table_new(struct req *r, const struct api_resource *res, bool with_columns);
int table_add(struct req *r, const struct api_resource *res, json_t *table, json_t *obj);
json_t *partial_metadata(struct req *r, const json_t *obj);
/* Bytes of the object with another resourceVersion. */
struct bytes *object_with_revision(const struct bytes *obj, int64_t rev);
char *object_key(const struct api_resource *res, const char *ns, const char *name);
char *object_prefix(const struct api_resource *res, const char *ns);

/* read.c, watch.c */
void req_get(struct req *r);
void req_list(struct req *r);
void req_watch(struct req *r);
void watch_server_init(struct apiserver *a);
void watch_touch(struct apiserver *a); /* something was written: bookmarks will be due */
void watch_stop_all(struct apiserver *a);
/* Whether a watch of that user is open. Any thread. */
bool watch_by_user(struct apiserver *a, const char *user);
/* component_status.c: get and list of ComponentStatus; r is consumed. */
bool component_status_serves(const struct req *r);
void req_component_status(struct req *r);
struct range_filter {
	const struct api_selector *labels, *fields;
	/* INGRESS_REFS_SELECTOR: what comes behind prefix in the key is looked up there. */
	struct ingress_refs *refs;
	bool secrets;
	size_t prefix;
};
bool range_match(const struct range_filter *f, const char *key, const struct bytes *index);
bool range_filter_fn(void *arg, const char *key, const struct bytes *index);
/* Both selectors of the request, or the reply has been sent and r is gone (false). */
bool req_selectors(struct req *r, struct api_selector **labels, struct api_selector **fields);
/* Of Secrets and ConfigMaps: those that Ingresses and Gateways refer to (ingress_refs.h). */
#define INGRESS_REFS_SELECTOR "minik.io/named-by=ingress"
/* After req_selectors; false: nothing is filtered out. */
bool req_filter(const struct req *r, const struct api_selector *labels, const struct api_selector *fields, struct range_filter *ret);

/* server.c: begins a streamed answer to a request that came over HTTP, for much data. 0, -EPIPE. */
int http_sink_stream_begin(struct req *r, size_t max_queue);

/* options.c: whether what a list or watch asks for cannot be; r is answered then. */
bool list_options_refused(struct req *r, bool watch);

/* write.c and friends */
void req_create(struct req *r);
void req_update(struct req *r);
void req_patch(struct req *r);
void req_delete(struct req *r);
void req_delete_collection(struct req *r);
int body_decode(struct req *r, const char *what, json_t **ret, struct err *e);

/* discovery.c, openapi.c, health.c, stream.c: non-resource and streaming paths. They consume r. */
void req_discovery(struct req *r);
void disco_drop(struct apiserver *a); /* reg_lock held */
/* Documents kept with a registry snapshot; a new reference or NULL. */
struct bytes *disco_cached(struct apiserver *a, const struct api_registry *reg, const char *key);
void disco_keep(struct apiserver *a, const struct api_registry *reg, const char *key, struct bytes *body);
void req_openapi(struct req *r);
bool health_serves(const char *path);
void req_health(struct req *r);
/* health.c: calls fn(r) when it is known whether the store answers: r->fresh. At once where nobody else writes to it. */
void req_ask_store(struct req *r, void (*fn)(void *r));
bool encryption_serves(const char *path); /* encryption.c */
void req_encryption(struct req *r);
int relays_new(struct apiserver *a, struct err *e);
int relays_use_certificate(struct apiserver *a, struct err *e); /* that of pki_kubelet_client, for new calls */
void relays_free(struct apiserver *a);
void req_stream(struct req *r); /* log, exec, attach, portforward, proxy */

/* ws_watch.c: the exchange of a watch becomes a WebSocket; the request gets a sink of that kind. */
int ws_watch_begin(struct req *r);
/* One event as it goes over the wire, with its newline. */
struct bytes *watch_frame(enum watch_type type, const struct bytes *object);

/* registry.c: CRDs */
int registry_start(struct apiserver *a, struct err *e);
void registry_stop(struct apiserver *a);
int registry_crd_put(struct apiserver *a, const json_t *crd, struct err *e);
int registry_crd_delete(struct apiserver *a, const char *name, struct err *e);

/* crd_cleanup.c: starts deleting the objects of a definition that is being deleted; others are left alone. Any thread. */
void crd_cleanup(struct apiserver *a, const json_t *crd);
void crd_cleanup_stop(struct apiserver *a);
/* event_ttl.c */
void event_ttl_start(struct apiserver *a);
void event_ttl_touch(struct apiserver *a); /* an event was written */

/* direct.c */
void direct_free_all(struct apiserver *a); /* after every component and its loop */
/*
 * One call inside the server, as a privileged identity: used by deletecollection and bootstrap. done is called once, any thread. Webhooks are
 * not asked about what the server does as itself (system:apiserver), so that none can keep it from starting.
 */
typedef void (*inner_done_fn)(void *arg, int status, struct bytes *body /* borrowed */);
int inner_call(struct apiserver *a, const struct identity *id, const char *method, const char *path, const char *query,
	       const char *content_type, struct bytes *body, inner_done_fn done, void *arg);
/* Likewise past webhooks, for any identity: a part of something that they have been asked about already. */
int inner_call_quiet(struct apiserver *a, const struct identity *id, const char *method, const char *path, const char *query,
		     const char *content_type, struct bytes *body, inner_done_fn done, void *arg);
/* As system:apiserver (system:masters), blocking: start only. Body or Status in *ret (may be NULL). */
int inner_call_wait(struct apiserver *a, const char *method, const char *path, struct bytes *body, struct bytes **ret, struct err *e);

/* bootstrap.c */
int apiserver_ensured(struct apiserver *a, struct err *e); /* waits for all apiserver_ensure; the first failure */
int bootstrap_run(struct apiserver *a, struct err *e);
int bootstrap_endpoints(struct apiserver *a, struct err *e); /* after listening: the port is known */
