/*
 * How a node mounts volumes of one kind. A row in the table (volume_kinds.c) for each member of a volume's spec; what a plug-in that is here can publish goes to it,
 * whatever its member. Records (volume_record.c) say what is, or may be, mounted: they are on disk before anything is done, and go when it is surely undone, so that
 * a process that is killed at any moment finds the way back. Worker threads; one call at a time for a staging and for a pod's volume.
 */
#pragma once
#include "client/client.h"
#include "storage/mounts.h"
#include "storage/plugin.h"
#include "storage/storage.h"

struct volume_kind;
/*
 * One volume of one pod. From a request: all is there; on the way back: what the record holds, and request NULL. `state` belongs to the kind: what it has to know on
 * the way back (a device, a portal; no secrets); volume_job_save brings it to disk before the step that makes it true.
 */
struct volume_job {
	struct volumes *v;
	const struct volume_kind *kind;
	const struct volumes_request *r;
	const json_t *source;	/* the member of the spec: {"server":...}; NULL on the way back */
	const json_t *options;	/* mountOptions; NULL: none */
	const char *fs_type;	/* "" when not said */
	const char *name;	/* of the PersistentVolume, else of the pod's volume: for messages */
	json_t *state;		/* object; of the staging where the kind stages, else of the pod's volume */
	const char *state_file; /* its record */
	json_t *record;		/* the whole of it */
	char *staging;		/* a path, where the kind stages; the folder around it is there */
	char *target;		/* the folder around it is there */
	char *in_use;		/* for Node.status.volumesInUse; NULL: not attached by anyone */
	bool block, read_only;
	bool chgrp;		/* fsGroup is to be set by the caller, when it is published */
};
struct volume_kind {
	const char *member; /* "nfs" */
	bool block;	    /* volumeMode Block is possible */
	bool network;	    /* a mount of it may hang */
	/* What tells the volume apart on this node, malloc'ed: it is staged once for all pods. NULL: it is not staged. */
	char *(*key)(const struct volume_job *j);
	int (*stage)(struct volume_job *j, struct err *e);     /* mounted at staging; with block: a device's file, bound there */
	int (*publish)(struct volume_job *j, struct err *e);   /* mounted at target. NULL: staging bound to target. It may set target to a path that is there anyway */
	int (*unpublish)(struct volume_job *j, struct err *e); /* NULL: unmounted and removed */
	int (*unstage)(struct volume_job *j, struct err *e);   /* NULL: unmounted and removed */
	int (*grow)(struct volume_job *j, int64_t *ret_bytes, struct err *e); /* NULL: nothing to do */
	int (*stats)(struct volume_job *j, struct volumes_stats *ret, struct err *e); /* NULL: statfs of target */
	/* `minik killall`, no plug-in at hand: after its mounts are gone, lets go of the device. NULL: nothing */
	int (*drop)(struct volume_job *j, struct err *e);
};
extern const struct volume_kind *const volume_kinds[]; /* ended by NULL */
extern const struct volume_kind volume_plugin_kind;    /* csi, flexVolume and all that plug-ins publish */
extern const struct volume_kind volume_iscsi_kind;
int volume_job_save(struct volume_job *j, struct err *e);
/* A Secret's data, decoded: {key: text}. ref: {name, namespace}; without a namespace it is the claim's, or the pod's. */
int volume_secret(struct volume_job *j, const json_t *ref, json_t **ret, struct err *e);
