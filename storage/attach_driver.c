/*
 * The attacher: does what VolumeAttachments ask for, with the drivers that are here (external-attacher's job). Those of
 * other drivers are left to their side-cars; where one runs beside us both ask for the same, which drivers must bear.
 * Source: github.com/kubernetes-csi/external-attacher.
 *
 * The finalizers are there before a driver is asked, and go when it has said that the volume is detached: so that a
 * process that was killed asks again.
 */
#include <errno.h>
#include "api/object.h"
#include "base/str.h"
#include "storage/attach.h"
#include "storage/lanes.h"
#include "storage/provision.h"

#define ANN_NODE_ID   "csi.alpha.kubernetes.io/node-id"
#define CALL_MS       30000
#define WORKERS       12
#define PER_DRIVER    4
#define FINALIZER_MAX 300

struct attacher {
	struct storage *s;
	struct workqueue *queue;   /* attachments */
	struct workqueue *volumes; /* those that are being deleted, for their finalizer */
	struct lanes *lanes;
};

/* "external-attacher/DRIVER", its dots as dashes. */
static void finalizer_of(const char *driver, char out[FINALIZER_MAX])
{
	size_t n = (size_t)snprintf(out, FINALIZER_MAX - 1, "external-attacher/");

	for (const char *p = driver; *p && n < FINALIZER_MAX - 2; p++)
		out[n++] = (*p >= 'a' && *p <= 'z') || (*p >= 'A' && *p <= 'Z') || (*p >= '0' && *p <= '9') ? *p : '-';
	if (n > 0 && out[n - 1] == '-')
		out[n++] = 'X';
	out[n] = 0;
}

static struct client_ref va_ref(const json_t *va, const char *sub)
{
	return (struct client_ref){
	    .group = "storage.k8s.io", .plural = "volumeattachments", .name = obj_name(va), .subresource = sub};
}

static int patch_status(struct attacher *a, const json_t *va, json_t *status /* stolen */, struct err *e)
{
	struct client_ref ref = va_ref(va, "status");
	AUTO_JSON json_t *patch = json_pack("{s:o}", "status", status);

	if (!patch)
		return err_nomem(e);
	int r = client_patch_wait(a->s->client, &ref, CLIENT_MERGE_PATCH, patch, NULL, e);
	return r == ERR_NOT_FOUND ? 0 : r;
}

/* Keeps why it failed, for the pods that wait; gives that failure back. */
static int failed(struct attacher *a, const json_t *va, const char *field, int code, const struct err *why)
{
	AUTO_FREE char *path = str_fmt("status.%s.message", field);
	char now[TIME_STR_MAX];

	if (path && !streq(json_str(va, path), why->msg)) {
		time_format(clock_wall(a->s->deps.clock), now);
		json_t *status = json_pack("{s:{s:s,s:s}}", field, "message", why->msg, "time", now);
		if (status && code == ERR_TOO_MANY) /* the node has no room for more: RESOURCE_EXHAUSTED */
			json_object_set_new(json_object_get(status, field), "errorCode", json_integer(8));
		(void)patch_status(a, va, status, NULL);
	}
	return code;
}

/* --- what a call needs --- */

/* What the driver calls the node. */
static int node_id(struct attacher *a, const json_t *va, bool program, char **ret, struct err *e)
{
	const char *node = json_str_or(va, "spec.nodeName", ""), *driver = json_str_or(va, "spec.attacher", "");
	if (program) /* knows nodes by their names */
		return (*ret = str_dup(node)) ? 0 : err_nomem(e);
	AUTO_OBJECT struct informer_object *o = informer_get(a->s->csinodes, NULL, node);
	AUTO_JSON json_t *csinode = informer_object_json(o);
	const json_t *d;
	size_t i;

	json_array_foreach (json_dot(csinode, "spec.drivers"), i, d)
		if (streq(json_str(d, "name"), driver)) {
			char *id = str_dup(json_str_or(d, "nodeID", ""));
			if (!id)
				return err_nomem(e);
			*ret = id;
			return 0;
		}
	if (obj_annotation(va, ANN_NODE_ID)) {
		if (!(*ret = str_dup(obj_annotation(va, ANN_NODE_ID))))
			return err_nomem(e);
		return 0;
	}
	return csinode ? err_set(e, ERR_UNAVAILABLE, "CSINode %s does not contain driver %s", node, driver)
		       : err_set(e, ERR_UNAVAILABLE,
				 "csinode.storage.k8s.io \"%s\" not found: driver %s is not registered on the node",
				 node, driver);
}

