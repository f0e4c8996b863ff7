/* The plug-ins that are part of minik: one line each in builtin.c. */
#pragma once
#include "storage/plugin.h"

struct builtin {
	const char *name; /* as classes name it in `provisioner` */
	/* Called by plugins_start, before programs and drivers are looked for. 0 without *ret: not wanted or not possible on this machine, and said so. */
	int (*new)(struct plugin **ret, struct plugins *p, struct err *e);
};
extern const struct builtin builtins[]; /* ended by a NULL name */

/*
 * A plug-in under another name, for classes whose `provisioner` is somebody else's: DATA_DIR/provisioners/ceph.rook.io/block is a link with the text minik.io/ceph-rbd.
 * Volumes are made with that name as their driver.
 */
int plugin_alias_new(struct plugin **ret, const char *name, struct plugin *target, struct err *e);
bool builtin_known(const char *name);
