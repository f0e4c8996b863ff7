/*
 * A Ceph file system on a node: by the kernel where it has one, else by ceph-fuse, a process in the background that outlives whoever
 * started it. When that one dies its mount is a dead one: the next stage or publish takes it away and mounts anew.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include "base/fs.h"
#include "base/proc.h"
#include "base/str.h"
#include "storage/builtin_cephfs.h"
#include "storage/mounts.h"

#define LOOK_MS 5000
#define ASK_MS  20000

/* Mounted and answering: 1. Nothing there, or what was there is dead and gone now: 0. By a program: what hangs does not hold us. */
static int alive(const char *path, struct err *e)
{
	const char *argv[] = {"stat", "-f", "-c", "%i", "--", path, NULL};
	AUTO_BUF struct buf errs = {0};
	int code = 0, r = mounts_at(path, e);

	if (r <= 0)
		return r;
	r = proc_run(argv, NULL, 0, NULL, &errs, 4096, LOOK_MS, &code, e);
	if (r < 0 && r != ERR_TIMEOUT)
		return r;
	/* One that does not answer now may yet; it is not ours to take it away. */
	if (r == ERR_TIMEOUT || code == 0 || !errs.len || !strstr(errs.data, strerror(ENOTCONN)))
		return 1;
	if (umount2(path, MNT_DETACH | UMOUNT_NOFOLLOW) < 0 && errno != EINVAL)
		return err_errno(e, errno, "cannot unmount %s, whose process has died", path);
	return alive(path, e);
}

/* Options of the class and of the volume; those that say who asks for what are not for them. */
static int add_options(struct buf *out, const char *more, const json_t *list, struct err *e)
{
	static const char *const ours[] = {"name", "secret", "secretfile", "fs", "mds_namespace", "conf", "key", "fsid"};
	AUTO_JSON json_t *all = json_array();
	const json_t *v;
	size_t i;

	for (const char *s = more; all && *s; s += strcspn(s, ","), s += *s == ',')
		if (strcspn(s, ",") > 0 && json_array_append_new(all, json_stringn(s, strcspn(s, ","))) < 0)
			return err_nomem(e);
	if (!all || (json_array_size(list) && json_array_extend(all, (json_t *)(uintptr_t)list) < 0))
		return err_nomem(e);
	json_array_foreach (all, i, v) {
		const char *s = json_string_value(v);
		bool bad = !s || !*s || strlen(s) > 200 || s[strcspn(s, ", \t\n\\\"'")];
		for (size_t k = 0; k < ARRAY_LEN(ours) && !bad; k++)
			bad = strcspn(s, "=") == strlen(ours[k]) && str_has_prefix(s, ours[k]);
		if (bad)
			return err_set(e, ERR_INVALID, "mount option \"%.60s\" is not possible here", s ? s : "");
		buf_addf(out, "%s%s", out->len ? "," : "", s);
	}
	return buf_failed(out) ? err_nomem(e) : 0;
}

static int mount_kernel(const struct ceph_call *c, const char *fs, const char *path, const char *at,
			const struct buf *options, struct err *e)
{
	const char *user = NULL;
	AUTO_BUF struct buf o = {0}, errs = {0};
	AUTO_CLOSE int key = -1;
	int code = 0, r;

	if ((r = ceph_user(c, &user, e)) < 0 || (r = ceph_key(c, &key, e)) < 0)
		return r;
	AUTO_FREE char *source = str_fmt("%s:%s", c->monitors, path);
	buf_addf(&o, "mds_namespace=%s", fs);
	if (user)
		buf_addf(&o, ",name=%s", user);
	if (key >= 0)
		buf_addf(&o, ",secretfile=/proc/self/fd/%d", PROC_KEPT_FD);
	if (*c->monitors)
		buf_adds(&o, ",conf=/dev/null");
	if (options->len)
		buf_addf(&o, ",%s", options->data);
	if (!source || buf_failed(&o))
		return err_nomem(e);
	const char *argv[] = {"mount.ceph", source, at, "-o", o.data, NULL};
	const struct proc_call call = {.argv = argv,
				       .errout = &errs,
				       .max_output = 65536,
				       .timeout_ms = c->timeout_ms,
				       .keep_fd = key >= 0 ? key : 0,
				       .stop_fd = c->stop_fd,
				       .cwd = "/"};
	if ((r = proc_call(&call, &code, e)) < 0)
		return r;
	if (code == 0)
		return 0;
	char words[200];
	struct err other = {0};
	struct ceph_call ask = *c;
	ceph_last_line(&errs, words, sizeof(words));
	/* Kernels say this of a key that is refused, too: Ceph's own tool tells one from the other. */
	ask.timeout_ms = ASK_MS;
	if (strstr(words, "no mds server is up") && CEPH_RUN(&ask, NULL, &other, "ceph", "fsid") == ERR_FORBIDDEN)
		return err_set(e, ERR_FORBIDDEN, "mount.ceph: %s", other.msg);
	return err_set(e, ERR_UNAVAILABLE, "mount.ceph: %s", *words ? words : "it says nothing");
}

