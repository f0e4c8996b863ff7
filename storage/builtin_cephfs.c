#include "storage/builtin.h"
#include "storage/builtin_cephfs.h"
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include "base/str.h"
#include "storage/internal.h"
#include "storage/mounts.h"

#define VOLUME_PREFIX "minik-"

struct cephfs {
	struct plugin p; /* first */
	int stop_fd;
};

/* --- names --- */

void cephfs_name_done(struct cephfs_name *n)
{
	free(n->monitors);
	free(n->fs);
	free(n->group);
	free(n->volume);
	free(n->snap);
	*n = (struct cephfs_name){0};
}

static bool part_ok(const char *s)
{
	return s && ceph_word_ok(s, strlen(s));
}

int cephfs_name_parse(const char *handle, bool want_snap, struct cephfs_name *ret, struct err *e)
{
	AUTO_CEPHFS_NAME struct cephfs_name n = {0};
	const char *hash = strchr(handle, '#'), *at = hash ? strchr(hash, '@') : NULL,
		   *a = hash ? strchr(hash, '/') : NULL, *b = a ? strchr(a + 1, '/') : NULL;

	if (!b || !at != !want_snap || (at && at < b) || strlen(handle) > 2000)
		return err_set(e, ERR_INVALID, "\"%.150s\" is not the handle of %s", handle,
			       want_snap ? "a snapshot on CephFS" : "a volume on CephFS");
	n.monitors = str_ndup(handle, (size_t)(hash - handle));
	n.fs = str_ndup(hash + 1, (size_t)(a - hash - 1));
	n.group = str_ndup(a + 1, (size_t)(b - a - 1));
	n.volume = at ? str_ndup(b + 1, (size_t)(at - b - 1)) : str_dup(b + 1);
	n.snap = at ? str_dup(at + 1) : NULL;
	if (!n.monitors || !n.fs || !n.group || !n.volume || (at && !n.snap))
		return err_nomem(e);
	if (ceph_check_monitors(n.monitors, NULL) < 0 || !part_ok(n.fs) || !part_ok(n.group) || !part_ok(n.volume) ||
	    (at && !part_ok(n.snap)))
		return err_set(e, ERR_INVALID, "\"%.150s\" is not the handle of a volume on CephFS", handle);
	*ret = n;
	n = (struct cephfs_name){0};
	return 0;
}

bool cephfs_path_ok(const char *path)
{
	size_t n = strlen(path);

	for (const char *s = path; *s; s++)
		if ((unsigned char)*s <= ' ' || *s == ',' || *s == ':' || *s == 127)
			return false;
	return *path == '/' && n < 1000 && !strstr(path, "/../") && !str_has_suffix(path, "/..");
}

static bool there(int r)
{
	return r == 0 || r == ERR_EXISTS;
}
static bool gone(int r)
{
	return r == 0 || r == ERR_NOT_FOUND;
}

static struct ceph_call as_of(const struct cephfs *c, const char *monitors, const json_t *req, int timeout_ms)
{
	return (struct ceph_call){monitors, json_object_get(req, "secrets"), true, timeout_ms, c->stop_fd};
}
#define FS(out, ...) CEPH_RUN(as, out, e, "ceph", "fs", __VA_ARGS__)

/* --- what is there --- */

static int parse(const struct buf *b, const char *what, json_t **ret, struct err *e)
{
	if (json_parse(b->data ? b->data : "", b->len, ret, NULL) < 0)
		return err_set(e, ERR_PROTO, "ceph fs %s gives no JSON", what);
	return 0;
}

static int info_of(const struct ceph_call *as, const struct cephfs_name *n, json_t **ret, struct err *e)
{
	AUTO_BUF struct buf out = {0};
	int r = FS(&out, "subvolume", "info", n->fs, n->volume, "--group_name", n->group, "--format", "json");

	return r < 0 ? r : parse(&out, "subvolume info", ret, e);
}

static int path_of(const struct ceph_call *as, const struct cephfs_name *n, char **ret, struct err *e)
{
	AUTO_BUF struct buf out = {0};
	int r = FS(&out, "subvolume", "getpath", n->fs, n->volume, "--group_name", n->group);

	if (r < 0)
		return r;
	while (out.len > 0 && out.data[out.len - 1] == '\n')
		buf_trim(&out, out.len - 1);
	AUTO_FREE char *path = str_ndup(out.data ? out.data : "", out.len);
	if (!path)
		return err_nomem(e);
	if (!cephfs_path_ok(path))
		return err_set(e, ERR_PROTO, "ceph fs subvolume getpath gives no path");
	*ret = TAKE_PTR(path);
	return 0;
}

