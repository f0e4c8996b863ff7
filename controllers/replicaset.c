/*
 * ReplicaSet and ReplicationController: as many pods of the template as asked for. Adopts matching orphans, deletes the least useful first, reports
 * status. The two differ in their selector (a ReplicationController's is a plain map) and their names alone.
 * Source: Kubernetes ReplicaSet and ReplicationController concepts; ranking as in controller_utils.
 */
#include <errno.h>
#include "controllers/owned.h"
#include "base/log.h"

#define BURST 500

struct rs_kind {
	struct owner_kind owner;
	const char *controller;
};
static const struct rs_kind replica_set = {{"apps", "replicasets", "apps/v1", "ReplicaSet", "replicaset-controller", NULL, false}, "replicaset"};
static const struct rs_kind replication_controller = {
	{"", "replicationcontrollers", "v1", "ReplicationController", "replication-controller", NULL, true}, "replicationcontroller"};

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

static bool wants(const json_t *rs, const json_t *pod)
{
	(void)rs;
	return pod_active(pod);
}

static int create_pod(struct controller *c, const json_t *rs, const char *key, struct err *e)
{
	struct rs_ctl *x = c->priv;
	AUTO_FREE char *prefix = str_fmt("%s-", obj_name(rs));
	AUTO_JSON json_t *pod = prefix ? pod_from_template(json_dot(rs, "spec.template"), obj_namespace(rs), prefix, true) : NULL;

	return pod ? pod_create(c, &x->k->owner, rs, pod, x->expect, key, NULL, e) : err_nomem(e);
}

static int delete_pods(struct controller *c, const json_t *rs, const char *key, json_t **pods, size_t n, int64_t count, struct err *e)
{
	struct rs_ctl *x = c->priv;
	struct pod_rank *v = calloc(n + 1, sizeof(*v));
	size_t m = 0;
	int r = 0;

	if (!v)
		return err_nomem(e);
	for (size_t i = 0; i < n; i++)
		if (pod_active(pods[i]))
			v[m++].pod = pods[i];
	pods_rank(v, m, true);
	for (size_t i = 0; i < m && (int64_t)i < count && r == 0; i++)
		r = pod_delete(c, &x->k->owner, rs, v[i].pod, x->expect, key, e);
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
		.group = x->k->owner.group, .plural = x->k->owner.plural, .ns = obj_namespace(rs), .name = obj_name(rs), .subresource = "status"};
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
	const struct owned_claim claim = {.k = &x->k->owner, .owner = rs, .objects = x->pods, .group = "", .plural = "pods", .wants = wants};
	if ((r = owned_claim(c, &claim, &pods, &n, e)) < 0)
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
	x->sets = shared_informer(s, k->owner.group, "v1", k->owner.plural, NULL, e);
	x->pods = shared_informer(s, "", "v1", "pods", NULL, e);
	if (!x->sets || !x->pods)
		return ERR_INTERNAL;
	if (controller_watch_keys(c, x->sets) < 0 || owned_watch_pods(c, &k->owner, x->sets, x->pods, x->expect) < 0)
		return err_nomem(e);
	return 0;
}

int replicaset_init(struct shared *s, struct err *e) { return init(s, &replica_set, e); }
int replicationcontroller_init(struct shared *s, struct err *e) { return init(s, &replication_controller, e); }
