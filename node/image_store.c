/* The store on disk: paths, locks, leases, blobs and the index. See image_store.h for how it stays whole. */
#include "node/image_store.h"
#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include "base/fs.h"
#include "base/str.h"
#include "wire/cert.h"

#define INDEX_MAX_BYTES (64u << 20)

static int check_digest(const char *digest, struct err *e)
{
	/* Digests become file names. */
	return digest_valid(digest) ? 0 : err_set(e, ERR_INVALID, "\"%.80s\" is not a sha256 digest", digest);
}

char *store_blob_path(const struct image_store *s, const char *digest)
{
	return digest_valid(digest) ? str_fmt("%s/%s", s->blobs, digest_hex(digest)) : NULL;
}

char *store_layer_path(const struct image_store *s, const char *diff_id)
{
	return digest_valid(diff_id) ? str_fmt("%s/%s", s->layers, digest_hex(diff_id)) : NULL;
}

bool store_has_blob(const struct image_store *s, const char *digest, int64_t size)
{
	AUTO_FREE char *path = store_blob_path(s, digest);
	struct stat st;

	return path && lstat(path, &st) == 0 && S_ISREG(st.st_mode) && (size < 0 || st.st_size == size);
}

bool store_has_layer(const struct image_store *s, const char *diff_id)
{
	AUTO_FREE char *path = store_layer_path(s, diff_id);
	struct stat st;

	return path && lstat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

int store_lock_file(const char *path, int *ret_fd, struct err *e)
{
	for (;;) {
		AUTO_CLOSE int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
		struct stat a, b;
		int r;

		if (fd < 0)
			return err_errno(e, errno, "cannot open %s", path);
		do
			r = flock(fd, LOCK_EX);
		while (r < 0 && errno == EINTR);
		if (r < 0)
			return err_errno(e, errno, "cannot lock %s", path);
		if (fstat(fd, &a) < 0)
			return err_errno(e, errno, "cannot look at %s", path);
		if (stat(path, &b) == 0 && a.st_ino == b.st_ino && a.st_dev == b.st_dev) {
			*ret_fd = TAKE_FD(fd);
			return 0;
		}
	}
}

int store_lock(const struct image_store *s, int *ret_fd, struct err *e)
{
	AUTO_FREE char *path = str_fmt("%s/lock", s->dir);

	return path ? store_lock_file(path, ret_fd, e) : err_nomem(e);
}

int store_sync_dir(const char *dir, struct err *e)
{
	AUTO_CLOSE int fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	if (fd < 0 || fsync(fd) < 0)
		return err_errno(e, errno, "cannot make %s durable", dir);
	return 0;
}

int store_read_blob(const struct image_store *s, const char *digest, size_t max, struct buf *out, struct err *e)
{
	AUTO_FREE char *path = NULL;
	char hex[65];
	size_t start = out->len;
	int r = check_digest(digest, e);

	if (r < 0)
		return r;
	path = store_blob_path(s, digest);
	if (!path)
		return err_nomem(e);
	r = fs_read(path, max, out, e);
	if (r < 0)
		return r;
	if (sha256_hex(out->data ? out->data + start : "", out->len - start, hex) < 0)
		return err_set(e, ERR_INTERNAL, "cannot compute a SHA-256");
	if (!streq(hex, digest_hex(digest)))
		return err_set(e, ERR_PROTO, "%s is damaged: its digest is sha256:%.12s...", path, hex);
	return 0;
}

static int hash_file(int fd, char hex[65], struct err *e)
{
	static const size_t cap = 1u << 18;
	AUTO_FREE char *b = malloc(cap);
	struct sha256 *h = b ? sha256_new() : NULL;
	off_t at = 0;
	ssize_t n;

	if (!h)
		return err_nomem(e);
	while ((n = pread(fd, b, cap, at)) != 0) {
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0) {
			int saved = errno;

			sha256_end(h, hex);
			return err_errno(e, saved, "cannot read back what was written");
		}
		sha256_add(h, b, (size_t)n);
		at += n;
	}
	sha256_end(h, hex);
	return 0;
}

int store_commit_blob(const struct image_store *s, int fd, const char *path, const char *digest, int64_t size,
		      struct err *e)
{
	AUTO_FREE char *to = NULL;
	struct stat st;
	char hex[65];
	int r = check_digest(digest, e);

	if (r < 0)
		return r;
	to = store_blob_path(s, digest);
	if (!to)
		return err_nomem(e);
	if (fstat(fd, &st) < 0)
		return err_errno(e, errno, "cannot look at %s", path);
	if (size >= 0 && st.st_size != size)
		return err_set(e, ERR_PROTO, "blob %.19s...: %lld bytes where %lld were announced", digest,
			       (long long)st.st_size, (long long)size);
	r = hash_file(fd, hex, e);
	if (r < 0)
		return r;
	if (!streq(hex, digest_hex(digest)))
		return err_set(e, ERR_PROTO, "blob %.19s...: the content has another digest, sha256:%.12s...", digest,
			       hex);
	if (fchmod(fd, 0600) < 0 || fsync(fd) < 0)
		return err_errno(e, errno, "cannot make %s durable", path);
	if (rename(path, to) < 0)
		return err_errno(e, errno, "cannot move a blob to %s", to);
	return store_sync_dir(s->blobs, e);
}

