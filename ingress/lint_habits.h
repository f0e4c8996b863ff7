/* What people often get wrong in writing Ingresses. Pure. */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include "ingress/lint_migrate.h"

/* Annotations that are true or 8 and no strings: told, and made strings, so that the rest can be looked at. 0 or fn's fault or -ENOMEM. */
int lint_quote(json_t *o, const char *file, const char *object, lint_told_fn fn, void *arg);
/* metadata.generateName without a name: one is made, number is in it. 0 or -ENOMEM. */
int lint_name(json_t *o, size_t number);
/* Whether one is likely to be the other with a typing error. */
bool lint_resembles(const char *a, const char *b);
/* Whether a path looks as if it was meant to be a regular expression or a pattern. */
bool lint_looks_regex(const char *path);
