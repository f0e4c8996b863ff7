#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>
#include "base/fs.h"
#include "base/str.h"
#include "storage/builtin_local.h"
#include "storage/internal.h"
#include "storage/loopfs.h"
#include "storage/mounts.h"
#include "storage/quota.h"

#define ENFORCE_AUTO "auto"

static bool is_block(const json_t *rec) { return streq(json_str_or(rec, "mode", ""), "Block"); }
static bool is_kind(const json_t *rec, const char *enforce) { return streq(json_str_or(rec, "enforce", ""), enforce); }

int64_t local_base_room(const char *base)
{
	struct statvfs st;

	return statvfs(base, &st) < 0 ? -1 : (int64_t)(st.f_bavail * st.f_frsize);
}

/* Of whole units: events whose texts are the same are counted, not kept one by one. */
static int64_t rounded(int64_t bytes)
{
	int64_t unit = 1;

	while (bytes / unit >= 1024)
		unit *= 1024;
	return bytes / unit * unit;
}

/* With the lock held. Does the file system keep what it promises when it promises this, too? has: it is part of it already. */
static int check_room(struct local_path *l, const char *base, int64_t has, int64_t want, struct err *e)
{
	char part[SIZE_TEXT_MAX + 16] = "";
	int64_t room = local_base_room(base), promised = local_promised(l, base);

	if (room < 0)
		return err_errno(e, errno, "%s", base);
	if (want - has <= room - promised)
		return 0;
	if (has)
		(void)snprintf(part, sizeof(part), " beside its %s", SIZE_TEXT(has));
	return err_set(e, ERR_TOO_MANY,
		       "no space left for %s at %s: %s are free%s, %s of them are promised to volumes (class parameter overcommit: \"true\" "
		       "promises more than there is)",
		       SIZE_TEXT(want), base, SIZE_TEXT(rounded(room)), part, SIZE_TEXT(rounded(promised)));
}

/* --- what a class asks for --- */

static int check_parameters(const json_t *params, struct err *e)
{
	static const char *const known[] = {"enforce", "path", "nodePath", "pathPattern", "overcommit", "allowUnsafePathPattern"};
	static const char *const enforces[] = {ENFORCE_AUTO, "quota", "image", "none"};
	const char *enforce = json_str_or(params, "enforce", ENFORCE_AUTO), *over = json_str_or(params, "overcommit", "false");
	const char *unknown = plugin_unknown_parameter(params, known, ARRAY_LEN(known));
	bool ok = false;

	if (unknown)
		return err_set(e, ERR_INVALID, "class parameter %.100s is not known (enforce, path, pathPattern, overcommit)", unknown);
	for (size_t i = 0; i < ARRAY_LEN(enforces); i++)
		ok = ok || streq(enforce, enforces[i]);
	if (!ok)
		return err_set(e, ERR_INVALID, "class parameter enforce: \"%.100s\" is none of auto, quota, image, none", enforce);
	if (!streq(over, "true") && !streq(over, "false"))
		return err_set(e, ERR_INVALID, "class parameter overcommit: \"%.100s\" is neither true nor false", over);
	return streq(json_str_or(params, "allowUnsafePathPattern", "false"), "false")
		       ? 0
		       : err_set(e, ERR_INVALID, "class parameter allowUnsafePathPattern is not supported: a volume lies below its path");
}

static int check_request(const json_t *req, struct err *e)
{
	const char *fs = json_str_or(req, "fsType", "");
	const json_t *v;
	size_t i;

	json_array_foreach (json_object_get(req, "accessModes"), i, v)
		if (!streq(json_string_value(v), "ReadWriteOnce") && !streq(json_string_value(v), "ReadWriteOncePod"))
			return err_set(e, ERR_INVALID, "volumes of one node have access modes ReadWriteOnce and ReadWriteOncePod, not %.40s",
				       json_string_value(v) ? json_string_value(v) : "?");
	if (*fs && !streq(fs, "ext4"))
		return err_set(e, ERR_INVALID, "fsType %.40s is not supported (ext4)", fs);
	return json_int_or(req, "capacityBytes", 0) > 0 ? 0 : err_set(e, ERR_INVALID, "the claim asks for no size");
}

