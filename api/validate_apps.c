/* Workloads: apps and batch. pkg/apis/apps/validation, pkg/apis/batch/validation. */
#include "api/cron.h"
#include "api/selector.h"
#include <strings.h>
#include "api/validate.h"

static const char *const always[] = {"Always", NULL};

/* Template rules shared by what keeps pods running for ever. */
static void check_running_template(struct validation *v, const json_t *spec, const char *what)
{
	const json_t *pod = json_at(spec, "template", "spec", NULL);
	validate_pod_template(v, spec);
	if (!json_is_object(pod))
		return;
	V_IN (v, "template")
		V_IN (v, "spec") {
			v_enum(v, pod, "restartPolicy", always, false);
			if (v_has(pod, "activeDeadlineSeconds")) {
				AUTO_FREE char *msg = str_fmt("activeDeadlineSeconds in %s is not Supported", what);
				v_forbidden(v, "activeDeadlineSeconds", msg ? msg : "");
			}
		}
}

static void check_percent_limit(struct validation *v, const json_t *o, const char *key)
{
	const json_t *x = json_object_get(o, key);
	if (json_is_string(x) && v_int_or_percent_value(o, key) > 100)
		v_invalid(v, key, x, "must not be greater than 100%%");
}

static void check_rolling_update(struct validation *v, const json_t *ru)
{
	v_int_or_percent(v, ru, "maxUnavailable");
	v_int_or_percent(v, ru, "maxSurge");
	check_percent_limit(v, ru, "maxUnavailable");
	if (v_int_or_percent_value(ru, "maxUnavailable") == 0 && v_int_or_percent_value(ru, "maxSurge") == 0)
		v_invalid(v, "maxUnavailable", json_object_get(ru, "maxUnavailable"),
			  "may not be 0 when `maxSurge` is 0");
}

