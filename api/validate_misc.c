/* Leases, priority classes, webhooks, certificates, reviews and the like. */
#include "api/validate.h"

static void validate_lease(struct validation *v)
{
	const json_t *spec = json_object_get(v->obj, "spec");
	V_IN (v, "spec") {
		v_range(v, spec, "leaseDurationSeconds", 1, INT64_MAX);
		v_range(v, spec, "leaseTransitions", 0, INT64_MAX);
	}
}

#define USER_PRIORITY_MAX 1000000000

static void validate_priority_class(struct validation *v)
{
	static const char *const policies[] = {"PreemptLowerPriority", "Never", NULL};
	const char *name = v_text(json_object_get(v->obj, "metadata"), "name");
	const json_t *value = json_object_get(v->obj, "value");
	bool reserved = streq(name, "system-cluster-critical") || streq(name, "system-node-critical");
	if (v->old) {
		if (v_int(v->obj, "value", 0) != v_int(v->old, "value", 0))
			v_forbidden(v, "value", "may not be changed in an update.");
		v_immutable(v, v->obj, v->old, "preemptionPolicy");
		return;
	}
	if (!reserved && str_has_prefix(name, "system-"))
		v_forbidden(v, "metadata.name",
			    "priority class names with 'system-' prefix are reserved for system use only");
	if (!reserved && json_integer_value(value) > USER_PRIORITY_MAX)
		v_forbidden(v, "value", "maximum allowed value of a user defined priority is 1000000000");
	v_enum(v, v->obj, "preemptionPolicy", policies, true);
}

static void validate_runtime_class(struct validation *v)
{
	const json_t *overhead = json_object_get(v->obj, "overhead"), *sched = json_object_get(v->obj, "scheduling"),
		     *list = json_object_get(sched, "tolerations");
	AUTO_JSON json_t *limits = json_object(), *seen = json_object();
	v_name(v, v->obj, "handler", api_check_dns1123_label, true);
	V_IN (v, "overhead") {
		if (json_object_get(overhead, "podFixed"))
			(void)json_object_set(limits, "limits", json_object_get(overhead, "podFixed"));
		validate_resources(v, limits, NULL, false);
	}
	V_IN (v, "scheduling") {
		v_labels(v, sched, "nodeSelector");
		V_IN (v, "tolerations") {
			validate_tolerations(v, list);
			V_EACH (v, list, i, t) {
				AUTO_FREE char *id = str_fmt("%s\1%s\1%s\1%s", v_text(t, "key"), v_text(t, "operator"),
							     v_text(t, "value"), v_text(t, "effect"));
				if (id && json_object_get(seen, id))
					v_duplicate(v, "", t);
				else if (id)
					(void)json_object_set_new(seen, id, json_true());
			}
		}
	}
	if (v->old)
		v_immutable(v, v->obj, v->old, "handler");
}

static void check_priority(struct validation *v, const json_t *spec, const char *key, int64_t max)
{
	AUTO_FREE char *words = str_fmt("must be positive and less than %lld", (long long)max);
	if (words && (v_int(spec, key, 0) <= 0 || v_int(spec, key, 0) > max))
		v_invalid_int(v, spec, key, words);
}

static void validate_api_service(struct validation *v)
{
	const json_t *spec = json_object_get(v->obj, "spec"), *service = json_object_get(spec, "service");
	const char *group = v_text(spec, "group"), *version = v_text(spec, "version");
	AUTO_FREE char *want = str_fmt("%s.%s", version, group);
	AUTO_JSON json_t *yes = json_true();
	bool insecure = v_true(spec, "insecureSkipTLSVerify");
	if (v->sub)
		return;
	if (want)
		v_name_is(v, want, "must be `spec.version+\".\"+spec.group`: \"%s\"");
	V_IN (v, "spec") {
		if (!*group && !streq(version, "v1"))
			v_required(v, "group", "only v1 may have an empty group and it better be legacy kube");
		v_name(v, spec, "group", api_check_dns1123_subdomain, false);
		(void)v_words(v, "version", version, api_check_dns1035_label);
		check_priority(v, spec, "groupPriorityMinimum", 20000);
		check_priority(v, spec, "versionPriority", 1000);
		if (!json_is_object(service)) {
			if (*v_text(spec, "caBundle"))
				v_invalid(v, "caBundle", json_object_get(spec, "caBundle"), "local APIServices may not have a caBundle");
			if (insecure)
				v_invalid(v, "insecureSkipTLSVerify", yes, "local APIServices may not have insecureSkipTLSVerify");
			continue;
		}
		V_IN (v, "service") {
			(void)v_present(v, service, "namespace");
			(void)v_present(v, service, "name");
			v_port(v, service, "port", "port is not valid: ");
		}
		if (insecure && *v_text(spec, "caBundle"))
			v_invalid(v, "insecureSkipTLSVerify", yes, "may not be true if caBundle is present");
	}
}

