/* See ws_out.h. */
#include "apiserver/ws_out.h"
#include <sys/socket.h>

#define QUEUE_MAX (32u << 20)

struct ws_out {
	struct apiserver *a;
	_Atomic int refs;
	pthread_mutex_t lock;
	struct buf out;
	bool dead, end;
	int fd; /* -1 before the upgrade; after it the loop's */
	struct loop_io *io;
	struct loop_task flush;
	struct ws_decoder *in;
	void (*drained)(void *arg); /* the loop's */
	void *drained_arg;
};

void ws_out_unref(struct ws_out *w)
{
	if (atomic_fetch_sub(&w->refs, 1) != 1)
		return;
	buf_done(&w->out);
	(void)ws_decoder_free(w->in);
	pthread_mutex_destroy(&w->lock);
	if (w->fd >= 0)
		(void)close(w->fd);
	free(w);
}

static void finish(struct ws_out *w)
{
	pthread_mutex_lock(&w->lock);
	w->dead = true;
	pthread_mutex_unlock(&w->lock);
	w->io = loop_io_free(w->io);
	(void)close(TAKE_FD(w->fd));
	ws_out_unref(w);
}

/* False: over. */
static bool write_out(struct ws_out *w)
{
	bool more, end, had;

	pthread_mutex_lock(&w->lock);
	had = w->out.len > 0;
	while (w->out.len) {
		ssize_t n = send(w->fd, w->out.data, w->out.len, MSG_DONTWAIT | MSG_NOSIGNAL);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0 && errno != EAGAIN)
			w->end = true, buf_trim(&w->out, 0);
		if (n <= 0)
			break;
		buf_consume(&w->out, (size_t)n);
	}
	more = w->out.len > 0;
	end = w->end && !more;
	pthread_mutex_unlock(&w->lock);
	if (had && !more && w->drained)
		w->drained(w->drained_arg);
	return !end && !loop_io_set(w->io, EPOLLIN | (more ? EPOLLOUT : 0));
}

static int on_message(void *arg, int opcode, const uint8_t *data, size_t len)
{
	struct ws_out *w = arg;

	if (opcode == WS_CLOSE)
		return 1;
	if (opcode == WS_PING) {
		pthread_mutex_lock(&w->lock);
		if (w->out.len < QUEUE_MAX)
			ws_encode(&w->out, WS_PONG, data, len, false);
		pthread_mutex_unlock(&w->lock);
	}
	return 0;
}

static void on_io(void *arg, int fd, uint32_t events)
{
	struct ws_out *w = arg;
	char b[4096];

	if (events & ~(uint32_t)EPOLLOUT) {
		ssize_t n = recv(fd, b, sizeof(b), MSG_DONTWAIT);

		if (n == 0 || (n < 0 && errno != EAGAIN && errno != EINTR) ||
		    (n > 0 && ws_decoder_feed(w->in, b, (size_t)n, on_message, w, NULL))) {
			finish(w);
			return;
		}
	}
	if (!write_out(w))
		finish(w);
}

static void flush_task(struct loop_task *t)
{
	struct ws_out *w = container_of(t, struct ws_out, flush);

	if (w->fd >= 0) {
		if (!w->io && loop_io_new(&w->io, w->a->loop, w->fd, EPOLLIN, on_io, w, NULL))
			finish(w);
		else if (!write_out(w))
			finish(w);
	}
	ws_out_unref(w);
}

/* lock held */
static void post(struct ws_out *w)
{
	if (w->flush.queued)
		return;
	atomic_fetch_add(&w->refs, 1);
	loop_post(w->a->loop, &w->flush);
}

struct upgraded_arg {
	struct ws_out *w;
	int fd;
};

static void upgraded_on_loop(void *arg)
{
	struct upgraded_arg *u = arg;
	struct ws_out *w = u->w;

	w->fd = u->fd; /* with the reference taken when the upgrade was asked for */
	free(u);
	atomic_fetch_add(&w->refs, 1);
	flush_task(&w->flush);
}

static void on_upgraded(void *arg, int fd, const void *extra, size_t n)
{
	struct ws_out *w = arg;
	struct upgraded_arg *u = malloc(sizeof(*u));

	(void)extra;
	(void)n;
	atomic_fetch_add(&w->refs, 1);
	if (u) {
		*u = (struct upgraded_arg){w, fd};
		if (!loop_call(w->a->loop, upgraded_on_loop, u))
			return;
	}
	free(u);
	(void)close(fd);
	ws_out_unref(w);
}

int ws_out_send(struct ws_out *w, int opcode, const void *p, size_t n)
{
	int rc = 0;

	pthread_mutex_lock(&w->lock);
	if (w->dead || w->end) {
		rc = -EPIPE;
	} else if (w->out.len + n > QUEUE_MAX && w->out.len) {
		rc = ERR_TOO_LARGE;
	} else {
		ws_encode(&w->out, opcode, p, n, false);
		rc = buf_failed(&w->out) ? -ENOMEM : 0;
		post(w);
	}
	pthread_mutex_unlock(&w->lock);
	return rc;
}

size_t ws_out_waiting(struct ws_out *w)
{
	size_t n;

	pthread_mutex_lock(&w->lock);
	n = w->out.len;
	pthread_mutex_unlock(&w->lock);
	return n;
}

void ws_out_on_drain(struct ws_out *w, void (*fn)(void *arg), void *arg)
{
	w->drained = fn;
	w->drained_arg = arg;
}

void ws_out_end(struct ws_out *w)
{
	pthread_mutex_lock(&w->lock);
	if (!w->end) {
		w->end = true;
		ws_encode_close(&w->out, 1000, "", false);
		post(w);
	}
	pthread_mutex_unlock(&w->lock);
}

int ws_out_begin(struct ws_out **ret, struct apiserver *a, struct http_exchange *x, const char *protocol)
{
	struct ws_out *w = calloc(1, sizeof(*w));
	const char *key = http_header(x, "Sec-WebSocket-Key");
	char accept[29];

	if (!w)
		return -ENOMEM;
	w->a = a;
	w->fd = -1;
	w->flush.fn = flush_task;
	atomic_init(&w->refs, 1);
	pthread_mutex_init(&w->lock, NULL);
	if (!key || ws_accept_key(key, accept, NULL) || ws_decoder_new(&w->in, true, 65536)) {
		ws_out_unref(w);
		return ERR_BAD_REQUEST;
	}
	(void)http_add_header(x, "Sec-WebSocket-Accept", accept);
	if (protocol)
		(void)http_add_header(x, "Sec-WebSocket-Protocol", protocol);
	*ret = w;
	http_upgrade(x, "websocket", on_upgraded, w);
	return 0;
}
