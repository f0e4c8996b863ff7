/* Requests and answers: see http_server.h. */
#include <errno.h>
#include <limits.h>
#include <stdint.h>
#include <strings.h>
#include "base/str.h"
#include "wire/http_internal.h"
#include "wire/http_sender.h"

#define IOV_PARTS_MAX 512u /* libmicrohttpd copies the vector into the connection's memory */

void *http_exchange_alloc(struct http_exchange *x, size_t n)
{
	void *p;

	n = (n + 7) & ~(size_t)7;
	if (n > x->mem_left) {
		size_t cap = n > 4000 ? n : 4000;
		struct http_chunk *c = malloc(sizeof(*c) + cap);

		if (!c)
			return NULL;
		c->next = x->chunks;
		x->chunks = c;
		x->mem = (char *)(c + 1);
		x->mem_left = cap;
	}
	p = x->mem;
	x->mem += n;
	x->mem_left -= n;
	return p;
}

const char *http_exchange_text(struct http_exchange *x, const char *s, size_t n)
{
	char *p = http_exchange_alloc(x, n + 1);

	if (!p)
		return NULL;
	memcpy(p, s, n);
	p[n] = 0;
	return p;
}

/* uri: the request target as sent. RFC 9112 section 3.2: origin, absolute or asterisk form. */
struct http_exchange *http_exchange_new(struct http_conn *c, const char *uri)
{
	struct http_exchange *x;
	const char *q;

	pthread_mutex_lock(&c->lock);
	x = TAKE_PTR(c->spare);
	pthread_mutex_unlock(&c->lock);
	if (!x && !(x = malloc(sizeof(*x))))
		return NULL;
	memset(x, 0, offsetof(struct http_exchange, first));
	x->refs = 1;
	x->mem = x->first;
	x->mem_left = sizeof(x->first);
	x->headers_tail = &x->headers;
	x->reply_tail = &x->reply_headers;
	list_init(&x->todo_link);
	list_init(&x->sender_link);
	if (!strncasecmp(uri, "http://", 7) || !strncasecmp(uri, "https://", 8)) {
		uri = strchr(uri, ':') + 3;
		uri += strcspn(uri, "/?");
	}
	q = strchr(uri, '?');
	x->path = http_exchange_text(x, uri, q ? (size_t)(q - uri) : strlen(uri));
	x->query = q ? http_exchange_text(x, q + 1, strlen(q + 1)) : "";
	if (!x->path || !x->query) {
		http_exchange_unref(x);
		return NULL;
	}
	if (!x->path[0])
		x->path = "/";
	x->c = http_conn_ref(c);
	atomic_fetch_add(&c->server->n_exchanges, 1);
	return x;
}

static void queue_clear(struct http_exchange *x)
{
	while (x->q_len > 0) {
		bytes_unref(x->queue[x->q_head]);
		x->q_head = (x->q_head + 1) % x->q_cap;
		x->q_len--;
	}
	free(x->queue);
	x->queue = NULL;
	x->q_cap = x->q_head = x->q_bytes = x->q_offset = 0;
}

void http_exchange_unref(struct http_exchange *x)
{
	if (atomic_fetch_sub(&x->refs, 1) != 1)
		return;
	if (x->response)
		MHD_destroy_response(x->response);
	queue_clear(x);
	bytes_unref(x->body);
	free(x->upgrade_protocol);
	free(x->rest);
	while (x->chunks) {
		struct http_chunk *c = x->chunks;

		x->chunks = c->next;
		free(c);
	}
	struct http_conn *c = x->c;
	if (c) {
#ifndef __SANITIZE_ADDRESS__ /* which is to see who uses one that is over */
		pthread_mutex_lock(&c->lock);
		if (!c->spare)
			c->spare = TAKE_PTR(x);
		pthread_mutex_unlock(&c->lock);
#endif
		http_conn_unref(c);
	}
	free(x);
}

/*
 * Takes over the application's reference: the last word (reply, end) keeps the exchange until it returns, even if
 * the peer has everything and `closed` has run before that. False if it was taken already.
 */
static bool take_over(struct http_exchange *x)
{
	bool mine;

	pthread_mutex_lock(&x->c->lock);
	mine = x->dispatched && !x->app_released;
	x->app_released = true;
	pthread_mutex_unlock(&x->c->lock);
	return mine;
}

