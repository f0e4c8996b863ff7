/* Which fields of a kind can be selected by. Private to api/. */
#pragma once
#include "api/resource.h"

/* Name under which the field is indexed (aliases resolved), or NULL when the kind does not support it. Borrowed. */
const char *api_field_resolve(const struct api_resource *res, const char *field);
/* ERR_BAD_REQUEST in Kubernetes' words. */
int api_field_unsupported(const struct api_resource *res, const char *field, struct err *e);
