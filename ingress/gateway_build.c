/* The Gateway API's part of the routing table, from records. */
#include "ingress/gateway_build.h"
#include <errno.h>
#include "base/cleanup.h"
#include "base/str.h"

void gateway_outcome_done(struct gateway_outcome *o)
{
	for (size_t i = 0; i < o->n_statuses; i++) {
		json_decref(o->statuses[i].status);
		free(o->statuses[i].ns);
		free(o->statuses[i].name);
	}
	for (size_t i = 0; i < o->n_more; i++) {
		free(o->more[i].ingress);
		free(o->more[i].message);
	}
	for (size_t i = 0; i < o->n_services; i++) {
		json_decref(o->services[i].want);
		free(o->services[i].ns);
		free(o->services[i].name);
	}
	for (size_t i = 0; i < o->n_own; i++)
		free(o->own[i].gateway);
	free(o->services);
	free(o->own);
	free(o->more);
	free(o->statuses);
	free(o->listeners);
	*o = (struct gateway_outcome){0};
}

#define BY_AGE(fn, type, member)                                                                                       \
	static int fn(const void *pa, const void *pb)                                                                  \
	{                                                                                                              \
		const struct type *a = pa, *b = pb;                                                                    \
		int c = a->member->created < b->member->created ? -1 : a->member->created > b->member->created;        \
		c = c ? c : strcmp(a->member->ns, b->member->ns);                                                      \
		return c ? c : strcmp(a->member->name, b->member->name);                                               \
	}
struct route_ref {
	const struct gw_route *r;
};
BY_AGE(served_by_age, gw_served, g)
BY_AGE(route_by_age, route_ref, r)

static int collect_gateways(struct gw_build *b)
{
	struct map_iter it = MAP_ITER_INIT;

	while (map_next(b->g->gateways, &it)) {
		const struct gw_gateway *g = it.value;
		const struct gw_class *c = map_get(b->g->classes, g->class);
		if (!c)
			continue;
		struct gw_served *s = REC_GROW(b->served, b->n_served);
		if (!s)
			return -ENOMEM;
		s->g = g;
	}
	if (b->n_served)
		qsort(b->served, b->n_served, sizeof(*b->served), served_by_age);
	return 0;
}

static int attach_all(struct gw_build *b)
{
	struct map_iter it = MAP_ITER_INIT;
	struct route_ref *v = NULL;
	size_t n = 0;
	int code = 0;

	while (map_next(b->g->routes, &it)) {
		struct route_ref *slot = REC_GROW(v, n);
		if (!slot) {
			free(v);
			return -ENOMEM;
		}
		slot->r = it.value;
	}
	if (n)
		qsort(v, n, sizeof(*v), route_by_age);
	for (size_t i = 0; !code && i < n; i++)
		code = gw_attach(b, v[i].r);
	free(v);
	return code;
}

/* --- listeners --- */

static int cmp_port(const void *a, const void *b)
{
	return (int)*(const uint16_t *)a - (int)*(const uint16_t *)b;
}

static int add_port(uint16_t **v, size_t *n, uint16_t port)
{
	uint16_t *slot = REC_GROW(*v, *n);

	if (slot)
		*slot = port;
	return slot ? 0 : -ENOMEM;
}

int gateway_model_ports(const struct gateway_model *g, const struct ing_model *m, uint16_t **ret, size_t *ret_n)
{
	struct gw_build b = {.g = g, .m = m, .f = &(struct gateway_facts){0}};
	int code = 0;
	struct map_iter it = MAP_ITER_INIT;
	AUTO_FREE uint16_t *v = NULL;
	size_t n = 0, k = 0;

	while (!code && map_next(g->gateways, &it)) {
		const struct gw_gateway *w = it.value;
		const struct gw_class *c = map_get(g->classes, w->class);
		struct gw_served s = {.g = w};
		struct gw_fault fault = {0};
		code = c ? gw_params(&b, c, w, &s.service, &fault) : 0;
		free(fault.message);
		for (size_t i = 0; !code && c && !gw_is_own(&s) && i < w->n_listeners; i++)
			code = add_port(&v, &n, w->listeners[i].port);
	}
	ing_table_done(&b.t);
	it = (struct map_iter)MAP_ITER_INIT;
	while (!code && map_next(g->services, &it)) {
		const struct gw_service *s = it.value;
		for (size_t i = 0; !code && s->owner && i < s->n_ports; i++)
			code = add_port(&v, &n, s->ports[i].to);
	}
	if (code)
		return code;
	if (n)
		qsort(v, n, sizeof(*v), cmp_port);
	for (size_t i = 0; i < n; i++)
		if (v[i] && (!k || v[k - 1] != v[i]))
			v[k++] = v[i];
	*ret = TAKE_PTR(v);
	*ret_n = k;
	return 0;
}

