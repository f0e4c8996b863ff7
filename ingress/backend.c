/* Services and their endpoints to backends. */
#include <errno.h>
#include "base/str.h"
#include "ingress/build.h"

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

static int fill_addresses(struct ing_backend *be, const struct rec_service *s, const struct rec_port *port)
{
	const char *a = s->addresses;

	for (size_t i = 0; i < s->n_addresses; i++, a += strlen(a) + 1) {
		struct ing_endpoint *slot = REC_GROW(be->eps, be->n_eps);
		if (!slot)
			return -ENOMEM;
		(void)str_copy(slot->addr, sizeof(slot->addr), a);
		slot->port = port->port;
	}
	if (be->n_eps > 1)
		qsort(be->eps, be->n_eps, sizeof(*be->eps), by_addr);
	return 0;
}

int build_external(struct ing_backend *be, const struct rec_service *s, uint16_t port)
{
	if (s->literal) {
		struct ing_endpoint *slot = REC_GROW(be->eps, be->n_eps);
		if (!slot)
			return -ENOMEM;
		(void)str_copy(slot->addr, sizeof(slot->addr), s->external);
		slot->port = port;
		return 0;
	}
	be->external = str_dup(s->external);
	be->external_port = port;
	return be->external ? 0 : -ENOMEM;
}

struct wanted { /* a reference, looked up */
	const struct rec_ref *ref;
	const char *service; /* "ns/name" */
	const struct rec_service *s;
	const struct rec_port *port;
	bool cluster; /* by the Service's own address */
};

static int check(struct build *b, const struct rec_ingress *r, const struct wanted *w)
{
	const struct rec_service *s = w->s;

	if (!s)
		return build_finding(b, r, "MissingService", "Service %s does not exist", w->service);
	if (s->external && !*s->external)
		return build_finding(b, r, "InvalidBackend", "Service %s has no valid externalName", w->service);
	if (s->refused)
		return build_finding(b, r, "InvalidBackend",
				     "Service %s: its externalName %s is %s, where no Ingress may lead", w->service,
				     s->external, s->refused);
	if (!w->port && !(s->external && !w->ref->port_name))
		return w->ref->port_name ? build_finding(b, r, "MissingPort", "Service %s has no TCP port named %s",
							 w->service, w->ref->port_name)
					 : build_finding(b, r, "MissingPort", "Service %s has no TCP port %u",
							 w->service, w->ref->port);
	if (r->notes.cluster_address && !w->cluster && !s->external)
		return build_finding(
		    b, r, "InvalidAnnotation",
		    "annotation service-upstream has no effect for Service %s, which has no address of its own; its "
		    "endpoints are used",
		    w->service);
	return 0;
}

/* By number, where known: two ways to name one port are one backend. */
static char *key_of(const struct build *b, const struct wanted *w)
{
	const char *how = w->cluster ? "@service" : "";

	if (b->refused || w->ref->none)
		return str_dup("refused");
	if (!w->port && w->ref->port_name)
		return str_fmt("%s:%s", w->service, w->ref->port_name);
	return str_fmt("%s:%u%s", w->service, w->port ? w->port->port : w->ref->port, how);
}

static int fill(struct build *b, struct ing_backend *be, const struct wanted *w)
{
	if (b->refused || !w->s)
		return 0;
	if (w->s->external) {
		if (!*w->s->external || w->s->refused || (!w->port && w->ref->port_name))
			return 0;
		return build_external(be, w->s, w->port ? w->port->port : w->ref->port);
	}
	if (!w->port)
		return 0;
	return w->cluster ? fill_addresses(be, w->s, w->port) : build_endpoints(b->by_service, be, w->service, w->port->name);
}

static int resolve(struct build *b, const struct rec_ingress *r, const struct rec_ref *ref, size_t *ret)
{
	AUTO_FREE char *service = str_fmt("%s/%s", r->ns, ref->none ? "" : ref->service);
	struct wanted w = {.ref = ref, .service = service};
	bool fresh;

	if (!service)
		return -ENOMEM;
	w.s = ref->none ? NULL : map_get(b->m->services, service);
	w.port = build_port(w.s, ref);
	w.cluster = r->notes.cluster_address && w.port && w.s->n_addresses;
	AUTO_FREE char *key = key_of(b, &w);
	if (!key || (!b->refused && !ref->none && check(b, r, &w) < 0) ||
	    build_slot(b->backends, key, b->t.n_backends, ret, &fresh) < 0)
		return -ENOMEM;
	if (!fresh)
		return 0;
	struct ing_backend *be = REC_GROW(b->t.backends, b->t.n_backends);
	return be && (be->key = TAKE_PTR(key)) ? fill(b, be, &w) : -ENOMEM;
}

