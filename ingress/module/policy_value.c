#include "ingress/module/policy_value.h"

#define MSEC_MAX    (INT64_C(366) * 24 * 3600 * 1000)
#define REWRITE_MAX 4096

/* --- what text may be --- */

/* Nothing that ends a line of a header. */
bool mk_is_plain(ngx_str_t s)
{
	for (size_t i = 0; i < s.len; i++)
		if ((s.data[i] < 0x20 && s.data[i] != '\t') || s.data[i] == 0x7f)
			return false;
	return true;
}

bool mk_is_word(ngx_str_t s)
{
	for (size_t i = 0; i < s.len; i++)
		if (s.data[i] <= 0x20 || s.data[i] == 0x7f)
			return false;
	return s.len > 0;
}

/* token of RFC 9110 */
bool mk_is_token(ngx_str_t s)
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

bool mk_is_host(ngx_str_t s)
{
	for (size_t i = 0; i < s.len; i++) {
		u_char c = s.data[i];
		if (!((c | 0x20) >= 'a' && (c | 0x20) <= 'z') && !(c >= '0' && c <= '9') && c != '.' && c != '-' &&
		    c != '_' && c != ':' && c != '[' && c != ']')
			return false;
	}
	return s.len > 0;
}

bool mk_is_one_of(ngx_str_t s, const char *const *words)
{
	for (; *words; words++)
		if (s.len == ngx_strlen(*words) && ngx_strncmp(s.data, *words, s.len) == 0)
			return true;
	return false;
}

bool mk_is_http_url(ngx_str_t s)
{
	return mk_is_word(s) && ((s.len > 7 && ngx_strncmp(s.data, "http://", 7) == 0) ||
			      (s.len > 8 && ngx_strncmp(s.data, "https://", 8) == 0));
}

bool mk_is_cookie_value(ngx_str_t s)
{
	return mk_is_word(s) && !ngx_strlchr(s.data, s.data + s.len, ';');
}

/* --- takers of one option: false when it cannot be used --- */

bool mk_in_range(const struct mk_taker *k, int64_t low, int64_t high)
{
	return k->num >= low && k->num <= high;
}

bool mk_take_uint(const struct mk_taker *k, int64_t low, int64_t high, ngx_uint_t *ret)
{
	if (!mk_in_range(k, low, high))
		return false;
	*ret = (ngx_uint_t)k->num;
	return true;
}

bool mk_take_int(const struct mk_taker *k, int64_t low, int64_t high, ngx_int_t *ret)
{
	if (!mk_in_range(k, low, high))
		return false;
	*ret = (ngx_int_t)k->num;
	return true;
}

bool mk_take_msec(const struct mk_taker *k, int64_t low, ngx_msec_t *ret)
{
	if (!mk_in_range(k, low, MSEC_MAX))
		return false;
	*ret = (ngx_msec_t)k->num;
	return true;
}

bool mk_take_status(const struct mk_taker *k, ngx_uint_t *ret)
{
	if (k->num != 301 && k->num != 302 && k->num != 303 && k->num != 307 && k->num != 308)
		return false;
	*ret = (ngx_uint_t)k->num;
	return true;
}

bool mk_take_if(bool good, ngx_str_t s, ngx_str_t *ret)
{
	if (good)
		*ret = s;
	return good;
}

bool mk_take_path(const struct mk_taker *k, ngx_str_t *ret)
{
	return mk_take_if((!k->a.len || k->a.data[0] == '/') && mk_is_plain(k->a), k->a, ret);
}

/* As it stands in a URL; kept decoded, as nginx has paths. */
bool mk_take_url_path(const struct mk_taker *k, ngx_str_t *ret)
{
	u_char *from = k->a.data, *to = ngx_pnalloc(k->p->pool, k->a.len + 1);

	if (!to || (k->a.len && k->a.data[0] != '/') || !mk_is_plain(k->a))
		return false;
	ret->data = to;
	ngx_unescape_uri(&to, &from, k->a.len, 0);
	ret->len = (size_t)(to - ret->data);
	return true;
}

void *mk_push(const struct mk_taker *k, ngx_array_t *list, size_t size)
{
	if (!list->elts && ngx_array_init(list, k->p->pool, 4, size) != NGX_OK)
		return NULL;
	return ngx_array_push(list);
}

bool mk_take_cidr(const struct mk_taker *k, ngx_array_t *list)
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
	ngx_cidr_t *to = mk_push(k, list, sizeof(*to));
	if (to)
		*to = c;
	return to;
}

ngx_str_t mk_copy(ngx_pool_t *pool, ngx_str_t s)
{
	u_char *p = s.len ? ngx_pnalloc(pool, s.len + 1) : (u_char *)(uintptr_t) "";

	if (p && s.len) {
		ngx_memcpy(p, s.data, s.len);
		p[s.len] = 0;
	}
	return (ngx_str_t){s.len, p};
}

