/*
 * Hosts that Ingresses and HTTPRoutes both name, on a port that both are served at. Before rules are made of routes' matches
 * it is decided who has what; when both tables are one, what Ingresses have comes to the host that has the port for a scope,
 * because that one is found first.
 */
#include <errno.h>
#include <stdarg.h>
#include "base/cleanup.h"
#include "base/str.h"
#include "ingress/gateway_build.h"

/* --- what is said --- */

int gw_say(struct ing_table *t, const char *owner, const char *reason, const char *fmt, ...)
{
	char text[900];
	va_list ap;

	va_start(ap, fmt);
	(void)vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	str_make_utf8(text);
	for (size_t i = t->n_findings; i > 0 && streq(t->findings[i - 1].ingress, owner); i--)
		if (streq(t->findings[i - 1].message, text))
			return 0;
	struct ing_finding *f = REC_GROW(t->findings, t->n_findings);
	if (!f)
		return -ENOMEM;
	f->reason = reason;
	f->ingress = str_dup(owner);
	f->message = str_dup(text);
	return f->ingress && f->message ? 0 : -ENOMEM;
}

__attribute__((format(printf, 4, 5))) static int lose(struct gw_build *b, size_t use, uint16_t port, const char *fmt, ...)
{
	struct gw_use *u = &b->uses[use];
	char text[900];
	va_list ap;

	va_start(ap, fmt);
	(void)vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	str_make_utf8(text);
	for (size_t i = 0; i < u->n_lost; i++)
		if (u->lost[i].port == port && streq(u->lost[i].message, text))
			return 0;
	if (u->n_lost == GATEWAY_LOST_MAX) {
		u->more_lost++;
		return 0;
	}
	struct gw_lost *l = REC_GROW(u->lost, u->n_lost);
	if (!l || !(l->message = str_dup(text)))
		return -ENOMEM;
	l->port = port;
	return 0;
}

static int tell_routes(struct gw_build *b, struct ing_table *t)
{
	int code = gw_tell_lost(b);

	for (size_t i = 0; i < b->n_uses; i++) {
		const struct gw_use *u = &b->uses[i];
		AUTO_FREE char *owner = u->n_lost ? str_fmt("httproute/%s", u->r->key) : NULL;
		if (u->n_lost && !owner)
			return -ENOMEM;
		for (size_t k = 0; !code && k < u->n_lost; k++)
			code = gw_say(t, owner, "Conflict", "%s", u->lost[k].message);
		if (!code && u->more_lost)
			code = gw_say(t, owner, "Conflict", "Ingresses have %zu more of its paths", u->more_lost);
	}
	return code;
}

/* --- who was first --- */

/* As among Ingresses: by time, then by namespace and name. */
static bool ingress_first(const struct rec_ingress *i, const struct gw_route *r)
{
	int c = i->created < r->created ? -1 : i->created > r->created;

	c = c ? c : strcmp(i->ns, r->ns);
	c = c ? c : strcmp(i->name, r->name);
	return c <= 0;
}

/* A path's rules are all of one Ingress, its canaries' among them. */
static const struct rec_ingress *path_owner(const struct gw_build *b, const struct ing_path *p)
{
	return map_get(b->m->ingresses, p->rules[p->n_rules - 1].owner);
}

static int drop_entries(struct gw_host *h, const bool *out)
{
	size_t k = 0;

	for (size_t i = 0; i < h->n_entries; i++)
		if (!out[i])
			h->entries[k++] = h->entries[i];
	h->n_entries = k;
	return 0;
}

/* Routes of other namespaces, where an Ingress was first. */
static int keep_out_routes(struct gw_build *b, struct gw_host *h, const struct rec_ingress *first, bool *out)
{
	for (size_t i = 0; i < h->n_entries; i++) {
		size_t use = h->entries[i].use;
		const struct gw_route *r = b->uses[use].r;
		if (i && h->entries[i - 1].use == use) {
			out[i] = out[i - 1];
			continue;
		}
		out[i] = !streq(r->ns, first->ns) && !gw_invited(b, use, h->port, h->host, first->ns);
		if (out[i] && lose(b, use, h->port,
				   "host %s at port %u belongs to namespace %s, whose Ingress %s is older: no rule for it is served "
				   "there; a Gateway of that namespace can let it in by a listener with a hostname",
				   h->host, h->port, first->ns, first->name) < 0)
			return -ENOMEM;
	}
	return drop_entries(h, out);
}

