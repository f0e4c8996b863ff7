/*
 * The registry of API resources: built-in kinds (static tables) and, at run time, CRDs. One engine serves both:
 * a resource points to a schema type (api/schema.h).
 * A registry is a reference-counted immutable snapshot: readers take a reference, use it without a lock, and give it
 * back; adding or removing a CRD makes a new snapshot. Any thread.
 * Source: Kubernetes API concepts; ../shared facts openapi-structure-v1.36.json.
 */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "base/err.h"
#include "base/json.h"

struct api_type; /* opaque: one node of a schema, see api/schema.h */

enum api_verb {
	API_GET = 1 << 0,
	API_LIST = 1 << 1,
	API_WATCH = 1 << 2,
	API_CREATE = 1 << 3,
	API_UPDATE = 1 << 4,
	API_PATCH = 1 << 5,
	API_DELETE = 1 << 6,
	API_DELETECOLLECTION = 1 << 7,
};

/* Kubernetes' order of versions: v2, v1, v2beta1, v1beta2, v1alpha1, then other names by alphabet. <0: a first. */
int api_version_cmp(const char *a, const char *b);

struct api_subresource {
	const char *name;                   /* "status", "scale", "log", "token" ... */
	const char *group, *version, *kind; /* of its body: pods/eviction -> policy/v1 Eviction */
	const struct api_type *type;        /* of its body; NULL for log, exec... */
	uint32_t verbs;                     /* enum api_verb bits */
};

struct api_resource {
	const char *group;   /* "" for core */
	const char *version; /* "v1" */
	const char *kind, *list_kind;
	const char *plural, *singular;
	const char *const *short_names; /* NULL-terminated; may be NULL */
	const char *const *categories;  /* likewise: "all" */
	bool namespaced;
	bool virtual_; /* create-only reviews (TokenReview, SubjectAccessReview, ...): never stored */
	uint32_t verbs;
	const struct api_subresource *subs;
	size_t n_subs;
	const struct api_type *type;
	/* Where objects are kept: several group-versions of one kind share it (events in "" and events.k8s.io). */
	const char *storage_prefix; /* "/pods/", "/apps/deployments/"; key = prefix [ns "/"] name */
	bool storage_version;       /* this version's shape is what is stored */
	const char *storage_hash;   /* storageVersionHash of discovery */
	const json_t *crd;          /* the CRD object for custom resources, else NULL */
	/* Custom resources whose schema has defaults: what was stored before this revision of the definition lacks them perhaps. 0: no defaults. */
	int64_t defaults_rev;
};

struct api_registry;
/* The built-in kinds. Reference owned by the caller. */
int api_registry_new(struct api_registry **ret, struct err *e);
struct api_registry *api_registry_ref(struct api_registry *r);
struct api_registry *api_registry_unref(struct api_registry *r);
DEFINE_CLEANUP(struct api_registry *, api_registry_unref, api_registry_unref_p)
#define AUTO_REGISTRY CLEANUP(api_registry_unref_p)
/* New snapshot = r plus/minus one CRD (apiextensions.k8s.io/v1 tree, already validated and defaulted). */
int api_registry_with_crd(struct api_registry **ret, struct api_registry *r, const json_t *crd, struct err *e);
int api_registry_without_crd(struct api_registry **ret, struct api_registry *r, const char *crd_name, struct err *e);

/* NULL when absent. */
const struct api_resource *api_resource_find(const struct api_registry *r, const char *group, const char *version,
					     const char *plural);
const struct api_resource *api_resource_for_kind(const struct api_registry *r, const char *group, const char *version,
						 const char *kind);
/* Whether DELETE answers with the object, and not with a Status. */
bool api_returns_deleted(const struct api_resource *res);
const struct api_subresource *api_subresource_find(const struct api_resource *res, const char *name);
/* Ordered by group (core first, then as discovery lists them), version priority, plural. */
size_t api_resource_count(const struct api_registry *r);
const struct api_resource *api_resource_at(const struct api_registry *r, size_t i);
/* "apps/v1" or "v1" */
void api_group_version(const struct api_resource *res, char *out, size_t cap);
