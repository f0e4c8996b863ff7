#include <openssl/sha.h>
#include "ingress/module/policy.h"

/*
 * minik writes the table and has checked every value; it is checked once more here, because what slipped through would
 * reach HTTP messages, timers and sizes of memory. An option that cannot be used costs its policy alone.
 */

#define MSEC_MAX    (INT64_C(366) * 24 * 3600 * 1000)
#define SECONDS_MAX (INT64_C(100) * 366 * 24 * 3600)
#define MEMORY_MAX  (64 << 20) /* of one request's buffers */
#define REWRITE_MAX 4096

/* --- what text may be --- */

/* Nothing that ends a line of a header. */
static bool is_plain(ngx_str_t s)
{
	for (size_t i = 0; i < s.len; i++)
		if ((s.data[i] < 0x20 && s.data[i] != '\t') || s.data[i] == 0x7f)
			return false;
	return true;
}

static bool is_word(ngx_str_t s)
{
	for (size_t i = 0; i < s.len; i++)
		if (s.data[i] <= 0x20 || s.data[i] == 0x7f)
			return false;
	return s.len > 0;
}

/* token of RFC 9110 */
static bool is_token(ngx_str_t s)
{
	for (size_t i = 0; i < s.len; i++) {
		u_char c = s.data[i];
		if (!((c | 0x20) >= 'a' && (c | 0x20) <= 'z') && !(c >= '0' && c <= '9') &&
		    !ngx_strchr("!#$%&'*+-.^_`|~", c))
			return false;
		if (!c)
			return false;
	}
	return s.len > 0;
}

static bool is_host(ngx_str_t s)
{
	for (size_t i = 0; i < s.len; i++) {
		u_char c = s.data[i];
		if (!((c | 0x20) >= 'a' && (c | 0x20) <= 'z') && !(c >= '0' && c <= '9') && c != '.' && c != '-' &&
		    c != '_' && c != ':' && c != '[' && c != ']')
			return false;
	}
	return s.len > 0;
}

static bool is_one_of(ngx_str_t s, const char *const *words)
{
	for (; *words; words++)
		if (s.len == ngx_strlen(*words) && ngx_strncmp(s.data, *words, s.len) == 0)
			return true;
	return false;
}

/* --- takers of one option: false when it cannot be used --- */

struct taker {
	struct mk_policy *p;
	const struct mk_table *t;
	int64_t num;
	ngx_str_t a, b;
};

static bool in_range(const struct taker *k, int64_t low, int64_t high)
{
	return k->num >= low && k->num <= high;
}

static bool take_uint(const struct taker *k, int64_t low, int64_t high, ngx_uint_t *ret)
{
	if (!in_range(k, low, high))
		return false;
	*ret = (ngx_uint_t)k->num;
	return true;
}

static bool take_int(const struct taker *k, int64_t low, int64_t high, ngx_int_t *ret)
{
	if (!in_range(k, low, high))
		return false;
	*ret = (ngx_int_t)k->num;
	return true;
}

static bool take_msec(const struct taker *k, int64_t low, ngx_msec_t *ret)
{
	if (!in_range(k, low, MSEC_MAX))
		return false;
	*ret = (ngx_msec_t)k->num;
	return true;
}

static bool take_status(const struct taker *k, ngx_uint_t *ret)
{
	if (k->num != 301 && k->num != 302 && k->num != 303 && k->num != 307 && k->num != 308)
		return false;
	*ret = (ngx_uint_t)k->num;
	return true;
}

static bool take_if(bool good, ngx_str_t s, ngx_str_t *ret)
{
	if (good)
		*ret = s;
	return good;
}

static bool take_path(const struct taker *k, ngx_str_t *ret)
{
	return take_if((!k->a.len || k->a.data[0] == '/') && is_plain(k->a), k->a, ret);
}

/* As it stands in a URL; kept decoded, as nginx has paths. */
static bool take_url_path(const struct taker *k, ngx_str_t *ret)
{
	u_char *from = k->a.data, *to = ngx_pnalloc(k->p->pool, k->a.len + 1);

	if (!to || (k->a.len && k->a.data[0] != '/') || !is_plain(k->a))
		return false;
	ret->data = to;
	ngx_unescape_uri(&to, &from, k->a.len, 0);
	ret->len = (size_t)(to - ret->data);
	return true;
}

