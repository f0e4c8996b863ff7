#include "storage/volumes_internal.h"
#include <dirent.h>
#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>
#include "api/object.h"
#include "base/fs.h"
#include "base/str.h"
#include "storage/secrets.h"
#include "wire/cert.h"

/* --- life --- */

int volumes_new(struct volumes **ret, const struct volumes_config *c, const struct volumes_deps *d, struct err *e)
{
	static const struct client_config cc = {.field_manager = "kubelet"};
	struct volumes *v = calloc(1, sizeof(*v));
	int r = 0;

	if (!v)
		return err_nomem(e);
	pthread_mutex_init(&v->lock, NULL);
	pthread_cond_init(&v->freed, NULL);
	v->data_dir = str_dup(c->data_dir);
	v->run_dir = str_dup(c->run_dir);
	v->kubelet_dir = str_dup(c->kubelet_dir);
	v->node_name = c->node_name ? str_dup(c->node_name) : NULL;
	v->busy = map_new(NULL);
	v->stats = map_new(free);
	v->c = (struct volumes_config){v->data_dir, v->run_dir, v->kubelet_dir, v->node_name};
	v->plugins = d->plugins;
	if (!v->data_dir || !v->run_dir || !v->kubelet_dir || !v->busy || !v->stats)
		r = err_nomem(e);
	if (r == 0 && d->api && (r = volume_records_init(v, e)) == 0 && (r = loop_new(&v->loop, e)) == 0 &&
	    (r = client_new(&v->client, d->api, v->loop, &cc, e)) == 0 && (r = volume_attach_init(v, e)) == 0)
		r = loop_thread_start(&v->thread, v->loop, "volumes", e);
	if (r < 0) {
		volumes_free(v);
		return r;
	}
	*ret = v;
	return 0;
}

struct volumes *volumes_free(struct volumes *v)
{
	if (!v)
		return NULL;
	volumes_unwatch(v);
	if (v->in_use)
		workqueue_stop(v->in_use);
	if (v->thread) {
		loop_quit(v->loop);
		v->thread = loop_thread_join(v->thread);
	}
	if (v->in_use)
		v->in_use = workqueue_free(v->in_use);
	client_free(v->client);
	loop_free(v->loop);
	map_free(v->busy);
	map_free(v->stats);
	json_decref(v->told);
	pthread_cond_destroy(&v->freed);
	pthread_mutex_destroy(&v->lock);
	free(v->data_dir);
	free(v->run_dir);
	free(v->kubelet_dir);
	free(v->node_name);
	free(v);
	return NULL;
}

const struct volumes_config *volumes_conf(const struct volumes *v) { return &v->c; }

static void plugin_changed(void *arg, const char *name)
{
	struct volumes *v = arg;

	(void)name;
	v->watch_fn(v->watch_arg);
}

int volumes_watch(struct volumes *v, void (*fn)(void *arg), void *arg, struct err *e)
{
	if (!v->plugins)
		return 0;
	v->watch_fn = fn;
	v->watch_arg = arg;
	return plugins_watch(v->plugins, plugin_changed, v) < 0 ? err_set(e, ERR_INTERNAL, "too many follow the plug-ins") : 0;
}

void volumes_unwatch(struct volumes *v)
{
	if (v->plugins && v->watch_fn)
		plugins_unwatch(v->plugins, v);
	v->watch_fn = NULL;
}

/* --- one at a time --- */

int volumes_lock(struct volumes *v, const char *key, struct err *e)
{
	pthread_mutex_lock(&v->lock);
	while (map_has(v->busy, key))
		pthread_cond_wait(&v->freed, &v->lock);
	int r = map_put(v->busy, key, v);
	pthread_mutex_unlock(&v->lock);
	return r < 0 ? err_nomem(e) : 0;
}

void volumes_unlock(struct volumes *v, const char *key)
{
	pthread_mutex_lock(&v->lock);
	(void)map_take(v->busy, key);
	pthread_cond_broadcast(&v->freed);
	pthread_mutex_unlock(&v->lock);
}

/* --- jobs --- */

