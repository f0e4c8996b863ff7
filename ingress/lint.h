/*
 * Checks manifests before they are applied: what the API server would refuse, what Ingress would refuse, ignore or let another have,
 * and what somebody who comes from ingress-nginx must change. Pure but for what it is given. One thread.
 */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include "base/buf.h"
#include "base/err.h"
#include "base/json.h"
#include "ingress/model.h"

enum lint_level {
	LINT_ERROR,   /* refused, or not served as it is written */
	LINT_WARNING, /* without effect */
	LINT_NOTE,    /* cannot be told from what was given, or worth knowing */
};
struct lint;
/* cluster: lint_cluster will be told what there is; else what the manifests do not have may be there. */
int lint_new(struct lint **ret, const char *class, bool cluster, struct err *e);
struct lint *lint_free(struct lint *l);
/* ns (borrowed): that of objects which name none, instead of default, and nothing is told of objects of others. Before all else. */
void lint_namespace(struct lint *l, const char *ns);
/* What time it is, for certificates; without, nothing is said of their end. Before lint_finish. */
void lint_time(struct lint *l, int64_t now);
/* An object of the cluster, which those of manifests replace. kind: "Ingress", "IngressClass", "Service", "EndpointSlice", "Secret", "ConfigMap", "GatewayClass", "Gateway",
 * "HTTPRoute", "ReferenceGrant", "Namespace", "Node";
 * of others nothing is wanted. */
int lint_cluster(struct lint *l, const char *kind, const json_t *o, struct err *e);
/* A manifest: YAML or JSON, several documents, Lists. file: what it is called. What is wrong inside is found, not an error. */
int lint_text(struct lint *l, const char *file, const char *text, size_t n, struct err *e);
/* Has fn read (lint_cluster) what Ingresses refer to by name: the table's secrets and configmaps. After all manifests. */
int lint_referred(struct lint *l, int (*fn)(void *arg, const struct ing_table *t, struct err *e), void *arg, struct err *e);
/* Once, after all. */
int lint_finish(struct lint *l, struct err *e);

size_t lint_count(const struct lint *l, enum lint_level level);
size_t lint_objects(const struct lint *l); /* that were in the manifests */
/* "FILE: Ingress default/web: error: MESSAGE (REASON)", by file and object; or JSON. */
int lint_print(const struct lint *l, bool json, struct buf *out, struct err *e);
