/* Workloads that keep pods running. pkg/apis/apps/validation, core/validation ValidateReplicationController. */
#include "api/selector.h"
#include "api/validate.h"

/* Behind the template: it is to run for ever. */
static void check_running(struct validation *v, const json_t *spec, const char *what)
{
	static const char *const always[] = {"Always", NULL};
	const json_t *pod = json_at(spec, "template", "spec", NULL);
	V_IN (v, "template")
		V_IN (v, "spec") {
			v_supported(v, pod, "restartPolicy", always);
			if (v_has(pod, "activeDeadlineSeconds")) {
				AUTO_FREE char *msg = str_fmt("activeDeadlineSeconds in %s is not Supported", what);
				v_forbidden(v, "activeDeadlineSeconds", msg ? msg : "");
			}
		}
}

static void check_matches(struct validation *v, const json_t *spec, const struct api_selector *s)
{
	const json_t *labels = json_at(spec, "template", "metadata", "labels", NULL);
	AUTO_JSON json_t *shown = v_sorted(labels);
	if (!api_selector_match_labels(s, labels))
		v_invalid(v, "template.metadata.labels", shown, "`selector` does not match template `labels`");
}

/*
 * spec.selector, which must be there, not empty, and fit the template; bad: what is said of one that is none. false:
 * the template is not looked at then.
 */
static bool check_selector(struct validation *v, const json_t *spec, const char *what, const char *bad)
{
	const json_t *sel = json_object_get(spec, "selector"),
		     *labels = json_at(spec, "template", "metadata", "labels", NULL);
	struct api_selector *s AUTO_SELECTOR = NULL;
	size_t before = v->c->n;
	AUTO_JSON json_t *shown = v_sorted(labels);
	if (!json_is_object(sel)) {
		v_required(v, "selector", "");
		v_invalid(v, "template.metadata.labels", shown,
			  "`selector` does not match template `labels`"); /* it selects nothing */
		return true;
	}
	v_label_selector(v, spec, "selector");
	bool wrong = v->c->n > before;
	bool empty = json_object_size(json_object_get(sel, "matchLabels")) +
			 json_array_size(json_object_get(sel, "matchExpressions")) ==
		     0;
	if (empty)
		v_invalid(v, "selector", sel, "empty selector is invalid for %s", what);
	if (wrong || api_label_selector_from(&s, sel, NULL) < 0) {
		v_invalid(v, "selector", sel, "%s", bad);
		return false;
	}
	if (!empty)
		check_matches(v, spec, s);
	return true;
}

/* Counts of a status: none is negative, some are no more than others. */
static void check_counts(struct validation *v, const char *const *counts, const char *const *within,
			 const char *ready_words)
{
	const json_t *st = json_object_get(v->obj, "status"), *was = json_object_get(v->old, "status");
	V_IN (v, "status") {
		for (; *counts; counts++)
			v_range(v, st, *counts, 0, INT64_MAX);
		for (; within && *within; within++)
			if (v_int(st, *within, 0) > v_int(st, "replicas", 0))
				v_invalid(v, *within, json_object_get(st, *within),
					  "cannot be greater than status.replicas");
		if (ready_words && v_int(st, "availableReplicas", 0) > v_int(st, "readyReplicas", 0))
			v_invalid(v, "availableReplicas", json_object_get(st, "availableReplicas"), "%s", ready_words);
		if (v_has(was, "collisionCount") && v_int(st, "collisionCount", 0) < v_int(was, "collisionCount", 0))
			v_invalid_int(v, st, "collisionCount", "cannot be decremented");
	}
}

static void check_rolling_update(struct validation *v, const json_t *ru)
{
	v_int_or_percent(v, ru, "maxUnavailable");
	v_int_or_percent(v, ru, "maxSurge");
	if (v_int_or_percent_value(ru, "maxUnavailable") <= 0 && v_int_or_percent_value(ru, "maxSurge") <= 0 &&
	    v_int_or_percent_is_zero(ru, "maxUnavailable") && v_int_or_percent_is_zero(ru, "maxSurge"))
		v_invalid(v, "maxUnavailable", json_object_get(ru, "maxUnavailable"),
			  "may not be 0 when `maxSurge` is 0");
	v_percent_limit(v, ru, "maxUnavailable");
}

/* An unknown strategy is shown whole. */
static bool known_strategy(struct validation *v, const json_t *s, const char *const *types)
{
	for (size_t i = 0; types[i]; i++)
		if (streq(types[i], v_text(s, "type")))
			return true;
	struct buf shown AUTO_BUF = {0};
	if (s)
		json_encode_buf(s, &shown);
	api_cause_add(v->c, "FieldValueNotSupported", path_text(&v->path),
		      "Unsupported value: %s: supported values: \"%s\", \"%s\"", shown.len ? shown.data : "null",
		      types[0], types[1]);
	return false;
}

