/*
 * Which endpoint a request goes to: round robin per backend and worker, the one that the cookie names, or one of those that
 * rank highest for the request's key. Every try takes the endpoints as they are by then (a body may have been long in
 * coming), and of them one that has not been tried.
 */
#include "ingress/module/names.h"
#include "ingress/module/policy.h"

#define MAX_TRIES     10
#define DEFAULT_TRIES 3
#define DOWN_MS       5000

struct peer {
	ngx_http_request_t *r;
	struct mk_main_conf *m;
	struct mk_ctx *x;
	struct mk_named *named; /* of a name; NULL: the backend's endpoints in the table */
	bool auth;              /* auth-url is asked: the backend's tries and cookies are not meant */
	bool trying;
	bool tls, has_key;
	u_char use[MK_DIGEST]; /* of TLS: what its connections have in common */
	uint64_t key; /* of OPT_HASH */
	uint32_t now; /* hash of the endpoint */
	unsigned n_tried;
	uint32_t tried[MAX_TRIES];
};

static bool is_down(struct mk_main_conf *m, uint32_t hash)
{
	for (unsigned i = 0; i < m->n_down;) {
		if ((ngx_msec_int_t)(m->down[i].until - ngx_current_msec) <= 0) {
			m->down[i] = m->down[--m->n_down];
			continue;
		}
		if (m->down[i].hash == hash)
			return true;
		i++;
	}
	return false;
}

static void set_down(struct mk_main_conf *m, uint32_t hash)
{
	unsigned i, oldest = 0;

	for (i = 0; i < m->n_down && m->down[i].hash != hash; i++)
		if ((ngx_msec_int_t)(m->down[i].until - m->down[oldest].until) < 0)
			oldest = i;
	if (i == m->n_down) {
		if (m->n_down < MK_DOWN)
			m->n_down++;
		else
			i = oldest;
	}
	m->down[i].hash = hash;
	m->down[i].until = ngx_current_msec + DOWN_MS;
}

static bool was_tried(const struct peer *p, uint32_t hash)
{
	for (unsigned i = 0; i < p->n_tried; i++)
		if (p->tried[i] == hash)
			return true;
	return false;
}

/* Backends are sorted by key. */
const struct tf_backend *mk_backend_find(const struct mk_table *t, ngx_str_t key)
{
	const struct tf_backend *b = tf_at(t->map, TF_BACKENDS);
	size_t from = 0, to = tf_head(t->map)->sections[TF_BACKENDS].n;

	while (from < to) {
		size_t mid = from + (to - from) / 2;
		ngx_str_t k = mk_str(t, b[mid].key);
		int c = ngx_memn2cmp(k.data, key.data, k.len, key.len);
		if (c == 0)
			return &b[mid];
		if (c < 0)
			from = mid + 1;
		else
			to = mid;
	}
	return NULL;
}

/* NULL: the Service is no longer there. */
const struct tf_backend *mk_backend_in(const struct mk_table *t, const struct mk_backend *b)
{
	if (t->serial == b->serial)
		return (const struct tf_backend *)tf_at(t->map, TF_BACKENDS) + b->index;
	return mk_backend_find(t, b->key);
}

struct list {
	const struct tf_endpoint *at;
	uint32_t n, *turn;
};

static struct list list_of(struct mk_table *t, const struct tf_backend *b)
{
	return (struct list){(const struct tf_endpoint *)tf_at(t->map, TF_ENDPOINTS) + b->endpoints.first, b->endpoints.n,
			     &t->turns[b - (const struct tf_backend *)tf_at(t->map, TF_BACKENDS)]};
}

/* Whom the request may go to. t, or NULL, has one reference for the caller to give back. */
static struct list list_get(const struct peer *p, ngx_log_t *log, struct mk_table **t)
{
	const struct tf_backend *b;

	*t = NULL;
	if (p->named)
		return (struct list){p->named->eps, p->named->n, &p->named->turn};
	*t = mk_table_get(p->m, log);
	b = *t ? mk_backend_in(*t, &p->x->backend) : NULL;
	return b ? list_of(*t, b) : (struct list){NULL, 0, NULL};
}

