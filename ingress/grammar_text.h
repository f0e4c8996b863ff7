/* What single texts of annotations must be: names, URLs, paths, references. Pure; any thread. */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include "base/buf.h"

#define DIGITS "0123456789"
#define LOWER  "abcdefghijklmnopqrstuvwxyz"
#define UPPER  "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
#define ALNUM  LOWER UPPER DIGITS
#define TOKEN  ALNUM "!#%&*+-.^_|~" /* RFC 9110 but for $ ` ' */

/* host[:port]; variable: nginx-like variables may stand in it (ingress-nginx: auth-url). */
bool text_authority(const char *s, size_t n, bool variable);
bool text_url(const char *s, bool variable);
bool text_redirect(const char *s); /* a URL with what may be put into it: $host, $request_uri, ... */
bool text_path(const char *s, bool query);
bool text_rewrite(const char *s); /* with $1 to $9 */
bool text_ref(const char *s); /* "name" or "namespace/name" */
/* Text with variables of a request, appended to out with their names in small letters; false: not one of those, or another sign. */
bool text_hash_key(const char *s, struct buf *out);
bool text_location(const char *s);    /* how a URL may begin, with $host and $scheme */
bool text_cookie_domain(const char *s);
bool text_cookie_path(const char *s);
bool text_cipher(const char *s); /* OpenSSL's lists of ciphers */
