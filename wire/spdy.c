#include "wire/spdy.h"
#include <errno.h>
#include "wire/spdy_headers.h"

enum {
	F_SYN_STREAM = 1,
	F_SYN_REPLY = 2,
	F_RST_STREAM = 3,
	F_SETTINGS = 4,
	F_PING = 6,
	F_GOAWAY = 7,
	F_HEADERS = 8,
	F_WINDOW = 9
};
enum { FLAG_FIN = 1, FLAG_UNIDIRECTIONAL = 2 };
enum { RST_PROTOCOL = 1, RST_INVALID_STREAM = 2, RST_REFUSED = 3, RST_FLOW_CONTROL = 7, RST_IN_USE = 8 };

#define CONTROL_MAX     (32u << 10) /* of a control frame's payload */
#define STREAMS_MAX     1024u
#define OUT_MAX         (4u << 20)  /* answers a peer that never reads may pile up */
#define DATA_MAX        (32u << 10) /* payload of a data frame we send */
#define WINDOW_START    65536
#define WINDOW_GRANT    32768 /* consumed bytes that are worth a WINDOW_UPDATE */
#define NO_FLOW_CONTROL (1u << 20)

struct stream {
	uint32_t id;
	bool local_done, remote_done;
	int64_t window;    /* what the peer lets us send */
	uint32_t consumed; /* not yet given back to the peer */
};

struct spdy {
	bool server, broken, gone_away;
	/*
	 * Kubernetes' Go implementation (moby/spdystream) knows no flow control: it sends no WINDOW_UPDATE and would
	 * let a sender that waits for one wait for ever. So windows count from a peer's first WINDOW_UPDATE or
	 * SETTINGS on; before, TCP holds back alone.
	 */
	bool flow;
	struct spdy_callbacks cb;
	void *arg;
	struct buf out;
	struct spdy_headers headers;
	uint32_t next_id, last_peer_id;
	int64_t session_window, initial_window;
	uint32_t session_consumed;
	struct stream *streams;
	size_t n_streams, cap_streams;

	uint8_t head[8];
	size_t head_len;
	struct buf control; /* payload of the control frame under way */
	bool is_data;
	uint32_t data_id;
	uint8_t flags;
	unsigned type;
	size_t left;
};

static void put_control(struct spdy *s, unsigned type, uint8_t flags, size_t n)
{
	spdy_put32(&s->out, 0x80030000u | type);
	spdy_put32(&s->out, (uint32_t)flags << 24 | (uint32_t)n);
}

int spdy_new(struct spdy **ret, bool server, const struct spdy_callbacks *cb, void *arg, struct err *e)
{
	struct spdy *s = calloc(1, sizeof(*s));

	if (!s)
		return err_nomem(e);
	s->server = server;
	s->cb = *cb;
	s->arg = arg;
	s->next_id = server ? 2 : 1;
	s->session_window = s->initial_window = WINDOW_START;
	if (spdy_headers_init(&s->headers) < 0) {
		free(s);
		return err_nomem(e);
	}
	*ret = s;
	return 0;
}

struct spdy *spdy_free(struct spdy *s)
{
	if (s) {
		spdy_headers_done(&s->headers);
		buf_done(&s->out);
		buf_done(&s->control);
		free(s->streams);
		free(s);
	}
	return NULL;
}

struct buf *spdy_out(struct spdy *s)
{
	return &s->out;
}

static struct stream *stream_find(const struct spdy *s, uint32_t id)
{
	for (size_t i = s->n_streams; i-- > 0;)
		if (s->streams[i].id == id)
			return &s->streams[i];
	return NULL;
}

static struct stream *stream_add(struct spdy *s, uint32_t id)
{
	struct stream *st;

	if (s->n_streams == s->cap_streams) {
		size_t cap = s->cap_streams ? s->cap_streams * 2 : 8;

		st = realloc(s->streams, cap * sizeof(*st));
		if (!st)
			return NULL;
		s->streams = st;
		s->cap_streams = cap;
	}
	st = &s->streams[s->n_streams++];
	*st = (struct stream){.id = id, .window = s->initial_window};
	return st;
}

