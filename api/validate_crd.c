/*
 * CustomResourceDefinitions: names, versions, columns, conversion. apiextensions-apiserver
 * pkg/apis/apiextensions/validation. Schemas: validate_crd_schema.c.
 */
#include "api/validate.h"

#define SELECTABLE_MAX 8

/* What is alike in all versions is the whole definition's, for Kubernetes: where it is told. */
static const struct {
	const char *of_version, *of_all;
} parts[] = {{"subresources", "subresources"},
	     {"schema", "validation"},
	     {"additionalPrinterColumns", "additionalPrinterColumns"},
	     {"selectableFields", "selectableFields"}};

static bool alike(const json_t *a, const json_t *b)
{
	bool none_a = !a || json_is_null(a) || (json_is_array(a) && !json_array_size(a)),
	     none_b = !b || json_is_null(b) || (json_is_array(b) && !json_array_size(b));
	return none_a || none_b ? none_a && none_b : json_equal(a, b) == 1;
}

/* The spec as it is validated: shallow copies, and what all versions share moved up. NULL without memory. New. */
static json_t *whole_of(const json_t *spec)
{
	AUTO_JSON json_t *out = json_is_object(spec) ? json_copy((json_t *)(uintptr_t)spec) : json_object(),
			 *list = json_array();
	const json_t *versions = json_object_get(spec, "versions");
	for (size_t i = 0; i < json_array_size(versions); i++)
		if (!list || json_array_append_new(list, json_copy(json_array_get(versions, i))))
			return NULL;
	for (size_t k = 0; k < ARRAY_LEN(parts) && json_array_size(list); k++) {
		json_t *first = json_object_get(json_array_get(list, 0), parts[k].of_version);
		bool all = true;
		for (size_t i = 0; i < json_array_size(list); i++)
			all = all && alike(first, json_object_get(json_array_get(list, i), parts[k].of_version));
		if (!all)
			continue;
		if (first && (!out || json_object_set(out, parts[k].of_all, first)))
			return NULL;
		for (size_t i = 0; i < json_array_size(list); i++)
			(void)json_object_del(json_array_get(list, i), parts[k].of_version);
	}
	return !out || (v_has(spec, "versions") && json_object_set(out, "versions", list)) ? NULL : TAKE_PTR(out);
}

/* All that is wrong with a name, in one finding. shown: what was checked, in another case. */
static void joined(struct validation *v, const char *key, const char *s, const char *shown, api_name_check check,
		   const char *before)
{
	struct buf words AUTO_BUF = {0};
	AUTO_JSON json_t *bad = json_string(shown);
	const char *msg;
	for (size_t nth = 0; (msg = api_check_nth(check, s, nth)); nth++)
		buf_addf(&words, "%s%s", nth ? "," : before, msg);
	if (words.len)
		v_invalid(v, key, bad, "%s", words.data);
}

static void joined_list(struct validation *v, const json_t *o, const char *key)
{
	V_IN (v, key)
		V_EACH (v, json_object_get(o, key), i, x) {
			const char *s = json_string_value(x) ? json_string_value(x) : "";
			joined(v, "", s, s, api_check_dns1035_label, "");
		}
}

static void check_names(struct validation *v, const json_t *names)
{
	static const char *const plain[] = {"plural", "singular"}, *const kinds[] = {"kind", "listKind"};
	for (size_t i = 0; i < ARRAY_LEN(plain); i++)
		if (*v_text(names, plain[i]))
			joined(v, plain[i], v_text(names, plain[i]), v_text(names, plain[i]), api_check_dns1035_label,
			       "");
	for (size_t i = 0; i < ARRAY_LEN(kinds); i++) {
		AUTO_FREE char *low = str_dup(v_text(names, kinds[i]));
		for (char *p = low; p && *p; p++)
			if (*p >= 'A' && *p <= 'Z')
				*p = (char)(*p + ('a' - 'A'));
		if (low && *low)
			joined(v, kinds[i], low, v_text(names, kinds[i]), api_check_dns1035_label,
			       "may have mixed case, but should otherwise match: ");
	}
	joined_list(v, names, "shortNames");
	if (*v_text(names, "kind") && streq(v_text(names, "kind"), v_text(names, "listKind")))
		v_invalid(v, "listKind", json_object_get(names, "listKind"), "kind and listKind may not be the same");
	joined_list(v, names, "categories");
}

/* --- parts of a version --- */

