/* What is shown, when not everything is. */
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include "api/object.h"
#include "ingress/show_internal.h"

/* "*.example" for "a.example"; deep: for "b.a.example", too. */
static bool stands_for(const char *wild, const char *host, bool deep)
{
	const char *dot = strchr(host, '.');
	size_t n = strlen(host), k = strlen(wild);

	if (!str_has_prefix(wild, "*.") || !dot)
		return false;
	return deep ? n > k - 1 && !strcasecmp(host + n - (k - 1), wild + 1) : !strcasecmp(dot, wild + 1);
}

/* 0: nothing to do with it; more is nearer. */
static size_t nearness(const struct ing_host *h, const char *host)
{
	if (!strcasecmp(h->host, host))
		return SIZE_MAX;
	if (streq(h->host, "*"))
		return 1;
	return stands_for(h->host, host, h->deep) ? strlen(h->host) : 0;
}

bool show_has_host(const struct ing_show *w, const struct ing_host *h)
{
	size_t own = w->host ? nearness(h, w->host) : 1;

	if (!w->host || !own)
		return own;
	for (size_t i = 0; i < w->table->n_hosts; i++) {
		const struct ing_host *x = &w->table->hosts[i];
		if (x->scope == h->scope && !x->falls && nearness(x, w->host) > own)
			return false;
	}
	return true;
}

static const char *without_kind(const char *owner)
{
	static const char *const prefixes[] = {"gateway/", "httproute/"};

	/* A namespace may have such a name, and its Ingresses one slash. */
	for (size_t i = 0; i < ARRAY_LEN(prefixes); i++)
		if (str_has_prefix(owner, prefixes[i]) && strchr(owner + strlen(prefixes[i]), '/'))
			return owner + strlen(prefixes[i]);
	return owner;
}

bool show_has_owner(const struct ing_show *w, const char *owner)
{
	const char *key = without_kind(owner), *slash = strchr(key, '/');

	if (!w->ns || !slash || str_has_prefix(owner, "gatewayclass/"))
		return true; /* what is of no namespace concerns each */
	return strlen(w->ns) == (size_t)(slash - key) && !strncmp(w->ns, key, strlen(w->ns));
}

static bool names_host(const json_t *list, const char *host)
{
	const json_t *x;
	size_t i;

	json_array_foreach ((json_t *)(uintptr_t)list, i, x) {
		const char *s =
		    json_is_string(x) ? json_string_value(x) : json_str_or(x, "host", json_str_or(x, "hostname", ""));
		if (!strcasecmp(s, host) || stands_for(s, host, true) || names_host(json_object_get(x, "hosts"), host))
			return true;
	}
	return false;
}

/* Whether the object asks for the host, though it may have lost it. */
static bool asks_for(const struct ing_show *w, const char *owner)
{
	static const char *const lists[] = {"spec.rules", "spec.tls", "spec.hostnames", "spec.listeners"};
	const char *key = without_kind(owner), *slash = strchr(key, '/'),
		   *kind = key == owner      ? "Ingress"
			   : owner[0] == 'g' ? "Gateway"
					     : "HTTPRoute";
	AUTO_FREE char *ns = slash ? str_ndup(key, (size_t)(slash - key)) : NULL;
	const json_t *o = ns && w->seen ? seen_get(w->seen, kind, ns, slash + 1) : NULL;

	for (size_t i = 0; o && i < ARRAY_LEN(lists); i++)
		if (names_host(json_dot(o, lists[i]), w->host))
			return true;
	return false;
}

/* backend: "ns/service:port" */
static bool leads_to(const json_t *o, const char *host, const char *backend)
{
	const char *name = strchr(backend, '/');
	const json_t *rule, *p;
	size_t i, k;

	json_array_foreach (json_dot(o, "spec.rules"), i, rule) {
		if (strcasecmp(json_str_or(rule, "host", "*"), host) != 0)
			continue;
		json_array_foreach (json_dot(rule, "http.paths"), k, p) {
			const char *service = json_str(p, "backend.service.name");
			size_t n = service ? strlen(service) : 0;
			if (name && service && !strncmp(name + 1, service, n) && (name[1 + n] == ':' || !name[1 + n]))
				return true;
		}
	}
	return false;
}

const json_t *show_canary(const struct ing_show *w, const struct ing_host *h, const struct ing_rule *r, const struct ing_target *g)
{
	const json_t **v = NULL, *found = NULL;
	const char *slash = strchr(r->owner, '/');
	AUTO_FREE char *ns = slash ? str_ndup(r->owner, (size_t)(slash - r->owner)) : NULL;
	size_t n = 0;

	if (!ns || !w->seen || g->backend >= w->table->n_backends || seen_all(w->seen, "Ingress", &v, &n) < 0)
		return NULL;
	for (size_t i = 0; i < n && !found; i++)
		if (streq(obj_namespace(v[i]), ns) && obj_annotation(v[i], INGRESS_ANNOTATION "canary") &&
		    leads_to(v[i], h->host, w->table->backends[g->backend].key))
			found = v[i];
	free(v);
	return found;
}

/* What is wrong with a class is wrong with its Ingresses, too. */
static bool is_class_of(const struct ing_show *w, const char *class, const json_t *owners)
{
	const char *owner;
	json_t *x;

	if (strchr(class, '/'))
		return false;
	json_object_foreach ((json_t *)(uintptr_t)owners, owner, x) {
		const char *slash = strchr(owner, '/');
		AUTO_FREE char *ns = slash ? str_ndup(owner, (size_t)(slash - owner)) : NULL;
		const json_t *o = ns && w->seen ? seen_get(w->seen, "Ingress", ns, slash + 1) : NULL;
		const char *its = json_str(o, "spec.ingressClassName");
		its = its ? its : obj_annotation(o, "kubernetes.io/ingress.class");
		if (o && (!its || streq(its, class))) /* without one it is the default's */
			return true;
	}
	return false;
}

bool show_has_finding(const struct ing_show *w, const struct ing_finding *f, const json_t *owners)
{
	if (!show_has_owner(w, f->ingress))
		return false;
	return !w->host || json_object_get(owners, f->ingress) || strstr(f->message, w->host) ||
	       is_class_of(w, f->ingress, owners) || asks_for(w, f->ingress);
}