/* The path that the class names, or of the node's the one with the most room. Malloc'ed. */
static int choose_base(const struct local_path *l, const json_t *params, char **ret, struct err *e)
{
	const char *want = json_str_or(params, "path", json_str_or(params, "nodePath", "")), *best = NULL;
	AUTO_JSON json_t *bases = NULL;
	int64_t most = -1;
	const json_t *v;
	size_t i;
	int r = local_bases(l, &bases, e);

	if (r < 0)
		return r;
	json_array_foreach (bases, i, v) {
		const char *base = json_string_value(v);
		if (*want) {
			if (streq(want, base))
				best = base;
			continue;
		}
		if ((r = fs_mkdir_p(base, 0755, e)) < 0)
			return r;
		int64_t room = local_base_room(base);
		if (room > most || !best) {
			most = room;
			best = base;
		}
	}
	if (!best)
		return err_set(e, ERR_FORBIDDEN, "class parameter path: %.200s is not a path of node %s (ConfigMap kube-system/local-path-config)", want, l->node);
	char *copy = str_dup(best);
	if (!copy)
		return err_nomem(e);
	*ret = copy;
	return fs_mkdir_p(copy, 0755, e);
}

/* How the capacity is kept; *ret_warning (malloc'ed) when it is not, though nobody said so. */
static int choose_enforce(const char *base, const json_t *params, bool block, const char **ret, char **ret_warning, struct err *e)
{
	const char *want = json_str_or(params, "enforce", ENFORCE_AUTO);
	bool any = streq(want, ENFORCE_AUTO);
	struct err quota = {0}, image = {0};

	if (block && !any && !streq(want, "image"))
		return err_set(e, ERR_INVALID, "volumeMode Block needs a class with enforce: image (or auto), not %s", want);
	if (!block && (any || streq(want, "quota")) && quota_probe(base, &quota) == 0) {
		*ret = "quota";
		return 0;
	}
	if ((any || streq(want, "image")) && loopfs_probe(&image) == 0) {
		*ret = "image";
		return 0;
	}
	if (streq(want, "none") || (any && !block)) {
		char *text = any ? str_fmt("the capacity of this volume is not enforced: %s; %s", quota.msg, image.msg) : NULL;
		if (any && !text)
			return err_nomem(e);
		*ret_warning = text;
		*ret = "none";
		return 0;
	}
	return err_set(e, ERR_UNSUPPORTED, "%s", streq(want, "quota") ? quota.msg : image.msg);
}

static int check_alone(struct local_path *l, const char *path, struct err *e)
{
	struct map_iter it = MAP_ITER_INIT;
	struct stat st;

	while (map_next(l->volumes, &it))
		if (local_paths_touch(json_str_or(it.value, "path", ""), path))
			return err_set(e, ERR_EXISTS, "path %s is that of volume %s, or within it, or around it", path, it.key);
	return lstat(path, &st) == 0 ? err_set(e, ERR_EXISTS, "%s exists already and is not this claim's", path) : 0;
}

