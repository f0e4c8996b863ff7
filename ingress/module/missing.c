/* What files that are still to come define. */
#include "ingress/module/policy.h"

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
