/* JSON patch (RFC 6902) and JSON merge patch (RFC 7386). */
#include <errno.h>
#include "api/patch.h"
#include "api/patch_tree.h"
#include "base/str.h"

/* "copy" operations could double a document each: what they copy in all is bounded. */
#define MAX_COPIED (3 * 1024 * 1024)

size_t patch_tree_cost(const json_t *v)
{
	size_t n = 8, i;
	const char *key;
	json_t *c;

	if (json_is_string(v))
		return n + json_string_length(v);
	json_object_foreach((json_t *)v, key, c)
		n += strlen(key) + patch_tree_cost(c);
	json_array_foreach(v, i, c)
		n += patch_tree_cost(c);
	return n;
}

bool patch_tree_depth_ok(const json_t *v, unsigned left)
{
	const char *key;
	json_t *c;
	size_t i;

	if (!json_is_object(v) && !json_is_array(v))
		return true;
	if (!left)
		return false;
	json_object_foreach((json_t *)v, key, c)
	{
		if (!patch_tree_depth_ok(c, left - 1))
			return false;
	}
	json_array_foreach(v, i, c)
	{
		if (!patch_tree_depth_ok(c, left - 1))
			return false;
	}
	return true;
}

/* --- JSON pointer (RFC 6901) --- */

/* The next reference token of *pp (which is at its '/'), unescaped. NULL: malformed (*oom false) or no memory. */
static char *next_token(const char **pp, bool *oom)
{
	const char *p = *pp + 1;
	size_t n = strcspn(p, "/");
	char *tok = str_ndup(p, n), *w = tok;

	*oom = !tok;
	if (!tok)
		return NULL;
	for (size_t i = 0; i < n; i++) {
		if (p[i] == '~') {
			if (i + 1 == n || (p[i + 1] != '0' && p[i + 1] != '1')) {
				free(tok);
				return NULL;
			}
			*w++ = p[++i] == '0' ? '~' : '/';
		} else {
			*w++ = p[i];
		}
	}
	*w = 0;
	*pp = p + n;
	return tok;
}

/* An array index: digits without leading zero, or negative counting from the end as the Go library does. */
static bool to_index(const char *tok, size_t size, size_t *ret)
{
	int64_t v;
	bool neg = *tok == '-';
	const char *digits = tok + neg;

	if (!*digits || (*digits == '0' && digits[1]) || str_to_i64(digits, 0, INT32_MAX, &v) < 0)
		return false;
	if (neg) {
		if (!v || (uint64_t)v > size)
			return false;
		*ret = size - (size_t)v;
	} else {
		*ret = (size_t)v;
	}
	return true;
}

static json_t *step(json_t *o, const char *tok)
{
	size_t i;

	if (json_is_object(o))
		return json_object_get(o, tok);
	if (json_is_array(o) && to_index(tok, json_array_size(o), &i))
		return json_array_get(o, i);
	return NULL;
}

/*
 * Container and last token of path. The root itself ("") has neither: *ret_parent NULL, *ret_tok NULL.
 * ERR_BAD_REQUEST malformed; ERR_INVALID when the container is missing.
 */
static int locate(json_t *root, const char *op, const char *path, json_t **ret_parent, char **ret_tok, struct err *e)
{
	json_t *at = root;
	bool oom;

	*ret_parent = NULL;
	*ret_tok = NULL;
	if (!*path)
		return 0;
	if (*path != '/')
		return err_set(e, ERR_BAD_REQUEST, "json patch: path \"%.100s\" does not begin with \"/\"", path);
	const char *p = path;
	for (;;) {
		AUTO_FREE char *tok = next_token(&p, &oom);
		if (!tok)
			return oom ? err_nomem(e)
				   : err_set(e, ERR_BAD_REQUEST, "json patch: malformed path \"%.100s\"", path);
		if (!*p) {
			if (!json_is_object(at) && !json_is_array(at))
				break;
			*ret_parent = at;
			*ret_tok = TAKE_PTR(tok);
			return 0;
		}
		at = step(at, tok);
		if (!at)
			break;
	}
	return err_set(e, ERR_INVALID, "%s operation does not apply: doc is missing path: \"%.100s\": missing value", op,
		       path);
}

static int missing(const char *op, const char *path, struct err *e)
{
	return err_set(e, ERR_INVALID, "%s operation does not apply: doc is missing key: %.100s: missing value", op,
		       path);
}

