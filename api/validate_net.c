/* Services, endpoints, Ingress, network policy. core/validation ValidateService,
 * pkg/apis/{discovery,networking}/validation. */
#include "api/validate.h"

static void check_cidr(struct validation *v, const char *key, const json_t *cidr)
{
	const char *s = json_string_value(cidr), *msg = s ? v_check_cidr(s) : NULL;
	if (msg)
		v_invalid(v, key, cidr, "%s", msg);
}

static const char *const protocols[] = {"SCTP", "TCP", "UDP", NULL};
#define IP_WORDS   "must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)"

static void check_service_port(struct validation *v, const json_t *p, bool name_needed, const char *type)
{
	const char *name = v_text(p, "name"), *msg;
	const json_t *target = json_object_get(p, "targetPort");
	if (!*name && name_needed)
		v_required(v, "name", "");
	else if (*name && (msg = api_check_dns1123_label(name)))
		v_invalid(v, "name", json_object_get(p, "name"), "%s", msg);
	if (v_int(p, "port", 0) < 1 || v_int(p, "port", 0) > 65535)
		v_invalid(v, "port", json_object_get(p, "port"), "must be between 1 and 65535, inclusive");
	v_enum(v, p, "protocol", protocols, true);
	if (json_is_string(target) && (msg = v_check_port_name(json_string_value(target))))
		v_invalid(v, "targetPort", target, "%s", msg);
	if (json_is_integer(target) && (json_integer_value(target) < 1 || json_integer_value(target) > 65535))
		v_invalid(v, "targetPort", target, "must be between 1 and 65535, inclusive");
	if (v_int(p, "nodePort", 0) != 0) {
		if (streq(type, "ClusterIP"))
			v_forbidden(v, "nodePort", "may not be used when `type` is 'ClusterIP'");
		else
			v_range(v, p, "nodePort", 1, 65535);
	}
}

static void check_service_ports(struct validation *v, const json_t *spec, bool headless, const char *type)
{
	const json_t *ports = json_object_get(spec, "ports");
	AUTO_JSON json_t *names = json_object(), *numbers = json_object(), *nodes = json_object();
	if (json_array_size(ports) == 0 && !headless && !streq(type, "ExternalName"))
		v_required(v, "ports", "");
	V_IN (v, "ports")
		V_EACH (v, ports, i, p) {
			const char *name = v_text(p, "name"), *proto = v_text(p, "protocol");
			check_service_port(v, p, json_array_size(ports) > 1, type);
			if (*name && json_object_get(names, name))
				v_duplicate(v, "name", json_object_get(p, "name"));
			(void)json_object_set_new(names, name, json_true());
			AUTO_FREE char *key = str_fmt("%s/%lld", proto, (long long)v_int(p, "port", 0));
			AUTO_FREE char *node = str_fmt("%s/%lld", proto, (long long)v_int(p, "nodePort", 0));
			if (key && json_object_get(numbers, key)) {
				AUTO_JSON json_t *bad =
				    json_pack("{sIss}", "port", (json_int_t)v_int(p, "port", 0), "protocol", proto);
				v_duplicate(v, "", bad);
			}
			if (node && v_int(p, "nodePort", 0) && json_object_get(nodes, node))
				v_duplicate(v, "nodePort", json_object_get(p, "nodePort"));
			if (key && node) {
				(void)json_object_set_new(numbers, key, json_true());
				(void)json_object_set_new(nodes, node, json_true());
			}
		}
}

