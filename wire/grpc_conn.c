/* The gRPC client's connections: requests as HEADERS and DATA, and what answers become of. */
#include <errno.h>
#include "base/str.h"
#include "wire/grpc_internal.h"

#define CONN_WINDOW (1 << 20) /* bytes that all answers together may have under way */
#define STREAMS_MAX 1000

static struct grpc_stream *stream_find(struct grpc_conn *conn, int32_t id)
{
	LIST_FOREACH (s, &conn->streams, struct grpc_stream, link)
		if (s->id == id)
			return s;
	return NULL;
}

/* The call that a stream still has, if it wants to know more. */
static struct grpc_call *stream_call(struct grpc_conn *conn, int32_t id)
{
	struct grpc_stream *s = stream_find(conn, id);

	return s ? s->call : NULL;
}

static void stream_free(struct grpc_stream *s)
{
	list_del(&s->link);
	s->conn->n_streams--;
	bytes_unref(s->body);
	free(s);
}

void grpc_stream_abandon(struct grpc_stream *s)
{
	struct grpc_conn *conn = s->conn;

	s->call = NULL;
	s->body = bytes_unref(s->body);
	if (s->closed || (s->heard && s->told) || conn->l.ended)
		return;
	if (nghttp2_submit_rst_stream(conn->l.h2, NGHTTP2_FLAG_NONE, s->id, NGHTTP2_CANCEL) == 0)
		grpc_link_kick(&conn->l);
}

/* --- what comes --- */

static int number(const uint8_t *p, size_t n, int max)
{
	int v = 0;

	if (n == 0 || n > 5)
		return -2;
	for (size_t i = 0; i < n; i++) {
		if (p[i] < '0' || p[i] > '9')
			return -2;
		v = v * 10 + (p[i] - '0');
	}
	return v <= max ? v : GRPC_UNKNOWN;
}

static int on_header(nghttp2_session *h2, const nghttp2_frame *f, const uint8_t *name, size_t name_n, const uint8_t *v,
		     size_t n, uint8_t flags, void *arg)
{
	struct grpc_call *call = stream_call(arg, f->hd.stream_id);

	(void)h2;
	(void)flags;
	if (!call || f->hd.type != NGHTTP2_HEADERS)
		return 0;
	call->header_bytes += name_n + n + 32; /* as RFC 9113 counts, section 6.5.2 */
	if (call->header_bytes > GRPC_HEADERS_MAX) {
		grpc_call_finish(call, GRPC_RESOURCE_EXHAUSTED, true, "an answer with more than %d bytes of headers",
				 GRPC_HEADERS_MAX);
		return 0;
	}
	if (grpc_is(name, name_n, ":status"))
		call->http_status = number(v, n, 999);
	else if (grpc_is(name, name_n, "content-type"))
		call->content_ok = grpc_content_type((const char *)v, n);
	else if (grpc_is(name, name_n, "grpc-status"))
		call->grpc_status = number(v, n, GRPC_N_CODES - 1);
	else if (grpc_is(name, name_n, "grpc-message"))
		grpc_percent_decode(call->result.message, sizeof call->result.message, (const char *)v, n);
	else if (grpc_is(name, name_n, "grpc-encoding"))
		call->encoded = !grpc_is(v, n, "identity");
	return 0;
}

/* A header block that ended the stream. */
static void call_trailers(struct grpc_call *call)
{
	char text[GRPC_STATUS_TEXT];

	(void)str_copy(text, sizeof text, call->result.message);
	if (call->grpc_status == -2)
		grpc_call_finish(call, GRPC_UNKNOWN, true, "the answer has a malformed grpc-status");
	else if (call->grpc_status < 0)
		grpc_call_finish(call, GRPC_INTERNAL, true, "the answer ends without grpc-status");
	else if (call->grpc_status > GRPC_OK)
		grpc_call_finish(call, call->grpc_status, false, "%s", text);
	else if (!grpc_reader_whole(&call->reader))
		grpc_call_finish(call, GRPC_INTERNAL, true,
				 grpc_reader_empty(&call->reader) ? "the answer is OK, but has no message"
								  : "the answer ends in the middle of a message");
	else if (!(call->result.reply = buf_take_bytes(&call->reader.body)))
		grpc_call_finish(call, GRPC_RESOURCE_EXHAUSTED, true, "out of memory");
	else
		grpc_call_finish(call, GRPC_OK, false, "%s", text);
}

