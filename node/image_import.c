/*
 * Importing archives: docker-archive (manifest.json, config and layers as files) and OCI-archive (an image layout in a
 * tar), both perhaps in one file, as newer Dockers write them. The archive is spread into tmp in one pass, since it may
 * be compressed and its directory may come last; what is used is then moved, not copied, into the store.
 */
#include <archive.h>
#include <archive_entry.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <locale.h>
#include <sys/file.h>
#include <sys/stat.h>
#include "base/fs.h"
#include "base/map.h"
#include "base/str.h"
#include "node/image_store.h"
#include "wire/cert.h"

#define FILES_MAX   100000u
#define ARCHIVE_MAX (256ll << 30)
#define LINKS_MAX   8
#define IMAGES_MAX  1000u

struct file {
	char digest[72]; /* "" for a link */
	int64_t size;
	unsigned number; /* its name in the work directory */
	char *link;      /* path in the archive that it stands for */
	bool gzip, zstd;
	bool moved; /* is in the store */
};
struct import {
	const struct image_store *s;
	struct map *files; /* path -> struct file */
	char *lock_path, *dir;
	int lock;
	struct lease lease;
	int64_t budget;
	unsigned n_files;
	json_t *done; /* names, or ids of images without; what fn is told and the record of image_import_dir */
	json_t *ids;
};

static void file_free(void *p)
{
	struct file *f = p;

	free(f->link);
	free(f);
}

/* Joins base's directory and rel, resolving "." and ".."; NULL when it leads out. */
static char *path_join(const char *base, const char *rel)
{
	AUTO_FREE char *all = NULL;
	char *out = NULL;
	const char *slash = strrchr(base, '/');
	size_t len = 0;

	all = slash && rel[0] != '/' ? str_fmt("%.*s/%s", (int)(slash - base), base, rel) : str_dup(rel);
	out = all ? malloc(strlen(all) + 1) : NULL;
	if (!out)
		return NULL;
	for (const char *p = all; *p;) {
		size_t n = strcspn(p, "/");

		if (n == 2 && p[0] == '.' && p[1] == '.') {
			if (len == 0) {
				free(out);
				return NULL;
			}
			while (len > 0 && out[len - 1] != '/')
				len--;
			len -= len > 0;
		} else if (n > 0 && !(n == 1 && p[0] == '.')) {
			if (len > 0)
				out[len++] = '/';
			memcpy(out + len, p, n);
			len += n;
		}
		p += n;
		p += *p == '/';
	}
	out[len] = '\0';
	return out;
}

static char *file_path(const struct import *im, const struct file *f)
{
	return str_fmt("%s/%u", im->dir, f->number);
}

static int spread_file(struct import *im, struct archive *a, struct file *f, struct err *e)
{
	AUTO_FREE char *path = file_path(im, f);
	struct sha256 *h = sha256_new();
	AUTO_CLOSE int fd = path ? open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600) : -1;
	char hex[65];
	const void *p;
	size_t n;
	la_int64_t off;
	int rc = ARCHIVE_OK, r = 0;

	if (!h || !path)
		r = err_nomem(e);
	else if (fd < 0)
		r = err_errno(e, errno, "cannot create %s", path);
	while (r == 0 && ((rc = archive_read_data_block(a, &p, &n, &off)) == ARCHIVE_OK || rc == ARCHIVE_WARN)) {
		const char *c = p;

		if (off != f->size) {
			r = err_set(e, ERR_UNSUPPORTED, "the archive has sparse files");
			break;
		}
		if (f->size == 0 && n >= 4) {
			f->gzip = memcmp(c, "\x1f\x8b", 2) == 0;
			f->zstd = memcmp(c, "\x28\xb5\x2f\xfd", 4) == 0;
		}
		im->budget -= (int64_t)n;
		if (im->budget < 0) {
			r = err_set(e, ERR_TOO_LARGE, "the archive is larger than %lld bytes when unpacked",
				    ARCHIVE_MAX);
			break;
		}
		sha256_add(h, c, n);
		f->size += (int64_t)n;
		while (r == 0 && n > 0) {
			ssize_t k = write(fd, c, n);

			if (k < 0 && errno == EINTR)
				continue;
			if (k < 0) {
				r = err_errno(e, errno, "cannot write %s", path);
				break;
			}
			c += k;
			n -= (size_t)k;
		}
	}
	if (h)
		sha256_end(h, hex);
	if (r == 0 && rc != ARCHIVE_EOF)
		r = err_set(e, ERR_PROTO, "cannot read the archive: %s", archive_error_string(a));
	if (r == 0)
		snprintf(f->digest, sizeof(f->digest), "sha256:%s", hex);
	return r;
}

