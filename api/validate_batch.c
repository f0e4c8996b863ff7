/* Jobs and CronJobs: their specs. pkg/apis/batch/validation. */
#include "api/cron.h"
#include "api/selector.h"
#include <strings.h>
#include "api/validate.h"

static bool has_container(const json_t *pod, const char *name)
{
	static const char *const lists[] = {"containers", "initContainers"};
	for (size_t l = 0; l < ARRAY_LEN(lists); l++)
		for (size_t i = 0; i < json_array_size(json_object_get(pod, lists[l])); i++)
			if (streq(v_text(json_array_get(json_object_get(pod, lists[l]), i), "name"), name))
				return true;
	return false;
}

/* One of allowed, which a missing one is told in words, too. */
static void check_choice(struct validation *v, const json_t *o, const char *key, const char *const *allowed,
			 const char *words)
{
	if (!*v_text(o, key))
		v_required(v, key, words);
	else
		v_enum(v, o, key, allowed, false);
}

static void check_exit_codes(struct validation *v, const json_t *spec, const json_t *codes)
{
	static const char *const ops[] = {"In", "NotIn", NULL};
	const json_t *values = json_object_get(codes, "values");
	AUTO_JSON json_t *seen = json_object(), *none = json_null();
	bool ordered = true;
	check_choice(v, codes, "operator", ops, "valid values: [\"In\" \"NotIn\"]");
	if (v_has(codes, "containerName") &&
	    !has_container(json_at(spec, "template", "spec", NULL), v_text(codes, "containerName")))
		v_invalid(v, "containerName", json_object_get(codes, "containerName"),
			  "must be one of the container or initContainer names in the pod template");
	if (json_array_size(values) == 0)
		v_invalid(v, "values", values ? values : none, "at least one value is required");
	else if (json_array_size(values) > 255)
		v_too_many(v, "values", json_array_size(values), 255);
	V_IN (v, "values")
		V_EACH (v, values, i, x) {
			AUTO_FREE char *key = str_fmt("%lld", (long long)json_integer_value(x));
			if (streq(v_text(codes, "operator"), "In") && json_integer_value(x) == 0)
				v_invalid(v, "", x, "must not be 0 for the In operator");
			if (key && json_object_get(seen, key))
				v_duplicate(v, "", x);
			else if (key)
				(void)json_object_set_new(seen, key, json_true());
			ordered &= !i || json_integer_value(json_array_get(values, i - 1)) <= json_integer_value(x);
		}
	if (!ordered)
		v_invalid(v, "values", values, "must be ordered");
}

static void check_pod_conditions(struct validation *v, const json_t *r)
{
	static const char *const states[] = {"False", "True", "Unknown", NULL};
	const json_t *list = json_object_get(r, "onPodConditions");
	if (json_array_size(list) > 20)
		v_too_many(v, "onPodConditions", json_array_size(list), 20);
	V_IN (v, "onPodConditions")
		V_EACH (v, list, i, c) {
			(void)v_words(v, "type", v_text(c, "type"), api_check_label_key);
			check_choice(v, c, "status", states, "valid values: [\"False\" \"True\" \"Unknown\"]");
		}
}

static void v_invalid_bare(struct validation *v, const char *key, const char *detail)
{
	V_IN (v, key)
		api_cause_add(v->c, "FieldValueInvalid", path_text(&v->path), "Invalid value: %s", detail);
}

static void check_failure_policy(struct validation *v, const json_t *spec, const json_t *p)
{
	static const char *const actions[] = {"Count", "FailIndex", "FailJob", "Ignore", NULL};
	if (json_array_size(json_object_get(p, "rules")) > 20)
		v_too_many(v, "rules", json_array_size(json_object_get(p, "rules")), 20);
	V_IN (v, "rules")
		V_EACH (v, json_object_get(p, "rules"), i, r) {
			const json_t *codes = json_object_get(r, "onExitCodes");
			size_t conditions = json_array_size(json_object_get(r, "onPodConditions"));
			check_choice(v, r, "action", actions,
				     "valid values: [\"Count\" \"FailIndex\" \"FailJob\" \"Ignore\"]");
			if (streq(v_text(r, "action"), "FailIndex") && !v_has(spec, "backoffLimitPerIndex"))
				v_invalid(v, "action", json_object_get(r, "action"),
					  "requires the backoffLimitPerIndex to be set");
			if (json_is_object(codes))
				V_IN (v, "onExitCodes")
					check_exit_codes(v, spec, codes);
			check_pod_conditions(v, r);
			if (json_is_object(codes) && conditions)
				v_invalid_bare(v, "",
					       "specifying both OnExitCodes and OnPodConditions is not supported");
			else if (!json_is_object(codes) && !conditions)
				v_invalid_bare(v, "", "specifying one of OnExitCodes and OnPodConditions is required");
		}
}

