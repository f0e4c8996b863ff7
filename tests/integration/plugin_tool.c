/*
 * Calls a plug-in that is built in: plugin_tool DATA_DIR NAME OP < request.json
 * Prints the answer (exit 0), or "CODE: message" at standard error (exit 1; 2 when it is left open whether it was
 * done). PLUGIN_TIMEOUT_MS in the environment.
 */
#include <stdio.h>
#include <stdlib.h>
#include "base/fs.h"
#include "base/str.h"
#include "storage/helper.h"
#include "storage/plugin.h"

DEFINE_CLEANUP(struct plugins *, plugins_free, plugins_free_p)

static int run(const char *dir, const char *name, const char *op_name, struct err *e)
{
	CLEANUP(plugins_free_p) struct plugins *p = NULL;
	AUTO_PLUGIN struct plugin *plugin = NULL;
	AUTO_JSON json_t *req = NULL, *answer = NULL;
	AUTO_BUF struct buf in = {0}, out = {0};
	const struct plugins_config c = {.data_dir = dir, .kubelet_dir = dir};
	const char *limit = getenv("PLUGIN_TIMEOUT_MS");
	int64_t limit_ms = 30000;
	int op = 0, r;

	if (limit && str_to_i64(limit, 1, 3600000, &limit_ms) < 0)
		return err_set(e, ERR_INVALID, "PLUGIN_TIMEOUT_MS=%s", limit);
	while (op < PLUGIN_OP_COUNT && !streq(op_name, plugin_op_name((enum plugin_op)op)))
		op++;
	if (op == PLUGIN_OP_COUNT)
		return err_set(e, ERR_INVALID, "no operation %s", op_name);
	if ((r = fs_read("/dev/stdin", 1 << 20, &in, e)) < 0 || (r = json_parse(in.data, in.len, &req, e)) < 0 ||
	    (r = plugins_new(&p, &c, e)) < 0 || (r = plugins_start(p, e)) < 0)
		return r;
	plugin = plugins_get(p, name);
	if (!plugin)
		return err_set(e, ERR_NOT_FOUND, "no plug-in %s", name);
	if ((r = plugin_call(plugin, (enum plugin_op)op, req, (int)limit_ms, &answer, e)) < 0)
		return r;
	json_encode_buf(answer, &out);
	puts(out.data);
	return 0;
}

int main(int argc, char **argv)
{
	struct err e = {0};

	if (argc > 1 && streq(argv[1], "storage-helper"))
		return storage_helper_main(argc - 1, argv + 1);
	if (argc != 4) {
		fprintf(stderr, "usage: plugin_tool DATA_DIR NAME OP < request.json\n");
		return 1;
	}
	int r = run(argv[1], argv[2], argv[3], &e);
	if (r < 0)
		fprintf(stderr, "%s: %s\n", err_name(r), e.msg);
	return r == 0 ? 0 : plugin_unsure(r) ? 2 : 1;
}
