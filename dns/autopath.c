#include "dns/autopath.h"
#include <errno.h>
#include <stdlib.h>
#include "base/cleanup.h"
#include "base/json.h"
#include "base/map.h"
#include "base/str.h"

#define IPS_MAX 4

struct pod {
	unsigned n;
	char ips[IPS_MAX][33]; /* keys of by_ip */
};
struct place {
	struct dns_name first; /* NS.svc.DOMAIN */
	const struct pod *pod;
};
struct autopath {
	struct dns_name domain, svc;
	struct dns_name search[AUTOPATH_SEARCH_MAX];
	unsigned n_search;
	struct map *pods;  /* "ns/name" -> struct pod */
	struct map *by_ip; /* hex -> struct place */
};

int autopath_new(struct autopath **ret, const struct dns_name *domain, struct err *e)
{
	struct autopath *a = calloc(1, sizeof(*a));
	if (!a)
		return err_nomem(e);
	a->domain = *domain;
	a->pods = map_new(free);
	a->by_ip = map_new(free);
	if (!a->pods || !a->by_ip || !dns_name_join(&a->svc, "svc", domain)) {
		autopath_free(a);
		return err_nomem(e);
	}
	*ret = a;
	return 0;
}

struct autopath *autopath_free(struct autopath *a)
{
	if (!a)
		return NULL;
	map_free(a->pods);
	map_free(a->by_ip);
	free(a);
	return NULL;
}

void autopath_search(struct autopath *a, char *const *domains, unsigned n)
{
	a->n_search = 0;
	for (unsigned i = 0; i < n && a->n_search < AUTOPATH_SEARCH_MAX; i++)
		if (dns_name_parse(domains[i], &a->search[a->n_search]) && a->search[a->n_search].len > 1)
			dns_name_lower(&a->search[a->n_search++]);
}

/* Whether kubelet gives it the list of the cluster and nothing else. */
static bool ordinary(const json_t *pod)
{
	const json_t *spec = json_object_get(pod, "spec");
	const char *phase = json_str_or(pod, "status.phase", "");
	return streq(json_str_or(spec, "dnsPolicy", "ClusterFirst"), "ClusterFirst") &&
	       !json_object_get(spec, "dnsConfig") && !json_bool_or(spec, "hostNetwork", false) &&
	       !streq(phase, "Succeeded") && !streq(phase, "Failed");
}

int autopath_pod(struct autopath *a, const char *ns, const char *name, const json_t *o)
{
	AUTO_FREE char *key = str_fmt("%s/%s", ns, name), *left = str_fmt("%s.svc", ns);
	if (!key || !left)
		return -ENOMEM;
	struct pod *p = map_get(a->pods, key);
	for (unsigned i = 0; p && i < p->n; i++) {
		const struct place *at = map_get(a->by_ip, p->ips[i]);
		if (at && at->pod == p) /* the address may be another pod's by now */
			(void)map_del(a->by_ip, p->ips[i]);
	}
	(void)map_del(a->pods, key);
	if (!o || !ordinary(o))
		return 0;
	p = calloc(1, sizeof(*p));
	if (!p || map_put(a->pods, key, p) < 0) {
		free(p);
		return -ENOMEM;
	}
	const json_t *ips = json_at(o, "status", "podIPs", NULL), *v;
	size_t i;
	json_array_foreach (ips, i, v) {
		struct inet_addr addr;
		struct place *at =
		    p->n < IPS_MAX && inet_addr_parse(json_str(v, "ip"), &addr) ? calloc(1, sizeof(*at)) : NULL;
		if (!at)
			continue;
		at->pod = p;
		hex_encode(addr.a, inet_addr_len(addr.family), p->ips[p->n]);
		if (!dns_name_join(&at->first, left, &a->domain) || map_put(a->by_ip, p->ips[p->n], at) < 0) {
			free(at);
			return -ENOMEM;
		}
		p->n++;
	}
	return 0;
}

unsigned autopath_match(const struct autopath *a, const uint8_t *addr, int family, const struct dns_name *q)
{
	char key[33];
	hex_encode(addr, family == 4 ? 4 : 16, key);
	const struct place *at = map_get(a->by_ip, key);
	return at && q->len > at->first.len && dns_name_under(q, &at->first) ? (unsigned)(q->len - at->first.len) : 0;
}

bool autopath_step(const struct autopath *a, const struct dns_name *q, unsigned base, unsigned step,
		   struct dns_name *ret)
{
	static const struct dns_name root = {.len = 1};
	if (step > 2 + a->n_search)
		return false;
	const struct dns_name *tail = step == 0                ? &a->svc
				      : step == 1              ? &a->domain
				      : step < 2 + a->n_search ? &a->search[step - 2]
							       : &root;
	if (base + tail->len > DNS_NAME_MAX)
		return autopath_step(a, q, base, step + 1, ret);
	memcpy(ret->w, q->w, base);
	memcpy(ret->w + base, tail->w, tail->len);
	ret->len = (uint8_t)(base + tail->len);
	return true;
}
