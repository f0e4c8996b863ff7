/*
 * custom-http-errors: an answer with one of the policy's statuses is thrown away, and another backend is asked for what the client
 * is to see. nginx does that by itself where its configuration says so (error_page, for backends' answers proxy_intercept_errors);
 * the request gets copies of its configuration that do.
 */
#include "ingress/module/policy.h"

/*
 * Refusing costs nothing, asking for a page does: of nginx's own answers so many are exchanged at a time, by policy and worker. Further
 * ones stay as they are, so that no flood which is kept out becomes one of the other backend, or holds nginx's connections while that one
 * is slow.
 */
#define EXCHANGES_MAX 64

ngx_int_t mk_errors_set(ngx_http_request_t *r, struct mk_ctx *x)
{
	ngx_http_core_loc_conf_t *own, *now = ngx_http_get_module_loc_conf(r, ngx_http_core_module);
	struct mk_policy *p = x->policy;
	const struct tf_backend *b;
	void **confs;

	if (!p->error_pages.nelts || !p->error_backend.len || now->error_pages == &p->error_pages)
		return NGX_OK;
	/* Where nobody would answer in its place the first answer is better than none. */
	b = mk_backend_find(x->table, p->error_backend);
	if (!b || !b->endpoints.n)
		return NGX_OK;
	own = ngx_palloc(r->pool, sizeof(*own));
	confs = ngx_palloc(r->pool, ngx_http_max_module * sizeof(void *));
	if (!own || !confs)
		return NGX_ERROR;
	*own = *now;
	own->error_pages = &p->error_pages; /* as long as the policy, which is as long as the request */
	ngx_memcpy(confs, r->loc_conf, ngx_http_max_module * sizeof(void *));
	confs[ngx_http_core_module.ctx_index] = own;
	own->loc_conf = confs;
	r->loc_conf = confs;
	return NGX_OK;
}

ngx_int_t mk_errors_watch(ngx_http_request_t *r, struct mk_ctx *x)
{
	const ngx_http_core_loc_conf_t *core = ngx_http_get_module_loc_conf(r, ngx_http_core_module);
	ngx_http_upstream_conf_t *conf;

	if (x->error || x->policy->error_keep || core->error_pages != &x->policy->error_pages)
		return NGX_OK;
	conf = ngx_palloc(r->pool, sizeof(*conf));
	if (!conf)
		return NGX_ERROR;
	*conf = *r->upstream->conf;
	conf->intercept_errors = 1;
	r->upstream->conf = conf;
	return NGX_OK;
}

/* --- the other backend --- */

static ngx_int_t set(ngx_http_request_t *r, ngx_array_t *list, const char *name, ngx_str_t value)
{
	struct mk_header *h = ngx_array_push(list);

	if (!h)
		return NGX_ERROR;
	h->name = (ngx_str_t){ngx_strlen(name), (u_char *)(uintptr_t)name};
	h->value = value;
	h->lower.len = h->name.len;
	h->lower.data = ngx_pnalloc(r->pool, h->name.len);
	if (!h->lower.data)
		return NGX_ERROR;
	h->hash = ngx_hash_strlow(h->lower.data, h->name.data, h->name.len);
	return NGX_OK;
}

/* "a/b" at the sign; the whole is the first of them where there is none. */
static void split(ngx_str_t s, u_char sign, ngx_str_t *first, ngx_str_t *rest)
{
	u_char *p = ngx_strlchr(s.data, s.data + s.len, sign);

	*first = (ngx_str_t){p ? (size_t)(p - s.data) : s.len, s.data};
	*rest = p ? (ngx_str_t){s.len - first->len - 1, p + 1} : (ngx_str_t)ngx_null_string;
}

/* Names as ingress-nginx has them. */
static ngx_int_t tell(ngx_http_request_t *r, const struct mk_ctx *x, ngx_uint_t status)
{
	ngx_str_t accept = ngx_null_string, code, ns, name, service, port, skip;
	ngx_array_t list, none;

	code.data = ngx_pnalloc(r->pool, NGX_INT_T_LEN);
	if (!code.data || ngx_array_init(&list, r->pool, 8, sizeof(struct mk_header)) != NGX_OK ||
	    ngx_array_init(&none, r->pool, 1, sizeof(struct mk_header)) != NGX_OK)
		return NGX_ERROR;
	code.len = (size_t)(ngx_sprintf(code.data, "%ui", status) - code.data);
	(void)mk_header_find(r, (ngx_str_t)ngx_string("accept"), &accept);
	split(x->policy->owner, '/', &ns, &name);
	split(x->backend.key, '/', &skip, &service);
	split(service, ':', &service, &port);
	split(port, '@', &port, &skip);
	const struct {
		const char *name;
		ngx_str_t value;
	} all[] = {{"X-Code", code},	     {"X-Format", accept},	{"X-Original-URI", r->unparsed_uri}, {"X-Namespace", ns},
		   {"X-Ingress-Name", name}, {"X-Service-Name", service}, {"X-Service-Port", port}};
	for (size_t i = 0; i < sizeof(all) / sizeof(*all); i++)
		if (set(r, all[i].value.len ? &list : &none, all[i].name, all[i].value) != NGX_OK)
			return NGX_ERROR;
	return mk_request_headers(r, &none, &list, NULL);
}

