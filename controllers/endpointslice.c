/*
 * EndpointSlices: for each Service with a selector and each address family, slices of at most 100 endpoints with the same ports. Existing
 * slices are filled up and changed in place, so that a change of one pod is one small write.
 */
#include "controllers/endpoints.h"

#define MAX_ENDPOINTS 100
#define LABEL_SERVICE "kubernetes.io/service-name"
#define LABEL_MANAGED "endpointslice.kubernetes.io/managed-by"
#define MANAGER "endpointslice-controller.k8s.io"

struct slice_ctl {
	struct informer *services, *pods, *slices, *nodes;
};

/* One group: pods with equal ports and family, and the slices that hold such. */
struct group {
	json_t *ports, *endpoints; /* arrays */
	bool v6;
};

static const char *pod_ip(const json_t *pod, bool v6)
{
	json_t *ip;
	size_t i;

	json_array_foreach (json_dot(pod, "status.podIPs"), i, ip) {
		const char *s = json_str_or(ip, "ip", "");
		if (*s && (strchr(s, ':') != NULL) == v6)
			return s;
	}
	const char *one = json_str(pod, "status.podIP");
	return one && (strchr(one, ':') != NULL) == v6 ? one : NULL;
}

static json_t *endpoint_of(struct slice_ctl *x, const json_t *pod, const json_t *svc, const char *ip)
{
	bool ready = pod_ready(pod), going = obj_deleting(pod), publish = json_bool_or(svc, "spec.publishNotReadyAddresses", false);
	const char *node = json_str(pod, "spec.nodeName");
	json_t *e = json_pack("{s:[s],s:{s:b,s:b,s:b}}", "addresses", ip, "conditions", "ready", publish || (ready && !going), "serving", ready, "terminating",
			      going);

	endpoint_describe(e, pod, svc);
	if (node) {
		AUTO_OBJECT struct informer_object *no = informer_get(x->nodes, NULL, node);
		AUTO_JSON json_t *n = informer_object_json(no);
		const char *zone = n ? obj_label(n, "topology.kubernetes.io/zone") : NULL;
		if (zone)
			json_object_set_new(e, "zone", json_string(zone));
	}
	return e;
}

static int groups_of(struct slice_ctl *x, const json_t *svc, struct group *g, size_t cap, size_t *ret_n, struct err *e)
{
	json_t **pods = NULL, *f;
	size_t n = 0, i, k, m = 0;

	if (service_pods(x->pods, svc, &pods, &n) < 0)
		return err_nomem(e);
	json_array_foreach (json_dot(svc, "spec.ipFamilies"), k, f) {
		bool v6 = streq(json_string_value(f), "IPv6");
		for (i = 0; i < n; i++) {
			const char *ip = pod_ip(pods[i], v6);
			AUTO_JSON json_t *ports = endpoint_ports(pods[i], svc, true);
			size_t at = 0;
			if (!ip)
				continue;
			while (at < m && (g[at].v6 != v6 || !json_equal(g[at].ports, ports)))
				at++;
			if (at == cap)
				continue;
			if (at == m) {
				g[m++] = (struct group){TAKE_PTR(ports), json_array(), v6};
			}
			json_array_append_new(g[at].endpoints, endpoint_of(x, pods[i], svc, ip));
		}
	}
	trees_free(pods, n);
	*ret_n = m;
	return 0;
}

static bool same_endpoint(const json_t *a, const json_t *b)
{
	return json_equal(json_object_get(a, "addresses"), json_object_get(b, "addresses")) &&
	       streq(json_str(a, "targetRef.uid"), json_str(b, "targetRef.uid"));
}

/* Keeps of the slice what is still wanted (in its new form) and takes it out of want. */
static json_t *kept_endpoints(const json_t *slice, json_t *want)
{
	json_t *out = json_array(), *have, *w;
	size_t i, k;

	json_array_foreach (json_object_get(slice, "endpoints"), i, have)
		json_array_foreach (want, k, w)
			if (same_endpoint(have, w)) {
				json_array_append(out, w);
				json_array_remove(want, k);
				break;
			}
	return out;
}

static json_t *slice_labels(const json_t *svc)
{
	json_t *l = json_dot(svc, "metadata.labels") ? json_deep_copy(json_dot(svc, "metadata.labels")) : json_object();

	json_object_set_new(l, LABEL_SERVICE, json_string(obj_name(svc)));
	json_object_set_new(l, LABEL_MANAGED, json_string(MANAGER));
	if (streq(json_str(svc, "spec.clusterIP"), "None"))
		json_object_set_new(l, "service.kubernetes.io/headless", json_string(""));
	return l;
}

static int write_slice(struct controller *c, const json_t *svc, const json_t *slice, const struct group *g, json_t *endpoints, struct err *e)
{
	struct client_ref ref = {.group = "discovery.k8s.io", .plural = "endpointslices", .ns = obj_namespace(svc), .name = slice ? obj_name(slice) : NULL};
	AUTO_JSON json_t *obj = slice ? json_deep_copy(slice) : json_pack("{s:s,s:s,s:{s:s}}", "apiVersion", "discovery.k8s.io/v1", "kind", "EndpointSlice",
									  "metadata", "namespace", obj_namespace(svc));
	AUTO_FREE char *prefix = str_fmt("%s-", obj_name(svc));

	json_dot_set(obj, "metadata.labels", slice_labels(svc));
	if (!slice) {
		json_set_str(obj, "metadata.generateName", prefix);
		if (obj_set_controller(obj, svc, "v1", "Service") < 0)
			return err_nomem(e);
	}
	json_object_set_new(obj, "addressType", json_string(g->v6 ? "IPv6" : "IPv4"));
	json_object_set(obj, "endpoints", endpoints);
	json_object_set(obj, "ports", g->ports);
	if (slice && json_equal(slice, obj))
		return 0;
	int r = slice ? client_update_wait(c->s->client, &ref, obj, NULL, e) : client_create_wait(c->s->client, &ref, obj, NULL, e);
	return r == ERR_NOT_FOUND || (!slice && r == ERR_FORBIDDEN) ? 0 : r;
}