static int resize(const struct ceph_call *as, const struct cephfs_name *n, int64_t bytes, struct err *e)
{
	char size[32];

	(void)snprintf(size, sizeof(size), "%lld", (long long)bytes);
	return FS(NULL, "subvolume", "resize", n->fs, n->volume, size, "--group_name", n->group, "--no_shrink");
}

/* --- create --- */

static int parameters_of(const json_t *req, const json_t *parameters, struct err *e)
{
	static const char *const known[] = {"fsName",	 "subvolumeGroup",  "monitors",	   "pool",
					    "mounter",	 "kernelMountOptions", "fuseMountOptions", "clusterID",
					    "clusterNamespace", "fsType", "fstype"};
	const char *unknown = plugin_unknown_parameter(parameters, known, ARRAY_LEN(known)),
		   *mounter = json_str_or(parameters, "mounter", "");

	if (unknown)
		return err_set(e, ERR_INVALID,
			       "parameter \"%.100s\" is not known: fsName, subvolumeGroup, pool, monitors, mounter, "
			       "kernelMountOptions, fuseMountOptions are",
			       unknown);
	if (!part_ok(json_str(parameters, "fsName")))
		return err_set(e, ERR_INVALID, "parameter fsName is needed: the name of a file system, not \"%.100s\"",
			       json_str_or(parameters, "fsName", ""));
	if (!part_ok(json_str_or(parameters, "subvolumeGroup", "csi")))
		return err_set(e, ERR_INVALID, "parameter subvolumeGroup is \"%.100s\"",
			       json_str_or(parameters, "subvolumeGroup", ""));
	if (!part_ok(json_str_or(parameters, "pool", "pool")))
		return err_set(e, ERR_INVALID, "parameter pool is \"%.100s\"", json_str_or(parameters, "pool", ""));
	if (*mounter && !streq(mounter, "kernel") && !streq(mounter, "fuse"))
		return err_set(e, ERR_INVALID, "parameter mounter is \"%.40s\": kernel or fuse", mounter);
	if (!part_ok(json_str_or(req, "name", "")))
		return err_set(e, ERR_INVALID, "\"%.100s\" is not a name of a volume", json_str_or(req, "name", ""));
	if (streq(json_str_or(req, "volumeMode", "Filesystem"), "Block"))
		return err_set(e, ERR_INVALID, "volumeMode Block is not possible on CephFS");
	return ceph_check_monitors(json_str_or(parameters, "monitors", ""), e);
}

/* The snapshot of a volume that is cloned has the new volume's name: one moment of it, which goes when the copy is whole. */
static int source_of(const json_t *from, const struct cephfs_name *n, struct cephfs_name *ret, struct err *e)
{
	const char *snapshot = json_str(from, "snapshot"), *volume = json_str(from, "volume");
	int r = cephfs_name_parse(snapshot ? snapshot : volume ? volume : "", snapshot != NULL, ret, e);

	if (r < 0)
		return r;
	if (!streq(ret->monitors, n->monitors) || !streq(ret->fs, n->fs))
		return err_set(e, ERR_INVALID, "it is of another Ceph file system (%.100s)", ret->fs);
	if (!ret->snap && !(ret->snap = str_dup(n->volume)))
		return err_nomem(e);
	return 0;
}

static int drop_source(const struct ceph_call *as, const json_t *from, const struct cephfs_name *src, struct err *e)
{
	if (!json_str(from, "volume"))
		return 0;
	int r = FS(NULL, "subvolume", "snapshot", "rm", src->fs, src->volume, src->snap, "--group_name", src->group,
		   "--force");
	return gone(r) ? 0 : r;
}

static int copy_start(const struct ceph_call *as, const json_t *from, const struct cephfs_name *n, const char *pool,
		      struct err *e)
{
	AUTO_CEPHFS_NAME struct cephfs_name src = {0};
	int r = source_of(from, n, &src, e);

