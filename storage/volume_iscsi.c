/*
 * iscsi: by open-iscsi's iscsiadm: a session for each target, a device for each LUN, which udev names in /dev/disk/by-path. One portal: several paths to one device
 * would need multipath, which is not supported.
 */
#include <errno.h>
#include <poll.h>
#include <sys/inotify.h>
#include <unistd.h>
#include "base/clock.h"
#include "base/fs.h"
#include "base/proc.h"
#include "base/str.h"
#include "storage/volumes_internal.h"

#define BY_PATH "/dev/disk/by-path"
#define ISCSIADM_MS 60000
#define DEVICE_MS 30000
#define HAS_SESSION 15 /* ISCSI_ERR_SESS_EXISTS */
#define NO_OBJECTS 21  /* ISCSI_ERR_NO_OBJS_FOUND */

static int admin(const char *const *argv, int fine, struct err *e)
{
	AUTO_BUF struct buf out = {0};
	AUTO_BUF struct buf errs = {0};
	int code, r = proc_run(argv, NULL, 0, &out, &errs, 65536, ISCSIADM_MS, &code, e);

	if (r == -ENOENT)
		return err_set(e, ERR_UNSUPPORTED, "iSCSI needs iscsiadm, which this machine lacks: install open-iscsi");
	if (r < 0)
		return r;
	if (code == 0 || code == fine)
		return 0;
	if (errs.data)
		errs.data[strcspn(errs.data, "\n")] = '\0';
	return err_set(e, ERR_UNAVAILABLE, "iscsiadm: %.300s (exit status %d)", errs.len ? errs.data : "it says nothing", code);
}

static bool word_ok(const char *s) { return s && *s && *s != '-' && strlen(s) < 256 && !strpbrk(s, " \t\n/,"); }

static int prepare(struct volume_job *j, struct err *e)
{
	const char *portal = json_str_or(j->source, "targetPortal", ""), *iqn = json_str_or(j->source, "iqn", ""), *end = strrchr(portal, ':');

	if (json_array_size(json_object_get(j->source, "portals")) > 0)
		return err_set(e, ERR_UNSUPPORTED, "volume %s: iSCSI with several portals (multipath) is not supported", j->name);
	if (!streq(json_str_or(j->source, "iscsiInterface", "default"), "default") || json_str(j->source, "initiatorName"))
		return err_set(e, ERR_UNSUPPORTED, "volume %s: iSCSI with iscsiInterface or initiatorName is not supported", j->name);
	if (!word_ok(portal) || !word_ok(iqn))
		return err_set(e, ERR_INVALID, "volume %s: \"%.80s\" and \"%.80s\" are no iSCSI portal and name", j->name, portal, iqn);
	bool port = end && (portal[0] == '[' ? end[-1] == ']' : strchr(portal, ':') == end);
	long long lun = json_int_or(j->source, "lun", 0);
	j->handle = str_fmt("%s%s %s %lld", portal, port ? "" : ":3260", iqn, lun);
	j->in_use = str_fmt("kubernetes.io/iscsi/%s%s:%s:%lld", portal, port ? "" : ":3260", iqn, lun);
	return j->handle && j->in_use ? 0 : err_nomem(e);
}

static char *key(const struct volume_job *j) { return str_dup(j->handle); }

/* "PORTAL IQN LUN" */
static int split(const struct volume_job *j, char portal[300], char iqn[300], long long *lun, struct err *e)
{
	return j->handle && sscanf(j->handle, "%299s %299s %lld", portal, iqn, lun) == 3 ? 0 : err_set(e, ERR_INVALID, "the record of volume %s has no iSCSI target", j->name);
}

static int set_node(const char *portal, const char *iqn, const char *name, const char *value, struct err *e)
{
	const char *argv[] = {"iscsiadm", "-m", "node", "-p", portal, "-T", iqn, "-o", "update", "-n", name, "-v", value, NULL};

	return admin(argv, 0, e);
}

static int chap(struct volume_job *j, const char *portal, const char *iqn, struct err *e)
{
	static const char *const names[] = {"node.session.auth.username", "node.session.auth.password", "node.session.auth.username_in", "node.session.auth.password_in"};
	AUTO_JSON json_t *secret = NULL;
	int r;

	if (!json_bool_or(j->source, "chapAuthSession", false))
		return 0;
	if (!json_object_get(j->source, "secretRef"))
		return err_set(e, ERR_INVALID, "volume %s: chapAuthSession needs a secretRef", j->name);
	r = volume_job_secret(j, json_object_get(j->source, "secretRef"), &secret, e);
	if (r == 0)
		r = set_node(portal, iqn, "node.session.auth.authmethod", "CHAP", e);
	for (size_t i = 0; r == 0 && i < ARRAY_LEN(names); i++) {
		const char *value = json_string_value(json_object_get(secret, names[i]));
		if (value)
			r = set_node(portal, iqn, names[i], value, e);
	}
	return r;
}

/* udev makes the link a moment after the session is there. */
static int wait_device(const char *path, struct err *e)
{
	AUTO_CLOSE int fd = inotify_init1(IN_CLOEXEC | IN_NONBLOCK);
	int64_t end = clock_mono_ms(clock_real()) + DEVICE_MS, left;
	char events[4096];

	if (fd < 0 || fs_mkdir_p(BY_PATH, 0755, e) < 0 || inotify_add_watch(fd, BY_PATH, IN_CREATE | IN_MOVED_TO) < 0)
		return err_errno(e, errno, "cannot follow " BY_PATH);
	while (!fs_exists(path)) {
		struct pollfd p = {.fd = fd, .events = POLLIN};
		if ((left = end - clock_mono_ms(clock_real())) <= 0 || (poll(&p, 1, (int)left) < 0 && errno != EINTR))
			return err_set(e, ERR_UNAVAILABLE, "%s does not appear: the target has no such LUN, or udev does not run", path);
		while (read(fd, events, sizeof(events)) > 0)
			;
	}
	return 0;
}

