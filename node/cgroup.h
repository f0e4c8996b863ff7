/*
 * The cgroups of pods: ROOT/pod<uid>/<container>. The OCI runtime makes the containers' own; the pod's level and the root are
 * made, limited, emptied and removed here, on cgroup v2 as well as on v1 hierarchies. On hybrid hosts (v1 controllers plus a
 * cgroup2 mount at .../unified) the v1 controllers are used and the runtime must not see the cgroup2 mount.
 * Blocking; any thread.
 */
#pragma once
#include <stdbool.h>
#include <stdint.h>
#include "base/err.h"

enum cgroup_mode { CGROUP_V2, CGROUP_V1, CGROUP_HYBRID };
#define CGROUP_MAX_HIERARCHIES 16
struct cgroup_host {
	enum cgroup_mode mode;
	unsigned n_mounts; /* v2: one */
	struct {
		char path[96];		/* "/sys/fs/cgroup/memory" */
		char controllers[128];	/* ",cpu,cpuacct," with commas around; "" on v2 */
	} mounts[CGROUP_MAX_HIERARCHIES];
	char unified[96]; /* hybrid: where the extra cgroup2 is mounted, else "" */
};
/* Limits of a pod; 0: none. */
struct cgroup_limits {
	uint64_t cpu_shares;	/* v1 scale, 2..262144 */
	int64_t cpu_quota_us;	/* per cpu_period_us */
	int64_t cpu_period_us;
	int64_t memory_bytes;
	int64_t pids;
};
struct cgroup_usage {
	uint64_t cpu_ns;
	uint64_t memory_bytes, working_set_bytes, rss_bytes;
	uint64_t pids;
};

/* Reads /proc/self/mountinfo (or text, for tests). ERR_UNSUPPORTED when no usable hierarchy is mounted. */
int cgroup_host_probe(struct cgroup_host *ret, const char *mountinfo_text, struct err *e);
/* rel: "minik/podUID". Creates it everywhere (parents too, v2 controllers enabled) and sets the limits. */
int cgroup_ensure(const struct cgroup_host *h, const char *rel, const struct cgroup_limits *l, struct err *e);
/* Moves a process into rel everywhere. */
int cgroup_join(const struct cgroup_host *h, const char *rel, int pid, struct err *e);
/* SIGKILLs what is left in rel and below, waits until it is empty (at most 10 s) and removes it everywhere. Absent is fine. */
int cgroup_remove(const struct cgroup_host *h, const char *rel, struct err *e);
/* SIGKILLs everything in rel and below; the cgroups stay. */
void cgroup_kill(const struct cgroup_host *h, const char *rel);
/* Sends sig to every process of rel (not below). Returns how many there were. */
int cgroup_signal(const struct cgroup_host *h, const char *rel, int sig);
int cgroup_usage(const struct cgroup_host *h, const char *rel, struct cgroup_usage *ret, struct err *e);
/* cpu.shares of v1 as cpu.weight of v2 (runc's conversion). */
uint64_t cgroup_weight(uint64_t shares);
/* Kubernetes: CPU request in milli-CPUs to shares. */
uint64_t cgroup_milli_to_shares(int64_t milli);
