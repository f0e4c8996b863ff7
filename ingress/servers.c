/* What TLS shows and asks for: certificates of Secrets, and those of clients. */
#include <errno.h>
#include "base/str.h"
#include "ingress/build.h"
#include "ingress/params.h"

#define MAX_PEM_BYTES (256 << 20) /* of certificates and keys */

bool build_has_certificate(const struct build *b, const struct rec_ingress *r, const char *host)
{
	for (size_t i = 0; i < r->n_tls; i++)
		for (size_t j = 0; j < r->tls[i].n_hosts; j++)
			if (streq(r->tls[i].hosts[j], host))
				return !r->tls[i].secret || map_has(b->servers, host);
	return false;
}

bool build_own_certificate(const struct build *b, const struct rec_ingress *r, const char *host)
{
	for (size_t i = 0; map_has(b->servers, host) && i < r->n_tls; i++)
		for (size_t j = 0; r->tls[i].secret && j < r->tls[i].n_hosts; j++)
			if (streq(r->tls[i].hosts[j], host))
				return true;
	return false;
}

static int add_cert(struct build *b, const struct rec_ingress *r, const struct rec_secret *s, const char *secret,
		    const char *host)
{
	size_t at;
	bool fresh;

	if (build_slot(b->servers, host, b->t.n_servers, &at, &fresh) < 0)
		return -ENOMEM;
	if (!fresh) {
		if (streq(b->t.servers[at].secret, secret))
			return 0;
		return build_finding(b, r, "Conflict",
				     "host %s has the certificate of Secret %s already, named by an older Ingress",
				     host, b->t.servers[at].secret);
	}
	struct ing_server *c = REC_GROW(b->t.servers, b->t.n_servers);
	if (!c)
		return -ENOMEM;
	c->name = str_dup(host);
	c->secret = str_dup(secret);
	c->cert_pem = pem_ref(s->cert_pem);
	c->key_pem = pem_ref(s->key_pem);
	bool refused;
	const struct rec_params *p = build_params(b, r, &refused);
	if (p && p->ocsp && !(c->ocsp = str_fmt("%s/%s", r->ns, r->name)))
		return -ENOMEM;
	return c->name && c->secret ? 0 : -ENOMEM;
}

/* Older Ingresses' certificates stand; the table's file has an end (TABLE_FILE_MAX), and what goes beyond would cost everybody. */
static int fits(struct build *b, const char *key, const struct rec_secret *s, bool *ret)
{
	size_t n = s->cert_pem->len + s->key_pem->len;

	*ret = map_has(b->certs, key) || b->pem_bytes + n <= MAX_PEM_BYTES;
	if (!*ret || map_has(b->certs, key))
		return 0;
	b->pem_bytes += n;
	return map_put(b->certs, key, b);
}

int build_certificates(struct build *b, const struct rec_ingress *r)
{
	for (size_t i = 0; i < r->n_tls; i++) {
		if (!r->tls[i].secret)
			continue;
		AUTO_FREE char *key = str_fmt("%s/%s", r->ns, r->tls[i].secret);
		if (!key)
			return -ENOMEM;
		const struct rec_secret *s = map_get(b->m->secrets, key);
		int code = 0;
		bool room;
		if (!s)
			code = build_finding(b, r, "MissingSecret",
					     "Secret %s does not exist; the default certificate is used", key);
		else if (s->fault)
			code = build_finding(b, r, "InvalidSecret", "Secret %s: %s; the default certificate is used",
					     key, s->fault);
		else if (fits(b, key, s, &room) < 0)
			code = -ENOMEM;
		else if (!room)
			code = build_finding(b, r, "TooManyCertificates",
					     "Secret %s: the certificates of older Ingresses have the %d MiB that there are for "
					     "all; the default certificate is used", key, MAX_PEM_BYTES >> 20);
		else
			for (size_t j = 0; !code && j < r->tls[i].n_hosts; j++)
				code = add_cert(b, r, s, key, r->tls[i].hosts[j]);
		if (code < 0)
			return code;
	}
	return 0;
}

static struct ing_server *server_at(struct build *b, const char *host)
{
	size_t at;
	bool fresh;

	if (build_slot(b->servers, host, b->t.n_servers, &at, &fresh) < 0)
		return NULL;
	if (!fresh)
		return &b->t.servers[at];
	struct ing_server *s = REC_GROW(b->t.servers, b->t.n_servers);
	return s && (s->name = str_dup(host)) ? s : NULL;
}

static void fill_pem(struct ing_pem **to, const struct ing_pem *from)
{
	if (!*to)
		*to = pem_ref(from);
}

int build_client_certificates(struct build *b)
{
	struct map_iter it = MAP_ITER_INIT;

	while (map_next(b->hosts, &it)) {
		const struct host_info *h = it.value;
		const struct rec_secret *s = h->client ? map_get(b->m->secrets, h->client->notes.client_secret) : NULL;
		if (!s || !s->ca_pem || streq(it.key, "*"))
			continue; /* refused */
		struct ing_server *to = server_at(b, it.key);
		if (!to)
			return -ENOMEM;
		fill_pem(&to->ca_pem, s->ca_pem);
		fill_pem(&to->crl_pem, s->crl_pem);
		to->verify = h->client->notes.verify;
		to->depth = h->client->notes.depth;
	}
	return 0;
}

int build_server_copy(struct build *b, const char *from, const char *to)
{
	const struct slot *slot = map_get(b->servers, from);

	if (!slot || map_has(b->servers, to))
		return 0;
	size_t at = slot->at;
	struct ing_server *s = server_at(b, to);
	if (!s)
		return -ENOMEM;
	const struct ing_server *had = &b->t.servers[at];
	s->verify = had->verify;
	s->depth = had->depth;
	s->secret = str_dup(had->secret);
	s->ocsp = str_dup(had->ocsp);
	fill_pem(&s->cert_pem, had->cert_pem);
	fill_pem(&s->key_pem, had->key_pem);
	fill_pem(&s->ca_pem, had->ca_pem);
	fill_pem(&s->crl_pem, had->crl_pem);
	return (had->secret && !s->secret) || (had->ocsp && !s->ocsp) ? -ENOMEM : 0;
}
