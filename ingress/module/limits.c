#include <signal.h>
#include "ingress/module/policy.h"

/*
 * One node for each Ingress and client address in memory that all workers share, least recently used ones going first
 * when it is full. Rates are leaky buckets as nginx' limit_req has them (nodelay): a request above rate and burst is
 * refused, and not counted. Connections are counted by worker: those of one that was killed are found when the limit
 * seems reached.
 */
struct key {
	uint64_t owner; /* of the policy: hash */
	u_char addr[16]; /* IPv4: mapped */
};
struct node {
	ngx_rbtree_node_t tree; /* key: hash */
	ngx_queue_t recent;
	ngx_queue_t workers;      /* struct share */
	ngx_uint_t n_connections; /* of all of them */
	struct key key;
	ngx_msec_t last;
	int64_t excess[2]; /* requests / 1000: by second, by minute */
};
struct share { /* of a node's connections: one worker's; n > 0 */
	ngx_queue_t queue;
	struct node *node;
	ngx_uint_t n;
	ngx_pid_t pid;
};
/* All pieces are of one size, so that each finds room where another was. */
union piece {
	struct node node;
	struct share share;
};
struct shared {
	ngx_rbtree_t tree;
	ngx_rbtree_node_t sentinel;
	ngx_queue_t recent; /* the most recently used first */
	uint64_t seed;
};

static ngx_slab_pool_t *pool_of(const ngx_shm_zone_t *zone)
{
	return (ngx_slab_pool_t *)zone->shm.addr;
}

static void insert(ngx_rbtree_node_t *at, ngx_rbtree_node_t *node, ngx_rbtree_node_t *sentinel)
{
	for (;;) {
		ngx_rbtree_node_t **p;
		if (node->key != at->key)
			p = node->key < at->key ? &at->left : &at->right;
		else
			p = ngx_memcmp(&((struct node *)node)->key, &((struct node *)at)->key, sizeof(struct key)) < 0
				? &at->left
				: &at->right;
		if (*p == sentinel) {
			*p = node;
			node->parent = at;
			node->left = node->right = sentinel;
			ngx_rbt_red(node);
			return;
		}
		at = *p;
	}
}

ngx_int_t mk_limits_init(ngx_shm_zone_t *zone, void *old)
{
	ngx_slab_pool_t *pool = pool_of(zone);

	if (old) {
		zone->data = old;
		return NGX_OK;
	}
	if (zone->shm.exists) {
		zone->data = pool->data;
		return NGX_OK;
	}
	struct shared *s = ngx_slab_calloc(pool, sizeof(*s));
	if (!s)
		return NGX_ERROR;
	pool->log_nomem = 0; /* being full is its normal state */
	ngx_rbtree_init(&s->tree, &s->sentinel, insert);
	ngx_queue_init(&s->recent);
	s->seed = (uint64_t)ngx_random() << 32 ^ (uint64_t)ngx_random() << 16 ^ (uint64_t)ngx_time();
	pool->data = zone->data = s;
	return NGX_OK;
}

static void key_of(struct key *k, const ngx_http_request_t *r, const struct mk_policy *p)
{
	const struct sockaddr *sa = r->connection->sockaddr;

	ngx_memzero(k, sizeof(*k));
	k->owner = p->limits_key;
	if (sa->sa_family == AF_INET) {
		k->addr[10] = k->addr[11] = 0xff;
		ngx_memcpy(k->addr + 12, &((const struct sockaddr_in *)sa)->sin_addr, 4);
	} else if (sa->sa_family == AF_INET6) {
		ngx_memcpy(k->addr, &((const struct sockaddr_in6 *)sa)->sin6_addr, 16);
	}
}

static ngx_rbtree_key_t hash_of(const struct shared *s, const struct key *k)
{
	uint64_t h = s->seed;
	uint64_t w[3];

	ngx_memcpy(w, k, sizeof(w));
	for (int i = 0; i < 3; i++) {
		h = (h ^ w[i]) * UINT64_C(0x9e3779b97f4a7c15);
		h ^= h >> 29;
	}
	return (ngx_rbtree_key_t)h;
}

static struct node *find(struct shared *s, ngx_rbtree_key_t hash, const struct key *k)
{
	ngx_rbtree_node_t *at = s->tree.root;

	while (at != &s->sentinel) {
		if (hash != at->key) {
			at = hash < at->key ? at->left : at->right;
			continue;
		}
		int c = ngx_memcmp(k, &((struct node *)at)->key, sizeof(*k));
		if (!c)
			return (struct node *)at;
		at = c < 0 ? at->left : at->right;
	}
	return NULL;
}

