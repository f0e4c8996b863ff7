#include <stdio.h>
#include "cmd/cmd.h"
#include "cmd/host.h"

static void print_line(void *arg, bool ok, const char *line)
{
	(void)arg;
	printf("%s %s\n", ok ? "ok  " : "FAIL", line);
}

int cmd_check_config(int argc, char **argv)
{
	struct options *o = NULL;
	struct host h;
	struct err e = {0};

	int status = cmd_options(&o, OPT_IN_SERVER, true, "minik check-config [FLAGS of minik server]", argc, argv, NULL);
	if (status >= 0)
		return status;
	status = 0;
	if (host_identify(&h, o, &e) < 0) {
		status = 1;
		print_line(NULL, false, e.msg);
	} else {
		printf("ok   node %s, address %s\n", h.node_name, h.ips[0]);
	}
	if (host_check(o, !opt_bool(o, OPT_DISABLE_AGENT), print_line, NULL, &e) < 0)
		status = 1;
	options_free(o);
	return status;
}
