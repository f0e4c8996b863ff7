/* metadata of every kind: apimachinery pkg/api/validation/objectmeta.go. */
#include "api/validate.h"

#define ANNOTATIONS_MAX (256 * 1024)

typedef const char *(*name_check)(const char *);

static const char *check_ip_name(const char *s)
{
	return v_is_ip(s, NULL) ? NULL : "must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)";
}

/* How a kind's names look; a DNS subdomain unless it is listed. */
static name_check check_of(const struct api_resource *res)
{
	static const struct {
		const char *group, *kind;
		name_check fn;
	} kinds[] = {{"", "Namespace", api_check_dns1123_label},
		     {"", "Service", api_check_dns1123_label},
		     {"", "Event", v_check_path_segment},
		     {"apps", "StatefulSet", api_check_dns1123_label},
		     {"policy", "PodDisruptionBudget", v_check_path_segment},
		     {"certificates.k8s.io", "CertificateSigningRequest", v_check_path_segment},
		     {"rbac.authorization.k8s.io", NULL, v_check_path_segment},
		     {"apiregistration.k8s.io", NULL, v_check_path_segment},
		     {"networking.k8s.io", "IPAddress", check_ip_name},
		     {"apps", "ControllerRevision", api_check_dns1123_subdomain}};
	for (size_t i = 0; i < ARRAY_LEN(kinds); i++)
		if (streq(kinds[i].group, res->group) && (!kinds[i].kind || streq(kinds[i].kind, res->kind)))
			return kinds[i].fn;
	return api_check_dns1123_subdomain;
}

static bool is_kind_of(const struct validation *v, const char *const *kinds)
{
	for (; *kinds; kinds++)
		if (streq(*kinds, v->res->kind))
			return true;
	return false;
}

/* An update looks at it only where all of an object is validated once more. */
static bool prefix_counts(const struct validation *v)
{
	static const char *const never[] = {"Service",
					    "Deployment",
					    "ReplicaSet",
					    "StatefulSet",
					    "DaemonSet",
					    "CronJob",
					    "PodTemplate",
					    "CSIDriver",
					    "NetworkPolicy",
					    "ServiceCIDR",
					    "HorizontalPodAutoscaler",
					    "ResourceQuota",
					    "PriorityClass",
					    "Lease",
					    "CustomResourceDefinition",
					    NULL},
				 *const with_status[] = {"PodDisruptionBudget", "CertificateSigningRequest",
							 "VolumeAttachment", NULL};
	if (!v->old || v->res->crd)
		return true;
	if (streq(v->sub, "status"))
		return is_kind_of(v, with_status);
	return !is_kind_of(v, never) && !(streq(v->res->kind, "Event") && *v->res->group);
}

static void check_name(struct validation *v, const json_t *meta)
{
	const char *name = v_text(meta, "name"), *gen = v_text(meta, "generateName"), *msg;
	name_check check = check_of(v->res);
	/* Of kinds whose rules are declared, only what came of it is looked at. */
	bool declared = streq(v->res->kind, "ReplicationController") || streq(v->res->kind, "DeviceClass");
	if (*gen && !declared && prefix_counts(v)) {
		AUTO_FREE char *masked = str_dup(gen); /* something will follow a trailing dash */
		size_t n = strlen(gen);
		if (masked && n > 1 && masked[n - 1] == '-')
			masked[n - 1] = 'a';
		for (size_t nth = 0; masked && (msg = api_check_nth(check, masked, nth)); nth++)
			v_invalid(v, "generateName", json_object_get(meta, "generateName"), "%s", msg);
	}
	if (!*name) {
		if (!*gen)
			v_required(v, "name", "name or generateName is required");
		return;
	}
	if (declared && strlen(name) > 253)
		v_invalid(v, "name", json_object_get(meta, "name"), "must be no more than 253 bytes");
	else
		(void)v_words(v, "name", name, check);
}

static void check_namespace(struct validation *v, const json_t *meta)
{
	const char *ns = v_text(meta, "namespace");
	if (!v->res->namespaced) {
		if (*ns)
			v_forbidden(v, "namespace", "not allowed on this type");
	} else if (!*ns) {
		v_required(v, "namespace", "");
	} else {
		(void)v_words(v, "namespace", ns, api_check_dns1123_label);
	}
}

