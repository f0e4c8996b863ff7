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
/* 0, or ERR_FORBIDDEN with the reason (malloc'ed) and a message. */
int admit_check(const json_t *pod, const struct admit_node *n, char **ret_reason, struct err *e);
/* The same but for resources: what keeps a critical pod away, for which room is made. */
int admit_check_others(const json_t *pod, const struct admit_node *n, char **ret_reason, struct err *e);

/*
 * Room for a critical pod. Source: kubelet's pkg/kubelet/preemption: of the pods that may go, those are chosen with the
 * least harm: guaranteed ones only for what all others do not give, burstable ones only for what best-effort ones do
 * not give beside them, and of each class as few as will do: again and again the one that comes nearest to what is
 * still missing, of equals the smaller one.
 */
struct admit_need {
	char *what; /* "cpu" (thousandths of a core), "memory", "ephemeral-storage" (bytes), "pods", or an extended
		       resource */
	int64_t quantity;
};
struct admit_needs {
	struct admit_need *v;
	size_t n;
};
void admit_needs_done(struct admit_needs *needs);
/* What the node lacks for the pod. 0 or -ENOMEM. */
int admit_missing(const json_t *pod, const struct admit_node *n, struct admit_needs *ret);
/* The pod's requests are given back: what is missing still. */
void admit_needs_give(struct admit_needs *needs, const struct resources *req);

enum admit_qos { ADMIT_BEST_EFFORT, ADMIT_BURSTABLE, ADMIT_GUARANTEED };
struct admit_victim {
	const struct resources *req; /* borrowed */
	enum admit_qos qos;
	void *arg;   /* whose */
	bool chosen; /* out */
};
/* Marks those that have to go. ERR_NOT_FOUND, in kubelet's words: all of them together do not give enough; -ENOMEM. */
int admit_choose(const struct admit_needs *needs, struct admit_victim *v, size_t n, struct err *e);
