/*
 * What a DaemonSet's pods should become, node by node. Pure over trees; any thread.
 * Source: Kubernetes DaemonSet concept; pkg/controller/daemon (daemon_controller.go, update.go, util).
 */
#pragma once
#include "api/object.h"
#include "base/str.h"

/* Adds what every daemon pod tolerates. -ENOMEM. */
int daemon_add_tolerations(json_t *pod);
/* Binds it to the node by required node affinity, in place of what other terms there were (they have been looked at). -ENOMEM. */
int daemon_bind(json_t *pod, const char *node);
/* The node a daemon pod is on, or is bound to; "". Borrowed. */
const char *daemon_node_of(const json_t *pod);
/* pod: the template with its tolerations. run: one should be started there; keep: one that is there may stay. */
void daemon_fits(const json_t *pod, const json_t *node, bool *ret_run, bool *ret_keep);

struct daemon_node {
	char *name;
	bool run, keep;
	const json_t **pods; /* borrowed, oldest first once daemon_sort has run */
	size_t n;
};
struct daemon_roll {
	const char *hash; /* of the current template */
	int64_t min_ready, max_unavailable, max_surge;
	bool surge; /* RollingUpdate with maxSurge */
	time_t now;
};
struct daemon_plan { /* arrays of borrowed pointers, each with room for what there can be */
	const json_t **gone, **failed; /* failed: ended badly; deleted with back-off */
	const char **fresh;	       /* nodes that need a pod */
	size_t n_gone, n_failed, n_fresh;
};
struct daemon_counts {
	int64_t desired, current, misscheduled, ready, available, updated;
};
void daemon_sort(struct daemon_node *v, size_t n);
bool daemon_updated(const json_t *pod, const char *hash);
/* What has to be whatever the template: one pod on every node that should have one. */
void daemon_manage(const struct daemon_node *v, size_t n, const struct daemon_roll *r, struct daemon_plan *p);
/* What of the old template may be replaced now. */
void daemon_update(const struct daemon_node *v, size_t n, const struct daemon_roll *r, struct daemon_plan *p);
void daemon_count(const struct daemon_node *v, size_t n, const struct daemon_roll *r, struct daemon_counts *ret);
