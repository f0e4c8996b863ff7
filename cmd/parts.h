/*
 * The components of a process as one ordered table: forward to start, backward to stop (DESIGN.md section 1). What one offers
 * another at run time is filled in here.
 */
#pragma once
#include "cmd/options.h"
#include "apiserver/apiserver.h"
#include "client/transport.h"

enum part_id {
	PART_CONTROLLERS,
	PART_SCHEDULER,
	PART_STORAGE,
	PART_BINDER, /* the half of storage that one in the cluster does; by itself only where there is an election */
	PART_NET,
	PART_PROXY,
	PART_DNS,
	PART_NODE,
	PART_INGRESS,
	PART_COUNT
};

/* What every part may need to know; filled by the subcommand, borrowed by parts. */
struct parts_env {
	const struct options *opt;
	const char *node_name;
	const char *const *node_ips;	/* NULL-terminated */
	const char *service_cidr;       /* the cluster's, for who knows it; NULL */
	bool elect;			/* others like us may run: what must run once is decided by Lease */
	bool control_plane;		/* label the node, run the volume controller */
	const char *ca_cert_pem, *ca_key_pem; /* ca_key NULL: no CSR signing */
	const char *serving_cert_pem, *serving_key_pem; /* of the node agent */
	/* Connector for a component: direct with its own user, or everybody's kubeconfig. */
	int (*connect)(void *arg, struct connector **ret, const char *user, const char *const *groups, struct err *e);
	void *connect_arg;
};

struct parts;
/* Makes and starts the parts whose bit is set in mask, in order; on failure everything is undone. */
int parts_start(struct parts **ret, const struct parts_env *env, unsigned mask, struct err *e);
/* Ends the pods of this node (node_shutdown); false: there is no node agent, or no memory, and done is not called. */
bool parts_shutdown(struct parts *p, const struct options *o, void (*done)(void *arg), void *arg);
/* The node agent's serving certificate was renewed. */
int parts_use_certificate(struct parts *p, const char *cert_pem, const char *key_pem, struct err *e);
void parts_stop(struct parts *p);	       /* backward: stop all, then join all */
struct parts *parts_free(struct parts *p);
const char *part_name(enum part_id id);
int part_find(const char *name); /* -1 */
