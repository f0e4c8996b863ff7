/* The image store as its users see it: open, look up, list, remove. */
#include "node/image.h"
#include <errno.h>
#include <sys/utsname.h>
#include "base/fs.h"
#include "base/str.h"
#include "node/image_store.h"

/* The kernel's names of processors in the words of images (Go's). */
static int platform_parse(struct image_store *s, const char *arch, struct err *e)
{
	static const char *const names[][3] = {
	    {"x86_64", "amd64", ""},    {"aarch64", "arm64", "v8"},     {"armv8l", "arm", "v8"},
	    {"armv7l", "arm", "v7"},    {"armv6l", "arm", "v6"},        {"i686", "386", ""},
	    {"i586", "386", ""},        {"ppc64le", "ppc64le", ""},     {"s390x", "s390x", ""},
	    {"riscv64", "riscv64", ""}, {"loongarch64", "loong64", ""}, {"mips64", "mips64le", ""},
	};
	const char *slash;
	struct utsname u;

	if (arch) {
		slash = strchr(arch, '/');
		s->arch = slash ? str_ndup(arch, (size_t)(slash - arch)) : str_dup(arch);
		s->variant = str_dup(slash ? slash + 1 : "");
		return s->arch && s->variant ? 0 : err_nomem(e);
	}
	if (uname(&u) < 0)
		return err_errno(e, errno, "cannot ask for the machine's name");
	/* A 32-bit program on a 64-bit kernel still runs images of 64 bits. */
	for (size_t i = 0; i < ARRAY_LEN(names); i++)
		if (streq(u.machine, names[i][0])) {
			s->arch = str_dup(names[i][1]);
			s->variant = str_dup(names[i][2]);
		}
	if (!s->arch) {
		s->arch = str_dup(u.machine);
		s->variant = str_dup("");
	}
	return s->arch && s->variant ? 0 : err_nomem(e);
}

struct image_store *image_store_close(struct image_store *s)
{
	if (s) {
		free(s->dir);
		free(s->blobs);
		free(s->layers);
		free(s->leases);
		free(s->tmp);
		free(s->arch);
		free(s->variant);
		free(s->registries_file);
		free(s);
	}
	return NULL;
}
DEFINE_CLEANUP(struct image_store *, image_store_close, store_close_p)

int image_store_open(struct image_store **ret, const struct image_store_config *c, struct err *e)
{
	CLEANUP(store_close_p) struct image_store *s = calloc(1, sizeof(*s));
	int r;

	if (!s)
		return err_nomem(e);
	/* Absolute, since layer_dirs are. */
	r = fs_mkdir_p(c->data_dir, 0755, e);
	if (r < 0)
		return r;
	AUTO_FREE char *base = realpath(c->data_dir, NULL);
	if (!base)
		return err_errno(e, errno, "cannot resolve %s", c->data_dir);
	s->dir = fs_join(base, "images");
	s->blobs = str_fmt("%s/images/blobs/sha256", base);
	s->layers = str_fmt("%s/images/layers", base);
	s->leases = str_fmt("%s/images/leases", base);
	s->tmp = str_fmt("%s/images/tmp", base);
	s->registries_file = str_dup(c->registries_file);
	if (!s->dir || !s->blobs || !s->layers || !s->leases || !s->tmp || (c->registries_file && !s->registries_file))
		return err_nomem(e);
	r = platform_parse(s, c->platform_arch, e);
	if (r == 0)
		r = fs_mkdir_p(s->dir, 0755, e);
	if (r == 0)
		r = fs_mkdir_p(s->blobs, 0700, e);
	/* Containers look through overlayfs, not through this path: set-user-id programs of images are out of the
	 * users' reach. */
	if (r == 0)
		r = fs_mkdir_p(s->layers, 0700, e);
	if (r == 0)
		r = fs_mkdir_p(s->leases, 0700, e);
	if (r == 0)
		r = fs_mkdir_p(s->tmp, 0700, e);
	if (r < 0)
		return r;
	*ret = TAKE_PTR(s);
	return 0;
}

void image_done(struct image *i)
{
	free(i->name);
	free(i->id);
	free(i->repo_digest);
	json_decref(i->config);
	for (size_t k = 0; i->layer_dirs && i->layer_dirs[k]; k++)
		free(i->layer_dirs[k]);
	free(i->layer_dirs);
	*i = (struct image){0};
}

/* Of the image's repo digests the one of the repository that was asked for. */
static const char *pick_repo_digest(const json_t *list, const char *canonical)
{
	AUTO_REF struct image_ref ref = {0};
	AUTO_FREE char *prefix = NULL;
	json_t *v;
	size_t i;

	if (canonical && image_ref_parse(canonical, &ref, NULL) == 0)
		prefix = str_fmt("%s/%s@", ref.host, ref.repo);
	json_array_foreach((json_t *)list, i, v)
	{
		if (prefix && str_has_prefix(json_string_value(v), prefix))
			return json_string_value(v);
	}
	return json_string_value(json_array_get(list, 0));
}