	if (r < 0)
		return r;
	if (json_str(from, "volume") && !there(r = FS(NULL, "subvolume", "snapshot", "create", src.fs, src.volume,
						      src.snap, "--group_name", src.group)))
		return r;
	return FS(NULL, "subvolume", "snapshot", "clone", src.fs, src.volume, src.snap, n->volume, "--group_name",
		  src.group, "--target_group_name", n->group, pool ? "--pool_layout" : NULL, pool);
}

/* Copies go on in Ceph by themselves; who asks again hears whether one is whole. */
static int copy_end(const struct ceph_call *as, const json_t *from, const struct cephfs_name *n, struct err *e)
{
	AUTO_CEPHFS_NAME struct cephfs_name src = {0};
	AUTO_BUF struct buf out = {0};
	AUTO_JSON json_t *status = NULL;
	int r = source_of(from, n, &src, e);

	if (r < 0 || (r = FS(&out, "clone", "status", n->fs, n->volume, "--group_name", n->group, "--format", "json")) < 0 ||
	    (r = parse(&out, "clone status", &status, e)) < 0)
		return r;
	const char *state = json_str_or(status, "status.state", "");
	if (streq(state, "complete"))
		return drop_source(as, from, &src, e);
	if (!streq(state, "failed") && !streq(state, "canceled"))
		return err_set(e, ERR_AGAIN, "its content is being copied (%.40s)", state);
	if (!gone(r = FS(NULL, "subvolume", "rm", n->fs, n->volume, "--group_name", n->group, "--force")) ||
	    (r = drop_source(as, from, &src, e)) < 0)
		return r;
	return err_set(e, ERR_UNAVAILABLE, "copying its content has failed in Ceph");
}

static int make(const struct ceph_call *as, const json_t *req, const struct cephfs_name *n, int64_t bytes, struct err *e)
{
	const json_t *from = json_object_get(req, "from");
	const char *pool = json_str(req, "parameters.pool");
	char size[32];
	int r = FS(NULL, "subvolumegroup", "create", n->fs, n->group);

	if (!there(r))
		return r;
	if (json_object_size(from) > 0)
		return copy_start(as, from, n, pool, e);
	(void)snprintf(size, sizeof(size), "%lld", (long long)bytes);
	/* Whose it is pods say, by fsGroup; until then all may write, as in any volume of several nodes. */
	return FS(NULL, "subvolume", "create", n->fs, n->volume, "--size", size, "--group_name", n->group, "--mode",
		  "777", pool ? "--pool_layout" : NULL, pool);
}

static int create(void *self, const json_t *req, int timeout_ms, json_t **ret, struct err *e)
{
	const struct cephfs *c = self;
	static const char *const kept[] = {"mounter", "kernelMountOptions", "fuseMountOptions"};
	const json_t *parameters = json_object_get(req, "parameters"), *from = json_object_get(req, "from");
	int64_t bytes = json_int_or(req, "capacityBytes", 0), limit = json_int_or(req, "limitBytes", 0), has;
	AUTO_JSON json_t *info = NULL;
	AUTO_FREE char *path = NULL;
	int r = parameters_of(req, parameters, e);

	if (r < 0)
		return r;
	if (bytes <= 0)
		bytes = 1 << 30;
	AUTO_FREE char *handle = str_fmt("%s#%s/%s/" VOLUME_PREFIX "%s", json_str_or(parameters, "monitors", ""),
					 json_str(parameters, "fsName"),
					 json_str_or(parameters, "subvolumeGroup", "csi"), json_str(req, "name"));
	AUTO_CEPHFS_NAME struct cephfs_name n = {0};
	if (!handle)
		return err_nomem(e);
	if ((r = cephfs_name_parse(handle, false, &n, e)) < 0)
		return r;
	const struct ceph_call call = as_of(c, n.monitors, req, timeout_ms), *as = &call;
	r = info_of(as, &n, &info, e);
	if (r == ERR_NOT_FOUND && there(r = make(as, req, &n, bytes, e)) && json_object_size(from) == 0)
		r = info_of(as, &n, &info, e);
	/* One that is being copied says nothing of itself yet. */
	if ((r == 0 || r == ERR_AGAIN) && json_object_size(from) > 0 && (r = copy_end(as, from, &n, e)) == 0) {
		json_decref(info);
		info = NULL;
		r = info_of(as, &n, &info, e);
	}
	if (r < 0)
		return r;
	/* A copy is as large as its source was. */
	has = json_int_or(info, "bytes_quota", 0);
	if (json_object_size(from) > 0 && has < bytes) {
		if ((r = resize(as, &n, bytes, e)) < 0)
			return r;
		has = bytes;
	}
	if (has < bytes || (limit > 0 && has > limit))
		return err_set(e, ERR_EXISTS, "subvolume %s is there with %s", n.volume, SIZE_TEXT(has));
	if ((r = path_of(as, &n, &path, e)) < 0)
		return r;
	AUTO_JSON json_t *a = json_pack("{s:s,s:I,s:{},s:{s:{s:s,s:{s:s,s:s,s:s}}}}", "handle", handle, "capacityBytes",
					(json_int_t)has, "context", "source", "flexVolume", "driver", c->p.driver,
					"options", "volumeHandle", handle, "fsName", n.fs, "subvolumePath", path);
	json_t *options = json_dot(a, "source.flexVolume.options");
	for (size_t i = 0; options && i < ARRAY_LEN(kept); i++) {
		const char *v = json_str(parameters, kept[i]);
		if (v && json_set_str(options, kept[i], v) < 0)
			return err_nomem(e);
	}
	if (!options)
		return err_nomem(e);
	*ret = TAKE_PTR(a);
	return 0;
}

