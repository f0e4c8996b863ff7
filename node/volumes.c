#include "node/volumes.h"
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/statfs.h>
#include "api/object.h"
#include "api/quantity.h"
#include "base/fs.h"
#include "base/log.h"
#include "base/str.h"
#include "node/expand.h"
#include "node/objects.h"

#define TMPFS_MAGIC_ 0x01021994
#define RENEW_MS 1000
#define RETRY_MS 10000

static bool is_mount_point(const char *path, const char *parent)
{
	struct stat a, b;

	return stat(path, &a) == 0 && stat(parent, &b) == 0 && a.st_dev != b.st_dev;
}

static char *api_dir(const struct pod *p, const char *name) { return str_fmt("%s/pods/%s/volumes/%s", p->node->run_dir, p->uid, name); }
static char *empty_dir(const struct pod *p, const char *name) { return str_fmt("%s/pods/%s/volumes/%s", p->node->data_dir, p->uid, name); }

static bool is_api_volume(const json_t *v)
{
	return json_object_get(v, "configMap") || json_object_get(v, "secret") || json_object_get(v, "downwardAPI") || json_object_get(v, "projected");
}

static int64_t fs_group(const struct pod *p) { return json_int_or(p->spec, "spec.securityContext.fsGroup", -1); }

/* Secrets must not reach a disk: where RUN_DIR is none, the pod gets a tmpfs for its volumes. */
static int secure_dir(const struct pod *p, struct err *e)
{
	AUTO_FREE char *run = pod_run_dir(p), *dir = str_fmt("%s/volumes", run);
	struct statfs st;
	int r;

	if (!run || !dir)
		return err_nomem(e);
	r = fs_mkdir_p(dir, 0755, e);
	if (r < 0)
		return r;
	if (statfs(dir, &st) == 0 && st.f_type == TMPFS_MAGIC_)
		return 0;
	if (mount("minik-volumes", dir, "tmpfs", MS_NOSUID | MS_NODEV, "mode=755") < 0)
		return err_errno(e, errno, "cannot mount a tmpfs at %s", dir);
	return 0;
}

/* As kubelet: a token of a pod whose containers all run as one user is that user's alone. */
static void token_owner(const struct pod *p, const json_t *v, struct payload *pl)
{
	const json_t *src, *c;
	int64_t uid = -1;
	size_t i, k;

	if (!json_at(v, "projected", "sources", NULL))
		return;
	json_array_foreach(json_at(p->spec, "spec", "containers", NULL), i, c)
	{
		int64_t u = json_int_or(c, "securityContext.runAsUser", json_int_or(p->spec, "spec.securityContext.runAsUser", -1));
		if (u < 0 || (uid >= 0 && uid != u)) {
			uid = -1;
			break;
		}
		uid = u;
	}
	json_array_foreach(json_at(v, "projected", "sources", NULL), i, src)
	{
		const char *path = json_str(json_object_get(src, "serviceAccountToken"), "path");
		for (k = 0; path && k < pl->n; k++)
			if (streq(pl->v[k].path, path)) {
				if (uid >= 0) {
					pl->v[k].uid = uid;
					pl->v[k].mode = 0600;
				} else if (fs_group(p) >= 0) {
					pl->v[k].mode = 0600;
				}
			}
	}
}

static int setup_api(struct pod *p, const json_t *v, struct err *e)
{
	AUTO_FREE char *dir = api_dir(p, json_str_or(v, "name", ""));
	struct payload pl = {0};
	int r = dir ? payload_build(p, v, &pl, e) : err_nomem(e);

	if (r == 0) {
		token_owner(p, v, &pl);
		r = payload_write(dir, &pl, fs_group(p), e);
	}
	payload_done(&pl);
	return r;
}

