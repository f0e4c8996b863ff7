/* One connection: libmicrohttpd's callbacks, and the TLS transport beneath it. */
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <strings.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <time.h>
#include "base/str.h"
#include "wire/http_internal.h"
#include "wire/http_sender.h"
#include "wire/tls_util.h"

#define CONN_MEMORY (20u << 10) /* request line and headers must fit */
#define HEADERS_MAX 256u
#define IN_BYTES    4096u
#define DRAIN_MAX   (8u << 20) /* of an oversized body that is read and dropped so that the client sees the 413 */
#define HELD_MAX    (3 * HTTP_RECORD + 4096u) /* with the record behind them 64 KB leave at once */
#define HELD_KEEP   8192u                     /* a larger buffer is not kept between answers */
#define PRIORITIES                                                                                                     \
	"NORMAL:-VERS-ALL:+VERS-TLS1.3:+VERS-TLS1.2:-CIPHER-ALL:+AES-128-GCM:+CHACHA20-POLY1305:+AES-256-GCM"          \
	":%SERVER_PRECEDENCE"

/* --- connections --- */

struct http_conn *http_conn_new(struct http_server *s, int fd, const char *peer)
{
	struct http_conn *c = malloc(sizeof(*c));

	if (!c)
		return NULL;
	memset(c, 0, sizeof(*c));
	c->refs = 1;
	c->server = s;
	c->fd = fd;
	c->open = c->reading = true;
	c->since = http_now();
	pthread_mutex_init(&c->lock, NULL);
	str_copy(c->peer, sizeof(c->peer), peer);
	return c;
}

struct http_conn *http_conn_ref(struct http_conn *c)
{
	atomic_fetch_add(&c->refs, 1);
	return c;
}

void http_conn_unref(struct http_conn *c)
{
	if (atomic_fetch_sub(&c->refs, 1) != 1)
		return;
	http_tls_unref(c->tls);
	pthread_mutex_destroy(&c->lock);
	free(c->held);
	free(c->in);
	free(c->spare);
	free(c->cn);
	free(c->orgs);
	free(c);
}

/* On the thread that drives the connection, when nothing is expected from the peer for a while. */
void http_conn_idle(struct http_conn *c)
{
	if (c->n_held == 0) {
		free(c->held);
		c->held = NULL;
		c->held_cap = 0;
	}
	if (c->in_pos != c->in_len)
		return;
	free(c->in);
	c->in = NULL;
}

void http_exchange_resume(struct http_exchange *x)
{
	if (!x->suspended)
		return;
	if (x->sender) {
		http_sender_push(x);
		return;
	}
	x->suspended = false;
	MHD_resume_connection(x->c->mhd);
}

void http_exchange_abort(struct http_exchange *x)
{
	x->gone = true;
	http_exchange_resume(x);
}

/* --- TLS --- */

struct http_tls *http_tls_unref(struct http_tls *t)
{
	if (t && atomic_fetch_sub(&t->refs, 1) == 1) {
		if (t->cred)
			gnutls_certificate_free_credentials(t->cred);
		free(t);
	}
	return NULL;
}
DEFINE_CLEANUP(struct http_tls *, http_tls_unref, http_tls_unref_p)

int http_tls_new(struct http_tls **ret, const char *cert_pem, const char *key_pem, const char *client_ca_pem,
		 struct err *e)
{
	CLEANUP(http_tls_unref_p) struct http_tls *t = calloc(1, sizeof(*t));
	gnutls_datum_t cert, key, ca;
	int rc;

	if (!t)
		return err_nomem(e);
	t->refs = 1;
	if ((rc = tls_text(&cert, cert_pem, e)) < 0 || (rc = tls_text(&key, key_pem, e)) < 0)
		return err_wrap(e, "server certificate");
	if ((rc = gnutls_certificate_allocate_credentials(&t->cred)) < 0)
		return tls_err(e, rc, "server certificate");
	if ((rc = gnutls_certificate_set_x509_key_mem2(t->cred, &cert, &key, GNUTLS_X509_FMT_PEM, NULL, 0)) < 0)
		return tls_err(e, rc, "server certificate and key");
	if (client_ca_pem) {
		if ((rc = tls_text(&ca, client_ca_pem, e)) < 0)
			return err_wrap(e, "client CA");
		/* Also makes their names known to clients in the certificate request. */
		if ((rc = gnutls_certificate_set_x509_trust_mem(t->cred, &ca, GNUTLS_X509_FMT_PEM)) < 0)
			return tls_err(e, rc, "client CA");
	}
	*ret = TAKE_PTR(t);
	return 0;
}

