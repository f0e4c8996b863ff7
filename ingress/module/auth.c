/*
 * External authentication (auth-url). The access phase starts a subrequest to the internal location /minik.auth and
 * waits; that location asks the URL, at addresses that names.c has found. Only an answer 2xx lets the client in:
 * whatever fails on the way is 500.
 */
#include "ingress/module/auth.h"
#include "ingress/module/names.h"

struct auth {
	ngx_http_request_t *sub;
	ngx_str_t url;
	ngx_str_t host; /* of it, with its port if it says one */
	ngx_str_t pass; /* the URL with the upstream in the host's place */
	struct mk_wait *wait;
	struct mk_named *named;
	struct mk_auth_answer answer;
	ngx_uint_t status; /* of the subrequest, as far as it is known */
	u_char key[MK_DIGEST];
	ngx_int_t (*begin)(void *); /* nginx' own, of the answer's body */
	ngx_int_t (*filter)(void *, ssize_t);
	size_t swallowed;
	unsigned said : 1;   /* the answer's header is there: `status` is final */
	unsigned done : 1;   /* the subrequest */
	unsigned known : 1;  /* `answer` is filled */
	unsigned handed : 1; /* the backend's headers are set */
	unsigned keep : 1;   /* the answer may be kept, under `key` */
};

static ngx_str_t text(const char *s)
{
	return (ngx_str_t){strlen(s), (u_char *)(uintptr_t)s};
}

static bool same(ngx_str_t a, const char *b)
{
	return a.len == strlen(b) && ngx_strncasecmp(a.data, (u_char *)(uintptr_t)b, a.len) == 0;
}

/* --- the URL --- */

/*
 * What variables put into it must not move it to another host or break the request line. A host of one label is none
 * that a name server knows.
 */
static bool is_url(ngx_str_t s)
{
	u_char *p = s.data, *end = s.data + s.len;
	bool plain = true;

	for (size_t i = 0; i < s.len; i++)
		if (s.data[i] <= 0x20 || s.data[i] == 0x7f || s.data[i] == '#')
			return false;
	for (p += s.len > 8 && ngx_strncmp(p, "https://", 8) == 0 ? 8 : 7; p < end && *p != '/' && *p != '?'; p++) {
		u_char low = *p | 0x20;
		bool mark = *p == '.' || *p == ':' || *p == '[' || *p == ']';
		if (!(low >= 'a' && low <= 'z') && !(*p >= '0' && *p <= '9') && *p != '-' && *p != '_' && !mark)
			return false;
		plain = plain && !mark;
	}
	return !plain;
}

/* "http://host?x" has no path, and nginx would send its own. */
static ngx_int_t add_path(ngx_http_request_t *r, ngx_str_t *url)
{
	size_t host = ngx_strncmp(url->data, "https://", 8) == 0 ? 8 : 7, n = host;
	u_char *s;

	while (n < url->len && url->data[n] != '/' && url->data[n] != '?')
		n++;
	if (n < url->len && url->data[n] == '/')
		return NGX_OK;
	s = ngx_pnalloc(r->pool, url->len + 1);
	if (!s)
		return NGX_ERROR;
	ngx_memcpy(s, url->data, n);
	s[n] = '/';
	ngx_memcpy(s + n + 1, url->data + n, url->len - n);
	*url = (ngx_str_t){url->len + 1, s};
	return NGX_OK;
}

static ngx_int_t url_of(ngx_http_request_t *r, const struct mk_policy *p, ngx_str_t *ret)
{
	ngx_int_t rc = mk_expand(r, p->auth_url, ret);

	if (rc == NGX_OK && is_url(*ret))
		return add_path(r, ret);
	if (rc != NGX_ERROR)
		ngx_log_error(
		    NGX_LOG_ERR, r->connection->log, 0,
		    "minik: auth-url of %V (\"%V\") is no URL with a full name of a host, with this request's values",
		    &p->owner, &p->auth_url);
	return NGX_ERROR;
}

