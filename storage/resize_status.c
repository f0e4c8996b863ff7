#include <errno.h>
#include "storage/resize.h"
#include "api/object.h"
#include "api/quantity.h"
#include "base/str.h"

#define ANN_NO_NODE "volume.kubernetes.io/node-expansion-not-required"
#define STATE	    "status.allocatedResourceStatuses"

bool resize_failed(const json_t *pvc) { return obj_condition_true(pvc, "ControllerResizeError"); }

const json_t *resize_target(const json_t *pvc, const json_t *pv, bool by_controller)
{
	const json_t *want = json_dot(pvc, "spec.resources.requests.storage"), *begun = json_dot(pvc, "status.allocatedResources.storage");
	const char *state = json_str_or(pvc, STATE ".storage", "");
	int64_t has = quantity_bytes(json_str(pv, "spec.capacity.storage"));
	bool node = streq(state, "NodeResizePending") || streq(state, "NodeResizeInProgress");

	/* Of a growth that has come to its end. */
	if (quantity_bytes(json_string_value(begun)) <= quantity_bytes(json_str(pvc, "status.capacity.storage")))
		begun = NULL;
	if (node)
		return has >= quantity_bytes(json_string_value(begun ? begun : want)) ? NULL : begun ? begun : want;
	if (has < quantity_bytes(json_string_value(want))) {
		if (streq(state, "NodeResizeInfeasible") || (streq(state, "ControllerResizeInProgress") && !resize_failed(pvc)))
			return begun ? begun : want;
		return want;
	}
	if (streq(state, "NodeResizeInfeasible"))
		return by_controller && begun ? begun : want;
	/* A resizer that knows no states has left the rest to the node. */
	if (!*state && !begun && obj_condition(pvc, "FileSystemResizePending"))
		return NULL;
	return begun ? begun : want;
}

/* --- */

static void drop_condition(json_t *pvc, const char *type)
{
	json_t *all = json_dot(pvc, "status.conditions");

	for (size_t i = json_array_size(all); i-- > 0;)
		if (streq(json_str(json_array_get(all, i), "type"), type))
			json_array_remove(all, i);
}

static int set_state(json_t *pvc, const char *state)
{
	json_t *all = json_dot(pvc, STATE);

	if (*state)
		return json_set_str(pvc, STATE ".storage", state);
	(void)json_object_del(all, "storage");
	if (all && json_object_size(all) == 0)
		(void)json_dot_del(pvc, STATE);
	return 0;
}

static int set_node_needed(json_t *pvc, bool needed)
{
	json_t *meta = json_object_get(pvc, "metadata"), *notes = json_object_get(meta, "annotations");

	if (needed) {
		(void)json_object_del(notes, ANN_NO_NODE);
		return 0;
	}
	if (!notes && (!(notes = json_object()) || json_object_set_new(meta, "annotations", notes) < 0))
		return -ENOMEM;
	return json_object_set_new(notes, ANN_NO_NODE, json_string("true"));
}

int resize_change_apply(const struct resize_change *c, json_t *pvc, struct err *e)
{
	static const char *const of_growth[] = {"Resizing", "FileSystemResizePending", "ControllerResizeError", "NodeResizeError"};

	if (!streq(obj_uid(pvc), c->uid))
		return err_set(e, ERR_NOT_FOUND, "the claim is another one now");
	if (c->version && !streq(json_str(pvc, "metadata.resourceVersion"), c->version))
		return err_set(e, ERR_CONFLICT, "the claim has changed");
	AUTO_JSON json_t *before = json_deep_copy(pvc);
	for (size_t i = 0; i < ARRAY_LEN(of_growth); i++)
		if (c->anew && !streq(of_growth[i], c->condition))
			drop_condition(pvc, of_growth[i]);
	for (size_t i = 0; i < ARRAY_LEN(c->off) && c->off[i]; i++)
		drop_condition(pvc, c->off[i]);
	if ((c->allocated && json_set_str(pvc, "status.allocatedResources.storage", json_string_value(c->allocated)) < 0) ||
	    (c->capacity && json_set_str(pvc, "status.capacity.storage", c->capacity) < 0) || (c->state && set_state(pvc, c->state) < 0) ||
	    (c->current && json_set_str(pvc, "status.currentVolumeAttributesClassName", c->current) < 0) ||
	    (c->node_needed >= 0 && set_node_needed(pvc, c->node_needed > 0) < 0) ||
	    (c->condition && !obj_condition_true(pvc, c->condition) &&
	     obj_set_condition(pvc, c->condition, "True", "", c->message ? c->message : "", c->now) < 0))
		return err_nomem(e);
	if (c->current || (c->modify_state && !*c->modify_state))
		(void)json_dot_del(pvc, "status.modifyVolumeStatus");
	if (c->modify_state && *c->modify_state &&
	    json_dot_set(pvc, "status.modifyVolumeStatus", json_pack("{s:s,s:s}", "targetVolumeAttributesClassName", c->modify_target, "status", c->modify_state)) < 0)
		return err_nomem(e);
	/* An empty list is none. */
	if (json_dot(pvc, "status.conditions") && json_array_size(json_dot(pvc, "status.conditions")) == 0)
		(void)json_dot_del(pvc, "status.conditions");
	return json_equal(before, pvc);
}
