/*
 * minik.io/cephfs: subvolumes of a Ceph file system, by Ceph's own tool `ceph fs subvolume`. Class parameters as ceph-csi has them:
 * fsName, subvolumeGroup ("csi"), pool, monitors (or the machine's own ceph.conf), mounter (kernel, fuse; without one the kernel's where
 * it has one); secrets userID and userKey, adminID and adminKey for who makes them. A volume's handle is MONITORS#FS/GROUP/SUBVOLUME, a
 * snapshot's MONITORS#FS/GROUP/SUBVOLUME@SNAPSHOT.
 */
#pragma once
#include "storage/ceph.h"
#include "storage/plugin.h"

#define CEPHFS_PROVISIONER "minik.io/cephfs"

int builtin_cephfs_new(struct plugin **ret, struct plugins *p, struct err *e);

/* --- pure --- */

struct cephfs_name {
	char *monitors; /* "": the machine's ceph.conf says */
	char *fs, *group, *volume;
	char *snap; /* NULL */
};
void cephfs_name_done(struct cephfs_name *n);
#define AUTO_CEPHFS_NAME CLEANUP(cephfs_name_done)
/* Hostile: what is none gives ERR_INVALID. */
int cephfs_name_parse(const char *handle, bool want_snap, struct cephfs_name *ret, struct err *e);
/* A path inside of the file system, as a mount takes it. */
bool cephfs_path_ok(const char *path);

/* --- cephfs_node.c --- */

int cephfs_stage(const json_t *req, int timeout_ms, int stop_fd, struct err *e);
int cephfs_publish(const json_t *req, struct err *e);
