/* What a PodDisruptionBudget allows. Pure over trees; any thread. Source: Kubernetes "Disruptions"; pkg/controller/disruption. */
#pragma once
#include "api/object.h"
#include "base/str.h"

#define BUDGET_TIMEOUT_S 120 /* an evicted pod that is still not being deleted then counts again */

struct budget {
	int64_t expected, desired, healthy, allowed;
	json_t *disrupted;    /* owned: status.disruptedPods as it should be */
	json_t *not_deleted;  /* owned array: names of pods whose eviction came to nothing */
	int64_t recheck_s;    /* until one of the disrupted counts again; 0: none */
};
/* Does it take the size of the pods' controllers to know what is expected? (Not for a plain number in minAvailable.) */
bool budget_needs_scale(const json_t *pdb);
/* scale: the sum of the controllers' replicas, or whatever when that is not needed. -ENOMEM. */
int budget_count(struct budget *ret, const json_t *pdb, json_t **pods, size_t n, int64_t scale, time_t now);
void budget_done(struct budget *b);
