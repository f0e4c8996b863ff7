/*
 * Answers that are streamed on as they come: logs of a node agent, and what pods, Services and nodes say to requests
 * that are proxied. Logs go out over WebSocket, too (k8s.io/streaming pkg/httpstream/wsstream); HTML from a proxied
 * server has its links rewritten on the way, a part at a time (apimachinery pkg/util/proxy).
 *
 * A client that reads slowly slows the backend down: with STREAM_HIGH bytes waiting nothing more is read from it
 * until all of them have left.
 */
#include "apiserver/stream.h"
#include <strings.h>

#define STREAM_HIGH  (256u << 10)
#define STREAM_QUEUE (16u << 20) /* beyond STREAM_HIGH comes what one piece of 16 KB becomes when links in it grow */
#define UNPACK_STEP  16384

/* --- logs over WebSocket --- */

bool stream_log_protocol(const struct http_exchange *x, const char **ret_protocol)
{
	static const char *const known[] = {"binary.k8s.io", "base64.binary.k8s.io", NULL};
	const char *asked = http_header(x, "Sec-WebSocket-Protocol");

	*ret_protocol = protocol_choose(asked, known, PROTOCOL_BY_CLIENT);
	return *ret_protocol || !asked || !*asked;
}

static int log_send(struct stream *s, const char *p, size_t n)
{
	AUTO_FREE char *text = NULL;
	int len;

	if (!s->base64)
		return ws_out_send(s->ws, WS_BINARY, p, n);
	len = b64_encode(p, n, false, &text);
	return text ? ws_out_send(s->ws, WS_TEXT, text, strlen(text)) : len < 0 ? len : -ENOMEM;
}

/* lock held. Kubernetes begins with an empty message, so that the client knows. */
static void log_begin(struct stream *s)
{
	const char *protocol;
	bool known = stream_log_protocol(s->r->x, &protocol);
	int rc = known ? ws_out_begin(&s->ws, s->a, s->r->x, protocol) : ERR_FORBIDDEN;

	if (rc) {
		http_reply(s->r->x, rc == ERR_BAD_REQUEST ? 400 : 500, "text/plain", NULL);
		s->gone = true;
		return;
	}
	s->base64 = protocol && str_has_prefix(protocol, "base64");
	(void)log_send(s, "", 0);
}

/* --- HTML --- */

/* Links in this page are rewritten: it is one, and it can be read. */
static bool html_begin(struct stream *s, const struct http_client_response *resp)
{
	const char *type = resp->header(resp, "Content-Type"), *packed = resp->header(resp, "Content-Encoding");
	size_t n = type ? strcspn(type, "; \t") : 0;

	if (!s->prefix || streq(s->r->method, "HEAD") || n != 9 || strncasecmp(type, "text/html", 9) != 0)
		return false;
	if (packed && *packed && !streq(packed, "gzip") && !streq(packed, "deflate"))
		return false;
	if (html_links_new(&s->html, &s->links))
		return false;
	if (packed && *packed && !(s->unpack = calloc(1, sizeof(*s->unpack)))) {
		s->html = html_links_free(s->html);
		return false;
	}
	/* A negative number: without zlib's wrapping, as Kubernetes takes "deflate". */
	if (s->unpack && inflateInit2(s->unpack, streq(packed, "gzip") ? 15 + 16 : -15) != Z_OK) {
		free(TAKE_PTR(s->unpack));
		s->html = html_links_free(s->html);
		return false;
	}
	return true;
}

/* --- back-pressure --- */

static size_t waiting(struct stream *s)
{
	return s->ws ? ws_out_waiting(s->ws) : http_stream_waiting(s->r->x);
}

/* lock held; loop's thread. Reads no more of the backend while the client has much before it. */
static void hold_if_full(struct stream *s)
{
	if (!s->call || waiting(s) <= STREAM_HIGH)
		return;
	atomic_store(&s->full, true);
	/* It may have read everything just now, without having found the flag. */
	if (!waiting(s)) {
		atomic_store(&s->full, false);
		return;
	}
	s->held = true;
	http_call_pause(s->call);
}

static int unpack(struct stream *s, const char *p, size_t n);

