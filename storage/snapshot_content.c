#include <errno.h>
#include "api/object.h"
#include "base/str.h"
#include "storage/provision.h"
#include "storage/snapshot.h"

#define ANN_BEING_CREATED SNAPSHOT_ANN "volumesnapshot-being-created"
#define CALL_MS           60000
#define READY_AGAIN_MS    2000 /* CSI has no event for it */

bool snapshot_source(const json_t *pv, const char **ret_driver, char **ret_handle)
{
	const char *csi = json_str(pv, "spec.csi.driver"), *flex = json_str(pv, "spec.flexVolume.driver"),
		   *driver = csi    ? csi
			     : flex ? flex
				    : obj_annotation(pv, ANN_PROVISIONED_BY);
	AUTO_JSON json_t *volume = driver ? volume_of_pv(pv) : NULL;
	const char *handle = json_str_or(volume, "handle", "");
	char *copy = *handle ? str_dup(handle) : NULL;

	if (!copy)
		return false;
	*ret_driver = driver;
	*ret_handle = copy;
	return true;
}

static void tell(struct snapshots *z, const json_t *content, const char *reason, const char *text)
{
	client_event(z->s->client, content, SNAPSHOT_GROUP "/v1", "VolumeSnapshotContent", "Warning", reason,
		     "csi-snapshotter", z->agent ? z->s->node_name : "", "%s", text);
}

static int set_status(struct snapshots *z, const json_t *content, json_t *status /* stolen */, struct err *e)
{
	struct client_ref ref = content_ref(content, "status");

	return snapshot_patch(z, &ref, json_pack("{s:o}", "status", status), e);
}

static int annotate(struct snapshots *z, const json_t *content, const char *name, const char *value, struct err *e)
{
	struct client_ref ref = content_ref(content, NULL);

	/* What an agent is asked to do stands there already. */
	if (z->agent || streq(obj_annotation(content, name), value))
		return 0;
	return snapshot_patch(z, &ref, json_pack("{s:{s:{s:s?}}}", "metadata", "annotations", name, value), e);
}

/* Why it failed is for the user of the snapshot, whom the status reaches. */
static int failed(struct snapshots *z, const json_t *content, const char *what, const char *reason, int code,
		  struct err *e)
{
	AUTO_FREE char *text = str_fmt("Failed to %s snapshot: %s", what, e->msg);
	json_t *error = text ? snapshot_error(z, content, text) : NULL;

	if (error) {
		tell(z, content, reason, text);
		(void)set_status(z, content, json_pack("{s:b,s:o}", "readyToUse", false, "error", error), NULL);
	}
	return code;
}

/* --- what a call needs --- */

static int secrets_of(struct snapshots *z, const json_t *ref, json_t *req, struct err *e)
{
	AUTO_JSON json_t *secrets = NULL;
	int r = secret_read(z->s->client, ref, &secrets, e);

	if (r < 0)
		return r;
	return secrets && json_object_set(req, "secrets", secrets) < 0 ? err_nomem(e) : 0;
}

static json_t *class_of(struct snapshots *z, const json_t *content)
{
	const char *name = json_str(content, "spec.volumeSnapshotClassName");
	AUTO_OBJECT struct informer_object *o = name ? informer_get(z->classes, NULL, name) : NULL;

	return informer_object_json(o);
}

/* In the words of the class's Secrets and parameters. */
static json_t *named_snapshot(const json_t *content)
{
	return json_pack("{s:{s:s,s:s}}", "metadata", "name", json_str_or(content, "spec.volumeSnapshotRef.name", ""),
			 "namespace", json_str_or(content, "spec.volumeSnapshotRef.namespace", ""));
}

const char *snapshot_volume_node(const json_t *pv)
{
	const char *by = obj_annotation(pv, ANN_MADE_BY_NODE), *node = volume_node(pv);

	return by                                                                      ? (streq(by, node) ? node : NULL)
	       : streq(obj_annotation(pv, ANN_PROVISIONED_BY), LOCAL_PATH_PROVISIONER) ? node
										       : NULL;
}