/* With the lock held: decides everything about a new volume, and writes it down. */
static int plan(struct local_path *l, const json_t *req, const char *name, char **ret_warning, struct err *e)
{
	const json_t *params = json_object_get(req, "parameters"), *claim = json_object_get(req, "claim");
	const char *pattern = json_str_or(params, "pathPattern", ""), *enforce = NULL;
	bool block = streq(json_str_or(req, "volumeMode", "Filesystem"), "Block"), over = streq(json_str_or(params, "overcommit", "false"), "true");
	int64_t bytes = json_int_or(req, "capacityBytes", 0);
	AUTO_FREE char *base = NULL, *rel = NULL, *path = NULL, *image = NULL;
	uint32_t project = 0;
	int r;

	if (l->off)
		return err_set(e, ERR_UNSUPPORTED, "local-path is disabled on node %s (--disable local-path)", l->node);
	if ((r = check_parameters(params, e)) < 0 || (r = check_request(req, e)) < 0 || (r = choose_base(l, params, &base, e)) < 0 ||
	    (r = choose_enforce(base, params, block, &enforce, ret_warning, e)) < 0)
		return r;
	if (*pattern)
		r = local_pattern(pattern, name, claim, &rel, e);
	else if (!(rel = str_fmt("%s_%s_%s", name, json_str_or(claim, "namespace", ""), json_str_or(claim, "name", ""))))
		r = err_nomem(e);
	/* A name of 253 letters behind one of 63. */
	if (r == 0 && !*pattern && strlen(rel) > 255)
		rel[255] = '\0';
	if (r == 0)
		r = local_path_check(rel, e);
	if (r == 0 && streq(enforce, "image") && !(image = local_private(base, "images", name, e)))
		r = -EIO;
	if (r == 0 && !(path = block ? str_dup(image) : fs_join(base, rel)))
		r = err_nomem(e);
	if (r == 0 && !block)
		r = check_alone(l, path, e);
	if (r == 0 && !over && !streq(enforce, "none"))
		r = check_room(l, base, 0, bytes, e);
	if (r == 0 && streq(enforce, "quota"))
		r = local_project_new(l, base, &project, e);
	if (r < 0)
		return r;
	json_t *rec = json_pack("{s:s,s:s,s:s,s:s,s:s,s:I,s:I,s:s,s:b,s:s,s:b,s:{s:s,s:s,s:s},s:s*}", "name", name, "base", base, "rel", rel, "path", path, "enforce",
				enforce, "project", (json_int_t)project, "bytes", (json_int_t)bytes, "mode", block ? "Block" : "Filesystem", "overcommit", over,
				"phase", "new", "filling", json_object_get(req, "from") != NULL, "claim", "namespace", json_str_or(claim, "namespace", ""), "name",
				json_str_or(claim, "name", ""), "uid", json_str_or(claim, "uid", ""), "image", image);
	return rec ? local_record_put(l, false, name, rec, e) : err_nomem(e);
}

/* --- making --- */

static int open_up(const char *path, struct err *e)
{
	AUTO_CLOSE int fd = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);

	/* Pods run as any user; as Rancher's. */
	return fd < 0 || fchmod(fd, 0777) < 0 ? err_errno(e, errno, "%s", path) : 0;
}

int local_mount_options(const json_t *rec, const json_t *req, struct buf *ext4, unsigned long *ret_flags, struct err *e)
{
	*ret_flags = 0;
	return is_block(rec) ? 0 : mount_options(json_object_get(req, "mountOptions"), is_kind(rec, "image") ? ext4 : NULL, ret_flags, e);
}

static int make_image(struct local_path *l, const json_t *rec, const json_t *from, const char *options, int timeout_ms, struct err *e)
{
	const char *image = json_str_or(rec, "image", ""), *path = json_str_or(rec, "path", "");
	int64_t bytes = json_int_or(rec, "bytes", 0);
	bool reserve = !json_bool_or(rec, "overcommit", false), block = is_block(rec), copied = false;
	AUTO_CLOSE int fd = -1;
	int r;

	if (from) {
		if ((r = local_fill(l, from, rec, e)) < 0)
			return r;
		copied = r > 0;
	}
	/* A copied image brings its file system along. */
	r = copied ? loopfs_grow(image, NULL, bytes, reserve, e) : loopfs_make(image, bytes, reserve, !block, timeout_ms, e);
	if (r < 0 || block)
		return r;
	if ((r = local_mkdir(json_str_or(rec, "base", ""), json_str_or(rec, "rel", ""), true, &fd, e)) < 0 || (r = loopfs_mount(image, path, options, e)) < 0 ||
	    copied)
		return r;
	AUTO_FREE char *lost = fs_join(path, "lost+found");
	/* An empty volume is what programs expect to find. */
	if (!lost || (rmdir(lost) < 0 && errno != ENOENT))
		return err_errno(e, lost ? errno : ENOMEM, "%s", path);
	return from ? local_fill(l, from, rec, e) : open_up(path, e);
}

