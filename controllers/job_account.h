/*
 * What a Job's pods amount to: which are counted, which indexes are through, whether the Job has succeeded or failed and why. Pure over trees; any thread.
 * Source: Kubernetes Jobs concept; pkg/controller/job (job_controller.go, indexed_job_utils.go, pod_failure_policy.go, success_policy.go, backoff_utils.go).
 */
#pragma once
#include "api/object.h"
#include "base/str.h"

#define JOB_FINALIZER "batch.kubernetes.io/job-tracking"
#define JOB_INDEX "batch.kubernetes.io/job-completion-index"
#define JOB_INDEX_FAILURES "batch.kubernetes.io/job-index-failure-count"
#define JOB_INDEX_IGNORED "batch.kubernetes.io/job-index-ignored-failure-count"
#define JOB_MANAGER "kubernetes.io/job-controller"

/* A set of completion indexes as ranges in order; zeroed is empty. Text: "1,3-5,7" (two neighbours are "1,2"). */
struct index_set {
	struct index_range {
		int64_t first, last;
	} *v;
	size_t n;
};
void index_set_done(struct index_set *s);
int index_set_add(struct index_set *s, int64_t first, int64_t last); /* overlaps are fine; -ENOMEM */
/* Those below limit; parts that are no ranges are left out. -ENOMEM. */
int index_set_parse(struct index_set *s, const char *text, int64_t limit);
bool index_set_has(const struct index_set *s, int64_t i);
int64_t index_set_total(const struct index_set *s);
char *index_set_text(const struct index_set *s); /* malloc'ed; NULL without memory */

enum job_action { JOB_NO_RULE, JOB_COUNT, JOB_IGNORE, JOB_FAIL_INDEX, JOB_FAIL_JOB };
/* The action of the first rule of spec.podFailurePolicy that matches a failed pod; *ret_message (malloc'ed, NULL unless JOB_FAIL_JOB) tells why. */
enum job_action job_policy_action(const json_t *job, const json_t *pod, char **ret_message);
/* The first rule of spec.successPolicy that the succeeded indexes meet, or -1. */
int job_success_rule(const json_t *job, const struct index_set *done);

struct job_pod {
	json_t *pod;	 /* borrowed */
	int64_t index;	 /* -1: none, or not below completions */
	enum job_action action;
	bool tracked;	 /* has the finalizer */
	bool active;	 /* neither ended nor on its way out */
	bool terminating;
	bool succeeded, failed; /* failed: also one that is deleted before it could end, unless only failed pods are replaced */
	bool counts;	 /* failed, and no rule says Ignore */
	bool delayed;	 /* keeps its finalizer until its index has a pod again, which inherits its count of failures */
};

struct job_view {
	const json_t *job; /* borrowed */
	struct job_pod *v; /* as the pods were given */
	size_t n;
	bool indexed, per_index, suspended, replace_failed_only;
	int64_t completions; /* -1: none asked for */
	int64_t active, ready, terminating;
	int64_t succeeded, failed; /* all that are known, written down in status or not */
	struct index_set done_before; /* in status */
	struct index_set done, failed_indexes;
	/* What is decided: type is "SuccessCriteriaMet", "FailureTarget" or NULL. reason static; message malloc'ed. */
	const char *type, *reason;
	char *message;
	int64_t deadline_ms; /* until activeDeadlineSeconds is over; -1: never */
};
/* pods: array of n trees, borrowed as long as the view. now: wall clock. -ENOMEM. */
int job_view_init(struct job_view *x, const json_t *job, json_t **pods, size_t n, time_t now);
void job_view_done(struct job_view *x);
int job_decide(struct job_view *x, const char *type, const char *reason, char *message); /* takes message; NULL: -ENOMEM */

bool job_finished(const json_t *job); /* Complete or Failed */
/* Seconds until pods may follow upon failures that came one after another (10 s, doubled, up to 10 min); 0: at once. */
int64_t job_backoff(const struct job_view *x, time_t now);
/* The same for the index of a failed pod whose end is delayed. */
int64_t job_index_backoff(const struct job_pod *p, time_t now);
/* The delayed pod of an index, or NULL. */
const struct job_pod *job_delayed_of(const struct job_view *x, int64_t index);
/* Counts of failures and of ignored ones that the pod after this one inherits; NULL: zero. */
void job_inherit(const struct job_pod *before, int64_t *ret_failures, int64_t *ret_ignored);
/* How many pods should be active. */
int64_t job_want_active(const struct job_view *x);
/* The first count indexes that need a pod, in order, into out. Returns how many; -ENOMEM. */
int64_t job_pending_indexes(const struct job_view *x, int64_t count, int64_t *out);
