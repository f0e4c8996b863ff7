/*
 * Deployment: one ReplicaSet per template, rolled from old to new within maxSurge and maxUnavailable; revisions, history, status.
 * Source: Kubernetes Deployment concept; annotations and reasons as kube-controller-manager writes them, since kubectl reads them.
 */
#include "controllers/history.h"
#include "api/selector.h"
#include "base/log.h"

#define ANN_REVISION "deployment.kubernetes.io/revision"
#define ANN_DESIRED "deployment.kubernetes.io/desired-replicas"
#define ANN_MAX "deployment.kubernetes.io/max-replicas"
#define HASH_LABEL "pod-template-hash"

struct deploy_ctl {
	struct informer *deployments, *sets, *pods;
};

/* One reconcile's view. */
struct roll {
	struct controller *c;
	json_t *d; /* the deployment, own copy */
	json_t **sets; /* all of its replica sets, trees */
	size_t n;
	json_t *fresh; /* the one of the current template; borrowed from sets, or NULL */
};

static int64_t replicas_of(const json_t *o) { return json_int_or(o, "spec.replicas", 1); }
static int64_t status_of(const json_t *o, const char *field)
{
	return json_integer_value(json_object_get(json_object_get(o, "status"), field));
}

static struct client_ref set_ref(const json_t *rs)
{
	return (struct client_ref){.group = "apps", .plural = "replicasets", .ns = obj_namespace(rs), .name = obj_name(rs)};
}

static bool recreates(const json_t *d) { return streq(json_str_or(d, "spec.strategy.type", "RollingUpdate"), "Recreate"); }

static int64_t max_surge(const json_t *d)
{
	return recreates(d) ? 0 : int_or_percent(json_dot(d, "spec.strategy.rollingUpdate.maxSurge"), replicas_of(d), true, (replicas_of(d) + 3) / 4);
}

static int64_t max_unavailable(const json_t *d)
{
	if (recreates(d) || replicas_of(d) == 0)
		return 0;
	int64_t m = int_or_percent(json_dot(d, "spec.strategy.rollingUpdate.maxUnavailable"), replicas_of(d), false, replicas_of(d) / 4);
	if (m == 0 && max_surge(d) == 0)
		m = 1;
	return m > replicas_of(d) ? replicas_of(d) : m;
}

/* --- templates --- */

static bool same_template(const json_t *a, const json_t *b)
{
	AUTO_JSON json_t *x = json_deep_copy(a), *y = json_deep_copy(b);

	json_object_del(json_dot(x, "metadata.labels"), HASH_LABEL);
	json_object_del(json_dot(y, "metadata.labels"), HASH_LABEL);
	json_dot_del(x, "metadata.creationTimestamp");
	json_dot_del(y, "metadata.creationTimestamp");
	return json_equal(x, y);
}

static int64_t revision(const json_t *o)
{
	const char *s = obj_annotation(o, ANN_REVISION);
	int64_t v;

	return s && str_to_i64(s, 0, INT64_MAX, &v) == 0 ? v : 0;
}

static int by_creation(const void *a, const void *b)
{
	const json_t *x = *(json_t *const *)a, *y = *(json_t *const *)b;
	int r = strcmp(json_str_or(x, "metadata.creationTimestamp", ""), json_str_or(y, "metadata.creationTimestamp", ""));

	return r ? r : strcmp(obj_name(x), obj_name(y));
}

static int adopt_set(struct roll *x, const json_t *rs, struct err *e)
{
	struct client_ref ref = set_ref(rs);
	AUTO_JSON json_t *patch = json_pack("{s:{s:s,s:[{s:s,s:s,s:s,s:s,s:b,s:b}]}}", "metadata", "uid", obj_uid(rs), "ownerReferences", "apiVersion",
					    "apps/v1", "kind", "Deployment", "name", obj_name(x->d), "uid", obj_uid(x->d), "controller", 1,
					    "blockOwnerDeletion", 1);

	int r = client_patch_wait(x->c->s->client, &ref, CLIENT_STRATEGIC_PATCH, patch, NULL, e);
	return r == ERR_NOT_FOUND ? 0 : r;
}

