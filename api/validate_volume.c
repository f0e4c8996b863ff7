/* Volumes of a pod. core/validation ValidateVolumes. */
#include "api/quantity.h"
#include "api/validate.h"

#define MODE_WORDS "must be a number between 0 and 0777 (octal), both inclusive"

static void check_mode(struct validation *v, const json_t *o, const char *key)
{
	if (v_has(o, key) && (v_int(o, key, 0) < 0 || v_int(o, key, 0) > 0777))
		v_invalid(v, key, json_object_get(o, key), MODE_WORDS);
}

bool validate_no_backsteps(struct validation *v, const char *key, const char *path)
{
	for (const char *p = path; (p = strstr(p, "..")); p += 2)
		if ((p == path || p[-1] == '/') && (p[2] == '\0' || p[2] == '/')) {
			AUTO_JSON json_t *bad = json_string(path);
			v_invalid(v, key, bad, "must not contain '..'");
			return false;
		}
	return true;
}

void validate_local_path(struct validation *v, const json_t *o, const char *key, bool reserved)
{
	const char *s = v_text(o, key);
	if (*s == '/')
		v_invalid(v, key, json_object_get(o, key), "must be a relative path");
	(void)validate_no_backsteps(v, key, s);
	if (reserved && str_has_prefix(s, "..") && s[2] != '/')
		v_invalid(v, key, json_object_get(o, key), "must not start with '..'");
}

/* Notes a path of a projected volume; paths NULL: any other volume. */
static void take_path(struct validation *v, json_t *paths, const char *path, const char *shown, size_t projected)
{
	if (!paths || !*path)
		return;
	if (json_object_get(paths, path)) {
		AUTO_JSON json_t *bad = json_string(shown);
		AUTO_FREE char *at = str_ndup(path_text(&v->path), projected);
		if (at)
			api_invalid(v->c, at, bad, "conflicting duplicate paths");
	}
	(void)json_object_set_new(paths, path, json_true());
}

static void check_items(struct validation *v, const json_t *src, json_t *paths, size_t projected)
{
	V_IN (v, "items")
		V_EACH (v, json_object_get(src, "items"), i, it) {
			static const char *const must[] = {"key", "path", NULL};
			v_must(v, it, must);
			validate_local_path(v, it, "path", true);
			check_mode(v, it, "mode");
			take_path(v, paths, v_text(it, "path"), v_text(src, "name"), projected);
		}
}

/* Kubernetes names the source in each finding, not the item. */
static void check_downward_items(struct validation *v, const json_t *src, json_t *paths, size_t projected)
{
	AUTO_JSON json_t *resource = json_string("resource");
	const json_t *list = json_object_get(src, "items");
	for (size_t i = 0; i < json_array_size(list); i++) {
		const json_t *it = json_array_get(list, i), *field = json_object_get(it, "fieldRef"),
			     *res = json_object_get(it, "resourceFieldRef");
		(void)v_present(v, it, "path");
		validate_local_path(v, it, "path", true);
		if (json_is_object(field)) {
			V_IN (v, "fieldRef")
				validate_field_ref(v, field, true);
			if (json_is_object(res))
				v_invalid(v, "", resource,
					  "fieldRef and resourceFieldRef can not be specified simultaneously");
		} else if (json_is_object(res)) {
			V_IN (v, "resourceFieldRef")
				validate_resource_field_ref(v, res, true);
		} else {
			v_required(v, "", "one of fieldRef and resourceFieldRef is required");
		}
		check_mode(v, it, "mode");
		take_path(v, paths, v_text(it, "path"), v_text(it, "path"), projected);
	}
}

static void check_empty_dir(struct validation *v, const json_t *s)
{
	struct quantity q;
	const char *limit = v_text(s, "sizeLimit");
	if (*limit && quantity_parse(limit, &q) == 0 && q.nano < 0)
		v_forbidden(v, "sizeLimit", "SizeLimit field must be a valid resource quantity");
}

static void check_host_path(struct validation *v, const json_t *s)
{
	static const char *const types[] = {"",     "BlockDevice",  "CharDevice", "Directory", "DirectoryOrCreate",
					    "File", "FileOrCreate", "Socket",     NULL};
	if (!v_present(v, s, "path"))
		return;
	(void)validate_no_backsteps(v, "path", v_text(s, "path"));
	v_enum(v, s, "type", types, false);
}

static void check_git_repo(struct validation *v, const json_t *s)
{
	(void)v_present(v, s, "repository");
	validate_local_path(v, s, "directory", false);
}

static void check_config_map(struct validation *v, const json_t *s)
{
	(void)v_present(v, s, "name");
	check_mode(v, s, "defaultMode");
	check_items(v, s, NULL, 0);
}

static void check_secret(struct validation *v, const json_t *s)
{
	(void)v_present(v, s, "secretName");
	check_mode(v, s, "defaultMode");
	check_items(v, s, NULL, 0);
}

static void check_downward(struct validation *v, const json_t *s)
{
	check_mode(v, s, "defaultMode");
	check_downward_items(v, s, NULL, 0);
}

