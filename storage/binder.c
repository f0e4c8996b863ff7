#include <errno.h>
#include <string.h>
#include "storage/binder.h"
#include "api/object.h"
#include "api/scan.h"
#include "base/log.h"
#include "base/str.h"

#define WORKERS 8 /* steps of different claims share the store's commits */

/* --- claims without a volume --- */

/* The newest of those marked so, by name among equals. */
static struct informer_object *default_class(struct storage *s)
{
	struct informer_object **v = NULL, *best = NULL;
	AUTO_FREE char *best_time = NULL;
	size_t n = 0;

	if (informer_list(s->classes, NULL, &v, &n) < 0)
		return NULL;
	for (size_t i = 0; i < n; i++) {
		AUTO_JSON json_t *sc = informer_object_json(v[i]);
		const char *time = json_str_or(sc, "metadata.creationTimestamp", "");
		const char *mark = obj_annotation(sc, ANN_DEFAULT_CLASS);
		if (!streq(mark ? mark : "", "true") && !streq(obj_annotation(sc, ANN_DEFAULT_CLASS_BETA), "true"))
			continue;
		int newer = best ? strcmp(time, best_time) : 1;
		if (newer < 0 || (newer == 0 && strcmp(v[i]->name, best->name) > 0))
			continue;
		informer_object_unref(best);
		best = informer_object_ref(v[i]);
		if (str_replace(&best_time, time) < 0)
			break;
	}
	informer_list_free(v, n);
	return best;
}

/* With Immediate binding nobody chooses a node for a volume that lies on one: the first Ready one by name that the class allows does. */
static int choose_node(struct binder *b, const json_t *pvc, const json_t *sc, struct err *e)
{
	AUTO_FREE char *name = NULL;
	struct informer_object **v = NULL;
	struct client_ref ref = claim_ref(pvc, NULL);
	size_t n = 0;
	const char *data = obj_annotation(pvc, ANN_DATA_NODE);
	int r = 0;

	/* Before the nodes are looked at, so that one that comes meanwhile is not missed. */
	if (waiting_add(b->waiting, pvc, true) < 0 || informer_list(b->s->nodes, NULL, &v, &n) < 0)
		return err_nomem(e);
	for (size_t i = 0; i < n && r == 0; i++) {
		AUTO_JSON json_t *node = informer_object_json(v[i]);
		if (obj_condition_true(node, "Ready") && !obj_deleting(node) && class_allows(sc, json_dot(node, "metadata.labels")) &&
		    (!data || streq(data, v[i]->name)) && (!name || strcmp(v[i]->name, name) < 0))
			r = str_replace(&name, v[i]->name);
	}
	informer_list_free(v, n);
	if (r < 0)
		return err_nomem(e);
	if (!name) {
		claim_event(b, pvc, "Normal", "WaitForNode", "no node is Ready to hold the volume");
		return 0;
	}
	return binder_patch(b->s, &ref, json_pack("{s:{s:{s:s}}}", "metadata", "annotations", ANN_SELECTED_NODE, name), NULL, e);
}

/* Marks the claim for the provisioner of its class, and says who is waited for when that is none of ours. */
static int ask_for_volume(struct binder *b, const json_t *pvc, const json_t *sc, const char *class, bool wait, struct err *e)
{
	const char *provisioner = json_str_or(sc, "provisioner", ""), *node = obj_annotation(pvc, ANN_SELECTED_NODE);
	struct client_ref ref = claim_ref(pvc, NULL);
	int r;

	if (!sc) {
		claim_event(b, pvc, "Warning", "ProvisioningFailed", "storageclass.storage.k8s.io \"%s\" not found", class);
		return claim_phase(b, pvc, "Pending", NULL, e);
	}
	if (str_has_prefix(provisioner, "kubernetes.io/")) { /* of those there is none, no-provisioner is one */
		claim_event(b, pvc, "Warning", "ProvisioningFailed", "no volume plugin matched name: %s", provisioner);
		return claim_phase(b, pvc, "Pending", NULL, e);
	}
	if ((r = claim_phase(b, pvc, "Pending", NULL, e)) < 0)
		return r;
	AUTO_PLUGIN struct plugin *p = b->s->plugins ? plugins_get(b->s->plugins, provisioner) : NULL;
	bool per_node = streq(provisioner, LOCAL_PATH_PROVISIONER) || (p && p->per_node);
	if (per_node && !wait) {
		AUTO_OBJECT struct informer_object *there = node ? informer_get(b->s->nodes, NULL, node) : NULL;
		if (!there) /* none was chosen, or it is gone */
			return choose_node(b, pvc, sc, e);
	}
	if (!streq(obj_annotation(pvc, ANN_PROVISIONER), provisioner) || !streq(obj_annotation(pvc, ANN_PROVISIONER_BETA), provisioner)) {
		r = binder_patch(b->s, &ref,
				 json_pack("{s:{s:{s:s,s:s}}}", "metadata", "annotations", ANN_PROVISIONER, provisioner, ANN_PROVISIONER_BETA, provisioner),
				 NULL, e);
		if (r < 0)
			return r;
	}
	if (!p && !per_node)
		claim_event(b, pvc, "Normal", "ExternalProvisioning",
			    "Waiting for a volume to be created either by the external provisioner '%s' or manually by the system administrator. "
			    "If volume creation is delayed, please verify that the provisioner is running and correctly registered.",
			    provisioner);
	return 0;
}

