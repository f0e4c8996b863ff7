/* How the client has asked, where a proxy in front that is trusted says it ("minik_scheme $minik_said_proto", "minik_asked
 * $minik_said_host"): by which scheme, and for which host. */
#include "ingress/module/module.h"

bool mk_is_https(ngx_http_request_t *r)
{
	struct mk_main_conf *m = ngx_http_get_module_main_conf(r, ngx_http_minik_module);
	ngx_str_t s;

	if (!m->scheme || ngx_http_complex_value(r, m->scheme, &s) != NGX_OK)
		return r->connection->ssl;
	return s.len == 5 && ngx_strncmp(s.data, "https", 5) == 0;
}

bool mk_said_host(ngx_http_request_t *r, ngx_str_t *ret)
{
	struct mk_main_conf *m = ngx_http_get_module_main_conf(r, ngx_http_minik_module);

	return m->said_host && ngx_http_complex_value(r, m->said_host, ret) == NGX_OK && ret->len;
}
