/* Gateways' listeners: which are served, and what is said of them. */
#include <errno.h>
#include "base/buf.h"
#include "base/cleanup.h"
#include "base/str.h"
#include "ingress/gateway_build.h"
#include "ingress/gateway_crds.h"

int gw_condition(json_t *list, const char *type, bool holds, const char *reason, const char *message,
		 int64_t generation)
{
	return json_array_append_new(list, json_pack("{s:s,s:s,s:s,s:s,s:I}", "type", type, "status",
						     holds ? "True" : "False", "reason", reason, "message", message,
						     "observedGeneration", (json_int_t)generation)) < 0
		   ? -ENOMEM
		   : 0;
}

int gw_tell(struct gw_build *b, enum gateway_kind kind, const char *ns, const char *name, json_t *status)
{
	struct gateway_status *s = status ? REC_GROW(b->out.statuses, b->out.n_statuses) : NULL;

	if (!s) {
		json_decref(status);
		return -ENOMEM;
	}
	s->kind = kind;
	s->status = status;
	s->ns = str_dup(ns);
	s->name = str_dup(name);
	return (!ns || s->ns) && s->name ? 0 : -ENOMEM;
}

static bool refs_have(const struct gw_ref *v, size_t n, const char *group, const char *kind, const char *ns,
		      const char *name)
{
	for (size_t i = 0; i < n; i++)
		if (streq(v[i].group, group) && streq(v[i].kind, kind) && (!ns || (v[i].ns && streq(v[i].ns, ns))) &&
		    (!name || !*v[i].name || streq(v[i].name, name)))
			return true;
	return false;
}

bool gw_granted(const struct gateway_model *g, const char *from_kind, const char *from_ns, const char *to_kind,
		const char *to_ns, const char *to_name)
{
	struct map_iter it = MAP_ITER_INIT;

	while (map_next(g->grants, &it)) {
		const struct gw_grant *t = it.value;
		if (streq(t->ns, to_ns) && refs_have(t->from, t->n_from, GATEWAY_GROUP, from_kind, from_ns, NULL) &&
		    refs_have(t->to, t->n_to, "", to_kind, NULL, to_name))
			return true;
	}
	return false;
}

/* --- listeners --- */

static bool is_https(const struct gw_point *p)
{
	return streq(p->l->protocol, "HTTPS");
}

static int judge_protocol(struct gw_point *p)
{
	const struct gw_listener *l = p->l;

	p->kinds = streq(l->protocol, "HTTP") || is_https(p);
	if (!p->kinds)
		return gw_fault_set(&p->accepted, "UnsupportedProtocol",
				    "protocol %.60s is not supported: HTTP and HTTPS are", l->protocol);
	if (!l->port || !*l->host)
		return gw_fault_set(&p->accepted, "UnsupportedValue", "the listener has no valid port or hostname");
	if (is_https(p) ? l->passthrough : l->n_certs > 0)
		return gw_fault_set(&p->accepted, "UnsupportedValue",
				    is_https(p) ? "TLS is terminated here: mode Passthrough is not supported"
						: "a listener of HTTP has no tls");
	if (is_https(p) && p->gateway->frontend)
		return gw_fault_set(
		    &p->accepted, "UnsupportedValue",
		    "spec.tls (client certificates) is not supported, and without it everybody could come in");
	return 0;
}

static int cmp_taken(const void *a, const void *b)
{
	return (int)*(const uint16_t *)a - (int)*(const uint16_t *)b;
}

bool gw_taken(const struct gateway_facts *f, uint16_t port)
{
	return f->n_taken && bsearch(&port, f->taken, f->n_taken, sizeof(*f->taken), cmp_taken);
}

static struct gw_port *port_find(struct gw_build *b, uint16_t port)
{
	for (size_t i = 0; i < b->n_ports; i++)
		if (b->ports[i].port == port)
			return &b->ports[i];
	return NULL;
}

/* Whoever makes Gateways must not be able to make sockets without end. */
static int port_count(struct gw_build *b, struct gw_point *p)
{
	if (b->n_own_ports == GATEWAY_PORTS_MAX)
		return gw_fault_set(&p->accepted, "PortUnavailable",
				    "older Gateways have %d ports already, which is what all of them may have together",
				    GATEWAY_PORTS_MAX);
	b->n_own_ports++;
	return 0;
}

