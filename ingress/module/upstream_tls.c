/*
 * TLS towards backends whose policy has settings of its own: one context per different settings, kept for the worker's
 * later requests. What nobody uses and was not used for long is freed when there are many. Connections hold their own
 * references of OpenSSL's context.
 */
#include "ingress/module/policy.h"
#include <openssl/pem.h>
#include "ingress/module/cache.h"

#define KEPT_MAX  1024
#define BYTES_MAX (32u << 20) /* of PEM text */

struct tls {
	struct mk_item item;
	unsigned refs;     /* requests, and one while it is kept */
	unsigned good : 1; /* 0: the settings cannot be used; the log has said why */
	ngx_ssl_t ssl;
};

static void tls_put(struct tls *t)
{
	if (--t->refs)
		return;
	if (t->ssl.ctx)
		SSL_CTX_free(t->ssl.ctx);
	ngx_free(t);
}

static void tls_drop(struct mk_item *item)
{
	tls_put((struct tls *)item);
}

static void on_request_end(void *data)
{
	struct tls **t = data;

	tls_put(*t);
}

static ngx_int_t use_certificate(SSL_CTX *ctx, ngx_str_t cert, ngx_str_t key)
{
	BIO *bio = BIO_new_mem_buf(cert.data, (int)cert.len);
	X509 *x = bio ? PEM_read_bio_X509_AUX(bio, NULL, NULL, NULL) : NULL, *more;
	bool ok = x && SSL_CTX_use_certificate(ctx, x);
	EVP_PKEY *k = NULL;

	X509_free(x);
	while (ok && (more = PEM_read_bio_X509(bio, NULL, NULL, NULL))) {
		ok = SSL_CTX_add0_chain_cert(ctx, more);
		if (!ok)
			X509_free(more);
	}
	ERR_clear_error(); /* the end of the PEM is one */
	BIO_free(bio);
	if (!ok)
		return NGX_ERROR;
	bio = BIO_new_mem_buf(key.data, (int)key.len);
	/* An encrypted key must not ask the terminal: an empty passphrase. */
	k = bio ? PEM_read_bio_PrivateKey(bio, NULL, NULL, (void *)(uintptr_t) "") : NULL;
	ok = k && SSL_CTX_use_PrivateKey(ctx, k) && SSL_CTX_check_private_key(ctx);
	EVP_PKEY_free(k);
	BIO_free(bio);
	return ok ? NGX_OK : NGX_ERROR;
}

/* NULL: good, else what cannot be used */
static const char *tls_set(struct tls *t, const struct mk_policy *p)
{
	static const ngx_uint_t versions[] = {NGX_SSL_TLSv1, NGX_SSL_TLSv1_1, NGX_SSL_TLSv1_2, NGX_SSL_TLSv1_3};
	ngx_uint_t protocols = p->tls_protocols ? 0 : NGX_SSL_TLSv1_2 | NGX_SSL_TLSv1_3;

	for (unsigned i = 0; i < 4; i++)
		if (p->tls_protocols & (1u << i))
			protocols |= versions[i];
	if (ngx_ssl_create(&t->ssl, protocols, NULL) != NGX_OK)
		return "TLS";
	/* a text's NUL follows it */
	if (p->tls_ciphers.len && !SSL_CTX_set_cipher_list(t->ssl.ctx, (char *)p->tls_ciphers.data))
		return "the list of ciphers";
	if (p->tls_cert.len && use_certificate(t->ssl.ctx, p->tls_cert, p->tls_key) != NGX_OK)
		return "the certificate or its key";
	if (p->tls_ca.len && mk_store_add_ca(SSL_CTX_get_cert_store(t->ssl.ctx), NULL, p->tls_ca) != NGX_OK)
		return "the CA";
	if (p->tls_verify == 1 && !p->tls_ca.len && !SSL_CTX_set_default_verify_paths(t->ssl.ctx))
		return "the machine's CAs";
	if (p->tls_depth >= 0)
		SSL_CTX_set_verify_depth(t->ssl.ctx, (int)p->tls_depth);
	if (p->protocol == ING_GRPCS && SSL_CTX_set_alpn_protos(t->ssl.ctx, (const u_char *)"\x02h2", 3) != 0)
		return "h2";
	return NULL;
}

static struct tls *tls_new(const struct mk_policy *p, ngx_log_t *log)
{
	struct tls *t = ngx_calloc(sizeof(*t), log);
	const char *wrong;

	if (!t)
		return NULL;
	t->refs = 1;
	t->ssl.log = ngx_cycle->log;
	ngx_memcpy(t->item.key, p->tls_digest, MK_DIGEST);
	t->item.bytes = p->tls_cert.len + p->tls_key.len + p->tls_ca.len;
	ERR_clear_error();
	wrong = tls_set(t, p);
	t->good = !wrong;
	if (wrong)
		ngx_ssl_error(NGX_LOG_ERR, log, 0, "minik: TLS to backends of %V: %s cannot be used", &p->owner, wrong);
	return t;
}

static ngx_int_t key_get(struct mk_policy *p)
{
	ngx_int_t numbers[] = {p->tls_verify, p->tls_depth, (ngx_int_t)p->tls_protocols, p->protocol == ING_GRPCS};
	ngx_str_t parts[] = {{sizeof(numbers), (u_char *)numbers}, p->tls_cert, p->tls_key, p->tls_ca, p->tls_ciphers};

	if (p->has_tls_digest)
		return NGX_OK;
	if (mk_digest(parts, sizeof(parts) / sizeof(*parts), p->tls_digest) != NGX_OK)
		return NGX_ERROR;
	p->has_tls_digest = 1;
	return NGX_OK;
}

static struct tls *tls_get(struct mk_main_conf *m, const struct mk_policy *p, ngx_log_t *log)
{
	struct tls *t;

	if (!m->tls)
		m->tls = mk_cache_new(KEPT_MAX, BYTES_MAX, tls_drop);
	if (!m->tls)
		return NULL;
	t = (struct tls *)mk_cache_get(m->tls, p->tls_digest);
	if (t)
		return t;
	t = tls_new(p, log);
	if (t)
		mk_cache_put(m->tls, &t->item);
	return t;
}

ngx_ssl_t *mk_tls_backend(ngx_http_request_t *r, struct mk_policy *p)
{
	struct mk_main_conf *m = ngx_http_get_module_main_conf(r, ngx_http_minik_module);
	ngx_pool_cleanup_t *c = ngx_pool_cleanup_add(r->pool, sizeof(struct tls *));
	struct tls *t;

	if (!c || key_get(p) != NGX_OK)
		return NULL;
	t = tls_get(m, p, r->connection->log);
	if (!t || !t->good)
		return NULL;
	t->refs++;
	*(struct tls **)c->data = t;
	c->handler = on_request_end;
	return &t->ssl;
}
