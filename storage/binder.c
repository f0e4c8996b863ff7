#include <errno.h>
#include "storage/internal.h"
#include "api/object.h"
#include "base/log.h"
#include "base/str.h"

/*
 * Binding in steps that each can be the last before a crash: the volume's claimRef (compare-and-swap: the claim owns it from here on), the volume's phase,
 * the claim's volumeName, the claim's phase. Every step looks at what is there, so a second run goes on where the first ended.
 */

struct binder {
	struct storage *s;
	struct workqueue *claims, *volumes; /* one worker each, so that two claims never race for one volume */
};

static int patch(struct storage *s, const struct client_ref *ref, json_t *body /* stolen */, json_t **ret, struct err *e)
{
	if (!body)
		return err_nomem(e);
	int r = client_patch_wait(s->client, ref, CLIENT_MERGE_PATCH, body, ret, e);
	json_decref(body);
	return r;
}

static struct client_ref claim_ref(const json_t *pvc, const char *sub)
{
	return (struct client_ref){.plural = "persistentvolumeclaims", .ns = obj_namespace(pvc), .name = obj_name(pvc), .subresource = sub};
}

static struct client_ref volume_ref(const json_t *pv, const char *sub)
{
	return (struct client_ref){.plural = "persistentvolumes", .name = obj_name(pv), .subresource = sub};
}

static void claim_event(struct storage *s, const json_t *pvc, const char *type, const char *reason, const char *text)
{
	client_event(s->client, pvc, "v1", "PersistentVolumeClaim", type, reason, "persistentvolume-controller", "", "%s", text);
}

static int claim_phase(struct storage *s, const json_t *pvc, const char *phase, const json_t *pv, struct err *e)
{
	struct client_ref ref = claim_ref(pvc, "status");
	json_t *capacity = pv ? json_dot(pv, "spec.capacity") : NULL, *modes = pv ? json_dot(pv, "spec.accessModes") : NULL;

	if (streq(json_str(pvc, "status.phase"), phase) && (!pv || (json_equal(json_dot(pvc, "status.capacity"), capacity) &&
								      json_equal(json_dot(pvc, "status.accessModes"), modes))))
		return 0;
	json_t *status = json_pack("{s:s}", "phase", phase);
	if (status && capacity)
		json_object_set(status, "capacity", capacity);
	if (status && modes)
		json_object_set(status, "accessModes", modes);
	return patch(s, &ref, json_pack("{s:o}", "status", status), NULL, e);
}

static int volume_phase(struct storage *s, const json_t *pv, const char *phase, const char *message, struct err *e)
{
	struct client_ref ref = volume_ref(pv, "status");
	char now[TIME_STR_MAX];

	if (streq(json_str(pv, "status.phase"), phase))
		return 0;
	time_format(clock_wall(s->deps.clock), now);
	return patch(s, &ref, json_pack("{s:{s:s,s:s?,s:s}}", "status", "phase", phase, "message", message, "lastPhaseTransitionTime", now), NULL, e);
}

/* Every volume, as trees. */
static int all_volumes(struct storage *s, json_t ***ret, size_t *ret_n)
{
	struct informer_object **v = NULL;
	size_t n = 0;

	if (informer_list(s->pvs, NULL, &v, &n) < 0)
		return -ENOMEM;
	json_t **trees = calloc(n + 1, sizeof(*trees));
	for (size_t i = 0; trees && i < n; i++)
		trees[i] = informer_object_json(v[i]);
	informer_list_free(v, n);
	*ret = trees;
	*ret_n = n;
	return trees ? 0 : -ENOMEM;
}

static void free_volumes(json_t **v, size_t n)
{
	for (size_t i = 0; v && i < n; i++)
		json_decref(v[i]);
	free(v);
}

