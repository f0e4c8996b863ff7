#include "wire/cert.h"
#include <arpa/inet.h>
#include <limits.h>
#include "base/buf.h"
#include "base/str.h"
#include "wire/tls_util.h"

#define PEM_MAX (1u << 20)

int tls_err(struct err *e, int rc, const char *what)
{
	int code = ERR_INTERNAL;

	switch (rc) {
	case GNUTLS_E_MEMORY_ERROR:
		return err_nomem(e);
	case GNUTLS_E_BASE64_DECODING_ERROR:
	case GNUTLS_E_BASE64_UNEXPECTED_HEADER_ERROR:
	case GNUTLS_E_NO_CERTIFICATE_FOUND:
	case GNUTLS_E_ASN1_DER_ERROR:
	case GNUTLS_E_ASN1_TAG_ERROR:
		code = ERR_BAD_REQUEST;
		break;
	default:
		break;
	}
	return err_set(e, code, "%s: %s", what, gnutls_strerror(rc));
}

int tls_text(gnutls_datum_t *ret, const char *pem, struct err *e)
{
	size_t n;

	if (!pem)
		return err_set(e, ERR_BAD_REQUEST, "PEM text is missing");
	n = strlen(pem);
	if (n > PEM_MAX)
		return err_set(e, ERR_TOO_LARGE, "PEM text of %zu bytes is too long", n);
	*ret = (gnutls_datum_t){.data = (unsigned char *)(uintptr_t)pem, .size = (unsigned)n};
	return 0;
}

void cert_pair_done(struct cert_pair *p)
{
	if (p->key_pem)
		gnutls_memset(p->key_pem, 0, strlen(p->key_pem));
	free(p->cert_pem);
	free(p->key_pem);
	*p = (struct cert_pair){0};
}

/* GnuTLS allocates with its own allocator; callers free() what they get. */
static int datum_to_str(char **ret, const gnutls_datum_t *d, struct err *e)
{
	char *s = str_ndup((const char *)d->data, d->size);

	if (!s)
		return err_nomem(e);
	*ret = s;
	return 0;
}

static int key_generate(gnutls_x509_privkey_t *ret, struct err *e)
{
	AUTO_XKEY gnutls_x509_privkey_t key = NULL;
	int rc = gnutls_x509_privkey_init(&key);

	if (rc < 0)
		return tls_err(e, rc, "new key");
	rc = gnutls_x509_privkey_generate(key, GNUTLS_PK_ECDSA, GNUTLS_CURVE_TO_BITS(GNUTLS_ECC_CURVE_SECP256R1), 0);
	if (rc < 0)
		return tls_err(e, rc, "generate an ECDSA P-256 key");
	*ret = TAKE_PTR(key);
	return 0;
}

static int key_export(char **ret, gnutls_x509_privkey_t key, struct err *e)
{
	AUTO_DATUM gnutls_datum_t out = {0};
	int rc = gnutls_x509_privkey_export2(key, GNUTLS_X509_FMT_PEM, &out);

	if (rc < 0)
		return tls_err(e, rc, "export key");
	rc = datum_to_str(ret, &out, e);
	gnutls_memset(out.data, 0, out.size);
	return rc;
}

static int key_import(gnutls_x509_privkey_t *ret, const char *pem, struct err *e)
{
	AUTO_XKEY gnutls_x509_privkey_t key = NULL;
	gnutls_datum_t d;
	int rc = tls_text(&d, pem, e);

	if (rc < 0)
		return rc;
	rc = gnutls_x509_privkey_init(&key);
	if (rc < 0)
		return tls_err(e, rc, "new key");
	rc = gnutls_x509_privkey_import2(key, &d, GNUTLS_X509_FMT_PEM, NULL, 0);
	if (rc < 0)
		return tls_err(e, rc, "read private key");
	*ret = TAKE_PTR(key);
	return 0;
}

