/*
 * Job: pods until enough have succeeded. What its pods amount to is in job_account.c; here that is written down and acted on. No pod is counted twice or lost,
 * whenever this process dies: a pod carries a finalizer until its uid stands in status.uncountedTerminatedPods, and is added to the counters when it has lost it.
 * Source: Kubernetes Jobs concept; pkg/controller/job/job_controller.go.
 */
#include <errno.h>
#include "base/map.h"
#include "controllers/job_count.h"
#include "controllers/owned.h"

#define BURST	      500
#define UNSEEN_MS     310000 /* expectations have expired by then */

static const struct owner_kind job_kind = {"batch", "jobs", "batch/v1", "Job", "job-controller", JOB_FINALIZER, false};

struct job_ctl {
	struct informer *jobs, *pods;
	struct expectations *expect, *untracked; /* untracked: pods whose finalizer we took away */
	pthread_mutex_t lock;			 /* guards written */
	struct map *written;			 /* key -> int64_t: revision of our last write of its status */
};

struct job_sync {
	struct controller *c;
	struct job_ctl *x;
	const char *key;
	json_t *job; /* own copy, as last written */
	struct job_view v;
	time_t now;
	bool *untrack; /* per pod of v: its finalizer goes */
	int64_t wait;  /* ms; 0: none */
};

static void job_free(void *p)
{
	struct job_ctl *x = p;

	expectations_free(x->expect);
	expectations_free(x->untracked);
	map_free(x->written);
	pthread_mutex_destroy(&x->lock);
	free(x);
}

static void sooner(struct job_sync *s, int64_t ms)
{
	if (ms > 0 && (s->wait == 0 || ms < s->wait))
		s->wait = ms;
}

/* --- writing --- */

static void remember_revision(struct job_ctl *x, const char *key, int64_t rev)
{
	pthread_mutex_lock(&x->lock);
	int64_t *v = map_get(x->written, key);
	if (v)
		*v = rev;
	else if ((v = malloc(sizeof(*v)))) {
		*v = rev;
		if (map_put(x->written, key, v) < 0)
			free(v);
	}
	pthread_mutex_unlock(&x->lock);
}

/* A view older than what we have written would count again. */
static bool stale(struct job_ctl *x, const char *key, int64_t rev)
{
	pthread_mutex_lock(&x->lock);
	const int64_t *v = map_get(x->written, key);
	bool r = v && rev < *v;
	pthread_mutex_unlock(&x->lock);
	return r;
}

static void forget(struct job_ctl *x, const char *key)
{
	expectations_forget(x->expect, key);
	expectations_forget(x->untracked, key);
	pthread_mutex_lock(&x->lock);
	map_del(x->written, key);
	pthread_mutex_unlock(&x->lock);
}

static int write_status(struct job_sync *s, struct err *e)
{
	struct client_ref ref = {.group = "batch", .plural = "jobs", .ns = obj_namespace(s->job), .name = obj_name(s->job), .subresource = "status"};
	AUTO_JSON json_t *answer = NULL;
	int r = client_update_wait(s->c->s->client, &ref, s->job, &answer, e);

	if (r < 0)
		return r;
	remember_revision(s->x, s->key, obj_revision(answer));
	json_decref(s->job);
	s->job = TAKE_PTR(answer);
	return 0;
}

static int untrack_pod(struct job_sync *s, const json_t *pod, struct err *e)
{
	struct client_ref ref = {.plural = "pods", .ns = obj_namespace(pod), .name = obj_name(pod)};
	AUTO_JSON json_t *patch = json_pack("{s:{s:s,s:[s]}}", "metadata", "uid", obj_uid(pod), "$deleteFromPrimitiveList/finalizers", JOB_FINALIZER);

	if (!patch)
		return err_nomem(e);
	expect_deletion(s->x->untracked, s->key, obj_uid(pod));
	int r = client_patch_wait(s->c->s->client, &ref, CLIENT_STRATEGIC_PATCH, patch, NULL, e);
	if (r < 0)
		expectation_deleted(s->x->untracked, s->key, obj_uid(pod));
	/* Gone, or another of its name: nothing that is ours is left. */
	return r == ERR_NOT_FOUND || r == ERR_CONFLICT || r == ERR_INVALID ? 0 : r;
}

/* --- status --- */

