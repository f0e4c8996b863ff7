#include <stdio.h>
#include <unistd.h>
#include "base/ipvs.h"
#include "base/str.h"
#include "cmd/adapt.h"
#include "cmd/address.h"
#include "cmd/backup.h"
#include "cmd/cluster.h"
#include "cmd/cmd.h"
#include "cmd/datastore.h"
#include "cmd/host.h"
#include "cmd/secret.h"
#include "ingress/runner.h"
#include "wire/http_server.h"

struct look {
	unsigned faults;
};

static void print_cni(void *arg, enum cni_says says, const char *line)
{
	struct look *l = arg;
	static const char *const words[] = {
	    [CNI_SAYS_OK] = "ok  ", [CNI_SAYS_WARNING] = "warn", [CNI_SAYS_FAULT] = "FAIL"};

	printf("%s %s\n", words[says], line);
	l->faults += says == CNI_SAYS_FAULT;
}

static void print_line(void *arg, bool ok, const char *line)
{
	struct look *l = arg;

	printf("%s %s\n", ok ? "ok  " : "FAIL", line);
	l->faults += !ok;
}

static void print_fault(void *arg, const char *line)
{
	print_line(arg, false, line);
}

/* Auto takes IPVS where it is there, and needs it nowhere. */
static void look_ipvs(struct look *l, const struct options *o)
{
	struct ipvs *v = NULL;
	struct err e = {0};
	int r = ipvs_open(&v, &e);

	if (r == 0)
		r = ipvs_scheduler_check(v, opt_str(o, OPT_IPVS_SCHEDULER), &e);
	ipvs_close(v);
	print_line(l, r == 0, r == 0 ? "kernel has IPVS and its scheduler" : e.msg);
}

/* nginx and minik's module for it must be of one version. */
static void look_ingress(struct look *l, const struct options *o, bool agent)
{
	struct err e = {0};

	if (opt_list_has(o, OPT_DISABLE, "ingress"))
		return;
	bool good = runner_check(NULL, &e) == 0;
	if (!good && agent) { /* it does without */
		print_cni(l, CNI_SAYS_WARNING, e.msg);
		return;
	}
	print_line(l, good, good ? "nginx and minik's module for it" : e.msg);
}

/* Of a server that runs already it is no fault: the question is then what the next start would say. */
static void look_port(struct look *l, const struct options *o)
{
	struct http_server_config c = {.bind_address = opt_str(o, OPT_BIND_ADDRESS),
				       .port = (uint16_t)opt_int(o, OPT_HTTPS_LISTEN_PORT),
				       .threads = 1};
	struct http_server *s = NULL;
	struct err e = {0};
	int pid = host_running_pid(opt_str(o, OPT_RUN_DIR));

	if (pid <= 0 && (http_server_new(&s, &c, NULL, NULL, &e) < 0 || http_server_bind(s, &e) < 0))
		print_line(l, false, e.msg);
	http_server_free(s);
}

/* All that `minik server` or `minik agent` would refuse to start with, by the same functions, and all of it at once. */
static void look(struct look *l, struct options *o, bool agent)
{
	struct host h;
	struct err e = {0};
	char line[400];

	if (l->faults == 0)
		print_line(l, true, "flags, environment and configuration file");
	if (agent && !*opt_list(o, OPT_SERVER))
		print_line(l, false, "--server https://HOST:6443 is needed");
	if (secret_check(o, false, &e) < 0)
		print_line(l, false, e.msg);
	int known = agent ? cluster_recall(o, &e) : 0;
	if (known < 0)
		print_line(l, false, e.msg);
	if (l->faults == 0 && host_identify(&h, o, &e) < 0) {
		print_line(l, false, e.msg);
	} else if (l->faults == 0) {
		snprintf(line, sizeof(line), "node %s, address %s", h.node_name, h.ips[0]);
		print_line(l, true, line);
		(void)address_check(&h, o,
				    !agent  ? ADDRESS_NETS_OWN
				    : known ? ADDRESS_NETS_CLUSTER
					    : ADDRESS_NETS_UNKNOWN,
				    print_line, l, NULL);
	}
	if (!agent && (restore_check(o, &e) < 0 || datastore_keys_check(o, &e) < 0))
		print_line(l, false, e.msg);
	if (!agent)
		look_port(l, o);
	(void)host_check(o, agent || !opt_bool(o, OPT_DISABLE_AGENT), print_line, l, &e);
	if (streq(opt_str(o, OPT_PROXY_MODE), "ipvs") && geteuid() == 0 && !opt_list_has(o, OPT_DISABLE, "proxy") &&
	    (agent || !opt_bool(o, OPT_DISABLE_AGENT)))
		look_ipvs(l, o);
	if (agent || !opt_bool(o, OPT_DISABLE_AGENT))
		look_ingress(l, o, agent);
	if (streq(opt_str(o, OPT_FLANNEL_BACKEND), "none") && (agent || !opt_bool(o, OPT_DISABLE_AGENT))) {
		struct cni_config c;
		adapt_cni_config(&c, o);
		cni_inspect(&c, print_cni, l);
	}
}

int cmd_check_config(int argc, char **argv)
{
	struct options *o = NULL;
	struct err e = {0};
	struct look l = {0};
	const struct opt_faults faults = {print_fault, &l};
	char **rest = NULL;
	bool help = false, agent = argc > 1 && streq(argv[1], "agent");
	int skip = 1 + (agent || (argc > 1 && streq(argv[1], "server")));
	unsigned scope = agent ? OPT_IN_AGENT : OPT_IN_SERVER;

	if (options_parse(&o, scope, true, argc - skip, argv + skip, &rest, &help, &faults, &e) < 0) {
		/* What is on the command line is wrong usage, what is in the file is a fault of the configuration. */
		print_line(&l, false, e.msg);
		return e.code == ERR_INVALID ? 2 : 1;
	}
	if (help) {
		printf("usage: minik check-config [server|agent] [FLAGS of it]\n\nLooks whether this machine and "
		       "configuration can run minik; changes nothing. "
		       "Exit status 1 when something is in the way, not for what it warns of.\n\n");
		options_usage(scope);
	} else {
		look(&l, o, agent);
	}
	free(rest);
	options_free(o);
	return l.faults ? 1 : 0;
}
