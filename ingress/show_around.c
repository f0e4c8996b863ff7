/* What is around the routing table: TCP and UDP services, Gateways and their routes, nodes, and objects that are not
 * served. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include "api/object.h"
#include "api/own_ports.h"
#include "ingress/gateway_model.h"
#include "ingress/show_internal.h"

#define SERVICE_LABEL "kubernetes.io/service-name"

/* A list that grows until memory fails. */
struct list {
	json_t *v;
	bool failed;
};

static void push(struct list *l, json_t *x)
{
	if (!x || json_array_append_new(l->v, x) < 0)
		l->failed = true;
}

static json_t *list_end(struct list *l)
{
	if (!l->failed && l->v)
		return l->v;
	json_decref(l->v);
	return NULL;
}

/* --- TCP and UDP services --- */

static const char *port_name(const json_t *service, uint16_t number, bool udp)
{
	const json_t *p;
	size_t i;

	json_array_foreach (json_dot(service, "spec.ports"), i, p)
		if (json_int_or(p, "port", 0) == number &&
		    streq(json_str_or(p, "protocol", "TCP"), udp ? "UDP" : "TCP"))
			return json_str_or(p, "name", "");
	return "";
}

static bool is_ready(const json_t *endpoint)
{
	const json_t *ready = json_dot(endpoint, "conditions.ready");

	return !json_is_false(ready);
}

static void slice_endpoints(struct list *l, const json_t *slice, const char *name, bool udp)
{
	json_t *p, *ep, *address;
	size_t i, k, n;

	json_array_foreach (json_object_get(slice, "ports"), i, p) {
		if (!streq(json_str_or(p, "name", ""), name) ||
		    !streq(json_str_or(p, "protocol", "TCP"), udp ? "UDP" : "TCP"))
			continue;
		json_array_foreach (json_object_get(slice, "endpoints"), k, ep)
			json_array_foreach (json_object_get(ep, "addresses"), n, address)
				if (is_ready(ep) && n == 0) {
					const char *ip = json_string_value(address);
					bool v6 = ip && strchr(ip, ':');
					push(l, json_sprintf("%s%s%s:%lld", v6 ? "[" : "", ip ? ip : "?", v6 ? "]" : "",
							     (long long)json_int_or(p, "port", 0)));
				}
	}
}

static json_t *endpoints(const struct ing_show *w, const struct streams_target *t, bool udp)
{
	const json_t *service = seen_get(w->seen, "Service", t->ns, t->service);
	uint16_t port = streams_port(service, t->port, udp);
	struct list l = {.v = json_array()};
	const json_t **slices = NULL;
	size_t n = 0;

	if (port && seen_all(w->seen, "EndpointSlice", &slices, &n) < 0)
		l.failed = true;
	for (size_t i = 0; i < n; i++)
		if (streq(obj_namespace(slices[i]), t->ns) && streq(obj_label(slices[i], SERVICE_LABEL), t->service))
			slice_endpoints(&l, slices[i], port_name(service, port, udp), udp);
	free(slices);
	return list_end(&l);
}

static const char *fault_of(const struct streams *s, const char *key)
{
	for (size_t i = 0; i < s->n_findings; i++)
		if (streq(s->findings[i].key, key))
			return s->findings[i].message;
	return NULL;
}

static json_t *service_json(const struct ing_show *w, const struct streams *s, const char *key, const char *value,
			    bool udp)
{
	struct streams_target t = {0};
	int64_t port;
	int r = streams_target_read(&t, value);

	if (r < 0)
		return NULL;
	json_t *eps = r == 0 ? endpoints(w, &t, udp) : json_array();
	const char *fault = fault_of(s, key);
	if (!fault && !json_array_size(eps))
		fault = "no endpoint of the Service is ready";
	json_t *x = json_pack("{s:o,s:s,s:o,s:I,s:o,s:b,s:b,s:s?}", "port",
			      str_to_i64(key, 1, 65535, &port) < 0 ? json_string(key) : json_integer(port), "protocol",
			      udp ? "UDP" : "TCP", "service",
			      r == 0 ? json_sprintf("%s/%s:%s", t.ns, t.service, t.port) : json_string(value), "ready",
			      (json_int_t)json_array_size(eps), "endpoints", eps, "proxyFromClient", t.accept_proxy,
			      "proxyToService", t.send_proxy, "problem", fault);
	streams_target_done(&t);
	return x;
}

