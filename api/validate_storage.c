/* Volumes and claims. core/validation ValidatePersistentVolume*. */
#include "api/quantity.h"
#include "api/validate.h"

static const char *const modes[] = {"ReadOnlyMany", "ReadWriteMany", "ReadWriteOnce", "ReadWriteOncePod", NULL};
static const char *const volume_modes[] = {"Block", "Filesystem", NULL};

static void check_access_modes(struct validation *v, const json_t *spec)
{
	const json_t *list = json_object_get(spec, "accessModes");
	bool once_pod = false, other = false;
	for (size_t i = 0; i < json_array_size(list); i++) {
		const char *mode = json_string_value(json_array_get(list, i));
		bool known = v_one_of(v, "accessModes", mode ? mode : "", modes);
		once_pod |= streq(mode, "ReadWriteOncePod");
		other |= known && !streq(mode, "ReadWriteOncePod");
	}
	if (once_pod && other)
		v_forbidden(v, "accessModes", "may not use ReadWriteOncePod with other access modes");
}

static void check_data_source(struct validation *v, const json_t *spec, const char *key)
{
	const json_t *s = json_object_get(spec, key);
	static const char *const must[] = {"name", "kind", NULL};
	bool was = v_has(json_at(v->old, "spec", "dataSource", NULL), "apiGroup") ||
		   v_has(json_at(v->old, "spec", "dataSourceRef", NULL), "apiGroup");
	if (!json_is_object(s))
		return;
	V_IN (v, key) {
		v_must(v, s, must);
		if (!*v_text(s, "apiGroup") && !streq(v_text(s, "kind"), "PersistentVolumeClaim"))
			v_invalid(v, "", json_object_get(s, "kind"),
				  "must be 'PersistentVolumeClaim' when referencing the default apiGroup");
		if (!was)
			v_name(v, s, "apiGroup", api_check_dns1123_subdomain, false);
		v_name(v, s, "namespace", api_check_dns1123_label, false);
	}
}

void validate_claim_spec(struct validation *v, const json_t *spec)
{
	const json_t *source = json_object_get(spec, "dataSource"), *ref = json_object_get(spec, "dataSourceRef"),
		     *requests = json_at(spec, "resources", "requests", NULL);
	if (json_array_size(json_object_get(spec, "accessModes")) == 0)
		v_required(v, "accessModes", "at least 1 access mode is required");
	v_label_selector(v, spec, "selector");
	check_access_modes(v, spec);
	V_IN (v, "resources") {
		AUTO_JSON json_t *storage = json_object();
		if (!v_has(requests, "storage"))
			v_required(v, "[storage]", "");
		else {
			(void)json_object_set(storage, "[storage]", json_object_get(requests, "storage"));
			v_quantity(v, storage, "[storage]", true);
		}
	}
	v_name(v, spec, "storageClassName", api_check_dns1123_subdomain, false);
	if (v_has(spec, "volumeMode"))
		v_supported(v, spec, "volumeMode", volume_modes);
	check_data_source(v, spec, "dataSource");
	check_data_source(v, spec, "dataSourceRef");
	bool differ = !v_same(source, ref, "apiGroup") || !v_same(source, ref, "kind") || !v_same(source, ref, "name");
	if (json_is_object(source) && json_is_object(ref) && (*v_text(ref, "namespace") || differ)) {
		AUTO_JSON json_t *bad = json_object(); /* a path is shown so */
		v_invalid(v, "", bad,
			  *v_text(ref, "namespace") ? "may not be specified when dataSourceRef.namespace is specified"
						    : "must match dataSourceRef");
	}
	v_name(v, spec, "volumeAttributesClassName", api_check_dns1123_subdomain, false);
}

#define BETA_CLASS "volume.beta.kubernetes.io/storage-class"
#define IMMUTABLE                                                                                                      \
	"spec is immutable after creation except resources.requests and volumeAttributesClassName for bound claims"

static int compare_sizes(const char *a, const char *b)
{
	struct quantity x = {0}, y = {0};
	if (quantity_parse(a, &x) < 0)
		x.nano = 0;
	if (quantity_parse(b, &y) < 0)
		y.nano = 0;
	return x.nano < y.nano ? -1 : x.nano > y.nano;
}