static int request_of(struct attacher *a, const json_t *pv, const char *id, bool attach, json_t **ret, struct err *e)
{
	AUTO_JSON json_t *req = volume_of_pv(pv), *secrets = NULL;
	const json_t *spec = json_object_get(pv, "spec"), *flex = json_object_get(spec, "flexVolume"),
		     *source = flex ? flex : json_object_get(spec, "csi");
	int r = secret_read(a->s->client,
			    json_object_get(source, flex ? "secretRef" : "controllerPublishSecretRef"), &secrets, e);

	if (r < 0)
		return r;
	if (!req || json_set_str(req, "name", obj_name(pv)) < 0 || json_set_str(req, "nodeId", id) < 0 ||
	    (secrets && json_object_set(req, "secrets", secrets) < 0))
		return err_nomem(e);
	if (attach) {
		const char *fs = json_str(source, "fsType");
		json_object_set_new(req, "readOnly", json_boolean(json_bool_or(source, "readOnly", false)));
		json_object_set_new(req, "volumeMode", json_string(json_str_or(pv, "spec.volumeMode", "Filesystem")));
		if (json_object_get(spec, "accessModes"))
			json_object_set(req, "accessModes", json_object_get(spec, "accessModes"));
		if (json_object_get(spec, "mountOptions"))
			json_object_set(req, "mountOptions", json_object_get(spec, "mountOptions"));
		if (fs)
			json_object_set_new(req, "fsType", json_string(fs));
	}
	*ret = TAKE_PTR(req);
	return 0;
}

/* --- finalizers --- */

struct change {
	const char *finalizer, *node_id;
	bool add;
};

static int change_object(void *arg, json_t *obj, struct err *e)
{
	const struct change *c = arg;
	const char *id = obj_annotation(obj, ANN_NODE_ID);

	if (c->add && obj_deleting(obj) && !obj_has_finalizer(obj, c->finalizer))
		return err_set(e, ERR_CONFLICT, "%s %s is marked for deletion", json_str_or(obj, "kind", ""),
			       obj_name(obj));
	if (obj_has_finalizer(obj, c->finalizer) == c->add && (!c->node_id || streq(id, c->node_id)))
		return 1;
	if ((c->add ? obj_add_finalizer(obj, c->finalizer) : obj_remove_finalizer(obj, c->finalizer)) < 0 ||
	    (c->node_id && obj_set_annotation(obj, ANN_NODE_ID, c->node_id) < 0))
		return err_nomem(e);
	return 0;
}

static int set_finalizer(struct attacher *a, const struct client_ref *ref, const char *finalizer, bool add,
			 const char *id, struct err *e)
{
	struct change c = {finalizer, id, add};
	int r = client_modify_wait(a->s->client, ref, change_object, &c, e);

	return r == ERR_NOT_FOUND && !add ? 0 : r;
}

/* --- attaching and detaching --- */

static int volume_get(struct attacher *a, const json_t *va, json_t **ret, struct err *e)
{
	const char *volume = json_str(va, "spec.source.persistentVolumeName"),
		   *driver = json_str_or(va, "spec.attacher", "");
	struct attach_target t;

	if (!volume)
		return err_set(e, ERR_UNSUPPORTED,
			       "spec.source.inlineVolumeSpec (volumes of migrated in-tree plug-ins) is not supported");
	AUTO_OBJECT struct informer_object *o = informer_get(a->s->pvs, NULL, volume);
	AUTO_JSON json_t *pv = informer_object_json(o);
	if (!pv)
		return err_set(e, ERR_NOT_FOUND, "persistentvolume \"%s\" not found", volume);
	if (!attach_target_of(pv, &t) || !streq(t.attacher, driver))
		return err_set(e, ERR_INVALID, "persistentvolume \"%s\" is not of driver %s", volume, driver);
	*ret = TAKE_PTR(pv);
	return 0;
}

