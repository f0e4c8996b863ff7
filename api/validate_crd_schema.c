/*
 * Schemas of CustomResourceDefinitions: that they are structural, that their defaults fit, and what OpenAPI v3 allows
 * in them. apiextensions-apiserver pkg/apis/apiextensions/validation and pkg/apiserver/schema.
 */
#include "api/regex.h"
#include "api/validate.h"

#define DEPTH_MAX 128 /* deeper than what is parsed */

enum level { ROOT, ITEM, FIELD };
static const char *const junctors[] = {"anyOf", "allOf", "oneOf"};

static const json_t *object_at(const json_t *o, const char *key)
{
	const json_t *x = json_object_get(o, key);
	return json_is_object(x) ? x : NULL;
}

/* fn for each property, on its path. */
#define EACH_PROPERTY(v, s, name, x, body)                                                                             \
	V_IN (v, "properties") {                                                                                       \
		const char *name;                                                                                      \
		json_t *x;                                                                                             \
		json_object_foreach (json_object_get(s, "properties"), name, x) {                                      \
			size_t was_property = path_map_key(&(v)->path, name);                                          \
			body;                                                                                          \
			path_pop(&(v)->path, was_property);                                                            \
		}                                                                                                      \
	}

/* Missing or wrong: what stands for type is told. */
static void bad_type(struct validation *v, const json_t *s, const char *detail)
{
	if (*v_text(s, "type"))
		v_invalid(v, "type", json_object_get(s, "type"), "%s", detail);
	else
		v_required(v, "type", detail);
}

/* --- structural schemas --- */

static bool is_int_or_string(const json_t *any)
{
	AUTO_JSON json_t *want = json_pack("[{s:s}, {s:s}]", "type", "integer", "type", "string");
	return any && want && json_equal(any, want);
}

static void nested(struct validation *v, const json_t *s, bool skip_any, unsigned depth);

/* What is said about values beside the structure. */
static void value_part(struct validation *v, const json_t *s, bool skip_any, bool skip_first, unsigned depth)
{
	for (size_t k = 0; k < ARRAY_LEN(junctors); k++) {
		if (k == 0 && skip_any)
			continue;
		V_IN (v, junctors[k])
			V_EACH (v, json_object_get(s, junctors[k]), i, x)
				nested(v, x, k == 1 && skip_first && i == 0, depth + 1);
	}
	if (object_at(s, "not"))
		V_IN (v, "not")
			nested(v, object_at(s, "not"), false, depth + 1);
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

/* A schema below allOf and its like speaks of values alone. */
static void nested(struct validation *v, const json_t *s, bool skip_any, unsigned depth)
{
	static const struct {
		const char *key, *words;
	} no[] = {{"type", "must be empty to be structural"},
		  {"additionalProperties", "must be undefined to be structural"},
		  {"default", "must be undefined to be structural"},
		  {"title", "must be empty to be structural"},
		  {"description", "must be empty to be structural"},
		  {"nullable", "must be false to be structural"},
		  {"x-kubernetes-preserve-unknown-fields", "must be false to be structural"},
		  {"x-kubernetes-embedded-resource", "must be false to be structural"},
		  {"x-kubernetes-int-or-string", "must be false to be structural"},
		  {"x-kubernetes-list-map-keys", "must be empty to be structural"},
		  {"x-kubernetes-list-type", "must be undefined to be structural"},
		  {"x-kubernetes-map-type", "must be undefined to be structural"},
		  {"x-kubernetes-validations", "must be empty to be structural"}};
	if (depth > DEPTH_MAX)
		return;
	value_part(v, s, skip_any, false, depth);
	if (object_at(s, "items"))
		V_IN (v, "items")
			nested(v, object_at(s, "items"), false, depth + 1);
	EACH_PROPERTY(v, s, name, x, nested(v, x, false, depth + 1));
	for (size_t i = 0; i < ARRAY_LEN(no); i++)
		if (v_has(s, no[i].key) && !json_is_false(json_object_get(s, no[i].key)))
			v_forbidden(v, no[i].key, no[i].words);
	if (json_object_get(json_object_get(s, "properties"), "metadata"))
		v_forbidden(v, "properties[metadata]", "must not be specified in a nested context");
}

static void check_metadata(struct validation *v, const json_t *s, bool root)
{
	static const char *const texts[] = {"kind", "apiVersion"};
	const json_t *props = json_object_get(s, "properties"), *meta = json_object_get(props, "metadata");
	V_IN (v, "properties") {
		for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
			const json_t *x = json_object_get(props, texts[i]);
			size_t was = path_map_key(&v->path, texts[i]);
			if (x && !streq(v_text(x, "type"), "string"))
				v_invalid(v, "type", json_object_get(x, "type"), "must be string");
			path_pop(&v->path, was);
		}
		if (!meta)
			continue;
		if (!streq(v_text(meta, "type"), "object"))
			v_invalid(v, "[metadata].type", json_object_get(meta, "type"), "must be object");
		if (!root)
			continue;
		const char *key;
		json_t *x;
		bool more = false;
		json_object_foreach ((json_t *)(uintptr_t)meta, key, x)
			more |= !streq(key, "type") && !streq(key, "default") && !streq(key, "properties");
		json_object_foreach (json_object_get(meta, "properties"), key, x)
			more |= !streq(key, "name") && !streq(key, "generateName");
		if (more)
			v_forbidden(v, "[metadata]",
				    "must not specify anything other than name and generateName, but metadata is "
				    "implicitly specified");
	}
}

