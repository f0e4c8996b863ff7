#include "ingress/module/policy.h"

ngx_str_t mk_escape(ngx_http_request_t *r, ngx_str_t s, ngx_uint_t type)
{
	ngx_str_t out = {s.len + 2 * ngx_escape_uri(NULL, s.data, s.len, type), NULL};

	out.data = ngx_pnalloc(r->pool, out.len + 1);
	if (out.data)
		ngx_escape_uri(out.data, s.data, s.len, type);
	return out;
}

ngx_int_t mk_redirect(ngx_http_request_t *r, ngx_uint_t status, ngx_str_t url)
{
	for (size_t i = 0; i < url.len; i++)
		if (url.data[i] <= 0x20 || url.data[i] == 0x7f) {
			ngx_log_error(NGX_LOG_INFO, r->connection->log, 0,
				      "minik: a redirect would have a control character");
			return NGX_HTTP_BAD_REQUEST;
		}
	ngx_http_clear_location(r);
	ngx_table_elt_t *h = ngx_list_push(&r->headers_out.headers);
	if (!h)
		return NGX_HTTP_INTERNAL_SERVER_ERROR;
	h->hash = 1;
#if (nginx_version >= 1023000)
	h->next = NULL;
#endif
	h->key = (ngx_str_t)ngx_string("Location");
	h->value = url;
	r->headers_out.location = h;
	r->error_page = 1; /* is no error, whatever custom-http-errors lists */
	return (ngx_int_t)status;
}

/* Without port. HTTP/1.0 knows requests without a host. */
ngx_str_t mk_host(ngx_http_request_t *r)
{
	ngx_str_t s;

	if (mk_said_host(r, &s)) {
		u_char *end = s.data + s.len, *from = s.data[0] == '[' ? ngx_strlchr(s.data, end, ']') : s.data;
		u_char *port = from ? ngx_strlchr(from, end, ':') : NULL;
		s.len = port ? (size_t)(port - s.data) : s.len;
		return s;
	}
	s = r->headers_in.server;
	if (s.len)
		return s;
	u_char text[NGX_SOCKADDR_STRLEN];
	ngx_str_t addr = {sizeof(text), text};
	if (ngx_connection_local_sockaddr(r->connection, &addr, 0) != NGX_OK)
		return (ngx_str_t)ngx_null_string;
	s.data = ngx_pnalloc(r->pool, addr.len + 2);
	if (!s.data)
		return (ngx_str_t)ngx_null_string;
	bool six = ngx_strlchr(addr.data, addr.data + addr.len, ':');
	s.len = (size_t)(ngx_sprintf(s.data, six ? "[%V]" : "%V", &addr) - s.data);
	return s;
}

ngx_str_t mk_authority(ngx_http_request_t *r)
{
	ngx_str_t host, said;

	if (mk_said_host(r, &said))
		return said;
	host = mk_host(r);
	said = r->headers_in.host ? r->headers_in.host->value : (ngx_str_t)ngx_null_string;
	/* headers_in.server is a copy in small letters without the port, of the request line's host if that has one */
	if (!host.data || said.len <= host.len + 1 || ngx_strncasecmp(said.data, host.data, host.len) != 0 ||
	    said.data[host.len] != ':' || ngx_atoi(said.data + host.len + 1, said.len - host.len - 1) == NGX_ERROR)
		return host;
	return said;
}

static bool is_tls(ngx_http_request_t *r)
{
	return mk_is_https(r);
}

/* As the client wrote it; "GET http://host?x" has no path. */
static ngx_str_t request_uri(ngx_http_request_t *r)
{
	ngx_str_t s = r->unparsed_uri, out;

	if (s.len && s.data[0] == '/')
		return s;
	out.data = ngx_pnalloc(r->pool, s.len + 1);
	if (!out.data)
		return (ngx_str_t)ngx_null_string;
	out.len = (size_t)(ngx_sprintf(out.data, "/%V", &s) - out.data);
	return out;
}

static ngx_int_t to_https(ngx_http_request_t *r, ngx_uint_t status)
{
	struct mk_main_conf *m = ngx_http_get_module_main_conf(r, ngx_http_minik_module);
	ngx_str_t host = mk_host(r), uri = request_uri(r), url;

	url.data = host.data && uri.data ? ngx_pnalloc(r->pool, sizeof("https://:65535") + host.len + uri.len) : NULL;
	if (!url.data)
		return NGX_HTTP_INTERNAL_SERVER_ERROR;
	u_char *p = ngx_sprintf(url.data, "https://%V", &host);
	if (m->https_port != 443)
		p = ngx_sprintf(p, ":%ui", m->https_port);
	url.len = (size_t)(ngx_sprintf(p, "%V", &uri) - url.data);
	return mk_redirect(r, status, url);
}

