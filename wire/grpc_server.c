/* The gRPC server: what comes becomes requests, what is answered becomes HEADERS, DATA and trailers. */
#include "wire/grpc_server.h"
#include <errno.h>
#include <sys/socket.h>
#include "base/clock.h"
#include "base/str.h"
#include "wire/grpc_link.h"
#include "wire/unix_socket.h"

#define METHOD_MAX     256
#define BACKLOG        128
#define REQUESTS_BYTES 2    /* of one connection together, times what one may have */
#define FULL_MS        1000 /* without descriptors, when to look again */

struct grpc_server {
	struct loop *loop;
	struct grpc_server_config conf;
	char *path;
	int fd;
	struct loop_io *io;
	struct loop_timer *full;
	void (*handle)(void *arg, struct grpc_request *r);
	void *arg;
	struct list conns; /* the one that was used last at the end */
	unsigned n_conns;
};

struct conn {
	struct list link;
	struct grpc_server *server;
	struct grpc_link l;
	struct list streams;
	struct list whole; /* streams whose requests are to be handled, once nghttp2 is not on the stack */
	struct loop_task work;
	struct loop_timer *hello; /* until the peer has said that it speaks HTTP/2 */
	struct list requests;     /* not answered, whether or not somebody waits for it */
	unsigned n_requests;
};

/* reading -> (whole) -> asked -> answered; closed by nghttp2 from any of them. */
enum stream_state { STREAM_READING, STREAM_WHOLE, STREAM_ASKED, STREAM_ANSWERED };

struct stream {
	struct list link;  /* conn.streams */
	struct list whole; /* conn.whole */
	struct conn *conn;
	int32_t id;
	enum stream_state state;
	bool headed;  /* the header block has come to its end */
	bool heard;   /* END_STREAM has come */
	bool failing; /* answered with an error while the request was still coming */
	char *method;
	bool post, content_ok, encoded;
	bool timeout_bad;
	int64_t timeout_ms; /* -1: none */
	size_t header_bytes;
	struct grpc_reader reader;
	struct loop_timer *timer; /* for the request to come; then the peer's deadline; then for the answer to go */
	struct grpc_request *request;
	struct bytes *reply;
	uint8_t prefix[GRPC_PREFIX];
	size_t at;
};

struct grpc_request {
	struct stream *stream; /* NULL: nobody waits */
	struct conn *conn;     /* NULL once it is gone */
	struct list link;      /* conn.requests */
	char *method;
	struct bytes *body;
	int64_t deadline_ms;
	void (*cancelled)(void *arg);
	void *cancelled_arg;
};

static int64_t now_ms(void)
{
	return clock_mono_ms(clock_real());
}

static struct stream *stream_find(struct conn *c, int32_t id)
{
	LIST_FOREACH (s, &c->streams, struct stream, link)
		if (s->id == id)
			return s;
	return NULL;
}

/* Nobody waits for its request's answer any more. */
static void stream_forget_request(struct stream *s, bool tell)
{
	struct grpc_request *r = TAKE_PTR(s->request);

	if (!r)
		return;
	r->stream = NULL;
	if (tell && r->cancelled)
		r->cancelled(r->cancelled_arg);
}

static void stream_free(struct stream *s, bool tell)
{
	list_del(&s->link);
	list_del(&s->whole);
	loop_timer_free(s->timer);
	grpc_reader_done(&s->reader);
	bytes_unref(s->reply);
	free(s->method);
	stream_forget_request(s, tell);
	free(s);
}

/* --- answers --- */