/* Seen complete only when nothing is left to be counted and no pod is on its way out. Returns whether it has ended now. */
static bool finish(struct job_sync *s, bool more)
{
	char now[TIME_STR_MAX];
	bool ok = s->v.type && streq(s->v.type, "SuccessCriteriaMet");

	if (!s->v.type || more || json_int_or(s->job, "status.terminating", 0) > 0 || json_array_size(json_dot(s->job, "status.uncountedTerminatedPods.succeeded")) ||
	    json_array_size(json_dot(s->job, "status.uncountedTerminatedPods.failed")))
		return false;
	now_string(s->c->s, now);
	obj_set_condition(s->job, ok ? "Complete" : "Failed", "True", s->v.reason, s->v.message, now);
	json_object_set_new((json_t *)obj_condition(s->job, ok ? "Complete" : "Failed"), "lastProbeTime", json_string(now));
	if (ok)
		json_object_set_new(job_status(s->job), "completionTime", json_string(now));
	return true;
}

static void set_condition(struct job_sync *s, const char *type, const char *status, const char *reason, const char *message)
{
	char now[TIME_STR_MAX];

	now_string(s->c->s, now);
	obj_set_condition(s->job, type, status, reason, message, now);
	json_object_set_new((json_t *)obj_condition(s->job, type), "lastProbeTime", json_string(now));
}

/*
 * In this order, so that a crash at any point neither loses nor doubles: uids of ended pods into status; their finalizers away; the counters.
 */
static int track(struct job_sync *s, bool changed, struct err *e)
{
	bool more = false;
	int r, failed = 0;
	struct err why = {0};

	changed = job_count_untracked(s->job, &s->v) || changed;
	changed = job_note_pods(s->job, &s->v, s->untrack, &more) || changed;
	if (s->v.type && !obj_condition_true(s->job, s->v.type)) {
		set_condition(s, s->v.type, "True", s->v.reason, s->v.message);
		changed = true;
	}
	/* What is empty comes and goes without a write of its own. */
	if (json_object_size(json_dot(s->job, "status.uncountedTerminatedPods")) == 2 &&
	    !json_array_size(json_dot(s->job, "status.uncountedTerminatedPods.succeeded")) &&
	    !json_array_size(json_dot(s->job, "status.uncountedTerminatedPods.failed")))
		json_object_set_new(job_status(s->job), "uncountedTerminatedPods", json_object());
	if (changed && (r = write_status(s, e)) < 0)
		return r;
	for (size_t i = 0; i < s->v.n; i++) {
		if (!s->untrack[i])
			continue;
		r = untrack_pod(s, s->v.v[i].pod, &why);
		if (r == 0)
			s->v.v[i].tracked = false;
		else
			failed = r;
	}
	changed = job_count_untracked(s->job, &s->v);
	bool ended = failed == 0 && finish(s, more);
	if ((changed || ended) && (r = write_status(s, e)) < 0)
		return r;
	if (ended && streq(s->v.type, "SuccessCriteriaMet"))
		client_event(s->c->s->client, s->job, "batch/v1", "Job", "Normal", "Completed", "job-controller", "", "Job completed");
	else if (ended)
		client_event(s->c->s->client, s->job, "batch/v1", "Job", "Warning", s->v.reason, "job-controller", "", "%s", s->v.message);
	if (failed && e)
		*e = why;
	if (more)
		sooner(s, 1);
	return failed;
}

/* --- pods --- */

static int delete_some(struct job_sync *s, const json_t *const *pods, int64_t n, struct err *e)
{
	for (int64_t i = 0; i < n; i++) {
		int r = pod_delete(s->c, &job_kind, s->job, pods[i], s->x->expect, s->key, e);
		if (r < 0)
			return r;
		for (size_t k = 0; k < s->v.n; k++)
			if (s->v.v[k].pod == pods[i]) {
				s->v.active--;
				s->v.ready -= pod_ready(pods[i]);
				s->v.terminating++;
			}
	}
	return 0;
}

