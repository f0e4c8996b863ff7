#include "storage/internal.h"
#include "storage/builtin_local.h"
#include "api/object.h"
#include "base/log.h"
#include "base/str.h"

/*
 * minik.io/local-path on this node, what the plug-in (builtin_local.h) cannot see from the disk alone: its configuration, which is a ConfigMap, and which of the
 * volumes in its records have become PersistentVolumes. Those that never did, because the claim went meanwhile, are removed, and so is what a removal that was
 * cut short has left. Claims and released volumes are provision.c's.
 */
#define DELETE_MS 600000
#define CONFIG_NS "kube-system"
#define CONFIG_NAME "local-path-config"

struct local {
	struct storage *s;
	struct plugin *plugin;	 /* NULL: none here; then nothing is done */
	struct informer *config; /* the one ConfigMap */
	struct workqueue *queue; /* names of records: is it a volume, or a leftover? */
};

/* A record: its PersistentVolume is there and it is kept; it is on its way out; or nobody will ever ask for it. */
static int settle(struct local *l, const char *name, struct err *e)
{
	struct storage *s = l->s;
	AUTO_JSON json_t *rec = local_path_volume(l->plugin, name);

	if (!rec)
		return 0;
	AUTO_OBJECT struct informer_object *pv = informer_get(s->pvs, NULL, name);
	bool leaving = streq(json_str(rec, "phase"), "deleting");
	if (pv && !leaving)
		return local_path_keep(l->plugin, name, e);
	if (!leaving && !streq(json_str(rec, "phase"), "new"))
		return 0;
	AUTO_OBJECT struct informer_object *pvc = informer_get(s->pvcs, json_str_or(rec, "claim.namespace", ""), json_str_or(rec, "claim.name", ""));
	if (!leaving && pvc && streq(pvc->uid, json_str_or(rec, "claim.uid", "")))
		return 0; /* being made */
	/* What was just made may not be in our copy yet. */
	struct client_ref ref = {.plural = "persistentvolumes", .name = name};
	int r = client_get_wait(s->client, &ref, NULL, e);
	if (!leaving && r != ERR_NOT_FOUND)
		return r;
	AUTO_JSON json_t *req = json_pack("{s:s,s:s}", "name", name, "handle", name);
	return req ? plugin_call(l->plugin, PLUGIN_DELETE, req, DELETE_MS, NULL, e) : err_nomem(e);
}

static int reconcile(void *arg, const char *key, struct err *e) { return settle(arg, key, e); }

/* --- handlers, on the loop's thread --- */

static void claim_deleted(void *arg, struct informer_object *o)
{
	struct local *l = arg;
	char name[300];

	(void)snprintf(name, sizeof(name), "pvc-%s", o->uid);
	workqueue_add(l->queue, name);
}
static void volume_added(void *arg, struct informer_object *o)
{
	if (strstr(o->json->data, LOCAL_PATH_PROVISIONER))
		workqueue_add(((struct local *)arg)->queue, o->name);
}

static void configure(struct local *l, const struct informer_object *o)
{
	AUTO_JSON json_t *cm = informer_object_json(o), *data = json_incref(json_object_get(cm, "data"));
	const char *text = json_string_value(json_object_get(data, "config.json"));
	struct err e = {0};

	if (local_path_configure(l->plugin, o != NULL, text, &e) == 0)
		plugins_changed(l->s->plugins, LOCAL_PATH_PROVISIONER);
	else if (o)
		client_event(l->s->client, cm, "v1", "ConfigMap", "Warning", "InvalidConfiguration", LOCAL_PATH_PROVISIONER, l->s->node_name, "%s", e.msg);
}
static void config_added(void *arg, struct informer_object *o) { configure(arg, o); }
static void config_updated(void *arg, struct informer_object *old, struct informer_object *o)
{
	(void)old;
	configure(arg, o);
}
static void config_deleted(void *arg, struct informer_object *o)
{
	(void)o;
	configure(arg, NULL);
}
static void config_synced(void *arg)
{
	struct local *l = arg;

	if (informer_count(l->config) == 0)
		configure(l, NULL);
}

/* --- life --- */

static void *local_free(void *part)
{
	struct local *l = part;

	if (!l)
		return NULL;
	l->queue = l->queue ? workqueue_free(l->queue) : NULL;
	informer_free(l->config);
	plugin_unref(l->plugin);
	free(l);
	return NULL;
}

static int local_new(void **ret, struct storage *s, struct err *e)
{
	static const struct informer_handler claims = {NULL, NULL, claim_deleted, NULL};
	static const struct informer_handler volumes = {volume_added, NULL, NULL, NULL};
	static const struct informer_handler config = {config_added, config_updated, config_deleted, config_synced};
	static const struct informer_config one = {.plural = "configmaps", .ns = CONFIG_NS, .field_selector = "metadata.name=" CONFIG_NAME};
	struct local *l = calloc(1, sizeof(*l));
	int r = 0;

	if (!l)
		return err_nomem(e);
	l->s = s;
	l->plugin = s->plugins ? plugins_get(s->plugins, LOCAL_PATH_PROVISIONER) : NULL;
	if (l->plugin && ((r = workqueue_new(&l->queue, s->loop, COMPONENT, 2, reconcile, l, e)) < 0 ||
			  (r = informer_add_handler(s->pvcs, &claims, l)) < 0 || (r = informer_add_handler(s->pvs, &volumes, l)) < 0 ||
			  (r = informer_new(&l->config, s->client, &one, e)) < 0 || (r = informer_add_handler(l->config, &config, l)) < 0)) {
		local_free(l);
		return r;
	}
	*ret = l;
	return 0;
}

/* Claims and volumes are known: what the records say can be held against them. */
static void local_go(void *part)
{
	struct local *l = part;
	AUTO_JSON json_t *all = l->plugin ? local_path_volumes(l->plugin) : NULL;
	struct err e = {0};
	const json_t *v;
	size_t i;

	if (!l->plugin)
		return;
	json_array_foreach (all, i, v)
		workqueue_add(l->queue, json_str_or(v, "name", ""));
	if (informer_start(l->config, &e) < 0)
		log_warning(COMPONENT, "local-path", "cannot follow ConfigMap " CONFIG_NS "/" CONFIG_NAME ": %s", e.msg);
	workqueue_pause(l->queue, false);
}

static void local_stop(void *part)
{
	struct local *l = part;

	if (l->queue)
		workqueue_stop(l->queue);
}

const struct storage_part local_part = {"local-path", false, true, local_new, local_go, local_stop, local_free};