static void put_back(json_t *o, const json_t *old, const char *key)
{
	(void)json_object_del(o, key);
	if (json_object_get(old, key))
		(void)json_object_set(o, key, json_object_get(old, key));
}

/* What may change after creation: a default class or a volume being filled in, growth, the attributes class. */
static void check_claim_update(struct validation *v, const json_t *spec, const json_t *old)
{
	AUTO_JSON json_t *next = json_deep_copy(spec);
	const char *size = json_str_or(spec, "resources.requests.storage", ""),
		   *before = json_str_or(old, "resources.requests.storage", ""),
		   *capacity = json_str_or(v->old, "status.capacity.storage", "");
	const json_t *notes = json_at(v->obj, "metadata", "annotations", NULL),
		     *old_notes = json_at(v->old, "metadata", "annotations", NULL);
	const char *note = v_text(notes, BETA_CLASS), *old_note = v_text(old_notes, BETA_CLASS),
		   *class = v_text(spec, "storageClassName");
	json_t *requests = json_at(next, "resources", "requests", NULL);
	bool bound = streq(json_str(v->old, "status.phase"), "Bound"),
	     filled_in = v_has(spec, "storageClassName") && !v_has(old, "storageClassName");

	if (!*v_text(old, "volumeName"))
		(void)json_object_del(next, "volumeName");
	if (filled_in && (!*old_note || streq(class, old_note)))
		(void)json_object_del(next, "storageClassName");
	if (!(filled_in && *old_note && streq(class, old_note) && (!*note || streq(note, old_note))) &&
	    !streq(note, old_note)) {
		AUTO_JSON json_t *bad = json_string(note);
		api_invalid(v->c, "metadata.annotations[" BETA_CLASS "]", bad, "field is immutable");
	}
	if (bound && requests)
		put_back(requests, json_at(old, "resources", "requests", NULL), "storage");
	if (bound)
		put_back(next, old, "volumeAttributesClassName");
	if (!json_equal(next, old))
		v_forbidden(v, "", IMMUTABLE);
	if (compare_sizes(size, before) < 0 && compare_sizes(size, capacity) <= 0)
		v_forbidden(v, "resources.requests.storage", "field can not be less than status.capacity");
	if (!v_same(spec, old, "volumeMode"))
		api_invalid(v->c, "volumeMode", json_object_get(spec, "volumeMode"), "field is immutable");
	if (!v_same(spec, old, "volumeAttributesClassName") &&
	    v_has(json_object_get(v->old, "status"), "currentVolumeAttributesClassName")) {
		if (!v_has(spec, "volumeAttributesClassName"))
			v_forbidden(
			    v, "volumeAttributesClassName",
			    "update to nil is forbidden when status.currentVolumeAttributesClassName is not nil");
		else if (!*v_text(spec, "volumeAttributesClassName"))
			v_forbidden(v, "volumeAttributesClassName",
				    "update to empty string is forbidden when status.currentVolumeAttributesClassName "
				    "is not nil");
	}
}

static void check_basic(struct validation *v, const json_t *list)
{
	const char *name;
	json_t *x;
	json_object_foreach ((json_t *)list, name, x) {
		struct quantity q;
		if (!json_is_string(x) || quantity_parse(json_string_value(x), &q) < 0 || q.nano >= 0)
			continue;
		size_t was = path_map_key(&v->path, name);
		AUTO_JSON json_t *bad = json_integer(quantity_value(&q));
		v_invalid(v, "", bad, "must be a valid resource quantity");
		path_pop(&v->path, was);
	}
}

/* Only storage, and what has a domain. */
static bool check_claim_key(struct validation *v, const char *name)
{
	static const char *const only[] = {"storage", NULL};
	if (!v_words(v, "", name, api_check_label_key))
		return false;
	return (strchr(name, '/') && !strstr(name, "kubernetes.io/")) || v_one_of(v, "", name, only);
}

