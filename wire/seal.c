#include "wire/seal.h"
#include <gnutls/crypto.h>
#include <gnutls/gnutls.h>
#include <string.h>
#include "base/str.h"

#define ITERATIONS                                                                                                     \
	210000u /* OWASP, Password Storage Cheat Sheet, for PBKDF2 with much entropy to spare in our tokens */
#define ITERATIONS_MAX 2000000u
#define SALT           16u
#define NONCE          12u
#define TAG            16u
#define HEAD           (8u + SALT + NONCE)
static const char magic[4] = {'m', 'n', 'k', 's'};

static int derive(const char *password, const void *salt, unsigned iterations, unsigned char key[32], struct err *e)
{
	gnutls_datum_t pw = {.data = (unsigned char *)(uintptr_t)password, .size = (unsigned)strlen(password)};
	gnutls_datum_t st = {.data = (unsigned char *)(uintptr_t)salt, .size = SALT};
	int rc = gnutls_pbkdf2(GNUTLS_MAC_SHA256, &pw, &st, iterations, key, 32);

	return rc < 0 ? err_set(e, ERR_INTERNAL, "deriving a key: %s", gnutls_strerror(rc)) : 0;
}

static int cipher(const unsigned char key[32], gnutls_aead_cipher_hd_t *ret, struct err *e)
{
	gnutls_datum_t k = {.data = (unsigned char *)(uintptr_t)key, .size = 32};
	int rc = gnutls_aead_cipher_init(ret, GNUTLS_CIPHER_AES_256_GCM, &k);

	return rc < 0 ? err_set(e, ERR_INTERNAL, "AES-256-GCM: %s", gnutls_strerror(rc)) : 0;
}

int seal_close(const char *password, const void *p, size_t n, struct bytes **ret, struct err *e)
{
	AUTO_BYTES struct bytes *out = bytes_alloc(HEAD + n + TAG);
	gnutls_aead_cipher_hd_t h;
	unsigned char key[32];
	size_t len = n + TAG;
	unsigned char *d;
	int r;

	if (!out)
		return err_nomem(e);
	d = (unsigned char *)out->data;
	memcpy(d, magic, sizeof(magic));
	for (unsigned i = 0; i < 4; i++)
		d[4 + i] = (unsigned char)(ITERATIONS >> (8 * i));
	random_bytes(d + 8, SALT + NONCE);
	r = derive(password, d + 8, ITERATIONS, key, e);
	if (r == 0)
		r = cipher(key, &h, e);
	gnutls_memset(key, 0, sizeof(key));
	if (r < 0)
		return r;
	r = gnutls_aead_cipher_encrypt(h, d + 8 + SALT, NONCE, d, 8, TAG, p, n, d + HEAD, &len);
	gnutls_aead_cipher_deinit(h);
	if (r < 0)
		return err_set(e, ERR_INTERNAL, "AES-256-GCM: %s", gnutls_strerror(r));
	*ret = TAKE_PTR(out);
	return 0;
}

int seal_open(const char *password, const struct bytes *sealed, struct bytes **ret, struct err *e)
{
	const unsigned char *d = (const unsigned char *)sealed->data;
	AUTO_BYTES struct bytes *out = NULL;
	gnutls_aead_cipher_hd_t h;
	unsigned char key[32];
	unsigned iterations = 0;
	size_t len;
	int r;

	if (sealed->len < HEAD + TAG || memcmp(d, magic, sizeof(magic)) != 0)
		return err_set(e, ERR_BAD_REQUEST, "not a sealed text");
	for (unsigned i = 0; i < 4; i++)
		iterations |= (unsigned)d[4 + i] << (8 * i);
	if (iterations == 0 || iterations > ITERATIONS_MAX)
		return err_set(e, ERR_BAD_REQUEST, "not a sealed text");
	len = sealed->len - HEAD - TAG;
	out = bytes_alloc(len);
	if (!out)
		return err_nomem(e);
	r = derive(password, d + 8, iterations, key, e);
	if (r == 0)
		r = cipher(key, &h, e);
	gnutls_memset(key, 0, sizeof(key));
	if (r < 0)
		return r;
	r = gnutls_aead_cipher_decrypt(h, d + 8 + SALT, NONCE, d, 8, TAG, d + HEAD, sealed->len - HEAD, out->data,
				       &len);
	gnutls_aead_cipher_deinit(h);
	if (r < 0)
		return err_set(e, ERR_UNAUTHORIZED, "the password does not open it");
	*ret = TAKE_PTR(out);
	return 0;
}
