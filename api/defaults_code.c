/* Defaults that depend on more than one field: Kubernetes' SetDefaults_* functions of v1.36 with conditions of their
 * own. */
#include <errno.h>
#include "api/tables_gen.h"
#include "base/json.h"
#include "base/str.h"

static int set(json_t *obj, const char *key, json_t *v)
{
	return json_object_set_new(obj, key, v) < 0 ? -ENOMEM : 0;
}

static bool absent(const json_t *obj, const char *key)
{
	const json_t *v = json_object_get(obj, key);
	return !v || json_is_null(v);
}

static const char *text(const json_t *obj, const char *key)
{
	const char *s = json_string_value(json_object_get(obj, key));
	return s ? s : "";
}

/* Sets a string where there is none or an empty one. */
static int set_text(json_t *obj, const char *key, const char *value)
{
	return *text(obj, key) ? 0 : set(obj, key, json_string(value));
}

/* Of a field that is a pointer: an empty one stays, for validation to refuse. */
static int set_absent(json_t *obj, const char *key, const char *value)
{
	return absent(obj, key) ? set(obj, key, json_string(value)) : 0;
}

/* The object at key, made when absent; NULL when it is something else or without memory. */
static json_t *object_at(json_t *obj, const char *key)
{
	json_t *v = json_object_get(obj, key);
	if (v && !json_is_null(v))
		return json_is_object(v) ? v : NULL;
	if (!json_is_object(obj) || json_object_set_new(obj, key, json_object()) < 0)
		return NULL;
	return json_object_get(obj, key);
}

/* Latest, or no tag and no digest: an image that may change under its name. */
static bool is_latest(const char *image)
{
	const char *slash = strrchr(image, '/'), *last = slash ? slash + 1 : image;
	/* What is no name of an image has no tag either. */
	static const char chars[] = "abcdefghijklmnopqrstuvwxyz0123456789._-/:";
	size_t name = strcspn(last, ":");
	if (!*image || strchr(image, '@') || strspn(last, chars) < name || (name && strchr("._-", last[0])) || (name && strchr("._-", last[name - 1])))
		return false;
	const char *colon = strrchr(last, ':');
	size_t path = (colon ? (size_t)(colon - image) : strlen(image)) + (slash ? 0 : strlen("library/"));
	if (path > 255 || (strlen(image) == 64 && strspn(image, "0123456789abcdef") == 64))
		return false;
	return !colon || streq(colon + 1, "latest");
}

static int pull_policy(json_t *obj, const char *field, const char *image)
{
	return set_text(obj, field, is_latest(image) ? "Always" : "IfNotPresent");
}

/* Copies entries of from that to lacks. */
static int copy_missing(json_t *to, const json_t *from)
{
	const char *key;
	json_t *val;
	json_object_foreach((json_t *)from, key,
			    val) if (!json_object_get(to, key) && set(to, key, json_deep_copy(val)) < 0) return -ENOMEM;
	return 0;
}

static int requests_from_limits(const json_t *containers)
{
	size_t i;
	json_t *c;
	json_array_foreach((json_t *)containers, i, c)
	{
		json_t *res = json_object_get(c, "resources");
		const json_t *limits = json_object_get(res, "limits");
		if (!json_is_object(limits) || json_object_size(limits) == 0)
			continue;
		json_t *requests = object_at(res, "requests");
		if (requests && copy_missing(requests, limits) < 0)
			return -ENOMEM;
	}
	return 0;
}

static int host_ports(const json_t *containers)
{
	size_t i, j;
	json_t *c, *p;
	json_array_foreach((json_t *)containers, i, c) json_array_foreach(
	    json_object_get(c, "ports"), j,
	    p) if (json_is_object(p) && json_integer_value(json_object_get(p, "hostPort")) == 0 &&
		   json_object_get(p, "containerPort") &&
		   set(p, "hostPort", json_deep_copy(json_object_get(p, "containerPort"))) < 0) return -ENOMEM;
	return 0;
}

static int default_pod(json_t *pod)
{
	json_t *spec = json_object_get(pod, "spec");
	if (!json_is_object(spec))
		return 0;
	if (requests_from_limits(json_object_get(spec, "containers")) < 0 ||
	    requests_from_limits(json_object_get(spec, "initContainers")) < 0)
		return -ENOMEM;
	if (absent(spec, "enableServiceLinks") && set(spec, "enableServiceLinks", json_true()) < 0)
		return -ENOMEM;
	if (!json_is_true(json_object_get(spec, "hostNetwork")))
		return 0;
	return host_ports(json_object_get(spec, "containers")) < 0 ||
		       host_ports(json_object_get(spec, "initContainers")) < 0
		   ? -ENOMEM
		   : 0;
}

