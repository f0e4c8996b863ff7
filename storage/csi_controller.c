/* The operations of a CSI driver's controller. Shapes of requests and answers: plugin.h. */
#include <errno.h>
#include <string.h>
#include "base/str.h"
#include "storage/csi_internal.h"
#include "storage/internal.h"

#define TOPOLOGIES_MAX 256

#define CALL(c, method, in, req, ms, ret, e)                                                                           \
	csi_ask(&(c)->link, &csi__v1__controller__descriptor, (method), &(in).base, (req), (ms),                       \
		(ProtobufCMessage **)(ret), (e))

/* --- volumes --- */

static Csi__V1__Topology **topologies(struct csi_mem *m, const json_t *list, size_t *ret_n)
{
	size_t n = json_array_size(list), i;
	const json_t *t;
	Csi__V1__Topology **v = csi_mem_new(m, (n + 1) * sizeof(*v));

	*ret_n = 0;
	if (!v)
		return NULL;
	json_array_foreach (list, i, t)
		if (!(v[i] = csi_topology(m, t)))
			return NULL;
	*ret_n = n;
	return v;
}

/* {"context": ..., "topology": ...} of a volume. */
static int volume_json(json_t **ret, const struct csi *c, const Csi__V1__Volume *v, int64_t capacity, const char *fs,
		       struct err *e)
{
	AUTO_JSON json_t *context = NULL, *list = json_array();
	int r = csi_strings(&context, v->n_volume_context, v->volume_context, e);

	if (r < 0)
		return r;
	if (v->n_accessible_topology > TOPOLOGIES_MAX)
		return err_set(e, ERR_PROTO, "CreateVolume: a topology of %zu places", v->n_accessible_topology);
	for (size_t i = 0; i < v->n_accessible_topology; i++) {
		AUTO_JSON json_t *t = NULL;
		const Csi__V1__Topology *a = v->accessible_topology[i];
		if ((r = csi_strings(&t, a->n_segments, a->segments, e)) < 0)
			return r;
		if (a->n_segments > 0 && json_array_append(list, t) < 0)
			return err_nomem(e);
	}
	AUTO_JSON json_t *source =
	    json_pack("{s:s, s:s, s:O, s:s*}", "driver", c->base.driver, "volumeHandle", v->volume_id,
		      "volumeAttributes", context, "fsType", fs && *fs ? fs : NULL);
	AUTO_JSON json_t *o = json_pack("{s:s, s:I, s:O, s:{s:O}}", "handle", v->volume_id, "capacityBytes",
					(json_int_t)capacity, "context", context, "source", "csi", source);
	if (!o || (json_array_size(list) > 0 && json_object_set(o, "topology", list) < 0))
		return err_nomem(e);
	*ret = TAKE_PTR(o);
	return 0;
}

static int delete_volume(struct csi *c, const char *id, const json_t *req, int timeout_ms, struct err *e)
{
	Csi__V1__DeleteVolumeRequest in = CSI__V1__DELETE_VOLUME_REQUEST__INIT;
	AUTO_PROTO Csi__V1__DeleteVolumeResponse *out = NULL;
	AUTO_CSI_MEM struct csi_mem m = {0};

	in.volume_id = (char *)(uintptr_t)id;
	CSI_MAP(&m, in, secrets, csi__v1__delete_volume_request__secrets_entry__descriptor,
		json_object_get(req, "secrets"));
	int r = csi_mem_failed(&m, e);
	if (r == 0 && (r = CALL(c, "DeleteVolume", in, req, timeout_ms, &out, e)) == ERR_NOT_FOUND)
		r = 0;
	return r;
}

/* What it made although it is not what was asked for is taken away again; if not even that can be done, whoever asks
 * again finds it. */
static int unfit(struct csi *c, const char *id, const json_t *req, int timeout_ms, struct err *why, struct err *e)
{
	struct err more = {0};

	if (delete_volume(c, id, req, timeout_ms, &more) < 0)
		return err_set(e, ERR_AGAIN, "CreateVolume: %.200s; and it cannot be deleted: %.200s", why->msg,
			       more.msg);
	return err_set(e, ERR_INTERNAL, "CreateVolume: %s", why->msg);
}

static bool same_source(const Csi__V1__VolumeContentSource *asked, const Csi__V1__VolumeContentSource *got)
{
	return !asked || (got && got->type_case == asked->type_case);
}

