/* Quotas and limits. core/validation ValidateResourceQuota, ValidateLimitRange. */
#include "api/quantity.h"
#include "api/validate.h"

static void check_quota_list(struct validation *v, const json_t *o, const char *key)
{
	const char *name;
	json_t *x;
	V_IN (v, key)
		json_object_foreach (json_object_get(o, key), name, x) {
			AUTO_JSON json_t *bad = json_string(name);
			size_t was = path_map_key(&v->path, name);
			validate_resource_name(v, name, false);
			if (!strchr(name, '/') && !validate_resource_of_quota(name))
				v_invalid(v, "", bad, "must be a standard resource for quota");
			validate_resource_value(v, name, x);
			path_pop(&v->path, was);
		}
}

static const char *const scopes[] = {"Terminating",          "NotTerminating", "BestEffort",
				     "NotBestEffort",        "PriorityClass",  "CrossNamespacePodAffinity",
				     "VolumeAttributesClass"};

/* What a scope can be applied to. */
static bool scope_fits(const char *scope, const char *resource)
{
	static const char *const pods[] = {"pods",       "cpu",          "memory", "requests.cpu", "requests.memory",
					   "limits.cpu", "limits.memory"},
				 *const claims[] = {"persistentvolumeclaims", "requests.storage"};
	if (streq(scope, "BestEffort"))
		return streq(resource, "pods");
	if (streq(scope, "VolumeAttributesClass")) {
		for (size_t i = 0; i < ARRAY_LEN(claims); i++)
			if (streq(claims[i], resource))
				return true;
		return false;
	}
	for (size_t i = 0; i < ARRAY_LEN(scopes); i++)
		if (streq(scopes[i], scope)) {
			for (size_t k = 0; k < ARRAY_LEN(pods); k++)
				if (streq(pods[k], resource))
					return true;
			return false;
		}
	return true;
}

static bool known_scope(const char *scope)
{
	for (size_t i = 0; i < ARRAY_LEN(scopes); i++)
		if (streq(scopes[i], scope))
			return true;
	return false;
}

static void check_fit(struct validation *v, const json_t *spec, const char *scope, const char *key, const json_t *shown)
{
	const char *name;
	json_t *x;
	json_object_foreach (json_object_get(spec, "hard"), name, x)
		if (validate_resource_of_quota(name) && !scope_fits(scope, name))
			v_invalid(v, key, shown, "unsupported scope applied to resource");
}

static void check_conflicts(struct validation *v, const json_t *seen, const char *key, const json_t *shown)
{
	if ((json_object_get(seen, "BestEffort") && json_object_get(seen, "NotBestEffort")) ||
	    (json_object_get(seen, "Terminating") && json_object_get(seen, "NotTerminating")))
		v_invalid(v, key, shown, "conflicting scopes");
}

static void check_scopes(struct validation *v, const json_t *spec)
{
	const json_t *list = json_object_get(spec, "scopes");
	AUTO_JSON json_t *seen = json_object();
	for (size_t i = 0; i < json_array_size(list); i++) {
		const char *scope =
		    json_string_value(json_array_get(list, i)) ? json_string_value(json_array_get(list, i)) : "";
		if (!known_scope(scope))
			v_invalid(v, "scopes", list, "unsupported scope");
		check_fit(v, spec, scope, "scopes", list);
		(void)json_object_set_new(seen, scope, json_true());
	}
	check_conflicts(v, seen, "scopes", list);
}

