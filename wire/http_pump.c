#include "wire/http_pump.h"
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include "base/buf.h"

#define ROUNDS 16 /* of 16 KB each way before others get their turn */

static void switching_protocols(const struct http_exchange *x, struct buf *b)
{
	buf_addf(b, "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: %s\r\n", x->upgrade_protocol);
	for (const struct http_header *h = x->reply_headers; h; h = h->next)
		buf_addf(b, "%s: %s\r\n", h->name, h->value);
	buf_adds(b, "\r\n");
}

static void exchange_drop(struct http_exchange *x)
{
	pthread_mutex_lock(&x->c->lock);
	http_exchange_abort(x);
	pthread_mutex_unlock(&x->c->lock);
}

/*
 * Without TLS the application gets the socket itself. libmicrohttpd, which would shut it down when it closes its
 * side, is left with an unconnected one under the old number.
 */
static int upgrade_plain(struct http_exchange *x, const struct buf *head)
{
	struct http_conn *c = x->c;
	AUTO_CLOSE int stand_in = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	AUTO_CLOSE int fd = fcntl(c->fd, F_DUPFD_CLOEXEC, 3);

	if (stand_in < 0 || fd < 0)
		return -errno;
	if (send(fd, head->data, head->len, MSG_NOSIGNAL | MSG_DONTWAIT) != (ssize_t)head->len)
		return -EPIPE;
	(void)epoll_ctl(c->server->ep, EPOLL_CTL_DEL, c->fd, NULL);
	pthread_mutex_lock(&c->lock);
	c->open = false;
	pthread_mutex_unlock(&c->lock);
	if (dup3(stand_in, c->fd, O_CLOEXEC) < 0)
		return -errno;
	x->upgraded(x->upgraded_arg, TAKE_FD(fd), NULL, 0);
	exchange_drop(x);
	return 0;
}

static int upgrade_tls(struct http_exchange *x, const struct buf *head)
{
	struct http_conn *c = x->c;
	struct epoll_event ev = {.events = EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET, .data.u64 = http_conn_tag(c)};
	AUTO_FREE struct http_pump *p = calloc(1, sizeof(*p));
	AUTO_CLOSE int ours = -1;
	int pair[2], theirs;

	if (!p || head->len > sizeof(p->out))
		return -ENOMEM;
	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0, pair) < 0)
		return -errno;
	ours = pair[0];
	theirs = pair[1];
	if (epoll_ctl(c->server->ep, EPOLL_CTL_MOD, c->fd, &ev) < 0) {
		close(theirs);
		return -errno;
	}
	ev.data.u64 |= HTTP_TAG_PAIR;
	if (epoll_ctl(c->server->ep, EPOLL_CTL_ADD, ours, &ev) < 0) {
		close(theirs);
		return -errno;
	}
	memcpy(p->out, head->data, head->len);
	p->out_len = head->len;
	p->x = x;
	atomic_fetch_add(&x->refs, 1);
	p->c = http_conn_ref(c);
	p->fd = TAKE_FD(ours);
	c->hold_next = false;
	c->pump = p;
	list_add_tail(&c->server->pumps, &p->link);
	x->upgraded(x->upgraded_arg, theirs, NULL, 0);
	http_pump_run(TAKE_PTR(p));
	return 0;
}

void http_upgrade_run(struct http_exchange *x)
{
	AUTO_BUF struct buf head = {0};
	bool gone;

	pthread_mutex_lock(&x->c->lock);
	gone = x->gone || !x->suspended;
	pthread_mutex_unlock(&x->c->lock);
	if (gone)
		return;
	switching_protocols(x, &head);
	if (buf_failed(&head) || (x->c->session ? upgrade_tls(x, &head) : upgrade_plain(x, &head)) < 0)
		exchange_drop(x);
}

bool http_pump_busy(const struct http_pump *p)
{
	return p->busy;
}

static bool would_block(ssize_t r)
{
	return r < 0 && (errno == EAGAIN || errno == EINTR);
}

/* Both directions return whether they got anywhere. */
static bool pump_in(struct http_pump *p)
{
	bool moved = false;
	ssize_t r;

	if (p->in_len == 0 && !p->in_eof) {
		r = gnutls_record_recv(p->c->session, p->in, sizeof(p->in));
		if (r > 0) {
			p->in_off = 0;
			p->in_len = (size_t)r;
			moved = true;
		} else if (r == 0 || r == GNUTLS_E_PREMATURE_TERMINATION) {
			p->in_eof = true;
		} else if (gnutls_error_is_fatal((int)r)) {
			p->dead = true;
		}
	}
	if (p->in_len > 0 && !p->app_gone) {
		r = send(p->fd, p->in + p->in_off, p->in_len, MSG_NOSIGNAL);
		if (r > 0) {
			p->in_off += (size_t)r;
			p->in_len -= (size_t)r;
			moved = true;
		} else if (!would_block(r)) {
			p->app_gone = true;
		}
	}
	if (p->app_gone)
		p->in_len = 0;
	if (p->in_eof && p->in_len == 0 && !p->in_shut) {
		shutdown(p->fd, SHUT_WR);
		p->in_shut = true;
	}
	return moved;
}

static bool pump_out(struct http_pump *p)
{
	struct pollfd pfd = {.fd = p->fd};
	bool moved = false;
	ssize_t r;

	if (p->out_len == 0 && !p->out_eof) {
		r = recv(p->fd, p->out, sizeof(p->out), 0);
		if (r > 0) {
			p->out_off = 0;
			p->out_len = (size_t)r;
			moved = true;
		} else if (r == 0 || !would_block(r)) {
			p->out_eof = true;
		}
	}
	if (p->out_len > 0) {
		r = gnutls_record_send(p->c->session, p->out + p->out_off, p->out_len);
		if (r > 0) {
			p->out_off += (size_t)r;
			p->out_len -= (size_t)r;
			moved = true;
		} else if (gnutls_error_is_fatal((int)r)) {
			p->dead = true;
		}
	}
	if (p->out_eof && p->out_len == 0) {
		/* Closed for good, or half-closed and still listening? */
		if (poll(&pfd, 1, 0) > 0 && (pfd.revents & POLLHUP))
			p->app_gone = true;
		if (!p->out_shut && !p->app_gone && gnutls_bye(p->c->session, GNUTLS_SHUT_WR) != GNUTLS_E_AGAIN)
			p->out_shut = true;
	}
	return moved;
}

void http_pump_run(struct http_pump *p)
{
	int rounds = ROUNDS;

	do {
		p->busy = pump_in(p);
		p->busy = pump_out(p) || p->busy;
	} while (p->busy && !p->dead && --rounds > 0);
	if (p->dead || (p->in_shut && p->out_shut) || (p->app_gone && p->out_eof && p->out_len == 0))
		http_pump_end(p);
}

void http_pump_end(struct http_pump *p)
{
	struct http_conn *c = p->c;

	close(p->fd);
	(void)epoll_ctl(c->server->ep, EPOLL_CTL_DEL, c->fd, NULL);
	c->pump = NULL;
	list_del(&p->link);
	exchange_drop(p->x);
	http_exchange_unref(p->x);
	http_conn_unref(c);
	free(p);
}
