/*
 * What stands at an address where an HTTPS server should: for telling a person why a connection does not come about. It
 * trusts nothing of what it hears. Blocking; any thread.
 */
#pragma once
#include <stdbool.h>
#include <stdint.h>
#include <time.h>
#include "base/err.h"

/* How far it came. */
enum https_probe_stage {
	PROBE_RESOLVE, /* the name has no address: why */
	PROBE_CONNECT, /* os_error, why */
	PROBE_CLOSED,  /* the peer hung up before it said anything */
	PROBE_TLS,     /* what answers does not speak TLS, or none that we do: plain_http, why */
	PROBE_SILENT,  /* no answer in time, after a connection was made */
	PROBE_HTTP,    /* TLS, and no HTTP in it */
	PROBE_ANSWERS,
};

struct https_probe {
	enum https_probe_stage stage;
	int os_error;
	char why[128];
	bool plain_http;
	/* From PROBE_HTTP on: the certificate that it showed. */
	time_t not_before, not_after;
	bool of_ca;    /* is it of ca_pem, whatever the time? */
	bool for_host; /* is it for that name or address? */
	time_t date;   /* by its clock; 0: it does not say */
	int status;
};

/* url: https://HOST[:PORT]. path: is asked for by GET. ca_pem may be NULL. timeout_ms: of each step. ERR_BAD_REQUEST
 * for another URL, -ENOMEM; else 0 and *ret is filled. */
int https_probe(struct https_probe *ret, const char *url, const char *path, const char *ca_pem, unsigned timeout_ms,
		struct err *e);
/* RFC 9110, 5.6.7: "Sun, 06 Nov 1994 08:49:37 GMT". 0: it is none. */
time_t http_date_parse(const char *text);
