/* From objects of the API to what the policy model keeps of them. */
#include <errno.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include "api/digest.h"
#include "api/object.h"
#include "base/cleanup.h"
#include "base/str.h"
#include "net/policy_internal.h"

#define RULES_VERSION 1 /* raise it when policy_rules.c makes other rules of the same policy */

/* ---- networks ---- */

static int by_start(const void *a, const void *b)
{
	return inet_addr_compare(&((const struct np_interval *)a)->from, &((const struct np_interval *)b)->from);
}

static int interval_add(struct np_interval **v, size_t *n, const struct inet_addr *from, const struct inet_addr *to)
{
	struct np_interval *p = realloc(*v, (*n + 1) * sizeof(*p));
	if (!p)
		return -ENOMEM;
	*v = p;
	p[(*n)++] = (struct np_interval){*from, *to};
	return 0;
}

/* Sorts, and joins those that meet. */
static void intervals_join(struct np_interval *v, size_t *n)
{
	size_t out = 0;
	if (*n)
		qsort(v, *n, sizeof(*v), by_start);
	for (size_t i = 0; i < *n; i++) {
		struct inet_addr next = out ? v[out - 1].to : v[i].to;
		if (out && (!inet_addr_next(&next) || inet_addr_compare(&v[i].from, &next) <= 0)) {
			if (inet_addr_compare(&v[i].to, &v[out - 1].to) > 0)
				v[out - 1].to = v[i].to;
		} else {
			v[out++] = v[i];
		}
	}
	*n = out;
}

/* A network without its exceptions, added to the rule's. Malformed exceptions make the whole network allow nothing. */
static int block_add(struct np_rule *r, const json_t *block)
{
	const json_t *list = json_object_get(block, "except");
	struct inet_cidr c;
	AUTO_FREE struct np_interval *holes = NULL;
	size_t n_holes = 0;
	if (!inet_cidr_parse(json_str(block, "cidr"), &c) || json_array_size(list) > NP_PEERS_MAX)
		return 0;
	for (size_t i = 0; i < json_array_size(list); i++) {
		struct inet_cidr x;
		if (!inet_cidr_parse(json_string_value(json_array_get(list, i)), &x) || x.net.family != c.net.family)
			return 0;
		struct inet_addr last = inet_cidr_last(&x);
		if (interval_add(&holes, &n_holes, &x.net, &last) < 0)
			return -ENOMEM;
	}
	intervals_join(holes, &n_holes);
	unsigned f = c.net.family == 6;
	struct inet_addr at = c.net, end = inet_cidr_last(&c);
	bool left = true;
	for (size_t i = 0; i < n_holes && left; i++) {
		struct inet_addr before = holes[i].from;
		if (inet_addr_compare(&holes[i].to, &at) < 0 || inet_addr_compare(&holes[i].from, &end) > 0)
			continue;
		if (inet_addr_compare(&at, &before) < 0) {
			for (uint32_t k = inet_addr_len(before.family); k-- > 0 && before.a[k]-- == 0;)
				; /* the address in front of the hole */
			if (interval_add(&r->blocks[f], &r->n_blocks[f], &at, &before) < 0)
				return -ENOMEM;
		}
		at = holes[i].to;
		left = inet_addr_next(&at) && inet_addr_compare(&at, &end) <= 0;
	}
	return left ? interval_add(&r->blocks[f], &r->n_blocks[f], &at, &end) : 0;
}

/* ---- rules ---- */

static int hold(struct np_set ***v, size_t *n, struct np_model *m, const char *ns, const json_t *ns_sel,
		const json_t *pod_sel, const char *port, uint8_t protocol)
{
	struct np_set **p = realloc(*v, (*n + 1) * sizeof(*p));
	if (!p)
		return -ENOMEM;
	*v = p;
	int code = np_set_hold(&p[*n], m, ns, ns_sel, pod_sel, port, protocol);
	if (code == 0)
		(*n)++;
	return code == -ENOMEM ? code : 0; /* a selector of no form selects nothing */
}

static int peer_add(struct np_model *m, struct np_policy *p, struct np_rule *r, const json_t *peer)
{
	const json_t *ns_sel = json_object_get(peer, "namespaceSelector"),
		     *pod_sel = json_object_get(peer, "podSelector"), *block = json_object_get(peer, "ipBlock");
	if (json_is_object(block))
		return block_add(r, block);
	if (!json_is_object(ns_sel) && !json_is_object(pod_sel))
		return 0;
	bool own = !json_is_object(ns_sel);
	return hold(&r->peers, &r->n_peers, m, own ? p->ns : NULL, own ? NULL : ns_sel,
		    json_is_object(pod_sel) ? pod_sel : NULL, "", 0);
}

