/*
 * Child processes by posix_spawn (never fork in a threaded process). Descriptors other than
 * those named here are closed in the child (they are CLOEXEC); signal mask and dispositions are
 * reset.
 */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>
#include "base/buf.h"
#include "base/err.h"

struct proc_fd {
	int parent, child; /* dup2(parent, child) in the child */
};
struct proc_spec {
	const char *const *argv;	/* NULL-terminated; argv[0] is looked up in PATH */
	const char *const *envp;	/* NULL: inherit */
	const char *cwd;		/* NULL: inherit */
	int stdin_fd, stdout_fd, stderr_fd; /* -1: /dev/null */
	const struct proc_fd *fds;
	size_t n_fds;
	bool new_session; /* setsid */
};
int proc_spawn(const struct proc_spec *s, pid_t *ret_pid, struct err *e);
/*
 * Runs argv to its end, blocking (worker threads only). input may be NULL. Output is cut at
 * max_output bytes each. Returns 0 with the exit code (128+signal) in *ret_exit. ERR_TIMEOUT: it was killed.
 */
int proc_run(const char *const *argv, const void *input, size_t input_len, struct buf *out, struct buf *errout,
	     size_t max_output, int timeout_ms, int *ret_exit, struct err *e);
/* The same with more to say. out and errout may be NULL: read and dropped. */
#define PROC_KEPT_FD 3
struct proc_call {
	const char *const *argv, *const *envp; /* envp NULL: inherit */
	const void *input;
	size_t input_len;
	struct buf *out, *errout;
	size_t max_output;
	int timeout_ms; /* 0: none */
	bool strict;	/* who says more than max_output is killed: ERR_TOO_LARGE */
	int keep_fd;	/* > 0: open in the program as PROC_KEPT_FD, for as long as it and its children live (a lock) */
	int stop_fd;	/* > 0: when it can be read the program is killed: ERR_CANCELED */
	const char *cwd; /* NULL: inherit */
};
int proc_call(const struct proc_call *c, int *ret_exit, struct err *e);
/* As proc_run, and a non-zero exit is an error that quotes the last line of standard error. */
int proc_check(const char *const *argv, int timeout_ms, struct err *e);
/* Path of this executable, for re-exec as a helper subcommand. Malloc'ed. */
int proc_self_exe(char **ret, struct err *e);
