/* What TLS shows and asks for: certificates of Secrets, and those of clients. */
#include <errno.h>
#include "base/str.h"
#include "ingress/build.h"

bool build_has_certificate(const struct build *b, const struct rec_ingress *r, const char *host)
{
	for (size_t i = 0; i < r->n_tls; i++)
		for (size_t j = 0; j < r->tls[i].n_hosts; j++)
			if (streq(r->tls[i].hosts[j], host))
				return !r->tls[i].secret || map_has(b->servers, host);
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
	c->cert_pem = str_dup(s->cert_pem);
	c->key_pem = str_dup(s->key_pem);
	return c->name && c->secret && c->cert_pem && c->key_pem ? 0 : -ENOMEM;
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
		if (!s)
			code = build_finding(b, r, "MissingSecret",
					     "Secret %s does not exist; the default certificate is used", key);
		else if (s->fault)
			code = build_finding(b, r, "InvalidSecret", "Secret %s: %s; the default certificate is used",
					     key, s->fault);
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

static int copy_text(char **to, const char *from)
{
	if (*to || !from)
		return 0;
	*to = str_dup(from);
	return *to ? 0 : -ENOMEM;
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
		if (!to || copy_text(&to->ca_pem, s->ca_pem) < 0 || copy_text(&to->crl_pem, s->crl_pem) < 0)
			return -ENOMEM;
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
	return copy_text(&s->secret, had->secret) < 0 || copy_text(&s->cert_pem, had->cert_pem) < 0 ||
		       copy_text(&s->key_pem, had->key_pem) < 0 || copy_text(&s->ca_pem, had->ca_pem) < 0 ||
		       copy_text(&s->crl_pem, had->crl_pem) < 0
		   ? -ENOMEM
		   : 0;
}