void volume_job_done(struct volume_job *j)
{
	plugin_unref(j->plugin);
	json_decref(j->stage_request);
	json_decref(j->publish_request);
	json_decref(j->record);
	json_decref(j->staged);
	free(j->record_file);
	free(j->staged_file);
	free(j->name);
	free(j->driver);
	free(j->handle);
	free(j->fs_type);
	free(j->staging);
	free(j->target);
	free(j->in_use);
	free(j->attacher);
}

int volume_job_save(struct volume_job *j, struct err *e)
{
	return j->staged ? volume_record_write(j->staged_file, j->staged, e) : volume_record_write(j->record_file, j->record, e);
}

static const struct volume_kind *kind_of_member(const char *member)
{
	if (streq(member, volume_plugin_kind.member))
		return &volume_plugin_kind;
	for (size_t i = 0; volume_kinds[i]; i++)
		if (streq(volume_kinds[i]->member, member))
			return volume_kinds[i];
	return NULL;
}

/* The parts of a volume: of its PersistentVolume, or as the pod has it. */
static const json_t *spec_of(const struct volumes_request *r) { return r->pv ? json_object_get(r->pv, "spec") : r->volume; }

static int find_kind(struct volume_job *j, struct err *e)
{
	const json_t *spec = spec_of(j->r);
	const char *k, *what = NULL;
	json_t *x;

	j->plugin = volume_plugin_find(j->v, j->r);
	if (json_object_get(spec, "csi") || json_object_get(spec, "flexVolume") || (j->plugin && j->plugin->can & PLUGIN_CAN(PLUGIN_PUBLISH))) {
		j->kind = &volume_plugin_kind;
		return 0;
	}
	for (size_t i = 0; volume_kinds[i]; i++)
		if ((j->source = json_object_get(spec, volume_kinds[i]->member))) {
			j->kind = volume_kinds[i];
			return 0;
		}
	json_object_foreach ((json_t *)(uintptr_t)spec, k, x)
		if (json_is_object(x) && !streq(k, "capacity") && !streq(k, "claimRef") && !streq(k, "nodeAffinity"))
			what = k;
	if (what && (streq(what, "cephfs") || streq(what, "rbd")))
		return err_set(e, ERR_UNSUPPORTED, "volume %s: volume plug-in %s is not supported: a class of provisioner minik.io/%s makes volumes there", j->name, what,
			       streq(what, "rbd") ? "ceph-rbd" : what);
	return what ? err_set(e, ERR_UNSUPPORTED, "volume %s: volume plug-in %s is not supported", j->name, what)
		    : err_set(e, ERR_UNSUPPORTED, "volume %s has no source", j->name);
}

static int job_paths(struct volume_job *j, struct err *e)
{
	const char *dir = j->v->kubelet_dir, *uid = j->r->pod_uid;
	AUTO_FREE char *folder = j->kind->folder ? str_dup(j->kind->folder) : str_fmt("kubernetes.io~%s", j->kind->member);
	AUTO_FREE char *key = j->kind->key ? j->kind->key(j) : NULL;
	char hash[65];

	/* CSI drivers know kubelet's places. */
	bool csi = j->plugin && json_object_get(spec_of(j->r), "csi");
	if (csi && j->block)
		j->target = str_fmt("%s/plugins/kubernetes.io/csi/volumeDevices/publish/%s/%s", dir, j->name, uid);
	else if (csi)
		j->target = str_fmt("%s/pods/%s/volumes/kubernetes.io~csi/%s/mount", dir, uid, j->name);
	else if (folder)
		j->target = str_fmt("%s/pods/%s/%s/%s/%s", dir, uid, j->block ? "volumeDevices" : "volumes", folder, j->name);
	if (!j->target || !folder)
		return err_nomem(e);
	if (!key)
		return 0;
	AUTO_FREE char *all = str_fmt("%s %s %s %s", j->kind->member, j->driver ? j->driver : "", j->block ? "Block" : "Filesystem", key);
	if (!all || sha256_hex(all, strlen(all), hash) < 0)
		return err_nomem(e);
	j->staged_file = volume_staged_file(j->v, hash);
	if (csi && j->block) {
		j->staging = str_fmt("%s/plugins/kubernetes.io/csi/volumeDevices/staging/%s", dir, j->name);
	} else if (csi) {
		char handle[65];
		if (sha256_hex(j->handle, strlen(j->handle), handle) < 0)
			return err_nomem(e);
		j->staging = str_fmt("%s/plugins/kubernetes.io/csi/%s/%s/globalmount", dir, j->driver, handle);
	} else {
		j->staging = str_fmt("%s/plugins/kubernetes.io/minik/%s/%s/globalmount", dir, j->kind->member, hash);
	}
	return j->staging && j->staged_file ? 0 : err_nomem(e);
}