static void check_cluster_ip(struct validation *v, const json_t *spec, const char *type)
{
	const char *ip = v_text(spec, "clusterIP"), *old_ip = v_text(json_object_get(v->old, "spec"), "clusterIP");
	const char *old_type = v_text(json_object_get(v->old, "spec"), "type");
	const json_t *ips = json_object_get(spec, "clusterIPs");
	if (streq(type, "ExternalName")) {
		if (*ip)
			v_forbidden(v, "clusterIPs[0]", "may not be set when `type` is 'ExternalName'");
		return;
	}
	if (*ip && !streq(ip, "None") && !v_is_ip(ip, NULL))
		v_invalid(v, "clusterIPs[0]", json_object_get(spec, "clusterIP"), IP_WORDS);
	if (streq(ip, "None") && (streq(type, "LoadBalancer") || streq(type, "NodePort")))
		v_invalid(v, "clusterIPs[0]", json_object_get(spec, "clusterIP"),
			  "may not be set to 'None' for %s services", type);
	if (json_array_size(ips) && !streq(json_string_value(json_array_get(ips, 0)), ip))
		v_invalid(v, "clusterIPs", ips, "first value must match `clusterIP`");
	if (v->old && *old_ip && !streq(old_type, "ExternalName") && *ip && !streq(ip, old_ip)) {
		AUTO_JSON json_t *bad = json_pack("[s]", ip);
		v_invalid(v, "clusterIPs[0]", bad, "may not change once set");
	}
}

static void check_affinity(struct validation *v, const json_t *spec)
{
	static const char *const kinds[] = {"ClientIP", "None", NULL};
	const json_t *conf = json_object_get(spec, "sessionAffinityConfig"),
		     *secs = json_at(conf, "clientIP", "timeoutSeconds", NULL);
	v_enum(v, spec, "sessionAffinity", kinds, true);
	if (json_is_object(conf) && streq(v_text(spec, "sessionAffinity"), "None"))
		v_forbidden(v, "sessionAffinityConfig", "must not be set when session affinity is None");
	if (json_is_integer(secs) && (json_integer_value(secs) < 1 || json_integer_value(secs) > 86400))
		v_invalid(v, "sessionAffinityConfig.clientIP.timeoutSeconds", secs,
			  "must be greater than 0 and less than 86400");
}

static void validate_service(struct validation *v)
{
	static const char *const types[] = {"ClusterIP", "ExternalName", "LoadBalancer", "NodePort", NULL},
				 *const policies[] = {"Cluster", "Local", NULL},
				 *const family[] = {"PreferDualStack", "RequireDualStack", "SingleStack", NULL},
				 *const families[] = {"IPv4", "IPv6", NULL};
	const json_t *spec = json_object_get(v->obj, "spec");
	const char *type = v_text(spec, "type");
	bool headless = streq(v_text(spec, "clusterIP"), "None"),
	     outside = streq(type, "LoadBalancer") || streq(type, "NodePort");
	if (v->sub)
		return;
	V_IN (v, "spec") {
		check_service_ports(v, spec, headless, type);
		v_enum(v, spec, "type", types, true);
		check_affinity(v, spec);
		check_cluster_ip(v, spec, type);
		v_labels(v, spec, "selector");
		if (streq(type, "ExternalName")) {
			AUTO_FREE char *name = str_dup(v_text(spec, "externalName"));
			size_t n = name ? strlen(name) : 0;
			if (n > 1 && name[n - 1] == '.')
				name[n - 1] = '\0';
			const char *msg = n ? api_check_dns1123_subdomain(name) : NULL;
			if (!n)
				v_required(v, "externalName", "");
			else if (msg)
				v_invalid(v, "externalName", json_object_get(spec, "externalName"), "%s", msg);
		}
		V_IN (v, "externalIPs")
			V_EACH (v, json_object_get(spec, "externalIPs"), i, ip)
				if (json_is_string(ip) && !v_is_ip(json_string_value(ip), NULL))
					v_invalid(v, "", ip, IP_WORDS);
		if (!outside && !json_array_size(json_object_get(spec, "externalIPs")) &&
		    *v_text(spec, "externalTrafficPolicy"))
			v_invalid(v, "externalTrafficPolicy", json_object_get(spec, "externalTrafficPolicy"),
				  "may only be set for externally-accessible services");
		else
			v_enum(v, spec, "externalTrafficPolicy", policies, outside);
		v_enum(v, spec, "internalTrafficPolicy", policies, false);
		v_enum(v, spec, "ipFamilyPolicy", family, false);
		V_IN (v, "ipFamilies")
			V_EACH (v, json_object_get(spec, "ipFamilies"), i, f) {
				AUTO_JSON json_t *wrap = json_pack("{sO}", "", f);
				v_enum(v, wrap, "", families, true);
			}
		V_IN (v, "LoadBalancerSourceRanges") /* so written in Kubernetes */
			V_EACH (v, json_object_get(spec, "loadBalancerSourceRanges"), i, r)
				check_cidr(v, "", r);
		if (v_int(spec, "healthCheckNodePort", 0) &&
		    (!streq(type, "LoadBalancer") || !streq(v_text(spec, "externalTrafficPolicy"), "Local")))
			v_invalid(
			    v, "healthCheckNodePort", json_object_get(spec, "healthCheckNodePort"),
			    "may only be set when `type` is 'LoadBalancer' and `externalTrafficPolicy` is 'Local'");
	}
}

