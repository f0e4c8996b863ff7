#include "base/proc.h"
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdbool.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include "base/clock.h"
#include "base/str.h"

#define MAX_FDS    32
#define MAX_TARGET 256
#define MAX_READS  128 /* times 8 KiB: the largest pipe */

struct spawn_plan {
	posix_spawn_file_actions_t actions;
	posix_spawnattr_t attr;
	int dups[MAX_FDS + 3];
	size_t n_dups;
};

/*
 * Sources are first duplicated above every target number: then no dup2 in the child can overwrite
 * the source of a later one.
 */
static int plan_fd(struct spawn_plan *p, int source, int target, int above)
{
	int fd;

	if (source < 0)
		return posix_spawn_file_actions_addopen(&p->actions, target, "/dev/null", O_RDWR, 0);
	fd = fcntl(source, F_DUPFD_CLOEXEC, above);
	if (fd < 0)
		return errno;
	p->dups[p->n_dups++] = fd;
	return posix_spawn_file_actions_adddup2(&p->actions, fd, target);
}

static bool is_target(const struct proc_spec *s, int fd)
{
	for (size_t i = 0; i < s->n_fds; i++)
		if (s->fds[i].child == fd)
			return true;
	return false;
}

static int plan_files(struct spawn_plan *p, const struct proc_spec *s)
{
	int above = 3, r;

	for (size_t i = 0; i < s->n_fds; i++)
		if (s->fds[i].child >= MAX_TARGET)
			return EBADF;
		else if (s->fds[i].child >= above)
			above = s->fds[i].child + 1;
	r = s->cwd ? posix_spawn_file_actions_addchdir_np(&p->actions, s->cwd) : 0;
	r = r ? r : plan_fd(p, s->stdin_fd, 0, above);
	r = r ? r : plan_fd(p, s->stdout_fd, 1, above);
	r = r ? r : plan_fd(p, s->stderr_fd, 2, above);
	for (size_t i = 0; !r && i < s->n_fds; i++)
		r = plan_fd(p, s->fds[i].parent, s->fds[i].child, above);
	/* Descriptors of ours are CLOEXEC; a library's may not be. */
	for (int fd = 3; !r && fd < above; fd++)
		if (!is_target(s, fd))
			r = posix_spawn_file_actions_addclose(&p->actions, fd);
	return r ? r : posix_spawn_file_actions_addclosefrom_np(&p->actions, above);
}

static int plan_attr(struct spawn_plan *p, bool new_session)
{
	sigset_t none, all;
	int r;

	(void)sigemptyset(&none);
	(void)sigfillset(&all);
	(void)sigdelset(&all, SIGKILL);
	(void)sigdelset(&all, SIGSTOP);
	r = posix_spawnattr_setsigmask(&p->attr, &none);
	r = r ? r : posix_spawnattr_setsigdefault(&p->attr, &all);
	return r ? r
		 : posix_spawnattr_setflags(&p->attr, (short)(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF |
							      (new_session ? POSIX_SPAWN_SETSID : 0)));
}

int proc_spawn(const struct proc_spec *s, pid_t *ret_pid, struct err *e)
{
	struct spawn_plan p = {.n_dups = 0};
	pid_t pid = -1;
	int r;

	if (s->n_fds > MAX_FDS)
		return err_set(e, -EINVAL, "too many descriptors for %s", s->argv[0]);
	r = posix_spawn_file_actions_init(&p.actions);
	if (r)
		return err_errno(e, r, "cannot start %s", s->argv[0]);
	r = posix_spawnattr_init(&p.attr);
	if (r) {
		(void)posix_spawn_file_actions_destroy(&p.actions);
		return err_errno(e, r, "cannot start %s", s->argv[0]);
	}
	r = plan_files(&p, s);
	r = r ? r : plan_attr(&p, s->new_session);
	r = r ? r
	      : posix_spawnp(&pid, s->argv[0], &p.actions, &p.attr, (char *const *)s->argv,
			     s->envp ? (char *const *)s->envp : environ);
	for (size_t i = 0; i < p.n_dups; i++)
		(void)close(p.dups[i]);
	(void)posix_spawnattr_destroy(&p.attr);
	(void)posix_spawn_file_actions_destroy(&p.actions);
	if (r)
		return err_errno(e, r, "cannot start %s", s->argv[0]);
	*ret_pid = pid;
	return 0;
}

