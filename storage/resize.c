#include <errno.h>
#include <stdlib.h>
#include "storage/csi.h"
#include "storage/provision.h"
#include "storage/resize.h"
#include "storage/retries.h"
#include "api/object.h"
#include "api/quantity.h"
#include "base/str.h"

/*
 * Claims that are to grow, or to have other attributes: what external-resizer does for drivers, for every plug-in that is here. Growing is: the claim says that it
 * is under way, the plug-in, the volume's capacity, the claim's; each can be the last before a crash, and is looked at again then. What a plug-in leaves to
 * the node, and all of what a node makes of its own, is the node's part (volumes_grow): the claim waits for it in NodeResizePending. What failed for good stands in the
 * claim's conditions, and the claim may ask for less then.
 */

#define WORKERS	       8
#define CALLS_A_PLUGIN 4
#define SLOW_MS	       300000 /* what cannot be done is tried again now and then: a quota may have been raised */

struct resize {
	struct storage *s;
	struct workqueue *queue; /* "NS/NAME" of claims; "again": all */
	struct lanes *lanes;
	struct retries *growths, *modifications; /* by the queue's key */
};

struct ask { /* what is to become of one claim */
	struct resize *v;
	struct storage *s;
	struct plugin *plugin;
	json_t *pvc, *pv;
	const char *key;
	const json_t *target; /* a quantity */
};

/* --- the claim's status --- */

static int apply(void *arg, json_t *pvc, struct err *e) { return resize_change_apply(arg, pvc, e); }

static int change(const struct ask *a, struct resize_change *c, struct err *e)
{
	struct client_ref ref = {.plural = "persistentvolumeclaims", .ns = obj_namespace(a->pvc), .name = obj_name(a->pvc), .subresource = "status"};
	char now[TIME_STR_MAX];

	time_format(clock_wall(a->s->deps.clock), now);
	c->uid = obj_uid(a->pvc);
	c->now = now;
	int r = client_modify_wait(a->s->client, &ref, apply, c, e);

	return r == ERR_NOT_FOUND ? 0 : r;
}

static void say(const struct ask *a, const char *type, const char *reason, const char *text)
{
	client_event(a->s->client, a->pvc, "v1", "PersistentVolumeClaim", type, reason, a->plugin->name, a->s->node_name ? a->s->node_name : "", "%s", text);
}

/* The request is at fault, and asking again does not help. */
static bool infeasible(int code) { return code == ERR_INVALID || code == -ERANGE || code == ERR_NOT_FOUND; }

/* As Kubernetes has it: who has no room now may still be at work on it. */
static bool final(int code) { return !plugin_unsure(code) && code != ERR_TOO_MANY && code != -ENOMEM; }

static int volume_request(const struct ask *a, json_t **ret, struct err *e)
{
	AUTO_JSON json_t *secrets = NULL;
	AUTO_JSON json_t *ref = NULL;
	AUTO_JSON json_t *req = volume_of_pv(a->pv);
	const json_t *csi = json_dot(a->pv, "spec.csi.controllerExpandSecretRef");
	const char *name = obj_annotation(a->pv, ANN_DELETE_SECRET_NAME), *ns = obj_annotation(a->pv, ANN_DELETE_SECRET_NS);

	/* Only csi has a place for a Secret of its own for this. */
	if (!csi && !json_dot(a->pv, "spec.csi") && name && ns && !(csi = ref = json_pack("{s:s,s:s}", "name", name, "namespace", ns)))
		return err_nomem(e);
	int r = secret_read(a->s->client, csi, &secrets, e);
	if (r < 0)
		return r;
	if (!req || json_set_str(req, "name", obj_name(a->pv)) < 0 || (secrets && json_object_set(req, "secrets", secrets) < 0))
		return err_nomem(e);
	*ret = TAKE_PTR(req);
	return 0;
}

static int volume_patch(const struct ask *a, json_t *body /* stolen */, struct err *e)
{
	struct client_ref ref = {.plural = "persistentvolumes", .name = obj_name(a->pv)};
	AUTO_JSON json_t *b = body;

	return b ? client_patch_wait(a->s->client, &ref, CLIENT_MERGE_PATCH, b, NULL, e) : err_nomem(e);
}

/* --- growing --- */

