/*
 * The claims of a StatefulSet's pods: names, what the pod mounts, and whom they go with (persistentVolumeClaimRetentionPolicy). Pure over trees; any thread.
 * Source: Kubernetes StatefulSet concept; pkg/controller/statefulset/stateful_set_utils.go.
 */
#pragma once
#include "api/object.h"
#include "base/str.h"

/* TEMPLATE-SET-ORDINAL; malloc'ed. */
char *stateful_claim_name(const json_t *template, const json_t *set, int64_t ordinal);
/* The claim as it is to be made; NULL without memory. */
json_t *stateful_claim(const json_t *template, const json_t *set, int64_t ordinal);
/* Has the pod's volumes of the templates' names lead to its claims. -ENOMEM. */
int stateful_mount(json_t *pod, const json_t *set, int64_t ordinal);
/*
 * Sets the claim's owners by the policy: the set, the pod (when it is scaled down), or neither. Returns 1 when that changed something, 0, -ENOMEM.
 * One that somebody else controls is left alone.
 */
int stateful_claim_owners(json_t *claim, const json_t *set, const json_t *pod, bool condemned);
/* It is going, or goes with a pod that was another of the same name: a new pod must not take it. */
bool stateful_claim_stale(const json_t *claim, const char *pod_name);
