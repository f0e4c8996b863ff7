/*
 * Conversion between versions that share storage: events (core/v1 and events.k8s.io/v1) and HorizontalPodAutoscalers
 * (v1 and v2; what v1 cannot say travels in annotations). Source: Kubernetes pkg/apis/core/v1 and pkg/apis/autoscaling
 * conversions of v1.36.
 */
#include "api/convert.h"
#include <errno.h>
#include "base/json.h"
#include "base/str.h"

static const struct {
	const char *core, *events;
} event_fields[] = {{"involvedObject", "regarding"},
		    {"message", "note"},
		    {"reportingComponent", "reportingController"},
		    {"source", "deprecatedSource"},
		    {"firstTimestamp", "deprecatedFirstTimestamp"},
		    {"lastTimestamp", "deprecatedLastTimestamp"},
		    {"count", "deprecatedCount"}};

static int rename_field(json_t *o, const char *from, const char *to)
{
	json_t *v = json_object_get(o, from);
	if (!v)
		return 0;
	if (json_object_set(o, to, v) < 0)
		return -ENOMEM;
	(void)json_object_del(o, from);
	return 0;
}

static int convert_event(json_t *o, bool to_core)
{
	for (size_t i = 0; i < ARRAY_LEN(event_fields); i++) {
		const char *core = event_fields[i].core, *ev = event_fields[i].events;
		int rc = to_core ? rename_field(o, ev, core) : rename_field(o, core, ev);
		if (rc < 0)
			return rc;
	}
	return 0;
}

#define HPA_METRICS    "autoscaling.alpha.kubernetes.io/metrics"
#define HPA_CURRENT    "autoscaling.alpha.kubernetes.io/current-metrics"
#define HPA_CONDITIONS "autoscaling.alpha.kubernetes.io/conditions"
#define HPA_BEHAVIOR   "autoscaling.alpha.kubernetes.io/behavior"

static int put_annotation(json_t *o, const char *key, const json_t *v)
{
	json_t *meta = json_object_get(o, "metadata"), *notes = json_object_get(meta, "annotations");
	if (!json_is_object(meta))
		return 0;
	if (!json_is_object(notes)) {
		if (json_object_set_new(meta, "annotations", json_object()) < 0)
			return -ENOMEM;
		notes = json_object_get(meta, "annotations");
	}
	char *text = json_dumps(v, JSON_COMPACT | JSON_ENCODE_ANY);
	int rc = text && json_object_set_new(notes, key, json_string(text)) == 0 ? 0 : -ENOMEM;
	free(text);
	return rc;
}

/* The parsed annotation, which is then removed; NULL when absent or no JSON. New. */
static json_t *take_annotation(json_t *o, const char *key)
{
	json_t *meta = json_object_get(o, "metadata"), *notes = json_object_get(meta, "annotations"), *v = NULL;
	const char *text = json_string_value(json_object_get(notes, key));
	if (!text)
		return NULL;
	(void)json_parse(text, strlen(text), &v, NULL);
	(void)json_object_del(notes, key);
	if (json_object_size(notes) == 0)
		(void)json_object_del(meta, "annotations");
	return v;
}

static bool is_cpu_target(const json_t *metric)
{
	return streq(json_str(metric, "type"), "Resource") && streq(json_str(metric, "resource.name"), "cpu") &&
	       streq(json_str(metric, "resource.target.type"), "Utilization") &&
	       json_dot(metric, "resource.target.averageUtilization");
}

/* What v1 calls the parts of a metric's status, which its annotation has. "0": there when it is nothing, too. */
static const struct {
	const char *type, *v2, *v1;
} current_fields[] = {{"resource", "name", "name"},
		      {"resource", "current.averageUtilization", "currentAverageUtilization"},
		      {"resource", "current.averageValue", "currentAverageValue"},
		      {"containerResource", "name", "name"},
		      {"containerResource", "container", "container"},
		      {"containerResource", "current.averageUtilization", "currentAverageUtilization"},
		      {"containerResource", "current.averageValue", "currentAverageValue"},
		      {"pods", "metric.name", "metricName"},
		      {"pods", "metric.selector", "selector"},
		      {"pods", "current.averageValue", "currentAverageValue"},
		      {"object", "describedObject", "target"},
		      {"object", "metric.name", "metricName"},
		      {"object", "metric.selector", "selector"},
		      {"object", "current.value", "currentValue"},
		      {"object", "current.averageValue", "averageValue"},
		      {"external", "metric.name", "metricName"},
		      {"external", "metric.selector", "metricSelector"},
		      {"external", "current.value", "currentValue"},
		      {"external", "current.averageValue", "currentAverageValue"}};

/* A list of metrics' statuses as the other version has it. New; NULL without memory. */
static json_t *current_metrics(const json_t *list, bool to_v1)
{
	AUTO_JSON json_t *out = json_array();
	const json_t *m;
	size_t i;
	json_array_foreach(list, i, m)
	{
		AUTO_JSON json_t *o = json_object();
		if (!o || !out || (json_object_get(m, "type") && json_object_set(o, "type", json_object_get(m, "type")) < 0))
			return NULL;
		for (size_t f = 0; f < ARRAY_LEN(current_fields); f++) {
			const char *type = current_fields[f].type,
				   *from = to_v1 ? current_fields[f].v2 : current_fields[f].v1,
				   *to = to_v1 ? current_fields[f].v1 : current_fields[f].v2;
			const json_t *part = json_object_get(m, type);
			json_t *v = json_dot(part, from), *into = json_object_get(o, type);
			bool zero = to_v1 && part && !v && str_has_suffix(type, "esource") && streq(to, "currentAverageValue");
			if (!v && !zero)
				continue;
			if (!into && json_object_set_new(o, type, into = json_object()) < 0)
				return NULL;
			if (json_dot_set(into, to, zero ? json_string("0") : json_incref(v)) < 0)
				return NULL;
		}
		if (json_array_append(out, o) < 0)
			return NULL;
	}
	return TAKE_PTR(out);
}

