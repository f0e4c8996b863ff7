/* Questions about the cluster domain and its addresses, answered out of what zone.c keeps. */
#include <stdio.h>
#include "base/str.h"
#include "dns/zone_internal.h"

#define LABELS_MAX 6 /* in front of the domain */

struct label {
	const char *p;
	unsigned len;
};
struct ask {
	struct zone *z;
	const struct dns_query *q;
	struct dns_reply *r;
	const struct dns_name *owner; /* of the answer's records: NULL, the name asked for; or where CNAMEs led to */
	const struct dns_name *apex;  /* of the zone that answers */
	bool found;                   /* the name is there */
};

static bool is(const struct label *l, const char *text, size_t n)
{
	return l->len == n && memcmp(l->p, text, n) == 0;
}
#define IS(l, text) is(l, text, sizeof(text) - 1)

static bool wants(const struct ask *k, uint16_t type)
{
	return k->q->type == type;
}

static void put_soa(struct ask *k, enum dns_section s)
{
	dns_reply_soa(k->r, s, k->apex, DNS_TTL, &k->z->mname, &k->z->rname, k->z->serial, DNS_TTL);
}

static void put_addr(struct ask *k, enum dns_section s, const struct dns_name *owner, const struct inet_addr *a)
{
	dns_reply_addr(k->r, s, owner, DNS_TTL, a->family, a->a);
}

/* The answer's address, if its family is asked for. */
static void answer_addr(struct ask *k, const struct inet_addr *a)
{
	k->found = true;
	if (wants(k, a->family == 4 ? DNS_A : DNS_AAAA))
		put_addr(k, DNS_ANSWER, k->owner, a);
}

/* ---- endpoints ---- */

/* Every address once, beginning with another one each time. */
static void answer_endpoints(struct ask *k, struct service *s)
{
	zone_service_view(s);
	size_t n = s->n_by_addr, first = n ? s->turn++ % n : 0;
	for (size_t i = 0; i < n && !k->r->full; i++) {
		size_t at = first + i < n ? first + i : first + i - n;
		if (at == 0 || zone_addr_compare(&s->by_addr[at - 1].ep->addr, &s->by_addr[at].ep->addr) != 0)
			answer_addr(k, &s->by_addr[at].ep->addr);
	}
}

static int label_compare(const struct label *l, const char *name)
{
	size_t n = strlen(name), less = l->len < n ? l->len : n;
	int r = memcmp(l->p, name, less);
	return r ? r : (l->len > n) - (l->len < n);
}

static bool addr_of_label(const struct label *l, struct inet_addr *ret)
{
	char text[64];
	if (memchr(l->p, '.', l->len) || memchr(l->p, ':', l->len))
		return false; /* there is one way to write it */
	for (int pass = 0; pass < 2; pass++) {
		for (unsigned i = 0; i < l->len; i++)
			text[i] = l->p[i] != '-' ? l->p[i] : pass ? ':' : '.';
		text[l->len] = 0;
		if (inet_addr_parse(text, ret))
			return true;
	}
	return false;
}

