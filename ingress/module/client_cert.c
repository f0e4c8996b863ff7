/*
 * Certificates of clients. The handshake asks for one by the server that SNI names, never refuses it (a status says
 * more than an alert), and the request's policy decides.
 *
 * The session's id context has two halves, and a session is resumed only where both are the same. What was asked for: a
 * request knows by it which question its connection was asked. And what was shown: the name (RFC 6066 section 3: a session
 * is not another name's) and its certificate, so that who comes back after a renewal sees the new one, which costs nobody
 * a connection.
 */
#include "ingress/module/policy.h"
#include "ingress/module/cache.h"
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#define ASKS_MAX  4096 /* kept, */
#define CAS_MAX   256  /* and the CAs that they have, several of them the same; */
#define BYTES_MAX (32u << 20) /* of PEM text */
#define CERTS_MAX 512 /* in one file of CAs */
#define HALF      (SSL_MAX_SID_CTX_LENGTH / 2)

struct ca {
	struct mk_item item; /* by the digest of both texts */
	unsigned refs;       /* questions, and one while it is kept */
	X509_STORE *store;   /* NULL: the PEM is broken, nobody has a good certificate */
	STACK_OF(X509_NAME) * names;
};
struct ask {
	struct mk_item item; /* by the server's digest */
	u_char id[MK_DIGEST];
	struct ca *ca;
};

static void ca_put(struct ca *ca)
{
	if (!ca || --ca->refs)
		return;
	X509_STORE_free(ca->store); /* a handshake has its own reference */
	sk_X509_NAME_pop_free(ca->names, X509_NAME_free);
	ngx_free(ca);
}

static void ca_drop(struct mk_item *item)
{
	ca_put((struct ca *)item);
}

static void ask_drop(struct mk_item *item)
{
	struct ask *a = (struct ask *)item;

	ca_put(a->ca);
	ngx_free(a);
}

/* At the end of a PEM the reader says "no start line". */
static bool at_end(ngx_uint_t n)
{
	unsigned long e = ERR_peek_last_error();
	bool end = n > 0 && ERR_GET_LIB(e) == ERR_LIB_PEM && ERR_GET_REASON(e) == PEM_R_NO_START_LINE;

	ERR_clear_error();
	return end;
}

ngx_int_t mk_store_add_ca(X509_STORE *store, STACK_OF(X509_NAME) * names, ngx_str_t pem)
{
	BIO *bio = BIO_new_mem_buf(pem.data, (int)pem.len);
	ngx_uint_t n = 0;
	bool ok = bio;
	X509 *cert;

	ERR_clear_error();
	for (; ok && n <= CERTS_MAX && (cert = PEM_read_bio_X509(bio, NULL, NULL, NULL)); n++) {
		X509_NAME *name = names ? X509_NAME_dup(X509_get_subject_name(cert)) : NULL;
		ok = X509_STORE_add_cert(store, cert);
		if (names && (!name || !sk_X509_NAME_push(names, name))) {
			X509_NAME_free(name);
			ok = false;
		}
		X509_free(cert);
	}
	ok = ok && at_end(n) && n <= CERTS_MAX;
	BIO_free(bio);
	return ok ? NGX_OK : NGX_ERROR;
}

static ngx_int_t add_crl(X509_STORE *store, ngx_str_t pem)
{
	BIO *bio = BIO_new_mem_buf(pem.data, (int)pem.len);
	ngx_uint_t n = 0;
	bool ok = bio;
	X509_CRL *crl;

	ERR_clear_error();
	for (; ok && n <= CERTS_MAX && (crl = PEM_read_bio_X509_CRL(bio, NULL, NULL, NULL)); n++) {
		ok = X509_STORE_add_crl(store, crl);
		X509_CRL_free(crl);
	}
	ok = ok && at_end(n) && n <= CERTS_MAX &&
	     X509_STORE_set_flags(store, X509_V_FLAG_CRL_CHECK | X509_V_FLAG_CRL_CHECK_ALL);
	BIO_free(bio);
	return ok ? NGX_OK : NGX_ERROR;
}

static ngx_int_t ask_id(const struct mk_table *t, const struct tf_server *s, u_char id[MK_DIGEST])
{
	uint32_t numbers[] = {s->scope, s->verify, s->depth};
	ngx_str_t parts[] = {
	    {sizeof(numbers), (u_char *)numbers}, mk_str(t, s->name), mk_str(t, s->ca), mk_str(t, s->crl)};

	return mk_digest(parts, sizeof(parts) / sizeof(*parts), id);
}

