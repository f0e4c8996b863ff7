/*
 * ReplicaSet and ReplicationController: as many pods of the template as asked for. Adopts matching orphans, deletes the least useful first, reports
 * status. The two differ in their selector (a ReplicationController's is a plain map) and their names alone.
 * Source: Kubernetes ReplicaSet and ReplicationController concepts; ranking as in controller_utils.
 */
#include <errno.h>
#include "controllers/shared.h"
#include "api/selector.h"
#include "base/log.h"

#define BURST 500

struct rs_kind {
	const char *group, *plural, *gv, *kind, *controller, *component;
};
static const struct rs_kind replica_set = {"apps", "replicasets", "apps/v1", "ReplicaSet", "replicaset", "replicaset-controller"};
static const struct rs_kind replication_controller = {"", "replicationcontrollers", "v1", "ReplicationController", "replicationcontroller",
						      "replication-controller"};

struct rs_ctl {
	const struct rs_kind *k;
	struct informer *sets, *pods;
	struct expectations *expect;
};

static void rs_free(void *p)
{
	struct rs_ctl *x = p;

	expectations_free(x->expect);
	free(x);
}

static int selector_of(const struct rs_ctl *x, const json_t *rs, struct api_selector **ret, struct err *e)
{
	if (x->k == &replica_set)
		return api_label_selector_from(ret, json_dot(rs, "spec.selector"), e);
	AUTO_JSON json_t *sel = json_pack("{s:O}", "matchLabels", json_dot(rs, "spec.selector"));
	return sel ? api_label_selector_from(ret, sel, e) : err_nomem(e);
}

static bool owner_key(const struct rs_ctl *x, const struct informer_object *o, char key[KEY_MAX])
{
	if (!strstr(o->json->data, x->k->kind))
		return false;
	AUTO_JSON json_t *pod = informer_object_json(o);
	const json_t *owner = obj_controller_of(pod);
	if (!owner || !streq(json_str(owner, "kind"), x->k->kind))
		return false;
	snprintf(key, KEY_MAX, "%s/%s", o->ns, json_str_or(owner, "name", ""));
	return true;
}

/* Orphans may be adopted by any set of their namespace whose selector matches. */
static void orphan_seen(struct controller *c, struct informer_object *o)
{
	struct rs_ctl *x = c->priv;
	AUTO_JSON json_t *pod = informer_object_json(o);
	struct informer_object **v = NULL;
	size_t n = 0;
	char key[KEY_MAX];

	if (!pod || obj_controller_of(pod) || !json_dot(pod, "metadata.labels") || informer_list(x->sets, o->ns, &v, &n) < 0)
		return;
	for (size_t i = 0; i < n; i++) {
		AUTO_JSON json_t *rs = informer_object_json(v[i]);
		AUTO_SELECTOR struct api_selector *sel = NULL;
		if (selector_of(x, rs, &sel, NULL) == 0 &&
		    api_selector_match_labels(sel, json_dot(pod, "metadata.labels"))) {
			key_of_object(v[i], key, sizeof(key));
			workqueue_add(c->q, key);
		}
	}
	informer_list_free(v, n);
}

static void pod_added(void *arg, struct informer_object *o)
{
	struct controller *c = arg;
	struct rs_ctl *x = c->priv;
	char key[KEY_MAX];

	if (!owner_key(x, o, key)) {
		orphan_seen(c, o);
		return;
	}
	expectation_created(x->expect, key);
	workqueue_add(c->q, key);
}

static void pod_updated(void *arg, struct informer_object *old, struct informer_object *o)
{
	struct controller *c = arg;
	struct rs_ctl *x = c->priv;
	char key[KEY_MAX], old_key[KEY_MAX];

	if (owner_key(x, old, old_key))
		workqueue_add(c->q, old_key);
	if (!owner_key(x, o, key)) {
		orphan_seen(c, o);
		return;
	}
	/* A pod on its way out counts as deleted. */
	if (strstr(o->json->data, "\"deletionTimestamp\""))
		expectation_deleted(x->expect, key, o->uid);
	workqueue_add(c->q, key);
}

static void pod_deleted(void *arg, struct informer_object *o)
{
	struct controller *c = arg;
	struct rs_ctl *x = c->priv;
	char key[KEY_MAX];

	if (!owner_key(x, o, key))
		return;
	expectation_deleted(x->expect, key, o->uid);
	workqueue_add(c->q, key);
}

