/*
 * Sealed values: encryption at rest of what lies under one prefix of keys (Secrets).
 *
 * A sealed value, which stands where the plain one stood:
 *   4 bytes   "\0mk1": no JSON begins with a NUL, so that sealed and plain values can lie side by side
 *   8 bytes   id of the key
 *   24 bytes  nonce, random
 *   n bytes   ciphertext of the value without its revision, and a tag of 16
 *
 * The cipher is XAES-256-GCM (C2SP, c2sp.org/XAES-256-GCM): the first half of the nonce and the key give, by AES-CMAC
 * (NIST SP 800-108r1), a key for this value alone; that one and the other half go into AES-256-GCM. Why that is safe
 * without counting: AES-GCM breaks when a nonce comes twice under one key, and with 96 random bits that is a worry
 * after 2^32 values. Here two values would have to share 192 random bits. After 2^80 values the chance of that is
 * 2^-33; a million writes a second take a billion years to get there. So no server keeps a count, several may use one
 * key, and a disk that is put back to an older state harms nothing.
 *
 * The associated data is the whole head up to the nonce, the place of the revision (u32, little-endian) and the
 * object's key: a value that is moved to another object, or whose revision would be written elsewhere, does not open.
 * An older value of the same object does, as with any encryption of single values: the store's history is not
 * authenticated.
 */
#pragma once
#include <string.h>
#include "base/bytes.h"
#include "store/keyring.h"

#define SEAL_NONCE 24u
#define SEAL_TAG   16u
#define SEAL_HEAD  (4u + SEAL_ID_LEN + SEAL_NONCE)
#define SEAL_OVER  (SEAL_HEAD + SEAL_TAG)

static inline bool seal_is(const void *p, size_t n)
{
	return n >= SEAL_OVER && memcmp(p, "\0mk1", 4) == 0;
}
static inline const unsigned char *seal_id(const void *p) /* of a sealed value */
{
	return (const unsigned char *)p + 4;
}

struct seal_place { /* what a value belongs to */
	const char *key;
	size_t key_len, splice;
};
int seal_close_value(const struct seal_key *k, const struct seal_place *at, const void *p, size_t n, struct bytes **ret,
		     struct err *e);
/* ERR_TAMPERED; -EINVAL: not a sealed value. */
int seal_open_value(const struct seal_key *k, const struct seal_place *at, const void *p, size_t n, struct bytes **ret,
		    struct err *e);
/* XAES-256-GCM as such; out has n + SEAL_TAG, or n - SEAL_TAG bytes. Negative: GnuTLS' error. */
int xaes_seal(const unsigned char key[SEAL_KEY_LEN], const unsigned char nonce[SEAL_NONCE], const void *ad,
	      size_t ad_len, const void *p, size_t n, void *out);
int xaes_open(const unsigned char key[SEAL_KEY_LEN], const unsigned char nonce[SEAL_NONCE], const void *ad,
	      size_t ad_len, const void *p, size_t n, void *out);
