/*
 * Volumes that plug-ins mount: CSI drivers, programs, those built in. What a record says (driver, handle, paths) is enough for the way back, but the plug-in has to
 * be here: who made a mount knows how to undo it.
 */
#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>
#include "api/object.h"
#include "api/quantity.h"
#include "base/fs.h"
#include "base/str.h"
#include "storage/attach.h"
#include "storage/csi.h"
#include "storage/volumes_internal.h"

struct plugin *volume_plugin_find(struct volumes *v, const struct volumes_request *r)
{
	return v->plugins ? plugins_of_volume(v->plugins, r->pv ? r->pv : r->volume) : NULL;
}

/* Of those of this name the newest that can let go of volumes: a driver's controller may have the same name. */
static struct plugin *by_driver(struct volumes *v, const char *driver)
{
	struct plugin **all = NULL, *found = NULL;
	size_t n = 0;

	if (!v->plugins || !driver || plugins_list(v->plugins, &all, &n) < 0)
		return NULL;
	for (size_t i = n; i-- > 0;) {
		if (!found && streq(all[i]->driver, driver) && all[i]->can & PLUGIN_CAN(PLUGIN_PUBLISH))
			found = plugin_ref(all[i]);
		plugin_unref(all[i]);
	}
	free(all);
	return found;
}

/* --- what is asked --- */

/* The control plane attaches it to this node first. */
static int attached_elsewhere(struct volume_job *j, struct err *e)
{
	struct attach_target t;

	if (!j->r->pv || !attach_target_of(j->r->pv, &t))
		return err_set(e, ERR_UNSUPPORTED, "volume %s is to be attached, which is supported for PersistentVolumes of csi and flexVolume, with drivers' names of at most %d letters", j->name,
			       ATTACHER_MAX - 1);
	j->in_use = attach_unique(&t);
	j->attacher = str_dup(t.attacher);
	return j->in_use && j->attacher ? 0 : err_nomem(e);
}

static int prepare_csi(struct volume_job *j, struct err *e)
{
	const struct csi_node_deps d = {.client = j->v->client, .plugins = j->v->plugins, .node_name = j->v->node_name};
	CLEANUP(csi_mount_done) struct csi_mount m = {0};

	if (!d.client || !d.plugins || !d.node_name)
		return err_set(e, ERR_UNAVAILABLE, "volume %s: this process serves no node", j->name);
	int r = csi_node_request(&m, &d, j->r, e);
	if (r < 0)
		return r;
	if (!volume_name_ok(m.driver))
		return err_set(e, ERR_INVALID, "volume %s: \"%.60s\" is no name of a driver", j->name, m.driver);
	j->read_only = m.read_only;
	j->block = m.block;
	j->chgrp = m.fs_group == CSI_FS_GROUP_CHANGE;
	j->republish = m.requires_republish;
	if (m.attached && (r = attached_elsewhere(j, e)) < 0)
		return r;
	plugin_unref(j->plugin);
	j->plugin = TAKE_PTR(m.plugin);
	j->driver = TAKE_PTR(m.driver);
	j->handle = TAKE_PTR(m.handle);
	j->stage_request = TAKE_PTR(m.stage);
	j->publish_request = TAKE_PTR(m.publish);
	return 0;
}

/* Of a program or one built in. A pod's own volume is one of a PersistentVolume's shape. */
static json_t *make_request(struct volume_job *j, const json_t *secrets)
{
	AUTO_JSON json_t *own = j->r->pv ? NULL : json_pack("{s:{s:s},s:O}", "metadata", "name", j->name, "spec", j->r->volume);
	AUTO_JSON json_t *volume = volume_of_pv(j->r->pv ? j->r->pv : own);

	if (!volume)
		return NULL;
	json_t *o = json_pack("{s:s,s:O,s:O,s:O,s:s,s:s*,s:O*,s:O*,s:O*}", "name", j->name, "handle", json_object_get(volume, "handle"), "context",
			      json_object_get(volume, "context"), "source", json_object_get(volume, "source"), "volumeMode", j->block ? "Block" : "Filesystem",
			      "fsType", *j->fs_type ? j->fs_type : NULL, "mountOptions", j->options, "accessModes",
			      j->r->pv ? json_dot(j->r->pv, "spec.accessModes") : NULL, "secrets", secrets);
	if (o && j->r->fs_group >= 0)
		json_object_set_new(o, "fsGroup", json_integer(j->r->fs_group));
	return o;
}