static void check_claim_status(struct validation *v)
{
	static const char *const states[] = {"ControllerResizeInProgress", "ControllerResizeInfeasible",
					     "NodeResizeInProgress",       "NodeResizeInfeasible",
					     "NodeResizePending",          NULL},
				 *const sorted[] = {"ControllerResizeInProgress", "ControllerResizeInfeasible",
						    "NodeResizeInProgress",       "NodeResizeInfeasible",
						    "NodeResizePending",          NULL};
	const json_t *status = json_object_get(v->obj, "status");
	const char *name;
	json_t *x;
	V_IN (v, "status") {
		V_IN (v, "capacity")
			check_basic(v, json_object_get(status, "capacity"));
		V_IN (v, "allocatedResourceStatuses")
			json_object_foreach (json_object_get(status, "allocatedResourceStatuses"), name, x) {
				(void)check_claim_key(v, name);
				bool known = false;
				for (size_t i = 0; states[i]; i++)
					known |= streq(states[i], json_string_value(x));
				if (!known)
					api_not_supported(v->c, path_text(&v->path), name, sorted);
			}
		V_IN (v, "allocatedResources")
			json_object_foreach (json_object_get(status, "allocatedResources"), name, x) {
				AUTO_JSON json_t *one = json_pack("{sO}", name, x);
				if (check_claim_key(v, name))
					check_basic(v, one);
			}
	}
}

static void validate_claim(struct validation *v)
{
	const json_t *spec = json_object_get(v->obj, "spec");
	if (v->sub) {
		check_claim_status(v);
		return;
	}
	V_IN (v, "spec") {
		validate_claim_spec(v, spec);
		if (v->old)
			check_claim_update(v, spec, json_object_get(v->old, "spec"));
	}
}

static void check_secret_ref(struct validation *v, const json_t *s, const char *key)
{
	const json_t *ref = json_object_get(s, key);
	if (json_is_object(ref))
		V_IN (v, key) {
			v_name(v, ref, "name", api_check_dns1123_subdomain, true);
			v_name(v, ref, "namespace", api_check_dns1123_label, true);
		}
}

static void check_source(struct validation *v, const json_t *spec, const char *key, const json_t *s)
{
	static const char *const secrets[] = {"controllerPublishSecretRef", "controllerExpandSecretRef",
					      "nodePublishSecretRef", "nodeExpandSecretRef"},
				 *const types[] = {
				     "",     "BlockDevice",  "CharDevice", "Directory", "DirectoryOrCreate",
				     "File", "FileOrCreate", "Socket",     NULL};
	if (streq(key, "hostPath") || streq(key, "local")) {
		if (v_present(v, s, "path"))
			(void)validate_no_backsteps(v, "path", v_text(s, "path"));
		if (streq(key, "hostPath") && *v_text(s, "path"))
			v_enum(v, s, "type", types, false);
	} else if (streq(key, "nfs")) {
		AUTO_JSON json_t *bad = json_string(v_text(s, "path"));
		(void)v_present(v, s, "server");
		(void)v_present(v, s, "path");
		if (*v_text(s, "path") != '/')
			v_invalid(v, "path", bad, "must be an absolute path");
	} else if (streq(key, "csi")) {
		validate_csi_driver_name(v, s, "driver");
		(void)v_present(v, s, "volumeHandle");
		for (size_t i = 0; i < ARRAY_LEN(secrets); i++)
			check_secret_ref(v, s, secrets[i]);
	} else {
		(void)validate_rare_source(v, key, s, true);
	}
	(void)spec;
}

/* The sources of a volume in the order in which Kubernetes looks at them, and what it calls some of them. */
static const struct {
	const char *key, *at, *taken;
} sources[] = {{"hostPath", NULL, NULL},
	       {"gcePersistentDisk", "persistentDisk", NULL},
	       {"awsElasticBlockStore", NULL, NULL},
	       {"glusterfs", NULL, NULL},
	       {"flocker", NULL, NULL},
	       {"nfs", NULL, NULL},
	       {"rbd", NULL, NULL},
	       {"quobyte", NULL, NULL},
	       {"cephfs", NULL, "cephFS"},
	       {"iscsi", NULL, NULL},
	       {"cinder", NULL, NULL},
	       {"fc", NULL, NULL},
	       {"flexVolume", NULL, NULL},
	       {"azureFile", NULL, NULL},
	       {"vsphereVolume", NULL, NULL},
	       {"photonPersistentDisk", NULL, NULL},
	       {"portworxVolume", NULL, NULL},
	       {"azureDisk", NULL, NULL},
	       {"scaleIO", NULL, NULL},
	       {"local", NULL, NULL},
	       {"storageos", NULL, NULL},
	       {"csi", NULL, NULL}};

