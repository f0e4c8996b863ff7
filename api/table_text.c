#include "api/quantity.h"
#include "api/table_text.h"
#include "base/str.h"

static json_t *take(struct buf *b) { return buf_failed(b) ? NULL : json_string(b->len ? b->data : ""); }

json_t *text_quantity(const json_t *v)
{
	struct quantity q = {0};
	char text[64], num[32];
	const char *s = json_string_value(v);

	if (json_is_integer(v)) {
		snprintf(num, sizeof(num), "%lld", (long long)json_integer_value(v));
		s = num;
	}
	if (s && quantity_parse(s, &q) < 0)
		return json_string(s);
	quantity_format(&q, text, sizeof(text));
	return json_string(text);
}

json_t *text_join(const json_t *list, const char *key, const char *sep)
{
	AUTO_BUF struct buf b = {0};
	json_t *v;
	size_t i;

	json_array_foreach(list, i, v)
	{
		const char *s = json_string_value(key ? json_object_get(v, key) : v);
		if (i)
			buf_adds(&b, sep);
		if (s)
			buf_adds(&b, s);
	}
	return take(&b);
}

static int by_text(const void *a, const void *b) { return strcmp(*(const char *const *)a, *(const char *const *)b); }

json_t *text_sorted(const char **v, size_t n)
{
	AUTO_BUF struct buf b = {0};

	if (n)
		qsort(v, n, sizeof(*v), by_text);
	for (size_t i = 0; i < n; i++) {
		if (i && strcmp(v[i], v[i - 1]) == 0)
			continue;
		if (b.len)
			buf_addc(&b, ',');
		buf_adds(&b, v[i]);
	}
	return take(&b);
}

json_t *text_labels(const json_t *map)
{
	size_t n = json_object_size(map), i = 0;
	AUTO_FREE const char **keys = calloc(n + 1, sizeof(*keys));
	AUTO_BUF struct buf b = {0};
	const char *key;
	json_t *v;

	if (!keys)
		return NULL;
	if (!n)
		return json_string("<none>");
	json_object_foreach((json_t *)map, key, v)
		keys[i++] = key;
	qsort(keys, n, sizeof(*keys), by_text);
	for (i = 0; i < n; i++) {
		const char *s = json_string_value(json_object_get(map, keys[i]));
		buf_addf(&b, "%s%s=%s", i ? "," : "", keys[i], s ? s : "");
	}
	return take(&b);
}

struct term {
	const char *key;
	char *text;
};

static int by_term(const void *a, const void *b)
{
	return strcmp(((const struct term *)a)->key, ((const struct term *)b)->key);
}

static char *expression_text(const json_t *expr, const char *key)
{
	const char *op = json_string_value(json_object_get(expr, "operator"));
	const json_t *values = json_object_get(expr, "values");
	size_t n = json_array_size(values), k = 0;
	AUTO_FREE const char **v = calloc(n + 1, sizeof(*v));

	if (!v)
		return NULL;
	for (size_t i = 0; i < n; i++) {
		const char *s = json_string_value(json_array_get(values, i));
		if (s)
			v[k++] = s;
	}
	AUTO_JSON json_t *joined = text_sorted(v, k);
	if (streq(op, "Exists"))
		return str_dup(key);
	if (streq(op, "DoesNotExist"))
		return str_fmt("!%s", key);
	return joined ? str_fmt("%s %s (%s)", key, streq(op, "NotIn") ? "notin" : "in", json_string_value(joined)) : NULL;
}

json_t *text_selector(const json_t *sel, const char *empty)
{
	const json_t *labels = json_object_get(sel, "matchLabels"), *exprs = json_object_get(sel, "matchExpressions");
	size_t max = json_object_size(labels) + json_array_size(exprs), n = 0, i;
	AUTO_FREE struct term *terms = calloc(max + 1, sizeof(*terms));
	AUTO_BUF struct buf b = {0};
	const char *key;
	bool failed = !terms;
	json_t *v;

	if (!terms)
		return NULL;
	json_object_foreach((json_t *)labels, key, v)
	{
		const char *s = json_string_value(v);
		terms[n++] = (struct term){key, str_fmt("%s=%s", key, s ? s : "")};
	}
	json_array_foreach(exprs, i, v)
	{
		key = json_string_value(json_object_get(v, "key"));
		if (key)
			terms[n++] = (struct term){key, expression_text(v, key)};
	}
	qsort(terms, n, sizeof(*terms), by_term);
	for (i = 0; i < n; i++) {
		failed |= !terms[i].text;
		if (i)
			buf_addc(&b, ',');
		if (terms[i].text)
			buf_adds(&b, terms[i].text);
		free(terms[i].text);
	}
	if (failed)
		return NULL;
	return n ? take(&b) : json_string(empty);
}

