/* A connection after its upgrade: WebSocket messages, SPDY streams, or SPDY inside of WebSocket messages. */
#include <errno.h>
#include <sys/socket.h>
#include "base/str.h"
#include "node/server_internal.h"
#include "wire/websocket.h"

#define READ_MAX     32768u
#define MESSAGE_MAX  (1u << 20)
#define LINGER_MS    10000               /* a peer that has been told everything and says nothing any more */
#define IDLE_MS      (4ll * 3600 * 1000) /* one that takes nothing: kubelet's --streaming-connection-idle-timeout */
#define WS_PIECE_MAX 32768u
#define CLOSE_NORMAL 1000
#define CLOSE_PROTO  1002

struct tunnel {
	struct node_server *server;
	enum tunnel_kind kind;
	int fd;
	struct loop_io *io;
	struct ws_decoder *ws;
	struct spdy *spdy;
	struct buf out;
	bool paused, was_full, finishing, shut, said_close, heard_close, dead, in_flush;
	struct loop_timer *linger;
	const struct tunnel_ops *ops;
	void *arg;
};

/* What goes to the socket next. */
static struct buf *next_out(const struct tunnel *t)
{
	return t->kind == TUNNEL_SPDY ? spdy_out(t->spdy) : (struct buf *)&t->out;
}

size_t tunnel_waiting(const struct tunnel *t)
{
	return t->out.len + (t->spdy ? spdy_out(t->spdy)->len : 0);
}

struct spdy *tunnel_spdy(struct tunnel *t)
{
	return t->spdy;
}

static void die(struct tunnel *t)
{
	if (t->dead)
		return;
	t->dead = true;
	t->io = loop_io_free(t->io);
	if (t->linger)
		loop_timer_stop(t->linger);
	t->ops->on_closed(t->arg);
}

static void update(struct tunnel *t)
{
	uint32_t ev = 0;

	if (t->dead)
		return;
	if (!t->paused)
		ev |= EPOLLIN;
	if (next_out(t)->len > 0)
		ev |= EPOLLOUT;
	if (loop_io_set(t->io, ev ? ev : EPOLLRDHUP) < 0)
		die(t);
}

void tunnel_flush(struct tunnel *t)
{
	struct buf *b;

	if (t->dead || t->in_flush)
		return;
	t->in_flush = true;
	for (;;) {
		size_t done = 0;

		/* Before it goes, too: the sources have seen it full even when the socket takes it all at once. */
		t->was_full |= tunnel_waiting(t) >= SERVER_OUT_HIGH / 2;

		if (t->kind == TUNNEL_SPDY_IN_WS && !t->said_close) {
			struct buf *inner = spdy_out(t->spdy);

			while (done < inner->len) {
				size_t n = inner->len - done < WS_PIECE_MAX ? inner->len - done : WS_PIECE_MAX;

				ws_encode(&t->out, WS_BINARY, inner->data + done, n, false);
				done += n;
			}
			if (done > 0)
				buf_consume(inner, done);
		}
		b = next_out(t);
		if (buf_failed(b)) {
			die(t);
			return;
		}
		for (done = 0; done < b->len;) {
			ssize_t n = send(t->fd, b->data + done, b->len - done, MSG_NOSIGNAL | MSG_DONTWAIT);

			if (n < 0 && errno == EINTR)
				continue;
			if (n < 0 && errno != EAGAIN) {
				die(t);
				return;
			}
			if (n < 0)
				break;
			done += (size_t)n;
		}
		if (done > 0)
			buf_consume(b, done);
		if (done > 0 && t->finishing)
			loop_timer_set(t->linger, IDLE_MS);
		t->was_full |= tunnel_waiting(t) >= SERVER_OUT_HIGH / 2;
		if (!t->was_full || tunnel_waiting(t) >= SERVER_OUT_HIGH / 2 || t->finishing)
			break;
		/* The sources wait for room; what they add now goes out in the next round. */
		t->was_full = false;
		t->ops->on_room(t->arg);
		if (t->dead)
			return;
	}
	t->in_flush = false;
	if (t->finishing && !t->shut && next_out(t)->len == 0) {
		t->shut = true;
		(void)shutdown(t->fd, SHUT_WR);
		loop_timer_set(t->linger, LINGER_MS);
	}
	update(t);
}