/* All sets of the deployment, orphans that match its selector adopted; the one of the current template found. */
static int gather(struct roll *x, struct err *e)
{
	struct deploy_ctl *ctl = x->c->priv;
	AUTO_SELECTOR struct api_selector *sel = NULL;
	struct informer_object **all = NULL;
	size_t n = 0;

	int r = api_label_selector_from(&sel, json_dot(x->d, "spec.selector"), e);
	if (r < 0)
		return r;
	if (informer_list(ctl->sets, obj_namespace(x->d), &all, &n) < 0 || !(x->sets = calloc(n + 1, sizeof(*x->sets))))
		r = err_nomem(e);
	for (size_t i = 0; r == 0 && i < n; i++) {
		AUTO_JSON json_t *rs = informer_object_json(all[i]);
		if (!obj_controlled_by(rs, obj_uid(x->d))) {
			if (obj_controller_of(rs) || obj_deleting(rs) || obj_deleting(x->d) || !api_selector_match_labels(sel, json_dot(rs, "metadata.labels")))
				continue;
			if ((r = adopt_set(x, rs, e)) < 0)
				break;
		}
		x->sets[x->n++] = TAKE_PTR(rs);
	}
	informer_list_free(all, n);
	if (r < 0)
		return r;
	qsort(x->sets, x->n, sizeof(*x->sets), by_creation);
	for (size_t i = 0; i < x->n && !x->fresh; i++)
		if (same_template(json_dot(x->sets[i], "spec.template"), json_dot(x->d, "spec.template")))
			x->fresh = x->sets[i];
	return 0;
}

static int64_t total(const struct roll *x, bool old_only, bool from_status, const char *field)
{
	int64_t sum = 0;

	for (size_t i = 0; i < x->n; i++) {
		if (old_only && x->sets[i] == x->fresh)
			continue;
		sum += from_status ? status_of(x->sets[i], field) : replicas_of(x->sets[i]);
	}
	return sum;
}

/* --- writing sets --- */

static int annotate_scale(json_t *rs, int64_t desired, int64_t max)
{
	char a[24], b[24];

	snprintf(a, sizeof(a), "%lld", (long long)desired);
	snprintf(b, sizeof(b), "%lld", (long long)max);
	return obj_set_annotation(rs, ANN_DESIRED, a) < 0 || obj_set_annotation(rs, ANN_MAX, b) < 0 ? -1 : 0;
}

/* Sets spec.replicas of x->sets[i]; the tree in place becomes what the server answered. */
static int scale(struct roll *x, json_t **slot, int64_t to, struct err *e)
{
	struct client_ref ref = set_ref(*slot);
	AUTO_JSON json_t *rs = json_deep_copy(*slot), *answer = NULL;
	int64_t from = replicas_of(*slot);

	if (!rs || json_set_int(rs, "spec.replicas", to) < 0 || annotate_scale(rs, replicas_of(x->d), replicas_of(x->d) + max_surge(x->d)) < 0)
		return err_nomem(e);
	if (json_equal(rs, *slot))
		return 0;
	int r = client_update_wait(x->c->s->client, &ref, rs, &answer, e);
	if (r < 0)
		return r;
	if (from != to)
		client_event(x->c->s->client, x->d, "apps/v1", "Deployment", "Normal", "ScalingReplicaSet", "deployment-controller", "",
			     "Scaled %s replica set %s from %lld to %lld", to > from ? "up" : "down", obj_name(rs), (long long)from, (long long)to);
	if (*slot == x->fresh)
		x->fresh = answer;
	json_decref(*slot);
	*slot = TAKE_PTR(answer);
	return 0;
}

static bool copied_annotation(const char *k)
{
	return !streq(k, "kubectl.kubernetes.io/last-applied-configuration") && !streq(k, ANN_REVISION) && !streq(k, ANN_DESIRED) && !streq(k, ANN_MAX) &&
	       !streq(k, "deployment.kubernetes.io/revision-history") && !streq(k, "deprecated.deployment.rollback.to");
}