static void check_endpoint_port(struct validation *v, const json_t *p, bool name_needed)
{
	const char *name = v_text(p, "name"), *msg;
	if (!*name && name_needed)
		v_required(v, "name", "");
	else if (*name && (msg = api_check_dns1123_label(name)))
		v_invalid(v, "name", json_object_get(p, "name"), "%s", msg);
	v_range(v, p, "port", 1, 65535);
	v_enum(v, p, "protocol", protocols, true);
}

static void validate_endpoints(struct validation *v)
{
	V_IN (v, "subsets")
		V_EACH (v, json_object_get(v->obj, "subsets"), i, s) {
			static const char *const lists[] = {"addresses", "notReadyAddresses"};
			const json_t *ports = json_object_get(s, "ports");
			if (!json_array_size(json_object_get(s, "addresses")) &&
			    !json_array_size(json_object_get(s, "notReadyAddresses")))
				v_required(v, "", "must specify `addresses` or `notReadyAddresses`");
			for (size_t k = 0; k < ARRAY_LEN(lists); k++)
				V_IN (v, lists[k])
					V_EACH (v, json_object_get(s, lists[k]), j, a)
						v_ip(v, a, "ip");
			V_IN (v, "ports")
				V_EACH (v, ports, j, p)
					check_endpoint_port(v, p, json_array_size(ports) > 1);
		}
}

static void check_slice_endpoint(struct validation *v, const json_t *e, const char *type)
{
	const json_t *addrs = json_object_get(e, "addresses");
	if (json_array_size(addrs) == 0)
		v_required(v, "addresses", "must contain at least 1 address");
	else if (json_array_size(addrs) > 100)
		v_invalid(v, "addresses", addrs, "must not have more than 100 addresses");
	V_IN (v, "addresses")
		V_EACH (v, addrs, i, a) {
			bool v6 = false;
			const char *s = json_string_value(a);
			if (!s)
				continue;
			bool ip = v_is_ip(s, &v6);
			if (streq(type, "IPv4") && (!ip || v6))
				v_invalid(v, "", a, "must be a valid IPv4 address");
			else if (streq(type, "IPv6") && (!ip || !v6))
				v_invalid(v, "", a, "must be a valid IPv6 address");
			else if (streq(type, "FQDN") && api_check_dns1123_subdomain(s))
				v_invalid(v, "", a, "%s", api_check_dns1123_subdomain(s));
		}
	v_name(v, e, "hostname", api_check_dns1123_label, false);
	v_name(v, e, "nodeName", api_check_dns1123_subdomain, false);
}