static void structural(struct validation *v, const json_t *s, enum level level, unsigned depth)
{
	static const char *const where[] = {"must not be empty at the root",
					    "must not be empty for specified array items",
					    "must not be empty for specified object fields"};
	const char *type = v_text(s, "type");
	bool preserve = v_true(s, "x-kubernetes-preserve-unknown-fields"),
	     embedded = v_true(s, "x-kubernetes-embedded-resource"), either = v_true(s, "x-kubernetes-int-or-string"),
	     more = v_has(s, "additionalProperties");
	const json_t *all = json_array_get(json_object_get(s, "allOf"), 0),
		     *yes = json_object_get(s, "x-kubernetes-preserve-unknown-fields");
	if (depth > DEPTH_MAX) {
		v_invalid(v, "", NULL, "schema is nested too deeply");
		return;
	}
	if (streq(type, "array") && !v_has(s, "items"))
		v_required(v, "items", "must be specified");
	if (object_at(s, "items"))
		V_IN (v, "items")
			structural(v, object_at(s, "items"), ITEM, depth + 1);
	EACH_PROPERTY(v, s, name, x, structural(v, x, FIELD, depth + 1));
	if (more && level == ROOT)
		v_forbidden(v, "additionalProperties", "must not be used at the root");
	if (object_at(s, "additionalProperties"))
		V_IN (v, "additionalProperties")
			structural(v, object_at(s, "additionalProperties"), FIELD, depth + 1);
	if (either && preserve)
		v_invalid(v, "x-kubernetes-preserve-unknown-fields", yes,
			  "must be false if x-kubernetes-int-or-string is true");
	if (either && embedded)
		v_invalid(v, "x-kubernetes-embedded-resource", json_object_get(s, "x-kubernetes-embedded-resource"),
			  "must be false if x-kubernetes-int-or-string is true");
	value_part(v, s, is_int_or_string(json_object_get(s, "anyOf")), is_int_or_string(json_object_get(all, "anyOf")),
		   depth);
	if (embedded && !streq(type, "object"))
		bad_type(v, s, "must be object if x-kubernetes-embedded-resource is true");
	else if (!*type && !either && !preserve)
		v_required(v, "type", where[level]);
	if (embedded && more)
		v_forbidden(v, "additionalProperties", "must not be used if x-kubernetes-embedded-resource is set");
	if (level == ROOT && *type && !streq(type, "object"))
		v_invalid(v, "type", json_object_get(s, "type"), "must be object at the root");
	if (level == ROOT || embedded)
		check_metadata(v, s, level == ROOT);
	if (embedded && !preserve && !json_object_size(json_object_get(s, "properties")))
		v_required(v, "properties",
			   "must not be empty if x-kubernetes-embedded-resource is true without "
			   "x-kubernetes-preserve-unknown-fields");
}

