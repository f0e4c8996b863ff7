/* Helpers that the kinds of patches share. Private to api/. */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include "base/json.h"

/* As deep as json_parse accepts: what a patch builds can be read again. */
#define PATCH_MAX_DEPTH 128

/* About the bytes of v as JSON. */
size_t patch_tree_cost(const json_t *v);
bool patch_tree_depth_ok(const json_t *v, unsigned left);
/* Deep copy in which objects have no null members (inside lists nulls stay). NULL without memory. */
json_t *patch_without_nulls(const json_t *v);
