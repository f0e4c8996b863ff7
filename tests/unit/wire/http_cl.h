/* A small blocking HTTP client for the server's unit tests, over TLS or not. Included by each test of it. */
#pragma once
#include <arpa/inet.h>
#include <gnutls/gnutls.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>
#include "base/buf.h"
#include "tests/unit/test.h"
#include "wire/cert.h"

struct cl {
	int fd;
	gnutls_session_t s;
	gnutls_certificate_credentials_t cred;
	char buf[1 << 16];
	size_t pos, len;
	char status_line[256], head[8192];
	int status;
	struct buf body;
};

/* Of connections opened from now on; 0: the system's, and what TLS allows. */
static int cl_rcvbuf;
static size_t cl_max_record;

static inline bool cl_open(struct cl *c, uint16_t port, bool tls, const struct cert_pair *client)
{
	struct sockaddr_in a = {
	    .sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	struct timeval tv = {.tv_sec = 10};

	memset(c, 0, sizeof(*c));
	c->fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	setsockopt(c->fd, SOL_SOCKET, SO_RCVTIMEO, &tv, sizeof(tv));
	setsockopt(c->fd, SOL_SOCKET, SO_SNDTIMEO, &tv, sizeof(tv));
	if (cl_rcvbuf)
		setsockopt(c->fd, SOL_SOCKET, SO_RCVBUF, &cl_rcvbuf, sizeof(cl_rcvbuf));
	if (connect(c->fd, (struct sockaddr *)&a, sizeof(a)) < 0)
		return false;
	if (!tls)
		return true;
	gnutls_certificate_allocate_credentials(&c->cred);
	if (client) {
		gnutls_datum_t crt = {(unsigned char *)client->cert_pem, (unsigned)strlen(client->cert_pem)};
		gnutls_datum_t key = {(unsigned char *)client->key_pem, (unsigned)strlen(client->key_pem)};

		CHECK(gnutls_certificate_set_x509_key_mem(c->cred, &crt, &key, GNUTLS_X509_FMT_PEM) >= 0);
	}
	/* As Go does: the certificate is sent whatever CA names the server gives. */
	gnutls_init(&c->s, GNUTLS_CLIENT | GNUTLS_FORCE_CLIENT_CERT);
	gnutls_set_default_priority(c->s);
	gnutls_credentials_set(c->s, GNUTLS_CRD_CERTIFICATE, c->cred);
	gnutls_datum_t protos[] = {{(unsigned char *)"h2", 2}, {(unsigned char *)"http/1.1", 8}};
	gnutls_alpn_set_protocols(c->s, protos, 2, 0);
	if (cl_max_record)
		gnutls_record_set_max_recv_size(c->s, cl_max_record);
	gnutls_transport_set_int(c->s, c->fd);
	return gnutls_handshake(c->s) >= 0;
}

static inline void cl_close(struct cl *c)
{
	if (c->s)
		gnutls_deinit(c->s);
	if (c->cred)
		gnutls_certificate_free_credentials(c->cred);
	if (c->fd >= 0)
		close(c->fd);
	buf_done(&c->body);
	c->fd = -1;
}

static inline bool cl_send(struct cl *c, const void *p, size_t n)
{
	const char *s = p;

	while (n > 0) {
		ssize_t r = c->s ? gnutls_record_send(c->s, s, n) : send(c->fd, s, n, MSG_NOSIGNAL);

		if (r <= 0)
			return false;
		s += r;
		n -= (size_t)r;
	}
	return true;
}

static inline bool cl_text(struct cl *c, const char *s)
{
	return cl_send(c, s, strlen(s));
}

static inline ssize_t cl_recv(struct cl *c, void *p, size_t n)
{
	return c->s ? gnutls_record_recv(c->s, p, n) : recv(c->fd, p, n, 0);
}

static inline int cl_getc(struct cl *c)
{
	if (c->pos == c->len) {
		ssize_t r = cl_recv(c, c->buf, sizeof(c->buf));

		if (r <= 0)
			return -1;
		c->pos = 0;
		c->len = (size_t)r;
	}
	return (unsigned char)c->buf[c->pos++];
}

static inline bool cl_line(struct cl *c, char *out, size_t cap)
{
	size_t n = 0;
	int ch;

	while ((ch = cl_getc(c)) >= 0) {
		if (ch == '\n') {
			if (n > 0 && out[n - 1] == '\r')
				n--;
			out[n] = 0;
			return true;
		}
		if (n + 1 < cap)
			out[n++] = (char)ch;
	}
	return false;
}

static inline bool cl_body(struct cl *c, size_t n)
{
	while (n-- > 0) {
		int ch = cl_getc(c);

		if (ch < 0)
			return false;
		buf_addc(&c->body, (char)ch);
	}
	return true;
}

static inline bool cl_head(struct cl *c)
{
	char line[1024];

	c->head[0] = 0;
	c->status = 0;
	buf_done(&c->body);
	if (!cl_line(c, c->status_line, sizeof(c->status_line)) || strlen(c->status_line) < 12)
		return false;
	c->status = (c->status_line[9] - '0') * 100 + (c->status_line[10] - '0') * 10 + c->status_line[11] - '0';
	while (cl_line(c, line, sizeof(line)) && line[0]) {
		size_t n = strlen(c->head);

		snprintf(c->head + n, sizeof(c->head) - n, "%s\n", line);
	}
	return true;
}

/* One chunk; 0 at the end, -1 when broken. */
static inline long cl_chunk(struct cl *c)
{
	char line[64];
	long n;

	if (!cl_line(c, line, sizeof(line)))
		return -1;
	n = strtol(line, NULL, 16);
	if (n < 0 || !cl_body(c, (size_t)n) || !cl_line(c, line, sizeof(line)))
		return -1;
	return n;
}

static inline bool cl_response(struct cl *c, bool head)
{
	const char *p;
	long n;

	if (!cl_head(c))
		return false;
	if (head || c->status == 204)
		return true;
	p = strstr(c->head, "Content-Length: ");
	if (p)
		return cl_body(c, (size_t)strtol(p + 16, NULL, 10));
	while ((n = cl_chunk(c)) > 0)
		;
	return n == 0;
}

static inline bool cl_do(struct cl *c, const char *request)
{
	return cl_text(c, request) && cl_response(c, !strncmp(request, "HEAD", 4));
}

static inline bool cl_eof(struct cl *c)
{
	return cl_getc(c) < 0;
}