/* What is said of values must be of something that the structure has. at: where it is said. */
static void complete(struct validation *v, const json_t *said, const json_t *s, const char *at, unsigned depth);

static void complete_at(struct validation *v, const json_t *said, const json_t *s, const char *at, unsigned depth)
{
	AUTO_FREE char *words = str_fmt("because it is defined in %s", at);
	if (!json_is_object(said) || depth > DEPTH_MAX || !words)
		return;
	if (!json_is_object(s)) {
		v_required(v, "", words);
		return;
	}
	complete(v, said, s, at, depth);
	AUTO_FREE char *items = str_fmt("%s.items", at);
	if (items && object_at(said, "items"))
		V_IN (v, "items")
			complete_at(v, object_at(said, "items"), object_at(s, "items"), items, depth + 1);
	EACH_PROPERTY(v, said, name, x, {
		AUTO_FREE char *deeper = str_fmt("%s.properties[%s]", at, name);
		if (deeper)
			complete_at(v, x, json_object_get(json_object_get(s, "properties"), name), deeper, depth + 1);
	});
}

static void complete(struct validation *v, const json_t *said, const json_t *s, const char *at, unsigned depth)
{
	for (size_t k = 0; k < ARRAY_LEN(junctors); k++) {
		const json_t *list = json_object_get(said, junctors[k]);
		for (size_t i = 0; i < json_array_size(list); i++) {
			AUTO_FREE char *deeper = str_fmt("%s.%s[%zu]", at, junctors[k], i);
			if (deeper)
				complete_at(v, json_array_get(list, i), s, deeper, depth + 1);
		}
	}
	AUTO_FREE char *not = str_fmt("%s.not", at);
	if (not )
		complete_at(v, object_at(said, "not"), s, not, depth + 1);
}

/* --- defaults --- */

/* Whether a value has fields that the schema would have pruned. */
static bool is_pruned(const json_t *s, const json_t *x, bool resource, unsigned depth)
{
	const char *key;
	json_t *y;
	bool all = v_true(s, "x-kubernetes-preserve-unknown-fields");
	if (depth > DEPTH_MAX)
		return false;
	for (size_t i = 0; i < json_array_size(x); i++)
		if (is_pruned(object_at(s, "items"), json_array_get(x, i),
			      v_true(object_at(s, "items"), "x-kubernetes-embedded-resource"), depth + 1))
			return true;
	if (!json_is_object(x))
		return false;
	json_object_foreach ((json_t *)(uintptr_t)x, key, y) {
		const json_t *p = json_object_get(json_object_get(s, "properties"), key),
			     *more = json_object_get(s, "additionalProperties");
		if (resource && (streq(key, "metadata") || streq(key, "kind") || streq(key, "apiVersion")))
			continue;
		if (!p && json_is_object(more))
			p = more;
		else if (!p && (all || json_is_true(more)))
			continue;
		if (!p || is_pruned(p, y, v_true(p, "x-kubernetes-embedded-resource"), depth + 1))
			return true;
	}
	return false;
}

static void defaults(struct validation *v, const json_t *s, unsigned depth)
{
	const json_t *d = json_object_get(s, "default");
	if (depth > DEPTH_MAX)
		return;
	if (d && !json_is_null(d))
		V_IN (v, "default") {
			if (is_pruned(s, d, v_true(s, "x-kubernetes-embedded-resource"), 0))
				v_invalid(v, "", d, "must not have unknown fields");
			validate_default(v, s, d);
		}
	if (object_at(s, "items"))
		V_IN (v, "items")
			defaults(v, object_at(s, "items"), depth + 1);
	EACH_PROPERTY(v, s, name, x, defaults(v, x, depth + 1));
}

