/* Volumes that need no plug-in: hostPath, local, nfs; and the table. */
#include <errno.h>
#include <sys/stat.h>
#include "api/object.h"
#include "base/fs.h"
#include "base/str.h"
#include "storage/volumes_internal.h"

/* --- hostPath --- */

static int host_path_type(const char *path, const char *type, struct err *e)
{
	static const struct {
		const char *type;
		mode_t fmt;
		const char *what;
	} t[] = {{"Directory", S_IFDIR, "a directory"}, {"File", S_IFREG, "a file"}, {"Socket", S_IFSOCK, "a socket"},
		 {"CharDevice", S_IFCHR, "a character device"}, {"BlockDevice", S_IFBLK, "a block device"}};
	struct stat st;

	if (streq(type, "DirectoryOrCreate") && !fs_exists(path))
		return fs_mkdir_p(path, 0755, e);
	if (streq(type, "FileOrCreate") && !fs_exists(path))
		return fs_write(path, "", 0, e);
	if (stat(path, &st) < 0)
		return err_errno(e, errno, "path %s", path);
	if (streq(type, "") || streq(type, "DirectoryOrCreate") || streq(type, "FileOrCreate"))
		type = streq(type, "DirectoryOrCreate") ? "Directory" : streq(type, "FileOrCreate") ? "File" : NULL;
	for (size_t i = 0; type && i < ARRAY_LEN(t); i++)
		if (streq(type, t[i].type))
			return (st.st_mode & S_IFMT) == t[i].fmt ? 0 : err_set(e, ERR_INVALID, "hostPath type check failed: %s is not %s", path, t[i].what);
	return type ? err_set(e, ERR_INVALID, "hostPath type \"%.32s\" is not known", type) : 0;
}

int volume_host_path(const struct volumes_request *req, struct volumes_result *ret, struct err *e)
{
	const char *path = json_str_or(req->pv, "spec.hostPath.path", "");
	bool block = streq(json_str_or(req->pv, "spec.volumeMode", "Filesystem"), "Block");

	if (block)
		return err_set(e, ERR_UNSUPPORTED, "volume %s: volumeMode Block is not supported by volume plug-in hostPath", obj_name(req->pv));
	const json_t *option = json_array_get(json_dot(req->pv, "spec.mountOptions"), 0);
	if (option)
		return err_set(e, ERR_UNSUPPORTED, "volume %s: Mount options are not supported for this volume type: \"%.60s\" of a hostPath", obj_name(req->pv), json_string_value(option));
	int r = host_path_type(path, json_str_or(req->pv, "spec.hostPath.type", ""), e);
	if (r < 0)
		return err_wrap(e, "volume %s", obj_name(req->pv));
	AUTO_FREE char *copy = str_dup(path);
	if (!copy)
		return err_nomem(e);
	*ret = (struct volumes_result){.path = TAKE_PTR(copy), .read_only = req->read_only};
	return 0;
}

/* --- local: a directory, or a device (its path is kept as the handle) --- */

static int local_prepare(struct volume_job *j, struct err *e)
{
	const char *path = json_str_or(j->source, "path", "");
	struct stat st;

	if (path[0] != '/' || stat(path, &st) < 0)
		return err_errno(e, path[0] == '/' ? errno : EINVAL, "volume %s: path %s", j->name, path);
	if (S_ISBLK(st.st_mode)) {
		j->handle = realpath(path, NULL);
		return j->handle ? 0 : err_errno(e, errno, "volume %s: path %s", j->name, path);
	}
	if (j->block)
		return err_set(e, -ENOTBLK, "volume %s: path %s is not a block device", j->name, path);
	return S_ISDIR(st.st_mode) ? 0 : err_set(e, -ENOTDIR, "volume %s: path %s is neither a directory nor a block device", j->name, path);
}

static char *local_key(const struct volume_job *j) { return j->handle && !j->block ? str_dup(j->handle) : NULL; }

static int local_stage(struct volume_job *j, struct err *e)
{
	int r = mounts_at(j->staging, e);

	if (r != 0)
		return r < 0 ? r : 0;
	r = mounts_format(j->handle, j->fs_type, j->read_only, e);
	return r < 0 ? r : mounts_mount(j->handle, j->staging, *j->fs_type ? j->fs_type : NULL, j->options, j->read_only, VOLUME_MS, e);
}

static int local_publish(struct volume_job *j, struct err *e)
{
	unsigned long flags = 0;
	int r;

	if (j->block)
		return str_replace(&j->target, j->handle) < 0 ? err_nomem(e) : 0;
	if (j->staging) /* mounted with them */
		return mounts_bind(j->staging, j->target, j->read_only, e);
	if ((r = mount_options(j->options, NULL, &flags, e)) < 0)
		return err_wrap(e, "volume %s", j->name);
	r = mounts_bind(json_str_or(j->source, "path", ""), j->target, j->read_only, e);
	return r < 0 ? r : mounts_flags(j->target, flags, e);
}

static int local_grow(struct volume_job *j, int64_t *ret_bytes, struct err *e)
{
	int64_t size;

	if (!j->handle) /* a directory is as large as its file system */
		return 0;
	int r = j->block ? 0 : mounts_grow(j->handle, j->staging, e);
	if (r == 0 && (r = mounts_device_size(j->handle, &size, e)) == 0)
		*ret_bytes = size;
	return r;
}

static int local_stats(struct volume_job *j, struct volumes_stats *ret, struct err *e)
{
	if (!j->block)
		return ERR_UNSUPPORTED;
	*ret = (struct volumes_stats){-1, -1, -1, -1, -1, -1};
	return mounts_device_size(j->handle, &ret->total, e);
}

/* --- nfs --- */

static int nfs_prepare(struct volume_job *j, struct err *e)
{
	if (!fs_exists("/sbin/mount.nfs") && !fs_exists("/usr/sbin/mount.nfs"))
		return err_set(e, ERR_UNSUPPORTED, "volume %s: NFS needs mount.nfs, which this machine lacks: install nfs-common", j->name);
	return 0;
}

static int nfs_publish(struct volume_job *j, struct err *e)
{
	const char *server = json_str_or(j->source, "server", ""), *path = json_str_or(j->source, "path", "");
	bool six = strchr(server, ':') && server[0] != '[';

	if (!*server || *server == '-' || strpbrk(server, "/ \t\n,") || *path != '/')
		return err_set(e, ERR_INVALID, "volume %s: \"%.100s:%.100s\" is no export of an NFS server", j->name, server, path);
	AUTO_FREE char *source = six ? str_fmt("[%s]:%s", server, path) : str_fmt("%s:%s", server, path);
	return source ? mounts_mount(source, j->target, "nfs", j->options, j->read_only, VOLUME_MS, e) : err_nomem(e);
}

static const struct volume_kind local = {.member = "local", .folder = "kubernetes.io~local-volume", .block = true, .chgrp = true, .prepare = local_prepare,
					 .key = local_key, .stage = local_stage, .publish = local_publish, .grow = local_grow, .stats = local_stats};
static const struct volume_kind nfs = {.member = "nfs", .network = true, .prepare = nfs_prepare, .publish = nfs_publish};

const struct volume_kind *const volume_kinds[] = {&local, &nfs, &volume_iscsi_kind, NULL};