static int make(struct local_path *l, const json_t *rec, const json_t *req, int timeout_ms, struct err *e)
{
	const char *base = json_str_or(rec, "base", ""), *path = json_str_or(rec, "path", "");
	const json_t *from = json_object_get(req, "from");
	uint32_t project = (uint32_t)json_int_or(rec, "project", 0);
	AUTO_BUF struct buf options = {0};
	AUTO_CLOSE int fd = -1;
	unsigned long flags;
	int r = local_mount_options(rec, req, &options, &flags, e);

	if (r < 0)
		return r;
	if (is_kind(rec, "image"))
		return make_image(l, rec, from, options.data, timeout_ms, e);
	if ((r = local_mkdir(base, json_str_or(rec, "rel", ""), true, &fd, e)) < 0)
		return r;
	if (is_kind(rec, "quota") &&
	    ((r = quota_limit(base, project, json_int_or(rec, "bytes", 0), e)) < 0 || (r = quota_assign(fd, project, e)) < 0))
		return r;
	return from ? local_fill(l, from, rec, e) : open_up(path, e);
}

/* --- removing --- */

static void remove_parents(const char *base, const char *rel)
{
	AUTO_FREE char *path = fs_join(base, rel);
	char *slash;

	for (const char *p = rel; path && (p = strchr(p, '/')); p++) {
		if (!(slash = strrchr(path, '/')))
			return;
		*slash = '\0';
		if (rmdir(path) < 0)
			return;
	}
}

