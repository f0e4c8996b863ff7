#include <errno.h>
#include "api/field_set.h"
#include "base/str.h"

static bool is_member(const json_t *node) { return json_object_size(node) == 0 || json_object_get(node, "."); }

static bool has_children(const json_t *node)
{
	size_t n = json_object_size(node);

	return n > 1 || (n == 1 && !json_object_get(node, "."));
}

bool field_set_keyless(const json_t *s)
{
	const char *key;
	json_t *v;

	json_object_foreach((json_t *)(uintptr_t)s, key, v)
		if (str_has_prefix(key, "i:") || field_set_keyless(v))
			return true;
	return false;
}

bool field_set_empty(const json_t *s) { return !has_children(s); }

enum set_op { SET_UNION, SET_INTERSECTION, SET_DIFFERENCE, SET_WITHOUT };

static json_t *combine(enum set_op op, const json_t *a, const json_t *b);

/* Puts child key, made of nodes x and y (either may be NULL), into out unless it came out empty. */
static int combine_child(enum set_op op, json_t *out, const char *key, const json_t *x, const json_t *y)
{
	bool mx = x && is_member(x), my = y && is_member(y);
	bool member = op == SET_UNION ? mx || my : op == SET_INTERSECTION ? mx && my : mx && !my;
	json_t *c;

	if (op == SET_WITHOUT && my) /* and what lies below it */
		return 0;
	c = combine(op, x, y);
	if (!c)
		return -ENOMEM;
	bool children = json_object_size(c) > 0;
	if (!member && !children) {
		json_decref(c);
		return 0;
	}
	if (member && children && json_object_set_new(c, ".", json_object()) < 0) {
		json_decref(c);
		return -ENOMEM;
	}
	return json_object_set_new(out, key, c) < 0 ? -ENOMEM : 0;
}

/* Children only: whether the node itself belongs to the set is its parent's business. */
static json_t *combine(enum set_op op, const json_t *a, const json_t *b)
{
	AUTO_JSON json_t *out = json_object();
	const char *key;
	json_t *v;

	if (!out)
		return NULL;
	json_object_foreach((json_t *)a, key, v)
	{
		if (!streq(key, ".") && combine_child(op, out, key, v, json_object_get(b, key)) < 0)
			return NULL;
	}
	if (op == SET_UNION) {
		json_object_foreach((json_t *)b, key, v)
		{
			if (!streq(key, ".") && !json_object_get(a, key) && combine_child(op, out, key, NULL, v) < 0)
				return NULL;
		}
	}
	return TAKE_PTR(out);
}

json_t *field_set_union(const json_t *a, const json_t *b) { return combine(SET_UNION, a, b); }
json_t *field_set_intersection(const json_t *a, const json_t *b) { return combine(SET_INTERSECTION, a, b); }
json_t *field_set_difference(const json_t *a, const json_t *b) { return combine(SET_DIFFERENCE, a, b); }
json_t *field_set_without(const json_t *a, const json_t *b) { return combine(SET_WITHOUT, a, b); }

/* --- the order of path elements: structured-merge-diff's PathElement.Compare and value.Compare --- */

struct element {
	const char *key;
	json_t *set, *value; /* value: what k: and v: stand for, read when two are compared */
};

static int compare_texts(const char *a, const char *b)
{
	int c = strcmp(a, b);

	return (c > 0) - (c < 0);
}

static int value_rank(const json_t *v)
{
	switch (json_typeof(v)) {
	case JSON_REAL:
	case JSON_INTEGER:
		return 0;
	case JSON_STRING:
		return 1;
	case JSON_TRUE:
	case JSON_FALSE:
		return 2;
	case JSON_ARRAY:
		return 3;
	case JSON_OBJECT:
		return 4;
	default:
		return 5;
	}
}

static int compare_values(const json_t *a, const json_t *b)
{
	int x, y;

	if (!a || !b)
		return (a != NULL) - (b != NULL);
	if (json_is_integer(a) && json_is_integer(b))
		return (json_integer_value(a) > json_integer_value(b)) -
		       (json_integer_value(a) < json_integer_value(b));
	if (json_is_number(a) && json_is_number(b))
		return (json_number_value(a) > json_number_value(b)) - (json_number_value(a) < json_number_value(b));
	if (json_is_string(a) && json_is_string(b))
		return compare_texts(json_string_value(a), json_string_value(b));
	if (json_is_boolean(a) && json_is_boolean(b))
		return json_is_true(a) - json_is_true(b);
	x = value_rank(a), y = value_rank(b);
	return (x > y) - (x < y);
}