static void call_headers(struct grpc_call *call, bool last)
{
	if (call->headed) {
		if (last)
			call_trailers(call);
		else
			grpc_call_finish(call, GRPC_INTERNAL, true, "the answer has trailers that do not end it");
		return;
	}
	if (call->http_status >= 100 && call->http_status < 200) { /* something else follows */
		call->http_status = 0;
		call->content_ok = call->encoded = false;
		call->grpc_status = -1;
		return;
	}
	call->headed = true;
	if (last && call->grpc_status != -1) {
		call_trailers(call);
		return;
	}
	if (call->http_status != 200)
		grpc_call_finish(call, grpc_code_from_http(call->http_status), true, "the peer answers with HTTP %d",
				 call->http_status);
	else if (!call->content_ok)
		grpc_call_finish(call, GRPC_UNKNOWN, true, "the answer is not of type application/grpc");
	else if (call->encoded)
		grpc_call_finish(call, GRPC_INTERNAL, true, "the answer is compressed, which was not offered");
	else if (last)
		call_trailers(call);
}

static int on_data(nghttp2_session *h2, uint8_t flags, int32_t id, const uint8_t *p, size_t n, void *arg)
{
	struct grpc_call *call = stream_call(arg, id);
	struct err e = {0};
	int r;

	(void)h2;
	(void)flags;
	if (!call)
		return 0;
	r = grpc_reader_add(&call->reader, p, n, &e);
	if (r < 0)
		grpc_call_finish(call, r == ERR_TOO_LARGE || r == -ENOMEM ? GRPC_RESOURCE_EXHAUSTED : GRPC_INTERNAL,
				 true, "the answer has %s", e.msg);
	return 0;
}

static int on_frame(nghttp2_session *h2, const nghttp2_frame *f, void *arg)
{
	struct grpc_conn *conn = arg;
	struct grpc_stream *s = stream_find(conn, f->hd.stream_id);
	struct grpc_call *call = s ? s->call : NULL;
	bool last = f->hd.flags & NGHTTP2_FLAG_END_STREAM;

	(void)h2;
	if (s && last && (f->hd.type == NGHTTP2_HEADERS || f->hd.type == NGHTTP2_DATA))
		s->heard = true;
	switch (f->hd.type) {
	case NGHTTP2_SETTINGS:
		if (conn->ready || f->hd.flags & NGHTTP2_FLAG_ACK)
			break;
		conn->ready = true;
		conn->client->backoff_ms = 0;
		conn->client->last.code = 0;
		loop_timer_stop(conn->handshake);
		break;
	case NGHTTP2_GOAWAY:
		conn->draining = true;
		grpc_client_settle(conn->client);
		break;
	case NGHTTP2_HEADERS:
		if (call)
			call_headers(call, last);
		break;
	case NGHTTP2_DATA:
		if (call && last)
			grpc_call_finish(call, GRPC_INTERNAL, true, "the answer ends without trailers");
		break;
	default:
		break;
	}
	return 0;
}

/* Also of streams that were never sent, and of those behind a GOAWAY's last one. */
static int on_close(nghttp2_session *h2, int32_t id, uint32_t code, void *arg)
{
	struct grpc_stream *s = stream_find(arg, id);

	(void)h2;
	if (!s)
		return 0;
	s->closed = true;
	if (s->call && code == NGHTTP2_REFUSED_STREAM)
		grpc_call_again(s->call, "the peer refuses the stream");
	else if (s->call && !s->sent)
		grpc_call_again(s->call, "the connection takes no streams any more");
	else if (s->call)
		grpc_call_finish(s->call, grpc_code_from_h2(code), true, "the peer has reset the stream: %s",
				 nghttp2_http2_strerror(code));
	stream_free(s);
	return 0;
}

/* --- what goes --- */

