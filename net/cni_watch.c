/* Changes of configuration and of plug-ins, by inotify. A folder that is not there is waited for at the nearest one
 * above. */
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <sys/inotify.h>
#include <unistd.h>
#include "base/cleanup.h"
#include "base/fs.h"
#include "base/str.h"
#include "net/cni.h"

#define DIRS_MAX  16
#define SETTLE_MS 50 /* who installs writes several files */

struct cni_watch {
	int fd;
	struct loop_io *io;
	struct loop_timer *settle;
	char *dirs[DIRS_MAX];
	int wd[DIRS_MAX];
	size_t n;
	void (*fn)(void *arg);
	void *arg;
};

#define FILES                                                                                                          \
	(IN_CREATE | IN_CLOSE_WRITE | IN_MOVED_TO | IN_MOVED_FROM | IN_DELETE | IN_ATTRIB | IN_DELETE_SELF |           \
	 IN_MOVE_SELF)
#define ABOVE (IN_CREATE | IN_MOVED_TO | IN_DELETE_SELF | IN_MOVE_SELF)

/* Adding a folder a second time gives the same number; two that wait at the same one share it. */
static void look(struct cni_watch *w)
{
	int before[DIRS_MAX];
	memcpy(before, w->wd, sizeof(before));
	for (size_t i = 0; i < w->n; i++) {
		AUTO_FREE char *dir = str_dup(w->dirs[i]);
		w->wd[i] = dir ? inotify_add_watch(w->fd, dir, FILES | IN_MASK_ADD | IN_ONLYDIR) : -1;
		while (dir && w->wd[i] < 0) {
			char *slash = strrchr(dir, '/');
			if (!slash || !dir[1])
				break;
			slash[slash == dir] = 0;
			w->wd[i] = inotify_add_watch(w->fd, dir, ABOVE | IN_MASK_ADD | IN_ONLYDIR);
		}
	}
	for (size_t i = 0; i < w->n; i++) {
		bool used = before[i] < 0;
		for (size_t j = 0; j < w->n && !used; j++)
			used = w->wd[j] == before[i];
		for (size_t j = 0; j < i && !used; j++)
			used = before[j] == before[i]; /* removed already */
		if (!used)
			(void)inotify_rm_watch(w->fd, before[i]);
	}
}

static void settled(void *arg)
{
	struct cni_watch *w = arg;
	look(w);
	w->fn(w->arg);
}

static void readable(void *arg, int fd, uint32_t events UNUSED)
{
	struct cni_watch *w = arg;
	char b[8 * (sizeof(struct inotify_event) + NAME_MAX + 1)]
	    __attribute__((aligned(__alignof__(struct inotify_event))));
	bool any = false;
	for (;;) {
		ssize_t n = read(fd, b, sizeof(b));
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			break;
		for (char *p = b; p < b + n;) {
			const struct inotify_event *ev = (const struct inotify_event *)(void *)p;
			/* Our own removal of a watch is told as well. */
			any |= ev->mask != IN_IGNORED;
			p += sizeof(*ev) + ev->len;
		}
	}
	if (!any)
		return;
	look(w); /* at once: a folder that has come may be filled next */
	if (!loop_timer_armed(w->settle))
		loop_timer_set(w->settle, SETTLE_MS);
}

int cni_watch_new(struct cni_watch **ret, struct loop *l, const struct cni_config *c, void (*fn)(void *arg), void *arg,
		  struct err *e)
{
	struct cni_watch *w = calloc(1, sizeof(*w));
	if (!w)
		return err_nomem(e);
	*w = (struct cni_watch){.fd = inotify_init1(IN_CLOEXEC | IN_NONBLOCK), .fn = fn, .arg = arg};
	for (size_t i = 0; i < DIRS_MAX; i++)
		w->wd[i] = -1;
	int code = w->fd < 0 ? err_errno(e, errno, "cannot watch %s", c->conf_dir) : 0;
	if (code == 0 && !(w->dirs[w->n++] = str_dup(c->conf_dir)))
		code = err_nomem(e);
	for (const char *p = c->bin_dirs; code == 0 && *p && w->n < DIRS_MAX;) {
		size_t n = strcspn(p, ":");
		if (n && !(w->dirs[w->n++] = str_ndup(p, n)))
			code = err_nomem(e);
		p += n + (p[n] == ':');
	}
	if (code == 0 && loop_timer_new(&w->settle, l, settled, w) < 0)
		code = err_nomem(e);
	if (code == 0)
		code = loop_io_new(&w->io, l, w->fd, EPOLLIN, readable, w, e);
	if (code < 0) {
		cni_watch_free(w);
		return code;
	}
	look(w);
	*ret = w;
	return 0;
}

struct cni_watch *cni_watch_free(struct cni_watch *w)
{
	if (!w)
		return NULL;
	loop_io_free(w->io);
	loop_timer_free(w->settle);
	if (w->fd >= 0)
		close(w->fd);
	for (size_t i = 0; i < w->n; i++)
		free(w->dirs[i]);
	free(w);
	return NULL;
}
