/*
 * What a running server or agent leaves in RUN_DIR/minik.json for the tools of its machine: they then need not be told
 * its flags again. Valid only while the process that RUN_DIR/minik.lock names runs; removed when it ends.
 */
#pragma once
#include "base/json.h"
#include "cmd/options.h"
#include "cmd/parts.h"

/*
 * {"kind": "server"|"agent", "version", "pid", "started" (RFC 3339), "dataDir", "runDir", "node" (name), "server" (URL
 * of the API), "kubeconfig" (server only), "components": {"scheduler": "running"|"disabled", ...}}. mask: the parts
 * that run; node: "" when this machine is none.
 */
int instance_publish(const struct options *o, const char *kind, const char *node, const char *server, unsigned mask,
		     struct err *e);
void instance_withdraw(const struct options *o);
/* *ret_pid and the record of the minik that runs with this run-dir; ERR_NOT_FOUND in one clear line when none does. */
int instance_read(const struct options *o, int *ret_pid, json_t **ret, struct err *e);
/* For a tool that goes to the cluster: as above, but one that is still starting is waited for, ten seconds at most
 * (then ERR_UNAVAILABLE). *ret is NULL when none runs with this run-dir. */
int instance_find(const struct options *o, json_t **ret, struct err *e);
/*
 * Where the minik that is meant keeps its data: --data-dir if it is given, else what the running one says (one that is
 * starting is waited for), else the default. ERR_NOT_FOUND: --run-dir is given, and none runs with it. *ret (a record, may
 * come out NULL) owns what is returned unless it is the options'.
 */
int instance_data_dir(const struct options *o, json_t **ret, const char **ret_dir, struct err *e);
