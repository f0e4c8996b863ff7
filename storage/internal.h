/* Shared by the files of storage/: the component's context, and small readers of claims and volumes. */
#pragma once
#include "api/volume_match.h"
#include "client/informer.h"
#include "client/workqueue.h"
#include "storage/plugin.h"
#include "storage/storage.h"

#define LOCAL_PATH_PROVISIONER "minik.io/local-path"
#define ANN_SELECTED_NODE "volume.kubernetes.io/selected-node"
#define ANN_PROVISIONER "volume.kubernetes.io/storage-provisioner"
#define ANN_PROVISIONER_BETA "volume.beta.kubernetes.io/storage-provisioner"
#define ANN_PROVISIONED_BY "pv.kubernetes.io/provisioned-by"
#define ANN_BIND_COMPLETED "pv.kubernetes.io/bind-completed"
#define ANN_DATA_NODE "minik.io/data-node" /* of a claim: what it is made of lies on that node, so its volume will; the scheduler reads it */
#define ANN_PRE_RESIZE "volume.alpha.kubernetes.io/pre-resize-capacity"
#define ANN_BOUND_BY_CONTROLLER "pv.kubernetes.io/bound-by-controller"
#define ANN_DEFAULT_CLASS "storageclass.kubernetes.io/is-default-class"
#define ANN_DEFAULT_CLASS_BETA "storageclass.beta.kubernetes.io/is-default-class"
#define FINALIZER_PVC "kubernetes.io/pvc-protection"
#define FINALIZER_PV "kubernetes.io/pv-protection"
#define INDEX_CLAIM "claim"	  /* pods by "ns/claim" */
#define COMPONENT "storage"

/*
 * A part of the component: a controller, or what a node does. The context (struct storage) is shared; informers are made before the parts, so that new may add
 * handlers and indexes, and are synced when go is called. One table in storage.c, in order; backwards to stop.
 */
struct storage;
struct storage_part {
	const char *name;
	bool controller, node;				      /* where it runs: config's controller; config's node_name */
	int (*new)(void **ret, struct storage *s, struct err *e); /* loop not running yet */
	void (*go)(void *part);				      /* loop's thread: un-pause queues */
	void (*stop)(void *part);			      /* any thread, short: workqueue_stop */
	void *(*free)(void *part);			      /* the loop has ended, informers are still there. Half-built is fine */
};
/* Each in the file of its name. attach_part before attacher_part: the first makes indexes of both. */
extern const struct storage_part binder_part, protect_part, protect_vac_part, provision_part, resize_part, attach_part, attacher_part, local_part, csinode_part, csi_capacity_part, snapshot_part;

struct storage {
	struct storage_deps deps;
	char *node_name, *dir; /* DATA_DIR/storage */
	bool controller, local_path;
	struct loop *loop;
	struct loop_thread *thread;
	struct client *client;
	struct plugins *plugins; /* = deps.plugins */
	/* Those after `classes` with the controller only; pods have INDEX_CLAIM. Any thread reads. */
	struct informer *pvcs, *pvs, *classes, *pods, *nodes, *csidrivers, *csinodes, *attachments, *vacs;
	unsigned synced, n_informers;
	struct {
		const struct storage_part *part;
		void *arg;
	} parts[16];
	size_t n_parts;
};

void storage_key(const struct informer_object *o, char *out, size_t cap); /* "ns/name" or "name" */
void pod_claims(const struct informer_object *o, informer_emit_fn emit, void *ctx); /* "ns/claim" of each that it uses */

/* match.c. The node a local-path volume was made on, by the affinity we gave it; NULL when there is none. Borrowed. */
const char *volume_node(const json_t *pv);
int64_t volume_capacity(const json_t *pv); /* bytes; 0: not said */
/* As people write sizes: "30Gi", "10G", or the bytes where no unit divides them. Returns out. */
#define SIZE_TEXT_MAX 32
const char *size_text(int64_t bytes, char out[SIZE_TEXT_MAX]);
#define SIZE_TEXT(bytes) size_text((bytes), (char[SIZE_TEXT_MAX]){0}) /* for a message: until the end of the block */
