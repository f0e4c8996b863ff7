/* Types as OpenAPI schemas: Swagger 2.0 for /openapi/v2, OpenAPI 3.0 for /openapi/v3. */
#include "api/openapi_parts.h"
#include "base/str.h"

#define META_WORDS "Standard object's metadata: what every object has, whatever its kind."

static json_t *shape(const struct api_type *t, enum openapi_version v);

json_t *openapi_ref(const char *name, enum openapi_version v)
{
	AUTO_FREE char *s = str_fmt("%s%s", v == OPENAPI_V2 ? "#/definitions/" : "#/components/schemas/", name);
	return s ? json_pack("{ss}", "$ref", s) : NULL;
}

static json_t *typed(const char *type, const char *format)
{
	return format ? json_pack("{ssss}", "type", type, "format", format) : json_pack("{ss}", "type", type);
}

/* The node itself, without a name: scalars, lists, maps. */
static json_t *plain(const struct api_type *t, enum openapi_version v)
{
	switch ((enum api_type_kind)t->kind) {
	case API_OBJECT:
		return typed("object", NULL);
	case API_MAP:
		return json_pack("{ssso}", "type", "object", "additionalProperties", shape(api_type_elem(t), v));
	case API_ARRAY:
		return json_pack("{ssso}", "type", "array", "items", shape(api_type_elem(t), v));
	case API_STRING:
		return typed("string", NULL);
	case API_BOOL:
		return typed("boolean", NULL);
	case API_INT32:
		return typed("integer", "int32");
	case API_INT64:
		return typed("integer", "int64");
	case API_NUMBER:
		return typed("number", "double");
	case API_INT_OR_STRING:
		if (v == OPENAPI_V3)
			return json_pack("{sss[{ss}{ss}]}", "format", "int-or-string", "oneOf", "type", "integer",
					 "type", "string");
		return typed("string", "int-or-string");
	case API_QUANTITY:
		if (v == OPENAPI_V3)
			return json_pack("{s[{ss}{ss}]}", "oneOf", "type", "string", "type", "number");
		return typed("string", NULL);
	case API_TIME:
	case API_MICROTIME:
		return typed("string", "date-time");
	case API_BYTES:
		return typed("string", "byte");
	case API_ANY:
		return json_object();
	}
	return json_object();
}

/* What a field or element of this type says: a reference to a named type, or the type in place. */
static json_t *shape(const struct api_type *t, enum openapi_version v)
{
	const char *name = api_type_name(t);
	return *name ? openapi_ref(name, v) : plain(t, v);
}

static int set(json_t *o, const char *key, json_t *v)
{
	return json_object_set_new(o, key, v);
}

/* List and patch marks of a field. Go clients read them to merge patches. */
static int add_marks(json_t *o, const struct api_type *t)
{
	const char *keys[8], *merge = api_type_merge_key(t);
	size_t n = t->kind == API_ARRAY ? api_type_list_keys(t, keys, ARRAY_LEN(keys)) : 0;
	int rc = 0;
	if (n) {
		json_t *list = json_array();
		for (size_t i = 0; i < n; i++)
			rc |= json_array_append_new(list, json_string(keys[i]));
		rc |= set(o, "x-kubernetes-list-map-keys", list);
	}
	if (t->kind == API_ARRAY)
		rc |= set(o, "x-kubernetes-list-type",
			  json_string(t->list_type == API_LIST_MAP   ? "map"
				      : t->list_type == API_LIST_SET ? "set"
								     : "atomic"));
	if (t->kind == API_MAP && (t->flags & TYPE_ATOMIC))
		rc |= set(o, "x-kubernetes-map-type", json_string("atomic"));
	if (merge)
		rc |= set(o, "x-kubernetes-patch-merge-key", json_string(merge));
	if (t->patch)
		rc |= set(o, "x-kubernetes-patch-strategy",
			  json_string(t->patch == API_PATCH_MERGE         ? "merge"
				      : t->patch == API_PATCH_WHOLE       ? "replace"
				      : t->patch == API_PATCH_RETAIN_KEYS ? "retainKeys"
									  : "merge,retainKeys"));
	return rc;
}

/* The value that an element of this type, or a field that is always there, has without one of its own; NULL: none to speak of. */
static json_t *zero(const struct api_type *t)
{
	if (t->kind == API_OBJECT)
		return *api_type_name(t) ? json_object() : NULL;
	return api_scalar_blank((enum api_type_kind)t->kind);
}

static void add_element_zero(json_t *o, const struct api_type *t)
{
	const struct api_type *elem = api_type_elem(t);
	json_t *inner = json_object_get(o, t->kind == API_MAP ? "additionalProperties" : "items"), *z = elem ? zero(elem) : NULL;
	if (!inner || !elem)
		return;
	if (json_object_get(inner, "$ref") && z) { /* a $ref has no siblings in OpenAPI 3.0 */
		json_t *all = json_pack("{s[O]}", "allOf", inner);
		(void)json_object_set_new(o, t->kind == API_MAP ? "additionalProperties" : "items", all);
		inner = all;
	}
	if (z)
		(void)json_object_set_new(inner, "default", z);
	if (elem->kind == API_MAP || elem->kind == API_ARRAY)
		add_element_zero(inner, elem);
}