static int set(json_t *o, const char *key, const char *text)
{
	return text ? json_object_set_new(o, key, json_string(text)) : 0;
}

/* What a record before has of the kind's own stays. */
static int make_record(struct volume_job *j, const char *file, json_t **ret, struct err *e)
{
	AUTO_JSON json_t *old = NULL;
	AUTO_JSON json_t *o = json_object();
	int r = volume_record_read(file, &old, e);

	if (r < 0 && r != ERR_NOT_FOUND)
		return r;
	const json_t *state = json_object_get(old, "state");
	if (!o || set(o, "member", j->kind->member) < 0 || set(o, "name", j->name) < 0 || set(o, "driver", j->driver) < 0 || set(o, "handle", j->handle) < 0 ||
	    set(o, "fsType", j->fs_type) < 0 || set(o, "staging", j->staging) < 0 || set(o, "target", j->target) < 0 || set(o, "stagedFile", j->staged_file) < 0 ||
	    set(o, "inUse", j->in_use) < 0 || json_object_set_new(o, "block", json_boolean(j->block)) < 0 ||
	    json_object_set_new(o, "readOnly", json_boolean(j->read_only)) < 0 ||
	    json_object_set_new(o, "state", json_is_object(state) ? json_incref((json_t *)(uintptr_t)state) : json_object()) < 0)
		return err_nomem(e);
	*ret = TAKE_PTR(o);
	return 0;
}

int volume_job_begin(struct volume_job *j, struct err *e)
{
	const struct volumes_request *r = j->r;
	const json_t *spec = spec_of(r);
	int rc;

	j->name = str_dup(r->pv ? obj_name(r->pv) : r->volume_name);
	if (!j->name)
		return err_nomem(e);
	if (!volume_name_ok(j->name) || !volume_name_ok(r->pod_uid) || !volume_name_ok(r->volume_name))
		return err_set(e, ERR_INVALID, "volume \"%.60s\" of pod \"%.60s\" has a name that is no part of a path", r->volume_name, r->pod_uid);
	j->block = r->pv && streq(json_str_or(r->pv, "spec.volumeMode", "Filesystem"), "Block");
	j->options = r->pv ? json_object_get(spec, "mountOptions") : NULL;
	if ((rc = find_kind(j, e)) < 0)
		return rc;
	j->source = j->source ? j->source : json_object_get(spec, json_object_get(spec, "csi") ? "csi" : "flexVolume");
	j->read_only = r->read_only || json_bool_or(j->source, "readOnly", false) || mount_options_read_only(j->options);
	j->fs_type = str_dup(json_str_or(j->source, "fsType", ""));
	j->chgrp = j->kind->chgrp && !j->block && !j->read_only && r->fs_group >= 0;
	if (!j->fs_type)
		return err_nomem(e);
	if (j->block && !j->kind->block)
		return err_set(e, ERR_UNSUPPORTED, "volume %s: volumeMode Block is not supported by volume plug-in %s", j->name, j->kind->member);
	if (j->kind->prepare && (rc = j->kind->prepare(j, e)) < 0)
		return rc;
	if (!(j->record_file = volume_record_file(j->v, r->pod_uid, r->volume_name)))
		return err_nomem(e);
	return job_paths(j, e);
}

static int parent_of(const char *path, struct err *e)
{
	AUTO_FREE char *dir = str_ndup(path, (size_t)(strrchr(path, '/') - path));

	return dir ? fs_mkdir_p(dir, 0750, e) : err_nomem(e);
}