/* --- the rest --- */

static int delete (void *self, const json_t *req, int timeout_ms, json_t **ret UNUSED, struct err *e)
{
	const struct cephfs *c = self;
	AUTO_CEPHFS_NAME struct cephfs_name n = {0};
	int r = cephfs_name_parse(json_str_or(req, "handle", ""), false, &n, e);

	if (r < 0)
		return r;
	const struct ceph_call call = as_of(c, n.monitors, req, timeout_ms), *as = &call;
	r = FS(NULL, "subvolume", "rm", n.fs, n.volume, "--group_name", n.group, "--force");
	if (r == -EBUSY)
		return err_set(e, r, "subvolume %s has snapshots", n.volume);
	if (r == ERR_AGAIN || r == ERR_UNAVAILABLE) /* a copy that is not whole: it is stopped, and goes when asked again */
		(void)CEPH_RUN(as, NULL, NULL, "ceph", "fs", "clone", "cancel", n.fs, n.volume, "--group_name", n.group);
	return gone(r) ? 0 : r;
}

static int expand(void *self, const json_t *req, int timeout_ms, json_t **ret, struct err *e)
{
	const struct cephfs *c = self;
	int64_t bytes = json_int_or(req, "capacityBytes", 0), has;
	AUTO_CEPHFS_NAME struct cephfs_name n = {0};
	AUTO_JSON json_t *info = NULL;
	int r = cephfs_name_parse(json_str_or(req, "handle", ""), false, &n, e);

	if (r < 0)
		return r;
	const struct ceph_call call = as_of(c, n.monitors, req, timeout_ms), *as = &call;
	if ((r = info_of(as, &n, &info, e)) < 0)
		return r;
	has = json_int_or(info, "bytes_quota", 0);
	if (has < bytes) {
		if ((r = resize(as, &n, bytes, e)) < 0)
			return r;
		has = bytes;
	}
	*ret = json_pack("{s:I,s:b}", "capacityBytes", (json_int_t)has, "nodeExpansion", 0);
	return *ret ? 0 : err_nomem(e);
}

static int snapshot_of(const struct cephfs *c, const char *handle, const json_t *req, int timeout_ms, json_t **ret,
		       struct err *e)
{
	AUTO_CEPHFS_NAME struct cephfs_name n = {0};
	AUTO_BUF struct buf out = {0};
	AUTO_JSON json_t *info = NULL, *volume = NULL;
	char text[TIME_STR_MAX] = "";
	struct tm tm = {0};
	int r = cephfs_name_parse(handle, true, &n, e);

	if (r < 0)
		return r;
	const struct ceph_call call = as_of(c, n.monitors, req, timeout_ms), *as = &call;
	if ((r = FS(&out, "subvolume", "snapshot", "info", n.fs, n.volume, n.snap, "--group_name", n.group, "--format",
		    "json")) < 0 ||
	    (r = parse(&out, "subvolume snapshot info", &info, e)) < 0 || (r = info_of(as, &n, &volume, e)) < 0)
		return r;
	if (strptime(json_str_or(info, "created_at", ""), "%Y-%m-%d %H:%M:%S", &tm)) /* in UTC */
		time_format(timegm(&tm), text);
	/* What a volume made from it has to hold: all that its source may. */
	json_t *a = json_pack("{s:s,s:I,s:b}", "handle", handle, "sizeBytes",
			      (json_int_t)json_int_or(volume, "bytes_quota", json_int_or(info, "size", 0)), "ready", 1);
	if (!a || (*text && json_set_str(a, "createdAt", text) < 0)) {
		json_decref(a);
		return err_nomem(e);
	}
	*ret = a;
	return 0;
}

