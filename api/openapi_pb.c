/*
 * Swagger 2.0 as protobuf: messages of gnostic's openapi.v2 package (OpenAPIv2.proto), which kubectl up to 1.26 insists
 * on. Field numbers are that file's.
 */
#include "api/openapi_parts.h"
#include "base/str.h"

static void put_varint(struct buf *b, uint64_t v)
{
	while (v >= 0x80) {
		buf_addc(b, (char)(v | 0x80));
		v >>= 7;
	}
	buf_addc(b, (char)v);
}

static void put_bytes(struct buf *b, unsigned field, const char *s, size_t n)
{
	put_varint(b, (uint64_t)field << 3 | 2);
	put_varint(b, n);
	buf_add(b, s, n);
}

void openapi_pb_str(struct buf *b, unsigned field, const char *s)
{
	put_bytes(b, field, s, strlen(s));
}

void openapi_pb_msg(struct buf *b, unsigned field, const struct buf *inner)
{
	if (inner->failed)
		b->failed = true;
	else
		put_bytes(b, field, inner->len ? inner->data : "", inner->len);
}

static void put_bool(struct buf *b, unsigned field, bool v)
{
	put_varint(b, (uint64_t)field << 3);
	put_varint(b, v);
}

static void put_double(struct buf *b, unsigned field, double v)
{
	put_varint(b, (uint64_t)field << 3 | 1);
	buf_add(b, &v, sizeof v); /* little endian, as all machines minik runs on */
}

/* A value as Any{yaml = 2}: JSON is YAML. */
static void put_any(struct buf *b, unsigned field, const json_t *v)
{
	struct buf text AUTO_BUF = {0}, any AUTO_BUF = {0};
	json_encode_buf(v, &text);
	put_bytes(&any, 2, text.len ? text.data : "", text.len);
	any.failed |= text.failed;
	openapi_pb_msg(b, field, &any);
}

static void put_extension(struct buf *b, unsigned field, const char *name, const json_t *v)
{
	struct buf named AUTO_BUF = {0};
	openapi_pb_str(&named, 1, name);
	put_any(&named, 2, v);
	openapi_pb_msg(b, field, &named);
}

static void put_strings(struct buf *b, unsigned field, const json_t *list)
{
	size_t i;
	json_t *v;
	if (json_is_string(list))
		openapi_pb_str(b, field, json_string_value(list));
	json_array_foreach((json_t *)list, i, v) if (json_is_string(v)) openapi_pb_str(b, field, json_string_value(v));
}

static void schema(struct buf *b, const json_t *s);

static void put_schema(struct buf *b, unsigned field, const json_t *s)
{
	struct buf inner AUTO_BUF = {0};
	schema(&inner, s);
	openapi_pb_msg(b, field, &inner);
}

static void put_named_schema(struct buf *b, unsigned field, const char *name, const json_t *s)
{
	struct buf named AUTO_BUF = {0};
	openapi_pb_str(&named, 1, name);
	put_schema(&named, 2, s);
	openapi_pb_msg(b, field, &named);
}

static void schema_scalar(struct buf *b, const char *key, const json_t *v)
{
	static const struct {
		const char *key;
		unsigned field;
	} fields[] = {{"$ref", 1},
		      {"format", 2},
		      {"title", 3},
		      {"description", 4},
		      {"multipleOf", 6},
		      {"maximum", 7},
		      {"exclusiveMaximum", 8},
		      {"minimum", 9},
		      {"exclusiveMinimum", 10},
		      {"maxLength", 11},
		      {"minLength", 12},
		      {"pattern", 13},
		      {"maxItems", 14},
		      {"minItems", 15},
		      {"uniqueItems", 16},
		      {"maxProperties", 17},
		      {"minProperties", 18}};
	for (size_t i = 0; i < ARRAY_LEN(fields); i++) {
		unsigned f = fields[i].field;
		if (!streq(key, fields[i].key))
			continue;
		if (json_is_string(v))
			openapi_pb_str(b, f, json_string_value(v));
		else if (json_is_boolean(v))
			put_bool(b, f, json_is_true(v));
		else if (json_is_number(v) && (f == 6 || f == 7 || f == 9))
			put_double(b, f, json_number_value(v));
		else if (json_is_integer(v)) {
			put_varint(b, (uint64_t)f << 3);
			put_varint(b, (uint64_t)json_integer_value(v));
		}
	}
}

