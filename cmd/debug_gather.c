#include <errno.h>
#include <netinet/in.h>
#include <stdio.h>
#include <unistd.h>
#include "api/endpoint_slice.h"
#include "api/object.h"
#include "base/cleanup.h"
#include "base/netns.h"
#include "base/str.h"
#include "cmd/debug.h"

#define ENDPOINTS_MAX 20000
#define PAGE          500

bool debug_external_name(const struct debug *d)
{
	return streq(json_str(d->service, "spec.type"), "ExternalName");
}

bool debug_headless(const struct debug *d)
{
	return streq(json_str(d->service, "spec.clusterIP"), "None");
}

const char *debug_cluster_ip(const struct debug *d)
{
	const char *ip = json_str(d->service, "spec.clusterIP");
	return ip && *ip && !streq(ip, "None") ? ip : NULL;
}

bool debug_is_local(const struct debug *d, const json_t *pod)
{
	return d->node[0] && streq(json_str(pod, "spec.nodeName"), d->node);
}

/* All pages of a list as one array. */
static int list_all(struct client *c, const struct client_ref *ref, const char *query, json_t **ret, struct err *e)
{
	AUTO_JSON json_t *all = json_array();
	AUTO_FREE char *next = NULL;
	json_t *item;
	size_t i;
	if (!all)
		return err_nomem(e);
	do {
		AUTO_JSON json_t *page = NULL;
		AUTO_FREE char *q = str_fmt("%s%slimit=%d%s%s", query ? query : "", query ? "&" : "", PAGE,
					    next ? "&continue=" : "", next ? next : "");
		int r = q ? client_list_wait(c, ref, q, &page, e) : err_nomem(e);
		if (r < 0)
			return r;
		json_array_foreach (json_object_get(page, "items"), i, item)
			if (json_array_append(all, item) < 0)
				return err_nomem(e);
		free(TAKE_PTR(next));
		const char *token = json_str(page, "metadata.continue");
		next = token && token[0] ? url_encode(token) : NULL;
	} while (next);
	*ret = TAKE_PTR(all);
	return 0;
}

/* Where else is one of this name? */
static int nowhere(struct debug *d, struct err *e)
{
	const struct client_ref ref = {.plural = "services"};
	AUTO_JSON json_t *all = NULL;
	AUTO_FREE char *q = str_fmt("fieldSelector=metadata.name%%3D%s", d->name);
	if (q && list_all(d->client, &ref, q, &all, NULL) == 0 && json_array_size(all) > 0)
		return err_set(e, ERR_NOT_FOUND,
			       "there is no Service %s/%s; there is one in namespace %s: minik debug service %s/%s",
			       d->ns, d->name, obj_namespace(json_array_get(all, 0)),
			       obj_namespace(json_array_get(all, 0)), d->name);
	return err_set(e, ERR_NOT_FOUND,
		       "there is no Service %s/%s: kubectl get services -n %s shows those that are there", d->ns,
		       d->name, d->ns);
}

static int pods_get(struct debug *d, struct err *e)
{
	const struct client_ref own = {.plural = "pods"}, in_ns = {.plural = "pods", .ns = d->ns};
	AUTO_FREE char *q = str_fmt("fieldSelector=spec.nodeName%%3D%s", d->node);
	json_t *p;
	size_t i;
	if (!q)
		return err_nomem(e);
	d->local_pods = json_array();
	if (d->node[0]) {
		json_decref(d->local_pods);
		d->local_pods = NULL;
		int r = list_all(d->client, &own, q, &d->local_pods, e);
		if (r < 0)
			return r;
	}
	int r = list_all(d->client, &in_ns, NULL, &d->pods, e);
	if (r != ERR_FORBIDDEN)
		return r;
	/* A node's own certificate shows its own pods alone. */
	d->pods_partial = true;
	d->pods = json_array();
	json_array_foreach (d->local_pods, i, p)
		if (streq(obj_namespace(p), d->ns) && json_array_append(d->pods, p) < 0)
			return err_nomem(e);
	return d->pods ? 0 : err_nomem(e);
}

