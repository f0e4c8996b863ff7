/*
 * `minik ingress-helper ...`: nginx's process before it is nginx. As root it gets a mount namespace in which the
 * directories of minik's that are not nginx's are empty, becomes nginx's user, and keeps one capability of root's: to
 * listen on ports below 1024. As somebody else it only gives up to gain anything by exec.
 */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>
#include "base/err.h"

#define NGINX_USER "minik-ingress" /* made by install.sh; a fixed number where there is none of that name */
#define NGINX_UID  64911

struct helper {
	bool drop; /* minik is root */
	uid_t uid;
	gid_t gid;
};
struct helper helper_user(void);
/* The command line that runs argv as h in cwd: hide's directories are empty but for keep's. Malloc'ed as a whole;
 * free(). */
int helper_argv(const char ***ret, const struct helper *h, const char *cwd, const char *const *hide,
		const char *const *keep, const char *const *argv, struct err *e);
int ingress_helper_main(int argc, char **argv);
