/*
 * A plug-in makes, deletes, attaches and mounts volumes. There are three kinds, all behind one function: those built in (builtin_*.c), programs in
 * DATA_DIR/provisioners (exec.c), CSI drivers (csi*.c). A request and its answer are JSON objects of the shapes below, which are also what a program is given
 * on standard input and prints on standard output.
 *
 * Worker threads; call may block for as long as it is told. Every call is idempotent: who got no answer, or one that leaves open whether the thing was done
 * (plugin_unsure), asks the same again.
 *
 * In every request: "op" and "name" (of the PersistentVolume, of the snapshot; what plug-ins tell volumes apart by before they have a handle). Absent is what does not apply.
 *
 * create           {capacityBytes, limitBytes, accessModes: ["ReadWriteOnce"...], volumeMode: "Filesystem"|"Block", fsType, mountOptions: [], parameters: {}, mutableParameters: {},
 *                   secrets: {}, claim: {namespace, name, uid, annotations: {}, labels: {}}, node, topology: {requisite: [{KEY: VALUE}], preferred: [...]}, from: {snapshot: HANDLE} or {volume: HANDLE}}
 *               -> {handle, capacityBytes, context: {}, topology: [{KEY: VALUE}], source: {}, annotations: {} (of the PersistentVolume), warnings: [TEXT] (events of the claim)}
 *                  node: the selected one. topology of the answer: labels of nodes that can use it; none: all can. source: the one member of a volume's spec that
 *                  says what it is ({"nfs": {...}}); programs may leave it out, and get {"flexVolume": {"driver": NAME, "options": {"volumeHandle": HANDLE, CONTEXT...}}}.
 * delete           {VOLUME, secrets} -> {}                          gone already is success
 * expand           {VOLUME, capacityBytes, limitBytes, volumeMode, secrets} -> {capacityBytes, nodeExpansion: bool}
 *                  check: true (minik.io/local-path alone): whether it could; nothing is done
 * modify           {VOLUME, mutableParameters, secrets} -> {}
 * attach           {VOLUME, nodeId (of programs: the Node's name), readOnly, accessModes, volumeMode, fsType, mountOptions, secrets} -> {publishContext: {}}
 * detach           {VOLUME, nodeId, secrets} -> {}                   gone already is success. Who attaches has both, and no volumes per node
 * snapshot-create  {volume: {VOLUME}, parameters, secrets} -> {handle, sizeBytes, ready: bool, createdAt: RFC 3339}    asked again until it is ready
 * snapshot-delete  {handle, secrets} -> {}
 * snapshot-get     {handle, secrets} -> {handle, sizeBytes, ready, createdAt}      of one that is there before
 * capacity         {parameters, topology: {KEY: VALUE}} -> {availableBytes, maximumBytes, minimumBytes}
 * stage            {VOLUME, MOUNT, stagingPath} -> {}                once for a node
 * unstage          {handle, stagingPath} -> {}
 * publish          {VOLUME, MOUNT, stagingPath, targetPath, readOnly, ephemeral: bool, pod: {namespace, name, uid, serviceAccount, tokens}} -> {}
 *                  targetPath does not exist, its folder does: the plug-in makes it and mounts there (Filesystem), or binds a device's file (Block)
 * unpublish        {handle, targetPath} -> {}                        also removes targetPath
 * node-expand      {VOLUME, MOUNT, volumePath, stagingPath, capacityBytes} -> {capacityBytes}
 * stats            {handle, volumePath, stagingPath} -> {bytes: {total, used, available}, inodes: {...}, abnormal: MESSAGE}
 *
 * VOLUME is {handle, context: {}, source: {}}: as create gave them, read back from the PersistentVolume.
 * MOUNT is {volumeMode, fsType, mountOptions: [], accessModes: [], fsGroup, publishContext: {}, secrets: {}}.
 */
#pragma once
#include <stdatomic.h>
#include <stdbool.h>
#include "base/json.h"
#include "base/loop.h"

enum plugin_op {
	PLUGIN_CREATE, PLUGIN_DELETE, PLUGIN_EXPAND, PLUGIN_MODIFY, PLUGIN_ATTACH, PLUGIN_DETACH, PLUGIN_SNAPSHOT_CREATE, PLUGIN_SNAPSHOT_DELETE,
	PLUGIN_SNAPSHOT_GET, PLUGIN_CAPACITY, PLUGIN_STAGE, PLUGIN_UNSTAGE, PLUGIN_PUBLISH, PLUGIN_UNPUBLISH, PLUGIN_NODE_EXPAND, PLUGIN_STATS,
	PLUGIN_OP_COUNT
};
const char *plugin_op_name(enum plugin_op op); /* "snapshot-create" */
#define PLUGIN_CAN(op) (1u << (op))

