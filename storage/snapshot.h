/*
 * Snapshots: VolumeSnapshots and what they are bound to (snapshot.c, snapshot-controller's job), VolumeSnapshotContents
 * with the plug-ins that are here (snapshot_content.c, csi-snapshotter's), and the CRDs of both (snapshot_crds.c).
 * Source: github.com/kubernetes-csi/external-snapshotter.
 */
#pragma once
#include "storage/internal.h"
#include "storage/lanes.h"
#include "storage/retries.h"
#include "storage/secrets.h"

#define SNAPSHOT_GROUP         "snapshot.storage.k8s.io"
#define SNAPSHOT_ANN           "snapshot.storage.kubernetes.io/"
#define ANN_BEING_DELETED      SNAPSHOT_ANN "volumesnapshot-being-deleted"
#define ANN_DELETION_SECRET    SNAPSHOT_ANN "deletion-secret-name"
#define ANN_DELETION_SECRET_NS SNAPSHOT_ANN "deletion-secret-namespace"
#define FINALIZER_CONTENT      SNAPSHOT_ANN "volumesnapshotcontent-bound-protection"
#define SNAPSHOT_CRDS          3

struct snapshots {
	struct storage *s;
	struct informer *crds[SNAPSHOT_CRDS];
	struct informer *snapshots, *contents, *classes; /* begin once all CRDs are served */
	struct workqueue *queue, *content_queue;
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

/* snapshot.c: for both */
struct client_ref content_ref(const json_t *content, const char *sub);
int snapshot_finalizer(struct snapshots *z, const struct client_ref *ref, const char *finalizer, bool add,
		       struct err *e);
int snapshot_patch(struct snapshots *z, const struct client_ref *ref, json_t *body /* stolen */, struct err *e);
/* {message, time}, or NULL when it says the same already. */
json_t *snapshot_error(struct snapshots *z, const json_t *obj, const char *message);
/* As secret_of_class. */
int snapshot_secret_ref(const json_t *class, const char *purpose, const json_t *snapshot, const char *content,
			json_t **ret, struct err *e);
