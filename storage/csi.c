/* A CSI driver as a plug-in: who it is, what it can, its connection. Source: the Container Storage Interface, 1.12. */
#include <ctype.h>
#include <errno.h>
#include <string.h>
#include "base/str.h"
#include "storage/csi_internal.h"
#include "storage/redact.h"

#define ASK_MS       5000 /* of each question at the beginning */
#define NAME_MAX_CSI 63
#define NODE_ID_MAX  256
#define TOPOLOGY_MAX 32

/* Source: GetPluginInfoResponse.name. */
static bool name_ok(const char *s)
{
	size_t n = strlen(s);

	if (n == 0 || n > NAME_MAX_CSI || !isalnum((unsigned char)s[0]) || !isalnum((unsigned char)s[n - 1]))
		return false;
	for (; *s; s++)
		if (!isalnum((unsigned char)*s) && *s != '-' && *s != '.')
			return false;
	return true;
}

static int call(struct plugin *p, enum plugin_op op, const json_t *req, int timeout_ms, json_t **ret, struct err *e)
{
	struct csi *c = container_of(p, struct csi, base);
	csi_op fn = csi_controller_ops[op] ? csi_controller_ops[op] : csi_node_ops[op];

	return fn ? fn(c, req, timeout_ms, ret, e) : err_set(e, ERR_UNSUPPORTED, "CSI has no %s", plugin_op_name(op));
}

static void free_csi(struct plugin *p)
{
	struct csi *c = container_of(p, struct csi, base);

	csi_link_close(&c->link);
	json_decref(c->info.topology);
	free(c->socket);
	free(c);
}

static const struct plugin_ops ops = {.call = call, .free = free_csi};

const struct csi_info *csi_plugin_info(const struct plugin *p)
{
	return p && p->ops == &ops ? &container_of(p, struct csi, base)->info : NULL;
}

/* --- questions --- */

#define ASK(c, svc, method, in, ret, e)                                                                                \
	csi_ask(&(c)->link, &csi__v1__##svc##__descriptor, (method), &(in).base, NULL, ASK_MS,                         \
		(ProtobufCMessage **)(ret), (e))

static int ask_identity(struct csi *c, struct err *e)
{
	Csi__V1__GetPluginInfoRequest q = CSI__V1__GET_PLUGIN_INFO_REQUEST__INIT;
	Csi__V1__ProbeRequest probe = CSI__V1__PROBE_REQUEST__INIT;
	Csi__V1__GetPluginCapabilitiesRequest caps = CSI__V1__GET_PLUGIN_CAPABILITIES_REQUEST__INIT;
	AUTO_PROTO Csi__V1__GetPluginInfoResponse *info = NULL;
	AUTO_PROTO Csi__V1__ProbeResponse *ready = NULL;
	AUTO_PROTO Csi__V1__GetPluginCapabilitiesResponse *can = NULL;
	int r = ASK(c, identity, "GetPluginInfo", q, &info, e);

	if (r < 0)
		return r;
	if (!name_ok(info->name)) {
		make_printable(info->name);
		return err_set(e, ERR_PROTO, "the driver's name \"%.80s\" is no name of a driver", info->name);
	}
	if (!(c->base.driver = str_dup(info->name)))
		return err_nomem(e);
	if ((r = ASK(c, identity, "Probe", probe, &ready, e)) < 0)
		return r;
	if (ready->ready && !ready->ready->value)
		return err_set(e, ERR_UNAVAILABLE, "driver %s is not ready yet", info->name);
	if ((r = ASK(c, identity, "GetPluginCapabilities", caps, &can, e)) < 0)
		return r;
	for (size_t i = 0; i < can->n_capabilities; i++) {
		const Csi__V1__PluginCapability *k = can->capabilities[i];
		if (k->type_case == CSI__V1__PLUGIN_CAPABILITY__TYPE_SERVICE && k->service) {
			c->has.controller |=
			    k->service->type == CSI__V1__PLUGIN_CAPABILITY__SERVICE__TYPE__CONTROLLER_SERVICE;
			c->has.topology |= k->service->type ==
					   CSI__V1__PLUGIN_CAPABILITY__SERVICE__TYPE__VOLUME_ACCESSIBILITY_CONSTRAINTS;
		} else if (k->type_case == CSI__V1__PLUGIN_CAPABILITY__TYPE_VOLUME_EXPANSION && k->volume_expansion) {
			c->has.online |=
			    k->volume_expansion->type == CSI__V1__PLUGIN_CAPABILITY__VOLUME_EXPANSION__TYPE__ONLINE;
			c->has.offline |=
			    k->volume_expansion->type == CSI__V1__PLUGIN_CAPABILITY__VOLUME_EXPANSION__TYPE__OFFLINE;
		}
	}
	return 0;
}

