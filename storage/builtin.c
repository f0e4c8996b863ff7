#include "storage/builtin.h"
#include "storage/builtin_nfs.h"

const struct builtin builtins[] = {
	{NFS_PROVISIONER, builtin_nfs_new},
	{NULL, NULL},
};
