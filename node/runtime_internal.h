/* Shared by runtime.c, runtime_create.c and runtime_exec.c only. */
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
int runtime_wait_child(pid_t pid, int *ret_exit);