/* v2 -> v1: the CPU utilization target has a field of its own, other metrics go to the annotation. */
static int hpa_to_v1(json_t *o)
{
	json_t *spec = json_object_get(o, "spec"), *status = json_object_get(o, "status"), *m, *v;
	AUTO_JSON json_t *others = json_array();
	size_t i;
	int rc = 0;
	json_array_foreach(json_object_get(spec, "metrics"), i, m)
	{
		if (is_cpu_target(m) && !json_object_get(spec, "targetCPUUtilizationPercentage"))
			rc |= json_object_set(spec, "targetCPUUtilizationPercentage",
					      json_dot(m, "resource.target.averageUtilization"));
		else
			rc |= json_array_append(others, m);
	}
	if (json_array_size(others))
		rc |= put_annotation(o, HPA_METRICS, others);
	(void)json_object_del(spec, "metrics");
	v = json_object_get(spec, "behavior");
	if (json_is_object(v))
		rc |= put_annotation(o, HPA_BEHAVIOR, v);
	(void)json_object_del(spec, "behavior");
	json_array_foreach(json_object_get(status, "currentMetrics"), i, m)
	{
		const json_t *cpu = streq(json_str(m, "resource.name"), "cpu")
					? json_dot(m, "resource.current.averageUtilization")
					: NULL;
		if (cpu)
			rc |= json_object_set(status, "currentCPUUtilizationPercentage", (json_t *)cpu);
	}
	AUTO_JSON json_t *current = current_metrics(json_object_get(status, "currentMetrics"), true);
	if (!current)
		return -ENOMEM;
	if (json_array_size(current))
		rc |= put_annotation(o, HPA_CURRENT, current);
	(void)json_object_del(status, "currentMetrics");
	v = json_object_get(status, "conditions");
	if (json_array_size(v))
		rc |= put_annotation(o, HPA_CONDITIONS, v);
	(void)json_object_del(status, "conditions");
	if (json_is_object(status) && !json_object_get(status, "currentReplicas"))
		rc |= json_object_set_new(status, "currentReplicas", json_integer(0));
	return rc < 0 ? -ENOMEM : 0;
}

static int move_annotation(json_t *o, const char *key, json_t *to, const char *field)
{
	json_t *v = take_annotation(o, key);
	if (!v || !json_is_object(to)) {
		json_decref(v);
		return 0;
	}
	return json_object_set_new(to, field, v) < 0 ? -ENOMEM : 0;
}

static int hpa_to_v2(json_t *o)
{
	json_t *spec = json_object_get(o, "spec"), *status = json_object_get(o, "status");
	AUTO_JSON json_t *metrics = take_annotation(o, HPA_METRICS);
	const json_t *cpu = json_object_get(spec, "targetCPUUtilizationPercentage");
	int rc = 0;
	if (!json_is_array(metrics)) {
		json_decref(metrics);
		metrics = json_array();
	}
	if (json_is_integer(cpu))
		rc |= json_array_insert_new(metrics, 0,
					    json_pack("{sss{sss{sssO}}}", "type", "Resource", "resource", "name", "cpu",
						      "target", "type", "Utilization", "averageUtilization", cpu));
	(void)json_object_del(spec, "targetCPUUtilizationPercentage");
	if (json_array_size(metrics) == 0) /* the default depends on the annotation, so it is made here */
		rc |= json_array_append_new(metrics,
					    json_pack("{sss{sss{sssi}}}", "type", "Resource", "resource", "name", "cpu",
						      "target", "type", "Utilization", "averageUtilization", 80));
	if (json_is_object(spec))
		rc |= json_object_set(spec, "metrics", metrics);
	rc |= move_annotation(o, HPA_BEHAVIOR, spec, "behavior");
	const json_t *used = json_object_get(status, "currentCPUUtilizationPercentage");
	AUTO_JSON json_t *told = take_annotation(o, HPA_CURRENT);
	AUTO_JSON json_t *current = json_is_array(told) ? current_metrics(told, false) : NULL;
	if (!current && json_is_integer(used)) /* of the two the annotation says more */
		current = json_pack("[{sss{sss{sO}}}]", "type", "Resource", "resource", "name", "cpu", "current",
				    "averageUtilization", used);
	if (current && json_is_object(status))
		rc |= json_object_set(status, "currentMetrics", current);
	(void)json_object_del(status, "currentCPUUtilizationPercentage");
	rc |= move_annotation(o, HPA_CONDITIONS, status, "conditions");
	return rc < 0 ? -ENOMEM : 0;
}

int api_convert(const struct api_resource *from, const struct api_resource *to, json_t *obj, struct err *e)
{
	char gv[160];
	int rc = 0;
	if (!streq(from->storage_prefix, to->storage_prefix))
		return err_set(e, ERR_UNSUPPORTED, "%s cannot be converted to %s", from->plural, to->plural);
	if (!streq(from->group, to->group) || !streq(from->version, to->version)) {
		if (streq(from->plural, "events") && !from->crd)
			rc = convert_event(obj, !*to->group);
		else if (streq(from->plural, "horizontalpodautoscalers") && !from->crd)
			rc = streq(to->version, "v1") ? hpa_to_v1(obj) : hpa_to_v2(obj);
	}
	api_group_version(to, gv, sizeof gv);
	if (rc < 0 || json_object_set_new(obj, "apiVersion", json_string(gv)) < 0)
		return err_nomem(e);
	return 0;
}