static int64_t room_for_new(const struct roll *x)
{
	int64_t want = replicas_of(x->d), have = x->fresh ? replicas_of(x->fresh) : 0;

	if (recreates(x->d))
		return want;
	int64_t room = want + max_surge(x->d) - total(x, false, false, NULL);
	if (room <= 0)
		return have;
	return have + (room < want - have ? room : want - have);
}

/* The deployment's own annotations and revision on the new set, and the revision on the deployment. */
static int mark_revision(struct roll *x, struct err *e)
{
	int64_t max_old = 0, rev;
	char text[24];
	const char *k;
	json_t *v;

	for (size_t i = 0; i < x->n; i++)
		if (x->sets[i] != x->fresh && revision(x->sets[i]) > max_old)
			max_old = revision(x->sets[i]);
	rev = revision(x->fresh) > max_old ? revision(x->fresh) : max_old + 1;
	snprintf(text, sizeof(text), "%lld", (long long)rev);
	AUTO_JSON json_t *rs = json_deep_copy(x->fresh), *answer = NULL;
	json_object_foreach (json_dot(x->d, "metadata.annotations"), k, v)
		if (copied_annotation(k))
			obj_set_annotation(rs, k, json_string_value(v));
	obj_set_annotation(rs, ANN_REVISION, text);
	annotate_scale(rs, replicas_of(x->d), replicas_of(x->d) + max_surge(x->d));
	json_dot_set(rs, "spec.minReadySeconds", json_integer(json_int_or(x->d, "spec.minReadySeconds", 0)));
	if (json_int_or(x->d, "spec.minReadySeconds", 0) == 0)
		json_dot_del(rs, "spec.minReadySeconds");
	if (!json_equal(rs, x->fresh)) {
		struct client_ref ref = set_ref(rs);
		int r = client_update_wait(x->c->s->client, &ref, rs, &answer, e);
		if (r < 0)
			return r;
		for (size_t i = 0; i < x->n; i++)
			if (x->sets[i] == x->fresh) {
				json_decref(x->sets[i]);
				x->fresh = x->sets[i] = TAKE_PTR(answer);
				break;
			}
	}
	if (streq(obj_annotation(x->d, ANN_REVISION), text))
		return 0;
	/* By way of status, as Kubernetes does: generation counts annotations, but not there. */
	struct client_ref dref = {
		.group = "apps", .plural = "deployments", .ns = obj_namespace(x->d), .name = obj_name(x->d), .subresource = "status"};
	AUTO_JSON json_t *patch = json_pack("{s:{s:{s:s}}}", "metadata", "annotations", ANN_REVISION, text);
	AUTO_JSON json_t *d = NULL;
	int r = client_patch_wait(x->c->s->client, &dref, CLIENT_MERGE_PATCH, patch, &d, e);
	if (r < 0)
		return r;
	json_decref(x->d);
	x->d = TAKE_PTR(d);
	return 0;
}