int tls_crt_import(gnutls_x509_crt_t *ret, const char *pem, struct err *e)
{
	AUTO_CRT gnutls_x509_crt_t crt = NULL;
	gnutls_datum_t d;
	int rc = tls_text(&d, pem, e);

	if (rc < 0)
		return rc;
	rc = gnutls_x509_crt_init(&crt);
	if (rc < 0)
		return tls_err(e, rc, "new certificate");
	rc = gnutls_x509_crt_import(crt, &d, GNUTLS_X509_FMT_PEM);
	if (rc < 0)
		return tls_err(e, rc, "read certificate");
	*ret = TAKE_PTR(crt);
	return 0;
}

int tls_crq_import(gnutls_x509_crq_t *ret, const char *pem, struct err *e)
{
	AUTO_CRQ gnutls_x509_crq_t crq = NULL;
	gnutls_datum_t d;
	int rc = tls_text(&d, pem, e);

	if (rc < 0)
		return rc;
	if ((rc = gnutls_x509_crq_init(&crq)) < 0)
		return tls_err(e, rc, "new certificate request");
	if ((rc = gnutls_x509_crq_import(crq, &d, GNUTLS_X509_FMT_PEM)) < 0)
		return err_set(e, ERR_BAD_REQUEST, "read certificate request: %s", gnutls_strerror(rc));
	*ret = TAKE_PTR(crq);
	return 0;
}

static int crt_export(char **ret, gnutls_x509_crt_t crt, struct err *e)
{
	AUTO_DATUM gnutls_datum_t out = {0};
	int rc = gnutls_x509_crt_export2(crt, GNUTLS_X509_FMT_PEM, &out);

	if (rc < 0)
		return tls_err(e, rc, "export certificate");
	return datum_to_str(ret, &out, e);
}

int cert_key_new(char **ret_key_pem, struct err *e)
{
	AUTO_XKEY gnutls_x509_privkey_t key = NULL;
	int rc = key_generate(&key, e);

	return rc < 0 ? rc : key_export(ret_key_pem, key, e);
}

/* RFC 5280 section 4.1.2.2: a positive serial of at most 20 octets. */
static int crt_basics(gnutls_x509_crt_t crt, time_t not_before, time_t not_after)
{
	unsigned char serial[16];
	int rc;

	random_bytes(serial, sizeof(serial));
	serial[0] = (unsigned char)((serial[0] & 0x7f) | 0x01);
	if ((rc = gnutls_x509_crt_set_version(crt, 3)) < 0 ||
	    (rc = gnutls_x509_crt_set_serial(crt, serial, sizeof(serial))) < 0 ||
	    (rc = gnutls_x509_crt_set_activation_time(crt, not_before)) < 0 ||
	    (rc = gnutls_x509_crt_set_expiration_time(crt, not_after)) < 0)
		return rc;
	return 0;
}

static int crt_set_ski(gnutls_x509_crt_t crt)
{
	unsigned char id[64];
	size_t n = sizeof(id);
	int rc = gnutls_x509_crt_get_key_id(crt, 0, id, &n);

	return rc < 0 ? rc : gnutls_x509_crt_set_subject_key_id(crt, id, n);
}

