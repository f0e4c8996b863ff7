#include "storage/mounts.h"
#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>
#include "base/fs.h"
#include "base/proc.h"
#include "base/str.h"

#define UMOUNT_MS 60000
#define TABLE_MAX (64u << 20)
#define HOLDERS_MAX 3
#define PIDS_MAX 32768
#define FDS_MAX 4096

/* --- the mount table --- */

/* Of a line of mountinfo, its fifth word, in which the kernel writes odd letters as \ooo. */
static bool line_path(const char *line, const char *end, char *out, size_t cap)
{
	size_t n = 0;

	for (int i = 0; i < 4; i++) {
		const char *space = memchr(line, ' ', (size_t)(end - line));
		if (!space)
			return false;
		line = space + 1;
	}
	for (; line < end && *line != ' ' && n + 1 < cap; line++) {
		if (*line == '\\' && end - line > 3 && line[1] >= '0' && line[1] <= '3') {
			out[n++] = (char)((line[1] - '0') * 64 + (line[2] - '0') * 8 + (line[3] - '0'));
			line += 3;
		} else {
			out[n++] = *line;
		}
	}
	out[n] = '\0';
	return n + 1 < cap;
}

static bool is_below(const char *path, const char *dir)
{
	size_t n = strlen(dir);

	return strncmp(path, dir, n) == 0 && (path[n] == '\0' || path[n] == '/');
}

struct table {
	char **v;
	size_t n;
};

static void table_done(struct table *t)
{
	for (size_t i = 0; i < t->n; i++)
		free(t->v[i]);
	free(t->v);
}

static int table_read(struct table *t, const char *dir, struct err *e)
{
	AUTO_BUF struct buf b = {0};
	char path[PATH_MAX];
	int r = fs_read("/proc/self/mountinfo", TABLE_MAX, &b, e);

	for (char *p = b.data, *end; r == 0 && p && *p; p = *end ? end + 1 : end) {
		end = strchrnul(p, '\n');
		if (!line_path(p, end, path, sizeof(path)) || !is_below(path, dir))
			continue;
		char **v = reallocarray(t->v, t->n + 1, sizeof(*v));
		if (v)
			t->v = v;
		if (!v || !(v[t->n] = str_dup(path)))
			return err_nomem(e);
		t->n++;
	}
	return r;
}

int mounts_at(const char *path, struct err *e)
{
	CLEANUP(table_done) struct table t = {0};
	int r = table_read(&t, path, e);

	for (size_t i = 0; r == 0 && i < t.n; i++)
		if (streq(t.v[i], path))
			return 1;
	return r;
}

int mounts_below(const char *dir, int (*fn)(void *arg, const char *path, struct err *e), void *arg, struct err *e)
{
	CLEANUP(table_done) struct table t = {0};
	int r = table_read(&t, dir, e);

	for (size_t i = t.n; r == 0 && i-- > 0;)
		r = fn(arg, t.v[i], e);
	return r;
}

/* --- making --- */

static int join_options(const json_t *options, bool read_only, struct buf *out, struct err *e)
{
	const json_t *o;
	size_t i;

	if (read_only)
		buf_adds(out, "ro");
	json_array_foreach (options, i, o) {
		const char *s = json_string_value(o);
		if (!s || !*s || strpbrk(s, "\n\t "))
			return err_set(e, ERR_INVALID, "mount option \"%.60s\" is not valid", s ? s : "");
		buf_addf(out, "%s%s", out->len ? "," : "", s);
	}
	return buf_failed(out) ? err_nomem(e) : 0;
}

const char *mounts_nfs_mend(const char *said)
{
	return strstr(said, "No such device") || strstr(said, "unknown filesystem type") ? ": this kernel has no NFS (modprobe nfs)" : "";
}

int mounts_mount(const char *source, const char *target, const char *fs_type, const json_t *options, bool read_only, int timeout_ms, struct err *e)
{
	AUTO_BUF struct buf o = {0};
	int r = mounts_at(target, e);

	if (r != 0)
		return r < 0 ? r : 0;
	if ((r = fs_mkdir_p(target, 0750, e)) < 0 || (r = join_options(options, read_only, &o, e)) < 0)
		return r;
	const char *argv[10] = {"mount"};
	size_t n = 1;
	if (fs_type && *fs_type) {
		argv[n++] = "-t";
		argv[n++] = fs_type;
	}
	if (o.len) {
		argv[n++] = "-o";
		argv[n++] = o.data;
	}
	argv[n++] = "--";
	argv[n++] = source;
	argv[n] = target;
	struct err why = {0};
	r = proc_check(argv, timeout_ms, &why);
	return r < 0 ? err_set(e, r, "cannot mount %s: %s%s", source, why.msg, fs_type && str_has_prefix(fs_type, "nfs") ? mounts_nfs_mend(why.msg) : "") : 0;
}