/* strconv.Atoi */
static bool to_index(const char *s, size_t n, int64_t *ret)
{
	AUTO_FREE char *one = str_ndup(s, n);
	return one && n && str_to_i64(*one == '+' ? one + 1 : one, INT64_MIN, INT64_MAX, ret) == 0;
}

/* "1,3-5": ranges in order, below completions. 0 and how many, or -1 and what is wrong. */
static int count_indexes(const char *text, int64_t completions, int64_t *ret_total, struct buf *why)
{
	int64_t last = -1, total = 0;
	bool first = true;
	for (const char *p = text; *text; p++) {
		size_t n = strcspn(p, ","), head = strcspn(p, "-");
		int64_t x, y;
		head = head < n ? head : n;
		bool two = head < n;
		if (two && memchr(p + head + 1, '-', n - head - 1)) {
			buf_addf(why,
				 "the fragment \"%.*s\" violates the requirement that an index interval can have at "
				 "most two parts separated by '-'",
				 (int)n, p);
			return -1;
		}
		if (!to_index(p, head, &x)) {
			buf_addf(why, "cannot convert string to integer for index: \"%.*s\"", (int)head, p);
			return -1;
		}
		if (x >= completions) {
			buf_addf(why, "too large index: \"%.*s\"", (int)head, p);
			return -1;
		}
		y = x;
		if (two && !to_index(p + head + 1, n - head - 1, &y)) {
			buf_addf(why, "cannot convert string to integer for index: \"%.*s\"", (int)(n - head - 1),
				 p + head + 1);
			return -1;
		}
		if (two && y >= completions) {
			buf_addf(why, "too large index: \"%.*s\"", (int)(n - head - 1), p + head + 1);
			return -1;
		}
		if ((two && x >= y) || (!first && last >= x)) {
			buf_addf(why, "non-increasing order, previous: %lld, current: %lld",
				 (long long)(two && x >= y ? x : last), (long long)(two && x >= y ? y : x));
			return -1;
		}
		total += y - x + 1;
		last = y;
		first = false;
		p += n;
		if (!*p)
			break;
	}
	*ret_total = total;
	return 0;
}

bool validate_indexes(struct validation *v, const json_t *o, const char *key, int64_t completions, int64_t *ret_total)
{
	struct buf why AUTO_BUF = {0};
	if (count_indexes(v_text(o, key), completions, ret_total, &why) == 0)
		return true;
	v_invalid(v, key, json_object_get(o, key), "error parsing %s: %s", key, why.len ? why.data : "");
	return false;
}

static void check_success_policy(struct validation *v, const json_t *spec, const json_t *p)
{
	int64_t completions = v_int(spec, "completions", 0);
	const json_t *rules = json_object_get(p, "rules");
	if (json_array_size(rules) == 0)
		v_required(v, "rules", "at least one rules must be specified when the successPolicy is specified");
	else if (json_array_size(rules) > 20)
		v_too_many(v, "rules", json_array_size(rules), 20);
	V_IN (v, "rules")
		V_EACH (v, rules, i, r) {
			bool indexes = v_has(r, "succeededIndexes"), count = v_has(r, "succeededCount");
			int64_t total = 0;
			if (!count && !indexes)
				v_required(v, "",
					   "at least one of succeededCount or succeededIndexes must be specified");
			if (strlen(v_text(r, "succeededIndexes")) > 64 * 1024)
				v_too_long(v, "succeededIndexes", 64 * 1024);
			if (indexes)
				(void)validate_indexes(v, r, "succeededIndexes", completions, &total);
			v_range(v, r, "succeededCount", 0, INT64_MAX);
			if (v_int(r, "succeededCount", 0) > completions)
				v_invalid(v, "succeededCount", json_object_get(r, "succeededCount"),
					  "must be less than or equal to %lld (the number of specified completions)",
					  (long long)completions);
			if (indexes && v_int(r, "succeededCount", 0) > total)
				v_invalid(v, "succeededCount", json_object_get(r, "succeededCount"),
					  "must be less than or equal to %lld (the number of indexes in the specified "
					  "succeededIndexes field)",
					  (long long)total);
		}
}