static void *push(const struct taker *k, ngx_array_t *list, size_t size)
{
	if (!list->elts && ngx_array_init(list, k->p->pool, 4, size) != NGX_OK)
		return NULL;
	return ngx_array_push(list);
}

static bool take_cidr(const struct taker *k, ngx_array_t *list)
{
	static const u_char mapped[12] = {[10] = 0xff, [11] = 0xff};
	ngx_str_t a = k->a;
	ngx_cidr_t c;

	ngx_memzero(&c, sizeof(c));
	if (ngx_ptocidr(&a, &c) == NGX_ERROR)
		return false;
	/* nginx takes a client's mapped address for IPv4 */
	if (c.family == AF_INET6 && ngx_memcmp(c.u.in6.addr.s6_addr, mapped, 12) == 0 &&
	    c.u.in6.mask.s6_addr[11] == 0xff) {
		ngx_cidr_t four = {.family = AF_INET};
		ngx_memcpy(&four.u.in.addr, c.u.in6.addr.s6_addr + 12, 4);
		ngx_memcpy(&four.u.in.mask, c.u.in6.mask.s6_addr + 12, 4);
		c = four;
	}
	ngx_cidr_t *to = push(k, list, sizeof(*to));
	if (to)
		*to = c;
	return to;
}

static ngx_str_t copy(ngx_pool_t *pool, ngx_str_t s)
{
	u_char *p = s.len ? ngx_pnalloc(pool, s.len + 1) : (u_char *)(uintptr_t) "";

	if (p && s.len) {
		ngx_memcpy(p, s.data, s.len);
		p[s.len] = 0;
	}
	return (ngx_str_t){s.len, p};
}

/* By key, which means the same in the next table: the copy goes to the endpoints that the backend has by then. */
static bool take_mirror(const struct taker *k)
{
	const struct tf_backend *backends = tf_at(k->t->map, TF_BACKENDS);
	ngx_int_t share = k->a.len ? ngx_atoi(k->a.data, k->a.len) : MK_SHARE_ALL;
	struct mk_mirror *to;

	if (!in_range(k, 0, (int64_t)tf_head(k->t->map)->sections[TF_BACKENDS].n - 1) || share < 0 ||
	    share > MK_SHARE_ALL)
		return false;
	to = push(k, &k->p->mirrors, sizeof(*to));
	if (to)
		*to = (struct mk_mirror){copy(k->p->pool, mk_str(k->t, backends[k->num].key)), (uint32_t)share};
	return to && to->key.data;
}

/* Those that belong to one connection or say where a body ends are nginx' own to write (RFC 9110 section 7.6.1). */
static bool is_of_connection(ngx_str_t lower)
{
	static const char *const names[] = {"connection",        "keep-alive", "proxy-connection", "te",   "trailer",
					    "transfer-encoding", "upgrade",    "content-length",   "host", NULL};
	return is_one_of(lower, names);
}

static bool take_header(const struct taker *k, ngx_array_t *list, bool any_name)
{
	if (!is_token(k->a) || !is_plain(k->b))
		return false;
	struct mk_header h = {.name = k->a, .value = k->b};
	h.lower.len = h.name.len;
	h.lower.data = ngx_pnalloc(k->p->pool, h.name.len);
	if (!h.lower.data)
		return false;
	h.hash = ngx_hash_strlow(h.lower.data, h.name.data, h.name.len);
	if (!any_name && is_of_connection(h.lower))
		return false;
	struct mk_header *to = push(k, list, sizeof(*to));
	if (to)
		*to = h;
	return to;
}

/* There is one Host, which is set and added in the same way. */
static bool take_request_header(const struct taker *k, ngx_array_t *list)
{
	if (k->a.len == 4 && ngx_strncasecmp(k->a.data, (u_char *)"host", 4) == 0)
		return take_if(is_host(k->b), k->b, &k->p->upstream_host);
	return take_header(k, list, false);
}

