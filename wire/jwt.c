/* JSON Web Tokens with ES256 and RS256 (RFC 7515, 7518), key sets (RFC 7517). */
#include <errno.h>
#include "base/buf.h"
#include "base/json.h"
#include "base/str.h"
#include "wire/cert.h"
#include "wire/tls_util.h"

#define JWT_MAX    (64u << 10) /* a bound token of Kubernetes has about 1 KB */
#define P256_BYTES 32u

int tls_pubkey_from_pem(gnutls_pubkey_t *ret, const char *pem, struct err *e)
{
	AUTO_PUB gnutls_pubkey_t pub = NULL;
	AUTO_KEY gnutls_privkey_t priv = NULL;
	gnutls_datum_t d;
	int rc = tls_text(&d, pem, e);

	if (rc < 0)
		return rc;
	if ((rc = gnutls_pubkey_init(&pub)) < 0)
		return tls_err(e, rc, "new public key");
	if (strstr(pem, "PRIVATE KEY-----")) {
		if ((rc = gnutls_privkey_init(&priv)) < 0 ||
		    (rc = gnutls_privkey_import_x509_raw(priv, &d, GNUTLS_X509_FMT_PEM, NULL, 0)) < 0 ||
		    (rc = gnutls_pubkey_import_privkey(pub, priv, 0, 0)) < 0)
			return tls_err(e, rc, "read private key");
	} else if (strstr(pem, "BEGIN CERTIFICATE-----")) {
		if ((rc = gnutls_pubkey_import_x509_raw(pub, &d, GNUTLS_X509_FMT_PEM, 0)) < 0)
			return tls_err(e, rc, "read certificate");
	} else if ((rc = gnutls_pubkey_import(pub, &d, GNUTLS_X509_FMT_PEM)) < 0) {
		return tls_err(e, rc, "read public key");
	}
	*ret = TAKE_PTR(pub);
	return 0;
}

/* "ES256", "RS256", or NULL for a key that cannot sign such tokens. */
static const char *key_alg(gnutls_pubkey_t pub)
{
	gnutls_ecc_curve_t curve;

	switch (gnutls_pubkey_get_pk_algorithm(pub, NULL)) {
	case GNUTLS_PK_RSA:
		return "RS256";
	case GNUTLS_PK_ECDSA:
		if (gnutls_pubkey_export_ecc_raw2(pub, &curve, NULL, NULL, 0) < 0 ||
		    curve != GNUTLS_ECC_CURVE_SECP256R1)
			return NULL;
		return "ES256";
	default:
		return NULL;
	}
}

/* As Kubernetes derives it: base64url of the SHA-256 of the public key's DER. */
static int key_id(char **ret, gnutls_pubkey_t pub, struct err *e)
{
	AUTO_DATUM gnutls_datum_t der = {0};
	unsigned char digest[32];
	int rc;

	if ((rc = gnutls_pubkey_export2(pub, GNUTLS_X509_FMT_DER, &der)) < 0 ||
	    (rc = gnutls_hash_fast(GNUTLS_DIG_SHA256, der.data, der.size, digest)) < 0)
		return tls_err(e, rc, "key id");
	return b64_encode(digest, sizeof(digest), true, ret) < 0 ? err_nomem(e) : 0;
}

/* A big-endian integer, at most P256_BYTES long without leading zeros, into a fixed field. */
static int put_p256(uint8_t out[P256_BYTES], const gnutls_datum_t *d)
{
	const unsigned char *p = d->data;
	size_t n = d->size;

	while (n > 0 && *p == 0) {
		p++;
		n--;
	}
	if (n > P256_BYTES)
		return ERR_INTERNAL;
	memset(out, 0, P256_BYTES - n);
	memcpy(out + P256_BYTES - n, p, n);
	return 0;
}

static int b64_add(struct buf *b, const void *p, size_t n)
{
	AUTO_FREE char *s = NULL;

	if (b64_encode(p, n, true, &s) < 0)
		return -ENOMEM;
	buf_adds(b, s);
	return 0;
}

