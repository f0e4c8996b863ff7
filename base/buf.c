#include "base/buf.h"
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include "base/str.h"

void buf_done(struct buf *b)
{
	free(b->data);
	*b = (struct buf){0};
}

static void buf_fail(struct buf *b)
{
	free(b->data);
	*b = (struct buf){.failed = true};
}

void buf_reserve(struct buf *b, size_t extra)
{
	size_t need, cap;
	char *p;

	if (b->failed)
		return;
	if (extra >= SIZE_MAX / 4 || b->len >= SIZE_MAX / 4) {
		buf_fail(b);
		return;
	}
	need = b->len + extra + 1;
	if (need <= b->cap)
		return;
	cap = b->cap ? b->cap * 2 : 64;
	if (cap < need)
		cap = need;
	p = realloc(b->data, cap);
	if (!p) {
		buf_fail(b);
		return;
	}
	b->data = p;
	b->cap = cap;
	b->data[b->len] = '\0';
}

void buf_add(struct buf *b, const void *p, size_t n)
{
	if (n == 0)
		return;
	buf_reserve(b, n);
	if (b->failed)
		return;
	memcpy(b->data + b->len, p, n);
	b->len += n;
	b->data[b->len] = '\0';
}

void buf_adds(struct buf *b, const char *s)
{
	buf_add(b, s, strlen(s));
}

void buf_addc(struct buf *b, char c)
{
	if (b->len + 1 >= b->cap) {
		buf_add(b, &c, 1);
		return;
	}
	b->data[b->len++] = c; /* a failed buffer has no room, so it does not come here */
	b->data[b->len] = '\0';
}

void buf_addv(struct buf *b, const char *fmt, va_list ap)
{
	va_list again;
	size_t room;
	int n;

	buf_reserve(b, 32);
	if (b->failed)
		return;
	va_copy(again, ap);
	room = b->cap - b->len;
	n = vsnprintf(b->data + b->len, room, fmt, ap);
	if (n >= 0 && (size_t)n >= room) {
		buf_reserve(b, (size_t)n);
		if (!b->failed)
			n = vsnprintf(b->data + b->len, b->cap - b->len, fmt, again);
	}
	va_end(again);
	if (b->failed)
		return;
	if (n < 0)
		buf_fail(b);
	else
		b->len += (size_t)n;
}

void buf_addf(struct buf *b, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	buf_addv(b, fmt, ap);
	va_end(ap);
}

void buf_trim(struct buf *b, size_t new_len)
{
	if (b->failed || new_len >= b->len)
		return;
	b->len = new_len;
	b->data[new_len] = '\0';
}

void buf_consume(struct buf *b, size_t n)
{
	if (b->failed || n == 0)
		return;
	if (n >= b->len) {
		buf_trim(b, 0);
		return;
	}
	memmove(b->data, b->data + n, b->len - n);
	b->len -= n;
	b->data[b->len] = '\0';
}

char *buf_take(struct buf *b, size_t *ret_len)
{
	char *p;

	buf_reserve(b, 0); /* an empty buffer yields "" */
	if (b->failed) {
		b->failed = false;
		return NULL;
	}
	p = b->data;
	if (ret_len)
		*ret_len = b->len;
	*b = (struct buf){0};
	return p;
}

struct bytes *buf_take_bytes(struct buf *b)
{
	struct bytes *r = b->failed ? NULL : bytes_new(b->data, b->len);

	buf_done(b);
	return r;
}

void buf_add_json_str(struct buf *b, const char *s, size_t n)
{
	const unsigned char *p = (const unsigned char *)s;
	size_t i = 0, start = 0;

	buf_reserve(b, n + 2);
	buf_addc(b, '"');
	while (i < n) {
		unsigned char c = p[i];
		size_t len;

		if (c >= 0x20 && c < 0x80 && c != '"' && c != '\\') {
			i++;
			continue;
		}
		len = c >= 0x80 ? utf8_sequence(p + i, n - i) : 0;
		if (len) {
			i += len;
			continue;
		}
		buf_add(b, s + start, i - start);
		switch (c) {
		case '"':
			buf_adds(b, "\\\"");
			break;
		case '\\':
			buf_adds(b, "\\\\");
			break;
		case '\n':
			buf_adds(b, "\\n");
			break;
		case '\r':
			buf_adds(b, "\\r");
			break;
		case '\t':
			buf_adds(b, "\\t");
			break;
		case '\b':
			buf_adds(b, "\\b");
			break;
		case '\f':
			buf_adds(b, "\\f");
			break;
		default:
			if (c < 0x20)
				buf_addf(b, "\\u%04x", c);
			else
				buf_adds(b, "\xef\xbf\xbd");
		}
		start = ++i;
	}
	buf_add(b, s + start, n - start);
	buf_addc(b, '"');
}