static void check_scope_selector(struct validation *v, const json_t *spec)
{
	const json_t *sel = json_object_get(spec, "scopeSelector"), *list = json_object_get(sel, "matchExpressions");
	AUTO_JSON json_t *seen = json_object(), *none = json_null();
	V_IN (v, "scopeSelector")
		V_IN (v, "matchExpressions") {
			for (size_t i = 0; i < json_array_size(list); i++) {
				const json_t *r = json_array_get(list, i), *values = json_object_get(r, "values");
				const char *scope = v_text(r, "scopeName"), *op = v_text(r, "operator");
				AUTO_JSON json_t *bad_scope = json_string(scope), *bad_op = json_string(op);
				bool plain = known_scope(scope) && !streq(scope, "PriorityClass") &&
					     !streq(scope, "VolumeAttributesClass");
				if (!known_scope(scope))
					v_invalid(v, "scopeName", bad_scope, "unsupported scope");
				check_fit(v, spec, scope, "", sel);
				if (plain && !streq(op, "Exists"))
					v_invalid(v, "operator", bad_op,
						  "must be 'Exists' when scope is any of "
						  "ResourceQuotaScopeTerminating, ResourceQuotaScopeNotTerminating, "
						  "ResourceQuotaScopeBestEffort, ResourceQuotaScopeNotBestEffort or "
						  "ResourceQuotaScopeCrossNamespacePodAffinity");
				if (streq(op, "In") || streq(op, "NotIn")) {
					if (json_array_size(values) == 0)
						v_required(v, "values",
							   "must be at least one value when `operator` is 'In' or "
							   "'NotIn' for scope selector");
				} else if (streq(op, "Exists") || streq(op, "DoesNotExist")) {
					if (json_array_size(values))
						v_invalid(v, "values", values,
							  "must be no value when `operator` is 'Exist' or "
							  "'DoesNotExist' for scope selector");
				} else {
					v_invalid(v, "operator", bad_op, "not a valid selector operator");
				}
				(void)json_object_set_new(seen, scope, json_true());
			}
			check_conflicts(v, seen, "", v_has(spec, "scopes") ? json_object_get(spec, "scopes") : none);
		}
}

/* Scopes as a set. */
static bool same_scopes(const json_t *a, const json_t *b)
{
	AUTO_JSON json_t *x = json_object(), *y = json_object();
	for (size_t i = 0; i < json_array_size(a); i++)
		(void)json_object_set_new(x, json_string_value(json_array_get(a, i)), json_true());
	for (size_t i = 0; i < json_array_size(b); i++)
		(void)json_object_set_new(y, json_string_value(json_array_get(b, i)), json_true());
	return json_equal(x, y);
}

static void validate_quota(struct validation *v)
{
	const json_t *spec = json_object_get(v->obj, "spec"), *status = json_object_get(v->obj, "status"),
		     *was = json_at(v->old, "spec", "scopes", NULL);
	AUTO_JSON json_t *none = json_null();
	if (!v->sub)
		V_IN (v, "spec") {
			check_quota_list(v, spec, "hard");
			check_scopes(v, spec);
			check_scope_selector(v, spec);
			if (v->old && !same_scopes(json_object_get(spec, "scopes"), was))
				v_invalid(v, "scopes", v_has(spec, "scopes") ? json_object_get(spec, "scopes") : none,
					  "field is immutable");
		}
	if (v->sub || !v->old)
		V_IN (v, "status") {
			check_quota_list(v, status, "hard");
			check_quota_list(v, status, "used");
		}
}

static const char *find(const json_t *l, const char *list, const char *name, struct quantity *q)
{
	const char *s = json_string_value(json_object_get(json_object_get(l, list), name));
	return s && quantity_parse(s, q) == 0 ? s : NULL;
}

static void compare(struct validation *v, const char *list, const char *name, const char *shown, const char *fmt,
		    const char *a, const char *b)
{
	AUTO_JSON json_t *bad = json_string(shown);
	V_IN (v, list) {
		size_t was = path_map_key(&v->path, name);
		struct buf words AUTO_BUF = {0};
		for (const char *p = fmt; *p; p++) /* the two values, where the words have '<' and '>' */
			if (*p == '<' || *p == '>')
				buf_adds(&words, *p == '<' ? a : b);
			else
				buf_add(&words, p, 1);
		v_invalid(v, "", bad, "%s", words.len ? words.data : "");
		path_pop(&v->path, was);
	}
}

static void check_ratio(struct validation *v, const char *name, const char *text, const struct quantity *ratio,
			const struct quantity *min, const struct quantity *max)
{
	AUTO_JSON json_t *bad = json_string(text);
	/* Beyond what counts in thousandths, all three are compared as whole numbers. */
	bool whole = quantity_value(ratio) >= INT64_MAX / 1000 || (min && quantity_value(min) >= INT64_MAX / 1000) ||
		     (max && quantity_value(max) >= INT64_MAX / 1000);
	int64_t (*count)(const struct quantity *) = whole ? quantity_value : quantity_milli;
	V_IN (v, "maxLimitRequestRatio") {
		size_t was = path_map_key(&v->path, name);
		if (quantity_milli(ratio) < 1000)
			v_invalid(v, "", bad, "ratio %s is less than 1", text);
		if (min && max) {
			double limit = (double)count(max) / (double)count(min);
			if ((double)count(ratio) / (whole ? 1 : 1000) > limit)
				v_invalid(v, "", bad, "ratio %s is greater than max/min = %f", text, limit);
		}
		path_pop(&v->path, was);
	}
}

