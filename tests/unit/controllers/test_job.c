/* What a Job's pods amount to: index sets, policies, counts, verdicts, back-off. */
#include "../test.h"
#include "controllers/job_account.h"
#include "tests/unit/json.h"

#define NOW 1800000000

static void set_text_is(const struct index_set *s, const char *want)
{
	AUTO_FREE char *t = index_set_text(s);

	CHECK_STR(t, want);
}

static void index_sets(void)
{
	struct index_set s = {0};

	set_text_is(&s, "");
	CHECK(index_set_parse(&s, "1,3-5,7", 100) == 0);
	set_text_is(&s, "1,3-5,7");
	CHECK(index_set_total(&s) == 5 && index_set_has(&s, 4) && !index_set_has(&s, 2) && !index_set_has(&s, 8));
	CHECK(index_set_add(&s, 2, 2) == 0);
	set_text_is(&s, "1-5,7");
	CHECK(index_set_add(&s, 6, 6) == 0);
	set_text_is(&s, "1-7");
	CHECK(index_set_add(&s, 9, 10) == 0);
	set_text_is(&s, "1-7,9,10"); /* two neighbours are no range */
	CHECK(index_set_add(&s, 0, 20) == 0 && s.n == 1);
	index_set_done(&s);
	CHECK(index_set_parse(&s, "8-12,x,-3,5-2,20", 10) == 0);
	set_text_is(&s, "8,9");
	index_set_done(&s);
	/* Any order gives the same set. */
	for (int i = 0; i < 1000; i++)
		CHECK(index_set_add(&s, (i * 7919) % 1000, (i * 7919) % 1000) == 0);
	set_text_is(&s, "0-999");
	index_set_done(&s);
}

/* One pod: phase, index, exit code, extra metadata. */
static json_t *pod(const char *name, const char *phase, int index, int code, const char *metadata)
{
	AUTO_FREE char *text = str_fmt(
		"{\"metadata\":{\"name\":\"%s\",\"namespace\":\"n\",\"uid\":\"u-%s\",\"finalizers\":[\"" JOB_FINALIZER "\"],\"annotations\":{\"" JOB_INDEX "\":\"%d\"}%s},"
		"\"status\":{\"phase\":\"%s\",\"containerStatuses\":[{\"name\":\"c\",\"state\":{\"terminated\":{\"exitCode\":%d,\"finishedAt\":\"2027-01-15T08:00:00Z\"}}}]}}",
		name, name, index, metadata, phase, code);
	return parse(text);
}

static struct job_view view(const json_t *job, json_t **pods, size_t n)
{
	struct job_view x;

	CHECK(job_view_init(&x, job, pods, n, NOW) == 0);
	return x;
}

static void counts(void)
{
	AUTO_JSON json_t *job = parse("{\"spec\":{\"completions\":4,\"parallelism\":3,\"backoffLimit\":6,\"podReplacementPolicy\":\"TerminatingOrFailed\"},"
				      "\"status\":{\"succeeded\":1,\"uncountedTerminatedPods\":{\"succeeded\":[\"u-a\"]}}}");
	/* a is written down already; b is new; c lost its finalizer and is in the counters; d runs; e is on its way out. */
	json_t *pods[] = {pod("a", "Succeeded", -1, 0, ""), pod("b", "Succeeded", -1, 0, ""), pod("c", "Succeeded", -1, 0, ""), pod("d", "Running", -1, 0, ""),
			  pod("e", "Running", -1, 0, ",\"deletionTimestamp\":\"2027-01-15T08:00:00Z\"")};
	json_dot_del(pods[2], "metadata.finalizers");
	struct job_view x = view(job, pods, 5);
	CHECK(x.succeeded == 3 && x.failed == 1 && x.active == 1 && x.terminating == 1 && !x.type);
	CHECK(job_want_active(&x) == 1);
	job_view_done(&x);
	/* When only failed ones are replaced, one that is being deleted is not failed yet. */
	json_set_str(job, "spec.podReplacementPolicy", "Failed");
	x = view(job, pods, 5);
	CHECK(x.failed == 0 && x.terminating == 1);
	job_view_done(&x);
	for (size_t i = 0; i < 5; i++)
		json_decref(pods[i]);
}

