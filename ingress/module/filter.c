#include "ingress/module/policy.h"

/* --- lines of the answer --- */

static bool is_named(const ngx_table_elt_t *h, ngx_str_t name)
{
	return h->hash && h->key.len == name.len && ngx_strncasecmp(h->key.data, name.data, name.len) == 0;
}

static bool is_name(ngx_str_t name, const char *s)
{
	return name.len == ngx_strlen(s) && ngx_strncasecmp(name.data, (u_char *)s, name.len) == 0;
}

/* Where nginx keeps a pointer to the line, or NULL. */
static ngx_table_elt_t **known_line(ngx_http_request_t *r, ngx_str_t name)
{
#define KNOWN(text, field)                                                                                             \
	{                                                                                                              \
		text, offsetof(ngx_http_headers_out_t, field)                                                          \
	}
	static const struct {
		const char *name;
		size_t offset;
	} known[] = {KNOWN("Server", server),
		     KNOWN("Date", date),
		     KNOWN("Content-Encoding", content_encoding),
		     KNOWN("Location", location),
		     KNOWN("Refresh", refresh),
		     KNOWN("Last-Modified", last_modified),
		     KNOWN("Content-Range", content_range),
		     KNOWN("Accept-Ranges", accept_ranges),
		     KNOWN("WWW-Authenticate", www_authenticate),
		     KNOWN("Expires", expires),
		     KNOWN("ETag", etag)};
#undef KNOWN
	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++)
		if (is_name(name, known[i].name))
			return (ngx_table_elt_t **)((char *)&r->headers_out + known[i].offset);
	return NULL;
}

/* The first line that is called so; `after`: the next after it. */
static ngx_table_elt_t *next_line(ngx_http_request_t *r, ngx_str_t name, const ngx_table_elt_t *after)
{
	bool seen = !after;

	for (ngx_list_part_t *part = &r->headers_out.headers.part; part; part = part->next) {
		ngx_table_elt_t *h = part->elts;
		for (ngx_uint_t i = 0; i < part->nelts; i++) {
			if (seen && is_named(&h[i], name))
				return &h[i];
			seen = seen || &h[i] == after;
		}
	}
	return NULL;
}

static ngx_table_elt_t *push_line(ngx_http_request_t *r, ngx_str_t name, ngx_str_t value)
{
	ngx_table_elt_t *h = ngx_list_push(&r->headers_out.headers);

	if (h)
		*h = (ngx_table_elt_t){.hash = 1, .key = name, .value = value};
	return h;
}

static ngx_int_t remove_line(ngx_http_request_t *r, ngx_str_t name)
{
	ngx_table_elt_t **known = known_line(r, name);

	for (ngx_table_elt_t *h = NULL; (h = next_line(r, name, NULL));)
		h->hash = 0;
	if (known)
		*known = NULL;
	if (is_name(name, "Content-Type")) {
		ngx_str_null(&r->headers_out.content_type);
		r->headers_out.content_type_len = 0;
		r->headers_out.content_type_lowcase = NULL;
		r->headers_out.charset.len = 0;
	} else if (is_name(name, "Last-Modified")) {
		r->headers_out.last_modified_time = -1;
	} else if (known == &r->headers_out.server || known == &r->headers_out.date) {
		/* nginx writes these two when there is none; a line that is not sent is one */
		*known = push_line(r, name, (ngx_str_t)ngx_null_string);
		if (!*known)
			return NGX_ERROR;
		(*known)->hash = 0;
	}
	return NGX_OK;
}

static ngx_int_t set_line(ngx_http_request_t *r, ngx_str_t name, ngx_str_t value)
{
	if (remove_line(r, name) != NGX_OK)
		return NGX_ERROR;
	if (is_name(name, "Content-Type")) {
		r->headers_out.content_type = value;
		r->headers_out.content_type_len = value.len;
		return NGX_OK;
	}
	ngx_table_elt_t *h = push_line(r, name, value);
	if (!h)
		return NGX_ERROR;
	ngx_table_elt_t **known = known_line(r, name);
	if (known)
		*known = h;
	return NGX_OK;
}

