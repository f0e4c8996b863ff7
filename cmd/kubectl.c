#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "cmd/cmd.h"
#include "base/str.h"

/* Without the file kubectl would go to localhost:8080. Not asked for by what needs no cluster, or names one itself. */
static bool needs_file(char **argv)
{
	static const char *const alone[] = {"help",    "version", "completion", "config",
					    "options", "plugin",  "kustomize"};
	static const char *const flags[] = {"--kubeconfig", "--server", "-s", "--help", "-h", "--client", "--local"};

	for (size_t i = 0; argv[1] && i < ARRAY_LEN(alone); i++)
		if (streq(argv[1], alone[i]))
			return false;
	for (char **p = argv + 1; *p && !streq(*p, "--"); p++)
		for (size_t i = 0; i < ARRAY_LEN(flags); i++)
			if (streq(*p, flags[i]) || (str_has_prefix(*p, flags[i]) && (*p)[strlen(flags[i])] == '='))
				return false;
	return argv[1] != NULL;
}

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
	if (!path)
		path = "/etc/minik/minik.yaml";
	if (!getenv("KUBECONFIG") && needs_file(argv) && access(path, F_OK) < 0 && errno == ENOENT) {
		fprintf(stderr,
			"minik: %s does not exist: minik server writes it; on an agent copy the server's, with the "
			"server's address in place of 127.0.0.1 in it, or set KUBECONFIG\n",
			path);
		return 1;
	}
	if (setenv("KUBECONFIG", path, 0) < 0)
		return 1;
	argv[0] = (char *)"kubectl";
	execvp("kubectl", argv);
	fprintf(stderr, "minik: cannot run kubectl: %s; install the package kubernetes-client\n", strerror(errno));
	return 1;
}
