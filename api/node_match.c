#include "api/node_match.h"
#include "base/str.h"

/* --- node selectors --- */

static bool has_value(const json_t *values, const char *have)
{
	json_t *v;
	size_t i;

	json_array_foreach ((json_t *)values, i, v)
		if (streq(json_string_value(v), have))
			return true;
	return false;
}

/* As Go's ParseInt reads it: a sign and decimal digits. */
static bool number(const char *s, int64_t *ret)
{
	if (s && s[0] == '+' && s[1] != '-')
		s++;
	return s && str_to_i64(s, INT64_MIN, INT64_MAX, ret) == 0;
}

/* have: the node's value of the label; NULL when it has none */
static bool expression(const json_t *r, const char *have)
{
	const char *op = json_str_or(r, "operator", "");
	const json_t *values = json_object_get(r, "values");
	size_t n = json_array_size(values);
	int64_t a, b;

	if (streq(op, "In"))
		return have && has_value(values, have);
	if (streq(op, "NotIn"))
		return n > 0 && (!have || !has_value(values, have));
	if (streq(op, "Exists"))
		return n == 0 && have;
	if (streq(op, "DoesNotExist"))
		return n == 0 && !have;
	if (!streq(op, "Gt") && !streq(op, "Lt"))
		return false;
	if (n != 1 || !number(have, &a) || !number(json_string_value(json_array_get(values, 0)), &b))
		return false;
	return streq(op, "Gt") ? a > b : a < b;
}

/* Fields know only In and NotIn of one value, and of fields there is only the name. */
static bool field(const json_t *r, const char *node_name)
{
	const json_t *values = json_object_get(r, "values");
	const char *op = json_str_or(r, "operator", "");

	if (!node_name || !streq(json_str(r, "key"), "metadata.name") || json_array_size(values) != 1)
		return false;
	if (streq(op, "In"))
		return has_value(values, node_name);
	return streq(op, "NotIn") && !has_value(values, node_name);
}

bool node_term_matches(const json_t *term, const char *node_name, const json_t *labels)
{
	const json_t *exprs = json_object_get(term, "matchExpressions"), *fields = json_object_get(term, "matchFields");
	json_t *r;
	size_t i;

	if (json_array_size(exprs) + json_array_size(fields) == 0)
		return false;
	json_array_foreach ((json_t *)exprs, i, r)
		if (!expression(r, json_string_value(json_object_get(labels, json_str_or(r, "key", "")))))
			return false;
	json_array_foreach ((json_t *)fields, i, r)
		if (!field(r, node_name))
			return false;
	return true;
}

bool node_selector_matches(const json_t *selector, const char *node_name, const json_t *labels)
{
	json_t *t;
	size_t i;

	json_array_foreach (json_object_get(selector, "nodeSelectorTerms"), i, t)
		if (node_term_matches(t, node_name, labels))
			return true;
	return false;
}

bool node_wanted_by(const json_t *spec, const char *node_name, const json_t *labels)
{
	const json_t *required = json_dot(spec, "affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution");
	const char *k;
	json_t *v;

	json_object_foreach (json_object_get(spec, "nodeSelector"), k, v)
		if (!streq(json_string_value(json_object_get(labels, k)), json_string_value(v)))
			return false;
	return !required || node_selector_matches(required, node_name, labels);
}

/* --- tolerations --- */

static bool tolerates(const json_t *t, const json_t *taint)
{
	const char *key = json_str_or(t, "key", ""), *effect = json_str_or(t, "effect", ""),
		   *op = json_str_or(t, "operator", "");

	if (*effect && !streq(effect, json_str_or(taint, "effect", "")))
		return false;
	if (*key && !streq(key, json_str_or(taint, "key", "")))
		return false;
	if (streq(op, "Exists"))
		return true;
	/* Every key, but of one value: there is no such toleration. */
	return (!*op || streq(op, "Equal")) && *key &&
	       streq(json_str_or(t, "value", ""), json_str_or(taint, "value", ""));
}

const json_t *toleration_of(const json_t *tolerations, const json_t *taint)
{
	json_t *t;
	size_t i;

	json_array_foreach ((json_t *)tolerations, i, t)
		if (tolerates(t, taint))
			return t;
	return NULL;
}

const json_t *taint_untolerated(const json_t *taints, const json_t *tolerations, const char *effect)
{
	json_t *t;
	size_t i;

	json_array_foreach ((json_t *)taints, i, t)
		if (streq(json_str(t, "effect"), effect) && !toleration_of(tolerations, t))
			return t;
	return NULL;
}

int64_t toleration_seconds(const json_t *toleration)
{
	const json_t *seconds = json_object_get(toleration, "tolerationSeconds");

	if (!toleration)
		return 0;
	if (!json_is_integer(seconds))
		return -1;
	return json_integer_value(seconds) > 0 ? json_integer_value(seconds) : 0;
}
