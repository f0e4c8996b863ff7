#include "storage/builtin.h"
#include "storage/builtin_ceph.h"
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/statvfs.h>
#include "base/str.h"
#include "storage/ceph.h"
#include "storage/internal.h"
#include "storage/mounts.h"

#define MIB (1 << 20)

struct ceph {
	struct plugin p; /* first */
	struct ceph_maps *maps;
	int stop_fd;
};

/* --- names --- */

void rbd_name_done(struct rbd_name *n)
{
	free(n->monitors);
	free(n->image);
	free(n->snap);
	*n = (struct rbd_name){0};
}
#define AUTO_RBD_NAME CLEANUP(rbd_name_done)

int rbd_name_parse(const char *handle, bool want_snap, struct rbd_name *ret, struct err *e)
{
	AUTO_RBD_NAME struct rbd_name n = {0};
	const char *hash = strchr(handle, '#'), *at = hash ? strchr(hash, '@') : NULL;
	unsigned parts = 0;

	if (!hash || !at != !want_snap || strlen(handle) > 2000)
		return err_set(e, ERR_INVALID, "\"%.150s\" is not the handle of %s", handle,
			       want_snap ? "a snapshot of an RBD image" : "an RBD image");
	n.monitors = str_ndup(handle, (size_t)(hash - handle));
	n.image = at ? str_ndup(hash + 1, (size_t)(at - hash - 1)) : str_dup(hash + 1);
	n.snap = at ? str_dup(at + 1) : NULL;
	if (!n.monitors || !n.image || (at && !n.snap))
		return err_nomem(e);
	bool ok = ceph_check_monitors(n.monitors, NULL) == 0 && (!at || ceph_word_ok(n.snap, strlen(n.snap)));
	for (const char *s = n.image; ok; s += strcspn(s, "/") + 1) {
		size_t len = strcspn(s, "/");
		ok = ceph_word_ok(s, len);
		parts++;
		if (!s[len])
			break;
	}
	if (!ok || parts < 2 || parts > 3)
		return err_set(e, ERR_INVALID, "\"%.150s\" is not the handle of an RBD image", handle);
	*ret = n;
	n = (struct rbd_name){0};
	return 0;
}

/* --- the tool --- */

static int rbd(const struct ceph *c, const char *monitors, const json_t *secrets, int timeout_ms, struct buf *out,
	       struct err *e, const char *const *args)
{
	const struct ceph_call call = {monitors, secrets, true, timeout_ms, c->stop_fd};

	return ceph_run(&call, out, e, args);
}
#define RBD(monitors, out, ...) rbd(c, monitors, secrets, timeout_ms, out, e, (const char *const[]){"rbd", __VA_ARGS__, NULL})

/* Bytes of an image. */
static int image_size(const struct ceph *c, const char *monitors, const char *image, const json_t *secrets,
		      int timeout_ms, int64_t *ret, struct err *e)
{
	AUTO_BUF struct buf out = {0};
	AUTO_JSON json_t *info = NULL;
	int r = RBD(monitors, &out, "info", image, "--format", "json");

	if (r < 0)
		return r;
	if (json_parse(out.data ? out.data : "", out.len, &info, NULL) < 0 || json_int_or(info, "size", -1) < 0)
		return err_set(e, ERR_PROTO, "rbd info %s says nothing of its size", image);
	*ret = json_int_or(info, "size", 0);
	return 0;
}

static bool there(int r)
{
	return r == 0 || r == ERR_EXISTS;
}
static bool gone(int r)
{
	return r == 0 || r == ERR_NOT_FOUND;
}

/* --- create --- */

/* Sizes are of whole MiB: what a smaller unit leaves over is more than was asked for. */
static int size_of(const json_t *req, int64_t *ret_mib, struct err *e)
{
	int64_t bytes = json_int_or(req, "capacityBytes", 0), limit = json_int_or(req, "limitBytes", 0),
		mib = bytes <= 0 ? 1024 : bytes / MIB + (bytes % MIB != 0);

	if (limit > 0 && mib > limit / MIB)
		return err_set(e, -ERANGE, "an image has whole MiB: none lies between %s and %s",
			       SIZE_TEXT(bytes), SIZE_TEXT(limit));
	*ret_mib = mib;
	return 0;
}

