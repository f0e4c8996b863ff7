/*
 * What backends say of where they are, told as clients see it: the place in Location and Refresh, domain and path of
 * cookies. As nginx's proxy_redirect, proxy_cookie_domain and proxy_cookie_path do it, of which each location of nginx.conf
 * can have only its own.
 */
#include "ingress/module/policy.h"

#define MOST 64

static bool is_called(const ngx_table_elt_t *h, const char *name)
{
	return h->hash && h->key.len == strlen(name) && ngx_strncasecmp(h->key.data, (u_char *)(uintptr_t)name, h->key.len) == 0;
}

/* --- cookies --- */

static ngx_str_t trimmed(u_char *from, u_char *to)
{
	while (from < to && (*from == ' ' || *from == '\t'))
		from++;
	while (from < to && (to[-1] == ' ' || to[-1] == '\t'))
		to--;
	return (ngx_str_t){(size_t)(to - from), from};
}

static bool is_word(ngx_str_t s, const char *word)
{
	return s.len == strlen(word) && ngx_strncasecmp(s.data, (u_char *)(uintptr_t)word, s.len) == 0;
}

/* How many bytes of an attribute's value are exchanged; 0: it is not meant. */
static size_t meant(ngx_str_t name, ngx_str_t *value, const struct mk_policy *p, ngx_str_t *with)
{
	ngx_str_t from;

	if (is_word(name, "path")) {
		from = p->cookie_path_given.from;
		*with = p->cookie_path_given.to;
		return from.len && from.len <= value->len && ngx_memcmp(value->data, from.data, from.len) == 0 ? from.len : 0;
	}
	if (!is_word(name, "domain"))
		return 0;
	from = p->cookie_domain_given.from;
	*with = p->cookie_domain_given.to;
	if (!from.len)
		return 0;
	if (value->len && value->data[0] == '.') {
		value->data++;
		value->len--;
	}
	return from.len == value->len && ngx_strncasecmp(value->data, from.data, from.len) == 0 ? from.len : 0;
}

/*
 * Attributes are what follows the first ";" (RFC 6265 section 5.2); nginx looks at those of a cookie with a name. A cookie with
 * more than MOST of them is there to be costly, and stays as it is.
 */
static bool rename_cookie(ngx_http_request_t *r, ngx_str_t *s, const struct mk_policy *p)
{
	size_t domain = p->cookie_domain_given.to.len, path = p->cookie_path_given.to.len, attributes = 0;
	u_char *end = s->data + s->len, *named = ngx_strlchr(s->data, end, '=');
	u_char *first = ngx_strlchr(s->data, end, ';'), *done = s->data, *out = NULL, *to = NULL;

	for (u_char *at = first; at; at = ngx_strlchr(at + 1, end, ';'))
		attributes++;
	if (!named || !first || first < named || attributes > MOST)
		return true;
	for (u_char *at = first, *next; at; at = next) {
		next = ngx_strlchr(at + 1, end, ';');
		u_char *stop = next ? next : end, *equals = ngx_strlchr(at + 1, stop, '=');
		if (!equals)
			continue;
		ngx_str_t value = trimmed(equals + 1, stop), with;
		size_t n = meant(trimmed(at + 1, equals), &value, p, &with);
		if (!n)
			continue;
		if (!out)
			to = out = ngx_pnalloc(r->pool, s->len + attributes * (domain > path ? domain : path) + 1);
		if (!out)
			return false;
		to = ngx_cpymem(ngx_cpymem(to, done, value.data - done), with.data, with.len);
		done = value.data + n;
	}
	if (!out)
		return true;
	to = ngx_cpymem(to, done, end - done);
	*to = '\0';
	*s = (ngx_str_t){(size_t)(to - out), out};
	return true;
}

/* --- places --- */

