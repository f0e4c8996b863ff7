/* Which listeners a route is attached to, by which hosts, and what its status says. */
#include <errno.h>
#include "base/cleanup.h"
#include "base/str.h"
#include "ingress/gateway_build.h"

bool gw_covers(const char *host, const char *name)
{
	size_t h = strlen(host), n = strlen(name);

	if (streq(host, "*") || streq(host, name))
		return true;
	return host[0] == '*' && n > h - 1 && streq(name + n - (h - 1), host + 1);
}

const char *gw_intersect(const char *listener, const char *route)
{
	return gw_covers(listener, route) ? route : gw_covers(route, listener) ? listener : NULL;
}

struct gw_host *gw_host_at(struct gw_build *b, const struct gw_point *p, const char *host)
{
	AUTO_FREE char *key = str_fmt("%u %s", p->scope, host);
	void *had = key ? map_get(b->host_at, key) : NULL;

	if (had)
		return &b->hosts[gw_index_of(had)];
	if (!key || map_put(b->host_at, key, gw_index(b->n_hosts)) < 0)
		return NULL;
	struct gw_host *h = REC_GROW(b->hosts, b->n_hosts);
	if (!h)
		return NULL;
	h->port = p->scope;
	h->public = p->l->port;
	h->host = str_dup(host);
	return h->host ? h : NULL;
}

/* The hostname of the port's listeners that a host belongs to: the most exact. */
const char *gw_owner_of(const struct gw_build *b, uint16_t port, const char *host)
{
	const char *best = NULL;

	for (size_t i = 0; i < b->n_points; i++) {
		const struct gw_point *p = &b->points[i];
		if (p->live && p->scope == port && gw_covers(p->l->host, host) &&
		    (!best || strlen(p->l->host) > strlen(best)))
			best = p->l->host;
	}
	return best;
}

/* By what table_wider_host finds. */
int gw_falls(const struct gw_build *b, const struct gw_host *h)
{
	const char *dot = strchr(h->host, '.'), *mine = gw_owner_of(b, h->port, h->host);

	if (h->host[0] == '*' && dot)
		dot = strchr(dot + 1, '.');
	for (bool last = streq(h->host, "*"); !last; dot = last ? NULL : strchr(dot + 1, '.')) {
		last = !dot;
		AUTO_FREE char *key = str_fmt("%u *%s", h->port, dot ? dot : "");
		if (!key)
			return -ENOMEM;
		if (!map_has(b->host_at, key))
			continue;
		const char *its = gw_owner_of(b, h->port, strchr(key, '*'));
		return mine && its && streq(mine, its);
	}
	return 0;
}

static int add_entries(struct gw_build *b, size_t use, const struct gw_point *p, const char *host)
{
	const struct gw_route *r = b->uses[use].r;
	struct gw_host *h = gw_host_at(b, p, host);

	if (!h)
		return -ENOMEM;
	if (h->last == use + 1)
		return 0;
	h->last = use + 1;
	for (size_t i = 0; i < r->n_rules; i++)
		for (size_t k = 0; k < r->rules[i].n_matches; k++) {
			struct gw_entry *e = REC_GROW(h->entries, h->n_entries);
			if (!e)
				return -ENOMEM;
			*e = (struct gw_entry){.m = &r->rules[i].matches[k], .use = use, .rule = i, .nth = k};
			b->n_entries++;
		}
	return 0;
}

/* Of a listener's own host, and of each of the route's that has something in common with it. */
static int add_hosts(struct gw_build *b, size_t use, const struct gw_point *p)
{
	const struct gw_route *r = b->uses[use].r;
	int code = 0;

	for (size_t i = 0; !code && i < (r->n_hosts ? r->n_hosts : 1); i++) {
		const char *host = r->n_hosts ? gw_intersect(p->l->host, r->hosts[i]) : p->l->host;
		if (host && *host && streq(gw_owner_of(b, p->scope, host), p->l->host))
			code = add_entries(b, use, p, host);
	}
	return code;
}

static bool hosts_meet(const struct gw_listener *l, const struct gw_route *r)
{
	for (size_t i = 0; i < r->n_hosts; i++)
		if (*r->hosts[i] && gw_intersect(l->host, r->hosts[i]))
			return true;
	return !r->n_hosts;
}

static bool allows(const struct gw_build *b, const struct gw_point *p, const struct gw_route *r)
{
	const struct gw_namespace *ns = map_get(b->g->namespaces, r->ns);

	if (!p->kinds || !p->l->routes)
		return false;
	switch (p->l->from) {
	case GW_ALL:
		return true;
	case GW_SELECTOR:
		return p->l->selector && ns && api_selector_match_labels(p->l->selector, ns->labels);
	default:
		return streq(p->gateway->ns, r->ns);
	}
}

