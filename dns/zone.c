/* What the cluster has: Services, EndpointSlices, namespaces, and the names of addresses. */
#include <errno.h>
#include <stdio.h>
#include "api/endpoint_slice.h"
#include "api/object.h"
#include "base/cleanup.h"
#include "base/json.h"
#include "base/str.h"
#include "dns/zone_internal.h"

#define HOSTNAME_MAX 63

struct ns_count {
	unsigned services;
	bool object;
};

void zone_addr_name(const struct inet_addr *a, char out[48])
{
	inet_addr_text(a, out);
	for (char *p = out; *p; p++)
		if (*p == '.' || *p == ':')
			*p = '-';
}

void zone_reverse_key(const struct inet_addr *a, char out[33])
{
	hex_encode(a->a, a->family == 4 ? 4 : 16, out);
}

static void text_lower(char *s)
{
	for (; s && *s; s++)
		if (*s >= 'A' && *s <= 'Z')
			*s = (char)(*s | 0x20);
}

/* ---- reverse names ---- */

static int rev_add(struct zone *z, const struct inet_addr *a, const void *owner, const struct service *s,
		   const char *hostname, bool cluster_ip)
{
	char key[33];
	zone_reverse_key(a, key);
	struct rev *x = malloc(sizeof(*x));
	if (!x)
		return -ENOMEM;
	*x = (struct rev){map_get(z->reverse, key), owner, s, hostname, cluster_ip};
	if (map_put(z->reverse, key, x) < 0) {
		free(x);
		return -ENOMEM;
	}
	return 0;
}

static void rev_del(struct zone *z, const struct inet_addr *a, const void *owner)
{
	char key[33];
	zone_reverse_key(a, key);
	struct rev *first = map_get(z->reverse, key), *now = first;
	for (struct rev **p = &now; *p;) {
		struct rev *x = *p;
		if (x->owner == owner) {
			*p = x->next;
			free(x);
		} else {
			p = &x->next;
		}
	}
	if (!now)
		(void)map_take(z->reverse, key);
	else if (now != first)
		(void)map_put(z->reverse, key, now); /* the key is there: takes no memory */
}

/* ---- memory ---- */

static void ports_free(struct port *p, size_t n)
{
	for (size_t i = 0; i < n; i++)
		free(p[i].name);
	free(p);
}

static void slice_free(struct slice *s)
{
	for (size_t i = 0; i < s->n_eps; i++)
		free(s->eps[i].hostname);
	ports_free(s->ports, s->n_ports);
	free(s->eps);
	free(s->name);
	free(s);
}

static void view_drop(struct service *s)
{
	free(TAKE_PTR(s->by_addr));
	free(TAKE_PTR(s->by_name));
	s->n_by_addr = s->n_by_name = 0;
	s->dirty = true;
}

static void service_free(void *p)
{
	struct service *s = p;
	while (s->slices) {
		struct slice *x = s->slices;
		s->slices = x->next;
		slice_free(x);
	}
	view_drop(s);
	ports_free(s->ports, s->n_ports);
	free(s->key);
	free(s->external);
	free(s);
}

/* "10.42.0.0/16": 42.10.in-addr.arpa. */
static void net_add(struct zone *z, const char *text)
{
	struct reverse *r = &z->nets[z->n_nets];
	if (z->n_nets < ARRAY_LEN(z->nets) && inet_cidr_parse(text, &r->net) && r->net.bits >= 8) {
		dns_name_reverse(&r->net.net, r->net.bits / (r->net.net.family == 4 ? 8u : 4u), &r->apex);
		z->n_nets++;
	}
}

