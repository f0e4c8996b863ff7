#include <errno.h>
#include <unistd.h>
#include "storage/internal.h"
#include "storage/builtin_local.h"
#include "api/object.h"
#include "api/quantity.h"
#include "base/log.h"
#include "base/str.h"

/*
 * minik.io/local-path on this node, what the plug-in (builtin_local.h) cannot see from the disk alone: its configuration, which is a ConfigMap, and which of the
 * volumes in its records have become PersistentVolumes. Those that never did, because the claim went meanwhile, are removed, and so is what a removal that was
 * cut short has left.
 *
 * The node that the scheduler chose for a claim makes the volume, and removes it when it is released: a path is always one of its own node.
 */
#define CREATE_MS 120000
#define DELETE_MS 600000
#define CONFIG_NS "kube-system"
#define CONFIG_NAME "local-path-config"

struct local {
	struct storage *s;
	struct plugin *plugin;	 /* NULL: none here; then nothing is done */
	struct informer *config; /* the one ConfigMap */
	struct workqueue *queue; /* "pvc ns/name": provision; "pv name": delete; "rec name": is it a volume, or a leftover? */
};

static bool local_wants_claim(const struct storage *s, const struct informer_object *pvc)
{
	return s->local_path && strstr(pvc->json->data, "\"" LOCAL_PATH_PROVISIONER "\"") && strstr(pvc->json->data, ANN_SELECTED_NODE);
}

static bool is_ours(const struct storage *s, const json_t *pv)
{
	return streq(obj_annotation(pv, ANN_PROVISIONED_BY), LOCAL_PATH_PROVISIONER) && streq(volume_node(pv), s->node_name);
}

static json_t *create_request(const json_t *pvc, const json_t *sc, const char *name, struct err *e)
{
	const json_t *meta = json_object_get(pvc, "metadata"), *params = json_object_get(sc, "parameters");
	struct quantity q;
	const char *size = json_str_or(pvc, "spec.resources.requests.storage", "");
	json_t *req;

	if (quantity_parse(size, &q) < 0) {
		(void)err_set(e, ERR_INVALID, "the claim's size \"%.40s\" is not a quantity", size);
		return NULL;
	}
	req = json_pack("{s:s,s:I,s:O,s:s,s:s,s:{s:s,s:s,s:s,s:O*,s:O*},s:O*,s:s}", "name", name, "capacityBytes", (json_int_t)quantity_value(&q), "accessModes",
			json_dot(pvc, "spec.accessModes"), "volumeMode", json_str_or(pvc, "spec.volumeMode", "Filesystem"), "fsType",
			json_str_or(params, "csi.storage.k8s.io/fstype", ""), "claim", "namespace", obj_namespace(pvc), "name", obj_name(pvc), "uid", obj_uid(pvc),
			"annotations", json_object_get(meta, "annotations"), "labels", json_object_get(meta, "labels"), "parameters", params, "node",
			obj_annotation(pvc, ANN_SELECTED_NODE));
	if (!req)
		(void)err_set(e, ERR_INVALID, "the claim has no access modes");
	return req;
}

static int failed(struct storage *s, const json_t *pvc, int r, struct err *e)
{
	client_event(s->client, pvc, "v1", "PersistentVolumeClaim", "Warning", "ProvisioningFailed", LOCAL_PATH_PROVISIONER, s->node_name, "%s",
		     e->code ? e->msg : err_name(r));
	return r;
}

