#include <errno.h>
#include <stdio.h>
#include <unistd.h>
#include "cmd/cmd.h"
#include "base/str.h"

/* `minik kubectl ...`: everything after the word belongs to kubectl. */
int cmd_kubectl(int argc, char **argv)
{
	const char *path = getenv("MINIK_WRITE_KUBECONFIG");

	(void)argc;
	if (setenv("KUBECONFIG", path ? path : "/etc/minik/minik.yaml", 0) < 0)
		return 1;
	argv[0] = (char *)"kubectl";
	execvp("kubectl", argv);
	fprintf(stderr, "minik: kubectl: %s; install the package kubernetes-client\n", strerror(errno));
	return 1;
}
