#include <errno.h>
#include <stdlib.h>
#include "storage/csi.h"
#include "storage/provision.h"
#include "api/object.h"
#include "api/quantity.h"
#include "base/str.h"

/*
 * Claims that are to grow, or to have other attributes: what external-resizer does for drivers, for every plug-in that is here. Growing is: the claim says that it
 * is under way, the plug-in, the volume's capacity, the claim's; each can be the last before a crash, and is looked at again then. What a plug-in leaves to
 * the node, and all of what a node makes of its own, is the node's part (volumes_grow): the claim waits for it in NodeResizePending.
 */

#define WORKERS	       8
#define CALLS_A_PLUGIN 4
#define SLOW_MS	       300000 /* what cannot be done is tried again now and then: a quota may have been raised */

struct resize {
	struct storage *s;
	struct workqueue *queue; /* "NS/NAME" of claims; "again": all */
	struct slots *slots;
};

struct ask { /* what is to become of one claim */
	struct storage *s;
	struct plugin *plugin;
	json_t *pvc, *pv;
	const char *target; /* a quantity */
};

/* --- the claim's status --- */

struct change {
	const struct ask *a;
	const char *state, *capacity, *condition; /* state "": none; NULL: as it is */
	const char *off[4];			     /* conditions that end */
	const char *message;
	bool allocated;
	const char *current, *modify_state; /* VolumeAttributesClass; state "": none */
};

static void drop_condition(json_t *pvc, const char *type)
{
	json_t *all = json_dot(pvc, "status.conditions");

	for (size_t i = json_array_size(all); i-- > 0;)
		if (streq(json_str(json_array_get(all, i), "type"), type))
			json_array_remove(all, i);
}

static int apply(void *arg, json_t *pvc, struct err *e)
{
	const struct change *c = arg;
	char now[TIME_STR_MAX];

	if (!streq(obj_uid(pvc), obj_uid(c->a->pvc)))
		return err_set(e, ERR_NOT_FOUND, "the claim is another one now");
	time_format(clock_wall(c->a->s->deps.clock), now);
	AUTO_JSON json_t *before = json_deep_copy(json_object_get(pvc, "status"));
	for (size_t i = 0; i < ARRAY_LEN(c->off) && c->off[i]; i++)
		drop_condition(pvc, c->off[i]);
	if ((c->allocated && json_set_str(pvc, "status.allocatedResources.storage", c->a->target) < 0) ||
	    (c->capacity && json_set_str(pvc, "status.capacity.storage", c->capacity) < 0) ||
	    (c->state && *c->state && json_set_str(pvc, "status.allocatedResourceStatuses.storage", c->state) < 0) ||
	    (c->current && json_set_str(pvc, "status.currentVolumeAttributesClassName", c->current) < 0) ||
	    (c->condition && obj_set_condition(pvc, c->condition, "True", "", c->message ? c->message : "", now) < 0))
		return err_nomem(e);
	if (c->state && !*c->state)
		(void)json_dot_del(pvc, "status.allocatedResourceStatuses");
	if (c->current || (c->modify_state && !*c->modify_state))
		(void)json_dot_del(pvc, "status.modifyVolumeStatus");
	if (c->modify_state && *c->modify_state &&
	    json_dot_set(pvc, "status.modifyVolumeStatus", json_pack("{s:s,s:s}", "targetVolumeAttributesClassName", c->a->target, "status", c->modify_state)) < 0)
		return err_nomem(e);
	return json_equal(before, json_object_get(pvc, "status"));
}

static int change(struct change *c, struct err *e)
{
	struct client_ref ref = {.plural = "persistentvolumeclaims", .ns = obj_namespace(c->a->pvc), .name = obj_name(c->a->pvc), .subresource = "status"};
	int r = client_modify_wait(c->a->s->client, &ref, apply, c, e);

	return r == ERR_NOT_FOUND ? 0 : r;
}

