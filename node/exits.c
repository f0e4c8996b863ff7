#include "node/exits.h"
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <sys/inotify.h>

struct exits {
	int fd;
	struct loop_io *io;
	void (*fn)(void *arg, const char *cid);
	void *arg;
};

static void exits_readable(void *arg, int fd, uint32_t events UNUSED)
{
	struct exits *x = arg;
	char b[8 * (sizeof(struct inotify_event) + NAME_MAX + 1)] __attribute__((aligned(__alignof__(struct inotify_event))));

	for (;;) {
		ssize_t n = read(fd, b, sizeof(b));
		if (n <= 0)
			return;
		for (char *p = b; p < b + n;) {
			const struct inotify_event *ev = (const struct inotify_event *)(void *)p;
			/* conmon writes a temporary file and renames it. */
			if (ev->len > 0 && ev->name[0] != '.' && strlen(ev->name) == 64)
				x->fn(x->arg, ev->name);
			else if (ev->mask & IN_Q_OVERFLOW)
				x->fn(x->arg, ""); /* look everywhere */
			p += sizeof(*ev) + ev->len;
		}
	}
}

int exits_new(struct exits **ret, struct loop *l, const char *dir, void (*fn)(void *arg, const char *cid), void *arg, struct err *e)
{
	struct exits *x = calloc(1, sizeof(*x));
	int r;

	if (!x)
		return err_nomem(e);
	*x = (struct exits){.fd = -1, .fn = fn, .arg = arg};
	x->fd = inotify_init1(IN_CLOEXEC | IN_NONBLOCK);
	if (x->fd < 0 || inotify_add_watch(x->fd, dir, IN_MOVED_TO | IN_CLOSE_WRITE) < 0) {
		r = err_errno(e, errno, "cannot watch %s", dir);
		exits_free(x);
		return r;
	}
	r = loop_io_new(&x->io, l, x->fd, EPOLLIN, exits_readable, x, e);
	if (r < 0) {
		exits_free(x);
		return r;
	}
	*ret = x;
	return 0;
}

struct exits *exits_free(struct exits *x)
{
	if (!x)
		return NULL;
	loop_io_free(x->io);
	if (x->fd >= 0)
		close(x->fd);
	free(x);
	return NULL;
}
