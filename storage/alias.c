/* A plug-in under a second name. */
#include "base/str.h"
#include "storage/builtin.h"

struct alias {
	struct plugin p; /* first */
	struct plugin *target;
};

static int call(struct plugin *p, enum plugin_op op, const json_t *req, int timeout_ms, json_t **ret, struct err *e)
{
	const struct alias *a = (const struct alias *)p;
	AUTO_JSON json_t *answer = NULL;
	int r = a->target->ops->call(a->target, op, req, timeout_ms, &answer, e);

	if (r < 0)
		return r;
	/* A node finds the plug-in by the name that the class has. */
	json_t *flex = json_dot(answer, "source.flexVolume");
	if (op == PLUGIN_CREATE && flex && json_set_str(flex, "driver", p->driver) < 0)
		return err_nomem(e);
	*ret = TAKE_PTR(answer);
	return 0;
}

static void alias_free(struct plugin *p)
{
	plugin_unref(((struct alias *)p)->target);
	free(p);
}

int plugin_alias_new(struct plugin **ret, const char *name, struct plugin *target, struct err *e)
{
	static const struct plugin_ops ops = {call, alias_free};
	CLEANUP(plugin_unref_p) struct plugin *p = NULL;
	struct alias *a = calloc(1, sizeof(*a));

	if (!a)
		return err_nomem(e);
	p = &a->p;
	p->can = target->can;
	p->per_node = target->per_node;
	p->topology = target->topology;
	a->target = plugin_ref(target);
	int r = plugin_init(p, &ops, target->kind, name, e);
	if (r < 0)
		return r;
	*ret = TAKE_PTR(p);
	return 0;
}

bool builtin_known(const char *name)
{
	for (const struct builtin *b = builtins; b->name; b++)
		if (streq(b->name, name))
			return true;
	return false;
}
