/* Pieces of OpenAPI documents, private to the room. Trees are new unless said otherwise; NULL without memory. */
#pragma once
#include "api/tables_gen.h"
#include "base/buf.h"
#include "base/json.h"

enum openapi_version { OPENAPI_V2, OPENAPI_V3 };

/* The schema of a named built-in type. gvks: value of x-kubernetes-group-version-kind for types every group has ("*").
 */
json_t *openapi_definition(const struct api_type *t, enum openapi_version v, const json_t *gvks);
/* Of a custom resource, and of its list. */
json_t *openapi_crd_definition(const struct api_resource *res, enum openapi_version v);
json_t *openapi_crd_list_definition(const struct api_resource *res, enum openapi_version v);
/* "com.example.stable.v1.CronTab" (suffix "") or "...CronTabList" (suffix "List"). Malloc'ed. */
char *openapi_definition_name(const struct api_resource *res, const char *suffix);
json_t *openapi_ref(const char *name, enum openapi_version v);
/* openapi_words.c: what is said of a field of ObjectMeta, or NULL; and a schema (taken) with a description. */
const char *openapi_meta_words(const char *field);
json_t *openapi_worded(json_t *schema, const char *words, enum openapi_version v);

/* Calls fn for every path of a resource; item is borrowed. fn non-zero stops. */
int openapi_paths(const struct api_resource *res, enum openapi_version v,
		  int (*fn)(void *arg, const char *path, json_t *item), void *arg);

/* Swagger 2.0 pieces as messages of gnostic's openapi.v2, appended as the given field of Document's Paths and
 * Definitions. */
void openapi_pb_path(struct buf *paths, const char *path, const json_t *item);
void openapi_pb_definition(struct buf *definitions, const char *name, const json_t *schema);
void openapi_pb_str(struct buf *b, unsigned field, const char *s);
void openapi_pb_msg(struct buf *b, unsigned field, const struct buf *inner);