static void at_most(struct validation *v, const json_t *spec, const char *key, int64_t max, const char *words)
{
	if (v_has(spec, key) && v_int(spec, key, 0) > max)
		v_invalid(v, key, json_object_get(spec, key), "must be less than or equal to %s", words);
}

/* What belongs to Indexed jobs, and to limits by index. */
static void check_indexed(struct validation *v, const json_t *spec)
{
	int64_t completions = v_int(spec, "completions", 0);
	if (!v_has(spec, "completions"))
		v_required(v, "completions", "when completion mode is Indexed");
	at_most(v, spec, "parallelism", 100000, "100000 when completion mode is Indexed");
	if (v_has(spec, "completions"))
		at_most(v, spec, "maxFailedIndexes", completions, "completions");
	at_most(v, spec, "maxFailedIndexes", 100000, "100000");
	if (completions > 100000 && v_has(spec, "backoffLimitPerIndex")) {
		if (!v_has(spec, "maxFailedIndexes"))
			v_required(v, "maxFailedIndexes", "must be specified when completions is above 100000");
		at_most(v, spec, "parallelism", 10000,
			"10000 when completions are above 100000 and used with backoff limit per index");
		at_most(v, spec, "maxFailedIndexes", 10000,
			"10000 when completions are above 100000 and used with backoff limit per index");
	}
}

