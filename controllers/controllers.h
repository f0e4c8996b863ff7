/*
 * The controller manager: namespace, service account, root CA, deployment, replica set, daemon set, stateful set, job, cron job, disruption
 * budgets, endpoints, endpoint slices, service load balancer, ephemeral volumes, garbage collector, node lifecycle, node IPAM, CSR approval and signing. One file per
 * controller, one shared set of informers (controllers/shared.h), one loop.
 */
#pragma once
#include "base/clock.h"
#include "client/transport.h"

struct controllers;
struct controllers_config {
	const char *cluster_cidr;  /* node IPAM: 10.42.0.0/16 */
	int node_cidr_bits;	   /* 24 */
	const char *ca_cert_pem;   /* kube-root-ca.crt and CSR signing */
	const char *ca_key_pem;	   /* NULL: no signing */
	const char *const *disable; /* names of controllers, NULL-terminated; may be NULL */
	/* Names and addresses of the API server beside those that are in the API, one a line: no node gets a certificate for
	   them by itself. NULL: none */
	const char *server_names;
	const char *server_node;   /* this machine's Node is labelled node-role.kubernetes.io/control-plane; NULL: none */
	int node_grace_s;	   /* 40: heartbeats missing for so long: NotReady */
};
struct controllers_deps {
	struct connector *api; /* as system:kube-controller-manager, group system:masters where cascading needs it */
	struct clock *clock;
};
int controllers_new(struct controllers **ret, const struct controllers_config *c, const struct controllers_deps *d, struct err *e);
int controllers_start(struct controllers *x, struct err *e);
void controllers_stop(struct controllers *x);
void controllers_join(struct controllers *x);
struct controllers *controllers_free(struct controllers *x);