/*
 * The volume with that handle; NULL when its PersistentVolume is gone. Of a node (NULL: any) only its own count: what
 * another node calls a volume is that node's word.
 */
static json_t *volume_with(struct snapshots *z, const char *driver, const char *handle, const char *node)
{
	struct informer_object **v = NULL;
	json_t *found = NULL;
	size_t n = 0;

	if (informer_list(z->s->pvs, NULL, &v, &n) < 0)
		return NULL;
	for (size_t i = 0; i < n && !found; i++) {
		AUTO_JSON json_t *pv = informer_object_json(v[i]);
		AUTO_FREE char *h = NULL;
		const char *d = NULL;
		if (snapshot_source(pv, &d, &h) && streq(d, driver) && streq(h, handle) &&
		    (!node || streq(snapshot_volume_node(pv), node)))
			found = TAKE_PTR(pv);
	}
	informer_list_free(v, n);
	return found;
}

static int create_request(struct snapshots *z, struct plugin *p, const json_t *content, json_t **ret, struct err *e)
{
	const char *handle = json_str_or(content, "spec.source.volumeHandle", ""), *k;
	AUTO_JSON json_t *class = class_of(z, content), *snap = named_snapshot(content),
			 *pv = volume_with(z, p->driver, handle, p->per_node ? z->s->node_name : NULL), *secret = NULL;
	AUTO_JSON json_t *req = json_object(), *parameters = json_object(),
			 *volume = pv ? volume_of_pv(pv) : json_pack("{s:s}", "handle", handle);
	AUTO_FREE char *name = str_fmt("snapshot-%s", json_str_or(content, "spec.volumeSnapshotRef.uid", ""));
	json_t *v;
	int r;

	if (p->per_node && !pv)
		return err_set(e, ERR_NOT_FOUND,
			       "there is no volume %s of %s on node %s (a content of another node has the "
			       "label " LABEL_SNAPSHOT_NODE ")",
			       handle, p->name, z->s->node_name ? z->s->node_name : "-");
	if (pv && !plugin_trusts(p, pv))
		return err_set(e, ERR_FORBIDDEN, "volume %s was made by a node, and %s has not those of one node",
			       obj_name(pv), p->name);
	if (!snap || !req || !parameters || !volume || !name)
		return err_nomem(e);
	json_object_foreach (json_object_get(class, "parameters"), k, v)
		if (!str_has_prefix(k, "csi.storage.k8s.io/"))
			json_object_set(parameters, k, v);
	if ((r = snapshot_secret_ref(class, "snapshotter", snap, obj_name(content), &secret, e)) < 0 ||
	    (r = secrets_of(z, secret, req, e)) < 0)
		return r;
	if (json_set_str(req, "name", name) < 0 || json_object_set(req, "volume", volume) < 0 ||
	    json_object_set(req, "parameters", parameters) < 0)
		return err_nomem(e);
	*ret = TAKE_PTR(req);
	return 0;
}

/* --- making, looking at and deleting --- */

static int keep_answer(struct snapshots *z, const json_t *content, const json_t *answer, const char *handle,
		       struct err *e)
{
	struct timespec at;
	json_t *status = json_pack("{s:s,s:b,s:n}", "snapshotHandle", json_str_or(answer, "handle", handle),
				   "readyToUse", json_bool_or(answer, "ready", true), "error");

	if (!status)
		return err_nomem(e);
	if (time_parse(json_str_or(answer, "createdAt", ""), &at) == 0)
		json_object_set_new(status, "creationTime",
				    json_integer((json_int_t)at.tv_sec * 1000000000 + at.tv_nsec));
	if (json_int_or(answer, "sizeBytes", -1) >= 0)
		json_object_set_new(status, "restoreSize",
				    json_integer((json_int_t)json_int_or(answer, "sizeBytes", 0)));
	return set_status(z, content, status, e);
}