/* Steals v. */
static int op_add(json_t **root, const char *op, const char *path, json_t *v, struct err *e)
{
	AUTO_JSON json_t *value = v;
	AUTO_FREE char *tok = NULL;
	json_t *parent;
	size_t i;
	int r = locate(*root, op, path, &parent, &tok, e);

	if (r < 0)
		return r;
	if (!parent) {
		json_decref(*root);
		*root = TAKE_PTR(value);
		return 0;
	}
	if (json_is_object(parent))
		return json_object_set(parent, tok, value) < 0 ? err_nomem(e) : 0;
	if (streq(tok, "-"))
		return json_array_append(parent, value) < 0 ? err_nomem(e) : 0;
	/* One past the end appends, and so -1 means there what "-" means. */
	if (!to_index(tok, json_array_size(parent) + 1, &i) || i > json_array_size(parent))
		return err_set(e, ERR_INVALID,
			       "%s operation does not apply: doc is missing path: \"%.100s\": invalid index referenced", op,
			       path);
	return json_array_insert(parent, i, value) < 0 ? err_nomem(e) : 0;
}

/* The removed value goes to *ret (may be NULL). */
static int op_remove(json_t **root, const char *op, const char *path, json_t **ret, struct err *e)
{
	AUTO_FREE char *tok = NULL;
	json_t *parent, *old;
	size_t i;
	int r = locate(*root, op, path, &parent, &tok, e);

	if (r < 0)
		return r;
	if (!parent)
		return err_set(e, ERR_INVALID, "%s operation does not apply: the whole document cannot be removed", op);
	if (!(old = step(parent, tok)))
		return missing(op, path, e);
	if (ret)
		*ret = json_incref(old);
	if (json_is_object(parent))
		(void)json_object_del(parent, tok);
	else if (to_index(tok, json_array_size(parent), &i))
		(void)json_array_remove(parent, i);
	return 0;
}

static int op_get(json_t *root, const char *op, const char *path, json_t **ret, struct err *e)
{
	AUTO_FREE char *tok = NULL;
	json_t *parent;
	int r = locate(root, op, path, &parent, &tok, e);

	if (r < 0)
		return r;
	*ret = parent ? step(parent, tok) : root;
	return *ret ? 0 : missing(op, path, e);
}

/* Steals v. */
static int op_replace(json_t **root, const char *path, json_t *v, struct err *e)
{
	AUTO_JSON json_t *value = v;
	AUTO_FREE char *tok = NULL;
	json_t *parent;
	size_t i;
	int r = locate(*root, "replace", path, &parent, &tok, e);

	if (r < 0)
		return r;
	if (!parent) {
		json_decref(*root);
		*root = TAKE_PTR(value);
		return 0;
	}
	if (!step(parent, tok))
		return missing("replace", path, e);
	if (json_is_object(parent))
		r = json_object_set(parent, tok, value);
	else if (to_index(tok, json_array_size(parent), &i))
		r = json_array_set(parent, i, value);
	return r < 0 ? err_nomem(e) : 0;
}

/* RFC 6902 section 4.6: numbers compare numerically. */
static bool same(const json_t *a, const json_t *b)
{
	if (json_is_number(a) && json_is_number(b)) {
		if (json_is_integer(a) && json_is_integer(b))
			return json_integer_value(a) == json_integer_value(b);
		double x = json_number_value(a), y = json_number_value(b);
		return x <= y && x >= y;
	}
	return json_equal(a, b) == 1;
}

