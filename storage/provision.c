#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include "storage/provision.h"
#include "storage/retries.h"
#include "api/object.h"
#include "base/log.h"
#include "base/map.h"
#include "base/str.h"

/*
 * Volumes for claims whose class names a plug-in that is here. The way of a volume: a record on disk, the plug-in's create, the PersistentVolume, the record goes.
 * Whatever ends us between two of these, the record is what leads to the volume again: made into the PersistentVolume when the claim still waits for it, else asked for once more,
 * which gives its handle, and deleted.
 *
 * Keys: "claim NS/NAME", "volume NAME", "record NAME", and "again" for all of them, when plug-ins have changed.
 */

#define WORKERS	       16
#define CALLS_A_PLUGIN 4
#define WARNINGS_MAX   8
#define ORPHAN_MS      15000

struct provision {
	struct storage *s;
	struct workqueue *queue;
	struct lanes *lanes;
	struct retries *retries; /* by the queue's key */
	pthread_mutex_t lock;	 /* guards orphans */
	struct map *orphans;	 /* volumes whose record waits for a plug-in that is not here, by name: is it said already? */
};

bool provision_here(const struct storage *s, const struct plugin *p, const char *node)
{
	return p->per_node ? s->node_name && streq(node, s->node_name) : s->controller;
}

static const char *host(const struct storage *s) { return s->node_name ? s->node_name : ""; }

static void failed(struct storage *s, const json_t *pvc, const struct plugin *p, const char *class, const struct err *e)
{
	client_event(s->client, pvc, "v1", "PersistentVolumeClaim", "Warning", "ProvisioningFailed", p->name, host(s), "failed to provision volume with StorageClass \"%s\": %s", class,
		     e->msg);
}

/* The plug-in's word that there is no volume. What hinders us from asking (memory, processes) says nothing about what was asked before. */
static bool surely_not(int code) { return !plugin_unsure(code) && (code <= ERR_NOT_FOUND || code == -ERANGE || code == -EBUSY); }

/* --- records --- */

static int record_write(struct storage *s, const struct provision_request *q, const struct plugin *p, struct err *e)
{
	AUTO_JSON json_t *rec = json_pack("{s:s,s:b,s:O}", "plugin", p->name, "perNode", p->per_node, "request", q->create);

	if (!rec || (q->secret && json_object_set(rec, "secret", q->secret) < 0))
		return err_nomem(e);
	int r = journal_write(s->dir, q->volume, rec, e);
	return r < 0 ? err_wrap(e, "the record of %s", q->volume) : 0;
}

/* 1: the claim still waits for this volume. */
static int claim_waits(struct storage *s, const json_t *rec, const char *volume, char **ret_key, struct err *e)
{
	const json_t *c = json_dot(rec, "request.claim");
	struct client_ref ref = {.plural = "persistentvolumeclaims", .ns = json_str_or(c, "namespace", "-"), .name = json_str_or(c, "name", "-")};
	AUTO_JSON json_t *pvc = NULL;
	int r = client_get_wait(s->client, &ref, &pvc, e);

	if (r < 0)
		return r == ERR_NOT_FOUND ? 0 : r;
	const char *bound = json_str_or(pvc, "spec.volumeName", "");
	if (!streq(obj_uid(pvc), json_str(c, "uid")) || obj_deleting(pvc) || (*bound && !streq(bound, volume)))
		return 0;
	*ret_key = str_fmt("claim %s/%s", ref.ns, ref.name);
	return *ret_key ? 1 : err_nomem(e);
}

