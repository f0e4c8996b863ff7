/*
 * Layers: a tar, perhaps compressed, becomes a directory for overlayfs. The tar is hostile: every path is resolved by
 * openat2 inside the directory (RESOLVE_IN_ROOT), so that neither "..", absolute names nor symbolic links lead out of
 * it, and nothing is opened that was there before.
 *
 * Whiteouts (OCI image specification, "layer"): ".wh.NAME" becomes a character device 0:0 called NAME, ".wh..wh..opq"
 * the attribute trusted.overlay.opaque on its directory, which is overlayfs' way to say the same.
 */
#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <locale.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/sysmacros.h>
#include <sys/xattr.h>
#include "base/fs.h"
#include "base/str.h"
#include "node/image_store.h"
#include "wire/cert.h"

#define ENTRIES_MAX  4000000u
#define PATH_MAX_LEN 4095u
#define XATTR_MAX    65536u
#define OPAQUE       "trusted.overlay.opaque"

struct late_dir { /* times of directories are set last: what is put into them changes them */
	char *path;
	struct timespec mtime;
};
struct unpack {
	struct archive *raw; /* decompresses */
	struct archive *tar; /* reads what raw gives */
	struct sha256 *hash;
	const void *block;
	int dir_fd;
	int64_t budget;
	int64_t raw_left; /* of the tar itself, headers and padding included */
	bool too_large;
	uint64_t entries;
	char *parent; /* of the entry before, kept open */
	int parent_fd;
	struct late_dir *late;
	size_t n_late, cap_late;
	const char *path; /* for messages */
	struct err *e;
};

static int fail(struct unpack *u, int errnum, const char *what)
{
	return err_errno(u->e, errnum, "layer: %s \"%.150s\"", what, u->path);
}

static int open_in(int dir_fd, const char *path, uint64_t flags, uint64_t resolve)
{
	struct open_how how = {.flags = flags | O_CLOEXEC, .resolve = resolve | RESOLVE_NO_MAGICLINKS};

	for (;;) {
		long fd = syscall(SYS_openat2, dir_fd, path, &how, sizeof(how));

		if (fd >= 0 || (errno != EAGAIN && errno != EINTR))
			return (int)fd;
	}
}

/* Removes what stands at parent/name, if anything. */
static int remove_existing(struct unpack *u, int parent, const char *name)
{
	char path[64 + 256];
	struct stat st;

	if (unlinkat(parent, name, 0) == 0 || errno == ENOENT)
		return 0;
	if (errno != EISDIR && errno != EPERM)
		return fail(u, errno, "cannot replace");
	if (fstatat(parent, name, &st, AT_SYMLINK_NOFOLLOW) < 0 || !S_ISDIR(st.st_mode))
		return fail(u, EPERM, "cannot replace");
	if (strlen(name) > 255)
		return fail(u, ENAMETOOLONG, "cannot replace");
	snprintf(path, sizeof(path), "/proc/self/fd/%d/%s", parent, name);
	return fs_rm_rf(path, u->e);
}

