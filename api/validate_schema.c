/*
 * Schema-level validation. Custom resources: the value constraints of their JSON schema, worded as the API server of
 * Kubernetes does (kube-openapi validation). Built-in types: fields marked required are there.
 */
#include <math.h>
#include "api/path.h"
#include "api/regex.h"
#include "api/tables_gen.h"
#include "api/validate.h"
#include "base/json.h"
#include "base/str.h"

#define MAX_DEPTH 128

struct sv {
	struct buf path;
	size_t skip; /* of the path is not in the value */
	struct api_causes *c;
};

static const char *type_name(const json_t *v)
{
	switch (json_typeof(v)) {
	case JSON_OBJECT:
		return "object";
	case JSON_ARRAY:
		return "array";
	case JSON_STRING:
		return "string";
	case JSON_INTEGER:
		return "integer";
	case JSON_REAL:
		return "number";
	case JSON_NULL:
		return "null";
	default:
		return "boolean";
	}
}

/* The path as messages have it. */
static const char *shown(const struct sv *s)
{
	const char *p = path_text(&s->path) + s->skip;
	return s->skip && *p == '.' ? p + 1 : p;
}

static void invalid(struct sv *s, const json_t *v, const char *fmt, ...) __attribute__((format(printf, 3, 4)));
static void invalid(struct sv *s, const json_t *v, const char *fmt, ...)
{
	struct buf b AUTO_BUF = {0};
	va_list ap;
	buf_addf(&b, "%s in body ", shown(s));
	va_start(ap, fmt);
	buf_addv(&b, fmt, ap);
	va_end(ap);
	api_invalid(s->c, path_text(&s->path), v, b.len ? b.data : "");
}

static bool has_type(const json_t *v, const char *type)
{
	if (streq(type, "integer"))
		return json_is_integer(v) || (json_is_real(v) && floor(json_real_value(v)) == json_real_value(v));
	if (streq(type, "number"))
		return json_is_number(v);
	return streq(type, type_name(v));
}

/* Characters, not bytes. */
static size_t utf8_len(const char *s)
{
	size_t n = 0;
	for (; *s; s++)
		n += ((unsigned char)*s & 0xc0) != 0x80;
	return n;
}

static bool limit(const json_t *schema, const char *key, json_int_t *ret)
{
	const json_t *v = json_object_get(schema, key);
	if (!json_is_integer(v))
		return false;
	*ret = json_integer_value(v);
	return true;
}

/* Whether there is a limit. One for whole numbers is one itself, which is told once it is used. */
static bool whole_limit(struct sv *s, const json_t *schema, const json_t *x, const char *what)
{
	const char *format = json_string_value(json_object_get(schema, "format"));
	double n = json_number_value(x);
	if (!json_is_number(x))
		return false;
	if (streq(json_string_value(json_object_get(schema, "type")), "integer") && floor(n) != n)
		api_cause_add(s->c, "FieldValueInvalid", path_text(&s->path),
			      format ? "Invalid value: \"\": %s value must be of type integer with format %s in %s"
				     : "Invalid value: \"\": %s value must be of type integer (%s) in %s",
			      what, format ? format : "default format", shown(s));
	return true;
}

static void check_number(struct sv *s, const json_t *schema, const json_t *v)
{
	const json_t *min = json_object_get(schema, "minimum"), *max = json_object_get(schema, "maximum"),
		     *of = json_object_get(schema, "multipleOf");
	double x = json_number_value(v);
	if (whole_limit(s, schema, of, "MultipleOf") && json_number_value(of) > 0 && fabs(remainder(x, json_number_value(of))) > 1e-9)
		invalid(s, v, "should be a multiple of %.15g", json_number_value(of));
	if (whole_limit(s, schema, max, "Maximum boundary")) {
		double m = json_number_value(max);
		bool excl = json_is_true(json_object_get(schema, "exclusiveMaximum"));
		if (excl ? x >= m : x > m)
			invalid(s, v, excl ? "should be less than %.15g" : "should be less than or equal to %.15g", m);
	}
	if (whole_limit(s, schema, min, "Minimum boundary")) {
		double m = json_number_value(min);
		bool excl = json_is_true(json_object_get(schema, "exclusiveMinimum"));
		if (excl ? x <= m : x < m)
			invalid(s, v,
				excl ? "should be greater than %.15g" : "should be greater than or equal to %.15g", m);
	}
	const char *format = json_string_value(json_object_get(schema, "format"));
	if (json_is_integer(v) && streq(format, "int32") &&
	    (json_integer_value(v) > INT32_MAX || json_integer_value(v) < INT32_MIN))
		invalid(s, v, "must be of type int32: \"%lld\"", (long long)json_integer_value(v));
}

