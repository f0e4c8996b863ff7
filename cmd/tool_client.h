/* A client for the tools: with the credentials of the minik that runs on this machine, or of a kubeconfig. Blocking
 * calls only. */
#pragma once
#include "base/json.h"
#include "client/client.h"
#include "cmd/options.h"

struct tool_client {
	struct client *client; /* for the _wait calls */
	/* private */
	struct connector *conn;
	struct loop *loop;
	struct loop_thread *thread;
};
/*
 * In this order: --kubeconfig; the server that `instance` (see instance.h; may be NULL) tells of, by its
 * administrator's kubeconfig; the agent it tells of, by the node's certificate; $KUBECONFIG; /etc/minik/minik.yaml,
 * unless a run-dir was named: that file may be another cluster's.
 */
int tool_client_open(struct tool_client *ret, const struct options *o, const json_t *instance, const char *user_agent,
		     struct err *e);
void tool_client_close(struct tool_client *c); /* a zeroed one is fine */
