/* Rules of routes to rules of the table: in their order, with backends and policies. */
#include <errno.h>
#include "base/cleanup.h"
#include "base/str.h"
#include "ingress/gateway_build.h"

/* --- backends --- */

static int add_backend(struct gw_build *b, const struct rec_service *s, const struct rec_port *port,
		       const char *service, uint16_t number, size_t *ret)
{
	AUTO_FREE char *key = str_fmt("%s:%u", service, number);
	void *had = key ? map_get(b->backend_at, key) : NULL;

	*ret = had ? gw_index_of(had) : b->t.n_backends;
	if (had)
		return 0;
	if (!key || map_put(b->backend_at, key, gw_index(b->t.n_backends)) < 0)
		return -ENOMEM;
	struct ing_backend *be = REC_GROW(b->t.backends, b->t.n_backends);
	if (!be)
		return -ENOMEM;
	be->key = TAKE_PTR(key);
	if (s->external)
		return build_external(be, s, number);
	return build_endpoints(b->by_service, be, service, port->name);
}

/* SIZE_MAX, and a fault of the route, where there is nothing to go to. */
static int resolve_one(struct gw_build *b, const struct gw_use *u, const struct gw_ref *ref, bool mirror, size_t *ret,
		       bool *ret_h2c, struct gw_fault *fault)
{
	const char *ns = ref->ns ? ref->ns : u->r->ns;
	AUTO_FREE char *service = str_fmt("%s/%s", ns, ref->name);
	const struct rec_ref port_ref = {.port = ref->port};

	*ret = SIZE_MAX;
	if (!service)
		return -ENOMEM;
	if (*ref->group || !streq(ref->kind, "Service"))
		return gw_fault_set(fault, "InvalidKind", "backends are Services, not %.60s of group \"%.60s\"",
				    ref->kind, ref->group);
	if (!streq(ns, u->r->ns) && !gw_granted(b->g, "HTTPRoute", u->r->ns, "Service", ns, ref->name))
		return gw_fault_set(fault, "RefNotPermitted",
				    "no ReferenceGrant in namespace %s lets HTTPRoutes of %s use Service %s", ns,
				    u->r->ns, ref->name);
	const struct rec_service *s = map_get(b->m->services, service);
	const struct rec_port *port = build_port(s, &port_ref);
	if (!s)
		return gw_fault_set(fault, "BackendNotFound", "Service %s does not exist", service);
	if (!ref->port)
		return gw_fault_set(fault, "BackendNotFound", "the reference to Service %s names no port", service);
	if (s->external && !*s->external)
		return gw_fault_set(fault, "BackendNotFound", "Service %s has no valid externalName", service);
	if (s->refused)
		return gw_fault_set(fault, "BackendNotFound",
				    "Service %s: its externalName %s is %s, where no route may lead", service,
				    s->external, s->refused);
	if (!port && !s->external)
		return gw_fault_set(fault, "BackendNotFound", "Service %s has no TCP port %u", service, ref->port);
	if (port && port->protocol == REC_TLS)
		return gw_fault_set(
		    fault, "UnsupportedProtocol",
		    "port %u of Service %s has an appProtocol of TLS, which needs a BackendTLSPolicy, and that is "
		    "not supported; an Ingress has backend-protocol HTTPS",
		    ref->port, service);
	*ret_h2c = port && port->protocol == REC_H2C;
	if (mirror && (*ret_h2c || s->external))
		return gw_fault_set(
		    fault, "UnsupportedProtocol",
		    "requests are not mirrored to Service %s: only to one with endpoints, and by HTTP/1.1", service);
	return add_backend(b, s, port, service, ref->port, ret);
}

static int resolve(struct gw_build *b, struct gw_use *u, const struct gw_ref *ref, bool mirror, size_t *ret,
		   bool *ret_h2c)
{
	struct gw_fault one = {0};
	int code = resolve_one(b, u, ref, mirror, ret, ret_h2c, &one);
	int more = gw_ref_fault(b, "httproute", u->r->key, NULL, &one, &u->refs);

	return code ? code : more;
}

