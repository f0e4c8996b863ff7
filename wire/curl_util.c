#include "wire/curl_util.h"
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <strings.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include "base/str.h"

static int pem_fd(const char *name, const char *pem, int *ret, struct err *e)
{
	AUTO_CLOSE int fd = -1;
	size_t n, done = 0;

	*ret = -1;
	if (!pem)
		return 0;
	fd = memfd_create(name, MFD_CLOEXEC);
	if (fd < 0)
		return err_errno(e, errno, "keep a certificate in memory");
	n = strlen(pem);
	while (done < n) {
		ssize_t r = write(fd, pem + done, n - done);

		if (r < 0 && errno == EINTR)
			continue;
		if (r <= 0)
			return err_errno(e, errno, "keep a certificate in memory");
		done += (size_t)r;
	}
	*ret = TAKE_FD(fd);
	return 0;
}

static void curl_start(void)
{
	curl_global_init(CURL_GLOBAL_ALL);
}

int curl_config_new(struct curl_config **ret, const struct http_client_config *c, struct err *e)
{
	static const struct http_client_config none;
	static pthread_once_t once = PTHREAD_ONCE_INIT;
	CLEANUP(curl_config_unref_p) struct curl_config *f = calloc(1, sizeof(*f));
	int rc;

	pthread_once(&once, curl_start); /* libcurl's own is not thread-safe everywhere */
	if (!f)
		return err_nomem(e);
	if (!c)
		c = &none;
	f->refs = 1;
	f->ca_fd = f->cert_fd = f->key_fd = -1;
	f->insecure = c->insecure_skip_verify;
	f->user_agent = str_dup(c->user_agent ? c->user_agent : "minik/" MINIK_VERSION);
	if (!f->user_agent)
		return err_nomem(e);
	if ((rc = pem_fd("ca", c->ca_pem, &f->ca_fd, e)) < 0 ||
	    (rc = pem_fd("cert", c->cert_pem, &f->cert_fd, e)) < 0 ||
	    (rc = pem_fd("key", c->key_pem, &f->key_fd, e)) < 0)
		return rc;
	*ret = TAKE_PTR(f);
	return 0;
}

struct curl_config *curl_config_ref(struct curl_config *c)
{
	atomic_fetch_add(&c->refs, 1);
	return c;
}

struct curl_config *curl_config_unref(struct curl_config *c)
{
	if (c && atomic_fetch_sub(&c->refs, 1) == 1) {
		int fds[] = {c->ca_fd, c->cert_fd, c->key_fd};

		for (size_t i = 0; i < ARRAY_LEN(fds); i++)
			if (fds[i] >= 0)
				close(fds[i]);
		free(c->user_agent);
		free(c);
	}
	return NULL;
}

#define SILENT_MS 30000u

/* A peer that stopped answering is noticed within a minute, also by a watch that only listens. */
static int socket_options(void *arg, curl_socket_t fd, curlsocktype purpose)
{
	unsigned ms = arg ? (unsigned)(uintptr_t)arg : SILENT_MS;

	(void)purpose;
	(void)setsockopt(fd, IPPROTO_TCP, TCP_USER_TIMEOUT, &ms, sizeof(ms)); /* fails on unix sockets */
	return CURL_SOCKOPT_OK;
}

static bool is_loopback(const char *url)
{
	const char *host = strstr(url, "://");

	host = host ? host + 3 : url;
	return !strncmp(host, "127.", 4) || !strncmp(host, "[::1]", 5) || !strncasecmp(host, "localhost:", 10) ||
	       !strncasecmp(host, "localhost/", 10);
}

static int set_path(CURL *h, CURLoption opt, int fd)
{
	char path[64];

	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	return curl_easy_setopt(h, opt, path);
}

static int add_headers(struct curl_slist **list, const struct http_client_request *r, struct err *e)
{
	bool has_type = false;
	struct curl_slist *l;

	for (size_t i = 0; r->headers && r->headers[i]; i++) {
		const char *s = r->headers[i];

		if (strpbrk(s, "\r\n") || !strchr(s, ':'))
			return err_set(e, ERR_BAD_REQUEST, "\"%.40s\" is not a header field", s);
		has_type = has_type || !strncasecmp(s, "Content-Type:", 13);
		l = curl_slist_append(*list, s);
		if (!l)
			return err_nomem(e);
		*list = l;
	}
	/* libcurl would announce a form, and wait for "100 Continue" before large bodies. */
	if (!has_type) {
		l = curl_slist_append(*list, "Content-Type:");
		if (!l)
			return err_nomem(e);
		*list = l;
	}
	l = curl_slist_append(*list, "Expect:");
	if (!l)
		return err_nomem(e);
	*list = l;
	return 0;
}

