#include "dns/zone.h"
#include <arpa/inet.h>
#include <errno.h>
#include <stdio.h>
#include "api/endpoint_slice.h"
#include "api/object.h"
#include "base/cleanup.h"
#include "base/json.h"
#include "base/list.h"
#include "base/map.h"
#include "base/str.h"

#define PORTS_MAX     200
#define ENDPOINTS_MAX 5000 /* of one slice; the API allows 1000 */
#define HOSTNAME_MAX  63

struct addr {
	uint8_t family; /* 4, 6 */
	uint8_t a[16];
};
struct port {
	char name[64];
	char protocol[8]; /* "tcp" */
	uint16_t port;
};
struct endpoint {
	struct addr addr;
	char name[HOSTNAME_MAX + 1]; /* host name, or the address with dashes */
	bool has_hostname, ready;
};
struct slice {
	struct slice *next;
	char *name;
	struct port *ports;
	size_t n_ports;
	struct endpoint *eps;
	size_t n_eps;
};
struct service {
	char *key; /* "name.ns" in lower case */
	char *ns;
	bool exists, headless;
	char *external; /* ExternalName's target */
	struct addr ips[2];
	size_t n_ips;
	struct port *ports;
	size_t n_ports;
	struct slice *slices;
	uint32_t turn; /* where the next list of endpoints begins */
};
struct ptr { /* one name of an address; several Services may have the same endpoint */
	struct list link;
	char *owner; /* who put it: "s/key" or "e/ns/slice" */
	struct dns_name target;
	bool cluster_ip;
};
struct ptrs {
	struct list all;
};
struct zone {
	struct dns_name domain, mname, rname;
	char *domain_text;
	unsigned domain_labels;
	struct addr service_ip;
	struct map *services;    /* "name.ns" -> struct service */
	struct map *namespaces;  /* ns -> struct ns_count */
	struct map *slice_owner; /* "ns/slice" -> char * key */
	struct map *reverse;     /* address in text -> struct ptrs */
	uint32_t serial;
};
struct ns_count {
	unsigned n;
};

static bool addr_parse(const char *s, struct addr *ret)
{
	struct addr a = {0};
	if (!s)
		return false;
	a.family = inet_pton(AF_INET, s, a.a) == 1 ? 4 : inet_pton(AF_INET6, s, a.a) == 1 ? 6 : 0;
	*ret = a;
	return a.family != 0;
}

static void addr_text(const struct addr *a, char out[48])
{
	out[0] = 0;
	(void)inet_ntop(a->family == 4 ? AF_INET : AF_INET6, a->a, out, 48);
}

static void text_lower(char *s)
{
	for (; *s; s++)
		if (*s >= 'A' && *s <= 'Z')
			*s = (char)(*s | 0x20);
}

/* ---- reverse names ---- */

static void ptrs_free(void *p)
{
	struct ptrs *v = p;
	LIST_FOREACH_SAFE (x, next, &v->all, struct ptr, link) {
		free(x->owner);
		free(x);
	}
	free(v);
}

static int ptr_add(struct zone *z, const struct addr *a, const char *owner, const char *left, bool cluster_ip)
{
	char key[48];
	addr_text(a, key);
	struct ptr *x = calloc(1, sizeof(*x));
	if (!x)
		return -ENOMEM;
	AUTO_FREE char *text = str_fmt("%s.svc", left);
	x->owner = str_dup(owner);
	if (!text || !x->owner) {
		free(x->owner);
		free(x);
		return -ENOMEM;
	}
	if (!dns_name_join(&x->target, text, &z->domain)) { /* too long to have a name */
		free(x->owner);
		free(x);
		return 0;
	}
	x->cluster_ip = cluster_ip;
	struct ptrs *v = map_get(z->reverse, key);
	if (!v) {
		v = calloc(1, sizeof(*v));
		if (v)
			list_init(&v->all);
		if (!v || map_put(z->reverse, key, v) < 0) {
			free(v);
			free(x->owner);
			free(x);
			return -ENOMEM;
		}
	}
	list_add_tail(&v->all, &x->link);
	return 0;
}

