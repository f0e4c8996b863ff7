#include <errno.h>
#include "storage/resize.h"
#include "storage/retries.h"
#include "tests/unit/json.h"
#include "tests/unit/test.h"

/* A claim of STATUS, of want 20Gi where nothing else is said. */
#define CLAIM(want, status) "{'metadata':{'uid':'u','resourceVersion':'7'},'spec':{'resources':{'requests':{'storage':'" want "'}}},'status':{'capacity':{'storage':'1Gi'}" status "}}"
#define AT(state, size) ",'allocatedResources':{'storage':'" size "'},'allocatedResourceStatuses':{'storage':'" state "'}"
#define FAILED ",'conditions':[{'type':'ControllerResizeError','status':'True'},{'type':'Resizing','status':'True'},{'type':'ModifyingVolume','status':'True'}]"
#define PENDING ",'conditions':[{'type':'FileSystemResizePending','status':'True'}]"

static void test_target(void)
{
	static const struct {
		const char *pv, *claim, *want;
		bool node_only;
	} t[] = {
		{"1Gi", CLAIM("20Gi", ""), "20Gi", false},
		{"1Gi", CLAIM("20Gi", AT("ControllerResizeInProgress", "20Gi")), "20Gi", false},
		/* It may still succeed: to its end. */
		{"1Gi", CLAIM("5Gi", AT("ControllerResizeInProgress", "20Gi")), "20Gi", false},
		{"1Gi", CLAIM("50Gi", AT("ControllerResizeInProgress", "20Gi")), "20Gi", false},
		/* It failed for good. */
		{"1Gi", CLAIM("5Gi", AT("ControllerResizeInProgress", "20Gi") FAILED), "5Gi", false},
		{"1Gi", CLAIM("5Gi", AT("ControllerResizeInfeasible", "20Gi") FAILED), "5Gi", false},
		{"1Gi", CLAIM("20Gi", AT("ControllerResizeInfeasible", "20Gi") FAILED), "20Gi", false},
		/* It succeeded, and nobody has said so yet. */
		{"20Gi", CLAIM("20Gi", AT("ControllerResizeInProgress", "20Gi")), "20Gi", false},
		{"20Gi", CLAIM("5Gi", AT("ControllerResizeInProgress", "20Gi")), "20Gi", false},
		/* The node's turn. */
		{"20Gi", CLAIM("20Gi", AT("NodeResizePending", "20Gi") PENDING), NULL, false},
		{"20Gi", CLAIM("50Gi", AT("NodeResizeInProgress", "20Gi") PENDING), NULL, false},
		{"20Gi", CLAIM("5Gi", AT("NodeResizePending", "20Gi") PENDING), NULL, true},
		{"20Gi", CLAIM("5Gi", AT("NodeResizeInfeasible", "20Gi") PENDING), "20Gi", false},
		{"20Gi", CLAIM("5Gi", AT("NodeResizeInfeasible", "20Gi") PENDING), "5Gi", true},
		{"20Gi", CLAIM("50Gi", AT("NodeResizeInfeasible", "20Gi") PENDING), "20Gi", false},
		{"20Gi", CLAIM("20Gi", PENDING), NULL, false},
		/* What was allocated is of a growth before. */
		{"1Gi", CLAIM("20Gi", ",'allocatedResources':{'storage':'1Gi'}"), "20Gi", false},
		{"20Gi", CLAIM("20Gi", ",'allocatedResources':{'storage':'1Gi'}"), "20Gi", false},
	};

	for (size_t i = 0; i < ARRAY_LEN(t); i++) {
		AUTO_JSON json_t *pvc = parse_quoted(t[i].claim);
		AUTO_JSON json_t *pv = json_pack("{s:{s:{s:s}}}", "spec", "capacity", "storage", t[i].pv);
		const char *got = json_string_value(resize_target(pvc, pv, !t[i].node_only));
		CHECK_STR(got ? got : "nothing", t[i].want ? t[i].want : "nothing");
	}
}

static size_t conditions(const json_t *pvc) { return json_array_size(json_dot(pvc, "status.conditions")); }

