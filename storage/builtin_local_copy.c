#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/fs.h>
#include <stdio.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>
#include "base/str.h"
#include "storage/builtin_local.h"

/*
 * A pod may be writing in what is copied, and may exchange a directory for a link at any moment: everything is opened by its parent's descriptor, links are
 * never followed. Names that go meanwhile are passed over.
 */
#define DEPTH_MAX 200 /* a descriptor on each side for each level */
#define XATTRS_MAX (64 << 10)

struct copy {
	dev_t dev;
	int to;		   /* the top of the copy */
	struct map *links; /* "inode" of files with several names: where the first one is, below `to` */
};

/* Where the kernel does not copy between the two file systems by itself. */
static int copy_by_hand(int from, int to, off_t at, off_t end)
{
	const size_t cap = 1 << 17;
	AUTO_FREE char *buf = malloc(cap);

	while (buf && at < end) {
		ssize_t n = pread(from, buf, (size_t)(end - at) < cap ? (size_t)(end - at) : cap, at);
		if (n == 0)
			return 0; /* it has become shorter */
		if (n < 0 && errno == EINTR)
			continue;
		for (ssize_t done = 0, k; n > 0 && done < n; done += k)
			if ((k = pwrite(to, buf + done, (size_t)(n - done), at + done)) < 0)
				return -errno;
		if (n < 0)
			return -errno;
		at += n;
	}
	return buf ? 0 : -ENOMEM;
}

static int copy_bytes(int from, int to, bool clone_only)
{
	struct stat st;
	off_t at = 0;

	if (ioctl(to, FICLONE, from) == 0)
		return 0;
	if (clone_only)
		return -EOPNOTSUPP;
	if (fstat(from, &st) < 0 || ftruncate(to, st.st_size) < 0)
		return -errno;
	while (at < st.st_size) {
		off_t data = lseek(from, at, SEEK_DATA), hole;

		if (data < 0)
			return errno == ENXIO ? 0 : -errno;
		hole = lseek(from, data, SEEK_HOLE);
		if (hole < 0)
			return -errno;
		for (off_t in = data, out = data; in < hole;) {
			ssize_t n = copy_file_range(from, &in, to, &out, (size_t)(hole - in), 0);
			if (n == 0)
				return 0; /* it has become shorter */
			if (n < 0 && errno != EINTR) {
				int r = errno == EXDEV || errno == EINVAL || errno == EOPNOTSUPP || errno == ENOSYS ? copy_by_hand(from, to, out, hole) : -errno;
				if (r < 0)
					return r;
				break;
			}
		}
		at = hole;
	}
	return 0;
}