/* "example.com/path" */
void validate_domain_path(struct validation *v, const json_t *o, const char *key)
{
	static const char chars[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789/-._~%!$&'()*+,;=:";
	const char *s = v_text(o, key), *slash = strchr(s, '/');
	AUTO_FREE char *host = slash ? str_ndup(s, (size_t)(slash - s)) : NULL;
	if (!*s) {
		v_required(v, key, "");
	} else if (!slash || slash == s || !slash[1]) {
		v_invalid(v, key, json_object_get(o, key), "must be a domain-prefixed path (such as \"acme.io/foo\")");
	} else {
		AUTO_JSON json_t *path = json_string(slash + 1);
		(void)v_words(v, key, host ? host : "", api_check_dns1123_subdomain);
		if (slash[1 + strspn(slash + 1, chars)])
			v_invalid(v, key, path,
				  "Invalid path (regex used for validation is '[A-Za-z0-9/\\-._~%%!$&'()*+,;=:]+')");
	}
}

static void check_job_restart(struct validation *v, const json_t *spec)
{
	static const char *const policies[] = {"OnFailure", "Never", NULL};
	const json_t *pod = json_at(spec, "template", "spec", NULL);
	const char *restart = v_text(pod, "restartPolicy");
	V_IN (v, "template")
		V_IN (v, "spec") {
			if (!*restart || streq(restart, "Always"))
				v_required(v, "restartPolicy", "valid values: \"OnFailure\", \"Never\"");
			else if (!streq(restart, "OnFailure") && !streq(restart, "Never"))
				v_enum(v, pod, "restartPolicy", policies, false);
			else if (v_has(spec, "podFailurePolicy") && !streq(restart, "Never"))
				v_invalid(v, "restartPolicy", json_object_get(pod, "restartPolicy"),
					  "only \"Never\" is supported when podFailurePolicy is specified");
		}
}

static void check_job_selector(struct validation *v, const json_t *spec)
{
	struct api_selector *s AUTO_SELECTOR = NULL;
	const json_t *labels = json_at(spec, "template", "metadata", "labels", NULL);
	AUTO_JSON json_t *shown = v_sorted(labels);
	size_t before = v->c->n;
	if (!json_is_object(json_object_get(spec, "selector"))) {
		v_required(v, "selector", "");
		v_invalid(v, "template.metadata.labels", shown, "`selector` does not match template `labels`");
		return;
	}
	v_label_selector(v, spec, "selector");
	if (v->c->n == before && api_label_selector_from(&s, json_object_get(spec, "selector"), NULL) == 0 &&
	    !api_selector_match_labels(s, labels))
		v_invalid(v, "template.metadata.labels", shown, "`selector` does not match template `labels`");
}

void validate_job_spec(struct validation *v, const json_t *spec, bool from_cron)
{
	static const char *const modes[] = {"NonIndexed", "Indexed", NULL},
				 *const replace[] = {"Failed", "TerminatingOrFailed", NULL},
				 *const failed_only[] = {"Failed", NULL};
	static const char *const numbers[] = {"parallelism",
					      "completions",
					      "activeDeadlineSeconds",
					      "backoffLimit",
					      "ttlSecondsAfterFinished",
					      "backoffLimitPerIndex",
					      "maxFailedIndexes"};
	const json_t *failure = json_object_get(spec, "podFailurePolicy"),
		     *success = json_object_get(spec, "successPolicy");
	bool indexed = streq(v_text(spec, "completionMode"), "Indexed");
	for (size_t i = 0; i < ARRAY_LEN(numbers); i++)
		v_range(v, spec, numbers[i], 0, INT64_MAX);
	if (v_has(spec, "maxFailedIndexes") && !v_has(spec, "backoffLimitPerIndex"))
		v_required(v, "backoffLimitPerIndex", "when maxFailedIndexes is specified");
	if (v_has(spec, "managedBy")) {
		validate_domain_path(v, spec, "managedBy");
		if (strlen(v_text(spec, "managedBy")) > 63)
			v_too_long(v, "managedBy", 63);
	}
	if (v_has(spec, "completionMode"))
		v_supported(v, spec, "completionMode", modes);
	if (indexed)
		check_indexed(v, spec);
	if (!v_has(spec, "completionMode") || streq(v_text(spec, "completionMode"), "NonIndexed")) {
		if (v_has(spec, "backoffLimitPerIndex"))
			v_invalid(v, "backoffLimitPerIndex", json_object_get(spec, "backoffLimitPerIndex"),
				  "requires indexed completion mode");
		if (v_has(spec, "maxFailedIndexes"))
			v_invalid(v, "maxFailedIndexes", json_object_get(spec, "maxFailedIndexes"),
				  "requires indexed completion mode");
	}
	if (json_is_object(failure))
		V_IN (v, "podFailurePolicy")
			check_failure_policy(v, spec, failure);
	if (json_is_object(success) && !indexed)
		v_invalid(v, "successPolicy", success, "requires indexed completion mode");
	else if (json_is_object(success))
		V_IN (v, "successPolicy")
			check_success_policy(v, spec, success);
	/* With a failure policy only pods that have failed may be replaced. */
	if (v_has(spec, "podReplacementPolicy"))
		v_supported(v, spec, "podReplacementPolicy", json_is_object(failure) ? failed_only : replace);
	validate_pod_template(v, spec);
	check_job_restart(v, spec);
	if (!from_cron)
		check_job_selector(v, spec);
}

/* Resources of containers of the same name and place. */
static void take_resources(json_t *pod, const json_t *to)
{
	static const char *const lists[] = {"containers", "initContainers"};
	for (size_t l = 0; l < ARRAY_LEN(lists); l++) {
		json_t *list = json_object_get(pod, lists[l]);
		const json_t *now = json_object_get(to, lists[l]);
		for (size_t i = 0; json_array_size(list) == json_array_size(now) && i < json_array_size(list); i++) {
			json_t *c = json_array_get(list, i),
			       *resources = json_object_get(json_array_get(now, i), "resources");
			if (!streq(v_text(c, "name"), v_text(json_array_get(now, i), "name")))
				continue;
			(void)json_object_del(c, "resources");
			if (resources)
				(void)json_object_set(c, "resources", resources);
		}
	}
}

/* A suspended job's template may be moved; its labels stay those of the job. */
static json_t *template_of(const json_t *spec, const json_t *next, bool suspended)
{
	static const char *const moved[] = {"nodeSelector", "tolerations", "schedulingGates"};
	json_t *t = json_deep_copy(json_object_get(spec, "template")), *pod = json_object_get(t, "spec");
	const json_t *to = json_object_get(next, "template"), *to_pod = json_object_get(to, "spec"), *x;
	if (!suspended)
		return t;
	for (size_t i = 0; i < ARRAY_LEN(moved); i++) {
		(void)json_object_del(pod, moved[i]);
		if ((x = json_object_get(to_pod, moved[i])))
			(void)json_object_set(pod, moved[i], (json_t *)x);
	}
	take_resources(pod, to_pod);
	(void)json_object_del(t, "metadata");
	if ((x = json_object_get(to, "metadata")))
		(void)json_object_set(t, "metadata", (json_t *)x);
	AUTO_JSON json_t *affinity = json_copy(json_object_get(pod, "affinity"));
	if (!affinity)
		affinity = json_object();
	(void)json_object_del(affinity, "nodeAffinity");
	if ((x = json_at(to_pod, "affinity", "nodeAffinity", NULL)))
		(void)json_object_set(affinity, "nodeAffinity", (json_t *)x);
	if (json_object_size(affinity) || json_object_get(to_pod, "affinity"))
		(void)json_object_set(pod, "affinity", affinity);
	else
		(void)json_object_del(pod, "affinity");
	return t;
}

static void check_job_update(struct validation *v, const json_t *spec, const json_t *old)
{
	static const char *const fixed[] = {"completionMode", "podFailurePolicy", "backoffLimitPerIndex", "managedBy",
					    "successPolicy"};
	const json_t *completions = json_object_get(spec, "completions");
	bool suspended = v_true(old, "suspend");
	if (!streq(v_text(spec, "completionMode"), "Indexed"))
		v_immutable(v, spec, old, "completions");
	else if (json_is_integer(completions) && !v_same(spec, old, "completions") &&
		 json_integer_value(completions) != v_int(spec, "parallelism", 0))
		v_invalid(v, "completions", completions, "can only be modified in tandem with spec.parallelism");
	v_immutable(v, spec, old, "selector");
	AUTO_JSON json_t *was = template_of(old, spec, suspended);
	if (suspended && !json_equal(json_object_get(was, "spec"), json_at(spec, "template", "spec", NULL)))
		v_invalid(v, "template.spec", json_at(spec, "template", "spec", NULL), "field is immutable");
	else if (!suspended && !json_equal(was, json_object_get(spec, "template")))
		v_invalid(v, "template", json_object_get(spec, "template"), "field is immutable");
	for (size_t i = 0; i < ARRAY_LEN(fixed); i++)
		v_immutable_pointer(v, spec, old, fixed[i]);
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
	const json_t *spec = json_object_get(v->obj, "spec"), *name = json_at(v->obj, "metadata", "name", NULL);
	if (v->sub) {
		if (streq(v->sub, "status"))
			validate_job_status(v);
		return;
	}
	V_IN (v, "spec") {
		check_generated_selector(v, spec);
		validate_job_spec(v, spec, false);
		if (v->old)
			check_job_update(v, spec, json_object_get(v->old, "spec"));
	}
	if (!v->old && streq(v_text(spec, "completionMode"), "Indexed") && v_int(spec, "completions", 0) > 0) {
		AUTO_FREE char *host = str_fmt("%s-%lld", json_string_value(name) ? json_string_value(name) : "",
					       (long long)v_int(spec, "completions", 0) - 1);
		if (host && api_check_dns1123_label(host))
			v_invalid(v, "metadata.name", name, "will not able to create pod with invalid DNS label: %s",
				  host);
	}
}

static bool is_zone_name(const char *s)
{
	static const char chars[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz.-_0123456789+";
	for (const char *p = s;; p++) {
		size_t n = strcspn(p, "/");
		if (n == 0 || n > 14 || strspn(p, chars) < n || *p == '-' || (n == 1 && *p == '.') ||
		    (n == 2 && p[0] == '.' && p[1] == '.'))
			return false;
		p += n;
		if (!*p)
			return true;
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
	else if (!is_zone_name(v_text(spec, "timeZone")))
		v_invalid(v, "timeZone", name, "unknown time zone %s", v_text(spec, "timeZone"));
	else if (strcasecmp(v_text(spec, "timeZone"), "Local") == 0)
		v_invalid(v, "timeZone", name,
			  "timeZone must be an explicit time zone as defined in https://www.iana.org/time-zones");
	else if (timezone_load(&zone, v_text(spec, "timeZone"), &e) < 0)
		v_invalid(v, "timeZone", name, "%s", e.msg);
	timezone_free(zone);
}

/* cron.ParseStandard: a time zone may go before the fields. */
static int parse_schedule(const char *schedule, struct err *e)
{
	const char *zone = str_has_prefix(schedule, "TZ=")        ? schedule + 3
			   : str_has_prefix(schedule, "CRON_TZ=") ? schedule + 8
								  : NULL;
	const char *space = zone ? strchr(zone, ' ') : NULL;
	struct timezone_rules *rules = NULL;
	struct cron cron;
	if (!space)
		return cron_parse(&cron, schedule, e);
	AUTO_FREE char *name = str_ndup(zone, (size_t)(space - zone));
	struct err bad = {0};
	if (!name)
		return err_nomem(e);
	if (strstr(name, "..") || strchr("/\\", *name ? *name : ' '))
		return err_set(e, ERR_BAD_REQUEST, "provided bad location %s: time: invalid location name", name);
	if (*name && !streq(name, "Local") && (!is_zone_name(name) || timezone_load(&rules, name, &bad) < 0))
		return err_set(e, ERR_BAD_REQUEST, "provided bad location %s: unknown time zone %s", name, name);
	timezone_free(rules);
	return cron_parse(&cron, space + strspn(space, " "), e);
}

static void check_schedule(struct validation *v, const json_t *spec)
{
	const char *schedule = v_text(spec, "schedule");
	bool had_zone = strstr(json_str_or(v->old, "spec.schedule", ""), "TZ") != NULL,
	     zone = strstr(schedule, "TZ") != NULL;
	struct err e = {0};
	if (!*schedule) {
		v_required(v, "schedule", "");
		return;
	}
	if (!zone && *schedule != '@' && cron_count(schedule) != 5) /* told whole, which an error has no room for */
		v_invalid(v, "schedule", json_object_get(spec, "schedule"),
			  "expected exactly 5 fields, found %zu: [%s]", cron_count(schedule), schedule);
	else if (parse_schedule(schedule, &e) < 0)
		v_invalid(v, "schedule", json_object_get(spec, "schedule"), "%s", e.msg);
	if (zone && had_zone && v_has(spec, "timeZone"))
		v_invalid(v, "schedule", json_object_get(spec, "schedule"),
			  "cannot use both timeZone field and TZ or CRON_TZ in schedule");
	else if (zone && !had_zone)
		v_invalid(v, "schedule", json_object_get(spec, "schedule"),
			  "cannot use TZ or CRON_TZ in schedule, use timeZone field instead");
}

static void validate_cron_job(struct validation *v)
{
	static const char *const policies[] = {"Allow", "Forbid", "Replace", NULL};
	const json_t *spec = json_object_get(v->obj, "spec"), *job = json_at(spec, "jobTemplate", "spec", NULL);
	if (v->sub)
		return;
	V_IN (v, "spec") {
		check_schedule(v, spec);
		v_range(v, spec, "startingDeadlineSeconds", 0, INT64_MAX);
		check_time_zone(v, spec);
		v_enum(v, spec, "concurrencyPolicy", policies, true);
		V_IN (v, "jobTemplate")
			V_IN (v, "spec") {
				validate_job_spec(v, job, true);
				if (v_has(job, "selector"))
					v_invalid(v, "selector", json_object_get(job, "selector"),
						  "`selector` will be auto-generated");
				if (v_true(job, "manualSelector"))
					V_IN (v, "manualSelector")
						api_cause_add(
						    v->c, "FieldValueNotSupported", path_text(&v->path),
						    "Unsupported value: true: supported values: \"nil\", \"false\"");
			}
		v_range(v, spec, "successfulJobsHistoryLimit", 0, INT64_MAX);
		v_range(v, spec, "failedJobsHistoryLimit", 0, INT64_MAX);
	}
	if (!v->old && strlen(v_text(json_object_get(v->obj, "metadata"), "name")) > 52)
		v_invalid(v, "metadata.name", json_at(v->obj, "metadata", "name", NULL),
			  "must be no more than 52 characters");
}

const struct kind_validator batch_validators[] = {
    {"batch", "Job", validate_job}, {"batch", "CronJob", validate_cron_job}, {NULL, NULL, NULL}};
