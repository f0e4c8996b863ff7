#include "node/runtime.h"
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include "base/fs.h"
#include "base/proc.h"
#include "base/str.h"
#include "node/runtime_internal.h"

#define RUNTIME_TIMEOUT_MS 120000

static char *find_program(const char *name)
{
	const char *path = getenv("PATH");

	if (strchr(name, '/'))
		return access(name, X_OK) == 0 ? str_dup(name) : NULL;
	/* A service manager may give a short PATH. */
	AUTO_FREE char *dirs = str_fmt("%s:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", path ? path : "");
	for (const char *p = dirs; p && *p;) {
		size_t n = strcspn(p, ":");
		AUTO_FREE char *dir = str_ndup(p, n);
		AUTO_FREE char *full = dir && n > 0 ? fs_join(dir, name) : NULL;
		if (full && access(full, X_OK) == 0)
			return TAKE_PTR(full);
		p += n;
		p += *p == ':';
	}
	return NULL;
}

static int probe_version(struct runtime *rt, struct err *e)
{
	/* Without --root crun makes a folder in /run, whatever it is asked for. */
	const char *argv[] = {rt->program, "--root", rt->state_dir, "--version", NULL};
	AUTO_BUF struct buf out = {0}, errout = {0};
	int code, r;

	r = proc_run(argv, NULL, 0, &out, &errout, 4096, 30000, &code, e);
	if (r < 0)
		return r;
	if (code != 0 || !out.data)
		return err_set(e, ERR_UNSUPPORTED, "%s --version failed with exit code %d", rt->program, code);
	const char *v = strstr(out.data, "version ");
	size_t n = v ? strcspn(v + 8, " \n") : 0;
	rt->name = strncmp(out.data, "runc", 4) == 0 ? "runc" : "crun";
	rt->version = str_fmt("%s://%.*s", rt->name, (int)n, v ? v + 8 : "");
	return rt->version ? 0 : err_nomem(e);
}

static int find_programs(struct runtime *rt, const char *want, struct err *e)
{
	if (!want || streq(want, "auto")) {
		rt->program = find_program("crun");
		if (!rt->program)
			rt->program = find_program("runc");
		if (!rt->program)
			return err_set(e, ERR_NOT_FOUND, "no OCI runtime found: install the package crun (or runc)");
	} else {
		rt->program = find_program(want);
		if (!rt->program)
			return err_set(e, ERR_NOT_FOUND, "OCI runtime %s not found: install it or give its path by --runtime", want);
	}
	rt->conmon = find_program("conmon");
	if (!rt->conmon)
		return err_set(e, ERR_NOT_FOUND, "conmon not found: install the package conmon");
	return probe_version(rt, e);
}

int runtime_new(struct runtime **ret, const struct runtime_config *c, struct err *e)
{
	struct runtime *rt = calloc(1, sizeof(*rt));
	static const char *const run_dirs[] = {"containers", "exits", "attach", "runtime"};
	int r;

	if (!rt)
		return err_nomem(e);
	rt->run_dir = str_dup(c->run_dir);
	rt->data_dir = str_dup(c->data_dir);
	rt->state_dir = fs_join(c->run_dir, "runtime");
	rt->exit_dir = fs_join(c->run_dir, "exits");
	r = rt->run_dir && rt->data_dir && rt->state_dir && rt->exit_dir ? 0 : err_nomem(e);
	if (r == 0)
		r = find_programs(rt, c->program, e);
	if (r == 0)
		r = cgroup_host_probe(&rt->cgroups, NULL, e);
	for (size_t i = 0; r == 0 && i < ARRAY_LEN(run_dirs); i++) {
		AUTO_FREE char *d = fs_join(rt->run_dir, run_dirs[i]);
		r = d ? fs_mkdir_p(d, 0700, e) : err_nomem(e);
	}
	if (r == 0) {
		AUTO_FREE char *d = fs_join(rt->data_dir, "containers");
		r = d ? fs_mkdir_p(d, 0700, e) : err_nomem(e);
	}
	if (r < 0) {
		runtime_free(rt);
		return r;
	}
	*ret = rt;
	return 0;
}