static int spread_entry(struct import *im, struct archive *a, struct archive_entry *ent, struct err *e)
{
	const char *raw = archive_entry_pathname(ent), *to = archive_entry_hardlink(ent);
	AUTO_FREE char *path = raw ? path_join("", raw) : NULL;
	bool hard = to != NULL;
	struct file *f;
	int r = 0;

	if (!path || !*path || strlen(path) > 4096 || archive_entry_filetype(ent) == AE_IFDIR)
		return 0; /* what cannot be named cannot be meant */
	if (++im->n_files > FILES_MAX)
		return err_set(e, ERR_TOO_LARGE, "the archive has more than %u files", FILES_MAX);
	if (!hard && archive_entry_filetype(ent) == AE_IFLNK)
		to = archive_entry_symlink(ent);
	if (!to && archive_entry_filetype(ent) != AE_IFREG)
		return 0;
	f = calloc(1, sizeof(*f));
	if (!f)
		return err_nomem(e);
	f->number = im->n_files;
	if (to) {
		f->link = path_join(hard ? "" : path, to);
		if (!f->link) {
			free(f);
			return 0;
		}
	} else {
		r = spread_file(im, a, f, e);
	}
	if (r == 0 && map_put(im->files, path, f) < 0)
		r = err_nomem(e);
	if (r < 0)
		file_free(f);
	return r;
}

static int spread(struct import *im, const char *file, struct err *e)
{
	bool from_stdin = streq(file, "-");
	AUTO_CLOSE int fd = from_stdin ? fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 3) : open(file, O_RDONLY | O_CLOEXEC);
	struct archive *a = archive_read_new();
	struct archive_entry *ent;
	int rc = ARCHIVE_OK, r = 0;

	if (fd < 0)
		r = errno == ENOENT ? err_set(e, ERR_NOT_FOUND, "does not exist")
				    : err_errno(e, errno, "cannot be opened");
	else if (!a)
		r = err_nomem(e);
	if (r == 0) {
		archive_read_support_filter_gzip(a);
		archive_read_support_filter_zstd(a);
		archive_read_support_filter_bzip2(a);
		archive_read_support_filter_xz(a);
		archive_read_support_format_tar(a);
		rc = archive_read_open_fd(a, fd, 1u << 18);
		if (rc != ARCHIVE_OK)
			r = err_set(e, ERR_BAD_REQUEST, "not a tar archive: %s", archive_error_string(a));
	}
	while (r == 0 && ((rc = archive_read_next_header(a, &ent)) == ARCHIVE_OK || rc == ARCHIVE_WARN))
		r = spread_entry(im, a, ent, e);
	if (r == 0 && rc != ARCHIVE_EOF)
		r = err_set(e, ERR_BAD_REQUEST, "not a whole tar archive: %s", archive_error_string(a));
	if (a)
		(void)archive_read_free(a);
	return r;
}

static struct file *find(const struct import *im, const char *path)
{
	AUTO_FREE char *clean = path_join("", path);
	struct file *f = clean ? map_get(im->files, clean) : NULL;

	for (int i = 0; f && f->link; i++)
		f = i < LINKS_MAX ? map_get(im->files, f->link) : NULL;
	return f;
}

static int need(const struct import *im, const char *path, struct file **ret, struct err *e)
{
	*ret = path ? find(im, path) : NULL;
	return *ret ? 0 : err_set(e, ERR_BAD_REQUEST, "the archive lacks the file \"%.150s\"", path ? path : "");
}

/* Where the bytes of f are now. */
static char *file_where(const struct import *im, const struct file *f)
{
	return f->moved ? store_blob_path(im->s, f->digest) : file_path(im, f);
}

static int read_file(const struct import *im, const struct file *f, size_t max, struct buf *out, struct err *e)
{
	AUTO_FREE char *path = file_where(im, f);

	return path ? fs_read(path, max, out, e) : err_nomem(e);
}