static void release(struct http_exchange *x, bool mine)
{
	if (mine)
		http_exchange_unref(x);
}

/* libmicrohttpd is done with the request; x->c->x has been cleared. */
void http_exchange_finished(struct http_exchange *x)
{
	struct http_server *s = x->c->server;
	void (*closed)(void *arg);
	void *arg;

	pthread_mutex_lock(&x->c->lock);
	x->gone = x->finished = true;
	closed = x->closed;
	arg = x->closed_arg;
	x->closed = NULL;
	queue_clear(x);
	pthread_mutex_unlock(&x->c->lock);
	if (closed) {
		closed(arg);
		release(x, take_over(x)); /* it knows that the exchange is over */
	}
	http_exchange_unref(x);
	if (atomic_fetch_sub(&s->n_exchanges, 1) == 1 && atomic_load(&s->stopping)) {
		pthread_mutex_lock(&s->lock);
		pthread_cond_broadcast(&s->quiet);
		pthread_mutex_unlock(&s->lock);
	}
}

int http_exchange_add_request_header(struct http_exchange *x, const char *name, size_t n_name, const char *value,
				     size_t n_value)
{
	struct http_header *h = http_exchange_alloc(x, sizeof(*h));

	if (!h)
		return -ENOMEM;
	h->name = http_exchange_text(x, name, n_name);
	h->value = http_exchange_text(x, value, n_value);
	h->next = NULL;
	if (!h->name || !h->value)
		return -ENOMEM;
	*x->headers_tail = h;
	x->headers_tail = &h->next;
	x->n_headers++;
	return 0;
}

const char *http_method(const struct http_exchange *x)
{
	return x->method;
}
const char *http_path(const struct http_exchange *x)
{
	return x->path;
}
const char *http_query(const struct http_exchange *x)
{
	return x->query;
}
struct bytes *http_body(const struct http_exchange *x)
{
	return x->body;
}
const char *http_peer(const struct http_exchange *x)
{
	return x->c->peer;
}
const char *http_header(const struct http_exchange *x, const char *name)
{
	for (const struct http_header *h = x->headers; h; h = h->next)
		if (!strcasecmp(h->name, name))
			return h->value;
	return NULL;
}

void http_header_each(const struct http_exchange *x, void (*fn)(void *arg, const char *name, const char *value),
		      void *arg)
{
	for (const struct http_header *h = x->headers; h; h = h->next)
		fn(arg, h->name, h->value);
}

bool http_peer_cert(const struct http_exchange *x, char **ret_cn, char **ret_orgs)
{
	const struct http_conn *c = x->c;
	char *cn, *orgs;

	/* Connections may live longer than the certificate they were opened with. */
	if (!c->cn || time(NULL) >= c->cert_expires)
		return false;
	cn = str_dup(c->cn);
	orgs = str_dup(c->orgs);
	if (!cn || !orgs) {
		free(cn);
		free(orgs);
		return false;
	}
	*ret_cn = cn;
	*ret_orgs = orgs;
	return true;
}

/* RFC 9110 section 5.6.2: what a token is made of, a bit for each of the first 128 characters. */
static bool is_token(unsigned char c)
{
	static const uint64_t set[2] = {0x03ff6cfa00000000u, 0x57ffffffc7fffffeu};

	return c < 128 && (set[c >> 6] >> (c & 63) & 1);
}

/* Eight at a time: a byte's high bit is set where it is below ' ', or DEL (only of bytes without one of their own). */
static bool value_ok(const char *s, size_t n)
{
	const uint64_t ones = 0x0101010101010101u, high = 0x8080808080808080u;
	uint64_t w, del;

	for (; n >= sizeof(w); s += sizeof(w), n -= sizeof(w)) {
		memcpy(&w, s, sizeof(w));
		del = w ^ (0x7f * ones);
		if ((((w - ' ' * ones) & ~w) | ((del - ones) & ~del)) & high)
			return false;
	}
	for (; n > 0; s++, n--)
		if ((unsigned char)*s < ' ' || *s == 0x7f)
			return false;
	return true;
}

/* RFC 9110 section 5.1 and 5.5: a token and a value without control characters. */
static bool header_ok(const char *name, const char *value)
{
	if (!name[0] || !value[0])
		return false;
	for (const char *p = name; *p; p++)
		if (!is_token((unsigned char)*p))
			return false;
	return value_ok(value, strlen(value));
}