/* --- OpenAPI v3 --- */

struct place {
	bool in_meta, defaults;
	const char *why; /* no defaults there */
};

static void openapi(struct validation *v, const json_t *s, struct place at, bool root, unsigned depth);

static void check_keywords(struct validation *v, const json_t *s, struct place at)
{
	static const char *const types[] = {"array", "boolean", "integer", "number", "object", "string", NULL},
				 *const no[] = {"id",          "additionalItems", "patternProperties",
						"definitions", "dependencies",    "$ref"};
	v_enum(v, s, "type", types, false);
	if (v_has(s, "default") && !at.defaults) {
		AUTO_FREE char *words = str_fmt("must not be set%s%s", at.why ? " " : "", at.why ? at.why : "");
		v_forbidden(v, "default", words ? words : "");
	}
	for (size_t i = 0; i < ARRAY_LEN(no); i++) {
		AUTO_FREE char *words = str_fmt("%s is not supported", no[i]);
		if (v_has(s, no[i]) && words)
			v_forbidden(v, no[i], words);
	}
	if (streq(v_text(s, "type"), "null"))
		v_forbidden(v, "type", "type cannot be set to null, use nullable as an alternative");
	if (json_array_size(json_object_get(s, "items")))
		v_forbidden(v, "items", "items must be a schema object and not an array");
	if (at.in_meta && v_true(s, "x-kubernetes-embedded-resource"))
		v_forbidden(v, "x-kubernetes-embedded-resource", "must not be used inside of resource meta");
	if (v_true(s, "uniqueItems"))
		v_forbidden(v, "uniqueItems",
			    "uniqueItems cannot be set to true since the runtime complexity becomes quadratic");
}

static void check_map_keys(struct validation *v, const json_t *s, const json_t *item)
{
	const json_t *keys = json_object_get(s, "x-kubernetes-list-map-keys");
	AUTO_JSON json_t *seen = json_object();
	for (size_t i = 0; i < json_array_size(keys); i++) {
		const char *key = json_string_value(json_array_get(keys, i));
		const json_t *p = key ? json_object_get(json_object_get(item, "properties"), key) : NULL;
		AUTO_FREE char *where = str_fmt("items.properties[%s].type", key ? key : "");
		if (p && where && (streq(v_text(p, "type"), "array") || streq(v_text(p, "type"), "object")))
			v_invalid(v, where, json_object_get(item, "type"),
				  "must be a scalar type if parent array's x-kubernetes-list-type is map");
		if (!p)
			v_invalid(v, "x-kubernetes-list-map-keys", keys,
				  "entries must all be names of item properties");
		if (key && json_object_get(seen, key))
			v_invalid(v, "x-kubernetes-list-map-keys", keys, "must not contain duplicate entries");
		if (key)
			(void)json_object_set_new(seen, key, json_true());
	}
}

/* Keys are always there, and elements never null. */
static void check_map_items(struct validation *v, const json_t *s, const json_t *item, const char *list)
{
	const json_t *keys = json_object_get(s, "x-kubernetes-list-map-keys"),
		     *needed = json_object_get(item, "required");
	AUTO_FREE char *words = str_fmt("cannot be nullable when x-kubernetes-list-type is %s", list);
	if (v_true(item, "nullable") && words)
		v_forbidden(v, "items.nullable", words);
	for (size_t i = 0; streq(list, "map") && i < json_array_size(keys); i++) {
		const char *key = json_string_value(json_array_get(keys, i));
		const json_t *p = key ? json_object_get(json_object_get(item, "properties"), key) : NULL;
		bool is_needed = v_has(p, "default");
		AUTO_FREE char *where = str_fmt("items.properties[%s]", key ? key : "");
		for (size_t k = 0; k < json_array_size(needed); k++)
			is_needed |= streq(json_string_value(json_array_get(needed, k)), key);
		if (!p || !where)
			continue;
		V_IN (v, where) {
			if (!is_needed)
				v_required(v, "default",
					   "this property is in x-kubernetes-list-map-keys, so it must have a default "
					   "or be a required property");
			if (v_true(p, "nullable"))
				v_forbidden(v, "nullable",
					    "this property is in x-kubernetes-list-map-keys, so it cannot be nullable");
		}
	}
}

