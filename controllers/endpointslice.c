/*
 * EndpointSlices: for each Service with a selector and each address family, slices of at most 100 endpoints with the same ports. Existing
 * slices are filled up and changed in place, so that a change of one pod is one small write.
 */
#include "controllers/endpoints.h"

#define MANAGER "endpointslice-controller.k8s.io"

struct slice_ctl {
	struct informer *services, *pods, *slices, *nodes;
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

/* spec.trafficDistribution as hints, which Service proxies follow when all endpoints have them. */
static void hint(json_t *e, const json_t *svc, const char *node, const char *zone)
{
	const char *spread = json_str_or(svc, "spec.trafficDistribution", "");
	bool same_node = streq(spread, "PreferSameNode");
	json_t *hints;

	if (!same_node && !streq(spread, "PreferSameZone") && !streq(spread, "PreferClose"))
		return;
	if (!zone && !same_node)
		return;
	hints = json_object();
	if (zone)
		json_object_set_new(hints, "forZones", json_pack("[{s:s}]", "name", zone));
	if (same_node)
		json_object_set_new(hints, "forNodes", json_pack("[{s:s}]", "name", node));
	json_object_set_new(e, "hints", hints);
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
		hint(e, svc, node, zone);
	}
	return e;
}

static int groups_of(struct slice_ctl *x, const json_t *svc, struct slice_groups *g, struct err *e)
{
	json_t **pods = NULL, *f;
	size_t n = 0, i, k;
	int r = 0;

	if (service_pods(x->pods, svc, &pods, &n) < 0)
		return err_nomem(e);
	json_array_foreach (json_dot(svc, "spec.ipFamilies"), k, f) {
		bool v6 = streq(json_string_value(f), "IPv6");
		for (i = 0; i < n && r == 0; i++) {
			const char *ip = pod_ip(pods[i], v6);
			if (ip)
				r = slice_groups_add(g, v6, endpoint_ports(pods[i], svc, true), endpoint_of(x, pods[i], svc, ip));
		}
		if (r == 0) /* an empty slice tells those who wait for one that there is none to come */
			r = slice_groups_add_empty(g, v6);
	}
	trees_free(pods, n);
	return r < 0 ? err_nomem(e) : 0;
}

static json_t *slice_labels(const json_t *svc)
{
	json_t *l = json_dot(svc, "metadata.labels") ? json_deep_copy(json_dot(svc, "metadata.labels")) : json_object();

	if (streq(json_str(svc, "spec.clusterIP"), "None"))
		json_object_set_new(l, "service.kubernetes.io/headless", json_string(""));
	return l;
}

static int reconcile(void *arg, const char *key, struct err *e)
{
	struct controller *c = arg;
	struct slice_ctl *x = c->priv;
	AUTO_OBJECT struct informer_object *so = informer_get_key(x->services, key);
	AUTO_JSON json_t *svc = informer_object_json(so);
	AUTO_JSON json_t *labels = NULL;
	struct slice_groups groups = {0};
	json_t **slices = NULL;
	size_t n = 0;
	int r;

	if (!svc || obj_deleting(svc) || !json_dot(svc, "spec.selector") || streq(json_str(svc, "spec.type"), "ExternalName"))
		return 0; /* slices of a Service that went are the garbage collector's */
	labels = slice_labels(svc);
	if (!labels || shared_owned(x->slices, obj_uid(svc), &slices, &n) < 0)
		return err_nomem(e);
	r = groups_of(x, svc, &groups, e);
	if (r == 0)
		r = slices_write(c, &(struct slice_owner){svc, "v1", "Service", MANAGER, labels, NULL}, &groups, slices, n, e);
	slice_groups_done(&groups);
	trees_free(slices, n);
	return r;
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
	    endpoint_watch_pods(c, x->services, x->pods) < 0 || endpoint_watch_zones(c, x->nodes) < 0)
		return err_nomem(e);
	return 0;
}