static bool simple_path(struct validation *v, const json_t *o, const char *key, const char *as)
{
	if (!*v_text(o, key)) {
		v_required(v, as, "");
		return false;
	}
	if (*v_text(o, key) == '.')
		return true;
	v_invalid(v, as, json_object_get(o, key), "must be a simple json path starting with .");
	return false;
}

static void check_column_word(struct validation *v, const json_t *c, const char *key, const char *const *allowed,
			      bool must)
{
	struct buf words AUTO_BUF = {0};
	bool known = false;
	buf_adds(&words, "must be one of ");
	for (size_t i = 0; allowed[i]; i++) {
		known |= streq(allowed[i], v_text(c, key));
		buf_addf(&words, "%s%s", i ? "," : "", allowed[i]);
	}
	if (buf_failed(&words) || known)
		return;
	if (*v_text(c, key))
		v_invalid(v, key, json_object_get(c, key), "%s", words.data);
	else if (must)
		v_required(v, key, words.data);
}

static void check_columns(struct validation *v, const json_t *o)
{
	static const char *const types[] = {"boolean", "date", "integer", "number", "string", NULL},
				 *const formats[] = {"byte",  "date",  "date-time", "double", "float",
						     "int32", "int64", "password",  NULL};
	V_IN (v, "additionalPrinterColumns")
		V_EACH (v, json_object_get(o, "additionalPrinterColumns"), i, c) {
			(void)v_present(v, c, "name");
			check_column_word(v, c, "type", types, true);
			check_column_word(v, c, "format", formats, false);
			(void)simple_path(v, c, "jsonPath", "JSONPath");
		}
}

static void check_subresources(struct validation *v, const json_t *o)
{
	static const char *const paths[][2] = {{"specReplicasPath", ".spec"}, {"statusReplicasPath", ".status"}};
	const json_t *scale = json_at(o, "subresources", "scale", NULL);
	const char *selector = v_text(scale, "labelSelectorPath");
	if (!json_is_object(scale))
		return;
	V_IN (v, "subresources.scale") {
		for (size_t i = 0; i < ARRAY_LEN(paths); i++) {
			size_t n = strlen(paths[i][1]);
			const char *p = v_text(scale, paths[i][0]);
			if (simple_path(v, scale, paths[i][0], paths[i][0]) &&
			    (!str_has_prefix(p, paths[i][1]) || p[n] != '.'))
				v_invalid(v, paths[i][0], json_object_get(scale, paths[i][0]),
					  "should be a json path under %s", paths[i][1]);
		}
		if (*selector && simple_path(v, scale, "labelSelectorPath", "labelSelectorPath") &&
		    !str_has_prefix(selector, ".spec.") && !str_has_prefix(selector, ".status."))
			v_invalid(v, "labelSelectorPath", json_object_get(scale, "labelSelectorPath"),
				  "should be a json path under either .spec or .status");
	}
}

bool validate_schema_path(const json_t *schema, const char *path, bool brackets, struct buf *why,
			  const json_t **ret_schema)
{
	const char *p = path;
	const json_t *s = schema;
	while (*p) {
		char open = *p++;
		const char *end = p;
		const json_t *props = json_object_get(s, "properties"),
			     *more = json_object_get(s, "additionalProperties");
		size_t n;
		if (open != '.' && open != '[') {
			buf_addf(why, "expected [ or . but got: %.*s", (int)strcspn(path, ".[]"), path);
			return false;
		}
		if (open == '[' && !brackets) {
			buf_adds(why, "array notation is not allowed");
			return false;
		}
		if (!*p) {
			buf_adds(why, "unexpected end of JSON path");
			return false;
		}
		if (open == '[') {
			end = *p == '\'' ? strchr(p + 1, '\'') : NULL;
			if (!end || end[1] != ']') {
				buf_addf(why, "expected single quoted string but got %.*s", (int)strcspn(p, "]"), p);
				return false;
			}
			p++;
		} else {
			end += strcspn(p, ".[]") ? strcspn(p, ".[]") : 1;
		}
		n = (size_t)(end - p);
		AUTO_FREE char *name = str_ndup(p, n);
		s = json_is_object(props)  ? json_object_get(props, name ? name : "")
		    : json_is_object(more) ? more
					   : NULL;
		if (!s) {
			buf_adds(why, "does not refer to a valid field");
			return false;
		}
		p = open == '[' ? end + 2 : end;
	}
	if (ret_schema)
		*ret_schema = s;
	return true;
}

