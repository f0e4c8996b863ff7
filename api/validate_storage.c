/* Volumes, claims, storage classes. core/validation ValidatePersistentVolume*, pkg/apis/storage/validation. */
#include "api/quantity.h"
#include "api/validate.h"

static const char *const modes[] = {"ReadOnlyMany", "ReadWriteMany", "ReadWriteOnce", "ReadWriteOncePod", NULL};
static const char *const volume_modes[] = {"Block", "Filesystem", NULL};

static void check_access_modes(struct validation *v, const json_t *spec)
{
	const json_t *list = json_object_get(spec, "accessModes");
	bool once_pod = false;
	if (json_array_size(list) == 0)
		v_required(v, "accessModes", v->res->kind[strlen("PersistentVolume")] ? "at least 1 access mode is required" : "");
	for (size_t i = 0; i < json_array_size(list); i++) {
		AUTO_JSON json_t *wrap = json_pack("{sO}", "accessModes", json_array_get(list, i));
		v_enum(v, wrap, "accessModes", modes, true);
		once_pod |= streq(json_string_value(json_array_get(list, i)), "ReadWriteOncePod");
	}
	if (once_pod && json_array_size(list) > 1)
		v_forbidden(v, "accessModes", "may not use ReadWriteOncePod with other access modes");
}

static void check_size(struct validation *v, const json_t *o, const char *key)
{
	const char *s = v_text(json_object_get(o, key), "storage");
	struct quantity q;
	V_IN (v, key)
		V_IN (v, "[storage]") {
			if (!*s && streq(key, "requests"))
				; /* said below, where Kubernetes says it */
			else if (!*s)
				v_required(v, "", "");
			else if (quantity_parse(s, &q) == 0 && q.nano <= 0)
				v_invalid(v, "", json_object_get(json_object_get(o, key), "storage"),
					  "must be greater than zero");
		}
}

void validate_claim_spec(struct validation *v, const json_t *spec)
{
	check_access_modes(v, spec);
	v_label_selector(v, spec, "selector");
	V_IN (v, "resources") {
		check_size(v, json_object_get(spec, "resources"), "requests");
		if (!*v_text(json_at(spec, "resources", "requests", NULL), "storage"))
			v_required(v, "[storage]", "");
	}
	v_name(v, spec, "storageClassName", api_check_dns1123_subdomain, false);
	v_enum(v, spec, "volumeMode", volume_modes, false);
}

/* What may change after creation: a default class or a volume being filled in, growth, the attributes class. */
static void check_claim_update(struct validation *v, const json_t *spec, const json_t *old)
{
	AUTO_JSON json_t *next = json_deep_copy(spec), *was = json_deep_copy(old);
	const char *size = json_str_or(spec, "resources.requests.storage", ""),
		   *capacity = json_str_or(v->obj, "status.capacity.storage", ""),
		   *before = json_str_or(old, "resources.requests.storage", "");
	struct quantity q, b, c;
	if (!*v_text(old, "volumeName"))
		(void)json_object_del(next, "volumeName");
	if (!v_has(old, "storageClassName"))
		(void)json_object_del(next, "storageClassName");
	(void)json_object_del(next, "volumeAttributesClassName");
	(void)json_object_del(was, "volumeAttributesClassName");
	if (quantity_parse(size, &q) == 0 && quantity_parse(before, &b) == 0 && q.nano != b.nano) {
		if (q.nano < b.nano && (quantity_parse(capacity, &c) < 0 || q.nano <= c.nano)) {
			v_forbidden(v, "resources.requests.storage", "field can not be less than status.capacity");
			return;
		}
		if (!streq(json_str(v->old, "status.phase"), "Bound") && q.nano != b.nano) {
			v_forbidden(v, "",
				    "spec is immutable after creation except resources.requests and "
				    "volumeAttributesClassName for bound claims");
			return;
		}
		(void)json_dot_del(next, "resources.requests.storage");
		(void)json_dot_del(was, "resources.requests.storage");
	}
	if (!json_equal(next, was))
		v_forbidden(v, "",
			    "spec is immutable after creation except resources.requests and volumeAttributesClassName "
			    "for bound claims");
}

