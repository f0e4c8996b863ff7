#include "base/lock_file.h"
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <time.h>
#include <unistd.h>
#include "base/fs.h"
#include "base/str.h"

#define PATIENCE_S  5
#define REPEAT_NS   100000000 /* a signal that comes just before flock() does not end it */
#define KILL_BIT    (UINT64_C(1) << (SIGKILL - 1))
#define STATUS_MAX  (64 << 10)

#ifndef sigev_notify_thread_id
#define sigev_notify_thread_id _sigev_un._tid
#endif

static pid_t named_in(int fd)
{
	char text[32];
	int64_t pid;
	ssize_t n = pread(fd, text, sizeof(text) - 1, 0);

	if (n <= 0)
		return 0;
	text[n] = '\0';
	text[strcspn(text, "\n")] = '\0';
	return str_to_i64(text, 1, INT_MAX, &pid) < 0 ? 0 : (pid_t)pid;
}

/* Who is killed is there for a while yet, and keeps what it has until the last of its threads has gone. */
static bool is_ending(pid_t pid)
{
	AUTO_BUF struct buf text = {0};
	AUTO_FREE char *path = str_fmt("/proc/%d/status", (int)pid);

	if (!path || fs_read(path, STATUS_MAX, &text, NULL) < 0 || !text.data)
		return kill(pid, 0) < 0 && errno == ESRCH;
	const char *state = strstr(text.data, "\nState:"), *pending = strstr(text.data, "\nShdPnd:");
	state = state ? state + strlen("\nState:") : "";
	state += strspn(state, " \t");
	return *state == 'Z' || *state == 'X' ||
	       (pending && strtoull(pending + strlen("\nShdPnd:"), NULL, 16) & KILL_BIT);
}

static void wake(int number UNUSED) {}

/* Ended by a signal to this thread alone; what it does stays as it is, for other threads may wait too. */
static int lock_in_time(int fd)
{
	const struct sigaction act = {.sa_handler = wake};
	const struct itimerspec wait = {.it_value.tv_sec = PATIENCE_S, .it_interval.tv_nsec = REPEAT_NS};
	struct sigevent ev = {.sigev_notify = SIGEV_THREAD_ID, .sigev_signo = SIGALRM};
	sigset_t alarms, old;
	timer_t timer;

	ev.sigev_notify_thread_id = gettid();
	if (sigaction(SIGALRM, &act, NULL) < 0 || timer_create(CLOCK_MONOTONIC, &ev, &timer) < 0)
		return -errno;
	sigemptyset(&alarms);
	sigaddset(&alarms, SIGALRM);
	pthread_sigmask(SIG_UNBLOCK, &alarms, &old);
	(void)timer_settime(timer, 0, &wait, NULL);
	int code = flock(fd, LOCK_EX) < 0 ? -errno : 0;
	(void)timer_delete(timer);
	pthread_sigmask(SIG_SETMASK, &old, NULL);
	return code == -EINTR ? -EWOULDBLOCK : code;
}

static int name_self(int fd, const char *path, struct err *e)
{
	char text[32];
	int n = snprintf(text, sizeof(text), "%d\n", (int)getpid());

	/* Over what was there, which a full disk allows. */
	if (pwrite(fd, text, (size_t)n, 0) != n || ftruncate(fd, n) < 0)
		return err_errno(e, errno, "cannot write lock file %s", path);
	return 0;
}

int lock_file_take(const char *path, int *ret_fd, pid_t *ret_holder, struct err *e)
{
	AUTO_CLOSE int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	pid_t holder = 0;

	if (fd < 0)
		return err_errno(e, errno, "cannot open lock file %s", path);
	int code = flock(fd, LOCK_EX | LOCK_NB) < 0 ? -errno : 0;
	if (code == -EWOULDBLOCK && ((holder = named_in(fd)) == 0 || is_ending(holder)))
		code = lock_in_time(fd);
	if (code == -EWOULDBLOCK) {
		pid_t now = named_in(fd);
		*ret_holder = now && !is_ending(now) ? now : 0;
		return *ret_holder ? err_set(e, code, "%s is held by process %d", path, (int)now)
				   : err_set(e, code, "cannot lock %s: a process of the minik that was killed (%d) holds it still",
					     path, (int)now);
	}
	if (code < 0)
		return err_errno(e, -code, "cannot lock %s", path);
	if ((code = name_self(fd, path, e)) < 0)
		return code;
	*ret_fd = TAKE_FD(fd);
	return 0;
}

pid_t lock_file_holder(const char *path)
{
	AUTO_CLOSE int fd = open(path, O_RDONLY | O_CLOEXEC);

	return fd < 0 || flock(fd, LOCK_SH | LOCK_NB) == 0 ? 0 : named_in(fd);
}
