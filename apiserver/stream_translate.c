/* See stream_translate.h. */
#include "apiserver/stream_translate.h"
#include <errno.h>
#include <sys/socket.h>
#include "apiserver/relay.h"
#include "base/log.h"
#include "wire/spdy.h"
#include "wire/websocket.h"

#define READ_MAX      32768u
#define MESSAGE_MAX   (1u << 20)
#define CLOSE_CHANNEL 255 /* KEP-4006 */
#define LINGER_MS     10000
#define CLOSE_NORMAL  1000
#define CLOSE_PROTO   1002
#define CLOSE_ERROR   1011

struct translate {
	struct relay_link link;
	struct apiserver *a;
	struct translation how;
	int client_fd, node_fd; /* node_fd -1: over */
	struct loop_io *client_io, *node_io;
	struct loop_timer *linger;
	struct ws_decoder *in;
	struct spdy *spdy; /* NULL: tunnel */
	struct buf raw;    /* tunnel: to the node */
	struct buf out;    /* to the client */
	struct buf held;   /* stdin: more than the node's window takes */
	bool held_fin;     /* and then its end */
	bool told;         /* the command's status */
	bool ending, shut; /* the client hears no more but what waits; nor even that */
	bool open[TRANSLATE_CHANNELS];
	uint32_t id[TRANSLATE_CHANNELS];
};

static void translate_free(struct relay_link *l)
{
	struct translate *t = container_of(l, struct translate, link);

	list_del(&t->link.link);
	(void)loop_io_free(t->client_io);
	(void)loop_io_free(t->node_io);
	(void)loop_timer_free(t->linger);
	(void)close(t->client_fd);
	if (t->node_fd >= 0)
		(void)close(t->node_fd);
	(void)ws_decoder_free(t->in);
	(void)spdy_free(t->spdy);
	buf_done(&t->raw);
	buf_done(&t->out);
	buf_done(&t->held);
	free(t);
}

static struct buf *to_node(struct translate *t)
{
	return t->spdy ? spdy_out(t->spdy) : &t->raw;
}

/* The node is done with; the client gets what waits for it and this. */
static void end(struct translate *t, uint16_t code, const char *reason)
{
	if (t->ending)
		return;
	t->ending = true;
	ws_encode_close(&t->out, code, reason, false);
	t->node_io = loop_io_free(t->node_io);
	(void)close(TAKE_FD(t->node_fd));
}

/* --- from the node --- */

static int channel_of(const struct translate *t, uint32_t id)
{
	for (int ch = 0; ch < TRANSLATE_CHANNELS; ch++)
		if (t->open[ch] && t->id[ch] == id)
			return ch;
	return -1;
}

static void to_client(struct translate *t, int ch, const uint8_t *p, size_t n)
{
	AUTO_BUF struct buf b = {0};

	buf_addc(&b, (char)ch);
	buf_add(&b, p, n);
	if (buf_failed(&b))
		end(t, CLOSE_ERROR, "out of memory");
	else
		ws_encode(&t->out, WS_BINARY, b.data, b.len, false);
}

/* The end of one; without streams that say something, of all. */
static void channel_over(struct translate *t, int ch)
{
	t->open[ch] = false;
	if (!t->open[TRANSLATE_STDOUT] && !t->open[TRANSLATE_STDERR] && !t->open[TRANSLATE_ERROR])
		end(t, t->told ? CLOSE_NORMAL : CLOSE_ERROR, t->told ? "" : "the node told no status");
}

static int on_stream(void *arg, uint32_t id, const struct spdy_header *h, size_t n, bool fin)
{
	(void)arg;
	(void)id;
	(void)h;
	(void)n;
	(void)fin;
	return 1; /* only clients open streams */
}

static void on_reply(void *arg, uint32_t id, const struct spdy_header *h, size_t n)
{
	(void)arg;
	(void)id;
	(void)h;
	(void)n;
}

static void on_data(void *arg, uint32_t id, const uint8_t *p, size_t n, bool fin)
{
	struct translate *t = arg;
	int ch = channel_of(t, id);

	if (t->ending)
		return;
	if (ch >= 0 && n > 0) {
		to_client(t, ch, p, n);
		t->told |= ch == TRANSLATE_ERROR;
	}
	/*
	 * No window is given back: Kubernetes' Go implementation knows none, TCP holds it back, and a WINDOW_UPDATE
	 * that it has not read when it closes the connection behind the last byte has the kernel reset it, with that
	 * byte unread.
	 */
	if (ch >= 0 && fin && !t->ending)
		channel_over(t, ch);
}