ngx_str_t mk_own_url(ngx_http_request_t *r, ngx_str_t path)
{
	ngx_str_t host = mk_authority(r), url = ngx_null_string;

	url.data = host.data ? ngx_pnalloc(r->pool, sizeof("https://") + host.len + path.len) : NULL;
	if (url.data)
		url.len = (size_t)(ngx_sprintf(url.data, "http%s://%V%V", is_tls(r) ? "s" : "", &host, &path) - url.data);
	return url;
}

/* A path is one of the host that was asked. */
static ngx_int_t to_own_path(ngx_http_request_t *r, ngx_uint_t status, ngx_str_t path)
{
	ngx_str_t url = mk_own_url(r, path);

	return url.data ? mk_redirect(r, status, url) : NGX_HTTP_INTERNAL_SERVER_ERROR;
}

static ngx_int_t to_place(ngx_http_request_t *r, struct mk_policy *p)
{
	ngx_str_t url = p->redirect;

	ngx_int_t rc = p->redirect_expand ? mk_expand_place(r, p->redirect, &url) : NGX_OK;
	if (rc == NGX_DECLINED) {
		ngx_log_error(NGX_LOG_ERR, r->connection->log, 0, "minik: the redirect of %V gets too long, or has a variable that is not known",
			      &p->owner);
		return NGX_HTTP_INTERNAL_SERVER_ERROR;
	}
	if (rc != NGX_OK)
		return NGX_HTTP_INTERNAL_SERVER_ERROR;
	return url.len && url.data[0] == '/' ? to_own_path(r, p->redirect_status, url) : mk_redirect(r, p->redirect_status, url);
}

/*
 * HTTPRequestRedirectFilter of the Gateway API. The port: the one that is set, else that of a scheme that is set, else
 * the listener's; 80 of http and 443 of https are not written.
 */
static ngx_int_t to_parts(ngx_http_request_t *r, struct mk_ctx *x)
{
	const struct mk_srv_conf *srv = ngx_http_get_module_srv_conf(r, ngx_http_minik_module);
	struct mk_policy *p = x->policy;
	ngx_str_t scheme = p->redirect_scheme, host = p->redirect_host, path = r->uri, url;
	ngx_uint_t port = p->redirect_port;

	if (!port && scheme.len)
		port = scheme.len == 5 ? 443 : 80;
	if (!port && is_tls(r) != (r->connection->ssl != NULL)) /* a proxy in front has the listener */
		port = is_tls(r) ? 443 : 80;
	if (!port)
		port = srv->public;
	if (!port)
		port = x->host && x->host->scope ? x->host->scope : ngx_inet_get_port(r->connection->local_sockaddr);
	if (!scheme.len)
		scheme = is_tls(r) ? (ngx_str_t)ngx_string("https") : (ngx_str_t)ngx_string("http");
	if (!host.len)
		host = mk_host(r);
	ngx_str_t args = r->args;
	if (p->has_redirect_path)
		path = p->redirect_path;
	else if (p->has_redirect_prefix)
		path = mk_replace_prefix(r, x, p->redirect_prefix);
	if (!path.len && path.data)
		path = (ngx_str_t)ngx_string("/");
	if (path.data && (p->has_redirect_path || p->has_redirect_prefix)) {
		path = mk_escape(r, path, NGX_ESCAPE_URI);
	} else if (path.data) {
		path = request_uri(r);
		args.len = 0;
	}
	url.data = host.data && path.data
		       ? ngx_pnalloc(r->pool, sizeof("https://:65535?") + host.len + path.len + args.len)
		       : NULL;
	if (!url.data)
		return NGX_HTTP_INTERNAL_SERVER_ERROR;
	u_char *s = ngx_sprintf(url.data, "%V://%V", &scheme, &host);
	if (port != (scheme.len == 5 ? 443u : 80u))
		s = ngx_sprintf(s, ":%ui", port);
	s = ngx_sprintf(s, "%V", &path);
	if (args.len)
		s = ngx_sprintf(s, "?%V", &args);
	url.len = (size_t)(s - url.data);
	return mk_redirect(r, p->parts_status, url);
}

ngx_int_t mk_answer(ngx_http_request_t *r, struct mk_ctx *x)
{
	struct mk_policy *p = x->policy;

	if (!p)
		return NGX_DECLINED;
	if (p->refused) {
		x->reason = "refused";
		return NGX_HTTP_SERVICE_UNAVAILABLE;
	}
	/* before redirects, which browsers do not follow for a preflight request */
	ngx_int_t rc = mk_preflight(r, x);
	if (rc != NGX_DECLINED)
		return rc;
	if (p->https_status && !is_tls(r))
		return to_https(r, p->https_status);
	if (p->redirect_status)
		return to_place(r, p);
	if (p->app_root.len && r->uri.len == 1 && r->uri.data[0] == '/')
		return to_own_path(r, NGX_HTTP_MOVED_TEMPORARILY, p->app_root);
	return p->parts_status ? to_parts(r, x) : NGX_DECLINED;
}
