/* Ingresses, network policies, addresses of services. pkg/apis/networking/validation. */
#include <arpa/inet.h>
#include "api/validate.h"

static void check_segment(struct validation *v, const json_t *o, const char *key)
{
	v_name(v, o, key, v_check_path_segment, true);
}

static void check_typed_reference(struct validation *v, const json_t *ref)
{
	if (v_has(ref, "apiGroup"))
		(void)v_words(v, "apiGroup", v_text(ref, "apiGroup"), api_check_dns1123_subdomain);
	check_segment(v, ref, "kind");
	check_segment(v, ref, "name");
}

static void check_backend(struct validation *v, const json_t *b)
{
	const json_t *svc = json_object_get(b, "service"), *res = json_object_get(b, "resource"),
		     *port = json_object_get(svc, "port");
	bool name = *v_text(port, "name"), number = v_int(port, "number", 0) != 0;
	if (json_is_object(svc) && json_is_object(res)) {
		v_invalid(v, "", NULL, "cannot set both resource and service backends");
	} else if (json_is_object(res)) {
		V_IN (v, "resource")
			check_typed_reference(v, res);
	} else if (!json_is_object(svc)) {
		v_invalid(v, "", NULL, "resource or service backend is required");
	} else {
		V_IN (v, "service")
			v_name(v, svc, "name", api_check_dns1123_label, true);
		if (name && number)
			v_invalid(v, "", NULL, "cannot set both port name & port number");
		else if (!name && !number)
			v_required(v, "", "port name or number is required");
		V_IN (v, "service")
			V_IN (v, "port") {
				if (name && !number)
					v_name(v, port, "name", v_check_port_name, false);
				else if (!name && number)
					v_range(v, port, "number", 1, 65535);
			}
	}
}

static void check_path(struct validation *v, const json_t *p)
{
	static const char *const types[] = {"Exact", "ImplementationSpecific", "Prefix", NULL},
				 *const bad[] = {"//", "/./", "/../", "%2f", "%2F"}, *const bad_end[] = {"/..", "/."};
	const char *path = v_text(p, "path"), *type = v_text(p, "pathType");
	AUTO_JSON json_t *shown = json_string(path);
	if (!v_has(p, "pathType")) {
		v_required(v, "pathType", "pathType must be specified");
		return;
	}
	if (streq(type, "Exact") || streq(type, "Prefix")) {
		if (*path != '/')
			v_invalid(v, "path", shown, "must be an absolute path");
		for (size_t i = 0; i < ARRAY_LEN(bad); i++)
			if (strstr(path, bad[i]))
				v_invalid(v, "path", shown, "must not contain '%s'", bad[i]);
		for (size_t i = 0; i < ARRAY_LEN(bad_end); i++)
			if (str_has_suffix(path, bad_end[i]))
				v_invalid(v, "path", shown, "cannot end with '%s'", bad_end[i]);
	} else if (streq(type, "ImplementationSpecific")) {
		if (*path && *path != '/')
			v_invalid(v, "path", shown, "must be an absolute path");
	} else {
		v_supported(v, p, "pathType", types);
	}
	V_IN (v, "backend")
		check_backend(v, json_object_get(p, "backend"));
}

static void check_host(struct validation *v, const char *key, const char *host)
{
	(void)v_words(v, key, host, strchr(host, '*') ? v_check_wildcard_subdomain : api_check_dns1123_subdomain);
}

static void check_rule(struct validation *v, const json_t *r)
{
	const json_t *http = json_object_get(r, "http");
	const char *host = v_text(r, "host");
	if (*host && v_is_ip(host, NULL))
		v_invalid(v, "host", json_object_get(r, "host"), "must be a DNS name, not an IP address");
	if (*host)
		check_host(v, "host", host);
	if (!json_is_object(http))
		return;
	V_IN (v, "http") {
		if (json_array_size(json_object_get(http, "paths")) == 0)
			v_required(v, "paths", "");
		V_IN (v, "paths")
			V_EACH (v, json_object_get(http, "paths"), j, p)
				check_path(v, p);
	}
}