/* The child's input as a file: no pipe to feed while its output is read. */
static int input_file(const void *input, size_t n, int *ret, struct err *e)
{
	AUTO_CLOSE int fd = memfd_create("input", MFD_CLOEXEC);
	const char *p = input;

	if (fd < 0)
		return err_errno(e, errno, "cannot make a memory file");
	while (n > 0) {
		ssize_t k = write(fd, p, n);

		if (k < 0 && errno == EINTR)
			continue;
		if (k < 0)
			return err_errno(e, errno, "cannot fill a memory file");
		p += k;
		n -= (size_t)k;
	}
	if (lseek(fd, 0, SEEK_SET) < 0)
		return err_errno(e, errno, "cannot rewind a memory file");
	*ret = TAKE_FD(fd);
	return 0;
}

struct capture {
	int fd;
	struct buf *to; /* may be NULL */
	size_t room;
	bool over; /* there was more than room */
};

/* Reads what is there, within a bound: a child that never stops writing must not hold us. False at the end of file. */
static bool capture_read(struct capture *c)
{
	char tmp[8192];

	for (int i = 0; i < MAX_READS; i++) {
		ssize_t n = read(c->fd, tmp, sizeof tmp);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0 && errno == EAGAIN)
			return true;
		if (n <= 0)
			return false;
		if (c->to) {
			size_t k = (size_t)n < c->room ? (size_t)n : c->room;

			buf_add(c->to, tmp, k);
			c->room -= k;
			c->over |= k < (size_t)n;
		}
	}
	return true;
}

/* Until the child has exited or time is over, or it has said too much, or we are to stop. 0, -ETIMEDOUT, -E2BIG, -ECANCELED or another -errno. */
static int watch_child(int pidfd, struct capture caps[2], int stop_fd, int timeout_ms, bool strict)
{
	int64_t deadline = clock_mono_ms(clock_real()) + timeout_ms;

	for (;;) {
		struct pollfd pf[4] = {{.fd = pidfd, .events = POLLIN},
				       {.fd = caps[0].fd, .events = POLLIN},
				       {.fd = caps[1].fd, .events = POLLIN},
				       {.fd = stop_fd, .events = POLLIN}};
		int64_t left = timeout_ms > 0 ? deadline - clock_mono_ms(clock_real()) : -1;
		int n;

		if (timeout_ms > 0 && left <= 0)
			return -ETIMEDOUT;
		n = poll(pf, 4, (int)left);
		if (n < 0 && errno != EINTR)
			return -errno;
		if (n <= 0)
			continue;
		for (int i = 0; i < 2; i++)
			if (pf[i + 1].revents && !capture_read(&caps[i]))
				(void)close(TAKE_FD(caps[i].fd));
		if (strict && (caps[0].over || caps[1].over))
			return -E2BIG;
		if (pf[0].revents) {
			/* Not until end of file: a grandchild that goes on may hold the pipe. */
			for (int i = 0; i < 2; i++)
				if (caps[i].fd >= 0)
					(void)capture_read(&caps[i]);
			return strict && (caps[0].over || caps[1].over) ? -E2BIG : 0;
		}
		if (pf[3].revents)
			return -ECANCELED;
	}
}

static int reap(pid_t pid, int *ret_exit, struct err *e)
{
	int status;
	pid_t r;

	do
		r = waitpid(pid, &status, 0);
	while (r < 0 && errno == EINTR);
	if (r < 0)
		return err_errno(e, errno, "cannot wait for process %d", (int)pid);
	*ret_exit = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
	return 0;
}