/*
 * GnuTLS asks for a record's header and then for the record: one recv for both. Large records, whose rest does
 * not fit, are read straight into its buffer.
 */
static ssize_t transport_pull(gnutls_transport_ptr_t ptr, void *data, size_t n)
{
	struct http_conn *c = ptr;
	ssize_t r;

	if (c->in_pos == c->in_len) {
		if (n >= IN_BYTES || (!c->in && !(c->in = malloc(IN_BYTES))))
			return recv(c->fd, data, n, 0);
		r = recv(c->fd, c->in, IN_BYTES, 0);
		if (r <= 0)
			return r;
		c->in_pos = 0;
		c->in_len = (uint16_t)r;
	}
	if (n > (size_t)(c->in_len - c->in_pos))
		n = (size_t)(c->in_len - c->in_pos);
	memcpy(data, c->in + c->in_pos, n);
	c->in_pos = (uint16_t)(c->in_pos + n);
	return (ssize_t)n;
}

static int transport_pull_timeout(gnutls_transport_ptr_t ptr, unsigned ms)
{
	struct http_conn *c = ptr;

	(void)ms; /* sockets are non-blocking: an attempt to read says it */
	if (c->in_pos < c->in_len)
		return 1;
	return (int)recv(c->fd, &(char){0}, 1, MSG_PEEK | MSG_DONTWAIT) >= 0 ? 1 : 0;
}

static bool transport_hold(struct http_conn *c, const giovec_t *iov, int n_iov, size_t total)
{
	if (total > HELD_MAX - c->n_held)
		return false;
	if (c->held_cap < c->n_held + total) {
		size_t cap = c->n_held + total > HELD_KEEP ? HELD_MAX : HELD_KEEP;
		unsigned char *p = realloc(c->held, cap);

		if (!p)
			return false;
		c->held = p;
		c->held_cap = cap;
	}
	for (int i = 0; i < n_iov; i++) {
		memcpy(c->held + c->n_held, iov[i].iov_base, iov[i].iov_len);
		c->n_held += iov[i].iov_len;
	}
	return true;
}

static void transport_held_sent(struct http_conn *c)
{
	c->n_held = 0;
	if (c->held_cap <= HELD_KEEP)
		return;
	free(c->held);
	c->held = NULL;
	c->held_cap = 0;
}

/*
 * libmicrohttpd sends header and body apart, and a long body record by record. With hold_next set (more is sure to
 * follow) a record waits for the next, as long as there is room, and they leave by one system call.
 */
static ssize_t transport_push(gnutls_transport_ptr_t ptr, const giovec_t *iov, int n_iov)
{
	struct http_conn *c = ptr;
	struct iovec v[16];
	struct msghdr m = {.msg_iov = v};
	size_t total = 0, n = 0;
	ssize_t r;

	for (int i = 0; i < n_iov; i++)
		total += iov[i].iov_len;
	if (c->hold_next) {
		c->hold_next = false;
		if (transport_hold(c, iov, n_iov, total))
			return (ssize_t)total;
	}
	if (c->n_held > 0)
		v[n++] = (struct iovec){c->held, c->n_held};
	for (int i = 0; i < n_iov && n < ARRAY_LEN(v); i++)
		v[n++] = (struct iovec){iov[i].iov_base, iov[i].iov_len};
	m.msg_iovlen = n;
	r = sendmsg(c->fd, &m, MSG_NOSIGNAL);
	if (r < 0)
		return r;
	if ((size_t)r < c->n_held) {
		c->n_held -= (size_t)r;
		memmove(c->held, c->held + r, c->n_held);
		errno = EAGAIN;
		return -1;
	}
	r -= (ssize_t)c->n_held;
	transport_held_sent(c);
	if (r == 0 && total > 0) {
		errno = EAGAIN;
		return -1;
	}
	return r;
}

