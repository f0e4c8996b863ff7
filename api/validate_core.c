/* Core kinds other than pods and services: namespaces, nodes, ConfigMaps, Secrets, events, quota. */
#include "api/selector.h"
#include "api/validate.h"

static void validate_template_kind(struct validation *v)
{
	validate_pod_template(v, v->obj);
}

static void validate_rc(struct validation *v)
{
	static const char *const always[] = {"Always", NULL};
	const json_t *spec = json_object_get(v->obj, "spec");
	struct api_selector *s AUTO_SELECTOR = NULL;
	if (v->sub)
		return;
	V_IN (v, "spec") {
		const json_t *labels = json_at(spec, "template", "metadata", "labels", NULL),
			     *pod = json_at(spec, "template", "spec", NULL);
		AUTO_JSON json_t *shown = v_sorted(labels);
		v_range(v, spec, "minReadySeconds", 0, INT64_MAX);
		if (json_object_size(json_object_get(spec, "selector")) == 0)
			v_required(v, "selector", "");
		v_range(v, spec, "replicas", 0, INT64_MAX);
		if (json_object_size(json_object_get(spec, "selector")) &&
		    json_is_object(json_object_get(spec, "template")) &&
		    api_label_selector_from_map(&s, json_object_get(spec, "selector"), NULL) == 0 &&
		    !api_selector_match_labels(s, labels))
			v_invalid(v, "template.metadata.labels", shown, "`selector` does not match template `labels`");
		validate_pod_template(v, spec);
		if (json_is_object(pod)) {
			V_IN (v, "template.spec")
				v_enum(v, pod, "restartPolicy", always, true);
			if (v_has(pod, "activeDeadlineSeconds"))
				v_forbidden(v, "template.spec.activeDeadlineSeconds",
					    "activeDeadlineSeconds in ReplicationController is not Supported");
		}
	}
}

static void validate_namespace(struct validation *v)
{
	V_IN (v, "spec")
		V_IN (v, "finalizers")
			V_EACH (v, json_dot(v->obj, "spec.finalizers"), i, f) {
				const char *msg = json_is_string(f) ? api_check_label_key(json_string_value(f)) : NULL;
				if (msg)
					v_invalid(v, "", f, "%s", msg);
			}
}

static void validate_node(struct validation *v)
{
	static const char *const effects[] = {"NoSchedule", "PreferNoSchedule", "NoExecute", NULL};
	static const char *const keys[] = {"podCIDR", "providerID"};
	const json_t *spec = json_object_get(v->obj, "spec"), *old = json_object_get(v->old, "spec");
	AUTO_JSON json_t *seen = json_object();
	V_IN (v, "spec") {
		V_IN (v, "taints")
			V_EACH (v, json_object_get(spec, "taints"), i, t) {
				AUTO_FREE char *id = str_fmt("%s:%s", v_text(t, "key"), v_text(t, "effect"));
				v_name(v, t, "key", api_check_label_key, true);
				v_enum(v, t, "effect", effects, true);
				if (id && json_object_get(seen, id))
					v_duplicate(v, "", t);
				else if (id)
					(void)json_object_set_new(seen, id, json_true());
			}
		V_IN (v, "podCIDRs") {
			/* podCIDR is the first of them */
			const char *msg = !v_has(spec, "podCIDRs") && *v_text(spec, "podCIDR") ? v_check_cidr(v_text(spec, "podCIDR")) : NULL;
			if (msg)
				v_invalid(v, "[0]", json_object_get(spec, "podCIDR"), "%s", msg);
			V_EACH (v, json_object_get(spec, "podCIDRs"), i, c) {
				msg = json_is_string(c) ? v_check_cidr(json_string_value(c)) : NULL;
				if (msg)
					v_invalid(v, "", c, "%s", msg);
			}
		}
		for (size_t i = 0; i < ARRAY_LEN(keys) && v->old && !v->sub; i++)
			if (*v_text(old, keys[i]) && !streq(v_text(old, keys[i]), v_text(spec, keys[i])))
				v_forbidden(v, keys[i],
					    i == 0
						? "node updates may not change podCIDR except from \"\" to valid"
						: "node updates may not change providerID except from \"\" to valid");
	}
}

#define OBJECT_MAX (1024 * 1024)

static void check_data(struct validation *v, const char *key, size_t *total, bool base64)
{
	const char *name;
	json_t *x;
	V_IN (v, key)
		json_object_foreach(json_object_get(v->obj, key), name, x)
		{
			const char *msg = v_check_config_key(name);
			AUTO_JSON json_t *bad = json_string(name);
			size_t was = path_map_key(&v->path, name);
			if (msg)
				v_invalid(v, "", bad, "%s", msg);
			else if (streq(key, "binaryData") && json_object_get(json_object_get(v->obj, "data"), name))
				v_invalid(v, "", bad, "duplicate of key present in data");
			path_pop(&v->path, was);
			*total += base64 ? json_string_length(x) / 4 * 3 : json_string_length(x);
		}
}

