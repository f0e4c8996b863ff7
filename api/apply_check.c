/*
 * Does a configuration that is applied fit its type? Words and paths of sigs.k8s.io/structured-merge-diff (typed
 * validation): a field that the schema does not have, a value of another kind, an element of a keyed list without its
 * keys or there twice.
 */
#include <errno.h>
#include "api/apply_check.h"
#include "api/field_set.h"
#include "api/path.h"
#include "api/tables.h"
#include "base/json.h"
#include "base/str.h"

#define MAX_FINDINGS 50

struct check {
	struct buf path;
	json_t *out; /* texts */
};

static int add(struct check *c, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
static int add(struct check *c, const char *fmt, ...)
{
	AUTO_BUF struct buf b = {0};
	va_list ap;

	if (json_array_size(c->out) >= MAX_FINDINGS)
		return 0;
	if (c->path.len)
		buf_addf(&b, "%s: ", path_text(&c->path));
	va_start(ap, fmt);
	buf_addv(&b, fmt, ap);
	va_end(ap);
	return buf_failed(&b) || json_array_append_new(c->out, json_string(b.data)) < 0 ? -ENOMEM : 0;
}

/* A value as Go prints it, cut. */
static void go_value(const json_t *v, char *out, size_t cap)
{
	AUTO_BUF struct buf b = {0};

	if (json_is_string(v))
		buf_adds(&b, json_string_value(v));
	else
		json_encode_buf(v, &b);
	(void)str_copy(out, cap, "");
	if (!buf_failed(&b) && b.data)
		(void)snprintf(out, cap, "%.60s%s", b.data, b.len > 60 ? "..." : "");
}

static int expected(struct check *c, const char *what, const json_t *v)
{
	char text[80];

	go_value(v, text, sizeof(text));
	if (streq(what, "string"))
		return add(c, "expected string, got &value.valueUnstructured{Value:%s}", text);
	if (streq(what, "numeric (int or float)"))
		return add(c, "expected numeric (int or float), got %s",
			   json_is_string(v)    ? "string"
			   : json_is_boolean(v) ? "bool"
			   : json_is_array(v)   ? "[]interface {}"
						: "map[string]interface {}");
	return add(c, "expected %s, got &{%s}", what, text);
}

static int check(struct check *c, const struct api_type *t, const json_t *v);

static int check_members(struct check *c, const struct api_type *t, const json_t *v)
{
	const char *key;
	json_t *m;
	int r;

	json_object_foreach((json_t *)v, key, m)
	{
		const struct api_type *mt = t->kind == API_MAP ? api_type_elem(t) : api_type_field(t, key);
		size_t was = c->path.len;

		if (!mt && api_type_preserves_unknown(t))
			continue;
		buf_addf(&c->path, ".%s", key);
		r = mt ? check(c, mt, m) : add(c, "field not declared in schema");
		path_pop(&c->path, was);
		if (r < 0)
			return r;
	}
	return 0;
}

/* k:{"name":"a"} as [name="a"], v:"a" as [="a"] */
static void element_text(struct buf *b, const char *pe)
{
	AUTO_JSON json_t *keys = NULL;
	const char *key;
	json_t *v;
	bool first = true;

	buf_addc(b, '[');
	if (pe[0] == 'v')
		buf_addf(b, "=%s", pe + 2);
	else if (json_parse(pe + 2, strlen(pe + 2), &keys, NULL) == 0) {
		json_object_foreach(keys, key, v)
		{
			buf_addf(b, "%s%s=", first ? "" : ",", key);
			json_encode_buf(v, b);
			first = false;
		}
	}
	buf_addc(b, ']');
}

static int check_elements(struct check *c, const struct api_type *t, const json_t *v)
{
	AUTO_JSON json_t *seen = json_object();
	json_t *m;
	size_t i;
	int r = 0;

	if (!seen)
		return -ENOMEM;
	json_array_foreach(v, i, m)
	{
		AUTO_BUF struct buf name = {0};
		size_t was = c->path.len;

		if (api_type_list_type(t) == API_LIST_ATOMIC) {
			buf_addf(&name, "[%zu]", i);
		} else {
			AUTO_FREE char *pe = field_element(t, m, i);
			if (!pe)
				return -ENOMEM;
			/* What cannot be told from its neighbours ends the list: nothing in it has a path. */
			if (pe[0] == 'i')
				return add(c,
					   "element %zu: associative list with keys has an element that omits all key "
					   "fields (and doesn't have default values for any key fields)",
					   i);
			element_text(&name, pe);
			if (json_object_get(seen, pe) &&
			    (r = add(c, "duplicate entries for key %s", name.data ? name.data : "")) < 0)
				return r;
			if (json_object_set_new(seen, pe, json_true()) < 0)
				return -ENOMEM;
		}
		buf_adds(&c->path, name.data ? name.data : "");
		r = check(c, api_type_elem(t), m);
		path_pop(&c->path, was);
		if (r < 0)
			return r;
	}
	return 0;
}

static int check(struct check *c, const struct api_type *t, const json_t *v)
{
	if (!t || json_is_null(v))
		return 0;
	switch ((enum api_type_kind)t->kind) {
	case API_OBJECT:
	case API_MAP:
		return json_is_object(v) ? check_members(c, t, v) : expected(c, "map", v);
	case API_ARRAY:
		return json_is_array(v) ? check_elements(c, t, v) : expected(c, "list", v);
	case API_STRING:
	case API_TIME:
	case API_MICROTIME:
	case API_BYTES:
		return json_is_string(v) ? 0 : expected(c, "string", v);
	case API_BOOL:
		return json_is_boolean(v) ? 0 : expected(c, "boolean", v);
	case API_INT32:
	case API_INT64:
	case API_NUMBER:
		return json_is_number(v) ? 0 : expected(c, "numeric (int or float)", v);
	case API_INT_OR_STRING:
	case API_QUANTITY:
		return json_is_object(v) || json_is_array(v) ? expected(c, "any scalar", v) : 0;
	case API_ANY:
		break;
	}
	return 0;
}

int api_apply_check(const char *gv, const char *kind, const struct api_type *t, const json_t *config, struct buf *out)
{
	struct check c = {.out = json_array()};
	json_t *texts = c.out, *v;
	size_t i;
	int r = texts ? check(&c, t, config) : -ENOMEM;

	if (r == 0 && (c.path.failed || json_array_size(texts))) {
		const json_t *meta = json_object_get(config, "metadata");

		buf_addf(out, "failed to create typed patch object (%s/%s; %s%s, Kind=%s): %s",
			 json_str_or(meta, "namespace", ""), json_str_or(meta, "name", ""), strchr(gv, '/') ? "" : "/",
			 gv, kind, json_array_size(texts) > 1 ? "errors:" : "");
		json_array_foreach(texts, i, v)
		    buf_addf(out, "%s%s", json_array_size(texts) > 1 ? "\n  " : "", json_string_value(v));
		r = buf_failed(out) || c.path.failed ? -ENOMEM : 1;
	}
	buf_done(&c.path);
	json_decref(texts);
	return r;
}