static void say(const struct ask *a, const char *type, const char *reason, const char *text)
{
	client_event(a->s->client, a->pvc, "v1", "PersistentVolumeClaim", type, reason, a->plugin->name, a->s->node_name ? a->s->node_name : "", "%s", text);
}

/* The request is at fault, and asking again does not help. */
static bool infeasible(int code) { return code == ERR_INVALID || code == -ERANGE || code == ERR_NOT_FOUND || code == ERR_UNSUPPORTED; }

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

static int64_t size_of(const json_t *o, const char *path)
{
	const char *s = json_str(o, path);
	struct quantity q;

	return s && quantity_parse(s, &q) == 0 ? quantity_value(&q) : 0;
}

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

/* *ret_bytes, and whether the node has to do its part. */
static int expand(const struct ask *a, int64_t *ret_bytes, bool *ret_node, struct err *e)
{
	const struct csi_info *info = csi_plugin_info(a->plugin);
	AUTO_JSON json_t *answer = NULL;
	AUTO_JSON json_t *req = NULL;
	struct quantity q;

	if (quantity_parse(a->target, &q) < 0)
		return err_set(e, ERR_INVALID, "%.60s is no size", a->target);
	*ret_bytes = quantity_value(&q);
	*ret_node = true;
	if (a->plugin->can & PLUGIN_CAN(PLUGIN_NODE_EXPAND) && (a->plugin->per_node || !(a->plugin->can & PLUGIN_CAN(PLUGIN_EXPAND))))
		return 0;
	if (a->plugin->per_node)
		return err_set(e, ERR_UNSUPPORTED, "%s %s cannot node-expand, which volumes of one node need", a->plugin->kind, a->plugin->name);
	if (info && info->offline_expansion && in_use(a))
		return err_set(e, -EBUSY, "the driver expands no volume that is in use, and pods use this one");
	int r = volume_request(a, &req, e);
	if (r < 0)
		return r;
	if (json_set_int(req, "capacityBytes", *ret_bytes) < 0 || json_set_str(req, "volumeMode", json_str_or(a->pv, "spec.volumeMode", "Filesystem")) < 0)
		return err_nomem(e);
	if ((r = plugin_call(a->plugin, PLUGIN_EXPAND, req, PROVISION_TIMEOUT_MS, &answer, e)) < 0)
		return r;
	int64_t got = json_int_or(answer, "capacityBytes", 0);
	if (got && got < *ret_bytes)
		return err_set(e, ERR_PROTO, "%s %s: it has grown to %s and was asked for %s", a->plugin->kind, a->plugin->name, SIZE_TEXT(got), SIZE_TEXT(*ret_bytes));
	if (got)
		*ret_bytes = got;
	*ret_node = json_bool_or(answer, "nodeExpansion", false);
	return 0;
}

static int grow_failed(const struct ask *a, bool again, int code, struct err *e)
{
	struct change c = {.a = a, .state = "ControllerResizeInfeasible", .condition = "ControllerResizeError", .message = e->msg};
	AUTO_FREE char *text = str_fmt("resize volume \"%s\" by resizer \"%s\" failed: %s", obj_name(a->pv), a->plugin->name, e->msg);
	struct err other = {0};

	say(a, "Warning", "VolumeResizeFailed", text ? text : e->msg);
	if (!infeasible(code))
		return code;
	/* Said once: a change of the claim brings us back at once, and words may differ every time. */
	if (!again && change(&c, &other) < 0)
		return other.code;
	return SLOW_MS;
}

