#include "ingress/seen.h"
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "api/object.h"
#include "api/own_ports.h"
#include "base/map.h"
#include "base/str.h"

#define INGRESS_PORTS "Ingress" /* whose they are in the annotation */

struct seen {
	struct map *all; /* "Kind ns/name" -> json_t, a reference */
};

static void drop(void *p)
{
	json_decref(p);
}

int seen_new(struct seen **ret, struct err *e)
{
	struct seen *s = calloc(1, sizeof(*s));

	if (!s || !(s->all = map_new(drop))) {
		free(s);
		return err_nomem(e);
	}
	*ret = s;
	return 0;
}

struct seen *seen_free(struct seen *s)
{
	if (s)
		map_free(s->all);
	free(s);
	return NULL;
}

static bool is_wanted(const char *kind)
{
	static const char *const kinds[] = {"Ingress", "Service",   "EndpointSlice", "ConfigMap",
					    "Gateway", "HTTPRoute", "Node"};

	for (size_t i = 0; i < ARRAY_LEN(kinds); i++)
		if (streq(kinds[i], kind))
			return true;
	return false;
}

int seen_put(struct seen *s, const char *kind, const json_t *o)
{
	if (!is_wanted(kind))
		return 0;
	AUTO_FREE char *title = str_fmt("%s %s/%s", kind, obj_namespace(o), obj_name(o));
	json_t *ref = json_incref((json_t *)(uintptr_t)o);
	int r = title ? map_put(s->all, title, ref) : -ENOMEM;

	if (r < 0)
		json_decref(ref);
	return r;
}

const json_t *seen_get(const struct seen *s, const char *kind, const char *ns, const char *name)
{
	AUTO_FREE char *title = str_fmt("%s %s/%s", kind, ns, name);

	return title ? map_get(s->all, title) : NULL;
}

static int by_name(const void *pa, const void *pb)
{
	const json_t *a = *(const json_t *const *)pa, *b = *(const json_t *const *)pb;
	int c = strcmp(obj_namespace(a), obj_namespace(b));

	return c ? c : strcmp(obj_name(a), obj_name(b));
}

int seen_all(const struct seen *s, const char *kind, const json_t ***ret, size_t *ret_n)
{
	struct map_iter it = MAP_ITER_INIT;
	size_t n = 0, len = strlen(kind);
	const json_t **v = calloc(map_len(s->all) + 1, sizeof(*v));

	if (!v)
		return -ENOMEM;
	while (map_next(s->all, &it))
		if (!strncmp(it.key, kind, len) && it.key[len] == ' ')
			v[n++] = it.value;
	if (n)
		qsort(v, n, sizeof(*v), by_name);
	*ret = v;
	*ret_n = n;
	return 0;
}

bool seen_node_serves(const json_t *node, uint16_t *ret_http, uint16_t *ret_https)
{
	const char *ports = obj_annotation(node, OWN_PORTS);
	struct own_port own;
	size_t n = 0;

	*ret_http = *ret_https = 0;
	while (own_ports_next(&ports, &own)) /* HTTP first */
		if (streq(own.whose, INGRESS_PORTS) && n++ < 2)
			*(n == 1 ? ret_http : ret_https) = own.port;
	return n > 0;
}

void seen_ports(const struct seen *s, uint16_t *ret_http, uint16_t *ret_https)
{
	const char *first = NULL; /* the same one always */
	struct map_iter it = MAP_ITER_INIT;
	uint16_t http, https;

	*ret_http = 80;
	*ret_https = 443;
	while (s && map_next(s->all, &it))
		if (str_has_prefix(it.key, "Node ") && seen_node_serves(it.value, &http, &https) && http && https &&
		    (!first || strcmp(it.key, first) < 0)) {
			first = it.key;
			*ret_http = http;
			*ret_https = https;
		}
}

/* --- TCP and UDP services --- */

struct asking {
	const struct seen *s;
	const struct gateway_outcome *gateways;
	uint16_t http, https;
	char whose[200];
};

static json_t *ask_service(void *arg, const char *ns, const char *name)
{
	struct asking *a = arg;
	json_t *o = (json_t *)(uintptr_t)seen_get(a->s, "Service", ns, name);

	if (!o || json_str(o, "spec.clusterIP") || streq(json_str(o, "spec.type"), "ExternalName"))
		return json_incref(o);
	json_t *later = json_deep_copy(o); /* of a manifest: the API server gives it an address */
	(void)json_dot_set(later, "spec.clusterIP", json_string("0.0.0.0"));
	return later;
}

static const char *ask_taken(void *arg, uint16_t port, bool udp)
{
	struct asking *a = arg;
	struct map_iter it = MAP_ITER_INIT;
	struct own_port own;

	if (!udp && (port == a->http || port == a->https))
		return "it is Ingress' own";
	for (size_t i = 0; !udp && a->gateways && i < a->gateways->n_listeners; i++)
		if (a->gateways->listeners[i].port == port)
			return "a Gateway listens on it";
	while (map_next(a->s->all, &it)) {
		bool node = str_has_prefix(it.key, "Node ");
		const char *ports = node ? obj_annotation(it.value, OWN_PORTS) : NULL;
		if (node && !udp && json_int_or(it.value, "status.daemonEndpoints.kubeletEndpoint.Port", 0) == port) {
			(void)snprintf(a->whose, sizeof(a->whose), "the node agent listens on it on node %.63s", obj_name(it.value));
			return a->whose;
		}
		while (own_ports_next(&ports, &own))
			if (own.port == port && streq(own.protocol, udp ? "UDP" : "TCP")) {
				if (streq(own.whose, INGRESS_PORTS))
					return "it is Ingress' own";
				(void)snprintf(a->whose, sizeof(a->whose), "minik's %s listens on it on node %.63s",
					       own.whose, obj_name(it.value));
				return a->whose;
			}
	}
	return NULL;
}

int seen_streams(const struct seen *s, const struct gateway_outcome *gateways, const json_t *config_map, bool udp,
		 struct streams *ret, struct err *e)
{
	struct asking a = {.s = s, .gateways = gateways};
	const struct streams_ask ask = {ask_service, ask_taken, &a, NULL};

	seen_ports(s, &a.http, &a.https);
	return streams_read(ret, config_map, udp, &ask, e);
}
