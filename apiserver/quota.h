/*
 * ResourceQuota (Kubernetes documentation, "Resource Quotas"): what an object uses, and what a namespace uses as a whole. Amounts are
 * charged in the same transaction as the write (admit_quota.c); quota_sync.c gives back what goes away.
 */
#pragma once
#include "api/quantity.h"
#include "apiserver/auth_internal.h"

struct usage_item {
	char *name; /* "requests.cpu", "count/deployments.apps" ... */
	struct quantity q;
};
struct usage {
	struct usage_item *v;
	size_t n;
};
void usage_done(struct usage *u);
int usage_add(struct usage *u, const char *name, const struct quantity *q); /* sums */
const struct quantity *usage_find(const struct usage *u, const char *name);
/* What one object of a resource uses. */
int usage_of(struct usage *ret, const char *group, const char *plural, const json_t *obj);
/* The quota counts the object: its scopes and scopeSelector. */
bool quota_matches(const json_t *quota, const char *group, const char *plural, const json_t *obj);
bool quota_amount(const json_t *map, const char *name, struct quantity *ret); /* a member of a ResourceList */
bool quota_counted(const json_t *quota); /* status has a figure for everything in spec.hard */
/* What the namespace uses of everything in spec.hard: a new ResourceList. Blocks. */
int quota_compute(struct auth *au, const char *ns, const json_t *quota, json_t **ret, struct err *e);
