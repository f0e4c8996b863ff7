#include "ingress/module/policy.h"

#define URI_MAX 65536 /* a target may name a group many times */

/* --- URI --- */

/* What nginx' rewrite with "break" leaves behind: the backend gets the URI anew instead of as the client wrote it. */
static void set_uri(ngx_http_request_t *r, ngx_str_t uri)
{
	r->uri = uri;
	r->internal = 1;
	r->valid_unparsed_uri = 0;
	r->valid_location = 0;
	ngx_http_set_exten(r);
}

ngx_str_t mk_replace_prefix(ngx_http_request_t *r, struct mk_ctx *x, ngx_str_t prefix)
{
	ngx_str_t rest = r->uri, out;
	size_t n = x->path && (x->path->match == TF_PREFIX || x->path->match == TF_EXACT) ? x->path->path.len : 0;

	n = n < rest.len ? n : rest.len;
	rest.data += n;
	rest.len -= n;
	if (rest.len && prefix.len && prefix.data[prefix.len - 1] == '/')
		prefix.len--;
	out.len = prefix.len + rest.len;
	out.data = ngx_pnalloc(r->pool, out.len + 1);
	if (!out.data)
		return out;
	if (!out.len)
		out.data[out.len++] = '/';
	else
		ngx_sprintf(out.data, "%V%V", &prefix, &rest);
	return out;
}

struct expansion {
	ngx_http_request_t *r;
	struct mk_ctx *x;
	ngx_str_t target;
	bool quote; /* what groups put into arguments is escaped when the client's URI was */
};

/* Writes the target with its groups; to NULL: counts. *ret_args: offset behind the first "?" of the target itself, or
 * 0. */
static size_t expand(const struct expansion *e, u_char *to, size_t *ret_args)
{
	size_t n = 0, args = 0;

	for (size_t i = 0; i < e->target.len; i++) {
		u_char c = e->target.data[i];
		if (c != '$') {
			if (to)
				to[n] = c;
			n++;
			if (c == '?' && !args)
				args = n;
			continue;
		}
		ngx_uint_t group = e->target.data[++i] - '0';
		ngx_str_t s = group < e->x->n_captures ? e->x->captures[group] : (ngx_str_t)ngx_null_string;
		bool quote = args && e->quote && s.len;
		if (to && quote)
			ngx_escape_uri(to + n, s.data, s.len, NGX_ESCAPE_ARGS);
		else if (to && s.len)
			ngx_memcpy(to + n, s.data, s.len);
		n += s.len + (quote ? 2 * ngx_escape_uri(NULL, s.data, s.len, NGX_ESCAPE_ARGS) : 0);
	}
	*ret_args = args;
	return n;
}

/* Arguments as nginx' rewrite has them: the client's follow the target's; "?" at the target's end drops them. */
static ngx_int_t rewrite(ngx_http_request_t *r, struct mk_ctx *x, ngx_str_t target)
{
	struct expansion e = {r, x, target, r->quoted_uri || r->plus_in_uri};
	bool keep = target.data[target.len - 1] != '?';
	size_t args;

	if (!keep)
		e.target.len--;
	size_t n = expand(&e, NULL, &args);
	if (n > URI_MAX)
		return NGX_HTTP_REQUEST_URI_TOO_LARGE;
	u_char *p = ngx_pnalloc(r->pool, n + r->args.len + 3);
	if (!p)
		return NGX_HTTP_INTERNAL_SERVER_ERROR;
	u_char *text = p + 1; /* a group may have no slash at its beginning */
	expand(&e, text, &args);
	ngx_str_t uri = {args ? args - 1 : n, text};
	if (!uri.len || uri.data[0] != '/') {
		*p = '/';
		uri.data = p;
		uri.len++;
	}
	if (args) {
		u_char *end = text + n;
		if (keep && r->args.len)
			end = ngx_sprintf(end, "&%V", &r->args);
		r->args.data = text + args;
		r->args.len = (size_t)(end - r->args.data);
	} else if (!keep) {
		r->args.len = 0;
	}
	set_uri(r, uri);
	return NGX_DECLINED;
}