/* By key, which means the same in the next table: the copy goes to the endpoints that the backend has by then. */
bool mk_take_mirror(const struct mk_taker *k)
{
	const struct tf_backend *backends = tf_at(k->t->map, TF_BACKENDS);
	ngx_int_t share = k->a.len ? ngx_atoi(k->a.data, k->a.len) : MK_SHARE_ALL;
	struct mk_mirror *to;

	if (!mk_in_range(k, 0, (int64_t)tf_head(k->t->map)->sections[TF_BACKENDS].n - 1) || share < 0 ||
	    share > MK_SHARE_ALL)
		return false;
	to = mk_push(k, &k->p->mirrors, sizeof(*to));
	if (to)
		*to = (struct mk_mirror){mk_copy(k->p->pool, mk_str(k->t, backends[k->num].key)), (uint32_t)share};
	return to && to->key.data;
}

/* Those that belong to one connection or say where a body ends are nginx' own to write (RFC 9110 section 7.6.1). */
static bool is_of_connection(ngx_str_t lower)
{
	static const char *const names[] = {"connection",        "keep-alive", "proxy-connection", "te",   "trailer",
					    "transfer-encoding", "upgrade",    "content-length",   "host", NULL};
	return mk_is_one_of(lower, names);
}

bool mk_take_header(const struct mk_taker *k, ngx_array_t *list, bool any_name)
{
	if (!mk_is_token(k->a) || !mk_is_plain(k->b))
		return false;
	struct mk_header h = {.name = k->a, .value = k->b};
	h.lower.len = h.name.len;
	h.lower.data = ngx_pnalloc(k->p->pool, h.name.len);
	if (!h.lower.data)
		return false;
	h.hash = ngx_hash_strlow(h.lower.data, h.name.data, h.name.len);
	if (!any_name && is_of_connection(h.lower))
		return false;
	struct mk_header *to = mk_push(k, list, sizeof(*to));
	if (to)
		*to = h;
	return to;
}

/* There is one Host, which is set and added in the same way. */
bool mk_take_request_header(const struct mk_taker *k, ngx_array_t *list)
{
	if (k->a.len == 4 && ngx_strncasecmp(k->a.data, (u_char *)"host", 4) == 0)
		return mk_take_if(mk_is_host(k->b), k->b, &k->p->upstream_host);
	return mk_take_header(k, list, false);
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

bool mk_take_user(const struct mk_taker *k)
{
	if (!k->a.len || !mk_is_plain(k->a) || !mk_is_plain(k->b) || !is_bearable_hash(k->b))
		return false;
	struct mk_user *u = mk_push(k, &k->p->users, sizeof(*u));
	if (u)
		*u = (struct mk_user){k->a, k->b};
	return u;
}

bool mk_take_rewrite(const struct mk_taker *k)
{
	if (!k->a.len || k->a.len > REWRITE_MAX || !mk_is_plain(k->a) || (k->a.data[0] != '/' && k->a.data[0] != '$'))
		return false;
	for (size_t i = 0; i < k->a.len; i++)
		if (k->a.data[i] == '$' && (i + 1 == k->a.len || k->a.data[i + 1] < '1' || k->a.data[i + 1] > '9'))
			return false;
	k->p->rewrite = k->a;
	return true;
}

bool mk_take_next(const struct mk_taker *k)
{
	static const uint32_t bits[] = {
	    NGX_HTTP_UPSTREAM_FT_ERROR,    NGX_HTTP_UPSTREAM_FT_TIMEOUT,        NGX_HTTP_UPSTREAM_FT_INVALID_HEADER,
	    NGX_HTTP_UPSTREAM_FT_HTTP_500, NGX_HTTP_UPSTREAM_FT_HTTP_502,       NGX_HTTP_UPSTREAM_FT_HTTP_503,
	    NGX_HTTP_UPSTREAM_FT_HTTP_504, NGX_HTTP_UPSTREAM_FT_HTTP_403,       NGX_HTTP_UPSTREAM_FT_HTTP_404,
	    NGX_HTTP_UPSTREAM_FT_HTTP_429, NGX_HTTP_UPSTREAM_FT_NON_IDEMPOTENT, NGX_HTTP_UPSTREAM_FT_OFF};
	ngx_uint_t mask = 0;

	if (!mk_in_range(k, 1, (1 << 12) - 1))
		return false;
	for (size_t i = 0; i < sizeof(bits) / sizeof(bits[0]); i++)
		if (k->num & (1 << i))
			mask |= bits[i];
	k->p->next_upstream = mask;
	return true;
}

bool mk_take_size(const struct mk_taker *k, int64_t low, int64_t high, size_t *ret)
{
	if (!mk_in_range(k, low, high))
		return false;
	*ret = (size_t)k->num;
	return true;
}

bool mk_take_pem(ngx_str_t s, struct mk_pem **slot, ngx_str_t *ret)
{
	if (!s.len || *slot || !(*slot = mk_pem_get(s, ret)))
		return false;
	return true;
}

/* As nginx' own "error_page 404 =404 @minik_error": the location is told which it was, and says itself that the new answer's counts. */
bool mk_take_error(const struct mk_taker *k)
{
	ngx_http_err_page_t *to = mk_in_range(k, 300, 599) ? mk_push(k, &k->p->error_pages, sizeof(*to)) : NULL;

	if (!to)
		return false;
	ngx_memzero(to, sizeof(*to));
	to->status = to->overwrite = (ngx_int_t)k->num;
	ngx_str_set(&to->value.value, "@minik_error");
	return true;
}