/* What came of a create that nobody waits for any more. */
static int undo(struct storage *s, struct plugin *p, const json_t *rec, const char *volume, struct err *e)
{
	AUTO_JSON json_t *secrets = NULL;
	AUTO_JSON json_t *answer = NULL;
	AUTO_JSON json_t *req = json_deep_copy(json_object_get(rec, "request"));
	int r = secret_read(s->client, json_object_get(rec, "secret"), &secrets, e);

	if (r < 0)
		return r;
	if (!req || (secrets && json_object_set(req, "secrets", secrets) < 0))
		return err_nomem(e);
	r = plugin_call(p, PLUGIN_CREATE, req, PROVISION_TIMEOUT_MS, &answer, e);
	if (r < 0) {
		if (!surely_not(r))
			return r;
		log_info(COMPONENT, volume, "was not made, and its claim is gone: %s", e->msg);
		return 0;
	}
	const char *handle = json_str(answer, "handle");
	if (!handle)
		return err_set(e, ERR_PROTO, "%s %s: its answer has no handle", p->kind, p->name);
	AUTO_JSON json_t *del = json_pack("{s:s,s:s,s:O?,s:O?,s:O?}", "name", volume, "handle", handle, "context", json_object_get(answer, "context"), "source",
					  json_object_get(answer, "source"), "secrets", secrets);
	if (!del)
		return err_nomem(e);
	r = plugin_call(p, PLUGIN_DELETE, del, PROVISION_TIMEOUT_MS, NULL, e);
	if (r == ERR_UNSUPPORTED) {
		log_warning(COMPONENT, volume, "%s %s cannot delete volumes: %s is left, and its claim is gone", p->kind, p->name, handle);
		return 0;
	}
	if (r < 0 && r != ERR_NOT_FOUND)
		return r;
	log_info(COMPONENT, volume, "deleted: its claim was gone before it was made");
	return 0;
}

/*
 * Of a volume that may have been made nobody can tell without its plug-in: said once, for whoever has taken it away for good. Programs and drivers come up after us, so
 * not at once. Milliseconds to wait; 0: said, or no memory.
 */
static int say_orphan(struct provision *v, const char *volume, const json_t *rec)
{
	static char waits, said; /* what the map holds: addresses */
	int wait = 0;

	pthread_mutex_lock(&v->lock);
	const char *state = map_get(v->orphans, volume);
	if (!state)
		wait = map_put(v->orphans, volume, &waits) == 0 ? ORPHAN_MS : 0;
	bool say = state == &waits && map_put(v->orphans, volume, &said) == 0;
	pthread_mutex_unlock(&v->lock);
	if (say)
		log_warning(COMPONENT, volume,
			    "%s was asked to make this volume and may have done so, and is not here now: it is asked again when it comes. If it never will, look for the volume in its "
			    "storage and remove %s/journal/%s",
			    json_str_or(rec, "plugin", "?"), v->s->dir, volume);
	return wait;
}

static int reconcile_record(struct provision *v, const char *volume, const char *key, struct err *e)
{
	struct storage *s = v->s;
	AUTO_JSON json_t *rec = NULL;
	AUTO_FREE char *waits = NULL;
	struct client_ref ref = {.plural = "persistentvolumes", .name = volume};
	int r = journal_read(s->dir, volume, &rec, e);

	if (r < 0)
		return r == ERR_NOT_FOUND ? 0 : r;
	if (json_bool_or(rec, "perNode", false) ? !s->node_name : !s->controller)
		return 0;
	AUTO_PLUGIN struct plugin *p = plugins_get(s->plugins, json_str(rec, "plugin"));
	if (!p) /* its coming is an event */
		return say_orphan(v, volume, rec);
	if (!lanes_enter(v->lanes, p->name, volume, v->queue, key))
		return 0;
	r = client_get_wait(s->client, &ref, NULL, e);
	if (r == 0)
		r = journal_remove(s->dir, volume, e);
	else if (r == ERR_NOT_FOUND && (r = claim_waits(s, rec, volume, &waits, e)) == 1) {
		workqueue_add(v->queue, waits);
		r = 0;
	} else if (r == 0 && (r = undo(s, p, rec, volume, e)) == 0)
		r = journal_remove(s->dir, volume, e);
	lanes_leave(v->lanes, p->name, volume);
	return r;
}

/* --- claims --- */

