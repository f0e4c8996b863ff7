/*
 * Filter and score plug-ins: one table (scheduler/plugins.c). A filter says why a node does not fit; a score prefers
 * one that does. Pure over the scheduler's cached view; run on the scheduler's loop. Source: Kubernetes scheduling
 * framework; messages as kube-scheduler words them, since users read them in events.
 */
#pragma once
#include <stdbool.h>
#include <stdint.h>
#include "api/pod_resources.h"
#include "base/json.h"
#include "base/list.h"
#include "base/map.h"
#include "client/informer.h"

struct pod_info {
	struct list link; /* in node_info.pods, when it has a node */
	struct list shuns; /* in sched_view.shunning, when its anti-affinity keeps others away; else in none */
	char *key, *uid;  /* "ns/name" */
	char *node;       /* bound or assumed; NULL: to be scheduled */
	bool assumed;
	bool put_out; /* for another pod: its deletion is under way */
	int32_t priority;
	struct resources req;
	json_t *ports; /* host_ports_of; NULL: none */
	char **claims; /* "ns/name" of each that it uses, NULL-ended; NULL: none */
	json_t *pod;   /* labels, affinity, tolerations ...: a projection without status and containers' details */
};

struct node_info {
	char *name;
	struct resources alloc, used;
	struct list pods;
	json_t *labels, *taints; /* borrowed from node */
	bool unschedulable;
	json_t *node; /* projection */
};

bool pod_shuns(const json_t *pod);
/* For maps; NULL is fine. It is taken off its lists; who counted it among what a node's pods use counts anew. */
void pod_info_free(void *p);
/* For maps. Its pods stay, off any list: they are others' and are linked again when the node comes back. */
void node_info_free(void *p);

struct volume_view {
	struct informer *pvcs, *pvs, *classes;
	/* A server may lack the last two: nobody waits for them to be synced. */
	struct informer *csinodes, *csidrivers, *capacities, *attachments;
	struct offers *offers; /* what claims can have; held is what they are being bound to */
	struct map *chosen;   /* "ns/name" of a claim -> node that a volume is being made for */
	struct map *csi_ids;  /* "c/CLAIM" or "v/VOLUME" -> csi_id of a bound claim or a volume: what limits count */
};

struct sched_view {
	struct map *nodes; /* name -> node_info */
	/*
	 * key -> pod_info: pods that put others out and wait for these to go (status.nominatedNodeName). On no node's
	 * list; pods of no higher priority leave them their room.
	 */
	struct map *nominated;
	struct list shunning; /* pod_infos, wherever they are: few, so that not every pod is asked for each node */
	struct volume_view volumes;
};

/* What may change so that a plug-in refuses no more, beside nodes and pods that go. */
enum sched_event {
	SCHED_ON_VOLUME = 1,   /* claims, volumes, classes */
	SCHED_ON_CAPACITY = 2, /* what drivers say of the room they have */
	SCHED_ON_LIMIT = 4,    /* how many volumes a node takes, and which are attached */
};

struct sched_ctx { /* one pod's scheduling */
	struct sched_view *view;
	const struct pod_info *pod;
	const json_t *spec;
	struct pod_volumes *volumes; /* scheduler/volumes.h; NULL: the pod has none that matter */
	unsigned events;	     /* enum sched_event: of all that refused so far */
	char reason[128];	     /* of the filter called last, where it is made up */
};

struct sched_plugin {
	const char *name;
	/* NULL when node fits; else a static or ctx-owned reason ("Insufficient cpu"). */
	const char *(*filter)(struct sched_ctx *c, const struct node_info *n);
	/* 0..100; weight 0: not scored. */
	int64_t (*score)(struct sched_ctx *c, const struct node_info *n);
	int weight;
	bool helpless; /* what it refuses does not change when pods go: nobody is put out for that */
	unsigned events; /* enum sched_event */
};
extern const struct sched_plugin sched_plugins[];
extern const size_t sched_n_plugins;

/*
 * NULL when the pod may be on the node, beside those that are nominated for it; else why not, and in *ret_helpless (may
 * be NULL) whether no pod's going would help. Puts the node's list and sums back as they were.
 */
const char *sched_refusal(struct sched_ctx *c, struct node_info *n, bool *ret_helpless);
int64_t sched_score(struct sched_ctx *c, const struct node_info *n);