/* Opens (and makes) the directory `path`, relative and without "." and "..". */
static int open_parent(struct unpack *u, const char *path, int *ret)
{
	AUTO_FREE char *copy = NULL;
	AUTO_CLOSE int fd = -1;

	if (u->parent && streq(u->parent, path)) {
		*ret = u->parent_fd;
		return 0;
	}
	fd = open_in(u->dir_fd, *path ? path : ".", O_RDONLY | O_DIRECTORY, RESOLVE_IN_ROOT);
	if (fd < 0 && errno != ENOENT && errno != ENOTDIR)
		return fail(u, errno, "cannot enter the directory of");
	if (fd < 0) {
		/* Step by step; what is in the way and is no directory gives way, as it would on a real file system by
		 * overlaying. */
		copy = str_dup(path);
		if (!copy)
			return err_nomem(u->e);
		fd = open_in(u->dir_fd, ".", O_RDONLY | O_DIRECTORY, RESOLVE_IN_ROOT);
		for (char *p = copy; *p;) {
			char *end = p + strcspn(p, "/"), saved = *end;
			int next;

			*end = '\0';
			next = open_in(u->dir_fd, copy, O_RDONLY | O_DIRECTORY, RESOLVE_IN_ROOT);
			if (next < 0 && (errno == ENOENT || errno == ENOTDIR || errno == ELOOP)) {
				int r = remove_existing(u, fd, p);

				if (r < 0)
					return r;
				if (mkdirat(fd, p, 0755) < 0)
					return fail(u, errno, "cannot make the directory of");
				next = open_in(fd, p, O_RDONLY | O_DIRECTORY | O_NOFOLLOW, RESOLVE_BENEATH);
				if (next >= 0)
					(void)fchmod(next, 0755); /* whatever the umask */
			}
			if (next < 0)
				return fail(u, errno, "cannot enter the directory of");
			(void)close(fd);
			fd = next;
			*end = saved;
			p = saved ? end + 1 : end;
		}
	}
	char *keep = str_dup(path);

	if (!keep)
		return err_nomem(u->e);
	free(u->parent);
	if (u->parent_fd >= 0)
		(void)close(u->parent_fd);
	u->parent = keep;
	u->parent_fd = TAKE_FD(fd);
	*ret = u->parent_fd;
	return 0;
}

/* "./a//b/" -> "a/b"; "" is the root. Refuses "..". In place. */
static int clean_path(struct unpack *u, char *path)
{
	char *out = path, *p = path;

	if (strlen(path) > PATH_MAX_LEN)
		return err_set(u->e, ERR_TOO_LARGE, "layer: a path is longer than %u bytes", PATH_MAX_LEN);
	while (*p) {
		size_t n = strcspn(p, "/");

		if (n == 2 && p[0] == '.' && p[1] == '.')
			return err_set(u->e, ERR_PROTO, "layer: the path \"%.150s\" leads out of the image", u->path);
		if (n > 255)
			return err_set(u->e, ERR_TOO_LARGE, "layer: a name in \"%.100s...\" is longer than 255 bytes",
				       u->path);
		if (n > 0 && !(n == 1 && p[0] == '.')) {
			if (out != path)
				*out++ = '/';
			memmove(out, p, n);
			out += n;
		}
		p += n;
		p += *p == '/';
	}
	*out = '\0';
	return 0;
}

static int set_xattrs(struct unpack *u, struct archive_entry *ent, int parent, const char *name, int fd)
{
	const char *key;
	const void *value;
	size_t len;

	archive_entry_xattr_reset(ent);
	while (archive_entry_xattr_next(ent, &key, &value, &len) == ARCHIVE_OK) {
		char path[64 + 256];
		int r;

		/* Nothing that means something to overlayfs or a security module of this machine. */
		if (!key || (!str_has_prefix(key, "user.") && !streq(key, "security.capability")))
			continue;
		if (len > XATTR_MAX)
			return err_set(u->e, ERR_TOO_LARGE,
				       "layer: an extended attribute of \"%.150s\" is larger than %u bytes", u->path,
				       XATTR_MAX);
		snprintf(path, sizeof(path), "/proc/self/fd/%d/%s", parent, name);
		r = fd >= 0 ? fsetxattr(fd, key, value, len, 0) : lsetxattr(path, key, value, len, 0);
		/* user.* is refused for links and devices everywhere, and by some file systems for all. */
		if (r < 0 && !((errno == EPERM || errno == EOPNOTSUPP) && str_has_prefix(key, "user.")))
			return err_errno(u->e, errno, "layer: cannot set the attribute %.40s of \"%.100s\"", key,
					 u->path);
	}
	return 0;
}

static struct timespec entry_mtime(struct archive_entry *ent)
{
	struct timespec ts = {0};