/* Where it is: *name and *port, a->host, a->pass. */
static ngx_int_t place_of(ngx_http_request_t *r, struct auth *a, ngx_str_t *name, uint32_t *port)
{
	bool tls = ngx_strncmp(a->url.data, "https://", 8) == 0;
	u_char *s = a->url.data + (tls ? 8 : 7), *end = a->url.data + a->url.len, *slash = ngx_strlchr(s, end, '/'), *p;
	ngx_int_t n = tls ? 443 : 80;

	if (!slash || slash == s)
		return NGX_DECLINED;
	a->host = (ngx_str_t){(size_t)(slash - s), s};
	p = *s == '[' ? ngx_strlchr(s, slash, ']') : s;
	if (!p)
		return NGX_DECLINED;
	p = ngx_strlchr(p, slash, ':');
	if (p) {
		n = ngx_atoi(p + 1, (size_t)(slash - p - 1));
		if (n < 1 || n > 65535)
			return NGX_DECLINED;
		slash = p;
	}
	*name = (ngx_str_t){(size_t)(slash - s), s};
	*port = (uint32_t)n;
	s = a->host.data + a->host.len;
	a->pass.data = ngx_pnalloc(r->pool, sizeof("https://minik_auth") + (size_t)(end - s));
	if (!a->pass.data)
		return NGX_ERROR;
	p = ngx_sprintf(a->pass.data, "http%s://minik_auth", tls ? "s" : "");
	a->pass.len = (size_t)(ngx_cpymem(p, s, (size_t)(end - s)) - a->pass.data);
	return NGX_OK;
}

static ngx_int_t look_up(ngx_http_request_t *r, const struct mk_policy *p, struct auth *a)
{
	ngx_str_t name = ngx_null_string, who = {p->owner.len + sizeof("auth-url of ") - 1, NULL};
	uint32_t port = 0;
	ngx_int_t rc;

	if (!a->wait) {
		rc = place_of(r, a, &name, &port);
		if (rc == NGX_DECLINED)
			ngx_log_error(NGX_LOG_ERR, r->connection->log, 0,
				      "minik: auth-url of %V: \"%V\" has no host and port", &p->owner, &a->url);
		if (rc != NGX_OK)
			return NGX_HTTP_INTERNAL_SERVER_ERROR;
	}
	who.data = ngx_pnalloc(r->pool, who.len);
	if (!who.data)
		return NGX_HTTP_INTERNAL_SERVER_ERROR;
	(void)ngx_sprintf(who.data, "auth-url of %V", &p->owner);
	rc = mk_name_get(r, &a->wait, who, name, port, &a->named);
	return rc == NGX_OK || rc == NGX_AGAIN ? rc : NGX_HTTP_INTERNAL_SERVER_ERROR;
}

static const char *scheme_of(ngx_http_request_t *r)
{
	return mk_is_https(r) ? "https" : "http";
}

/* The request's path and query as the client wrote them. */
static ngx_int_t uri_of(ngx_http_request_t *r, ngx_str_t *ret)
{
	*ret = r->unparsed_uri;
	if (ret->len && ret->data[0] == '/')
		return NGX_OK;
	ret->data = ngx_pnalloc(r->pool, ret->len + 1);
	if (!ret->data)
		return NGX_ERROR;
	ret->len = (size_t)(ngx_sprintf(ret->data, "/%V", &r->unparsed_uri) - ret->data);
	return NGX_OK;
}

/* --- what is asked --- */

/*
 * The client's own of these are not sent: they are of its connection or its body, ask for another thing than the
 * answer, or are said by nginx alone: a client must not be able to claim them.
 */
static const char *const not_sent[] = {"host",
				       "connection",
				       "keep-alive",
				       "proxy-connection",
				       "te",
				       "trailer",
				       "transfer-encoding",
				       "upgrade",
				       "http2-settings",
				       "content-length",
				       "content-encoding",
				       "expect",
				       "range",
				       "if-range",
				       "if-match",
				       "if-none-match",
				       "if-modified-since",
				       "if-unmodified-since",
				       "x-original-url",
				       "x-original-method",
				       "x-original-uri",
				       "x-scheme",
				       "x-sent-from",
				       "x-real-ip",
				       "x-forwarded-for",
				       "x-request-id",
				       "x-auth-request-redirect",
				       "forwarded",
				       "x-forwarded-proto",
				       "x-forwarded-scheme",
				       "x-forwarded-host",
				       "x-forwarded-port",
				       "x-forwarded-uri",
				       "x-forwarded-method",
				       "x-forwarded-prefix",
				       "x-forwarded-server",
				       "proxy",
				       NULL};

