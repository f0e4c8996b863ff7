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
 * Server-side apply: config applied by `manager` to live (NULL: create). The result is live with config merged into it, what
 * the manager applied before and no longer says removed, and metadata.managedFields brought up to date; the caller then
 * defaults and validates it as for any write. ERR_CONFLICT (unless force): *ret_conflicts, set only then, is an array of
 * {"manager", "field": ".spec.replicas", "message": "conflict with \"kubectl\" using apps/v1"}; e holds Kubernetes' message, cut.
 * subresource: NULL or "" for the object itself.
 */
int api_apply(json_t **ret, const struct api_resource *res, const json_t *live, const json_t *config, const char *manager,
	      const char *subresource, bool force, const char *now, json_t **ret_conflicts, struct err *e);
/*
 * Records who changed what in an ordinary write: updates obj's managedFields from the difference old -> obj (old NULL:
 * create). Call it last, after defaulting and admission. managedFields in obj itself, when it has any, count instead of
 * old's; an empty list forgets them all.
 */
int api_manage_update(const struct api_resource *res, const json_t *old, json_t *obj, const char *manager,
		      const char *subresource, const char *now, struct err *e);