/*
 * The annotation is there before the plug-in is asked and goes when it is certain what came of it: a content that is
 * deleted with it is asked for once more, so that there is a handle to delete by.
 */
static int create(struct snapshots *z, struct plugin *p, const json_t *content, json_t **ret, struct err *e)
{
	AUTO_JSON json_t *req = NULL, *answer = NULL;
	int r = create_request(z, p, content, &req, e);

	if (r < 0 || (r = annotate(z, content, ANN_BEING_CREATED, "yes", e)) < 0)
		return r;
	if ((r = plugin_call(p, PLUGIN_SNAPSHOT_CREATE, req, CALL_MS, &answer, e)) < 0) {
		if (!plugin_unsure(r))
			(void)annotate(z, content, ANN_BEING_CREATED, NULL, NULL);
		return r;
	}
	if (!json_str(answer, "handle"))
		return err_set(e, ERR_PROTO, "%s %s: snapshot-create: the answer has no handle", p->kind, p->name);
	*ret = TAKE_PTR(answer);
	return 0;
}

static int look(struct snapshots *z, struct plugin *p, const json_t *content, const char *handle, json_t **ret,
		struct err *e)
{
	AUTO_JSON json_t *req = json_pack("{s:s,s:s}", "name", obj_name(content), "handle", handle),
			 *class = class_of(z, content), *snap = named_snapshot(content), *secret = NULL;
	int r;

	if (!(p->can & PLUGIN_CAN(PLUGIN_SNAPSHOT_GET))) /* it is believed */
		return (*ret = json_pack("{s:s,s:b}", "handle", handle, "ready", true)) ? 0 : err_nomem(e);
	if (!req || !snap)
		return err_nomem(e);
	if ((r = snapshot_secret_ref(class, "snapshotter-list", snap, obj_name(content), &secret, e)) < 0 ||
	    (r = secrets_of(z, secret, req, e)) < 0)
		return r;
	return plugin_call(p, PLUGIN_SNAPSHOT_GET, req, CALL_MS, ret, e);
}

static int remove_snapshot(struct snapshots *z, struct plugin *p, const json_t *content, const char *handle,
			   struct err *e)
{
	const char *name = obj_annotation(content, ANN_DELETION_SECRET),
		   *ns = obj_annotation(content, ANN_DELETION_SECRET_NS);
	AUTO_JSON json_t *req = json_pack("{s:s,s:s}", "name", obj_name(content), "handle", handle), *ref = NULL;
	int r;

	if (!req || (name && !(ref = json_pack("{s:s,s:s}", "name", name, "namespace", ns ? ns : ""))))
		return err_nomem(e);
	if ((r = secrets_of(z, ref, req, e)) < 0)
		return r;
	return plugin_call(p, PLUGIN_SNAPSHOT_DELETE, req, CALL_MS, NULL, e);
}

/* 1: it is there; 2: and is being deleted; 0: it is gone, or another one of the name; negative: not known. */
static int snapshot_there(struct snapshots *z, const json_t *content, struct err *e)
{
	const char *ns = json_str_or(content, "spec.volumeSnapshotRef.namespace", ""),
		   *name = json_str_or(content, "spec.volumeSnapshotRef.name", "");
	struct client_ref ref = {.group = SNAPSHOT_GROUP, .plural = "volumesnapshots", .ns = ns, .name = name};
	AUTO_OBJECT struct informer_object *o = informer_get(z->snapshots, ns, name);
	AUTO_JSON json_t *snap = informer_object_json(o);

	if (!snap || !streq(obj_uid(snap), json_str(content, "spec.volumeSnapshotRef.uid"))) {
		/* Ours may be behind: what is given up here is data. */
		json_decref(snap);
		snap = NULL;
		int r = client_get_wait(z->s->client, &ref, &snap, e);
		if (r < 0)
			return r == ERR_NOT_FOUND ? 0 : r;
	}
	if (!streq(obj_uid(snap), json_str(content, "spec.volumeSnapshotRef.uid")))
		return 0;
	return obj_deleting(snap) ? 2 : 1;
}

