/* Cells of pods, nodes and the kinds that make pods. */
#include "api/object.h"
#include "api/table.h"
#include "api/table_row.h"
#include "api/table_text.h"
#include "base/str.h"

/* --- pods --- */

struct pod_view {
	int64_t restarts, ready;
	const char *last_restart; /* RFC 3339 in UTC, so texts compare as times do */
	char reason[160];
};

static void later(const char **last, const json_t *status)
{
	const char *t = json_string_value(json_at(status, "lastState", "terminated", "finishedAt", NULL));

	if (t && (!*last || strcmp(t, *last) > 0))
		*last = t;
}

static void set_exit(char *out, size_t cap, const char *prefix, const json_t *terminated)
{
	const char *reason = text_at(terminated, "reason", "");
	int64_t sig = json_int_or(terminated, "signal", 0);

	if (*reason)
		snprintf(out, cap, "%s%s", prefix, reason);
	else if (sig)
		snprintf(out, cap, "%sSignal:%lld", prefix, (long long)sig);
	else
		snprintf(out, cap, "%sExitCode:%lld", prefix, (long long)json_int_or(terminated, "exitCode", 0));
}

static bool sidecar(const json_t *pod, const char *name)
{
	json_t *c;
	size_t i;

	json_array_foreach(json_at(pod, "spec", "initContainers", NULL), i, c)
	{
		if (streq(json_string_value(json_object_get(c, "name")), name))
			return streq(json_string_value(json_object_get(c, "restartPolicy")), "Always");
	}
	return false;
}

/* True while init containers are not through. */
static bool view_init(struct pod_view *v, const json_t *pod, int64_t *sidecar_restarts, const char **sidecar_last)
{
	json_t *s;
	size_t i, n = json_array_size(json_at(pod, "spec", "initContainers", NULL));

	json_array_foreach(json_at(pod, "status", "initContainerStatuses", NULL), i, s)
	{
		const json_t *terminated = json_at(s, "state", "terminated", NULL);
		const char *waiting = json_string_value(json_at(s, "state", "waiting", "reason", NULL));
		bool side = sidecar(pod, text_at(s, "name", ""));
		int64_t restarts = json_int_or(s, "restartCount", 0);

		v->restarts += restarts;
		later(&v->last_restart, s);
		if (side) {
			*sidecar_restarts += restarts;
			later(sidecar_last, s);
		}
		if (terminated && json_int_or(terminated, "exitCode", 0) == 0)
			continue;
		if (side && json_bool_or(s, "started", false)) {
			v->ready += json_bool_or(s, "ready", false);
			continue;
		}
		if (terminated)
			set_exit(v->reason, sizeof(v->reason), "Init:", terminated);
		else if (waiting && *waiting && !streq(waiting, "PodInitializing"))
			snprintf(v->reason, sizeof(v->reason), "Init:%s", waiting);
		else
			snprintf(v->reason, sizeof(v->reason), "Init:%zu/%zu", i, n);
		return true;
	}
	return false;
}

static void view_containers(struct pod_view *v, const json_t *pod)
{
	const json_t *list = json_at(pod, "status", "containerStatuses", NULL);
	bool running = false;

	for (size_t i = json_array_size(list); i-- > 0;) {
		const json_t *s = json_array_get(list, i);
		const json_t *terminated = json_at(s, "state", "terminated", NULL);
		const char *waiting = json_string_value(json_at(s, "state", "waiting", "reason", NULL));

		v->restarts += json_int_or(s, "restartCount", 0);
		later(&v->last_restart, s);
		if (waiting && *waiting) {
			(void)str_copy(v->reason, sizeof(v->reason), waiting);
		} else if (terminated) {
			set_exit(v->reason, sizeof(v->reason), "", terminated);
		} else if (json_bool_or(s, "ready", false) && json_at(s, "state", "running", NULL)) {
			running = true;
			v->ready++;
		}
	}
	if (running && streq(v->reason, "Completed"))
		(void)str_copy(v->reason, sizeof(v->reason), pod_ready(pod) ? "Running" : "NotReady");
}

static void view_pod(struct pod_view *v, const json_t *pod)
{
	const char *phase = text_at(pod, "status.phase", ""), *why = text_at(pod, "status.reason", "");
	const json_t *scheduled = obj_condition(pod, "PodScheduled");
	int64_t sidecar_restarts = 0;
	const char *sidecar_last = NULL;

	(void)str_copy(v->reason, sizeof(v->reason), *why ? why : phase);
	if (streq(json_string_value(json_object_get(scheduled, "reason")), "SchedulingGated"))
		(void)str_copy(v->reason, sizeof(v->reason), "SchedulingGated");
	if (!view_init(v, pod, &sidecar_restarts, &sidecar_last) || obj_condition_true(pod, "Initialized")) {
		v->restarts = sidecar_restarts;
		v->last_restart = sidecar_last;
		view_containers(v, pod);
	}
	if (obj_deleting(pod) && streq(why, "NodeLost"))
		(void)str_copy(v->reason, sizeof(v->reason), "Unknown");
	else if (obj_deleting(pod) && !pod_terminal(pod))
		(void)str_copy(v->reason, sizeof(v->reason), "Terminating");
}

