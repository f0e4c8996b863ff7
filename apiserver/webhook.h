/*
 * Admission webhooks (admissionregistration.k8s.io/v1, admission.k8s.io/v1 and v1beta1; Kubernetes documentation
 * "Dynamic Admission Control"). Internal to apiserver/.
 *
 *   webhook.c           configurations as they are in the store, compiled: kept current by auth.c's feeds
 *   webhook_match.c     which hook wants which request (pure)
 *   admission_review.c  the question as JSON, and what was answered (pure)
 *   webhook_call.c      the calls: libcurl on the server's loop
 *   webhook_run.c       one round of mutating hooks, one after the other; all validating hooks at once
 *   write_hooked.c      a write with webhooks; webhook_virtual.c: requests that write nothing (exec, evictions,
 * bindings, tokens, reviews)
 *
 * Without any configuration a write costs one look at `any`. Hooks are run from the pool and called on the loop;
 * neither the HTTP threads nor the store's wait for them.
 */
#pragma once
#include <stdatomic.h>
#include "apiserver/internal.h"

#define WEBHOOK_MAX_ANSWER (3u << 20)
#define WEBHOOK_REQUEST_MS                                                                                             \
	60000 /* of one API request, all its webhooks together (kube-apiserver's --request-timeout) */

/* --- configurations (webhook.c) --- */
enum {
	HOOK_OP_CREATE = 1 << ADMIT_CREATE,
	HOOK_OP_UPDATE = 1 << ADMIT_UPDATE,
	HOOK_OP_DELETE = 1 << ADMIT_DELETE,
	HOOK_OP_CONNECT = 1 << ADMIT_CONNECT
};
enum hook_scope { HOOK_SCOPE_ANY, HOOK_SCOPE_CLUSTER, HOOK_SCOPE_NAMESPACED };
struct hook_rule {
	unsigned ops;
	enum hook_scope scope;
	const char **groups, **versions, **resources; /* NULL-terminated; strings are the configuration's */
};
struct hook {
	const char *config, *name;
	size_t index; /* within its configuration */
	struct hook_rule *rules;
	size_t n_rules;
	struct api_selector *ns_selector, *obj_selector; /* NULL: everything */
	bool ns_any, obj_any;                            /* the selector is empty */
	bool equivalent, ignore, if_needed, mutating;
	bool dry_run_ok;    /* sideEffects None or NoneOnDryRun */
	const char *review; /* "v1", "v1beta1", NULL: none that is known here */
	const char *broken; /* why it cannot be called, or NULL */
	unsigned timeout_s;
	const char *url; /* or a Service: */
	const char *svc_ns, *svc_name, *svc_path;
	uint16_t svc_port;
	char *ca_pem; /* NULL: the system's */
};
struct hook_config {
	atomic_uint refs;
	char *name;
	json_t *obj; /* owns the strings */
	struct hook *hooks;
	size_t n;
};
/* A configuration as it is stored. -ENOMEM, ERR_BAD_REQUEST. */
int hook_config_new(struct hook_config **ret, const json_t *obj, bool mutating, struct err *e);
struct hook_config *hook_config_unref(struct hook_config *c);

/* All of one moment, in calling order: by name of the configuration, then index. */
struct hook_set {
	atomic_uint refs;
	struct hook_config **configs; /* mutating ones first, each part by name */
	size_t n_configs;
	const struct hook **mutating, **validating;
	size_t n_mutating, n_validating;
};
struct hook_set *hook_set_unref(struct hook_set *s);

struct hook_calls; /* webhook_call.c */
struct webhooks {
	struct apiserver *a;
	_Atomic bool any;                  /* there is at least one hook */
	pthread_mutex_t lock;              /* guards the rest but calls */
	struct map *mutating, *validating; /* name -> struct hook_config */
	struct hook_set *set;              /* NULL: to be built */
	struct hook_calls *calls;
};
int webhooks_new(struct webhooks **ret, struct apiserver *a, struct err *e);
void webhooks_stop(struct webhooks *w);             /* calls under way fail */
struct webhooks *webhooks_free(struct webhooks *w); /* the loop no longer runs */
/* obj NULL: deleted. Any thread. */
int webhooks_put(struct webhooks *w, bool mutating, const char *name, const json_t *obj, struct err *e);
void webhooks_clear(struct webhooks *w, bool mutating);
struct hook_set *webhooks_set(struct webhooks *w); /* a reference; NULL without memory */

/* --- one request as webhooks see it --- */
struct hook_attr {
	struct apiserver *a;
	struct api_registry *reg;
	enum admission_op op;
	const struct api_resource *res;
	const struct api_subresource *sub; /* or NULL */
	const char *subname;               /* "" when none */
	const char *ns, *name;             /* "" when none; of a Namespace its own name */
	const struct identity *id;
	bool dry_run;
	json_t *obj, *old, *options; /* or NULL; in the request's version */
	struct bytes *ns_index;      /* of the namespace: its labels; NULL: not read, or there is none */
	bool ns_missing;
	int64_t deadline_ms; /* on the server's monotonic clock */
};
/* Group, version, kind of obj: the subresource's where it has a body of its own. */
struct hook_gvk {
	const char *group, *version, *kind;
};
struct hook_gvk hook_kind(const struct api_resource *res, const struct api_subresource *sub);

