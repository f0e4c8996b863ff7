/*
 * A directory whose files change all at once: DIR/..data is a link to DIR/..TIMESTAMP.RANDOM with the files, and what users see are
 * links to ..data/NAME. A change makes a new directory and renames a new link over ..data. (kubelet's AtomicWriter)
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <time.h>
#include "base/fs.h"
#include "base/str.h"
#include "node/volumes.h"

/* With fsGroup the group reads what the owner does. */
static mode_t final_mode(const struct payload_file *f, int64_t gid)
{
	return gid >= 0 ? f->mode | (f->mode & 0400) >> 3 : f->mode;
}

static bool same_file(const char *dir, const struct payload_file *f, int64_t gid)
{
	AUTO_FREE char *path = str_fmt("%s/..data/%s", dir, f->path);
	AUTO_BUF struct buf b = {0};
	struct stat st;

	return path && stat(path, &st) == 0 && (st.st_mode & 07777) == final_mode(f, gid) && (size_t)st.st_size == f->len &&
	       fs_read(path, f->len + 1, &b, NULL) == 0 && b.len == f->len && (f->len == 0 || memcmp(b.data, f->data, f->len) == 0);
}

static size_t count_files(const char *dir, unsigned depth)
{
	DIR *d = opendir(dir);
	size_t n = 0;

	if (!d)
		return 0;
	for (struct dirent *de; depth < 64 && (de = readdir(d));) {
		if (streq(de->d_name, ".") || streq(de->d_name, ".."))
			continue;
		AUTO_FREE char *sub = fs_join(dir, de->d_name);
		n += de->d_type == DT_DIR ? (sub ? count_files(sub, depth + 1) : 0) : 1;
	}
	closedir(d);
	return n;
}

static bool unchanged(const char *dir, const struct payload *pl, int64_t gid)
{
	AUTO_FREE char *data = fs_join(dir, "..data/");

	if (!data || !fs_exists(data) || count_files(data, 0) != pl->n)
		return false;
	for (size_t i = 0; i < pl->n; i++)
		if (!same_file(dir, &pl->v[i], gid))
			return false;
	return true;
}

static int write_one(const char *dir, const struct payload_file *f, int64_t gid, struct err *e)
{
	AUTO_FREE char *path = fs_join(dir, f->path);
	char *slash = path ? strrchr(path, '/') : NULL;
	mode_t mode = final_mode(f, gid);
	int r;

	if (!path)
		return err_nomem(e);
	*slash = '\0';
	r = fs_mkdir_p(path, 0755, e);
	*slash = '/';
	if (r < 0)
		return r;
	AUTO_CLOSE int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
	if (fd < 0)
		return err_errno(e, errno, "cannot make %s", path);
	for (size_t done = 0; done < f->len;) {
		ssize_t n = write(fd, (char *)f->data + done, f->len - done);
		if (n < 0 && errno != EINTR)
			return err_errno(e, errno, "cannot write %s", path);
		done += n > 0 ? (size_t)n : 0;
	}
	if ((gid >= 0 || f->uid >= 0) && fchown(fd, f->uid >= 0 ? (uid_t)f->uid : (uid_t)-1, gid >= 0 ? (gid_t)gid : (gid_t)-1) < 0)
		return err_errno(e, errno, "cannot give %s away", path);
	if (fchmod(fd, mode) < 0)
		return err_errno(e, errno, "cannot set the mode of %s", path);
	return 0;
}

/* The links users see: the first components of all paths. */
static int link_names(const char *dir, const struct payload *pl, struct err *e)
{
	DIR *d = opendir(dir);

	if (!d)
		return err_errno(e, errno, "cannot read %s", dir);
	for (struct dirent *de; (de = readdir(d));) {
		bool wanted = false;
		if (de->d_name[0] == '.' && (de->d_name[1] == '\0' || de->d_name[1] == '.'))
			continue;
		for (size_t i = 0; i < pl->n; i++) {
			size_t n = strcspn(pl->v[i].path, "/");
			wanted = wanted || (strlen(de->d_name) == n && memcmp(de->d_name, pl->v[i].path, n) == 0);
		}
		AUTO_FREE char *path = wanted ? NULL : fs_join(dir, de->d_name);
		if (path)
			(void)unlink(path);
	}
	closedir(d);
	for (size_t i = 0; i < pl->n; i++) {
		size_t n = strcspn(pl->v[i].path, "/");
		AUTO_FREE char *path = str_fmt("%s/%.*s", dir, (int)n, pl->v[i].path);
		AUTO_FREE char *target = str_fmt("..data/%.*s", (int)n, pl->v[i].path);
		if (!path || !target)
			return err_nomem(e);
		if (symlink(target, path) < 0 && errno != EEXIST)
			return err_errno(e, errno, "cannot make %s", path);
	}
	return 0;
}

int payload_write(const char *dir, const struct payload *pl, int64_t gid, struct err *e)
{
	AUTO_FREE char *data = fs_join(dir, "..data"), *tmp_link = fs_join(dir, "..data_tmp");
	char stamp[32], suffix[11], old[256] = "";
	struct tm tm;
	time_t now = time(NULL);
	int r;

	if (!data || !tmp_link)
		return err_nomem(e);
	r = fs_mkdir_p(dir, 0755, e);
	if (r < 0)
		return r;
	if (unchanged(dir, pl, gid))
		return link_names(dir, pl, e);
	ssize_t n = readlink(data, old, sizeof(old) - 1);
	old[n > 0 ? n : 0] = '\0';
	gmtime_r(&now, &tm);
	strftime(stamp, sizeof(stamp), "%Y_%m_%d_%H_%M_%S", &tm);
	random_suffix(suffix, 10);
	suffix[10] = '\0';
	AUTO_FREE char *name = str_fmt("..%s.%s", stamp, suffix);
	AUTO_FREE char *fresh = name ? fs_join(dir, name) : NULL;
	if (!fresh)
		return err_nomem(e);
	if (mkdir(fresh, 0755) < 0)
		return err_errno(e, errno, "cannot make %s", fresh);
	for (size_t i = 0; r == 0 && i < pl->n; i++)
		r = write_one(fresh, &pl->v[i], gid, e);
	if (r == 0) {
		(void)unlink(tmp_link);
		if (symlink(name, tmp_link) < 0 || rename(tmp_link, data) < 0)
			r = err_errno(e, errno, "cannot make %s", data);
	}
	if (r < 0) {
		(void)fs_rm_rf(fresh, NULL);
		return r;
	}
	r = link_names(dir, pl, e);
	if (old[0] && !strchr(old, '/')) {
		AUTO_FREE char *gone = fs_join(dir, old);
		if (gone)
			(void)fs_rm_rf(gone, NULL);
	}
	return r;
}
