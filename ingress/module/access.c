#include "ingress/module/policy.h"
#include <ngx_crypt.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>

/* NGX_OK: in the list of who may; NGX_HTTP_FORBIDDEN; NGX_DECLINED: the lists do not say. */
static ngx_int_t by_address(ngx_http_request_t *r, struct mk_ctx *x, struct mk_policy *p)
{
	struct sockaddr *sa = r->connection->sockaddr;

	if (p->deny.nelts && ngx_cidr_match(sa, &p->deny) == NGX_OK) {
		x->reason = "denylist";
		return NGX_HTTP_FORBIDDEN;
	}
	if (!p->allow.nelts)
		return NGX_DECLINED;
	if (ngx_cidr_match(sa, &p->allow) == NGX_OK)
		return NGX_OK;
	x->reason = "allowlist";
	return NGX_HTTP_FORBIDDEN;
}

/* --- basic authentication --- */

/*
 * What a worker has found out about credentials in the last minute: a good hash takes a quarter of a second, for which
 * a worker does nothing else. Kept is a keyed hash of them and of the policy's digest, so that other users are another
 * question.
 */
#define KNOWN_SETS    128
#define KNOWN_WAYS    4
#define KNOWN_SECONDS 60
struct known {
	u_char mac[32];
	time_t until;
	bool good;
};
struct mk_known {
	u_char key[32];
	struct known sets[KNOWN_SETS][KNOWN_WAYS];
};

/* NULL: does without. */
static struct mk_known *known_of(ngx_http_request_t *r)
{
	struct mk_main_conf *m = ngx_http_get_module_main_conf(r, ngx_http_minik_module);

	if (m->known)
		return m->known;
	struct mk_known *k = ngx_pcalloc(ngx_cycle->pool, sizeof(*k)); /* lives as long as the worker: is needed once */
	if (k && RAND_bytes(k->key, sizeof(k->key)) != 1)
		return NULL;
	return m->known = k;
}

static bool known_mac(ngx_http_request_t *r, const struct mk_known *k, const struct mk_policy *p, u_char mac[32])
{
	ngx_str_t user = r->headers_in.user, word = r->headers_in.passwd;
	size_t n = sizeof(p->digest) + sizeof(user.len) + user.len + word.len;
	u_char *text = ngx_pnalloc(r->pool, n);
	unsigned len = 32;

	if (!text)
		return false;
	u_char *to = ngx_cpymem(text, &p->digest, sizeof(p->digest));
	to = ngx_cpymem(to, &user.len, sizeof(user.len));
	to = ngx_cpymem(to, user.data, user.len);
	ngx_memcpy(to, word.data, word.len);
	bool ok = HMAC(EVP_sha256(), k->key, sizeof(k->key), text, n, mac, &len) && len == 32;
	ngx_explicit_memzero(text, n);
	return ok;
}

/* The entry of these credentials, else the one that is soonest over (*ret_new). */
static struct known *known_find(struct mk_known *k, const u_char mac[32], bool *ret_new)
{
	struct known *set = k->sets[mac[0] % KNOWN_SETS], *oldest = set;

	*ret_new = false;
	for (int i = 0; i < KNOWN_WAYS; i++) {
		if (set[i].until > ngx_time() && CRYPTO_memcmp(set[i].mac, mac, 32) == 0)
			return &set[i];
		if (set[i].until < oldest->until)
			oldest = &set[i];
	}
	*ret_new = true;
	return oldest;
}

static const struct mk_user *find_user(const struct mk_policy *p, ngx_str_t name)
{
	const struct mk_user *u = p->users.elts;

	for (ngx_uint_t i = 0; i < p->users.nelts; i++)
		if (u[i].name.len == name.len && ngx_memcmp(u[i].name.data, name.data, name.len) == 0)
			return &u[i];
	return NULL;
}

static bool password_is(ngx_http_request_t *r, const struct mk_user *u)
{
	u_char *encrypted;

	/* a malformed hash is nobody's; nginx has logged it */
	if (ngx_crypt(r->pool, r->headers_in.passwd.data, u->hash.data, &encrypted) != NGX_OK)
		return false;
	size_t n = ngx_strlen(encrypted);
	return n == u->hash.len && CRYPTO_memcmp(encrypted, u->hash.data, n) == 0;
}

/* NGX_OK, NGX_HTTP_UNAUTHORIZED or another status. */
static ngx_int_t by_user(ngx_http_request_t *r, struct mk_policy *p)
{
	struct mk_known *k = known_of(r);
	struct known *e = NULL;
	u_char mac[32];
	bool new = true;

	if (!r->headers_in.user.data) /* nobody has looked (mk_password) */
		return NGX_HTTP_INTERNAL_SERVER_ERROR;
	if (!r->headers_in.user.len)
		return NGX_HTTP_UNAUTHORIZED;
	const struct mk_user *u = find_user(p, r->headers_in.user);
	if (!u) {
		ngx_log_error(NGX_LOG_INFO, r->connection->log, 0, "minik: no user \"%V\" for %V", &r->headers_in.user,
			      &p->owner);
		return NGX_HTTP_UNAUTHORIZED;
	}
	if (k && known_mac(r, k, p, mac)) {
		e = known_find(k, mac, &new);
		if (!new)
			return e->good ? NGX_OK : NGX_HTTP_UNAUTHORIZED;
	}
	bool good = password_is(r, u);
	if (e) {
		ngx_memcpy(e->mac, mac, sizeof(mac));
		e->until = ngx_time() + KNOWN_SECONDS;
		e->good = good;
	}
	if (!good)
		ngx_log_error(NGX_LOG_INFO, r->connection->log, 0, "minik: wrong password of user \"%V\" for %V",
			      &r->headers_in.user, &p->owner);
	return good ? NGX_OK : NGX_HTTP_UNAUTHORIZED;
}