static int attach(struct attacher *a, struct plugin *p, const json_t *va, const char *finalizer, struct err *e)
{
	AUTO_JSON json_t *pv = NULL, *req = NULL, *answer = NULL;
	struct client_ref ref = va_ref(va, NULL), vref;
	AUTO_FREE char *id = NULL;
	int r;

	if ((r = volume_get(a, va, &pv, e)) < 0 || (r = node_id(a, va, json_dot(pv, "spec.flexVolume"), &id, e)) < 0)
		return r;
	vref = (struct client_ref){.plural = "persistentvolumes", .name = obj_name(pv)};
	if ((r = request_of(a, pv, id, true, &req, e)) < 0 ||
	    (r = set_finalizer(a, &vref, finalizer, true, NULL, e)) < 0 ||
	    (r = set_finalizer(a, &ref, finalizer, true, id, e)) < 0 ||
	    (r = plugin_call(p, PLUGIN_ATTACH, req, CALL_MS, &answer, e)) < 0)
		return r;
	json_t *context = json_object_get(answer, "publishContext");
	return patch_status(a, va,
			    json_pack("{s:b,s:n,s:O?}", "attached", true, "attachError", "attachmentMetadata",
				      json_object_size(context) ? context : NULL),
			    e);
}

static int detach(struct attacher *a, struct plugin *p, const json_t *va, const char *finalizer, struct err *e)
{
	AUTO_JSON json_t *pv = NULL, *req = NULL;
	struct client_ref ref = va_ref(va, NULL);
	AUTO_FREE char *id = NULL;
	int r;

	if ((r = volume_get(a, va, &pv, e)) < 0)
		return r;
	/* The node that it was attached to, also when another has come in its place. */
	if (obj_annotation(va, ANN_NODE_ID) ? !(id = str_dup(obj_annotation(va, ANN_NODE_ID)))
					    : (r = node_id(a, va, json_dot(pv, "spec.flexVolume"), &id, e)) < 0)
		return r < 0 ? r : err_nomem(e);
	if ((r = request_of(a, pv, id, false, &req, e)) < 0 ||
	    (r = plugin_call(p, PLUGIN_DETACH, req, CALL_MS, NULL, e)) < 0)
		return r;
	if (json_array_size(json_dot(va, "metadata.finalizers")) > 1 &&
	    (r = patch_status(a, va, json_pack("{s:b,s:n,s:n}", "attached", false, "detachError", "attachmentMetadata"),
			      e)) < 0)
		return r;
	return set_finalizer(a, &ref, finalizer, false, NULL, e);
}

/*
 * Is there nothing to be done before the node may use it? So it is with a driver whose controller is here and that has
 * no such call, or that has no controller at all and does not say that it wants attaching. Else it is the node's half
 * of one whose controller is somewhere else, with a side-car.
 */
static bool trivial(struct attacher *a, const struct plugin *p)
{
	static const unsigned controller = PLUGIN_CAN(PLUGIN_CREATE) | PLUGIN_CAN(PLUGIN_DELETE) |
					   PLUGIN_CAN(PLUGIN_EXPAND) | PLUGIN_CAN(PLUGIN_MODIFY) |
					   PLUGIN_CAN(PLUGIN_SNAPSHOT_CREATE) | PLUGIN_CAN(PLUGIN_CAPACITY);

	if (p->can & controller)
		return true;
	AUTO_OBJECT struct informer_object *o = informer_get(a->s->csidrivers, NULL, p->driver);
	return !o;
}

/* A driver's attacher is the driver; a program is found by its volume. */
static struct plugin *plugin_of(struct attacher *a, const json_t *va)
{
	const char *attacher = json_str_or(va, "spec.attacher", "");
	AUTO_OBJECT struct informer_object *o =
	    informer_get(a->s->pvs, NULL, json_str_or(va, "spec.source.persistentVolumeName", ""));
	AUTO_JSON json_t *pv = informer_object_json(o);
	struct attach_target t;