static int endpoint_add(struct debug *d, const json_t *slice_port, const json_t *x, struct err *e)
{
	struct endpoint_state s = endpoint_state_of(x);
	int64_t port = json_int_or(slice_port, "port", 0);
	struct debug_endpoint ep = {.protocol = inet_protocol(json_str(slice_port, "protocol")),
				    .port = (uint16_t)port};
	if (!s.address || !s.ready || port < 1 || port > 65535 || d->n_eps == ENDPOINTS_MAX)
		return 0;
	struct debug_endpoint *v = reallocarray(d->eps, d->n_eps + 1, sizeof(*v));
	if (!v)
		return err_nomem(e);
	(void)str_copy(ep.addr, sizeof(ep.addr), s.address);
	(void)str_copy(ep.port_name, sizeof(ep.port_name), json_str_or(slice_port, "name", ""));
	(void)str_copy(ep.node, sizeof(ep.node), json_str_or(x, "nodeName", ""));
	if (streq(json_str(x, "targetRef.kind"), "Pod")) {
		(void)str_copy(ep.pod, sizeof(ep.pod), json_str_or(x, "targetRef.name", ""));
		ep.object = debug_named(d->pods, ep.pod);
	}
	d->eps = v;
	v[d->n_eps++] = ep;
	return 0;
}

static int endpoints_get(struct debug *d, struct err *e)
{
	json_t *s, *p, *x;
	size_t i, j, k;
	json_array_foreach (d->slices, i, s)
		json_array_foreach (json_object_get(s, "ports"), j, p)
			json_array_foreach (json_object_get(s, "endpoints"), k, x) {
				int r = endpoint_add(d, p, x, e);
				if (r < 0)
					return r;
			}
	return 0;
}

/* Whose addresses and ports are whose is decided among all Services; addresses of nodes and of the API servers count
 * too. */
static int model_others(struct debug *d, struct err *e)
{
	const struct client_ref services = {.plural = "services"}, nodes = {.plural = "nodes"},
				api = {.group = "discovery.k8s.io", .plural = "endpointslices", .ns = "default"};
	AUTO_JSON json_t *all = NULL, *machines = NULL, *servers = NULL;
	json_t *o;
	size_t i;
	int r = list_all(d->client, &services, NULL, &all, e);
	if (r < 0 || (r = list_all(d->client, &nodes, NULL, &machines, e)) < 0 ||
	    (r = list_all(d->client, &api, "labelSelector=kubernetes.io%2Fservice-name%3Dkubernetes", &servers, e)) < 0)
		return r;
	json_array_foreach (all, i, o)
		if (px_model_service(d->model, obj_namespace(o), obj_name(o), o) < 0)
			return err_nomem(e);
	json_array_foreach (machines, i, o)
		if (px_model_node(d->model, "", obj_name(o), o) < 0)
			return err_nomem(e);
	json_array_foreach (servers, i, o)
		if (px_model_slice(d->model, "default", obj_name(o), o) < 0)
			return err_nomem(e);
	return 0;
}

static int model_make(struct debug *d, struct err *e)
{
	json_t *s;
	size_t i;
	int r = px_model_new(&d->model, d->node, e);
	if (r < 0 || (r = model_others(d, e)) < 0)
		return r;
	px_model_zone(d->model, obj_label(d->node_object, "topology.kubernetes.io/zone"));
	if (px_model_service(d->model, d->ns, d->name, d->service) < 0)
		return err_nomem(e);
	json_array_foreach (d->slices, i, s)
		if (px_model_slice(d->model, d->ns, obj_name(s), s) < 0)
			return err_nomem(e);
	if (px_model_flush(d->model, &d->changes, &d->n_changes) < 0)
		return err_nomem(e);
	AUTO_FREE char *key = str_fmt("%s/%s", d->ns, d->name);
	if (!key)
		return err_nomem(e);
	for (i = 0; i < d->n_changes; i++)
		if (d->changes[i].now && streq(d->changes[i].now->key, key))
			d->wanted = d->changes[i].now;
	return 0;
}

/* The one that pods of this node ask: of the family of its first pod network. */
static const char *address_for_node(const struct debug *d, const json_t *service)
{
	const char *cidr = json_str(d->node_object, "spec.podCIDR"), *first = json_str(service, "spec.clusterIP");
	json_t *ip;
	size_t i;
	json_array_foreach (json_dot(service, "spec.clusterIPs"), i, ip)
		if (cidr && !strchr(cidr, ':') == !strchr(json_string_value(ip), ':'))
			return json_string_value(ip);
	return first && *first && !streq(first, "None") ? first : NULL;
}

