#include "ingress/gateway_service.h"
#include <errno.h>
#include "api/object.h"
#include "base/log.h"
#include "base/str.h"
#include "ingress/nodes.h"

#define SERVICE_LABEL "kubernetes.io/service-name"
#define MANAGED_LABEL "endpointslice.kubernetes.io/managed-by"
#define MANAGER	      "gateway.minik.io" /* a label's value has no slash */

struct gateway_services {
	struct ingress *x;
	struct map *wanted; /* x->lock; "NS/NAME" -> Service as it should be; JSON's null: none */
};

static void drop(void *p)
{
	json_decref(p);
}

int gateway_services_new(struct gateway_services **ret, struct ingress *x)
{
	struct gateway_services *s = calloc(1, sizeof(*s));

	if (!s || !(s->wanted = map_new(drop))) {
		free(s);
		return -ENOMEM;
	}
	s->x = x;
	*ret = s;
	return 0;
}

struct gateway_services *gateway_services_free(struct gateway_services *s)
{
	if (s)
		map_free(s->wanted);
	free(s);
	return NULL;
}

static void job_add(struct ingress *x, const char *key)
{
	AUTO_FREE char *job = x->makes ? str_fmt("gateway Service %s", key) : NULL;

	if (job)
		workqueue_add(x->queue, job);
}

void gateway_services_want(struct gateway_services *s, struct gateway_outcome *o)
{
	struct map *wanted = map_new(drop);
	bool bad = !wanted;

	for (size_t i = 0; !bad && i < o->n_services; i++) {
		AUTO_FREE char *key = str_fmt("%s/%s", o->services[i].ns, o->services[i].name);
		json_t *want = o->services[i].want ? json_incref(o->services[i].want) : json_null();
		bad = !key || map_put(wanted, key, want) < 0;
		if (bad)
			json_decref(want);
	}
	if (bad) {
		log_error(COMPONENT, NULL, "cannot tell Gateways' Services: out of memory");
		map_free(wanted);
		return;
	}
	gateway_wanted_set(s->x, &s->wanted, wanted, job_add);
}

void gateway_services_all(struct gateway_services *s)
{
	struct map_iter it = MAP_ITER_INIT;

	pthread_mutex_lock(&s->x->lock);
	while (map_next(s->wanted, &it))
		job_add(s->x, it.key);
	pthread_mutex_unlock(&s->x->lock);
}

void gateway_services_seen(struct gateway_services *s, bool slice, const struct informer_object *o, const json_t *tree)
{
	if (!s->x->makes)
		return;
	AUTO_JSON json_t *was = slice && !tree ? informer_object_json(o) : NULL;
	const char *name = slice ? obj_label(tree ? tree : was, SERVICE_LABEL) : o->name;
	AUTO_FREE char *key = name && str_has_suffix(name, GATEWAY_SERVICE_SUFFIX) ? str_fmt("%s/%s", o->ns, name) : NULL;

	pthread_mutex_lock(&s->x->lock);
	bool known = key && map_has(s->wanted, key);
	pthread_mutex_unlock(&s->x->lock);
	if (known)
		job_add(s->x, key);
}

/* --- the Service, on a worker --- */

static const char *controller_of(const json_t *o)
{
	const json_t *x;
	size_t i;

	json_array_foreach (json_dot(o, "metadata.ownerReferences"), i, x)
		if (json_bool_or(x, "controller", false))
			return json_str_or(x, "uid", "");
	return NULL;
}

/* Labels or annotations: those that were the Gateway's and no longer are go, its own come. 1: they are so already. */
static int texts(json_t *o, const json_t *want, const char *path, char kind, const char *copied)
{
	json_t *have = json_dot(o, path), *now = json_dot(want, path), *v;
	const char *key;
	bool same = true;

	if (!json_is_object(have)) {
		if (!json_object_size(now))
			return 1;
		have = json_object();
		if (!have || json_dot_set(o, path, have) < 0)
			return -ENOMEM;
	}
	while (copied && *copied) {
		size_t n = strcspn(copied, " ");
		AUTO_FREE char *old = n > 2 && copied[0] == kind && copied[1] == ':' ? str_ndup(copied + 2, n - 2) : NULL;
		if (old && !json_object_get(now, old) && json_object_del(have, old) == 0)
			same = false;
		copied += n + strspn(copied + n, " ");
	}
	json_object_foreach (now, key, v) {
		if (json_equal(json_object_get(have, key), v))
			continue;
		same = false;
		if (json_object_set(have, key, v) < 0)
			return -ENOMEM;
	}
	return same;
}

