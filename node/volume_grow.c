/*
 * The node's part of a claim's growth (KEP 1790): the claim says that it is under way, the volume grows, the claim has its new capacity. Each step can be the last before
 * a crash, and the next one begins anew. What failed for good is said in the claim, so that its controller may give way; it is tried again ever more rarely,
 * as kubelet does. Source: kubelet, node_expander.go; volume/util/resize_util.go.
 */
#include <errno.h>
#include "api/object.h"
#include "api/quantity.h"
#include "base/log.h"
#include "base/str.h"
#include "node/volumes.h"

#define PVCS	   "persistentvolumeclaims"
#define FIRST_MS   500
#define INFEASIBLE_MS 20000
#define MAX_MS	   122000
#define STATE	   "status.allocatedResourceStatuses"
#define ERROR_TYPE "NodeResizeError"

/* --- the claim --- */

struct mark {
	const json_t *pvc, *capacity; /* capacity: it is done */
	const char *state, *message;  /* state: a new one; message: of a condition */
	const char *now;
	bool skipped; /* it is not the node's turn any more */
};

static bool of_growth(const char *type)
{
	static const char *const types[] = {"Resizing", "FileSystemResizePending", "ControllerResizeError", "NodeResizeError"};

	for (size_t i = 0; i < ARRAY_LEN(types); i++)
		if (streq(type, types[i]))
			return true;
	return false;
}

static const char *state_of(const json_t *pvc) { return json_str_or(pvc, STATE ".storage", ""); }

static bool nodes_turn(const char *state) { return streq(state, "NodeResizePending") || streq(state, "NodeResizeInProgress"); }

static int finish(json_t *pvc, const json_t *capacity)
{
	json_t *all = json_dot(pvc, "status.conditions"), *states = json_dot(pvc, STATE);

	for (size_t i = json_array_size(all); i-- > 0;)
		if (of_growth(json_str(json_array_get(all, i), "type")))
			json_array_remove(all, i);
	if (all && json_array_size(all) == 0)
		(void)json_dot_del(pvc, "status.conditions");
	(void)json_object_del(states, "storage");
	if (states && json_object_size(states) == 0)
		(void)json_dot_del(pvc, STATE);
	return json_set_str(pvc, "status.capacity.storage", json_string_value(capacity));
}

static int mark_claim(void *arg, json_t *pvc, struct err *e)
{
	struct mark *m = arg;
	const char *state = state_of(pvc);

	if (!streq(obj_uid(pvc), obj_uid(m->pvc)) || (*state ? !nodes_turn(state) : m->state != NULL)) {
		m->skipped = true;
		return 1;
	}
	if (m->capacity)
		return finish(pvc, m->capacity) < 0 ? err_nomem(e) : 0;
	if ((!m->state || streq(state, m->state)) && (!m->message || obj_condition_true(pvc, ERROR_TYPE)))
		return 1;
	if ((m->state && json_set_str(pvc, STATE ".storage", m->state) < 0) ||
	    (m->message && !obj_condition_true(pvc, ERROR_TYPE) && obj_set_condition(pvc, ERROR_TYPE, "True", "", m->message, m->now) < 0))
		return err_nomem(e);
	return 0;
}

static int mark(struct pod *p, struct mark *m, struct err *e)
{
	const struct client_ref ref = {.plural = PVCS, .ns = obj_namespace(m->pvc), .name = obj_name(m->pvc), .subresource = "status"};
	char now[TIME_STR_MAX];

	time_format(clock_wall(p->node->d.clock), now);
	m->now = now;
	int r = client_modify_wait(p->node->client, &ref, mark_claim, m, e);
	if (r == ERR_NOT_FOUND) {
		m->skipped = true;
		return 0;
	}
	return r;
}

/* --- what could not be done --- */

static bool infeasible(int code) { return code == ERR_INVALID || code == -ERANGE || code == ERR_NOT_FOUND; }

static bool final(int code)
{
	return code != ERR_TIMEOUT && code != ERR_UNAVAILABLE && code != ERR_AGAIN && code != ERR_PROTO && code != ERR_CANCELED && code != ERR_TOO_MANY && code != -ENOMEM;
}

static int64_t wish(const json_t *pvc) { return quantity_bytes(json_str(pvc, "spec.resources.requests.storage")); }

/* Nothing has changed since it failed. */
static bool is_same(const json_t *last, const json_t *pvc, int64_t bytes) { return json_int_or(last, "bytes", 0) == bytes && json_int_or(last, "wish", 0) == wish(pvc); }

static int remember(struct pod *p, const char *name, const json_t *pvc, int64_t bytes, int code, const char *why, struct err *e)
{
	const json_t *last = json_object_get(p->growths, name);
	int64_t delay = is_same(last, pvc, bytes) ? 2 * json_int_or(last, "delay", 0) : 0;

	/* Another size ends the wait. */
	int64_t first = infeasible(code) ? INFEASIBLE_MS : FIRST_MS;
	delay = delay < first ? first : delay > MAX_MS ? MAX_MS : delay;
	if (!p->growths)
		p->growths = json_object();
	json_t *o = json_pack("{s:I,s:I,s:I,s:I,s:b,s:s}", "bytes", (json_int_t)bytes, "wish", (json_int_t)wish(pvc), "delay", (json_int_t)delay, "at", (json_int_t)(node_now_ms(p->node) + delay), "final",
			      final(code), "why", why);
	return o && json_object_set_new(p->growths, name, o) == 0 ? 0 : err_nomem(e);
}