/* --- matching (webhook_match.c) --- */
/* By rules alone: the resource as which the hook takes the request (another version: matchPolicy Equivalent), or NULL.
 */
const struct api_resource *hook_match_rules(const struct hook *h, const struct hook_attr *at);
/* Selectors: 1 wanted, 0 not, ERR_NOT_FOUND: its namespace does not exist. Needs ns_index where hook_needs_ns. */
int hook_match_selectors(const struct hook *h, const struct hook_attr *at);
bool hook_needs_ns(const struct hook *h, const struct hook_attr *at);
/* Webhooks never see their own configurations, nor admission policies. */
bool hook_exempt(const struct api_resource *res);

/* --- the review (admission_review.c) --- */
/* The question. as: from hook_match_rules; obj and old in its version. NULL without memory. */
struct bytes *review_request(const struct hook *h, const struct hook_attr *at, const struct api_resource *as,
			     const char *uid, const json_t *obj, const json_t *old);
struct review_answer {
	bool allowed;
	json_t *status;   /* metav1.Status, or NULL */
	json_t *patch;    /* array, or NULL */
	json_t *warnings; /* array of strings, or NULL */
	char *patch_type; /* as sent; "JSONPatch" */
};
void review_answer_done(struct review_answer *a);
/* body: what came with a 2xx answer. ERR_PROTO with what Kubernetes says of it ("webhook response was absent"). */
int review_parse(struct review_answer *ret, const char *version, bool mutating, const char *uid, const char *body,
		 size_t n, struct err *e);
/* What a client gets to see of a refusal: a Status. */
json_t *review_denied(const char *hook, const json_t *status);
/* "Internal error occurred: " and so on. */
json_t *status_internal(const char *message);
/* What Kubernetes' client makes of an answer that is not 2xx. malloc'ed. */
char *review_http_error(int status, const char *body, size_t n);

/* --- calls (webhook_call.c) --- */
struct hook_call {
	const struct hook *hook;
	struct bytes *body;
	int64_t deadline_ms;
	/* Answer: either failure, or status and reply. */
	char *failure; /* "failed calling webhook ...", malloc'ed */
	int status;
	struct bytes *reply;
	/* private */
	struct hook_batch *batch;
	struct hook_client *client;
	struct http_call *http;
	struct list link;
	char *url, *connect_to;
	unsigned timeout_ms;
};
struct hook_batch {
	struct webhooks *w;
	struct hook_call *calls;
	size_t n, left;
	void (*done)(struct hook_batch *b); /* on the pool */
	/* private */
	struct loop_task task;
	struct pool_job job;
};
int hook_calls_new(struct webhooks *w, struct err *e);
void hook_calls_stop(struct hook_calls *c);
struct hook_calls *hook_calls_free(struct hook_calls *c);
void hook_calls_forget(struct hook_calls *c); /* configurations changed: idle connections are closed. Any thread. */
/* On the pool (reads Services, which may wait for the disk). The batch lives until done. */
void hook_batch_start(struct hook_batch *b);
void hook_call_done(struct hook_call *c); /* frees what is in it */

/* --- rounds (webhook_run.c) --- */
/* Of a request whose mutating webhooks may be called a second time. Zero-initialised. */
struct hook_round {
	struct hook_set *set;
	bool *called, *again; /* per mutating hook: called and to be called again if needed; must be called again */
	bool second, changed;
	json_t *last; /* what the first round left */
};
void hook_round_done(struct hook_round *r);
struct hook_result {
	int code;         /* 0, or with status: refused or failed */
	json_t *status;   /* the answer for the client */
	json_t *warnings; /* array, or NULL */
};
void hook_result_done(struct hook_result *r);
typedef void (*hook_done_fn)(void *arg, struct hook_result *res /* borrowed; trees may be taken */);
/* Any hook of the set that wants it by its rules? */
bool hook_set_wants(const struct hook_set *s, const struct hook_attr *at, bool mutating);
/*
 * Calls done once, on a pool thread, never before it returns. at lives until then; at->obj is replaced by what the
 * webhooks made of it (pruned, defaulted). round->changed tells whether the chain has to be run again.
 */
void hooks_mutate(struct webhooks *w, struct hook_attr *at, struct hook_round *round, hook_done_fn done, void *arg);
void hooks_validate(struct webhooks *w, struct hook_attr *at, struct hook_set *set, hook_done_fn done, void *arg);

/* --- users --- */
struct webhooks *auth_webhooks(struct auth *au);
static inline bool webhooks_any(const struct apiserver *a)
{
	return atomic_load_explicit(&auth_webhooks(a->auth)->any, memory_order_relaxed);
}
/* Fills at from the request; options and objects are the caller's. */
void hook_attr_from(struct hook_attr *at, struct req *r, enum admission_op op, const char *name);
/* CreateOptions, UpdateOptions or DeleteOptions of a request; new. */
json_t *hook_options(struct req *r, enum admission_op op, const json_t *delete_options);
/*
 * webhook_virtual.c: asks the webhooks about a request that writes nothing of its own, then goes on with next(r) or
 * answers the refusal. false: none wants it (or the body is none, which next will say), nothing was done.
 */
bool hook_body(struct req *r,
	       void (*next)(struct req *r)); /* a create of the body: tokens, reviews, evictions, bindings */
bool hook_connect(struct req *r, void (*next)(struct req *r)); /* exec, attach, portforward, proxy */
