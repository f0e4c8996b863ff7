#include <errno.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>
#include "base/fs.h"
#include "base/str.h"
#include "storage/builtin_local.h"
#include "storage/loopfs.h"

/*
 * A snapshot lies beside its volume (on the same file system a copy of blocks costs nothing where there is reflink): an image when it could be taken of a volume at
 * rest or at one instant, else a copy of its files, taken while they are in use.
 */

static json_t *snapshot_answer(const json_t *rec)
{
	return json_pack("{s:O,s:O,s:b,s:O}", "handle", json_object_get(rec, "name"), "sizeBytes", json_object_get(rec, "bytes"), "ready", 1, "createdAt",
			 json_object_get(rec, "createdAt"));
}

static int answer(const json_t *rec, json_t **ret, struct err *e)
{
	json_t *a = snapshot_answer(rec);

	if (!a)
		return err_nomem(e);
	*ret = a;
	return 0;
}

static int take_tree(const char *from, const char *to, struct err *e)
{
	if (mkdir(to, 0700) < 0)
		return err_errno(e, errno, "%s", to);
	return local_copy_tree(from, to, e);
}

/* *ret_image: whether it is one. */
static int take(const json_t *vol, const char *to, bool *ret_image, struct err *e)
{
	const char *path = json_str_or(vol, "path", ""), *image = json_str(vol, "image");
	bool block = streq(json_str_or(vol, "mode", ""), "Block"), mounted = image && !block && loopfs_mounted(path);
	int r;

	if (!image)
		return take_tree(path, to, e);
	*ret_image = true;
	if (!mounted)
		return local_copy_file(image, to, false, e); /* a block volume in use: as a disk whose power is cut */
	if ((r = loopfs_freeze(path, true, e)) < 0)
		return r;
	r = local_copy_file(image, to, true, e);
	int k = loopfs_freeze(path, false, r < 0 ? NULL : e);
	if (r == -EOPNOTSUPP && k == 0) {
		*ret_image = false;
		return take_tree(path, to, e);
	}
	return r < 0 ? r : k;
}

int local_snapshot_create(struct local_path *l, const json_t *req, json_t **ret, struct err *e)
{
	const char *name = json_str_or(req, "name", ""), *of = json_str_or(req, "volume.handle", "");
	AUTO_JSON json_t *rec = local_record_get(l, true, name), *vol = local_record_get(l, false, of);
	char now[TIME_STR_MAX];
	bool image = false;

	if (rec)
		return streq(json_str_or(rec, "volume", ""), of) ? answer(rec, ret, e)
								 : err_set(e, ERR_EXISTS, "snapshot %s is one of volume %s", name, json_str_or(rec, "volume", ""));
	if (!vol)
		return err_set(e, ERR_NOT_FOUND, "volume %s was not made on node %s", of, l->node);
	const char *base = json_str_or(vol, "base", "");
	AUTO_FREE char *to = local_private(base, "snapshots", name, e);
	if (!to)
		return -EIO;
	time_format(time(NULL), now);
	/* Without a record it is swept at the next start, so the record comes last here. */
	int r = fs_rm_rf(to, e);
	if (r == 0)
		r = take(vol, to, &image, e);
	if (r < 0) {
		(void)fs_rm_rf(to, NULL);
		return r;
	}
	json_t *v = json_pack("{s:s,s:s,s:s,s:b,s:O,s:O,s:s,s:s}", "name", name, "volume", of, "path", to, "image", image, "bytes", json_object_get(vol, "bytes"), "mode",
			      json_object_get(vol, "mode"), "createdAt", now, "base", base);
	pthread_mutex_lock(&l->lock);
	r = v ? local_record_put(l, true, name, json_incref(v), e) : err_nomem(e);
	pthread_mutex_unlock(&l->lock);
	if (r < 0)
		(void)fs_rm_rf(to, NULL);
	else
		r = answer(v, ret, e);
	json_decref(v);
	return r;
}

int local_snapshot_delete(struct local_path *l, const json_t *req, struct err *e)
{
	const char *name = json_str_or(req, "handle", json_str_or(req, "name", ""));
	AUTO_JSON json_t *rec = local_record_get(l, true, name);
	int r;

	if (!rec)
		return 0;
	/* First the record: what is left after a kill is swept. */
	pthread_mutex_lock(&l->lock);
	r = local_record_drop(l, true, name, e);
	pthread_mutex_unlock(&l->lock);
	return r < 0 ? r : fs_rm_rf(json_str_or(rec, "path", ""), e);
}

int local_snapshot_get(struct local_path *l, const json_t *req, json_t **ret, struct err *e)
{
	const char *name = json_str_or(req, "handle", json_str_or(req, "name", ""));
	AUTO_JSON json_t *rec = local_record_get(l, true, name);

	return rec ? answer(rec, ret, e) : err_set(e, ERR_NOT_FOUND, "snapshot %s is not on node %s", name, l->node);
}

/* 1: the image is made, and nothing else is to do. 0: the directory is filled, or is to be once it is mounted. */
int local_fill(struct local_path *l, const json_t *from, const json_t *rec, struct err *e)
{
	const char *snapshot = json_str(from, "snapshot"), *volume = json_str(from, "volume"), *name = snapshot ? snapshot : volume;
	AUTO_JSON json_t *src = name ? local_record_get(l, snapshot != NULL, name) : NULL;
	const char *image = json_str(rec, "image"), *path = json_str_or(rec, "path", "");
	bool src_image = snapshot ? json_bool_or(src, "image", false) : json_object_get(src, "image") != NULL;
	bool block = streq(json_str_or(rec, "mode", ""), "Block");
	const char *src_path = json_str_or(src, "path", "");

	if (!src)
		return err_set(e, ERR_NOT_FOUND, "%s %s is not on node %s", snapshot ? "snapshot" : "volume", name ? name : "", l->node);
	/* What a pod wrote onto a device is not for the node's kernel to mount. */
	if (!streq(json_str_or(src, "mode", ""), json_str_or(rec, "mode", "")))
		return err_set(e, ERR_INVALID, "%s has another volumeMode", name);
	if (json_int_or(src, "bytes", 0) > json_int_or(rec, "bytes", 0))
		return err_set(e, ERR_INVALID, "%s is larger than the claim", name);
	if (volume && src_image && !block && loopfs_mounted(src_path)) {
		if (!loopfs_mounted(path) && image)
			return 0; /* its files, once there is a place for them */
		return local_copy_tree(src_path, path, e);
	}
	if (src_image) {
		if (!image)
			return err_set(e, ERR_UNSUPPORTED, "%s is an image, and the class makes directories: use a class with enforce: image", name);
		if (loopfs_mounted(path))
			return 0;
		int r = local_copy_file(snapshot ? src_path : json_str_or(src, "image", ""), image, false, e);
		return r < 0 ? r : 1;
	}
	if (image && !loopfs_mounted(path))
		return 0;
	return local_copy_tree(src_path, path, e);
}