static int bind(struct storage *s, const json_t *pvc, json_t *pv, struct err *e)
{
	AUTO_JSON json_t *claimed = NULL, *named = NULL;
	struct client_ref vref = volume_ref(pv, NULL), cref = claim_ref(pvc, NULL);
	int r;

	if (!streq(json_str(pv, "spec.claimRef.uid"), obj_uid(pvc))) {
		/* resourceVersion in the patch makes it a compare-and-swap: of two claims one loses and looks for another volume. */
		bool ours = !json_dot(pv, "spec.claimRef.name");
		json_t *meta = json_pack("{s:s}", "resourceVersion", json_str_or(pv, "metadata.resourceVersion", ""));
		if (meta && ours)
			json_object_set_new(meta, "annotations", json_pack("{s:s}", ANN_BOUND_BY_CONTROLLER, "yes"));
		r = patch(s, &vref,
			  json_pack("{s:o,s:{s:{s:s,s:s,s:s,s:s,s:s,s:s}}}", "metadata", meta, "spec", "claimRef", "kind", "PersistentVolumeClaim",
				    "apiVersion", "v1", "namespace", obj_namespace(pvc), "name", obj_name(pvc), "uid", obj_uid(pvc),
				    "resourceVersion", json_str_or(pvc, "metadata.resourceVersion", "")),
			  &claimed, e);
		if (r < 0)
			return r;
		pv = claimed;
	}
	if ((r = volume_phase(s, pv, "Bound", NULL, e)) < 0)
		return r;
	const char *have = json_str_or(pvc, "spec.volumeName", "");
	if (!*have || !obj_annotation(pvc, ANN_BIND_COMPLETED)) {
		json_t *ann = json_pack("{s:s}", ANN_BIND_COMPLETED, "yes");
		if (ann && !*have)
			json_object_set_new(ann, ANN_BOUND_BY_CONTROLLER, json_string("yes"));
		r = patch(s, &cref, json_pack("{s:{s:o},s:{s:s}}", "metadata", "annotations", ann, "spec", "volumeName", obj_name(pv)), &named, e);
		if (r < 0)
			return r;
		pvc = named;
	}
	return claim_phase(s, pvc, "Bound", pv, e);
}

/* --- claims --- */

static struct informer_object *default_class(struct storage *s)
{
	struct informer_object **v = NULL, *best = NULL;
	AUTO_FREE char *best_time = NULL;
	size_t n = 0;

	if (informer_list(s->classes, NULL, &v, &n) < 0)
		return NULL;
	/* The newest wins when several claim to be the default, as in Kubernetes. */
	for (size_t i = 0; i < n; i++) {
		AUTO_JSON json_t *sc = informer_object_json(v[i]);
		const char *time = json_str_or(sc, "metadata.creationTimestamp", "");
		if (!streq(obj_annotation(sc, ANN_DEFAULT_CLASS), "true") || (best && strcmp(time, best_time) <= 0))
			continue;
		informer_object_unref(best);
		best = informer_object_ref(v[i]);
		free(best_time);
		best_time = str_dup(time);
	}
	informer_list_free(v, n);
	return best;
}

/* With Immediate binding nobody chooses a node: the first Ready one by name does for local-path. */
static int choose_node(struct storage *s, const json_t *pvc, struct err *e)
{
	struct informer_object **v = NULL;
	struct client_ref ref = claim_ref(pvc, NULL);
	AUTO_FREE char *name = NULL;
	size_t n = 0;

	if (informer_list(s->nodes, NULL, &v, &n) < 0)
		return err_nomem(e);
	for (size_t i = 0; i < n; i++) {
		AUTO_JSON json_t *node = informer_object_json(v[i]);
		if (obj_condition_true(node, "Ready") && (!name || strcmp(v[i]->name, name) < 0))
			str_replace(&name, v[i]->name);
	}
	informer_list_free(v, n);
	if (!name) {
		claim_event(s, pvc, "Normal", "WaitForNode", "no node is Ready to hold the volume");
		return 5000;
	}
	return patch(s, &ref, json_pack("{s:{s:{s:s}}}", "metadata", "annotations", ANN_SELECTED_NODE, name), NULL, e);
}