/* Of the active pods those to go: second ones of an index and strays first, then the least missed, at_least in all. */
static int64_t choose_removals(const struct job_view *v, int64_t at_least, const json_t **out, struct err *e)
{
	struct pod_rank *rank = calloc(v->n + 1, sizeof(*rank));
	struct index_set seen = {0};
	size_t m = 0;
	int64_t n = 0;

	if (!rank)
		return err_nomem(e);
	for (size_t i = 0; i < v->n; i++)
		if (v->v[i].active)
			rank[m++].pod = v->v[i].pod;
	pods_rank(rank, m, false);
	for (size_t i = m; v->indexed && i-- > 0;) { /* from the most missed: that one stays */
		const char *text = obj_annotation(rank[i].pod, JOB_INDEX);
		int64_t index;
		if (text && str_to_i64(text, 0, v->completions - 1, &index) == 0 && !index_set_has(&seen, index) && index_set_add(&seen, index, index) == 0)
			continue;
		out[n++] = rank[i].pod;
		rank[i].pod = NULL;
	}
	for (size_t i = 0; i < m && n < at_least; i++)
		if (rank[i].pod)
			out[n++] = rank[i].pod;
	free(rank);
	index_set_done(&seen);
	return n > BURST ? BURST : n;
}

static int add_index_env(json_t *pod)
{
	static const char *const lists[] = {"spec.initContainers", "spec.containers"};
	json_t *c, *v;
	size_t i, k;

	for (size_t l = 0; l < ARRAY_LEN(lists); l++)
		json_array_foreach (json_dot(pod, lists[l]), i, c) {
			bool have = false;
			json_array_foreach (json_object_get(c, "env"), k, v)
				have = have || streq(json_str(v, "name"), "JOB_COMPLETION_INDEX");
			if (!have && json_dot_append(c, "env",
						     json_pack("{s:s,s:{s:{s:s,s:s}}}", "name", "JOB_COMPLETION_INDEX", "valueFrom", "fieldRef", "apiVersion", "v1",
							       "fieldPath", "metadata.labels['" JOB_INDEX "']")) < 0)
				return -ENOMEM;
		}
	return 0;
}

static int annotate_number(json_t *pod, const char *key, int64_t v)
{
	char text[24];

	snprintf(text, sizeof(text), "%lld", (long long)v);
	return obj_set_annotation(pod, key, text);
}

static int create_one(struct job_sync *s, int64_t index /* -1: none */, struct err *e)
{
	char number[24] = "";
	const char *name = obj_name(s->job);

	if (index >= 0)
		snprintf(number, sizeof(number), "%lld-", (long long)index);
	/* The server has room for 58 letters of a prefix; the index must be among them. */
	AUTO_FREE char *prefix = str_fmt("%.*s-%s", (int)(57 - strlen(number)), name, number);
	AUTO_JSON json_t *pod = prefix ? pod_from_template(json_dot(s->job, "spec.template"), obj_namespace(s->job), prefix, true) : NULL;
	if (!pod || obj_add_finalizer(pod, JOB_FINALIZER) < 0)
		return err_nomem(e);
	if (index >= 0) {
		AUTO_FREE char *hostname = str_fmt("%s-%lld", name, (long long)index);
		number[strlen(number) - 1] = '\0';
		if (!hostname || obj_set_annotation(pod, JOB_INDEX, number) < 0 || obj_set_label(pod, JOB_INDEX, number) < 0 ||
		    json_set_str(pod, "spec.hostname", hostname) < 0 || add_index_env(pod) < 0)
			return err_nomem(e);
	}
	if (s->v.per_index) {
		int64_t failures, ignored;
		job_inherit(job_delayed_of(&s->v, index), &failures, &ignored);
		if (annotate_number(pod, JOB_INDEX_FAILURES, failures) < 0 || (ignored && annotate_number(pod, JOB_INDEX_IGNORED, ignored) < 0))
			return err_nomem(e);
	}
	return pod_create(s->c, &job_kind, s->job, pod, s->x->expect, s->key, NULL, e);
}

/* Leaves out the indexes that have to wait after a failure. */
static int64_t drop_waiting(struct job_sync *s, int64_t *indexes, int64_t n)
{
	int64_t kept = 0;

	for (int64_t i = 0; i < n; i++) {
		const struct job_pod *before = job_delayed_of(&s->v, indexes[i]);
		int64_t left = before ? job_index_backoff(before, s->now) : 0;
		if (left > 0)
			sooner(s, left * 1000);
		else
			indexes[kept++] = indexes[i];
	}
	return kept;
}

