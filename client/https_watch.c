/* Watch streams over HTTP: one JSON event a line (Kubernetes API concepts, "Efficient detection of changes"). */
#include <string.h>
#include "api/scan.h"
#include "base/str.h"
#include "client/client_private.h"

/* etcd holds at most 1.5 MB by default; with managed fields and escapes that stays well below. */
#define MAX_EVENT (32u << 20)

static int event_type(const char *line, size_t n, enum watch_type *ret)
{
	static const char *const names[] = {"ADDED", "MODIFIED", "DELETED", "BOOKMARK", "ERROR"};
	char type[16];

	if (!scan_str(line, n, "type", type, sizeof type))
		return ERR_PROTO;
	for (unsigned i = 0; i < ARRAY_LEN(names); i++)
		if (streq(type, names[i])) {
			*ret = (enum watch_type)i;
			return 0;
		}
	return ERR_PROTO;
}

static int feed_line(const char *line, size_t n, int (*fn)(void *arg, enum watch_type type, struct bytes *object),
		     void *arg, struct err *e)
{
	AUTO_BYTES struct bytes *object = NULL;
	enum watch_type type;
	const char *p;
	size_t len, off;

	while (n > 0 && (line[n - 1] == '\r' || line[n - 1] == ' '))
		n--;
	if (n == 0)
		return 0;
	if (!scan_valid(line, n, 128, &off) || event_type(line, n, &type) < 0 ||
	    !scan_find(line, n, "object", &p, &len))
		return err_set(e, ERR_PROTO, "the server sent a watch event that cannot be read");
	object = bytes_new(p, len);
	if (!object)
		return err_nomem(e);
	return fn(arg, type, object) ? 1 : 0;
}

int watch_stream_feed(struct watch_stream *s, const char *p, size_t n,
		      int (*fn)(void *arg, enum watch_type type, struct bytes *object), void *arg, struct err *e)
{
	while (n > 0) {
		const char *nl = memchr(p, '\n', n);
		size_t k = nl ? (size_t)(nl - p) : n;
		AUTO_BUF struct buf line = {0};
		int r;

		if (s->line.len + k > MAX_EVENT)
			return err_set(e, ERR_TOO_LARGE, "the server sent a watch event of more than %u bytes",
				       MAX_EVENT);
		if (!nl || s->line.len) {
			buf_add(&s->line, p, k);
			if (buf_failed(&s->line))
				return err_nomem(e);
			if (!nl)
				return 0;
			/* Taken out first: the callback may end the stream and free it. */
			line = s->line;
			s->line = (struct buf){0};
			r = feed_line(line.data, line.len, fn, arg, e);
		} else {
			/* The scanner wants a NUL behind the value. */
			buf_add(&line, p, k);
			if (buf_failed(&line))
				return err_nomem(e);
			r = k ? feed_line(line.data, line.len, fn, arg, e) : 0;
		}
		if (r)
			return r;
		p += k + 1;
		n -= k + 1;
	}
	return 0;
}

void watch_stream_done(struct watch_stream *s)
{
	buf_done(&s->line);
}