static int by_port(const void *pa, const void *pb)
{
	const char *a = *(const char *const *)pa, *b = *(const char *const *)pb;
	size_t n = strlen(a), k = strlen(b);

	return n != k ? (n < k ? -1 : 1) : strcmp(a, b);
}

static void add_map(struct list *l, const struct ing_show *w, const char *name, bool udp)
{
	const json_t *map = seen_get(w->seen, "ConfigMap", STREAMS_NS, name), *data = json_object_get(map, "data");
	const char **keys = calloc(json_object_size(data) + 1, sizeof(*keys)), *key;
	struct streams s = {0};
	size_t n = 0;
	json_t *value;

	if (!keys || seen_streams(w->seen, w->gateways, map, udp, &s, NULL) < 0) {
		free(keys);
		streams_done(&s);
		l->failed = true;
		return;
	}
	json_object_foreach ((json_t *)(uintptr_t)data, key, value)
		keys[n++] = key;
	qsort(keys, n, sizeof(*keys), by_port);
	for (size_t i = 0; i < n; i++) {
		const char *text = json_string_value(json_object_get(data, keys[i]));
		if (text && show_has_owner(w, text))
			push(l, service_json(w, &s, keys[i], text, udp));
	}
	free(keys);
	streams_done(&s);
}

json_t *show_services(const struct ing_show *w)
{
	struct list l = {.v = json_array()};

	if (w->seen && !w->host) {
		add_map(&l, w, STREAMS_TCP, false);
		add_map(&l, w, STREAMS_UDP, true);
	}
	return list_end(&l);
}

/* --- Gateways --- */

static const json_t *status_of(const struct gateway_outcome *o, enum gateway_kind kind, const char *ns,
			       const char *name)
{
	for (size_t lo = 0, hi = o ? o->n_statuses : 0; lo < hi;) {
		size_t mid = lo + (hi - lo) / 2;
		const struct gateway_status *s = &o->statuses[mid];
		int c = kind != s->kind ? (kind < s->kind ? -1 : 1) : strcmp(ns, s->ns ? s->ns : "");
		c = c ? c : strcmp(name, s->name);
		if (!c)
			return s->status;
		if (c < 0)
			hi = mid;
		else
			lo = mid + 1;
	}
	return NULL;
}

/* The first condition that is not as it should be, in words; NULL: all are. */
static const char *complaint(const json_t *conditions)
{
	const json_t *c;
	size_t i;

	json_array_foreach ((json_t *)(uintptr_t)conditions, i, c) {
		const char *type = json_str_or(c, "type", "");
		bool bad = streq(type, "Conflicted") || streq(type, "PartiallyInvalid")
			       ? streq(json_str(c, "status"), "True")
			       : streq(json_str(c, "status"), "False");
		if (bad)
			return json_str_or(c, "message", "");
	}
	return NULL;
}

static const json_t *named(const json_t *list, const char *name)
{
	const json_t *x;
	size_t i;

	json_array_foreach ((json_t *)(uintptr_t)list, i, x)
		if (streq(json_str(x, "name"), name))
			return x;
	return NULL;
}

/* Those of a Gateway that has its own; NULL: nodes' (show_nodes). */
static json_t *own_addresses(const json_t *status, bool *failed)
{
	struct list l = {.v = json_array()};
	const json_t *x;
	size_t i;

	json_array_foreach (json_object_get(status, "addresses"), i, x)
		push(&l, json_string(json_str_or(x, "value", "")));
	json_t *v = list_end(&l);
	*failed = *failed || !v;
	if (json_array_size(v))
		return v;
	json_decref(v);
	return NULL;
}

