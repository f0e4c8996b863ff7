/* What somebody who comes from ingress-nginx, or from an old cluster, must change; by the shape of one object. Pure. */
#pragma once
#include "base/json.h"
#include "ingress/lint.h"

typedef int (*lint_told_fn)(void *arg, const char *file, const char *object, enum lint_level level, const char *reason, const char *message);
/* Tells of what is found; ends with what fn returned when it is negative. */
int lint_migrate(const char *group, const char *version, const char *kind, const char *file, const char *object, const json_t *o,
		 lint_told_fn fn, void *arg);
/* An Ingress as it was written before networking.k8s.io/v1 becomes one of that version, so that the rest of it can be looked at. */
int lint_migrate_ingress(json_t *o);
/* Makes of o what it would be after the change, so that the rest of it can be looked at. */
int lint_migrate_change(const char *group, const char *kind, json_t *o);
