#include "storage/builtin_local.h"
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>
#include "base/fs.h"
#include "base/str.h"
#include "storage/builtin.h"
#include "storage/internal.h"
#include "storage/loopfs.h"
#include "storage/mounts.h"
#include "storage/quota.h"

#define HOLD_MS 20000

/* --- stage and publish --- */

static int stage(void *self, const json_t *req, int timeout_ms UNUSED, json_t **ret UNUSED, struct err *e)
{
	struct local_path *l = self;
	AUTO_JSON json_t *rec = local_record_get(l, false, json_str_or(req, "name", ""));
	AUTO_BUF struct buf options = {0};
	unsigned long flags;

	if (!rec)
		return 0; /* a plain directory, made before there were records */
	int r = local_mount_options(rec, req, &options, &flags, e);
	return r < 0 ? r : local_volume_mount(rec, options.data, e);
}

static int unstage(void *self, const json_t *req, int timeout_ms UNUSED, json_t **ret UNUSED, struct err *e)
{
	struct local_path *l = self;
	AUTO_JSON json_t *rec = local_record_get(l, false, json_str_or(req, "name", ""));

	return rec ? local_volume_unmount(rec, e) : 0;
}

/* The directory or the device behind a volume, as a path that nobody can exchange meanwhile: of what the record says, else of the object, checked. */
static int open_source(struct local_path *l, const json_t *req, int *ret_fd, struct err *e)
{
	AUTO_JSON json_t *rec = local_record_get(l, false, json_str_or(req, "name", ""));
	const char *path = json_str_or(rec, "path", json_str_or(req, "source.local.path", ""));
	char dev[32];
	int r = 0;

	if (rec) {
		/* Whoever asks may have left out to stage it. */
		r = local_volume_mount(rec, NULL, e);
		if (r == 0 && streq(json_str_or(rec, "mode", ""), "Block"))
			r = loopfs_attach(path, false, dev, e);
	} else {
		AUTO_FREE char *base = NULL, *rel = NULL;
		pthread_mutex_lock(&l->lock);
		r = local_split(l, path, &base, &rel, e);
		pthread_mutex_unlock(&l->lock);
	}
	if (r < 0)
		return r;
	bool block = streq(json_str_or(rec, "mode", ""), "Block");
	int fd = open(block ? dev : path, O_PATH | O_NOFOLLOW | O_CLOEXEC | (block ? 0 : O_DIRECTORY));
	if (fd < 0)
		return err_errno(e, errno, "%s", block ? dev : path);
	*ret_fd = fd;
	return 0;
}

static int publish(void *self, const json_t *req, int timeout_ms UNUSED, json_t **ret UNUSED, struct err *e)
{
	struct local_path *l = self;
	const char *target = json_str_or(req, "targetPath", "");
	bool block = streq(json_str_or(req, "volumeMode", "Filesystem"), "Block"), read_only = json_bool_or(req, "readOnly", false);
	AUTO_JSON json_t *rec = local_record_get(l, false, json_str_or(req, "name", ""));
	AUTO_BUF struct buf options = {0};
	AUTO_CLOSE int fd = -1, file = -1;
	unsigned long flags = 0;
	char from[64];

	if (target[0] != '/')
		return err_set(e, ERR_INVALID, "targetPath \"%.200s\" is not absolute", target);
	int r = local_mount_options(rec, req, &options, &flags, e);
	if (r < 0)
		return r;
	if (read_only)
		flags |= MS_RDONLY;
	/* Whoever mounted it may have been killed before it had them. */
	if (loopfs_mounted(target))
		return mounts_flags(target, flags, e);
	if ((r = open_source(l, req, &fd, e)) < 0)
		return r;
	if (block ? (file = open(target, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600)) < 0 : mkdir(target, 0750) < 0 && errno != EEXIST)
		return err_errno(e, errno, "cannot create %s", target);
	(void)snprintf(from, sizeof(from), "/proc/self/fd/%d", fd);
	if (mount(from, target, NULL, MS_BIND, NULL) < 0)
		return err_errno(e, errno, "cannot bind the volume to %s", target);
	if ((r = mounts_flags(target, flags, e)) < 0)
		(void)umount2(target, MNT_DETACH);
	return r;
}