static void on_reset(void *arg, uint32_t id, uint32_t status)
{
	struct translate *t = arg;
	int ch = channel_of(t, id);

	(void)status;
	if (ch >= 0 && !t->ending)
		channel_over(t, ch);
}

static void on_window(void *arg, uint32_t id)
{
	(void)arg; /* what is held goes out in every turn */
	(void)id;
}

static void on_goaway(void *arg)
{
	(void)arg; /* no more streams are opened anyway */
}

static void node_read(struct translate *t)
{
	char b[READ_MAX];
	ssize_t n = recv(t->node_fd, b, sizeof(b), MSG_DONTWAIT);
	struct err e = {0};

	if (n < 0 && (errno == EAGAIN || errno == EINTR))
		return;
	if (n <= 0)
		end(t, t->told || t->how.tunnel ? CLOSE_NORMAL : CLOSE_ERROR,
		    t->told || t->how.tunnel ? "" : "the node closed the connection without a status");
	else if (!t->spdy)
		ws_encode(&t->out, WS_BINARY, b, (size_t)n, false);
	else if (spdy_feed(t->spdy, b, (size_t)n, &e))
		end(t, CLOSE_ERROR, e.msg);
}

/* --- from the client --- */

static void send_held(struct translate *t)
{
	size_t n;

	if (!t->spdy || !t->open[TRANSLATE_STDIN])
		return;
	n = spdy_send(t->spdy, t->id[TRANSLATE_STDIN], t->held.data ? t->held.data : "", t->held.len, t->held_fin);
	t->held_fin = t->held_fin && n < t->held.len;
	if (n)
		buf_consume(&t->held, n);
}

static void from_client(struct translate *t, const uint8_t *p, size_t n)
{
	if (n < 1)
		return;
	if (p[0] == CLOSE_CHANNEL) {
		if (n == 2 && p[1] == TRANSLATE_STDIN && t->open[TRANSLATE_STDIN])
			t->held_fin = true;
	} else if (p[0] == TRANSLATE_STDIN && t->open[TRANSLATE_STDIN]) {
		buf_add(&t->held, p + 1, n - 1);
	} else if (p[0] == TRANSLATE_RESIZE && t->open[TRANSLATE_RESIZE] && n > 1 &&
		   spdy_window(t->spdy, t->id[TRANSLATE_RESIZE]) >=
		       n - 1) { /* whole: it is JSON; else the next one counts */
		(void)spdy_send(t->spdy, t->id[TRANSLATE_RESIZE], p + 1, n - 1, false);
	}
}

static int on_message(void *arg, int opcode, const uint8_t *p, size_t n)
{
	struct translate *t = arg;

	if (opcode == WS_CLOSE) {
		end(t, CLOSE_NORMAL, "");
		return 1;
	}
	if (opcode == WS_PING && !t->ending && t->out.len < TRANSLATE_HIGH)
		ws_encode(&t->out, WS_PONG, p, n, false);
	if (opcode == WS_PING || opcode == WS_PONG || t->ending)
		return 0;
	if (t->spdy)
		from_client(t, p, n);
	else
		buf_add(&t->raw, p, n);
	return 0;
}

/* False: the client has gone. */
static bool client_read(struct translate *t)
{
	char b[READ_MAX];
	ssize_t n = recv(t->client_fd, b, sizeof(b), MSG_DONTWAIT);

	if (n < 0 && (errno == EAGAIN || errno == EINTR))
		return true;
	if (n <= 0)
		return false;
	if (!t->ending && ws_decoder_feed(t->in, b, (size_t)n, on_message, t, NULL) < 0)
		end(t, CLOSE_PROTO, "protocol error");
	return true;
}

/* --- both --- */

/* False: nobody takes it any more. */
static bool write_out(int fd, struct buf *b)
{
	size_t done = 0;
	bool alive = !buf_failed(b);

	while (alive && done < b->len) {
		ssize_t n = send(fd, b->data + done, b->len - done, MSG_DONTWAIT | MSG_NOSIGNAL);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0 && errno == EAGAIN)
			break;
		if (n < 0)
			alive = false;
		else
			done += (size_t)n;
	}
	if (done)
		buf_consume(b, done);
	return alive;
}

