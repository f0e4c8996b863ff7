/*
 * Defaults: walks a tree beside its type, applies the rules of facts/defaults.txt (built-in types) or the "default" of
 * the schema (custom resources), and brings quantities and times into their canonical form, as decoding into Go
 * types and encoding them again does.
 */
#include <errno.h>
#include "api/quantity.h"
#include "api/tables_gen.h"
#include "base/json.h"
#include "base/str.h"

static int fill(const struct api_type *t, json_t *v);

/* Whether nothing is as good as an empty value there: in a field without a pointer. Those that are not required are
 * gone (prune.c). */
static bool is_plain(const struct api_type *t, const char *field)
{
	long i = api_type_field_index(t, field);
	return i >= 0 && api_type_fields(t)[i].required & FIELD_REQUIRED;
}

static bool rule_applies(const struct api_type *t, const struct api_default_rule *r, const json_t *obj)
{
	if (r->cond != RULE_ALWAYS) {
		const json_t *c = json_object_get(obj, api_type_strings + r->cond_field);
		bool hit = c && !json_is_null(c);
		if (hit && r->cond_value)
			hit = streq(json_string_value(c), api_type_strings + r->cond_value);
		if (hit != (r->cond == RULE_IF))
			return false;
	}
	if (!r->field)
		return true;
	const json_t *v = json_object_get(obj, api_type_strings + r->field);
	if (!v || json_is_null(v))
		return true;
	if (r->zero && json_is_integer(v) && json_integer_value(v) == 0)
		return true;
	return json_is_string(v) && json_string_length(v) == 0 &&
	       (r->zero || (r->kind == RULE_STRING && is_plain(t, api_type_strings + r->field)));
}

static int apply(const struct api_default_rule *r, json_t *obj)
{
	const char *field = api_type_strings + r->field, *text = api_type_strings + r->text;
	json_t *v = NULL;
	switch (r->kind) {
	case RULE_CODE:
		return api_default_code(r->number, obj, field);
	case RULE_BOOL:
		v = json_boolean(r->number != 0);
		break;
	case RULE_INT:
		v = json_integer(r->number);
		break;
	case RULE_STRING:
		v = json_string(text);
		break;
	case RULE_OBJECT:
		v = json_object();
		break;
	case RULE_JSON:
		v = json_loads(text, JSON_DECODE_ANY, NULL);
		break;
	default:
		return 0;
	}
	return json_object_set_new(obj, field, v) < 0 ? -ENOMEM : 0;
}

/* Replaces a scalar by its canonical form; NULL in *ret when it is fine as it is. */
static int canonical(const struct api_type *t, const json_t *v, json_t **ret)
{
	char text[64];
	*ret = NULL;
	if (t->kind == API_QUANTITY) {
		struct quantity q;
		if (json_is_number(v)) {
			char *s = json_dumps(v, JSON_ENCODE_ANY | JSON_REAL_PRECISION(15));
			if (!s)
				return -ENOMEM;
			int rc = quantity_parse(s, &q);
			free(s);
			if (rc < 0)
				return 0;
		} else if (!json_is_string(v) || quantity_parse(json_string_value(v), &q) < 0) {
			return 0;
		}
		quantity_format(&q, text, sizeof text);
	} else if (t->kind == API_TIME || t->kind == API_MICROTIME) {
		struct timespec ts;
		if (!json_is_string(v) || time_parse(json_string_value(v), &ts) < 0)
			return 0;
		if (t->kind == API_TIME)
			time_format(ts.tv_sec, text);
		else
			time_format_micro(&ts, text);
	} else {
		return 0;
	}
	if (json_is_string(v) && streq(json_string_value(v), text))
		return 0;
	*ret = json_string(text);
	return *ret ? 0 : -ENOMEM;
}

static bool has_schema_default(const struct api_type *ft, const json_t **ret)
{
	*ret = json_object_get(api_type_source(ft), "default");
	return *ret != NULL;
}

static int fill_custom(const struct api_type *t, json_t *obj)
{
	const struct api_field *f = api_type_fields(t);
	for (size_t i = 0; i < t->n; i++) {
		const struct api_type *ft = api_type_ref(t, f[i].type);
		const char *name = api_type_text(t, f[i].name);
		const json_t *dflt, *v = json_object_get(obj, name);
		if (!(ft->flags & TYPE_DYNAMIC) || !has_schema_default(ft, &dflt))
			continue;
		/* null stands for absent where it is no value of the field's own */
		if (v && !(json_is_null(v) && !(ft->flags & TYPE_NULLABLE)))
			continue;
		if (json_object_set_new(obj, name, json_deep_copy(dflt)) < 0)
			return -ENOMEM;
	}
	return 0;
}

static int fill_child(const struct api_type *ct, json_t *v, json_t **replace)
{
	*replace = NULL;
	if (json_is_object(v) || json_is_array(v))
		return fill(ct, v);
	return ct->flags & TYPE_DYNAMIC ? 0 : canonical(ct, v, replace);
}

static int fill_object(const struct api_type *t, json_t *obj)
{
	const char *key;
	json_t *val, *repl;
	int rc = 0;
	for (size_t i = 0; i < t->n_rules && rc == 0; i++) {
		const struct api_default_rule *r = &api_default_rules[t->rules + i];
		if (rule_applies(t, r, obj))
			rc = apply(r, obj);
	}
	if (t->flags & TYPE_DYNAMIC)
		rc = fill_custom(t, obj);
	if (rc < 0)
		return rc;
	json_object_foreach (obj, key, val) {
		const struct api_type *ft = api_type_field(t, key);
		if (!ft)
			continue;
		rc = fill_child(ft, val, &repl);
		if (rc < 0 ||
		    (repl && json_object_set_new(obj, key, repl) < 0)) /* the key exists: iteration stays valid */
			return -ENOMEM;
	}
	return 0;
}

static int fill(const struct api_type *t, json_t *v)
{
	const struct api_type *et = api_type_elem(t);
	const char *key;
	json_t *val, *repl;
	size_t i;
	if (t->kind == API_OBJECT && json_is_object(v))
		return fill_object(t, v);
	if (!et || et->kind == API_STRING || et->kind == API_ANY)
		return 0;
	if (t->kind == API_MAP && json_is_object(v)) {
		json_object_foreach (v, key, val) {
			int rc = fill_child(et, val, &repl);
			if (rc < 0 || (repl && json_object_set_new(v, key, repl) < 0))
				return -ENOMEM;
		}
	} else if (t->kind == API_ARRAY && json_is_array(v)) {
		json_array_foreach (v, i, val) {
			int rc = fill_child(et, val, &repl);
			if (rc < 0 || (repl && json_array_set_new(v, i, repl) < 0))
				return -ENOMEM;
		}
	}
	return 0;
}

int api_default(const struct api_type *t, json_t *obj)
{
	return fill(t, obj);
}
