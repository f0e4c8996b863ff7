#include "wire/http_sender.h"
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>
#include "base/cleanup.h"

#define TAG_WAKE   0ull /* connections' tags are never 0 */
#define TURN       8    /* records before others get their turn */
#define SIZE_ROOM  6u   /* "3ff8\r\n" */
#define CHUNK_ROOM (SIZE_ROOM + 2u)

struct http_sender {
	struct http_server *server;
	pthread_t thread;
	int ep, wake;
	unsigned char record[HTTP_RECORD]; /* the thread's: what leaves next */

	pthread_mutex_t lock;
	struct list ready; /* lock; by sender_link; each holds a reference */
	bool asleep;       /* lock; wake must be written */
	bool stop;         /* lock */
};

void http_sender_push(struct http_exchange *x)
{
	struct http_sender *t = x->sender;
	bool wake = false;
	uint64_t one = 1;

	pthread_mutex_lock(&t->lock);
	if (list_empty(&x->sender_link)) {
		atomic_fetch_add(&x->refs, 1);
		list_add_tail(&t->ready, &x->sender_link);
		wake = t->asleep;
		t->asleep = false;
	}
	pthread_mutex_unlock(&t->lock);
	if (wake && write(t->wake, &one, sizeof(one)) < 0 && errno != EAGAIN)
		abort(); /* an eventfd of our own */
}

/* libmicrohttpd has corked the socket (tcp(7)) for a body that it expects to send itself: each event would wait 200 ms.
 */
void http_sender_lent(struct http_exchange *x)
{
	int off = 0;

	(void)setsockopt(x->c->fd, IPPROTO_TCP, TCP_CORK, &off,
			 sizeof(off)); /* fails on a dead socket, as sending will */
	if (x->q_len > 0)
		http_sender_push(x);
}

/* --- one stream; on the sender's thread --- */

/* As many whole or begun pieces as one record takes, as one chunk. Where it begins, and in *ret_n how long it is.
 * c->lock is held. */
static const unsigned char *gather(struct http_exchange *x, unsigned char *record, size_t *ret_n)
{
	size_t n = http_stream_take(x, (char *)record + SIZE_ROOM, HTTP_RECORD - CHUNK_ROOM);
	char size[SIZE_ROOM + 1];
	int n_size = snprintf(size, sizeof(size), "%zx\r\n", n);
	unsigned char *start = record + SIZE_ROOM - n_size;

	memcpy(start, size, (size_t)n_size);
	memcpy(record + SIZE_ROOM + n, "\r\n", 2);
	*ret_n = (size_t)n_size + n + 2;
	return start;
}

/* Bytes that left, or, where GnuTLS keeps an encrypted record, will; 0: call again with the same; negative: the
 * connection is dead. */
static ssize_t put(struct http_conn *c, const unsigned char *data, size_t n)
{
	ssize_t r;

	do
		r = c->session ? gnutls_record_send(c->session, data, n) : send(c->fd, data, n, MSG_NOSIGNAL);
	while (c->session ? r == GNUTLS_E_INTERRUPTED : r < 0 && errno == EINTR);
	if (r > 0)
		return r;
	if (c->session ? r == GNUTLS_E_AGAIN : r < 0 && errno == EAGAIN)
		return 0;
	return -EPIPE;
}

/* Keeps what has not left. */
static int rest_keep(struct http_exchange *x, const unsigned char *data, size_t n)
{
	unsigned char *p;

	if (x->rest) {
		x->rest_off = x->rest_len - n;
		return 0;
	}
	p = malloc(n);
	if (!p)
		return -ENOMEM;
	memcpy(p, data, n);
	x->rest = p;
	x->rest_off = 0;
	x->rest_len = n;
	return 0;
}

static void rest_drop(struct http_exchange *x)
{
	free(x->rest);
	x->rest = NULL;
	x->rest_off = x->rest_len = 0;
}

/* c->lock is held. Not to be called while GnuTLS keeps a part of a record, unless the connection is closed. */
static void give_back(struct http_exchange *x)
{
	rest_drop(x);
	x->blocked = false;
	x->sender = NULL;
	http_exchange_resume(x);
}

static int wait_writable(struct http_sender *t, struct http_conn *c)
{
	struct epoll_event ev = {.events = EPOLLOUT | EPOLLONESHOT, .data.u64 = http_conn_tag(c)};

	if (epoll_ctl(t->ep, EPOLL_CTL_MOD, c->fd, &ev) == 0)
		return 0;
	return errno == ENOENT && epoll_ctl(t->ep, EPOLL_CTL_ADD, c->fd, &ev) == 0 ? 0 : -errno;
}