static void test_changes(void)
{
	AUTO_JSON json_t *pvc = parse_quoted(CLAIM("5Gi", AT("ControllerResizeInfeasible", "20Gi") FAILED));
	AUTO_JSON json_t *five = json_string("5Gi");
	struct err e = {0};
	struct resize_change other = {.uid = "other", .now = "2026-01-01T00:00:00Z", .state = "", .node_needed = -1};
	struct resize_change begin = {.uid = "u", .now = "2026-01-01T00:00:00Z", .version = "7", .state = "ControllerResizeInProgress", .allocated = five, .anew = true, .condition = "Resizing", .node_needed = 1};
	struct resize_change bad = {.uid = "u", .now = "2026-01-01T00:00:00Z", .state = "ControllerResizeInfeasible", .condition = "ControllerResizeError", .message = "why", .node_needed = -1};
	struct resize_change end = {.uid = "u", .now = "2026-01-01T00:00:00Z", .state = "", .capacity = "5Gi", .anew = true, .node_needed = 0};

	CHECK_INT(resize_change_apply(&other, pvc, &e), ERR_NOT_FOUND);
	CHECK_INT(resize_change_apply(&begin, pvc, &e), 0);
	CHECK_STR(json_str(pvc, "status.allocatedResources.storage"), "5Gi");
	CHECK_STR(json_str(pvc, "status.allocatedResourceStatuses.storage"), "ControllerResizeInProgress");
	CHECK_INT(conditions(pvc), 2); /* another's stays */
	CHECK(!resize_failed(pvc));
	CHECK_INT(resize_change_apply(&begin, pvc, &e), 1);
	CHECK_INT(resize_change_apply(&bad, pvc, &e), 0);
	CHECK(resize_failed(pvc));
	bad.message = "other words";
	CHECK_INT(resize_change_apply(&bad, pvc, &e), 1);
	CHECK_INT(resize_change_apply(&end, pvc, &e), 0);
	CHECK_INT(conditions(pvc), 1);
	CHECK(!json_dot(pvc, "status.allocatedResourceStatuses"));
	CHECK_STR(json_str(pvc, "status.capacity.storage"), "5Gi");
	CHECK_STR(json_string_value(json_at(pvc, "metadata", "annotations", "volume.kubernetes.io/node-expansion-not-required", NULL)), "true");
	begin.version = "6";
	CHECK_INT(resize_change_apply(&begin, pvc, &e), ERR_CONFLICT);
}

static int64_t test_ns;
static int64_t test_mono(struct clock *c)
{
	(void)c;
	return test_ns;
}

static void test_retries(void)
{
	struct clock clock = {.mono_ns = test_mono};
	struct retries *t = NULL;
	struct err e = {0};

	CHECK_INT(retries_new(&t, &clock, &e), 0);
	CHECK_INT(retries_wait(t, "a", 1), 0);
	CHECK_INT(retries_failed(t, "a", 1, 0), 1000);
	CHECK_INT(retries_wait(t, "a", 1), 1000);
	CHECK_INT(retries_wait(t, "a", 2), 0); /* something else is wanted */
	CHECK_INT(retries_wait(t, "b", 1), 0);
	test_ns += 600 * 1000000ll;
	CHECK_INT(retries_wait(t, "a", 1), 400);
	test_ns += 400 * 1000000ll;
	CHECK_INT(retries_wait(t, "a", 1), 0);
	CHECK_INT(retries_failed(t, "a", 1, 0), 2000);
	for (int i = 0; i < 20; i++)
		CHECK(retries_failed(t, "a", 1, 0) <= RETRY_MAX_MS);
	CHECK_INT(retries_wait(t, "a", 1), RETRY_MAX_MS);
	CHECK_INT(retries_failed(t, "a", 2, 0), 1000);
	CHECK_INT(retries_failed(t, "a", 3, RETRY_MAX_MS), RETRY_MAX_MS);
	retries_reset(t);
	CHECK_INT(retries_wait(t, "a", 3), 0);
	CHECK_INT(retries_failed(t, "a", 3, 0), RETRY_MAX_MS);
	retries_done(t, "a");
	CHECK_INT(retries_wait(t, "a", 3), 0);
	CHECK_INT(retries_failed(t, "a", 3, 0), 1000);
	AUTO_JSON json_t *x = json_string("x");
	CHECK(retries_print(0, x) != retries_print(0, NULL) && retries_print(0, x) == retries_print(0, x) && retries_print(retries_print(0, x), x) != retries_print(0, x));
	retries_free(t);
}

int main(void)
{
	RUN(test_target);
	RUN(test_changes);
	RUN(test_retries);
	return TEST_END();
}