/* The folder that it is in, by no link; *ret_fd -1: there is none. */
static int open_parent(const char *base, const char *rel, int *ret_fd, const char **ret_last, struct err *e)
{
	AUTO_CLOSE int fd = open(base, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	const char *p = rel, *slash;

	for (; fd >= 0 && (slash = strchr(p, '/')); p = slash + 1) {
		AUTO_FREE char *name = str_ndup(p, (size_t)(slash - p));
		if (!name)
			return err_nomem(e);
		int next = openat(fd, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC), saved = errno;
		(void)close(TAKE_FD(fd));
		fd = next;
		errno = saved;
	}
	if (fd < 0 && errno != ENOENT && errno != ENOTDIR && errno != ELOOP)
		return err_errno(e, errno, "%s/%s", base, rel);
	*ret_fd = TAKE_FD(fd);
	*ret_last = p;
	return 0;
}

/* What there is of it, but for the record. Takes long for large trees: the path itself is free at once. */
static int unmake(struct local_path *l, const json_t *rec, struct err *e)
{
	const char *base = json_str_or(rec, "base", ""), *rel = json_str_or(rec, "rel", ""), *image = json_str(rec, "image");
	AUTO_FREE char *trash = local_private(base, "trash", json_str_or(rec, "name", ""), e);
	uint32_t project = (uint32_t)json_int_or(rec, "project", 0);
	struct stat st;
	int r = local_volume_unmount(rec, e);

	if (r < 0)
		return r;
	if (!trash)
		return stat(base, &st) < 0 && errno == ENOENT ? 0 : -EIO; /* gone as a whole */
	if (image && unlink(image) < 0 && errno != ENOENT)
		return err_errno(e, errno, "cannot remove %s", image);
	if (!is_block(rec)) {
		/* Of an attempt before; the next one moves into its place. */
		if ((r = fs_rm_rf(trash, e)) < 0)
			return r;
		AUTO_CLOSE int fd = -1;
		const char *last = "";
		if ((r = open_parent(base, rel, &fd, &last, e)) < 0)
			return r;
		pthread_mutex_lock(&l->lock);
		if (fd >= 0 && renameat(fd, last, AT_FDCWD, trash) < 0 && errno != ENOENT)
			r = err_errno(e, errno, "cannot remove %s/%s", base, rel);
		else if (fd >= 0)
			remove_parents(base, rel);
		pthread_mutex_unlock(&l->lock);
		if (r == 0)
			r = fs_rm_rf(trash, e);
		if (r < 0)
			return r;
	}
	/* The file system may be another one by now, and know nothing of it. */
	if (project && quota_probe(base, NULL) == 0)
		r = quota_limit(base, project, 0, e);
	return r;
}

int local_volume_delete(struct local_path *l, const json_t *req, int timeout_ms, struct err *e)
{
	const char *name = json_str_or(req, "name", ""), *path = json_str_or(req, "source.local.path", "");
	AUTO_FREE char *base = NULL, *rel = NULL;
	AUTO_JSON json_t *rec = local_record_get(l, false, name);
	int r;

	(void)timeout_ms;
	if (rec) {
		r = local_record_set(l, name, "phase", json_string("deleting"), e);
		/* A full disk is no reason not to make room; who is killed meanwhile is asked again by whoever asked for this. */
		if (r < 0 && r != -ENOSPC && r != -EDQUOT)
			return r;
		if ((r = unmake(l, rec, e)) < 0)
			return r;
		pthread_mutex_lock(&l->lock);
		r = local_record_drop(l, false, name, e);
		pthread_mutex_unlock(&l->lock);
		return r;
	}
	if (!*path || !fs_exists(path))
		return 0;
	/* Made before there were records: then the directory's name begins with the volume's. */
	pthread_mutex_lock(&l->lock);
	r = local_split(l, path, &base, &rel, e);
	pthread_mutex_unlock(&l->lock);
	if (r < 0)
		return r;
	if (strchr(rel, '/') || strncmp(rel, name, strlen(name)) != 0 || rel[strlen(name)] != '_')
		return err_set(e, ERR_FORBIDDEN, "path %s is not what was made for volume %s: not removed", path, name);
	return fs_rm_rf(path, e);
}

/* --- */

static json_t *answer(const struct local_path *l, const json_t *rec, const char *warning)
{
	char project[16];

	(void)snprintf(project, sizeof(project), "%u", (unsigned)json_int_or(rec, "project", 0));
	return json_pack("{s:s,s:I,s:{s:{s:s}},s:[{s:s}],s:{s:s,s:s*},s:[s*]}", "handle", json_str_or(rec, "name", ""), "capacityBytes",
			 (json_int_t)json_int_or(rec, "bytes", 0), "source", "local", "path", json_str_or(rec, "path", ""), "topology", "kubernetes.io/hostname",
			 l->node, "annotations", "minik.io/enforce", json_str_or(rec, "enforce", ""), "minik.io/project",
			 is_kind(rec, "quota") ? project : NULL, "warnings", warning);
}

int local_volume_create(struct local_path *l, const json_t *req, int timeout_ms, json_t **ret, struct err *e)
{
	const char *name = json_str_or(req, "name", "");
	AUTO_FREE char *warning = NULL;
	int r = 0;

	pthread_mutex_lock(&l->lock);
	if (!map_has(l->volumes, name))
		r = plan(l, req, name, &warning, e);
	pthread_mutex_unlock(&l->lock);
	if (r < 0)
		return r;
	AUTO_JSON json_t *rec = local_record_get(l, false, name);
	if (!rec)
		return err_nomem(e);
	if (streq(json_str_or(rec, "phase", ""), "deleting"))
		return err_set(e, ERR_AGAIN, "volume %s is being removed", name);
	/* A copy that was cut short begins anew. */
	bool filling = json_bool_or(rec, "filling", false);
	if (streq(json_str_or(rec, "phase", ""), "new")) {
		if (filling)
			r = unmake(l, rec, e);
		if (r == 0)
			r = make(l, rec, req, timeout_ms, e);
		if (r == 0 && filling)
			r = local_record_set(l, name, "filling", json_false(), e);
		if (r < 0 && !plugin_unsure(r)) {
			/* What cannot be undone now keeps its record, and is undone when the claim goes. */
			if (unmake(l, rec, NULL) == 0) {
				pthread_mutex_lock(&l->lock);
				(void)local_record_drop(l, false, name, NULL);
				pthread_mutex_unlock(&l->lock);
			}
			return r;
		}
		/* Where a pod waits for it already it stays mounted. */
		if (r == 0 && !*json_str_or(req, "node", ""))
			r = local_volume_unmount(rec, e);
	}
	if (r < 0)
		return r;
	json_t *a = answer(l, rec, warning);
	if (!a)
		return err_nomem(e);
	*ret = a;
	return 0;
}

int local_volume_expand(struct local_path *l, const json_t *req, int64_t *ret_bytes, struct err *e)
{
	const char *name = json_str_or(req, "name", "");
	int64_t want = json_int_or(req, "capacityBytes", 0);
	AUTO_JSON json_t *rec = local_record_get(l, false, name);
	int64_t bytes = json_int_or(rec, "bytes", 0);
	const char *base = json_str_or(rec, "base", "");
	bool over = json_bool_or(rec, "overcommit", false), check = json_bool_or(req, "check", false);
	int r = 0;

	if (!rec || want <= bytes) {
		/* Made before there were records: nothing limits it. Grown already: perhaps not to its end. */
		if (rec && !check && is_kind(rec, "image"))
			r = loopfs_grow(json_str_or(rec, "image", ""), is_block(rec) ? NULL : json_str_or(rec, "path", ""), bytes, false, e);
		*ret_bytes = rec ? bytes : want;
		return r;
	}
	if (!over && !is_kind(rec, "none")) {
		pthread_mutex_lock(&l->lock);
		r = check_room(l, base, bytes, want, e);
		pthread_mutex_unlock(&l->lock);
	}
	if (check && r == 0) {
		*ret_bytes = want;
		return 0;
	}
	if (r == 0 && is_kind(rec, "image")) {
		r = loopfs_grow(json_str_or(rec, "image", ""), is_block(rec) ? NULL : json_str_or(rec, "path", ""), want, !over, e);
		/* Who was killed over more than is wanted now has left it larger, and images do not shrink. */
		if (r == 0)
			want = loopfs_size(json_str_or(rec, "image", ""), want);
	} else if (r == 0 && is_kind(rec, "quota"))
		r = quota_limit(base, (uint32_t)json_int_or(rec, "project", 0), want, e);
	if (r == ERR_TOO_MANY) /* the claim may ask for less */
		r = e ? (e->code = -ERANGE) : -ERANGE;
	if (r == 0)
		r = local_record_set(l, name, "bytes", json_integer(want), e);
	if (r == 0)
		*ret_bytes = want;
	return r;
}

int local_volume_mount(const json_t *rec, const char *options, struct err *e)
{
	const char *path = json_str_or(rec, "path", ""), *image = json_str_or(rec, "image", "");
	char dev[32];
	int r;

	if (is_kind(rec, "image"))
		return is_block(rec) ? loopfs_attach(image, false, dev, e) : loopfs_mount(image, path, options, e);
	/* A file system that was mounted without quota since would not hold anybody up. */
	if (is_kind(rec, "quota") && (r = quota_probe(json_str_or(rec, "base", ""), e)) < 0)
		return r;
	return fs_exists(path) ? 0 : err_set(e, ERR_NOT_FOUND, "%s does not exist", path);
}

int local_volume_unmount(const json_t *rec, struct err *e)
{
	if (!is_kind(rec, "image"))
		return 0;
	return is_block(rec) ? loopfs_detach(json_str_or(rec, "image", ""), e) : loopfs_unmount(json_str_or(rec, "path", ""), e);
}