static void stream_del(struct spdy *s, uint32_t id)
{
	struct stream *st = stream_find(s, id);

	if (!st)
		return;
	memmove(st, st + 1, (size_t)(s->streams + s->n_streams - (st + 1)) * sizeof(*st));
	s->n_streams--;
}

static void stream_settle(struct spdy *s, uint32_t id)
{
	struct stream *st = stream_find(s, id);

	if (st && st->local_done && st->remote_done)
		stream_del(s, id);
}

/* --- receiving --- */

static void put_reset(struct spdy *s, uint32_t id, uint32_t status)
{
	put_control(s, F_RST_STREAM, 0, 8);
	spdy_put32(&s->out, id);
	spdy_put32(&s->out, status);
}

static void remote_fin(struct spdy *s, uint32_t id)
{
	struct stream *st = stream_find(s, id);

	if (st) {
		st->remote_done = true;
		stream_settle(s, id);
	}
}

static int on_syn_stream(struct spdy *s, const uint8_t *p, size_t n, struct err *e)
{
	AUTO_FREE struct spdy_header *h = NULL;
	struct stream *st;
	size_t n_h = 0;
	uint32_t id;
	int rc;

	if (n < 10)
		return err_set(e, ERR_PROTO, "SPDY SYN_STREAM is too short");
	id = spdy_get32(p) & 0x7fffffff;
	/* Even if refused: the compression state runs on. */
	rc = spdy_headers_unpack(&s->headers, p + 10, n - 10, &h, &n_h, e);
	if (rc < 0)
		return rc;
	if (id == 0 || (id & 1) != (s->server ? 1u : 0u) || id <= s->last_peer_id)
		return err_set(e, ERR_PROTO, "SPDY stream %u is out of order", id);
	s->last_peer_id = id;
	if (s->gone_away)
		return 0;
	if (s->n_streams >= STREAMS_MAX) {
		put_reset(s, id, RST_REFUSED);
		return 0;
	}
	st = stream_add(s, id);
	if (!st)
		return err_nomem(e);
	st->remote_done = s->flags & FLAG_FIN;
	st->local_done = s->flags & FLAG_UNIDIRECTIONAL;
	if (!s->cb.on_stream || s->cb.on_stream(s->arg, id, h, n_h, s->flags & FLAG_FIN) != 0) {
		if (stream_find(s, id)) {
			stream_del(s, id);
			put_reset(s, id, RST_REFUSED);
		}
		return 0;
	}
	stream_settle(s, id);
	return 0;
}

static int on_syn_reply(struct spdy *s, const uint8_t *p, size_t n, struct err *e)
{
	AUTO_FREE struct spdy_header *h = NULL;
	size_t n_h = 0;
	uint32_t id;
	int rc;

	if (n < 4)
		return err_set(e, ERR_PROTO, "SPDY SYN_REPLY is too short");
	id = spdy_get32(p) & 0x7fffffff;
	rc = spdy_headers_unpack(&s->headers, p + 4, n - 4, &h, &n_h, e);
	if (rc < 0)
		return rc;
	if (!stream_find(s, id))
		return 0; /* reset meanwhile */
	if (s->type == F_SYN_REPLY && s->cb.on_reply)
		s->cb.on_reply(s->arg, id, h, n_h);
	if (s->flags & FLAG_FIN) {
		static const uint8_t nothing[1];

		remote_fin(s, id);
		if (s->cb.on_data)
			s->cb.on_data(s->arg, id, nothing, 0, true);
	}
	return 0;
}

static int window_add(int64_t *w, uint32_t delta)
{
	*w += delta;
	return *w > INT32_MAX ? -1 : 0;
}

/* Tells about every stream that may send again. Callbacks may add and remove streams: walks by id. */
static void windows_opened(struct spdy *s)
{
	uint32_t ids[STREAMS_MAX];
	size_t n = s->n_streams < STREAMS_MAX ? s->n_streams : STREAMS_MAX;

	if (!s->cb.on_window)
		return;
	for (size_t i = 0; i < n; i++)
		ids[i] = s->streams[i].id;
	for (size_t i = 0; i < n; i++)
		if (spdy_window(s, ids[i]) > 0)
			s->cb.on_window(s->arg, ids[i]);
}