static const struct gw_served *parent_of(const struct gw_build *b, const struct gw_route *r, const struct gw_parent *p)
{
	if (!streq(p->ref.group, GATEWAY_GROUP) || !streq(p->ref.kind, "Gateway"))
		return NULL;
	for (size_t i = 0; i < b->n_served; i++)
		if (streq(b->served[i].g->name, p->ref.name) &&
		    streq(b->served[i].g->ns, p->ref.ns ? p->ref.ns : r->ns))
			return &b->served[i];
	return NULL;
}

static bool listens(const struct gw_point *p, const struct gw_parent *parent)
{
	return (!parent->section || streq(parent->section, p->l->name)) &&
	       (!parent->ref.port || parent->ref.port == p->l->port);
}

/* Attaches to those listeners that are meant and let it; else why not. */
static int attach_parent(struct gw_build *b, size_t use, const struct gw_served *s, const struct gw_parent *parent,
			 struct gw_fault *why)
{
	const struct gw_route *r = b->uses[use].r;
	size_t meant = 0, allowed = 0, attached = 0, selected = 0;
	int code = 0;

	for (size_t i = s->first; !code && i < s->first + s->g->n_listeners; i++) {
		struct gw_point *p = &b->points[i];
		bool may = listens(p, parent) && allows(b, p, r), meet = may && hosts_meet(p->l, r);
		meant += listens(p, parent);
		selected += listens(p, parent) && p->l->from == GW_SELECTOR;
		allowed += may;
		attached += meet;
		p->attached += meet && p->last != use + 1; /* another parentRef may mean it, too */
		p->last = meet ? use + 1 : p->last;
		if (meet && p->live)
			code = add_hosts(b, use, p);
	}
	if (code || attached)
		return code;
	if (!meant)
		return gw_fault_set(why, "NoMatchingParent", "Gateway %s has no such listener", s->g->key);
	if (!allowed)
		return gw_fault_set(why, "NotAllowedByListeners",
				    selected ? "no listener of Gateway %s allows HTTPRoutes of namespace %s by its labels"
					     : "no listener of Gateway %s allows HTTPRoutes of namespace %s: set its allowedRoutes.namespaces.from to All "
					       "or Selector",
				    s->g->key, r->ns);
	return gw_fault_set(why, "NoMatchingListenerHostname",
			    "no hostname has anything in common with one of Gateway %s", s->g->key);
}

static int tell_parent(json_t *parents, const struct gw_use *u, const struct gw_parent *p, const struct gw_fault *why)
{
	const struct gw_route *r = u->r;
	const struct gw_fault *first = NULL;
	size_t bad = 0;
	json_t *o =
	    json_pack("{s:O,s:s,s:[]}", "parentRef", p->raw, "controllerName", GATEWAY_CONTROLLER, "conditions");
	json_t *conditions = json_object_get(o, "conditions");

	if (!o || json_array_append_new(parents, o) < 0)
		return -ENOMEM;
	for (size_t i = 0; i < r->n_rules; i++) {
		bad += r->rules[i].fault.reason != NULL;
		first = first || !r->rules[i].fault.reason ? first : &r->rules[i].fault;
	}
	const struct gw_fault *no = why->reason ? why : bad == r->n_rules ? first : NULL;
	int code = gw_condition(conditions, "Accepted", !no, no ? no->reason : "Accepted", no ? no->message : "",
				r->generation);
	if (!code && !no && bad)
		code = gw_condition(conditions, "PartiallyInvalid", true, first->reason, first->message, r->generation);
	return code ? code
		    : gw_condition(conditions, "ResolvedRefs", !u->refs.reason,
				   u->refs.reason ? u->refs.reason : "ResolvedRefs",
				   u->refs.reason ? u->refs.message : "", r->generation);
}

bool gw_invited(const struct gw_build *b, size_t use, uint16_t port, const char *host, const char *ns)
{
	const struct gw_route *r = b->uses[use].r;
	const char *owner = gw_owner_of(b, port, host);

	for (size_t i = 0; owner && !streq(owner, "*") && i < r->n_parents; i++) {
		const struct gw_served *s = parent_of(b, r, &r->parents[i]);
		for (size_t k = 0; s && streq(s->g->ns, ns) && k < s->g->n_listeners; k++) {
			const struct gw_point *p = &b->points[s->first + k];
			if (p->live && p->scope == port && streq(p->l->host, owner) &&
			    listens(p, &r->parents[i]) && allows(b, p, r))
				return true;
		}
	}
	return false;
}

static bool serves_port(const struct gw_build *b, const struct gw_served *s, const struct gw_route *r,
			const struct gw_parent *parent, uint16_t port)
{
	for (size_t k = 0; k < s->g->n_listeners; k++) {
		const struct gw_point *p = &b->points[s->first + k];
		if (p->live && p->scope == port && listens(p, parent) && allows(b, p, r) && hosts_meet(p->l, r))
			return true;
	}
	return false;
}

static bool told_before(const struct gw_route *r, size_t at);

