/*
 * Volumes of a pod. Those made of API objects lie under RUN_DIR/pods/UID/volumes (on a tmpfs, as secrets must never reach a disk), with
 * kubelet's ..data symlink so that a set of files changes at once; emptyDir under DATA_DIR/pods/UID/volumes. During a sync.
 */
#pragma once
#include "node/pod.h"

/* Makes all volumes ready. Idempotent. Errors are also told as FailedMount events. ERR_AGAIN: something is on its way, and kicks the pod. */
int volumes_setup(struct pod *p, struct err *e);
/* Writes anew what changed: ConfigMaps, Secrets, labels, tokens that get old. Failures are told, the old files stay. */
void volumes_refresh(struct pod *p);
/* Of a pod taken over: everything made of API objects is looked at again soon. */
void volumes_renew(struct pod *p);
/* Unmounts and releases everything; files go with the pod's directories. */
int volumes_teardown(struct pod *p, struct err *e);
/* What is bound at mount->mountPath of the container: a path of the host. env: for subPathExpr. */
struct env;
struct volume_source {
	char *path; /* malloc'ed */
	bool file, read_only, no_exec, no_suid, no_dev;
};
int volumes_source(struct pod *p, const char *container, size_t mount_index, const json_t *mount, const struct env *env,
		   struct volume_source *ret, struct err *e);
/* volume_files.c: the payload of configMap, secret, downwardAPI and projected sources. */
struct payload {
	struct payload_file {
		char *path; /* relative, checked */
		void *data;
		size_t len;
		mode_t mode;
		int64_t uid; /* owner, -1: root */
	} *v;
	size_t n, cap;
};
void payload_done(struct payload *pl);
int payload_add(struct payload *pl, const char *path, const void *data, size_t len, mode_t mode, struct err *e);
int payload_build(struct pod *p, const json_t *volume, struct payload *pl, struct err *e);
/* volume_atomic.c: makes dir hold exactly the payload by one rename. Unchanged content is left alone. */
int payload_write(const char *dir, const struct payload *pl, int64_t gid, struct err *e);
/* A path from the outside that may not leave its directory: relative, no "..". */
bool path_is_local(const char *path);
/* volume_image.c. ERR_AGAIN: not yet; the pod is kicked when the image has come. */
int volume_image_setup(struct pod *p, const json_t *volume, struct err *e);
char *volume_image_dir(const struct pod *p, const char *name); /* malloc'ed */
void volume_image_pulled(struct pod *p, const char *name, int code, const char *message);
/* volume_claim.c: of claims, and of the pod's own that plug-ins make. */
int volume_claim_setup(struct pod *p, const json_t *volume, const char *claim, bool read_only, struct err *e);
int volume_own_setup(struct pod *p, const json_t *volume, struct err *e);
/* changed: a claim may have; the volume grows with it. And what is to be published again from time to time, is. */
int volume_claims_refresh(struct pod *p, bool changed, struct err *e);
void volume_claims_adopt(struct pod *p); /* of a pod taken over */
int volume_claims_release(struct pod *p, struct err *e);
/* Its path, malloc'ed: a directory, or with block a device's file. */
int volume_claim_path(struct pod *p, const char *name, bool block, char **ret, bool *ret_read_only, struct err *e);
json_t *volume_claims_stats(struct node *n, const json_t *pod, const char *now); /* as in kubelet's summary; new array. May block */
/* volume_grow.c. mounting: a failure keeps the pod from starting; else it is tried again when due. */
int volume_grow(struct pod *p, const json_t *volume, const json_t *pv, const json_t *pvc, bool mounting, struct err *e);
bool volume_grow_pending(const json_t *pvc); /* the claim is to grow, whoever's turn it is */
bool volume_grow_due(struct pod *p);
void volume_grow_arm(struct pod *p); /* during a sync */
/* volume_path.c */
int hostpath_prepare(const char *path, const char *type, struct err *e);
/* Opens rel below root without leaving it by any link; makes missing directories. *ret_fd is O_PATH. */
int subpath_open(const char *root, const char *rel, int *ret_fd, struct err *e);
/* Group ownership and rw for fsGroup, recursively, within one file system. */
int volume_chgrp(const char *root, int64_t gid, bool only_if_root_differs, struct err *e);