static bool format_ok(const char *format, const char *str)
{
	struct timespec ts;
	if (streq(format, "date-time"))
		return time_parse(str, &ts) == 0;
	if (streq(format, "byte")) {
		AUTO_FREE void *raw = NULL;
		size_t n;
		return b64_decode(str, strlen(str), false, &raw, &n) == 0;
	}
	if (streq(format, "date")) {
		size_t n = strlen(str);
		return n == 10 && strspn(str, "0123456789-") == 10 && str[4] == '-' && str[7] == '-';
	}
	return true; /* Kubernetes ignores unknown formats too */
}

static void check_string(struct sv *s, const json_t *schema, const json_t *v)
{
	const char *str = json_string_value(v), *pattern = json_string_value(json_object_get(schema, "pattern")),
		   *format = json_string_value(json_object_get(schema, "format"));
	json_int_t m;
	if (limit(schema, "maxLength", &m) && (json_int_t)utf8_len(str) > m)
		api_cause_add(s->c, "FieldValueTooLong", path_text(&s->path),
			      "Too long: may not be more than %lld bytes", (long long)m);
	if (limit(schema, "minLength", &m) && (json_int_t)utf8_len(str) < m)
		invalid(s, v, "should be at least %lld chars long", (long long)m);
	if (pattern) {
		struct regex *re = NULL;
		struct err e = {0};
		if (regex_new(&re, pattern, &e) < 0)
			invalid(s, v, "has a pattern, \"%s\", that cannot be used: %s", pattern, e.msg);
		else if (!regex_match(re, str, json_string_length(v)))
			invalid(s, v, "should match '%s'", pattern);
		(void)regex_free(re);
	}
	if (format && !format_ok(format, str))
		invalid(s, v, "must be of type %s: \"%s\"", format, str);
}

static void check_enum(struct sv *s, const json_t *schema, const json_t *v)
{
	const json_t *list = json_object_get(schema, "enum");
	struct buf b AUTO_BUF = {0};
	size_t i;
	json_t *x;
	if (json_array_size(list) == 0)
		return;
	json_array_foreach ((json_t *)list, i, x)
		if (json_equal(x, v) ||
		    (json_is_number(x) && json_is_number(v) && json_number_value(x) == json_number_value(v)))
			return;
	buf_adds(&b, "Unsupported value: ");
	json_encode_buf(v, &b);
	buf_adds(&b, ": supported values: ");
	json_array_foreach ((json_t *)list, i, x) {
		buf_adds(&b, i ? ", " : "");
		json_encode_buf(x, &b);
	}
	api_cause_add(s->c, "FieldValueNotSupported", path_text(&s->path), "%s", b.len ? b.data : "");
}

static void check_value(struct sv *s, const json_t *schema, const json_t *v, unsigned depth);

static void check_object(struct sv *s, const json_t *schema, const json_t *v, unsigned depth)
{
	const json_t *props = json_object_get(schema, "properties"),
		     *more = json_object_get(schema, "additionalProperties");
	const char *key;
	json_t *x;
	size_t i;
	json_int_t m, n = (json_int_t)json_object_size(v);
	json_array_foreach (json_object_get(schema, "required"), i, x) {
		if (!json_is_string(x) || json_object_get(v, json_string_value(x)))
			continue;
		size_t was = path_key(&s->path, json_string_value(x));
		api_required(s->c, path_text(&s->path), "");
		path_pop(&s->path, was);
	}
	if (limit(schema, "maxProperties", &m) && n > m)
		api_cause_add(s->c, "FieldValueTooMany", path_text(&s->path),
			      "Too many: %lld: must have at most %lld items", (long long)n, (long long)m);
	if (limit(schema, "minProperties", &m) && n < m)
		invalid(s, v, "should have at least %lld properties", (long long)m);
	json_object_foreach ((json_t *)v, key, x) {
		const json_t *ps = json_object_get(props, key);
		if (!ps && json_is_object(more))
			ps = more;
		if (!ps)
			continue;
		size_t was = path_key(&s->path, key);
		check_value(s, ps, x, depth + 1);
		path_pop(&s->path, was);
	}
}

/* The fields that make items of a set or map list the same, as a value to compare. New. */
static json_t *item_key(const json_t *schema, const json_t *item)
{
	const json_t *keys = json_object_get(schema, "x-kubernetes-list-map-keys");
	json_t *key = json_object(), *k;
	size_t i;
	json_array_foreach ((json_t *)keys, i, k) {
		const char *name = json_string_value(k);
		json_t *v = name ? json_object_get(item, name) : NULL;
		if (v)
			(void)json_object_set(key, name, v);
	}
	return key;
}

