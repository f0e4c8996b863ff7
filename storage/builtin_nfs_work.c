/*
 * The process in which minik.io/nfs touches a server. It has one thread and a mount namespace of its own: killed at any
 * moment, by a time limit or with minik, it leaves no mount. What it leaves on the share is found by the next one:
 * marks are made before directories and removed after them.
 */
#include <errno.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>
#include "base/fs.h"
#include "base/proc.h"
#include "base/str.h"
#include "storage/builtin_local.h"
#include "storage/builtin_nfs.h"
#include "storage/mounts.h"
#include "wire/cert.h"

#define REQUEST_MAX (64 << 10)
#define MARK_MAX    2048
#define DIR_FLAGS   (O_RDONLY | O_DIRECTORY | O_CLOEXEC)

struct job {
	const char *op, *dir, *server, *share, *sub, *name, *options, *on_delete, *from;
	mode_t mode;
	int top, marks;      /* of the share; .minik/marks */
	char *trash, *fresh; /* paths of .minik/trash/NAME and .minik/new/NAME */
};

/* Below the share whatever lies there: a link that a pod has put into a directory leads nowhere. -errno. */
static int open_below(int at, const char *path, int flags)
{
	const struct open_how how = {.flags = (uint64_t)flags | O_CLOEXEC,
				     .resolve = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS | RESOLVE_NO_MAGICLINKS};
	long fd;

	/* EAGAIN: something was renamed meanwhile, and the kernel could not tell that we stayed below. */
	for (int i = 0; (fd = syscall(SYS_openat2, at, path, &how, sizeof(how))) < 0 &&
			(errno == EAGAIN || errno == EINTR) && i < 100;
	     i++)
		;
	return fd < 0 ? -errno : (int)fd;
}

static int mount_share(struct job *j, struct err *e)
{
	bool six = strchr(j->server, ':') && j->server[0] != '[';
	AUTO_FREE char *source = six ? str_fmt("[%s]:%s", j->server, j->share) : str_fmt("%s:%s", j->server, j->share);

	if (!source)
		return err_nomem(e);
	int r = fs_mkdir_p(j->dir, 0700, e);
	if (r < 0)
		return r;
	if (unshare(CLONE_NEWNS) < 0 || mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) < 0)
		return err_errno(e, errno, "cannot have a mount namespace");
	const char *argv[] = {"mount.nfs", source, j->dir, "-o", j->options, NULL};
	struct err why = {0};
	if ((r = proc_check(argv, 0, &why)) < 0)
		return err_set(e, ERR_UNAVAILABLE, "cannot mount %.200s: %.200s%s", source, why.msg, mounts_nfs_mend(why.msg));
	if ((j->top = open(j->dir, DIR_FLAGS)) < 0)
		return err_errno(e, errno, "cannot open %s", source);
	return 0;
}

/* Directories that are ours, on the share. */
static int make_private(struct job *j, struct err *e)
{
	static const char *const dirs[] = {NFS_PRIVATE, NFS_PRIVATE "/marks", NFS_PRIVATE "/new", NFS_PRIVATE "/trash"};

	for (size_t i = 0; i < ARRAY_LEN(dirs); i++)
		if (mkdirat(j->top, dirs[i], 0700) < 0 && errno != EEXIST)
			return err_errno(e, errno,
					 "cannot create %s:%s/%s: the share must be writable for this machine",
					 j->server, j->share, dirs[i]);
	if ((j->marks = open_below(j->top, NFS_PRIVATE "/marks", DIR_FLAGS)) < 0)
		return err_errno(e, -j->marks, "cannot open %s:%s/%s/marks", j->server, j->share, NFS_PRIVATE);
	j->trash = str_fmt("%s/" NFS_PRIVATE "/trash/%s", j->dir, j->name);
	j->fresh = str_fmt("%s/" NFS_PRIVATE "/new/%s", j->dir, j->name);
	return j->trash && j->fresh ? 0 : err_nomem(e);
}

/* --- marks --- */

/* out: the owner's name, "" of a directory that has volumes below. ERR_NOT_FOUND: nobody's. */
static int mark_read(const struct job *j, const char *sub, char hash[65], char out[MARK_MAX], struct err *e)
{
	if (sha256_hex(sub, strlen(sub), hash) < 0)
		return err_nomem(e);
	AUTO_CLOSE int fd = open_below(j->marks, hash, O_RDONLY | O_NOFOLLOW);
	if (fd < 0)
		return fd == -ENOENT ? ERR_NOT_FOUND : err_errno(e, -fd, "cannot read the mark of %s", sub);
	ssize_t n = read(fd, out, MARK_MAX - 1);
	if (n < 0)
		return err_errno(e, errno, "cannot read the mark of %s", sub);
	out[n] = 0;
	out[strcspn(out, "\n")] = 0;
	return 0;
}

