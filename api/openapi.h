/*
 * OpenAPI documents made from the tables. Built on demand by the caller's thread (a worker: tens of ms), cached by the
 * API server. v2 protobuf is the gnostic openapi.v2 encoding kubectl 1.20 demands.
 */
#pragma once
#include "api/resource.h"

int openapi_v2_json(struct bytes **ret, const struct api_registry *r, struct err *e);
int openapi_v2_protobuf(struct bytes **ret, const struct api_registry *r, struct err *e);
/* The hash by which the index addresses one document (gv: "apis/apps/v1"). */
int openapi_v3_hash(const struct api_registry *r, const char *gv, char out[65], struct err *e);
/* Index: {"paths": {"api/v1": {"serverRelativeURL": "/openapi/v3/api/v1?hash=..."}}} */
int openapi_v3_index(struct bytes **ret, const struct api_registry *r, struct err *e);
/* One group-version ("api/v1", "apis/apps/v1"). ERR_NOT_FOUND. */
int openapi_v3_doc(struct bytes **ret, const struct api_registry *r, const char *gv_path, struct err *e);