static int on_not_sent(nghttp2_session *h2, const nghttp2_frame *f, int code, void *arg)
{
	struct grpc_stream *s = f->hd.type == NGHTTP2_HEADERS ? stream_find(arg, f->hd.stream_id) : NULL;

	(void)h2;
	if (!s)
		return 0;
	s->closed = true;
	if (s->call)
		grpc_call_again(s->call, nghttp2_strerror(code));
	return 0;
}

static int on_sent(nghttp2_session *h2, const nghttp2_frame *f, void *arg)
{
	struct grpc_conn *conn = arg;
	struct grpc_stream *s = f->hd.type == NGHTTP2_HEADERS ? stream_find(conn, f->hd.stream_id) : NULL;

	(void)h2;
	if (s)
		s->sent = true;
	grpc_link_sent(&conn->l, f);
	return 0;
}

static ssize_t read_body(nghttp2_session *h2, int32_t id, uint8_t *out, size_t n, uint32_t *flags,
			 nghttp2_data_source *src, void *arg)
{
	struct grpc_stream *s = stream_find(arg, id);
	size_t k = 0;

	(void)h2;
	(void)src;
	if (!s || !s->body)
		return NGHTTP2_ERR_TEMPORAL_CALLBACK_FAILURE;
	while (k < n && s->at < GRPC_PREFIX)
		out[k++] = s->prefix[s->at++];
	if (s->at >= GRPC_PREFIX) {
		size_t left = s->body->len - (s->at - GRPC_PREFIX), m = n - k < left ? n - k : left;

		memcpy(out + k, s->body->data + (s->at - GRPC_PREFIX), m);
		s->at += m;
		k += m;
		if (m == left) {
			*flags |= NGHTTP2_DATA_FLAG_EOF;
			s->told = true;
		}
	}
	return (ssize_t)k;
}

int grpc_conn_submit(struct grpc_conn *conn, struct grpc_call *call, struct err *e)
{
	static const char agent[] = "grpc-c-minik/" MINIK_VERSION;
	const nghttp2_data_provider body = {.read_callback = read_body};
	struct grpc_stream *s = calloc(1, sizeof *s);
	char timeout[GRPC_TIMEOUT_TEXT];
	nghttp2_nv nv[8] = {
	    GRPC_NV(":method", "POST", 4),
	    GRPC_NV(":scheme", "http", 4),
	    GRPC_NV(":path", call->method, strlen(call->method)),
	    GRPC_NV(":authority", "localhost", 9),
	    GRPC_NV("content-type", "application/grpc", 16),
	    GRPC_NV("user-agent", agent, sizeof agent - 1),
	    GRPC_NV("te", "trailers", 8),
	};
	size_t n = 7;

	if (!s)
		return err_nomem(e);
	if (call->deadline_ms != INT64_MAX) {
		grpc_timeout_format(timeout, call->deadline_ms - grpc_now_ms());
		nv[n++] = GRPC_NV("grpc-timeout", timeout, strlen(timeout));
	}
	s->conn = conn;
	s->call = call;
	s->body = bytes_ref(call->body);
	grpc_prefix(s->prefix, s->body->len);
	s->id = nghttp2_submit_request(conn->l.h2, NULL, nv, n, &body, s);
	if (s->id < 0) {
		int id = s->id;

		/* Out of numbers for streams: the next call has a new connection. */
		conn->draining |= id == NGHTTP2_ERR_STREAM_ID_NOT_AVAILABLE;
		bytes_unref(s->body);
		free(s);
		return err_set(e, id == NGHTTP2_ERR_NOMEM ? -ENOMEM : ERR_INTERNAL, "HTTP/2: %s", nghttp2_strerror(id));
	}
	list_add_tail(&conn->streams, &s->link);
	/* A peer that lets none begin keeps those that were given up, too. */
	conn->draining |= ++conn->n_streams > STREAMS_MAX;
	call->stream = s;
	grpc_link_kick(&conn->l);
	return 0;
}

/* --- the connection --- */

