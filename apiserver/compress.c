/* gzip of large answers, as kube-apiserver does it (APIResponseCompression): 128 KiB or more, the fastest level, on the pool. */
#include <zlib.h>
#include "apiserver/internal.h"

#define GZIP_MIN ((size_t)128 << 10)

struct compress {
	struct req *r;
	int status;
	char *content_type;
	struct bytes **parts;
	size_t n, total;
};

static void compress_free(struct compress *c)
{
	for (size_t i = 0; i < c->n; i++)
		(void)bytes_unref(c->parts[i]);
	free(c->parts);
	free(c->content_type);
	free(c);
}

/* "gzip" in the list and not refused by q=0 (RFC 9110 section 12.5.3). */
static bool takes_gzip(const char *accept)
{
	while (accept && *accept) {
		size_t n = strcspn(accept, ","), name, zeros;
		const char *q;

		while (n && (*accept == ' ' || *accept == '\t')) {
			accept++;
			n--;
		}
		name = strcspn(accept, " \t;,");
		if (name == 4 && !strncasecmp(accept, "gzip", 4)) {
			q = memmem(accept, n, "q=", 2);
			zeros = q ? strspn(q + 2, "0.") : 0;
			return !zeros || (q + 2 + zeros < accept + n && !strchr(" \t;", q[2 + zeros]));
		}
		accept += n + (accept[n] == ',');
	}
	return false;
}

static struct bytes *gzip(const struct compress *c)
{
	z_stream z = {0};
	AUTO_BUF struct buf out = {0};
	int rc = deflateInit2(&z, Z_BEST_SPEED, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);

	if (rc != Z_OK)
		return NULL;
	buf_reserve(&out, c->total / 4 + 1024);
	for (size_t i = 0; i < c->n && rc != Z_STREAM_ERROR; i++) {
		z.next_in = (unsigned char *)(uintptr_t)c->parts[i]->data;
		z.avail_in = (unsigned)c->parts[i]->len; /* an answer's piece is far below 4 GiB */
		do {
			unsigned char piece[32 << 10];

			z.next_out = piece;
			z.avail_out = sizeof(piece);
			rc = deflate(&z, i + 1 == c->n ? Z_FINISH : Z_NO_FLUSH);
			buf_add(&out, piece, sizeof(piece) - z.avail_out);
		} while (rc != Z_STREAM_ERROR && z.avail_out == 0);
	}
	(void)deflateEnd(&z);
	return rc == Z_STREAM_END ? buf_take_bytes(&out) : NULL;
}

static void compress_run(void *arg)
{
	struct compress *c = arg;
	struct req *r = c->r;
	AUTO_BYTES struct bytes *b = gzip(c);

	/* Without memory for it the answer goes as it is. */
	if (b && !http_add_header(r->x, "Content-Encoding", "gzip") && !http_add_header(r->x, "Vary", "Accept-Encoding"))
		r->sink->reply(r, c->status, c->content_type, &b, 1);
	else if (!b)
		r->sink->reply(r, c->status, c->content_type, c->parts, c->n);
	else
		r->sink->reply(r, 500, c->content_type, NULL, 0);
	compress_free(c);
	req_free(r);
}

bool req_compress(struct req *r, int status, const char *content_type, struct bytes *const *parts, size_t n)
{
	struct compress *c;
	size_t total = 0;

	for (size_t i = 0; i < n; i++)
		total += parts[i]->len;
	if (total < GZIP_MIN || !r->x || status != 200 || !takes_gzip(http_header(r->x, "Accept-Encoding")))
		return false;
	c = calloc(1, sizeof(*c));
	if (!c || !(c->parts = calloc(n, sizeof(struct bytes *))) || !(c->content_type = str_dup(content_type))) {
		if (c)
			compress_free(c);
		return false;
	}
	c->r = r;
	c->status = status;
	c->total = total;
	for (; c->n < n; c->n++)
		c->parts[c->n] = bytes_ref(parts[c->n]);
	req_defer(r, compress_run, c);
	return true;
}
