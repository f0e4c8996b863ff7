#include "node/helper.h"
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>

/*
 * The first process of a PID namespace that containers of a pod share (shareProcessNamespace): reaps whatever is left to it,
 * until it is killed. It was put into the pod's cgroup and ends with it.
 */
static int pause_main(void)
{
	sigset_t set;

	(void)prctl(PR_SET_NAME, "pause");
	sigfillset(&set);
	sigprocmask(SIG_SETMASK, &set, NULL);
	for (;;) {
		siginfo_t info;
		while (waitpid(-1, NULL, WNOHANG) > 0)
			;
		if (sigwaitinfo(&set, &info) < 0 && errno != EINTR)
			return 1;
	}
}

int node_helper_main(int argc, char **argv)
{
	/* argv[0] may be "node-helper" or the program with "node-helper" behind it. */
	if (argc >= 1 && strcmp(argv[argc - 1], "pause") == 0)
		return pause_main();
	fprintf(stderr, "node-helper: unknown helper \"%s\"\n", argc > 0 ? argv[argc - 1] : "");
	return 2;
}
