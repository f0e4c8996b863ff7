/*
 * minik.io/local-path: directories of this node, each with the capacity that its claim asked for: by project quota (quota.h), or as a file system in
 * a file (loopfs.h). What it made is in records, one file each, written before anything else is and removed after everything else: so whatever a
 * kill -9 or a power cut leaves behind is known by its record.
 *
 *	BASE/NAME_NAMESPACE_CLAIM	     or what pathPattern says: the volume
 *	BASE/.minik/images/NAME		     its image
 *	BASE/.minik/trash/NAME		     a volume on its way out
 *	BASE/.minik/snapshots/NAME	     a snapshot: a directory or an image
 *	DATA_DIR/storage/.minik/volumes/NAME.json, snapshots/NAME.json	the records
 *
 * BASE is DATA_DIR/storage, or a path that ConfigMap kube-system/local-path-config gives this node.
 */
#pragma once
#include <pthread.h>
#include "base/buf.h"
#include "base/map.h"
#include "storage/plugin.h"

#define LOCAL_PRIVATE ".minik" /* no volume's path has a component that begins so */
#define LOCAL_PATH_MAX 1024

struct local_path {
	struct plugin p; /* first */
	char *dir;	 /* DATA_DIR/storage: where the records are, and the base without a ConfigMap */
	char *node;
	pthread_mutex_t lock; /* guards what follows, and the making of directories in a base */
	pthread_cond_t idle;  /* one has left `busy` */
	struct map *busy;     /* names being worked on */
	struct map *volumes, *snapshots; /* records by name: json_t, never changed, only replaced */
	json_t *config;	      /* config.json of the ConfigMap; NULL: none */
	char *config_wrong;   /* why it cannot be used; then nothing is made */
	bool configured;      /* it is known whether there is one */
	bool off;	      /* --disable local-path: what there is goes on */
};

/* For the table of those built in. */
int builtin_local_new(struct plugin **ret, struct plugins *p, struct err *e);
/* Text of config.json, NULL: the ConfigMap has none. ERR_INVALID: until it is mended no volume is made. Any thread. */
int local_path_configure(struct plugin *p, bool there, const char *text, struct err *e);
/* Records of volumes: an array of references to {"name", "phase": "new"|"kept"|"deleting", "claim": {namespace, name, uid}...}; NULL without memory. Any thread. */
json_t *local_path_volumes(struct plugin *p);
json_t *local_path_volume(struct plugin *p, const char *name); /* one of them, a copy; NULL: no record, or no memory */
/* Its PersistentVolume is there: from now on only `delete` takes it away, also when the object goes (policy Retain). */
int local_path_keep(struct plugin *p, const char *name, struct err *e);
/* `minik killall`, without a plug-in: lets go of all mounts and devices of volumes, whoever uses them. What is in them stays. */
int local_path_drop(const char *data_dir, struct err *e);
/* What no record knows, and only a killed process leaves behind: half-made images, trash. Before anything is made. */
int local_path_sweep(struct local_path *l, struct err *e);

/* --- builtin_local_path.c: where a volume lies. Pure but for the last ones. --- */

/* base is one that this node has by its configuration. Borrowed array of strings, valid under the lock. */
int local_bases(const struct local_path *l, json_t **ret, struct err *e); /* new reference */
/* Checks the text of config.json; a path for each node, all absolute. */
int local_config_check(const char *text, json_t **ret, struct err *e);
/* Rancher's templates: {{ .PVName }}, {{ .PVC.Namespace }}, {{ .PVC.Name }}, {{ .PVC.Annotations.KEY }}, {{ index .PVC.Annotations "KEY" }}, Labels likewise. */
int local_pattern(const char *pattern, const char *name, const json_t *claim, char **ret, struct err *e);
/* One or more components below the base: not empty, no "." and "..", none of our own. */
int local_path_check(const char *rel, struct err *e);
/* One lies within the other, or they are the same. */
bool local_paths_touch(const char *a, const char *b);
/* Makes base/rel, whose last component must be new unless may_exist; others are made or there, and no links. *ret_fd is the directory. */
int local_mkdir(const char *base, const char *rel, bool may_exist, int *ret_fd, struct err *e);
/* A directory of ours: BASE/.minik/KIND, made with mode 0700. Malloc'ed "BASE/.minik/KIND/NAME". */
char *local_private(const char *base, const char *kind, const char *name, struct err *e);
/* The path of an object is below one of the bases, by what is on disk, and none of our own. *ret_base, *ret_rel malloc'ed. */
int local_split(const struct local_path *l, const char *path, char **ret_base, char **ret_rel, struct err *e);

/* --- builtin_local_record.c --- */

int local_records_load(struct local_path *l, struct err *e);
/* With the lock held. put takes over v, which is on disk for good when this returns. */
int local_record_put(struct local_path *l, bool snapshot, const char *name, json_t *v, struct err *e);
int local_record_drop(struct local_path *l, bool snapshot, const char *name, struct err *e);
/* Any thread; a reference, NULL: none. */
json_t *local_record_get(struct local_path *l, bool snapshot, const char *name);
/* Changes one member, durably. */
int local_record_set(struct local_path *l, const char *name, const char *key, json_t *v, struct err *e);
/* Nobody else works on the name until let go. ERR_AGAIN after that time. */
int local_hold(struct local_path *l, const char *name, int timeout_ms, struct err *e);
void local_let_go(struct local_path *l, const char *name);
/* With the lock held: a project that neither a record nor anybody else on that file system uses. */
int local_project_new(struct local_path *l, const char *base, uint32_t *ret, struct err *e);
/* With the lock held: bytes that quotas on the file system of base have promised and that are not written yet. */
int64_t local_promised(struct local_path *l, const char *base);

/* --- builtin_local_volume.c: making, growing and removing what a record says --- */

int local_volume_create(struct local_path *l, const json_t *req, int timeout_ms, json_t **ret, struct err *e);
int local_volume_delete(struct local_path *l, const json_t *req, int timeout_ms, struct err *e);
int local_volume_expand(struct local_path *l, const json_t *req, int64_t *ret_bytes, struct err *e);
int local_volume_mount(const json_t *rec, const char *options, struct err *e);
/* What a request's mountOptions are for such a volume: options of ext4, where it is an image, and flags of each mount. ERR_INVALID names what cannot be had. */
int local_mount_options(const json_t *rec, const json_t *req, struct buf *ext4, unsigned long *ret_flags, struct err *e);
int local_volume_unmount(const json_t *rec, struct err *e);
int64_t local_base_room(const char *base); /* free bytes; -1: cannot be told */

/* --- builtin_local_copy.c --- */

/* What is in the directory from, into the directory to: no link is followed, no mount crossed; owners, modes, times, attributes, hard links, holes are kept. */
int local_copy_tree(const char *from, const char *to, struct err *e);
/* By reflink where the file system has it, else only what is not holes. clone_only: -EOPNOTSUPP instead. */
int local_copy_file(const char *from, const char *to, bool clone_only, struct err *e);

/* --- builtin_local_snapshot.c --- */

int local_snapshot_create(struct local_path *l, const json_t *req, json_t **ret, struct err *e);
int local_snapshot_delete(struct local_path *l, const json_t *req, struct err *e);
int local_snapshot_get(struct local_path *l, const json_t *req, json_t **ret, struct err *e);
/* Fills a new volume's directory, which is mounted, or makes its image. */
int local_fill(struct local_path *l, const json_t *from, const json_t *rec, struct err *e);