static int adopt(struct shared *s, const struct rs_kind *k, const json_t *rs, const json_t *pod, struct err *e)
{
	struct client_ref ref = {.plural = "pods", .ns = obj_namespace(pod), .name = obj_name(pod)};
	AUTO_JSON json_t *patch = json_pack("{s:{s:s,s:[{s:s,s:s,s:s,s:s,s:b,s:b}]}}", "metadata", "uid", obj_uid(pod), "ownerReferences", "apiVersion",
					    k->gv, "kind", k->kind, "name", obj_name(rs), "uid", obj_uid(rs), "controller", 1,
					    "blockOwnerDeletion", 1);

	if (!patch)
		return err_nomem(e);
	int r = client_patch_wait(s->client, &ref, CLIENT_STRATEGIC_PATCH, patch, NULL, e);
	return r == ERR_NOT_FOUND ? 0 : r;
}

static int release(struct shared *s, const json_t *rs, const json_t *pod, struct err *e)
{
	struct client_ref ref = {.plural = "pods", .ns = obj_namespace(pod), .name = obj_name(pod)};
	AUTO_JSON json_t *patch = json_pack("{s:{s:s,s:[{s:s,s:s}]}}", "metadata", "uid", obj_uid(pod), "ownerReferences", "$patch", "delete", "uid",
					    obj_uid(rs));

	if (!patch)
		return err_nomem(e);
	int r = client_patch_wait(s->client, &ref, CLIENT_STRATEGIC_PATCH, patch, NULL, e);
	return r == ERR_NOT_FOUND || r == ERR_INVALID ? 0 : r;
}

/* The set's pods: controlled ones, with orphans adopted and misfits released. */
static int claim_pods(struct controller *c, const json_t *rs, json_t ***ret, size_t *ret_n, struct err *e)
{
	struct rs_ctl *x = c->priv;
	AUTO_SELECTOR struct api_selector *sel = NULL;
	struct informer_object **all = NULL;
	size_t n_all = 0, n = 0;

	int r = selector_of(x, rs, &sel, e);
	if (r < 0)
		return r;
	if (informer_list(x->pods, obj_namespace(rs), &all, &n_all) < 0)
		return err_nomem(e);
	json_t **pods = calloc(n_all + 1, sizeof(*pods));
	for (size_t i = 0; pods && r == 0 && i < n_all; i++) {
		/* Parsing every pod of the namespace would be a waste: only those that carry our uid, or no owner at all. */
		bool ours = strstr(all[i]->json->data, obj_uid(rs)) != NULL;
		if (!ours && strstr(all[i]->json->data, "\"ownerReferences\""))
			continue;
		AUTO_JSON json_t *pod = informer_object_json(all[i]);
		bool controlled = obj_controlled_by(pod, obj_uid(rs)), match = api_selector_match_labels(sel, json_dot(pod, "metadata.labels"));
		if (controlled && !match && !obj_deleting(rs)) {
			r = release(c->s, rs, pod, e);
			continue;
		}
		if (!controlled) {
			if (obj_controller_of(pod) || !match || !pod_active(pod) || obj_deleting(rs))
				continue;
			if ((r = adopt(c->s, x->k, rs, pod, e)) < 0)
				break;
		}
		pods[n++] = TAKE_PTR(pod);
	}
	informer_list_free(all, n_all);
	if (!pods || r < 0) {
		trees_free(pods, n);
		return pods ? r : err_nomem(e);
	}
	*ret = pods;
	*ret_n = n;
	return 0;
}

static int create_pod(struct controller *c, const json_t *rs, const char *key, struct err *e)
{
	struct rs_ctl *x = c->priv;
	struct client_ref ref = {.plural = "pods", .ns = obj_namespace(rs)};
	AUTO_JSON json_t *pod = json_deep_copy(json_dot(rs, "spec.template")), *made = NULL;
	AUTO_FREE char *prefix = str_fmt("%s-", obj_name(rs));

	if (!pod || !prefix)
		return err_nomem(e);
	json_object_set_new(pod, "apiVersion", json_string("v1"));
	json_object_set_new(pod, "kind", json_string("Pod"));
	json_dot_del(pod, "metadata.creationTimestamp");
	json_dot_del(pod, "metadata.name");
	json_set_str(pod, "metadata.generateName", prefix);
	json_set_str(pod, "metadata.namespace", obj_namespace(rs));
	if (obj_set_controller(pod, rs, x->k->gv, x->k->kind) < 0)
		return err_nomem(e);
	int r = client_create_wait(c->s->client, &ref, pod, &made, e);
	if (r < 0) {
		expectation_created(x->expect, key); /* it will not be seen */
		if (r == ERR_FORBIDDEN && e && strstr(e->msg, "because it is being terminated"))
			return ERR_NOT_FOUND; /* the namespace goes, and we with it */
		if (r != ERR_NOT_FOUND && r != ERR_FORBIDDEN)
			client_event(c->s->client, rs, x->k->gv, x->k->kind, "Warning", "FailedCreate", x->k->component, "", "Error creating: %s",
				     e ? e->msg : "");
		return r;
	}
	client_event(c->s->client, rs, x->k->gv, x->k->kind, "Normal", "SuccessfulCreate", x->k->component, "", "Created pod: %s",
		     obj_name(made));
	return 0;
}

