/*
 * What the API knows of this node's CSI drivers: its CSINode (ids, topology keys, how many volumes), the topology's
 * labels of the Node, and its annotation. An entry is made and kept up to date while its driver is registered, also
 * while that one does not answer; it goes when the driver is no longer registered. Entries of drivers that were
 * registered before this process began stay until these come or go. Source: kubelet, pkg/volume/csi/nodeinfomanager.
 */
#include <errno.h>
#include <string.h>
#include "api/object.h"
#include "base/log.h"
#include "base/str.h"
#include "storage/csi.h"
#include "storage/internal.h"

#define ANN_NODE_ID "csi.volume.kubernetes.io/nodeid"
#define KEY         "drivers"

struct csinode {
	struct storage *s;
	struct workqueue *q;
	struct informer *node; /* of this name: one that is made anew has no CSINode */
	/* The worker's: {DRIVER: {"nodeID", "topology": {}, "count"}} as last seen, also of those that have gone since.
	 */
	json_t *known;
};

/* The drivers of this node, by name: what their entries say. */
static int drivers_here(struct csinode *c, json_t **ret, struct err *e)
{
	AUTO_JSON json_t *here = json_object();
	struct plugin **v = NULL;
	size_t n = 0;
	int r = plugins_list(c->s->plugins, &v, &n);

	if (r < 0 || !here)
		return err_nomem(e);
	for (size_t i = 0; i < n; i++) {
		const struct csi_info *info = csi_plugin_info(v[i]);
		if (info && v[i]->node_id &&
		    json_object_set_new(here, v[i]->driver,
					json_pack("{s:s, s:I, s:O*}", "nodeID", v[i]->node_id, "count",
						  (json_int_t)info->max_volumes, "topology", info->topology)) < 0)
			r = err_nomem(e);
		plugin_unref(v[i]);
	}
	free(v);
	if (r == 0)
		*ret = TAKE_PTR(here);
	return r;
}

/* --- the Node --- */

/*
 * What of the Node is to be changed; *ret NULL: nothing. Two drivers may use one key: each sets its own value, the
 * later one counts, as with kubelet. A key's label stays when its driver goes: volumes name it.
 */
static int node_patch(const struct csinode *c, const json_t *node, const json_t *here, json_t **ret, struct err *e)
{
	const char *was = obj_annotation(node, ANN_NODE_ID), *driver, *key;
	AUTO_JSON json_t *ids = NULL, *labels = json_object(), *annotations = json_object();
	json_t *d, *value;

	if (!was || json_parse(was, strlen(was), &ids, NULL) < 0 || !json_is_object(ids)) {
		json_decref(ids);
		ids = json_object();
	}
	AUTO_JSON json_t *before = json_copy(ids);
	json_object_foreach (c->known, driver, d)
		if (!json_object_get(here, driver))
			(void)json_object_del(ids, driver);
	json_object_foreach ((json_t *)(uintptr_t)here, driver, d) {
		if (json_object_set(ids, driver, json_object_get(d, "nodeID")) < 0)
			return err_nomem(e);
		json_object_foreach (json_object_get(d, "topology"), key, value)
			if (!streq(obj_label(node, key), json_string_value(value)) &&
			    json_object_set(labels, key, value) < 0)
				return err_nomem(e);
	}
	if (!json_equal(before, ids)) {
		AUTO_BYTES struct bytes *b = json_encode(ids);
		if (!b || json_object_set_new(annotations, ANN_NODE_ID,
					      json_object_size(ids) > 0 ? json_string(b->data) : json_null()) < 0)
			return err_nomem(e);
	}
	if (json_object_size(labels) + json_object_size(annotations) == 0)
		return 0;
	*ret = json_pack("{s:{s:O, s:O}}", "metadata", "labels", labels, "annotations", annotations);
	return *ret ? 0 : err_nomem(e);
}

/* A patch, not an update: nobody else writes these, and the Node changes all the time. */
static int update_node(struct csinode *c, const json_t *here, struct err *e)
{
	struct client_ref ref = {.plural = "nodes", .name = c->s->node_name};
	AUTO_JSON json_t *node = NULL, *patch = NULL;
	int r = client_get_wait(c->s->client, &ref, &node, e);

	if (r == 0 && (r = node_patch(c, node, here, &patch, e)) == 0 && patch)
		r = client_patch_wait(c->s->client, &ref, CLIENT_MERGE_PATCH, patch, NULL, e);
	return r == ERR_NOT_FOUND ? 0 : r; /* again when it is there */
}