static int parameters_of(const json_t *req, const json_t *parameters, const char **ret_pool, const char **ret_ns,
			 struct err *e)
{
	/* Those of Rook's classes say which of its clusters is meant: here the monitors say so, or ceph.conf. */
	static const char *const known[] = {"pool",        "monitors",       "dataPool",  "imageFeatures",
					    "imageFormat", "radosNamespace", "clusterID", "clusterNamespace",
					    "clusterName", "fsType",         "fstype"};
	const char *unknown = plugin_unknown_parameter(parameters, known, ARRAY_LEN(known)),
		   *pool = json_str_or(parameters, "pool", ""), *ns = json_str(parameters, "radosNamespace"),
		   *format = json_str(parameters, "imageFormat");

	if (unknown)
		return err_set(e, ERR_INVALID,
			       "parameter \"%.100s\" is not known: pool, monitors, dataPool, imageFeatures, "
			       "radosNamespace are",
			       unknown);
	if (!ceph_word_ok(pool, strlen(pool)))
		return err_set(e, ERR_INVALID, "parameter pool is needed: the name of a pool, not \"%.100s\"", pool);
	if (ns && !ceph_word_ok(ns, strlen(ns)))
		return err_set(e, ERR_INVALID, "parameter radosNamespace is \"%.100s\"", ns);
	if (format && !streq(format, "2"))
		return err_set(e, ERR_UNSUPPORTED, "images of format %.20s are not supported, only 2", format);
	const char *name = json_str_or(req, "name", "");
	if (!ceph_word_ok(name, strlen(name)))
		return err_set(e, ERR_INVALID, "\"%.100s\" is not a name of a volume", name);
	*ret_pool = pool;
	*ret_ns = ns;
	return 0;
}

static int make_empty(const struct ceph *c, const json_t *parameters, const char *monitors, const char *image,
		      const char *size, const json_t *secrets, int timeout_ms, struct err *e)
{
	const char *features = json_str_or(parameters, "imageFeatures", "layering"),
		   *data = json_str(parameters, "dataPool");
	const char *args[16] = {"rbd", "create", image, "--size", size};
	size_t n = 5;

	if (features[strspn(features, "abcdefghijklmnopqrstuvwxyz-,")])
		return err_set(e, ERR_INVALID, "parameter imageFeatures is \"%.100s\"", features);
	if (data && !ceph_word_ok(data, strlen(data)))
		return err_set(e, ERR_INVALID, "parameter dataPool is \"%.100s\"", data);
	for (const char *s = features; *s && n < 12;) {
		static const char *const names[] = {"layering",  "exclusive-lock", "object-map",
						    "fast-diff", "deep-flatten",   "journaling"};
		size_t len = strcspn(s, ","), i = 0;
		while (i < ARRAY_LEN(names) && (strlen(names[i]) != len || strncmp(s, names[i], len)))
			i++;
		if (i == ARRAY_LEN(names))
			return err_set(e, ERR_INVALID, "parameter imageFeatures has \"%.*s\"",
				       (int)(len > 60 ? 60 : len), s);
		s += len + (s[len] == ',');
	}
	if (*features) {
		args[n++] = "--image-feature";
		args[n++] = features;
	}
	if (data) {
		args[n++] = "--data-pool";
		args[n++] = data;
	}
	return rbd(c, monitors, secrets, timeout_ms, NULL, e, args);
}