void tunnel_message(struct tunnel *t, bool text, const void *p, size_t n)
{
	if (!t->dead && !t->said_close)
		ws_encode(&t->out, text ? WS_TEXT : WS_BINARY, p, n, false);
	t->was_full |= tunnel_waiting(t) >= SERVER_OUT_HIGH / 2;
}

void tunnel_channel(struct tunnel *t, bool base64, int ch, const void *p, size_t n)
{
	AUTO_BUF struct buf b = {0};

	if (base64) {
		AUTO_FREE char *text = NULL;

		buf_addc(&b, (char)('0' + ch));
		if (b64_encode(p, n, false, &text) == 0)
			buf_adds(&b, text);
	} else {
		buf_addc(&b, (char)ch);
		buf_add(&b, p, n);
	}
	if (!buf_failed(&b))
		tunnel_message(t, base64, b.data, b.len);
}

void tunnel_pause(struct tunnel *t, bool paused)
{
	if (t->paused == paused || t->finishing)
		return;
	t->paused = paused;
	update(t);
}

static void on_linger(void *arg)
{
	die(arg);
}

void tunnel_finish(struct tunnel *t)
{
	if (t->dead || t->finishing)
		return;
	if (t->spdy)
		spdy_goaway(t->spdy, 0);
	if (t->kind == TUNNEL_SPDY_IN_WS)
		tunnel_flush(t);
	if (t->dead)
		return;
	if (t->kind != TUNNEL_SPDY && !t->said_close) {
		ws_encode_close(&t->out, CLOSE_NORMAL, "", false);
		t->said_close = true;
	}
	t->paused = false; /* to hear of the end */
	t->finishing = true;
	/* A reader that pauses (a pager) has its time; the short wait begins when all of it is on its way. */
	loop_timer_set(t->linger, IDLE_MS);
	tunnel_flush(t);
}

static int on_ws(void *arg, int opcode, const uint8_t *p, size_t n)
{
	struct tunnel *t = arg;
	struct err e = {0};

	switch (opcode) {
	case WS_PING:
		if (!t->said_close && tunnel_waiting(t) < SERVER_OUT_HIGH)
			ws_encode(&t->out, WS_PONG, p, n, false);
		return 0;
	case WS_PONG:
		return 0;
	case WS_CLOSE:
		t->heard_close = true;
		if (!t->said_close) {
			ws_encode_close(&t->out, CLOSE_NORMAL, "", false);
			t->said_close = true;
		}
		return 1;
	default:
		break;
	}
	if (t->finishing)
		return 0;
	if (t->kind == TUNNEL_SPDY_IN_WS)
		return spdy_feed(t->spdy, p, n, &e);
	t->ops->on_message(t->arg, opcode == WS_TEXT, p, n);
	return t->dead;
}

