/*
 * Services: cluster IPs and node ports. An address is taken by writing its IPAddress object (networking.k8s.io/v1, as upstream does
 * since 1.33), a node port by writing a key of its number, both with "must not exist" in the transaction that writes the
 * Service: nothing can be given out twice, whoever else writes to the same store.
 */
#include "api/object.h"
#include "apiserver/service_ranges.h"
#include "apiserver/strategy.h"

#define PICK_TRIES 64
#define DNS_OFFSET 10 /* the cluster DNS has it in either family */
#define STATIC_BAND 256 /* lower part of the range is left to explicit addresses as long as possible */

static char *ip_key(struct write *w, const char *ip)
{
	const struct api_resource *res = api_resource_find(w->r->reg, "networking.k8s.io", "v1", "ipaddresses");

	return res ? object_key(res, NULL, ip) : str_fmt("/minik/ips/%s", ip);
}

static bool taken(struct write *w, const char *key)
{
	struct store_item it = {0};
	int r = store_get(w->a->store, key, &it);

	if (!r)
		store_item_done(&it);
	return r != ERR_NOT_FOUND;
}

static bool in_ops(const struct write *w, const char *key)
{
	for (size_t i = 0; i < w->ops.n; i++)
		if (streq(w->ops.v[i].key, key))
			return true;
	return false;
}

static int take_ip(struct write *w, const char *ip, struct err *e)
{
	AUTO_FREE char *key = ip_key(w, ip);
	const struct api_resource *res = api_resource_find(w->r->reg, "networking.k8s.io", "v1", "ipaddresses");
	char uid[37];
	AUTO_JSON json_t *o = NULL;
	AUTO_BYTES struct bytes *value = NULL;
	AUTO_BYTES struct bytes *index = NULL;
	size_t splice = 0;

	uuid_new(uid);
	o = json_pack("{s:s,s:s,s:{s:s,s:s,s:s,s:i,s:{s:s,s:s}},s:{s:{s:s,s:s,s:s,s:s}}}", "apiVersion", "networking.k8s.io/v1", "kind", "IPAddress",
		      "metadata", "name", ip, "uid", uid, "creationTimestamp", w->now, "generation", 1, "labels", "ipaddress.kubernetes.io/ip-family",
		      strchr(ip, ':') ? "IPv6" : "IPv4", "ipaddress.kubernetes.io/managed-by", "ipallocator.k8s.io", "spec", "parentRef", "group", "",
		      "resource", "services", "namespace", w->r->ns, "name", w->r->name);
	if (!key || !o)
		return err_nomem(e);
	if (res) {
		int r = object_store(w->r->reg, res, o, &value, &splice, &index, e);

		if (r)
			return r;
	} else if (!(value = json_encode(o))) {
		return err_nomem(e);
	}
	return ops_add(&w->ops, STORE_PUT, key, 0, value, splice, index) ? err_nomem(e) : 0;
}

static int release_key(struct write *w, const char *key, struct err *e)
{
	if (!key)
		return err_nomem(e);
	/* Not there (older data): nothing to give back. */
	if (!taken(w, key) || in_ops(w, key))
		return 0;
	return ops_add(&w->ops, STORE_DELETE, key, -1, NULL, 0, NULL) ? err_nomem(e) : 0;
}

static int release_ip(struct write *w, const char *ip, struct err *e)
{
	AUTO_FREE char *key = ip_key(w, ip);

	return release_key(w, key, e);
}

static int invalid(struct write *w, struct err *e, const char *field, const char *value, const char *why)
{
	AUTO_FREE char *m = str_fmt("Service \"%s\" is invalid: %s: Invalid value: %s: %s", w->r->name, field, value, why);
	AUTO_FREE char *cm = str_fmt("Invalid value: %s: %s", value, why);

	json_decref(w->fail_status);
	w->fail_status = status_new(422, "Invalid", m ? m : why);
	if (w->fail_status) {
		(void)status_set_details(w->fail_status, "", "Service", w->r->name, NULL);
		(void)status_add_cause(w->fail_status, "FieldValueInvalid", cm ? cm : why, field);
	}
	return err_set(e, ERR_INVALID, "%s", why);
}