/* A copy under another name first: an image of the volume's own name is whole. */
static int make_copy(const struct ceph *c, const json_t *from, const char *monitors, const char *image,
		     const char *base, const json_t *secrets, int timeout_ms, struct err *e)
{
	const char *snapshot = json_str(from, "snapshot"), *volume = json_str(from, "volume");
	AUTO_RBD_NAME struct rbd_name src = {0};
	int64_t size = 0;
	int r = rbd_name_parse(snapshot ? snapshot : volume ? volume : "", snapshot != NULL, &src, e);

	if (r < 0)
		return r;
	if (!streq(src.monitors, monitors))
		return err_set(e, ERR_INVALID, "it is of another Ceph cluster (monitors %.100s)", src.monitors);
	AUTO_FREE char *temporary = str_fmt("%s.copy", image),
		       *at = str_fmt("%s@%s", src.image, src.snap ? src.snap : base);
	if (!temporary || !at)
		return err_nomem(e);
	/* What a killed one has left. */
	if (!gone(r = RBD(monitors, NULL, "rm", temporary, "--no-progress")))
		return r;
	if ((r = image_size(c, monitors, src.image, secrets, timeout_ms, &size, e)) < 0)
		return r;
	/* One moment of the volume, whoever writes to it. */
	if (!src.snap && !there(r = RBD(monitors, NULL, "snap", "create", at, "--no-progress")))
		return r;
	r = RBD(monitors, NULL, "cp", at, temporary, "--no-progress");
	if (!src.snap) {
		/* Also when the copy failed: a snapshot would keep its volume from being deleted. */
		struct err other = {0};
		int k = rbd(c, monitors, secrets, timeout_ms, NULL, &other,
			    (const char *const[]){"rbd", "snap", "rm", at, "--no-progress", NULL});
		if (r == 0 && !gone(k))
			return err_set(e, k, "%s", other.msg);
	}
	if (r < 0)
		return r;
	return RBD(monitors, NULL, "mv", temporary, image);
}

static int create(void *self, const json_t *req, int timeout_ms, json_t **ret, struct err *e)
{
	const struct ceph *c = self;
	const json_t *parameters = json_object_get(req, "parameters"), *secrets = json_object_get(req, "secrets"),
		     *from = json_object_get(req, "from");
	const char *pool = NULL, *ns = NULL, *name = json_str_or(req, "name", ""),
		   *monitors = json_str_or(parameters, "monitors", "");
	int64_t mib = 0, has = 0, limit = json_int_or(req, "limitBytes", 0);
	const json_t *v;
	char size[32];
	size_t i;
	int r;

	if ((r = parameters_of(req, parameters, &pool, &ns, e)) < 0 || (r = ceph_check_monitors(monitors, e)) < 0 ||
	    (r = size_of(req, &mib, e)) < 0)
		return r;
	AUTO_FREE char *image = str_fmt("%s/%s%sminik-%s", pool, ns ? ns : "", ns ? "/" : "", name),
		       *handle = image ? str_fmt("%s#%s", monitors, image) : NULL;
	if (!image || !handle)
		return err_nomem(e);
	if (!streq(json_str_or(req, "volumeMode", "Filesystem"), "Block"))
		json_array_foreach (json_object_get(req, "accessModes"), i, v)
			if (streq(json_string_value(v), "ReadWriteMany"))
				return err_set(e, ERR_INVALID,
					       "ReadWriteMany is possible with volumeMode Block alone: one file system "
					       "is not for two nodes");
	(void)snprintf(size, sizeof(size), "%lldM", (long long)mib);
	r = image_size(c, monitors, image, secrets, timeout_ms, &has, e);
	if (r == ERR_NOT_FOUND) {
		r = json_object_size(from) ? make_copy(c, from, monitors, image, name, secrets, timeout_ms, e)
					   : make_empty(c, parameters, monitors, image, size, secrets, timeout_ms, e);
		if (there(r))
			r = image_size(c, monitors, image, secrets, timeout_ms, &has, e);
	}
	/* A copy is as large as its source; one that was asked for again may have been made before it grew. */
	if (r == 0 && has < mib * MIB && json_object_size(from) &&
	    (r = RBD(monitors, NULL, "resize", image, "--size", size, "--no-progress")) == 0)
		has = mib * MIB;
	if (r < 0)
		return r;
	if (has < mib * MIB || (limit > 0 && has > limit))
		return err_set(e, ERR_EXISTS, "image %s is there with %s", image, SIZE_TEXT(has));
	json_t *a =
	    json_pack("{s:s,s:I,s:{},s:{s:{s:s,s:{s:s}}}}", "handle", handle, "capacityBytes", (json_int_t)has,
		      "context", "source", "flexVolume", "driver", c->p.driver, "options", "volumeHandle", handle);
	const char *fs_type = json_str(req, "fsType");
	if (!a || (fs_type && json_set_str(json_dot(a, "source.flexVolume"), "fsType", fs_type) < 0)) {
		json_decref(a);
		return err_nomem(e);
	}
	*ret = a;
	return 0;
}

