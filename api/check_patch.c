/*
 * What is wrong with a strategically patched object, in the words of Kubernetes' converter from trees to Go types,
 * which is not the decoder of JSON; and trees as Go prints them. apimachinery pkg/runtime/converter.go.
 */
#include "api/tables.h"
#include "base/json.h"
#include "base/str.h"

#define DEPTH_MAX 128

static const char *kind_of(const json_t *v)
{
	switch (json_typeof(v)) {
	case JSON_OBJECT:
		return "map";
	case JSON_ARRAY:
		return "slice";
	case JSON_STRING:
		return "string";
	case JSON_INTEGER:
		return "int64";
	case JSON_REAL:
		return "float64";
	default:
		return "bool";
	}
}

/* The Go kind of a scalar; NULL of what reads itself (times, quantities) or is none. */
static const char *scalar_kind(const struct api_type *t)
{
	switch (api_type_kind(t)) {
	case API_STRING:
		return "string";
	case API_BOOL:
		return "bool";
	case API_INT32:
		return "int32";
	case API_INT64:
		return "int64";
	case API_NUMBER:
		return "float64";
	default:
		return NULL;
	}
}

/* named: what the type is called in Go, or "". */
static bool scalar(const char *kind, const json_t *v, const char *named, struct buf *words)
{
	bool number = streq(kind, "int32") || streq(kind, "int64") || streq(kind, "float64"),
	     string = streq(kind, "string");
	double x = json_is_real(v) ? json_real_value(v) : 0;
	bool fits = number
			? json_is_integer(v) || (json_is_real(v) && (streq(kind, "float64") || x == (double)(int64_t)x))
		    : string ? json_is_string(v)
			     : json_is_boolean(v);
	if (fits)
		return true;
	if ((number && json_is_real(v)) || (string && json_is_integer(v)))
		buf_addf(words, "cannot convert %s to %s", kind_of(v), *named ? named : kind);
	else
		buf_addf(words, "unrecognized type: %s", kind);
	return false;
}

static bool bytes(const json_t *v, struct buf *words)
{
	if (json_is_string(v))
		return true;
	for (size_t i = 0; i < json_array_size(v); i++)
		if (!json_is_integer(json_array_get(v, i))) {
			buf_adds(words, "unrecognized type: uint8");
			return false;
		}
	if (!json_is_array(v))
		buf_addf(words, "cannot restore slice from %s", kind_of(v));
	return json_is_array(v);
}

static bool converts(const struct api_type *t, const json_t *v, const char *named, unsigned depth, struct buf *words)
{
	const char *key, *kind = t ? scalar_kind(t) : NULL;
	json_t *x;
	size_t i;
	if (!t || t->flags & TYPE_DYNAMIC || json_is_null(v) || depth > DEPTH_MAX)
		return true;
	if (kind)
		return scalar(kind, v, named, words);
	switch (api_type_kind(t)) {
	case API_OBJECT:
		if (!json_is_object(v)) {
			buf_addf(words, "cannot restore struct from: %s", kind_of(v));
			return false;
		}
		json_object_foreach ((json_t *)(uintptr_t)v, key, x) {
			long at = api_type_field_index(t, key);
			if (at >= 0 && !converts(api_type_field(t, key), x,
						 api_type_text(t, api_type_fields(t)[at].go_type), depth + 1, words))
				return false;
		}
		return true;
	case API_MAP:
		if (!json_is_object(v)) {
			buf_addf(words, "cannot restore map from %s", kind_of(v));
			return false;
		}
		json_object_foreach ((json_t *)(uintptr_t)v, key, x)
			if (!converts(api_type_elem(t), x, "", depth + 1, words))
				return false;
		return true;
	case API_ARRAY:
		if (!json_is_array(v)) {
			buf_addf(words, "cannot restore slice from %s", kind_of(v));
			return false;
		}
		json_array_foreach ((json_t *)(uintptr_t)v, i, x)
			if (!converts(api_type_elem(t), x, str_has_prefix(named, "[]") ? named + 2 : "", depth + 1,
				      words))
				return false;
		return true;
	case API_BYTES:
		return bytes(v, words);
	default:
		return true;
	}
}

bool api_check_converted(const struct api_type *t, const json_t *obj, struct buf *words)
{
	return converts(t, obj, "", 0, words);
}

static int by_text(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

void api_show_go(const json_t *v, struct buf *out)
{
	size_t n = json_object_size(v), i = 0;
	AUTO_FREE const char **keys = calloc(n ? n : 1, sizeof *keys);
	const char *key;
	json_t *x;
	switch (json_typeof(v)) {
	case JSON_OBJECT:
		json_object_foreach ((json_t *)(uintptr_t)v, key, x)
			if (keys)
				keys[i++] = key;
		if (keys)
			qsort(keys, i, sizeof *keys, by_text);
		buf_adds(out, "map[");
		for (n = i, i = 0; i < n; i++) {
			buf_addf(out, "%s%s:", i ? " " : "", keys[i]);
			api_show_go(json_object_get(v, keys[i]), out);
		}
		buf_adds(out, "]");
		return;
	case JSON_ARRAY:
		buf_adds(out, "[");
		json_array_foreach ((json_t *)(uintptr_t)v, i, x) {
			buf_adds(out, i ? " " : "");
			api_show_go(x, out);
		}
		buf_adds(out, "]");
		return;
	case JSON_STRING:
		buf_add(out, json_string_value(v), json_string_length(v));
		return;
	case JSON_NULL:
		buf_adds(out, "<nil>");
		return;
	default:
		json_encode_buf(v, out);
	}
}
