/* Endpoints (the old form): for each Service with a selector, the addresses of its pods, ready and not, with resolved ports. */
#include "controllers/endpoints.h"

struct ep_ctl {
	struct informer *services, *pods, *endpoints;
};

static json_t *address_of(const json_t *pod, const json_t *svc)
{
	json_t *a = json_pack("{s:s}", "ip", json_str_or(pod, "status.podIP", ""));

	endpoint_describe(a, pod, svc);
	return a;
}

static int by_ip(const void *a, const void *b)
{
	return strcmp(json_str_or(*(json_t *const *)a, "status.podIP", ""), json_str_or(*(json_t *const *)b, "status.podIP", ""));
}

/* Pods with the same ports share a subset. */
static json_t *subsets_of(const json_t *svc, json_t **pods, size_t n)
{
	json_t *subsets = json_array(), *s;
	size_t k;

	qsort(pods, n, sizeof(*pods), by_ip);
	for (size_t i = 0; i < n; i++) {
		AUTO_JSON json_t *ports = endpoint_ports(pods[i], svc, false);
		json_t *into = NULL;
		bool publish = json_bool_or(svc, "spec.publishNotReadyAddresses", false);
		if (obj_deleting(pods[i]) && !publish)
			continue;
		if (json_array_size(ports) == 0 && json_array_size(json_dot(svc, "spec.ports")) > 0)
			continue;
		json_array_foreach (subsets, k, s)
			if (json_equal(json_object_get(s, "ports"), ports) || (!json_object_get(s, "ports") && json_array_size(ports) == 0))
				into = s;
		if (!into) {
			json_array_append_new(subsets, into = json_object());
			if (json_array_size(ports))
				json_object_set(into, "ports", ports);
		}
		json_dot_append(into, pod_ready(pods[i]) || publish ? "addresses" : "notReadyAddresses", address_of(pods[i], svc));
	}
	return subsets;
}

static int reconcile(void *arg, const char *key, struct err *e)
{
	struct controller *c = arg;
	struct ep_ctl *x = c->priv;
	AUTO_OBJECT struct informer_object *so = informer_get_key(x->services, key), *eo = informer_get_key(x->endpoints, key);
	AUTO_JSON json_t *svc = informer_object_json(so), *ep = informer_object_json(eo);
	char ns[KEY_MAX], name[KEY_MAX], now[TIME_STR_MAX];
	json_t **pods = NULL;
	size_t n = 0;

	key_split(key, ns, name);
	struct client_ref ref = {.plural = "endpoints", .ns = ns, .name = name}, all = {.plural = "endpoints", .ns = ns};
	if (!svc) {
		/* Only what we made for the Service goes with it; an Endpoints object of somebody else's stays. */
		if (!ep || !obj_annotation(ep, "endpoints.kubernetes.io/last-change-trigger-time"))
			return 0;
		int r = client_delete_wait(c->s->client, &ref, NULL, NULL, e);
		return r == ERR_NOT_FOUND ? 0 : r;
	}
	if (!json_dot(svc, "spec.selector") || streq(json_str(svc, "spec.type"), "ExternalName"))
		return 0; /* without a selector its owner writes the endpoints */
	if (service_pods(x->pods, svc, &pods, &n) < 0)
		return err_nomem(e);
	AUTO_JSON json_t *subsets = subsets_of(svc, pods, n);
	trees_free(pods, n);
	json_t *labels = json_dot(svc, "metadata.labels");
	AUTO_JSON json_t *want = labels ? json_deep_copy(labels) : json_object();
	json_object_set_new(want, "endpoints.kubernetes.io/managed-by", json_string("endpoint-controller"));
	if (streq(json_str(svc, "spec.clusterIP"), "None"))
		json_object_set_new(want, "service.kubernetes.io/headless", json_string(""));
	json_t *have = json_object_get(ep, "subsets");
	if (ep && json_equal(json_dot(ep, "metadata.labels"), want) && (json_equal(have, subsets) || (!have && json_array_size(subsets) == 0)))
		return 0;
	now_string(c->s, now);
	AUTO_JSON json_t *obj = ep ? json_deep_copy(ep)
				   : json_pack("{s:s,s:s,s:{s:s,s:s}}", "apiVersion", "v1", "kind", "Endpoints", "metadata", "name", name, "namespace", ns);
	json_dot_set(obj, "metadata.labels", json_incref(want));
	obj_set_annotation(obj, "endpoints.kubernetes.io/last-change-trigger-time", now);
	if (json_array_size(subsets))
		json_object_set(obj, "subsets", subsets);
	else
		json_object_del(obj, "subsets");
	int r = ep ? client_update_wait(c->s->client, &ref, obj, NULL, e) : client_create_wait(c->s->client, &all, obj, NULL, e);
	if (r == ERR_EXISTS)
		return err_set(e, ERR_CONFLICT, "endpoints %s appeared meanwhile", key);
	return r == ERR_NOT_FOUND || r == ERR_FORBIDDEN ? 0 : r; /* the namespace is going */
}

int endpoints_init(struct shared *s, struct err *e)
{
	struct ep_ctl *x = calloc(1, sizeof(*x));
	struct controller *c;
	int r;

	if (!x)
		return err_nomem(e);
	if ((r = controller_new(&c, s, "endpoints", 2, reconcile, x, free, e)) < 0) {
		free(x);
		return r;
	}
	x->services = shared_informer(s, "", "v1", "services", NULL, e);
	x->pods = shared_informer(s, "", "v1", "pods", NULL, e);
	x->endpoints = shared_informer(s, "", "v1", "endpoints", NULL, e);
	if (!x->services || !x->pods || !x->endpoints)
		return ERR_INTERNAL;
	if (controller_watch_keys(c, x->services) < 0 || controller_watch_keys(c, x->endpoints) < 0 ||
	    endpoint_watch_pods(c, x->services, x->pods) < 0)
		return err_nomem(e);
	return 0;
}
