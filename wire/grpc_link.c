#include "wire/grpc_link.h"
#include <errno.h>
#include <sys/socket.h>

#define READ_SIZE 16384
#define READS     8 /* of one turn of the loop: others have their turn, too */

static void end_v(struct grpc_link *l, int code, const char *fmt, va_list ap)
{
	if (l->ended)
		return;
	l->ended = true;
	l->why.code = code;
	(void)vsnprintf(l->why.msg, sizeof l->why.msg, fmt, ap);
}

static void __attribute__((format(printf, 3, 4))) ended(struct grpc_link *l, int code, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	end_v(l, code, fmt, ap);
	va_end(ap);
}

/* True while the kernel takes what is there. */
static bool send_some(struct grpc_link *l)
{
	while (!l->ended && !l->broken) {
		ssize_t n;

		while (l->out.len < GRPC_LINK_OUT) {
			const uint8_t *p;
			ssize_t k = nghttp2_session_mem_send(l->h2, &p);

			if (k < 0)
				ended(l, k == NGHTTP2_ERR_NOMEM ? -ENOMEM : ERR_PROTO, "HTTP/2: %s",
				      nghttp2_strerror((int)k));
			if (k <= 0)
				break;
			buf_add(&l->out, p, (size_t)k);
		}
		if (buf_failed(&l->out))
			ended(l, -ENOMEM, "out of memory");
		if (l->ended || l->out.len == 0)
			return !l->ended;
		n = send(l->fd, l->out.data, l->out.len, MSG_NOSIGNAL | MSG_DONTWAIT);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))
			return false;
		if (n < 0) { /* what the peer said before it went may still lie there to be read */
			l->broken = true;
			return true;
		}
		buf_consume(&l->out, (size_t)n);
	}
	return l->broken;
}

static void receive(struct grpc_link *l)
{
	uint8_t b[READ_SIZE];

	for (int i = 0; i < READS && !l->ended; i++) {
		ssize_t n = recv(l->fd, b, sizeof b, MSG_DONTWAIT), k;

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0 && (errno == EAGAIN || errno == EWOULDBLOCK) && !l->broken)
			return;
		if (n < 0)
			ended(l, ERR_UNAVAILABLE, "connection lost: %s", strerror(errno));
		else if (n == 0)
			ended(l, ERR_UNAVAILABLE, "the peer closed the connection");
		if (n <= 0)
			return;
		k = nghttp2_session_mem_recv(l->h2, b, (size_t)n);
		if (k < 0)
			ended(l, k == NGHTTP2_ERR_NOMEM ? -ENOMEM : ERR_PROTO, "the peer does not keep to HTTP/2: %s",
			      nghttp2_strerror((int)k));
	}
}

/* After anything that may have changed what is to be waited for. The link may be gone afterwards. */
static void link_update(struct grpc_link *l)
{
	bool writable = send_some(l);

	if (l->broken)
		receive(l);
	/* nghttp2 has said GOAWAY and has nothing to read or write any more. */
	if (!l->ended && l->out.len == 0 && !nghttp2_session_want_read(l->h2) && !nghttp2_session_want_write(l->h2))
		ended(l, ERR_UNAVAILABLE, "the connection has ended by GOAWAY");
	if (!l->ended && loop_io_set(l->io, EPOLLIN | (writable ? 0u : EPOLLOUT)) < 0)
		ended(l, ERR_INTERNAL, "cannot wait for the connection");
	if (!l->ended)
		return;
	/* The reason of an end is the last thing that a peer is told, if it can be. */
	if (l->out.len > 0 && !l->broken)
		(void)send(l->fd, l->out.data, l->out.len, MSG_NOSIGNAL | MSG_DONTWAIT);
	(void)loop_cancel(l->loop, &l->kick);
	l->io = loop_io_free(l->io);
	l->on_end(l);
}

static void on_io(void *arg, int fd, uint32_t events)
{
	struct grpc_link *l = arg;

	(void)fd;
	if (events & (EPOLLIN | EPOLLHUP | EPOLLERR))
		receive(l);
	link_update(l);
}

static void on_kick(struct loop_task *t)
{
	link_update(container_of(t, struct grpc_link, kick));
}

int grpc_link_start(struct grpc_link *l, struct loop *loop, int fd, struct err *e)
{
	int r;

	l->fd = -1;
	l->loop = loop;
	l->kick.fn = on_kick;
	r = loop_io_new(&l->io, loop, fd, EPOLLIN, on_io, l, e);
	if (r < 0)
		return r;
	l->fd = fd;
	grpc_link_kick(l);
	return 0;
}

void grpc_link_kick(struct grpc_link *l)
{
	if (l->io)
		loop_post(l->loop, &l->kick);
}

void grpc_link_end(struct grpc_link *l, int code, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	end_v(l, code, fmt, ap);
	va_end(ap);
	grpc_link_kick(l);
}

void grpc_link_sent(struct grpc_link *l, const nghttp2_frame *f)
{
	if (f->hd.type == NGHTTP2_GOAWAY && f->goaway.error_code != NGHTTP2_NO_ERROR)
		ended(l, ERR_PROTO, "the peer does not keep to HTTP/2: %s",
		      nghttp2_http2_strerror(f->goaway.error_code));
}

void grpc_link_flush(struct grpc_link *l)
{
	if (l->io)
		(void)send_some(l);
}

void grpc_link_done(struct grpc_link *l)
{
	if (l->loop)
		(void)loop_cancel(l->loop, &l->kick);
	l->io = loop_io_free(l->io);
	if (l->loop && l->fd >= 0)
		close(l->fd);
	l->fd = -1;
	nghttp2_session_del(l->h2);
	l->h2 = NULL;
	buf_done(&l->out);
}

nghttp2_option *grpc_link_options(void)
{
	nghttp2_option *o = NULL;

	if (nghttp2_option_new(&o) != 0)
		return NULL;
	nghttp2_option_set_no_closed_streams(o, 1);
	nghttp2_option_set_max_outbound_ack(o, 256);
	nghttp2_option_set_max_settings(o, 32);
	nghttp2_option_set_max_reserved_remote_streams(o, 0);
	return o;
}