static void conn_start_tls(struct http_conn *c, gnutls_session_t session)
{
	struct http_server *s = c->server;
	static const char alpn[] = "http/1.1";
	gnutls_datum_t proto = {.data = (unsigned char *)(uintptr_t)alpn, .size = sizeof(alpn) - 1};

	pthread_mutex_lock(&s->lock);
	c->tls = s->tls;
	atomic_fetch_add(&c->tls->refs, 1);
	pthread_mutex_unlock(&s->lock);
	c->session = session;
	/* Our own credentials in place of the daemon's, so that they can be swapped. */
	gnutls_credentials_set(session, GNUTLS_CRD_CERTIFICATE, c->tls->cred);
	gnutls_certificate_server_set_request(session, s->client_ca_pem ? GNUTLS_CERT_REQUEST : GNUTLS_CERT_IGNORE);
	gnutls_alpn_set_protocols(session, &proto, 1, 0);
	gnutls_transport_set_ptr(session, c);
	gnutls_transport_set_pull_function(session, transport_pull);
	gnutls_transport_set_pull_timeout_function(session, transport_pull_timeout);
	gnutls_transport_set_vec_push_function(session, transport_push);
}

/* After the handshake: a client certificate that does not verify counts as none. */
static void conn_check_cert(struct http_conn *c)
{
	gnutls_typed_vdata_st purpose = {.type = GNUTLS_DT_KEY_PURPOSE_OID,
					 .data = (unsigned char *)(uintptr_t)GNUTLS_KP_TLS_WWW_CLIENT};
	const gnutls_datum_t *chain;
	AUTO_CRT gnutls_x509_crt_t crt = NULL;
	unsigned n = 0, status = 0;

	c->cert_checked = true;
	chain = gnutls_certificate_get_peers(c->session, &n);
	if (!chain || n == 0)
		return;
	if (gnutls_certificate_verify_peers(c->session, &purpose, 1, &status) < 0 || status != 0)
		return;
	if (gnutls_x509_crt_init(&crt) < 0 || gnutls_x509_crt_import(crt, &chain[0], GNUTLS_X509_FMT_DER) < 0)
		return;
	c->cert_expires = gnutls_x509_crt_get_expiration_time(crt);
	if (cert_subject(crt, &c->cn, &c->orgs, NULL) < 0)
		c->cn = c->orgs = NULL;
}

/* --- libmicrohttpd's callbacks; all on the connection's daemon's thread --- */

static void on_connection(void *arg, struct MHD_Connection *mhd, void **ctx, enum MHD_ConnectionNotificationCode what)
{
	struct http_server *s = arg;
	struct http_conn *c = *ctx;
	const union MHD_ConnectionInfo *fd, *tls;

	if (what == MHD_CONNECTION_NOTIFY_STARTED) {
		fd = MHD_get_connection_info(mhd, MHD_CONNECTION_INFO_CONNECTION_FD);
		pthread_mutex_lock(&s->lock);
		c = (size_t)fd->connect_fd < s->n_by_fd ? s->by_fd[fd->connect_fd] : NULL;
		pthread_mutex_unlock(&s->lock);
		*ctx = c;
		if (!c)
			return;
		c->mhd = mhd;
		tls = s->cert_pem ? MHD_get_connection_info(mhd, MHD_CONNECTION_INFO_GNUTLS_SESSION) : NULL;
		if (tls)
			conn_start_tls(c, tls->tls_session);
	} else if (c) {
		http_server_conn_closed(s, c);
		*ctx = NULL;
		http_conn_unref(c);
	}
}

