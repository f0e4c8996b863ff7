#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <time.h>
#include "base/fs.h"
#include "base/proc.h"
#include "base/str.h"
#include "node/nsthread.h"
#include "node/overlay.h"
#include "node/runtime_internal.h"

#define CREATE_TIMEOUT_MS 120000
#define SYNC_FD 3

struct create {
	struct runtime *rt;
	const struct runtime_create *c;
	char *bundle, *disk, *pid_file, *conmon_pid_file;
	int sync_fd; /* conmon's end */
	pid_t conmon;
};

static int make_dir(const char *path, mode_t mode, struct err *e)
{
	if (mkdir(path, mode) < 0 && errno != EEXIST)
		return err_errno(e, errno, "cannot make %s", path);
	return 0;
}

static int mount_rootfs(struct create *s, struct err *e)
{
	AUTO_FREE char *upper = fs_join(s->disk, "upper"), *work = fs_join(s->disk, "work"), *merged = fs_join(s->disk, "merged");
	const struct overlay o = {.layers = s->c->layers, .upper = upper, .work = work, .target = merged};

	return upper && work && merged ? overlay_mount(&o, e) : err_nomem(e);
}

/* On a scratch thread. */
static int spawn_conmon(void *arg, struct err *e)
{
	struct create *s = arg;
	const struct runtime *rt = s->rt;
	const struct runtime_create *c = s->c;
	unsigned long propagation = c->shared_mounts ? 0 : MS_SLAVE;
	int r;

	if (unshare(CLONE_FS | CLONE_NEWNS) < 0)
		return err_errno(e, errno, "cannot make a mount namespace");
	if (propagation && mount(NULL, "/", NULL, MS_REC | propagation, NULL) < 0)
		return err_errno(e, errno, "cannot change mount propagation");
	if (rt->cgroups.unified[0]) {
		/* Covered rather than unmounted: the runtime makes directories there, which must not land in the shared tmpfs. */
		if (c->shared_mounts && mount(NULL, "/sys/fs/cgroup", NULL, MS_REC | MS_PRIVATE, NULL) < 0 && errno != EINVAL)
			return err_errno(e, errno, "cannot change mount propagation of /sys/fs/cgroup");
		if (mount("minik", rt->cgroups.unified, "tmpfs", MS_NOSUID | MS_NODEV | MS_NOEXEC, "mode=755,size=64k") < 0)
			return err_errno(e, errno, "cannot cover %s", rt->cgroups.unified);
	}
	r = mount_rootfs(s, e);
	if (r < 0)
		return r;

	AUTO_FREE char *root = str_fmt("--runtime-arg=--root=%s", rt->state_dir);
	AUTO_FREE char *log = str_fmt("k8s-file:%s", c->log_path);
	AUTO_FREE char *attach = fs_join(rt->run_dir, "attach");
	AUTO_FREE char *path_env = str_fmt("PATH=%s", getenv("PATH") ? getenv("PATH") : "/usr/sbin:/usr/bin:/sbin:/bin");
	/* crun and runc make a file for a moment, against CVE-2019-5736; in /tmp if they are not told where. */
	AUTO_FREE char *scratch = str_fmt("_LIBCONTAINER_STATEDIR=%s", rt->run_dir);
	if (!root || !log || !attach || !path_env || !scratch)
		return err_nomem(e);
	const char *argv[40];
	size_t n = 0;
	argv[n++] = rt->conmon;
	const char *const fixed[] = {"--cid", c->cid, "--cuuid", c->cid, "--name", c->cid, "--runtime", rt->program, "--bundle",
				     s->bundle, "--exit-dir", rt->exit_dir, "--persist-dir", s->bundle, "--conmon-pidfile",
				     s->conmon_pid_file, "--container-pidfile", s->pid_file, "--log-path", log, "--log-level",
				     "error", "--socket-dir-path", attach, "--no-sync-log", "--no-new-keyring", root};
	for (size_t i = 0; i < ARRAY_LEN(fixed); i++)
		argv[n++] = fixed[i];
	if (streq(rt->name, "crun"))
		argv[n++] = "--runtime-arg=--cgroup-manager=cgroupfs";
	if (c->terminal)
		argv[n++] = "--terminal";
	if (c->stdin_open) {
		argv[n++] = "--stdin";
		if (!c->stdin_once)
			argv[n++] = "--leave-stdin-open";
	}
	argv[n] = NULL;
	const char *envp[] = {path_env, "_OCI_SYNCPIPE=3", scratch, NULL};
	const struct proc_fd fds[] = {{.parent = s->sync_fd, .child = SYNC_FD}};
	const struct proc_spec spec = {.argv = argv, .envp = envp, .cwd = s->bundle, .stdin_fd = -1, .stdout_fd = -1,
				       .stderr_fd = -1, .fds = fds, .n_fds = 1, .new_session = true};
	return proc_spawn(&spec, &s->conmon, e);
}

