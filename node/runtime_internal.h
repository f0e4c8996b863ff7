/* Shared by runtime.c, runtime_create.c, runtime_exec.c and monitors.c only. */
#pragma once
#include <sys/mount.h>
#include "node/runtime.h"

struct runtime { /* immutable after runtime_new */
	char *program, *conmon;
	const char *name;
	char *version;
	char *run_dir, *data_dir, *state_dir, *exit_dir;
	struct cgroup_host cgroups;
};
/* monitors.c. all: look through all processes, else at the one in conmon.pid alone. */
int monitors_end(const struct runtime *rt, const char *cid, bool all, struct err *e);
int runtime_wait_child(pid_t pid, int *ret_exit);
