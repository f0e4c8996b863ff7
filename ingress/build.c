/* Records to the routing table: who is served, who wins, where it leads, and what is wrong. */
#include <errno.h>
#include <stdarg.h>
#include "base/str.h"
#include "ingress/records.h"

struct slot { /* a position in a growing array, kept in a map */
	size_t at;
};

struct build {
	const struct ing_model *m;
	struct ing_table t;
	struct map *hosts;               /* host -> struct slot */
	struct map *paths;               /* "host type path" -> owner's key (borrowed) */
	struct map *backends;            /* key -> struct slot */
	struct map *servers;             /* server name -> struct slot */
	struct map *policies;            /* owner, and " https" -> struct slot */
	struct map *by_service;          /* "ns/name" -> struct slices */
	const struct rec_ingress **ours; /* oldest first */
	size_t n_ours;
};

struct slices {
	const struct rec_slice **v;
	size_t n;
};
void build_slices_free(void *p)
{
	struct slices *s = p;
	free(s->v);
	free(s);
}

static int finding(struct build *b, const struct rec_ingress *r, const char *reason, const char *fmt, ...)
    __attribute__((format(printf, 4, 5)));
static int finding(struct build *b, const struct rec_ingress *r, const char *reason, const char *fmt, ...)
{
	char text[900];
	va_list ap;
	va_start(ap, fmt);
	(void)vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	/* The same fault of several paths is said once. */
	for (size_t i = b->t.n_findings; i > 0 && streq(b->t.findings[i - 1].ingress, r->key); i--)
		if (streq(b->t.findings[i - 1].message, text))
			return 0;
	struct ing_finding *f = REC_GROW(b->t.findings, b->t.n_findings);
	if (!f)
		return -ENOMEM;
	f->reason = reason;
	f->ingress = str_dup(r->key);
	f->message = str_dup(text);
	return f->ingress && f->message ? 0 : -ENOMEM;
}

/* --- who is ours --- */

static bool is_ours(const struct ing_model *m, const struct rec_ingress *r)
{
	struct map_iter it = MAP_ITER_INIT;
	bool others = false;

	if (r->class) {
		const struct rec_class *c = map_get(m->classes, r->class);
		return c && c->ours;
	}
	if (r->old_class)
		return streq(r->old_class, m->class);
	/* No class: ours, unless an administrator made another controller's class the default and none of ours. */
	while (map_next(m->classes, &it)) {
		const struct rec_class *c = it.value;
		if (c->dflt && c->ours)
			return true;
		others = others || c->dflt;
	}
	return !others;
}

static int by_age(const void *pa, const void *pb)
{
	const struct rec_ingress *a = *(const struct rec_ingress *const *)pa,
				 *b = *(const struct rec_ingress *const *)pb;

	if (a->created != b->created)
		return a->created < b->created ? -1 : 1;
	int c = strcmp(a->ns, b->ns);
	return c ? c : strcmp(a->name, b->name);
}

int build_slices(const struct ing_model *m, struct map *ret)
{
	struct map_iter it = MAP_ITER_INIT;

	while (map_next(m->slices, &it)) {
		const struct rec_slice *s = it.value;
		struct slices *v = map_get(ret, s->service);
		if (!v) {
			v = calloc(1, sizeof(*v));
			if (!v || map_put(ret, s->service, v) < 0) {
				free(v);
				return -ENOMEM;
			}
		}
		const struct rec_slice **slot = REC_GROW(v->v, v->n);
		if (!slot)
			return -ENOMEM;
		*slot = s;
	}
	return 0;
}

static int collect(struct build *b)
{
	struct map_iter it = MAP_ITER_INIT;

	while (map_next(b->m->ingresses, &it)) {
		if (!is_ours(b->m, it.value))
			continue;
		const struct rec_ingress **slot = REC_GROW(b->ours, b->n_ours);
		if (!slot)
			return -ENOMEM;
		*slot = it.value;
	}
	if (b->n_ours)
		qsort(b->ours, b->n_ours, sizeof(*b->ours), by_age);
	return build_slices(b->m, b->by_service);
}

/* --- backends --- */