/* owner "": volumes lie below. Whole or not at all, and only where there is none: by a link. ERR_EXISTS: somebody
 * else's. */
static int mark_make(const struct job *j, const char *sub, const char *owner, struct err *e)
{
	char hash[65], has[MARK_MAX], tmp[300];
	int r = mark_read(j, sub, hash, has, e);

	if (r == ERR_NOT_FOUND) {
		AUTO_FREE char *text = str_fmt("%s\n%s\n", owner, sub);
		if (!text)
			return err_nomem(e);
		(void)snprintf(tmp, sizeof(tmp), "tmp.%s", j->name);
		AUTO_CLOSE int fd = open_below(j->marks, tmp, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW);
		if (fd < 0)
			return err_errno(e, -fd, "cannot mark %s", sub);
		if (fchmod(fd, 0600) < 0 || write(fd, text, strlen(text)) != (ssize_t)strlen(text) || fsync(fd) < 0)
			return err_errno(e, errno ? errno : EIO, "cannot mark %s", sub);
		r = linkat(j->marks, tmp, j->marks, hash, 0) < 0 ? -errno : 0;
		(void)unlinkat(j->marks, tmp, 0);
		if (r < 0 && r != -EEXIST)
			return err_errno(e, -r, "cannot mark %s", sub);
		/* An answer that was lost and asked for again looks like one that came too late: what is there counts.
		 */
		r = mark_read(j, sub, hash, has, e);
	}
	if (r < 0)
		return r == ERR_NOT_FOUND ? err_set(e, ERR_AGAIN, "the mark of %s went meanwhile", sub) : r;
	if (streq(has, owner))
		return 0;
	if (!*has)
		return err_set(e, ERR_EXISTS, "%s:%s/%s has volumes below it (" NFS_PRIVATE "/marks/%.16s... says so)",
			       j->server, j->share, sub, hash);
	return err_set(e, ERR_EXISTS, "%s:%s/%s is volume %.100s", j->server, j->share, sub, has);
}

static int mark_drop(const struct job *j, struct err *e)
{
	char hash[65], tmp[300];

	if (sha256_hex(j->sub, strlen(j->sub), hash) < 0)
		return err_nomem(e);
	(void)snprintf(tmp, sizeof(tmp), "tmp.%s", j->name);
	if (unlinkat(j->marks, tmp, 0) < 0 && errno != ENOENT)
		return err_errno(e, errno, "cannot remove what is left of the mark of %s", j->sub);
	return unlinkat(j->marks, hash, 0) < 0 && errno != ENOENT
		   ? err_errno(e, errno, "cannot remove the mark of %s", j->sub)
		   : 0;
}

/* All directories above the volume are marked as such, so that none of them becomes a volume that contains others. */
static int mark_all(const struct job *j, struct err *e)
{
	for (const char *s = strchr(j->sub, '/'); s; s = strchr(s + 1, '/')) {
		AUTO_FREE char *above = str_ndup(j->sub, (size_t)(s - j->sub));
		int r = above ? mark_make(j, above, "", e) : err_nomem(e);
		if (r < 0)
			return r;
	}
	return mark_make(j, j->sub, j->name, e);
}

/* --- directories --- */

/* The directory above the volume, made when it is not there and make is set. *ret_last points into sub. -ENOENT
 * quietly. */
static int open_parent(const struct job *j, bool make, int *ret_fd, const char **ret_last, struct err *e)
{
	AUTO_CLOSE int fd = open_below(j->top, ".", DIR_FLAGS);
	const char *s = j->sub, *slash;

	for (; fd >= 0 && (slash = strchr(s, '/')); s = slash + 1) {
		AUTO_FREE char *part = str_ndup(s, (size_t)(slash - s));
		if (!part)
			return err_nomem(e);
		if (make && mkdirat(fd, part, 0755) < 0 && errno != EEXIST)
			return err_errno(e, errno, "cannot create %s:%s/%.*s", j->server, j->share,
					 (int)(slash - j->sub), j->sub);
		int next = open_below(fd, part, DIR_FLAGS);
		(void)close(fd);
		fd = next;
	}
	if (fd == -ENOENT)
		return -ENOENT;
	if (fd < 0)
		return err_errno(e, -fd, "cannot open the directory above %s:%s/%s", j->server, j->share, j->sub);
	*ret_fd = TAKE_FD(fd);
	*ret_last = s;
	return 0;
}

