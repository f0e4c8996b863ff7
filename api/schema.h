/*
 * Types as data, and the generic operations on trees of them: defaulting, pruning, validation. A type is a node: an
 * object with fields, a map, a list, or a scalar. Built-in types are static const tables generated from the
 * facts; a CRD's structural schema is compiled into the same shape at run time.
 * All functions are pure over const schemas; any thread.
 */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include "base/err.h"
#include "base/json.h"
#include "api/resource.h"

enum api_type_kind {
	API_OBJECT, /* fixed fields */
	API_MAP,    /* string -> element */
	API_ARRAY,  /* a list; API_LIST is the verb */
	API_STRING,
	API_BOOL,
	API_INT32,
	API_INT64,
	API_NUMBER,
	API_INT_OR_STRING,
	API_QUANTITY,
	API_TIME, /* RFC 3339 */
	API_MICROTIME,
	API_BYTES, /* base64 text */
	API_ANY,   /* RawExtension, FieldsV1, preserve-unknown */
};
enum api_list_type { API_LIST_ATOMIC, API_LIST_SET, API_LIST_MAP };
enum api_patch_strategy {
	API_PATCH_REPLACE,
	API_PATCH_MERGE,
	API_PATCH_RETAIN_KEYS = 2,
	API_PATCH_MERGE_RETAIN_KEYS = 3,
	API_PATCH_WHOLE = 4 /* of an object: replaced and not merged */
};

/* A built-in type by its name, "io.k8s.api.core.v1.Pod" (also Status, DeleteOptions, ...); NULL when unknown. */
const struct api_type *api_type_find(const char *name);
enum api_type_kind api_type_kind(const struct api_type *t);
/* Objects and maps: x-kubernetes-map-type atomic. Lists: atomic list type. What apply owns as one value. */
bool api_type_atomic(const struct api_type *t);
/* Objects: fields the schema does not name are kept (custom resources, x-kubernetes-preserve-unknown-fields). */
bool api_type_preserves_unknown(const struct api_type *t);
/* The root and everything in it belongs to a custom resource (no strategic merge patch, null may be a value). */
bool api_type_custom(const struct api_type *t);
const char *api_type_name(const struct api_type *t); /* "io.k8s.api.core.v1.Pod", "" for anonymous */
/* Element of a list or map. */
const struct api_type *api_type_elem(const struct api_type *t);
/* Field of an object; NULL when unknown. */
const struct api_type *api_type_field(const struct api_type *t, const char *name);
/* Whether an object of built-in type t has that field whoever wrote it: Kubernetes' types have no pointer there. Lists are null then. */
bool api_type_field_always(const struct api_type *t, const char *name);
/* "", false or 0; NULL for what is no scalar. */
json_t *api_scalar_blank(enum api_type_kind kind);
/* Fills in such fields of obj, but for lists and times, which have no empty value of their own. -ENOMEM. */
int api_fill_always(const struct api_type *t, json_t *obj);
/* Those, too, as null: whoever writes an object owns them. api_drop_unstored takes the nulls away again. -ENOMEM. */
int api_fill_owned(const struct api_type *t, json_t *obj);
/*
 * Takes away null fields, what is never kept (facts/disabled.txt), and optional lists and maps that are empty, which no store of Kubernetes
 * tells from none. After managedFields were noted: whoever wrote it owns it, in Kubernetes.
 */
void api_drop_unstored(const struct api_type *t, json_t *obj);
/* Only the objects among them: defaults of what is in them are filled in then, as in Kubernetes. -ENOMEM. */
int api_fill_structs(const struct api_type *t, json_t *obj);
size_t api_type_field_count(const struct api_type *t);
const struct api_type *api_type_field_at(const struct api_type *t, size_t i, const char **ret_name, bool *ret_required);
/* List semantics of a field, for patches and apply. */
enum api_list_type api_type_list_type(const struct api_type *list);
size_t api_type_list_keys(const struct api_type *list, const char **ret, size_t cap); /* list-map-keys */
const char *api_type_merge_key(const struct api_type *list);    /* x-kubernetes-patch-merge-key or NULL */
unsigned api_type_patch_strategy(const struct api_type *field); /* bits of enum api_patch_strategy */

