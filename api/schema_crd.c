/*
 * Compiles a CRD's structural schema (apiextensions.k8s.io/v1 openAPIV3Schema) into type nodes. Value constraints
 * (enum, ranges, patterns, defaults) stay in the JSON schema, which every node points to. Source: Kubernetes
 * documentation, "Specifying a structural schema".
 */
#include "api/tables_gen.h"
#include "base/json.h"
#include "base/str.h"

#define CRD_MAX_DEPTH 64
#define CRD_MAX_NODES 200000

struct builder {
	struct api_schema *s;
	size_t cap_types, cap_fields, cap_strings;
	bool failed;
};

struct api_schema *api_schema_free(struct api_schema *s)
{
	if (s) {
		free(s->fields);
		free(s->strings);
		free(s->source);
		free(s);
	}
	return NULL;
}
DEFINE_CLEANUP(struct api_schema *, api_schema_free, schema_free_p)

static uint32_t add_text(struct builder *b, const char *s)
{
	size_t n = strlen(s) + 1;
	if (b->s->n_strings + n > b->cap_strings) {
		size_t cap = (b->cap_strings + n) * 2;
		char *p = realloc(b->s->strings, cap);
		if (!p) {
			b->failed = true;
			return 0;
		}
		b->s->strings = p;
		b->cap_strings = cap;
	}
	memcpy(b->s->strings + b->s->n_strings, s, n);
	b->s->n_strings += n;
	return (uint32_t)(b->s->n_strings - n);
}

static uint32_t add_node(struct builder *b, const json_t *source)
{
	struct api_schema *s = b->s;
	if (s->n_types == b->cap_types) {
		size_t cap = b->cap_types * 2;
		struct api_schema *p = realloc(s, sizeof *p + cap * sizeof p->types[0]);
		if (!p) {
			b->failed = true;
			return 0;
		}
		b->s = s = p;
		const json_t **src = realloc(s->source, cap * sizeof *src);
		if (!src) {
			b->failed = true;
			return 0;
		}
		s->source = src;
		b->cap_types = cap;
	}
	uint32_t i = (uint32_t)s->n_types++;
	s->types[i] = (struct api_type){.kind = API_ANY, .flags = TYPE_DYNAMIC, .self = i};
	s->source[i] = source;
	return i;
}

/* Room for n consecutive fields; they are filled in later because nested objects add their own meanwhile. */
static uint32_t add_fields(struct builder *b, size_t n)
{
	if (b->s->n_fields + n > b->cap_fields) {
		size_t cap = (b->cap_fields + n) * 2;
		struct api_field *p = realloc(b->s->fields, cap * sizeof *p);
		if (!p) {
			b->failed = true;
			return 0;
		}
		b->s->fields = p;
		b->cap_fields = cap;
	}
	uint32_t first = (uint32_t)b->s->n_fields;
	memset(b->s->fields + first, 0, n * sizeof *b->s->fields);
	b->s->n_fields += n;
	return first;
}

static bool flag(const json_t *schema, const char *name)
{
	return json_is_true(json_object_get(schema, name));
}