static int make_copy(const struct job *j, int parent, const char *last, struct err *e)
{
	AUTO_CLOSE int from = open_below(j->top, j->from, DIR_FLAGS);
	char path[64];

	if (from < 0)
		return from == -ENOENT ? err_set(e, ERR_NOT_FOUND, "%s:%s/%s, to be copied, is not there", j->server,
						 j->share, j->from)
				       : err_errno(e, -from, "cannot open %s:%s/%s", j->server, j->share, j->from);
	int r = fs_rm_rf(j->fresh, e); /* of one that was killed */
	if (r < 0)
		return r;
	if (mkdir(j->fresh, 0700) < 0)
		return err_errno(e, errno, "cannot create %s", j->fresh);
	/* By the descriptor: what the path leads to may be exchanged. "/." because the last part must not be a link. */
	(void)snprintf(path, sizeof(path), "/proc/self/fd/%d/.", from);
	if ((r = local_copy_tree(path, j->fresh, e)) < 0)
		return r;
	if (renameat(AT_FDCWD, j->fresh, parent, last) < 0)
		return err_errno(e, errno, "cannot move the copy to %s:%s/%s", j->server, j->share, j->sub);
	return 0;
}

static int create(struct job *j, struct err *e)
{
	AUTO_CLOSE int parent = -1, fd = -1;
	const char *last = NULL;
	char hash[65], has[MARK_MAX];
	struct stat st;

	int r = mark_read(j, j->sub, hash, has, e);
	if (r < 0 && r != ERR_NOT_FOUND)
		return r;
	/* What is there already and nobody's is taken as it is (kept, or made by hand), but nothing is copied into it.
	 */
	if (r == ERR_NOT_FOUND && j->from && fstatat(j->top, j->sub, &st, AT_SYMLINK_NOFOLLOW) == 0)
		return err_set(e, ERR_EXISTS, "%s:%s/%s is there already: nothing is copied into it", j->server,
			       j->share, j->sub);
	if ((r = mark_all(j, e)) < 0 || (r = open_parent(j, true, &parent, &last, e)) < 0)
		return r == -ENOENT ? err_set(e, ERR_AGAIN, "the directory above %s went meanwhile", j->sub) : r;
	if (j->from && fstatat(parent, last, &st, AT_SYMLINK_NOFOLLOW) < 0)
		return make_copy(j, parent, last, e);
	if (!j->from && mkdirat(parent, last, 0777) < 0 && errno != EEXIST) {
		r = errno == ENOSPC || errno == EDQUOT
			? err_set(e, ERR_TOO_MANY, "no space left on %s:%s", j->server, j->share)
			: err_errno(e, errno, "cannot create %s:%s/%s", j->server, j->share, j->sub);
		return r;
	}
	if ((fd = open_below(parent, last, DIR_FLAGS)) < 0)
		return err_set(e, ERR_EXISTS, "%s:%s/%s is there and is no directory (%s)", j->server, j->share, j->sub,
			       strerror(-fd));
	if (j->mode && !j->from && fchmod(fd, j->mode) < 0)
		return err_errno(e, errno, "cannot set the mode of %s:%s/%s", j->server, j->share, j->sub);
	return 0;
}

/* archived-SUBDIR.NAME at the top: names of volumes never come again. */
static int archive(const struct job *j, int parent, const char *last, struct err *e)
{
	AUTO_FREE char *to = str_fmt("archived-%s.%s", j->sub, j->name);

	if (!to)
		return err_nomem(e);
	for (char *s = to; *s; s++)
		*s = *s == '/' ? '-' : *s;
	/* A file's name has 255 bytes; what tells it apart is at its end. */
	const char *name = strlen(to) > 255 ? to + strlen(to) - 255 : to;
	if (renameat(parent, last, j->top, name) < 0 && errno != ENOENT)
		return err_errno(e, errno, "cannot rename %s:%s/%s to %s", j->server, j->share, j->sub, name);
	return 0;
}

