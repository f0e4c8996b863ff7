#include <openssl/sha.h>
#include "ingress/module/policy_value.h"

/*
 * minik writes the table and has checked every value; it is checked once more here, because what slipped through would
 * reach HTTP messages, timers and sizes of memory. An option that cannot be used costs its policy alone.
 */

#define SECONDS_MAX (INT64_C(100) * 366 * 24 * 3600)
#define MEMORY_MAX  (64 << 20) /* of one request's buffers */

/* --- the options, by the parts of options.h --- */

static bool take_answer(enum ing_opt opt, const struct mk_taker *k)
{
	static const char *const schemes[] = {"http", "https", NULL};
	struct mk_policy *p = k->p;

	switch (opt) {
	case OPT_REFUSED:
		p->refused = 1;
		return true;
	case OPT_HTTPS_REDIRECT:
		return mk_take_status(k, &p->https_status);
	case OPT_REDIRECT:
		return mk_take_if(mk_is_word(k->a), k->a, &p->redirect) && mk_take_status(k, &p->redirect_status);
	case OPT_REDIRECT_TO:
		p->redirect_expand = 1;
		return mk_take_if(mk_is_word(k->a), k->a, &p->redirect) && mk_take_status(k, &p->redirect_status);
	case OPT_APP_ROOT:
		return k->a.len && mk_is_word(k->a) && mk_take_path(k, &p->app_root);
	case OPT_REDIRECT_PARTS:
		return mk_take_status(k, &p->parts_status);
	case OPT_REDIRECT_SCHEME:
		return mk_take_if(mk_is_one_of(k->a, schemes), k->a, &p->redirect_scheme);
	case OPT_REDIRECT_HOST:
		return mk_take_if(mk_is_host(k->a), k->a, &p->redirect_host);
	case OPT_REDIRECT_PORT:
		return mk_take_uint(k, 1, 65535, &p->redirect_port);
	case OPT_REDIRECT_PATH:
		p->has_redirect_path = 1;
		return mk_take_url_path(k, &p->redirect_path);
	case OPT_REDIRECT_PREFIX:
		p->has_redirect_prefix = 1;
		return mk_take_url_path(k, &p->redirect_prefix);
	default:
		return false;
	}
}

static bool take_entrance(enum ing_opt opt, const struct mk_taker *k)
{
	struct mk_policy *p = k->p;

	switch (opt) {
	case OPT_ALLOW:
		return mk_take_cidr(k, &p->allow);
	case OPT_DENY:
		return mk_take_cidr(k, &p->deny);
	case OPT_SATISFY_ANY:
		p->satisfy_any = 1;
		return true;
	case OPT_BASIC:
		p->basic = 1;
		return mk_take_if(mk_is_plain(k->a), k->a, &p->realm);
	case OPT_BASIC_USER:
		return mk_take_user(k);
	case OPT_AUTH_URL:
		return mk_take_if(mk_is_http_url(k->a), k->a, &p->auth_url);
	case OPT_AUTH_METHOD:
		return mk_take_if(mk_is_token(k->a), k->a, &p->auth_method);
	case OPT_AUTH_SIGNIN:
		return mk_take_if(mk_is_word(k->a), k->a, &p->auth_signin);
	case OPT_AUTH_SIGNIN_PARAM:
		return mk_take_if(mk_is_token(k->a), k->a, &p->auth_signin_param);
	case OPT_AUTH_RESPONSE_HEADER:
		return mk_take_header(k, &p->auth_response_headers, false);
	case OPT_AUTH_REQUEST_HEADER:
		return mk_take_header(k, &p->auth_request_headers, false);
	case OPT_AUTH_REQUEST_REDIRECT:
		return mk_take_if(mk_is_plain(k->a), k->a, &p->auth_redirect);
	case OPT_AUTH_ALWAYS_COOKIE:
		p->auth_always_cookie = 1;
		return true;
	case OPT_AUTH_CACHE:
		return mk_take_msec(k, 0, &p->auth_cache_ms) && mk_take_if(mk_is_plain(k->a), k->a, &p->auth_cache_key);
	case OPT_CLIENT_CERT_ERROR:
		return mk_take_if(mk_is_word(k->a), k->a, &p->client_cert_error);
	case OPT_CLIENT_CERT_PASS:
		p->client_cert_pass = 1;
		return true;
	case OPT_CLIENT_CERT_CN: {
		ngx_str_t *to = k->a.len && mk_is_plain(k->a) ? mk_push(k, &p->client_cert_cn, sizeof(*to)) : NULL;
		if (to)
			*to = k->a;
		return to;
	}
	case OPT_CLIENT_CERT:
		if (!mk_in_range(k, ING_VERIFY_OFF, ING_VERIFY_ANY_CA))
			return false;
		p->client_cert = (uint32_t)k->num;
		return true;
	default:
		return false;
	}
}