static int deleting(struct snapshots *z, struct plugin *p, const json_t *content, struct err *e)
{
	const char *uid = json_str_or(content, "spec.volumeSnapshotRef.uid", ""),
		   *given = json_str(content, "spec.source.snapshotHandle"),
		   *handle = json_str_or(content, "status.snapshotHandle", given ? given : "");
	struct client_ref ref = content_ref(content, NULL);
	AUTO_JSON json_t *answer = NULL;
	int r;

	if (!obj_has_finalizer(content, FINALIZER_CONTENT))
		return 0;
	if (*uid && ((r = snapshot_there(z, content, e)) < 0 || r == 1))
		return r < 0 ? r : 0;
	if (!p)
		return 0; /* the driver's side-car goes on */
	if (streq(json_str(content, "spec.deletionPolicy"), "Delete")) {
		if (!*handle && obj_annotation(content, ANN_BEING_CREATED)) {
			r = create(z, p, content, &answer, e);
			if (r < 0 && plugin_unsure(r))
				return failed(z, content, "delete", "SnapshotDeleteError", r, e);
			handle = json_str_or(answer, "handle", "");
		}
		if (*handle && (r = remove_snapshot(z, p, content, handle, e)) < 0)
			return failed(z, content, "delete", "SnapshotDeleteError", r, e);
	}
	return snapshot_finalizer(z, &ref, FINALIZER_CONTENT, false, e);
}

/* Its snapshot is gone without having said so. */
static int orphan(struct snapshots *z, const json_t *content, struct err *e)
{
	struct client_ref ref = content_ref(content, NULL);
	int r;

	if (!streq(json_str(content, "spec.deletionPolicy"), "Delete"))
		return 0;
	if ((r = annotate(z, content, ANN_BEING_DELETED, "yes", e)) == 0)
		r = client_delete_wait(z->s->client, &ref, NULL, NULL, e);
	return r == ERR_NOT_FOUND ? 0 : r;
}

/* It was found on the server's own node: said, so that a claim made of it comes here. */
static int mark_own(struct snapshots *z, const json_t *content, struct err *e)
{
	struct client_ref ref = content_ref(content, NULL);

	if (z->agent || obj_label(content, LABEL_SNAPSHOT_NODE))
		return 0;
	return snapshot_patch(
	    z, &ref, json_pack("{s:{s:{s:s}}}", "metadata", "labels", LABEL_SNAPSHOT_NODE, z->s->node_name), e);
}

static int with_plugin(struct snapshots *z, struct plugin *p, const json_t *content, struct err *e)
{
	const char *given = json_str(content, "spec.source.snapshotHandle");
	bool ready = json_bool_or(content, "status.readyToUse", false),
	     first = !json_str(content, "status.snapshotHandle");
	AUTO_JSON json_t *answer = NULL;
	int r;

	if (obj_deleting(content))
		return deleting(z, p, content, e);
	if (ready && !first && p->per_node && (r = mark_own(z, content, e)) < 0)
		return r;
	if (ready && !first)
		return annotate(z, content, ANN_BEING_CREATED, NULL, e);
	r = given ? look(z, p, content, given, &answer, e) : create(z, p, content, &answer, e);
	if (r < 0)
		return failed(z, content, given ? "check and update" : "create",
			      given ? "SnapshotContentCheckandUpdateFailed" : "SnapshotCreationFailed", r, e);
	if (first || json_bool_or(answer, "ready", true) || json_dot(content, "status.error"))
		if ((r = keep_answer(z, content, answer, given ? given : "", e)) < 0)
			return r;
	if (!json_bool_or(answer, "ready", true))
		return READY_AGAIN_MS;
	if (p->per_node && (r = mark_own(z, content, e)) < 0)
		return r;
	return annotate(z, content, ANN_BEING_CREATED, NULL, e);
}

/* --- those of other nodes: the control plane's half --- */