/* Their names are in order already. */
static int compare_keys(json_t *a, json_t *b)
{
	void *x = json_object_iter(a), *y = json_object_iter(b);
	int c;

	for (; x && y; x = json_object_iter_next(a, x), y = json_object_iter_next(b, y))
		if ((c = compare_texts(json_object_iter_key(x), json_object_iter_key(y))) ||
		    (c = compare_values(json_object_iter_value(x), json_object_iter_value(y))))
			return c;
	return (x != NULL) - (y != NULL);
}

static json_t *element_value(struct element *e)
{
	if (!e->value && json_parse(e->key + 2, strlen(e->key + 2), &e->value, NULL))
		e->value = NULL;
	return e->value;
}

static int element_rank(const char *key)
{
	static const char order[] = "fkvi";
	const char *at = key[0] && key[1] == ':' ? strchr(order, key[0]) : NULL;

	return at ? (int)(at - order) + 1 : 0;
}

static int by_element(const void *p, const void *q)
{
	struct element *a = (struct element *)(uintptr_t)p, *b = (struct element *)(uintptr_t)q;
	int x = element_rank(a->key), y = element_rank(b->key);
	int64_t i, k;

	if (x != y)
		return (x > y) - (x < y);
	if ((a->key[0] == 'k' || a->key[0] == 'v') && element_value(a) && element_value(b))
		return a->key[0] == 'k' ? compare_keys(a->value, b->value) : compare_values(a->value, b->value);
	if (a->key[0] == 'i' && !str_to_i64(a->key + 2, 0, INT64_MAX, &i) && !str_to_i64(b->key + 2, 0, INT64_MAX, &k))
		return (i > k) - (i < k);
	return compare_texts(a->key, b->key);
}

json_t *field_set_ordered(json_t *s)
{
	size_t n = json_object_size(s), i = 0;
	AUTO_FREE struct element *v = n ? calloc(n, sizeof(*v)) : NULL;
	AUTO_JSON json_t *out = NULL;
	const char *key;
	json_t *child;
	bool same = true;

	if (!n)
		return json_incref(s);
	if (!v)
		return NULL;
	json_object_foreach (s, key, child) {
		v[i] = (struct element){.key = key, .set = field_set_ordered(child)};
		same &= v[i].set == child && (!i || by_element(&v[i - 1], &v[i]) < 0);
		i++;
	}
	if (!same) {
		qsort(v, n, sizeof(*v), by_element);
		out = json_object();
	}
	for (i = 0; i < n; i++) {
		if (out && (!v[i].set || json_object_set(out, v[i].key, v[i].set)))
			json_decref(TAKE_PTR(out));
		json_decref(v[i].set);
		json_decref(v[i].value);
	}
	return same ? json_incref(s) : TAKE_PTR(out);
}

/* --- as text --- */

static void add_element(struct buf *path, const char *pe)
{
	const char *body = pe + 2, *key;
	json_t *v = NULL, *keys;

	switch (pe[0]) {
	case 'f':
		buf_addc(path, '.');
		buf_adds(path, body);
		return;
	case 'v':
		buf_addf(path, "[=%s]", body);
		return;
	case 'k':
		if (json_parse(body, strlen(body), &keys, NULL) < 0)
			break;
		buf_addc(path, '[');
		json_object_foreach(keys, key, v)
		{
			if (path->data[path->len - 1] != '[')
				buf_addc(path, ',');
			buf_adds(path, key);
			buf_addc(path, '=');
			json_encode_buf(v, path);
		}
		buf_addc(path, ']');
		json_decref(keys);
		return;
	}
	buf_addf(path, "[%s]", body);
}

static int each(const json_t *s, struct buf *path, int (*fn)(void *arg, const char *path), void *arg)
{
	const char *key;
	json_t *v;

	json_object_foreach((json_t *)s, key, v)
	{
		size_t was = path->len;
		int r = 0;

		if (strlen(key) < 2)
			continue;
		add_element(path, key);
		if (buf_failed(path))
			return -ENOMEM;
		if (is_member(v))
			r = fn(arg, path->data);
		if (!r)
			r = each(v, path, fn, arg);
		if (r)
			return r;
		buf_trim(path, was);
	}
	return 0;
}

int field_set_each(const json_t *s, int (*fn)(void *arg, const char *path), void *arg)
{
	AUTO_BUF struct buf path = {0};

	return each(s, &path, fn, arg);
}