static bool is_sent(const ngx_table_elt_t *h, const struct mk_policy *p)
{
	const struct mk_header *own = p->auth_request_headers.elts;

	for (const char *const *n = not_sent; *n; n++)
		if (same(h->key, *n))
			return false;
	for (ngx_uint_t i = 0; i < p->auth_request_headers.nelts; i++)
		if (own[i].name.len == h->key.len && ngx_strncasecmp(own[i].name.data, h->key.data, h->key.len) == 0)
			return false;
	return true;
}

static ngx_int_t push(ngx_http_request_t *r, ngx_list_t *list, ngx_str_t name, ngx_str_t value)
{
	ngx_table_elt_t *h = ngx_list_push(list);

	if (!h)
		return NGX_ERROR;
	ngx_memzero(h, sizeof(*h));
	h->key = name;
	h->value = value;
	h->lowcase_key = ngx_pnalloc(r->pool, name.len);
	if (!h->lowcase_key)
		return NGX_ERROR;
	h->hash = ngx_hash_strlow(h->lowcase_key, name.data, name.len);
	return NGX_OK;
}

/* A value with variables; what they bring must not end the line. */
static ngx_int_t push_expanded(ngx_http_request_t *r, const struct mk_policy *p, ngx_list_t *list, ngx_str_t name,
			       ngx_str_t value)
{
	ngx_str_t s;
	ngx_int_t rc = mk_expand(r, value, &s);

	for (size_t i = 0; rc == NGX_OK && i < s.len; i++)
		if (s.data[i] < 0x20 && s.data[i] != '\t')
			rc = NGX_DECLINED;
	if (rc == NGX_DECLINED)
		ngx_log_error(NGX_LOG_ERR, r->connection->log, 0,
			      "minik: the header %V that %V sends to auth-url cannot have the value \"%V\"", &name,
			      &p->owner, &value);
	return rc == NGX_OK ? push(r, list, name, s) : NGX_ERROR;
}

static ngx_int_t headers_make(ngx_http_request_t *r, const struct mk_policy *p, ngx_list_t *list)
{
	ngx_str_t host = mk_authority(r), scheme = text(scheme_of(r)), uri, url;
	const struct mk_header *own = p->auth_request_headers.elts;

	if (!host.data || uri_of(r, &uri) != NGX_OK ||
	    ngx_list_init(list, r->pool, 20, sizeof(ngx_table_elt_t)) != NGX_OK)
		return NGX_ERROR;
	url.data = ngx_pnalloc(r->pool, scheme.len + 3 + host.len + uri.len);
	if (!url.data)
		return NGX_ERROR;
	url.len = (size_t)(ngx_sprintf(url.data, "%V://%V%V", &scheme, &host, &uri) - url.data);
	for (ngx_list_part_t *part = &r->headers_in.headers.part; part; part = part->next) {
		ngx_table_elt_t *h = part->elts;
		for (ngx_uint_t i = 0; i < part->nelts; i++)
			if (is_sent(&h[i], p) && push(r, list, h[i].key, h[i].value) != NGX_OK)
				return NGX_ERROR;
	}
	const struct {
		const char *name;
		ngx_str_t value;
	} said[] = {
	    {"X-Original-URL", url},
	    {"X-Original-Method", r->method_name},
	    {"X-Original-URI", uri},
	    {"X-Scheme", scheme},
	    {"X-Sent-From", text("nginx-ingress-controller")},
	    {"X-Real-IP", r->connection->addr_text},
	    {"X-Forwarded-For", r->connection->addr_text},
	};
	for (size_t i = 0; i < sizeof(said) / sizeof(*said); i++)
		if (push(r, list, text(said[i].name), said[i].value) != NGX_OK)
			return NGX_ERROR;
	if (push_expanded(r, p, list, text("X-Request-ID"), text("$req_id")) != NGX_OK ||
	    push_expanded(r, p, list, text("X-Auth-Request-Redirect"),
			  p->auth_redirect.len ? p->auth_redirect : text("$request_uri")) != NGX_OK)
		return NGX_ERROR;
	for (ngx_uint_t i = 0; i < p->auth_request_headers.nelts; i++)
		if (push_expanded(r, p, list, own[i].name, own[i].value) != NGX_OK)
			return NGX_ERROR;
	return NGX_OK;
}

