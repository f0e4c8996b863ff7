/*
 * RBAC (rbac.authorization.k8s.io/v1; Kubernetes documentation "Using RBAC Authorization"): rules in a form that is matched without
 * parsing, and a cache of who has which, fed by the store. Internal to apiserver/.
 */
#pragma once
#include <stdbool.h>
#include <stdint.h>
#include "apiserver/auth.h"

/* --- rules (rbac_rule.c): pure --- */
enum { RBAC_VERB_ALL = 1u << 31 };
struct rbac_rule {
	uint32_t verbs; /* the common ones as bits, RBAC_VERB_ALL for "*" */
	/* Each NULL-terminated, or NULL when empty; all in the one allocation of struct rbac_rules. */
	const char **verb_names, **groups, **resources, **names, **urls;
};
struct rbac_rules {
	uint32_t refs; /* atomic */
	size_t n;
	struct rbac_rule v[];
};
/* A PolicyRule array (may be NULL). -ENOMEM. */
int rbac_rules_new(struct rbac_rules **ret, const json_t *rules);
struct rbac_rules *rbac_rules_ref(struct rbac_rules *r);
struct rbac_rules *rbac_rules_unref(struct rbac_rules *r);
/* Bit of a verb, 0 for uncommon ones. */
uint32_t rbac_verb_bit(const char *verb);
bool rbac_rule_allows(const struct rbac_rule *r, uint32_t verb_bit, const struct authz_attr *at);
/*
 * The first part of `want` that no rule of `have` covers: false and it in *missing as a PolicyRule with one value per list (new); true
 * when all is covered. have: n rules (an owner's rules; each part must be covered by one of them).
 */
bool rbac_covers(const struct rbac_rule *const *have, size_t n, const struct rbac_rules *want, json_t **missing);

/* --- cache (rbac.c) --- */
struct rbac;
int rbac_new(struct rbac **ret);
struct rbac *rbac_free(struct rbac *r);
enum rbac_kind { RBAC_ROLE, RBAC_CLUSTER_ROLE, RBAC_ROLE_BINDING, RBAC_CLUSTER_ROLE_BINDING };
/* obj NULL: deleted. key: "ns/name" or "name". -ENOMEM. */
int rbac_put(struct rbac *r, enum rbac_kind kind, const char *key, const json_t *obj);
void rbac_clear(struct rbac *r, enum rbac_kind kind);
enum authz_decision rbac_check(struct rbac *r, const struct identity *id, const struct authz_attr *at, char *reason, size_t cap);
/* Rules of a role; a new reference or NULL when it does not exist. ns "": ClusterRole. */
struct rbac_rules *rbac_role_rules(struct rbac *r, const char *ns, const char *name);
/* All rule sets that id has in namespace ns ("": cluster-wide ones only), with references. */
struct rbac_held {
	struct rbac_rules **sets;
	size_t n;
};
int rbac_held(struct rbac *r, const struct identity *id, const char *ns, struct rbac_held *ret);
void rbac_held_done(struct rbac_held *h);
bool rbac_held_covers(const struct rbac_held *h, const struct rbac_rules *want, json_t **missing);

/* --- what every cluster starts with (rbac_defaults.c) --- */
struct rbac_default_role {
	const char *ns; /* "": ClusterRole */
	const char *name;
	const char *aggregate_to; /* label rbac.authorization.k8s.io/aggregate-to-X, or NULL */
	const char *aggregates;	  /* aggregationRule over that label, or NULL */
	const char *rules;
};
struct rbac_default_binding {
	const char *ns, *name, *role_kind, *role;
	const char *subjects; /* U:user G:group S:namespace/serviceaccount */
};
const struct rbac_default_role *rbac_default_roles(size_t *n);
const struct rbac_default_binding *rbac_default_bindings(size_t *n);
/* A table's rules as a PolicyRule array (new); NULL without memory. */
json_t *rbac_default_rules(const char *text);