/* --- the rest --- */

static int delete (void *self, const json_t *req, int timeout_ms, json_t **ret UNUSED, struct err *e)
{
	const struct ceph *c = self;
	const json_t *secrets = json_object_get(req, "secrets");
	AUTO_RBD_NAME struct rbd_name n = {0};
	int r = rbd_name_parse(json_str_or(req, "handle", ""), false, &n, e);

	if (r < 0)
		return r;
	AUTO_FREE char *temporary = str_fmt("%s.copy", n.image);
	if (!temporary)
		return err_nomem(e);
	if (!gone(r = RBD(n.monitors, NULL, "rm", temporary, "--no-progress")))
		return r;
	r = RBD(n.monitors, NULL, "rm", n.image, "--no-progress");
	if (r == -EBUSY)
		return err_set(e, r, "image %s is in use, or has snapshots", n.image);
	return gone(r) ? 0 : r;
}

static int expand(void *self, const json_t *req, int timeout_ms, json_t **ret, struct err *e)
{
	const struct ceph *c = self;
	const json_t *secrets = json_object_get(req, "secrets");
	AUTO_RBD_NAME struct rbd_name n = {0};
	int64_t mib = 0, has = 0;
	char size[32];
	int r = rbd_name_parse(json_str_or(req, "handle", ""), false, &n, e);

	if (r < 0 || (r = size_of(req, &mib, e)) < 0 ||
	    (r = image_size(c, n.monitors, n.image, secrets, timeout_ms, &has, e)) < 0)
		return r;
	(void)snprintf(size, sizeof(size), "%lldM", (long long)mib);
	if (has < mib * MIB) {
		if ((r = RBD(n.monitors, NULL, "resize", n.image, "--size", size, "--no-progress")) < 0)
			return r;
		has = mib * MIB;
	}
	json_t *a = json_pack("{s:I,s:b}", "capacityBytes", (json_int_t)has, "nodeExpansion",
			      !streq(json_str_or(req, "volumeMode", "Filesystem"), "Block"));
	if (!a)
		return err_nomem(e);
	*ret = a;
	return 0;
}

/* Of the snapshot that handle names; ERR_NOT_FOUND. */
static int snapshot_of(const struct ceph *c, const char *handle, const json_t *secrets, int timeout_ms, json_t **ret,
		       struct err *e)
{
	AUTO_RBD_NAME struct rbd_name n = {0};
	AUTO_BUF struct buf out = {0};
	AUTO_JSON json_t *list = NULL;
	const json_t *v;
	size_t i;
	int r = rbd_name_parse(handle, true, &n, e);

	if (r < 0 || (r = RBD(n.monitors, &out, "snap", "ls", n.image, "--format", "json")) < 0)
		return r;
	if (json_parse(out.data ? out.data : "", out.len, &list, NULL) < 0)
		return err_set(e, ERR_PROTO, "rbd snap ls %s gives no list", n.image);
	json_array_foreach (list, i, v) {
		char text[TIME_STR_MAX] = "";
		struct tm tm = {0};
		const char *stamp = json_str_or(v, "timestamp", "");
		if (!streq(json_str(v, "name"), n.snap))
			continue;
		/* In this machine's zone, as ctime has it. */
		tm.tm_isdst = -1;
		if (strptime(stamp, "%a %b %d %H:%M:%S %Y", &tm))
			time_format(mktime(&tm), text);
		json_t *a = json_pack("{s:s,s:I,s:b}", "handle", handle, "sizeBytes",
				      (json_int_t)json_int_or(v, "size", 0), "ready", 1);
		if (!a || (*text && json_set_str(a, "createdAt", text) < 0)) {
			json_decref(a);
			return err_nomem(e);
		}
		*ret = a;
		return 0;
	}
	return err_set(e, ERR_NOT_FOUND, "image %s has no snapshot %s", n.image, n.snap);
}

static int snapshot_get(void *self, const json_t *req, int timeout_ms, json_t **ret, struct err *e)
{
	return snapshot_of(self, json_str_or(req, "handle", ""), json_object_get(req, "secrets"), timeout_ms, ret, e);
}