/* No volume fits: ask the class's provisioner for one. */
static int provision(struct storage *s, const json_t *pvc, struct err *e)
{
	const char *class = claim_class(pvc), *node = obj_annotation(pvc, ANN_SELECTED_NODE);
	struct client_ref ref = claim_ref(pvc, NULL);

	if (!class || !*class) {
		claim_event(s, pvc, "Normal", "FailedBinding",
			    "no persistent volumes available for this claim and no storage class is set");
		return claim_phase(s, pvc, "Pending", NULL, e);
	}
	AUTO_OBJECT struct informer_object *o = informer_get(s->classes, NULL, class);
	AUTO_JSON json_t *sc = informer_object_json(o);
	if (!sc) {
		AUTO_FREE char *text = str_fmt("storageclass.storage.k8s.io \"%s\" not found", class);
		claim_event(s, pvc, "Warning", "ProvisioningFailed", text ? text : class);
		return claim_phase(s, pvc, "Pending", NULL, e);
	}
	const char *provisioner = json_str_or(sc, "provisioner", "");
	bool wait = streq(json_str_or(sc, "volumeBindingMode", "Immediate"), "WaitForFirstConsumer");
	int r = claim_phase(s, pvc, "Pending", NULL, e);
	if (r < 0)
		return r;
	if (wait && !node) {
		claim_event(s, pvc, "Normal", "WaitForFirstConsumer", "waiting for first consumer to be created before binding");
		return 0;
	}
	if (streq(provisioner, "kubernetes.io/no-provisioner")) {
		claim_event(s, pvc, "Normal", "FailedBinding", "no persistent volumes available for this claim, and its class provisions none");
		return 0;
	}
	if (!streq(obj_annotation(pvc, ANN_PROVISIONER), provisioner)) {
		r = patch(s, &ref,
			  json_pack("{s:{s:{s:s,s:s}}}", "metadata", "annotations", ANN_PROVISIONER, provisioner, ANN_PROVISIONER_BETA, provisioner),
			  NULL, e);
		if (r < 0)
			return r;
	}
	if (streq(provisioner, LOCAL_PATH_PROVISIONER))
		return node ? 0 : choose_node(s, pvc, e); /* the node itself provisions: local.c */
	AUTO_FREE char *text = str_fmt("Waiting for a volume to be created either by the external provisioner '%s' or manually by the system administrator. "
				       "If volume creation is delayed, please verify that the provisioner is running and correctly registered.",
				       provisioner);
	claim_event(s, pvc, "Normal", "ExternalProvisioning", text ? text : provisioner);
	return 0;
}

static bool claim_in_use(struct storage *s, const json_t *pvc)
{
	AUTO_FREE char *key = obj_key(pvc);
	struct informer_object **v = NULL;
	size_t n = 0;
	bool used = false;

	if (!key || informer_by_index(s->pods, INDEX_CLAIM, key, &v, &n) < 0)
		return true;
	for (size_t i = 0; i < n && !used; i++) {
		AUTO_JSON json_t *pod = informer_object_json(v[i]);
		/* A pod that never got a node uses nothing. */
		used = !pod_terminal(pod) && *json_str_or(pod, "spec.nodeName", "");
	}
	informer_list_free(v, n);
	return used;
}

static int change_finalizer(void *arg, json_t *obj, struct err *e)
{
	const char *f = arg;
	bool add = f[0] == '+';

	if (obj_has_finalizer(obj, f + 1) == add)
		return 1;
	if (add && obj_deleting(obj))
		return 1;
	return (add ? obj_add_finalizer(obj, f + 1) : obj_remove_finalizer(obj, f + 1)) < 0 ? err_nomem(e) : 0;
}

static int set_finalizer(struct storage *s, const struct client_ref *ref, const char *how, struct err *e)
{
	int r = client_modify_wait(s->client, ref, change_finalizer, (void *)how, e);

	return r == ERR_NOT_FOUND ? 0 : r;
}

