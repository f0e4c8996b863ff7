#include <stdio.h>
#include <time.h>
#include <unistd.h>
#include "base/clock.h"
#include "base/log.h"
#include "base/str.h"
#include "cmd/address.h"
#include "cmd/cluster.h"
#include "cmd/cmd.h"
#include "cmd/failover.h"
#include "cmd/host.h"
#include "cmd/instance.h"
#include "cmd/join.h"
#include "cmd/parts.h"
#include "cmd/run.h"

#define ADDRESS_RETRY_S 60

struct agent {
	struct options *opt;
	struct parts_env env;
	struct host host;
	struct server_list *servers;
	struct join_result joined;
	struct connector *watchful;
	struct failover *failover;
	struct parts *parts;
	bool other_address; /* than the serving certificate is for */
};

static int agent_connect(void *arg, struct connector **ret, const char *user, const char *const *groups, struct err *e)
{
	struct agent *a = arg;
	struct https_config c = {.shared = a->servers,
				 .ca_pem = a->joined.ca_pem,
				 .cert_pem = a->joined.client.cert_pem,
				 .key_pem = a->joined.client.key_pem,
				 .user_agent = user};

	/* On an agent everything speaks as the node: its certificate is all that the machine has. */
	(void)groups;
	return connector_https_new(ret, &c, e);
}

static unsigned parts_wanted(const struct options *o)
{
	unsigned mask =
	    (1u << PART_NET) | (1u << PART_PROXY) | (1u << PART_DNS) | (1u << PART_NODE) | (1u << PART_STORAGE) |
	    (1u << PART_INGRESS);

	if (opt_list_has(o, OPT_DISABLE, "proxy"))
		mask &= ~(1u << PART_PROXY);
	if (opt_list_has(o, OPT_DISABLE, "dns"))
		mask &= ~(1u << PART_DNS);
	if (opt_list_has(o, OPT_DISABLE, "ingress"))
		mask &= ~(1u << PART_INGRESS);
	return mask;
}

/* The tools of this machine ask the same server as we do. */
static void agent_moved_on(void *arg, const char *url)
{
	struct agent *a = arg;
	struct err e = {0};

	if (instance_publish(a->opt, "agent", a->host.node_name, url, parts_wanted(a->opt), &e) < 0)
		log_warning("agent", NULL, "which server is asked is not written down: %s", e.msg);
}

static int failover_begin(struct agent *a, struct err *e)
{
	const struct https_config c = {.shared = a->servers,
				       .ca_pem = a->joined.ca_pem,
				       .cert_pem = a->joined.client.cert_pem,
				       .key_pem = a->joined.client.key_pem,
				       .user_agent = "minik-agent",
				       .watchful = true};
	int r = connector_https_new(&a->watchful, &c, e);

	if (r < 0)
		return r;
	const struct failover_config fc = {
	    .opt = a->opt, .servers = a->servers, .api = a->watchful, .moved = agent_moved_on, .arg = a};
	return failover_start(&a->failover, &fc, e);
}

static int agent_parts(struct agent *a, struct err *e)
{
	const struct options *o = a->opt;

	a->env = (struct parts_env){
	    .opt = o,
	    .node_name = a->host.node_name,
	    .node_ips = a->host.ip_list,
	    .service_cidr = opt_str(o, OPT_SERVICE_CIDR),
	    .ca_cert_pem = a->joined.ca_pem,
	    .serving_cert_pem = a->joined.serving.cert_pem,
	    .serving_key_pem = a->joined.serving.key_pem,
	    .connect = agent_connect,
	    .connect_arg = a,
	};
	int r = failover_begin(a, e);
	if (r < 0 || (r = parts_start(&a->parts, &a->env, parts_wanted(o), e)) < 0)
		return r;
	AUTO_FREE char *server = server_list_current(a->servers, NULL);
	return server ? instance_publish(o, "agent", a->host.node_name, server, parts_wanted(o), e) : err_nomem(e);
}

static void parts_end(struct agent *a)
{
	a->parts = parts_free(a->parts);
	a->failover = failover_stop(a->failover);
	a->watchful = connector_free(a->watchful);
}

/*
 * Only now the cluster's networks are known, and with them which family the node's address should be of. One that was
 * found for another is exchanged, in the serving certificate too.
 */
static int agent_fits(struct agent *a, int sig_fd, struct err *e)
{
	struct join_result fresh = {0};
	struct host now;
	int r = host_identify(&now, a->opt, e);

	if (r < 0)
		return r;
	if (memcmp(now.ips, a->host.ips, sizeof(now.ips)) != 0) {
		host_move(&a->host, &now);
		if ((r = join_cluster(&fresh, a->servers, a->opt, &a->host, sig_fd, e)) < 0)
			return r;
		join_result_done(&a->joined);
		a->joined = fresh;
	}
	return address_check(&a->host, a->opt, ADDRESS_NETS_CLUSTER, NULL, NULL, e);
}