/*
 * The hash is computed in the worker, which waits for nothing meanwhile: kinds whose costs are in the hash may cost
 * about as much as what people make by default, and no more.
 */
static bool is_bearable_hash(ngx_str_t h)
{
	static const u_char digits[] = "./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
	const char *s = (const char *)h.data; /* a NUL follows */

	if (ngx_strncmp(s, "{SHA}", 5) == 0 || ngx_strncmp(s, "{SSHA}", 6) == 0 || ngx_strncmp(s, "$apr1$", 6) == 0 ||
	    ngx_strncmp(s, "{PLAIN}", 7) == 0 || ngx_strncmp(s, "$1$", 3) == 0)
		return true;
	if (s[0] == '$' && s[1] == '2' && s[2] && ngx_strchr("aby", s[2]) &&
	    s[3] == '$') /* bcrypt: 2 to the power of it */
		return h.len == 60 && s[4] >= '0' && s[4] <= '1' && s[5] >= '0' && s[5] <= '9' &&
		       (s[4] == '0' || s[5] <= '2');
	if ((ngx_strncmp(s, "$5$", 3) == 0 || ngx_strncmp(s, "$6$", 3) == 0)) {
		if (ngx_strncmp(s + 3, "rounds=", 7) != 0)
			return true;
		size_t n = strspn(s + 10, "0123456789");
		ngx_int_t rounds = ngx_atoi(h.data + 10, n);
		return s[10 + n] == '$' && rounds >= 1000 && rounds <= 200000;
	}
	if (ngx_strncmp(s, "$y$j", 4) ==
	    0) { /* yescrypt: memory of 2 to the power of it + 1, block size, no more parameters */
		const u_char *n = s[4] ? (const u_char *)ngx_strchr(digits, s[4]) : NULL;
		const u_char *size = n && s[5] ? (const u_char *)ngx_strchr(digits, s[5]) : NULL;
		return size && n - digits <= 12 && size - digits <= 31 && s[6] == '$';
	}
	return h.len == 13 && strspn(s, (const char *)digits) == 13; /* DES */
}

static bool take_user(const struct taker *k)
{
	if (!k->a.len || !is_plain(k->a) || !is_plain(k->b) || !is_bearable_hash(k->b))
		return false;
	struct mk_user *u = push(k, &k->p->users, sizeof(*u));
	if (u)
		*u = (struct mk_user){k->a, k->b};
	return u;
}

static bool take_rewrite(const struct taker *k)
{
	if (!k->a.len || k->a.len > REWRITE_MAX || !is_plain(k->a) || (k->a.data[0] != '/' && k->a.data[0] != '$'))
		return false;
	for (size_t i = 0; i < k->a.len; i++)
		if (k->a.data[i] == '$' && (i + 1 == k->a.len || k->a.data[i + 1] < '1' || k->a.data[i + 1] > '9'))
			return false;
	k->p->rewrite = k->a;
	return true;
}

static bool take_next(const struct taker *k)
{
	static const uint32_t bits[] = {
	    NGX_HTTP_UPSTREAM_FT_ERROR,    NGX_HTTP_UPSTREAM_FT_TIMEOUT,        NGX_HTTP_UPSTREAM_FT_INVALID_HEADER,
	    NGX_HTTP_UPSTREAM_FT_HTTP_500, NGX_HTTP_UPSTREAM_FT_HTTP_502,       NGX_HTTP_UPSTREAM_FT_HTTP_503,
	    NGX_HTTP_UPSTREAM_FT_HTTP_504, NGX_HTTP_UPSTREAM_FT_HTTP_403,       NGX_HTTP_UPSTREAM_FT_HTTP_404,
	    NGX_HTTP_UPSTREAM_FT_HTTP_429, NGX_HTTP_UPSTREAM_FT_NON_IDEMPOTENT, NGX_HTTP_UPSTREAM_FT_OFF};
	ngx_uint_t mask = 0;

	if (!in_range(k, 1, (1 << 12) - 1))
		return false;
	for (size_t i = 0; i < sizeof(bits) / sizeof(bits[0]); i++)
		if (k->num & (1 << i))
			mask |= bits[i];
	k->p->next_upstream = mask;
	return true;
}