int cert_ca_new(struct cert_pair *ret, const char *cn, time_t not_before, time_t not_after, struct err *e)
{
	CLEANUP(cert_pair_done) struct cert_pair p = {0};
	AUTO_XKEY gnutls_x509_privkey_t key = NULL;
	AUTO_CRT gnutls_x509_crt_t crt = NULL;
	int rc = key_generate(&key, e);

	if (rc < 0)
		return rc;
	if ((rc = gnutls_x509_crt_init(&crt)) < 0 || (rc = crt_basics(crt, not_before, not_after)) < 0 ||
	    (rc = gnutls_x509_crt_set_dn_by_oid(crt, GNUTLS_OID_X520_COMMON_NAME, 0, cn, (unsigned)strlen(cn))) < 0 ||
	    (rc = gnutls_x509_crt_set_key(crt, key)) < 0 ||
	    (rc = gnutls_x509_crt_set_basic_constraints(crt, 1, -1)) < 0 ||
	    (rc = gnutls_x509_crt_set_key_usage(crt, GNUTLS_KEY_KEY_CERT_SIGN | GNUTLS_KEY_CRL_SIGN |
							 GNUTLS_KEY_DIGITAL_SIGNATURE)) < 0 ||
	    (rc = crt_set_ski(crt)) < 0 || (rc = gnutls_x509_crt_sign2(crt, crt, key, GNUTLS_DIG_SHA256, 0)) < 0)
		return tls_err(e, rc, "make CA certificate");
	if ((rc = crt_export(&p.cert_pem, crt, e)) < 0 || (rc = key_export(&p.key_pem, key, e)) < 0)
		return rc;
	*ret = p;
	p = (struct cert_pair){0};
	return 0;
}

/* Subject of a certificate: organizations in the order given, then the name, as Kubernetes writes them. */
static int crt_set_subject(gnutls_x509_crt_t crt, const struct cert_request *r)
{
	int rc;

	for (size_t i = 0; r->orgs && r->orgs[i]; i++)
		if ((rc = gnutls_x509_crt_set_dn_by_oid(crt, GNUTLS_OID_X520_ORGANIZATION_NAME, 0, r->orgs[i],
							(unsigned)strlen(r->orgs[i]))) < 0)
			return rc;
	return gnutls_x509_crt_set_dn_by_oid(crt, GNUTLS_OID_X520_COMMON_NAME, 0, r->cn, (unsigned)strlen(r->cn));
}

static int ip_parse(const char *s, unsigned char out[16], unsigned *n)
{
	if (inet_pton(AF_INET, s, out) == 1) {
		*n = 4;
		return 0;
	}
	if (inet_pton(AF_INET6, s, out) == 1) {
		*n = 16;
		return 0;
	}
	return -1;
}

static int crt_set_names(gnutls_x509_crt_t crt, const struct cert_request *r, struct err *e)
{
	unsigned char ip[16];
	unsigned n;
	int rc;

	for (size_t i = 0; r->dns_names && r->dns_names[i]; i++) {
		rc = gnutls_x509_crt_set_subject_alt_name(crt, GNUTLS_SAN_DNSNAME, r->dns_names[i],
							  (unsigned)strlen(r->dns_names[i]), GNUTLS_FSAN_APPEND);
		if (rc < 0)
			return tls_err(e, rc, "set DNS name");
	}
	for (size_t i = 0; r->ip_addrs && r->ip_addrs[i]; i++) {
		if (ip_parse(r->ip_addrs[i], ip, &n) < 0)
			return err_set(e, ERR_INVALID, "\"%s\" is not an IP address", r->ip_addrs[i]);
		rc = gnutls_x509_crt_set_subject_alt_name(crt, GNUTLS_SAN_IPADDRESS, ip, n, GNUTLS_FSAN_APPEND);
		if (rc < 0)
			return tls_err(e, rc, "set IP address");
	}
	return 0;
}

static int crt_finish(char **ret, gnutls_x509_crt_t crt, const struct cert_pair *ca, const struct cert_request *r,
		      struct err *e)
{
	AUTO_CRT gnutls_x509_crt_t issuer = NULL;
	AUTO_XKEY gnutls_x509_privkey_t issuer_key = NULL;
	unsigned char id[64];
	size_t n_id = sizeof(id);
	int rc;

