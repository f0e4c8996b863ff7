/* What the endpoints and endpointslice controllers share: which pods belong to a Service, and what is said about each.
 */
#include "controllers/endpoints.h"
#include "api/selector.h"

/* --- changes of pods, for both at once --- */

struct endpoint_watch {
	struct informer *services, *pods;
	struct controller *c[2];
	size_t n;
};

/* Queues every Service whose selector matches the pod as it is or (before may be NULL) was. */
static void pod_changed(const struct endpoint_watch *w, const char *ns, const json_t *pod, const json_t *before)
{
	struct informer_object **v = NULL;
	size_t n = 0;
	char key[KEY_MAX];

	if (informer_list(w->services, ns, &v, &n) < 0)
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
		for (size_t k = 0; k < w->n; k++)
			workqueue_add(w->c[k]->q, key);
	}
	informer_list_free(v, n);
}

/* Nothing that endpoints are made of differs: most pod updates. */
static bool unchanged(const json_t *a, const json_t *b)
{
	return json_equal(json_dot(a, "metadata.labels"), json_dot(b, "metadata.labels")) &&
	       json_equal(json_dot(a, "status.podIPs"), json_dot(b, "status.podIPs")) && pod_ready(a) == pod_ready(b) &&
	       obj_deleting(a) == obj_deleting(b) && pod_terminal(a) == pod_terminal(b) &&
	       streq(json_str(a, "spec.nodeName"), json_str(b, "spec.nodeName"));
}

static void pod_added(void *arg, struct informer_object *o)
{
	AUTO_JSON json_t *pod = informer_object_json(o);

	pod_changed(arg, o->ns, pod, NULL);
}
static void pod_updated(void *arg, struct informer_object *old, struct informer_object *o)
{
	AUTO_JSON json_t *a = informer_object_json(old), *b = informer_object_json(o);

	if (!unchanged(a, b))
		pod_changed(arg, o->ns, b, a);
}

#define LABEL_ZONE "topology.kubernetes.io/zone"

/* Endpoints and their hints name the zone of their node. */
static void zone_changed(struct endpoint_watch *w, const char *node)
{
	struct informer_object **v = NULL;
	size_t n = 0;

	if (informer_by_index(w->pods, INDEX_NODE, node, &v, &n) < 0)
		return;
	for (size_t i = 0; i < n; i++) {
		AUTO_JSON json_t *pod = informer_object_json(v[i]);
		pod_changed(w, v[i]->ns, pod, NULL);
	}
	informer_list_free(v, n);
}

static void node_seen(void *arg, struct informer_object *o)
{
	zone_changed(arg, o->name);
}
static void node_updated(void *arg, struct informer_object *old, struct informer_object *o)
{
	AUTO_JSON json_t *a = informer_object_json(old), *b = informer_object_json(o);
	const char *was = obj_label(a, LABEL_ZONE), *is = obj_label(b, LABEL_ZONE);

	if (!streq(was ? was : "", is ? is : ""))
		zone_changed(arg, o->name);
}

int endpoint_watch_zones(struct controller *c, struct informer *nodes)
{
	static const struct informer_handler h = {node_seen, node_updated, node_seen, NULL};

	return informer_add_handler(nodes, &h, c->s->endpoint_watch);
}

int endpoint_watch_pods(struct controller *c, struct informer *services, struct informer *pods)
{
	static const struct informer_handler h = {pod_added, pod_updated, pod_added, NULL};
	struct endpoint_watch *w = c->s->endpoint_watch;

	if (!w) {
		if (c->n_watches == ARRAY_LEN(c->watches) || !(w = calloc(1, sizeof(*w))))
			return -ENOMEM;
		c->watches[c->n_watches++] = c->s->endpoint_watch = w;
		w->services = services;
		w->pods = pods;
		if (informer_add_handler(pods, &h, w) < 0)
			return -ENOMEM;
	}
	if (w->n == ARRAY_LEN(w->c))
		return -ENOMEM;
	w->c[w->n++] = c;
	return 0;
}

/* --- the pods of a Service --- */

int service_pods(struct informer *pods, const json_t *svc, json_t ***ret, size_t *ret_n)
{
	AUTO_SELECTOR struct api_selector *sel = NULL;
	struct informer_object **v = NULL;
	size_t n = 0, m = 0;

	if (api_label_selector_from_map(&sel, json_dot(svc, "spec.selector"), NULL) < 0 ||
	    informer_list(pods, obj_namespace(svc), &v, &n) < 0)
		return -ENOMEM;
	json_t **trees = calloc(n + 1, sizeof(*trees));
	for (size_t i = 0; trees && i < n; i++) {
		AUTO_JSON json_t *pod = informer_object_json(v[i]);
		if (!api_selector_match_labels(sel, json_dot(pod, "metadata.labels")) || pod_terminal(pod) ||
		    !json_str(pod, "status.podIP"))
			continue;
		trees[m++] = TAKE_PTR(pod);
	}
	informer_list_free(v, n);
	*ret = trees;
	*ret_n = m;
	return trees ? 0 : -ENOMEM;
}

static int64_t target_port(const json_t *pod, const json_t *port)
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
				if (streq(json_str(p, "name"), json_string_value(target)) &&
				    streq(json_str_or(p, "protocol", "TCP"), protocol))
					return json_int_or(p, "containerPort", 0);
		}
	return 0;
}

json_t *endpoint_ports(const json_t *pod, const json_t *svc, bool always_named)
{
	json_t *out = json_array(), *p;
	size_t i;

	json_array_foreach (json_dot(svc, "spec.ports"), i, p) {
		int64_t n = target_port(pod, p);
		if (n == 0)
			continue;
		json_array_append_new(out, json_pack("{s:s*,s:I,s:s,s:s*}", "name",
						     json_str_or(p, "name", always_named ? "" : NULL), "port", n,
						     "protocol", json_str_or(p, "protocol", "TCP"), "appProtocol",
						     json_str(p, "appProtocol")));
	}
	return out;
}

void endpoint_describe(json_t *e, const json_t *pod, const json_t *svc)
{
	const char *node = json_str(pod, "spec.nodeName"), *host = json_str(pod, "spec.hostname");

	if (node)
		json_object_set_new(e, "nodeName", json_string(node));
	if (host && streq(json_str(pod, "spec.subdomain"), obj_name(svc)))
		json_object_set_new(e, "hostname", json_string(host));
	json_object_set_new(e, "targetRef",
			    json_pack("{s:s,s:s,s:s,s:s}", "kind", "Pod", "namespace", obj_namespace(pod), "name",
				      obj_name(pod), "uid", obj_uid(pod)));
}