/* --- publish --- */

struct others {
	const char *uid, *volume, *name, *staged_file; /* this one; what is looked for */
	bool found;
};

static int find_other(void *arg, const char *uid, const char *volume, const json_t *record, struct err *e)
{
	struct others *o = arg;

	(void)e;
	if ((streq(uid, o->uid) && (!o->staged_file || streq(volume, o->volume))) || !json_bool_or(record, "published", true))
		return 0;
	o->found = o->staged_file ? streq(json_str(record, "stagedFile"), o->staged_file) : streq(json_str(record, "name"), o->name);
	return o->found;
}

static bool one_pod_only(const struct volumes_request *r)
{
	const json_t *modes = json_dot(r->pv, "spec.accessModes");

	return json_array_size(modes) == 1 && streq(json_string_value(json_array_get(modes, 0)), "ReadWriteOncePod");
}

/* The record first; of two pods that may not share a volume, one gets that far. */
static int claim_volume(struct volume_job *j, struct err *e)
{
	struct others o = {.uid = j->r->pod_uid, .name = j->name};
	int r = make_record(j, j->record_file, &j->record, e);

	if (r < 0)
		return r;
	if (!j->staged_file)
		j->state = json_object_get(j->record, "state");
	if (!one_pod_only(j->r))
		return volume_record_write(j->record_file, j->record, e);
	if ((r = volumes_lock(j->v, "one pod", e)) < 0)
		return r;
	r = volume_records_each(j->v, NULL, find_other, &o, e);
	if (o.found)
		r = err_set(e, ERR_UNAVAILABLE, "volume uses the ReadWriteOncePod access mode and is already in use by another pod");
	else if (r >= 0)
		r = volume_record_write(j->record_file, j->record, e);
	volumes_unlock(j->v, "one pod");
	return r;
}

/* A record that the volume is in use, before it is; it is not published until claim_volume. */
static int announce(struct volume_job *j, struct err *e)
{
	AUTO_JSON json_t *old = NULL;
	AUTO_JSON json_t *record = NULL;
	int r = volume_record_read(j->record_file, &old, e);

	if (r < 0 && r != ERR_NOT_FOUND)
		return r;
	if (streq(json_str(old, "inUse"), j->in_use))
		return 0;
	if ((r = make_record(j, j->record_file, &record, e)) < 0)
		return r;
	if (json_object_set_new(record, "published", json_boolean(old && json_bool_or(old, "published", true))) < 0)
		return err_nomem(e);
	return volume_record_write(j->record_file, record, e);
}

static int stage(struct volume_job *j, struct err *e)
{
	int r = volumes_lock(j->v, j->staged_file, e);

	if (r < 0)
		return r;
	r = make_record(j, j->staged_file, &j->staged, e);
	if (r == 0) {
		j->state = json_object_get(j->staged, "state");
		if ((r = volume_job_save(j, e)) == 0 && (r = parent_of(j->staging, e)) == 0)
			r = j->kind->stage(j, e);
	}
	volumes_unlock(j->v, j->staged_file);
	return r;
}

static int publish(struct volume_job *j, struct err *e)
{
	int r = claim_volume(j, e);

	if (r == 0 && j->staged_file)
		r = stage(j, e);
	if (r == 0)
		r = parent_of(j->target, e);
	if (r == 0)
		r = j->kind->publish ? j->kind->publish(j, e) : mounts_bind(j->staging, j->target, j->read_only, e);
	return r;
}

