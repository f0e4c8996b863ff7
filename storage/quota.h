/*
 * Project quota of ext4 and xfs: what lies in a directory of a project counts against that project's limit. Blocking; any thread.
 * Source: quotactl(2), FS_IOC_FSSETXATTR of ioctl_xfs_fsgetxattr(2); ext4 answers to the same calls.
 */
#pragma once
#include <stdint.h>
#include "base/err.h"

struct quota_usage {
	int64_t bytes, inodes, limit; /* limit 0: none */
};
/* 0: the file system that holds dir enforces project quota. ERR_UNSUPPORTED says why it does not, and the mend. */
int quota_probe(const char *dir, struct err *e);
/* The directory, which is empty, belongs to the project from now on, and so does what is made in it. 0: no project. */
int quota_assign(int dirfd, uint32_t project, struct err *e);
/* bytes 0: no limit. dir is any on the file system. */
int quota_limit(const char *dir, uint32_t project, int64_t bytes, struct err *e);
int quota_get(const char *dir, uint32_t project, struct quota_usage *ret, struct err *e);