/* Is it to be deleted for good? By then the annotation says that its VolumeSnapshot is on its way out. */
static bool unwanted(const json_t *content)
{
	return obj_deleting(content) && streq(json_str(content, "spec.deletionPolicy"), "Delete") &&
	       streq(obj_annotation(content, ANN_BEING_DELETED), "yes");
}

static int deleting_there(struct snapshots *z, const json_t *content, const char *node, struct err *e)
{
	const char *uid = json_str_or(content, "spec.volumeSnapshotRef.uid", ""),
		   *handle =
		       json_str_or(content, "status.snapshotHandle", json_str(content, "spec.source.snapshotHandle"));
	bool made = handle ? *handle != '\0' : obj_annotation(content, ANN_BEING_CREATED) != NULL;
	struct client_ref ref = content_ref(content, NULL);
	int r;

	if (!obj_has_finalizer(content, FINALIZER_CONTENT))
		return 0;
	if (*uid && ((r = snapshot_there(z, content, e)) < 0 || r == 1))
		return r < 0 ? r : 0;
	if (!made || !streq(json_str(content, "spec.deletionPolicy"), "Delete"))
		return snapshot_finalizer(z, &ref, FINALIZER_CONTENT, false, e);
	if ((r = annotate(z, content, ANN_BEING_DELETED, "yes", e)) < 0)
		return r;
	AUTO_OBJECT struct informer_object *there = informer_get(z->s->nodes, NULL, node);
	AUTO_FREE char *text = there ? NULL : str_fmt("node %s, which has the snapshot, is not in the cluster", node);
	if (text)
		tell(z, content, "SnapshotDeleteError", text);
	return 0; /* the node's answer is an event */
}

/* The annotation is what lets the node begin, and goes when it is certain what came of it. */
static int hand_over(struct snapshots *z, const json_t *content, const char *node, struct err *e)
{
	bool done =
	    json_str(content, "spec.source.snapshotHandle") ||
	    (json_bool_or(content, "status.readyToUse", false) && *json_str_or(content, "status.snapshotHandle", ""));

	if (obj_deleting(content))
		return deleting_there(z, content, node, e);
	return annotate(z, content, ANN_BEING_CREATED, done ? NULL : "yes", e);
}

/* --- the agent's half --- */

static int delete_here(struct snapshots *z, struct plugin *p, const json_t *content, struct err *e)
{
	const char *handle = json_str(content, "status.snapshotHandle");
	AUTO_FREE char *name = str_fmt("snapshot-%s", json_str_or(content, "spec.volumeSnapshotRef.uid", ""));
	AUTO_JSON json_t *answer = NULL;
	int r;

	if (!name)
		return err_nomem(e);
	if (!handle)
		handle = json_str(content, "spec.source.snapshotHandle");
	/* It may have been made, and not told. What is built in calls it by its name; others are asked once more. */
	if (!handle && streq(p->name, LOCAL_PATH_PROVISIONER))
		handle = name;
	if (!handle) {
		r = create(z, p, content, &answer, e);
		if (r < 0 && plugin_unsure(r))
			return failed(z, content, "delete", "SnapshotDeleteError", r, e);
		handle = json_str_or(answer, "handle", "");
	}
	if (*handle && (r = remove_snapshot(z, p, content, handle, e)) < 0)
		return failed(z, content, "delete", "SnapshotDeleteError", r, e);
	return set_status(z, content, json_pack("{s:s,s:b,s:n}", "snapshotHandle", "", "readyToUse", false, "error"),
			  e);
}