static void validate_claim(struct validation *v)
{
	const json_t *spec = json_object_get(v->obj, "spec");
	if (v->sub)
		return;
	V_IN (v, "spec") {
		validate_claim_spec(v, spec);
		if (v->old)
			check_claim_update(v, spec, json_object_get(v->old, "spec"));
	}
}

/* The one field of a volume's spec that says where it is, or NULL. */
static const char *volume_source(const json_t *spec, size_t *n)
{
	static const char *const sources[] = {"hostPath",
					      "local",
					      "nfs",
					      "csi",
					      "iscsi",
					      "fc",
					      "rbd",
					      "cephfs",
					      "cinder",
					      "glusterfs",
					      "azureDisk",
					      "azureFile",
					      "awsElasticBlockStore",
					      "gcePersistentDisk",
					      "flexVolume",
					      "flocker",
					      "photonPersistentDisk",
					      "portworxVolume",
					      "quobyte",
					      "scaleIO",
					      "storageos",
					      "vsphereVolume"};
	const char *found = NULL;
	*n = 0;
	for (size_t i = 0; i < ARRAY_LEN(sources); i++)
		if (json_is_object(json_object_get(spec, sources[i]))) {
			found = sources[i];
			++*n;
		}
	return found;
}

/* storage, and nothing else */
static void check_capacity(struct validation *v, const json_t *capacity)
{
	const char *name;
	json_t *x;
	if (json_object_size(capacity) == 0)
		v_required(v, "capacity", "");
	if (json_object_size(capacity) != 1 || !json_object_get(capacity, "storage")) {
		struct buf shown AUTO_BUF = {0};
		if (json_object_size(capacity))
			json_encode_buf(capacity, &shown);
		V_IN (v, "capacity")
			api_cause_add(v->c, "FieldValueNotSupported", path_text(&v->path),
				      "Unsupported value: %.1024s: supported values: \"storage\"",
				      shown.len ? shown.data : "null");
	}
	V_IN (v, "capacity")
		json_object_foreach ((json_t *)(uintptr_t)capacity, name, x) {
			struct quantity q;
			size_t was = path_map_key(&v->path, name);
			if (json_is_string(x) && quantity_parse(json_string_value(x), &q) == 0 && q.nano <= 0)
				v_invalid(v, "", x, "must be greater than zero");
			path_pop(&v->path, was);
		}
}

static void validate_volume(struct validation *v)
{
	static const char *const policies[] = {"Delete", "Recycle", "Retain", NULL};
	const json_t *spec = json_object_get(v->obj, "spec"), *old = json_object_get(v->old, "spec");
	size_t n, n_old;
	const char *source = volume_source(spec, &n), *was = volume_source(old, &n_old);
	if (v->sub)
		return;
	V_IN (v, "spec") {
		check_access_modes(v, spec);
		check_capacity(v, json_object_get(spec, "capacity"));
		if (n == 0)
			v_required(v, "", "must specify a volume type");
		else if (n > 1)
			v_forbidden(v, source, "may not specify more than 1 volume type");
		V_IN (v, "hostPath")
			if (json_is_object(json_object_get(spec, "hostPath")))
				(void)v_present(v, json_object_get(spec, "hostPath"), "path");
		V_IN (v, "local")
			if (json_is_object(json_object_get(spec, "local")))
				(void)v_present(v, json_object_get(spec, "local"), "path");
		V_IN (v, "csi")
			if (json_is_object(json_object_get(spec, "csi"))) {
				(void)v_present(v, json_object_get(spec, "csi"), "driver");
				(void)v_present(v, json_object_get(spec, "csi"), "volumeHandle");
			}
		if (streq(source, "local") && !json_is_object(json_object_get(spec, "nodeAffinity")))
			v_required(v, "nodeAffinity", "Local volume requires node affinity");
		v_enum(v, spec, "persistentVolumeReclaimPolicy", policies, false);
		v_enum(v, spec, "volumeMode", volume_modes, false);
		v_name(v, spec, "storageClassName", api_check_dns1123_subdomain, false);
		if (old && (!streq(source, was) ||
			    (source && !json_equal(json_object_get(spec, source), json_object_get(old, source)))))
			v_forbidden(v, "persistentvolumesource",
				    "spec.persistentvolumesource is immutable after creation");
		if (old)
			v_immutable(v, spec, old, "volumeMode");
	}
}

