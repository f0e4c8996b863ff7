/*
 * PodDisruptionBudgets: how many of their pods may be evicted now; the API server's eviction decides by that. How many pods there should be is asked of the pods'
 * controllers, by their scale.
 * Source: Kubernetes "Disruptions"; pkg/controller/disruption/disruption.go.
 */
#include <errno.h>
#include "api/selector.h"
#include "controllers/budget.h"
#include "controllers/shared.h"

#define COMPONENT "controllermanager"

struct disruption_ctl {
	struct informer *budgets, *pods, *deployments, *sets, *stateful, *controllers;
};

/* --- how many there should be --- */

struct scale_of {
	struct controller *c;
	json_t *seen; /* uid of each controller -> its replicas */
	const json_t *unmanaged; /* a pod without a controller; borrowed */
};

/* By the scale subresource, for kinds we do not follow. */
static int ask_scale(struct scale_of *s, const char *ns, const json_t *owner, int64_t *ret, struct err *e)
{
	const char *gv = json_str_or(owner, "apiVersion", ""), *kind = json_str_or(owner, "kind", ""), *slash = strchr(gv, '/');
	AUTO_FREE char *list_path = str_fmt("%s/%s", slash ? "/apis" : "/api", gv), *group = slash ? str_ndup(gv, (size_t)(slash - gv)) : str_dup("");
	struct client_ref lref = {.raw = list_path};
	AUTO_JSON json_t *list = NULL, *scale = NULL;
	const char *plural = NULL;
	bool scalable = false;
	json_t *res;
	size_t i;

	if (!list_path || !group)
		return err_nomem(e);
	int r = client_get_wait(s->c->s->client, &lref, &list, e);
	if (r < 0)
		return r;
	json_array_foreach (json_object_get(list, "resources"), i, res)
		if (streq(json_str(res, "kind"), kind) && !strchr(json_str_or(res, "name", ""), '/'))
			plural = json_str(res, "name");
	AUTO_FREE char *sub = str_fmt("%s/scale", plural ? plural : "");
	json_array_foreach (json_object_get(list, "resources"), i, res)
		scalable = scalable || streq(json_str(res, "name"), sub);
	if (!plural || !scalable)
		return err_set(e, ERR_UNSUPPORTED, "%s.%s does not implement the scale subresource", plural ? plural : kind, group);
	struct client_ref ref = {.group = group, .version = slash ? slash + 1 : gv, .plural = plural, .ns = ns, .name = json_str_or(owner, "name", ""), .subresource = "scale"};
	if ((r = client_get_wait(s->c->s->client, &ref, &scale, e)) < 0)
		return r;
	*ret = json_int_or(scale, "spec.replicas", 0);
	return 0;
}

/* The controller in the cache, if it is this very one. */
static json_t *cached(struct informer *i, const char *ns, const json_t *owner)
{
	AUTO_OBJECT struct informer_object *o = informer_get(i, ns, json_str_or(owner, "name", ""));

	return o && streq(o->uid, json_str(owner, "uid")) ? informer_object_json(o) : NULL;
}

static int add_owner(struct scale_of *s, const json_t *pod, struct err *e)
{
	const struct disruption_ctl *x = s->c->priv;
	const json_t *owner = obj_controller_of(pod), *above;
	const char *ns = obj_namespace(pod), *kind = json_str_or(owner, "kind", ""), *uid = json_str_or(owner, "uid", "");
	bool apps = str_has_prefix(json_str_or(owner, "apiVersion", ""), "apps/");
	AUTO_JSON json_t *o = NULL, *d = NULL;
	int64_t replicas = 0;

	if (!owner) {
		s->unmanaged = pod;
		return 0;
	}
	if (json_object_get(s->seen, uid))
		return 0;
	if (apps && streq(kind, "ReplicaSet") && (o = cached(x->sets, ns, owner))) {
		/* It is its Deployment that says how many, over all its sets. */
		above = obj_controller_of(o);
		if (above && streq(json_str(above, "kind"), "Deployment") && (d = cached(x->deployments, ns, above)))
			uid = obj_uid(d);
	} else if (apps && streq(kind, "StatefulSet")) {
		o = cached(x->stateful, ns, owner);
	} else if (streq(kind, "ReplicationController")) {
		o = cached(x->controllers, ns, owner);
	}
	if (o || d) {
		replicas = json_int_or(d ? d : o, "spec.replicas", 1);
	} else {
		int r = ask_scale(s, ns, owner, &replicas, e);
		if (r == ERR_NOT_FOUND)
			return 0; /* it is gone; its pods follow */
		if (r < 0)
			return r;
	}
	return json_object_set_new(s->seen, uid, json_integer(replicas)) < 0 ? err_nomem(e) : 0;
}

