#include <gnutls/crypto.h>
#include "base/str.h"
#include "wire/cert.h"

struct sha256 {
	gnutls_hash_hd_t h;
};

int sha256_hex(const void *p, size_t n, char out[65])
{
	unsigned char digest[32];

	if (gnutls_hash_fast(GNUTLS_DIG_SHA256, p, n, digest) < 0)
		return ERR_INTERNAL;
	hex_encode(digest, sizeof(digest), out);
	return 0;
}

struct sha256 *sha256_new(void)
{
	struct sha256 *s = calloc(1, sizeof(*s));

	if (!s)
		return NULL;
	if (gnutls_hash_init(&s->h, GNUTLS_DIG_SHA256) < 0) {
		free(s);
		return NULL;
	}
	return s;
}

void sha256_add(struct sha256 *h, const void *p, size_t n)
{
	gnutls_hash(h->h, p, n);
}

void sha256_end(struct sha256 *h, char out_hex[65])
{
	unsigned char digest[32];

	gnutls_hash_deinit(h->h, digest);
	hex_encode(digest, sizeof(digest), out_hex);
	free(h);
}
