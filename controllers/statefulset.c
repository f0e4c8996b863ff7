/*
 * StatefulSet: pods with names and claims that last. What to do next is in stateful_plan.c; here that is done and told.
 * Source: Kubernetes StatefulSet concept; pkg/controller/statefulset.
 */
#include <errno.h>
#include "controllers/history.h"
#include "controllers/stateful_claims.h"
#include "controllers/stateful_plan.h"

#define COMPONENT   "statefulset-controller"
#define LABEL_NAME  "statefulset.kubernetes.io/pod-name"
#define LABEL_INDEX "apps.kubernetes.io/pod-index"
#define UNSEEN_MS   310000 /* expectations have expired by then */

static const struct owner_kind stateful_kind = {"apps", "statefulsets", "apps/v1", "StatefulSet", NULL, NULL, false};

struct stateful_ctl {
	struct informer *sets, *pods, *claims, *revisions;
	struct expectations *expect;
};

struct stateful_sync {
	struct controller *c;
	struct stateful_ctl *x;
	const char *key;
	json_t *set; /* own copy */
	json_t **pods;
	size_t n_pods;
	struct history h;
	const json_t *before;  /* the revision of what is not updated yet; of h */
	struct stateful_view v;
	int64_t start;
};

static void stateful_free(void *p)
{
	struct stateful_ctl *x = p;

	expectations_free(x->expect);
	free(x);
}

static void tell(struct stateful_sync *s, const char *verb, const char *what, const char *name, const struct err *why)
{
	AUTO_FREE char *reason = str_fmt("%s%c%s", why ? "Failed" : "Successful", verb[0] - 'a' + 'A', verb + 1);

	if (!reason)
		return;
	if (why)
		client_event(s->c->s->client, s->set, "apps/v1", "StatefulSet", "Warning", reason, COMPONENT, "", "%s %s %s in StatefulSet %s failed error: %s", verb,
			     what, name, obj_name(s->set), why->msg);
	else
		client_event(s->c->s->client, s->set, "apps/v1", "StatefulSet", "Normal", reason, COMPONENT, "", "%s %s %s in StatefulSet %s successful", verb,
			     what, name, obj_name(s->set));
}

/* --- claims --- */

/* Makes what is missing of the pod's claims. Returns 1 when one of them is still on its way out: the pod has to wait. */
static int make_claims(struct stateful_sync *s, int64_t ordinal, const char *pod_name, struct err *e)
{
	json_t *t;
	size_t i;
	bool stale = false;

	json_array_foreach (json_dot(s->set, "spec.volumeClaimTemplates"), i, t) {
		AUTO_FREE char *name = stateful_claim_name(t, s->set, ordinal);
		AUTO_OBJECT struct informer_object *o = name ? informer_get(s->x->claims, obj_namespace(s->set), name) : NULL;
		AUTO_JSON json_t *have = informer_object_json(o);
		struct client_ref ref = {.plural = "persistentvolumeclaims", .ns = obj_namespace(s->set)};
		if (have) {
			stale = stale || stateful_claim_stale(have, pod_name);
			continue;
		}
		AUTO_JSON json_t *claim = name ? stateful_claim(t, s->set, ordinal) : NULL;
		if (!claim)
			return err_nomem(e);
		int r = client_create_wait(s->c->s->client, &ref, claim, NULL, e);
		if (r == ERR_EXISTS)
			continue; /* the cache lags */
		if (r < 0) {
			client_event(s->c->s->client, s->set, "apps/v1", "StatefulSet", "Warning", "FailedCreate", COMPONENT, "",
				     "create Claim %s for Pod %s in StatefulSet %s failed error: %s", name, pod_name, obj_name(s->set), e ? e->msg : "");
			return r;
		}
		client_event(s->c->s->client, s->set, "apps/v1", "StatefulSet", "Normal", "SuccessfulCreate", COMPONENT, "",
			     "create Claim %s Pod %s in StatefulSet %s success", name, pod_name, obj_name(s->set));
	}
	return stale;
}

