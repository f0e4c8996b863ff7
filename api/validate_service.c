/* Services, endpoints and their slices. core/validation ValidateService, ValidateEndpoints,
 * pkg/apis/discovery/validation. */
#include <arpa/inet.h>
#include "api/validate.h"

static const char *const protocols[] = {"SCTP", "TCP", "UDP", NULL};

static void check_port_number(struct validation *v, const json_t *o, const char *key)
{
	if (v_int(o, key, 0) < 1 || v_int(o, key, 0) > 65535)
		v_invalid_int(v, o, key, "must be between 1 and 65535, inclusive");
}

/* Where nobody else can reach it. */
static void check_endpoint_ip(struct validation *v, const char *key, const char *ip)
{
	AUTO_JSON json_t *bad = json_string(ip);
	unsigned char a[16] = {0};
	AUTO_FREE char *plain = v_plain_ip(ip);
	bool v4 = plain && inet_pton(AF_INET, plain, a) == 1, v6 = !v4 && inet_pton(AF_INET6, ip, a) == 1;
	static const unsigned char none[16] = {0}, loop[16] = {[15] = 1};
	if (!v4 && !v6) {
		v_invalid(v, key, bad, "must be a valid IP address");
		return;
	}
	if (memcmp(a, none, v4 ? 4 : 16) == 0)
		v_invalid(v, key, bad, "may not be unspecified (%s)", ip);
	if (v4 ? a[0] == 127 : memcmp(a, loop, 16) == 0)
		v_invalid(v, key, bad, "may not be in the loopback range (127.0.0.0/8, ::1/128)");
	if (v4 ? a[0] == 169 && a[1] == 254 : a[0] == 0xfe && (a[1] & 0xc0) == 0x80)
		v_invalid(v, key, bad, "may not be in the link-local range (169.254.0.0/16, fe80::/10)");
	if (v4 ? a[0] == 224 && a[1] == 0 && a[2] == 0 : a[0] == 0xff && (a[1] & 0x0f) == 2)
		v_invalid(v, key, bad, "may not be in the link-local multicast range (224.0.0.0/24, ff02::/10)");
}

static bool listed(const json_t *list, const char *s)
{
	for (size_t i = 0; i < json_array_size(list); i++)
		if (streq(json_string_value(json_array_get(list, i)), s))
			return true;
	return false;
}

static void check_service_port(struct validation *v, const json_t *p, bool name_needed, json_t *names)
{
	const char *name = v_text(p, "name");
	const json_t *target = json_object_get(p, "targetPort");
	if (!*name && name_needed)
		v_required(v, "name", "");
	if (*name) {
		v_name(v, p, "name", api_check_dns1123_label, false);
		if (json_object_get(names, name))
			v_duplicate(v, "name", json_object_get(p, "name"));
		(void)json_object_set_new(names, name, json_true());
	}
	check_port_number(v, p, "port");
	v_enum(v, p, "protocol", protocols, true);
	if (json_is_string(target))
		(void)v_words(v, "targetPort", json_string_value(target), v_check_port_name);
	else
		check_port_number(v, p, "targetPort");
	if (v_has(p, "appProtocol"))
		(void)v_words(v, "appProtocol", v_text(p, "appProtocol"), api_check_label_key);
}

/* One number twice, for nodes or for the service; key "" names the port itself. */
static void check_twice(struct validation *v, const json_t *ports, const char *number, const char *key)
{
	AUTO_JSON json_t *seen = json_object();
	V_IN (v, "ports")
		V_EACH (v, ports, i, p) {
			AUTO_FREE char *id = v_int(p, number, 0) || !*key ? str_fmt("%s/%lld", v_text(p, "protocol"),
										    (long long)v_int(p, number, 0))
									  : NULL;
			AUTO_JSON json_t *bad = json_pack("{sIss}", "port", (json_int_t)v_int(p, "port", 0), "protocol",
							  v_text(p, "protocol"));
			if (id && json_object_get(seen, id))
				v_duplicate(v, key, *key ? json_object_get(p, number) : bad);
			if (id)
				(void)json_object_set_new(seen, id, json_true());
		}
}

static bool headless(const json_t *spec)
{
	const json_t *ips = json_object_get(spec, "clusterIPs");
	return json_array_size(ips) == 1 && streq(json_string_value(json_array_get(ips, 0)), "None");
}

static bool is_v6(const json_t *ip)
{
	bool v6 = false;
	return json_is_string(ip) && v_is_ip(json_string_value(ip), &v6) && v6;
}

