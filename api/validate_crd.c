/* CustomResourceDefinitions: names, versions and that schemas are structural. apiextensions-apiserver validation. */
#include "api/regex.h"
#include "api/validate.h"

#define SCHEMA_DEPTH 64

static void check_schema(struct validation *v, const json_t *s, unsigned depth, bool root);

static void check_schema_keywords(struct validation *v, const json_t *s)
{
	static const char *const forbidden[] = {
	    "$ref", "definitions", "dependencies", "patternProperties", "additionalItems", "id"};
	for (size_t i = 0; i < ARRAY_LEN(forbidden); i++)
		if (v_has(s, forbidden[i]))
			v_forbidden(v, forbidden[i],
				    streq(forbidden[i], "$ref") ? "$ref is not supported" : "is not supported");
	if (json_is_true(json_object_get(s, "uniqueItems")))
		v_forbidden(v, "uniqueItems",
			    "uniqueItems cannot be set to true since the runtime complexity becomes quadratic");
	const char *pattern = json_string_value(json_object_get(s, "pattern"));
	if (pattern) {
		struct regex *re = NULL;
		struct err e = {0};
		if (regex_new(&re, pattern, &e) < 0)
			v_invalid(v, "pattern", json_object_get(s, "pattern"),
				  "must be a valid regular expression, but isn't: %s", e.msg);
		(void)regex_free(re);
	}
}

static void check_list_marks(struct validation *v, const json_t *s, const char *type)
{
	static const char *const lists[] = {"atomic", "map", "set", NULL}, *const maps[] = {"atomic", "granular", NULL};
	const char *lt = v_text(s, "x-kubernetes-list-type");
	const json_t *keys = json_object_get(s, "x-kubernetes-list-map-keys");
	v_enum(v, s, "x-kubernetes-list-type", lists, false);
	v_enum(v, s, "x-kubernetes-map-type", maps, false);
	if (*lt && !streq(type, "array"))
		v_invalid(v, "type", json_object_get(s, "type"),
			  "must be array if x-kubernetes-list-type is specified");
	if (*v_text(s, "x-kubernetes-map-type") && !streq(type, "object"))
		v_invalid(v, "type", json_object_get(s, "type"),
			  "must be object if x-kubernetes-map-type is specified");
	if (streq(lt, "map") && json_array_size(keys) == 0)
		v_required(v, "x-kubernetes-list-map-keys", "must not be empty if x-kubernetes-list-type is map");
	if (!streq(lt, "map") && json_array_size(keys))
		v_forbidden(v, "x-kubernetes-list-map-keys", "may only be set if x-kubernetes-list-type is map");
	V_IN (v, "x-kubernetes-list-map-keys")
		V_EACH (v, keys, i, k) {
			const char *name = json_string_value(k);
			const json_t *p = name ? json_object_get(json_at(s, "items", "properties", NULL), name) : NULL;
			if (!p)
				v_invalid(v, "", k, "must refer to a property of items");
		}
}

static void check_children(struct validation *v, const json_t *s, unsigned depth)
{
	const char *key;
	json_t *x;
	V_IN (v, "properties")
		json_object_foreach (json_object_get(s, "properties"), key, x) {
			size_t was = path_map_key(&v->path, key);
			check_schema(v, x, depth + 1, false);
			path_pop(&v->path, was);
		}
	if (json_is_object(json_object_get(s, "additionalProperties")))
		V_IN (v, "additionalProperties")
			check_schema(v, json_object_get(s, "additionalProperties"), depth + 1, false);
	if (json_is_object(json_object_get(s, "items")))
		V_IN (v, "items")
			check_schema(v, json_object_get(s, "items"), depth + 1, false);
}