int http_add_header(struct http_exchange *x, const char *name, const char *value)
{
	struct http_header *h;

	if (!header_ok(name, value))
		return -EINVAL;
	h = http_exchange_alloc(x, sizeof(*h));
	if (!h)
		return -ENOMEM;
	h->name = name;
	h->value = http_exchange_text(x, value, strlen(value));
	h->next = NULL;
	if (!h->value)
		return -ENOMEM;
	*x->reply_tail = h;
	x->reply_tail = &h->next;
	return 0;
}

/* Completes `r` (NULL: could not be made) and sends it; the application is done with the exchange unless it streams. */
static int answer(struct http_exchange *x, int status, const char *content_type, struct MHD_Response *r, bool hold)
{
	int rc = -EPIPE;

	if (status < 200 || status > 599) {
		if (r)
			MHD_destroy_response(r);
		r = NULL;
	}
	if (r && content_type && !MHD_add_response_header(r, "Content-Type", content_type)) {
		MHD_destroy_response(r);
		r = NULL;
	}
	for (const struct http_header *h = x->reply_headers; r && h; h = h->next)
		if (!MHD_add_response_header(r, h->name, h->value)) {
			MHD_destroy_response(r);
			r = NULL;
		}
	pthread_mutex_lock(&x->c->lock);
	if (!x->gone && !x->answered && r) {
		x->response = TAKE_PTR(r);
		x->status = (unsigned)status;
		x->hold = hold && status != 204 && status != 304 && strcmp(x->method, "HEAD");
		x->answered = true;
		http_exchange_resume(x);
		rc = 0;
	} else if (!x->answered) {
		http_exchange_abort(x);
	}
	pthread_mutex_unlock(&x->c->lock);
	if (r)
		MHD_destroy_response(r);
	return rc;
}

static void free_bytes(void *p)
{
	bytes_unref(p);
}

struct parts {
	struct http_conn *c; /* outlives the response: both end on its daemon's thread */
	size_t n, i, offset;
	struct bytes *p[];
};

static void parts_free(void *arg)
{
	struct parts *ps = arg;

	for (size_t i = 0; i < ps->n; i++)
		bytes_unref(ps->p[i]);
	free(ps);
}

/* libmicrohttpd reads a response in order and once. */
static ssize_t parts_read(void *arg, uint64_t pos, char *buf, size_t max)
{
	struct parts *ps = arg;
	size_t done = 0;

	(void)pos;
	while (done < max && ps->i < ps->n) {
		const struct bytes *b = ps->p[ps->i];
		size_t n = b->len - ps->offset;

		if (n > max - done)
			n = max - done;
		memcpy(buf + done, b->data + ps->offset, n);
		done += n;
		ps->offset += n;
		if (ps->offset == b->len) {
			ps->i++;
			ps->offset = 0;
		}
	}
	/* What is read now is sent next, and more is there already: they may leave together. */
	ps->c->hold_next = ps->c->session && ps->i < ps->n;
	return done > 0 ? (ssize_t)done : MHD_CONTENT_READER_END_OF_STREAM;
}

/* NULL without memory. */
static struct MHD_Response *parts_response(struct http_exchange *x, struct bytes *const *parts, size_t n)
{
	struct parts *ps = calloc(1, sizeof(*ps) + n * sizeof(ps->p[0]));
	struct MHD_Response *r = NULL;
	size_t total = 0;

	if (!ps)
		return NULL;
	ps->c = x->c;
	for (size_t i = 0; i < n; i++) {
		if (!parts[i] || parts[i]->len == 0)
			continue;
		total += parts[i]->len;
		ps->p[ps->n++] = bytes_ref(parts[i]);
	}
	if (!x->c->session && ps->n <= IOV_PARTS_MAX) {
		struct MHD_IoVec *iov = calloc(ps->n, sizeof(*iov));

		for (size_t i = 0; iov && i < ps->n; i++)
			iov[i] = (struct MHD_IoVec){ps->p[i]->data, ps->p[i]->len};
		r = iov ? MHD_create_response_from_iovec(iov, (unsigned)ps->n, parts_free, ps) : NULL;
		free(iov);
	} else {
		/* TLS copies anyway, and one record per small piece would be slow: gather whole records. */
		r = MHD_create_response_from_callback(total, x->c->session ? HTTP_RECORD : 65536, parts_read, ps,
						      parts_free);
	}
	if (!r)
		parts_free(ps);
	return r;
}

