/* The plug-ins that are part of minik: one line each in builtin.c. */
#pragma once
#include "storage/plugin.h"

struct builtin {
	const char *name; /* as classes name it in `provisioner` */
	/* Called by plugins_start, before programs and drivers are looked for. 0 without *ret: not wanted or not possible on this machine, and said so. */
	int (*new)(struct plugin **ret, struct plugins *p, struct err *e);
};
extern const struct builtin builtins[]; /* ended by a NULL name */

/* One operation: a row of a table. self: the plug-in. *ret may be left alone for an answer that says nothing. */
typedef int (*builtin_op)(void *self, const json_t *req, int timeout_ms, json_t **ret, struct err *e);
/* What plugin_ops.call does, and plugin.can, for those that have such a table. */
int builtin_call(const builtin_op table[PLUGIN_OP_COUNT], struct plugin *p, enum plugin_op op, const json_t *req, int timeout_ms, json_t **ret, struct err *e);
unsigned builtin_can(const builtin_op table[PLUGIN_OP_COUNT]);
/* For those that mount: what is at stagingPath, at targetPath, and the folder or file itself. */
int builtin_unstage(void *self, const json_t *req, int timeout_ms, json_t **ret, struct err *e);
int builtin_unpublish(void *self, const json_t *req, int timeout_ms, json_t **ret, struct err *e);

/*
 * A plug-in under another name, for classes whose `provisioner` is somebody else's: DATA_DIR/provisioners/ceph.rook.io/block is a link with the text minik.io/ceph-rbd.
 * Volumes are made with that name as their driver.
 */
int plugin_alias_new(struct plugin **ret, const char *name, struct plugin *target, struct err *e);
bool builtin_known(const char *name);