static bool take_limit(enum ing_opt opt, const struct mk_taker *k)
{
	struct mk_policy *p = k->p;

	switch (opt) {
	case OPT_LIMIT_RPS:
		return mk_take_uint(k, 0, 1000000, &p->rps);
	case OPT_LIMIT_RPM:
		return mk_take_uint(k, 0, 1000000, &p->rpm);
	case OPT_LIMIT_BURST:
		return mk_take_uint(k, 1, 1000, &p->burst);
	case OPT_LIMIT_CONNECTIONS:
		return mk_take_uint(k, 0, 65535, &p->connections);
	case OPT_LIMIT_EXEMPT:
		return mk_take_cidr(k, &p->exempt);
	case OPT_LIMIT_RATE:
		return mk_take_size(k, 0, INT32_MAX, &p->rate);
	case OPT_LIMIT_RATE_AFTER:
		return mk_take_size(k, 0, INT64_MAX / 2, &p->rate_after);
	case OPT_BODY_MAX:
		if (!mk_in_range(k, 0, INT64_MAX / 2))
			return false;
		p->body_max = (off_t)k->num;
		return true;
	default:
		return false;
	}
}

static bool take_request(enum ing_opt opt, const struct mk_taker *k)
{
	struct mk_policy *p = k->p;

	switch (opt) {
	case OPT_PROTOCOL:
		if (!mk_in_range(k, ING_HTTP, ING_AUTO_HTTP))
			return false;
		p->protocol = (uint32_t)k->num;
		return true;
	case OPT_REWRITE:
		return mk_take_rewrite(k);
	case OPT_REWRITE_PATH:
		p->has_rewrite_path = 1;
		return mk_take_url_path(k, &p->rewrite_path);
	case OPT_REWRITE_PREFIX:
		p->has_rewrite_prefix = 1;
		return mk_take_url_path(k, &p->rewrite_prefix);
	case OPT_UPSTREAM_HOST:
		return mk_take_if(mk_is_host(k->a), k->a, &p->upstream_host);
	case OPT_FORWARDED_PREFIX:
		return mk_take_if(mk_is_plain(k->a), k->a, &p->forwarded_prefix);
	case OPT_REQUEST_SET:
		return mk_take_request_header(k, &p->request_set);
	case OPT_REQUEST_ADD:
		return mk_take_request_header(k, &p->request_add);
	case OPT_REQUEST_REMOVE:
		return mk_take_header(k, &p->request_remove, false);
	case OPT_CONNECTION_HEADER:
		p->has_connection_header = 1;
		return mk_take_if(mk_is_plain(k->a), k->a, &p->connection_header);
	case OPT_MIRROR:
		return mk_take_mirror(k);
	default:
		return false;
	}
}