static void fetch_resume(struct loop_task *t)
{
	struct stream *s = container_of(t, struct stream, resume);

	atomic_store(&s->resuming, false);
	s->held = false;
	if (s->call && s->packed.len) {
		AUTO_BUF struct buf rest = s->packed;

		s->packed = (struct buf){0};
		s->failed = unpack(s, rest.data, rest.len);
	}
	if (s->call && !s->held)
		http_call_resume(s->call);
	stream_free(s);
}

/* All that was written has left. Any thread, but not after `closed`. */
static void fetch_drained(void *arg)
{
	struct stream *s = arg;

	if (!atomic_exchange(&s->full, false) || atomic_exchange(&s->resuming, true))
		return;
	atomic_fetch_add(&s->refs, 1);
	loop_post(s->a->loop, &s->resume);
}

/* --- pieces of the body --- */

static int emit(struct stream *s, const char *p, size_t n)
{
	AUTO_BYTES struct bytes *b = NULL;
	int rc = -EPIPE;

	if (!s->ws && !(b = bytes_new(p, n)))
		return -ENOMEM;
	pthread_mutex_lock(&s->lock);
	if (!s->gone)
		rc = s->ws ? log_send(s, p, n) : http_stream_write(s->r->x, b);
	if (!rc)
		hold_if_full(s);
	pthread_mutex_unlock(&s->lock);
	return rc;
}

static int emit_page(struct stream *s, const char *p, size_t n)
{
	AUTO_BUF struct buf out = {0};

	html_links_feed(s->html, p, n, &out);
	if (buf_failed(&out))
		return -ENOMEM;
	return out.len ? emit(s, out.data, out.len) : 0;
}

/* As far as the client reads; the rest waits in `packed`: 16 KB may become 16 MB. */
static int unpack(struct stream *s, const char *p, size_t n)
{
	z_stream *z = s->unpack;
	char plain[UNPACK_STEP];
	int rc = Z_OK, code = 0;

	z->next_in = (unsigned char *)(uintptr_t)p;
	z->avail_in = (unsigned)n;
	do {
		z->next_out = (unsigned char *)plain;
		z->avail_out = sizeof(plain);
		rc = inflate(z, Z_NO_FLUSH);
		if (rc != Z_OK && rc != Z_STREAM_END && rc != Z_BUF_ERROR)
			return -EPROTO;
		if (z->avail_out < sizeof(plain))
			code = emit_page(s, plain, sizeof(plain) - z->avail_out);
		if (rc == Z_STREAM_END && z->avail_in && inflateReset(z) != Z_OK) /* several members in a row */
			return -EPROTO;
	} while (!code && !s->held && rc != Z_BUF_ERROR && (z->avail_in || !z->avail_out));
	if (!code && s->held && z->avail_in) {
		buf_add(&s->packed, (const char *)z->next_in, z->avail_in);
		code = buf_failed(&s->packed) ? -ENOMEM : 0;
	}
	return code;
}

/* --- the answer --- */

static void fetch_cancel(struct loop_task *t)
{
	struct stream *s = container_of(t, struct stream, cancel);

	if (s->call) {
		http_call_cancel(TAKE_PTR(s->call));
		stream_free(s); /* on_done's reference */
	}
	stream_free(s);
}

static void fetch_gone(void *arg)
{
	struct stream *s = arg;

	pthread_mutex_lock(&s->lock);
	s->gone = true;
	pthread_mutex_unlock(&s->lock);
	loop_post(s->a->loop, &s->cancel);
}

static void pass_header(void *arg, const char *name, const char *value)
{
	/* Hop-by-hop, set anew, rewritten, or what a page from elsewhere could use to read answers in the user's name
	 * (removeCORSHeaders). */
	static const char *const drop[] = {"Connection",
					   "Keep-Alive",
					   "Proxy-Authenticate",
					   "Proxy-Connection",
					   "TE",
					   "Trailer",
					   "Transfer-Encoding",
					   "Upgrade",
					   "Content-Length",
					   "Content-Type",
					   "Date",
					   "Location",
					   "Access-Control-Allow-Credentials",
					   "Access-Control-Allow-Headers",
					   "Access-Control-Allow-Methods",
					   "Access-Control-Allow-Origin"};
	struct stream *s = arg;

	for (size_t i = 0; i < ARRAY_LEN(drop); i++)
		if (!strcasecmp(drop[i], name))
			return;
	if (s->unpack && !strcasecmp(name, "Content-Encoding"))
		return;
	(void)http_add_header(s->r->x, name, value);
}

