/*
 * Keeps one nginx running with the routes it is given: starts it or takes over the one that runs, tests a new
 * nginx.conf before it is swapped in, reloads only for that, and changes routes in place. Blocking; one thread at a
 * time (a worker).
 */
#pragma once
#include <stdint.h>
#include "base/err.h"

struct runner;
struct runner_config { /* copied */
	const char *run_dir, *log_dir;
	const char *nginx; /* NULL: from PATH */
	uint16_t http_port, https_port;
	/* nginx runs and is watched from now on: pidfd is the callee's. Called by runner_sync. */
	void (*started)(void *arg, int pid, int pidfd);
	void *arg;
};
int runner_new(struct runner **ret, const struct runner_config *c, struct err *e);
struct runner *runner_free(struct runner *r); /* nginx goes on */
/* Checks that nginx and its modules are there and makes the directories and the default certificate. */
int runner_prepare(struct runner *r, struct err *e);
/* routes NULL: not known yet; nginx starts with those it had last. After an error: again later. */
int runner_sync(struct runner *r, const char *routes, struct err *e);
void runner_cancel(struct runner *r); /* any thread: a sync that waits for nginx gives up */
/* nginx's log, and cutting it when it has grown past 8 MiB: the end moves to a file ".1". Any thread. */
const char *runner_log(const struct runner *r);
void runner_cut_log(const struct runner *r);
/* Ends the nginx of run_dir and removes the directory. */
int runner_cleanup(const char *run_dir, struct err *e);