int proc_call(const struct proc_call *c, int *ret_exit, struct err *e)
{
	AUTO_CLOSE int in = -1, out_r = -1, out_w = -1, err_r = -1, err_w = -1, pidfd = -1;
	struct capture caps[2];
	const struct proc_fd kept = {c->keep_fd, PROC_KEPT_FD};
	struct proc_spec spec = {.argv = c->argv, .envp = c->envp, .cwd = c->cwd, .new_session = true};
	int pipes[2], r, watch;
	pid_t pid;

	if (c->keep_fd > 0) {
		spec.fds = &kept;
		spec.n_fds = 1;
	}
	if (c->input) {
		r = input_file(c->input, c->input_len, &in, e);
		if (r < 0)
			return r;
	}
	if (pipe2(pipes, O_CLOEXEC) < 0)
		return err_errno(e, errno, "cannot make a pipe");
	out_r = pipes[0];
	out_w = pipes[1];
	if (pipe2(pipes, O_CLOEXEC) < 0)
		return err_errno(e, errno, "cannot make a pipe");
	err_r = pipes[0];
	err_w = pipes[1];
	if (fcntl(out_r, F_SETFL, O_NONBLOCK) < 0 || fcntl(err_r, F_SETFL, O_NONBLOCK) < 0)
		return err_errno(e, errno, "cannot make a pipe non-blocking");
	spec.stdin_fd = in;
	spec.stdout_fd = out_w;
	spec.stderr_fd = err_w;
	r = proc_spawn(&spec, &pid, e);
	if (r < 0)
		return r;
	(void)close(TAKE_FD(out_w));
	(void)close(TAKE_FD(err_w));
	caps[0] = (struct capture){.fd = TAKE_FD(out_r), .to = c->out, .room = c->max_output};
	caps[1] = (struct capture){.fd = TAKE_FD(err_r), .to = c->errout, .room = c->max_output};
	pidfd = (int)syscall(SYS_pidfd_open, pid, 0);
	watch = pidfd < 0 ? -errno : watch_child(pidfd, caps, c->stop_fd > 0 ? c->stop_fd : -1, c->timeout_ms, c->strict);
	if (watch < 0) {
		(void)kill(-pid, SIGKILL); /* its whole session */
		(void)kill(pid, SIGKILL);
	}
	r = reap(pid, ret_exit, e);
	for (int i = 0; i < 2; i++)
		if (caps[i].fd >= 0)
			(void)close(caps[i].fd);
	if (r < 0)
		return r;
	if (watch == -ETIMEDOUT)
		return err_set(e, ERR_TIMEOUT, "%s did not end within %d ms and was killed", c->argv[0],
			       c->timeout_ms);
	if (watch == -ECANCELED)
		return err_set(e, ERR_CANCELED, "%s was killed: minik ends", c->argv[0]);
	if (watch == -E2BIG)
		return err_set(e, ERR_TOO_LARGE, "%s said more than %zu bytes and was killed", c->argv[0],
			       c->max_output);
	if (watch < 0)
		return err_errno(e, -watch, "cannot watch %s", c->argv[0]);
	if ((c->out && buf_failed(c->out)) || (c->errout && buf_failed(c->errout)))
		return err_nomem(e);
	return 0;
}

int proc_run(const char *const *argv, const void *input, size_t input_len, struct buf *out, struct buf *errout,
	     size_t max_output, int timeout_ms, int *ret_exit, struct err *e)
{
	const struct proc_call c = {.argv = argv,
				    .input = input,
				    .input_len = input_len,
				    .out = out,
				    .errout = errout,
				    .max_output = max_output,
				    .timeout_ms = timeout_ms};

	return proc_call(&c, ret_exit, e);
}

/* The last non-empty line. */
static const char *last_line(struct buf *b)
{
	char *nl;

	while (b->len > 0 && (b->data[b->len - 1] == '\n' || b->data[b->len - 1] == '\r'))
		buf_trim(b, b->len - 1);
	if (b->len == 0)
		return "no message";
	nl = memrchr(b->data, '\n', b->len);
	return nl ? nl + 1 : b->data;
}

int proc_check(const char *const *argv, int timeout_ms, struct err *e)
{
	AUTO_BUF struct buf errout = {0};
	int status, r;

	r = proc_run(argv, NULL, 0, NULL, &errout, 65536, timeout_ms, &status, e);
	if (r < 0)
		return r;
	if (status > 128)
		return err_set(e, -EIO, "%s was killed by signal %d: %s", argv[0], status - 128, last_line(&errout));
	if (status)
		return err_set(e, -EIO, "%s failed with exit code %d: %s", argv[0], status, last_line(&errout));
	return 0;
}

int proc_self_exe(char **ret, struct err *e)
{
	char path[4096];
	ssize_t n = readlink("/proc/self/exe", path, sizeof path);

	if (n < 0)
		return err_errno(e, errno, "cannot find this program's file");
	if ((size_t)n >= sizeof path)
		return err_set(e, -ENAMETOOLONG, "the path of this program's file is too long");
	path[n] = '\0';
	/* An upgrade replaced the file: the link still runs what is running. */
	*ret = str_has_suffix(path, " (deleted)") ? str_dup("/proc/self/exe") : str_dup(path);
	return *ret ? 0 : err_nomem(e);
}