static void validate_deployment(struct validation *v)
{
	static const char *const types[] = {"Recreate", "RollingUpdate", NULL},
				 *const counts[] = {"observedGeneration",  "replicas",          "updatedReplicas",
						    "readyReplicas",       "availableReplicas", "unavailableReplicas",
						    "terminatingReplicas", "collisionCount",    NULL},
				 *const within[] = {"updatedReplicas", "readyReplicas", "availableReplicas", NULL};
	const json_t *spec = json_object_get(v->obj, "spec"), *st = json_object_get(spec, "strategy"),
		     *ru = json_object_get(st, "rollingUpdate");
	if (v->sub) {
		if (streq(v->sub, "status"))
			check_counts(v, counts, within, "cannot be greater than readyReplicas");
		return;
	}
	V_IN (v, "spec") {
		v_range(v, spec, "replicas", 0, INT64_MAX);
		if (check_selector(v, spec, "deployment", "invalid label selector")) {
			validate_pod_template(v, spec);
			check_running(v, spec, "ReplicaSet");
		}
		V_IN (v, "strategy") {
			if (!known_strategy(v, st, types))
				;
			else if (streq(v_text(st, "type"), "Recreate") && json_is_object(ru))
				v_forbidden(v, "rollingUpdate",
					    "may not be specified when strategy `type` is 'Recreate'");
			else if (json_is_object(ru))
				V_IN (v, "rollingUpdate")
					check_rolling_update(v, ru);
		}
		v_range(v, spec, "minReadySeconds", 0, INT64_MAX);
		v_range(v, spec, "revisionHistoryLimit", 0, INT64_MAX);
		v_range(v, spec, "progressDeadlineSeconds", 0, INT64_MAX);
		if (v_has(spec, "progressDeadlineSeconds") &&
		    v_int(spec, "progressDeadlineSeconds", 0) <= v_int(spec, "minReadySeconds", 0))
			v_invalid(v, "progressDeadlineSeconds", json_object_get(spec, "progressDeadlineSeconds"),
				  "must be greater than minReadySeconds");
		if (v->old)
			v_immutable(v, spec, json_object_get(v->old, "spec"), "selector");
	}
}

static const char *const set_counts[] = {"replicas",
					 "fullyLabeledReplicas",
					 "readyReplicas",
					 "availableReplicas",
					 "observedGeneration",
					 "terminatingReplicas",
					 NULL},
			 *const set_within[] = {"fullyLabeledReplicas", "readyReplicas", "availableReplicas", NULL};

static void validate_replica_set(struct validation *v)
{
	const json_t *spec = json_object_get(v->obj, "spec");
	if (v->sub) {
		if (streq(v->sub, "status"))
			check_counts(v, set_counts, set_within, "cannot be greater than readyReplicas");
		return;
	}
	V_IN (v, "spec") {
		v_range(v, spec, "replicas", 0, INT64_MAX);
		v_range(v, spec, "minReadySeconds", 0, INT64_MAX);
		if (check_selector(v, spec, "deployment", "invalid label selector")) {
			validate_pod_template(v, spec);
			check_running(v, spec, "ReplicaSet");
		}
		if (v->old)
			v_immutable(v, spec, json_object_get(v->old, "spec"), "selector");
	}
}

static void validate_rc(struct validation *v)
{
	const json_t *spec = json_object_get(v->obj, "spec"), *sel = json_object_get(spec, "selector"),
		     *labels = json_at(spec, "template", "metadata", "labels", NULL);
	AUTO_JSON json_t *shown = v_sorted(labels);
	if (v->sub) {
		if (streq(v->sub, "status"))
			check_counts(v, set_counts, set_within, "cannot be greater than readyReplicas");
		return;
	}
	V_IN (v, "spec") {
		v_range(v, spec, "minReadySeconds", 0, INT64_MAX);
		if (json_object_size(sel) == 0)
			v_required(v, "selector", "");
		if (!v_has(spec, "replicas"))
			v_required(v, "replicas", "");
		v_range(v, spec, "replicas", 0, INT64_MAX);
		if (!json_is_object(json_object_get(spec, "template"))) {
			v_required(v, "template", "");
		} else {
			const char *key;
			json_t *x;
			bool fits = true; /* whatever it is made of */
			json_object_foreach ((json_t *)(uintptr_t)sel, key, x)
				fits = fits && json_equal(json_object_get(labels, key), x) == 1;
			if (!fits)
				v_invalid(v, "template.metadata.labels", shown, "`selector` does not match template `labels`");
			validate_pod_template(v, spec);
			check_running(v, spec, "ReplicationController");
		}
	}
}