/* Pods that use the claim and have no node yet, "a,b" in order; how many. -ENOMEM. */
static int unscheduled_pods(struct storage *s, const char *key, char **ret)
{
	AUTO_BUF struct buf names = {0};
	struct informer_object **v = NULL;
	size_t n = 0;
	int count = 0;

	if (informer_by_index(s->pods, INDEX_CLAIM, key, &v, &n) < 0)
		return -ENOMEM;
	binder_sort(v, n);
	for (size_t i = 0; i < n; i++) {
		AUTO_JSON json_t *pod = informer_object_json(v[i]);
		if (pod_terminal(pod) || *json_str_or(pod, "spec.nodeName", ""))
			continue;
		count++;
		if (names.len < 512)
			buf_addf(&names, "%s%s", names.len ? "," : "", v[i]->name);
	}
	informer_list_free(v, n);
	if (buf_failed(&names))
		return -ENOMEM;
	if (count)
		*ret = buf_take(&names, NULL);
	return count;
}

static int wait_for_consumer(struct binder *b, const char *key, const json_t *pvc, struct err *e)
{
	AUTO_FREE char *pods = NULL;
	int n = unscheduled_pods(b->s, key, &pods);

	if (n < 0)
		return err_nomem(e);
	if (n == 0)
		claim_event(b, pvc, "Normal", "WaitForFirstConsumer", "waiting for first consumer to be created before binding");
	else
		claim_event(b, pvc, "Normal", "WaitForPodScheduled", n == 1 ? "waiting for pod %s to be scheduled" : "waiting for pods %s to be scheduled", pods);
	return claim_phase(b, pvc, "Pending", NULL, e);
}

static int bind_taken(struct binder *b, const json_t *pvc, struct informer_object *volume, struct err *e)
{
	AUTO_JSON json_t *pv = informer_object_json(volume);
	int r = pv ? binder_bind(b, pvc, pv, e) : err_nomem(e);

	binder_settle(b, volume->name, pvc, 0);
	return r;
}

static void queue_claim(void *arg, const char *key) { workqueue_add(((struct binder *)arg)->claims, key); }

static int choose_volume(struct binder *b, const char *key, const json_t *pvc, struct err *e)
{
	AUTO_OBJECT struct informer_object *volume = NULL;
	const char *class = claim_class(pvc);
	AUTO_OBJECT struct informer_object *so = class && *class ? informer_get(b->s->classes, NULL, class) : NULL;
	AUTO_JSON json_t *sc = informer_object_json(so);
	/* Which volume such a claim gets is the scheduler's choice, who knows the pod's node; it says so by the volume's claimRef. */
	bool wait = streq(json_str_or(sc, "volumeBindingMode", "Immediate"), "WaitForFirstConsumer");

	struct claim_want want;
	int r = claim_want_init(&want, pvc);
	if (r == 0)
		r = offers_take(b->offers, &want, wait, &volume);
	claim_want_done(&want);
	if (r < 0)
		return err_nomem(e);
	if (volume) {
		r = bind_taken(b, pvc, volume, e);
		if (r < 0) /* it may be free for somebody else */
			waiting_wake(b->waiting, WAKE_VOLUME, volume->name, queue_claim, b);
		return r;
	}
	if (!class) {
		AUTO_OBJECT struct informer_object *d = default_class(b->s);
		struct client_ref ref = claim_ref(pvc, NULL);
		if (d)
			return binder_patch(b->s, &ref, json_pack("{s:{s:s}}", "spec", "storageClassName", d->name), NULL, e);
	}
	if (wait && !obj_annotation(pvc, ANN_SELECTED_NODE))
		return wait_for_consumer(b, key, pvc, e);
	if (class && *class)
		return ask_for_volume(b, pvc, sc, class, wait, e);
	claim_event(b, pvc, "Normal", "FailedBinding", "no persistent volumes available for this claim and no storage class is set");
	return claim_phase(b, pvc, "Pending", NULL, e);
}

