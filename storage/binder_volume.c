#include <errno.h>
#include <string.h>
#include "storage/binder.h"
#include "api/object.h"
#include "base/str.h"

int volume_released(struct binder *b, const json_t *pv, struct err *e)
{
	struct client_ref ref = {.plural = "persistentvolumeclaims",
				 .ns = json_str_or(pv, "spec.claimRef.namespace", ""),
				 .name = json_str_or(pv, "spec.claimRef.name", "")};
	const char *uid = json_str_or(pv, "spec.claimRef.uid", "");
	AUTO_JSON json_t *live = NULL;

	if (!*uid)
		return 0;
	int r = client_get_wait(b->s->client, &ref, &live, e);
	if (r < 0)
		return r == ERR_NOT_FOUND ? 1 : r;
	return !streq(obj_uid(live), uid);
}

/* --- what becomes of a volume whose claim is gone --- */

/* Volumes of a node that is no more: there is nothing left to delete but the object. */
static bool node_is_gone(struct binder *b, const json_t *pv, const char *by)
{
	const char *node = volume_node(pv);
	AUTO_PLUGIN struct plugin *p = b->s->plugins ? plugins_get(b->s->plugins, by) : NULL;

	if (!node || !(streq(by, LOCAL_PATH_PROVISIONER) || (p && p->per_node)))
		return false;
	AUTO_OBJECT struct informer_object *o = informer_get(b->s->nodes, NULL, node);
	return !o;
}

static int reclaim_delete(struct binder *b, const json_t *pv, struct err *e)
{
	const char *by = obj_annotation(pv, ANN_PROVISIONED_BY);
	struct client_ref ref = volume_ref(pv, NULL);
	AUTO_FREE char *why = NULL;

	if (obj_deleting(pv))
		return 0;
	if (by && *by && node_is_gone(b, pv, by)) {
		int r = client_delete_wait(b->s->client, &ref, NULL, NULL, e);
		return r == ERR_NOT_FOUND ? 0 : r;
	}
	/* Who made it sees the phase and deletes it: a plug-in of ours (provision.c, local.c) or an external provisioner. */
	if (by && *by && !str_has_prefix(by, "kubernetes.io/"))
		return 0;
	/* One that an administrator wrote down is for the driver's own provisioner to delete, if it wants to. */
	if (!(by && *by) && json_dot(pv, "spec.csi"))
		return 0;
	why = by && *by ? str_fmt("no volume plugin matched name: %s", by)
			: str_fmt("error getting deleter volume plugin for volume \"%s\": no deletable volume plugin matched", obj_name(pv));
	return why ? volume_failed(b, pv, "VolumeFailedDelete", why, e) : err_nomem(e);
}

/* Pods that use the claim of that name; a claim of that name that is there is another one, and its pods do not count. */
static int users_of(struct binder *b, const json_t *pv, char **ret)
{
	AUTO_FREE char *key = str_fmt("%s/%s", json_str_or(pv, "spec.claimRef.namespace", ""), json_str_or(pv, "spec.claimRef.name", ""));
	AUTO_OBJECT struct informer_object *other = key ? informer_get_key(b->s->pvcs, key) : NULL;
	AUTO_BUF struct buf names = {0};
	struct informer_object **v = NULL;
	size_t n = 0;

	if (!key || (!other && informer_by_index(b->s->pods, INDEX_CLAIM, key, &v, &n) < 0))
		return -ENOMEM;
	binder_sort(v, n);
	for (size_t i = 0; i < n; i++) {
		AUTO_JSON json_t *pod = informer_object_json(v[i]);
		if (!pod_terminal(pod))
			buf_addf(&names, "%s%s/%s", names.len ? "," : "", v[i]->ns, v[i]->name);
	}
	informer_list_free(v, n);
	if (buf_failed(&names))
		return -ENOMEM;
	*ret = names.len ? buf_take(&names, NULL) : NULL;
	return 0;
}

static int reclaim_recycle(struct binder *b, const json_t *pv, struct err *e)
{
	AUTO_FREE char *users = NULL, *why = NULL;
	struct err failed = {0};

	if (obj_deleting(pv))
		return 0;
	if (users_of(b, pv, &users) < 0)
		return err_nomem(e);
	if (users) {
		volume_event(b, pv, "Normal", "VolumeFailedRecycle", "Volume is used by pods: %s", users);
		return 0; /* a pod that goes brings it back */
	}
	int r = volume_recycle(b, pv, &failed);
	if (r == 0 || r == ERR_CANCELED)
		return r;
	if (r > 0) {
		volume_event(b, pv, "Normal", "VolumeRecycled", "Volume recycled");
		return binder_unbind(b, pv, e);
	}
	why = r == ERR_UNSUPPORTED ? str_fmt("No recycler plugin found for the volume! %s", failed.msg) : str_fmt("Recycle failed: %s", failed.msg);
	if (!why)
		return err_nomem(e);
	int k = volume_failed(b, pv, "VolumeFailedRecycle", why, e);
	return k < 0 || r == ERR_UNSUPPORTED ? k : RECYCLE_RETRY_MS;
}