/* How the limits of one resource stand to one another. */
static void check_limits_of(struct validation *v, const json_t *l, const char *name, bool pod)
{
	struct quantity min, max, dflt, request, ratio;
	const char *n = find(l, "min", name, &min), *x = find(l, "max", name, &max),
		   *d = pod ? NULL : find(l, "default", name, &dflt),
		   *r = pod ? NULL : find(l, "defaultRequest", name, &request),
		   *ra = find(l, "maxLimitRequestRatio", name, &ratio);
	if (n && x && min.nano > max.nano)
		compare(v, "min", name, n, "min value < is greater than max value >", n, x);
	if (r && n && min.nano > request.nano)
		compare(v, "defaultRequest", name, r, "min value < is greater than default request value >", n, r);
	if (r && x && request.nano > max.nano)
		compare(v, "defaultRequest", name, r, "default request value < is greater than max value >", r, x);
	if (r && d && request.nano > dflt.nano)
		compare(v, "defaultRequest", name, r, "default request value < is greater than default limit value >",
			r, d);
	if (d && n && min.nano > dflt.nano)
		compare(v, "default", name, n, "min value < is greater than default value >", n, d);
	if (d && x && dflt.nano > max.nano)
		compare(v, "default", name, x, "default value < is greater than max value >", d, x);
	if (ra)
		check_ratio(v, name, ra, &ratio, n && x ? &min : NULL, n && x ? &max : NULL);
	if (d && r && dflt.nano != request.nano &&
	    ((strchr(name, '/') && !strstr(name, "kubernetes.io/")) || str_has_prefix(name, "hugepages-"))) {
		AUTO_FREE char *words = str_fmt("default value < must equal to defaultRequest value > in %s", name);
		compare(v, "defaultRequest", name, r, words ? words : "", d, r);
	}
}

static void check_limit(struct validation *v, const json_t *l, json_t *types)
{
	static const char *const lists[] = {"max", "min", "default", "defaultRequest", "maxLimitRequestRatio"};
	const char *type = v_text(l, "type"), *name;
	AUTO_JSON json_t *bad = json_string(type), *names = json_object();
	bool pod = streq(type, "Pod"), container = pod || streq(type, "Container"),
	     claim = streq(type, "PersistentVolumeClaim");
	json_t *x;
	if (v_words(v, "type", type, api_check_label_key) && !strchr(type, '/') && !container && !claim)
		v_invalid(v, "type", bad, "must be a standard limit type or fully qualified");
	if (json_object_get(types, type))
		v_duplicate(v, "type", bad);
	(void)json_object_set_new(types, type, json_true());
	for (size_t k = 0; k < ARRAY_LEN(lists); k++) {
		if (pod && (k == 2 || k == 3)) {
			if (json_object_size(json_object_get(l, lists[k])))
				v_forbidden(v, lists[k], "may not be specified when `type` is 'Pod'");
			continue;
		}
		if (k == 4 && claim && !json_object_get(json_object_get(l, "min"), "storage") &&
		    !json_object_get(json_object_get(l, "max"), "storage"))
			v_required(v, "limits",
				   "either minimum or maximum storage value is required, but neither was provided");
		V_IN (v, lists[k])
			json_object_foreach (json_object_get(l, lists[k]), name, x) {
				size_t was = path_map_key(&v->path, name);
				validate_resource_name(v, name, container);
				path_pop(&v->path, was);
				(void)json_object_set_new(names, name, json_true());
			}
	}
	json_object_foreach (names, name, x)
		check_limits_of(v, l, name, pod);
}

static void validate_limit_range(struct validation *v)
{
	AUTO_JSON json_t *types = json_object();
	V_IN (v, "spec")
		V_IN (v, "limits")
			V_EACH (v, json_dot(v->obj, "spec.limits"), i, l)
				check_limit(v, l, types);
}

const struct kind_validator quota_validators[] = {
    {"", "ResourceQuota", validate_quota}, {"", "LimitRange", validate_limit_range}, {NULL, NULL, NULL}};