static int patch_away_node(struct storage *s, const json_t *pvc, struct err *e)
{
	struct client_ref ref = {.plural = "persistentvolumeclaims", .ns = obj_namespace(pvc), .name = obj_name(pvc)};
	/* Only the choice that failed: the scheduler may have made another one. */
	AUTO_JSON json_t *body = json_pack("{s:{s:s,s:{s:n}}}", "metadata", "resourceVersion", json_str_or(pvc, "metadata.resourceVersion", ""), "annotations", ANN_SELECTED_NODE);

	if (!body)
		return err_nomem(e);
	int r = client_patch_wait(s->client, &ref, CLIENT_MERGE_PATCH, body, NULL, e);
	/* An agent may not: the scheduler waits for the volume until its time limit, and chooses then. */
	return r == ERR_CONFLICT || r == ERR_NOT_FOUND || r == ERR_FORBIDDEN ? 0 : r;
}

/* The API server does not take it, now or later: then nobody will ever know of the volume. */
static bool refused(int code) { return code == ERR_INVALID || code == ERR_FORBIDDEN || code == ERR_BAD_REQUEST || code == ERR_TOO_LARGE; }

static int give_up(struct storage *s, struct plugin *p, const struct provision_request *q, const json_t *answer, const json_t *secrets, struct err *e)
{
	AUTO_JSON json_t *req = json_pack("{s:s,s:O?,s:O?,s:O?,s:O?}", "name", q->volume, "handle", json_object_get(answer, "handle"), "context", json_object_get(answer, "context"),
					  "source", json_object_get(answer, "source"), "secrets", secrets);
	struct err why = {0};

	if (!req)
		return err_nomem(e);
	int r = plugin_call(p, PLUGIN_DELETE, req, PROVISION_TIMEOUT_MS, NULL, &why);
	if (r < 0 && r != ERR_NOT_FOUND) {
		log_warning(COMPONENT, q->volume, "was made and cannot be used, nor deleted: %s", why.msg);
		return r;
	}
	return journal_remove(s->dir, q->volume, &why);
}

static int create_object(struct storage *s, struct plugin *p, const struct provision_request *q, const json_t *pvc, const json_t *sc, const json_t *answer, const json_t *secrets, struct err *e)
{
	static const struct client_ref pvs = {.plural = "persistentvolumes"};
	struct client_ref ref = {.plural = "persistentvolumes", .name = q->volume};
	AUTO_JSON json_t *pv = NULL;
	AUTO_JSON json_t *there = NULL;
	int r = provision_request_volume(&pv, q, p, pvc, sc, obj_annotation(pvc, ANN_SELECTED_NODE), answer, e);

	if (r == 0)
		r = client_create_wait(s->client, &pvs, pv, NULL, e);
	if (r == ERR_EXISTS && (r = client_get_wait(s->client, &ref, &there, e)) == 0 && !streq(json_str(there, "spec.claimRef.uid"), obj_uid(pvc)))
		r = err_set(e, ERR_INVALID, "a volume %s of somebody else is there", q->volume);
	if (refused(r) || r == -ERANGE)
		(void)give_up(s, p, q, answer, secrets, e);
	return r;
}