/* One list of values in one line, but for cookies (RFC 9110 section 5.3). */
static ngx_int_t add_line(ngx_http_request_t *r, ngx_str_t name, ngx_str_t value)
{
	ngx_table_elt_t *h = is_name(name, "Set-Cookie") ? NULL : next_line(r, name, NULL);
	ngx_str_t *old = h ? &h->value : NULL, both;

	if (is_name(name, "Set-Cookie"))
		return push_line(r, name, value) ? NGX_OK : NGX_ERROR;
	if (is_name(name, "Content-Type") && r->headers_out.content_type.len)
		old = &r->headers_out.content_type;
	if (!old)
		return set_line(r, name, value);
	both.len = old->len + 1 + value.len;
	both.data = ngx_pnalloc(r->pool, both.len + 1);
	if (!both.data)
		return NGX_ERROR;
	ngx_sprintf(both.data, "%V,%V", old, &value);
	*old = both;
	return NGX_OK;
}

static ngx_int_t change_lines(ngx_http_request_t *r, const struct mk_policy *p)
{
	const struct mk_header *h = p->response_remove.elts;

	for (ngx_uint_t i = 0; i < p->response_remove.nelts; i++)
		if (remove_line(r, h[i].name) != NGX_OK)
			return NGX_ERROR;
	h = p->response_set.elts;
	for (ngx_uint_t i = 0; i < p->response_set.nelts; i++)
		if (set_line(r, h[i].name, h[i].value) != NGX_OK)
			return NGX_ERROR;
	h = p->response_add.elts;
	for (ngx_uint_t i = 0; i < p->response_add.nelts; i++)
		if (add_line(r, h[i].name, h[i].value) != NGX_OK)
			return NGX_ERROR;
	return NGX_OK;
}

/* --- CORS --- */

/* A star in the pattern is one label, or when deep any number of them. */
static bool origin_matches(ngx_str_t origin, ngx_str_t pattern, bool deep)
{
	u_char *star = ngx_strlchr(pattern.data, pattern.data + pattern.len, '*');

	if (!star)
		return origin.len == pattern.len && ngx_strncasecmp(origin.data, pattern.data, origin.len) == 0;
	size_t head = (size_t)(star - pattern.data), tail = pattern.len - head - 1;
	if (origin.len <= head + tail || ngx_strncasecmp(origin.data, pattern.data, head) != 0 ||
	    ngx_strncasecmp(origin.data + origin.len - tail, star + 1, tail) != 0)
		return false;
	for (size_t i = head; i < origin.len - tail; i++) {
		u_char c = origin.data[i];
		if (!((c | 0x20) >= 'a' && (c | 0x20) <= 'z') && !(c >= '0' && c <= '9') && c != '-' &&
		    !(deep && c == '.'))
			return false;
	}
	return true;
}

static bool is_for_all(const struct mk_policy *p)
{
	const ngx_str_t *o = p->cors_origins.elts;

	for (ngx_uint_t i = 0; i < p->cors_origins.nelts; i++)
		if (o[i].len == 1 && o[i].data[0] == '*')
			return true;
	return !p->cors_origins.nelts && !p->cors_strict;
}

/* false: the origin may not come, or there is none. */
static bool allowed_origin(ngx_http_request_t *r, const struct mk_policy *p, ngx_str_t *ret)
{
	const ngx_str_t *o = p->cors_origins.elts;

	if (is_for_all(p) && !p->cors_strict) {
		*ret = (ngx_str_t)ngx_string("*");
		return true;
	}
	if (!mk_header_find(r, (ngx_str_t)ngx_string("origin"), ret))
		return false;
	for (ngx_uint_t i = 0; i < p->cors_origins.nelts; i++)
		if (origin_matches(*ret, o[i], p->cors_strict))
			return true;
	return p->cors_strict && is_for_all(p);
}