/* What marks.txt says of the type, put into its schema. */
static int add_type_marks(json_t *schema, const struct api_type *t, enum openapi_version v)
{
	for (size_t i = 0; i < API_N_MARKS; i++) {
		const struct api_mark *m = &api_marks[i];
		AUTO_FREE char *path = NULL;
		const char *value = api_type_strings + m->json;
		json_t *at = schema, *x = NULL;
		char *last, *save = NULL;
		if (m->type != t->self || (t->flags & TYPE_DYNAMIC))
			continue;
		path = str_dup(api_type_strings + m->path);
		last = path ? strrchr(path, '/') : NULL;
		if (!path || json_parse(value, strlen(value), &x, NULL))
			return -1;
		if (last)
			*last++ = '\0';
		for (char *p = last ? strtok_r(path, "/", &save) : NULL; p && at; p = strtok_r(NULL, "/", &save))
			at = json_object_get(at, p);
		if (!last)
			last = path;
		if (at && !(v == OPENAPI_V2 && streq(last, "default")))
			(void)json_object_set(at, last, x);
		json_decref(x);
	}
	return 0;
}

static json_t *field_schema(const struct api_type *t, enum openapi_version v, bool always)
{
	AUTO_JSON json_t *o = shape(t, v);
	const char *name = api_type_name(t);
	bool marked = t->patch || t->kind == API_ARRAY || t->kind == API_MAP;
	always &= v == OPENAPI_V3;
	if (*name && (marked || always) && v == OPENAPI_V3) { /* a $ref has no siblings in OpenAPI 3.0 */
		json_t *all = json_pack("{s[O]}", "allOf", o);
		json_decref(o);
		o = all;
	}
	if (marked && add_marks(o, t) < 0)
		return NULL;
	if (v == OPENAPI_V3 && (t->kind == API_MAP || t->kind == API_ARRAY))
		add_element_zero(o, t);
	json_t *z = always ? zero(t) : NULL;
	return z && set(o, "default", z) < 0 ? NULL : TAKE_PTR(o);
}

static json_t *gvk_list(const char *gvk, const json_t *every)
{
	if (streq(gvk, "*"))
		return every ? json_deep_copy(every) : NULL;
	AUTO_FREE char *s = str_dup(gvk);
	char *version = s ? strchr(s, '/') : NULL, *kind = version ? strchr(version + 1, '/') : NULL;
	if (!kind)
		return NULL;
	*version++ = '\0';
	*kind++ = '\0';
	return json_pack("[{ssssss}]", "group", s, "kind", kind, "version", version);
}

json_t *openapi_definition(const struct api_type *t, enum openapi_version v, const json_t *gvks)
{
	AUTO_JSON json_t *o = plain(t, v);
	int rc = 0;
	if (!o)
		return NULL;
	if (t->kind == API_ANY) {
		const char *name = api_type_name(t);
		if (strstr(name, "RawExtension") || strstr(name, "FieldsV1") || strstr(name, ".Patch"))
			rc |= set(o, "type", json_string("object"));
	}
	if (t->kind == API_OBJECT && t->n) {
		json_t *props = json_object(), *required = json_array();
		for (size_t i = 0; i < t->n; i++) {
			const char *name;
			bool must;
			const struct api_type *ft = api_type_field_at(t, i, &name, &must);
			const char *words = t == &api_types[API_T_OBJECT_META] ? openapi_meta_words(name) : NULL;
			json_t *fs = field_schema(ft, v, api_type_fields(t)[i].required & FIELD_ALWAYS);
			rc |= set(props, name, words ? openapi_worded(fs, words, v) : fs);
			/* Nobody patches a list of objects, or what a resource can do. */
			if ((streq(name, "items") && str_has_suffix(api_type_name(t), "List")) ||
			    (streq(name, "verbs") && str_has_suffix(api_type_name(t), ".APIResource")))
				(void)json_object_del(json_object_get(props, name), "x-kubernetes-list-type");
			if (must)
				rc |= json_array_append_new(required, json_string(name));
		}
		rc |= set(o, "properties", props);
		if (json_array_size(required))
			rc |= set(o, "required", required);
		else
			json_decref(required);
	}
	if (t == &api_types[API_T_OBJECT_META])
		rc |= set(o, "description", json_string(META_WORDS));
	const char *gvk = api_type_text(t, t->gvk);
	json_t *list = *gvk ? gvk_list(gvk, gvks) : NULL;
	if (list)
		rc |= set(o, "x-kubernetes-group-version-kind", list);
	if (t->kind == API_OBJECT && (t->flags & TYPE_ATOMIC))
		rc |= set(o, "x-kubernetes-map-type", json_string("atomic"));
	rc |= add_type_marks(o, t, v);
	return rc < 0 ? NULL : TAKE_PTR(o);
}

