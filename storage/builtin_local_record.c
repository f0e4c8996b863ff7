#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>
#include "base/fs.h"
#include "base/str.h"
#include "storage/builtin_local.h"
#include "storage/quota.h"

#define RECORD_MAX (64 << 10)
/* Far from what people write into /etc/projid, and from what kubelet (1048577 and up) and container engines (1 and up) take. */
#define PROJECT_FIRST 0x4d4b0000u
#define PROJECT_COUNT 0x10000000u
#define PROJECT_TRIES 1000

static char *record_path(const struct local_path *l, bool snapshot, const char *name, struct err *e)
{
	AUTO_FREE char *file = str_fmt("%s.json", name);

	return file ? local_private(l->dir, snapshot ? "snapshot-records" : "volumes", file, e) : NULL;
}

static void free_record(void *v) { json_decref(v); }

static int load(struct local_path *l, bool snapshot, struct err *e)
{
	AUTO_FREE char *dir = local_private(l->dir, snapshot ? "snapshot-records" : "volumes", "", e);
	DIR *d = dir ? opendir(dir) : NULL;
	const struct dirent *de;
	int r = 0;

	if (!d)
		return dir ? err_errno(e, errno, "%s", dir) : -EIO;
	while (r == 0 && (de = readdir(d))) {
		AUTO_FREE char *path = fs_join(dir, de->d_name);
		AUTO_BUF struct buf b = {0};
		json_t *v = NULL;
		size_t n = strlen(de->d_name);

		if (!path) {
			r = err_nomem(e);
		} else if (de->d_name[0] != '.' && str_has_suffix(de->d_name, ".json")) {
			AUTO_FREE char *name = str_ndup(de->d_name, n - 5);
			r = fs_read(path, RECORD_MAX, &b, e);
			if (r == 0)
				r = json_parse(b.data, b.len, &v, e);
			if (r == 0 && (!name || map_put(snapshot ? l->snapshots : l->volumes, name, v) < 0))
				r = err_nomem(e);
			if (r < 0) {
				json_decref(v);
				(void)err_wrap(e, "%s", path);
			}
		} else if (strstr(de->d_name, ".json.tmp")) {
			(void)unlink(path); /* of a write that was cut short */
		}
	}
	(void)closedir(d);
	return r;
}

int local_records_load(struct local_path *l, struct err *e)
{
	l->volumes = map_new(free_record);
	l->snapshots = map_new(free_record);
	l->busy = map_new(NULL);
	if (!l->volumes || !l->snapshots || !l->busy)
		return err_nomem(e);
	int r = load(l, false, e);
	return r < 0 ? r : load(l, true, e);
}

int local_record_put(struct local_path *l, bool snapshot, const char *name, json_t *v, struct err *e)
{
	AUTO_JSON json_t *mine = v;
	AUTO_FREE char *path = record_path(l, snapshot, name, e);
	struct bytes *b = mine ? json_encode(mine) : NULL;

	if (!path || !b) {
		bytes_unref(b);
		return path ? err_nomem(e) : -EIO;
	}
	int r = fs_write_atomic(path, b->data, b->len, 0600, e);
	bytes_unref(b);
	if (r == 0 && map_put(snapshot ? l->snapshots : l->volumes, name, json_incref(mine)) < 0) {
		json_decref(mine);
		r = err_nomem(e);
	}
	return r;
}

int local_record_drop(struct local_path *l, bool snapshot, const char *name, struct err *e)
{
	AUTO_FREE char *path = record_path(l, snapshot, name, e);

	if (!path)
		return -EIO;
	/* A record that comes back after a power cut is worked off once more, which finds nothing. */
	if (unlink(path) < 0 && errno != ENOENT)
		return err_errno(e, errno, "cannot remove %s", path);
	(void)map_del(snapshot ? l->snapshots : l->volumes, name);
	return 0;
}

json_t *local_record_get(struct local_path *l, bool snapshot, const char *name)
{
	pthread_mutex_lock(&l->lock);
	/* A copy: reference counts of jansson's are atomic only in some builds. */
	json_t *v = json_deep_copy(map_get(snapshot ? l->snapshots : l->volumes, name));
	pthread_mutex_unlock(&l->lock);
	return v;
}

int local_record_set(struct local_path *l, const char *name, const char *key, json_t *v, struct err *e)
{
	AUTO_JSON json_t *mine = v;

	pthread_mutex_lock(&l->lock);
	const json_t *old = map_get(l->volumes, name);
	json_t *copy = old ? json_deep_copy(old) : NULL;
	int r = !old ? 0 : !copy || json_object_set(copy, key, mine) < 0 ? err_nomem(e) : 0;
	if (old && r == 0)
		r = json_equal(old, copy) ? 0 : local_record_put(l, false, name, TAKE_PTR(copy), e);
	json_decref(copy);
	pthread_mutex_unlock(&l->lock);
	return r;
}

int local_hold(struct local_path *l, const char *name, int timeout_ms, struct err *e)
{
	struct timespec until;
	int r = 0;

	clock_gettime(CLOCK_MONOTONIC, &until);
	until.tv_sec += timeout_ms / 1000 + 1;
	pthread_mutex_lock(&l->lock);
	while (map_has(l->busy, name) && r == 0)
		r = pthread_cond_timedwait(&l->idle, &l->lock, &until);
	r = map_has(l->busy, name) ? err_set(e, ERR_AGAIN, "volume %s is being worked on", name) : map_put(l->busy, name, l) < 0 ? err_nomem(e) : 0;
	pthread_mutex_unlock(&l->lock);
	return r;
}

void local_let_go(struct local_path *l, const char *name)
{
	pthread_mutex_lock(&l->lock);
	(void)map_del(l->busy, name);
	pthread_cond_broadcast(&l->idle);
	pthread_mutex_unlock(&l->lock);
}

static bool project_taken(struct local_path *l, uint32_t id)
{
	struct map_iter it = MAP_ITER_INIT;

	while (map_next(l->volumes, &it))
		if (json_int_or(it.value, "project", 0) == id)
			return true;
	return false;
}

int local_project_new(struct local_path *l, const char *base, uint32_t *ret, struct err *e)
{
	uint32_t at;

	random_bytes(&at, sizeof(at));
	for (unsigned i = 0; i < PROJECT_TRIES; i++, at++) {
		uint32_t id = PROJECT_FIRST + at % PROJECT_COUNT;
		struct quota_usage u;

		if (project_taken(l, id))
			continue;
		int r = quota_get(base, id, &u, e);
		if (r < 0)
			return r;
		if (u.bytes == 0 && u.inodes == 0 && u.limit == 0) {
			*ret = id;
			return 0;
		}
	}
	return err_set(e, ERR_TOO_MANY, "no free project id for a quota on the file system of %s", base);
}

int64_t local_promised(struct local_path *l, const char *base)
{
	struct map_iter it = MAP_ITER_INIT;
	struct stat here, st;
	int64_t sum = 0;

	if (stat(base, &here) < 0)
		return 0;
	while (map_next(l->volumes, &it)) {
		const json_t *v = it.value;
		struct quota_usage u = {0};
		int64_t bytes = json_int_or(v, "bytes", 0);

		if (!streq(json_str_or(v, "enforce", ""), "quota") || json_bool_or(v, "overcommit", false) ||
		    stat(json_str_or(v, "base", ""), &st) < 0 || st.st_dev != here.st_dev)
			continue;
		(void)quota_get(base, (uint32_t)json_int_or(v, "project", 0), &u, NULL);
		sum += u.bytes < bytes ? bytes - u.bytes : 0;
	}
	return sum;
}
