/* Unknown fields: removed and reported, as strict decoding does (sigs.k8s.io/json). */
#include <errno.h>
#include "api/path.h"
#include "api/tables.h"
#include "base/json.h"

static int prune(const struct api_type *t, json_t *v, json_t *unknown, struct buf *path);

static int report(json_t *unknown, const char *key, struct buf *path)
{
	if (!unknown)
		return 0;
	size_t was = path_key(path, key);
	int rc = path->failed || json_array_append_new(unknown, json_string(path_text(path))) < 0 ? -ENOMEM : 0;
	path_pop(path, was);
	return rc;
}

/* What Go leaves out when a field says omitempty. What is of another type is for api_check_types. */
static bool is_empty(const struct api_type *t, const json_t *v)
{
	switch (api_type_kind(t)) {
	case API_MAP:
		return json_is_object(v) && json_object_size(v) == 0;
	case API_ARRAY:
		return json_is_array(v) && json_array_size(v) == 0;
	case API_STRING:
	case API_BYTES:
		return json_is_string(v) && json_string_length(v) == 0;
	case API_INT32:
	case API_INT64:
		return json_is_integer(v) && json_integer_value(v) == 0;
	case API_BOOL:
		return json_is_false(v);
	default:
		return false;
	}
}

/* Of custom resources: null where the schema has it for no value and nothing to put in its place is as if it were not
 * there. */
static bool is_no_value(const struct api_type *t, const json_t *v)
{
	const json_t *schema = json_is_null(v) && t->flags & TYPE_DYNAMIC ? api_type_source(t) : NULL;

	return schema && !(t->flags & TYPE_NULLABLE) && !json_object_get(schema, "default");
}

static int prune_object(const struct api_type *t, json_t *obj, json_t *unknown, struct buf *path)
{
	const char *key;
	json_t *val;
	void *tmp;
	const bool custom = t->flags & TYPE_DYNAMIC;
	json_object_foreach_safe(obj, tmp, key, val)
	{
		const struct api_type *ft = api_type_field(t, key);
		if (!ft) {
			if (t->flags & TYPE_PRESERVE)
				continue;
			int rc = report(unknown, key, path);
			if (rc < 0)
				return rc;
			(void)json_object_del(obj, key);
			continue;
		}
		/* Decoding null into a Go struct leaves the zero value; and some zero values are not written. */
		if (custom ? is_no_value(ft, val)
			   : json_is_null(val) || (is_empty(ft, val) && api_type_field_omitted(t, key))) {
			(void)json_object_del(obj, key);
			continue;
		}
		if (!json_is_object(val) && !json_is_array(val))
			continue;
		size_t was = path_key(path, key);
		int rc = prune(ft, val, unknown, path);
		path_pop(path, was);
		if (rc < 0)
			return rc;
	}
	return 0;
}

static int prune(const struct api_type *t, json_t *v, json_t *unknown, struct buf *path)
{
	if (t->kind == API_OBJECT && json_is_object(v))
		return prune_object(t, v, unknown, path);
	const struct api_type *et = api_type_elem(t);
	int rc = 0;
	if (t->kind == API_MAP && json_is_object(v)) {
		const char *key;
		json_t *val;
		void *tmp;
		json_object_foreach_safe(v, tmp, key, val)
		{
			if (is_no_value(et, val)) {
				(void)json_object_del(v, key);
				continue;
			}
			if (json_is_null(val) && !(t->flags & TYPE_DYNAMIC) && et->kind == API_STRING) {
				if (json_object_set_new(v, key, json_string("")) < 0)
					return -ENOMEM;
				continue;
			}
			size_t was = path_key(path, key);
			rc = prune(et, val, unknown, path);
			path_pop(path, was);
			if (rc < 0)
				return rc;
		}
	} else if (t->kind == API_ARRAY && json_is_array(v)) {
		size_t i;
		json_t *val;
		if (et->kind != API_OBJECT && et->kind != API_MAP && et->kind != API_ARRAY)
			return 0;
		json_array_foreach(v, i, val)
		{
			size_t was = path_index(path, i);
			rc = prune(et, val, unknown, path);
			path_pop(path, was);
			if (rc < 0)
				return rc;
		}
	}
	return rc;
}

int api_prune(const struct api_type *t, json_t *obj, json_t *unknown)
{
	struct buf path AUTO_BUF = {0};
	return prune(t, obj, unknown, &path);
}
