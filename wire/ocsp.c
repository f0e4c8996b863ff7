#include "wire/ocsp.h"
#include <gnutls/ocsp.h>
#include "base/str.h"
#include "wire/tls_util.h"

#define MAX_CHAIN   32
#define MAX_ACCESS  16  /* descriptions of where the issuer has something to say */
#define MAX_SINGLES 64  /* one was asked for */
#define SKEW_S      300 /* clocks of responders that are ahead */

TLS_CLEANUP(gnutls_ocsp_req_t, gnutls_ocsp_req_deinit, ocsp_req_p)
TLS_CLEANUP(gnutls_ocsp_resp_t, gnutls_ocsp_resp_deinit, ocsp_resp_p)

struct chain {
	gnutls_x509_crt_t v[MAX_CHAIN];
	unsigned n;
	gnutls_x509_crt_t issuer; /* one of them */
};

static void chain_done(struct chain *c)
{
	for (unsigned i = 0; i < c->n; i++)
		gnutls_x509_crt_deinit(c->v[i]);
}

static int chain_read(struct chain *c, const char *pem, struct err *e)
{
	gnutls_datum_t d;
	unsigned n = MAX_CHAIN;
	int rc = tls_text(&d, pem, e);

	if (rc < 0)
		return rc;
	rc = gnutls_x509_crt_list_import(c->v, &n, &d, GNUTLS_X509_FMT_PEM, GNUTLS_X509_CRT_LIST_IMPORT_FAIL_IF_EXCEED);
	if (rc == GNUTLS_E_SHORT_MEMORY_BUFFER)
		return err_set(e, ERR_INVALID, "the chain has more than %d certificates", MAX_CHAIN);
	if (rc < 0)
		return tls_err(e, rc, "read the certificate");
	c->n = (unsigned)rc;
	/* By its signature, too: names are anybody's. */
	for (unsigned i = 1; i < c->n && !c->issuer; i++) {
		unsigned verdict = 0;
		if (gnutls_x509_crt_check_issuer(c->v[0], c->v[i]) &&
		    gnutls_x509_crt_verify(c->v[0], &c->v[i], 1,
					   GNUTLS_VERIFY_DISABLE_TIME_CHECKS | GNUTLS_VERIFY_ALLOW_BROKEN,
					   &verdict) == 0 &&
		    verdict == 0)
			c->issuer = c->v[i];
	}
	return 0;
}

static bool url_usable(const gnutls_datum_t *d)
{
	if (d->size > OCSP_URL_MAX)
		return false;
	for (unsigned i = 0; i < d->size; i++)
		if (d->data[i] <= ' ' || d->data[i] >= 0x7f)
			return false;
	return true;
}

/* The first by http. *found: there is one at all. NULL: none such, or no memory (then *nomem). */
static char *responder(gnutls_x509_crt_t crt, bool *found, bool *nomem)
{
	for (unsigned i = 0; i < MAX_ACCESS; i++) {
		AUTO_DATUM gnutls_datum_t d = {0};
		int rc = gnutls_x509_crt_get_authority_info_access(crt, i, GNUTLS_IA_OCSP_URI, &d, NULL);
		if (rc == GNUTLS_E_REQUESTED_DATA_NOT_AVAILABLE)
			break;
		if (rc < 0) /* of another kind */
			continue;
		*found = true;
		if (d.size < 8 || strncasecmp((const char *)d.data, "http://", 7) != 0 || !url_usable(&d))
			continue;
		char *url = str_ndup((const char *)d.data, d.size);
		*nomem = !url;
		return url;
	}
	return NULL;
}

int ocsp_ask_new(struct ocsp_ask *ret, const char *chain_pem, struct err *e)
{
	CLEANUP(chain_done) struct chain c = {0};
	CLEANUP(ocsp_req_p) gnutls_ocsp_req_t req = NULL;
	AUTO_DATUM gnutls_datum_t der = {0};
	bool found = false, nomem = false;
	int rc = chain_read(&c, chain_pem, e);

	if (rc < 0)
		return rc;
	AUTO_FREE char *url = responder(c.v[0], &found, &nomem);
	if (nomem)
		return err_nomem(e);
	if (!found)
		return err_set(e, ERR_NOT_FOUND, "the certificate names no OCSP responder");
	if (!url)
		return err_set(
		    e, ERR_INVALID,
		    "the certificate's OCSP responder has no URL of http:// of at most %d printable characters",
		    OCSP_URL_MAX);
	if (!c.issuer)
		return err_set(e, ERR_INVALID,
			       "the certificate's issuer is not in its chain; put it behind the certificate");
	rc = gnutls_ocsp_req_init(&req);
	/* What RFC 5019 wants of clients: SHA-1 names the certificate here and proves nothing. */
	rc = rc < 0 ? rc : gnutls_ocsp_req_add_cert(req, GNUTLS_DIG_SHA1, c.issuer, c.v[0]);
	rc = rc < 0 ? rc : gnutls_ocsp_req_export(req, &der);
	if (rc < 0)
		return tls_err(e, rc, "make an OCSP request");
	struct bytes *request = bytes_new(der.data, der.size);
	if (!request)
		return err_nomem(e);
	*ret = (struct ocsp_ask){TAKE_PTR(url), request};
	return 0;
}