/* conmon tells {"pid": N} or {"pid": -1, "message": "..."} ("data" in later versions), and closes the pipe. */
static int read_sync(int fd, pid_t *ret_pid, struct err *e)
{
	AUTO_BUF struct buf b = {0};
	struct timespec start, now;

	clock_gettime(CLOCK_MONOTONIC, &start);
	for (;;) {
		char chunk[1024];
		struct pollfd p = {.fd = fd, .events = POLLIN};
		clock_gettime(CLOCK_MONOTONIC, &now);
		int64_t left = CREATE_TIMEOUT_MS - ((now.tv_sec - start.tv_sec) * 1000 + (now.tv_nsec - start.tv_nsec) / 1000000);
		if (left <= 0)
			return err_set(e, ERR_TIMEOUT, "the container was not created within %d s", CREATE_TIMEOUT_MS / 1000);
		int r = poll(&p, 1, (int)left);
		if (r < 0 && errno != EINTR)
			return err_errno(e, errno, "poll");
		if (r <= 0)
			continue;
		ssize_t n = read(fd, chunk, sizeof(chunk));
		if (n < 0 && errno != EINTR)
			return err_errno(e, errno, "cannot read what conmon says");
		if (n < 0)
			continue;
		if (n == 0)
			break;
		buf_add(&b, chunk, (size_t)n);
		if (b.len > 65536)
			return err_set(e, ERR_PROTO, "conmon says too much");
		if (memchr(b.data, '\n', b.len))
			break;
	}
	if (b.len == 0)
		return err_set(e, ERR_INTERNAL, "conmon ended without saying why");
	AUTO_JSON json_t *v = NULL;
	int r = json_parse(b.data, b.len, &v, e);
	if (r < 0)
		return err_wrap(e, "conmon said nonsense");
	int64_t pid = json_int_or(v, "pid", json_int_or(v, "data", -1));
	if (pid <= 0) {
		const char *m = json_str_or(v, "message", "the OCI runtime failed without a message");
		size_t n = strlen(m);
		while (n > 0 && (m[n - 1] == '\n' || m[n - 1] == ' '))
			n--;
		return err_set(e, ERR_INTERNAL, "%.*s", (int)n, m);
	}
	*ret_pid = (pid_t)pid;
	return 0;
}

static int prepare(struct create *s, struct err *e)
{
	AUTO_FREE char *upper = fs_join(s->disk, "upper"), *work = fs_join(s->disk, "work"), *merged = fs_join(s->disk, "merged"),
		       *config = fs_join(s->bundle, "config.json");
	AUTO_BYTES struct bytes *text = json_encode(s->c->config);
	int r;

	if (!upper || !work || !merged || !config || !text)
		return err_nomem(e);
	r = fs_mkdir_p(s->bundle, 0700, e);
	if (r == 0)
		r = fs_mkdir_p(s->disk, 0700, e);
	if (r == 0)
		r = make_dir(upper, 0755, e);
	if (r == 0)
		r = make_dir(work, 0700, e);
	if (r == 0)
		r = make_dir(merged, 0755, e);
	if (r == 0)
		r = fs_write(config, text->data, text->len, e);
	return r;
}

int runtime_create(struct runtime *rt, const struct runtime_create *c, pid_t *ret_pid, struct err *e)
{
	AUTO_FREE char *bundle = runtime_bundle(rt, c->cid);
	AUTO_FREE char *disk = str_fmt("%s/containers/%s", rt->data_dir, c->cid);
	AUTO_FREE char *pid_file = str_fmt("%s/pid", bundle), *conmon_pid_file = str_fmt("%s/conmon.pid", bundle);
	AUTO_CLOSE int rfd = -1;
	AUTO_CLOSE int wfd = -1;
	int pipefd[2], code, r;
	pid_t pid;

	if (!bundle || !disk || !pid_file || !conmon_pid_file)
		return err_nomem(e);
	struct create s = {.rt = rt, .c = c, .bundle = bundle, .disk = disk, .pid_file = pid_file, .conmon_pid_file = conmon_pid_file};
	r = prepare(&s, e);
	if (r < 0)
		goto fail;
	if (pipe2(pipefd, O_CLOEXEC) < 0) {
		r = err_errno(e, errno, "cannot make a pipe");
		goto fail;
	}
	rfd = pipefd[0];
	wfd = pipefd[1];
	s.sync_fd = wfd;
	r = ns_thread_run(spawn_conmon, &s, e);
	if (r < 0)
		goto fail;
	close(TAKE_FD(wfd));
	/* The process we started goes away at once; its child is the monitor. */
	r = runtime_wait_child(s.conmon, &code);
	if (r == 0)
		r = read_sync(rfd, &pid, e);
	if (r < 0)
		goto fail;
	*ret_pid = pid;
	return 0;
fail:
	(void)runtime_delete(rt, c->cid, NULL);
	return r;
}