	if (archive_entry_mtime_is_set(ent)) {
		ts.tv_sec = archive_entry_mtime(ent);
		ts.tv_nsec = archive_entry_mtime_nsec(ent);
		if (ts.tv_nsec < 0 || ts.tv_nsec > 999999999)
			ts.tv_nsec = 0;
	}
	return ts;
}

static int write_file(struct unpack *u, int fd, int64_t size)
{
	const void *p;
	size_t n;
	la_int64_t off;
	int r;

	while ((r = archive_read_data_block(u->tar, &p, &n, &off)) == ARCHIVE_OK || r == ARCHIVE_WARN) {
		const char *c = p;

		if (off < 0 || off > size || (int64_t)n > size - off)
			return err_set(u->e, ERR_PROTO, "layer: \"%.150s\" is longer than it says", u->path);
		if ((int64_t)n > u->budget)
			return err_set(u->e, ERR_TOO_LARGE, "layer: larger than allowed when unpacked");
		u->budget -= (int64_t)n;
		while (n > 0) {
			ssize_t k = pwrite(fd, c, n, off);

			if (k < 0 && errno == EINTR)
				continue;
			if (k < 0)
				return fail(u, errno, "cannot write");
			c += k;
			off += k;
			n -= (size_t)k;
		}
	}
	if (r != ARCHIVE_EOF)
		return err_set(u->e, ERR_PROTO, "layer: cannot read \"%.100s\": %s", u->path,
			       archive_error_string(u->tar));
	if (ftruncate(fd, size) < 0)
		return fail(u, errno, "cannot write");
	return 0;
}

static int remember_dir(struct unpack *u, const char *path, struct timespec mtime)
{
	if (u->n_late == u->cap_late) {
		size_t cap = u->cap_late ? u->cap_late * 2 : 64;
		struct late_dir *v = realloc(u->late, cap * sizeof(*v));

		if (!v)
			return err_nomem(u->e);
		u->late = v;
		u->cap_late = cap;
	}
	u->late[u->n_late].path = str_dup(path);
	if (!u->late[u->n_late].path)
		return err_nomem(u->e);
	u->late[u->n_late++].mtime = mtime;
	return 0;
}

static int put_opaque(struct unpack *u, int fd)
{
	if (fsetxattr(fd, OPAQUE, "y", 1, 0) == 0)
		return 0;
	if (errno == EOPNOTSUPP)
		return err_set(u->e, -EOPNOTSUPP,
			       "layer: the file system of the data directory has no trusted extended attributes; use "
			       "ext4, xfs or btrfs");
	return fail(u, errno, "cannot mark as opaque the directory of");
}

static int put_dir(struct unpack *u, struct archive_entry *ent, const char *path, int parent, const char *name)
{
	AUTO_CLOSE int fd = -1;
	struct stat st;
	bool hidden = false;
	int r;

	if (*name && fstatat(parent, name, &st, AT_SYMLINK_NOFOLLOW) == 0 && !S_ISDIR(st.st_mode)) {
		hidden = S_ISCHR(st.st_mode) && st.st_rdev == 0;
		r = remove_existing(u, parent, name);
		if (r < 0)
			return r;
	}
	if (*name && mkdirat(parent, name, 0755) < 0 && errno != EEXIST)
		return fail(u, errno, "cannot make the directory");
	fd = open_in(*name ? parent : u->dir_fd, *name ? name : ".", O_RDONLY | O_DIRECTORY | O_NOFOLLOW,
		     RESOLVE_BENEATH);
	if (fd < 0)
		return fail(u, errno, "cannot open the directory");
	if (hidden && (r = put_opaque(u, fd)) < 0)
		return r;
	if (fchown(fd, (uid_t)archive_entry_uid(ent), (gid_t)archive_entry_gid(ent)) < 0)
		return fail(u, errno, "cannot set the owner of");
	if (fchmod(fd, archive_entry_perm(ent) & 07777) < 0)
		return fail(u, errno, "cannot set the mode of");
	r = set_xattrs(u, ent, parent, name, fd);
	return r < 0 ? r : remember_dir(u, path, entry_mtime(ent));
}

