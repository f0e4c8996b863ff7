/*
 * Whether NetworkPolicies let one pod's packet to another, by the objects alone: an explanation of what was seen on the
 * wire. Rules: Kubernetes' document "Network Policies".
 */
#include <stdio.h>
#include "api/object.h"
#include "api/selector.h"
#include "base/cleanup.h"
#include "base/inet.h"
#include "base/str.h"
#include "cmd/debug.h"

static bool labels_match(const json_t *selector, const json_t *labels)
{
	AUTO_SELECTOR struct api_selector *s = NULL;
	return selector && api_label_selector_from(&s, selector, NULL) == 0 && api_selector_match_labels(s, labels);
}

const json_t *debug_named(const json_t *list, const char *name)
{
	const json_t *o;
	size_t i;
	json_array_foreach (list, i, o)
		if (streq(obj_name(o), name))
			return o;
	return NULL;
}

static const json_t *labels_of(const json_t *o)
{
	return json_dot(o, "metadata.labels");
}

static bool block_has(const json_t *block, const char *addr)
{
	struct inet_cidr c;
	struct inet_addr a;
	json_t *x;
	size_t i;
	if (!addr || !inet_addr_parse(addr, &a) || !inet_cidr_parse(json_str(block, "cidr"), &c) ||
	    !inet_cidr_has(&c, &a))
		return false;
	json_array_foreach (json_object_get(block, "except"), i, x)
		if (inet_cidr_parse(json_string_value(x), &c) && inet_cidr_has(&c, &a))
			return false;
	return true;
}

static bool peer_matches(const struct debug *d, const json_t *policy, const json_t *peer, const json_t *pod,
			 const char *addr)
{
	const json_t *block = json_object_get(peer, "ipBlock"), *pods = json_object_get(peer, "podSelector"),
		     *spaces = json_object_get(peer, "namespaceSelector");
	if (block)
		return block_has(block, addr);
	if (!pod || json_bool_or(pod, "spec.hostNetwork", false) || streq(json_str(pod, "kind"), "Node"))
		return false;
	if (spaces ? !labels_match(spaces, labels_of(debug_named(d->namespaces, obj_namespace(pod))))
		   : !streq(obj_namespace(policy), obj_namespace(pod)))
		return false;
	return !pods || labels_match(pods, labels_of(pod));
}

/* A name is that of a port of the pod the packet goes to. */
static int64_t named_port(const json_t *to, const char *name, const char *protocol)
{
	json_t *c, *p;
	size_t i, k;
	json_array_foreach (json_dot(to, "spec.containers"), i, c)
		json_array_foreach (json_object_get(c, "ports"), k, p)
			if (streq(json_str(p, "name"), name) && streq(json_str_or(p, "protocol", "TCP"), protocol))
				return json_int_or(p, "containerPort", -1);
	return -1;
}

static bool port_matches(const json_t *port, const struct debug_flow *f)
{
	const json_t *number = json_object_get(port, "port");
	const char *protocol = json_str_or(port, "protocol", "TCP");
	if (inet_protocol(protocol) != f->protocol)
		return false;
	if (!number || json_is_null(number))
		return true;
	int64_t from = json_is_string(number) ? named_port(f->to, json_string_value(number), protocol)
					      : (int64_t)json_integer_value(number);
	int64_t end = json_int_or(port, "endPort", from);
	return f->port >= from && f->port <= end;
}

static bool rule_allows(const struct debug *d, const json_t *policy, const json_t *rule, bool ingress,
			const struct debug_flow *f)
{
	const json_t *peers = json_object_get(rule, ingress ? "from" : "to"), *ports = json_object_get(rule, "ports");
	bool any = json_array_size(peers) == 0, port_ok = json_array_size(ports) == 0;
	json_t *x;
	size_t i;
	json_array_foreach (peers, i, x)
		any = any || peer_matches(d, policy, x, ingress ? f->from : f->to, ingress ? f->from_addr : f->to_addr);
	json_array_foreach (ports, i, x)
		port_ok = port_ok || port_matches(x, f);
	return any && port_ok;
}

static bool is_of(const json_t *policy, const char *direction)
{
	const json_t *types = json_dot(policy, "spec.policyTypes");
	json_t *t;
	size_t i;
	json_array_foreach (types, i, t)
		if (streq(json_string_value(t), direction))
			return true;
	if (json_array_size(types))
		return false;
	return streq(direction, "Ingress") || json_array_size(json_dot(policy, "spec.egress")) > 0;
}

static bool direction_allows(const struct debug *d, const struct debug_flow *f, bool ingress, char *out, size_t cap)
{
	const char *direction = ingress ? "Ingress" : "Egress";
	const json_t *subject = ingress ? f->to : f->from;
	size_t n = strlen(out), named = 0;
	json_t *p, *rule;
	size_t i, k;
	if (!subject || json_bool_or(subject, "spec.hostNetwork", false))
		return true;
	json_array_foreach (d->policies, i, p) {
		if (!streq(obj_namespace(p), obj_namespace(subject)) || !is_of(p, direction) ||
		    !labels_match(json_dot(p, "spec.podSelector"), labels_of(subject)))
			continue;
		json_array_foreach (json_dot(p, ingress ? "spec.ingress" : "spec.egress"), k, rule)
			if (rule_allows(d, p, rule, ingress, f)) {
				out[n] = 0;
				return true;
			}
		size_t at = strlen(out);
		(void)snprintf(out + at, cap - at, "%s%s/%s (%s)", at ? ", " : "", obj_namespace(p), obj_name(p),
			       direction);
		named++;
	}
	return named == 0;
}

bool debug_policy_allows(const struct debug *d, const struct debug_flow *f, char *out, size_t cap)
{
	out[0] = 0;
	/* A pod and itself, and the node of a pod, are never stopped. */
	if (!d->policies_seen || !f->from || (f->to && streq(obj_uid(f->from), obj_uid(f->to))))
		return true;
	bool in = direction_allows(d, f, true, out, cap), eg = direction_allows(d, f, false, out, cap);
	return in && eg;
}

bool debug_policy_allows_all(const struct debug *d, const json_t *pod, const struct debug_endpoint **ret, char *out,
			     size_t cap)
{
	out[0] = 0;
	for (size_t i = 0; i < d->n_eps; i++) {
		const struct debug_endpoint *ep = &d->eps[i];
		const struct debug_flow f = {.from = pod,
					     .to = ep->object,
					     .protocol = ep->protocol,
					     .port = ep->port,
					     .to_addr = ep->addr,
					     .from_addr = json_str(pod, "status.podIP")};
		*ret = ep;
		if (!debug_policy_allows(d, &f, out, cap))
			return false;
	}
	return true;
}