static int cmp_listener(const void *pa, const void *pb)
{
	const struct nginx_listener *a = pa, *b = pb;

	return (int)a->port - (int)b->port;
}

/* One after the other: the module parts them by the keys. */
static int all_pems(const struct gw_point *p, struct ing_pem **cert, struct ing_pem **key)
{
	AUTO_BUF struct buf certs = {0};
	AUTO_BUF struct buf keys = {0};

	if (p->n_certs == 1) {
		*cert = pem_ref(p->certs[0]->cert_pem);
		*key = pem_ref(p->certs[0]->key_pem);
		return 0;
	}
	for (size_t i = 0; i < p->n_certs; i++) {
		buf_addf(&certs, "%s%s", i ? "\n" : "", pem_text(p->certs[i]->cert_pem));
		buf_addf(&keys, "%s%s", i ? "\n" : "", pem_text(p->certs[i]->key_pem));
	}
	if (!buf_failed(&certs) && !buf_failed(&keys)) {
		*cert = pem_new(certs.data);
		*key = pem_new(keys.data);
	}
	if (keys.data)
		explicit_bzero(keys.data, keys.len);
	return *cert && *key ? 0 : -ENOMEM;
}

/* The oldest Gateway's certificate stands; and a hostname without routes belongs to nobody else. */
static int add_listener(struct gw_build *b, const struct gw_point *p, struct map *servers)
{
	AUTO_FREE char *key = str_fmt("%u %s", p->scope, p->l->host);
	bool tls = p->n_certs > 0, there = p->scope == b->f->http_port || p->scope == b->f->https_port;

	if (!key || (!streq(p->l->host, "*") && !gw_host_at(b, p, p->l->host)))
		return -ENOMEM;
	for (size_t i = 0; i < b->out.n_listeners; i++)
		there = there || b->out.listeners[i].port == p->scope;
	struct nginx_listener *l = there ? NULL : REC_GROW(b->out.listeners, b->out.n_listeners);
	if (!there && !l)
		return -ENOMEM;
	if (l)
		*l = (struct nginx_listener){p->scope, tls, p->scope == p->l->port ? 0 : p->l->port};
	if (!tls || map_has(servers, key))
		return 0;
	struct ing_server *s = map_put(servers, key, b) < 0 ? NULL : REC_GROW(b->t.servers, b->t.n_servers);
	if (!s)
		return -ENOMEM;
	s->name = str_dup(p->l->host);
	s->scope = p->scope;
	s->secret = str_dup(p->cert_key);
	if (all_pems(p, &s->cert_pem, &s->key_pem) < 0)
		return -ENOMEM;
	s->teller = str_fmt("gateway/%s", p->gateway->key);
	for (size_t i = 0; i < p->n_certs; i++) { /* the first that ends */
		const struct rec_secret *c = p->certs[i];
		s->not_before = c->not_before > s->not_before ? c->not_before : s->not_before;
		s->not_after = !s->not_after || c->not_after < s->not_after ? c->not_after : s->not_after;
	}
	return s->name && s->secret && s->teller && s->cert_pem && s->key_pem ? 0 : -ENOMEM;
}

static int add_listeners(struct gw_build *b)
{
	struct map *servers = map_new(NULL);
	int code = servers ? 0 : -ENOMEM;

	for (size_t i = 0; !code && i < b->n_points; i++)
		if (b->points[i].live)
			code = add_listener(b, &b->points[i], servers);
	if (servers)
		map_free(servers);
	return code;
}

/* --- canonical order --- */

static int cmp_status(const void *pa, const void *pb)
{
	const struct gateway_status *a = pa, *b = pb;
	int c = (int)a->kind - (int)b->kind;

	c = c || !a->ns ? c : strcmp(a->ns, b->ns);
	return c ? c : strcmp(a->name, b->name);
}
static int cmp_host(const void *pa, const void *pb)
{
	const struct gw_host *a = pa, *b = pb;
	int c = (int)a->port - (int)b->port;

	return c ? c : strcmp(a->host, b->host);
}
static int cmp_server(const void *pa, const void *pb)
{
	const struct ing_server *a = pa, *b = pb;
	int c = (int)a->scope - (int)b->scope;

	return c ? c : strcmp(a->name, b->name);
}
static int cmp_backend(const void *pa, const void *pb)
{
	return strcmp(((const struct ing_backend *)pa)->key, ((const struct ing_backend *)pb)->key);
}