static void add_listeners(struct list *l, const json_t *o, const json_t *status)
{
	const char *whole = complaint(json_object_get(status, "conditions"));
	const json_t *x;
	size_t i;

	json_array_foreach (json_dot(o, "spec.listeners"), i, x) {
		const json_t *s = named(json_object_get(status, "listeners"), json_str_or(x, "name", ""));
		const char *problem = complaint(json_object_get(s, "conditions"));
		push(l, json_pack("{s:o,s:o*,s:s,s:I,s:s,s:s,s:I,s:s?}", "gateway",
				  json_sprintf("%s/%s", obj_namespace(o), obj_name(o)), "addresses", own_addresses(status, &l->failed), "listener",
				  json_str_or(x, "name", ""), "port", (json_int_t)json_int_or(x, "port", 0), "protocol",
				  json_str_or(x, "protocol", ""), "host", json_str_or(x, "hostname", "*"), "routes",
				  (json_int_t)json_int_or(s, "attachedRoutes", 0), "problem",
				  problem ? problem : whole));
	}
}

static bool is_of_ns(const struct ing_show *w, const json_t *o)
{
	return !w->ns || streq(w->ns, obj_namespace(o));
}

json_t *show_listeners(const struct ing_show *w)
{
	struct list l = {.v = json_array()};
	const json_t **v = NULL;
	size_t n = 0;

	if (w->seen && !w->host && seen_all(w->seen, "Gateway", &v, &n) < 0)
		l.failed = true;
	for (size_t i = 0; i < n; i++) {
		const json_t *status = status_of(w->gateways, GATEWAY, obj_namespace(v[i]), obj_name(v[i]));
		if (status && is_of_ns(w, v[i]))
			add_listeners(&l, v[i], status);
	}
	free(v);
	return list_end(&l);
}

static void add_parents(struct list *l, const json_t *o, const json_t *status)
{
	json_t *hosts = json_dot(o, "spec.hostnames");
	const json_t *x;
	size_t i;

	json_array_foreach (json_object_get(status, "parents"), i, x)
		push(l, json_pack("{s:o,s:o,s:s?,s:o,s:s?}", "route",
				  json_sprintf("%s/%s", obj_namespace(o), obj_name(o)), "gateway",
				  json_sprintf("%s/%s", json_str_or(x, "parentRef.namespace", obj_namespace(o)),
					       json_str_or(x, "parentRef.name", "")),
				  "listener", json_str(x, "parentRef.sectionName"), "hosts",
				  json_is_array(hosts) ? json_deep_copy(hosts) : json_array(), "problem",
				  complaint(json_object_get(x, "conditions"))));
}

json_t *show_httproutes(const struct ing_show *w)
{
	struct list l = {.v = json_array()};
	const json_t **v = NULL;
	size_t n = 0;

	if (w->seen && !w->host && seen_all(w->seen, "HTTPRoute", &v, &n) < 0)
		l.failed = true;
	for (size_t i = 0; i < n; i++) {
		const json_t *status = status_of(w->gateways, GATEWAY_ROUTE, obj_namespace(v[i]), obj_name(v[i]));
		if (status && is_of_ns(w, v[i]))
			add_parents(&l, v[i], status);
	}
	free(v);
	return list_end(&l);
}

/* --- nodes --- */

static json_t *addresses(const json_t *node)
{
	struct list l = {.v = json_array()};
	const json_t *a;
	size_t i;

	json_array_foreach (json_dot(node, "status.addresses"), i, a)
		if (streq(json_str(a, "type"), "InternalIP"))
			push(&l, json_string(json_str_or(a, "address", "")));
	return list_end(&l);
}