static int make(struct provision *v, struct plugin *p, const struct provision_request *q, const json_t *pvc, const json_t *sc, struct err *e)
{
	struct storage *s = v->s;
	AUTO_JSON json_t *secrets = NULL;
	AUTO_JSON json_t *answer = NULL;
	AUTO_JSON json_t *req = json_deep_copy(q->create);
	int r = secret_read(s->client, q->secret, &secrets, e);

	if (r < 0)
		return r;
	if (!req || (secrets && json_object_set(req, "secrets", secrets) < 0))
		return err_nomem(e);
	if ((r = record_write(s, q, p, e)) < 0)
		return r;
	client_event(s->client, pvc, "v1", "PersistentVolumeClaim", "Normal", "Provisioning", p->name, host(s), "External provisioner is provisioning volume for claim \"%s/%s\"",
		     obj_namespace(pvc), obj_name(pvc));
	r = plugin_call(p, PLUGIN_CREATE, req, PROVISION_TIMEOUT_MS, &answer, e);
	if (r == 0)
		r = create_object(s, p, q, pvc, sc, answer, secrets, e);
	else if (surely_not(r)) {
		struct err other = {0};
		if (journal_remove(s->dir, q->volume, &other) < 0)
			log_warning(COMPONENT, q->volume, "%s", other.msg);
		/* The node that was chosen has no room: another one may have. */
		if (r == ERR_TOO_MANY && obj_annotation(pvc, ANN_SELECTED_NODE) && (p->per_node || p->topology) && patch_away_node(s, pvc, &other) < 0)
			log_warning(COMPONENT, q->volume, "the chosen node stays: %s", other.msg);
	}
	if (r < 0)
		return r;
	if ((r = journal_remove(s->dir, q->volume, e)) < 0)
		return r;
	const json_t *warning;
	size_t i;
	json_array_foreach (json_object_get(answer, "warnings"), i, warning)
		if (i < WARNINGS_MAX && json_is_string(warning))
			client_event(s->client, pvc, "v1", "PersistentVolumeClaim", "Warning", "ProvisioningWarning", p->name, host(s), "%s", json_string_value(warning));
	client_event(s->client, pvc, "v1", "PersistentVolumeClaim", "Normal", "ProvisioningSucceeded", p->name, host(s), "Successfully provisioned volume %s", q->volume);
	return 0;
}

static const char *provisioner_of(const json_t *pvc)
{
	const char *name = obj_annotation(pvc, ANN_PROVISIONER);

	return name ? name : obj_annotation(pvc, ANN_PROVISIONER_BETA);
}

/* 0: not (yet, or any more) ours to do. */
static int wanted(struct storage *s, const struct plugin *p, const json_t *pvc, const json_t *sc)
{
	const char *node = obj_annotation(pvc, ANN_SELECTED_NODE);
	bool wait = streq(json_str_or(sc, "volumeBindingMode", "Immediate"), "WaitForFirstConsumer");

	if (!streq(json_str(sc, "provisioner"), p->name) || !provision_here(s, p, node) || (wait && !(node && *node)))
		return 0;
	return p->can & PLUGIN_CAN(PLUGIN_CREATE) ? 1 : 0;
}

/* What an answer depends on. */
static uint64_t print_of(const json_t *pvc, const json_t *sc)
{
	static const char *const parts[] = {"spec", "metadata.annotations", "metadata.labels"};
	uint64_t print = retries_print(0, json_dot(sc, "metadata.resourceVersion"));

	for (size_t i = 0; i < ARRAY_LEN(parts); i++)
		print = retries_print(print, json_dot(pvc, parts[i]));
	return print;
}

/* Who waits for a provisioner that lies here and is not used is told why. Its coming is an event. */
static void say_refused(struct storage *s, const json_t *pvc, const char *class)
{
	const char *name = provisioner_of(pvc), *node = obj_annotation(pvc, ANN_SELECTED_NODE);
	AUTO_FREE char *why = s->controller || streq(node, s->node_name) ? plugins_refused(s->plugins, name) : NULL;

	if (why)
		client_event(s->client, pvc, "v1", "PersistentVolumeClaim", "Warning", "ProvisioningFailed", name, host(s), "failed to provision volume with StorageClass \"%s\": %s",
			     class ? class : "", why);
}