static int pick_ip(struct write *w, const struct range *r, char out[INET6_ADDRSTRLEN], struct err *e)
{
	uint64_t low = r->size > 2 * STATIC_BAND ? STATIC_BAND + 1 : 1, span = r->size - 1 - low;
	const char *dns = w->a->cfg.cluster_dns;

	for (unsigned i = 0; i < PICK_TRIES; i++) {
		uint64_t rnd;
		AUTO_FREE char *key = NULL;

		random_bytes(&rnd, sizeof(rnd));
		range_at(r, low + rnd % span, out);
		key = ip_key(w, out);
		if (key && !taken(w, key) && !streq(out, dns))
			return 0;
	}
	for (uint64_t off = r->size - 2; off >= 2; off--) {
		AUTO_FREE char *key = NULL;

		range_at(r, off, out);
		key = ip_key(w, out);
		if (key && !taken(w, key) && !streq(out, dns) && off != DNS_OFFSET)
			return 0;
	}
	return err_set(e, ERR_INTERNAL, "failed to allocate a serviceIP: range is full");
}

/* --- shape --- */

static const char *type_of(const json_t *svc) { return json_str_or(svc, "spec.type", "ClusterIP"); }
static bool wants_ip(const json_t *svc) { return !streq(type_of(svc), "ExternalName") && !streq(json_str(svc, "spec.clusterIP"), "None"); }
static bool wants_ports(const json_t *svc)
{
	return streq(type_of(svc), "NodePort") ||
	       (streq(type_of(svc), "LoadBalancer") && json_bool_or(svc, "spec.allocateLoadBalancerNodePorts", true));
}

static char *port_key(int64_t port) { return str_fmt("/minik/nodeports/%lld", (long long)port); }

static bool listed_port(const json_t *svc, int64_t port)
{
	const json_t *p;
	size_t i;

	json_array_foreach(json_dot(svc, "spec.ports"), i, p)
		if (json_int_or(p, "nodePort", 0) == port)
			return true;
	return false;
}

static bool has_port(const json_t *svc, int64_t port)
{
	return svc && (json_int_or(svc, "spec.healthCheckNodePort", 0) == port || listed_port(svc, port));
}

/* Which port of the list is the first of that number. */
static size_t first_with(const json_t *ports, const json_t *p)
{
	size_t i = 0;

	while (i < json_array_size(ports) && json_int_or(json_array_get(ports, i), "port", 0) != json_int_or(p, "port", 0))
		i++;
	return i;
}

/* --- what node ports ask for, before anything else is looked at, as in Kubernetes --- */

static bool lists(const json_t *list, int64_t port)
{
	const json_t *p;
	size_t i;

	json_array_foreach(list, i, p)
		if (json_integer_value(p) == port)
			return true;
	return false;
}

/* The flag by which the nodes listen on it themselves, or NULL. named: the Service asks for it. */
static const char *kept_port(const struct write *w, int64_t port, bool named)
{
	const struct apiserver_config *c = &w->a->cfg;

	for (size_t i = 0; i < ARRAY_LEN(c->kept_ports) && c->kept_ports[i].port; i++)
		if (c->kept_ports[i].port == port && !(named && c->kept_ports[i].on_demand))
			return c->kept_ports[i].whose;
	return NULL;
}

/* Notes the port as this write's. Why it cannot be (in text), or NULL. A dry run allocates nothing, so no range bounds it. */
static const char *claim_port(struct write *w, json_t *mine, int64_t port, char *text, size_t cap)
{
	AUTO_FREE char *key = port_key(port);
	const struct apiserver_config *c = &w->a->cfg;
	const char *whose = kept_port(w, port, true);

	if (!req_is_dry(w->r) && (port < c->node_port_min || port > c->node_port_max))
		(void)snprintf(text, cap, "provided port is not in the valid range. The range of valid ports is %u-%u", c->node_port_min, c->node_port_max);
	else if (whose)
		(void)snprintf(text, cap, "provided port is what nodes listen on themselves (%s)", whose);
	else if (lists(mine, port) || !key || taken(w, key))
		(void)snprintf(text, cap, "provided port is already allocated");
	else
		return json_array_append_new(mine, json_integer(port)) ? "out of memory" : NULL;
	return text;
}