static void ptr_del(struct zone *z, const struct addr *a, const char *owner)
{
	char key[48];
	addr_text(a, key);
	struct ptrs *v = map_get(z->reverse, key);
	if (!v)
		return;
	LIST_FOREACH_SAFE (x, next, &v->all, struct ptr, link)
		if (streq(x->owner, owner)) {
			list_del(&x->link);
			free(x->owner);
			free(x);
		}
	if (list_empty(&v->all))
		(void)map_del(z->reverse, key);
}

/* ---- data ---- */

static void slice_free(struct slice *s)
{
	free(s->name);
	free(s->ports);
	free(s->eps);
	free(s);
}

static void service_free(void *p)
{
	struct service *s = p;
	while (s->slices) {
		struct slice *x = s->slices;
		s->slices = x->next;
		slice_free(x);
	}
	free(s->key);
	free(s->ns);
	free(s->external);
	free(s->ports);
	free(s);
}

int zone_new(struct zone **ret, const char *domain, const char *service_ip, struct err *e)
{
	struct zone *z = calloc(1, sizeof(*z));
	if (!z)
		return err_nomem(e);
	uint8_t at[128];
	if (!dns_name_parse(domain, &z->domain) || z->domain.len < 2 ||
	    !dns_name_join(&z->mname, "ns.dns", &z->domain) || !dns_name_join(&z->rname, "hostmaster", &z->domain)) {
		free(z);
		return err_set(e, -EINVAL, "\"%s\" cannot be a cluster domain", domain);
	}
	dns_name_lower(&z->domain);
	z->domain_labels = dns_name_labels(&z->domain, at);
	(void)addr_parse(service_ip, &z->service_ip);
	z->domain_text = str_dup(domain);
	z->services = map_new(service_free);
	z->namespaces = map_new(free);
	z->slice_owner = map_new(free);
	z->reverse = map_new(ptrs_free);
	z->serial = 1;
	if (!z->domain_text || !z->services || !z->namespaces || !z->slice_owner || !z->reverse) {
		zone_free(z);
		return err_nomem(e);
	}
	*ret = z;
	return 0;
}

struct zone *zone_free(struct zone *z)
{
	if (!z)
		return NULL;
	struct map *maps[] = {z->services, z->namespaces, z->slice_owner, z->reverse};
	for (size_t i = 0; i < ARRAY_LEN(maps); i++)
		if (maps[i])
			map_free(maps[i]);
	free(z->domain_text);
	free(z);
	return NULL;
}

static struct service *service_get(struct zone *z, const char *key, const char *ns)
{
	struct service *s = map_get(z->services, key);
	if (s)
		return s;
	s = calloc(1, sizeof(*s));
	if (!s)
		return NULL;
	s->key = str_dup(key);
	s->ns = str_dup(ns);
	if (!s->key || !s->ns || map_put(z->services, key, s) < 0) {
		service_free(s);
		return NULL;
	}
	return s;
}

static void service_drop_if_empty(struct zone *z, struct service *s)
{
	if (!s->exists && !s->slices)
		(void)map_del(z->services, s->key);
}

static int ns_count(struct zone *z, const char *ns, int by)
{
	struct ns_count *c = map_get(z->namespaces, ns);
	if (!c && by > 0) {
		c = calloc(1, sizeof(*c));
		if (!c || map_put(z->namespaces, ns, c) < 0) {
			free(c);
			return -ENOMEM;
		}
	}
	if (!c)
		return 0;
	c->n = (unsigned)((int)c->n + by);
	if (c->n == 0)
		(void)map_del(z->namespaces, ns);
	return 0;
}

static bool port_fill(struct port *p, const json_t *v)
{
	int64_t number = json_int_or(v, "port", 0);
	const char *protocol = json_str_or(v, "protocol", "TCP");
	if (number < 1 || number > 65535 || !str_copy(p->name, sizeof(p->name), json_str_or(v, "name", "")) ||
	    !str_copy(p->protocol, sizeof(p->protocol), protocol))
		return false;
	text_lower(p->name);
	text_lower(p->protocol);
	p->port = (uint16_t)number;
	return true;
}

