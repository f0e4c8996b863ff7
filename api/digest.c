#include "api/digest.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "wire/cert.h"

void digest_name(char *out, size_t size, const char *prefix, const char *text, const char *suffix)
{
	char hex[65];
	(void)sha256_hex(text, strlen(text), hex);
	(void)snprintf(out, size, "%s-%.32s%s", prefix, hex, suffix);
}

uint64_t digest_number(const void *p, size_t n)
{
	char hex[65];
	(void)sha256_hex(p, n, hex);
	hex[16] = 0;
	return strtoull(hex, NULL, 16) | 1;
}