int zone_new(struct zone **ret, const struct zone_config *c, struct err *e)
{
	struct zone *z = calloc(1, sizeof(*z));
	uint8_t at[128];
	if (!z)
		return err_nomem(e);
	if (!dns_name_parse(c->domain, &z->domain) || z->domain.len < 2 ||
	    !dns_name_join(&z->mname, "ns.dns", &z->domain) || !dns_name_join(&z->rname, "hostmaster", &z->domain)) {
		free(z);
		return err_set(e, -EINVAL, "\"%s\" cannot be a cluster domain", c->domain);
	}
	dns_name_lower(&z->domain);
	dns_name_lower(&z->mname);
	dns_name_lower(&z->rname);
	z->domain_labels = dns_name_labels(&z->domain, at);
	(void)inet_addr_parse(c->service_ip, &z->service_ip);
	for (const char *const *p = c->cidrs; p && *p; p++)
		net_add(z, *p);
	z->services = map_new(service_free);
	z->namespaces = map_new(free);
	z->slice_owner = map_new(free);
	z->reverse = map_new(NULL);
	z->serial = 1;
	if (!z->services || !z->namespaces || !z->slice_owner || !z->reverse) {
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
	struct map_iter it = MAP_ITER_INIT;
	while (map_next(z->reverse, &it))
		for (struct rev *x = it.value, *next; x; x = next) {
			next = x->next;
			free(x);
		}
	map_free(z->reverse);
	map_free(z->services);
	map_free(z->namespaces);
	map_free(z->slice_owner);
	free(z);
	return NULL;
}

const struct dns_name *zone_domain(const struct zone *z)
{
	return &z->domain;
}

/* ---- services ---- */

static struct service *service_get(struct zone *z, const char *key)
{
	struct service *s = map_get(z->services, key);
	if (s)
		return s;
	s = calloc(1, sizeof(*s));
	if (!s)
		return NULL;
	s->key = str_dup(key);
	if (!s->key || map_put(z->services, key, s) < 0) {
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

static struct ns_count *ns_get(struct zone *z, const char *ns, bool make)
{
	struct ns_count *c = map_get(z->namespaces, ns);
	if (!c && make) {
		c = calloc(1, sizeof(*c));
		if (c && map_put(z->namespaces, ns, c) < 0)
			free(TAKE_PTR(c));
	}
	return c;
}

static void ns_drop_if_empty(struct zone *z, const char *ns, const struct ns_count *c)
{
	if (!c->services && !c->object)
		(void)map_del(z->namespaces, ns);
}

int zone_namespace(struct zone *z, const char *name, bool exists)
{
	struct ns_count *c = ns_get(z, name, exists);
	if (!c)
		return exists ? -ENOMEM : 0;
	z->serial++;
	c->object = exists;
	ns_drop_if_empty(z, name, c);
	return 0;
}

static int ports_fill(struct port **ret, size_t *ret_n, const json_t *list)
{
	struct port *ports = calloc(json_array_size(list) + 1, sizeof(*ports));
	size_t i, n = 0;
	const json_t *v;
	if (!ports)
		return -ENOMEM;
	json_array_foreach (list, i, v) {
		int64_t number = json_int_or(v, "port", 0);
		const char *name = json_str_or(v, "name", "");
		struct port *p = &ports[n];
		if (n == ZONE_PORTS_MAX || number < 1 || number > 65535 || strlen(name) > 63 ||
		    !str_copy(p->protocol, sizeof(p->protocol), json_str_or(v, "protocol", "TCP")))
			continue;
		p->name = *name ? str_dup(name) : NULL;
		if (*name && !p->name) {
			ports_free(ports, n);
			return -ENOMEM;
		}
		text_lower(p->name);
		text_lower(p->protocol);
		p->port = (uint16_t)number;
		n++;
	}
	*ret = ports;
	*ret_n = n;
	return 0;
}

static void service_clear(struct zone *z, struct service *s)
{
	for (size_t i = 0; i < s->n_ips; i++)
		rev_del(z, &s->ips[i], s);
	ports_free(TAKE_PTR(s->ports), s->n_ports);
	s->n_ips = 0;
	s->n_ports = 0;
	free(TAKE_PTR(s->external));
	s->headless = false;
}

int zone_service(struct zone *z, const char *ns, const char *name, const json_t *svc)
{
	AUTO_FREE char *key = str_fmt("%s.%s", name, ns);
	if (!key)
		return -ENOMEM;
	text_lower(key);
	struct service *s = svc ? service_get(z, key) : map_get(z->services, key);
	if (!s)
		return svc ? -ENOMEM : 0;
	z->serial++;
	service_clear(z, s);
	if (!svc) {
		struct ns_count *c = s->exists ? ns_get(z, ns, false) : NULL;
		if (c) {
			c->services--;
			ns_drop_if_empty(z, ns, c);
		}
		s->exists = false;
		service_drop_if_empty(z, s);
		return 0;
	}
	if (!s->exists) {
		struct ns_count *c = ns_get(z, ns, true);
		if (!c) {
			service_drop_if_empty(z, s);
			return -ENOMEM;
		}
		c->services++;
	}
	s->exists = true;
	const json_t *spec = json_at(svc, "spec", NULL), *ips = json_at(spec, "clusterIPs", NULL), *v;
	const char *ip = json_str_or(spec, "clusterIP", "");
	size_t i;
	if (streq(json_str(spec, "type"), "ExternalName")) {
		s->external = str_dup(json_str_or(spec, "externalName", ""));
		return s->external ? 0 : -ENOMEM;
	}
	s->headless = streq(ip, "None");
	if (!s->headless) {
		if (json_array_size(ips) == 0 && inet_addr_parse(ip, &s->ips[0]))
			s->n_ips = 1;
		json_array_foreach (ips, i, v)
			if (s->n_ips < 2 && inet_addr_parse(json_string_value(v), &s->ips[s->n_ips]))
				s->n_ips++;
	}
	for (i = 0; i < s->n_ips; i++)
		if (rev_add(z, &s->ips[i], s, s, NULL, true) < 0)
			return -ENOMEM;
	return ports_fill(&s->ports, &s->n_ports, json_at(spec, "ports", NULL));
}

/* ---- slices ---- */

static int slice_parse(struct slice **ret, const char *name, const json_t *o)
{
	const json_t *eps = json_at(o, "endpoints", NULL), *v;
	struct slice *s = calloc(1, sizeof(*s));
	size_t i;
	if (!s)
		return -ENOMEM;
	s->name = str_dup(name);
	s->eps = calloc(json_array_size(eps) + 1, sizeof(*s->eps));
	bool ok = s->name && s->eps && ports_fill(&s->ports, &s->n_ports, json_at(o, "ports", NULL)) == 0;
	json_array_foreach (eps, i, v) {
		struct endpoint *ep = &s->eps[s->n_eps];
		struct endpoint_state state = endpoint_state_of(v);
		const char *host = json_str_or(v, "hostname", "");
		if (!ok || s->n_eps == ZONE_ENDPOINTS_MAX || !inet_addr_parse(state.address, &ep->addr))
			continue;
		ep->ready = state.ready;
		if (*host && strlen(host) <= HOSTNAME_MAX && !strchr(host, '.')) {
			ok = (ep->hostname = str_dup(host)) != NULL;
			text_lower(ep->hostname);
		}
		s->n_eps++;
	}
	if (!ok) {
		slice_free(s);
		return -ENOMEM;
	}
	*ret = s;
	return 0;
}

static void slice_remove(struct zone *z, const char *key, const char *name)
{
	struct service *s = map_get(z->services, key);
	for (struct slice **p = s ? &s->slices : NULL; p && *p; p = &(*p)->next)
		if (streq((*p)->name, name)) {
			struct slice *x = *p;
			*p = x->next;
			for (size_t i = 0; i < x->n_eps; i++)
				rev_del(z, &x->eps[i].addr, x);
			slice_free(x);
			view_drop(s);
			service_drop_if_empty(z, s);
			return;
		}
}

int zone_slice(struct zone *z, const char *ns, const char *name, const json_t *o)
{
	const char *service = endpoint_slice_service(o);
	AUTO_FREE char *id = str_fmt("%s/%s", ns, name);
	AUTO_FREE char *key = service ? str_fmt("%s.%s", service, ns) : NULL;
	if (!id || (service && !key))
		return -ENOMEM;
	text_lower(key);
	const char *before = map_get(z->slice_owner, id);
	z->serial++;
	if (before)
		slice_remove(z, before, name);
	if (!service) {
		(void)map_del(z->slice_owner, id);
		return 0;
	}
	struct slice *x = NULL;
	int code = slice_parse(&x, name, o);
	struct service *s = code == 0 ? service_get(z, key) : NULL;
	if (!s || map_put(z->slice_owner, id, key) < 0) {
		(void)map_del(z->slice_owner, id);
		if (x)
			slice_free(x);
		if (s)
			service_drop_if_empty(z, s);
		return -ENOMEM;
	}
	key = NULL;
	x->next = s->slices;
	s->slices = x;
	view_drop(s);
	for (size_t i = 0; i < x->n_eps && code == 0; i++)
		if (x->eps[i].ready)
			code = rev_add(z, &x->eps[i].addr, x, s, x->eps[i].hostname, false);
	return code;
}

/* ---- what a Service's slices have together ---- */

static int name_compare(const char *a, const char *b)
{
	return a && b ? strcmp(a, b) : (a != NULL) - (b != NULL);
}

static int by_addr(const void *a, const void *b)
{
	const struct seen *x = a, *y = b;
	int r = zone_addr_compare(&x->ep->addr, &y->ep->addr);
	return r ? r : name_compare(x->ep->hostname, y->ep->hostname);
}

static int by_name(const void *a, const void *b)
{
	const struct seen *x = a, *y = b;
	int r = name_compare(x->ep->hostname, y->ep->hostname);
	return r ? r : zone_addr_compare(&x->ep->addr, &y->ep->addr);
}

void zone_service_view(struct service *s)
{
	size_t total = 0, n = 0;
	if (!s->dirty)
		return;
	for (const struct slice *x = s->slices; x; x = x->next)
		total += x->n_eps;
	struct seen *v = calloc(total + 1, sizeof(*v)), *w = calloc(total + 1, sizeof(*w));
	if (!v || !w) {
		free(v);
		free(w);
		return;
	}
	for (const struct slice *x = s->slices; x; x = x->next)
		for (size_t i = 0; i < x->n_eps; i++)
			if (x->eps[i].ready)
				v[n++] = (struct seen){x, &x->eps[i]};
	qsort(v, n, sizeof(*v), by_addr);
	s->by_addr = v;
	s->n_by_addr = n;
	s->by_name = w;
	s->n_by_name = 0;
	for (size_t i = 0; i < n; i++)
		if (v[i].ep->hostname)
			w[s->n_by_name++] = v[i];
	qsort(w, s->n_by_name, sizeof(*w), by_name);
	s->dirty = false;
}