/* The first that has it. */
static int port_take(struct gw_build *b, struct gw_point *p)
{
	int code = p->l->port != b->f->http_port && p->l->port != b->f->https_port ? port_count(b, p) : 0;

	if (!code && !p->accepted.reason)
		b->ports[b->n_ports++] = (struct gw_port){p->l->port, p};
	return code;
}

/* Listeners of one Gateway exclude each other; *ret_first: the first that has the port, or NULL. */
static int judge_siblings(const struct gw_build *b, const struct gw_served *s, struct gw_point *p, const struct gw_point **ret_first)
{
	*ret_first = NULL;
	for (const struct gw_point *q = b->points + s->first; q < p; q++) {
		if (q->l->port != p->l->port || q->accepted.reason || q->conflict.reason)
			continue;
		*ret_first = *ret_first ? *ret_first : q;
		if (is_https(p) != is_https(q))
			return gw_fault_set(&p->conflict, "ProtocolConflict", "listener %.100s has protocol %s on port %u",
					    q->l->name, q->l->protocol, p->l->port);
		if (streq(q->l->host, p->l->host))
			return gw_fault_set(&p->conflict, "HostnameConflict",
					    "listener %.100s has the same hostname on port %u", q->l->name, q->l->port);
	}
	return 0;
}

/* Of two that exclude each other the first in the older Gateway stays. */
static int judge_conflicts(struct gw_build *b, const struct gw_served *s, struct gw_point *p)
{
	const struct gateway_facts *f = b->f;
	const struct gw_point *first;
	const char *other;

	if (!p->own && p->l->port == f->http_port && is_https(p))
		return gw_fault_set(&p->accepted, "PortUnavailable", "port %u is where Ingress speaks HTTP",
				    p->l->port);
	if (!p->own && p->l->port == f->https_port && !is_https(p))
		return gw_fault_set(&p->accepted, "PortUnavailable", "port %u is where Ingress speaks HTTPS",
				    p->l->port);
	if (!p->own && gw_own_has(b, p->l->port, &other))
		return gw_fault_set(&p->accepted, "PortUnavailable", "port %u of the nodes is Gateway %s's own", p->l->port, other);
	if (!p->own && gw_taken(f, p->l->port))
		return gw_fault_set(&p->accepted, "PortUnavailable",
				    "another program of a node listens on port %u", p->l->port);
	int code = judge_siblings(b, s, p, &first);
	if (code || p->conflict.reason)
		return code;
	if (p->own)
		return first ? 0 : port_count(b, p);
	const struct gw_port *has = port_find(b, p->l->port);
	if (!has)
		return port_take(b, p);
	return is_https(p) == is_https(has->first)
		   ? 0
		   : gw_fault_set(&p->accepted, "PortUnavailable", "the older Gateway %s has protocol %s on port %u",
				  has->first->gateway->key, has->first->l->protocol, p->l->port);
}

static int judge_cert(struct gw_build *b, struct gw_point *p, const struct gw_ref *c, struct gw_fault *fault)
{
	const char *ns = c->ns ? c->ns : p->gateway->ns;
	AUTO_FREE char *key = str_fmt("%s/%s", ns, c->name);

	if (!key)
		return -ENOMEM;
	if (*c->group || !streq(c->kind, "Secret"))
		return gw_fault_set(fault, "InvalidCertificateRef",
				    "certificates are in Secrets, not in %.60s of group \"%.60s\"", c->kind, c->group);
	if (!streq(ns, p->gateway->ns) && !gw_granted(b->g, "Gateway", p->gateway->ns, "Secret", ns, c->name))
		return gw_fault_set(fault, "RefNotPermitted",
				    "no ReferenceGrant in namespace %s lets Gateways of %s use Secret %s", ns,
				    p->gateway->ns, c->name);
	char **slot = REC_GROW(b->t.secrets, b->t.n_secrets);
	if (!slot || !(*slot = str_dup(key)))
		return -ENOMEM;
	const struct rec_secret *s = map_get(b->m->secrets, key);
	if (!s)
		return gw_fault_set(fault, "InvalidCertificateRef",
				    "Secret %s of type kubernetes.io/tls does not exist", key);
	if (s->fault)
		return gw_fault_set(fault, "InvalidCertificateRef", "Secret %s: %s", key, s->fault);
	if (p->n_certs == GATEWAY_CERTS_MAX)
		return gw_fault_set(fault, "InvalidCertificateRef", "a listener has %d certificates at most",
				    GATEWAY_CERTS_MAX);
	p->certs[p->n_certs++] = s;
	if (!p->cert_key)
		p->cert_key = TAKE_PTR(key);
	return 0;
}

