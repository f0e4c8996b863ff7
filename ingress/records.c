/* Objects, which may be anything that is JSON, to records. What is malformed is left out with a fault, never taken
 * over. */
#include "ingress/records.h"
#include <arpa/inet.h>
#include <errno.h>
#include <stdarg.h>
#include "api/endpoint_slice.h"
#include "api/object.h"
#include "base/buf.h"
#include "base/str.h"
#include "ingress/address.h"

#define MAX_PATH   1024
#define MAX_FAULTS 40    /* of one Ingress; events are for reading */
#define MAX_PATHS  10000 /* of one Ingress: etcd's and our own object size allow fewer */

void *rec_grow(void **array, size_t *n, size_t size)
{
	/* Capacity doubles: it is the next power of two of n. */
	if ((*n & (*n - 1)) == 0) {
		void *p = reallocarray(*array, *n ? *n * 2 : 1, size);
		if (!p)
			return NULL;
		*array = p;
	}
	char *slot = (char *)*array + *n * size;
	memset(slot, 0, size);
	++*n;
	return slot;
}

int rec_faults_add(struct rec_fault **v, size_t *n, const char *reason, char *text, size_t cap)
{
	if (*n > MAX_FAULTS)
		return 0;
	if (*n == MAX_FAULTS)
		(void)str_copy(text, cap, "there are more faults than are told here; mend these first");
	str_make_utf8(text);
	char *copy = str_dup(text);
	struct rec_fault *f = copy ? REC_GROW(*v, *n) : NULL;
	if (!f) {
		free(copy);
		return -ENOMEM;
	}
	*f = (struct rec_fault){reason, copy};
	return 0;
}

int rec_fault(struct rec_ingress *r, const char *reason, const char *fmt, ...)
{
	char text[900];
	va_list ap;

	va_start(ap, fmt);
	(void)vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	return rec_faults_add(&r->faults, &r->n_faults, reason, text, sizeof(text));
}

#define LOWER "abcdefghijklmnopqrstuvwxyz0123456789"

static bool name_valid(const char *s)
{
	return *s && strlen(s) <= 253 && str_only(s, LOWER ".-");
}

static const char *path_fault(const char *path)
{
	if (path[0] != '/')
		return "it must begin with a slash";
	if (strlen(path) > MAX_PATH)
		return "it is longer than 1024 bytes";
	for (const unsigned char *p = (const unsigned char *)path; *p; p++)
		if (*p < 0x20 || *p == 0x7f)
			return "it has control characters";
	return NULL;
}

/* "/a%20b/" -> "/a b" for Prefix; NULL and *why when it can match no request or has no clear meaning. */
char *path_decode(const char *path, enum ing_match match, const char **why)
{
	size_t n = strlen(path);

	*why = path_fault(path);
	if (*why)
		return NULL;
	if (strstr(path, "//") || strstr(path, "/./") || strstr(path, "/../") || str_has_suffix(path, "/.") ||
	    str_has_suffix(path, "/.."))
		*why = "requests never have such a path: double slashes and dots are resolved before";
	else if (strstr(path, "%00"))
		*why = "it has control characters";
	if (*why)
		return NULL;
	char *d = url_decode(path, n, false);
	if (!d || strlen(d) < 1) {
		free(d);
		*why = "its percent-encoding is malformed";
		return NULL;
	}
	*why = path_fault(d);
	if (*why) {
		free(d);
		return NULL;
	}
	n = strlen(d);
	if (match == ING_PREFIX && d[n - 1] == '/')
		d[n - 1] = '\0';
	return d;
}

/* A path that is a regular expression stays as it is. */
static char *path_expr(const char *path, const char **why)
{
	*why = path_fault(path);
	*why = *why ? *why : regex_fault(path);
	return *why ? NULL : str_dup(path);
}

static void ref_done(struct rec_ref *r)
{
	free(r->service);
	free(r->port_name);
	*r = (struct rec_ref){0};
}

/* 0, though it may be refused with a fault, or -ENOMEM. */
static int ref_parse(struct rec_ingress *r, struct rec_ref *ret, const json_t *backend, const char *where)
{
	const json_t *svc = json_object_get(backend, "service");
	const char *name = json_str_or(svc, "name", ""), *port_name = json_str(svc, "port.name");
	int64_t port = json_int_or(svc, "port.number", 0);
	int code;

	if (json_is_object(json_object_get(backend, "resource")))
		code = rec_fault(r, "UnsupportedBackend", "%s: resource backends are not supported, so it is answered 503; name a Service",
				 where);
	else if (!name_valid(name))
		code = rec_fault(r, "InvalidBackend", "%s: the backend has no valid Service name, so it is answered 503", where);
	else if (port_name ? !*port_name || strlen(port_name) > 63 || !str_only(port_name, LOWER "-")
			   : port < 1 || port > 65535)
		code = rec_fault(r, "InvalidBackend", "%s: the backend has no valid port, so it is answered 503", where);
	else {
		ret->service = str_dup(name);
		ret->port_name = str_dup(port_name);
		ret->port = (uint16_t)(port_name ? 0 : port);
		return ret->service && (!port_name || ret->port_name) ? 0 : -ENOMEM;
	}
	ret->none = true; /* its requests are not to go where a shorter path leads */
	return code;
}

