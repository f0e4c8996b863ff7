/* By which scheme the client came: as nginx has it, or as a proxy that is trusted says ("minik_scheme
 * $minik_said_proto"). */
#include "ingress/module/module.h"

bool mk_is_https(ngx_http_request_t *r)
{
	struct mk_main_conf *m = ngx_http_get_module_main_conf(r, ngx_http_minik_module);
	ngx_str_t s;

	if (!m->scheme || ngx_http_complex_value(r, m->scheme, &s) != NGX_OK)
		return r->connection->ssl;
	return s.len == 5 && ngx_strncmp(s.data, "https", 5) == 0;
}
