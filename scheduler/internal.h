/* What the files of the scheduler share. Everything runs on its loop. */
#pragma once
#include "base/loop.h"
#include "client/client.h"
#include "client/informer.h"
#include "scheduler/plugin.h"
#include "scheduler/scheduler.h"

#define PREEMPTED "PreemptionByScheduler" /* reason of the condition DisruptionTarget */

/*
 * Pods wait in `active` (by priority, then age) or, when nothing fitted, in `waiting` until something changes that may
 * let them fit: a node, a pod that went, a claim. One pod is scheduled per loop turn; binding is asynchronous, with the
 * pod assumed on its node meanwhile. Who may put others out (scheduler/preempt.h) is nominated for their node and waits
 * there until they have gone.
 */
struct waiting_pod {
	struct list link;
	char *key;
	int32_t priority;
	int64_t seq;
	int tries;                /* failed bindings, for back-off */
	char **claims;            /* "ns/name" of each that it uses; NULL: none */
	unsigned events;          /* enum sched_event: what may let it fit, beside nodes and pods that go ... */
	char **wants;             /* ... and of which volumes and classes (pod_volumes_wants); NULL: of none */
	struct loop_timer *timer; /* back-off; NULL when not backing off */
	struct scheduler *s;
};

/* A pod that is assumed on its node while its claims are bound (scheduler/volumes_bind.c), and then it itself. */
struct binding {
	struct list link; /* in scheduler.bindings */
	struct scheduler *s;
	char *key, *uid, *node;
	json_t *pod;
	int tries;
	struct binding_claim *claims;
	size_t n_claims;
	int writes; /* under way */
	bool over;  /* given up; only the answers to writes are waited for */
	bool sent;  /* claims are bound, and the pod's turn has come */
	struct loop_timer *timer;
};

struct scheduler {
	char *name;
	struct scheduler_deps deps;
	struct loop *loop;
	struct loop_thread *thread;
	struct client *client;
	struct informer *pods, *nodes, *budgets; /* and those in view.volumes */
	unsigned synced;
	struct sched_view view;
	struct map *infos;   /* key -> pod_info of pods that have a node or are assumed */
	struct map *pending; /* key -> waiting_pod */
	struct list active, waiting, bindings;
	int64_t next_seq;
	struct loop_task turn;
};

void scheduler_activate(struct scheduler *s, struct waiting_pod *w); /* not while it backs off */
void scheduler_activate_all(struct scheduler *s);
/* Back to the queue after a pause: the API server or another writer said no. */
void scheduler_retry_later(struct scheduler *s, struct waiting_pod *w);
void scheduler_ignore_result(void *arg, const struct client_result *r);

/* evict.c: marks and deletes the pod, with an event. for_key: of the pod that it goes for, which is tried again should
 * that fail. */
void scheduler_put_out(struct scheduler *s, struct pod_info *i, const char *for_key, const char *for_uid);
/* The room that pods of lower priority were promised on the node is promised anew. */
void scheduler_drop_nominations(struct scheduler *s, const struct node_info *n, int32_t below);
json_t *scheduler_budgets(struct scheduler *s); /* new array of PodDisruptionBudgets; NULL without memory */

int scheduler_watch(struct scheduler *s, struct informer **ret, const char *group, const char *plural, const struct informer_handler *h,
		    struct err *e);
void scheduler_send_binding(struct binding *b); /* takes it */
/* The pod is assumed no more and is tried again later. Borrows b. */
void scheduler_volumes_failed(struct binding *b, const char *why);

/* volumes_bind.c */
struct pod_volumes;
/* The claims that wait for the node are given their volumes, or the node. Returns how many are waited for: then
 * scheduler_send_binding follows, or scheduler_volumes_failed. -ENOMEM: nothing follows, but b may be freed only when
 * b->writes is 0. */
int binding_volumes(struct binding *b, const struct pod_volumes *v);
void bindings_check(struct scheduler *s, const char *claim, const char *volume); /* those concerned; NULL, NULL: all */
void binding_drop(struct scheduler *s, const char *key); /* the pod has gone */
void binding_free(struct binding *b);

/* volumes_wake.c */
int scheduler_watch_volumes(struct scheduler *s, void (*synced)(void *arg), struct err *e);
int scheduler_start_volumes(struct scheduler *s, struct err *e);
void scheduler_free_volumes(struct scheduler *s);