/* Index of what is found under key in *n things of map; *fresh when it is to be appended now. -ENOMEM. */
static int slot_for(struct map *map, const char *key, size_t n, size_t *ret, bool *fresh)
{
	struct slot *s = map_get(map, key);

	*fresh = !s;
	if (!s) {
		s = calloc(1, sizeof(*s));
		if (!s || map_put(map, key, s) < 0) {
			free(s);
			return -ENOMEM;
		}
		s->at = n;
	}
	*ret = s->at;
	return 0;
}

static int by_addr(const void *pa, const void *pb)
{
	const struct ing_endpoint *a = pa, *b = pb;
	int c = strcmp(a->addr, b->addr);
	return c ? c : (int)a->port - (int)b->port;
}

/* Ready endpoints; when there is none, those that are going but still serve (as Services do). */
int build_endpoints(const struct map *by_service, struct ing_backend *be, const char *service, const char *port_name)
{
	const struct slices *v = map_get(by_service, service);

	for (int draining = 0; v && draining < 2 && !be->n_eps; draining++)
		for (size_t i = 0; i < v->n; i++)
			for (size_t p = 0; p < v->v[i]->n_ports; p++)
				for (size_t k = 0; streq(v->v[i]->ports[p].name, port_name) && k < v->v[i]->n_eps;
				     k++) {
					const struct rec_endpoint *ep = &v->v[i]->eps[k];
					if (draining ? !ep->draining : !ep->ready)
						continue;
					struct ing_endpoint *slot = REC_GROW(be->eps, be->n_eps);
					if (!slot)
						return -ENOMEM;
					(void)str_copy(slot->addr, sizeof(slot->addr), ep->addr);
					slot->port = v->v[i]->ports[p].port;
				}
	if (!be->n_eps)
		return 0;
	qsort(be->eps, be->n_eps, sizeof(*be->eps), by_addr);
	size_t n = 1;
	for (size_t i = 1; i < be->n_eps; i++)
		if (by_addr(&be->eps[n - 1], &be->eps[i]) != 0)
			be->eps[n++] = be->eps[i];
	be->n_eps = n;
	return 0;
}

const struct rec_port *build_port(const struct rec_service *s, const struct rec_ref *ref)
{
	for (size_t i = 0; s && i < s->n_ports; i++)
		if (ref->port_name ? streq(s->ports[i].name, ref->port_name) : s->ports[i].port == ref->port)
			return &s->ports[i];
	return NULL;
}

/* The backend of a reference; faults are findings, and the backend is then there without endpoints. */
static int resolve(struct build *b, const struct rec_ingress *r, const struct rec_ref *ref, size_t *ret)
{
	AUTO_FREE char *service = str_fmt("%s/%s", r->ns, ref->service);
	const struct rec_service *s = service ? map_get(b->m->services, service) : NULL;
	const struct rec_port *port = build_port(s, ref);
	AUTO_FREE char *key = NULL;
	bool fresh;
	int code = 0;

	if (!service)
		return -ENOMEM;
	/* By number, where known: two ways to name one port are one backend. */
	if (port)
		key = str_fmt("%s:%u", service, port->port);
	else
		key = ref->port_name ? str_fmt("%s:%s", service, ref->port_name) : str_fmt("%s:%u", service, ref->port);
	if (!key)
		return -ENOMEM;
	if (r->refused) {
		free(key);
		key = str_dup("refused");
	} else if (!s)
		code = finding(b, r, "MissingService", "Service %s does not exist", service);
	else if (s->external && !*s->external)
		code = finding(b, r, "InvalidBackend", "Service %s has no valid externalName", service);
	else if (!port && !(s->external && !ref->port_name))
		code =
		    ref->port_name
			? finding(b, r, "MissingPort", "Service %s has no TCP port named %s", service, ref->port_name)
			: finding(b, r, "MissingPort", "Service %s has no TCP port %u", service, ref->port);
	if (code < 0 || !key || slot_for(b->backends, key, b->t.n_backends, ret, &fresh) < 0)
		return -ENOMEM;
	if (!fresh)
		return 0;
	struct ing_backend *be = REC_GROW(b->t.backends, b->t.n_backends);
	if (!be || !(be->key = str_dup(key)))
		return -ENOMEM;
	if (r->refused || !s)
		return 0;
	if (s->external) {
		if (!*s->external || (!port && ref->port_name))
			return 0;
		be->external = str_dup(s->external);
		be->external_port = port ? port->port : ref->port;
		return be->external ? 0 : -ENOMEM;
	}
	return port ? build_endpoints(b->by_service, be, service, port->name) : 0;
}

