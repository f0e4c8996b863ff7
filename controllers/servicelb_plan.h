/*
 * Which nodes' addresses the Services of type LoadBalancer get. Pure: objects are put in, then every Service is decided
 * on at once, the oldest first, so that one port of one node goes to one of them whoever asks when. One thread.
 *
 * A node is taken if it is Ready, does not go, is not labelled node.kubernetes.io/exclude-from-external-load-balancers,
 * if the Service's pool is its own, and under externalTrafficPolicy Local if it has a ready endpoint. Its ports may not
 * be in use: by itself (annotation OWN_PORTS, kubelet's port), by a pod's hostPort, by an older Service. Source:
 * Kubernetes' service controller; k3s' ServiceLB for the labels.
 */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include "base/err.h"
#include "base/json.h"

#define LB_CLASS     "minik.io/servicelb"
#define LB_FINALIZER "service.kubernetes.io/load-balancer-cleanup"

/* Type LoadBalancer, not being deleted, and of our class or none: somebody else's is never touched. */
bool lb_is_ours(const json_t *svc);
/* Bears the finalizer and is not of another class, but is no LoadBalancer any more or is being deleted. */
bool lb_is_over(const json_t *svc);

struct lb_result {
	const json_t *svc;
	json_t *ingress; /* for status.loadBalancer: owned by the plan */
	const char *why; /* what it did not get and why, in one sentence; "" when nothing is wrong */
};
struct lb_plan;
int lb_plan_new(struct lb_plan **ret, struct err *e);
struct lb_plan *lb_plan_free(struct lb_plan *p);
/* Trees are borrowed until lb_plan_free. What is malformed is left out. -ENOMEM. */
int lb_plan_node(struct lb_plan *p, const json_t *node);
int lb_plan_pod(struct lb_plan *p, const json_t *pod); /* for its hostPorts */
/* Any Service: others have node ports. nodes: object with the names of nodes that have a ready endpoint; asked for
 * under policy Local alone. given: it was given addresses, whether or not svc shows them already. */
int lb_plan_service(struct lb_plan *p, const json_t *svc, const json_t *nodes, bool given);
/* After all is put in, once: a result for each Service that is ours. */
int lb_plan_make(struct lb_plan *p, const struct lb_result **ret, size_t *ret_n);