static void answer_endpoint(struct ask *k, struct service *s, const struct label *l)
{
	struct inet_addr a;
	zone_service_view(s);
	size_t lo = 0, hi = s->n_by_name;
	while (lo < hi) {
		size_t mid = (lo + hi) / 2;
		if (label_compare(l, s->by_name[mid].ep->hostname) > 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	for (const struct inet_addr *last = NULL;
	     lo < s->n_by_name && label_compare(l, s->by_name[lo].ep->hostname) == 0 && !k->r->full; lo++) {
		const struct inet_addr *now = &s->by_name[lo].ep->addr;
		if (!last || zone_addr_compare(last, now) != 0)
			answer_addr(k, now);
		last = now;
	}
	if (k->found || !addr_of_label(l, &a))
		return;
	for (lo = 0, hi = s->n_by_addr; lo < hi;) {
		size_t mid = (lo + hi) / 2;
		if (zone_addr_compare(&a, &s->by_addr[mid].ep->addr) > 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	/* One with a host name sorts behind one without. */
	if (lo < s->n_by_addr && !s->by_addr[lo].ep->hostname && zone_addr_compare(&a, &s->by_addr[lo].ep->addr) == 0)
		answer_addr(k, &a);
}

/* HOSTNAME.SERVICE.NS.svc.DOMAIN; hostname NULL and addr NULL: of the Service itself. */
static bool target_name(const struct ask *k, const struct service *s, const char *hostname,
			const struct inet_addr *addr, struct dns_name *ret)
{
	char left[64 + 1 + 320], dashes[48] = "";
	if (!hostname && addr) {
		zone_addr_name(addr, dashes);
		hostname = dashes;
	}
	int n = snprintf(left, sizeof(left), "%s%s%s.svc", hostname ? hostname : "", hostname ? "." : "", s->key);
	return n > 0 && (size_t)n < sizeof(left) && dns_name_join(ret, left, &k->z->domain);
}

/* ---- ports ---- */

static bool port_is(const struct port *p, const struct label *port, const struct label *protocol)
{
	return p->name && (!port || is(port, p->name, strlen(p->name))) &&
	       is(protocol, p->protocol, strlen(p->protocol));
}

static const struct port *seen_port(const struct seen *e, const struct label *port, const struct label *protocol)
{
	for (size_t p = 0; e && p < e->slice->n_ports; p++)
		if (port_is(&e->slice->ports[p], port, protocol))
			return &e->slice->ports[p];
	return NULL;
}

/* Endpoints with host names, one name behind the other, and then the others, by address. *before: the one that is of
 * the same name, or NULL. */
static const struct seen *srv_at(const struct service *s, size_t i, const struct seen **before)
{
	const struct seen *list = i < s->n_by_name ? s->by_name : s->by_addr;
	size_t at = i < s->n_by_name ? i : i - s->n_by_name;
	const struct endpoint *ep = list[at].ep, *last = at ? list[at - 1].ep : NULL;
	*before = NULL;
	if (list == s->by_addr && ep->hostname)
		return NULL; /* has been there */
	if (last && (ep->hostname ? strcmp(last->hostname, ep->hostname) == 0
				  : !last->hostname && zone_addr_compare(&last->addr, &ep->addr) == 0))
		*before = &list[at - 1];
	return &list[at];
}

/* A SRV for each host name that a ready endpoint with this port has, beginning with another one each time; then the
 * addresses these lead to. put false: only whether there is one. */
static void srv_endpoints(struct ask *k, struct service *s, const struct label *port, const struct label *protocol,
			  bool put)
{
	zone_service_view(s);
	size_t total = s->n_by_name + s->n_by_addr, first = total ? s->turn++ % total : 0;
	for (size_t i = 0; i < 2 * total && !k->r->full; i++) {
		const struct seen *before, *e = srv_at(s, (first + i) % total, &before);
		const struct port *p = seen_port(e, port, protocol),
				  *last = p ? seen_port(before, port, protocol) : NULL;
		struct dns_name target;
		if (!p)
			continue;
		k->found = true;
		if (!put)
			return;
		if (!target_name(k, s, e->ep->hostname, &e->ep->addr, &target))
			continue;
		if (i >= total && (!last || zone_addr_compare(&before->ep->addr, &e->ep->addr) != 0))
			put_addr(k, DNS_ADDITIONAL, &target, &e->ep->addr);
		else if (i < total && (!last || last->port != p->port))
			dns_reply_srv(k->r, k->owner, DNS_TTL, 0, 100, p->port, &target);
	}
}

static void answer_srv(struct ask *k, struct service *s, struct label port, struct label protocol, bool port_given)
{
	struct dns_name target;
	port.p++, port.len--; /* the underscores */
	protocol.p++, protocol.len--;
	if (s->headless) {
		srv_endpoints(k, s, port_given ? &port : NULL, &protocol, port_given && wants(k, DNS_SRV));
		return;
	}
	for (size_t i = 0; i < s->n_ports; i++) {
		if (!port_is(&s->ports[i], port_given ? &port : NULL, &protocol))
			continue;
		k->found = true;
		if (!port_given || !wants(k, DNS_SRV) || !target_name(k, s, NULL, NULL, &target))
			continue;
		dns_reply_srv(k->r, k->owner, DNS_TTL, 0, 100, s->ports[i].port, &target);
		for (size_t j = 0; j < s->n_ips; j++)
			put_addr(k, DNS_ADDITIONAL, &target, &s->ips[j]);
	}
}

/* ---- the domain ---- */

static enum zone_result answer_external(struct ask *k, const struct service *s, struct dns_name *target)
{
	struct dns_name t;
	struct inet_addr a;
	k->found = true;
	if (inet_addr_parse(s->external, &a) || !dns_name_parse(s->external, &t) || t.len < 2)
		return ZONE_ANSWERED; /* addresses are no names: nothing to lead to */
	dns_name_lower(&t);
	dns_reply_name(k->r, DNS_ANSWER, k->owner, DNS_CNAME, DNS_TTL, &t);
	if (wants(k, DNS_CNAME) || wants(k, DNS_ANY))
		return ZONE_ANSWERED;
	*target = t;
	return ZONE_CHASE;
}

static bool namespace_there(const struct ask *k, const struct label *l)
{
	char ns[64];
	memcpy(ns, l->p, l->len);
	ns[l->len] = 0;
	return map_has(k->z->namespaces, ns);
}

static size_t service_key(const struct label *name, const struct label *ns, char key[128])
{
	size_t n = name->len + 1 + ns->len;
	memcpy(key, name->p, name->len);
	key[name->len] = '.';
	memcpy(key + name->len + 1, ns->p, ns->len);
	key[n] = 0;
	return n;
}

/* l: n labels in front of the domain, leftmost first; the last is "svc". */
static enum zone_result answer_service(struct ask *k, const struct label *l, unsigned n, struct dns_name *target)
{
	char key[128];
	if (n == 1) {
		k->found = true;
		return ZONE_ANSWERED;
	}
	if (n == 2) {
		k->found = namespace_there(k, &l[0]);
		return ZONE_ANSWERED;
	}
	const struct label *name = &l[n - 3], *ns = &l[n - 2];
	(void)service_key(name, ns, key);
	struct service *s = map_get(k->z->services, key);
	if (!s || !s->exists)
		return ZONE_ANSWERED;
	if (s->external)
		return n == 3 ? answer_external(k, s, target) : ZONE_ANSWERED;
	if (n == 3 && s->headless) {
		answer_endpoints(k, s);
	} else if (n == 3) {
		k->found = true;
		for (size_t i = 0; i < s->n_ips; i++)
			answer_addr(k, &s->ips[i]);
	} else if (n == 4 && l[0].p[0] == '_') { /* _tcp and _udp have ports below them */
		answer_srv(k, s, l[0], l[0], false);
	} else if (n == 4) {
		answer_endpoint(k, s, &l[0]);
	} else if (n == 5 && l[0].p[0] == '_' && l[1].p[0] == '_') {
		answer_srv(k, s, l[0], l[1], true);
	}
	return ZONE_ANSWERED;
}

/* A.B.C.D with dashes, of a namespace: says nothing but what the name says, as CoreDNS does by default. */
static void answer_pod(struct ask *k, const struct label *l, unsigned n)
{
	struct inet_addr a;
	if (n == 1)
		k->found = true;
	else if (n == 2)
		k->found = namespace_there(k, &l[0]);
	else if (n == 3 && namespace_there(k, &l[1]) && addr_of_label(&l[0], &a))
		answer_addr(k, &a);
}

/* Those in front of the domain, leftmost first; more than max: max + 1, and they are not all there. */
static unsigned labels_of(const struct dns_name *q, const struct dns_name *domain, struct label *l, unsigned max)
{
	unsigned n = 0, left = (unsigned)(q->len - domain->len), at = 0;
	while (at < left && n < max) {
		l[n].len = q->w[at];
		l[n].p = (const char *)q->w + at + 1;
		at += l[n].len + 1;
		n++;
	}
	return at < left ? max + 1 : n;
}

size_t zone_prefetch(const struct zone *z, const struct dns_name *name)
{
	struct label l[LABELS_MAX];
	char key[128];
	if (!dns_name_under(name, &z->domain))
		return 0;
	unsigned n = labels_of(name, &z->domain, l, LABELS_MAX);
	if (n < 3 || n > LABELS_MAX || !IS(&l[n - 1], "svc"))
		return 0;
	return map_prefetch(z->services, key, service_key(&l[n - 3], &l[n - 2], key));
}

void zone_prefetch_value(const struct zone *z, size_t at)
{
	map_prefetch_value(z->services, at);
}

static enum zone_result answer_domain(struct ask *k, struct dns_name *target)
{
	const struct dns_name *q = &k->q->name;
	struct label l[LABELS_MAX];
	unsigned left = (unsigned)(q->len - k->z->domain.len), n;
	/* No object has such a name, and the keys of maps end at a zero. (One with a dot in a label is looked for and
	 * not found: names of objects have none, and the dot between them is the only one.) */
	if (memchr(q->w, 0, left))
		return ZONE_ANSWERED;
	n = labels_of(q, &k->z->domain, l, LABELS_MAX);
	if (n > LABELS_MAX)
		return ZONE_ANSWERED;
	if (n == 0) {
		k->found = true;
		if (wants(k, DNS_SOA))
			put_soa(k, DNS_ANSWER);
		else if (wants(k, DNS_NS))
			dns_reply_name(k->r, DNS_ANSWER, k->owner, DNS_NS, DNS_TTL, &k->z->mname);
		if (wants(k, DNS_NS) && k->z->service_ip.family)
			put_addr(k, DNS_ADDITIONAL, &k->z->mname, &k->z->service_ip);
		return ZONE_ANSWERED;
	}
	if (IS(&l[n - 1], "svc"))
		return answer_service(k, l, n, target);
	if (IS(&l[n - 1], "pod")) {
		answer_pod(k, l, n);
	} else if (n == 1 && IS(&l[0], "dns-version")) {
		k->found = true;
		if (wants(k, DNS_TXT))
			dns_reply_txt(k->r, k->owner, DNS_TTL, "1.1.0");
	} else if (IS(&l[n - 1], "dns") && (n == 1 || (n == 2 && IS(&l[0], "ns")))) {
		k->found = true;
		if (n == 2 && k->z->service_ip.family)
			answer_addr(k, &k->z->service_ip);
	}
	return ZONE_ANSWERED;
}

/* ---- addresses ---- */

static const struct dns_name in_addr = {14, "\7in-addr\4arpa"}, ip6 = {10, "\3ip6\4arpa"};

/* d.c.b.a.in-addr.arpa and 32 nibbles under ip6.arpa, or what stands above them. Labels; 0: not such a name. */
static unsigned reverse_parse(const struct dns_name *q, struct inet_addr *ret)
{
	uint8_t at[128];
	bool v4 = dns_name_under(q, &in_addr);
	if (!v4 && !dns_name_under(q, &ip6))
		return 0;
	unsigned n = dns_name_labels(q, at) - 2;
	struct inet_addr a = {.family = v4 ? 4 : 6};
	if (n == 0 || n > (v4 ? 4 : 32))
		return 0;
	for (unsigned i = 0; i < n; i++) {
		unsigned len = q->w[at[i]], v = 0, place = n - 1 - i;
		for (unsigned j = 1; j <= len; j++) {
			uint8_t c = q->w[at[i] + j];
			unsigned digit = c >= '0' && c <= '9' ? c - 48u : !v4 && c >= 'a' && c <= 'f' ? c - 87u : 99u;
			if (digit == 99 || len > (v4 ? 3u : 1u))
				return 0;
			v = v * 10 + digit;
		}
		if (v > 255 || (v4 && len > 1 && q->w[at[i] + 1] == '0'))
			return 0;
		if (v4)
			a.a[place] = (uint8_t)v;
		else
			a.a[place / 2] = (uint8_t)(a.a[place / 2] | v << (place % 2 ? 0 : 4));
	}
	*ret = a;
	return n;
}

/* Of an endpoint that stands in several slices; sought among the first few, so that nobody makes it long. */
static bool rev_again(const struct rev *first, const struct rev *x)
{
	for (int i = 0; i < 16 && first != x; i++, first = first->next)
		if (first->service == x->service && first->cluster_ip == x->cluster_ip &&
		    (first->hostname && x->hostname ? strcmp(first->hostname, x->hostname) == 0
						    : first->hostname == x->hostname))
			return true;
	return false;
}

static void answer_reverse(struct ask *k, const struct inet_addr *a)
{
	char key[33];
	bool cluster = false;
	zone_reverse_key(a, key);
	const struct rev *first = map_get(k->z->reverse, key);
	for (const struct rev *x = first; x; x = x->next) {
		if (!x->service->exists)
			continue;
		k->found = true;
		cluster |= x->cluster_ip;
	}
	for (const struct rev *x = first; x && wants(k, DNS_PTR); x = x->next) {
		struct dns_name target;
		if (rev_again(first, x))
			continue;
		if (x->service->exists && x->cluster_ip == cluster &&
		    target_name(k, x->service, x->hostname, x->cluster_ip ? NULL : a, &target))
			dns_reply_name(k->r, DNS_ANSWER, k->owner, DNS_PTR, DNS_TTL, &target);
	}
}

/* False: not ours. */
static bool answer_arpa(struct ask *k)
{
	const struct dns_name *q = &k->q->name;
	struct inet_addr a = {0};
	unsigned n = reverse_parse(q, &a);
	bool whole = n == (a.family == 4 ? 4u : 32u) && n;
	/* A network that ends within a label shares its zone with others', whose addresses are theirs to name. */
	for (unsigned i = 0; i < k->z->n_nets; i++)
		if (dns_name_under(q, &k->z->nets[i].apex) && (!whole || inet_cidr_has(&k->z->nets[i].net, &a)))
			k->apex = &k->z->nets[i].apex;
	if (whole)
		answer_reverse(k, &a);
	if (!k->apex)
		return k->found;
	if (dns_name_equal(q, k->apex)) {
		if (wants(k, DNS_SOA))
			put_soa(k, DNS_ANSWER);
		else if (wants(k, DNS_NS))
			dns_reply_name(k->r, DNS_ANSWER, k->owner, DNS_NS, DNS_TTL, &k->z->mname);
	}
	k->found |= n && !whole; /* names may be below it */
	return true;
}

/* ---- all ---- */

static enum zone_result answer_under(struct ask *k, struct dns_name *target)
{
	enum zone_result res = ZONE_ANSWERED;
	k->found = false;
	if (dns_name_under(&k->q->name, &k->z->domain)) {
		k->apex = &k->z->domain;
		res = answer_domain(k, target);
	} else {
		k->apex = NULL;
		if (!answer_arpa(k))
			return ZONE_FORWARD;
	}
	k->r->flags |= DNS_F_AA;
	return res;
}

enum zone_result zone_answer(struct zone *z, const struct dns_query *q, struct dns_reply *r, struct dns_name *target)
{
	struct ask k = {.z = z, .q = q, .r = r};
	struct dns_query inner;
	unsigned before = r->counts[DNS_ANSWER];
	enum zone_result res = answer_under(&k, target);
	if (res == ZONE_FORWARD)
		return res;
	/* ExternalNames that name other Services: their records go along. */
	for (int i = 0; res == ZONE_CHASE; i++) {
		if (i == ZONE_CHASE_MAX)
			return ZONE_ANSWERED; /* a circle */
		inner = *q;
		inner.name = *target;
		k.q = &inner;
		k.owner = &inner.name;
		before = r->counts[DNS_ANSWER];
		res = answer_under(&k, target);
		if (res == ZONE_FORWARD) {
			*target = inner.name;
			return ZONE_CHASE;
		}
	}
	if (q->type == DNS_ANY && k.found && r->counts[DNS_ANSWER] == before)
		dns_reply_hinfo(r, k.owner, DNS_TTL, "RFC8482", ""); /* RFC 8482 section 4.2 */
	if (!k.found)
		r->rcode = DNS_NXDOMAIN;
	if (r->counts[DNS_ANSWER] == before && !r->truncated && k.apex)
		put_soa(&k, DNS_AUTHORITY);
	return ZONE_ANSWERED;
}

bool zone_has(struct zone *z, const struct dns_name *name)
{
	uint8_t buf[DNS_UDP_PLAIN], header[DNS_HEADER] = {0};
	struct dns_query q = {.name = *name, .type = 0, .class_ = DNS_IN, .question_end = DNS_HEADER};
	struct dns_reply r;
	struct dns_name target;
	dns_reply_begin(&r, buf, sizeof(buf), header, &q);
	return zone_answer(z, &q, &r, &target) != ZONE_FORWARD && r.rcode == DNS_NOERROR;
}
