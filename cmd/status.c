#include <stdio.h>
#include "base/json.h"
#include "base/str.h"
#include "client/client.h"
#include "client/kubeconfig.h"
#include "cmd/cmd.h"
#include "cmd/host.h"

static int print_nodes(struct client *c, struct err *e)
{
	static const struct client_ref nodes = {.plural = "nodes"};
	AUTO_JSON json_t *list = NULL;
	size_t i, k;
	json_t *n, *cond;

	int r = client_list_wait(c, &nodes, NULL, &list, e);
	if (r < 0)
		return r;
	json_array_foreach (json_object_get(list, "items"), i, n) {
		const char *ready = "Unknown", *why = "";
		json_array_foreach (json_dot(n, "status.conditions"), k, cond)
			if (streq(json_str(cond, "type"), "Ready")) {
				ready = json_str_or(cond, "status", "Unknown");
				why = json_str_or(cond, "message", "");
			}
		printf("node %s: %s%s%s\n", json_str_or(n, "metadata.name", "?"), streq(ready, "True") ? "Ready" : "NotReady",
		       streq(ready, "True") ? "" : ": ", streq(ready, "True") ? "" : why);
	}
	return 0;
}

int cmd_status(int argc, char **argv)
{
	struct options *o = NULL;
	struct err e = {0};
	struct connector *conn = NULL;
	struct loop *loop = NULL;
	struct loop_thread *thread = NULL;
	struct client *client = NULL;
	const struct client_config cc = {.field_manager = "minik-status"};

	int status = cmd_options(&o, OPT_IN_TOOL, true, "minik status", argc, argv, NULL);
	if (status >= 0)
		return status;
	int pid = host_running_pid(opt_str(o, OPT_RUN_DIR));
	if (pid > 0)
		printf("minik: running, pid %d\n", pid);
	else
		printf("minik: not running on this machine\n");
	status = pid > 0 ? 0 : 1;
	if (kubeconfig_connector(&conn, opt_str(o, OPT_KUBECONFIG), "minik-status", &e) < 0 || loop_new(&loop, &e) < 0 ||
	    client_new(&client, conn, loop, &cc, &e) < 0 || loop_thread_start(&thread, loop, "client", &e) < 0 ||
	    print_nodes(client, &e) < 0)
		status = cmd_fail(&e);
	if (thread) {
		loop_quit(loop);
		loop_thread_join(thread);
	}
	client_free(client);
	connector_free(conn);
	loop_free(loop);
	options_free(o);
	return status;
}