/* A copy in which `with` stands in the place of n bytes at `at`. false: no memory. */
static bool exchange(ngx_http_request_t *r, ngx_str_t *s, size_t at, size_t n, ngx_str_t with)
{
	size_t rest = s->len - at - n;
	u_char *p = ngx_pnalloc(r->pool, at + with.len + rest + 1);

	if (!p)
		return false;
	u_char *end = ngx_cpymem(ngx_cpymem(ngx_cpymem(p, s->data, at), with.data, with.len), s->data + at + n, rest);
	*end = '\0';
	*s = (ngx_str_t){(size_t)(end - p), p};
	return true;
}


/* NGX_DECLINED: there is nothing to exchange, or what a client sent would end the header's line. */
static ngx_int_t place_get(ngx_http_request_t *r, const struct mk_pair *pair, struct mk_pair *ret)
{
	ngx_int_t rc = mk_expand_place(r, pair->from, &ret->from);

	if (rc == NGX_OK)
		rc = mk_expand_place(r, pair->to, &ret->to);
	if (rc != NGX_OK)
		return rc;
	for (size_t i = 0; i < ret->to.len; i++)
		if (ret->to.data[i] <= 0x20 || ret->to.data[i] == 0x7f)
			return NGX_DECLINED;
	return ret->from.len ? NGX_OK : NGX_DECLINED;
}

/* at: where the URL begins. NGX_DECLINED: it is another. */
static ngx_int_t rename_place(ngx_http_request_t *r, ngx_str_t *s, size_t at, const struct mk_pair *p)
{
	if (p->from.len > s->len - at || ngx_memcmp(s->data + at, p->from.data, p->from.len) != 0)
		return NGX_DECLINED;
	return exchange(r, s, at, p->from.len, p->to) ? NGX_OK : NGX_ERROR;
}

static ngx_int_t rename_location(ngx_http_request_t *r, ngx_table_elt_t *h, const struct mk_pair *p)
{
	ngx_str_t s = h->value;
	ngx_int_t rc = rename_place(r, &s, 0, p);

	if (rc != NGX_OK)
		return rc;
	/* A path is one of the host that the client has asked for. */
	if (s.len && s.data[0] == '/' && (s.len == 1 || s.data[1] != '/'))
		s = mk_own_url(r, s);
	if (!s.data)
		return NGX_ERROR;
	h->value = s;
	if (r->headers_out.location == h && s.data[0] == '/') /* nginx would take it for a path, too */
		r->headers_out.location = NULL;
	return NGX_OK;
}

static ngx_int_t rename_refresh(ngx_http_request_t *r, ngx_table_elt_t *h, const struct mk_pair *p)
{
	for (size_t i = 0; i + 4 <= h->value.len; i++)
		if (ngx_strncasecmp(h->value.data + i, (u_char *)(uintptr_t) "url=", 4) == 0)
			return rename_place(r, &h->value, i + 4, p);
	return NGX_DECLINED;
}

static ngx_int_t rename_line(ngx_http_request_t *r, ngx_table_elt_t *h, const struct mk_policy *p, const struct mk_pair *place)
{
	if ((p->cookie_domain_given.from.len || p->cookie_path_given.from.len) && is_called(h, "Set-Cookie"))
		return rename_cookie(r, &h->value, p) ? NGX_OK : NGX_ERROR;
	if (place && is_called(h, "Location"))
		return rename_location(r, h, place);
	return place && is_called(h, "Refresh") ? rename_refresh(r, h, place) : NGX_DECLINED;
}

ngx_int_t mk_given(ngx_http_request_t *r, const struct mk_policy *p)
{
	struct mk_pair place;
	ngx_int_t rc = p->location_given.from.len ? place_get(r, &p->location_given, &place) : NGX_DECLINED;
	bool moves = rc == NGX_OK;

	if (rc == NGX_ERROR)
		return NGX_ERROR;
	if (!moves && !p->cookie_domain_given.from.len && !p->cookie_path_given.from.len)
		return NGX_OK;
	for (ngx_list_part_t *part = &r->headers_out.headers.part; part; part = part->next) {
		ngx_table_elt_t *h = part->elts;
		for (ngx_uint_t i = 0; i < part->nelts; i++)
			if (rename_line(r, &h[i], p, moves ? &place : NULL) == NGX_ERROR)
				return NGX_ERROR;
	}
	return NGX_OK;
}
