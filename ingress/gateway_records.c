/* Gateway API objects, which may be anything that is JSON, to records. */
#include "ingress/gateway_records.h"
#include "ingress/grammar.h"
#include <arpa/inet.h>
#include <errno.h>
#include <stdarg.h>
#include "api/object.h"
#include "base/cleanup.h"
#include "base/str.h"

int gw_fault_set(struct gw_fault *f, const char *reason, const char *fmt, ...)
{
	char text[900];
	va_list ap;

	if (f->reason)
		return 0;
	va_start(ap, fmt);
	(void)vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	f->message = str_dup(text);
	f->reason = f->message ? reason : NULL;
	return f->message ? 0 : -ENOMEM;
}

int gw_option_add(struct gw_options *o, enum ing_opt opt, int64_t num, const char *a, const char *b)
{
	char *ca = str_dup(a), *cb = str_dup(b);
	size_t at;

	if ((a && !ca) || (b && !cb) || !REC_GROW(o->v, o->n)) {
		free(ca);
		free(cb);
		return -ENOMEM;
	}
	/* Sorted by number, lists in their order. */
	for (at = o->n - 1; at > 0 && o->v[at - 1].opt > opt; at--)
		o->v[at] = o->v[at - 1];
	o->v[at] = (struct ing_option){.opt = opt, .num = num, .a = ca, .b = cb};
	return 0;
}

void gw_options_done(struct gw_options *o)
{
	for (size_t i = 0; i < o->n; i++) {
		free(o->v[i].a);
		free(o->v[i].b);
	}
	free(o->v);
	*o = (struct gw_options){0};
}

int64_t gw_created(const json_t *o)
{
	struct timespec ts = {0};

	return time_parse(json_str_or(o, "metadata.creationTimestamp", ""), &ts) == 0 ? ts.tv_sec : 0;
}

int gw_ref_parse(struct gw_ref *ret, const json_t *o, const char *group, const char *kind)
{
	int64_t port = json_int_or(o, "port", 0);
	const char *ns = json_str(o, "namespace");

	*ret = (struct gw_ref){.group = str_dup(json_str_or(o, "group", group)),
			       .kind = str_dup(json_str_or(o, "kind", kind)),
			       .ns = str_dup(ns),
			       .name = str_dup(json_str_or(o, "name", "")),
			       .port = (uint16_t)(port > 0 && port < 65536 ? port : 0)};
	return ret->group && ret->kind && ret->name && (!ns || ret->ns) ? 0 : -ENOMEM;
}

void gw_ref_done(struct gw_ref *r)
{
	free(r->group);
	free(r->kind);
	free(r->ns);
	free(r->name);
	*r = (struct gw_ref){0};
}

static void refs_free(struct gw_ref *v, size_t n)
{
	for (size_t i = 0; i < n; i++)
		gw_ref_done(&v[i]);
	free(v);
}

/* --- classes, namespaces, grants --- */

static struct gw_class *class_new(const char *name, const json_t *o)
{
	struct gw_class *c = calloc(1, sizeof(*c));

	if (!c || !(c->name = str_dup(name))) {
		free(c);
		return NULL;
	}
	c->generation = obj_generation(o);
	c->parameters = json_is_object(json_dot(o, "spec.parametersRef"));
	if (c->parameters && gw_ref_parse(&c->ref, json_dot(o, "spec.parametersRef"), "", "") < 0) {
		gw_class_free(c);
		return NULL;
	}
	return c;
}
void gw_class_free(void *p)
{
	struct gw_class *c = p;

	gw_ref_done(&c->ref);
	free(c->name);
	free(c);
}

static struct gw_namespace *namespace_new(const json_t *o)
{
	struct gw_namespace *n = calloc(1, sizeof(*n));
	const json_t *labels = json_dot(o, "metadata.labels");

	if (n && labels && !(n->labels = json_deep_copy(labels))) {
		free(n);
		return NULL;
	}
	return n;
}
void gw_namespace_free(void *p)
{
	struct gw_namespace *n = p;

	json_decref(n->labels);
	free(n);
}

static int refs_parse(const json_t *list, struct gw_ref **v, size_t *n)
{
	const json_t *x;
	size_t i;

	json_array_foreach ((json_t *)(uintptr_t)list, i, x) {
		struct gw_ref *slot = REC_GROW(*v, *n);
		if (!slot || gw_ref_parse(slot, x, "", "") < 0)
			return -ENOMEM;
	}
	return 0;
}

