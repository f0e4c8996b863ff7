/* The last step of pull and import: layers unpacked, the image entered into the index. */
#include <errno.h>
#include "base/str.h"
#include "node/image_store.h"

static int array_add(json_t *a, const char *s, struct err *e)
{
	json_t *v;
	size_t i;

	json_array_foreach(a, i, v)
	{
		if (streq(json_string_value(v), s))
			return 0;
	}
	return json_array_append_new(a, json_string(s)) < 0 ? err_nomem(e) : 0;
}

static void array_del(json_t *a, const char *s)
{
	for (size_t i = json_array_size(a); i-- > 0;)
		if (streq(json_string_value(json_array_get(a, i)), s))
			json_array_remove(a, i);
}

/* A name means one image: the one before loses it. */
static int take_names(json_t *index, json_t *entry, const char *const *names, struct err *e)
{
	const char *id;
	json_t *img;

	for (size_t i = 0; names[i]; i++) {
		json_object_foreach(json_object_get(index, "images"), id, img)
		    array_del(json_object_get(img, "names"), names[i]);
		int r = array_add(json_object_get(entry, "names"), names[i], e);
		if (r < 0)
			return r;
	}
	return 0;
}

static json_t *entry_new(const struct image_manifest *m, const char *manifest_digest, const json_t *config,
			 const json_t *old)
{
	AUTO_JSON json_t *o = json_pack("{s:s,s:I,s:[],s:[],s:[],s:[]}", "manifest", manifest_digest, "size",
					(json_int_t)m->size, "layers", "blobs", "names", "repo_digests");
	const char *created = json_str(config, "created");
	int bad = o ? 0 : -1;

	if (created)
		bad |= json_object_set_new(o, "created", json_string(created));
	for (size_t i = 0; i < m->n_layers; i++) {
		bad |= json_array_append_new(json_object_get(o, "layers"), json_string(m->layers[i].diff_id));
		bad |= json_array_append_new(json_object_get(o, "blobs"), json_string(m->layers[i].digest));
	}
	/* Another manifest of the same config (compressed otherwise) takes the place of the one before, names stay. */
	if (json_object_get(old, "names"))
		bad |= json_object_set_new(o, "names", json_deep_copy(json_object_get(old, "names")));
	if (json_object_get(old, "repo_digests"))
		bad |= json_object_set_new(o, "repo_digests", json_deep_copy(json_object_get(old, "repo_digests")));
	return bad ? NULL : TAKE_PTR(o);
}

int image_add(const struct image_store *s, const struct image_manifest *m, const char *manifest_digest,
	      const char *const *names, const char *repo_digest,
	      void (*progress)(void *arg, const char *what, int64_t done, int64_t total), void *arg, struct err *e)
{
	AUTO_BUF struct buf text = {0};
	AUTO_JSON json_t *config = NULL, *index = NULL;
	AUTO_CLOSE int lock = -1;
	json_t *images, *entry;
	int r;

	for (size_t i = 0; i < m->n_layers; i++) {
		AUTO_FREE char *blob = store_blob_path(s, m->layers[i].digest);

		if (!blob)
			return err_nomem(e);
		if (progress)
			progress(arg, "unpacking", (int64_t)i, (int64_t)m->n_layers);
		r = layer_unpack(s, blob, m->layers[i].diff_id, e);
		if (r < 0)
			return r;
	}
	r = store_read_blob(s, m->config_digest, IMAGE_CONFIG_MAX, &text, e);
	if (r == 0)
		r = json_parse(text.data, text.len, &config, e);
	if (r == 0)
		r = store_lock(s, &lock, e);
	if (r == 0)
		r = image_index_read(s, &index, e);
	if (r < 0)
		return r;
	images = json_object_get(index, "images");
	entry = entry_new(m, manifest_digest, config, json_object_get(images, m->config_digest));
	if (!entry || json_object_set_new(images, m->config_digest, entry) < 0)
		return err_nomem(e);
	r = take_names(index, entry, names, e);
	if (r == 0 && repo_digest)
		r = array_add(json_object_get(entry, "repo_digests"), repo_digest, e);
	return r < 0 ? r : image_index_write(s, index, e);
}