static int keep_file(struct import *im, struct file *f, struct err *e)
{
	AUTO_FREE char *path = file_path(im, f);
	AUTO_CLOSE int fd = -1;
	int r;

	if (f->moved)
		return 0;
	r = lease_add(im->s, &im->lease, f->digest, e);
	if (r < 0)
		return r;
	if (!store_has_blob(im->s, f->digest, f->size)) {
		fd = path ? open(path, O_RDWR | O_CLOEXEC) : -1;
		if (fd < 0)
			return err_errno(e, path ? errno : ENOMEM, "cannot open what was unpacked");
		r = store_commit_blob(im->s, fd, path, f->digest, f->size, e);
	}
	f->moved = r == 0;
	return r;
}

/* Names in their canonical form, without doubles. */
static int names_add(json_t *names, const char *name, struct err *e)
{
	AUTO_FREE char *canonical = NULL;
	json_t *v;
	size_t i;
	int r = image_ref_canonical(name, &canonical, e);

	if (r < 0)
		return r;
	json_array_foreach(names, i, v)
	{
		if (streq(json_string_value(v), canonical))
			return 0;
	}
	return json_array_append_new(names, json_string(canonical)) < 0 ? err_nomem(e) : 0;
}

static int enter(struct import *im, const struct image_manifest *m, const char *manifest_digest, const json_t *names,
		 const char *top_digest, struct err *e)
{
	size_t n = json_array_size(names);
	AUTO_FREE const char **v = calloc(n + 1, sizeof(*v));
	AUTO_FREE char *repo_digest = NULL;
	int r = 0;

	if (!v)
		return err_nomem(e);
	if (json_array_size(im->ids) >= IMAGES_MAX)
		return err_set(e, ERR_TOO_LARGE, "the archive has more than %u images", IMAGES_MAX);
	for (size_t i = 0; i < n; i++)
		v[i] = json_string_value(json_array_get(names, i));
	if (n > 0 && top_digest) {
		AUTO_REF struct image_ref ref = {0};

		r = image_ref_parse(v[0], &ref, e);
		if (r == 0 && !(repo_digest = str_fmt("%s/%s@%s", ref.host, ref.repo, top_digest)))
			r = err_nomem(e);
	}
	for (size_t i = 0; r == 0 && i < m->n_layers; i++)
		r = lease_add(im->s, &im->lease, m->layers[i].diff_id, e);
	if (r == 0)
		r = image_add(im->s, m, manifest_digest, v, repo_digest, NULL, NULL, e);
	if (r < 0)
		return r;
	if (json_array_append_new(im->ids, json_string(m->config_digest)) < 0 ||
	    (n > 0 ? json_array_extend(im->done, (json_t *)names)
		   : json_array_append_new(im->done, json_string(m->config_digest))) < 0)
		return err_nomem(e);
	return 0;
}

/* --- docker-archive --- */

static int docker_image(struct import *im, const json_t *d, struct err *e)
{
	AUTO_MANIFEST struct image_manifest m = {0};
	AUTO_JSON json_t *doc = NULL, *names = json_array(), *layers = json_array();
	AUTO_BUF struct buf config = {0}, text = {0};
	char digest[72];
	struct file *f;
	json_t *v;
	size_t i;
	int r;

	if (!names || !layers)
		return err_nomem(e);
	json_array_foreach(json_object_get(d, "RepoTags"), i, v)
	{
		r = names_add(names, json_string_value(v), e);
		if (r < 0)
			return r;
	}
	r = need(im, json_str(d, "Config"), &f, e);
	if (r == 0)
		r = read_file(im, f, IMAGE_CONFIG_MAX, &config, e);
	if (r == 0)
		r = keep_file(im, f, e);
	if (r < 0)
		return r;
	doc = json_pack("{s:i,s:s,s:{s:s,s:s,s:I}}", "schemaVersion", 2, "mediaType",
			"application/vnd.oci.image.manifest.v1+json", "config", "mediaType",
			"application/vnd.oci.image.config.v1+json", "digest", f->digest, "size", (json_int_t)f->size);
	json_array_foreach(json_object_get(d, "Layers"), i, v)
	{
		r = need(im, json_string_value(v), &f, e);
		if (r == 0)
			r = keep_file(im, f, e);
		if (r < 0)
			return r;
		if (json_array_append_new(layers, json_pack("{s:s,s:s,s:I}", "mediaType",
							    f->gzip   ? "application/vnd.oci.image.layer.v1.tar+gzip"
							    : f->zstd ? "application/vnd.oci.image.layer.v1.tar+zstd"
								      : "application/vnd.oci.image.layer.v1.tar",
							    "digest", f->digest, "size", (json_int_t)f->size)) < 0)
			return err_nomem(e);
	}
	if (!doc || json_object_set(doc, "layers", layers) < 0)
		return err_nomem(e);
	json_encode_buf(doc, &text);
	if (buf_failed(&text))
		return err_nomem(e);
	bool is_index;
	r = manifest_parse(text.data, text.len, &is_index, &m, NULL, e);
	if (r == 0)
		r = manifest_take_config(&m, config.data, config.len, NULL, e);
	if (r < 0)
		return r;
	char hex[65];
	if (sha256_hex(text.data, text.len, hex) < 0)
		return err_set(e, ERR_INTERNAL, "cannot compute a SHA-256");
	snprintf(digest, sizeof(digest), "sha256:%s", hex);
	r = lease_add(im->s, &im->lease, digest, e);
	if (r == 0)
		r = store_write_blob(im->s, text.data, text.len, digest, e);
	return r < 0 ? r : enter(im, &m, digest, names, NULL, e);
}