/* --- certificates --- */

static bool cert_of(const struct build *b, const struct rec_ingress *r, const char *host)
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

	if (slot_for(b->servers, host, b->t.n_servers, &at, &fresh) < 0)
		return -ENOMEM;
	if (!fresh) {
		if (streq(b->t.servers[at].secret, secret))
			return 0;
		return finding(b, r, "Conflict",
			       "host %s has the certificate of Secret %s already, named by an older Ingress", host,
			       b->t.servers[at].secret);
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

static int add_tls(struct build *b, const struct rec_ingress *r)
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
			code = finding(
			    b, r, "MissingSecret",
			    "Secret %s of type kubernetes.io/tls does not exist; the default certificate is used", key);
		else if (s->fault)
			code = finding(b, r, "InvalidSecret", "Secret %s: %s; the default certificate is used", key,
				       s->fault);
		else
			for (size_t j = 0; !code && j < r->tls[i].n_hosts; j++)
				code = add_cert(b, r, s, key, r->tls[i].hosts[j]);
		if (code < 0)
			return code;
	}
	return 0;
}

/* --- policies --- */

/* An Ingress has at most two: hosts with a certificate may send plain HTTP away where others do not. */
static int policy_of(struct build *b, const struct rec_ingress *r, bool https, size_t *ret)
{
	AUTO_FREE char *key = str_fmt("%s%s", r->key, https ? " https" : "");
	bool fresh;

	if (!key || slot_for(b->policies, key, b->t.n_policies, ret, &fresh) < 0)
		return -ENOMEM;
	if (!fresh)
		return 0;
	struct ing_policy *p = REC_GROW(b->t.policies, b->t.n_policies);
	if (!p || !(p->owner = str_dup(r->key)))
		return -ENOMEM;
	if (r->refused) {
		struct ing_option *o = REC_GROW(p->options, p->n_options);
		if (!o)
			return -ENOMEM;
		o->opt = OPT_REFUSED;
	}
	if (https) {
		struct ing_option *o = REC_GROW(p->options, p->n_options);
		if (!o)
			return -ENOMEM;
		*o = (struct ing_option){.opt = OPT_HTTPS_REDIRECT, .num = 308};
	}
	return 0;
}

/* --- hosts and paths --- */

static int host_at(struct build *b, const char *host, size_t *ret)
{
	bool fresh;

	if (slot_for(b->hosts, host, b->t.n_hosts, ret, &fresh) < 0)
		return -ENOMEM;
	if (!fresh)
		return 0;
	struct ing_host *h = REC_GROW(b->t.hosts, b->t.n_hosts);
	return h && (h->host = str_dup(host)) ? 0 : -ENOMEM;
}

static const char *path_text(enum ing_match match, const char *path)
{
	return match == ING_PREFIX && !*path ? "/" : path;
}