/* What a dry run gives, which is nobody's: one more than the highest that was asked for. */
static int64_t next_port(const json_t *mine)
{
	int64_t last = 0;
	const json_t *p;
	size_t i;

	json_array_foreach(mine, i, p)
		if (json_integer_value(p) > last)
			last = json_integer_value(p);
	return (last ? last : 32768) + 1;
}

static bool same_protocol(const json_t *a, const json_t *b)
{
	return streq(json_str_or(a, "protocol", "TCP"), json_str_or(b, "protocol", "TCP"));
}

/* The nth port's, which may be none: of what comes before it or, on a create, of any of the same number. */
static int claim_nth(struct write *w, json_t *mine, const json_t *ports, size_t n, struct err *e)
{
	const json_t *p = json_array_get(ports, n), *q;
	int64_t port = json_int_or(p, "nodePort", 0), shared = 0;
	AUTO_FREE char *field = str_fmt("spec.ports[%zu].nodePort", n);
	char num[24], text[128];
	const char *why;
	size_t i;

	json_array_foreach(ports, i, q)
	{
		if (w->creating && json_int_or(q, "port", 0) == json_int_or(p, "port", 0) && !shared)
			shared = json_int_or(q, "nodePort", 0);
		if (!w->creating && i < n && port && json_int_or(q, "nodePort", 0) == port && same_protocol(p, q)) {
			AUTO_FREE char *m = str_fmt("duplicate nodePort: {%s %lld}", json_str_or(p, "protocol", "TCP"), (long long)port);

			w->fail_status = status_new(500, NULL, m ? m : "");
			return err_set(e, ERR_INVALID, "a node port twice");
		}
	}
	if (w->creating && !port && !shared && req_is_dry(w->r))
		return json_array_append_new(mine, json_integer(next_port(mine))) ? err_nomem(e) : 0;
	if (!w->creating && (listed_port(w->old, port) || lists(mine, port)))
		return 0;
	/* Told of the first of those that share it. */
	if (!port || (w->creating && port == shared && first_with(ports, p) < n))
		return 0;
	why = claim_port(w, mine, port, text, sizeof(text));
	(void)snprintf(num, sizeof(num), "%lld", (long long)port);
	return why ? invalid(w, e, field ? field : "spec.ports", num, why) : 0;
}

static int claim_ports(struct write *w, struct err *e)
{
	AUTO_JSON json_t *mine = json_array();
	json_t *spec = json_object_get(w->obj, "spec"), *ports = json_object_get(spec, "ports");
	bool lb = streq(type_of(w->obj), "LoadBalancer");
	int64_t port = json_int_or(spec, "healthCheckNodePort", 0);
	char text[128];
	const char *why;
	int r;

	for (size_t i = 0; (lb || streq(type_of(w->obj), "NodePort")) && i < json_array_size(ports); i++)
		if ((r = claim_nth(w, mine, ports, i, e)))
			return r;
	if (!w->creating || !lb || !streq(json_str(spec, "externalTrafficPolicy"), "Local"))
		return 0;
	if (!port && req_is_dry(w->r))
		return json_object_set_new(spec, "healthCheckNodePort", json_integer(next_port(mine))) ? err_nomem(e) : 0;
	why = port ? claim_port(w, mine, port, text, sizeof(text)) : NULL;
	if (!why)
		return 0;
	AUTO_FREE char *told = str_fmt("failed to allocate requested HealthCheck NodePort %lld: %s", (long long)port, why);
	AUTO_FREE char *m = str_fmt("Internal error occurred: %s", told);

	w->fail_status = status_new(500, "InternalError", m ? m : why);
	if (w->fail_status)
		(void)json_object_set_new(w->fail_status, "details", json_pack("{s:[{s:s}]}", "causes", "message", told ? told : why));
	return err_set(e, ERR_INTERNAL, "%s", why);
}

