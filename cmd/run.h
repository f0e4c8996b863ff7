/* What long-running subcommands share: signals, systemd, and the control plane (store, certificates, API server). */
#pragma once
#include <time.h>
#include "apiserver/apiserver.h"
#include "cmd/host.h"
#include "cmd/options.h"
#include "cmd/parts.h"

/* Blocks SIGTERM, SIGINT and SIGPWR in this and all later threads and gives a descriptor on which they are read. Takes $NOTIFY_SOCKET out of what
   children inherit. Before any thread. */
int run_signals(struct err *e);
/* Something to be done at a wall time: the renewal of certificates. Compare with clock_wall: time(2) is a few ms late.
 */
struct run_due {
	time_t (*next)(void *arg);            /* when (NULL: never); asked again after each run and when the clock was set */
	int (*run)(void *arg, struct err *e); /* a failure is logged, and it is tried again in an hour */
	/*
	 * Addresses or routes of the machine have changed and been quiet for a moment: whoever has one of its own goes
	 * on with it. A failure is logged and tried again in a few seconds; ERR_CANCELED ends the program. NULL: never.
	 */
	int (*moved)(void *arg, struct err *e);
	void *arg;
};
/*
 * Everything is up: tells systemd so (sd_notify(3) protocol; nothing without $NOTIFY_SOCKET), waits for SIGTERM or
 * SIGINT, and says that it ends. After run_signals. SIGPWR says that the machine goes down (minik killall --shutdown
 * sends it): the pods are ended first, and parts are stopped then. 0, or ERR_CANCELED when due->run says that it cannot
 * go on. due may be NULL. parts: NULL where there are none; *parts may be replaced by due->run.
 */
int run_until_signal(int sig_fd, const struct run_due *due, struct parts *const *parts, const struct options *o,
		     struct err *e);

struct plane {
	struct pki *pki;
	struct store *store;
	struct apiserver *apiserver;
	char *token;
	time_t admin_due; /* when the certificate in the administrator's kubeconfig is to be renewed */
	const struct options *opt;
	struct schedule *schedule;
	struct connector *presence_api;
	struct presence *presence;
};
/* Opens certificates and store, starts the API server, writes the administrator's kubeconfig. */
/* with_node: there is a certificate for this machine's node agent too. */
int plane_start(struct plane *p, const struct options *o, const struct host *h, bool with_node, struct err *e);
char *plane_url(const struct plane *p, const struct host *h); /* at which others reach it; malloc'ed */
/* For run_due: the control plane's certificates, the node agent's among them, and the kubeconfig. */
time_t plane_due(const struct plane *p);
int plane_renew(struct plane *p, struct err *e);
void plane_stop(struct plane *p); /* half-started is fine */
