/*
 * Patches. All take trees and return a new one; inputs are left alone. Pure.
 * Sources: RFC 6902, RFC 7386, Kubernetes strategic merge patch and server-side apply documents.
 */
#pragma once
#include "api/schema.h"

#define API_PATCH_MAX_OPS 10000
/* ERR_BAD_REQUEST malformed; ERR_INVALID when it cannot be applied (path missing, test failed). */
int api_json_patch(json_t **ret, const json_t *obj, const json_t *patch, struct err *e);
int api_merge_patch(json_t **ret, const json_t *obj, const json_t *patch, struct err *e);
/* $patch, $retainKeys, $deleteFromPrimitiveList, $setElementOrder; lists by merge key. */
int api_strategic_merge_patch(json_t **ret, const struct api_type *t, const json_t *obj, const json_t *patch, struct err *e);
/*
 * Server-side apply: config applied by `manager`; conflicts (an array of {"manager","field"}) are returned in *ret_conflicts
 * with ERR_CONFLICT unless force. Updates metadata.managedFields. live NULL: create.
 */
int api_apply(json_t **ret, const struct api_resource *res, const json_t *live, const json_t *config, const char *manager,
	      const char *subresource, bool force, const char *now, json_t **ret_conflicts, struct err *e);
/* Records who changed what in an ordinary write: updates obj's managedFields from the difference old -> obj. */
int api_manage_update(const struct api_resource *res, const json_t *old, json_t *obj, const char *manager,
		      const char *subresource, const char *now, struct err *e);