static int snapshot_create(void *self, const json_t *req, int timeout_ms, json_t **ret, struct err *e)
{
	const struct ceph *c = self;
	const json_t *secrets = json_object_get(req, "secrets");
	const char *name = json_str_or(req, "name", ""), *volume = json_str_or(req, "volume.handle", "");
	AUTO_RBD_NAME struct rbd_name n = {0};
	int r = rbd_name_parse(volume, false, &n, e);

	if (r < 0)
		return r;
	if (!ceph_word_ok(name, strlen(name)))
		return err_set(e, ERR_INVALID, "\"%.100s\" is not a name of a snapshot", name);
	AUTO_FREE char *at = str_fmt("%s@%s", n.image, name), *handle = str_fmt("%s@%s", volume, name);
	if (!at || !handle)
		return err_nomem(e);
	if (!there(r = RBD(n.monitors, NULL, "snap", "create", at, "--no-progress")))
		return r;
	return snapshot_of(c, handle, secrets, timeout_ms, ret, e);
}

static int snapshot_delete(void *self, const json_t *req, int timeout_ms, json_t **ret UNUSED, struct err *e)
{
	const struct ceph *c = self;
	const json_t *secrets = json_object_get(req, "secrets");
	AUTO_RBD_NAME struct rbd_name n = {0};
	int r = rbd_name_parse(json_str_or(req, "handle", ""), true, &n, e);

	if (r < 0)
		return r;
	AUTO_FREE char *at = str_fmt("%s@%s", n.image, n.snap);
	if (!at)
		return err_nomem(e);
	r = RBD(n.monitors, NULL, "snap", "rm", at, "--no-progress");
	return gone(r) ? 0 : r;
}

/* --- the node's side --- */

static bool is_block(const json_t *req)
{
	return streq(json_str_or(req, "volumeMode", "Filesystem"), "Block");
}

/* Nobody writes to what all may only read. */
static bool all_read(const json_t *req)
{
	const json_t *modes = json_object_get(req, "accessModes"), *v;
	size_t i;

	json_array_foreach (modes, i, v)
		if (!streq(json_string_value(v), "ReadOnlyMany"))
			return false;
	return json_array_size(modes) > 0;
}

static enum ceph_use use_of(const json_t *req)
{
	const json_t *modes = json_object_get(req, "accessModes"), *v;
	size_t i;

	if (all_read(req))
		return CEPH_READS;
	json_array_foreach (modes, i, v)
		if (streq(json_string_value(v), "ReadWriteMany"))
			return CEPH_SHARED;
	return CEPH_ALONE;
}

/* A copy has the file system of its source, and may be larger than that. */
static int fill_device(const char *dev, const char *path, struct err *e)
{
	struct statvfs st;

	if (statvfs(path, &st) < 0)
		return err_errno(e, errno, "%s", path);
	int r = st.f_flag & ST_RDONLY ? 0 : mounts_grow(dev, path, e);
	return r == ERR_UNSUPPORTED ? 0 : r; /* one that cannot grow is as its owner made it */
}

static int stage(void *self, const json_t *req, int timeout_ms, json_t **ret UNUSED, struct err *e)
{
	const struct ceph *c = self;
	const char *path = json_str_or(req, "stagingPath", ""), *fs_type = json_str(req, "fsType");
	AUTO_RBD_NAME struct rbd_name n = {0};
	char dev[CEPH_DEVICE_MAX];
	int r = rbd_name_parse(json_str_or(req, "handle", ""), false, &n, e);

	if (r < 0)
		return r;
	const struct ceph_call as = {n.monitors, json_object_get(req, "secrets"), false, timeout_ms, c->stop_fd};
	if ((r = ceph_map(c->maps, &as, n.image, use_of(req), path, dev, e)) < 0 || is_block(req))
		return r;
	if ((r = mounts_at(path, e)) < 0)
		return r;
	if (r == 0 && ((r = mounts_format(dev, fs_type, all_read(req), e)) < 0 ||
		       (r = mounts_mount(dev, path, fs_type, json_object_get(req, "mountOptions"), all_read(req),
					 timeout_ms, e)) < 0))
		return r;
	return fill_device(dev, path, e);
}

