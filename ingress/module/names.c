/*
 * Names outside the cluster. An answer of DNS is anybody's to choose who can make an ExternalName: no address of the
 * node's own is ever taken from it (ingress/address.h). What is left are endpoints like pods': by turns, with retries
 * and kept connections. Answers live as long as DNS says. One that ran out a moment ago is used once more while it is
 * looked up anew, so that a name in use is never waited for; one that cannot be looked up is used a while longer.
 */
#include "ingress/module/names.h"
#include "ingress/address.h"
#include "ingress/module/cache.h"
#include "ingress/module/policy.h"

#define KEPT_MAX  1024 /* names of one worker */
#define ADDRS_MAX 32   /* of one name */
#define TEXT_MAX  255
#define FRESH_S   1   /* at least, whatever DNS says; and how long a failure is known */
#define GRACE_S   5   /* after its time an answer is used while the next one is looked up */
#define STALE_S   300 /* after its time, as long as DNS fails */

enum { STATE_REFUSED = -100, STATE_NO_RESOLVER, STATE_NO_MEMORY };

struct name {
	struct mk_item item;
	unsigned refs; /* the cache, who waits, the question under way */
	unsigned asking : 1;
	ngx_int_t state;        /* of the last answer: 0, NGX_RESOLVE_* or one of the above */
	const char *refused;    /* STATE_REFUSED: what its addresses are */
	time_t until;           /* the last answer, good or bad, is not asked again before */
	time_t good;            /* when the addresses' time is over */
	struct mk_named *addrs; /* NULL: none */
	ngx_queue_t waiting;
	uint32_t port;
	ngx_str_t text; /* in small letters */
	u_char data[TEXT_MAX];
};
struct mk_wait {
	ngx_queue_t queue;
	ngx_http_request_t *r;
	struct name *name; /* one reference */
	unsigned queued : 1;
};

static void named_put(struct mk_named *s)
{
	if (s && --s->refs == 0)
		ngx_free(s);
}

static void name_put(struct name *e)
{
	if (--e->refs)
		return;
	named_put(e->addrs);
	ngx_free(e);
}

static void on_drop(struct mk_item *item)
{
	name_put((struct name *)item);
}

/* --- answers --- */

static bool has(const struct mk_named *s, const struct tf_endpoint *e)
{
	for (uint32_t i = 0; i < s->n; i++)
		if (s->eps[i].family == e->family && ngx_memcmp(s->eps[i].addr, e->addr, sizeof(e->addr)) == 0)
			return true;
	return false;
}

static int by_address(const void *a, const void *b)
{
	const struct tf_endpoint *x = a, *y = b;

	return x->family != y->family ? (int)x->family - (int)y->family : ngx_memcmp(x->addr, y->addr, sizeof(x->addr));
}

/* What the address is, if nobody may be sent there. */
static const char *add(struct mk_named *s, const struct sockaddr *a, uint32_t port)
{
	struct tf_endpoint e;
	const void *bytes = a->sa_family == AF_INET ? (const void *)&((const struct sockaddr_in *)a)->sin_addr
						    : (const void *)&((const struct sockaddr_in6 *)a)->sin6_addr;
	size_t n = a->sa_family == AF_INET ? 4 : 16;
	const char *refused = address_refused(bytes, n);

	if (refused || s->n == ADDRS_MAX)
		return refused;
	ngx_memzero(&e, sizeof(e));
	ngx_memcpy(e.addr, bytes, n);
	e.family = a->sa_family == AF_INET ? 4 : 6;
	e.port = (uint16_t)port;
	e.hash = table_hash(e.port, e.family, bytes, n);
	if (!has(s, &e))
		s->eps[s->n++] = e;
	return NULL;
}

static void say_refused(const struct name *e, const struct sockaddr *a, socklen_t len, const char *what)
{
	u_char text[NGX_SOCKADDR_STRLEN];
	ngx_str_t s = {0, text};

	s.len = ngx_sock_ntop((struct sockaddr *)(uintptr_t)a, len, text, sizeof(text), 0);
	ngx_log_error(NGX_LOG_WARN, ngx_cycle->log, 0, "minik: the name %V stands for %V, %s: nothing is sent there",
		      &e->text, &s, what);
}

/* Addresses that are known, until then. */
static void take(struct name *e, const ngx_resolver_addr_t *a, ngx_uint_t n, time_t until)
{
	struct mk_named *s = ngx_alloc(sizeof(*s) + ADDRS_MAX * sizeof(*s->eps), ngx_cycle->log);
	bool said = false;

	e->until = ngx_max(until, ngx_time() + FRESH_S);
	if (!s) {
		e->state = STATE_NO_MEMORY;
		return;
	}
	ngx_memzero(s, sizeof(*s));
	s->refs = 1;
	e->state = NGX_OK;
	for (ngx_uint_t i = 0; i < n; i++) {
		const char *refused = add(s, a[i].sockaddr, e->port);
		if (refused && !said)
			say_refused(e, a[i].sockaddr, a[i].socklen, refused);
		if (refused)
			e->refused = refused;
		said = said || refused;
	}
	/* nginx turns the list of each answer: the next one's turn must be the next one's */
	ngx_qsort(s->eps, s->n, sizeof(*s->eps), by_address);
	s->turn = e->addrs ? e->addrs->turn : 0;
	named_put(e->addrs);
	e->addrs = s;
	e->good = e->until;
	if (s->n)
		return;
	e->state = STATE_REFUSED;
	e->addrs = NULL;
	named_put(s);
}