static void service_clear(struct zone *z, struct service *s)
{
	AUTO_FREE char *owner = str_fmt("s/%s", s->key);
	for (size_t i = 0; owner && i < s->n_ips; i++)
		ptr_del(z, &s->ips[i], owner);
	s->n_ips = s->n_ports = 0;
	free(TAKE_PTR(s->ports));
	free(TAKE_PTR(s->external));
	s->headless = false;
}

int zone_service(struct zone *z, const char *ns, const char *name, const json_t *svc)
{
	AUTO_FREE char *key = str_fmt("%s.%s", name, ns);
	if (!key)
		return -ENOMEM;
	struct service *s = svc ? service_get(z, key, ns) : map_get(z->services, key);
	if (!s)
		return svc ? -ENOMEM : 0;
	z->serial++;
	service_clear(z, s);
	if (!svc) {
		if (s->exists)
			(void)ns_count(z, ns, -1);
		s->exists = false;
		service_drop_if_empty(z, s);
		return 0;
	}
	if (!s->exists && ns_count(z, ns, 1) < 0)
		return -ENOMEM;
	s->exists = true;
	const json_t *spec = json_at(svc, "spec", NULL), *ips = json_at(spec, "clusterIPs", NULL),
		     *ports = json_at(spec, "ports", NULL), *v;
	const char *ip = json_str_or(spec, "clusterIP", "");
	size_t i;
	if (streq(json_str(spec, "type"), "ExternalName")) {
		s->external = str_dup(json_str_or(spec, "externalName", ""));
		return s->external ? 0 : -ENOMEM;
	}
	s->headless = streq(ip, "None");
	if (!s->headless) {
		if (json_array_size(ips) == 0 && addr_parse(ip, &s->ips[0]))
			s->n_ips = 1;
		json_array_foreach(ips, i, v) if (s->n_ips < 2 && addr_parse(json_string_value(v), &s->ips[s->n_ips]))
		    s->n_ips++;
	}
	s->ports = calloc(json_array_size(ports) + 1, sizeof(*s->ports));
	AUTO_FREE char *owner = str_fmt("s/%s", key);
	if (!s->ports || !owner)
		return -ENOMEM;
	json_array_foreach(ports, i, v) if (i < PORTS_MAX && port_fill(&s->ports[s->n_ports], v)) s->n_ports++;
	for (i = 0; i < s->n_ips; i++)
		if (ptr_add(z, &s->ips[i], owner, key, true) < 0)
			return -ENOMEM;
	return 0;
}

static void endpoint_name(struct endpoint *ep, const char *hostname)
{
	if (hostname && *hostname && str_copy(ep->name, sizeof(ep->name), hostname)) {
		text_lower(ep->name);
		ep->has_hostname = true;
		return;
	}
	char text[48];
	addr_text(&ep->addr, text);
	for (char *p = text; *p; p++)
		if (*p == '.' || *p == ':')
			*p = '-';
	(void)str_copy(ep->name, sizeof(ep->name), text);
}

static int slice_parse(struct slice **ret, const char *name, const json_t *o)
{
	const json_t *ports = json_at(o, "ports", NULL), *eps = json_at(o, "endpoints", NULL), *v;
	struct slice *s = calloc(1, sizeof(*s));
	size_t i;
	if (!s)
		return -ENOMEM;
	s->name = str_dup(name);
	s->ports = calloc(json_array_size(ports) + 1, sizeof(*s->ports));
	s->eps = calloc(json_array_size(eps) + 1, sizeof(*s->eps));
	if (!s->name || !s->ports || !s->eps) {
		slice_free(s);
		return -ENOMEM;
	}
	json_array_foreach(ports, i, v) if (i < PORTS_MAX && port_fill(&s->ports[s->n_ports], v)) s->n_ports++;
	json_array_foreach(eps, i, v)
	{
		struct endpoint *ep = &s->eps[s->n_eps];
		struct endpoint_state state = endpoint_state_of(v);
		if (s->n_eps == ENDPOINTS_MAX || !addr_parse(state.address, &ep->addr))
			continue;
		ep->ready = state.ready;
		endpoint_name(ep, json_str(v, "hostname"));
		s->n_eps++;
	}
	*ret = s;
	return 0;
}