static int add_path(struct build *b, const struct rec_ingress *r, const char *host, enum ing_match match,
		    const char *path, const struct rec_ref *ref)
{
	AUTO_FREE char *key = str_fmt("%s %d %s", host, (int)match, path);
	size_t h, backend, policy;

	if (!key)
		return -ENOMEM;
	const char *owner = map_get(b->paths, key);
	if (owner && match == ING_DEFAULT)
		return streq(owner, r->key)
			   ? 0
			   : finding(b, r, "Conflict", "%s%s has the default backend of the older Ingress %s",
				     streq(host, "*") ? "everything" : "host ", streq(host, "*") ? "" : host, owner);
	if (owner)
		return finding(b, r, "Conflict", "host %s, path %s (%s) belongs to %s%s", host, path_text(match, path),
			       match == ING_EXACT ? "Exact" : "Prefix",
			       streq(owner, r->key) ? "an earlier rule of this Ingress" : "the older Ingress ",
			       streq(owner, r->key) ? "" : owner);
	if (map_put(b->paths, key, r->key) < 0 || host_at(b, host, &h) < 0 || resolve(b, r, ref, &backend) < 0 ||
	    policy_of(b, r, r->force_redirect || (r->redirect && cert_of(b, r, host)), &policy) < 0)
		return -ENOMEM;
	struct ing_path *p = REC_GROW(b->t.hosts[h].paths, b->t.hosts[h].n_paths);
	struct ing_rule *rule = p ? REC_GROW(p->rules, p->n_rules) : NULL;
	struct ing_target *target = rule ? REC_GROW(rule->targets, rule->n_targets) : NULL;
	if (!target)
		return -ENOMEM;
	p->match = match;
	p->path = str_dup(path);
	rule->policy = policy;
	rule->owner = str_dup(r->key);
	*target = (struct ing_target){.backend = backend, .weight = 1, .policy = SIZE_MAX};
	return p->path && rule->owner ? 0 : -ENOMEM;
}

static int add_ingress(struct build *b, const struct rec_ingress *r)
{
	int code = 0;

	for (size_t i = 0; i < r->n_faults; i++)
		if ((code = finding(b, r, r->faults[i].reason, "%s", r->faults[i].message)) < 0)
			return code;
	char **slot = REC_GROW(b->t.served, b->t.n_served);
	if (!slot || !(*slot = str_dup(r->key)))
		return -ENOMEM;
	if (r->skipped)
		return 0;
	if ((code = add_tls(b, r)) < 0)
		return code;
	for (size_t i = 0; i < r->n_paths; i++)
		if ((code = add_path(b, r, r->paths[i].host, r->paths[i].match, r->paths[i].path, &r->paths[i].ref)) <
		    0)
			return code;
	for (size_t i = 0; r->dflt.service && i < r->n_hosts; i++)
		if ((code = add_path(b, r, r->hosts[i], ING_DEFAULT, "", &r->dflt)) < 0)
			return code;
	return r->dflt.service && !r->n_hosts ? add_path(b, r, "*", ING_DEFAULT, "", &r->dflt) : 0;
}

/* --- canonical order --- */

static int cmp_host(const void *a, const void *b)
{
	return strcmp(((const struct ing_host *)a)->host, ((const struct ing_host *)b)->host);
}
static int cmp_server(const void *a, const void *b)
{
	return strcmp(((const struct ing_server *)a)->name, ((const struct ing_server *)b)->name);
}
static int cmp_finding(const void *pa, const void *pb)
{
	const struct ing_finding *a = pa, *b = pb;
	int c = strcmp(a->ingress, b->ingress);
	c = c ? c : strcmp(a->reason, b->reason);
	return c ? c : strcmp(a->message, b->message);
}
static int cmp_str(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}
static int cmp_path(const void *pa, const void *pb)
{
	const struct ing_path *a = pa, *b = pb;
	size_t la = strlen(a->path), lb = strlen(b->path);

	if ((a->match == ING_DEFAULT) != (b->match == ING_DEFAULT))
		return a->match == ING_DEFAULT ? 1 : -1;
	if (la != lb)
		return la > lb ? -1 : 1;
	int c = strcmp(a->path, b->path);
	return c ? c : (int)a->match - (int)b->match;
}
struct order {
	const char *key;
	size_t was;
};
static int cmp_order(const void *a, const void *b)
{
	const struct order *x = a, *y = b;
	int c = strcmp(x->key, y->key);
	return c ? c : x->was < y->was ? -1 : x->was > y->was;
}

/* now[i]: where the i-th of n keys goes. */
static int order_of(struct order *o, size_t n, size_t *now)
{
	if (n)
		qsort(o, n, sizeof(*o), cmp_order);
	for (size_t i = 0; i < n; i++)
		now[o[i].was] = i;
	return 0;
}