/* Strict: a request of one's own by OPTIONS goes to the backend, and a preflight request never. */
static bool is_preflight(ngx_http_request_t *r)
{
	ngx_str_t v;

	return mk_header_find(r, (ngx_str_t)ngx_string("origin"), &v) &&
	       mk_header_find(r, (ngx_str_t)ngx_string("access-control-request-method"), &v);
}

ngx_int_t mk_preflight(ngx_http_request_t *r, struct mk_ctx *x)
{
	ngx_str_t origin;

	if (!x->policy->cors || r->method != NGX_HTTP_OPTIONS ||
	    !(x->policy->cors_strict ? is_preflight(r) : allowed_origin(r, x->policy, &origin)))
		return NGX_DECLINED;
	return NGX_HTTP_NO_CONTENT;
}

/* To who comes with credentials a star means itself: then what is asked for takes its place. */
static ngx_str_t cors_list(ngx_http_request_t *r, const struct mk_policy *p, ngx_str_t list, ngx_str_t asked)
{
	if (!p->cors_strict || !p->cors_credentials || list.len != 1 || list.data[0] != '*')
		return list;
	return mk_header_find(r, asked, &list) ? list : (ngx_str_t)ngx_null_string;
}

static ngx_int_t set_cors(ngx_http_request_t *r, const struct mk_policy *p)
{
	static const ngx_str_t yes = ngx_string("true"), vary = ngx_string("Origin");
	ngx_str_t origin, age;
	ngx_str_t methods = cors_list(r, p, p->cors_methods, (ngx_str_t)ngx_string("access-control-request-method"));
	ngx_str_t headers = cors_list(r, p, p->cors_headers, (ngx_str_t)ngx_string("access-control-request-headers"));
#define SET(name, value) (set_line(r, (ngx_str_t)ngx_string("Access-Control-" name), value) == NGX_OK)

	if ((p->cors_strict || !is_for_all(p)) && add_line(r, (ngx_str_t)ngx_string("Vary"), vary) != NGX_OK)
		return NGX_ERROR;
	if (!allowed_origin(r, p, &origin))
		return NGX_OK;
	if (!SET("Allow-Origin", origin) || (p->cors_credentials && !SET("Allow-Credentials", yes)) ||
	    (methods.len && !SET("Allow-Methods", methods)) || (headers.len && !SET("Allow-Headers", headers)) ||
	    (p->cors_expose.len && !SET("Expose-Headers", p->cors_expose)))
		return NGX_ERROR;
	if (p->cors_max_age < 0)
		return NGX_OK;
	age.data = ngx_pnalloc(r->pool, NGX_INT_T_LEN);
	if (!age.data)
		return NGX_ERROR;
	age.len = (size_t)(ngx_sprintf(age.data, "%i", p->cors_max_age) - age.data);
	return SET("Max-Age", age) ? NGX_OK : NGX_ERROR;
#undef SET
}

/* --- */

ngx_int_t mk_headers(ngx_http_request_t *r, struct mk_ctx *x)
{
	if (!x->policy)
		return NGX_OK;
	if (x->policy->hsts.len && r->connection->ssl &&
	    set_line(r, (ngx_str_t)ngx_string("Strict-Transport-Security"), x->policy->hsts) != NGX_OK)
		return NGX_ERROR;
	/* the backend's own headers alone: before any is added */
	if (r->upstream && !x->error && mk_given(r, x->policy) != NGX_OK)
		return NGX_ERROR;
	if (mk_cookie_set(r, x) != NGX_OK || (x->policy->cors && set_cors(r, x->policy) != NGX_OK) ||
	    change_lines(r, x->policy) != NGX_OK)
		return NGX_ERROR;
	return x->extra ? change_lines(r, x->extra) : NGX_OK;
}