/* What the API server has put beside ours stays, of node ports where there are any. 1: the ports are these already. */
static int ports(json_t *o, const json_t *want)
{
	static const char *const ours[] = {"name", "port", "protocol", "targetPort"};
	bool balancer = streq(json_str(want, "spec.type"), "LoadBalancer");
	json_t *have = json_dot(o, "spec.ports"), *now = json_dot(want, "spec.ports"), *p, *q;
	bool same = json_array_size(have) == json_array_size(now);
	AUTO_JSON json_t *list = json_array();
	size_t i, k;

	if (!list)
		return -ENOMEM;
	json_array_foreach (now, i, p) {
		AUTO_JSON json_t *copy = json_deep_copy(p);
		const json_t *at = json_array_get(have, i);
		for (k = 0; k < ARRAY_LEN(ours); k++)
			same = same && json_equal(json_object_get(at, ours[k]), json_object_get(p, ours[k]));
		json_array_foreach (have, k, q)
			if (copy && balancer && json_equal(json_object_get(q, "port"), json_object_get(p, "port")) && json_object_get(q, "nodePort") &&
			    json_object_set(copy, "nodePort", json_object_get(q, "nodePort")) < 0)
				return -ENOMEM;
		if (!copy || json_array_append(list, copy) < 0)
			return -ENOMEM;
	}
	return same ? 1 : json_dot_set(o, "spec.ports", TAKE_PTR(list)) < 0 ? -ENOMEM : 0;
}

/* 1: it is so already. */
static int type(json_t *o, const json_t *want)
{
	/* Of a LoadBalancer, and refused elsewhere. */
	static const char *const gone[] = {"spec.externalTrafficPolicy", "spec.allocateLoadBalancerNodePorts", "spec.healthCheckNodePort",
					   "spec.loadBalancerClass", "spec.loadBalancerIP", "spec.loadBalancerSourceRanges"};
	const char *now = json_str(want, "spec.type");
	bool same = streq(json_str_or(o, "spec.type", "ClusterIP"), now);

	if (json_object_size(json_dot(o, "spec.selector"))) {
		same = false;
		(void)json_dot_del(o, "spec.selector");
	}
	if (same)
		return 1;
	for (size_t i = 0; streq(now, "ClusterIP") && i < ARRAY_LEN(gone); i++)
		(void)json_dot_del(o, gone[i]);
	return json_dot_set(o, "spec.type", json_string(now)) < 0 ? -ENOMEM : 0;
}

struct write {
	struct ingress *x;
	const json_t *want;
};

static int mutate_service(void *arg, json_t *o, struct err *e)
{
	const struct write *w = arg;
	const json_t *want = w->want;
	const char *uid = controller_of(o);

	if (!nodes_makes(w->x) || !uid || !streq(uid, controller_of(want)))
		return 1;
	AUTO_FREE char *copied = str_dup(obj_annotation(o, GATEWAY_COPIED));
	/* The annotation itself is one of those that come and go. */
	AUTO_FREE char *all = copied ? str_fmt("%s a:" GATEWAY_COPIED, copied) : NULL;
	int l = copied && !all ? -ENOMEM : texts(o, want, "metadata.labels", 'l', all);
	int a = l < 0 ? l : texts(o, want, "metadata.annotations", 'a', all);
	int t = a < 0 ? a : type(o, want);
	int p = t < 0 ? t : ports(o, want);
	return p < 0 ? err_nomem(e) : l && a && t && p;
}

/* --- EndpointSlices --- */