/* Annotation default-backend: a Service, its first port, for when there is no endpoint. */
static int resolve_default(struct build *b, const struct rec_ingress *r, size_t *ret)
{
	AUTO_FREE char *service = str_fmt("%s/%s", r->ns, r->notes.default_service);
	struct rec_ref ref = {.service = r->notes.default_service};

	if (!service)
		return -ENOMEM;
	const struct rec_service *s = map_get(b->m->services, service);
	if (!s || (!s->n_ports && !s->external))
		return build_finding(b, r, s ? "MissingPort" : "MissingService",
				     s ? "annotation default-backend: Service %s has no TCP port"
				       : "annotation default-backend: Service %s does not exist",
				     service);
	ref.port = s->n_ports ? s->ports[0].port : 80;
	return resolve(b, r, &ref, ret);
}

static bool has_any(const struct ing_backend *be)
{
	return be->n_eps || be->external;
}

/* What the default backend hears of the Service whose place it takes; names as ingress-nginx has them. */
static int default_policy(struct build *b, const struct rec_ingress *r, const struct rec_ref *ref, size_t *ret)
{
	AUTO_FREE char *port = ref->port_name ? str_dup(ref->port_name) : str_fmt("%u", ref->port);
	AUTO_FREE char *key = port ? str_fmt("%s default %s:%s", r->key, ref->service, port) : NULL;
	bool fresh;

	if (!key || build_slot(b->policies, key, b->t.n_policies, ret, &fresh) < 0)
		return -ENOMEM;
	if (!fresh)
		return 0;
	const char *const headers[][2] = {{"X-Code", "503"},
					  {"X-Ingress-Name", r->name},
					  {"X-Namespace", r->ns},
					  {"X-Service-Name", ref->service},
					  {"X-Service-Port", port}};
	struct ing_policy *p = REC_GROW(b->t.policies, b->t.n_policies);
	if (!p || !(p->owner = str_dup(r->key)))
		return -ENOMEM;
	for (size_t i = 0; i < ARRAY_LEN(headers); i++)
		if (!rec_option(&p->options, &p->n_options, OPT_REQUEST_SET, 0, headers[i][0], headers[i][1]))
			return -ENOMEM;
	return 0;
}

int build_backend(struct build *b, const struct rec_ingress *r, const struct rec_ref *ref, struct ing_target *ret)
{
	int code = resolve(b, r, ref, &ret->backend);

	ret->policy = SIZE_MAX;
	if (code < 0 || b->refused || ref->none || !r->notes.default_service || has_any(&b->t.backends[ret->backend]))
		return code;
	code = resolve_default(b, r, &ret->backend);
	return code == 0 && has_any(&b->t.backends[ret->backend]) ? default_policy(b, r, ref, &ret->policy) : code;
}

int build_error_backend(struct build *b, const struct rec_ingress *r, const char *service, const char **ret)
{
	const struct rec_service *s = map_get(b->m->services, service);
	bool fresh;
	size_t at;

	*ret = NULL;
	if (!s || !s->n_ports || s->external)
		return build_finding(b, r, s ? "InvalidBackend" : "MissingService", s ? "custom-http-errors: Service %s has no TCP port of its own; answers of the backend stay as they are"
					       : "custom-http-errors: Service %s does not exist; answers of the backend stay as they are", service);
	AUTO_FREE char *key = str_fmt("%s:%u", service, s->ports[0].port);
	if (!key || build_slot(b->backends, key, b->t.n_backends, &at, &fresh) < 0)
		return -ENOMEM;
	struct ing_backend *be = fresh ? REC_GROW(b->t.backends, b->t.n_backends) : &b->t.backends[at];
	if (!be || (fresh && (!(be->key = TAKE_PTR(key)) || build_endpoints(b->by_service, be, service, s->ports[0].name) < 0)))
		return -ENOMEM;
	*ret = be->key;
	return 0;
}