static void validate_ingress(struct validation *v)
{
	const json_t *spec = json_object_get(v->obj, "spec"), *dflt = json_object_get(spec, "defaultBackend"),
		     *note = json_at(v->obj, "metadata", "annotations", "kubernetes.io/ingress.class", NULL);
	AUTO_JSON json_t *none = json_null();
	if (v->sub) {
		validate_balancer_status(v, false);
		return;
	}
	V_IN (v, "spec") {
		if (!json_array_size(json_object_get(spec, "rules")) && !json_is_object(dflt))
			v_invalid(v, "", none, "either `defaultBackend` or `rules` must be specified");
		if (json_is_object(dflt))
			V_IN (v, "defaultBackend")
				check_backend(v, dflt);
		V_IN (v, "rules")
			V_EACH (v, json_object_get(spec, "rules"), i, r)
				check_rule(v, r);
		V_IN (v, "tls")
			V_EACH (v, json_object_get(spec, "tls"), i, t) {
				V_IN (v, "hosts")
					V_EACH (v, json_object_get(t, "hosts"), j, h)
						check_host(v, "", json_string_value(h) ? json_string_value(h) : "");
				v_name(v, t, "secretName", api_check_dns1123_subdomain, false);
			}
		if (v_has(spec, "ingressClassName"))
			(void)v_words(v, "ingressClassName", v_text(spec, "ingressClassName"),
				      api_check_dns1123_subdomain);
	}
	if (!v->old && note && v_has(spec, "ingressClassName") &&
	    !streq(json_string_value(note), v_text(spec, "ingressClassName")))
		api_invalid(v->c, "annotations.kubernetes.io/ingress.class", note,
			    "must match `ingressClassName` when both are specified");
}

static void validate_ingress_class(struct validation *v)
{
	static const char *const scopes[] = {"Cluster", "Namespace", NULL};
	const json_t *spec = json_object_get(v->obj, "spec"), *params = json_object_get(spec, "parameters");
	const char *scope = v_text(params, "scope");
	V_IN (v, "spec") {
		if (v->old)
			v_immutable_text(v, spec, json_object_get(v->old, "spec"), "controller");
		if (strlen(v_text(spec, "controller")) > 250)
			v_too_long(v, "controller", 250);
		validate_domain_path(v, spec, "controller");
		if (json_is_object(params))
			V_IN (v, "parameters") {
				check_typed_reference(v, params);
				if (!v_has(params, "scope"))
					v_required(v, "scope", "");
				else
					v_supported(v, params, "scope", scopes);
				if (streq(scope, "Namespace") && !v_has(params, "namespace"))
					v_required(v, "namespace", "`parameters.scope` is set to 'Namespace'");
				else if (streq(scope, "Namespace"))
					(void)v_words(v, "namespace", v_text(params, "namespace"),
						      api_check_dns1123_label);
				if (streq(scope, "Cluster") && v_has(params, "namespace"))
					v_forbidden(v, "namespace", "`parameters.scope` is set to 'Cluster'");
			}
	}
}

static void check_policy_port(struct validation *v, const json_t *p)
{
	static const char *const protocols[] = {"TCP", "UDP", "SCTP", NULL};
	const json_t *port = json_object_get(p, "port"), *end = json_object_get(p, "endPort");
	if (v_has(p, "protocol"))
		v_supported(v, p, "protocol", protocols);
	if (json_is_integer(port)) {
		v_range(v, p, "port", 1, 65535);
		if (json_is_integer(end) && json_integer_value(end) < json_integer_value(port))
			v_invalid(v, "endPort", port, "must be greater than or equal to `port`");
		v_range(v, p, "endPort", 1, 65535);
	} else if (json_is_string(port)) {
		if (json_is_integer(end))
			v_invalid(v, "endPort", end, "may not be specified when `port` is non-numeric");
		(void)v_words(v, "port", json_string_value(port), v_check_port_name);
	} else if (json_is_integer(end)) {
		v_invalid(v, "endPort", end, "may not be specified when `port` is not specified");
	}
}

