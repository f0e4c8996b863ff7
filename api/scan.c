#include <errno.h>
#include <stdint.h>
#include "api/scan.h"

/* Deeper than anything json_parse accepts, so that a bit per level fits on the stack. */
#define SCAN_DEPTH_MAX 1024

struct cur {
	const char *p, *end;
};

static void skip_space(struct cur *c)
{
	while (c->p < c->end && (*c->p == ' ' || *c->p == '\t' || *c->p == '\n' || *c->p == '\r'))
		c->p++;
}

/* c->p is behind the opening quote; leaves it behind the closing one. */
static bool skip_string(struct cur *c)
{
	while (c->p < c->end) {
		char ch = *c->p++;
		if (ch == '"')
			return true;
		if (ch == '\\') {
			if (c->p == c->end)
				return false;
			c->p++;
		}
	}
	return false;
}

/*
 * Skips one value by counting brackets only: the text was checked before it was stored, and on text that was not, the
 * walk still ends inside the input.
 */
static bool skip_value(struct cur *c)
{
	size_t depth = 0;

	do {
		skip_space(c);
		if (c->p == c->end)
			return false;
		switch (*c->p) {
		case '"':
			c->p++;
			if (!skip_string(c))
				return false;
			break;
		case '{':
		case '[':
			c->p++;
			depth++;
			break;
		case '}':
		case ']':
			if (!depth)
				return false;
			c->p++;
			depth--;
			break;
		case ',':
		case ':':
			if (!depth)
				return false;
			c->p++;
			break;
		default: {
			const char *from = c->p;
			while (c->p < c->end && !strchr(" \t\r\n,:]}[{\"", *c->p))
				c->p++;
			if (c->p == from) /* a NUL byte: strchr finds the terminator */
				return false;
		}
		}
	} while (depth);
	return true;
}

static int hex4(const char *p, const char *end, unsigned *ret)
{
	unsigned v = 0;

	if (end - p < 4)
		return -EINVAL;
	for (int i = 0; i < 4; i++) {
		char ch = p[i];
		unsigned d;
		if (ch >= '0' && ch <= '9')
			d = (unsigned)(ch - '0');
		else if ((ch | 32) >= 'a' && (ch | 32) <= 'f')
			d = (unsigned)((ch | 32) - 'a') + 10;
		else
			return -EINVAL;
		v = v << 4 | d;
	}
	*ret = v;
	return 0;
}

static size_t put_utf8(unsigned cp, char out[4])
{
	if (cp < 0x80) {
		out[0] = (char)cp;
		return 1;
	}
	if (cp < 0x800) {
		out[0] = (char)(0xc0 | cp >> 6);
		out[1] = (char)(0x80 | (cp & 0x3f));
		return 2;
	}
	if (cp < 0x10000) {
		out[0] = (char)(0xe0 | cp >> 12);
		out[1] = (char)(0x80 | (cp >> 6 & 0x3f));
		out[2] = (char)(0x80 | (cp & 0x3f));
		return 3;
	}
	out[0] = (char)(0xf0 | cp >> 18);
	out[1] = (char)(0x80 | (cp >> 12 & 0x3f));
	out[2] = (char)(0x80 | (cp >> 6 & 0x3f));
	out[3] = (char)(0x80 | (cp & 0x3f));
	return 4;
}

/* One character of a string body, decoded. Returns bytes written, 0 at a malformed escape. NUL becomes U+FFFD. */
static size_t next_char(const char **pp, const char *end, char out[4])
{
	const char *p = *pp;

	if (*p != '\\') {
		out[0] = *p;
		*pp = p + 1;
		return 1;
	}
	if (end - p < 2)
		return 0;
	*pp = p + 2;
	switch (p[1]) {
	case 'b':
		out[0] = '\b';
		return 1;
	case 'f':
		out[0] = '\f';
		return 1;
	case 'n':
		out[0] = '\n';
		return 1;
	case 'r':
		out[0] = '\r';
		return 1;
	case 't':
		out[0] = '\t';
		return 1;
	case '"':
	case '\\':
	case '/':
		out[0] = p[1];
		return 1;
	case 'u':
		break;
	default:
		return 0;
	}

	unsigned hi, lo;
	if (hex4(p + 2, end, &hi) < 0)
		return 0;
	*pp = p + 6;
	if (hi >= 0xd800 && hi <= 0xdbff && end - *pp >= 6 && (*pp)[0] == '\\' && (*pp)[1] == 'u' &&
	    hex4(*pp + 2, end, &lo) == 0 && lo >= 0xdc00 && lo <= 0xdfff) {
		*pp += 6;
		return put_utf8(0x10000 + ((hi - 0xd800) << 10) + (lo - 0xdc00), out);
	}
	if (!hi || (hi >= 0xd800 && hi <= 0xdfff))
		hi = 0xfffd;
	return put_utf8(hi, out);
}

