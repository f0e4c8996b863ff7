/* The driver's Node service: directories by bind mounts, files by loop devices with ext4 or as they are. What is
 * mounted is asked of the kernel. */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include "base/fs.h"
#include "base/proc.h"
#include "base/str.h"
#include "tests/integration/csi_driver.h"

static const char *const can[] = {"STAGE_UNSTAGE_VOLUME", "GET_VOLUME_STATS", "EXPAND_VOLUME",
				  "SINGLE_NODE_MULTI_WRITER", NULL};

/* Controller and node have a capability of one name; the node's is left out by another. */
static const char *node_name(const char *capability)
{
	return streq(capability, "EXPAND_VOLUME") ? "NODE_EXPAND_VOLUME" : capability;
}

static void get_capabilities(struct work *w)
{
	json_t *list = json_array();

	for (const char *const *n = can; *n; n++)
		if (driver_can(w->d, node_name(*n)))
			json_array_append_new(list, json_pack("{s:{s:s}}", "rpc", "type", *n));
	json_object_set_new(w->out, "capabilities", list);
}

static void get_info(struct work *w)
{
	json_object_set_new(w->out, "node_id", json_string(w->d->node_id));
	if (w->d->max_volumes_per_node)
		json_object_set_new(w->out, "max_volumes_per_node", json_integer(w->d->max_volumes_per_node));
	if (w->d->topology)
		json_object_set_new(w->out, "accessible_topology", json_pack("{s:O}", "segments", w->d->topology));
}

static bool is_mounted(const char *path)
{
	struct statx st;

	return statx(AT_FDCWD, path, AT_SYMLINK_NOFOLLOW | AT_NO_AUTOMOUNT, 0, &st) == 0 &&
	       st.stx_attributes_mask & STATX_ATTR_MOUNT_ROOT && st.stx_attributes & STATX_ATTR_MOUNT_ROOT;
}

static void fail_errno(struct work *w, const char *what)
{
	work_fail(w, GRPC_INTERNAL, "%s: %s", what, strerror(errno));
}

/* The loop device of a volume's file; with make it is attached if it is not. NULL: none, or the work has failed. */
static char *loop_device(struct work *w, const char *id, bool make)
{
	AUTO_FREE char *file = state_path(w->d, "data", id, ".img");
	AUTO_BUF struct buf out = {0}, err = {0};
	struct err e = {0};
	int code = 0;

	if (proc_run((const char *const[]){"losetup", "-n", "-O", "NAME", "-j", file, NULL}, NULL, 0, &out, &err, 4096,
		     30000, &code, &e) < 0 ||
	    code != 0) {
		work_fail(w, GRPC_INTERNAL, "losetup: %s%s", e.msg, err.data ? err.data : "");
		return NULL;
	}
	if (out.len == 0 && make) {
		if (proc_run((const char *const[]){"losetup", "--find", "--show", file, NULL}, NULL, 0, &out, &err,
			     4096, 30000, &code, &e) < 0 ||
		    code != 0) {
			work_fail(w, GRPC_INTERNAL, "losetup %s: %s%s", file, e.msg, err.data ? err.data : "");
			return NULL;
		}
	}
	return out.len ? str_ndup(out.data, strcspn(out.data, "\n ")) : NULL;
}

static bool has_filesystem(const char *device)
{
	AUTO_BUF struct buf out = {0}, err = {0};
	int code = 0;

	return proc_run((const char *const[]){"blkid", "-p", device, NULL}, NULL, 0, &out, &err, 4096, 30000, &code,
			NULL) == 0 &&
	       code == 0;
}

/* Published to this node, by what the controller noted and by what the caller was told of it. */
static bool attached(struct work *w, const json_t *v)
{
	const char *to;

	if (!driver_can(w->d, "PUBLISH_UNPUBLISH_VOLUME"))
		return true;
	to = json_string_value(json_at(w->in, "publish_context", "attached-to", NULL));
	if (streq(to, w->d->node_id) && json_at(v, "published", w->d->node_id, NULL))
		return true;
	work_fail(w, GRPC_FAILED_PRECONDITION, "volume %s is not published to node %s", json_str(v, "id"),
		  w->d->node_id);
	return false;
}

