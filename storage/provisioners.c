#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <unistd.h>
#include "storage/builtin.h"
#include "storage/csi.h"
#include "storage/exec.h"
#include "base/fs.h"
#include "base/fs_watch.h"
#include "base/log.h"
#include "base/pool.h"
#include "base/str.h"

/*
 * DATA_DIR/provisioners/NAME or VENDOR/NAME. Whatever changes there, the folder is read anew after it has settled, and what is found is compared with what is known:
 * a file is asked again when it is another one. Asking blocks and happens on threads of its own, one at a time for a name; who does not answer is asked
 * again after a while, so that a driver may come up after its link.
 */

#define COMPONENT	"storage"
#define ENTRIES_MAX	256 /* programs and drivers of one machine */
#define SETTLE_MS	20  /* who installs writes, then makes executable */
#define RETRY_FIRST_MS	1000
#define RETRY_MAX_MS	60000

struct stamp { /* another one: another file */
	dev_t dev;
	ino_t ino;
	off_t size;
	struct timespec mtime, ctime;
	mode_t mode;
};

struct entry {
	struct pool_job job; /* first; asks */
	struct provisioners *v;
	char *name, *path;
	struct stamp stamp, asked; /* as seen; as it was when last asked or refused */
	bool seen, asking, touched, settled; /* settled: asked or refused, and nothing more to do until it changes */
	int64_t retry_ms;
	struct loop_timer *retry;
	struct plugin *plugin, *answer; /* the registered one; of the last question */
	bool socket;
	char *said; /* why it is not used */
	char builtin[64]; /* a link with this text: that plug-in under this name */
	struct err err;
};

struct provisioners {
	struct plugins *p;
	int stop_fd;
	char *dir;
	struct fs_watch *files;
	struct pool *pool;
	struct entry *v[ENTRIES_MAX];
	size_t n;
	bool full_said;
};

bool provisioner_name_ok(const char *name)
{
	unsigned parts = 1, len = 0;

	if (strlen(name) > 63 * 3)
		return false;
	for (const char *p = name; *p; p++) {
		bool alnum = (*p >= 'a' && *p <= 'z') || (*p >= 'A' && *p <= 'Z') || (*p >= '0' && *p <= '9');
		if (*p == '/') {
			if (!len || p[-1] == '-' || p[-1] == '.' || ++parts > 2)
				return false;
			len = 0;
		} else if (alnum || (len && (*p == '-' || *p == '.' || *p == '_')))
			len++;
		else
			return false;
	}
	return len > 0 && name[strlen(name) - 1] != '-' && name[strlen(name) - 1] != '.';
}

static void entry_free(struct entry *t)
{
	if (t->plugin)
		plugins_remove(t->v->p, t->plugin);
	plugin_unref(t->answer);
	if (t->said)
		plugins_refuse(t->v->p, t->name, NULL);
	free(t->said);
	loop_timer_free(t->retry);
	free(t->name);
	free(t->path);
	free(t);
}

/* --- asking --- */

static void entry_drop(struct entry *t)
{
	if (t->plugin)
		plugins_remove(t->v->p, t->plugin);
	t->plugin = NULL;
}

static void entry_again(struct entry *t)
{
	t->retry_ms = t->retry_ms ? t->retry_ms * 2 : RETRY_FIRST_MS;
	if (t->retry_ms > RETRY_MAX_MS)
		t->retry_ms = RETRY_MAX_MS;
	loop_timer_set(t->retry, t->retry_ms);
}

/* For the log and for claims that wait for it; the same once. */
static void entry_refused(struct entry *t, const char *why)
{
	AUTO_FREE char *text = str_fmt("%s is not used%s%s", t->path, t->retry_ms ? ", and is asked again: " : ": ", why);

	if (!text || streq(text, t->said))
		return;
	log_warning(COMPONENT, t->name, "%s", text);
	plugins_refuse(t->v->p, t->name, text);
	free(t->said);
	t->said = TAKE_PTR(text);
}

static void ask(struct pool_job *j)
{
	struct entry *t = (struct entry *)j;

	t->err = (struct err){0};
	if (*t->builtin) {
		AUTO_PLUGIN struct plugin *target = plugins_get(t->v->p, t->builtin);
		t->err.code = target ? plugin_alias_new(&t->answer, t->name, target, &t->err) : err_set(&t->err, ERR_NOT_FOUND, "%s is not there", t->builtin);
	} else if (t->socket)
		t->err.code = csi_plugin_new(&t->answer, t->v->p, t->name, t->path, &t->err);
	else
		t->err.code = exec_plugin_new(&t->answer, t->name, t->path, t->v->stop_fd, &t->err);
}