static ssize_t read_reply(nghttp2_session *h2, int32_t id, uint8_t *out, size_t n, uint32_t *flags,
			  nghttp2_data_source *src, void *arg)
{
	const nghttp2_nv ok[] = {GRPC_NV("grpc-status", "0", 1)};
	struct stream *s = stream_find(arg, id);
	size_t k = 0;

	(void)src;
	if (!s || !s->reply)
		return NGHTTP2_ERR_TEMPORAL_CALLBACK_FAILURE;
	while (k < n && s->at < GRPC_PREFIX)
		out[k++] = s->prefix[s->at++];
	if (s->at >= GRPC_PREFIX) {
		size_t left = s->reply->len - (s->at - GRPC_PREFIX), m = n - k < left ? n - k : left;

		memcpy(out + k, s->reply->data + (s->at - GRPC_PREFIX), m);
		s->at += m;
		k += m;
		if (m == left) {
			*flags |= NGHTTP2_DATA_FLAG_EOF | NGHTTP2_DATA_FLAG_NO_END_STREAM;
			if (nghttp2_submit_trailer(h2, id, ok, 1) != 0)
				return NGHTTP2_ERR_TEMPORAL_CALLBACK_FAILURE;
		}
	}
	return (ssize_t)k;
}

/* The peer has to take it in time. */
static void stream_answering(struct stream *s)
{
	s->state = STREAM_ANSWERED;
	loop_timer_set(s->timer, s->conn->server->conf.io_timeout_ms);
	grpc_link_kick(&s->conn->l);
}

static void stream_reply(struct stream *s, struct bytes *body)
{
	const nghttp2_nv head[] = {GRPC_NV(":status", "200", 3), GRPC_NV("content-type", "application/grpc", 16)};
	const nghttp2_data_provider data = {.read_callback = read_reply};

	s->reply = bytes_ref(body);
	grpc_prefix(s->prefix, body->len);
	stream_answering(s);
	if (nghttp2_submit_response(s->conn->l.h2, s->id, head, ARRAY_LEN(head), &data) != 0)
		grpc_link_end(&s->conn->l, -ENOMEM, "cannot answer");
}

/* In one block of headers, which also ends the stream. http: of answers that are not gRPC's. */
static void stream_fail(struct stream *s, const char *http, int code, const char *text)
{
	AUTO_BUF struct buf message = {0};
	char number[12];
	nghttp2_nv nv[4];

	(void)snprintf(number, sizeof number, "%d", code);
	grpc_percent_encode(&message, text);
	stream_answering(s);
	s->failing = !s->heard;
	if (buf_failed(&message)) {
		grpc_link_end(&s->conn->l, -ENOMEM, "cannot answer");
		return;
	}
	nv[0] = GRPC_NV(":status", http, 3);
	nv[1] = GRPC_NV("content-type", "application/grpc", 16);
	nv[2] = GRPC_NV("grpc-status", number, strlen(number));
	nv[3] = GRPC_NV("grpc-message", message.data ? message.data : "", message.len);
	if (nghttp2_submit_response(s->conn->l.h2, s->id, nv, message.len ? 4 : 3, NULL) != 0)
		grpc_link_end(&s->conn->l, -ENOMEM, "cannot answer");
}

static void request_free(struct grpc_request *r)
{
	list_del(&r->link);
	if (r->conn)
		r->conn->n_requests--;
	bytes_unref(r->body);
	free(r->method);
	free(r);
}

void grpc_reply(struct grpc_request *r, struct bytes *body)
{
	struct stream *s = r->stream;

	if (s) {
		s->request = NULL;
		if (body->len > UINT32_MAX)
			stream_fail(s, "200", GRPC_RESOURCE_EXHAUSTED, "the answer is too large");
		else
			stream_reply(s, body);
	}
	request_free(r);
}

void grpc_fail(struct grpc_request *r, int code, const char *fmt, ...)
{
	struct stream *s = r->stream;
	char text[GRPC_STATUS_TEXT];
	va_list ap;

	va_start(ap, fmt);
	(void)vsnprintf(text, sizeof text, fmt, ap);
	va_end(ap);
	str_make_utf8(text);
	if (s) {
		s->request = NULL;
		stream_fail(s, "200", code, text);
	}
	request_free(r);
}

const char *grpc_request_method(const struct grpc_request *r)
{
	return r->method;
}

struct bytes *grpc_request_body(const struct grpc_request *r)
{
	return r->body;
}

int64_t grpc_request_left_ms(const struct grpc_request *r)
{
	int64_t left = r->deadline_ms == INT64_MAX ? INT64_MAX : r->deadline_ms - now_ms();

	return left > 0 ? left : 0;
}