static void check_families(struct validation *v, const json_t *spec)
{
	static const char *const families[] = {"IPv4", "IPv6", NULL}, *const policies[] = {"PreferDualStack",
											   "RequireDualStack",
											   "SingleStack", NULL};
	const json_t *list = json_object_get(spec, "ipFamilies");
	V_IN (v, "ipFamilies")
		V_EACH (v, list, i, f) {
			(void)v_one_of(v, "", json_string_value(f) ? json_string_value(f) : "", families);
			for (size_t k = 0; k < i; k++)
				if (json_equal(json_array_get(list, k), f)) {
					v_duplicate(v, "", f);
					break;
				}
		}
	if (v_has(spec, "ipFamilyPolicy"))
		v_supported(v, spec, "ipFamilyPolicy", policies);
}

static void check_cluster_ips(struct validation *v, const json_t *spec)
{
	const json_t *ips = json_object_get(spec, "clusterIPs"), *families = json_object_get(spec, "ipFamilies"),
		     *had = json_at(v->old, "spec", "clusterIPs", NULL);
	const char *ip = v_text(spec, "clusterIP");
	bool wrong = false;
	if (*ip && json_array_size(ips) == 0)
		v_required(v, "clusterIPs", "");
	else if (*ip && !streq(json_string_value(json_array_get(ips, 0)), ip))
		v_invalid(v, "clusterIPs", ips, "first value must match `clusterIP`");
	else if (!*ip && json_array_size(ips))
		v_invalid(v, "clusterIPs", ips, "must be empty when `clusterIP` is not specified");
	check_families(v, spec);
	V_IN (v, "clusterIPs")
		V_EACH (v, ips, i, x) {
			const char *s = json_string_value(x) ? json_string_value(x) : "";
			if (i == 0 && streq(s, "None")) {
				if (json_array_size(ips) > 1) {
					wrong = true;
					api_invalid(v->c, "spec.clusterIPs", ips,
						    "'None' must be the first and only value");
				}
			} else if (!listed(had, s)) {
				wrong |= !v_words(v, "", s, v_check_ip);
			}
		}
	if (json_array_size(ips) > 2)
		v_invalid(v, "clusterIPs", ips, "may only hold up to 2 values");
	if (wrong)
		return;
	if (json_array_size(ips) > 1 && is_v6(json_array_get(ips, 0)) == is_v6(json_array_get(ips, 1)))
		v_invalid(v, "clusterIPs", ips, "may specify no more than one IP for each IP family");
	V_IN (v, "clusterIPs")
		V_EACH (v, headless(spec) ? NULL : ips, i, x) {
			const char *family = json_string_value(json_array_get(families, i));
			if ((streq(family, "IPv4") && is_v6(x)) || (streq(family, "IPv6") && !is_v6(x)))
				v_invalid(v, "", x, "expected an %s value as indicated by `ipFamilies[%zu]`", family,
					  i);
		}
}

static void check_affinity(struct validation *v, const json_t *spec)
{
	static const char *const kinds[] = {"ClientIP", "None", NULL};
	static const char words[] = "when session affinity type is ClientIP";
	const json_t *conf = json_object_get(spec, "sessionAffinityConfig"),
		     *client = json_object_get(conf, "clientIP"), *secs = json_object_get(client, "timeoutSeconds");
	v_enum(v, spec, "sessionAffinity", kinds, true);
	if (streq(v_text(spec, "sessionAffinity"), "None") && json_is_object(conf))
		v_forbidden(v, "sessionAffinityConfig", "must not be set when session affinity is None");
	if (!streq(v_text(spec, "sessionAffinity"), "ClientIP"))
		return;
	V_IN (v, "sessionAffinityConfig") {
		if (!json_is_object(conf))
			v_required(v, "", words);
		else if (!json_is_object(client))
			v_required(v, "clientIP", words);
		else if (!json_is_integer(secs))
			v_required(v, "clientIP.timeoutSeconds", words);
		else if (json_integer_value(secs) < 1 || json_integer_value(secs) > 86400)
			v_invalid(v, "clientIP.timeoutSeconds", secs, "must be greater than 0 and less than 86400");
	}
}