struct runtime *runtime_free(struct runtime *rt)
{
	if (!rt)
		return NULL;
	free(rt->program);
	free(rt->conmon);
	free(rt->version);
	free(rt->run_dir);
	free(rt->data_dir);
	free(rt->state_dir);
	free(rt->exit_dir);
	free(rt);
	return NULL;
}

const struct cgroup_host *runtime_cgroups(const struct runtime *rt) { return &rt->cgroups; }
const char *runtime_name(const struct runtime *rt) { return rt->name; }
const char *runtime_version(const struct runtime *rt) { return rt->version; }
char *runtime_bundle(const struct runtime *rt, const char *cid) { return str_fmt("%s/containers/%s", rt->run_dir, cid); }
char *runtime_rootfs(const struct runtime *rt, const char *cid) { return str_fmt("%s/containers/%s/merged", rt->data_dir, cid); }
char *runtime_exit_dir(const struct runtime *rt) { return str_dup(rt->exit_dir); }
char *runtime_attach_path(const struct runtime *rt, const char *cid) { return str_fmt("%s/attach/%s/attach", rt->run_dir, cid); }

int runtime_wait_child(pid_t pid, int *ret_status)
{
	int status;

	while (waitpid(pid, &status, 0) < 0)
		if (errno != EINTR)
			return -errno;
	*ret_status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
	return 0;
}

/* Runs "<runtime> --root DIR ARGS..." to its end. */
static int runtime_call(struct runtime *rt, const char *const *args, int *ret_exit, struct buf *errout, struct err *e)
{
	const char *argv[16] = {rt->program, "--root", rt->state_dir};
	size_t n = 3;
	AUTO_BUF struct buf out = {0};

	for (; *args && n < ARRAY_LEN(argv) - 1; args++)
		argv[n++] = *args;
	argv[n] = NULL;
	return proc_run(argv, NULL, 0, &out, errout, 16384, RUNTIME_TIMEOUT_MS, ret_exit, e);
}

/* The last line of a runtime's error output without its decoration. */
static const char *last_line(struct buf *b)
{
	while (b->len > 0 && (b->data[b->len - 1] == '\n' || b->data[b->len - 1] == ' '))
		buf_trim(b, b->len - 1);
	if (b->len == 0)
		return "no message";
	const char *nl = memrchr(b->data, '\n', b->len);
	return nl ? nl + 1 : b->data;
}

int runtime_start(struct runtime *rt, const char *cid, struct err *e)
{
	const char *args[] = {"start", cid, NULL};
	AUTO_BUF struct buf errout = {0};
	int code, r;

	r = runtime_call(rt, args, &code, &errout, e);
	if (r < 0)
		return r;
	return code == 0 ? 0 : err_set(e, ERR_INTERNAL, "%s start: %s", rt->name, last_line(&errout));
}

int runtime_state(struct runtime *rt, const char *cid, enum runtime_state *ret, pid_t *ret_pid, struct err *e)
{
	const char *argv[] = {rt->program, "--root", rt->state_dir, "state", cid, NULL};
	AUTO_FREE char *state = fs_join(rt->state_dir, cid);
	AUTO_BUF struct buf out = {0}, errout = {0};
	AUTO_JSON json_t *o = NULL;
	int code, r;

	if (!state)
		return err_nomem(e);
	*ret = RT_ABSENT;
	*ret_pid = 0;
	if (!fs_exists(state))
		return 0;
	r = proc_run(argv, NULL, 0, &out, &errout, 65536, RUNTIME_TIMEOUT_MS, &code, e);
	if (r < 0)
		return r;
	if (code != 0 || json_parse(out.data ? out.data : "", out.len, &o, NULL) < 0)
		return 0;
	const char *status = json_str_or(o, "status", "");
	*ret = streq(status, "created") ? RT_CREATED : streq(status, "running") || streq(status, "paused") ? RT_RUNNING : RT_STOPPED;
	if (*ret != RT_STOPPED)
		*ret_pid = (pid_t)json_int_or(o, "pid", 0);
	return 0;
}