static int mount_fuse(const struct ceph_call *c, const char *fs, const char *path, const char *at,
		      const struct buf *options, struct err *e)
{
	AUTO_FREE char *file_system = str_fmt("--client_fs=%s", fs);
	/* It gives up before we do: nothing is mounted behind our back. */
	AUTO_FREE char *limit = str_fmt("--client_mount_timeout=%d", c->timeout_ms > 20000 ? c->timeout_ms / 1000 - 10 : 10);

	if (!file_system || !limit)
		return err_nomem(e);
	if (!ceph_has("ceph-fuse") || !fs_exists("/dev/fuse"))
		return err_set(e, ERR_UNSUPPORTED,
			       "CephFS needs a kernel with ceph, or ceph-fuse with /dev/fuse: this machine has neither");
	return CEPH_RUN(c, NULL, e, "ceph-fuse", at, "-r", path, file_system, limit, "--log-file=", "--admin-socket=",
			options->len ? "-o" : NULL, options->data);
}

int cephfs_stage(const json_t *req, int timeout_ms, int stop_fd, struct err *e)
{
	const char *at = json_str_or(req, "stagingPath", ""), *fs = json_str_or(req, "context.fsName", ""),
		   *path = json_str_or(req, "context.subvolumePath", ""),
		   *mounter = json_str_or(req, "context.mounter", "");
	AUTO_CEPHFS_NAME struct cephfs_name n = {0};
	AUTO_BUF struct buf options = {0};
	int r = cephfs_name_parse(json_str_or(req, "handle", ""), false, &n, e);

	if (r < 0)
		return r;
	if (streq(json_str_or(req, "volumeMode", "Filesystem"), "Block"))
		return err_set(e, ERR_INVALID, "volumeMode Block is not possible on CephFS");
	if (!streq(fs, n.fs) || !cephfs_path_ok(path))
		return err_set(e, ERR_INVALID,
			       "the volume's options say fsName \"%.60s\" and subvolumePath \"%.100s\", which is no place "
			       "in file system %s",
			       fs, path, n.fs);
	if ((r = alive(at, e)) != 0)
		return r < 0 ? r : 0;
	bool kernel = streq(mounter, "kernel") || (!*mounter && ceph_kernel_has("ceph"));
	const char *more = json_str_or(req, kernel ? "context.kernelMountOptions" : "context.fuseMountOptions", "");
	if ((r = add_options(&options, more, json_object_get(req, "mountOptions"), e)) < 0 ||
	    (r = fs_mkdir_p(at, 0750, e)) < 0)
		return r;
	const struct ceph_call c = {n.monitors, json_object_get(req, "secrets"), false,
				    timeout_ms > 0 ? timeout_ms : CEPH_WORK_MS, stop_fd};
	return kernel ? mount_kernel(&c, fs, path, at, &options, e) : mount_fuse(&c, fs, path, at, &options, e);
}

int cephfs_publish(const json_t *req, struct err *e)
{
	const char *target = json_str_or(req, "targetPath", "");
	int r = alive(target, e);

	return r < 0 ? r
		     : mounts_bind(json_str_or(req, "stagingPath", ""), target, json_bool_or(req, "readOnly", false), e);
}
