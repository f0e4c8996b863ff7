/* Exporting an image as OCI archive; Docker's manifest.json is in it too, so that `docker load` takes it. */
#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include "base/fs.h"
#include "base/str.h"
#include "node/image_store.h"

struct export
{
	const struct image_store *s;
	struct archive *a;
	struct err *e;
};

static int failed(struct export *x)
{
	return err_set(x->e, -EIO, "cannot write the archive: %s", archive_error_string(x->a));
}

static int put_header(struct export *x, const char *name, int64_t size)
{
	struct archive_entry *ent = archive_entry_new();
	int rc;

	if (!ent)
		return err_nomem(x->e);
	archive_entry_set_pathname(ent, name);
	archive_entry_set_filetype(ent, AE_IFREG);
	archive_entry_set_perm(ent, 0644);
	archive_entry_set_size(ent, size);
	archive_entry_set_mtime(ent, 0, 0); /* the same image gives the same archive */
	rc = archive_write_header(x->a, ent);
	archive_entry_free(ent);
	return rc == ARCHIVE_OK ? 0 : failed(x);
}

static int put_text(struct export *x, const char *name, const json_t *t)
{
	AUTO_BUF struct buf b = {0};
	int r;

	json_encode_buf(t, &b);
	if (buf_failed(&b))
		return err_nomem(x->e);
	r = put_header(x, name, (int64_t)b.len);
	return r < 0 ? r : archive_write_data(x->a, b.data, b.len) == (la_ssize_t)b.len ? 0 : failed(x);
}

static int put_blob(struct export *x, const char *digest)
{
	AUTO_FREE char *path = store_blob_path(x->s, digest), *name = str_fmt("blobs/sha256/%s", digest_hex(digest)),
		       *b = malloc(1u << 18);
	AUTO_CLOSE int fd = path ? open(path, O_RDONLY | O_CLOEXEC) : -1;
	struct stat st;
	ssize_t n;
	int r;

	if (!path || !name || !b)
		return err_nomem(x->e);
	if (fd < 0 || fstat(fd, &st) < 0)
		return err_errno(x->e, errno, "cannot open %s (pull or import the image again)", path);
	r = put_header(x, name, st.st_size);
	while (r == 0 && (n = read(fd, b, 1u << 18)) != 0) {
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			r = err_errno(x->e, errno, "cannot read %s", path);
		else if (archive_write_data(x->a, b, (size_t)n) != n)
			r = failed(x);
	}
	return r;
}