int runtime_end(struct runtime *rt, const char *cid, struct err *e)
{
	AUTO_FREE char *state = fs_join(rt->state_dir, cid);
	AUTO_BUF struct buf errout = {0};
	const char *args[] = {"delete", "--force", cid, NULL};
	int code, r;

	if (!state)
		return err_nomem(e);
	if (!fs_exists(state))
		return 0;
	r = runtime_call(rt, args, &code, &errout, e);
	if (r < 0)
		return r;
	if (code != 0 && fs_exists(state)) {
		/* A state the runtime itself cannot read (power cut): the process and cgroup are dealt with by the
		 * caller. */
		r = fs_rm_rf(state, e);
		if (r < 0)
			return err_wrap(e, "%s delete: %s", rt->name, last_line(&errout));
	}
	return 0;
}

static int remove_files(struct runtime *rt, const char *cid, struct err *e)
{
	AUTO_FREE char *bundle = runtime_bundle(rt, cid);
	AUTO_FREE char *merged = runtime_rootfs(rt, cid);
	AUTO_FREE char *disk = str_fmt("%s/containers/%s", rt->data_dir, cid);
	AUTO_FREE char *link = str_fmt("%s/attach/%s", rt->run_dir, cid);
	AUTO_FREE char *exit_file = fs_join(rt->exit_dir, cid);
	int r;

	if (!bundle || !merged || !disk || !link || !exit_file)
		return err_nomem(e);
	/* With Bidirectional mounts the root file system is also seen here. */
	while (umount2(merged, MNT_DETACH | UMOUNT_NOFOLLOW) == 0)
		;
	r = fs_rm_rf(disk, e);
	if (r < 0)
		return err_wrap(e, "cannot remove the files of container %s", cid);
	(void)unlink(link);
	(void)unlink(exit_file);
	return fs_rm_rf(bundle, e);
}

int runtime_delete(struct runtime *rt, const char *cid, struct err *e)
{
	int r = runtime_end(rt, cid, e);

	/* conmon writes into the bundle to its end, which comes after the container's. */
	if (r == 0)
		r = monitors_end(rt, cid, false, e);
	if (r == 0)
		r = remove_files(rt, cid, e);
	/* Somebody else did. */
	if (r == -ENOTEMPTY && (r = monitors_end(rt, cid, true, e)) == 0)
		r = remove_files(rt, cid, e);
	return r;
}

int runtime_reopen_log(struct runtime *rt, const char *cid, struct err *e)
{
	AUTO_FREE char *path = str_fmt("%s/containers/%s/ctl", rt->run_dir, cid);
	AUTO_CLOSE int fd = -1;
	static const char msg[] = "2 0 0\n"; /* conmon's REOPEN_LOGS_EVENT */

	if (!path)
		return err_nomem(e);
	fd = open(path, O_WRONLY | O_NONBLOCK | O_CLOEXEC);
	if (fd < 0)
		return err_errno(e, errno, "cannot open %s", path);
	if (write(fd, msg, sizeof(msg) - 1) != (ssize_t)sizeof(msg) - 1)
		return err_errno(e, errno, "cannot tell conmon of %s to reopen its log", cid);
	return 0;
}

uint64_t process_start_time(pid_t pid)
{
	char path[48];
	AUTO_BUF struct buf b = {0};
	const char *p;

	snprintf(path, sizeof(path), "/proc/%d/stat", (int)pid);
	if (pid <= 0 || fs_read(path, 4096, &b, NULL) < 0 || !b.data)
		return 0;
	p = strrchr(b.data, ')'); /* the name may contain anything */
	if (!p || p[1] == '\0' || p[2] == 'Z' || p[2] == 'X')
		return 0;
	for (int i = 0; i < 20 && p; i++)
		p = strchr(p + 1, ' ');
	return p ? strtoull(p + 1, NULL, 10) : 0;
}

bool process_alive(pid_t pid, uint64_t start_time)
{
	uint64_t now = process_start_time(pid);

	return now != 0 && now == start_time;
}