static int grow(struct ask *a, struct err *e)
{
	int64_t want = size_of(a->pvc, "spec.resources.requests.storage"), have = size_of(a->pvc, "status.capacity.storage"),
		allocated = size_of(a->pvc, "status.allocatedResources.storage"), got = 0;
	const char *state = json_str_or(a->pvc, "status.allocatedResourceStatuses.storage", "");
	bool node = false;
	char size[64];
	int r;

	a->target = json_str(a->pvc, "spec.resources.requests.storage");
	if (want <= have) {
		/* What could not be done is not wanted any more. */
		struct change c = {.a = a, .state = "", .off = {"Resizing", "ControllerResizeError"}};
		return streq(state, "ControllerResizeInfeasible") ? change(&c, e) : 0;
	}
	if (streq(state, "ControllerResizeInProgress") && allocated > want) /* one that was lowered meanwhile: the first is not known to have failed */
		a->target = json_str(a->pvc, "status.allocatedResources.storage");
	if (str_has_prefix(state, "NodeResize") && size_of(a->pv, "spec.capacity.storage") >= want)
		return 0;
	/* One that is known to be infeasible stays so until it is done, or another size is asked for. */
	bool again = streq(state, "ControllerResizeInfeasible") && allocated == want;
	struct change begin = {.a = a, .state = again ? NULL : "ControllerResizeInProgress", .allocated = true, .condition = "Resizing"};
	if ((r = change(&begin, e)) < 0)
		return r;
	AUTO_FREE char *text = str_fmt("External resizer is resizing volume %s", obj_name(a->pv));
	say(a, "Normal", "Resizing", text ? text : "");
	if ((r = expand(a, &got, &node, e)) < 0)
		return grow_failed(a, again, r, e);
	quantity_format(&(struct quantity){.nano = (__int128)got * 1000000000, .format = QUANTITY_BINARY_SI}, size, sizeof(size));
	if (size_of(a->pv, "spec.capacity.storage") < got && (r = volume_patch(a, json_pack("{s:{s:{s:s}}}", "spec", "capacity", "storage", size), e)) < 0)
		return r;
	struct change end = {.a = a, .state = "", .capacity = size, .off = {"Resizing", "ControllerResizeError", "FileSystemResizePending"}};
	if (node)
		end = (struct change){.a = a,
				      .state = "NodeResizePending",
				      .off = {"Resizing", "ControllerResizeError"},
				      .condition = "FileSystemResizePending",
				      .message = "Waiting for user to (re-)start a pod to finish file system resize of volume on node."};
	if ((r = change(&end, e)) < 0)
		return r;
	if (node)
		say(a, "Normal", "FileSystemResizeRequired", "Require file system resize of volume on node");
	else
		say(a, "Normal", "VolumeResizeSuccessful", "Resize volume succeeded");
	return 0;
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
	struct change end = {.a = a, .current = want, .off = {"ModifyingVolume", "ModifyVolumeError"}};
	struct change begin = {.a = a, .modify_state = "InProgress", .condition = "ModifyingVolume", .off = {"ModifyVolumeError"}};
	struct change bad = {.a = a, .modify_state = "Infeasible", .condition = "ModifyVolumeError", .off = {"ModifyingVolume"}};
	struct change pending = {.a = a, .modify_state = "Pending", .off = {"ModifyingVolume", "ModifyVolumeError"}};
	struct change forget = {.a = a, .modify_state = "", .off = {"ModifyingVolume", "ModifyVolumeError"}};
	int r;

	a->target = want;
	if (!*want || streq(want, have)) {
		const char *state = json_str_or(a->pvc, "status.modifyVolumeStatus.status", "");
		if (!*state)
			return 0;
		/* Nothing is wanted any more. What has surely not been done is forgotten; what may have been is undone, if it can be told to what. */
		if (!streq(state, "InProgress"))
			return change(&forget, e);
		if (!*want && !*have)
			return 0;
		a->target = end.current = want = *want ? want : have;
	} else if (streq(json_str(a->pv, "spec.volumeAttributesClassName"), want) && !json_dot(a->pvc, "status.modifyVolumeStatus"))
		return change(&end, e); /* made with it */
	AUTO_OBJECT struct informer_object *o = informer_get(a->s->vacs, NULL, want);
	AUTO_JSON json_t *vac = informer_object_json(o);
	if (!vac) { /* its coming is an event */
		AUTO_FREE char *text = str_fmt("VAC %s does not exist", want);
		say(a, "Warning", "VolumeModifyFailed", text ? text : want);
		return change(&pending, e);
	}
	if (!again && (r = change(&begin, e)) < 0)
		return r;
	r = modify_call(a, vac, e);
	if (r < 0) {
		struct err other = {0};
		say(a, "Warning", "VolumeModifyFailed", e->msg);
		if (!infeasible(r))
			return r;
		bad.message = e->msg;
		return !again && change(&bad, &other) < 0 ? other.code : SLOW_MS;
	}
	if ((r = volume_patch(a, json_pack("{s:{s:s}}", "spec", "volumeAttributesClassName", want), e)) < 0 || (r = change(&end, e)) < 0)
		return r;
	AUTO_FREE char *text = str_fmt("external resizer modified volume %s with vac %s successfully", obj_name(a->pvc), want);
	say(a, "Normal", "VolumeModifySuccessful", text ? text : "");
	return 0;
}