/* An address of a family that services do not have here. */
static int other_family(struct write *w, const struct range *r, struct err *e)
{
	const char *ip = json_string_value(json_array_get(json_dot(w->obj, "spec.clusterIPs"), 0));
	unsigned char a[16];
	int family = ip && inet_pton(AF_INET, ip, a) == 1 ? AF_INET : ip && inet_pton(AF_INET6, ip, a) == 1 ? AF_INET6 : r->family;
	AUTO_FREE char *shown = str_fmt("[\"%s\"]", ip ? ip : "");

	if (family == r->family || (ip && str_has_prefix(ip, "::ffff:"))) /* validation says what the second is */
		return 0;
	return invalid(w, e, "spec.clusterIPs[0]", shown ? shown : "", family == AF_INET6 ? "IPv6 is not configured on this cluster" : "IPv4 is not configured on this cluster");
}

static const char *family_of_ip(const char *ip)
{
	return ip && strchr(ip, ':') ? "IPv6" : "IPv4";
}

static int append_family(json_t *spec, const char *family)
{
	json_t *list = json_object_get(spec, "ipFamilies");

	if (!json_is_array(list)) {
		if (json_object_set_new(spec, "ipFamilies", json_array()))
			return -ENOMEM;
		list = json_object_get(spec, "ipFamilies");
	}
	return json_array_append_new(list, json_string(family)) ? -ENOMEM : 0;
}

/* Who goes back to one family, and says no more than that, gives up the second. */
static int trim_family(const struct write *w, json_t *spec)
{
	static const char *const lists[] = {"clusterIPs", "ipFamilies"};
	const json_t *old = json_object_get(w->old, "spec");

	if (!streq(json_str(spec, "ipFamilyPolicy"), "SingleStack") || json_array_size(json_object_get(old, "ipFamilies")) != 2)
		return 0;
	for (size_t i = 0; i < ARRAY_LEN(lists); i++)
		if (json_equal(json_object_get(spec, lists[i]), json_object_get(old, lists[i])) != 1)
			return 0;
	for (size_t i = 0; i < ARRAY_LEN(lists); i++) {
		const json_t *list = json_object_get(spec, lists[i]);
		if (json_array_size(list) == 2 && json_object_set_new(spec, lists[i], json_pack("[O]", json_array_get(list, 0))))
			return -ENOMEM;
	}
	return 0;
}

/* Where Services have both. Source: Kubernetes "IPv4/IPv6 dual-stack". */
static int families_dual(struct write *w, json_t *spec, const struct ranges *rs, struct err *e)
{
	bool named = streq(json_str(spec, "clusterIP"), "None"), open = named && !json_object_size(json_object_get(spec, "selector"));
	const json_t *ips = named ? NULL : json_object_get(spec, "clusterIPs");
	size_t given = json_array_size(json_object_get(spec, "ipFamilies"));

	if (w->old && trim_family(w, spec) < 0)
		return err_nomem(e);
	if (!json_object_get(spec, "ipFamilyPolicy")) {
		bool both = json_array_size(ips) == 2 || given == 2 || (open && given == 0);
		if (json_object_set_new(spec, "ipFamilyPolicy", json_string(both ? "RequireDualStack" : "SingleStack")))
			return err_nomem(e);
	}
	for (size_t i = json_array_size(json_object_get(spec, "ipFamilies")); i < json_array_size(ips) && i < 2; i++)
		if (append_family(spec, family_of_ip(json_string_value(json_array_get(ips, i)))) < 0)
			return err_nomem(e);
	if (!json_array_size(json_object_get(spec, "ipFamilies")) && append_family(spec, range_family(&rs->v[0])) < 0)
		return err_nomem(e);
	if (!streq(json_str(spec, "ipFamilyPolicy"), "SingleStack") && json_array_size(json_object_get(spec, "ipFamilies")) == 1) {
		const char *first = json_string_value(json_array_get(json_object_get(spec, "ipFamilies"), 0));
		if (append_family(spec, streq(first, "IPv6") ? "IPv4" : "IPv6") < 0)
			return err_nomem(e);
	}
	return 0;
}

/* What a cluster of one family cannot give. A headless Service that selects nothing has no address of ours; and one that
 * has it already, from when the cluster had both, can still be changed. */