static int reconcile_claim(struct provision *v, const char *name, const char *key, struct err *e)
{
	struct storage *s = v->s;
	CLEANUP(provision_request_done) struct provision_request q = {0};
	AUTO_OBJECT struct informer_object *o = informer_get_key(s->pvcs, name);
	AUTO_JSON json_t *pvc = informer_object_json(o);
	AUTO_FREE char *volume = pvc ? str_fmt("pvc-%s", obj_uid(pvc)) : NULL, *record = volume ? str_fmt("record %s", volume) : NULL;

	if (!pvc)
		return 0;
	if (!record)
		return err_nomem(e);
	if (obj_deleting(pvc) || *json_str_or(pvc, "spec.volumeName", "")) {
		workqueue_add(v->queue, record);
		return 0;
	}
	AUTO_PLUGIN struct plugin *p = plugins_get(s->plugins, provisioner_of(pvc));
	const char *class = claim_class(pvc);
	if (!p) {
		say_refused(s, pvc, class);
		return 0;
	}
	AUTO_OBJECT struct informer_object *so = class && *class ? informer_get(s->classes, NULL, class) : NULL;
	AUTO_JSON json_t *sc = informer_object_json(so);
	if (!sc || !wanted(s, p, pvc, sc))
		return 0;
	AUTO_OBJECT struct informer_object *there = informer_get(s->pvs, NULL, volume);
	if (there) {
		workqueue_add(v->queue, record);
		return 0;
	}
	if (provision_foreign_source(pvc)) {
		client_event(s->client, pvc, "v1", "PersistentVolumeClaim", "Normal", "Provisioning", p->name, host(s), "Assuming an external populator will provision the volume");
		return 0;
	}
	uint64_t print = print_of(pvc, sc);
	int r = retries_wait(v->retries, key, print);
	if (r > 0)
		return r;
	if (!lanes_enter(v->lanes, p->name, volume, v->queue, key))
		return 0;
	r = provision_request_build(&q, s, p, pvc, sc, e);
	if (r == 0)
		r = make(v, p, &q, pvc, sc, e);
	lanes_leave(v->lanes, p->name, volume);
	if (r < 0 && r != -ENOMEM)
		failed(s, pvc, p, class, e);
	if (r == 0)
		retries_done(v->retries, key);
	return surely_not(r) && r != ERR_CONFLICT ? retries_failed(v->retries, key, print, 0) : r;
}

static void all_again(struct provision *v);

static int reconcile(void *arg, const char *key, struct err *e)
{
	struct provision *v = arg;
	struct err own = {0};
	int r = 0;

	if (!e)
		e = &own;
	if (str_has_prefix(key, "claim "))
		r = reconcile_claim(v, key + 6, key, e);
	else if (str_has_prefix(key, "record "))
		r = reconcile_record(v, key + 7, key, e);
	else if (streq(key, "again"))
		all_again(v);
	else
		r = provision_delete(v->s, v->lanes, v->queue, v->retries, key + 7, key, e);
	lanes_wake(v->lanes, v->queue);
	return r;
}

/* --- what may be a reason; the loop's thread --- */

static void seen(struct provision *v, const char *what, const struct informer_object *o)
{
	char key[600], queued[608];

	storage_key(o, key, sizeof(key));
	snprintf(queued, sizeof(queued), "%s %s", what, key);
	workqueue_add(v->queue, queued);
}

/* Looked at without making trees: most claims and volumes are not about us. */
static bool claim_concerns(const struct informer_object *o) { return strstr(o->json->data, "storage-provisioner") && !strstr(o->json->data, "\"phase\":\"Bound\""); }

static void claim_added(void *arg, struct informer_object *o)
{
	if (claim_concerns(o))
		seen(arg, "claim", o);
}
static void claim_updated(void *arg, struct informer_object *old, struct informer_object *o)
{
	(void)old;
	claim_added(arg, o);
}
static void claim_deleted(void *arg, struct informer_object *o)
{
	struct provision *v = arg;
	char key[608] = "claim ";

	storage_key(o, key + 6, sizeof(key) - 6);
	retries_done(v->retries, key);
	snprintf(key, sizeof(key), "record pvc-%s", o->uid);
	workqueue_add(v->queue, key);
}
static void volume_added(void *arg, struct informer_object *o)
{
	if (strstr(o->json->data, ANN_PROVISIONED_BY))
		seen(arg, "volume", o);
}
static void volume_deleted(void *arg, struct informer_object *o)
{
	struct provision *v = arg;
	char key[608] = "volume ";

	storage_key(o, key + 7, sizeof(key) - 7);
	retries_done(v->retries, key);
}
static void volume_updated(void *arg, struct informer_object *old, struct informer_object *o)
{
	(void)old;
	volume_added(arg, o);
}
static void attachment_deleted(void *arg, struct informer_object *o)
{
	struct provision *v = arg;
	AUTO_JSON json_t *va = informer_object_json(o);
	AUTO_FREE char *key = str_fmt("volume %s", json_str_or(va, "spec.source.persistentVolumeName", ""));

	if (key && key[7])
		workqueue_add(v->queue, key);
}