static void check_selectable(struct validation *v, const json_t *o, const json_t *schema)
{
	AUTO_JSON json_t *seen = json_object();
	V_IN (v, "selectableFields") {
		V_EACH (v, json_object_get(o, "selectableFields"), i, f) {
			const char *path = v_text(f, "jsonPath"), *type;
			const json_t *bad = json_object_get(f, "jsonPath"), *at = NULL;
			struct buf why AUTO_BUF = {0};
			if (!*path) {
				v_required(v, "jsonPath", "");
			} else if (!validate_schema_path(schema, path, false, &why, &at)) {
				v_invalid(v, "jsonPath", bad, "is an invalid path: %s", why.len ? why.data : "");
			} else {
				type = v_text(at, "type");
				if (str_has_prefix(path, ".metadata"))
					v_invalid(v, "jsonPath", bad, "must not point to fields in metadata");
				if (!streq(type, "string") && !streq(type, "boolean") && !streq(type, "integer"))
					v_invalid(v, "jsonPath", bad,
						  "must point to a field of type string, boolean or integer. Enum "
						  "string fields and strings "
						  "with formats are allowed.");
				if (json_object_get(seen, path))
					v_duplicate(v, "jsonPath", bad);
				(void)json_object_set_new(seen, path, json_true());
			}
		}
		if (json_object_size(seen) > SELECTABLE_MAX)
			v_too_many(v, "", json_object_size(seen), SELECTABLE_MAX);
	}
}

static bool has_status(const json_t *o)
{
	return json_is_object(json_at(o, "subresources", "status", NULL));
}

static void check_schema(struct validation *v, const json_t *validation, bool with_status)
{
	const json_t *schema = json_object_get(validation, "openAPIV3Schema");
	if (json_is_object(schema))
		V_IN (v, "openAPIV3Schema")
			validate_crd_schema(v, schema, with_status);
}

static void check_deprecation(struct validation *v, const json_t *ver)
{
	const json_t *w = json_object_get(ver, "deprecationWarning");
	const char *s = json_string_value(w);
	if (!s)
		return;
	if (!v_true(ver, "deprecated")) {
		v_invalid(v, "deprecationWarning", w, "can only be set for deprecated versions");
		return;
	}
	if (strlen(s) > 256)
		v_invalid(v, "deprecationWarning", w, "must be <= 256 characters long");
	if (!*s)
		v_invalid(v, "deprecationWarning", w, "must not be an empty string");
	for (size_t i = 0; s[i]; i++)
		if ((unsigned char)s[i] < ' ' || s[i] == 0x7f) {
			v_invalid(
			    v, "deprecationWarning", w,
			    "must only contain printable UTF-8 characters; non-printable character found at index %zu",
			    i);
			break;
		}
}

static void check_version(struct validation *v, const json_t *ver, bool with_status)
{
	const json_t *schema = json_at(ver, "schema", "openAPIV3Schema", NULL);
	AUTO_JSON json_t *none = json_string("");
	joined(v, "name", v_text(ver, "name"), v_text(ver, "name"), api_check_dns1035_label, "");
	check_deprecation(v, ver);
	V_IN (v, "schema")
		check_schema(v, json_object_get(ver, "schema"), with_status);
	check_subresources(v, ver);
	check_columns(v, ver);
	if (!json_array_size(json_object_get(ver, "selectableFields")))
		return;
	if (!json_is_object(schema))
		v_invalid(v, "selectableFields", none,
			  "may only be set when `version.schema.openAPIV3Schema` is not included");
	else
		check_selectable(v, ver, schema);
}

/* --- the definition --- */

static void check_versions(struct validation *v, const json_t *spec)
{
	const json_t *list = json_object_get(spec, "versions");
	AUTO_JSON json_t *seen = json_object(), *none = json_null();
	size_t stored = 0;
	bool shared = json_is_object(json_at(spec, "validation", "openAPIV3Schema", NULL));
	V_IN (v, "versions") {
		V_EACH (v, list, i, ver)
			if (!shared && !json_is_object(json_at(ver, "schema", "openAPIV3Schema", NULL)))
				v_required(v, "schema.openAPIV3Schema", "");
		V_EACH (v, list, i, ver) {
			stored += v_true(ver, "storage");
			check_version(v, ver, has_status(ver) || has_status(spec));
			(void)json_object_set_new(seen, v_text(ver, "name"), json_true());
		}
	}
	if (json_object_size(seen) != json_array_size(list))
		v_invalid(v, "versions", list, "must contain unique version names");
	if (stored != 1)
		v_invalid(v, "versions", list ? list : none, "must have exactly one version marked as storage version");
	const char *first =
	    v_text(json_array_get(list, 0), "name"); /* which is the definition's version, for Kubernetes */
	if (*first)
		joined(v, "version", first, first, api_check_dns1035_label, "");
}

