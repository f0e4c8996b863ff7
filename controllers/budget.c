#include "controllers/budget.h"
#include <errno.h>
#include "controllers/shared.h"

bool budget_needs_scale(const json_t *pdb)
{
	return json_object_get(json_object_get(pdb, "spec"), "maxUnavailable") || json_is_string(json_dot(pdb, "spec.minAvailable"));
}

static int64_t desired_of(const json_t *pdb, int64_t expected)
{
	const json_t *max = json_dot(pdb, "spec.maxUnavailable"), *min = json_dot(pdb, "spec.minAvailable");
	int64_t want = max ? expected - int_or_percent(max, expected, true, 0) : int_or_percent(min, expected, true, 0);

	return want < 0 ? 0 : want;
}

/* Evicted, but its deletion has not been seen: it is not counted, for a while. */
static bool still_disrupted(struct budget *b, const json_t *pdb, const json_t *pod, time_t now)
{
	const json_t *when = json_object_get(json_dot(pdb, "status.disruptedPods"), obj_name(pod));
	struct timespec since;

	if (!when || obj_deleting(pod) || time_parse(json_string_value(when) ? json_string_value(when) : "", &since) < 0)
		return false;
	int64_t left = since.tv_sec + BUDGET_TIMEOUT_S - now;
	if (left < 0) {
		json_array_append_new(b->not_deleted, json_string(obj_name(pod)));
		return false;
	}
	json_object_set(b->disrupted, obj_name(pod), (json_t *)when);
	if (b->recheck_s == 0 || left + 1 < b->recheck_s)
		b->recheck_s = left + 1;
	return true;
}

int budget_count(struct budget *ret, const json_t *pdb, json_t **pods, size_t n, int64_t scale, time_t now)
{
	struct budget b = {.disrupted = json_object(), .not_deleted = json_array()};

	if (!b.disrupted || !b.not_deleted) {
		budget_done(&b);
		return -ENOMEM;
	}
	b.expected = budget_needs_scale(pdb) ? scale : (int64_t)n;
	b.desired = desired_of(pdb, b.expected);
	for (size_t i = 0; i < n; i++)
		b.healthy += !still_disrupted(&b, pdb, pods[i], now) && !obj_deleting(pods[i]) && pod_ready(pods[i]);
	b.allowed = b.healthy - b.desired;
	if (b.expected <= 0 || b.allowed <= 0)
		b.allowed = 0;
	*ret = b;
	return 0;
}

void budget_done(struct budget *b)
{
	json_decref(b->disrupted);
	json_decref(b->not_deleted);
	*b = (struct budget){0};
}
