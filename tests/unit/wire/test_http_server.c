#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <gnutls/gnutls.h>
#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <sys/socket.h>
#include "base/buf.h"
#include "base/str.h"
#include "tests/unit/wire/http_cl.h"
#include "tests/unit/wire/http_fixture.h"
#include "wire/http_server.h"

static struct cert_pair ca, server_pair, server_pair2, client_pair, stranger;

/* --- the server under test --- */

struct fixture {
	struct http_server *s;
	struct gate gate;
	struct http_exchange *kept;
	int kept_count, closed, drained, upgraded_fd;
};

static void on_closed(void *arg)
{
	struct fixture *f = arg;

	gate_bump(&f->gate, &f->closed);
}

static void on_drained(void *arg)
{
	struct fixture *f = arg;

	gate_bump(&f->gate, &f->drained);
}

/* In callbacks: the harness' counters belong to the main thread. */
#define MUST(cond)                                                                                                     \
	do {                                                                                                           \
		if (!(cond)) {                                                                                         \
			fprintf(stderr, "%s:%d: failed: %s\n", __FILE__, __LINE__, #cond);                             \
			abort();                                                                                       \
		}                                                                                                      \
	} while (0)

static void on_upgraded(void *arg, int fd, const void *extra, size_t n_extra)
{
	struct fixture *f = arg;

	(void)extra;
	MUST(n_extra == 0);
	pthread_mutex_lock(&f->gate.lock);
	f->upgraded_fd = fd;
	pthread_cond_broadcast(&f->gate.cond);
	pthread_mutex_unlock(&f->gate.lock);
}

static void add_header_text(void *arg, const char *name, const char *value)
{
	if (!strcasecmp(name, "Impersonate-Group"))
		buf_addf(arg, "[%s]", value);
}

static void reply_text(struct http_exchange *x, int status, const char *text)
{
	struct bytes *b = bytes_new(text, strlen(text));

	http_reply(x, status, "text/plain", b);
	bytes_unref(b);
}

static void handle(void *arg, struct http_exchange *x)
{
	struct fixture *f = arg;
	const char *path = http_path(x);
	struct buf b = {0};

	if (!strcmp(path, "/echo")) {
		http_reply(x, 200, "application/octet-stream", http_body(x));
	} else if (!strcmp(path, "/keep")) {
		if (!http_header(x, "No-Close"))
			http_on_close(x, on_closed, f);
		pthread_mutex_lock(&f->gate.lock);
		f->kept = x;
		f->kept_count++;
		pthread_cond_broadcast(&f->gate.cond);
		pthread_mutex_unlock(&f->gate.lock);
	} else if (!strcmp(path, "/parts")) {
		size_t n = !strcmp(http_query(x), "huge") ? 200000 : !strcmp(http_query(x), "many") ? 3000 : 10;
		struct bytes **p = calloc(n, sizeof(p[0]));

		for (size_t i = 0; i < n; i++) {
			char text[64];

			snprintf(text, sizeof(text), "<part %zu>", i);
			p[i] = i == 3 ? NULL : bytes_new(text, strlen(text));
		}
		http_reply_parts(x, 200, "text/plain", p, n);
		for (size_t i = 0; i < n; i++)
			bytes_unref(p[i]);
		free(p);
	} else if (!strcmp(path, "/stream")) {
		http_on_close(x, on_closed, f);
		http_stream_on_drain(x, on_drained, f);
		MUST(http_add_header(x, "X-Test", "a value") == 0);
		for (int i = 0; i < 20; i++) {
			char v[] = "\xc3\xa9 and \xff, twenty and more";
			v[i] = '\n';
			MUST(http_add_header(x, "X-Bad", v) == -EINVAL);
			v[i] = 0x7f;
			MUST(http_add_header(x, "X-Bad", v) == -EINVAL);
		}
		MUST(http_add_header(x, "X-Good", "\xc3\xa9 and \xff ~") == 0);
		MUST(http_stream_begin(x, 200, "application/json", 100000) == 0);
		pthread_mutex_lock(&f->gate.lock);
		f->kept = x;
		f->kept_count++;
		pthread_cond_broadcast(&f->gate.cond);
		pthread_mutex_unlock(&f->gate.lock);
	} else if (!strcmp(path, "/upgrade")) {
		http_on_close(x, on_closed, f);
		MUST(http_add_header(x, "Sec-WebSocket-Protocol", "v5.channel.k8s.io") == 0);
		http_upgrade(x, "websocket", on_upgraded, f);
	} else if (!strcmp(path, "/cert")) {
		char *cn = NULL, *orgs = NULL;

		if (http_peer_cert(x, &cn, &orgs))
			buf_addf(&b, "%s|%s", cn, orgs);
		else
			buf_adds(&b, "none");
		reply_text(x, 200, b.data);
		free(cn);
		free(orgs);
	} else if (!strcmp(path, "/empty")) {
		http_reply(x, 204, NULL, NULL);
	} else if (!strcmp(path, "/bad-header")) {
		bool refused = http_add_header(x, "X", "a\r\nSet-Cookie: x") == -EINVAL &&
			       http_add_header(x, "X Y", "a") == -EINVAL;

		http_reply(x, refused ? 200 : 500, NULL, NULL);
	} else {
		buf_addf(&b, "%s %s ?%s ", http_method(x), path, http_query(x));
		http_header_each(x, add_header_text, &b);
		MUST(!strncmp(http_peer(x), "127.0.0.1:", 10));
		reply_text(x, 200, b.data);
	}
	buf_done(&b);
}

static void fixture_start(struct fixture *f, bool tls, unsigned max_connections)
{
	struct http_server_config c = {.bind_address = "127.0.0.1",
				       .threads = 2,
				       .max_body = 100000,
				       .max_connections = max_connections,
				       .tls_cert_pem = tls ? server_pair.cert_pem : NULL,
				       .tls_key_pem = tls ? server_pair.key_pem : NULL,
				       .client_ca_pem = tls ? ca.cert_pem : NULL};

	memset(f, 0, sizeof(*f));
	f->upgraded_fd = -1;
	gate_init(&f->gate);
	server_up(&f->s, &c, handle, f);
}

static void fixture_stop(struct fixture *f)
{
	server_down(&f->s);
}

/* The server runs in this process: its end of c's connection gets a send buffer of that size. */
static void shrink_server_end(const struct cl *c, int size)
{
	struct sockaddr_in me = {0}, peer;
	socklen_t n = sizeof(me);
	bool found = false;

	CHECK(getsockname(c->fd, (struct sockaddr *)&me, &n) == 0);
	for (int fd = 0; fd < 1024; fd++) {
		n = sizeof(peer);
		if (getpeername(fd, (struct sockaddr *)&peer, &n) < 0 || peer.sin_family != AF_INET ||
		    peer.sin_port != me.sin_port)
			continue;
		found = setsockopt(fd, SOL_SOCKET, SO_SNDBUF, &size, sizeof(size)) == 0;
	}
	CHECK(found);
}

/* Megabytes in small pieces through a narrow socket: sends end in the middle of what was put together. */
static void parts_narrow(struct cl *c)
{
	struct buf want = {0};
	/* Room for two of loopback's largest packets: where less than one fits, each waits for the kernel's probe (0.2 s). */
	int window = 131072;

	setsockopt(c->fd, SOL_SOCKET, SO_RCVBUF, &window, sizeof(window));
	for (size_t i = 0; i < 200000; i++)
		if (i != 3)
			buf_addf(&want, "<part %zu>", i);
	for (int size = 5000; size < 100000; size += 13000) {
		shrink_server_end(c, size);
		CHECK(cl_do(c, "GET /parts?huge HTTP/1.1\r\nHost: h\r\n\r\n"));
		CHECK(c->body.len == want.len && !memcmp(c->body.data, want.data, want.len));
	}
	/* The connection goes on. */
	CHECK(cl_do(c, "GET /parts HTTP/1.1\r\nHost: h\r\n\r\n") && c->body.len > 0);
	buf_done(&want);
}

static void basics(bool tls)
{
	struct fixture f;
	struct cl *c = malloc(sizeof(*c));
	struct buf big = {0};

	fixture_start(&f, tls, 0);
	CHECK(cl_open(c, http_server_port(f.s), tls, NULL));
	CHECK(cl_do(
	    c, "GET /a%2Fb?x=%20y&z HTTP/1.1\r\nHost: h\r\nImpersonate-Group: g1\r\nimpersonate-group: g2\r\n\r\n"));
	CHECK(c->status == 200);
	CHECK_STR(c->body.data, "GET /a%2Fb ?x=%20y&z [g1][g2]");
	/* Keep-alive: same connection, many requests. */
	for (int i = 0; i < 200; i++)
		CHECK(cl_do(c, "GET /x HTTP/1.1\r\nHost: h\r\n\r\n") && c->status == 200);
	CHECK(cl_do(c, "HEAD /x HTTP/1.1\r\nHost: h\r\n\r\n") && strstr(c->head, "Content-Length: 10\n"));
	CHECK(cl_do(c, "GET /empty HTTP/1.1\r\nHost: h\r\n\r\n") && c->status == 204);
	CHECK(cl_do(c, "GET /bad-header HTTP/1.1\r\nHost: h\r\n\r\n") && c->status == 200);
	CHECK(cl_do(c, "POST /echo HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\nhello") && c->status == 200);
	CHECK_STR(c->body.data, "hello");
	CHECK(cl_do(c, "POST /echo HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n"
		       "3\r\nabc\r\n10;ext\r\n0123456789abcdef\r\n0\r\n\r\n"));
	CHECK_STR(c->body.data, "abc0123456789abcdef");
	CHECK(cl_do(c, "POST /echo HTTP/1.1\r\nHost: h\r\nContent-Length: 0\r\n\r\n") && c->body.len == 0);
	/* Two at once. */
	CHECK(cl_text(c, "GET /1 HTTP/1.1\r\nHost: h\r\n\r\nGET /2 HTTP/1.1\r\nHost: h\r\n\r\n"));
	CHECK(cl_response(c, false) && !strncmp(c->body.data, "GET /1", 6));
	CHECK(cl_response(c, false) && !strncmp(c->body.data, "GET /2", 6));
	/* A body at the limit. */
	buf_adds(&big, "PUT /echo HTTP/1.1\r\nHost: h\r\nContent-Length: 100000\r\nExpect: 100-continue\r\n\r\n");
	CHECK(cl_send(c, big.data, big.len));
	CHECK(cl_head(c) && c->status == 100);
	buf_done(&big);
	for (int i = 0; i < 100000; i++)
		buf_addc(&big, (char)('a' + i % 26));
	CHECK(cl_send(c, big.data, big.len));
	CHECK(cl_response(c, false) && c->body.len == 100000 && !memcmp(c->body.data, big.data, 100000));
	/* Pieces. */
	CHECK(cl_do(c, "GET /parts HTTP/1.1\r\nHost: h\r\n\r\n"));
	CHECK_STR(c->body.data, "<part 0><part 1><part 2><part 4><part 5><part 6><part 7><part 8><part 9>");
	CHECK(cl_do(c, "GET /parts?many HTTP/1.1\r\nHost: h\r\n\r\n"));
	CHECK(c->body.len == 2999 * 7 + 9 + 90 * 2 + 900 * 3 + 2000 * 4 &&
	      strstr(c->body.data, "<part 2998><part 2999>"));
	parts_narrow(c);
	CHECK(cl_do(c, "HEAD /parts HTTP/1.1\r\nHost: h\r\n\r\n") && c->status == 200);
	CHECK(cl_do(c, "GET /last HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n") && c->status == 200);
	CHECK(cl_eof(c));
	cl_close(c);
	if (tls) {
		gnutls_datum_t proto = {0};

		CHECK(cl_open(c, http_server_port(f.s), tls, NULL));
		CHECK(gnutls_alpn_get_selected_protocol(c->s, &proto) == 0 && proto.size == 8 &&
		      !memcmp(proto.data, "http/1.1", 8));
		cl_close(c);
	}
	fixture_stop(&f);
	buf_done(&big);
	free(c);
}

static void test_basics(void)
{
	basics(false);
}
static void test_basics_tls(void)
{
	basics(true);
}

static void test_refusals(void)
{
	static const char *const bad[] = {
	    "POST /echo HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
	    "POST /echo HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello!",
	    "POST /echo HTTP/1.1\r\nHost: h\r\nContent-Length: -5\r\n\r\nhello!",
	    "POST /echo HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
	};
	struct fixture f;
	struct cl *c = malloc(sizeof(*c));
	struct buf big = {0};

	fixture_start(&f, false, 0);
	for (size_t i = 0; i < ARRAY_LEN(bad); i++) {
		CHECK(cl_open(c, http_server_port(f.s), false, NULL));
		CHECK(cl_do(c, bad[i]));
		CHECK(c->status == 400 && strstr(c->head, "Connection: close\n"));
		cl_close(c);
	}
	CHECK(cl_open(c, http_server_port(f.s), false, NULL));
	CHECK(cl_do(c, "POST /echo HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: gzip\r\n\r\n") && c->status == 501);
	cl_close(c);
	/* Too large, by length (read and dropped), by length with Expect (not even read), and by chunks. */
	for (int i = 0; i < 300000; i++)
		buf_addc(&big, 'x');
	CHECK(cl_open(c, http_server_port(f.s), false, NULL));
	CHECK(cl_text(c, "POST /echo HTTP/1.1\r\nHost: h\r\nContent-Length: 300000\r\n\r\n") &&
	      cl_send(c, big.data, big.len));
	CHECK(cl_response(c, false) && c->status == 413);
	cl_close(c);
	CHECK(cl_open(c, http_server_port(f.s), false, NULL));
	CHECK(cl_do(c, "POST /echo HTTP/1.1\r\nHost: h\r\nContent-Length: 300000\r\nExpect: 100-continue\r\n\r\n") &&
	      c->status == 413);
	cl_close(c);
	CHECK(cl_open(c, http_server_port(f.s), false, NULL));
	CHECK(cl_do(c, "POST /echo HTTP/1.1\r\nHost: h\r\nContent-Length: 99999999999\r\n\r\n") && c->status == 413);
	cl_close(c);
	CHECK(cl_open(c, http_server_port(f.s), false, NULL));
	CHECK(cl_text(c, "POST /echo HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n493e0\r\n") &&
	      cl_send(c, big.data, big.len) && cl_text(c, "\r\n0\r\n\r\n"));
	CHECK(cl_response(c, false) && c->status == 413);
	cl_close(c);
	CHECK(cl_open(c, http_server_port(f.s), false, NULL));
	CHECK(cl_text(c, "\x16\x03\x01 nonsense\r\n\r\n"));
	CHECK(!cl_head(c) || c->status == 400);
	cl_close(c);
	fixture_stop(&f);
	buf_done(&big);
	free(c);
}

static void waiting(bool tls)
{
	struct fixture f;
	struct cl *c = malloc(sizeof(*c));

	fixture_start(&f, tls, 0);
	CHECK(cl_open(c, http_server_port(f.s), tls, NULL));
	for (int i = 1; i <= 50; i++) {
		CHECK(cl_text(c, "GET /keep HTTP/1.1\r\nHost: h\r\n\r\n"));
		CHECK(gate_wait(&f.gate, &f.kept_count, i));
		reply_text(f.kept, 201, "later");
		CHECK(cl_response(c, false) && c->status == 201);
		CHECK_STR(c->body.data, "later");
		CHECK(gate_wait(&f.gate, &f.closed, i));
	}
	/* The peer goes away while its request waits. */
	CHECK(cl_text(c, "GET /keep HTTP/1.1\r\nHost: h\r\n\r\n"));
	CHECK(gate_wait(&f.gate, &f.kept_count, 51));
	cl_close(c);
	CHECK(gate_wait(&f.gate, &f.closed, 51));
	/* Without on_close the exchange stays valid until answered. */
	CHECK(cl_open(c, http_server_port(f.s), tls, NULL));
	CHECK(cl_text(c, "GET /keep HTTP/1.1\r\nHost: h\r\nNo-Close: 1\r\n\r\n"));
	CHECK(gate_wait(&f.gate, &f.kept_count, 52));
	cl_close(c);
	usleep(50000);
	CHECK_STR(http_path(f.kept), "/keep");
	reply_text(f.kept, 200, "nobody listens");
	/* Stopping with one waiting. */
	CHECK(cl_open(c, http_server_port(f.s), tls, NULL));
	CHECK(cl_text(c, "GET /keep HTTP/1.1\r\nHost: h\r\n\r\n"));
	CHECK(gate_wait(&f.gate, &f.kept_count, 53));
	fixture_stop(&f);
	CHECK(f.closed == 52);
	CHECK(cl_eof(c));
	cl_close(c);
	free(c);
}

static void test_waiting(void)
{
	waiting(false);
}
static void test_waiting_tls(void)
{
	waiting(true);
}

static void streaming(bool tls)
{
	struct fixture f;
	struct cl *c = malloc(sizeof(*c));
	struct bytes *ev = bytes_new("{\"type\":\"ADDED\"}\n", 17), *big = bytes_alloc(20000);
	int rc = 0, sent = 0;

	fixture_start(&f, tls, 0);
	CHECK(cl_open(c, http_server_port(f.s), tls, NULL));
	CHECK(cl_text(c, "GET /stream HTTP/1.1\r\nHost: h\r\n\r\n"));
	CHECK(cl_head(c) && c->status == 200 && strstr(c->head, "Transfer-Encoding: chunked\n") &&
	      strstr(c->head, "X-Test: a value\n"));
	CHECK(gate_wait(&f.gate, &f.kept_count, 1));
	for (int i = 1; i <= 20; i++) {
		CHECK(http_stream_write(f.kept, ev) == 0);
		CHECK(gate_wait(&f.gate, &f.drained, i));
		CHECK(cl_chunk(c) == 17);
	}
	http_stream_write(f.kept, ev);
	http_stream_end(f.kept);
	buf_done(&c->body);
	CHECK(cl_chunk(c) == 17 && cl_chunk(c) == 0);
	CHECK(gate_wait(&f.gate, &f.closed, 1));
	/* The connection serves on. A reader that does not read fills the queue. */
	CHECK(cl_text(c, "GET /stream HTTP/1.1\r\nHost: h\r\n\r\n"));
	CHECK(cl_head(c));
	CHECK(gate_wait(&f.gate, &f.kept_count, 2));
	memset(big->data, 'b', big->len);
	for (int i = 0; i < 20000 && rc == 0; i++) {
		rc = http_stream_write(f.kept, big);
		sent += rc == 0;
		if (i % 50 == 49)
			usleep(1000);
	}
	CHECK(rc == ERR_TOO_LARGE);
	http_stream_end(f.kept);
	buf_done(&c->body);
	while (cl_chunk(c) > 0)
		;
	CHECK(c->body.len == (size_t)sent * big->len);
	CHECK(gate_wait(&f.gate, &f.closed, 2));
	/* The peer vanishes while nothing is sent. */
	CHECK(cl_text(c, "GET /stream HTTP/1.1\r\nHost: h\r\n\r\n"));
	CHECK(cl_head(c));
	CHECK(gate_wait(&f.gate, &f.kept_count, 3));
	cl_close(c);
	CHECK(gate_wait(&f.gate, &f.closed, 3));
	/* HEAD of a stream, and stopping with one open. */
	CHECK(cl_open(c, http_server_port(f.s), tls, NULL));
	CHECK(cl_do(c, "HEAD /stream HTTP/1.1\r\nHost: h\r\n\r\n") && c->status == 200);
	CHECK(gate_wait(&f.gate, &f.closed, 4));
	CHECK(cl_eof(c));
	cl_close(c);
	CHECK(cl_open(c, http_server_port(f.s), tls, NULL));
	CHECK(cl_text(c, "GET /stream HTTP/1.1\r\nHost: h\r\n\r\n"));
	CHECK(cl_head(c));
	CHECK(gate_wait(&f.gate, &f.kept_count, 5));
	http_server_stop(f.s);
	CHECK(cl_chunk(c) == 0);
	CHECK(gate_wait(&f.gate, &f.closed, 5));
	fixture_stop(&f);
	cl_close(c);
	bytes_unref(ev);
	bytes_unref(big);
	free(c);
}

static void test_streaming(void)
{
	streaming(false);
}
static void test_streaming_tls(void)
{
	streaming(true);
}

struct echo {
	int fd;
	size_t total;
};

static void *echo_main(void *arg)
{
	struct echo *e = arg;
	static char buf[30000];
	struct pollfd p = {.fd = e->fd, .events = POLLIN};
	ssize_t n;

	for (;;) {
		n = read(e->fd, buf, sizeof(buf));
		if (n < 0 && errno == EAGAIN) {
			p.events = POLLIN;
			poll(&p, 1, -1);
			continue;
		}
		if (n <= 0)
			break;
		e->total += (size_t)n;
		for (ssize_t off = 0; off < n;) {
			ssize_t w = send(e->fd, buf + off, (size_t)(n - off), MSG_NOSIGNAL);

			if (w < 0 && errno == EAGAIN) {
				p.events = POLLOUT;
				poll(&p, 1, -1);
				continue;
			}
			if (w < 0)
				break;
			off += w;
		}
	}
	close(e->fd);
	return NULL;
}

struct sender {
	struct cl *c;
	const char *p;
	size_t n;
};

static void *send_main(void *arg)
{
	struct sender *s = arg;

	MUST(cl_send(s->c, s->p, s->n));
	return NULL;
}

static void upgrading(bool tls)
{
	static const char request[] =
	    "GET /upgrade HTTP/1.1\r\nHost: h\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n";
	struct fixture f;
	struct cl *c = malloc(sizeof(*c));
	size_t n = 3000000;
	char *data = malloc(n), *got = malloc(n);
	pthread_t t, ts;

	fixture_start(&f, tls, 0);
	for (size_t i = 0; i < n; i++)
		data[i] = (char)(i * 7 + i / 1000);
	for (int round = 1; round <= 3; round++) {
		struct echo e = {0};
		struct sender snd = {.c = c, .p = data, .n = n};

		f.upgraded_fd = -1;
		CHECK(cl_open(c, http_server_port(f.s), tls, NULL));
		CHECK(cl_text(c, request));
		CHECK(cl_head(c) && c->status == 101);
		CHECK(strstr(c->head, "Upgrade: websocket\n") &&
		      strstr(c->head, "Sec-WebSocket-Protocol: v5.channel.k8s.io\n"));
		CHECK(gate_wait(&f.gate, &f.upgraded_fd, 0));
		e.fd = f.upgraded_fd;
		CHECK(fcntl(e.fd, F_GETFL) & O_NONBLOCK);
		if (round == 2) { /* the application closes */
			CHECK(send(e.fd, "bye", 3, 0) == 3);
			close(e.fd);
			CHECK(cl_body(c, 3) && !strcmp(c->body.data, "bye"));
			CHECK(cl_eof(c));
			CHECK(gate_wait(&f.gate, &f.closed, round));
			cl_close(c);
			continue;
		}
		pthread_create(&t, NULL, echo_main, &e);
		/* GnuTLS sessions allow one thread to send while another receives. */
		pthread_create(&ts, NULL, send_main, &snd);
		for (size_t off = 0; off < n;) {
			ssize_t r = cl_recv(c, got + off, n - off);

			CHECK(r > 0);
			if (r <= 0)
				break;
			off += (size_t)r;
		}
		pthread_join(ts, NULL);
		CHECK(!memcmp(data, got, n));
		cl_close(c); /* the client closes: the application sees the end */
		pthread_join(t, NULL);
		CHECK(e.total == n);
		CHECK(gate_wait(&f.gate, &f.closed, round));
	}
	/* Stopping ends upgraded TLS connections; plain sockets are the application's. */
	f.upgraded_fd = -1;
	CHECK(cl_open(c, http_server_port(f.s), tls, NULL));
	CHECK(cl_text(c, request));
	CHECK(cl_head(c) && c->status == 101);
	CHECK(gate_wait(&f.gate, &f.upgraded_fd, 0));
	fixture_stop(&f);
	if (tls)
		CHECK(read(f.upgraded_fd, got, 1) == 0);
	close(f.upgraded_fd);
	CHECK(cl_eof(c));
	cl_close(c);
	free(c);
	free(data);
	free(got);
}

static void test_upgrade(void)
{
	upgrading(false);
}
static void test_upgrade_tls(void)
{
	upgrading(true);
}

static void test_client_certs(void)
{
	struct fixture f;
	struct cl *c = malloc(sizeof(*c));
	const gnutls_datum_t *chain;
	gnutls_datum_t der = {0};
	char first[65], second[65];
	unsigned n = 0;
	struct err e = {0};

	fixture_start(&f, true, 0);
	CHECK(cl_open(c, http_server_port(f.s), true, &client_pair));
	CHECK(cl_do(c, "GET /cert HTTP/1.1\r\nHost: h\r\n\r\n"));
	CHECK_STR(c->body.data, "alice|dev\nops\nsystem:masters");
	CHECK(cl_do(c, "GET /cert HTTP/1.1\r\nHost: h\r\n\r\n"));
	CHECK_STR(c->body.data, "alice|dev\nops\nsystem:masters");
	cl_close(c);
	CHECK(cl_open(c, http_server_port(f.s), true, NULL));
	CHECK(cl_do(c, "GET /cert HTTP/1.1\r\nHost: h\r\n\r\n"));
	CHECK_STR(c->body.data, "none");
	cl_close(c);
	CHECK(cl_open(c, http_server_port(f.s), true, &stranger));
	CHECK(cl_do(c, "GET /cert HTTP/1.1\r\nHost: h\r\n\r\n"));
	CHECK_STR(c->body.data, "none");
	cl_close(c);
	/* A server certificate does not make a client. */
	CHECK(cl_open(c, http_server_port(f.s), true, &server_pair));
	CHECK(cl_do(c, "GET /cert HTTP/1.1\r\nHost: h\r\n\r\n"));
	CHECK_STR(c->body.data, "none");
	chain = gnutls_certificate_get_peers(c->s, &n);
	CHECK(n == 1);
	der = chain[0];
	sha256_hex(der.data, der.size, first);
	/* Hot swap: this connection lives on, a new one sees the new certificate. */
	CHECK(http_server_set_cert(f.s, server_pair2.cert_pem, server_pair2.key_pem, &e) == 0);
	CHECK(http_server_set_cert(f.s, server_pair2.cert_pem, server_pair.key_pem, &e) < 0);
	CHECK(cl_do(c, "GET /x HTTP/1.1\r\nHost: h\r\n\r\n") && c->status == 200);
	cl_close(c);
	CHECK(cl_open(c, http_server_port(f.s), true, NULL));
	chain = gnutls_certificate_get_peers(c->s, &n);
	sha256_hex(chain[0].data, chain[0].size, second);
	CHECK(strcmp(first, second) != 0);
	CHECK(cl_do(c, "GET /x HTTP/1.1\r\nHost: h\r\n\r\n") && c->status == 200);
	cl_close(c);
	fixture_stop(&f);
	free(c);
}

static void test_limit(void)
{
	struct fixture f;
	struct cl *c = calloc(4, sizeof(*c));
	bool ok = false;

	fixture_start(&f, false, 2);
	for (int i = 0; i < 2; i++)
		CHECK(cl_open(&c[i], http_server_port(f.s), false, NULL) &&
		      cl_do(&c[i], "GET /x HTTP/1.1\r\nHost: h\r\n\r\n"));
	CHECK(cl_open(&c[2], http_server_port(f.s), false, NULL));
	CHECK(cl_eof(&c[2]));
	cl_close(&c[2]);
	cl_close(&c[0]);
	for (int i = 0; i < 200 && !ok; i++) {
		usleep(10000);
		CHECK(cl_open(&c[3], http_server_port(f.s), false, NULL));
		ok = cl_do(&c[3], "GET /x HTTP/1.1\r\nHost: h\r\n\r\n");
		cl_close(&c[3]);
	}
	CHECK(ok);
	cl_close(&c[1]);
	fixture_stop(&f);
	free(c);
}

/* Whether the server has ended the connection: nothing but an end can be read. */
static bool cl_ended(struct cl *c)
{
	char b[256];
	ssize_t n;

	do
		n = recv(c->fd, b, sizeof(b), MSG_DONTWAIT);
	while (n > 0);
	return n == 0 || (errno != EAGAIN && errno != EWOULDBLOCK);
}

/*
 * Who connects and does not come to the point is ended, whatever keeps the line warm: silence, half a handshake, a head and a body
 * that come a byte at a time. A connection that is used lives on meanwhile.
 */
static void test_slow_clients(void)
{
	static const char *const names[] = {"silent", "half a ClientHello", "a byte of the head at a time", "a byte of the body at a time",
					    "endless chunks"};
	struct http_server_config c = {.bind_address = "127.0.0.1",
				       .tls_cert_pem = server_pair.cert_pem,
				       .tls_key_pem = server_pair.key_pem,
				       .idle_timeout_s = 3,
				       .request_timeout_s = 2};
	struct http_server *s = NULL;
	struct cl slow[5], used;
	bool ended[5] = {false};
	unsigned left = 5;

	CHECK(http_server_new(&s, &c, handle, NULL, NULL) == 0 && http_server_start(s, NULL) == 0);
	for (int i = 0; i < 5; i++)
		CHECK(cl_open(&slow[i], http_server_port(s), i >= 2, NULL));
	CHECK(cl_open(&used, http_server_port(s), true, NULL));
	CHECK(send(slow[1].fd, "\x16\x03\x01\x02\x00\x01\x00", 7, MSG_NOSIGNAL) == 7);
	CHECK(cl_text(&slow[2], "GET /hello HTTP/1.1\r\nHost: x\r\nX-Long: "));
	CHECK(cl_text(&slow[3], "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\n"));
	CHECK(cl_text(&slow[4], "POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"));
	for (int round = 0; round < 300 && left; round++) {
		if (!ended[2])
			(void)cl_text(&slow[2], "x");
		if (!ended[3])
			(void)cl_text(&slow[3], "x");
		if (!ended[4])
			(void)cl_text(&slow[4], "1\r\nx\r\n");
		CHECK(cl_text(&used, "GET /empty HTTP/1.1\r\nHost: x\r\n\r\n") && cl_response(&used, false) && used.status == 204);
		for (int i = 0; i < 5; i++)
			if (!ended[i] && cl_ended(&slow[i])) {
				ended[i] = true;
				left--;
			}
		(void)poll(NULL, 0, 100);
	}
	for (int i = 0; i < 5; i++) {
		if (!ended[i])
			fprintf(stderr, "not ended: %s\n", names[i]);
		CHECK(ended[i]);
		cl_close(&slow[i]);
	}
	cl_close(&used);
	s = http_server_free(s);
}

static void test_errors(void)
{
	struct http_server *s = NULL, *t = NULL;
	struct http_server_config c = {.bind_address = "nonsense"};
	struct err e = {0};

	CHECK(http_server_new(&s, &c, handle, NULL, &e) == 0 && http_server_start(s, &e) == ERR_INVALID);
	s = http_server_free(s);
	c.bind_address = "127.0.0.1";
	CHECK(http_server_new(&s, &c, handle, NULL, &e) == 0 && http_server_start(s, &e) == 0);
	c.port = http_server_port(s);
	CHECK(http_server_new(&t, &c, handle, NULL, &e) == 0 && http_server_start(t, &e) == -EADDRINUSE);
	t = http_server_free(t);
	s = http_server_free(s);
	c.tls_cert_pem = "garbage";
	c.tls_key_pem = "garbage";
	CHECK(http_server_new(&s, &c, handle, NULL, &e) < 0 && s == NULL);
}

int main(void)
{
	time_t now = time(NULL);
	struct cert_request r = {.cn = "server",
				 .ip_addrs = (const char *const[]){"127.0.0.1", NULL},
				 .server = true,
				 .not_before = now - 60,
				 .not_after = now + 3600};
	struct cert_pair other_ca = {0};

	CHECK(cert_ca_new(&ca, "ca", now - 60, now + 3600, NULL) == 0);
	CHECK(cert_ca_new(&other_ca, "ca", now - 60, now + 3600, NULL) == 0);
	CHECK(cert_issue(&server_pair, &ca, &r, NULL) == 0);
	CHECK(cert_issue(&server_pair2, &ca, &r, NULL) == 0);
	r = (struct cert_request){.cn = "alice",
				  .orgs = (const char *const[]){"dev", "ops", "system:masters", NULL},
				  .client = true,
				  .not_before = now - 60,
				  .not_after = now + 3600};
	CHECK(cert_issue(&client_pair, &ca, &r, NULL) == 0);
	CHECK(cert_issue(&stranger, &other_ca, &r, NULL) == 0);
	RUN(test_errors);
	RUN(test_basics);
	RUN(test_basics_tls);
	RUN(test_refusals);
	RUN(test_waiting);
	RUN(test_waiting_tls);
	RUN(test_streaming);
	RUN(test_streaming_tls);
	RUN(test_upgrade);
	RUN(test_upgrade_tls);
	RUN(test_client_certs);
	RUN(test_limit);
	RUN(test_slow_clients);
	cert_pair_done(&ca);
	cert_pair_done(&other_ca);
	cert_pair_done(&server_pair);
	cert_pair_done(&server_pair2);
	cert_pair_done(&client_pair);
	cert_pair_done(&stranger);
	return TEST_END();
}