static int make_place(const char *target, bool dir, struct err *e)
{
	struct stat st;

	if (lstat(target, &st) == 0 && S_ISDIR(st.st_mode) == dir && !S_ISLNK(st.st_mode))
		return 0;
	if (dir)
		return fs_mkdir_p(target, 0750, e);
	AUTO_CLOSE int fd = open(target, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
	return fd < 0 ? err_errno(e, errno, "cannot make %s", target) : 0;
}

int mounts_bind(const char *source, const char *target, bool read_only, struct err *e)
{
	AUTO_CLOSE int fd = open(source, O_PATH | O_CLOEXEC);
	struct stat st;
	char from[48];
	int r;

	if (fd < 0 || fstat(fd, &st) < 0)
		return err_errno(e, errno, "cannot open %s", source);
	r = mounts_at(target, e);
	if (r < 0)
		return r;
	if (r == 0) {
		if ((r = make_place(target, S_ISDIR(st.st_mode), e)) < 0)
			return r;
		snprintf(from, sizeof(from), "/proc/self/fd/%d", fd);
		if (mount(from, target, NULL, MS_BIND, NULL) < 0)
			return err_errno(e, errno, "cannot bind %s at %s", source, target);
	}
	/* Also when it was mounted before: by one who was killed in between. */
	return read_only ? mounts_flags(target, MS_RDONLY, e) : 0;
}

/* --- undoing --- */

static bool links_below(int dir, const char *name, const char *path)
{
	char to[PATH_MAX];
	ssize_t n = readlinkat(dir, name, to, sizeof(to) - 1);

	if (n <= 0)
		return false;
	to[n] = '\0';
	return is_below(to, path);
}

static bool pid_holds(int proc, const char *path)
{
	static const char *const links[] = {"cwd", "root", "exe"};
	unsigned seen = 0;
	bool holds = false;

	for (size_t i = 0; i < ARRAY_LEN(links); i++)
		if (links_below(proc, links[i], path))
			return true;
	int fds = openat(proc, "fd", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	DIR *d = fds >= 0 ? fdopendir(fds) : NULL;
	if (!d) {
		if (fds >= 0)
			close(fds);
		return false;
	}
	for (struct dirent *de; !holds && seen < FDS_MAX && (de = readdir(d)); seen++)
		holds = de->d_name[0] != '.' && links_below(dirfd(d), de->d_name, path);
	closedir(d);
	return holds;
}

void mounts_holders(const char *path, struct buf *out)
{
	unsigned found = 0, seen = 0;
	DIR *d = opendir("/proc");

	if (!d)
		return;
	for (struct dirent *de; found < HOLDERS_MAX && seen < PIDS_MAX && (de = readdir(d));) {
		if (!isdigit((unsigned char)de->d_name[0]))
			continue;
		seen++;
		AUTO_CLOSE int proc = openat(dirfd(d), de->d_name, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
		if (proc < 0 || !pid_holds(proc, path))
			continue;
		char comm[32] = "?";
		AUTO_CLOSE int c = openat(proc, "comm", O_RDONLY | O_CLOEXEC);
		ssize_t n = c >= 0 ? read(c, comm, sizeof(comm) - 1) : -1;
		if (n > 0) {
			comm[n] = '\0';
			comm[strcspn(comm, "\n")] = '\0';
			str_make_utf8(comm);
		}
		buf_addf(out, "%spid %s (%s)", found++ ? ", " : "", de->d_name, comm);
	}
	closedir(d);
}

struct finding {
	const char *path;
	char below[256];
};

static int find_below(void *arg, const char *path, struct err *e)
{
	struct finding *f = arg;

	(void)e;
	if (streq(path, f->path))
		return 0;
	str_copy(f->below, sizeof(f->below), path);
	return 1;
}

static int is_busy(const char *target, struct err *e)
{
	AUTO_BUF struct buf who = {0};
	struct finding f = {.path = target};

	mounts_holders(target, &who);
	if (who.len == 0 && mounts_below(target, find_below, &f, NULL) == 1)
		return err_set(e, -EBUSY, "%s is in use: %s is mounted in it", target, f.below);
	return err_set(e, -EBUSY, "%s is in use%s%s", target, who.len ? " by " : "", who.len ? who.data : "");
}

/* Only what is as it was made: a folder or a file without anything in it. */
static int remove_place(const char *target, struct err *e)
{
	struct stat st;

	if (lstat(target, &st) < 0)
		return errno == ENOENT ? 0 : err_errno(e, errno, "cannot stat %s", target);
	if (S_ISDIR(st.st_mode) ? rmdir(target) < 0 : (S_ISREG(st.st_mode) && st.st_size == 0) || S_ISLNK(st.st_mode) ? unlink(target) < 0 : false)
		return errno == ENOENT ? 0 : err_errno(e, errno, "cannot remove %s", target);
	return 0;
}

static int unmount_network(const char *target, struct err *e)
{
	const char *argv[] = {"umount", "-c", "--", target, NULL};
	int r;

	for (int i = 0; i < 8 && (r = mounts_at(target, e)) != 0; i++) {
		if (r < 0)
			return r;
		if ((r = proc_check(argv, UMOUNT_MS, e)) == ERR_TIMEOUT)
			return err_wrap(e, "cannot unmount %s: its server does not answer", target);
		if (r < 0 && strstr(e ? e->msg : "", "busy"))
			return is_busy(target, e);
		if (r < 0)
			return err_wrap(e, "cannot unmount %s", target);
	}
	return 0;
}

int mounts_unmount(const char *target, bool network, struct err *e)
{
	if (network) {
		int r = unmount_network(target, e);
		return r < 0 ? r : remove_place(target, e);
	}
	while (umount2(target, UMOUNT_NOFOLLOW) == 0)
		;
	if (errno == EBUSY)
		return is_busy(target, e);
	if (errno != EINVAL && errno != ENOENT)
		return err_errno(e, errno, "cannot unmount %s", target);
	return remove_place(target, e);
}

static int detach_one(void *arg, const char *path, struct err *e)
{
	(void)arg;
	/* Gone with one above it, or by somebody else, is as well. */
	if (umount2(path, MNT_DETACH | UMOUNT_NOFOLLOW) < 0 && errno != EINVAL && errno != ENOENT)
		return err_errno(e, errno, "cannot unmount %s", path);
	return 0;
}

int mounts_detach_below(const char *dir, struct err *e) { return mounts_below(dir, detach_one, NULL, e); }
