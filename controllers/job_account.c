#include "controllers/job_account.h"
#include <errno.h>

#define BACKOFF_S     10
#define BACKOFF_MAX_S 600

bool job_finished(const json_t *job) { return obj_condition_true(job, "Complete") || obj_condition_true(job, "Failed"); }

/* --- pod failure policy --- */

static bool exit_code_fits(const json_t *rule, int64_t code)
{
	bool listed = false;
	json_t *v;
	size_t i;

	json_array_foreach (json_object_get(rule, "values"), i, v)
		listed = listed || json_integer_value(v) == code;
	return streq(json_str(rule, "operator"), "In") ? listed : !listed;
}

/* The container status whose exit code matches, or NULL. */
static const json_t *exited_as(const json_t *rule, const json_t *pod)
{
	static const char *const lists[] = {"status.containerStatuses", "status.initContainerStatuses"};
	const char *only = json_str(rule, "containerName");
	json_t *c;
	size_t i;

	for (size_t l = 0; l < ARRAY_LEN(lists); l++)
		json_array_foreach (json_dot(pod, lists[l]), i, c) {
			const json_t *end = json_dot(c, "state.terminated");
			int64_t code = json_int_or(end, "exitCode", 0);
			if (end && code != 0 && (!only || streq(only, json_str(c, "name"))) && exit_code_fits(rule, code))
				return c;
		}
	return NULL;
}

static const json_t *condition_as(const json_t *patterns, const json_t *pod)
{
	const json_t *c;
	json_t *p;
	size_t i;

	json_array_foreach (patterns, i, p)
		if ((c = obj_condition(pod, json_str_or(p, "type", ""))) && streq(json_str(c, "status"), json_str_or(p, "status", "True")))
			return c;
	return NULL;
}

enum job_action job_policy_action(const json_t *job, const json_t *pod, char **ret_message)
{
	static const char *const names[] = {[JOB_COUNT] = "Count", [JOB_IGNORE] = "Ignore", [JOB_FAIL_INDEX] = "FailIndex", [JOB_FAIL_JOB] = "FailJob"};
	json_t *rule;
	size_t i;

	*ret_message = NULL;
	json_array_foreach (json_dot(job, "spec.podFailurePolicy.rules"), i, rule) {
		const json_t *codes = json_object_get(rule, "onExitCodes"), *exited = codes ? exited_as(codes, pod) : NULL,
			     *condition = exited ? NULL : condition_as(json_object_get(rule, "onPodConditions"), pod);
		enum job_action action = JOB_NO_RULE;
		if (!exited && !condition)
			continue;
		for (size_t k = JOB_COUNT; k < ARRAY_LEN(names); k++)
			if (streq(json_str(rule, "action"), names[k]))
				action = (enum job_action)k;
		if (action == JOB_NO_RULE) /* one of a later version */
			continue;
		if (action == JOB_FAIL_JOB && exited)
			*ret_message = str_fmt("Container %s for pod %s/%s failed with exit code %lld matching %s rule at index %zu", json_str_or(exited, "name", ""),
					       obj_namespace(pod), obj_name(pod), (long long)json_int_or(exited, "state.terminated.exitCode", 0), names[action], i);
		else if (action == JOB_FAIL_JOB)
			*ret_message = str_fmt("Pod %s/%s has condition %s matching %s rule at index %zu", obj_namespace(pod), obj_name(pod),
					       json_str_or(condition, "type", ""), names[action], i);
		return action;
	}
	return JOB_NO_RULE;
}

/* --- success policy --- */