static bool in_use(const struct ask *a)
{
	AUTO_FREE char *key = obj_key(a->pvc);
	struct informer_object **v = NULL;
	size_t n = 0;
	bool used = !key || informer_by_index(a->s->pods, INDEX_CLAIM, key, &v, &n) < 0;

	for (size_t i = 0; i < n && !used; i++) {
		AUTO_JSON json_t *pod = informer_object_json(v[i]);
		used = !pod_terminal(pod) && *json_str_or(pod, "spec.nodeName", "");
	}
	informer_list_free(v, n);
	return used;
}

/* Otherwise it is for nodes alone. */
static bool by_controller(const struct plugin *p) { return p->can & PLUGIN_CAN(PLUGIN_EXPAND) && !p->per_node; }

/* A node's own volume grows there, once the volume says that it is larger: what that node is sure not to have is told before. Only our own is asked without doing it. */
static bool asks_first(const struct ask *a)
{
	return streq(a->plugin->kind, "built in") && a->plugin->can & PLUGIN_CAN(PLUGIN_EXPAND) && a->s->node_name && streq(volume_node(a->pv), a->s->node_name);
}

static int could_grow(const struct ask *a, int64_t want, struct err *e)
{
	AUTO_JSON json_t *req = json_pack("{s:s,s:I,s:b}", "name", obj_name(a->pv), "capacityBytes", (json_int_t)want, "check", true);

	return req ? plugin_call(a->plugin, PLUGIN_EXPAND, req, PROVISION_TIMEOUT_MS, NULL, e) : err_nomem(e);
}

/* *ret_bytes, and whether the node has to do its part. */
static int expand(const struct ask *a, int64_t *ret_bytes, bool *ret_node, struct err *e)
{
	const struct csi_info *info = csi_plugin_info(a->plugin);
	AUTO_JSON json_t *answer = NULL;
	AUTO_JSON json_t *req = NULL;
	int64_t want = quantity_bytes(json_string_value(a->target));

	if (want <= 0)
		return err_set(e, ERR_INVALID, "%.60s is no size", json_string_value(a->target));
	if (!by_controller(a->plugin)) {
		if (!(a->plugin->can & PLUGIN_CAN(PLUGIN_NODE_EXPAND)))
			return err_set(e, ERR_UNSUPPORTED, "%s %s cannot node-expand, which volumes of one node need", a->plugin->kind, a->plugin->name);
		*ret_bytes = want;
		*ret_node = true;
		return asks_first(a) ? could_grow(a, want, e) : 0;
	}
	if (info && info->offline_expansion && in_use(a))
		return err_set(e, -EBUSY, "the driver expands no volume that is in use, and pods use this one");
	int r = volume_request(a, &req, e);
	if (r < 0)
		return r;
	if (json_set_int(req, "capacityBytes", want) < 0 || json_set_str(req, "volumeMode", json_str_or(a->pv, "spec.volumeMode", "Filesystem")) < 0)
		return err_nomem(e);
	if ((r = plugin_call(a->plugin, PLUGIN_EXPAND, req, PROVISION_TIMEOUT_MS, &answer, e)) < 0)
		return r;
	int64_t got = json_int_or(answer, "capacityBytes", 0);
	if (got && got < want)
		return err_set(e, ERR_PROTO, "%s %s: it has grown to %s and was asked for %s", a->plugin->kind, a->plugin->name, SIZE_TEXT(got), SIZE_TEXT(want));
	*ret_bytes = got ? got : want;
	*ret_node = json_bool_or(answer, "nodeExpansion", false);
	return 0;
}

static int grow_failed(const struct ask *a, uint64_t print, int code, struct err *e)
{
	AUTO_FREE char *text = str_fmt("resize volume \"%s\" by resizer \"%s\" failed: %s", obj_name(a->pv), a->plugin->name, e->msg),
		       *message = str_fmt("failed to expand pvc with %s", e->msg);
	struct resize_change failed = {.state = infeasible(code) ? "ControllerResizeInfeasible" : NULL, .condition = "ControllerResizeError", .message = message, .node_needed = -1};
	struct resize_change open = {.off = {"ControllerResizeError"}, .node_needed = -1};
	struct err other = {0};

	say(a, "Warning", "VolumeResizeFailed", text ? text : e->msg);
	/* The condition is what lets the claim ask for less: of what may still come to be it says nothing. */
	int r = final(code) ? change(a, &failed, &other) : resize_failed(a->pvc) ? change(a, &open, &other) : 0;
	if (r < 0) {
		*e = other;
		return r;
	}
	/* Its end is no event here: a volume that is in use, or a plug-in that cannot be asked, is looked at again soon. */
	if (plugin_unsure(code) || code == -EBUSY || code == -ENOMEM)
		return code;
	return retries_failed(a->v->growths, a->key, print, infeasible(code) ? SLOW_MS : 0);
}

