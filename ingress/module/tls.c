/*
 * Certificates by the name that a client asks for (SNI). What is parsed is kept by its digest, of whatever table it
 * came: a new table with the same certificates costs nothing. An OCSP answer that the table has beside is shown to who asks.
 */
#include "ingress/module/cache.h"

#define MAX_CERTS 4096
#define MAX_BYTES (64u << 20) /* of PEM text */
#define MAX_CHAIN 16
#define MAX_PAIRS 8

struct pair {
	X509 *leaf;
	EVP_PKEY *key;
	STACK_OF(X509) * chain;
};
struct cert {
	struct mk_item item; /* by the digest of certificate and key: one for all names that have them */
	struct pair pairs[MAX_PAIRS];
	unsigned n; /* 0: the text is no certificate with its key */
};
struct listener { /* what a server's callback is about */
	struct mk_main_conf *m;
	uint32_t scope;
};

static void pairs_free(struct cert *c)
{
	for (unsigned i = 0; i < MAX_PAIRS; i++) {
		X509_free(c->pairs[i].leaf);
		EVP_PKEY_free(c->pairs[i].key);
		sk_X509_pop_free(c->pairs[i].chain, X509_free);
	}
	ngx_memzero(c->pairs, sizeof(c->pairs));
	c->n = 0;
}

/* A handshake has references of its own. */
static void cert_drop(struct mk_item *item)
{
	pairs_free((struct cert *)item);
	ngx_free(item);
}

static int no_password(char *buf, int size, int rwflag, void *data)
{
	return -1;
}

/* The last error is that there is no further block: anything else is a text that is broken in the midst. */
static bool ended(void)
{
	unsigned long e = ERR_peek_last_error();

	return ERR_GET_LIB(e) == ERR_LIB_PEM && ERR_GET_REASON(e) == PEM_R_NO_START_LINE;
}

/* 0: none. */
static unsigned keys_read(BIO *bio, EVP_PKEY *keys[MAX_PAIRS])
{
	unsigned n = 0;

	while (n < MAX_PAIRS && (keys[n] = PEM_read_bio_PrivateKey(bio, NULL, no_password, NULL)))
		n++;
	ERR_clear_error();
	return n;
}

/* A certificate that one of the keys belongs to begins the next pair; others are of the chain of the last. */
static bool certs_read(struct cert *c, BIO *bio, EVP_PKEY *keys[MAX_PAIRS], unsigned n_keys)
{
	for (unsigned left = MAX_PAIRS * (MAX_CHAIN + 1); left; left--) {
		X509 *x = PEM_read_bio_X509_AUX(bio, NULL, no_password, NULL);
		struct pair *p = c->n ? &c->pairs[c->n - 1] : NULL;
		unsigned k = 0;
		if (!x)
			return ended();
		while (k < n_keys && !(keys[k] && X509_check_private_key(x, keys[k]) == 1))
			k++;
		ERR_clear_error();
		if (k < n_keys) {
			p = &c->pairs[c->n++];
			p->leaf = x;
			p->key = keys[k];
			keys[k] = NULL;
			p->chain = sk_X509_new_null();
			if (!p->chain)
				return false;
		} else if (!p) {
			X509_free(x);
			return false;
		} else if (sk_X509_num(p->chain) == MAX_CHAIN) {
			X509_free(x);
		} else if (!sk_X509_push(p->chain, x)) {
			X509_free(x);
			return false;
		}
	}
	return true;
}

/* OpenSSL takes it for use: the key is the certificate's, and neither is too weak. */
static bool pair_usable(const struct pair *p)
{
	SSL_CTX *probe = SSL_CTX_new(TLS_server_method());
	bool ok = probe && SSL_CTX_use_cert_and_key(probe, p->leaf, p->key, p->chain, 1) == 1;

	SSL_CTX_free(probe);
	return ok;
}

static bool cert_parse(struct cert *c, ngx_str_t cert, ngx_str_t key)
{
	BIO *a = BIO_new_mem_buf(cert.data, (int)cert.len), *b = BIO_new_mem_buf(key.data, (int)key.len);
	EVP_PKEY *keys[MAX_PAIRS] = {NULL};
	unsigned n = a && b ? keys_read(b, keys) : 0;
	bool ok = n && certs_read(c, a, keys, n);

	for (unsigned i = 0; ok && i < c->n; i++)
		ok = pair_usable(&c->pairs[i]);
	for (unsigned i = 0; i < MAX_PAIRS; i++)
		EVP_PKEY_free(keys[i]);
	BIO_free(a);
	BIO_free(b);
	return ok && c->n;
}

/* NULL: no memory. */
static struct cert *cert_get(struct mk_cache *w, const struct mk_table *t, const struct tf_server *s, ngx_log_t *log)
{
	ngx_str_t cert = mk_str(t, s->cert), key = mk_str(t, s->key), name = mk_str(t, s->name);
	u_char digest[MK_DIGEST] = {0};
	struct cert *c;

	ngx_memcpy(digest, &s->pair, sizeof(s->pair));
	c = (struct cert *)mk_cache_get(w, digest);
	if (c)
		return c;
	c = ngx_calloc(sizeof(*c), ngx_cycle->log);
	if (!c)
		return NULL;
	if (!cert_parse(c, cert, key)) {
		ngx_ssl_error(NGX_LOG_ERR, log, 0, "minik: the certificate or key of %V cannot be used", &name);
		pairs_free(c);
	}
	ERR_clear_error();
	ngx_memcpy(c->item.key, digest, MK_DIGEST);
	c->item.bytes = cert.len + key.len;
	mk_cache_put(w, &c->item);
	return c;
}

