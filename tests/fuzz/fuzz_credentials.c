/* What clients show to say who they are: a byte that says which (c certificate, r certificate request, j token), then
 * its text. */
#include <stdint.h>
#include "base/cleanup.h"
#include "base/str.h"
#include "wire/cert.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const keys[] = {"-----BEGIN PUBLIC KEY-----\n"
					   "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEbKwGev//cuPWKIXXI6ubGz+jhiOS\n"
					   "xhwyRNwWNs1pue/WAiVS0GPwYLcA5DqVwlyU9KalZ5f2wjYWMy1oOC5/1g==\n"
					   "-----END PUBLIC KEY-----\n",
					   NULL};
	AUTO_FREE char *text = size > 0 ? str_ndup((const char *)data + 1, size - 1) : NULL;
	AUTO_FREE char *claims = NULL;
	struct cert_info info = {0};
	struct err e = {0};
	int rc = -1;

	if (!text)
		return 0;
	if (data[0] == 'j')
		rc = jwt_verify(&claims, text, keys, &e);
	else if (data[0] == 'r')
		rc = cert_csr_inspect(&info, text, &e);
	else
		rc = cert_inspect(&info, text, &e);
	/* Nobody has the key that belongs to this one, save whoever made the corpus; what is refused has a reason. */
	if (rc < 0 && !e.msg[0])
		abort();
	if (data[0] == 'j' && rc == 0 && !claims)
		abort();
	cert_info_done(&info);
	return 0;
}