static int prepare(struct volume_job *j, struct err *e)
{
	const json_t *spec = j->r->pv ? json_object_get(j->r->pv, "spec") : j->r->volume, *ref = json_object_get(j->source, "secretRef");
	AUTO_JSON json_t *secrets = NULL;
	int r;

	if (json_object_get(spec, "csi"))
		return prepare_csi(j, e);
	if (!j->plugin)
		return err_set(e, ERR_UNAVAILABLE, "volume %s waits for plug-in %.100s, which is not on this node", j->name,
			       json_str_or(spec, "flexVolume.driver", "?"));
	if (!(j->plugin->can & PLUGIN_CAN(PLUGIN_PUBLISH)))
		return err_set(e, ERR_UNSUPPORTED, "volume %s: %s %s cannot publish", j->name, j->plugin->kind, j->plugin->name);
	if (j->plugin->can & PLUGIN_CAN(PLUGIN_ATTACH) && (r = attached_elsewhere(j, e)) < 0)
		return r;
	const char *pool = json_str(spec, "rbd.pool"), *image = json_str(spec, "rbd.image");
	if (image && !(j->in_use = str_fmt("kubernetes.io/rbd/%s:%s", pool ? pool : "rbd", image)))
		return err_nomem(e);
	if (ref && (r = volume_job_secret(j, ref, &secrets, e)) < 0)
		return r;
	j->chgrp = !j->block && !j->read_only && j->r->fs_group >= 0;
	j->publish_request = make_request(j, secrets);
	if (j->plugin->can & PLUGIN_CAN(PLUGIN_STAGE))
		j->stage_request = make_request(j, secrets);
	j->driver = str_dup(j->plugin->driver);
	j->handle = str_dup(json_str_or(j->publish_request, "handle", ""));
	if (!j->publish_request || !j->driver || !j->handle || (j->plugin->can & PLUGIN_CAN(PLUGIN_STAGE) && !j->stage_request))
		return err_nomem(e);
	const json_t *pod = j->r->pod;
	if (json_object_set_new(j->publish_request, "readOnly", json_boolean(j->read_only)) < 0 ||
	    json_object_set_new(j->publish_request, "ephemeral", json_boolean(!j->r->pv)) < 0 ||
	    json_object_set_new(j->publish_request, "pod", json_pack("{s:s,s:s,s:s,s:s}", "namespace", obj_namespace(pod), "name", obj_name(pod), "uid", j->r->pod_uid,
								     "serviceAccount", json_str_or(pod, "spec.serviceAccountName", "default"))) < 0)
		return err_nomem(e);
	return 0;
}

/* A pod's own volume is the pod's alone. */
static char *key(const struct volume_job *j)
{
	if (!j->stage_request)
		return NULL;
	return j->r->pv ? str_fmt("%s %s", j->handle, j->name) : str_fmt("%s %s/%s", j->handle, j->r->pod_uid, j->r->volume_name);
}

static int add_path(json_t *req, const char *name, const char *path, struct err *e)
{
	return path && json_object_set_new(req, name, json_string(path)) < 0 ? err_nomem(e) : 0;
}

static int stage(struct volume_job *j, struct err *e)
{
	int r = fs_mkdir_p(j->staging, 0750, e);

	if (r == 0)
		r = add_path(j->stage_request, "stagingPath", j->staging, e);
	return r < 0 ? r : plugin_call(j->plugin, PLUGIN_STAGE, j->stage_request, VOLUME_MS, NULL, e);
}

static int publish(struct volume_job *j, struct err *e)
{
	int r = add_path(j->publish_request, "targetPath", j->target, e);

	if (r == 0)
		r = add_path(j->publish_request, "stagingPath", j->staging, e);
	if (r == 0)
		r = plugin_call(j->plugin, PLUGIN_PUBLISH, j->publish_request, VOLUME_MS, NULL, e);
	if (r == 0 && !fs_exists(j->target))
		return err_set(e, ERR_PROTO, "%s %s says that volume %s is published, but there is no %s", j->plugin->kind, j->plugin->name, j->name, j->target);
	return r;
}

/* --- the way back: {name, handle, PATH} --- */

