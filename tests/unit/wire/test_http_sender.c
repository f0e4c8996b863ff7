/* Streams: what a sender does with peers that are slow, gone or ask for new keys, and when the server stops. */
#include <errno.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <time.h>
#include "base/cleanup.h"
#include "base/str.h"
#include "tests/unit/wire/http_cl.h"
#include "tests/unit/wire/http_fixture.h"
#include "wire/http_server.h"

#define STREAMS_MAX 64
#define QUEUE       200000
#define GET         "GET /stream HTTP/1.1\r\nHost: h\r\n\r\n"

static struct cert_pair ca, pair;

struct stream {
	struct fixture *f;
	struct http_exchange *x; /* f->gate.lock; NULL once closed */
	int closed, drained;     /* f->gate.lock */
};

struct fixture {
	struct http_server *s;
	struct gate gate;
	int n; /* streams that have begun */
	struct stream v[STREAMS_MAX];
};

static void on_closed(void *arg)
{
	struct stream *st = arg;

	pthread_mutex_lock(&st->f->gate.lock);
	st->x = NULL;
	st->closed++;
	pthread_cond_broadcast(&st->f->gate.cond);
	pthread_mutex_unlock(&st->f->gate.lock);
}

static void on_drained(void *arg)
{
	struct stream *st = arg;

	pthread_mutex_lock(&st->f->gate.lock);
	st->drained++;
	pthread_cond_broadcast(&st->f->gate.cond);
	pthread_mutex_unlock(&st->f->gate.lock);
}

static void handle(void *arg, struct http_exchange *x)
{
	struct fixture *f = arg;
	struct stream *st;

	if (!streq(http_path(x), "/stream")) {
		http_reply(x, 200, "text/plain", http_body(x));
		return;
	}
	pthread_mutex_lock(&f->gate.lock);
	if (f->n == STREAMS_MAX)
		abort();
	st = &f->v[f->n];
	*st = (struct stream){.f = f, .x = x};
	pthread_mutex_unlock(&f->gate.lock);
	http_on_close(x, on_closed, st);
	http_stream_on_drain(x, on_drained, st);
	if (http_stream_begin(x, 200, "application/json", QUEUE))
		abort();
	pthread_mutex_lock(&f->gate.lock);
	f->n++;
	pthread_cond_broadcast(&f->gate.cond);
	pthread_mutex_unlock(&f->gate.lock);
}

/* The lock is held over it, so that the stream cannot go meanwhile; -ENOENT: it has. */
static int stream_write(struct stream *st, struct bytes *b)
{
	int rc = -ENOENT;

	pthread_mutex_lock(&st->f->gate.lock);
	if (st->x)
		rc = http_stream_write(st->x, b);
	pthread_mutex_unlock(&st->f->gate.lock);
	return rc;
}

/* Until the queue is full; how many it took. Each time that something leaves there is room again: only a peer that does
 * not read ends this. */
static int stream_fill(struct stream *st, struct bytes *b)
{
	int n = 0, rc = 0;

	for (int full = 0; full < 5;) {
		rc = stream_write(st, b);
		n += rc == 0;
		if (rc && rc != ERR_TOO_LARGE)
			break;
		full = rc ? full + 1 : 0;
		if (rc)
			(void)poll(NULL, 0, 20);
	}
	CHECK(rc == ERR_TOO_LARGE);
	return n;
}

static void stream_end(struct stream *st)
{
	pthread_mutex_lock(&st->f->gate.lock);
	if (st->x)
		http_stream_end(st->x);
	pthread_mutex_unlock(&st->f->gate.lock);
}

static void fixture_start(struct fixture *f, bool tls, unsigned idle_timeout_s)
{
	struct http_server_config c = {.bind_address = "127.0.0.1",
				       .threads = 2,
				       .idle_timeout_s = idle_timeout_s,
				       .tls_cert_pem = tls ? pair.cert_pem : NULL,
				       .tls_key_pem = tls ? pair.key_pem : NULL};

	memset(f, 0, sizeof(*f));
	gate_init(&f->gate);
	server_up(&f->s, &c, handle, f);
}

static void fixture_stop(struct fixture *f)
{
	server_down(&f->s);
	for (int i = 0; i < f->n; i++)
		CHECK(f->v[i].closed == 1);
	pthread_mutex_destroy(&f->gate.lock);
	pthread_cond_destroy(&f->gate.cond);
}

