/* What files that are still to come define. */
#include "ingress/module/policy.h"

/* policy.c */
struct mk_policy *mk_policy_get(struct mk_table *t, uint32_t index, ngx_log_t *log)
{
	const struct tf_policy *raw = (const struct tf_policy *)tf_at(t->map, TF_POLICIES) + index;
	struct mk_policy *p = t->policies[index];

	if (p)
		return p;
	p = ngx_pcalloc(t->pool, sizeof(*p));
	if (!p)
		return NULL;
	p->raw = raw;
	p->owner = mk_str(t, raw->owner);
	p->digest = raw->digest;
	p->stat = raw->stat;
	p->buffering = p->request_buffering = p->http_version = p->next_tries = p->buffers = NGX_CONF_UNSET;
	p->cookie_max_age = p->cookie_expires = p->cookie_secure = p->cors_max_age = -1;
	t->policies[index] = p;
	return p;
}

/* answer.c */
ngx_int_t mk_answer(ngx_http_request_t *r, struct mk_ctx *x)
{
	return NGX_DECLINED;
}

/* rewrite.c */
ngx_int_t mk_rewrite(ngx_http_request_t *r, struct mk_ctx *x)
{
	return NGX_DECLINED;
}

/* limits.c */
ngx_int_t mk_limits(ngx_http_request_t *r, struct mk_ctx *x)
{
	return NGX_DECLINED;
}

void mk_done(ngx_http_request_t *r, struct mk_ctx *x) {}

ngx_int_t mk_limits_init(ngx_shm_zone_t *zone, void *old)
{
	return NGX_OK;
}

/* access.c */
ngx_int_t mk_access(ngx_http_request_t *r, struct mk_ctx *x)
{
	return NGX_DECLINED;
}

/* cookie.c */
void mk_cookie_get(ngx_http_request_t *r, struct mk_ctx *x) {}

ngx_int_t mk_cookie_set(ngx_http_request_t *r, struct mk_ctx *x)
{
	return NGX_OK;
}

/* filter.c */
ngx_int_t mk_headers(ngx_http_request_t *r, struct mk_ctx *x)
{
	return NGX_OK;
}

/* auth.c */
ngx_int_t mk_auth(ngx_http_request_t *r, struct mk_ctx *x)
{
	return NGX_DECLINED;
}

ngx_http_variable_t mk_auth_variables[] = {ngx_http_null_variable};

/* client_cert.c */
ngx_int_t mk_client_cert(ngx_http_request_t *r, struct mk_ctx *x)
{
	return NGX_DECLINED;
}

int mk_client_cert_ask(ngx_ssl_conn_t *ssl, const struct mk_table *t, const struct tf_server *s)
{
	return 1;
}

/* upstream.c */
ngx_int_t mk_upstream(ngx_http_request_t *r, struct mk_ctx *x)
{
	return NGX_OK;
}

ngx_str_t mk_location(const struct mk_ctx *x)
{
	static const ngx_str_t external = ngx_string("@minik_external");
	ngx_str_t none = ngx_null_string;

	return x->backend->external.len ? external : none;
}
