/* The operations of a CSI driver on this node. Shapes of requests and answers: plugin.h. */
#include <string.h>
#include "base/str.h"
#include "storage/csi_internal.h"

#define CALL(c, method, in, req, ms, ret, e)                                                                           \
	csi_ask(&(c)->link, &csi__v1__node__descriptor, (method), &(in).base, (req), (ms), (ProtobufCMessage **)(ret), \
		(e))

static int stage(struct csi *c, const json_t *req, int timeout_ms, json_t **ret, struct err *e)
{
	Csi__V1__NodeStageVolumeRequest in = CSI__V1__NODE_STAGE_VOLUME_REQUEST__INIT;
	AUTO_PROTO Csi__V1__NodeStageVolumeResponse *out = NULL;
	AUTO_CSI_MEM struct csi_mem m = {0};

	in.volume_id = csi_text(req, "handle");
	in.staging_target_path = csi_text(req, "stagingPath");
	in.volume_capability = csi_capability(&m, c, req, CSI_USE_NODE);
	CSI_MAP(&m, in, publish_context, csi__v1__node_stage_volume_request__publish_context_entry__descriptor,
		json_object_get(req, "publishContext"));
	CSI_MAP(&m, in, secrets, csi__v1__node_stage_volume_request__secrets_entry__descriptor,
		json_object_get(req, "secrets"));
	CSI_MAP(&m, in, volume_context, csi__v1__node_stage_volume_request__volume_context_entry__descriptor,
		json_object_get(req, "context"));
	int r = csi_mem_failed(&m, e);
	if (r < 0 || (r = CALL(c, "NodeStageVolume", in, req, timeout_ms, &out, e)) < 0)
		return r;
	return csi_answer(ret, json_object(), e);
}

static int unstage(struct csi *c, const json_t *req, int timeout_ms, json_t **ret, struct err *e)
{
	Csi__V1__NodeUnstageVolumeRequest in = CSI__V1__NODE_UNSTAGE_VOLUME_REQUEST__INIT;
	AUTO_PROTO Csi__V1__NodeUnstageVolumeResponse *out = NULL;

	in.volume_id = csi_text(req, "handle");
	in.staging_target_path = csi_text(req, "stagingPath");
	int r = CALL(c, "NodeUnstageVolume", in, req, timeout_ms, &out, e);
	return r < 0 ? r : csi_answer(ret, json_object(), e);
}

/* What kubelet adds to the volume's attributes: who the pod is, where CSIDriver asks for it, and its tokens. */
static int pod_context(json_t *context, const json_t *req)
{
	static const struct {
		const char *member, *key;
	} keys[] = {{"name", "csi.storage.k8s.io/pod.name"},
		    {"namespace", "csi.storage.k8s.io/pod.namespace"},
		    {"uid", "csi.storage.k8s.io/pod.uid"},
		    {"serviceAccount", "csi.storage.k8s.io/serviceAccount.name"}};
	const json_t *pod = json_object_get(req, "pod"), *tokens = json_object_get(pod, "tokens");

	if (json_object_get(pod, "name")) {
		for (size_t i = 0; i < ARRAY_LEN(keys); i++)
			if (json_object_set_new(context, keys[i].key, json_string(csi_text(pod, keys[i].member))) < 0)
				return -1;
		if (json_object_set_new(context, "csi.storage.k8s.io/ephemeral",
					json_string(json_bool_or(req, "ephemeral", false) ? "true" : "false")) < 0)
			return -1;
	}
	if (tokens) {
		AUTO_BYTES struct bytes *b = json_encode(tokens);
		if (!b ||
		    json_object_set_new(context, "csi.storage.k8s.io/serviceAccount.tokens", json_string(b->data)) < 0)
			return -1;
	}
	return 0;
}

static int publish(struct csi *c, const json_t *req, int timeout_ms, json_t **ret, struct err *e)
{
	Csi__V1__NodePublishVolumeRequest in = CSI__V1__NODE_PUBLISH_VOLUME_REQUEST__INIT;
	AUTO_PROTO Csi__V1__NodePublishVolumeResponse *out = NULL;
	const json_t *given = json_object_get(req, "context");
	AUTO_JSON json_t *context = given ? json_copy((json_t *)(uintptr_t)given) : json_object();
	AUTO_CSI_MEM struct csi_mem m = {0};

	if (!context || pod_context(context, req) < 0)
		return err_nomem(e);
	in.volume_id = csi_text(req, "handle");
	in.staging_target_path = csi_text(req, "stagingPath");
	in.target_path = csi_text(req, "targetPath");
	in.readonly = json_bool_or(req, "readOnly", false);
	in.volume_capability = csi_capability(&m, c, req, CSI_USE_NODE);
	CSI_MAP(&m, in, publish_context, csi__v1__node_publish_volume_request__publish_context_entry__descriptor,
		json_object_get(req, "publishContext"));
	CSI_MAP(&m, in, secrets, csi__v1__node_publish_volume_request__secrets_entry__descriptor,
		json_object_get(req, "secrets"));
	CSI_MAP(&m, in, volume_context, csi__v1__node_publish_volume_request__volume_context_entry__descriptor,
		context);
	int r = csi_mem_failed(&m, e);
	if (r < 0 || (r = CALL(c, "NodePublishVolume", in, req, timeout_ms, &out, e)) < 0)
		return r;
	return csi_answer(ret, json_object(), e);
}

