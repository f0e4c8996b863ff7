#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <time.h>
#include "base/fs.h"
#include "base/proc.h"
#include "base/str.h"
#include "node/runtime_internal.h"

/* Programs look for it before they draw; containerd sets the same. */
static int add_term(json_t *process)
{
	json_t *env = json_object_get(process, "env"), *v;
	size_t i;

	json_array_foreach(env, i, v)
	{
		if (str_has_prefix(json_string_value(v), "TERM="))
			return 0;
	}
	return env ? json_array_append_new(env, json_string("TERM=xterm")) : 0;
}

/* The process part of config.json with another command, written to a file for the runtime: beside pid_file when there is one. */
static int write_process(struct runtime *rt, const char *cid, const char *const *argv, bool tty, const char *pid_file, char **ret_path,
			 struct err *e)
{
	AUTO_FREE char *config_path = str_fmt("%s/containers/%s/config.json", rt->run_dir, cid);
	char suffix[11];
	AUTO_BUF struct buf text = {0};
	AUTO_JSON json_t *config = NULL;
	int r;

	random_suffix(suffix, 10);
	suffix[10] = '\0';
	AUTO_FREE char *path = pid_file ? str_fmt("%s.json", pid_file) : str_fmt("%s/containers/%s/exec-%s.json", rt->run_dir, cid, suffix);
	if (!config_path || !path)
		return err_nomem(e);
	r = fs_read(config_path, 4u << 20, &text, e);
	if (r == 0)
		r = json_parse(text.data, text.len, &config, e);
	if (r < 0)
		return err_wrap(e, "container %s", cid);
	json_t *process = json_object_get(config, "process");
	json_t *args = json_array();
	if (!process || !args) {
		json_decref(args);
		return err_nomem(e);
	}
	for (; *argv; argv++)
		json_array_append_new(args, json_string(*argv));
	json_object_set_new(process, "args", args);
	json_object_set_new(process, "terminal", json_boolean(tty));
	if (!tty)
		json_object_del(process, "consoleSize");
	else if (add_term(process) < 0)
		return err_nomem(e);
	AUTO_BYTES struct bytes *out = json_encode(process);
	if (!out)
		return err_nomem(e);
	r = fs_write(path, out->data, out->len, e);
	if (r == 0)
		*ret_path = TAKE_PTR(path);
	return r;
}

/* The runtime reads the file when it starts; nobody tells when. It is removed when the exec ends or with the bundle. */
static int spawn(struct runtime *rt, const char *cid, const struct runtime_exec_spec *s, const char *process_file, pid_t *ret_pid,
		 struct err *e)
{
	const char *argv[16];
	size_t n = 0;

	argv[n++] = rt->program;
	argv[n++] = "--root";
	argv[n++] = rt->state_dir;
	argv[n++] = "exec";
	argv[n++] = "--process";
	argv[n++] = process_file;
	if (s->pid_file) {
		argv[n++] = "--pid-file";
		argv[n++] = s->pid_file;
	}
	if (s->tty) {
		argv[n++] = "--tty";
		if (s->console_socket) {
			argv[n++] = "--console-socket";
			argv[n++] = s->console_socket;
		}
	}
	argv[n++] = cid;
	argv[n] = NULL;
	const struct proc_spec spec = {.argv = argv, .stdin_fd = s->stdin_fd, .stdout_fd = s->stdout_fd, .stderr_fd = s->stderr_fd,
				       .new_session = true};
	return proc_spawn(&spec, ret_pid, e);
}

int runtime_exec_spawn(struct runtime *rt, const char *cid, const struct runtime_exec_spec *s, pid_t *ret_pid, struct err *e)
{
	AUTO_FREE char *process = NULL;
	int r = write_process(rt, cid, s->argv, s->tty, s->pid_file, &process, e);

	if (r < 0)
		return r;
	r = spawn(rt, cid, s, process, ret_pid, e);
	if (r < 0)
		(void)unlink(process);
	return r;
}

static int64_t now_ms(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (int64_t)ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
}

/* Reads until all writers are gone or the time is up. What exceeds max is read and dropped, so that the command is not blocked. */
static int collect(int fd, struct buf *out, size_t max, int64_t deadline, struct err *e)
{
	for (;;) {
		char chunk[4096];
		struct pollfd p = {.fd = fd, .events = POLLIN};
		int64_t left = deadline - now_ms();
		if (left <= 0)
			return err_set(e, ERR_TIMEOUT, "command timed out");
		int r = poll(&p, 1, (int)(left > 3600000 ? 3600000 : left));
		if (r < 0 && errno != EINTR)
			return err_errno(e, errno, "poll");
		if (r <= 0)
			continue;
		ssize_t n = read(fd, chunk, sizeof(chunk));
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return err_errno(e, errno, "cannot read a command's output");
		if (n == 0)
			return 0;
		if (out && out->len < max)
			buf_add(out, chunk, (size_t)n < max - out->len ? (size_t)n : max - out->len);
	}
}

int runtime_exec(struct runtime *rt, const char *cid, const char *const *argv, int timeout_ms, struct buf *out, size_t max_output,
		 int *ret_exit, struct err *e)
{
	AUTO_FREE char *process = NULL;
	AUTO_CLOSE int rfd = -1;
	AUTO_CLOSE int wfd = -1;
	int pipefd[2], code, r, wait;
	pid_t pid;

	r = write_process(rt, cid, argv, false, NULL, &process, e);
	if (r < 0)
		return r;
	AUTO_FREE char *pid_file = str_fmt("%s.pid", process);
	if (!pid_file) {
		r = err_nomem(e);
		goto out;
	}
	if (pipe2(pipefd, O_CLOEXEC) < 0) {
		r = err_errno(e, errno, "cannot make a pipe");
		goto out;
	}
	rfd = pipefd[0];
	wfd = pipefd[1];
	const struct runtime_exec_spec s = {.stdin_fd = -1, .stdout_fd = wfd, .stderr_fd = wfd, .pid_file = pid_file};
	r = spawn(rt, cid, &s, process, &pid, e);
	if (r < 0)
		goto out;
	close(TAKE_FD(wfd));
	r = collect(rfd, out, max_output, now_ms() + (timeout_ms > 0 ? timeout_ms : 120000), e);
	if (r < 0) {
		runtime_kill_command(pid_file, cid);
		(void)kill(pid, SIGKILL); /* a child, not reaped yet */
	}
	wait = runtime_wait_child(pid, &code);
	if (r == 0 && wait < 0)
		r = err_errno(e, -wait, "cannot wait for a command");
	if (r == 0)
		*ret_exit = code;
	(void)unlink(pid_file);
out:
	(void)unlink(process);
	return r;
}