static bool take_size(const struct taker *k, int64_t low, int64_t high, size_t *ret)
{
	if (!in_range(k, low, high))
		return false;
	*ret = (size_t)k->num;
	return true;
}

/* --- the options, by the parts of options.h --- */

static bool take_answer(enum ing_opt opt, const struct taker *k)
{
	static const char *const schemes[] = {"http", "https", NULL};
	struct mk_policy *p = k->p;

	switch (opt) {
	case OPT_REFUSED:
		p->refused = 1;
		return true;
	case OPT_HTTPS_REDIRECT:
		return take_status(k, &p->https_status);
	case OPT_REDIRECT:
		return take_if(is_word(k->a), k->a, &p->redirect) && take_status(k, &p->redirect_status);
	case OPT_REDIRECT_TO:
		p->redirect_expand = 1;
		return take_if(is_word(k->a), k->a, &p->redirect) && take_status(k, &p->redirect_status);
	case OPT_APP_ROOT:
		return k->a.len && is_word(k->a) && take_path(k, &p->app_root);
	case OPT_REDIRECT_PARTS:
		return take_status(k, &p->parts_status);
	case OPT_REDIRECT_SCHEME:
		return take_if(is_one_of(k->a, schemes), k->a, &p->redirect_scheme);
	case OPT_REDIRECT_HOST:
		return take_if(is_host(k->a), k->a, &p->redirect_host);
	case OPT_REDIRECT_PORT:
		return take_uint(k, 1, 65535, &p->redirect_port);
	case OPT_REDIRECT_PATH:
		p->has_redirect_path = 1;
		return take_url_path(k, &p->redirect_path);
	case OPT_REDIRECT_PREFIX:
		p->has_redirect_prefix = 1;
		return take_url_path(k, &p->redirect_prefix);
	default:
		return false;
	}
}

static bool is_http_url(ngx_str_t s)
{
	return is_word(s) && ((s.len > 7 && ngx_strncmp(s.data, "http://", 7) == 0) ||
			      (s.len > 8 && ngx_strncmp(s.data, "https://", 8) == 0));
}

static bool take_entrance(enum ing_opt opt, const struct taker *k)
{
	struct mk_policy *p = k->p;

	switch (opt) {
	case OPT_ALLOW:
		return take_cidr(k, &p->allow);
	case OPT_DENY:
		return take_cidr(k, &p->deny);
	case OPT_SATISFY_ANY:
		p->satisfy_any = 1;
		return true;
	case OPT_BASIC:
		p->basic = 1;
		return take_if(is_plain(k->a), k->a, &p->realm);
	case OPT_BASIC_USER:
		return take_user(k);
	case OPT_AUTH_URL:
		return take_if(is_http_url(k->a), k->a, &p->auth_url);
	case OPT_AUTH_METHOD:
		return take_if(is_token(k->a), k->a, &p->auth_method);
	case OPT_AUTH_SIGNIN:
		return take_if(is_word(k->a), k->a, &p->auth_signin);
	case OPT_AUTH_SIGNIN_PARAM:
		return take_if(is_token(k->a), k->a, &p->auth_signin_param);
	case OPT_AUTH_RESPONSE_HEADER:
		return take_header(k, &p->auth_response_headers, false);
	case OPT_AUTH_REQUEST_HEADER:
		return take_header(k, &p->auth_request_headers, false);
	case OPT_AUTH_REQUEST_REDIRECT:
		return take_if(is_plain(k->a), k->a, &p->auth_redirect);
	case OPT_AUTH_ALWAYS_COOKIE:
		p->auth_always_cookie = 1;
		return true;
	case OPT_AUTH_CACHE:
		return take_msec(k, 0, &p->auth_cache_ms) && take_if(is_plain(k->a), k->a, &p->auth_cache_key);
	case OPT_CLIENT_CERT_ERROR:
		return take_if(is_word(k->a), k->a, &p->client_cert_error);
	case OPT_CLIENT_CERT_PASS:
		p->client_cert_pass = 1;
		return true;
	case OPT_CLIENT_CERT_CN: {
		ngx_str_t *to = k->a.len && is_plain(k->a) ? push(k, &p->client_cert_cn, sizeof(*to)) : NULL;
		if (to)
			*to = k->a;
		return to;
	}
	case OPT_CLIENT_CERT:
		if (!in_range(k, ING_VERIFY_OFF, ING_VERIFY_ANY_CA))
			return false;
		p->client_cert = (uint32_t)k->num;
		return true;
	default:
		return false;
	}
}