static json_t *node_json(const struct ing_show *w, const json_t *node)
{
	const char *why = obj_annotation(node, OWN_PORTS_NO_INGRESS);
	const json_t *ready = obj_condition(node, "Ready");
	uint16_t http, https;
	bool serves = seen_node_serves(node, &http, &https), deaf = streq(json_str(ready, "status"), "Unknown");

	if (serves && deaf)
		why = "nothing has been heard of this node for a while; its nginx may go on with what it knew";
	else if (!serves && !why)
		why = "nginx does not run there: its log and DATA_DIR/ingress/nginx.log say why";
	return json_pack("{s:s,s:b,s:b,s:o,s:o,s:s?}", "node", obj_name(node), "here", streq(w->node, obj_name(node)),
			 "serves", serves && !deaf, "ports", serves ? json_pack("[i,i]", http, https) : json_array(),
			 "addresses", addresses(node), "why", serves && !deaf ? NULL : why);
}

json_t *show_nodes(const struct ing_show *w)
{
	struct list l = {.v = json_array()};
	const json_t **v = NULL;
	size_t n = 0;

	if (w->seen && seen_all(w->seen, "Node", &v, &n) < 0)
		l.failed = true;
	for (size_t i = 0; i < n; i++) /* without any of these it is another kubelet's, which never has one */
		if (obj_annotation(v[i], OWN_PORTS) || obj_annotation(v[i], OWN_PORTS_NO_INGRESS))
			push(&l, node_json(w, v[i]));
	free(v);
	return list_end(&l);
}

/* --- objects that nobody here serves --- */

static bool is_served(const struct ing_table *t, const json_t *o)
{
	AUTO_FREE char *key = obj_key(o);

	return key && ing_table_serves(t, key);
}

static json_t *why_not(const struct ing_show *w, const char *kind, const json_t *o)
{
	const char *class;

	if (streq(kind, "Ingress")) {
		if (is_served(w->table, o))
			return json_null();
		class = json_str(o, "spec.ingressClassName");
		class = class ? class : obj_annotation(o, "kubernetes.io/ingress.class");
		return class ? json_sprintf("its class %s is not one of minik's (" INGRESS_CONTROLLER ")", class)
			     : json_string(
				   "it has no class, and no default class is one of minik's (" INGRESS_CONTROLLER ")");
	}
	bool gateway = streq(kind, "Gateway");
	const json_t *status = status_of(w->gateways, gateway ? GATEWAY : GATEWAY_ROUTE, obj_namespace(o), obj_name(o));
	if (status && (gateway || json_array_size(json_object_get(status, "parents"))))
		return json_null();
	return gateway ? json_sprintf("its class %s is not one of minik's (" GATEWAY_CONTROLLER ")",
				      json_str_or(o, "spec.gatewayClassName", "?"))
		       : json_string("none of its parents is a Gateway of minik's");
}

json_t *show_unserved(const struct ing_show *w)
{
	static const char *const kinds[] = {"Ingress", "Gateway", "HTTPRoute"};
	static const char *const prefixes[] = {"", "gateway/", "httproute/"};
	struct list l = {.v = json_array()};

	for (size_t k = 0; w->seen && k < ARRAY_LEN(kinds); k++) {
		const json_t **v = NULL;
		size_t n = 0;
		if (seen_all(w->seen, kinds[k], &v, &n) < 0)
			l.failed = true;
		for (size_t i = 0; i < n; i++) {
			AUTO_FREE char *owner = str_fmt("%s%s/%s", prefixes[k], obj_namespace(v[i]), obj_name(v[i]));
			AUTO_JSON json_t *why = is_of_ns(w, v[i]) ? why_not(w, kinds[k], v[i]) : json_null();
			const struct ing_finding f = {.ingress = owner, .message = (char[1]){0}};
			if (!owner || !why)
				l.failed = true;
			else if (!json_is_null(why) && show_has_finding(w, &f, NULL))
				push(&l,
				     json_pack("{s:o,s:O}", "object",
					       json_sprintf("%s %s/%s", kinds[k], obj_namespace(v[i]), obj_name(v[i])),
					       "why", why));
		}
		free(v);
	}
	return list_end(&l);
}