static int agent_start(struct agent *a, int sig_fd, struct err *e)
{
	const struct options *o = a->opt;
	int r;

	if ((r = cluster_recall(a->opt, NULL)) < 0)
		log_debug("agent", NULL, "what is known of the cluster's networks is not what this machine is told");
	if ((r = host_identify(&a->host, o, e)) < 0 || (r = host_check(o, true, NULL, NULL, e)) < 0 ||
	    (r = host_lock_dirs(&a->host, o, e)) < 0 || (r = failover_servers(&a->servers, o, e)) < 0 ||
	    (r = join_cluster(&a->joined, a->servers, o, &a->host, sig_fd, e)) < 0 ||
	    (r = cluster_adopt(a->opt, a->servers, a->joined.ca_pem, e)) < 0)
		return r;
	if ((r = agent_fits(a, sig_fd, e)) < 0)
		return r;
	a->other_address = a->joined.other_address;
	return agent_parts(a, e);
}

static time_t agent_due(void *arg)
{
	const struct agent *a = arg;
	time_t soon = clock_wall(clock_real()) + ADDRESS_RETRY_S;

	return a->other_address && soon < a->joined.due ? soon : a->joined.due;
}

static int agent_moved(void *arg, struct err *e);

/* With new certificates all that speaks to the API server begins anew; containers, networks and Services stay as they
 * are. */
static int agent_renew(void *arg, struct err *e)
{
	struct agent *a = arg;
	struct join_result fresh = {0};

	if (a->other_address && a->joined.due > clock_wall(clock_real()))
		return agent_moved(a, e);
	int r = join_cluster(&fresh, a->servers, a->opt, &a->host, -1, e);
	if (r < 0)
		return r;
	if (fresh.due <= clock_wall(clock_real())) {
		/* Not renewed, and why was logged: the former ones are good for a while. */
		join_result_done(&fresh);
		return err_set(e, ERR_UNAVAILABLE, "the certificates of this node could not be renewed");
	}
	parts_end(a);
	join_result_done(&a->joined);
	a->joined = fresh;
	if (agent_parts(a, e) < 0)
		return err_set(e, ERR_CANCELED, "cannot go on with renewed certificates: %.180s", e->msg);
	log_info("certificates", a->host.node_name, "renewed; the next are due in %lld days",
		 (long long)(a->joined.due - clock_wall(clock_real())) / 86400);
	return 0;
}

/*
 * Connections from the former address are dead: all that speaks to the API server begins anew, and peers follow at
 * once. Then comes the serving certificate, which is for the former address: the node agent takes it as it runs.
 */
static int agent_moved(void *arg, struct err *e)
{
	struct agent *a = arg;
	struct join_result fresh = {0};
	struct host now;

	int r = host_moved(&a->host, a->opt, &now, e);
	if (r < 0)
		return r;
	if (r > 0) {
		log_info("agent", a->host.node_name, "address %s instead of %s", now.ips[0], a->host.ips[0]);
		parts_end(a);
		host_move(&a->host, &now);
		a->other_address = true;
		if (agent_parts(a, e) < 0)
			return err_set(e, ERR_CANCELED, "cannot go on with another address: %.180s", e->msg);
	}
	if (!a->other_address)
		return 0;
	if ((r = join_cluster(&fresh, a->servers, a->opt, &a->host, -1, e)) < 0)
		return err_wrap(e, "no certificate for this node's new address");
	join_result_done(&a->joined);
	a->joined = fresh;
	if (fresh.other_address)
		return err_set(e, ERR_UNAVAILABLE, "no certificate for this node's new address yet");
	if ((r = parts_use_certificate(a->parts, fresh.serving.cert_pem, fresh.serving.key_pem, e)) == 0)
		a->other_address = false;
	return r;
}

int cmd_agent(int argc, char **argv)
{
	struct options *o = NULL;
	struct err e = {0};
	struct agent a = {.host = {.lock_fd = -1}};

	int status = cmd_options(&o, OPT_IN_AGENT, true, "minik agent --server https://HOST:6443 --token TOKEN [FLAGS]",
				 argc, argv, NULL);
	if (status >= 0)
		return status;
	a.opt = o;
	int sig_fd = run_signals(&e);
	if (sig_fd < 0)
		status = cmd_fail(&e);
	else if (agent_start(&a, sig_fd, &e) < 0)
		status = e.code == ERR_CANCELED ? 0 : cmd_usage_error(&e);
	else {
		AUTO_FREE char *server = server_list_current(a.servers, NULL);

		const struct run_due due = {.next = agent_due, .run = agent_renew, .moved = agent_moved, .arg = &a};
		log_info("agent", a.host.node_name, "minik %s is a node of %s", MINIK_VERSION, server ? server : "");
		status = run_until_signal(sig_fd, &due, &a.parts, o, &e) < 0 ? cmd_fail(&e) : 0;
		a.failover = failover_stop(a.failover); /* it writes the record, too */
		instance_withdraw(o);
	}
	parts_end(&a);
	join_result_done(&a.joined);
	a.servers = server_list_unref(a.servers);
	host_unlock(&a.host);
	if (sig_fd >= 0)
		close(sig_fd);
	options_free(o);
	return status;
}
