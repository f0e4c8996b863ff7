/* Autoscalers and disruption budgets. pkg/apis/{autoscaling,policy}/validation. */
#include "api/validate.h"

static void check_segment(struct validation *v, const json_t *o, const char *key, const char *words)
{
	if (!*v_text(o, key))
		v_required(v, key, words);
	else
		(void)v_words(v, key, v_text(o, key), v_check_path_segment);
}

static void check_reference(struct validation *v, const json_t *ref, bool group_needed)
{
	const char *version = v_text(ref, "apiVersion"), *slash = strchr(version, '/');
	AUTO_JSON json_t *bad = json_string(version);
	check_segment(v, ref, "kind", "");
	check_segment(v, ref, "name", "");
	if (slash && strchr(slash + 1, '/'))
		v_invalid(v, "apiVersion", bad, "unexpected GroupVersion string: %s", version);
	else if (group_needed && (!slash || slash == version))
		v_invalid(v, "apiVersion", bad, "apiVersion must specify API group");
}

static void check_target(struct validation *v, const json_t *t)
{
	static const char *const quantities[] = {"value", "averageValue"};
	const char *type = v_text(t, "type");
	AUTO_JSON json_t *bad = json_string(type);
	if (!*type)
		v_required(v, "type", "must specify a metric target type");
	if (!streq(type, "Utilization") && !streq(type, "Value") && !streq(type, "AverageValue"))
		v_invalid(v, "type", bad, "must be either Utilization, Value, or AverageValue");
	for (size_t i = 0; i < ARRAY_LEN(quantities); i++)
		v_quantity_words(v, t, quantities[i], true, "must be positive");
	if (v_has(t, "averageUtilization") && v_int(t, "averageUtilization", 1) < 1)
		v_invalid(v, "averageUtilization", json_object_get(t, "averageUtilization"), "must be greater than 0");
}

static void check_metric_name(struct validation *v, const json_t *s)
{
	V_IN (v, "metric")
		check_segment(v, json_object_get(s, "metric"), "name", "must specify a metric name");
}

/* The five kinds of metrics: what each needs of its target. */
static void check_source(struct validation *v, const char *kind, const json_t *s)
{
	const json_t *t = json_object_get(s, "target");
	bool value = v_has(t, "value"), average = v_has(t, "averageValue"), use = v_has(t, "averageUtilization");
	bool resource = streq(kind, "resource") || streq(kind, "containerResource");
	if (streq(kind, "object"))
		V_IN (v, "describedObject")
			check_reference(v, json_object_get(s, "describedObject"), false);
	if (!resource)
		check_metric_name(v, s);
	if (resource && !*v_text(s, "name"))
		v_required(v, "name", "must specify a resource name");
	else if (streq(kind, "containerResource"))
		V_IN (v, "name")
			validate_resource_name(v, v_text(s, "name"), true);
	if (streq(kind, "containerResource")) {
		if (!*v_text(s, "container"))
			v_required(v, "container", "must specify a container");
		else
			v_name(v, s, "container", api_check_dns1123_label, false);
	}
	V_IN (v, "target") {
		check_target(v, t);
		if (streq(kind, "object") && !value && !average)
			v_required(v, "averageValue", "must set either a target value or averageValue");
		else if (streq(kind, "external") && !value && !average)
			v_required(v, "averageValue", "must set either a target value for metric or a per-pod target");
		else if (streq(kind, "external") && value && average)
			v_forbidden(v, "value", "may not set both a target value for metric and a per-pod target");
		else if (streq(kind, "pods") && !average)
			v_required(v, "averageValue", "must specify a positive target averageValue");
		else if (resource && !use && !average)
			v_required(v, "averageUtilization",
				   "must set either a target raw value or a target utilization");
		else if (resource && use && average)
			v_forbidden(v, "averageValue", "may not set both a target raw value and a target utilization");
	}
}

static void check_metric(struct validation *v, const json_t *m)
{
	static const char *const types[] = {"ContainerResource", "External", "Object", "Pods", "Resource", NULL};
	static const struct {
		const char *key, *type;
	} kinds[] = {{"object", "Object"},
		     {"external", "External"},
		     {"pods", "Pods"},
		     {"resource", "Resource"},
		     {"containerResource", "ContainerResource"}};
	const char *type = v_text(m, "type");
	size_t n = 0;
	if (!*type)
		v_required(v, "type", "must specify a metric source type");
	v_supported(v, m, "type", types);
	for (size_t i = 0; i < ARRAY_LEN(kinds); i++)
		if (v_has(m, kinds[i].key) && n++ == 0)
			V_IN (v, kinds[i].key)
				check_source(v, kinds[i].key, json_object_get(m, kinds[i].key));
	for (size_t i = 0; i < ARRAY_LEN(kinds); i++)
		if (streq(kinds[i].type, type) && !v_has(m, kinds[i].key))
			v_required(v, kinds[i].key, "must populate information for the given metric source");
	for (size_t i = 0; n != 1 && i < ARRAY_LEN(kinds); i++)
		if (!streq(kinds[i].type, type) && v_has(m, kinds[i].key))
			v_forbidden(v, kinds[i].key, "must populate the given metric source only");
}

