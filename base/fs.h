/* Files and directories. Blocking; any thread. */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <sys/stat.h>
#include "base/buf.h"
#include "base/err.h"

int fs_mkdir_p(const char *path, mode_t mode, struct err *e); /* existing is fine */
/* Reads at most max bytes; ERR_TOO_LARGE beyond; ERR_NOT_FOUND when absent. */
int fs_read(const char *path, size_t max, struct buf *out, struct err *e);
/* Writes path.tmpXXXX, fsyncs, renames, fsyncs the directory: old or new, never half. */
int fs_write_atomic(const char *path, const void *data, size_t n, mode_t mode, struct err *e);
/* Plain O_TRUNC write without fsync (cgroup and proc files). */
int fs_write(const char *path, const void *data, size_t n, struct err *e);
/* Removes a tree, also what is made in it meanwhile; never crosses a mount point (ERR -EBUSY then) nor follows links.
 * Absent is fine. */
int fs_rm_rf(const char *path, struct err *e);
bool fs_exists(const char *path);
char *fs_join(const char *a, const char *b); /* malloc'ed "a/b" with exactly one slash */