static void check_unique(struct sv *s, const json_t *schema, const json_t *list, bool map)
{
	AUTO_JSON json_t *seen = json_object(); /* by text: linear in the list */
	size_t i;
	json_t *x;
	json_array_foreach ((json_t *)list, i, x) {
		AUTO_JSON json_t *key = map ? item_key(schema, x) : json_incref(x);
		char *text = json_dumps(key, JSON_SORT_KEYS | JSON_COMPACT | JSON_ENCODE_ANY);
		if (!text) {
			s->c->oom = true;
			return;
		}
		if (json_object_get(seen, text)) {
			size_t was = path_index(&s->path, i);
			api_duplicate(s->c, path_text(&s->path), key);
			path_pop(&s->path, was);
		} else {
			(void)json_object_set_new_nocheck(seen, text, json_true());
		}
		free(text);
	}
}

static void check_array(struct sv *s, const json_t *schema, const json_t *v, unsigned depth)
{
	const json_t *items = json_object_get(schema, "items");
	const char *lt = json_string_value(json_object_get(schema, "x-kubernetes-list-type"));
	json_int_t m, n = (json_int_t)json_array_size(v);
	size_t i;
	json_t *x;
	if (limit(schema, "maxItems", &m) && n > m)
		api_cause_add(s->c, "FieldValueTooMany", path_text(&s->path),
			      "Too many: %lld: must have at most %lld items", (long long)n, (long long)m);
	if (limit(schema, "minItems", &m) && n < m)
		invalid(s, v, "should have at least %lld items", (long long)m);
	json_array_foreach ((json_t *)v, i, x) {
		if (!json_is_object(items))
			break;
		size_t was = path_index(&s->path, i);
		check_value(s, items, x, depth + 1);
		path_pop(&s->path, was);
	}
	if (streq(lt, "map") || streq(lt, "set"))
		check_unique(s, schema, v, streq(lt, "map"));
}

static bool matches(const json_t *schema, const json_t *v, unsigned depth)
{
	struct api_causes c AUTO_CAUSES = {0};
	struct sv s = {.c = &c};
	check_value(&s, schema, v, depth + 1);
	buf_done(&s.path);
	return c.n == 0;
}

static void check_combined(struct sv *s, const json_t *schema, const json_t *v, unsigned depth)
{
	const json_t *any = json_object_get(schema, "anyOf"), *one = json_object_get(schema, "oneOf"),
		     *no = json_object_get(schema, "not");
	const char *where = path_text(&s->path);
	size_t i, hits = 0;
	json_t *x;
	json_array_foreach (json_object_get(schema, "allOf"), i, x)
		check_value(s, x, v, depth + 1);
	if (json_array_size(any)) {
		json_array_foreach ((json_t *)any, i, x)
			hits += matches(x, v, depth);
		if (!hits)
			api_cause_add(s->c, "FieldValueInvalid", where,
				      "Invalid value: \"\": \"%s\" must validate at least one schema (anyOf)", where);
	}
	if (json_array_size(one)) {
		hits = 0;
		json_array_foreach ((json_t *)one, i, x)
			hits += matches(x, v, depth);
		if (hits != 1)
			api_cause_add(s->c, "FieldValueInvalid", where,
				      "Invalid value: \"\": \"%s\" must validate one and only one schema (oneOf)%s",
				      where, hits ? "" : ". Found none valid");
	}
	if (json_is_object(no) && matches(no, v, depth))
		api_cause_add(s->c, "FieldValueInvalid", where,
			      "Invalid value: \"\": \"%s\" must not validate the schema (not)", where);
}