/* The client's body goes with it. What was sent on as it came is no longer here: then it has none. */
static void body_check(ngx_http_request_t *r)
{
	if (!r->request_body || !r->request_body_no_buffering)
		return;
	r->request_body->bufs = NULL;
	r->headers_in.content_length_n = -1;
	r->headers_in.chunked = 0;
}

static ngx_int_t exchange(ngx_http_request_t *r, struct mk_ctx *x, const struct mk_table *t, const struct tf_backend *b)
{
	ngx_str_t from = mk_str(t, b->key);
	u_char *key = ngx_pnalloc(r->pool, from.len);

	if (!key)
		return NGX_ERROR;
	ngx_memcpy(key, from.data, from.len);
	x->backend = (struct mk_backend){
	    .key = {from.len, key},
	    .serial = t->serial,
	    .index = (uint32_t)(b - (const struct tf_backend *)tf_at(t->map, TF_BACKENDS)),
	};
	x->error = 1;
	/* no client is kept at it */
	x->has_sticky = x->set_cookie = 0;
	x->tries = 0;
	ngx_str_null(&x->upstream_host);
	return NGX_OK;
}

/* Not with the request, which may last for as long as a client is sending what nobody reads. */
void mk_errors_done(struct mk_ctx *x)
{
	if (x->counted_error)
		x->policy->n_errors--;
	x->counted_error = 0;
}

/*
 * The client's body stays out: a page does without it. What comes of it is thrown away meanwhile, for otherwise a client that sends all
 * before it listens would wait for us; NGX_DONE is where nginx goes on with that, and gives up when nothing comes for lingering_timeout.
 */
static ngx_int_t go_without_body(ngx_http_request_t *r, struct mk_ctx *x, ngx_uint_t status)
{
	static ngx_str_t location = ngx_string("@minik_refused");

	x->policy->n_errors++;
	x->counted_error = 1;
	if (!x->reason && status == NGX_HTTP_REQUEST_ENTITY_TOO_LARGE)
		x->reason = "body-size";
	if (ngx_http_discard_request_body(r) != NGX_OK)
		r->keepalive = 0;
	(void)ngx_http_named_location(r, &location);
	ngx_http_finalize_request(r, NGX_DONE);
	return NGX_DONE;
}

ngx_int_t mk_error(ngx_http_request_t *r)
{
	struct mk_main_conf *m = ngx_http_get_module_main_conf(r, ngx_http_minik_module);
	const ngx_http_upstream_state_t *said = r->upstream ? r->upstream->state : NULL;
	struct mk_ctx *x = mk_ctx_of(r);
	ngx_uint_t status = r->err_status;
	bool own = !said || said->status != status;
	ngx_int_t rc = NGX_ERROR;

	if (!x || !x->policy || x->error)
		return NGX_HTTP_INTERNAL_SERVER_ERROR;
	if (own && x->policy->n_errors >= EXCHANGES_MAX)
		return (ngx_int_t)status;
	if (own && mk_password_forget(r, x) != NGX_DECLINED)
		return NGX_HTTP_INTERNAL_SERVER_ERROR;
	struct mk_table *t = mk_table_get(m, r->connection->log);
	const struct tf_backend *b = t ? mk_backend_find(t, x->policy->error_backend) : NULL;
	if (b)
		rc = tell(r, x, status) == NGX_OK ? exchange(r, x, t, b) : NGX_ERROR;
	if (t)
		mk_table_put(t);
	if (rc != NGX_OK) /* it has gone meanwhile */
		return status >= NGX_HTTP_BAD_REQUEST ? (ngx_int_t)status : NGX_HTTP_BAD_GATEWAY;
	r->err_status = 0; /* the new answer's counts */
	ngx_str_set(&r->uri, "/");
	r->valid_unparsed_uri = 0;
	r->valid_location = 0;
	ngx_http_set_exten(r);
	if (own)
		return go_without_body(r, x, status);
	body_check(r);
	return NGX_DECLINED;
}