static int setup_empty(struct pod *p, const json_t *v, struct err *e)
{
	const json_t *ed = json_object_get(v, "emptyDir");
	const char *name = json_str_or(v, "name", ""), *medium = json_str_or(ed, "medium", ""), *limit = json_str(ed, "sizeLimit");
	AUTO_FREE char *dir = empty_dir(p, name), *parent = str_fmt("%s/pods/%s/volumes", p->node->data_dir, p->uid);
	struct quantity q;
	int r;

	if (!dir || !parent)
		return err_nomem(e);
	if (medium[0] && !streq(medium, "Memory"))
		return err_set(e, ERR_UNSUPPORTED, "emptyDir medium %s is not supported", medium);
	bool fresh = !fs_exists(dir);
	r = fs_mkdir_p(parent, 0755, e);
	if (r == 0 && fresh && mkdir(dir, 0777) < 0)
		r = err_errno(e, errno, "cannot make %s", dir);
	if (r == 0 && fresh && chmod(dir, 0777) < 0)
		r = err_errno(e, errno, "cannot set the mode of %s", dir);
	if (r == 0 && medium[0] && !is_mount_point(dir, parent)) {
		char opts[64] = "mode=1777";
		if (limit && quantity_parse(limit, &q) == 0 && quantity_value(&q) > 0)
			snprintf(opts, sizeof(opts), "mode=1777,size=%lld", (long long)quantity_value(&q));
		if (mount("tmpfs", dir, "tmpfs", MS_NOSUID | MS_NODEV, opts) < 0)
			r = err_errno(e, errno, "cannot mount a tmpfs at %s", dir);
		fresh = true;
	}
	if (r == 0 && fresh && fs_group(p) >= 0)
		r = volume_chgrp(dir, fs_group(p), false, e);
	return r;
}

static const char *volume_type(const json_t *v)
{
	const char *k;
	json_t *x;

	json_object_foreach((json_t *)v, k, x) if (!streq(k, "name")) return k;
	return "emptyDir"; /* the API's default */
}

static int setup_one(struct pod *p, const json_t *v, struct err *e)
{
	const char *type = volume_type(v);
	const json_t *s = json_object_get(v, type);
	AUTO_FREE char *claim = NULL;
	int r;

	if (is_api_volume(v))
		return setup_api(p, v, e);
	if (streq(type, "emptyDir"))
		return setup_empty(p, v, e);
	if (streq(type, "hostPath"))
		return hostpath_prepare(json_str_or(s, "path", ""), json_str(s, "type"), e);
	if (streq(type, "image"))
		return volume_image_setup(p, v, e);
	if ((r = pod_volume_claim(p->spec, v, &claim)) != 0)
		return r < 0 ? err_nomem(e) : volume_claim_setup(p, v, claim, json_bool_or(s, "readOnly", false), e);
	return volume_own_setup(p, v, e);
}

int volumes_setup(struct pod *p, struct err *e)
{
	const json_t *v;
	size_t i;
	int r;

	pthread_mutex_lock(&p->lock);
	p->objects_changed = false;
	pthread_mutex_unlock(&p->lock);
	json_array_foreach(json_at(p->spec, "spec", "volumes", NULL), i, v) if (is_api_volume(v))
	{
		r = secure_dir(p, e);
		if (r < 0)
			return r;
		break;
	}
	json_array_foreach(json_at(p->spec, "spec", "volumes", NULL), i, v)
	{
		r = setup_one(p, v, e);
		if (r < 0) {
			char why[sizeof(e->msg)];
			str_copy(why, sizeof(why), e->msg);
			if (r != ERR_AGAIN && (!p->setup_error || !strstr(p->setup_error, why)))
				pod_event(p, "Warning", "FailedMount", "MountVolume.SetUp failed for volume \"%s\" : %s", json_str_or(v, "name", ""), why);
			return err_wrap(e, "volume \"%s\"", json_str_or(v, "name", ""));
		}
	}
	p->volumes_ready = true;
	return 0;
}

void volumes_renew(struct pod *p)
{
	pthread_mutex_lock(&p->lock);
	p->objects_changed = true;
	pthread_mutex_unlock(&p->lock);
	p->volumes_ready = true;
	volume_claims_adopt(p);
	p->volumes_retry_ms = node_now_ms(p->node) + RENEW_MS;
	pod_wake_in(p, RENEW_MS);
}