/* Called twice when an error is answered by a page of nginx's own: then with its status at last. */
static ngx_int_t on_answer(ngx_http_request_t *sub, void *data, ngx_int_t rc)
{
	struct auth *a = data;

	a->done = 1;
	/* what befalls the body takes back nothing of what the header says */
	if (a->said && rc == NGX_ERROR)
		return NGX_OK;
	if (rc == NGX_ERROR)
		a->status = NGX_HTTP_INTERNAL_SERVER_ERROR;
	else if (rc >= NGX_HTTP_SPECIAL_RESPONSE)
		a->status = (ngx_uint_t)rc;
	else if (!a->status)
		a->status = sub->headers_out.status;
	return rc;
}

static ngx_int_t ask(ngx_http_request_t *r, const struct mk_policy *p, struct auth *a)
{
	ngx_http_post_subrequest_t *after = ngx_palloc(r->pool, sizeof(*after));
	ngx_str_t location = ngx_string("/minik.auth");
	ngx_http_request_t *sub;

	if (!after)
		return NGX_HTTP_INTERNAL_SERVER_ERROR;
	after->handler = on_answer;
	after->data = a;
	if (ngx_http_subrequest(r, &location, NULL, &sub, after, NGX_HTTP_SUBREQUEST_WAITED) != NGX_OK)
		return NGX_ERROR;
	a->sub = sub;
	/* a body of its own, and empty: the client's is neither read nor sent, nor closed with this request */
	sub->request_body = ngx_pcalloc(r->pool, sizeof(ngx_http_request_body_t));
	if (!sub->request_body || headers_make(r, p, &sub->headers_in.headers) != NGX_OK)
		return NGX_ERROR;
	sub->headers_in.content_length_n = -1;
	sub->headers_in.content_length = NULL;
	sub->headers_in.chunked = 0;
	sub->headers_in.upgrade = NULL;
	sub->header_only = 1;
	if (p->auth_method.len)
		sub->method_name = p->auth_method;
	return NGX_AGAIN;
}

/* --- the answer's body --- */

/*
 * Nobody wants it, but only behind it the connection can be used again; what is long, or ends with the connection, is not
 * waited for. nginx closes the connection where a request is for the header alone: between its header and its body this one
 * is not.
 */
#define BODY_MAX 65536

static ngx_int_t body_take(void *data, ssize_t bytes)
{
	ngx_http_request_t *sub = data;
	ngx_http_upstream_t *u = sub->upstream;
	struct auth *a = mk_ctx_of(sub)->auth;
	ngx_int_t rc;

	if (!u->length) { /* more than there is to be */
		u->keepalive = 0;
		return NGX_OK;
	}
	rc = a->filter(data, bytes);
	while (u->out_bufs) {
		ngx_chain_t *l = u->out_bufs;
		u->out_bufs = l->next;
		l->next = u->free_bufs;
		u->free_bufs = l;
	}
	a->swallowed += (size_t)bytes;
	if (a->swallowed > BODY_MAX)
		u->length = 0;
	return rc;
}

static ngx_int_t body_begin(void *data)
{
	ngx_http_request_t *sub = data;
	ngx_http_upstream_t *u = sub->upstream;
	struct auth *a = mk_ctx_of(sub)->auth;

	if (a->begin(data) != NGX_OK)
		return NGX_ERROR;
	a->status = sub->headers_out.status;
	a->said = 1;
	sub->header_only = 1;
	if (u->length < 0 || u->length > BODY_MAX || u->headers_in.connection_close)
		u->length = 0;
	a->filter = u->input_filter;
	u->input_filter = body_take;
	return NGX_OK;
}

void mk_auth_header(ngx_http_request_t *sub, const struct mk_ctx *x)
{
	const ngx_http_upstream_t *u = sub->upstream;
	const struct auth *a = x->auth;

	/* not the page that nginx has for an error of its own: what it says is then over */
	if (a && sub == a->sub && u && u->cleanup)
		sub->header_only = 0;
}