static int own_claims(struct stateful_sync *s, const struct stateful_pod *p, bool condemned, struct err *e)
{
	json_t *t;
	size_t i;

	json_array_foreach (json_dot(s->set, "spec.volumeClaimTemplates"), i, t) {
		AUTO_FREE char *name = stateful_claim_name(t, s->set, p->ordinal);
		AUTO_OBJECT struct informer_object *o = name ? informer_get(s->x->claims, obj_namespace(s->set), name) : NULL;
		AUTO_JSON json_t *claim = informer_object_json(o);
		struct client_ref ref = {.plural = "persistentvolumeclaims", .ns = obj_namespace(s->set), .name = name};
		int r = claim && !obj_deleting(claim) ? stateful_claim_owners(claim, s->set, p->pod, condemned) : 0;
		if (r > 0)
			r = client_update_wait(s->c->s->client, &ref, claim, NULL, e);
		if (r < 0 && r != ERR_NOT_FOUND)
			return r == -ENOMEM ? err_nomem(e) : r;
	}
	return 0;
}

/* --- pods --- */

static int label_pod(json_t *pod, int64_t ordinal)
{
	char index[24];

	snprintf(index, sizeof(index), "%lld", (long long)ordinal);
	return obj_set_label(pod, LABEL_NAME, obj_name(pod)) < 0 || obj_set_label(pod, LABEL_INDEX, index) < 0 ? -ENOMEM : 0;
}

/* Before the partition a pod comes back as it was. */
static const json_t *revision_for(const struct stateful_sync *s, int64_t ordinal)
{
	return !s->v.on_delete && ordinal - s->start < s->v.partition ? s->before : s->h.current;
}

static int create(struct stateful_sync *s, int64_t ordinal, struct err *e)
{
	const json_t *revision = revision_for(s, ordinal);
	AUTO_FREE char *name = str_fmt("%s-%lld", obj_name(s->set), (long long)ordinal);
	AUTO_JSON json_t *as = history_apply(s->set, revision);
	AUTO_JSON json_t *pod = name && as ? pod_from_template(json_dot(as, "spec.template"), obj_namespace(s->set), name, false) : NULL;
	const char *service = json_str_or(s->set, "spec.serviceName", "");
	struct err why = {0};

	if (!pod || label_pod(pod, ordinal) < 0 || obj_set_label(pod, HASH_LABEL_REVISION, obj_name(revision)) < 0 ||
	    json_set_str(pod, "spec.hostname", name) < 0 || (*service && json_set_str(pod, "spec.subdomain", service) < 0) ||
	    stateful_mount(pod, s->set, ordinal) < 0)
		return err_nomem(e);
	int r = make_claims(s, ordinal, name, e);
	if (r != 0)
		return r; /* a claim that goes has an event when it has gone */
	expect_creations(s->x->expect, s->key, 1);
	r = pod_create(s->c, &stateful_kind, s->set, pod, s->x->expect, s->key, NULL, &why);
	if (r == 0)
		tell(s, "create", "Pod", name, NULL);
	else if (r != ERR_NOT_FOUND && r != ERR_EXISTS && r != ERR_CANCELED)
		tell(s, "create", "Pod", name, &why);
	if (r < 0 && e)
		*e = why;
	return r;
}

static int delete(struct stateful_sync *s, const json_t *pod, struct err *e)
{
	struct err why = {0};
	int r = pod_delete(s->c, &stateful_kind, s->set, pod, s->x->expect, s->key, &why);

	if (r != ERR_CANCELED)
		tell(s, "delete", "Pod", obj_name(pod), r < 0 ? &why : NULL);
	if (r < 0 && e)
		*e = why;
	return r;
}

static int fix(struct stateful_sync *s, const struct stateful_pod *p, struct err *e)
{
	AUTO_JSON json_t *pod = json_deep_copy(p->pod);
	struct client_ref ref = {.plural = "pods", .ns = obj_namespace(p->pod), .name = obj_name(p->pod)};
	int r = 0;

	if (!pod || label_pod(pod, p->ordinal) < 0)
		return err_nomem(e);
	if (!json_equal(json_dot(pod, "metadata.labels"), json_dot(p->pod, "metadata.labels")))
		r = client_update_wait(s->c->s->client, &ref, pod, NULL, e);
	if (r == 0 && streq(json_str(pod, "status.phase"), "Pending"))
		r = make_claims(s, p->ordinal, obj_name(pod), e);
	return r < 0 ? r : own_claims(s, p, false, e);
}