/* A client whose stream is f->v[i]. */
static struct cl *open_stream(struct fixture *f, bool tls, int i)
{
	struct cl *c = malloc(sizeof(*c));

	CHECK(cl_open(c, http_server_port(f->s), tls, NULL));
	CHECK(cl_text(c, GET) && cl_head(c) && c->status == 200);
	CHECK(gate_wait(&f->gate, &f->n, i + 1));
	return c;
}

static void close_free(struct cl *c)
{
	cl_close(c);
	free(c);
}

static struct bytes *letters(size_t n)
{
	struct bytes *b = bytes_alloc(n);

	for (size_t i = 0; i < n; i++)
		b->data[i] = (char)('a' + i % 26);
	return b;
}

/* n more pieces like b come, in chunks cut anywhere. */
static bool reads(struct cl *c, const struct bytes *b, int n)
{
	size_t want = b->len * (size_t)n;

	buf_done(&c->body);
	while (c->body.len < want)
		if (cl_chunk(c) <= 0)
			return false;
	for (int i = 0; i < n; i++)
		if (memcmp(c->body.data + b->len * (size_t)i, b->data, b->len) != 0)
			return false;
	return c->body.len == want;
}

/* Writes on and on, as an application does that has events: true when the stream has been ended meanwhile, within a
 * minute. Whether a queue that is full for a moment stays so, none can tell before: the sender may be about to empty it
 * into a socket that has room. */
static bool stream_ends(struct stream *st, struct bytes *b)
{
	int rc = 0;

	for (int i = 0; i < 3000 && rc != -ENOENT; i++) {
		rc = stream_write(st, b);
		if (rc == ERR_TOO_LARGE)
			(void)poll(NULL, 0, 20);
	}
	return gate_wait(&st->f->gate, &st->closed, 1);
}

/* One that does not read: its queue is bounded, the others go on, and it is ended. */
static void slow(bool tls)
{
	struct fixture f;
	struct bytes *big = letters(20000), *small = letters(300);
	struct cl *stuck, *good, *late;

	fixture_start(&f, tls, 4);
	cl_rcvbuf = 8192;
	stuck = open_stream(&f, tls, 0);
	late = open_stream(&f, tls, 1);
	cl_rcvbuf = 0;
	good = open_stream(&f, tls, 2);
	(void)stream_fill(&f.v[0], big);
	int n = stream_fill(&f.v[1], big);
	for (int i = 0; i < 50; i++) {
		CHECK(stream_write(&f.v[2], small) == 0);
		CHECK(reads(good, small, 1));
	}
	/* Who reads after all gets every piece. */
	CHECK(reads(late, big, n));
	CHECK(stream_ends(&f.v[0], big));
	CHECK(stream_write(&f.v[0], small) == -ENOENT);
	CHECK(stream_write(&f.v[2], big) == 0 && reads(good, big, 1));
	CHECK(stream_write(&f.v[1], small) == 0 && reads(late, small, 1));
	stream_end(&f.v[2]);
	CHECK(cl_chunk(good) == 0);
	/* The connection is libmicrohttpd's again. */
	CHECK(cl_do(good, "POST /echo HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\nagain") &&
	      streq(good->body.data, "again"));
	fixture_stop(&f);
	close_free(stuck);
	close_free(good);
	close_free(late);
	bytes_unref(big);
	bytes_unref(small);
}

/* Gone while much waits for it, by close and by reset, and cut off by the application. */
static void vanished(bool tls)
{
	struct fixture f;
	struct bytes *big = letters(20000);
	struct linger reset = {.l_onoff = 1};
	struct cl *c;

	fixture_start(&f, tls, 0);
	c = open_stream(&f, tls, 0);
	(void)stream_fill(&f.v[0], big);
	close_free(c);
	CHECK(gate_wait(&f.gate, &f.v[0].closed, 1));
	c = open_stream(&f, tls, 1);
	(void)stream_fill(&f.v[1], big);
	setsockopt(c->fd, SOL_SOCKET, SO_LINGER, &reset, sizeof(reset));
	close_free(c);
	CHECK(gate_wait(&f.gate, &f.v[1].closed, 1));
	c = open_stream(&f, tls, 2);
	(void)stream_fill(&f.v[2], big);
	pthread_mutex_lock(&f.gate.lock);
	http_stream_abort(f.v[2].x);
	pthread_mutex_unlock(&f.gate.lock);
	CHECK(gate_wait(&f.gate, &f.v[2].closed, 1));
	while (cl_chunk(c) > 0)
		;
	CHECK(cl_chunk(c) < 0); /* no last chunk */
	fixture_stop(&f);
	close_free(c);
	bytes_unref(big);
}

