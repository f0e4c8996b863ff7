#include "base/json.h"
#include <errno.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include "base/json_read.h"
#include "base/str.h"

#define JSON_MAX_DEPTH   128
#define ENCODE_MAX_DEPTH 512

/* Deepest nesting of brackets outside strings; needs no validity. */
static size_t json_depth(const char *s, size_t n)
{
	size_t depth = 0, max = 0;
	bool in_str = false;

	for (size_t i = 0; i < n; i++) {
		char c = s[i];

		if (in_str) {
			if (c == '\\')
				i++;
			else if (c == '"')
				in_str = false;
		} else if (c == '"') {
			in_str = true;
		} else if (c == '{' || c == '[') {
			if (++depth > max)
				max = depth;
		} else if ((c == '}' || c == ']') && depth) {
			depth--;
		}
	}
	return max;
}

static bool is_number_char(char c)
{
	return (c >= '0' && c <= '9') || c == '-' || c == '+' || c == '.' || c == 'e' || c == 'E';
}

/* Copies s with ".0" behind every integer that does not fit 64 bits, so that it is read as a real. */
static void json_widen_integers(const char *s, size_t n, struct buf *out)
{
	bool in_str = false;

	for (size_t i = 0; i < n;) {
		size_t start = i;
		bool integer = true;
		int64_t v;
		char tok[24];

		if (in_str || !is_number_char(s[i])) {
			if (s[i] == '\\' && in_str && i + 1 < n)
				buf_addc(out, s[i++]);
			else if (s[i] == '"')
				in_str = !in_str;
			buf_addc(out, s[i++]);
			continue;
		}
		for (; i < n && is_number_char(s[i]); i++)
			if (s[i] == '.' || s[i] == 'e' || s[i] == 'E')
				integer = false;
		buf_add(out, s + start, i - start);
		/* "true" and "false" hold an 'e': a lone e is no integer and passes through. */
		if (!integer)
			continue;
		if (i - start < sizeof tok) {
			memcpy(tok, s + start, i - start);
			tok[i - start] = '\0';
			if (str_to_i64(tok, INT64_MIN, INT64_MAX, &v) != -ERANGE)
				continue;
		}
		buf_adds(out, ".0");
	}
}

int json_parse(const char *s, size_t n, json_t **ret, struct err *e)
{
	const size_t flags = JSON_DECODE_ANY;
	json_error_t je;
	json_t *v;

	v = json_read(s, n, JSON_MAX_DEPTH);
	if (v) {
		*ret = v;
		return 0;
	}
	/* The slow way knows what is wrong, and what to do with integers of more than 64 bits. */
	if (json_depth(s, n) > JSON_MAX_DEPTH)
		return err_set(e, ERR_BAD_REQUEST, "JSON is nested deeper than %d levels", JSON_MAX_DEPTH);
	v = json_loadb(s, n, flags, &je);
	if (!v && json_error_code(&je) == json_error_numeric_overflow) {
		AUTO_BUF struct buf wide = {0};

		json_widen_integers(s, n, &wide);
		if (buf_failed(&wide))
			return err_nomem(e);
		v = json_loadb(wide.data, wide.len, flags, &je);
	}
	if (!v) {
		if (json_error_code(&je) == json_error_out_of_memory)
			return err_nomem(e);
		return err_set(e, ERR_BAD_REQUEST, "invalid JSON at line %d, column %d: %s", je.line, je.column,
			       je.text);
	}
	*ret = v;
	return 0;
}

int json_parse_bytes(const struct bytes *b, json_t **ret, struct err *e)
{
	if (!b || b->len == 0)
		return err_set(e, ERR_BAD_REQUEST, "invalid JSON: no data");
	return json_parse(b->data, b->len, ret, e);
}