static int expected_scale(struct controller *c, const json_t *pdb, json_t **pods, size_t n, int64_t *ret, struct err *e)
{
	AUTO_JSON json_t *seen = json_object();
	struct scale_of s = {.c = c, .seen = seen};
	const char *k;
	json_t *v;

	*ret = 0;
	for (size_t i = 0; i < n; i++) {
		int r = add_owner(&s, pods[i], e);
		if (r < 0)
			return r;
	}
	json_object_foreach (seen, k, v)
		*ret += json_integer_value(v);
	if (s.unmanaged)
		client_event(c->s->client, pdb, "policy/v1", "PodDisruptionBudget", "Warning", "UnmanagedPods", COMPONENT, "",
			     "Pods selected by this PodDisruptionBudget were found to be unmanaged. As a result, the status of the PDB cannot be calculated correctly, "
			     "which may result in undefined behavior. To account for these pods please set \".spec.minAvailable\" field of the PDB to an integer value.");
	return 0;
}

/* --- status --- */

static int write_status(struct controller *c, const json_t *pdb, const struct budget *b, const char *failure, struct err *e)
{
	struct client_ref ref = {.group = "policy", .plural = "poddisruptionbudgets", .ns = obj_namespace(pdb), .name = obj_name(pdb), .subresource = "status"};
	AUTO_JSON json_t *obj = json_deep_copy(pdb);
	char now[TIME_STR_MAX];

	if (obj && !json_is_object(json_object_get(obj, "status")))
		json_object_set_new(obj, "status", json_object());
	json_t *st = json_object_get(obj, "status");
	if (!st)
		return err_nomem(e);
	if (b) {
		json_object_set_new(st, "currentHealthy", json_integer(b->healthy));
		json_object_set_new(st, "desiredHealthy", json_integer(b->desired));
		json_object_set_new(st, "expectedPods", json_integer(b->expected));
		json_object_set_new(st, "observedGeneration", json_integer(obj_generation(pdb)));
		if (json_object_size(b->disrupted))
			json_object_set(st, "disruptedPods", b->disrupted);
		else
			json_object_del(st, "disruptedPods");
	}
	/* Without knowing, nothing is allowed. */
	int64_t allowed = b ? b->allowed : 0;
	json_object_set_new(st, "disruptionsAllowed", json_integer(allowed));
	now_string(c->s, now);
	obj_set_condition(obj, "DisruptionAllowed", allowed > 0 ? "True" : "False", failure ? "SyncFailed" : allowed > 0 ? "SufficientPods" : "InsufficientPods",
			  failure ? failure : "", now);
	json_object_set_new((json_t *)obj_condition(obj, "DisruptionAllowed"), "observedGeneration", json_integer(obj_generation(pdb)));
	if (json_equal(st, json_object_get(pdb, "status")))
		return 0;
	int r = client_update_wait(c->s->client, &ref, obj, NULL, e);
	return r == ERR_NOT_FOUND ? 0 : r;
}

/* What an account needs of a pod. */
static json_t *slim(json_t *pod)
{
	static const char *const never[] = {"spec", "metadata.managedFields", "status.containerStatuses"};

	for (size_t i = 0; pod && i < ARRAY_LEN(never); i++)
		json_dot_del(pod, never[i]);
	return pod;
}

static int pods_of(struct controller *c, const json_t *pdb, json_t ***ret, size_t *ret_n, struct err *e)
{
	struct disruption_ctl *x = c->priv;
	AUTO_SELECTOR struct api_selector *sel = NULL;
	struct informer_object **all = NULL;
	size_t n = 0, m = 0;
	int r = api_label_selector_from(&sel, json_dot(pdb, "spec.selector"), e);

	if (r < 0)
		return r;
	if (informer_list(x->pods, obj_namespace(pdb), &all, &n) < 0)
		return err_nomem(e);
	json_t **v = calloc(n + 1, sizeof(*v));
	for (size_t i = 0; v && i < n; i++) {
		AUTO_JSON json_t *pod = informer_object_json(all[i]);
		if (pod && api_selector_match_labels(sel, json_dot(pod, "metadata.labels")))
			v[m++] = slim(TAKE_PTR(pod));
	}
	informer_list_free(all, n);
	if (!v)
		return err_nomem(e);
	*ret = v;
	*ret_n = m;
	return 0;
}