int curl_setup(CURL *h, const struct curl_config *c, const struct http_client_request *r,
	       struct curl_slist **ret_headers, char *errbuf, struct err *e)
{
	AUTO_SLIST struct curl_slist *headers = NULL;
	bool sends = r->body || streq(r->method, "POST") || streq(r->method, "PUT") || streq(r->method, "PATCH");
	int bad = 0, rc = add_headers(&headers, r, e);

	if (rc < 0)
		return rc;
#define SET(opt, val) bad |= (int)curl_easy_setopt(h, opt, val)
	SET(CURLOPT_URL, r->url);
	SET(CURLOPT_NOSIGNAL, 1L);
	SET(CURLOPT_ERRORBUFFER, errbuf);
	SET(CURLOPT_USERAGENT, c->user_agent);
	SET(CURLOPT_HTTPHEADER, headers);
	SET(CURLOPT_HTTP_VERSION, (long)(r->http2 ? CURL_HTTP_VERSION_2_PRIOR_KNOWLEDGE : CURL_HTTP_VERSION_1_1));
#if LIBCURL_VERSION_NUM >= 0x075500
	SET(CURLOPT_PROTOCOLS_STR, "http,https");
	SET(CURLOPT_REDIR_PROTOCOLS_STR, "http,https");
#else
	SET(CURLOPT_PROTOCOLS, (long)(CURLPROTO_HTTP | CURLPROTO_HTTPS));
	SET(CURLOPT_REDIR_PROTOCOLS, (long)(CURLPROTO_HTTP | CURLPROTO_HTTPS));
#endif
	if (r->http2) { /* libcurl 7.88 stumbles over a connection that it has used so before */
		SET(CURLOPT_FRESH_CONNECT, 1L);
		SET(CURLOPT_FORBID_REUSE, 1L);
	}
	SET(CURLOPT_TIMEOUT_MS, (long)r->timeout_ms);
	SET(CURLOPT_CONNECTTIMEOUT_MS, (long)(r->connect_timeout_ms ? r->connect_timeout_ms : 10000));
	SET(CURLOPT_TCP_KEEPALIVE, 1L);
	/* Half of the time, so that a second probe goes unanswered before the peer is given up. */
	SET(CURLOPT_TCP_KEEPIDLE, r->silent_ms ? (long)(r->silent_ms / 2000 ? r->silent_ms / 2000 : 1) : 30L);
	SET(CURLOPT_TCP_KEEPINTVL, r->silent_ms ? (long)(r->silent_ms / 2000 ? r->silent_ms / 2000 : 1) : 10L);
	SET(CURLOPT_DNS_CACHE_TIMEOUT, 2L); /* who connects anew may have to because the address is another one */
	SET(CURLOPT_SOCKOPTFUNCTION, socket_options);
	SET(CURLOPT_SOCKOPTDATA, (void *)(uintptr_t)r->silent_ms);
	SET(CURLOPT_FOLLOWLOCATION, r->follow_redirects ? 1L : 0L); /* custom Authorization stays with its host */
	SET(CURLOPT_MAXREDIRS, 10L);
	if (r->unix_socket)
		SET(CURLOPT_UNIX_SOCKET_PATH, r->unix_socket);
	if (r->unix_socket || r->direct || is_loopback(r->url))
		SET(CURLOPT_PROXY, "");
	if (c->ca_fd >= 0) {
		bad |= set_path(h, CURLOPT_CAINFO, c->ca_fd);
		SET(CURLOPT_CAPATH, NULL);
	}
	if (c->cert_fd >= 0 && c->key_fd >= 0) {
		bad |= set_path(h, CURLOPT_SSLCERT, c->cert_fd);
		bad |= set_path(h, CURLOPT_SSLKEY, c->key_fd);
	}
	if (c->insecure) {
		SET(CURLOPT_SSL_VERIFYPEER, 0L);
		SET(CURLOPT_SSL_VERIFYHOST, 0L);
	}
	if (streq(r->method, "HEAD")) {
		SET(CURLOPT_NOBODY, 1L);
	} else if (sends) {
		SET(CURLOPT_POST, 1L);
		SET(CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)(r->body ? r->body->len : 0));
		SET(CURLOPT_POSTFIELDS, r->body ? r->body->data : "");
		SET(CURLOPT_CUSTOMREQUEST, r->method);
	} else if (!streq(r->method, "GET")) {
		SET(CURLOPT_CUSTOMREQUEST, r->method);
	}