/* Round robin; a down one only when there is no other. NULL: all have been tried. */
static const struct tf_endpoint *endpoint_next(struct peer *p, struct list l)
{
	const struct tf_endpoint *ep = l.at, *last = NULL;
	uint32_t n = l.n, *turn = l.turn;

	/* Workers must not go round in step. */
	if (*turn == 0)
		*turn = n > 1 ? 1 + (uint32_t)ngx_random() % n : 1;
	for (uint32_t i = 0; i < n; i++) {
		const struct tf_endpoint *e = &ep[(*turn - 1 + i) % n];
		if (p->n_tried && was_tried(p, e->hash))
			continue;
		if (p->m->n_down && is_down(p->m, e->hash)) {
			last = last ? last : e;
			continue;
		}
		last = e;
		break;
	}
	if (last)
		*turn = 1 + (uint32_t)(last - ep + 1) % n;
	return last;
}

struct rank {
	uint64_t of;
	const struct tf_endpoint *e;
};

/*
 * Endpoints compete for a key by a hash of both (rendezvous hashing): who leaves gives his keys to all others evenly, no
 * other key moves, and every worker and node decides alike with nothing built or kept. It looks at every endpoint, at
 * about a nanosecond each, which no Service is so large as to feel; a ring would have to be built anew in every worker
 * whenever a pod comes or goes. Of the `hash_to` highest it is one by chance; down ones only when there is no other.
 */
static const struct tf_endpoint *endpoint_ranked(const struct peer *p, struct list l)
{
	struct rank top[MK_HASH_TO], down = {0, NULL};
	size_t n = 0, max = p->x->policy->hash_to;

	for (uint32_t i = 0; i < l.n; i++) {
		struct rank k = {mk_mix(p->key + l.at[i].hash * UINT64_C(0x9e3779b97f4a7c15)), &l.at[i]};
		if (n == max && k.of <= top[n - 1].of)
			continue;
		if (p->n_tried && was_tried(p, k.e->hash))
			continue;
		if (p->m->n_down && is_down(p->m, k.e->hash)) {
			down = !down.e || k.of > down.of ? k : down;
			continue;
		}
		size_t at = n < max ? n++ : n - 1;
		for (; at && top[at - 1].of < k.of; at--)
			top[at] = top[at - 1];
		top[at] = k;
	}
	return n ? top[n > 1 ? (size_t)ngx_random() % n : 0].e : down.e;
}

static const struct tf_endpoint *endpoint_sticky(const struct peer *p, struct list l)
{
	for (uint32_t i = 0; i < l.n; i++)
		if (l.at[i].hash == p->x->sticky)
			return &l.at[i];
	return NULL;
}

static struct mk_addr *addr_new(ngx_pool_t *pool, const struct tf_endpoint *e)
{
	struct mk_addr *a = ngx_pcalloc(pool, sizeof(*a) + NGX_SOCKADDR_STRLEN);

	if (!a)
		return NULL;
	if (e->family == 4) {
		a->addr.in.sin_family = AF_INET;
		a->addr.in.sin_port = htons(e->port);
		ngx_memcpy(&a->addr.in.sin_addr, e->addr, 4);
		a->len = sizeof(a->addr.in);
	} else {
		a->addr.in6.sin6_family = AF_INET6;
		a->addr.in6.sin6_port = htons(e->port);
		ngx_memcpy(&a->addr.in6.sin6_addr, e->addr, 16);
		a->len = sizeof(a->addr.in6);
	}
	a->name.data = (u_char *)(a + 1);
	a->name.len = ngx_sock_ntop(&a->addr.any, a->len, a->name.data, NGX_SOCKADDR_STRLEN, 1);
	return a;
}

static struct mk_addr *addr_of(struct mk_table *t, const struct tf_endpoint *e)
{
	struct mk_addr **slot = &t->addrs[e - (const struct tf_endpoint *)tf_at(t->map, TF_ENDPOINTS)];

	if (!*slot)
		*slot = addr_new(t->pool, e);
	return *slot;
}