/* Ingresses of other namespaces, where a route was first. */
static int keep_out_ingresses(struct gw_build *b, struct ing_table *t, struct gw_host *h, const struct ing_host *from,
			      const struct gw_route *first)
{
	for (size_t i = 0; i < from->n_paths; i++) {
		const struct rec_ingress *r = path_owner(b, &from->paths[i]);
		h->joins[i] = r && streq(r->ns, first->ns);
		if (r && !h->joins[i] &&
		    gw_say(t, r->key, "Conflict",
			   "host %s at port %u belongs to namespace %s, whose HTTPRoute %s is older: nothing of this Ingress is "
			   "served there",
			   h->host, h->port, first->ns, first->name) < 0)
			return -ENOMEM;
	}
	return 0;
}

/* --- path by path --- */

/* "/a/" and "/a" are one prefix. */
static char *path_key(enum ing_match match, const char *path)
{
	size_t n = strlen(path);

	n -= match == ING_PREFIX && n && path[n - 1] == '/';
	return str_fmt("%d %.*s", (int)match, (int)n, path);
}

static char *ingress_key(const struct ing_path *p)
{
	return p->was ? path_key(p->was_match, p->was) : path_key(p->match, p->path);
}

struct contest {
	size_t route; /* the oldest that has the path; SIZE_MAX: none */
	bool lost;    /* by the routes */
};

static int judge_path(struct gw_build *b, struct ing_table *t, struct gw_host *h, const struct ing_path *p, struct contest *c,
		      bool *joins)
{
	const struct rec_ingress *r = path_owner(b, p);

	if (c->route == SIZE_MAX || !r)
		return 0;
	const struct gw_route *route = b->uses[c->route].r;
	const char *text = p->was ? p->was : p->path;
	c->lost = ingress_first(r, route);
	*joins = c->lost;
	return c->lost ? 0
		       : gw_say(t, r->key, "Conflict", "host %s, path %s (%s) belongs at port %u to the older HTTPRoute %s", h->host,
				*text ? text : "/", (p->was ? p->was_match : p->match) == ING_EXACT ? "Exact" : "Prefix", h->port,
				route->key);
}

/* Of a path that both have all is the one kind's whose object is the oldest. */
static int share_paths(struct gw_build *b, struct ing_table *t, struct gw_host *h, const struct ing_host *from, bool *out)
{
	AUTO_FREE struct contest *all = calloc(from->n_paths + 1, sizeof(*all));
	AUTO_FREE size_t *mine = calloc(h->n_entries + 1, sizeof(*mine));
	struct map *at = map_new(NULL);
	int code = all && mine && at ? 0 : -ENOMEM;

	for (size_t i = 0; !code && i < from->n_paths; i++) {
		all[i].route = SIZE_MAX;
		AUTO_FREE char *key = h->joins[i] && from->paths[i].match != ING_DEFAULT ? ingress_key(&from->paths[i]) : NULL;
		if (h->joins[i] && from->paths[i].match != ING_DEFAULT)
			code = key ? map_put(at, key, gw_index(i)) : -ENOMEM;
	}
	for (size_t i = 0; !code && i < h->n_entries; i++) {
		const struct gw_entry *e = &h->entries[i];
		AUTO_FREE char *key = path_key(e->m->match, e->m->path);
		void *had = key ? map_get(at, key) : NULL;
		code = key ? 0 : -ENOMEM;
		mine[i] = had ? gw_index_of(had) : SIZE_MAX;
		if (had && e->use < all[mine[i]].route)
			all[mine[i]].route = e->use;
	}
	for (size_t i = 0; !code && i < from->n_paths; i++)
		code = judge_path(b, t, h, &from->paths[i], &all[i], &h->joins[i]);
	for (size_t i = 0; !code && i < h->n_entries; i++) {
		const struct gw_match *m = h->entries[i].m;
		out[i] = mine[i] != SIZE_MAX && all[mine[i]].lost;
		if (out[i])
			code = lose(b, h->entries[i].use, h->port,
				    "host %s, path %s (%s) belongs at port %u to the older Ingress %s", h->host,
				    *m->path ? m->path : "/", m->match == ING_EXACT ? "Exact" : "PathPrefix", h->port,
				    path_owner(b, &from->paths[mine[i]])->key);
	}
	if (at)
		map_free(at);
	return code ? code : drop_entries(h, out);
}

/* --- hosts --- */

