#include "ingress/module/names.h"
#include "ingress/module/policy.h"

/*
 * "KEY.BACKEND", both eight hexadecimal digits that every node and every table understands in the same way. BACKEND is
 * a hash of the backend's key: a client whom a canary has served stays with it. KEY is, persistent, the endpoint's
 * hash; balanced (the default) a random number, for which the endpoints compete by a hash of both: one that is new
 * takes over its share of the clients, and one that goes leaves all others where they are.
 */
#define VALUE_LEN 17

uint32_t mk_backend_hash(ngx_str_t key)
{
	return table_hash(0, 0, (const char *)key.data, key.len);
}

static const struct tf_endpoint *endpoints_in(const struct mk_table *t, const struct mk_ctx *x, uint32_t *ret_n)
{
	const struct tf_backend *b;

	if (x->backend.named) {
		*ret_n = x->backend.named->n;
		return x->backend.named->eps;
	}
	b = t && x->backend.key.data ? mk_backend_in(t, &x->backend) : NULL;
	*ret_n = b ? b->endpoints.n : 0;
	return b ? (const struct tf_endpoint *)tf_at(t->map, TF_ENDPOINTS) + b->endpoints.first : NULL;
}

/* Of n > 0. */
static uint32_t winner(const struct tf_endpoint *e, uint32_t n, uint32_t key)
{
	uint64_t best = 0;
	uint32_t hash = e[0].hash;

	for (uint32_t i = 0; i < n; i++) {
		uint64_t h = mk_mix(((uint64_t)key << 32 | e[i].hash) + UINT64_C(0x9e3779b97f4a7c15));
		if (h >= best) {
			best = h;
			hash = e[i].hash;
		}
	}
	return hash;
}

static uint32_t new_key(void)
{
	return (uint32_t)ngx_random() << 16 ^ (uint32_t)ngx_random();
}

/* A key for which `chosen` wins; with very many endpoints perhaps one for which just another than `failed` does. */
static uint32_t key_for(const struct tf_endpoint *e, uint32_t n, uint32_t chosen, uint32_t failed)
{
	uint32_t good = new_key();

	for (uint32_t i = 0, work = 0; work < 100000 && i < 16 * n; i++, work += n) {
		uint32_t key = new_key(), w = winner(e, n, key);
		if (w == chosen)
			return key;
		if (w != failed)
			good = key;
	}
	return good;
}

static void take_target(struct mk_ctx *x, uint32_t hash)
{
	const struct tf_target *t = (const struct tf_target *)tf_at(x->table->map, TF_TARGETS) + x->rule->targets.first;
	const struct tf_backend *b = tf_at(x->table->map, TF_BACKENDS);

	for (uint32_t i = 0; i < x->rule->targets.n; i++)
		if (t[i].backend != TABLE_NONE && mk_backend_hash(mk_str(x->table, b[t[i].backend].key)) == hash) {
			x->target = &t[i];
			return;
		}
}

void mk_cookie_get(ngx_http_request_t *r, struct mk_ctx *x)
{
	struct mk_policy *p = x->policy;
	ngx_str_t v;

	if (!p || !p->cookie.len || !mk_cookie_find(r, p->cookie, &v) || v.len != VALUE_LEN || v.data[8] != '.')
		return;
	ngx_int_t key = ngx_hextoi(v.data, 8), backend = ngx_hextoi(v.data + 9, 8);
	if (key == NGX_ERROR || backend == NGX_ERROR)
		return;
	x->cookie_key = (uint32_t)key;
	x->cookie_backend = (uint32_t)backend;
	x->has_cookie = 1;
	if (!p->cookie_canary_legacy && x->rule)
		take_target(x, x->cookie_backend);
}

void mk_cookie_choose(ngx_http_request_t *r, struct mk_ctx *x)
{
	struct mk_policy *p = x->policy;
	uint32_t n;
	const struct tf_endpoint *e = endpoints_in(x->table, x, &n);

	if (!p->cookie_path.len && x->path && (x->path->match == TF_EXACT || x->path->match == TF_PREFIX) && x->path->path.len)
		x->cookie_path = mk_escape(r, mk_str(x->table, x->path->path), NGX_ESCAPE_URI);
	if (p->cookie_canary_legacy && x->target && x->target->canary)
		x->quiet_cookie = 1;
	if (!n)
		return;
	x->set_cookie = !x->has_cookie || x->cookie_backend != x->backend.hash;
	if (!p->cookie_persistent) {
		if (!x->has_cookie)
			x->cookie_key = new_key();
		x->sticky = winner(e, n, x->cookie_key);
		x->has_sticky = 1;
	} else {
		x->sticky = x->cookie_key;
		x->has_sticky = 0;
		for (uint32_t i = 0; x->has_cookie && i < n && !x->has_sticky; i++)
			x->has_sticky = e[i].hash == x->cookie_key;
		if (!x->has_sticky)
			x->set_cookie = 1;
	}
	if (x->quiet_cookie)
		x->set_cookie = 0;
}