static int add_host(struct rec_ingress *r, const char *host)
{
	for (size_t i = 0; i < r->n_hosts; i++)
		if (streq(r->hosts[i], host))
			return 0;
	char **slot = REC_GROW(r->hosts, r->n_hosts);
	return slot && (*slot = str_dup(host)) ? 0 : -ENOMEM;
}

static int add_path(struct rec_ingress *r, const char *host, const json_t *p)
{
	const char *text = json_str_or(p, "path", "/"), *type = json_str_or(p, "pathType", "ImplementationSpecific"),
		   *why;
	enum ing_match match = streq(type, "Exact") ? ING_EXACT : ING_PREFIX;
	char where[400];

	(void)snprintf(where, sizeof(where), "host %s, path %.100s", host, text);
	if (!streq(type, "Exact") && !streq(type, "Prefix") && !streq(type, "ImplementationSpecific"))
		return rec_fault(r, "InvalidPath", "%s: unknown pathType", where);
	if (r->n_paths >= MAX_PATHS)
		return rec_fault(r, "InvalidPath", "%s: more than %d paths in one Ingress", where, MAX_PATHS);
	text = *text ? text : "/";
	AUTO_FREE char *decoded = r->notes.regex ? path_expr(text, &why) : path_decode(text, match, &why);
	if (!decoded)
		return why ? rec_fault(r, "InvalidPath", "%s: %s", where, why) : -ENOMEM;
	struct rec_ref ref = {0};
	int code = ref_parse(r, &ref, json_object_get(p, "backend"), where);
	if (code) {
		ref_done(&ref);
		return code;
	}
	struct rec_path *slot = REC_GROW(r->paths, r->n_paths);
	if (!slot) {
		ref_done(&ref);
		return -ENOMEM;
	}
	slot->match = match;
	slot->impl = streq(type, "ImplementationSpecific");
	slot->expr = r->notes.regex;
	slot->path = TAKE_PTR(decoded);
	slot->raw = r->notes.canary ? str_dup(text) : NULL;
	slot->ref = ref;
	slot->host = str_dup(host);
	return slot->host && (slot->raw || !r->notes.canary) ? 0 : -ENOMEM;
}

static int parse_rules(struct rec_ingress *r, const json_t *spec)
{
	json_t *rule, *p;
	size_t i, j;
	int code = 0;

	json_array_foreach (json_object_get(spec, "rules"), i, rule) {
		const char *host = json_str_or(rule, "host", "");
		host = *host ? host : "*";
		if (!streq(host, "*") && !grammar_hostname(host, true)) {
			code = rec_fault(r, "InvalidHost", "rule %zu: \"%.100s\" is not a valid host", i, host);
			if (code)
				return code;
			continue;
		}
		if ((code = add_host(r, host)) < 0)
			return code;
		json_array_foreach (json_dot(rule, "http.paths"), j, p)
			if ((code = add_path(r, host, p)) < 0)
				return code;
	}
	if (json_is_object(json_object_get(spec, "defaultBackend"))) {
		code = ref_parse(r, &r->dflt, json_object_get(spec, "defaultBackend"), "defaultBackend");
		if (code)
			ref_done(&r->dflt);
	}
	return code;
}

static int add_tls_host(struct rec_ingress *r, struct rec_tls *t, const char *host)
{
	if (!host || !grammar_hostname(host, true))
		return rec_fault(r, "InvalidHost", "tls: \"%.100s\" is not a valid host", host ? host : "");
	char **slot = REC_GROW(t->hosts, t->n_hosts);
	return slot && (*slot = str_dup(host)) ? 0 : -ENOMEM;
}

static int parse_tls(struct rec_ingress *r, const json_t *spec)
{
	json_t *tls, *h;
	size_t i, j;
	int code = 0;

	json_array_foreach (json_object_get(spec, "tls"), i, tls) {
		const char *secret = json_str_or(tls, "secretName", "");
		struct rec_tls *t = REC_GROW(r->tls, r->n_tls);
		if (!t)
			return -ENOMEM;
		if (*secret && !name_valid(secret))
			code = rec_fault(r, "InvalidSecret", "tls: \"%.100s\" is not a valid Secret name", secret);
		else if (*secret && !(t->secret = str_dup(secret)))
			return -ENOMEM;
		json_array_foreach (json_object_get(tls, "hosts"), j, h)
			if (!code)
				code = add_tls_host(r, t, json_string_value(h));
		/* No hosts: those of the rules. */
		t->whole = !json_array_size(json_object_get(tls, "hosts"));
		for (j = 0; !code && t->whole && j < r->n_hosts; j++)
			if (!streq(r->hosts[j], "*"))
				code = add_tls_host(r, t, r->hosts[j]);
		if (code < 0)
			return code;
	}
	return 0;
}