static int provision(struct local *l, const char *key, struct err *e)
{
	struct storage *s = l->s;
	AUTO_OBJECT struct informer_object *o = informer_get_key(s->pvcs, key);
	AUTO_JSON json_t *pvc = informer_object_json(o), *made = NULL;
	static const struct client_ref pvs = {.plural = "persistentvolumes"};

	if (!pvc || obj_deleting(pvc) || *json_str_or(pvc, "spec.volumeName", "") ||
	    !streq(obj_annotation(pvc, ANN_PROVISIONER), LOCAL_PATH_PROVISIONER) || !streq(obj_annotation(pvc, ANN_SELECTED_NODE), s->node_name))
		return 0;
	AUTO_OBJECT struct informer_object *so = informer_get(s->classes, NULL, json_str_or(pvc, "spec.storageClassName", ""));
	AUTO_JSON json_t *sc = informer_object_json(so);
	if (!sc)
		return err_set(e, ERR_NOT_FOUND, "storage class \"%s\" not found", json_str_or(pvc, "spec.storageClassName", ""));
	AUTO_FREE char *name = str_fmt("pvc-%s", obj_uid(pvc));
	AUTO_JSON json_t *req = name ? create_request(pvc, sc, name, e) : NULL;
	if (!req)
		return name ? failed(s, pvc, ERR_INVALID, e) : err_nomem(e);
	int r = plugin_call(l->plugin, PLUGIN_CREATE, req, CREATE_MS, &made, e);
	if (r < 0)
		return failed(s, pvc, r, e);
	AUTO_JSON json_t *pv = json_pack(
		"{s:s,s:s,s:{s:s,s:{s:s}},s:{s:{s:O},s:O,s:s,s:s,s:s,s:O*,s:{s:[{s:[{s:s,s:s,s:[s]}]}]}},s:{s:s,s:s,s:s,s:s,s:s}}}", "apiVersion", "v1", "kind",
		"PersistentVolume", "metadata", "name", name, "annotations", ANN_PROVISIONED_BY, LOCAL_PATH_PROVISIONER, "spec", "capacity", "storage",
		json_dot(pvc, "spec.resources.requests.storage"), "accessModes", json_dot(pvc, "spec.accessModes"), "persistentVolumeReclaimPolicy",
		json_str_or(sc, "reclaimPolicy", "Delete"), "storageClassName", so->name, "volumeMode", json_str_or(pvc, "spec.volumeMode", "Filesystem"), "local",
		json_dot(made, "source.local"), "nodeAffinity", "required", "nodeSelectorTerms", "matchExpressions", "key", "kubernetes.io/hostname", "operator", "In",
		"values", s->node_name, "claimRef", "kind", "PersistentVolumeClaim", "apiVersion", "v1", "namespace", o->ns, "name", o->name, "uid", o->uid);
	if (!pv)
		return err_set(e, ERR_INVALID, "claim %s has no size or access modes", key);
	json_object_update(json_dot(pv, "metadata.annotations"), json_object_get(made, "annotations"));
	r = client_create_wait(s->client, &pvs, pv, NULL, e);
	if (r == ERR_EXISTS)
		return 0;
	if (r < 0)
		return r;
	const json_t *v;
	size_t i;
	json_array_foreach (json_object_get(made, "warnings"), i, v)
		client_event(s->client, pvc, "v1", "PersistentVolumeClaim", "Warning", "CapacityNotEnforced", LOCAL_PATH_PROVISIONER, s->node_name, "%s",
			     json_string_value(v));
	client_event(s->client, pvc, "v1", "PersistentVolumeClaim", "Normal", "ProvisioningSucceeded", LOCAL_PATH_PROVISIONER, s->node_name,
		     "Successfully provisioned volume %s", name);
	return 0;
}

static int delete_volume(struct local *l, const char *name, struct err *e)
{
	struct storage *s = l->s;
	AUTO_OBJECT struct informer_object *o = informer_get(s->pvs, NULL, name);
	AUTO_JSON json_t *pv = informer_object_json(o), *req = NULL;
	struct client_ref ref = {.plural = "persistentvolumes", .name = name};

	if (!pv || !is_ours(s, pv) || !streq(json_str(pv, "status.phase"), "Released") ||
	    !streq(json_str_or(pv, "spec.persistentVolumeReclaimPolicy", ""), "Delete"))
		return 0;
	req = json_pack("{s:s,s:s,s:{s:O*}}", "name", name, "handle", name, "source", "local", json_dot(pv, "spec.local"));
	if (!req)
		return err_nomem(e);
	int r = plugin_call(l->plugin, PLUGIN_DELETE, req, DELETE_MS, NULL, e);
	if (r < 0) {
		client_event(s->client, pv, "v1", "PersistentVolume", "Warning", "VolumeFailedDelete", LOCAL_PATH_PROVISIONER, s->node_name, "%s", e->msg);
		return r == ERR_FORBIDDEN ? 0 : r;
	}
	r = client_delete_wait(s->client, &ref, NULL, NULL, e);
	return r == ERR_NOT_FOUND ? 0 : r;
}