static int node_step(struct snapshots *z, const json_t *content, const char *key, struct err *e)
{
	const char *driver = json_str(content, "spec.driver"), *handle = json_str(content, "status.snapshotHandle");
	int r;

	if (!driver || !streq(obj_label(content, LABEL_SNAPSHOT_NODE), z->s->node_name))
		return 0;
	if (obj_deleting(content) ? !unwanted(content) || streq(handle, "")
				  : !handle && !json_str(content, "spec.source.snapshotHandle") &&
					!obj_annotation(content, ANN_BEING_CREATED))
		return 0;
	AUTO_PLUGIN struct plugin *p = plugins_get_driver(z->s->plugins, driver);
	if (!p || !p->per_node) {
		r = err_set(e, ERR_UNSUPPORTED, "node %s has no plug-in %s that makes its own volumes", z->s->node_name,
			    driver);
		(void)failed(z, content, "create", "SnapshotCreationFailed", r, e);
		return 0; /* its coming is an event */
	}
	if (!lanes_enter(z->lanes, driver, NULL, z->content_queue, key))
		return 0;
	r = obj_deleting(content) ? delete_here(z, p, content, e) : with_plugin(z, p, content, e);
	lanes_leave(z->lanes, driver, NULL);
	return r;
}

static int content_step(struct snapshots *z, const char *key, struct err *e)
{
	AUTO_OBJECT struct informer_object *o = informer_get(z->contents, NULL, key);
	AUTO_JSON json_t *content = informer_object_json(o);
	const char *driver = json_str(content, "spec.driver"),
		   *uid = json_str_or(content, "spec.volumeSnapshotRef.uid", "");
	int r;

	if (!driver)
		return 0;
	if (z->agent)
		return node_step(z, content, key, e);
	AUTO_PLUGIN struct plugin *p = plugins_get_driver(z->s->plugins, driver);
	/* A driver that does not make snapshots here, nor volumes, has its controller somewhere else. */
	if (p && !(p->can & (PLUGIN_CAN(PLUGIN_SNAPSHOT_CREATE) | PLUGIN_CAN(PLUGIN_SNAPSHOT_DELETE) |
			     PLUGIN_CAN(PLUGIN_CREATE))))
		p = plugin_unref(p);
	if (!obj_deleting(content)) {
		struct client_ref ref = content_ref(content, NULL);
		if (!*uid && !json_str(content, "spec.source.snapshotHandle"))
			return 0;
		if (*uid && (r = snapshot_finalizer(z, &ref, FINALIZER_CONTENT, true, e)) < 0)
			return r;
		if (*uid && (r = snapshot_there(z, content, e)) <= 0)
			return r < 0 ? r : orphan(z, content, e);
	}
	const char *node = obj_label(content, LABEL_SNAPSHOT_NODE);
	if (node && !streq(node, z->s->node_name))
		return hand_over(z, content, node, e);
	bool local = p ? p->per_node && !z->s->node_name : streq(driver, LOCAL_PATH_PROVISIONER);
	if (local && !node) {
		r = err_set(e, ERR_INVALID,
			    "%s has its volumes on their nodes, and label " LABEL_SNAPSHOT_NODE
			    " does not say which node has this",
			    driver);
		(void)failed(z, content, "find", "SnapshotNodeUnknown", r, e);
		return 0; /* the label's coming is an event */
	}
	if (!p)
		return obj_deleting(content) ? deleting(z, NULL, content, e) : 0;
	/* What is written before and after a call brings the content back at once. */
	uint64_t print = retries_print(retries_print(0, json_object_get(content, "spec")),
				       json_dot(content, "metadata.deletionTimestamp"));
	print = retries_print(print, json_dot(content, "metadata.labels"));
	if ((r = retries_wait(z->retries, key, print)) > 0)
		return r;
	if (!lanes_enter(z->lanes, driver, NULL, z->content_queue, key))
		return 0;
	r = with_plugin(z, p, content, e);
	lanes_leave(z->lanes, driver, NULL);
	if (r >= 0)
		retries_done(z->retries, key);
	return r < 0 && r != -ENOMEM && r != ERR_CONFLICT && r != ERR_CANCELED
		   ? retries_failed(z->retries, key, print, 0)
		   : r;
}

int content_reconcile(void *arg, const char *key, struct err *e)
{
	struct snapshots *z = arg;
	int r = content_step(z, key, e);

	lanes_wake(z->lanes, z->content_queue);
	return r;
}
