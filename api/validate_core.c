/* Core kinds other than pods and services: namespaces, nodes, ConfigMaps, Secrets, events, quota. */
#include "api/selector.h"
#include "api/validate.h"

static void validate_template_kind(struct validation *v)
{
	validate_pod_template(v, v->obj);
}

static void check_finalizers(struct validation *v)
{
	const json_t *list = json_dot(v->obj, "spec.finalizers");
	V_IN (v, "spec")
		V_IN (v, "finalizers")
			for (size_t i = 0; i < json_array_size(list); i++) {
				const json_t *f = json_array_get(list, i);
				const char *s = json_string_value(f) ? json_string_value(f) : "";
				(void)v_words(v, "", s, api_check_label_key);
				if (!strchr(s, '/') && !streq(s, "kubernetes") && !streq(s, "orphan") &&
				    !streq(s, "foregroundDeletion"))
					v_invalid(
					    v, "", f,
					    "name is neither a standard finalizer name nor is it fully qualified");
			}
}

static void validate_namespace(struct validation *v)
{
	bool going = v_has(json_object_get(v->obj, "metadata"), "deletionTimestamp");
	const char *phase = v_text(json_object_get(v->obj, "status"), "phase");
	AUTO_JSON json_t *bad = json_string(phase);
	if (!v->old || streq(v->sub, "finalize"))
		check_finalizers(v);
	if (streq(v->sub, "status") && !streq(phase, going ? "Terminating" : "Active"))
		v_invalid(v, "status.Phase", bad,
			  going ? "may only be 'Terminating' if `deletionTimestamp` is not empty"
				: "may only be 'Active' if `deletionTimestamp` is empty");
}

static void check_taints(struct validation *v, const json_t *taints)
{
	AUTO_JSON json_t *seen = json_object();
	V_IN (v, "metadata") /* so named in Kubernetes */
		V_IN (v, "taints")
			V_EACH (v, taints, i, t) {
				AUTO_FREE char *id = str_fmt("%s:%s", v_text(t, "key"), v_text(t, "effect"));
				struct buf words AUTO_BUF = {0};
				const char *msg;
				(void)v_words(v, "key", v_text(t, "key"), api_check_label_key);
				for (size_t nth = 0;
				     (msg = api_check_nth(api_check_label_value, v_text(t, "value"), nth)); nth++)
					buf_addf(&words, "%s%s", nth ? ";" : "", msg);
				if (words.len)
					v_invalid(v, "value", json_object_get(t, "value"), "%s", words.data);
				validate_taint_effect(v, t, "effect");
				if (id && json_object_get(seen, id)) {
					struct buf shown AUTO_BUF = {0};
					json_encode_buf(t, &shown);
					api_cause_add(
					    v->c, "FieldValueDuplicate", path_text(&v->path),
					    "Duplicate value: %s: taints must be unique by key and effect pair",
					    shown.len ? shown.data : "");
				} else if (id) {
					(void)json_object_set_new(seen, id, json_true());
				}
			}
}

static void check_node_resources(struct validation *v)
{
	static const char *const lists[] = {"capacity", "allocatable"};
	const char *name;
	json_t *x;
	V_IN (v, "status")
		for (size_t i = 0; i < ARRAY_LEN(lists); i++)
			V_IN (v, lists[i])
				json_object_foreach (json_at(v->obj, "status", lists[i], NULL), name, x) {
					size_t was = path_key(&v->path, name);
					validate_resource_value(v, name, x);
					path_pop(&v->path, was);
				}
}

