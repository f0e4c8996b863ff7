/* See https.h. */
#include "tests/fault/https.h"
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <unistd.h>
#include "base/cleanup.h"
#include "base/fs.h"
#include "base/json.h"
#include "base/str.h"

#define BODY_MAX ((size_t)4 << 30)

static int pem(const json_t *o, const char *path, gnutls_datum_t *ret, struct err *e)
{
	const char *s = json_str(o, path);
	void *p = NULL;
	size_t n = 0;

	if (!s || b64_decode(s, strlen(s), false, &p, &n))
		return err_set(e, ERR_INVALID, "the kubeconfig has no %s", path);
	*ret = (gnutls_datum_t){p, (unsigned)n};
	return 0;
}

int https_creds_load(struct https_creds *c, const char *kubeconfig, struct err *e)
{
	AUTO_BUF struct buf text = {0};
	AUTO_JSON json_t *o = NULL;
	gnutls_datum_t ca = {0}, crt = {0}, key = {0};
	int rc = fs_read(kubeconfig, 1 << 20, &text, e);

	if (!rc)
		rc = yaml_parse(text.data, text.len, &o, e);
	if (!rc)
		rc = pem(o, "clusters[0].cluster.certificate-authority-data", &ca, e);
	if (!rc)
		rc = pem(o, "users[0].user.client-certificate-data", &crt, e);
	if (!rc)
		rc = pem(o, "users[0].user.client-key-data", &key, e);
	if (!rc && (gnutls_certificate_allocate_credentials(&c->x509) < 0 ||
		    gnutls_certificate_set_x509_trust_mem(c->x509, &ca, GNUTLS_X509_FMT_PEM) < 1 ||
		    gnutls_certificate_set_x509_key_mem(c->x509, &crt, &key, GNUTLS_X509_FMT_PEM) < 0))
		rc = err_set(e, ERR_INVALID, "%s: its certificates", kubeconfig);
	if (!rc) {
		const char *server = json_str_or(o, "clusters[0].cluster.server", "");
		const char *colon = strrchr(server, ':');
		int64_t port = 0;

		if (!colon || str_to_i64(colon + 1, 1, 65535, &port))
			rc = err_set(e, ERR_INVALID, "%s: its server %s has no port", kubeconfig, server);
		c->port = (uint16_t)port;
	}
	free(ca.data);
	free(crt.data);
	free(key.data);
	return rc;
}

void https_creds_done(struct https_creds *c)
{
	if (c->x509)
		gnutls_certificate_free_credentials(c->x509);
	c->x509 = NULL;
}

void https_init(struct https *h)
{
	memset(h, 0, offsetof(struct https, buf));
	h->fd = -1;
}

void https_close(struct https *h)
{
	if (h->tls)
		gnutls_deinit(h->tls);
	if (h->fd >= 0)
		close(h->fd);
	https_init(h);
}

static int broken(struct https *h, int rc)
{
	https_close(h);
	return rc;
}