/* --- headers --- */

static const struct mk_header *find_header(const ngx_array_t *list, const ngx_table_elt_t *h)
{
	const struct mk_header *m = list ? list->elts : NULL;

	for (ngx_uint_t i = 0; m && i < list->nelts; i++)
		if (m[i].lower.len == h->key.len && ngx_strncasecmp(m[i].lower.data, h->key.data, h->key.len) == 0)
			return &m[i];
	return NULL;
}

static ngx_table_elt_t *find_line(ngx_list_t *list, const struct mk_header *m, ngx_list_part_t **part, ngx_uint_t *i)
{
	if (!*part) {
		*part = &list->part;
		*i = 0;
	}
	for (;; (*i)++) {
		while (*i >= (*part)->nelts) {
			if (!(*part)->next)
				return NULL;
			*part = (*part)->next;
			*i = 0;
		}
		ngx_table_elt_t *h = (ngx_table_elt_t *)(*part)->elts + *i;
		if (h->key.len == m->lower.len && ngx_strncasecmp(h->key.data, m->lower.data, h->key.len) == 0) {
			(*i)++;
			return h;
		}
	}
}

static ngx_table_elt_t *push_line(ngx_http_request_t *r, const struct mk_header *m)
{
	ngx_table_elt_t *h = ngx_list_push(&r->headers_in.headers);

	if (!h)
		return NULL;
	*h = (ngx_table_elt_t){.hash = m->hash, .key = m->name, .value = m->value, .lowcase_key = m->lower.data};
	return h;
}

static bool is_cookie(const struct mk_header *m)
{
	return m->lower.len == 6 && ngx_strncmp(m->lower.data, "cookie", 6) == 0;
}

/* Values of one name are one list (RFC 9110 section 5.3), which most backends understand only in one line. */
static ngx_int_t add_value(ngx_http_request_t *r, const struct mk_header *m)
{
	ngx_list_part_t *part = NULL;
	ngx_uint_t i = 0;
	ngx_table_elt_t *h = find_line(&r->headers_in.headers, m, &part, &i);

	if (!h)
		return push_line(r, m) ? NGX_OK : NGX_ERROR;
	ngx_str_t both = {h->value.len + (is_cookie(m) ? 2 : 1) + m->value.len, NULL};
	both.data = ngx_pnalloc(r->pool, both.len + 1);
	if (!both.data)
		return NGX_ERROR;
	ngx_sprintf(both.data, "%V%s%V", &h->value, is_cookie(m) ? "; " : ",", &m->value);
	h->value = both;
	return NGX_OK;
}

/* nginx keeps pointers to the lines that it looks at itself. */
static ngx_int_t point_at(ngx_http_request_t *r, const struct mk_header *m)
{
	ngx_http_core_main_conf_t *core = ngx_http_get_module_main_conf(r, ngx_http_core_module);
	ngx_http_header_t *known = ngx_hash_find(&core->headers_in_hash, m->hash, m->lower.data, m->lower.len);
	ngx_list_part_t *part = NULL;
	ngx_table_elt_t *h;
	ngx_uint_t i = 0;

	if (!known)
		return NGX_OK;
#if (nginx_version >= 1023000)
	ngx_table_elt_t **to = (ngx_table_elt_t **)((char *)&r->headers_in + known->offset);
	*to = NULL;
	while ((h = find_line(&r->headers_in.headers, m, &part, &i))) {
		*to = h;
		h->next = NULL;
		to = &h->next;
	}
#else
	if (known->offset == offsetof(ngx_http_headers_in_t, cookies) ||
	    known->offset == offsetof(ngx_http_headers_in_t, x_forwarded_for)) {
		ngx_array_t *all = (ngx_array_t *)((char *)&r->headers_in + known->offset);
		ngx_memzero(all, sizeof(*all));
		if (ngx_array_init(all, r->pool, 1, sizeof(ngx_table_elt_t *)) != NGX_OK)
			return NGX_ERROR;
		while ((h = find_line(&r->headers_in.headers, m, &part, &i))) {
			ngx_table_elt_t **to = ngx_array_push(all);
			if (!to)
				return NGX_ERROR;
			*to = h;
		}
		return NGX_OK;
	}
	h = find_line(&r->headers_in.headers, m, &part, &i);
	*(ngx_table_elt_t **)((char *)&r->headers_in + known->offset) = h;
#endif
	return NGX_OK;
}