json_t *text_any(const json_t *v)
{
	AUTO_BUF struct buf b = {0};

	if (json_is_string(v))
		return json_string(json_string_value(v));
	json_encode_buf(v, &b);
	return take(&b);
}

/* --- JSONPath --- */

#define MAX_NAME 256

/* A member name up to one of the stop characters; a backslash takes the next one as it is. */
static const char *read_name(const char *p, const char *stop, char out[MAX_NAME])
{
	size_t n = 0;

	while (*p && !strchr(stop, *p)) {
		if (*p == '\\' && p[1])
			p++;
		if (n == MAX_NAME - 1)
			return NULL;
		out[n++] = *p++;
	}
	out[n] = 0;
	return p;
}

static bool compares(const json_t *v, const char *text, bool quoted)
{
	char num[32];

	if (!v)
		return false;
	if (json_is_string(v))
		return quoted && strcmp(json_string_value(v), text) == 0;
	if (json_is_boolean(v))
		return !quoted && streq(text, json_is_true(v) ? "true" : "false");
	if (!json_is_integer(v) || quoted)
		return false;
	snprintf(num, sizeof(num), "%lld", (long long)json_integer_value(v));
	return streq(num, text);
}

static const json_t *walk(const json_t *o, const char *p, unsigned depth);

/* p is behind "[?(@"; the elements that match go on along the rest of the path. */
static const json_t *filter(const json_t *list, const char *p, unsigned depth)
{
	char name[MAX_NAME], path[MAX_NAME], text[MAX_NAME] = "";
	bool equal = true, exists = true, quoted = false;
	json_t *v;
	size_t i;

	if (!(p = read_name(p, "=!)", name)))
		return NULL;
	for (size_t n = strlen(name); n && name[n - 1] == ' '; n--)
		name[n - 1] = 0;
	if (!str_copy(path, sizeof(path), name))
		return NULL;
	if (*p == '=' || *p == '!') {
		equal = *p == '=';
		exists = false;
		if (p[1] != '=')
			return NULL;
		for (p += 2; *p == ' '; p++)
			;
		char stop[2] = {*p, 0};
		quoted = *p == '"' || *p == '\'';
		if (!(p = read_name(quoted ? p + 1 : p, quoted ? stop : ") ", text)))
			return NULL;
		if (quoted && *p)
			p++;
		while (*p == ' ')
			p++;
	}
	if (p[0] != ')' || p[1] != ']')
		return NULL;
	json_array_foreach(list, i, v)
	{
		const json_t *have = walk(v, path, depth);
		if (exists ? !have : compares(have, text, quoted) != equal)
			continue;
		const json_t *found = walk(v, p + 2, depth);
		if (found)
			return found;
	}
	return NULL;
}

static const json_t *walk(const json_t *o, const char *p, unsigned depth)
{
	char name[MAX_NAME];
	json_t *v;
	size_t i;

	for (; o && *p;) {
		if (*p == '.') {
			if (!(p = read_name(p + 1, ".[", name)))
				return NULL;
			if (*name)
				o = json_object_get(o, name);
			continue;
		}
		if (*p != '[' || !depth)
			return NULL;
		if (p[1] == '?' && p[2] == '(' && p[3] == '@')
			return filter(o, p + 4, depth - 1);
		if (p[1] == '*' && p[2] == ']') {
			json_array_foreach(o, i, v)
			{
				const json_t *found = walk(v, p + 3, depth - 1);
				if (found)
					return found;
			}
			return NULL;
		}
		if (p[1] == '\'' || p[1] == '"') {
			char stop[2] = {p[1], 0};
			if (!(p = read_name(p + 2, stop, name)) || p[0] != stop[0] || p[1] != ']')
				return NULL;
			o = json_object_get(o, name);
			p += 2;
			continue;
		}
		int64_t at;
		if (!(p = read_name(p + 1, "]", name)) || *p != ']' || str_to_i64(name, INT32_MIN, INT32_MAX, &at) < 0)
			return NULL;
		if (at < 0)
			at += (int64_t)json_array_size(o);
		o = at < 0 ? NULL : json_array_get(o, (size_t)at);
		p++;
	}
	return o;
}

const json_t *text_json_path(const json_t *o, const char *path)
{
	return *path == '.' || *path == '[' ? walk(o, path, 8) : NULL;
}