int grpc_request_fd(const struct grpc_request *r)
{
	return r->stream ? r->stream->conn->l.fd : -1;
}

void grpc_request_on_cancel(struct grpc_request *r, void (*fn)(void *arg), void *arg)
{
	r->cancelled = fn;
	r->cancelled_arg = arg;
}

/* --- requests --- */

static void on_timer(void *arg)
{
	struct stream *s = arg;
	struct conn *c = s->conn;

	switch (s->state) {
	case STREAM_ASKED:
		stream_forget_request(s, true);
		stream_fail(s, "200", GRPC_DEADLINE_EXCEEDED, "the deadline is over");
		break;
	case STREAM_READING:
		/* In the middle of a header block there is nothing else that could be said on the connection. */
		if (!s->headed) {
			grpc_link_end(&c->l, ERR_TIMEOUT, "headers that do not end");
			break;
		}
		stream_fail(s, "200", GRPC_DEADLINE_EXCEEDED, "the request did not come in time");
		break;
	default:
		grpc_link_end(&c->l, ERR_TIMEOUT, "an answer is not taken");
	}
}

static int on_begin(nghttp2_session *h2, const nghttp2_frame *f, void *arg)
{
	struct conn *c = arg;
	struct stream *s;

	(void)h2;
	if (f->hd.type != NGHTTP2_HEADERS || f->headers.cat != NGHTTP2_HCAT_REQUEST)
		return 0;
	s = calloc(1, sizeof *s);
	if (!s)
		return NGHTTP2_ERR_TEMPORAL_CALLBACK_FAILURE;
	list_init(&s->whole);
	s->conn = c;
	s->id = f->hd.stream_id;
	s->timeout_ms = -1;
	s->reader.max = c->server->conf.max_message;
	if (loop_timer_new(&s->timer, c->server->loop, on_timer, s) < 0) {
		free(s);
		return NGHTTP2_ERR_TEMPORAL_CALLBACK_FAILURE;
	}
	loop_timer_set(s->timer, c->server->conf.io_timeout_ms);
	list_add_tail(&c->streams, &s->link);
	return 0;
}

static int on_header(nghttp2_session *h2, const nghttp2_frame *f, const uint8_t *name, size_t name_n, const uint8_t *v,
		     size_t n, uint8_t flags, void *arg)
{
	struct stream *s = stream_find(arg, f->hd.stream_id);

	(void)h2;
	(void)flags;
	if (!s || s->state != STREAM_READING || s->headed)
		return 0;
	s->header_bytes += name_n + n + 32;
	if (s->header_bytes > GRPC_HEADERS_MAX)
		return 0;
	if (grpc_is(name, name_n, ":method"))
		s->post = grpc_is(v, n, "POST");
	else if (grpc_is(name, name_n, ":path") && n <= METHOD_MAX && !s->method)
		s->method = str_ndup((const char *)v, n);
	else if (grpc_is(name, name_n, "content-type"))
		s->content_ok = grpc_content_type((const char *)v, n);
	else if (grpc_is(name, name_n, "grpc-encoding"))
		s->encoded = !grpc_is(v, n, "identity");
	else if (grpc_is(name, name_n, "grpc-timeout"))
		s->timeout_bad = grpc_timeout_parse((const char *)v, n, &s->timeout_ms, NULL) < 0;
	return 0;
}

static void stream_headed(struct stream *s)
{
	s->headed = true;
	if (s->header_bytes > GRPC_HEADERS_MAX)
		stream_fail(s, "200", GRPC_RESOURCE_EXHAUSTED, "too many headers");
	else if (!s->post)
		stream_fail(s, "405", GRPC_INTERNAL, "gRPC is POST");
	else if (!s->content_ok)
		stream_fail(s, "415", GRPC_INVALID_ARGUMENT, "the request is not of type application/grpc");
	else if (!s->method)
		stream_fail(s, "200", GRPC_UNIMPLEMENTED, "no method has such a name");
	else if (s->encoded)
		stream_fail(s, "200", GRPC_UNIMPLEMENTED,
			    "compression is not supported: grpc-encoding must be identity");
	else if (s->timeout_bad)
		stream_fail(s, "200", GRPC_INTERNAL, "grpc-timeout is malformed");
}

