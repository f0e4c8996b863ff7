#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>
#include "storage/internal.h"
#include "api/object.h"
#include "api/scan.h"
#include "base/fs.h"
#include "base/log.h"
#include "base/str.h"

/*
 * minik.io/local-path on this node: the node that the scheduler chose for a claim makes the directory and the volume, and removes both when the
 * volume is released. So a volume's path is always one of its own node, whatever data-dir that has.
 */

bool local_wants_claim(const struct storage *s, const struct informer_object *pvc)
{
	return s->node_name && s->local_path && strstr(pvc->json->data, "\"" LOCAL_PATH_PROVISIONER "\"") &&
	       strstr(pvc->json->data, ANN_SELECTED_NODE);
}

bool local_wants_volume(const struct storage *s, const struct informer_object *pv)
{
	char phase[32];

	return s->node_name && strstr(pv->json->data, LOCAL_PATH_PROVISIONER) &&
	       scan_str(pv->json->data, pv->json->len, "status.phase", phase, sizeof(phase)) && streq(phase, "Released");
}

static int provision(struct storage *s, const char *key, struct err *e)
{
	AUTO_OBJECT struct informer_object *o = informer_get_key(s->pvcs, key);
	AUTO_JSON json_t *pvc = informer_object_json(o);
	static const struct client_ref pvs = {.plural = "persistentvolumes"};

	if (!pvc || obj_deleting(pvc) || *json_str_or(pvc, "spec.volumeName", "") ||
	    !streq(obj_annotation(pvc, ANN_PROVISIONER), LOCAL_PATH_PROVISIONER) || !streq(obj_annotation(pvc, ANN_SELECTED_NODE), s->node_name))
		return 0;
	AUTO_OBJECT struct informer_object *so = informer_get(s->classes, NULL, json_str_or(pvc, "spec.storageClassName", ""));
	AUTO_JSON json_t *sc = informer_object_json(so);
	if (!sc)
		return err_set(e, ERR_NOT_FOUND, "storage class \"%s\" not found", json_str_or(pvc, "spec.storageClassName", ""));
	if (streq(json_str_or(pvc, "spec.volumeMode", "Filesystem"), "Block")) {
		client_event(s->client, pvc, "v1", "PersistentVolumeClaim", "Warning", "ProvisioningFailed", LOCAL_PATH_PROVISIONER, s->node_name,
			     "volumeMode Block is not supported by %s", LOCAL_PATH_PROVISIONER);
		return 0;
	}
	AUTO_FREE char *name = str_fmt("pvc-%s", obj_uid(pvc)), *sub = str_fmt("pvc-%s_%s_%s", obj_uid(pvc), o->ns, o->name);
	AUTO_FREE char *path = sub ? fs_join(s->dir, sub) : NULL;
	if (!name || !path)
		return err_nomem(e);
	int r = fs_mkdir_p(path, 0777, e);
	if (r == 0 && chmod(path, 0777) < 0)
		r = err_errno(e, errno, "%s", path);
	if (r < 0) {
		client_event(s->client, pvc, "v1", "PersistentVolumeClaim", "Warning", "ProvisioningFailed", LOCAL_PATH_PROVISIONER, s->node_name, "%s",
			     e ? e->msg : "cannot make the directory");
		return r;
	}
	AUTO_JSON json_t *pv = json_pack(
		"{s:s,s:s,s:{s:s,s:{s:s}},s:{s:{s:O},s:O,s:s,s:s,s:s,s:{s:s},s:{s:{s:[{s:[{s:s,s:s,s:[s]}]}]}},s:{s:s,s:s,s:s,s:s,s:s}}}", "apiVersion",
		"v1", "kind", "PersistentVolume", "metadata", "name", name, "annotations", ANN_PROVISIONED_BY, LOCAL_PATH_PROVISIONER, "spec", "capacity",
		"storage", json_dot(pvc, "spec.resources.requests.storage"), "accessModes", json_dot(pvc, "spec.accessModes"),
		"persistentVolumeReclaimPolicy", json_str_or(sc, "reclaimPolicy", "Delete"), "storageClassName", so->name, "volumeMode", "Filesystem",
		"local", "path", path, "nodeAffinity", "required", "nodeSelectorTerms", "matchExpressions", "key", "kubernetes.io/hostname", "operator",
		"In", "values", s->node_name, "claimRef", "kind", "PersistentVolumeClaim", "apiVersion", "v1", "namespace", o->ns, "name", o->name,
		"uid", o->uid);
	if (!pv)
		return err_set(e, ERR_INVALID, "claim %s has no size or access modes", key);
	r = client_create_wait(s->client, &pvs, pv, NULL, e);
	if (r == ERR_EXISTS)
		return 0;
	if (r == 0)
		client_event(s->client, pvc, "v1", "PersistentVolumeClaim", "Normal", "ProvisioningSucceeded", LOCAL_PATH_PROVISIONER, s->node_name,
			     "Successfully provisioned volume %s", name);
	return r;
}

