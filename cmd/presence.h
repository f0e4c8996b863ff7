/*
 * Which servers of a cluster on one etcd are there: each renews a Lease, and all keep the endpoints of Service default/kubernetes in step
 * with the Leases that are being renewed, as kube-apiserver's lease endpoint reconciler does. And each gives its own Node its role, which a
 * node may not do itself.
 */
#pragma once
#include "client/transport.h"

struct presence;
struct presence_config {
	const char *name;    /* of the server */
	const char *node;    /* its Node, which gets the role control-plane; NULL: this machine is none */
	const char *address; /* where pods reach it */
	unsigned port;	     /* the same for all servers of the cluster */
	struct connector *api; /* borrowed */
};
int presence_start(struct presence **ret, const struct presence_config *c, struct err *e);
struct presence *presence_stop(struct presence *x); /* leaves the endpoints; waits a few seconds at most */