static void limits(void)
{
	AUTO_JSON json_t *job = parse("{\"spec\":{\"completions\":1,\"parallelism\":1,\"backoffLimit\":1}}");
	json_t *pods[] = {pod("a", "Failed", -1, 1, ""), pod("b", "Failed", -1, 1, "")};
	struct job_view x = view(job, pods, 1);
	CHECK(x.failed == 1 && !x.type);
	job_view_done(&x);
	x = view(job, pods, 2);
	CHECK_STR(x.type, "FailureTarget");
	CHECK_STR(x.reason, "BackoffLimitExceeded");
	job_view_done(&x);
	/* What is decided stays so. */
	json_t *c = parse("[{\"type\":\"FailureTarget\",\"status\":\"True\",\"reason\":\"DeadlineExceeded\",\"message\":\"m\"}]");
	json_dot_set(job, "status.conditions", c);
	x = view(job, pods, 2);
	CHECK_STR(x.reason, "DeadlineExceeded");
	job_view_done(&x);
	json_dot_del(job, "status.conditions");
	json_set_int(job, "spec.activeDeadlineSeconds", 60);
	char start[TIME_STR_MAX];
	time_format(NOW - 59, start);
	json_set_str(job, "status.startTime", start);
	x = view(job, pods, 1);
	CHECK(!x.type && x.deadline_ms == 1000);
	job_view_done(&x);
	time_format(NOW - 60, start);
	json_set_str(job, "status.startTime", start);
	x = view(job, pods, 1);
	CHECK_STR(x.reason, "DeadlineExceeded");
	job_view_done(&x);
	json_dot_set(job, "spec.suspend", json_true());
	x = view(job, pods, 1);
	CHECK(!x.type && job_want_active(&x) == 0);
	job_view_done(&x);
	json_decref(pods[0]);
	json_decref(pods[1]);
}

static void failure_policy(void)
{
	AUTO_JSON json_t *job = parse("{\"spec\":{\"completions\":2,\"parallelism\":1,\"podFailurePolicy\":{\"rules\":["
				      "{\"action\":\"Ignore\",\"onPodConditions\":[{\"type\":\"DisruptionTarget\",\"status\":\"True\"}]},"
				      "{\"action\":\"FailJob\",\"onExitCodes\":{\"containerName\":\"c\",\"operator\":\"In\",\"values\":[42]}},"
				      "{\"action\":\"Count\",\"onExitCodes\":{\"operator\":\"NotIn\",\"values\":[7]}},"
				      "{\"action\":\"FailIndex\",\"onExitCodes\":{\"operator\":\"In\",\"values\":[7]}}]}}}");
	static const struct {
		int code;
		enum job_action want;
	} t[] = {{42, JOB_FAIL_JOB}, {1, JOB_COUNT}, {7, JOB_FAIL_INDEX}, {0, JOB_NO_RULE}};
	for (size_t i = 0; i < ARRAY_LEN(t); i++) {
		AUTO_JSON json_t *p = pod("p", "Failed", -1, t[i].code, "");
		AUTO_FREE char *message = NULL;
		CHECK(job_policy_action(job, p, &message) == t[i].want);
		if (t[i].want == JOB_FAIL_JOB)
			CHECK_STR(message, "Container c for pod n/p failed with exit code 42 matching FailJob rule at index 1");
		else
			CHECK(!message);
	}
	json_t *p = pod("p", "Failed", -1, 42, "");
	json_dot_set(p, "status.conditions", parse("[{\"type\":\"DisruptionTarget\",\"status\":\"True\"}]"));
	struct job_view x = view(job, &p, 1);
	CHECK(x.failed == 0 && !x.type); /* the first rule that matches */
	job_view_done(&x);
	json_dot_del(p, "status.conditions");
	x = view(job, &p, 1);
	CHECK_STR(x.reason, "PodFailurePolicy");
	job_view_done(&x);
	json_decref(p);
}