static int judge_refs(struct gw_build *b, struct gw_point *p)
{
	int code = 0;

	if (!is_https(p))
		return 0;
	if (!p->l->n_certs)
		return gw_fault_set(&p->refs, "InvalidCertificateRef", "the listener names no certificate");
	for (size_t i = 0; !code && i < p->l->n_certs; i++) {
		struct gw_fault one = {0};
		code = judge_cert(b, p, &p->l->certs[i], &one);
		int more = gw_ref_fault(b, "gateway", p->gateway->key, p->l->name, &one, &p->refs);
		code = code ? code : more;
	}
	return code;
}

static int judge(struct gw_build *b, struct gw_served *s, struct gw_point *p)
{
	bool served = !s->fault.reason && !s->unusable.reason;
	int code = judge_protocol(p);

	p->own = gw_is_own(s);
	if (!code && !p->accepted.reason && served)
		code = judge_conflicts(b, s, p);
	code = code ? code : judge_refs(b, p);
	p->scope = p->own ? 0 : p->l->port;
	if (!code && served && p->own && !p->accepted.reason && !p->conflict.reason)
		code = gw_own_scope(b, s, p);
	p->waits = served && p->own && !p->scope && !p->accepted.reason && !p->conflict.reason;
	p->live = served && p->scope && !p->accepted.reason && !p->conflict.reason && !p->refs.reason;
	/* Served all the same, for the kinds that there are. */
	if (!code && p->l->bad_kinds)
		code = gw_fault_set(&p->refs, "InvalidRouteKinds", "routes of a listener of %s are HTTPRoutes",
				    p->l->protocol);
	return code;
}

static bool has_address(const char *const *list, const char *a)
{
	for (; list && *list; list++)
		if (streq(*list, a))
			return true;
	return false;
}

static int judge_gateway(struct gw_build *b, struct gw_served *s)
{
	const struct gw_gateway *g = s->g;

	if (s->fault.reason)
		return 0;
	for (size_t i = 0; i < g->n_addresses; i++)
		if (!*g->addresses[i])
			return gw_fault_set(&s->fault, "UnsupportedAddress",
					    "addresses[%zu]: addresses are IP addresses, of type IPAddress", i);
	if (g->n_addresses && gw_is_own(s))
		return gw_fault_set(&s->fault, "UnsupportedAddress",
				    "addresses[0]: the address is the Service's, which is asked for by annotations (infrastructure.annotations)");
	for (size_t i = 0; i < g->n_addresses && !b->f->any_address; i++)
		if (!has_address(b->f->addresses, g->addresses[i]) && !has_address(b->f->others, g->addresses[i]))
			return gw_fault_set(&s->unusable, "AddressNotUsable", "address %s is no node's",
					    g->addresses[i]);
	return 0;
}

int gw_judge_all(struct gw_build *b)
{
	size_t n = 0;
	int code = 0;

	for (size_t i = 0; i < b->n_served; i++)
		n += b->served[i].g->n_listeners;
	b->points = calloc(n + 1, sizeof(*b->points));
	if (!b->points)
		return -ENOMEM;
	for (size_t i = 0; !code && i < b->n_served; i++) {
		struct gw_served *s = &b->served[i];
		s->first = b->n_points;
		code = judge_gateway(b, s);
		for (size_t k = 0; !code && k < s->g->n_listeners; k++) {
			struct gw_point *p = &b->points[b->n_points++];
			p->gateway = s->g;
			p->l = &s->g->listeners[k];
			code = judge(b, s, p);
		}
	}
	return code;
}

/* --- statuses --- */

