/* What a Job's status may say, and how it may go on. pkg/apis/batch/validation validateJobStatus,
 * pkg/registry/batch/job. */
#include "api/validate.h"

static bool holds(const json_t *job, const char *type)
{
	const json_t *list = json_at(job, "status", "conditions", NULL);
	for (size_t i = 0; i < json_array_size(list); i++)
		if (streq(v_text(json_array_get(list, i), "type"), type) &&
		    streq(v_text(json_array_get(list, i), "status"), "True"))
			return true;
	return false;
}

static void say(struct validation *v, const char *key, const char *words)
{
	V_IN (v, key)
		api_cause_add(v->c, "FieldValueInvalid", path_text(&v->path), "Invalid value: %s", words);
}

static void check_uncounted(struct validation *v, const json_t *st)
{
	static const char *const lists[] = {"succeeded", "failed"};
	AUTO_JSON json_t *seen = json_object();
	V_IN (v, "uncountedTerminatedPods")
		for (size_t l = 0; l < ARRAY_LEN(lists); l++)
			V_IN (v, lists[l])
				V_EACH (v, json_at(st, "uncountedTerminatedPods", lists[l], NULL), i, uid) {
					const char *s = json_string_value(uid) ? json_string_value(uid) : "";
					if (!*s)
						v_invalid(v, "", uid, "must not be empty");
					else if (json_object_get(seen, s))
						v_duplicate(v, "", uid);
					(void)json_object_set_new(seen, s, json_true());
				}
}

static void check_indexes(struct validation *v, const json_t *spec, const json_t *st)
{
	int64_t completions = v_int(spec, "completions", 0), total;
	bool indexed = streq(v_text(spec, "completionMode"), "Indexed");
	bool done_changed = !v_same(st, json_object_get(v->old, "status"), "completedIndexes"),
	     failed_changed = !v_same(st, json_object_get(v->old, "status"), "failedIndexes");
	if (done_changed && indexed && v_has(spec, "completions"))
		(void)validate_indexes(v, st, "completedIndexes", completions, &total);
	if (failed_changed && indexed && v_has(spec, "completions") && v_has(spec, "backoffLimitPerIndex") &&
	    v_has(st, "failedIndexes"))
		(void)validate_indexes(v, st, "failedIndexes", completions, &total);
	if (done_changed && *v_text(st, "completedIndexes") && !indexed)
		v_invalid(v, "completedIndexes", json_object_get(st, "completedIndexes"),
			  "cannot set non-empty completedIndexes when non-indexed completion mode");
	if (failed_changed && v_has(st, "failedIndexes") && !v_has(spec, "backoffLimitPerIndex"))
		v_invalid(v, "failedIndexes", json_object_get(st, "failedIndexes"),
			  "cannot set non-null failedIndexes when backoffLimitPerIndex is null");
}