static void indexed(void)
{
	AUTO_JSON json_t *job = parse("{\"spec\":{\"completionMode\":\"Indexed\",\"completions\":6,\"parallelism\":6,\"backoffLimitPerIndex\":1,\"backoffLimit\":2147483647},"
				      "\"status\":{\"completedIndexes\":\"0,4,9\"}}");
	json_t *pods[] = {pod("a", "Succeeded", 1, 0, ""), pod("b", "Failed", 2, 1, ""), pod("c", "Running", 3, 0, ""), pod("d", "Succeeded", 8, 0, "")};
	int64_t out[6];
	struct job_view x = view(job, pods, 4);
	set_text_is(&x.done_before, "0,4");
	set_text_is(&x.done, "0,1,4");
	CHECK(x.succeeded == 3 && x.failed == 1 && x.failed_indexes.n == 0 && !x.type);
	CHECK(x.v[1].delayed && job_delayed_of(&x, 2) == &x.v[1] && !job_delayed_of(&x, 3));
	CHECK(job_pending_indexes(&x, 6, out) == 2 && out[0] == 2 && out[1] == 5);
	CHECK(job_pending_indexes(&x, 1, out) == 1 && out[0] == 2);
	int64_t failures, ignored;
	job_inherit(&x.v[1], &failures, &ignored);
	CHECK(failures == 1 && ignored == 0);
	job_view_done(&x);
	/* The second failure is one too many for its index. */
	json_dot_set(pods[1], "metadata.annotations", json_pack("{s:s,s:s}", JOB_INDEX, "2", JOB_INDEX_FAILURES, "1"));
	x = view(job, pods, 4);
	set_text_is(&x.failed_indexes, "2");
	CHECK(!x.v[1].delayed && !x.type);
	CHECK(job_pending_indexes(&x, 6, out) == 1 && out[0] == 5);
	job_view_done(&x);
	json_set_int(job, "spec.maxFailedIndexes", 0);
	x = view(job, pods, 4);
	CHECK_STR(x.reason, "MaxFailedIndexesExceeded");
	job_view_done(&x);
	json_dot_del(job, "spec.maxFailedIndexes");
	json_set_str(job, "status.completedIndexes", "0,3-5");
	x = view(job, pods, 4);
	CHECK_STR(x.reason, "FailedIndexes");
	job_view_done(&x);
	for (size_t i = 0; i < 4; i++)
		json_decref(pods[i]);
}

static void success_policy(void)
{
	static const struct {
		const char *rules, *done;
		int want;
	} t[] = {{"[{\"succeededIndexes\":\"0-2\"}]", "0,1", -1},
		 {"[{\"succeededIndexes\":\"0-2\"}]", "0-2", 0},
		 {"[{\"succeededIndexes\":\"5\"},{\"succeededCount\":2}]", "0,1", 1},
		 {"[{\"succeededIndexes\":\"0-4\",\"succeededCount\":2}]", "0,7-9", -1},
		 {"[{\"succeededIndexes\":\"0-4\",\"succeededCount\":2}]", "0,4", 0}};
	for (size_t i = 0; i < ARRAY_LEN(t); i++) {
		AUTO_FREE char *text = str_fmt("{\"spec\":{\"completions\":10,\"successPolicy\":{\"rules\":%s}}}", t[i].rules);
		AUTO_JSON json_t *job = parse(text);
		struct index_set done = {0};
		index_set_parse(&done, t[i].done, 10);
		CHECK(job_success_rule(job, &done) == t[i].want);
		index_set_done(&done);
	}
}

static void backoff(void)
{
	AUTO_JSON json_t *job = parse("{\"spec\":{\"completions\":9,\"parallelism\":1,\"backoffLimit\":60}}");
	static const int64_t want[] = {0, 10, 20, 40, 80, 160, 320, 600, 600};
	char t[TIME_STR_MAX];
	json_t *pods[9];

	time_format(NOW, t);
	for (int i = 0; i < 9; i++) {
		pods[i] = pod("p", "Failed", -1, 1, "");
		json_set_str(json_dot(pods[i], "status.containerStatuses[0].state.terminated"), "finishedAt", t);
	}
	for (size_t n = 0; n < 9; n++) {
		struct job_view x = view(job, pods, n);
		CHECK(job_backoff(&x, NOW) == want[n]);
		CHECK(job_backoff(&x, NOW + 7) == (want[n] > 7 ? want[n] - 7 : 0));
		job_view_done(&x);
	}
	/* A success forgives what was before. */
	json_dot_set(pods[8], "status.phase", json_string("Succeeded"));
	struct job_view x = view(job, pods, 9);
	CHECK(job_backoff(&x, NOW) == 0);
	job_view_done(&x);
	for (int i = 0; i < 9; i++)
		json_decref(pods[i]);
}

int main(void)
{
	RUN(index_sets);
	RUN(counts);
	RUN(limits);
	RUN(failure_policy);
	RUN(indexed);
	RUN(success_policy);
	RUN(backoff);
	return TEST_END();
}