static const char *check_qualified_lower(const char *s)
{
	AUTO_FREE char *low = str_dup(s);
	for (char *p = low; p && *p; p++)
		if (*p >= 'A' && *p <= 'Z')
			*p = (char)(*p + ('a' - 'A'));
	return low ? api_check_label_key(low) : NULL;
}

static void validate_class(struct validation *v)
{
	static const char *const policies[] = {"Delete", "Retain", NULL}, *const binding[] = {"Immediate",
											      "WaitForFirstConsumer",
											      NULL};
	v_name(v, v->obj, "provisioner", check_qualified_lower, true);
	v_enum(v, v->obj, "reclaimPolicy", policies, false);
	v_enum(v, v->obj, "volumeBindingMode", binding, true);
	if (!v->old)
		return;
	const json_t *a = json_object_get(v->obj, "parameters"), *b = json_object_get(v->old, "parameters");
	if (json_object_size(a) + json_object_size(b) && !(a && b && json_equal(a, b)))
		v_forbidden(v, "parameters", "updates to parameters are forbidden.");
	if (!streq(v_text(v->obj, "provisioner"), v_text(v->old, "provisioner")))
		v_forbidden(v, "provisioner", "updates to provisioner are forbidden.");
	if (!streq(v_text(v->obj, "reclaimPolicy"), v_text(v->old, "reclaimPolicy")))
		v_forbidden(v, "reclaimPolicy", "updates to reclaimPolicy are forbidden.");
	v_immutable(v, v->obj, v->old, "volumeBindingMode");
}

static void validate_attachment(struct validation *v)
{
	const json_t *spec = json_object_get(v->obj, "spec"), *src = json_object_get(spec, "source");
	if (v->sub)
		return;
	V_IN (v, "spec") {
		const char *msg = api_check_dns1123_subdomain(v_text(spec, "nodeName"));
		(void)v_present(v, spec, "attacher");
		if (!v_has(src, "persistentVolumeName") && !json_is_object(json_object_get(src, "inlineVolumeSpec")))
			v_required(v, "source",
				   "must specify exactly one of inlineVolumeSpec and persistentVolumeName");
		else if (v_has(src, "persistentVolumeName") && json_is_object(json_object_get(src, "inlineVolumeSpec")))
			v_forbidden(v, "source",
				    "must specify exactly one of inlineVolumeSpec and persistentVolumeName");
		else if (v_has(src, "persistentVolumeName") && !*v_text(src, "persistentVolumeName"))
			v_required(v, "source.persistentVolumeName", "must specify non empty persistentVolumeName");
		if (msg)
			v_invalid(v, "nodeName", json_object_get(spec, "nodeName"), "%s", msg);
	}
	if (v->old && !json_equal(spec, json_object_get(v->old, "spec")))
		v_invalid(v, "spec", spec, "field is immutable");
}

static void validate_csi_node(struct validation *v)
{
	AUTO_JSON json_t *names = json_object();
	V_IN (v, "spec.drivers")
		V_EACH (v, json_dot(v->obj, "spec.drivers"), i, d) {
			const char *name = v_text(d, "name");
			(void)v_present(v, d, "name");
			(void)v_present(v, d, "nodeID");
			if (*name && json_object_get(names, name))
				v_duplicate(v, "name", json_object_get(d, "name"));
			(void)json_object_set_new(names, name, json_true());
		}
}

const struct kind_validator storage_validators[] = {
    {"", "PersistentVolumeClaim", validate_claim},      {"", "PersistentVolume", validate_volume},
    {"storage.k8s.io", "StorageClass", validate_class}, {"storage.k8s.io", "VolumeAttachment", validate_attachment},
    {"storage.k8s.io", "CSINode", validate_csi_node},   {NULL, NULL, NULL}};
