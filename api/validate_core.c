/* Core kinds other than pods and services: namespaces, nodes, ConfigMaps, Secrets, events, quota. */
#include "api/selector.h"
#include "api/validate.h"

static void validate_template_kind(struct validation *v)
{
	validate_pod_template(v, v->obj);
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

static void validate_event(struct validation *v)
{
	const json_t *ref = json_object_get(v->obj, *v->res->group ? "regarding" : "involvedObject");
	const char *ns = v_text(ref, "namespace"), *own = v_text(json_object_get(v->obj, "metadata"), "namespace");
	if (*ns ? !streq(ns, own) : !streq(own, "default") && !streq(own, "kube-system") && *own)
		v_invalid(v, *v->res->group ? "regarding.namespace" : "involvedObject.namespace",
			  json_object_get(ref, "namespace"), "does not match event.namespace");
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
						 {"", "Namespace", validate_namespace},
						 {"", "Node", validate_node},
						 {"", "ConfigMap", validate_config_map},
						 {"", "Secret", validate_secret},
						 {"", "Event", validate_event},
						 {"events.k8s.io", "Event", validate_event},
						 {"", "Binding", validate_binding},
						 {"", "ResourceQuota", validate_quota},
						 {"", "LimitRange", validate_limit_range},
						 {NULL, NULL, NULL}};
