/* config.json of a container. Pure: everything that needs the world is in the input. Source: OCI runtime specification 1.0. */
#pragma once
#include <stdbool.h>
#include <stdint.h>
#include "base/json.h"
#include "node/cgroup.h"
#include "node/sandbox.h"
#include "node/userdb.h"

struct oci_mount {
	const char *source, *destination;
	bool read_only, recursively; /* recursively: what is mounted below is read-only, too */
	bool no_exec, no_suid, no_dev;
	bool file;		     /* plain bind instead of rbind */
	const char *propagation;     /* "rprivate", "rslave", "rshared" */
};
struct oci_device {
	char path[256];
	char type; /* 'c' or 'b' */
	unsigned major, minor, mode;
	bool read_only;
};
struct oci_input {
	const json_t *pod, *container;
	const char *const *args; /* NULL-terminated */
	const char *const *env;	 /* "K=V", NULL-terminated */
	const char *cwd;
	const char *rootfs;
	const char *hostname; /* "" with hostNetwork */
	const char *cgroup;	      /* "minik/podUID/CID" */
	const struct user *user;
	struct sandbox_paths ns;      /* "" : the host's */
	const char *pid_ns;	      /* NULL: a new one, "": the host's, else a path */
	bool cgroup_v2;
	const struct oci_mount *mounts;
	size_t n_mounts;
	const struct oci_device *devices; /* volumeDevices; privileged: the host's, too */
	size_t n_devices;
	uint64_t allowed_caps;
	int oom_score_adj;
	bool set_oom_score_adj;
	const json_t *seccomp;	      /* linux.seccomp or NULL: unconfined */
	int64_t pids_limit;	      /* 0: none */
};
int oci_config(const struct oci_input *in, json_t **ret, struct err *e);
/* Limits that a container's resources mean. */
void oci_limits(const json_t *container, struct cgroup_limits *ret);
/* kubelet's GetContainerOOMScoreAdjust. */
int oci_oom_score_adj(const json_t *pod, const json_t *container, const char *qos, int64_t node_memory);
