/*
 * Certificates by the name that a client asks for (SNI). What is parsed is kept by its digest, of whatever table it
 * came: a new table with the same certificates costs nothing.
 */
#include "ingress/module/cache.h"

#define MAX_CERTS 4096
#define MAX_BYTES (64u << 20) /* of PEM text */
#define MAX_CHAIN 16

struct cert {
	struct mk_item item; /* by the digest of certificate and key: one for all names that have them */
	X509 *leaf; /* NULL: the text is no certificate with its key */
	EVP_PKEY *key;
	STACK_OF(X509) * chain;
};
struct listener { /* what a server's callback is about */
	struct mk_main_conf *m;
	uint32_t scope;
};

static void cert_drop(struct mk_item *item)
{
	struct cert *c = (struct cert *)item; /* a handshake has its own references */

	X509_free(c->leaf);
	EVP_PKEY_free(c->key);
	sk_X509_pop_free(c->chain, X509_free);
	ngx_free(c);
}

static int no_password(char *buf, int size, int rwflag, void *data)
{
	return -1;
}

static bool chain_read(struct cert *c, BIO *bio)
{
	X509 *x;

	c->chain = sk_X509_new_null();
	if (!c->chain)
		return false;
	while (sk_X509_num(c->chain) < MAX_CHAIN && (x = PEM_read_bio_X509(bio, NULL, no_password, NULL)))
		if (!sk_X509_push(c->chain, x)) {
			X509_free(x);
			return false;
		}
	/* The last error is that there is no further one: anything else is a chain that is broken in the midst. */
	return sk_X509_num(c->chain) == MAX_CHAIN || (ERR_GET_LIB(ERR_peek_last_error()) == ERR_LIB_PEM &&
						      ERR_GET_REASON(ERR_peek_last_error()) == PEM_R_NO_START_LINE);
}

/* OpenSSL takes it for use: the key is the certificate's, and neither is too weak. */
static bool cert_usable(const struct cert *c)
{
	SSL_CTX *probe = SSL_CTX_new(TLS_server_method());
	bool ok = probe && SSL_CTX_use_cert_and_key(probe, c->leaf, c->key, c->chain, 1) == 1;

	SSL_CTX_free(probe);
	return ok;
}

static bool cert_parse(struct cert *c, ngx_str_t cert, ngx_str_t key)
{
	BIO *a = BIO_new_mem_buf(cert.data, (int)cert.len), *b = BIO_new_mem_buf(key.data, (int)key.len);
	bool ok = false;

	if (a && b) {
		c->leaf = PEM_read_bio_X509_AUX(a, NULL, no_password, NULL);
		ok = c->leaf && chain_read(c, a);
		if (ok)
			ERR_clear_error();
		c->key = ok ? PEM_read_bio_PrivateKey(b, NULL, no_password, NULL) : NULL;
		ok = c->key && cert_usable(c);
	}
	BIO_free(a);
	BIO_free(b);
	return ok;
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
		X509_free(c->leaf);
		c->leaf = NULL;
	}
	ERR_clear_error();
	ngx_memcpy(c->item.key, digest, MK_DIGEST);
	c->item.bytes = cert.len + key.len;
	mk_cache_put(w, &c->item);
	return c;
}

static int cert_show(ngx_ssl_conn_t *ssl, struct mk_main_conf *m, const struct mk_table *t, const struct tf_server *s,
		     ngx_log_t *log)
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
	if (!c->leaf)
		return 1;
	/* The default certificate may be of another kind of key, which would be shown beside. */
	SSL_certs_clear(ssl);
	if (SSL_use_cert_and_key(ssl, c->leaf, c->key, c->chain, 1) == 1)
		return 1;
	ngx_ssl_error(NGX_LOG_ERR, log, 0, "minik: cannot show the certificate of %V", &name);
	return 0;
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
		ok = cert_show(ssl, l->m, t, s, c->log);
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
	}
	return NGX_OK;
}
