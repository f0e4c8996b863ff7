/* API Priority and Fairness. pkg/apis/flowcontrol/validation of Kubernetes v1.36. */
#include <math.h>
#include "api/flow_defaults.h"
#include "api/validate.h"

#define MAX_QUEUES    10000000
#define MAX_HASH_BITS 60 /* apiserver/pkg/util/shufflesharding: a hand is dealt from one 64-bit hash */

static bool has_star(const json_t *list)
{
	for (size_t i = 0; i < json_array_size(list); i++)
		if (streq(json_string_value(json_array_get(list, i)), "*"))
			return true;
	return false;
}

static bool is_in(const char *s, const char *const *list)
{
	for (; *list; list++)
		if (streq(s, *list))
			return true;
	return false;
}

/* A value that is not one string, out of those allowed. */
static void not_supported(struct validation *v, const char *key, const json_t *bad, const char *const *allowed)
{
	AUTO_BUF struct buf b = {0};

	json_encode_buf(bad, &b);
	buf_adds(&b, ": supported values: ");
	for (size_t i = 0; allowed[i]; i++)
		buf_addf(&b, "%s\"%s\"", i ? ", " : "", allowed[i]);
	V_IN (v, key)
		api_cause_add(v->c, "FieldValueNotSupported", path_text(&v->path), "Unsupported value: %s",
			      buf_failed(&b) ? "" : b.data);
}

/* A list that is not empty, in which '*' stands alone. */
static void check_list(struct validation *v, const json_t *o, const char *key, const char *empty, const char *what)
{
	const json_t *list = json_object_get(o, key);

	if (!json_array_size(list))
		v_required(v, key, empty);
	else if (json_array_size(list) > 1 && has_star(list))
		v_invalid(v, key, list, "if '*' is present, must not specify other %s", what);
}

static void check_verbs(struct validation *v, const json_t *rule)
{
	static const char *const verbs[] = {"create", "delete", "deletecollection", "get",   "list",
					    "patch",  "proxy",  "update",           "watch", NULL};
	const json_t *list = json_object_get(rule, "verbs");

	check_list(v, rule, "verbs", "verbs must contain at least one value", "verbs");
	if (has_star(list))
		return;
	for (size_t i = 0; i < json_array_size(list); i++)
		if (!is_in(json_string_value(json_array_get(list, i)), verbs)) {
			not_supported(v, "verbs", list, verbs);
			return;
		}
}

static void check_resource_rule(struct validation *v, const json_t *rule)
{
	const json_t *ns = json_object_get(rule, "namespaces");

	check_verbs(v, rule);
	check_list(v, rule, "apiGroups", "resource rules must supply at least one api group", "api groups");
	check_list(v, rule, "resources", "resource rules must supply at least one resource", "resources");
	if (!json_array_size(ns) && !json_is_true(json_object_get(rule, "clusterScope")))
		v_required(v, "namespaces",
			   "resource rules that are not cluster scoped must supply at least one namespace");
	else if (json_array_size(ns) > 1 && has_star(ns))
		v_invalid(v, "namespaces", ns, "if '*' is present, must not specify other namespaces");
	else if (!has_star(ns))
		V_IN (v, "namespaces")
			V_EACH (v, ns, i, x) {
				const char *s = json_string_value(x), *msg = api_check_dns1123_label(s ? s : "");

				if (msg)
					v_invalid(v, "", x,
						  "each member of this list must be '*' or a DNS-1123 label; %s", msg);
			}
}

static const char *check_url(const char *s)
{
	const char *star = strchr(s, '*');
	size_t n = strlen(s);

	if (!n)
		return "must not be empty";
	if (s[0] != '/')
		return "must start with slash";
	if (strchr(s, ' '))
		return "must not contain white-space";
	if (strstr(s, "//"))
		return "must not contain double slash";
	return star && (star != s + n - 1 || s[n - 2] != '/') ? "wildcard can only do suffix matching" : NULL;
}

