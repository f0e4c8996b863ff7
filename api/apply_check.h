/* Typed validation of what server-side apply is given. */
#pragma once
#include "api/schema.h"
#include "base/buf.h"

/*
 * 0: config fits t. 1: it does not, and out has Kubernetes' words for it: "failed to create typed patch object
 * (ns/name; apps/v1, Kind=Deployment): .spec.x: field not declared in schema". gv: "v1", "apps/v1". -ENOMEM.
 */
int api_apply_check(const char *gv, const char *kind, const struct api_type *t, const json_t *config, struct buf *out);