void validate_annotations(struct validation *v, const json_t *meta)
{
	const char *key;
	json_t *x;
	size_t total = 0;
	json_object_foreach (json_object_get(meta, "annotations"), key, x) {
		/* no annotations in Kubernetes, which only shows them as such */
		if ((streq(v->res->kind, "DaemonSet") && streq(key, "deprecated.daemonset.template.generation")) ||
		    (streq(v->res->kind, "HorizontalPodAutoscaler") &&
		     str_has_prefix(key, "autoscaling.alpha.kubernetes.io/")))
			continue;
		AUTO_FREE char *low = str_dup(key);
		for (char *p = low; p && *p; p++)
			if (*p >= 'A' && *p <= 'Z')
				*p = (char)(*p + ('a' - 'A'));
		const char *msg;
		AUTO_JSON json_t *bad = json_string(key);
		for (size_t nth = 0; low && (msg = api_check_nth(api_check_label_key, low, nth)); nth++)
			v_invalid(v, "annotations", bad, "%s", msg);
		total += strlen(key) + json_string_length(x);
	}
	if (total > ANNOTATIONS_MAX)
		v_too_long(v, "annotations", ANNOTATIONS_MAX);
}

/* Kubernetes names the list in each finding, not the element. */
static void check_owners(struct validation *v, const json_t *meta)
{
	const json_t *controller = NULL, *list = json_object_get(meta, "ownerReferences");
	AUTO_JSON json_t *empty = json_string("");
	V_IN (v, "ownerReferences")
		for (size_t i = 0; i < json_array_size(list); i++) {
			const json_t *o = json_array_get(list, i);
			static const struct {
				const char *key, *msg;
			} fields[] = {{"apiVersion", "version must not be empty"},
				      {"kind", "must not be empty"},
				      {"name", "must not be empty"},
				      {"uid", "must not be empty"}};
			for (size_t f = 0; f < ARRAY_LEN(fields); f++)
				if (!*v_text(o, fields[f].key))
					v_invalid(v, fields[f].key, empty, "%s", fields[f].msg);
				else if (f == 0 && strchr(v_text(o, "apiVersion"), '/') &&
					 strchr(strchr(v_text(o, "apiVersion"), '/') + 1, '/'))
					v_invalid(v, "apiVersion", json_object_get(o, "apiVersion"), "%s",
						  fields[f].msg);
			if (streq(v_text(o, "kind"), "Event") && streq(v_text(o, "apiVersion"), "v1"))
				v_invalid(v, "", o, "/v1, Kind=Event is disallowed from being an owner");
		}
	V_IN (v, "ownerReferences")
		for (size_t i = 0; i < json_array_size(list); i++) {
			const json_t *o = json_array_get(list, i);
			if (!json_is_true(json_object_get(o, "controller")))
				continue;
			if (controller) {
				v_invalid(v, "", list,
					  "Only one reference can have Controller set to true. Found \"true\" in "
					  "references for %s/%s and %s/%s",
					  v_text(controller, "kind"), v_text(controller, "name"), v_text(o, "kind"),
					  v_text(o, "name"));
				break; /* the whole list is in it */
			}
			controller = o;
		}
}

/* Kinds whose validation goes by core's ValidateObjectMeta. */
static bool checks_finalizer_names(const struct validation *v)
{
	const struct api_resource *res = v->res;
	static const char *const without[] = {"Lease", "RuntimeClass", "PodDisruptionBudget"};

	if (res->crd || (streq(res->kind, "CronJob") && v->sub) || (streq(res->kind, "Event") && !*res->group) ||
	    str_has_prefix(res->group, "api") || streq(res->group, "admissionregistration.k8s.io"))
		return false;
	for (size_t i = 0; i < ARRAY_LEN(without); i++)
		if (streq(res->kind, without[i]))
			return false;
	return true;
}