static int create(struct csi *c, const json_t *req, int timeout_ms, json_t **ret, struct err *e)
{
	Csi__V1__CreateVolumeRequest in = CSI__V1__CREATE_VOLUME_REQUEST__INIT;
	Csi__V1__TopologyRequirement topology = CSI__V1__TOPOLOGY_REQUIREMENT__INIT;
	Csi__V1__VolumeContentSource from = CSI__V1__VOLUME_CONTENT_SOURCE__INIT;
	Csi__V1__VolumeContentSource__SnapshotSource snapshot = CSI__V1__VOLUME_CONTENT_SOURCE__SNAPSHOT_SOURCE__INIT;
	Csi__V1__VolumeContentSource__VolumeSource volume = CSI__V1__VOLUME_CONTENT_SOURCE__VOLUME_SOURCE__INIT;
	AUTO_PROTO Csi__V1__CreateVolumeResponse *out = NULL;
	AUTO_CSI_MEM struct csi_mem m = {0};
	const json_t *source = json_object_get(req, "from"), *places = json_object_get(req, "topology");
	struct err why = {0};

	in.name = csi_text(req, "name");
	in.capacity_range = csi_range(&m, req);
	in.volume_capabilities = csi_capabilities(&m, c, req, &in.n_volume_capabilities);
	CSI_MAP(&m, in, parameters, csi__v1__create_volume_request__parameters_entry__descriptor,
		json_object_get(req, "parameters"));
	CSI_MAP(&m, in, secrets, csi__v1__create_volume_request__secrets_entry__descriptor,
		json_object_get(req, "secrets"));
	CSI_MAP(&m, in, mutable_parameters, csi__v1__create_volume_request__mutable_parameters_entry__descriptor,
		json_object_get(req, "mutableParameters"));
	if (json_object_size(json_object_get(req, "mutableParameters")) > 0 && !c->has.modify)
		return err_set(e, ERR_UNSUPPORTED, "the driver has no parameters that can be changed (MODIFY_VOLUME)");
	if (json_object_get(source, "snapshot")) {
		if (!c->has.snapshot)
			return err_set(e, ERR_UNSUPPORTED, "the driver has no snapshots (CREATE_DELETE_SNAPSHOT)");
		snapshot.snapshot_id = csi_text(source, "snapshot");
		from.type_case = CSI__V1__VOLUME_CONTENT_SOURCE__TYPE_SNAPSHOT;
		from.snapshot = &snapshot;
		in.volume_content_source = &from;
	} else if (json_object_get(source, "volume")) {
		if (!c->has.clone)
			return err_set(e, ERR_UNSUPPORTED, "the driver does not copy volumes (CLONE_VOLUME)");
		volume.volume_id = csi_text(source, "volume");
		from.type_case = CSI__V1__VOLUME_CONTENT_SOURCE__TYPE_VOLUME;
		from.volume = &volume;
		in.volume_content_source = &from;
	}
	if (c->has.topology && places) {
		topology.requisite = topologies(&m, json_object_get(places, "requisite"), &topology.n_requisite);
		topology.preferred = topologies(&m, json_object_get(places, "preferred"), &topology.n_preferred);
		if (topology.n_requisite + topology.n_preferred > 0)
			in.accessibility_requirements = &topology;
	}
	int r = csi_mem_failed(&m, e);
	if (r < 0 || (r = CALL(c, "CreateVolume", in, req, timeout_ms, &out, e)) < 0)
		return r;
	const Csi__V1__Volume *v = out->volume;
	int64_t asked = json_int_or(req, "capacityBytes", 0), most = json_int_or(req, "limitBytes", 0);
	if (!v || !*v->volume_id || strlen(v->volume_id) > CSI_HANDLE_MAX)
		return err_set(e, ERR_PROTO, "CreateVolume: the answer has no volume_id that can be used");
	/* Source: external-provisioner: 0 is as much as was asked for. */
	int64_t capacity = v->capacity_bytes ? v->capacity_bytes : asked;
	if (capacity < asked || capacity < 0 || (most > 0 && capacity > most))
		(void)err_set(&why, ERR_INTERNAL, "the volume has %s, which is not what was asked for (%s)",
			      SIZE_TEXT(capacity), SIZE_TEXT(asked));
	else if (!same_source(in.volume_content_source, v->content_source))
		(void)err_set(&why, ERR_INTERNAL, "the volume is not made of what was asked for");
	return why.code ? unfit(c, v->volume_id, req, timeout_ms, &why, e)
			: volume_json(ret, c, v, capacity, json_str(req, "fsType"), e);
}