/* A record: its PersistentVolume is there and it is kept; it is on its way out; or nobody will ever ask for it. */
static int settle(struct local *l, const char *name, struct err *e)
{
	struct storage *s = l->s;
	AUTO_JSON json_t *all = local_path_volumes(l->plugin);
	const json_t *rec = NULL, *v;
	size_t i;

	json_array_foreach (all, i, v)
		if (streq(json_str(v, "name"), name))
			rec = v;
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
	AUTO_JSON json_t *req = json_pack("{s:s,s:s}", "name", name, "handle", name);
	return req ? plugin_call(l->plugin, PLUGIN_DELETE, req, DELETE_MS, NULL, e) : err_nomem(e);
}

static int reconcile(void *arg, const char *key, struct err *e)
{
	struct local *l = arg;
	struct err mine = {0};
	int r;

	if (str_has_prefix(key, "pvc "))
		r = provision(l, key + 4, &mine);
	else if (str_has_prefix(key, "rec "))
		r = settle(l, key + 4, &mine);
	else
		r = delete_volume(l, key + 3, &mine);
	return r < 0 ? err_set(e, r, "%s", mine.code ? mine.msg : err_name(r)) : r;
}

/* --- handlers, on the loop's thread --- */

static void queue(struct local *l, const char *what, const char *key)
{
	char queued[608];

	(void)snprintf(queued, sizeof(queued), "%s %s", what, key);
	workqueue_add(l->queue, queued);
}
static void claim_added(void *arg, struct informer_object *o)
{
	struct local *l = arg;
	char key[600];

	storage_key(o, key, sizeof(key));
	if (local_wants_claim(l->s, o))
		queue(l, "pvc", key);
}
static void claim_updated(void *arg, struct informer_object *old, struct informer_object *o)
{
	(void)old;
	claim_added(arg, o);
}
static void claim_deleted(void *arg, struct informer_object *o)
{
	struct local *l = arg;
	char name[300];

	(void)snprintf(name, sizeof(name), "pvc-%s", o->uid);
	queue(l, "rec", name);
}
static void volume_added(void *arg, struct informer_object *o)
{
	struct local *l = arg;

	if (!strstr(o->json->data, LOCAL_PATH_PROVISIONER))
		return;
	queue(l, "rec", o->name);
	if (strstr(o->json->data, "\"Released\""))
		queue(l, "pv", o->name);
}
static void volume_updated(void *arg, struct informer_object *old, struct informer_object *o)
{
	(void)old;
	volume_added(arg, o);
}
static void all_claims(struct local *l)
{
	struct informer_object **v = NULL;
	size_t n = 0;

	if (informer_list(l->s->pvcs, NULL, &v, &n) == 0)
		for (size_t i = 0; i < n; i++)
			claim_added(l, v[i]);
	informer_list_free(v, n);
}

static void configure(struct local *l, const struct informer_object *o)
{
	AUTO_JSON json_t *cm = informer_object_json(o), *data = json_incref(json_object_get(cm, "data"));
	const char *text = json_string_value(json_object_get(data, "config.json"));
	struct err e = {0};

	if (o && !text)
		text = ""; /* which is not JSON, and says so */
	if (local_path_configure(l->plugin, text, &e) == 0)
		all_claims(l);
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
	static const struct informer_handler claims = {claim_added, claim_updated, claim_deleted, NULL};
	static const struct informer_handler volumes = {volume_added, volume_updated, NULL, NULL};
	static const struct informer_handler config = {config_added, config_updated, config_deleted, config_synced};
	static const struct informer_config one = {.plural = "configmaps", .ns = CONFIG_NS, .field_selector = "metadata.name=" CONFIG_NAME};
	struct local *l = calloc(1, sizeof(*l));
	int r = 0;

	if (!l)
		return err_nomem(e);
	l->s = s;
	l->plugin = s->plugins ? plugins_get(s->plugins, LOCAL_PATH_PROVISIONER) : NULL;
	if (l->plugin && ((r = workqueue_new(&l->queue, s->loop, COMPONENT, 4, reconcile, l, e)) < 0 ||
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
		queue(l, "rec", json_str_or(v, "name", ""));
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