static int delete_volume(struct storage *s, const char *name, struct err *e)
{
	AUTO_OBJECT struct informer_object *o = informer_get(s->pvs, NULL, name);
	AUTO_JSON json_t *pv = informer_object_json(o);
	struct client_ref ref = {.plural = "persistentvolumes", .name = name};

	if (!pv || !streq(obj_annotation(pv, ANN_PROVISIONED_BY), LOCAL_PATH_PROVISIONER))
		return 0;
	const char *path = json_str_or(pv, "spec.local.path", "");
	if (!streq(volume_node(pv), s->node_name) || !streq(json_str(pv, "status.phase"), "Released") ||
	    !streq(json_str_or(pv, "spec.persistentVolumeReclaimPolicy", ""), "Delete"))
		return 0;
	/* Only what lies directly below our own directory is ours to remove, whatever the object says. */
	size_t n = strlen(s->dir);
	if (strncmp(path, s->dir, n) != 0 || path[n] != '/' || !path[n + 1] || strchr(path + n + 1, '/') || strstr(path, "/..")) {
		client_event(s->client, pv, "v1", "PersistentVolume", "Warning", "VolumeFailedDelete", LOCAL_PATH_PROVISIONER, s->node_name,
			     "path %s is not below %s: not removed", path, s->dir);
		return 0;
	}
	int r = fs_rm_rf(path, e);
	if (r < 0) {
		client_event(s->client, pv, "v1", "PersistentVolume", "Warning", "VolumeFailedDelete", LOCAL_PATH_PROVISIONER, s->node_name, "%s",
			     e ? e->msg : path);
		return r;
	}
	r = client_delete_wait(s->client, &ref, NULL, NULL, e);
	return r == ERR_NOT_FOUND ? 0 : r;
}

int local_reconcile(void *arg, const char *key, struct err *e)
{
	if (str_has_prefix(key, "pvc "))
		return provision(arg, key + 4, e);
	return delete_volume(arg, key + 3, e);
}

/* --- the node agent's side --- */

struct volumes {
	char *dir;
};

int volumes_new(struct volumes **ret, const char *data_dir, const char *run_dir, struct err *e)
{
	struct volumes *v = calloc(1, sizeof(*v));

	(void)run_dir; /* directories need nothing that a reboot forgets */
	if (!v || !(v->dir = fs_join(data_dir, "storage"))) {
		free(v);
		return err_nomem(e);
	}
	*ret = v;
	return 0;
}

struct volumes *volumes_free(struct volumes *v)
{
	if (v)
		free(v->dir);
	free(v);
	return NULL;
}

int volumes_publish(struct volumes *v, const json_t *pv, const json_t *pvc, const char *pod_uid, const char *volume_name, bool read_only, char **ret_path,
		    struct err *e)
{
	const char *local = json_str(pv, "spec.local.path"), *host = json_str(pv, "spec.hostPath.path");
	const char *path = local ? local : host, *type = json_str_or(pv, "spec.hostPath.type", "");
	struct stat st;

	(void)v;
	(void)pvc;
	(void)pod_uid;
	(void)read_only; /* the bind mount into the container is read-only then */
	if (!path) {
		/* Name the plug-in: the one key of the spec that is a volume source. */
		static const char *const known[] = {"csi", "nfs", "iscsi", "rbd", "cephfs", "fc", "glusterfs", "azureDisk", "azureFile", "awsElasticBlockStore",
						    "gcePersistentDisk", "cinder", "flexVolume", "vsphereVolume", "portworxVolume", "quobyte", "scaleIO",
						    "storageos", "photonPersistentDisk", "flocker"};
		for (size_t i = 0; i < ARRAY_LEN(known); i++)
			if (json_object_get(json_object_get(pv, "spec"), known[i]))
				return err_set(e, ERR_UNSUPPORTED, "volume %s: volume plug-in %s is not supported", obj_name(pv), known[i]);
		return err_set(e, ERR_UNSUPPORTED, "volume %s has no supported source (local, hostPath)", obj_name(pv));
	}
	if (streq(json_str_or(pv, "spec.volumeMode", "Filesystem"), "Block"))
		return err_set(e, ERR_UNSUPPORTED, "volume %s (%s): volumeMode Block is not supported", obj_name(pv), volume_name);
	if (host && streq(type, "DirectoryOrCreate") && !fs_exists(path)) {
		int r = fs_mkdir_p(path, 0755, e);
		if (r < 0)
			return r;
	}
	if (stat(path, &st) < 0)
		return err_errno(e, errno, "volume %s: path %s", obj_name(pv), path);
	if (local && !S_ISDIR(st.st_mode))
		return err_set(e, -ENOTDIR, "volume %s: path %s is not a directory", obj_name(pv), path);
	return (*ret_path = str_dup(path)) ? 0 : err_nomem(e);
}

int volumes_unpublish(struct volumes *v, const char *pv_name, const char *pod_uid, const char *volume_name, struct err *e)
{
	(void)v;
	(void)pv_name;
	(void)pod_uid;
	(void)volume_name;
	(void)e;
	return 0; /* a directory is not mounted anywhere but in the containers, whose mounts die with them */
}
