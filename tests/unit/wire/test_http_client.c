#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include "base/buf.h"
#include "base/str.h"
#include "tests/unit/test.h"
#include "wire/cert.h"
#include "wire/http_client.h"
#include "wire/http_server.h"

static struct cert_pair ca, other_ca, server_pair, client_pair;

/* --- a server to talk to --- */

struct srv {
	struct http_server *s;
	pthread_mutex_t lock;
	struct http_exchange *stream;
	int closed;
	uint16_t other_port;
	char base[64];
};

static void on_closed(void *arg)
{
	struct srv *v = arg;

	pthread_mutex_lock(&v->lock);
	v->closed++;
	v->stream = NULL;
	pthread_mutex_unlock(&v->lock);
}

static void *echo_main(void *arg)
{
	int fd = (int)(intptr_t)arg;
	char buf[20000];

	for (;;) {
		struct pollfd p = {.fd = fd, .events = POLLIN};
		ssize_t n = read(fd, buf, sizeof(buf));

		if (n < 0 && errno == EAGAIN) {
			poll(&p, 1, -1);
			continue;
		}
		if (n <= 0)
			break;
		for (ssize_t off = 0; off < n;) {
			ssize_t w = send(fd, buf + off, (size_t)(n - off), MSG_NOSIGNAL);

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
	close(fd);
	return NULL;
}

static void on_upgraded(void *arg, int fd, const void *extra, size_t n)
{
	pthread_t t;

	(void)arg;
	(void)extra;
	(void)n;
	if (send(fd, "first", 5, MSG_NOSIGNAL) != 5 || pthread_create(&t, NULL, echo_main, (void *)(intptr_t)fd) != 0)
		abort();
	pthread_detach(t);
}

static void handle(void *arg, struct http_exchange *x)
{
	struct srv *v = arg;
	const char *path = http_path(x);
	AUTO_BUF struct buf b = {0};
	struct bytes *body = NULL;
	char *cn = NULL, *orgs = NULL;
	int status = 200;

	if (!strcmp(path, "/echo")) {
		buf_addf(&b, "%s %s|", http_method(x),
			 http_header(x, "Content-Type") ? http_header(x, "Content-Type") : "");
		if (http_body(x))
			buf_add(&b, http_body(x)->data, http_body(x)->len);
	} else if (!strcmp(path, "/who")) {
		buf_addf(&b, "%s|%s|", http_peer(x), http_header(x, "User-Agent"));
		if (http_peer_cert(x, &cn, &orgs))
			buf_adds(&b, cn);
		free(cn);
		free(orgs);
	} else if (!strcmp(path, "/big")) {
		for (int i = 0; i < 1000000; i++)
			buf_addc(&b, (char)('a' + i % 26));
	} else if (!strcmp(path, "/stream")) {
		http_on_close(x, on_closed, v);
		http_stream_begin(x, 200, "text/plain", 1 << 20);
		body = bytes_new("event\n", 6);
		http_stream_write(x, body);
		bytes_unref(body);
		pthread_mutex_lock(&v->lock);
		v->stream = x;
		pthread_mutex_unlock(&v->lock);
		return;
	} else if (!strcmp(path, "/hang")) {
		http_on_close(x, on_closed, v);
		return;
	} else if (!strcmp(path, "/redirect")) {
		char url[100];

		snprintf(url, sizeof(url), "http://localhost:%u/auth", v->other_port);
		http_add_header(x, "Location", url);
		status = 307;
		buf_adds(&b, "moved");
	} else if (!strcmp(path, "/auth")) {
		buf_adds(&b, http_header(x, "Authorization") ? http_header(x, "Authorization") : "no auth");
	} else if (!strcmp(path, "/upgrade")) {
		http_add_header(x, "X-Stream-Protocol-Version", "v4.channel.k8s.io");
		http_upgrade(x, "SPDY/3.1", on_upgraded, NULL);
		return;
	} else {
		status = 404;
		http_add_header(x, "WWW-Authenticate", "Bearer realm=\"r\"");
		buf_addf(&b, "no %s", path);
	}
	body = bytes_new(b.data ? b.data : "", b.len);
	http_reply(x, status, "text/plain", body);
	bytes_unref(body);
}

static void srv_start(struct srv *v, bool tls)
{
	struct http_server_config c = {.bind_address = "127.0.0.1",
				       .threads = 1,
				       .tls_cert_pem = tls ? server_pair.cert_pem : NULL,
				       .tls_key_pem = tls ? server_pair.key_pem : NULL,
				       .client_ca_pem = tls ? ca.cert_pem : NULL};

	memset(v, 0, sizeof(*v));
	pthread_mutex_init(&v->lock, NULL);
	CHECK(http_server_new(&v->s, &c, handle, v, NULL) == 0 && http_server_start(v->s, NULL) == 0);
	v->other_port = http_server_port(v->s);
	snprintf(v->base, sizeof(v->base), "%s://127.0.0.1:%u", tls ? "https" : "http", v->other_port);
}

/* --- the client's side --- */

struct t {
	struct loop *l;
	struct http_client *c;
	struct loop_timer *alarm;
	int waiting; /* answers still to come */

	int code, status, heads, datas;
	char msg[256], header[64];
	struct buf body;
	struct http_call *call;
	int cancel_after, abort_after, start_inside;
	struct srv *v;
	int fd;
	char protocol[64];
};

static void too_late(void *arg)
{
	(void)arg;
	fprintf(stderr, "no answer within 10 s\n");
	abort();
}

static void t_start(struct t *t, const struct http_client_config *c)
{
	memset(t, 0, sizeof(*t));
	t->fd = -1;
	CHECK(loop_new(&t->l, NULL) == 0);
	CHECK(http_client_new(&t->c, t->l, c, NULL) == 0);
	CHECK(loop_timer_new(&t->alarm, t->l, too_late, t) == 0);
}

static void t_stop(struct t *t)
{
	t->c = http_client_free(t->c);
	loop_timer_free(t->alarm);
	loop_free(t->l);
	buf_done(&t->body);
}

static void t_done(struct t *t)
{
	if (--t->waiting == 0)
		loop_quit(t->l);
}

/* loop_quit is sticky: each run has a loop of its own. */
static void t_run(struct t *t, int answers)
{
	t->waiting = answers;
	loop_timer_set(t->alarm, 10000);
	loop_run(t->l);
	loop_timer_stop(t->alarm);
}

static const struct http_client_cb cb;

static void on_headers(void *arg, const struct http_client_response *r)
{
	struct t *t = arg;

	t->heads++;
	t->status = r->status;
}

static int on_data(void *arg, const char *p, size_t n)
{
	struct t *t = arg;

	t->datas++;
	buf_add(&t->body, p, n);
	if (t->cancel_after && t->datas == t->cancel_after) {
		http_call_cancel(t->call);
		t_done(t);
	}
	if (t->start_inside && t->datas == 1) {
		AUTO_FREE char *url = str_fmt("%s/echo", t->v->base);
		struct http_client_request r = {.method = "GET", .url = url};

		CHECK(http_client_start(t->c, &r, &cb, t, NULL, NULL) == 0);
	}
	return t->abort_after && t->datas == t->abort_after;
}

static void on_done(void *arg, const struct http_client_response *r)
{
	struct t *t = arg;

	t->code = r->code;
	t->status = r->status;
	str_copy(t->msg, sizeof(t->msg), r->err.msg);
	str_copy(t->header, sizeof(t->header), r->header(r, "content-type") ? r->header(r, "content-type") : "");
	if (r->body) {
		buf_trim(&t->body, 0);
		buf_add(&t->body, r->body->data, r->body->len);
	}
	t_done(t);
}

static const struct http_client_cb cb = {.on_headers = on_headers, .on_done = on_done};
static const struct http_client_cb cb_data = {.on_headers = on_headers, .on_data = on_data, .on_done = on_done};

static void do_one(struct t *t, const struct srv *v, const char *method, const char *path, const char *body,
		   struct http_client_request *extra)
{
	AUTO_FREE char *url = str_fmt("%s%s", v->base, path);
	AUTO_BYTES struct bytes *b = body ? bytes_new(body, strlen(body)) : NULL;
	struct http_client_request r = extra ? *extra : (struct http_client_request){0};
	struct err e = {0};

	r.method = method;
	r.url = url;
	r.body = b;
	CHECK(http_client_start(t->c, &r, &cb, t, &t->call, &e) == 0);
	if (e.code)
		fprintf(stderr, "%s\n", e.msg);
	t_run(t, 1);
}

static void one(struct t *t, const struct http_client_config *conf, const struct srv *v, const char *method,
		const char *path, const char *body, struct http_client_request *extra)
{
	t_start(t, conf);
	do_one(t, v, method, path, body, extra);
}

static void test_requests(void)
{
	struct srv v;
	struct t t;
	struct http_client_request typed = {.headers = (const char *const[]){"Content-Type: application/json", NULL}};
	struct http_client_request small = {.max_response = 1000};
	struct http_client_request quick = {.timeout_ms = 100};

	srv_start(&v, false);
	one(&t, NULL, &v, "GET", "/echo", NULL, NULL);
	CHECK(t.code == 0 && t.status == 200 && t.heads == 1);
	CHECK_STR(t.body.data, "GET |");
	CHECK_STR(t.header, "text/plain");
	t_stop(&t);
	one(&t, NULL, &v, "POST", "/echo", "{\"a\":1}", &typed);
	CHECK_STR(t.body.data, "POST application/json|{\"a\":1}");
	t_stop(&t);
	one(&t, NULL, &v, "PATCH", "/echo", "x", NULL);
	CHECK_STR(t.body.data, "PATCH |x");
	t_stop(&t);
	one(&t, NULL, &v, "PUT", "/echo", NULL, NULL);
	CHECK_STR(t.body.data, "PUT |");
	t_stop(&t);
	one(&t, NULL, &v, "DELETE", "/echo", NULL, NULL);
	CHECK_STR(t.body.data, "DELETE |");
	t_stop(&t);
	one(&t, NULL, &v, "DELETE", "/echo", "{}", &typed);
	CHECK_STR(t.body.data, "DELETE application/json|{}");
	t_stop(&t);
	one(&t, NULL, &v, "HEAD", "/big", NULL, NULL);
	CHECK(t.code == 0 && t.status == 200 && t.body.len == 0);
	t_stop(&t);
	one(&t, NULL, &v, "GET", "/big", NULL, NULL);
	CHECK(t.code == 0 && t.body.len == 1000000 && t.body.data[27] == 'b');
	t_stop(&t);
	one(&t, NULL, &v, "GET", "/nothing", NULL, NULL);
	CHECK(t.code == 0 && t.status == 404);
	t_stop(&t);
	one(&t, NULL, &v, "GET", "/big", NULL, &small);
	CHECK(t.code == ERR_TOO_LARGE && strstr(t.msg, "1000 bytes"));
	t_stop(&t);
	one(&t, NULL, &v, "GET", "/hang", NULL, &quick);
	CHECK(t.code == ERR_TIMEOUT);
	t_stop(&t);
	http_server_free(v.s);
	/* Nobody listens there any more. */
	one(&t, NULL, &v, "GET", "/echo", NULL, NULL);
	CHECK(t.code == ERR_UNAVAILABLE && strstr(t.msg, "GET http://127.0.0.1"));
	t_stop(&t);
}

static void chain_done(void *arg, const struct http_client_response *r)
{
	struct t *t = arg;
	AUTO_FREE char *url = str_fmt("%s/who", t->v->base);
	struct http_client_request q = {.method = "GET", .url = url};

	CHECK(r->code == 0);
	if (!r->body)
		return;
	if (t->datas == 0)
		buf_add(&t->body, r->body->data, r->body->len);
	else
		CHECK(!strcmp(t->body.data, r->body->data)); /* the same peer port: the connection was kept */
	if (++t->datas < 20)
		CHECK(http_client_start(t->c, &q, &(struct http_client_cb){.on_done = chain_done}, t, NULL, NULL) == 0);
	else
		loop_quit(t->l);
}

static void test_tls(void)
{
	struct srv v;
	struct t t;
	struct http_client_config good = {.ca_pem = ca.cert_pem,
					  .cert_pem = client_pair.cert_pem,
					  .key_pem = client_pair.key_pem,
					  .user_agent = "tester/1"};
	struct http_client_config wrong = {.ca_pem = other_ca.cert_pem}, careless = {.insecure_skip_verify = true};
	AUTO_FREE char *url = NULL;

	srv_start(&v, true);
	one(&t, &good, &v, "GET", "/who", NULL, NULL);
	CHECK(t.code == 0 && strstr(t.body.data, "|tester/1|alice"));
	t_stop(&t);
	one(&t, &wrong, &v, "GET", "/who", NULL, NULL);
	CHECK(t.code == ERR_UNAUTHORIZED && t.msg[0]);
	t_stop(&t);
	one(&t, NULL, &v, "GET", "/who", NULL, NULL);
	CHECK(t.code == ERR_UNAUTHORIZED);
	t_stop(&t);
	one(&t, &careless, &v, "GET", "/who", NULL, NULL);
	CHECK(t.code == 0 && t.status == 200);
	t_stop(&t);
	/* One after another, each begun by the last one's callback, on one connection. */
	t_start(&t, &good);
	t.v = &v;
	url = str_fmt("%s/who", v.base);
	CHECK(http_client_start(t.c, &(struct http_client_request){.method = "GET", .url = url},
				&(struct http_client_cb){.on_done = chain_done}, &t, NULL, NULL) == 0);
	loop_timer_set(t.alarm, 10000);
	loop_run(t.l);
	CHECK(t.datas == 20);
	t_stop(&t);
	http_server_free(v.s);
}

static void free_inside(void *arg, const struct http_client_response *r)
{
	struct t *t = arg;

	(void)r;
	t->c = http_client_free(t->c);
	loop_quit(t->l);
}

static int never(void *arg, const char *p, size_t n)
{
	(void)arg;
	(void)p;
	(void)n;
	abort();
}

static void test_streams(void)
{
	struct srv v;
	struct t t;
	AUTO_FREE char *url = NULL, *hang = NULL;
	struct http_client_request r = {.method = "GET"}, h = {.method = "GET"};
	struct http_call *other = NULL;

	srv_start(&v, false);
	r.url = url = str_fmt("%s/stream", v.base);
	h.url = hang = str_fmt("%s/hang", v.base);
	/* Cancelled from its own on_data; the server sees the peer go. */
	t_start(&t, NULL);
	t.cancel_after = 1;
	CHECK(http_client_start(t.c, &r, &cb_data, &t, &t.call, NULL) == 0);
	t_run(&t, 1);
	CHECK(t.heads == 1 && t.datas == 1 && !strcmp(t.body.data, "event\n"));
	t_stop(&t);
	/* Aborted by its result. */
	t_start(&t, NULL);
	t.abort_after = 1;
	CHECK(http_client_start(t.c, &r, &cb_data, &t, &t.call, NULL) == 0);
	t_run(&t, 1);
	CHECK(t.code == ERR_CANCELED);
	t_stop(&t);
	/* A call begun inside on_data completes while the stream goes on; freeing the client ends that silently. */
	t_start(&t, NULL);
	t.start_inside = 1;
	t.v = &v;
	CHECK(http_client_start(t.c, &r, &cb_data, &t, &t.call, NULL) == 0);
	t_run(&t, 1);
	CHECK(!strcmp(t.body.data, "GET |"));
	t_stop(&t);
	/* Cancelled before it was even sent; the client freed inside a callback with another call under way. */
	t_start(&t, NULL);
	CHECK(http_client_start(t.c, &r, &(struct http_client_cb){.on_data = never}, &t, &other, NULL) == 0);
	http_call_cancel(other);
	CHECK(http_client_start(t.c, &h, &(struct http_client_cb){.on_data = never}, &t, &other, NULL) == 0);
	r.url = hang;
	r.timeout_ms = 50;
	CHECK(http_client_start(t.c, &r, &(struct http_client_cb){.on_done = free_inside}, &t, NULL, NULL) == 0);
	loop_timer_set(t.alarm, 10000);
	loop_run(t.l);
	CHECK(t.c == NULL);
	t_stop(&t);
	for (int i = 0; i < 500; i++) {
		bool all;

		pthread_mutex_lock(&v.lock);
		all = v.closed == 5;
		pthread_mutex_unlock(&v.lock);
		if (all)
			break;
		usleep(10000);
	}
	CHECK(v.closed == 5);
	http_server_free(v.s);
}

static void test_redirect(void)
{
	struct srv v;
	struct t t;
	struct http_client_request auth = {.headers = (const char *const[]){"Authorization: Bearer secret", NULL}};

	srv_start(&v, false);
	one(&t, NULL, &v, "GET", "/redirect", NULL, &auth);
	CHECK(t.status == 307 && t.heads == 1);
	CHECK_STR(t.body.data, "moved");
	t_stop(&t);
	auth.follow_redirects = true;
	one(&t, NULL, &v, "GET", "/redirect", NULL, &auth);
	CHECK(t.status == 200 && t.heads == 1);
	CHECK_STR(t.body.data, "no auth"); /* localhost is not 127.0.0.1 */
	t_stop(&t);
	one(&t, NULL, &v, "GET", "/auth", NULL, &auth);
	CHECK_STR(t.body.data, "Bearer secret");
	t_stop(&t);
	t_start(&t, NULL);
	auth.headers = (const char *const[]){"X: y\r\nZ: w", NULL};
	auth.method = "GET";
	auth.url = v.base;
	CHECK(http_client_start(t.c, &auth, &cb, &t, NULL, NULL) == ERR_BAD_REQUEST);
	t_stop(&t);
	http_server_free(v.s);
}

static int count_progress(void *arg, uint64_t bytes)
{
	uint64_t *last = arg;

	*last = bytes;
	return 0;
}

static int stop_progress(void *arg, uint64_t bytes)
{
	(void)arg;
	return bytes > 1000;
}

static unsigned asked;
static const char *refuse_all(const unsigned char *addr, size_t n)
{
	asked++;
	return n == 4 && addr[0] == 127 ? "near" : "far";
}
static const char *refuse_none(const unsigned char *addr, size_t n)
{
	(void)addr;
	(void)n;
	asked++;
	return NULL;
}

/* Where a request may not go, and the end of who waits for it. */
static void test_refused(void)
{
	struct srv v;
	struct http_client_config good = {.ca_pem = ca.cert_pem};
	struct http_client_request r = {.method = "GET", .direct = true, .refuse = refuse_all};
	AUTO_FREE char *url = NULL;
	struct bytes *body = NULL;
	int status = 0;
	bool cancel = false;
	struct err e = {0};

	srv_start(&v, true);
	url = str_fmt("%s/echo", v.base);
	r.url = url;
	CHECK(http_get_blocking(&good, &r, &status, &body, &e) == ERR_FORBIDDEN && asked > 0);
	CHECK(strstr(e.msg, "127.0.0.1 is near") || strstr(e.msg, "::1 is far"));
	asked = 0;
	r.refuse = refuse_none;
	r.cancel = &cancel;
	CHECK(http_get_blocking(&good, &r, &status, &body, &e) == 0 && status == 200 && asked > 0);
	body = bytes_unref(body);
	cancel = true;
	CHECK(http_get_blocking(&good, &r, &status, &body, &e) == ERR_CANCELED);
	http_server_free(v.s);
}

static void test_blocking(void)
{
	struct srv v;
	struct http_client_config good = {.ca_pem = ca.cert_pem};
	struct http_client_request r = {.method = "GET"};
	AUTO_FREE char *url = NULL, *big = NULL, *missing = NULL;
	AUTO_CLOSE int fd = memfd_create("download", MFD_CLOEXEC);
	struct bytes *body = NULL;
	char *header = NULL;
	uint64_t last = 0;
	int status = 0;
	struct err e = {0};

	srv_start(&v, true);
	url = str_fmt("%s/echo", v.base);
	big = str_fmt("%s/big", v.base);
	missing = str_fmt("%s/missing", v.base);
	r.url = url;
	CHECK(http_get_blocking(&good, &r, &status, &body, &e) == 0 && status == 200);
	CHECK_STR(body->data, "GET |");
	body = bytes_unref(body);
	r.url = big;
	r.max_response = 10;
	CHECK(http_get_blocking(&good, &r, &status, &body, &e) == ERR_TOO_LARGE);
	r.max_response = 0;
	CHECK(http_download_blocking(&good, &r, fd, count_progress, &last, &status, "content-type", &header, &body,
				     &e) == 0);
	CHECK(status == 200 && last == 1000000 && lseek(fd, 0, SEEK_END) == 1000000 && body == NULL);
	CHECK_STR(header, "text/plain");
	free(header);
	CHECK(http_download_blocking(&good, &r, fd, stop_progress, NULL, &status, NULL, NULL, NULL, &e) ==
	      ERR_CANCELED);
	r.url = missing;
	CHECK(http_download_blocking(&good, &r, fd, NULL, NULL, &status, "WWW-Authenticate", &header, &body, &e) == 0);
	CHECK(status == 404);
	CHECK_STR(body->data, "no /missing");
	CHECK_STR(header, "Bearer realm=\"r\"");
	free(header);
	bytes_unref(body);
	CHECK(http_get_blocking(NULL, &r, &status, &body, &e) == ERR_UNAUTHORIZED);
	http_server_free(v.s);
}

static void on_connected(void *arg, int code, int status, int fd, const char *protocol, struct bytes *body,
			 const struct err *e)
{
	struct t *t = arg;

	t->code = code;
	t->status = status;
	t->fd = fd;
	str_copy(t->protocol, sizeof(t->protocol), protocol ? protocol : "");
	str_copy(t->msg, sizeof(t->msg), e->msg);
	if (body)
		buf_add(&t->body, body->data, body->len);
	t_done(t);
}

static void upgrading(bool tls)
{
	struct srv v;
	struct t t;
	struct http_client_config conf = {.ca_pem = ca.cert_pem};
	struct http_client_request r = {
	    .method = "POST", .headers = (const char *const[]){"Connection: Upgrade", "Upgrade: SPDY/3.1", NULL}};
	AUTO_FREE char *url = NULL, *missing = NULL, *hang = NULL;
	size_t n = 2000000, sent = 0, got = 0;
	char *data = malloc(n + 5), *back = malloc(n + 5);

	srv_start(&v, tls);
	url = str_fmt("%s/upgrade?a=b", v.base);
	missing = str_fmt("%s/missing", v.base);
	hang = str_fmt("%s/hang", v.base);
	for (size_t i = 0; i < n + 5; i++)
		data[i] = (char)(i * 31 + i / 777);
	t_start(&t, &conf);
	r.url = url;
	CHECK(http_client_upgrade(t.c, &r, on_connected, &t, NULL) == 0);
	t_run(&t, 1);
	CHECK(t.code == 0 && t.status == 101 && t.fd >= 0);
	CHECK_STR(t.protocol, "v4.channel.k8s.io");
	memcpy(data, "first", 5);
	while (got < n + 5) {
		struct pollfd p = {.fd = t.fd, .events = (short)(POLLIN | (sent < n ? POLLOUT : 0))};
		ssize_t k;

		if (poll(&p, 1, 10000) <= 0)
			break;
		if (p.revents & POLLIN) {
			k = read(t.fd, back + got, n + 5 - got);
			if (k <= 0)
				break;
			got += (size_t)k;
		}
		if (p.revents & POLLOUT) {
			k = send(t.fd, data + 5 + sent, n - sent, MSG_NOSIGNAL);
			if (k > 0)
				sent += (size_t)k;
		}
	}
	CHECK(got == n + 5 && !memcmp(data, back, got));
	t_stop(&t); /* what was delivered lives on */
	CHECK(send(t.fd, "x", 1, MSG_NOSIGNAL) == 1);
	CHECK(poll(&(struct pollfd){.fd = t.fd, .events = POLLIN}, 1, 10000) == 1 && read(t.fd, back, 10) == 1);
	close(t.fd);
	/* A refusal has a body; a cancelled one is silent. */
	t_start(&t, &conf);
	r.url = missing;
	CHECK(http_client_upgrade(t.c, &r, on_connected, &t, NULL) == 0);
	t_run(&t, 1);
	CHECK(t.code == 0 && t.status == 404 && t.fd == -1);
	CHECK_STR(t.body.data, "no /missing");
	t_stop(&t);
	t_start(&t, &conf);
	r.url = hang;
	r.timeout_ms = 100;
	CHECK(http_client_upgrade(t.c, &r, on_connected, &t, NULL) == 0);
	t_run(&t, 1);
	CHECK(t.code == ERR_TIMEOUT && t.fd == -1);
	t_stop(&t);
	t_start(&t, &conf);
	r.timeout_ms = 0;
	t.waiting = 100;
	CHECK(http_client_upgrade(t.c, &r, on_connected, &t, NULL) == 0);
	t_stop(&t);
	http_server_free(v.s);
	t_start(&t, &conf);
	CHECK(http_client_upgrade(t.c, &r, on_connected, &t, NULL) == 0);
	t_run(&t, 1);
	CHECK(t.code == ERR_UNAVAILABLE);
	t_stop(&t);
	free(data);
	free(back);
}

static void test_upgrade(void)
{
	upgrading(false);
}
static void test_upgrade_tls(void)
{
	upgrading(true);
}

/* --- back-pressure --- */

struct slow {
	struct t t;
	struct loop_timer *later;
	bool paused, done;
	int pieces, cancel_at, abort_at, wait_ms;
	size_t total;
};

static int on_piece(void *arg, const char *p, size_t n)
{
	struct slow *s = arg;

	(void)p;
	CHECK(!s->paused && !s->done);
	s->pieces++;
	s->total += n;
	if (s->pieces == s->cancel_at) {
		http_call_cancel(s->t.call);
		t_done(&s->t);
		return 0;
	}
	if (s->pieces == s->abort_at)
		return 1;
	s->paused = true;
	http_call_pause(s->t.call);
	loop_timer_set(s->later, s->pieces < 3 ? s->wait_ms : 0);
	return 0;
}

static void on_slow_done(void *arg, const struct http_client_response *r)
{
	struct slow *s = arg;

	CHECK(!s->paused && !s->done);
	s->done = true;
	s->t.code = r->code;
	t_done(&s->t);
}

static void resume(void *arg)
{
	struct slow *s = arg;

	s->paused = false;
	http_call_resume(s->t.call);
}

static void slowly(struct slow *s, const struct http_client_config *conf, const struct srv *v, int cancel_at,
		   int abort_at)
{
	static const struct http_client_cb piece = {.on_data = on_piece, .on_done = on_slow_done};
	AUTO_FREE char *url = str_fmt("%s/big", v->base);
	struct http_client_request r = {.method = "GET", .url = url};

	memset(s, 0, sizeof(*s));
	t_start(&s->t, conf);
	CHECK(loop_timer_new(&s->later, s->t.l, resume, s) == 0);
	s->wait_ms = 100;
	s->cancel_at = cancel_at;
	s->abort_at = abort_at;
	CHECK(http_client_start(s->t.c, &r, &piece, s, &s->t.call, NULL) == 0);
	t_run(&s->t, 1);
	loop_timer_free(s->later);
	t_stop(&s->t);
}

/* Paused behind every piece: nothing comes meanwhile, not even the end, and all of it comes. */
static void test_pause(void)
{
	struct http_client_config trusts = {.ca_pem = ca.cert_pem};

	for (int tls = 0; tls < 2; tls++) {
		const struct http_client_config *conf = tls ? &trusts : NULL;
		struct slow s;
		struct srv v;

		srv_start(&v, tls);
		slowly(&s, conf, &v, 0, 0);
		CHECK(s.done && s.t.code == 0 && s.total == 1000000 && s.pieces > 20);
		/* Cancelled and aborted at the first piece, which libcurl tells, and at others, which may come inside
		 * of resume. */
		for (int at = 1; at <= 5; at += 2) {
			slowly(&s, conf, &v, at, 0);
			CHECK(!s.done && s.pieces == at);
			slowly(&s, conf, &v, 0, at);
			CHECK(s.done && s.t.code < 0 && s.pieces == at);
		}
		http_server_free(v.s);
	}
}

int main(void)
{
	time_t now = time(NULL);
	struct cert_request r = {.cn = "server",
				 .dns_names = (const char *const[]){"localhost", NULL},
				 .ip_addrs = (const char *const[]){"127.0.0.1", NULL},
				 .server = true,
				 .not_before = now - 60,
				 .not_after = now + 3600};

	CHECK(cert_ca_new(&ca, "ca", now - 60, now + 3600, NULL) == 0);
	CHECK(cert_ca_new(&other_ca, "other", now - 60, now + 3600, NULL) == 0);
	CHECK(cert_issue(&server_pair, &ca, &r, NULL) == 0);
	r = (struct cert_request){.cn = "alice", .client = true, .not_before = now - 60, .not_after = now + 3600};
	CHECK(cert_issue(&client_pair, &ca, &r, NULL) == 0);
	RUN(test_requests);
	RUN(test_tls);
	RUN(test_streams);
	RUN(test_pause);
	RUN(test_redirect);
	RUN(test_blocking);
	RUN(test_refused);
	RUN(test_upgrade);
	RUN(test_upgrade_tls);
	cert_pair_done(&ca);
	cert_pair_done(&other_ca);
	cert_pair_done(&server_pair);
	cert_pair_done(&client_pair);
	return TEST_END();
}