/* Sorts an array of things that others have indices of. */
#define SORT_INDEXED(v, n, keyed, now)                                                                                 \
	({                                                                                                             \
		AUTO_FREE struct order *o_ = calloc((n) + 1, sizeof(*o_));                                             \
		__typeof__(v) sorted_ = calloc((n) + 1, sizeof(*sorted_));                                             \
		int code_ = o_ && sorted_ ? 0 : -ENOMEM;                                                               \
		for (size_t i_ = 0; !code_ && i_ < (n); i_++)                                                          \
			o_[i_] = (struct order){(v)[i_].keyed, i_};                                                    \
		code_ = code_ ? code_ : order_of(o_, n, now);                                                          \
		for (size_t i_ = 0; !code_ && i_ < (n); i_++)                                                          \
			sorted_[now[i_]] = (v)[i_];                                                                    \
		free(code_ ? sorted_ : (v));                                                                           \
		if (!code_)                                                                                            \
			(v) = sorted_;                                                                                 \
		code_;                                                                                                 \
	})

static size_t moved(const size_t *now, size_t i)
{
	return i == SIZE_MAX ? i : now[i];
}

static int sort_indexed(struct ing_table *t)
{
	AUTO_FREE size_t *backend = calloc(t->n_backends + 1, sizeof(*backend));
	AUTO_FREE size_t *policy = calloc(t->n_policies + 1, sizeof(*policy));

	if (!backend || !policy || SORT_INDEXED(t->backends, t->n_backends, key, backend) < 0 ||
	    SORT_INDEXED(t->policies, t->n_policies, owner, policy) < 0)
		return -ENOMEM;
	for (size_t i = 0; i < t->n_hosts; i++)
		for (size_t j = 0; j < t->hosts[i].n_paths; j++)
			for (size_t k = 0; k < t->hosts[i].paths[j].n_rules; k++) {
				struct ing_rule *r = &t->hosts[i].paths[j].rules[k];
				r->policy = policy[r->policy];
				for (size_t l = 0; l < r->n_targets; l++) {
					r->targets[l].backend = moved(backend, r->targets[l].backend);
					r->targets[l].policy = moved(policy, r->targets[l].policy);
				}
			}
	return 0;
}

#define SORT(v, n, cmp)                                                                                                \
	do {                                                                                                           \
		if (n)                                                                                                 \
			qsort(v, n, sizeof(*(v)), cmp);                                                                \
	} while (0)

static int canonical(struct ing_table *t)
{
	SORT(t->hosts, t->n_hosts, cmp_host);
	for (size_t i = 0; i < t->n_hosts; i++)
		SORT(t->hosts[i].paths, t->hosts[i].n_paths, cmp_path);
	SORT(t->servers, t->n_servers, cmp_server);
	SORT(t->findings, t->n_findings, cmp_finding);
	SORT(t->served, t->n_served, cmp_str);
	return sort_indexed(t);
}

int ing_model_build(const struct ing_model *m, struct ing_table *ret, struct err *e)
{
	struct build b = {.m = m,
			  .hosts = map_new(free),
			  .paths = map_new(NULL),
			  .backends = map_new(free),
			  .servers = map_new(free),
			  .policies = map_new(free),
			  .by_service = map_new(build_slices_free)};
	struct map *maps[] = {b.hosts, b.paths, b.backends, b.servers, b.policies, b.by_service};
	int code = 0;

	for (size_t i = 0; i < ARRAY_LEN(maps); i++)
		code = maps[i] ? code : -ENOMEM;
	code = code ? code : collect(&b);
	for (size_t i = 0; !code && i < b.n_ours; i++) {
		/* A host of a rule is known even if the rule leads nowhere: it does not fall to a wildcard. */
		for (size_t j = 0; !code && !b.ours[i]->skipped && j < b.ours[i]->n_hosts; j++) {
			size_t at;
			code = host_at(&b, b.ours[i]->hosts[j], &at);
		}
		code = code ? code : add_ingress(&b, b.ours[i]);
	}
	code = code ? code : canonical(&b.t);
	for (size_t i = 0; i < ARRAY_LEN(maps); i++)
		if (maps[i])
			map_free(maps[i]);
	free(b.ours);
	if (code) {
		ing_table_done(&b.t);
		return err_nomem(e);
	}
	*ret = b.t;
	return 0;
}