struct rec_ingress *rec_ingress_new(const char *ns, const char *name, const json_t *o)
{
	struct rec_ingress *r = calloc(1, sizeof(*r));
	const json_t *spec = json_object_get(o, "spec");
	const char *class = json_str(spec, "ingressClassName"), *old = obj_annotation(o, "kubernetes.io/ingress.class");
	struct timespec ts = {0};

	if (!r)
		return NULL;
	if (time_parse(json_str_or(o, "metadata.creationTimestamp", ""), &ts) == 0)
		r->created = ts.tv_sec;
	r->ns = str_dup(ns);
	r->name = str_dup(name);
	r->key = str_fmt("%s/%s", ns, name);
	r->class = str_dup(class);
	r->old_class = str_dup(old);
	if (!r->ns || !r->name || !r->key || (class && !r->class) || (old && !r->old_class) ||
	    rec_annotations(r, o) < 0 || parse_rules(r, spec) < 0 || parse_tls(r, spec) < 0) {
		rec_ingress_free(r);
		return NULL;
	}
	return r;
}

void rec_ingress_free(void *p)
{
	struct rec_ingress *r = p;

	for (size_t i = 0; i < r->n_paths; i++) {
		free(r->paths[i].host);
		free(r->paths[i].path);
		free(r->paths[i].raw);
		ref_done(&r->paths[i].ref);
	}
	for (size_t i = 0; i < r->n_hosts; i++)
		free(r->hosts[i]);
	for (size_t i = 0; i < r->n_tls; i++) {
		for (size_t j = 0; j < r->tls[i].n_hosts; j++)
			free(r->tls[i].hosts[j]);
		free(r->tls[i].hosts);
		free(r->tls[i].secret);
	}
	for (size_t i = 0; i < r->n_faults; i++)
		free(r->faults[i].message);
	ref_done(&r->dflt);
	rec_notes_done(&r->notes);
	free(r->paths);
	free(r->hosts);
	free(r->tls);
	free(r->faults);
	free(r->ns);
	free(r->name);
	free(r->key);
	free(r->class);
	free(r->old_class);
	free(r);
}

static int read_parameters(struct rec_class *c, const json_t *p)
{
	const char *kind = json_str_or(p, "kind", ""), *name = json_str_or(p, "name", ""), *ns = json_str_or(p, "namespace", "");

	if (*json_str_or(p, "apiGroup", "") || !streq(kind, "ConfigMap"))
		c->unfit = "of parameters there is a ConfigMap alone: kind: ConfigMap, scope: Namespace, namespace and name, without apiGroup";
	else if (!streq(json_str_or(p, "scope", "Cluster"), "Namespace"))
		c->unfit = "scope Cluster is of objects without a namespace, and a ConfigMap has one: write scope: Namespace, and namespace";
	else if (!name_valid(name) || !name_valid(ns) || strchr(ns, '.'))
		c->unfit = "its namespace or name is none";
	else if (!(c->config = str_fmt("%s/%s", ns, name)))
		return -ENOMEM;
	c->parameters = str_fmt("%.63s %.253s", *kind ? kind : "object", c->config ? c->config : name);
	if (!c->parameters)
		return -ENOMEM;
	str_make_utf8(c->parameters);
	return 0;
}

struct rec_class *rec_class_new(const json_t *o)
{
	struct rec_class *c = calloc(1, sizeof(*c));
	const char *d = obj_annotation(o, "ingressclass.kubernetes.io/is-default-class");

	if (!c)
		return NULL;
	c->ours = streq(json_str_or(o, "spec.controller", ""), INGRESS_CONTROLLER);
	c->dflt = streq(d, "true");
	if (json_is_object(json_dot(o, "spec.parameters")) && read_parameters(c, json_dot(o, "spec.parameters")) < 0) {
		rec_class_free(c);
		return NULL;
	}
	return c;
}
void rec_class_free(void *p)
{
	struct rec_class *c = p;

	free(c->parameters);
	free(c->config);
	free(c);
}