static int reclaim(struct binder *b, const json_t *pv, struct err *e)
{
	const char *policy = json_str_or(pv, "spec.persistentVolumeReclaimPolicy", "Retain");

	if (obj_annotation(pv, "pv.kubernetes.io/migrated-to") || streq(policy, "Retain"))
		return 0;
	if (streq(policy, "Delete"))
		return reclaim_delete(b, pv, e);
	if (streq(policy, "Recycle"))
		return reclaim_recycle(b, pv, e);
	return volume_failed(b, pv, "VolumeUnknownReclaimPolicy", "Volume has unrecognized PersistentVolumeReclaimPolicy", e);
}

static int give_up(struct binder *b, const json_t *pv, struct err *e)
{
	const char *phase = json_str_or(pv, "status.phase", "");

	/* Failed stays to be seen, while the volume is still tried to be reclaimed. */
	if (!streq(phase, "Released") && !streq(phase, "Failed")) {
		int r = volume_phase(b, pv, "Released", NULL, e);
		return r; /* which comes back as a change, and is reclaimed then */
	}
	return reclaim(b, pv, e);
}

/* --- volumes --- */

static int claimed_volume(struct binder *b, const json_t *pv, const json_t *pvc, struct err *e)
{
	const char *volume = json_str_or(pvc, "spec.volumeName", "");
	AUTO_FREE char *key = obj_key(pvc);

	if (!key)
		return err_nomem(e);
	if (streq(volume, obj_name(pv)))
		return volume_phase(b, pv, "Bound", NULL, e);
	if (!*volume) {
		if (volume_mode_differs(pv, pvc)) {
			volume_event(b, pv, "Warning", "VolumeMismatch",
				     "Cannot bind PersistentVolume to requested PersistentVolumeClaim \"%s\" due to incompatible volumeMode.", obj_name(pvc));
			claim_event(b, pvc, "Warning", "VolumeMismatch",
				    "Cannot bind PersistentVolume \"%s\" to requested PersistentVolumeClaim due to incompatible volumeMode.", obj_name(pv));
			return 0;
		}
		/* The claim's queue does the binding: there is one place where a claim and a volume come together. */
		workqueue_add(b->claims, key);
		return 0;
	}
	/* The claim has another volume. One that was made for it is of no use to anybody. */
	if (obj_annotation(pv, ANN_PROVISIONED_BY) && streq(json_str_or(pv, "spec.persistentVolumeReclaimPolicy", ""), "Delete"))
		return give_up(b, pv, e);
	return binder_unbind(b, pv, e);
}

int binder_reconcile_volume(void *arg, const char *name, struct err *e)
{
	struct binder *b = arg;
	AUTO_OBJECT struct informer_object *o = informer_get(b->s->pvs, NULL, name);
	AUTO_JSON json_t *pv = informer_object_json(o);
	const char *claim = json_str(pv, "spec.claimRef.name"), *uid = json_str_or(pv, "spec.claimRef.uid", "");

	if (!o)
		return 0;
	if (!pv)
		return err_nomem(e);
	/* What is kept for a claim is Available, too, until the claim has it. */
	if (!claim || !*uid)
		return volume_phase(b, pv, "Available", NULL, e);
	AUTO_OBJECT struct informer_object *co = informer_get(b->s->pvcs, json_str_or(pv, "spec.claimRef.namespace", ""), claim);
	if (co && streq(co->uid, uid)) {
		AUTO_JSON json_t *pvc = informer_object_json(co);
		return pvc ? claimed_volume(b, pv, pvc, e) : err_nomem(e);
	}
	const char *phase = json_str_or(pv, "status.phase", "");
	if (co || (!streq(phase, "Released") && !streq(phase, "Failed"))) {
		/* It may only not have reached our copy yet: ask before data is given up. */
		int r = volume_released(b, pv, e);
		if (r <= 0)
			return r; /* the claim itself will come */
	}
	return give_up(b, pv, e);
}
