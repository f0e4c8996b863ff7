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

int plugin_init(struct plugin *p, const struct plugin_ops *ops, const char *kind, const char *name, struct err *e)
{
	p->ops = ops;
	p->refs = 1;
	p->kind = kind;
	p->name = str_dup(name);
	p->driver = str_dup(name);
	return p->name && p->driver ? 0 : err_nomem(e);
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

const char *plugin_unknown_parameter(const json_t *parameters, const char *const *known, size_t n)
{
	const char *k;
	json_t *v;

	json_object_foreach ((json_t *)(uintptr_t)parameters, k, v) {
		size_t i = 0;
		while (i < n && !streq(k, known[i]))
			i++;
		if (i == n && !str_has_prefix(k, "csi.storage.k8s.io/"))
			return k;
	}
	return NULL;
}

bool plugin_unsure(int code)
{
	return code == ERR_TIMEOUT || code == ERR_UNAVAILABLE || code == ERR_AGAIN || code == ERR_PROTO || code == ERR_CANCELED;
}

/* --- what VOLUME of a request is --- */

/* The member of a spec that says what the volume is: the one that is not about something else. */
static const char *source_key(const json_t *spec)
{
	static const char *const other[] = {"capacity", "accessModes", "persistentVolumeReclaimPolicy", "storageClassName", "volumeMode", "nodeAffinity", "claimRef", "mountOptions",
					    "volumeAttributesClassName", "name"};
	const char *k;
	json_t *v;

	json_object_foreach ((json_t *)spec, k, v) {
		bool found = !json_is_object(v);
		for (size_t i = 0; i < ARRAY_LEN(other) && !found; i++)
			found = streq(k, other[i]);
		if (!found)
			return k;
	}
	return NULL;
}

json_t *volume_of_pv(const json_t *pv)
{
	const json_t *spec = json_object_get(pv, "spec"), *flex = json_dot(spec, "flexVolume.options");
	const char *key = source_key(spec), *handle = NULL, *k;
	AUTO_JSON json_t *context = NULL;
	AUTO_JSON json_t *out = NULL;
	json_t *v;

	if (streq(key, "csi")) {
		handle = json_str(spec, "csi.volumeHandle");
		context = json_deep_copy(json_dot(spec, "csi.volumeAttributes"));
	} else if (streq(key, "flexVolume")) {
		handle = json_str(flex, "volumeHandle");
		context = json_object();
		json_object_foreach ((json_t *)flex, k, v)
			if (!streq(k, "volumeHandle") && json_object_set(context, k, v) < 0)
				return NULL;
	} else {
		const char *kept = json_string_value(json_at(pv, "metadata", "annotations", ANN_VOLUME_CONTEXT, NULL));
		handle = json_string_value(json_at(pv, "metadata", "annotations", ANN_VOLUME_HANDLE, NULL));
		if (kept && json_parse(kept, strlen(kept), &context, NULL) == -ENOMEM)
			return NULL;
	}
	if (!json_is_object(context)) {
		json_decref(context);
		context = json_object();
	}
	out = json_pack("{s:s,s:O,s:{}}", "handle", handle ? handle : "", "context", context, "source");
	if (!out || (key && json_object_set(json_object_get(out, "source"), key, json_object_get(spec, key)) < 0))
		return NULL;
	return TAKE_PTR(out);
}

bool plugin_trusts(const struct plugin *p, const json_t *pv)
{
	return p->per_node || !json_at(pv, "metadata", "annotations", ANN_MADE_BY_NODE, NULL);
}

static struct plugin *of_volume(struct plugins *p, const json_t *pv)
{
	const json_t *spec = json_object_get(pv, "spec");

	if (!spec)
		spec = pv; /* a pod's own */
	if (json_object_get(spec, "csi"))
		return plugins_get_driver(p, json_str(spec, "csi.driver"));
	if (json_object_get(spec, "flexVolume"))
		return plugins_get_driver(p, json_str(spec, "flexVolume.driver"));
	return plugins_get(p, json_string_value(json_at(pv, "metadata", "annotations", "pv.kubernetes.io/provisioned-by", NULL)));
}

struct plugin *plugins_of_volume(struct plugins *p, const json_t *pv)
{
	struct plugin *found = of_volume(p, pv);

	return found && !plugin_trusts(found, pv) ? plugin_unref(found) : found;
}