static void pass_head(struct stream *s, const struct http_client_response *resp)
{
	const char *to = resp->header(resp, "Location"), *host = http_header(s->r->x, "Host");
	AUTO_FREE char *link = NULL;

	s->links = (struct proxy_links){
	    .prefix = s->prefix ? s->prefix : "", .backend = s->host ? s->host : "", .frontend = host ? host : ""};
	if (to && *to) {
		link = s->prefix ? proxy_link(&s->links, to) : NULL;
		(void)http_add_header(s->r->x, "Location", link ? link : to);
	} else {
		(void)html_begin(s, resp);
	}
	resp->each_header(resp, pass_header, s);
}

static void on_headers(void *arg, const struct http_client_response *resp)
{
	struct stream *s = arg;
	const char *type;

	if (resp->status < 200 || s->begun)
		return;
	if (!s->prefix && resp->status >= 400)
		return; /* becomes a Status */
	s->begun = true;
	s->cancel.fn = fetch_cancel;
	s->resume.fn = fetch_resume;
	atomic_fetch_add(&s->refs, 1);
	http_on_close(s->r->x, fetch_gone, s);
	pthread_mutex_lock(&s->lock);
	if (!s->gone && !s->prefix && wants_websocket(s->r->x)) {
		log_begin(s);
		if (s->ws)
			ws_out_on_drain(s->ws, fetch_drained, s);
	} else if (!s->gone) {
		pass_head(s, resp);
		type = resp->header(resp, "Content-Type");
		http_stream_on_drain(s->r->x, fetch_drained, s);
		(void)http_stream_begin(s->r->x, resp->status, type ? type : "text/plain", STREAM_QUEUE);
	}
	pthread_mutex_unlock(&s->lock);
}

static int on_data(void *arg, const char *p, size_t n)
{
	struct stream *s = arg;

	if (!s->begun) {
		if (s->body.len + n <= 65536)
			buf_add(&s->body, p, n);
		return 0;
	}
	return s->failed ? s->failed : s->unpack ? unpack(s, p, n) : s->html ? emit_page(s, p, n) : emit(s, p, n);
}

static void end_page(struct stream *s)
{
	AUTO_BUF struct buf out = {0};

	html_links_end(s->html, &out);
	if (out.len)
		(void)emit(s, out.data, out.len);
}

static void on_fetched(void *arg, const struct http_client_response *resp)
{
	struct stream *s = arg;

	s->call = NULL;
	if (s->begun) {
		if (s->html && !resp->code && !s->failed)
			end_page(s);
		pthread_mutex_lock(&s->lock);
		if (s->ws)
			ws_out_end(s->ws);
		else if (!s->gone && s->prefix && (resp->code || s->failed)) /* not whole, and the client must know */
			http_stream_abort(s->r->x);
		else if (!s->gone)
			http_stream_end(s->r->x);
		pthread_mutex_unlock(&s->lock);
		stream_free(s);
		return;
	}
	if (resp->code) {
		stream_fail(s, s->node ? 500 : 503, s->node ? "InternalError" : "ServiceUnavailable", "%s%s",
			    s->node ? "" : "error trying to reach service: ", resp->err.msg);
		return;
	}
	{
		AUTO_BYTES struct bytes *b = bytes_new(s->body.data ? s->body.data : "", s->body.len);

		stream_refused(s, resp->status, b);
	}
}

void stream_fetch(void *arg)
{
	static const struct http_client_cb cb = {.on_headers = on_headers, .on_data = on_data, .on_done = on_fetched};
	struct stream *s = arg;
	char **h = headers_forward(s, NULL);
	struct http_client_request q = {.method = s->r->method,
					.url = s->url,
					.headers = (const char *const *)h,
					.body = s->r->body,
					.connect_timeout_ms = 10000};
	struct err e = {0};
	int rc =
	    h ? http_client_start(s->node ? relays_client(s->a) : relays_plain_client(s->a), &q, &cb, s, &s->call, &e)
	      : err_nomem(&e);

	strings_free(h);
	if (rc)
		stream_fail(s, 500, "InternalError", "error trying to reach the backend: %s", e.msg);
}
