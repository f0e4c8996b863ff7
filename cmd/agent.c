#include <stdio.h>
#include <unistd.h>
#include "base/log.h"
#include "base/str.h"
#include "cmd/cmd.h"
#include "cmd/host.h"
#include "cmd/join.h"
#include "cmd/parts.h"
#include "cmd/run.h"

struct agent {
	struct host host;
	struct join_result joined;
	struct parts *parts;
};

static int agent_connect(void *arg, struct connector **ret, const char *user, const char *const *groups, struct err *e)
{
	struct agent *a = arg;
	const char *servers[] = {a->joined.server, NULL};
	struct https_config c = {.servers = servers,
				 .ca_pem = a->joined.ca_pem,
				 .cert_pem = a->joined.client.cert_pem,
				 .key_pem = a->joined.client.key_pem,
				 .user_agent = user};

	/* On an agent everything speaks as the node: its certificate is all that the machine has. */
	(void)groups;
	return connector_https_new(ret, &c, e);
}

static int agent_start(struct agent *a, const struct options *o, struct parts_env *env, struct err *e)
{
	unsigned mask = (1u << PART_NET) | (1u << PART_PROXY) | (1u << PART_DNS) | (1u << PART_NODE) | (1u << PART_STORAGE);
	int r;

	if (opt_list_has(o, OPT_DISABLE, "proxy"))
		mask &= ~(1u << PART_PROXY);
	if (opt_list_has(o, OPT_DISABLE, "dns"))
		mask &= ~(1u << PART_DNS);
	if ((r = host_identify(&a->host, o, e)) < 0 || (r = host_check(o, true, NULL, NULL, e)) < 0 ||
	    (r = host_lock_dirs(&a->host, o, e)) < 0 || (r = join_cluster(&a->joined, o, &a->host, e)) < 0)
		return r;
	*env = (struct parts_env){
		.opt = o,
		.node_name = a->host.node_name,
		.node_ips = a->host.ip_list,
		.ca_cert_pem = a->joined.ca_pem,
		.serving_cert_pem = a->joined.serving.cert_pem,
		.serving_key_pem = a->joined.serving.key_pem,
		.connect = agent_connect,
		.connect_arg = a,
	};
	return parts_start(&a->parts, env, mask, e);
}

int cmd_agent(int argc, char **argv)
{
	struct options *o = NULL;
	struct err e = {0};
	struct parts_env env;
	struct agent a = {.host = {.lock_fd = -1}};

	int status = cmd_options(&o, OPT_IN_AGENT, true, "minik agent --server https://HOST:6443 --token TOKEN [FLAGS]", argc, argv, NULL);
	if (status >= 0)
		return status;
	int sig_fd = run_signals(&e);
	if (sig_fd < 0)
		status = cmd_fail(&e);
	else if (agent_start(&a, o, &env, &e) < 0)
		status = cmd_usage_error(&e);
	else {
		log_info("agent", a.host.node_name, "minik %s is a node of %s", MINIK_VERSION, a.joined.server);
		run_until_signal(sig_fd, a.parts, o);
		status = 0;
	}
	a.parts = parts_free(a.parts);
	join_result_done(&a.joined);
	host_unlock(&a.host);
	if (sig_fd >= 0)
		close(sig_fd);
	options_free(o);
	return status;
}
