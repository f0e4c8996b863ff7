#include <stdio.h>
#include "cmd/cmd.h"

int cmd_version(int argc, char **argv)
{
	(void)argc;
	(void)argv;
	printf("minik %s (Kubernetes v1.36)\n", MINIK_VERSION);
	return 0;
}