	if ((rc = tls_crt_import(&issuer, ca->cert_pem, e)) < 0 || (rc = key_import(&issuer_key, ca->key_pem, e)) < 0)
		return err_wrap(e, "CA");
	if ((rc = crt_set_names(crt, r, e)) < 0)
		return rc;
	if ((rc = gnutls_x509_crt_set_basic_constraints(crt, 0, -1)) < 0 ||
	    (rc = gnutls_x509_crt_set_key_usage(crt, GNUTLS_KEY_DIGITAL_SIGNATURE | GNUTLS_KEY_KEY_ENCIPHERMENT)) < 0)
		return tls_err(e, rc, "set key usage");
	if (r->server && (rc = gnutls_x509_crt_set_key_purpose_oid(crt, GNUTLS_KP_TLS_WWW_SERVER, 0)) < 0)
		return tls_err(e, rc, "set key purpose");
	if (r->client && (rc = gnutls_x509_crt_set_key_purpose_oid(crt, GNUTLS_KP_TLS_WWW_CLIENT, 0)) < 0)
		return tls_err(e, rc, "set key purpose");
	if (gnutls_x509_crt_get_subject_key_id(issuer, id, &n_id, NULL) >= 0 &&
	    (rc = gnutls_x509_crt_set_authority_key_id(crt, id, n_id)) < 0)
		return tls_err(e, rc, "set authority key id");
	if ((rc = crt_set_ski(crt)) < 0 ||
	    (rc = gnutls_x509_crt_sign2(crt, issuer, issuer_key, GNUTLS_DIG_SHA256, 0)) < 0)
		return tls_err(e, rc, "sign certificate");
	return crt_export(ret, crt, e);
}

int cert_issue(struct cert_pair *ret, const struct cert_pair *ca, const struct cert_request *r, struct err *e)
{
	CLEANUP(cert_pair_done) struct cert_pair p = {0};
	AUTO_XKEY gnutls_x509_privkey_t key = NULL;
	AUTO_CRT gnutls_x509_crt_t crt = NULL;
	int rc;

	if (!r->cn)
		return err_set(e, ERR_INVALID, "a certificate needs a common name");
	if ((rc = key_generate(&key, e)) < 0)
		return rc;
	if ((rc = gnutls_x509_crt_init(&crt)) < 0 || (rc = crt_basics(crt, r->not_before, r->not_after)) < 0 ||
	    (rc = crt_set_subject(crt, r)) < 0 || (rc = gnutls_x509_crt_set_key(crt, key)) < 0)
		return tls_err(e, rc, "make certificate");
	if ((rc = crt_finish(&p.cert_pem, crt, ca, r, e)) < 0 || (rc = key_export(&p.key_pem, key, e)) < 0)
		return rc;
	*ret = p;
	p = (struct cert_pair){0};
	return 0;
}

int cert_sign_csr(char **ret_cert_pem, const struct cert_pair *ca, const char *csr_pem, const struct cert_request *r,
		  struct err *e)
{
	AUTO_CRQ gnutls_x509_crq_t crq = NULL;
	AUTO_CRT gnutls_x509_crt_t crt = NULL;
	AUTO_PUB gnutls_pubkey_t pub = NULL;
	unsigned bits = 0;
	int rc = tls_crq_import(&crq, csr_pem, e);

	if (rc < 0)
		return rc;
	/* Proof of possession (RFC 2986 section 3). */
	if ((rc = gnutls_x509_crq_verify(crq, 0)) < 0)
		return err_set(e, ERR_INVALID, "the certificate request's signature is wrong: %s", gnutls_strerror(rc));
	if ((rc = gnutls_pubkey_init(&pub)) < 0 || (rc = gnutls_pubkey_import_x509_crq(pub, crq, 0)) < 0)
		return tls_err(e, rc, "read the request's key");
	rc = gnutls_pubkey_get_pk_algorithm(pub, &bits);
	if (rc == GNUTLS_PK_RSA && bits < 2048)
		return err_set(e, ERR_INVALID, "an RSA key of %u bits is too weak; use 2048 or more", bits);
	if ((rc = gnutls_x509_crt_init(&crt)) < 0 || (rc = crt_basics(crt, r->not_before, r->not_after)) < 0)
		return tls_err(e, rc, "make certificate");
	if (r->cn) {
		if ((rc = crt_set_subject(crt, r)) < 0 || (rc = gnutls_x509_crt_set_pubkey(crt, pub)) < 0)
			return tls_err(e, rc, "set subject and key");
	} else if ((rc = gnutls_x509_crt_set_crq(crt, crq)) < 0) {
		return tls_err(e, rc, "take over the request's subject and key");
	}
	return crt_finish(ret_cert_pem, crt, ca, r, e);
}

