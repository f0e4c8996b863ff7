/*
 * What a pod asks for and what a node has, as sums: one rule for the scheduler, which looks for room, and for the node, which takes nobody on that
 * it has no room for. Source: Kubernetes "Resource Management for Pods and Containers", "Sidecar containers: resource sharing within containers",
 * "Pod Overhead". Pure.
 */
#pragma once
#include <stdint.h>
#include "base/json.h"

struct resources {
	int64_t milli_cpu;	   /* thousandths of a core */
	int64_t memory, ephemeral; /* bytes */
	int64_t pods;		   /* a pod asks for 1 */
	json_t *extended;	   /* owned: name -> integer; NULL when there is none */
};

/*
 * Sum of a pod's requests: of the containers that run together, or of an init container beside the sidecars started before it where that is more,
 * and the overhead. Replaces *ret; resources_done afterwards. 0.
 */
int resources_of_pod(struct resources *ret, const json_t *pod);
int resources_of_node(struct resources *ret, const json_t *node); /* status.allocatable */
void resources_add(struct resources *r, const struct resources *x, int sign);
void resources_done(struct resources *r);
