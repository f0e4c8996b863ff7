/*
 * Whom a pod that fits nowhere may put out: pods of lower priority, as few and as unimportant ones as can be, and of
 * those that a disruption budget guards only where nothing else helps. Pure over the scheduler's view (put back as it
 * was); on the scheduler's loop. Source: Kubernetes "Pod Priority and Preemption".
 */
#pragma once
#include "scheduler/plugin.h"

struct preemption {
	struct node_info *node;    /* the best one; NULL: nobody can be put out */
	struct pod_info **victims; /* malloc'ed; the pods are borrowed */
	size_t n_victims;
	size_t violations; /* of budgets */
	size_t helpless,
	    empty; /* nodes where no pod's going would help, and where there is nobody to put out (or not enough) */
};

/* budgets: array of PodDisruptionBudgets. Only nodes that refuse the pod are to be there: it is called when all do. 0
 * or -ENOMEM. */
int preempt_plan(struct sched_ctx *c, const json_t *budgets, struct preemption *ret);
void preempt_done(struct preemption *p);
/* Whether the pod has to wait for those that it has put out on its nominated node already. */
bool preempt_waits(const struct sched_ctx *c, const struct node_info *nominated);
/* preemptionPolicy Never puts out nobody. */
bool preempt_allowed(const struct sched_ctx *c);