static ngx_int_t point_all(ngx_http_request_t *r, const ngx_array_t *list)
{
	const struct mk_header *m = list ? list->elts : NULL;

	for (ngx_uint_t i = 0; m && i < list->nelts; i++)
		if (point_at(r, &m[i]) != NGX_OK)
			return NGX_ERROR;
	return NGX_OK;
}

/*
 * The list is made anew: nginx has pointers into the old one, which stay good for every header that nobody touches,
 * while moving its elements would exchange one for another.
 */
ngx_int_t mk_request_headers(ngx_http_request_t *r, const ngx_array_t *remove, const ngx_array_t *set,
			     const ngx_array_t *add)
{
	ngx_list_part_t first = r->headers_in.headers.part;
	const struct mk_header *m;

	if (ngx_list_init(&r->headers_in.headers, r->pool, 20, sizeof(ngx_table_elt_t)) != NGX_OK)
		return NGX_ERROR;
	for (ngx_list_part_t *part = &first; part; part = part->next) {
		ngx_table_elt_t *old = part->elts;
		for (ngx_uint_t i = 0; i < part->nelts; i++) {
			if (find_header(remove, &old[i]) || find_header(set, &old[i]))
				continue;
			ngx_table_elt_t *h = ngx_list_push(&r->headers_in.headers);
			if (!h)
				return NGX_ERROR;
			*h = old[i];
		}
	}
	m = set ? set->elts : NULL;
	for (ngx_uint_t i = 0; m && i < set->nelts; i++)
		if (!push_line(r, &m[i]))
			return NGX_ERROR;
	m = add ? add->elts : NULL;
	for (ngx_uint_t i = 0; m && i < add->nelts; i++)
		if (add_value(r, &m[i]) != NGX_OK)
			return NGX_ERROR;
	return point_all(r, remove) == NGX_OK && point_all(r, set) == NGX_OK && point_all(r, add) == NGX_OK ? NGX_OK
													    : NGX_ERROR;
}

/* --- */

static ngx_int_t apply(ngx_http_request_t *r, struct mk_ctx *x, const struct mk_policy *p)
{
	ngx_int_t rc = NGX_DECLINED;

	if (p->upstream_host.len)
		x->upstream_host = p->upstream_host;
	if (p->rewrite.len) {
		rc = rewrite(r, x, p->rewrite);
	} else if (p->has_rewrite_path) {
		set_uri(r, p->rewrite_path.len ? p->rewrite_path : (ngx_str_t)ngx_string("/"));
	} else if (p->has_rewrite_prefix) {
		ngx_str_t uri = mk_replace_prefix(r, x, p->rewrite_prefix);
		if (!uri.data)
			return NGX_HTTP_INTERNAL_SERVER_ERROR;
		set_uri(r, uri);
	}
	if (rc != NGX_DECLINED || (!p->request_set.nelts && !p->request_add.nelts && !p->request_remove.nelts))
		return rc;
	x->own_headers = 1;
	return mk_request_headers(r, &p->request_remove, &p->request_set, &p->request_add) == NGX_OK
		   ? NGX_DECLINED
		   : NGX_HTTP_INTERNAL_SERVER_ERROR;
}

ngx_int_t mk_rewrite(ngx_http_request_t *r, struct mk_ctx *x)
{
	ngx_int_t rc = x->policy ? apply(r, x, x->policy) : NGX_DECLINED;
	if (rc == NGX_DECLINED && x->extra)
		rc = apply(r, x, x->extra);
	if (rc == NGX_DECLINED && x->policy && x->policy->cookie.len)
		mk_cookie_choose(r, x);
	return rc;
}