struct mk_named *mk_auth_begin(ngx_http_request_t *sub, const struct mk_ctx *x)
{
	ngx_http_upstream_t *u = sub->upstream;
	struct auth *a = x->auth;

	if (!a || sub != a->sub)
		return NULL;
	a->begin = u->input_filter_init;
	u->input_filter_init = body_begin;
	u->buffering = 0;
	return a->named;
}

ngx_str_t mk_auth_place(const struct mk_ctx *x)
{
	const struct auth *a = x->auth;

	return a->host;
}

/* --- what is kept --- */

/* Names of headers and cookies, or variables; empty when the request has none of them. */
static ngx_int_t key_text(ngx_http_request_t *r, const struct mk_policy *p, ngx_str_t *ret)
{
	u_char *s = p->auth_cache_key.data, *end = s + p->auth_cache_key.len, *to,
	       buf[2 * 128 + sizeof("$http_$cookie_")];
	ngx_str_t part;

	if (ngx_strlchr(s, end, '$'))
		return mk_expand(r, p->auth_cache_key, ret);
	ngx_str_null(ret);
	while (s < end) {
		u_char *name = s;
		while (s < end && *s != ',' && *s != ' ')
			s++;
		size_t n = (size_t)(s - name);
		s += s < end;
		if (!n)
			continue;
		if (n > 128)
			return NGX_DECLINED;
		to = ngx_cpymem(buf, "$http_", 6);
		for (size_t i = 0; i < n; i++)
			*to++ = name[i] == '-' ? '_' : (u_char)ngx_tolower(name[i]);
		to = ngx_cpymem(to, "$cookie_", 8);
		to = ngx_cpymem(to, name, n);
		ngx_str_t both = {(size_t)(to - buf), buf};
		ngx_int_t rc = mk_expand(r, both, &part);
		if (rc != NGX_OK)
			return rc;
		u_char *joined = ngx_pnalloc(r->pool, ret->len + part.len + 1);
		if (!joined)
			return NGX_ERROR;
		to = joined;
		if (ret->len)
			to = ngx_cpymem(to, ret->data, ret->len);
		if (part.len)
			to = ngx_cpymem(to, part.data, part.len);
		/* "a" of one name and "b" of the next are not "ab" of one; none of any is still empty */
		if (part.len || ret->len)
			*to++ = '\n';
		*ret = (ngx_str_t){(size_t)(to - joined), joined};
	}
	return NGX_OK;
}

/* Of whom nothing is known no answer is kept: it would be everybody's. */
static ngx_int_t cache_look(ngx_http_request_t *r, struct mk_ctx *x, struct auth *a)
{
	struct mk_main_conf *m = ngx_http_get_module_main_conf(r, ngx_http_minik_module);
	const struct mk_policy *p = x->policy;
	ngx_str_t who;
	ngx_int_t rc;

	if (!p->auth_cache_ms)
		return NGX_DECLINED;
	rc = key_text(r, p, &who);
	if (rc == NGX_DECLINED)
		ngx_log_error(NGX_LOG_ERR, r->connection->log, 0,
			      "minik: auth-cache-key of %V cannot be used: nothing is kept", &p->owner);
	if (rc != NGX_OK || !who.len)
		return rc == NGX_ERROR ? NGX_ERROR : NGX_DECLINED;
	ngx_str_t digest = {sizeof(p->digest), (u_char *)(uintptr_t)&p->digest};
	ngx_str_t parts[] = {digest,
			     p->owner,
			     r->headers_in.server,
			     x->path ? mk_str(x->table, x->path->path) : (ngx_str_t)ngx_null_string,
			     a->url,
			     who};
	if (mk_digest(parts, sizeof(parts) / sizeof(*parts), a->key) != NGX_OK)
		return NGX_ERROR;
	a->keep = 1;
	return mk_auth_cache_get(m, a->key, r->pool, &a->answer);
}

static bool has_word(ngx_str_t s, const char *word)
{
	return ngx_strlcasestrn(s.data, s.data + s.len, (u_char *)(uintptr_t)word, strlen(word) - 1) != NULL;
}

