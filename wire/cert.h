/*
 * X.509 by GnuTLS: keys, CAs, signing, CSRs. ECDSA P-256 keys. PEM texts in and out, malloc'ed.
 * Blocking (a key takes < 1 ms); any thread.
 */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <time.h>
#include "base/err.h"

struct cert_pair {
	char *cert_pem, *key_pem;
};
void cert_pair_done(struct cert_pair *p);

struct cert_request {
	const char *cn;
	const char *const *orgs; /* NULL-terminated; may be NULL */
	const char *const *dns_names;
	const char *const *ip_addrs; /* text */
	bool server, client;         /* extended key usages */
	time_t not_before, not_after;
};
int cert_key_new(char **ret_key_pem, struct err *e);
int cert_ca_new(struct cert_pair *ret, const char *cn, time_t not_before, time_t not_after, struct err *e);
/* Makes a key and a certificate signed by ca. */
int cert_issue(struct cert_pair *ret, const struct cert_pair *ca, const struct cert_request *r, struct err *e);
/* Signs a PKCS#10 request (PEM) as asked by `r` except for the key and, where r->cn is NULL, the subject. */
int cert_sign_csr(char **ret_cert_pem, const struct cert_pair *ca, const char *csr_pem, const struct cert_request *r,
		  struct err *e);
int cert_csr_new(char **ret_csr_pem, const char *key_pem, const struct cert_request *r, struct err *e);

/* Why a certificate and a key (PEM) do not belong together, malloc'ed, in the words of Go's X509KeyPair; NULL: they do, or nobody can tell. */
char *cert_pair_wrong(const void *crt, size_t crt_len, const void *key, size_t key_len);

struct cert_info {
	char cn[256];
	char *orgs; /* joined by '\n', malloc'ed */
	char *sans; /* "DNS:a\nIP:1.2.3.4", malloc'ed */
	time_t not_before, not_after;
	char sha256_hex[65]; /* of the DER */
	bool is_ca;
};
int cert_inspect(struct cert_info *ret, const char *cert_pem, struct err *e);
void cert_info_done(struct cert_info *i);
/* When a certificate is to be renewed: from then on less than a third of its life is left. */
static inline time_t cert_renewal_time(const struct cert_info *i)
{
	return i->not_after - (i->not_after - i->not_before) / 3;
}
/* The subject and alternative names a PKCS#10 request asks for (the rest of info is zero). ERR_BAD_REQUEST. */
int cert_csr_inspect(struct cert_info *ret, const char *csr_pem, struct err *e);
bool cert_key_matches(const char *cert_pem, const char *key_pem);
bool cert_key_usable(const char *key_pem); /* is it a private key at all? */
/* The SHA-256 of the public key in a certificate or a PKCS#10 request (PEM). */
int cert_key_id(const char *pem, char out_hex[65], struct err *e);
/* Did that CA sign the certificate, whether or not its time is over? */
bool cert_signed_by(const char *cert_pem, const char *ca_pem);
/* Is a PKCS#10 request signed with the key it is for? */
bool cert_csr_proves_key(const char *csr_pem);

/* JWT (RFC 7519) with ES256 (P-256) or RS256 keys: service-account tokens. claims_json is signed as given. */
int jwt_sign(char **ret_token, const char *key_pem, const char *claims_json, struct err *e);
/* Verifies the signature against any of the PEM public or private keys; claims text malloc'ed. Does not look at exp. */
int jwt_verify(char **ret_claims_json, const char *token, const char *const *key_pems, struct err *e);
/* JWS with HS256 and detached content (RFC 7515 appendix F): "header..signature", by which kubeadm believes cluster-info. */
int jws_detached(char **ret, const char *secret, const char *key_id, const char *payload, struct err *e);
/* JWK set (RFC 7517) of the public keys, and the key id jwt_sign puts into the header. */
int jwk_set(char **ret_json, const char *const *key_pems, struct err *e);
int sha256_hex(const void *p, size_t n, char out[65]);
/* Streaming SHA-256 for image layers. */
struct sha256;
struct sha256 *sha256_new(void);
void sha256_add(struct sha256 *h, const void *p, size_t n);
void sha256_end(struct sha256 *h, char out_hex[65]); /* frees h */