/* --- Set-Cookie --- */

/* Browsers that reject SameSite=None or take it for Strict
 * (https://www.chromium.org/updates/same-site/incompatible-clients). */
static bool knows_none(ngx_http_request_t *r)
{
	if (!r->headers_in.user_agent)
		return true;
	ngx_str_t a = r->headers_in.user_agent->value;
#define HAS(s) ngx_strnstr(a.data, s, a.len)
	if (HAS("Chrome/4") || HAS("Chrome/5") || HAS("Chrome/6") || HAS("CPU iPhone OS 12") || HAS("iPad; CPU OS 12"))
		return false;
	return !(HAS("Macintosh") && HAS("Intel Mac OS X 10_14") && HAS("Safari") && !HAS("Chrome"));
#undef HAS
}

/* Without an option: the path that matched. */
static ngx_str_t path_of(ngx_http_request_t *r, struct mk_ctx *x)
{
	ngx_str_t path = x->policy->cookie_path;

	if (path.len)
		return path;
	path = x->cookie_path;
	if (!path.data || ngx_strlchr(path.data, path.data + path.len, ';'))
		path = (ngx_str_t)ngx_string("/");
	return path;
}

/* One that leads to who has served. */
static void change_key(ngx_http_request_t *r, struct mk_ctx *x)
{
	struct mk_main_conf *m = ngx_http_get_module_main_conf(r, ngx_http_minik_module);
	struct mk_table *t = mk_table_get(m, r->connection->log);
	uint32_t n;
	const struct tf_endpoint *e = endpoints_in(t, x, &n);

	if (n)
		x->cookie_key = key_for(e, n, x->chosen, x->sticky);
	if (t)
		mk_table_put(t);
}

ngx_int_t mk_cookie_set(ngx_http_request_t *r, struct mk_ctx *x)
{
	struct mk_policy *p = x->policy;

	if (!p->cookie.len || !x->tries)
		return NGX_OK;
	bool other = x->has_sticky && x->chosen != x->sticky;
	if (!x->set_cookie && !(other && p->cookie_on_failure))
		return NGX_OK;
	if (p->cookie_persistent)
		x->cookie_key = x->chosen;
	else if (other)
		change_key(r, x);

	ngx_str_t path = path_of(r, x);
	u_char *text = ngx_pnalloc(r->pool, p->cookie.len + p->cookie_domain.len + path.len + VALUE_LEN + 256);
	ngx_table_elt_t *h = text ? ngx_list_push(&r->headers_out.headers) : NULL;
	if (!h)
		return NGX_ERROR;
	u_char *to = ngx_sprintf(text, "%V=%08xD.%08xD", &p->cookie, x->cookie_key, x->backend.hash);
	if (p->cookie_expires >= 0) {
		to = ngx_cpymem(to, "; Expires=", 10);
		to = ngx_http_cookie_time(to, ngx_time() + p->cookie_expires);
	}
	if (p->cookie_max_age >= 0)
		to = ngx_sprintf(to, "; Max-Age=%i", p->cookie_max_age);
	if (p->cookie_domain.len)
		to = ngx_sprintf(to, "; Domain=%V", &p->cookie_domain);
	to = ngx_sprintf(to, "; Path=%V", &path);
	if (p->cookie_secure > 0 || (p->cookie_secure < 0 && mk_is_https(r)))
		to = ngx_cpymem(to, "; Secure", 8);
	to = ngx_cpymem(to, "; HttpOnly", 10);
	if (p->cookie_samesite.len && !(p->cookie_conditional && p->cookie_samesite.data[0] == 'N' && !knows_none(r)))
		to = ngx_sprintf(to, "; SameSite=%V", &p->cookie_samesite);
	*h = (ngx_table_elt_t){.hash = 1, .key = ngx_string("Set-Cookie"), .value = {(size_t)(to - text), text}};
	return NGX_OK;
}
