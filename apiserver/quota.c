/* See quota.h. */
#include "apiserver/quota.h"
#include <errno.h>
#include "api/object.h"

void usage_done(struct usage *u)
{
	for (size_t i = 0; i < u->n; i++)
		free(u->v[i].name);
	free(u->v);
	*u = (struct usage){0};
}

const struct quantity *usage_find(const struct usage *u, const char *name)
{
	for (size_t i = 0; i < u->n; i++)
		if (streq(u->v[i].name, name))
			return &u->v[i].q;
	return NULL;
}

static struct usage_item *item(struct usage *u, const char *name, enum quantity_format format)
{
	struct usage_item *v;

	for (size_t i = 0; i < u->n; i++)
		if (streq(u->v[i].name, name))
			return &u->v[i];
	v = reallocarray(u->v, u->n + 1, sizeof(*v));
	if (!v)
		return NULL;
	u->v = v;
	v[u->n] = (struct usage_item){.name = str_dup(name), .q = {.format = format}};
	if (!v[u->n].name)
		return NULL;
	return &v[u->n++];
}

int usage_add(struct usage *u, const char *name, const struct quantity *q)
{
	struct usage_item *i = item(u, name, q->format);

	if (!i)
		return -ENOMEM;
	if (!i->q.nano)
		i->q.format = q->format;
	i->q.nano += q->nano;
	return 0;
}

static int usage_raise(struct usage *u, const char *name, const struct quantity *q)
{
	struct usage_item *i = item(u, name, q->format);

	if (!i)
		return -ENOMEM;
	if (q->nano > i->q.nano)
		i->q.nano = q->nano;
	return 0;
}

static int count(struct usage *u, const char *name, int64_t n)
{
	struct quantity q = {.nano = (__int128)n * 1000000000};

	return usage_add(u, name, &q);
}

bool quota_amount(const json_t *map, const char *name, struct quantity *ret)
{
	const json_t *v = json_object_get(map, name);
	char num[32];

	if (json_is_string(v))
		return !quantity_parse(json_string_value(v), ret);
	if (!json_is_integer(v))
		return false;
	(void)snprintf(num, sizeof(num), "%lld", (long long)json_integer_value(v));
	return !quantity_parse(num, ret);
}

bool quota_counted(const json_t *quota)
{
	const json_t *hard = json_dot(quota, "spec.hard"), *used = json_dot(quota, "status.used");
	const char *k;
	json_t *v;

	json_object_foreach((json_t *)(uintptr_t)hard, k, v)
		if (!json_object_get(used, k))
			return false;
	return true;
}

/* --- pods --- */

static int add_list(struct usage *u, const json_t *list, int (*fn)(struct usage *, const char *, const struct quantity *))
{
	const char *k;
	json_t *v;
	struct quantity q;

	json_object_foreach((json_t *)(uintptr_t)list, k, v)
		if (quota_amount(list, k, &q) && fn(u, k, &q))
			return -ENOMEM;
	return 0;
}

/*
 * Containers run side by side, init containers before them one by one, sidecars (init containers with restartPolicy Always) from
 * their turn on (component-helpers resource.PodRequests).
 */
static int pod_sum(struct usage *ret, const json_t *pod, const char *what)
{
	struct usage main = {0}, sidecars = {0}, init = {0};
	const json_t *c;
	size_t i;
	int r = 0;

	json_array_foreach(json_dot(pod, "spec.containers"), i, c)
		r |= add_list(&main, json_at(c, "resources", what, NULL), usage_add);
	json_array_foreach(json_dot(pod, "spec.initContainers"), i, c) {
		const json_t *own = json_at(c, "resources", what, NULL);
		struct usage now = {0};

		if (streq(json_str(c, "restartPolicy"), "Always")) {
			r |= add_list(&sidecars, own, usage_add);
			own = NULL;
		}
		r |= add_list(&now, own, usage_add);
		for (size_t k = 0; k < sidecars.n; k++)
			r |= usage_add(&now, sidecars.v[k].name, &sidecars.v[k].q);
		for (size_t k = 0; k < now.n; k++)
			r |= usage_raise(&init, now.v[k].name, &now.v[k].q);
		usage_done(&now);
	}
	for (size_t k = 0; k < sidecars.n; k++)
		r |= usage_add(&main, sidecars.v[k].name, &sidecars.v[k].q);
	for (size_t k = 0; k < init.n; k++)
		r |= usage_raise(&main, init.v[k].name, &init.v[k].q);
	r |= add_list(&main, json_dot(pod, "spec.overhead"), usage_add);
	usage_done(&sidecars);
	usage_done(&init);
	*ret = main;
	return r ? -ENOMEM : 0;
}

