/* Names and numbers for texts that tenants choose: nobody can choose a text that gets another one's. Pure. */
#pragma once
#include <stddef.h>
#include <stdint.h>

/* PREFIX-DIGESTSUFFIX, of the digest 32 hexadecimal digits; out has room for `size` bytes, at least 40 and the two
 * others. */
void digest_name(char *out, size_t size, const char *prefix, const char *text, const char *suffix);
uint64_t digest_number(const void *p, size_t n); /* not 0 */