static void or_none(struct row *r, const char *s) { cell_str(r, s && *s ? s : "<none>"); }

void print_pod(struct row *r)
{
	const json_t *pod = r->obj, *gates = json_at(pod, "spec", "readinessGates", NULL);
	size_t total = json_array_size(json_at(pod, "spec", "containers", NULL)), true_gates = 0, i;
	struct pod_view v = {0};
	char age[32];
	json_t *c;

	json_array_foreach(json_at(pod, "spec", "initContainers", NULL), i, c)
		total += streq(json_string_value(json_object_get(c, "restartPolicy")), "Always");
	view_pod(&v, pod);
	cell_str(r, obj_name(pod));
	cell_fmt(r, "%lld/%zu", (long long)v.ready, total);
	cell_str(r, v.reason);
	if (v.restarts && v.last_restart) {
		age_of(r, v.last_restart, age);
		cell_fmt(r, "%lld (%s ago)", (long long)v.restarts, age);
	} else {
		cell_fmt(r, "%lld", (long long)v.restarts);
	}
	cell_age(r, text_at(pod, "metadata.creationTimestamp", NULL));
	or_none(r, text_at(pod, "status.podIPs[0].ip", text_at(pod, "status.podIP", NULL)));
	or_none(r, text_at(pod, "spec.nodeName", NULL));
	or_none(r, text_at(pod, "status.nominatedNodeName", NULL));
	json_array_foreach(gates, i, c)
		true_gates += obj_condition_true(pod, text_at(c, "conditionType", ""));
	if (json_array_size(gates))
		cell_fmt(r, "%zu/%zu", true_gates, json_array_size(gates));
	else
		cell_str(r, "<none>");
}

/* --- controllers of pods --- */

void print_ready_of(struct row *r)
{
	cell_fmt(r, "%lld/%lld", (long long)json_int_or(r->obj, "status.readyReplicas", 0),
		 (long long)json_int_or(r->obj, "spec.replicas", 0));
}

void print_deployment_selector(struct row *r)
{
	const json_t *containers = json_at(r->obj, "spec", "template", "spec", "containers", NULL);

	print_ready_of(r);
	cell_int(r, json_int_or(r->obj, "status.updatedReplicas", 0));
	cell_int(r, json_int_or(r->obj, "status.availableReplicas", 0));
	cell_age(r, text_at(r->obj, "metadata.creationTimestamp", NULL));
	cell_add(r, text_join(containers, "name", ","));
	cell_add(r, text_join(containers, "image", ","));
	cell_add(r, text_selector(json_at(r->obj, "spec", "selector", NULL), ""));
}

void print_controller_revision(struct row *r)
{
	const json_t *ref = obj_controller_of(r->obj);
	const char *gv = text_at(ref, "apiVersion", ""), *slash = strchr(gv, '/');
	AUTO_BUF struct buf b = {0};

	if (!ref) {
		cell_str(r, "<none>");
		return;
	}
	buf_addf(&b, "%s%s%.*s", text_at(ref, "kind", ""), slash ? "." : "", slash ? (int)(slash - gv) : 0, gv);
	for (size_t i = 0; i < b.len; i++) {
		if (b.data[i] >= 'A' && b.data[i] <= 'Z')
			b.data[i] = (char)(b.data[i] | 32);
	}
	cell_fmt(r, "%s/%s", b.data ? b.data : "", text_at(ref, "name", ""));
}

void print_job(struct row *r)
{
	const json_t *o = r->obj;
	const char *start = text_at(o, "status.startTime", NULL), *end = text_at(o, "status.completionTime", NULL);
	long long done = (long long)json_int_or(o, "status.succeeded", 0), parallel = (long long)json_int_or(o, "spec.parallelism", 0);
	struct timespec from, to = {.tv_sec = r->now};
	char age[32] = "";

	cell_str(r, obj_condition_true(o, "Complete")	     ? "Complete"
		    : obj_condition_true(o, "Failed")	     ? "Failed"
		    : obj_deleting(o)			     ? "Terminating"
		    : obj_condition_true(o, "Suspended")     ? "Suspended"
		    : obj_condition_true(o, "FailureTarget") ? "FailureTarget"
							     : "Running");
	if (json_is_integer(json_at(o, "spec", "completions", NULL)))
		cell_fmt(r, "%lld/%lld", done, (long long)json_int_or(o, "spec.completions", 0));
	else if (parallel > 1)
		cell_fmt(r, "%lld/1 of %lld", done, parallel);
	else
		cell_fmt(r, "%lld/1", done);
	if (start && time_parse(start, &from) == 0 && (!end || time_parse(end, &to) == 0))
		table_age(to.tv_sec - from.tv_sec, age, sizeof(age));
	cell_str(r, age);
}