static void validate_deployment(struct validation *v)
{
	static const char *const types[] = {"Recreate", "RollingUpdate", NULL};
	const json_t *spec = json_object_get(v->obj, "spec"), *st = json_object_get(spec, "strategy"),
		     *ru = json_object_get(st, "rollingUpdate");
	if (v->sub)
		return;
	V_IN (v, "spec") {
		v_range(v, spec, "replicas", 0, INT64_MAX);
		validate_selector_and_template(v, spec, "deployment");
		check_running_template(v, spec, "Deployment");
		V_IN (v, "strategy") {
			v_enum(v, st, "type", types, true);
			if (streq(v_text(st, "type"), "Recreate") && json_is_object(ru))
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

static void validate_replica_set(struct validation *v)
{
	const json_t *spec = json_object_get(v->obj, "spec");
	if (v->sub)
		return;
	V_IN (v, "spec") {
		v_range(v, spec, "replicas", 0, INT64_MAX);
		v_range(v, spec, "minReadySeconds", 0, INT64_MAX);
		validate_selector_and_template(v, spec, "deployment");
		check_running_template(v, spec, "ReplicaSet");
		if (v->old)
			v_immutable(v, spec, json_object_get(v->old, "spec"), "selector");
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

static void validate_stateful_set(struct validation *v)
{
	static const char *const policies[] = {"OrderedReady", "Parallel", NULL},
				 *const types[] = {"OnDelete", "RollingUpdate", NULL},
				 *const retain[] = {"Delete", "Retain", NULL};
	const json_t *spec = json_object_get(v->obj, "spec"), *us = json_object_get(spec, "updateStrategy"),
		     *keep = json_object_get(spec, "persistentVolumeClaimRetentionPolicy"),
		     *ru = json_object_get(us, "rollingUpdate");
	if (v->sub)
		return;
	V_IN (v, "spec") {
		if (!v_has(spec, "podManagementPolicy"))
			v_required(v, "podManagementPolicy", "");
		v_enum(v, spec, "podManagementPolicy", policies, false);
		V_IN (v, "updateStrategy") {
			v_enum(v, us, "type", types, true);
			if (streq(v_text(us, "type"), "OnDelete") && json_is_object(ru))
				v_invalid(v, "rollingUpdate", ru, "only allowed for updateStrategy 'RollingUpdate'");
			V_IN (v, "rollingUpdate") {
				v_range(v, ru, "partition", 0, INT64_MAX);
				v_int_or_percent(v, ru, "maxUnavailable");
				if (v_int_or_percent_value(ru, "maxUnavailable") == 0)
					v_invalid(v, "maxUnavailable", json_object_get(ru, "maxUnavailable"),
						  "cannot be 0");
			}
		}
		V_IN (v, "persistentVolumeClaimRetentionPolicy") {
			v_enum(v, keep, "whenDeleted", retain, false);
			v_enum(v, keep, "whenScaled", retain, false);
		}
		v_range(v, spec, "replicas", 0, INT64_MAX);
		v_range(v, spec, "minReadySeconds", 0, INT64_MAX);
		v_range(v, spec, "revisionHistoryLimit", 0, INT64_MAX);
		V_IN (v, "ordinals")
			v_range(v, json_object_get(spec, "ordinals"), "start", 0, INT64_MAX);
		V_IN (v, "volumeClaimTemplates")
			V_EACH (v, json_object_get(spec, "volumeClaimTemplates"), i, t)
				if (!*v_text(json_object_get(t, "metadata"), "name"))
					v_required(v, "metadata.name", "");
		validate_selector_and_template(v, spec, "statefulset");
		/* mounts may name claims that volumeClaimTemplates will make: the template is checked with them as
		 * volumes */
		AUTO_JSON json_t *with = json_deep_copy(spec);
		json_t *pod = json_is_object(json_at(with, "template", "spec", NULL))
				  ? json_at(with, "template", "spec", NULL)
				  : NULL;
		json_t *vols = json_is_array(json_object_get(pod, "volumes")) ? json_object_get(pod, "volumes") : NULL;
		if (pod && !vols) {
			(void)json_object_set_new(pod, "volumes", json_array());
			vols = json_object_get(pod, "volumes");
		}
		for (size_t i = 0; i < json_array_size(json_object_get(spec, "volumeClaimTemplates")); i++) {
			const char *name =
			    json_str(json_array_get(json_object_get(spec, "volumeClaimTemplates"), i), "metadata.name");
			bool have = !name;
			for (size_t j = 0; j < json_array_size(vols) && name; j++)
				have |= streq(json_str(json_array_get(vols, j), "name"), name);
			if (!have && vols)
				(void)json_array_append_new(
				    vols,
				    json_pack("{sss{ss}}", "name", name, "persistentVolumeClaim", "claimName", name));
		}
		check_running_template(v, with ? with : spec, "StatefulSet");
		if (v->old)
			check_stateful_update(v, spec);
	}
}

static void validate_daemon_set(struct validation *v)
{
	static const char *const types[] = {"OnDelete", "RollingUpdate", NULL};
	const json_t *spec = json_object_get(v->obj, "spec"), *us = json_object_get(spec, "updateStrategy"),
		     *ru = json_object_get(us, "rollingUpdate");
	if (v->sub)
		return;
	V_IN (v, "spec") {
		validate_selector_and_template(v, spec, "daemonset");
		check_running_template(v, spec, "DaemonSet");
		v_range(v, spec, "minReadySeconds", 0, INT64_MAX);
		v_range(v, spec, "revisionHistoryLimit", 0, INT64_MAX);
		V_IN (v, "updateStrategy") {
			v_enum(v, us, "type", types, true);
			if (streq(v_text(us, "type"), "RollingUpdate") && !json_is_object(ru))
				v_required(v, "rollingUpdate", "");
			V_IN (v, "rollingUpdate") {
				v_int_or_percent(v, ru, "maxUnavailable");
				v_int_or_percent(v, ru, "maxSurge");
				int64_t un = v_int_or_percent_value(ru, "maxUnavailable"),
					surge = v_int_or_percent_value(ru, "maxSurge");
				if (un > 0 && surge > 0)
					v_invalid(v, "maxSurge", json_object_get(ru, "maxSurge"),
						  "may not be set when maxUnavailable is non-zero");
				else if (un == 0 && surge <= 0)
					v_required(v, "maxUnavailable", "cannot be 0 when maxSurge is 0");
			}
		}
		if (v->old)
			v_immutable(v, spec, json_object_get(v->old, "spec"), "selector");
	}
}

static void validate_revision(struct validation *v)
{
	v_range(v, v->obj, "revision", 0, INT64_MAX);
	if (!v_has(v->obj, "data") && !v->old)
		v_required(v, "data", "data is mandatory");
	if (v->old)
		v_immutable(v, v->obj, v->old, "data");
}

static bool has_container(const json_t *pod, const char *name)
{
	static const char *const lists[] = {"containers", "initContainers"};
	for (size_t l = 0; l < ARRAY_LEN(lists); l++)
		for (size_t i = 0; i < json_array_size(json_object_get(pod, lists[l])); i++)
			if (streq(v_text(json_array_get(json_object_get(pod, lists[l]), i), "name"), name))
				return true;
	return false;
}

static void check_exit_codes(struct validation *v, const json_t *spec, const json_t *codes)
{
	static const char *const ops[] = {"In", "NotIn", NULL};
	const json_t *values = json_object_get(codes, "values");
	v_enum(v, codes, "operator", ops, true);
	if (v_has(codes, "containerName") &&
	    !has_container(json_at(spec, "template", "spec", NULL), v_text(codes, "containerName")))
		v_invalid(v, "containerName", json_object_get(codes, "containerName"),
			  "must be one of the container or initContainer names in the pod template");
	if (json_array_size(values) == 0)
		v_invalid(v, "values", values, "at least one value is required");
	else if (json_array_size(values) > 255)
		v_invalid(v, "values", NULL, "must have at most 255 items");
	V_IN (v, "values")
		V_EACH (v, values, i, x) {
			if (streq(v_text(codes, "operator"), "In") && json_integer_value(x) == 0)
				v_invalid(v, "", x, "must not be 0 for the In operator");
			if (i && json_integer_value(json_array_get(values, i - 1)) == json_integer_value(x))
				v_duplicate(v, "", x);
			else if (i && json_integer_value(json_array_get(values, i - 1)) > json_integer_value(x))
				v_invalid(v, "", x, "must be ordered");
		}
}

static void check_failure_policy(struct validation *v, const json_t *spec, const json_t *p)
{
	static const char *const actions[] = {"Count", "FailIndex", "FailJob", "Ignore", NULL};
	if (json_array_size(json_object_get(p, "rules")) > 20)
		v_invalid(v, "rules", NULL, "must have at most 20 items");
	V_IN (v, "rules")
		V_EACH (v, json_object_get(p, "rules"), i, r) {
			const json_t *codes = json_object_get(r, "onExitCodes"),
				     *conds = json_object_get(r, "onPodConditions");
			v_enum(v, r, "action", actions, true);
			if (json_is_object(codes) && json_array_size(conds))
				v_invalid(v, "", NULL,
					  "specifying both OnExitCodes and OnPodConditions is not supported");
			else if (!json_is_object(codes) && !json_array_size(conds))
				v_invalid(v, "", NULL, "specifying one of OnExitCodes and OnPodConditions is required");
			if (streq(v_text(r, "action"), "FailIndex") && !v_has(spec, "backoffLimitPerIndex"))
				v_invalid(v, "action", json_object_get(r, "action"),
					  "requires the backoffLimitPerIndex to be set");
			if (json_is_object(codes))
				V_IN (v, "onExitCodes")
					check_exit_codes(v, spec, codes);
		}
}

/* "1,3-5": ranges in order, below completions. NULL: it is; else what is wrong. */
static const char *check_indexes(const char *text, int64_t completions)
{
	int64_t last = -1;
	for (const char *p = text;; p++) {
		int64_t range[2] = {-1, -1};
		for (size_t k = 0; k < 2; k++) {
			char number[12];
			size_t n = strspn(p, "0123456789");
			if (n == 0 || n >= sizeof(number))
				return "cannot convert string to integer for index";
			memcpy(number, p, n);
			number[n] = '\0';
			(void)str_to_i64(number, 0, INT64_MAX, &range[k]);
			p += n;
			if (k == 0 && *p == '-')
				p++;
			else
				break;
		}
		if (range[1] < 0)
			range[1] = range[0];
		if (range[0] <= last || range[1] < range[0])
			return "non-increasing order of indexes";
		if (range[1] >= completions)
			return "too large index";
		last = range[1];
		if (!*p)
			return NULL;
		if (*p != ',')
			return "the index list is malformed";
	}
}

static void check_success_policy(struct validation *v, const json_t *spec, const json_t *p)
{
	int64_t completions = v_int(spec, "completions", 0);
	const json_t *rules = json_object_get(p, "rules");
	if (json_array_size(rules) == 0)
		v_required(v, "rules", "at least one rule must be specified when the successPolicy is specified");
	else if (json_array_size(rules) > 20)
		v_invalid(v, "rules", NULL, "must have at most 20 items");
	V_IN (v, "rules")
		V_EACH (v, rules, i, r) {
			const char *msg = v_has(r, "succeededIndexes")
					      ? check_indexes(v_text(r, "succeededIndexes"), completions)
					      : NULL;
			if (!v_has(r, "succeededCount") && !v_has(r, "succeededIndexes"))
				v_required(v, "", "at least one of succeededCount or succeededIndexes must be specified");
			if (msg)
				v_invalid(v, "succeededIndexes", json_object_get(r, "succeededIndexes"),
					  "error parsing succeededIndexes: %s", msg);
			v_range(v, r, "succeededCount", 0, INT64_MAX);
			if (v_int(r, "succeededCount", 0) > completions)
				v_invalid(v, "succeededCount", json_object_get(r, "succeededCount"),
					  "must be less than or equal to %lld (the number of specified completions)",
					  (long long)completions);
		}
}

/* What belongs to Indexed jobs, and to limits by index. */
static void check_indexed_job(struct validation *v, const json_t *spec)
{
	bool indexed = streq(v_text(spec, "completionMode"), "Indexed");
	int64_t completions = v_int(spec, "completions", 0);
	if (indexed && v_int(spec, "parallelism", 0) > 100000)
		v_invalid(v, "parallelism", json_object_get(spec, "parallelism"),
			  "must be less than or equal to 100000 when completion mode is Indexed");
	if (v_has(spec, "maxFailedIndexes") && !v_has(spec, "backoffLimitPerIndex"))
		v_required(v, "backoffLimitPerIndex", "when maxFailedIndexes is specified");
	if (v_has(spec, "maxFailedIndexes") && v_int(spec, "maxFailedIndexes", 0) > completions)
		v_invalid(v, "maxFailedIndexes", json_object_get(spec, "maxFailedIndexes"),
			  "must be less than or equal to completions");
	if (v_has(spec, "backoffLimitPerIndex") && completions > 100000 && !v_has(spec, "maxFailedIndexes"))
		v_required(v, "maxFailedIndexes",
			   "must be specified when completions is above 100000 and backoffLimitPerIndex is specified");
	if (!json_is_object(json_object_get(spec, "successPolicy")))
		return;
	if (!indexed)
		v_invalid(v, "successPolicy", NULL, "requires indexed completion mode");
	else
		V_IN (v, "successPolicy")
			check_success_policy(v, spec, json_object_get(spec, "successPolicy"));
}

void validate_job_spec(struct validation *v, const json_t *spec, bool from_cron)
{
	static const char *const modes[] = {"Indexed", "NonIndexed", NULL}, *const replace[] = {
										"Failed", "TerminatingOrFailed", NULL},
				 *const failed_only[] = {"Failed", NULL};
	static const char *const numbers[] = {"parallelism",
					      "completions",
					      "activeDeadlineSeconds",
					      "backoffLimit",
					      "ttlSecondsAfterFinished",
					      "backoffLimitPerIndex",
					      "maxFailedIndexes"};
	const json_t *pod = json_at(spec, "template", "spec", NULL);
	const char *restart = v_text(pod, "restartPolicy");
	bool indexed = streq(v_text(spec, "completionMode"), "Indexed");
	for (size_t i = 0; i < ARRAY_LEN(numbers); i++)
		v_range(v, spec, numbers[i], 0, INT64_MAX);
	v_enum(v, spec, "completionMode", modes, false);
	/* With a failure policy only pods that have failed may be replaced. */
	v_enum(v, spec, "podReplacementPolicy",
	       json_is_object(json_object_get(spec, "podFailurePolicy")) ? failed_only : replace, false);
	if (indexed && !v_has(spec, "completions"))
		v_required(v, "completions", "when completion mode is Indexed");
	if (!indexed && v_has(spec, "backoffLimitPerIndex"))
		v_invalid(v, "backoffLimitPerIndex", json_object_get(spec, "backoffLimitPerIndex"),
			  "requires indexed completion mode");
	if (json_is_object(json_object_get(spec, "podFailurePolicy")))
		V_IN (v, "podFailurePolicy")
			check_failure_policy(v, spec, json_object_get(spec, "podFailurePolicy"));
	check_indexed_job(v, spec);
	validate_pod_template(v, spec);
	if (json_is_object(pod) && !streq(restart, "Never") && !streq(restart, "OnFailure"))
		v_required(v, "template.spec.restartPolicy", "valid values: \"OnFailure\", \"Never\"");
	if (v_has(spec, "podFailurePolicy") && !streq(restart, "Never"))
		v_invalid(v, "template.spec.restartPolicy", json_object_get(pod, "restartPolicy"),
			  "only \"Never\" is supported when podFailurePolicy is specified");
	if (from_cron)
		return;
	struct api_selector *s AUTO_SELECTOR = NULL;
	const json_t *labels = json_at(spec, "template", "metadata", "labels", NULL);
	AUTO_JSON json_t *shown = v_sorted(labels);
	if (!json_is_object(json_object_get(spec, "selector")))
		v_required(v, "selector", "");
	v_label_selector(v, spec, "selector");
	if (!json_is_object(json_object_get(spec, "selector")) ||
	    (api_label_selector_from(&s, json_object_get(spec, "selector"), NULL) == 0 &&
	     !api_selector_match_labels(s, labels)))
		v_invalid(v, "template.metadata.labels", shown, "`selector` does not match template `labels`");
}

/* What a Job's selector and its pods' labels are made of, unless the user chose them (validateGeneratedSelector). */
static void check_generated_selector(struct validation *v, const json_t *spec)
{
	static const struct {
		const char *label, *key;
		bool prefixed;
	} wanted[] = {{"controller-uid", "uid", false},
		      {"job-name", "name", false},
		      {"batch.kubernetes.io/controller-uid", "uid", true},
		      {"batch.kubernetes.io/job-name", "name", true}};
	const json_t *meta = json_object_get(v->obj, "metadata"),
		     *labels = json_at(spec, "template", "metadata", "labels", NULL),
		     *was = json_at(v->old, "spec", "template", "metadata", "labels", NULL),
		     *selector = json_object_get(spec, "selector");
	bool prefixed = !v->old || (json_object_get(was, wanted[2].label) && json_object_get(was, wanted[3].label));
	struct api_selector *s AUTO_SELECTOR = NULL;
	AUTO_JSON json_t *expected = json_object(), *shown = v_sorted(labels);
	if (json_is_true(json_object_get(spec, "manualSelector")) || !json_is_object(selector))
		return;
	V_IN (v, "template.metadata.labels")
		for (size_t i = 0; i < ARRAY_LEN(wanted); i++) {
			const char *label = json_string_value(json_object_get(labels, wanted[i].label)),
				   *want = v_text(meta, wanted[i].key);
			if (wanted[i].prefixed && !prefixed)
				continue;
			(void)json_object_set_new(expected, wanted[i].label, json_string(want));
			size_t at = path_map_key(&v->path, wanted[i].label);
			AUTO_FREE char *detail = str_fmt("must be '%s'", want);
			if (!label)
				v_required(v, "", detail ? detail : "");
			else if (!streq(label, want))
				v_invalid(v, "", shown, "%s", detail ? detail : "");
			path_pop(&v->path, at);
		}
	if (api_label_selector_from(&s, selector, NULL) == 0 && !api_selector_match_labels(s, expected))
		v_invalid(v, "selector", selector, "`selector` not auto-generated");
}

static void validate_job(struct validation *v)
{
	const json_t *spec = json_object_get(v->obj, "spec"), *old = json_object_get(v->old, "spec");
	if (v->sub)
		return;
	V_IN (v, "spec") {
		check_generated_selector(v, spec);
		validate_job_spec(v, spec, false);
		if (old) {
			v_immutable(v, spec, old, "selector");
			v_immutable(v, spec, old, "completionMode");
			v_immutable(v, spec, old, "podFailurePolicy");
			v_immutable(v, spec, old, "backoffLimitPerIndex");
			v_immutable(v, spec, old, "successPolicy");
			v_immutable(v, spec, old, "managedBy");
			/* an Indexed job may be resized when both numbers change alike; a suspended job's template may
			 * be moved */
			bool elastic = streq(v_text(spec, "completionMode"), "Indexed") &&
				       v_int(spec, "completions", -1) == v_int(spec, "parallelism", -2);
			if (!elastic)
				v_immutable(v, spec, old, "completions");
			if (!json_is_true(json_object_get(old, "suspend")))
				v_immutable(v, spec, old, "template");
		}
	}
}

/* A zone that was accepted once stays, whatever has become of the tz database. */
static void check_time_zone(struct validation *v, const json_t *spec)
{
	const json_t *name = json_object_get(spec, "timeZone");
	struct timezone_rules *zone = NULL;
	struct err e = {0};
	if (!name || (v->old && json_equal(name, json_at(v->old, "spec", "timeZone", NULL))))
		return;
	if (!*v_text(spec, "timeZone"))
		v_invalid(v, "timeZone", name, "timeZone must be nil or non-empty string");
	else if (strcasecmp(v_text(spec, "timeZone"), "Local") == 0)
		v_invalid(v, "timeZone", name,
			  "timeZone must be an explicit time zone as defined in https://www.iana.org/time-zones");
	else if (timezone_load(&zone, v_text(spec, "timeZone"), &e) < 0)
		v_invalid(v, "timeZone", name, "%s", e.msg);
	timezone_free(zone);
}

static void validate_cron_job(struct validation *v)
{
	static const char *const policies[] = {"Allow", "Forbid", "Replace", NULL};
	const json_t *spec = json_object_get(v->obj, "spec");
	const char *schedule = v_text(spec, "schedule");
	struct cron cron;
	struct err e = {0};
	if (v->sub)
		return;
	if (strlen(v_text(json_object_get(v->obj, "metadata"), "name")) > 52 && !v->old)
		v_invalid(v, "metadata.name", json_at(v->obj, "metadata", "name", NULL),
			  "must be no more than 52 characters");
	V_IN (v, "spec") {
		if (!*schedule)
			v_required(v, "schedule", "");
		else if (strstr(schedule, "TZ"))
			v_invalid(v, "schedule", json_object_get(spec, "schedule"),
				  "cannot use TZ or CRON_TZ in schedule, use timeZone field instead");
		else if (cron_parse(&cron, schedule, &e) < 0)
			v_invalid(v, "schedule", json_object_get(spec, "schedule"), "%s", e.msg);
		check_time_zone(v, spec);
		v_enum(v, spec, "concurrencyPolicy", policies, true);
		v_range(v, spec, "startingDeadlineSeconds", 0, INT64_MAX);
		v_range(v, spec, "successfulJobsHistoryLimit", 0, INT64_MAX);
		v_range(v, spec, "failedJobsHistoryLimit", 0, INT64_MAX);
		V_IN (v, "jobTemplate")
			V_IN (v, "spec")
				validate_job_spec(v, json_at(spec, "jobTemplate", "spec", NULL), true);
	}
}

static void validate_pdb(struct validation *v)
{
	const json_t *spec = json_object_get(v->obj, "spec");
	static const char *const policies[] = {"AlwaysAllow", "IfHealthyBudget", NULL};
	if (v->sub)
		return;
	V_IN (v, "spec") {
		if (v_has(spec, "minAvailable") && v_has(spec, "maxUnavailable"))
			v_invalid(v, "", spec, "minAvailable and maxUnavailable cannot be both set");
		v_int_or_percent(v, spec, "minAvailable");
		v_int_or_percent(v, spec, "maxUnavailable");
		check_percent_limit(v, spec, "minAvailable");
		check_percent_limit(v, spec, "maxUnavailable");
		v_label_selector(v, spec, "selector");
		v_enum(v, spec, "unhealthyPodEvictionPolicy", policies, false);
	}
}

static void validate_hpa(struct validation *v)
{
	const json_t *spec = json_object_get(v->obj, "spec"), *ref = json_object_get(spec, "scaleTargetRef");
	int64_t min = v_int(spec, "minReplicas", 1), max = v_int(spec, "maxReplicas", 0);
	AUTO_JSON json_t *shown = json_integer(max);
	if (v->sub)
		return;
	V_IN (v, "spec") {
		if (min < 1)
			v_invalid(v, "minReplicas", json_object_get(spec, "minReplicas"),
				  "must be greater than or equal to 1");
		if (max < 1)
			v_required(v, "maxReplicas", "must be set and greater than 0");
		if (max < min)
			v_invalid(v, "maxReplicas", shown, "must be greater than or equal to `minReplicas`");
		V_IN (v, "scaleTargetRef") {
			v_name(v, ref, "kind", v_check_path_segment, true);
			v_name(v, ref, "name", v_check_path_segment, true);
			if (!streq(v_text(ref, "kind"), "ReplicationController") && !strchr(v_text(ref, "apiVersion"), '/'))
				v_invalid(v, "apiVersion", json_object_get(ref, "apiVersion"), "apiVersion must specify API group");
		}
		V_IN (v, "metrics")
			V_EACH (v, json_object_get(spec, "metrics"), i, m) {
				static const char *const types[] = {"ContainerResource", "External", "Object", "Pods",
								    "Resource",          NULL};
				v_enum(v, m, "type", types, true);
			}
		v_range(v, spec, "targetCPUUtilizationPercentage", 1, INT64_MAX);
	}
}

const struct kind_validator apps_validators[] = {{"apps", "Deployment", validate_deployment},
						 {"apps", "ReplicaSet", validate_replica_set},
						 {"apps", "StatefulSet", validate_stateful_set},
						 {"apps", "DaemonSet", validate_daemon_set},
						 {"apps", "ControllerRevision", validate_revision},
						 {"batch", "Job", validate_job},
						 {"batch", "CronJob", validate_cron_job},
						 {"policy", "PodDisruptionBudget", validate_pdb},
						 {"autoscaling", "HorizontalPodAutoscaler", validate_hpa},
						 {NULL, NULL, NULL}};