/* Does Swagger 2.0, as kubectl reads it, have to do without this keyword of the schema s? */
static bool not_in_v2(const json_t *s, const char *key)
{
	static const char *const never[] = {"nullable", "oneOf", "anyOf", "allOf", "not", "x-kubernetes-validations"};
	static const char *const shape_keys[] = {"properties", "items", "additionalProperties",
						 "required",   "type",  "format"};
	bool nullable = json_is_true(json_object_get(s, "nullable"));
	bool preserve = json_is_true(json_object_get(s, "x-kubernetes-preserve-unknown-fields"));
	bool int_or_string = json_is_true(json_object_get(s, "x-kubernetes-int-or-string"));
	for (size_t i = 0; i < ARRAY_LEN(never); i++)
		if (streq(key, never[i]))
			return true;
	for (size_t i = 0; i < ARRAY_LEN(shape_keys); i++) /* the first four go where unknown fields may be */
		if (streq(key, shape_keys[i]))
			return nullable || (preserve && i < 4) || (int_or_string && i >= 4);
	return false;
}

/*
 * A CRD's schema in Swagger 2.0 terms: what that cannot say (nullable, oneOf, ...) is left out, and where leaving it
 * out would make kubectl's check too strict, so are the type and the properties.
 */
static json_t *to_v2(const json_t *s, unsigned depth)
{
	const char *key;
	json_t *val;
	if (!json_is_object(s) || depth > 64)
		return s ? json_deep_copy(s) : NULL;
	AUTO_JSON json_t *o = json_object();
	json_object_foreach((json_t *)s, key, val)
	{
		if (not_in_v2(s, key))
			continue;
		json_t *nv;
		if (streq(key, "properties")) {
			const char *name;
			json_t *p;
			nv = json_object();
			json_object_foreach(val, name, p) if (json_object_set_new(nv, name, to_v2(p, depth + 1)) < 0)
			{
				json_decref(nv);
				return NULL;
			}
		} else if (streq(key, "items") || streq(key, "additionalProperties")) {
			nv = to_v2(val, depth + 1);
		} else {
			nv = json_deep_copy(val);
		}
		if (json_object_set_new(o, key, nv) < 0)
			return NULL;
	}
	return TAKE_PTR(o);
}

char *openapi_definition_name(const struct api_resource *res, const char *suffix)
{
	struct buf b AUTO_BUF = {0};
	const char *end = res->group + strlen(res->group);
	while (end > res->group) { /* segments of the group backwards */
		const char *p = end;
		while (p > res->group && p[-1] != '.')
			p--;
		buf_add(&b, p, (size_t)(end - p));
		buf_addc(&b, '.');
		end = p > res->group ? p - 1 : p;
	}
	buf_addf(&b, "%s.%s%s", res->version, res->kind, suffix);
	return buf_take(&b, NULL);
}

static json_t *gvk_of(const struct api_resource *res, const char *kind)
{
	return json_pack("[{ssssss}]", "group", res->group, "kind", kind, "version", res->version);
}

static json_t *described(const char *text)
{
	return json_pack("{ssss}", "description", text, "type", "string");
}

json_t *openapi_crd_definition(const struct api_resource *res, enum openapi_version v)
{
	const json_t *source = api_type_source(res->type);
	/* Where anything may be at the root, Swagger 2.0 may say no more than that: kubectl takes what is listed for all there is. */
	if (v == OPENAPI_V2 && json_is_true(json_object_get(source, "x-kubernetes-preserve-unknown-fields")))
		source = NULL;
	AUTO_JSON json_t *o = !source           ? typed("object", NULL)
			      : v == OPENAPI_V2 ? to_v2(source, 0)
						: json_deep_copy(source);
	if (!o)
		return NULL;
	int rc = 0;
	if (source) {
		if (!json_object_get(o, "properties"))
			rc |= set(o, "properties", json_object());
		json_t *props = json_object_get(o, "properties");
		rc |= set(props, "apiVersion", described("APIVersion defines group and version of the schema this object is written in."));
		rc |= set(props, "kind", described("Kind names the type of this object, in CamelCase."));
		rc |= set(props, "metadata", openapi_worded(openapi_ref(api_type_name(&api_types[API_T_OBJECT_META]), v), META_WORDS, v));
	}
	rc |= set(o, "x-kubernetes-group-version-kind", gvk_of(res, res->kind));
	return rc < 0 ? NULL : TAKE_PTR(o);
}

json_t *openapi_crd_list_definition(const struct api_resource *res, enum openapi_version v)
{
	AUTO_FREE char *name = openapi_definition_name(res, "");
	if (!name)
		return NULL;
	return json_pack("{sss[s]s{s{ss}s{ss}s{ssso}so}so}", "type", "object", "required", "items", "properties",
			 "apiVersion", "type", "string", "kind", "type", "string", "items", "type", "array", "items",
			 openapi_ref(name, v), "metadata", openapi_ref(api_type_name(&api_types[API_T_LIST_META]), v),
			 "x-kubernetes-group-version-kind", gvk_of(res, res->list_kind));
}
