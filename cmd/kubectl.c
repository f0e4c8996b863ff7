#include <errno.h>
#include <stdio.h>
#include <unistd.h>
#include "cmd/cmd.h"
#include "base/str.h"

/* `minik kubectl ...`: everything after the word belongs to kubectl. */
int cmd_kubectl(int argc, char **argv)
{
	const char *path = getenv("MINIK_WRITE_KUBECONFIG");

	/* kubectl has help of its own; `minik help kubectl` and a bare --help say what is minik's part in it. */
	if (argc == 2 && streq(argv[1], "--help")) {
		printf("usage: minik kubectl [ARGUMENTS of kubectl]\n\nRuns the kubectl of this machine with "
		       "$KUBECONFIG, if unset, being "
		       "$MINIK_WRITE_KUBECONFIG or\n/etc/minik/minik.yaml. Everything after the word kubectl is "
		       "kubectl's; see minik kubectl help.\n");
		return 0;
	}
	if (setenv("KUBECONFIG", path ? path : "/etc/minik/minik.yaml", 0) < 0)
		return 1;
	argv[0] = (char *)"kubectl";
	execvp("kubectl", argv);
	fprintf(stderr, "minik: cannot run kubectl: %s; install the package kubernetes-client\n", strerror(errno));
	return 1;
}
