/* Which volumes and Nodes are looked at again when something changes, and the life of the controller. */
#include "api/object.h"
#include "base/str.h"
#include "storage/attach_internal.h"

void attach_wake(struct attach *a, const char *kind, const char *name)
{
	AUTO_FREE char *key = str_fmt("%s/%s", kind, name);

	if (key)
		workqueue_add(a->queue, key);
}

/* --- events of informers --- */

static void claim_used(void *arg, const char *claim)
{
	attach_wake(arg, "c", claim);
}
static void pod_seen(void *arg, struct informer_object *o)
{
	pod_claims(o, claim_used, arg);
}
static void pod_changed(void *arg, struct informer_object *old, struct informer_object *o)
{
	(void)old;
	pod_claims(o, claim_used, arg);
}

static void claim_changed(void *arg, struct informer_object *old, struct informer_object *o)
{
	AUTO_FREE char *key = str_fmt("%s/%s", o->ns, o->name);

	(void)old;
	if (key)
		attach_wake(arg, "c", key);
}

static void volume_seen(void *arg, struct informer_object *o)
{
	if (strstr(o->json->data, "\"csi\"") || strstr(o->json->data, "\"flexVolume\""))
		attach_wake(arg, "v", o->name);
}
static void volume_changed(void *arg, struct informer_object *old, struct informer_object *o)
{
	(void)old;
	volume_seen(arg, o);
}

static void attachment_seen(void *arg, struct informer_object *o)
{
	AUTO_JSON json_t *va = informer_object_json(o);

	attach_wake(arg, "v", json_str_or(va, "spec.source.persistentVolumeName", ""));
	attach_wake(arg, "n", json_str_or(va, "spec.nodeName", ""));
}
static void attachment_changed(void *arg, struct informer_object *old, struct informer_object *o)
{
	attachment_seen(arg, o);
	if (!strstr(o->json->data, "\"attachError\""))
		return;
	AUTO_JSON json_t *was = informer_object_json(old), *va = informer_object_json(o);
	if (!json_equal(json_dot(was, "status.attachError"), json_dot(va, "status.attachError")))
		attach_wake(arg, "f", o->name);
}

static void volumes_on(struct attach *a, const char *node)
{
	struct informer_object **v = NULL;
	size_t n = 0;

	if (informer_by_index(a->s->attachments, INDEX_OF_NODE, node, &v, &n) < 0)
		return;
	for (size_t i = 0; i < n; i++) {
		AUTO_JSON json_t *va = informer_object_json(v[i]);
		attach_wake(a, "v", json_str_or(va, "spec.source.persistentVolumeName", ""));
	}
	informer_list_free(v, n);
}
static void node_seen(void *arg, struct informer_object *o)
{
	attach_wake(arg, "n", o->name);
	volumes_on(arg, o->name);
}
/* Heartbeats change nothing here. */
static void node_changed(void *arg, struct informer_object *old, struct informer_object *o)
{
	AUTO_JSON json_t *was = informer_object_json(old), *node = informer_object_json(o);

	if (!json_equal(json_dot(was, "status.volumesInUse"), json_dot(node, "status.volumesInUse")) ||
	    !json_equal(json_dot(was, "status.volumesAttached"), json_dot(node, "status.volumesAttached")) ||
	    !json_equal(json_dot(was, "spec.taints"), json_dot(node, "spec.taints")) ||
	    obj_condition_true(was, "Ready") != obj_condition_true(node, "Ready"))
		node_seen(arg, o);
}

/* Whether its volumes are attached at all may have changed. */
static void driver_seen(void *arg, struct informer_object *o)
{
	struct attach *a = arg;

	(void)o;
	(void)informer_each(a->s->pvs, NULL, volume_seen, a);
}
static void driver_changed(void *arg, struct informer_object *old, struct informer_object *o)
{
	(void)old;
	driver_seen(arg, o);
}

/* A program came, which says whether it attaches. */
static void plugin_came(void *arg, const char *provisioner)
{
	(void)provisioner;
	driver_seen(arg, NULL);
}

static void index_volume(const struct informer_object *o, informer_emit_fn emit, void *ctx)
{
	AUTO_JSON json_t *va = informer_object_json(o);
	const char *volume = json_str(va, "spec.source.persistentVolumeName");

	if (volume)
		emit(ctx, volume);
}
static void index_node(const struct informer_object *o, informer_emit_fn emit, void *ctx)
{
	AUTO_JSON json_t *va = informer_object_json(o);

	emit(ctx, json_str_or(va, "spec.nodeName", ""));
}

/* --- life --- */

static void *attach_free(void *part)
{
	struct attach *a = part;

	if (!a)
		return NULL;
	plugins_unwatch(a->s->plugins, a);
	if (a->queue)
		workqueue_free(a->queue);
	while (a->n_made > 0)
		attach_made_drop(a, 0);
	free(a->made);
	map_free(a->told);
	free(a);
	return NULL;
}

static int attach_new(void **ret, struct storage *s, struct err *e)
{
	static const struct informer_handler pods = {pod_seen, pod_changed, pod_seen, NULL},
					     claims = {NULL, claim_changed, NULL, NULL},
					     volumes = {volume_seen, volume_changed, volume_seen, NULL},
					     attachments = {attachment_seen, attachment_changed, attachment_seen, NULL},
					     nodes = {node_seen, node_changed, node_seen, NULL},
					     drivers = {driver_seen, driver_changed, driver_seen, NULL};
	struct attach *a = calloc(1, sizeof(*a));
	int r;

	if (!a || !(a->told = map_new(free))) {
		free(a);
		return err_nomem(e);
	}
	a->s = s;
	if ((r = workqueue_new(&a->queue, s->loop, COMPONENT, 1, attach_reconcile, a, e)) < 0 ||
	    (r = informer_add_index(s->attachments, INDEX_OF_VOLUME, index_volume)) < 0 ||
	    (r = informer_add_index(s->attachments, INDEX_OF_NODE, index_node)) < 0 ||
	    (r = informer_add_handler(s->pods, &pods, a)) < 0 || (r = informer_add_handler(s->pvcs, &claims, a)) < 0 ||
	    (r = informer_add_handler(s->pvs, &volumes, a)) < 0 ||
	    (r = informer_add_handler(s->attachments, &attachments, a)) < 0 ||
	    (r = informer_add_handler(s->nodes, &nodes, a)) < 0 ||
	    (r = informer_add_handler(s->csidrivers, &drivers, a)) < 0 ||
	    (r = plugins_watch(s->plugins, plugin_came, a)) < 0) {
		attach_free(a);
		return r;
	}
	*ret = a;
	return 0;
}

static void attach_go(void *part)
{
	workqueue_pause(((struct attach *)part)->queue, false);
}
static void attach_stop(void *part)
{
	struct attach *a = part;

	plugins_unwatch(a->s->plugins, a);
	workqueue_stop(a->queue);
}

const struct storage_part attach_part = {"attach", true, false, attach_new, attach_go, attach_stop, attach_free};
