/*
 * A pod's sandbox without a pause container: network, IPC and UTS namespaces pinned by bind mounts, and a tmpfs for /dev/shm,
 * all of which containers of the pod share. They outlive every process. Blocking; worker threads.
 */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include "base/err.h"

struct sandbox_paths { /* "" for a namespace of the host */
	char net[256], ipc[256], uts[256], shm[256];
};
struct sandbox_spec {
	const char *run_dir, *uid;
	const char *hostname, *domainname; /* domainname "" for none */
	bool host_net, host_ipc;
	const char *const *sysctls; /* name, value, name, value, NULL */
};
void sandbox_paths(const struct sandbox_spec *s, struct sandbox_paths *ret);
/* Makes what is missing. ret_created tells whether the network namespace is new (then the pod network must be attached). */
int sandbox_ensure(const struct sandbox_spec *s, bool *ret_created, struct err *e);
/* Whether everything of the sandbox is there. */
bool sandbox_intact(const struct sandbox_spec *s);
/* Unmounts and removes everything of uid; the pod network must have been detached. Absent is fine. */
int sandbox_remove(const char *run_dir, const char *uid, struct err *e);
/* Whether Kubernetes counts the sysctl as safe (documentation "Using sysctls in a Kubernetes Cluster"), and where it lives. */
bool sandbox_sysctl_safe(const char *name, bool host_net, bool host_ipc);
