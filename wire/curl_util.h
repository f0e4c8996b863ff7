/* What the three ways of talking HTTP by libcurl share: options, certificates, errors. */
#pragma once
#include <curl/curl.h>
#include <stdatomic.h>
#include "base/buf.h"
#include "wire/http_client.h"

/*
 * Configuration of a client, shared by its calls and threads. libcurl's GnuTLS backend reads certificates from
 * files only: they live in anonymous memory and have names under /proc/self/fd.
 */
struct curl_config {
	atomic_uint refs;
	int ca_fd, cert_fd, key_fd; /* -1: none */
	bool insecure;
	char *user_agent;
};
int curl_config_new(struct curl_config **ret, const struct http_client_config *c, struct err *e);
struct curl_config *curl_config_ref(struct curl_config *c);
struct curl_config *curl_config_unref(struct curl_config *c);
DEFINE_CLEANUP(struct curl_config *, curl_config_unref, curl_config_unref_p)

static inline __attribute__((unused)) void curl_easy_p(CURL **h)
{
	curl_easy_cleanup(*h);
}
static inline __attribute__((unused)) void curl_slist_p(struct curl_slist **l)
{
	curl_slist_free_all(*l);
}
#define AUTO_CURL  CLEANUP(curl_easy_p)
#define AUTO_SLIST CLEANUP(curl_slist_p)

/* The request line, headers, body and limits; *ret_headers must live as long as the handle. errbuf: CURL_ERROR_SIZE. */
int curl_setup(CURL *h, const struct curl_config *c, const struct http_client_request *r,
	       struct curl_slist **ret_headers, char *errbuf, struct err *e);
/* Turns a failed transfer into our code and "GET https://host/path: reason". */
int curl_failed(struct err *e, CURLcode rc, const struct http_client_request *r, const char *errbuf);

/* A growing body, made for being handed over as bytes. */
struct curl_body {
	struct bytes *b; /* its len is the capacity until taken */
	size_t len;
};
int curl_body_add(struct curl_body *body, const void *p, size_t n, size_t expect,
		  size_t max);                        /* ERR_TOO_LARGE, -ENOMEM */
struct bytes *curl_body_take(struct curl_body *body); /* never NULL but without memory */
void curl_body_done(struct curl_body *body);

/* Header lines of the last response: "name\0value\0"... */
void curl_headers_add(struct buf *headers, const char *line, size_t n);
const char *curl_headers_get(const struct buf *headers, const char *name);
void curl_headers_each(const struct buf *headers, void (*fn)(void *arg, const char *name, const char *value),
		       void *arg);