static int ask_controller(struct csi *c, struct err *e)
{
	Csi__V1__ControllerGetCapabilitiesRequest q = CSI__V1__CONTROLLER_GET_CAPABILITIES_REQUEST__INIT;
	AUTO_PROTO Csi__V1__ControllerGetCapabilitiesResponse *can = NULL;
	struct csi_can *h = &c->has;

	if (!h->controller)
		return 0;
	int r = ASK(c, controller, "ControllerGetCapabilities", q, &can, e);
	if (r < 0)
		return r;
	for (size_t i = 0; i < can->n_capabilities; i++) {
		const Csi__V1__ControllerServiceCapability *k = can->capabilities[i];
		if (k->type_case != CSI__V1__CONTROLLER_SERVICE_CAPABILITY__TYPE_RPC || !k->rpc)
			continue;
		bool *const by_type[] = {
		    [CSI__V1__CONTROLLER_SERVICE_CAPABILITY__RPC__TYPE__CREATE_DELETE_VOLUME] = &h->create,
		    [CSI__V1__CONTROLLER_SERVICE_CAPABILITY__RPC__TYPE__PUBLISH_UNPUBLISH_VOLUME] = &h->publish,
		    [CSI__V1__CONTROLLER_SERVICE_CAPABILITY__RPC__TYPE__GET_CAPACITY] = &h->capacity,
		    [CSI__V1__CONTROLLER_SERVICE_CAPABILITY__RPC__TYPE__CREATE_DELETE_SNAPSHOT] = &h->snapshot,
		    [CSI__V1__CONTROLLER_SERVICE_CAPABILITY__RPC__TYPE__LIST_SNAPSHOTS] = &h->list_snapshots,
		    [CSI__V1__CONTROLLER_SERVICE_CAPABILITY__RPC__TYPE__CLONE_VOLUME] = &h->clone,
		    [CSI__V1__CONTROLLER_SERVICE_CAPABILITY__RPC__TYPE__PUBLISH_READONLY] = &h->publish_readonly,
		    [CSI__V1__CONTROLLER_SERVICE_CAPABILITY__RPC__TYPE__EXPAND_VOLUME] = &h->expand,
		    [CSI__V1__CONTROLLER_SERVICE_CAPABILITY__RPC__TYPE__SINGLE_NODE_MULTI_WRITER] =
			&h->single_multi_writer,
		    [CSI__V1__CONTROLLER_SERVICE_CAPABILITY__RPC__TYPE__MODIFY_VOLUME] = &h->modify,
		    [CSI__V1__CONTROLLER_SERVICE_CAPABILITY__RPC__TYPE__GET_SNAPSHOT] = &h->get_snapshot,
		};
		size_t type = (size_t)k->rpc->type;
		if (type < ARRAY_LEN(by_type) && by_type[type])
			*by_type[type] = true;
	}
	return 0;
}

static int ask_node(struct csi *c, struct err *e)
{
	Csi__V1__NodeGetCapabilitiesRequest q = CSI__V1__NODE_GET_CAPABILITIES_REQUEST__INIT;
	Csi__V1__NodeGetInfoRequest iq = CSI__V1__NODE_GET_INFO_REQUEST__INIT;
	AUTO_PROTO Csi__V1__NodeGetCapabilitiesResponse *can = NULL;
	AUTO_PROTO Csi__V1__NodeGetInfoResponse *info = NULL;
	struct csi_can *h = &c->has;
	int r = ASK(c, node, "NodeGetCapabilities", q, &can, e);

	/* A controller alone, as a Deployment beside those of the nodes. */
	if (r == ERR_UNSUPPORTED)
		return 0;
	if (r < 0)
		return r;
	for (size_t i = 0; i < can->n_capabilities; i++) {
		const Csi__V1__NodeServiceCapability *k = can->capabilities[i];
		if (k->type_case != CSI__V1__NODE_SERVICE_CAPABILITY__TYPE_RPC || !k->rpc)
			continue;
		bool *const by_type[] = {
		    [CSI__V1__NODE_SERVICE_CAPABILITY__RPC__TYPE__STAGE_UNSTAGE_VOLUME] = &h->stage,
		    [CSI__V1__NODE_SERVICE_CAPABILITY__RPC__TYPE__GET_VOLUME_STATS] = &h->stats,
		    [CSI__V1__NODE_SERVICE_CAPABILITY__RPC__TYPE__EXPAND_VOLUME] = &h->node_expand,
		    [CSI__V1__NODE_SERVICE_CAPABILITY__RPC__TYPE__VOLUME_CONDITION] = &h->condition,
		    [CSI__V1__NODE_SERVICE_CAPABILITY__RPC__TYPE__SINGLE_NODE_MULTI_WRITER] =
			&h->node_single_multi_writer,
		    [CSI__V1__NODE_SERVICE_CAPABILITY__RPC__TYPE__VOLUME_MOUNT_GROUP] = &h->mount_group,
		};
		size_t type = (size_t)k->rpc->type;
		if (type < ARRAY_LEN(by_type) && by_type[type])
			*by_type[type] = true;
	}
	if ((r = ASK(c, node, "NodeGetInfo", iq, &info, e)) < 0)
		return r;
	if (!*info->node_id || strlen(info->node_id) > NODE_ID_MAX)
		return err_set(e, ERR_PROTO, "NodeGetInfo: the id of this node is %s",
			       *info->node_id ? "too long" : "empty");
	if (info->max_volumes_per_node < 0)
		return err_set(e, ERR_PROTO, "NodeGetInfo: max_volumes_per_node is %lld",
			       (long long)info->max_volumes_per_node);
	if (info->accessible_topology && info->accessible_topology->n_segments > TOPOLOGY_MAX)
		return err_set(e, ERR_PROTO, "NodeGetInfo: a topology of %zu segments",
			       info->accessible_topology->n_segments);
	if (info->accessible_topology && info->accessible_topology->n_segments > 0 &&
	    (r = csi_strings(&c->info.topology, info->accessible_topology->n_segments,
			     info->accessible_topology->segments, e)) < 0)
		return r;
	if (!(c->base.node_id = str_dup(info->node_id)))
		return err_nomem(e);
	c->info.max_volumes = info->max_volumes_per_node;
	h->node = true;
	return 0;
}

