/* Patterns of schemas: input is a pattern, a NUL, a text. */
#include <stdint.h>
#include "api/regex.h"
#include "base/cleanup.h"
#include "base/str.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const uint8_t *nul = size ? memchr(data, 0, size) : NULL;
	size_t n = nul ? (size_t)(nul - data) : size, rest = nul ? size - n - 1 : 0;
	AUTO_FREE char *pattern = str_ndup((const char *)data, n);
	AUTO_FREE char *text = str_ndup(nul ? (const char *)nul + 1 : "", rest > 4096 ? 4096 : rest);
	struct regex *re = NULL;

	if (pattern && text && regex_new(&re, pattern, NULL) == 0)
		(void)regex_match(re, text, strlen(text));
	(void)regex_free(re);
	return 0;
}