static int unstage(void *self, const json_t *req, int timeout_ms UNUSED, json_t **ret UNUSED, struct err *e)
{
	const struct ceph *c = self;
	const char *path = json_str_or(req, "stagingPath", "");
	AUTO_RBD_NAME struct rbd_name n = {0};
	int r = rbd_name_parse(json_str_or(req, "handle", ""), false, &n, e);

	return r < 0 || (r = mounts_unmount(path, true, e)) < 0 ? r : ceph_unmap(c->maps, n.monitors, n.image, path, e);
}

static int publish(void *self, const json_t *req, int timeout_ms UNUSED, json_t **ret UNUSED, struct err *e)
{
	const struct ceph *c = self;
	const char *target = json_str_or(req, "targetPath", "");
	bool read_only = json_bool_or(req, "readOnly", false);
	AUTO_RBD_NAME struct rbd_name n = {0};
	char dev[CEPH_DEVICE_MAX];
	int r = rbd_name_parse(json_str_or(req, "handle", ""), false, &n, e);

	if (r < 0)
		return r;
	if (!is_block(req))
		return mounts_bind(json_str_or(req, "stagingPath", ""), target, read_only, e);
	if ((r = ceph_mapped(c->maps, n.monitors, n.image, dev, e)) < 0)
		return r;
	return mounts_bind(dev, target, read_only, e);
}

static int node_expand(void *self, const json_t *req, int timeout_ms UNUSED, json_t **ret, struct err *e)
{
	const struct ceph *c = self;
	AUTO_RBD_NAME struct rbd_name n = {0};
	char dev[CEPH_DEVICE_MAX];
	int64_t size = 0, want = json_int_or(req, "capacityBytes", 0);
	int r = rbd_name_parse(json_str_or(req, "handle", ""), false, &n, e);

	if (r < 0 || (r = ceph_mapped(c->maps, n.monitors, n.image, dev, e)) < 0)
		return r;
	ceph_map_refresh(dev);
	if ((r = mounts_device_size(dev, &size, e)) < 0)
		return r;
	if (size < want)
		return err_set(e, ERR_UNAVAILABLE, "%s has %s, and image %s is to have %s", dev,
			       SIZE_TEXT(size), n.image, SIZE_TEXT(want));
	if (!is_block(req) && (r = mounts_grow(dev, json_str_or(req, "stagingPath", ""), e)) < 0)
		return r;
	*ret = json_pack("{s:I}", "capacityBytes", (json_int_t)size);
	return *ret ? 0 : err_nomem(e);
}

static const builtin_op table[PLUGIN_OP_COUNT] = {
	[PLUGIN_CREATE] = create,
	[PLUGIN_DELETE] = delete,
	[PLUGIN_EXPAND] = expand,
	[PLUGIN_SNAPSHOT_CREATE] = snapshot_create,
	[PLUGIN_SNAPSHOT_DELETE] = snapshot_delete,
	[PLUGIN_SNAPSHOT_GET] = snapshot_get,
	[PLUGIN_STAGE] = stage,
	[PLUGIN_UNSTAGE] = unstage,
	[PLUGIN_PUBLISH] = publish,
	[PLUGIN_UNPUBLISH] = builtin_unpublish,
	[PLUGIN_NODE_EXPAND] = node_expand,
};

static int call(struct plugin *p, enum plugin_op op, const json_t *req, int timeout_ms, json_t **ret, struct err *e)
{
	return builtin_call(table, p, op, req, timeout_ms, ret, e);
}

static void ceph_free(struct plugin *p)
{
	ceph_maps_free(((struct ceph *)p)->maps);
	free(p);
}

int builtin_ceph_rbd_new(struct plugin **ret, struct plugins *p, struct err *e)
{
	static const struct plugin_ops ops = {call, ceph_free};
	CLEANUP(plugin_unref_p) struct plugin *plugin = NULL;
	struct ceph *c = calloc(1, sizeof(*c));

	if (!c)
		return err_nomem(e);
	plugin = &c->p;
	int r = plugin_init(plugin, &ops, "built in", CEPH_RBD_PROVISIONER, e);
	if (r < 0)
		return r;
	c->p.can = builtin_can(table);
	c->stop_fd = plugins_stop_fd(p);
	if ((r = ceph_maps_new(&c->maps, plugins_conf(p)->data_dir, e)) < 0)
		return r;
	*ret = TAKE_PTR(plugin);
	return 0;
}