static void fail(struct name *e, ngx_int_t state)
{
	time_t now = ngx_time();

	e->state = state;
	if (e->addrs && (state == NGX_RESOLVE_NXDOMAIN || now - e->good > STALE_S)) {
		named_put(e->addrs);
		e->addrs = NULL;
	}
	e->until = now + FRESH_S;
}

static void wake(struct name *e)
{
	while (!ngx_queue_empty(&e->waiting)) {
		struct mk_wait *w = ngx_queue_data(ngx_queue_head(&e->waiting), struct mk_wait, queue);
		ngx_queue_remove(&w->queue);
		w->queued = 0;
		ngx_post_event(w->r->connection->write, &ngx_posted_events);
	}
}

static void on_answer(ngx_resolver_ctx_t *ctx)
{
	struct name *e = ctx->data;

	if (ctx->state == NGX_OK && ctx->naddrs)
		take(e, ctx->addrs, ctx->naddrs, ctx->valid);
	else
		fail(e, ctx->state ? ctx->state : NGX_RESOLVE_NXDOMAIN);
	ngx_resolve_name_done(ctx);
	e->asking = 0;
	wake(e);
	name_put(e);
}

/* Text that is an address already. */
static bool take_literal(struct name *e)
{
	struct sockaddr_in in = {.sin_family = AF_INET};
	struct sockaddr_in6 in6 = {.sin6_family = AF_INET6};
	ngx_resolver_addr_t a = {.sockaddr = (struct sockaddr *)&in, .socklen = sizeof(in)};

	in.sin_addr.s_addr = ngx_inet_addr(e->text.data, e->text.len);
	if (in.sin_addr.s_addr == INADDR_NONE) {
		if (ngx_inet6_addr(e->text.data, e->text.len, in6.sin6_addr.s6_addr) != NGX_OK)
			return false;
		a.sockaddr = (struct sockaddr *)&in6;
		a.socklen = sizeof(in6);
	}
	take(e, &a, 1, ngx_time() + 3600);
	return true;
}

/* The answer may be there when it returns. */
static void ask(ngx_http_request_t *r, struct name *e)
{
	ngx_http_core_loc_conf_t *core = ngx_http_get_module_loc_conf(r, ngx_http_core_module);
	ngx_resolver_ctx_t *ctx;

	if (take_literal(e))
		return;
	ctx = core->resolver ? ngx_resolve_start(core->resolver, NULL) : NGX_NO_RESOLVER;
	if (!ctx || ctx == NGX_NO_RESOLVER) {
		fail(e, ctx ? STATE_NO_RESOLVER : STATE_NO_MEMORY);
		return;
	}
	ctx->name = e->text;
	ctx->handler = on_answer;
	ctx->data = e;
	ctx->timeout = core->resolver_timeout;
	e->asking = 1;
	e->refs++;
	if (ngx_resolve_name(ctx) != NGX_OK) {
		e->asking = 0;
		fail(e, STATE_NO_MEMORY);
		name_put(e);
	}
}

/* --- names --- */

static struct name *name_new(ngx_str_t text, uint32_t port, const u_char key[MK_DIGEST])
{
	struct name *e = ngx_calloc(sizeof(*e), ngx_cycle->log);

	if (!e)
		return NULL;
	e->refs = 1;
	e->port = port;
	e->text = (ngx_str_t){text.len, e->data};
	ngx_memcpy(e->data, text.data, text.len);
	ngx_queue_init(&e->waiting);
	ngx_memcpy(e->item.key, key, MK_DIGEST);
	e->item.bytes = sizeof(*e);
	return e;
}

/* NULL: no memory. */
static struct name *name_find(struct mk_main_conf *m, ngx_str_t name, uint32_t port)
{
	u_char low[TEXT_MAX], key[MK_DIGEST];
	ngx_str_t text = {name.len, low}, parts[] = {text, {sizeof(port), (u_char *)&port}};
	struct name *e;

	ngx_strlow(low, name.data, name.len);
	if (!m->names)
		m->names = mk_cache_new(KEPT_MAX, KEPT_MAX * sizeof(struct name), on_drop);
	if (!m->names || mk_digest(parts, sizeof(parts) / sizeof(*parts), key) != NGX_OK)
		return NULL;
	e = (struct name *)mk_cache_get(m->names, key);
	if (e)
		return e;
	e = name_new(text, port, key);
	if (e)
		mk_cache_put(m->names, &e->item);
	return e;
}

/* --- requests --- */

static void on_end(void *data)
{
	struct mk_wait *w = data;

	if (w->queued) {
		ngx_queue_remove(&w->queue);
	}
	name_put(w->name);
}

