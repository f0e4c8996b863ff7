/*
 * RUN_DIR/net/cni/UID.lock. Plug-ins inherit it: one that a killed minik left behind holds it for as long as it lives,
 * and must not be crossed by a DEL. Something that it started and left running may hold it for ever, so it counts for
 * twice the time that a plug-in has.
 */
#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>
#include "base/fs.h"
#include "base/proc.h"
#include "base/str.h"
#include "net/cni_internal.h"

#define END_MS 5000

static char *path_of(const struct cni *c, const char *uid)
{
	return str_fmt("%s/net/cni/%s.lock", c->run_dir, uid);
}

/* Kills who has the file open where plug-ins have it. A number is opened before it is looked at, so it cannot change
 * hands. */
static void kill_holder(const char *pid_text, const struct stat *lock)
{
	AUTO_FREE char *path = str_fmt("/proc/%s/fd/%d", pid_text, PROC_KEPT_FD);
	struct stat st;
	int64_t pid;
	if (!path || str_to_i64(pid_text, 1, INT32_MAX, &pid) < 0 || pid == getpid())
		return;
	AUTO_CLOSE int fd = (int)syscall(SYS_pidfd_open, (pid_t)pid, 0);
	if (fd < 0 || stat(path, &st) < 0 || st.st_dev != lock->st_dev || st.st_ino != lock->st_ino)
		return;
	struct pollfd end = {.fd = fd, .events = POLLIN};
	if (syscall(SYS_pidfd_send_signal, fd, SIGKILL, NULL, 0) == 0)
		(void)poll(&end, 1, END_MS);
}

static void kill_holders(int lock)
{
	struct stat st;
	DIR *d = opendir("/proc");
	if (!d)
		return;
	if (fstat(lock, &st) == 0)
		for (struct dirent *de; (de = readdir(d));)
			if (isdigit((unsigned char)de->d_name[0]))
				kill_holder(de->d_name, &st);
	closedir(d);
}

static int held(const struct cni *c, int fd, const char *path, struct err *e)
{
	struct timespec now;
	struct stat st;
	if (c->hurry) {
		kill_holders(fd);
		if (flock(fd, LOCK_EX | LOCK_NB) == 0)
			return 0;
	}
	if (fstat(fd, &st) < 0 || clock_gettime(CLOCK_REALTIME, &now) < 0)
		return err_errno(e, errno, "cannot look at %s", path);
	if (now.tv_sec < st.st_mtime || now.tv_sec - st.st_mtime >= 2 * c->timeout_ms / 1000)
		return 0;
	return err_set(e, ERR_UNAVAILABLE, "a CNI plug-in of an earlier start still works on this pod");
}

int cni_lock(const struct cni *c, const char *uid, int *ret_fd, struct err *e)
{
	AUTO_FREE char *dir = fs_join(c->run_dir, "net/cni"), *path = path_of(c, uid);
	if (!dir || !path)
		return err_nomem(e);
	int code = fs_mkdir_p(dir, 0755, e);
	if (code < 0)
		return code;
	AUTO_CLOSE int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (fd < 0)
		return err_errno(e, errno, "cannot open %s", path);
	if (flock(fd, LOCK_EX | LOCK_NB) < 0) {
		if (errno != EWOULDBLOCK)
			return err_errno(e, errno, "cannot lock %s", path);
		if ((code = held(c, fd, path, e)) < 0)
			return code;
	}
	/* When its present holder began. */
	if (futimens(fd, NULL) < 0)
		return err_errno(e, errno, "%s", path);
	*ret_fd = TAKE_FD(fd);
	return 0;
}

void cni_lock_remove(const struct cni *c, const char *uid)
{
	AUTO_FREE char *path = path_of(c, uid);
	if (path)
		(void)unlink(path);
}
