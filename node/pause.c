#include "node/pause.h"
#include <errno.h>
#include <sched.h>
#include <signal.h>
#include <sys/wait.h>
#include "base/fs.h"
#include "base/proc.h"
#include "base/str.h"
#include "node/nsthread.h"

static bool read_pid(const char *path, pid_t *ret_pid, uint64_t *ret_start)
{
	AUTO_BUF struct buf b = {0};
	AUTO_JSON json_t *o = NULL;

	if (fs_read(path, 256, &b, NULL) < 0 || json_parse(b.data ? b.data : "", b.len, &o, NULL) < 0)
		return false;
	*ret_pid = (pid_t)json_int_or(o, "pid", 0);
	*ret_start = (uint64_t)json_int_or(o, "start", 0);
	return *ret_pid > 1;
}

static int spawn(void *arg, struct err *e)
{
	AUTO_FREE char *self = NULL;
	int r = proc_self_exe(&self, e);

	if (r < 0)
		return r;
	if (unshare(CLONE_NEWPID) < 0) /* for the children of this thread */
		return err_errno(e, errno, "cannot make a PID namespace");
	const char *argv[] = {self, "node-helper", "pause", NULL}, *envp[] = {NULL};
	const struct proc_spec s = {.argv = argv, .envp = envp, .cwd = "/", .stdin_fd = -1, .stdout_fd = -1, .stderr_fd = -1, .new_session = true};
	return proc_spawn(&s, arg, e);
}

int pause_ensure(struct pod *p, char **ret_path, struct err *e)
{
	AUTO_FREE char *file = str_fmt("%s/pods/%s/pause.json", p->node->run_dir, p->uid);
	AUTO_FREE char *cgroup = str_fmt("%s/pod%s/pause", p->node->cgroup_root, p->uid);
	char text[80];
	uint64_t start;
	pid_t pid;
	int r;

	if (!file || !cgroup)
		return err_nomem(e);
	if (!read_pid(file, &pid, &start) || !process_alive(pid, start)) {
		r = cgroup_ensure(runtime_cgroups(p->node->rt), cgroup, NULL, e);
		if (r == 0)
			r = ns_thread_run(spawn, &pid, e);
		if (r == 0) {
			r = cgroup_join(runtime_cgroups(p->node->rt), cgroup, pid, e);
			snprintf(text, sizeof(text), "{\"pid\":%d,\"start\":%llu}", (int)pid, (unsigned long long)process_start_time(pid));
			if (r == 0)
				r = fs_write(file, text, strlen(text), e);
			if (r < 0) {
				(void)kill(pid, SIGKILL);
				(void)waitpid(pid, NULL, 0);
			}
		}
		if (r < 0)
			return err_wrap(e, "cannot start the pod's first process");
	}
	*ret_path = str_fmt("/proc/%d/ns/pid", (int)pid);
	return *ret_path ? 0 : err_nomem(e);
}

void pause_forget(struct pod *p)
{
	AUTO_FREE char *file = str_fmt("%s/pods/%s/pause.json", p->node->run_dir, p->uid);
	uint64_t start;
	pid_t pid;

	if (!file || !read_pid(file, &pid, &start))
		return;
	/* Ours to reap if we started it; init's if an agent before us did. */
	if (!process_alive(pid, start))
		(void)waitpid(pid, NULL, WNOHANG);
	(void)unlink(file);
}