static int failed(struct pod *p, const char *name, const json_t *pv, const json_t *pvc, int64_t bytes, bool mounting, int code, struct err *e)
{
	const json_t *last = json_object_get(p->growths, name);
	AUTO_FREE char *message = str_fmt("failed to expand pvc with %s", e->msg);
	/* The claim may want another size by now, and this one failed before: its controller decides. */
	bool give_way = json_int_or(last, "bytes", 0) == bytes && json_bool_or(last, "final", false) && wish(pvc) != bytes;
	struct mark m = {.pvc = pvc, .message = message, .state = infeasible(code) || give_way ? "NodeResizeInfeasible" : NULL};
	struct err other = {0};

	if (final(code) && mark(p, &m, &other) < 0)
		log_warning("node", p->key, "claim %s does not say that it cannot grow: %s", obj_name(pvc), other.msg);
	pod_event(p, "Warning", "VolumeResizeFailed", "NodeExpandVolume.NodeExpandVolume failed for volume \"%s\" : %s", obj_name(pv), e->msg);
	if (!last)
		log_warning("node", p->key, "volume %s: %s", name, e->msg);
	int r = remember(p, name, pvc, bytes, code, e->msg, &other);
	if (r < 0) {
		*e = other;
		return r;
	}
	/* A volume that does not grow while it is in use can be used. */
	return mounting && code != -EBUSY ? code : 0;
}

/* --- */

/* Bound a moment ago, it may not say yet what it has: nobody has asked for more. */
static bool has_capacity(const json_t *pvc) { return json_dot(pvc, "status.capacity.storage") != NULL; }

bool volume_grow_pending(const json_t *pvc)
{
	if (!has_capacity(pvc))
		return false;
	return wish(pvc) > quantity_bytes(json_str(pvc, "status.capacity.storage")) || nodes_turn(state_of(pvc)) ||
	       obj_condition_true(pvc, "FileSystemResizePending");
}

/* Not before its controller is done. One that knows no states says so by the condition alone, or by nothing but the volume's capacity. */
static bool wanted(const json_t *pv, const json_t *pvc)
{
	const char *state = state_of(pvc);

	if (!has_capacity(pvc))
		return false;
	if (*state)
		return nodes_turn(state);
	return quantity_bytes(json_str(pv, "spec.capacity.storage")) > quantity_bytes(json_str(pvc, "status.capacity.storage")) || obj_condition_true(pvc, "FileSystemResizePending");
}

int volume_grow(struct pod *p, const json_t *v, const json_t *pv, const json_t *pvc, bool mounting, struct err *e)
{
	const json_t *capacity = json_dot(pv, "spec.capacity.storage");
	const char *name = json_str_or(v, "name", "");
	json_t *last = json_object_get(p->growths, name);
	int64_t bytes = quantity_bytes(json_string_value(capacity)), got = 0;
	struct mark begin = {.pvc = pvc, .state = "NodeResizeInProgress"}, end = {.pvc = pvc, .capacity = capacity};
	int r = 0;

	if (!wanted(pv, pvc) || json_bool_or(v, "persistentVolumeClaim.readOnly", false)) {
		if (last && json_object_set_new(last, "idle", json_true()) < 0) /* a change of the claim brings us back */
			return err_nomem(e);
		return 0;
	}
	(void)json_object_del(last, "idle");
	if (is_same(last, pvc, bytes) && json_int_or(last, "at", 0) > node_now_ms(p->node))
		return mounting ? err_set(e, ERR_UNAVAILABLE, "%s", json_str_or(last, "why", "")) : 0;
	if (*state_of(pvc) && ((r = mark(p, &begin, e)) < 0 || begin.skipped))
		return r;
	const struct node_volume_request req = {.pod_uid = p->uid, .volume_name = name, .pod = p->spec, .volume = v, .pv = pv, .pvc = pvc, .fs_group = -1};
	r = p->node->d.volumes->grow(p->node->d.volumes_impl, &req, &got, e);
	if (r < 0)
		return failed(p, name, pv, pvc, bytes, mounting, r, e);
	if ((r = mark(p, &end, e)) < 0)
		return r;
	(void)json_object_del(p->growths, name);
	if (end.skipped)
		return 0;
	pod_event(p, "Normal", "FileSystemResizeSuccessful", "MountVolume.NodeExpandVolume succeeded for volume \"%s\" %s", obj_name(pv), p->node->name);
	client_event(p->node->client, pvc, "v1", "PersistentVolumeClaim", "Normal", "FileSystemResizeSuccessful", NODE_COMPONENT, p->node->name,
		     "MountVolume.NodeExpandVolume succeeded for volume \"%s\" %s", obj_name(pv), p->node->name);
	return 0;
}

bool volume_grow_due(struct pod *p)
{
	int64_t now = node_now_ms(p->node);
	bool due = false;
	const char *name;
	json_t *o;

	json_object_foreach (p->growths, name, o) {
		int64_t at = json_int_or(o, "at", 0);
		due |= !json_object_get(o, "idle") && at <= now;
	}
	return due;
}

void volume_grow_arm(struct pod *p)
{
	int64_t now = node_now_ms(p->node);
	const char *name;
	json_t *o;

	json_object_foreach (p->growths, name, o) {
		int64_t at = json_int_or(o, "at", 0);
		if (!json_object_get(o, "idle"))
			pod_wake_in(p, at > now ? at - now : 1000); /* what the claim is could not be told */
	}
}