/* A copy in the request's pool: it is logged at the request's end, and the table is not kept for it. */
static const struct mk_addr *addr_copy(ngx_http_request_t *r, const struct mk_addr *from)
{
	struct mk_addr *a = from ? ngx_palloc(r->pool, sizeof(*a) + from->name.len) : NULL;

	if (!a)
		return NULL;
	ngx_memcpy(a, from, sizeof(*a) + from->name.len);
	a->name.data = (u_char *)(a + 1);
	return a;
}

/* Into *ret. t: the list's, or NULL. */
static ngx_int_t endpoint_choose(struct peer *p, struct mk_table *t, struct list l, const struct mk_addr **ret)
{
	const struct tf_endpoint *e = NULL;
	struct mk_ctx *x = p->x;

	if (!l.n)
		return NGX_BUSY;
	if (!p->auth && x->has_sticky && !x->tries) {
		e = endpoint_sticky(p, l);
		if (!e)
			x->set_cookie = 1;
	}
	if (!e)
		e = p->has_key ? endpoint_ranked(p, l) : endpoint_next(p, l);
	if (!e)
		return NGX_BUSY;
	*ret = t ? addr_copy(p->r, addr_of(t, e)) : addr_new(p->r->pool, e);
	if (!*ret)
		return NGX_ERROR;
	p->now = e->hash;
	p->trying = true;
	return NGX_OK;
}

/* Of which connections one may be used for the other's requests, if their address is the same. */
static ngx_int_t use_get(struct peer *p, const ngx_http_upstream_t *u)
{
	ngx_str_t parts[] = {{0, NULL}, {1, (u_char *)(uintptr_t) "1"}};

	p->tls = u->ssl;
	if (!u->ssl)
		return NGX_OK;
	if (p->auth)
		parts[0] = mk_auth_place(p->x);
	else if (p->x->use)
		parts[0] = (ngx_str_t){MK_DIGEST, p->x->use};
	if (!u->pipe)
		parts[1].data = (u_char *)(uintptr_t) "2"; /* HTTP/2 is spoken */
	return mk_digest(parts, 2, p->use);
}

/* nginx finds kept connections by the address alone; what is behind it is nothing to connect(). */
static ngx_int_t address_put(const struct peer *p, ngx_peer_connection_t *pc, const struct mk_addr *a)
{
	_Static_assert(sizeof(struct sockaddr_in6) + MK_DIGEST <= sizeof(ngx_sockaddr_t), "room for it in nginx");
	u_char *s;

	pc->name = (ngx_str_t *)(uintptr_t)&a->name;
	pc->sockaddr = (struct sockaddr *)(uintptr_t)&a->addr.any;
	pc->socklen = a->len;
	if (!p->tls)
		return NGX_OK;
	s = ngx_palloc(p->r->pool, a->len + MK_DIGEST);
	if (!s)
		return NGX_ERROR;
	ngx_memcpy(s, pc->sockaddr, a->len);
	ngx_memcpy(s + a->len, p->use, MK_DIGEST);
	pc->sockaddr = (struct sockaddr *)(void *)s;
	pc->socklen += MK_DIGEST;
	return NGX_OK;
}

static ngx_int_t peer_get(ngx_peer_connection_t *pc, void *data)
{
	struct peer *p = data;
	struct mk_ctx *x = p->x;
	const struct mk_addr *a = NULL;
	struct mk_table *t;
	struct list l = list_get(p, pc->log, &t);
	ngx_int_t rc = endpoint_choose(p, t, l, &a);

	if (t)
		mk_table_put(t);
	if (rc != NGX_OK)
		return rc;
	if (p->auth) {
		/* nothing of it is the backend's */
	} else if (!x->tries) {
		x->chosen = p->now;
	} else if (x->policy->cookie_on_failure && x->chosen != p->now) {
		x->chosen = p->now;
		x->set_cookie = 1;
	}
	x->tries += !p->auth;
	pc->cached = 0;
	pc->connection = NULL;
	return address_put(p, pc, a);
}

static bool anyone_left(const struct peer *p, ngx_log_t *log)
{
	struct mk_table *t;
	struct list l = list_get(p, log, &t);
	bool left = false;

	for (uint32_t i = 0; !left && i < l.n; i++)
		left = !was_tried(p, l.at[i].hash);
	if (t)
		mk_table_put(t);
	return left;
}