static void slice_remove(struct zone *z, const char *key, const char *id, const char *name)
{
	struct service *s = map_get(z->services, key);
	AUTO_FREE char *owner = str_fmt("e/%s", id);
	for (struct slice **p = s ? &s->slices : NULL; p && *p; p = &(*p)->next)
		if (streq((*p)->name, name)) {
			struct slice *x = *p;
			*p = x->next;
			for (size_t i = 0; owner && i < x->n_eps; i++)
				ptr_del(z, &x->eps[i].addr, owner);
			slice_free(x);
			service_drop_if_empty(z, s);
			return;
		}
}

int zone_slice(struct zone *z, const char *ns, const char *name, const json_t *o)
{
	const char *service = endpoint_slice_service(o);
	AUTO_FREE char *id = str_fmt("%s/%s", ns, name), *owner = NULL;
	AUTO_FREE char *key = service ? str_fmt("%s.%s", service, ns) : NULL;
	if (!id || (service && !key))
		return -ENOMEM;
	const char *before = map_get(z->slice_owner, id);
	z->serial++;
	if (before)
		slice_remove(z, before, id, name);
	if (!service) {
		(void)map_del(z->slice_owner, id);
		return 0;
	}
	struct service *s = service_get(z, key, ns);
	struct slice *x = NULL;
	owner = str_fmt("e/%s", id);
	if (!s || !owner || slice_parse(&x, name, o) < 0)
		return -ENOMEM;
	x->next = s->slices;
	s->slices = x;
	for (size_t i = 0; i < x->n_eps; i++) {
		AUTO_FREE char *left = str_fmt("%s.%s", x->eps[i].name, key);
		if (!left || (x->eps[i].ready && ptr_add(z, &x->eps[i].addr, owner, left, false) < 0))
			return -ENOMEM;
	}
	if (map_put(z->slice_owner, id, key) < 0)
		return -ENOMEM;
	key = NULL;
	return 0;
}

/* ---- answers ---- */

struct ask {
	struct zone *z;
	const struct dns_query *q;
	struct dns_reply *r;
	bool found;
};

static bool wants(const struct ask *k, uint16_t type)
{
	return k->q->type == type;
}
static bool wants_addr(const struct ask *k, int family)
{
	return wants(k, family == 4 ? DNS_A : DNS_AAAA);
}

/* The name exists; without records the caller adds the SOA. */
static void negative(struct ask *k, bool exists)
{
	k->r->flags |= DNS_F_AA;
	if (!exists)
		k->r->rcode = DNS_NXDOMAIN;
	dns_reply_soa(k->r, DNS_AUTHORITY, &k->z->domain, DNS_TTL, &k->z->mname, &k->z->rname, k->z->serial, DNS_TTL);
}

static void put_addr(struct ask *k, enum dns_section s, const struct dns_name *owner, const struct addr *a)
{
	dns_reply_addr(k->r, s, owner, DNS_TTL, a->family, a->a);
}

/* Calls fn for every ready endpoint, beginning with another one each time. */
static void endpoints_each(struct service *s, void (*fn)(void *arg, const struct slice *sl, const struct endpoint *ep),
			   void *arg)
{
	size_t total = 0;
	for (const struct slice *x = s->slices; x; x = x->next)
		total += x->n_eps;
	if (!total)
		return;
	size_t first = s->turn++ % total;
	for (int pass = 0; pass < 2; pass++) {
		size_t at = 0;
		for (const struct slice *x = s->slices; x; x = x->next)
			for (size_t i = 0; i < x->n_eps; i++, at++)
				if ((at >= first) == (pass == 0) && x->eps[i].ready)
					fn(arg, x, &x->eps[i]);
	}
}

