/* GnuTLS helpers shared inside wire/: scope-bound handles and error texts. */
#pragma once
#include <gnutls/abstract.h>
#include <gnutls/crypto.h>
#include <gnutls/gnutls.h>
#include <gnutls/x509.h>
#include "base/cleanup.h"
#include "base/err.h"

#define TLS_CLEANUP(type, fn, name)                                                                                    \
	static inline __attribute__((unused)) void name(type *p)                                                       \
	{                                                                                                              \
		if (*p)                                                                                                \
			fn(*p);                                                                                        \
	}
TLS_CLEANUP(gnutls_x509_crt_t, gnutls_x509_crt_deinit, tls_crt_p)
TLS_CLEANUP(gnutls_x509_crq_t, gnutls_x509_crq_deinit, tls_crq_p)
TLS_CLEANUP(gnutls_x509_privkey_t, gnutls_x509_privkey_deinit, tls_xkey_p)
TLS_CLEANUP(gnutls_privkey_t, gnutls_privkey_deinit, tls_key_p)
TLS_CLEANUP(gnutls_pubkey_t, gnutls_pubkey_deinit, tls_pub_p)
static inline __attribute__((unused)) void tls_datum_p(gnutls_datum_t *d)
{
	gnutls_free(d->data);
}
#define AUTO_CRT   CLEANUP(tls_crt_p)
#define AUTO_CRQ   CLEANUP(tls_crq_p)
#define AUTO_XKEY  CLEANUP(tls_xkey_p)
#define AUTO_KEY   CLEANUP(tls_key_p)
#define AUTO_PUB   CLEANUP(tls_pub_p)
#define AUTO_DATUM CLEANUP(tls_datum_p)

/* Turns a negative GnuTLS code into ours. */
int tls_err(struct err *e, int rc, const char *what);
/* A datum over a text (not copied); -ERR_TOO_LARGE beyond 1 MiB, ERR_BAD_REQUEST for NULL. */
int tls_text(gnutls_datum_t *ret, const char *pem, struct err *e);
/* A certificate, and a certificate request (ERR_BAD_REQUEST for what is none), out of PEM. */
int tls_crt_import(gnutls_x509_crt_t *ret, const char *pem, struct err *e);
int tls_crq_import(gnutls_x509_crq_t *ret, const char *pem, struct err *e);
/* The public half of a PEM private or public key. */
int tls_pubkey_from_pem(gnutls_pubkey_t *ret, const char *pem, struct err *e);
/* The first CN and all O values (joined by '\n'), malloc'ed. */
int cert_subject(const gnutls_x509_crt_t crt, char **ret_cn, char **ret_orgs, struct err *e);