static void check_finalizers(struct validation *v, const json_t *meta)
{
	bool orphan = false, foreground = false;
	const json_t *list = json_object_get(meta, "finalizers");
	V_IN (v, "finalizers") {
		for (size_t i = 0; i < json_array_size(list); i++) {
			const json_t *f = json_array_get(list, i);
			const char *s = json_string_value(f);
			if (!s)
				continue;
			orphan |= streq(s, "orphan");
			foreground |= streq(s, "foregroundDeletion");
			(void)v_words(v, "", s, api_check_label_key);
		}
		if (orphan && foreground)
			v_invalid(v, "", list, "finalizer orphan and foregroundDeletion cannot be both set");
		if (checks_finalizer_names(v))
			V_EACH (v, list, i, f) {
				const char *s = json_string_value(f);
				if (s && !strchr(s, '/') && !streq(s, "orphan") && !streq(s, "foregroundDeletion") &&
				    !streq(s, "kubernetes"))
					v_invalid(
					    v, "", f,
					    "name is neither a standard finalizer name nor is it fully qualified");
			}
	}
}

/* Control characters are not printable, and what is no UTF-8 has been refused. */
static void check_manager(struct validation *v, const json_t *m)
{
	const char *s = v_text(m, "manager");
	size_t at = 0;
	if (strlen(s) > 128)
		v_too_long(v, "manager", 128);
	for (const unsigned char *p = (const unsigned char *)s; *p; p++, at++)
		if (*p < ' ' || *p == 0x7f)
			v_invalid(v, "manager", json_object_get(m, "manager"),
				  "invalid character U+%04X (at position %zu)", *p, at);
}

static void check_managers(struct validation *v, const json_t *meta)
{
	V_IN (v, "managedFields")
		V_EACH (v, json_object_get(meta, "managedFields"), i, m) {
			const char *op = v_text(m, "operation"), *type = v_text(m, "fieldsType");
			if (!streq(op, "Apply") && !streq(op, "Update"))
				v_invalid(v, "operation", json_object_get(m, "operation"),
					  "must be `Apply` or `Update`");
			if (*type && !streq(type, "FieldsV1"))
				v_invalid(v, "fieldsType", json_object_get(m, "fieldsType"), "must be `FieldsV1`");
			check_manager(v, m);
			if (strlen(v_text(m, "subresource")) > 256)
				v_too_long(v, "subresource", 256);
		}
}

static bool contains(const json_t *list, const json_t *x)
{
	for (size_t i = 0; i < json_array_size(list); i++)
		if (json_equal(json_array_get(list, i), x))
			return true;
	return false;
}

static void check_update(struct validation *v, const json_t *meta, const json_t *was)
{
	static const char *const fixed[] = {
	    "name", "namespace", "uid", "creationTimestamp", "deletionTimestamp", "deletionGracePeriodSeconds"};
	for (size_t i = 0; i < ARRAY_LEN(fixed); i++)
		v_immutable(v, meta, was, fixed[i]);
	if (!v_has(was, "deletionTimestamp"))
		return;
	const json_t *now = json_object_get(meta, "finalizers"), *before = json_object_get(was, "finalizers");
	struct buf b AUTO_BUF = {0};
	for (size_t i = 0; i < json_array_size(now); i++)
		if (!contains(before, json_array_get(now, i)))
			buf_addf(&b, "%s\"%s\"", b.len ? ", " : "",
				 json_string_value(json_array_get(now, i)) ? json_string_value(json_array_get(now, i))
									   : "");
	if (b.len) {
		AUTO_FREE char *text = str_fmt(
		    "no new finalizers can be added if the object is being deleted, found new finalizers []string{%s}",
		    b.data);
		v_forbidden(v, "finalizers", text ? text : "");
	}
}

void validate_metadata(struct validation *v)
{
	const json_t *meta = json_object_get(v->obj, "metadata");
	V_IN (v, "metadata") {
		check_name(v, meta);
		check_namespace(v, meta);
		if (v_int(meta, "generation", 0) < 0)
			v_invalid(v, "generation", json_object_get(meta, "generation"),
				  "must be greater than or equal to 0");
		v_labels(v, meta, "labels");
		validate_annotations(v, meta);
		check_owners(v, meta);
		check_finalizers(v, meta);
		check_managers(v, meta);
		if (v->old)
			check_update(v, meta, json_object_get(v->old, "metadata"));
	}
}