/* --- */

static bool has_work(const json_t *pvc)
{
	return streq(json_str(pvc, "status.phase"), "Bound") && !obj_deleting(pvc) &&
	       (size_of(pvc, "spec.resources.requests.storage") > size_of(pvc, "status.capacity.storage") ||
		streq(json_str(pvc, "status.allocatedResourceStatuses.storage"), "ControllerResizeInfeasible") || json_dot(pvc, "status.modifyVolumeStatus") ||
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
		if (size_of(pvc, "spec.resources.requests.storage") > size_of(pvc, "status.capacity.storage"))
			client_event(s->client, pvc, "v1", "PersistentVolumeClaim", "Normal", "ExternalExpanding", "volume_expand", "", "%s",
				     "waiting for an external controller to expand this PVC");
		return 0;
	}
	if (!(p->can & (PLUGIN_CAN(PLUGIN_EXPAND) | PLUGIN_CAN(PLUGIN_NODE_EXPAND) | PLUGIN_CAN(PLUGIN_MODIFY)))) {
		client_event(s->client, pvc, "v1", "PersistentVolumeClaim", "Warning", "VolumeResizeFailed", p->name, "", "%s %s can neither expand nor modify volumes", p->kind,
			     p->name);
		return 0;
	}
	struct ask a = {s, p, pvc, pv, NULL};
	int r = slots_take(v->slots, p->name, obj_name(pv), key);
	if (r <= 0)
		return r < 0 ? err_nomem(e) : 0;
	r = grow(&a, e);
	if (r >= 0) {
		int m = modify(&a, e);
		r = m != 0 ? m : r;
	}
	slots_give(v->slots, obj_name(pv));
	return r;
}

static void all_claims(struct resize *v);

static int reconcile(void *arg, const char *key, struct err *e)
{
	struct resize *v = arg;
	struct err own = {0};
	int r = 0;

	if (streq(key, "again"))
		all_claims(v);
	else
		r = reconcile_claim(v, key, e ? e : &own);

	slots_wake(v->slots, v->queue);
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
static void all_claims(struct resize *v)
{
	struct informer_object **list = NULL;
	size_t n = 0;

	if (informer_list(v->s->pvcs, NULL, &list, &n) < 0)
		return;
	for (size_t i = 0; i < n; i++)
		claim_added(v, list[i]);
	informer_list_free(list, n);
}
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
	v->slots = slots_free(v->slots);
	free(v);
	return NULL;
}

static int resize_new(void **ret, struct storage *s, struct err *e)
{
	static const struct informer_handler claims = {claim_added, claim_updated, NULL, NULL};
	static const struct informer_handler vacs = {class_added, NULL, NULL, NULL};
	struct resize *v = calloc(1, sizeof(*v));
	int r;

	if (!v)
		return err_nomem(e);
	v->s = s;
	if ((r = slots_new(&v->slots, CALLS_A_PLUGIN, e)) < 0 || (r = workqueue_new(&v->queue, s->loop, COMPONENT, WORKERS, reconcile, v, e)) < 0 ||
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
