/* The certificates of names that Ingresses and listeners of HTTPS both have: that of who has the host. */
#include <errno.h>
#include "base/cleanup.h"
#include "base/str.h"
#include "ingress/gateway_build.h"


struct share {
	struct gw_build *b;
	struct ing_table *t;
	uint16_t port;
	struct map *theirs; /* name -> index + 1 in t->servers */
	struct map *ours;   /* name -> index + 1 in b->t.servers, of the port */
	struct map *routes; /* host of the port with rules of routes -> index + 1 in b->hosts */
};

static struct ing_server *named(struct ing_server *v, const struct map *at, const char *name)
{
	void *had = name ? map_get(at, name) : NULL;

	return had ? &v[gw_index_of(had)] : NULL;
}

/* Of wildcards the longest; *deep: of any number of labels, at last "*". */
static struct ing_server *wider(struct ing_server *v, const struct map *at, const char *name, bool deep)
{
	const char *dot = strchr(name, '.');
	char wild[TF_NAME_MAX + 2];

	if (*name == '*' && dot)
		dot = strchr(dot + 1, '.');
	for (; dot; dot = deep ? strchr(dot + 1, '.') : NULL) {
		(void)snprintf(wild, sizeof(wild), "*%s", dot);
		struct ing_server *s = named(v, at, wild);
		if (s)
			return s;
	}
	return deep ? named(v, at, "*") : NULL;
}

static int take_pair(struct ing_server *to, const struct ing_server *from)
{
	char *secret = str_dup(from->secret);

	if (from->secret && !secret)
		return -ENOMEM;
	char *teller = str_dup(from->teller ? from->teller : from->owner);
	if ((from->teller || from->owner) && !teller) {
		free(secret);
		return -ENOMEM;
	}
	free(to->secret);
	free(to->teller);
	pem_unref(to->cert_pem);
	pem_unref(to->key_pem);
	to->secret = secret;
	to->teller = teller;
	to->not_before = from->not_before;
	to->not_after = from->not_after;
	to->cert_pem = pem_ref(from->cert_pem);
	to->key_pem = pem_ref(from->key_pem);
	return 0;
}

static void take_clients(struct ing_server *to, const struct ing_server *from)
{
	pem_unref(to->ca_pem);
	pem_unref(to->crl_pem);
	to->ca_pem = from ? pem_ref(from->ca_pem) : NULL;
	to->crl_pem = from ? pem_ref(from->crl_pem) : NULL;
	to->verify = from ? from->verify : ING_VERIFY_OFF;
	to->depth = from ? from->depth : 0;
}

static bool same_secret(const struct ing_server *a, const struct ing_server *b)
{
	return a->secret && b->secret && streq(a->secret, b->secret);
}

/* To each Gateway whose listener has that hostname. */
static int tell_gateways(struct share *x, const char *name, const struct ing_server *by)
{
	int code = 0;

	for (size_t i = 0; !code && i < x->b->n_points; i++) {
		const struct gw_point *p = &x->b->points[i];
		if (!p->live || !p->n_certs || p->scope != x->port || !streq(p->l->host, name))
			continue;
		AUTO_FREE char *owner = str_fmt("gateway/%s", p->gateway->key);
		code = owner ? gw_say(x->t, owner, "Conflict",
				      "listener %.100s: host %s belongs to Ingress %s: the certificate of Secret %s is shown, the "
				      "listener's is not used",
				      p->l->name, name, by->owner ? by->owner : "", by->secret)
			     : -ENOMEM;
	}
	return code;
}

/* A route has the host: its listener's certificate, and of an Ingress that has a part of it what clients are to show. */
static int route_has(struct share *x, const struct gw_host *h, struct ing_server *s)
{
	struct ing_server *own = named(x->b->t.servers, x->ours, s->name),
			  *l = own ? own : wider(x->b->t.servers, x->ours, s->name, true);
	bool shared = h->with != 0;

	if (!l)
		return 0;
	if (s->cert_pem && !same_secret(s, l) && s->owner &&
	    gw_say(x->t, s->owner, "Conflict",
		   "host %s belongs at port %u to an older HTTPRoute: the certificate of Secret %s is not used, its Gateway's is "
		   "shown",
		   s->name, x->port, s->secret) < 0)
		return -ENOMEM;
	if (!shared)
		take_clients(s, NULL);
	if (own)
		take_clients(own, s);
	return take_pair(s, l);
}

/* An Ingress has the host. A listener of just that hostname is passed over, one of a wildcard has further hosts. */
static int ingress_has(struct share *x, struct ing_server *s, bool *gone)
{
	struct ing_server *own = named(x->b->t.servers, x->ours, s->name);
	int code = 0;

	if (!own)
		return 0;
	if (!s->cert_pem)
		code = take_pair(s, own);
	else if (!same_secret(s, own))
		code = tell_gateways(x, s->name, s);
	if (*s->name != '*') {
		gone[own - x->b->t.servers] = true;
		return code;
	}
	take_clients(own, s);
	return code ? code : take_pair(own, s);
}

