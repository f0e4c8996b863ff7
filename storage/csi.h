/*
 * CSI drivers as plug-ins (csi.c), how they are found (csi_register.c), and what a node asks of the API server for
 * their volumes (csi_node.c).
 */
#pragma once
#include "client/client.h"
#include "storage/plugin.h"
#include "storage/storage.h"

/* --- csi.c --- */

/*
 * Asks the driver at that socket who it is and what it can, and makes a plug-in of it. name: what classes call it;
 * NULL: the driver's own. Blocks, for half a minute at most: worker threads, never plugins_loop's. ERR_UNAVAILABLE: not
 * yet.
 */
int csi_plugin_new(struct plugin **ret, struct plugins *p, const char *name, const char *socket, struct err *e);

struct csi_info {
	int64_t max_volumes;    /* on this node; 0: not said */
	json_t *topology;       /* {KEY: VALUE} of this node; NULL: none */
	bool mount_group;       /* fsGroup is the driver's own work */
	bool offline_expansion; /* controller-side expansion only while nobody uses the volume */
};
const struct csi_info *csi_plugin_info(const struct plugin *p); /* NULL: no CSI driver. As long as p */

/* --- csi_register.c: drivers of KUBELET_DIR/plugins_registry and KUBELET_DIR/plugins; part of struct plugins --- */

struct csi_register;
/* The plug-ins' loop is not running yet, or has ended. 0 and NULL where no node is. */
int csi_register_new(struct csi_register **ret, struct plugins *p, struct err *e);
void csi_register_stop(struct csi_register *r); /* any thread; what is under way ends soon */
struct csi_register *csi_register_free(struct csi_register *r);

/* --- csi_node.c: worker threads --- */

struct csi_node_deps {
	struct client *client; /* as the node */
	struct plugins *plugins;
	const char *node_name;
};
enum csi_fs_group {
	CSI_FS_GROUP_NONE,   /* leave it: the driver does not want it, or it is in the request */
	CSI_FS_GROUP_CHANGE, /* ownership is to be set by the caller, once it is published (unless it is read only) */
};
/* Everything that is asked of a driver for a pod's volume. Owned; csi_mount_done. */
struct csi_mount {
	char *driver, *handle;
	bool ephemeral, block;
	bool read_only;          /* for publish */
	bool attached;           /* it is used once it is attached to this node: a VolumeAttachment says so */
	bool requires_republish; /* publish is to be called again from time to time, with new tokens */
	enum csi_fs_group fs_group;
	struct plugin *plugin; /* reference */
	json_t *
	    stage; /* a request of PLUGIN_STAGE, to which stagingPath is to be added; NULL: the driver does not stage */
	json_t *publish; /* a request of PLUGIN_PUBLISH, to which targetPath and, where it was staged, stagingPath are
			    to be added */
};
void csi_mount_done(struct csi_mount *m);
/*
 * Reads CSIDriver and Secrets, and gets tokens. ERR_UNAVAILABLE: the driver is not here. ERR_INVALID: the driver does
 * not serve such volumes. What is attached has a publishContext, which is to be added.
 */
int csi_node_request(struct csi_mount *ret, const struct csi_node_deps *d, const struct volumes_request *r,
		     struct err *e);
/* A request of PLUGIN_NODE_EXPAND, to which volumePath, stagingPath and capacityBytes are to be added. */
int csi_node_expand_request(json_t **ret, const struct csi_node_deps *d, const struct volumes_request *r,
			    struct err *e);

/* Names as Kubernetes makes them; out >= 69. "csi-" and SHA-256 in hexadecimal digits. */
#define CSI_NAME_MAX 69
void csi_attachment_name(char out[CSI_NAME_MAX], const char *handle, const char *driver, const char *node);
void csi_inline_handle(char out[CSI_NAME_MAX], const char *pod_uid, const char *volume_name);
