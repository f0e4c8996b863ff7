/*
 * The PID namespace of a pod with shareProcessNamespace: its first process is a helper of ours (node-helper pause) in the pod's
 * cgroup, so that no container is the init of the others. During a sync.
 */
#pragma once
#include "node/pod.h"

/* Starts it unless it runs. *ret_path (malloc'ed): the namespace's path for the runtime. */
int pause_ensure(struct pod *p, char **ret_path, struct err *e);
/* After the pod's cgroup is gone, and with it the process. */
void pause_forget(struct pod *p);
