/* Volumes of a pod. core/validation ValidateVolumes. */
#include "api/quantity.h"
#include "api/validate.h"

#define MODE_WORDS "must be a number between 0 and 0777 (octal), both inclusive"

static void check_mode(struct validation *v, const json_t *o, const char *key)
{
	if (v_has(o, key) && (v_int(o, key, 0) < 0 || v_int(o, key, 0) > 0777))
		v_invalid(v, key, json_object_get(o, key), MODE_WORDS);
}

static bool escapes(const char *path)
{
	for (const char *p = path; (p = strstr(p, "..")); p += 2)
		if ((p == path || p[-1] == '/') && (p[2] == '\0' || p[2] == '/'))
			return true;
	return false;
}

static void check_relative(struct validation *v, const json_t *o, const char *key)
{
	const char *s = v_text(o, key);
	if (!*s)
		v_required(v, key, "");
	else if (*s == '/')
		v_invalid(v, key, json_object_get(o, key), "must be a relative path");
	else if (escapes(s))
		v_invalid(v, key, json_object_get(o, key), "must not contain '..'");
}

static void check_items(struct validation *v, const json_t *src)
{
	V_IN (v, "items")
		V_EACH (v, json_object_get(src, "items"), i, it) {
			if (!*v_text(it, "key"))
				v_required(v, "key", "");
			check_relative(v, it, "path");
			check_mode(v, it, "mode");
		}
}