/* As nginx's proxy_cache: no answer that says so itself, and none that sets a cookie. */
static bool forbids_keeping(const ngx_table_elt_t *h)
{
	if (same(h->key, "Set-Cookie"))
		return true;
	if (same(h->key, "Vary"))
		return has_word(h->value, "*");
	return same(h->key, "Cache-Control") && (has_word(h->value, "no-cache") || has_word(h->value, "no-store") ||
						 has_word(h->value, "private") || has_word(h->value, "max-age=0"));
}

/* --- what is done with the answer --- */

static ngx_int_t which_of(const ngx_table_elt_t *h, const struct mk_policy *p)
{
	const struct mk_header *wanted = p->auth_response_headers.elts;

	for (ngx_uint_t i = 0; i < p->auth_response_headers.nelts; i++)
		if (wanted[i].name.len == h->key.len &&
		    ngx_strncasecmp(wanted[i].name.data, h->key.data, h->key.len) == 0)
			return (ngx_int_t)i;
	return same(h->key, "WWW-Authenticate") ? MK_CHALLENGE : same(h->key, "Set-Cookie") ? MK_COOKIE : -3;
}

static ngx_int_t take(ngx_http_request_t *r, const struct mk_policy *p, struct auth *a)
{
	struct mk_main_conf *m = ngx_http_get_module_main_conf(r, ngx_http_minik_module);
	ngx_list_part_t *part = a->sub->upstream && a->status < 500 ? &a->sub->upstream->headers_in.headers.part : NULL;

	a->answer.status = a->status;
	if (ngx_array_init(&a->answer.lines, r->pool, 4, sizeof(struct mk_auth_line)) != NGX_OK)
		return NGX_ERROR;
	for (; part; part = part->next) {
		ngx_table_elt_t *h = part->elts;
		for (ngx_uint_t i = 0; i < part->nelts; i++) {
			ngx_int_t which = which_of(&h[i], p);
			if (h[i].hash == 0)
				continue;
			a->keep = a->keep && !forbids_keeping(&h[i]);
			/* a cookie that the backend is to have is one for the client too */
			for (int twice = 0; twice < 2; twice++) {
				struct mk_auth_line *l = which >= MK_COOKIE ? ngx_array_push(&a->answer.lines) : NULL;
				if (which < MK_COOKIE)
					break;
				if (!l)
					return NGX_ERROR;
				*l = (struct mk_auth_line){which, h[i].value};
				which = which >= 0 && same(h[i].key, "Set-Cookie")         ? MK_COOKIE
					: which >= 0 && same(h[i].key, "WWW-Authenticate") ? MK_CHALLENGE
											   : -3;
			}
		}
	}
	a->known = 1;
	if (a->keep && ((a->status >= 200 && a->status < 300) || a->status == NGX_HTTP_UNAUTHORIZED))
		mk_auth_cache_put(m, a->key, p->auth_cache_ms, &a->answer, r->connection->log);
	return NGX_OK;
}

/* The backend believes these headers: what the client says itself goes, also when the answer has none. */
static ngx_int_t hand_on(ngx_http_request_t *r, const struct mk_policy *p, struct auth *a)
{
	const struct mk_header *wanted = p->auth_response_headers.elts;
	const struct mk_auth_line *l = a->answer.lines.elts;
	ngx_array_t set;

	if (a->handed || !p->auth_response_headers.nelts)
		return NGX_OK;
	if (ngx_array_init(&set, r->pool, a->answer.lines.nelts + 1, sizeof(struct mk_header)) != NGX_OK)
		return NGX_ERROR;
	for (ngx_uint_t i = 0; i < a->answer.lines.nelts; i++) {
		if (l[i].which < 0 || !l[i].value.len)
			continue;
		struct mk_header *h = ngx_array_push(&set);
		if (!h)
			return NGX_ERROR;
		*h = wanted[l[i].which];
		h->value = l[i].value;
	}
	a->handed = 1;
	return mk_request_headers(r, &p->auth_response_headers, &set, NULL);
}

static ngx_int_t push_line(ngx_http_request_t *r, const char *name, ngx_str_t value, ngx_table_elt_t **ret)
{
	ngx_table_elt_t *h = ngx_list_push(&r->headers_out.headers);

	if (!h)
		return NGX_ERROR;
	ngx_memzero(h, sizeof(*h));
	h->hash = 1;
	h->key = text(name);
	h->value = value;
	if (ret)
		*ret = h;
	return NGX_OK;
}