static int create_some(struct job_sync *s, int64_t n, struct err *e)
{
	int64_t *indexes = NULL, left = s->v.per_index ? 0 : job_backoff(&s->v, s->now);
	int r = 0;

	if (left > 0) {
		sooner(s, left * 1000);
		return 0;
	}
	n = n > BURST ? BURST : n;
	if (s->v.indexed) {
		int64_t room = s->v.per_index && s->v.completions < BURST ? s->v.completions : n;
		if (!(indexes = calloc((size_t)room + 1, sizeof(*indexes))))
			return err_nomem(e);
		int64_t found = job_pending_indexes(&s->v, room, indexes);
		if (found >= 0 && s->v.per_index)
			found = drop_waiting(s, indexes, found);
		if (found < 0) {
			free(indexes);
			return err_nomem(e);
		}
		n = found < n ? found : n;
	}
	if (n > 0)
		expect_creations(s->x->expect, s->key, (int)n);
	for (int64_t i = 0; i < n && r == 0; i++) {
		r = create_one(s, indexes ? indexes[i] : -1, e);
		if (r == 0)
			s->v.active++;
		for (int64_t k = i + 1; r < 0 && k < n; k++)
			expectation_created(s->x->expect, s->key); /* they will not be tried */
	}
	free(indexes);
	return r == ERR_NOT_FOUND ? 0 : r;
}

/* As many active pods as there should be. One pass either deletes or creates. */
static int manage(struct job_sync *s, struct err *e)
{
	int64_t want = job_want_active(&s->v), excess = s->v.active > want ? s->v.active - want : 0;
	const json_t **out = calloc(s->v.n + 1, sizeof(*out));

	if (!out)
		return err_nomem(e);
	int64_t n = choose_removals(&s->v, excess, out, e);
	int r = n < 0 ? (int)n : n > 0 ? delete_some(s, out, n, e) : 0;
	free(out);
	if (r < 0 || n > 0)
		return r;
	int64_t missing = want - s->v.active - (s->v.replace_failed_only ? s->v.terminating : 0);
	return missing > 0 && !s->v.suspended ? create_some(s, missing, e) : 0;
}

static int delete_active(struct job_sync *s, struct err *e)
{
	int r = 0;

	for (size_t i = 0; i < s->v.n && r == 0; i++) {
		const json_t *pod = s->v.v[i].pod;
		if (s->v.v[i].active)
			r = delete_some(s, &pod, 1, e);
	}
	return r;
}

/* --- the pass --- */

/* Says Suspended and Resumed as it changes; returns whether it did. */
static bool note_suspension(struct job_sync *s)
{
	const json_t *c = obj_condition(s->job, "Suspended");
	char now[TIME_STR_MAX];

	if (s->v.suspended == obj_condition_true(s->job, "Suspended") || (!s->v.suspended && !c))
		return false;
	set_condition(s, "Suspended", s->v.suspended ? "True" : "False", s->v.suspended ? "JobSuspended" : "JobResumed",
		      s->v.suspended ? "Job suspended" : "Job resumed");
	client_event(s->c->s->client, s->job, "batch/v1", "Job", "Normal", s->v.suspended ? "Suspended" : "Resumed", "job-controller", "", "%s",
		     s->v.suspended ? "Job suspended" : "Job resumed");
	if (!s->v.suspended) {
		now_string(s->c->s, now);
		json_object_set_new(job_status(s->job), "startTime", json_string(now));
	}
	return true;
}

static int job_pass(struct job_sync *s, struct err *e)
{
	bool changed = false;
	int r = 0, mr = 0;
	struct err why = {0};
	char now[TIME_STR_MAX];

	if (!job_status(s->job))
		return err_nomem(e);
	if (!json_str(s->job, "status.startTime") && !s->v.suspended && !obj_deleting(s->job)) {
		now_string(s->c->s, now);
		json_object_set_new(job_status(s->job), "startTime", json_string(now));
		changed = true;
	}
	sooner(s, s->v.deadline_ms > 0 ? s->v.deadline_ms : 0);
	if (s->v.type) {
		if ((r = delete_active(s, e)) < 0)
			return r;
	} else {
		if (!obj_deleting(s->job))
			mr = manage(s, &why);
		bool enough = s->v.completions < 0 ? s->v.succeeded > 0 : s->v.succeeded >= s->v.completions;
		if (mr == 0 && enough && s->v.active == 0) {
			if (job_decide(&s->v, "SuccessCriteriaMet", "CompletionsReached", str_dup("Reached expected number of succeeded pods")) < 0)
				return err_nomem(e);
		} else if (mr == 0 && !obj_deleting(s->job)) {
			changed = note_suspension(s) || changed;
		}
	}
	changed = job_set_number(s->job, "active", s->v.active, false) || changed;
	changed = job_set_number(s->job, "ready", s->v.ready, true) || changed;
	changed = job_set_number(s->job, "terminating", s->v.terminating, true) || changed;
	if ((r = track(s, changed, e)) < 0)
		return r;
	if (mr < 0 && e)
		*e = why;
	return mr;
}