struct each {
	struct ask *k;
	struct service *s;
	const struct dns_name *owner;
	const char *want; /* endpoint's or port's name */
	const char *protocol;
	unsigned count;
	bool additional;
};

static void each_addr(void *arg, const struct slice *sl UNUSED, const struct endpoint *ep)
{
	struct each *x = arg;
	if (x->want && !streq(x->want, ep->name))
		return;
	x->k->found = true;
	if (wants_addr(x->k, ep->addr.family))
		put_addr(x->k, DNS_ANSWER, x->owner, &ep->addr);
}

static bool endpoint_target(struct each *x, const struct endpoint *ep, struct dns_name *ret)
{
	char left[64 + 1 + 320];
	int n = snprintf(left, sizeof(left), "%s.%s.svc", ep->name, x->s->key);
	return n > 0 && (size_t)n < sizeof(left) && dns_name_join(ret, left, &x->k->z->domain);
}

static void each_srv(void *arg, const struct slice *sl, const struct endpoint *ep)
{
	struct each *x = arg;
	struct dns_name target;
	for (size_t i = 0; i < sl->n_ports; i++) {
		if (!streq(sl->ports[i].name, x->want) || !streq(sl->ports[i].protocol, x->protocol) ||
		    !endpoint_target(x, ep, &target))
			continue;
		if (x->additional) {
			put_addr(x->k, DNS_ADDITIONAL, &target, &ep->addr);
			continue;
		}
		x->k->found = true;
		x->count++;
		if (wants(x->k, DNS_SRV))
			dns_reply_srv(x->k->r, x->owner, DNS_TTL, 0, 100, sl->ports[i].port, &target);
	}
}

static enum zone_result external(struct ask *k, const struct service *s, struct dns_name *target)
{
	struct dns_name t;
	k->found = true;
	if (!dns_name_parse(s->external, &t) || t.len < 2)
		return ZONE_ANSWERED;
	dns_name_lower(&t);
	dns_reply_name(k->r, DNS_ANSWER, &k->q->name, DNS_CNAME, DNS_TTL, &t);
	if (wants(k, DNS_A) || wants(k, DNS_AAAA)) {
		*target = t;
		return ZONE_CHASE;
	}
	return ZONE_ANSWERED;
}

static void srv(struct ask *k, struct service *s, const char *port, const char *protocol)
{
	if (s->headless) {
		struct each x = {.k = k, .s = s, .owner = &k->q->name, .want = port, .protocol = protocol};
		uint32_t turn = s->turn;
		endpoints_each(s, each_srv, &x);
		if (x.count && wants(k, DNS_SRV)) {
			s->turn = turn; /* the addresses in the same order */
			x.additional = true;
			endpoints_each(s, each_srv, &x);
		}
		return;
	}
	struct dns_name target;
	char left[320 + 5];
	int n = snprintf(left, sizeof(left), "%s.svc", s->key);
	if (n < 0 || (size_t)n >= sizeof(left) || !dns_name_join(&target, left, &k->z->domain))
		return;
	bool put = false;
	for (size_t i = 0; i < s->n_ports; i++)
		if (streq(s->ports[i].name, port) && streq(s->ports[i].protocol, protocol)) {
			k->found = put = true;
			if (wants(k, DNS_SRV))
				dns_reply_srv(k->r, &k->q->name, DNS_TTL, 0, 100, s->ports[i].port, &target);
		}
	for (size_t i = 0; put && wants(k, DNS_SRV) && i < s->n_ips; i++)
		put_addr(k, DNS_ADDITIONAL, &target, &s->ips[i]);
}