static int unpublish(struct csi *c, const json_t *req, int timeout_ms, json_t **ret, struct err *e)
{
	Csi__V1__NodeUnpublishVolumeRequest in = CSI__V1__NODE_UNPUBLISH_VOLUME_REQUEST__INIT;
	AUTO_PROTO Csi__V1__NodeUnpublishVolumeResponse *out = NULL;

	in.volume_id = csi_text(req, "handle");
	in.target_path = csi_text(req, "targetPath");
	int r = CALL(c, "NodeUnpublishVolume", in, req, timeout_ms, &out, e);
	return r < 0 ? r : csi_answer(ret, json_object(), e);
}

static int node_expand(struct csi *c, const json_t *req, int timeout_ms, json_t **ret, struct err *e)
{
	Csi__V1__NodeExpandVolumeRequest in = CSI__V1__NODE_EXPAND_VOLUME_REQUEST__INIT;
	AUTO_PROTO Csi__V1__NodeExpandVolumeResponse *out = NULL;
	AUTO_CSI_MEM struct csi_mem m = {0};

	in.volume_id = csi_text(req, "handle");
	in.volume_path = csi_text(req, "volumePath");
	in.staging_target_path = csi_text(req, "stagingPath");
	in.capacity_range = csi_range(&m, req);
	in.volume_capability = csi_capability(&m, c, req, CSI_USE_NODE);
	CSI_MAP(&m, in, secrets, csi__v1__node_expand_volume_request__secrets_entry__descriptor,
		json_object_get(req, "secrets"));
	int r = csi_mem_failed(&m, e);
	if (r < 0 || (r = CALL(c, "NodeExpandVolume", in, req, timeout_ms, &out, e)) < 0)
		return r;
	/* 0: as much as was asked for. */
	int64_t bytes = out->capacity_bytes > 0 ? out->capacity_bytes : json_int_or(req, "capacityBytes", 0);
	return csi_answer(ret, json_pack("{s:I}", "capacityBytes", (json_int_t)bytes), e);
}

static int stats(struct csi *c, const json_t *req, int timeout_ms, json_t **ret, struct err *e)
{
	Csi__V1__NodeGetVolumeStatsRequest in = CSI__V1__NODE_GET_VOLUME_STATS_REQUEST__INIT;
	AUTO_PROTO Csi__V1__NodeGetVolumeStatsResponse *out = NULL;
	AUTO_JSON json_t *o = json_object();

	in.volume_id = csi_text(req, "handle");
	in.volume_path = csi_text(req, "volumePath");
	in.staging_target_path = csi_text(req, "stagingPath");
	int r = CALL(c, "NodeGetVolumeStats", in, req, timeout_ms, &out, e);
	if (r < 0)
		return r;
	for (size_t i = 0; i < out->n_usage; i++) {
		const Csi__V1__VolumeUsage *u = out->usage[i];
		const char *unit = u->unit == CSI__V1__VOLUME_USAGE__UNIT__BYTES    ? "bytes"
				   : u->unit == CSI__V1__VOLUME_USAGE__UNIT__INODES ? "inodes"
										    : NULL;
		if (!unit)
			continue;
		if (u->total < 0 || u->used < 0 || u->available < 0)
			return err_set(e, ERR_PROTO, "NodeGetVolumeStats: a number of %s below 0", unit);
		if (json_object_set_new(o, unit,
					json_pack("{s:I, s:I, s:I}", "total", (json_int_t)u->total, "used",
						  (json_int_t)u->used, "available", (json_int_t)u->available)) < 0)
			return err_nomem(e);
	}
	if (c->has.condition && out->volume_condition && out->volume_condition->abnormal &&
	    json_object_set_new(o, "abnormal", json_string(out->volume_condition->message)) < 0)
		return err_nomem(e);
	return csi_answer(ret, TAKE_PTR(o), e);
}

const csi_op csi_node_ops[PLUGIN_OP_COUNT] = {
    [PLUGIN_STAGE] = stage,         [PLUGIN_UNSTAGE] = unstage,         [PLUGIN_PUBLISH] = publish,
    [PLUGIN_UNPUBLISH] = unpublish, [PLUGIN_NODE_EXPAND] = node_expand, [PLUGIN_STATS] = stats,
};
