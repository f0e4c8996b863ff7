/* What policies keep over tables: themselves, and certificates, which many of them have. */
#include "ingress/module/cache.h"
#include "ingress/module/policy.h"

#define PEMS_MAX   1024
#define PEMS_BYTES (32u << 20)

/* --- certificates --- */

struct mk_pem {
	struct mk_item item;
	unsigned refs; /* policies, and one while it is kept */
	ngx_str_t text;
};

static void pem_put(struct mk_pem *x)
{
	if (--x->refs)
		return;
	ngx_explicit_memzero(x->text.data, x->text.len);
	ngx_free(x);
}

static void pem_drop(struct mk_item *item)
{
	pem_put((struct mk_pem *)item);
}

struct mk_pem *mk_pem_get(ngx_str_t text, ngx_str_t *ret)
{
	struct mk_main_conf *m = ngx_http_cycle_get_module_main_conf(ngx_cycle, ngx_http_minik_module);
	u_char key[MK_DIGEST];
	struct mk_pem *x;

	if (!m->pems)
		m->pems = mk_cache_new(PEMS_MAX, PEMS_BYTES, pem_drop);
	if (!m->pems || mk_digest(&text, 1, key) != NGX_OK)
		return NULL;
	x = (struct mk_pem *)mk_cache_get(m->pems, key);
	if (!x) {
		x = ngx_alloc(sizeof(*x) + text.len + 1, ngx_cycle->log);
		if (!x)
			return NULL;
		x->refs = 1;
		x->text = (ngx_str_t){text.len, (u_char *)(x + 1)};
		ngx_memcpy(x->text.data, text.data, text.len);
		x->text.data[text.len] = 0;
		ngx_memcpy(x->item.key, key, MK_DIGEST);
		x->item.bytes = text.len;
		mk_cache_put(m->pems, &x->item);
	}
	x->refs++;
	*ret = x->text;
	return x;
}

/* --- policies --- */

void mk_policy_put(struct mk_policy *p)
{
	if (!p || --p->refs)
		return;
	for (size_t i = 0; i < sizeof(p->pems) / sizeof(*p->pems); i++)
		if (p->pems[i])
			pem_put(p->pems[i]);
	ngx_destroy_pool(p->pool);
}

/* true: it is to be changed. One that is broken stays, so that the log says so again. */
static bool hand_over(struct mk_table *old, uint32_t i, bool change, struct mk_policy **ret)
{
	struct mk_policy *p = old->policies[i];

	if (!p || (old->broken && p->broken))
		return false;
	if (old->refs == 1)
		old->policies[i] = NULL;
	else
		p->refs++;
	*ret = p;
	return change;
}

/*
 * What both have goes over: as the old table's own reference, if it is going, else as one more. Without memory it is taken apart
 * anew. Requests wait for it, and a policy's own memory is anywhere: it is touched only where that must be.
 */
void mk_policies_inherit(struct mk_table *t, struct mk_table *old)
{
	const struct tf_policy *now = tf_at(t->map, TF_POLICIES), *was = tf_at(old->map, TF_POLICIES);
	uint32_t n_was = tf_head(old->map)->sections[TF_POLICIES].n, n = tf_head(t->map)->sections[TF_POLICIES].n;
	size_t used = 0, mask = 1;
	uint32_t *by_digest; /* index and 1 */

	for (uint32_t i = 0; i < n_was; i++)
		used += old->policies[i] != NULL;
	if (!used)
		return;
	while (mask < 2 * used)
		mask *= 2;
	by_digest = ngx_calloc(mask-- * sizeof(*by_digest), ngx_cycle->log);
	if (!by_digest)
		return;
	for (uint32_t i = 0; i < n_was; i++) {
		size_t at = (size_t)was[i].digest & mask;
		if (!old->policies[i])
			continue;
		while (by_digest[at])
			at = (at + 1) & mask;
		by_digest[at] = i + 1;
	}
	for (uint32_t i = 0; i < n; i++)
		for (size_t at = (size_t)now[i].digest & mask; by_digest[at]; at = (at + 1) & mask) {
			uint32_t from = by_digest[at] - 1;
			if (was[from].digest != now[i].digest)
				continue;
			if (hand_over(old, from, now[i].stat != was[from].stat, &t->policies[i]))
				t->policies[i]->stat = now[i].stat;
			break;
		}
	ngx_free(by_digest);
}
