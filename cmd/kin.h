/*
 * The processes of minik on this machine that work with a run-dir or data-dir: the server or agent, and components that
 * run by themselves (`minik net ...`), which leave no pid anywhere. They are found by what they were started with:
 * command line, environment and configuration file, read as they read them. Whose paths lead elsewhere (another mount
 * namespace) is a stranger.
 */
#pragma once
#include <sys/types.h>
#include "cmd/options.h"

/* Asks each of them to end, waits, and kills those that do not; says so on standard output. ERR_TIMEOUT: one does not
 * end. */
int kin_end(const struct options *o, struct err *e);
/* What the process was started with; ERR_NOT_FOUND: it is none of minik's that runs on, or gone. Free with options_free.
 * ret_all (may be NULL): of an agent also what its cluster told it, which else could not be read. */
int kin_options(pid_t pid, struct options **ret, bool *ret_all, struct err *e);
/* Prints them. */
int kin_list(const struct options *o, struct err *e);
/* ERR_INVALID, naming it, when another minik (of other directories) has its pods' network or Services in this network
 * namespace: what is removed here would be its own, too. */
int kin_alone(const struct options *o, struct err *e);
/* The process of another minik, in whatever network namespace, that has `dir` as the place of its configuration,
 * registries or kubeconfig; 0: none. */
pid_t kin_uses(const struct options *o, const char *dir);
