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

struct local {
	struct storage *s;
	struct workqueue *queue; /* "pvc ns/name": provision; "pv name": delete */
};

static bool local_wants_claim(const struct storage *s, const struct informer_object *pvc)
{
	return s->node_name && s->local_path && strstr(pvc->json->data, "\"" LOCAL_PATH_PROVISIONER "\"") &&
	       strstr(pvc->json->data, ANN_SELECTED_NODE);
}

static bool local_wants_volume(const struct storage *s, const struct informer_object *pv)
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

static int reconcile(void *arg, const char *key, struct err *e)
{
	struct local *l = arg;

	if (str_has_prefix(key, "pvc "))
		return provision(l->s, key + 4, e);
	return delete_volume(l->s, key + 3, e);
}

/* --- handlers, on the loop's thread --- */

static void seen(struct local *l, const char *what, const struct informer_object *o)
{
	char key[600], queued[608];

	storage_key(o, key, sizeof(key));
	snprintf(queued, sizeof(queued), "%s %s", what, key);
	workqueue_add(l->queue, queued);
}
static void claim_added(void *arg, struct informer_object *o)
{
	if (local_wants_claim(((struct local *)arg)->s, o))
		seen(arg, "pvc", o);
}
static void claim_updated(void *arg, struct informer_object *old, struct informer_object *o)
{
	(void)old;
	claim_added(arg, o);
}
static void volume_added(void *arg, struct informer_object *o)
{
	if (local_wants_volume(((struct local *)arg)->s, o))
		seen(arg, "pv", o);
}
static void volume_updated(void *arg, struct informer_object *old, struct informer_object *o)
{
	(void)old;
	volume_added(arg, o);
}

/* --- life --- */

static void *local_free(void *part)
{
	struct local *l = part;

	if (l)
		l->queue = l->queue ? workqueue_free(l->queue) : NULL;
	free(l);
	return NULL;
}

static int local_new(void **ret, struct storage *s, struct err *e)
{
	static const struct informer_handler claims = {claim_added, claim_updated, NULL, NULL};
	static const struct informer_handler volumes = {volume_added, volume_updated, NULL, NULL};
	struct local *l = calloc(1, sizeof(*l));
	int r;

	if (!l)
		return err_nomem(e);
	l->s = s;
	if ((r = fs_mkdir_p(s->dir, 0711, e)) < 0 || (r = workqueue_new(&l->queue, s->loop, COMPONENT, 2, reconcile, l, e)) < 0 ||
	    (r = informer_add_handler(s->pvcs, &claims, l)) < 0 || (r = informer_add_handler(s->pvs, &volumes, l)) < 0) {
		local_free(l);
		return r;
	}
	*ret = l;
	return 0;
}

static void local_go(void *part) { workqueue_pause(((struct local *)part)->queue, false); }
static void local_stop(void *part) { workqueue_stop(((struct local *)part)->queue); }

const struct storage_part local_part = {"local-path", false, true, local_new, local_go, local_stop, local_free};
