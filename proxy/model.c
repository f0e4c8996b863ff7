#include "proxy/model_internal.h"
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <stdio.h>
#include "api/endpoint_slice.h"
#include "api/object.h"
#include "base/buf.h"
#include "base/cleanup.h"
#include "base/json.h"
#include "base/map.h"
#include "base/str.h"
#include "proxy/nodes.h"

/* ---- slices ---- */

static uint32_t zone_hash(const char *s)
{
	uint32_t h = (uint32_t)str_hash(s, strlen(s));
	return h ? h : 1;
}

static void hints_parse(const json_t *ep, const char *node, struct slice_endpoint *x)
{
	const json_t *nodes = json_at(ep, "hints", "forNodes", NULL), *zones = json_at(ep, "hints", "forZones", NULL),
		     *v;
	size_t i;
	json_array_foreach (nodes, i, v) {
		x->node_hints = true;
		x->for_node |= streq(json_str_or(v, "name", ""), node);
	}
	json_array_foreach (zones, i, v)
		if (x->n_zones < PX_HINTS_MAX)
			x->zones[x->n_zones++] = zone_hash(json_str_or(v, "name", ""));
}

static void slice_free(struct slice *s)
{
	free(s->name);
	free(s->ports);
	free(s->eps);
	free(s);
}

static int slice_parse(struct slice **ret, const char *node, const char *name, const json_t *o)
{
	struct slice *s = calloc(1, sizeof(*s));
	const json_t *ports = json_at(o, "ports", NULL), *eps = json_at(o, "endpoints", NULL), *v;
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
	json_array_foreach (ports, i, v) {
		struct slice_port *p = &s->ports[s->n_ports];
		int64_t port = json_int_or(v, "port", 0);
		p->protocol = inet_protocol(json_str(v, "protocol"));
		if (port < 1 || port > 65535 || !p->protocol ||
		    !str_copy(p->name, sizeof(p->name), json_str_or(v, "name", "")))
			continue;
		p->port = (uint16_t)port;
		if (++s->n_ports == PX_PORTS_MAX)
			break;
	}
	json_array_foreach (eps, i, v) {
		struct slice_endpoint *x = &s->eps[s->n_eps];
		struct endpoint_state state = endpoint_state_of(v);
		if (!inet_addr_parse(state.address, &x->addr))
			continue;
		x->ready = state.ready;
		x->serving = state.serving;
		x->terminating = state.terminating;
		x->local = streq(json_str_or(v, "nodeName", ""), node);
		hints_parse(v, node, x);
		if (++s->n_eps == PX_ENDPOINTS_MAX)
			break;
	}
	*ret = s;
	return 0;
}

/* ---- entries ---- */

static void entry_free(void *p)
{
	struct entry *x = p;
	free(x->svc);
	while (x->slices) {
		struct slice *s = x->slices;
		x->slices = s->next;
		slice_free(s);
	}
	px_service_free(x->flushed);
	px_service_free(x->built);
	list_del(&x->dirty_link);
	free(x->claims);
	free(x->key);
	free(x);
}

int px_model_new(struct px_model **ret, const char *node_name, struct err *e)
{
	struct px_model *m = calloc(1, sizeof(*m));
	if (!m)
		return err_nomem(e);
	list_init(&m->dirty);
	m->node = str_dup(node_name);
	m->claims = px_claims_new();
	m->entries = map_new(entry_free);
	m->slice_owner = map_new(free);
	m->nodes = px_nodes_new();
	if (!m->node || !m->nodes || !m->claims || !m->entries || !m->slice_owner) {
		px_model_free(m);
		return err_nomem(e);
	}
	*ret = m;
	return 0;
}

struct px_model *px_model_free(struct px_model *m)
{
	if (!m)
		return NULL;
	px_claims_free(m->claims);
	if (m->entries)
		map_free(m->entries);
	if (m->slice_owner)
		map_free(m->slice_owner);
	px_nodes_free(m->nodes);
	free(m->node);
	free(m);
	return NULL;
}

bool px_model_dirty(const struct px_model *m)
{
	return !list_empty(&m->dirty);
}

static void entry_dirty(struct px_model *m, struct entry *x)
{
	if (x->dirty)
		return;
	x->dirty = true;
	list_add_tail(&m->dirty, &x->dirty_link);
}

static void all_dirty(struct px_model *m)
{
	struct map_iter mi = MAP_ITER_INIT;
	while (map_next(m->entries, &mi))
		entry_dirty(m, mi.value);
}