static int grow_done(const struct ask *a, int64_t got, bool node, struct err *e)
{
	char size[SIZE_TEXT_MAX];
	int r;

	size_text(got, size);
	/* Less than before, where a node could not have as much. */
	if (quantity_bytes(json_str(a->pv, "spec.capacity.storage")) != got && (r = volume_patch(a, json_pack("{s:{s:{s:s}}}", "spec", "capacity", "storage", size), e)) < 0)
		return r;
	struct resize_change end = {.state = "", .capacity = size, .anew = true, .node_needed = 0};
	if (node)
		end = (struct resize_change){.state = "NodeResizePending",
					     .condition = "FileSystemResizePending",
					     .message = "Waiting for user to (re-)start a pod to finish file system resize of volume on node.",
					     .node_needed = 1};
	if ((r = change(a, &end, e)) < 0)
		return r;
	if (node)
		say(a, "Normal", "FileSystemResizeRequired", "Require file system resize of volume on node");
	else
		say(a, "Normal", "VolumeResizeSuccessful", "Resize volume succeeded");
	return 0;
}

static bool wants_more(const json_t *pvc)
{
	return quantity_bytes(json_str(pvc, "spec.resources.requests.storage")) > quantity_bytes(json_str(pvc, "status.capacity.storage"));
}

static int grow(struct ask *a, struct err *e)
{
	int64_t got = 0;
	bool node = false;

	a->target = wants_more(a->pvc) ? resize_target(a->pvc, a->pv, by_controller(a->plugin)) : NULL;
	if (!a->target)
		return 0;
	uint64_t print = retries_print(0, a->target);
	int r = retries_wait(a->v->growths, a->key, print);
	if (r > 0)
		return r;
	/* The same once more: what is said of it stays. */
	bool again = quantity_bytes(json_str(a->pvc, "status.allocatedResources.storage")) == quantity_bytes(json_string_value(a->target));
	struct resize_change begin = {.version = json_str(a->pvc, "metadata.resourceVersion"), .allocated = a->target, .condition = "Resizing", .node_needed = 1};
	begin.state = again ? NULL : "ControllerResizeInProgress";
	begin.anew = !again;
	if ((r = change(a, &begin, e)) < 0)
		return r;
	AUTO_FREE char *text = str_fmt("External resizer is resizing volume %s", obj_name(a->pv));
	say(a, "Normal", "Resizing", text ? text : "");
	if ((r = expand(a, &got, &node, e)) < 0)
		return grow_failed(a, print, r, e);
	retries_done(a->v->growths, a->key);
	return grow_done(a, got, node, e);
}

/* --- other attributes --- */

static int modify_call(const struct ask *a, const json_t *vac, struct err *e)
{
	AUTO_JSON json_t *req = NULL;
	json_t *params = json_object_get(vac, "parameters");

	if (!streq(json_str(vac, "driverName"), a->plugin->driver))
		return err_set(e, ERR_INVALID, "VolumeAttributesClass %s is of driver %s, the volume of %s", obj_name(vac), json_str_or(vac, "driverName", "-"), a->plugin->driver);
	int r = volume_request(a, &req, e);
	if (r < 0)
		return r;
	if (params && json_object_set(req, "mutableParameters", params) < 0)
		return err_nomem(e);
	return plugin_call(a->plugin, PLUGIN_MODIFY, req, PROVISION_TIMEOUT_MS, NULL, e);
}

