#include "ingress/pem.h"
#include <stdlib.h>
#include <string.h>
#include "wire/cert.h"

struct ing_pem *pem_new(const char *text)
{
	return pem_new_bytes(text, strlen(text));
}

struct ing_pem *pem_new_bytes(const void *data, size_t n)
{
	struct ing_pem *p = malloc(sizeof(*p) + n + 1);

	if (!p)
		return NULL;
	p->refs = 1;
	p->len = n;
	memcpy(p->text, data, n);
	p->text[n] = '\0';
	if (sha256_hex(data, n, p->sha256) == 0)
		return p;
	pem_unref(p);
	return NULL;
}

struct ing_pem *pem_ref(const struct ing_pem *p)
{
	struct ing_pem *q = (struct ing_pem *)(uintptr_t)p;

	if (q)
		(void)__atomic_add_fetch(&q->refs, 1, __ATOMIC_RELAXED);
	return q;
}

void pem_unref(struct ing_pem *p)
{
	if (!p || __atomic_sub_fetch(&p->refs, 1, __ATOMIC_ACQ_REL))
		return;
	explicit_bzero(p->text, p->len);
	free(p);
}
