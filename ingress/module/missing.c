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
	ngx_str_t none = ngx_null_string;

	return none;
}

/* of this branch, to come at once */
ngx_int_t mk_route(ngx_http_request_t *r) { return NGX_DECLINED; }
ngx_int_t mk_balance_init(ngx_conf_t *cf, ngx_http_upstream_srv_conf_t *us) { return NGX_OK; }
ngx_int_t mk_tls_init(ngx_conf_t *cf) { return NGX_OK; }
void mk_stats(ngx_http_request_t *r, struct mk_main_conf *m, struct mk_ctx *x) {}
struct mk_table *mk_table_get(struct mk_main_conf *m, ngx_log_t *log) { return NULL; }
void mk_table_put(struct mk_table *t) {}