static void asked(struct pool_job *j)
{
	struct entry *t = (struct entry *)j;
	struct plugin *old = t->plugin;

	t->asking = false;
	if (t->err.code < 0) {
		/* What was there before is another program, which is gone. */
		entry_drop(t);
		entry_again(t);
		if (t->err.code != ERR_CANCELED)
			entry_refused(t, t->err.msg);
	} else {
		struct err e = {0};
		t->settled = true;
		t->retry_ms = 0;
		t->plugin = plugin_ref(t->answer);
		if (plugins_add(t->v->p, TAKE_PTR(t->answer), &e) < 0) {
			log_error(COMPONENT, t->name, "%s", e.msg);
			t->plugin = plugin_unref(t->plugin);
		} else {
			log_info(COMPONENT, t->name, "%s is the %s for this provisioner", t->path, t->plugin->kind);
			if (t->said)
				plugins_refuse(t->v->p, t->name, NULL);
			free(TAKE_PTR(t->said));
			plugin_unref(t->plugin); /* the registry's reference is what is kept */
		}
		if (old)
			plugins_remove(t->v->p, old);
	}
	fs_watch_soon(t->v->files);
}

static void retry(void *arg)
{
	struct entry *t = arg;

	t->touched = true;
	fs_watch_soon(t->v->files);
}

/* --- looking --- */

static struct stamp stamp_of(const struct stat *st)
{
	return (struct stamp){st->st_dev, st->st_ino, st->st_size, st->st_mtim, st->st_ctim, st->st_mode};
}

static bool same(const struct stamp *a, const struct stamp *b)
{
	return a->dev == b->dev && a->ino == b->ino && a->size == b->size && a->mode == b->mode && a->mtime.tv_sec == b->mtime.tv_sec &&
	       a->mtime.tv_nsec == b->mtime.tv_nsec && a->ctime.tv_sec == b->ctime.tv_sec && a->ctime.tv_nsec == b->ctime.tv_nsec;
}

static struct entry *entry_get(struct provisioners *v, const char *name)
{
	for (size_t i = 0; i < v->n; i++)
		if (streq(v->v[i]->name, name))
			return v->v[i];
	if (v->n == ENTRIES_MAX) {
		if (!v->full_said)
			log_warning(COMPONENT, v->dir, "more than %d entries: %s and others are not used", ENTRIES_MAX, name);
		v->full_said = true;
		return NULL;
	}
	struct entry *t = calloc(1, sizeof(*t));
	if (!t || !(t->name = str_dup(name)) || !(t->path = fs_join(v->dir, name)) || loop_timer_new(&t->retry, plugins_loop(v->p), retry, t) < 0) {
		log_error(COMPONENT, name, "out of memory");
		if (t) {
			t->v = v;
			entry_free(t);
		}
		return NULL;
	}
	t->v = v;
	t->job = (struct pool_job){.run = ask, .done = asked, .done_loop = plugins_loop(v->p)};
	return v->v[v->n++] = t;
}

/* A link leads to a driver's socket, which comes and goes: the folder that it is in is followed as well. */
static int look_link(struct entry *t, struct stat *st, struct err *e)
{
	char target[PATH_MAX];
	ssize_t n = readlink(t->path, target, sizeof(target) - 1);

	if (n < 0)
		return err_errno(e, errno, "%s", t->path);
	target[n] = 0;
	if (builtin_known(target))
		return str_copy(t->builtin, sizeof(t->builtin), target) ? 0 : err_set(e, ERR_INVALID, "%s: too long", t->path);
	if (target[0] != '/')
		return err_set(e, ERR_FORBIDDEN, "%s: a link to a driver's socket begins with '/', or names a plug-in that is built in, this one is %.200s", t->path, target);
	char *slash = strrchr(target, '/');
	slash[slash == target] = 0;
	int r = fs_watch_add(t->v->files, target, FS_WATCH_FOLDER);
	if (r < 0)
		log_debug(COMPONENT, t->name, "%s is not followed: %s", target, strerror(-r));
	if (stat(t->path, st) < 0 && errno != ENOENT)
		return err_errno(e, errno, "%s", t->path);
	else if (!st->st_ino || S_ISLNK(st->st_mode))
		return err_set(e, ERR_UNAVAILABLE, "%s: the driver's socket is not there", t->path);
	if (!S_ISSOCK(st->st_mode))
		return err_set(e, ERR_FORBIDDEN, "%s is a link to what is no socket: programs are files in this folder", t->path);
	return 0;
}

