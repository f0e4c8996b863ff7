/* Who is looked at again when something changes, the CRDs, which begin it all, and the life of the whole. */
#include <errno.h>
#include "api/object.h"
#include "base/log.h"
#include "base/str.h"
#include "storage/snapshot.h"

#define WORKERS    8
#define PER_DRIVER 4

/* --- events --- */

static void snapshot_seen(void *arg, struct informer_object *o)
{
	struct snapshots *z = arg;
	AUTO_JSON json_t *snap = informer_object_json(o);
	AUTO_FREE char *content = snap ? snapshot_content_name(snap) : NULL;
	char key[600];

	storage_key(o, key, sizeof(key));
	workqueue_add(z->queue, key);
	if (content)
		workqueue_add(z->content_queue, content);
	claims_made_of(z, "VolumeSnapshot", o->ns, o->name);
}
static void snapshot_changed(void *arg, struct informer_object *old, struct informer_object *o)
{
	(void)old;
	snapshot_seen(arg, o);
}
/* Its snapshot, and the claims that are made of that, hear of it. */
static void tell_snapshot(struct snapshots *z, const json_t *content)
{
	const char *ns = json_str_or(content, "spec.volumeSnapshotRef.namespace", ""),
		   *name = json_str_or(content, "spec.volumeSnapshotRef.name", "");
	AUTO_FREE char *key = z->agent ? NULL : str_fmt("%s/%s", ns, name);

	if (!key)
		return;
	workqueue_add(z->queue, key);
	claims_made_of(z, "VolumeSnapshot", ns, name);
}

static void content_seen(void *arg, struct informer_object *o)
{
	struct snapshots *z = arg;
	AUTO_JSON json_t *c = informer_object_json(o);

	tell_snapshot(z, c);
	workqueue_add(z->content_queue, o->name);
}
/*
 * What is written of a failure must not bring it back before its time: of the status only the snapshot hears, but for
 * what another node says that it has done.
 */
static void content_changed(void *arg, struct informer_object *old, struct informer_object *o)
{
	struct snapshots *z = arg;
	AUTO_JSON json_t *was = informer_object_json(old), *c = informer_object_json(o);
	const char *node = obj_label(c, LABEL_SNAPSHOT_NODE);
	bool said = node && !streq(node, z->s->node_name) &&
		    (!streq(json_str(was, "status.snapshotHandle"), json_str(c, "status.snapshotHandle")) ||
		     json_bool_or(was, "status.readyToUse", false) != json_bool_or(c, "status.readyToUse", false));

	tell_snapshot(z, c);
	if (said || !streq(obj_label(was, LABEL_SNAPSHOT_NODE), node) ||
	    !json_equal(json_dot(was, "spec"), json_dot(c, "spec")) ||
	    !json_equal(json_dot(was, "metadata.annotations"), json_dot(c, "metadata.annotations")) ||
	    obj_deleting(was) != obj_deleting(c))
		workqueue_add(z->content_queue, o->name);
}

static void content_gone(void *arg, struct informer_object *o)
{
	retries_done(((struct snapshots *)arg)->retries, o->name);
	content_seen(arg, o);
}

static void snapshot_again(void *arg, struct informer_object *o)
{
	char key[600];

	storage_key(o, key, sizeof(key));
	workqueue_add(((struct snapshots *)arg)->queue, key);
}
static void add_snapshots(struct snapshots *z, const char *ns)
{
	(void)informer_each(z->snapshots, ns, snapshot_again, z);
}
static void class_seen(void *arg, struct informer_object *o)
{
	(void)o;
	add_snapshots(arg, NULL);
}
static void class_changed(void *arg, struct informer_object *old, struct informer_object *o)
{
	(void)old;
	class_seen(arg, o);
}
/* A claim that is bound, restored or gone may be what a snapshot of its namespace waits for. */
static void claim_seen(void *arg, struct informer_object *o)
{
	struct snapshots *z = arg;

	if (z->started)
		add_snapshots(z, o->ns);
	claim_of_source(z, o);
	claims_made_of(z, "PersistentVolumeClaim", o->ns, o->name);
}
static void claim_changed(void *arg, struct informer_object *old, struct informer_object *o)
{
	AUTO_JSON json_t *was = informer_object_json(old), *pvc = informer_object_json(o);

	claim_of_source(arg, o); /* another node may have been chosen */
	if (!streq(json_str(was, "status.phase"), json_str(pvc, "status.phase")) ||
	    obj_deleting(was) != obj_deleting(pvc))
		claim_seen(arg, o);
}
static void plugin_came(void *arg, const char *provisioner)
{
	struct snapshots *z = arg;
	struct informer_object **v = NULL;
	size_t n = 0;

	(void)provisioner;
	retries_reset(z->retries);
	if (informer_list(z->contents, NULL, &v, &n) < 0)
		return;
	for (size_t i = 0; i < n; i++)
		workqueue_add(z->content_queue, v[i]->name);
	informer_list_free(v, n);
}