static int unpublish(void *self UNUSED, const json_t *req, int timeout_ms UNUSED, json_t **ret UNUSED, struct err *e)
{
	const char *target = json_str_or(req, "targetPath", "");
	int r = loopfs_unmount(target, e);

	if (r < 0)
		return r;
	/* Only an empty directory, or the file that a device was bound to. */
	if (rmdir(target) < 0 && errno == ENOTDIR && unlink(target) == 0)
		return 0;
	return errno == 0 || !fs_exists(target) ? 0 : err_errno(e, errno, "cannot remove %s", target);
}

/* --- numbers --- */

static json_t *numbers(int64_t total, int64_t used, int64_t available)
{
	return json_pack("{s:I,s:I,s:I}", "total", (json_int_t)total, "used", (json_int_t)used, "available", (json_int_t)available);
}

static int stats(void *self, const json_t *req, int timeout_ms UNUSED, json_t **ret, struct err *e)
{
	struct local_path *l = self;
	AUTO_JSON json_t *rec = local_record_get(l, false, json_str_or(req, "name", ""));
	const char *path = json_str_or(rec, "path", json_str_or(req, "volumePath", "")), *base = json_str_or(rec, "base", "");
	struct statvfs st;
	json_t *a;
	int r;

	if (streq(json_str_or(rec, "mode", ""), "Block")) {
		a = json_pack("{s:{s:I}}", "bytes", "total", (json_int_t)json_int_or(rec, "bytes", 0));
	} else {
		if (statvfs(path, &st) < 0)
			return err_errno(e, errno, "%s", path);
		int64_t unit = (int64_t)st.f_frsize, free_bytes = (int64_t)st.f_bavail * unit, free_files = (int64_t)st.f_favail;
		int64_t total = (int64_t)st.f_blocks * unit, files = (int64_t)st.f_files;
		int64_t used = total - (int64_t)st.f_bfree * unit, used_files = files - (int64_t)st.f_ffree;
		if (streq(json_str_or(rec, "enforce", ""), "quota")) {
			struct quota_usage u;
			if ((r = quota_get(base, (uint32_t)json_int_or(rec, "project", 0), &u, e)) < 0)
				return r;
			total = u.limit;
			used = u.bytes;
			/* The disk may be full before the volume is. */
			free_bytes = total - used < free_bytes ? (total > used ? total - used : 0) : free_bytes;
			used_files = u.inodes;
			files = used_files + free_files;
		}
		a = json_pack("{s:o,s:o}", "bytes", numbers(total, used, free_bytes), "inodes", numbers(files, used_files, free_files));
	}
	if (!a)
		return err_nomem(e);
	*ret = a;
	return 0;
}

static int capacity(void *self, const json_t *req UNUSED, int timeout_ms UNUSED, json_t **ret, struct err *e)
{
	struct local_path *l = self;
	AUTO_JSON json_t *bases = NULL;
	const json_t *v;
	int64_t best = 0;
	size_t i;

	pthread_mutex_lock(&l->lock);
	int r = local_bases(l, &bases, e);
	json_array_foreach (bases, i, v) {
		const char *base = json_string_value(v);
		int64_t room = local_base_room(base) - local_promised(l, base);
		best = room > best ? room : best;
	}
	pthread_mutex_unlock(&l->lock);
	if (r < 0)
		return r;
	json_t *a = json_pack("{s:I,s:I}", "availableBytes", (json_int_t)best, "maximumBytes", (json_int_t)best);
	if (!a)
		return err_nomem(e);
	*ret = a;
	return 0;
}

/* --- the plug-in --- */

static bool name_ok(const char *name)
{
	size_t n = strlen(name);

	return n > 0 && n <= 253 && strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789-.") == n && name[0] != '.' && name[0] != '-';
}

static int create(void *self, const json_t *req, int timeout_ms, json_t **ret, struct err *e) { return local_volume_create(self, req, timeout_ms, ret, e); }
static int delete(void *self, const json_t *req, int timeout_ms, json_t **ret UNUSED, struct err *e) { return local_volume_delete(self, req, timeout_ms, e); }
static int snapshot_create(void *self, const json_t *req, int timeout_ms UNUSED, json_t **ret, struct err *e) { return local_snapshot_create(self, req, ret, e); }
static int snapshot_delete(void *self, const json_t *req, int timeout_ms UNUSED, json_t **ret UNUSED, struct err *e) { return local_snapshot_delete(self, req, e); }
static int snapshot_get(void *self, const json_t *req, int timeout_ms UNUSED, json_t **ret, struct err *e) { return local_snapshot_get(self, req, ret, e); }
static int expand(void *self, const json_t *req, int timeout_ms UNUSED, json_t **ret, struct err *e)
{
	int64_t bytes = 0;
	int r = local_volume_expand(self, req, &bytes, e);

	if (r == 0 && !(*ret = json_pack("{s:I,s:b}", "capacityBytes", (json_int_t)bytes, "nodeExpansion", 0)))
		r = err_nomem(e);
	return r;
}