static void check_external_name(struct validation *v, const json_t *spec)
{
	static const char *const never[] = {"clusterIPs", "ipFamilies", "ipFamilyPolicy"};
	AUTO_FREE char *name = str_dup(v_text(spec, "externalName"));
	size_t n = name ? strlen(name) : 0;
	for (size_t i = 0; i < ARRAY_LEN(never); i++)
		if (v_has(spec, never[i]))
			v_forbidden(v, never[i], "may not be set for ExternalName services");
	if (n && name[n - 1] == '.')
		name[--n] = '\0';
	if (!n)
		v_required(v, "externalName", "");
	else
		(void)v_words(v, "externalName", name, api_check_dns1123_subdomain);
}

#define RANGES "service.beta.kubernetes.io/load-balancer-source-ranges"

static void check_source_ranges(struct validation *v, const json_t *spec, const char *type)
{
	const json_t *list = json_object_get(spec, "loadBalancerSourceRanges"),
		     *had = json_at(v->old, "spec", "loadBalancerSourceRanges", NULL);
	if (json_array_size(list) == 0)
		return;
	V_IN (v, "LoadBalancerSourceRanges") { /* so written in Kubernetes */
		if (!streq(type, "LoadBalancer"))
			v_forbidden(v, "", "may only be used when `type` is 'LoadBalancer'");
		V_EACH (v, list, i, r) {
			AUTO_FREE char *s = str_dup(json_string_value(r) ? json_string_value(r) : "");
			char *start = s ? s + strspn(s, " \t\r\n") : NULL;
			for (size_t n = start ? strlen(start) : 0; n && strchr(" \t\r\n", start[n - 1]); n--)
				start[n - 1] = '\0';
			if (start && !listed(had, json_string_value(r)))
				(void)v_words(v, "", start, v_check_cidr);
		}
	}
}

static void check_traffic(struct validation *v, const json_t *spec, const char *type)
{
	static const char *const policies[] = {"Cluster", "Local", NULL}, *const spread[] = {"PreferClose",
											     "PreferSameZone",
											     "PreferSameNode", NULL};
	bool outside = streq(type, "LoadBalancer") || streq(type, "NodePort") ||
		       (streq(type, "ClusterIP") && json_array_size(json_object_get(spec, "externalIPs"))),
	     checked = streq(type, "LoadBalancer") && streq(v_text(spec, "externalTrafficPolicy"), "Local");
	if (!outside && *v_text(spec, "externalTrafficPolicy"))
		v_invalid(v, "externalTrafficPolicy", json_object_get(spec, "externalTrafficPolicy"),
			  "may only be set for externally-accessible services");
	else if (outside)
		v_enum(v, spec, "externalTrafficPolicy", policies, true);
	if (!checked && v_int(spec, "healthCheckNodePort", 0))
		v_invalid(v, "healthCheckNodePort", json_object_get(spec, "healthCheckNodePort"),
			  "may only be set when `type` is 'LoadBalancer' and `externalTrafficPolicy` is 'Local'");
	else if (checked && v_int(spec, "healthCheckNodePort", 0))
		v_range(v, spec, "healthCheckNodePort", 1, 65535);
	if (v_has(spec, "internalTrafficPolicy"))
		v_supported(v, spec, "internalTrafficPolicy", policies);
	if (v_has(spec, "trafficDistribution"))
		v_supported(v, spec, "trafficDistribution", spread);
}

static void check_balancer(struct validation *v, const json_t *spec, const char *type)
{
	bool balanced = streq(type, "LoadBalancer");
	if (v_has(spec, "allocateLoadBalancerNodePorts") && !balanced)
		v_forbidden(v, "allocateLoadBalancerNodePorts", "may only be used when `type` is 'LoadBalancer'");
	if (v_has(spec, "loadBalancerClass") && !balanced)
		v_forbidden(v, "loadBalancerClass", "may only be used when `type` is 'LoadBalancer'");
	else if (v_has(spec, "loadBalancerClass"))
		(void)v_words(v, "loadBalancerClass", v_text(spec, "loadBalancerClass"), api_check_label_key);
}

