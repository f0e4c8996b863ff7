/* Storage classes, attachments and what drivers tell of themselves. pkg/apis/storage/validation. */
#include "api/validate.h"

#define PARAMETERS_MAX   512
#define PARAMETERS_BYTES (256 * 1024)

static void check_provisioner(struct validation *v, const char *key)
{
	const char *s = v_text(v->obj, key), *msg;
	AUTO_FREE char *low = str_dup(s);
	for (char *p = low; p && *p; p++)
		if (*p >= 'A' && *p <= 'Z')
			*p = (char)(*p + ('a' - 'A'));
	AUTO_JSON json_t *bad = json_string(low ? low : "");
	if (!*s)
		v_required(v, key, "");
	for (size_t nth = 0; *s && low && (msg = api_check_nth(api_check_label_key, low, nth)); nth++)
		v_invalid(v, key, bad, "%s", msg);
}

static void check_parameters(struct validation *v, bool may_be_empty)
{
	json_t *params = json_object_get(v->obj, "parameters"), *x;
	const char *key;
	size_t size = 0;
	if (json_object_size(params) > PARAMETERS_MAX) {
		v_too_long(v, "parameters", PARAMETERS_MAX);
		return;
	}
	json_object_foreach (params, key, x) {
		if (!*key)
			v_invalid(v, "parameters", NULL, "field can not be empty.");
		size += strlen(key) + json_string_length(x);
	}
	if (size > PARAMETERS_BYTES)
		v_too_long(v, "parameters", PARAMETERS_BYTES);
	if (!may_be_empty && json_object_size(params) == 0)
		v_required(v, "parameters", "must contain at least one key/value pair");
}

/* A term's expressions, as a value that is equal for equal terms whatever their order. */
static json_t *term_of(struct validation *v, const json_t *term)
{
	json_t *all = json_object();
	V_IN (v, "matchLabelExpressions")
		V_EACH (v, json_object_get(term, "matchLabelExpressions"), i, r) {
			json_t *set = json_object();
			const char *key = v_text(r, "key");
			AUTO_JSON json_t *bad = json_string(key);
			if (json_array_size(json_object_get(r, "values")) == 0)
				v_required(v, "values", "");
			V_IN (v, "values")
				V_EACH (v, json_object_get(r, "values"), k, x) {
					if (json_object_get(set, json_string_value(x)))
						v_duplicate(v, "", x);
					(void)json_object_set_new(set, json_string_value(x), json_true());
				}
			(void)v_words(v, "key", key, api_check_label_key);
			if (json_object_get(all, key))
				v_duplicate(v, "key", bad);
			(void)json_object_set_new(all, key, set);
		}
	return all;
}

static void check_topologies(struct validation *v)
{
	const json_t *list = json_object_get(v->obj, "allowedTopologies");
	AUTO_JSON json_t *terms = json_array(), *nothing = json_string("");
	/* Terms that are still to come are empty ones for Kubernetes: an empty one is there already. */
	for (size_t i = 0; i < json_array_size(list); i++)
		(void)json_array_append_new(terms, json_object());
	V_IN (v, "allowedTopologies")
		V_EACH (v, list, i, t) {
			AUTO_JSON json_t *term = term_of(v, t);
			for (size_t k = 0; k < json_array_size(terms); k++)
				if (json_equal(json_array_get(terms, k), term))
					v_duplicate(v, "matchLabelExpressions", nothing);
			(void)json_array_set(terms, i, term);
		}
}

static void validate_class(struct validation *v)
{
	static const char *const policies[] = {"Delete", "Retain", NULL},
				 *const binding[] = {"Immediate", "WaitForFirstConsumer", NULL},
				 *const fixed[] = {"parameters", "provisioner", "reclaimPolicy", "volumeBindingMode"};
	check_provisioner(v, "provisioner");
	check_parameters(v, true);
	v_enum(v, v->obj, "reclaimPolicy", policies, false);
	if (!v_has(v->obj, "volumeBindingMode"))
		v_required(v, "volumeBindingMode", "");
	else
		v_supported(v, v->obj, "volumeBindingMode", binding);
	check_topologies(v);
	for (size_t i = 0; v->old && i < ARRAY_LEN(fixed); i++)
		v_immutable(v, v->obj, v->old, fixed[i]);
}