static int unbound_claim(struct storage *s, const json_t *pvc, struct err *e)
{
	const char *node = obj_annotation(pvc, ANN_SELECTED_NODE), *class = claim_class(pvc);
	struct client_ref ref = claim_ref(pvc, NULL);
	json_t **pvs = NULL;
	size_t n = 0;
	int r = 0;

	if (!class) {
		AUTO_OBJECT struct informer_object *d = default_class(s);
		if (d)
			return patch(s, &ref, json_pack("{s:{s:s}}", "spec", "storageClassName", d->name), NULL, e);
	}
	AUTO_OBJECT struct informer_object *no = node ? informer_get(s->nodes, NULL, node) : NULL;
	AUTO_JSON json_t *node_obj = informer_object_json(no);
	AUTO_OBJECT struct informer_object *so = class && *class ? informer_get(s->classes, NULL, class) : NULL;
	AUTO_JSON json_t *sc = informer_object_json(so);
	bool wait = streq(json_str_or(sc, "volumeBindingMode", "Immediate"), "WaitForFirstConsumer");
	if (all_volumes(s, &pvs, &n) < 0)
		return err_nomem(e);
	ssize_t i = volume_choose(pvs, n, pvc, node, json_dot(node_obj, "metadata.labels"));
	/* A claim that waits for its consumer takes no volume of its own accord, but for one that is meant for it. */
	if (i >= 0 && (!wait || node || json_dot(pvs[i], "spec.claimRef.name")))
		r = bind(s, pvc, pvs[i], e);
	else
		r = provision(s, pvc, e);
	free_volumes(pvs, n);
	return r;
}

static int reconcile_claim(void *arg, const char *key, struct err *e)
{
	struct storage *s = ((struct binder *)arg)->s;
	AUTO_OBJECT struct informer_object *o = informer_get_key(s->pvcs, key);
	AUTO_JSON json_t *pvc = informer_object_json(o);
	int r;

	if (!pvc)
		return 0;
	struct client_ref ref = claim_ref(pvc, NULL);
	if (obj_deleting(pvc)) {
		if (obj_has_finalizer(pvc, FINALIZER_PVC) && !claim_in_use(s, pvc))
			return set_finalizer(s, &ref, "-" FINALIZER_PVC, e);
		return 0;
	}
	if (!obj_has_finalizer(pvc, FINALIZER_PVC) && (r = set_finalizer(s, &ref, "+" FINALIZER_PVC, e)) < 0)
		return r;
	const char *volume = json_str_or(pvc, "spec.volumeName", "");
	if (!*volume)
		return unbound_claim(s, pvc, e);
	AUTO_OBJECT struct informer_object *vo = informer_get(s->pvs, NULL, volume);
	AUTO_JSON json_t *pv = informer_object_json(vo);
	bool completed = obj_annotation(pvc, ANN_BIND_COMPLETED) != NULL;
	if (!pv) {
		if (!completed)
			return claim_phase(s, pvc, "Pending", NULL, e);
		claim_event(s, pvc, "Warning", "ClaimLost", "Bound claim has lost its PersistentVolume. Data on the volume is lost!");
		return claim_phase(s, pvc, "Lost", NULL, e);
	}
	if (json_dot(pv, "spec.claimRef.name") && !volume_claimed_by(pv, pvc)) {
		claim_event(s, pvc, "Warning", completed ? "ClaimMisbound" : "FailedBinding",
			    completed ? "Two claims are bound to the same volume, this one is bound incorrectly"
				      : "volume is already bound to a different claim.");
		return claim_phase(s, pvc, completed ? "Lost" : "Pending", NULL, e);
	}
	const char *why = NULL;
	if (!completed && !volume_satisfies(pv, pvc, &why)) {
		AUTO_FREE char *text = str_fmt("Cannot bind to requested volume \"%s\": %s", volume, why ? why : "");
		claim_event(s, pvc, "Warning", "VolumeMismatch", text ? text : "");
		return claim_phase(s, pvc, "Pending", NULL, e);
	}
	return bind(s, pvc, pv, e);
}

/* --- volumes --- */