/* The shortest text that reads back as the same number; integral reals as integers, as Go does. */
static void encode_real(double d, struct buf *out)
{
	char tmp[40];

	if (d == floor(d) && fabs(d) < 1e21) {
		buf_addf(out, "%.0f", d);
		return;
	}
	for (int prec = 15; prec <= 17; prec++) {
		(void)snprintf(tmp, sizeof tmp, "%.*g", prec, d);
		if (strtod(tmp, NULL) == d)
			break;
	}
	for (char *p = tmp; *p; p++)
		if (*p == ',') /* a locale's decimal comma */
			*p = '.';
	buf_adds(out, tmp);
}

static void encode_value(const json_t *v, unsigned depth, struct buf *out)
{
	const char *key;
	json_t *item;
	size_t i;
	bool first = true;

	if (depth > ENCODE_MAX_DEPTH) {
		buf_done(out);
		out->failed = true;
		return;
	}
	switch (json_typeof(v)) {
	case JSON_OBJECT:
		buf_addc(out, '{');
		json_object_foreach((json_t *)v, key, item)
		{
			if (!first)
				buf_addc(out, ',');
			first = false;
			buf_add_json_str(out, key, strlen(key));
			buf_addc(out, ':');
			encode_value(item, depth + 1, out);
		}
		buf_addc(out, '}');
		break;
	case JSON_ARRAY:
		buf_addc(out, '[');
		json_array_foreach(v, i, item)
		{
			if (i)
				buf_addc(out, ',');
			encode_value(item, depth + 1, out);
		}
		buf_addc(out, ']');
		break;
	case JSON_STRING:
		buf_add_json_str(out, json_string_value(v), json_string_length(v));
		break;
	case JSON_INTEGER:
		buf_addf(out, "%" JSON_INTEGER_FORMAT, json_integer_value(v));
		break;
	case JSON_REAL:
		encode_real(json_real_value(v), out);
		break;
	case JSON_TRUE:
		buf_adds(out, "true");
		break;
	case JSON_FALSE:
		buf_adds(out, "false");
		break;
	case JSON_NULL:
		buf_adds(out, "null");
		break;
	}
}

void json_encode_buf(const json_t *v, struct buf *out)
{
	if (v)
		encode_value(v, 0, out);
	else
		buf_adds(out, "null");
}

struct bytes *json_encode(const json_t *v)
{
	AUTO_BUF struct buf b = {0};

	json_encode_buf(v, &b);
	return buf_take_bytes(&b);
}

json_t *json_at(const json_t *o, ...)
{
	const char *key;
	va_list ap;

	va_start(ap, o);
	while (o && (key = va_arg(ap, const char *)))
		o = json_object_get(o, key);
	va_end(ap);
	return (json_t *)o;
}

/* One step of a dotted path: a key, or an index in brackets. */
struct step {
	char key[256];
	bool is_index;
	size_t index;
};

/* 1: a step was read, 0: the end, -EINVAL: malformed. */
static int path_step(const char **path, struct step *st)
{
	const char *p = *path;
	size_t n;

	if (!*p)
		return 0;
	st->is_index = *p == '[';
	if (st->is_index) {
		size_t v = 0, digits = 0;

		for (p++; *p >= '0' && *p <= '9' && digits < 9; p++, digits++)
			v = v * 10 + (size_t)(*p - '0');
		if (*p++ != ']' || !digits)
			return -EINVAL;
		st->index = v;
	} else {
		n = strcspn(p, ".[");
		if (n == 0 || n >= sizeof st->key)
			return -EINVAL;
		memcpy(st->key, p, n);
		st->key[n] = '\0';
		p += n;
	}
	if (*p == '.') {
		p++;
		if (!*p)
			return -EINVAL;
	}
	*path = p;
	return 1;
}

static json_t *step_get(const json_t *o, const struct step *st)
{
	return st->is_index ? json_array_get(o, st->index) : json_object_get(o, st->key);
}

json_t *json_dot(const json_t *o, const char *path)
{
	struct step st;
	int r = 0;

	while (o && (r = path_step(&path, &st)) > 0)
		o = step_get(o, &st);
	return r < 0 ? NULL : (json_t *)o;
}

const char *json_str(const json_t *o, const char *path)
{
	return json_string_value(json_dot(o, path));
}