int local_copy_file(const char *from, const char *to, bool clone_only, struct err *e)
{
	AUTO_CLOSE int in = open(from, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
	AUTO_CLOSE int out = in < 0 ? -1 : open(to, O_RDWR | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, 0600);

	if (out < 0)
		return err_errno(e, errno, "%s", in < 0 ? from : to);
	int r = copy_bytes(in, out, clone_only);
	if (r == 0 && fsync(out) < 0)
		r = -errno;
	if (r < 0) {
		(void)unlink(to);
		return r == -ENOSPC || r == -EDQUOT ? err_set(e, ERR_TOO_MANY, "no space left for a copy of %s", from) : err_errno(e, -r, "cannot copy %s", from);
	}
	return 0;
}

static int copy_xattrs(int from, int to)
{
	char *names = malloc(XATTRS_MAX), *value = malloc(XATTRS_MAX);
	ssize_t n = names && value ? flistxattr(from, names, XATTRS_MAX) : -1;
	int r = names && value ? 0 : -ENOMEM;

	for (char *p = names; r == 0 && n > 0 && p < names + n; p += strlen(p) + 1) {
		ssize_t k = fgetxattr(from, p, value, XATTRS_MAX);
		if (k >= 0 && fsetxattr(to, p, value, (size_t)k, 0) < 0 && errno != EOPNOTSUPP)
			r = -errno;
	}
	free(names);
	free(value);
	return r;
}

/* Owner before mode: a change of owner takes set-user-ID bits away. */
static int copy_rights(int from, int to, const struct stat *st)
{
	const struct timespec times[2] = {st->st_atim, st->st_mtim};
	int r;

	if (fchown(to, st->st_uid, st->st_gid) < 0 || fchmod(to, st->st_mode & 07777) < 0)
		return -errno;
	if ((r = copy_xattrs(from, to)) < 0)
		return r;
	return futimens(to, times) < 0 ? -errno : 0;
}

static int copy_dir(struct copy *c, int from, int to, const char *rel, unsigned depth);

static int copy_special(int from, int to, const char *name, const struct stat *st)
{
	char text[4096];
	const struct timespec times[2] = {st->st_atim, st->st_mtim};

	if (S_ISLNK(st->st_mode)) {
		ssize_t n = readlinkat(from, name, text, sizeof(text) - 1);
		if (n < 0)
			return errno == ENOENT ? 0 : -errno;
		text[n] = '\0';
		if (symlinkat(text, to, name) < 0)
			return -errno;
	} else if (S_ISSOCK(st->st_mode)) {
		return 0; /* nobody listens on a copy */
	} else if (mknodat(to, name, st->st_mode, st->st_rdev) < 0) {
		return -errno;
	}
	if (fchownat(to, name, st->st_uid, st->st_gid, AT_SYMLINK_NOFOLLOW) < 0 || utimensat(to, name, times, AT_SYMLINK_NOFOLLOW) < 0)
		return -errno;
	return S_ISLNK(st->st_mode) || fchmodat(to, name, st->st_mode & 07777, 0) == 0 ? 0 : -errno;
}

static int copy_entry(struct copy *c, int from, int to, const char *dir, const char *name, unsigned depth)
{
	AUTO_FREE char *rel = *dir ? str_fmt("%s/%s", dir, name) : str_dup(name);
	char key[32];
	struct stat st;
	int r;

	if (!rel)
		return -ENOMEM;
	if (fstatat(from, name, &st, AT_SYMLINK_NOFOLLOW) < 0)
		return errno == ENOENT ? 0 : -errno;
	if (!S_ISDIR(st.st_mode) && !S_ISREG(st.st_mode))
		return copy_special(from, to, name, &st);
	AUTO_CLOSE int in = openat(from, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	if (in < 0)
		return errno == ENOENT || errno == ELOOP || errno == ENXIO ? 0 : -errno;
	if (fstat(in, &st) < 0)
		return -errno;
	if (S_ISDIR(st.st_mode)) {
		if (st.st_dev != c->dev)
			return 0;
		if (depth >= DEPTH_MAX)
			return -ELOOP;
		AUTO_CLOSE int sub = mkdirat(to, name, 0700) < 0 ? -1 : openat(to, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
		if (sub < 0)
			return -errno;
		r = copy_dir(c, in, sub, rel, depth + 1);
		return r < 0 ? r : copy_rights(in, sub, &st);
	}
	if (!S_ISREG(st.st_mode))
		return 0;
	(void)snprintf(key, sizeof(key), "%llu", (unsigned long long)st.st_ino);
	const char *first = st.st_nlink > 1 ? map_get(c->links, key) : NULL;
	if (first)
		return linkat(c->to, first, to, name, 0) < 0 ? -errno : 0;
	AUTO_CLOSE int out = openat(to, name, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
	if (out < 0)
		return -errno;
	r = copy_bytes(in, out, false);
	if (r == 0)
		r = copy_rights(in, out, &st);
	if (r == 0 && st.st_nlink > 1) {
		if (map_put(c->links, key, rel) < 0)
			return -ENOMEM;
		(void)TAKE_PTR(rel);
	}
	return r;
}

static int copy_dir(struct copy *c, int from, int to, const char *rel, unsigned depth)
{
	int again = openat(from, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC), r = 0;
	DIR *d = again < 0 ? NULL : fdopendir(again);

	if (!d) {
		r = -errno;
		if (again >= 0)
			(void)close(again);
		return r;
	}
	while (r == 0) {
		const struct dirent *de = (errno = 0, readdir(d));
		if (!de) {
			r = -errno;
			break;
		}
		if (!streq(de->d_name, ".") && !streq(de->d_name, ".."))
			r = copy_entry(c, from, to, rel, de->d_name, depth);
	}
	(void)closedir(d);
	return r;
}

int local_copy_tree(const char *from, const char *to, struct err *e)
{
	AUTO_CLOSE int in = open(from, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC), out = open(to, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	struct copy c = {.to = out};
	struct stat st;

	if (in < 0 || out < 0 || fstat(in, &st) < 0)
		return err_errno(e, errno, "cannot copy %s to %s", from, to);
	c.dev = st.st_dev;
	if (!(c.links = map_new(free)))
		return err_nomem(e);
	int r = copy_dir(&c, in, out, "", 0);
	if (r == 0)
		r = copy_rights(in, out, &st);
	if (r == 0 && syncfs(out) < 0)
		r = -errno;
	map_free(c.links);
	if (r == -ENOSPC || r == -EDQUOT)
		return err_set(e, ERR_TOO_MANY, "no space left in %s for a copy of %s", to, from);
	return r < 0 ? err_errno(e, -r, "cannot copy %s to %s", from, to) : 0;
}