int gw_resolve(struct gw_build *b, struct gw_use *u)
{
	int code = 0;

	u->backends = calloc(u->r->n_rules + 1, sizeof(*u->backends));
	u->mirrors = calloc(u->r->n_rules + 1, sizeof(*u->mirrors));
	u->h2c = calloc(u->r->n_rules + 1, sizeof(*u->h2c));
	if (!u->backends || !u->mirrors || !u->h2c)
		return -ENOMEM;
	for (size_t i = 0; i < u->r->n_rules; i++) {
		const struct gw_rule *r = &u->r->rules[i];
		u->backends[i] = calloc(r->n_backends + 1, sizeof(**u->backends));
		u->mirrors[i] = calloc(r->n_mirrors + 1, sizeof(**u->mirrors));
		u->h2c[i] = calloc(r->n_backends + 1, sizeof(**u->h2c));
		if (!u->backends[i] || !u->mirrors[i] || !u->h2c[i])
			return -ENOMEM;
		bool any = false, none;
		for (size_t k = 0; !code && k < r->n_backends; k++) {
			code = resolve(b, u, &r->backends[k].ref, false, &u->backends[i][k], &u->h2c[i][k]);
			any = any || u->h2c[i][k];
		}
		for (size_t k = 0; !code && k < r->n_mirrors; k++)
			code = resolve(b, u, &r->mirrors[k].ref, true, &u->mirrors[i][k], &none);
		struct gw_fault one = {0};
		if (!code && any && r->n_mirrors)
			code = gw_fault_set(&one, "UnsupportedProtocol",
					    "rule %zu: what goes to a backend of kubernetes.io/h2c is not mirrored", i);
		int more = gw_ref_fault(b, "httproute", u->r->key, NULL, &one, &u->refs);
		code = code ? code : more;
	}
	return code;
}

/* --- policies --- */

static int option_copy(struct ing_policy *p, const struct ing_option *o)
{
	struct ing_option *slot = REC_GROW(p->options, p->n_options);

	if (!slot)
		return -ENOMEM;
	*slot = (struct ing_option){.opt = o->opt, .num = o->num, .a = str_dup(o->a), .b = str_dup(o->b)};
	return (!o->a || slot->a) && (!o->b || slot->b) ? 0 : -ENOMEM;
}

struct more {                            /* one option of that number for each */
	enum ing_opt opt;                /* 0: none */
	const size_t *nums;              /* SIZE_MAX: left out */
	const struct gw_mirror *mirrors; /* or NULL */
	size_t n;
};

/* opts, and among them more. */
static int fill_policy(struct ing_policy *p, const struct gw_options *opts, const struct more *more)
{
	size_t i = 0;

	for (; i < opts->n && opts->v[i].opt < more->opt; i++)
		if (option_copy(p, &opts->v[i]) < 0)
			return -ENOMEM;
	for (size_t k = 0; k < more->n; k++)
		if (more->nums[k] != SIZE_MAX &&
		    option_copy(p, &(struct ing_option){.opt = more->opt,
							.num = (int64_t)more->nums[k],
							.a = more->mirrors ? more->mirrors[k].share : NULL}) < 0)
			return -ENOMEM;
	for (; i < opts->n; i++)
		if (option_copy(p, &opts->v[i]) < 0)
			return -ENOMEM;
	return 0;
}

static bool has_option(const struct gw_options *o, enum ing_opt opt)
{
	for (size_t i = 0; i < o->n; i++)
		if (o->v[i].opt == opt)
			return true;
	return false;
}

static int policy_of(struct gw_build *b, const struct gw_use *u, const char *key, const struct gw_options *opts,
		     const struct more *more, size_t *ret)
{
	void *had = map_get(b->policy_at, key);

	*ret = had ? gw_index_of(had) : b->t.n_policies;
	if (had)
		return 0;
	struct ing_policy *p =
	    map_put(b->policy_at, key, gw_index(b->t.n_policies)) < 0 ? NULL : REC_GROW(b->t.policies, b->t.n_policies);
	if (!p || !(p->owner = str_fmt("httproute/%s", u->r->key)))
		return -ENOMEM;
	return fill_policy(p, opts, more);
}

/* A redirect that names neither scheme nor port goes to the port that the request came in by. */
static int rule_policy(struct gw_build *b, const struct gw_use *u, size_t rule, uint16_t port, size_t *ret)
{
	const struct gw_rule *r = &u->r->rules[rule];
	static const struct gw_options none = {0};
	bool by_port = r->redirect && !r->fault.reason && !has_option(&r->options, OPT_REDIRECT_PORT);
	AUTO_FREE char *key = str_fmt("%s %zu %u", u->r->key, rule, by_port ? port : 0);
	const size_t number = port;

	if (!key)
		return -ENOMEM;
	if (r->fault.reason)
		return policy_of(b, u, key, &none, &(struct more){0}, ret);
	if (by_port)
		return policy_of(b, u, key, &r->options, &(struct more){OPT_REDIRECT_PORT, &number, NULL, 1}, ret);
	return policy_of(b, u, key, &r->options, &(struct more){OPT_MIRROR, u->mirrors[rule], r->mirrors, r->n_mirrors},
			 ret);
}