struct gw_grant *gw_grant_new(const char *ns, const json_t *o)
{
	struct gw_grant *g = calloc(1, sizeof(*g));

	if (!g)
		return NULL;
	g->ns = str_dup(ns);
	if (!g->ns || refs_parse(json_dot(o, "spec.from"), &g->from, &g->n_from) < 0 ||
	    refs_parse(json_dot(o, "spec.to"), &g->to, &g->n_to) < 0) {
		gw_grant_free(g);
		return NULL;
	}
	return g;
}
void gw_grant_free(void *p)
{
	struct gw_grant *g = p;

	refs_free(g->from, g->n_from);
	refs_free(g->to, g->n_to);
	free(g->ns);
	free(g);
}

/* --- Gateways --- */

static int kinds_parse(struct gw_listener *l, const json_t *kinds)
{
	const json_t *k;
	size_t i;

	l->routes = !json_array_size(kinds);
	json_array_foreach ((json_t *)(uintptr_t)kinds, i, k) {
		bool ours = streq(json_str_or(k, "group", GATEWAY_GROUP), GATEWAY_GROUP) &&
			    streq(json_str(k, "kind"), "HTTPRoute");
		l->routes = l->routes || ours;
		l->bad_kinds = l->bad_kinds || !ours;
	}
	return 0;
}

static int listener_parse(struct gw_listener *l, const json_t *o)
{
	const char *from = json_str_or(o, "allowedRoutes.namespaces.from", "Same"),
		   *host = json_str_or(o, "hostname", "");
	const json_t *selector = json_dot(o, "allowedRoutes.namespaces.selector"), *c;
	int64_t port = json_int_or(o, "port", 0);
	size_t i;

	l->name = str_dup(json_str_or(o, "name", ""));
	l->protocol = str_dup(json_str_or(o, "protocol", ""));
	/* A hostname that is none stands for no host at all. */
	l->host = str_dup(!*host ? "*" : grammar_hostname(host, true) ? host : "");
	l->port = (uint16_t)(port > 0 && port < 65536 ? port : 0);
	l->from = streq(from, "All") ? GW_ALL : streq(from, "Selector") ? GW_SELECTOR : GW_SAME;
	l->passthrough = streq(json_str(o, "tls.mode"), "Passthrough");
	if (!l->name || !l->protocol || !l->host)
		return -ENOMEM;
	if (l->from == GW_SELECTOR && selector && api_label_selector_from(&l->selector, selector, NULL) == -ENOMEM)
		return -ENOMEM;
	json_array_foreach (json_dot(o, "tls.certificateRefs"), i, c) {
		struct gw_ref *slot = REC_GROW(l->certs, l->n_certs);
		if (!slot || gw_ref_parse(slot, c, "", "Secret") < 0)
			return -ENOMEM;
	}
	return kinds_parse(l, json_dot(o, "allowedRoutes.kinds"));
}

/* In the form that addresses of nodes have; "": none that there could be. */
static int address_parse(struct gw_gateway *g, const json_t *o)
{
	const char *value = json_str_or(o, "value", "");
	unsigned char raw[16];
	char text[INET6_ADDRSTRLEN] = "";
	int family = strchr(value, ':') ? AF_INET6 : AF_INET;

	/* No value: any address will do, and there is one. */
	if (!*value && streq(json_str_or(o, "type", "IPAddress"), "IPAddress"))
		return 0;
	if (streq(json_str_or(o, "type", "IPAddress"), "IPAddress") && inet_pton(family, value, raw) == 1)
		(void)inet_ntop(family, raw, text, sizeof(text));
	char **slot = REC_GROW(g->addresses, g->n_addresses);
	return slot && (*slot = str_dup(text)) ? 0 : -ENOMEM;
}

struct gw_gateway *gw_gateway_new(const char *ns, const char *name, const json_t *o)
{
	struct gw_gateway *g = calloc(1, sizeof(*g));
	const json_t *spec = json_object_get(o, "spec"), *x;
	size_t i;