void ocsp_ask_done(struct ocsp_ask *a)
{
	free(a->url);
	bytes_unref(a->request);
	*a = (struct ocsp_ask){0};
}

static const char *status_text(int status)
{
	switch (status) {
	case GNUTLS_OCSP_RESP_MALFORMEDREQUEST:
		return "malformedRequest";
	case GNUTLS_OCSP_RESP_INTERNALERROR:
		return "internalError";
	case GNUTLS_OCSP_RESP_TRYLATER:
		return "tryLater";
	case GNUTLS_OCSP_RESP_SIGREQUIRED:
		return "sigRequired";
	case GNUTLS_OCSP_RESP_UNAUTHORIZED:
		return "unauthorized: it does not know this certificate";
	default:
		return "an unknown status";
	}
}

/* Of several the one about this certificate. */
static int find_single(gnutls_ocsp_resp_t r, gnutls_x509_crt_t crt, unsigned *ret, struct err *e)
{
	int rc = -1;

	for (unsigned i = 0; i < MAX_SINGLES && rc != GNUTLS_E_REQUESTED_DATA_NOT_AVAILABLE; i++) {
		rc = gnutls_ocsp_resp_check_crt(r, i, crt);
		if (rc == 0) {
			*ret = i;
			return 0;
		}
	}
	return err_set(e, ERR_INVALID, "the OCSP answer is about another certificate");
}

static int check_times(time_t since, time_t until, time_t now, struct err *e)
{
	char at[TIME_STR_MAX];

	if (since == (time_t)-1 || until == (time_t)-1)
		return err_set(e, ERR_INVALID, "the OCSP answer does not say until when it holds (nextUpdate)");
	if (since > now + SKEW_S || until <= since) {
		time_format(since, at);
		return err_set(e, ERR_INVALID,
			       "the OCSP answer is of a time to come (thisUpdate %s); is this machine's clock right?",
			       at);
	}
	if (until <= now) {
		time_format(until, at);
		return err_set(e, ERR_INVALID,
			       "the OCSP answer has expired (nextUpdate %s); is this machine's clock right?", at);
	}
	return 0;
}

static int check_signature(gnutls_ocsp_resp_t r, gnutls_x509_crt_t issuer, struct err *e)
{
	unsigned verdict = 0;
	int rc = gnutls_ocsp_resp_verify_direct(r, issuer, &verdict, 0);

	if (rc < 0 || verdict)
		return err_set(e, ERR_INVALID,
			       "the OCSP answer is not signed by the certificate's issuer, nor by whom it lets sign");
	return 0;
}

int ocsp_answer_check(const char *chain_pem, const void *der, size_t n, time_t now, time_t *ret_since,
		      time_t *ret_until, struct err *e)
{
	CLEANUP(chain_done) struct chain c = {0};
	CLEANUP(ocsp_resp_p) gnutls_ocsp_resp_t r = NULL;
	gnutls_datum_t d = {(unsigned char *)(uintptr_t)der, (unsigned)n};
	time_t since = -1, until = -1, revoked = -1;
	unsigned at = 0, status = GNUTLS_OCSP_CERT_UNKNOWN;
	int rc;

	if (n > OCSP_ANSWER_MAX)
		return err_set(e, ERR_TOO_LARGE, "the OCSP answer is longer than %u bytes", OCSP_ANSWER_MAX);
	if ((rc = chain_read(&c, chain_pem, e)) < 0)
		return rc;
	if (!c.issuer)
		return err_set(e, ERR_INVALID,
			       "the certificate's issuer is not in its chain; put it behind the certificate");
	if ((rc = gnutls_ocsp_resp_init(&r)) < 0)
		return tls_err(e, rc, "read an OCSP answer");
	if (gnutls_ocsp_resp_import(r, &d) < 0)
		return err_set(e, ERR_PROTO, "what the responder sent is no OCSP answer");
	if ((rc = gnutls_ocsp_resp_get_status(r)) != GNUTLS_OCSP_RESP_SUCCESSFUL)
		return err_set(e, ERR_UNAVAILABLE, "the OCSP responder answers %s", status_text(rc));
	if ((rc = find_single(r, c.v[0], &at, e)) < 0 || (rc = check_signature(r, c.issuer, e)) < 0)
		return rc;
	if (gnutls_ocsp_resp_get_single(r, at, NULL, NULL, NULL, NULL, &status, &since, &until, &revoked, NULL) < 0)
		return err_set(e, ERR_PROTO, "what the responder sent is no OCSP answer");
	if ((rc = check_times(since, until, now, e)) < 0)
		return rc;
	if (status == GNUTLS_OCSP_CERT_REVOKED)
		return err_set(e, ERR_FORBIDDEN, "the certificate is revoked; put another into its Secret");
	if (status != GNUTLS_OCSP_CERT_GOOD)
		return err_set(e, ERR_UNAVAILABLE, "the OCSP responder does not know this certificate");
	*ret_since = since;
	*ret_until = until;
	return 0;
}
