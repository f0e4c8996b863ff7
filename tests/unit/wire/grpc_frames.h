/* HTTP/2 frames by hand, and reading them again: what a peer of gRPC's may say, right or wrong. */
#pragma once
#include <nghttp2/nghttp2.h>
#include "base/buf.h"

enum { F_DATA = 0, F_HEADERS = 1, F_RST = 3, F_SETTINGS = 4, F_PING = 6, F_GOAWAY = 7, F_CONTINUATION = 9 };
enum { END_STREAM = 1, END_HEADERS = 4 };

static inline void add_u32(struct buf *b, uint32_t v)
{
	for (int i = 3; i >= 0; i--)
		buf_addc(b, (char)(v >> (8 * i)));
}

static inline void add_frame(struct buf *b, int type, int flags, uint32_t stream, const void *p, size_t n)
{
	buf_addc(b, (char)(n >> 16));
	buf_addc(b, (char)(n >> 8));
	buf_addc(b, (char)n);
	buf_addc(b, (char)type);
	buf_addc(b, (char)flags);
	add_u32(b, stream);
	if (n)
		buf_add(b, p, n);
}

/* HPACK: literal, not indexed, no Huffman code; names and values shorter than 127 bytes. */
static inline void add_header(struct buf *b, const char *name, const char *value)
{
	buf_addc(b, 0);
	buf_addc(b, (char)strlen(name));
	buf_adds(b, name);
	buf_addc(b, (char)strlen(value));
	buf_adds(b, value);
}

/* "name: value" lines, NULL at the end, as one frame of headers. */
static inline void add_headers(struct buf *b, int flags, uint32_t stream, const char *const *lines)
{
	struct buf h = {0};

	for (; *lines; lines++) {
		const char *colon = strchr(*lines + 1, ':');
		char name[64];

		snprintf(name, sizeof name, "%.*s", (int)(colon - *lines), *lines);
		add_header(&h, name, colon + 2);
	}
	add_frame(b, F_HEADERS, flags, stream, h.data, h.len);
	buf_done(&h);
}

static inline void add_message(struct buf *b, int flags, uint32_t stream, int compressed, const char *text)
{
	struct buf m = {0};

	buf_addc(&m, (char)compressed);
	add_u32(&m, (uint32_t)strlen(text));
	buf_adds(&m, text);
	add_frame(b, F_DATA, flags, stream, m.data, m.len);
	buf_done(&m);
}

#define LINES(...) ((const char *const[]){__VA_ARGS__, NULL})

/* An answer as it should be. */
static inline void add_good(struct buf *b, uint32_t stream, const char *text)
{
	add_headers(b, END_HEADERS, stream, LINES(":status: 200", "content-type: application/grpc"));
	add_message(b, 0, stream, 0, text);
	add_headers(b, END_HEADERS | END_STREAM, stream, LINES("grpc-status: 0"));
}

#define REQUEST_LINES(method, type)                                                                                    \
	":method: " method, ":scheme: http", ":path: /t.T/Echo", ":authority: x", "content-type: " type, "te: trailers"

static inline void add_preface(struct buf *b)
{
	buf_adds(b, NGHTTP2_CLIENT_MAGIC);
	add_frame(b, F_SETTINGS, 0, 0, NULL, 0);
}

/* The value of a header in what a server has sent on a stream; "" without. */
static inline void find_header(const struct buf *b, uint32_t stream, const char *name, char out[128])
{
	nghttp2_hd_inflater *inf = NULL;
	size_t at = 0;

	out[0] = '\0';
	if (nghttp2_hd_inflate_new(&inf) != 0)
		abort();
	while (b->len - at >= 9) {
		const uint8_t *p = (const uint8_t *)b->data + at;
		size_t n = (size_t)p[0] << 16 | (size_t)p[1] << 8 | p[2];
		uint32_t id = ((uint32_t)p[5] << 24 | (uint32_t)p[6] << 16 | (uint32_t)p[7] << 8 | p[8]) & 0x7fffffff;

		if (b->len - at - 9 < n)
			break;
		for (size_t k = 0; p[3] == F_HEADERS;) {
			nghttp2_nv nv;
			int flags = 0;
			ssize_t r = nghttp2_hd_inflate_hd2(inf, &nv, &flags, p + 9 + k, n - k, 1);

			if (r < 0)
				abort();
			k += (size_t)r;
			if (flags & NGHTTP2_HD_INFLATE_EMIT && id == stream && nv.namelen == strlen(name) &&
			    !memcmp(nv.name, name, nv.namelen))
				snprintf(out, 128, "%.*s", (int)nv.valuelen, (const char *)nv.value);
			if (flags & NGHTTP2_HD_INFLATE_FINAL) {
				nghttp2_hd_inflate_end_headers(inf);
				break;
			}
			if (!(flags & NGHTTP2_HD_INFLATE_EMIT) && k == n)
				break;
		}
		at += 9 + n;
	}
	nghttp2_hd_inflate_del(inf);
}