static void class_added(void *arg, struct informer_object *o)
{
	(void)o;
	(void)informer_each(((struct provision *)arg)->s->pvcs, NULL, claim_added, arg);
}
static void class_updated(void *arg, struct informer_object *old, struct informer_object *o)
{
	(void)old;
	class_added(arg, o);
}

static void record_seen(void *arg, const char *volume)
{
	AUTO_FREE char *key = str_fmt("record %s", volume);

	if (key)
		workqueue_add(((struct provision *)arg)->queue, key);
}
static void records_seen(struct provision *v)
{
	struct err e = {0};

	if (journal_each(v->s->dir, record_seen, v, &e) < 0)
		log_warning(COMPONENT, "records", "%s", e.msg);
}

static void all_again(struct provision *v)
{
	retries_reset(v->retries);
	(void)informer_each(v->s->pvcs, NULL, claim_added, v);
	(void)informer_each(v->s->pvs, NULL, volume_added, v);
	records_seen(v);
}

/* On the plug-ins' thread: one came or went. */
static void plugin_changed(void *arg, const char *provisioner)
{
	struct provision *v = arg;

	(void)provisioner;
	workqueue_add(v->queue, "again");
}

/* --- life --- */

static void *provision_free(void *part)
{
	struct provision *v = part;

	if (!v)
		return NULL;
	if (v->s->plugins)
		plugins_unwatch(v->s->plugins, v);
	v->queue = v->queue ? workqueue_free(v->queue) : NULL;
	v->lanes = lanes_free(v->lanes);
	v->retries = retries_free(v->retries);
	map_free(v->orphans);
	pthread_mutex_destroy(&v->lock);
	free(v);
	return NULL;
}

static int provision_new(void **ret, struct storage *s, struct err *e)
{
	static const struct informer_handler claims = {claim_added, claim_updated, claim_deleted, NULL};
	static const struct informer_handler volumes = {volume_added, volume_updated, volume_deleted, NULL};
	static const struct informer_handler classes = {class_added, class_updated, NULL, NULL};
	static const struct informer_handler attachments = {NULL, NULL, attachment_deleted, NULL};
	struct provision *v = calloc(1, sizeof(*v));
	int r;

	if (!v)
		return err_nomem(e);
	v->s = s;
	pthread_mutex_init(&v->lock, NULL);
	if (!(v->orphans = map_new(NULL))) {
		provision_free(v);
		return err_nomem(e);
	}
	if ((r = journal_init(s->dir, e)) < 0 || (r = lanes_new(&v->lanes, CALLS_A_PLUGIN, e)) < 0 || (r = retries_new(&v->retries, s->deps.clock, e)) < 0 ||
	    (r = workqueue_new(&v->queue, s->loop, COMPONENT, WORKERS, reconcile, v, e)) < 0 || (r = informer_add_handler(s->pvcs, &claims, v)) < 0 ||
	    (r = informer_add_handler(s->pvs, &volumes, v)) < 0 || (r = informer_add_handler(s->classes, &classes, v)) < 0 ||
	    (s->attachments && (r = informer_add_handler(s->attachments, &attachments, v)) < 0) ||
	    (s->plugins && (r = plugins_watch(s->plugins, plugin_changed, v)) < 0)) {
		provision_free(v);
		return r;
	}
	*ret = v;
	return 0;
}

static void provision_go(void *part)
{
	struct provision *v = part;

	records_seen(v);
	workqueue_pause(v->queue, false);
}

static void provision_stop(void *part) { workqueue_stop(((struct provision *)part)->queue); }

const struct storage_part provision_part = {"provision", true, true, provision_new, provision_go, provision_stop, provision_free};