/* NULL: no memory */
static struct ca *ca_new(ngx_str_t pem, ngx_str_t crl, bool needed, ngx_str_t name, ngx_log_t *log)
{
	struct ca *ca = ngx_calloc(sizeof(*ca), log);
	bool ok;

	if (!ca)
		return NULL;
	ca->refs = 1;
	ca->store = X509_STORE_new();
	ca->names = sk_X509_NAME_new_null();
	ok = ca->store && ca->names;
	if (ok && (pem.len || needed))
		ok = mk_store_add_ca(ca->store, ca->names, pem) == NGX_OK;
	if (ok && crl.len)
		ok = add_crl(ca->store, crl) == NGX_OK;
	if (!ok) {
		ngx_log_error(NGX_LOG_ERR, log, 0,
			      "minik: the CA or revocation list of client certificates of %V cannot be read: no "
			      "client's certificate is good",
			      &name);
		X509_STORE_free(ca->store);
		ca->store = NULL;
	}
	return ca;
}

/* One reference more; NULL: no memory. */
static struct ca *ca_get(struct mk_main_conf *m, const struct mk_table *t, const struct tf_server *s, ngx_log_t *log)
{
	/* optional_no_ca needs no CA: who is asked gives whatever certificate he has */
	uint32_t needed = s->verify != ING_VERIFY_ANY_CA;
	ngx_str_t pem = mk_str(t, s->ca), crl = mk_str(t, s->crl);
	ngx_str_t parts[] = {{sizeof(needed), (u_char *)&needed}, pem, crl};
	u_char key[MK_DIGEST];
	struct ca *ca;

	if (!m->cas)
		m->cas = mk_cache_new(CAS_MAX, BYTES_MAX, ca_drop);
	if (!m->cas || mk_digest(parts, sizeof(parts) / sizeof(*parts), key) != NGX_OK)
		return NULL;
	ca = (struct ca *)mk_cache_get(m->cas, key);
	if (!ca) {
		ca = ca_new(pem, crl, needed, mk_str(t, s->name), log);
		if (!ca)
			return NULL;
		ngx_memcpy(ca->item.key, key, MK_DIGEST);
		ca->item.bytes = pem.len + crl.len;
		mk_cache_put(m->cas, &ca->item);
	}
	ca->refs++;
	return ca;
}

static struct ask *ask_get(const struct mk_table *t, const struct tf_server *s, ngx_log_t *log)
{
	struct mk_main_conf *m = ngx_http_cycle_get_module_main_conf(ngx_cycle, ngx_http_minik_module);
	u_char key[MK_DIGEST] = {0};
	struct ask *a;

	if (!m->asks)
		m->asks = mk_cache_new(ASKS_MAX, BYTES_MAX, ask_drop);
	if (!m->asks)
		return NULL;
	ngx_memcpy(key, &s->digest, sizeof(s->digest));
	a = (struct ask *)mk_cache_get(m->asks, key);
	if (a)
		return a;
	a = ngx_calloc(sizeof(*a), log);
	if (!a)
		return NULL;
	ngx_memcpy(a->item.key, key, MK_DIGEST);
	a->ca = ask_id(t, s, a->id) == NGX_OK ? ca_get(m, t, s, log) : NULL;
	if (!a->ca) {
		ngx_free(a);
		return NULL;
	}
	a->item.bytes = a->ca->item.bytes; /* which it keeps */
	mk_cache_put(m->asks, &a->item);
	return a;
}

/* --- handshake --- */

static int on_verify(int ok, X509_STORE_CTX *store)
{
	return 1;
}

static bool is_noted(const SSL_SESSION *session, const struct ask *a)
{
	unsigned n = 0;
	const unsigned char *id = session ? SSL_SESSION_get0_id_context(session, &n) : NULL;

	return id && n == SSL_MAX_SID_CTX_LENGTH && ngx_memcmp(a->id, id, HALF) == 0;
}

