/*
 * Label and field selectors, and the index blob they match without parsing objects.
 *
 * Index blob: what the store keeps in memory beside each key. Layout: u16 count of labels, count of fields, then NUL-terminated
 * key, value pairs; labels first, each part sorted by key. Built once per write.
 */
#pragma once
#include <stdbool.h>
#include "api/resource.h"

struct api_selector; /* opaque, immutable after parsing */
/* Full grammar (in, notin, exists, =, ==, !=). "" and NULL select everything. ERR_BAD_REQUEST in Kubernetes' words. */
int api_label_selector_parse(struct api_selector **ret, const char *text, struct err *e);
/* metav1.LabelSelector tree (matchLabels, matchExpressions); NULL tree selects nothing, {} everything. */
int api_label_selector_from(struct api_selector **ret, const json_t *label_selector, struct err *e);
/* A plain map of labels (Service.spec.selector); empty or NULL selects nothing. */
int api_label_selector_from_map(struct api_selector **ret, const json_t *labels, struct err *e);
/* Checks that res supports every field named: metadata.name, metadata.namespace and the kind's own list. */
int api_field_selector_parse(struct api_selector **ret, const struct api_resource *res, const char *text, struct err *e);
struct api_selector *api_selector_free(struct api_selector *s);
#define AUTO_SELECTOR CLEANUP(api_selector_free_p)
bool api_selector_empty(const struct api_selector *s); /* selects everything */
/* metadata.name= value when the selector pins it (watch and list of one object), else NULL. Borrowed. */
const char *api_selector_pinned(const struct api_selector *s, const char *field);
bool api_selector_match_labels(const struct api_selector *s, const json_t *labels /* map or NULL */);
bool api_selector_match_index_labels(const struct api_selector *s, const struct bytes *index);
bool api_selector_match_index_fields(const struct api_selector *s, const struct bytes *index);
static inline void api_selector_free_p(struct api_selector **s)
{
	if (*s)
		(void)api_selector_free(*s);
}
/* Builds the blob of obj: labels and res's selectable fields. */
int api_index_build(struct bytes **ret, const struct api_resource *res, const json_t *obj);
/* Field or label of a blob; NULL when absent. Borrowed. */
const char *api_index_field(const struct bytes *index, const char *name);
const char *api_index_label(const struct bytes *index, const char *name);