static void peer_free(ngx_peer_connection_t *pc, void *data, ngx_uint_t state)
{
	struct peer *p = data;

	/* A connection that was kept and is gone says nothing of its endpoint. NEXT: an answer that another may have
	 * better. */
	if (p->trying && ((state & NGX_PEER_NEXT) || ((state & NGX_PEER_FAILED) && !pc->cached))) {
		if (state & NGX_PEER_FAILED)
			set_down(p->m, p->now);
		if (p->n_tried < MAX_TRIES)
			p->tried[p->n_tried++] = p->now;
	}
	p->trying = false;
	if (!state)
		mk_errors_done(p->x);
	if (pc->tries)
		pc->tries--;
	/* Where nobody is left the last failure is what the client hears of, 504 among others. */
	if (state && pc->tries && !anyone_left(p, pc->log))
		pc->tries = 0;
}

static ngx_int_t session_set(ngx_peer_connection_t *pc, void *data)
{
	return NGX_OK;
}

static void session_save(ngx_peer_connection_t *pc, void *data) {}

static ngx_uint_t tries_of(const struct peer *p, const ngx_http_upstream_t *u)
{
	ngx_int_t n = p->auth ? NGX_CONF_UNSET : p->x->policy->next_tries;

	if (n == NGX_CONF_UNSET)
		n = u->conf->next_upstream_tries ? (ngx_int_t)u->conf->next_upstream_tries : DEFAULT_TRIES;
	return n <= 0 || n > MAX_TRIES ? MAX_TRIES : (ngx_uint_t)n;
}

/* A client that has a cookie is led by that alone; another backend that answers for this one has no keys. */
static ngx_int_t key_get(struct peer *p)
{
	const struct mk_policy *policy = p->x->policy;

	if (p->auth || p->x->error || !policy->hash_by.len || policy->cookie.len)
		return NGX_OK;
	ngx_int_t rc = mk_expand_hash(p->r, policy->hash_by, &p->key);
	p->has_key = rc == NGX_OK;
	return rc == NGX_ERROR ? NGX_ERROR : NGX_OK;
}

static ngx_int_t peer_init(ngx_http_request_t *r, ngx_http_upstream_srv_conf_t *us)
{
	struct mk_ctx *x = mk_ctx_of(r);
	ngx_http_upstream_t *u = r->upstream;
	struct peer *p;

	if (!x || !x->backend.key.data || !x->policy)
		return NGX_ERROR;
	p = ngx_palloc(r->pool, sizeof(*p));
	if (!p)
		return NGX_ERROR;
	ngx_memzero(p, offsetof(struct peer, tried));
	p->r = r;
	p->m = ngx_http_get_module_main_conf(r, ngx_http_minik_module);
	p->x = x;
	p->auth = r != r->main;
	p->named = p->auth ? mk_auth_begin(r, x) : x->backend.named;
	if (p->auth ? !p->named : mk_upstream(r, x) != NGX_OK)
		return NGX_ERROR;
	if (use_get(p, u) != NGX_OK || key_get(p) != NGX_OK)
		return NGX_ERROR;
	if (!p->auth && x->policy->error_pages.nelts && mk_errors_watch(r, x) != NGX_OK)
		return NGX_ERROR;
	u->peer.data = p;
	u->peer.get = peer_get;
	u->peer.free = peer_free;
	u->peer.set_session = session_set;
	u->peer.save_session = session_save;
	u->peer.tries = tries_of(p, u);
	if (!p->auth && !x->error)
		mk_mirror(r, x);
	return NGX_OK;
}

const struct mk_addr *mk_balance_once(struct mk_main_conf *m, struct mk_table *t, ngx_str_t key)
{
	struct peer p = {.m = m};
	const struct tf_backend *b = mk_backend_find(t, key);
	const struct tf_endpoint *e = b ? endpoint_next(&p, list_of(t, b)) : NULL;

	return e ? addr_of(t, e) : NULL;
}

ngx_int_t mk_balance_init(ngx_conf_t *cf, ngx_http_upstream_srv_conf_t *us)
{
	us->peer.init = peer_init;
	return NGX_OK;
}
