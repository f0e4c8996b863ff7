/* Removing what nothing refers to. See image_store.h for how this and operations under way keep out of each other's
 * way. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include "base/fs.h"
#include "base/map.h"
#include "base/str.h"
#include "node/image_store.h"

#define YOUNG_S 3600 /* files of blobs/ without a proper name are being written, unless they are older than this */

static int mark(struct map *live, const char *digest, struct err *e)
{
	return !digest || map_put(live, digest, live) == 0 ? 0 : err_nomem(e);
}

static int mark_array(struct map *live, const json_t *a, struct err *e)
{
	json_t *v;
	size_t i;
	int r = 0;

	json_array_foreach((json_t *)a, i, v)
	{
		if (r == 0)
			r = mark(live, json_string_value(v), e);
	}
	return r;
}

static int mark_images(struct map *live, const json_t *index, struct err *e)
{
	const char *id;
	json_t *img;

	json_object_foreach(json_object_get(index, "images"), id, img)
	{
		int r = mark(live, id, e);

		if (r == 0)
			r = mark(live, json_str(img, "manifest"), e);
		if (r == 0)
			r = mark_array(live, json_object_get(img, "layers"), e);
		if (r == 0)
			r = mark_array(live, json_object_get(img, "blobs"), e);
		if (r < 0)
			return r;
	}
	return 0;
}

/* Calls fn for every name in dir but those that begin with a dot. */
static int each_name(const char *dir, int (*fn)(void *arg, const char *dir, const char *name, struct err *e), void *arg,
		     struct err *e)
{
	DIR *d = opendir(dir);
	struct dirent *ent;
	int r = 0;

	if (!d)
		return err_errno(e, errno, "cannot list %s", dir);
	while (r == 0 && (errno = 0, ent = readdir(d)))
		if (ent->d_name[0] != '.')
			r = fn(arg, dir, ent->d_name, e);
	if (r == 0 && errno)
		r = err_errno(e, errno, "cannot list %s", dir);
	(void)closedir(d);
	return r;
}

/* True, and the lock is ours, when nobody holds it. */
static bool try_lock(const char *path, int flags, int *ret_fd)
{
	AUTO_CLOSE int fd = open(path, O_RDWR | O_CLOEXEC | O_NOFOLLOW | flags, 0600);

	if (fd < 0 || flock(fd, LOCK_EX | LOCK_NB) < 0)
		return false;
	*ret_fd = TAKE_FD(fd);
	return true;
}

static int mark_lease(void *arg, const char *dir, const char *name, struct err *e)
{
	AUTO_FREE char *path = fs_join(dir, name);
	AUTO_BUF struct buf text = {0};
	AUTO_CLOSE int fd = -1;
	int r = 0;

	if (!path)
		return err_nomem(e);
	if (try_lock(path, 0, &fd)) {
		(void)unlink(path); /* its holder is gone */
		return 0;
	}
	r = fs_read(path, 1u << 20, &text, e);
	if (r == ERR_NOT_FOUND)
		return 0;
	buf_addc(&text, '\0');
	if (r == 0 && buf_failed(&text))
		r = err_nomem(e);
	for (char *p = text.data, *nl; r == 0 && (nl = strchr(p, '\n')); p = nl + 1) {
		*nl = '\0';
		r = mark(arg, p, e);
	}
	return r;
}

struct sweep {
	const struct image_store *s;
	struct map *live;
	const char *trash; /* directory that unreferenced layers are moved to */
	unsigned n_trash;
	int64_t freed;
	time_t now;
};

static bool is_hex_name(const char *n)
{
	return strlen(n) == 64 && strspn(n, "0123456789abcdef") == 64;
}

static int sweep_blob(void *arg, const char *dir, const char *name, struct err *e)
{
	struct sweep *w = arg;
	AUTO_FREE char *path = fs_join(dir, name), *digest = str_fmt("sha256:%s", name);
	struct stat st;

	if (!path || !digest)
		return err_nomem(e);
	if (lstat(path, &st) < 0 || !S_ISREG(st.st_mode))
		return 0;
	if (is_hex_name(name) ? map_has(w->live, digest) : w->now - st.st_mtime < YOUNG_S)
		return 0;
	if (unlink(path) < 0)
		return err_errno(e, errno, "cannot remove %s", path);
	w->freed += (int64_t)st.st_blocks * 512;
	return 0;
}