int https_connect(struct https *h, const struct https_creds *c)
{
	struct sockaddr_in a = {
	    .sin_family = AF_INET, .sin_port = htons(c->port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	int on = 1, rc;

	https_close(h);
	h->fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (h->fd < 0)
		return -errno;
	if (connect(h->fd, (struct sockaddr *)&a, sizeof(a)) < 0)
		return broken(h, -errno);
	(void)setsockopt(h->fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
	if (gnutls_init(&h->tls, GNUTLS_CLIENT | GNUTLS_NO_TICKETS) < 0 || gnutls_set_default_priority(h->tls) < 0 ||
	    gnutls_credentials_set(h->tls, GNUTLS_CRD_CERTIFICATE, c->x509) < 0)
		return broken(h, -ENOMEM);
	gnutls_session_set_verify_cert(h->tls, "127.0.0.1", 0);
	gnutls_transport_set_int(h->tls, h->fd);
	do
		rc = gnutls_handshake(h->tls);
	while (rc < 0 && !gnutls_error_is_fatal(rc));
	return rc < 0 ? broken(h, -EPROTO) : 0;
}

static int put(struct https *h, const char *p, size_t n)
{
	while (n > 0) {
		ssize_t k = gnutls_record_send(h->tls, p, n);

		if (k == GNUTLS_E_AGAIN || k == GNUTLS_E_INTERRUPTED)
			continue;
		if (k <= 0)
			return broken(h, -EPIPE);
		p += k;
		n -= (size_t)k;
	}
	return 0;
}

int https_send(struct https *h, const char *method, const char *path, const char *headers, const char *body)
{
	size_t n = body ? strlen(body) : 0;
	AUTO_FREE char *text = str_fmt("%s %s HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: %zu\r\n%s\r\n%s", method,
				       path, n, headers ? headers : "", body ? body : "");

	if (h->fd < 0)
		return -ENOTCONN;
	if (!text)
		return broken(h, -ENOMEM);
	h->chunked = h->ended = false;
	h->left = 0;
	return put(h, text, strlen(text));
}

static int fill(struct https *h)
{
	ssize_t k;

	if (h->fd < 0)
		return -ENOTCONN;
	if (h->at == h->len)
		h->at = h->len = 0;
	if (h->len == sizeof(h->buf)) {
		if (h->at == 0)
			return broken(h, -EMSGSIZE);
		memmove(h->buf, h->buf + h->at, h->len - h->at);
		h->len -= h->at;
		h->at = 0;
	}
	do
		k = gnutls_record_recv(h->tls, h->buf + h->len, sizeof(h->buf) - h->len);
	while (k == GNUTLS_E_AGAIN || k == GNUTLS_E_INTERRUPTED);
	if (k <= 0)
		return broken(h, -EPIPE);
	h->len += (size_t)k;
	return 0;
}

/* A line of headers or of a chunk's size, in place; valid until more is read. */
static int line(struct https *h, char **ret)
{
	for (;;) {
		char *p = h->buf + h->at, *end = memchr(p, '\n', h->len - h->at);
		int rc;

		if (end) {
			h->at += (size_t)(end - p) + 1;
			*end = 0;
			if (end > p && end[-1] == '\r')
				end[-1] = 0;
			*ret = p;
			return 0;
		}
		rc = fill(h);
		if (rc < 0)
			return rc;
	}
}

int https_head(struct https *h, int *ret_status)
{
	char *s;
	int rc = line(h, &s);
	int64_t status, n;

	if (rc < 0)
		return rc;
	if (strncmp(s, "HTTP/1.1 ", 9) || strlen(s) < 12)
		return broken(h, -EBADMSG);
	s[12] = 0;
	if (str_to_i64(s + 9, 100, 599, &status))
		return broken(h, -EBADMSG);
	while ((rc = line(h, &s)) == 0 && *s) {
		if (!strncasecmp(s, "Content-Length:", 15)) {
			if (str_to_i64(s + 15 + strspn(s + 15, " "), 0, INT64_MAX, &n))
				return broken(h, -EBADMSG);
			h->left = (uint64_t)n;
		} else if (!strncasecmp(s, "Transfer-Encoding:", 18)) {
			h->chunked = true;
		}
	}
	if (rc < 0)
		return rc;
	h->ended = !h->chunked && h->left == 0;
	*ret_status = (int)status;
	return 0;
}

/* The size of the next chunk; behind the last there is an empty line. */
static int chunk(struct https *h)
{
	char *s, *end;
	int rc = line(h, &s);

	if (rc < 0)
		return rc;
	h->left = strtoull(s, &end, 16);
	if (end == s)
		return broken(h, -EBADMSG);
	if (h->left > 0)
		return 0;
	h->ended = true;
	return line(h, &s);
}

int https_some(struct https *h, char *p, size_t cap, size_t *ret_n)
{
	int rc = 0;
	char *s;

	if (!h->ended && h->chunked && h->left == 0)
		rc = chunk(h);
	if (rc < 0)
		return rc;
	*ret_n = 0;
	if (h->ended)
		return 0;
	if (h->at == h->len && (rc = fill(h)) < 0)
		return rc;
	if (cap > h->len - h->at)
		cap = h->len - h->at;
	if (cap > h->left)
		cap = (size_t)h->left;
	memcpy(p, h->buf + h->at, cap);
	h->at += cap;
	h->left -= cap;
	*ret_n = cap;
	if (h->left == 0 && !h->chunked)
		h->ended = true;
	else if (h->left == 0)
		return line(h, &s);
	return 0;
}

int https_body(struct https *h, char **ret, size_t *ret_len)
{
	char *text = malloc(1);
	size_t len = 0, cap = 1, n = 0;
	int rc;

	do {
		if (cap - len < 4096) {
			char *p = cap < BODY_MAX ? realloc(text, cap * 2 + 8192) : NULL;

			if (!p) {
				free(text);
				return broken(h, -ENOMEM);
			}
			text = p;
			cap = cap * 2 + 8192;
		}
		rc = https_some(h, text + len, cap - len - 1, &n);
		len += rc < 0 ? 0 : n;
	} while (rc == 0 && n > 0);
	if (rc < 0) {
		free(text);
		return rc;
	}
	text[len] = 0;
	*ret = text;
	if (ret_len)
		*ret_len = len;
	return 0;
}

int https_line(struct https *h, struct https_lines *rest, char **ret)
{
	for (;;) {
		char *end = rest->text ? memchr(rest->text + rest->at, '\n', rest->len - rest->at) : NULL;
		size_t n;
		int rc;

		if (end) {
			*ret = str_ndup(rest->text + rest->at, (size_t)(end - rest->text) - rest->at);
			rest->at = (size_t)(end - rest->text) + 1;
			return *ret ? 0 : -ENOMEM;
		}
		if (rest->at > 0) {
			memmove(rest->text, rest->text + rest->at, rest->len - rest->at);
			rest->len -= rest->at;
			rest->at = 0;
		}
		if (rest->cap - rest->len < 16384) {
			char *p = realloc(rest->text, rest->cap * 2 + 32768);

			if (!p)
				return broken(h, -ENOMEM);
			rest->text = p;
			rest->cap = rest->cap * 2 + 32768;
		}
		rc = https_some(h, rest->text + rest->len, rest->cap - rest->len, &n);
		if (rc < 0)
			return rc;
		if (n == 0) {
			*ret = NULL;
			return 0;
		}
		rest->len += n;
	}
}