int store_write_blob(const struct image_store *s, const void *p, size_t n, char out_digest[72], struct err *e)
{
	AUTO_FREE char *path = NULL;
	char hex[65];

	if (sha256_hex(p, n, hex) < 0)
		return err_set(e, ERR_INTERNAL, "cannot compute a SHA-256");
	snprintf(out_digest, 72, "sha256:%s", hex);
	if (store_has_blob(s, out_digest, (int64_t)n))
		return 0;
	path = store_blob_path(s, out_digest);
	return path ? fs_write_atomic(path, p, n, 0600, e) : err_nomem(e);
}

/* --- leases --- */

int lease_new(const struct image_store *s, struct lease *ret, struct err *e)
{
	char name[37];
	struct lease l = {.fd = -1};
	int r;

	uuid_new(name);
	l.path = str_fmt("%s/%s", s->leases, name);
	if (!l.path)
		return err_nomem(e);
	r = store_lock_file(l.path, &l.fd, e);
	if (r < 0) {
		free(l.path);
		return r;
	}
	*ret = l;
	return 0;
}

int lease_add(const struct image_store *s, struct lease *l, const char *digest, struct err *e)
{
	AUTO_CLOSE int lock = -1;
	char line[80];
	int n = snprintf(line, sizeof(line), "%s\n", digest), r = store_lock(s, &lock, e);

	if (r < 0)
		return r;
	if (write(l->fd, line, (size_t)n) != n)
		return err_errno(e, errno, "cannot write %s", l->path);
	return 0;
}

void lease_done(struct lease *l)
{
	if (l->path)
		(void)unlink(l->path);
	free(l->path);
	if (l->path && l->fd >= 0)
		(void)close(l->fd);
	*l = (struct lease){.fd = -1};
}

/* --- index --- */

int image_index_read(const struct image_store *s, json_t **ret, struct err *e)
{
	AUTO_FREE char *path = str_fmt("%s/index.json", s->dir);
	AUTO_BUF struct buf text = {0};
	AUTO_JSON json_t *t = NULL;
	int r;

	if (!path)
		return err_nomem(e);
	r = fs_read(path, INDEX_MAX_BYTES, &text, e);
	if (r == ERR_NOT_FOUND) {
		t = json_pack("{s:i,s:{},s:{}}", "version", 1, "images", "archives");
		if (!t)
			return err_nomem(e);
		*ret = TAKE_PTR(t);
		return 0;
	}
	if (r < 0)
		return r;
	r = json_parse(text.data, text.len, &t, e);
	if (r < 0)
		return err_wrap(e, "%s", path);
	if (json_int_or(t, "version", 0) != 1 || !json_is_object(json_object_get(t, "images")))
		return err_set(e, ERR_UNSUPPORTED, "%s was not written by this version of minik", path);
	if (!json_object_get(t, "archives") && json_object_set_new(t, "archives", json_object()) < 0)
		return err_nomem(e);
	*ret = TAKE_PTR(t);
	return 0;
}

int image_index_write(const struct image_store *s, const json_t *index, struct err *e)
{
	AUTO_FREE char *path = str_fmt("%s/index.json", s->dir);
	AUTO_BUF struct buf text = {0};

	json_encode_buf(index, &text);
	if (!path || buf_failed(&text))
		return err_nomem(e);
	return fs_write_atomic(path, text.data, text.len, 0600, e);
}

static bool array_has(const json_t *a, const char *s)
{
	json_t *v;
	size_t i;

	json_array_foreach(a, i, v)
	{
		if (streq(json_string_value(v), s))
			return true;
	}
	return false;
}

/* By canonical name, name@digest, or id; NULL when there is none. */
static const char *index_find(const json_t *index, const char *canonical, const char *raw)
{
	json_t *images = json_object_get(index, "images"), *img;
	const char *id;

	if (raw && digest_valid(raw))
		return json_object_get(images, raw) ? json_object_iter_key(json_object_iter_at(images, raw)) : NULL;
	if (!canonical)
		return NULL;
	json_object_foreach(images, id, img)
	{
		if (array_has(json_object_get(img, "names"), canonical) ||
		    array_has(json_object_get(img, "repo_digests"), canonical))
			return id;
	}
	return NULL;
}

int image_not_here(const char *name, struct err *e)
{
	return err_set(e, ERR_NOT_FOUND, "image %.180s is not here", name);
}

void image_found_done(struct image_found *f)
{
	json_decref(f->index);
	free(f->canonical);
}

int image_find(const struct image_store *s, const char *ref, struct image_found *ret, struct err *e)
{
	AUTO_FOUND struct image_found f = {0};
	int r = digest_valid(ref) ? 0 : image_ref_canonical(ref, &f.canonical, e);

	if (r == 0)
		r = image_index_read(s, &f.index, e);
	if (r < 0)
		return r;
	f.id = index_find(f.index, f.canonical, ref);
	if (!f.id)
		return image_not_here(f.canonical ? f.canonical : ref, e);
	f.entry = json_object_get(json_object_get(f.index, "images"), f.id);
	*ret = f;
	f = (struct image_found){0};
	return 0;
}