/* No Job waits to see that it happened. */
static int release_pod(struct job_sync *s, const json_t *pod, struct err *e)
{
	int r = untrack_pod(s, pod, e);

	expectation_deleted(s->x->untracked, s->key, obj_uid(pod));
	return r;
}

/* Finalizers of pods that no running Job counts any more. */
static int release_pods(struct job_sync *s, const char *uid, struct err *e)
{
	struct informer_object **v = NULL;
	size_t n = 0;
	int r = 0;

	if (informer_by_index(s->x->pods, INDEX_OWNER, uid, &v, &n) < 0)
		return err_nomem(e);
	for (size_t i = 0; i < n && r == 0; i++) {
		AUTO_JSON json_t *pod = strstr(v[i]->json->data, JOB_FINALIZER) ? informer_object_json(v[i]) : NULL;
		if (pod && obj_controlled_by(pod, uid) && obj_has_finalizer(pod, JOB_FINALIZER))
			r = release_pod(s, pod, e);
	}
	informer_list_free(v, n);
	return r;
}

/* A Job that was deleted without its pods left this one behind. */
static int release_orphan(struct job_sync *s, const char *key, struct err *e)
{
	AUTO_OBJECT struct informer_object *o = informer_get_key(s->x->pods, key);
	AUTO_JSON json_t *pod = informer_object_json(o);

	if (!pod || obj_controller_of(pod) || !obj_has_finalizer(pod, JOB_FINALIZER))
		return 0;
	return release_pod(s, pod, e);
}

/* What an account needs of a pod; a Job may have thousands. */
static void slim(json_t *pod)
{
	AUTO_JSON json_t *node = json_incref(json_dot(pod, "spec.nodeName"));

	json_dot_del(pod, "metadata.managedFields");
	json_object_set_new(pod, "spec", json_object());
	if (node)
		json_dot_set(pod, "spec.nodeName", TAKE_PTR(node));
}

static int reconcile(void *arg, const char *key, struct err *e)
{
	struct controller *c = arg;
	struct job_ctl *x = c->priv;
	struct job_sync s = {.c = c, .x = x, .key = key, .now = clock_wall(c->s->deps.clock)};

	if (strncmp(key, "gone|", 5) == 0)
		return release_pods(&s, key + 5, e);
	if (strncmp(key, "orphan|", 7) == 0)
		return release_orphan(&s, key + 7, e);
	AUTO_OBJECT struct informer_object *o = informer_get_key(x->jobs, key);
	AUTO_JSON json_t *job = informer_object_json(o);
	if (!o) {
		forget(x, key);
		return 0;
	}
	if (!job)
		return err_nomem(e);
	const char *manager = json_str(job, "spec.managedBy");
	if (manager && !streq(manager, JOB_MANAGER))
		return 0;
	if (job_finished(job))
		return release_pods(&s, o->uid, e);
	if (stale(x, key, o->rev))
		return 0; /* its event is on the way */
	if (!expectations_met(x->expect, key) || !expectations_met(x->untracked, key))
		return UNSEEN_MS; /* likewise */
	json_t **pods = NULL;
	size_t n = 0;
	const struct owned_claim claim = {.k = &job_kind, .owner = job, .objects = x->pods, .group = "", .plural = "pods", .slim = slim};
	int r = owned_claim(c, &claim, &pods, &n, e);
	if (r < 0)
		return r;
	s.job = json_deep_copy(job);
	s.untrack = calloc(n + 1, sizeof(*s.untrack));
	r = s.job && s.untrack && job_view_init(&s.v, job, pods, n, s.now) == 0 ? job_pass(&s, e) : err_nomem(e);
	job_view_done(&s.v);
	free(s.untrack);
	json_decref(s.job);
	trees_free(pods, n);
	return r < 0 ? r : s.wait > INT32_MAX ? INT32_MAX : (int)s.wait;
}