static int docker_import(struct import *im, const json_t *list, struct err *e)
{
	json_t *d;
	size_t i;

	if (!json_is_array(list))
		return err_set(e, ERR_BAD_REQUEST, "its manifest.json is not a list of images");
	json_array_foreach((json_t *)list, i, d)
	{
		int r = docker_image(im, d, e);

		if (r < 0)
			return r;
	}
	return 0;
}

/* --- OCI layout --- */

static int oci_blob(const struct import *im, const char *digest, struct file **ret, struct err *e)
{
	char path[96];
	int r;

	if (!digest_valid(digest))
		return err_set(e, ERR_BAD_REQUEST, "\"%.80s\" is not a sha256 digest", digest ? digest : "");
	snprintf(path, sizeof(path), "blobs/sha256/%s", digest_hex(digest));
	r = need(im, path, ret, e);
	if (r == 0 && !streq((*ret)->digest, digest))
		r = err_set(e, ERR_PROTO, "%s has another digest: %.19s...", path, (*ret)->digest);
	return r;
}

/* Names that Docker's own manifest.json in the same archive gives the image. */
static int oci_docker_names(const struct import *im, const json_t *docker, const char *config_digest, json_t *names,
			    struct err *e)
{
	json_t *d, *v;
	size_t i, k;

	json_array_foreach((json_t *)docker, i, d)
	{
		const struct file *f = json_str(d, "Config") ? find(im, json_str(d, "Config")) : NULL;

		if (!f || !streq(f->digest, config_digest))
			continue;
		json_array_foreach(json_object_get(d, "RepoTags"), k, v)
		{
			int r = names_add(names, json_string_value(v), e);

			if (r < 0)
				return r;
		}
	}
	return 0;
}

static int oci_image(struct import *im, const json_t *docker, const char *digest, const char *top, const char *name,
		     int depth, struct err *e)
{
	AUTO_MANIFEST struct image_manifest m = {0};
	AUTO_JSON json_t *index = NULL, *names = json_array();
	AUTO_BUF struct buf text = {0}, config = {0};
	char picked[72];
	bool is_index;
	int64_t size;
	struct file *f, *part;
	int r = names ? oci_blob(im, digest, &f, e) : err_nomem(e);

	if (r == 0)
		r = read_file(im, f, IMAGE_MANIFEST_MAX, &text, e);
	if (r == 0)
		r = manifest_parse(text.data, text.len, &is_index, &m, &index, e);
	if (r < 0)
		return r;
	if (is_index) {
		r = depth < 3 ? manifest_pick(index, im->s->arch, im->s->variant, picked, &size, e)
			      : err_set(e, ERR_PROTO, "indexes lead to indexes");
		return r < 0 ? r : oci_image(im, docker, picked, top, name, depth + 1, e);
	}
	r = oci_blob(im, m.config_digest, &part, e);
	if (r == 0)
		r = read_file(im, part, IMAGE_CONFIG_MAX, &config, e);
	if (r == 0)
		r = manifest_take_config(&m, config.data, config.len, NULL, e);
	if (r == 0)
		r = keep_file(im, part, e);
	for (size_t i = 0; r == 0 && i < m.n_layers; i++) {
		r = oci_blob(im, m.layers[i].digest, &part, e);
		if (r == 0)
			r = keep_file(im, part, e);
	}
	if (r == 0)
		r = keep_file(im, f, e);
	if (r == 0 && name)
		r = names_add(names, name, e);
	if (r == 0)
		r = oci_docker_names(im, docker, m.config_digest, names, e);
	return r < 0 ? r : enter(im, &m, digest, names, top, e);
}

