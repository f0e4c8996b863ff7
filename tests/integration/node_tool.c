/* A node agent alone against any API server, with the bridge network and a fixed pod range. argv: KUBECONFIG NAME IP DATA RUN CGROUP_ROOT */
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include "base/log.h"
#include "base/str.h"
#include "client/kubeconfig.h"
#include "net/net.h"
#include "node/helper.h"
#include "node/node.h"

static int attach(void *impl, const struct node_net_request *r, struct node_net_result *ret, struct err *e)
{
	struct podnet_result res = {0};
	int n = podnet_attach(impl, r->pod_uid, r->netns_path, r->pod_cidrs, &res, e);

	memcpy(ret->ips, res.ips, sizeof(ret->ips));
	return n;
}
static int detach(void *impl, const char *uid, const char *netns, struct err *e) { return podnet_detach(impl, uid, netns, e); }
static bool ready(void *impl UNUSED, struct err *why UNUSED) { return true; }
static int gc(void *impl, const char *const *live, struct err *e) { return podnet_gc(impl, live, e); }
static void say(void *arg UNUSED, const char *what) { printf("%s\n", what); }

int main(int argc, char **argv)
{
	static const struct node_network_ops ops = {.attach = attach, .detach = detach, .ready = ready, .gc = gc};
	struct connector *api = NULL;
	struct podnet *net = NULL;
	struct node *n = NULL;
	struct err e = {0};
	sigset_t set;
	int sig;

	if (argc > 1 && streq(argv[1], "node-helper"))
		return node_helper_main(argc - 1, argv + 1);
	if (argc < 7)
		return 2;
	sigemptyset(&set);
	sigaddset(&set, SIGTERM);
	sigaddset(&set, SIGINT);
	pthread_sigmask(SIG_BLOCK, &set, NULL);
	signal(SIGPIPE, SIG_IGN);
	log_setup(getenv("DEBUG") ? LOG_LEVEL_DEBUG : LOG_LEVEL_INFO, false);
	const char *ips[] = {argv[3], NULL};
	const struct podnet_config pc = {.run_dir = argv[5], .mtu = 1500};
	const struct node_config c = {.node_name = argv[2], .node_ips = ips, .data_dir = argv[4], .run_dir = argv[5], .runtime = "auto", .cgroup_root = argv[6],
				      .cluster_dns = "10.43.0.10", .cluster_domain = "cluster.local"};
	if (podnet_new(&net, &pc, &e) < 0)
		goto fail;
	if (argc > 7 && streq(argv[7], "killall")) {
		if (node_killall(&c, &ops, net, say, NULL, &e) < 0)
			goto fail;
		podnet_free(net);
		return 0;
	}
	if (kubeconfig_connector(&api, argv[1], "node", &e) < 0)
		goto fail;
	const struct node_deps d = {.api = api, .network = &ops, .network_impl = net};
	if (node_new(&n, &c, &d, &e) < 0 || node_start(n, &e) < 0)
		goto fail;
	printf("running\n");
	fflush(stdout);
	sigwait(&set, &sig);
	node_stop(n);
	node_join(n);
	node_free(n);
	connector_free(api);
	podnet_free(net);
	return 0;
fail:
	fprintf(stderr, "%s\n", e.msg);
	return 1;
}