int jwt_sign(char **ret_token, const char *key_pem, const char *claims_json, struct err *e)
{
	AUTO_KEY gnutls_privkey_t key = NULL;
	AUTO_PUB gnutls_pubkey_t pub = NULL;
	AUTO_DATUM gnutls_datum_t sig = {0}, r = {0}, s = {0};
	AUTO_BUF struct buf head = {0}, tok = {0};
	AUTO_FREE char *kid = NULL;
	uint8_t raw[2 * P256_BYTES];
	gnutls_datum_t d;
	const char *alg;
	char *out;
	int rc = tls_text(&d, key_pem, e);

	if (rc < 0)
		return rc;
	if ((rc = gnutls_privkey_init(&key)) < 0 ||
	    (rc = gnutls_privkey_import_x509_raw(key, &d, GNUTLS_X509_FMT_PEM, NULL, 0)) < 0 ||
	    (rc = gnutls_pubkey_init(&pub)) < 0 || (rc = gnutls_pubkey_import_privkey(pub, key, 0, 0)) < 0)
		return tls_err(e, rc, "read signing key");
	alg = key_alg(pub);
	if (!alg)
		return err_set(e, ERR_UNSUPPORTED, "tokens can be signed with an RSA or an ECDSA P-256 key only");
	if ((rc = key_id(&kid, pub, e)) < 0)
		return rc;
	buf_addf(&head, "{\"alg\":\"%s\",\"kid\":\"%s\"}", alg, kid);
	if (buf_failed(&head) || b64_add(&tok, head.data, head.len) < 0)
		return err_nomem(e);
	buf_addc(&tok, '.');
	if (b64_add(&tok, claims_json, strlen(claims_json)) < 0 || buf_failed(&tok))
		return err_nomem(e);
	d = (gnutls_datum_t){.data = (unsigned char *)tok.data, .size = (unsigned)tok.len};
	if ((rc = gnutls_privkey_sign_data(key, GNUTLS_DIG_SHA256, 0, &d, &sig)) < 0)
		return tls_err(e, rc, "sign token");
	buf_addc(&tok, '.');
	if (alg[0] == 'E') {
		/* RFC 7518 section 3.4: R and S as two fixed fields, not as DER. */
		if ((rc = gnutls_decode_rs_value(&sig, &r, &s)) < 0)
			return tls_err(e, rc, "decode signature");
		if (put_p256(raw, &r) < 0 || put_p256(raw + P256_BYTES, &s) < 0)
			return err_set(e, ERR_INTERNAL, "signature is longer than its curve allows");
		rc = b64_add(&tok, raw, sizeof(raw));
	} else {
		rc = b64_add(&tok, sig.data, sig.size);
	}
	out = rc < 0 ? NULL : buf_take(&tok, NULL);
	if (!out)
		return err_nomem(e);
	*ret_token = out;
	return 0;
}

int jws_detached(char **ret, const char *secret, const char *key_id_text, const char *payload, struct err *e)
{
	AUTO_BUF struct buf head = {0}, tok = {0}, out = {0};
	uint8_t mac[32];
	size_t n;
	int rc;

	buf_adds(&head, "{\"alg\":\"HS256\",\"kid\":");
	buf_add_json_str(&head, key_id_text, strlen(key_id_text));
	buf_addc(&head, '}');
	if (buf_failed(&head) || b64_add(&tok, head.data, head.len) < 0)
		return err_nomem(e);
	n = tok.len;
	buf_addc(&tok, '.');
	if (b64_add(&tok, payload, strlen(payload)) < 0 || buf_failed(&tok))
		return err_nomem(e);
	rc = gnutls_hmac_fast(GNUTLS_MAC_SHA256, secret, strlen(secret), tok.data, tok.len, mac);
	if (rc < 0)
		return tls_err(e, rc, "sign");
	buf_add(&out, tok.data, n);
	buf_adds(&out, "..");
	if (b64_add(&out, mac, sizeof(mac)) < 0 || buf_failed(&out) || !(*ret = buf_take(&out, NULL)))
		return err_nomem(e);
	return 0;
}

static bool signature_fits(gnutls_pubkey_t pub, const char *alg, const char *kid, const gnutls_datum_t *data,
			   const uint8_t *sig, size_t n_sig)
{
	AUTO_DATUM gnutls_datum_t der = {0};
	AUTO_FREE char *id = NULL;
	const char *want = key_alg(pub);

	if (!want || !streq(want, alg))
		return false;
	if (kid && (key_id(&id, pub, NULL) < 0 || !streq(kid, id)))
		return false;
	if (want[0] == 'E') {
		gnutls_datum_t r, s;

		if (n_sig != 2 * P256_BYTES)
			return false;
		r = (gnutls_datum_t){.data = (unsigned char *)(uintptr_t)sig, .size = P256_BYTES};
		s = (gnutls_datum_t){.data = (unsigned char *)(uintptr_t)sig + P256_BYTES, .size = P256_BYTES};
		return gnutls_encode_rs_value(&der, &r, &s) >= 0 &&
		       gnutls_pubkey_verify_data2(pub, GNUTLS_SIGN_ECDSA_SHA256, 0, data, &der) >= 0;
	}
	return gnutls_pubkey_verify_data2(
		   pub, GNUTLS_SIGN_RSA_SHA256, 0, data,
		   &(gnutls_datum_t){.data = (unsigned char *)(uintptr_t)sig, .size = (unsigned)n_sig}) >= 0;
}