static void check_marks(struct validation *v, const json_t *s)
{
	static const char *const lists[] = {"atomic", "set", "map", NULL}, *const maps[] = {"atomic", "granular", NULL};
	const char *type = v_text(s, "type"), *list = v_text(s, "x-kubernetes-list-type"), *item_type;
	const json_t *item = object_at(s, "items"), *keep = json_object_get(s, "x-kubernetes-preserve-unknown-fields");
	bool is_list = v_has(s, "x-kubernetes-list-type"),
	     keys = json_array_size(json_object_get(s, "x-kubernetes-list-map-keys"));
	if (json_is_false(keep))
		v_invalid(v, "x-kubernetes-preserve-unknown-fields", keep, "must be true or undefined");
	if (v_has(s, "x-kubernetes-map-type") && !streq(type, "object"))
		bad_type(v, s, "must be object if x-kubernetes-map-type is specified");
	v_supported_if(v, s, "x-kubernetes-map-type", maps);
	item_type = v_text(item, "type");
	if (is_list && !streq(type, "array"))
		bad_type(v, s, "must be array if x-kubernetes-list-type is specified");
	else if (streq(list, "set") && streq(item_type, "array") && v_has(item, "x-kubernetes-list-type") &&
		 !streq(v_text(item, "x-kubernetes-list-type"), "atomic"))
		v_invalid(v, "items.x-kubernetes-list-type", json_object_get(item, "x-kubernetes-list-type"),
			  "must be atomic as item of a list with x-kubernetes-list-type=set");
	else if (streq(list, "set") && streq(item_type, "object") &&
		 !streq(v_text(item, "x-kubernetes-map-type"), "atomic")) {
		AUTO_JSON json_t *none = json_null();
		const json_t *shown = json_object_get(item, "x-kubernetes-list-type");
		v_invalid(v, "items.x-kubernetes-map-type", shown ? shown : none,
			  "must be atomic as item of a list with x-kubernetes-list-type=set");
	}
	v_supported_if(v, s, "x-kubernetes-list-type", lists);
	if (keys && !is_list)
		v_required(v, "x-kubernetes-list-type", "must be map if x-kubernetes-list-map-keys is non-empty");
	else if (keys && !streq(list, "map"))
		v_invalid(v, "x-kubernetes-list-type", json_object_get(s, "x-kubernetes-list-type"),
			  "must be map if x-kubernetes-list-map-keys is non-empty");
	if (streq(list, "map")) {
		if (!keys)
			v_required(v, "x-kubernetes-list-map-keys",
				   "must not be empty if x-kubernetes-list-type is map");
		if (!v_has(s, "items"))
			v_required(v, "items", "must have a schema if x-kubernetes-list-type is map");
		else if (!item)
			v_invalid(v, "items", json_object_get(s, "items"),
				  "must only have a single schema if x-kubernetes-list-type is map");
		else if (!streq(item_type, "object"))
			v_invalid(v, "items.type", json_object_get(item, "type"),
				  "must be object if parent array's x-kubernetes-list-type is map");
		else
			check_map_keys(v, s, item);
	}
	if (item && (streq(list, "set") || streq(list, "map")))
		check_map_items(v, s, item, list);
}

static bool is_blank(const char *s)
{
	return !s[strspn(s, " \t\n\v\f\r")];
}

static bool has_newline(const char *s)
{
	return s[strcspn(s, "\n\r")] != '\0';
}