static int add_port(struct rec_port **ports, size_t *n, const json_t *p)
{
	int64_t port = json_int_or(p, "port", 0);

	if (!streq(json_str_or(p, "protocol", "TCP"), "TCP") || port < 1 || port > 65535)
		return 0;
	struct rec_port *slot = REC_GROW(*ports, *n);
	if (!slot || !(slot->name = str_dup(json_str_or(p, "name", ""))))
		return -ENOMEM;
	slot->port = (uint16_t)port;
	const char *app = json_str_or(p, "appProtocol", "");
	slot->protocol = streq(app, "kubernetes.io/h2c")                          ? REC_H2C
			 : streq(app, "kubernetes.io/wss") || streq(app, "https") ? REC_TLS
										  : REC_HTTP;
	return 0;
}
static void ports_free(struct rec_port *ports, size_t n)
{
	for (size_t i = 0; i < n; i++)
		free(ports[i].name);
	free(ports);
}

static int add_addresses(struct rec_service *s, const json_t *spec)
{
	AUTO_BUF struct buf out = {0};
	unsigned char raw[16];
	char text[46];
	json_t *v;
	size_t i;

	json_array_foreach (json_object_get(spec, "clusterIPs"), i, v) {
		const char *a = json_string_value(v);
		int family = a && strchr(a, ':') ? AF_INET6 : AF_INET;
		if (!a || inet_pton(family, a, raw) != 1) /* "None": headless */
			continue;
		buf_adds(&out, inet_ntop(family, raw, text, sizeof(text)));
		buf_add(&out, "", 1);
		s->n_addresses++;
	}
	s->addresses = buf_take(&out, NULL);
	return s->addresses ? 0 : -ENOMEM;
}

struct rec_service *rec_service_new(const json_t *o)
{
	struct rec_service *s = calloc(1, sizeof(*s));
	const json_t *spec = json_object_get(o, "spec");
	const char *ext = json_str_or(spec, "externalName", "");
	json_t *p;
	size_t i;
	int code = s ? 0 : -ENOMEM;

	if (s && streq(json_str_or(spec, "type", ""), "ExternalName")) {
		size_t n = strlen(ext);
		s->external = str_ndup(ext, n && ext[n - 1] == '.' ? n - 1 : n);
		code = s->external ? 0 : -ENOMEM;
		/* A name that is none resolves to nothing: 503. */
		if (!code && !grammar_hostname(s->external, false))
			s->external[0] = '\0';
		if (!code)
			s->refused = grammar_refused_host(s->external, &s->literal);
	}
	json_array_foreach (json_object_get(spec, "ports"), i, p)
		if (!code)
			code = add_port(&s->ports, &s->n_ports, p);
	if (!code)
		code = add_addresses(s, spec);
	if (code && s) {
		rec_service_free(s);
		s = NULL;
	}
	return s;
}
void rec_service_free(void *p)
{
	struct rec_service *s = p;

	ports_free(s->ports, s->n_ports);
	free(s->external);
	free(s->addresses);
	free(s);
}

static int add_endpoint(struct rec_slice *s, const json_t *ep)
{
	struct endpoint_state state = endpoint_state_of(ep);
	unsigned char raw[16];

	if (!state.address || !(state.ready || state.serving))
		return 0;
	int family = strchr(state.address, ':') ? AF_INET6 : AF_INET;
	if (inet_pton(family, state.address, raw) != 1 || address_refused(raw, family == AF_INET ? 4 : 16))
		return 0;
	struct rec_endpoint *slot = REC_GROW(s->eps, s->n_eps);
	if (!slot)
		return -ENOMEM;
	(void)inet_ntop(family, raw, slot->addr, sizeof(slot->addr));
	slot->ready = state.ready;
	slot->draining = !state.ready && state.terminating;
	return 0;
}

struct rec_slice *rec_slice_new(const char *ns, const json_t *o)
{
	struct rec_slice *s = calloc(1, sizeof(*s));
	const char *svc = endpoint_slice_service(o);
	json_t *v;
	size_t i;

	if (!s || !(s->service = str_fmt("%s/%s", ns, svc ? svc : "")))
		goto fail;
	if (!svc)
		return s;
	json_array_foreach (json_object_get(o, "ports"), i, v)
		if (add_port(&s->ports, &s->n_ports, v) < 0)
			goto fail;
	json_array_foreach (json_object_get(o, "endpoints"), i, v)
		if (add_endpoint(s, v) < 0)
			goto fail;
	return s;
fail:
	if (s)
		rec_slice_free(s);
	return NULL;
}
void rec_slice_free(void *p)
{
	struct rec_slice *s = p;

	ports_free(s->ports, s->n_ports);
	free(s->eps);
	free(s->service);
	free(s);
}

int rec_put(struct map *map, const char *ns, const char *name, bool gone, void *rec, void (*rec_free)(void *))
{
	AUTO_FREE char *key = ns ? str_fmt("%s/%s", ns, name) : str_dup(name);
	int r = -ENOMEM;

	if (key && gone) {
		map_del(map, key);
		return 0;
	}
	if (key && rec)
		r = map_put(map, key, rec);
	if (r < 0 && rec)
		rec_free(rec);
	return r;
}