int job_success_rule(const json_t *job, const struct index_set *done)
{
	json_t *rule;
	size_t i;

	json_array_foreach (json_dot(job, "spec.successPolicy.rules"), i, rule) {
		struct index_set want = {0};
		const char *text = json_str(rule, "succeededIndexes");
		const json_t *count = json_object_get(rule, "succeededCount");
		int64_t have = 0, need = json_integer_value(count);
		if (text && index_set_parse(&want, text, json_int_or(job, "spec.completions", 0)) == 0) {
			for (size_t r = 0; r < want.n; r++)
				for (int64_t k = want.v[r].first; k <= want.v[r].last; k++)
					have += index_set_has(done, k);
			if (!json_is_integer(count))
				need = index_set_total(&want);
		} else if (!text) {
			have = index_set_total(done);
		}
		bool met = (text || json_is_integer(count)) && need > 0 && have >= need;
		index_set_done(&want);
		if (met)
			return (int)i;
	}
	return -1;
}

/* --- one pod --- */

static int64_t annotation_number(const json_t *pod, const char *key, int64_t none)
{
	const char *s = obj_annotation(pod, key);
	int64_t v;

	return s && str_to_i64(s, 0, INT32_MAX, &v) == 0 ? v : none;
}

static void later(time_t *t, const char *text)
{
	struct timespec ts;

	if (text && time_parse(text, &ts) == 0 && ts.tv_sec > *t)
		*t = ts.tv_sec;
}

/* When it ended: the last of its containers, else when it was found not ready, else when it was to be gone. */
static time_t ended_at(const json_t *pod, time_t now)
{
	time_t t = 0;
	json_t *c;
	size_t i;

	json_array_foreach (json_dot(pod, "status.containerStatuses"), i, c)
		later(&t, json_str(c, "state.terminated.finishedAt"));
	if (t == 0 && obj_condition(pod, "Ready") && !pod_ready(pod))
		later(&t, json_str(obj_condition(pod, "Ready"), "lastTransitionTime"));
	if (t == 0)
		later(&t, json_str(pod, "metadata.deletionTimestamp"));
	return t && t <= now ? t : now;
}

static void read_pod(const struct job_view *x, struct job_pod *p, json_t *pod)
{
	const char *phase = json_str_or(pod, "status.phase", "");
	AUTO_FREE char *message = NULL;

	p->pod = pod;
	p->index = x->indexed ? annotation_number(pod, JOB_INDEX, -1) : -1;
	if (p->index >= x->completions)
		p->index = -1;
	p->tracked = obj_has_finalizer(pod, JOB_FINALIZER);
	p->active = pod_active(pod);
	p->terminating = obj_deleting(pod) && !pod_terminal(pod);
	p->succeeded = streq(phase, "Succeeded");
	/* Unless only failed ones are replaced, one that is deleted counts at once: it may never get as far as to fail. */
	p->failed = streq(phase, "Failed") || (!x->replace_failed_only && obj_deleting(pod) && !p->succeeded);
	if (p->failed)
		p->action = job_policy_action(x->job, pod, &message);
	p->counts = p->failed && p->action != JOB_IGNORE;
}

static bool listed(const json_t *uids, const char *uid)
{
	json_t *u;
	size_t i;

	json_array_foreach (uids, i, u)
		if (streq(json_string_value(u), uid))
			return true;
	return false;
}

/* --- the whole --- */

int job_decide(struct job_view *x, const char *type, const char *reason, char *message)
{
	if (!message)
		return -ENOMEM;
	free(x->message);
	x->type = type;
	x->reason = reason;
	x->message = message;
	return 0;
}

static int decide_static(struct job_view *x, const char *type, const char *reason, const char *message)
{
	return job_decide(x, type, reason, str_dup(message));
}

/* Reasons are of static storage in the view; one that status has is one of these. */
static const char *known_reason(const char *reason)
{
	static const char *const all[] = {"PodFailurePolicy", "BackoffLimitExceeded", "DeadlineExceeded", "MaxFailedIndexesExceeded", "FailedIndexes",
					  "SuccessPolicy", "CompletionsReached"};

	for (size_t i = 0; i < ARRAY_LEN(all); i++)
		if (streq(all[i], reason))
			return all[i];
	return "";
}

