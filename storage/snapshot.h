/*
 * Snapshots: VolumeSnapshots and what they are bound to (snapshot.c, snapshot-controller's job), VolumeSnapshotContents
 * with the plug-ins that are here (snapshot_content.c, csi-snapshotter's), the CRDs of both (snapshot_crds.c), and what
 * wakes them (snapshot_watch.c).
 *
 * Snapshots of volumes that lie on their nodes are made and deleted by those nodes. The control plane writes which node
 * has it (a label, which selects what an agent sees), keeps finalizers and annotations, and decides what is to be done;
 * the agent does it and says so in the status, which is all that it may write: a handle when it is made, an empty one
 * when it is deleted.
 * Source: github.com/kubernetes-csi/external-snapshotter.
 */
#pragma once
#include "storage/internal.h"
#include "storage/lanes.h"
#include "storage/retries.h"
#include "storage/secrets.h"

#define SNAPSHOT_GROUP         "snapshot.storage.k8s.io"
#define SNAPSHOT_ANN           "snapshot.storage.kubernetes.io/"
#define ANN_DEFAULT            SNAPSHOT_ANN "is-default-class"
#define ANN_BEING_DELETED      SNAPSHOT_ANN "volumesnapshot-being-deleted"
#define ANN_DELETION_SECRET    SNAPSHOT_ANN "deletion-secret-name"
#define ANN_DELETION_SECRET_NS SNAPSHOT_ANN "deletion-secret-namespace"
#define FINALIZER_CONTENT      SNAPSHOT_ANN "volumesnapshotcontent-bound-protection"
#define LABEL_SNAPSHOT_NODE    "minik.io/node" /* of a content; none: the server's own, or a snapshot of no node */
#define SNAPSHOT_CRDS          3

struct snapshots {
	struct storage *s;
	struct informer *crds[SNAPSHOT_CRDS];
	struct informer *snapshots, *contents, *classes; /* begin once all CRDs are served */
	struct workqueue *queue, *content_queue, *claim_queue;
	bool agent; /* no control plane: contents of this node alone; no snapshots, no claims, no queues of those */
	struct lanes *lanes;
	struct retries *retries; /* of contents, by name */
	/* loop's thread */
	unsigned crds_synced, served, synced;
	bool started;
};

/* snapshot_crds.c */
extern const char *const snapshot_crd_names[SNAPSHOT_CRDS];
json_t *snapshot_crd(size_t i); /* the object; NULL without memory */

/* snapshot_content.c */
int content_reconcile(void *arg, const char *key, struct err *e); /* arg: struct snapshots */
/* What a PersistentVolume's plug-in calls itself and the volume; false when it has no plug-in. Borrowed from pv, but
 * *ret_handle: malloc'ed. */
bool snapshot_source(const json_t *pv, const char **ret_driver, char **ret_handle);

/* The node that a volume lies on, when its plug-in makes each node's own; else NULL. Borrowed. */
const char *snapshot_volume_node(const json_t *pv);

/* snapshot_claim.c: claims that are made of what lies on one node */
int claim_reconcile(void *arg, const char *key, struct err *e); /* arg: struct snapshots */
void claim_of_source(struct snapshots *z, const struct informer_object *claim); /* queued when it is one */
/* Those that are made of that VolumeSnapshot or PersistentVolumeClaim are queued. */
void claims_made_of(struct snapshots *z, const char *kind, const char *ns, const char *name);
int claims_index(struct snapshots *z); /* before the informers start */

/* snapshot.c */
int snapshot_reconcile(void *arg, const char *key, struct err *e); /* arg: struct snapshots */
char *snapshot_content_name(const json_t *snap); /* that it has or is to have; malloc'ed */
/* for both */
struct client_ref content_ref(const json_t *content, const char *sub);
int snapshot_finalizer(struct snapshots *z, const struct client_ref *ref, const char *finalizer, bool add,
		       struct err *e);
int snapshot_patch(struct snapshots *z, const struct client_ref *ref, json_t *body /* stolen */, struct err *e);
/* {message, time}, or NULL when it says the same already. */
json_t *snapshot_error(struct snapshots *z, const json_t *obj, const char *message);
/* As secret_of_class. */
int snapshot_secret_ref(const json_t *class, const char *purpose, const json_t *snapshot, const char *content,
			json_t **ret, struct err *e);