static ngx_int_t challenge(ngx_http_request_t *r, struct auth *a)
{
	const struct mk_auth_line *l = a->answer.lines.elts;
	ngx_table_elt_t *h, *last = NULL;

	for (ngx_uint_t i = 0; i < a->answer.lines.nelts; i++) {
		if (l[i].which != MK_CHALLENGE)
			continue;
		if (push_line(r, "WWW-Authenticate", l[i].value, &h) != NGX_OK)
			return NGX_HTTP_INTERNAL_SERVER_ERROR;
		if (!last)
			r->headers_out.www_authenticate = h;
#if (nginx_version >= 1023000)
		else
			last->next = h;
#endif
		last = h;
	}
	return NGX_HTTP_UNAUTHORIZED;
}

static bool has_param(ngx_str_t url, ngx_str_t name)
{
	u_char *s = ngx_strlchr(url.data, url.data + url.len, '?'), *end = url.data + url.len;

	while (s && s < end) {
		s++;
		if ((size_t)(end - s) > name.len + 1 && ngx_strncmp(s, name.data, name.len) == 0 &&
		    s[name.len] == '=' && s[name.len + 1] != '&')
			return true;
		s = ngx_strlchr(s, end, '&');
	}
	return false;
}

static ngx_int_t signin(ngx_http_request_t *r, const struct mk_policy *p)
{
	ngx_str_t host = mk_authority(r), escaped_host, uri, escaped, url, out;
	ngx_int_t rc = mk_expand(r, p->auth_signin, &url);

	if (rc != NGX_OK) {
		if (rc == NGX_DECLINED)
			ngx_log_error(NGX_LOG_ERR, r->connection->log, 0,
				      "minik: auth-signin of %V (\"%V\") has a variable that there is not", &p->owner,
				      &p->auth_signin);
		return NGX_HTTP_INTERNAL_SERVER_ERROR;
	}
	if (has_param(p->auth_signin, p->auth_signin_param))
		return mk_redirect(r, NGX_HTTP_MOVED_TEMPORARILY, url);
	if (!host.data || uri_of(r, &uri) != NGX_OK)
		return NGX_HTTP_INTERNAL_SERVER_ERROR;
	escaped = mk_escape(r, uri, NGX_ESCAPE_URI_COMPONENT);
	escaped_host = mk_escape(r, host, NGX_ESCAPE_URI_COMPONENT);
	out.data = escaped.data && escaped_host.data
		       ? ngx_pnalloc(r->pool, url.len + p->auth_signin_param.len + escaped_host.len + escaped.len +
						  sizeof("?=https://"))
		       : NULL;
	if (!out.data)
		return NGX_HTTP_INTERNAL_SERVER_ERROR;
	out.len = (size_t)(ngx_sprintf(out.data, "%V%s%V=%s://%V%V", &url,
				       ngx_strlchr(url.data, url.data + url.len, '?') ? "&" : "?",
				       &p->auth_signin_param, scheme_of(r), &escaped_host, &escaped) -
			   out.data);
	return mk_redirect(r, NGX_HTTP_MOVED_TEMPORARILY, out);
}

static ngx_int_t decide(ngx_http_request_t *r, const struct mk_policy *p, struct auth *a)
{
	ngx_uint_t status = a->answer.status;

	if (status >= NGX_HTTP_OK && status < NGX_HTTP_SPECIAL_RESPONSE)
		return hand_on(r, p, a) == NGX_OK ? NGX_DECLINED : NGX_HTTP_INTERNAL_SERVER_ERROR;
	if (status == NGX_HTTP_FORBIDDEN)
		return NGX_HTTP_FORBIDDEN;
	if (status == NGX_HTTP_UNAUTHORIZED)
		return p->auth_signin.len ? signin(r, p) : challenge(r, a);
	ngx_log_error(NGX_LOG_ERR, r->connection->log, 0, "minik: auth-url of %V answered %ui: nobody comes in",
		      &p->owner, status);
	return NGX_HTTP_INTERNAL_SERVER_ERROR;
}