static bool demands_both(const struct write *w, const json_t *spec)
{
	if (!streq(json_str(spec, "ipFamilyPolicy"), "RequireDualStack") || (w->old && streq(json_str(w->old, "spec.ipFamilyPolicy"), "RequireDualStack")))
		return false;
	return !streq(json_str(spec, "clusterIP"), "None") || json_object_size(json_object_get(spec, "selector")) > 0;
}

static int families(struct write *w, struct err *e)
{
	struct ranges rs;
	const struct range *r = &rs.v[0];
	json_t *spec = json_object_get(w->obj, "spec");

	if (ranges_parse(w->a->cfg.service_cidr, &rs))
		return err_set(e, ERR_INTERNAL, "service-cidr %s is not a prefix, or two", w->a->cfg.service_cidr);
	if (streq(type_of(w->obj), "ExternalName")) {
		(void)json_object_del(spec, "internalTrafficPolicy");
		return 0;
	}
	if (rs.n == 2)
		return families_dual(w, spec, &rs, e);
	if (!json_array_size(json_object_get(spec, "ipFamilies")) && other_family(w, r, e))
		return e->code;
	/* A headless Service that selects nothing serves what others write into it, of both families. */
	if (!json_object_get(spec, "ipFamilyPolicy") && !json_array_size(json_object_get(spec, "ipFamilies")) && streq(json_str(spec, "clusterIP"), "None") &&
	    !json_object_size(json_object_get(spec, "selector")))
		return json_object_set_new(spec, "ipFamilyPolicy", json_string("RequireDualStack")) ||
				       json_object_set_new(spec, "ipFamilies", r->family == AF_INET ? json_pack("[ss]", "IPv4", "IPv6") : json_pack("[ss]", "IPv6", "IPv4"))
			       ? err_nomem(e)
			       : 0;
	if (demands_both(w, spec))
		return invalid(w, e, "spec.ipFamilyPolicy", "\"RequireDualStack\"", "this cluster is not configured for dual-stack services");
	if (!json_object_get(spec, "ipFamilyPolicy") && json_object_set_new(spec, "ipFamilyPolicy", json_string("SingleStack")))
		return err_nomem(e);
	if (!json_array_size(json_object_get(spec, "ipFamilies")) && append_family(spec, range_family(r)) < 0)
		return err_nomem(e);
	return 0;
}

/* Who gives one address means a list of it. */
static int name_ips(json_t *spec)
{
	const char *ip = json_str_or(spec, "clusterIP", "");

	return *ip && !json_array_size(json_object_get(spec, "clusterIPs")) ? json_object_set_new(spec, "clusterIPs", json_pack("[s]", ip)) : 0;
}

int service_prepare_create(struct write *w, struct err *e)
{
	json_t *spec = json_object_get(w->obj, "spec");

	if (!json_is_object(spec))
		return 0;
	if (json_object_set_new(w->obj, "status", json_pack("{s:{}}", "loadBalancer")))
		return err_nomem(e);
	if (name_ips(spec))
		return err_nomem(e);
	return families(w, e) ? e->code : claim_ports(w, e);
}

/* What only the old type could have, and nobody changed, goes with it. */
static void drop_type_fields(struct write *w, json_t *spec, const json_t *old)
{
	bool lb = streq(type_of(w->obj), "LoadBalancer");
	bool outside = lb || streq(type_of(w->obj), "NodePort") || (streq(type_of(w->obj), "ClusterIP") && json_array_size(json_object_get(spec, "externalIPs")));
	const struct {
		const char *key;
		bool keep;
	} fields[] = {{"externalTrafficPolicy", outside},
		      {"healthCheckNodePort", lb && streq(json_str(spec, "externalTrafficPolicy"), "Local")},
		      {"allocateLoadBalancerNodePorts", lb},
		      {"loadBalancerClass", lb}};

	for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++)
		if (!fields[i].keep && json_equal(json_object_get(spec, fields[i].key), json_object_get(old, fields[i].key)))
			(void)json_object_del(spec, fields[i].key);
}