static const struct gw_host *route_host(const struct share *x, const char *name)
{
	void *had = map_get(x->routes, name);
	const struct gw_host *h = had ? &x->b->hosts[gw_index_of(had)] : NULL;

	return h && !h->theirs ? h : NULL;
}

/* An Ingress' host without an entry of its own among the certificates, but with a wildcard's: before a listener of just that
 * hostname, and when routes have the wildcard. */
static int add_exact(struct share *x, const char *host, bool *gone)
{
	struct ing_server *own = named(x->b->t.servers, x->ours, host),
			  *wild = *host != '*' ? wider(x->t->servers, x->theirs, host, false) : NULL;

	if (!wild || !wild->cert_pem || (!own && !route_host(x, wild->name)))
		return 0;
	if (own && !same_secret(wild, own) && tell_gateways(x, host, wild) < 0)
		return -ENOMEM;
	size_t at = (size_t)(wild - x->t->servers);
	if (own)
		gone[own - x->b->t.servers] = true;
	struct ing_server *s = REC_GROW(x->t->servers, x->t->n_servers);
	if (!s || !(s->name = str_dup(host)))
		return -ENOMEM;
	wild = &x->t->servers[at];
	s->owner = str_dup(wild->owner);
	take_clients(s, wild);
	return take_pair(s, wild) < 0 || (wild->owner && !s->owner) ? -ENOMEM : 0;
}

static int share_all(struct share *x, bool *gone)
{
	size_t n = x->t->n_servers;
	int code = 0;

	for (size_t i = 0; !code && i < x->t->n_hosts; i++) {
		const char *host = x->t->hosts[i].host;
		if (!map_has(x->theirs, host) && !route_host(x, host))
			code = add_exact(x, host, gone);
	}
	for (size_t i = 0; !code && i < n; i++) {
		const struct gw_host *h = route_host(x, x->t->servers[i].name);
		code = h ? route_has(x, h, &x->t->servers[i]) : ingress_has(x, &x->t->servers[i], gone);
	}
	return code;
}

static void drop(struct ing_table *t, const bool *gone, size_t n)
{
	size_t k = 0;

	for (size_t i = 0; i < n; i++) {
		struct ing_server *s = &t->servers[i];
		if (!gone[i]) {
			t->servers[k++] = *s;
			continue;
		}
		free(s->name);
		free(s->secret);
		free(s->owner);
		free(s->teller);
		take_clients(s, NULL);
		pem_unref(s->cert_pem);
		pem_unref(s->key_pem);
	}
	t->n_servers = k;
}

static int cmp_server(const void *a, const void *b)
{
	return strcmp(((const struct ing_server *)a)->name, ((const struct ing_server *)b)->name);
}

static int index_all(struct share *x)
{
	int code = 0;

	for (size_t i = 0; !code && i < x->t->n_servers; i++)
		code = map_put(x->theirs, x->t->servers[i].name, gw_index(i));
	for (size_t i = 0; !code && i < x->b->t.n_servers; i++)
		if (x->b->t.servers[i].scope == x->port)
			code = map_put(x->ours, x->b->t.servers[i].name, gw_index(i));
	for (size_t i = 0; !code && i < x->b->n_hosts; i++) {
		const struct gw_host *h = &x->b->hosts[i];
		if (h->port == x->port && !h->gone && h->n_entries)
			code = map_put(x->routes, h->host, gw_index(i));
	}
	return code;
}

int gw_share_servers(struct gw_build *b, struct ing_table *t)
{
	struct share x = {.b = b,
			  .t = t,
			  .port = b->f->https_port,
			  .theirs = map_new(NULL),
			  .ours = map_new(NULL),
			  .routes = map_new(NULL)};
	size_t n = b->t.n_servers;
	AUTO_FREE bool *gone = calloc(n + 1, sizeof(*gone));
	int code = x.theirs && x.ours && x.routes && gone ? 0 : -ENOMEM;

	code = code || !n ? code : index_all(&x);
	if (!code && map_len(x.ours))
		code = share_all(&x, gone);
	if (!code)
		drop(&b->t, gone, n);
	if (!code && t->n_servers)
		qsort(t->servers, t->n_servers, sizeof(*t->servers), cmp_server);
	struct map *maps[] = {x.theirs, x.ours, x.routes};
	for (size_t i = 0; i < ARRAY_LEN(maps); i++)
		if (maps[i])
			map_free(maps[i]);
	return code;
}