/* The ports of that name of whoever is at the far end of the rule, or of the pods it is about. */
static int named_add(struct np_model *m, struct np_policy *p, enum np_dir dir, struct np_rule *r,
		     const json_t *selector, const json_t *peers, const char *name, uint8_t protocol)
{
	if (dir == NP_INGRESS)
		return hold(&r->named, &r->n_named, m, p->ns, NULL, selector, name, protocol);
	if (r->any_peer)
		return hold(&r->named, &r->n_named, m, NULL, NULL, NULL, name, protocol);
	for (size_t i = 0; i < json_array_size(peers); i++) {
		const json_t *peer = json_array_get(peers, i), *ns_sel = json_object_get(peer, "namespaceSelector"),
			     *pod_sel = json_object_get(peer, "podSelector");
		bool own = !json_is_object(ns_sel);
		if (json_object_get(peer, "ipBlock") || (own && !json_is_object(pod_sel)))
			continue;
		if (hold(&r->named, &r->n_named, m, own ? p->ns : NULL, own ? NULL : ns_sel,
			 json_is_object(pod_sel) ? pod_sel : NULL, name, protocol) < 0)
			return -ENOMEM;
	}
	return 0;
}

static int port_add(struct np_rule *r, uint8_t protocol, int64_t from, int64_t to, bool any)
{
	struct np_port *v = realloc(r->ports, (r->n_ports + 1) * sizeof(*v));
	if (!v)
		return -ENOMEM;
	r->ports = v;
	v[r->n_ports++] = (struct np_port){protocol, any, (uint16_t)from, (uint16_t)to};
	return 0;
}

static int rule_parse(struct np_model *m, struct np_policy *p, enum np_dir dir, struct np_rule *r, const json_t *rule,
		      const json_t *selector)
{
	const json_t *peers = json_object_get(rule, dir == NP_INGRESS ? "from" : "to"),
		     *ports = json_object_get(rule, "ports");
	size_t n_peers = json_array_size(peers), n_ports = json_array_size(ports), names = 0;
	r->any_peer = n_peers == 0;
	r->any_port = n_ports == 0;
	p->cut |= n_peers > NP_PEERS_MAX || n_ports > NP_PORTS_MAX;
	for (size_t i = 0; i < n_peers && i < NP_PEERS_MAX; i++)
		if (peer_add(m, p, r, json_array_get(peers, i)) < 0)
			return -ENOMEM;
	for (unsigned f = 0; f < 2; f++)
		intervals_join(r->blocks[f], &r->n_blocks[f]);
	for (size_t i = 0; i < n_ports && i < NP_PORTS_MAX; i++) {
		const json_t *x = json_array_get(ports, i), *port = json_object_get(x, "port");
		uint8_t protocol = inet_protocol(json_str(x, "protocol"));
		int64_t from = json_integer_value(port), to = json_int_or(x, "endPort", from);
		int code = 0;
		if (!protocol)
			continue;
		if (!port || json_is_null(port)) {
			code = port_add(r, protocol, 0, 0, true);
		} else if (json_is_string(port)) {
			const char *name = json_string_value(port);
			p->cut |= names == NP_NAMED_MAX;
			if (names < NP_NAMED_MAX && strlen(name) < 16) {
				names++;
				code = named_add(m, p, dir, r, selector, peers, name, protocol);
			}
		} else if (from > 0 && from <= to && to <= 65535) {
			code = port_add(r, protocol, from, to, false);
		}
		if (code < 0)
			return code;
	}
	return 0;
}

static void rule_free(struct np_model *m, struct np_rule *r)
{
	for (size_t i = 0; i < r->n_peers; i++)
		np_set_release(m, r->peers[i]);
	for (size_t i = 0; i < r->n_named; i++)
		np_set_release(m, r->named[i]);
	free(r->peers);
	free(r->named);
	free(r->ports);
	free(r->blocks[0]);
	free(r->blocks[1]);
}

void np_policy_free(struct np_model *m, struct np_policy *p)
{
	if (!p)
		return;
	for (unsigned d = 0; d < 2; d++) {
		for (size_t i = 0; i < p->sides[d].n_rules; i++)
			rule_free(m, &p->sides[d].rules[i]);
		free(p->sides[d].rules);
	}
	if (p->pod_sel)
		api_selector_free(p->pod_sel);
	free(p->ns);
	free(p->name);
	free(p->text);
	free(p);
}

static bool has_type(const json_t *spec, const char *type)
{
	const json_t *list = json_object_get(spec, "policyTypes");
	for (size_t i = 0; i < json_array_size(list); i++)
		if (streq(json_string_value(json_array_get(list, i)), type))
			return true;
	return false;
}