/* "10.0.0.0/8" as bits and length; also of networks that are only nearly right. */
static bool network_of(const char *s, unsigned char bits[16], int *ret_len, bool *ret_v6)
{
	const char *slash = strchr(s, '/');
	AUTO_FREE char *ip = slash ? str_ndup(s, (size_t)(slash - s)) : NULL;
	unsigned octets[4];
	int64_t n;
	memset(bits, 0, 16);
	if (!ip)
		return false;
	*ret_v6 = strchr(ip, ':') != NULL;
	if (*ret_v6 ? inet_pton(AF_INET6, ip, bits) != 1
		    : sscanf(ip, "%u.%u.%u.%u", &octets[0], &octets[1], &octets[2], &octets[3]) != 4)
		return false;
	for (size_t i = 0; i < 4 && !*ret_v6; i++)
		bits[i] = (unsigned char)octets[i];
	if (str_to_i64(slash + 1, 0, *ret_v6 ? 128 : 32, &n))
		return false;
	*ret_len = (int)n;
	return true;
}

static bool strictly_within(const char *inner, const char *outer)
{
	static const unsigned char mapped[12] = {[10] = 0xff, [11] = 0xff};
	unsigned char a[16], b[16];
	int n, m;
	bool v6, other;
	if (!network_of(inner, a, &n, &v6) || !network_of(outer, b, &m, &other))
		return true;                                         /* told already */
	if (v6 && !other && memcmp(a, mapped, sizeof mapped) == 0) { /* an IPv4 network in Go, of a length of its own */
		memmove(a, a + sizeof mapped, 4);
		v6 = false;
	}
	if (v6 != other || m >= n)
		return false;
	for (int i = 0; i < m; i++)
		if ((a[i / 8] ^ b[i / 8]) & (0x80 >> (i % 8)))
			return false;
	return true;
}

static void check_block(struct validation *v, const json_t *block)
{
	const char *cidr = v_text(block, "cidr");
	if (!*cidr) {
		v_required(v, "cidr", "");
		return;
	}
	(void)v_words(v, "cidr", cidr, v_check_cidr);
	if (v_check_cidr(cidr) && str_has_prefix(v_check_cidr(cidr), "must be a valid"))
		return;
	V_IN (v, "except")
		V_EACH (v, json_object_get(block, "except"), j, x) {
			const char *s = json_string_value(x) ? json_string_value(x) : "";
			(void)v_words(v, "", s, v_check_cidr);
			if (!strictly_within(s, cidr))
				v_invalid(v, "", x, "must be a strict subset of `cidr`");
		}
}

static void check_policy_peers(struct validation *v, const json_t *rule, const char *key)
{
	V_IN (v, key)
		V_EACH (v, json_object_get(rule, key), i, p) {
			const json_t *block = json_object_get(p, "ipBlock");
			bool others = v_has(p, "podSelector") || v_has(p, "namespaceSelector");
			v_label_selector(v, p, "podSelector");
			v_label_selector(v, p, "namespaceSelector");
			if (json_is_object(block))
				V_IN (v, "ipBlock")
					check_block(v, block);
			if (!others && !json_is_object(block))
				v_required(v, "", "must specify a peer");
			else if (others && json_is_object(block))
				v_forbidden(v, "", "may not specify both ipBlock and another peer");
		}
}

