/* Manifests, indexes and configs: OCI image specification 1.1, and Docker's image manifest version 2, schema 2. */
#include <errno.h>
#include "base/str.h"
#include "node/image_store.h"

#define INDEX_MAX 1000

void image_manifest_done(struct image_manifest *m)
{
	free(m->layers);
	*m = (struct image_manifest){0};
}

static int descriptor(const json_t *d, const char *what, int64_t max, char digest[72], int64_t *size, struct err *e)
{
	const char *s = json_string_value(json_object_get(d, "digest"));
	const json_t *n = json_object_get(d, "size");

	if (!digest_valid(s))
		return err_set(e, ERR_PROTO, "manifest: the digest of %s is not a sha256 digest: \"%.80s\"", what,
			       s ? s : "");
	if (!json_is_integer(n) || json_integer_value(n) < 0)
		return err_set(e, ERR_PROTO, "manifest: %s has no size", what);
	if (json_integer_value(n) > max)
		return err_set(e, ERR_TOO_LARGE, "manifest: %s of %lld bytes is larger than %lld", what,
			       (long long)json_integer_value(n), (long long)max);
	str_copy(digest, 72, s);
	*size = json_integer_value(n);
	return 0;
}

static bool is_config_type(const char *t)
{
	return streq(t, "application/vnd.oci.image.config.v1+json") ||
	       streq(t, "application/vnd.docker.container.image.v1+json");
}

static int layer_type_check(const char *t, struct err *e)
{
	static const char *const known[] = {
	    "application/vnd.oci.image.layer.v1.tar",
	    "application/vnd.oci.image.layer.v1.tar+gzip",
	    "application/vnd.oci.image.layer.v1.tar+zstd",
	    "application/vnd.oci.image.layer.nondistributable.v1.tar",
	    "application/vnd.oci.image.layer.nondistributable.v1.tar+gzip",
	    "application/vnd.oci.image.layer.nondistributable.v1.tar+zstd",
	    "application/vnd.docker.image.rootfs.diff.tar",
	    "application/vnd.docker.image.rootfs.diff.tar.gzip",
	    "application/vnd.docker.image.rootfs.diff.tar.zstd",
	    "application/vnd.docker.image.rootfs.foreign.diff.tar.gzip",
	};

	for (size_t i = 0; i < ARRAY_LEN(known); i++)
		if (streq(t, known[i]))
			return 0;
	return err_set(e, ERR_UNSUPPORTED, "manifest: layers of type \"%.100s\" are not supported", t);
}

int manifest_parse(const char *text, size_t n, bool *ret_is_index, struct image_manifest *ret, json_t **ret_index,
		   struct err *e)
{
	AUTO_JSON json_t *t = NULL;
	AUTO_MANIFEST struct image_manifest m = {0};
	const char *type;
	const json_t *list;
	json_t *d;
	size_t i;
	int r;

	if (n > IMAGE_MANIFEST_MAX)
		return err_set(e, ERR_TOO_LARGE, "manifest: larger than %u bytes", IMAGE_MANIFEST_MAX);
	r = json_parse(text, n, &t, e);
	if (r < 0)
		return err_wrap(e, "manifest");
	if (!json_is_object(t))
		return err_set(e, ERR_PROTO, "manifest: not a JSON object");
	if (json_int_or(t, "schemaVersion", 0) == 1)
		return err_set(e, ERR_UNSUPPORTED,
			       "manifest: Docker image manifest schema 1 is not supported; push the image again with a "
			       "current tool");
	if (json_int_or(t, "schemaVersion", 0) != 2)
		return err_set(e, ERR_PROTO, "manifest: schemaVersion is not 2");
	type = json_str_or(t, "mediaType", "");
	list = json_object_get(t, "manifests");
	/* One document must not be both (a confusion that OCI 1.0.1 closed). */
	if (list && (json_object_get(t, "config") || json_object_get(t, "layers")))
		return err_set(e, ERR_PROTO, "manifest: claims to be an index and a manifest");
	if (list) {
		if (!json_is_array(list) || json_array_size(list) > INDEX_MAX)
			return err_set(e, ERR_PROTO, "manifest: not an index of at most %d manifests", INDEX_MAX);
		if (*type && !streq(type, "application/vnd.oci.image.index.v1+json") &&
		    !streq(type, "application/vnd.docker.distribution.manifest.list.v2+json"))
			return err_set(e, ERR_UNSUPPORTED, "manifest: media type \"%.100s\" is not supported", type);
		*ret_is_index = true;
		if (ret_index)
			*ret_index = TAKE_PTR(t);
		return 0;
	}
	if (*type && !streq(type, "application/vnd.oci.image.manifest.v1+json") &&
	    !streq(type, "application/vnd.docker.distribution.manifest.v2+json"))
		return err_set(e, ERR_UNSUPPORTED, "manifest: media type \"%.100s\" is not supported", type);
	d = json_object_get(t, "config");
	if (!is_config_type(json_str_or(d, "mediaType", "")))
		return err_set(e, ERR_UNSUPPORTED, "manifest: config of type \"%.100s\": this is no container image",
			       json_str_or(d, "mediaType", ""));
	r = descriptor(d, "the config", IMAGE_CONFIG_MAX, m.config_digest, &m.config_size, e);
	if (r < 0)
		return r;
	list = json_object_get(t, "layers");
	if (!json_is_array(list) || json_array_size(list) > IMAGE_LAYERS_MAX)
		return err_set(e, ERR_PROTO, "manifest: not a list of at most %d layers", IMAGE_LAYERS_MAX);
	m.n_layers = json_array_size(list);
	m.layers = calloc(m.n_layers ? m.n_layers : 1, sizeof(*m.layers));
	if (!m.layers)
		return err_nomem(e);
	m.size = m.config_size;
	json_array_foreach(list, i, d)
	{
		r = layer_type_check(json_str_or(d, "mediaType", ""), e);
		if (r == 0)
			r = descriptor(d, "a layer", IMAGE_BLOB_MAX, m.layers[i].digest, &m.layers[i].size, e);
		if (r < 0)
			return r;
		m.size += m.layers[i].size;
	}
	*ret_is_index = false;
	*ret = m;
	m = (struct image_manifest){0};
	return 0;
}