void http_reply(struct http_exchange *x, int status, const char *content_type, struct bytes *body)
{
	static char nothing[] = "";
	bool mine = take_over(x);
	struct MHD_Response *r;

	if (body && body->len > HTTP_RECORD && x->c->session) {
		r = parts_response(x, &body, 1);
	} else if (body && body->len > 0) {
		r = MHD_create_response_from_buffer_with_free_callback_cls(body->len, body->data, free_bytes,
									   bytes_ref(body));
		if (!r)
			bytes_unref(body);
	} else {
		r = MHD_create_response_from_buffer(0, nothing, MHD_RESPMEM_PERSISTENT);
	}
	answer(x, status, content_type, r, body && body->len > 0);
	release(x, mine);
}

void http_reply_parts(struct http_exchange *x, int status, const char *content_type, struct bytes *const *parts,
		      size_t n)
{
	size_t total = 0;
	bool mine;

	for (size_t i = 0; i < n; i++)
		total += parts[i] ? parts[i]->len : 0;
	if (n <= 1 || total == 0) {
		http_reply(x, status, content_type, n == 1 ? parts[0] : NULL);
		return;
	}
	mine = take_over(x);
	answer(x, status, content_type, parts_response(x, parts, n), x->c->session != NULL);
	release(x, mine);
}

void http_on_close(struct http_exchange *x, void (*closed)(void *arg), void *arg)
{
	bool late;

	pthread_mutex_lock(&x->c->lock);
	late = x->finished;
	if (!late) {
		x->closed = closed;
		x->closed_arg = arg;
	}
	pthread_mutex_unlock(&x->c->lock);
	if (late && closed) {
		closed(arg);
		release(x, take_over(x));
	}
}

bool http_close_forget(struct http_exchange *x)
{
	bool had;

	pthread_mutex_lock(&x->c->lock);
	had = x->closed != NULL;
	x->closed = NULL;
	pthread_mutex_unlock(&x->c->lock);
	return had;
}

size_t http_stream_take(struct http_exchange *x, char *buf, size_t max)
{
	size_t done = 0;

	while (done < max && x->q_len > 0) {
		struct bytes *b = x->queue[x->q_head];
		size_t n = b->len - x->q_offset;

		if (n > max - done)
			n = max - done;
		memcpy(buf + done, b->data + x->q_offset, n);
		done += n;
		x->q_offset += n;
		x->q_bytes -= n;
		if (x->q_offset == b->len) {
			x->q_head = (x->q_head + 1) % x->q_cap;
			x->q_len--;
			x->q_offset = 0;
			bytes_unref(b);
		}
	}
	return done;
}

/*
 * The head has left (or, of a bulk stream, what was asked for before). A stream is lent to its sender; a bulk stream fills
 * libmicrohttpd's buffer, and an empty queue suspends the connection. Server thread.
 */
static ssize_t stream_read(void *arg, uint64_t pos, char *buf, size_t max)
{
	struct http_exchange *x = arg;
	struct http_server *s = x->c->server;
	struct http_sender *sender = x->bulk ? NULL : http_server_sender(s, x->c->daemon);
	void (*drained)(void *arg) = NULL;
	void *drained_arg = NULL;
	size_t done = 0;
	ssize_t ret;

	(void)pos;
	pthread_mutex_lock(&x->c->lock);
	if (x->gone || x->c->rdhup || atomic_load(&s->stopping) || (x->ended && x->q_len == 0))
		sender = NULL;
	if (!sender)
		done = http_stream_take(x, buf, max);
	if (done > 0) {
		if (x->q_len == 0 && !x->ended) {
			drained = x->drained;
			drained_arg = x->drained_arg;
		}
		ret = (ssize_t)done;
	} else if (x->gone || x->c->rdhup) {
		x->gone = true;
		ret = MHD_CONTENT_READER_END_WITH_ERROR;
	} else if (!sender && (x->ended || atomic_load(&s->stopping))) {
		ret = MHD_CONTENT_READER_END_OF_STREAM;
	} else {
		http_conn_idle(x->c);
		x->suspended = true;
		MHD_suspend_connection(x->c->mhd);
		x->sender = sender;
		if (sender)
			http_sender_lent(x);
		ret = 0;
	}
	pthread_mutex_unlock(&x->c->lock);
	if (drained)
		drained(drained_arg);
	return ret;
}

