#include "dns/custom.h"
#include <errno.h>
#include <stdlib.h>
#include "base/cleanup.h"
#include "base/json.h"
#include "base/map.h"
#include "base/str.h"

struct stub {
	struct dns_name domain;
	struct upstreams *servers;
};
struct host { /* by name: its addresses; by reverse name: one name */
	unsigned n;
	struct inet_addr addrs[CUSTOM_ADDRS_MAX];
	struct dns_name name;
};
struct custom {
	struct stub stubs[CUSTOM_STUBS_MAX];
	unsigned n_stubs;
	struct upstreams *upstream;
	struct map *hosts; /* wire form (which ends at the root's zero) -> struct host */
};

struct custom *custom_free(struct custom *c)
{
	if (!c)
		return NULL;
	for (unsigned i = 0; i < c->n_stubs; i++)
		upstreams_unref(c->stubs[i].servers);
	upstreams_unref(c->upstream);
	map_free(c->hosts);
	free(c);
	return NULL;
}

static bool hostname_ok(const struct dns_name *n)
{
	for (unsigned i = 0; i + 1u < n->len; i += n->w[i] + 1u)
		for (unsigned k = 1; k <= n->w[i]; k++) {
			uint8_t c = n->w[i + k];
			if (!(c == '-' || c == '_' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z')))
				return false;
		}
	return n->len > 1;
}

/* A list of addresses. NULL: malformed, which faults tells. */
static struct upstreams *servers_parse(const json_t *list, const char *where, struct buf *faults)
{
	struct upstreams *g = upstreams_new();
	struct err e = {0};
	size_t i;
	const json_t *v;
	if (!g)
		return NULL;
	if (!json_is_array(list) || json_array_size(list) == 0)
		err_set(&e, -EINVAL, "is not a list of addresses");
	json_array_foreach (list, i, v) {
		if (e.code == 0 && !json_is_string(v))
			err_set(&e, -EINVAL, "has something that is not a string");
		else if (e.code == 0)
			(void)upstreams_add(g, json_string_value(v), 53, &e);
	}
	if (e.code == 0)
		return g;
	buf_addf(faults, "%s: %s\n", where, e.msg);
	return upstreams_unref(g);
}

static json_t *value_parse(const json_t *data, const char *key, struct buf *faults)
{
	const char *text = json_string_value(json_object_get(data, key));
	json_t *v = NULL;
	struct err e = {0};
	if (text && json_parse(text, strlen(text), &v, &e) < 0) {
		buf_addf(faults, "%s: not JSON: %s\n", key, e.msg);
		return NULL;
	}
	return v;
}

static void stubs_parse(struct custom *c, const json_t *data, const struct dns_name *domain, struct buf *faults)
{
	AUTO_JSON json_t *v = value_parse(data, "stubDomains", faults);
	const char *name;
	json_t *list;
	if (v && !json_is_object(v))
		buf_adds(faults, "stubDomains: not a map from domains to lists of addresses\n");
	json_object_foreach (v, name, list) {
		AUTO_FREE char *where = str_fmt("stubDomains[\"%.80s\"]", name);
		struct stub *s = &c->stubs[c->n_stubs];
		if (!where)
			return;
		if (c->n_stubs == CUSTOM_STUBS_MAX) {
			buf_addf(faults, "stubDomains: more than %d\n", CUSTOM_STUBS_MAX);
			return;
		}
		if (!dns_name_parse(name, &s->domain)) {
			buf_addf(faults, "%s: not a domain\n", where);
			continue;
		}
		dns_name_lower(&s->domain);
		if (!hostname_ok(&s->domain))
			buf_addf(faults, "%s: not a domain\n", where);
		else if (dns_name_under(&s->domain, domain))
			buf_addf(faults, "%s: names of the cluster are answered by the cluster alone\n", where);
		else if ((s->servers = servers_parse(list, where, faults)))
			c->n_stubs++;
	}
}

static struct host *host_get(struct custom *c, const struct dns_name *name)
{
	const char *key = (const char *)name->w;
	struct host *h = map_get(c->hosts, key);
	if (h)
		return h;
	h = calloc(1, sizeof(*h));
	if (h && map_put(c->hosts, key, h) < 0)
		free(TAKE_PTR(h));
	return h;
}

/* One line, taken apart in place. NULL: fine. */
static const char *host_line(struct custom *c, char *line, const struct dns_name *domain)
{
	struct inet_addr a;
	char *save = NULL, *word;
	line[strcspn(line, "#")] = 0;
	word = strtok_r(line, " \t\r", &save);
	if (!word)
		return NULL;
	if (!inet_addr_parse(word, &a))
		return "does not begin with an address";
	bool first = true;
	while ((word = strtok_r(NULL, " \t\r", &save))) {
		struct dns_name n, rev;
		if (!dns_name_parse(word, &n))
			return "has a name that is none";
		dns_name_lower(&n);
		if (!hostname_ok(&n))
			return "has a name that is none";
		if (dns_name_under(&n, domain))
			return "has a name of the cluster domain";
		if (map_len(c->hosts) >= CUSTOM_HOSTS_MAX)
			return "is one too many";
		struct host *h = host_get(c, &n);
		if (!h)
			return "needs memory that is not there";
		if (h->n == CUSTOM_ADDRS_MAX)
			return "has an address too many for its name";
		h->addrs[h->n++] = a;
		if (first) {
			dns_name_reverse(&a, a.family == 4 ? 4 : 32, &rev);
			struct host *back = host_get(c, &rev);
			if (back && !back->name.len)
				back->name = n;
		}
		first = false;
	}
	return first ? "has no name" : NULL;
}

static void hosts_parse(struct custom *c, const json_t *data, const struct dns_name *domain, struct buf *faults)
{
	AUTO_FREE char *text = str_dup(json_string_value(json_object_get(data, "hosts")));
	unsigned n = 0, told = 0;
	for (char *p = text, *next; p && *p; p = next) {
		size_t len = strcspn(p, "\n");
		next = p + len + (p[len] == '\n');
		p[len] = 0;
		n++;
		const char *why = host_line(c, p, domain);
		if (why && told++ < 10)
			buf_addf(faults, "hosts: line %u %s\n", n, why);
	}
}

int custom_new(struct custom **ret, const json_t *configmap, const struct dns_name *domain, struct buf *faults)
{
	static const char *const known[] = {"stubDomains", "upstreamNameservers", "hosts"};
	struct custom *c = calloc(1, sizeof(*c));
	const json_t *data = json_object_get(configmap, "data");
	const char *key;
	json_t *v;
	if (!c || !(c->hosts = map_new(free))) {
		free(c);
		return -ENOMEM;
	}
	json_object_foreach ((json_t *)(uintptr_t)data, key, v) {
		bool found = false;
		for (size_t i = 0; i < ARRAY_LEN(known); i++)
			found |= streq(key, known[i]);
		if (!found)
			buf_addf(faults,
				 "%.80s: no such setting; there are stubDomains, upstreamNameservers and hosts\n", key);
	}
	stubs_parse(c, data, domain, faults);
	AUTO_JSON json_t *up = value_parse(data, "upstreamNameservers", faults);
	if (up)
		c->upstream = servers_parse(up, "upstreamNameservers", faults);
	hosts_parse(c, data, domain, faults);
	*ret = c;
	return 0;
}

unsigned custom_leave_out(struct custom *c, const char *const *own, uint16_t own_port)
{
	unsigned n = 0;
	for (unsigned i = 0; i < c->n_stubs; i++)
		n += upstreams_leave_out(c->stubs[i].servers, own, own_port);
	return n + (c->upstream ? upstreams_leave_out(c->upstream, own, own_port) : 0);
}

struct upstreams *custom_route(const struct custom *c, const struct dns_name *name)
{
	const struct stub *best = NULL;
	for (unsigned i = 0; i < c->n_stubs; i++)
		if (dns_name_under(name, &c->stubs[i].domain) && (!best || c->stubs[i].domain.len > best->domain.len))
			best = &c->stubs[i];
	return best ? best->servers : c->upstream;
}

size_t custom_hosts(const struct custom *c)
{
	return map_len(c->hosts);
}

bool custom_hosts_answer(const struct custom *c, const struct dns_query *q, struct dns_reply *r)
{
	if (map_len(c->hosts) == 0 || memchr(q->name.w, 0, q->name.len - 1u))
		return false;
	const struct host *h = map_get(c->hosts, (const char *)q->name.w);
	if (!h)
		return false;
	r->flags |= DNS_F_AA;
	if (h->name.len) {
		if (q->type == DNS_PTR)
			dns_reply_name(r, DNS_ANSWER, &q->name, DNS_PTR, CUSTOM_TTL, &h->name);
		return true;
	}
	for (unsigned i = 0; i < h->n; i++)
		if (q->type == (h->addrs[i].family == 4 ? DNS_A : DNS_AAAA))
			dns_reply_addr(r, DNS_ANSWER, &q->name, CUSTOM_TTL, h->addrs[i].family, h->addrs[i].a);
	return true;
}