static int tell_point(json_t *list, const struct gw_served *s, const struct gw_point *p)
{
	AUTO_FREE char *waits = p->waits ? str_fmt("Service %s/%s has no port for it yet", s->g->ns, s->service_name) : NULL;
	int64_t at = p->gateway->generation;
	json_t *o = json_pack("{s:s,s:i,s:[],s:[]}", "name", p->l->name, "attachedRoutes", (int)p->attached,
			      "supportedKinds", "conditions");
	json_t *conditions = json_object_get(o, "conditions");
	const struct gw_fault *a = &p->accepted, *c = &p->conflict, *r = &p->refs;

	if (!o || json_array_append_new(list, o) < 0 || (p->waits && !waits))
		return -ENOMEM;
	if (p->kinds && p->l->routes &&
	    json_array_append_new(json_object_get(o, "supportedKinds"),
				  json_pack("{s:s,s:s}", "group", GATEWAY_GROUP, "kind", "HTTPRoute")) < 0)
		return -ENOMEM;
	const struct gw_fault *no = a->reason ? a : c->reason ? c : NULL;
	int code = gw_condition(conditions, "Accepted", !no, no ? no->reason : "Accepted", no ? no->message : "", at);
	code = code ? code
		    : gw_condition(conditions, "Conflicted", c->reason != NULL, c->reason ? c->reason : "NoConflicts",
				   c->reason ? c->message : "", at);
	code = code ? code
		    : gw_condition(conditions, "ResolvedRefs", !r->reason, r->reason ? r->reason : "ResolvedRefs",
				   r->reason ? r->message : "", at);
	no = no ? no : r->reason ? r : NULL;
	return code ? code
		    : gw_condition(conditions, "Programmed", p->live,
				   p->live		? "Programmed"
				   : p->waits && !no ? "Pending"
						     : "Invalid",
				   p->live ? ""
				   : no    ? no->message
				   : waits ? waits
					   : "nothing of the Gateway is served: see its conditions",
				   at);
}

static int tell_addresses(const struct gw_build *b, const struct gw_served *s, json_t *list)
{
	const struct gw_gateway *g = s->g;

	if (gw_is_own(s))
		return s->has && json_array_extend(list, s->has->addresses) < 0 ? -ENOMEM : 0;
	for (const char *const *a = b->f->addresses; a && *a; a++) {
		bool wanted = !g->n_addresses;
		for (size_t i = 0; i < g->n_addresses; i++)
			wanted = wanted || streq(g->addresses[i], *a);
		if (wanted && json_array_append_new(list, json_pack("{s:s,s:s}", "type", "IPAddress", "value", *a)) < 0)
			return -ENOMEM;
	}
	return 0;
}

int gw_tell_gateway(struct gw_build *b, const struct gw_served *s)
{
	json_t *status = json_pack("{s:[],s:[],s:[]}", "addresses", "conditions", "listeners");
	json_t *conditions = json_object_get(status, "conditions");
	int64_t at = s->g->generation;
	size_t bad = 0, live = 0, n = s->g->n_listeners;
	const struct gw_fault *whole = s->fault.reason ? &s->fault : &s->unusable;
	const char *message = whole->message;
	AUTO_BUF struct buf names = {0};
	int code = gw_tell(b, GATEWAY, s->g->ns, s->g->name, status);

	for (size_t i = s->first; !code && i < s->first + n; i++) {
		const struct gw_point *p = &b->points[i];
		bool good = !p->accepted.reason && !p->conflict.reason;
		if (!good)
			buf_addf(&names, "%s%s", bad++ ? ", " : "", p->l->name);
		live += p->live;
		message = message || (good && !p->refs.reason) ? message
			  : good                               ? p->refs.message
			  : p->accepted.reason                 ? p->accepted.message
							       : p->conflict.message;
		code = tell_point(json_object_get(status, "listeners"), s, p);
	}
	AUTO_FREE char *many = bad > 1 && !whole->reason && !buf_failed(&names)
				   ? str_fmt("listeners %s, each for what its conditions say; the first: %s", names.data, message ? message : "")
				   : NULL;
	message = many ? many : message;
	bool accepted = !s->fault.reason && bad < n, nowhere = gw_is_own(s) && (!s->has || !json_array_size(s->has->addresses));
	bool waits = accepted && !s->unusable.reason && gw_is_own(s) && (nowhere || (!live && s->n_written < s->n_ports));
	AUTO_FREE char *wait = waits ? str_fmt("Service %s/%s %s", s->g->ns, s->service_name,
					       !s->has  ? "is not there yet"
					       : nowhere ? "has no address yet"
							 : "has not all ports yet")
				     : NULL;
	if (waits && !wait)
		return -ENOMEM;
	code = code ? code
		    : gw_condition(conditions, "Accepted", accepted,
				   s->fault.reason ? s->fault.reason
				   : bad           ? "ListenersNotValid"
						   : "Accepted",
				   (s->fault.reason || bad) && message ? message : "", at);
	code = code ? code
		    : gw_condition(conditions, "Programmed", live > 0 && !waits,
				   waits		? "AddressNotAssigned"
				   : live               ? "Programmed"
				   : s->unusable.reason ? s->unusable.reason
							: "Invalid",
				   waits		? wait
				   : live || !message ? ""
						      : message,
				   at);
	return code || !live ? code : tell_addresses(b, s, json_object_get(status, "addresses"));
}