static int decided_before(struct job_view *x)
{
	static const char *const types[] = {"SuccessCriteriaMet", "FailureTarget"};

	for (size_t i = 0; i < ARRAY_LEN(types); i++)
		if (obj_condition_true(x->job, types[i])) {
			const json_t *c = obj_condition(x->job, types[i]);
			return decide_static(x, types[i], known_reason(json_str(c, "reason")), json_str_or(c, "message", ""));
		}
	return 0;
}

static int policy_verdict(struct job_view *x)
{
	for (size_t i = 0; i < x->n; i++) {
		char *message = NULL;
		if (x->v[i].failed && x->v[i].action == JOB_FAIL_JOB && job_policy_action(x->job, x->v[i].pod, &message) == JOB_FAIL_JOB)
			return job_decide(x, "FailureTarget", "PodFailurePolicy", message);
	}
	return 0;
}

/* With restartPolicy OnFailure it is the restarts of containers that use up the limit. */
static bool restarted_too_often(const struct job_view *x, int64_t limit)
{
	static const char *const lists[] = {"status.initContainerStatuses", "status.containerStatuses"};
	int64_t sum = 0;
	json_t *c;
	size_t k;

	if (!streq(json_str(x->job, "spec.template.spec.restartPolicy"), "OnFailure"))
		return false;
	for (size_t i = 0; i < x->n; i++) {
		const char *phase = json_str_or(x->v[i].pod, "status.phase", "");
		for (size_t l = 0; l < ARRAY_LEN(lists) && (streq(phase, "Running") || streq(phase, "Pending")); l++)
			json_array_foreach (json_dot(x->v[i].pod, lists[l]), k, c)
				sum += json_int_or(c, "restartCount", 0);
	}
	return limit == 0 ? sum > 0 : sum >= limit;
}

static int limits_verdict(struct job_view *x, time_t now)
{
	int64_t limit = json_int_or(x->job, "spec.backoffLimit", 6), deadline = json_int_or(x->job, "spec.activeDeadlineSeconds", -1);
	struct timespec start;

	if (x->failed > limit || restarted_too_often(x, limit))
		return decide_static(x, "FailureTarget", "BackoffLimitExceeded", "Job has reached the specified backoff limit");
	if (deadline < 0 || x->suspended)
		return 0;
	/* Before it is written down that it has started, it has this very moment. */
	if (time_parse(json_str_or(x->job, "status.startTime", ""), &start) < 0)
		start.tv_sec = now;
	if (now - start.tv_sec >= deadline)
		return decide_static(x, "FailureTarget", "DeadlineExceeded", "Job was active longer than specified deadline");
	x->deadline_ms = (deadline - (now - start.tv_sec)) * 1000;
	return 0;
}

static bool index_fails(const struct job_view *x, const struct job_pod *p)
{
	if (!p->failed || !p->tracked || p->index < 0 || p->action == JOB_IGNORE)
		return false;
	return p->action == JOB_FAIL_INDEX || annotation_number(p->pod, JOB_INDEX_FAILURES, 0) >= json_int_or(x->job, "spec.backoffLimitPerIndex", 0);
}

static int64_t failures_of(const struct job_pod *p)
{
	return annotation_number(p->pod, JOB_INDEX_FAILURES, 0) + annotation_number(p->pod, JOB_INDEX_IGNORED, 0);
}

/* Of the failed pods of an index that has none yet, the one with most failures behind it waits for its successor. */
static int mark_delayed(struct job_view *x)
{
	struct index_set busy = {0};
	int r = 0;

	for (size_t i = 0; i < x->n && r == 0; i++)
		if (x->v[i].active && x->v[i].index >= 0)
			r = index_set_add(&busy, x->v[i].index, x->v[i].index);
	for (size_t i = 0; i < x->n && r == 0; i++) {
		struct job_pod *p = &x->v[i], *rival = NULL;
		if (!p->failed || !p->tracked || p->index < 0 || index_set_has(&busy, p->index) || index_set_has(&x->done, p->index) ||
		    index_set_has(&x->failed_indexes, p->index))
			continue;
		for (size_t k = 0; k < i && !rival; k++)
			if (x->v[k].delayed && x->v[k].index == p->index)
				rival = &x->v[k];
		if (rival && failures_of(rival) >= failures_of(p))
			continue;
		if (rival)
			rival->delayed = false;
		p->delayed = true;
	}
	index_set_done(&busy);
	return r;
}