void volumes_refresh(struct pod *p)
{
	int64_t now = node_now_ms(p->node);
	bool changed, tokens = p->token_refresh_ms != 0 && now >= p->token_refresh_ms;
	AUTO_BYTES struct bytes *manifest = NULL;
	struct err err = {0};
	const json_t *v;
	size_t i;

	pthread_mutex_lock(&p->lock);
	changed = p->objects_changed;
	p->objects_changed = false;
	manifest = bytes_ref(p->manifest);
	pthread_mutex_unlock(&p->lock);
	if (changed && now < p->volumes_retry_ms) { /* after a failure, or just taken over: not at once */
		pthread_mutex_lock(&p->lock);
		p->objects_changed = true;
		pthread_mutex_unlock(&p->lock);
		pod_wake_in(p, p->volumes_retry_ms - now);
		return;
	}
	bool object = manifest != p->saved_manifest;
	if (volume_claims_refresh(p, changed, &err) < 0) {
		p->volumes_retry_ms = now + RETRY_MS;
		pthread_mutex_lock(&p->lock);
		p->objects_changed = true;
		pthread_mutex_unlock(&p->lock);
		pod_wake_in(p, RETRY_MS);
	}
	if (!changed && !tokens && !object) {
		if (p->token_refresh_ms)
			pod_wake_in(p, p->token_refresh_ms - now);
		return;
	}
	if (tokens)
		p->token_refresh_ms = 0;
	json_array_foreach(json_at(p->spec, "spec", "volumes", NULL), i, v)
	{
		bool has_token = false;
		json_t *src;
		size_t k;
		if (!is_api_volume(v))
			continue;
		json_array_foreach(json_at(v, "projected", "sources", NULL), k, src) has_token = has_token || json_object_get(src, "serviceAccountToken");
		bool downward = json_object_get(v, "downwardAPI") || json_object_get(v, "projected");
		/* A new object may have new labels; a token is only asked for when it gets old. */
		if (has_token ? !tokens && !changed : !changed && !(object && downward))
			continue;
		if (setup_api(p, v, &err) < 0) {
			log_warning("node", p->key, "volume %s keeps its old content: %s", json_str_or(v, "name", ""), err.msg);
			pod_event(p, "Warning", "FailedMount", "MountVolume.SetUp failed for volume \"%s\" : %s", json_str_or(v, "name", ""), err.msg);
			p->volumes_retry_ms = now + RETRY_MS;
			pthread_mutex_lock(&p->lock);
			p->objects_changed = true;
			pthread_mutex_unlock(&p->lock);
			pod_wake_in(p, RETRY_MS);
		}
	}
	if (p->token_refresh_ms)
		pod_wake_in(p, p->token_refresh_ms - now);
}

/* --- what containers mount --- */

static const json_t *find_volume(const struct pod *p, const char *name)
{
	json_t *v;
	size_t i;

	json_array_foreach(json_at(p->spec, "spec", "volumes", NULL), i, v) if (streq(json_str(v, "name"), name)) return v;
	return NULL;
}

static int bind_subpath(struct pod *p, const char *container, size_t index, const char *root, const char *rel, char **ret_path, struct err *e)
{
	AUTO_CLOSE int fd = -1;
	AUTO_FREE char *dir = str_fmt("%s/pods/%s/subpaths/%s", p->node->run_dir, p->uid, container);
	AUTO_FREE char *path = str_fmt("%s/%zu", dir, index);
	char from[48];
	struct stat st;
	int r;

	if (!dir || !path)
		return err_nomem(e);
	r = subpath_open(root, rel, &fd, e);
	if (r == 0)
		r = fs_mkdir_p(dir, 0755, e);
	if (r < 0)
		return r;
	while (umount2(path, MNT_DETACH | UMOUNT_NOFOLLOW) == 0)
		; /* of the run before */
	if (fstat(fd, &st) < 0)
		return err_errno(e, errno, "cannot stat subPath \"%s\"", rel);
	/* Nothing is mounted there any more: what the run before stood on may have been of the other kind. */
	if (S_ISDIR(st.st_mode)) {
		(void)unlink(path);
		if (mkdir(path, 0755) < 0 && errno != EEXIST)
			return err_errno(e, errno, "cannot make %s", path);
	} else {
		(void)rmdir(path);
		AUTO_CLOSE int f = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
		if (f < 0)
			return err_errno(e, errno, "cannot make %s", path);
	}
	/* Bound by descriptor: whatever the pod does to the path meanwhile, this is what was checked. */
	snprintf(from, sizeof(from), "/proc/self/fd/%d", fd);
	if (mount(from, path, NULL, MS_BIND, NULL) < 0)
		return err_errno(e, errno, "cannot bind subPath \"%s\"", rel);
	*ret_path = TAKE_PTR(path);
	return 0;
}

int volumes_source(struct pod *p, const char *container, size_t mount_index, const json_t *mount, const struct env *env,
		   struct volume_source *ret, struct err *e)
{
	const char *name = json_str_or(mount, "name", ""), *sub = json_str_or(mount, "subPath", ""), *expr = json_str_or(mount, "subPathExpr", "");
	const json_t *v = find_volume(p, name);
	const char *type = v ? volume_type(v) : NULL;
	AUTO_FREE char *root = NULL, *expanded = NULL;
	bool claimed = false;
	struct statvfs vfs;
	struct stat st;
	int r;