struct plugin;
struct plugin_ops {
	/*
	 * *ret (new reference; an object, perhaps empty) only on success. ERR_UNSUPPORTED: it has no such operation. ERR_INVALID, ERR_EXISTS (the name is there with other
	 * properties), ERR_NOT_FOUND, ERR_TOO_MANY (no space, no quota left), -ERANGE (sizes that it cannot have), ERR_FORBIDDEN, -EBUSY (in use), ERR_INTERNAL with a status of its own:
	 * surely not done. ERR_TIMEOUT, ERR_UNAVAILABLE, ERR_AGAIN (under way already), ERR_PROTO, ERR_CANCELED: see plugin_unsure.
	 */
	int (*call)(struct plugin *p, enum plugin_op op, const json_t *req, int timeout_ms, json_t **ret, struct err *e);
	void (*free)(struct plugin *p);
};
struct plugin { /* the first member of each kind's own */
	const struct plugin_ops *ops;
	atomic_uint refs;
	char *name;    /* as classes name it in `provisioner`; owned */
	char *driver;  /* as volumes name it (csi.driver, flexVolume.driver); owned; as name where it is the same */
	const char *kind; /* "built in", "program", "CSI driver": for messages */
	unsigned can;  /* PLUGIN_CAN bits */
	bool per_node; /* each node makes and deletes its own volumes: create is called on the selected node, the rest where the volume is */
	bool attach_required, topology; /* CSI */
	char *node_id; /* CSI: what the driver calls this node; NULL without a node service */
};
/* For those who make one, which is zeroed: one reference, which plugin_unref gives back also where this fails. -ENOMEM. */
int plugin_init(struct plugin *p, const struct plugin_ops *ops, const char *kind, const char *name, struct err *e);
struct plugin *plugin_ref(struct plugin *p);
struct plugin *plugin_unref(struct plugin *p); /* NULL */
DEFINE_CLEANUP(struct plugin *, plugin_unref, plugin_unref_p)
#define AUTO_PLUGIN CLEANUP(plugin_unref_p)
/* Checks that it can, puts "op" into the request, and wraps errors: "KIND NAME: op: why". */
int plugin_call(struct plugin *p, enum plugin_op op, json_t *req, int timeout_ms, json_t **ret, struct err *e);
/* The first of a class's parameters that is neither one of these nor of CSI's own (csi.storage.k8s.io/...); NULL: there is none. Borrowed. */
const char *plugin_unknown_parameter(const json_t *parameters, const char *const *known, size_t n);
/* The error leaves open whether it was done, or still will be: ask again, and do not give up what may be there. */
bool plugin_unsure(int code);

/* --- those that there are on this machine; one for the process --- */

struct plugins;
struct plugins_config {
	const char *data_dir;	 /* programs and links to sockets: DATA_DIR/provisioners/NAME; a name with a slash is a folder and a file in it */
	const char *kubelet_dir; /* drivers register at KUBELET_DIR/plugins_registry, their sockets are KUBELET_DIR/plugins/DRIVER/csi.sock */
	const char *node_name;	 /* NULL: no node here */
	bool local_path;
};
int plugins_new(struct plugins **ret, const struct plugins_config *c, struct err *e);
/* Its own thread and loop: follows the folders by inotify. What is built in is there when this returns, programs and drivers as soon as they have answered. */
int plugins_start(struct plugins *p, struct err *e);
void plugins_stop(struct plugins *p);
struct plugins *plugins_free(struct plugins *p);
/* Any thread. A reference or NULL. By the name in classes; by the name in volumes. */
struct plugin *plugins_get(struct plugins *p, const char *provisioner);
struct plugin *plugins_get_driver(struct plugins *p, const char *driver);
/* The plug-in that made or mounts this PersistentVolume (or a pod's own volume of the same shape), NULL when it is not here. */
struct plugin *plugins_of_volume(struct plugins *p, const json_t *pv); /* none that is not to trust it */
bool plugin_trusts(const struct plugin *p, const json_t *pv); /* false: an agent made the volume, and the plug-in has those of all nodes */
/* An array of references, to be unreffed and freed by the caller. */
int plugins_list(struct plugins *p, struct plugin ***ret, size_t *ret_n);
/* fn on the plug-ins' own thread, short: one came, changed or went. Before start; several. */
int plugins_watch(struct plugins *p, void (*fn)(void *arg, const char *provisioner), void *arg);
void plugins_unwatch(struct plugins *p, void *arg); /* any thread; afterwards fn is not called */
/* What it can has changed (a new configuration): watchers are told, and what failed is tried again. Any thread. */
void plugins_changed(struct plugins *p, const char *name);
/* For those that find them (builtin.c, exec.c, csi_register.c); takes the reference. Of one name the newest counts. */
int plugins_add(struct plugins *p, struct plugin *plugin, struct err *e);
void plugins_remove(struct plugins *p, struct plugin *plugin);
/* What lies there for this name and is not used, and why: a sentence; NULL: nothing of the kind any more. Watchers are told when it is another one. */
void plugins_refuse(struct plugins *p, const char *name, const char *why);
char *plugins_refused(struct plugins *p, const char *provisioner); /* malloc'ed; NULL: nothing is known. Any thread */
struct loop *plugins_loop(struct plugins *p);
const struct plugins_config *plugins_conf(const struct plugins *p);
int plugins_stop_fd(const struct plugins *p); /* can be read from plugins_stop on: for programs that are waited for */

/* --- what VOLUME of a request is; pure --- */

/* {handle, context, source} of a PersistentVolume; NULL without memory. csi and flexVolume have handle and context in their source, others in annotations. */
#define ANN_VOLUME_HANDLE  "minik.io/volume-handle"
#define ANN_VOLUME_CONTEXT "minik.io/volume-context" /* JSON */
/* An agent made it: its handle is that node's word, and nothing that is not the node's alone is called with it. */
#define ANN_MADE_BY_NODE "minik.io/made-by-node"
json_t *volume_of_pv(const json_t *pv);