/* A hard link within the layer. The target is resolved like any path, but is itself not followed. */
static int put_link(struct unpack *u, const char *target, int parent, const char *name)
{
	AUTO_FREE char *t = str_dup(target);
	AUTO_CLOSE int dir = -1;
	char *slash;
	struct stat a, b;
	int r;

	if (!t)
		return err_nomem(u->e);
	r = clean_path(u, t);
	if (r < 0)
		return r;
	slash = strrchr(t, '/');
	if (slash)
		*slash = '\0';
	dir = open_in(u->dir_fd, slash ? t : ".", O_RDONLY | O_DIRECTORY, RESOLVE_IN_ROOT);
	if (dir < 0 || fstatat(dir, slash ? slash + 1 : t, &a, AT_SYMLINK_NOFOLLOW) < 0)
		return err_errno(u->e, errno, "layer: \"%.80s\" is a hard link to \"%.80s\"", u->path, target);
	if (S_ISDIR(a.st_mode))
		return fail(u, EPERM, "cannot link to a directory:");
	if (fstatat(parent, name, &b, AT_SYMLINK_NOFOLLOW) == 0) {
		if (a.st_dev == b.st_dev && a.st_ino == b.st_ino)
			return 0;
		r = remove_existing(u, parent, name);
		if (r < 0)
			return r;
	}
	if (linkat(dir, slash ? slash + 1 : t, parent, name, 0) < 0)
		return fail(u, errno, "cannot make the hard link");
	return 0;
}

static int put_whiteout(struct unpack *u, int parent, const char *name)
{
	AUTO_CLOSE int fd = -1;
	struct stat st;

	if (!*name || streq(name, ".") || streq(name, ".."))
		return err_set(u->e, ERR_PROTO, "layer: \"%.150s\" is no whiteout", u->path);
	if (fstatat(parent, name, &st, AT_SYMLINK_NOFOLLOW) == 0) {
		/* It speaks of the layers below, whatever the order: what this layer has stays. */
		if (!S_ISDIR(st.st_mode))
			return 0;
		fd = open_in(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW, RESOLVE_BENEATH);
		return fd < 0 ? fail(u, errno, "cannot open what is hidden by") : put_opaque(u, fd);
	}
	if (mknodat(parent, name, S_IFCHR, makedev(0, 0)) < 0)
		return errno == EPERM ? err_set(u->e, -EPERM,
						"layer: the whiteout \"%.100s\" cannot be made: minik must run as "
						"root, outside of user namespaces",
						u->path)
				      : fail(u, errno, "cannot make the whiteout");
	return 0;
}