const char *json_str_or(const json_t *o, const char *path, const char *dflt)
{
	const char *s = json_str(o, path);

	return s ? s : dflt;
}

int64_t json_int_or(const json_t *o, const char *path, int64_t dflt)
{
	json_t *v = json_dot(o, path);

	if (json_is_real(v)) { /* clients may write 3.0 for an integer field */
		double d = json_real_value(v);

		return d == floor(d) && fabs(d) < 9e15 ? (int64_t)d : dflt;
	}
	return json_is_integer(v) ? json_integer_value(v) : dflt;
}

bool json_bool_or(const json_t *o, const char *path, bool dflt)
{
	json_t *v = json_dot(o, path);

	return json_is_boolean(v) ? json_is_true(v) : dflt;
}

static int step_set_new(json_t *o, const struct step *st, json_t *v)
{
	int r;

	if (!v)
		return -ENOMEM;
	if (!(st->is_index ? json_is_array(o) : json_is_object(o))) {
		json_decref(v);
		return -EINVAL;
	}
	if (!st->is_index)
		r = json_object_set_new(o, st->key, v);
	else if (st->index == json_array_size(o))
		r = json_array_append_new(o, v);
	else
		r = json_array_set_new(o, st->index, v);
	return r < 0 ? -ENOMEM : 0;
}

/* Walks to the parent of the last step, creating objects (or an array when an index follows). */
static int path_parent(json_t *o, const char *path, bool create, json_t **ret, struct step *last)
{
	struct step st;
	int r = path_step(&path, &st);

	if (r <= 0)
		return -EINVAL;
	while (*path) {
		json_t *next = step_get(o, &st);

		if (!next || json_is_null(next)) {
			if (!create)
				return ERR_NOT_FOUND;
			r = step_set_new(o, &st, *path == '[' ? json_array() : json_object());
			if (r < 0)
				return r;
			next = step_get(o, &st);
			if (!next)
				return -EINVAL;
		}
		o = next;
		r = path_step(&path, &st);
		if (r <= 0)
			return -EINVAL;
	}
	*ret = o;
	*last = st;
	return 0;
}

int json_dot_set(json_t *o, const char *path, json_t *v)
{
	struct step st;
	json_t *parent;
	int r;

	if (!v)
		return -ENOMEM;
	r = path_parent(o, path, true, &parent, &st);
	if (r < 0) {
		json_decref(v);
		return r;
	}
	return step_set_new(parent, &st, v);
}

int json_set_str(json_t *o, const char *path, const char *s)
{
	return json_dot_set(o, path, json_string(s));
}

int json_set_int(json_t *o, const char *path, int64_t i)
{
	return json_dot_set(o, path, json_integer(i));
}

int json_dot_del(json_t *o, const char *path)
{
	struct step st;
	json_t *parent;
	int r = path_parent(o, path, false, &parent, &st);

	if (r == ERR_NOT_FOUND)
		return 0;
	if (r < 0)
		return r;
	/* Absence is no error. */
	if (st.is_index)
		(void)json_array_remove(parent, st.index);
	else
		(void)json_object_del(parent, st.key);
	return 0;
}

int json_dot_append(json_t *o, const char *path, json_t *v)
{
	json_t *a = json_dot(o, path);
	int r;

	if (!v)
		return -ENOMEM;
	if (!a || json_is_null(a)) {
		r = json_dot_set(o, path, json_array());
		if (r < 0) {
			json_decref(v);
			return r;
		}
		a = json_dot(o, path);
	}
	if (!json_is_array(a)) {
		json_decref(v);
		return -EINVAL;
	}
	return json_array_append_new(a, v) < 0 ? -ENOMEM : 0;
}

bool json_has_key(const json_t *v, const char *key)
{
	const char *k;
	json_t *x;
	size_t i;

	if (json_object_get(v, key))
		return true;
	json_array_foreach ((json_t *)v, i, x)
		if (json_has_key(x, key))
			return true;
	json_object_foreach ((json_t *)v, k, x)
		if (json_has_key(x, key))
			return true;
	return false;
}
