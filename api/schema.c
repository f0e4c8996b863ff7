/* Reading the type tables: one set of accessors over built-in and run-time nodes. */
#include "api/tables_gen.h"

static const struct api_schema *type_schema(const struct api_type *t)
{
	return (const struct api_schema *)((const char *)(t - t->self) - offsetof(struct api_schema, types));
}

const char *api_type_text(const struct api_type *t, uint32_t off)
{
	return (t->flags & TYPE_DYNAMIC ? type_schema(t)->strings : api_type_strings) + off;
}

const struct api_field *api_type_fields(const struct api_type *t)
{
	return (t->flags & TYPE_DYNAMIC ? type_schema(t)->fields : api_fields) + t->first;
}

const struct api_type *api_type_ref(const struct api_type *t, uint32_t index)
{
	if (index & TYPE_BUILTIN_BIT || !(t->flags & TYPE_DYNAMIC))
		return &api_types[index & ~TYPE_BUILTIN_BIT];
	return &type_schema(t)->types[index];
}

const json_t *api_type_source(const struct api_type *t)
{
	return t->flags & TYPE_DYNAMIC ? type_schema(t)->source[t->self] : NULL;
}

const struct api_type *api_type_find(const char *name)
{
	size_t lo = 1, hi = API_N_NAMED_TYPES + 1;
	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;
		int c = strcmp(name, api_type_strings + api_types[mid].name);
		if (c == 0)
			return &api_types[mid];
		if (c < 0)
			hi = mid;
		else
			lo = mid + 1;
	}
	return NULL;
}

enum api_type_kind api_type_kind(const struct api_type *t)
{
	return (enum api_type_kind)t->kind;
}

bool api_type_atomic(const struct api_type *t)
{
	if (t->kind == API_ARRAY)
		return t->list_type == API_LIST_ATOMIC;
	return (t->flags & TYPE_ATOMIC) != 0;
}

bool api_type_preserves_unknown(const struct api_type *t)
{
	return t->kind == API_ANY || (t->flags & TYPE_PRESERVE) != 0;
}

bool api_type_custom(const struct api_type *t)
{
	return (t->flags & TYPE_DYNAMIC) != 0;
}

const char *api_type_name(const struct api_type *t)
{
	return api_type_text(t, t->name);
}

const struct api_type *api_type_elem(const struct api_type *t)
{
	return t->kind == API_ARRAY || t->kind == API_MAP ? api_type_ref(t, t->first) : NULL;
}

long api_type_field_index(const struct api_type *t, const char *name)
{
	if (t->kind != API_OBJECT)
		return -1;
	const struct api_field *f = api_type_fields(t);
	size_t lo = 0, hi = t->n;
	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;
		int c = strcmp(name, api_type_text(t, f[mid].name));
		if (c == 0)
			return (long)mid;
		if (c < 0)
			hi = mid;
		else
			lo = mid + 1;
	}
	return -1;
}

const struct api_type *api_type_field(const struct api_type *t, const char *name)
{
	long i = api_type_field_index(t, name);
	return i < 0 ? NULL : api_type_ref(t, api_type_fields(t)[i].type);
}

bool api_type_field_omitted(const struct api_type *t, const char *name)
{
	long i = t->kind == API_OBJECT ? api_type_field_index(t, name) : -1;
	return i >= 0 && api_type_fields(t)[i].required & FIELD_OMITTED;
}

bool api_type_field_always(const struct api_type *t, const char *name)
{
	long i = t && t->kind == API_OBJECT ? api_type_field_index(t, name) : -1;
	const struct api_field *f = i < 0 ? NULL : api_type_fields(t) + i;

	return f && (f->required & (FIELD_ALWAYS | FIELD_NULL) || (f->required & FIELD_REQUIRED && api_type_kind(api_type_ref(t, f->type)) == API_ARRAY && !(t->flags & TYPE_DYNAMIC)));
}

size_t api_type_field_count(const struct api_type *t)
{
	return t->kind == API_OBJECT ? t->n : 0;
}

const struct api_type *api_type_field_at(const struct api_type *t, size_t i, const char **ret_name, bool *ret_required)
{
	if (i >= api_type_field_count(t))
		return NULL;
	const struct api_field *f = api_type_fields(t) + i;
	if (ret_name)
		*ret_name = api_type_text(t, f->name);
	if (ret_required)
		*ret_required = f->required & FIELD_REQUIRED;
	return api_type_ref(t, f->type);
}

enum api_list_type api_type_list_type(const struct api_type *list)
{
	return (enum api_list_type)list->list_type;
}

size_t api_type_list_keys(const struct api_type *list, const char **ret, size_t cap)
{
	size_t n = 0;
	if (!list->keys)
		return 0;
	for (const char *k = api_type_text(list, list->keys); *k && n < cap; k += strlen(k) + 1)
		ret[n++] = k;
	return n;
}

const char *api_type_merge_key(const struct api_type *list)
{
	return list->merge_key ? api_type_text(list, list->merge_key) : NULL;
}

unsigned api_type_patch_strategy(const struct api_type *field)
{
	return field->patch;
}