static int apply_op(json_t **root, const json_t *o, size_t *copied, struct err *e)
{
	const char *op = json_string_value(json_object_get(o, "op"));
	const char *path = json_string_value(json_object_get(o, "path"));
	const char *from = json_string_value(json_object_get(o, "from"));
	const json_t *value = json_object_get(o, "value");
	json_t *v = NULL;
	int r;

	if (!op || !path)
		return err_set(e, ERR_BAD_REQUEST, "json patch: an operation needs \"op\" and \"path\"");
	bool needs_value = streq(op, "add") || streq(op, "replace") || streq(op, "test");
	if (!value && (streq(op, "add") || streq(op, "replace")))
		return err_set(e, ERR_BAD_REQUEST, "json patch: %s %.100s needs \"value\"", op, path);
	if (!from && (streq(op, "move") || streq(op, "copy")))
		return err_set(e, ERR_BAD_REQUEST, "json patch: %s %.100s needs \"from\"", op, path);

	if (needs_value && !streq(op, "test")) {
		v = json_deep_copy(value);
		if (!v)
			return err_nomem(e);
		return streq(op, "add") ? op_add(root, op, path, v, e) : op_replace(root, path, v, e);
	}
	if (streq(op, "remove"))
		return op_remove(root, op, path, NULL, e);
	if (streq(op, "test")) {
		r = op_get(*root, "test", path, &v, e);
		/* A missing value equals null, as upstream. */
		if (r == ERR_INVALID && (!value || json_is_null(value)))
			return 0;
		if (r < 0)
			return r;
		if (!(value ? same(v, value) : json_is_null(v)))
			return err_set(e, ERR_INVALID, "testing path %.100s value failed: test failed", path);
		return 0;
	}
	if (streq(op, "move")) {
		size_t n = strlen(from);
		if (strncmp(path, from, n) == 0 && path[n] == '/')
			return err_set(e, ERR_INVALID, "move operation does not apply: %.80s lies inside %.80s", path, from);
		r = op_remove(root, "move", from, &v, e);
		return r < 0 ? r : op_add(root, "move", path, v, e);
	}
	if (streq(op, "copy")) {
		r = op_get(*root, "copy", from, &v, e);
		if (r < 0)
			return r;
		*copied += patch_tree_cost(v);
		if (*copied > MAX_COPIED)
			return err_set(e, ERR_TOO_LARGE, "json patch: copy operations copy more than %d bytes", MAX_COPIED);
		v = json_deep_copy(v);
		return v ? op_add(root, "copy", path, v, e) : err_nomem(e);
	}
	return err_set(e, ERR_BAD_REQUEST, "Unexpected kind: %.60s", op);
}

int api_json_patch(json_t **ret, const json_t *obj, const json_t *patch, struct err *e)
{
	json_t *o;
	size_t i, copied = 0;
	int r;

	if (!json_is_array(patch))
		return err_set(e, ERR_BAD_REQUEST, "json patch: the body must be an array of operations");
	if (json_array_size(patch) > API_PATCH_MAX_OPS)
		return err_set(e, ERR_TOO_LARGE, "The allowed maximum operations in a JSON patch is %d, got %zu",
			       API_PATCH_MAX_OPS, json_array_size(patch));
	AUTO_JSON json_t *root = json_deep_copy(obj);
	if (!root)
		return err_nomem(e);
	json_array_foreach(patch, i, o)
	{
		if ((r = apply_op(&root, o, &copied, e)) < 0)
			return r;
	}
	if (!patch_tree_depth_ok(root, PATCH_MAX_DEPTH))
		return err_set(e, ERR_INVALID, "json patch: the result is nested deeper than %d", PATCH_MAX_DEPTH);
	*ret = TAKE_PTR(root);
	return 0;
}

/* --- merge patch --- */

json_t *patch_without_nulls(const json_t *v)
{
	const char *key;
	json_t *c;

	if (!json_is_object(v))
		return json_deep_copy(v);
	json_t *out = json_object();
	json_object_foreach((json_t *)v, key, c)
	{
		if (!json_is_null(c) && json_object_set_new(out, key, patch_without_nulls(c)) < 0) {
			json_decref(out);
			return NULL;
		}
	}
	return out;
}

static int merge_into(json_t *target, const json_t *patch)
{
	const char *key;
	json_t *v, *old;
	int r;

	json_object_foreach((json_t *)patch, key, v)
	{
		if (json_is_null(v)) {
			(void)json_object_del(target, key);
			continue;
		}
		old = json_object_get(target, key);
		if (json_is_object(v) && json_is_object(old)) {
			if ((r = merge_into(old, v)) < 0)
				return r;
		} else if (json_object_set_new(target, key, patch_without_nulls(v)) < 0) {
			return -ENOMEM;
		}
	}
	return 0;
}

int api_merge_patch(json_t **ret, const json_t *obj, const json_t *patch, struct err *e)
{
	if (!json_is_object(patch))
		return err_set(e, ERR_BAD_REQUEST, "merge patch: the body must be an object");
	AUTO_JSON json_t *root = json_is_object(obj) ? json_deep_copy(obj) : json_object();
	if (!root || merge_into(root, patch) < 0)
		return err_nomem(e);
	*ret = TAKE_PTR(root);
	return 0;
}
