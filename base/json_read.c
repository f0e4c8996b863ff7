/* The quick way from text to a tree: see json_read.h. */
#include "base/json_read.h"
#include <errno.h>
#include <string.h>
#include "base/cleanup.h"
#include "base/str.h"

struct reader {
	const char *p, *end;
	unsigned depth; /* of what may still be opened */
	char *text;     /* the last string that had escapes, decoded; grows */
	size_t cap;
};

static json_t *read_value(struct reader *r);

static void skip_space(struct reader *r)
{
	while (r->p < r->end && (*r->p == ' ' || *r->p == '\n' || *r->p == '\t' || *r->p == '\r'))
		r->p++;
}

static bool expect(struct reader *r, char c)
{
	skip_space(r);
	if (r->p == r->end || *r->p != c)
		return false;
	r->p++;
	return true;
}

static int hex4(const char *p, unsigned *ret)
{
	unsigned v = 0;

	for (int i = 0; i < 4; i++) {
		char c = p[i];

		if (c >= '0' && c <= '9')
			v = v << 4 | (unsigned)(c - '0');
		else if ((c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'))
			v = v << 4 | (unsigned)((c | 0x20) - 'a' + 10);
		else
			return -EINVAL;
	}
	*ret = v;
	return 0;
}

static char *put_utf8(char *o, unsigned c)
{
	if (c < 0x80) {
		*o++ = (char)c;
	} else if (c < 0x800) {
		*o++ = (char)(0xc0 | c >> 6);
		*o++ = (char)(0x80 | (c & 0x3f));
	} else if (c < 0x10000) {
		*o++ = (char)(0xe0 | c >> 12);
		*o++ = (char)(0x80 | (c >> 6 & 0x3f));
		*o++ = (char)(0x80 | (c & 0x3f));
	} else {
		*o++ = (char)(0xf0 | c >> 18);
		*o++ = (char)(0x80 | (c >> 12 & 0x3f));
		*o++ = (char)(0x80 | (c >> 6 & 0x3f));
		*o++ = (char)(0x80 | (c & 0x3f));
	}
	return o;
}

/* p is behind the backslash; advanced. NUL and halves of pairs are refused. */
static int read_escape(struct reader *r, char **out)
{
	static const char from[] = "\"\\/bfnrt", to[] = "\"\\/\b\f\n\r\t";
	const char *at;
	unsigned c, low;

	if (r->p == r->end)
		return -EINVAL;
	if (*r->p != 'u') {
		at = *r->p ? strchr(from, *r->p) : NULL;
		if (!at)
			return -EINVAL;
		*(*out)++ = to[at - from];
		r->p++;
		return 0;
	}
	if (r->end - r->p < 5 || hex4(r->p + 1, &c) < 0 || c == 0 || (c >= 0xdc00 && c < 0xe000))
		return -EINVAL;
	r->p += 5;
	if (c >= 0xd800 && c < 0xdc00) {
		if (r->end - r->p < 6 || r->p[0] != '\\' || r->p[1] != 'u' || hex4(r->p + 2, &low) < 0 ||
		    low < 0xdc00 || low >= 0xe000)
			return -EINVAL;
		r->p += 6;
		c = 0x10000 + ((c - 0xd800) << 10 | (low - 0xdc00));
	}
	*out = put_utf8(*out, c);
	return 0;
}

/* The rest of a string from its first escape on; what came before it is [start, p). */
static int read_escaped(struct reader *r, const char *start, const char **ret, size_t *ret_n)
{
	size_t before = (size_t)(r->p - start);
	const char *q = r->p;
	char *out;
	size_t want;

	/* No escape is shorter than what it stands for, so the text's own length is enough. */
	while (q < r->end && *q != '"')
		q += *q == '\\' ? 2 : 1;
	if (q >= r->end)
		return -EINVAL;
	want = (size_t)(q - start) + 1;
	if (want > r->cap) {
		char *p = realloc(r->text, want);

		if (!p)
			return -ENOMEM;
		r->text = p;
		r->cap = want;
	}
	memcpy(r->text, start, before);
	out = r->text + before;
	while (*r->p != '"') {
		if (*r->p == '\\') {
			r->p++;
			if (read_escape(r, &out) < 0)
				return -EINVAL;
		} else if ((unsigned char)*r->p < 0x20) {
			return -EINVAL;
		} else if ((unsigned char)*r->p < 0x80) {
			*out++ = *r->p++;
		} else {
			size_t n = utf8_sequence((const unsigned char *)r->p, (size_t)(r->end - r->p));

			if (!n)
				return -EINVAL;
			memcpy(out, r->p, n);
			out += n;
			r->p += n;
		}
	}
	r->p++;
	*ret = r->text;
	*ret_n = (size_t)(out - r->text);
	return 0;
}

/* p is behind the opening quote. *ret lies in the input or in r->text, until the next string. */
static int read_string(struct reader *r, const char **ret, size_t *ret_n)
{
	const char *start = r->p, *p = start, *end = r->end;

	while (p < end) {
		unsigned char c = (unsigned char)*p;

		if (c == '"') {
			*ret = start;
			*ret_n = (size_t)(p - start);
			r->p = p + 1;
			return 0;
		}
		if (c == '\\') {
			r->p = p;
			return read_escaped(r, start, ret, ret_n);
		}
		if (c < 0x20)
			return -EINVAL;
		if (c < 0x80) {
			p++;
			continue;
		}
		size_t n = utf8_sequence((const unsigned char *)p, (size_t)(end - p));

		if (!n)
			return -EINVAL;
		p += n;
	}
	return -EINVAL;
}

/* Integers of 64 bits here; reals are jansson's. */
static json_t *read_number(struct reader *r)
{
	const char *start = r->p, *p = start, *end = r->end;
	bool minus = *p == '-', real = false;
	uint64_t v = 0, max = minus ? (uint64_t)INT64_MAX + 1 : INT64_MAX;

	p += minus;
	if (p == end || *p < '0' || *p > '9')
		return NULL;
	if (*p == '0' && p + 1 < end && p[1] >= '0' && p[1] <= '9')
		return NULL;
	for (; p < end && *p >= '0' && *p <= '9'; p++) {
		uint64_t d = (uint64_t)(*p - '0');

		if (v > (max - d) / 10)
			return NULL;
		v = v * 10 + d;
	}
	for (; p < end && (*p == '.' || *p == 'e' || *p == 'E' || *p == '+' || *p == '-' || (*p >= '0' && *p <= '9'));
	     p++)
		real = true;
	r->p = p;
	if (real)
		return json_loadb(start, (size_t)(p - start), JSON_DECODE_ANY, NULL);
	return json_integer(minus ? (json_int_t)(0 - v) : (json_int_t)v);
}

static json_t *read_object(struct reader *r)
{
	AUTO_JSON json_t *o = json_object();

	if (!o || expect(r, '}'))
		return TAKE_PTR(o);
	do {
		const char *key;
		char small[128];
		AUTO_FREE char *big = NULL;
		size_t n;
		json_t *v;

		if (!expect(r, '"') || read_string(r, &key, &n) < 0)
			return NULL;
		/* A decoded key would be overwritten by the value's strings. */
		if (key == r->text) {
			char *copy = n <= sizeof(small) ? small : (big = malloc(n));

			if (!copy)
				return NULL;
			memcpy(copy, key, n);
			key = copy;
		}
		if (!expect(r, ':') || !(v = read_value(r)) || json_object_setn_new_nocheck(o, key, n, v) < 0)
			return NULL;
	} while (expect(r, ','));
	return expect(r, '}') ? TAKE_PTR(o) : NULL;
}

static json_t *read_array(struct reader *r)
{
	AUTO_JSON json_t *a = json_array();

	if (!a || expect(r, ']'))
		return TAKE_PTR(a);
	do {
		json_t *v = read_value(r);

		if (!v || json_array_append_new(a, v) < 0)
			return NULL;
	} while (expect(r, ','));
	return expect(r, ']') ? TAKE_PTR(a) : NULL;
}

static bool word(struct reader *r, const char *w, size_t n)
{
	if ((size_t)(r->end - r->p) < n || memcmp(r->p, w, n))
		return false;
	r->p += n;
	return true; /* whatever follows must be a comma or an end */
}

static json_t *read_nested(struct reader *r)
{
	bool object = *r->p++ == '{';
	json_t *v;

	if (!r->depth)
		return NULL;
	r->depth--;
	v = object ? read_object(r) : read_array(r);
	r->depth++;
	return v;
}

static json_t *read_value(struct reader *r)
{
	const char *s;
	size_t n;

	skip_space(r);
	if (r->p == r->end)
		return NULL;
	switch (*r->p) {
	case '{':
	case '[':
		return read_nested(r);
	case '"':
		r->p++;
		return read_string(r, &s, &n) < 0 ? NULL : json_stringn_nocheck(s, n);
	case 't':
		return word(r, "true", 4) ? json_true() : NULL;
	case 'f':
		return word(r, "false", 5) ? json_false() : NULL;
	case 'n':
		return word(r, "null", 4) ? json_null() : NULL;
	default:
		return *r->p == '-' || (*r->p >= '0' && *r->p <= '9') ? read_number(r) : NULL;
	}
}

json_t *json_read(const char *s, size_t n, unsigned max_depth)
{
	struct reader r = {.p = s, .end = s + n, .depth = max_depth};
	AUTO_JSON json_t *v = read_value(&r);

	free(r.text);
	skip_space(&r);
	return v && r.p == r.end ? TAKE_PTR(v) : NULL;
}
