/* Inside of the runner. */
#pragma once
#include <sys/types.h>
#include "base/buf.h"
#include "ingress/helper.h"
#include "ingress/master.h"
#include "ingress/runner.h"

#define MODULES_DIR "/usr/lib/nginx/modules"

struct runner {
	struct runner_config cfg;
	struct helper user;
	char **trusted, **dns, **hidden;
	char *run_dir, *data_dir, *nginx;
	char *conf, *conf_new, *cert, *key, *log, *access_log, *page, *live_dir, *module;
	bool http2_directive;
	struct live *live;
	struct master master;
	bool leaving;  /* was dismissed */
	int cancel_fd; /* eventfd */
	int64_t reloads_ms; /* by CLOCK_MONOTONIC: when what reloads have cost is paid */
};

/* --- ground.c: what nginx stands on --- */

/* The nginx to use, its version checked against the module's. */
int ground_nginx(char **nginx, bool *http2_directive, struct err *e);
/* Directories, logs and the default certificate, with the owners and modes that nginx's user needs. */
int ground_make(struct runner *r, struct err *e);
/* The module as a file of its own name: another build's is another file, which nginx can load beside. */
int ground_module(struct runner *r, struct err *e);
void ground_sweep(const struct runner *r); /* modules of other builds */
/* Whole or not at all, but not durably: a boot makes it anew. */
int ground_write(const char *path, const char *text, mode_t mode, struct err *e);
bool ground_same(const char *path, const void *data, size_t n);
/* Runs nginx with args (after "nginx") to its end, as its user. errout: what it said. */
int ground_run(const struct runner *r, const char *const *args, struct buf *errout, int *ret_exit, struct err *e);
/* The command line, as helper_argv has it. */
int ground_argv(const struct runner *r, const char ***ret, const char *const *args, struct err *e);