static int reconcile(void *arg, const char *key, struct err *e)
{
	struct controller *c = arg;
	struct disruption_ctl *x = c->priv;
	AUTO_OBJECT struct informer_object *o = informer_get_key(x->budgets, key);
	AUTO_JSON json_t *pdb = informer_object_json(o);
	json_t **pods = NULL, *name;
	struct budget b = {0};
	size_t n = 0, i;
	int64_t scale = 0, recheck = 0;
	struct err why = {0};

	if (!pdb)
		return o ? err_nomem(e) : 0;
	int r = pods_of(c, pdb, &pods, &n, &why);
	if (r == 0 && n == 0)
		client_event(c->s->client, pdb, "policy/v1", "PodDisruptionBudget", "Normal", "NoPods", COMPONENT, "", "No matching pods found");
	if (r == 0 && budget_needs_scale(pdb) && (r = expected_scale(c, pdb, pods, n, &scale, &why)) < 0 && r != ERR_CANCELED)
		client_event(c->s->client, pdb, "policy/v1", "PodDisruptionBudget", "Warning", "CalculateExpectedPodCountFailed", COMPONENT, "",
			     "Failed to calculate the number of expected pods: %s", why.msg);
	if (r == 0 && budget_count(&b, pdb, pods, n, scale, clock_wall(c->s->deps.clock)) < 0)
		r = err_nomem(&why);
	trees_free(pods, n);
	if (r < 0) {
		int wr = write_status(c, pdb, NULL, why.msg, e);
		if (wr == 0 && e)
			*e = why;
		/* What cannot be counted stays so until something changes: no hurry. */
		return wr < 0 ? wr : r == ERR_UNSUPPORTED ? 0 : r;
	}
	json_array_foreach (b.not_deleted, i, name)
		client_event(c->s->client, pdb, "policy/v1", "PodDisruptionBudget", "Warning", "NotDeleted", COMPONENT, "",
			     "Pod %s was expected by PDB %s to be deleted but it wasn't", json_string_value(name), key);
	r = write_status(c, pdb, &b, NULL, e);
	recheck = b.recheck_s * 1000;
	budget_done(&b);
	return r < 0 ? r : (int)recheck;
}

/* --- events --- */

static void pod_seen(void *arg, struct informer_object *o)
{
	struct controller *c = arg;
	struct disruption_ctl *x = c->priv;
	struct informer_object **v = NULL;
	size_t n = 0;

	if (informer_count(x->budgets) == 0 || informer_list(x->budgets, o->ns, &v, &n) < 0)
		return;
	AUTO_JSON json_t *pod = n ? informer_object_json(o) : NULL;
	for (size_t i = 0; pod && i < n; i++) {
		AUTO_JSON json_t *pdb = informer_object_json(v[i]);
		AUTO_SELECTOR struct api_selector *sel = NULL;
		if (api_label_selector_from(&sel, json_dot(pdb, "spec.selector"), NULL) < 0 || !api_selector_match_labels(sel, json_dot(pod, "metadata.labels")))
			continue;
		controller_queue(c, v[i]);
	}
	informer_list_free(v, n);
}
static void pod_changed(void *arg, struct informer_object *old, struct informer_object *o)
{
	pod_seen(arg, old);
	pod_seen(arg, o);
}

/* A changed size changes what is expected, whether or not pods follow at once. */
static void owner_changed(void *arg, struct informer_object *old, struct informer_object *o)
{
	struct controller *c = arg;
	struct disruption_ctl *x = c->priv;
	struct informer_object **v = NULL;
	size_t n = 0;

	if (informer_count(x->budgets) == 0 || informer_list(x->budgets, o->ns, &v, &n) < 0)
		return;
	AUTO_JSON json_t *a = n ? informer_object_json(old) : NULL, *b = n ? informer_object_json(o) : NULL;
	bool resized = json_int_or(a, "spec.replicas", 1) != json_int_or(b, "spec.replicas", 1);
	for (size_t i = 0; resized && i < n; i++)
		controller_queue(c, v[i]);
	informer_list_free(v, n);
}

int disruption_init(struct shared *s, struct err *e)
{
	static const struct informer_handler pods = {pod_seen, pod_changed, pod_seen, NULL}, owners = {.updated = owner_changed};
	struct disruption_ctl *x = calloc(1, sizeof(*x));
	struct controller *c;
	int r;

	if (!x)
		return err_nomem(e);
	if ((r = controller_new(&c, s, "disruption", 2, reconcile, x, free, e)) < 0) {
		free(x);
		return r;
	}
	x->budgets = shared_informer(s, "policy", "v1", "poddisruptionbudgets", NULL, e);
	x->pods = shared_informer(s, "", "v1", "pods", NULL, e);
	x->deployments = shared_informer(s, "apps", "v1", "deployments", NULL, e);
	x->sets = shared_informer(s, "apps", "v1", "replicasets", NULL, e);
	x->stateful = shared_informer(s, "apps", "v1", "statefulsets", NULL, e);
	x->controllers = shared_informer(s, "", "v1", "replicationcontrollers", NULL, e);
	if (!x->budgets || !x->pods || !x->deployments || !x->sets || !x->stateful || !x->controllers)
		return ERR_INTERNAL;
	struct informer *const sized[] = {x->deployments, x->sets, x->stateful, x->controllers};
	for (size_t i = 0; i < ARRAY_LEN(sized); i++)
		if (informer_add_handler(sized[i], &owners, c) < 0)
			return err_nomem(e);
	return controller_watch_keys(c, x->budgets) < 0 || informer_add_handler(x->pods, &pods, c) < 0 ? err_nomem(e) : 0;
}
