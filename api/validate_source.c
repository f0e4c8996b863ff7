/* Sources of volumes that pods and PersistentVolumes share, mostly of some cloud or other. core/validation. */
#include "api/regex.h"
#include "api/validate.h"

/* What must not be empty in each. */
static const struct {
	const char *key, *must[3];
} required[] = {{"gcePersistentDisk", {"pdName"}},
		{"awsElasticBlockStore", {"volumeID"}},
		{"iscsi", {"targetPortal", "iqn"}},
		{"glusterfs", {"endpoints", "path"}},
		{"rbd", {"monitors", "image"}},
		{"cinder", {"volumeID"}},
		{"cephfs", {"monitors"}},
		{"flexVolume", {"driver"}},
		{"azureFile", {"secretName", "shareName"}},
		{"vsphereVolume", {"volumePath"}},
		{"photonPersistentDisk", {"pdID"}},
		{"portworxVolume", {"volumeID"}},
		{"azureDisk", {"diskName", "diskURI"}},
		{"storageos", {"volumeName"}},
		{"scaleIO", {"gateway", "system", "volumeName"}}};

static bool matches(const char *pattern, const char *s)
{
	struct regex *re = NULL;
	struct err e = {0};
	bool ok = regex_new(&re, pattern, &e) == 0 && regex_match(re, s, strlen(s));
	(void)regex_free(re);
	return ok;
}

/* Names of iSCSI initiators and targets; key is how a finding names the field. */
static void check_iscsi_name(struct validation *v, const json_t *s, const char *field, const char *key, bool persistent)
{
	static const struct {
		const char *prefix, *pattern;
	} forms[] = {{"iqn", "^iqn\\.\\d{4}-\\d{2}\\.([[:alnum:]-.]+)(:[^,;*&$|\\s]+)$"},
		     {"eui", "^eui.[[:alnum:]]{16}$"},
		     {"naa", "^naa.[[:alnum:]]{32}$"}};
	const char *name = v_text(s, field);
	AUTO_JSON json_t *bad = json_string(name);
	for (size_t i = 0; i < ARRAY_LEN(forms); i++)
		if (str_has_prefix(name, forms[i].prefix)) {
			if (!matches(forms[i].pattern, name))
				v_invalid(v, key, bad, "must be valid format");
			return;
		}
	v_invalid(v, key, bad,
		  persistent ? "must be valid format" : "must be valid format starting with iqn, eui, or naa");
}

static void check_iscsi(struct validation *v, const json_t *s, bool persistent)
{
	if (*v_text(s, "iqn"))
		check_iscsi_name(v, s, "iqn", "iqn", persistent);
	v_range(v, s, "lun", 0, 255);
	if ((v_true(s, "chapAuthDiscovery") || v_true(s, "chapAuthSession")) && !v_has(s, "secretRef"))
		v_required(v, "secretRef", "");
	if (persistent && v_has(s, "secretRef") && !*v_text(json_object_get(s, "secretRef"), "name"))
		v_required(v, "secretRef.name", "");
	if (v_has(s, "initiatorName"))
		check_iscsi_name(v, s, "initiatorName", "initiatorname", persistent);
}

static void check_fc(struct validation *v, const json_t *s, bool persistent)
{
	const json_t *targets = json_object_get(s, "targetWWNs"), *ids = json_object_get(s, "wwids");
	(void)persistent;
	if (!json_array_size(targets) && !json_array_size(ids))
		v_required(v, "targetWWNs", "must specify either targetWWNs or wwids, but not both");
	if (json_array_size(targets) && json_array_size(ids))
		v_invalid(v, "targetWWNs", targets, "targetWWNs and wwids can not be specified simultaneously");
	if (json_array_size(targets) && !v_has(s, "lun"))
		v_required(v, "lun", "lun is required if targetWWNs is specified");
	else if (json_array_size(targets))
		v_range(v, s, "lun", 0, 255);
}

static void check_partition(struct validation *v, const json_t *s, bool persistent)
{
	(void)persistent;
	if (v_int(s, "partition", 0) < 0 || v_int(s, "partition", 0) > 255)
		v_invalid(v, "partition", json_object_get(s, "partition"), "must be between 1 and 255, inclusive");
}

static void check_glusterfs(struct validation *v, const json_t *s, bool persistent)
{
	if (!persistent || !v_has(s, "endpointsNamespace"))
		return;
	if (!*v_text(s, "endpointsNamespace"))
		v_invalid(v, "endpointsNamespace", NULL,
			  "if the endpointnamespace is set, it must be a valid namespace name");
	else
		v_name(v, s, "endpointsNamespace", api_check_dns1123_label, false);
}

static void check_flocker(struct validation *v, const json_t *s, bool persistent)
{
	AUTO_JSON json_t *resource = json_string("resource");
	(void)persistent;
	if (!*v_text(s, "datasetName") && !*v_text(s, "datasetUUID"))
		v_required(v, "", "one of datasetName and datasetUUID is required");
	if (*v_text(s, "datasetName") && *v_text(s, "datasetUUID"))
		v_invalid(v, "", resource, "datasetName and datasetUUID can not be specified simultaneously");
	if (strchr(v_text(s, "datasetName"), '/'))
		v_invalid(v, "datasetName", json_object_get(s, "datasetName"), "must not contain '/'");
}