/* --- the CSINode --- */

static json_t *entry(const char *driver, const json_t *d)
{
	AUTO_JSON json_t *keys = json_array(), *o = NULL;
	int64_t count = json_int_or(d, "count", 0);
	const char *key;
	json_t *value;

	json_object_foreach (json_object_get(d, "topology"), key, value)
		if (json_array_append_new(keys, json_string(key)) < 0)
			return NULL;
	/* Source: CSINodeDriver: no topology is no list; no limit no allocatable. */
	if (json_array_size(keys) == 0) {
		json_decref(keys);
		keys = json_null();
	}
	o = json_pack("{s:s, s:O, s:O}", "name", driver, "nodeID", json_object_get(d, "nodeID"), "topologyKeys", keys);
	if (o && count > 0 &&
	    json_object_set_new(o, "allocatable",
				json_pack("{s:I}", "count", (json_int_t)(count < INT32_MAX ? count : INT32_MAX))) < 0)
		return NULL;
	return TAKE_PTR(o);
}

static bool same_entry(const json_t *a, const json_t *b)
{
	const json_t *ka = json_object_get(a, "topologyKeys"), *kb = json_object_get(b, "topologyKeys");

	return json_equal(json_object_get(a, "nodeID"), json_object_get(b, "nodeID")) &&
	       json_int_or(a, "allocatable.count", 0) == json_int_or(b, "allocatable.count", 0) &&
	       ((json_array_size(ka) == 0 && json_array_size(kb) == 0) ||
		json_equal((json_t *)(uintptr_t)ka, (json_t *)(uintptr_t)kb));
}

/* The list of drivers as it should be; *ret_changed: it is not. *ret_replaced: an entry differs, which must go before
 * it can come back: the API has them immutable. */
static json_t *wanted_drivers(const struct csinode *c, const json_t *csinode, const json_t *here, bool *ret_changed,
			      bool *ret_replaced)
{
	AUTO_JSON json_t *list = json_array();
	const json_t *was = json_dot(csinode, "spec.drivers"), *d;
	const char *driver;
	json_t *mine;
	size_t i;

	*ret_changed = *ret_replaced = false;
	json_array_foreach (was, i, d) {
		const char *name = json_str_or(d, "name", "");
		if (json_object_get(here, name))
			continue; /* below */
		if (json_object_get(c->known, name)) {
			*ret_changed = true;
			continue;
		}
		if (json_array_append(list, (json_t *)(uintptr_t)d) < 0)
			return NULL;
	}
	json_object_foreach ((json_t *)(uintptr_t)here, driver, mine) {
		AUTO_JSON json_t *e = entry(driver, mine);
		const json_t *old = NULL;
		json_array_foreach (was, i, d)
			if (streq(json_str(d, "name"), driver))
				old = d;
		bool same = old && same_entry(old, e);
		*ret_changed |= !same;
		*ret_replaced |= old && !same;
		if (!e || ((same || !old) && json_array_append(list, same ? (json_t *)(uintptr_t)old : e) < 0))
			return NULL;
	}
	return TAKE_PTR(list);
}

struct csinode_change {
	const struct csinode *c;
	const json_t *here;
	const char *node_uid;
	bool replaced; /* once more */
};

/* Source: kubelet: the Node owns it. Of one that was deleted and is back it must be the new one, or it is collected. */
static json_t *owner(const char *node, const char *uid)
{
	return json_pack("[{s:s, s:s, s:s, s:s}]", "apiVersion", "v1", "kind", "Node", "name", node, "uid", uid);
}

static int change_csinode(void *arg, json_t *o, struct err *e)
{
	struct csinode_change *c = arg;
	bool changed = false;
	json_t *list = wanted_drivers(c->c, o, c->here, &changed, &c->replaced);

	if (!list)
		return err_nomem(e);
	if (!changed && streq(json_str(o, "metadata.ownerReferences[0].uid"), c->node_uid)) {
		json_decref(list);
		return 1;
	}
	if (json_dot_set(o, "spec.drivers", list) < 0 ||
	    json_dot_set(o, "metadata.ownerReferences", owner(c->c->s->node_name, c->node_uid)) < 0)
		return err_nomem(e);
	return 0;
}

