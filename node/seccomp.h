/*
 * seccompProfile RuntimeDefault: what containers may call, after containerd's default profile. Pure.
 * A volume's limit is a project quota: who can give a file to another project, or stop a directory from handing its project on, is not limited. Where the files are his
 * own, and he is of the host's user namespace, the kernel lets anyone do so, so the calls are denied: ioctl FS_IOC_FSSETXATTR and FS_IOC_SETFLAGS (chattr), file_setattr,
 * quotactl, and io_uring as a whole. Not to containers that are privileged, that have CAP_SYS_ADMIN, or whose pod says Unconfined.
 */
#pragma once
#include <stdint.h>
#include "base/json.h"

/* linux.seccomp of config.json for a container with these capabilities. NULL without memory. */
json_t *seccomp_default(uint64_t caps);
/* The same for a container whose pod names no profile: everything but what would take the limits of volumes away. NULL without memory, or when there is nothing to deny. */
json_t *seccomp_keep_limits(uint64_t caps);