static ngx_int_t ask_for_user(ngx_http_request_t *r, struct mk_policy *p)
{
	u_char *text = ngx_pnalloc(r->pool, sizeof("Basic realm=\"\"") + 2 * p->realm.len);
	ngx_table_elt_t *h = text ? ngx_list_push(&r->headers_out.headers) : NULL;

	if (!h)
		return NGX_HTTP_INTERNAL_SERVER_ERROR;
	u_char *to = ngx_cpymem(text, "Basic realm=\"", 13);
	for (size_t i = 0; i < p->realm.len; i++) {
		if (p->realm.data[i] == '"' || p->realm.data[i] == '\\')
			*to++ = '\\';
		*to++ = p->realm.data[i];
	}
	*to++ = '"';
	*h = (ngx_table_elt_t){.hash = 1, .key = ngx_string("WWW-Authenticate"), .value = {(size_t)(to - text), text}};
	r->headers_out.www_authenticate = h;
	return NGX_HTTP_UNAUTHORIZED;
}

/* --- together --- */

/* The first refusal counts. */
static ngx_int_t satisfy_all(ngx_http_request_t *r, struct mk_ctx *x, struct mk_policy *p)
{
	if (by_address(r, x, p) == NGX_HTTP_FORBIDDEN)
		return NGX_HTTP_FORBIDDEN;
	x->reason = p->basic ? "auth" : NULL;
	ngx_int_t rc = p->basic ? by_user(r, p) : NGX_OK;
	if (rc == NGX_HTTP_UNAUTHORIZED)
		return ask_for_user(r, p);
	if (rc != NGX_OK)
		return rc;
	x->reason = p->auth_url.len ? "auth-url" : NULL;
	return p->auth_url.len ? mk_auth(r, x) : NGX_DECLINED;
}

/* The first that lets in counts; 401 is a better answer than 403, because it can be mended. */
static ngx_int_t satisfy_any(ngx_http_request_t *r, struct mk_ctx *x, struct mk_policy *p)
{
	ngx_int_t addr = by_address(r, x, p), user = NGX_DECLINED, auth = NGX_DECLINED;

	if (addr == NGX_OK || (addr == NGX_DECLINED && !p->basic && !p->auth_url.len))
		return NGX_DECLINED;
	if (p->basic) {
		x->reason = "auth";
		user = by_user(r, p);
		if (user == NGX_OK)
			return NGX_DECLINED;
		if (user != NGX_HTTP_UNAUTHORIZED)
			return user;
	}
	if (p->auth_url.len) {
		x->reason = "auth-url";
		auth = mk_auth(r, x);
		if (auth != NGX_HTTP_FORBIDDEN)
			return auth == NGX_HTTP_UNAUTHORIZED && p->basic && !r->headers_out.www_authenticate
				   ? ask_for_user(r, p)
				   : auth;
	}
	return p->basic ? ask_for_user(r, p) : NGX_HTTP_FORBIDDEN;
}

ngx_int_t mk_password(ngx_http_request_t *r, struct mk_ctx *x)
{
	ngx_table_elt_t *h = r->headers_in.authorization;

	if (!x->policy || !x->policy->basic)
		return NGX_OK;
	x->password = h ? h->value.data : NULL;
	return ngx_http_auth_basic_user(r) == NGX_ERROR ? NGX_ERROR : NGX_OK;
}

ngx_int_t mk_password_forget(ngx_http_request_t *r, const struct mk_ctx *x)
{
	static u_char lower[] = "authorization";
	struct mk_header h = {.name = ngx_string("Authorization"), .lower = {sizeof(lower) - 1, lower}};
	const ngx_array_t remove = {.elts = &h, .nelts = 1, .size = sizeof(h), .nalloc = 1};
	ngx_table_elt_t *said = r->headers_in.authorization;

	if (!x->password || !said || said->value.data != x->password)
		return NGX_DECLINED;
	h.hash = ngx_hash_key(lower, sizeof(lower) - 1);
	if (mk_request_headers(r, &remove, NULL, NULL) != NGX_OK)
		return NGX_HTTP_INTERNAL_SERVER_ERROR;
	r->headers_in.authorization = said; /* for $remote_user */
	return NGX_DECLINED;
}

ngx_int_t mk_access(ngx_http_request_t *r, struct mk_ctx *x)
{
	struct mk_policy *p = x->policy;

	if (!p)
		return NGX_DECLINED;
	x->reason = "client-certificate";
	ngx_int_t rc = mk_client_cert(r, x);
	if (rc != NGX_DECLINED) {
		r->error_page = 1; /* as if it had been before there was a location: no custom-http-errors */
		return rc;
	}
	x->reason = NULL;
	rc = p->satisfy_any ? satisfy_any(r, x, p) : satisfy_all(r, x, p);
	if (rc == NGX_DECLINED || rc == NGX_OK || rc == NGX_AGAIN)
		x->reason = NULL;
	return rc == NGX_DECLINED || rc == NGX_OK ? mk_password_forget(r, x) : rc;
}