static bool take_backend(enum ing_opt opt, const struct mk_taker *k)
{
	struct mk_policy *p = k->p;

	switch (opt) {
	case OPT_CONNECT_TIMEOUT:
		return mk_take_msec(k, 1, &p->connect_timeout);
	case OPT_SEND_TIMEOUT:
		return mk_take_msec(k, 1, &p->send_timeout);
	case OPT_READ_TIMEOUT:
		return mk_take_msec(k, 1, &p->read_timeout);
	case OPT_REQUEST_TIMEOUT:
		return mk_take_msec(k, 0, &p->request_timeout);
	case OPT_BUFFERING:
		return mk_take_int(k, 0, 1, &p->buffering);
	case OPT_REQUEST_BUFFERING:
		return mk_take_int(k, 0, 1, &p->request_buffering);
	case OPT_BUFFER_SIZE:
		return mk_take_size(k, 512, MEMORY_MAX, &p->buffer_size);
	case OPT_BUFFERS:
		return mk_take_int(k, 1, 65536, &p->buffers);
	case OPT_TEMP_FILE_MAX:
		if (!mk_in_range(k, 0, INT64_MAX / 2))
			return false;
		p->temp_file_max = (off_t)k->num;
		return true;
	case OPT_HTTP_VERSION:
		return (k->num == 10 || k->num == 11) && mk_take_int(k, 10, 11, &p->http_version);
	case OPT_NEXT_UPSTREAM:
		return mk_take_next(k);
	case OPT_NEXT_TRIES:
		return mk_take_int(k, 0, 1000, &p->next_tries);
	case OPT_NEXT_TIMEOUT:
		return mk_take_msec(k, 0, &p->next_timeout);
	default:
		return false;
	}
}

static bool take_backend_tls(enum ing_opt opt, const struct mk_taker *k)
{
	struct mk_policy *p = k->p;

	p->tls_own = 1;
	switch (opt) {
	case OPT_TLS_CERT:
		return mk_take_pem(k->a, &p->pems[0], &p->tls_cert) && mk_take_pem(k->b, &p->pems[1], &p->tls_key);
	case OPT_TLS_CA:
		return mk_take_pem(k->a, &p->pems[2], &p->tls_ca);
	case OPT_TLS_VERIFY:
		return mk_take_int(k, 0, 1, &p->tls_verify);
	case OPT_TLS_DEPTH:
		return mk_take_int(k, 0, 100, &p->tls_depth);
	case OPT_TLS_NAME:
		return mk_take_if(mk_is_host(k->a), k->a, &p->tls_name);
	case OPT_TLS_SNI:
		return mk_take_int(k, 0, 1, &p->tls_sni);
	case OPT_TLS_PROTOCOLS:
		return mk_take_uint(k, 1, 15, &p->tls_protocols);
	case OPT_TLS_CIPHERS:
		return mk_take_if(mk_is_word(k->a), k->a, &p->tls_ciphers);
	default:
		return false;
	}
}

static bool take_cookie(enum ing_opt opt, const struct mk_taker *k)
{
	static const char *const sites[] = {"None", "Lax", "Strict", NULL};
	struct mk_policy *p = k->p;

	switch (opt) {
	case OPT_COOKIE:
		return mk_take_if(mk_is_token(k->a), k->a, &p->cookie);
	case OPT_COOKIE_PATH:
		return mk_take_if(mk_is_cookie_value(k->a), k->a, &p->cookie_path);
	case OPT_COOKIE_DOMAIN:
		return mk_take_if(mk_is_cookie_value(k->a), k->a, &p->cookie_domain);
	case OPT_COOKIE_MAX_AGE:
		return mk_take_int(k, 0, SECONDS_MAX, &p->cookie_max_age);
	case OPT_COOKIE_EXPIRES:
		return mk_take_int(k, 0, SECONDS_MAX, &p->cookie_expires);
	case OPT_COOKIE_SAMESITE:
		return mk_take_if(mk_is_one_of(k->a, sites), k->a, &p->cookie_samesite);
	case OPT_COOKIE_SAMESITE_CONDITIONAL:
		p->cookie_conditional = 1;
		return true;
	case OPT_COOKIE_SECURE:
		return mk_take_int(k, 0, 1, &p->cookie_secure);
	case OPT_COOKIE_ON_FAILURE:
		p->cookie_on_failure = 1;
		return true;
	case OPT_COOKIE_PERSISTENT:
		p->cookie_persistent = 1;
		return true;
	case OPT_COOKIE_CANARY_LEGACY:
		p->cookie_canary_legacy = 1;
		return true;
	case OPT_HASH:
		return k->a.len && mk_take_uint(k, 1, MK_HASH_TO, &p->hash_to) && mk_take_if(mk_is_word(k->a), k->a, &p->hash_by);
	default:
		return false;
	}
}