static void check_sources(struct validation *v, const json_t *spec, bool affine)
{
	size_t n = 0;
	for (size_t i = 0; i < ARRAY_LEN(sources); i++) {
		const json_t *s = json_object_get(spec, sources[i].key);
		bool again = n > 0 && !streq(sources[i].key, "flexVolume");
		if (!json_is_object(s))
			continue;
		n++;
		if (again) {
			v_forbidden(v, sources[i].taken ? sources[i].taken : sources[i].key,
				    "may not specify more than 1 volume type");
			continue;
		}
		V_IN (v, sources[i].at ? sources[i].at : sources[i].key)
			check_source(v, spec, sources[i].key, s);
		if (streq(sources[i].key, "local") && !affine)
			v_required(v, "nodeAffinity", "Local volume requires node affinity");
	}
	if (n == 0)
		v_required(v, "", "must specify a volume type");
}

static bool same_sources(const json_t *spec, const json_t *old)
{
	AUTO_JSON json_t *next = json_deep_copy(spec);
	/* a secret for growing may be given later */
	if (v_has(json_object_get(old, "csi"), "driver") &&
	    !v_has(json_object_get(old, "csi"), "controllerExpandSecretRef"))
		(void)json_object_del(json_object_get(next, "csi"), "controllerExpandSecretRef");
	for (size_t i = 0; i < ARRAY_LEN(sources); i++)
		if (!v_same(next, old, sources[i].key))
			return false;
	return true;
}

/* inline_: within a VolumeAttachment */
void validate_volume_spec(struct validation *v, const json_t *spec, bool inline_)
{
	static const char *const policies[] = {"Delete", "Recycle", "Retain", NULL};
	static const char *const never[] = {"claimRef", "capacity"};
	json_t *capacity = json_object_get(spec, "capacity"), *x;
	const json_t *affinity = json_object_get(spec, "nodeAffinity"),
		     *required = json_object_get(affinity, "required");
	const char *name;
	for (size_t i = 0; i < ARRAY_LEN(never) && inline_; i++)
		if (v_has(spec, never[i]))
			v_forbidden(v, never[i], "may not be specified in the context of inline volumes");
	if (inline_ && !v_has(spec, "csi"))
		v_required(v, "csi", "has to be specified in the context of inline volumes");
	if (json_array_size(json_object_get(spec, "accessModes")) == 0)
		v_required(v, "accessModes", "");
	check_access_modes(v, spec);
	if (!inline_) {
		if (json_object_size(capacity) == 0)
			v_required(v, "capacity", "");
		if (!json_object_get(capacity, "storage") || json_object_size(capacity) > 1)
			V_IN (v, "capacity") {
				struct buf shown AUTO_BUF = {0};
				if (capacity)
					json_encode_buf(capacity, &shown);
				api_cause_add(v->c, "FieldValueNotSupported", path_text(&v->path),
					      "Unsupported value: %.1024s: supported values: \"storage\"",
					      shown.len ? shown.data : "null");
			}
		V_IN (v, "capacity") {
			check_basic(v, capacity);
			json_object_foreach (capacity, name, x) {
				AUTO_JSON json_t *one = json_pack("{sO}", "", x);
				size_t was = path_map_key(&v->path, name);
				v_quantity(v, one, "", true);
				path_pop(&v->path, was);
			}
		}
		v_enum(v, spec, "persistentVolumeReclaimPolicy", policies, false);
	} else if (*v_text(spec, "persistentVolumeReclaimPolicy") &&
		   !streq(v_text(spec, "persistentVolumeReclaimPolicy"), "Retain")) {
		v_forbidden(v, "persistentVolumeReclaimPolicy", "may only be Retain in the context of inline volumes");
	}
	if (json_is_object(affinity) && inline_)
		v_forbidden(v, "nodeAffinity", "may not be specified in the context of inline volumes");
	else if (json_is_object(affinity))
		V_IN (v, "nodeAffinity") {
			if (json_is_object(required))
				V_IN (v, "required")
					validate_node_selector(v, required);
			else
				v_required(v, "required", "must specify required node constraints");
		}
	check_sources(v, spec, json_is_object(affinity));
	if (streq(v_text(json_object_get(spec, "hostPath"), "path"), "/") &&
	    streq(v_text(spec, "persistentVolumeReclaimPolicy"), "Recycle"))
		v_forbidden(v, "persistentVolumeReclaimPolicy", "may not be 'recycle' for a hostPath mount of '/'");
	if (*v_text(spec, "storageClassName") && inline_)
		v_forbidden(v, "storageClassName", "may not be specified in the context of inline volumes");
	else
		v_name(v, spec, "storageClassName", api_check_dns1123_subdomain, false);
	if (v_has(spec, "volumeMode") && inline_ && !streq(v_text(spec, "volumeMode"), "Filesystem"))
		v_forbidden(v, "volumeMode",
			    "may not specify volumeMode other than Filesystem in the context of inline volumes");
	else if (v_has(spec, "volumeMode") && !inline_)
		v_supported(v, spec, "volumeMode", volume_modes);
	if (v_has(spec, "volumeAttributesClassName") && !inline_) {
		if (!*v_text(spec, "volumeAttributesClassName"))
			v_required(v, "volumeAttributesClassName", "an empty string is disallowed");
		v_name(v, spec, "volumeAttributesClassName", api_check_dns1123_subdomain, false);
		if (!v_has(spec, "csi"))
			v_required(v, "csi", "has to be specified when using volumeAttributesClassName");
	}
}