static int take_layers(const struct image_store *s, const json_t *list, const char *name, struct image *img,
		       struct err *e)
{
	size_t n = json_array_size(list);

	img->layer_dirs = calloc(n + 1, sizeof(*img->layer_dirs));
	if (!img->layer_dirs)
		return err_nomem(e);
	for (size_t i = 0; i < n; i++) {
		const char *diff_id = json_string_value(json_array_get(list, i));

		if (!diff_id || !store_has_layer(s, diff_id))
			return image_not_here(name, e);
		img->layer_dirs[i] = store_layer_path(s, diff_id);
		if (!img->layer_dirs[i])
			return err_nomem(e);
	}
	return 0;
}

int image_lookup(struct image_store *s, const char *ref, struct image *ret, struct err *e)
{
	CLEANUP(image_done) struct image img = {0};
	AUTO_FOUND struct image_found f = {0};
	AUTO_BUF struct buf text = {0};
	const char *digest, *name;
	int r = image_find(s, ref, &f, e);

	if (r < 0)
		return r;
	r = take_layers(s, json_object_get(f.entry, "layers"), f.canonical ? f.canonical : ref, &img, e);
	if (r < 0)
		return r;
	r = store_read_blob(s, f.id, IMAGE_CONFIG_MAX, &text, e);
	if (r < 0)
		return r == ERR_NOT_FOUND || r == ERR_PROTO ? image_not_here(f.canonical ? f.canonical : ref, e) : r;
	r = json_parse(text.data, text.len, &img.config, e);
	if (r < 0)
		return r;
	digest = pick_repo_digest(json_object_get(f.entry, "repo_digests"), f.canonical);
	name = f.canonical ? f.canonical : json_string_value(json_array_get(json_object_get(f.entry, "names"), 0));
	img.name = str_dup(name ? name : f.id);
	img.id = str_dup(f.id);
	img.repo_digest = str_dup(digest);
	img.size = json_int_or(f.entry, "size", 0);
	if (!img.name || !img.id || (digest && !img.repo_digest))
		return err_nomem(e);
	*ret = img;
	img = (struct image){0};
	return 0;
}

int image_list(struct image_store *s, json_t **ret, struct err *e)
{
	AUTO_JSON json_t *index = NULL, *out = json_array();
	const char *id;
	json_t *img;
	int r = out ? image_index_read(s, &index, e) : err_nomem(e);

	if (r < 0)
		return r;
	json_object_foreach(json_object_get(index, "images"), id, img)
	{
		json_t *o = json_pack("{s:O,s:s,s:O,s:s,s:O}", "names", json_object_get(img, "names"), "id", id, "size",
				      json_object_get(img, "size"), "created", json_str_or(img, "created", ""),
				      "repo_digests", json_object_get(img, "repo_digests"));

		if (json_array_append_new(out, o) < 0)
			return err_nomem(e);
	}
	*ret = TAKE_PTR(out);
	return 0;
}

static int array_drop(json_t *a, const char *s, json_t *gone)
{
	for (size_t i = json_array_size(a); i-- > 0;) {
		if (s && !streq(json_string_value(json_array_get(a, i)), s))
			continue;
		if (json_array_append(gone, json_array_get(a, i)) < 0)
			return -ENOMEM;
		json_array_remove(a, i);
	}
	return 0;
}

int image_remove(struct image_store *s, const char *ref, image_gone_fn fn, void *arg, struct err *e)
{
	AUTO_FOUND struct image_found f = {0};
	AUTO_JSON json_t *gone = json_array();
	AUTO_CLOSE int lock = -1;
	json_t *names, *name;
	size_t i;
	int r = gone ? store_lock(s, &lock, e) : err_nomem(e);

	if (r == 0)
		r = image_find(s, ref, &f, e);
	if (r < 0)
		return r;
	names = json_object_get(f.entry, "names");
	r = array_drop(names, f.canonical, gone);
	/* With its last name go the digests that it was pulled by. */
	if (r == 0 && (json_array_size(names) == 0 || !f.canonical || strchr(f.canonical, '@')))
		r = array_drop(json_object_get(f.entry, "repo_digests"),
			       f.canonical && strchr(f.canonical, '@') ? f.canonical : NULL, gone);
	if (r < 0)
		return err_nomem(e);
	r = image_index_write(s, f.index, e);
	if (r < 0 || !fn)
		return r;
	json_array_foreach(gone, i, name) fn(arg, json_string_value(name));
	if (json_array_size(gone) == 0)
		fn(arg, ref);
	return 0;
}
