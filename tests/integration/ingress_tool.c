/*
 * The Ingress controller alone, for tests: ingress_tool KUBECONFIG RUN_DIR DATA_DIR ADDRESS HTTP_PORT HTTPS_PORT; ends
 * at SIGTERM or SIGINT, nginx goes on. ingress_tool cleanup RUN_DIR ends nginx.
 */
#include <signal.h>
#include "base/log.h"
#include "base/str.h"
#include "client/kubeconfig.h"
#include "ingress/ingress.h"

static int fail(const struct err *e)
{
	fprintf(stderr, "ingress_tool: %s\n", e->msg);
	return 1;
}

int main(int argc, char **argv)
{
	struct err e = {0};
	struct connector *c = NULL;
	struct ingress *x = NULL;
	int64_t http, https;
	sigset_t set;
	int sig;

	if (argc == 3 && streq(argv[1], "cleanup"))
		return ingress_cleanup(argv[2], &e) < 0 ? fail(&e) : 0;
	if (argc != 7 || str_to_i64(argv[5], 1, 65535, &http) < 0 || str_to_i64(argv[6], 1, 65535, &https) < 0) {
		fprintf(
		    stderr,
		    "usage: ingress_tool KUBECONFIG RUN_DIR DATA_DIR ADDRESS HTTP_PORT HTTPS_PORT | cleanup RUN_DIR\n");
		return 2;
	}
	sigemptyset(&set);
	sigaddset(&set, SIGTERM);
	sigaddset(&set, SIGINT);
	pthread_sigmask(SIG_BLOCK, &set, NULL);
	signal(SIGPIPE, SIG_IGN);
	log_setup(LOG_LEVEL_DEBUG, false);
	const char *const addresses[] = {argv[4], NULL};
	const struct ingress_config cfg = {.run_dir = argv[2],
					   .data_dir = argv[3],
					   .addresses = addresses,
					   .ingress_class = "nginx",
					   .http_port = (uint16_t)http,
					   .https_port = (uint16_t)https};
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