/* GnuTLS writes the old label "NEW CERTIFICATE REQUEST"; RFC 7468 section 7 and Kubernetes want the one without NEW. In place. */
static void csr_label(gnutls_datum_t *pem)
{
	static const char word[] = "NEW CERTIFICATE REQUEST";
	unsigned char *p;

	while ((p = memmem(pem->data, pem->size, word, sizeof(word) - 1))) {
		memmove(p, p + 4, (size_t)(pem->data + pem->size - p - 4));
		pem->size -= 4;
	}
}

int cert_csr_new(char **ret_csr_pem, const char *key_pem, const struct cert_request *r, struct err *e)
{
	AUTO_XKEY gnutls_x509_privkey_t key = NULL;
	AUTO_CRQ gnutls_x509_crq_t crq = NULL;
	AUTO_KEY gnutls_privkey_t priv = NULL;
	AUTO_DATUM gnutls_datum_t out = {0};
	unsigned char ip[16];
	unsigned n;
	int rc = key_import(&key, key_pem, e);

	if (rc < 0)
		return rc;
	if (!r->cn)
		return err_set(e, ERR_INVALID, "a certificate request needs a common name");
	if ((rc = gnutls_x509_crq_init(&crq)) < 0 || (rc = gnutls_x509_crq_set_version(crq, 1)) < 0)
		return tls_err(e, rc, "new certificate request");
	for (size_t i = 0; r->orgs && r->orgs[i]; i++)
		if ((rc = gnutls_x509_crq_set_dn_by_oid(crq, GNUTLS_OID_X520_ORGANIZATION_NAME, 0, r->orgs[i],
							(unsigned)strlen(r->orgs[i]))) < 0)
			return tls_err(e, rc, "set organization");
	if ((rc = gnutls_x509_crq_set_dn_by_oid(crq, GNUTLS_OID_X520_COMMON_NAME, 0, r->cn, (unsigned)strlen(r->cn))) <
	    0)
		return tls_err(e, rc, "set common name");
	for (size_t i = 0; r->dns_names && r->dns_names[i]; i++)
		if ((rc = gnutls_x509_crq_set_subject_alt_name(crq, GNUTLS_SAN_DNSNAME, r->dns_names[i],
							       (unsigned)strlen(r->dns_names[i]), GNUTLS_FSAN_APPEND)) <
		    0)
			return tls_err(e, rc, "set DNS name");
	for (size_t i = 0; r->ip_addrs && r->ip_addrs[i]; i++) {
		if (ip_parse(r->ip_addrs[i], ip, &n) < 0)
			return err_set(e, ERR_INVALID, "\"%s\" is not an IP address", r->ip_addrs[i]);
		if ((rc = gnutls_x509_crq_set_subject_alt_name(crq, GNUTLS_SAN_IPADDRESS, ip, n, GNUTLS_FSAN_APPEND)) <
		    0)
			return tls_err(e, rc, "set IP address");
	}
	if ((rc = gnutls_x509_crq_set_key(crq, key)) < 0 || (rc = gnutls_privkey_init(&priv)) < 0 ||
	    (rc = gnutls_privkey_import_x509(priv, key, 0)) < 0 ||
	    (rc = gnutls_x509_crq_privkey_sign(crq, priv, GNUTLS_DIG_SHA256, 0)) < 0 ||
	    (rc = gnutls_x509_crq_export2(crq, GNUTLS_X509_FMT_PEM, &out)) < 0)
		return tls_err(e, rc, "sign certificate request");
	csr_label(&out);
	return datum_to_str(ret_csr_pem, &out, e);
}