	if (!v)
		return err_set(e, ERR_NOT_FOUND, "volume \"%s\" is not in the pod", name);
	*ret = (struct volume_source){.read_only = json_bool_or(mount, "readOnly", false)};
	if (is_api_volume(v)) {
		root = api_dir(p, name);
		ret->read_only = true;
	} else if (streq(type, "image")) {
		root = volume_image_dir(p, name);
		ret->read_only = ret->no_exec = true;
	} else if (streq(type, "emptyDir")) {
		root = empty_dir(p, name);
	} else if (streq(type, "hostPath")) {
		root = str_dup(json_str_or(v, "hostPath.path", ""));
	} else {
		bool ro;
		if ((r = volume_claim_path(p, name, false, &root, &ro, e)) < 0)
			return r;
		if (ro || json_bool_or(v, "persistentVolumeClaim.readOnly", false))
			ret->read_only = true;
		claimed = true;
	}
	if (!root)
		return err_nomem(e);
	if (expr[0]) {
		expanded = expand(expr, env);
		if (!expanded)
			return err_nomem(e);
		sub = expanded;
	}
	if (sub[0]) {
		AUTO_FREE char *bound = NULL;
		r = bind_subpath(p, container, mount_index, root, sub, &bound, e);
		if (r < 0)
			return err_wrap(e, "failed to prepare subPath for volumeMount \"%s\" of container \"%s\"", name, container);
		free(root);
		root = TAKE_PTR(bound);
	}
	ret->file = stat(root, &st) == 0 && !S_ISDIR(st.st_mode);
	/* Its mountOptions: a runtime that binds it anew leaves them out when it is not told. */
	if (claimed && statvfs(root, &vfs) == 0) {
		ret->no_exec = vfs.f_flag & ST_NOEXEC;
		ret->no_suid = vfs.f_flag & ST_NOSUID;
		ret->no_dev = vfs.f_flag & ST_NODEV;
	}
	ret->path = TAKE_PTR(root);
	return 0;
}

/* --- teardown --- */

static int unmount_below(const char *dir, unsigned depth, struct err *e)
{
	DIR *d = opendir(dir);
	int r = 0;

	if (!d)
		return 0;
	for (struct dirent *de; r == 0 && (de = readdir(d));) {
		if (streq(de->d_name, ".") || streq(de->d_name, ".."))
			continue;
		AUTO_FREE char *path = fs_join(dir, de->d_name);
		if (!path) {
			r = err_nomem(e);
			break;
		}
		while (umount2(path, MNT_DETACH | UMOUNT_NOFOLLOW) == 0)
			;
		if (errno != EINVAL && errno != ENOENT && errno != EPERM)
			r = err_errno(e, errno, "cannot unmount %s", path);
		if (r == 0 && depth > 0 && de->d_type == DT_DIR)
			r = unmount_below(path, depth - 1, e);
	}
	closedir(d);
	return r;
}

int volumes_teardown(struct pod *p, struct err *e)
{
	AUTO_FREE char *run = pod_run_dir(p), *subpaths = str_fmt("%s/subpaths", run), *images = str_fmt("%s/images", run),
		       *data = pod_data_dir(p), *volumes = str_fmt("%s/volumes", data);
	int r;

	if (!run || !subpaths || !images || !data || !volumes)
		return err_nomem(e);
	r = unmount_below(subpaths, 1, e);
	if (r == 0)
		r = volume_claims_release(p, e);
	if (r == 0)
		r = unmount_below(images, 0, e);
	if (r == 0)
		r = unmount_below(volumes, 0, e);
	if (r == 0) {
		AUTO_FREE char *api = str_fmt("%s/volumes", run);
		while (api && umount2(api, MNT_DETACH | UMOUNT_NOFOLLOW) == 0)
			;
	}
	/* The data of emptyDir volumes ends with the pod's containers. */
	if (r == 0)
		r = fs_rm_rf(volumes, e);
	if (r == 0) {
		json_decref(TAKE_PTR(p->volume_images));
		p->volumes_ready = false;
		p->save = true;
	}
	objects_release(p->node->objects, p);
	return r;
}