/* Returns 1 when the rest has to wait for an event. */
static int carry_out(struct stateful_sync *s, const struct stateful_step *step, struct err *e)
{
	const struct stateful_pod *p = step->pod;

	switch (step->act) {
	case STATEFUL_CREATE:
		return create(s, p->ordinal, e);
	case STATEFUL_RECREATE:
		client_event(s->c->s->client, s->set, "apps/v1", "StatefulSet", streq(json_str(p->pod, "status.phase"), "Failed") ? "Warning" : "Normal",
			     streq(json_str(p->pod, "status.phase"), "Failed") ? "RecreatingFailedPod" : "RecreatingTerminatedPod", COMPONENT, "",
			     "StatefulSet %s/%s is recreating %s Pod %s", obj_namespace(s->set), obj_name(s->set),
			     streq(json_str(p->pod, "status.phase"), "Failed") ? "failed" : "terminated", obj_name(p->pod));
		return delete(s, p->pod, e);
	case STATEFUL_FIX:
		return fix(s, p, e);
	case STATEFUL_RETAIN:
		return own_claims(s, p, true, e);
	case STATEFUL_DELETE:
	case STATEFUL_UPDATE:
		return delete(s, p->pod, e);
	}
	return 0;
}

/* --- the view --- */

static int by_ordinal_down(const void *a, const void *b)
{
	const struct stateful_pod *x = a, *y = b;

	return x->ordinal > y->ordinal ? -1 : x->ordinal < y->ordinal;
}

static int look(struct stateful_sync *s)
{
	const json_t *ru = json_dot(s->set, "spec.updateStrategy.rollingUpdate");
	int64_t replicas = json_int_or(s->set, "spec.replicas", 1), min_ready = json_int_or(s->set, "spec.minReadySeconds", 0);
	time_t now = clock_wall(s->c->s->deps.clock);
	struct stateful_view *v = &s->v;

	s->start = json_int_or(s->set, "spec.ordinals.start", 0);
	v->n = (size_t)(replicas < 0 ? 0 : replicas);
	v->replicas = calloc(v->n + 1, sizeof(*v->replicas));
	v->condemned = calloc(s->n_pods + 1, sizeof(*v->condemned));
	if (!v->replicas || !v->condemned)
		return -ENOMEM;
	v->ordered = !streq(json_str(s->set, "spec.podManagementPolicy"), "Parallel");
	v->on_delete = streq(json_str(s->set, "spec.updateStrategy.type"), "OnDelete");
	v->partition = json_int_or(ru, "partition", 0);
	v->max_unavailable = int_or_percent(json_object_get(ru, "maxUnavailable"), replicas, true, 1);
	if (v->max_unavailable < 1)
		v->max_unavailable = 1;
	v->update = obj_name(s->h.current);
	for (size_t i = 0; i < v->n; i++)
		v->replicas[i] = (struct stateful_pod){.ordinal = s->start + (int64_t)i, .revision = ""};
	for (size_t i = 0; i < s->n_pods; i++) {
		int64_t ordinal = stateful_ordinal(obj_name(s->set), obj_name(s->pods[i]));
		if (ordinal < 0)
			continue;
		struct stateful_pod *p = ordinal >= s->start && ordinal < s->start + replicas ? &v->replicas[ordinal - s->start] : &v->condemned[v->n_condemned++];
		p->ordinal = ordinal;
		stateful_read(p, s->pods[i], min_ready, now);
	}
	qsort(v->condemned, v->n_condemned, sizeof(*v->condemned), by_ordinal_down);
	return 0;
}

/* --- status --- */

struct stateful_counts {
	int64_t replicas, ready, available, current, updated;
	bool maturing; /* one is ready, but not for minReadySeconds yet */
};