static bool key_is(const char *raw, size_t raw_len, const char *want, size_t want_len)
{
	const char *p = raw, *end = raw + raw_len;
	size_t at = 0;

	if (!memchr(raw, '\\', raw_len))
		return raw_len == want_len && !memcmp(raw, want, want_len);
	while (p < end) {
		char ch[4];
		size_t k = next_char(&p, end, ch);
		if (!k || want_len - at < k || memcmp(want + at, ch, k) != 0)
			return false;
		at += k;
	}
	return at == want_len;
}

/* Reads `"key" :`; c->p is at the quote. */
static bool read_key(struct cur *c, const char **ret, size_t *ret_len)
{
	if (c->p == c->end || *c->p != '"')
		return false;
	*ret = ++c->p;
	if (!skip_string(c))
		return false;
	*ret_len = (size_t)(c->p - 1 - *ret);
	skip_space(c);
	if (c->p == c->end || *c->p != ':')
		return false;
	c->p++;
	skip_space(c);
	return true;
}

/* c->p is behind a member or element. True when another one follows. */
static bool more(struct cur *c)
{
	skip_space(c);
	if (c->p == c->end || *c->p != ',')
		return false;
	c->p++;
	skip_space(c);
	return true;
}

bool scan_find(const char *json, size_t n, const char *path, const char **ret_p, size_t *ret_n)
{
	struct cur c = {json, json + n};

	skip_space(&c);
	while (*path) {
		size_t len = strcspn(path, ".");
		bool found = false;

		if (c.p == c.end || *c.p != '{')
			return false;
		c.p++;
		skip_space(&c);
		do {
			const char *key;
			size_t key_len;
			if (!read_key(&c, &key, &key_len))
				return false;
			if (key_is(key, key_len, path, len)) {
				found = true;
				break;
			}
			if (!skip_value(&c))
				return false;
		} while (more(&c));
		if (!found)
			return false;
		path += len;
		if (*path == '.')
			path++;
	}

	const char *from = c.p;
	if (!skip_value(&c))
		return false;
	*ret_p = from;
	*ret_n = (size_t)(c.p - from);
	return true;
}

bool scan_str(const char *json, size_t n, const char *path, char *out, size_t cap)
{
	const char *p;
	size_t len, at = 0;

	if (!cap || !scan_find(json, n, path, &p, &len) || *p != '"')
		return false;
	const char *end = p + len - 1;
	for (p++; p < end;) {
		const char *next = p;
		char ch[4];
		size_t k = next_char(&next, end, ch);
		if (!k)
			return false;
		if (k > cap - 1 - at)
			break;
		p = next;
		memcpy(out + at, ch, k);
		at += k;
	}
	/* Cut between characters. */
	if (p < end && ((unsigned char)*p & 0xc0) == 0x80) {
		while (at && ((unsigned char)out[at - 1] & 0xc0) == 0x80)
			at--;
		if (at)
			at--;
	}
	out[at] = 0;
	return true;
}

int scan_each(const char *json, size_t n, const char *path,
	      int (*fn)(void *arg, const char *key, size_t key_len, const char *val, size_t val_len), void *arg)
{
	const char *p;
	size_t len;

	if (!scan_find(json, n, path, &p, &len) || *p != '{')
		return 0;
	struct cur c = {p + 1, p + len};
	skip_space(&c);
	if (c.p < c.end && *c.p == '}')
		return 0;
	do {
		AUTO_BUF struct buf plain = {0};
		const char *key;
		size_t key_len;
		if (!read_key(&c, &key, &key_len))
			return ERR_BAD_REQUEST;
		if (memchr(key, '\\', key_len)) {
			for (const char *k = key, *end = key + key_len; k < end;) {
				char ch[4];
				size_t m = next_char(&k, end, ch);
				if (!m)
					return ERR_BAD_REQUEST;
				buf_add(&plain, ch, m);
			}
			if (buf_failed(&plain))
				return -ENOMEM;
			key = plain.data;
			key_len = plain.len;
		}
		const char *val = c.p;
		if (!skip_value(&c))
			return ERR_BAD_REQUEST;
		int r = fn(arg, key, key_len, val, (size_t)(c.p - val));
		if (r)
			return r;
	} while (more(&c));
	return 0;
}

int scan_each_elem(const char *json, size_t n, const char *path, int (*fn)(void *arg, const char *val, size_t val_len),
		   void *arg)
{
	const char *p;
	size_t len;

	if (!scan_find(json, n, path, &p, &len) || *p != '[')
		return 0;
	struct cur c = {p + 1, p + len};
	skip_space(&c);
	if (c.p < c.end && *c.p == ']')
		return 0;
	do {
		const char *val = c.p;
		if (!skip_value(&c))
			return ERR_BAD_REQUEST;
		int r = fn(arg, val, (size_t)(c.p - val));
		if (r)
			return r;
	} while (more(&c));
	return 0;
}

/* --- strict checking --- */

