#include <stdio.h>
#include <sys/utsname.h>
#include "base/str.h"
#include "cmd/cmd.h"

int cmd_version(int argc, char **argv)
{
	struct options *o = NULL;
	struct utsname u = {0};

	int status = cmd_options(&o, OPT_IN_VERSION, true, "minik version [-o text|json]", argc, argv, NULL);
	if (status >= 0)
		return status;
	(void)uname(&u);
	if (streq(opt_str(o, OPT_OUTPUT), "json"))
		printf("{\"version\":\"%s\",\"kubernetes\":\"v1.36\",\"machine\":\"%.64s\"}\n", MINIK_VERSION,
		       u.machine);
	else
		printf("minik %s (Kubernetes v1.36)\n", MINIK_VERSION);
	options_free(o);
	return 0;
}