static void check_error(struct validation *v, const json_t *status, const char *key)
{
	const json_t *e = json_object_get(status, key);
	V_IN (v, key) {
		if (strlen(v_text(e, "message")) > 1024)
			v_too_long(v, "message", 256 * 1024);
		v_range(v, e, "errorCode", 0, INT32_MAX);
	}
}

static void validate_attachment(struct validation *v)
{
	const json_t *spec = json_object_get(v->obj, "spec"), *src = json_object_get(spec, "source"),
		     *status = json_object_get(v->obj, "status");
	bool inline_ = json_is_object(json_object_get(src, "inlineVolumeSpec")),
	     by_name = v_has(src, "persistentVolumeName");
	V_IN (v, "spec") {
		validate_csi_driver_name(v, spec, "attacher");
		V_IN (v, "source") {
			if (!inline_ && !by_name)
				v_required(v, "",
					   "must specify exactly one of inlineVolumeSpec and persistentVolumeName");
			else if (inline_ && by_name)
				v_forbidden(v, "",
					    "must specify exactly one of inlineVolumeSpec and persistentVolumeName");
			else if (by_name && !*v_text(src, "persistentVolumeName"))
				v_required(v, "persistentVolumeName", "must specify non empty persistentVolumeName");
			else if (inline_)
				V_IN (v, "inlineVolumeSpec")
					validate_volume_spec(v, json_object_get(src, "inlineVolumeSpec"), true);
		}
		(void)v_words(v, "nodeName", v_text(spec, "nodeName"), api_check_dns1123_subdomain);
	}
	V_IN (v, "status") {
		const char *key;
		json_t *x;
		size_t size = 0;
		json_object_foreach (json_object_get(status, "attachmentMetadata"), key, x)
			size += strlen(key) + json_string_length(x);
		if (size > 256 * 1024)
			v_too_long(v, "attachmentMetadata", 256 * 1024);
		check_error(v, status, "attachError");
		check_error(v, status, "detachError");
	}
	if (by_name)
		(void)v_words(v, "spec.source.persistentVolumeName", v_text(src, "persistentVolumeName"),
			      api_check_dns1123_subdomain);
	if (v->old)
		v_immutable(v, v->obj, v->old, "spec");
}

static void check_driver_change(struct validation *v, const json_t *d)
{
	const json_t *list = json_at(v->old, "spec", "drivers", NULL);
	for (size_t i = 0; i < json_array_size(list); i++) {
		AUTO_JSON json_t *was = json_copy(json_array_get(list, i)), *now = json_copy((json_t *)d);
		(void)json_object_del(was, "allocatable");
		(void)json_object_del(now, "allocatable");
		if (streq(v_text(was, "name"), v_text(now, "name")) && !json_equal(was, now))
			api_invalid(v->c, "spec.drivers", d, "field is immutable");
	}
}

static void validate_csi_node(struct validation *v)
{
	AUTO_JSON json_t *names = json_object();
	const json_t *list = json_dot(v->obj, "spec.drivers");
	V_IN (v, "spec")
		V_IN (v, "drivers")
			V_EACH (v, list, i, d) {
				AUTO_JSON json_t *keys = json_object(), *bad = json_string(v_text(d, "name"));
				const json_t *topology = json_object_get(d, "topologyKeys");
				validate_csi_driver_name(v, d, "name");
				if (v_present(v, d, "nodeID") && strlen(v_text(d, "nodeID")) > 256)
					v_invalid(v, "nodeID", json_object_get(d, "nodeID"),
						  "must be 256 characters or less");
				V_IN (v, "allocatable")
					v_range(v, json_object_get(d, "allocatable"), "count", 0, INT64_MAX);
				if (json_object_get(names, v_text(d, "name")))
					v_duplicate(v, "name", bad);
				(void)json_object_set_new(names, v_text(d, "name"), json_true());
				for (size_t k = 0; k < json_array_size(topology); k++) {
					const json_t *key = json_array_get(topology, k);
					const char *s = json_string_value(key) ? json_string_value(key) : "";
					if (!*s)
						v_required(v, "", "");
					if (json_object_get(keys, s))
						v_duplicate(v, "", key);
					(void)json_object_set_new(keys, s, json_true());
					(void)v_words(v, "", s, api_check_label_key);
				}
			}
	for (size_t i = 0; v->old && i < json_array_size(list); i++)
		check_driver_change(v, json_array_get(list, i));
}