static int mount_file(struct work *w, const char *id, const char *target)
{
	const char *fs = json_str(w->in, "volume_capability.mount.fs_type");
	AUTO_FREE char *device = loop_device(w, id, true), *mkfs = str_fmt("mkfs.%s", fs ? fs : "ext4");
	AUTO_BUF struct buf options = {0};
	size_t i;
	json_t *flag;

	if (!device)
		return -1;
	if (strchr(mkfs, '/')) {
		work_fail(w, GRPC_INVALID_ARGUMENT, "%s is no file system", fs);
		return -1;
	}
	if (!has_filesystem(device) && work_run(w, (const char *const[]){mkfs, "-q", device, NULL}) < 0)
		return -1;
	json_array_foreach (json_at(w->in, "volume_capability", "mount", "mount_flags", NULL), i, flag)
		buf_addf(&options, "%s%s", i ? "," : "", json_string_value(flag));
	return work_run(w, options.len ? (const char *const[]){"mount", "-t", fs ? fs : "ext4", "-o", options.data,
							       device, target, NULL}
				       : (const char *const[]){"mount", "-t", fs ? fs : "ext4", device, target, NULL});
}

static int mount_dir(struct work *w, const char *id, const char *target)
{
	AUTO_FREE char *data = state_path(w->d, "data", id, "");

	if (mount(data, target, NULL, MS_BIND, NULL) == 0)
		return 0;
	fail_errno(w, target);
	return -1;
}

/* The data itself at a folder. */
static int mount_volume(struct work *w, const json_t *v, const char *target)
{
	return streq(json_str(v, "kind"), "file") ? mount_file(w, json_str(v, "id"), target)
						  : mount_dir(w, json_str(v, "id"), target);
}

static const json_t *need_capability(struct work *w, const json_t *v)
{
	const json_t *c = json_at(w->in, "volume_capability", NULL);

	if (!json_at(c, "mount", NULL) && !json_at(c, "block", NULL))
		work_fail(w, GRPC_INVALID_ARGUMENT, "volume_capability is missing");
	else if (json_at(c, "block", NULL) && streq(json_str(v, "kind"), "dir"))
		work_fail(w, GRPC_INVALID_ARGUMENT, "volume %s cannot be a block device", json_str(v, "id"));
	else
		return c;
	return NULL;
}

static char *staged_id(const struct driver *d, const char *volume)
{
	return str_fmt("%s@%s", volume, d->node_id);
}

static void stage(struct work *w)
{
	const char *path = work_need(w, "staging_target_path");
	AUTO_JSON json_t *v = work_volume(w), *was = NULL, *now = NULL;
	AUTO_FREE char *key = NULL, *device = NULL;
	const json_t *cap;
	STATE_LOCKED(w->d);

	if (!path || !v || !(cap = need_capability(w, v)) || !attached(w, v))
		return;
	key = staged_id(w->d, json_str(v, "id"));
	was = state_get(w->d, "staged", key);
	now = json_pack("{s:s, s:O}", "path", path, "capability", cap);
	if (was && !json_equal(was, now) && (json_at(cap, "block", NULL) || is_mounted(json_str(was, "path")))) {
		work_fail(w, GRPC_ALREADY_EXISTS, "volume %s is staged in another way", json_str(v, "id"));
		return;
	}
	/* What is noted is what unstaging undoes: before anything is done. */
	state_put(w->d, "staged", key, now);
	if (json_at(cap, "block", NULL)) {
		device = loop_device(w, json_str(v, "id"), true);
		return;
	}
	if (mkdir(path, 0750) < 0 && errno != EEXIST)
		fail_errno(w, path);
	else if (!is_mounted(path))
		mount_volume(w, v, path);
}

static int unmount_all(struct work *w, const char *path)
{
	while (is_mounted(path))
		if (umount2(path, UMOUNT_NOFOLLOW) < 0) {
			if (errno == EBUSY)
				work_fail(w, GRPC_FAILED_PRECONDITION, "%s is in use", path);
			else
				fail_errno(w, path);
			return -1;
		}
	return 0;
}

static int detach_loop(struct work *w, const char *id)
{
	AUTO_FREE char *device = loop_device(w, id, false);

	return device ? work_run(w, (const char *const[]){"losetup", "-d", device, NULL}) : 0;
}