int jwt_verify(char **ret_claims_json, const char *token, const char *const *key_pems, struct err *e)
{
	AUTO_FREE void *head = NULL, *claims = NULL, *sig = NULL;
	size_t n_head = 0, n_claims = 0, n_sig = 0, n_token = strnlen(token, JWT_MAX + 1);
	const char *dot1, *dot2, *alg, *kid;
	AUTO_JSON json_t *h = NULL;
	gnutls_datum_t data;

	if (n_token > JWT_MAX)
		return err_set(e, ERR_UNAUTHORIZED, "token is too long");
	dot1 = memchr(token, '.', n_token);
	dot2 = dot1 ? strchr(dot1 + 1, '.') : NULL;
	if (!dot2 || strchr(dot2 + 1, '.'))
		return err_set(e, ERR_UNAUTHORIZED, "token is not a signed JWT");
	if (b64_decode(token, (size_t)(dot1 - token), true, &head, &n_head) < 0 ||
	    b64_decode(dot1 + 1, (size_t)(dot2 - dot1 - 1), true, &claims, &n_claims) < 0 ||
	    b64_decode(dot2 + 1, strlen(dot2 + 1), true, &sig, &n_sig) < 0)
		return err_set(e, ERR_UNAUTHORIZED, "token is not base64url");
	if (json_parse(head, n_head, &h, NULL) < 0 || memchr(claims, 0, n_claims))
		return err_set(e, ERR_UNAUTHORIZED, "token is not JSON");
	alg = json_str(h, "alg");
	kid = json_str(h, "kid");
	if (!streq(alg, "ES256") && !streq(alg, "RS256"))
		return err_set(e, ERR_UNAUTHORIZED, "token's algorithm is not accepted");
	if (json_at(h, "crit", NULL)) /* RFC 7515 section 4.1.11: must be understood */
		return err_set(e, ERR_UNAUTHORIZED, "token has critical extensions");
	data = (gnutls_datum_t){.data = (unsigned char *)(uintptr_t)token, .size = (unsigned)(dot2 - token)};
	for (size_t i = 0; key_pems[i]; i++) {
		AUTO_PUB gnutls_pubkey_t pub = NULL;
		int rc = tls_pubkey_from_pem(&pub, key_pems[i], e);
		char *out;

		if (rc < 0)
			return rc;
		if (!signature_fits(pub, alg, kid, &data, sig, n_sig))
			continue;
		out = str_ndup(claims, n_claims);
		if (!out)
			return err_nomem(e);
		*ret_claims_json = out;
		return 0;
	}
	return err_set(e, ERR_UNAUTHORIZED, "token's signature matches no known key");
}

static int jwk_add(struct buf *b, gnutls_pubkey_t pub, struct err *e)
{
	AUTO_DATUM gnutls_datum_t m = {0}, x = {0};
	AUTO_FREE char *kid = NULL;
	uint8_t raw[P256_BYTES];
	const char *alg = key_alg(pub);
	int rc;

	if (!alg)
		return err_set(e, ERR_UNSUPPORTED, "a key set holds RSA and ECDSA P-256 keys only");
	if ((rc = key_id(&kid, pub, e)) < 0)
		return rc;
	if (alg[0] == 'E') {
		gnutls_ecc_curve_t curve;

		if ((rc = gnutls_pubkey_export_ecc_raw2(pub, &curve, &m, &x, 0)) < 0)
			return tls_err(e, rc, "export key");
		buf_addf(b,
			 "{\"use\":\"sig\",\"kty\":\"EC\",\"kid\":\"%s\",\"crv\":\"P-256\",\"alg\":\"ES256\",\"x\":\"",
			 kid);
		if (put_p256(raw, &m) < 0 || b64_add(b, raw, sizeof(raw)) < 0)
			return err_nomem(e);
		buf_adds(b, "\",\"y\":\"");
		if (put_p256(raw, &x) < 0 || b64_add(b, raw, sizeof(raw)) < 0)
			return err_nomem(e);
	} else {
		if ((rc = gnutls_pubkey_export_rsa_raw2(pub, &m, &x, GNUTLS_EXPORT_FLAG_NO_LZ)) < 0)
			return tls_err(e, rc, "export key");
		buf_addf(b, "{\"use\":\"sig\",\"kty\":\"RSA\",\"kid\":\"%s\",\"alg\":\"RS256\",\"n\":\"", kid);
		if (b64_add(b, m.data, m.size) < 0)
			return err_nomem(e);
		buf_adds(b, "\",\"e\":\"");
		if (b64_add(b, x.data, x.size) < 0)
			return err_nomem(e);
	}
	buf_adds(b, "\"}");
	return 0;
}

int jwk_set(char **ret_json, const char *const *key_pems, struct err *e)
{
	AUTO_BUF struct buf b = {0};
	char *out;

	buf_adds(&b, "{\"keys\":[");
	for (size_t i = 0; key_pems[i]; i++) {
		AUTO_PUB gnutls_pubkey_t pub = NULL;
		int rc = tls_pubkey_from_pem(&pub, key_pems[i], e);

		if (rc < 0)
			return rc;
		if (i > 0)
			buf_addc(&b, ',');
		if ((rc = jwk_add(&b, pub, e)) < 0)
			return rc;
	}
	buf_adds(&b, "]}");
	out = buf_take(&b, NULL);
	if (!out)
		return err_nomem(e);
	*ret_json = out;
	return 0;
}
