#include "wire/spdy_headers.h"
#include <ctype.h>
#include <errno.h>
#include "wire/spdy_dict.h"

#define HEADERS_MAX (64u << 10) /* of a header block, decompressed */

uint32_t spdy_get32(const void *p)
{
	const uint8_t *b = p;

	return (uint32_t)b[0] << 24 | (uint32_t)b[1] << 16 | (uint32_t)b[2] << 8 | b[3];
}

void spdy_put32(struct buf *b, uint32_t v)
{
	uint8_t p[4] = {(uint8_t)(v >> 24), (uint8_t)(v >> 16), (uint8_t)(v >> 8), (uint8_t)v};

	buf_add(b, p, 4);
}

int spdy_headers_init(struct spdy_headers *s)
{
	uint8_t dict[SPDY_DICT_MAX];
	size_t n_dict = spdy_dictionary(dict);

	if (inflateInit(&s->inflate) != Z_OK)
		return -ENOMEM;
	/* A 2 KB window holds the dictionary; headers here are short. */
	if (deflateInit2(&s->deflate, Z_DEFAULT_COMPRESSION, Z_DEFLATED, 11, 4, Z_DEFAULT_STRATEGY) != Z_OK ||
	    deflateSetDictionary(&s->deflate, dict, (unsigned)n_dict) != Z_OK) {
		spdy_headers_done(s);
		return -ENOMEM;
	}
	return 0;
}

void spdy_headers_done(struct spdy_headers *s)
{
	inflateEnd(&s->inflate);
	deflateEnd(&s->deflate);
}

int spdy_headers_pack(struct spdy_headers *s, const struct spdy_header *h, size_t n, struct buf *out)
{
	AUTO_BUF struct buf raw = {0};
	int rc;

	spdy_put32(&raw, (uint32_t)n);
	for (size_t i = 0; i < n; i++) {
		size_t n_name = strlen(h[i].name), n_value = strlen(h[i].value);

		spdy_put32(&raw, (uint32_t)n_name);
		for (size_t k = 0; k < n_name; k++)
			buf_addc(&raw, (char)tolower((unsigned char)h[i].name[k]));
		spdy_put32(&raw, (uint32_t)n_value);
		buf_add(&raw, h[i].value, n_value);
	}
	if (buf_failed(&raw))
		return -ENOMEM;
	if (raw.len > HEADERS_MAX)
		return ERR_TOO_LARGE;
	s->deflate.next_in = (unsigned char *)raw.data;
	s->deflate.avail_in = (unsigned)raw.len;
	do {
		unsigned char tmp[1024];

		s->deflate.next_out = tmp;
		s->deflate.avail_out = sizeof(tmp);
		rc = deflate(&s->deflate, Z_SYNC_FLUSH);
		if (rc != Z_OK && rc != Z_BUF_ERROR)
			return ERR_INTERNAL;
		buf_add(out, tmp, sizeof(tmp) - s->deflate.avail_out);
	} while (s->deflate.avail_out == 0);
	return buf_failed(out) ? -ENOMEM : 0;
}

static int headers_inflate(struct spdy_headers *s, const uint8_t *p, size_t n, struct buf *raw, struct err *e)
{
	uint8_t dict[SPDY_DICT_MAX];

	s->inflate.next_in = (unsigned char *)(uintptr_t)p;
	s->inflate.avail_in = (unsigned)n;
	for (;;) {
		unsigned char tmp[2048];
		int rc;

		s->inflate.next_out = tmp;
		s->inflate.avail_out = sizeof(tmp);
		rc = inflate(&s->inflate, Z_SYNC_FLUSH);
		if (rc == Z_NEED_DICT) {
			size_t n_dict = spdy_dictionary(dict);

			if (inflateSetDictionary(&s->inflate, dict, (unsigned)n_dict) != Z_OK)
				return err_set(e, ERR_PROTO, "SPDY headers use another dictionary");
			continue;
		}
		if (rc != Z_OK && rc != Z_BUF_ERROR)
			return err_set(e, ERR_PROTO, "SPDY headers do not decompress");
		buf_add(raw, tmp, sizeof(tmp) - s->inflate.avail_out);
		if (raw->len > HEADERS_MAX)
			return err_set(e, ERR_PROTO, "SPDY headers are longer than %u bytes", HEADERS_MAX);
		if (s->inflate.avail_out > 0)
			break;
	}
	if (s->inflate.avail_in > 0)
		return err_set(e, ERR_PROTO, "SPDY headers are followed by something else");
	return buf_failed(raw) ? err_nomem(e) : 0;
}

/* A length-prefixed string; the byte behind it belongs to the next length, so strings are copied with their NUL. */
static bool take_string(const struct buf *raw, size_t *at, char **store, const char **ret)
{
	size_t n;

	if (raw->len - *at < 4)
		return false;
	n = spdy_get32(raw->data + *at);
	*at += 4;
	if (n > raw->len - *at)
		return false;
	memcpy(*store, raw->data + *at, n);
	(*store)[n] = 0;
	*ret = *store;
	*store += n + 1;
	*at += n;
	return true;
}

int spdy_headers_unpack(struct spdy_headers *s, const uint8_t *p, size_t n, struct spdy_header **ret, size_t *ret_n,
			  struct err *e)
{
	AUTO_BUF struct buf raw = {0};
	AUTO_FREE struct spdy_header *h = NULL;
	size_t pairs, at = 4, used = 0;
	char *store;
	int rc = headers_inflate(s, p, n, &raw, e);

	if (rc < 0)
		return rc;
	if (raw.len < 4)
		return err_set(e, ERR_PROTO, "SPDY headers are cut short");
	pairs = spdy_get32(raw.data);
	if (pairs > SPDY_PAIRS_MAX)
		return err_set(e, ERR_PROTO, "more than %u SPDY headers", SPDY_PAIRS_MAX);
	/* Strings are shorter than what they are read from: each had four bytes of length. */
	h = malloc(SPDY_PAIRS_MAX * sizeof(*h) + raw.len + 1);
	if (!h)
		return err_nomem(e);
	store = (char *)(h + SPDY_PAIRS_MAX);
	for (size_t i = 0; i < pairs; i++) {
		const char *name, *value;
		char *end;

		if (!take_string(&raw, &at, &store, &name) || !name[0] || !take_string(&raw, &at, &store, &value))
			return err_set(e, ERR_PROTO, "SPDY headers are malformed");
		end = store - 1;
		for (;;) {
			if (used == SPDY_PAIRS_MAX)
				return err_set(e, ERR_PROTO, "more than %u SPDY headers", SPDY_PAIRS_MAX);
			h[used++] = (struct spdy_header){name, value};
			value += strlen(value);
			if (value >= end)
				break;
			value++;
		}
	}
	if (at != raw.len)
		return err_set(e, ERR_PROTO, "SPDY headers are followed by something else");
	*ret = TAKE_PTR(h);
	*ret_n = used;
	return 0;
}
