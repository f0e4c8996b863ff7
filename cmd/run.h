/* What long-running subcommands share: signals, systemd, and the control plane (store, certificates, API server). */
#pragma once
#include "apiserver/apiserver.h"
#include "cmd/host.h"
#include "cmd/options.h"
#include "cmd/parts.h"

/* Blocks SIGTERM, SIGINT and SIGPWR in this and all later threads and gives a descriptor on which they are read. Takes $NOTIFY_SOCKET out of what
   children inherit. Before any thread. */
int run_signals(struct err *e);
/*
 * Everything is up: tells systemd so (sd_notify(3) protocol; nothing without $NOTIFY_SOCKET), waits for SIGTERM or SIGINT, and
 * says that it ends. After run_signals. SIGPWR says that the machine goes down (minik killall --shutdown sends it): the pods are ended first, and
 * parts are stopped then. parts: NULL where there are none.
 */
void run_until_signal(int sig_fd, struct parts *parts, const struct options *o);

struct plane {
	struct pki *pki;
	struct store *store;
	struct apiserver *apiserver;
	char *token;
	struct schedule *schedule;
	struct connector *presence_api;
	struct presence *presence;
};
/* Opens certificates and store, starts the API server, writes the administrator's kubeconfig. */
int plane_start(struct plane *p, const struct options *o, const struct host *h, struct err *e);
void plane_stop(struct plane *p); /* half-started is fine */