static void *on_uri(void *arg, const char *uri, struct MHD_Connection *mhd)
{
	const union MHD_ConnectionInfo *i = MHD_get_connection_info(mhd, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
	struct http_conn *c = i ? i->socket_context : NULL;
	struct http_exchange *x;

	(void)arg;
	if (!c)
		return NULL;
	if (c->session && !c->cert_checked)
		conn_check_cert(c);
	x = http_exchange_new(c, uri ? uri : "/");
	if (!x)
		return NULL;
	pthread_mutex_lock(&c->lock);
	c->x = x;
	pthread_mutex_unlock(&c->lock);
	return x;
}

static enum MHD_Result refuse_with(struct MHD_Connection *mhd, unsigned status, const char *type, const char *text)
{
	struct MHD_Response *r =
	    MHD_create_response_from_buffer(strlen(text), (void *)(uintptr_t)text, MHD_RESPMEM_PERSISTENT);
	enum MHD_Result ret;

	if (!r)
		return MHD_NO;
	MHD_add_response_header(r, "Content-Type", type);
	MHD_add_response_header(r, "Connection", "close");
	ret = MHD_queue_response(mhd, status, r);
	MHD_destroy_response(r);
	return ret;
}

static enum MHD_Result refuse(struct MHD_Connection *mhd, unsigned status, const char *text)
{
	return refuse_with(mhd, status, "text/plain; charset=utf-8", text);
}

static enum MHD_Result refuse_large(const struct http_exchange *x, struct MHD_Connection *mhd)
{
	const struct http_server_config *c = &x->c->server->config;

	if (c->too_large_body)
		return refuse_with(mhd, 413, c->too_large_type, c->too_large_body);
	return refuse(mhd, 413, "request body is too large\n");
}

static enum MHD_Result on_header(void *arg, enum MHD_ValueKind kind, const char *name, size_t n_name, const char *value,
				 size_t n_value)
{
	struct http_exchange *x = arg;

	(void)kind;
	if (!value) {
		value = "";
		n_value = 0;
	}
	return x->n_headers < HEADERS_MAX && http_exchange_add_request_header(x, name, n_name, value, n_value) == 0
		   ? MHD_YES
		   : MHD_NO;
}

/* Whatever two parsers could read differently is refused (RFC 9112 section 6.3 and 11.2). */
static enum MHD_Result request_begin(struct http_exchange *x, struct MHD_Connection *mhd, const char *method)
{
	const char *te = NULL, *cl = NULL;
	uint64_t len = 0;
	int total;

	x->started = true;
	x->method = http_exchange_text(x, method, strlen(method));
	total = MHD_get_connection_values_n(mhd, MHD_HEADER_KIND, on_header, x);
	if (!x->method || total < 0)
		return MHD_NO;
	if ((unsigned)total > HEADERS_MAX || x->n_headers < (unsigned)total)
		return refuse(mhd, 431, "too many header fields\n");
	for (const struct http_header *h = x->headers; h; h = h->next) {
		if (!strcasecmp(h->name, "Transfer-Encoding")) {
			if (te)
				return refuse(mhd, 400, "more than one Transfer-Encoding\n");
			te = h->value;
		} else if (!strcasecmp(h->name, "Content-Length")) {
			if (cl)
				return refuse(mhd, 400, "more than one Content-Length\n");
			cl = h->value;
		}
	}
	if (te && cl)
		return refuse(mhd, 400, "both Transfer-Encoding and Content-Length\n");
	if (te && strcasecmp(te, "chunked"))
		return refuse(mhd, 501, "only the transfer coding \"chunked\" is supported\n");
	if (cl && str_to_u64(cl, UINT64_MAX, &len) < 0)
		return refuse(mhd, 400, "malformed Content-Length\n");
	x->body_want = te ? SIZE_MAX : (size_t)len;
	if (cl && len > x->c->server->config.max_body) {
		const char *expect = http_header(x, "Expect");

		x->too_large = true;
		if (expect || len > x->c->server->config.max_body + DRAIN_MAX)
			return refuse_large(x, mhd);
	}
	return MHD_YES;
}

static enum MHD_Result request_data(struct http_exchange *x, const char *data, size_t n)
{
	size_t max = x->c->server->config.max_body;

	if (x->too_large || n > max - x->body_len) {
		x->too_large = true;
		bytes_unref(x->body);
		x->body = NULL;
		x->body_len += n;
		return x->body_len > max + DRAIN_MAX ? MHD_NO : MHD_YES;
	}
	if (!x->body || x->body_len + n > x->body->len) {
		size_t cap = x->body_want != SIZE_MAX ? x->body_want : x->body_len * 2 < 8192 ? 8192 : x->body_len * 2;
		struct bytes *b;

		/* A length is only a promise: big bodies grow as they come. */
		if (cap > 65536 + 4 * x->body_len)
			cap = 65536 + 4 * x->body_len;
		if (cap < x->body_len + n)
			cap = x->body_len + n;
		b = bytes_alloc(cap);
		if (!b)
			return MHD_NO;
		if (x->body)
			memcpy(b->data, x->body->data, x->body_len);
		bytes_unref(x->body);
		x->body = b;
	}
	memcpy(x->body->data + x->body_len, data, n);
	x->body_len += n;
	return MHD_YES;
}

/* The exchange has no reader yet, so its bytes may still be cut to size. */
static void request_end(struct http_exchange *x)
{
	if (!x->body)
		return;
	x->body->len = x->body_len;
	x->body->data[x->body_len] = 0;
}

static enum MHD_Result exchange_step(struct http_exchange *x, struct MHD_Connection *mhd)
{
	struct http_conn *c = x->c;
	struct MHD_Response *r = NULL;
	enum MHD_Result ret = MHD_YES;
	unsigned status = 0;

	pthread_mutex_lock(&c->lock);
	if (x->gone) {
		ret = MHD_NO;
	} else if (x->response) {
		r = TAKE_PTR(x->response);
		status = x->status;
		c->hold_next = c->session && x->hold;
	} else if (atomic_load(&c->server->stopping) || c->rdhup) {
		x->gone = true;
		ret = MHD_NO;
	} else {
		x->suspended = true;
		MHD_suspend_connection(mhd);
		if (x->upgraded)
			http_server_todo(c->server, x);
	}
	pthread_mutex_unlock(&c->lock);
	if (r) {
		ret = MHD_queue_response(mhd, status, r);
		MHD_destroy_response(r);
	}
	return ret;
}

static enum MHD_Result on_request(void *arg, struct MHD_Connection *mhd, const char *url, const char *method,
				  const char *version, const char *data, size_t *n_data, void **ctx)
{
	struct http_server *s = arg;
	struct http_exchange *x = *ctx;

	(void)url;
	(void)version;
	if (!x)
		return MHD_NO;
	if (!x->started)
		return request_begin(x, mhd, method);
	if (*n_data > 0) {
		size_t n = *n_data;

		*n_data = 0;
		return request_data(x, data, n);
	}
	if (!x->dispatched) {
		if (x->too_large)
			return refuse_large(x, mhd);
		request_end(x);
		x->dispatched = true;
		pthread_mutex_lock(&x->c->lock);
		x->c->reading = false;
		pthread_mutex_unlock(&x->c->lock);
		atomic_fetch_add(&x->refs, 1); /* the application's */
		s->fn(s->arg, x);
	}
	return exchange_step(x, mhd);
}

static void on_completed(void *arg, struct MHD_Connection *mhd, void **ctx, enum MHD_RequestTerminationCode toe)
{
	struct http_exchange *x = *ctx;

	(void)arg;
	(void)mhd;
	(void)toe;
	if (!x)
		return;
	*ctx = NULL;
	pthread_mutex_lock(&x->c->lock);
	if (x->c->x == x)
		x->c->x = NULL;
	x->suspended = false;
	x->c->reading = true;
	x->c->since = http_now();
	pthread_mutex_unlock(&x->c->lock);
	http_exchange_finished(x);
}

/* Requests are judged by their raw path; libmicrohttpd's decoding would lose the difference. */
static size_t keep_escapes(void *arg, struct MHD_Connection *mhd, char *s)
{
	(void)arg;
	(void)mhd;
	return strlen(s);
}

int http_conn_start_daemons(struct http_server *s, struct err *e)
{
	unsigned flags = MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_NO_LISTEN_SOCKET;

	for (; s->n_daemons < s->config.threads; s->n_daemons++) {
		struct MHD_OptionItem tls[] = {
		    {MHD_OPTION_HTTPS_MEM_CERT, 0, s->cert_pem},
		    {MHD_OPTION_HTTPS_MEM_KEY, 0, s->key_pem},
		    {MHD_OPTION_HTTPS_PRIORITIES, 0, (void *)(uintptr_t)PRIORITIES},
		    {MHD_OPTION_TLS_NO_ALPN, 1, NULL}, /* ours says http/1.1 only */
		    {MHD_OPTION_END, 0, NULL},
		};
		struct MHD_OptionItem none[] = {{MHD_OPTION_END, 0, NULL}};
		struct MHD_Daemon *d = MHD_start_daemon(
		    flags | (s->tls ? MHD_USE_TLS : 0), 0, NULL, NULL, on_request, s, MHD_OPTION_NOTIFY_CONNECTION,
		    on_connection, s, MHD_OPTION_NOTIFY_COMPLETED, on_completed, s, MHD_OPTION_URI_LOG_CALLBACK, on_uri,
		    s, MHD_OPTION_UNESCAPE_CALLBACK, keep_escapes, NULL, MHD_OPTION_CONNECTION_TIMEOUT,
		    s->config.idle_timeout_s, MHD_OPTION_CONNECTION_LIMIT, s->config.max_connections + 1,
		    MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)CONN_MEMORY,
		    MHD_OPTION_ARRAY, s->tls ? tls : none, MHD_OPTION_END);

		if (!d)
			return err_set(e, ERR_UNAVAILABLE, "start an HTTP thread: %s", strerror(errno));
		s->daemons[s->n_daemons] = d;
	}
	return 0;
}