static int modify(struct ask *a, struct err *e)
{
	const char *want = json_str_or(a->pvc, "spec.volumeAttributesClassName", ""), *have = json_str_or(a->pvc, "status.currentVolumeAttributesClassName", "");
	bool again = streq(json_str(a->pvc, "status.modifyVolumeStatus.status"), "Infeasible") &&
		     streq(json_str(a->pvc, "status.modifyVolumeStatus.targetVolumeAttributesClassName"), want);
	struct resize_change end = {.current = want, .off = {"ModifyingVolume", "ModifyVolumeError"}, .node_needed = -1};
	struct resize_change begin = {.modify_state = "InProgress", .condition = "ModifyingVolume", .off = {"ModifyVolumeError"}, .node_needed = -1};
	struct resize_change bad = {.modify_state = "Infeasible", .condition = "ModifyVolumeError", .off = {"ModifyingVolume"}, .node_needed = -1};
	struct resize_change pending = {.modify_state = "Pending", .off = {"ModifyingVolume", "ModifyVolumeError"}, .node_needed = -1};
	struct resize_change forget = {.modify_state = "", .off = {"ModifyingVolume", "ModifyVolumeError"}, .node_needed = -1};
	int r;

	if (!*want || streq(want, have)) {
		const char *state = json_str_or(a->pvc, "status.modifyVolumeStatus.status", "");
		if (!*state)
			return 0;
		/* Nothing is wanted any more. What has surely not been done is forgotten; what may have been is undone, if it can be told to what. */
		if (!streq(state, "InProgress"))
			return change(a, &forget, e);
		if (!*want && !*have)
			return 0;
		end.current = want = *want ? want : have;
	} else if (streq(json_str(a->pv, "spec.volumeAttributesClassName"), want) && !json_dot(a->pvc, "status.modifyVolumeStatus"))
		return change(a, &end, e); /* made with it */
	begin.modify_target = bad.modify_target = pending.modify_target = want;
	AUTO_OBJECT struct informer_object *o = informer_get(a->s->vacs, NULL, want);
	AUTO_JSON json_t *vac = informer_object_json(o);
	if (!vac) { /* its coming is an event */
		AUTO_FREE char *text = str_fmt("VAC %s does not exist", want);
		say(a, "Warning", "VolumeModifyFailed", text ? text : want);
		return change(a, &pending, e);
	}
	uint64_t print = retries_print(retries_print(0, json_object_get(vac, "metadata")), json_object_get(vac, "parameters"));
	if ((r = retries_wait(a->v->modifications, a->key, print)) > 0 || (!again && (r = change(a, &begin, e)) < 0))
		return r;
	r = modify_call(a, vac, e);
	if (r < 0) {
		struct err other = {0};
		say(a, "Warning", "VolumeModifyFailed", e->msg);
		if (plugin_unsure(r) || r == -EBUSY || r == -ENOMEM)
			return r;
		bool never = infeasible(r) || r == ERR_UNSUPPORTED;
		bad.message = e->msg;
		if (never && !again && change(a, &bad, &other) < 0)
			return other.code;
		return retries_failed(a->v->modifications, a->key, print, never ? SLOW_MS : 0);
	}
	retries_done(a->v->modifications, a->key);
	if ((r = volume_patch(a, json_pack("{s:{s:s}}", "spec", "volumeAttributesClassName", want), e)) < 0 || (r = change(a, &end, e)) < 0)
		return r;
	AUTO_FREE char *text = str_fmt("external resizer modified volume %s with vac %s successfully", obj_name(a->pvc), want);
	say(a, "Normal", "VolumeModifySuccessful", text ? text : "");
	return 0;
}

/* --- */

static bool has_work(const json_t *pvc)
{
	return streq(json_str(pvc, "status.phase"), "Bound") && !obj_deleting(pvc) &&
	       (wants_more(pvc) || json_dot(pvc, "status.modifyVolumeStatus") ||
		(*json_str_or(pvc, "spec.volumeAttributesClassName", "") &&
		 !streq(json_str(pvc, "spec.volumeAttributesClassName"), json_str(pvc, "status.currentVolumeAttributesClassName"))));
}

static int reconcile_claim(struct resize *v, const char *key, struct err *e)
{
	struct storage *s = v->s;
	AUTO_OBJECT struct informer_object *o = informer_get_key(s->pvcs, key);
	AUTO_JSON json_t *pvc = informer_object_json(o);

	if (!pvc || !has_work(pvc))
		return 0;
	AUTO_OBJECT struct informer_object *vo = informer_get(s->pvs, NULL, json_str_or(pvc, "spec.volumeName", ""));
	AUTO_JSON json_t *pv = informer_object_json(vo);
	if (!pv || !volume_claimed_by(pv, pvc))
		return 0;
	AUTO_PLUGIN struct plugin *p = plugins_of_volume(s->plugins, pv);
	if (!p) {
		if (wants_more(pvc))
			client_event(s->client, pvc, "v1", "PersistentVolumeClaim", "Normal", "ExternalExpanding", "volume_expand", "", "%s",
				     "waiting for an external controller to expand this PVC");
		return 0;
	}
	if (!(p->can & (PLUGIN_CAN(PLUGIN_EXPAND) | PLUGIN_CAN(PLUGIN_NODE_EXPAND) | PLUGIN_CAN(PLUGIN_MODIFY)))) {
		client_event(s->client, pvc, "v1", "PersistentVolumeClaim", "Warning", "VolumeResizeFailed", p->name, "", "%s %s can neither expand nor modify volumes", p->kind,
			     p->name);
		return 0;
	}
	struct ask a = {v, s, p, pvc, pv, key, NULL};
	if (!lanes_enter(v->lanes, p->name, obj_name(pv), v->queue, key))
		return 0;
	int r = grow(&a, e);
	if (r >= 0) {
		int m = modify(&a, e);
		r = m != 0 ? m : r;
	}
	lanes_leave(v->lanes, p->name, obj_name(pv));
	return r;
}