/* Lets go of the least recently used node that has no connection. */
static void evict(ngx_shm_zone_t *zone, struct shared *s)
{
	ngx_queue_t *q = ngx_queue_last(&s->recent);

	for (unsigned seen = 0; seen < 64 && q != ngx_queue_sentinel(&s->recent); seen++) {
		struct node *node = ngx_queue_data(q, struct node, recent);
		q = ngx_queue_prev(q);
		if (node->n_connections) {
			/* not to be looked at again and again */
			ngx_queue_remove(&node->recent);
			ngx_queue_insert_head(&s->recent, &node->recent);
			continue;
		}
		ngx_queue_remove(&node->recent);
		ngx_rbtree_delete(&s->tree, &node->tree);
		ngx_slab_free_locked(pool_of(zone), node);
		return;
	}
}

static void *alloc(ngx_shm_zone_t *zone, struct shared *s)
{
	void *p = ngx_slab_calloc_locked(pool_of(zone), sizeof(union piece));

	if (p)
		return p;
	evict(zone, s);
	return ngx_slab_calloc_locked(pool_of(zone), sizeof(union piece));
}

static struct node *get_node(ngx_shm_zone_t *zone, struct shared *s, const struct key *k)
{
	ngx_rbtree_key_t hash = hash_of(s, k);
	struct node *n = find(s, hash, k);

	if (n) {
		ngx_queue_remove(&n->recent);
	} else {
		n = alloc(zone, s);
		if (!n)
			return NULL;
		n->tree.key = hash;
		n->key = *k;
		n->last = ngx_current_msec;
		n->excess[0] = n->excess[1] = -1000; /* the first request is free, as nginx has it */
		ngx_queue_init(&n->workers);
		ngx_rbtree_insert(&s->tree, &n->tree);
	}
	ngx_queue_insert_head(&s->recent, &n->recent);
	return n;
}

/* rate: requests / 1000 in a second. The bucket's level with one more request; *ret_full: it would run over. */
static int64_t pour(int64_t excess, int64_t rate, ngx_msec_int_t ms, int64_t burst, bool *ret_full)
{
	excess = excess - rate * ms / 1000 + 1000;
	excess = excess < 0 ? 0 : excess;
	if (excess > burst)
		*ret_full = true;
	return excess;
}

/* false: too many, by which limit. */
static bool count_request(struct node *n, const struct mk_policy *p, const char **ret_reason)
{
	ngx_msec_int_t ms = (ngx_msec_int_t)(ngx_current_msec - n->last);
	int64_t level[2] = {n->excess[0], n->excess[1]};
	bool full = false;

	/* workers' clocks differ a little; longer than an hour is as good as an hour */
	ms = ms < 0 ? 0 : ms > 3600000 ? 3600000 : ms;
	if (p->rps)
		level[0] =
		    pour(level[0], (int64_t)p->rps * 1000, ms, (int64_t)p->rps * 1000 * (int64_t)p->burst, &full);
	*ret_reason = full ? "limit-rps" : "limit-rpm";
	if (p->rpm)
		level[1] =
		    pour(level[1], (int64_t)p->rpm * 1000 / 60, ms, (int64_t)p->rpm * 1000 * (int64_t)p->burst, &full);
	if (full)
		return false;
	n->excess[0] = level[0];
	n->excess[1] = level[1];
	if (ms)
		n->last = ngx_current_msec;
	return true;
}

static void drop(ngx_shm_zone_t *zone, struct share *c, ngx_uint_t n)
{
	c->n -= n;
	c->node->n_connections -= n;
	if (c->n)
		return;
	ngx_queue_remove(&c->queue);
	ngx_slab_free_locked(pool_of(zone), c);
}

static void drop_dead(ngx_shm_zone_t *zone, struct node *n)
{
	ngx_queue_t *next;

	for (ngx_queue_t *q = ngx_queue_head(&n->workers); q != ngx_queue_sentinel(&n->workers); q = next) {
		struct share *c = ngx_queue_data(q, struct share, queue);
		next = ngx_queue_next(q);
		if (c->pid != ngx_pid && kill(c->pid, 0) < 0 && ngx_errno == NGX_ESRCH)
			drop(zone, c, c->n);
	}
}

static struct share *find_share(struct node *n)
{
	for (ngx_queue_t *q = ngx_queue_head(&n->workers); q != ngx_queue_sentinel(&n->workers);
	     q = ngx_queue_next(q)) {
		struct share *c = ngx_queue_data(q, struct share, queue);
		if (c->pid == ngx_pid)
			return c;
	}
	return NULL;
}

/* NULL: too many, or no memory (logged). */
static struct share *count_connection(ngx_shm_zone_t *zone, struct shared *s, struct node *n, const struct mk_policy *p)
{
	if (n->n_connections >= p->connections)
		drop_dead(zone, n);
	if (n->n_connections >= p->connections)
		return NULL;
	struct share *c = find_share(n);
	n->n_connections++; /* now the node is not evicted for the share */
	if (!c) {
		c = alloc(zone, s);
		if (!c) {
			n->n_connections--;
			ngx_log_error(NGX_LOG_ALERT, ngx_cycle->log, 0,
				      "minik: no memory for the connections that are limited");
			return NULL;
		}
		c->node = n;
		c->pid = ngx_pid;
		ngx_queue_insert_tail(&n->workers, &c->queue);
	}
	c->n++;
	return c;
}