static void check_downward_items(struct validation *v, const json_t *src)
{
	V_IN (v, "items")
		V_EACH (v, json_object_get(src, "items"), i, it) {
			bool field = json_is_object(json_object_get(it, "fieldRef")),
			     res = json_is_object(json_object_get(it, "resourceFieldRef"));
			check_relative(v, it, "path");
			if (field && res)
				v_invalid(v, "", json_object_get(it, "path"),
					  "fieldRef and resourceFieldRef can not be specified simultaneously");
			else if (!field && !res)
				v_required(v, "fieldRef", "one of fieldRef and resourceFieldRef is required");
			check_mode(v, it, "mode");
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
	static const char *const types[] = {"BlockDevice", "CharDevice",   "Directory", "DirectoryOrCreate",
					    "File",        "FileOrCreate", "Socket",    NULL};
	if (!*v_text(s, "path"))
		v_required(v, "path", "");
	else if (escapes(v_text(s, "path")))
		v_invalid(v, "path", json_object_get(s, "path"), "must not contain '..'");
	v_enum(v, s, "type", types, false);
}

static void check_config_map(struct validation *v, const json_t *s)
{
	if (!*v_text(s, "name"))
		v_required(v, "name", "");
	check_mode(v, s, "defaultMode");
	check_items(v, s);
}

static void check_secret(struct validation *v, const json_t *s)
{
	if (!*v_text(s, "secretName"))
		v_required(v, "secretName", "");
	check_mode(v, s, "defaultMode");
	check_items(v, s);
}

static void check_downward(struct validation *v, const json_t *s)
{
	check_mode(v, s, "defaultMode");
	check_downward_items(v, s);
}

static void check_pvc(struct validation *v, const json_t *s)
{
	(void)v_present(v, s, "claimName");
}

static void check_nfs(struct validation *v, const json_t *s)
{
	(void)v_present(v, s, "server");
	if (v_present(v, s, "path") && *v_text(s, "path") != '/')
		v_invalid(v, "path", json_object_get(s, "path"), "must be an absolute path");
}

static void check_csi(struct validation *v, const json_t *s)
{
	(void)v_present(v, s, "driver");
}

static void check_projection(struct validation *v, const json_t *p)
{
	static const char *const kinds[] = {
	    "secret", "configMap", "downwardAPI", "serviceAccountToken", "clusterTrustBundle", "podCertificate"};
	size_t n = 0;
	for (size_t i = 0; i < ARRAY_LEN(kinds); i++) {
		const json_t *s = json_object_get(p, kinds[i]);
		if (!json_is_object(s))
			continue;
		if (n++) {
			v_forbidden(v, kinds[i], "may not specify more than 1 volume type");
			continue;
		}
		V_IN (v, kinds[i]) {
			if (i < 2) {
				if (!*v_text(s, "name"))
					v_required(v, "name", "");
				check_items(v, s);
			} else if (i == 2) {
				check_downward_items(v, s);
			} else if (i == 3) {
				int64_t secs = v_int(s, "expirationSeconds", 3600);
				check_relative(v, s, "path");
				if (secs < 600)
					v_invalid(v, "expirationSeconds", json_object_get(s, "expirationSeconds"),
						  "may not specify a duration less than 10 minutes");
				if (secs > INT64_C(1) << 32)
					v_invalid(v, "expirationSeconds", json_object_get(s, "expirationSeconds"),
						  "may not specify a duration larger than 2^32 seconds");
			} else if (i == 5) {
				int64_t secs = v_int(s, "maxExpirationSeconds", 3600);
				(void)v_present(v, s, "signerName");
				(void)v_present(v, s, "keyType");
				if (secs < 3600)
					v_invalid(v, "maxExpirationSeconds", json_object_get(s, "maxExpirationSeconds"),
						  "if provided, maxExpirationSeconds must be >= 3600");
				if (secs > 91 * 24 * 3600)
					v_invalid(v, "maxExpirationSeconds", json_object_get(s, "maxExpirationSeconds"),
						  "if provided, maxExpirationSeconds must be <= 7862400");
			}
		}
	}
	if (n == 0)
		v_required(v, "", "must specify a volume type");
}

static void check_projected(struct validation *v, const json_t *s)
{
	check_mode(v, s, "defaultMode");
	V_IN (v, "sources")
		V_EACH (v, json_object_get(s, "sources"), i, p)
			check_projection(v, p);
}

static void check_ephemeral(struct validation *v, const json_t *s)
{
	const json_t *t = json_object_get(s, "volumeClaimTemplate");
	if (!json_is_object(t)) {
		v_required(v, "volumeClaimTemplate", "");
		return;
	}
	V_IN (v, "volumeClaimTemplate")
		V_IN (v, "spec")
			validate_claim_spec(v, json_object_get(t, "spec"));
}

void validate_volumes(struct validation *v, const json_t *spec)
{
	static const struct {
		const char *key;
		void (*fn)(struct validation *v, const json_t *s);
	} checks[] = {{"emptyDir", check_empty_dir},
		      {"hostPath", check_host_path},
		      {"configMap", check_config_map},
		      {"secret", check_secret},
		      {"downwardAPI", check_downward},
		      {"persistentVolumeClaim", check_pvc},
		      {"nfs", check_nfs},
		      {"csi", check_csi},
		      {"projected", check_projected},
		      {"ephemeral", check_ephemeral}};
	AUTO_JSON json_t *names = json_object();
	V_IN (v, "volumes")
		V_EACH (v, json_object_get(spec, "volumes"), i, vol) {
			const char *name = v_text(vol, "name"), *key;
			json_t *src;
			size_t n = 0;
			v_name(v, vol, "name", api_check_dns1123_label, true);
			if (*name && json_object_get(names, name))
				v_duplicate(v, "name", json_object_get(vol, "name"));
			else if (*name)
				(void)json_object_set_new(names, name, json_true());
			json_object_foreach((json_t *)vol, key, src)
			{
				if (streq(key, "name") || !json_is_object(src))
					continue;
				if (n++) {
					v_forbidden(v, key, "may not specify more than 1 volume type");
					continue;
				}
				for (size_t k = 0; k < ARRAY_LEN(checks); k++)
					if (streq(checks[k].key, key))
						V_IN (v, key)
							checks[k].fn(v, src);
			}
			if (n == 0)
				v_required(v, "", "must specify a volume type");
		}
}
