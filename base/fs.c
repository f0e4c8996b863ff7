#include "base/fs.h"
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/sysmacros.h>
#include "base/str.h"

int fs_mkdir_p(const char *path, mode_t mode, struct err *e)
{
	AUTO_FREE char *copy = str_dup(path);
	struct stat st;

	if (!copy)
		return err_nomem(e);
	for (char *p = copy + 1; copy[0]; p++) {
		char c = *p;

		if (c != '/' && c != '\0')
			continue;
		*p = '\0';
		if (mkdir(copy, mode) < 0) {
			int saved = errno;

			if (saved != EEXIST && !(saved == EROFS && stat(copy, &st) == 0))
				return err_errno(e, saved, "cannot create directory %s", copy);
			if (stat(copy, &st) < 0)
				return err_errno(e, errno, "cannot create directory %s", copy);
			if (!S_ISDIR(st.st_mode))
				return err_errno(e, ENOTDIR, "cannot create directory %s", copy);
		}
		*p = c;
		if (c == '\0')
			break;
	}
	return 0;
}

int fs_read(const char *path, size_t max, struct buf *out, struct err *e)
{
	AUTO_CLOSE int fd = open(path, O_RDONLY | O_CLOEXEC);
	size_t got = 0;

	if (fd < 0) {
		if (errno == ENOENT || errno == ENOTDIR)
			return err_set(e, ERR_NOT_FOUND, "%s does not exist", path);
		return err_errno(e, errno, "cannot open %s", path);
	}
	for (;;) {
		char tmp[16384];
		ssize_t n = read(fd, tmp, sizeof tmp);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return err_errno(e, errno, "cannot read %s", path);
		if (n == 0)
			break;
		if ((size_t)n > max - got)
			return err_set(e, ERR_TOO_LARGE, "%s is larger than %zu bytes", path, max);
		got += (size_t)n;
		buf_add(out, tmp, (size_t)n);
	}
	return buf_failed(out) ? err_nomem(e) : 0;
}

static int write_all(int fd, const void *data, size_t n)
{
	const char *p = data;

	while (n > 0) {
		ssize_t k = write(fd, p, n);

		if (k < 0 && errno == EINTR)
			continue;
		if (k < 0)
			return -errno;
		p += k;
		n -= (size_t)k;
	}
	return 0;
}

static int sync_parent(const char *path)
{
	const char *slash = strrchr(path, '/');
	AUTO_FREE char *dir = !slash          ? str_dup(".")
			      : slash == path ? str_dup("/")
					      : str_ndup(path, (size_t)(slash - path));
	AUTO_CLOSE int fd = -1;

	if (!dir)
		return -ENOMEM;
	fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0 || fsync(fd) < 0)
		return -errno;
	return 0;
}

int fs_write_atomic(const char *path, const void *data, size_t n, mode_t mode, struct err *e)
{
	AUTO_FREE char *tmp = str_fmt("%s.tmpXXXXXX", path);
	AUTO_CLOSE int fd = -1;
	int r;

	if (!tmp)
		return err_nomem(e);
	fd = mkostemp(tmp, O_CLOEXEC);
	if (fd < 0)
		return err_errno(e, errno, "cannot create a temporary file for %s", path);
	r = write_all(fd, data, n);
	if (r == 0 && (fchmod(fd, mode) < 0 || fsync(fd) < 0))
		r = -errno;
	if (r == 0 && rename(tmp, path) < 0)
		r = -errno;
	if (r < 0) {
		(void)unlink(tmp);
		return err_errno(e, -r, "cannot write %s", path);
	}
	r = sync_parent(path);
	return r < 0 ? err_errno(e, -r, "cannot make the rename of %s durable", path) : 0;
}

int fs_write(const char *path, const void *data, size_t n, struct err *e)
{
	AUTO_CLOSE int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
	ssize_t k;

	if (fd < 0)
		return err_errno(e, errno, "cannot open %s", path);
	/* Control files take one write; only plain files may need more. */
	do
		k = write(fd, data, n);
	while (k < 0 && errno == EINTR);
	if (k >= 0 && (size_t)k < n) {
		int r = write_all(fd, (const char *)data + k, n - (size_t)k);

		if (r < 0)
			return err_errno(e, -r, "cannot write %s", path);
	}
	return k < 0 ? err_errno(e, errno, "cannot write %s", path) : 0;
}

/*
 * Removal of trees that a hostile container may have built. Very deep trees must not exhaust
 * descriptors or the stack: beyond RM_MAX_DEPTH a directory is moved up to the top and done later.
 */