static bool take_limit(enum ing_opt opt, const struct taker *k)
{
	struct mk_policy *p = k->p;

	switch (opt) {
	case OPT_LIMIT_RPS:
		return take_uint(k, 0, 1000000, &p->rps);
	case OPT_LIMIT_RPM:
		return take_uint(k, 0, 1000000, &p->rpm);
	case OPT_LIMIT_BURST:
		return take_uint(k, 1, 1000, &p->burst);
	case OPT_LIMIT_CONNECTIONS:
		return take_uint(k, 0, 65535, &p->connections);
	case OPT_LIMIT_EXEMPT:
		return take_cidr(k, &p->exempt);
	case OPT_LIMIT_RATE:
		return take_size(k, 0, INT32_MAX, &p->rate);
	case OPT_LIMIT_RATE_AFTER:
		return take_size(k, 0, INT64_MAX / 2, &p->rate_after);
	case OPT_BODY_MAX:
		if (!in_range(k, 0, INT64_MAX / 2))
			return false;
		p->body_max = (off_t)k->num;
		return true;
	default:
		return false;
	}
}

static bool take_request(enum ing_opt opt, const struct taker *k)
{
	struct mk_policy *p = k->p;

	switch (opt) {
	case OPT_PROTOCOL:
		if (!in_range(k, ING_HTTP, ING_AUTO_HTTP))
			return false;
		p->protocol = (uint32_t)k->num;
		return true;
	case OPT_REWRITE:
		return take_rewrite(k);
	case OPT_REWRITE_PATH:
		p->has_rewrite_path = 1;
		return take_url_path(k, &p->rewrite_path);
	case OPT_REWRITE_PREFIX:
		p->has_rewrite_prefix = 1;
		return take_url_path(k, &p->rewrite_prefix);
	case OPT_UPSTREAM_HOST:
		return take_if(is_host(k->a), k->a, &p->upstream_host);
	case OPT_FORWARDED_PREFIX:
		return take_if(is_plain(k->a), k->a, &p->forwarded_prefix);
	case OPT_REQUEST_SET:
		return take_request_header(k, &p->request_set);
	case OPT_REQUEST_ADD:
		return take_request_header(k, &p->request_add);
	case OPT_REQUEST_REMOVE:
		return take_header(k, &p->request_remove, false);
	case OPT_CONNECTION_HEADER:
		p->has_connection_header = 1;
		return take_if(is_plain(k->a), k->a, &p->connection_header);
	case OPT_MIRROR:
		return take_mirror(k);
	default:
		return false;
	}
}

static bool take_backend(enum ing_opt opt, const struct taker *k)
{
	struct mk_policy *p = k->p;

	switch (opt) {
	case OPT_CONNECT_TIMEOUT:
		return take_msec(k, 1, &p->connect_timeout);
	case OPT_SEND_TIMEOUT:
		return take_msec(k, 1, &p->send_timeout);
	case OPT_READ_TIMEOUT:
		return take_msec(k, 1, &p->read_timeout);
	case OPT_REQUEST_TIMEOUT:
		return take_msec(k, 0, &p->request_timeout);
	case OPT_BUFFERING:
		return take_int(k, 0, 1, &p->buffering);
	case OPT_REQUEST_BUFFERING:
		return take_int(k, 0, 1, &p->request_buffering);
	case OPT_BUFFER_SIZE:
		return take_size(k, 512, MEMORY_MAX, &p->buffer_size);
	case OPT_BUFFERS:
		return take_int(k, 1, 65536, &p->buffers);
	case OPT_TEMP_FILE_MAX:
		if (!in_range(k, 0, INT64_MAX / 2))
			return false;
		p->temp_file_max = (off_t)k->num;
		return true;
	case OPT_HTTP_VERSION:
		return (k->num == 10 || k->num == 11) && take_int(k, 10, 11, &p->http_version);
	case OPT_NEXT_UPSTREAM:
		return take_next(k);
	case OPT_NEXT_TRIES:
		return take_int(k, 0, 1000, &p->next_tries);
	case OPT_NEXT_TIMEOUT:
		return take_msec(k, 0, &p->next_timeout);
	default:
		return false;
	}
}

