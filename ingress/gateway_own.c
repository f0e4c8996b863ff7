/*
 * Gateways with an address of their own: what parameters say, which ports of the nodes theirs are by the Services that
 * there are, and how these Services should be.
 */
#include <errno.h>
#include <string.h>
#include "api/object.h"
#include "base/cleanup.h"
#include "base/str.h"
#include "ingress/gateway_build.h"

#define KEY_SERVICE   "service"
#define ADDRESSES_MAX 16 /* of a Gateway's status, by its schema */
#define NAME_MAX_LEN  63

/* --- parameters --- */

int rec_gateway_params(struct rec_gateway_params *ret, const json_t *o)
{
	static const struct {
		const char *value;
		enum rec_gateway_service service;
	} all[] = {{"None", REC_SERVICE_NONE}, {"ClusterIP", REC_SERVICE_CLUSTER}, {"LoadBalancer", REC_SERVICE_BALANCER}};
	const char *value = NULL, *key, *unknown = NULL;
	json_t *v;

	*ret = (struct rec_gateway_params){0};
	json_object_foreach (json_object_get(o, "data"), key, v) {
		if (streq(key, KEY_SERVICE))
			value = json_string_value(v) ? json_string_value(v) : "";
		else if (!unknown || strcmp(key, unknown) < 0)
			unknown = key;
	}
	json_object_foreach (json_object_get(o, "binaryData"), key, v)
		unknown = unknown ? unknown : key;
	for (size_t i = 0; value && i < ARRAY_LEN(all); i++)
		if (streq(value, all[i].value))
			ret->service = all[i].service;
	if (unknown)
		ret->fault = str_fmt("key %.60s is not known: " KEY_SERVICE " is", unknown);
	else if (value && !ret->service)
		ret->fault = str_fmt(KEY_SERVICE " is %.60s: it must be ClusterIP, LoadBalancer or None", *value ? value : "empty");
	return (unknown || (value && !ret->service)) && !ret->fault ? -ENOMEM : 0;
}

static int params_of(struct gw_build *b, const struct gw_ref *ref, const char *ns, const char *what, enum rec_gateway_service *ret,
		     struct gw_fault *fault)
{
	AUTO_FREE char *key = str_fmt("%s/%s", ns ? ns : "", ref->name);

	if (!key)
		return -ENOMEM;
	if (*ref->group || !streq(ref->kind, "ConfigMap"))
		return gw_fault_set(fault, "InvalidParameters", "%s: parameters are in a ConfigMap, not in %.60s of group \"%.60s\"", what,
				    ref->kind, ref->group);
	if (!ns || !*ns || !*ref->name || strchr(ns, '/') || strchr(ref->name, '/'))
		return gw_fault_set(fault, "InvalidParameters", "%s: \"%.320s\" is no namespace and name of a ConfigMap", what, key);
	char **slot = REC_GROW(b->t.configmaps, b->t.n_configmaps);
	if (!slot || !(*slot = str_dup(key)))
		return -ENOMEM;
	const struct rec_configmap *c = map_get(b->m->configmaps, key);
	if (!c)
		return gw_fault_set(fault, "InvalidParameters", "%s: ConfigMap %s does not exist", what, key);
	if (c->gateway.fault)
		return gw_fault_set(fault, "InvalidParameters", "%s: ConfigMap %s: %s", what, key, c->gateway.fault);
	*ret = c->gateway.service ? c->gateway.service : *ret;
	return 0;
}

int gw_params(struct gw_build *b, const struct gw_class *c, const struct gw_gateway *g, enum rec_gateway_service *ret, struct gw_fault *fault)
{
	AUTO_FREE char *what = g ? str_fmt("parametersRef of GatewayClass %.253s", c->name) : str_dup("parametersRef");
	int code = what ? 0 : -ENOMEM;

	*ret = REC_SERVICE_NONE;
	if (!code && c->parameters)
		code = params_of(b, &c->ref, c->ref.ns, what, ret, fault);
	if (!code && g && g->parameters)
		code = params_of(b, &g->ref, g->ns, "infrastructure.parametersRef", ret, fault);
	if (!code && *ret != REC_SERVICE_NONE && b->f->lacks_services)
		code = gw_fault_set(fault, "InvalidParameters",
				    KEY_SERVICE ": Services are made by minik server alone, not by minik ingress beside another control plane");
	return code;
}