int volumes_publish(struct volumes *v, const struct volumes_request *req, struct volumes_result *ret, struct err *e)
{
	CLEANUP(volume_job_done) struct volume_job j = {.v = v, .r = req};
	const json_t *host = req->pv ? json_dot(req->pv, "spec.hostPath") : NULL;

	if (host) /* a place of the host's, which is there anyway: nothing to undo */
		return volume_host_path(req, ret, e);
	AUTO_FREE char *key = str_fmt("%s/%s", req->pod_uid, req->volume_name);
	if (!key)
		return err_nomem(e);
	int r = volume_job_begin(&j, e);
	if (r == 0)
		r = volumes_lock(v, key, e);
	if (r < 0)
		return r;
	if (!j.in_use || ((r = announce(&j, e)) == 0 && (r = volume_attach_wait(&j, e)) == 0))
		r = publish(&j, e);
	volumes_unlock(v, key);
	if (r < 0)
		return r;
	*ret = (struct volumes_result){.path = TAKE_PTR(j.target), .block = j.block, .read_only = j.read_only, .chgrp = j.chgrp, .republish = j.republish};
	return 0;
}

/* --- unpublish --- */

static char *text(const json_t *o, const char *key)
{
	const char *s = json_str(o, key);

	return s ? str_dup(s) : NULL;
}

/* What a record says, for the way back. */
int volume_job_recorded(struct volume_job *j, const json_t *record, struct err *e)
{
	const char *member = json_str_or(record, "member", "");

	j->kind = kind_of_member(member);
	if (!j->kind)
		return err_set(e, ERR_UNSUPPORTED, "volume %s: volume plug-in %s is not supported", json_str_or(record, "name", "?"), member);
	j->name = text(record, "name");
	j->driver = text(record, "driver");
	j->handle = text(record, "handle");
	j->fs_type = text(record, "fsType");
	j->staging = text(record, "staging");
	j->target = text(record, "target");
	j->staged_file = text(record, "stagedFile");
	j->block = json_bool_or(record, "block", false);
	j->read_only = json_bool_or(record, "readOnly", false);
	j->state = json_object_get(record, "state");
	return j->name ? 0 : err_set(e, ERR_INVALID, "a record of a volume has no name");
}

/* Empty folders above, as far as they are below dir. */
static void prune(const char *path, const char *dir)
{
	AUTO_FREE char *p = str_dup(path);
	size_t n = strlen(dir);

	for (char *slash; p && (slash = strrchr(p, '/')) && (size_t)(slash - p) > n;) {
		*slash = '\0';
		if (strncmp(p, dir, n) != 0 || rmdir(p) < 0)
			return;
	}
}

void volumes_prune(struct volumes *v, const char *path)
{
	AUTO_FREE char *pods = fs_join(v->kubelet_dir, "pods"), *own = fs_join(v->kubelet_dir, "plugins/kubernetes.io");

	if (path && pods && own)
		prune(path, str_has_prefix(path, pods) ? pods : own);
}

static int unstage(struct volume_job *j, const char *uid, const char *volume, struct err *e)
{
	struct others o = {.uid = uid, .volume = volume, .staged_file = j->staged_file};
	CLEANUP(volume_job_done) struct volume_job s = {.v = j->v};
	int r = volumes_lock(j->v, j->staged_file, e);

	if (r < 0)
		return r;
	r = volume_records_each(j->v, NULL, find_other, &o, e);
	if (r == 0 && !o.found && (r = volume_record_read(j->staged_file, &s.staged, e)) == 0 && (r = volume_job_recorded(&s, s.staged, e)) == 0)
		r = s.kind->unstage ? s.kind->unstage(&s, e) : mounts_unmount(s.staging, s.kind->network, e);
	if (r == 0 && !o.found) {
		r = volume_record_remove(j->staged_file, e);
		volumes_prune(j->v, s.staging);
	}
	volumes_unlock(j->v, j->staged_file);
	return r == ERR_NOT_FOUND || r > 0 ? 0 : r;
}

