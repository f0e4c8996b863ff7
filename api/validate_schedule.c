/* Where pods may run: node selectors, affinity, tolerations, spread. core/validation. */
#include "api/validate.h"

void validate_taint_effect(struct validation *v, const json_t *o, const char *key)
{
	static const char *const effects[] = {"NoSchedule", "PreferNoSchedule", "NoExecute", NULL};
	v_enum(v, o, key, effects, true);
}

static void check_toleration(struct validation *v, const json_t *t)
{
	/* Lt and Gt need the feature gate TaintTolerationComparisonOperators, which is off in 1.36. */
	static const char *const ops[] = {"Equal", "Exists", NULL}, *const all[] = {"Equal", "Exists", "Lt", "Gt",
										    NULL};
	const char *key = v_text(t, "key"), *op = v_text(t, "operator");
	AUTO_JSON json_t *effect = json_string(v_text(t, "effect"));
	if (*key)
		(void)v_words(v, "key", key, api_check_label_key);
	if (!*key && !streq(op, "Exists"))
		v_invalid(v, "operator", json_object_get(t, "operator"),
			  "operator must be Exists when `key` is empty, which means \"match all values and all keys\"");
	if (v_has(t, "tolerationSeconds") && !streq(v_text(t, "effect"), "NoExecute"))
		v_invalid(v, "effect", effect, "effect must be 'NoExecute' when `tolerationSeconds` is set");
	if (!*op || streq(op, "Equal")) {
		struct buf all_words AUTO_BUF = {0};
		const char *msg;
		for (size_t nth = 0; (msg = api_check_nth(api_check_label_value, v_text(t, "value"), nth)); nth++)
			buf_addf(&all_words, "%s%s", nth ? ";" : "", msg);
		if (all_words.len)
			v_invalid(v, "operator", json_object_get(t, "value"), "%s", all_words.data);
	} else if (streq(op, "Exists")) {
		if (*v_text(t, "value"))
			v_invalid(v, "operator", json_object_get(t, "value"),
				  "value must be empty when `operator` is 'Exists'");
	} else {
		V_IN (v, "operator")
			api_not_supported(v->c, path_text(&v->path), op,
					  streq(op, "Lt") || streq(op, "Gt") ? all : ops);
	}
	if (*v_text(t, "effect"))
		validate_taint_effect(v, t, "effect");
}

void validate_tolerations(struct validation *v, const json_t *list)
{
	V_EACH (v, list, i, t)
		check_toleration(v, t);
}

static void check_node_requirement(struct validation *v, const json_t *r, bool preferred)
{
	const char *op = v_text(r, "operator");
	AUTO_JSON json_t *bad = json_string(op);
	const json_t *values = json_object_get(r, "values");
	size_t n = json_array_size(values);
	if (streq(op, "In") || streq(op, "NotIn")) {
		if (n == 0)
			v_required(v, "values", "must be specified when `operator` is 'In' or 'NotIn'");
	} else if (streq(op, "Exists") || streq(op, "DoesNotExist")) {
		if (n)
			v_forbidden(v, "values", "may not be specified when `operator` is 'Exists' or 'DoesNotExist'");
	} else if (streq(op, "Gt") || streq(op, "Lt")) {
		if (n != 1)
			v_required(v, "values", "must be specified single value when `operator` is 'Lt' or 'Gt'");
	} else {
		v_invalid(v, "operator", bad, "not a valid selector operator");
	}
	(void)v_words(v, "key", v_text(r, "key"), api_check_label_key);
	if (!preferred)
		v_each_name(v, values, "values", api_check_label_value);
}

static void check_node_field(struct validation *v, const json_t *r)
{
	const char *op = v_text(r, "operator"), *key = v_text(r, "key");
	AUTO_JSON json_t *bad_op = json_string(op), *bad_key = json_string(key);
	const json_t *values = json_object_get(r, "values");
	if (!streq(op, "In") && !streq(op, "NotIn"))
		v_invalid(v, "operator", bad_op, "not a valid selector operator");
	else if (json_array_size(values) != 1)
		v_required(v, "values",
			   "must be only one value when `operator` is 'In' or 'NotIn' for node field selector");
	if (!streq(key, "metadata.name"))
		v_invalid(v, "key", bad_key, "not a valid field selector key");
	else
		v_each_name(v, values, "values", api_check_dns1123_subdomain);
}