/* --- Services --- */

static bool is_label(const char *s)
{
	return *s >= 'a' && *s <= 'z' && str_only(s, "abcdefghijklmnopqrstuvwxyz0123456789-");
}

/* Names of Gateways may be longer, and have dots. */
static char *service_name(const char *gateway)
{
	char part[46];

	if (is_label(gateway) && strlen(gateway) <= NAME_MAX_LEN - strlen(GATEWAY_SERVICE_SUFFIX))
		return str_fmt("%s" GATEWAY_SERVICE_SUFFIX, gateway);
	(void)str_copy(part, sizeof(part), gateway);
	for (char *p = part; *p; p++)
		*p = (*p >= 'a' && *p <= 'z') || (*p >= '0' && *p <= '9') ? *p : '-';
	return str_fmt("gw-%s-%08x" GATEWAY_SERVICE_SUFFIX, part, (unsigned)(str_hash(gateway, strlen(gateway)) & 0xffffffff));
}

static int add_address(struct gw_service *s, const char *type, const char *value)
{
	if (!value || !*value || streq(value, "None") || json_array_size(s->addresses) >= ADDRESSES_MAX)
		return 0;
	return json_array_append_new(s->addresses, json_pack("{s:s,s:s}", "type", type, "value", value)) < 0 ? -ENOMEM : 0;
}

static int addresses_parse(struct gw_service *s, const json_t *o)
{
	const char *type = json_str_or(o, "spec.type", "ClusterIP");
	const json_t *x;
	int code = 0;
	size_t i;

	if (streq(type, "ClusterIP"))
		json_array_foreach (json_dot(o, "spec.clusterIPs"), i, x)
			code = code ? code : add_address(s, "IPAddress", json_string_value(x));
	if (streq(type, "LoadBalancer"))
		json_array_foreach (json_dot(o, "status.loadBalancer.ingress"), i, x) {
			code = code ? code : add_address(s, "IPAddress", json_str(x, "ip"));
			code = code || json_str(x, "ip") ? code : add_address(s, "Hostname", json_str(x, "hostname"));
		}
	return code;
}

static int controller_parse(struct gw_service *s, const json_t *o)
{
	const json_t *x;
	size_t i;

	json_array_foreach (json_dot(o, "metadata.ownerReferences"), i, x) {
		if (!json_bool_or(x, "controller", false) || !streq(json_str(x, "kind"), "Gateway") ||
		    !str_has_prefix(json_str_or(x, "apiVersion", ""), GATEWAY_GROUP "/") || !obj_label(o, GATEWAY_NAME_LABEL))
			continue;
		s->owner = str_dup(json_str_or(x, "uid", ""));
		s->gateway = str_dup(json_str_or(x, "name", ""));
		return s->owner && s->gateway ? 0 : -ENOMEM;
	}
	return 0;
}

struct gw_service *gw_service_new(const char *ns, const char *name, const json_t *o)
{
	struct gw_service *s = calloc(1, sizeof(*s));
	const json_t *x;
	size_t i;

	if (!s)
		return NULL;
	s->ns = str_dup(ns);
	s->name = str_dup(name);
	s->key = str_fmt("%s/%s", ns, name);
	s->addresses = json_array();
	bool bad = !s->ns || !s->name || !s->key || !s->addresses || controller_parse(s, o) < 0 || addresses_parse(s, o) < 0;
	json_array_foreach (json_dot(o, "spec.ports"), i, x) {
		int64_t port = json_int_or(x, "port", 0), to = json_int_or(x, "targetPort", 0);
		if (bad || !streq(json_str_or(x, "protocol", "TCP"), "TCP") || port < 1 || port > 65535 || to < GATEWAY_PORT_FIRST ||
		    to > GATEWAY_PORT_LAST)
			continue;
		struct gw_own_port *slot = REC_GROW(s->ports, s->n_ports);
		bad = !slot;
		if (slot)
			*slot = (struct gw_own_port){(uint16_t)port, (uint16_t)to};
	}
	if (bad) {
		gw_service_free(s);
		return NULL;
	}
	return s;
}

