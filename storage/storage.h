/*
 * PV/PVC binder, StorageClass provisioners, and the node's side of volumes.
 */
#pragma once
#include <stdbool.h>
#include "base/clock.h"
#include "base/json.h"
#include "client/transport.h"

struct storage;
struct storage_config {
	const char *node_name; /* provisions and deletes local-path directories of this node; NULL: none */
	const char *data_dir;  /* DATA_DIR/storage/<pv> */
	bool controller;       /* run the binder and provisioners (control plane), else only this node's part */
	bool local_path;       /* keep StorageClass local-path (default class) and serve it */
};
struct storage_deps {
	struct connector *api;
	struct clock *clock;
};
int storage_new(struct storage **ret, const struct storage_config *c, const struct storage_deps *d, struct err *e);
int storage_start(struct storage *s, struct err *e);
void storage_stop(struct storage *s);
void storage_join(struct storage *s);
struct storage *storage_free(struct storage *s);

/* Node side; needs no API server. Worker threads. As node/node.h's node_volume_ops. */
struct volumes;
int volumes_new(struct volumes **ret, const char *data_dir, const char *run_dir, struct err *e);
struct volumes *volumes_free(struct volumes *v);
int volumes_publish(struct volumes *v, const json_t *pv, const json_t *pvc, const char *pod_uid, const char *volume_name, bool read_only,
		    char **ret_path, struct err *e);
int volumes_unpublish(struct volumes *v, const char *pv_name, const char *pod_uid, const char *volume_name, struct err *e);