static int side_parse(struct np_model *m, struct np_policy *p, enum np_dir dir, const json_t *spec)
{
	struct np_side *s = &p->sides[dir];
	const json_t *rules = json_object_get(spec, dir == NP_INGRESS ? "ingress" : "egress");
	bool said = json_array_size(json_object_get(spec, "policyTypes")) > 0;
	AUTO_FREE char *text = json_dumps(spec, JSON_COMPACT | JSON_SORT_KEYS);
	AUTO_FREE char *all = text ? str_fmt("%d %s %s", RULES_VERSION, p->text, text) : NULL;
	size_t n = json_array_size(rules);
	if (!all)
		return -ENOMEM;
	s->dir = dir;
	s->on = said ? has_type(spec, dir == NP_INGRESS ? "Ingress" : "Egress") : dir == NP_INGRESS || n > 0;
	s->hash = digest_number(all, strlen(all));
	digest_name(s->chain, sizeof(s->chain), dir == NP_INGRESS ? "i" : "e", p->text, "");
	if (!s->on)
		return 0;
	p->cut |= n > NP_RULES_MAX;
	n = n > NP_RULES_MAX ? NP_RULES_MAX : n;
	s->rules = calloc(n + 1, sizeof(*s->rules));
	if (!s->rules)
		return -ENOMEM;
	for (; s->n_rules < n; s->n_rules++) {
		struct np_rule *r = &s->rules[s->n_rules];
		if (rule_parse(m, p, dir, r, json_array_get(rules, s->n_rules), json_object_get(spec, "podSelector")) <
		    0) {
			s->n_rules++; /* to be freed */
			return -ENOMEM;
		}
	}
	return 0;
}

int np_policy_new(struct np_policy **ret, struct np_model *m, const char *ns, const char *name, const json_t *policy)
{
	struct np_policy *p = calloc(1, sizeof(*p));
	const json_t *spec = json_object_get(policy, "spec"), *sel = json_object_get(spec, "podSelector");
	AUTO_JSON json_t *all = json_object();
	int code = p && all ? 0 : -ENOMEM;
	if (code == 0) {
		p->ns = str_dup(ns);
		p->name = str_dup(name);
		p->text = str_fmt("%s/%s", ns, name);
		if (!p->ns || !p->name || !p->text)
			code = -ENOMEM;
	}
	if (code == 0 && api_label_selector_from(&p->pod_sel, json_is_object(sel) ? sel : all, NULL) == -ENOMEM)
		code = -ENOMEM;
	for (unsigned d = 0; d < 2 && code == 0; d++)
		code = side_parse(m, p, (enum np_dir)d, spec);
	if (code < 0)
		np_policy_free(m, p);
	else
		*ret = p;
	return code;
}

/* ---- pods ---- */

void np_pod_free(struct np_pod *p)
{
	if (!p)
		return;
	json_decref(p->labels);
	free(p->ns);
	free(p->name);
	free(p->uid);
	free(p->ports);
	free(p);
}

static int ports_read(struct np_pod *p, const json_t *containers)
{
	const json_t *c, *x;
	size_t i, k;
	json_array_foreach ((json_t *)containers, i, c)
		json_array_foreach (json_object_get(c, "ports"), k, x) {
			const char *name = json_str(x, "name");
			int64_t port = json_int_or(x, "containerPort", 0);
			uint8_t protocol = inet_protocol(json_str(x, "protocol"));
			if (!name || strlen(name) > 15 || port < 1 || port > 65535 || !protocol ||
			    p->n_ports == NP_POD_PORTS)
				continue;
			struct np_pod_port *v = realloc(p->ports, (p->n_ports + 1) * sizeof(*v));
			if (!v)
				return -ENOMEM;
			p->ports = v;
			v[p->n_ports] = (struct np_pod_port){.protocol = protocol, .port = (uint16_t)port};
			(void)str_copy(v[p->n_ports++].name, 16, name);
		}
	return 0;
}

int np_pod_new(struct np_pod **ret, const char *ns, const char *name, const json_t *pod, const char *node)
{
	struct np_pod *p = calloc(1, sizeof(*p));
	const json_t *spec = json_object_get(pod, "spec"), *ips = json_at(pod, "status", "podIPs", NULL), *x;
	/* What the node calls a static pod. */
	const char *uid = obj_annotation(pod, "kubernetes.io/config.hash");
	size_t i;
	if (!p)
		return -ENOMEM;
	p->ns = str_dup(ns);
	p->name = str_dup(name);
	p->uid = str_dup(uid ? uid : obj_uid(pod));
	p->labels = json_deep_copy(json_at(pod, "metadata", "labels", NULL));
	p->local = streq(json_str_or(spec, "nodeName", ""), node);
	bool off = json_bool_or(spec, "hostNetwork", false) || pod_terminal(pod);
	if (!p->ns || !p->name || !p->uid ||
	    (!off && (ports_read(p, json_object_get(spec, "containers")) < 0 ||
		      ports_read(p, json_object_get(spec, "initContainers")) < 0))) {
		np_pod_free(p);
		return -ENOMEM;
	}
	if (off) { /* nor an address it may have had */
		p->local = false;
		*ret = p;
		return 0;
	}
	json_array_foreach ((json_t *)ips, i, x)
		if (p->n_ips < NP_IPS_MAX && inet_addr_parse(json_str(x, "ip"), &p->ips[p->n_ips]))
			p->n_ips++;
	if (!p->n_ips && inet_addr_parse(json_str(pod, "status.podIP"), &p->ips[0]))
		p->n_ips = 1;
	*ret = p;
	return 0;
}
