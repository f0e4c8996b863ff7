/*
 * Sets of fields, as managedFields keeps them (FieldsV1), and the typed operations on objects that speak of them. Private
 * to api/. Source: Kubernetes "Server-Side Apply"; sigs.k8s.io/structured-merge-diff for the encoding.
 *
 * A set is a JSON object: each member is a path element, "f:name", "k:{keys}", "v:value" or "i:index", and holds the set
 * below it. A path belongs to the set when its node is empty or has a member ".".
 */
#pragma once
#include <stdbool.h>
#include "api/schema.h"

/* New sets; NULL without memory. Inputs may be NULL (empty). */
json_t *field_set_union(const json_t *a, const json_t *b);
json_t *field_set_intersection(const json_t *a, const json_t *b);
json_t *field_set_difference(const json_t *a, const json_t *b); /* members of b only, not what lies below them */
json_t *field_set_without(const json_t *a, const json_t *b);	  /* members of b and all below them */
/* Whether an element of a list by keys is in it that has none of them. */
bool field_set_keyless(const json_t *s);
bool field_set_empty(const json_t *s);
/* s with its path elements in the order that Kubernetes writes them: s itself, or a new one; a reference. NULL without
 * memory. */
json_t *field_set_ordered(json_t *s);
/* fn for every member in order; path is ".spec.ports[port=80,protocol=\"TCP\"].name". Non-zero stops. */
int field_set_each(const json_t *s, int (*fn)(void *arg, const char *path), void *arg);

/* The fields that v says. -ENOMEM; ERR_BAD_REQUEST when an element of a keyed list occurs twice. */
int field_set_of(json_t **ret, const struct api_type *t, const json_t *v, struct err *e);

/* The path element of list's element i: "k:{...}", "v:...", or "i:N" when it lacks all keys. New; NULL without memory. */
char *field_element(const struct api_type *list, const json_t *elem, size_t i);

struct field_diff {
	json_t *added, *removed, *modified; /* sets */
};
void field_diff_done(struct field_diff *d);
/* old may be NULL. */
int field_compare(struct field_diff *ret, const struct api_type *t, const json_t *old, const json_t *now);
/* live with what config says on top: lists by their keys. New tree. */
int field_merge(json_t **ret, const struct api_type *t, const json_t *live, const json_t *config);
/* Removes from v (in place) what `last` has and `owned` has not. */
int field_prune(const struct api_type *t, json_t *v, const json_t *last, const json_t *owned);