static int target_policy(struct gw_build *b, const struct gw_use *u, size_t rule, size_t nth, size_t *ret)
{
	const struct gw_options *o = &u->r->rules[rule].backends[nth].options;
	AUTO_FREE char *key = str_fmt("%s %zu to %zu", u->r->key, rule, nth);
	const size_t grpc = ING_GRPC; /* which is HTTP/2 without TLS, whatever the content is */
	bool h2c = u->h2c[rule][nth];

	*ret = SIZE_MAX;
	if (!o->n && !h2c)
		return 0;
	return key ? policy_of(b, u, key, o, &(struct more){OPT_PROTOCOL, &grpc, NULL, h2c}, ret) : -ENOMEM;
}

/* --- rules --- */

static int cmp(size_t a, size_t b)
{
	return a < b ? -1 : a > b;
}

/* Paths as the table has them: longest first, Exact before Prefix of the same text. */
static int by_path(const struct gw_match *a, const struct gw_match *b)
{
	int c = cmp(strlen(b->path), strlen(a->path));

	c = c ? c : strcmp(a->path, b->path);
	return c ? c : (int)a->match - (int)b->match;
}

static int by_precedence(const void *pa, const void *pb)
{
	const struct gw_entry *x = pa, *y = pb;
	int c = by_path(x->m, y->m);

	c = c ? c : (int)y->m->method - (int)x->m->method;
	c = c ? c : cmp(y->m->headers, x->m->headers);
	c = c ? c : cmp(y->m->params, x->m->params);
	c = c ? c : cmp(x->use, y->use); /* the oldest first */
	c = c ? c : cmp(x->rule, y->rule);
	return c ? c : cmp(x->nth, y->nth);
}

/* Where there are expressions: after Exact and before PathPrefix, whatever their lengths. */
static int by_kind(const void *pa, const void *pb)
{
	static const int rank[] = {[ING_EXACT] = 0, [ING_REGEX] = 1, [ING_PREFIX] = 2};
	const struct gw_entry *x = pa, *y = pb;
	int c = rank[x->m->match] - rank[y->m->match];

	return c ? c : by_precedence(pa, pb);
}

static int fill_rule(struct gw_build *b, struct ing_rule *rule, const struct gw_entry *e, uint16_t port)
{
	const struct gw_use *u = &b->uses[e->use];
	const struct gw_rule *r = &u->r->rules[e->rule];

	rule->owner = str_fmt("httproute/%s", u->r->key);
	if (!rule->owner || rule_policy(b, u, e->rule, port, &rule->policy) < 0)
		return -ENOMEM;
	for (size_t i = 0; i < e->m->n_conds; i++) {
		struct ing_cond *c = REC_GROW(rule->conds, rule->n_conds);
		if (!c)
			return -ENOMEM;
		c->kind = e->m->conds[i].kind;
		c->name = str_dup(e->m->conds[i].name);
		c->value = str_dup(e->m->conds[i].value);
		if (!c->name || !c->value)
			return -ENOMEM;
	}
	for (size_t i = 0; !r->fault.reason && i < r->n_backends; i++) {
		struct ing_target *t = REC_GROW(rule->targets, rule->n_targets);
		if (!t || target_policy(b, u, e->rule, i, &t->policy) < 0)
			return -ENOMEM;
		t->backend = u->backends[e->rule][i];
		t->weight = r->backends[i].weight;
	}
	return 0;
}

int gw_rules(struct gw_build *b, const struct gw_host *h)
{
	struct ing_host *to = REC_GROW(b->t.hosts, b->t.n_hosts);

	if (!to || !(to->host = str_dup(h->host)))
		return -ENOMEM;
	to->scope = h->port;
	to->deep = h->host[0] == '*' && h->host[1];
	int falls = gw_falls(b, h);
	if (falls < 0)
		return falls;
	to->falls = falls && !h->theirs;
	for (size_t i = 0; i < h->n_entries; i++)
		to->regex = to->regex || h->entries[i].m->match == ING_REGEX;
	if (h->n_entries)
		qsort(h->entries, h->n_entries, sizeof(*h->entries), to->regex ? by_kind : by_precedence);
	for (size_t i = 0; i < h->n_entries; i++) {
		const struct gw_entry *e = &h->entries[i];
		struct ing_path *p = i && by_path(h->entries[i - 1].m, e->m) == 0 ? &to->paths[to->n_paths - 1] : NULL;
		if (!p) {
			p = REC_GROW(to->paths, to->n_paths);
			if (!p || !(p->path = str_dup(e->m->path)))
				return -ENOMEM;
			p->match = e->m->match;
		}
		/* After one that always holds nothing else is ever reached. */
		if (p->n_rules && !p->rules[p->n_rules - 1].n_conds)
			continue;
		struct ing_rule *rule = REC_GROW(p->rules, p->n_rules);
		if (!rule || fill_rule(b, rule, e, h->public) < 0)
			return -ENOMEM;
	}
	return 0;
}