/* A type of our own: the Gateway API has none for what another API's object has already. */
static int tell_lost(struct gw_build *b, const struct gw_use *u)
{
	const struct gw_route *r = u->r;
	const json_t *parents = json_object_get(b->out.statuses[u->status - 1].status, "parents");
	int code = 0;

	for (size_t i = 0, k = 0; !code && i < r->n_parents; i++) {
		const struct gw_served *s = parent_of(b, r, &r->parents[i]);
		AUTO_BUF struct buf text = {0};
		if (!s || told_before(r, i))
			continue;
		json_t *parent = json_array_get(parents, k++);
		for (size_t l = 0; l < u->n_lost; l++)
			if (serves_port(b, s, r, &r->parents[i], u->lost[l].port))
				buf_addf(&text, "%s%s", text.len ? "; " : "", u->lost[l].message);
		if (text.len && u->more_lost)
			buf_addf(&text, "; and %zu more", u->more_lost);
		code = buf_failed(&text) ? -ENOMEM
		       : text.len	 ? gw_condition(json_object_get(parent, "conditions"), "minik.io/Conflict", true,
							"Conflict", text.data, r->generation)
					 : 0;
	}
	return code;
}

int gw_tell_lost(struct gw_build *b)
{
	int code = 0;

	for (size_t i = 0; !code && i < b->n_uses; i++)
		if (b->uses[i].n_lost)
			code = tell_lost(b, &b->uses[i]);
	return code;
}

/* How many entries it could have at most. */
static bool too_many(const struct gw_build *b, const struct gw_route *r)
{
	size_t matches = 0, points = 0;

	for (size_t i = 0; i < r->n_rules; i++)
		matches += r->rules[i].n_matches;
	for (size_t i = 0; i < r->n_parents; i++) {
		const struct gw_served *s = parent_of(b, r, &r->parents[i]);
		for (size_t k = 0; s && k < s->g->n_listeners; k++)
			points += listens(&b->points[s->first + k], &r->parents[i]);
	}
	return b->n_entries + matches * points * (r->n_hosts ? r->n_hosts : 1) > GATEWAY_RULES_MAX;
}

static bool told_before(const struct gw_route *r, size_t at)
{
	for (size_t i = 0; i < at; i++)
		if (json_equal(r->parents[i].raw, r->parents[at].raw))
			return true;
	return false;
}

static bool parent_unknown(const struct gw_build *b, const struct gw_route *r)
{
	for (size_t i = 0; i < r->n_parents; i++) {
		const struct gw_ref *p = &r->parents[i].ref;
		AUTO_FREE char *key = str_fmt("%s/%s", p->ns ? p->ns : r->ns, p->name);
		if (key && streq(p->group, GATEWAY_GROUP) && streq(p->kind, "Gateway") && !map_has(b->g->gateways, key))
			return true;
	}
	return false;
}

static int more_of_rules(struct gw_build *b, const struct gw_route *r)
{
	int code = 0;

	for (size_t i = 0; !code && i < r->n_rules; i++)
		code = gw_more(b, "httproute", r->key, NULL, &r->rules[i].fault);
	return code;
}

static int look_at_unattached(struct gw_build *b, const struct gw_route *r)
{
	struct gw_use u = {.r = r};
	int code = more_of_rules(b, r);

	code = code ? code : gw_resolve(b, &u);
	gw_use_done(&u);
	return code;
}

int gw_attach(struct gw_build *b, const struct gw_route *r)
{
	AUTO_JSON json_t *parents = json_array();
	size_t use = b->n_uses;
	bool ours = false;
	int code = 0;

	for (size_t i = 0; i < r->n_parents; i++)
		ours = ours || parent_of(b, r, &r->parents[i]);
	if (!ours && b->f->unattached && parent_unknown(b, r))
		code = look_at_unattached(b, r);
	if (code || (!ours && !r->told))
		return code;
	struct gw_use *u = ours ? REC_GROW(b->uses, b->n_uses) : NULL;
	if (!parents || (ours && !u))
		return -ENOMEM;
	if (u) {
		u->r = r;
		code = gw_resolve(b, u);
		code = code ? code : more_of_rules(b, r);
	}
	bool many = ours && too_many(b, r);
	for (size_t i = 0; !code && i < r->n_parents; i++) {
		const struct gw_served *s = parent_of(b, r, &r->parents[i]);
		struct gw_fault why = {0};
		if (!s || told_before(r, i))
			continue;
		code = many ? gw_fault_set(&why, "UnsupportedValue", "all routes together have more than %d rules",
					   GATEWAY_RULES_MAX)
			    : attach_parent(b, use, s, &r->parents[i], &why);
		code = code ? code : tell_parent(parents, &b->uses[use], &r->parents[i], &why);
		free(why.message);
	}
	code = code ? code : gw_tell(b, GATEWAY_ROUTE, r->ns, r->name, json_pack("{s:O}", "parents", parents));
	if (ours)
		b->uses[use].status = b->out.n_statuses;
	return code;
}
