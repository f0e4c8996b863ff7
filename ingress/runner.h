/*
 * Keeps one nginx running with the routing table it is given: starts it or takes over the one that runs, tests a new nginx.conf
 * before it is swapped in, reloads only for that, and publishes tables in place (ingress/live_page.h). Blocking; one thread at a time
 * (a worker).
 */
#pragma once
#include <stdbool.h>
#include <stdint.h>
#include "base/err.h"
#include "ingress/model.h"
#include "ingress/nginx.h"

struct runner;
struct live;
struct runner_config { /* copied */
	const char *run_dir, *data_dir; /* of nginx alone */
	const char *nginx;              /* NULL: from PATH */
	uint16_t http_port, https_port;
	bool access_log, proxy_protocol;
	const char *const *trusted;  /* networks of proxies; NULL-terminated, or NULL */
	const char *const *dns;      /* name servers, as trusted; none: those of /etc/resolv.conf */
	const char *const *hidden;   /* directories that nginx cannot look into but for its own; as trusted */
	/* nginx runs and is watched from now on: pidfd is the callee's. Called by runner_sync. */
	void (*started)(void *arg, int pid, int pidfd);
	void *arg;
};
struct runner_wish { /* borrowed */
	const struct ing_table *table; /* NULL: not known yet; nginx goes on with the one it had last */
	const struct nginx_listener *listeners;
	size_t n_listeners;
	const struct nginx_stream *streams;
	size_t n_streams;
};
int runner_new(struct runner **ret, const struct runner_config *c, struct err *e);
struct runner *runner_free(struct runner *r); /* nginx goes on */
/* Checks that nginx and the module fit and makes the directories, the module and the default certificate. */
int runner_prepare(struct runner *r, struct err *e);
/* After an error: again later. ERR_TOO_MANY: the table is published, a reload of nginx has to wait: ms. */
int64_t runner_reload_wait(const struct runner *r);
int runner_sync(struct runner *r, const struct runner_wish *w, struct err *e);
/* nginx is not wanted here: it takes no connections any more and ends when it has served those it has. */
int runner_dismiss(struct runner *r, struct err *e);
bool runner_runs(const struct runner *r); /* nginx is there, and not told to go */
void runner_cancel(struct runner *r); /* any thread: a sync that waits for nginx gives up */
struct live *runner_live(struct runner *r); /* NULL before runner_prepare */
const char *runner_live_dir(const struct runner *r);
/* nginx's logs, and cutting them when they have grown past 8 MiB: the end moves to a file ".1". Any thread. */
const char *runner_log(const struct runner *r);
const char *runner_access_log(const struct runner *r); /* NULL: none */
void runner_cut_logs(const struct runner *r);
/* Whether this program's module and the nginx of this machine fit. nginx NULL: from PATH. */
int runner_check(const char *nginx, struct err *e);
/* nginx's module for TCP and UDP services is installed. */
bool runner_has_stream(void);
/* A bit for each port on which somebody else than our nginx listens: read once for all that are asked about. */
struct runner_ports {
	uint8_t bits[8192];
};
void runner_ports_read(const struct runner *r, bool udp, struct runner_ports *ret);
static inline bool runner_ports_has(const struct runner_ports *p, uint16_t port)
{
	return p->bits[port / 8] >> port % 8 & 1;
}
bool runner_found(const char *run_dir); /* an nginx of run_dir runs */
/* Ends the nginx of run_dir and removes the directory. */
int runner_cleanup(const char *run_dir, struct err *e);
