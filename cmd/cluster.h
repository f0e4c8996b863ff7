/*
 * What is the cluster's to say and not an agent's: networks of pods and Services, address and domain of the cluster
 * DNS. The server publishes them in kube-public/cluster-info under the names of its flags. DATA_DIR/agent/cluster.json
 * keeps them for starts while no server answers. Blocking.
 */
#pragma once
#include "client/server_list.h"
#include "cmd/options.h"

/* ERR_INVALID: a flag, variable or key of this machine says otherwise; the message names it and the mend. */
int cluster_adopt(struct options *o, struct server_list *servers, const char *ca_pem, struct err *e);
/* The same as it was at the last start, for tools too: no server is asked. 1: there was one; 0: not that can be read. */
int cluster_recall(struct options *o, struct err *e);
