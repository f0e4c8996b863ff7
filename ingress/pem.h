/*
 * A certificate, key, CA or list as text, or an OCSP answer, which many hosts of many tables have: it is there once, whoever has it. Immutable; any
 * thread may ref and unref.
 */
#pragma once
#include <stddef.h>
#include <stdint.h>

struct ing_pem {
	uint32_t refs; /* atomic */
	size_t len;
	char sha256[65]; /* of the text, in hexadecimal digits */
	char text[];     /* ends with a NUL */
};

struct ing_pem *pem_new(const char *text);        /* copies; NULL: no memory */
struct ing_pem *pem_new_bytes(const void *data, size_t n);
struct ing_pem *pem_ref(const struct ing_pem *p); /* NULL passes through */
void pem_unref(struct ing_pem *p);                /* of the last one the text is wiped */
static inline const char *pem_text(const struct ing_pem *p)
{
	return p ? p->text : NULL;
}