/* Addresses that an update leaves out stay, one that it changes heads the list, and a name alone needs none. -ENOMEM. */
static int keep_ips(struct write *w, json_t *spec, const json_t *old)
{
	static const char *const only_ours[] = {"clusterIP", "clusterIPs", "ipFamilies", "ipFamilyPolicy"};
	bool named = streq(type_of(w->obj), "ExternalName"), was_named = streq(type_of(w->old), "ExternalName");
	json_t *ips = json_object_get(spec, "clusterIPs"), *old_ips = json_object_get(old, "clusterIPs");
	const char *ip = json_str_or(spec, "clusterIP", ""), *old_ip = json_str_or(old, "clusterIP", "");

	for (size_t i = 0; i < ARRAY_LEN(only_ours) && named && !was_named; i++)
		if (json_equal(json_object_get(spec, only_ours[i]), json_object_get(old, only_ours[i])) == 1)
			(void)json_object_del(spec, only_ours[i]);
	if (named || was_named)
		return 0;
	if (!json_array_size(json_object_get(spec, "ipFamilies")) && !json_object_get(spec, "ipFamilyPolicy")) {
		copy_meta(spec, old, "ipFamilies");
		copy_meta(spec, old, "ipFamilyPolicy");
	}
	if (*ip && *old_ip && !streq(ip, old_ip) && json_array_size(ips) && json_equal(ips, old_ips) == 1) {
		json_t *now = json_deep_copy(ips);

		return !now || json_array_set_new(now, 0, json_string(ip)) || json_object_set_new(spec, "clusterIPs", now) ? -ENOMEM : 0;
	}
	if (!*ip && *old_ip && (!json_array_size(ips) || json_equal(ips, old_ips) == 1))
		return json_object_set(spec, "clusterIP", json_object_get(old, "clusterIP")) || json_object_set(spec, "clusterIPs", old_ips) ? -ENOMEM : 0;
	return 0;
}

int service_prepare_update(struct write *w, struct err *e)
{
	json_t *spec = json_object_get(w->obj, "spec"), *old = json_object_get(w->old, "spec"), *p;
	size_t i;

	if (*w->r->subname || !json_is_object(spec))
		return 0;
	if (keep_ips(w, spec, old) || name_ips(spec))
		return err_nomem(e);
	drop_type_fields(w, spec, old);
	json_array_foreach(json_object_get(spec, "ports"), i, p) {
		const json_t *o;
		size_t k;

		if (!wants_ports(w->obj)) {
			/* Ports the old type had do not stay behind. */
			if (wants_ports(w->old) && json_int_or(p, "nodePort", 0) && !streq(type_of(w->obj), "LoadBalancer"))
				(void)json_object_del(p, "nodePort");
			continue;
		}
		if (json_int_or(p, "nodePort", 0) || !wants_ports(w->old))
			continue;
		json_array_foreach(json_object_get(old, "ports"), k, o) {
			if (json_int_or(o, "port", 0) == json_int_or(p, "port", -1) &&
			    streq(json_str_or(o, "protocol", "TCP"), json_str_or(p, "protocol", "TCP")) && json_object_get(o, "nodePort"))
				(void)json_object_set(p, "nodePort", json_object_get(o, "nodePort"));
		}
	}
	if (streq(type_of(w->obj), "LoadBalancer") && streq(json_str(spec, "externalTrafficPolicy"), "Local") &&
	    !json_int_or(spec, "healthCheckNodePort", 0) && json_object_get(old, "healthCheckNodePort"))
		(void)json_object_set(spec, "healthCheckNodePort", json_object_get(old, "healthCheckNodePort"));
	return families(w, e) ? e->code : claim_ports(w, e);
}

/* --- node ports --- */

static int take_port(struct write *w, int64_t port, const char *field, struct err *e)
{
	AUTO_FREE char *key = port_key(port);
	AUTO_FREE char *text = str_fmt("{\"metadata\":{\"name\":\"%lld\"},\"service\":\"%s/%s\"}", (long long)port, w->r->ns, w->r->name);
	AUTO_BYTES struct bytes *v = text ? bytes_new(text, strlen(text)) : NULL;
	char num[24];

	if (!key || !v)
		return err_nomem(e);
	if (has_port(w->old, port) || in_ops(w, key))
		return 0;
	(void)snprintf(num, sizeof(num), "%lld", (long long)port);
	if (!req_is_dry(w->r) && (port < w->a->cfg.node_port_min || port > w->a->cfg.node_port_max)) {
		AUTO_FREE char *why = str_fmt("provided port is not in the valid range. The range of valid ports is %u-%u", w->a->cfg.node_port_min,
					      w->a->cfg.node_port_max);

		return invalid(w, e, field, num, why ? why : "out of range");
	}
	if (kept_port(w, port, true)) {
		AUTO_FREE char *why = str_fmt("provided port is what nodes listen on themselves (%s)", kept_port(w, port, true));

		return invalid(w, e, field, num, why ? why : "in use");
	}
	if (taken(w, key))
		return invalid(w, e, field, num, "provided port is already allocated");
	return ops_add(&w->ops, STORE_PUT, key, 0, v, 0, NULL) ? err_nomem(e) : 0;
}

