/*
 * PV/PVC binder, StorageClass provisioners, and the node's side of volumes.
 */
#pragma once
#include <stdbool.h>
#include "base/clock.h"
#include "base/json.h"
#include "client/transport.h"

struct storage;
struct storage_config {
	const char *node_name; /* provisions and deletes local-path directories of this node; NULL: none */
	const char *data_dir;  /* DATA_DIR/storage/<pv> */
	bool controller;       /* run the binder and provisioners (control plane), else only this node's part */
	bool local_path;       /* keep StorageClass local-path (default class) and serve it */
};
struct plugins;
struct storage_deps {
	struct connector *api;
	struct clock *clock;
	struct plugins *plugins; /* storage/plugin.h; one for the process */
};
int storage_new(struct storage **ret, const struct storage_config *c, const struct storage_deps *d, struct err *e);
int storage_start(struct storage *s, struct err *e);
void storage_stop(struct storage *s);
void storage_join(struct storage *s);
struct storage *storage_free(struct storage *s);

/*
 * Node side. As node/node.h's node_volume_ops, which says what each does; cmd/adapt.c joins the two. Worker threads.
 * State is on disk: a process that was killed finds what it had mounted.
 */
struct volumes;
struct volumes_config {
	const char *data_dir, *run_dir, *kubelet_dir, *node_name;
};
struct volumes_deps {
	struct connector *api;	 /* as the node: Secrets of volumes, tokens, VolumeAttachments. NULL (killall): none is asked for */
	struct plugins *plugins; /* NULL: drivers and programs cannot be asked */
};
struct volumes_request {
	const char *pod_uid, *volume_name;
	const json_t *pod, *volume; /* the pod; its spec.volumes[] of that name */
	const json_t *pv, *pvc;	    /* NULL: the volume is the pod's own (csi, nfs, iscsi, rbd, cephfs, flexVolume) */
	bool read_only;
	int64_t fs_group;	 /* -1: none */
	bool fs_group_if_differs; /* fsGroupChangePolicy OnRootMismatch */
};
struct volumes_result {
	char *path;	/* malloc'ed: a directory, or with block a device's file, to be bound into containers */
	bool block, read_only;
	bool chgrp;	/* the caller gives it to fs_group now */
	bool republish; /* publish is to be called again every minute or so: it holds tokens */
};
struct volumes_stats {
	int64_t total, used, available, inodes, inodes_used, inodes_free; /* bytes; -1: not known */
};
int volumes_new(struct volumes **ret, const struct volumes_config *c, const struct volumes_deps *d, struct err *e);
struct volumes *volumes_free(struct volumes *v);
/* Idempotent. ERR_UNAVAILABLE: not yet (not attached, plug-in not here), with what it waits for; ERR_UNSUPPORTED names the plug-in. */
int volumes_publish(struct volumes *v, const struct volumes_request *r, struct volumes_result *ret, struct err *e);
/* volume_name NULL: all of the pod's. -EBUSY: still used, with by whom where that can be told; ERR_UNAVAILABLE: its plug-in is not here. It stays on record. */
int volumes_unpublish(struct volumes *v, const char *pod_uid, const char *volume_name, struct err *e);
int volumes_stats(struct volumes *v, const char *pod_uid, const char *volume_name, struct volumes_stats *ret, struct err *e);
/* The volume has grown: its file system follows. 0 also where there is nothing to do; *ret_bytes its size then. */
int volumes_grow(struct volumes *v, const struct volumes_request *r, int64_t *ret_bytes, struct err *e);
/* Pods that have volumes published here, by what is on disk: array of uids, each and the array malloc'ed, NULL at the end. */
int volumes_pods(struct volumes *v, char ***ret_uids, struct err *e);
/* This node's Node is there, perhaps another than before: its status.volumesInUse is told, as with every change. Any thread. */
void volumes_node_registered(struct volumes *v);
/* A plug-in came or went: what waits for one is worth another try. Any thread calls fn, short. One watcher. */
int volumes_watch(struct volumes *v, void (*fn)(void *arg), void *arg, struct err *e);
void volumes_unwatch(struct volumes *v);
/* `minik killall`: lets go of everything here that records tell of, also of what its plug-in would have to be asked for. No container is left. */
int volumes_drop_all(struct volumes *v, void (*fn)(void *arg, const char *what), void *arg, struct err *e);
