/* What clients have sent, for the access log: as it came, but U+FFFD in the place of each byte that is no part of UTF-8. nginx's own escape=json lets
 * all bytes from 0x80 on through, and a line with such a one is no JSON (RFC 8259 section 8.1). */
#include "ingress/module/module.h"

static const u_char replacement[] = {0xef, 0xbf, 0xbd};

/* Bytes of the character at p; 0: it is none (RFC 3629 section 4). */
static size_t char_length(const u_char *p, const u_char *end)
{
	size_t n = *p < 0x80 ? 1 : *p >= 0xc2 && *p < 0xe0 ? 2 : (*p & 0xf0) == 0xe0 ? 3 : *p >= 0xf0 && *p < 0xf5 ? 4 : 0;

	if (!n || (size_t)(end - p) < n)
		return 0;
	for (size_t i = 1; i < n; i++)
		if ((p[i] & 0xc0) != 0x80)
			return 0;
	bool overlong = (*p == 0xe0 && p[1] < 0xa0) || (*p == 0xf0 && p[1] < 0x90);
	bool beyond = (*p == 0xed && p[1] > 0x9f) || (*p == 0xf4 && p[1] > 0x8f);
	return overlong || beyond ? 0 : n;
}

static ngx_int_t as_text(ngx_http_request_t *r, ngx_str_t *s)
{
	const u_char *end = s->data + s->len;
	size_t bad = 0;

	for (const u_char *p = s->data; p < end;) {
		size_t n = char_length(p, end);
		bad += !n;
		p += n ? n : 1;
	}
	if (!bad)
		return NGX_OK;
	u_char *text = ngx_pnalloc(r->pool, s->len + bad * (sizeof(replacement) - 1)), *to = text;
	if (!text)
		return NGX_ERROR;
	for (const u_char *p = s->data; p < end;) {
		size_t n = char_length(p, end);
		to = n ? ngx_cpymem(to, p, n) : ngx_cpymem(to, replacement, sizeof(replacement));
		p += n ? n : 1;
	}
	s->len = (size_t)(to - text);
	s->data = text;
	return NGX_OK;
}

ngx_int_t mk_text_variable(ngx_http_request_t *r, ngx_http_variable_value_t *v, uintptr_t data)
{
	ngx_http_core_srv_conf_t *server = ngx_http_get_module_srv_conf(r, ngx_http_core_module);
	const ngx_table_elt_t *header = data == MK_TEXT_AGENT ? r->headers_in.user_agent : data == MK_TEXT_REFERER ? r->headers_in.referer : NULL;
	ngx_str_t s = header ? header->value : (ngx_str_t)ngx_null_string;

	if (data == MK_TEXT_HOST)
		s = r->headers_in.server.len ? r->headers_in.server : server->server_name;
	else if (data == MK_TEXT_URI)
		s = r->unparsed_uri;
	else if (data == MK_TEXT_ID)
		s = mk_request_id(r, true);
	return as_text(r, &s) == NGX_OK ? mk_var_set(v, s) : NGX_ERROR;
}
