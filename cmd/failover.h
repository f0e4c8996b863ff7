/*
 * The servers of an agent: those of --server, and those that the cluster says it has (EndpointSlice
 * default/kubernetes), which are kept in DATA_DIR/agent/servers so that a start finds one when the first is dead.
 * Watches one of them closely and moves everybody on when it does not answer.
 */
#pragma once
#include "client/transport.h"
#include "client/server_list.h"
#include "cmd/options.h"

/* Those of --server, then those that are kept. ERR_INVALID when there is no --server. */
int failover_servers(struct server_list **ret, const struct options *o, struct err *e);

struct failover; /* opaque */
struct failover_config {
	const struct options *opt;   /* borrowed, like the others */
	struct server_list *servers; /* is kept in step */
	struct connector *api;       /* a watchful one, on the same servers */
	/* Another server is asked now. Its own thread. May be NULL. */
	void (*moved)(void *arg, const char *url);
	void *arg;
};
int failover_start(struct failover **ret, const struct failover_config *c, struct err *e);
struct failover *failover_stop(struct failover *f); /* no callback afterwards; NULL is fine; returns NULL */