static int pod_usage(struct usage *u, const json_t *pod)
{
	struct usage req = {0}, lim = {0};
	char name[300];
	int r = pod_sum(&req, pod, "requests") | pod_sum(&lim, pod, "limits");

	for (size_t i = 0; !r && i < req.n; i++) {
		const char *k = req.v[i].name;

		(void)snprintf(name, sizeof(name), "requests.%s", k);
		r = usage_add(u, name, &req.v[i].q);
		if (!r && (streq(k, "cpu") || streq(k, "memory") || streq(k, "ephemeral-storage") || str_has_prefix(k, "hugepages-")))
			r = usage_add(u, k, &req.v[i].q);
	}
	for (size_t i = 0; !r && i < lim.n; i++) {
		(void)snprintf(name, sizeof(name), "limits.%s", lim.v[i].name);
		r = usage_add(u, name, &lim.v[i].q);
	}
	usage_done(&req);
	usage_done(&lim);
	return r;
}

/* --- everything --- */

static int claim_usage(struct usage *u, const json_t *pvc)
{
	const char *class = json_str_or(pvc, "spec.storageClassName", "");
	struct quantity q;
	char name[400];

	if (*class) {
		(void)snprintf(name, sizeof(name), "%s.storageclass.storage.k8s.io/persistentvolumeclaims", class);
		if (count(u, name, 1))
			return -ENOMEM;
	}
	if (!quota_amount(json_dot(pvc, "spec.resources.requests"), "storage", &q))
		return 0;
	(void)snprintf(name, sizeof(name), "%s.storageclass.storage.k8s.io/requests.storage", class);
	return usage_add(u, "requests.storage", &q) || (*class && usage_add(u, name, &q)) ? -ENOMEM : 0;
}

static int service_usage(struct usage *u, const json_t *svc)
{
	const char *type = json_str_or(svc, "spec.type", "ClusterIP");
	int64_t ports = (int64_t)json_array_size(json_dot(svc, "spec.ports"));
	bool lb = streq(type, "LoadBalancer");

	if (lb && count(u, "services.loadbalancers", 1))
		return -ENOMEM;
	if (streq(type, "NodePort") || (lb && json_bool_or(svc, "spec.allocateLoadBalancerNodePorts", true)))
		return count(u, "services.nodeports", ports);
	return 0;
}

int usage_of(struct usage *ret, const char *group, const char *plural, const json_t *obj)
{
	static const char *const named[] = {"services", "replicationcontrollers", "resourcequotas", "secrets", "configmaps", "persistentvolumeclaims"};
	struct usage u = {0};
	char name[300];
	int r;

	(void)snprintf(name, sizeof(name), "count/%s%s%s", plural, *group ? "." : "", group);
	r = count(&u, name, 1);
	for (size_t i = 0; !r && !*group && i < ARRAY_LEN(named); i++)
		if (streq(plural, named[i]))
			r = count(&u, plural, 1);
	if (!r && !*group && streq(plural, "pods") && !pod_terminal(obj)) {
		r = count(&u, "pods", 1);
		if (!r)
			r = pod_usage(&u, obj);
	}
	if (!r && !*group && streq(plural, "persistentvolumeclaims"))
		r = claim_usage(&u, obj);
	if (!r && !*group && streq(plural, "services"))
		r = service_usage(&u, obj);
	if (r) {
		usage_done(&u);
		return r;
	}
	*ret = u;
	return 0;
}

/* --- scopes --- */

static bool crosses_namespaces(const json_t *pod)
{
	static const char *const kinds[] = {"podAffinity", "podAntiAffinity"};
	const json_t *t;
	size_t i;

	for (size_t k = 0; k < ARRAY_LEN(kinds); k++) {
		const json_t *a = json_at(pod, "spec", "affinity", kinds[k], NULL);

		json_array_foreach(json_object_get(a, "requiredDuringSchedulingIgnoredDuringExecution"), i, t)
			if (json_array_size(json_object_get(t, "namespaces")) || json_is_object(json_object_get(t, "namespaceSelector")))
				return true;
		json_array_foreach(json_object_get(a, "preferredDuringSchedulingIgnoredDuringExecution"), i, t)
			if (json_array_size(json_dot(t, "podAffinityTerm.namespaces")) || json_is_object(json_dot(t, "podAffinityTerm.namespaceSelector")))
				return true;
	}
	return false;
}

static bool scope_matches(const char *scope, const char *op, const json_t *values, const json_t *pod)
{
	bool terminating = json_int_or(pod, "spec.activeDeadlineSeconds", -1) >= 0, best = streq(pod_qos(pod), "BestEffort"), listed = false;
	const char *class = json_str_or(pod, "spec.priorityClassName", "");
	const json_t *v;
	size_t i;

	if (streq(scope, "Terminating"))
		return terminating;
	if (streq(scope, "NotTerminating"))
		return !terminating;
	if (streq(scope, "BestEffort"))
		return best;
	if (streq(scope, "NotBestEffort"))
		return !best;
	if (streq(scope, "CrossNamespacePodAffinity"))
		return crosses_namespaces(pod);
	if (!streq(scope, "PriorityClass"))
		return false;
	json_array_foreach((json_t *)(uintptr_t)values, i, v)
		listed |= streq(json_string_value(v), class);
	if (streq(op, "In"))
		return *class && listed;
	if (streq(op, "NotIn"))
		return !listed;
	if (streq(op, "DoesNotExist"))
		return !*class;
	return *class != 0;
}

