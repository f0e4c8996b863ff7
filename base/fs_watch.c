#include "base/fs_watch.h"
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <unistd.h>

struct fs_watch {
	int fd;
	int64_t settle_ms;
	const struct fs_watch_ops *ops;
	void *arg;
	struct loop_io *io;
	struct loop_timer *settle;
};

void fs_watch_soon(struct fs_watch *w)
{
	/* Not put off by the next event: who never rests is looked at all the same. */
	if (!loop_timer_armed(w->settle))
		loop_timer_set(w->settle, w->settle_ms);
}

static void readable(void *arg, int fd, uint32_t events UNUSED)
{
	struct fs_watch *w = arg;
	char b[8 * (sizeof(struct inotify_event) + NAME_MAX + 1)] __attribute__((aligned(__alignof__(struct inotify_event))));
	bool any = false;

	for (;;) {
		ssize_t n = read(fd, b, sizeof(b));
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			break;
		for (char *p = b; p < b + n;) {
			const struct inotify_event *ev = (const struct inotify_event *)(void *)p;
			/* Our own removal is told as well, and another's by the event before it. */
			if (ev->mask & IN_IGNORED)
				;
			else if (!w->ops->event || w->ops->event(w->arg, ev->mask, ev->len ? ev->name : ""))
				any = true;
			p += sizeof(*ev) + ev->len;
		}
	}
	if (any)
		fs_watch_soon(w);
}

static void settled(void *arg)
{
	struct fs_watch *w = arg;

	w->ops->settled(w->arg);
}

int fs_watch_new(struct fs_watch **ret, struct loop *l, int64_t settle_ms, const struct fs_watch_ops *ops, void *arg, struct err *e)
{
	struct fs_watch *w = calloc(1, sizeof(*w));

	if (!w)
		return err_nomem(e);
	*w = (struct fs_watch){.fd = inotify_init1(IN_CLOEXEC | IN_NONBLOCK), .settle_ms = settle_ms, .ops = ops, .arg = arg};
	int r = w->fd < 0 ? err_errno(e, errno, "inotify (fs.inotify.max_user_instances)") : 0;
	if (r == 0 && loop_timer_new(&w->settle, l, settled, w) < 0)
		r = err_nomem(e);
	if (r < 0 || (r = loop_io_new(&w->io, l, w->fd, EPOLLIN, readable, w, e)) < 0) {
		fs_watch_free(w);
		return r;
	}
	*ret = w;
	return 0;
}

struct fs_watch *fs_watch_free(struct fs_watch *w)
{
	if (!w)
		return NULL;
	loop_io_free(w->io);
	loop_timer_free(w->settle);
	if (w->fd >= 0)
		close(w->fd);
	free(w);
	return NULL;
}

int fs_watch_add(struct fs_watch *w, const char *path, uint32_t mask)
{
	int number = inotify_add_watch(w->fd, path, mask | IN_MASK_ADD);

	return number < 0 ? -errno : number;
}

void fs_watch_drop(struct fs_watch *w, int number) { (void)inotify_rm_watch(w->fd, number); }