static void count(const struct stateful_sync *s, const struct stateful_pod *v, size_t n, struct stateful_counts *k)
{
	for (size_t i = 0; i < n; i++) {
		if (!v[i].pod)
			continue;
		k->replicas++;
		k->ready += v[i].ready;
		k->available += v[i].available;
		k->maturing = k->maturing || (v[i].ready && !v[i].available);
		if (v[i].terminating)
			continue;
		k->current += streq(v[i].revision, obj_name(s->before));
		k->updated += streq(v[i].revision, s->v.update);
	}
}

static int update_status(struct stateful_sync *s, bool *ret_maturing, struct err *e)
{
	struct client_ref ref = {
		.group = "apps", .plural = "statefulsets", .ns = obj_namespace(s->set), .name = obj_name(s->set), .subresource = "status"};
	AUTO_JSON json_t *obj = json_deep_copy(s->set);
	struct stateful_counts k = {0};
	const char *current = obj_name(s->before);
	int64_t want = (int64_t)s->v.n;

	count(s, s->v.replicas, s->v.n, &k);
	count(s, s->v.condemned, s->v.n_condemned, &k);
	*ret_maturing = k.maturing;
	if (!s->v.on_delete && k.updated == want && k.ready == want && k.replicas == want) { /* the update is through */
		current = s->v.update;
		k.current = k.updated;
	}
	if (obj && !json_is_object(json_object_get(obj, "status")))
		json_object_set_new(obj, "status", json_object());
	json_t *st = json_object_get(obj, "status");
	if (!st)
		return err_nomem(e);
	const struct {
		const char *name;
		int64_t v;
		bool always;
	} fields[] = {{"replicas", k.replicas, true},	{"availableReplicas", k.available, true}, {"readyReplicas", k.ready, false},
		      {"currentReplicas", k.current, false}, {"updatedReplicas", k.updated, false},   {"observedGeneration", obj_generation(s->set), false}};
	for (size_t i = 0; i < ARRAY_LEN(fields); i++)
		if (fields[i].v || fields[i].always)
			json_object_set_new(st, fields[i].name, json_integer(fields[i].v));
		else
			json_object_del(st, fields[i].name);
	json_object_set_new(st, "currentRevision", json_string(current));
	json_object_set_new(st, "updateRevision", json_string(s->v.update));
	if (!json_object_get(st, "collisionCount"))
		json_object_set_new(st, "collisionCount", json_integer(0));
	if (json_equal(st, json_object_get(s->set, "status")))
		return 0;
	int r = client_update_wait(s->c->s->client, &ref, obj, NULL, e);
	return r == ERR_NOT_FOUND ? 0 : r;
}

static int raise_collisions(struct stateful_sync *s, struct err *e)
{
	struct client_ref ref = {
		.group = "apps", .plural = "statefulsets", .ns = obj_namespace(s->set), .name = obj_name(s->set), .subresource = "status"};

	if (json_set_int(s->set, "status.collisionCount", json_int_or(s->set, "status.collisionCount", 0) + 1) < 0)
		return err_nomem(e);
	int r = client_update_wait(s->c->s->client, &ref, s->set, NULL, e);
	return r < 0 ? r : err_set(e, ERR_CONFLICT, "the hash of the template is taken: the next one is salted");
}

static bool revision_live(void *arg, const json_t *revision)
{
	const struct stateful_sync *s = arg;

	if (revision == s->before)
		return true;
	for (size_t i = 0; i < s->n_pods; i++)
		if (streq(obj_label(s->pods[i], HASH_LABEL_REVISION), obj_name(revision)))
			return true;
	return false;
}

/* --- the pass --- */

static bool wants(const json_t *set, const json_t *pod) { return stateful_ordinal(obj_name(set), obj_name(pod)) >= 0; }

static int act(struct stateful_sync *s, struct err *e)
{
	struct stateful_step *steps = calloc(2 * (s->v.n + s->v.n_condemned) + 1, sizeof(*steps));
	int r = 0;

	if (!steps)
		return err_nomem(e);
	size_t n = stateful_plan(&s->v, steps);
	for (size_t i = 0; i < n && r == 0; i++)
		r = carry_out(s, &steps[i], e);
	free(steps);
	/* The cache lags behind a pod that is there already; the namespace goes. */
	return r == ERR_EXISTS || r == ERR_NOT_FOUND ? 0 : r;
}