static void schema(struct buf *b, const json_t *s)
{
	const char *key, *name;
	json_t *v, *p;
	size_t i;
	json_object_foreach((json_t *)s, key, v)
	{
		struct buf inner AUTO_BUF = {0};
		if (str_has_prefix(key, "x-")) {
			put_extension(b, 31, key, v);
		} else if (streq(key, "default")) {
			put_any(b, 5, v);
		} else if (streq(key, "required")) {
			put_strings(b, 19, v);
		} else if (streq(key, "enum")) {
			json_array_foreach(v, i, p) put_any(b, 20, p);
		} else if (streq(key, "additionalProperties")) {
			if (json_is_object(v))
				put_schema(&inner, 1, v);
			else
				put_bool(&inner, 2, json_is_true(v));
			openapi_pb_msg(b, 21, &inner);
		} else if (streq(key, "type")) {
			put_strings(&inner, 1, v);
			openapi_pb_msg(b, 22, &inner);
		} else if (streq(key, "items")) {
			put_schema(&inner, 1, v);
			openapi_pb_msg(b, 23, &inner);
		} else if (streq(key, "allOf")) {
			json_array_foreach(v, i, p) put_schema(b, 24, p);
		} else if (streq(key, "properties")) {
			json_object_foreach(v, name, p) put_named_schema(&inner, 1, name, p);
			openapi_pb_msg(b, 25, &inner);
		} else {
			schema_scalar(b, key, v);
		}
	}
}

void openapi_pb_definition(struct buf *definitions, const char *name, const json_t *s)
{
	put_named_schema(definitions, 1, name, s);
}

/* ParametersItem{parameter{body_parameter | non_body_parameter{query | path}}} */
static void parameter(struct buf *b, unsigned field, const json_t *p)
{
	struct buf sub AUTO_BUF = {0}, oneof AUTO_BUF = {0}, param AUTO_BUF = {0}, item AUTO_BUF = {0};
	const char *in = json_str_or(p, "in", ""), *name = json_str_or(p, "name", "");
	bool required = json_is_true(json_object_get(p, "required"));
	if (streq(in, "body")) {
		openapi_pb_str(&sub, 2, name);
		openapi_pb_str(&sub, 3, in);
		if (required)
			put_bool(&sub, 4, true);
		put_schema(&sub, 5, json_object_get(p, "schema"));
		openapi_pb_msg(&param, 1, &sub);
	} else {
		bool query = streq(in, "query");
		if (required)
			put_bool(&sub, 1, true);
		openapi_pb_str(&sub, 2, in);
		openapi_pb_str(&sub, 4, name);
		openapi_pb_str(&sub, query ? 6 : 5, json_str_or(p, "type", "string"));
		if (json_is_true(json_object_get(p, "uniqueItems")))
			put_bool(&sub, query ? 20 : 19, true);
		openapi_pb_msg(&oneof, query ? 3 : 4, &sub);
		openapi_pb_msg(&param, 2, &oneof);
	}
	openapi_pb_msg(&item, 1, &param);
	openapi_pb_msg(b, field, &item);
}

static void responses(struct buf *b, unsigned field, const json_t *all)
{
	struct buf list AUTO_BUF = {0};
	const char *code;
	json_t *r;
	json_object_foreach((json_t *)all, code, r)
	{
		struct buf resp AUTO_BUF = {0}, value AUTO_BUF = {0}, named AUTO_BUF = {0};
		openapi_pb_str(&resp, 1, json_str_or(r, "description", ""));
		if (json_object_get(r, "schema")) {
			struct buf item AUTO_BUF = {0};
			put_schema(&item, 1, json_object_get(r, "schema"));
			openapi_pb_msg(&resp, 2, &item);
		}
		openapi_pb_msg(&value, 1, &resp);
		openapi_pb_str(&named, 1, code);
		openapi_pb_msg(&named, 2, &value);
		openapi_pb_msg(&list, 1, &named);
	}
	openapi_pb_msg(b, field, &list);
}

static void operation(struct buf *b, unsigned field, const json_t *o)
{
	struct buf op AUTO_BUF = {0};
	const char *key;
	size_t i;
	json_t *v;
	put_strings(&op, 1, json_object_get(o, "tags"));
	openapi_pb_str(&op, 5, json_str_or(o, "operationId", ""));
	put_strings(&op, 6, json_object_get(o, "produces"));
	put_strings(&op, 7, json_object_get(o, "consumes"));
	json_array_foreach(json_object_get(o, "parameters"), i, v) parameter(&op, 8, v);
	responses(&op, 9, json_object_get(o, "responses"));
	put_strings(&op, 10, json_object_get(o, "schemes"));
	json_object_foreach((json_t *)o, key, v) if (str_has_prefix(key, "x-")) put_extension(&op, 13, key, v);
	openapi_pb_msg(b, field, &op);
}

void openapi_pb_path(struct buf *paths, const char *path, const json_t *item)
{
	static const struct {
		const char *method;
		unsigned field;
	} methods[] = {{"get", 2}, {"put", 3}, {"post", 4}, {"delete", 5}, {"options", 6}, {"head", 7}, {"patch", 8}};
	struct buf it AUTO_BUF = {0}, named AUTO_BUF = {0};
	size_t i;
	json_t *v;
	for (i = 0; i < ARRAY_LEN(methods); i++)
		if (json_object_get(item, methods[i].method))
			operation(&it, methods[i].field, json_object_get(item, methods[i].method));
	json_array_foreach(json_object_get(item, "parameters"), i, v) parameter(&it, 9, v);
	openapi_pb_str(&named, 1, path);
	openapi_pb_msg(&named, 2, &it);
	openapi_pb_msg(paths, 2, &named);
}