static int delete (struct csi *c, const json_t *req, int timeout_ms, json_t **ret, struct err *e)
{
	int r = delete_volume(c, csi_text(req, "handle"), req, timeout_ms, e);

	return r < 0 ? r : csi_answer(ret, json_object(), e);
}

static int expand(struct csi *c, const json_t *req, int timeout_ms, json_t **ret, struct err *e)
{
	Csi__V1__ControllerExpandVolumeRequest in = CSI__V1__CONTROLLER_EXPAND_VOLUME_REQUEST__INIT;
	AUTO_PROTO Csi__V1__ControllerExpandVolumeResponse *out = NULL;
	AUTO_CSI_MEM struct csi_mem m = {0};
	int64_t asked = json_int_or(req, "capacityBytes", 0);

	/* Source: external-resizer's trivial resizer: the node does all of it. */
	if (!c->has.expand)
		return csi_answer(ret, json_pack("{s:I, s:b}", "capacityBytes", (json_int_t)asked, "nodeExpansion", 1), e);
	in.volume_id = csi_text(req, "handle");
	in.capacity_range = csi_range(&m, req);
	in.volume_capability = csi_capability(&m, c, req, CSI_USE_CONTROLLER);
	CSI_MAP(&m, in, secrets, csi__v1__controller_expand_volume_request__secrets_entry__descriptor,
		json_object_get(req, "secrets"));
	int r = csi_mem_failed(&m, e);
	if (r < 0 || (r = CALL(c, "ControllerExpandVolume", in, req, timeout_ms, &out, e)) < 0)
		return r;
	if (out->capacity_bytes < asked)
		return err_set(e, ERR_PROTO,
			       "ControllerExpandVolume: the volume has %s, less than was asked for (%s)",
			       SIZE_TEXT(out->capacity_bytes), SIZE_TEXT(asked));
	return csi_answer(ret,
		      json_pack("{s:I, s:b}", "capacityBytes", (json_int_t)out->capacity_bytes, "nodeExpansion",
				(int)out->node_expansion_required),
		      e);
}

static int modify(struct csi *c, const json_t *req, int timeout_ms, json_t **ret, struct err *e)
{
	Csi__V1__ControllerModifyVolumeRequest in = CSI__V1__CONTROLLER_MODIFY_VOLUME_REQUEST__INIT;
	AUTO_PROTO Csi__V1__ControllerModifyVolumeResponse *out = NULL;
	AUTO_CSI_MEM struct csi_mem m = {0};

	in.volume_id = csi_text(req, "handle");
	CSI_MAP(&m, in, secrets, csi__v1__controller_modify_volume_request__secrets_entry__descriptor,
		json_object_get(req, "secrets"));
	CSI_MAP(&m, in, mutable_parameters,
		csi__v1__controller_modify_volume_request__mutable_parameters_entry__descriptor,
		json_object_get(req, "mutableParameters"));
	int r = csi_mem_failed(&m, e);
	if (r < 0 || (r = CALL(c, "ControllerModifyVolume", in, req, timeout_ms, &out, e)) < 0)
		return r;
	return csi_answer(ret, json_object(), e);
}

static int attach(struct csi *c, const json_t *req, int timeout_ms, json_t **ret, struct err *e)
{
	Csi__V1__ControllerPublishVolumeRequest in = CSI__V1__CONTROLLER_PUBLISH_VOLUME_REQUEST__INIT;
	AUTO_PROTO Csi__V1__ControllerPublishVolumeResponse *out = NULL;
	AUTO_CSI_MEM struct csi_mem m = {0};
	AUTO_JSON json_t *context = NULL;

	in.volume_id = csi_text(req, "handle");
	in.node_id = csi_text(req, "nodeId");
	in.volume_capability = csi_capability(&m, c, req, CSI_USE_CONTROLLER);
	in.readonly = c->has.publish_readonly && json_bool_or(req, "readOnly", false);
	CSI_MAP(&m, in, secrets, csi__v1__controller_publish_volume_request__secrets_entry__descriptor,
		json_object_get(req, "secrets"));
	CSI_MAP(&m, in, volume_context, csi__v1__controller_publish_volume_request__volume_context_entry__descriptor,
		json_object_get(req, "context"));
	int r = csi_mem_failed(&m, e);
	if (r < 0 || (r = CALL(c, "ControllerPublishVolume", in, req, timeout_ms, &out, e)) < 0 ||
	    (r = csi_strings(&context, out->n_publish_context, out->publish_context, e)) < 0)
		return r;
	return csi_answer(ret, json_pack("{s:O}", "publishContext", context), e);
}

