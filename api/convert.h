/* Between group-versions that share storage (events.k8s.io/v1 <-> v1, autoscaling v1 <-> v2). In place. */
#pragma once
#include "api/resource.h"
/* obj has the shape of `from`; afterwards that of `to`. Same resource: sets apiVersion only. */
int api_convert(const struct api_resource *from, const struct api_resource *to, json_t *obj, struct err *e);