int mk_client_cert_ask(ngx_ssl_conn_t *ssl, const struct mk_table *t, const struct tf_server *s)
{
	ngx_connection_t *c = ngx_ssl_get_connection(ssl);
	struct ask *a;

	if (!s || s->verify == ING_VERIFY_OFF)
		return 1;
	a = ask_get(t, s, c->log);
	if (!a)
		return 0;
	if (!a->ca->store)
		return 1;
	/* on_hello has noted another question (the table is a new one since): who is asked this one would be taken for who was asked that. */
	if (!is_noted(SSL_get0_session(ssl), a))
		return 1;
	STACK_OF(X509_NAME) *names = SSL_dup_CA_list(a->ca->names);
	if (!names || !SSL_set1_verify_cert_store(ssl, a->ca->store)) {
		sk_X509_NAME_pop_free(names, X509_NAME_free);
		return 0;
	}
	SSL_set_client_CA_list(ssl, names);
	SSL_set_verify(ssl, SSL_VERIFY_PEER, on_verify);
	SSL_set_verify_depth(ssl, (int)s->depth);
	return 1;
}

/* The name of a server_name extension (RFC 6066): a list whose first name of type 0 counts. 0: none. */
static size_t sni_of(ngx_ssl_conn_t *ssl, u_char name[256])
{
	const unsigned char *p;
	size_t n, len;

	if (!SSL_client_hello_get0_ext(ssl, TLSEXT_TYPE_server_name, &p, &n) || n < 5 ||
	    p[2] != TLSEXT_NAMETYPE_host_name)
		return 0;
	len = ((size_t)p[3] << 8) + p[4];
	if (len > n - 5 || len > 255)
		return 0;
	ngx_strlow(name, (u_char *)(uintptr_t)p + 5, len);
	/* as on_certificate has it: the name that is asked and the one that is noted must be one */
	if (len && name[len - 1] == '.')
		len--;
	return len;
}

static ngx_int_t context_make(const struct mk_table *t, uint32_t scope, ngx_str_t name, ngx_log_t *log,
			      u_char id[SSL_MAX_SID_CTX_LENGTH])
{
	const struct tf_server *s = table_find_server(t->map, scope, (char *)name.data, name.len);
	uint64_t numbers[] = {scope, s && s->cert.len ? s->pair : 0};
	ngx_str_t parts[] = {{sizeof(numbers), (u_char *)numbers}, name};
	u_char shown[MK_DIGEST];
	struct ask *a = NULL;

	if (mk_digest(parts, sizeof(parts) / sizeof(*parts), shown) != NGX_OK)
		return NGX_ERROR;
	if (name.len && s && s->verify != ING_VERIFY_OFF) {
		a = ask_get(t, s, log);
		if (!a)
			return NGX_ERROR;
	}
	ngx_memzero(id, HALF);
	if (a)
		ngx_memcpy(id, a->id, HALF);
	ngx_memcpy(id + HALF, shown, HALF);
	return NGX_OK;
}

/* Before sessions are looked up, which is before certificates are chosen. */
static int on_hello(SSL *ssl, int *alert, void *arg)
{
	struct mk_main_conf *m = ngx_http_cycle_get_module_main_conf(ngx_cycle, ngx_http_minik_module);
	ngx_connection_t *c = ngx_ssl_get_connection(ssl);
	ngx_http_connection_t *hc = c->data;
	struct mk_srv_conf *srv = hc->conf_ctx->srv_conf[ngx_http_minik_module.ctx_index];
	u_char name[256], id[SSL_MAX_SID_CTX_LENGTH];
	size_t n = sni_of(ssl, name);
	struct mk_table *t = mk_table_get(m, c->log);
	bool ok;

	if (!t)
		return SSL_CLIENT_HELLO_SUCCESS;
	ok = context_make(t, srv->scope, (ngx_str_t){n, name}, c->log, id) == NGX_OK &&
	     SSL_set_session_id_context(ssl, id, sizeof(id));
	mk_table_put(t);
	if (ok)
		return SSL_CLIENT_HELLO_SUCCESS;
	*alert = SSL_AD_INTERNAL_ERROR;
	return SSL_CLIENT_HELLO_ERROR;
}

ngx_int_t mk_client_cert_init(ngx_conf_t *cf)
{
	ngx_http_core_main_conf_t *core = ngx_http_conf_get_module_main_conf(cf, ngx_http_core_module);
	ngx_http_core_srv_conf_t **servers = core->servers.elts;

	for (ngx_uint_t i = 0; i < core->servers.nelts; i++) {
		ngx_http_ssl_srv_conf_t *ssl = servers[i]->ctx->srv_conf[ngx_http_ssl_module.ctx_index];
		if (ssl->ssl.ctx)
			SSL_CTX_set_client_hello_cb(ssl->ssl.ctx, on_hello, NULL);
	}
	return NGX_OK;
}