static int reconcile_volume(void *arg, const char *key, struct err *e)
{
	struct storage *s = ((struct binder *)arg)->s;
	AUTO_OBJECT struct informer_object *o = informer_get_key(s->pvs, key);
	AUTO_JSON json_t *pv = informer_object_json(o);
	const char *name = json_str(pv, "spec.claimRef.name"), *uid = json_str_or(pv, "spec.claimRef.uid", "");
	int r;

	if (!pv)
		return 0;
	struct client_ref ref = volume_ref(pv, NULL);
	AUTO_OBJECT struct informer_object *co = name ? informer_get(s->pvcs, json_str_or(pv, "spec.claimRef.namespace", ""), name) : NULL;
	AUTO_JSON json_t *pvc = informer_object_json(co);
	bool claimed = pvc && volume_claimed_by(pv, pvc);
	if (obj_deleting(pv)) {
		bool bound = claimed && streq(json_str(pvc, "spec.volumeName"), obj_name(pv));
		if (obj_has_finalizer(pv, FINALIZER_PV) && !bound)
			return set_finalizer(s, &ref, "-" FINALIZER_PV, e);
		return 0;
	}
	if (!obj_has_finalizer(pv, FINALIZER_PV) && (r = set_finalizer(s, &ref, "+" FINALIZER_PV, e)) < 0)
		return r;
	if (!name || (!*uid && !pvc))
		return volume_phase(s, pv, "Available", NULL, e);
	if (claimed) {
		AUTO_FREE char *ckey = obj_key(pvc);
		/* The claim's queue does the binding: there is one place where a claim and a volume come together. */
		if (ckey && !(streq(json_str(pv, "status.phase"), "Bound") && streq(json_str(pvc, "status.phase"), "Bound")))
			workqueue_add(((struct binder *)arg)->claims, ckey);
		return *uid ? 0 : volume_phase(s, pv, "Available", NULL, e);
	}
	if (!*uid)
		return volume_phase(s, pv, "Available", NULL, e);
	/* The claim is gone. It may only not have reached our copy yet: ask before data is given up. */
	struct client_ref cref = {.plural = "persistentvolumeclaims", .ns = json_str_or(pv, "spec.claimRef.namespace", ""), .name = name};
	AUTO_JSON json_t *live = NULL;
	r = client_get_wait(s->client, &cref, &live, e);
	if (r < 0 && r != ERR_NOT_FOUND)
		return r;
	if (r == 0 && streq(obj_uid(live), uid))
		return 100;
	if ((r = volume_phase(s, pv, "Released", NULL, e)) < 0)
		return r;
	const char *policy = json_str_or(pv, "spec.persistentVolumeReclaimPolicy", "Retain");
	if (streq(policy, "Recycle"))
		return volume_phase(s, pv, "Failed", "reclaim policy Recycle is not supported; use Delete or Retain", e);
	if (!streq(policy, "Delete"))
		return 0;
	const char *by = obj_annotation(pv, ANN_PROVISIONED_BY);
	if (!by)
		return volume_phase(s, pv, "Failed", "no provisioner made this volume: nobody can delete it", e);
	/* local-path: its node deletes the directory and the volume (local.c); without that node there is nothing left to delete. */
	const char *node = volume_node(pv);
	if (streq(by, LOCAL_PATH_PROVISIONER) && node) {
		AUTO_OBJECT struct informer_object *no = informer_get(s->nodes, NULL, node);
		if (!no) {
			r = client_delete_wait(s->client, &ref, NULL, NULL, e);
			return r == ERR_NOT_FOUND ? 0 : r;
		}
	}
	return 0;
}

/* --- handlers, on the loop's thread --- */

static void claim_added(void *arg, struct informer_object *o)
{
	struct binder *b = arg;
	char key[600];

	storage_key(o, key, sizeof(key));
	workqueue_add(b->claims, key);
}
static void claim_updated(void *arg, struct informer_object *old, struct informer_object *o)
{
	(void)old;
	claim_added(arg, o);
}
/* A claim that went releases its volume. */
static void claim_deleted(void *arg, struct informer_object *o)
{
	struct binder *b = arg;
	AUTO_JSON json_t *pvc = informer_object_json(o);
	const char *volume = json_str_or(pvc, "spec.volumeName", "");

	if (*volume)
		workqueue_add(b->volumes, volume);
}

