/* Changes of configuration and of plug-ins, by inotify. A folder that is not there is waited for at the nearest one
 * above. */
#include <stdlib.h>
#include <string.h>
#include "base/cleanup.h"
#include "base/fs_watch.h"
#include "base/str.h"
#include "net/cni.h"

#define DIRS_MAX  16
#define SETTLE_MS 50 /* who installs writes several files */

struct cni_watch {
	struct fs_watch *files;
	char *dirs[DIRS_MAX];
	int wd[DIRS_MAX];
	size_t n;
	void (*fn)(void *arg);
	void *arg;
};

#define ABOVE (IN_CREATE | IN_MOVED_TO | IN_DELETE_SELF | IN_MOVE_SELF | IN_ONLYDIR)

/* Adding a folder a second time gives the same number; two that wait at the same one share it. */
static void look(struct cni_watch *w)
{
	int before[DIRS_MAX];
	memcpy(before, w->wd, sizeof(before));
	for (size_t i = 0; i < w->n; i++) {
		AUTO_FREE char *dir = str_dup(w->dirs[i]);
		w->wd[i] = dir ? fs_watch_add(w->files, dir, FS_WATCH_FOLDER) : -1;
		while (dir && w->wd[i] < 0) {
			char *slash = strrchr(dir, '/');
			if (!slash || !dir[1])
				break;
			slash[slash == dir] = 0;
			w->wd[i] = fs_watch_add(w->files, dir, ABOVE);
		}
	}
	for (size_t i = 0; i < w->n; i++) {
		bool used = before[i] < 0;
		for (size_t j = 0; j < w->n && !used; j++)
			used = w->wd[j] == before[i];
		for (size_t j = 0; j < i && !used; j++)
			used = before[j] == before[i]; /* removed already */
		if (!used)
			fs_watch_drop(w->files, before[i]);
	}
}

static void settled(void *arg)
{
	struct cni_watch *w = arg;
	look(w);
	w->fn(w->arg);
}

/* At once: a folder that has come may be filled next. */
static bool event(void *arg, uint32_t mask, const char *name UNUSED)
{
	if (mask & (ABOVE | IN_UNMOUNT | IN_Q_OVERFLOW))
		look(arg);
	return true;
}

static const struct fs_watch_ops ops = {event, settled};

int cni_watch_new(struct cni_watch **ret, struct loop *l, const struct cni_config *c, void (*fn)(void *arg), void *arg,
		  struct err *e)
{
	struct cni_watch *w = calloc(1, sizeof(*w));
	if (!w)
		return err_nomem(e);
	*w = (struct cni_watch){.fn = fn, .arg = arg};
	for (size_t i = 0; i < DIRS_MAX; i++)
		w->wd[i] = -1;
	int code = fs_watch_new(&w->files, l, SETTLE_MS, &ops, w, e);
	if (code < 0)
		(void)err_wrap(e, "cannot watch %s", c->conf_dir);
	if (code == 0 && !(w->dirs[w->n++] = str_dup(c->conf_dir)))
		code = err_nomem(e);
	for (const char *p = c->bin_dirs; code == 0 && *p && w->n < DIRS_MAX;) {
		size_t n = strcspn(p, ":");
		if (n && !(w->dirs[w->n++] = str_ndup(p, n)))
			code = err_nomem(e);
		p += n + (p[n] == ':');
	}
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
	fs_watch_free(w->files);
	for (size_t i = 0; i < w->n; i++)
		free(w->dirs[i]);
	free(w);
	return NULL;
}