void gw_service_free(void *p)
{
	struct gw_service *s = p;

	json_decref(s->addresses);
	free(s->ports);
	free(s->ns);
	free(s->name);
	free(s->key);
	free(s->owner);
	free(s->gateway);
	free(s);
}

/* --- the nodes' ports --- */

static bool *used(struct gw_build *b, uint16_t port) /* of the range */
{
	return &b->used[port - GATEWAY_PORT_FIRST];
}

static void use(struct gw_build *b, uint16_t port)
{
	if (port >= GATEWAY_PORT_FIRST && port <= GATEWAY_PORT_LAST)
		*used(b, port) = true;
}

static bool is_taken(const struct gateway_facts *f, uint16_t port)
{
	return gw_taken(f, port) || port == f->http_port || port == f->https_port;
}

static const struct gw_own_port *port_of(const struct gw_own_port *v, size_t n, uint16_t port)
{
	for (size_t i = 0; i < n; i++)
		if (v[i].port == port)
			return &v[i];
	return NULL;
}

static int read_service(struct gw_build *b, struct gw_served *s)
{
	AUTO_FREE char *key = NULL;

	s->service_name = service_name(s->g->name);
	key = s->service_name ? str_fmt("%s/%s", s->g->ns, s->service_name) : NULL;
	if (!key)
		return -ENOMEM;
	const struct gw_service *has = map_get(b->g->services, key);
	if (has && !(has->owner && streq(has->owner, s->g->uid)))
		return !gw_is_own(s) ? 0
				     : gw_fault_set(&s->unusable, "AddressNotAssigned",
						    "Service %s is there and not the Gateway's (which is not its controller): delete it", key);
	s->has = has;
	for (size_t i = 0; has && i < has->n_ports; i++) {
		const struct gw_own_port *p = &has->ports[i];
		if (*used(b, p->to) || is_taken(b->f, p->to) || port_of(s->ports, s->n_ports, p->port))
			continue;
		struct gw_own_port *slot = REC_GROW(s->ports, s->n_ports);
		if (!slot)
			return -ENOMEM;
		*slot = *p;
		use(b, p->to);
	}
	s->n_written = s->n_ports;
	return 0;
}

/* The Gateway that a Service says it is of, if it is right. */
static const struct gw_gateway *gateway_of(const struct gw_build *b, const struct gw_service *s)
{
	AUTO_FREE char *key = s->owner ? str_fmt("%s/%s", s->ns, s->gateway) : NULL;
	const struct gw_gateway *g = key ? map_get(b->g->gateways, key) : NULL;

	return g && streq(g->uid, s->owner) ? g : NULL;
}

int gw_own_read(struct gw_build *b)
{
	struct map_iter it = MAP_ITER_INIT;
	int code = 0;

	for (size_t i = 0; !code && i < b->n_served; i++) {
		struct gw_served *s = &b->served[i];
		code = gw_params(b, map_get(b->g->classes, s->g->class), s->g, &s->service, &s->fault);
		code = code ? code : read_service(b, s);
	}
	/* What is to be given to nobody, though it is nobody's among these. */
	while (!code && map_next(b->g->services, &it)) {
		const struct gw_service *s = it.value;
		for (size_t i = 0; i < s->n_ports && gateway_of(b, s); i++)
			use(b, s->ports[i].to);
	}
	for (size_t i = 0; i < b->n_served; i++)
		for (size_t k = 0; !gw_is_own(&b->served[i]) && k < b->served[i].g->n_listeners; k++)
			use(b, b->served[i].g->listeners[k].port);
	for (size_t i = 0; i < b->f->n_taken; i++)
		use(b, b->f->taken[i]);
	use(b, b->f->http_port);
	use(b, b->f->https_port);
	return code;
}

