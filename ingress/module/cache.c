#include "ingress/module/cache.h"

struct mk_cache {
	ngx_rbtree_t tree;
	ngx_rbtree_node_t sentinel;
	ngx_queue_t ages; /* the one used last first */
	size_t n, bytes, max, max_bytes;
	void (*drop)(struct mk_item *);
};

struct mk_cache *mk_cache_new(size_t max, size_t max_bytes, void (*drop)(struct mk_item *))
{
	struct mk_cache *w = ngx_calloc(sizeof(*w), ngx_cycle->log);

	if (!w)
		return NULL;
	ngx_rbtree_init(&w->tree, &w->sentinel, ngx_rbtree_insert_value);
	ngx_queue_init(&w->ages);
	w->max = max;
	w->max_bytes = max_bytes;
	w->drop = drop;
	return w;
}

static ngx_rbtree_key_t place_of(const u_char key[MK_DIGEST])
{
	ngx_rbtree_key_t k;

	ngx_memcpy(&k, key, sizeof(k));
	return k;
}

struct mk_item *mk_cache_get(struct mk_cache *w, const u_char key[MK_DIGEST])
{
	ngx_rbtree_node_t *n = w->tree.root;
	ngx_rbtree_key_t place = place_of(key);

	while (n != &w->sentinel) {
		struct mk_item *item = ngx_rbtree_data(n, struct mk_item, node);
		if (place == n->key && ngx_memcmp(item->key, key, MK_DIGEST) == 0) {
			ngx_queue_remove(&item->age);
			ngx_queue_insert_head(&w->ages, &item->age);
			return item;
		}
		n = place < n->key ? n->left : n->right;
	}
	return NULL;
}

void mk_cache_put(struct mk_cache *w, struct mk_item *item)
{
	item->node.key = place_of(item->key);
	ngx_rbtree_insert(&w->tree, &item->node);
	ngx_queue_insert_head(&w->ages, &item->age);
	w->n++;
	w->bytes += item->bytes;
	while (w->n > 1 && (w->n > w->max || w->bytes > w->max_bytes)) {
		struct mk_item *old = ngx_queue_data(ngx_queue_last(&w->ages), struct mk_item, age);
		ngx_rbtree_delete(&w->tree, &old->node);
		ngx_queue_remove(&old->age);
		w->n--;
		w->bytes -= old->bytes;
		w->drop(old);
	}
}