/* Addresses and families of a service that has some stay, at least the first of each. */
static void check_kept(struct validation *v, const json_t *spec, const json_t *old, const char *key, const char *unset,
		       const char *release)
{
	const json_t *now = json_object_get(spec, key), *was = json_object_get(old, key);
	size_t n = json_array_size(now), m = json_array_size(was);
	AUTO_JSON json_t *none = json_null();
	V_IN (v, key) {
		for (size_t i = 0; i < (n == m ? n : n && m ? 1 : 0); i++)
			if (!json_equal(json_array_get(now, i), json_array_get(was, i))) {
				size_t at = path_index(&v->path, streq(key, "ipFamilies") ? 0 : i);
				v_invalid(v, "", n == m ? now : json_object_get(spec, "clusterIPs"),
					  "may not change once set");
				path_pop(&v->path, at);
			}
		if (m > n && n == 0) {
			size_t at = path_index(&v->path, 0);
			v_invalid(v, "", now ? now : none, "%s", unset);
			path_pop(&v->path, at);
		}
	}
	if (m > n && n == 1 && !streq(v_text(spec, "ipFamilyPolicy"), "SingleStack"))
		v_invalid(v, "ipFamilyPolicy",
			  v_has(spec, "ipFamilyPolicy") ? json_object_get(spec, "ipFamilyPolicy") : none,
			  "must be set to 'SingleStack' when releasing the secondary %s", release);
}

static void check_service_update(struct validation *v, const json_t *spec, const json_t *old)
{
	bool named = streq(v_text(spec, "type"), "ExternalName") || streq(v_text(old, "type"), "ExternalName"),
	     both = streq(v_text(spec, "type"), "LoadBalancer") && streq(v_text(old, "type"), "LoadBalancer");
	AUTO_JSON json_t *none = json_null();
	if (!named && !(headless(spec) && headless(old)))
		check_kept(v, spec, old, "clusterIPs", "primary clusterIP can not be unset", "clusterIP");
	if (!named && !headless(spec) && !headless(old))
		check_kept(v, spec, old, "ipFamilies", "primary ipFamily can not be unset", "ipFamily");
	if (both && !v_same(spec, old, "loadBalancerClass"))
		v_invalid(v, "loadBalancerClass",
			  v_has(spec, "loadBalancerClass") ? json_object_get(spec, "loadBalancerClass") : none,
			  "may not change once set");
	if (both && streq(v_text(spec, "externalTrafficPolicy"), "Local") &&
	    streq(v_text(old, "externalTrafficPolicy"), "Local") && v_int(spec, "healthCheckNodePort", 0) &&
	    v_int(spec, "healthCheckNodePort", 0) != v_int(old, "healthCheckNodePort", 0))
		v_forbidden(v, "healthCheckNodePort", "field is immutable");
}

/* status.loadBalancer of Services and Ingresses. */
void validate_balancer_status(struct validation *v, bool service)
{
	static const char *const modes[] = {"Proxy", "VIP", NULL};
	const json_t *list = json_at(v->obj, "status", "loadBalancer", "ingress", NULL),
		     *had = json_at(v->old, "status", "loadBalancer", "ingress", NULL);
	V_IN (v, "status")
		V_IN (v, "loadBalancer")
			V_IN (v, "ingress") {
				bool none = service && !streq(json_str(v->obj, "spec.type"), "LoadBalancer");
				if (none && json_array_size(list))
					v_forbidden(v, "", "may only be used when `spec.type` is 'LoadBalancer'");
				V_EACH (v, none ? NULL : list, i, x) {
					const char *ip = v_text(x, "ip"), *host = v_text(x, "hostname");
					bool known = false;
					for (size_t k = 0; k < json_array_size(had); k++)
						known |= streq(v_text(json_array_get(had, k), "ip"), ip);
					if (*ip && !known)
						(void)v_words(v, "ip", ip, v_check_ip);
					if (service && v_has(x, "ipMode") && !*ip)
						v_forbidden(v, "ipMode", "may not be specified when `ip` is not set");
					else if (service && v_has(x, "ipMode"))
						v_supported(v, x, "ipMode", modes);
					if (*host) {
						v_name(v, x, "hostname", api_check_dns1123_subdomain, false);
						if (v_is_ip(host, NULL))
							v_invalid(v, "hostname", json_object_get(x, "hostname"),
								  "must be a DNS name, not an IP address");
					}
				}
			}
}