/* Lower goes first: unassigned, pending, not ready, lower deletion cost, more pods of the set on its node, newer. */
static int rank(const json_t *pod)
{
	if (!*json_str_or(pod, "spec.nodeName", ""))
		return 0;
	const char *phase = json_str_or(pod, "status.phase", "Pending");
	if (streq(phase, "Pending"))
		return 1;
	return streq(phase, "Unknown") ? 2 : pod_ready(pod) ? 4 : 3;
}

static int64_t cost(const json_t *pod)
{
	const char *s = obj_annotation(pod, "controller.kubernetes.io/pod-deletion-cost");
	int64_t v;

	return s && str_to_i64(s, INT32_MIN, INT32_MAX, &v) == 0 ? v : 0;
}

struct ranked {
	json_t *pod;
	int rank, on_node;
	int64_t cost;
};

static int compare(const void *a, const void *b)
{
	const struct ranked *x = a, *y = b;

	if (x->rank != y->rank)
		return x->rank < y->rank ? -1 : 1;
	if (x->cost != y->cost)
		return x->cost < y->cost ? -1 : 1;
	if (x->on_node != y->on_node)
		return x->on_node > y->on_node ? -1 : 1;
	return -strcmp(json_str_or(x->pod, "metadata.creationTimestamp", ""), json_str_or(y->pod, "metadata.creationTimestamp", ""));
}

static int delete_pods(struct controller *c, const json_t *rs, const char *key, json_t **pods, size_t n, int64_t count, struct err *e)
{
	struct rs_ctl *x = c->priv;
	struct ranked *v = calloc(n + 1, sizeof(*v));
	size_t m = 0;
	int r = 0;

	if (!v)
		return err_nomem(e);
	for (size_t i = 0; i < n; i++)
		if (pod_active(pods[i]))
			v[m++] = (struct ranked){pods[i], rank(pods[i]), 0, cost(pods[i])};
	for (size_t i = 0; i < m; i++)
		for (size_t k = 0; k < m; k++)
			v[i].on_node += streq(json_str_or(v[i].pod, "spec.nodeName", ""), json_str_or(v[k].pod, "spec.nodeName", ""));
	qsort(v, m, sizeof(*v), compare);
	for (size_t i = 0; i < m && (int64_t)i < count && r == 0; i++) {
		struct client_ref ref = {.plural = "pods", .ns = obj_namespace(rs), .name = obj_name(v[i].pod)};
		AUTO_JSON json_t *opts = json_pack("{s:s,s:s,s:{s:s}}", "kind", "DeleteOptions", "apiVersion", "v1", "preconditions", "uid",
						   obj_uid(v[i].pod));
		expect_deletion(x->expect, key, obj_uid(v[i].pod));
		r = client_delete_wait(c->s->client, &ref, opts, NULL, e);
		if (r < 0)
			expectation_deleted(x->expect, key, obj_uid(v[i].pod));
		else
			client_event(c->s->client, rs, x->k->gv, x->k->kind, "Normal", "SuccessfulDelete", x->k->component, "", "Deleted pod: %s",
				     obj_name(v[i].pod));
		if (r == ERR_NOT_FOUND || r == ERR_CONFLICT)
			r = 0;
	}
	free(v);
	return r;
}

static bool has_template_labels(const json_t *pod, const json_t *rs)
{
	const char *k;
	json_t *v;

	json_object_foreach (json_dot(rs, "spec.template.metadata.labels"), k, v)
		if (!json_equal(json_object_get(json_dot(pod, "metadata.labels"), k), v))
			return false;
	return true;
}