/* Stopping: what waits still leaves to who reads; who does not is cut off, and nothing hangs. */
static void stopping(bool tls)
{
	struct fixture f;
	struct bytes *big = letters(20000);
	struct cl *reader, *stuck;
	struct timespec a, b;
	int n;

	fixture_start(&f, tls, 0);
	reader = open_stream(&f, tls, 0);
	stuck = open_stream(&f, tls, 1);
	n = stream_fill(&f.v[0], big);
	(void)stream_fill(&f.v[1], big);
	clock_gettime(CLOCK_MONOTONIC, &a);
	http_server_stop(f.s);
	CHECK(reads(reader, big, n));
	CHECK(cl_chunk(reader) == 0);
	fixture_stop(&f);
	clock_gettime(CLOCK_MONOTONIC, &b);
	CHECK(b.tv_sec - a.tv_sec < 9);
	close_free(reader);
	close_free(stuck);
	bytes_unref(big);
}

static void test_slow(void)
{
	slow(false);
}
static void test_slow_tls(void)
{
	slow(true);
}
static void test_vanished(void)
{
	vanished(false);
}
static void test_vanished_tls(void)
{
	vanished(true);
}
static void test_stopping(void)
{
	stopping(false);
}
static void test_stopping_tls(void)
{
	stopping(true);
}

/* The server's end of a connection within this process. */
static int server_fd(const struct cl *c)
{
	struct sockaddr_in mine, theirs;
	socklen_t n = sizeof(mine), m;

	CHECK(getsockname(c->fd, (struct sockaddr *)&mine, &n) == 0);
	for (int fd = 3; fd < 1024; fd++) {
		m = sizeof(theirs);
		if (getpeername(fd, (struct sockaddr *)&theirs, &m) == 0 && theirs.sin_family == AF_INET &&
		    theirs.sin_port == mine.sin_port)
			return fd;
	}
	return -1;
}

/* Nothing holds a small piece back, on a connection that has answered before either. */
static void at_once(bool tls)
{
	struct fixture f;
	struct bytes *small = letters(300);
	struct cl *c = malloc(sizeof(*c));
	int held = -1;
	socklen_t n = sizeof(held);

	fixture_start(&f, tls, 0);
	CHECK(cl_open(c, http_server_port(f.s), tls, NULL));
	for (int i = 0; i < 3; i++) {
		CHECK(cl_do(c, "POST /echo HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\nfirst"));
		CHECK(cl_text(c, GET) && cl_head(c) && c->status == 200);
		CHECK(gate_wait(&f.gate, &f.n, i + 1));
		CHECK(stream_write(&f.v[i], small) == 0 && reads(c, small, 1));
		CHECK(getsockopt(server_fd(c), IPPROTO_TCP, TCP_CORK, &held, &n) == 0 && held == 0);
		CHECK(getsockopt(server_fd(c), IPPROTO_TCP, TCP_NODELAY, &held, &n) == 0 && held != 0);
		stream_end(&f.v[i]);
		CHECK(cl_chunk(c) == 0);
	}
	close_free(c);
	fixture_stop(&f);
	bytes_unref(small);
}

static void test_at_once(void)
{
	at_once(false);
}
static void test_at_once_tls(void)
{
	at_once(true);
}

/* New keys, asked for in the middle of a stream; a peer that takes small records only; one that has said that it will
 * send no more. */