static bool take_pem(ngx_str_t s, struct mk_pem **slot, ngx_str_t *ret)
{
	if (!s.len || *slot || !(*slot = mk_pem_get(s, ret)))
		return false;
	return true;
}

static bool take_backend_tls(enum ing_opt opt, const struct taker *k)
{
	struct mk_policy *p = k->p;

	p->tls_own = 1;
	switch (opt) {
	case OPT_TLS_CERT:
		return take_pem(k->a, &p->pems[0], &p->tls_cert) && take_pem(k->b, &p->pems[1], &p->tls_key);
	case OPT_TLS_CA:
		return take_pem(k->a, &p->pems[2], &p->tls_ca);
	case OPT_TLS_VERIFY:
		return take_int(k, 0, 1, &p->tls_verify);
	case OPT_TLS_DEPTH:
		return take_int(k, 0, 100, &p->tls_depth);
	case OPT_TLS_NAME:
		return take_if(is_host(k->a), k->a, &p->tls_name);
	case OPT_TLS_SNI:
		return take_int(k, 0, 1, &p->tls_sni);
	case OPT_TLS_PROTOCOLS:
		return take_uint(k, 1, 15, &p->tls_protocols);
	case OPT_TLS_CIPHERS:
		return take_if(is_word(k->a), k->a, &p->tls_ciphers);
	default:
		return false;
	}
}

static bool is_cookie_value(ngx_str_t s)
{
	return is_word(s) && !ngx_strlchr(s.data, s.data + s.len, ';');
}

static bool take_cookie(enum ing_opt opt, const struct taker *k)
{
	static const char *const sites[] = {"None", "Lax", "Strict", NULL};
	struct mk_policy *p = k->p;

	switch (opt) {
	case OPT_COOKIE:
		return take_if(is_token(k->a), k->a, &p->cookie);
	case OPT_COOKIE_PATH:
		return take_if(is_cookie_value(k->a), k->a, &p->cookie_path);
	case OPT_COOKIE_DOMAIN:
		return take_if(is_cookie_value(k->a), k->a, &p->cookie_domain);
	case OPT_COOKIE_MAX_AGE:
		return take_int(k, 0, SECONDS_MAX, &p->cookie_max_age);
	case OPT_COOKIE_EXPIRES:
		return take_int(k, 0, SECONDS_MAX, &p->cookie_expires);
	case OPT_COOKIE_SAMESITE:
		return take_if(is_one_of(k->a, sites), k->a, &p->cookie_samesite);
	case OPT_COOKIE_SAMESITE_CONDITIONAL:
		p->cookie_conditional = 1;
		return true;
	case OPT_COOKIE_SECURE:
		return take_int(k, 0, 1, &p->cookie_secure);
	case OPT_COOKIE_ON_FAILURE:
		p->cookie_on_failure = 1;
		return true;
	case OPT_COOKIE_PERSISTENT:
		p->cookie_persistent = 1;
		return true;
	case OPT_COOKIE_CANARY_LEGACY:
		p->cookie_canary_legacy = 1;
		return true;
	default:
		return false;
	}
}

/* As nginx' own "error_page 404 = @minik_error": the status is the one of the new answer. */
static bool take_error(const struct taker *k)
{
	ngx_http_err_page_t *to = in_range(k, 300, 599) ? push(k, &k->p->error_pages, sizeof(*to)) : NULL;

	if (!to)
		return false;
	ngx_memzero(to, sizeof(*to));
	to->status = (ngx_int_t)k->num;
	ngx_str_set(&to->value.value, "@minik_error");
	return true;
}