static void validate_service(struct validation *v)
{
	static const char *const types[] = {"ClusterIP", "ExternalName", "LoadBalancer", "NodePort", NULL};
	const json_t *spec = json_object_get(v->obj, "spec"), *ports = json_object_get(spec, "ports"),
		     *outer = json_at(v->old, "spec", "externalIPs", NULL);
	const char *type = v_text(spec, "type");
	AUTO_JSON json_t *names = json_object();
	if (v->sub) {
		validate_balancer_status(v, true);
		return;
	}
	/* Kubernetes asks this before it allocates, and looks no further where it is wrong. */
	size_t found = v->c->n;
	if (!streq(type, "ExternalName"))
		V_IN (v, "spec")
			check_cluster_ips(v, spec);
	if (v->c->n > found)
		return;
	V_IN (v, "spec") {
		if (v->old)
			check_service_update(v, spec, json_object_get(v->old, "spec"));
		if (json_array_size(ports) == 0 && !headless(spec) && !streq(type, "ExternalName"))
			v_required(v, "ports", "");
		if (headless(spec) && (streq(type, "LoadBalancer") || streq(type, "NodePort")))
			v_invalid(v, "clusterIPs[0]", json_array_get(json_object_get(spec, "clusterIPs"), 0),
				  "may not be set to 'None' for %s services", type);
		if (streq(type, "ExternalName"))
			check_external_name(v, spec);
		V_IN (v, "ports")
			V_EACH (v, ports, i, p)
				check_service_port(v, p, json_array_size(ports) > 1, names);
		v_labels(v, spec, "selector");
		check_affinity(v, spec);
		V_IN (v, "externalIPs")
			V_EACH (v, json_object_get(spec, "externalIPs"), i, ip) {
				const char *s = json_string_value(ip) ? json_string_value(ip) : "";
				if (listed(outer, s) || v_words(v, "", s, v_check_ip))
					check_endpoint_ip(v, "", s);
			}
		v_enum(v, spec, "type", types, true);
		V_IN (v, "ports")
			V_EACH (v, ports, i, p)
				if (streq(type, "ClusterIP") && v_int(p, "nodePort", 0))
					v_forbidden(v, "nodePort", "may not be used when `type` is 'ClusterIP'");
		check_twice(v, ports, "nodePort", "nodePort");
		check_twice(v, ports, "port", "");
		check_source_ranges(v, spec, type);
		check_balancer(v, spec, type);
		check_traffic(v, spec, type);
	}
}

static void check_endpoint_port(struct validation *v, const json_t *p, bool name_needed)
{
	if (!*v_text(p, "name") && name_needed)
		v_required(v, "name", "");
	v_name(v, p, "name", api_check_dns1123_label, false);
	check_port_number(v, p, "port");
	v_enum(v, p, "protocol", protocols, true);
	if (v_has(p, "appProtocol"))
		(void)v_words(v, "appProtocol", v_text(p, "appProtocol"), api_check_label_key);
}

static void check_address(struct validation *v, const json_t *a)
{
	v_ip(v, a, "ip");
	v_name(v, a, "hostname", api_check_dns1123_label, false);
	if (v_has(a, "nodeName"))
		(void)v_words(v, "nodeName", v_text(a, "nodeName"), api_check_dns1123_subdomain);
	check_endpoint_ip(v, "ip", v_text(a, "ip"));
}

/* The server's own, which on a machine alone may say 127.0.0.1. */
static bool is_own(const struct validation *v)
{
	const json_t *meta = json_object_get(v->obj, "metadata");
	return streq(v_text(meta, "name"), "kubernetes") && streq(v_text(meta, "namespace"), "default");
}

static void validate_endpoints(struct validation *v)
{
	static const char *const lists[] = {"addresses", "notReadyAddresses"};
	if ((v->old && v_same(v->obj, v->old, "subsets")) || is_own(v))
		return;
	V_IN (v, "subsets")
		V_EACH (v, json_object_get(v->obj, "subsets"), i, s) {
			const json_t *ports = json_object_get(s, "ports");
			if (!json_array_size(json_object_get(s, "addresses")) &&
			    !json_array_size(json_object_get(s, "notReadyAddresses")))
				v_required(v, "", "must specify `addresses` or `notReadyAddresses`");
			for (size_t k = 0; k < ARRAY_LEN(lists); k++)
				V_IN (v, lists[k])
					V_EACH (v, json_object_get(s, lists[k]), j, a)
						check_address(v, a);
			V_IN (v, "ports")
				V_EACH (v, ports, j, p)
					check_endpoint_port(v, p, json_array_size(ports) > 1);
		}
}

static void check_full_name(struct validation *v, const char *s)
{
	size_t n = strlen(s);
	AUTO_FREE char *name = str_ndup(s, n && s[n - 1] == '.' ? n - 1 : n); /* a dot may end it */
	AUTO_JSON json_t *bad = json_string(name);
	if (!n)
		v_required(v, "", "");
	else if (name && v_words(v, "", name, api_check_dns1123_subdomain) && !strchr(name, '.'))
		v_invalid(v, "", bad, "should be a domain with at least two segments separated by dots");
}