static int create_csinode(struct csinode *c, const json_t *here, const char *node_uid, struct err *e)
{
	struct client_ref ref = {.group = "storage.k8s.io", .plural = "csinodes"};
	bool changed, replaced;
	AUTO_JSON json_t *list = wanted_drivers(c, NULL, here, &changed, &replaced);
	AUTO_JSON json_t *o = json_pack("{s:s, s:s, s:{s:s, s:o}, s:{s:O}}", "apiVersion", "storage.k8s.io/v1", "kind",
					"CSINode", "metadata", "name", c->s->node_name, "ownerReferences",
					owner(c->s->node_name, node_uid), "spec", "drivers", list);

	return o ? client_create_wait(c->s->client, &ref, o, NULL, e) : err_nomem(e);
}

static int update_csinode(struct csinode *c, const json_t *here, struct err *e)
{
	struct client_ref ref = {.group = "storage.k8s.io", .plural = "csinodes", .name = c->s->node_name};
	AUTO_OBJECT struct informer_object *node = informer_get(c->node, NULL, c->s->node_name);
	struct csinode_change change = {c, here, node ? node->uid : "", false};

	if (!node)
		return 0; /* again when it is there */
	int r = client_modify_wait(c->s->client, &ref, change_csinode, &change, e);
	if (r == 0 && change.replaced)
		r = client_modify_wait(c->s->client, &ref, change_csinode, &change, e);
	return r == ERR_NOT_FOUND ? create_csinode(c, here, node->uid, e) : r;
}

static int reconcile(void *arg, const char *key, struct err *e)
{
	struct csinode *c = arg;
	AUTO_JSON json_t *here = NULL;
	int r = drivers_here(c, &here, e);

	(void)key;
	if (informer_count(c->node) == 0)
		return 0;
	/* The Node is there before its CSINode, and its labels before the keys that name them. */
	if (r < 0 || (r = update_node(c, here, e)) < 0 || (r = update_csinode(c, here, e)) < 0)
		return r;
	/* Those that went are known to be gone from both. */
	json_decref(c->known);
	c->known = TAKE_PTR(here);
	return 0;
}

/* --- life --- */

static void on_plugin(void *arg, const char *provisioner)
{
	struct csinode *c = arg;

	(void)provisioner;
	workqueue_add(c->q, KEY);
}

static void on_node(void *arg, struct informer_object *o)
{
	on_plugin(arg, o->name);
}

static void *csinode_free(void *part)
{
	struct csinode *c = part;

	if (!c)
		return NULL;
	plugins_unwatch(c->s->plugins, c);
	if (c->q)
		workqueue_free(c->q);
	informer_free(c->node);
	json_decref(c->known);
	free(c);
	return NULL;
}

static int csinode_new(void **ret, struct storage *s, struct err *e)
{
	struct csinode *c = calloc(1, sizeof(*c));

	if (!c || !(c->known = json_object())) {
		free(c);
		return err_nomem(e);
	}
	c->s = s;
	AUTO_FREE char *field = str_fmt("metadata.name=%s", s->node_name);
	struct informer_config ic = {.plural = "nodes", .version = "v1", .field_selector = field};
	static const struct informer_handler h = {.added = on_node};
	int r = field ? workqueue_new(&c->q, s->loop, COMPONENT, 1, reconcile, c, e) : err_nomem(e);
	if (r == 0 && (r = informer_new(&c->node, s->client, &ic, e)) == 0 &&
	    (r = informer_add_handler(c->node, &h, c)) < 0)
		(void)err_nomem(e);
	if (r == 0 && (r = plugins_watch(s->plugins, on_plugin, c)) < 0)
		(void)err_set(e, r, "too many parts watch plug-ins");
	if (r < 0) {
		csinode_free(c);
		return r;
	}
	*ret = c;
	return 0;
}

static void csinode_go(void *part)
{
	struct csinode *c = part;

	struct err e = {0};

	workqueue_pause(c->q, false);
	if (informer_start(c->node, &e) < 0)
		log_error(COMPONENT, c->s->node_name, "the CSINode is not kept: %s", e.msg);
}

static void csinode_stop(void *part)
{
	struct csinode *c = part;

	plugins_unwatch(c->s->plugins, c);
	workqueue_stop(c->q);
}

const struct storage_part csinode_part = {"csinode",        .node = true,         .new = csinode_new,
					  .go = csinode_go, .stop = csinode_stop, .free = csinode_free};