/* Of several those for the name, if there are any; of one kind of key the first. Which kind a client takes is OpenSSL's
 * to see. */
static bool pairs_show(ngx_ssl_conn_t *ssl, const struct cert *c, const char *name, size_t n)
{
	int kinds[MAX_PAIRS];
	unsigned n_kinds = 0, fit = 0;

	for (unsigned i = 0; c->n > 1 && n && i < c->n; i++)
		fit |= (unsigned)(X509_check_host(c->pairs[i].leaf, name, n, 0, NULL) == 1) << i;
	/* The default certificate may be of another kind of key, which would be shown beside. */
	SSL_certs_clear(ssl);
	for (unsigned i = 0; i < c->n; i++) {
		const struct pair *p = &c->pairs[i];
		unsigned k = 0;
		if (fit && !(fit >> i & 1))
			continue;
		kinds[n_kinds] = EVP_PKEY_base_id(p->key);
		while (kinds[k] != kinds[n_kinds])
			k++;
		if (k < n_kinds)
			continue;
		n_kinds++;
		if (SSL_use_cert_and_key(ssl, p->leaf, p->key, p->chain, 1) != 1)
			return false;
	}
	return true;
}

/* A copy is the handshake's own. Without memory for it the certificate is shown alone. */
static void answer_put(ngx_ssl_conn_t *ssl, const struct mk_table *t, const struct tf_server *s)
{
	ngx_str_t answer = mk_str(t, s->answer);
	u_char *copy;

	if (!answer.len || s->answer_until <= (int64_t)ngx_time() || SSL_get_tlsext_status_type(ssl) != TLSEXT_STATUSTYPE_ocsp)
		return;
	copy = OPENSSL_malloc(answer.len);
	if (!copy)
		return;
	ngx_memcpy(copy, answer.data, answer.len);
	if (SSL_set_tlsext_status_ocsp_resp(ssl, copy, (long)answer.len) != 1)
		OPENSSL_free(copy);
}

static int cert_show(ngx_ssl_conn_t *ssl, struct mk_main_conf *m, const struct mk_table *t, const struct tf_server *s,
		     ngx_str_t said, ngx_log_t *log)
{
	ngx_str_t name = mk_str(t, s->name);
	struct cert *c;

	if (!s->cert.len)
		return 1;
	if (!m->certs)
		m->certs = mk_cache_new(MAX_CERTS, MAX_BYTES, cert_drop);
	c = m->certs ? cert_get(m->certs, t, s, log) : NULL;
	if (!c)
		return 0;
	if (!c->n)
		return 1;
	if (pairs_show(ssl, c, (const char *)said.data, said.len)) {
		if (c->n == 1)
			answer_put(ssl, t, s);
		return 1;
	}
	ngx_ssl_error(NGX_LOG_ERR, log, 0, "minik: cannot show the certificate of %V", &name);
	return 0;
}

/* After the certificate's choice, of clients that ask. */
static int on_status(ngx_ssl_conn_t *ssl, void *data)
{
	u_char *answer = NULL;

	return SSL_get_tlsext_status_ocsp_resp(ssl, &answer) > 0 ? SSL_TLSEXT_ERR_OK : SSL_TLSEXT_ERR_NOACK;
}

static int on_certificate(ngx_ssl_conn_t *ssl, void *data)
{
	const struct listener *l = data;
	const char *said = SSL_get_servername(ssl, TLSEXT_NAMETYPE_host_name);
	ngx_connection_t *c = ngx_ssl_get_connection(ssl);
	const struct tf_server *s;
	struct mk_table *t;
	u_char name[TF_NAME_MAX];
	size_t n = said ? ngx_strlen(said) : 0;
	int ok = 1;

	if (n && said[n - 1] == '.')
		n--;
	if (n > sizeof(name))
		return 1;
	t = mk_table_get(l->m, c->log);
	if (!t)
		return 1;
	ngx_strlow(name, (u_char *)(uintptr_t)said, n);
	s = table_find_server(t->map, l->scope, (const char *)name, n);
	if (s) {
		ok = cert_show(ssl, l->m, t, s, (ngx_str_t){n, name}, c->log);
		ok = ok == 1 ? mk_client_cert_ask(ssl, t, s) : ok;
	}
	mk_table_put(t);
	return ok;
}

ngx_int_t mk_tls_init(ngx_conf_t *cf)
{
	ngx_http_core_main_conf_t *core = ngx_http_conf_get_module_main_conf(cf, ngx_http_core_module);
	ngx_http_core_srv_conf_t **servers = core->servers.elts;

	for (ngx_uint_t i = 0; i < core->servers.nelts; i++) {
		ngx_http_conf_ctx_t *ctx = servers[i]->ctx;
		ngx_http_ssl_srv_conf_t *ssl = ctx->srv_conf[ngx_http_ssl_module.ctx_index];
		struct mk_srv_conf *s = ctx->srv_conf[ngx_http_minik_module.ctx_index];
		struct listener *l;

		if (!ssl->ssl.ctx || !s->routed)
			continue;
		l = ngx_pcalloc(cf->pool, sizeof(*l));
		if (!l)
			return NGX_ERROR;
		l->m = ngx_http_conf_get_module_main_conf(cf, ngx_http_minik_module);
		l->scope = s->scope;
		SSL_CTX_set_cert_cb(ssl->ssl.ctx, on_certificate, l);
		SSL_CTX_set_tlsext_status_cb(ssl->ssl.ctx, on_status);
	}
	return NGX_OK;
}