void px_model_zone(struct px_model *m, const char *zone)
{
	uint32_t h = zone && *zone ? zone_hash(zone) : 0;
	if (h == m->zone)
		return;
	m->zone = h;
	all_dirty(m);
}

int px_model_node(struct px_model *m, const char *ns UNUSED, const char *name, const json_t *node)
{
	int changed = px_nodes_put(m->nodes, name, streq(name, m->node), node);
	struct map_iter mi = MAP_ITER_INIT;
	while (changed > 0 && map_next(m->entries, &mi)) {
		struct entry *x = mi.value;
		if (x->svc && (strstr(x->svc, "\"ingress\"") || strstr(x->svc, "\"externalIPs\"")))
			entry_dirty(m, x);
	}
	return changed < 0 ? changed : 0;
}

static struct entry *entry_get(struct px_model *m, const char *key)
{
	struct entry *x = map_get(m->entries, key);
	if (x)
		return x;
	x = calloc(1, sizeof(*x));
	if (!x)
		return NULL;
	list_init(&x->dirty_link);
	x->key = str_dup(key);
	if (!x->key || map_put(m->entries, key, x) < 0) {
		free(x->key);
		free(x);
		return NULL;
	}
	return x;
}

static json_t *created_of(const json_t *o)
{
	return json_string(json_str_or(json_at(o, "metadata", NULL), "creationTimestamp", ""));
}

/* What table_build reads: a few hundred bytes, where a tree would be thousands. NULL: no memory. */
static char *entry_text(json_t *created, const json_t *spec, const json_t *ingress)
{
	AUTO_JSON json_t *o = json_object();
	if (!o || json_object_set_new(o, "created", created) < 0 ||
	    (spec && json_object_set(o, "spec", (json_t *)(uintptr_t)spec) < 0) ||
	    (ingress && json_object_set(o, "ingress", (json_t *)(uintptr_t)ingress) < 0))
		return NULL;
	return json_dumps(o, JSON_COMPACT);
}

int px_model_service(struct px_model *m, const char *ns, const char *name, const json_t *svc)
{
	static const char *const fields[] = {"type",
					     "clusterIP",
					     "clusterIPs",
					     "externalIPs",
					     "ports",
					     "sessionAffinity",
					     "sessionAffinityConfig",
					     "internalTrafficPolicy",
					     "externalTrafficPolicy",
					     "loadBalancerSourceRanges",
					     "healthCheckNodePort"};
	AUTO_FREE char *key = str_fmt("%s/%s", ns, name);
	if (!key)
		return -ENOMEM;
	struct entry *x = svc ? entry_get(m, key) : map_get(m->entries, key);
	if (!x)
		return svc ? -ENOMEM : 0;
	AUTO_FREE char *text = NULL;
	if (svc) {
		const char *proxy_name = obj_label(svc, "service.kubernetes.io/service-proxy-name");
		AUTO_JSON json_t *keep = json_object();
		for (size_t i = 0; keep && !proxy_name && i < ARRAY_LEN(fields); i++)
			if (json_at(svc, "spec", fields[i], NULL))
				(void)json_object_set(keep, fields[i], json_at(svc, "spec", fields[i], NULL));
		text = entry_text(created_of(svc), proxy_name ? NULL : keep,
				  json_at(svc, "status", "loadBalancer", "ingress", NULL));
		if (!text)
			return -ENOMEM;
	}
	free(x->svc);
	x->svc = TAKE_PTR(text);
	entry_dirty(m, x);
	return 0;
}

static void slice_remove(struct px_model *m, const char *owner, const char *name)
{
	struct entry *x = map_get(m->entries, owner);
	for (struct slice **p = x ? &x->slices : NULL; p && *p; p = &(*p)->next)
		if (streq((*p)->name, name)) {
			struct slice *s = *p;
			*p = s->next;
			slice_free(s);
			entry_dirty(m, x);
			return;
		}
}

int px_model_slice(struct px_model *m, const char *ns, const char *name, const json_t *o)
{
	AUTO_FREE char *id = str_fmt("%s/%s", ns, name);
	if (!id)
		return -ENOMEM;
	const char *service = endpoint_slice_service(o);
	AUTO_FREE char *owner = service ? str_fmt("%s/%s", ns, service) : NULL;
	if (service && !owner)
		return -ENOMEM;
	const char *before = map_get(m->slice_owner, id);
	if (before) {
		slice_remove(m, before, name);
		if (streq(before, PX_API_SERVICE))
			all_dirty(m);
	}
	if (!owner) {
		(void)map_del(m->slice_owner, id);
		return 0;
	}
	struct entry *x = entry_get(m, owner);
	struct slice *s = NULL;
	if (!x || slice_parse(&s, m->node, name, o) < 0)
		return -ENOMEM;
	s->next = x->slices;
	x->slices = s;
	entry_dirty(m, x);
	if (streq(owner, PX_API_SERVICE))
		all_dirty(m);
	if (map_put(m->slice_owner, id, owner) < 0)
		return -ENOMEM;
	owner = NULL;
	return 0;
}

