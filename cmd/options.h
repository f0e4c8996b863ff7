/*
 * Flags, environment and config file as one table (DESIGN.md section 5): every flag is also a key of the config file and an
 * environment variable MINIK_<NAME>. Precedence: flag, environment, file, default. Unknown ones are errors.
 */
#pragma once
#include <stdbool.h>
#include <stdint.h>
#include "base/err.h"

enum opt_id {
	OPT_CONFIG,
	OPT_DATA_DIR,
	OPT_RUN_DIR,
	OPT_LOG_LEVEL,
	OPT_LOG_FORMAT,
	OPT_SERVER,
	OPT_TOKEN,
	OPT_TOKEN_FILE,
	OPT_BIND_ADDRESS,
	OPT_HTTPS_LISTEN_PORT,
	OPT_ADVERTISE_ADDRESS,
	OPT_TLS_SAN,
	OPT_WRITE_KUBECONFIG,
	OPT_WRITE_KUBECONFIG_MODE,
	OPT_CLUSTER_CIDR,
	OPT_SERVICE_CIDR,
	OPT_CLUSTER_DNS,
	OPT_CLUSTER_DOMAIN,
	OPT_NODE_PORT_RANGE,
	OPT_FLANNEL_BACKEND,
	OPT_FLANNEL_IFACE,
	OPT_PROXY_MODE,
	OPT_NODE_NAME,
	OPT_NODE_IP,
	OPT_NODE_LABEL,
	OPT_NODE_TAINT,
	OPT_KUBELET_PORT,
	OPT_RUNTIME,
	OPT_CGROUP_ROOT,
	OPT_MAX_PODS,
	OPT_SHUTDOWN_GRACE,
	OPT_SHUTDOWN_GRACE_CRITICAL,
	OPT_DISABLE,
	OPT_DISABLE_AGENT,
	OPT_INGRESS_HTTP_PORT,
	OPT_INGRESS_HTTPS_PORT,
	OPT_DATASTORE_ENDPOINT,
	OPT_DATASTORE_PREFIX,
	OPT_DATASTORE_CAFILE,
	OPT_DATASTORE_CERTFILE,
	OPT_DATASTORE_KEYFILE,
	OPT_BACKUP_INTERVAL,
	OPT_BACKUP_RETENTION,
	OPT_LEADER_ELECT,
	OPT_STORE_CACHE,
	OPT_REGISTRIES,
	OPT_KUBECONFIG,
	OPT_COUNT
};

/* Which subcommands take an option. */
enum opt_scope { OPT_IN_SERVER = 1, OPT_IN_AGENT = 2, OPT_IN_COMPONENT = 4, OPT_IN_TOOL = 8 };

struct options; /* opaque */
/* argv without program and subcommand. Operands (non-flags) are left in *ret_rest (borrowed pointers into argv, NULL-terminated, malloc'ed
   array); with no_operands they are an error. ERR_INVALID: message names the flag or key. *ret_help is set for --help. */
int options_parse(struct options **ret, unsigned scope, bool no_operands, int argc, char **argv, char ***ret_rest, bool *ret_help,
		  struct err *e);
struct options *options_free(struct options *o);
void options_usage(unsigned scope); /* prints the table to standard output */

const char *opt_str(const struct options *o, enum opt_id id); /* NULL when unset and without default */
int64_t opt_int(const struct options *o, enum opt_id id);
bool opt_bool(const struct options *o, enum opt_id id);
char *const *opt_list(const struct options *o, enum opt_id id); /* NULL-terminated, never NULL */
bool opt_is_set(const struct options *o, enum opt_id id);	/* by flag, environment or file */
bool opt_list_has(const struct options *o, enum opt_id id, const char *word);