	return attach_target_of(pv, &t) && streq(t.attacher, attacher) ? plugins_get_driver(a->s->plugins, t.driver)
								       : plugins_get_driver(a->s->plugins, attacher);
}

static int reconcile(void *arg, const char *key, struct err *e)
{
	struct attacher *a = arg;
	AUTO_OBJECT struct informer_object *o = informer_get(a->s->attachments, NULL, key);
	AUTO_JSON json_t *va = informer_object_json(o);
	const char *driver = json_str(va, "spec.attacher");
	char finalizer[FINALIZER_MAX];
	struct err why = {0};

	if (!driver)
		return 0;
	AUTO_PLUGIN struct plugin *p = plugin_of(a, va);
	bool deleting = obj_deleting(va), attached = json_bool_or(va, "status.attached", false);
	if (!p || (deleting ? false : attached))
		return 0;
	finalizer_of(driver, finalizer);
	if (!(p->can & PLUGIN_CAN(PLUGIN_ATTACH)))
		return !deleting && trivial(a, p)
			   ? patch_status(a, va, json_pack("{s:b,s:n}", "attached", true, "attachError"), e)
			   : 0;
	if (deleting && !obj_has_finalizer(va, finalizer))
		return 0;
	if (!lanes_enter(a->lanes, driver, NULL, a->queue, key))
		return 0;
	int r = deleting ? detach(a, p, va, finalizer, &why) : attach(a, p, va, finalizer, &why);
	lanes_leave(a->lanes, driver, NULL);
	if (r < 0) {
		if (r != ERR_CANCELED)
			(void)failed(a, va, deleting ? "detachError" : "attachError", r, &why);
		return err_set(e, r, "%s of %s: %s", deleting ? "detaching" : "attaching",
			       json_str_or(va, "spec.source.persistentVolumeName", ""), why.msg);
	}
	return 0;
}

static int attachment_reconcile(void *arg, const char *key, struct err *e)
{
	struct attacher *a = arg;
	int r = reconcile(a, key, e);

	lanes_wake(a->lanes, a->queue);
	return r;
}

/* A volume goes once none of its attachments is left. They are asked for anew: it is the last look that anybody takes.
 */
static int volume_reconcile(void *arg, const char *key, struct err *e)
{
	struct attacher *a = arg;
	AUTO_OBJECT struct informer_object *o = informer_get(a->s->pvs, NULL, key);
	AUTO_JSON json_t *pv = informer_object_json(o), *list = NULL;
	struct attach_target t;
	struct client_ref all = {.group = "storage.k8s.io", .plural = "volumeattachments"},
			  ref = {.plural = "persistentvolumes", .name = key};
	char finalizer[FINALIZER_MAX];
	const json_t *va;
	size_t i;

	if (!attach_target_of(pv, &t) || !obj_deleting(pv))
		return 0;
	finalizer_of(t.attacher, finalizer);
	AUTO_PLUGIN struct plugin *p = plugins_get_driver(a->s->plugins, t.driver);
	if (!p || !obj_has_finalizer(pv, finalizer))
		return 0;
	int r = client_list_wait(a->s->client, &all, NULL, &list, e);
	if (r < 0)
		return r;
	json_array_foreach (json_object_get(list, "items"), i, va)
		if (streq(json_str(va, "spec.source.persistentVolumeName"), key))
			return 0;
	return set_finalizer(a, &ref, finalizer, false, NULL, e);
}

/* --- events --- */

static void attachment_seen(void *arg, struct informer_object *o)
{
	workqueue_add(((struct attacher *)arg)->queue, o->name);
}
/* What we write of a failure must not bring it back before its time. */
static void attachment_changed(void *arg, struct informer_object *old, struct informer_object *o)
{
	AUTO_JSON json_t *was = informer_object_json(old), *va = informer_object_json(o);

	if (obj_deleting(was) != obj_deleting(va) ||
	    json_bool_or(was, "status.attached", false) != json_bool_or(va, "status.attached", false))
		attachment_seen(arg, o);
}
static void attachment_gone(void *arg, struct informer_object *o)
{
	AUTO_JSON json_t *va = informer_object_json(o);

	workqueue_add(((struct attacher *)arg)->volumes, json_str_or(va, "spec.source.persistentVolumeName", ""));
}

