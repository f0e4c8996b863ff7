/* Leases, priority classes, webhooks, certificates, reviews and the like. */
#include "api/validate.h"

static void validate_lease(struct validation *v)
{
	static const char *const strategies[] = {"OldestEmulationVersion", NULL};
	const json_t *spec = json_object_get(v->obj, "spec");
	V_IN (v, "spec") {
		v_range(v, spec, "leaseDurationSeconds", 1, INT64_MAX);
		v_range(v, spec, "leaseTransitions", 0, INT64_MAX);
		if (v_has(spec, "strategy"))
			V_IN (v, "strategy") {
				if (!strchr(v_text(spec, "strategy"), '/'))
					(void)v_one_of(v, "strategy", v_text(spec, "strategy"), strategies);
				else
					(void)v_words(v, "strategy", v_text(spec, "strategy"), api_check_label_key);
			}
		if (*v_text(spec, "preferredHolder") && !*v_text(spec, "strategy"))
			v_forbidden(v, "preferredHolder", "may only be specified if `strategy` is defined");
	}
}

#define USER_PRIORITY_MAX 1000000000

static void validate_priority_class(struct validation *v)
{
	static const char *const policies[] = {"Never", "PreemptLowerPriority", NULL};
	const char *name = v_text(json_object_get(v->obj, "metadata"), "name");
	const json_t *value = json_object_get(v->obj, "value");
	bool reserved = streq(name, "system-cluster-critical") || streq(name, "system-node-critical");
	if (!reserved && str_has_prefix(name, "system-"))
		v_forbidden(v, "metadata.name",
			    "priority class names with 'system-' prefix are reserved for system use only");
	if (!reserved && json_integer_value(value) > USER_PRIORITY_MAX)
		v_forbidden(v, "value", "maximum allowed value of a user defined priority is 1000000000");
	v_enum(v, v->obj, "preemptionPolicy", policies, false);
	if (v->old && v_int(v->obj, "value", 0) != v_int(v->old, "value", 0))
		v_forbidden(v, "value", "may not be changed in an update.");
	if (v->old && !streq(v_text(v->obj, "preemptionPolicy"), v_text(v->old, "preemptionPolicy")))
		v_invalid(v, "preemptionPolicy", json_object_get(v->obj, "preemptionPolicy"), "field is immutable");
}

static bool csr_has(const json_t *csr, const char *type)
{
	const json_t *list = json_at(csr, "status", "conditions", NULL), *c;
	size_t i;
	json_array_foreach ((json_t *)list, i, c)
		if (streq(json_str(c, "type"), type))
			return true;
	return false;
}

/* A decision stands: it is neither taken back nor made into its opposite. */
static void check_csr_conditions(struct validation *v)
{
	static const char *const decisions[] = {"Approved", "Denied", "Failed"};
	char text[80];
	V_IN (v, "status") {
		for (size_t i = 0; i < ARRAY_LEN(decisions); i++)
			if (csr_has(v->old, decisions[i]) && !csr_has(v->obj, decisions[i])) {
				(void)snprintf(text, sizeof text, "updates may not remove a condition of type \"%s\"",
					       decisions[i]);
				v_forbidden(v, "conditions", text);
			}
		if (csr_has(v->obj, "Approved") && csr_has(v->obj, "Denied"))
			v_invalid(v, "conditions", json_at(v->obj, "status", "conditions", NULL),
				  "Approved and Denied conditions are mutually exclusive");
	}
}

static void validate_csr(struct validation *v)
{
	const json_t *spec = json_object_get(v->obj, "spec");
	const char *signer = v_text(spec, "signerName"), *slash = strchr(signer, '/');
	if (v->sub) {
		if (v->old)
			check_csr_conditions(v);
		return;
	}
	AUTO_JSON json_t *null = json_null();
	V_IN (v, "spec") {
		AUTO_FREE void *pem = NULL;
		size_t n = 0;
		const char *req = v_text(spec, "request");
		if (!*req || b64_decode(req, strlen(req), false, &pem, &n) < 0 ||
		    !memmem(pem, n, "-----BEGIN CERTIFICATE REQUEST-----", 35))
			v_invalid(v, "request", *req ? json_object_get(spec, "request") : null,
				  "PEM block type must be CERTIFICATE REQUEST");
		if (json_array_size(json_object_get(spec, "usages")) == 0)
			v_required(v, "usages", "");
		if (!*signer)
			v_required(v, "signerName", "");
		else if (!slash || slash == signer || !slash[1])
			v_invalid(v, "signerName", json_object_get(spec, "signerName"),
				  "must be a fully qualified domain and path of the form 'example.com/signer-name'");
		if (v_has(spec, "expirationSeconds") && v_int(spec, "expirationSeconds", 0) < 600)
			v_invalid(v, "expirationSeconds", json_object_get(spec, "expirationSeconds"),
				  "may not specify a duration less than 600 seconds (10 minutes)");
	}
	if (v->old && !json_equal(spec, json_object_get(v->old, "spec")))
		v_invalid(v, "spec", NULL, "field is immutable");
}

static void validate_runtime_class(struct validation *v)
{
	const json_t *overhead = json_object_get(v->obj, "overhead"), *sched = json_object_get(v->obj, "scheduling"),
		     *list = json_object_get(sched, "tolerations");
	AUTO_JSON json_t *limits = json_object(), *seen = json_object();
	if (v->old) {
		v_immutable(v, v->obj, v->old, "handler");
		return;
	}
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
}

static void validate_api_service(struct validation *v)
{
	const json_t *spec = json_object_get(v->obj, "spec");
	const char *group = v_text(spec, "group"), *version = v_text(spec, "version");
	AUTO_FREE char *want = str_fmt("%s.%s", version, group);
	const json_t *name = json_dot(v->obj, "metadata.name");
	if (v->sub)
		return;
	if (want && !streq(json_string_value(name), want))
		v_invalid(v, "metadata.name", name, "must be `spec.version+\".\"+spec.group`: \"%s\"", want);
	V_IN (v, "spec") {
		v_name(v, spec, "version", api_check_dns1035_label, true);
		if (v_int(spec, "groupPriorityMinimum", 0) <= 0 || v_int(spec, "groupPriorityMinimum", 0) > 20000)
			v_invalid(v, "groupPriorityMinimum", json_object_get(spec, "groupPriorityMinimum"),
				  "must be positive and less than 20000");
		if (v_int(spec, "versionPriority", 0) <= 0 || v_int(spec, "versionPriority", 0) > 1000)
			v_invalid(v, "versionPriority", json_object_get(spec, "versionPriority"),
				  "must be positive and less than 1000");
		if (json_object_get(spec, "caBundle") && json_is_true(json_object_get(spec, "insecureSkipTLSVerify")))
			v_invalid(v, "insecureSkipTLSVerify", json_object_get(spec, "insecureSkipTLSVerify"),
				  "may not be true if caBundle is present");
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
						 {"certificates.k8s.io", "CertificateSigningRequest", validate_csr},
						 {"node.k8s.io", "RuntimeClass", validate_runtime_class},
						 {"apiregistration.k8s.io", "APIService", validate_api_service},
						 {AUTHZ, "SubjectAccessReview", validate_sar},
						 {AUTHZ, "LocalSubjectAccessReview", validate_sar},
						 {AUTHZ, "SelfSubjectAccessReview", validate_sar},
						 {"authentication.k8s.io", "TokenReview", validate_token_review},
						 {NULL, NULL, NULL}};