static void test_tls(void)
{
	struct fixture f;
	struct bytes *big = letters(20000), *small = letters(300);
	struct cl *c;
	int n;

	fixture_start(&f, true, 0);
	c = open_stream(&f, true, 0);
	CHECK(gnutls_protocol_get_version(c->s) == GNUTLS_TLS1_3);
	for (int i = 0; i < 5; i++) {
		CHECK(stream_write(&f.v[0], small) == 0 && reads(c, small, 1));
		CHECK(gnutls_session_key_update(c->s, GNUTLS_KU_PEER) == 0);
	}
	CHECK(stream_write(&f.v[0], big) == 0 && reads(c, big, 1));
	stream_end(&f.v[0]);
	CHECK(cl_chunk(c) == 0);
	close_free(c);

	cl_max_record = 512;
	cl_rcvbuf = 8192;
	c = open_stream(&f, true, 1);
	cl_max_record = 0;
	cl_rcvbuf = 0;
	CHECK(stream_write(&f.v[1], small) == 0 && reads(c, small, 1));
	CHECK(stream_write(&f.v[1], big) == 0 && reads(c, big, 1));
	n = stream_fill(&f.v[1], big);
	CHECK(reads(c, big, n));
	stream_end(&f.v[1]);
	CHECK(cl_chunk(c) == 0);
	close_free(c);

	/* close_notify closes one direction only (RFC 8446 section 6.1). */
	c = open_stream(&f, true, 2);
	CHECK(gnutls_bye(c->s, GNUTLS_SHUT_WR) == 0);
	CHECK(stream_write(&f.v[2], small) == 0 && reads(c, small, 1));
	close_free(c);
	CHECK(gate_wait(&f.gate, &f.v[2].closed, 1));
	fixture_stop(&f);
	bytes_unref(big);
	bytes_unref(small);
}

/* Many at once: writers, readers that leave at any moment, ends, and at last a stop in the middle of it. */

struct storm {
	struct fixture *f;
	struct bytes *b;
	atomic_bool over;
	int i; /* the reader's stream */
	struct cl *c;
};

static void *write_main(void *arg)
{
	struct storm *s = arg;

	while (!atomic_load(&s->over))
		for (int i = 0; i < STREAMS_MAX / 2; i++)
			(void)stream_write(&s->f->v[i], s->b);
	return NULL;
}

static void *read_main(void *arg)
{
	struct storm *s = arg;

	for (int n = 0; n < 20 + s->i * 5; n++)
		if (cl_chunk(s->c) <= 0)
			break;
	if (s->i % 4 == 1)
		stream_end(&s->f->v[s->i]);
	if (s->i % 4 != 0)
		close(TAKE_FD(s->c->fd));
	return NULL;
}

static void test_storm(void)
{
	static struct storm s[STREAMS_MAX / 2];
	struct fixture f;
	pthread_t writer[2], reader[STREAMS_MAX / 2];
	struct storm w = {.f = &f, .b = letters(700)};

	fixture_start(&f, true, 0);
	for (int i = 0; i < STREAMS_MAX / 2; i++)
		s[i] = (struct storm){.f = &f, .i = i, .c = open_stream(&f, true, i)};
	for (int i = 0; i < 2; i++)
		pthread_create(&writer[i], NULL, write_main, &w);
	for (int i = 0; i < STREAMS_MAX / 2; i++)
		pthread_create(&reader[i], NULL, read_main, &s[i]);
	for (int i = 0; i < STREAMS_MAX / 2; i++)
		pthread_join(reader[i], NULL);
	http_server_stop(f.s);
	http_server_join(f.s);
	atomic_store(&w.over, true);
	for (int i = 0; i < 2; i++)
		pthread_join(writer[i], NULL);
	fixture_stop(&f);
	for (int i = 0; i < STREAMS_MAX / 2; i++)
		close_free(s[i].c);
	bytes_unref(w.b);
}

int main(void)
{
	time_t now = time(NULL);
	struct cert_request r = {.cn = "server",
				 .ip_addrs = (const char *const[]){"127.0.0.1", NULL},
				 .server = true,
				 .not_before = now - 60,
				 .not_after = now + 3600};

	CHECK(cert_ca_new(&ca, "ca", now - 60, now + 3600, NULL) == 0);
	CHECK(cert_issue(&pair, &ca, &r, NULL) == 0);
	RUN(test_slow);
	RUN(test_slow_tls);
	RUN(test_vanished);
	RUN(test_vanished_tls);
	RUN(test_stopping);
	RUN(test_stopping_tls);
	RUN(test_at_once);
	RUN(test_at_once_tls);
	RUN(test_tls);
	RUN(test_storm);
	cert_pair_done(&ca);
	cert_pair_done(&pair);
	return TEST_END();
}
