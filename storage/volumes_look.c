/* What is asked about published volumes: numbers, growth; and their end as a whole. */
#include <errno.h>
#include <sys/statvfs.h>
#include "api/object.h"
#include "api/quantity.h"
#include "base/clock.h"
#include "base/fs.h"
#include "base/proc.h"
#include "base/str.h"
#include "storage/internal.h"
#include "storage/builtin_local.h"
#include "storage/ceph.h"
#include "storage/volumes_internal.h"

#define STATS_MS 60000
#define STATFS_MS 10000

struct seen_stats {
	int64_t at_ms;
	struct volumes_stats stats;
};

/* --- numbers --- */

/* By a program that can be given up: a server may be gone. */
static int stat_network(const char *path, struct volumes_stats *ret, struct err *e)
{
	const char *argv[] = {"stat", "-f", "-c", "%S %b %f %a %c %d", "--", path, NULL};
	AUTO_BUF struct buf out = {0};
	AUTO_BUF struct buf errs = {0};
	long long unit, blocks, blocks_free, blocks_avail, files, files_free;
	int code, r = proc_run(argv, NULL, 0, &out, &errs, 4096, STATFS_MS, &code, e);

	if (r < 0)
		return err_wrap(e, "cannot tell the usage of %s", path);
	if (code != 0 || sscanf(out.data ? out.data : "", "%lld %lld %lld %lld %lld %lld", &unit, &blocks, &blocks_free, &blocks_avail, &files, &files_free) != 6)
		return err_set(e, ERR_UNAVAILABLE, "cannot tell the usage of %s", path);
	*ret = (struct volumes_stats){unit * blocks, unit * (blocks - blocks_free), unit * blocks_avail, files, files - files_free, files_free};
	return 0;
}

static int stat_path(const char *path, struct volumes_stats *ret, struct err *e)
{
	struct statvfs s;

	if (statvfs(path, &s) < 0)
		return err_errno(e, errno, "cannot tell the usage of %s", path);
	*ret = (struct volumes_stats){(int64_t)(s.f_blocks * s.f_frsize), (int64_t)((s.f_blocks - s.f_bfree) * s.f_frsize), (int64_t)(s.f_bavail * s.f_frsize),
				      (int64_t)s.f_files, (int64_t)(s.f_files - s.f_ffree), (int64_t)s.f_ffree};
	return 0;
}

static int ask(struct volumes *v, const char *uid, const char *name, struct volumes_stats *ret, struct err *e)
{
	CLEANUP(volume_job_done) struct volume_job j = {.v = v};
	int r;

	if (!volume_name_ok(uid) || !volume_name_ok(name))
		return err_set(e, ERR_NOT_FOUND, "volume %s is not published", name);
	if (!(j.record_file = volume_record_file(v, uid, name)))
		return err_nomem(e);
	if ((r = volume_record_read(j.record_file, &j.record, e)) < 0 || (r = volume_job_recorded(&j, j.record, e)) < 0)
		return r;
	r = j.kind->stats ? j.kind->stats(&j, ret, e) : ERR_UNSUPPORTED;
	if (r != ERR_UNSUPPORTED)
		return r;
	if (j.block || !j.target)
		return err_set(e, ERR_UNSUPPORTED, "volume %s has no statistics", name);
	/* Without a mount these were the numbers of another file system. */
	if ((r = mounts_at(j.target, e)) <= 0)
		return r < 0 ? r : err_set(e, ERR_UNAVAILABLE, "volume %s is not mounted", name);
	return j.kind->network || j.kind == &volume_plugin_kind ? stat_network(j.target, ret, e) : stat_path(j.target, ret, e);
}

int volumes_stats(struct volumes *v, const char *uid, const char *name, struct volumes_stats *ret, struct err *e)
{
	AUTO_FREE char *key = str_fmt("%s/%s", uid, name);
	int64_t now = clock_mono_ms(clock_real());
	struct seen_stats *seen;

	if (!key)
		return err_nomem(e);
	pthread_mutex_lock(&v->lock);
	seen = map_get(v->stats, key);
	bool fresh = seen && now - seen->at_ms < STATS_MS;
	if (fresh)
		*ret = seen->stats;
	pthread_mutex_unlock(&v->lock);
	if (fresh)
		return 0;
	struct volumes_stats got;
	int r = ask(v, uid, name, &got, e);
	if (r < 0)
		return r;
	seen = calloc(1, sizeof(*seen));
	if (!seen)
		return err_nomem(e);
	*seen = (struct seen_stats){now, got};
	pthread_mutex_lock(&v->lock);
	if (map_put(v->stats, key, seen) < 0)
		free(seen);
	pthread_mutex_unlock(&v->lock);
	*ret = got;
	return 0;
}

/* --- growth --- */