static int write_all(struct export *x, const char *id, const json_t *img, const char *name)
{
	const char *manifest = json_str(img, "manifest"), *tag;
	AUTO_JSON json_t *layout = json_pack("{s:s}", "imageLayoutVersion", "1.0.0"), *index = NULL, *docker = NULL,
			 *paths = json_array();
	AUTO_JSON json_t *written = json_object();
	AUTO_BUF struct buf text = {0};
	json_t *v;
	size_t i;
	int r;

	if (!layout || !paths || !written)
		return err_nomem(x->e);
	r = store_read_blob(x->s, manifest, IMAGE_MANIFEST_MAX, &text, x->e);
	if (r < 0)
		return r;
	AUTO_JSON json_t *m = NULL;
	r = json_parse(text.data, text.len, &m, x->e);
	if (r < 0)
		return r;
	index = json_pack("{s:i,s:s,s:[{s:s,s:s,s:I}]}", "schemaVersion", 2, "mediaType",
			  "application/vnd.oci.image.index.v1+json", "manifests", "mediaType",
			  json_str_or(m, "mediaType", "application/vnd.oci.image.manifest.v1+json"), "digest", manifest,
			  "size", (json_int_t)text.len);
	tag = name ? strrchr(name, ':') : NULL;
	if (name && !strchr(name, '@') && tag &&
	    json_object_set_new(json_array_get(json_object_get(index, "manifests"), 0), "annotations",
				json_pack("{s:s,s:s}", "io.containerd.image.name", name,
					  "org.opencontainers.image.ref.name", tag + 1)) < 0)
		return err_nomem(x->e);
	r = put_text(x, "oci-layout", layout);
	if (r == 0)
		r = index ? put_text(x, "index.json", index) : err_nomem(x->e);
	if (r == 0)
		r = put_blob(x, manifest);
	if (r == 0)
		r = put_blob(x, id);
	json_array_foreach(json_object_get(img, "blobs"), i, v)
	{
		const char *d = json_string_value(v);

		if (r == 0 && digest_valid(d)) {
			AUTO_FREE char *p = str_fmt("blobs/sha256/%s", digest_hex(d));

			if (!p || json_array_append_new(paths, json_string(p)) < 0)
				return err_nomem(x->e);
			if (json_object_get(written, d)) /* the same empty layer twice */
				continue;
			r = json_object_set_new(written, d, json_true()) < 0 ? err_nomem(x->e) : put_blob(x, d);
		}
	}
	if (r < 0)
		return r;
	AUTO_FREE char *config = str_fmt("blobs/sha256/%s", digest_hex(id));
	docker = config ? json_pack("[{s:s,s:[],s:O}]", "Config", config, "RepoTags", "Layers", paths) : NULL;
	if (!docker)
		return err_nomem(x->e);
	if (name && !strchr(name, '@') &&
	    json_array_append_new(json_object_get(json_array_get(docker, 0), "RepoTags"), json_string(name)) < 0)
		return err_nomem(x->e);
	return put_text(x, "manifest.json", docker);
}

int image_export(struct image_store *s, const char *ref, const char *file, struct err *e)
{
	AUTO_FREE char *tmp = NULL;
	AUTO_FOUND struct image_found f = {0};
	CLEANUP(lease_done) struct lease lease = {.fd = -1};
	AUTO_CLOSE int fd = -1;
	bool to_stdout = streq(file, "-");
	const char *name = NULL;
	int r = lease_new(s, &lease, e);

	if (r == 0)
		r = image_find(s, ref, &f, e);
	if (r < 0)
		return r;
	if (f.canonical && !strchr(f.canonical, '@'))
		name = f.canonical;
	else
		name = json_string_value(json_array_get(json_object_get(f.entry, "names"), 0));
	/* A prune that comes now leaves these; one that came before shows when they are opened. */
	r = lease_add(s, &lease, f.id, e);
	if (r == 0)
		r = lease_add(s, &lease, json_str_or(f.entry, "manifest", ""), e);
	for (size_t i = 0; r == 0 && i < json_array_size(json_object_get(f.entry, "blobs")); i++)
		r = lease_add(s, &lease, json_string_value(json_array_get(json_object_get(f.entry, "blobs"), i)), e);
	if (r < 0)
		return r;
	if (to_stdout) {
		fd = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 3);
	} else {
		tmp = str_fmt("%s.tmpXXXXXX", file);
		fd = tmp ? mkostemp(tmp, O_CLOEXEC) : -1;
	}
	if (fd < 0)
		return err_errno(e, tmp || to_stdout ? errno : ENOMEM, "cannot create %s", file);
	struct export x = {.s = s, .a = archive_write_new(), .e = e};
	if (!x.a)
		r = err_nomem(e);
	else if (archive_write_set_format_pax_restricted(x.a) != ARCHIVE_OK ||
		 archive_write_open_fd(x.a, fd) != ARCHIVE_OK)
		r = failed(&x);
	if (r == 0)
		r = write_all(&x, f.id, f.entry, name);
	if (r == 0 && archive_write_close(x.a) != ARCHIVE_OK)
		r = failed(&x);
	if (x.a)
		(void)archive_write_free(x.a);
	if (r == 0 && tmp && (fchmod(fd, 0644) < 0 || fsync(fd) < 0 || rename(tmp, file) < 0))
		r = err_errno(e, errno, "cannot write %s", file);
	if (r < 0 && tmp)
		(void)unlink(tmp);
	return r;
}
