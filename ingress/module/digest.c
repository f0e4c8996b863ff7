#include "ingress/module/module.h"
#include <openssl/evp.h>

ngx_int_t mk_digest(const ngx_str_t *parts, size_t n, u_char out[MK_DIGEST])
{
	EVP_MD_CTX *c = EVP_MD_CTX_new();
	int ok = c && EVP_DigestInit_ex(c, EVP_sha256(), NULL);

	/* Lengths too: "ab","c" is not "a","bc". */
	for (size_t i = 0; ok && i < n; i++)
		ok = EVP_DigestUpdate(c, &parts[i].len, sizeof(parts[i].len)) &&
		     EVP_DigestUpdate(c, parts[i].data, parts[i].len);
	ok = ok && EVP_DigestFinal_ex(c, out, NULL);
	EVP_MD_CTX_free(c);
	return ok ? NGX_OK : NGX_ERROR;
}