#undef SET
	if (bad)
		return err_set(e, ERR_INTERNAL, "libcurl lacks an option that is needed");
	*ret_headers = TAKE_PTR(headers);
	return 0;
}

int curl_failed(struct err *e, CURLcode rc, const struct http_client_request *r, const char *errbuf)
{
	int code;

	switch (rc) {
	case CURLE_OUT_OF_MEMORY:
		return err_nomem(e);
	case CURLE_OPERATION_TIMEDOUT:
		code = ERR_TIMEOUT;
		break;
	case CURLE_WRITE_ERROR:
	case CURLE_ABORTED_BY_CALLBACK:
		code = ERR_CANCELED;
		break;
	case CURLE_URL_MALFORMAT:
	case CURLE_UNSUPPORTED_PROTOCOL:
		code = ERR_BAD_REQUEST;
		break;
	case CURLE_COULDNT_RESOLVE_HOST:
	case CURLE_COULDNT_RESOLVE_PROXY:
	case CURLE_COULDNT_CONNECT:
	case CURLE_GOT_NOTHING:
	case CURLE_SEND_ERROR:
	case CURLE_RECV_ERROR:
	case CURLE_PARTIAL_FILE:
		code = ERR_UNAVAILABLE;
		break;
	case CURLE_PEER_FAILED_VERIFICATION:
	case CURLE_SSL_CACERT_BADFILE:
	case CURLE_SSL_CERTPROBLEM:
		code = ERR_UNAUTHORIZED;
		break;
	default:
		code = ERR_PROTO;
		break;
	}
	return err_set(e, code, "%s %.120s: %s", r->method, r->url,
		       errbuf && errbuf[0] ? errbuf : curl_easy_strerror(rc));
}

int curl_body_add(struct curl_body *body, const void *p, size_t n, size_t expect, size_t max)
{
	size_t cap = body->b ? body->b->len : 0;

	if (n > max - body->len)
		return ERR_TOO_LARGE;
	if (body->len + n > cap) {
		struct bytes *b;

		cap = cap < 4096 ? 4096 : cap * 2;
		/* A Content-Length is only a promise. */
		if (expect > cap && expect <= max)
			cap = expect < 1u << 20 || expect < cap * 4 ? expect : cap * 4;
		if (cap < body->len + n)
			cap = body->len + n;
		b = bytes_alloc(cap);
		if (!b)
			return -ENOMEM;
		if (body->len)
			memcpy(b->data, body->b->data, body->len);
		bytes_unref(body->b);
		body->b = b;
	}
	memcpy(body->b->data + body->len, p, n);
	body->len += n;
	return 0;
}

struct bytes *curl_body_take(struct curl_body *body)
{
	struct bytes *b = body->b ? body->b : bytes_new("", 0);

	if (b && body->b) {
		b->len = body->len;
		b->data[b->len] = 0;
	}
	*body = (struct curl_body){0};
	return b;
}

void curl_body_done(struct curl_body *body)
{
	bytes_unref(body->b);
	*body = (struct curl_body){0};
}

void curl_headers_add(struct buf *headers, const char *line, size_t n)
{
	const char *colon = memchr(line, ':', n), *v;

	if (!colon || colon == line || memchr(line, 0, n) || headers->len > 256u << 10)
		return;
	buf_add(headers, line, (size_t)(colon - line));
	buf_addc(headers, 0);
	v = colon + 1;
	while (v < line + n && (*v == ' ' || *v == '\t'))
		v++;
	n = (size_t)(line + n - v);
	while (n > 0 && (v[n - 1] == '\r' || v[n - 1] == '\n' || v[n - 1] == ' ' || v[n - 1] == '\t'))
		n--;
	buf_add(headers, v, n);
	buf_addc(headers, 0);
}

const char *curl_headers_get(const struct buf *headers, const char *name)
{
	const char *p = headers->data, *end = headers->data + headers->len;

	if (buf_failed(headers) || !headers->len)
		return NULL;
	while (p < end) {
		const char *value = p + strlen(p) + 1;

		if (!strcasecmp(p, name))
			return value;
		p = value + strlen(value) + 1;
	}
	return NULL;
}

void curl_headers_each(const struct buf *headers, void (*fn)(void *arg, const char *name, const char *value), void *arg)
{
	const char *p = headers->data, *end = headers->data + headers->len;

	if (buf_failed(headers) || !headers->len)
		return;
	while (p < end) {
		const char *value = p + strlen(p) + 1;

		fn(arg, p, value);
		p = value + strlen(value) + 1;
	}
}