static int snapshot_get(void *self, const json_t *req, int timeout_ms, json_t **ret, struct err *e)
{
	return snapshot_of(self, json_str_or(req, "handle", ""), req, timeout_ms, ret, e);
}

static int snapshot_create(void *self, const json_t *req, int timeout_ms, json_t **ret, struct err *e)
{
	const struct cephfs *c = self;
	const char *name = json_str_or(req, "name", ""), *volume = json_str_or(req, "volume.handle", "");
	AUTO_CEPHFS_NAME struct cephfs_name n = {0};
	int r = cephfs_name_parse(volume, false, &n, e);

	if (r < 0)
		return r;
	if (!part_ok(name))
		return err_set(e, ERR_INVALID, "\"%.100s\" is not a name of a snapshot", name);
	AUTO_FREE char *handle = str_fmt("%s@%s", volume, name);
	if (!handle)
		return err_nomem(e);
	const struct ceph_call call = as_of(c, n.monitors, req, timeout_ms), *as = &call;
	if (!there(r = FS(NULL, "subvolume", "snapshot", "create", n.fs, n.volume, name, "--group_name", n.group)))
		return r;
	return snapshot_of(c, handle, req, timeout_ms, ret, e);
}

static int snapshot_delete(void *self, const json_t *req, int timeout_ms, json_t **ret UNUSED, struct err *e)
{
	const struct cephfs *c = self;
	AUTO_CEPHFS_NAME struct cephfs_name n = {0};
	int r = cephfs_name_parse(json_str_or(req, "handle", ""), true, &n, e);

	if (r < 0)
		return r;
	const struct ceph_call call = as_of(c, n.monitors, req, timeout_ms), *as = &call;
	r = FS(NULL, "subvolume", "snapshot", "rm", n.fs, n.volume, n.snap, "--group_name", n.group, "--force");
	return gone(r) ? 0 : r;
}

static int stage(void *self, const json_t *req, int timeout_ms, json_t **ret UNUSED, struct err *e)
{
	return cephfs_stage(req, timeout_ms, ((const struct cephfs *)self)->stop_fd, e);
}

static int publish(void *self UNUSED, const json_t *req, int timeout_ms UNUSED, json_t **ret UNUSED, struct err *e)
{
	return cephfs_publish(req, e);
}

static const builtin_op table[PLUGIN_OP_COUNT] = {
	[PLUGIN_CREATE] = create,
	[PLUGIN_DELETE] = delete,
	[PLUGIN_EXPAND] = expand,
	[PLUGIN_SNAPSHOT_CREATE] = snapshot_create,
	[PLUGIN_SNAPSHOT_DELETE] = snapshot_delete,
	[PLUGIN_SNAPSHOT_GET] = snapshot_get,
	[PLUGIN_STAGE] = stage,
	[PLUGIN_UNSTAGE] = builtin_unstage,
	[PLUGIN_PUBLISH] = publish,
	[PLUGIN_UNPUBLISH] = builtin_unpublish,
};

static int call(struct plugin *p, enum plugin_op op, const json_t *req, int timeout_ms, json_t **ret, struct err *e)
{
	return builtin_call(table, p, op, req, timeout_ms, ret, e);
}

static void cephfs_free(struct plugin *p)
{
	free(p);
}

int builtin_cephfs_new(struct plugin **ret, struct plugins *p, struct err *e)
{
	static const struct plugin_ops ops = {call, cephfs_free};
	CLEANUP(plugin_unref_p) struct plugin *plugin = NULL;
	struct cephfs *c = calloc(1, sizeof(*c));

	if (!c)
		return err_nomem(e);
	plugin = &c->p;
	int r = plugin_init(plugin, &ops, "built in", CEPHFS_PROVISIONER, e);
	if (r < 0)
		return r;
	c->p.can = builtin_can(table);
	c->stop_fd = plugins_stop_fd(p);
	*ret = TAKE_PTR(plugin);
	return 0;
}