/* A requirement's operators may be newer than we are, so they are not looked at. */
static void check_review_selector(struct validation *v, const json_t *attributes, const char *key)
{
	const json_t *s = json_object_get(attributes, key), *raw = json_object_get(s, "rawSelector");
	size_t n = json_array_size(json_object_get(s, "requirements"));
	if (!json_is_object(s))
		return;
	V_IN (v, key) {
		if (json_string_length(raw) && n)
			v_invalid(v, "rawSelector", raw, "may not specified at the same time as requirements");
		if (!json_string_length(raw) && !n) {
			AUTO_FREE char *m = str_fmt("when %s is specified, requirements or rawSelector is required",
						    path_text(&v->path));
			v_required(v, "requirements", m ? m : "");
		}
		V_IN (v, "requirements")
			V_EACH (v, json_object_get(s, "requirements"), i, r) {
				const char *op = v_text(r, "operator");
				size_t values = json_array_size(json_object_get(r, "values"));
				if ((streq(op, "In") || streq(op, "NotIn")) && !values)
					v_required(v, "values", "must be specified when `operator` is 'In' or 'NotIn'");
				else if ((streq(op, "Exists") || streq(op, "DoesNotExist")) && values)
					v_forbidden(
					    v, "values",
					    "may not be specified when `operator` is 'Exists' or 'DoesNotExist'");
			}
	}
}

static void validate_sar(struct validation *v)
{
	const json_t *spec = json_object_get(v->obj, "spec"), *res = json_object_get(spec, "resourceAttributes"),
		     *non = json_object_get(spec, "nonResourceAttributes"), *meta = json_object_get(v->obj, "metadata");
	bool local = str_has_prefix(v->res->kind, "Local");
	const char *ns = v_text(meta, "namespace");
	AUTO_JSON json_t *null = json_null(), *rest = json_copy((json_t *)(uintptr_t)meta);
	V_IN (v, "spec") {
		if (json_is_object(res) && json_is_object(non))
			v_invalid(v, "nonResourceAttributes", non,
				  "cannot be specified in combination with resourceAttributes");
		else if (!json_is_object(res) && !json_is_object(non))
			v_invalid(v, "resourceAttributes", null,
				  "exactly one of nonResourceAttributes or resourceAttributes must be specified");
		if (!str_has_prefix(v->res->kind, "Self") && !*v_text(spec, "user") &&
		    json_array_size(json_object_get(spec, "groups")) == 0)
			v_invalid(v, "user", json_object_get(spec, "user"),
				  "at least one of user or group must be specified");
		V_IN (v, "resourceAttributes") {
			check_review_selector(v, res, "fieldSelector");
			check_review_selector(v, res, "labelSelector");
		}
	}
	(void)json_object_del(rest, "managedFields");
	(void)json_object_del(rest, "creationTimestamp");
	if (local)
		(void)json_object_del(rest, "namespace");
	if (json_object_size(rest))
		v_invalid(v, "metadata", meta, local ? "must be empty except for namespace" : "must be empty");
	if (local && json_is_object(res) && !streq(v_text(res, "namespace"), ns))
		v_invalid(v, "spec.resourceAttributes.namespace", json_object_get(res, "namespace"),
			  "must match metadata.namespace");
	if (local && json_is_object(non))
		v_invalid(v, "spec.nonResourceAttributes", non, "disallowed on this kind of request");
}

static void validate_token_review(struct validation *v)
{
	if (!*json_str_or(v->obj, "spec.token", ""))
		v_required(v, "spec.token", "");
}

#define AUTHZ "authorization.k8s.io"
const struct kind_validator misc_validators[] = {{"coordination.k8s.io", "Lease", validate_lease},
						 {"scheduling.k8s.io", "PriorityClass", validate_priority_class},
						 {"node.k8s.io", "RuntimeClass", validate_runtime_class},
						 {"apiregistration.k8s.io", "APIService", validate_api_service},
						 {AUTHZ, "SubjectAccessReview", validate_sar},
						 {AUTHZ, "LocalSubjectAccessReview", validate_sar},
						 {AUTHZ, "SelfSubjectAccessReview", validate_sar},
						 {"authentication.k8s.io", "TokenReview", validate_token_review},
						 {NULL, NULL, NULL}};