static int grow(struct volume_job *j, int64_t *ret_bytes, struct err *e)
{
	AUTO_JSON json_t *staged = NULL;
	int r = volume_record_read(j->record_file, &j->record, e);

	if (r < 0)
		return r;
	if (j->staged_file && (r = volume_record_read(j->staged_file, &staged, e)) < 0)
		return r;
	j->staged = TAKE_PTR(staged);
	j->state = json_object_get(j->staged ? j->staged : j->record, "state");
	return j->kind->grow(j, ret_bytes, e);
}

int volumes_grow(struct volumes *v, const struct volumes_request *req, int64_t *ret_bytes, struct err *e)
{
	CLEANUP(volume_job_done) struct volume_job j = {.v = v, .r = req};
	int64_t bytes = req->pv ? volume_capacity(req->pv) : 0;
	AUTO_FREE char *key = str_fmt("%s/%s", req->pod_uid, req->volume_name);
	int r;

	if (!key)
		return err_nomem(e);
	if (!json_dot(req->pv, "spec.hostPath")) {
		if ((r = volume_job_begin(&j, e)) < 0)
			return r;
		if (j.kind->grow) {
			if ((r = volumes_lock(v, key, e)) < 0)
				return r;
			if (!j.staged_file || (r = volumes_lock(v, j.staged_file, e)) == 0) {
				r = grow(&j, &bytes, e);
				if (j.staged_file)
					volumes_unlock(v, j.staged_file);
			}
			volumes_unlock(v, key);
			if (r < 0)
				return r;
		}
	}
	pthread_mutex_lock(&v->lock);
	(void)map_del(v->stats, key);
	pthread_mutex_unlock(&v->lock);
	*ret_bytes = bytes;
	return 0;
}

/* --- the end --- */

struct drop {
	struct volumes *v;
	void (*fn)(void *arg, const char *what);
	void *arg;
	int result;
	struct err *e;
};

static void note(struct drop *d, int r, const struct err *one)
{
	if (r >= 0 || d->result < 0)
		return;
	d->result = r;
	if (d->e)
		*d->e = *one;
}

static void say(struct drop *d, const char *what, const char *name)
{
	AUTO_FREE char *line = str_fmt("%s %s", what, name);

	if (d->fn && line)
		d->fn(d->arg, line);
}

static int drop_pod(void *arg, const char *uid, const char *volume, const json_t *record, struct err *e)
{
	struct drop *d = arg;
	const char *target = json_str_or(record, "target", "");
	AUTO_FREE char *file = volume_record_file(d->v, uid, volume);
	struct err one = {0};

	if (!file)
		return err_nomem(e);
	if (str_has_prefix(target, d->v->kubelet_dir)) {
		say(d, "unmounting", target);
		note(d, mounts_detach_below(target, &one), &one);
		note(d, mounts_unmount(target, false, &one), &one);
		volumes_prune(d->v, target);
	}
	note(d, volume_record_remove(file, &one), &one);
	return 0;
}

static int drop_staged(void *arg, const char *file, const json_t *staged, struct err *e)
{
	struct drop *d = arg;
	CLEANUP(volume_job_done) struct volume_job j = {.v = d->v, .staged = json_incref((json_t *)(uintptr_t)staged)};
	struct err one = {0};
	int r = volume_job_recorded(&j, j.staged, &one);

	/* Where it was found, whatever it says of that. */
	free(j.staged_file);
	if (!(j.staged_file = str_dup(file)))
		return err_nomem(e);
	if (r == 0 && j.staging && str_has_prefix(j.staging, d->v->kubelet_dir)) {
		say(d, "unmounting", j.staging);
		note(d, mounts_detach_below(j.staging, &one), &one);
		r = mounts_unmount(j.staging, false, &one);
		if (r == 0 && j.kind->drop)
			r = j.kind->drop(&j, &one);
		volumes_prune(d->v, j.staging);
	}
	note(d, r, &one);
	if (r == 0)
		note(d, volume_record_remove(file, &one), &one);
	return 0;
}

int volumes_drop_all(struct volumes *v, void (*fn)(void *arg, const char *what), void *arg, struct err *e)
{
	struct drop d = {.v = v, .fn = fn, .arg = arg, .e = e};
	AUTO_FREE char *storage = fs_join(v->data_dir, "storage");
	struct err one = {0};

	note(&d, volume_records_each(v, NULL, drop_pod, &d, &one), &one);
	note(&d, volume_staged_each(v, drop_staged, &d, &one), &one);
	if (!storage)
		return err_nomem(e);
	/* Files of volumes that are devices: what is mounted of them goes with the mounts below data-dir. */
	note(&d, mounts_detach_below(storage, &one), &one);
	note(&d, local_path_drop(v->data_dir, &one), &one); /* wherever the ConfigMap has them */
	note(&d, loop_detach_below(storage, &one), &one);
	note(&d, ceph_unmap_all(v->data_dir, &one), &one);
	return d.result;
}
