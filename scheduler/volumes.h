/*
 * What a pod's volumes ask of nodes: Kubernetes' plug-ins VolumeBinding, VolumeRestrictions, NodeVolumeLimits and
 * VolumeZone. What does not depend on the node is found out once per pod (pod_volumes_new); the filters then compare it
 * with each node. A pod without claims has no pod_volumes and pays for none of it. On the scheduler's loop.
 *
 * A claim of a class that waits for its first consumer is decided with the node: a volume that is there (several
 * claims of one pod together, smallest first, none used twice), else one is to be made. What was decided for pods that
 * are on their way (scheduler/volumes_bind.c) is held in `offers`, or kept in `chosen`, until the informers show it.
 */
#pragma once
#include "client/offers.h"
#include "scheduler/plugin.h"

#define ANN_SELECTED_NODE "volume.kubernetes.io/selected-node"
#define ANN_DATA_NODE	  "minik.io/data-node" /* of a claim that is made of what lies on one node; storage writes it */
#define ANN_BIND_COMPLETED "pv.kubernetes.io/bind-completed"
#define ANN_BOUND_BY_CONTROLLER "pv.kubernetes.io/bound-by-controller"

#define INDEX_CLASS "class" /* of capacities */
#define INDEX_NODE "node"   /* of attachments */

int volume_view_init(struct volume_view *v); /* the maps. -ENOMEM */
void volume_view_done(struct volume_view *v);
int volume_view_index(struct volume_view *v); /* before the informers are started */

/* One claim of the pod. */
struct claim_need {
	char *key; /* "ns/name" */
	json_t *pvc;
	bool bound;
	json_t *pv;    /* bound: the volume, or NULL when it does not exist */
	json_t *class; /* not bound: the StorageClass, or NULL */
	struct claim_want want; /* not bound */
	struct informer_object *kept; /* not bound: the volume that is the claim's already, or NULL ... */
	json_t *kept_by;	/* ... and its nodeAffinity */
	const char *node;	/* borrowed: chosen before, or NULL */
	char *elsewhere;	/* why no other node does, where what it is made of lies on that one; or NULL */
	json_t **capacities;	/* CSIStorageCapacities of the class */
	size_t n_capacities;
	bool checks_capacity;
	struct informer_object *choice; /* by volumes_on_node; NULL: to be provisioned */
};

struct csi_id {
	char *driver, *id; /* NULL, NULL: not a volume of a CSI driver */
};

struct pod_volumes {
	struct offers *offers;	  /* borrowed from the view */
	struct claim_need *needs; /* bound ones first, then by size */
	size_t n;
	char why[512];		 /* refused wherever; "" otherwise */
	struct pod_info **users; /* borrowed: pods that use a claim of ours that is for one pod only */
	size_t n_users;
	bool disks; /* volumes in the pod's spec that two pods of a node cannot share */
	struct csi_id *csi;
	size_t n_csi;
};

/* *ret is NULL when volumes do not matter for the pod. -ENOMEM. */
int pod_volumes_new(struct pod_volumes **ret, const struct sched_view *view, const json_t *pod, const char *pod_key);
struct pod_volumes *pod_volumes_free(struct pod_volumes *v);
/* "ns/name" of each claim, NULL-ended, malloc'ed; *ret is NULL when there is none. -ENOMEM. */
int pod_claims_of(char ***ret, const json_t *pod);
bool names_have(char *const *names, const char *name);
char **names_free(char **names);
/* What may let the pod fit, should it change: "pv/NAME", "class/NAME". NULL-ended; NULL without memory. */
char **pod_volumes_wants(const struct pod_volumes *v);

bool claim_is_bound(const json_t *pvc);
/* Decides for every claim that is not bound (choice). NULL, or why the node does not do. */
const char *volumes_on_node(struct pod_volumes *v, const char *node, const json_t *labels);

/* Plug-ins' filters. */
const char *filter_volumes_at_all(struct sched_ctx *c, const struct node_info *n);
const char *filter_volume_restrictions(struct sched_ctx *c, const struct node_info *n);
const char *filter_volume_limits(struct sched_ctx *c, const struct node_info *n);
const char *filter_volumes(struct sched_ctx *c, const struct node_info *n);
const char *filter_volume_zone(struct sched_ctx *c, const struct node_info *n);

/* volumes_limits.c */
int pod_volumes_restrictions(struct pod_volumes *v, const struct sched_view *view, const char *pod_key);
