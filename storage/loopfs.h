/*
 * An ext4 in a file, mounted by a loop device: a directory that cannot hold more than the file is large; and the file as a block device.
 * Blocking; worker threads. Everything is idempotent. A device is let go of with its mount (autoclear), whoever dies meanwhile.
 */
#pragma once
#include <stdbool.h>
#include <stdint.h>
#include "base/err.h"

#define LOOPFS_MIN (4 << 20) /* smaller ones are made this large: ext4 needs it for itself */
/* 0: there are loop devices, and mkfs.ext4. ERR_UNSUPPORTED names what is missing. */
int loopfs_probe(struct err *e);
/*
 * The file, complete or not there at all. reserve: its space is taken from the file system now (ERR_TOO_MANY: there is not as much), where that is possible.
 * format false: without a file system.
 */
int loopfs_make(const char *image, int64_t bytes, bool reserve, bool format, int timeout_ms, struct err *e);
/* Grows the file, and what is mounted from it or attached to it, in use or not. at NULL: no file system. */
int loopfs_grow(const char *image, const char *at, int64_t bytes, bool reserve, struct err *e);
int64_t loopfs_size(const char *image, int64_t bytes); /* bytes, when that is what the image was made or grown for; else what it has */
/* options: of ext4 alone, "data=journal,sync"; may be NULL. Its file system takes all of the file, grown before it is mounted where it may not be after. */
int loopfs_mount(const char *image, const char *at, const char *options, struct err *e);
int loopfs_unmount(const char *at, struct err *e);   /* -EBUSY: in use; nothing is mounted there: fine */
bool loopfs_mounted(const char *at);		     /* a mount point, of whatever */
/* As a block device, until detached. dev: "/dev/loop7" */
int loopfs_attach(const char *image, bool read_only, char dev[32], struct err *e);
int loopfs_detach(const char *image, struct err *e); /* -EBUSY: somebody has it open */
/* Flushes it and holds writers up, or lets them go on: for a copy of the image. */
int loopfs_freeze(const char *at, bool frozen, struct err *e);