#define SORT(v, n, cmp)                                                                                                \
	do {                                                                                                           \
		if (n)                                                                                                 \
			qsort(v, n, sizeof(*(v)), cmp);                                                                \
	} while (0)

static int cmp_service(const void *pa, const void *pb)
{
	const struct gateway_service *a = pa, *b = pb;
	int c = strcmp(a->ns, b->ns);

	return c ? c : strcmp(a->name, b->name);
}
static int cmp_own(const void *pa, const void *pb)
{
	return (int)((const struct gateway_own *)pa)->scope - (int)((const struct gateway_own *)pb)->scope;
}

const struct gateway_own *gateway_own_of(const struct gateway_outcome *o, uint16_t scope)
{
	const struct gateway_own key = {.scope = scope};

	return o && o->n_own ? bsearch(&key, o->own, o->n_own, sizeof(key), cmp_own) : NULL;
}

static void sort_outcome(struct gateway_outcome *o)
{
	SORT(o->services, o->n_services, cmp_service);
	SORT(o->own, o->n_own, cmp_own);
	SORT(o->listeners, o->n_listeners, cmp_listener);
	SORT(o->statuses, o->n_statuses, cmp_status);
}

/* Before anything has an index of them: backends get their places at once, policies grow in the order of sorted hosts.
 */
static int rules_all(struct gw_build *b)
{
	AUTO_FREE size_t *now = calloc(b->t.n_backends + 1, sizeof(*now));
	int code = now ? 0 : -ENOMEM;

	SORT(b->hosts, b->n_hosts, cmp_host);
	SORT(b->t.servers, b->t.n_servers, cmp_server);
	SORT(b->t.backends, b->t.n_backends, cmp_backend);
	for (size_t i = 0; !code && i < b->t.n_backends; i++) {
		size_t was = gw_index_of(map_get(b->backend_at, b->t.backends[i].key));
		now[was] = i;
	}
	for (size_t i = 0; !code && i < b->n_uses; i++)
		for (size_t r = 0; r < b->uses[i].r->n_rules; r++) {
			size_t **lists[] = {&b->uses[i].backends[r], &b->uses[i].mirrors[r]};
			size_t n[] = {b->uses[i].r->rules[r].n_backends, b->uses[i].r->rules[r].n_mirrors};
			for (size_t l = 0; l < 2; l++)
				for (size_t k = 0; k < n[l]; k++)
					if ((*lists[l])[k] != SIZE_MAX)
						(*lists[l])[k] = now[(*lists[l])[k]];
		}
	for (size_t i = 0; !code && i < b->n_hosts; i++) {
		b->hosts[i].at = b->t.n_hosts;
		code = b->hosts[i].gone ? 0 : gw_rules(b, &b->hosts[i]);
	}
	return code;
}

struct order {
	const char *owner;
	size_t was;
};
static int cmp_order(const void *a, const void *b)
{
	const struct order *x = a, *y = b;
	int c = strcmp(x->owner, y->owner);

	return c ? c : x->was < y->was ? -1 : x->was > y->was;
}

static int sort_policies(struct ing_table *t)
{
	AUTO_FREE struct order *o = calloc(t->n_policies + 1, sizeof(*o));
	AUTO_FREE size_t *now = calloc(t->n_policies + 1, sizeof(*now));
	struct ing_policy *sorted = t->n_policies ? calloc(t->n_policies, sizeof(*sorted)) : NULL;

	if (!o || !now || (t->n_policies && !sorted)) {
		free(sorted);
		return -ENOMEM;
	}
	for (size_t i = 0; i < t->n_policies; i++)
		o[i] = (struct order){t->policies[i].owner, i};
	SORT(o, t->n_policies, cmp_order);
	for (size_t i = 0; i < t->n_policies; i++) {
		now[o[i].was] = i;
		sorted[i] = t->policies[o[i].was];
	}
	free(t->policies);
	t->policies = sorted;
	for (size_t i = 0; i < t->n_hosts; i++)
		for (size_t j = 0; j < t->hosts[i].n_paths; j++)
			for (size_t k = 0; k < t->hosts[i].paths[j].n_rules; k++) {
				struct ing_rule *r = &t->hosts[i].paths[j].rules[k];
				r->policy = now[r->policy];
				for (size_t l = 0; l < r->n_targets; l++)
					if (r->targets[l].policy != SIZE_MAX)
						r->targets[l].policy = now[r->targets[l].policy];
			}
	return 0;
}

