#include <errno.h>
#include "api/field_set.h"
#include "base/str.h"

static bool is_member(const json_t *node) { return json_object_size(node) == 0 || json_object_get(node, "."); }

static bool has_children(const json_t *node)
{
	size_t n = json_object_size(node);

	return n > 1 || (n == 1 && !json_object_get(node, "."));
}

bool field_set_empty(const json_t *s) { return !has_children(s); }

enum set_op { SET_UNION, SET_INTERSECTION, SET_DIFFERENCE };

static json_t *combine(enum set_op op, const json_t *a, const json_t *b);

/* Puts child key, made of nodes x and y (either may be NULL), into out unless it came out empty. */
static int combine_child(enum set_op op, json_t *out, const char *key, const json_t *x, const json_t *y)
{
	bool mx = x && is_member(x), my = y && is_member(y);
	bool member = op == SET_UNION ? mx || my : op == SET_INTERSECTION ? mx && my : mx && !my;
	json_t *c = combine(op, x, y);

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