static void add_indexed(struct attacher *a, const char *index, const char *value)
{
	struct informer_object **v = NULL;
	size_t n = 0;

	if (informer_by_index(a->s->attachments, index, value, &v, &n) < 0)
		return;
	for (size_t i = 0; i < n; i++)
		attachment_seen(a, v[i]);
	informer_list_free(v, n);
}

static void volume_seen(void *arg, struct informer_object *o)
{
	struct attacher *a = arg;

	add_indexed(a, INDEX_OF_VOLUME, o->name);
	if (strstr(o->json->data, "\"deletionTimestamp\""))
		workqueue_add(a->volumes, o->name);
}
static void volume_changed(void *arg, struct informer_object *old, struct informer_object *o)
{
	(void)old;
	if (strstr(o->json->data, "\"deletionTimestamp\""))
		workqueue_add(((struct attacher *)arg)->volumes, o->name);
}

static void csinode_seen(void *arg, struct informer_object *o)
{
	add_indexed(arg, INDEX_OF_NODE, o->name);
}
static void csinode_changed(void *arg, struct informer_object *old, struct informer_object *o)
{
	AUTO_JSON json_t *was = informer_object_json(old), *is = informer_object_json(o);

	if (!json_equal(json_dot(was, "spec.drivers"), json_dot(is, "spec.drivers")))
		csinode_seen(arg, o);
}

static void plugin_came(void *arg, const char *provisioner)
{
	struct attacher *a = arg;
	struct informer_object **v = NULL;
	size_t n = 0;

	(void)provisioner;
	(void)informer_each(a->s->attachments, NULL, attachment_seen, a);
	if (informer_list(a->s->pvs, NULL, &v, &n) == 0) {
		for (size_t i = 0; i < n; i++)
			volume_changed(a, NULL, v[i]);
		informer_list_free(v, n);
	}
}

/* --- life --- */

static void *attacher_free(void *part)
{
	struct attacher *a = part;

	if (!a)
		return NULL;
	plugins_unwatch(a->s->plugins, a);
	workqueue_free_all((struct workqueue *[]){a->queue, a->volumes}, 2);
	lanes_free(a->lanes);
	free(a);
	return NULL;
}

static int attacher_new(void **ret, struct storage *s, struct err *e)
{
	static const struct informer_handler attachments = {attachment_seen, attachment_changed, attachment_gone, NULL},
					     volumes = {volume_seen, volume_changed, NULL, NULL},
					     csinodes = {csinode_seen, csinode_changed, NULL, NULL};
	struct attacher *a = calloc(1, sizeof(*a));
	int r;

	if (!a)
		return err_nomem(e);
	a->s = s;
	if ((r = lanes_new(&a->lanes, PER_DRIVER, e)) < 0 ||
	    (r = workqueue_new(&a->queue, s->loop, COMPONENT, WORKERS, attachment_reconcile, a, e)) < 0 ||
	    (r = workqueue_new(&a->volumes, s->loop, COMPONENT, 1, volume_reconcile, a, e)) < 0 ||
	    (r = informer_add_handler(s->attachments, &attachments, a)) < 0 ||
	    (r = informer_add_handler(s->pvs, &volumes, a)) < 0 ||
	    (r = informer_add_handler(s->csinodes, &csinodes, a)) < 0 ||
	    (r = plugins_watch(s->plugins, plugin_came, a)) < 0) {
		attacher_free(a);
		return r < 0 && e && !e->code ? err_set(e, r, "attacher: %s", err_name(r)) : r;
	}
	*ret = a;
	return 0;
}

static void attacher_go(void *part)
{
	struct attacher *a = part;

	workqueue_pause(a->queue, false);
	workqueue_pause(a->volumes, false);
}
static void attacher_stop(void *part)
{
	struct attacher *a = part;

	plugins_unwatch(a->s->plugins, a);
	workqueue_stop(a->queue);
	workqueue_stop(a->volumes);
}

const struct storage_part attacher_part = {"attacher",  true,          false,        attacher_new,
					   attacher_go, attacher_stop, attacher_free};