/* --- findings --- */
struct api_cause {          /* StatusCause: one per finding */
	const char *reason; /* static: FieldValueRequired, FieldValueInvalid, FieldValueNotSupported, ... */
	char *field;        /* "spec.containers[0].image" */
	char *message;      /* "Required value" ... as Kubernetes words it after the field */
};
struct api_causes {
	struct api_cause *v;
	size_t n, cap;
	bool oom;
};
void api_causes_done(struct api_causes *c);
#define AUTO_CAUSES CLEANUP(api_causes_done)
void api_cause_add(struct api_causes *c, const char *reason, const char *field, const char *fmt, ...)
    __attribute__((format(printf, 4, 5)));
/* The usual ones; bad is quoted into the message as Kubernetes does: Invalid value: "x": detail. */
void api_invalid(struct api_causes *c, const char *field, const json_t *bad, const char *detail);
void api_required(struct api_causes *c, const char *field, const char *detail /* may be "" */);
void api_not_supported(struct api_causes *c, const char *field, const char *bad, const char *const *allowed);
void api_forbidden(struct api_causes *c, const char *field, const char *detail);
void api_duplicate(struct api_causes *c, const char *field, const json_t *bad);

/*
 * The order of a write: api_find_duplicates (text), api_prune, api_check_types, api_default, then once nothing changes
 * any more api_validate_schema and api_validate_kind. All of them stand anything in any order; only messages would
 * differ.
 */
/*
 * Fills defaults of every type reached (SetDefaults_* of Kubernetes v1.36; a CRD's own) and brings quantities and times
 * of built-in types into canonical form ("0.5" -> "500m"). A second time changes nothing. -ENOMEM.
 */
int api_default(const struct api_type *t, json_t *obj);
/* Scalar types and required fields are right, or ERR_BAD_REQUEST in Kubernetes' words ("json: cannot unmarshal ...").
 */
int api_check_types(const struct api_type *t, const json_t *obj, struct err *e);
/* The whole message, too, which may be longer than e has room. words may be NULL. */
int api_check_types_told(const struct api_type *t, const json_t *obj, struct buf *words, struct err *e);
/* Whether a strategically patched object fits its type; if not, why, in words of their own. Numbers may be larger than their type. */
bool api_check_converted(const struct api_type *t, const json_t *obj, struct buf *words);
/* A tree as Go prints maps, slices and scalars ("map[a:[1 x]]"). */
void api_show_go(const json_t *v, struct buf *out);
/*
 * Removes unknown fields. Their dotted paths ("spec.containers[0].foo") are added to unknown (JSON array of strings)
 * when given. In built-in types null fields go too, unreported: decoding null into a Go struct leaves it as it was.
 */
int api_prune(const struct api_type *t, json_t *obj, json_t *unknown);
/*
 * Schema-level validation: required, enum, ranges, patterns, list keys of custom resources; for built-in types that
 * required strings and objects are there. CEL (x-kubernetes-validations) is not evaluated.
 */
void api_validate_schema(const struct api_type *t, const json_t *obj, struct api_causes *c);
/*
 * Metadata of every kind, and semantic validation of built-in kinds, on create and, with old, on update (immutability).
 * With a subresource: what it may change ("status": metadata; "resize", "ephemeralcontainers"; "scale": replicas).
 * false: the kind has no rules of its own; api_validate_schema is all there is.
 */
bool api_validate_kind(const struct api_resource *res, const json_t *obj, const json_t *old /* or NULL */,
		       const char *subresource /* or NULL */, struct api_causes *c);

/* Duplicate keys in JSON text, as dotted paths, appended to dups (strict decoding). */
int api_find_duplicates(const char *json, size_t n, json_t *dups);

/* Names: NULL or a static message as Kubernetes words it, the first where there are several. */
typedef const char *(*api_name_check)(const char *s);
/* The nth message of one of these checks, NULL behind the last. */
const char *api_check_nth(api_name_check check, const char *s, size_t nth);
const char *api_check_dns1123_label(const char *s);
const char *api_check_dns1123_subdomain(const char *s);
const char *api_check_dns1035_label(const char *s);
const char *api_check_label_key(const char *s);
const char *api_check_label_value(const char *s);
/* May a node give itself a label of this key? Not those that others trust (NodeRestriction; kubelet's --node-labels). */
bool api_node_may_label(const char *key);