/* serviceAccount is the old name of serviceAccountName; both are always written. */
static int default_pod_spec(json_t *spec)
{
	const char *name = text(spec, "serviceAccountName"), *old = text(spec, "serviceAccount");
	if (*name && !streq(name, old))
		return set(spec, "serviceAccount", json_string(name));
	if (!*name && *old)
		return set(spec, "serviceAccountName", json_string(old));
	return 0;
}

static int default_volume(json_t *v)
{
	const char *key;
	json_t *val;
	json_object_foreach(v, key, val) if (!streq(key, "name") && !json_is_null(val)) return 0;
	return set(v, "emptyDir", json_object());
}

static int default_service_spec(json_t *spec)
{
	const char *type = text(spec, "type"), *affinity = text(spec, "sessionAffinity");
	if (streq(affinity, "None"))
		(void)json_object_del(spec, "sessionAffinityConfig");
	if (streq(affinity, "ClientIP")) {
		json_t *conf = object_at(spec, "sessionAffinityConfig"),
		       *ip = conf ? object_at(conf, "clientIP") : NULL;
		if (ip && absent(ip, "timeoutSeconds") && set(ip, "timeoutSeconds", json_integer(10800)) < 0)
			return -ENOMEM;
	}
	bool lb = streq(type, "LoadBalancer"), node_port = streq(type, "NodePort"), cluster = streq(type, "ClusterIP");
	if ((lb || node_port || (cluster && json_array_size(json_object_get(spec, "externalIPs")))) &&
	    set_text(spec, "externalTrafficPolicy", "Cluster") < 0)
		return -ENOMEM;
	if ((lb || node_port || cluster) && set_absent(spec, "internalTrafficPolicy", "Cluster") < 0)
		return -ENOMEM;
	if (lb && absent(spec, "allocateLoadBalancerNodePorts"))
		return set(spec, "allocateLoadBalancerNodePorts", json_true());
	return 0;
}

static int default_target_port(json_t *port, const char *field)
{
	const json_t *v = json_object_get(port, field), *n = json_object_get(port, "port");
	bool empty = !v || json_is_null(v) || (json_is_integer(v) && json_integer_value(v) == 0) ||
		     (json_is_string(v) && json_string_length(v) == 0);
	return empty && json_is_integer(n) ? set(port, field, json_integer(json_integer_value(n))) : 0;
}

static int default_namespace(json_t *ns)
{
	json_t *meta = json_object_get(ns, "metadata");
	const char *name = text(meta, "name");
	if (*name) {
		json_t *labels = object_at(meta, "labels");
		if (labels && set(labels, "kubernetes.io/metadata.name", json_string(name)) < 0)
			return -ENOMEM;
	}
	return 0;
}

static int default_node_allocatable(json_t *status, const char *field)
{
	const json_t *capacity = json_object_get(status, "capacity");
	return absent(status, field) && json_is_object(capacity) ? set(status, field, json_deep_copy(capacity)) : 0;
}

static int default_limit_range_item(json_t *item)
{
	static const char *const steps[][2] = {
	    {"default", "max"}, {"defaultRequest", "default"}, {"defaultRequest", "min"}};
	if (!streq(text(item, "type"), "Container"))
		return 0;
	for (size_t i = 0; i < ARRAY_LEN(steps); i++) {
		const json_t *from = json_object_get(item, steps[i][1]);
		if (json_object_size(from) == 0)
			continue;
		json_t *to = object_at(item, steps[i][0]);
		if (to && copy_missing(to, from) < 0)
			return -ENOMEM;
	}
	return 0;
}

/* Labels of the template stand in for the controller's own. */
static int labels_from_template(json_t *obj)
{
	const json_t *labels = json_at(obj, "spec", "template", "metadata", "labels", NULL);
	json_t *meta = json_object_get(obj, "metadata");
	if (json_object_size(labels) && json_is_object(meta) && json_object_size(json_object_get(meta, "labels")) == 0)
		return set(meta, "labels", json_deep_copy(labels));
	return 0;
}

static int default_replication_controller(json_t *rc)
{
	json_t *spec = json_object_get(rc, "spec");
	const json_t *labels = json_at(rc, "spec", "template", "metadata", "labels", NULL);
	if (json_object_size(labels) && json_object_size(json_object_get(spec, "selector")) == 0 &&
	    set(spec, "selector", json_deep_copy(labels)) < 0)
		return -ENOMEM;
	return labels_from_template(rc);
}

/* Templates are written with apiVersion and kind. */
static int default_volume_claim_templates(json_t *spec)
{
	size_t i;
	json_t *t;
	json_array_foreach(json_object_get(spec, "volumeClaimTemplates"), i,
			   t) if (json_is_object(t) && (set(t, "kind", json_string("PersistentVolumeClaim")) < 0 ||
							set(t, "apiVersion", json_string("v1")) < 0)) return -ENOMEM;
	return 0;
}