static int indexed_view(struct job_view *x)
{
	const char *done = json_str(x->job, "status.completedIndexes");
	int r = 0;

	if (index_set_parse(&x->done_before, done, x->completions) < 0 || index_set_parse(&x->done, done, x->completions) < 0 ||
	    (x->per_index && index_set_parse(&x->failed_indexes, json_str(x->job, "status.failedIndexes"), x->completions) < 0))
		return -ENOMEM;
	for (size_t i = 0; i < x->n && r == 0; i++)
		if (x->v[i].succeeded && x->v[i].tracked && x->v[i].index >= 0)
			r = index_set_add(&x->done, x->v[i].index, x->v[i].index);
	for (size_t i = 0; i < x->n && r == 0 && x->per_index; i++)
		if (index_fails(x, &x->v[i]) && !index_set_has(&x->done, x->v[i].index))
			r = index_set_add(&x->failed_indexes, x->v[i].index, x->v[i].index);
	x->succeeded = index_set_total(&x->done);
	return r < 0 || !x->per_index ? r : mark_delayed(x);
}

static int indexed_verdict(struct job_view *x)
{
	int64_t bad = index_set_total(&x->failed_indexes);
	int rule;

	if (x->per_index && !x->type) {
		if (json_is_integer(json_dot(x->job, "spec.maxFailedIndexes")) && bad > json_int_or(x->job, "spec.maxFailedIndexes", 0))
			return decide_static(x, "FailureTarget", "MaxFailedIndexesExceeded", "Job has exceeded the specified maximal number of failed indexes");
		if (bad > 0 && bad + index_set_total(&x->done) >= x->completions)
			return decide_static(x, "FailureTarget", "FailedIndexes", "Job has failed indexes");
	}
	if (!x->type && (rule = job_success_rule(x->job, &x->done)) >= 0)
		return job_decide(x, "SuccessCriteriaMet", "SuccessPolicy", str_fmt("Matched rules at index %d", rule));
	return 0;
}

int job_view_init(struct job_view *x, const json_t *job, json_t **pods, size_t n, time_t now)
{
	const json_t *succeeded = json_dot(job, "status.uncountedTerminatedPods.succeeded"), *failed = json_dot(job, "status.uncountedTerminatedPods.failed");

	*x = (struct job_view){.job = job, .n = n, .deadline_ms = -1, .completions = json_int_or(job, "spec.completions", -1)};
	x->indexed = streq(json_str(job, "spec.completionMode"), "Indexed");
	x->per_index = x->indexed && json_is_integer(json_dot(job, "spec.backoffLimitPerIndex"));
	x->suspended = json_bool_or(job, "spec.suspend", false);
	x->replace_failed_only = streq(json_str(job, "spec.podReplacementPolicy"), "Failed") || json_dot(job, "spec.podFailurePolicy");
	if (!(x->v = calloc(n + 1, sizeof(*x->v))))
		return -ENOMEM;
	x->succeeded = json_int_or(job, "status.succeeded", 0) + (int64_t)json_array_size(succeeded);
	x->failed = json_int_or(job, "status.failed", 0) + (int64_t)json_array_size(failed);
	for (size_t i = 0; i < n; i++) {
		struct job_pod *p = &x->v[i];
		read_pod(x, p, pods[i]);
		x->active += p->active;
		x->ready += p->active && pod_ready(p->pod);
		x->terminating += p->terminating;
		if (!p->tracked || (x->indexed && p->index < 0))
			continue;
		x->succeeded += p->succeeded && !listed(succeeded, obj_uid(p->pod));
		x->failed += p->counts && !listed(failed, obj_uid(p->pod));
	}
	int r = x->indexed ? indexed_view(x) : 0;
	if (r == 0)
		r = decided_before(x);
	if (r == 0 && !x->type && json_dot(job, "spec.podFailurePolicy"))
		r = policy_verdict(x);
	if (r == 0 && !x->type)
		r = limits_verdict(x, now);
	if (r == 0 && x->indexed)
		r = indexed_verdict(x);
	return r;
}