static int named_volume(struct binder *b, const json_t *pvc, const char *volume, struct err *e)
{
	AUTO_OBJECT struct informer_object *o = informer_get(b->s->pvs, NULL, volume);
	AUTO_JSON json_t *pv = informer_object_json(o);
	const char *why;

	if (!pv)
		return o ? err_nomem(e) : claim_phase(b, pvc, "Pending", NULL, e);
	if (json_dot(pv, "spec.claimRef.name")) {
		if (volume_claimed_by(pv, pvc))
			return bind_taken(b, pvc, o, e);
		claim_event(b, pvc, "Warning", "FailedBinding", "volume \"%s\" already bound to a different claim.", volume);
		return claim_phase(b, pvc, "Pending", NULL, e);
	}
	if (!(why = volume_mismatch(pv, pvc)))
		return bind_taken(b, pvc, o, e);
	claim_event(b, pvc, "Warning", "VolumeMismatch", "Cannot bind to requested volume \"%s\": %s", volume, why);
	return claim_phase(b, pvc, "Pending", NULL, e);
}

/* --- claims that had one --- */

static int lost(struct binder *b, const json_t *pvc, const char *reason, const char *message, struct err *e)
{
	if (streq(json_str_or(pvc, "status.phase", ""), "Lost"))
		return 0;
	int r = claim_phase(b, pvc, "Lost", NULL, e);
	if (r == 0)
		claim_event(b, pvc, "Warning", reason, "%s", message);
	return r;
}

static int bound_claim(struct binder *b, const json_t *pvc, const char *volume, struct err *e)
{
	AUTO_OBJECT struct informer_object *o = *volume ? informer_get(b->s->pvs, NULL, volume) : NULL;
	AUTO_JSON json_t *pv = informer_object_json(o);
	struct client_ref ref = {.plural = "persistentvolumes", .name = volume};

	if (!*volume)
		return lost(b, pvc, "ClaimLost", "Bound claim has lost reference to PersistentVolume. Data on the volume is lost!", e);
	if (!o) {
		/* Two informers are not of one moment: Lost is only said of what the API server does not have. */
		int r = client_get_wait(b->s->client, &ref, &pv, e);
		if (r == ERR_NOT_FOUND)
			return lost(b, pvc, "ClaimLost", "Bound claim has lost its PersistentVolume. Data on the volume is lost!", e);
		if (r < 0)
			return r;
	}
	if (!pv)
		return err_nomem(e);
	if (!json_dot(pv, "spec.claimRef.name") || streq(json_str_or(pv, "spec.claimRef.uid", ""), obj_uid(pvc)))
		return binder_bind(b, pvc, pv, e);
	return lost(b, pvc, "ClaimMisbound", "Two claims are bound to the same volume, this one is bound incorrectly", e);
}

static int reconcile_claim(void *arg, const char *key, struct err *e)
{
	struct binder *b = arg;
	AUTO_OBJECT struct informer_object *o = informer_get_key(b->s->pvcs, key);
	AUTO_JSON json_t *pvc = informer_object_json(o);
	const char *volume = json_str_or(pvc, "spec.volumeName", "");

	if (!o) {
		waiting_served(b->waiting, key);
		binder_forget(b, key);
		return 0;
	}
	if (!pvc)
		return err_nomem(e);
	if (obj_annotation(pvc, ANN_BIND_COMPLETED)) {
		waiting_served(b->waiting, key);
		return bound_claim(b, pvc, volume, e);
	}
	if (obj_deleting(pvc)) {
		waiting_served(b->waiting, key);
		return 0;
	}
	/* Before volumes are looked at, so that one that comes meanwhile is not missed. */
	if (waiting_add(b->waiting, pvc, false) < 0)
		return err_nomem(e);
	return *volume ? named_volume(b, pvc, volume, e) : choose_volume(b, key, pvc, e);
}

