/*
 * What Kubernetes' registry warns of when an object is written that is valid and yet not what its author may have
 * wanted: pkg/api/<kind>/warnings.go of Kubernetes 1.36. Pure; any thread.
 */
#pragma once
#include <stdbool.h>
#include "api/resource.h"

struct warner {
	json_t *list;       /* array of strings; appended to */
	const char *prefix; /* "" or "spec.template.": where the pod's metadata and spec are */
	bool oom;
};

void warn_add(struct warner *w, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* obj as it is to be stored; old is NULL for a create; subresource "" for the object itself. Appends to list. -ENOMEM.
 */
int api_warn_kind(const struct api_resource *res, const json_t *obj, const json_t *old, const char *subresource,
		  json_t *list);

/* warnings_pod.c: metadata and spec of a pod or, with w->prefix, of a template. */
void warn_pod(struct warner *w, const json_t *meta, const json_t *spec);
/* Of a node label's name; NULL: in use. */
const char *warn_node_label(const char *key);
/* The expressions of a node selector's term, which is at path; values: also what cannot be a label's value. */
void warn_node_term(struct warner *w, const json_t *term, bool values, const char *path);
/* spec of a claim at path */
void warn_claim(struct warner *w, const json_t *spec, const char *path);
/* An address or network that is not written as it should be. */
void warn_ip(struct warner *w, const json_t *value, const char *path);
void warn_cidr(struct warner *w, const json_t *value, const char *path);
