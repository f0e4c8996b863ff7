/*
 * Mounts an image's layers with overlayfs. For scratch threads (node/nsthread.h) with a file system context of their
 * own (unshare(CLONE_FS)): the calling thread changes its directory.
 */
#pragma once
#include "base/err.h"

struct overlay {
	char *const *layers;      /* lowest first, NULL-terminated, absolute */
	const char *upper, *work; /* where changes go; NULL: it cannot be written to */
	const char *empty;        /* without upper: an empty directory, since overlayfs wants more than one */
	const char *target;
};
/* ERR_TOO_LARGE when there are more layers than mount(2) takes. */
int overlay_mount(const struct overlay *o, struct err *e);