static void check_token_requests(struct validation *v, const json_t *spec)
{
	AUTO_JSON json_t *seen = json_object();
	V_IN (v, "tokenRequests")
		V_EACH (v, json_object_get(spec, "tokenRequests"), i, t) {
			const char *audience = v_text(t, "audience");
			AUTO_JSON json_t *bad = json_string(audience);
			const json_t *secs = json_object_get(t, "expirationSeconds");
			if (json_object_get(seen, audience))
				v_duplicate(v, "audience", bad);
			else if (json_is_integer(secs) && json_integer_value(secs) < 600)
				v_invalid(v, "expirationSeconds", secs,
					  "may not specify a duration less than 10 minutes");
			else if (json_is_integer(secs) && json_integer_value(secs) > INT64_C(1) << 32)
				v_invalid(v, "expirationSeconds", secs,
					  "may not specify a duration larger than 2^32 seconds");
			(void)json_object_set_new(seen, audience, json_true());
		}
}

static void validate_csi_driver(struct validation *v)
{
	static const char *const groups[] = {"File", "None", "ReadWriteOnceWithFSType", NULL}, *const modes[] = {
												   "Persistent",
												   "Ephemeral", NULL};
	const json_t *spec = json_object_get(v->obj, "spec"), *old = json_object_get(v->old, "spec"),
		     *list = json_object_get(spec, "volumeLifecycleModes"),
		     *period = json_object_get(spec, "nodeAllocatableUpdatePeriodSeconds");
	AUTO_JSON json_t *none = json_null();
	V_IN (v, "spec") {
		if (v_has(spec, "fsGroupPolicy"))
			v_supported(v, spec, "fsGroupPolicy", groups);
		check_token_requests(v, spec);
		for (size_t i = 0; i < json_array_size(list); i++)
			(void)v_one_of(v, "volumeLifecycleModes",
				       json_string_value(json_array_get(list, i))
					   ? json_string_value(json_array_get(list, i))
					   : "",
				       modes);
		if (json_is_integer(period) && json_integer_value(period) < 10)
			v_invalid(v, "nodeAllocatableUpdatePeriodSeconds", period,
				  "must be greater than or equal to 10 seconds");
		if (v_has(spec, "serviceAccountTokenInSecrets") &&
		    json_array_size(json_object_get(spec, "tokenRequests")) == 0)
			v_invalid(v, "serviceAccountTokenInSecrets",
				  json_object_get(spec, "serviceAccountTokenInSecrets"),
				  "serviceAccountTokenInSecrets is set but no tokenRequests are specified");
		if (old && !v_same(spec, old, "attachRequired"))
			v_invalid(v, "attachedRequired",
				  v_has(spec, "attachRequired") ? json_object_get(spec, "attachRequired") : none,
				  "field is immutable");
		if (old)
			v_immutable(v, spec, old, "volumeLifecycleModes");
	}
}

static void validate_csi_capacity(struct validation *v)
{
	v_label_selector(v, v->obj, "nodeTopology");
	(void)v_words(v, "storageClassName", v_text(v->obj, "storageClassName"), api_check_dns1123_subdomain);
	v_quantity(v, v->obj, "capacity", false);
	if (v->old) {
		v_immutable(v, v->obj, v->old, "nodeTopology");
		v_immutable(v, v->obj, v->old, "storageClassName");
	}
}

static void validate_attributes_class(struct validation *v)
{
	if (v->old && !v_same(v->obj, v->old, "driverName"))
		v_forbidden(v, "driverName", "updates to driverName are forbidden.");
	if (v->old && !v_same(v->obj, v->old, "parameters"))
		v_forbidden(v, "parameters", "updates to parameters are forbidden.");
	check_provisioner(v, "driverName");
	check_parameters(v, false);
}

#define GROUP "storage.k8s.io"
const struct kind_validator csi_validators[] = {{GROUP, "StorageClass", validate_class},
						{GROUP, "VolumeAttachment", validate_attachment},
						{GROUP, "CSINode", validate_csi_node},
						{GROUP, "CSIDriver", validate_csi_driver},
						{GROUP, "CSIStorageCapacity", validate_csi_capacity},
						{GROUP, "VolumeAttributesClass", validate_attributes_class},
						{NULL, NULL, NULL}};