int http_stream_begin(struct http_exchange *x, int status, const char *content_type, size_t max_queue)
{
	struct MHD_Response *r;
	int rc;

	pthread_mutex_lock(&x->c->lock);
	rc = x->gone ? -EPIPE : x->answered || x->stream ? -EALREADY : 0;
	if (rc == 0) {
		x->stream = true;
		x->max_queue = max_queue;
	}
	pthread_mutex_unlock(&x->c->lock);
	if (rc < 0)
		return rc;
	atomic_fetch_add(&x->refs, 1); /* it may be over before we return */
	r = MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, x->bulk ? HTTP_RECORD : 256, stream_read, x, NULL);
	/* libmicrohttpd 0.9.75 ends a chunked answer to HEAD with a last chunk: close the connection instead. */
	if (r && !strcmp(x->method, "HEAD"))
		MHD_set_response_options(r, MHD_RF_HTTP_1_0_COMPATIBLE_STRICT, MHD_RO_END);
	rc = answer(x, status, content_type, r, false);
	http_exchange_unref(x);
	return rc;
}

void http_stream_bulk(struct http_exchange *x)
{
	x->bulk = true;
}

static int queue_push(struct http_exchange *x, struct bytes *b)
{
	if (x->q_len == x->q_cap) {
		size_t cap = x->q_cap ? x->q_cap * 2 : 8;
		struct bytes **q = calloc(cap, sizeof(struct bytes *));

		if (!q)
			return -ENOMEM;
		for (size_t i = 0; i < x->q_len; i++)
			q[i] = x->queue[(x->q_head + i) % x->q_cap];
		free(x->queue);
		x->queue = q;
		x->q_cap = cap;
		x->q_head = 0;
	}
	x->queue[(x->q_head + x->q_len) % x->q_cap] = bytes_ref(b);
	x->q_len++;
	x->q_bytes += b->len;
	return 0;
}

int http_stream_write(struct http_exchange *x, struct bytes *piece)
{
	int rc;

	if (piece->len == 0)
		return 0;
	atomic_fetch_add(&x->refs, 1);
	pthread_mutex_lock(&x->c->lock);
	if (x->gone || x->ended || !x->stream)
		rc = -EPIPE;
	else if (x->q_len > 0 && x->q_bytes + piece->len > x->max_queue)
		rc = ERR_TOO_LARGE;
	else
		rc = queue_push(x, piece);
	if (rc == 0)
		http_exchange_resume(x);
	pthread_mutex_unlock(&x->c->lock);
	http_exchange_unref(x);
	return rc;
}

size_t http_stream_waiting(struct http_exchange *x)
{
	size_t n;

	pthread_mutex_lock(&x->c->lock);
	n = x->q_bytes;
	pthread_mutex_unlock(&x->c->lock);
	return n;
}

void http_stream_on_drain(struct http_exchange *x, void (*fn)(void *arg), void *arg)
{
	pthread_mutex_lock(&x->c->lock);
	x->drained = fn;
	x->drained_arg = arg;
	pthread_mutex_unlock(&x->c->lock);
}

void http_stream_end(struct http_exchange *x)
{
	bool mine = take_over(x);

	pthread_mutex_lock(&x->c->lock);
	x->ended = true;
	http_exchange_resume(x);
	pthread_mutex_unlock(&x->c->lock);
	release(x, mine);
}

void http_stream_abort(struct http_exchange *x)
{
	bool mine = take_over(x);

	pthread_mutex_lock(&x->c->lock);
	queue_clear(x);
	http_exchange_abort(x);
	pthread_mutex_unlock(&x->c->lock);
	release(x, mine);
}

void http_upgrade(struct http_exchange *x, const char *protocol, http_upgraded_fn fn, void *arg)
{
	char *name = header_ok("Upgrade", protocol) ? str_dup(protocol) : NULL;
	bool mine = take_over(x);

	pthread_mutex_lock(&x->c->lock);
	if (x->gone || x->answered) {
		free(name);
	} else if (!name) {
		http_exchange_abort(x);
	} else {
		x->answered = true;
		x->upgrade_protocol = name;
		x->upgraded = fn;
		x->upgraded_arg = arg;
		if (x->suspended) /* else the connection's thread passes it on when the handler returns */
			http_server_todo(x->c->server, x);
	}
	pthread_mutex_unlock(&x->c->lock);
	release(x, mine);
}
