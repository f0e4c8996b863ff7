/*
 * Files and folders that are followed by inotify. Who listens looks at them anew, as a whole, once they have settled: neither the order of events matters nor that some
 * are lost. Loop's thread.
 */
#pragma once
#include <stdbool.h>
#include <stdint.h>
#include <sys/inotify.h>
#include "base/loop.h"

/* Whatever may happen in a folder, but that a file there is read or written while it stays open. */
#define FS_WATCH_FOLDER (IN_CREATE | IN_CLOSE_WRITE | IN_MOVED_TO | IN_MOVED_FROM | IN_DELETE | IN_ATTRIB | IN_DELETE_SELF | IN_MOVE_SELF | IN_ONLYDIR)

struct fs_watch;
struct fs_watch_ops {
	/* Each event, at once. name: in the folder; "": what is followed itself, or some were lost (IN_Q_OVERFLOW). False: it does not count. NULL: all count. */
	bool (*event)(void *arg, uint32_t mask, const char *name);
	void (*settled)(void *arg); /* settle_ms after the first that counts */
};
/* ops and arg stay the caller's. */
int fs_watch_new(struct fs_watch **ret, struct loop *l, int64_t settle_ms, const struct fs_watch_ops *ops, void *arg, struct err *e);
struct fs_watch *fs_watch_free(struct fs_watch *w);
/* mask: of inotify(7). Its number, or a negative errno. What is followed already has the same number; what is wanted of it is added. It ends by itself when path is deleted. */
int fs_watch_add(struct fs_watch *w, const char *path, uint32_t mask);
void fs_watch_drop(struct fs_watch *w, int number); /* no event tells of it */
void fs_watch_soon(struct fs_watch *w);		    /* as if something had happened that counts */