static int share_host(struct gw_build *b, struct ing_table *t, struct gw_host *h)
{
	const struct ing_host *from = ing_table_host(t, h->host);
	const struct rec_ingress *first = from && from->owner ? map_get(b->m->ingresses, from->owner) : NULL;
	size_t oldest = SIZE_MAX;

	/* A default backend of everything is for what nobody else has, and no claim to it. */
	if (!first || (streq(h->host, "*") && from->n_paths == 1 && from->paths[0].match == ING_DEFAULT))
		return 0;
	for (size_t i = 0; i < h->n_entries; i++)
		oldest = h->entries[i].use < oldest ? h->entries[i].use : oldest;
	AUTO_FREE bool *out = calloc(h->n_entries + 1, sizeof(*out));
	h->joins = calloc(from->n_paths + 1, sizeof(*h->joins));
	if (!out || !h->joins)
		return -ENOMEM;
	h->theirs = oldest == SIZE_MAX || ingress_first(first, b->uses[oldest].r);
	for (size_t i = 0; i < from->n_paths; i++)
		h->joins[i] = true;
	int code = h->theirs ? keep_out_routes(b, h, first, out) : keep_out_ingresses(b, t, h, from, b->uses[oldest].r);
	code = code ? code : share_paths(b, t, h, from, out);
	/* What is left with nothing of a route is as if there were no listener. */
	h->gone = !h->n_entries;
	for (size_t i = 0; i < from->n_paths; i++)
		if (h->theirs || h->joins[i])
			h->with = (size_t)(from - t->hosts) + 1;
	return code;
}

static int forget_host(struct gw_build *b, const struct gw_host *h)
{
	AUTO_FREE char *key = str_fmt("%u %s", h->port, h->host);

	if (!key)
		return -ENOMEM;
	map_del(b->host_at, key);
	return 0;
}

int gw_share(struct gw_build *b, struct ing_table *t)
{
	int code = 0;

	for (size_t i = 0; !code && i < b->n_hosts; i++) {
		struct gw_host *h = &b->hosts[i];
		if (h->port != b->f->http_port && h->port != b->f->https_port)
			continue;
		code = share_host(b, t, h);
		if (!code && h->gone)
			code = forget_host(b, h);
	}
	return code ? code : tell_routes(b, t);
}

/* --- both in one --- */

/* Where one of them has expressions: Exact paths, then routes' expressions, then the longest first, as its owner wrote it. */
struct placed {
	struct ing_path path;
	int rank;
	size_t length;
};

static struct placed place(const struct ing_path *p, bool regex)
{
	enum ing_match match = p->was ? p->was_match : p->match;
	struct placed x = {.path = *p, .length = strlen(p->was ? p->was : p->path)};

	x.rank = match == ING_DEFAULT ? 3 : !regex ? 0 : match == ING_EXACT ? 0 : match == ING_REGEX ? 1 : 2;
	return x;
}

static int cmp_placed(const void *pa, const void *pb)
{
	const struct placed *a = pa, *b = pb;
	const struct ing_path *x = &a->path, *y = &b->path;

	if (a->rank != b->rank)
		return a->rank - b->rank;
	if (a->length != b->length)
		return a->length > b->length ? -1 : 1;
	int c = strcmp(x->was ? x->was : x->path, y->was ? y->was : y->path);
	return c ? c : (int)x->match - (int)y->match;
}

static int join_path(struct ing_host *to, const struct ing_path *from)
{
	struct ing_path *p = REC_GROW(to->paths, to->n_paths);

	if (!p || build_path_copy(p, from) < 0)
		return -ENOMEM;
	for (size_t i = 0; i < p->n_rules; i++)
		p->rules[i].guest = true;
	return 0;
}

static const struct ing_path *default_of(const struct ing_host *h)
{
	return h && h->n_paths && h->paths[h->n_paths - 1].match == ING_DEFAULT ? &h->paths[h->n_paths - 1] : NULL;
}

static int join_host(struct ing_table *t, const struct gw_host *h, struct ing_host *to)
{
	const struct ing_host *from = &t->hosts[h->with - 1];
	const struct ing_path *last = default_of(ing_table_host(t, "*"));
	int code = 0;

	for (size_t i = 0; !code && i < from->n_paths; i++)
		if (h->joins[i]) {
			to->regex = to->regex || from->paths[i].match == ING_REGEX;
			code = join_path(to, &from->paths[i]);
		}
	if (!code && h->theirs && last && !default_of(from))
		code = join_path(to, last);
	AUTO_FREE struct placed *v = calloc(to->n_paths + 1, sizeof(*v));
	if (code || !v)
		return -ENOMEM;
	for (size_t i = 0; i < to->n_paths; i++)
		v[i] = place(&to->paths[i], to->regex);
	if (to->n_paths)
		qsort(v, to->n_paths, sizeof(*v), cmp_placed);
	for (size_t i = 0; i < to->n_paths; i++)
		to->paths[i] = v[i].path;
	return 0;
}

int gw_share_join(struct gw_build *b, struct ing_table *t, size_t n_hosts)
{
	int code = 0;

	for (size_t i = 0; !code && i < b->n_hosts; i++)
		if (b->hosts[i].with && !b->hosts[i].gone)
			code = join_host(t, &b->hosts[i], &t->hosts[n_hosts + b->hosts[i].at]);
	return code;
}