static int on_window_update(struct spdy *s, const uint8_t *p, size_t n, struct err *e)
{
	struct stream *st;
	uint32_t id, delta;

	if (n != 8)
		return err_set(e, ERR_PROTO, "SPDY WINDOW_UPDATE has a wrong length");
	id = spdy_get32(p) & 0x7fffffff;
	delta = spdy_get32(p + 4) & 0x7fffffff;
	if (delta == 0)
		return err_set(e, ERR_PROTO, "SPDY WINDOW_UPDATE of nothing");
	s->flow = true;
	if (id == 0) {
		if (window_add(&s->session_window, delta) < 0)
			return err_set(e, ERR_PROTO, "SPDY session window overflows");
		windows_opened(s);
		return 0;
	}
	st = stream_find(s, id);
	if (!st)
		return 0;
	if (window_add(&st->window, delta) < 0) {
		stream_del(s, id);
		put_reset(s, id, RST_FLOW_CONTROL);
		if (s->cb.on_reset)
			s->cb.on_reset(s->arg, id, RST_FLOW_CONTROL);
		return 0;
	}
	if (spdy_window(s, id) > 0 && s->cb.on_window)
		s->cb.on_window(s->arg, id);
	return 0;
}

static int on_settings(struct spdy *s, const uint8_t *p, size_t n, struct err *e)
{
	size_t count = n >= 4 ? spdy_get32(p) : 0;

	if (n < 4 || count > 1000 || n != 4 + count * 8)
		return err_set(e, ERR_PROTO, "SPDY SETTINGS has a wrong length");
	for (size_t i = 0; i < count; i++) {
		uint32_t id = spdy_get32(p + 4 + i * 8) & 0xffffff, value = spdy_get32(p + 8 + i * 8);

		if (id != 7) /* SETTINGS_INITIAL_WINDOW_SIZE */
			continue;
		if (value > INT32_MAX)
			return err_set(e, ERR_PROTO, "SPDY initial window is too large");
		for (size_t k = 0; k < s->n_streams; k++)
			s->streams[k].window += (int64_t)value - s->initial_window;
		s->initial_window = value;
		s->flow = true;
		windows_opened(s);
	}
	return 0;
}

static int control_frame(struct spdy *s, struct err *e)
{
	const uint8_t *p = (const uint8_t *)s->control.data;
	size_t n = s->control.len;
	uint32_t id;

	switch (s->type) {
	case F_SYN_STREAM:
		return on_syn_stream(s, p, n, e);
	case F_SYN_REPLY:
	case F_HEADERS:
		return on_syn_reply(s, p, n, e);
	case F_RST_STREAM:
		if (n != 8)
			return err_set(e, ERR_PROTO, "SPDY RST_STREAM has a wrong length");
		id = spdy_get32(p) & 0x7fffffff;
		if (!stream_find(s, id))
			return 0;
		stream_del(s, id);
		if (s->cb.on_reset)
			s->cb.on_reset(s->arg, id, spdy_get32(p + 4));
		return 0;
	case F_SETTINGS:
		return on_settings(s, p, n, e);
	case F_PING:
		if (n != 4)
			return err_set(e, ERR_PROTO, "SPDY PING has a wrong length");
		id = spdy_get32(p);
		if ((id & 1) == (s->server ? 1u : 0u)) { /* the peer's own: send it back */
			put_control(s, F_PING, 0, 4);
			spdy_put32(&s->out, id);
		}
		return 0;
	case F_GOAWAY:
		if (n != 8)
			return err_set(e, ERR_PROTO, "SPDY GOAWAY has a wrong length");
		s->gone_away = true;
		if (s->cb.on_goaway)
			s->cb.on_goaway(s->arg);
		return 0;
	case F_WINDOW:
		return on_window_update(s, p, n, e);
	default:
		return 0; /* section 2.2: unknown control frames are ignored */
	}
}