static const builtin_op table[PLUGIN_OP_COUNT] = {
	[PLUGIN_CREATE] = create,
	[PLUGIN_DELETE] = delete,
	[PLUGIN_EXPAND] = expand,
	[PLUGIN_SNAPSHOT_CREATE] = snapshot_create,
	[PLUGIN_SNAPSHOT_DELETE] = snapshot_delete,
	[PLUGIN_SNAPSHOT_GET] = snapshot_get,
	[PLUGIN_CAPACITY] = capacity,
	[PLUGIN_STAGE] = stage,
	[PLUGIN_UNSTAGE] = unstage,
	[PLUGIN_PUBLISH] = publish,
	[PLUGIN_UNPUBLISH] = unpublish,
	[PLUGIN_NODE_EXPAND] = expand,
	[PLUGIN_STATS] = stats,
};

static int call(struct plugin *p, enum plugin_op op, const json_t *req, int timeout_ms, json_t **ret, struct err *e)
{
	struct local_path *l = (struct local_path *)p;
	const char *name = json_str_or(req, "name", "");

	if (op == PLUGIN_CAPACITY || op == PLUGIN_UNPUBLISH)
		return builtin_call(table, p, op, req, timeout_ms, ret, e);
	if (!*name)
		name = json_str_or(req, "handle", "");
	if (!name_ok(name))
		return err_set(e, ERR_INVALID, "\"%.100s\" is not a name of a volume", name);
	AUTO_JSON json_t *named = json_copy((json_t *)req);
	if (!named || json_object_set_new(named, "name", json_string(name)) < 0)
		return err_nomem(e);
	int r = local_hold(l, name, timeout_ms < HOLD_MS ? timeout_ms : HOLD_MS, e);
	if (r < 0)
		return r;
	r = builtin_call(table, p, op, named, timeout_ms, ret, e);
	local_let_go(l, name);
	return r;
}

static void local_path_free(struct plugin *p)
{
	struct local_path *l = (struct local_path *)p;

	map_free(l->busy);
	map_free(l->volumes);
	map_free(l->snapshots);
	json_decref(l->config);
	pthread_cond_destroy(&l->idle);
	pthread_mutex_destroy(&l->lock);
	free(l->config_wrong);
	free(l->node);
	free(l->dir);
	free(l);
}

int builtin_local_new(struct plugin **ret, struct plugins *p, struct err *e)
{
	static const struct plugin_ops ops = {call, local_path_free};
	const struct plugins_config *c = plugins_conf(p);
	struct local_path *l = calloc(1, sizeof(*l));
	pthread_condattr_t monotonic;
	int r;

	if (!c->node_name) {
		free(l);
		return 0; /* no node, no volumes */
	}
	if (!l)
		return err_nomem(e);
	l->off = !c->local_path;
	r = plugin_init(&l->p, &ops, "built in", LOCAL_PATH_PROVISIONER, e);
	l->p.per_node = l->p.topology = true;
	l->p.can = builtin_can(table);
	pthread_mutex_init(&l->lock, NULL);
	pthread_condattr_init(&monotonic);
	pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
	pthread_cond_init(&l->idle, &monotonic);
	pthread_condattr_destroy(&monotonic);
	l->dir = fs_join(c->data_dir, "storage");
	l->node = str_dup(c->node_name);
	if (r == 0 && (!l->dir || !l->node))
		r = err_nomem(e);
	if (r == 0 && (r = fs_mkdir_p(l->dir, 0711, e)) == 0 && (r = local_records_load(l, e)) == 0)
		r = local_path_sweep(l, e);
	if (r < 0) {
		(void)plugin_unref(&l->p);
		return r;
	}
	*ret = &l->p;
	return 0;
}