static int create_set(struct roll *x, struct err *e)
{
	struct client_ref all = {.group = "apps", .plural = "replicasets", .ns = obj_namespace(x->d)};
	char hash[16];
	const char *k;
	json_t *v;

	template_hash(json_dot(x->d, "spec.template"), json_int_or(x->d, "status.collisionCount", 0), hash);
	AUTO_FREE char *name = str_fmt("%s-%s", obj_name(x->d), hash);
	AUTO_JSON json_t *template = json_deep_copy(json_dot(x->d, "spec.template")), *selector = json_deep_copy(json_dot(x->d, "spec.selector"));
	json_dot_set(template, "metadata.labels." HASH_LABEL, json_string(hash));
	json_dot_set(selector, "matchLabels." HASH_LABEL, json_string(hash));
	AUTO_JSON json_t *rs = json_pack("{s:s,s:s,s:{s:s,s:s,s:{},s:O},s:{s:I,s:O,s:O}}", "apiVersion", "apps/v1", "kind", "ReplicaSet", "metadata", "name",
					 name, "namespace", obj_namespace(x->d), "annotations", "labels", json_dot(template, "metadata.labels"), "spec",
					 "replicas", room_for_new(x), "selector", selector, "template", template);
	if (!rs || !name || obj_set_controller(rs, x->d, "apps/v1", "Deployment") < 0)
		return err_nomem(e);
	json_object_foreach (json_dot(x->d, "metadata.annotations"), k, v)
		if (copied_annotation(k))
			obj_set_annotation(rs, k, json_string_value(v));
	annotate_scale(rs, replicas_of(x->d), replicas_of(x->d) + max_surge(x->d));
	if (json_int_or(x->d, "spec.minReadySeconds", 0))
		json_dot_set(rs, "spec.minReadySeconds", json_integer(json_int_or(x->d, "spec.minReadySeconds", 0)));
	int64_t rev = 0;
	char text[24];
	for (size_t i = 0; i < x->n; i++)
		rev = revision(x->sets[i]) > rev ? revision(x->sets[i]) : rev;
	snprintf(text, sizeof(text), "%lld", (long long)rev + 1);
	obj_set_annotation(rs, ANN_REVISION, text);
	AUTO_JSON json_t *made = NULL;
	int r = client_create_wait(x->c->s->client, &all, rs, &made, e);
	if (r == ERR_EXISTS) {
		/* Ours already (the cache lags), or another template with the same hash: then the next turn uses another salt. */
		struct client_ref ref = {.group = "apps", .plural = "replicasets", .ns = obj_namespace(x->d), .name = name};
		if ((r = client_get_wait(x->c->s->client, &ref, &made, e)) < 0)
			return r;
		if (!obj_controlled_by(made, obj_uid(x->d)) || !same_template(json_dot(made, "spec.template"), json_dot(x->d, "spec.template"))) {
			struct client_ref dref = {.group = "apps", .plural = "deployments", .ns = obj_namespace(x->d), .name = obj_name(x->d), .subresource = "status"};
			AUTO_JSON json_t *patch = json_pack("{s:{s:I}}", "status", "collisionCount", json_int_or(x->d, "status.collisionCount", 0) + 1);
			r = client_patch_wait(x->c->s->client, &dref, CLIENT_MERGE_PATCH, patch, NULL, e);
			return r < 0 ? r : err_set(e, ERR_CONFLICT, "template hash %s is taken", hash);
		}
	} else if (r < 0) {
		return r;
	} else if (replicas_of(made) > 0) {
		client_event(x->c->s->client, x->d, "apps/v1", "Deployment", "Normal", "ScalingReplicaSet", "deployment-controller", "",
			     "Scaled up replica set %s from 0 to %lld", name, (long long)replicas_of(made));
	}
	json_t **more = realloc(x->sets, (x->n + 2) * sizeof(*more));
	if (!more)
		return err_nomem(e);
	x->sets = more;
	x->fresh = x->sets[x->n++] = TAKE_PTR(made);
	return 0;
}

/* --- rolling --- */

/* Old pods that are not available serve nobody: they go first and cost no availability. */
static int drop_unhealthy(struct roll *x, int64_t limit, int64_t *dropped, struct err *e)
{
	for (size_t i = 0; i < x->n && *dropped < limit; i++) {
		json_t *rs = x->sets[i];
		if (rs == x->fresh || replicas_of(rs) == 0)
			continue;
		int64_t sick = replicas_of(rs) - status_of(rs, "availableReplicas");
		int64_t n = sick < limit - *dropped ? sick : limit - *dropped;
		if (n <= 0)
			continue;
		int r = scale(x, &x->sets[i], replicas_of(rs) - n, e);
		if (r < 0)
			return r;
		*dropped += n;
	}
	return 0;
}

