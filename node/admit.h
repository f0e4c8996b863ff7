/*
 * Whether this node takes a pod on, whoever bound it: what kubelet checks before it starts one. Pure; any thread.
 * Source: Kubernetes "Node-level admission" (kubelet's predicates): the first of resources, node selector and affinity,
 * host ports and taints that does not fit is the reason, in kubelet's words.
 */
#pragma once
#include "api/pod_resources.h"
#include "base/err.h"

struct admit_node {
	const char *name;
	const json_t *labels, *taints; /* borrowed; may be NULL */
	struct resources alloc;        /* owned; an extended resource that is not there is not this node's matter */
	/* Of the pods that are here: */
	struct resources used; /* owned */
	json_t *ports;         /* owned; host_ports_of, together; NULL: none */
};
void admit_node_done(struct admit_node *n);
/* Adds one pod that is here. ports: host_ports_of; may be NULL. 0 or -ENOMEM. */
int admit_node_add(struct admit_node *n, const struct resources *req, const json_t *ports);
/*
 * 0, or ERR_FORBIDDEN with the reason (malloc'ed) and a message. critical: the cluster's own most important pods are
 * let in beyond cpu, memory and storage: kubelet would put others out for them.
 */
int admit_check(const json_t *pod, const struct admit_node *n, bool critical, char **ret_reason, struct err *e);