/* Addresses of a family of the nodes that serve, as endpoints. */
static json_t *endpoints(struct ingress *x, bool v6)
{
	AUTO_FREE char *text = nodes_text(x);
	AUTO_JSON json_t *list = json_array();
	char *save_line = NULL, *save = NULL;
	bool bad = !text || !list;

	for (char *line = bad ? NULL : strtok_r(text, "\n", &save_line); line; line = strtok_r(NULL, "\n", &save_line)) {
		(void)strtok_r(line, " ", &save);
		const char *node = strtok_r(NULL, " ", &save);
		for (char *a = strtok_r(NULL, " ", &save); node && a; a = strtok_r(NULL, " ", &save))
			if ((strchr(a, ':') != NULL) == v6)
				bad = bad || json_array_append_new(list, json_pack("{s:[s],s:{s:b},s:s}", "addresses", a, "conditions", "ready",
										   true, "nodeName", node)) < 0;
	}
	return bad ? NULL : json_incref(list);
}

static json_t *slice_of(struct ingress *x, const json_t *service, const char *name, bool v6)
{
	json_t *eps = endpoints(x, v6), *list = json_array(), *p;
	size_t i;

	json_array_foreach (json_dot(service, "spec.ports"), i, p)
		if (!list || json_array_append_new(list, json_pack("{s:s,s:I,s:s}", "name", json_str_or(p, "name", ""), "port",
								   (json_int_t)json_int_or(p, "targetPort", 0), "protocol", "TCP")) < 0) {
			json_decref(eps);
			json_decref(list);
			return NULL;
		}
	return json_pack("{s:s,s:s,s:{s:s,s:s,s:{s:s,s:s},s:[{s:s,s:s,s:s,s:s,s:b}]},s:s,s:o,s:o}", "apiVersion", "discovery.k8s.io/v1", "kind",
			 "EndpointSlice", "metadata", "name", name, "namespace", obj_namespace(service), "labels", SERVICE_LABEL,
			 obj_name(service), MANAGED_LABEL, MANAGER, "ownerReferences", "apiVersion", "v1", "kind", "Service", "name",
			 obj_name(service), "uid", json_str_or(service, "metadata.uid", ""), "controller", true, "addressType",
			 v6 ? "IPv6" : "IPv4", "ports", list, "endpoints", eps);
}

static bool is_ours(const json_t *slice)
{
	return streq(obj_label(slice, MANAGED_LABEL), MANAGER);
}

static int mutate_slice(void *arg, json_t *o, struct err *e)
{
	static const char *const parts[] = {"metadata.labels", "metadata.ownerReferences", "ports", "endpoints"};
	const struct write *w = arg;
	const json_t *want = w->want;
	bool same = true;

	if (!nodes_makes(w->x))
		return 1;
	if (!is_ours(o))
		return err_set(e, ERR_CONFLICT, "EndpointSlice %s/%s is somebody else's: delete it", obj_namespace(o), obj_name(o));
	for (size_t i = 0; i < ARRAY_LEN(parts); i++) {
		json_t *now = json_dot(want, parts[i]);
		if (json_equal(json_dot(o, parts[i]), now))
			continue;
		same = false;
		if (json_dot_set(o, parts[i], json_incref(now)) < 0)
			return err_nomem(e);
	}
	return same;
}

/* What has been changed since it was seen is looked at once more. */
static int delete_seen(struct gateway_services *s, const struct client_ref *ref, const json_t *had, struct err *e)
{
	AUTO_JSON json_t *options = json_pack("{s:s,s:s,s:{s:s,s:s}}", "apiVersion", "v1", "kind", "DeleteOptions", "preconditions", "uid",
					      json_str_or(had, "metadata.uid", ""), "resourceVersion",
					      json_str_or(had, "metadata.resourceVersion", ""));

	if (!options)
		return err_nomem(e);
	return nodes_makes(s->x) ? client_delete_wait(s->x->client, ref, options, NULL, e) : 0;
}

