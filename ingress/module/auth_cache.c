#include "ingress/module/auth.h"

#define KEPT_MAX  4096
#define BYTES_MAX (8u << 20)
#define ONE_MAX   16384
#define HEADS     1024 /* a power of two */

struct kept {
	ngx_queue_t queue; /* the last used first */
	struct kept *next; /* of the same head */
	u_char key[MK_DIGEST];
	ngx_msec_t until;
	size_t size;
	ngx_uint_t status, n;
	struct mk_auth_line lines[]; /* and their bytes */
};
struct mk_auth_cache {
	ngx_queue_t all;
	size_t n, bytes;
	struct kept *heads[HEADS];
};

/* Keys are digests: any bytes of them will do. */
static struct kept **head_of(struct mk_auth_cache *c, const u_char *key)
{
	return &c->heads[(key[0] << 8 | key[1]) & (HEADS - 1)];
}

static struct kept *find(struct mk_auth_cache *c, const u_char *key)
{
	struct kept *k = *head_of(c, key);

	while (k && ngx_memcmp(k->key, key, MK_DIGEST) != 0)
		k = k->next;
	return k;
}

static void forget(struct mk_auth_cache *c, struct kept *k)
{
	struct kept **p = head_of(c, k->key);

	while (*p != k)
		p = &(*p)->next;
	*p = k->next;
	ngx_queue_remove(&k->queue);
	c->n--;
	c->bytes -= k->size;
	ngx_explicit_memzero(k, k->size);
	ngx_free(k);
}

ngx_int_t mk_auth_cache_get(struct mk_main_conf *m, const u_char key[MK_DIGEST], ngx_pool_t *pool,
			    struct mk_auth_answer *ret)
{
	struct kept *k = m->auth_cache ? find(m->auth_cache, key) : NULL;

	if (!k)
		return NGX_DECLINED;
	if ((ngx_msec_int_t)(k->until - ngx_current_msec) <= 0) {
		forget(m->auth_cache, k);
		return NGX_DECLINED;
	}
	ngx_queue_remove(&k->queue);
	ngx_queue_insert_head(&m->auth_cache->all, &k->queue);
	if (ngx_array_init(&ret->lines, pool, k->n + 1, sizeof(struct mk_auth_line)) != NGX_OK)
		return NGX_ERROR;
	for (ngx_uint_t i = 0; i < k->n; i++) {
		struct mk_auth_line *l = ngx_array_push(&ret->lines);
		l->which = k->lines[i].which;
		l->value.len = k->lines[i].value.len;
		l->value.data = ngx_pstrdup(pool, &k->lines[i].value);
		if (!l->value.data)
			return NGX_ERROR;
	}
	ret->status = k->status;
	return NGX_OK;
}

void mk_auth_cache_put(struct mk_main_conf *m, const u_char key[MK_DIGEST], ngx_msec_t life,
		       const struct mk_auth_answer *a, ngx_log_t *log)
{
	const struct mk_auth_line *l = a->lines.elts;
	size_t size = sizeof(struct kept) + a->lines.nelts * sizeof(*l);
	struct mk_auth_cache *c = m->auth_cache;
	struct kept *k;

	for (ngx_uint_t i = 0; i < a->lines.nelts; i++)
		size += l[i].value.len;
	if (size > ONE_MAX)
		return;
	if (!c) {
		c = m->auth_cache = ngx_calloc(sizeof(*c), log);
		if (!c)
			return;
		ngx_queue_init(&c->all);
	}
	k = find(c, key);
	if (k)
		forget(c, k);
	while (c->n && (c->n >= KEPT_MAX || c->bytes + size > BYTES_MAX))
		forget(c, ngx_queue_data(ngx_queue_last(&c->all), struct kept, queue));
	k = ngx_calloc(size, log);
	if (!k)
		return;
	ngx_memcpy(k->key, key, MK_DIGEST);
	k->size = size;
	k->until = ngx_current_msec + life;
	k->status = a->status;
	k->n = a->lines.nelts;
	u_char *to = (u_char *)&k->lines[k->n];
	for (ngx_uint_t i = 0; i < k->n; i++) {
		k->lines[i] = (struct mk_auth_line){l[i].which, {l[i].value.len, to}};
		if (l[i].value.len)
			to = ngx_cpymem(to, l[i].value.data, l[i].value.len);
	}
	struct kept **head = head_of(c, key);
	k->next = *head;
	*head = k;
	ngx_queue_insert_head(&c->all, &k->queue);
	c->n++;
	c->bytes += size;
}