static void check_node_term(struct validation *v, const json_t *term, bool preferred)
{
	V_IN (v, "matchExpressions")
		V_EACH (v, json_object_get(term, "matchExpressions"), i, r)
			check_node_requirement(v, r, preferred);
	V_IN (v, "matchFields")
		V_EACH (v, json_object_get(term, "matchFields"), i, r)
			check_node_field(v, r);
}

void validate_node_selector(struct validation *v, const json_t *sel)
{
	if (json_array_size(json_object_get(sel, "nodeSelectorTerms")) == 0)
		v_required(v, "nodeSelectorTerms", "must have at least one node selector term");
	V_IN (v, "nodeSelectorTerms")
		V_EACH (v, json_object_get(sel, "nodeSelectorTerms"), i, t)
			check_node_term(v, t, false);
}

static void check_weight(struct validation *v, const json_t *p)
{
	if (v_int(p, "weight", 0) < 1 || v_int(p, "weight", 0) > 100)
		v_invalid_int(v, p, "weight", "must be in the range 1-100");
}

static void check_node_affinity(struct validation *v, const json_t *na)
{
	const json_t *req = json_object_get(na, "requiredDuringSchedulingIgnoredDuringExecution");
	if (json_is_object(req))
		V_IN (v, "requiredDuringSchedulingIgnoredDuringExecution")
			validate_node_selector(v, req);
	V_IN (v, "preferredDuringSchedulingIgnoredDuringExecution")
		V_EACH (v, json_object_get(na, "preferredDuringSchedulingIgnoredDuringExecution"), i, p) {
			check_weight(v, p);
			V_IN (v, "preference")
				check_node_term(v, json_object_get(p, "preference"), true);
		}
}

static bool has(const json_t *list, const char *s)
{
	for (size_t i = 0; i < json_array_size(list); i++)
		if (streq(json_string_value(json_array_get(list, i)), s))
			return true;
	return false;
}

static void check_label_keys(struct validation *v, const json_t *o, const char *key)
{
	const json_t *list = json_object_get(o, key);
	if (json_array_size(list) && !json_is_object(json_object_get(o, "labelSelector")))
		v_forbidden(v, key, "must not be specified when labelSelector is not set");
	else
		v_each_name(v, list, key, api_check_label_key);
}

/* matchLabelKeys and mismatchLabelKeys of a term or a spread constraint. */
static void check_match_keys(struct validation *v, const json_t *o)
{
	const json_t *keys = json_object_get(o, "matchLabelKeys"), *not_keys = json_object_get(o, "mismatchLabelKeys"),
		     *sel = json_object_get(o, "labelSelector"), *exprs = json_object_get(sel, "matchExpressions");
	check_label_keys(v, o, "matchLabelKeys");
	check_label_keys(v, o, "mismatchLabelKeys");
	/* The server adds the first as expressions of its own: a key that the selector had before is one too many. */
	AUTO_JSON json_t *seen = json_copy(json_object_get(sel, "matchLabels"));
	if (!seen)
		seen = json_object();
	for (size_t e = 0; e < json_array_size(exprs); e++) {
		const char *key = v_text(json_array_get(exprs, e), "key");
		for (size_t i = 0; json_object_get(seen, key) && i < json_array_size(keys); i++)
			if (streq(json_string_value(json_array_get(keys, i)), key)) {
				size_t was = path_index(&v->path, i);
				v_invalid(v, "", json_array_get(keys, i),
					  "exists in both matchLabelKeys and labelSelector");
				path_pop(&v->path, was);
			}
		(void)json_object_set_new(seen, key, json_true());
	}
	V_IN (v, "matchLabelKeys")
		V_EACH (v, keys, i, k)
			if (json_is_string(k) && has(not_keys, json_string_value(k)))
				v_invalid(v, "", k, "exists in both matchLabelKeys and mismatchLabelKeys");
}

