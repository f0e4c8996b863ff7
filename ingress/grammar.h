/*
 * The grammar of annotations: text of an Ingress to a typed value. What a value may be is all that is ever taken over;
 * the rest is refused with words that say what is allowed. Pure.
 */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum grammar_kind {
	G_BOOL,        /* num 0 or 1, as Go's ParseBool */
	G_ONOFF,       /* num 0 or 1 */
	G_INT,         /* lo to hi */
	G_SECONDS,     /* lo to hi; num is in ms */
	G_SIZE,        /* "8m"; lo to hi bytes */
	G_KILOBYTES,   /* lo to hi; num is in bytes */
	G_WORD,        /* one of words, whatever the case; num: which one, text: as the list has it */
	G_WORDS,       /* several, by spaces; num: mask of which ones */
	G_URL,         /* http:// or https:// */
	G_URL_VAR,     /* the same, with variables of the request */
	G_URL_TO,      /* where a redirect leads: variables of where the request went */
	G_PAGE,        /* a URL or a path */
	G_PATH,        /* absolute */
	G_COOKIE_PATH, /* absolute, without ; and , */
	G_REWRITE,     /* a path with $1 to $9 */
	G_HOST,        /* host name or address, with a port or not */
	G_DOMAIN,      /* of a cookie */
	G_HOSTS,       /* list of host names, wildcards too */
	G_TOKEN,       /* name of a header or cookie */
	G_ARGUMENT,    /* name of an argument in a URL */
	G_HEADER_LIST, /* list of names of headers */
	G_HEADERS,     /* names of headers or "*", text with ", " between */
	G_METHODS,     /* as G_HEADERS, of methods */
	G_TEXT,        /* printable, no quotes */
	G_VALUE,       /* of a header */
	G_NETWORKS,    /* list of addresses and networks, IPv4 and IPv6 */
	G_ORIGINS,     /* list */
	G_REF,         /* "name" or "namespace/name" */
	G_SERVICE,     /* name of a Service */
	G_REGEX,       /* regular expression */
	G_CN,          /* "CN=..." */
	G_CIPHERS,
	G_CODES,      /* list of statuses, 300 to 599 */
	G_CACHE_KEY,  /* $http_NAME, $cookie_NAME, $remote_user */
	G_CACHE_TIME, /* "200 202 5m, 401 1m"; num: the shortest of its times in ms */
	G_HASH_KEY,    /* text and variables of a request; their names come out in small letters */
	G_DOMAIN_PAIR, /* "FROM TO", two elements: domains of cookies; "off" has none */
	G_PATH_PAIR,   /* the same, of paths of cookies */
	G_LOCATION,    /* how a URL begins; $host and $scheme may stand in it */
	G_SNIPPET,    /* never; words: what to use instead */
	G_NEVER,      /* has no meaning here; words: why, or what to use instead */
};
struct grammar {
	enum grammar_kind kind;
	int64_t lo, hi;
	const char *words; /* G_WORD, G_WORDS: by '|' */
};
struct note { /* a value */
	bool set;
	int64_t num;
	char *text; /* lists: n elements, a NUL behind each */
	size_t n;
	char bad[61]; /* of a list: the first element that is left out, or as much of it as is told */
};
void note_done(struct note *n);
/*
 * 0; 1 when the text is outside of the grammar, and then `why` says what is allowed, as the end of a sentence; -ENOMEM.
 * A list of which some elements are wrong is wrong as a whole, but that of G_ORIGINS and G_HOSTS has those that are right (and 1
 * comes back; of G_HOSTS when there is any).
 */
int grammar_parse(const struct grammar *g, const char *text, struct note *ret, char why[200]);

/* Whether it is a valid name of a header (RFC 9110 token) and one that may be set by who writes an Ingress. */
bool grammar_header(const char *name);
bool grammar_header_settable(const char *name);
bool grammar_header_value(const char *value);
/* RFC 1123 in small letters, with "*." in front where a wildcard may be. */
/* What a host of a URL, or an external name, is, if no request may go there (address.h): an address, or a name of the
 * node's own. NULL: one may, as far as can be known without DNS. */
const char *grammar_refused_host(const char *host, bool *ret_literal);
bool grammar_hostname(const char *h, bool wildcard);

/* Regular expressions of nginx (PCRE): a subset that is sure to compile there, within bounds. NULL: good; else what is
 * wrong. */
const char *regex_fault(const char *expr);
/* "a.b" -> "a\.b". NULL without memory. */
char *regex_quote(const char *s);