/* --- handlers, on the loop's thread --- */

static void claim_added(void *arg, struct informer_object *o)
{
	char key[600];

	storage_key(o, key, sizeof(key));
	queue_claim(arg, key);
}
struct others {
	struct binder *b;
	char volume[256];
};
static void queue_other(void *arg, const char *name)
{
	struct others *x = arg;

	if (!streq(name, x->volume))
		workqueue_add(x->b->volumes, name);
}
/* When it has got its volume, any other that is bound to it as well has to be let go of. */
static void claim_updated(void *arg, struct informer_object *old, struct informer_object *o)
{
	struct others x = {.b = arg};
	char key[600];

	(void)old;
	claim_added(arg, o);
	storage_key(o, key, sizeof(key));
	if (scan_str(o->json->data, o->json->len, "spec.volumeName", x.volume, sizeof(x.volume)))
		offers_named(x.b->offers, key, queue_other, &x);
}
static void queue_volume(void *arg, const char *name) { workqueue_add(((struct binder *)arg)->volumes, name); }
/* A claim that went releases its volume. */
static void claim_deleted(void *arg, struct informer_object *o)
{
	struct binder *b = arg;
	AUTO_JSON json_t *pvc = informer_object_json(o);
	const char *volume = json_str_or(pvc, "spec.volumeName", "");
	AUTO_FREE char *key = obj_key(pvc);

	claim_added(arg, o);
	if (*volume)
		workqueue_add(b->volumes, volume);
	/* Also those that it was only about to get. */
	if (key)
		offers_named(b->offers, key, queue_volume, b);
}

static void volume_added(void *arg, struct informer_object *o)
{
	struct binder *b = arg;

	(void)offers_volume(b->offers, o);
	workqueue_add(b->volumes, o->name);
	waiting_wake(b->waiting, WAKE_VOLUME, o->name, queue_claim, b);
}
/* The claim that it is bound to. */
static void queue_claim_of(struct binder *b, const struct informer_object *o)
{
	char ns[256], name[256], key[600];

	if (!scan_str(o->json->data, o->json->len, "spec.claimRef.name", name, sizeof(name)) ||
	    !scan_str(o->json->data, o->json->len, "spec.claimRef.namespace", ns, sizeof(ns)))
		return;
	snprintf(key, sizeof(key), "%s/%s", ns, name);
	queue_claim(b, key);
}
static void volume_updated(void *arg, struct informer_object *old, struct informer_object *o)
{
	char was[64] = "", is[64] = "";

	volume_added(arg, o);
	/* Somebody has taken it away from its claim. */
	if (scan_str(old->json->data, old->json->len, "spec.claimRef.uid", was, sizeof(was)) &&
	    (!scan_str(o->json->data, o->json->len, "spec.claimRef.uid", is, sizeof(is)) || !streq(was, is)))
		queue_claim_of(arg, old);
}
/* The claim that was bound to it is lost. */
static void volume_deleted(void *arg, struct informer_object *o)
{
	struct binder *b = arg;

	offers_volume_gone(b->offers, o);
	binder_forget(b, o->name);
	waiting_wake(b->waiting, WAKE_VOLUME, o->name, queue_claim, b);
	queue_claim_of(b, o);
}

static void class_added(void *arg, struct informer_object *o)
{
	struct binder *b = arg;

	waiting_wake(b->waiting, WAKE_CLASS, o->name, queue_claim, b);
}
static void class_updated(void *arg, struct informer_object *old, struct informer_object *o)
{
	(void)old;
	class_added(arg, o);
}

static void node_added(void *arg, struct informer_object *o)
{
	struct binder *b = arg;

	(void)o;
	if (waiting_need_node(b->waiting))
		waiting_wake(b->waiting, WAKE_NODE, "", queue_claim, b);
}
static void node_updated(void *arg, struct informer_object *old, struct informer_object *o)
{
	(void)old;
	node_added(arg, o);
}
/* A volume that lies on it, or a claim that was to get one there. */
static void node_deleted(void *arg, struct informer_object *o)
{
	struct binder *b = arg;
	struct informer_object **v = NULL;
	size_t n = 0;

	(void)o;
	waiting_wake(b->waiting, WAKE_ALL, "", queue_claim, b);
	if (informer_list(b->s->pvs, NULL, &v, &n) < 0)
		return;
	for (size_t i = 0; i < n; i++)
		if (strstr(v[i]->json->data, "\"Released\""))
			workqueue_add(b->volumes, v[i]->name);
	informer_list_free(v, n);
}