static void check_stateful_update(struct validation *v, const json_t *spec)
{
	static const char *const may[] = {"replicas",
					  "ordinals",
					  "template",
					  "updateStrategy",
					  "revisionHistoryLimit",
					  "persistentVolumeClaimRetentionPolicy",
					  "minReadySeconds"};
	AUTO_JSON json_t *a = json_copy((json_t *)spec), *b = json_copy(json_object_get(v->old, "spec"));
	for (size_t i = 0; i < ARRAY_LEN(may); i++) {
		(void)json_object_del(a, may[i]);
		(void)json_object_del(b, may[i]);
	}
	if (a && b && !json_equal(a, b))
		v_forbidden(v, "",
			    "updates to statefulset spec for fields other than 'replicas', 'ordinals', 'template', "
			    "'updateStrategy', "
			    "'revisionHistoryLimit', 'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds' are "
			    "forbidden");
}

/* The spec as its template is looked at: claims to be made are volumes of the pod, which gets its name from the set. */
static json_t *stateful_template(const json_t *spec)
{
	json_t *with = json_deep_copy(spec), *pod = json_at(with, "template", "spec", NULL), *vols = json_array();
	const json_t *claims = json_object_get(spec, "volumeClaimTemplates"), *had = json_object_get(pod, "volumes");
	AUTO_JSON json_t *names = json_object();
	for (size_t i = 0; i < json_array_size(claims); i++) {
		const char *name = json_str_or(json_array_get(claims, i), "metadata.name", "");
		if (json_object_get(names, name))
			continue;
		(void)json_object_set_new(names, name, json_true());
		(void)json_array_append_new(
		    vols, json_pack("{sss{ss}}", "name", name, "persistentVolumeClaim", "claimName", name));
	}
	for (size_t i = 0; i < json_array_size(had); i++)
		if (!json_object_get(names, v_text(json_array_get(had, i), "name")))
			(void)json_array_append(vols, json_array_get(had, i));
	if (json_is_object(pod)) {
		(void)json_object_del(pod, "subdomain");
		(void)json_object_del(pod, "hostname");
		(void)json_object_set(pod, "volumes", vols);
	}
	json_decref(vols);
	return with;
}

static void check_stateful_strategy(struct validation *v, const json_t *spec)
{
	const json_t *us = json_object_get(spec, "updateStrategy"), *ru = json_object_get(us, "rollingUpdate");
	const char *type = v_text(us, "type");
	if (!*type)
		v_required(v, "updateStrategy", "");
	else if (streq(type, "OnDelete") && json_is_object(ru))
		v_invalid(v, "updateStrategy.rollingUpdate", ru, "only allowed for updateStrategy 'RollingUpdate'");
	else if (streq(type, "RollingUpdate"))
		V_IN (v, "updateStrategy")
			V_IN (v, "rollingUpdate")
				v_range(v, ru, "partition", 0, INT64_MAX);
	else if (!streq(type, "OnDelete"))
		v_invalid(v, "updateStrategy", us, "must be 'RollingUpdate' or 'OnDelete'");
}

static void validate_stateful_set(struct validation *v)
{
	static const char *const retain[] = {"Retain", "Delete", NULL}, *const counts[] = {"replicas",
											   "readyReplicas",
											   "currentReplicas",
											   "updatedReplicas",
											   "availableReplicas",
											   "observedGeneration",
											   "collisionCount",
											   NULL},
				 *const within[] = {"readyReplicas", "currentReplicas", "updatedReplicas",
						    "availableReplicas", NULL};
	const json_t *spec = json_object_get(v->obj, "spec"),
		     *keep = json_object_get(spec, "persistentVolumeClaimRetentionPolicy");
	const char *manage = v_text(spec, "podManagementPolicy");
	if (v->sub) {
		if (streq(v->sub, "status"))
			check_counts(v, counts, within, "cannot be greater than status.readyReplicas");
		return;
	}
	V_IN (v, "spec") {
		if (!*manage)
			v_required(v, "podManagementPolicy", "");
		else if (!streq(manage, "OrderedReady") && !streq(manage, "Parallel"))
			v_invalid(v, "podManagementPolicy", json_object_get(spec, "podManagementPolicy"),
				  "must be 'OrderedReady' or 'Parallel'");
		check_stateful_strategy(v, spec);
		if (json_is_object(keep))
			V_IN (v, "persistentVolumeClaimRetentionPolicy") {
				v_supported(v, keep, "whenDeleted", retain);
				v_supported(v, keep, "whenScaled", retain);
			}
		V_IN (v, "volumeClaimTemplates")
			V_EACH (v, v->old ? NULL : json_object_get(spec, "volumeClaimTemplates"), i, t)
				V_IN (v, "spec")
					validate_claim_spec(v, json_object_get(t, "spec"));
		v_range(v, spec, "replicas", 0, INT64_MAX);
		v_range(v, spec, "minReadySeconds", 0, INT64_MAX);
		V_IN (v, "ordinals")
			v_range(v, json_object_get(spec, "ordinals"), "start", 0, INT64_MAX);
		if (!v->old)
			v_name(v, spec, "serviceName", api_check_dns1123_label, false);
		if (check_selector(v, spec, "statefulset", "")) {
			AUTO_JSON json_t *with = stateful_template(spec);
			validate_pod_template(v, with ? with : spec);
		}
		check_running(v, spec, "StatefulSet");
		if (v->old)
			check_stateful_update(v, spec);
	}
}

