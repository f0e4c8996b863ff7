#include "tests/unit/test.h"
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>
#include "base/cleanup.h"
#include "base/fs.h"
#include "base/lock_file.h"
#include "base/proc.h"
#include "base/str.h"

static char dir[] = "/tmp/minik-lock-XXXXXX";
static char *path;

static void living(void)
{
	int fd = -1, other = -1;
	pid_t holder = 0;
	struct err e = {0};

	CHECK(lock_file_holder(path) == 0);
	CHECK(lock_file_take(path, &fd, &holder, &e) == 0 && holder == 0);
	CHECK(lock_file_holder(path) == getpid());
	CHECK(lock_file_take(path, &other, &holder, &e) == -EWOULDBLOCK && holder == getpid() && other == -1);
	close(fd);
	CHECK(lock_file_holder(path) == 0);
	CHECK(lock_file_take("/nonexistent/lock", &other, &holder, &e) == -ENOENT);
}

enum { SAYS = 7, GATE = 8, LOCK = 9 };

/* This program once more: holds the lock until it is killed, and says so. Its own child has it, too, until the gate is shut and
 * a moment longer. */
static int hold(const char *lock, bool with_heir)
{
	const struct proc_fd fds[] = {{GATE, GATE}, {LOCK, LOCK}};
	const struct proc_spec heir = {.argv = (const char *const[]){"sh", "-c", "read x <&8; sleep 0.3", NULL},
				       .stdin_fd = -1, .stdout_fd = -1, .stderr_fd = -1, .fds = fds, .n_fds = 2};
	int fd = -1;
	pid_t pid = 0;

	if (lock_file_take(lock, &fd, &pid, NULL) < 0)
		return 1;
	if (with_heir && (dup3(fd, LOCK, O_CLOEXEC) < 0 || proc_spawn(&heir, &pid, NULL) < 0))
		return 1;
	close(GATE);
	if (write(SAYS, "", 1) != 1)
		return 1;
	for (;;)
		pause();
}

static pid_t holder_start(int gate)
{
	AUTO_FREE char *self = NULL;
	int said[2];
	pid_t pid = -1;
	char c;

	CHECK(proc_self_exe(&self, NULL) == 0 && pipe2(said, O_CLOEXEC) == 0);
	const struct proc_fd fds[] = {{said[1], SAYS}, {gate, GATE}};
	const struct proc_spec holder = {.argv = (const char *const[]){self, path, gate < 0 ? NULL : "heir", NULL},
					 .stdin_fd = -1, .stdout_fd = -1, .stderr_fd = -1, .fds = fds, .n_fds = gate < 0 ? 1 : 2};
	CHECK(proc_spawn(&holder, &pid, NULL) == 0);
	close(said[1]);
	CHECK(pid > 0 && read(said[0], &c, 1) == 1);
	close(said[0]);
	return pid;
}

static void killed(void)
{
	for (int i = 0; i < 20; i++) {
		pid_t holder = 0, pid = holder_start(-1);
		int fd = -1;
		CHECK(kill(pid, SIGKILL) == 0);
		CHECK(lock_file_take(path, &fd, &holder, NULL) == 0);
		close(fd);
		CHECK(waitpid(pid, NULL, 0) == pid);
	}
}

static void left_behind(void)
{
	int gate[2], fd = -1;
	pid_t holder = 0;
	struct err e = {0};

	CHECK(pipe2(gate, O_CLOEXEC) == 0);
	pid_t pid = holder_start(gate[0]);
	CHECK(lock_file_take(path, &fd, &holder, &e) == -EWOULDBLOCK && holder == pid);
	CHECK(kill(pid, SIGKILL) == 0 && waitpid(pid, NULL, 0) == pid);
	CHECK(lock_file_take(path, &fd, &holder, &e) == -EWOULDBLOCK && holder == 0);
	CHECK(strstr(e.msg, "of the minik that was killed"));
	close(gate[0]);
	close(gate[1]);
	CHECK(lock_file_take(path, &fd, &holder, &e) == 0 && lock_file_holder(path) == getpid());
	close(fd);
}

int main(int argc, char **argv)
{
	if (argc > 1)
		return hold(argv[1], argc > 2);
	if (!mkdtemp(dir) || !(path = fs_join(dir, "lock")))
		return 1;
	RUN(living);
	RUN(killed);
	RUN(left_behind);
	CHECK(fs_rm_rf(dir, NULL) == 0);
	free(path);
	return TEST_END();
}