/* What no status may say at once. */
static void check_conditions(struct validation *v, const json_t *spec, const json_t *st)
{
	bool complete = holds(v->obj, "Complete"), failed = holds(v->obj, "Failed"),
	     target = holds(v->obj, "FailureTarget"), met = holds(v->obj, "SuccessCriteriaMet");
	const json_t *end = json_object_get(st, "completionTime"), *start = json_object_get(st, "startTime");
	struct timespec a, b;
	if (complete && failed)
		say(v, "conditions", "cannot set Complete=True and Failed=true conditions");
	if (complete && target)
		say(v, "conditions", "cannot set Complete=True and FailureTarget=true conditions");
	if (end && !complete)
		v_invalid(v, "completionTime", end,
			  "cannot set completionTime when there is no Complete=True condition");
	if (!end && complete)
		v_required(v, "completionTime", "completionTime is required for Complete jobs");
	if (end && start && time_parse(json_string_value(end), &a) == 0 &&
	    time_parse(json_string_value(start), &b) == 0 && a.tv_sec < b.tv_sec)
		v_invalid(v, "completionTime", end, "must be equal to or after `startTime`");
	if (failed && !target)
		say(v, "conditions", "cannot set Failed=True condition without the FailureTarget=true condition");
	if (complete && !met)
		say(v, "conditions",
		    "cannot set Complete=True condition without the SuccessCriteriaMet=true condition");
	if (v_int(st, "active", 0) > 0 && (complete || failed))
		v_invalid(v, "active", json_object_get(st, "active"), "active>0 is invalid for finished job");
	if (!start && (complete || failed))
		v_required(v, "startTime", "startTime is required for finished job");
	check_indexes(v, spec, st);
	if (v_int(st, "terminating", 0) > 0 && (complete || failed))
		v_invalid(v, "terminating", json_object_get(st, "terminating"),
			  "terminating>0 is invalid for finished job");
	if (v_int(st, "ready", 0) > v_int(st, "active", 0))
		v_invalid(v, "ready", json_object_get(st, "ready"), "cannot set more ready pods than active");
	if (met && failed)
		say(v, "conditions", "cannot set SuccessCriteriaMet=True and Failed=true conditions");
	if (met && target)
		say(v, "conditions", "cannot set SuccessCriteriaMet=True and FailureTarget=true conditions");
}

/* How it may not go on. */
static void check_history(struct validation *v, const json_t *spec, const json_t *st, const json_t *was)
{
	static const char *const counters[] = {"failed", "succeeded"}, *const terminal[] = {"Failed", "Complete",
											    "FailureTarget"};
	bool indexed = streq(v_text(spec, "completionMode"), "Indexed");
	for (size_t i = 0; i < ARRAY_LEN(terminal); i++)
		if (holds(v->old, terminal[i]) && !holds(v->obj, terminal[i])) {
			AUTO_FREE char *words = str_fmt("cannot disable the terminal %s=True condition", terminal[i]);
			say(v, "conditions", words ? words : "");
		}
	for (size_t i = 0; i < ARRAY_LEN(counters); i++)
		if (v_int(st, counters[i], 0) < v_int(was, counters[i], 0) &&
		    !(i == 1 && indexed && !v_same(spec, json_object_get(v->old, "spec"), "completions")))
			v_invalid_int(v, st, counters[i],
				      i == 0 ? "cannot decrease the failed counter"
					     : "cannot decrease the succeeded counter");
	if (v_has(was, "completionTime") && v_has(st, "completionTime") && !v_same(st, was, "completionTime"))
		v_invalid(v, "completionTime", json_object_get(st, "completionTime"), "field is immutable");
	if (v_has(was, "startTime") && !v_same(st, was, "startTime") && !v_true(spec, "suspend")) {
		AUTO_JSON json_t *none = json_null();
		v_invalid(v, "startTime", v_has(st, "startTime") ? json_object_get(st, "startTime") : none,
			  "field is immutable for unsuspended job once set");
	}
	if (holds(v->old, "SuccessCriteriaMet") && !holds(v->obj, "SuccessCriteriaMet"))
		say(v, "conditions", "cannot disable the SuccessCriteriaMet=True condition");
	if (holds(v->old, "Complete") && !holds(v->old, "SuccessCriteriaMet") && holds(v->obj, "SuccessCriteriaMet"))
		say(v, "conditions", "cannot set SuccessCriteriaMet=True for Job already has Complete=true conditions");
}

void validate_job_status(struct validation *v)
{
	static const char *const numbers[] = {"active", "succeeded", "failed", "ready", "terminating"};
	const json_t *spec = json_object_get(v->obj, "spec"), *st = json_object_get(v->obj, "status"),
		     *was = json_object_get(v->old, "status");
	V_IN (v, "status") {
		for (size_t i = 0; i < ARRAY_LEN(numbers); i++)
			v_range(v, st, numbers[i], 0, INT64_MAX);
		check_uncounted(v, st);
		check_conditions(v, spec, st);
		check_history(v, spec, st, was);
	}
}