static int put_other(struct unpack *u, struct archive_entry *ent, int parent, const char *name)
{
	mode_t type = archive_entry_filetype(ent), perm = archive_entry_perm(ent) & 07777;
	uid_t uid = (uid_t)archive_entry_uid(ent);
	gid_t gid = (gid_t)archive_entry_gid(ent);
	struct timespec ts[2] = {entry_mtime(ent), entry_mtime(ent)};
	AUTO_CLOSE int fd = -1;
	int r = remove_existing(u, parent, name);

	if (r < 0)
		return r;
	switch (type) {
	case AE_IFREG:
		if (archive_entry_size(ent) < 0 || archive_entry_size(ent) > IMAGE_UNPACKED_MAX)
			return err_set(u->e, ERR_TOO_LARGE, "layer: \"%.150s\" says it is %lld bytes long", u->path,
				       (long long)archive_entry_size(ent));
		fd = openat(parent, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
		if (fd < 0)
			return fail(u, errno, "cannot create");
		r = write_file(u, fd, archive_entry_size(ent));
		if (r < 0)
			return r;
		if (fchown(fd, uid, gid) < 0)
			return fail(u, errno, "cannot set the owner of");
		if (fchmod(fd, perm) < 0) /* after chown, which drops the set-id bits */
			return fail(u, errno, "cannot set the mode of");
		r = set_xattrs(u, ent, parent, name, fd); /* after chown, which drops capabilities */
		if (r == 0 && futimens(fd, ts) < 0)
			return fail(u, errno, "cannot set the time of");
		return r;
	case AE_IFLNK: {
		const char *to = archive_entry_symlink(ent);

		if (!to)
			to = archive_entry_symlink_utf8(ent);
		if (!to || !*to || strlen(to) > PATH_MAX_LEN)
			return err_set(u->e, ERR_PROTO, "layer: \"%.150s\" is a symbolic link to nothing", u->path);
		if (symlinkat(to, parent, name) < 0)
			return fail(u, errno, "cannot make the symbolic link");
		break;
	}
	case AE_IFIFO:
	case AE_IFCHR:
	case AE_IFBLK:
		if (mknodat(parent, name, type | perm, archive_entry_rdev(ent)) < 0)
			return fail(u, errno, "cannot make the device");
		break;
	case AE_IFSOCK:
		return 0; /* means nothing without its process */
	default:
		return err_set(u->e, ERR_UNSUPPORTED, "layer: \"%.150s\" has the unknown type %#o", u->path,
			       (unsigned)type);
	}
	if (fchownat(parent, name, uid, gid, AT_SYMLINK_NOFOLLOW) < 0)
		return fail(u, errno, "cannot set the owner of");
	/* It was made by us a moment ago and is no link: this follows nothing. */
	if (type != AE_IFLNK && fchmodat(parent, name, perm, 0) < 0)
		return fail(u, errno, "cannot set the mode of");
	r = set_xattrs(u, ent, parent, name, -1);
	if (r == 0 && utimensat(parent, name, ts, AT_SYMLINK_NOFOLLOW) < 0)
		return fail(u, errno, "cannot set the time of");
	return r;
}

static int put_entry(struct unpack *u, struct archive_entry *ent)
{
	const char *raw = archive_entry_pathname(ent), *target;
	AUTO_FREE char *path = NULL, *dir = NULL;
	const char *name;
	char *slash;
	int parent = -1, r;

	if (!raw)
		raw = archive_entry_pathname_utf8(ent);
	if (!raw)
		return err_set(u->e, ERR_PROTO, "layer: an entry has no name");
	u->path = raw;
	if (++u->entries > ENTRIES_MAX)
		return err_set(u->e, ERR_TOO_LARGE, "layer: more than %u files", ENTRIES_MAX);
	path = str_dup(raw);
	if (!path)
		return err_nomem(u->e);
	r = clean_path(u, path);
	if (r < 0)
		return r;
	if (!*path)
		return archive_entry_filetype(ent) == AE_IFDIR ? put_dir(u, ent, "", u->dir_fd, "") : 0;
	slash = strrchr(path, '/');
	dir = slash ? str_ndup(path, (size_t)(slash - path)) : str_dup("");
	if (!dir)
		return err_nomem(u->e);
	name = slash ? slash + 1 : path;
	r = open_parent(u, dir, &parent);
	if (r < 0)
		return r;
	if (strncmp(name, ".wh.", 4) == 0) {
		if (streq(name, ".wh..wh..opq"))
			return put_opaque(u, parent);
		if (strncmp(name, ".wh..wh.", 8) == 0) /* aufs' own bookkeeping */
			return 0;
		return put_whiteout(u, parent, name + 4);
	}
	target = archive_entry_hardlink(ent);
	if (!target)
		target = archive_entry_hardlink_utf8(ent);
	if (target)
		return put_link(u, target, parent, name);
	if (archive_entry_filetype(ent) == AE_IFDIR)
		return put_dir(u, ent, path, parent, name);
	return put_other(u, ent, parent, name);
}

static void set_dir_times(struct unpack *u)
{
	for (size_t i = u->n_late; i-- > 0;) {
		const char *path = u->late[i].path;
		AUTO_CLOSE int fd = open_in(u->dir_fd, *path ? path : ".", O_RDONLY | O_DIRECTORY, RESOLVE_IN_ROOT);
		struct timespec ts[2] = {u->late[i].mtime, u->late[i].mtime};

		/* Gone when a later entry took its place. */
		if (fd >= 0)
			(void)futimens(fd, ts);
	}
}

/* libarchive's reader of the tar asks for the next bytes: decompressed, and counted into the digest. */
static la_ssize_t read_raw(struct archive *a, void *arg, const void **ret)
{
	struct unpack *u = arg;
	size_t n = 0;
	la_int64_t off;
	int r;

	do
		r = archive_read_data_block(u->raw, ret, &n, &off);
	while ((r == ARCHIVE_OK || r == ARCHIVE_WARN) && n == 0);
	if (r == ARCHIVE_EOF)
		return 0;
	if (r != ARCHIVE_OK && r != ARCHIVE_WARN) {
		if (a)
			archive_set_error(a, EIO, "%s", archive_error_string(u->raw));
		return -1;
	}
	sha256_add(u->hash, *ret, n);
	/* Also what belongs to no file: a few bytes can decompress to padding without end. */
	u->raw_left -= (int64_t)n;
	if (u->raw_left < 0) {
		if (a)
			archive_set_error(a, EFBIG, "larger than allowed when unpacked");
		u->too_large = true;
		return -1;
	}
	return (la_ssize_t)n;
}

static int unpack_run(struct unpack *u, int blob_fd)
{
	struct archive_entry *ent;
	const void *rest;
	la_ssize_t n;
	int r, rc;

	u->raw = archive_read_new();
	u->tar = archive_read_new();
	u->hash = sha256_new();
	if (!u->raw || !u->tar || !u->hash)
		return err_nomem(u->e);
	/* Named one by one: "all" would start external programs for what the library cannot do itself. */
	archive_read_support_filter_gzip(u->raw);
	archive_read_support_filter_zstd(u->raw);
	archive_read_support_filter_bzip2(u->raw);
	archive_read_support_filter_xz(u->raw);
	archive_read_support_format_raw(u->raw);
	archive_read_support_format_empty(u->raw);
	archive_read_support_format_tar(u->tar);
	archive_read_support_format_empty(u->tar);
	if (archive_read_open_fd(u->raw, blob_fd, 1u << 18) != ARCHIVE_OK)
		return err_set(u->e, ERR_PROTO, "layer: %s", archive_error_string(u->raw));
	rc = archive_read_next_header(u->raw, &ent);
	if (rc == ARCHIVE_EOF)
		return 0; /* an empty blob is an empty layer */
	if (rc != ARCHIVE_OK && rc != ARCHIVE_WARN)
		return err_set(u->e, ERR_PROTO, "layer: %s", archive_error_string(u->raw));
	if (archive_read_open(u->tar, u, NULL, read_raw, NULL) != ARCHIVE_OK)
		return err_set(u->e, ERR_PROTO, "layer: %s", archive_error_string(u->tar));
	while ((rc = archive_read_next_header(u->tar, &ent)) == ARCHIVE_OK || rc == ARCHIVE_WARN) {
		r = put_entry(u, ent);
		if (r < 0)
			return r;
	}
	if (rc != ARCHIVE_EOF)
		return err_set(u->e, ERR_PROTO, "layer: %s", archive_error_string(u->tar));
	/* The digest is of everything, also of what comes after the end of the archive. */
	while ((n = read_raw(NULL, u, &rest)) > 0) {
		if (n > u->budget)
			return err_set(u->e, ERR_TOO_LARGE, "layer: larger than allowed when unpacked");
		u->budget -= n;
	}
	if (n < 0)
		return err_set(u->e, ERR_PROTO, "layer: %s", archive_error_string(u->raw));
	set_dir_times(u);
	return 0;
}

int layer_unpack_into(int blob_fd, int dir_fd, int64_t max_bytes, char out_diff_id[72], struct err *e)
{
	struct unpack u = {.dir_fd = dir_fd,
			   .budget = max_bytes,
			   .raw_left = max_bytes + max_bytes / 8 + (16 << 20),
			   .parent_fd = -1,
			   .path = "",
			   .e = e};
	/* libarchive turns pax's UTF-8 names into those of the locale: without this, names beyond ASCII would suffer.
	 */
	locale_t utf8 = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0);
	locale_t before = utf8 ? uselocale(utf8) : (locale_t)0;
	char hex[65] = "";
	int r = unpack_run(&u, blob_fd);

	if (r < 0 && u.too_large)
		r = err_set(e, ERR_TOO_LARGE, "layer: larger than allowed when unpacked");
	if (u.hash)
		sha256_end(u.hash, hex);
	(void)archive_read_free(u.tar);
	(void)archive_read_free(u.raw);
	for (size_t i = 0; i < u.n_late; i++)
		free(u.late[i].path);
	free(u.late);
	free(u.parent);
	if (u.parent_fd >= 0)
		(void)close(u.parent_fd);
	if (utf8) {
		(void)uselocale(before);
		freelocale(utf8);
	}
	if (r == 0)
		snprintf(out_diff_id, 72, "sha256:%s", hex);
	return r;
}

