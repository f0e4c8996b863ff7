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
	OPT_KUBELET_DIR,
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
	OPT_RESOLV_CONF,
	OPT_DNS_AUTOPATH,
	OPT_CLUSTER_DOMAIN,
	OPT_NODE_PORT_RANGE,
	OPT_FLANNEL_BACKEND,
	OPT_FLANNEL_IFACE,
	OPT_FLANNEL_VNI,
	OPT_FLANNEL_PORT,
	OPT_CNI_CONF_DIR,
	OPT_CNI_BIN_DIR,
	OPT_CNI_TIMEOUT,
	OPT_HAIRPIN_MODE,
	OPT_PROXY_MODE,
	OPT_IPVS_SCHEDULER,
	OPT_METRICS_ADDRESS,
	OPT_HEALTHZ_ADDRESS,
	OPT_NODE_NAME,
	OPT_NODE_IP,
	OPT_NODE_LABEL,
	OPT_NODE_TAINT,
	OPT_KUBELET_PORT,
	OPT_RUNTIME,
	OPT_CGROUP_ROOT,
	OPT_MAX_PODS,
	OPT_CLOUD_PROVIDER,
	OPT_PROVIDER_ID,
	OPT_SHUTDOWN_GRACE,
	OPT_SHUTDOWN_GRACE_CRITICAL,
	OPT_DISABLE,
	OPT_DISABLE_AGENT,
	OPT_INGRESS_HTTP_PORT,
	OPT_INGRESS_HTTPS_PORT,
	OPT_INGRESS_NODES,
	OPT_INGRESS_ACCESS_LOG,
	OPT_INGRESS_PROXY_PROTOCOL,
	OPT_INGRESS_TRUSTED_PROXIES,
	OPT_INGRESS_METRICS_ADDRESS,
	OPT_KUBELET_CA,
	OPT_DATASTORE_ENDPOINT,
	OPT_DATASTORE_PREFIX,
	OPT_DATASTORE_CAFILE,
	OPT_DATASTORE_CERTFILE,
	OPT_DATASTORE_KEYFILE,
	OPT_SECRETS_ENCRYPTION,
	OPT_WITH_KEYS,
	OPT_BACKUP_INTERVAL,
	OPT_BACKUP_RETENTION,
	OPT_MAX_REQUESTS,
	OPT_MAX_MUTATING_REQUESTS,
	OPT_LEADER_ELECT,
	OPT_STORE_CACHE,
	OPT_REGISTRIES,
	OPT_KUBECONFIG,
	OPT_OUTPUT,
	OPT_TTL,
	OPT_DESCRIPTION,
	OPT_PRINT_JOIN_COMMAND,
	OPT_DRY_RUN,
	OPT_FROM,
	OPT_NAMESPACE,
	OPT_RECURSIVE,
	OPT_COUNT
};

/* Which subcommands take an option. Those behind OPT_FLAG_ONLY belong to one call: they are no keys and no variables.
 */
enum opt_scope {
	OPT_IN_SERVER = 1,
	OPT_IN_AGENT = 2,
	OPT_IN_COMPONENT = 4,
	OPT_IN_TOOL = 8,
	OPT_IN_OUTPUT = 16, /* tools with -o */
	OPT_IN_TOKEN = 32,
	OPT_IN_UNINSTALL = 64,
	OPT_IN_VERSION = 128, /* takes -o and nothing else */
	OPT_IN_BACKUP = 256,
	OPT_IN_DEBUG = 512, /* what a running minik was started with, where none runs by itself */
	OPT_IN_FROM = 1024, /* minik debug's own */
	OPT_IN_NAMESPACE = 2048, /* tools with -n */
};
#define OPT_FLAG_ONLY                                                                                                  \
	(OPT_IN_OUTPUT | OPT_IN_TOKEN | OPT_IN_UNINSTALL | OPT_IN_VERSION | OPT_IN_BACKUP | OPT_IN_FROM | \
	 OPT_IN_NAMESPACE)

struct options; /* opaque */
/* Told of every fault of a value or key, so that one look shows them all. */
struct opt_faults {
	void (*fn)(void *arg, const char *message);
	void *arg;
};
/* argv without program and subcommand. Operands (non-flags) are left in *ret_rest (borrowed pointers into argv,
   NULL-terminated, malloc'ed array); with no_operands they are an error. ERR_INVALID, ERR_UNSUPPORTED: the message
   names file and key, variable, or flag, and the mend. All values in scope are checked (options_check.h). faults may be
   NULL: then the first one ends it; with it only flags and arguments that do not exist and a file that cannot be read
   are errors. *ret_help is set for --help. */
int options_parse(struct options **ret, unsigned scope, bool no_operands, int argc, char **argv, char ***ret_rest,
		  bool *ret_help, const struct opt_faults *faults, struct err *e);
/* What another process was started with, read from its place. */
struct opt_place {
	const char *environment; /* as in /proc/PID/environ */
	size_t n_environment;
	const char *root, *cwd; /* of its files: "/proc/PID/root", "/proc/PID/cwd" */
};
int options_parse_of(struct options **ret, const struct opt_place *place, unsigned scope, int argc, char **argv,
		     bool *ret_help, const struct opt_faults *faults, struct err *e);
struct options *options_free(struct options *o);
void options_usage(unsigned scope); /* prints the table to standard output */

#define OPT_WHERE_MAX 120
/* Where the value comes from: "flag --cluster-dns", "environment variable MINIK_X", "/etc/minik/config.yaml: key
 * \"x\"", "default of x". */
void opt_where(const struct options *o, enum opt_id id, char out[OPT_WHERE_MAX]);
const char *opt_name(enum opt_id id);
const char *opt_str(const struct options *o, enum opt_id id); /* NULL when unset and without default */
int64_t opt_int(const struct options *o, enum opt_id id);
bool opt_bool(const struct options *o, enum opt_id id);
char *const *opt_list(const struct options *o, enum opt_id id); /* NULL-terminated, never NULL */
bool opt_is_set(const struct options *o, enum opt_id id);	/* by flag, environment or file */
/*
 * A value that is the cluster's and not this machine's choice (text) counts instead of the default. ERR_INVALID: it is no
 * value of that option, or another one was given, and where.
 */
int opt_adopt(struct options *o, enum opt_id id, const char *text, struct err *e);
bool opt_list_has(const struct options *o, enum opt_id id, const char *word);
