/*
 * A CSI driver as minik's plug-in, without a node: csi_ops_tool [-t MS] SOCKET < lines OP JSON
 * Prints first `driver NAME node ID can OP,OP...`, and for each line `ok JSON`, or `CODE: message` with `(unsure)`
 * behind it where it may have been done.
 */
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include "base/str.h"
#include "storage/csi.h"

static int op_of(const char *name)
{
	for (int i = 0; i < PLUGIN_OP_COUNT; i++)
		if (streq(plugin_op_name((enum plugin_op)i), name))
			return i;
	return -1;
}

static void say(const struct plugin *p)
{
	const struct csi_info *info = csi_plugin_info(p);
	AUTO_BYTES struct bytes *topology = info->topology ? json_encode(info->topology) : NULL;
	const char *comma = "";

	printf("driver %s name %s node %s attach %d topology %d %s volumes %lld can ", p->driver, p->name,
	       p->node_id ? p->node_id : "-", p->attach_required, p->topology, topology ? topology->data : "-",
	       (long long)info->max_volumes);
	for (int i = 0; i < PLUGIN_OP_COUNT; i++)
		if (p->can & PLUGIN_CAN(i)) {
			printf("%s%s", comma, plugin_op_name((enum plugin_op)i));
			comma = ",";
		}
	printf("\n");
}

static int one(struct plugin *p, char *line, int timeout_ms)
{
	char *text = line + strcspn(line, " ");
	AUTO_JSON json_t *req = NULL, *answer = NULL;
	struct err e = {0};

	if (*text)
		*text++ = '\0';
	int op = op_of(line);
	if (op < 0 || json_parse(text, strlen(text), &req, &e) < 0) {
		fprintf(stderr, "csi_ops_tool: %s: %s\n", line, op < 0 ? "there is no such operation" : e.msg);
		return -1;
	}
	int r = plugin_call(p, (enum plugin_op)op, req, timeout_ms, &answer, &e);
	if (r < 0) {
		printf("%s: %s%s\n", err_name(r), e.msg, plugin_unsure(r) ? " (unsure)" : "");
	} else {
		AUTO_BYTES struct bytes *b = json_encode(answer);
		printf("ok %s\n", b ? b->data : "");
	}
	fflush(stdout);
	return 0;
}

int main(int argc, char **argv)
{
	AUTO_PLUGIN struct plugin *p = NULL;
	AUTO_FREE char *line = NULL;
	struct err e = {0};
	int64_t ms = 10000;
	size_t cap = 0;
	int opt;

	while ((opt = getopt(argc, argv, "t:")) != -1)
		if (opt != 't' || str_to_i64(optarg, 1, 3600000, &ms) < 0)
			return 2;
	if (argc - optind != 1)
		return 2;
	int r = csi_plugin_new(&p, NULL, NULL, argv[optind], &e);
	if (r < 0) {
		printf("%s: %s%s\n", err_name(r), e.msg, plugin_unsure(r) ? " (unsure)" : "");
		return 1;
	}
	say(p);
	fflush(stdout);
	while (getline(&line, &cap, stdin) > 0) {
		line[strcspn(line, "\n")] = '\0';
		if (one(p, line, (int)ms) < 0)
			return 2;
	}
	return 0;
}