void print_cron_job(struct row *r)
{
	const json_t *suspend = json_at(r->obj, "spec", "suspend", NULL);
	const char *last = text_at(r->obj, "status.lastScheduleTime", NULL);

	cell_str(r, !suspend ? "<unset>" : json_is_true(suspend) ? "True" : "False");
	cell_int(r, (int64_t)json_array_size(json_at(r->obj, "status", "active", NULL)));
	if (last)
		cell_age(r, last);
	else
		cell_str(r, "<none>");
}

static void int_or_string(struct row *r, const json_t *v)
{
	if (json_is_integer(v))
		cell_fmt(r, "%lld", (long long)json_integer_value(v));
	else
		cell_str(r, json_is_string(v) ? json_string_value(v) : "N/A");
}

void print_pdb(struct row *r)
{
	int_or_string(r, json_at(r->obj, "spec", "minAvailable", NULL));
	int_or_string(r, json_at(r->obj, "spec", "maxUnavailable", NULL));
}

/* --- autoscaling --- */

static void add_quantity(struct buf *b, const json_t *v)
{
	AUTO_JSON json_t *q = text_quantity(v);

	buf_adds(b, q ? json_string_value(q) : "");
}

/* "current/target" of one metric; target and current are the metric's own parts of spec and status. */
static void add_metric(struct buf *b, const char *name, const json_t *target, const json_t *current, bool resource)
{
	const json_t *avg = json_object_get(target, "averageValue"), *util = json_object_get(target, "averageUtilization");

	if (resource) {
		buf_addf(b, "%s: ", name);
		if (avg) {
			if (current)
				add_quantity(b, json_object_get(current, "averageValue"));
			else
				buf_adds(b, "<unknown>");
			buf_addc(b, '/');
			add_quantity(b, avg);
			return;
		}
		const json_t *have = json_object_get(current, "averageUtilization");
		if (have)
			buf_addf(b, "%lld%%/", (long long)json_integer_value(have));
		else
			buf_adds(b, "<unknown>/");
		if (util)
			buf_addf(b, "%lld%%", (long long)json_integer_value(util));
		else
			buf_adds(b, "<auto>");
		return;
	}
	const json_t *have = json_object_get(current, avg ? "averageValue" : "value");
	if (have || (current && !avg))
		add_quantity(b, have);
	else
		buf_adds(b, "<unknown>");
	buf_addc(b, '/');
	add_quantity(b, avg ? avg : json_object_get(target, "value"));
}

static void add_metric_spec(struct buf *b, const json_t *spec, const json_t *status)
{
	static const struct {
		const char *type, *field;
		bool resource, avg_mark;
	} types[] = {
		{"External", "external", false, true},
		{"Pods", "pods", false, false},
		{"Object", "object", false, true},
		{"Resource", "resource", true, false},
		{"ContainerResource", "containerResource", true, false},
	};

	for (size_t i = 0; i < ARRAY_LEN(types); i++) {
		if (!streq(text_at(spec, "type", ""), types[i].type))
			continue;
		const json_t *s = json_object_get(spec, types[i].field), *target = json_object_get(s, "target");
		const json_t *current = json_at(status, types[i].field, "current", NULL);
		add_metric(b, text_at(s, "name", ""), target, current, types[i].resource);
		if (types[i].avg_mark && json_object_get(target, "averageValue"))
			buf_adds(b, " (avg)");
		return;
	}
	buf_adds(b, "<unknown type>");
}

void print_hpa(struct row *r)
{
	const json_t *o = r->obj, *specs = json_at(o, "spec", "metrics", NULL), *now = json_at(o, "status", "currentMetrics", NULL);
	const json_t *v1 = json_at(o, "spec", "targetCPUUtilizationPercentage", NULL);
	size_t n = json_array_size(specs);
	AUTO_BUF struct buf b = {0};

	cell_fmt(r, "%s/%s", text_at(o, "spec.scaleTargetRef.kind", ""), text_at(o, "spec.scaleTargetRef.name", ""));
	for (size_t i = 0; i < n && i < 2; i++) {
		if (i)
			buf_adds(&b, ", ");
		add_metric_spec(&b, json_array_get(specs, i), json_array_get(now, i));
	}
	if (n > 2)
		buf_addf(&b, " + %zu more...", n - 2);
	if (!n && v1) {
		const json_t *have = json_at(o, "status", "currentCPUUtilizationPercentage", NULL);
		buf_adds(&b, "cpu: ");
		if (have)
			buf_addf(&b, "%lld%%", (long long)json_integer_value(have));
		else
			buf_adds(&b, "<unknown>");
		buf_addf(&b, "/%lld%%", (long long)json_integer_value(v1));
	}
	r->failed |= buf_failed(&b);
	cell_str(r, b.len ? b.data : "<none>");
	if (json_is_integer(json_at(o, "spec", "minReplicas", NULL)))
		cell_fmt(r, "%lld", (long long)json_int_or(o, "spec.minReplicas", 0));
	else
		cell_str(r, "<unset>");
	cell_int(r, json_int_or(o, "spec.maxReplicas", 0));
	cell_int(r, json_int_or(o, "status.currentReplicas", 0));
}
