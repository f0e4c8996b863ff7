/*
 * The OCI runtime (crun or runc) and its monitor conmon: create, start, signal, exec, delete. Every container has a conmon of its
 * own, which holds its output and writes its exit code to RUN_DIR/exits/<id>; it is no child of ours, so that containers outlive us.
 *
 * conmon and the container run in a mount namespace made for them: the root file system (overlayfs) is mounted only there and goes
 * away with them, and on hybrid cgroup hosts the extra cgroup2 is covered there, which crun would refuse.
 * Blocking; worker threads only. Exits are told by inotify (node/exits.c).
 */
#pragma once
#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>
#include "base/buf.h"
#include "base/json.h"
#include "node/cgroup.h"

struct runtime;
struct runtime_config {
	const char *program; /* "auto", "crun", "runc" or a path */
	const char *data_dir, *run_dir;
};
/* ERR_NOT_FOUND naming what to install when crun/runc or conmon is missing. */
int runtime_new(struct runtime **ret, const struct runtime_config *c, struct err *e);
struct runtime *runtime_free(struct runtime *rt);
const struct cgroup_host *runtime_cgroups(const struct runtime *rt);
const char *runtime_name(const struct runtime *rt);    /* "crun" or "runc": the scheme of container ids */
const char *runtime_version(const struct runtime *rt); /* "crun://1.8.1" */

/* Paths of a container; malloc'ed, NULL only without memory. */
char *runtime_bundle(const struct runtime *rt, const char *cid);   /* RUN_DIR/containers/CID: config.json, attach, ctl */
char *runtime_rootfs(const struct runtime *rt, const char *cid);   /* DATA_DIR/containers/CID/merged: seen in its own namespace only */
char *runtime_exit_dir(const struct runtime *rt);		   /* RUN_DIR/exits */
char *runtime_attach_path(const struct runtime *rt, const char *cid); /* conmon's attach socket (SOCK_SEQPACKET) */

struct runtime_create {
	const char *cid;		/* 64 hex digits */
	const json_t *config;		/* config.json */
	char *const *layers;		/* lowest first, NULL-terminated */
	const char *log_path;
	bool terminal, stdin_open, stdin_once;
	bool shared_mounts;		/* mountPropagation Bidirectional is asked for */
};
/* The process waits to be started. *ret_pid is its pid in our namespace. On failure nothing is left. */
int runtime_create(struct runtime *rt, const struct runtime_create *c, pid_t *ret_pid, struct err *e);
int runtime_start(struct runtime *rt, const char *cid, struct err *e);
/* What the runtime knows of a container. RT_ABSENT also where it cannot read its own state. *ret_pid: 0 unless created or running. */
enum runtime_state { RT_ABSENT, RT_CREATED, RT_RUNNING, RT_STOPPED };
int runtime_state(struct runtime *rt, const char *cid, enum runtime_state *ret, pid_t *ret_pid, struct err *e);
/* Kills the container when it still runs and makes the runtime forget it; its files stay. Absent is fine. */
int runtime_end(struct runtime *rt, const char *cid, struct err *e);
/* Waits until no monitor and no call of the runtime works for the container any more; one that goes on for 5 s is
   killed. Only these write into its folder beside the container itself. Looks through all processes: for what a killed
   agent may have left. */
int runtime_end_monitors(struct runtime *rt, const char *cid, struct err *e);
/* The same for all that work in our folders, also for containers that nothing tells of any more. */
int runtime_end_strays(struct runtime *rt, struct err *e);
/* Removes the container, killing it when it still runs, and waits for its monitor; its cgroup, bundle and rootfs.
 * Absent is fine. */
int runtime_delete(struct runtime *rt, const char *cid, struct err *e);
int runtime_reopen_log(struct runtime *rt, const char *cid, struct err *e);

/* A process known by pid and start time, so that a reused pid is never mistaken for it. */
uint64_t process_start_time(pid_t pid); /* 0 when there is no such process */
bool process_alive(pid_t pid, uint64_t start_time); /* zombies do not count; start_time 0 is nobody's */
int process_signal(pid_t pid, uint64_t start_time, int sig); /* -ESRCH when gone or another one */
/*
 * Processes known by a file that others wrote, which has the pid alone: a stale file is no reason to wait for, or to signal, whoever has the number
 * now. The monitor is known by its command line, a command in the container by its cgroup; both name the container.
 */
int runtime_open_monitor(const struct runtime *rt, const char *cid); /* a pidfd (CLOEXEC), or -ESRCH when it is gone */
void runtime_kill_command(const char *pid_file, const char *cid);    /* SIGKILL; nothing when it is gone */

/* Exit code of a container that ended; 1 when there is none yet, 0 with *ret_code and the time. */
int runtime_exit_code(const struct runtime *rt, const char *cid, int *ret_code, int64_t *ret_time, bool *ret_oom, struct err *e);

/*
 * Exec. The command runs with the container's environment, user, capabilities and working directory. runtime_exec waits,
 * collects at most max_output bytes of stdout and stderr together, and kills the command after timeout_ms (ERR_TIMEOUT).
 */
int runtime_exec(struct runtime *rt, const char *cid, const char *const *argv, int timeout_ms, struct buf *out, size_t max_output,
		 int *ret_exit, struct err *e);
struct runtime_exec_spec {
	const char *const *argv;
	bool tty;
	int stdin_fd, stdout_fd, stderr_fd; /* -1: none; without tty */
	const char *console_socket;	    /* with tty: a listening AF_UNIX path that receives the terminal's master fd (SCM_RIGHTS) */
	const char *pid_file;		    /* NULL or a path that gets the command's pid in our namespace; the caller removes it and PID_FILE.json */
};
/* Starts the exec; *ret_pid is the runtime's process, a child of ours that exits with the command's code. */
int runtime_exec_spawn(struct runtime *rt, const char *cid, const struct runtime_exec_spec *s, pid_t *ret_pid, struct err *e);
/* Ids of all containers that have a bundle here. fn returns non-zero to stop. */
int runtime_each(const struct runtime *rt, int (*fn)(void *arg, const char *cid), void *arg);