/* From where its hash says, so that one that was just somebody's is not the next one's; of one that cannot be kept, behind it. */
static uint16_t choose(struct gw_build *b, const struct gw_served *s, uint16_t port)
{
	const unsigned n = GATEWAY_PORT_LAST - GATEWAY_PORT_FIRST + 1;
	const struct gw_own_port *had = s->has ? port_of(s->has->ports, s->has->n_ports, port) : NULL;
	AUTO_FREE char *text = str_fmt("%s %u", s->g->key, port);
	unsigned from = had ? had->to - GATEWAY_PORT_FIRST + 1u : text ? (unsigned)(str_hash(text, strlen(text)) % n) : 0;

	for (unsigned i = 0; i < n; i++)
		if (!b->used[(from + i) % n])
			return (uint16_t)(GATEWAY_PORT_FIRST + (from + i) % n);
	return 0;
}

int gw_own_scope(struct gw_build *b, struct gw_served *s, struct gw_point *p)
{
	const struct gw_own_port *had = port_of(s->ports, s->n_ports, p->l->port);

	if (!had) {
		uint16_t to = choose(b, s, p->l->port);
		if (!to)
			return gw_fault_set(&p->accepted, "PortUnavailable", "none of the nodes' ports %d to %d is left", GATEWAY_PORT_FIRST,
					    GATEWAY_PORT_LAST);
		struct gw_own_port *slot = REC_GROW(s->ports, s->n_ports);
		if (!slot)
			return -ENOMEM;
		*slot = (struct gw_own_port){p->l->port, to};
		use(b, to);
		had = slot;
	}
	bool written = (size_t)(had - s->ports) < s->n_written;
	p->scope = written || b->f->imagine ? had->to : 0;
	return 0;
}

bool gw_own_has(const struct gw_build *b, uint16_t port, const char **ret_gateway)
{
	for (size_t i = 0; i < b->n_served; i++)
		for (size_t k = 0; gw_is_own(&b->served[i]) && k < b->served[i].n_ports; k++)
			if (b->served[i].ports[k].to == port) {
				*ret_gateway = b->served[i].g->key;
				return true;
			}
	return false;
}

/* --- how Services should be --- */

/* *copied: the keys, as GATEWAY_COPIED has them. */
static int copy_texts(json_t *to, const json_t *from, char kind, struct buf *copied)
{
	const char *key;
	json_t *v;

	json_object_foreach ((json_t *)(uintptr_t)from, key, v) {
		if (!json_is_string(v) || streq(key, GATEWAY_NAME_LABEL) || streq(key, GATEWAY_COPIED))
			continue;
		buf_addf(copied, "%s%c:%s", copied->len ? " " : "", kind, key);
		if (json_object_set(to, key, v) < 0)
			return -ENOMEM;
	}
	return buf_failed(copied) ? -ENOMEM : 0;
}

/* Ports of accepted listeners, in the order of numbers. */
static int add_ports(const struct gw_build *b, const struct gw_served *s, json_t *list)
{
	for (uint32_t last = 0, next = 0; next <= 65535; last = next) {
		next = 65536;
		for (size_t i = s->first; i < s->first + s->g->n_listeners; i++) {
			const struct gw_point *p = &b->points[i];
			if (!p->accepted.reason && !p->conflict.reason && p->l->port > last && p->l->port < next)
				next = p->l->port;
		}
		const struct gw_own_port *own = next <= 65535 ? port_of(s->ports, s->n_ports, (uint16_t)next) : NULL;
		if (own && json_array_append_new(list, json_pack("{s:o,s:i,s:s,s:i}", "name", json_sprintf("p%u", own->port), "port",
								 own->port, "protocol", "TCP", "targetPort", own->to)) < 0)
			return -ENOMEM;
	}
	return 0;
}