void job_view_done(struct job_view *x)
{
	index_set_done(&x->done_before);
	index_set_done(&x->done);
	index_set_done(&x->failed_indexes);
	free(x->message);
	free(x->v);
	*x = (struct job_view){0};
}

/* --- what follows --- */

static int64_t backoff_left(int64_t failures, time_t last, time_t now)
{
	int64_t wait = failures <= 0 ? 0 : failures > 7 ? BACKOFF_MAX_S : BACKOFF_S << (failures - 1);

	if (wait > BACKOFF_MAX_S)
		wait = BACKOFF_MAX_S;
	wait -= now - last;
	return failures <= 0 || wait < 0 ? 0 : wait;
}

int64_t job_backoff(const struct job_view *x, time_t now)
{
	time_t success = 0, last = 0;
	int64_t failures = 0;

	for (size_t i = 0; i < x->n; i++)
		if (x->v[i].succeeded && ended_at(x->v[i].pod, now) > success)
			success = ended_at(x->v[i].pod, now);
	for (size_t i = 0; i < x->n; i++) {
		time_t t = x->v[i].counts ? ended_at(x->v[i].pod, now) : 0;
		if (!x->v[i].counts || t <= success)
			continue;
		failures++;
		last = t > last ? t : last;
	}
	return backoff_left(failures, last, now);
}

int64_t job_index_backoff(const struct job_pod *p, time_t now) { return backoff_left(failures_of(p) + 1, ended_at(p->pod, now), now); }

const struct job_pod *job_delayed_of(const struct job_view *x, int64_t index)
{
	for (size_t i = 0; i < x->n; i++)
		if (x->v[i].delayed && x->v[i].index == index)
			return &x->v[i];
	return NULL;
}

void job_inherit(const struct job_pod *before, int64_t *ret_failures, int64_t *ret_ignored)
{
	*ret_failures = before ? annotation_number(before->pod, JOB_INDEX_FAILURES, 0) : 0;
	*ret_ignored = before ? annotation_number(before->pod, JOB_INDEX_IGNORED, 0) : 0;
	if (before && before->action == JOB_IGNORE)
		++*ret_ignored;
	else if (before)
		++*ret_failures;
}

int64_t job_want_active(const struct job_view *x)
{
	int64_t parallelism = json_int_or(x->job, "spec.parallelism", 1), want;

	if (x->suspended)
		return 0;
	if (x->completions < 0) /* the first success ends it: what runs may run on */
		return x->succeeded > 0 ? x->active : parallelism;
	want = x->completions - x->succeeded;
	return want > parallelism ? parallelism : want < 0 ? 0 : want;
}

int64_t job_pending_indexes(const struct job_view *x, int64_t count, int64_t *out)
{
	struct index_set taken = {0};
	int64_t n = 0;
	int r = 0;

	for (size_t i = 0; i < x->done.n && r == 0; i++)
		r = index_set_add(&taken, x->done.v[i].first, x->done.v[i].last);
	for (size_t i = 0; i < x->failed_indexes.n && r == 0; i++)
		r = index_set_add(&taken, x->failed_indexes.v[i].first, x->failed_indexes.v[i].last);
	for (size_t i = 0; i < x->n && r == 0; i++)
		if (x->v[i].index >= 0 && (x->v[i].active || (x->replace_failed_only && x->v[i].terminating)))
			r = index_set_add(&taken, x->v[i].index, x->v[i].index);
	for (int64_t i = 0, range = 0; r == 0 && i < x->completions && n < count; i++) {
		if (range < (int64_t)taken.n && i >= taken.v[range].first) {
			i = taken.v[range++].last;
			continue;
		}
		out[n++] = i;
	}
	index_set_done(&taken);
	return r < 0 ? r : n;
}
