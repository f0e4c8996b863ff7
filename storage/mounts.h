/*
 * Mounts of volumes, file systems on devices, loop devices. Worker threads; may block. What may hang for ever (a server that is gone) is done by programs with time
 * limits, and whether something is mounted is read from the mount table: a dead server cannot hold up who asks.
 */
#pragma once
#include <stdbool.h>
#include <stdint.h>
#include "base/buf.h"
#include "base/json.h"

/* --- mounts.c --- */

/* 1: something is mounted at exactly this path, 0: not. */
int mounts_at(const char *path, struct err *e);
/* Calls fn for each mount at or below dir, deepest (last made) first, until it returns other than 0, which is the answer. */
int mounts_below(const char *dir, int (*fn)(void *arg, const char *path, struct err *e), void *arg, struct err *e);
/* By mount(8): options is an array of words or NULL, each of one option (no comma: ERR_INVALID). The target folder is made (0750). Mounted already is success. */
int mounts_mount(const char *source, const char *target, const char *fs_type, const json_t *options, bool read_only, int timeout_ms, struct err *e);
const char *mounts_nfs_mend(const char *said); /* what a message of mount.nfs leaves out, or "" */
/* A directory or a file (a device's too) at target, which is made. No link is followed in the last part of either. Mounted already is success. */
int mounts_bind(const char *source, const char *target, bool read_only, struct err *e);
/*
 * Everything at the path, then the folder or file itself, if it is empty. Nothing there is success. -EBUSY names who holds it, as far as that can be told.
 * network: by umount(8), with a time limit (ERR_TIMEOUT), for what may hang.
 */
int mounts_unmount(const char *target, bool network, struct err *e);
/* Lets go of all at or below dir, whoever uses it: for what is being torn down as a whole (killall). */
int mounts_detach_below(const char *dir, struct err *e);
/* The processes that hold it, "pid 12 (sh), pid 13 (cat)", at most three; "" for nobody seen. */
void mounts_holders(const char *path, struct buf *out);

/* --- mount_options.c --- */

/*
 * Flags of a mount that these stand for. What is none goes to ext4, "data=journal,commit=1", where ext4 has it; ERR_INVALID names what is nobody's. ext4 NULL: a folder.
 * Words may have commas.
 */
int mount_options(const json_t *options, struct buf *ext4, unsigned long *ret_flags, struct err *e);
bool mount_options_read_only(const json_t *options);
/* The mount at target gets the flags of mount(2), and keeps what it has. */
int mounts_flags(const char *target, unsigned long flags, struct err *e);

/* --- mounts_disk.c --- */

/*
 * Formats an empty device (fs_type "ext4" when NULL or ""; sure of being empty by blkid's low-level probing), leaves one with that file system, and refuses one that
 * holds anything else: ERR_INVALID. read_only: never formats.
 */
int mounts_format(const char *device, const char *fs_type, bool read_only, struct err *e);
/* Its file system's type, "" when it is empty. -ENXIO: no such device. */
int mounts_fs_type(const char *device, char *out, size_t cap, struct err *e);
/* The mounted file system fills its device (ext2/3/4, xfs, btrfs); ERR_UNSUPPORTED names another. */
int mounts_grow(const char *device, const char *mounted_at, struct err *e);
int mounts_device_size(const char *device, int64_t *ret, struct err *e);
/* A loop device of the file; the same one when there is one already. ERR_UNSUPPORTED: this machine has none. out >= 32 */
int loop_attach(const char *file, bool read_only, char *out, size_t cap, struct err *e);
int loop_detach(const char *file, struct err *e);  /* all of the file's; none is success */
int loop_refresh(const char *file, struct err *e); /* the file has grown */
/* All whose files lie below dir: for what is being torn down as a whole. */
int loop_detach_below(const char *dir, struct err *e);
