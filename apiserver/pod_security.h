/* Pod Security Standards (Kubernetes documentation, "Pod Security Standards"): what a pod does beyond a level. Pure. */
#pragma once
#include "base/buf.h"
#include "base/json.h"

enum pod_security_level { POD_PRIVILEGED, POD_BASELINE, POD_RESTRICTED };
int pod_security_level(const char *text, enum pod_security_level *ret); /* ERR_INVALID */
/* Appends `reason (detail), reason (detail)` for each rule of level that spec (a PodSpec) breaks; returns how many. */
size_t pod_security_check(enum pod_security_level level, const json_t *metadata, const json_t *spec, struct buf *out);