/* What it can as a plug-in. */
static unsigned can_do(const struct csi_can *h)
{
	unsigned can = 0;

	if (h->create)
		can |= PLUGIN_CAN(PLUGIN_CREATE) | PLUGIN_CAN(PLUGIN_DELETE);
	/* Who grows volumes on the node alone has nothing to do before. */
	if (h->expand || (h->create && h->node_expand))
		can |= PLUGIN_CAN(PLUGIN_EXPAND);
	if (h->modify)
		can |= PLUGIN_CAN(PLUGIN_MODIFY);
	if (h->publish)
		can |= PLUGIN_CAN(PLUGIN_ATTACH) | PLUGIN_CAN(PLUGIN_DETACH);
	if (h->snapshot)
		can |= PLUGIN_CAN(PLUGIN_SNAPSHOT_CREATE) | PLUGIN_CAN(PLUGIN_SNAPSHOT_DELETE) |
		       PLUGIN_CAN(PLUGIN_SNAPSHOT_GET);
	if (h->capacity)
		can |= PLUGIN_CAN(PLUGIN_CAPACITY);
	if (h->node)
		can |= PLUGIN_CAN(PLUGIN_PUBLISH) | PLUGIN_CAN(PLUGIN_UNPUBLISH);
	if (h->node && h->stage)
		can |= PLUGIN_CAN(PLUGIN_STAGE) | PLUGIN_CAN(PLUGIN_UNSTAGE);
	if (h->node && h->node_expand)
		can |= PLUGIN_CAN(PLUGIN_NODE_EXPAND);
	if (h->node && h->stats)
		can |= PLUGIN_CAN(PLUGIN_STATS);
	return can;
}

static void free_half(struct csi *c)
{
	free(c->base.name);
	free(c->base.driver);
	free(c->base.node_id);
	free_csi(&c->base);
}
DEFINE_CLEANUP(struct csi *, free_half, free_csi_p)

int csi_plugin_ask(struct plugin **ret, const char *name, const char *socket, struct csi_abort *a, struct err *e)
{
	CLEANUP(free_csi_p) struct csi *c = calloc(1, sizeof(*c));
	int r;

	if (!c || !(c->socket = str_dup(socket)))
		return err_nomem(e);
	c->base.ops = &ops;
	c->base.kind = "CSI driver";
	atomic_init(&c->base.refs, 1);
	if ((r = csi_link_open(&c->link, socket, a, e)) < 0 || (r = ask_identity(c, e)) < 0 ||
	    (r = ask_controller(c, e)) < 0 || (r = ask_node(c, e)) < 0)
		return r;
	if (!(c->base.name = str_dup(name ? name : c->base.driver)))
		return err_nomem(e);
	c->base.can = can_do(&c->has);
	c->base.attach_required = c->has.publish;
	c->base.topology = c->has.topology;
	c->info.mount_group = c->has.mount_group;
	c->info.offline_expansion = c->has.offline && !c->has.online;
	csi_link_keep(&c->link);
	*ret = &TAKE_PTR(c)->base;
	return 0;
}

int csi_plugin_new(struct plugin **ret, struct plugins *p, const char *name, const char *socket, struct err *e)
{
	(void)p;
	return csi_plugin_ask(ret, name, socket, NULL, e);
}