static void check_value(struct sv *s, const json_t *schema, const json_t *v, unsigned depth)
{
	const char *type = json_string_value(json_object_get(schema, "type"));
	if (depth > MAX_DEPTH || s->path.failed) {
		s->c->oom |= s->path.failed;
		return;
	}
	if (json_is_null(v) && json_is_true(json_object_get(schema, "nullable")))
		return;
	if (json_is_true(json_object_get(schema, "x-kubernetes-int-or-string"))) {
		if (!json_is_string(v) && !json_is_integer(v)) {
			api_cause_add(s->c, "FieldValueTypeInvalid", path_text(&s->path),
				      "Invalid value: \"%s\": %s in body must be of type integer,string: \"%s\"",
				      type_name(v), shown(s), type_name(v));
			return;
		}
	} else if (type && !has_type(v, type)) {
		const char *format = json_string_value(json_object_get(schema, "format"));
		if (format && *format && !json_is_string(v) && !json_is_array(v)) { /* formats are compared, then */
			const char *have = json_is_integer(v) ? "int64" : json_is_real(v) ? "double" : "";
			api_cause_add(s->c, "FieldValueTypeInvalid", path_text(&s->path),
				      "Invalid value: \"%s\": %s%sin body must be of type %s: \"%s\"", have, shown(s),
				      s->path.len ? " " : "", format, have);
			check_enum(s, schema, v);
			return;
		}
		api_cause_add(s->c, "FieldValueTypeInvalid", path_text(&s->path),
			      "Invalid value: \"%s\": %s%sin body must be of type %s: \"%s\"", type_name(v),
			      shown(s), s->path.len ? " " : "", type, type_name(v));
		check_enum(s, schema, v);
		return;
	}
	check_enum(s, schema, v);
	if (json_is_string(v))
		check_string(s, schema, v);
	else if (json_is_number(v))
		check_number(s, schema, v);
	else if (json_is_object(v))
		check_object(s, schema, v, depth);
	else if (json_is_array(v))
		check_array(s, schema, v, depth);
	check_combined(s, schema, v, depth);
}

/* Whether a kind's own validation has found something there: it knows more. */
static bool is_told(const struct api_causes *c, const char *field)
{
	for (size_t i = 0; i < c->n; i++)
		if (streq(c->v[i].field, field))
			return true;
	return false;
}

/* Strings and objects that Go types demand; numbers and lists are zero when absent, which their validators judge. */
static void check_required(struct sv *s, const struct api_type *t, const json_t *v)
{
	const char *key;
	json_t *x;
	size_t i;
	if (t->kind == API_OBJECT && json_is_object(v)) {
		const struct api_field *fields = api_type_fields(t);
		for (size_t f = 0; f < t->n; f++) {
			if (!(fields[f].required & FIELD_REQUIRED))
				continue;
			const struct api_type *ft = api_type_field_at(t, f, &key, NULL);
			const json_t *have = json_object_get(v, key);
			if (streq(key, "selector") && streq(api_type_name(t), "io.k8s.api.apps.v1.DaemonSetSpec"))
				continue; /* documented as required, and asked for by nobody */
			if ((!have || json_is_null(have)) && (ft->kind == API_STRING || ft->kind == API_OBJECT)) {
				size_t was = path_key(&s->path, key);
				if (!is_told(s->c, path_text(&s->path)))
					api_required(s->c, path_text(&s->path), "");
				path_pop(&s->path, was);
			}
		}
		json_object_foreach ((json_t *)v, key, x) {
			const struct api_type *ft, *et;
			if ((!json_is_object(x) && !json_is_array(x)) ||
			    (s->path.len == 0 && (streq(key, "status") || streq(key, "metadata"))) ||
			    !(ft = api_type_field(t, key)))
				continue;
			et = api_type_elem(ft);
			if (et && et->kind != API_OBJECT && et->kind != API_MAP && et->kind != API_ARRAY)
				continue; /* lists and maps of scalars */
			size_t was = path_key(&s->path, key);
			check_required(s, ft, x);
			path_pop(&s->path, was);
		}
	} else if (t->kind == API_ARRAY && json_is_array(v)) {
		json_array_foreach ((json_t *)v, i, x) {
			size_t was = path_index(&s->path, i);
			check_required(s, api_type_elem(t), x);
			path_pop(&s->path, was);
		}
	} else if (t->kind == API_MAP && json_is_object(v) && api_type_elem(t)->kind == API_OBJECT) {
		json_object_foreach ((json_t *)v, key, x) {
			size_t was = path_map_key(&s->path, key);
			check_required(s, api_type_elem(t), x);
			path_pop(&s->path, was);
		}
	}
}

void validate_default(struct validation *v, const json_t *schema, const json_t *x)
{
	struct sv s = {.c = v->c};
	buf_adds(&s.path, path_text(&v->path));
	s.skip = s.path.len;
	check_value(&s, schema, x, 0);
	v->c->oom |= s.path.failed;
	buf_done(&s.path);
}

void api_validate_schema(const struct api_type *t, const json_t *obj, struct api_causes *c)
{
	struct sv s = {.c = c};
	const json_t *schema = api_type_source(t);
	if (schema)
		check_value(&s, schema, obj, 0);
	else if (!(t->flags & TYPE_DYNAMIC))
		check_required(&s, t, obj);
	c->oom |= s.path.failed;
	buf_done(&s.path);
}