/* Bytes of requests, those that are being worked on included. */
static size_t conn_buffered(const struct conn *c)
{
	size_t n = 0;

	LIST_FOREACH (s, &c->streams, struct stream, link)
		n += s->reader.body.len;
	LIST_FOREACH (r, &c->requests, struct grpc_request, link)
		n += r->body->len;
	return n;
}

static int on_data(nghttp2_session *h2, uint8_t flags, int32_t id, const uint8_t *p, size_t n, void *arg)
{
	struct stream *s = stream_find(arg, id);
	struct err e = {0};
	int r;

	(void)h2;
	(void)flags;
	if (!s || s->state != STREAM_READING)
		return 0;
	r = conn_buffered(arg) + n > REQUESTS_BYTES * s->reader.max
		? err_set(&e, ERR_TOO_LARGE, "too much is being sent at the same time")
		: grpc_reader_add(&s->reader, p, n, &e);
	if (r == 0)
		return 0;
	grpc_reader_done(&s->reader);
	stream_fail(s, "200",
		    r == ERR_TOO_LARGE || r == -ENOMEM ? GRPC_RESOURCE_EXHAUSTED
		    : r == ERR_UNSUPPORTED             ? GRPC_UNIMPLEMENTED
						       : GRPC_INTERNAL,
		    e.msg);
	return 0;
}

static int on_frame(nghttp2_session *h2, const nghttp2_frame *f, void *arg)
{
	struct conn *c = arg;
	struct stream *s = stream_find(c, f->hd.stream_id);
	bool last = f->hd.flags & NGHTTP2_FLAG_END_STREAM;

	(void)h2;
	if (f->hd.type == NGHTTP2_SETTINGS && !(f->hd.flags & NGHTTP2_FLAG_ACK))
		loop_timer_stop(c->hello);
	if (!s || (f->hd.type != NGHTTP2_HEADERS && f->hd.type != NGHTTP2_DATA))
		return 0;
	s->heard |= last;
	if (f->hd.type == NGHTTP2_HEADERS && !s->headed)
		stream_headed(s);
	if (!last || s->state != STREAM_READING)
		return 0;
	if (!grpc_reader_whole(&s->reader)) {
		stream_fail(s, "200", GRPC_INTERNAL, "the request has not one whole message");
		return 0;
	}
	s->state = STREAM_WHOLE;
	loop_timer_stop(s->timer);
	list_add_tail(&c->whole, &s->whole);
	loop_post(c->server->loop, &c->work);
	return 0;
}

static int on_close(nghttp2_session *h2, int32_t id, uint32_t code, void *arg)
{
	struct stream *s = stream_find(arg, id);

	(void)h2;
	(void)code;
	if (s)
		stream_free(s, true);
	return 0;
}

/* What is left of a request that is answered already is not wanted. */
static int on_sent(nghttp2_session *h2, const nghttp2_frame *f, void *arg)
{
	struct conn *c = arg;
	struct stream *s;

	grpc_link_sent(&c->l, f);
	if (f->hd.type != NGHTTP2_HEADERS || !(f->hd.flags & NGHTTP2_FLAG_END_STREAM))
		return 0;
	s = stream_find(c, f->hd.stream_id);
	if (s && s->failing && !s->heard)
		(void)nghttp2_submit_rst_stream(h2, NGHTTP2_FLAG_NONE, s->id, NGHTTP2_NO_ERROR);
	return 0;
}