static int pick_port(struct write *w, int64_t *ret, struct err *e)
{
	unsigned span = (unsigned)w->a->cfg.node_port_max - w->a->cfg.node_port_min + 1, start;

	random_bytes(&start, sizeof(start));
	for (unsigned i = 0; i < span; i++) {
		int64_t port = w->a->cfg.node_port_min + (start + i) % span;
		AUTO_FREE char *key = port_key(port);

		if (key && !kept_port(w, port, false) && !taken(w, key) && !in_ops(w, key)) {
			*ret = port;
			return 0;
		}
	}
	return err_set(e, ERR_INTERNAL, "failed to allocate a nodePort: range is full");
}

static int give_ports(struct write *w, struct err *e)
{
	json_t *spec = json_object_get(w->obj, "spec"), *p;
	int64_t port;
	size_t i;
	int r;

	/* Explicit ones first, so that a pick cannot take them away. */
	json_array_foreach(json_object_get(spec, "ports"), i, p) {
		AUTO_FREE char *field = str_fmt("spec.ports[%zu].nodePort", i);

		port = json_int_or(p, "nodePort", 0);
		if (port && (r = take_port(w, port, field ? field : "spec.ports", e)))
			return r;
	}
	port = json_int_or(spec, "healthCheckNodePort", 0);
	if (port && (r = take_port(w, port, "spec.healthCheckNodePort", e)))
		return r;
	if (!wants_ports(w->obj))
		return 0;
	json_array_foreach(json_object_get(spec, "ports"), i, p) {
		const json_t *q;
		size_t k;

		if (json_int_or(p, "nodePort", 0))
			continue;
		port = 0;
		/* One number serves the same port of several protocols. */
		json_array_foreach(json_object_get(spec, "ports"), k, q) {
			if (k < i && json_int_or(q, "port", 0) == json_int_or(p, "port", -1) &&
			    !streq(json_str_or(q, "protocol", "TCP"), json_str_or(p, "protocol", "TCP")))
				port = json_int_or(q, "nodePort", 0);
		}
		if (!port && (r = pick_port(w, &port, e)))
			return r;
		if ((r = take_port(w, port, "spec.ports", e)) || json_object_set_new(p, "nodePort", json_integer(port)))
			return r ? r : err_nomem(e);
	}
	if (streq(type_of(w->obj), "LoadBalancer") && streq(json_str(spec, "externalTrafficPolicy"), "Local") &&
	    !json_int_or(spec, "healthCheckNodePort", 0)) {
		if ((r = pick_port(w, &port, e)) || (r = take_port(w, port, "spec.healthCheckNodePort", e)))
			return r;
		if (json_object_set_new(spec, "healthCheckNodePort", json_integer(port)))
			return err_nomem(e);
	}
	return 0;
}

static int release_ports(struct write *w, const json_t *now, struct err *e)
{
	const json_t *p;
	int64_t port = json_int_or(w->old, "spec.healthCheckNodePort", 0);
	size_t i;
	int r;

	if (port && !has_port(now, port)) {
		AUTO_FREE char *key = port_key(port);

		if ((r = release_key(w, key, e)))
			return r;
	}
	json_array_foreach(json_dot(w->old, "spec.ports"), i, p) {
		AUTO_FREE char *key = NULL;

		port = json_int_or(p, "nodePort", 0);
		if (!port || has_port(now, port))
			continue;
		key = port_key(port);
		if ((r = release_key(w, key, e)))
			return r;
	}
	return 0;
}

