/*
 * What controllers share: one loop, one client, one informer per kind, and the frame of a controller (a work queue whose reconcile
 * runs on a worker thread). Handlers run on the loop's thread; informer caches may be read from any thread.
 */
#pragma once
#include <pthread.h>
#include "api/object.h"
#include "base/str.h"
#include "client/informer.h"
#include "client/workqueue.h"
#include "controllers/controllers.h"

#define MAX_INFORMERS 128
#define INDEX_OWNER "owner" /* by uid of every owner */
#define INDEX_NODE "node"   /* pods, by the node they are bound to */
#define INDEX_ORPHAN "orphan" /* pods and controller revisions without a controller, by namespace */

struct shared;
struct controller {
	const char *name;
	struct shared *s;
	struct workqueue *q;
	void *priv;
	void (*free_priv)(void *priv);
	void *watches[8]; /* arguments of handlers, freed with it */
	size_t n_watches;
	struct list link;
};

struct shared_informer {
	char *group, *version, *plural, *field_selector;
	struct informer *i;
};

struct shared {
	struct controllers_config cfg; /* strings owned */
	struct controllers_deps deps;
	struct loop *loop;
	struct client *client;
	struct shared_informer informers[MAX_INFORMERS];
	size_t n_informers, synced;
	bool started;
	struct list controllers;
	struct endpoint_watch *endpoint_watch; /* endpoint_pods.c; owned by the first controller that asks */
};

/* The informer of a kind, made at first call; with the index INDEX_OWNER. Before start, loop's thread. field_selector may be NULL. */
struct informer *shared_informer(struct shared *s, const char *group, const char *version, const char *plural, const char *field_selector, struct err *e);
/* The indexes every informer of ours has; for informers that are made later (garbage.c). */
int shared_indexes(struct informer *i, const char *group, const char *plural);
/* A controller with its queue. workers: reconciles at a time. */
int controller_new(struct controller **ret, struct shared *s, const char *name, unsigned workers, reconcile_fn fn, void *priv,
		   void (*free_priv)(void *), struct err *e);
/* Queues the object's own key. Any thread. */
void controller_queue(struct controller *c, const struct informer_object *o);
/* Handlers that do so with whatever comes, changes or goes. */
int controller_watch_keys(struct controller *c, struct informer *i);
/* Handlers that add the key of the object's controlling owner of that kind (same namespace). */
int controller_watch_owned(struct controller *c, struct informer *i, const char *owner_kind);

/* A number, or a percentage of total rounded up or down; dflt when it is neither. */
int64_t int_or_percent(const json_t *v, int64_t total, bool up, int64_t dflt);
void key_of_object(const struct informer_object *o, char *out, size_t cap);
#define KEY_MAX 600
/* Splits "ns/name" (ns "" when there is none) into buffers of KEY_MAX. */
void key_split(const char *key, char *ns, char *name);
void now_string(const struct shared *s, char out[TIME_STR_MAX]);
/* Objects controlled by uid, as trees; freed with trees_free. */
int shared_owned(struct informer *i, const char *uid, json_t ***ret, size_t *ret_n);
void trees_free(json_t **v, size_t n);

/*
 * Expectations: what a controller did and has not seen in its cache yet, so that it does not do it twice. Any thread.
 * They expire after five minutes, should an event never come.
 */
struct expectations;
struct expectations *expectations_new(struct clock *clock);
struct expectations *expectations_free(struct expectations *x);
void expect_creations(struct expectations *x, const char *key, int n);
void expect_deletion(struct expectations *x, const char *key, const char *uid);
void expectation_created(struct expectations *x, const char *key);
void expectation_deleted(struct expectations *x, const char *key, const char *uid);
bool expectations_met(struct expectations *x, const char *key);
void expectations_forget(struct expectations *x, const char *key);

/* One per file; each registers its controller(s). */
int replicaset_init(struct shared *s, struct err *e);
int replicationcontroller_init(struct shared *s, struct err *e);
int deployment_init(struct shared *s, struct err *e);
int daemonset_init(struct shared *s, struct err *e);
int statefulset_init(struct shared *s, struct err *e);
int disruption_init(struct shared *s, struct err *e);
int ephemeral_init(struct shared *s, struct err *e);
int job_init(struct shared *s, struct err *e);
int cronjob_init(struct shared *s, struct err *e);
int job_ttl_init(struct shared *s, struct err *e);
int endpoints_init(struct shared *s, struct err *e);
int endpointslice_init(struct shared *s, struct err *e);
int mirror_init(struct shared *s, struct err *e);
int servicelb_init(struct shared *s, struct err *e);
int namespace_init(struct shared *s, struct err *e);
int serviceaccount_init(struct shared *s, struct err *e);
int rootca_init(struct shared *s, struct err *e);
int node_lifecycle_init(struct shared *s, struct err *e);
int node_ipam_init(struct shared *s, struct err *e);
int podgc_init(struct shared *s, struct err *e);
int csr_init(struct shared *s, struct err *e);
int bootstrap_tokens_init(struct shared *s, struct err *e);
int unsupported_init(struct shared *s, struct err *e);
int garbage_init(struct shared *s, struct err *e);