static bool take_response(enum ing_opt opt, const struct taker *k)
{
	struct mk_policy *p = k->p;

	switch (opt) {
	case OPT_CORS:
		if (!in_range(k, 0, 1))
			return false;
		p->cors = 1;
		p->cors_strict = k->num & 1;
		return true;
	case OPT_CORS_ORIGIN: {
		ngx_str_t *to = is_word(k->a) ? push(k, &p->cors_origins, sizeof(*to)) : NULL;
		if (to)
			*to = k->a;
		return to;
	}
	case OPT_CORS_METHODS:
		return take_if(is_plain(k->a), k->a, &p->cors_methods);
	case OPT_CORS_HEADERS:
		return take_if(is_plain(k->a), k->a, &p->cors_headers);
	case OPT_CORS_EXPOSE:
		return take_if(is_plain(k->a), k->a, &p->cors_expose);
	case OPT_CORS_CREDENTIALS:
		if (!in_range(k, 0, 1))
			return false;
		p->cors_credentials = k->num & 1;
		return true;
	case OPT_CORS_MAX_AGE:
		return take_int(k, -1, SECONDS_MAX, &p->cors_max_age);
	case OPT_ERROR_CODE:
		return take_error(k);
	case OPT_ERROR_BACKEND:
		return take_if(k->a.len != 0, k->a, &p->error_backend);
	case OPT_HSTS:
		return take_if(is_plain(k->a), k->a, &p->hsts);
	case OPT_LIMIT_REQ_STATUS:
		return take_uint(k, 400, 599, &p->req_status);
	case OPT_LIMIT_CONN_STATUS:
		return take_uint(k, 400, 599, &p->conn_status);
	case OPT_RESPONSE_SET:
		return take_header(k, &p->response_set, false);
	case OPT_RESPONSE_ADD:
		return take_header(k, &p->response_add, false);
	case OPT_RESPONSE_REMOVE:
		return take_header(k, &p->response_remove, false);
	case OPT_ACCESS_LOG:
		if (!in_range(k, 0, 1))
			return false;
		p->no_access_log = !k->num;
		return true;
	default:
		return false;
	}
}

static bool take(enum ing_opt opt, const struct taker *k)
{
	if (opt < OPT_ALLOW)
		return take_answer(opt, k);
	if (opt < OPT_LIMIT_RPS)
		return take_entrance(opt, k);
	if (opt < OPT_PROTOCOL)
		return take_limit(opt, k);
	if (opt < OPT_CONNECT_TIMEOUT)
		return take_request(opt, k);
	if (opt < OPT_TLS_CERT)
		return take_backend(opt, k);
	if (opt < OPT_COOKIE)
		return take_backend_tls(opt, k);
	return opt < OPT_CORS ? take_cookie(opt, k) : take_response(opt, k);
}

static void set_defaults(struct mk_policy *p)
{
	p->burst = 5;
	p->req_status = p->conn_status = NGX_HTTP_SERVICE_UNAVAILABLE;
	p->body_max = 1 << 20;
	p->auth_signin_param = (ngx_str_t)ngx_string("rd");
	p->connect_timeout = p->send_timeout = p->read_timeout = p->request_timeout = p->next_timeout =
	    NGX_CONF_UNSET_MSEC;
	p->buffering = p->request_buffering = p->http_version = p->next_tries = p->buffers = NGX_CONF_UNSET;
	p->buffer_size = NGX_CONF_UNSET_SIZE;
	p->temp_file_max = -1;
	p->tls_verify = p->tls_depth = p->tls_sni = NGX_CONF_UNSET;
	p->cookie_max_age = p->cookie_expires = p->cookie_secure = NGX_CONF_UNSET;
	/* as ingress-nginx has them */
	p->cors_credentials = 1;
	p->cors_methods = (ngx_str_t)ngx_string("GET, PUT, POST, DELETE, PATCH, OPTIONS");
	p->cors_headers =
	    (ngx_str_t)ngx_string("DNT,Keep-Alive,User-Agent,X-Requested-With,If-Modified-Since,Cache-Control,"
				  "Content-Type,Range,Authorization");
	p->cors_max_age = 1728000;
}