#define RM_MAX_DEPTH 64
#define PASSES_MAX   100 /* where somebody makes new entries meanwhile */

struct rm {
	int top;
	dev_t dev;
	unsigned moved;
};

static bool is_mount_root(int dirfd, const char *name, dev_t dev)
{
	struct statx sx;

	if (statx(dirfd, name, AT_SYMLINK_NOFOLLOW | AT_NO_AUTOMOUNT, STATX_TYPE, &sx) < 0)
		return false;
	if (sx.stx_attributes_mask & STATX_ATTR_MOUNT_ROOT)
		return sx.stx_attributes & STATX_ATTR_MOUNT_ROOT;
	return makedev(sx.stx_dev_major, sx.stx_dev_minor) != dev;
}

static int rm_dir(struct rm *rm, int dirfd, const char *name, unsigned depth);

static int rm_entry(struct rm *rm, int dirfd, const char *name, unsigned depth)
{
	if (unlinkat(dirfd, name, 0) == 0 || errno == ENOENT)
		return 0;
	return errno == EISDIR ? rm_dir(rm, dirfd, name, depth) : -errno;
}

static int rm_children(struct rm *rm, int fd, unsigned depth)
{
	int copy = fcntl(fd, F_DUPFD_CLOEXEC, 0), r = 0;
	DIR *d = copy < 0 ? NULL : fdopendir(copy);

	if (!d) {
		r = -errno;
		if (copy >= 0)
			(void)close(copy);
		return r;
	}
	rewinddir(d);
	for (;;) {
		const struct dirent *de;

		errno = 0;
		de = readdir(d);
		if (!de) {
			r = -errno;
			break;
		}
		if (streq(de->d_name, ".") || streq(de->d_name, ".."))
			continue;
		r = rm_entry(rm, fd, de->d_name, depth);
		if (r < 0)
			break;
	}
	(void)closedir(d);
	return r;
}

static int rm_dir(struct rm *rm, int dirfd, const char *name, unsigned depth)
{
	AUTO_CLOSE int fd = -1;
	int r;

	if (is_mount_root(dirfd, name, rm->dev))
		return -EBUSY;
	if (depth >= RM_MAX_DEPTH) {
		char moved[40];

		do {
			(void)snprintf(moved, sizeof moved, ".minik-rm-%u", rm->moved++);
			if (renameat2(dirfd, name, rm->top, moved, RENAME_NOREPLACE) == 0)
				return 0;
		} while (errno == EEXIST);
		return -errno;
	}
	fd = openat(dirfd, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (fd < 0)
		return errno == ENOENT ? 0 : -errno;
	r = rm_children(rm, fd, depth + 1);
	if (r < 0)
		return r;
	return unlinkat(dirfd, name, AT_REMOVEDIR) < 0 && errno != ENOENT ? -errno : 0;
}

int fs_rm_rf(const char *path, struct err *e)
{
	AUTO_CLOSE int fd = -1;
	struct rm rm = {0};
	struct stat st;
	int r;

	if (lstat(path, &st) < 0)
		return errno == ENOENT || errno == ENOTDIR ? 0 : err_errno(e, errno, "cannot remove %s", path);
	if (!S_ISDIR(st.st_mode)) {
		if (unlink(path) < 0 && errno != ENOENT)
			return err_errno(e, errno, "cannot remove %s", path);
		return 0;
	}
	if (is_mount_root(AT_FDCWD, path, st.st_dev))
		return err_errno(e, EBUSY, "cannot remove %s, which is a mount point", path);
	fd = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (fd < 0)
		return err_errno(e, errno, "cannot remove %s", path);
	rm.top = fd;
	rm.dev = st.st_dev;
	for (int again = 0;;) {
		unsigned before = rm.moved;

		r = rm_children(&rm, fd, 1);
		if (r < 0 && r != -ENOTEMPTY)
			return err_errno(e, -r, "cannot remove what is in %s", path);
		if (rmdir(path) == 0 || errno == ENOENT)
			return 0;
		/* Directories moved up during this pass may have been missed by it; and somebody may still write there.
		 */
		if ((errno != ENOTEMPTY && errno != EEXIST) || (rm.moved == before && ++again > PASSES_MAX))
			return err_errno(e, errno, "cannot remove %s", path);
	}
}

bool fs_exists(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0;
}

char *fs_join(const char *a, const char *b)
{
	size_t n = strlen(a);

	while (n > 0 && a[n - 1] == '/')
		n--;
	while (*b == '/')
		b++;
	return n > INT32_MAX ? NULL : str_fmt("%.*s/%s", (int)n, a, b);
}