/* --- request --- */

/* Was the connection asked what s asks? */
static bool was_asked(ngx_http_request_t *r, struct mk_ctx *x, const struct tf_server *s)
{
	struct ask *a = ask_get(x->table, s, r->connection->log);

	return a && is_noted(SSL_get0_session(r->connection->ssl->connection), a);
}

/* A page of the host itself is for those without a certificate: a redirect to it must end there. */
static bool is_error_page(ngx_http_request_t *r, const struct mk_policy *p)
{
	ngx_str_t page = p->client_cert_error, uri = r->unparsed_uri;
	u_char *query = ngx_strlchr(uri.data, uri.data + uri.len, '?');

	if (query)
		uri.len = (size_t)(query - uri.data);
	return page.len && page.data[0] == '/' && uri.len == page.len && ngx_memcmp(uri.data, page.data, page.len) == 0;
}

static ngx_int_t refuse(ngx_http_request_t *r, const struct mk_policy *p, ngx_int_t status)
{
	ngx_ssl_connection_t *ssl = r->connection->ssl;

	if (ssl)
		ngx_ssl_remove_cached_session(ssl->session_ctx, SSL_get0_session(ssl->connection));
	if (is_error_page(r, p))
		return NGX_DECLINED;
	return p->client_cert_error.len ? mk_redirect(r, NGX_HTTP_MOVED_TEMPORARILY, p->client_cert_error) : status;
}

/* The last CN, which is the most specific. */
static bool has_cn(X509 *cert, ngx_str_t cn)
{
	X509_NAME *subject = X509_get_subject_name(cert);
	unsigned char *s = NULL;
	int at = -1, last = -1, n;
	bool same;

	if (cn.len > 3 && ngx_strncasecmp(cn.data, (u_char *)"CN=", 3) == 0)
		cn = (ngx_str_t){cn.len - 3, cn.data + 3};
	while ((at = X509_NAME_get_index_by_NID(subject, NID_commonName, at)) >= 0)
		last = at;
	if (last < 0)
		return false;
	n = ASN1_STRING_to_UTF8(&s, X509_NAME_ENTRY_get_data(X509_NAME_get_entry(subject, last)));
	same = n >= 0 && (size_t)n == cn.len && ngx_memcmp(s, cn.data, cn.len) == 0;
	OPENSSL_free(s);
	return same;
}

static void push_header(ngx_array_t *list, const char *name, ngx_str_t value)
{
	struct mk_header *h = ngx_array_push(list); /* has room */

	h->name = h->lower = (ngx_str_t){strlen(name), (u_char *)(uintptr_t)name};
	h->hash = ngx_hash_key(h->lower.data, h->lower.len);
	h->value = value;
}

static bool has_one_cn(X509 *cert, const ngx_array_t *names)
{
	const ngx_str_t *name = names->elts;

	for (ngx_uint_t i = 0; i < names->nelts; i++)
		if (has_cn(cert, name[i]))
			return true;
	return false;
}

/* What the backend hears of it; never what a client says itself. */
static ngx_int_t tell_backend(ngx_http_request_t *r, const struct mk_policy *p)
{
	static const char *const names[] = {"ssl-client-verify", "ssl-client-subject-dn", "ssl-client-issuer-dn",
					    "ssl-client-cert"};
	ngx_int_t (*const get[])(ngx_connection_t *, ngx_pool_t *, ngx_str_t *) = {
	    ngx_ssl_get_client_verify, ngx_ssl_get_subject_dn, ngx_ssl_get_issuer_dn, ngx_ssl_get_escaped_certificate};
	ngx_array_t remove, set;

	if (ngx_array_init(&remove, r->pool, 4, sizeof(struct mk_header)) != NGX_OK ||
	    ngx_array_init(&set, r->pool, 4, sizeof(struct mk_header)) != NGX_OK)
		return NGX_HTTP_INTERNAL_SERVER_ERROR;
	for (size_t i = 0; i < 4; i++) {
		ngx_str_t value = ngx_null_string;
		if (!r->connection->ssl && i == 0)
			value = (ngx_str_t)ngx_string("NONE");
		if (r->connection->ssl && (i < 3 || p->client_cert_pass) &&
		    get[i](r->connection, r->pool, &value) != NGX_OK)
			return NGX_HTTP_INTERNAL_SERVER_ERROR;
		push_header(value.len ? &set : &remove, names[i], value);
	}
	return mk_request_headers(r, &remove, &set, NULL) == NGX_OK ? NGX_DECLINED : NGX_HTTP_INTERNAL_SERVER_ERROR;
}