static void data_piece(struct spdy *s, const uint8_t *p, size_t n, bool fin)
{
	const struct stream *st = stream_find(s, s->data_id);
	bool known = st && !st->remote_done;

	if (fin && known)
		remote_fin(s, s->data_id);
	if (known && s->cb.on_data)
		s->cb.on_data(s->arg, s->data_id, p, n, fin);
	else
		spdy_consumed(s, s->data_id, n); /* the session's window must not shrink by what nobody reads */
}

static int frame_begin(struct spdy *s, struct err *e)
{
	static const uint8_t nothing[1];

	s->flags = s->head[4];
	s->left = spdy_get32(s->head + 4) & 0xffffff;
	s->is_data = !(s->head[0] & 0x80);
	if (s->is_data) {
		s->data_id = spdy_get32(s->head);
		if (s->data_id == 0)
			return err_set(e, ERR_PROTO, "SPDY data for stream 0");
		if (s->left == 0) {
			s->head_len = 0;
			data_piece(s, nothing, 0, s->flags & FLAG_FIN);
		}
		return 0;
	}
	if (((unsigned)s->head[0] << 8 | s->head[1]) != 0x8003)
		return err_set(e, ERR_PROTO, "SPDY version is not 3");
	s->type = (unsigned)s->head[2] << 8 | s->head[3];
	if (s->left > CONTROL_MAX)
		return err_set(e, ERR_PROTO, "SPDY control frame of %zu bytes is too long", s->left);
	buf_trim(&s->control, 0);
	if (s->left == 0) {
		s->head_len = 0;
		return control_frame(s, e);
	}
	return 0;
}

static int feed_some(struct spdy *s, const uint8_t **pp, const uint8_t *end, struct err *e)
{
	const uint8_t *p = *pp;
	size_t n = (size_t)(end - p);

	if (s->head_len < 8) {
		if (n > 8 - s->head_len)
			n = 8 - s->head_len;
		memcpy(s->head + s->head_len, p, n);
		s->head_len += n;
		*pp += n;
		return s->head_len == 8 ? frame_begin(s, e) : 0;
	}
	if (n > s->left)
		n = s->left;
	*pp += n;
	s->left -= n;
	if (s->left == 0)
		s->head_len = 0;
	if (s->is_data) {
		data_piece(s, p, n, s->left == 0 && (s->flags & FLAG_FIN));
		return 0;
	}
	buf_add(&s->control, p, n);
	if (buf_failed(&s->control))
		return err_nomem(e);
	return s->left == 0 ? control_frame(s, e) : 0;
}

int spdy_feed(struct spdy *s, const void *data, size_t n, struct err *e)
{
	const uint8_t *p = data, *end = p + n;
	int rc = 0;

	if (s->broken)
		return err_set(e, ERR_PROTO, "SPDY session is broken already");
	while (rc == 0 && p < end) {
		rc = feed_some(s, &p, end, e);
		if (rc == 0 && buf_failed(&s->out))
			rc = err_nomem(e);
		if (rc == 0 && s->out.len > OUT_MAX)
			rc = err_set(e, ERR_PROTO, "SPDY peer does not read what it asks for");
	}
	if (rc < 0)
		s->broken = true;
	return rc;
}

/* --- sending --- */

static int put_headers(struct spdy *s, unsigned type, uint32_t id, const struct spdy_header *h, size_t n, bool fin)
{
	AUTO_BUF struct buf block = {0};
	int rc = spdy_headers_pack(&s->headers, h, n, &block);

	if (rc < 0) {
		s->broken = true; /* the compression state is out of step */
		return rc;
	}
	put_control(s, type, fin ? FLAG_FIN : 0, block.len + (type == F_SYN_STREAM ? 10 : 4));
	spdy_put32(&s->out, id);
	if (type == F_SYN_STREAM) {
		spdy_put32(&s->out, 0);
		buf_add(&s->out, "\0", 2); /* priority and credential slot */
	}
	buf_add(&s->out, block.data, block.len);
	return buf_failed(&s->out) ? -ENOMEM : 0;
}