/* labels in text, leftmost first */
static enum zone_result service_answer(struct ask *k, char label[][64], unsigned n, struct dns_name *target)
{
	/* [...] SERVICE NS "svc" */
	if (n == 1) {
		k->found = true;
		return ZONE_ANSWERED;
	}
	if (n == 2) {
		k->found = map_has(k->z->namespaces, label[0]);
		return ZONE_ANSWERED;
	}
	char key[130];
	(void)snprintf(key, sizeof(key), "%s.%s", label[n - 3], label[n - 2]);
	struct service *s = map_get(k->z->services, key);
	if (!s || !s->exists)
		return ZONE_ANSWERED;
	if (n == 3) {
		k->found = true;
		if (s->external)
			return external(k, s, target);
		for (size_t i = 0; i < s->n_ips; i++)
			if (wants_addr(k, s->ips[i].family))
				put_addr(k, DNS_ANSWER, &k->q->name, &s->ips[i]);
		if (s->headless) {
			struct each x = {.k = k, .s = s, .owner = &k->q->name};
			endpoints_each(s, each_addr, &x);
		}
		return ZONE_ANSWERED;
	}
	if (n == 4) {
		struct each x = {.k = k, .s = s, .owner = &k->q->name, .want = label[0]};
		if (label[0][0] == '_') { /* _tcp and _udp have children */
			for (size_t i = 0; i < s->n_ports; i++)
				k->found |= streq(label[0] + 1, s->ports[i].protocol) && s->ports[i].name[0];
			return ZONE_ANSWERED;
		}
		endpoints_each(s, each_addr, &x);
		return ZONE_ANSWERED;
	}
	if (n == 5 && label[0][0] == '_' && label[1][0] == '_')
		srv(k, s, label[0] + 1, label[1] + 1);
	return ZONE_ANSWERED;
}

/* A.B.C.D with dashes, of a namespace: says nothing but what the name says, as CoreDNS does by default. */
static void pod_answer(struct ask *k, char label[][64], unsigned n)
{
	if (n == 1 || (n == 2 && map_has(k->z->namespaces, label[0]))) {
		k->found = true;
		return;
	}
	if (n != 3)
		return;
	char text[64];
	struct addr a;
	(void)str_copy(text, sizeof(text), label[0]);
	for (char *p = text; *p; p++)
		if (*p == '-')
			*p = '.';
	if (!addr_parse(text, &a)) {
		(void)str_copy(text, sizeof(text), label[0]);
		for (char *p = text; *p; p++)
			if (*p == '-')
				*p = ':';
		if (!addr_parse(text, &a))
			return;
	}
	k->found = true;
	if (wants_addr(k, a.family))
		put_addr(k, DNS_ANSWER, &k->q->name, &a);
}

static enum zone_result domain_answer(struct ask *k, struct dns_name *target)
{
	const struct dns_name *q = &k->q->name;
	uint8_t at[128];
	unsigned n = dns_name_labels(q, at) - k->z->domain_labels;
	char label[6][64];
	if (n == 0) {
		k->found = true;
		if (wants(k, DNS_SOA))
			dns_reply_soa(k->r, DNS_ANSWER, &k->z->domain, DNS_TTL, &k->z->mname, &k->z->rname,
				      k->z->serial, DNS_TTL);
		else if (wants(k, DNS_NS))
			dns_reply_name(k->r, DNS_ANSWER, q, DNS_NS, DNS_TTL, &k->z->mname);
		return ZONE_ANSWERED;
	}
	if (n > 6)
		return ZONE_ANSWERED;
	for (unsigned i = 0; i < n; i++) {
		unsigned len = q->w[at[i]];
		if (memchr(q->w + at[i] + 1, 0, len) ||
		    memchr(q->w + at[i] + 1, '.', len)) /* no object has such a name */
			return ZONE_ANSWERED;
		memcpy(label[i], q->w + at[i] + 1, len);
		label[i][len] = 0;
	}
	if (streq(label[n - 1], "svc"))
		return service_answer(k, label, n, target);
	if (streq(label[n - 1], "pod")) {
		pod_answer(k, label, n);
	} else if (n == 1 && streq(label[0], "dns-version")) {
		k->found = true;
		if (wants(k, DNS_TXT))
			dns_reply_txt(k->r, q, DNS_TTL, "1.1.0");
	} else if (streq(label[n - 1], "dns") && (n == 1 || (n == 2 && streq(label[0], "ns")))) {
		k->found = true;
		if (n == 2 && k->z->service_ip.family && wants_addr(k, k->z->service_ip.family))
			put_addr(k, DNS_ANSWER, q, &k->z->service_ip);
	}
	return ZONE_ANSWERED;
}