static void check_schema(struct validation *v, const json_t *s, unsigned depth, bool root)
{
	static const char *const types[] = {"array", "boolean", "integer", "number", "object", "string", NULL};
	const char *type = v_text(s, "type");
	bool preserve = json_is_true(json_object_get(s, "x-kubernetes-preserve-unknown-fields")),
	     int_or_string = json_is_true(json_object_get(s, "x-kubernetes-int-or-string"));
	if (depth > SCHEMA_DEPTH) {
		v_invalid(v, "", NULL, "schema is nested too deeply");
		return;
	}
	if (root && !streq(type, "object")) {
		if (*type)
			v_invalid(v, "type", json_object_get(s, "type"), "must be object at the root");
		else
			v_required(v, "type", "must not be empty at the root");
	} else if (!*type && !preserve && !int_or_string) {
		v_required(v, "type", "must not be empty for specified object fields");
	} else if (*type && int_or_string) {
		v_forbidden(v, "type", "must be empty if x-kubernetes-int-or-string is true");
	} else {
		v_enum(v, s, "type", types, false);
	}
	if (json_object_size(json_object_get(s, "properties")) && v_has(s, "additionalProperties"))
		v_forbidden(v, "additionalProperties", "must not be used if properties is not empty");
	if (streq(type, "array") && json_is_array(json_object_get(s, "items")))
		v_forbidden(v, "items", "items must be a schema object and not an array");
	else if (streq(type, "array") && !json_is_object(json_object_get(s, "items")))
		v_required(v, "items", "must be specified");
	if (json_is_true(json_object_get(s, "x-kubernetes-embedded-resource")) && !streq(type, "object"))
		v_invalid(v, "type", json_object_get(s, "type"),
			  "must be object if x-kubernetes-embedded-resource is true");
	check_schema_keywords(v, s);
	check_list_marks(v, s, type);
	if (root) {
		const json_t *meta = json_at(s, "properties", "metadata", NULL);
		const char *key;
		json_t *x;
		json_object_foreach (json_object_get(meta, "properties"), key, x)
			if (!streq(key, "name") && !streq(key, "generateName"))
				v_forbidden(
				    v, "properties[metadata]",
				    "must not specify anything other than name and generateName, but metadata is "
				    "implicitly specified");
	}
	check_children(v, s, depth);
}

static void check_version(struct validation *v, const json_t *ver)
{
	const json_t *schema = json_at(ver, "schema", "openAPIV3Schema", NULL),
		     *scale = json_at(ver, "subresources", "scale", NULL);
	v_name(v, ver, "name", api_check_dns1035_label, true);
	if (!json_is_object(schema)) {
		v_required(v, "schema.openAPIV3Schema", "schemas are required");
	} else {
		V_IN (v, "schema.openAPIV3Schema")
			check_schema(v, schema, 0, true);
	}
	if (json_is_object(scale))
		V_IN (v, "subresources.scale") {
			static const char *const paths[][2] = {{"specReplicasPath", ".spec."},
							       {"statusReplicasPath", ".status."}};
			for (size_t i = 0; i < ARRAY_LEN(paths); i++)
				if (!*v_text(scale, paths[i][0]))
					v_required(v, paths[i][0], "");
				else if (!str_has_prefix(v_text(scale, paths[i][0]), paths[i][1]))
					v_invalid(v, paths[i][0], json_object_get(scale, paths[i][0]),
						  "should be a json path under %.*s", (int)strlen(paths[i][1]) - 1,
						  paths[i][1]);
		}
	V_IN (v, "additionalPrinterColumns")
		V_EACH (v, json_object_get(ver, "additionalPrinterColumns"), i, c) {
			static const char *const types[] = {"boolean", "date", "integer", "number", "string", NULL};
			(void)v_present(v, c, "name");
			v_enum(v, c, "type", types, true);
			if (!*v_text(c, "jsonPath"))
				v_required(v, "jsonPath", "");
		}
}