static void check_pod_cidrs(struct validation *v, const json_t *spec)
{
	const json_t *list = json_object_get(spec, "podCIDRs"), *had = json_at(v->old, "spec", "podCIDRs", NULL);
	AUTO_FREE char *wrong = NULL;
	V_IN (v, "spec") {
		size_t n = json_array_size(list), six = 0;
		V_IN (v, "podCIDRs")
			V_EACH (v, list, i, c) {
				const char *s = json_string_value(c) ? json_string_value(c) : "",
					   *msg = v_check_cidr(s);
				bool known = false;
				for (size_t k = 0; k < json_array_size(had); k++)
					known |= json_equal(json_array_get(had, k), c);
				if (!known)
					(void)v_words(v, "", s, v_check_cidr);
				if (n > 1 && msg && str_has_prefix(msg, "must be a valid") && !wrong)
					wrong = str_fmt(
					    "Internal error: invalid PodCIDRs. failed to check with dual stack with "
					    "error:invalid CIDR[%zu]: <nil> (invalid CIDR address: %s)",
					    i, s);
				six += strchr(s, ':') && !str_has_prefix(s, "::ffff:");
			}
		if (wrong)
			api_cause_add(v->c, "InternalError", "spec.podCIDRs", "%s", wrong);
		if (n > 2 || (n == 2 && six != 1))
			v_invalid(v, "podCIDRs", list, "may specify no more than one CIDR for each IP family");
	}
}

static void check_node_update(struct validation *v, const json_t *spec, const json_t *old)
{
	const json_t *list = json_at(v->obj, "status", "addresses", NULL);
	V_IN (v, "status")
		V_IN (v, "addresses")
			V_EACH (v, list, i, a)
				for (size_t k = 0; k < i; k++)
					if (json_equal(json_array_get(list, k), a)) {
						v_duplicate(v, "", a);
						break;
					}
	V_IN (v, "spec") {
		if (json_array_size(json_object_get(old, "podCIDRs")) && !v_same(spec, old, "podCIDRs"))
			v_forbidden(v, "podCIDRs", "node updates may not change podCIDR except from \"\" to valid");
		if (*v_text(old, "providerID") && !streq(v_text(old, "providerID"), v_text(spec, "providerID")))
			v_forbidden(v, "providerID",
				    "node updates may not change providerID except from \"\" to valid");
	}
}

/* Feature/part: of letters and digits, the first part with a capital. */
static bool is_feature(const char *s)
{
	bool edge = true;
	if (*s < 'A' || *s > 'Z')
		return false;
	for (; *s; s++) {
		bool slash = *s == '/', lower = (*s | 0x20) >= 'a' && (*s | 0x20) <= 'z',
		     digit = *s >= '0' && *s <= '9';
		if (slash ? edge : !lower && !digit)
			return false;
		edge = slash;
	}
	return !edge;
}

static void check_features(struct validation *v)
{
	V_IN (v, "status.declaredFeatures")
		V_EACH (v, json_dot(v->obj, "status.declaredFeatures"), i, f) {
			const char *s = json_string_value(f) ? json_string_value(f) : "";
			if (!is_feature(s))
				v_invalid(
				    v, "", f,
				    "invalid feature name \"%s\": must start with an UpperCamelCase segment, with "
				    "subsequent segments separated by '/' (e.g., MyFeature or MyFeature/mySubFeature), "
				    "and contain only alphanumeric characters and slashes",
				    s);
		}
}

static void validate_node(struct validation *v)
{
	const json_t *spec = json_object_get(v->obj, "spec"), *old = json_object_get(v->old, "spec");
	if (!v->old)
		check_taints(v, json_object_get(spec, "taints"));
	check_node_resources(v);
	check_pod_cidrs(v, spec);
	check_features(v);
	if (v->old)
		check_node_update(v, spec, old);
	if (v->old)
		check_taints(v, json_object_get(spec, "taints"));
	if (v->old && !streq(v_text(spec, "externalID"), v_text(old, "externalID")))
		v_forbidden(v, "spec.externalID", "may not be updated");
}

#define OBJECT_MAX (1024 * 1024)