static void check_slice_address(struct validation *v, const json_t *a, const char *type)
{
	const char *s = json_string_value(a) ? json_string_value(a) : "";
	bool v6 = false;
	if (streq(type, "FQDN")) {
		check_full_name(v, s);
		return;
	}
	if (!streq(type, "IPv4") && !streq(type, "IPv6"))
		return;
	if (!v_words(v, "", s, v_check_ip))
		return;
	(void)v_is_ip(s, &v6);
	if (v6 != streq(type, "IPv6")) { /* said of the list */
		size_t n = v->path.len;
		while (n && v->path.data[n - 1] != '[')
			n--;
		AUTO_FREE char *list = str_ndup(path_text(&v->path), n - 1);
		if (list)
			api_invalid(v->c, list, a, v6 ? "must be an IPv4 address" : "must be an IPv6 address");
	}
	check_endpoint_ip(v, "", s);
}

static void check_hints(struct validation *v, const json_t *hints)
{
	static const struct {
		const char *key;
		api_name_check check;
	} lists[] = {{"forZones", api_check_label_value}, {"forNodes", api_check_dns1123_subdomain}};
	V_IN (v, "hints")
		for (size_t k = 0; k < ARRAY_LEN(lists); k++) {
			const json_t *list = json_object_get(hints, lists[k].key);
			AUTO_JSON json_t *seen = json_object();
			if (json_array_size(list) > 8) {
				v_too_many(v, lists[k].key, json_array_size(list), 8);
				break;
			}
			V_IN (v, lists[k].key)
				V_EACH (v, list, i, h) {
					AUTO_JSON json_t *bad = json_string(v_text(h, "name"));
					if (json_object_get(seen, v_text(h, "name")))
						v_duplicate(v, "name", bad);
					(void)json_object_set_new(seen, v_text(h, "name"), json_true());
					(void)v_words(v, "name", v_text(h, "name"), lists[k].check);
				}
		}
}

static void check_slice_endpoint(struct validation *v, const json_t *e, const char *type)
{
	const json_t *addrs = json_object_get(e, "addresses");
	if (json_array_size(addrs) == 0)
		v_required(v, "addresses", "must contain at least 1 address");
	else if (json_array_size(addrs) > 100)
		v_too_many(v, "addresses", json_array_size(addrs), 100);
	V_IN (v, "addresses")
		V_EACH (v, addrs, i, a)
			check_slice_address(v, a, type);
	if (v_has(e, "nodeName"))
		(void)v_words(v, "nodeName", v_text(e, "nodeName"), api_check_dns1123_subdomain);
	if (v_has(e, "hostname"))
		(void)v_words(v, "hostname", v_text(e, "hostname"), api_check_dns1123_label);
	check_hints(v, json_object_get(e, "hints"));
}

static void validate_endpoint_slice(struct validation *v)
{
	static const char *const types[] = {"FQDN", "IPv4", "IPv6", NULL};
	const json_t *eps = json_object_get(v->obj, "endpoints"), *ports = json_object_get(v->obj, "ports");
	AUTO_JSON json_t *names = json_object();
	v_enum(v, v->obj, "addressType", types, true);
	if (json_array_size(ports) > 20000)
		v_too_many(v, "ports", json_array_size(ports), 20000);
	else
		V_IN (v, "ports")
			V_EACH (v, ports, i, p) {
				AUTO_JSON json_t *bad = json_string(v_text(p, "name"));
				v_name(v, p, "name", api_check_dns1123_label, false);
				if (json_object_get(names, v_text(p, "name")))
					v_duplicate(v, "name", bad);
				(void)json_object_set_new(names, v_text(p, "name"), json_true());
				v_supported(v, p, "protocol", protocols);
				if (v_has(p, "appProtocol"))
					(void)v_words(v, "appProtocol", v_text(p, "appProtocol"), api_check_label_key);
			}
	if (json_array_size(eps) > 1000)
		v_too_many(v, "endpoints", json_array_size(eps), 1000);
	else if ((!v->old || !v_same(v->obj, v->old, "endpoints")) && !is_own(v))
		V_IN (v, "endpoints")
			V_EACH (v, eps, i, e)
				check_slice_endpoint(v, e, v_text(v->obj, "addressType"));
	if (v->old)
		v_immutable_text(v, v->obj, v->old, "addressType");
}

const struct kind_validator service_validators[] = {{"", "Service", validate_service},
						    {"", "Endpoints", validate_endpoints},
						    {"discovery.k8s.io", "EndpointSlice", validate_endpoint_slice},
						    {NULL, NULL, NULL}};