bool quota_matches(const json_t *quota, const char *group, const char *plural, const json_t *obj)
{
	const json_t *scopes = json_dot(quota, "spec.scopes"), *exprs = json_dot(quota, "spec.scopeSelector.matchExpressions"), *s;
	bool pod = !*group && streq(plural, "pods");
	size_t i;

	json_array_foreach((json_t *)(uintptr_t)scopes, i, s)
		if (!pod || !scope_matches(json_string_value(s), "Exists", NULL, obj))
			return false;
	json_array_foreach((json_t *)(uintptr_t)exprs, i, s)
		if (!pod || !scope_matches(json_str_or(s, "scopeName", ""), json_str_or(s, "operator", ""), json_object_get(s, "values"), obj))
			return false;
	return true;
}

/* --- the whole namespace --- */

/* The resource that a name of spec.hard is about. */
static bool about(const char *name, char group[256], char plural[256])
{
	static const char *const core[] = {"services", "replicationcontrollers", "resourcequotas", "secrets", "configmaps", "persistentvolumeclaims", "pods"};

	*group = 0;
	if (str_has_prefix(name, "count/")) {
		size_t n = strcspn(name + 6, ".");

		if (n > 255)
			return false;
		(void)snprintf(plural, 256, "%.*s", (int)n, name + 6);
		return !name[6 + n] || str_copy(group, 256, name + 7 + n);
	}
	if (strstr(name, ".storageclass.storage.k8s.io/") || streq(name, "requests.storage"))
		return str_copy(plural, 256, "persistentvolumeclaims");
	if (str_has_prefix(name, "services."))
		return str_copy(plural, 256, "services");
	for (size_t i = 0; i < ARRAY_LEN(core); i++)
		if (streq(name, core[i]))
			return str_copy(plural, 256, name);
	return str_copy(plural, 256, "pods");
}

static const struct api_resource *find_any(const struct api_registry *reg, const char *group, const char *plural)
{
	for (size_t i = 0; i < api_resource_count(reg); i++) {
		const struct api_resource *r = api_resource_at(reg, i);

		if (streq(r->plural, plural) && streq(r->group, group) && r->namespaced && !r->virtual_)
			return r;
	}
	return NULL;
}

/* Sums one resource's objects into total. */
static int sum_resource(struct auth *au, const struct api_registry *reg, const char *ns, const json_t *quota, const char *group, const char *plural,
			struct usage *total)
{
	const struct api_resource *res = find_any(reg, group, plural);
	struct auth_list l = {0};
	int r;

	if (!res)
		return 0; /* counted as none */
	if (res->crd || !api_resource_find(au->reg, group, "v1", plural)) {
		AUTO_FREE char *prefix = object_prefix(res, ns);

		if (!prefix)
			return -ENOMEM;
		char name[520];

		(void)snprintf(name, sizeof(name), "count/%s%s%s", plural, *group ? "." : "", group);
		return count(total, name, (int64_t)store_count(au->store, prefix));
	}
	r = auth_list(au, true, group, plural, ns, NULL, NULL, &l);
	for (size_t i = 0; !r && i < l.n; i++) {
		AUTO_JSON json_t *o = NULL;
		struct usage u = {0};

		if (json_parse_bytes(l.items[i].value, &o, NULL) || !quota_matches(quota, group, plural, o))
			continue;
		r = usage_of(&u, group, plural, o);
		for (size_t k = 0; !r && k < u.n; k++)
			r = usage_add(total, u.v[k].name, &u.v[k].q);
		usage_done(&u);
	}
	auth_list_done(&l);
	return r;
}

int quota_compute(struct auth *au, const char *ns, const json_t *quota, json_t **ret, struct err *e)
{
	struct api_registry *reg = apiserver_registry(au->a);
	const json_t *hard = json_dot(quota, "spec.hard");
	AUTO_JSON json_t *seen = json_object();
	AUTO_JSON json_t *out = json_object();
	struct usage total = {0};
	const char *k;
	json_t *v;
	int r = seen && out ? 0 : -ENOMEM;

	json_object_foreach((json_t *)(uintptr_t)hard, k, v) {
		char group[256], plural[256], id[520];

		if (r || !about(k, group, plural))
			continue;
		(void)snprintf(id, sizeof(id), "%s/%s", group, plural);
		if (json_object_get(seen, id))
			continue;
		(void)json_object_set_new(seen, id, json_true());
		r = sum_resource(au, reg, ns, quota, group, plural, &total);
	}
	json_object_foreach((json_t *)(uintptr_t)hard, k, v) {
		const struct quantity *q = usage_find(&total, k);
		struct quantity h = {0}, zero = {0};
		char text[64];

		if (r)
			break;
		zero.format = quota_amount(hard, k, &h) ? h.format : QUANTITY_DECIMAL_SI;
		quantity_format(q ? q : &zero, text, sizeof(text));
		if (json_object_set_new(out, k, json_string(text)))
			r = -ENOMEM;
	}
	usage_done(&total);
	(void)api_registry_unref(reg);
	if (r)
		return err_set(e, r, "counting what %s uses: %s", ns, err_name(r));
	*ret = TAKE_PTR(out);
	return 0;
}