/* With Services, without. */
#define INFRASTRUCTURE	 "GatewayInfrastructurePropagation"
#define STATIC_ADDRESSES "GatewayStaticAddresses"
/* Names as the conformance tests of the Gateway API have them, in order. */
static const char *const features[] = {"Gateway",
				       "GatewayAddressEmpty",
				       "GatewayHTTPListenerIsolation",
				       "GatewayHTTPSListenerDetectMisdirectedRequests",
				       INFRASTRUCTURE,
				       "GatewayPort8080",
				       STATIC_ADDRESSES,
				       "HTTPRoute",
				       "HTTPRoute303RedirectStatusCode",
				       "HTTPRoute307RedirectStatusCode",
				       "HTTPRoute308RedirectStatusCode",
				       "HTTPRouteBackendProtocolH2C",
				       "HTTPRouteBackendProtocolWebSocket",
				       "HTTPRouteBackendRequestHeaderModification",
				       "HTTPRouteBackendTimeout",
				       "HTTPRouteCORS",
				       "HTTPRouteDestinationPortMatching",
				       "HTTPRouteHostRewrite",
				       "HTTPRouteMethodMatching",
				       "HTTPRouteNamedRouteRule",
				       "HTTPRouteParentRefPort",
				       "HTTPRoutePathRedirect",
				       "HTTPRoutePathRewrite",
				       "HTTPRoutePortRedirect",
				       "HTTPRouteQueryParamMatching",
				       "HTTPRouteRequestMirror",
				       "HTTPRouteRequestMultipleMirrors",
				       "HTTPRouteRequestPercentageMirror",
				       "HTTPRouteRequestTimeout",
				       "HTTPRouteResponseHeaderModification",
				       "HTTPRouteSchemeRedirect",
				       "ReferenceGrant"};

int gw_tell_class(struct gw_build *b, const struct gw_class *c)
{
	json_t *status = json_pack("{s:[],s:[]}", "conditions", "supportedFeatures");
	json_t *conditions = json_object_get(status, "conditions");
	bool known = b->f->bundle && str_has_prefix(b->f->bundle, "v1.");
	char text[200] = "";
	struct gw_served s = {0};
	struct gw_fault fault = {0};
	int code = gw_tell(b, GATEWAY_CLASS, NULL, c->name, status);

	code = code ? code : gw_params(b, c, NULL, &s.service, &fault);
	if (!known)
		(void)snprintf(text, sizeof(text), "the CRDs are of version %.60s; v1 is what is known here",
			       b->f->bundle ? b->f->bundle : "unknown");
	code = code ? code
		    : gw_condition(conditions, "Accepted", !fault.reason, fault.reason ? fault.reason : "Accepted",
				   fault.reason ? fault.message : "", c->generation);
	free(fault.message);
	code = code ? code
		    : gw_condition(conditions, "SupportedVersion", known,
				   known ? "SupportedVersion" : "UnsupportedVersion", text, c->generation);
	/* Before, the field was another. */
	for (size_t i = 0; !code && gateway_bundle_since(b->f->bundle, 1, 4) && i < ARRAY_LEN(features); i++)
		code = streq(features[i], gw_is_own(&s) ? STATIC_ADDRESSES : INFRASTRUCTURE) ? 0
		       : json_array_append_new(json_object_get(status, "supportedFeatures"),
					     json_pack("{s:s}", "name", features[i])) < 0
			   ? -ENOMEM
			   : 0;
	return code;
}