ngx_int_t mk_auth(ngx_http_request_t *r, struct mk_ctx *x)
{
	const struct mk_policy *p = x->policy;
	struct auth *a = x->auth;
	ngx_int_t rc;

	if (!p->auth_url.len)
		return NGX_DECLINED;
	if (!a) {
		a = x->auth = ngx_pcalloc(r->pool, sizeof(*a));
		if (!a || url_of(r, p, &a->url) != NGX_OK)
			return NGX_HTTP_INTERNAL_SERVER_ERROR;
		rc = cache_look(r, x, a);
		if (rc == NGX_ERROR)
			return NGX_HTTP_INTERNAL_SERVER_ERROR;
		if (rc == NGX_OK)
			a->known = a->done = 1;
	}
	if (!a->known && !a->sub) {
		rc = look_up(r, p, a);
		return rc == NGX_OK ? ask(r, p, a) : rc;
	}
	if (!a->done)
		return a->sub ? NGX_AGAIN : NGX_HTTP_INTERNAL_SERVER_ERROR;
	if (!a->known && take(r, p, a) != NGX_OK)
		return NGX_HTTP_INTERNAL_SERVER_ERROR;
	return decide(r, p, a);
}

/* As add_header: with these statuses, or with all of them. */
ngx_int_t mk_auth_headers(ngx_http_request_t *r, struct mk_ctx *x)
{
	static const ngx_uint_t good[] = {200, 201, 204, 206, 301, 302, 303, 304, 307, 308};
	struct auth *a = x->auth;
	const struct mk_auth_line *l;
	bool said = x->policy->auth_always_cookie;

	if (!a || !a->known)
		return NGX_OK;
	for (size_t i = 0; i < sizeof(good) / sizeof(*good); i++)
		said = said || r->headers_out.status == good[i];
	l = a->answer.lines.elts;
	for (ngx_uint_t i = 0; said && i < a->answer.lines.nelts; i++)
		if (l[i].which == MK_COOKIE && push_line(r, "Set-Cookie", l[i].value, NULL) != NGX_OK)
			return NGX_ERROR;
	return NGX_OK;
}

/* --- variables --- */

static ngx_int_t var_url(ngx_http_request_t *r, ngx_http_variable_value_t *v, uintptr_t data)
{
	struct mk_ctx *x = mk_ctx_of(r);
	struct auth *a = x ? x->auth : NULL;
	ngx_str_t none = ngx_null_string;

	return mk_var_set(v, a ? a->pass : none);
}

static ngx_int_t var_auth_host(ngx_http_request_t *r, ngx_http_variable_value_t *v, uintptr_t data)
{
	struct mk_ctx *x = mk_ctx_of(r);
	struct auth *a = x ? x->auth : NULL;
	ngx_str_t none = ngx_null_string;

	return mk_var_set(v, a ? a->host : none);
}

static ngx_int_t var_method(ngx_http_request_t *r, ngx_http_variable_value_t *v, uintptr_t data)
{
	struct mk_ctx *x = mk_ctx_of(r);

	return mk_var_set(v, x && x->policy && x->policy->auth_method.len ? x->policy->auth_method : text("GET"));
}

static ngx_int_t var_redirect(ngx_http_request_t *r, ngx_http_variable_value_t *v, uintptr_t data)
{
	struct mk_ctx *x = mk_ctx_of(r);
	ngx_str_t s = r->main->unparsed_uri;

	if (x && x->policy && x->policy->auth_redirect.len &&
	    mk_expand(r->main, x->policy->auth_redirect, &s) == NGX_ERROR)
		return NGX_ERROR;
	return mk_var_set(v, s);
}

ngx_http_variable_t mk_auth_variables[] = {
    {ngx_string("minik_auth_url"), NULL, var_url, 0, NGX_HTTP_VAR_NOCACHEABLE, 0},
    {ngx_string("minik_auth_host"), NULL, var_auth_host, 0, NGX_HTTP_VAR_NOCACHEABLE, 0},
    {ngx_string("minik_auth_method"), NULL, var_method, 0, NGX_HTTP_VAR_NOCACHEABLE, 0},
    {ngx_string("minik_auth_redirect"), NULL, var_redirect, 0, NGX_HTTP_VAR_NOCACHEABLE, 0},
    {ngx_string("minik_client_cert"), NULL, mk_client_cert_variable, 0, NGX_HTTP_VAR_NOCACHEABLE, 0},
    ngx_http_null_variable,
};
