/* Shared by the files of storage/: the component's context, and small readers of claims and volumes. */
#pragma once
#include "client/informer.h"
#include "client/workqueue.h"
#include "storage/storage.h"

#define LOCAL_PATH_PROVISIONER "minik.io/local-path"
#define ANN_SELECTED_NODE "volume.kubernetes.io/selected-node"
#define ANN_PROVISIONER "volume.kubernetes.io/storage-provisioner"
#define ANN_PROVISIONER_BETA "volume.beta.kubernetes.io/storage-provisioner"
#define ANN_PROVISIONED_BY "pv.kubernetes.io/provisioned-by"
#define ANN_BIND_COMPLETED "pv.kubernetes.io/bind-completed"
#define ANN_BOUND_BY_CONTROLLER "pv.kubernetes.io/bound-by-controller"
#define ANN_DEFAULT_CLASS "storageclass.kubernetes.io/is-default-class"
#define FINALIZER_PVC "kubernetes.io/pvc-protection"
#define FINALIZER_PV "kubernetes.io/pv-protection"
#define INDEX_CLAIM "claim"	  /* pods by "ns/claim" */
#define COMPONENT "storage"

struct storage {
	struct storage_deps deps;
	char *node_name, *dir; /* DATA_DIR/storage */
	bool controller, local_path;
	struct loop *loop;
	struct loop_thread *thread;
	struct client *client;
	struct informer *pvcs, *pvs, *classes, *pods, *nodes; /* pods: controller only */
	unsigned synced, n_informers;
	struct workqueue *claims, *volumes; /* controller: one worker each, so that two claims never race for one volume */
	struct workqueue *local;	    /* this node's provisioning ("pvc ns/name") and deletion ("pv name") */
};

/* binder.c, volume.c: reconcile functions of the controller's queues */
int binder_claim(void *arg, const char *key, struct err *e);
int binder_volume(void *arg, const char *key, struct err *e);
/* local.c: reconcile function of the node's queue */
int local_reconcile(void *arg, const char *key, struct err *e);
/* Whether this node has to do something about the object; cheap, on the loop's thread. */
bool local_wants_claim(const struct storage *s, const struct informer_object *pvc);
bool local_wants_volume(const struct storage *s, const struct informer_object *pv);

/* match.c: pure rules */
/* The class a claim asks for: "" for none; NULL when it leaves the choice to the default class. Borrowed. */
const char *claim_class(const json_t *pvc);
const char *volume_class(const json_t *pv); /* "" for none */
/* Does an unclaimed volume satisfy the claim? why (may be NULL) gets a static reason. */
bool volume_satisfies(const json_t *pv, const json_t *pvc, const char **why);
/* node may be NULL (not chosen yet); labels of the node */
bool volume_fits_node(const json_t *pv, const char *node_name, const json_t *node_labels);
/* The node a local-path volume was made on, by the affinity we gave it; NULL when there is none. Borrowed. */
const char *volume_node(const json_t *pv);
/* Is the volume's claimRef this claim (by name, and by uid when it carries one)? */
bool volume_claimed_by(const json_t *pv, const json_t *pvc);
int64_t volume_capacity(const json_t *pv);
/* The best of candidates for the claim: pre-bound first, then the smallest that satisfies. Index, or -1. */
ssize_t volume_choose(json_t *const *pvs, size_t n, const json_t *pvc, const char *node, const json_t *node_labels);