static void check_data(struct validation *v, const char *key, size_t *total, bool base64)
{
	const char *name;
	json_t *x;
	V_IN (v, key)
		json_object_foreach (json_object_get(v->obj, key), name, x) {
			AUTO_JSON json_t *bad = json_string(name);
			size_t was = path_map_key(&v->path, name);
			(void)v_words(v, "", name, v_check_config_key);
			if (!base64 && json_object_get(json_object_get(v->obj, "binaryData"), name))
				v_invalid(v, "", bad, "duplicate of key present in binaryData");
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
	check_frozen(v, keys);
	check_data(v, "data", &total, false);
	check_data(v, "binaryData", &total, true);
	if (total > OBJECT_MAX)
		api_cause_add(v->c, "FieldValueTooLong", "[]", "Too long: may not be more than %d bytes", OBJECT_MAX);
}

static void need_key(struct validation *v, const char *key)
{
	V_IN (v, "data") {
		size_t was = path_map_key(&v->path, key);
		v_required(v, "", "");
		path_pop(&v->path, was);
	}
}

/* What is a JSON object; what else it is, is nobody's business. */
static void check_docker_config(struct validation *v, const json_t *data, const char *key)
{
	AUTO_JSON json_t *bad = json_string("<secret contents redacted>");
	AUTO_FREE void *raw = NULL;
	size_t n = 0;
	const char *text = v_text(data, key);
	json_error_t e;
	if (!json_object_get(data, key)) {
		need_key(v, key);
		return;
	}
	if (b64_decode(text, strlen(text), false, &raw, &n) < 0)
		return;
	AUTO_JSON json_t *inside = n ? json_loadb(raw, n, JSON_DECODE_ANY, &e) : NULL;
	if (json_is_object(inside) || json_is_null(inside))
		return;
	V_IN (v, "data") {
		size_t was = path_map_key(&v->path, key);
		const char *first = raw;
		if (!n)
			v_invalid(v, "", bad, "unexpected end of JSON input");
		else if (inside)
			v_invalid(v, "", bad, "json: cannot unmarshal %s into Go value of type map[string]interface {}",
				  json_is_array(inside)     ? "array"
				  : json_is_string(inside)  ? "string"
				  : json_is_boolean(inside) ? "bool"
							    : "number");
		else
			v_invalid(v, "", bad, "invalid character '%c' looking for beginning of value", *first);
		path_pop(&v->path, was);
	}
}

static void validate_secret(struct validation *v)
{
	static const char *const keys[] = {"data", NULL};
	const char *type = v_text(v->obj, "type");
	const json_t *data = json_object_get(v->obj, "data");
	size_t total = 0;
	if (v->old)
		v_immutable(v, v->obj, v->old, "type");
	check_frozen(v, keys);
	check_data(v, "data", &total, true);
	if (total > OBJECT_MAX)
		v_too_long(v, "data", OBJECT_MAX);
	if (streq(type, "kubernetes.io/service-account-token") &&
	    !*v_text(json_at(v->obj, "metadata", "annotations", NULL), "kubernetes.io/service-account.name"))
		v_required(v, "metadata.annotations[kubernetes.io/service-account.name]", "");
	if (streq(type, "kubernetes.io/dockercfg"))
		check_docker_config(v, data, ".dockercfg");
	if (streq(type, "kubernetes.io/dockerconfigjson"))
		check_docker_config(v, data, ".dockerconfigjson");
	if (streq(type, "kubernetes.io/basic-auth") && !json_object_get(data, "username") &&
	    !json_object_get(data, "password")) {
		need_key(v, "username");
		need_key(v, "password");
	}
	if (streq(type, "kubernetes.io/ssh-auth") && !*v_text(data, "ssh-privatekey"))
		need_key(v, "ssh-privatekey");
	if (streq(type, "kubernetes.io/tls") && !json_object_get(data, "tls.crt"))
		need_key(v, "tls.crt");
	if (streq(type, "kubernetes.io/tls") && !json_object_get(data, "tls.key"))
		need_key(v, "tls.key");
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

const struct kind_validator core_validators[] = {{"", "Pod", validate_pod},
						 {"", "PodTemplate", validate_template_kind},
						 {"", "Namespace", validate_namespace},
						 {"", "Node", validate_node},
						 {"", "ConfigMap", validate_config_map},
						 {"", "Secret", validate_secret},
						 {"", "Binding", validate_binding},
						 {NULL, NULL, NULL}};
