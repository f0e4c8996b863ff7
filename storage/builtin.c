#include "storage/builtin.h"
#include "storage/builtin_ceph.h"
#include "storage/builtin_cephfs.h"
#include "storage/builtin_local.h"
#include "storage/builtin_nfs.h"
#include "storage/internal.h"

const struct builtin builtins[] = {
	{LOCAL_PATH_PROVISIONER, builtin_local_new},
	{NFS_PROVISIONER, builtin_nfs_new},
	{CEPH_RBD_PROVISIONER, builtin_ceph_rbd_new},
	{CEPHFS_PROVISIONER, builtin_cephfs_new},
	{NULL, NULL},
};