/* Pods have no slices: their table is made at once and waits in the entry as JSON would. */
int px_model_pod(struct px_model *m, const char *ns, const char *name, const json_t *pod)
{
	AUTO_FREE char *key = str_fmt("pod:%s/%s", ns, name);
	if (!key)
		return -ENOMEM;
	bool wanted = pod && !pod_terminal(pod) && !json_bool_or(pod, "spec.hostNetwork", false) &&
		      json_array_size(json_at(pod, "status", "podIPs", NULL)) > 0;
	if (wanted) {
		struct px_service *s = NULL;
		if (px_hostports_build(key, pod, &s) < 0)
			return -ENOMEM;
		wanted = s->n_ports > 0;
		px_service_free(s);
	}
	struct entry *x = wanted ? entry_get(m, key) : map_get(m->entries, key);
	if (!x)
		return wanted ? -ENOMEM : 0;
	AUTO_FREE char *text = NULL;
	if (wanted) {
		AUTO_JSON json_t *keep = json_pack("{s:o,s:{s:O},s:{s:O}}", "created", created_of(pod), "spec",
						   "containers", json_at(pod, "spec", "containers", NULL), "status",
						   "podIPs", json_at(pod, "status", "podIPs", NULL));
		text = keep ? json_dumps(keep, JSON_COMPACT) : NULL;
		if (!text)
			return -ENOMEM;
	}
	free(x->svc);
	x->svc = TAKE_PTR(text);
	entry_dirty(m, x);
	return 0;
}

static void claim_changed(void *arg, const char *key)
{
	struct px_model *m = arg;
	struct entry *x = map_get(m->entries, key);
	if (x)
		entry_dirty(m, x);
}

static int entry_build(struct px_model *m, struct entry *x)
{
	struct px_service *s = NULL;
	struct px_claim *v = NULL;
	size_t n = 0;
	AUTO_JSON json_t *o = NULL;
	int r = x->svc && json_parse(x->svc, strlen(x->svc), &o, NULL) < 0 ? -ENOMEM : 0;
	if (r == 0 && o && str_has_prefix(x->key, "pod:"))
		r = px_hostports_build(x->key, o, &s);
	else if (r == 0 && o)
		r = px_table_build(m, x, o, &s);
	if (r == 0)
		r = px_table_claims(s, json_str_or(o, "created", ""), &v, &n);
	if (r == 0)
		r = px_claims_set(m->claims, x->key, x->claims, x->n_claims, v, n, claim_changed, m);
	if (r < 0) {
		px_service_free(s);
		free(v);
		return r;
	}
	px_service_free(x->built);
	x->built = s;
	free(x->claims);
	x->claims = v;
	x->n_claims = n;
	return 0;
}

int px_model_flush(struct px_model *m, struct px_change **ret, size_t *ret_n)
{
	size_t n = 0, cap = 0;
	int r = 0;
	*ret = NULL;
	*ret_n = 0;
	/* First what each asks for; who loses or gains by that is appended. */
	LIST_FOREACH (x, &m->dirty, struct entry, dirty_link) {
		if ((r = entry_build(m, x)) < 0)
			return r;
		cap++;
	}
	struct px_change *v = cap ? calloc(cap, sizeof(*v)) : NULL;
	if (!v)
		return cap ? -ENOMEM : 0;
	LIST_FOREACH_SAFE (x, next, &m->dirty, struct entry, dirty_link) {
		if (x->built && px_table_finish(m, x, x->built) < 0) {
			if (n) /* what is done so far is handed out; the rest stays dirty */
				break;
			free(v);
			return -ENOMEM;
		}
		struct px_service *now = TAKE_PTR(x->built);
		list_del(&x->dirty_link);
		x->dirty = false;
		if (now && x->flushed && now->hash == x->flushed->hash) {
			px_service_free(now);
		} else if (now || x->flushed) {
			v[n++] = (struct px_change){x->flushed, now};
			x->flushed = now;
		}
		if (!x->svc && !x->slices && !x->flushed)
			(void)map_del(m->entries, x->key);
	}
	*ret = v;
	*ret_n = n;
	return 0;
}