static void check_names(struct validation *v, const json_t *names)
{
	v_name(v, names, "plural", api_check_dns1035_label, true);
	v_name(v, names, "singular", api_check_dns1035_label, false);
	static const char *const kinds[] = {"kind", "listKind"};
	for (size_t i = 0; i < ARRAY_LEN(kinds); i++) {
		const char *kind = v_text(names, kinds[i]), *msg;
		AUTO_FREE char *low = str_dup(kind);
		for (char *p = low; p && *p; p++)
			if (*p >= 'A' && *p <= 'Z')
				*p = (char)(*p + ('a' - 'A'));
		if (!*kind)
			v_required(v, kinds[i], "");
		else if (low && (msg = api_check_dns1035_label(low)))
			v_invalid(v, kinds[i], json_object_get(names, kinds[i]),
				  "may have mixed case, but should otherwise match: %s", msg);
	}
	if (*v_text(names, "kind") && streq(v_text(names, "kind"), v_text(names, "listKind")))
		v_invalid(v, "listKind", json_object_get(names, "listKind"), "kind and listKind may not be the same");
	V_IN (v, "shortNames")
		V_EACH (v, json_object_get(names, "shortNames"), i, s) {
			const char *msg = json_is_string(s) ? api_check_dns1035_label(json_string_value(s)) : NULL;
			if (msg)
				v_invalid(v, "", s, "%s", msg);
		}
}

static void validate_crd(struct validation *v)
{
	static const char *const scopes[] = {"Cluster", "Namespaced", NULL}, *const strategies[] = {"None", "Webhook",
												    NULL};
	const json_t *spec = json_object_get(v->obj, "spec"), *names = json_object_get(spec, "names"),
		     *vers = json_object_get(spec, "versions"), *name = json_dot(v->obj, "metadata.name");
	AUTO_FREE char *want = str_fmt("%s.%s", v_text(names, "plural"), v_text(spec, "group"));
	AUTO_JSON json_t *seen = json_object();
	size_t stored = 0;
	if (v->sub)
		return;
	if (want && !streq(json_string_value(name), want))
		v_invalid(v, "metadata.name", name, "must be spec.names.plural+\".\"+spec.group");
	V_IN (v, "spec") {
		const char *group = v_text(spec, "group"), *msg = *group ? api_check_dns1123_subdomain(group) : NULL;
		if (!*group)
			v_required(v, "group", "");
		else if (msg)
			v_invalid(v, "group", json_object_get(spec, "group"), "%s", msg);
		else if (!strchr(group, '.'))
			v_invalid(v, "group", json_object_get(spec, "group"),
				  "should be a domain with at least one dot");
		v_enum(v, spec, "scope", scopes, true);
		if (json_is_true(json_object_get(spec, "preserveUnknownFields")))
			v_invalid(v, "preserveUnknownFields", json_object_get(spec, "preserveUnknownFields"),
				  "cannot set to true, set x-kubernetes-preserve-unknown-fields to true in "
				  "spec.versions[*].schema instead");
		V_IN (v, "names")
			check_names(v, names);
		V_IN (v, "versions")
			V_EACH (v, vers, i, ver) {
				check_version(v, ver);
				stored += json_is_true(json_object_get(ver, "storage"));
				if (json_object_get(seen, v_text(ver, "name")))
					v_invalid(v, "name", json_object_get(ver, "name"),
						  "must contain unique version names");
				(void)json_object_set_new(seen, v_text(ver, "name"), json_true());
			}
		if (stored != 1)
			v_invalid(v, "versions", vers, "must have exactly one version marked as storage version");
		V_IN (v, "conversion")
			v_enum(v, json_object_get(spec, "conversion"), "strategy", strategies, true);
		if (v->old) {
			const json_t *old = json_object_get(v->old, "spec");
			v_immutable(v, spec, old, "group");
			v_immutable(v, spec, old, "scope");
			V_IN (v, "names") {
				v_immutable(v, names, json_object_get(old, "names"), "plural");
				v_immutable(v, names, json_object_get(old, "names"), "kind");
			}
		}
	}
}

const struct kind_validator crd_validators[] = {{"apiextensions.k8s.io", "CustomResourceDefinition", validate_crd},
						{NULL, NULL, NULL}};