static void validate_endpoint_slice(struct validation *v)
{
	static const char *const types[] = {"FQDN", "IPv4", "IPv6", NULL};
	const json_t *eps = json_object_get(v->obj, "endpoints"), *ports = json_object_get(v->obj, "ports");
	AUTO_JSON json_t *names = json_object();
	v_enum(v, v->obj, "addressType", types, true);
	if (v->old)
		v_immutable(v, v->obj, v->old, "addressType");
	if (json_array_size(eps) > 1000)
		api_cause_add(v->c, "FieldValueTooMany", "endpoints", "Too many: %zu: must have at most 1000 items",
			      json_array_size(eps));
	else
		V_IN (v, "endpoints")
			V_EACH (v, eps, i, e)
				check_slice_endpoint(v, e, v_text(v->obj, "addressType"));
	if (json_array_size(ports) > 20000)
		api_cause_add(v->c, "FieldValueTooMany", "ports", "Too many: %zu: must have at most 20000 items",
			      json_array_size(ports));
	V_IN (v, "ports")
		V_EACH (v, ports, i, p) {
			const char *name = v_text(p, "name"), *msg = *name ? api_check_dns1123_label(name) : NULL;
			if (msg)
				v_invalid(v, "name", json_object_get(p, "name"), "%s", msg);
			if (json_object_get(names, name))
				v_duplicate(v, "name", json_object_get(p, "name"));
			(void)json_object_set_new(names, name, json_true());
			v_enum(v, p, "protocol", protocols, true);
		}
}

static void check_backend(struct validation *v, const json_t *b)
{
	const json_t *svc = json_object_get(b, "service"), *res = json_object_get(b, "resource"),
		     *port = json_object_get(svc, "port");
	if (json_is_object(svc) && json_is_object(res)) {
		v_invalid(v, "", NULL, "cannot set both resource and service backends");
	} else if (json_is_object(res)) {
		V_IN (v, "resource") {
			(void)v_present(v, res, "kind");
			(void)v_present(v, res, "name");
		}
	} else if (!json_is_object(svc)) {
		v_required(v, "", "resource or service backend is required");
	} else {
		V_IN (v, "service") {
			v_name(v, svc, "name", api_check_dns1035_label, true);
			bool name = *v_text(port, "name"), number = v_int(port, "number", 0) != 0;
			if (name && number)
				v_invalid(v, "", NULL, "cannot set both port name & port number");
			else if (!name && !number)
				v_required(v, "", "port name or number is required");
			else if (name)
				V_IN (v, "port")
					v_name(v, port, "name", v_check_port_name, true);
			else
				V_IN (v, "port")
					v_range(v, port, "number", 1, 65535);
		}
	}
}

static void check_path(struct validation *v, const json_t *p)
{
	static const char *const types[] = {"Exact", "ImplementationSpecific", "Prefix", NULL},
				 *const bad[] = {"//", "/./", "/../", "%2f", "%2F"}, *const bad_end[] = {"/..", "/."};
	const char *path = v_text(p, "path"), *type = v_text(p, "pathType");
	if (!*type)
		v_required(v, "pathType", "pathType must be specified");
	else
		v_enum(v, p, "pathType", types, true);
	if (streq(type, "Exact") || streq(type, "Prefix")) {
		if (*path != '/')
			v_invalid(v, "path", json_object_get(p, "path"), "must be an absolute path");
		for (size_t i = 0; i < ARRAY_LEN(bad); i++)
			if (strstr(path, bad[i]))
				v_invalid(v, "path", json_object_get(p, "path"), "must not contain '%s'", bad[i]);
		for (size_t i = 0; i < ARRAY_LEN(bad_end); i++)
			if (str_has_suffix(path, bad_end[i]))
				v_invalid(v, "path", json_object_get(p, "path"), "cannot end with '%s'", bad_end[i]);
	} else if (streq(type, "ImplementationSpecific") && *path && *path != '/') {
		v_invalid(v, "path", json_object_get(p, "path"), "must be an absolute path");
	}
	V_IN (v, "backend")
		check_backend(v, json_object_get(p, "backend"));
}