static int remove_dir(const struct job *j, struct err *e)
{
	AUTO_CLOSE int parent = -1;
	const char *last = NULL;
	int r = open_parent(j, false, &parent, &last, e);

	if (r == -ENOENT)
		return fs_rm_rf(j->trash, e);
	if (r < 0)
		return r;
	if (streq(j->on_delete, "archive"))
		return archive(j, parent, last, e);
	/* Of one that was killed: the place must be free. Then out of everybody's sight at once, and what takes time
	 * afterwards. */
	if ((r = fs_rm_rf(j->trash, e)) < 0)
		return r;
	if (renameat(parent, last, AT_FDCWD, j->trash) < 0 && errno != ENOENT)
		return err_errno(e, errno, "cannot remove %s:%s/%s", j->server, j->share, j->sub);
	return fs_rm_rf(j->trash, e);
}

static int delete (struct job *j, struct err *e)
{
	char hash[65], has[MARK_MAX];
	int r = mark_read(j, j->sub, hash, has, e);

	/* The mark is the last to go. Without ours nothing there is this volume's. */
	if (r == ERR_NOT_FOUND || (r == 0 && !streq(has, j->name)))
		return 0;
	if (r < 0 || (r = fs_rm_rf(j->fresh, e)) < 0)
		return r;
	if (!streq(j->on_delete, "retain") && (r = remove_dir(j, e)) < 0)
		return r;
	return mark_drop(j, e);
}

/* --- the process --- */

static const char *code_of(int r)
{
	switch (r) {
	case ERR_INVALID:
		return "INVALID_ARGUMENT";
	case ERR_EXISTS:
		return "ALREADY_EXISTS";
	case ERR_NOT_FOUND:
		return "NOT_FOUND";
	case ERR_TOO_MANY:
	case -ENOSPC:
	case -EDQUOT:
		return "RESOURCE_EXHAUSTED";
	case ERR_FORBIDDEN:
	case -EACCES:
	case -EPERM:
	case -EROFS:
		return "PERMISSION_DENIED";
	case ERR_AGAIN:
		return "ABORTED";
	default: /* a server that is away, an error in the midst of it: to be asked again */
		return "UNAVAILABLE";
	}
}

static int job_read(struct job *j, json_t **ret, struct err *e)
{
	AUTO_BUF struct buf in = {0};
	AUTO_JSON json_t *v = NULL;
	int r = fs_read("/dev/stdin", REQUEST_MAX, &in, e);

	if (r < 0 || (r = json_parse(in.data, in.len, &v, e)) < 0)
		return r;
	*j = (struct job){.op = json_str_or(v, "op", ""),
			  .dir = json_str_or(v, "dir", ""),
			  .server = json_str_or(v, "server", ""),
			  .share = json_str_or(v, "share", ""),
			  .sub = json_str_or(v, "subDir", ""),
			  .name = json_str_or(v, "name", ""),
			  .options = json_str_or(v, "options", ""),
			  .on_delete = json_str_or(v, "onDelete", ""),
			  .from = json_str(v, "from"),
			  .mode = (mode_t)json_int_or(v, "mode", 0),
			  .top = -1,
			  .marks = -1};
	*ret = TAKE_PTR(v);
	return 0;
}

int nfs_work_main(void)
{
	AUTO_JSON json_t *request = NULL;
	struct err e = {0};
	struct job j = {.top = -1, .marks = -1};

	if (prctl(PR_SET_PDEATHSIG, SIGKILL) < 0)
		return 1;
	(void)umask(0);
	int r = job_read(&j, &request, &e);
	/* Who asked is gone before that was set: so is what it wanted to know. */
	if (r == 0 && getppid() != (pid_t)json_int_or(request, "parent", -1))
		return 1;
	if (r == 0)
		r = mount_share(&j, &e);
	if (r == 0)
		r = make_private(&j, &e);
	if (r == 0)
		r = streq(j.op, "create")   ? create(&j, &e)
		    : streq(j.op, "delete") ? delete (&j, &e)
					    : err_set(&e, ERR_INVALID, "no operation \"%.40s\"", j.op);
	if (j.marks >= 0)
		(void)close(j.marks);
	if (j.top >= 0)
		(void)close(j.top);
	free(j.trash);
	free(j.fresh);
	if (r == 0) {
		puts("{}");
		return 0;
	}
	AUTO_JSON json_t *answer = json_pack("{s:{s:s,s:s}}", "error", "code", code_of(r), "message", e.msg);
	AUTO_BUF struct buf out = {0};
	if (answer)
		json_encode_buf(answer, &out);
	if (out.len)
		puts(out.data);
	return 1;
}