static int stage(struct volume_job *j, struct err *e)
{
	char portal[300], iqn[300];
	long long lun;
	int r = split(j, portal, iqn, &lun, e);

	if (r < 0)
		return r;
	const char *new[] = {"iscsiadm", "-m", "node", "-p", portal, "-T", iqn, "-o", "new", NULL},
		   *login[] = {"iscsiadm", "-m", "node", "-p", portal, "-T", iqn, "--login", NULL};
	AUTO_FREE char *device = str_fmt(BY_PATH "/ip-%s-iscsi-%s-lun-%lld", portal, iqn, lun);
	if (!device)
		return err_nomem(e);
	/* Nobody logs out of it because of another LUN meanwhile. */
	if ((r = volumes_lock(j->v, iqn, e)) < 0)
		return r;
	(void)json_object_del(j->state, "released");
	if ((r = volume_job_save(j, e)) == 0 && (r = admin(new, 0, e)) == 0 && (r = chap(j, portal, iqn, e)) == 0) {
		if (json_object_set_new(j->state, "session", json_true()) < 0)
			r = err_nomem(e);
		else if ((r = volume_job_save(j, e)) == 0)
			r = admin(login, HAS_SESSION, e);
	}
	volumes_unlock(j->v, iqn);
	if (r == 0)
		r = wait_device(device, e);
	if (r < 0)
		return err_wrap(e, "volume %s", j->name);
	if (json_set_str(j->state, "device", device) < 0)
		return err_nomem(e);
	if ((r = volume_job_save(j, e)) < 0)
		return r;
	if (j->block)
		return mounts_bind(device, j->staging, false, e);
	if ((r = mounts_at(j->staging, e)) != 0)
		return r < 0 ? r : 0;
	r = mounts_format(device, j->fs_type, j->read_only, e);
	return r < 0 ? r : mounts_mount(device, j->staging, *j->fs_type ? j->fs_type : NULL, j->options, j->read_only, VOLUME_MS, e);
}

struct same {
	const char *portal, *iqn, *handle;
};

/* Is the session another volume's, too: another LUN of the target? */
static int other_lun(void *arg, const char *file, const json_t *staged, struct err *e)
{
	const struct same *s = arg;
	const char *handle = json_str_or(staged, "handle", "");
	char portal[300], iqn[300];
	long long lun;

	(void)file;
	(void)e;
	return streq(json_str(staged, "member"), "iscsi") && !json_bool_or(staged, "state.released", false) && !streq(handle, s->handle) && sscanf(handle, "%299s %299s %lld", portal, iqn, &lun) == 3 &&
	       streq(portal, s->portal) && streq(iqn, s->iqn);
}

static int log_out(struct volume_job *j, struct err *e)
{
	char portal[300], iqn[300];
	long long lun;
	int r = split(j, portal, iqn, &lun, e);

	if (r < 0)
		return r;
	struct same s = {portal, iqn, j->handle};
	const char *logout[] = {"iscsiadm", "-m", "node", "-p", portal, "-T", iqn, "--logout", NULL},
		   *del[] = {"iscsiadm", "-m", "node", "-p", portal, "-T", iqn, "-o", "delete", NULL};
	/* Of an older minik a device says it. */
	bool had = json_bool_or(j->state, "session", false) || json_object_get(j->state, "device");
	struct err why = {0};
	if ((r = volumes_lock(j->v, iqn, e)) < 0)
		return r;
	if (json_object_set_new(j->state, "released", json_true()) < 0)
		r = err_nomem(&why);
	if (r == 0 && (r = volume_job_save(j, &why)) == 0 && (r = volume_staged_each(j->v, other_lun, &s, &why)) == 0 && (r = admin(logout, NO_OBJECTS, &why)) == 0)
		r = admin(del, NO_OBJECTS, &why);
	volumes_unlock(j->v, iqn);
	/* Without iscsiadm there never was a session. */
	return r >= 0 || (r == ERR_UNSUPPORTED && !had) ? 0 : err_set(e, r, "%s", why.msg);
}

static int unstage(struct volume_job *j, struct err *e)
{
	int r = mounts_unmount(j->staging, true, e);

	return r < 0 ? r : log_out(j, e);
}

static int grow(struct volume_job *j, int64_t *ret_bytes, struct err *e)
{
	char portal[300], iqn[300];
	long long lun;
	int64_t size;
	int r = split(j, portal, iqn, &lun, e);

	if (r < 0)
		return r;
	const char *device = json_str_or(j->state, "device", ""), *rescan[] = {"iscsiadm", "-m", "node", "-p", portal, "-T", iqn, "-R", NULL};
	if ((r = admin(rescan, 0, e)) < 0 || (!j->block && (r = mounts_grow(device, j->staging, e)) < 0) || (r = mounts_device_size(device, &size, e)) < 0)
		return r;
	*ret_bytes = size;
	return 0;
}

const struct volume_kind volume_iscsi_kind = {.member = "iscsi", .block = true, .network = true, .chgrp = true, .prepare = prepare, .key = key, .stage = stage,
					      .unstage = unstage, .grow = grow, .drop = log_out};