static int call_back(struct volume_job *j, enum plugin_op op, const char *path_name, const char *path, struct err *e)
{
	AUTO_JSON json_t *req = json_pack("{s:s,s:s,s:s}", "name", j->name, "handle", j->handle ? j->handle : "", path_name, path);
	AUTO_JSON json_t *answer = NULL;

	if (!req)
		return err_nomem(e);
	if (!j->plugin && !(j->plugin = by_driver(j->v, j->driver)))
		return err_set(e, ERR_UNAVAILABLE, "%s cannot be undone: plug-in %s is not on this node now", path, j->driver ? j->driver : "?");
	if (!(j->plugin->can & PLUGIN_CAN(op)))
		return mounts_unmount(path, false, e);
	int r = plugin_call(j->plugin, op, req, VOLUME_MS, &answer, e);
	if (r < 0 && r != ERR_NOT_FOUND)
		return r;
	r = mounts_at(path, e);
	if (r > 0)
		return err_set(e, ERR_PROTO, "%s %s says that it let go of volume %s, but %s is still mounted", j->plugin->kind, j->plugin->name, j->name, path);
	/* Only what is empty; data that would be under it stays. */
	if (r == 0 && rmdir(path) < 0 && errno == ENOTDIR) {
		struct stat st;
		if (lstat(path, &st) == 0 && S_ISREG(st.st_mode) && st.st_size == 0)
			(void)unlink(path);
	}
	return r;
}

static int unpublish(struct volume_job *j, struct err *e) { return call_back(j, PLUGIN_UNPUBLISH, "targetPath", j->target ? j->target : "", e); }
static int unstage(struct volume_job *j, struct err *e) { return call_back(j, PLUGIN_UNSTAGE, "stagingPath", j->staging ? j->staging : "", e); }

/* --- growth, numbers --- */

static int grow(struct volume_job *j, int64_t *ret_bytes, struct err *e)
{
	const struct csi_node_deps d = {.client = j->v->client, .plugins = j->v->plugins, .node_name = j->v->node_name};
	AUTO_JSON json_t *req = NULL;
	AUTO_JSON json_t *answer = NULL;
	int64_t want = *ret_bytes;
	int r = 0;

	if (!(j->plugin->can & PLUGIN_CAN(PLUGIN_NODE_EXPAND)))
		return 0;
	if (json_dot(j->r->pv, "spec.csi"))
		r = csi_node_expand_request(&req, &d, j->r, e);
	else
		req = json_incref(j->publish_request);
	if (r < 0 || (r = add_path(req, "volumePath", j->target, e)) < 0 || (r = add_path(req, "stagingPath", j->staging, e)) < 0)
		return r;
	if (json_object_set_new(req, "capacityBytes", json_integer(want)) < 0)
		return err_nomem(e);
	r = plugin_call(j->plugin, PLUGIN_NODE_EXPAND, req, VOLUME_MS, &answer, e);
	if (r == 0 && json_int_or(answer, "capacityBytes", 0) > 0)
		*ret_bytes = json_int_or(answer, "capacityBytes", 0);
	return r;
}

static int stats(struct volume_job *j, struct volumes_stats *ret, struct err *e)
{
	AUTO_JSON json_t *req = json_pack("{s:s,s:s,s:s,s:s*}", "name", j->name, "handle", j->handle ? j->handle : "", "volumePath", j->target ? j->target : "",
					  "stagingPath", j->staging);
	AUTO_JSON json_t *a = NULL;

	if (!req)
		return err_nomem(e);
	j->plugin = by_driver(j->v, j->driver);
	if (!j->plugin || !(j->plugin->can & PLUGIN_CAN(PLUGIN_STATS)))
		return err_set(e, ERR_UNSUPPORTED, "plug-in %s has no statistics", j->driver ? j->driver : "?");
	int r = plugin_call(j->plugin, PLUGIN_STATS, req, 30000, &a, e);
	if (r < 0)
		return r;
	*ret = (struct volumes_stats){.total = json_int_or(a, "bytes.total", -1), .used = json_int_or(a, "bytes.used", -1), .available = json_int_or(a, "bytes.available", -1),
				      .inodes = json_int_or(a, "inodes.total", -1), .inodes_used = json_int_or(a, "inodes.used", -1), .inodes_free = json_int_or(a, "inodes.available", -1)};
	return 0;
}

const struct volume_kind volume_plugin_kind = {.member = "plugin", .folder = "minik~plugin", .block = true, .prepare = prepare, .key = key, .stage = stage,
					       .publish = publish, .unpublish = unpublish, .unstage = unstage, .grow = grow, .stats = stats};
