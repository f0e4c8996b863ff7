/*
 * The Ingress controller alone, for tests: ingress_tool KUBECONFIG RUN_DIR DATA_DIR ADDRESS HTTP_PORT HTTPS_PORT
 * [KEY=VALUE ...]; ends at SIGTERM or SIGINT, nginx goes on. ingress_tool cleanup RUN_DIR ends nginx. Keys: log=1,
 * proxy=1 (PROXY protocol), trusted=NETWORK, metrics=ADDR:PORT, node=NAME, nodes=SELECTOR, ports=OWN-PORTS,
 * hide=DIRECTORY.
 */
#include <signal.h>
#include "base/log.h"
#include "base/str.h"
#include "client/kubeconfig.h"
#include "ingress/helper.h"
#include "ingress/ingress.h"

static int fail(const struct err *e)
{
	fprintf(stderr, "ingress_tool: %s\n", e->msg);
	return 1;
}

#define MAX 8

/* KEY=VALUE into c. */
static bool take(struct ingress_config *c, const char *word, const char *trusted[MAX], const char *hidden[MAX])
{
	size_t n = 0;

	if (str_has_prefix(word, "log="))
		c->access_log = true;
	else if (str_has_prefix(word, "proxy="))
		c->proxy_protocol = true;
	else if (str_has_prefix(word, "metrics="))
		c->metrics_address = word + 8;
	else if (str_has_prefix(word, "node="))
		c->node_name = word + 5;
	else if (str_has_prefix(word, "nodes="))
		c->node_selector = word + 6;
	else if (str_has_prefix(word, "ports="))
		c->own_ports = word + 6;
	else if (str_has_prefix(word, "trusted=") || str_has_prefix(word, "hide=")) {
		const char **list = *word == 't' ? trusted : hidden;
		while (list[n])
			n++;
		if (n == MAX - 1)
			return false;
		list[n] = strchr(word, '=') + 1;
	} else {
		return false;
	}
	return true;
}

int main(int argc, char **argv)
{
	const char *trusted[MAX] = {NULL}, *hidden[MAX] = {NULL};
	struct err e = {0};
	struct connector *c = NULL;
	struct ingress *x = NULL;
	int64_t http, https;
	sigset_t set;
	int sig;

	if (argc > 1 && streq(argv[1], "ingress-helper"))
		return ingress_helper_main(argc - 1, argv + 1);
	if (argc == 3 && streq(argv[1], "cleanup"))
		return ingress_cleanup(argv[2], &e) < 0 ? fail(&e) : 0;
	if (argc < 7 || str_to_i64(argv[5], 1, 65535, &http) < 0 || str_to_i64(argv[6], 1, 65535, &https) < 0) {
		fprintf(stderr, "usage: ingress_tool KUBECONFIG RUN_DIR DATA_DIR ADDRESS HTTP_PORT HTTPS_PORT "
				"[KEY=VALUE...] | cleanup RUN_DIR\n");
		return 2;
	}
	sigemptyset(&set);
	sigaddset(&set, SIGTERM);
	sigaddset(&set, SIGINT);
	pthread_sigmask(SIG_BLOCK, &set, NULL);
	signal(SIGPIPE, SIG_IGN);
	log_setup(LOG_LEVEL_DEBUG, false);
	const char *const addresses[] = {argv[4], NULL};
	struct ingress_config cfg = {.run_dir = argv[2],
				     .data_dir = argv[3],
				     .addresses = addresses,
				     .ingress_class = "nginx",
				     .http_port = (uint16_t)http,
				     .https_port = (uint16_t)https,
				     .trusted = trusted,
				     .hidden = hidden};
	for (int i = 7; i < argc; i++)
		if (!take(&cfg, argv[i], trusted, hidden)) {
			fprintf(stderr, "ingress_tool: what is %s?\n", argv[i]);
			return 2;
		}
	int r = kubeconfig_connector(&c, argv[1], "ingress_tool", &e);
	if (r == 0) {
		const struct ingress_deps deps = {.api = c, .clock = clock_real()};
		r = ingress_new(&x, &cfg, &deps, &e);
	}
	r = r < 0 ? r : ingress_start(x, &e);
	if (r == 0) {
		printf("ready\n");
		fflush(stdout);
		(void)sigwait(&set, &sig);
		ingress_stop(x);
		ingress_join(x);
	}
	ingress_free(x);
	connector_free(c);
	return r < 0 ? fail(&e) : 0;
}
