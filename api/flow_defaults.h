/*
 * Objects of API Priority and Fairness that every cluster has (Kubernetes v1.36,
 * apiserver/pkg/apis/flowcontrol/bootstrap): mandatory ones, which are kept as they are, and suggested ones, which are
 * kept while their annotation AutoUpdate says so. Static; any thread.
 */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include "base/json.h"

#define FLOW_GROUP      "flowcontrol.apiserver.k8s.io"
#define FLOW_AUTOUPDATE "apf.kubernetes.io/autoupdate-spec"

struct flow_default {
	const char *name;
	bool mandatory;
	const char *spec; /* JSON with ' for " */
};
const struct flow_default *flow_default_levels(size_t *n);
const struct flow_default *flow_default_schemas(size_t *n);
/* NULL: there is none of that name. */
const struct flow_default *flow_default_find(bool level, const char *name);
/* The spec with every default filled in; a new tree, NULL without memory. */
json_t *flow_default_spec(const struct flow_default *d);
/* Whether two specs say the same: what is absent equals false, "" and empty lists and objects. */
bool flow_spec_equal(const json_t *a, const json_t *b);