/* All values of one subject attribute, joined by '\n'. */
static void subject_values(gnutls_x509_crt_t crt, const char *oid, struct buf *out)
{
	for (unsigned i = 0; i < 256; i++) {
		char v[512];
		size_t n = sizeof(v);
		int rc = gnutls_x509_crt_get_dn_by_oid(crt, oid, i, 0, v, &n);

		if (rc == GNUTLS_E_SHORT_MEMORY_BUFFER)
			continue;
		if (rc < 0)
			break;
		if (memchr(v, '\n', n) || memchr(v, 0, n))
			continue; /* could pretend to be two */
		if (out->len)
			buf_addc(out, '\n');
		buf_add(out, v, n);
	}
}

int cert_subject(const gnutls_x509_crt_t crt, char **ret_cn, char **ret_orgs, struct err *e)
{
	AUTO_BUF struct buf cn = {0}, orgs = {0};
	AUTO_FREE char *a = NULL;
	char *b;

	subject_values(crt, GNUTLS_OID_X520_COMMON_NAME, &cn);
	subject_values(crt, GNUTLS_OID_X520_ORGANIZATION_NAME, &orgs);
	a = buf_take(&cn, NULL);
	b = buf_take(&orgs, NULL);
	if (!a || !b) {
		free(b);
		return err_nomem(e);
	}
	a[strcspn(a, "\n")] = 0; /* the first CN counts */
	*ret_cn = TAKE_PTR(a);
	*ret_orgs = b;
	return 0;
}

static void san_add(gnutls_x509_crt_t crt, struct buf *out)
{
	for (unsigned i = 0; i < 1024; i++) {
		char v[512], text[INET6_ADDRSTRLEN];
		size_t n = sizeof(v) - 1;
		unsigned type = 0;
		int rc = gnutls_x509_crt_get_subject_alt_name2(crt, i, v, &n, &type, NULL);

		if (rc == GNUTLS_E_SHORT_MEMORY_BUFFER)
			continue;
		if (rc < 0)
			break;
		if (type == GNUTLS_SAN_DNSNAME && !memchr(v, '\n', n)) {
			buf_addf(out, "%sDNS:%.*s", out->len ? "\n" : "", (int)n, v);
		} else if (type == GNUTLS_SAN_IPADDRESS && (n == 4 || n == 16)) {
			if (inet_ntop(n == 4 ? AF_INET : AF_INET6, v, text, sizeof(text)))
				buf_addf(out, "%sIP:%s", out->len ? "\n" : "", text);
		}
	}
}

int cert_inspect(struct cert_info *ret, const char *cert_pem, struct err *e)
{
	struct cert_info i = {0};
	AUTO_CRT gnutls_x509_crt_t crt = NULL;
	AUTO_BUF struct buf sans = {0};
	AUTO_FREE char *cn = NULL, *orgs = NULL;
	unsigned char digest[32];
	size_t n = sizeof(digest);
	int rc = tls_crt_import(&crt, cert_pem, e);

	if (rc < 0)
		return rc;
	if ((rc = cert_subject(crt, &cn, &orgs, e)) < 0)
		return rc;
	if (!str_copy(i.cn, sizeof(i.cn), cn))
		return err_set(e, ERR_INVALID, "the certificate's common name is too long");
	if ((rc = gnutls_x509_crt_get_fingerprint(crt, GNUTLS_DIG_SHA256, digest, &n)) < 0)
		return tls_err(e, rc, "fingerprint");
	hex_encode(digest, sizeof(digest), i.sha256_hex);
	i.not_before = gnutls_x509_crt_get_activation_time(crt);
	i.not_after = gnutls_x509_crt_get_expiration_time(crt);
	i.is_ca = gnutls_x509_crt_get_ca_status(crt, NULL) == 1;
	san_add(crt, &sans);
	i.sans = buf_take(&sans, NULL);
	if (!i.sans)
		return err_nomem(e);
	i.orgs = TAKE_PTR(orgs);
	*ret = i;
	return 0;
}

