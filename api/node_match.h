/*
 * Does a pod, or a volume, go with a node? Node selectors against the node's name and labels, and tolerations against
 * its taints. Pure over trees; any thread. What validation would not have let in selects and tolerates nothing.
 * Source: Kubernetes "Assigning Pods to Nodes", "Taints and Tolerations"; core/v1 NodeSelector, Toleration, Taint.
 */
#pragma once
#include <stdbool.h>
#include "base/json.h"

/* A v1.NodeSelector: one of its terms has to match. NULL and one without terms match nothing. labels may be NULL. */
bool node_selector_matches(const json_t *selector, const char *node_name, const json_t *labels);
/*
 * A v1.NodeSelectorTerm: all of matchExpressions (labels) and matchFields (metadata.name) have to match. An empty one
 * matches nothing. node_name NULL: no field matches.
 */
bool node_term_matches(const json_t *term, const char *node_name, const json_t *labels);

/* What a pod's spec says of the nodes it may be on: nodeSelector and required node affinity. */
bool node_wanted_by(const json_t *spec, const char *node_name, const json_t *labels);

/*
 * The first of the v1.Tolerations (array or NULL) that tolerates the v1.Taint, NULL when none does. Borrowed.
 * Operators Equal (the default) and Exists; Lt and Gt belong to a feature gate that is off, and tolerate nothing.
 */
const json_t *toleration_of(const json_t *tolerations, const json_t *taint);
/* The first of the v1.Taints (array or NULL) with that effect which no toleration fits. Borrowed; NULL: none. */
const json_t *taint_untolerated(const json_t *taints, const json_t *tolerations, const char *effect);
/* Seconds for which it tolerates a NoExecute taint: -1 for ever, 0 not at all (NULL, or zero and less is asked for). */
int64_t toleration_seconds(const json_t *toleration);