static void on_wake(ngx_http_request_t *r)
{
	if (ngx_handle_read_event(r->connection->read, 0) != NGX_OK) {
		ngx_http_finalize_request(r, NGX_HTTP_INTERNAL_SERVER_ERROR);
		return;
	}
	r->read_event_handler = ngx_http_block_reading;
	r->write_event_handler = ngx_http_core_run_phases;
	ngx_http_core_run_phases(r);
}

/* A client that leaves meanwhile is noticed. */
static ngx_int_t sleep_until(ngx_http_request_t *r, struct mk_wait *w)
{
	ngx_event_t *read = r->connection->read;

	if (!w->queued) {
		ngx_queue_insert_tail(&w->name->waiting, &w->queue);
		w->queued = 1;
	}
	if (read->ready) {
		ngx_post_event(read, &ngx_posted_events);
	} else if (ngx_handle_read_event(read, 0) != NGX_OK) {
		return NGX_HTTP_INTERNAL_SERVER_ERROR;
	}
	r->read_event_handler = ngx_http_test_reading;
	r->write_event_handler = on_wake;
	return NGX_AGAIN;
}

static void on_lent(void *data)
{
	struct mk_named **s = data;

	named_put(*s);
}

static ngx_int_t say_failed(ngx_http_request_t *r, const struct name *e, ngx_str_t who)
{
	const char *why = e->state == STATE_REFUSED       ? "of what it stands for nothing may be asked, as it is"
			  : e->state == STATE_NO_RESOLVER ? "there is no name server"
			  : e->state == STATE_NO_MEMORY   ? "no memory"
							  : ngx_resolver_strerror(e->state);

	ngx_log_error(NGX_LOG_ERR, r->connection->log, 0, "minik: %V: the name %V cannot be used: %s%s%s", &who,
		      &e->text, why, e->state == STATE_REFUSED ? " " : "", e->state == STATE_REFUSED ? e->refused : "");
	return e->state == NGX_RESOLVE_TIMEDOUT ? NGX_HTTP_GATEWAY_TIME_OUT
	       : e->state == STATE_NO_MEMORY    ? NGX_HTTP_INTERNAL_SERVER_ERROR
						: NGX_HTTP_BAD_GATEWAY;
}

static ngx_int_t lend(ngx_http_request_t *r, struct name *e, ngx_str_t who, struct mk_named **ret)
{
	ngx_pool_cleanup_t *c;

	if (!e->addrs)
		return say_failed(r, e, who);
	c = ngx_pool_cleanup_add(r->pool, sizeof(struct mk_named *));
	if (!c)
		return NGX_HTTP_INTERNAL_SERVER_ERROR;
	e->addrs->refs++;
	*(struct mk_named **)c->data = *ret = e->addrs;
	c->handler = on_lent;
	return NGX_OK;
}

ngx_int_t mk_name_get(ngx_http_request_t *r, struct mk_wait **wait, ngx_str_t who, ngx_str_t name, uint32_t port,
		      struct mk_named **ret)
{
	struct mk_main_conf *m = ngx_http_get_module_main_conf(r, ngx_http_minik_module);
	time_t now = ngx_time();
	ngx_pool_cleanup_t *c;
	struct name *e;

	if (*wait)
		return (*wait)->queued ? sleep_until(r, *wait) : lend(r, (*wait)->name, who, ret);
	if (name.len > 2 && name.data[0] == '[' && name.data[name.len - 1] == ']')
		name = (ngx_str_t){name.len - 2, name.data + 1};
	if (!name.len || name.len > TEXT_MAX) {
		ngx_log_error(NGX_LOG_ERR, r->connection->log, 0, "minik: %V: \"%V\" is no name", &who, &name);
		return NGX_HTTP_BAD_GATEWAY;
	}
	e = name_find(m, name, port);
	if (!e)
		return NGX_HTTP_INTERNAL_SERVER_ERROR;
	if (e->until <= now && !e->asking)
		ask(r, e);
	if (!e->asking || (e->addrs && (now - e->good < GRACE_S || (e->state && now - e->good < STALE_S))))
		return lend(r, e, who, ret);
	c = ngx_pool_cleanup_add(r->pool, sizeof(struct mk_wait));
	if (!c)
		return NGX_HTTP_INTERNAL_SERVER_ERROR;
	*wait = c->data;
	ngx_memzero(*wait, sizeof(**wait));
	(*wait)->r = r;
	(*wait)->name = e;
	e->refs++;
	c->handler = on_end;
	return sleep_until(r, *wait);
}

ngx_int_t mk_external(ngx_http_request_t *r, struct mk_ctx *x)
{
	struct mk_backend *b = &x->backend;
	ngx_int_t rc;

	if (!b->external.len || b->named)
		return NGX_DECLINED;
	rc = mk_name_get(r, &x->wait, b->key, b->external, b->external_port, &b->named);
	if (rc != NGX_OK)
		return rc;
	if (x->policy->cookie.len)
		mk_cookie_choose(r, x);
	return NGX_DECLINED;
}
