/* Shared by the subcommands: one file each. A subcommand returns the process's exit status: 0, 1 failure, 2 wrong usage. */
#pragma once
#include "cmd/options.h"
#include "base/loop.h"

struct subcommand {
	const char *name;
	int (*run)(int argc, char **argv); /* argv[0] is the subcommand's name */
	const char *help;		   /* one line; NULL: not shown */
};

int cmd_server(int argc, char **argv);
int cmd_agent(int argc, char **argv);
int cmd_component(int argc, char **argv); /* apiserver, controllers, ... by argv[0] */
int cmd_ingress(int argc, char **argv); /* the component, or minik ingress show | lint */
int cmd_kubectl(int argc, char **argv);
int cmd_token(int argc, char **argv);
int cmd_image(int argc, char **argv);
int cmd_certificate(int argc, char **argv);
int cmd_secrets_encrypt(int argc, char **argv);
int cmd_backup(int argc, char **argv);
int cmd_restore(int argc, char **argv);
int cmd_check_config(int argc, char **argv);
int cmd_status(int argc, char **argv);
int cmd_debug(int argc, char **argv);
int cmd_killall(int argc, char **argv);
int cmd_uninstall(int argc, char **argv);
int cmd_version(int argc, char **argv);

/* Prints "minik: message" and gives the exit status that belongs to the error: 2 for ERR_INVALID usage errors, else 1. */
int cmd_fail(const struct err *e);
int cmd_usage_error(const struct err *e);
/* Parses options for a tool; on --help prints "usage" and the options. Returns -1 to go on, else the exit status. */
int cmd_options(struct options **ret, unsigned scope, bool no_operands, const char *usage, int argc, char **argv, char ***ret_rest);