/* One record. c->lock is held, and let go meanwhile. */
static void send_one(struct http_sender *t, struct http_exchange *x)
{
	struct http_conn *c = x->c;
	void (*drained)(void *arg) = NULL;
	void *drained_arg = NULL;
	const unsigned char *data;
	size_t n;
	ssize_t r;

	if (x->rest) {
		data = x->rest + x->rest_off;
		n = x->rest_len - x->rest_off;
	} else {
		data = gather(x, t->record, &n);
	}
	pthread_mutex_unlock(&c->lock);
	r = put(c, data, n);
	if (r >= 0 && (size_t)r == n)
		rest_drop(x);
	else if (r >= 0 && rest_keep(x, data + r, n - (size_t)r) < 0)
		r = -ENOMEM;
	if (r == 0 && wait_writable(t, c) < 0)
		r = -EPIPE;
	pthread_mutex_lock(&c->lock);
	x->blocked = r == 0;
	x->blocked_since = http_now();
	if (r < 0) {
		x->gone = true;
	} else if (!x->rest && x->q_len == 0 && !x->ended) {
		drained = x->drained;
		drained_arg = x->drained_arg;
	}
	if (drained) {
		pthread_mutex_unlock(&c->lock);
		drained(drained_arg);
		pthread_mutex_lock(&c->lock);
	}
}

static void stream_run(struct http_sender *t, struct http_exchange *x, bool writable)
{
	struct http_conn *c = x->c;
	int turn = TURN;

	pthread_mutex_lock(&c->lock);
	if (x->sender == t && writable)
		x->blocked = false;
	while (x->sender == t) {
		if (x->gone) {
			give_back(x);
		} else if (x->blocked) {
			break;
		} else if (x->rest || x->q_len > 0) {
			if (turn-- == 0) {
				http_sender_push(x);
				break;
			}
			send_one(t, x);
		} else {
			if (x->ended || atomic_load(&t->server->stopping))
				give_back(x);
			break;
		}
	}
	pthread_mutex_unlock(&c->lock);
}

/* --- the thread --- */

static struct http_exchange *ready_take(struct http_sender *t)
{
	struct http_exchange *x = NULL;

	pthread_mutex_lock(&t->lock);
	if (!list_empty(&t->ready)) {
		x = container_of(t->ready.next, struct http_exchange, sender_link);
		list_del(&x->sender_link);
	}
	pthread_mutex_unlock(&t->lock);
	return x;
}

/* Whether to go on; *ret_block: nothing is ready, and whoever pushes will write to `wake`. */
static bool may_sleep(struct http_sender *t, bool *ret_block)
{
	bool on;

	pthread_mutex_lock(&t->lock);
	t->asleep = *ret_block = list_empty(&t->ready) && !t->stop;
	on = !t->stop || !list_empty(&t->ready);
	pthread_mutex_unlock(&t->lock);
	return on;
}

static void writable(struct http_sender *t, uint64_t tag)
{
	struct http_conn *c = http_server_conn(t->server, tag);
	struct http_exchange *x;

	if (!c)
		return;
	pthread_mutex_lock(&c->lock);
	x = c->x && c->x->sender == t ? c->x : NULL;
	if (x)
		atomic_fetch_add(&x->refs, 1);
	pthread_mutex_unlock(&c->lock);
	if (x) {
		stream_run(t, x, true);
		http_exchange_unref(x);
	}
	http_conn_unref(c);
}

static void *sender_main(void *arg)
{
	struct http_sender *t = arg;
	struct epoll_event ev[64];
	struct http_exchange *x;
	uint64_t n_wake;
	bool block;

	pthread_setname_np(pthread_self(), "http-sender");
	while (may_sleep(t, &block)) {
		int n = epoll_wait(t->ep, ev, ARRAY_LEN(ev), block ? -1 : 0);

		for (int i = 0; i < n; i++) {
			if (ev[i].data.u64 == TAG_WAKE)
				(void)!read(t->wake, &n_wake, sizeof(n_wake));
			else
				writable(t, ev[i].data.u64);
		}
		for (int i = 0; i < 256 && (x = ready_take(t)); i++) {
			stream_run(t, x, false);
			http_exchange_unref(x);
		}
	}
	return NULL;
}

int http_sender_new(struct http_sender **ret, struct http_server *s, struct err *e)
{
	struct epoll_event ev = {.events = EPOLLIN, .data.u64 = TAG_WAKE};
	struct http_sender *t = calloc(1, sizeof(*t));
	int rc;

	if (!t)
		return err_nomem(e);
	t->server = s;
	list_init(&t->ready);
	pthread_mutex_init(&t->lock, NULL);
	t->ep = epoll_create1(EPOLL_CLOEXEC);
	t->wake = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	rc = t->ep < 0 || t->wake < 0 || epoll_ctl(t->ep, EPOLL_CTL_ADD, t->wake, &ev) < 0 ? errno : 0;
	if (!rc)
		rc = pthread_create(&t->thread, NULL, sender_main, t);
	if (rc) {
		if (t->ep >= 0)
			close(t->ep);
		if (t->wake >= 0)
			close(t->wake);
		pthread_mutex_destroy(&t->lock);
		free(t);
		return err_errno(e, rc, "start a thread for streams");
	}
	*ret = t;
	return 0;
}

struct http_sender *http_sender_free(struct http_sender *t)
{
	uint64_t one = 1;

	if (!t)
		return NULL;
	pthread_mutex_lock(&t->lock);
	t->stop = true;
	pthread_mutex_unlock(&t->lock);
	if (write(t->wake, &one, sizeof(one)) < 0 && errno != EAGAIN)
		abort();
	pthread_join(t->thread, NULL);
	close(t->ep);
	close(t->wake);
	pthread_mutex_destroy(&t->lock);
	free(t);
	return NULL;
}
