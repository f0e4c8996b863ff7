/* autoscaling/v1 Scale of Deployments, ReplicaSets, StatefulSets, ReplicationControllers and custom resources. */
#pragma once
#include "api/resource.h"
/* A new Scale of obj. ERR_NOT_FOUND when the kind has none. */
int scale_from(const struct api_resource *res, const json_t *obj, json_t **ret, struct err *e);
/* Sets obj's replicas from scale. */
int scale_apply(const struct api_resource *res, const json_t *scale, json_t *obj, struct err *e);
