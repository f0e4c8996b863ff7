#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include "base/log.h"
#include "base/str.h"
#include "cmd/cmd.h"
#include "ingress/helper.h"
#include "node/helper.h"
#include "storage/helper.h"

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
    {"ingress", cmd_ingress, "... the Ingress controller; ingress show, ingress lint: its routing table, and manifests checked"},
    {"storage", cmd_component, "... the volume binder and provisioners"},
    {"kubectl", cmd_kubectl, "run kubectl with minik's kubeconfig"},
    {"token", cmd_token, "print, create, list, delete tokens with which nodes join"},
    {"image", cmd_image, "pull, import, export, list, remove, prune images"},
    {"certificate", cmd_certificate, "check or rotate the cluster's certificates"},
    {"secrets-encrypt", cmd_secrets_encrypt, "encryption of Secrets at rest: state, keys, rotation"},
    {"backup", cmd_backup, "write the cluster's state to a file"},
    {"restore", cmd_restore, "put a backup back"},
    {"check-config", cmd_check_config, "look whether this machine and configuration can run minik"},
    {"status", cmd_status, "say how minik on this machine is doing"},
    {"debug", cmd_debug, "debug service NAMESPACE/NAME: find out why a Service does not work"},
    {"killall", cmd_killall, "stop minik and all containers, remove all network state"},
    {"uninstall", cmd_uninstall, "remove minik and everything it made"},
    {"version", cmd_version, "print the version"},
    {"ingress-helper", ingress_helper_main, NULL},
    {"node-helper", node_helper_main, NULL},
    {"storage-helper", storage_helper_main, NULL},
};

static void usage(FILE *out)
{
	fprintf(out, "minik %s: a Kubernetes cluster in one small program\n\nusage: minik COMMAND [FLAGS]\n\n",
		MINIK_VERSION);
	for (size_t i = 0; i < ARRAY_LEN(subcommands); i++)
		if (subcommands[i].help)
			fprintf(out, "  %-15s %s\n", subcommands[i].name, subcommands[i].help);
	fprintf(out, "\nminik COMMAND --help, or minik help COMMAND, shows the flags of a command. Every flag "
		     "--some-name of the server, the agent and\n"
		     "the components is also the key some-name in /etc/minik/config.yaml and the environment variable "
		     "MINIK_SOME_NAME.\n"
		     "Exit status: 0, 1 for a failure, 2 for wrong usage.\n");
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

	if (options_parse(&o, scope, no_operands, argc - 1, argv + 1, ret_rest, &help, NULL, &e) < 0)
		return cmd_usage_error(&e);
	if (help) {
		printf("usage: %s\n\n", what);
		options_usage(scope);
		options_free(o);
		if (ret_rest)
			free(*ret_rest);
		return 0;
	}
	(void)log_level_parse(opt_str(o, OPT_LOG_LEVEL), &level); /* checked with all other values */
	log_setup(level, streq(opt_str(o, OPT_LOG_FORMAT), "json"));
	/* For the OCI runtimes that are called directly: see node/runtime_create.c. Before any thread. */
	if (setenv("_LIBCONTAINER_STATEDIR", opt_str(o, OPT_RUN_DIR), 1) < 0) {
		(void)err_nomem(&e);
		options_free(o);
		return cmd_fail(&e);
	}
	*ret = o;
	return -1;
}

static const struct subcommand *find(const char *name)
{
	for (size_t i = 0; i < ARRAY_LEN(subcommands); i++)
		if (streq(name, subcommands[i].name))
			return &subcommands[i];
	return NULL;
}

static int unknown(const char *name)
{
	fprintf(stderr, "minik: unknown command \"%.100s\" (see minik --help)\n", name);
	return 2;
}

/* minik help COMMAND is minik COMMAND --help. */
static int help(int argc, char **argv)
{
	char flag[] = "--help", *args[] = {argc > 1 ? argv[1] : NULL, flag, NULL};
	const struct subcommand *s;

	if (argc > 2) {
		fprintf(stderr, "minik: usage: minik help [COMMAND]\n");
		return 2;
	}
	if (argc < 2) {
		usage(stdout);
		return 0;
	}
	s = find(argv[1]);
	return s && s->help ? s->run(2, args) : unknown(argv[1]);
}

int main(int argc, char **argv)
{
	const struct subcommand *s;

	signal(SIGPIPE, SIG_IGN);
	if (argc < 2) {
		usage(stderr);
		return 2;
	}
	if (streq(argv[1], "--help") || streq(argv[1], "-h") || streq(argv[1], "help"))
		return help(argc - 1, argv + 1);
	if (streq(argv[1], "--version"))
		return cmd_version(argc - 1, argv + 1);
	s = find(argv[1]);
	return s ? s->run(argc - 1, argv + 1) : unknown(argv[1]);
}
