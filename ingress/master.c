#include "ingress/master.h"
#include <dirent.h>
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include "base/fs.h"
#include "base/proc.h"
#include "base/str.h"

static int open_pidfd(pid_t pid)
{
	return (int)syscall(SYS_pidfd_open, pid, 0); /* CLOEXEC from birth */
}

/* Of pid, which must be held by a descriptor: is it an nginx of this directory, and is it a master? */
static bool is_nginx_of(pid_t pid, const struct stat *dir, bool *master)
{
	char path[64];
	struct stat cwd;
	AUTO_BUF struct buf comm = {0};
	AUTO_BUF struct buf cmdline = {0};

	(void)snprintf(path, sizeof(path), "/proc/%d/cwd", (int)pid);
	if (stat(path, &cwd) < 0 || cwd.st_dev != dir->st_dev || cwd.st_ino != dir->st_ino)
		return false;
	(void)snprintf(path, sizeof(path), "/proc/%d/comm", (int)pid);
	if (fs_read(path, 64, &comm, NULL) < 0 || !comm.len || !streq(comm.data, "nginx\n"))
		return false;
	(void)snprintf(path, sizeof(path), "/proc/%d/cmdline", (int)pid);
	if (fs_read(path, 65536, &cmdline, NULL) < 0)
		return false;
	*master = cmdline.len && str_has_prefix(cmdline.data, "nginx: master process");
	return true;
}

/* Calls fn for each nginx of run_dir until it returns true (then the descriptor is the callee's). */
static void each_nginx(const char *run_dir, bool (*fn)(void *arg, pid_t pid, int pidfd, bool master), void *arg)
{
	struct stat dir;
	DIR *d = stat(run_dir, &dir) == 0 ? opendir("/proc") : NULL;
	struct dirent *ent;
	bool done = false;

	while (d && !done && (ent = readdir(d))) {
		int64_t pid;
		bool master;
		if (str_to_i64(ent->d_name, 1, INT32_MAX, &pid) < 0 || pid == getpid())
			continue;
		/* Held before it is looked at: the number cannot mean another process by then. */
		AUTO_CLOSE int fd = open_pidfd((pid_t)pid);
		if (fd < 0 || !is_nginx_of((pid_t)pid, &dir, &master))
			continue;
		if (fn(arg, (pid_t)pid, fd, master)) {
			fd = -1;
			done = true;
		}
	}
	if (d)
		(void)closedir(d);
}

static bool is_of(pid_t pid, uid_t uid)
{
	AUTO_BUF struct buf status = {0};
	char path[64];
	unsigned is;

	(void)snprintf(path, sizeof(path), "/proc/%d/status", (int)pid);
	if (fs_read(path, 65536, &status, NULL) < 0 || !status.len)
		return false;
	const char *line = strstr(status.data, "\nUid:");
	return line && sscanf(line, "\nUid: %u", &is) == 1 && is == uid;
}

struct search {
	struct master m;
	uid_t uid;
};
static bool take_master(void *arg, pid_t pid, int pidfd, bool master)
{
	struct search *s = arg;

	if (!master || (s->uid != MASTER_ANYBODY && !is_of(pid, s->uid)))
		return false;
	s->m.pid = pid;
	s->m.pidfd = pidfd;
	return true;
}

int master_find(struct master *ret, const char *run_dir, uid_t uid, struct err *e)
{
	struct search s = {MASTER_NONE, uid};

	if (!fs_exists("/proc/self/cwd"))
		return err_set(e, ERR_UNAVAILABLE, "/proc is not mounted");
	each_nginx(run_dir, take_master, &s);
	*ret = s.m;
	return 0;
}

struct sweep {
	int sig;
	size_t n;
};
static bool sweep_one(void *arg, pid_t pid UNUSED, int pidfd, bool master UNUSED)
{
	struct sweep *s = arg;

	if (!s->sig || syscall(SYS_pidfd_send_signal, pidfd, s->sig, NULL, 0) == 0)
		s->n++;
	return false;
}

size_t master_sweep(const char *run_dir, int sig)
{
	struct sweep s = {sig, 0};

	each_nginx(run_dir, sweep_one, &s);
	return s.n;
}

const char *const master_env[] = {"PATH=/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL=C", NULL};

int master_start(struct master *ret, const char *const *argv, const char *run_dir, int log_fd, struct err *e)
{
	const struct proc_spec spec = {.argv = argv,
				       .envp = master_env,
				       .cwd = run_dir,
				       .stdin_fd = -1,
				       .stdout_fd = log_fd,
				       .stderr_fd = log_fd,
				       .new_session = true};
	struct master m = MASTER_NONE;

	int r = proc_spawn(&spec, &m.pid, e);
	if (r < 0)
		return r;
	m.pidfd = open_pidfd(m.pid);
	if (m.pidfd < 0) {
		r = err_errno(e, errno, "cannot watch nginx");
		(void)kill(m.pid, SIGKILL); /* our child, not reaped yet: the number is its own */
		(void)waitpid(m.pid, NULL, 0);
		return r;
	}
	*ret = m;
	return 0;
}

bool master_wait(const struct master *m, int timeout_ms)
{
	struct pollfd p = {.fd = m->pidfd, .events = POLLIN};

	return m->pidfd < 0 || poll(&p, 1, timeout_ms) > 0;
}
bool master_alive(const struct master *m)
{
	return m->pidfd >= 0 && !master_wait(m, 0);
}

int master_signal(const struct master *m, int sig, struct err *e)
{
	if (syscall(SYS_pidfd_send_signal, m->pidfd, sig, NULL, 0) < 0)
		return err_errno(e, errno, "cannot signal nginx (pid %d)", (int)m->pid);
	return 0;
}

void master_done(struct master *m)
{
	if (m->pidfd >= 0)
		(void)close(m->pidfd);
	*m = (struct master)MASTER_NONE;
}