int manifest_take_config(struct image_manifest *m, const char *text, size_t n, json_t **ret_config, struct err *e)
{
	AUTO_JSON json_t *t = NULL;
	json_t *ids, *v;
	size_t i;
	int r = json_parse(text, n, &t, e);

	if (r < 0)
		return err_wrap(e, "image config");
	ids = json_dot(t, "rootfs.diff_ids");
	if (!json_is_array(ids) || json_array_size(ids) != m->n_layers)
		return err_set(e, ERR_PROTO, "image config: %zu diff ids for %zu layers", json_array_size(ids),
			       m->n_layers);
	json_array_foreach(ids, i, v)
	{
		if (!digest_valid(json_string_value(v)))
			return err_set(e, ERR_PROTO, "image config: a diff id is not a sha256 digest");
		str_copy(m->layers[i].diff_id, sizeof(m->layers[i].diff_id), json_string_value(v));
	}
	if (ret_config)
		*ret_config = TAKE_PTR(t);
	return 0;
}

/* "v7" -> 7; none: what Go takes as its default. */
static int variant_number(const char *arch, const char *v)
{
	if (v && v[0] == 'v' && v[1] >= '1' && v[1] <= '9' && !v[2])
		return v[1] - '0';
	return streq(arch, "arm") ? 7 : streq(arch, "arm64") ? 8 : 1;
}

int platform_score(const json_t *p, const char *arch, const char *variant)
{
	const char *os = json_str_or(p, "os", ""), *a = json_str_or(p, "architecture", ""),
		   *v = json_str_or(p, "variant", "");
	int have = variant_number(arch, *variant ? variant : NULL), want = variant_number(arch, *v ? v : NULL);

	if (!p || json_is_null(p))
		return 1;
	if (!streq(os, "linux") || !streq(a, arch))
		return 0;
	if (want > have && *v) /* made for a later processor */
		return 0;
	return 100 - (have - want);
}

int manifest_pick(const json_t *index, const char *arch, const char *variant, char ret_digest[72], int64_t *ret_size,
		  struct err *e)
{
	const json_t *list = json_object_get(index, "manifests"), *best = NULL;
	AUTO_BUF struct buf seen = {0};
	int best_score = 0;
	json_t *d;
	size_t i;

	json_array_foreach(list, i, d)
	{
		const json_t *p = json_object_get(d, "platform");
		int score = platform_score(p, arch, variant);

		/* BuildKit's attestations lie in the index as unknown/unknown. */
		if (streq(json_str_or(p, "os", ""), "unknown"))
			continue;
		if (score > best_score) {
			best = d;
			best_score = score;
		}
		if (seen.len < 120)
			buf_addf(&seen, "%s%.16s/%.16s", seen.len ? ", " : "", json_str_or(p, "os", "?"),
				 json_str_or(p, "architecture", "?"));
	}
	if (!best)
		return err_set(e, ERR_NOT_FOUND, "no match for platform linux/%s%s%s in the manifest: it has %s", arch,
			       *variant ? "/" : "", variant, buf_failed(&seen) || !seen.len ? "none" : seen.data);
	return descriptor(best, "the manifest", IMAGE_MANIFEST_MAX, ret_digest, ret_size, e);
}
