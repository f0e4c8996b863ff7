/* Whether a certificate and a key in PEM belong together, in the words of Go's crypto/tls X509KeyPair. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "base/buf.h"
#include "base/str.h"
#include "wire/cert.h"
#include "wire/tls_util.h"

#define TYPES_MAX 8 /* skipped blocks that are told */

struct block {
	const char *start; /* of the whole block */
	size_t len;
	char type[64];
};

/* The next PEM block behind *at, which moves behind it. */
static bool next_block(const char **at, const char *end, struct block *b)
{
	static const char begin[] = "-----BEGIN ";
	const char *p = *at;

	while ((p = memmem(p, (size_t)(end - p), begin, sizeof(begin) - 1))) {
		const char *name = p + sizeof(begin) - 1, *stop = memmem(name, (size_t)(end - name), "-----", 5), *last;
		char tail[96];
		size_t n = stop ? (size_t)(stop - name) : 0;

		if (!stop)
			return false;
		if (n < sizeof(b->type) && !memchr(name, '\n', n)) {
			(void)snprintf(b->type, sizeof(b->type), "%.*s", (int)n, name);
			(void)snprintf(tail, sizeof(tail), "-----END %s-----", b->type);
			last = memmem(stop, (size_t)(end - stop), tail, strlen(tail));
			if (last) {
				b->start = p;
				b->len = (size_t)(last - p) + strlen(tail);
				*at = last + strlen(tail);
				return true;
			}
		}
		p = name;
	}
	return false;
}

static bool ends_in(const char *s, const char *tail)
{
	size_t n = strlen(s), m = strlen(tail);

	return n >= m && streq(s + n - m, tail);
}

static bool is_key(const char *type)
{
	return streq(type, "PRIVATE KEY") || ends_in(type, " PRIVATE KEY");
}

/* The first block that is one of a certificate, or of a key. What was passed over goes into skipped ("A B"). NULL:
 * found; else why not, malloc'ed. */
static char *find_block(const void *pem, size_t n, bool key, struct block *ret)
{
	AUTO_BUF struct buf skipped = {0};
	const char *at = pem, *end = at + n;
	size_t passed = 0;

	while (next_block(&at, end, ret)) {
		if (key ? is_key(ret->type) : streq(ret->type, "CERTIFICATE"))
			return NULL;
		if (passed++ < TYPES_MAX)
			buf_addf(&skipped, "%s%s", passed > 1 ? " " : "", ret->type);
	}
	if (!passed)
		return str_fmt("tls: failed to find any PEM data in %s input", key ? "key" : "certificate");
	if (!key && passed == 1 && ends_in(ret->type, "PRIVATE KEY"))
		return str_dup("tls: failed to find certificate PEM data in certificate input, but did find a private "
			       "key; PEM inputs may have been switched");
	if (key && passed == 1 && streq(ret->type, "CERTIFICATE"))
		return str_dup("tls: found a certificate rather than a key in the PEM for the private key");
	return str_fmt("tls: failed to find %s input after skipping PEM blocks of the following types: [%s]",
		       key ? "PEM block with type ending in \"PRIVATE KEY\" in key"
			   : "\"CERTIFICATE\" PEM block in certificate",
		       skipped.data ? skipped.data : "");
}

static char *compare(const struct block *crt, const struct block *key)
{
	AUTO_CRT gnutls_x509_crt_t c = NULL;
	AUTO_XKEY gnutls_x509_privkey_t k = NULL;
	gnutls_datum_t cd = {(unsigned char *)(uintptr_t)crt->start, (unsigned)crt->len},
		       kd = {(unsigned char *)(uintptr_t)key->start, (unsigned)key->len};
	unsigned char a[64], b[64];
	size_t na = sizeof(a), nb = sizeof(b);

	if (gnutls_x509_crt_init(&c) < 0 || gnutls_x509_privkey_init(&k) < 0)
		return NULL;
	if (gnutls_x509_crt_import(c, &cd, GNUTLS_X509_FMT_PEM) < 0)
		return str_dup("x509: malformed certificate");
	if (gnutls_x509_privkey_import2(k, &kd, GNUTLS_X509_FMT_PEM, NULL, 0) < 0)
		return str_dup("tls: failed to parse private key");
	if (gnutls_x509_crt_get_pk_algorithm(c, NULL) != gnutls_x509_privkey_get_pk_algorithm(k))
		return str_dup("tls: private key type does not match public key type");
	if (gnutls_x509_crt_get_key_id(c, 0, a, &na) < 0 || gnutls_x509_privkey_get_key_id(k, 0, b, &nb) < 0)
		return NULL;
	return na == nb && memcmp(a, b, na) == 0 ? NULL : str_dup("tls: private key does not match public key");
}

char *cert_pair_wrong(const void *crt, size_t crt_len, const void *key, size_t key_len)
{
	struct block c, k;
	char *wrong = find_block(crt ? crt : "", crt ? crt_len : 0, false, &c);

	if (!wrong)
		wrong = find_block(key ? key : "", key ? key_len : 0, true, &k);
	return wrong ? wrong : compare(&c, &k);
}
