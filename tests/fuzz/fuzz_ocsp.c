/* A responder's answer, or ("-----BEGIN" at its beginning) a chain that a tenant has made: what X.509 and OCSP of strangers are read by. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include "base/cleanup.h"
#include "base/str.h"
#include "tests/unit/wire/ocsp_data.h"
#include "wire/cert.h"
#include "wire/ocsp.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void chain(const char *pem, const void *data, size_t size)
{
	struct ocsp_ask a = {0};
	struct cert_info i = {0};
	char id[65];

	if (ocsp_ask_new(&a, pem, NULL) == 0) {
		if (!a.url || !str_has_prefix(a.url, "http://") || strlen(a.url) > OCSP_URL_MAX)
			abort();
		for (const unsigned char *p = (const unsigned char *)a.url; *p; p++)
			if (*p <= ' ' || *p == 0x7f)
				abort();
		ocsp_ask_done(&a);
	}
	if (cert_inspect(&i, pem, NULL) == 0)
		cert_info_done(&i);
	(void)cert_key_id(pem, id, NULL);
	(void)cert_signed_by(pem, OCSP_CA);
	free(cert_pair_wrong(data, size, data, size));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	time_t since = 0, until = 0;

	if (size >= 10 && memcmp(data, "-----BEGIN", 10) == 0) {
		AUTO_FREE char *pem = str_ndup((const char *)data, strnlen((const char *)data, size));
		if (pem)
			chain(pem, data, size);
		return 0;
	}
	if (ocsp_answer_check(OCSP_GOOD OCSP_CA, data, size, OCSP_NOW, &since, &until, NULL) == 0 && (until <= OCSP_NOW || until <= since))
		abort();
	return 0;
}