static void on_io(void *arg, int fd, uint32_t events)
{
	struct tunnel *t = arg;
	char b[READ_MAX];
	struct err e = {0};
	ssize_t n;
	int r = 0;

	(void)fd;
	if (events & (EPOLLIN | EPOLLHUP | EPOLLERR | EPOLLRDHUP)) {
		n = t->paused && !(events & (EPOLLHUP | EPOLLERR | EPOLLRDHUP))
			? -2
			: recv(t->fd, b, sizeof(b), MSG_DONTWAIT | (t->paused ? MSG_PEEK : 0));
		if (n == 0 || (n == -1 && errno != EAGAIN && errno != EINTR)) {
			die(t);
			return;
		}
		/* Paused, and the peer has sent its last: with bytes left to read, that waits until they are wanted. */
		if (t->paused && n > 0) {
			if (events & (EPOLLHUP | EPOLLERR)) {
				die(t);
				return;
			}
			if (loop_io_set(t->io, next_out(t)->len > 0 ? EPOLLOUT : 0) < 0)
				die(t);
			return;
		}
		/* It lives, and may still be reading what lies between us: clients ping. */
		if (n > 0 && t->shut)
			loop_timer_set(t->linger, LINGER_MS);
		if (n > 0 && t->ws && !t->heard_close)
			r = ws_decoder_feed(t->ws, b, (size_t)n, on_ws, t, &e);
		else if (n > 0 && t->spdy && !t->finishing)
			r = spdy_feed(t->spdy, b, (size_t)n, &e);
		if (t->dead)
			return;
		if (t->heard_close) {
			/* Our answer goes out; then there is nothing to be said or heard. */
			tunnel_flush(t);
			die(t);
			return;
		}
		if (r < 0) {
			if (t->ws && !t->said_close) {
				ws_encode_close(&t->out, CLOSE_PROTO, "protocol error", false);
				t->said_close = true;
				tunnel_flush(t);
			}
			die(t);
			return;
		}
	}
	tunnel_flush(t);
}

/* --- SPDY's callbacks --- */

static int on_spdy_stream(void *arg, uint32_t id, const struct spdy_header *h, size_t n, bool fin)
{
	struct tunnel *t = arg;

	return t->finishing ? 1 : t->ops->on_stream(t->arg, id, h, n, fin);
}
static void on_spdy_reply(void *arg, uint32_t id, const struct spdy_header *h, size_t n)
{
	(void)arg;
	(void)id;
	(void)h;
	(void)n;
}
static void on_spdy_data(void *arg, uint32_t id, const uint8_t *p, size_t n, bool fin)
{
	struct tunnel *t = arg;

	if (!t->finishing)
		t->ops->on_data(t->arg, id, p, n, fin);
}
static void on_spdy_reset(void *arg, uint32_t id, uint32_t status)
{
	struct tunnel *t = arg;

	(void)status;
	if (!t->finishing)
		t->ops->on_reset(t->arg, id);
}
static void on_spdy_window(void *arg, uint32_t id)
{
	struct tunnel *t = arg;

	(void)id;
	if (!t->finishing)
		t->ops->on_room(t->arg);
}
static void on_spdy_goaway(void *arg)
{
	(void)arg; /* no new streams come; those there are go on */
}

struct tunnel *tunnel_free(struct tunnel *t)
{
	if (!t)
		return NULL;
	(void)loop_io_free(t->io);
	(void)loop_timer_free(t->linger);
	(void)ws_decoder_free(t->ws);
	(void)spdy_free(t->spdy);
	buf_done(&t->out);
	(void)close(t->fd);
	free(t);
	return NULL;
}

int tunnel_new(struct tunnel **ret, struct node_server *s, enum tunnel_kind kind, int fd, const struct tunnel_ops *ops,
	       void *arg)
{
	static const struct spdy_callbacks cb = {on_spdy_stream, on_spdy_reply,  on_spdy_data,
						 on_spdy_reset,  on_spdy_window, on_spdy_goaway};
	struct tunnel *t = calloc(1, sizeof(*t));
	int r = 0;

	if (!t) {
		(void)close(fd);
		return -ENOMEM;
	}
	*t = (struct tunnel){.server = s, .kind = kind, .fd = fd, .ops = ops, .arg = arg};
	if (kind != TUNNEL_SPDY)
		r = ws_decoder_new(&t->ws, true, MESSAGE_MAX);
	if (r == 0 && kind != TUNNEL_WS)
		r = spdy_new(&t->spdy, true, &cb, t, NULL);
	if (r == 0)
		r = loop_timer_new(&t->linger, s->loop, on_linger, t);
	if (r == 0)
		r = loop_io_new(&t->io, s->loop, fd, EPOLLIN, on_io, t, NULL);
	if (r < 0) {
		(void)tunnel_free(t);
		return r;
	}
	*ret = t;
	return 0;
}
