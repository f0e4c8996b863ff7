/* The plug-ins that are part of minik: one line each in builtin.c. */
#pragma once
#include "storage/plugin.h"

struct builtin {
	const char *name; /* as classes name it in `provisioner` */
	/* Called by plugins_start, before programs and drivers are looked for. 0 without *ret: not wanted or not possible on this machine, and said so. */
	int (*new)(struct plugin **ret, struct plugins *p, struct err *e);
};
extern const struct builtin builtins[]; /* ended by a NULL name */
