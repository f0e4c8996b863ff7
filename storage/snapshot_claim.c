#include "storage/snapshot.h"
#include "api/object.h"
#include "base/str.h"

#define INDEX_SOURCE "source" /* claims by "KIND NS/NAME" */

/*
 * Claims that are made of a snapshot or of another claim that lies on one node: the new volume can be made there alone.
 * That stands in the claim, for the scheduler and for who chooses a node for classes with Immediate binding; where
 * another one was chosen before it stood there, the choice is taken back.
 */

static const json_t *source_of(const json_t *pvc)
{
	const json_t *ref = json_dot(pvc, "spec.dataSourceRef");

	return ref ? ref : json_dot(pvc, "spec.dataSource");
}

static bool in_namespace(const json_t *src, const json_t *pvc)
{
	const char *ns = json_str(src, "namespace");

	return !ns || streq(ns, obj_namespace(pvc));
}

/* The node, and whose volumes lie there; both malloc'ed, NULL: it is on no node, or not known yet. */
static int place(struct snapshots *z, const json_t *pvc, char **ret_node, char **ret_driver, struct err *e)
{
	const json_t *src = source_of(pvc);
	const char *name = json_str_or(src, "name", ""), *ns = obj_namespace(pvc), *node = NULL, *driver = NULL;
	AUTO_JSON json_t *first = NULL, *second = NULL;
	AUTO_FREE char *handle = NULL;

	if (!in_namespace(src, pvc))
		return 0;
	if (streq(json_str(src, "kind"), "VolumeSnapshot") && streq(json_str(src, "apiGroup"), SNAPSHOT_GROUP)) {
		AUTO_OBJECT struct informer_object *o = informer_get(z->snapshots, ns, name);
		first = informer_object_json(o);
		const char *bound = json_str(first, "status.boundVolumeSnapshotContentName");
		AUTO_OBJECT struct informer_object *c = bound ? informer_get(z->contents, NULL, bound) : NULL;
		second = informer_object_json(c);
		if (second && streq(json_str(second, "spec.volumeSnapshotRef.uid"), obj_uid(first))) {
			node = obj_label(second, LABEL_SNAPSHOT_NODE);
			driver = json_str(second, "spec.driver");
		}
	} else if (streq(json_str(src, "kind"), "PersistentVolumeClaim")) {
		AUTO_OBJECT struct informer_object *o = informer_get(z->s->pvcs, ns, name);
		first = informer_object_json(o);
		const char *bound = json_str(first, "spec.volumeName");
		AUTO_OBJECT struct informer_object *v = bound ? informer_get(z->s->pvs, NULL, bound) : NULL;
		second = informer_object_json(v);
		if (second && volume_claimed_by(second, first) && snapshot_source(second, &driver, &handle))
			node = snapshot_volume_node(second);
	}
	if (!node || !driver)
		return 0;
	if (!(*ret_node = str_dup(node)) || !(*ret_driver = str_dup(driver)))
		return err_nomem(e);
	return 0;
}

/* Of another storage system it cannot be made anyway, and that one's choice is not ours. */
static bool same_driver(struct snapshots *z, const json_t *pvc, const char *driver)
{
	const char *class = claim_class(pvc);
	AUTO_OBJECT struct informer_object *o = class && *class ? informer_get(z->s->classes, NULL, class) : NULL;
	AUTO_JSON json_t *sc = informer_object_json(o);
	const char *provisioner = json_str(sc, "provisioner");
	AUTO_PLUGIN struct plugin *p = provisioner ? plugins_get(z->s->plugins, provisioner) : NULL;

	return streq(provisioner, driver) || (p && streq(p->driver, driver));
}

int claim_reconcile(void *arg, const char *key, struct err *e)
{
	struct snapshots *z = arg;
	AUTO_OBJECT struct informer_object *o = informer_get_key(z->s->pvcs, key);
	AUTO_JSON json_t *pvc = informer_object_json(o);
	AUTO_FREE char *node = NULL, *driver = NULL;
	int r;

	if (!pvc || obj_deleting(pvc) || *json_str_or(pvc, "spec.volumeName", "") || !source_of(pvc))
		return 0;
	if ((r = place(z, pvc, &node, &driver, e)) < 0 || !node || !same_driver(z, pvc, driver))
		return r;
	const char *selected = obj_annotation(pvc, ANN_SELECTED_NODE);
	bool wrong = selected && *selected && !streq(selected, node);
	if (streq(obj_annotation(pvc, ANN_DATA_NODE), node) && !wrong)
		return 0;
	struct client_ref ref = {.plural = "persistentvolumeclaims", .ns = obj_namespace(pvc), .name = obj_name(pvc)};
	AUTO_JSON json_t *marks = json_pack("{s:s}", ANN_DATA_NODE, node);
	if (!marks || (wrong && json_object_set_new(marks, ANN_SELECTED_NODE, json_null()) < 0))
		return err_nomem(e);
	r = snapshot_patch(z, &ref,
			   json_pack("{s:{s:s,s:O}}", "metadata", "resourceVersion",
				     json_str_or(pvc, "metadata.resourceVersion", ""), "annotations", marks),
			   e);
	/* Who has changed it brings it back. */
	return r == ERR_CONFLICT || r == ERR_NOT_FOUND ? 0 : r;
}

void claim_of_source(struct snapshots *z, const struct informer_object *o)
{
	char key[600];

	if (!strstr(o->json->data, "\"dataSource") || strstr(o->json->data, "\"phase\":\"Bound\""))
		return;
	storage_key(o, key, sizeof(key));
	workqueue_add(z->claim_queue, key);
}

static void emit_source(const struct informer_object *o, informer_emit_fn emit, void *ctx)
{
	if (!strstr(o->json->data, "\"dataSource"))
		return;
	AUTO_JSON json_t *pvc = informer_object_json((struct informer_object *)o);
	const json_t *src = source_of(pvc);
	AUTO_FREE char *value = str_fmt("%s %s/%s", json_str_or(src, "kind", ""), o->ns, json_str_or(src, "name", ""));
	if (src && value && in_namespace(src, pvc))
		emit(ctx, value);
}

int claims_index(struct snapshots *z)
{
	return informer_add_index(z->s->pvcs, INDEX_SOURCE, emit_source);
}

void claims_made_of(struct snapshots *z, const char *kind, const char *ns, const char *name)
{
	AUTO_FREE char *value = str_fmt("%s %s/%s", kind, ns, name);
	struct informer_object **v = NULL;
	size_t n = 0;

	if (!value || informer_by_index(z->s->pvcs, INDEX_SOURCE, value, &v, &n) < 0)
		return;
	for (size_t i = 0; i < n; i++)
		claim_of_source(z, v[i]);
	informer_list_free(v, n);
}
