/*
 * The processes that work for one container beside it: its monitor (conmon) and calls of the OCI runtime under way.
 * They write into the container's folder, so that nobody can remove it before they have ended; and they may outlive the
 * agent that started them.
 */
#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <sys/syscall.h>
#include "base/fs.h"
#include "base/str.h"
#include "node/runtime_internal.h"

#define END_MS 5000 /* for ending by itself, and again after SIGKILL */

static bool is_below(const char *path, const char *dir)
{
	size_t n = strlen(dir);

	return strncmp(path, dir, n) == 0 && path[n] == '/';
}

/* A monitor or runtime with cid as one of its arguments; NULL: with a path of ours. */
static bool works_for(const struct runtime *rt, const char *pid, const char *cid)
{
	char path[64], comm[32];
	const char *base = strrchr(rt->program, '/');
	AUTO_BUF struct buf name = {0}, args = {0};

	base = base ? base + 1 : rt->program;
	snprintf(path, sizeof(path), "/proc/%.20s/comm", pid);
	if (fs_read(path, 64, &name, NULL) < 0 || !name.data)
		return false;
	snprintf(comm, sizeof(comm), "%.*s", (int)strcspn(name.data, "\n"), name.data);
	if (!streq(comm, "conmon") && !streq(comm, "crun") && !streq(comm, "runc") && strncmp(comm, base, 15) != 0)
		return false;
	snprintf(path, sizeof(path), "/proc/%.20s/cmdline", pid);
	if (fs_read(path, 1u << 20, &args, NULL) < 0 || !args.data)
		return false;
	for (const char *p = args.data; p < args.data + args.len; p += strlen(p) + 1)
		if (cid ? streq(p, cid) : is_below(p, rt->run_dir) || is_below(p, rt->data_dir))
			return true;
	return false;
}

static int end_one(const struct runtime *rt, const char *text, const char *cid, struct err *e)
{
	int64_t pid;
	int fd;

	if (str_to_i64(text, 2, INT32_MAX, &pid) < 0)
		return 0;
	AUTO_CLOSE int pidfd = fd = (int)syscall(SYS_pidfd_open, (pid_t)pid, 0);
	struct pollfd p = {.fd = fd, .events = POLLIN};
	/* Looked at after pidfd_open: what is checked is what is waited for. */
	if (pidfd < 0 || !works_for(rt, text, cid))
		return 0;
	if (poll(&p, 1, END_MS) != 0)
		return 0;
	(void)syscall(SYS_pidfd_send_signal, fd, SIGKILL, NULL, 0);
	if (poll(&p, 1, END_MS) != 0)
		return 0;
	return err_set(e, ERR_TIMEOUT, "process %lld, which works for container %.12s, cannot be ended", (long long)pid,
		       cid ? cid : "(unknown)");
}

int runtime_end_monitors(struct runtime *rt, const char *cid, struct err *e)
{
	return monitors_end(rt, cid, true, e);
}

int runtime_end_strays(struct runtime *rt, struct err *e)
{
	return monitors_end(rt, NULL, true, e);
}

int monitors_end(const struct runtime *rt, const char *cid, bool all, struct err *e)
{
	AUTO_FREE char *path = str_fmt("%s/containers/%s/conmon.pid", rt->run_dir, cid ? cid : "");
	AUTO_BUF struct buf text = {0};
	int r = 0;

	if (!path)
		return err_nomem(e);
	if (!all) {
		if (fs_read(path, 32, &text, NULL) < 0 || !text.data)
			return 0;
		text.data[strcspn(text.data, "\n")] = '\0';
		return end_one(rt, text.data, cid, e);
	}
	DIR *d = opendir("/proc");
	if (!d)
		return err_errno(e, errno, "cannot list /proc");
	for (struct dirent *de; r == 0 && (de = readdir(d));)
		if (isdigit((unsigned char)de->d_name[0]) && works_for(rt, de->d_name, cid))
			r = end_one(rt, de->d_name, cid, e);
	closedir(d);
	return r;
}