static int sweep_layer(void *arg, const char *dir, const char *name, struct err *e)
{
	struct sweep *w = arg;
	AUTO_FREE char *path = fs_join(dir, name), *digest = str_fmt("sha256:%s", name), *to = NULL;

	if (!path || !digest)
		return err_nomem(e);
	if (is_hex_name(name) && map_has(w->live, digest))
		return 0;
	/* In one step, so that nobody ever sees half of it. */
	to = str_fmt("%s/%u", w->trash, w->n_trash++);
	if (!to)
		return err_nomem(e);
	return rename(path, to) < 0 ? err_errno(e, errno, "cannot remove %s", path) : 0;
}

static int sweep_top(void *arg, const char *dir, const char *name, struct err *e)
{
	AUTO_FREE char *path = fs_join(dir, name);

	(void)arg;
	if (!path)
		return err_nomem(e);
	if (str_has_prefix(name, "index.json.tmp")) /* only written under the lock that we hold */
		(void)unlink(path);
	return 0;
}

static int64_t tree_size(const char *path)
{
	DIR *d = opendir(path);
	struct dirent *ent;
	int64_t sum = 0;

	while (d && (ent = readdir(d))) {
		AUTO_FREE char *p = NULL;
		struct stat st;

		if (streq(ent->d_name, ".") || streq(ent->d_name, "..") || !(p = fs_join(path, ent->d_name)) ||
		    lstat(p, &st) < 0)
			continue;
		sum += st.st_nlink > 1 && !S_ISDIR(st.st_mode) ? (int64_t)st.st_blocks * 512 / (int64_t)st.st_nlink
							       : (int64_t)st.st_blocks * 512;
		if (S_ISDIR(st.st_mode))
			sum += tree_size(p);
	}
	if (d)
		(void)closedir(d);
	return sum;
}

/* tmp: NAME.dir belongs to whoever holds NAME.lock; blob-HEX to whoever holds itself. */
static int sweep_tmp(void *arg, const char *dir, const char *name, struct err *e)
{
	struct sweep *w = arg;
	size_t n = strlen(name);
	bool pair = str_has_suffix(name, ".dir") || str_has_suffix(name, ".lock");
	AUTO_FREE char *path = fs_join(dir, name), *lock_path = NULL, *work = NULL;
	AUTO_CLOSE int fd = -1;
	struct stat st;
	int r = 0;

	if (pair)
		n = (size_t)(strrchr(name, '.') - name);
	lock_path = pair ? str_fmt("%s/%.*s.lock", dir, (int)n, name) : str_dup(path);
	work = str_fmt("%s/%.*s.dir", dir, (int)n, name);
	if (!path || !lock_path || !work)
		return err_nomem(e);
	if (!try_lock(lock_path, pair ? O_CREAT : 0, &fd))
		return 0;
	if (pair) {
		w->freed += tree_size(work);
		r = fs_rm_rf(work, e);
	} else if (fstat(fd, &st) == 0) {
		w->freed += (int64_t)st.st_blocks * 512;
	}
	(void)unlink(lock_path);
	return r;
}

/* What stays, and who is told of what does not. */
struct prune {
	const char *const *keep; /* ids; may be NULL */
	bool keep_named;
	image_gone_fn fn;
	void *arg;
};

static void tell_gone(const struct prune *p, const char *id, const json_t *img)
{
	const json_t *names = json_object_get(img, "names");
	json_t *v;
	size_t i;

	if (!p->fn)
		return;
	json_array_foreach((json_t *)names, i, v) p->fn(p->arg, json_string_value(v));
	if (json_array_size(names) == 0)
		p->fn(p->arg, id);
}

static int drop_images(const struct image_store *s, json_t *index, const struct prune *p, struct err *e)
{
	AUTO_JSON json_t *gone = json_object();
	const char *id;
	json_t *img;
	int r;

	if (!gone)
		return err_nomem(e);
	json_object_foreach(json_object_get(index, "images"), id, img)
	{
		bool stays = p->keep_named && json_array_size(json_object_get(img, "names")) +
						      json_array_size(json_object_get(img, "repo_digests")) >
						  0;

		for (size_t k = 0; p->keep && p->keep[k]; k++)
			stays |= streq(p->keep[k], id);
		if (!stays && json_object_set(gone, id, img) < 0)
			return err_nomem(e);
	}
	if (json_object_size(gone) == 0)
		return 0;
	json_object_foreach(gone, id, img)(void) json_object_del(json_object_get(index, "images"), id);
	r = image_index_write(s, index, e);
	json_object_foreach(gone, id, img)
	{
		if (r == 0)
			tell_gone(p, id, img);
	}
	return r;
}