static int unpack_checked(const struct image_store *s, const char *blob_path, const char *work, const char *diff_id,
			  struct err *e)
{
	AUTO_CLOSE int blob = open(blob_path, O_RDONLY | O_CLOEXEC), dir = -1;
	AUTO_FREE char *to = store_layer_path(s, diff_id);
	char computed[72];
	int r;

	if (!to)
		return err_nomem(e);
	if (blob < 0)
		return err_errno(e, errno, "cannot open %s", blob_path);
	r = fs_rm_rf(work, e);
	if (r < 0)
		return r;
	if (mkdir(work, 0755) < 0 || chmod(work, 0755) < 0)
		return err_errno(e, errno, "cannot make %s", work);
	dir = open(work, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (dir < 0)
		return err_errno(e, errno, "cannot open %s", work);
	r = layer_unpack_into(blob, dir, IMAGE_UNPACKED_MAX, computed, e);
	if (r < 0)
		return r;
	if (!streq(computed, diff_id))
		return err_set(e, ERR_PROTO,
			       "layer: its tar has the digest %.19s... where the image's config says %.19s...",
			       computed, diff_id);
	/* Before the name says it is complete, it is: one flush of the file system instead of one a file. */
	if (syncfs(dir) < 0)
		return err_errno(e, errno, "cannot make %s durable", work);
	if (rename(work, to) < 0)
		return err_errno(e, errno, "cannot move a layer to %s", to);
	return store_sync_dir(s->layers, e);
}

int layer_unpack(const struct image_store *s, const char *blob_path, const char *diff_id, struct err *e)
{
	AUTO_FREE char *lock_path = NULL, *work = NULL;
	AUTO_CLOSE int lock = -1;
	int r;

	if (!digest_valid(diff_id))
		return err_set(e, ERR_INVALID, "\"%.80s\" is not a sha256 digest", diff_id);
	lock_path = str_fmt("%s/layer-%s.lock", s->tmp, digest_hex(diff_id));
	work = str_fmt("%s/layer-%s.dir", s->tmp, digest_hex(diff_id));
	if (!lock_path || !work)
		return err_nomem(e);
	if (store_has_layer(s, diff_id))
		return 0;
	r = store_lock_file(lock_path, &lock, e);
	if (r < 0)
		return r;
	if (!store_has_layer(s, diff_id)) {
		r = unpack_checked(s, blob_path, work, diff_id, e);
		if (r < 0)
			(void)fs_rm_rf(work, NULL);
	}
	(void)unlink(lock_path); /* those who wait for it notice, see store_lock_file */
	return r;
}
