#include "base/netns.h"
#include <errno.h>
#include <fcntl.h>
#include <net/if.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdbool.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/socket.h>
#include "base/cleanup.h"

/* A thread of its own: namespaces are entered by threads, and a worker must not stay in one. */
struct scratch {
	int (*fn)(void *arg, struct err *e);
	void *arg;
	int netns_fd; /* -1: stay */
	int code;
	struct err err;
};

static void *scratch_main(void *arg)
{
	struct scratch *s = arg;

	if (s->netns_fd >= 0 && setns(s->netns_fd, CLONE_NEWNET) < 0)
		s->code = err_errno(&s->err, errno, "cannot enter the network namespace");
	else
		s->code = s->fn(s->arg, &s->err);
	return NULL;
}

static int scratch_run(struct scratch *s, struct err *e)
{
	pthread_t thread;
	sigset_t all, old;
	int r;

	(void)sigfillset(&all);
	(void)pthread_sigmask(SIG_SETMASK, &all, &old);
	r = pthread_create(&thread, NULL, scratch_main, s);
	(void)pthread_sigmask(SIG_SETMASK, &old, NULL);
	if (r)
		return err_errno(e, r, "cannot start a thread");
	(void)pthread_join(thread, NULL);
	if (s->code < 0 && e)
		*e = s->err;
	return s->code;
}

int netns_run(int netns_fd, int (*fn)(void *arg, struct err *e), void *arg, struct err *e)
{
	struct scratch s = {.fn = fn, .arg = arg, .netns_fd = netns_fd};

	return netns_fd < 0 ? err_set(e, -EBADF, "no network namespace given") : scratch_run(&s, e);
}

static int raise_loopback(struct err *e)
{
	AUTO_CLOSE int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	struct ifreq ifr = {.ifr_name = "lo"};

	if (fd < 0 || ioctl(fd, SIOCGIFFLAGS, &ifr) < 0)
		return err_errno(e, errno, "cannot read the state of lo");
	ifr.ifr_flags = (short)(ifr.ifr_flags | IFF_UP);
	if (ioctl(fd, SIOCSIFFLAGS, &ifr) < 0)
		return err_errno(e, errno, "cannot raise lo");
	return 0;
}

static int create_here(void *arg, struct err *e)
{
	const char *path = arg;
	int r;

	if (unshare(CLONE_NEWNET) < 0)
		return err_errno(e, errno, "cannot make a network namespace");
	r = raise_loopback(e);
	if (r < 0)
		return r;
	if (mount("/proc/thread-self/ns/net", path, NULL, MS_BIND, NULL) < 0)
		return err_errno(e, errno, "cannot pin a network namespace at %s", path);
	return 0;
}

int netns_create(const char *path, struct err *e)
{
	struct scratch s = {.fn = create_here, .arg = (void *)path, .netns_fd = -1};
	int fd = open(path, O_RDONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0444), r;

	if (fd < 0)
		return err_errno(e, errno, "cannot create %s", path);
	(void)close(fd);
	r = scratch_run(&s, e);
	if (r < 0)
		(void)unlink(path);
	return r;
}

int netns_delete(const char *path, struct err *e)
{
	bool mounted = true;

	while (mounted && umount2(path, MNT_DETACH | UMOUNT_NOFOLLOW) < 0) {
		if (errno == ENOENT)
			return 0;
		if (errno != EINVAL)
			return err_errno(e, errno, "cannot unmount the network namespace at %s", path);
		mounted = false;
	}
	/* Pinned twice (a crash between create and its record): the file stays busy until the last is gone. */
	while (unlink(path) < 0) {
		if (errno == ENOENT)
			return 0;
		if (errno != EBUSY || umount2(path, MNT_DETACH | UMOUNT_NOFOLLOW) < 0)
			return err_errno(e, errno, "cannot remove %s", path);
	}
	return 0;
}

int netns_open(const char *path, int *ret_fd, struct err *e)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);

	if (fd < 0) {
		if (errno == ENOENT)
			return err_set(e, ERR_NOT_FOUND, "network namespace %s does not exist", path);
		return err_errno(e, errno, "cannot open network namespace %s", path);
	}
	*ret_fd = fd;
	return 0;
}
