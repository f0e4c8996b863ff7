/* What this machine is: names, addresses, locks on the run-dir, what the kernel offers. Blocking. */
#pragma once
#include "cmd/options.h"

struct host {
	char node_name[254];
	char ips[2][48];
	const char *ip_list[3]; /* pointers to ips, NULL-terminated */
	char dev[16];           /* interface that has ips[0], where the machine chose that; "" */
	int lock_fd;
};
/* Name and addresses by options or from the machine. ERR_INVALID for malformed ones. */
int host_identify(struct host *h, const struct options *o, struct err *e);
/*
 * Whether the machine's addresses are others by now than h has; 1 if so, in *ret, 0 if not. Addresses that the user has
 * given stay what they are; so does one that an interface still has. Without any at the moment h's are kept; and while
 * there is no default route, another interface's do not count: the one that had them may be getting new ones.
 */
int host_moved(const struct host *h, const struct options *o, struct host *ret, struct err *e);
/* h goes on with the addresses of fresh. Nobody may be reading h's. */
void host_move(struct host *h, const struct host *fresh);
/* Makes data-dir and run-dir and locks the run-dir against a second process; leaves the pid there. */
int host_lock_dirs(struct host *h, const struct options *o, struct err *e);
void host_unlock(struct host *h);
/* Pid of the process that holds run-dir's lock, or 0. */
int host_running_pid(const char *run_dir);
/* A pidfd (CLOEXEC) of it, with the pid, or -ESRCH: what is signalled is the process that held the lock. */
int host_running_open(const char *run_dir, int *ret_pid);
/*
 * Whether run-dir was last used since this machine started, for a run-dir that survives reboots: the processes that its files name are gone otherwise,
 * and their numbers are somebody else's. host_check_boot clears it then, and marks it as of this boot.
 */
bool host_same_boot(const char *run_dir);
int host_check_boot(const char *run_dir, struct err *e);
/* overlayfs, cgroups, bridge, nftables, programs: the first that is missing, as one clear line. for_node: what pods need. */
int host_check(const struct options *o, bool for_node, void (*report)(void *arg, bool ok, const char *line), void *arg, struct err *e);