static bool take_pair(bool good, const struct mk_taker *k, struct mk_pair *ret)
{
	if (good)
		*ret = (struct mk_pair){k->a, k->b};
	return good;
}

static bool take_response(enum ing_opt opt, const struct mk_taker *k)
{
	struct mk_policy *p = k->p;

	switch (opt) {
	case OPT_CORS:
		if (!mk_in_range(k, 0, 1))
			return false;
		p->cors = 1;
		p->cors_strict = k->num & 1;
		return true;
	case OPT_CORS_ORIGIN: {
		ngx_str_t *to = mk_is_word(k->a) ? mk_push(k, &p->cors_origins, sizeof(*to)) : NULL;
		if (to)
			*to = k->a;
		return to;
	}
	case OPT_CORS_METHODS:
		return mk_take_if(mk_is_plain(k->a), k->a, &p->cors_methods);
	case OPT_CORS_HEADERS:
		return mk_take_if(mk_is_plain(k->a), k->a, &p->cors_headers);
	case OPT_CORS_EXPOSE:
		return mk_take_if(mk_is_plain(k->a), k->a, &p->cors_expose);
	case OPT_CORS_CREDENTIALS:
		if (!mk_in_range(k, 0, 1))
			return false;
		p->cors_credentials = k->num & 1;
		return true;
	case OPT_CORS_MAX_AGE:
		return mk_take_int(k, -1, SECONDS_MAX, &p->cors_max_age);
	case OPT_ERROR_CODE:
		return mk_take_error(k);
	case OPT_ERROR_BACKEND:
		return mk_take_if(k->a.len != 0, k->a, &p->error_backend);
	case OPT_ERROR_KEEP:
		p->error_keep = 1;
		return true;
	case OPT_HSTS:
		return mk_take_if(mk_is_plain(k->a), k->a, &p->hsts);
	case OPT_LIMIT_REQ_STATUS:
		return mk_take_uint(k, 400, 599, &p->req_status);
	case OPT_LIMIT_CONN_STATUS:
		return mk_take_uint(k, 400, 599, &p->conn_status);
	case OPT_RESPONSE_SET:
		return mk_take_header(k, &p->response_set, false);
	case OPT_RESPONSE_ADD:
		return mk_take_header(k, &p->response_add, false);
	case OPT_RESPONSE_REMOVE:
		return mk_take_header(k, &p->response_remove, false);
	case OPT_SET_COOKIE_DOMAIN:
		return take_pair(mk_is_host(k->a) && mk_is_host(k->b), k, &p->cookie_domain_given);
	case OPT_SET_COOKIE_PATH:
		return take_pair(mk_is_cookie_value(k->a) && mk_is_cookie_value(k->b), k, &p->cookie_path_given);
	case OPT_LOCATION:
		return take_pair(mk_is_word(k->a) && mk_is_word(k->b), k, &p->location_given);
	case OPT_ACCESS_LOG:
		if (!mk_in_range(k, 0, 1))
			return false;
		p->no_access_log = !k->num;
		return true;
	default:
		return false;
	}
}

static bool take(enum ing_opt opt, const struct mk_taker *k)
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
		p->owner = mk_copy(pool, owner);
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
static bool taker_of(struct mk_taker *k, struct mk_policy *p, const struct mk_table *t, const struct tf_option *o)
{
	bool pem = o->opt == OPT_TLS_CERT || o->opt == OPT_TLS_CA;
	ngx_str_t a = mk_str(t, o->a), b = mk_str(t, o->b);

	*k = (struct mk_taker){p, t, o->num, pem ? a : mk_copy(p->pool, a), pem ? b : mk_copy(p->pool, b)};
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
		struct mk_taker k;
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