/* Whether an affinity is as it was, or has keys of no name: what Kubernetes takes for the newer name of one that has
 * none. */
static bool same_affinity(const json_t *spec, const json_t *old)
{
	AUTO_JSON json_t *now = json_deep_copy(json_object_get(spec, "nodeAffinity"));
	const json_t *was = json_object_get(old, "nodeAffinity"),
		     *terms = json_at(now, "required", "nodeSelectorTerms", NULL),
		     *old_terms = json_at(was, "required", "nodeSelectorTerms", NULL);
	for (size_t i = 0; i < json_array_size(terms); i++) {
		const json_t *list = json_object_get(json_array_get(terms, i), "matchExpressions"),
			     *old_list = json_object_get(json_array_get(old_terms, i), "matchExpressions");
		for (size_t k = 0; k < json_array_size(list) && k < json_array_size(old_list); k++)
			if (!*v_text(json_array_get(list, k), "key"))
				put_back(json_array_get(list, k), json_array_get(old_list, k), "key");
	}
	return now && json_equal(now, was);
}

static void validate_volume(struct validation *v)
{
	const json_t *spec = json_object_get(v->obj, "spec"), *old = json_object_get(v->old, "spec");
	AUTO_JSON json_t *none = json_null();
	if (v->sub)
		return;
	V_IN (v, "spec")
		validate_volume_spec(v, spec, false);
	if (!old)
		return;
	if (!same_sources(spec, old))
		v_forbidden(v, "spec.persistentvolumesource",
			    "spec.persistentvolumesource is immutable after creation");
	if (!v_same(spec, old, "volumeMode"))
		v_invalid(v, "volumeMode", v_has(spec, "volumeMode") ? json_object_get(spec, "volumeMode") : none,
			  "field is immutable");
	if (v_has(old, "nodeAffinity") && !same_affinity(spec, old))
		v_invalid(v, "nodeAffinity", v_has(spec, "nodeAffinity") ? json_object_get(spec, "nodeAffinity") : none,
			  "field is immutable, except for updating from beta label to GA");
	if (v_has(old, "volumeAttributesClassName") && !v_has(spec, "volumeAttributesClassName"))
		v_forbidden(v, "spec.volumeAttributesClassName", "update from non-nil value to nil is forbidden");
}

const struct kind_validator storage_validators[] = {
    {"", "PersistentVolumeClaim", validate_claim}, {"", "PersistentVolume", validate_volume}, {NULL, NULL, NULL}};