static int default_job(json_t *job)
{
	json_t *spec = json_object_get(job, "spec");
	int rc = 0;
	if (!json_is_object(spec))
		return 0;
	if (absent(spec, "completions") && absent(spec, "parallelism"))
		rc = set(spec, "completions", json_integer(1));
	if (rc == 0 && absent(spec, "parallelism"))
		rc = set(spec, "parallelism", json_integer(1));
	if (rc == 0 && absent(spec, "backoffLimit"))
		rc = set(spec, "backoffLimit", json_integer(absent(spec, "backoffLimitPerIndex") ? 6 : INT32_MAX));
	if (rc == 0 && absent(spec, "suspend"))
		rc = set(spec, "suspend", json_false());
	if (rc == 0 && absent(spec, "manualSelector"))
		rc = set(spec, "manualSelector", json_false());
	if (rc == 0)
		rc = set_absent(spec, "completionMode", "NonIndexed");
	if (rc == 0)
		rc = set_absent(spec, "podReplacementPolicy",
			      absent(spec, "podFailurePolicy") ? "TerminatingOrFailed" : "Failed");
	return rc < 0 ? rc : labels_from_template(job);
}

static int default_policy_types(json_t *spec, const char *field)
{
	if (json_array_size(json_object_get(spec, field)))
		return 0;
	bool egress = json_array_size(json_object_get(spec, "egress")) > 0;
	return set(spec, field, egress ? json_pack("[ss]", "Ingress", "Egress") : json_pack("[s]", "Ingress"));
}

static int hpa_rules(json_t *rules, const char *policies, int64_t window)
{
	int rc = set_absent(rules, "selectPolicy", "Max");
	if (rc == 0 && window >= 0 && absent(rules, "stabilizationWindowSeconds"))
		rc = set(rules, "stabilizationWindowSeconds", json_integer(window));
	if (rc == 0 && absent(rules, "policies"))
		rc = set(rules, "policies", json_loads(policies, 0, NULL));
	return rc;
}

static int default_hpa_behavior(json_t *b)
{
	json_t *up = object_at(b, "scaleUp"), *down = object_at(b, "scaleDown");
	if (!up || !down)
		return 0;
	int rc = hpa_rules(up,
			   "[{\"type\":\"Pods\",\"value\":4,\"periodSeconds\":15},"
			   "{\"type\":\"Percent\",\"value\":100,\"periodSeconds\":15}]",
			   0);
	return rc < 0 ? rc : hpa_rules(down, "[{\"type\":\"Percent\",\"value\":100,\"periodSeconds\":15}]", -1);
}

static int default_crd_names(json_t *spec)
{
	json_t *names = json_object_get(spec, "names");
	const char *kind = text(names, "kind");
	if (!*kind)
		return 0;
	AUTO_FREE char *list = str_fmt("%sList", kind), *singular = str_dup(kind);
	if (!list || !singular)
		return -ENOMEM;
	for (char *p = singular; *p; p++)
		if (*p >= 'A' && *p <= 'Z')
			*p = (char)(*p + ('a' - 'A'));
	int rc = set_text(names, "singular", singular);
	return rc < 0 ? rc : set_text(names, "listKind", list);
}

int api_default_code(int code, json_t *obj, const char *field)
{
	switch ((enum default_code)code) {
	case DEFAULT_NONE:
		return 0;
	case DEFAULT_POD:
		return default_pod(obj);
	case DEFAULT_POD_SPEC:
		return default_pod_spec(obj);
	case DEFAULT_IMAGE_PULL_POLICY:
		return pull_policy(obj, field, text(obj, "image"));
	case DEFAULT_IMAGE_VOLUME_PULL_POLICY:
		return pull_policy(obj, field, text(obj, "reference"));
	case DEFAULT_VOLUME:
		return default_volume(obj);
	case DEFAULT_SERVICE_SPEC:
		return default_service_spec(obj);
	case DEFAULT_TARGET_PORT:
		return default_target_port(obj, field);
	case DEFAULT_NAMESPACE:
		return default_namespace(obj);
	case DEFAULT_NODE_ALLOCATABLE:
		return default_node_allocatable(obj, field);
	case DEFAULT_LIMIT_RANGE_ITEM:
		return default_limit_range_item(obj);
	case DEFAULT_REPLICATION_CONTROLLER:
		return default_replication_controller(obj);
	case DEFAULT_VOLUME_CLAIM_TEMPLATES:
		return default_volume_claim_templates(obj);
	case DEFAULT_JOB:
		return default_job(obj);
	case DEFAULT_POLICY_TYPES:
		return default_policy_types(obj, field);
	case DEFAULT_HPA_BEHAVIOR:
		return default_hpa_behavior(obj);
	case DEFAULT_CRD_NAMES:
		return default_crd_names(obj);
	}
	return 0;
}