/* Returns milliseconds until the next pod becomes available, 0 if none is on its way. */
static int64_t update_status(struct controller *c, const json_t *rs, json_t **pods, size_t n, const char *failure, int *ret, struct err *e)
{
	const struct rs_ctl *x = c->priv;
	struct client_ref ref = {
		.group = x->k->group, .plural = x->k->plural, .ns = obj_namespace(rs), .name = obj_name(rs), .subresource = "status"};
	int64_t replicas = 0, labeled = 0, ready = 0, available = 0, leaving = 0, min_ready = json_int_or(rs, "spec.minReadySeconds", 0), wait = 0;
	time_t now = clock_wall(c->s->deps.clock);
	char now_text[TIME_STR_MAX];

	for (size_t i = 0; i < n; i++) {
		if (pod_terminal(pods[i]))
			continue;
		if (obj_deleting(pods[i])) {
			leaving++;
			continue;
		}
		replicas++;
		labeled += has_template_labels(pods[i], rs);
		if (!pod_ready(pods[i]))
			continue;
		ready++;
		if (pod_available(pods[i], min_ready, now))
			available++;
		else
			wait = 1000;
	}
	AUTO_JSON json_t *status = json_deep_copy(json_object_get(rs, "status")), *fresh = NULL;
	if (!status)
		status = json_object();
	AUTO_JSON json_t *before = json_deep_copy(status);
	fresh = json_pack("{s:I,s:I,s:I,s:I,s:I}", "replicas", replicas, "fullyLabeledReplicas", labeled, "readyReplicas", ready,
			  "availableReplicas", available, "observedGeneration", obj_generation(rs));
	if (fresh && x->k == &replica_set && json_object_set_new(fresh, "terminatingReplicas", json_integer(leaving)))
		json_decref(TAKE_PTR(fresh));
	if (!fresh || !before) {
		*ret = err_nomem(e);
		return 0;
	}
	static const char *const optional[] = {"fullyLabeledReplicas", "readyReplicas", "availableReplicas"};
	json_object_update(status, fresh);
	for (size_t i = 0; i < ARRAY_LEN(optional); i++)
		if (json_integer_value(json_object_get(status, optional[i])) == 0)
			json_object_del(status, optional[i]);
	AUTO_JSON json_t *obj = json_copy((json_t *)rs);
	json_object_set(obj, "status", status);
	now_string(c->s, now_text);
	/* The first message stays: a status that changed with every failed try would wake us up for the next one at once. */
	if (failure && obj_condition_true(obj, "ReplicaFailure"))
		;
	else if (failure)
		obj_set_condition(obj, "ReplicaFailure", "True", "FailedCreate", failure, now_text);
	else if (obj_condition(obj, "ReplicaFailure"))
		json_object_del(status, "conditions");
	if (json_equal(before, status)) {
		*ret = 0;
		return wait;
	}
	*ret = client_update_wait(c->s->client, &ref, obj, NULL, e);
	if (*ret == ERR_NOT_FOUND)
		*ret = 0;
	return wait;
}

static int reconcile(void *arg, const char *key, struct err *e)
{
	struct controller *c = arg;
	struct rs_ctl *x = c->priv;
	AUTO_OBJECT struct informer_object *o = informer_get_key(x->sets, key);
	AUTO_JSON json_t *rs = informer_object_json(o);
	json_t **pods = NULL;
	size_t n = 0;
	int64_t active = 0;
	struct err why = {0};
	int r, sr = 0;

	if (!rs) {
		expectations_forget(x->expect, key);
		return 0;
	}
	bool act = expectations_met(x->expect, key) && !obj_deleting(rs);
	if ((r = claim_pods(c, rs, &pods, &n, e)) < 0)
		return r;
	for (size_t i = 0; i < n; i++)
		active += pod_active(pods[i]);
	int64_t diff = json_int_or(rs, "spec.replicas", 1) - active;
	if (act && diff > 0) {
		diff = diff > BURST ? BURST : diff;
		expect_creations(x->expect, key, (int)diff);
		for (int64_t i = 0; i < diff && r == 0; i++) {
			r = create_pod(c, rs, key, &why);
			for (int64_t k = i + 1; r < 0 && k < diff; k++)
				expectation_created(x->expect, key);
		}
		r = r == ERR_NOT_FOUND ? 0 : r;
	} else if (act && diff < 0) {
		r = delete_pods(c, rs, key, pods, n, -diff > BURST ? BURST : -diff, &why);
	}
	int64_t wait = update_status(c, rs, pods, n, r < 0 ? why.msg : NULL, &sr, e);
	trees_free(pods, n);
	if (r < 0) {
		if (e)
			*e = why;
		return r;
	}
	return sr < 0 ? sr : (int)wait;
}

static int init(struct shared *s, const struct rs_kind *k, struct err *e)
{
	static const struct informer_handler pods = {pod_added, pod_updated, pod_deleted, NULL};
	struct rs_ctl *x = calloc(1, sizeof(*x));
	struct controller *c;
	int r;

	if (!x || !(x->expect = expectations_new(s->deps.clock))) {
		free(x);
		return err_nomem(e);
	}
	x->k = k;
	if ((r = controller_new(&c, s, k->controller, 4, reconcile, x, rs_free, e)) < 0) {
		rs_free(x);
		return r;
	}
	x->sets = shared_informer(s, k->group, "v1", k->plural, NULL, e);
	x->pods = shared_informer(s, "", "v1", "pods", NULL, e);
	if (!x->sets || !x->pods)
		return ERR_INTERNAL;
	if (controller_watch_keys(c, x->sets) < 0 || informer_add_handler(x->pods, &pods, c) < 0)
		return err_nomem(e);
	return 0;
}

int replicaset_init(struct shared *s, struct err *e) { return init(s, &replica_set, e); }
int replicationcontroller_init(struct shared *s, struct err *e) { return init(s, &replication_controller, e); }