static void cluster_dns_get(struct debug *d)
{
	const struct client_ref ref = {.plural = "services", .ns = "kube-system", .name = "kube-dns"};
	AUTO_JSON json_t *s = NULL;
	const char *ip = NULL;
	if (!d->running && client_get_wait(d->client, &ref, &s, NULL) == 0)
		ip = address_for_node(d, s);
	if (!ip)
		ip = opt_str(d->opt, OPT_CLUSTER_DNS);
	(void)str_copy(d->cluster_dns, sizeof(d->cluster_dns), ip ? ip : "");
}

int debug_gather(struct debug *d, struct err *e)
{
	const struct client_ref service = {.plural = "services", .ns = d->ns, .name = d->name},
				slices = {.group = "discovery.k8s.io", .plural = "endpointslices", .ns = d->ns},
				policies = {.group = "networking.k8s.io", .plural = "networkpolicies"},
				namespaces = {.plural = "namespaces"}, node = {.plural = "nodes", .name = d->node};
	AUTO_FREE char *q = str_fmt("labelSelector=kubernetes.io%%2Fservice-name%%3D%s", d->name);
	if (!q)
		return err_nomem(e);
	int r = client_get_wait(d->client, &service, &d->service, e);
	if (r == ERR_NOT_FOUND)
		return nowhere(d, e);
	if (r < 0 || (r = list_all(d->client, &slices, q, &d->slices, e)) < 0 || (r = pods_get(d, e)) < 0)
		return r;
	if (d->node[0])
		(void)client_get_wait(d->client, &node, &d->node_object, NULL);
	/* Who may not see these still gets the rest. */
	d->policies_seen = list_all(d->client, &policies, NULL, &d->policies, NULL) == 0 &&
			   list_all(d->client, &namespaces, NULL, &d->namespaces, NULL) == 0;
	d->policies_foreign =
	    streq(opt_str(d->opt, OPT_FLANNEL_BACKEND), "none") || opt_list_has(d->opt, OPT_DISABLE, "net");
	(void)str_copy(d->cluster_cidr, sizeof(d->cluster_cidr), opt_str(d->opt, OPT_CLUSTER_CIDR));
	if (d->running || opt_is_set(d->opt, OPT_SERVICE_CIDR))
		(void)str_copy(d->service_cidr, sizeof(d->service_cidr), opt_str(d->opt, OPT_SERVICE_CIDR));
	(void)str_copy(d->scheduler, sizeof(d->scheduler), opt_str(d->opt, OPT_IPVS_SCHEDULER));
	const char *mode = opt_str(d->opt, OPT_PROXY_MODE);
	(void)str_copy(d->proxy_mode, sizeof(d->proxy_mode), streq(mode, "auto") ? "nftables" : mode);
	cluster_dns_get(d);
	r = endpoints_get(d, e);
	return r < 0 ? r : model_make(d, e);
}

void debug_forget(struct debug *d)
{
	json_t **const trees[] = {&d->service,  &d->slices,     &d->pods,       &d->local_pods,
				  &d->policies, &d->namespaces, &d->node_object, &d->overlay};
	for (size_t i = 0; i < ARRAY_LEN(trees); i++) {
		json_decref(*trees[i]);
		*trees[i] = NULL;
	}
	d->from = NULL;
	free(d->eps);
	d->eps = NULL;
	d->n_eps = 0;
	px_changes_free(d->changes, d->n_changes);
	d->changes = NULL;
	d->n_changes = 0;
	d->wanted = NULL;
	d->model = px_model_free(d->model);
	d->pods_partial = d->policies_seen = false;
}

int debug_pod_netns(const struct debug *d, const json_t *pod, struct err *e)
{
	AUTO_FREE char *path = str_fmt("%s/netns/%s", d->run_dir, obj_uid(pod));
	int fd = -1, r = path ? netns_open(path, &fd, e) : err_nomem(e);
	return r < 0 ? r : fd;
}
