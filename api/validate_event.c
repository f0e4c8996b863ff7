/* Events, of the old group and of the new. core/validation/events.go. */
#include "api/validate.h"

#define WORDS_MAX "can have at most %d characters"

static void check_length(struct validation *v, const char *key, const char *s, int max, bool must)
{
	if (!*s && must)
		v_required(v, key, "");
	if (strlen(s) > (size_t)max)
		v_invalid(v, key, NULL, WORDS_MAX, max);
}

static const json_t *time_of(const json_t *e)
{
	return v_has(e, "eventTime") ? json_object_get(e, "eventTime") : NULL;
}

/* What both groups ask. Findings have the names that Kubernetes' own type has. */
static void check_common(struct validation *v, bool newer)
{
	const json_t *ref = json_object_get(v->obj, newer ? "regarding" : "involvedObject");
	const char *of = v_text(ref, "namespace"), *own = v_text(json_object_get(v->obj, "metadata"), "namespace");
	const char *controller = v_text(v->obj, newer ? "reportingController" : "reportingComponent"),
		   *field = newer ? "reportingController" : "reportingComponent";
	AUTO_JSON json_t *bad = json_string(of);
	bool wrong = *of ? !time_of(v->obj) && !streq(of, own)
			 : *own && !streq(own, "default") && !(time_of(v->obj) && streq(own, "kube-system"));
	if (wrong)
		v_invalid(v, "involvedObject.namespace", bad, "does not match event.namespace");
	if (time_of(v->obj)) {
		if (!*controller)
			v_required(v, field, "");
		(void)v_words(v, field, controller, api_check_label_key);
		check_length(v, "reportingInstance", v_text(v->obj, "reportingInstance"), 128, true);
		check_length(v, "action", v_text(v->obj, "action"), 128, true);
		check_length(v, "reason", v_text(v->obj, "reason"), 128, true);
		check_length(v, "message", v_text(v->obj, newer ? "note" : "message"), 1024, false);
	}
	(void)v_words(v, "namespace", own, api_check_dns1123_subdomain);
}

static void check_series(struct validation *v)
{
	const json_t *s = json_object_get(v->obj, "series");
	if (!json_is_object(s))
		return;
	if (v_int(s, "count", 0) < 2)
		v_invalid(v, "series.count", NULL, "should be at least 2");
	if (!v_has(s, "lastObservedTime"))
		v_required(v, "series.lastObservedTime", "");
}

static void check_new(struct validation *v)
{
	static const struct {
		const char *key, *name;
	} unset[] = {{"deprecatedFirstTimestamp", "firstTimestamp"},
		     {"deprecatedLastTimestamp", "lastTimestamp"},
		     {"deprecatedCount", "count"}};
	const char *type = v_text(v->obj, "type");
	check_series(v);
	if (!time_of(v->obj))
		v_required(v, "eventTime", "");
	if (!streq(type, "Normal") && !streq(type, "Warning"))
		v_invalid(v, "type", NULL, "has invalid value: %s", type);
	for (size_t i = 0; i < ARRAY_LEN(unset); i++)
		if (v_has(v->obj, unset[i].key))
			v_invalid(v, unset[i].name, NULL, "needs to be unset");
	if (json_object_size(json_object_get(v->obj, "deprecatedSource")))
		v_invalid(v, "source", NULL, "needs to be unset");
}

static void check_new_update(struct validation *v)
{
	static const struct {
		const char *key, *name;
	} fixed[] = {{"regarding", "involvedObject"},
		     {"reason", "reason"},
		     {"note", "message"},
		     {"deprecatedSource", "source"},
		     {"deprecatedFirstTimestamp", "firstTimestamp"},
		     {"deprecatedLastTimestamp", "lastTimestamp"},
		     {"deprecatedCount", "count"},
		     {"type", "type"},
		     {"eventTime", "eventTime"},
		     {"action", "action"},
		     {"related", "related"},
		     {"reportingController", "reportingController"},
		     {"reportingInstance", "reportingInstance"}};
	if (!v_same(v->obj, v->old, "series"))
		check_series(v);
	for (size_t i = 0; i < ARRAY_LEN(fixed); i++) {
		const json_t *now = json_object_get(v->obj, fixed[i].key), *was = json_object_get(v->old, fixed[i].key);
		bool number = streq(fixed[i].name, "count"), object = json_is_object(now) || json_is_object(was) ||
								      streq(fixed[i].name, "eventTime") ||
								      strstr(fixed[i].name, "Timestamp");
		AUTO_JSON json_t *none = number ? json_integer(0) : object ? json_null() : json_string("");
		if (!v_same(v->obj, v->old, fixed[i].key) &&
		    !(json_object_size(now) + json_object_size(was) == 0 && streq(fixed[i].name, "source")))
			v_invalid(v, fixed[i].name, v_has(v->obj, fixed[i].key) ? now : none, "field is immutable");
	}
}

static void validate_event(struct validation *v)
{
	bool newer = *v->res->group != '\0';
	check_common(v, newer);
	if (newer || !v->c->n) /* the core's own rules say nothing of metadata, which is looked at behind them */
		validate_metadata(v);
	if (newer && v->old)
		check_new_update(v);
	else if (newer)
		check_new(v);
}

const struct kind_validator event_validators[] = {
    {"", "Event", validate_event}, {"events.k8s.io", "Event", validate_event}, {NULL, NULL, NULL}};
