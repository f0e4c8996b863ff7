#include <errno.h>
#include "storage/provision.h"
#include "storage/retries.h"
#include "api/object.h"
#include "base/log.h"
#include "base/str.h"

/* Deletion of released volumes: the plug-in first, then the object. The object is what remembers that it is to be done. */

static bool is_attached(struct storage *s, const char *name)
{
	struct informer_object **v = NULL;
	size_t n = 0;
	bool found = false;

	if (!s->attachments)
		return false;
	if (informer_list(s->attachments, NULL, &v, &n) < 0)
		return true;
	for (size_t i = 0; i < n && !found; i++) {
		AUTO_JSON json_t *va = strstr(v[i]->json->data, name) ? informer_object_json(v[i]) : NULL;
		found = va && streq(json_str(va, "spec.source.persistentVolumeName"), name);
	}
	informer_list_free(v, n);
	return found;
}

static int drop_finalizer(void *arg, json_t *pv, struct err *e)
{
	(void)arg;
	if (!obj_has_finalizer(pv, FINALIZER_PROVISIONER))
		return 1;
	return obj_remove_finalizer(pv, FINALIZER_PROVISIONER) < 0 ? err_nomem(e) : 0;
}

static int add_finalizer(void *arg, json_t *pv, struct err *e)
{
	(void)arg;
	if (obj_deleting(pv) || obj_has_finalizer(pv, FINALIZER_PROVISIONER))
		return 1;
	return obj_add_finalizer(pv, FINALIZER_PROVISIONER) < 0 ? err_nomem(e) : 0;
}

static int object_delete(struct storage *s, const json_t *pv, struct err *e)
{
	struct client_ref ref = {.plural = "persistentvolumes", .name = obj_name(pv)};
	AUTO_JSON json_t *same = json_pack("{s:{s:s}}", "preconditions", "uid", obj_uid(pv));

	if (!same)
		return err_nomem(e);
	int r = obj_deleting(pv) ? 0 : client_delete_wait(s->client, &ref, same, NULL, e);
	if (r == ERR_NOT_FOUND)
		return 0;
	if (r == 0 && obj_has_finalizer(pv, FINALIZER_PROVISIONER))
		r = client_modify_wait(s->client, &ref, drop_finalizer, NULL, e);
	return r == ERR_NOT_FOUND ? 0 : r;
}

static int deletion_secret(struct storage *s, const json_t *pv, json_t **ret, struct err *e)
{
	const char *name = obj_annotation(pv, ANN_DELETE_SECRET_NAME), *ns = obj_annotation(pv, ANN_DELETE_SECRET_NS);
	AUTO_JSON json_t *ref = name && ns ? json_pack("{s:s,s:s}", "name", name, "namespace", ns) : NULL;

	if (name && ns && !ref)
		return err_nomem(e);
	return secret_read(s->client, ref, ret, e);
}

static int ask(struct storage *s, struct plugin *p, const json_t *pv, struct err *e)
{
	AUTO_JSON json_t *secrets = NULL;
	AUTO_JSON json_t *req = volume_of_pv(pv);
	int r = deletion_secret(s, pv, &secrets, e);

	if (r < 0)
		return r;
	if (!req || json_set_str(req, "name", obj_name(pv)) < 0 || (secrets && json_object_set(req, "secrets", secrets) < 0))
		return err_nomem(e);
	r = plugin_call(p, PLUGIN_DELETE, req, PROVISION_TIMEOUT_MS, NULL, e);
	return r == ERR_NOT_FOUND ? 0 : r;
}

int provision_delete(struct storage *s, struct lanes *lanes, struct workqueue *q, struct retries *retries, const char *name, const char *key, struct err *e)
{
	AUTO_OBJECT struct informer_object *o = informer_get(s->pvs, NULL, name);
	AUTO_JSON json_t *pv = informer_object_json(o);
	const char *by = obj_annotation(pv, ANN_PROVISIONED_BY), *phase = json_str(pv, "status.phase");
	AUTO_PLUGIN struct plugin *p = by ? plugins_get(s->plugins, by) : NULL;
	struct client_ref ref = {.plural = "persistentvolumes", .name = name};

	if (!p || !provision_here(s, p, volume_node(pv)))
		return 0;
	if (!plugin_trusts(p, pv)) {
		log_warning(COMPONENT, name, "node %s made this volume of %s, which is not of one node: it is left alone", obj_annotation(pv, ANN_MADE_BY_NODE), p->name);
		return 0;
	}
	bool wanted = streq(json_str_or(pv, "spec.persistentVolumeReclaimPolicy", ""), "Delete");
	/* The finalizer follows the policy, which an administrator may change. */
	if (!wanted)
		return obj_has_finalizer(pv, FINALIZER_PROVISIONER) ? client_modify_wait(s->client, &ref, drop_finalizer, NULL, e) : 0;
	if (!p->per_node && !obj_deleting(pv) && !obj_has_finalizer(pv, FINALIZER_PROVISIONER))
		return client_modify_wait(s->client, &ref, add_finalizer, NULL, e); /* seen again when it is there */
	if (!(streq(phase, "Released") || streq(phase, "Failed")) || (obj_deleting(pv) && !p->per_node && !obj_has_finalizer(pv, FINALIZER_PROVISIONER)))
		return 0;
	if (is_attached(s, name))
		return 0; /* its end is an event */
	uint64_t print = retries_print(retries_print(0, json_object_get(pv, "spec")), json_dot(pv, "metadata.annotations"));
	int r = retries_wait(retries, key, print);
	if (r > 0)
		return r;
	if (!lanes_enter(lanes, p->name, name, q, key))
		return 0;
	/* Our copy may be old: a volume that is bound anew by its administrator is not to be deleted. */
	AUTO_JSON json_t *live = NULL;
	bool refused = false; /* what is in use is let go of soon */
	r = client_get_wait(s->client, &ref, &live, e);
	if (r == 0 && streq(obj_uid(live), obj_uid(pv)) && streq(json_str(live, "status.phase"), phase) &&
	    streq(json_str(live, "spec.persistentVolumeReclaimPolicy"), "Delete")) {
		r = ask(s, p, live, e);
		refused = r < 0 && !plugin_unsure(r) && r != -EBUSY && r != -ENOMEM;
		if (r < 0)
			client_event(s->client, pv, "v1", "PersistentVolume", "Warning", "VolumeFailedDelete", p->name, s->node_name ? s->node_name : "", "%s",
				     e ? e->msg : err_name(r));
		else
			r = object_delete(s, live, e);
	} else if (r == ERR_NOT_FOUND)
		r = 0;
	lanes_leave(lanes, p->name, name);
	return refused ? retries_failed(retries, key, print, 0) : r;
}