static void check_url_rule(struct validation *v, const json_t *rule)
{
	const json_t *urls = json_object_get(rule, "nonResourceURLs");

	check_verbs(v, rule);
	check_list(v, rule, "nonResourceURLs", "nonResourceURLs must contain at least one value", "non-resource URLs");
	if (has_star(urls))
		return;
	V_IN (v, "nonResourceURLs")
		V_EACH (v, urls, i, x) {
			const char *s = json_string_value(x), *msg = check_url(s ? s : "");

			if (msg)
				v_invalid(v, "", x, "%s", msg);
		}
}

static void check_account(struct validation *v, const json_t *sa)
{
	const char *name = v_text(sa, "name"), *ns = v_text(sa, "namespace"), *msg;

	if (!*name)
		v_required(v, "name", "");
	else if (!streq(name, "*") && (msg = api_check_dns1123_subdomain(name)))
		v_invalid(v, "name", json_object_get(sa, "name"), "%s", msg);
	if (!*ns)
		v_required(v, "namespace", "must specify namespace for service account");
	else if ((msg = api_check_dns1123_label(ns)))
		v_invalid(v, "namespace", json_object_get(sa, "namespace"), "%s", msg);
}

static void check_subject(struct validation *v, const json_t *s)
{
	static const char *const kinds[] = {"Group", "ServiceAccount", "User", NULL};
	/* In the order in which what is wrong is told. */
	static const char *const fields[] = {"serviceAccount", "user", "group"}, *const of[] = {"ServiceAccount",
												"User", "Group"};
	const char *kind = v_text(s, "kind");
	AUTO_JSON json_t *none = json_string("");

	if (!is_in(kind, kinds)) {
		not_supported(v, "kind", json_object_get(s, "kind") ? json_object_get(s, "kind") : none, kinds);
		return;
	}
	for (size_t i = 0; i < ARRAY_LEN(fields); i++) {
		AUTO_FREE char *required = str_fmt("%s is required when subject kind is '%s'", fields[i], of[i]),
			       *forbidden = str_fmt("%s is forbidden when subject kind is not '%s'", fields[i], of[i]);
		const json_t *x = json_object_get(s, fields[i]);

		if (!streq(kind, of[i])) {
			if (v_has(s, fields[i]))
				v_forbidden(v, fields[i], forbidden ? forbidden : "");
		} else if (!json_is_object(x)) {
			v_required(v, fields[i], required ? required : "");
		} else {
			V_IN (v, fields[i]) {
				if (i == 0)
					check_account(v, x);
				else
					(void)v_present(v, x, "name");
			}
		}
	}
}

static void check_rule(struct validation *v, const json_t *r)
{
	if (!json_array_size(json_object_get(r, "subjects")))
		v_required(v, "subjects", "subjects must contain at least one value");
	V_IN (v, "subjects")
		V_EACH (v, json_object_get(r, "subjects"), i, s)
			check_subject(v, s);
	if (!json_array_size(json_object_get(r, "resourceRules")) &&
	    !json_array_size(json_object_get(r, "nonResourceRules")))
		v_required(v, "", "at least one of resourceRules and nonResourceRules has to be non-empty");
	V_IN (v, "resourceRules")
		V_EACH (v, json_object_get(r, "resourceRules"), j, x)
			check_resource_rule(v, x);
	V_IN (v, "nonResourceRules")
		V_EACH (v, json_object_get(r, "nonResourceRules"), k, y)
			check_url_rule(v, y);
}

static void check_conditions(struct validation *v)
{
	const json_t *list = json_at(v->obj, "status", "conditions", NULL);

	V_IN (v, "status")
		V_IN (v, "conditions")
			V_EACH (v, list, i, c) {
				const char *type = v_text(c, "type");

				for (size_t j = 0; j < i; j++)
					if (streq(v_text(json_array_get(list, j), "type"), type)) {
						v_duplicate(v, "type", json_object_get(c, "type"));
						break;
					}
				if (!*type)
					v_required(v, "type",
						   streq(v->res->kind, "FlowSchema") ? "must not be empty" : "");
			}
}