static bool any_status(const json_t *spec)
{
	const json_t *list = json_object_get(spec, "versions");
	bool any = has_status(spec);
	for (size_t i = 0; i < json_array_size(list); i++)
		any |= has_status(json_array_get(list, i));
	return any;
}

static void check_review_versions(struct validation *v, const json_t *hook)
{
	const json_t *list = json_object_get(hook, "conversionReviewVersions");
	AUTO_JSON json_t *seen = json_object();
	bool any = false;
	if (!json_array_size(list)) {
		v_required(v, "conversionReviewVersions", "");
		return;
	}
	V_IN (v, "conversionReviewVersions") {
		V_EACH (v, list, i, x) {
			const char *s = json_string_value(x) ? json_string_value(x) : "";
			if (json_object_get(seen, s))
				v_invalid(v, "", x, "duplicate version");
			else
				(void)v_words(v, "", s, api_check_dns1035_label);
			(void)json_object_set_new(seen, s, json_true());
			any |= streq(s, "v1") || streq(s, "v1beta1");
		}
		if (!any)
			v_invalid(v, "", list, "must include at least one of v1, v1beta1");
	}
}

static void check_conversion(struct validation *v, const json_t *spec)
{
	static const char *const strategies[] = {"None", "Webhook", NULL};
	const json_t *c = json_object_get(spec, "conversion"), *hook = json_object_get(c, "webhook"),
		     *client = json_object_get(hook, "clientConfig");
	if (!json_is_object(c))
		return;
	V_IN (v, "conversion") {
		if (!streq(v_text(c, "strategy"), "None") && v_true(spec, "preserveUnknownFields"))
			v_invalid(v, "strategy", json_object_get(c, "strategy"),
				  "must be None if spec.preserveUnknownFields is true");
		v_enum(v, c, "strategy", strategies, true);
		if (streq(v_text(c, "strategy"), "Webhook")) {
			if (!json_is_object(client))
				v_required(v, "webhookClientConfig", "required when strategy is set to Webhook");
			else
				V_IN (v, "webhookClientConfig")
					validate_webhook_client(v, client);
			check_review_versions(v, hook);
		} else {
			if (json_is_object(client))
				v_forbidden(v, "webhookClientConfig",
					    "should not be set when strategy is not set to Webhook");
			if (json_array_size(json_object_get(hook, "conversionReviewVersions")))
				v_forbidden(v, "conversionReviewVersions",
					    "should not be set when strategy is not set to Webhook");
		}
	}
}

static bool has_default(const json_t *x, unsigned depth)
{
	const char *key;
	json_t *y;
	if (depth > 128)
		return false;
	if (json_is_object(x)) {
		if (v_has(x, "default") && v_has(x, "type"))
			return true;
		json_object_foreach ((json_t *)(uintptr_t)x, key, y)
			if (has_default(y, depth + 1))
				return true;
	}
	for (size_t i = 0; i < json_array_size(x); i++)
		if (has_default(json_array_get(x, i), depth + 1))
			return true;
	return false;
}

static void check_spec(struct validation *v, const json_t *spec)
{
	static const char *const scopes[] = {"Cluster", "Namespaced", NULL}, *const needed[] = {"plural", "singular",
												"kind", "listKind",
												NULL};
	const json_t *names = json_object_get(spec, "names");
	const char *group = v_text(spec, "group");
	AUTO_JSON json_t *yes = json_true(), *none = json_string("");
	if (!*group)
		v_required(v, "group", "");
	else if (api_check_dns1123_subdomain(group))
		joined(v, "group", group, group, api_check_dns1123_subdomain, "");
	else if (!strchr(group, '.'))
		v_invalid(v, "group", json_object_get(spec, "group"), "should be a domain with at least one dot");
	v_enum(v, spec, "scope", scopes, true);
	if (v_true(spec, "preserveUnknownFields") &&
	    (has_default(json_object_get(spec, "validation"), 0) || has_default(json_object_get(spec, "versions"), 0)))
		v_invalid(v, "preserveUnknownFields", yes, "must be false in order to use defaults in the schema");
	check_versions(v, spec);
	V_IN (v, "names") {
		v_must(v, names, needed);
		check_names(v, names);
	}
	V_IN (v, "validation")
		check_schema(v, json_object_get(spec, "validation"), any_status(spec));
	check_subresources(v, spec);
	check_columns(v, spec);
	if (json_array_size(json_object_get(spec, "selectableFields"))) {
		if (json_is_object(json_object_get(spec, "validation")))
			check_selectable(v, spec, json_at(spec, "validation", "openAPIV3Schema", NULL));
		else
			v_invalid(v, "selectableFields", none, "may only be set when validations.schema is included");
	}
	check_conversion(v, spec);
}