static void check_host(struct validation *v, const json_t *value, const char *key)
{
	const char *host = json_string_value(value), *msg;
	if (!host || !*host)
		return;
	if (v_is_ip(host, NULL))
		v_invalid(v, key, value, "must be a DNS name, not an IP address");
	else if ((msg = strchr(host, '*') ? v_check_wildcard_subdomain(host) : api_check_dns1123_subdomain(host)))
		v_invalid(v, key, value, "%s", msg);
}

static void validate_ingress(struct validation *v)
{
	const json_t *spec = json_object_get(v->obj, "spec"), *dflt = json_object_get(spec, "defaultBackend");
	AUTO_JSON json_t *none = json_null();
	if (v->sub)
		return;
	V_IN (v, "spec") {
		if (!json_array_size(json_object_get(spec, "rules")) && !json_is_object(dflt))
			v_invalid(v, "", json_object_size(spec) ? spec : none, "either `defaultBackend` or `rules` must be specified");
		if (json_is_object(dflt))
			V_IN (v, "defaultBackend")
				check_backend(v, dflt);
		V_IN (v, "rules")
			V_EACH (v, json_object_get(spec, "rules"), i, r) {
				const json_t *http = json_object_get(r, "http");
				check_host(v, json_object_get(r, "host"), "host");
				if (json_is_object(http))
					V_IN (v, "http") {
						if (json_array_size(json_object_get(http, "paths")) == 0)
							v_required(v, "paths", "");
						V_IN (v, "paths")
							V_EACH (v, json_object_get(http, "paths"), j, p)
								check_path(v, p);
					}
			}
		V_IN (v, "tls")
			V_EACH (v, json_object_get(spec, "tls"), i, t) {
				V_IN (v, "hosts")
					V_EACH (v, json_object_get(t, "hosts"), j, h)
						check_host(v, h, "");
				v_name(v, t, "secretName", api_check_dns1123_subdomain, false);
			}
		v_name(v, spec, "ingressClassName", api_check_dns1123_subdomain, false);
	}
}

static void validate_ingress_class(struct validation *v)
{
	static const char *const scopes[] = {"Cluster", "Namespace", NULL};
	const json_t *spec = json_object_get(v->obj, "spec"), *params = json_object_get(spec, "parameters");
	const char *ctl = v_text(spec, "controller"), *slash = strchr(ctl, '/');
	V_IN (v, "spec") {
		if (!v->old && !*ctl)
			v_required(v, "controller", "");
		else if (!v->old && (!slash || !slash[1]))
			v_invalid(v, "controller", json_object_get(spec, "controller"),
				  "must be a domain-prefixed path (such as \"acme.io/foo\")");
		if (v->old)
			v_immutable(v, spec, json_object_get(v->old, "spec"), "controller");
		if (json_is_object(params))
			V_IN (v, "parameters") {
				(void)v_present(v, params, "kind");
				(void)v_present(v, params, "name");
				v_enum(v, params, "scope", scopes, false);
				if (streq(v_text(params, "scope"), "Namespace") && !*v_text(params, "namespace"))
					v_required(v, "namespace", "`parameters.scope` is set to 'Namespace'");
				if (streq(v_text(params, "scope"), "Cluster") && *v_text(params, "namespace"))
					v_forbidden(v, "namespace", "`parameters.scope` is set to 'Cluster'");
			}
	}
}

static void check_policy_ports(struct validation *v, const json_t *rule)
{
	V_IN (v, "ports")
		V_EACH (v, json_object_get(rule, "ports"), i, p) {
			const json_t *port = json_object_get(p, "port");
			const char *msg = json_is_string(port) ? v_check_port_name(json_string_value(port)) : NULL;
			v_enum(v, p, "protocol", protocols, false);
			if (msg)
				v_invalid(v, "port", port, "%s", msg);
			if (json_is_integer(port))
				v_range(v, p, "port", 1, 65535);
			if (v_has(p, "endPort") && !json_is_integer(port))
				v_required(v, "port", "must be specified when `endPort` is specified");
			else if (v_has(p, "endPort") && v_int(p, "endPort", 0) < json_integer_value(port))
				v_invalid(v, "endPort", json_object_get(p, "endPort"),
					  "must be greater than or equal to `port`");
		}
}