static void queue_waiting(void *arg, const char *key)
{
	struct binder *b = arg;

	if (waiting_has(b->waiting, key))
		workqueue_add(b->claims, key);
}
/* What a claim that waits for its consumer says depends on its pods, and a volume is emptied by one. */
static void pod_added(void *arg, struct informer_object *o)
{
	struct binder *b = arg;
	char volume[256];

	pod_claims(o, queue_waiting, b);
	if (recycler_volume(o, volume, sizeof(volume)))
		workqueue_add(b->volumes, volume);
}
static void pod_updated(void *arg, struct informer_object *old, struct informer_object *o)
{
	(void)old;
	pod_added(arg, o);
}
static void queue_volumes_of(void *arg, const char *key)
{
	struct binder *b = arg;

	offers_named(b->offers, key, queue_volume, b);
}
/* A released volume may wait for its last user before it is emptied. */
static void pod_deleted(void *arg, struct informer_object *o)
{
	pod_added(arg, o);
	pod_claims(o, queue_volumes_of, arg);
}

/* On the plug-ins' thread: whether a claim waits for one that is not here may have changed. */
static void plugin_changed(void *arg, const char *provisioner)
{
	struct binder *b = arg;

	(void)provisioner;
	waiting_wake(b->waiting, WAKE_ALL, "", queue_claim, b);
}

/* --- life --- */

static void *binder_free(void *part)
{
	struct binder *b = part;

	if (!b)
		return NULL;
	if (b->s->plugins)
		plugins_unwatch(b->s->plugins, b);
	workqueue_free_all((struct workqueue *[]){b->claims, b->volumes}, 2);
	waiting_free(b->waiting);
	offers_free(b->offers);
	map_free(b->said);
	pthread_mutex_destroy(&b->lock);
	free(b);
	return NULL;
}

static int binder_new(void **ret, struct storage *s, struct err *e)
{
	static const struct informer_handler claims = {claim_added, claim_updated, claim_deleted, NULL};
	static const struct informer_handler volumes = {volume_added, volume_updated, volume_deleted, NULL};
	static const struct informer_handler classes = {class_added, class_updated, class_added, NULL};
	static const struct informer_handler nodes = {node_added, node_updated, node_deleted, NULL};
	static const struct informer_handler pods = {pod_added, pod_updated, pod_deleted, NULL};
	struct binder *b = calloc(1, sizeof(*b));
	int r;

	if (!b)
		return err_nomem(e);
	b->s = s;
	pthread_mutex_init(&b->lock, NULL);
	b->offers = offers_new();
	b->waiting = b->offers ? waiting_new(b->offers) : NULL;
	b->said = map_new(free);
	if (!b->waiting || !b->said) {
		binder_free(b);
		return err_nomem(e);
	}
	if ((r = workqueue_new(&b->claims, s->loop, COMPONENT, WORKERS, reconcile_claim, b, e)) < 0 ||
	    (r = workqueue_new(&b->volumes, s->loop, COMPONENT, WORKERS, binder_reconcile_volume, b, e)) < 0 ||
	    (r = informer_add_handler(s->pvcs, &claims, b)) < 0 || (r = informer_add_handler(s->pvs, &volumes, b)) < 0 ||
	    (r = informer_add_handler(s->classes, &classes, b)) < 0 || (r = informer_add_handler(s->nodes, &nodes, b)) < 0 ||
	    (r = informer_add_handler(s->pods, &pods, b)) < 0 || (s->plugins && (r = plugins_watch(s->plugins, plugin_changed, b)) < 0)) {
		binder_free(b);
		return r;
	}
	*ret = b;
	return 0;
}

static void binder_go(void *part)
{
	struct binder *b = part;

	workqueue_pause(b->claims, false);
	workqueue_pause(b->volumes, false);
}

static void binder_stop(void *part)
{
	struct binder *b = part;

	workqueue_stop(b->claims);
	workqueue_stop(b->volumes);
}

const struct storage_part binder_part = {"binder", true, false, binder_new, binder_go, binder_stop, binder_free};