static void unstage(struct work *w)
{
	const char *id = work_need(w, "volume_id"), *path = work_need(w, "staging_target_path");
	AUTO_FREE char *key = NULL;
	AUTO_JSON json_t *was = NULL;
	STATE_LOCKED(w->d);

	if (!id || !path || strchr(id, '/'))
		return;
	key = staged_id(w->d, id);
	was = state_get(w->d, "staged", key);
	if (unmount_all(w, path) < 0 || (was && detach_loop(w, id) < 0))
		return;
	state_del(w->d, "staged", key);
}

static int make_file(struct work *w, const char *path)
{
	AUTO_CLOSE int fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);

	if (fd < 0)
		fail_errno(w, path);
	return fd < 0 ? -1 : 0;
}

/* A pod's own volume begins with its publishing. */
static bool ephemeral_make(struct work *w)
{
	const char *id = json_str(w->in, "volume_id");
	const json_t *said = json_at(w->in, "volume_context", "csi.storage.k8s.io/ephemeral", NULL);
	AUTO_FREE char *data = NULL, *dir = str_fmt("%s/data", w->d->state);
	AUTO_JSON json_t *v = NULL;
	struct err e = {0};
	STATE_LOCKED(w->d);

	if (!streq(json_string_value(said), "true") || !id || strchr(id, '/'))
		return false;
	data = state_path(w->d, "data", id, "");
	v = json_pack("{s:s, s:s, s:s, s:b, s:I}", "id", id, "name", id, "kind", "dir", "ephemeral", 1,
		      "capacity_bytes", (json_int_t)MIN_SIZE);
	if (fs_mkdir_p(dir, 0755, &e) < 0 || (mkdir(data, 0777) < 0 && errno != EEXIST))
		fail_errno(w, data);
	else
		state_put(w->d, "volumes", id, v);
	return true;
}

/* And ends with it. */
static void ephemeral_remove(struct work *w, const char *id)
{
	AUTO_JSON json_t *v = state_get(w->d, "volumes", id);
	AUTO_FREE char *data = state_path(w->d, "data", id, "");
	struct err e = {0};

	if (!json_bool_or(v, "ephemeral", false))
		return;
	if (fs_rm_rf(data, &e) < 0)
		work_fail(w, GRPC_INTERNAL, "%s", e.msg);
	else
		state_del(w->d, "volumes", id);
}

static void publish(struct work *w)
{
	const char *target = work_need(w, "target_path"), *staging = json_str(w->in, "staging_target_path");
	bool readonly = json_bool_or(w->in, "readonly", false), own = ephemeral_make(w);
	bool staged = !own && driver_can(w->d, "STAGE_UNSTAGE_VOLUME");
	AUTO_FREE char *device = NULL;
	AUTO_JSON json_t *v = work_volume(w);
	const json_t *cap;
	int r;
	STATE_LOCKED(w->d);

	if (!target || !v || !(cap = need_capability(w, v)) || (!own && !attached(w, v)))
		return;
	if (staged && !staging) {
		work_fail(w, GRPC_FAILED_PRECONDITION, "staging_target_path is missing");
		return;
	}
	if (is_mounted(target)) {
		struct statvfs st;

		if (statvfs(target, &st) == 0 && !json_at(cap, "block", NULL) &&
		    ((st.f_flag & ST_RDONLY) != 0) != readonly)
			work_fail(w, GRPC_ALREADY_EXISTS, "%s is published in another way", target);
		return;
	}
	if (json_at(cap, "block", NULL)) {
		device = loop_device(w, json_str(v, "id"), !staged);
		if (!device) {
			if (!w->code)
				work_fail(w, GRPC_FAILED_PRECONDITION, "volume %s is not staged", json_str(v, "id"));
			return;
		}
		if (make_file(w, target) == 0 && mount(device, target, NULL, MS_BIND, NULL) < 0)
			fail_errno(w, target);
		return;
	}
	if (staged && !is_mounted(staging)) {
		work_fail(w, GRPC_FAILED_PRECONDITION, "volume %s is not staged at %s", json_str(v, "id"), staging);
		return;
	}
	if (mkdir(target, 0750) < 0 && errno != EEXIST) {
		fail_errno(w, target);
		return;
	}
	r = staged ? mount(staging, target, NULL, MS_BIND, NULL) : mount_volume(w, v, target);
	if (r < 0 && !w->code)
		fail_errno(w, target);
	if (r < 0)
		return;
	if (readonly && mount(NULL, target, NULL, MS_REMOUNT | MS_BIND | MS_RDONLY, NULL) < 0) {
		fail_errno(w, target);
		(void)umount2(target, UMOUNT_NOFOLLOW);
	}
}