/* The reference in an annotation; a bare tag names nothing. */
static const char *oci_name(const json_t *d)
{
	const json_t *notes = json_object_get(d, "annotations");
	const char *name = json_string_value(json_object_get(notes, "io.containerd.image.name"));

	if (!name) {
		name = json_string_value(json_object_get(notes, "org.opencontainers.image.ref.name"));
		if (name && !strpbrk(name, "/:@"))
			name = NULL;
	}
	return name;
}

static int oci_import(struct import *im, const json_t *docker, struct err *e)
{
	AUTO_BUF struct buf text = {0};
	AUTO_JSON json_t *index = NULL;
	struct err skipped = {0};
	struct file *f;
	size_t i, n = 0;
	json_t *d;
	int r = need(im, "index.json", &f, e);

	if (r == 0)
		r = read_file(im, f, IMAGE_MANIFEST_MAX, &text, e);
	if (r == 0)
		r = json_parse(text.data, text.len, &index, e);
	if (r < 0)
		return r;
	json_array_foreach(json_object_get(index, "manifests"), i, d)
	{
		const char *digest = json_str(d, "digest");

		if (platform_score(json_object_get(d, "platform"), im->s->arch, im->s->variant) == 0) {
			err_set(&skipped, ERR_NOT_FOUND, "it has no image for linux/%s", im->s->arch);
			continue;
		}
		r = oci_image(im, docker, digest, digest, oci_name(d), 0, e);
		if (r < 0)
			return r;
		n++;
	}
	if (n == 0)
		return err_set(e, ERR_NOT_FOUND, "%s", skipped.code ? skipped.msg : "it has no images");
	return 0;
}

/* --- both --- */

static int import_begin(struct import *im, struct err *e)
{
	char name[37];
	int r;

	uuid_new(name);
	im->files = map_new(file_free);
	im->done = json_array();
	im->ids = json_array();
	im->lock_path = str_fmt("%s/import-%s.lock", im->s->tmp, name);
	im->dir = str_fmt("%s/import-%s.dir", im->s->tmp, name);
	if (!im->files || !im->done || !im->ids || !im->lock_path || !im->dir)
		return err_nomem(e);
	r = store_lock_file(im->lock_path, &im->lock, e);
	if (r == 0)
		r = lease_new(im->s, &im->lease, e);
	if (r == 0 && mkdir(im->dir, 0700) < 0)
		r = err_errno(e, errno, "cannot make %s", im->dir);
	return r;
}

static void import_end(struct import *im)
{
	lease_done(&im->lease);
	if (im->dir)
		(void)fs_rm_rf(im->dir, NULL);
	if (im->lock >= 0) {
		(void)unlink(im->lock_path);
		(void)close(im->lock);
	}
	free(im->lock_path);
	free(im->dir);
	map_free(im->files);
	json_decref(im->done);
	json_decref(im->ids);
}

static int import_run(struct import *im, const char *file, struct err *e)
{
	AUTO_BUF struct buf text = {0};
	AUTO_JSON json_t *docker = NULL;
	struct file *f;
	int r = import_begin(im, e);

	if (r == 0)
		r = spread(im, file, e);
	if (r < 0)
		return r;
	f = find(im, "manifest.json");
	if (f) {
		r = read_file(im, f, IMAGE_MANIFEST_MAX, &text, e);
		if (r == 0)
			r = json_parse(text.data, text.len, &docker, e);
		if (r < 0)
			return r;
	}
	if (find(im, "index.json") && find(im, "oci-layout"))
		return oci_import(im, docker, e);
	if (docker)
		return docker_import(im, docker, e);
	return err_set(e, ERR_BAD_REQUEST,
		       "neither a docker-archive (manifest.json) nor an OCI-archive (oci-layout, index.json)");
}

