/*
 * OCSP (RFC 6960, by the profile of RFC 5019): what to ask about a certificate, and whether an answer says that it is good. Pure but
 * for the time at which a responder's own certificate must be valid; any thread. Certificates and answers are strangers'.
 */
#pragma once
#include <time.h>
#include "base/bytes.h"
#include "base/err.h"

#define OCSP_ANSWER_MAX (64u << 10) /* bytes; longer ones are garbage */
#define OCSP_URL_MAX	1024

struct ocsp_ask {
	char *url;             /* http://... */
	struct bytes *request; /* DER */
};
/*
 * chain_pem: the certificate, then those that lead to its root. ERR_NOT_FOUND: it names no responder, so there is nothing to ask;
 * ERR_INVALID: its issuer is not in the chain, or the responder cannot be asked by http; ERR_BAD_REQUEST: no certificates.
 */
int ocsp_ask_new(struct ocsp_ask *ret, const char *chain_pem, struct err *e);
void ocsp_ask_done(struct ocsp_ask *a);
/*
 * 0: by this answer the certificate is good, and may be shown beside it from *ret_since until before *ret_until.
 * ERR_FORBIDDEN: it is revoked. ERR_UNAVAILABLE: the responder has no answer. ERR_INVALID: of another certificate or issuer, not
 * signed, of another time. ERR_TOO_LARGE. ERR_PROTO: no answer at all.
 */
int ocsp_answer_check(const char *chain_pem, const void *der, size_t n, time_t now, time_t *ret_since, time_t *ret_until, struct err *e);