static void on_end(struct grpc_link *l)
{
	struct grpc_conn *conn = container_of(l, struct grpc_conn, l);
	struct grpc_client *c = conn->client;
	struct err why = l->why;
	bool ready = conn->ready;

	LIST_FOREACH (s, &conn->streams, struct grpc_stream, link) {
		if (s->call && !s->sent)
			grpc_call_again(s->call, why.msg);
		else if (s->call)
			grpc_call_finish(s->call,
					 why.code == ERR_PROTO ? GRPC_INTERNAL
					 : why.code == -ENOMEM ? GRPC_RESOURCE_EXHAUSTED
							       : GRPC_UNAVAILABLE,
					 true, "%s", why.msg);
	}
	grpc_conn_free(conn);
	if (!ready)
		grpc_client_failed(c, &why);
	grpc_client_settle(c);
}

static void on_handshake(void *arg)
{
	struct grpc_conn *conn = arg;

	grpc_link_end(&conn->l, ERR_UNAVAILABLE, "nobody speaks HTTP/2 at the other end within %u ms",
		      conn->client->conf.handshake_timeout_ms);
}

static int session_new(struct grpc_conn *conn)
{
	nghttp2_session_callbacks *cb = NULL;
	nghttp2_option *o = grpc_link_options();
	const nghttp2_settings_entry settings[] = {
	    {NGHTTP2_SETTINGS_ENABLE_PUSH, 0},
	    {NGHTTP2_SETTINGS_MAX_CONCURRENT_STREAMS, 0}, /* of the peer's making */
	    {NGHTTP2_SETTINGS_MAX_HEADER_LIST_SIZE, GRPC_HEADERS_MAX},
	};
	int r = o ? nghttp2_session_callbacks_new(&cb) : NGHTTP2_ERR_NOMEM;

	if (r == 0) {
		nghttp2_session_callbacks_set_on_header_callback(cb, on_header);
		nghttp2_session_callbacks_set_on_data_chunk_recv_callback(cb, on_data);
		nghttp2_session_callbacks_set_on_frame_recv_callback(cb, on_frame);
		nghttp2_session_callbacks_set_on_stream_close_callback(cb, on_close);
		nghttp2_session_callbacks_set_on_frame_not_send_callback(cb, on_not_sent);
		nghttp2_session_callbacks_set_on_frame_send_callback(cb, on_sent);
		r = nghttp2_session_client_new2(&conn->l.h2, cb, conn, o);
	}
	if (r == 0)
		r = nghttp2_submit_settings(conn->l.h2, NGHTTP2_FLAG_NONE, settings, ARRAY_LEN(settings));
	if (r == 0)
		r = nghttp2_session_set_local_window_size(conn->l.h2, NGHTTP2_FLAG_NONE, 0, CONN_WINDOW);
	nghttp2_session_callbacks_del(cb);
	nghttp2_option_del(o);
	return r;
}

int grpc_conn_new(struct grpc_client *c, struct err *e)
{
	struct grpc_conn *conn = calloc(1, sizeof *conn);
	int fd = -1, r;

	if (!conn)
		return err_nomem(e);
	list_init(&conn->link);
	list_init(&conn->streams);
	conn->client = c;
	conn->l.fd = -1;
	conn->l.on_end = on_end;
	r = c->conf.dial(c->conf.dial_arg, &fd, e);
	if (r == 0 && (session_new(conn) != 0 || loop_timer_new(&conn->handshake, c->loop, on_handshake, conn) < 0))
		r = err_nomem(e);
	if (r == 0)
		r = grpc_link_start(&conn->l, c->loop, fd, e);
	if (r < 0) {
		if (fd >= 0)
			close(fd);
		conn->l.fd = -1;
		grpc_conn_free(conn);
		return r;
	}
	loop_timer_set(conn->handshake, c->conf.handshake_timeout_ms);
	list_add_head(&c->conns, &conn->link);
	return 0;
}

struct grpc_conn *grpc_conn_free(struct grpc_conn *conn)
{
	list_del(&conn->link);
	conn->l.ended = true;
	while (!list_empty(&conn->streams))
		stream_free(container_of(conn->streams.next, struct grpc_stream, link));
	loop_timer_free(conn->handshake);
	grpc_link_done(&conn->l);
	free(conn);
	return NULL;
}

bool grpc_conn_idle(const struct grpc_conn *conn)
{
	LIST_FOREACH (s, &conn->streams, struct grpc_stream, link)
		if (s->call)
			return false;
	return true;
}
