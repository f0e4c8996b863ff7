/*
 * A blocking HTTPS client for tests, on GnuTLS, that sends every request exactly once. libcurl sends one again when a
 * kept connection turns out dead, and then nobody can say how often it was applied.
 *
 * One connection belongs to one thread. Functions return 0 or a negative errno; after an error the connection is
 * closed.
 */
#pragma once
#include <gnutls/gnutls.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "base/err.h"

struct https_creds { /* shared, read only */
	gnutls_certificate_credentials_t x509;
	uint16_t port; /* on 127.0.0.1 */
};
/* From a kubeconfig with a client certificate. */
int https_creds_load(struct https_creds *c, const char *kubeconfig, struct err *e);
void https_creds_done(struct https_creds *c);

struct https {
	int fd; /* -1: not connected */
	gnutls_session_t tls;
	bool chunked, ended; /* of the answer that is being read */
	uint64_t left;       /* of the piece that is being read */
	size_t at, len;      /* in buf: received, not used */
	char buf[16384];
};
void https_init(struct https *h);
int https_connect(struct https *h, const struct https_creds *c);
void https_close(struct https *h);
/* Sends the request whole; body may be NULL. -ENOTCONN: nothing was sent. */
int https_send(struct https *h, const char *method, const char *path, const char *headers /* each with CRLF, or NULL */,
	       const char *body);
/* Reads status line and headers. */
int https_head(struct https *h, int *ret_status);
/* Some of the body; *ret_n 0: it ended. */
int https_some(struct https *h, char *p, size_t cap, size_t *ret_n);
/* The whole of it as a string (malloc'ed). */
int https_body(struct https *h, char **ret, size_t *ret_len);
/* One line of a stream without its end (malloc'ed); NULL in *ret: the stream ended. `rest` is the caller's, zeroed at
 * first. */
struct https_lines {
	char *text;
	size_t len, cap, at;
};
int https_line(struct https *h, struct https_lines *rest, char **ret);