static void stream_ask(struct stream *s)
{
	struct conn *c = s->conn;
	struct grpc_server *srv = c->server;
	struct grpc_request *r;

	if (c->n_requests >= srv->conf.max_streams) {
		stream_fail(s, "200", GRPC_RESOURCE_EXHAUSTED, "too many requests are being worked on");
		return;
	}
	r = calloc(1, sizeof *r);
	if (!r || !(r->body = buf_take_bytes(&s->reader.body))) {
		free(r);
		stream_fail(s, "200", GRPC_RESOURCE_EXHAUSTED, "out of memory");
		return;
	}
	list_init(&r->link);
	r->method = TAKE_PTR(s->method);
	r->stream = s;
	r->conn = c;
	list_add_tail(&c->requests, &r->link);
	r->deadline_ms = INT64_MAX;
	c->n_requests++;
	s->request = r;
	s->state = STREAM_ASKED;
	loop_timer_stop(s->timer);
	if (s->timeout_ms >= 0) {
		r->deadline_ms = now_ms() + s->timeout_ms;
		loop_timer_set(s->timer, s->timeout_ms);
	}
	srv->handle(srv->arg, r);
}

/* Handlers run when nghttp2 is not on the stack. */
static void on_work(struct loop_task *t)
{
	struct conn *c = container_of(t, struct conn, work);

	while (!list_empty(&c->whole) && !c->l.ended) {
		struct stream *s = container_of(c->whole.next, struct stream, whole);

		list_del(&s->whole);
		stream_ask(s);
	}
}

/* --- connections --- */

static void conn_free(struct conn *c, bool tell)
{
	struct grpc_server *srv = c->server;

	list_del(&c->link);
	srv->n_conns--;
	(void)loop_cancel(srv->loop, &c->work);
	while (!list_empty(&c->streams))
		stream_free(container_of(c->streams.next, struct stream, link), tell);
	while (!list_empty(&c->requests)) {
		struct grpc_request *r = container_of(c->requests.next, struct grpc_request, link);

		list_del(&r->link);
		r->conn = NULL;
	}
	loop_timer_free(c->hello);
	grpc_link_done(&c->l);
	free(c);
}

static void on_end(struct grpc_link *l)
{
	struct conn *c = container_of(l, struct conn, l);
	struct grpc_server *srv = c->server;

	conn_free(c, true);
	if (srv->io && loop_timer_armed(srv->full))
		loop_timer_set(srv->full, 0);
}

static void on_hello(void *arg)
{
	struct conn *c = arg;

	grpc_link_end(&c->l, ERR_TIMEOUT, "the peer does not speak HTTP/2");
}

static int session_new(struct conn *c)
{
	nghttp2_session_callbacks *cb = NULL;
	nghttp2_option *o = grpc_link_options();
	const nghttp2_settings_entry settings[] = {
	    {NGHTTP2_SETTINGS_MAX_CONCURRENT_STREAMS, c->server->conf.max_streams},
	    {NGHTTP2_SETTINGS_MAX_HEADER_LIST_SIZE, GRPC_HEADERS_MAX},
	};
	int r = o ? nghttp2_session_callbacks_new(&cb) : NGHTTP2_ERR_NOMEM;

	if (r == 0) {
		nghttp2_session_callbacks_set_on_begin_headers_callback(cb, on_begin);
		nghttp2_session_callbacks_set_on_header_callback(cb, on_header);
		nghttp2_session_callbacks_set_on_data_chunk_recv_callback(cb, on_data);
		nghttp2_session_callbacks_set_on_frame_recv_callback(cb, on_frame);
		nghttp2_session_callbacks_set_on_frame_send_callback(cb, on_sent);
		nghttp2_session_callbacks_set_on_stream_close_callback(cb, on_close);
		r = nghttp2_session_server_new2(&c->l.h2, cb, c, o);
	}
	if (r == 0)
		r = nghttp2_submit_settings(c->l.h2, NGHTTP2_FLAG_NONE, settings, ARRAY_LEN(settings));
	nghttp2_session_callbacks_del(cb);
	nghttp2_option_del(o);
	return r;
}

/* Room for one more: an idle connection goes for it, the one that was made first. */
static bool make_room(struct grpc_server *s)
{
	if (s->n_conns < s->conf.max_connections)
		return true;
	LIST_FOREACH (c, &s->conns, struct conn, link) {
		if (!list_empty(&c->streams) || !list_empty(&c->requests))
			continue;
		/* A client that is about to call is told that this did not reach anybody. */
		(void)nghttp2_session_terminate_session(c->l.h2, NGHTTP2_NO_ERROR);
		grpc_link_flush(&c->l);
		conn_free(c, true);
		return true;
	}
	return false;
}