static ngx_int_t check(ngx_http_request_t *r, struct mk_ctx *x)
{
	const struct mk_policy *p = x->policy;
	SSL *ssl = r->connection->ssl->connection;
	X509 *cert = SSL_get_peer_certificate(ssl);
	long verified = SSL_get_verify_result(ssl);
	ngx_int_t rc = NGX_DECLINED;

	if (!cert && p->client_cert == ING_VERIFY_ON) {
		ngx_log_error(NGX_LOG_INFO, r->connection->log, 0, "client sent no required SSL certificate");
		rc = refuse(r, p, NGX_HTTPS_NO_CERT);
	} else if (verified != X509_V_OK &&
		   (p->client_cert != ING_VERIFY_ANY_CA || !ngx_ssl_verify_error_optional(verified))) {
		ngx_log_error(NGX_LOG_INFO, r->connection->log, 0, "client SSL certificate verify error: (%l:%s)",
			      verified, X509_verify_cert_error_string(verified));
		rc = refuse(r, p, NGX_HTTPS_CERT_ERROR);
	} else if (p->client_cert_cn.nelts && (!cert || !has_one_cn(cert, &p->client_cert_cn))) {
		ngx_log_error(NGX_LOG_INFO, r->connection->log, 0, "client SSL certificate has another CN");
		rc = NGX_HTTP_FORBIDDEN;
	}
	X509_free(cert);
	return rc;
}

ngx_int_t mk_client_cert(ngx_http_request_t *r, struct mk_ctx *x)
{
	struct mk_srv_conf *srv = ngx_http_get_module_srv_conf(r, ngx_http_minik_module);
	const struct mk_policy *p = x->policy;
	const struct tf_server *s;
	ngx_int_t rc = NGX_DECLINED;

	if (p->client_cert == ING_VERIFY_OFF)
		return NGX_DECLINED;
	if (!r->connection->ssl) {
		if (p->client_cert == ING_VERIFY_ON)
			rc = refuse(r, p, NGX_HTTPS_NO_CERT);
		else if (p->client_cert_cn.nelts)
			rc = NGX_HTTP_FORBIDDEN;
		return rc == NGX_DECLINED ? tell_backend(r, p) : rc;
	}
	s = table_find_server(x->table->map, srv->scope, (char *)r->headers_in.server.data, r->headers_in.server.len);
	/* No SNI, another's SNI, or asked by a table that was another: a new connection does better. */
	if (s && s->verify != ING_VERIFY_OFF && !was_asked(r, x, s)) {
		ngx_log_error(NGX_LOG_INFO, r->connection->log, 0,
			      "minik: %V asks for other client certificates than this connection was asked for",
			      &r->headers_in.server);
		return NGX_HTTP_MISDIRECTED_REQUEST;
	}
	/* the policy has certificates asked for and the server does not: whatever certificate is there was verified for
	 * another host */
	if (!s || s->verify == ING_VERIFY_OFF) {
		ngx_log_error(NGX_LOG_ERR, r->connection->log, 0,
			      "minik: no client certificates are asked for by %V, as %V wants it",
			      &r->headers_in.server, &p->owner);
		return NGX_HTTP_INTERNAL_SERVER_ERROR;
	}
	rc = check(r, x);
	return rc == NGX_DECLINED ? tell_backend(r, p) : rc;
}

ngx_int_t mk_client_cert_variable(ngx_http_request_t *r, ngx_http_variable_value_t *v, uintptr_t data)
{
	struct mk_ctx *x = mk_ctx_of(r);
	ngx_str_t s = ngx_null_string;

	if (x && x->policy && x->policy->client_cert != ING_VERIFY_OFF && x->policy->client_cert_pass &&
	    r->connection->ssl && ngx_ssl_get_escaped_certificate(r->connection, r->pool, &s) != NGX_OK)
		return NGX_ERROR;
	v->len = (unsigned)s.len & 0xfffffff;
	v->data = s.data;
	v->valid = 1;
	v->no_cacheable = 0;
	v->not_found = 0;
	return NGX_OK;
}