int spdy_reply(struct spdy *s, uint32_t id, const struct spdy_header *h, size_t n, bool fin)
{
	struct stream *st = stream_find(s, id);
	int rc;

	if (!st)
		return ERR_NOT_FOUND;
	if (n > SPDY_PAIRS_MAX)
		return ERR_TOO_MANY;
	rc = put_headers(s, F_SYN_REPLY, id, h, n, fin);
	if (rc == 0 && fin) {
		st->local_done = true;
		stream_settle(s, id);
	}
	return rc;
}

int spdy_open(struct spdy *s, const struct spdy_header *h, size_t n, bool fin, uint32_t *ret_id, struct err *e)
{
	struct stream *st;
	int rc;

	if (s->broken || s->gone_away || s->next_id > 0x7fffffff - 2)
		return err_set(e, ERR_UNAVAILABLE, "SPDY session opens no more streams");
	if (n > SPDY_PAIRS_MAX || s->n_streams >= STREAMS_MAX)
		return err_set(e, ERR_TOO_MANY, "too many SPDY streams or headers");
	st = stream_add(s, s->next_id);
	if (!st)
		return err_nomem(e);
	st->local_done = fin;
	rc = put_headers(s, F_SYN_STREAM, s->next_id, h, n, fin);
	if (rc < 0) {
		stream_del(s, s->next_id);
		return err_set(e, rc, "open SPDY stream");
	}
	*ret_id = s->next_id;
	s->next_id += 2;
	return 0;
}

size_t spdy_window(const struct spdy *s, uint32_t id)
{
	const struct stream *st = stream_find(s, id);
	int64_t w;

	if (!st || st->local_done)
		return 0;
	if (!s->flow)
		return NO_FLOW_CONTROL;
	w = st->window < s->session_window ? st->window : s->session_window;
	return w > 0 ? (size_t)w : 0;
}

size_t spdy_send(struct spdy *s, uint32_t id, const void *data, size_t n, bool fin)
{
	struct stream *st = stream_find(s, id);
	const uint8_t *p = data;
	size_t can = spdy_window(s, id), done = 0;

	if (!st || st->local_done)
		return n; /* nobody to hear it: on_reset has told, or fin was sent */
	while (done < n && can > 0) {
		size_t part = n - done < can ? n - done : can;
		bool last;

		if (part > DATA_MAX)
			part = DATA_MAX;
		last = fin && done + part == n;
		spdy_put32(&s->out, id);
		spdy_put32(&s->out, (last ? (uint32_t)FLAG_FIN << 24 : 0) | (uint32_t)part);
		buf_add(&s->out, p + done, part);
		done += part;
		can -= part;
		st->window -= (int64_t)part;
		s->session_window -= (int64_t)part;
	}
	if (fin && n == 0) {
		spdy_put32(&s->out, id);
		spdy_put32(&s->out, (uint32_t)FLAG_FIN << 24);
	}
	if (fin && done == n) {
		st->local_done = true;
		stream_settle(s, id);
	}
	return done;
}

static void grant(struct spdy *s, uint32_t id, uint32_t *consumed, size_t n)
{
	*consumed += (uint32_t)n;
	if (*consumed < WINDOW_GRANT)
		return;
	put_control(s, F_WINDOW, 0, 8);
	spdy_put32(&s->out, id);
	spdy_put32(&s->out, *consumed);
	*consumed = 0;
}

void spdy_consumed(struct spdy *s, uint32_t id, size_t n)
{
	struct stream *st = stream_find(s, id);

	if (n > INT32_MAX / 2)
		n = INT32_MAX / 2; /* no frame is that long */
	grant(s, 0, &s->session_consumed, n);
	if (st && !st->remote_done)
		grant(s, id, &st->consumed, n);
}

void spdy_reset(struct spdy *s, uint32_t id, uint32_t status)
{
	if (!stream_find(s, id))
		return;
	stream_del(s, id);
	put_reset(s, id, status);
}

void spdy_goaway(struct spdy *s, uint32_t status)
{
	s->gone_away = true;
	put_control(s, F_GOAWAY, 0, 8);
	spdy_put32(&s->out, s->last_peer_id);
	spdy_put32(&s->out, status);
}