static void all_claims(struct resize *v);

static int reconcile(void *arg, const char *key, struct err *e)
{
	struct resize *v = arg;
	struct err own = {0};
	int r = 0;

	if (streq(key, "again")) {
		retries_reset(v->growths);
		retries_reset(v->modifications);
		all_claims(v);
	} else
		r = reconcile_claim(v, key, e ? e : &own);

	lanes_wake(v->lanes, v->queue);
	return r;
}

/* The loop's thread. */
static void claim_added(void *arg, struct informer_object *o)
{
	struct resize *v = arg;
	AUTO_JSON json_t *pvc = strstr(o->json->data, "\"phase\":\"Bound\"") ? informer_object_json(o) : NULL;
	char key[600];

	if (!pvc || !has_work(pvc))
		return;
	storage_key(o, key, sizeof(key));
	workqueue_add(v->queue, key);
}
static void claim_updated(void *arg, struct informer_object *old, struct informer_object *o)
{
	(void)old;
	claim_added(arg, o);
}
static void claim_deleted(void *arg, struct informer_object *o)
{
	struct resize *v = arg;
	char key[600];

	storage_key(o, key, sizeof(key));
	retries_done(v->growths, key);
	retries_done(v->modifications, key);
}
static void all_claims(struct resize *v) { (void)informer_each(v->s->pvcs, NULL, claim_added, v); }
static void class_added(void *arg, struct informer_object *o)
{
	(void)o;
	all_claims(arg);
}
static void plugin_changed(void *arg, const char *provisioner)
{
	(void)provisioner;
	workqueue_add(((struct resize *)arg)->queue, "again");
}

static void *resize_free(void *part)
{
	struct resize *v = part;

	if (!v)
		return NULL;
	if (v->s->plugins)
		plugins_unwatch(v->s->plugins, v);
	v->queue = v->queue ? workqueue_free(v->queue) : NULL;
	v->lanes = lanes_free(v->lanes);
	v->growths = retries_free(v->growths);
	v->modifications = retries_free(v->modifications);
	free(v);
	return NULL;
}

static int resize_new(void **ret, struct storage *s, struct err *e)
{
	static const struct informer_handler claims = {claim_added, claim_updated, claim_deleted, NULL};
	static const struct informer_handler vacs = {class_added, NULL, NULL, NULL};
	struct resize *v = calloc(1, sizeof(*v));
	int r;

	if (!v)
		return err_nomem(e);
	v->s = s;
	if ((r = lanes_new(&v->lanes, CALLS_A_PLUGIN, e)) < 0 || (r = retries_new(&v->growths, s->deps.clock, e)) < 0 ||
	    (r = retries_new(&v->modifications, s->deps.clock, e)) < 0 || (r = workqueue_new(&v->queue, s->loop, COMPONENT, WORKERS, reconcile, v, e)) < 0 ||
	    (r = informer_add_handler(s->pvcs, &claims, v)) < 0 || (r = informer_add_handler(s->vacs, &vacs, v)) < 0 || (s->plugins && (r = plugins_watch(s->plugins, plugin_changed, v)) < 0)) {
		resize_free(v);
		return r;
	}
	*ret = v;
	return 0;
}

static void resize_go(void *part) { workqueue_pause(((struct resize *)part)->queue, false); }
static void resize_stop(void *part) { workqueue_stop(((struct resize *)part)->queue); }

const struct storage_part resize_part = {"resize", true, false, resize_new, resize_go, resize_stop, resize_free};