static void check_pvc(struct validation *v, const json_t *s)
{
	(void)v_present(v, s, "claimName");
}

static void check_nfs(struct validation *v, const json_t *s)
{
	AUTO_JSON json_t *bad = json_string(v_text(s, "path"));
	(void)v_present(v, s, "server");
	(void)v_present(v, s, "path");
	if (*v_text(s, "path") != '/')
		v_invalid(v, "path", bad, "must be an absolute path");
}

void validate_csi_driver_name(struct validation *v, const json_t *o, const char *key)
{
	const char *s = v_text(o, key), *msg;
	AUTO_FREE char *low = str_dup(s);
	if (!v_present(v, o, key))
		return;
	for (char *p = low; p && *p; p++)
		if (*p >= 'A' && *p <= 'Z')
			*p = (char)(*p + ('a' - 'A'));
	if (strlen(s) > 63)
		v_too_long(v, key, 63);
	for (size_t nth = 0; low && (msg = api_check_nth(api_check_dns1123_subdomain, low, nth)); nth++)
		v_invalid(v, key, json_object_get(o, key), "%s", msg);
}

static void check_csi(struct validation *v, const json_t *s)
{
	const json_t *ref = json_object_get(s, "nodePublishSecretRef");
	validate_csi_driver_name(v, s, "driver");
	if (json_is_object(ref) && !*v_text(ref, "name"))
		v_required(v, "nodePublishSecretRef.name", "");
	else if (json_is_object(ref))
		v_name(v, ref, "name", api_check_dns1123_subdomain, false);
}

static void check_token(struct validation *v, const json_t *s, json_t *paths, size_t projected)
{
	int64_t secs = v_int(s, "expirationSeconds", 3600);
	(void)paths;
	if (secs < 600)
		v_invalid(v, "expirationSeconds", json_object_get(s, "expirationSeconds"),
			  "may not specify a duration less than 10 minutes");
	if (secs > INT64_C(1) << 32)
		v_invalid(v, "expirationSeconds", json_object_get(s, "expirationSeconds"),
			  "may not specify a duration larger than 2^32 seconds");
	/* of the volume, not of the source */
	AUTO_FREE char *was = str_dup(path_text(&v->path));
	path_pop(&v->path, projected);
	if (v_present(v, s, "path"))
		validate_local_path(v, s, "path", true);
	buf_adds(&v->path, was ? was + projected : "");
}

static void check_named_items(struct validation *v, const json_t *s, json_t *paths, size_t projected)
{
	(void)v_present(v, s, "name");
	check_items(v, s, paths, projected);
}

static void check_projection(struct validation *v, const json_t *p, json_t *paths, size_t projected)
{
	static const struct {
		const char *key;
		void (*fn)(struct validation *v, const json_t *s, json_t *paths, size_t projected);
	} kinds[] = {{"secret", check_named_items},
		     {"configMap", check_named_items},
		     {"downwardAPI", check_downward_items},
		     {"serviceAccountToken", check_token}}; /* others are never kept */
	size_t n = 0;
	for (size_t i = 0; i < ARRAY_LEN(kinds); i++) {
		const json_t *s = json_object_get(p, kinds[i].key);
		if (!json_is_object(s))
			continue;
		n++;
		V_IN (v, kinds[i].key)
			kinds[i].fn(v, s, paths, projected);
	}
	if (n > 1)
		v_forbidden(v, "", "may not specify more than 1 volume type per source");
}

static void check_projected(struct validation *v, const json_t *s)
{
	AUTO_JSON json_t *paths = json_object();
	size_t projected = v->path.len;
	check_mode(v, s, "defaultMode");
	V_IN (v, "sources")
		V_EACH (v, json_object_get(s, "sources"), i, p)
			check_projection(v, p, paths, projected);
}

static void check_ephemeral(struct validation *v, const json_t *s)
{
	const json_t *t = json_object_get(s, "volumeClaimTemplate"), *meta = json_object_get(t, "metadata"), *x;
	const char *key;
	if (!json_is_object(t)) {
		v_required(v, "volumeClaimTemplate", "");
		return;
	}
	V_IN (v, "volumeClaimTemplate") {
		V_IN (v, "metadata") {
			validate_annotations(v, meta);
			v_labels(v, meta, "labels");
			for (void *it = json_object_iter((json_t *)meta); it;
			     it = json_object_iter_next((json_t *)meta, it)) {
				key = json_object_iter_key(it);
				x = json_object_iter_value(it);
				if (!streq(key, "labels") && !streq(key, "annotations") && !json_is_null(x))
					v_forbidden(v, streq(key, "uid") ? "uID" : key, "cannot be set");
			}
		}
		V_IN (v, "spec")
			validate_claim_spec(v, json_object_get(t, "spec"));
	}
}

static void check_image(struct validation *v, const json_t *s)
{
	static const char *const policies[] = {"Always", "IfNotPresent", "Never", NULL};
	if (!*v_text(s, "reference") && !v_in_template(v))
		v_required(v, "reference", "");
	v_enum(v, s, "pullPolicy", policies, true);
}