void gw_use_done(struct gw_use *u)
{
	for (size_t k = 0; k < u->r->n_rules; k++) {
		free(u->backends ? u->backends[k] : NULL);
		free(u->mirrors ? u->mirrors[k] : NULL);
		free(u->h2c ? u->h2c[k] : NULL);
	}
	free(u->backends);
	free(u->mirrors);
	free(u->h2c);
	free(u->refs.message);
	for (size_t k = 0; k < u->n_lost; k++)
		free(u->lost[k].message);
	free(u->lost);
}

int gw_more(struct gw_build *b, const char *kind, const char *key, const char *part, const struct gw_fault *fault)
{
	if (!fault->reason)
		return 0;
	struct ing_finding *f = REC_GROW(b->out.more, b->out.n_more);
	if (!f)
		return -ENOMEM;
	f->reason = fault->reason;
	f->ingress = str_fmt("%s/%s", kind, key);
	f->message = part ? str_fmt("listener %.100s: %s", part, fault->message) : str_dup(fault->message);
	return f->ingress && f->message ? 0 : -ENOMEM;
}

int gw_ref_fault(struct gw_build *b, const char *kind, const char *key, const char *part, struct gw_fault *one, struct gw_fault *all)
{
	int code = gw_more(b, kind, key, part, one);

	if (all->reason) {
		free(one->message);
		return code;
	}
	*all = *one;
	return code;
}

static void build_done(struct gw_build *b)
{
	struct map *maps[] = {b->host_at, b->backend_at, b->policy_at, b->by_service};

	for (size_t i = 0; i < ARRAY_LEN(maps); i++)
		if (maps[i])
			map_free(maps[i]);
	for (size_t i = 0; i < b->n_points; i++) {
		free(b->points[i].accepted.message);
		free(b->points[i].conflict.message);
		free(b->points[i].refs.message);
		free(b->points[i].cert_key);
	}
	for (size_t i = 0; i < b->n_served; i++) {
		free(b->served[i].fault.message);
		free(b->served[i].unusable.message);
		free(b->served[i].service_name);
		free(b->served[i].ports);
	}
	for (size_t i = 0; i < b->n_uses; i++)
		gw_use_done(&b->uses[i]);
	for (size_t i = 0; i < b->n_hosts; i++) {
		free(b->hosts[i].host);
		free(b->hosts[i].entries);
		free(b->hosts[i].joins);
	}
	free(b->points);
	free(b->served);
	free(b->uses);
	free(b->hosts);
	ing_table_done(&b->t);
	gateway_outcome_done(&b->out);
}

int gateway_model_build(const struct gateway_model *g, const struct ing_model *m, const struct gateway_facts *f,
			struct ing_table *t, struct gateway_outcome *ret, struct err *e)
{
	struct gw_build b = {.g = g,
			     .m = m,
			     .f = f,
			     .host_at = map_new(NULL),
			     .backend_at = map_new(NULL),
			     .policy_at = map_new(NULL),
			     .by_service = map_new(build_slices_free)};
	struct map_iter it = MAP_ITER_INIT;
	int code = b.host_at && b.backend_at && b.policy_at && b.by_service ? 0 : -ENOMEM;

	code = code ? code : collect_gateways(&b);
	if (!code && b.n_served)
		code = build_slices(m, b.by_service);
	code = code ? code : gw_own_read(&b);
	code = code ? code : gw_judge_all(&b);
	code = code ? code : gw_own_outcome(&b);
	code = code ? code : add_listeners(&b);
	code = code ? code : attach_all(&b);
	size_t before = t->n_hosts;
	code = code ? code : gw_share(&b, t);
	code = code ? code : rules_all(&b);
	code = code ? code : sort_policies(&b.t);
	for (size_t i = 0; !code && i < b.n_served; i++)
		code = gw_tell_gateway(&b, &b.served[i]);
	while (!code && map_next(g->classes, &it))
		code = gw_tell_class(&b, it.value);
	code = code ? code : gw_share_servers(&b, t);
	if (!code && b.t.n_hosts + b.t.n_servers + b.t.n_secrets + b.t.n_configmaps)
		code = gw_merge(t, &b.t);
	code = code ? code : gw_share_join(&b, t, before);
	code = code ? code : gw_missing(&b, t);
	if (!code)
		ing_table_sort_findings(t);
	if (!code) {
		sort_outcome(&b.out);
		*ret = b.out;
		b.out = (struct gateway_outcome){0};
	}
	build_done(&b);
	return code ? err_nomem(e) : 0;
}