static int delete_slice(struct controller *c, const json_t *slice, struct err *e)
{
	struct client_ref ref = {.group = "discovery.k8s.io", .plural = "endpointslices", .ns = obj_namespace(slice), .name = obj_name(slice)};

	int r = client_delete_wait(c->s->client, &ref, NULL, NULL, e);
	return r == ERR_NOT_FOUND ? 0 : r;
}

static int reconcile_group(struct controller *c, const json_t *svc, struct group *g, json_t **slices, bool *used, size_t n, struct err *e)
{
	json_t *kept[64] = {NULL};
	int r = 0;

	/* First what each slice may keep, then the new ones into slices with room, then new slices. */
	for (size_t i = 0; i < n && i < ARRAY_LEN(kept); i++)
		if (!used[i] && streq(json_str(slices[i], "addressType"), g->v6 ? "IPv6" : "IPv4") &&
		    json_equal(json_object_get(slices[i], "ports"), g->ports)) {
			used[i] = true;
			kept[i] = kept_endpoints(slices[i], g->endpoints);
		}
	for (size_t i = 0; i < n && i < ARRAY_LEN(kept) && r >= 0; i++) {
		if (!kept[i])
			continue;
		while (json_array_size(g->endpoints) && json_array_size(kept[i]) < MAX_ENDPOINTS) {
			json_array_append(kept[i], json_array_get(g->endpoints, 0));
			json_array_remove(g->endpoints, 0);
		}
		r = json_array_size(kept[i]) ? write_slice(c, svc, slices[i], g, kept[i], e) : delete_slice(c, slices[i], e);
	}
	while (r >= 0 && json_array_size(g->endpoints)) {
		AUTO_JSON json_t *some = json_array();
		while (json_array_size(g->endpoints) && json_array_size(some) < MAX_ENDPOINTS) {
			json_array_append(some, json_array_get(g->endpoints, 0));
			json_array_remove(g->endpoints, 0);
		}
		r = write_slice(c, svc, NULL, g, some, e);
	}
	for (size_t i = 0; i < ARRAY_LEN(kept); i++)
		json_decref(kept[i]);
	return r;
}

static int reconcile(void *arg, const char *key, struct err *e)
{
	struct controller *c = arg;
	struct slice_ctl *x = c->priv;
	AUTO_OBJECT struct informer_object *so = informer_get_key(x->services, key);
	AUTO_JSON json_t *svc = informer_object_json(so);
	struct group groups[32];
	json_t **slices = NULL;
	size_t n = 0, n_groups = 0;
	int r;

	if (!svc || obj_deleting(svc) || !json_dot(svc, "spec.selector") || streq(json_str(svc, "spec.type"), "ExternalName"))
		return 0; /* slices of a Service that went are the garbage collector's */
	if (shared_owned(x->slices, obj_uid(svc), &slices, &n) < 0)
		return err_nomem(e);
	bool *used = calloc(n + 1, sizeof(*used));
	r = used ? groups_of(x, svc, groups, ARRAY_LEN(groups), &n_groups, e) : err_nomem(e);
	for (size_t i = 0; i < n_groups; i++) {
		if (r >= 0)
			r = reconcile_group(c, svc, &groups[i], slices, used, n, e);
		json_decref(groups[i].ports);
		json_decref(groups[i].endpoints);
	}
	for (size_t i = 0; i < n && r >= 0; i++)
		if (!used[i] && streq(obj_label(slices[i], LABEL_MANAGED), MANAGER))
			r = delete_slice(c, slices[i], e);
	trees_free(slices, n);
	free(used);
	return r < 0 ? r : 0;
}

int endpointslice_init(struct shared *s, struct err *e)
{
	struct slice_ctl *x = calloc(1, sizeof(*x));
	struct controller *c;
	int r;

	if (!x)
		return err_nomem(e);
	if ((r = controller_new(&c, s, "endpointslice", 2, reconcile, x, free, e)) < 0) {
		free(x);
		return r;
	}
	x->services = shared_informer(s, "", "v1", "services", NULL, e);
	x->pods = shared_informer(s, "", "v1", "pods", NULL, e);
	x->nodes = shared_informer(s, "", "v1", "nodes", NULL, e);
	x->slices = shared_informer(s, "discovery.k8s.io", "v1", "endpointslices", NULL, e);
	if (!x->services || !x->pods || !x->slices || !x->nodes)
		return ERR_INTERNAL;
	if (controller_watch_keys(c, x->services) < 0 || controller_watch_owned(c, x->slices, "Service") < 0 ||
	    endpoint_watch_pods(c, x->services, x->pods) < 0)
		return err_nomem(e);
	return 0;
}