/* d.c.b.a.in-addr.arpa and 32 nibbles under ip6.arpa. */
static bool reverse_parse(const struct dns_name *q, struct addr *ret)
{
	uint8_t at[128];
	unsigned n = dns_name_labels(q, at);
	static const struct dns_name v4 = {14, "\7in-addr\4arpa"}, v6 = {10, "\3ip6\4arpa"};
	struct addr a = {0};
	if (n == 6 && dns_name_under(q, &v4)) {
		a.family = 4;
		for (unsigned i = 0; i < 4; i++) {
			unsigned v = 0, len = q->w[at[i]];
			if (len > 3)
				return false;
			for (unsigned j = 1; j <= len; j++) {
				uint8_t c = q->w[at[i] + j];
				if (c < '0' || c > '9')
					return false;
				v = v * 10 + c - '0';
			}
			if (v > 255)
				return false;
			a.a[3 - i] = (uint8_t)v;
		}
	} else if (n == 34 && dns_name_under(q, &v6)) {
		a.family = 6;
		for (unsigned i = 0; i < 32; i++) {
			uint8_t c = q->w[at[i] + 1];
			unsigned v = c >= '0' && c <= '9' ? c - 48u : c >= 'a' && c <= 'f' ? c - 87u : 16u;
			if (q->w[at[i]] != 1 || v > 15)
				return false;
			a.a[15 - i / 2] = (uint8_t)(a.a[15 - i / 2] | v << (i % 2 * 4));
		}
	} else {
		return false;
	}
	*ret = a;
	return true;
}

static bool reverse_answer(struct ask *k)
{
	struct addr a;
	char text[48];
	if (!reverse_parse(&k->q->name, &a))
		return false;
	addr_text(&a, text);
	const struct ptrs *v = map_get(k->z->reverse, text);
	if (!v)
		return false;
	k->r->flags |= DNS_F_AA;
	k->found = true;
	bool cluster = false;
	LIST_FOREACH (x, &v->all, struct ptr, link)
		cluster |= x->cluster_ip;
	LIST_FOREACH (x, &v->all, struct ptr, link)
		if (wants(k, DNS_PTR) && x->cluster_ip == cluster)
			dns_reply_name(k->r, DNS_ANSWER, &k->q->name, DNS_PTR, DNS_TTL, &x->target);
	return true;
}

enum zone_result zone_answer(struct zone *z, const struct dns_query *q, struct dns_reply *r, struct dns_name *target)
{
	struct ask k = {.z = z, .q = q, .r = r};
	enum zone_result res = ZONE_ANSWERED;
	bool reverse = false;
	if (dns_name_under(&q->name, &z->domain)) {
		if (q->type == DNS_ANY) { /* RFC 8482 */
			r->flags |= DNS_F_AA;
			dns_reply_hinfo(r, &q->name, DNS_TTL, "RFC8482", "");
			return ZONE_ANSWERED;
		}
		r->flags |= DNS_F_AA;
		res = domain_answer(&k, target);
	} else {
		reverse = reverse_answer(&k);
		if (!reverse)
			return ZONE_FORWARD;
	}
	if (res == ZONE_CHASE && dns_name_under(target, &z->domain)) {
		/* An ExternalName that names another Service: its addresses go along. One step only, so that a circle
		 * ends. */
		struct dns_query inner = *q;
		struct dns_name further;
		inner.name = *target;
		struct ask k2 = {.z = z, .q = &inner, .r = r};
		(void)domain_answer(&k2, &further);
		return ZONE_ANSWERED;
	}
	if (!reverse && res == ZONE_ANSWERED && r->counts[DNS_ANSWER] == 0 && !r->truncated)
		negative(&k, k.found);
	return res;
}