/* What is wrong with a rule but for its expression. */
static void check_rules(struct validation *v, const json_t *s)
{
	static const char *const reasons[] = {"FieldValueDuplicate", "FieldValueForbidden", "FieldValueInvalid",
					      "FieldValueRequired", NULL};
	V_IN (v, "x-kubernetes-validations")
		V_EACH (v, json_object_get(s, "x-kubernetes-validations"), i, r) {
			const char *rule = v_text(r, "rule"), *message = v_text(r, "message"),
				   *at = v_text(r, "fieldPath");
			const json_t *m = json_object_get(r, "message"), *f = json_object_get(r, "fieldPath");
			if (is_blank(rule))
				v_required(v, "rule", "rule is not specified");
			else if (*message && is_blank(message))
				v_invalid(v, "message", m, "must be non-empty if specified");
			else if (has_newline(message))
				v_invalid(v, "message", m, "must not contain line breaks");
			else if (has_newline(rule) && !*message)
				v_required(v, "message", "message must be specified if rule contains line breaks");
			if (*v_text(r, "messageExpression") && is_blank(v_text(r, "messageExpression")))
				v_required(v, "messageExpression", "messageExpression must be non-empty if specified");
			v_supported_if(v, r, "reason", reasons);
			if (*at && is_blank(at))
				v_invalid(v, "fieldPath", f, "must be non-empty if specified");
			if (has_newline(at))
				v_invalid(v, "fieldPath", f, "must not contain line breaks");
			struct buf why AUTO_BUF = {0};
			if (*at && !validate_schema_path(s, at, true, &why, NULL))
				v_invalid(v, "fieldPath", f, "must be a valid path");
		}
}

static bool is_meta(const char *name)
{
	return streq(name, "metadata") || streq(name, "kind") || streq(name, "apiVersion");
}

static void property(struct validation *v, const json_t *s, const char *name, const json_t *x, struct place at,
		     bool root, unsigned depth)
{
	AUTO_FREE char *why = str_fmt("in top-level %s", name);
	if (is_meta(name) && (root || v_true(s, "x-kubernetes-embedded-resource")))
		at.in_meta = true;
	if (is_meta(name) && root)
		at.defaults = false, at.why = why;
	openapi(v, x, at, false, depth);
}

static void openapi(struct validation *v, const json_t *s, struct place at, bool root, unsigned depth)
{
	const json_t *more = json_object_get(s, "additionalProperties"), *items = json_object_get(s, "items");
	if (depth > DEPTH_MAX || !json_is_object(s))
		return;
	check_keywords(v, s, at);
	if (more && !json_is_null(more) && !json_is_true(more) && json_object_size(json_object_get(s, "properties")))
		v_forbidden(v, "additionalProperties", "additionalProperties and properties are mutual exclusive");
	if (json_is_object(more)) {
		struct place inside = at;
		if (at.in_meta)
			inside.defaults = false, inside.why = "inside additionalProperties applying to object metadata";
		V_IN (v, "additionalProperties")
			openapi(v, more, inside, false, depth + 1);
	}
	EACH_PROPERTY(v, s, name, x, property(v, s, name, x, at, root, depth + 1));
	if (object_at(s, "not"))
		V_IN (v, "not")
			openapi(v, object_at(s, "not"), at, false, depth + 1);
	for (size_t k = 0; k < ARRAY_LEN(junctors); k++)
		V_IN (v, junctors[k])
			V_EACH (v, json_object_get(s, junctors[k]), i, x)
				openapi(v, x, at, false, depth + 1);
	V_IN (v, "items") {
		openapi(v, items, at, false, depth + 1);
		V_EACH (v, items, i, x)
			openapi(v, x, at, false, depth + 1);
	}
	check_marks(v, s);
	check_rules(v, s);
}

/* --- a version's schema --- */

/* With a status subresource the schema of the status is its property's: what the root says beside it would be lost. In
 * Go's order. */