static void on_linger(void *arg)
{
	translate_free(&((struct translate *)arg)->link);
}

/* Writes what there is and says what is waited for. False: t is over. */
static bool turn(struct translate *t)
{
	struct buf *node = to_node(t);
	bool room, failed = buf_failed(&t->held);

	if (!t->ending) {
		send_held(t);
		/* What it said before it stopped hearing is still to be read. */
		if (!write_out(t->node_fd, node))
			buf_trim(node, 0);
	}
	if (failed || !write_out(t->client_fd, &t->out))
		return false;
	if (t->ending && !t->out.len && !t->shut) {
		t->shut = true;
		(void)shutdown(t->client_fd, SHUT_WR);
		loop_timer_set(t->linger, LINGER_MS);
	}
	room = t->ending || (t->held.len < TRANSLATE_HIGH && node->len < TRANSLATE_HIGH);
	if (loop_io_set(t->client_io, (room ? EPOLLIN : 0u) | (t->out.len ? EPOLLOUT : 0u)))
		return false;
	return t->ending ||
	       !loop_io_set(t->node_io, (t->out.len < TRANSLATE_HIGH ? EPOLLIN : 0u) | (node->len ? EPOLLOUT : 0u));
}

static void on_client(void *arg, int fd, uint32_t events)
{
	struct translate *t = arg;

	(void)fd;
	if (((events & ~(uint32_t)EPOLLOUT) && !client_read(t)) || !turn(t))
		translate_free(&t->link);
}

static void on_node(void *arg, int fd, uint32_t events)
{
	struct translate *t = arg;

	(void)fd;
	if (events & ~(uint32_t)EPOLLOUT)
		node_read(t);
	if (!turn(t))
		translate_free(&t->link);
}

static int open_streams(struct translate *t, struct err *e)
{
	static const struct {
		int channel;
		const char *type;
	} order[] = {{TRANSLATE_ERROR, "error"},
		     {TRANSLATE_STDIN, "stdin"},
		     {TRANSLATE_STDOUT, "stdout"},
		     {TRANSLATE_STDERR, "stderr"},
		     {TRANSLATE_RESIZE, "resize"}};

	for (size_t i = 0; i < ARRAY_LEN(order); i++) {
		const struct spdy_header h = {"streamtype", order[i].type};
		int ch = order[i].channel, rc;

		if (!t->how.want[ch])
			continue;
		rc = spdy_open(t->spdy, &h, 1, false, &t->id[ch], e);
		if (rc)
			return rc;
		t->open[ch] = true;
	}
	return 0;
}

static void translate_begin(void *arg)
{
	static const struct spdy_callbacks cb = {on_stream, on_reply, on_data, on_reset, on_window, on_goaway};
	struct translate *t = arg;
	struct err e = {0};
	int rc = ws_decoder_new(&t->in, true, MESSAGE_MAX);

	relay_add(t->a, &t->link);
	if (!rc && !t->how.tunnel)
		rc = spdy_new(&t->spdy, false, &cb, t, &e);
	if (!rc && t->spdy)
		rc = open_streams(t, &e);
	if (!rc)
		rc = loop_timer_new(&t->linger, t->a->loop, on_linger, t);
	if (!rc)
		rc = loop_io_new(&t->client_io, t->a->loop, t->client_fd, EPOLLIN, on_client, t, &e);
	if (!rc)
		rc = loop_io_new(&t->node_io, t->a->loop, t->node_fd, EPOLLIN, on_node, t, &e);
	if (rc) {
		log_warning(APISERVER_LOG, NULL, "a stream cannot be translated: %s", e.code ? e.msg : err_name(rc));
		translate_free(&t->link);
	} else if (!turn(t)) {
		translate_free(&t->link);
	}
}

void translate_start(struct apiserver *a, int client_fd, int node_fd, const struct translation *how)
{
	struct translate *t = calloc(1, sizeof(*t));

	if (!t) {
		(void)close(client_fd);
		(void)close(node_fd);
		return;
	}
	t->a = a;
	t->how = *how;
	t->client_fd = client_fd;
	t->node_fd = node_fd;
	t->link.free = translate_free;
	list_init(&t->link.link);
	if (loop_call(a->loop, translate_begin, t))
		translate_free(&t->link);
}