static int roll_old(struct roll *x, struct err *e)
{
	int64_t min_available = replicas_of(x->d) - max_unavailable(x->d), dropped = 0;
	int64_t fresh_sick = x->fresh ? replicas_of(x->fresh) - status_of(x->fresh, "availableReplicas") : 0;
	int64_t can_go = total(x, false, false, NULL) - min_available - fresh_sick;

	if (total(x, true, false, NULL) == 0 || can_go <= 0)
		return 0;
	int r = drop_unhealthy(x, can_go, &dropped, e);
	if (r < 0)
		return r;
	int64_t spare = total(x, false, true, "availableReplicas") - min_available;
	for (size_t i = 0; i < x->n && spare > 0; i++) {
		json_t *rs = x->sets[i];
		if (rs == x->fresh || replicas_of(rs) == 0)
			continue;
		int64_t n = replicas_of(rs) < spare ? replicas_of(rs) : spare;
		if ((r = scale(x, &x->sets[i], replicas_of(rs) - n, e)) < 0)
			return r;
		spare -= n;
	}
	return 0;
}

static json_t **fresh_slot(struct roll *x)
{
	for (size_t i = 0; i < x->n; i++)
		if (x->sets[i] == x->fresh)
			return &x->sets[i];
	return NULL;
}

static int roll_rolling(struct roll *x, struct err *e)
{
	int64_t have = replicas_of(x->fresh), want = have > replicas_of(x->d) ? replicas_of(x->d) : room_for_new(x);

	int r = scale(x, fresh_slot(x), want, e);
	return r < 0 ? r : roll_old(x, e);
}

/* Are pods of old sets still there? Recreate starts the new ones after the last has gone. */
static bool old_pods_left(struct roll *x)
{
	struct deploy_ctl *ctl = x->c->priv;
	bool left = false;

	for (size_t i = 0; i < x->n && !left; i++) {
		json_t **pods = NULL;
		size_t n = 0;
		if (x->sets[i] == x->fresh || shared_owned(ctl->pods, obj_uid(x->sets[i]), &pods, &n) < 0)
			continue;
		for (size_t k = 0; k < n; k++)
			left = left || !pod_terminal(pods[k]);
		trees_free(pods, n);
	}
	return left;
}

static int scale_all_old(struct roll *x, struct err *e)
{
	for (size_t i = 0; i < x->n; i++) {
		int r = x->sets[i] == x->fresh || replicas_of(x->sets[i]) == 0 ? 0 : scale(x, &x->sets[i], 0, e);
		if (r < 0)
			return r;
	}
	return 0;
}

/* A change of spec.replicas in the middle of a rollout is shared out in proportion to what each set has. */
static int scale_proportionally(struct roll *x, struct err *e)
{
	int64_t all = total(x, false, false, NULL), allowed = replicas_of(x->d) > 0 ? replicas_of(x->d) + max_surge(x->d) : 0, left = allowed - all;
	size_t active = 0, only = 0;

	for (size_t i = 0; i < x->n; i++)
		if (replicas_of(x->sets[i]) > 0) {
			active++;
			only = i;
		}
	if (active == 1)
		return scale(x, &x->sets[only], replicas_of(x->d), e);
	if (active == 0)
		return x->fresh ? scale(x, fresh_slot(x), replicas_of(x->d), e) : 0;
	if (x->fresh && status_of(x->fresh, "availableReplicas") == replicas_of(x->d) && replicas_of(x->fresh) == replicas_of(x->d))
		return scale_all_old(x, e);
	/* Those that keep their size too: it is their annotations that say for which size of the deployment they were made. */
	for (size_t i = x->n; i-- > 0;) {
		int64_t have = replicas_of(x->sets[i]), share;
		if (have == 0)
			continue;
		const char *max_text = obj_annotation(x->sets[i], ANN_MAX);
		int64_t max_before = all;
		if (max_text && str_to_i64(max_text, 1, INT64_MAX, &max_before) < 0)
			max_before = all;
		share = left == 0 ? 0 : (have * allowed + max_before / 2) / max_before - have;
		if ((left > 0 && share > left) || (left < 0 && share < left))
			share = left;
		int r = scale(x, &x->sets[i], have + share < 0 ? 0 : have + share, e);
		if (r < 0)
			return r;
		left -= share;
	}
	return left == 0 || !x->fresh ? 0 : scale(x, fresh_slot(x), replicas_of(x->fresh) + left < 0 ? 0 : replicas_of(x->fresh) + left, e);
}

