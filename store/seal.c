#include "store/seal.h"
#include <errno.h>
#include <gnutls/crypto.h>
#include <gnutls/gnutls.h>
#include <stdlib.h>
#include "base/buf.h"
#include "base/str.h"

#define HALF 12u /* of the nonce */

/* Two blocks of CMAC over a counter, the label 'X', a zero and the first half of the nonce. */
static int value_cipher(const unsigned char key[SEAL_KEY_LEN], const unsigned char nonce[SEAL_NONCE],
			gnutls_aead_cipher_hd_t *ret)
{
	unsigned char block[16] = {0, 0, 'X', 0}, own[SEAL_KEY_LEN];
	memcpy(block + 4, nonce, HALF);
	int rc = 0;
	for (unsigned char i = 0; rc >= 0 && i < 2; i++) {
		block[1] = (unsigned char)(i + 1);
		rc = gnutls_hmac_fast(GNUTLS_MAC_AES_CMAC_256, key, SEAL_KEY_LEN, block, sizeof(block), own + 16 * i);
	}
	gnutls_datum_t d = {.data = own, .size = sizeof(own)};
	if (rc >= 0)
		rc = gnutls_aead_cipher_init(ret, GNUTLS_CIPHER_AES_256_GCM, &d);
	gnutls_memset(own, 0, sizeof(own));
	return rc;
}

int xaes_seal(const unsigned char key[SEAL_KEY_LEN], const unsigned char nonce[SEAL_NONCE], const void *ad,
	      size_t ad_len, const void *p, size_t n, void *out)
{
	gnutls_aead_cipher_hd_t h;
	size_t len = n + SEAL_TAG;
	int rc = value_cipher(key, nonce, &h);
	if (rc < 0)
		return rc;
	rc = gnutls_aead_cipher_encrypt(h, nonce + HALF, SEAL_NONCE - HALF, ad, ad_len, SEAL_TAG, p, n, out, &len);
	gnutls_aead_cipher_deinit(h);
	return rc;
}

int xaes_open(const unsigned char key[SEAL_KEY_LEN], const unsigned char nonce[SEAL_NONCE], const void *ad,
	      size_t ad_len, const void *p, size_t n, void *out)
{
	gnutls_aead_cipher_hd_t h;
	size_t len = n - SEAL_TAG;
	int rc = value_cipher(key, nonce, &h);
	if (rc < 0)
		return rc;
	rc = gnutls_aead_cipher_decrypt(h, nonce + HALF, SEAL_NONCE - HALF, ad, ad_len, SEAL_TAG, p, n, out, &len);
	gnutls_aead_cipher_deinit(h);
	return rc;
}

/* head: of the sealed value, up to the nonce */
static int associated(struct buf *out, const unsigned char *head, const struct seal_place *at)
{
	unsigned char splice[4];
	for (unsigned i = 0; i < 4; i++)
		splice[i] = (unsigned char)(at->splice >> (8 * i));
	buf_add(out, head, SEAL_HEAD - SEAL_NONCE);
	buf_add(out, splice, sizeof(splice));
	buf_add(out, at->key, at->key_len);
	return buf_failed(out) ? -ENOMEM : 0;
}

int seal_close_value(const struct seal_key *k, const struct seal_place *at, const void *p, size_t n, struct bytes **ret,
		     struct err *e)
{
	AUTO_BYTES struct bytes *out = bytes_alloc(n + SEAL_OVER);
	AUTO_BUF struct buf ad = {0};
	if (!out)
		return err_nomem(e);
	unsigned char *d = (unsigned char *)out->data;
	memcpy(d, "\0mk1", 4);
	memcpy(d + 4, k->id, SEAL_ID_LEN);
	unsigned char *nonce = d + SEAL_HEAD - SEAL_NONCE;
	random_bytes(nonce, SEAL_NONCE);
	if (associated(&ad, d, at) < 0)
		return err_nomem(e);
	int rc = xaes_seal(k->key, nonce, ad.data, ad.len, p, n, d + SEAL_HEAD);
	if (rc < 0)
		return err_set(e, ERR_INTERNAL, "store: %.120s: sealing: %s", at->key, gnutls_strerror(rc));
	*ret = TAKE_PTR(out);
	return 0;
}

int seal_open_value(const struct seal_key *k, const struct seal_place *at, const void *p, size_t n, struct bytes **ret,
		    struct err *e)
{
	AUTO_BUF struct buf ad = {0};
	const unsigned char *d = p;
	if (!seal_is(p, n))
		return err_set(e, -EINVAL, "store: not a sealed value");
	AUTO_BYTES struct bytes *out = bytes_alloc(n - SEAL_OVER);
	if (!out || associated(&ad, d, at) < 0)
		return err_nomem(e);
	int rc =
	    xaes_open(k->key, d + SEAL_HEAD - SEAL_NONCE, ad.data, ad.len, d + SEAL_HEAD, n - SEAL_HEAD, out->data);
	if (rc < 0)
		return err_set(
		    e, ERR_TAMPERED,
		    "store: %.100s: what is stored is not what was sealed (%s): it was damaged or tampered with",
		    at->key, gnutls_strerror(rc));
	*ret = TAKE_PTR(out);
	return 0;
}