static bool contains(const json_t *list, const char *s)
{
	for (size_t i = 0; i < json_array_size(list); i++)
		if (streq(json_string_value(json_array_get(list, i)), s))
			return true;
	return false;
}

static void check_stored(struct validation *v, const json_t *stored, const json_t *versions)
{
	AUTO_JSON json_t *left = json_deep_copy(stored), *none = json_null();
	if (!json_array_size(stored)) {
		v_invalid(v, "", stored ? stored : none, "must have at least one stored version");
		return;
	}
	for (size_t i = 0; i < json_array_size(versions); i++) {
		const json_t *ver = json_array_get(versions, i);
		bool known = contains(left, v_text(ver, "name"));
		if (v_true(ver, "storage") && !known)
			v_invalid(v, "", stored, "must have the storage version %s", v_text(ver, "name"));
		for (size_t k = json_array_size(left); known && k-- > 0;)
			if (streq(json_string_value(json_array_get(left, k)), v_text(ver, "name")))
				(void)json_array_remove(left, k);
	}
	V_EACH (v, stored, i, s) {
		const char *name = json_string_value(s) ? json_string_value(s) : "";
		if (contains(left, name))
			v_invalid(v, "", s,
				  "missing from spec.versions; %s was previously a storage version, and must remain in "
				  "spec.versions until a "
				  "storage migration ensures no data remains persisted in %s and removes %s from "
				  "status.storedVersions",
				  name, name, name);
	}
}

static bool established(const json_t *crd)
{
	const json_t *list = json_at(crd, "status", "conditions", NULL);
	for (size_t i = 0; i < json_array_size(list); i++)
		if (streq(v_text(json_array_get(list, i), "type"), "Established"))
			return streq(v_text(json_array_get(list, i), "status"), "True");
	return false;
}

static void validate_crd(struct validation *v)
{
	const json_t *status = json_object_get(v->obj, "status"), *spec = json_object_get(v->obj, "spec"),
		     *names = json_object_get(spec, "names"), *old = json_object_get(v->old, "spec"),
		     *stored = json_object_get(status, "storedVersions");
	AUTO_JSON json_t *whole = whole_of(spec), *yes = json_true();
	AUTO_FREE char *want = str_fmt("%s.%s", v_text(names, "plural"), v_text(spec, "group"));
	if (!whole || !want) {
		v->c->oom = true;
		return;
	}
	if (!v->old)
		v_name_is(v, want, "must be spec.names.plural+\".\"+spec.group");
	if (!v->sub)
		V_IN (v, "spec")
			check_spec(v, whole);
	if (!v->sub && v->old)
		V_IN (v, "spec") {
			if (established(v->old)) {
				v_immutable(v, spec, old, "scope");
				V_IN (v, "names")
					v_immutable(v, names, json_object_get(old, "names"), "kind");
			}
			v_immutable(v, spec, old, "group");
			V_IN (v, "names")
				v_immutable(v, names, json_object_get(old, "names"), "plural");
		}
	V_IN (v, "status.acceptedNames")
		check_names(v, json_object_get(status, "acceptedNames"));
	if (v->sub)
		return;
	V_IN (v, "status.storedVersions")
		check_stored(v, stored, json_object_get(spec, "versions"));
	if (v_true(spec, "preserveUnknownFields") && !v_true(old, "preserveUnknownFields"))
		v_invalid(v, "spec.preserveUnknownFields", yes,
			  "cannot set to true, set x-kubernetes-preserve-unknown-fields to true in "
			  "spec.versions[*].schema instead");
}

const struct kind_validator crd_validators[] = {{"apiextensions.k8s.io", "CustomResourceDefinition", validate_crd},
						{NULL, NULL, NULL}};