static bool is_scaling(const struct roll *x)
{
	for (size_t i = 0; i < x->n; i++) {
		const char *desired = obj_annotation(x->sets[i], ANN_DESIRED);
		int64_t v;
		if (replicas_of(x->sets[i]) > 0 && desired && str_to_i64(desired, 0, INT64_MAX, &v) == 0 && v != replicas_of(x->d))
			return true;
	}
	return false;
}

/* --- status --- */

static bool complete(const struct roll *x)
{
	int64_t want = replicas_of(x->d);

	return x->fresh && status_of(x->fresh, "replicas") == want && total(x, false, true, "replicas") == want &&
	       total(x, false, true, "availableReplicas") >= want && replicas_of(x->fresh) == want;
}

/* Seconds of the progress deadline left; negative when over. INT64_MAX: none. */
static int64_t deadline_left(const struct roll *x, const json_t *cond)
{
	int64_t limit = json_int_or(x->d, "spec.progressDeadlineSeconds", INT32_MAX);
	struct timespec since;

	if (limit == INT32_MAX || !cond || time_parse(json_str_or(cond, "lastUpdateTime", ""), &since) < 0)
		return INT64_MAX;
	return limit - (clock_wall(x->c->s->deps.clock) - since.tv_sec);
}

static void set_progress(json_t *obj, const char *status, const char *reason, const char *message, const char *now)
{
	const json_t *before = obj_condition(obj, "Progressing");
	bool changed = !before || !streq(json_str(before, "reason"), reason) || !streq(json_str(before, "status"), status) ||
		       !streq(json_str(before, "message"), message);

	obj_set_condition(obj, "Progressing", status, reason, message, now);
	json_t *c = (json_t *)obj_condition(obj, "Progressing");
	if (changed && c)
		json_object_set_new(c, "lastUpdateTime", json_string(now));
}

