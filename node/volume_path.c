/* Paths of hostPath and subPath, and fsGroup. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include "base/fs.h"
#include "base/str.h"
#include "node/volumes.h"

int hostpath_prepare(const char *path, const char *type, struct err *e)
{
	struct stat st;
	bool there = stat(path, &st) == 0;

	if (!type || type[0] == '\0') /* no check; but a missing source cannot be mounted, so a directory is made */
		return there ? 0 : fs_mkdir_p(path, 0755, e);
	if (streq(type, "DirectoryOrCreate")) {
		if (!there)
			return fs_mkdir_p(path, 0755, e);
		type = "Directory";
	} else if (streq(type, "FileOrCreate")) {
		if (!there) {
			AUTO_CLOSE int fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0644);
			return fd < 0 ? err_errno(e, errno, "cannot make %s", path) : 0;
		}
		type = "File";
	}
	static const struct {
		const char *type;
		mode_t fmt;
		const char *what;
	} t[] = {{"Directory", S_IFDIR, "a directory"}, {"File", S_IFREG, "a file"}, {"Socket", S_IFSOCK, "a socket"},
		 {"CharDevice", S_IFCHR, "a character device"}, {"BlockDevice", S_IFBLK, "a block device"}};
	for (size_t i = 0; i < ARRAY_LEN(t); i++)
		if (streq(type, t[i].type)) {
			if (there && (st.st_mode & S_IFMT) == t[i].fmt)
				return 0;
			return err_set(e, ERR_INVALID, "hostPath type check failed: %s is not %s", path, t[i].what);
		}
	return err_set(e, ERR_INVALID, "hostPath type \"%s\" is not known", type);
}

static int open_beneath(int dir, const char *name, int flags)
{
	struct open_how how = {.flags = (uint64_t)(flags | O_CLOEXEC), .resolve = RESOLVE_BENEATH | RESOLVE_NO_MAGICLINKS};

	return (int)syscall(SYS_openat2, dir, name, &how, sizeof(how));
}

int subpath_open(const char *root, const char *rel, int *ret_fd, struct err *e)
{
	AUTO_CLOSE int base = -1;
	AUTO_CLOSE int dir = -1;
	struct stat root_st;

	if (!path_is_local(rel))
		return err_set(e, ERR_INVALID, "subPath \"%s\" must be relative and may not hold \"..\"", rel);
	base = open(root, O_PATH | O_CLOEXEC);
	if (base < 0 || fstat(base, &root_st) < 0)
		return err_errno(e, errno, "cannot open volume %s", root);
	dir = open_beneath(base, rel, O_PATH);
	if (dir < 0 && errno == ENOENT) {
		/* Made component by component, each looked up beneath the root. */
		AUTO_BUF struct buf path = {0};
		for (const char *p = rel; *p;) {
			size_t n = strcspn(p, "/");
			AUTO_FREE char *name = str_ndup(p, n);
			if (!name)
				return err_nomem(e);
			AUTO_CLOSE int parent = path.len ? open_beneath(base, path.data, O_PATH | O_DIRECTORY) : dup(base);
			if (parent < 0)
				return err_errno(e, errno, "cannot open subPath \"%s\"", rel);
			/* With the volume's own mode, as kubelet does: whoever may write there may write here. */
			if (n > 0 && mkdirat(parent, name, 0700) == 0) {
				AUTO_CLOSE int made = openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
				if (made < 0 || fchmod(made, root_st.st_mode & 07777) < 0)
					return err_errno(e, errno, "cannot make subPath \"%s\"", rel);
			} else if (n > 0 && errno != EEXIST) {
				return err_errno(e, errno, "cannot make subPath \"%s\"", rel);
			}
			if (n > 0)
				buf_addf(&path, "%s%s", path.len ? "/" : "", name);
			if (buf_failed(&path))
				return err_nomem(e);
			p += n;
			while (*p == '/')
				p++;
		}
		dir = open_beneath(base, rel, O_PATH);
	}
	if (dir < 0)
		return err_errno(e, errno, "cannot open subPath \"%s\" (it may not lead out of its volume)", rel);
	*ret_fd = TAKE_FD(dir);
	return 0;
}

/* By descriptor: another pod may be at work in the volume, and what was looked at must be what is changed. */
static int chgrp_one(int fd, const struct stat *st, int64_t gid)
{
	mode_t mode = (st->st_mode & 07777) | 0060;
	char path[48];

	if (fchownat(fd, "", (uid_t)-1, (gid_t)gid, AT_EMPTY_PATH) < 0)
		return -errno;
	if (S_ISDIR(st->st_mode))
		mode |= S_ISGID | 0010;
	if (S_ISLNK(st->st_mode) || mode == (st->st_mode & 07777))
		return 0;
	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	return chmod(path, mode) < 0 ? -errno : 0;
}

static int chgrp_tree(int dir, const char *name, bool top, int64_t gid, dev_t dev, unsigned depth)
{
	AUTO_CLOSE int fd = openat(dir, name, O_PATH | (top ? 0 : O_NOFOLLOW) | O_CLOEXEC);
	struct stat st;
	int r;

	if (fd < 0)
		return errno == ENOENT ? 0 : -errno;
	if (fstat(fd, &st) < 0)
		return -errno;
	if (st.st_dev != dev)
		return 0;
	r = chgrp_one(fd, &st, gid);
	if (r < 0 || !S_ISDIR(st.st_mode) || depth > 256)
		return r;
	int list = openat(fd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	DIR *d = list >= 0 ? fdopendir(list) : NULL;
	if (!d) {
		r = -errno;
		if (list >= 0)
			close(list);
		return r;
	}
	for (struct dirent *de; r == 0 && (de = readdir(d));)
		if (!streq(de->d_name, ".") && !streq(de->d_name, ".."))
			r = chgrp_tree(fd, de->d_name, false, gid, dev, depth + 1);
	closedir(d);
	return r;
}

int volume_chgrp(const char *root, int64_t gid, bool only_if_root_differs, struct err *e)
{
	struct stat st;
	int r;

	if (stat(root, &st) < 0)
		return err_errno(e, errno, "cannot stat %s", root);
	if (only_if_root_differs && st.st_gid == (gid_t)gid && (st.st_mode & S_ISGID))
		return 0;
	r = chgrp_tree(AT_FDCWD, root, true, gid, st.st_dev, 0);
	return r < 0 ? err_errno(e, -r, "cannot set fsGroup %lld on %s", (long long)gid, root) : 0;
}