static void unpublish(struct work *w)
{
	const char *id = work_need(w, "volume_id"), *target = work_need(w, "target_path");
	struct stat st;
	STATE_LOCKED(w->d);

	if (!id || !target || strchr(id, '/') || unmount_all(w, target) < 0)
		return;
	/* Only what is empty: never somebody's data. */
	if (lstat(target, &st) == 0 && (S_ISDIR(st.st_mode) ? rmdir(target)
					: st.st_size == 0   ? unlink(target)
							    : -1) < 0)
		fail_errno(w, target);
	else if (!driver_can(w->d, "STAGE_UNSTAGE_VOLUME"))
		detach_loop(w, id);
	if (!w->code)
		ephemeral_remove(w, id);
}

static void stats(struct work *w)
{
	const char *path = work_need(w, "volume_path");
	AUTO_JSON json_t *v = work_volume(w);
	struct statvfs f;
	struct stat st;
	json_int_t size;

	if (!path || !v)
		return;
	if (stat(path, &st) < 0) {
		work_fail(w, errno == ENOENT ? GRPC_NOT_FOUND : GRPC_INTERNAL, "%s: %s", path, strerror(errno));
		return;
	}
	if (S_ISBLK(st.st_mode)) {
		json_object_set_new(
		    w->out, "usage",
		    json_pack("[{s:s, s:O}]", "unit", "BYTES", "total", json_at(v, "capacity_bytes", NULL)));
		return;
	}
	if (statvfs(path, &f) < 0) {
		fail_errno(w, path);
		return;
	}
	size = (json_int_t)f.f_frsize;
	json_object_set_new(w->out, "usage",
			    json_pack("[{s:s, s:I, s:I, s:I}, {s:s, s:I, s:I, s:I}]", "unit", "BYTES", "total",
				      (json_int_t)f.f_blocks * size, "available", (json_int_t)f.f_bavail * size, "used",
				      (json_int_t)(f.f_blocks - f.f_bfree) * size, "unit", "INODES", "total",
				      (json_int_t)f.f_files, "available", (json_int_t)f.f_favail, "used",
				      (json_int_t)(f.f_files - f.f_ffree)));
}

static void expand(struct work *w)
{
	const char *path = work_need(w, "volume_path");
	AUTO_JSON json_t *v = work_volume(w);
	AUTO_FREE char *device = NULL;
	struct stat st;
	STATE_LOCKED(w->d);

	if (!path || !v)
		return;
	if (stat(path, &st) < 0) {
		work_fail(w, GRPC_NOT_FOUND, "%s: %s", path, strerror(errno));
		return;
	}
	if (json_int_or(w->in, "capacity_range.required_bytes", 0) > json_int_or(v, "capacity_bytes", 0)) {
		work_fail(w, GRPC_OUT_OF_RANGE, "the volume itself has not been expanded");
		return;
	}
	if (streq(json_str(v, "kind"), "file") && (device = loop_device(w, json_str(v, "id"), false)) != NULL) {
		if (work_run(w, (const char *const[]){"losetup", "-c", device, NULL}) < 0)
			return;
		if (!S_ISBLK(st.st_mode) && work_run(w, (const char *const[]){"resize2fs", device, NULL}) < 0)
			return;
	}
	if (!w->code)
		json_object_set(w->out, "capacity_bytes", json_at(v, "capacity_bytes", NULL));
}

work_fn node_method(const struct driver *d, const char *name)
{
	static const struct work_method methods[] = {
	    {"NodeGetCapabilities", get_capabilities, NULL},
	    {"NodeGetInfo", get_info, NULL},
	    {"NodeStageVolume", stage, "STAGE_UNSTAGE_VOLUME"},
	    {"NodeUnstageVolume", unstage, "STAGE_UNSTAGE_VOLUME"},
	    {"NodePublishVolume", publish, NULL},
	    {"NodeUnpublishVolume", unpublish, NULL},
	    {"NodeGetVolumeStats", stats, "GET_VOLUME_STATS"},
	    {"NodeExpandVolume", expand, "NODE_EXPAND_VOLUME"},
	};

	return method_find(d, methods, ARRAY_LEN(methods), name);
}
