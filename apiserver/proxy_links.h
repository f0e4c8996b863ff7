/*
 * Links in what a proxied server answers: absolute paths, and URLs that name the server itself, get the path of the
 * proxy in front, so that a browser comes back through it. HTML is read as it comes, in a state machine that holds no
 * more than one URL; everything else of a page goes through byte by byte. Which attributes hold URLs, and which URLs
 * are meant: k8s.io/apimachinery pkg/util/proxy/transport.go; how HTML is cut into tags:
 * https://html.spec.whatwg.org/#tokenization. Pure: no I/O, no locks.
 */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include "base/buf.h"

struct proxy_links {
	const char *prefix; /* "/api/v1/namespaces/n/pods/p/proxy", as in URLs: %-encoded, without a slash at the end */
	const char *backend;  /* host and port of the server behind the proxy, as in its own URL; "" for none */
	const char *frontend; /* what the client named in its Host header; "" for none */
};

/* The URL as it has to be, malloc'ed, or NULL: it stays as it is (or there is no memory). */
char *proxy_link(const struct proxy_links *l, const char *url);

struct html_links; /* opaque */
/* l and its strings are borrowed. -ENOMEM. */
int html_links_new(struct html_links **ret, const struct proxy_links *l);
struct html_links *html_links_free(struct html_links *h);
/* Appends what has become of n more bytes to out, but for at most HTML_LINK_MAX held back. */
void html_links_feed(struct html_links *h, const char *p, size_t n, struct buf *out);
/* The page is over: appends what was held back. */
void html_links_end(struct html_links *h, struct buf *out);

#define HTML_LINK_MAX 8192 /* bytes; a longer value of an attribute stays as it is */
