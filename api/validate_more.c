/* Admission policies, device claims. pkg/apis/{admissionregistration,resource}. */
#include "api/validate.h"

static const char *const failure[] = {"Fail", "Ignore", NULL};

static void check_match_resources(struct validation *v, const json_t *m)
{
	static const char *const match[] = {"Equivalent", "Exact", NULL};
	if (json_array_size(json_object_get(m, "resourceRules")) == 0)
		v_required(v, "resourceRules", "");
	v_enum(v, m, "matchPolicy", match, true);
	v_label_selector(v, m, "namespaceSelector");
	v_label_selector(v, m, "objectSelector");
}

static void check_param_kind(struct validation *v, const json_t *spec)
{
	const json_t *p = json_object_get(spec, "paramKind");
	if (!json_is_object(p))
		return;
	V_IN (v, "paramKind") {
		(void)v_present(v, p, "apiVersion");
		(void)v_present(v, p, "kind");
	}
}

static void check_policy(struct validation *v, const json_t *spec)
{
	const json_t *m = json_object_get(spec, "matchConstraints");
	v_enum(v, spec, "failurePolicy", failure, true);
	check_param_kind(v, spec);
	if (!json_is_object(m))
		v_required(v, "matchConstraints", "");
	else
		V_IN (v, "matchConstraints")
			check_match_resources(v, m);
	V_IN (v, "variables")
		V_EACH (v, json_object_get(spec, "variables"), i, x) {
			(void)v_present(v, x, "name");
			(void)v_present(v, x, "expression");
		}
}

static void validate_validating_policy(struct validation *v)
{
	const json_t *spec = json_object_get(v->obj, "spec");
	if (v->sub)
		return;
	V_IN (v, "spec") {
		check_policy(v, spec);
		if (!json_array_size(json_object_get(spec, "validations")) &&
		    !json_array_size(json_object_get(spec, "auditAnnotations"))) {
			v_required(v, "validations", "validations or auditAnnotations must be specified");
			v_required(v, "auditAnnotations", "validations or auditAnnotations must be specified");
		}
		V_IN (v, "validations")
			V_EACH (v, json_object_get(spec, "validations"), i, x)
				if (!*v_text(x, "expression"))
					v_required(v, "expression", "expression is not specified");
	}
}

static void validate_mutating_policy(struct validation *v)
{
	static const char *const again[] = {"IfNeeded", "Never", NULL}, *const types[] = {"ApplyConfiguration",
											  "JSONPatch", NULL};
	const json_t *spec = json_object_get(v->obj, "spec");
	V_IN (v, "spec") {
		check_policy(v, spec);
		v_enum(v, spec, "reinvocationPolicy", again, true);
		if (json_array_size(json_object_get(spec, "mutations")) == 0)
			v_required(v, "mutations", "mutations must be specified");
		V_IN (v, "mutations")
			V_EACH (v, json_object_get(spec, "mutations"), i, m)
				v_enum(v, m, "patchType", types, true);
	}
}

static void validate_policy_binding(struct validation *v)
{
	static const char *const actions[] = {"Audit", "Deny", "Warn", NULL};
	const json_t *spec = json_object_get(v->obj, "spec"), *list = json_object_get(spec, "validationActions");
	V_IN (v, "spec") {
		(void)v_present(v, spec, "policyName");
		if (streq(v->res->kind, "ValidatingAdmissionPolicyBinding")) {
			bool deny = false, warn = false;
			if (json_array_size(list) == 0)
				v_required(v, "validationActions", "at least one validation action is required");
			for (size_t i = 0; i < json_array_size(list); i++) {
				AUTO_JSON json_t *wrap =
				    json_pack("{sO}", "validationActions", json_array_get(list, i));
				v_enum(v, wrap, "validationActions", actions, true);
				deny |= streq(v_text(wrap, "validationActions"), "Deny");
				warn |= streq(v_text(wrap, "validationActions"), "Warn");
			}
			if (deny && warn)
				v_invalid(v, "validationActions", list,
					  "must not contain both Deny and Warn (repeating the same validation failure "
					  "information "
					  "in the API response and headers serves no purpose)");
		}
	}
}

static void validate_fixed_spec(struct validation *v)
{
	if (!v->sub && v->old)
		v_immutable(v, v->obj, v->old, "spec");
}

static void validate_resource_slice(struct validation *v)
{
	static const char *const nodes[] = {"nodeName", "nodeSelector", "allNodes", "perDeviceNodeSelection"};
	const json_t *spec = json_object_get(v->obj, "spec"), *pool = json_object_get(spec, "pool");
	size_t n = 0;
	for (size_t i = 0; i < ARRAY_LEN(nodes); i++)
		n += v_has(spec, nodes[i]) && !json_is_false(json_object_get(spec, nodes[i]));
	V_IN (v, "spec") {
		AUTO_JSON json_t *count = json_integer(v_int(pool, "resourceSliceCount", 0));
		(void)v_present(v, spec, "driver");
		V_IN (v, "pool")
			(void)v_present(v, pool, "name");
		if (json_integer_value(count) <= 0)
			v_invalid(v, "pool.resourceSliceCount", count, "must be greater than zero");
		if (n == 0)
			v_required(v, "",
				   "exactly one of `nodeName`, `nodeSelector`, `allNodes`, `perDeviceNodeSelection` is "
				   "required");
	}
}

#define ADMISSION "admissionregistration.k8s.io"
const struct kind_validator more_validators[] = {
    {ADMISSION, "ValidatingAdmissionPolicy", validate_validating_policy},
    {ADMISSION, "ValidatingAdmissionPolicyBinding", validate_policy_binding},
    {ADMISSION, "MutatingAdmissionPolicy", validate_mutating_policy},
    {ADMISSION, "MutatingAdmissionPolicyBinding", validate_policy_binding},
    {"resource.k8s.io", "ResourceClaim", validate_fixed_spec},
    {"resource.k8s.io", "ResourceClaimTemplate", validate_fixed_spec},
    {"resource.k8s.io", "ResourceSlice", validate_resource_slice},
    {NULL, NULL, NULL}};
