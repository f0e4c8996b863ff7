/*
 * Endpoints (the old form): for each Service with a selector, the addresses of its pods, ready and not, with resolved ports.
 * Also what endpointslice.c shares: which pods belong to a Service, and their ports.
 */
#include "controllers/endpoints.h"
#include "api/selector.h"

void service_pod_changed(struct controller *c, struct informer *services, struct informer_object *o, const struct informer_object *old)
{
	struct informer_object **v = NULL;
	AUTO_JSON json_t *pod = informer_object_json(o), *before = informer_object_json((struct informer_object *)old);
	size_t n = 0;
	char key[KEY_MAX];

	if (informer_list(services, o->ns, &v, &n) < 0)
		return;
	for (size_t i = 0; i < n; i++) {
		AUTO_JSON json_t *svc = informer_object_json(v[i]);
		AUTO_SELECTOR struct api_selector *sel = NULL;
		if (api_label_selector_from_map(&sel, json_dot(svc, "spec.selector"), NULL) < 0)
			continue;
		if (!api_selector_match_labels(sel, json_dot(pod, "metadata.labels")) &&
		    !(before && api_selector_match_labels(sel, json_dot(before, "metadata.labels"))))
			continue;
		key_of_object(v[i], key, sizeof(key));
		workqueue_add(c->q, key);
	}
	informer_list_free(v, n);
}

/* Nothing that endpoints are made of differs: most pod updates. */
bool endpoint_unchanged(const json_t *a, const json_t *b)
{
	return json_equal(json_dot(a, "metadata.labels"), json_dot(b, "metadata.labels")) &&
	       json_equal(json_dot(a, "status.podIPs"), json_dot(b, "status.podIPs")) && pod_ready(a) == pod_ready(b) &&
	       obj_deleting(a) == obj_deleting(b) && pod_terminal(a) == pod_terminal(b) &&
	       streq(json_str(a, "spec.nodeName"), json_str(b, "spec.nodeName"));
}

int64_t service_target_port(const json_t *pod, const json_t *port)
{
	const json_t *target = json_object_get(port, "targetPort");
	const char *protocol = json_str_or(port, "protocol", "TCP");
	json_t *c, *p;
	size_t i, k, list;
	static const char *const lists[] = {"spec.containers", "spec.initContainers"};

	if (json_is_integer(target) && json_integer_value(target) > 0)
		return json_integer_value(target);
	if (!json_is_string(target))
		return json_int_or(port, "port", 0);
	for (list = 0; list < ARRAY_LEN(lists); list++)
		json_array_foreach (json_dot(pod, lists[list]), i, c) {
			if (list == 1 && !streq(json_str(c, "restartPolicy"), "Always"))
				continue;
			json_array_foreach (json_object_get(c, "ports"), k, p)
				if (streq(json_str(p, "name"), json_string_value(target)) && streq(json_str_or(p, "protocol", "TCP"), protocol))
					return json_int_or(p, "containerPort", 0);
		}
	return 0;
}

int service_pods(struct informer *pods, const json_t *svc, json_t ***ret, size_t *ret_n)
{
	AUTO_SELECTOR struct api_selector *sel = NULL;
	struct informer_object **v = NULL;
	size_t n = 0, m = 0;

	if (api_label_selector_from_map(&sel, json_dot(svc, "spec.selector"), NULL) < 0 || informer_list(pods, obj_namespace(svc), &v, &n) < 0)
		return -ENOMEM;
	json_t **trees = calloc(n + 1, sizeof(*trees));
	for (size_t i = 0; trees && i < n; i++) {
		AUTO_JSON json_t *pod = informer_object_json(v[i]);
		if (!api_selector_match_labels(sel, json_dot(pod, "metadata.labels")) || pod_terminal(pod) || !json_str(pod, "status.podIP"))
			continue;
		trees[m++] = TAKE_PTR(pod);
	}
	informer_list_free(v, n);
	*ret = trees;
	*ret_n = m;
	return trees ? 0 : -ENOMEM;
}

/* --- the Endpoints controller --- */

struct ep_ctl {
	struct informer *services, *pods, *endpoints;
};

static json_t *address_of(const json_t *pod, const json_t *svc)
{
	json_t *a = json_pack("{s:s,s:s?,s:{s:s,s:s,s:s,s:s}}", "ip", json_str_or(pod, "status.podIP", ""), "nodeName", json_str(pod, "spec.nodeName"),
			      "targetRef", "kind", "Pod", "namespace", obj_namespace(pod), "name", obj_name(pod), "uid", obj_uid(pod));

	if (streq(json_str(pod, "spec.subdomain"), obj_name(svc)) && json_str(pod, "spec.hostname"))
		json_object_set_new(a, "hostname", json_string(json_str(pod, "spec.hostname")));
	return a;
}

static json_t *ports_of(const json_t *pod, const json_t *svc)
{
	json_t *out = json_array(), *p;
	size_t i;

	json_array_foreach (json_dot(svc, "spec.ports"), i, p) {
		int64_t n = service_target_port(pod, p);
		if (n == 0)
			continue;
		json_t *q = json_pack("{s:I,s:s}", "port", n, "protocol", json_str_or(p, "protocol", "TCP"));
		if (json_str(p, "name"))
			json_object_set_new(q, "name", json_string(json_str(p, "name")));
		if (json_str(p, "appProtocol"))
			json_object_set_new(q, "appProtocol", json_string(json_str(p, "appProtocol")));
		json_array_append_new(out, q);
	}
	return out;
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
		AUTO_JSON json_t *ports = ports_of(pods[i], svc);
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

static void pod_added(void *arg, struct informer_object *o)
{
	struct controller *c = arg;
	service_pod_changed(c, ((struct ep_ctl *)c->priv)->services, o, NULL);
}
static void pod_updated(void *arg, struct informer_object *old, struct informer_object *o)
{
	struct controller *c = arg;
	AUTO_JSON json_t *a = informer_object_json(old), *b = informer_object_json(o);
	if (!endpoint_unchanged(a, b))
		service_pod_changed(c, ((struct ep_ctl *)c->priv)->services, o, old);
}

int endpoints_init(struct shared *s, struct err *e)
{
	static const struct informer_handler pods = {pod_added, pod_updated, pod_added, NULL};
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
	if (controller_watch_keys(c, x->services) < 0 || controller_watch_keys(c, x->endpoints) < 0 || informer_add_handler(x->pods, &pods, c) < 0)
		return err_nomem(e);
	return 0;
}