static void check_root(struct validation *v, const json_t *s)
{
	static const struct {
		const char *key;
		bool allowed;
	} fields[] = {{"id", false},
		      {"$schema", false},
		      {"$ref", false},
		      {"type", true},
		      {"nullable", false},
		      {"default", false},
		      {"enum", false},
		      {"maxProperties", false},
		      {"minProperties", false},
		      {"allOf", false},
		      {"oneOf", false},
		      {"anyOf", false},
		      {"not", false},
		      {"additionalProperties", false},
		      {"patternProperties", false},
		      {"dependencies", false},
		      {"additionalItems", false},
		      {"definitions", false},
		      {"x-kubernetes-embedded-resource", false},
		      {"x-kubernetes-int-or-string", false},
		      {"x-kubernetes-list-map-keys", false},
		      {"x-kubernetes-list-type", false},
		      {"x-kubernetes-map-type", false}};
	for (size_t i = 0; i < ARRAY_LEN(fields); i++) {
		const json_t *x = json_object_get(s, fields[i].key);
		if (!x || json_is_null(x) ||
		    (json_is_false(x) && !streq(fields[i].key, "additionalProperties") &&
		     !streq(fields[i].key, "default")))
			continue;
		if (!fields[i].allowed) {
			v_invalid(v, "", s,
				  "only [Description Type Format Title Maximum ExclusiveMaximum Minimum "
				  "ExclusiveMinimum MaxLength MinLength Pattern "
				  "MaxItems MinItems UniqueItems MultipleOf Required Items Properties ExternalDocs "
				  "Example XPreserveUnknownFields "
				  "XValidations] fields are allowed at the root of the schema if the status "
				  "subresource is enabled");
			return;
		}
		if (*v_text(s, "type") && !streq(v_text(s, "type"), "object")) {
			v_invalid(v, "type", x,
				  "only \"object\" is allowed as the type at the root of the schema if the status "
				  "subresource is enabled");
			return;
		}
	}
}

/* Whether it can be read as a structural schema at all. */
static bool is_readable(const json_t *s, unsigned depth)
{
	static const char *const no[] = {"id",           "$schema",         "$ref",       "patternProperties",
					 "dependencies", "additionalItems", "definitions"};
	const char *key;
	json_t *x;
	bool ok = depth <= DEPTH_MAX && !json_array_size(json_object_get(s, "items")) &&
		  !json_is_false(json_object_get(s, "x-kubernetes-preserve-unknown-fields"));
	for (size_t i = 0; i < ARRAY_LEN(no); i++)
		ok = ok && !v_has(s, no[i]);
	for (size_t k = 0; ok && k < ARRAY_LEN(junctors); k++)
		for (size_t i = 0; i < json_array_size(json_object_get(s, junctors[k])); i++)
			ok = ok && is_readable(json_array_get(json_object_get(s, junctors[k]), i), depth + 1);
	json_object_foreach (json_object_get(s, "properties"), key, x)
		ok = ok && is_readable(x, depth + 1);
	static const char *const parts[] = {"items", "not", "additionalProperties"};
	for (size_t i = 0; ok && i < ARRAY_LEN(parts); i++)
		ok = !object_at(s, parts[i]) || is_readable(object_at(s, parts[i]), depth + 1);
	return ok;
}

static int by_text(const void *p, const void *q)
{
	const struct api_cause *a = p, *b = q;
	AUTO_FREE char *x = str_fmt("%s: %s", a->field, a->message), *y = str_fmt("%s: %s", b->field, b->message);
	return strcmp(x ? x : "", y ? y : "");
}

void validate_crd_schema(struct validation *v, const json_t *s, bool with_status)
{
	size_t before;
	if (with_status)
		check_root(v, s);
	if (v_true(s, "nullable"))
		v_forbidden(v, "nullable", "nullable cannot be true at the root");
	before = v->c->n;
	if (is_readable(s, 0)) {
		AUTO_FREE char *at = str_dup(path_text(&v->path));
		structural(v, s, ROOT, 0);
		if (at)
			complete(v, s, s, at, 0);
		if (v->c->n > before) /* properties have no order, findings have */
			qsort(v->c->v + before, v->c->n - before, sizeof *v->c->v, by_text);
		else
			defaults(v, s, 0);
	}
	openapi(v, s, (struct place){.defaults = true}, true, 0);
}