int process_signal(pid_t pid, uint64_t start_time, int sig)
{
	AUTO_CLOSE int fd = -1;

	if (pid <= 1)
		return -ESRCH;
	fd = (int)syscall(SYS_pidfd_open, pid, 0);
	if (fd < 0 && errno != ENOSYS)
		return -errno;
	if (!process_alive(pid, start_time)) /* after pidfd_open: what is checked is what is signalled */
		return -ESRCH;
	if (fd < 0)
		return kill(pid, sig) < 0 ? -errno : 0;
	return syscall(SYS_pidfd_send_signal, fd, sig, NULL, 0) < 0 ? -errno : 0;
}

/* pid_file's process if /proc/PID/WHAT holds word; looked at while the pidfd holds the number. */
static int open_proven(const char *pid_file, const char *what, const char *word)
{
	AUTO_BUF struct buf text = {0}, proof = {0};
	AUTO_CLOSE int fd = -1;
	char path[48];
	int64_t pid;

	if (!pid_file || fs_read(pid_file, 32, &text, NULL) < 0 || !text.data)
		return -ESRCH;
	text.data[strcspn(text.data, "\n")] = '\0';
	if (str_to_i64(text.data, 2, INT32_MAX, &pid) < 0)
		return -ESRCH;
	fd = (int)syscall(SYS_pidfd_open, (pid_t)pid, 0);
	snprintf(path, sizeof(path), "/proc/%d/%s", (int)pid, what);
	if (fd < 0 || fs_read(path, 1u << 20, &proof, NULL) < 0 || !proof.data || !memmem(proof.data, proof.len, word, strlen(word)))
		return -ESRCH;
	return TAKE_FD(fd);
}

int runtime_open_monitor(const struct runtime *rt, const char *cid)
{
	AUTO_FREE char *path = str_fmt("%s/containers/%s/conmon.pid", rt->run_dir, cid);

	return open_proven(path, "cmdline", cid);
}

void runtime_kill_command(const char *pid_file, const char *cid)
{
	AUTO_CLOSE int fd = open_proven(pid_file, "cgroup", cid);

	if (fd >= 0)
		(void)syscall(SYS_pidfd_send_signal, fd, SIGKILL, NULL, 0);
}

int runtime_exit_code(const struct runtime *rt, const char *cid, int *ret_code, int64_t *ret_time, bool *ret_oom, struct err *e)
{
	AUTO_FREE char *path = fs_join(rt->exit_dir, cid);
	AUTO_FREE char *oom = str_fmt("%s/containers/%s/oom", rt->run_dir, cid);
	AUTO_BUF struct buf b = {0};
	struct stat st;
	int64_t code;
	int r;

	if (!path || !oom)
		return err_nomem(e);
	r = fs_read(path, 32, &b, e);
	if (r == ERR_NOT_FOUND || (r == 0 && b.len == 0))
		return 1;
	if (r < 0)
		return r;
	if (stat(path, &st) < 0)
		return err_errno(e, errno, "cannot stat %s", path);
	if (str_to_i64(b.data, -1, 100000, &code) < 0)
		return err_set(e, ERR_PROTO, "exit file %s holds \"%s\" instead of a number", path, b.data);
	*ret_code = (int)code;
	*ret_time = st.st_mtim.tv_sec;
	*ret_oom = fs_exists(oom);
	return 0;
}

int runtime_each(const struct runtime *rt, int (*fn)(void *arg, const char *cid), void *arg)
{
	const char *bases[] = {rt->run_dir, rt->data_dir};
	int r = 0;

	for (size_t i = 0; r == 0 && i < ARRAY_LEN(bases); i++) {
		AUTO_FREE char *path = fs_join(bases[i], "containers");
		DIR *d = path ? opendir(path) : NULL;
		if (!d)
			continue;
		for (struct dirent *de; r == 0 && (de = readdir(d));)
			if (de->d_name[0] != '.')
				r = fn(arg, de->d_name);
		closedir(d);
	}
	return r;
}