/* Length of the well-formed UTF-8 sequence at p (RFC 3629), 0 when there is none. */
static size_t utf8_len(const char *s, const char *end)
{
	const unsigned char *p = (const unsigned char *)s;
	size_t left = (size_t)(end - s);

	if (p[0] < 0x80)
		return 1;
	if (p[0] < 0xc2)
		return 0;
	if (p[0] < 0xe0)
		return left >= 2 && (p[1] & 0xc0) == 0x80 ? 2 : 0;
	if (p[0] < 0xf0) {
		if (left < 3 || (p[1] & 0xc0) != 0x80 || (p[2] & 0xc0) != 0x80)
			return 0;
		if ((p[0] == 0xe0 && p[1] < 0xa0) || (p[0] == 0xed && p[1] > 0x9f))
			return 0;
		return 3;
	}
	if (p[0] > 0xf4 || left < 4 || (p[1] & 0xc0) != 0x80 || (p[2] & 0xc0) != 0x80 || (p[3] & 0xc0) != 0x80)
		return 0;
	if ((p[0] == 0xf0 && p[1] < 0x90) || (p[0] == 0xf4 && p[1] > 0x8f))
		return 0;
	return 4;
}

static bool check_string(struct cur *c)
{
	c->p++;
	while (c->p < c->end) {
		unsigned char ch = (unsigned char)*c->p;
		if (ch == '"') {
			c->p++;
			return true;
		}
		if (ch < 0x20)
			return false;
		if (ch == '\\') {
			const char *p = c->p;
			char out[4];
			if (!next_char(&p, c->end, out))
				return false;
			c->p = p;
			continue;
		}
		size_t k = utf8_len(c->p, c->end);
		if (!k)
			return false;
		c->p += k;
	}
	return false;
}

static bool digits(struct cur *c)
{
	const char *from = c->p;

	while (c->p < c->end && *c->p >= '0' && *c->p <= '9')
		c->p++;
	return c->p > from;
}

static bool check_number(struct cur *c)
{
	if (*c->p == '-')
		c->p++;
	if (c->p < c->end && *c->p == '0')
		c->p++;
	else if (!digits(c))
		return false;
	if (c->p < c->end && *c->p == '.') {
		c->p++;
		if (!digits(c))
			return false;
	}
	if (c->p < c->end && (*c->p | 32) == 'e') {
		c->p++;
		if (c->p < c->end && (*c->p == '+' || *c->p == '-'))
			c->p++;
		if (!digits(c))
			return false;
	}
	return true;
}

static bool check_word(struct cur *c, const char *w)
{
	size_t n = strlen(w);

	if ((size_t)(c->end - c->p) < n || memcmp(c->p, w, n) != 0)
		return false;
	c->p += n;
	return true;
}

static bool check_key(struct cur *c)
{
	skip_space(c);
	if (c->p == c->end || *c->p != '"' || !check_string(c))
		return false;
	skip_space(c);
	if (c->p == c->end || *c->p != ':')
		return false;
	c->p++;
	return true;
}

static bool check_text(struct cur *c, unsigned max_depth)
{
	uint8_t is_object[SCAN_DEPTH_MAX / 8] = {0};
	unsigned depth = 0;

	if (max_depth > SCAN_DEPTH_MAX)
		max_depth = SCAN_DEPTH_MAX;
	for (;;) {
		/* A value is due. */
		skip_space(c);
		if (c->p == c->end)
			return false;
		char ch = *c->p;
		if (ch == '{' || ch == '[') {
			if (depth == max_depth)
				return false;
			c->p++;
			if (ch == '{')
				is_object[depth / 8] |= (uint8_t)(1u << depth % 8);
			else
				is_object[depth / 8] &= (uint8_t) ~(1u << depth % 8);
			depth++;
			skip_space(c);
			if (c->p == c->end)
				return false;
			if (*c->p != (ch == '{' ? '}' : ']')) {
				if (ch == '{' && !check_key(c))
					return false;
				continue;
			}
		} else if (ch == '"') {
			if (!check_string(c))
				return false;
		} else if (ch == '-' || (ch >= '0' && ch <= '9')) {
			if (!check_number(c))
				return false;
		} else if (!check_word(c, ch == 't' ? "true" : ch == 'f' ? "false" : "null")) {
			return false;
		}
		/* A value has ended: close what ends with it, or go on behind a comma. */
		for (;;) {
			skip_space(c);
			if (!depth)
				return c->p == c->end;
			if (c->p == c->end)
				return false;
			bool object = is_object[(depth - 1) / 8] >> (depth - 1) % 8 & 1;
			if (*c->p == (object ? '}' : ']')) {
				c->p++;
				depth--;
				continue;
			}
			if (*c->p != ',')
				return false;
			c->p++;
			if (object && !check_key(c))
				return false;
			break;
		}
	}
}

bool scan_valid(const char *json, size_t n, unsigned max_depth, size_t *ret_off)
{
	struct cur c = {json, json + n};
	bool ok = check_text(&c, max_depth);

	if (!ok && ret_off)
		*ret_off = (size_t)(c.p - json);
	return ok;
}