static int update_status(struct roll *x, int64_t *ret_wait, struct err *e)
{
	struct client_ref ref = {.group = "apps", .plural = "deployments", .ns = obj_namespace(x->d), .name = obj_name(x->d), .subresource = "status"};
	AUTO_JSON json_t *obj = json_deep_copy(x->d);
	json_t *status = json_object_get(obj, "status");
	int64_t available = total(x, false, true, "availableReplicas"), replicas = total(x, false, true, "replicas"),
		ready = total(x, false, true, "readyReplicas"), updated = x->fresh ? status_of(x->fresh, "replicas") : 0;
	const json_t *before_progress = obj_condition(x->d, "Progressing");
	char now[TIME_STR_MAX];

	now_string(x->c->s, now);
	if (!status)
		json_object_set_new(obj, "status", status = json_object());
	AUTO_JSON json_t *old_status = json_deep_copy(status);
	const struct {
		const char *name;
		int64_t v;
	} counts[] = {{"replicas", replicas}, {"updatedReplicas", updated}, {"readyReplicas", ready}, {"availableReplicas", available},
		      {"unavailableReplicas", replicas_of(x->d) > available ? replicas_of(x->d) - available : 0},
		      {"terminatingReplicas", total(x, false, true, "terminatingReplicas")}};
	bool progressed = updated > json_int_or(x->d, "status.updatedReplicas", 0) || ready > json_int_or(x->d, "status.readyReplicas", 0) ||
			  available > json_int_or(x->d, "status.availableReplicas", 0) ||
			  replicas - updated < json_int_or(x->d, "status.replicas", 0) - json_int_or(x->d, "status.updatedReplicas", 0);
	for (size_t i = 0; i < ARRAY_LEN(counts); i++) {
		if (counts[i].v || streq(counts[i].name, "terminatingReplicas"))
			json_object_set_new(status, counts[i].name, json_integer(counts[i].v));
		else
			json_object_del(status, counts[i].name);
	}
	json_object_set_new(status, "observedGeneration", json_integer(obj_generation(x->d)));
	bool enough = available >= replicas_of(x->d) - max_unavailable(x->d);
	const json_t *av = obj_condition(obj, "Available");
	if (!av || streq(json_str(av, "status"), "True") != enough) {
		obj_set_condition(obj, "Available", enough ? "True" : "False", enough ? "MinimumReplicasAvailable" : "MinimumReplicasUnavailable",
				  enough ? "Deployment has minimum availability." : "Deployment does not have minimum availability.", now);
		json_t *c = (json_t *)obj_condition(obj, "Available");
		if (c)
			json_object_set_new(c, "lastUpdateTime", json_string(now));
	}
	AUTO_FREE char *text = NULL;
	*ret_wait = 0;
	if (json_bool_or(x->d, "spec.paused", false)) {
		if (!before_progress || !streq(json_str(before_progress, "reason"), "DeploymentPaused"))
			set_progress(obj, "Unknown", "DeploymentPaused", "Deployment is paused", now);
	} else if (before_progress && streq(json_str(before_progress, "reason"), "DeploymentPaused")) {
		set_progress(obj, "Unknown", "DeploymentResumed", "Deployment is resumed", now);
	} else if (complete(x)) {
		text = str_fmt("ReplicaSet \"%s\" has successfully progressed.", obj_name(x->fresh));
		set_progress(obj, "True", "NewReplicaSetAvailable", text, now);
	} else if (progressed || !before_progress || streq(json_str(before_progress, "reason"), "NewReplicaSetAvailable")) {
		text = x->fresh ? str_fmt("ReplicaSet \"%s\" is progressing.", obj_name(x->fresh)) : str_dup("Deployment is progressing.");
		set_progress(obj, "True", "ReplicaSetUpdated", text, now);
		json_t *c = (json_t *)obj_condition(obj, "Progressing");
		if (c && progressed)
			json_object_set_new(c, "lastUpdateTime", json_string(now));
		*ret_wait = deadline_left(x, c) == INT64_MAX ? 0 : (deadline_left(x, c) + 1) * 1000;
	} else {
		int64_t left = deadline_left(x, before_progress);
		if (left < 0 && !streq(json_str(before_progress, "reason"), "ProgressDeadlineExceeded")) {
			text = x->fresh ? str_fmt("ReplicaSet \"%s\" has timed out progressing.", obj_name(x->fresh)) : str_dup("Deployment has timed out progressing.");
			set_progress(obj, "False", "ProgressDeadlineExceeded", text, now);
		} else if (left >= 0 && left != INT64_MAX) {
			*ret_wait = (left + 1) * 1000;
		}
	}
	const json_t *failure = x->fresh ? obj_condition(x->fresh, "ReplicaFailure") : NULL;
	if (failure)
		obj_set_condition(obj, "ReplicaFailure", json_str_or(failure, "status", "True"), json_str_or(failure, "reason", ""),
				  json_str_or(failure, "message", ""), now);
	else if (obj_condition(obj, "ReplicaFailure")) {
		json_t *list = json_object_get(status, "conditions"), *c;
		size_t i;
		json_array_foreach (list, i, c)
			if (streq(json_str(c, "type"), "ReplicaFailure")) {
				json_array_remove(list, i);
				break;
			}
	}
	if (json_equal(old_status, status))
		return 0;
	int r = client_update_wait(x->c->s->client, &ref, obj, NULL, e);
	return r == ERR_NOT_FOUND ? 0 : r;
}

/* Finished sets beyond revisionHistoryLimit go, oldest revision first. */
static int trim_history(struct roll *x, struct err *e)
{
	int64_t limit = json_int_or(x->d, "spec.revisionHistoryLimit", 10), idle = 0;

	for (size_t i = 0; i < x->n; i++)
		idle += x->sets[i] != x->fresh && replicas_of(x->sets[i]) == 0 && status_of(x->sets[i], "replicas") == 0 && !obj_deleting(x->sets[i]);
	while (idle > limit) {
		json_t *oldest = NULL;
		for (size_t i = 0; i < x->n; i++) {
			json_t *rs = x->sets[i];
			if (rs == x->fresh || replicas_of(rs) || status_of(rs, "replicas") || obj_deleting(rs) || json_object_get(rs, "gone"))
				continue;
			if (!oldest || revision(rs) < revision(oldest))
				oldest = rs;
		}
		if (!oldest)
			return 0;
		struct client_ref ref = set_ref(oldest);
		int r = client_delete_wait(x->c->s->client, &ref, NULL, NULL, e);
		if (r < 0 && r != ERR_NOT_FOUND)
			return r;
		json_object_set_new(oldest, "gone", json_true());
		idle--;
	}
	return 0;
}

