/*
 * The nginx master process of one run directory. It is started with that directory as its working directory, which its
 * workers inherit: so both are known again after minik's or the master's death, whatever a pid file says, by comparing
 * the directories themselves (device and inode), and another instance's nginx is never taken for ours.
 */
#pragma once
#include <stdbool.h>
#include <sys/types.h>
#include "base/err.h"

struct master {
	pid_t pid;
	int pidfd; /* -1: none */
};
#define MASTER_NONE                                                                                                    \
	{                                                                                                              \
		.pid = 0, .pidfd = -1                                                                                  \
	}

/* The running master of user uid (MASTER_ANYBODY: of any); pidfd -1 when there is none. */
#define MASTER_ANYBODY ((uid_t)-1)
int master_find(struct master *ret, const char *run_dir, uid_t uid, struct err *e);
/* Starts argv in run_dir. Its output goes to log_fd. Whether it lives on is for master_alive to say. */
int master_start(struct master *ret, const char *const *argv, const char *run_dir, int log_fd, struct err *e);
extern const char *const master_env[]; /* what nginx knows of minik's environment */
bool master_alive(const struct master *m);
int master_signal(const struct master *m, int sig, struct err *e);
bool master_wait(const struct master *m, int timeout_ms); /* true: it has ended */
void master_done(struct master *m);                       /* forgets; it goes on */
/* Sends sig to every nginx process of run_dir, master or worker; how many there are. */
size_t master_sweep(const char *run_dir, int sig);