/* A claim waits for a volume: any change of volumes or classes may be what it waits for. */
static void wake_claims(struct binder *b, const char *class)
{
	struct informer_object **v = NULL;
	size_t n = 0;
	char key[600];

	if (informer_list(b->s->pvcs, NULL, &v, &n) < 0)
		return;
	for (size_t i = 0; i < n; i++) {
		AUTO_JSON json_t *pvc = informer_object_json(v[i]);
		if (*json_str_or(pvc, "spec.volumeName", "") || (class && claim_class(pvc) && !streq(claim_class(pvc), class)))
			continue;
		storage_key(v[i], key, sizeof(key));
		workqueue_add(b->claims, key);
	}
	informer_list_free(v, n);
}

static void volume_added(void *arg, struct informer_object *o)
{
	struct binder *b = arg;
	AUTO_JSON json_t *pv = informer_object_json(o);

	workqueue_add(b->volumes, o->name);
	wake_claims(b, volume_class(pv));
}
static void volume_updated(void *arg, struct informer_object *old, struct informer_object *o)
{
	(void)old;
	workqueue_add(((struct binder *)arg)->volumes, o->name);
}
/* The claim that was bound to it is lost. */
static void volume_deleted(void *arg, struct informer_object *o)
{
	struct binder *b = arg;
	AUTO_JSON json_t *pv = informer_object_json(o);
	AUTO_FREE char *key = str_fmt("%s/%s", json_str_or(pv, "spec.claimRef.namespace", ""), json_str_or(pv, "spec.claimRef.name", ""));

	if (key && key[0] != '/')
		workqueue_add(b->claims, key);
}

static void class_added(void *arg, struct informer_object *o) { wake_claims(arg, o->name); }
static void class_updated(void *arg, struct informer_object *old, struct informer_object *o)
{
	(void)old;
	wake_claims(arg, o->name);
}

static void queue_claim(void *arg, const char *key) { workqueue_add(((struct binder *)arg)->claims, key); }

/* A pod that ends or goes may have been the last user of a claim that is being deleted. */
static void pod_updated(void *arg, struct informer_object *old, struct informer_object *o)
{
	(void)old;
	pod_claims(o, queue_claim, arg);
}
static void pod_deleted(void *arg, struct informer_object *o) { pod_claims(o, queue_claim, arg); }

/* --- life --- */

static void *binder_free(void *part)
{
	struct binder *b = part;

	if (b) {
		b->claims = b->claims ? workqueue_free(b->claims) : NULL;
		b->volumes = b->volumes ? workqueue_free(b->volumes) : NULL;
	}
	free(b);
	return NULL;
}

static int binder_new(void **ret, struct storage *s, struct err *e)
{
	static const struct informer_handler claims = {claim_added, claim_updated, claim_deleted, NULL};
	static const struct informer_handler volumes = {volume_added, volume_updated, volume_deleted, NULL};
	static const struct informer_handler classes = {class_added, class_updated, NULL, NULL};
	static const struct informer_handler pods = {NULL, pod_updated, pod_deleted, NULL};
	struct binder *b = calloc(1, sizeof(*b));
	int r;

	if (!b)
		return err_nomem(e);
	b->s = s;
	if ((r = workqueue_new(&b->claims, s->loop, COMPONENT, 1, reconcile_claim, b, e)) < 0 ||
	    (r = workqueue_new(&b->volumes, s->loop, COMPONENT, 1, reconcile_volume, b, e)) < 0 ||
	    (r = informer_add_handler(s->pvcs, &claims, b)) < 0 || (r = informer_add_handler(s->pvs, &volumes, b)) < 0 ||
	    (r = informer_add_handler(s->classes, &classes, b)) < 0 || (r = informer_add_handler(s->pods, &pods, b)) < 0) {
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