/* --- CRDs; the loop's thread --- */

static void class_made(void *arg, const struct client_result *r)
{
	(void)arg;
	if (r->code < 0 && r->code != ERR_EXISTS && r->code != ERR_CANCELED)
		log_warning(COMPONENT, "local-path", "cannot create the class of snapshots: %s", r->err.msg);
}

/* As StorageClass local-path: made once, and an administrator's afterwards. */
static void make_class(struct snapshots *z)
{
	static const struct client_ref ref = {.group = SNAPSHOT_GROUP, .plural = "volumesnapshotclasses"};
	AUTO_JSON json_t *class =
	    json_pack("{s:s,s:s,s:{s:s,s:{s:s}},s:s,s:s}", "apiVersion", SNAPSHOT_GROUP "/v1", "kind",
		      "VolumeSnapshotClass", "metadata", "name", "local-path", "annotations", ANN_DEFAULT, "true",
		      "driver", LOCAL_PATH_PROVISIONER, "deletionPolicy", "Delete");

	if (!class || client_create(z->s->client, &ref, class, class_made, z) < 0)
		log_warning(COMPONENT, "local-path", "cannot create the class of snapshots: out of memory");
}

static void one_synced(void *arg)
{
	struct snapshots *z = arg;

	if (++z->synced < (z->agent ? 2 : 3))
		return;
	workqueue_pause(z->content_queue, false);
	if (z->agent)
		return;
	workqueue_pause(z->queue, false);
	workqueue_pause(z->claim_queue, false);
	if (z->s->local_path)
		make_class(z);
}

static void begin(struct snapshots *z)
{
	struct informer *all[] = {z->classes, z->contents, z->snapshots};
	struct err e = {0};

	if (z->started)
		return;
	z->started = true;
	for (size_t i = 0; i < ARRAY_LEN(all); i++)
		if (all[i] && informer_start(all[i], &e) < 0)
			log_warning(COMPONENT, "snapshots", "%s", e.msg);
}

static void crd_seen(void *arg, struct informer_object *o)
{
	struct snapshots *z = arg;
	AUTO_JSON json_t *crd = informer_object_json(o);
	const json_t *v;
	bool v1 = false;
	size_t i;

	json_array_foreach (json_dot(crd, "spec.versions"), i, v)
		v1 = v1 || (streq(json_str(v, "name"), "v1") && json_bool_or(v, "served", false));
	if (!v1) {
		log_warning(COMPONENT, o->name, "serves no version v1: there are no snapshots");
		return;
	}
	for (i = 0; i < SNAPSHOT_CRDS; i++)
		if (streq(o->name, snapshot_crd_names[i]) && obj_condition_true(crd, "Established"))
			z->served |= 1u << i;
	if (z->served == (1u << SNAPSHOT_CRDS) - 1)
		begin(z);
}
static void crd_changed(void *arg, struct informer_object *old, struct informer_object *o)
{
	(void)old;
	crd_seen(arg, o);
}

static void crd_made(void *arg, const struct client_result *r)
{
	(void)arg;
	if (r->code < 0 && r->code != ERR_EXISTS && r->code != ERR_CANCELED)
		log_warning(COMPONENT, "snapshots", "cannot create a CRD: %s", r->err.msg);
}

static void crd_synced(void *arg)
{
	static const struct client_ref ref = {.group = "apiextensions.k8s.io", .plural = "customresourcedefinitions"};
	struct snapshots *z = arg;

	if (++z->crds_synced < SNAPSHOT_CRDS || z->agent)
		return;
	for (size_t i = 0; i < SNAPSHOT_CRDS; i++) {
		if (informer_count(z->crds[i]) > 0)
			continue;
		AUTO_JSON json_t *crd = snapshot_crd(i);
		if (!crd || client_create(z->s->client, &ref, crd, crd_made, z) < 0)
			log_warning(COMPONENT, snapshot_crd_names[i], "cannot be created: out of memory");
	}
}

/* --- life --- */

static void *snapshots_free(void *part)
{
	struct snapshots *z = part;

	if (!z)
		return NULL;
	plugins_unwatch(z->s->plugins, z);
	workqueue_free_all((struct workqueue *[]){z->queue, z->content_queue, z->claim_queue}, 3);
	for (size_t i = 0; i < SNAPSHOT_CRDS; i++)
		informer_free(z->crds[i]);
	informer_free(z->snapshots);
	informer_free(z->contents);
	informer_free(z->classes);
	lanes_free(z->lanes);
	retries_free(z->retries);
	free(z);
	return NULL;
}