static void check_secret_ref(struct validation *v, const json_t *s, bool persistent)
{
	const json_t *ref = json_object_get(s, "secretRef");
	if (!json_is_object(ref))
		return;
	V_IN (v, "secretRef") {
		(void)v_present(v, ref, "name");
		if (persistent)
			(void)v_present(v, ref, "namespace");
	}
}

static bool is_host_port(const char *s, size_t n)
{
	size_t colons = 0;
	for (size_t i = 0; i < n; i++)
		colons += s[i] == ':';
	return n && (colons == 1 || (*s == '[' && memmem(s, n, "]:", 2)));
}

static void check_quobyte(struct validation *v, const json_t *s, bool persistent)
{
	const char *registry = v_text(s, "registry"),
		   *words = "must be a host:port pair or multiple pairs separated by commas";
	(void)persistent;
	if (!*registry) {
		v_required(v, "registry", words);
	} else if (strlen(v_text(s, "tenant")) >= 65) {
		v_required(v, "tenant", "must be a UUID and may not exceed a length of 64 characters");
	} else {
		for (const char *p = registry; p; p = strchr(p, ',') ? strchr(p, ',') + 1 : NULL)
			if (!is_host_port(p, strcspn(p, ",")))
				v_invalid(v, "registry", json_object_get(s, "registry"), "%s", words);
	}
	(void)v_present(v, s, "volume");
}

static bool has_suffix(const char *s, const char *suffix)
{
	size_t n = strlen(s), m = strlen(suffix);
	return n >= m && streq(s + n - m, suffix);
}

static void check_flex(struct validation *v, const json_t *s, bool persistent)
{
	const char *key;
	json_t *x;
	(void)persistent;
	V_IN (v, "options")
		json_object_foreach (json_object_get(s, "options"), key, x) {
			AUTO_FREE char *domain = str_fmt(".%.*s", (int)strcspn(key, "/"), key);
			if (!domain || (!has_suffix(domain, ".kubernetes.io") && !has_suffix(domain, ".k8s.io")))
				continue;
			AUTO_JSON json_t *bad = json_string(key);
			size_t was = path_map_key(&v->path, key);
			v_invalid(v, "", bad, "kubernetes.io and k8s.io namespaces are reserved");
			path_pop(&v->path, was);
		}
}

static void check_azure_file(struct validation *v, const json_t *s, bool persistent)
{
	if (persistent && v_has(s, "secretNamespace"))
		(void)v_present(v, s, "secretNamespace");
}

static void check_azure_disk(struct validation *v, const json_t *s, bool persistent)
{
	static const char *const
	    caching[] = {"None", "ReadOnly", "ReadWrite", NULL},
	    *const kinds[] = {"Dedicated", "Managed", "Shared", NULL},
	    *const managed[] =
		{"/subscriptions/{sub-id}/resourcegroups/{group-name}/providers/microsoft.compute/disks/{disk-id}",
		 NULL},
	    *const blob[] = {"https://{account-name}.blob.core.windows.net/{container-name}/{disk-name}.vhd", NULL};
	bool is_managed = streq(v_text(s, "kind"), "Managed");
	(void)persistent;
	if (v_has(s, "cachingMode"))
		v_supported(v, s, "cachingMode", caching);
	if (v_has(s, "kind"))
		v_supported(v, s, "kind", kinds);
	if (v_has(s, "kind") && !str_has_prefix(v_text(s, "diskURI"), is_managed ? "/subscriptions/" : "https://"))
		v_supported(v, s, "diskURI", is_managed ? managed : blob);
}

static void check_storageos(struct validation *v, const json_t *s, bool persistent)
{
	v_name(v, s, "volumeName", api_check_dns1123_label, false);
	v_name(v, s, "volumeNamespace", api_check_dns1123_label, false);
	check_secret_ref(v, s, persistent);
}

bool validate_rare_source(struct validation *v, const char *key, const json_t *src, bool persistent)
{
	static const struct {
		const char *key;
		void (*fn)(struct validation *v, const json_t *s, bool persistent);
	} more[] = {{"gcePersistentDisk", check_partition},
		    {"awsElasticBlockStore", check_partition},
		    {"iscsi", check_iscsi},
		    {"glusterfs", check_glusterfs},
		    {"flocker", check_flocker},
		    {"cinder", check_secret_ref},
		    {"quobyte", check_quobyte},
		    {"fc", check_fc},
		    {"flexVolume", check_flex},
		    {"azureFile", check_azure_file},
		    {"azureDisk", check_azure_disk},
		    {"storageos", check_storageos}};
	bool known = false;
	for (size_t i = 0; i < ARRAY_LEN(required); i++)
		if (streq(required[i].key, key)) {
			known = true;
			for (size_t k = 0; k < ARRAY_LEN(required[i].must) && required[i].must[k]; k++)
				(void)v_present(v, src, required[i].must[k]);
		}
	for (size_t i = 0; i < ARRAY_LEN(more); i++)
		if (streq(more[i].key, key)) {
			known = true;
			more[i].fn(v, src, persistent);
		}
	return known;
}