/* Mandatory objects are what they are; of the level exempt, spec.exempt alone may be changed. */
static void check_mandatory(struct validation *v, bool level, const char *name, const json_t *spec)
{
	const struct flow_default *d = flow_default_find(level, name);
	AUTO_JSON json_t *want = d && d->mandatory ? flow_default_spec(d) : NULL;
	AUTO_JSON json_t *have = want ? json_copy((json_t *)(uintptr_t)spec) : NULL;
	bool exempt = level && streq(name, "exempt");

	if (!want || !have)
		return;
	if (exempt)
		(void)json_object_set(have, "exempt", json_object_get(want, "exempt"));
	if (!flow_spec_equal(want, have))
		v_invalid(v, "spec", spec,
			  exempt ? "spec of '%s' except the 'spec.exempt' field must equal the fixed value"
				 : "spec of '%s' must equal the fixed value",
			  name);
}

static void validate_flow_schema(struct validation *v)
{
	static const char *const methods[] = {"ByNamespace", "ByUser", NULL};
	const json_t *spec = json_object_get(v->obj, "spec"),
		     *ref = json_object_get(spec, "priorityLevelConfiguration"),
		     *method = json_object_get(spec, "distinguisherMethod"),
		     *precedence = json_object_get(spec, "matchingPrecedence");
	const char *name = json_str_or(v->obj, "metadata.name", "");

	check_conditions(v);
	if (v->sub)
		return;
	V_IN (v, "spec") {
		int64_t p = v_int(spec, "matchingPrecedence", 0);

		if (p <= 0)
			v_invalid(v, "matchingPrecedence", precedence, "must be a positive value");
		else if (p > 10000)
			v_invalid(v, "matchingPrecedence", precedence, "must not be greater than 10000");
		if (p == 1 && !streq(name, "exempt"))
			v_invalid(v, "matchingPrecedence", precedence,
				  "only the schema named 'exempt' may have matchingPrecedence 1");
		if (json_is_object(method) && !is_in(v_text(method, "type"), methods)) {
			AUTO_JSON json_t *bad = json_pack("{s:s}", "Type", v_text(method, "type"));

			V_IN (v, "distinguisherMethod")
				not_supported(v, "type", bad, methods);
		}
		V_IN (v, "priorityLevelConfiguration") {
			if (*v_text(ref, "name"))
				v_name(v, ref, "name", api_check_dns1123_subdomain, true);
			else
				v_required(v, "name", "must reference a priority level");
		}
		V_IN (v, "rules")
			V_EACH (v, json_object_get(spec, "rules"), i, r)
				check_rule(v, r);
	}
	check_mandatory(v, false, name, spec);
}

static void check_queuing(struct validation *v, const json_t *q)
{
	int64_t queues = v_int(q, "queues", 0), hand = v_int(q, "handSize", 0);
	const json_t *h = json_object_get(q, "handSize");
	int bits = queues > 0 && hand > 0 ? (int)fmin(ceil(log2((double)queues) * (double)hand), 1e9) : 0;

	if (v_int(q, "queueLengthLimit", 0) <= 0)
		v_invalid(v, "queueLengthLimit", json_object_get(q, "queueLengthLimit"), "must be positive");
	if (queues <= 0)
		v_invalid(v, "queues", json_object_get(q, "queues"), "must be positive");
	else if (queues > MAX_QUEUES)
		v_invalid(v, "queues", json_object_get(q, "queues"), "must not be greater than %d", MAX_QUEUES);
	if (hand <= 0)
		v_invalid(v, "handSize", h, "must be positive");
	else if (hand > queues)
		v_invalid(v, "handSize", h, "should not be greater than queues (%lld)", (long long)queues);
	else if (bits > MAX_HASH_BITS)
		v_invalid(v, "handSize", h,
			  "required entropy bits of deckSize %lld and handSize %lld should not be greater than %d",
			  (long long)queues, (long long)hand, MAX_HASH_BITS);
}

