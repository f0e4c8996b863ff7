/* What TLS shows and asks for: certificates of Secrets, and those of clients. */
#include <errno.h>
#include <stdio.h>
#include "base/str.h"
#include "ingress/build.h"
#include "ingress/params.h"

#define MAX_PEM_BYTES (256 << 20) /* of certificates and keys */

/* For a host of a rule of r, whoever's tls section it is: its own or that of its wildcard. It may be the default certificate. */
bool build_has_certificate(const struct build *b, const struct rec_ingress *r, const char *host)
{
	const struct host_info *h = map_get(b->hosts, host);
	const char *rest = strchr(host, '.');

	if (streq(host, "*") || r->n_tls)
		return !streq(host, "*");
	if ((h && h->tls) || !rest || host[0] == '*')
		return h && h->tls;
	char wide[260]; /* a host has 253 at most */
	(void)snprintf(wide, sizeof(wide), "*%s", rest);
	h = map_get(b->hosts, wide);
	return h && h->tls;
}

static int add_cert(struct build *b, const struct rec_ingress *r, const struct rec_secret *s, const char *secret,
		    const char *host, bool listed)
{
	size_t at;
	bool fresh;

	if (build_slot(b->servers, host, b->t.n_servers, &at, &fresh) < 0)
		return -ENOMEM;
	if (!fresh) {
		if (!listed || streq(b->t.servers[at].secret, secret))
			return 0;
		return build_finding(b, r, "Conflict",
				     "host %s has the certificate of Secret %s already, named by an older Ingress; that one is shown",
				     host, b->t.servers[at].secret);
	}
	struct ing_server *c = REC_GROW(b->t.servers, b->t.n_servers);
	if (!c)
		return -ENOMEM;
	c->name = str_dup(host);
	c->secret = str_dup(secret);
	c->owner = str_dup(r->key);
	c->cert_pem = pem_ref(s->cert_pem);
	c->key_pem = pem_ref(s->key_pem);
	c->not_before = s->not_before;
	c->not_after = s->not_after;
	bool refused;
	const struct rec_params *p = build_params(b, r, &refused);
	if (p && p->ocsp && !(c->ocsp = str_fmt("%s/%s", r->ns, r->name)))
		return -ENOMEM;
	return c->name && c->secret && c->owner ? 0 : -ENOMEM;
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

static bool within(const char *host, const char *wildcard)
{
	const char *rest = strchr(host, '.');
	return wildcard[0] == '*' && wildcard[1] && host[0] != '*' && rest && streq(rest, wildcard + 1);
}

/* Whether a request for the name can come to a rule of the Ingress. */
static bool has_rule(const struct rec_ingress *r, const char *host)
{
	for (size_t i = 0; i < r->notes.n_aliases; i++)
		if (streq(r->notes.aliases[i], host) || within(host, r->notes.aliases[i]))
			return true;
	for (size_t i = 0; i < r->n_hosts; i++) {
		const char *h = r->hosts[i];
		if (streq(h, "*") || streq(h, host) || within(host, h) || within(h, host))
			return true;
		if (str_has_prefix(host, "*.") && streq(h, host + 2)) /* many name a domain and all below it together */
			return true;
		if (r->notes.www && ((str_has_prefix(h, "www.") && streq(h + 4, host)) ||
				     (str_has_prefix(host, "www.") && streq(host + 4, h))))
			return true;
	}
	return !r->n_hosts;
}

/* Nobody's certificate is shown for a host of another namespace's Ingress alone. */
static bool is_foreign(const struct build *b, const struct rec_ingress *r, const char *host)
{
	const struct host_info *h = map_get(b->hosts, host);
	return h && h->owner && !streq(h->owner->ns, r->ns) && !has_rule(r, host);
}

static int check_rules(struct build *b, const struct rec_ingress *r, const char *host)
{
	const struct host_info *h = map_get(b->hosts, host);

	if (is_foreign(b, r, host))
		return build_finding(b, r, "UnusedHost",
				     "tls names host %s, for which this Ingress has no rule: it is Ingress %s's, and this "
				     "one's certificate is not used for it",
				     host, h->owner->key);
	if (has_rule(r, host) || (h && h->owner))
		return 0;
	return build_finding(b, r, "UnusedHost",
			     "tls names host %s, for which this Ingress has no rule: it gets a certificate, but no path; "
			     "add a rule for it, or take it out of tls",
			     host);
}

/* By the certificate of any of its sections. */
static bool is_covered(const struct build *b, const struct rec_ingress *r, const char *host)
{
	for (size_t i = 0; i < r->n_tls; i++) {
		char key[600];
		if (!r->tls[i].secret)
			continue;
		(void)snprintf(key, sizeof(key), "%s/%s", r->ns, r->tls[i].secret);
		const struct rec_secret *s = map_get(b->m->secrets, key);
		if (s && rec_secret_covers(s, host))
			return true;
	}
	return false;
}

/* As with ingress-nginx: a certificate that is for another name is of no use, and is not shown. */
static int add_hosts(struct build *b, const struct rec_ingress *r, const struct rec_secret *s, const char *key,
		     const struct rec_tls *tls)
{
	const char *first = NULL;
	size_t n = 0;

	for (size_t i = 0; i < tls->n_hosts; i++) {
		if (is_foreign(b, r, tls->hosts[i]))
			continue;
		if (rec_secret_covers(s, tls->hosts[i])) {
			if (add_cert(b, r, s, key, tls->hosts[i], !tls->whole) < 0)
				return -ENOMEM;
			continue;
		}
		if (tls->whole && is_covered(b, r, tls->hosts[i]))
			continue;
		first = first ? first : tls->hosts[i];
		n++;
	}
	if (!n)
		return 0;
	char more[40] = "", names[200];
	if (n > 1)
		(void)snprintf(more, sizeof(more), " (nor for %zu more)", n - 1);
	(void)str_copy(names, sizeof(names), s->names);
	for (char *p = names; *p; p++)
		*p = *p == '\n' ? (p[1] ? ',' : '\0') : *p;
	return build_finding(b, r, "CertificateMismatch",
			     "Secret %s: its certificate is not for host %s%s but for %s; the default certificate is used",
			     key, first, more, *names ? names : "no name at all");
}

static bool is_listed(const struct rec_ingress *r, const char *host)
{
	for (size_t i = 0; i < r->n_tls; i++)
		for (size_t j = 0; j < r->tls[i].n_hosts; j++)
			if (streq(r->tls[i].hosts[j], host))
				return true;
	return false;
}

/* Hosts of rules that no tls section lists, by what the certificates say, as with ingress-nginx. */
static int add_unlisted(struct build *b, const struct rec_ingress *r, const struct rec_secret *s, const char *key)
{
	for (size_t i = 0; i < r->n_hosts; i++)
		if (!streq(r->hosts[i], "*") && !map_has(b->servers, r->hosts[i]) && !is_listed(r, r->hosts[i]) &&
		    rec_secret_covers(s, r->hosts[i]) && add_cert(b, r, s, key, r->hosts[i], false) < 0)
			return -ENOMEM;
	return 0;
}

static int add_section(struct build *b, const struct rec_ingress *r, const struct rec_tls *tls)
{
	AUTO_FREE char *key = str_fmt("%s/%s", r->ns, tls->secret);
	bool room;

	if (!key)
		return -ENOMEM;
	const struct rec_secret *s = map_get(b->m->secrets, key);
	if (!s)
		return build_finding(b, r, "MissingSecret",
				     "Secret %s does not exist; the default certificate is used", key);
	if (s->fault)
		return build_finding(b, r, "InvalidSecret",
				     "Secret %s: %s; the default certificate is used", key, s->fault);
	if (fits(b, key, s, &room) < 0)
		return -ENOMEM;
	if (!room)
		return build_finding(b, r, "TooManyCertificates",
				     "Secret %s: the certificates of older Ingresses have the %d MiB that there are for "
				     "all; the default certificate is used",
				     key, MAX_PEM_BYTES >> 20);
	int code = add_hosts(b, r, s, key, tls);
	return code ? code : add_unlisted(b, r, s, key);
}

int build_certificates(struct build *b, const struct rec_ingress *r)
{
	int code = 0;

	for (size_t i = 0; code == 0 && i < r->n_tls; i++) {
		for (size_t j = 0; code == 0 && j < r->tls[i].n_hosts; j++)
			code = check_rules(b, r, r->tls[i].hosts[j]);
		if (code == 0 && r->tls[i].secret)
			code = add_section(b, r, &r->tls[i]);
	}
	return code;
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
	s->owner = str_dup(had->owner);
	s->ocsp = str_dup(had->ocsp);
	fill_pem(&s->cert_pem, had->cert_pem);
	fill_pem(&s->key_pem, had->key_pem);
	fill_pem(&s->ca_pem, had->ca_pem);
	fill_pem(&s->crl_pem, had->crl_pem);
	return (had->secret && !s->secret) || (had->owner && !s->owner) || (had->ocsp && !s->ocsp) ? -ENOMEM : 0;
}