int grpc_server_adopt(struct grpc_server *s, int fd, struct err *e)
{
	struct conn *c;
	int r;

	if (!make_room(s))
		return err_set(e, ERR_TOO_MANY, "%u connections are busy", s->n_conns);
	c = calloc(1, sizeof *c);
	if (!c)
		return err_nomem(e);
	c->server = s;
	list_init(&c->streams);
	list_init(&c->whole);
	list_init(&c->requests);
	c->work.fn = on_work;
	c->l.fd = -1;
	c->l.on_end = on_end;
	list_add_tail(&s->conns, &c->link);
	s->n_conns++;
	r = session_new(c) != 0 || loop_timer_new(&c->hello, s->loop, on_hello, c) < 0
		? err_nomem(e)
		: grpc_link_start(&c->l, s->loop, fd, e);
	if (r < 0) {
		conn_free(c, false);
		return r;
	}
	loop_timer_set(c->hello, s->conf.io_timeout_ms);
	return 0;
}

static void on_listen(void *arg, int fd, uint32_t events)
{
	struct grpc_server *s = arg;

	(void)events;
	for (;;) {
		AUTO_CLOSE int c = accept4(fd, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);

		if (c < 0 && errno == EINTR)
			continue;
		if (c < 0 && (errno == EMFILE || errno == ENFILE || errno == ENOMEM || errno == ENOBUFS)) {
			/* Asking again at once would be in vain; a connection of ours that ends is noticed sooner. */
			(void)loop_io_set(s->io, 0);
			loop_timer_set(s->full, FULL_MS);
		}
		if (c < 0)
			return;
		/* One that there is no room for is closed. */
		if (grpc_server_adopt(s, c, NULL) == 0)
			c = -1;
	}
}

static void on_full(void *arg)
{
	struct grpc_server *s = arg;

	if (s->io)
		(void)loop_io_set(s->io, EPOLLIN);
}

int grpc_server_new(struct grpc_server **ret, struct loop *l, const struct grpc_server_config *conf,
		    void (*handle)(void *arg, struct grpc_request *r), void *arg, struct err *e)
{
	struct grpc_server *s = calloc(1, sizeof *s);
	int r = 0;

	if (!s)
		return err_nomem(e);
	s->loop = l;
	s->conf = *conf;
	s->conf.path = NULL;
	s->fd = -1;
	s->handle = handle;
	s->arg = arg;
	list_init(&s->conns);
	if (!s->conf.max_message)
		s->conf.max_message = GRPC_MESSAGE_MAX;
	if (!s->conf.max_connections)
		s->conf.max_connections = 64;
	if (!s->conf.max_streams)
		s->conf.max_streams = 100;
	if (!s->conf.io_timeout_ms)
		s->conf.io_timeout_ms = 10000;
	if (loop_timer_new(&s->full, l, on_full, s) < 0)
		r = err_nomem(e);
	if (r == 0 && conf->path) {
		r = unix_listen(conf->path, conf->mode ? conf->mode : 0600, BACKLOG, &s->fd, e);
		if (r == 0 && !(s->path = str_dup(conf->path)))
			r = err_nomem(e);
		if (r == 0)
			r = loop_io_new(&s->io, l, s->fd, EPOLLIN, on_listen, s, e);
	}
	if (r < 0) {
		grpc_server_free(s);
		return r;
	}
	*ret = s;
	return 0;
}

struct grpc_server *grpc_server_free(struct grpc_server *s)
{
	if (!s)
		return NULL;
	s->io = loop_io_free(s->io);
	if (s->path)
		(void)unlink(s->path);
	if (s->fd >= 0)
		close(s->fd);
	while (!list_empty(&s->conns)) {
		struct conn *c = container_of(s->conns.next, struct conn, link);

		(void)nghttp2_session_terminate_session(c->l.h2, NGHTTP2_NO_ERROR);
		grpc_link_flush(&c->l);
		conn_free(c, false);
	}
	loop_timer_free(s->full);
	free(s->path);
	free(s);
	return NULL;
}