static void csr_values(gnutls_x509_crq_t crq, const char *oid, struct buf *out)
{
	for (unsigned i = 0; i < 64; i++) {
		char v[512];
		size_t n = sizeof(v) - 1;

		if (gnutls_x509_crq_get_dn_by_oid(crq, oid, i, 0, v, &n) < 0)
			break;
		if (!memchr(v, '\n', n))
			buf_addf(out, "%s%.*s", out->len ? "\n" : "", (int)n, v);
	}
}

int cert_csr_inspect(struct cert_info *ret, const char *csr_pem, struct err *e)
{
	AUTO_CRQ gnutls_x509_crq_t crq = NULL;
	AUTO_BUF struct buf cn = {0}, orgs = {0}, sans = {0};
	struct cert_info i = {0};
	int rc = tls_crq_import(&crq, csr_pem, e);

	if (rc < 0)
		return rc;
	csr_values(crq, GNUTLS_OID_X520_COMMON_NAME, &cn);
	csr_values(crq, GNUTLS_OID_X520_ORGANIZATION_NAME, &orgs);
	for (unsigned k = 0; k < 256; k++) {
		char v[512], text[INET6_ADDRSTRLEN];
		size_t n = sizeof(v) - 1;
		unsigned type = 0;

		rc = gnutls_x509_crq_get_subject_alt_name(crq, k, v, &n, &type, NULL);
		if (rc == GNUTLS_E_SHORT_MEMORY_BUFFER)
			return err_set(e, ERR_INVALID, "the certificate request has an alternative name that is too long");
		if (rc < 0)
			break;
		if (type == GNUTLS_SAN_DNSNAME && !memchr(v, '\n', n))
			buf_addf(&sans, "%sDNS:%.*s", sans.len ? "\n" : "", (int)n, v);
		else if (type == GNUTLS_SAN_IPADDRESS && (n == 4 || n == 16) &&
			 inet_ntop(n == 4 ? AF_INET : AF_INET6, v, text, sizeof(text)))
			buf_addf(&sans, "%sIP:%s", sans.len ? "\n" : "", text);
		else /* what we do not know we do not sign */
			return err_set(e, ERR_INVALID, "the certificate request has an alternative name of an unknown type");
	}
	if (!str_copy(i.cn, sizeof(i.cn), cn.data ? cn.data : "") || strchr(i.cn, '\n'))
		return err_set(e, ERR_INVALID, "the certificate request's common name is too long, or there are several");
	i.orgs = buf_take(&orgs, NULL);
	i.sans = buf_take(&sans, NULL);
	if (!i.orgs || !i.sans) {
		cert_info_done(&i);
		return err_nomem(e);
	}
	*ret = i;
	return 0;
}

void cert_info_done(struct cert_info *i)
{
	free(i->orgs);
	free(i->sans);
	*i = (struct cert_info){0};
}

bool cert_key_matches(const char *cert_pem, const char *key_pem)
{
	AUTO_CRT gnutls_x509_crt_t crt = NULL;
	AUTO_XKEY gnutls_x509_privkey_t key = NULL;
	unsigned char a[64], b[64];
	size_t na = sizeof(a), nb = sizeof(b);

	return tls_crt_import(&crt, cert_pem, NULL) >= 0 && key_import(&key, key_pem, NULL) >= 0 &&
	       gnutls_x509_crt_get_key_id(crt, GNUTLS_KEYID_USE_SHA256, a, &na) >= 0 &&
	       gnutls_x509_privkey_get_key_id(key, GNUTLS_KEYID_USE_SHA256, b, &nb) >= 0 && na == nb &&
	       memcmp(a, b, na) == 0;
}
