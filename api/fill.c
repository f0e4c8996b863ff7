/*
 * Fields that every object of a type has, because Kubernetes' types have no pointer there (facts/always.txt) or write
 * null (facts/nulls.txt), and those that none keeps: what is never kept (facts/disabled.txt), and lists and maps that
 * stay empty. What is left out when it is empty is gone before, by prune.c.
 */
#include <errno.h>
#include "api/schema.h"
#include "api/tables.h"

/* What is filled in: objects; scalars, too; and null where a field has no empty value. */
enum depth { STRUCTS, SCALARS, NULLS };

static int fill(const struct api_type *t, json_t *obj, enum depth depth);

json_t *api_scalar_blank(enum api_type_kind kind)
{
	switch (kind) {
	case API_STRING:
		return json_string("");
	case API_BOOL:
		return json_false();
	case API_INT32:
	case API_INT64:
		return json_integer(0);
	default:
		return NULL;
	}
}

static json_t *blank(const struct api_type *t, enum depth depth)
{
	json_t *o;

	if (api_type_kind(t) != API_OBJECT)
		return (o = api_scalar_blank(api_type_kind(t))) ? o : json_null();
	o = json_object();
	if (o && fill(t, o, depth)) {
		json_decref(o);
		return NULL;
	}
	return o;
}

static bool has_blank(const struct api_type *t, enum depth depth)
{
	enum api_type_kind k = api_type_kind(t);

	return k == API_OBJECT || depth == NULLS ||
	       (depth && (k == API_STRING || k == API_BOOL || k == API_INT32 || k == API_INT64));
}

static int fill_object(const struct api_type *t, json_t *obj, enum depth depth)
{
	const struct api_field *f = api_type_fields(t);

	for (size_t i = 0; i < t->n; i++) {
		const struct api_type *ft = api_type_ref(t, f[i].type);
		const char *name = api_type_text(t, f[i].name);
		json_t *v = json_object_get(obj, name);

		if (v) {
			if (fill(ft, v, depth))
				return -ENOMEM;
		} else if (depth == NULLS && f[i].required & FIELD_NULL) {
			if (json_object_set_new(obj, name, json_null()))
				return -ENOMEM;
		} else if (f[i].required & FIELD_ALWAYS && has_blank(ft, depth) &&
			   json_object_set_new(obj, name, blank(ft, depth))) {
			return -ENOMEM;
		}
	}
	return 0;
}

static int fill(const struct api_type *t, json_t *obj, enum depth depth)
{
	const char *key;
	json_t *v;
	size_t i;
	void *tmp;

	if (!t || t->flags & TYPE_DYNAMIC)
		return 0;
	switch (api_type_kind(t)) {
	case API_OBJECT:
		return json_is_object(obj) ? fill_object(t, obj, depth) : 0;
	case API_MAP:
		json_object_foreach_safe (obj, tmp, key, v) {
			if (fill(api_type_elem(t), v, depth))
				return -ENOMEM;
		}
		return 0;
	case API_ARRAY:
		json_array_foreach (obj, i, v) {
			if (fill(api_type_elem(t), v, depth))
				return -ENOMEM;
		}
		return 0;
	default:
		return 0;
	}
}

static bool is_hollow(const struct api_type *t, const json_t *v)
{
	return (api_type_kind(t) == API_MAP && json_is_object(v) && !json_object_size(v)) ||
	       (api_type_kind(t) == API_ARRAY && json_is_array(v) && !json_array_size(v));
}

static void drop_unstored(const struct api_type *t, json_t *v)
{
	const char *key;
	json_t *x;
	size_t i;
	void *tmp;

	if (!t || t->flags & TYPE_DYNAMIC)
		return;
	if (api_type_kind(t) == API_OBJECT && json_is_object(v)) {
		const struct api_field *f = api_type_fields(t);

		for (i = 0; i < t->n; i++) {
			const char *name = api_type_text(t, f[i].name);

			x = json_object_get(v, name);
			if (f[i].required & FIELD_DISABLED || json_is_null(x) ||
			    (!(f[i].required & FIELD_REQUIRED) && is_hollow(api_type_ref(t, f[i].type), x)))
				(void)json_object_del(v, name);
			else if (json_is_object(x) || json_is_array(x))
				drop_unstored(api_type_ref(t, f[i].type), x);
		}
	} else if (api_type_kind(t) == API_MAP && json_is_object(v)) {
		json_object_foreach_safe (v, tmp, key, x)
			drop_unstored(api_type_elem(t), x);
	} else if (api_type_kind(t) == API_ARRAY && json_is_array(v)) {
		json_array_foreach (v, i, x)
			drop_unstored(api_type_elem(t), x);
	}
}

void api_drop_unstored(const struct api_type *t, json_t *obj)
{
	drop_unstored(t, obj);
}

int api_fill_always(const struct api_type *t, json_t *obj)
{
	return fill(t, obj, SCALARS);
}

int api_fill_owned(const struct api_type *t, json_t *obj)
{
	return fill(t, obj, NULLS);
}

int api_fill_structs(const struct api_type *t, json_t *obj)
{
	return fill(t, obj, STRUCTS);
}
