/* RBAC. pkg/apis/rbac/validation. */
#include "api/validate.h"

#define GROUP "rbac.authorization.k8s.io"

static void check_rules(struct validation *v, bool namespaced)
{
	V_IN (v, "rules")
		V_EACH (v, json_object_get(v->obj, "rules"), i, r) {
			if (json_array_size(json_object_get(r, "verbs")) == 0)
				v_required(v, "verbs", "verbs must contain at least one value");
			size_t urls = json_array_size(json_object_get(r, "nonResourceURLs"));
			size_t groups = json_array_size(json_object_get(r, "apiGroups")),
			       resources = json_array_size(json_object_get(r, "resources"));
			if (urls && namespaced)
				v_invalid(v, "nonResourceURLs", json_object_get(r, "nonResourceURLs"),
					  "namespaced rules cannot apply to non-resource URLs");
			if (urls && (groups || resources || json_array_size(json_object_get(r, "resourceNames"))))
				v_invalid(v, "nonResourceURLs", json_object_get(r, "nonResourceURLs"),
					  "rules cannot apply to both regular resources and non-resource URLs");
			if (!urls && groups == 0)
				v_required(v, "apiGroups", "resource rules must supply at least one api group");
			if (!urls && resources == 0)
				v_required(v, "resources", "resource rules must supply at least one resource");
		}
}

static void validate_role(struct validation *v)
{
	check_rules(v, true);
}

static void validate_cluster_role(struct validation *v)
{
	const json_t *agg = json_object_get(v->obj, "aggregationRule");
	check_rules(v, false);
	if (!json_is_object(agg))
		return;
	if (json_array_size(json_object_get(agg, "clusterRoleSelectors")) == 0)
		v_required(v, "aggregationRule.clusterRoleSelectors",
			   "at least one clusterRoleSelector required if aggregationRule is non-nil");
	V_IN (v, "aggregationRule.clusterRoleSelectors")
		V_EACH (v, json_object_get(agg, "clusterRoleSelectors"), i, s) {
			AUTO_JSON json_t *wrap = json_pack("{sO}", "", s), *none = json_null();
			size_t before = v->c->n;
			v_label_selector(v, wrap, "");
			if (v->c->n > before) /* which cannot be made a selector of, either */
				v_invalid(v, "", none, "invalid label selector.");
		}
}

static void check_subject(struct validation *v, const json_t *s, bool namespaced)
{
	static const char *const kinds[] = {"ServiceAccount", "User", "Group", NULL}, *const none[] = {"", NULL},
				 *const rbac[] = {GROUP, NULL};
	const char *kind = v_text(s, "kind"), *group = v_text(s, "apiGroup");
	if (!*v_text(s, "name"))
		v_required(v, "name", "");
	if (streq(kind, "ServiceAccount")) {
		v_name(v, s, "name", api_check_dns1123_subdomain, false);
		if (*group)
			v_enum(v, s, "apiGroup", none, false);
		if (!namespaced && !*v_text(s, "namespace"))
			v_required(v, "namespace", "");
	} else if (streq(kind, "User") || streq(kind, "Group")) {
		if (!streq(group, GROUP))
			V_IN (v, "apiGroup")
				api_not_supported(v->c, path_text(&v->path), group, rbac);
	} else {
		V_IN (v, "kind")
			api_not_supported(v->c, path_text(&v->path), kind, kinds);
	}
}

static void check_binding(struct validation *v, bool namespaced)
{
	static const char *const groups[] = {GROUP, NULL}, *const kinds[] = {"Role", "ClusterRole", NULL},
				 *const cluster[] = {"ClusterRole", NULL};
	const json_t *ref = json_object_get(v->obj, "roleRef");
	V_IN (v, "roleRef") {
		v_enum(v, ref, "apiGroup", groups, true);
		if (*v_text(ref, "kind"))
			v_enum(v, ref, "kind", namespaced ? kinds : cluster, true);
		else
			api_cause_add(v->c, "FieldValueNotSupported", "roleRef.kind",
				      "Unsupported value: \"\": supported values: %s",
				      namespaced ? "\"Role\", \"ClusterRole\"" : "\"ClusterRole\"");
		v_name(v, ref, "name", v_check_path_segment, true);
	}
	V_IN (v, "subjects")
		V_EACH (v, json_object_get(v->obj, "subjects"), i, s)
			check_subject(v, s, namespaced);
	if (v->old && !json_equal(ref, json_object_get(v->old, "roleRef")))
		v_invalid(v, "roleRef", ref, "cannot change roleRef");
}

static void validate_role_binding(struct validation *v)
{
	check_binding(v, true);
}

static void validate_cluster_role_binding(struct validation *v)
{
	check_binding(v, false);
}

const struct kind_validator rbac_validators[] = {{GROUP, "Role", validate_role},
						 {GROUP, "ClusterRole", validate_cluster_role},
						 {GROUP, "RoleBinding", validate_role_binding},
						 {GROUP, "ClusterRoleBinding", validate_cluster_role_binding},
						 {NULL, NULL, NULL}};