static int prune_run(struct sweep *w, const struct prune *p, struct err *e)
{
	const struct image_store *s = w->s;
	AUTO_JSON json_t *index = NULL;
	AUTO_CLOSE int lock = -1;
	int r = store_lock(s, &lock, e);

	if (r == 0)
		r = image_index_read(s, &index, e);
	/* First out of the index, then from the disk: what the index names is always there. */
	if (r == 0)
		r = drop_images(s, index, p, e);
	if (r == 0)
		r = mark_images(w->live, index, e);
	if (r == 0)
		r = each_name(s->leases, mark_lease, w->live, e);
	if (r == 0)
		r = each_name(s->blobs, sweep_blob, w, e);
	if (r == 0)
		r = each_name(s->layers, sweep_layer, w, e);
	if (r == 0)
		r = each_name(s->dir, sweep_top, w, e);
	return r;
}

static int prune(struct image_store *s, const struct prune *p, int64_t *ret_freed, struct err *e)
{
	char name[37];
	struct sweep w = {.s = s, .now = time(NULL)};
	AUTO_FREE char *trash = NULL, *trash_lock = NULL;
	AUTO_CLOSE int fd = -1;
	int r;

	uuid_new(name);
	trash = str_fmt("%s/trash-%s.dir", s->tmp, name);
	trash_lock = str_fmt("%s/trash-%s.lock", s->tmp, name);
	if (!trash || !trash_lock)
		return err_nomem(e);
	r = store_lock_file(trash_lock, &fd, e);
	if (r < 0)
		return r;
	w.trash = trash;
	w.live = map_new(NULL);
	if (!w.live)
		r = err_nomem(e);
	else if (mkdir(trash, 0700) < 0)
		r = err_errno(e, errno, "cannot make %s", trash);
	if (r == 0)
		r = prune_run(&w, p, e);
	map_free(w.live);
	/* The slow part without the lock; our own trash goes first, since sweep_tmp leaves what is locked. */
	w.freed += tree_size(trash);
	if (fs_rm_rf(trash, r == 0 ? e : NULL) < 0 && r == 0)
		r = err_wrap(e, "cannot remove layers");
	(void)unlink(trash_lock);
	if (r == 0)
		r = each_name(s->tmp, sweep_tmp, &w, e);
	if (r == 0 && ret_freed)
		*ret_freed = w.freed;
	return r;
}

int image_prune(struct image_store *s, const char *const *keep_ids, int64_t *ret_freed, struct err *e)
{
	const struct prune p = {.keep = keep_ids, .keep_named = !keep_ids};

	return prune(s, &p, ret_freed, e);
}

/* Every "imageID" in what the agent has written down about its pods. */
static int collect_ids(const json_t *v, struct map *ids, int depth, struct err *e)
{
	const char *key;
	json_t *child;
	size_t i;
	int r = 0;

	if (depth > 8)
		return 0;
	json_object_foreach((json_t *)v, key, child)
	{
		if (r == 0 && streq(key, "imageID") && json_is_string(child))
			r = mark(ids, json_string_value(child), e);
		else if (r == 0)
			r = collect_ids(child, ids, depth + 1, e);
	}
	json_array_foreach((json_t *)v, i, child)
	{
		if (r == 0)
			r = collect_ids(child, ids, depth + 1, e);
	}
	return r;
}

static int collect_pod(void *arg, const char *dir, const char *name, struct err *e)
{
	AUTO_FREE char *path = str_fmt("%s/%s/state.json", dir, name);
	AUTO_BUF struct buf text = {0};
	AUTO_JSON json_t *v = NULL;
	int r = path ? fs_read(path, 16u << 20, &text, e) : err_nomem(e);

	if (r == ERR_NOT_FOUND)
		return 0;
	if (r == 0)
		r = json_parse(text.data, text.len, &v, e);
	/* Better remove nothing than the wrong thing. */
	return r < 0 ? err_wrap(e, "cannot tell which images %s uses", path ? path : name) : collect_ids(v, arg, 0, e);
}

int image_prune_unused(struct image_store *s, const char *run_dir, bool keep_named, image_gone_fn fn, void *arg,
		       int64_t *ret_freed, struct err *e)
{
	AUTO_FREE char *pods = fs_join(run_dir, "pods");
	AUTO_FREE const char **keep = NULL;
	struct map *ids = map_new(NULL);
	struct map_iter it = MAP_ITER_INIT;
	size_t n = 0;
	int r = pods && ids ? 0 : err_nomem(e);

	if (r == 0 && fs_exists(pods))
		r = each_name(pods, collect_pod, ids, e);
	if (r == 0 && !(keep = calloc(map_len(ids) + 1, sizeof(*keep))))
		r = err_nomem(e);
	while (r == 0 && map_next(ids, &it))
		keep[n++] = it.key;
	const struct prune p = {keep, keep_named, fn, arg};
	if (r == 0)
		r = prune(s, &p, ret_freed, e);
	map_free(ids);
	return r;
}
