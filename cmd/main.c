#include <signal.h>
#include <stdio.h>
#include "base/log.h"
#include "base/str.h"
#include "cmd/cmd.h"
#include "node/helper.h"

static const struct subcommand subcommands[] = {
	{"server", cmd_server, "run the control plane and, unless --disable-agent, this machine as a node"},
	{"agent", cmd_agent, "join this machine to a cluster as a node"},
	{"apiserver", cmd_component, "run one component alone: the API server"},
	{"controllers", cmd_component, "... the controllers, against any Kubernetes API server"},
	{"scheduler", cmd_component, "... the scheduler"},
	{"node", cmd_component, "... the node agent"},
	{"net", cmd_component, "... the pod network"},
	{"proxy", cmd_component, "... the Service proxy"},
	{"dns", cmd_component, "... the cluster DNS"},
	{"ingress", cmd_component, "... the Ingress controller"},
	{"storage", cmd_component, "... the volume binder and provisioners"},
	{"kubectl", cmd_kubectl, "run kubectl with minik's kubeconfig"},
	{"token", cmd_token, "print the token with which nodes join"},
	{"image", cmd_image, "pull, import, export, list, remove, prune images"},
	{"certificate", cmd_certificate, "check or rotate the cluster's certificates"},
	{"backup", cmd_backup, "write the cluster's state to a file"},
	{"restore", cmd_restore, "put a backup back"},
	{"check-config", cmd_check_config, "look whether this machine and configuration can run minik"},
	{"status", cmd_status, "say how minik on this machine is doing"},
	{"killall", cmd_killall, "stop minik and all containers, remove all network state"},
	{"uninstall", cmd_uninstall, "remove minik and everything it made"},
	{"version", cmd_version, "print the version"},
	{"node-helper", node_helper_main, NULL},
};

static void usage(FILE *out)
{
	fprintf(out, "minik: a Kubernetes cluster in one small program\n\nusage: minik COMMAND [FLAGS]\n\n");
	for (size_t i = 0; i < ARRAY_LEN(subcommands); i++)
		if (subcommands[i].help)
			fprintf(out, "  %-14s %s\n", subcommands[i].name, subcommands[i].help);
	fprintf(out, "\nminik COMMAND --help shows the flags of a command. Every flag --some-name is also the key some-name in\n"
		     "/etc/minik/config.yaml and the environment variable MINIK_SOME_NAME.\n");
}

int cmd_fail(const struct err *e)
{
	fprintf(stderr, "minik: %s\n", e->msg);
	return 1;
}

int cmd_usage_error(const struct err *e)
{
	fprintf(stderr, "minik: %s\n", e->msg);
	return e->code == ERR_INVALID ? 2 : 1;
}

int cmd_options(struct options **ret, unsigned scope, bool no_operands, const char *what, int argc, char **argv, char ***ret_rest)
{
	struct err e = {0};
	bool help = false;
	enum log_level level = LOG_LEVEL_INFO;
	struct options *o = NULL;

	if (options_parse(&o, scope, no_operands, argc - 1, argv + 1, ret_rest, &help, &e) < 0)
		return cmd_usage_error(&e);
	if (help) {
		printf("usage: %s\n\n", what);
		options_usage(scope);
		options_free(o);
		return 0;
	}
	const char *format = opt_str(o, OPT_LOG_FORMAT);
	if (log_level_parse(opt_str(o, OPT_LOG_LEVEL), &level) < 0 || !(streq(format, "text") || streq(format, "json"))) {
		fprintf(stderr, "minik: --log-level takes error, warning, info or debug; --log-format takes text or json\n");
		options_free(o);
		return 2;
	}
	log_setup(level, streq(format, "json"));
	*ret = o;
	return -1;
}

int main(int argc, char **argv)
{
	signal(SIGPIPE, SIG_IGN);
	if (argc < 2) {
		usage(stderr);
		return 2;
	}
	if (streq(argv[1], "--help") || streq(argv[1], "-h") || streq(argv[1], "help")) {
		usage(stdout);
		return 0;
	}
	if (streq(argv[1], "--version"))
		return cmd_version(argc - 1, argv + 1);
	for (size_t i = 0; i < ARRAY_LEN(subcommands); i++)
		if (streq(argv[1], subcommands[i].name))
			return subcommands[i].run(argc - 1, argv + 1);
	fprintf(stderr, "minik: unknown command \"%s\" (see minik --help)\n", argv[1]);
	return 2;
}