static void check_policy_peers(struct validation *v, const json_t *rule, const char *key)
{
	V_IN (v, key)
		V_EACH (v, json_object_get(rule, key), i, p) {
			const json_t *block = json_object_get(p, "ipBlock");
			bool pods = json_is_object(json_object_get(p, "podSelector")),
			     ns = json_is_object(json_object_get(p, "namespaceSelector"));
			v_label_selector(v, p, "podSelector");
			v_label_selector(v, p, "namespaceSelector");
			if (!pods && !ns && !json_is_object(block))
				v_required(v, "", "must specify a peer");
			else if ((pods || ns) && json_is_object(block))
				v_forbidden(v, "", "may not specify both ipBlock and another peer");
			if (json_is_object(block))
				V_IN (v, "ipBlock") {
					if (!*v_text(block, "cidr"))
						v_required(v, "cidr", "");
					else
						check_cidr(v, "cidr", json_object_get(block, "cidr"));
					V_IN (v, "except")
						V_EACH (v, json_object_get(block, "except"), j, x)
							check_cidr(v, "", x);
				}
		}
}

static void validate_network_policy(struct validation *v)
{
	static const char *const types[] = {"Egress", "Ingress", NULL};
	const json_t *spec = json_object_get(v->obj, "spec");
	V_IN (v, "spec") {
		v_label_selector(v, spec, "podSelector");
		V_IN (v, "ingress")
			V_EACH (v, json_object_get(spec, "ingress"), i, r) {
				check_policy_ports(v, r);
				check_policy_peers(v, r, "from");
			}
		V_IN (v, "egress")
			V_EACH (v, json_object_get(spec, "egress"), i, r) {
				check_policy_ports(v, r);
				check_policy_peers(v, r, "to");
			}
		if (json_array_size(json_object_get(spec, "policyTypes")) > 2)
			v_invalid(v, "policyTypes", json_object_get(spec, "policyTypes"),
				  "may not specify more than two policyTypes");
		V_IN (v, "policyTypes")
			V_EACH (v, json_object_get(spec, "policyTypes"), i, t) {
				AUTO_JSON json_t *wrap = json_pack("{sO}", "", t);
				v_enum(v, wrap, "", types, true);
			}
	}
}

static void validate_ip_address(struct validation *v)
{
	const json_t *ref = json_dot(v->obj, "spec.parentRef");
	if (!json_is_object(ref)) {
		v_required(v, "spec.parentRef", "");
		return;
	}
	V_IN (v, "spec.parentRef") {
		(void)v_present(v, ref, "resource");
		(void)v_present(v, ref, "name");
	}
	if (v->old)
		v_immutable(v, json_object_get(v->obj, "spec"), json_object_get(v->old, "spec"), "parentRef");
}

static void validate_service_cidr(struct validation *v)
{
	const json_t *cidrs = json_dot(v->obj, "spec.cidrs");
	V_IN (v, "spec.cidrs") {
		if (json_array_size(cidrs) == 0)
			v_required(v, "", "at least one CIDR required");
		else if (json_array_size(cidrs) > 2)
			v_invalid(v, "", cidrs, "may only hold up to 2 values");
		V_EACH (v, cidrs, i, c)
			check_cidr(v, "", c);
	}
}

const struct kind_validator net_validators[] = {{"", "Service", validate_service},
						{"", "Endpoints", validate_endpoints},
						{"discovery.k8s.io", "EndpointSlice", validate_endpoint_slice},
						{"networking.k8s.io", "Ingress", validate_ingress},
						{"networking.k8s.io", "IngressClass", validate_ingress_class},
						{"networking.k8s.io", "NetworkPolicy", validate_network_policy},
						{"networking.k8s.io", "IPAddress", validate_ip_address},
						{"networking.k8s.io", "ServiceCIDR", validate_service_cidr},
						{NULL, NULL, NULL}};