static json_t *want(const struct gw_build *b, const struct gw_served *s)
{
	const struct gw_gateway *g = s->g;
	AUTO_BUF struct buf copied = {0};
	AUTO_JSON json_t *o = json_pack(
	    "{s:s,s:s,s:{s:s,s:s,s:{s:s},s:{},s:[{s:s,s:s,s:s,s:s,s:b}]},s:{s:s,s:s,s:[]}}", "apiVersion", "v1", "kind", "Service",
	    "metadata", "name", s->service_name, "namespace", g->ns, "labels", GATEWAY_NAME_LABEL,
	    strlen(g->name) <= NAME_MAX_LEN ? g->name : s->service_name, "annotations", "ownerReferences", "apiVersion",
	    GATEWAY_GROUP "/v1", "kind", "Gateway", "name", g->name, "uid", g->uid, "controller", true, "spec", "type",
	    s->service == REC_SERVICE_BALANCER ? "LoadBalancer" : "ClusterIP", "ipFamilyPolicy", "PreferDualStack", "ports");

	if (!o || copy_texts(json_dot(o, "metadata.labels"), g->labels, 'l', &copied) < 0 ||
	    copy_texts(json_dot(o, "metadata.annotations"), g->annotations, 'a', &copied) < 0 ||
	    (copied.len && json_object_set_new(json_dot(o, "metadata.annotations"), GATEWAY_COPIED, json_string(copied.data)) < 0) ||
	    add_ports(b, s, json_dot(o, "spec.ports")) < 0)
		return NULL;
	return json_incref(o);
}

static int add_service(struct gw_build *b, const char *ns, const char *name, json_t *o)
{
	struct gateway_service *x = REC_GROW(b->out.services, b->out.n_services);

	if (!x) {
		json_decref(o);
		return -ENOMEM;
	}
	*x = (struct gateway_service){str_dup(ns), str_dup(name), o};
	return x->ns && x->name ? 0 : -ENOMEM;
}

static int add_own(struct gw_build *b, const struct gw_served *s)
{
	for (size_t i = 0; i < s->n_ports; i++) {
		bool scope = false;
		for (size_t k = s->first; k < s->first + s->g->n_listeners; k++)
			scope = scope || b->points[k].scope == s->ports[i].to;
		struct gateway_own *x = scope ? REC_GROW(b->out.own, b->out.n_own) : NULL;
		if (!scope)
			continue;
		if (!x || !(x->gateway = str_dup(s->g->key)))
			return -ENOMEM;
		x->scope = s->ports[i].to;
		x->port = s->ports[i].port;
	}
	return 0;
}

/* While parameters cannot be read, or no listener is accepted, it stays as it is: its address may be known to many. */
static int of_served(struct gw_build *b, const struct gw_served *s)
{
	if (s->fault.reason || s->unusable.reason)
		return 0;
	if (!gw_is_own(s))
		return s->has ? add_service(b, s->g->ns, s->service_name, NULL) : 0;
	json_t *o = want(b, s);
	if (!o)
		return -ENOMEM;
	if (!json_array_size(json_dot(o, "spec.ports"))) {
		json_decref(o);
		return 0;
	}
	int code = add_service(b, s->g->ns, s->service_name, o);
	return code ? code : add_own(b, s);
}

int gw_own_outcome(struct gw_build *b)
{
	struct map_iter it = MAP_ITER_INIT;
	int code = 0;

	for (size_t i = 0; !code && i < b->n_served; i++)
		code = of_served(b, &b->served[i]);
	/* Of a Gateway that has gone over to another controller; what belongs to none at all the garbage collector takes. */
	while (!code && map_next(b->g->services, &it)) {
		const struct gw_service *s = it.value;
		const struct gw_gateway *g = gateway_of(b, s);
		if (!g || map_has(b->g->classes, g->class))
			continue;
		AUTO_FREE char *name = service_name(g->name);
		code = !name ? -ENOMEM : streq(name, s->name) ? add_service(b, s->ns, s->name, NULL) : 0;
	}
	return code;
}