/* --- events --- */

static void note_finalizer(struct controller *c, struct informer_object *o, bool gone)
{
	struct job_ctl *x = c->priv;
	char key[KEY_MAX];

	if (!strstr(o->json->data, "\"Job\"") && !strstr(o->json->data, JOB_FINALIZER))
		return;
	AUTO_JSON json_t *pod = informer_object_json(o);
	const json_t *owner = obj_controller_of(pod);
	if (pod && !owner && !gone && obj_has_finalizer(pod, JOB_FINALIZER)) {
		snprintf(key, sizeof(key), "orphan|%s/%s", o->ns, o->name);
		workqueue_add(c->q, key);
	}
	if (!owner || !streq(json_str(owner, "kind"), "Job"))
		return;
	bool tracked = obj_has_finalizer(pod, JOB_FINALIZER);
	snprintf(key, sizeof(key), "%s/%s", o->ns, json_str_or(owner, "name", ""));
	if (gone || !tracked) {
		expectation_deleted(x->untracked, key, o->uid);
		return;
	}
	AUTO_OBJECT struct informer_object *job = informer_get_key(x->jobs, key);
	const char *uid = json_str_or(owner, "uid", "");
	if (informer_synced(x->jobs) && (!job || !streq(job->uid, uid))) {
		snprintf(key, sizeof(key), "gone|%s", uid);
		workqueue_add(c->q, key);
	}
}
static void pod_seen(void *arg, struct informer_object *o) { note_finalizer(arg, o, false); }
static void pod_changed(void *arg, struct informer_object *old, struct informer_object *o)
{
	(void)old;
	note_finalizer(arg, o, false);
}
static void pod_gone(void *arg, struct informer_object *o) { note_finalizer(arg, o, true); }

static void job_gone(void *arg, struct informer_object *o)
{
	struct controller *c = arg;
	char key[KEY_MAX];

	snprintf(key, sizeof(key), "gone|%s", o->uid);
	workqueue_add(c->q, key);
}

/* Pods may have been there before their Jobs were known: those whose Job went while nobody looked. */
static void jobs_synced(void *arg)
{
	struct controller *c = arg;
	struct job_ctl *x = c->priv;
	struct informer_object **v = NULL;
	size_t n = 0;

	if (informer_list(x->pods, NULL, &v, &n) < 0)
		return;
	for (size_t i = 0; i < n; i++)
		note_finalizer(c, v[i], false);
	informer_list_free(v, n);
}

int job_init(struct shared *s, struct err *e)
{
	static const struct informer_handler pods = {pod_seen, pod_changed, pod_gone, NULL}, jobs = {.deleted = job_gone, .synced = jobs_synced};
	struct job_ctl *x = calloc(1, sizeof(*x));
	struct controller *c;
	int r;

	if (!x)
		return err_nomem(e);
	pthread_mutex_init(&x->lock, NULL);
	x->expect = expectations_new(s->deps.clock);
	x->untracked = expectations_new(s->deps.clock);
	x->written = map_new(free);
	r = x->expect && x->untracked && x->written ? controller_new(&c, s, "job", 4, reconcile, x, job_free, e) : err_nomem(e);
	if (r < 0) {
		job_free(x);
		return r;
	}
	x->jobs = shared_informer(s, "batch", "v1", "jobs", NULL, e);
	x->pods = shared_informer(s, "", "v1", "pods", NULL, e);
	if (!x->jobs || !x->pods)
		return ERR_INTERNAL;
	/* The finalizers' handler first: whoever queues a Job does so with its expectations up to date. */
	if (informer_add_handler(x->pods, &pods, c) < 0 || controller_watch_keys(c, x->jobs) < 0 || informer_add_handler(x->jobs, &jobs, c) < 0 ||
	    owned_watch_pods(c, &job_kind, x->jobs, x->pods, x->expect) < 0)
		return err_nomem(e);
	return 0;
}