static void check_frozen(struct validation *v, const char *const *keys)
{
	if (!v->old || !json_is_true(json_object_get(v->old, "immutable")))
		return;
	if (!json_is_true(json_object_get(v->obj, "immutable")))
		v_forbidden(v, "immutable", "field is immutable when `immutable` is set");
	for (; *keys; keys++) {
		const json_t *a = json_object_get(v->obj, *keys), *b = json_object_get(v->old, *keys);
		if (json_object_size(a) + json_object_size(b) && !(a && b && json_equal(a, b)))
			v_forbidden(v, *keys, "field is immutable when `immutable` is set");
	}
}

static void validate_config_map(struct validation *v)
{
	static const char *const keys[] = {"data", "binaryData", NULL};
	size_t total = 0;
	check_data(v, "data", &total, false);
	check_data(v, "binaryData", &total, true);
	if (total > OBJECT_MAX)
		v_too_long(v, "", OBJECT_MAX);
	check_frozen(v, keys);
}

static void validate_secret(struct validation *v)
{
	static const struct {
		const char *type, *keys[2];
	} types[] = {{"kubernetes.io/dockercfg", {".dockercfg"}},
		     {"kubernetes.io/dockerconfigjson", {".dockerconfigjson"}},
		     {"kubernetes.io/tls", {"tls.crt", "tls.key"}},
		     {"kubernetes.io/ssh-auth", {"ssh-privatekey"}}};
	static const char *const keys[] = {"data", NULL};
	const char *type = v_text(v->obj, "type");
	const json_t *data = json_object_get(v->obj, "data");
	size_t total = 0;
	check_data(v, "data", &total, true);
	if (total > OBJECT_MAX)
		v_too_long(v, "data", OBJECT_MAX);
	for (size_t i = 0; i < ARRAY_LEN(types); i++)
		for (size_t k = 0; k < 2 && streq(type, types[i].type) && types[i].keys[k]; k++)
			if (!json_object_get(data, types[i].keys[k]))
				V_IN (v, "data") {
					size_t was = path_map_key(&v->path, types[i].keys[k]);
					v_required(v, "", "");
					path_pop(&v->path, was);
				}
	if (streq(type, "kubernetes.io/basic-auth") && !json_object_get(data, "username") &&
	    !json_object_get(data, "password")) {
		v_required(v, "data[username]", "");
		v_required(v, "data[password]", "");
	}
	if (streq(type, "kubernetes.io/service-account-token") &&
	    !*v_text(json_at(v->obj, "metadata", "annotations", NULL), "kubernetes.io/service-account.name"))
		v_required(v, "metadata.annotations[kubernetes.io/service-account.name]", "");
	if (v->old)
		v_immutable(v, v->obj, v->old, "type");
	check_frozen(v, keys);
}

/* --- events: both groups' are one kind, whose fields findings name as the core does (validation/events.go) --- */

static void check_event_text(struct validation *v, const char *key, const char *text, size_t max, bool must)
{
	AUTO_JSON json_t *empty = json_string("");
	if (must && !*text)
		v_required(v, key, "");
	if (strlen(text) > max)
		v_invalid(v, key, empty, "can have at most %zu characters", max);
}

/* What is asked of every event. */
static void check_event(struct validation *v, const json_t *ref, bool newer)
{
	const json_t *o = v->obj,
		     *controller = json_object_get(o, newer ? "reportingController" : "reportingComponent");
	const char *ns = v_text(ref, "namespace"), *own = v_text(json_object_get(o, "metadata"), "namespace"), *msg;
	bool timed = v_has(o, "eventTime"),
	     with_default = streq(own, "default") || (timed && streq(own, "kube-system"));
	if (*ns ? !timed && !streq(ns, own) : *own && !with_default)
		v_invalid(v, "involvedObject.namespace", json_object_get(ref, "namespace"),
			  "does not match event.namespace");
	if (timed) {
		const char *key = newer ? "reportingController" : "reportingComponent",
			   *name = json_string_value(controller);
		if (!name || !*name)
			v_required(v, key, "");
		if ((msg = api_check_label_key(name ? name : "")))
			v_invalid(v, key, controller, "%s", msg);
		check_event_text(v, "reportingInstance", v_text(o, "reportingInstance"), 128, true);
		check_event_text(v, "action", v_text(o, "action"), 128, true);
		check_event_text(v, "reason", v_text(o, "reason"), 128, true);
		check_event_text(v, "message", v_text(o, newer ? "note" : "message"), 1024, false);
	}
	if ((msg = api_check_dns1123_subdomain(own)))
		v_invalid(v, "namespace", json_at(o, "metadata", "namespace", NULL), "%s", msg);
}

