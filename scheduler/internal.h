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
	struct loop_timer *timer; /* back-off; NULL when not backing off */
	struct scheduler *s;
};

struct scheduler {
	char *name;
	struct scheduler_deps deps;
	struct loop *loop;
	struct loop_thread *thread;
	struct client *client;
	struct informer *pods, *nodes, *pvcs, *pvs, *classes, *budgets;
	unsigned synced;
	struct sched_view view;
	struct map *infos;   /* key -> pod_info of pods that have a node or are assumed */
	struct map *pending; /* key -> waiting_pod */
	struct list active, waiting;
	int64_t next_seq;
	struct loop_task turn;
};

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
