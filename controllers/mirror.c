/*
 * EndpointSlices for Endpoints that somebody writes by hand: those of a Service without a selector are mirrored, so that whoever reads slices alone sees
 * them. Source: Kubernetes Services concept, "EndpointSlice mirroring".
 */
#include "controllers/endpoints.h"

#define MANAGER "endpointslicemirroring-controller.k8s.io"
#define SKIP "endpointslice.kubernetes.io/skip-mirror"
#define LEADER "control-plane.alpha.kubernetes.io/leader"
#define MAX_ADDRESSES 1000 /* of a subset */

struct mirror_ctl {
	struct informer *services, *endpoints, *slices;
};

static json_t *endpoint_of(const json_t *address, bool ready)
{
	static const char *const same[] = {"hostname", "nodeName", "targetRef"};
	json_t *e = json_pack("{s:[s],s:{s:b}}", "addresses", json_str_or(address, "ip", ""), "conditions", "ready", ready);

	for (size_t i = 0; e && i < ARRAY_LEN(same); i++) {
		json_t *v = json_object_get(address, same[i]);
		if (v && json_object_set(e, same[i], v)) {
			json_decref(e);
			return NULL;
		}
	}
	return e;
}

static json_t *ports_of(const json_t *subset)
{
	json_t *out = json_array(), *p;
	size_t i;

	json_array_foreach (json_object_get(subset, "ports"), i, p) {
		json_t *q = json_pack("{s:s,s:I,s:s,s:s*}", "name", json_str_or(p, "name", ""), "port", json_int_or(p, "port", 0), "protocol",
				      json_str_or(p, "protocol", "TCP"), "appProtocol", json_str(p, "appProtocol"));
		if (!q || json_array_append_new(out, q)) {
			json_decref(out);
			return NULL;
		}
	}
	return out;
}

static int groups_of(const json_t *ep, struct slice_groups *g, struct err *e)
{
	static const char *const lists[] = {"addresses", "notReadyAddresses"};
	json_t *subset, *a;
	size_t i, k;

	json_array_foreach (json_object_get(ep, "subsets"), i, subset) {
		AUTO_JSON json_t *ports = ports_of(subset);
		size_t n = 0;
		for (size_t l = 0; l < ARRAY_LEN(lists); l++)
			json_array_foreach (json_object_get(subset, lists[l]), k, a) {
				const char *ip = json_str_or(a, "ip", "");
				if (n++ < MAX_ADDRESSES && slice_groups_add(g, strchr(ip, ':') != NULL, json_incref(ports), endpoint_of(a, l == 0)) < 0)
					return err_nomem(e);
			}
	}
	return 0;
}

/* Annotations that are about the Endpoints object itself do not go along. */
static json_t *annotations_of(const json_t *ep)
{
	static const char *const own[] = {"endpoints.kubernetes.io/last-change-trigger-time", "endpoints.kubernetes.io/over-capacity",
					  "kubectl.kubernetes.io/last-applied-configuration"};
	json_t *a = json_dot(ep, "metadata.annotations") ? json_deep_copy(json_dot(ep, "metadata.annotations")) : json_object();

	for (size_t i = 0; a && i < ARRAY_LEN(own); i++)
		(void)json_object_del(a, own[i]);
	return a;
}

static bool mirrored(const json_t *ep, const json_t *svc)
{
	return ep && svc && !obj_deleting(ep) && !json_dot(svc, "spec.selector") && !streq(json_str(svc, "spec.type"), "ExternalName") &&
	       !streq(obj_label(ep, SKIP), "true") && !obj_annotation(ep, LEADER);
}

static int reconcile(void *arg, const char *key, struct err *e)
{
	struct controller *c = arg;
	struct mirror_ctl *x = c->priv;
	AUTO_OBJECT struct informer_object *so = informer_get_key(x->services, key), *eo = informer_get_key(x->endpoints, key);
	AUTO_JSON json_t *svc = informer_object_json(so), *ep = informer_object_json(eo);
	AUTO_JSON json_t *labels = NULL, *annotations = NULL;
	struct slice_groups groups = {0};
	json_t **slices = NULL;
	size_t n = 0;
	int r = 0;

	if (!ep || obj_deleting(ep))
		return 0; /* its slices go with it */
	labels = json_dot(ep, "metadata.labels") ? json_deep_copy(json_dot(ep, "metadata.labels")) : json_object();
	annotations = annotations_of(ep);
	if (!labels || !annotations || shared_owned(x->slices, obj_uid(ep), &slices, &n) < 0)
		return err_nomem(e);
	if (svc && streq(json_str(svc, "spec.clusterIP"), "None") && json_object_set_new(labels, "service.kubernetes.io/headless", json_string("")))
		r = err_nomem(e);
	if (r == 0 && mirrored(ep, svc))
		r = groups_of(ep, &groups, e);
	if (r == 0 && (groups.n || n))
		r = slices_write(c, &(struct slice_owner){ep, "v1", "Endpoints", MANAGER, labels, annotations}, &groups, slices, n, e);
	slice_groups_done(&groups);
	trees_free(slices, n);
	return r;
}

int mirror_init(struct shared *s, struct err *e)
{
	struct mirror_ctl *x = calloc(1, sizeof(*x));
	struct controller *c;
	int r;

	if (!x)
		return err_nomem(e);
	if ((r = controller_new(&c, s, "endpointslicemirroring", 1, reconcile, x, free, e)) < 0) {
		free(x);
		return r;
	}
	x->services = shared_informer(s, "", "v1", "services", NULL, e);
	x->endpoints = shared_informer(s, "", "v1", "endpoints", NULL, e);
	x->slices = shared_informer(s, "discovery.k8s.io", "v1", "endpointslices", NULL, e);
	if (!x->services || !x->endpoints || !x->slices)
		return ERR_INTERNAL;
	if (controller_watch_keys(c, x->services) < 0 || controller_watch_keys(c, x->endpoints) < 0 ||
	    controller_watch_owned(c, x->slices, "Endpoints") < 0)
		return err_nomem(e);
	return 0;
}
