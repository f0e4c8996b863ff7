/*
 * Some annotations of ingress-nginx take nginx's variables ("https://$host/oauth2/auth"). What an Ingress may read by
 * them is a list: facts of the client's own request. Values are looked up by nginx; they are never read as
 * configuration.
 */
#include "ingress/module/policy.h"

#define EXPANDED_MAX 16384
#define NAME_MAX_LEN 64

/* nginx's own of that name */
static const char *const plain[] = {"host",
				    "http_host",
				    "scheme",
				    "request_uri",
				    "uri",
				    "document_uri",
				    "args",
				    "query_string",
				    "is_args",
				    "request_method",
				    "remote_addr",
				    "remote_port",
				    "remote_user",
				    "server_port",
				    "server_name",
				    "server_addr",
				    "server_protocol",
				    "msec",
				    "time_iso8601",
				    "content_type",
				    "ssl_client_verify",
				    "ssl_client_s_dn",
				    "ssl_client_i_dn",
				    "ssl_client_serial",
				    "ssl_client_fingerprint",
				    NULL};
/* what ingress-nginx has beside */
static const struct {
	const char *name, *means;
} others[] = {
    {"best_http_host", "http_host"}, {"pass_access_scheme", "scheme"}, {"pass_server_port", "server_port"},
    {"pass_port", "server_port"},    {"the_real_ip", "remote_addr"},
};

static bool is_name(u_char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

static bool starts(ngx_str_t s, const char *with)
{
	return s.len > strlen(with) && ngx_strncmp(s.data, with, strlen(with)) == 0;
}

static bool same(ngx_str_t s, const char *with)
{
	return s.len == strlen(with) && ngx_strncmp(s.data, with, s.len) == 0;
}

/* What a redirect says of where the request went: the decoded path is encoded again, or it could end the header's line. */
static bool place_of(ngx_http_request_t *r, ngx_str_t name, ngx_str_t *ret)
{
	if (same(name, "uri"))
		*ret = mk_escape(r, r->uri, NGX_ESCAPE_URI);
	else if (same(name, "host"))
		*ret = mk_host(r);
	else if (same(name, "scheme"))
		*ret = mk_is_https(r) ? (ngx_str_t)ngx_string("https") : (ngx_str_t)ngx_string("http");
	else
		return false;
	return true;
}

/* NGX_DECLINED: not of the list */
static ngx_int_t value_of(ngx_http_request_t *r, ngx_str_t name, ngx_str_t *ret)
{
	u_char low[NAME_MAX_LEN];
	ngx_http_variable_value_t *v;
	bool known = starts(name, "http_") || starts(name, "cookie_") || starts(name, "arg_");

	if (same(name, "request_id") || same(name, "req_id")) {
		*ret = mk_request_id(r, same(name, "req_id"));
		return ret->data ? NGX_OK : NGX_ERROR;
	}
	if (same(name, "escaped_request_uri")) {
		*ret = mk_escape(r, r->unparsed_uri, NGX_ESCAPE_URI_COMPONENT);
		return ret->data ? NGX_OK : NGX_ERROR;
	}
	for (size_t i = 0; i < sizeof(others) / sizeof(*others); i++)
		if (same(name, others[i].name))
			name = (ngx_str_t){strlen(others[i].means), (u_char *)(uintptr_t)others[i].means};
	for (const char *const *p = plain; !known && *p; p++)
		known = same(name, *p);
	if (!known || name.len > sizeof(low))
		return NGX_DECLINED;
	v = ngx_http_get_variable(r, &name, ngx_hash_strlow(low, name.data, name.len));
	if (!v)
		return NGX_ERROR;
	*ret = v->not_found ? (ngx_str_t)ngx_null_string : (ngx_str_t){v->len, v->data};
	return NGX_OK;
}

/* A name after "$"; returns where it ends, NULL: there is none. */
static u_char *name_at(u_char *s, u_char *end, ngx_str_t *name)
{
	bool braces = s < end && *s == '{';

	s += braces;
	name->data = s;
	while (s < end && is_name(*s))
		s++;
	name->len = (size_t)(s - name->data);
	if (braces && (s == end || *s++ != '}'))
		return NULL;
	return name->len ? s : NULL;
}

/* What comes next of *text, which is shortened by it: what stands before a variable, or its value. */
static ngx_int_t piece_next(ngx_http_request_t *r, ngx_str_t *text, bool place, ngx_str_t *ret)
{
	u_char *end = text->data + text->len, *dollar = ngx_strlchr(text->data, end, '$'), *s = dollar ? dollar : end;
	ngx_str_t name;
	ngx_int_t rc = NGX_OK;

	if (s != text->data) {
		*ret = (ngx_str_t){(size_t)(s - text->data), text->data};
	} else {
		s = name_at(dollar + 1, end, &name);
		if (!s)
			return NGX_DECLINED;
		if (place && place_of(r, name, ret))
			rc = ret->data ? NGX_OK : NGX_ERROR;
		else
			rc = value_of(r, name, ret);
	}
	*text = (ngx_str_t){(size_t)(end - s), s};
	return rc;
}

static ngx_int_t expand(ngx_http_request_t *r, ngx_str_t text, bool place, ngx_str_t *ret)
{
	u_char *out, *to;
	ngx_str_t value;

	if (!ngx_strlchr(text.data, text.data + text.len, '$')) {
		*ret = text;
		return NGX_OK;
	}
	to = out = ngx_pnalloc(r->pool, EXPANDED_MAX);
	if (!out)
		return NGX_ERROR;
	while (text.len) {
		ngx_int_t rc = piece_next(r, &text, place, &value);
		if (rc != NGX_OK)
			return rc;
		if (value.len > (size_t)(out + EXPANDED_MAX - to))
			return NGX_DECLINED;
		if (value.len)
			to = ngx_cpymem(to, value.data, value.len);
	}
	*ret = (ngx_str_t){(size_t)(to - out), out};
	return NGX_OK;
}

ngx_int_t mk_expand(ngx_http_request_t *r, ngx_str_t text, ngx_str_t *ret)
{
	return expand(r, text, false, ret);
}

ngx_int_t mk_expand_place(ngx_http_request_t *r, ngx_str_t text, ngx_str_t *ret)
{
	return expand(r, text, true, ret);
}

/* FNV-1a of all that mk_expand would have written. */
ngx_int_t mk_expand_hash(ngx_http_request_t *r, ngx_str_t text, uint64_t *ret)
{
	uint64_t h = UINT64_C(0xcbf29ce484222325);
	bool any = false;
	ngx_str_t value;

	while (text.len) {
		ngx_int_t rc = piece_next(r, &text, false, &value);
		if (rc != NGX_OK)
			return rc;
		for (size_t i = 0; i < value.len; i++)
			h = (h ^ value.data[i]) * UINT64_C(0x100000001b3);
		any = any || value.len;
	}
	*ret = h;
	return any ? NGX_OK : NGX_DECLINED;
}