static int cmp_name(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static bool is_required(const json_t *schema, const char *name)
{
	size_t i;
	json_t *v;
	json_array_foreach(json_object_get(schema, "required"), i,
			   v) if (streq(json_string_value(v), name)) return true;
	return false;
}

static uint32_t scalar(struct builder *b, enum api_type_kind kind)
{
	uint32_t i = add_node(b, NULL);
	if (!b->failed)
		b->s->types[i].kind = (uint8_t)kind;
	return i;
}

static uint32_t compile(struct builder *b, const json_t *schema, unsigned depth, bool root);

static void compile_object(struct builder *b, uint32_t at, const json_t *schema, unsigned depth, bool resource)
{
	const json_t *props = json_object_get(schema, "properties");
	size_t cap = json_object_size(props) + 3, n = 0;
	AUTO_FREE const char **names = calloc(cap, sizeof *names);
	if (!names) {
		b->failed = true;
		return;
	}
	const char *key;
	json_t *val;
	json_object_foreach((json_t *)props, key, val) names[n++] = key;
	if (resource) {
		static const char *const meta[] = {"apiVersion", "kind", "metadata"};
		for (size_t i = 0; i < ARRAY_LEN(meta); i++)
			if (!json_object_get(props, meta[i]))
				names[n++] = meta[i];
	}
	qsort(names, n, sizeof *names, cmp_name);
	uint32_t first = add_fields(b, n);
	for (size_t i = 0; i < n && !b->failed; i++) {
		const json_t *p = json_object_get(props, names[i]);
		uint32_t type;
		if (resource && streq(names[i], "metadata"))
			type = API_T_OBJECT_META | TYPE_BUILTIN_BIT;
		else if (resource && (streq(names[i], "apiVersion") || streq(names[i], "kind")))
			type = scalar(b, API_STRING);
		else
			type = compile(b, p, depth + 1, false);
		uint32_t text = add_text(b, names[i]);
		if (b->failed)
			return;
		b->s->fields[first + i] =
		    (struct api_field){.name = text, .type = type, .required = is_required(schema, names[i])};
	}
	b->s->types[at].kind = API_OBJECT;
	b->s->types[at].first = first;
	b->s->types[at].n = (uint32_t)n;
}

static void compile_list(struct builder *b, uint32_t at, const json_t *schema, unsigned depth)
{
	uint32_t elem = compile(b, json_object_get(schema, "items"), depth + 1, false), keys = 0;
	const char *lt = json_string_value(json_object_get(schema, "x-kubernetes-list-type"));
	const json_t *list_keys = json_object_get(schema, "x-kubernetes-list-map-keys");
	size_t i;
	json_t *v;
	json_array_foreach((json_t *)list_keys, i, v)
	{
		uint32_t k = add_text(b, json_string_value(v) ? json_string_value(v) : "");
		if (i == 0)
			keys = k;
	}
	if (keys)
		(void)add_text(b, "");
	if (b->failed)
		return;
	struct api_type *t = &b->s->types[at];
	t->kind = API_ARRAY;
	t->first = elem;
	t->keys = keys;
	t->list_type = streq(lt, "map") ? API_LIST_MAP : streq(lt, "set") ? API_LIST_SET : API_LIST_ATOMIC;
}

static uint32_t compile(struct builder *b, const json_t *schema, unsigned depth, bool root)
{
	uint32_t at = add_node(b, schema);
	if (b->failed)
		return 0;
	if (depth > CRD_MAX_DEPTH || b->s->n_types > CRD_MAX_NODES) {
		b->failed = true;
		return 0;
	}
	const char *type = json_string_value(json_object_get(schema, "type"));
	uint8_t flags = TYPE_DYNAMIC;
	bool preserve = flag(schema, "x-kubernetes-preserve-unknown-fields"),
	     embedded = flag(schema, "x-kubernetes-embedded-resource");
	if (preserve)
		flags |= TYPE_PRESERVE;
	if (flag(schema, "nullable"))
		flags |= TYPE_NULLABLE;
	if (embedded)
		flags |= TYPE_EMBEDDED;
	if (streq(json_string_value(json_object_get(schema, "x-kubernetes-map-type")), "atomic"))
		flags |= TYPE_ATOMIC;
	const json_t *more = json_object_get(schema, "additionalProperties");

	if (root || streq(type, "object")) {
		if (!root && (json_is_object(more) || json_is_true(more))) {
			uint32_t elem = compile(b, json_is_object(more) ? more : NULL, depth + 1, false);
			if (b->failed)
				return 0;
			b->s->types[at].kind = API_MAP;
			b->s->types[at].first = elem;
		} else {
			compile_object(b, at, schema, depth, root || embedded);
		}
	} else if (streq(type, "array")) {
		compile_list(b, at, schema, depth);
	} else if (flag(schema, "x-kubernetes-int-or-string")) {
		b->s->types[at].kind = API_INT_OR_STRING;
	} else if (streq(type, "string")) {
		b->s->types[at].kind = API_STRING;
	} else if (streq(type, "integer")) {
		b->s->types[at].kind = API_INT64;
	} else if (streq(type, "number")) {
		b->s->types[at].kind = API_NUMBER;
	} else if (streq(type, "boolean")) {
		b->s->types[at].kind = API_BOOL;
	}
	if (b->failed)
		return 0;
	b->s->types[at].flags = flags;
	return at;
}

int api_schema_new(struct api_schema **ret, const json_t *schema, struct err *e)
{
	struct builder b = {.cap_types = 16};
	CLEANUP(schema_free_p) struct api_schema *s = b.s = calloc(1, sizeof *s + b.cap_types * sizeof s->types[0]);
	if (!s)
		return err_nomem(e);
	s->source = calloc(b.cap_types, sizeof *s->source);
	(void)add_text(&b, "");
	if (s->source && !b.failed)
		(void)compile(&b, schema, 0, true);
	s = b.s;
	if (!s->source)
		return err_nomem(e);
	if (b.failed)
		return s->n_types > CRD_MAX_NODES
			   ? err_set(e, ERR_INVALID, "schema has more than %d nodes", CRD_MAX_NODES)
			   : err_set(e, ERR_INVALID, "schema is nested too deeply or memory ran out");
	if (!schema)
		s->types[0].flags |= TYPE_PRESERVE;
	*ret = TAKE_PTR(s);
	return 0;
}