static int detach(struct csi *c, const json_t *req, int timeout_ms, json_t **ret, struct err *e)
{
	Csi__V1__ControllerUnpublishVolumeRequest in = CSI__V1__CONTROLLER_UNPUBLISH_VOLUME_REQUEST__INIT;
	AUTO_PROTO Csi__V1__ControllerUnpublishVolumeResponse *out = NULL;
	AUTO_CSI_MEM struct csi_mem m = {0};

	in.volume_id = csi_text(req, "handle");
	in.node_id = csi_text(req, "nodeId");
	CSI_MAP(&m, in, secrets, csi__v1__controller_unpublish_volume_request__secrets_entry__descriptor,
		json_object_get(req, "secrets"));
	int r = csi_mem_failed(&m, e);
	/* A volume, or a node, that is no more has nothing attached. */
	if (r == 0 && (r = CALL(c, "ControllerUnpublishVolume", in, req, timeout_ms, &out, e)) == ERR_NOT_FOUND)
		r = 0;
	return r < 0 ? r : csi_answer(ret, json_object(), e);
}

/* --- snapshots --- */

static int snapshot_json(json_t **ret, const char *method, const Csi__V1__Snapshot *s, struct err *e)
{
	char when[40] = "";

	if (!s || !*s->snapshot_id || strlen(s->snapshot_id) > CSI_HANDLE_MAX || s->size_bytes < 0)
		return err_set(e, ERR_PROTO, "%s: the answer has no snapshot that can be used", method);
	if (s->creation_time) {
		struct timespec ts = {.tv_sec = s->creation_time->seconds, .tv_nsec = s->creation_time->nanos};
		/* 0001 to 9999: what RFC 3339 can write. */
		if (ts.tv_sec < -62135596800 || ts.tv_sec > 253402300799 || ts.tv_nsec < 0 || ts.tv_nsec > 999999999)
			return err_set(e, ERR_PROTO, "%s: creation_time is no time", method);
		time_format_nano(&ts, when);
	}
	return csi_answer(ret,
		      json_pack("{s:s, s:I, s:b, s:s*}", "handle", s->snapshot_id, "sizeBytes",
				(json_int_t)s->size_bytes, "ready", (int)s->ready_to_use, "createdAt",
				*when ? when : NULL),
		      e);
}

static int snapshot_create(struct csi *c, const json_t *req, int timeout_ms, json_t **ret, struct err *e)
{
	Csi__V1__CreateSnapshotRequest in = CSI__V1__CREATE_SNAPSHOT_REQUEST__INIT;
	AUTO_PROTO Csi__V1__CreateSnapshotResponse *out = NULL;
	AUTO_CSI_MEM struct csi_mem m = {0};

	in.name = csi_text(req, "name");
	in.source_volume_id = csi_text(json_object_get(req, "volume"), "handle");
	CSI_MAP(&m, in, secrets, csi__v1__create_snapshot_request__secrets_entry__descriptor,
		json_object_get(req, "secrets"));
	CSI_MAP(&m, in, parameters, csi__v1__create_snapshot_request__parameters_entry__descriptor,
		json_object_get(req, "parameters"));
	int r = csi_mem_failed(&m, e);
	if (r < 0 || (r = CALL(c, "CreateSnapshot", in, req, timeout_ms, &out, e)) < 0)
		return r;
	return snapshot_json(ret, "CreateSnapshot", out->snapshot, e);
}

static int snapshot_delete(struct csi *c, const json_t *req, int timeout_ms, json_t **ret, struct err *e)
{
	Csi__V1__DeleteSnapshotRequest in = CSI__V1__DELETE_SNAPSHOT_REQUEST__INIT;
	AUTO_PROTO Csi__V1__DeleteSnapshotResponse *out = NULL;
	AUTO_CSI_MEM struct csi_mem m = {0};

	in.snapshot_id = csi_text(req, "handle");
	CSI_MAP(&m, in, secrets, csi__v1__delete_snapshot_request__secrets_entry__descriptor,
		json_object_get(req, "secrets"));
	int r = csi_mem_failed(&m, e);
	if (r == 0 && (r = CALL(c, "DeleteSnapshot", in, req, timeout_ms, &out, e)) == ERR_NOT_FOUND)
		r = 0;
	return r < 0 ? r : csi_answer(ret, json_object(), e);
}