static ngx_int_t limit(ngx_http_request_t *r, struct mk_ctx *x, const struct mk_policy *p)
{
	struct mk_main_conf *m = ngx_http_get_module_main_conf(r, ngx_http_minik_module);
	struct shared *s = m->limits ? m->limits->data : NULL;
	ngx_uint_t status = NGX_HTTP_SERVICE_UNAVAILABLE;
	const char *why = NULL, *reason;
	struct key k;

	if (!s) {
		ngx_log_error(NGX_LOG_ERR, r->connection->log, 0,
			      "minik: %V has limits, and nginx.conf no memory for them (minik_limits)", &p->owner);
		return NGX_HTTP_INTERNAL_SERVER_ERROR;
	}
	if (p->exempt.nelts && ngx_cidr_match(r->connection->sockaddr, (ngx_array_t *)&p->exempt) == NGX_OK)
		return NGX_DECLINED;
	key_of(&k, r, p);
	ngx_shmtx_lock(&pool_of(m->limits)->mutex);
	struct node *n = get_node(m->limits, s, &k);
	if (!n) {
		why = "no memory";
		x->reason = "limit-memory";
	} else if (p->connections && !x->connection && !(x->connection = count_connection(m->limits, s, n, p))) {
		why = "too many connections";
		x->reason = "limit-connections";
		status = p->conn_status;
	} else if ((p->rps || p->rpm) && !count_request(n, p, &reason)) {
		why = "too many requests";
		x->reason = reason;
		status = p->req_status;
		if (x->connection)
			drop(m->limits, x->connection, 1);
		x->connection = NULL;
	}
	ngx_shmtx_unlock(&pool_of(m->limits)->mutex);
	if (!why)
		return NGX_DECLINED;
	ngx_log_error(NGX_LOG_INFO, r->connection->log, 0, "minik: limits of %V: %s", &p->owner, why);
	return (ngx_int_t)status;
}

void mk_done(ngx_http_request_t *r, struct mk_ctx *x)
{
	struct mk_main_conf *m = ngx_http_get_module_main_conf(r, ngx_http_minik_module);

	if (!x || !x->connection)
		return;
	ngx_shmtx_lock(&pool_of(m->limits)->mutex);
	drop(m->limits, x->connection, 1);
	ngx_shmtx_unlock(&pool_of(m->limits)->mutex);
	x->connection = NULL;
}

/* --- bodies --- */

static bool has_unknown_length(const ngx_http_request_t *r)
{
	if (r->headers_in.content_length_n != -1)
		return false;
#if (NGX_HTTP_V2)
	if (r->stream)
		return !r->stream->in_closed;
#endif
	return r->headers_in.chunked;
}

/*
 * A body of a length that is not known beforehand is measured by nginx while it comes, against the location's
 * configuration: this request gets a copy of it.
 */
static ngx_int_t limit_body(ngx_http_request_t *r, off_t max)
{
	if (max && r->headers_in.content_length_n > max) {
		ngx_log_error(NGX_LOG_INFO, r->connection->log, 0, "minik: a body of %O bytes is too large",
			      r->headers_in.content_length_n);
		r->expect_tested = 1; /* is not asked for with 100 */
		return NGX_HTTP_REQUEST_ENTITY_TOO_LARGE;
	}
	if (!max || !has_unknown_length(r))
		return NGX_DECLINED;
	ngx_http_core_loc_conf_t *own = ngx_palloc(r->pool, sizeof(*own));
	void **confs = ngx_palloc(r->pool, ngx_http_max_module * sizeof(void *));
	if (!own || !confs)
		return NGX_HTTP_INTERNAL_SERVER_ERROR;
	*own = *(ngx_http_core_loc_conf_t *)ngx_http_get_module_loc_conf(r, ngx_http_core_module);
	own->client_max_body_size = max;
	ngx_memcpy(confs, r->loc_conf, ngx_http_max_module * sizeof(void *));
	confs[ngx_http_core_module.ctx_index] = own;
	own->loc_conf = confs;
	r->loc_conf = confs;
	return NGX_DECLINED;
}

/* --- */

ngx_int_t mk_limits(ngx_http_request_t *r, struct mk_ctx *x)
{
	struct mk_policy *p = x->policy;

	if (!p)
		return NGX_DECLINED;
	ngx_int_t rc = limit_body(r, p->body_max);
	if (rc == NGX_HTTP_REQUEST_ENTITY_TOO_LARGE)
		x->reason = "body-size";
	if (rc == NGX_DECLINED && (p->rps || p->rpm || p->connections))
		rc = limit(r, x, p);
	if (rc == NGX_DECLINED && p->rate) {
		r->limit_rate = p->rate;
		r->limit_rate_set = 1;
		r->limit_rate_after = p->rate_after;
		r->limit_rate_after_set = 1;
	}
	return rc;
}