static int watch(struct snapshots *z, struct informer **ret, const char *plural, const char *selector,
		 const struct informer_handler *h, struct err *e)
{
	struct informer_config c = {
	    .group = SNAPSHOT_GROUP, .version = "v1", .plural = plural, .label_selector = selector};
	int r = informer_new(ret, z->s->client, &c, e);

	return r < 0 ? r : informer_add_handler(*ret, h, z);
}

static int watch_crd(struct snapshots *z, size_t i, struct err *e)
{
	static const struct informer_handler h = {crd_seen, crd_changed, NULL, crd_synced};
	AUTO_FREE char *selector = str_fmt("metadata.name=%s", snapshot_crd_names[i]);
	struct informer_config c = {.group = "apiextensions.k8s.io",
				    .version = "v1",
				    .plural = "customresourcedefinitions",
				    .field_selector = selector};

	if (!selector)
		return err_nomem(e);
	int r = informer_new(&z->crds[i], z->s->client, &c, e);
	return r < 0 ? r : informer_add_handler(z->crds[i], &h, z);
}

static int snapshots_new(void **ret, struct storage *s, struct err *e)
{
	static const struct informer_handler snapshots = {snapshot_seen, snapshot_changed, snapshot_seen, one_synced},
					     contents = {content_seen, content_changed, content_gone, one_synced},
					     classes = {class_seen, class_changed, NULL, one_synced},
					     claims = {claim_seen, claim_changed, claim_seen, NULL};
	static const struct informer_handler no_classes = {NULL, NULL, NULL, one_synced};
	struct snapshots *z = calloc(1, sizeof(*z));
	AUTO_FREE char *mine = NULL;
	int r;

	if (!z)
		return err_nomem(e);
	z->s = s;
	z->agent = !s->controller;
	if (z->agent && !(mine = str_fmt(LABEL_SNAPSHOT_NODE "=%s", s->node_name)))
		r = err_nomem(e);
	else if ((r = lanes_new(&z->lanes, PER_DRIVER, e)) < 0 ||
		 (r = retries_new(&z->retries, s->deps.clock, e)) < 0 ||
		 (r = workqueue_new(&z->content_queue, s->loop, COMPONENT, WORKERS, content_reconcile, z, e)) < 0 ||
		 (r = watch(z, &z->classes, "volumesnapshotclasses", NULL, z->agent ? &no_classes : &classes, e)) < 0 ||
		 (r = watch(z, &z->contents, "volumesnapshotcontents", mine, &contents, e)) < 0 ||
		 (r = plugins_watch(s->plugins, plugin_came, z)) < 0 ||
		 (!z->agent &&
		  ((r = workqueue_new(&z->queue, s->loop, COMPONENT, 2, snapshot_reconcile, z, e)) < 0 ||
		   (r = workqueue_new(&z->claim_queue, s->loop, COMPONENT, 1, claim_reconcile, z, e)) < 0 ||
		   (r = watch(z, &z->snapshots, "volumesnapshots", NULL, &snapshots, e)) < 0 ||
		   (r = claims_index(z)) < 0 || (r = informer_add_handler(s->pvcs, &claims, z)) < 0)))
		(void)err_wrap(e, "snapshots");
	if (r < 0) {
		snapshots_free(z);
		return r < 0 && e && !e->code ? err_set(e, r, "snapshots: %s", err_name(r)) : r;
	}
	for (size_t i = 0; i < SNAPSHOT_CRDS; i++)
		if ((r = watch_crd(z, i, e)) < 0) {
			snapshots_free(z);
			return r;
		}
	*ret = z;
	return 0;
}

static void snapshots_go(void *part)
{
	struct snapshots *z = part;
	struct err e = {0};

	for (size_t i = 0; i < SNAPSHOT_CRDS; i++)
		if (informer_start(z->crds[i], &e) < 0)
			log_warning(COMPONENT, "snapshots", "%s", e.msg);
}

static void snapshots_stop(void *part)
{
	struct snapshots *z = part;

	plugins_unwatch(z->s->plugins, z);
	if (z->queue)
		workqueue_stop(z->queue);
	if (z->claim_queue)
		workqueue_stop(z->claim_queue);
	workqueue_stop(z->content_queue);
}

const struct storage_part snapshot_part = {"snapshots",  true,           true,          snapshots_new,
					   snapshots_go, snapshots_stop, snapshots_free};