static int snapshot_by_list(struct csi *c, const json_t *req, int timeout_ms, json_t **ret, struct err *e)
{
	Csi__V1__ListSnapshotsRequest in = CSI__V1__LIST_SNAPSHOTS_REQUEST__INIT;
	AUTO_PROTO Csi__V1__ListSnapshotsResponse *out = NULL;
	AUTO_CSI_MEM struct csi_mem m = {0};

	in.snapshot_id = csi_text(req, "handle");
	CSI_MAP(&m, in, secrets, csi__v1__list_snapshots_request__secrets_entry__descriptor,
		json_object_get(req, "secrets"));
	int r = csi_mem_failed(&m, e);
	if (r < 0 || (r = CALL(c, "ListSnapshots", in, req, timeout_ms, &out, e)) < 0)
		return r;
	if (out->n_entries == 0)
		return err_set(e, ERR_NOT_FOUND, "there is no snapshot %.200s", in.snapshot_id);
	return snapshot_json(ret, "ListSnapshots", out->entries[0]->snapshot, e);
}

static int snapshot_get(struct csi *c, const json_t *req, int timeout_ms, json_t **ret, struct err *e)
{
	Csi__V1__GetSnapshotRequest in = CSI__V1__GET_SNAPSHOT_REQUEST__INIT;
	AUTO_PROTO Csi__V1__GetSnapshotResponse *out = NULL;
	AUTO_CSI_MEM struct csi_mem m = {0};

	if (!c->has.get_snapshot && c->has.list_snapshots)
		return snapshot_by_list(c, req, timeout_ms, ret, e);
	/* Source: csi-snapshotter: who cannot be asked is believed. */
	if (!c->has.get_snapshot)
		return csi_answer(ret, json_pack("{s:s, s:b}", "handle", csi_text(req, "handle"), "ready", 1), e);
	in.snapshot_id = csi_text(req, "handle");
	CSI_MAP(&m, in, secrets, csi__v1__get_snapshot_request__secrets_entry__descriptor,
		json_object_get(req, "secrets"));
	int r = csi_mem_failed(&m, e);
	if (r < 0 || (r = CALL(c, "GetSnapshot", in, req, timeout_ms, &out, e)) < 0)
		return r;
	return snapshot_json(ret, "GetSnapshot", out->snapshot, e);
}

static int capacity(struct csi *c, const json_t *req, int timeout_ms, json_t **ret, struct err *e)
{
	Csi__V1__GetCapacityRequest in = CSI__V1__GET_CAPACITY_REQUEST__INIT;
	AUTO_PROTO Csi__V1__GetCapacityResponse *out = NULL;
	AUTO_CSI_MEM struct csi_mem m = {0};
	const json_t *segments = json_object_get(req, "topology");

	CSI_MAP(&m, in, parameters, csi__v1__get_capacity_request__parameters_entry__descriptor,
		json_object_get(req, "parameters"));
	if (json_object_size(segments) > 0)
		in.accessible_topology = csi_topology(&m, segments);
	int r = csi_mem_failed(&m, e);
	if (r < 0 || (r = CALL(c, "GetCapacity", in, req, timeout_ms, &out, e)) < 0)
		return r;
	if (out->available_capacity < 0)
		return err_set(e, ERR_PROTO, "GetCapacity: %s", SIZE_TEXT(out->available_capacity));
	AUTO_JSON json_t *o = json_pack("{s:I}", "availableBytes", (json_int_t)out->available_capacity);
	if (out->maximum_volume_size &&
	    json_object_set_new(o, "maximumBytes", json_integer(out->maximum_volume_size->value)) < 0)
		return err_nomem(e);
	if (out->minimum_volume_size &&
	    json_object_set_new(o, "minimumBytes", json_integer(out->minimum_volume_size->value)) < 0)
		return err_nomem(e);
	return csi_answer(ret, TAKE_PTR(o), e);
}

const csi_op csi_controller_ops[PLUGIN_OP_COUNT] = {
    [PLUGIN_CREATE] = create,
    [PLUGIN_DELETE] = delete,
    [PLUGIN_EXPAND] = expand,
    [PLUGIN_MODIFY] = modify,
    [PLUGIN_ATTACH] = attach,
    [PLUGIN_DETACH] = detach,
    [PLUGIN_SNAPSHOT_CREATE] = snapshot_create,
    [PLUGIN_SNAPSHOT_DELETE] = snapshot_delete,
    [PLUGIN_SNAPSHOT_GET] = snapshot_get,
    [PLUGIN_CAPACITY] = capacity,
};