static int unpublish(struct volumes *v, const char *uid, const char *volume, struct err *e)
{
	CLEANUP(volume_job_done) struct volume_job j = {.v = v};
	int r;

	if (!(j.record_file = volume_record_file(v, uid, volume)))
		return err_nomem(e);
	r = volume_record_read(j.record_file, &j.record, e);
	if (r < 0)
		return r == ERR_NOT_FOUND ? 0 : r;
	if ((r = volume_job_recorded(&j, j.record, e)) < 0)
		return r;
	if (json_bool_or(j.record, "published", true)) {
		r = j.kind->unpublish ? j.kind->unpublish(&j, e) : j.target ? mounts_unmount(j.target, j.kind->network, e) : 0;
		if (r < 0)
			return err_wrap(e, "volume \"%s\"", volume);
		volumes_prune(v, j.target);
		/* It counts no more among those that use the staging; it goes when that is settled. */
		if (j.staged_file && (json_object_set_new(j.record, "published", json_false()) < 0 || (r = volume_record_write(j.record_file, j.record, e)) < 0))
			return r < 0 ? r : err_nomem(e);
	}
	if (j.staged_file && (r = unstage(&j, uid, volume, e)) < 0)
		return err_wrap(e, "volume \"%s\"", volume);
	r = volume_record_remove(j.record_file, e);
	if (r == 0 && json_str(j.record, "inUse"))
		volume_in_use_changed(v);
	return r;
}

struct undo {
	struct volumes *v;
	int result;
	struct err *e;
};

static int undo_one(void *arg, const char *uid, const char *volume, const json_t *record, struct err *e)
{
	struct undo *u = arg;
	AUTO_FREE char *key = str_fmt("%s/%s", uid, volume);
	struct err one = {0};

	(void)record;
	int r = key ? volumes_lock(u->v, key, e) : err_nomem(e);
	if (r < 0)
		return r;
	r = unpublish(u->v, uid, volume, &one);
	volumes_unlock(u->v, key);
	/* The others are let go of all the same. */
	if (r < 0 && u->result == 0) {
		u->result = r;
		if (u->e)
			*u->e = one;
	}
	return 0;
}

int volumes_unpublish(struct volumes *v, const char *uid, const char *volume, struct err *e)
{
	struct undo u = {.v = v, .e = e};
	int r;

	if (!volume_name_ok(uid) || (volume && !volume_name_ok(volume)))
		return 0; /* nothing was published by such a name */
	if (volume) {
		r = undo_one(&u, uid, volume, NULL, e);
	} else {
		r = volume_records_each(v, uid, undo_one, &u, e);
		AUTO_FREE char *dir = str_fmt("%s/volumes/pods/%s", v->data_dir, uid);
		if (r == 0 && u.result == 0) /* what a killed writer left half-written */
			r = dir ? fs_rm_rf(dir, e) : err_nomem(e);
	}
	return u.result < 0 ? u.result : r;
}

int volume_job_secret(struct volume_job *j, const json_t *ref, json_t **ret, struct err *e)
{
	const char *own = j->r->pvc ? obj_namespace(j->r->pvc) : obj_namespace(j->r->pod);

	/* A pod's own volume opens no Secret of another namespace. */
	if (!j->r->pv && !streq(json_str_or(ref, "namespace", own), own))
		return err_set(e, ERR_FORBIDDEN, "volume %s: secretRef is in another namespace", j->name);
	int r = secret_read_ns(j->v->client, ref, own, ret, e);
	if (r < 0)
		(void)err_wrap(e, "volume %s", j->name);
	return r;
}

int volumes_pods(struct volumes *v, char ***ret_uids, struct err *e)
{
	AUTO_FREE char *dir = str_fmt("%s/volumes/pods", v->data_dir);
	DIR *d = dir ? opendir(dir) : NULL;
	char **uids = calloc(1, sizeof(char *));
	size_t n = 0;

	if (!uids || !dir || (!d && errno != ENOENT)) {
		int r = !uids || !dir ? err_nomem(e) : err_errno(e, errno, "cannot read %s", dir);
		free(uids);
		return r;
	}
	for (struct dirent *de; d && (de = readdir(d));) {
		char **more = de->d_name[0] == '.' ? NULL : reallocarray(uids, n + 2, sizeof(char *));
		if (de->d_name[0] == '.')
			continue;
		uids = more ? more : uids;
		if (!more || !(uids[n] = str_dup(de->d_name))) {
			while (n > 0)
				free(uids[--n]);
			free(uids);
			closedir(d);
			return err_nomem(e);
		}
		uids[++n] = NULL;
	}
	if (d)
		closedir(d);
	*ret_uids = uids;
	return 0;
}