static int pass(struct stateful_sync *s, struct err *e)
{
	const struct owned_claim claim = {.k = &stateful_kind, .owner = s->set, .objects = s->x->pods, .group = "", .plural = "pods", .wants = wants};
	struct err why = {0};
	bool maturing = false;
	int r, ar = 0;

	s->h = (struct history){.c = s->c, .k = &stateful_kind, .owner = s->set, .revisions = s->x->revisions, .hash_label = "controller.kubernetes.io/hash"};
	if ((r = history_sync(&s->h, e)) < 0)
		return r == ERR_EXISTS ? raise_collisions(s, e) : r;
	s->before = history_find(&s->h, json_str_or(s->set, "status.currentRevision", ""));
	if (!s->before)
		s->before = s->h.current;
	if ((r = owned_claim(s->c, &claim, &s->pods, &s->n_pods, e)) < 0)
		return r;
	if (look(s) < 0)
		return err_nomem(e);
	if (!obj_deleting(s->set))
		ar = act(s, &why);
	if ((r = update_status(s, &maturing, e)) < 0)
		return r;
	if (ar < 0) {
		if (e)
			*e = why;
		return ar;
	}
	r = history_trim(&s->h, revision_live, s, e);
	return r < 0 ? r : maturing ? 1000 : 0;
}

static int reconcile(void *arg, const char *key, struct err *e)
{
	struct controller *c = arg;
	struct stateful_ctl *x = c->priv;
	struct stateful_sync s = {.c = c, .x = x, .key = key};
	AUTO_OBJECT struct informer_object *o = informer_get_key(x->sets, key);

	if (!o) {
		expectations_forget(x->expect, key);
		return 0;
	}
	if (!expectations_met(x->expect, key))
		return UNSEEN_MS; /* their events are on the way */
	if (!(s.set = informer_object_json(o)))
		return err_nomem(e);
	int r = pass(&s, e);
	history_done(&s.h);
	trees_free(s.pods, s.n_pods);
	free(s.v.replicas);
	free(s.v.condemned);
	json_decref(s.set);
	return r;
}

/* A claim that has gone makes room for a pod that waited for that: NAME ends in -SET-ORDINAL. */
static void claim_gone(void *arg, struct informer_object *o)
{
	struct controller *c = arg;
	struct stateful_ctl *x = c->priv;
	struct informer_object **v = NULL;
	size_t n = 0;

	if (informer_list(x->sets, o->ns, &v, &n) < 0)
		return;
	for (size_t i = 0; i < n; i++) {
		const char *at = strstr(o->name, v[i]->name);
		if (!at || !strstr(v[i]->json->data, "\"volumeClaimTemplates\""))
			continue;
		controller_queue(c, v[i]);
	}
	informer_list_free(v, n);
}

int statefulset_init(struct shared *s, struct err *e)
{
	static const struct informer_handler claims = {.deleted = claim_gone};
	struct stateful_ctl *x = calloc(1, sizeof(*x));
	struct controller *c;
	int r;

	if (!x || !(x->expect = expectations_new(s->deps.clock))) {
		free(x);
		return err_nomem(e);
	}
	if ((r = controller_new(&c, s, "statefulset", 4, reconcile, x, stateful_free, e)) < 0) {
		stateful_free(x);
		return r;
	}
	x->sets = shared_informer(s, "apps", "v1", "statefulsets", NULL, e);
	x->pods = shared_informer(s, "", "v1", "pods", NULL, e);
	x->claims = shared_informer(s, "", "v1", "persistentvolumeclaims", NULL, e);
	x->revisions = shared_informer(s, "apps", "v1", "controllerrevisions", NULL, e);
	if (!x->sets || !x->pods || !x->claims || !x->revisions)
		return ERR_INTERNAL;
	if (controller_watch_keys(c, x->sets) < 0 || controller_watch_owned(c, x->revisions, "StatefulSet") < 0 ||
	    owned_watch_pods(c, &stateful_kind, x->sets, x->pods, x->expect) < 0 || informer_add_handler(x->claims, &claims, c) < 0)
		return err_nomem(e);
	return 0;
}