static void check_daemon_strategy(struct validation *v, const json_t *us)
{
	static const char *const types[] = {"RollingUpdate", "OnDelete", NULL};
	const json_t *ru = json_object_get(us, "rollingUpdate");
	if (!known_strategy(v, us, types) || streq(v_text(us, "type"), "OnDelete"))
		return;
	if (!json_is_object(ru)) {
		v_required(v, "rollingUpdate", "");
		return;
	}
	V_IN (v, "rollingUpdate") {
		v_int_or_percent(v, ru, "maxUnavailable");
		v_int_or_percent(v, ru, "maxSurge");
		v_percent_limit(v, ru, "maxUnavailable");
		v_percent_limit(v, ru, "maxSurge");
		bool down = !v_int_or_percent_is_zero(ru, "maxUnavailable"),
		     up = !v_int_or_percent_is_zero(ru, "maxSurge");
		if (down && up)
			v_invalid(v, "maxSurge", json_object_get(ru, "maxSurge"),
				  "may not be set when maxUnavailable is non-zero");
		else if (!down && !up)
			v_required(v, "maxUnavailable", "cannot be 0 when maxSurge is 0");
	}
}

static void validate_daemon_set(struct validation *v)
{
	static const char *const counts[] = {"currentNumberScheduled", "numberMisscheduled",
					     "desiredNumberScheduled", "numberReady",
					     "observedGeneration",     "updatedNumberScheduled",
					     "numberAvailable",        "numberUnavailable",
					     "collisionCount",         NULL};
	const json_t *spec = json_object_get(v->obj, "spec"), *sel = json_object_get(spec, "selector");
	struct api_selector *s AUTO_SELECTOR = NULL;
	AUTO_JSON json_t *shown = v_sorted(json_at(spec, "template", "metadata", "labels", NULL));
	if (v->sub) {
		if (streq(v->sub, "status"))
			check_counts(v, counts, NULL, NULL);
		return;
	}
	V_IN (v, "spec") {
		size_t before;
		if (v->old)
			v_immutable(v, spec, json_object_get(v->old, "spec"), "selector");
		before = v->c->n;
		v_label_selector(v, spec, "selector");
		if (!json_is_object(sel))
			v_invalid(v, "template.metadata.labels", shown, "`selector` does not match template `labels`");
		else if (v->c->n == before && api_label_selector_from(&s, sel, NULL) == 0)
			check_matches(v, spec, s);
		if (json_is_object(sel) && json_object_size(json_object_get(sel, "matchLabels")) +
						   json_array_size(json_object_get(sel, "matchExpressions")) ==
					       0)
			v_invalid(v, "selector", sel, "empty selector is invalid for daemonset");
		validate_pod_template(v, spec);
		check_running(v, spec, "DaemonSet");
		v_range(v, spec, "minReadySeconds", 0, INT64_MAX);
		V_IN (v, "updateStrategy")
			check_daemon_strategy(v, json_object_get(spec, "updateStrategy"));
		v_range(v, spec, "revisionHistoryLimit", 0, INT64_MAX);
	}
}

static void validate_revision(struct validation *v)
{
	v_range(v, v->obj, "revision", 0, INT64_MAX);
	if (!v->old && !v_has(v->obj, "data"))
		v_required(v, "data", "data is mandatory");
	else if (!v->old && !json_is_object(json_object_get(v->obj, "data")))
		v_required(v, "data", "data must be a valid JSON object");
	if (v->old)
		v_immutable(v, v->obj, v->old, "data");
}

const struct kind_validator apps_validators[] = {{"apps", "Deployment", validate_deployment},
						 {"apps", "ReplicaSet", validate_replica_set},
						 {"apps", "StatefulSet", validate_stateful_set},
						 {"apps", "DaemonSet", validate_daemon_set},
						 {"apps", "ControllerRevision", validate_revision},
						 {"", "ReplicationController", validate_rc},
						 {NULL, NULL, NULL}};
