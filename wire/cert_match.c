/* Which certificates, requests and keys belong together. */
#include "base/buf.h"
#include "base/str.h"
#include "wire/cert.h"
#include "wire/tls_util.h"

int cert_key_id(const char *pem, char out_hex[65], struct err *e)
{
	AUTO_CRT gnutls_x509_crt_t crt = NULL;
	AUTO_CRQ gnutls_x509_crq_t crq = NULL;
	unsigned char id[32];
	size_t n = sizeof(id);
	int r;

	if (pem && strstr(pem, "CERTIFICATE REQUEST-----")) {
		if ((r = tls_crq_import(&crq, pem, e)) < 0)
			return r;
		r = gnutls_x509_crq_get_key_id(crq, GNUTLS_KEYID_USE_SHA256, id, &n);
	} else {
		if ((r = tls_crt_import(&crt, pem, e)) < 0)
			return r;
		r = gnutls_x509_crt_get_key_id(crt, GNUTLS_KEYID_USE_SHA256, id, &n);
	}
	if (r < 0)
		return tls_err(e, r, "public key");
	hex_encode(id, n, out_hex);
	return 0;
}

bool cert_signed_by(const char *cert_pem, const char *ca_pem)
{
	AUTO_CRT gnutls_x509_crt_t crt = NULL;
	AUTO_CRT gnutls_x509_crt_t ca = NULL;
	unsigned verdict = 0;

	return tls_crt_import(&crt, cert_pem, NULL) == 0 && tls_crt_import(&ca, ca_pem, NULL) == 0 &&
	       gnutls_x509_crt_verify(crt, &ca, 1, GNUTLS_VERIFY_DISABLE_TIME_CHECKS, &verdict) == 0 && verdict == 0;
}

bool cert_csr_proves_key(const char *csr_pem)
{
	AUTO_CRQ gnutls_x509_crq_t crq = NULL;

	return tls_crq_import(&crq, csr_pem, NULL) == 0 && gnutls_x509_crq_verify(crq, 0) == 0;
}

bool cert_key_usable(const char *key_pem)
{
	AUTO_XKEY gnutls_x509_privkey_t key = NULL;
	gnutls_datum_t d;

	return tls_text(&d, key_pem, NULL) == 0 && gnutls_x509_privkey_init(&key) == 0 &&
	       gnutls_x509_privkey_import(key, &d, GNUTLS_X509_FMT_PEM) == 0;
}