static void check_response(struct validation *v, const json_t *response)
{
	static const char *const types[] = {"Queue", "Reject", NULL};
	const json_t *q = json_object_get(response, "queuing");
	const char *type = v_text(response, "type");

	v_enum(v, response, "type", types, true);
	if (streq(type, "Reject") && json_is_object(q))
		v_forbidden(v, "queuing", "must be nil if limited.limitResponse.type is not Limited");
	else if (streq(type, "Queue") && !json_is_object(q))
		v_required(v, "queuing", "must not be empty if limited.limitResponse.type is Limited");
	else if (streq(type, "Queue"))
		V_IN (v, "queuing")
			check_queuing(v, q);
}

static void check_shares(struct validation *v, const json_t *o)
{
	if (v_int(o, "nominalConcurrencyShares", 0) < 0)
		v_invalid(v, "nominalConcurrencyShares", json_object_get(o, "nominalConcurrencyShares"),
			  "must be a non-negative integer");
}

static void check_percents(struct validation *v, const json_t *o)
{
	int64_t lend = v_int(o, "lendablePercent", 0);

	if (lend < 0 || lend > 100)
		v_invalid(v, "lendablePercent", json_object_get(o, "lendablePercent"),
			  "must be between 0 and 100, inclusive");
	if (v_int(o, "borrowingLimitPercent", 0) < 0)
		v_invalid(v, "borrowingLimitPercent", json_object_get(o, "borrowingLimitPercent"),
			  "if specified, must be a non-negative integer");
}

static void validate_priority_level(struct validation *v)
{
	static const char *const types[] = {"Exempt", "Limited", NULL};
	static const char zero[] = "flowcontrol.k8s.io/v1beta3-preserve-zero-concurrency-shares";
	const json_t *spec = json_object_get(v->obj, "spec"), *limited = json_object_get(spec, "limited"),
		     *exempt = json_object_get(spec, "exempt");
	const char *type = v_text(spec, "type"), *name = json_str_or(v->obj, "metadata.name", "");

	check_conditions(v);
	if (v->sub)
		return;
	if (json_at(v->obj, "metadata", "annotations", zero, NULL))
		V_IN (v, "metadata")
			v_forbidden(
			    v, "annotations",
			    "annotation 'flowcontrol.k8s.io/v1beta3-preserve-zero-concurrency-shares' is forbidden");
	V_IN (v, "spec") {
		if (streq(name, "exempt") != streq(type, "Exempt"))
			v_invalid(v, "type", json_object_get(spec, "type"),
				  "must be 'Exempt' if and only if `name` is 'exempt'");
		v_enum(v, spec, "type", types, true);
		if (streq(type, "Exempt") && json_is_object(limited))
			v_forbidden(v, "limited", "must be nil if the type is not Limited");
		if (streq(type, "Exempt") && json_is_object(exempt))
			V_IN (v, "exempt") {
				check_shares(v, exempt);
				check_percents(v, exempt);
			}
		if (streq(type, "Limited") && json_is_object(exempt))
			v_forbidden(v, "exempt", "must be nil if the type is Limited");
		if (streq(type, "Limited") && !json_is_object(limited))
			v_required(v, "limited", "must not be empty when type is Limited");
		if (streq(type, "Limited") && json_is_object(limited))
			V_IN (v, "limited") {
				check_shares(v, limited);
				V_IN (v, "limitResponse")
					check_response(v, json_object_get(limited, "limitResponse"));
				check_percents(v, limited);
			}
	}
	check_mandatory(v, true, name, spec);
}

const struct kind_validator flow_validators[] = {{FLOW_GROUP, "FlowSchema", validate_flow_schema},
						 {FLOW_GROUP, "PriorityLevelConfiguration", validate_priority_level},
						 {NULL, NULL, NULL}};