int local_path_drop(const char *data_dir, struct err *e)
{
	AUTO_FREE char *dir = fs_join(data_dir, "storage");
	struct local_path l = {.dir = dir};
	struct map_iter it = MAP_ITER_INIT;

	if (!dir)
		return err_nomem(e);
	if (!fs_exists(dir))
		return 0;
	pthread_mutex_init(&l.lock, NULL);
	int r = local_records_load(&l, e);
	while (r == 0 && map_next(l.volumes, &it)) {
		const char *path = json_str_or(it.value, "path", ""), *image = json_str(it.value, "image");
		if (!image)
			continue;
		while (r == 0 && !streq(json_str_or(it.value, "mode", ""), "Block") && loopfs_mounted(path))
			if (umount2(path, MNT_DETACH | UMOUNT_NOFOLLOW) < 0)
				r = err_errno(e, errno, "cannot unmount %s", path);
		if (r == 0)
			r = loopfs_detach(image, e);
	}
	map_free(l.busy);
	map_free(l.volumes);
	map_free(l.snapshots);
	pthread_mutex_destroy(&l.lock);
	return r;
}

int local_path_configure(struct plugin *p, bool there, const char *text, struct err *e)
{
	struct local_path *l = (struct local_path *)p;
	json_t *c = NULL;
	struct err why = {0};
	int r = text ? local_config_check(text, &c, &why) : there ? err_set(&why, ERR_INVALID, "has no key config.json") : 0;

	pthread_mutex_lock(&l->lock);
	json_decref(l->config);
	l->config = c;
	l->configured = true;
	free(l->config_wrong);
	l->config_wrong = r < 0 ? str_dup(why.msg) : NULL;
	pthread_mutex_unlock(&l->lock);
	return r < 0 ? err_set(e, r, "%s", why.msg) : 0;
}

json_t *local_path_volumes(struct plugin *p)
{
	struct local_path *l = (struct local_path *)p;
	struct map_iter it = MAP_ITER_INIT;
	json_t *a = json_array();

	pthread_mutex_lock(&l->lock);
	while (a && map_next(l->volumes, &it))
		if (json_array_append_new(a, json_deep_copy(it.value)) < 0) {
			json_decref(a);
			a = NULL;
		}
	pthread_mutex_unlock(&l->lock);
	return a;
}

json_t *local_path_volume(struct plugin *p, const char *name) { return local_record_get((struct local_path *)p, false, name); }

int local_path_keep(struct plugin *p, const char *name, struct err *e)
{
	struct local_path *l = (struct local_path *)p;
	AUTO_JSON json_t *rec = local_record_get(l, false, name);

	return streq(json_str_or(rec, "phase", ""), "new") ? local_record_set(l, name, "phase", json_string("kept"), e) : 0;
}

/* Of kind in a base: what has no record, and what is but half made. */
static int sweep(struct local_path *l, const char *base, const char *kind, const struct map *known, struct err *e)
{
	AUTO_FREE char *dir = local_private(base, kind, "", e);
	DIR *d = dir ? opendir(dir) : NULL;
	const struct dirent *de;
	int r = 0;

	(void)l;
	if (!d)
		return dir ? err_errno(e, errno, "%s", dir) : -EIO;
	while (r == 0 && (de = readdir(d))) {
		AUTO_FREE char *path = fs_join(dir, de->d_name);
		if (!path)
			r = err_nomem(e);
		else if (!streq(de->d_name, ".") && !streq(de->d_name, "..") && !(known && map_has(known, de->d_name)) && (r = loopfs_detach(path, e)) == 0)
			r = fs_rm_rf(path, e);
	}
	(void)closedir(d);
	return r;
}

int local_path_sweep(struct local_path *l, struct err *e)
{
	struct map *bases = map_new(NULL);
	struct map_iter it = MAP_ITER_INIT;
	int r = bases && map_put(bases, l->dir, l) == 0 ? 0 : err_nomem(e);

	while (r == 0 && map_next(l->volumes, &it)) {
		const char *base = json_str_or(it.value, "base", "");
		if (fs_exists(base) && map_put(bases, base, l) < 0)
			r = err_nomem(e);
		/* A process that was killed while it copied the image. */
		if (json_object_get(it.value, "image") && loopfs_mounted(json_str_or(it.value, "path", "")))
			(void)loopfs_freeze(json_str_or(it.value, "path", ""), false, NULL);
	}
	it = (struct map_iter)MAP_ITER_INIT;
	while (r == 0 && map_next(bases, &it))
		if ((r = sweep(l, it.key, "images", l->volumes, e)) == 0 && (r = sweep(l, it.key, "trash", NULL, e)) == 0)
			r = sweep(l, it.key, "snapshots", l->snapshots, e);
	map_free(bases);
	return r;
}