static int follow_slice(struct gateway_services *s, const json_t *service, bool v6, struct err *e)
{
	AUTO_FREE char *name = str_fmt("%s-ipv%c", obj_name(service), v6 ? '6' : '4');
	AUTO_JSON json_t *want = name ? slice_of(s->x, service, name, v6) : NULL;

	if (!want)
		return err_nomem(e);
	bool none = !json_array_size(json_object_get(want, "endpoints"));
	const struct client_ref ref = {.group = "discovery.k8s.io", .plural = "endpointslices", .ns = obj_namespace(service), .name = name};
	AUTO_OBJECT struct informer_object *o = informer_get(s->x->informers[SLICES], ref.ns, name);
	AUTO_JSON json_t *had = informer_object_json(o);
	if (o && !had)
		return err_nomem(e);
	if (none)
		return had && is_ours(had) ? delete_seen(s, &ref, had, e) : 0;
	if (!had) {
		const struct client_ref all = {.group = ref.group, .plural = ref.plural, .ns = ref.ns};
		int code = client_create_wait(s->x->client, &all, want, NULL, e);
		return code == ERR_EXISTS ? 0 : code; /* what it is will be seen */
	}
	struct write w = {s->x, want};
	int code = mutate_slice(&w, had, e);
	return code == 0 ? client_modify_wait(s->x->client, &ref, mutate_slice, &w, e) : code;
}

/* --- both --- */

static int remove_service(struct gateway_services *s, const struct client_ref *ref, const json_t *had, struct err *e)
{
	return controller_of(had) && obj_label(had, GATEWAY_NAME_LABEL) ? delete_seen(s, ref, had, e) : 0;
}

/* Written if need be. *ret: as it is then; NULL: it is not ours, or gone. */
static int follow_service(struct gateway_services *s, const struct client_ref *ref, json_t *want, json_t *had, json_t **ret, struct err *e)
{
	const struct client_ref all = {.plural = ref->plural, .ns = ref->ns};
	int code;

	if (!had) {
		code = client_create_wait(s->x->client, &all, want, ret, e);
		return code == ERR_EXISTS ? 0 : code;
	}
	const char *uid = controller_of(had);
	if (!uid || !streq(uid, controller_of(want)))
		return 0;
	AUTO_JSON json_t *copy = json_deep_copy(had);
	struct write w = {s->x, want};
	code = copy ? mutate_service(&w, copy, e) : err_nomem(e);
	if (code == 0)
		code = client_modify_wait(s->x->client, ref, mutate_service, &w, e);
	if (code < 0)
		return code;
	*ret = TAKE_PTR(copy);
	return 0;
}

static void tell(struct gateway *g, const json_t *want, const char *text)
{
	AUTO_FREE char *owner = str_fmt("gateway/%s/%s", obj_namespace(want), json_str_or(json_array_get(json_dot(want, "metadata.ownerReferences"), 0), "name", ""));

	if (owner)
		gateway_say(g, owner, "Warning", "ServiceNotWritten", text);
}

int gateway_services_reconcile(struct gateway_services *s, struct gateway *g, const char *key, struct err *e)
{
	AUTO_OBJECT struct informer_object *o = informer_get_key(s->x->informers[SERVICES], key);
	const char *slash = strchr(key, '/');
	AUTO_FREE char *ns = slash ? str_ndup(key, (size_t)(slash - key)) : NULL;
	AUTO_JSON json_t *had = informer_object_json(o);
	AUTO_JSON json_t *now = NULL;

	pthread_mutex_lock(&s->x->lock);
	const json_t *wanted = map_get(s->wanted, key);
	AUTO_JSON json_t *want = wanted ? json_incref((json_t *)(uintptr_t)wanted) : NULL;
	pthread_mutex_unlock(&s->x->lock);
	if (!want || !nodes_makes(s->x))
		return 0;
	if (!ns || (o && !had))
		return err_nomem(e);
	const struct client_ref ref = {.plural = "services", .ns = ns, .name = slash + 1};
	int code = !json_is_null(want) ? follow_service(s, &ref, want, had, &now, e) : had ? remove_service(s, &ref, had, e) : 0;
	if (!code && now)
		code = follow_slice(s, now, false, e);
	if (!code && now)
		code = follow_slice(s, now, true, e);
	if (code == ERR_INVALID || code == ERR_FORBIDDEN)
		tell(g, want, e->msg);
	return code < 0 && code != ERR_NOT_FOUND ? code : 0;
}