static void check_rules(struct validation *v, const json_t *r)
{
	static const char *const select[] = {"Disabled", "Max", "Min", NULL}, *const types[] = {"Percent", "Pods",
												NULL};
	const json_t *window = json_object_get(r, "stabilizationWindowSeconds");
	if (!json_is_object(r))
		return;
	if (json_integer_value(window) < 0)
		v_invalid(v, "stabilizationWindowSeconds", window, "must be greater than or equal to zero");
	if (json_integer_value(window) > 3600)
		v_invalid(v, "stabilizationWindowSeconds", window, "must be less than or equal to 3600");
	if (v_has(r, "selectPolicy"))
		v_supported(v, r, "selectPolicy", select);
	if (json_array_size(json_object_get(r, "policies")) == 0)
		v_required(v, "policies", "must specify at least one Policy");
	V_IN (v, "policies")
		V_EACH (v, json_object_get(r, "policies"), i, p) {
			v_supported(v, p, "type", types);
			if (v_int(p, "value", 0) <= 0)
				v_invalid_int(v, p, "value", "must be greater than zero");
			if (v_int(p, "periodSeconds", 0) <= 0)
				v_invalid_int(v, p, "periodSeconds", "must be greater than zero");
			if (v_int(p, "periodSeconds", 0) > 1800)
				v_invalid_int(v, p, "periodSeconds", "must be less than or equal to 1800");
		}
	v_quantity(v, r, "tolerance", false);
}

static void check_hpa_status(struct validation *v)
{
	const json_t *st = json_object_get(v->obj, "status");
	V_IN (v, "status") {
		v_range(v, st, "currentReplicas", 0, INT64_MAX);
		v_range(v, st, "desiredReplicas", 0, INT64_MAX);
	}
}

/* What v1 has instead of metrics is, for Kubernetes, one. */
static void check_cpu_target(struct validation *v, const json_t *spec)
{
	const json_t *cpu = json_object_get(spec, "targetCPUUtilizationPercentage");
	if (json_is_integer(cpu) && json_integer_value(cpu) < 1)
		v_invalid(v, "metrics[0].resource.target.averageUtilization", cpu, "must be greater than 0");
}

static void validate_hpa(struct validation *v)
{
	const json_t *spec = json_object_get(v->obj, "spec"), *behavior = json_object_get(spec, "behavior");
	int64_t max = v_int(spec, "maxReplicas", 0);
	if (v->sub) {
		if (streq(v->sub, "status"))
			check_hpa_status(v);
		return;
	}
	V_IN (v, "spec") {
		bool min = json_is_integer(json_object_get(spec, "minReplicas"));
		if (min && v_int(spec, "minReplicas", 1) < 1)
			v_invalid(v, "minReplicas", json_object_get(spec, "minReplicas"),
				  "must be greater than or equal to 1");
		if (max == 0)
			v_required(v, "maxReplicas", "must be set and greater than 0");
		else if (max < 0)
			v_invalid_int(v, spec, "maxReplicas", "must be greater than or equal to 1");
		if (min && max < v_int(spec, "minReplicas", 1))
			v_invalid_int(v, spec, "maxReplicas", "must be greater than or equal to `minReplicas`");
		V_IN (v, "scaleTargetRef") {
			const json_t *ref = json_object_get(spec, "scaleTargetRef");
			check_reference(v, ref, !streq(v_text(ref, "kind"), "ReplicationController"));
		}
		V_IN (v, "metrics") {
			bool scales = false;
			V_EACH (v, json_object_get(spec, "metrics"), i, m) {
				check_metric(v, m);
				scales |= streq(v_text(m, "type"), "Object") || streq(v_text(m, "type"), "External");
			}
			if (min && !v_int(spec, "minReplicas", 1) && !scales)
				v_forbidden(
				    v, "",
				    "must specify at least one Object or External metric to support scaling to zero "
				    "replicas");
		}
		check_cpu_target(v, spec);
		V_IN (v, "behavior") {
			V_IN (v, "scaleUp")
				check_rules(v, json_object_get(behavior, "scaleUp"));
			V_IN (v, "scaleDown")
				check_rules(v, json_object_get(behavior, "scaleDown"));
		}
	}
}

static void validate_pdb(struct validation *v)
{
	static const char *const policies[] = {"AlwaysAllow", "IfHealthyBudget", NULL}, *const counts[] = {
											    "disruptionsAllowed",
											    "currentHealthy",
											    "desiredHealthy",
											    "expectedPods"};
	const json_t *spec = json_object_get(v->obj, "spec"), *st = json_object_get(v->obj, "status");
	if (v->sub) {
		V_IN (v, "status") {
			v_conditions(v, st);
			for (size_t i = 0; i < ARRAY_LEN(counts); i++)
				v_range(v, st, counts[i], 0, INT64_MAX);
		}
		return;
	}
	V_IN (v, "spec") {
		if (v_has(spec, "minAvailable") && v_has(spec, "maxUnavailable"))
			v_invalid(v, "", spec, "minAvailable and maxUnavailable cannot be both set");
		v_int_or_percent(v, spec, "minAvailable");
		v_percent_limit(v, spec, "minAvailable");
		v_int_or_percent(v, spec, "maxUnavailable");
		v_percent_limit(v, spec, "maxUnavailable");
		v_label_selector(v, spec, "selector");
		if (v_has(spec, "unhealthyPodEvictionPolicy"))
			v_supported(v, spec, "unhealthyPodEvictionPolicy", policies);
	}
}

const struct kind_validator scaling_validators[] = {{"autoscaling", "HorizontalPodAutoscaler", validate_hpa},
						    {"policy", "PodDisruptionBudget", validate_pdb},
						    {NULL, NULL, NULL}};
