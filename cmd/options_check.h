/*
 * What a value of an option must look like, and what several must be together. The same functions serve `minik server`,
 * which refuses to start, and `minik check-config`, which tells of everything at once. Pure but for
 * opt_check_ca_file: no file is read, no network asked.
 */
#pragma once
#include "cmd/options.h"
#include "cmd/options_net.h"

#define OPT_CA_FILE_MAX (1 << 20) /* bytes of a file of CAs */

/* text: one value (of a list: one element). Message without the option's name: `"x" is not ...`. ERR_INVALID, or
   ERR_UNSUPPORTED for what is known and not there. */
typedef int (*opt_check_fn)(const char *text, unsigned scope, struct err *e);

int opt_check_filled(const char *text, unsigned scope, struct err *e);
int opt_check_absolute(const char *text, unsigned scope, struct err *e);
int opt_check_log_level(const char *text, unsigned scope, struct err *e);
int opt_check_log_format(const char *text, unsigned scope, struct err *e);
int opt_check_server_url(const char *text, unsigned scope, struct err *e);
int opt_check_token(const char *text, unsigned scope, struct err *e);
int opt_check_address(const char *text, unsigned scope, struct err *e);
int opt_check_address_port(const char *text, unsigned scope, struct err *e); /* or "" */
int opt_check_ca_file(const char *text, unsigned scope, struct err *e); /* reads it */
int opt_check_own_address(const char *text, unsigned scope,
			  struct err *e); /* one that others can reach: not 0.0.0.0 or :: */
int opt_check_san(const char *text, unsigned scope, struct err *e);
int opt_check_mode(const char *text, unsigned scope, struct err *e);
int opt_check_path_list(const char *text, unsigned scope, struct err *e);
int opt_check_cluster_cidr(const char *text, unsigned scope, struct err *e);
int opt_check_service_cidr(const char *text, unsigned scope, struct err *e);
int opt_check_domain(const char *text, unsigned scope, struct err *e);
int opt_check_port_range(const char *text, unsigned scope, struct err *e);
int opt_check_backend(const char *text, unsigned scope, struct err *e);
int opt_check_hairpin(const char *text, unsigned scope, struct err *e);
int opt_check_iface(const char *text, unsigned scope, struct err *e);
int opt_check_ipvs_scheduler(const char *text, unsigned scope, struct err *e);
int opt_check_proxy_mode(const char *text, unsigned scope, struct err *e);
int opt_check_node_name(const char *text, unsigned scope, struct err *e);
int opt_check_node_label(const char *text, unsigned scope, struct err *e); /* that a node may give itself */
int opt_check_label(const char *text, unsigned scope, struct err *e);
int opt_check_selector(const char *text, unsigned scope, struct err *e); /* of labels */
int opt_check_network(const char *text, unsigned scope, struct err *e);  /* an address or a network */
int opt_check_taint(const char *text, unsigned scope, struct err *e);
int opt_check_runtime(const char *text, unsigned scope, struct err *e);
int opt_check_cgroup(const char *text, unsigned scope, struct err *e);
int opt_check_component(const char *text, unsigned scope, struct err *e);
int opt_check_cloud_provider(const char *text, unsigned scope, struct err *e);
int opt_check_provider_id(const char *text, unsigned scope, struct err *e);
int opt_check_datastore(const char *text, unsigned scope, struct err *e);
int opt_check_prefix(const char *text, unsigned scope, struct err *e);
int opt_check_interval(const char *text, unsigned scope, struct err *e);
int opt_check_ttl(const char *text, unsigned scope, struct err *e);
int opt_check_output(const char *text, unsigned scope, struct err *e);

/* "30000-32767". */
int opt_port_range(const char *text, uint16_t *min, uint16_t *max, struct err *e);
/* "24h", "1h30m", "7d", "0" (for ever) to seconds. */
int opt_duration(const char *text, int64_t *ret_s, struct err *e);

/* options_together.c */
/* What options must be together: networks apart, the DNS address within the Services' network, ports distinct. fault is
   told of each, the first is the answer. fault may be NULL. */
int opt_check_together(const struct options *o, unsigned scope, void (*fault)(void *arg, const char *message),
		       void *arg, struct err *e);