static void check_source(struct validation *v, const json_t *vol, const json_t *pod)
{
	static const struct {
		const char *key;
		void (*fn)(struct validation *v, const json_t *s); /* NULL: validate_rare_source */
		const char *at, *taken; /* where Kubernetes sees it, when that is not its key */
	} sources[] = {{"emptyDir", check_empty_dir, NULL, NULL},
		       {"hostPath", check_host_path, NULL, NULL},
		       {"gitRepo", check_git_repo, NULL, NULL},
		       {"gcePersistentDisk", NULL, "persistentDisk", NULL},
		       {"awsElasticBlockStore", NULL, NULL, NULL},
		       {"secret", check_secret, NULL, NULL},
		       {"nfs", check_nfs, NULL, NULL},
		       {"iscsi", NULL, NULL, NULL},
		       {"glusterfs", NULL, NULL, NULL},
		       {"flocker", NULL, NULL, NULL},
		       {"persistentVolumeClaim", check_pvc, NULL, NULL},
		       {"rbd", NULL, NULL, NULL},
		       {"cinder", NULL, NULL, NULL},
		       {"cephfs", NULL, NULL, "cephFS"},
		       {"quobyte", NULL, NULL, NULL},
		       {"downwardAPI", check_downward, NULL, "downwarAPI"},
		       {"fc", NULL, NULL, NULL},
		       {"flexVolume", NULL, NULL, NULL},
		       {"configMap", check_config_map, NULL, NULL},
		       {"azureFile", NULL, NULL, NULL},
		       {"vsphereVolume", NULL, NULL, NULL},
		       {"photonPersistentDisk", NULL, NULL, NULL},
		       {"portworxVolume", NULL, NULL, NULL},
		       {"azureDisk", NULL, NULL, NULL},
		       {"storageos", NULL, NULL, NULL},
		       {"projected", check_projected, NULL, NULL},
		       {"scaleIO", NULL, NULL, NULL},
		       {"csi", check_csi, NULL, NULL},
		       {"ephemeral", check_ephemeral, NULL, NULL},
		       {"image", check_image, NULL, NULL}};
	const char *name = v_text(vol, "name"), *pod_name = v_text(pod, "name"), *msg;
	size_t n = 0;
	for (size_t k = 0; k < ARRAY_LEN(sources); k++) {
		const json_t *src = json_object_get(vol, sources[k].key);
		if (!json_is_object(src))
			continue;
		if (n++) {
			v_forbidden(v, sources[k].taken ? sources[k].taken : sources[k].key,
				    "may not specify more than 1 volume type");
			continue;
		}
		V_IN (v, sources[k].at ? sources[k].at : sources[k].key) {
			if (sources[k].fn)
				sources[k].fn(v, src);
			else
				(void)validate_rare_source(v, sources[k].key, src, false);
		}
		AUTO_FREE char *claim =
		    streq(sources[k].key, "ephemeral") && *pod_name && *name ? str_fmt("%s-%s", pod_name, name) : NULL;
		for (size_t nth = 0; claim && (msg = api_check_nth(api_check_dns1123_subdomain, claim, nth)); nth++)
			v_invalid(v, "name", json_object_get(vol, "name"), "PVC name \"%s\": %s", claim, msg);
		if (streq(sources[k].key, "iscsi") && v_has(src, "initiatorName") &&
		    strlen(name) + 1 + strlen(v_text(src, "targetPortal")) > 64)
			v_invalid(v, "name", json_object_get(vol, "name"),
				  "Total length of <volume name>:<iscsi.targetPortal> must be under 64 characters if "
				  "iscsi.initiatorName is specified.");
	}
	if (n == 0)
		v_required(v, "", "must specify a volume type");
}

void validate_volumes(struct validation *v, const json_t *spec, const json_t *pod, json_t *good)
{
	const json_t *list = json_object_get(spec, "volumes");
	AUTO_JSON json_t *made = json_object();
	for (size_t i = 0; *v_text(pod, "name") && i < json_array_size(list); i++) {
		const json_t *vol = json_array_get(list, i);
		AUTO_FREE char *claim =
		    v_has(vol, "ephemeral") ? str_fmt("%s-%s", v_text(pod, "name"), v_text(vol, "name")) : NULL;
		if (claim)
			(void)json_object_set_new(made, claim, json_true());
	}
	V_IN (v, "volumes")
		V_EACH (v, list, i, vol) {
			const char *name = v_text(vol, "name"),
				   *claim = v_text(json_object_get(vol, "persistentVolumeClaim"), "claimName");
			size_t before = v->c->n;
			check_source(v, vol, pod);
			v_name(v, vol, "name", api_check_dns1123_label, true);
			if (json_object_get(good, name))
				v_duplicate(v, "name", json_object_get(vol, "name"));
			if (v->c->n == before)
				(void)json_object_set(good, name, (json_t *)vol);
			if (*claim && json_object_get(made, claim))
				v_invalid(v, "persistentVolumeClaim.claimName",
					  json_object_get(json_object_get(vol, "persistentVolumeClaim"), "claimName"),
					  "must not reference a PVC that gets created for an ephemeral volume");
		}
}