	if (!g)
		return NULL;
	g->ns = str_dup(ns);
	g->name = str_dup(name);
	g->key = str_fmt("%s/%s", ns, name);
	g->class = str_dup(json_str_or(spec, "gatewayClassName", ""));
	g->created = gw_created(o);
	g->generation = obj_generation(o);
	g->uid = str_dup(json_str_or(o, "metadata.uid", ""));
	g->parameters = json_is_object(json_dot(spec, "infrastructure.parametersRef"));
	g->labels = json_incref(json_dot(spec, "infrastructure.labels"));
	g->annotations = json_incref(json_dot(spec, "infrastructure.annotations"));
	g->frontend = json_is_object(json_dot(spec, "tls.frontend")) || json_is_object(json_dot(spec, "tls.backend"));
	if (!g->ns || !g->name || !g->key || !g->class || !g->uid)
		goto fail;
	if (g->parameters && gw_ref_parse(&g->ref, json_dot(spec, "infrastructure.parametersRef"), "", "") < 0)
		goto fail;
	json_array_foreach (json_object_get(spec, "listeners"), i, x) {
		struct gw_listener *l = REC_GROW(g->listeners, g->n_listeners);
		if (!l || listener_parse(l, x) < 0)
			goto fail;
	}
	json_array_foreach (json_object_get(spec, "addresses"), i, x)
		if (address_parse(g, x) < 0)
			goto fail;
	return g;
fail:
	gw_gateway_free(g);
	return NULL;
}

void gw_gateway_free(void *p)
{
	struct gw_gateway *g = p;

	for (size_t i = 0; i < g->n_listeners; i++) {
		struct gw_listener *l = &g->listeners[i];
		refs_free(l->certs, l->n_certs);
		if (l->selector)
			(void)api_selector_free(l->selector);
		free(l->name);
		free(l->protocol);
		free(l->host);
	}
	for (size_t i = 0; i < g->n_addresses; i++)
		free(g->addresses[i]);
	gw_ref_done(&g->ref);
	json_decref(g->labels);
	json_decref(g->annotations);
	free(g->uid);
	free(g->listeners);
	free(g->addresses);
	free(g->ns);
	free(g->name);
	free(g->key);
	free(g->class);
	free(g);
}

/* --- the model's memory --- */

int gateway_model_new(struct gateway_model **ret, struct err *e)
{
	struct gateway_model *g = calloc(1, sizeof(*g));

	if (!g)
		return err_nomem(e);
	g->classes = map_new(gw_class_free);
	g->gateways = map_new(gw_gateway_free);
	g->routes = map_new(gw_route_free);
	g->grants = map_new(gw_grant_free);
	g->namespaces = map_new(gw_namespace_free);
	g->services = map_new(gw_service_free);
	if (!g->classes || !g->gateways || !g->routes || !g->grants || !g->namespaces || !g->services) {
		gateway_model_free(g);
		return err_nomem(e);
	}
	*ret = g;
	return 0;
}

struct gateway_model *gateway_model_free(struct gateway_model *g)
{
	if (!g)
		return NULL;
	struct map *all[] = {g->classes, g->gateways, g->routes, g->grants, g->namespaces, g->services};
	for (size_t i = 0; i < ARRAY_LEN(all); i++)
		if (all[i])
			map_free(all[i]);
	free(g);
	return NULL;
}

/* Other controllers' classes are not kept. */
int gateway_model_class(struct gateway_model *g, const char *ns UNUSED, const char *name, const json_t *o)
{
	bool gone = !o || !streq(json_str(o, "spec.controllerName"), GATEWAY_CONTROLLER);

	return rec_put(g->classes, NULL, name, gone, gone ? NULL : class_new(name, o), gw_class_free);
}
int gateway_model_gateway(struct gateway_model *g, const char *ns, const char *name, const json_t *o)
{
	return rec_put(g->gateways, ns, name, !o, o ? gw_gateway_new(ns, name, o) : NULL, gw_gateway_free);
}
int gateway_model_route(struct gateway_model *g, const char *ns, const char *name, const json_t *o)
{
	return rec_put(g->routes, ns, name, !o, o ? gw_route_new(ns, name, o) : NULL, gw_route_free);
}
int gateway_model_grant(struct gateway_model *g, const char *ns, const char *name, const json_t *o)
{
	return rec_put(g->grants, ns, name, !o, o ? gw_grant_new(ns, o) : NULL, gw_grant_free);
}
int gateway_model_namespace(struct gateway_model *g, const char *ns UNUSED, const char *name, const json_t *o)
{
	return rec_put(g->namespaces, NULL, name, !o, o ? namespace_new(o) : NULL, gw_namespace_free);
}
/* Others than those whose name could be a Gateway's are not kept. */
int gateway_model_service(struct gateway_model *g, const char *ns, const char *name, const json_t *o)
{
	if (!str_has_suffix(name, GATEWAY_SERVICE_SUFFIX))
		return 0;
	return rec_put(g->services, ns, name, !o, o ? gw_service_new(ns, name, o) : NULL, gw_service_free);
}