static int import_file(struct image_store *s, const char *file, void (*fn)(void *arg, const char *name), void *arg,
		       json_t **ret_ids, struct err *e)
{
	struct import im = {.s = s, .lock = -1, .lease = {.fd = -1}, .budget = ARCHIVE_MAX};
	locale_t utf8 = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0); /* for libarchive, see layer_unpack_into */
	locale_t before = utf8 ? uselocale(utf8) : (locale_t)0;
	struct err one = {0};
	json_t *v;
	size_t i;
	int r = import_run(&im, file, &one);

	if (r < 0) {
		err_set(e, r, "%.120s: %s", file, one.msg);
	} else {
		json_array_foreach(im.done, i, v)
		{
			if (fn)
				fn(arg, json_string_value(v));
		}
		if (ret_ids)
			*ret_ids = json_incref(im.ids);
	}
	import_end(&im);
	if (utf8) {
		(void)uselocale(before);
		freelocale(utf8);
	}
	return r;
}

int image_import(struct image_store *s, const char *file, void (*fn)(void *arg, const char *name), void *arg,
		 struct err *e)
{
	return import_file(s, file, fn, arg, NULL, e);
}

/* --- archives lying in DATA_DIR/images --- */

static bool is_archive_name(const char *n)
{
	static const char *const ends[] = {".tar", ".tar.gz", ".tgz", ".tar.zst", ".tar.bz2", ".tar.xz"};

	for (size_t i = 0; i < ARRAY_LEN(ends); i++)
		if (n[0] != '.' && str_has_suffix(n, ends[i]))
			return true;
	return false;
}

static bool imported_before(const json_t *index, const char *name, const char *stamp)
{
	const json_t *rec = json_object_get(json_object_get(index, "archives"), name);
	json_t *id;
	size_t i;

	if (!rec || !streq(json_str(rec, "stamp"), stamp))
		return false;
	json_array_foreach(json_object_get(rec, "ids"), i, id)
	{
		if (!json_object_get(json_object_get(index, "images"), json_string_value(id)))
			return false;
	}
	return true;
}

static int record_archive(struct image_store *s, const char *name, const char *stamp, json_t *ids, struct err *e)
{
	AUTO_JSON json_t *index = NULL;
	AUTO_CLOSE int lock = -1;
	int r = store_lock(s, &lock, e);

	if (r == 0)
		r = image_index_read(s, &index, e);
	if (r < 0)
		return r;
	if (json_object_set_new(json_object_get(index, "archives"), name,
				json_pack("{s:s,s:O}", "stamp", stamp, "ids", ids)) < 0)
		return err_nomem(e);
	return image_index_write(s, index, e);
}

int image_import_dir(struct image_store *s, void (*fn)(void *arg, const char *file, const struct err *failure),
		     void *arg, struct err *e)
{
	AUTO_JSON json_t *index = NULL;
	struct dirent **list = NULL;
	int n, r = image_index_read(s, &index, e);

	if (r < 0)
		return r;
	n = scandir(s->dir, &list, NULL, alphasort);
	if (n < 0)
		return err_errno(e, errno, "cannot list %s", s->dir);
	for (int i = 0; i < n; i++) {
		const char *name = list[i]->d_name;
		AUTO_FREE char *path = fs_join(s->dir, name), *stamp = NULL;
		AUTO_JSON json_t *ids = NULL;
		struct err one = {0};
		struct stat st;

		if (is_archive_name(name) && path && stat(path, &st) == 0 && S_ISREG(st.st_mode)) {
			stamp = str_fmt("%lld-%lld.%09ld-%llu", (long long)st.st_size, (long long)st.st_mtim.tv_sec,
					st.st_mtim.tv_nsec, (unsigned long long)st.st_ino);
			if (stamp && !imported_before(index, name, stamp)) {
				int one_r = import_file(s, path, NULL, NULL, &ids, &one);

				if (one_r == 0)
					one_r = record_archive(s, name, stamp, ids, &one);
				if (fn)
					fn(arg, name, one_r < 0 ? &one : NULL);
			}
		}
		free(list[i]);
	}
	free(list);
	return 0;
}