static int roll(struct roll *x, struct err *e)
{
	bool paused = json_bool_or(x->d, "spec.paused", false);
	int r;

	if (paused || (is_scaling(x) && x->fresh)) {
		if ((r = scale_proportionally(x, e)) < 0)
			return r;
		return 0;
	}
	if (recreates(x->d)) {
		if (total(x, true, false, NULL) > 0)
			return scale_all_old(x, e);
		if (old_pods_left(x))
			return 0;
	}
	if (!x->fresh && (r = create_set(x, e)) < 0)
		return r;
	if ((r = mark_revision(x, e)) < 0)
		return r;
	if (recreates(x->d))
		r = replicas_of(x->fresh) == replicas_of(x->d) ? 0 : scale(x, fresh_slot(x), replicas_of(x->d), e);
	else
		r = roll_rolling(x, e);
	return r;
}

static int reconcile(void *arg, const char *key, struct err *e)
{
	struct controller *c = arg;
	struct deploy_ctl *ctl = c->priv;
	AUTO_OBJECT struct informer_object *o = informer_get_key(ctl->deployments, key);
	struct roll x = {.c = c, .d = informer_object_json(o)};
	int64_t wait = 0;

	if (!x.d)
		return 0;
	int r = gather(&x, e);
	if (r == 0 && !obj_deleting(x.d))
		r = roll(&x, e);
	if (r == 0)
		r = update_status(&x, &wait, e);
	if (r == 0 && complete(&x))
		r = trim_history(&x, e);
	trees_free(x.sets, x.n);
	json_decref(x.d);
	return r < 0 ? r : (int)(wait > INT32_MAX ? INT32_MAX : wait);
}

/* Pods matter to Recreate only: the last one of the old template going away. */
static void pod_deleted(void *arg, struct informer_object *o)
{
	struct controller *c = arg;
	struct deploy_ctl *ctl = c->priv;
	char key[KEY_MAX];

	if (!strstr(o->json->data, "\"ReplicaSet\""))
		return;
	AUTO_JSON json_t *pod = informer_object_json(o);
	const json_t *owner = obj_controller_of(pod);
	AUTO_OBJECT struct informer_object *so = owner ? informer_get(ctl->sets, o->ns, json_str_or(owner, "name", "")) : NULL;
	AUTO_JSON json_t *rs = informer_object_json(so);
	const json_t *d = rs ? obj_controller_of(rs) : NULL;
	if (!d)
		return;
	snprintf(key, sizeof(key), "%s/%s", o->ns, json_str_or(d, "name", ""));
	workqueue_add(c->q, key);
}

int deployment_init(struct shared *s, struct err *e)
{
	static const struct informer_handler pods = {.deleted = pod_deleted};
	struct deploy_ctl *x = calloc(1, sizeof(*x));
	struct controller *c;
	int r;

	if (!x)
		return err_nomem(e);
	if ((r = controller_new(&c, s, "deployment", 4, reconcile, x, free, e)) < 0) {
		free(x);
		return r;
	}
	x->deployments = shared_informer(s, "apps", "v1", "deployments", NULL, e);
	x->sets = shared_informer(s, "apps", "v1", "replicasets", NULL, e);
	x->pods = shared_informer(s, "", "v1", "pods", NULL, e);
	if (!x->deployments || !x->sets || !x->pods)
		return ERR_INTERNAL;
	if (controller_watch_keys(c, x->deployments) < 0 || controller_watch_owned(c, x->sets, "Deployment") < 0 ||
	    informer_add_handler(x->pods, &pods, c) < 0)
		return err_nomem(e);
	return 0;
}