static void check_event_series(struct validation *v)
{
	const json_t *s = json_object_get(v->obj, "series");
	AUTO_JSON json_t *empty = json_string("");
	if (!json_is_object(s))
		return;
	if (v_int(s, "count", 0) < 2)
		v_invalid(v, "series.count", empty, "should be at least 2");
	if (!v_has(s, "lastObservedTime"))
		v_required(v, "series.lastObservedTime", "");
}

/* What events.k8s.io asks for beside that: {field there, in findings}. */
static const struct {
	const char *key, *told;
} event_fields[] = {{"regarding", "involvedObject"},
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

/* Go's zero values are not there at all. */
static const json_t *event_field(const json_t *o, const char *key)
{
	const json_t *x = json_object_get(o, key);
	bool zero = json_is_null(x) || (json_is_object(x) && !json_object_size(x)) ||
		    (json_is_string(x) && !json_string_length(x)) || (json_is_integer(x) && !json_integer_value(x));
	return zero ? NULL : x;
}

static void check_newer_event(struct validation *v)
{
	static const char *const unset[] = {
	    "deprecatedFirstTimestamp", "firstTimestamp", "deprecatedLastTimestamp", "lastTimestamp",
	    "deprecatedCount",          "count",          "deprecatedSource",        "source"};
	const char *type = v_text(v->obj, "type");
	AUTO_JSON json_t *empty = json_string("");
	check_event_series(v);
	if (!v_has(v->obj, "eventTime"))
		v_required(v, "eventTime", "");
	if (!streq(type, "Normal") && !streq(type, "Warning"))
		v_invalid(v, "type", empty, "has invalid value: %s", type);
	for (size_t i = 0; i < ARRAY_LEN(unset); i += 2)
		if (event_field(v->obj, unset[i]))
			v_invalid(v, unset[i + 1], empty, "needs to be unset");
}

static void validate_event(struct validation *v)
{
	check_event(v, json_object_get(v->obj, "involvedObject"), false);
	if (!v->c->n) /* the core's own rules say nothing of metadata */
		validate_metadata(v);
}

static void validate_newer_event(struct validation *v)
{
	const json_t *a = json_object_get(v->obj, "series"), *b = json_object_get(v->old, "series");
	AUTO_JSON json_t *null = json_null();
	check_event(v, json_object_get(v->obj, "regarding"), true);
	validate_metadata(v);
	if (!v->old) {
		check_newer_event(v);
		return;
	}
	if (a || b ? !a || !b || !json_equal(a, b) : false)
		check_event_series(v);
	for (size_t i = 0; i < ARRAY_LEN(event_fields); i++) {
		const json_t *now = event_field(v->obj, event_fields[i].key),
			     *was = event_field(v->old, event_fields[i].key);
		if (now || was ? !now || !was || !json_equal(now, was) : false)
			v_invalid(v, event_fields[i].told, now ? now : null, "field is immutable");
	}
}

static void validate_binding(struct validation *v)
{
	const json_t *t = json_object_get(v->obj, "target");
	V_IN (v, "target") {
		if (*v_text(t, "kind") && !streq(v_text(t, "kind"), "Node")) {
			static const char *const kinds[] = {"Node", "<empty>", NULL};
			v_enum(v, t, "kind", kinds, false);
		}
		if (!*v_text(t, "name"))
			v_required(v, "name", "");
	}
}

static void check_resource_names(struct validation *v, const json_t *o, const char *key)
{
	const char *name;
	json_t *x;
	V_IN (v, key)
		json_object_foreach(json_object_get(o, key), name, x)
		{
			const char *msg = api_check_label_key(name);
			AUTO_JSON json_t *bad = json_string(name);
			if (msg)
				v_invalid(v, "", bad, "%s", msg);
		}
	v_quantities(v, o, key);
}

static void validate_quota(struct validation *v)
{
	const json_t *spec = json_object_get(v->obj, "spec");
	V_IN (v, "spec")
		check_resource_names(v, spec, "hard");
}

static void validate_limit_range(struct validation *v)
{
	V_IN (v, "spec")
		V_IN (v, "limits")
			V_EACH (v, json_dot(v->obj, "spec.limits"), i, l) {
				static const char *const keys[] = {"max", "min", "default", "defaultRequest"};
				for (size_t k = 0; k < ARRAY_LEN(keys); k++)
					check_resource_names(v, l, keys[k]);
				(void)v_present(v, l, "type");
			}
}

const struct kind_validator core_validators[] = {{"", "Pod", validate_pod},
						 {"", "PodTemplate", validate_template_kind},
						 {"", "ReplicationController", validate_rc},
						 {"", "Namespace", validate_namespace},
						 {"", "Node", validate_node},
						 {"", "ConfigMap", validate_config_map},
						 {"", "Secret", validate_secret},
						 {"", "Event", validate_event},
						 {"events.k8s.io", "Event", validate_newer_event},
						 {"", "Binding", validate_binding},
						 {"", "ResourceQuota", validate_quota},
						 {"", "LimitRange", validate_limit_range},
						 {NULL, NULL, NULL}};
