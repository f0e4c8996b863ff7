#include <errno.h>
#include <string.h>
#include "storage/plugin.h"
#include "base/str.h"

static const char *const names[PLUGIN_OP_COUNT] = {
	[PLUGIN_CREATE] = "create",
	[PLUGIN_DELETE] = "delete",
	[PLUGIN_EXPAND] = "expand",
	[PLUGIN_MODIFY] = "modify",
	[PLUGIN_ATTACH] = "attach",
	[PLUGIN_DETACH] = "detach",
	[PLUGIN_SNAPSHOT_CREATE] = "snapshot-create",
	[PLUGIN_SNAPSHOT_DELETE] = "snapshot-delete",
	[PLUGIN_SNAPSHOT_GET] = "snapshot-get",
	[PLUGIN_CAPACITY] = "capacity",
	[PLUGIN_STAGE] = "stage",
	[PLUGIN_UNSTAGE] = "unstage",
	[PLUGIN_PUBLISH] = "publish",
	[PLUGIN_UNPUBLISH] = "unpublish",
	[PLUGIN_NODE_EXPAND] = "node-expand",
	[PLUGIN_STATS] = "stats",
};

const char *plugin_op_name(enum plugin_op op)
{
	return (unsigned)op < PLUGIN_OP_COUNT ? names[op] : "unknown";
}

struct plugin *plugin_ref(struct plugin *p)
{
	if (p)
		atomic_fetch_add(&p->refs, 1);
	return p;
}

struct plugin *plugin_unref(struct plugin *p)
{
	if (p && atomic_fetch_sub(&p->refs, 1) == 1) {
		free(p->name);
		free(p->driver);
		free(p->node_id);
		p->ops->free(p);
	}
	return NULL;
}

int plugin_call(struct plugin *p, enum plugin_op op, json_t *req, int timeout_ms, json_t **ret, struct err *e)
{
	AUTO_JSON json_t *answer = NULL;

	if (!(p->can & PLUGIN_CAN(op)))
		return err_set(e, ERR_UNSUPPORTED, "%s %s cannot %s", p->kind, p->name, plugin_op_name(op));
	if (json_object_set_new(req, "op", json_string(plugin_op_name(op))) < 0)
		return err_nomem(e);
	int r = p->ops->call(p, op, req, timeout_ms, &answer, e);
	if (r < 0) {
		(void)err_wrap(e, "%s %s: %s", p->kind, p->name, plugin_op_name(op));
		return r;
	}
	if (ret)
		*ret = TAKE_PTR(answer);
	return 0;
}

bool plugin_unsure(int code)
{
	return code == ERR_TIMEOUT || code == ERR_UNAVAILABLE || code == ERR_AGAIN || code == ERR_PROTO || code == ERR_CANCELED;
}