/* What no option alone can tell. */
static const char *find_conflict(const struct mk_policy *p)
{
	size_t size = p->buffer_size == NGX_CONF_UNSET_SIZE ? 8192 : p->buffer_size;
	size_t n = p->buffers == NGX_CONF_UNSET ? 8 : (size_t)p->buffers;

	if (size * n > MEMORY_MAX)
		return "buffers of more than 64 MiB for one request";
	if (p->redirect_status && !p->redirect.len)
		return "a redirect to nowhere";
	if ((p->redirect_scheme.len || p->redirect_host.len || p->redirect_port || p->has_redirect_path ||
	     p->has_redirect_prefix) &&
	    !p->parts_status)
		return "parts of a redirect without its status";
	if (p->users.nelts && !p->basic)
		return "users without basic authentication";
	return NULL;
}

/* NULL: no memory. */
static struct mk_policy *policy_new(const struct tf_policy *raw, ngx_str_t owner)
{
	ngx_pool_t *pool = ngx_create_pool(2048, ngx_cycle->log);
	struct mk_policy *p = pool ? ngx_pcalloc(pool, sizeof(*p)) : NULL;
	u_char hash[SHA256_DIGEST_LENGTH];

	if (p) {
		p->pool = pool;
		p->refs = 1;
		p->owner = copy(pool, owner);
	}
	if (!p || !p->owner.data) {
		if (pool)
			ngx_destroy_pool(pool);
		return NULL;
	}
	p->digest = raw->digest;
	p->stat = raw->stat;
	/* what is counted is an Ingress', whatever else of it changes or differs by host */
	SHA256(p->owner.data, p->owner.len, hash);
	ngx_memcpy(&p->limits_key, hash, sizeof(p->limits_key));
	set_defaults(p);
	return p;
}

/* Texts are copied but for PEM, which is shared. false: no memory. */
static bool taker_of(struct taker *k, struct mk_policy *p, const struct mk_table *t, const struct tf_option *o)
{
	bool pem = o->opt == OPT_TLS_CERT || o->opt == OPT_TLS_CA;
	ngx_str_t a = mk_str(t, o->a), b = mk_str(t, o->b);

	*k = (struct taker){p, t, o->num, pem ? a : copy(p->pool, a), pem ? b : copy(p->pool, b)};
	return k->a.data && k->b.data;
}

struct mk_policy *mk_policy_get(struct mk_table *t, uint32_t index, ngx_log_t *log)
{
	if (index >= tf_head(t->map)->sections[TF_POLICIES].n)
		return NULL;
	struct mk_policy *p = t->policies[index];
	if (p)
		return p->broken ? NULL : p;

	const struct tf_policy *raw = (const struct tf_policy *)tf_at(t->map, TF_POLICIES) + index;
	p = policy_new(raw, mk_str(t, raw->owner));
	if (!p)
		return NULL;
	const struct tf_option *o = (const struct tf_option *)tf_at(t->map, TF_OPTIONS) + raw->options.first;
	for (uint32_t i = 0; i < raw->options.n; i++, o++) {
		struct taker k;
		if (!taker_of(&k, p, t, o)) {
			mk_policy_put(p);
			return NULL;
		}
		if (take((enum ing_opt)o->opt, &k))
			continue;
		/* never OPT_BASIC_USER's or a key's text */
		ngx_log_error(NGX_LOG_ERR, log, 0,
			      "minik: option %uD of %V cannot be used (number %L, text of %uz bytes): its requests are "
			      "answered 500",
			      o->opt, &p->owner, o->num, k.a.len);
		p->broken = 1;
		break;
	}
	p->own_upstream = mk_upstream_is_set(p);
	const char *why = p->broken ? NULL : find_conflict(p);
	if (why) {
		ngx_log_error(NGX_LOG_ERR, log, 0, "minik: options of %V: %s: its requests are answered 500", &p->owner,
			      why);
		p->broken = 1;
	}
	t->broken += p->broken;
	t->policies[index] = p;
	return p->broken ? NULL : p;
}