/* The i-th address that a Service has or asks for; NULL: none. */
static const char *ip_at(const json_t *svc, size_t i)
{
	const json_t *ips = json_dot(svc, "spec.clusterIPs");
	const char *ip = json_array_size(ips) ? json_string_value(json_array_get(ips, i)) : i == 0 ? json_str(svc, "spec.clusterIP") : NULL;

	return ip && *ip ? ip : NULL;
}

static bool has_ip(const json_t *svc, const char *ip)
{
	return svc && wants_ip(svc) && (streq(ip_at(svc, 0), ip) || streq(ip_at(svc, 1), ip));
}

/* One that was asked for. */
static int give_asked(struct write *w, const struct range *r, const char *ip, struct err *e)
{
	AUTO_FREE char *key = ip_key(w, ip);
	AUTO_FREE char *quoted = str_fmt("[\"%s\"]", ip);
	AUTO_FREE char *why = NULL;
	uint64_t off;

	if (!r || !range_offset(r, ip, &off) || off == 0) {
		why = str_fmt("failed to allocate IP %s: the provided IP (%s) is not in the valid range. The range of valid IPs is %s", ip, ip,
			      r ? r->text : w->a->cfg.service_cidr);
		return invalid(w, e, "spec.clusterIPs", quoted ? quoted : ip, why ? why : "out of range");
	}
	if (key && taken(w, key)) {
		why = str_fmt("failed to allocate IP %s: provided IP is already allocated", ip);
		return invalid(w, e, "spec.clusterIPs", quoted ? quoted : ip, why ? why : "allocated");
	}
	return take_ip(w, ip, e);
}

static int give_ips(struct write *w, struct err *e)
{
	json_t *spec = json_object_get(w->obj, "spec");
	size_t n = json_array_size(json_object_get(spec, "ipFamilies"));
	AUTO_JSON json_t *all = json_array();
	struct ranges rs;
	bool any = false;
	int rc;

	if (ranges_parse(w->a->cfg.service_cidr, &rs))
		return err_set(e, ERR_INTERNAL, "service-cidr %s is not a prefix, or two", w->a->cfg.service_cidr);
	/* In a cluster of one family a second one is a wish. */
	n = n > rs.n ? rs.n : n ? n : 1;
	for (size_t i = 0; i < n; i++) {
		const char *ip = ip_at(w->obj, i), *family = json_string_value(json_array_get(json_object_get(spec, "ipFamilies"), i));
		const struct range *r = rs.n == 1 ? &rs.v[0] : ranges_of(&rs, family ? family : family_of_ip(ip));
		char picked[INET6_ADDRSTRLEN];
		if (ip && !has_ip(w->old, ip) && (rc = give_asked(w, r, ip, e)))
			return rc;
		if (!ip && ((rc = r ? pick_ip(w, r, picked, e) : err_set(e, ERR_INTERNAL, "no network for the family")) || (rc = take_ip(w, picked, e))))
			return rc;
		any |= !ip;
		if (json_array_append_new(all, json_string(ip ? ip : picked)))
			return err_nomem(e);
	}
	if (!any)
		return 0;
	return json_object_set(spec, "clusterIP", json_array_get(all, 0)) || json_object_set(spec, "clusterIPs", all) ? err_nomem(e) : 0;
}

static int release_ips(struct write *w, const json_t *now, struct err *e)
{
	for (size_t i = 0; i < 2 && w->old && wants_ip(w->old); i++) {
		const char *ip = ip_at(w->old, i);
		int r = ip && !has_ip(now, ip) ? release_ip(w, ip, e) : 0;
		if (r)
			return r;
	}
	return 0;
}

int service_transact(struct write *w, struct err *e)
{
	int r;

	if (*w->r->subname || (w->kind == WRITE_DELETE && !w->deleting))
		return 0;
	if (w->deleting) {
		r = release_ips(w, NULL, e);
		return r ? r : release_ports(w, NULL, e);
	}
	if ((wants_ip(w->obj) && (r = give_ips(w, e))) || (r = give_ports(w, e)) || (r = release_ips(w, w->obj, e)))
		return r;
	return w->old ? release_ports(w, w->obj, e) : 0;
}