static void check_pod_term(struct validation *v, const json_t *t)
{
	v_label_selector(v, t, "labelSelector");
	v_label_selector(v, t, "namespaceSelector");
	const json_t *spaces = json_object_get(t, "namespaces");
	for (size_t i = 0; i < json_array_size(spaces); i++)
		(void)v_words(
		    v, "namespace",
		    json_string_value(json_array_get(spaces, i)) ? json_string_value(json_array_get(spaces, i)) : "",
		    api_check_dns1123_label);
	check_match_keys(v, t);
	if (!*v_text(t, "topologyKey"))
		v_required(v, "topologyKey", "can not be empty");
	(void)v_words(v, "topologyKey", v_text(t, "topologyKey"), api_check_label_key);
}

static void check_pod_affinity(struct validation *v, const json_t *a)
{
	V_IN (v, "requiredDuringSchedulingIgnoredDuringExecution")
		V_EACH (v, json_object_get(a, "requiredDuringSchedulingIgnoredDuringExecution"), i, t)
			check_pod_term(v, t);
	V_IN (v, "preferredDuringSchedulingIgnoredDuringExecution")
		V_EACH (v, json_object_get(a, "preferredDuringSchedulingIgnoredDuringExecution"), i, p) {
			check_weight(v, p);
			V_IN (v, "podAffinityTerm")
				check_pod_term(v, json_object_get(p, "podAffinityTerm"));
		}
}

void validate_affinity(struct validation *v, const json_t *spec)
{
	const json_t *aff = json_object_get(spec, "affinity");
	V_IN (v, "affinity") {
		V_IN (v, "nodeAffinity")
			check_node_affinity(v, json_object_get(aff, "nodeAffinity"));
		V_IN (v, "podAffinity")
			check_pod_affinity(v, json_object_get(aff, "podAffinity"));
		V_IN (v, "podAntiAffinity")
			check_pod_affinity(v, json_object_get(aff, "podAntiAffinity"));
	}
}

void validate_spread(struct validation *v, const json_t *spec)
{
	static const char *const unsat[] = {"DoNotSchedule", "ScheduleAnyway", NULL}, *const honor[] = {"Honor",
													"Ignore", NULL};
	const json_t *list = json_object_get(spec, "topologySpreadConstraints");
	V_IN (v, "topologySpreadConstraints")
		V_EACH (v, list, i, t) {
			const char *key = v_text(t, "topologyKey"), *when = v_text(t, "whenUnsatisfiable");
			AUTO_FREE char *pair = str_fmt("{%s, %s}", key, when);
			AUTO_JSON json_t *bad = json_string(pair ? pair : "");
			if (v_int(t, "maxSkew", 0) <= 0)
				v_invalid_int(v, t, "maxSkew", "must be greater than zero");
			if (!*key)
				v_required(v, "topologyKey", "can not be empty");
			v_supported(v, t, "whenUnsatisfiable", unsat);
			for (size_t k = i + 1; k < json_array_size(list); k++)
				if (streq(v_text(json_array_get(list, k), "topologyKey"), key) &&
				    streq(v_text(json_array_get(list, k), "whenUnsatisfiable"), when)) {
					size_t was = v->path.len;
					buf_adds(&v->path, ".{topologyKey, whenUnsatisfiable}");
					v_duplicate(v, "", bad);
					path_pop(&v->path, was);
					break;
				}
			if (v_has(t, "minDomains")) {
				if (v_int(t, "minDomains", 0) <= 0)
					v_invalid(v, "minDomains", json_object_get(t, "minDomains"),
						  "must be greater than zero");
				if (!streq(when, "DoNotSchedule"))
					v_invalid(v, "minDomains", json_object_get(t, "minDomains"),
						  "can only use minDomains if whenUnsatisfiable=DoNotSchedule, not %s",
						  when);
			}
			if (v_has(t, "nodeAffinityPolicy"))
				v_supported(v, t, "nodeAffinityPolicy", honor);
			if (v_has(t, "nodeTaintsPolicy"))
				v_supported(v, t, "nodeTaintsPolicy", honor);
			check_match_keys(v, t);
			v_label_selector(v, t, "labelSelector");
		}
}