static void look(struct provisioners *v, const char *name)
{
	struct err e = {0};
	struct stat st;

	if (!provisioner_name_ok(name)) {
		log_debug(COMPONENT, name, "is no name of a provisioner");
		return;
	}
	struct entry *t = entry_get(v, name);
	if (!t)
		return;
	t->seen = true;
	if (t->asking)
		return; /* looked at again afterwards */
	if (lstat(t->path, &st) < 0)
		return;
	t->builtin[0] = 0;
	t->socket = S_ISLNK(st.st_mode) || S_ISSOCK(st.st_mode);
	int r = S_ISLNK(st.st_mode) ? look_link(t, &st, &e) : S_ISSOCK(st.st_mode) ? 0 : exec_check(t->path, &st, &e);
	t->stamp = r == ERR_UNAVAILABLE ? (struct stamp){0} : stamp_of(&st);
	bool changed = !same(&t->stamp, &t->asked);
	if (!changed && (t->settled || (t->retry_ms && !t->touched)))
		return;
	if (changed)
		t->retry_ms = 0;
	t->asked = t->stamp;
	t->settled = t->touched = false;
	loop_timer_stop(t->retry);
	if (r < 0) {
		entry_drop(t);
		/* A socket's folder may not be there yet to be followed. */
		if (r == ERR_UNAVAILABLE)
			entry_again(t);
		else
			t->settled = true;
		entry_refused(t, e.msg);
		return;
	}
	t->asking = true;
	pool_submit(v->pool, &t->job);
}

static bool folder_ok(const char *path)
{
	struct stat st;

	if (lstat(path, &st) < 0 || !S_ISDIR(st.st_mode))
		return false;
	if ((st.st_uid == 0 || st.st_uid == geteuid()) && !(st.st_mode & 022))
		return true;
	log_warning(COMPONENT, path, "this folder can be changed by others than root: what is in it is not used");
	return false;
}

/* vendor NULL: the folder itself. */
static void scan(struct provisioners *v, const char *vendor)
{
	AUTO_FREE char *dir = vendor ? fs_join(v->dir, vendor) : str_dup(v->dir);
	const struct dirent *d;

	if (!dir || !folder_ok(dir))
		return;
	/* Before it is read: what comes afterwards is told. */
	int r = fs_watch_add(v->files, dir, FS_WATCH_FOLDER);
	if (r < 0)
		log_warning(COMPONENT, dir, "cannot be followed: %s", strerror(-r));
	DIR *f = opendir(dir);
	if (!f) {
		log_warning(COMPONENT, dir, "%s", strerror(errno));
		return;
	}
	while ((d = readdir(f))) {
		AUTO_FREE char *name = vendor ? str_fmt("%s/%s", vendor, d->d_name) : str_dup(d->d_name), *path = name ? fs_join(v->dir, name) : NULL;
		struct stat st;
		if (d->d_name[0] == '.' || !path || lstat(path, &st) < 0)
			continue;
		if (!S_ISDIR(st.st_mode))
			look(v, name);
		else if (!vendor && provisioner_name_ok(name))
			scan(v, name);
	}
	closedir(f);
}

static void settled(void *arg)
{
	struct provisioners *v = arg;

	for (size_t i = 0; i < v->n; i++)
		v->v[i]->seen = false;
	scan(v, NULL);
	for (size_t i = 0; i < v->n;) {
		struct entry *t = v->v[i];
		if (t->seen || t->asking) {
			i++;
			continue;
		}
		log_info(COMPONENT, t->name, "%s is gone", t->path);
		v->v[i] = v->v[--v->n];
		v->full_said = false;
		entry_free(t);
	}
}

static bool event(void *arg, uint32_t mask, const char *name)
{
	struct provisioners *v = arg;

	/* One that could not be run because it was still being written is the same file afterwards. */
	for (size_t i = 0; i < v->n && mask & IN_CLOSE_WRITE; i++) {
		const char *slash = strrchr(v->v[i]->name, '/');
		if (streq(slash ? slash + 1 : v->v[i]->name, name))
			v->v[i]->touched = true;
	}
	return true;
}

static const struct fs_watch_ops files_ops = {event, settled};

int provisioners_new(struct provisioners **ret, struct plugins *p, int stop_fd, struct err *e)
{
	struct provisioners *v = calloc(1, sizeof(*v));
	int r;

	if (!v)
		return err_nomem(e);
	*v = (struct provisioners){.p = p, .stop_fd = stop_fd};
	r = (v->dir = fs_join(plugins_conf(p)->data_dir, "provisioners")) ? 0 : err_nomem(e);
	if (r < 0 || (r = fs_mkdir_p(v->dir, 0700, e)) < 0 || (r = pool_new(&v->pool, 8, "provisioners", e)) < 0 ||
	    (r = fs_watch_new(&v->files, plugins_loop(p), SETTLE_MS, &files_ops, v, e)) < 0) {
		provisioners_free(v);
		return r;
	}
	settled(v);
	*ret = v;
	return 0;
}

struct provisioners *provisioners_free(struct provisioners *v)
{
	if (!v)
		return NULL;
	if (v->pool) {
		v->pool = pool_free(v->pool);
		loop_flush(plugins_loop(v->p));
	}
	for (size_t i = 0; i < v->n; i++)
		entry_free(v->v[i]);
	fs_watch_free(v->files);
	free(v->dir);
	free(v);
	return NULL;
}