static void validate_network_policy(struct validation *v)
{
	static const char *const types[] = {"Ingress", "Egress", NULL};
	static const struct {
		const char *key, *peers;
	} sides[] = {{"ingress", "from"}, {"egress", "to"}};
	const json_t *spec = json_object_get(v->obj, "spec"), *kinds = json_object_get(spec, "policyTypes");
	V_IN (v, "spec") {
		v_label_selector(v, spec, "podSelector");
		for (size_t k = 0; k < ARRAY_LEN(sides); k++)
			V_IN (v, sides[k].key)
				V_EACH (v, json_object_get(spec, sides[k].key), i, r) {
					V_IN (v, "ports")
						V_EACH (v, json_object_get(r, "ports"), j, p)
							check_policy_port(v, p);
					check_policy_peers(v, r, sides[k].peers);
				}
		if (json_array_size(kinds) > 2)
			v_invalid(v, "policyTypes", kinds, "may not specify more than two policyTypes");
		else
			V_IN (v, "policyTypes")
				V_EACH (v, kinds, i, t)
					(void)v_one_of(v, "", json_string_value(t) ? json_string_value(t) : "", types);
	}
}

static void validate_ip_address(struct validation *v)
{
	const json_t *spec = json_object_get(v->obj, "spec"), *ref = json_object_get(spec, "parentRef");
	V_IN (v, "spec") {
		if (!json_is_object(ref)) {
			v_required(v, "parentRef", "");
		} else {
			V_IN (v, "parentRef") {
				v_name(v, ref, "group", api_check_dns1123_subdomain, false);
				check_segment(v, ref, "resource");
				check_segment(v, ref, "name");
				v_name(v, ref, "namespace", v_check_path_segment, false);
			}
		}
		if (v->old)
			v_immutable(v, spec, json_object_get(v->old, "spec"), "parentRef");
	}
}

static void check_cidrs(struct validation *v, const json_t *cidrs)
{
	if (json_array_size(cidrs) == 0) {
		v_required(v, "", "at least one CIDR required");
		return;
	}
	if (json_array_size(cidrs) > 2) {
		v_invalid(v, "", cidrs, "may only hold up to 2 values");
		return;
	}
	bool sound = true;
	V_EACH (v, cidrs, i, c) {
		const char *s = json_string_value(c) ? json_string_value(c) : "", *msg = v_check_cidr(s);
		(void)v_words(v, "", s, v_check_cidr);
		sound &= !msg || !str_has_prefix(msg, "must be a valid");
	}
	if (json_array_size(cidrs) == 2 && sound) {
		const char *a = json_string_value(json_array_get(cidrs, 0)),
			   *b = json_string_value(json_array_get(cidrs, 1));
		if (a && b && (strchr(a, ':') == NULL) == (strchr(b, ':') == NULL))
			v_invalid(
			    v, "", cidrs,
			    "may specify no more than one IP for each IP family, i.e 192.168.0.0/24 and 2001:db8::/64");
	}
}

static void validate_service_cidr(struct validation *v)
{
	const json_t *cidrs = json_dot(v->obj, "spec.cidrs"), *was = json_dot(v->old, "spec.cidrs");
	size_t n = json_array_size(cidrs), m = json_array_size(was);
	AUTO_JSON json_t *none = json_null();
	if (v->sub)
		return;
	V_IN (v, "spec")
		V_IN (v, "cidrs") {
			if (!v->old) {
				check_cidrs(v, cidrs);
			} else if (n != m && !(m == 1 && n == 2)) {
				v_invalid(v, "", cidrs ? cidrs : none, "field is immutable");
			} else {
				V_EACH (v, cidrs, i, c)
					if (i < m && !json_equal(c, json_array_get(was, i)))
						v_invalid(v, "", c, "field is immutable");
				if (n > m)
					check_cidrs(v, cidrs);
			}
		}
}

#define GROUP "networking.k8s.io"
const struct kind_validator net_validators[] = {{GROUP, "Ingress", validate_ingress},
						{GROUP, "IngressClass", validate_ingress_class},
						{GROUP, "NetworkPolicy", validate_network_policy},
						{GROUP, "IPAddress", validate_ip_address},
						{GROUP, "ServiceCIDR", validate_service_cidr},
						{NULL, NULL, NULL}};
