/* Objects of other ingress controllers, which nobody would read here. Pure. */
#pragma once
#include "base/json.h"
#include "ingress/lint_habits.h"
#include "ingress/model.h"

/* Says what to use instead, or nothing. 0 or what fn returns. */
int lint_others(const char *group, const char *kind, const char *file, const char *object, const json_t *o, lint_told_fn fn, void *arg);
