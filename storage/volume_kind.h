/*
 * How a node mounts volumes of one kind: a row in the table (volume_kinds.c) for each member of a volume's spec; what a plug-in that is here can publish goes to it,
 * whatever its member (volume_plugin.c). Records (volume_record.c) say what is, or may be, mounted: they are on disk before anything is done, and go when it is surely
 * undone, so that a process that was killed at any moment finds the way back. Worker threads; one call at a time for a staging, and for a pod's volume.
 */
#pragma once
#include "client/client.h"
#include "storage/mounts.h"
#include "storage/plugin.h"
#include "storage/storage.h"

#define VOLUME_MS 120000 /* as kubelet waits for drivers and mounts */

struct volume_kind;
/* One volume of one pod. With a request: all is there. On the way back: what the record holds, and no request, source and options. */
struct volume_job {
	struct volumes *v;
	const struct volume_kind *kind;
	const struct volumes_request *r;
	const json_t *source;  /* the member of the spec: {"server":...} */
	const json_t *options; /* mountOptions; NULL: none */
	char *name;	       /* of the PersistentVolume, else of the pod's volume */
	char *driver, *handle; /* of plug-ins; NULL */
	char *fs_type;	       /* "" when not said */
	char *staging, *target; /* paths; the folders around them are there. staging NULL: not staged */
	char *in_use;	       /* for Node.status.volumesInUse; NULL: nobody attaches or detaches it */
	char *attacher;	       /* of its VolumeAttachment, which is waited for; NULL: none */
	bool block, read_only;
	bool chgrp;	/* fsGroup is set by the caller, once it is published */
	bool republish; /* to be published again from time to time */
	/*
	 * The kind's own, kept for the way back with the staging (with the pod's volume, where the kind does not stage): a device, a portal; no secrets.
	 * volume_job_save brings it to disk, before the step that makes it true.
	 */
	json_t *state;
	json_t *record, *staged;	       /* as on disk; state is in one of them */
	char *record_file, *staged_file;
	struct plugin *plugin;		       /* volume_plugin.c */
	json_t *stage_request, *publish_request; /* likewise */
};
struct volume_kind {
	const char *member; /* "nfs" */
	const char *folder; /* below pods/UID/volumes; NULL: kubernetes.io~MEMBER */
	bool block;	    /* volumeMode Block is possible */
	bool network;	    /* who looks at it may hang */
	bool chgrp;	    /* fsGroup changes ownership, as with kubelet's plug-in */
	int (*prepare)(struct volume_job *j, struct err *e); /* with a request, first; NULL: nothing */
	/* What tells the volume apart on this node, malloc'ed: it is staged once for all pods. May be NULL, and may give NULL: not staged. */
	char *(*key)(const struct volume_job *j);
	int (*stage)(struct volume_job *j, struct err *e);     /* mounted at staging; with block: a device's file bound there */
	int (*publish)(struct volume_job *j, struct err *e);   /* mounted at target. NULL: staging is bound there */
	int (*unpublish)(struct volume_job *j, struct err *e); /* NULL: unmounted and removed */
	int (*unstage)(struct volume_job *j, struct err *e);   /* NULL: unmounted and removed */
	int (*grow)(struct volume_job *j, int64_t *ret_bytes, struct err *e); /* with a request; NULL: it is as large as it is */
	int (*stats)(struct volume_job *j, struct volumes_stats *ret, struct err *e); /* NULL: statfs of target */
	int (*drop)(struct volume_job *j, struct err *e); /* `minik killall`, its mounts are gone: lets go of devices. NULL: nothing */
};
extern const struct volume_kind *const volume_kinds[]; /* ended by NULL */
extern const struct volume_kind volume_plugin_kind, volume_iscsi_kind;
int volume_job_save(struct volume_job *j, struct err *e);

/* --- volumes.c, for kinds --- */
const struct volumes_config *volumes_conf(const struct volumes *v);
/* A Secret's data, decoded: {key: text}. ref: {name, namespace}; without a namespace it is the claim's, or the pod's. */
int volume_job_secret(struct volume_job *j, const json_t *ref, json_t **ret, struct err *e);
/* The plug-in of csi.driver, flexVolume.driver, or that made it; a reference or NULL. spec: of the PersistentVolume, or the pod's volume. */
struct plugin *volume_plugin_find(struct volumes *v, const struct volumes_request *r);

/* --- volume_record.c: DATA_DIR/volumes/{pods/UID/VOLUME,staged/SHA256}.json --- */

bool volume_name_ok(const char *s); /* one part of a path */
int volume_records_init(const struct volumes *v, struct err *e);
char *volume_record_file(const struct volumes *v, const char *pod_uid, const char *volume_name);
char *volume_staged_file(const struct volumes *v, const char *key_hash);
int volume_record_read(const char *file, json_t **ret, struct err *e); /* ERR_NOT_FOUND */
int volume_record_write(const char *file, const json_t *record, struct err *e);
int volume_record_remove(const char *file, struct err *e);
/* fn for each record of a pod's volume (of all pods: pod_uid NULL), until it returns other than 0, which is the answer. What cannot be read is an error. */
int volume_records_each(const struct volumes *v, const char *pod_uid,
			int (*fn)(void *arg, const char *pod_uid, const char *volume_name, const json_t *record, struct err *e), void *arg, struct err *e);
int volume_staged_each(const struct volumes *v, int (*fn)(void *arg, const char *file, const json_t *staged, struct err *e), void *arg, struct err *e);
