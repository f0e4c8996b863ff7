/* A number in a file is not a process: whoever has it now is neither taken for another nor signalled. */
#include "tests/unit/test.h"
#include <errno.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>
#include "base/fs.h"
#include "base/proc.h"
#include "base/str.h"
#include "node/runtime_internal.h"

#define CID "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

static char dir[] = "/tmp/minik-process.XXXXXX";

/* A process that names what in its command line. */
static pid_t spawn(const char *what)
{
	const char *argv[] = {"/bin/sh", "-c", "while :; do sleep 60; done", what, NULL};
	const struct proc_spec s = {
	    .argv = argv, .stdin_fd = -1, .stdout_fd = -1, .stderr_fd = -1, .new_session = true};
	pid_t pid = -1;
	struct err e = {0};

	CHECK(proc_spawn(&s, &pid, &e) == 0);
	/* The parent goes on a moment before the new command line can be seen. */
	AUTO_FREE char *path = str_fmt("/proc/%d/cmdline", (int)pid);
	for (size_t len = 0; len == 0 && pid > 0;) {
		AUTO_BUF struct buf text = {0};
		if (fs_read(path, 4096, &text, NULL) < 0)
			break;
		len = text.len;
	}
	return pid;
}

static void end(pid_t pid)
{
	(void)kill(-pid, SIGKILL);
	(void)waitpid(pid, NULL, 0);
}

/* Nothing but our own signal has ended it. */
static bool lives(pid_t pid)
{
	return waitpid(pid, NULL, WNOHANG) == 0;
}

static char *write_pid(const char *name, pid_t pid)
{
	char *path = fs_join(dir, name);
	AUTO_FREE char *text = str_fmt("%d\n", (int)pid);

	CHECK(path && text && fs_write(path, text, strlen(text), NULL) == 0);
	return path;
}

static void by_start_time(void)
{
	pid_t pid = spawn("x");
	uint64_t start = process_start_time(pid);

	CHECK(start != 0);
	CHECK(process_alive(pid, start));
	CHECK(!process_alive(pid, start + 1));
	CHECK(!process_alive(pid, 0)); /* it was gone before its start could be read */
	CHECK(process_signal(pid, start + 1, SIGKILL) == -ESRCH);
	CHECK(process_signal(pid, 0, SIGKILL) == -ESRCH);
	CHECK(process_signal(1, process_start_time(1), 0) == -ESRCH);
	CHECK(lives(pid));
	CHECK(process_signal(pid, start, SIGKILL) == 0);
	CHECK(waitpid(pid, NULL, 0) == pid);
	CHECK(process_signal(pid, start, SIGKILL) == -ESRCH);
}

static void monitor(void)
{
	const struct runtime rt = {.run_dir = dir};
	AUTO_FREE char *bundle = str_fmt("%s/containers/%s", dir, CID);
	pid_t stranger = spawn("some other command"), mine = spawn(CID);

	CHECK(fs_mkdir_p(bundle, 0700, NULL) == 0);
	CHECK(runtime_open_monitor(&rt, CID) == -ESRCH); /* no file */
	free(write_pid("containers/" CID "/conmon.pid", stranger));
	CHECK(runtime_open_monitor(&rt, CID) == -ESRCH);
	free(write_pid("containers/" CID "/conmon.pid", mine));
	AUTO_CLOSE int fd = runtime_open_monitor(&rt, CID);
	CHECK(fd >= 0);
	end(mine);
	end(stranger);
	CHECK(runtime_open_monitor(&rt, CID) == -ESRCH);
}

static void command(void)
{
	/* The command line does not count here: the cgroup does, and its is not the container's. */
	pid_t stranger = spawn(CID);
	AUTO_FREE char *path = write_pid("exec.pid", stranger);

	runtime_kill_command(path, CID);
	runtime_kill_command(NULL, CID);
	CHECK(lives(stranger));
	end(stranger);
}

int main(void)
{
	CHECK(mkdtemp(dir) != NULL);
	RUN(by_start_time);
	RUN(monitor);
	RUN(command);
	CHECK(fs_rm_rf(dir, NULL) == 0);
	return TEST_END();
}
