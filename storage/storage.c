#include "storage/internal.h"
#include <errno.h>
#include "api/object.h"
#include "base/fs.h"
#include "base/log.h"
#include "base/str.h"

static void key_of(const struct informer_object *o, char *out, size_t cap)
{
	if (*o->ns)
		snprintf(out, cap, "%s/%s", o->ns, o->name);
	else
		snprintf(out, cap, "%s", o->name);
}

/* --- handlers, on the loop's thread --- */

static void claim_seen(struct storage *s, struct informer_object *o)
{
	char key[600], local[608];

	key_of(o, key, sizeof(key));
	if (s->controller)
		workqueue_add(s->claims, key);
	if (local_wants_claim(s, o)) {
		snprintf(local, sizeof(local), "pvc %s", key);
		workqueue_add(s->local, local);
	}
}
static void claim_added(void *arg, struct informer_object *o) { claim_seen(arg, o); }
static void claim_updated(void *arg, struct informer_object *old, struct informer_object *o)
{
	(void)old;
	claim_seen(arg, o);
}
/* A claim that went releases its volume. */
static void claim_deleted(void *arg, struct informer_object *o)
{
	struct storage *s = arg;
	AUTO_JSON json_t *pvc = informer_object_json(o);
	const char *volume = json_str_or(pvc, "spec.volumeName", "");

	if (s->controller && *volume)
		workqueue_add(s->volumes, volume);
}

/* A claim waits for a volume: any change of volumes or classes may be what it waits for. */
static void wake_claims(struct storage *s, const char *class)
{
	struct informer_object **v = NULL;
	size_t n = 0;
	char key[600];

	if (!s->controller || informer_list(s->pvcs, NULL, &v, &n) < 0)
		return;
	for (size_t i = 0; i < n; i++) {
		AUTO_JSON json_t *pvc = informer_object_json(v[i]);
		if (*json_str_or(pvc, "spec.volumeName", "") || (class && claim_class(pvc) && !streq(claim_class(pvc), class)))
			continue;
		key_of(v[i], key, sizeof(key));
		workqueue_add(s->claims, key);
	}
	informer_list_free(v, n);
}

static void volume_seen(struct storage *s, struct informer_object *o, bool fresh)
{
	char local[600];

	if (s->controller) {
		workqueue_add(s->volumes, o->name);
		if (fresh) {
			AUTO_JSON json_t *pv = informer_object_json(o);
			wake_claims(s, volume_class(pv));
		}
	}
	if (local_wants_volume(s, o)) {
		snprintf(local, sizeof(local), "pv %s", o->name);
		workqueue_add(s->local, local);
	}
}
static void volume_added(void *arg, struct informer_object *o) { volume_seen(arg, o, true); }
static void volume_updated(void *arg, struct informer_object *old, struct informer_object *o)
{
	(void)old;
	volume_seen(arg, o, false);
}
/* The claim that was bound to it is lost. */
static void volume_deleted(void *arg, struct informer_object *o)
{
	struct storage *s = arg;
	AUTO_JSON json_t *pv = informer_object_json(o);
	AUTO_FREE char *key = str_fmt("%s/%s", json_str_or(pv, "spec.claimRef.namespace", ""), json_str_or(pv, "spec.claimRef.name", ""));

	if (s->controller && key && key[0] != '/')
		workqueue_add(s->claims, key);
}

static void class_added(void *arg, struct informer_object *o) { wake_claims(arg, streq(o->name, "") ? NULL : o->name); }
static void class_updated(void *arg, struct informer_object *old, struct informer_object *o)
{
	(void)old;
	wake_claims(arg, o->name);
}

/* The claims a pod uses, as keys. */
static void pod_claims(const struct informer_object *o, informer_emit_fn emit, void *ctx)
{
	if (!strstr(o->json->data, "\"persistentVolumeClaim\"") && !strstr(o->json->data, "\"ephemeral\""))
		return;
	AUTO_JSON json_t *pod = informer_object_json((struct informer_object *)o);
	json_t *v;
	size_t i;
	json_array_foreach (json_dot(pod, "spec.volumes"), i, v) {
		AUTO_FREE char *name = NULL, *key = NULL;
		if (pod_volume_claim(pod, v, &name) == 1 && (key = str_fmt("%s/%s", o->ns, name)))
			emit(ctx, key);
	}
}

static void queue_claim(void *arg, const char *key) { workqueue_add(((struct storage *)arg)->claims, key); }

/* A pod that ends or goes may have been the last user of a claim that is being deleted. */
static void pod_updated(void *arg, struct informer_object *old, struct informer_object *o)
{
	(void)old;
	pod_claims(o, queue_claim, arg);
}
static void pod_deleted(void *arg, struct informer_object *o) { pod_claims(o, queue_claim, arg); }

static void queues_go(struct storage *s)
{
	if (s->controller) {
		workqueue_pause(s->claims, false);
		workqueue_pause(s->volumes, false);
	}
	if (s->local)
		workqueue_pause(s->local, false);
}

static void one_synced(void *arg)
{
	struct storage *s = arg;

	if (++s->synced == s->n_informers)
		queues_go(s);
}

/* --- StorageClass local-path --- */

static void class_made(void *arg, const struct client_result *r)
{
	(void)arg;
	if (r->code < 0 && r->code != ERR_EXISTS)
		log_warning(COMPONENT, "local-path", "cannot create the storage class: %s", r->err.msg);
}

/* Made once; what an administrator changes or takes the default mark from stays as it is. */
static int make_class(struct storage *s, struct err *e)
{
	static const struct client_ref ref = {.group = "storage.k8s.io", .plural = "storageclasses"};
	AUTO_JSON json_t *sc = json_pack("{s:s,s:s,s:{s:s,s:{s:s}},s:s,s:s,s:s}", "apiVersion", "storage.k8s.io/v1", "kind", "StorageClass", "metadata",
					 "name", "local-path", "annotations", ANN_DEFAULT_CLASS, "true", "provisioner", LOCAL_PATH_PROVISIONER,
					 "reclaimPolicy", "Delete", "volumeBindingMode", "WaitForFirstConsumer");

	if (!sc)
		return err_nomem(e);
	return client_create(s->client, &ref, sc, class_made, s) < 0 ? err_nomem(e) : 0;
}

/* --- life --- */

int storage_new(struct storage **ret, const struct storage_config *c, const struct storage_deps *d, struct err *e)
{
	struct storage *s = calloc(1, sizeof(*s));

	if (!s)
		return err_nomem(e);
	s->deps = *d;
	s->controller = c->controller;
	s->local_path = c->local_path;
	s->node_name = str_dup(c->node_name);
	s->dir = fs_join(c->data_dir, "storage");
	if (!s->dir || (c->node_name && !s->node_name)) {
		storage_free(s);
		return err_nomem(e);
	}
	*ret = s;
	return 0;
}

static int watch(struct storage *s, struct informer **ret, const char *group, const char *plural, const struct informer_handler *h, struct err *e)
{
	struct informer_config c = {.group = group, .version = "v1", .plural = plural};

	int r = informer_new(ret, s->client, &c, e);
	if (r < 0)
		return r;
	s->n_informers++;
	return informer_add_handler(*ret, h, s) < 0 ? err_nomem(e) : 0;
}

int storage_start(struct storage *s, struct err *e)
{
	static const struct informer_handler claims = {claim_added, claim_updated, claim_deleted, one_synced};
	static const struct informer_handler volumes = {volume_added, volume_updated, volume_deleted, one_synced};
	static const struct informer_handler classes = {class_added, class_updated, NULL, one_synced};
	static const struct informer_handler pods = {NULL, pod_updated, pod_deleted, one_synced};
	static const struct informer_handler nodes = {NULL, NULL, NULL, one_synced};
	const struct client_config cc = {.field_manager = "minik-storage"};
	int r;

	if ((r = loop_new(&s->loop, e)) < 0 || (r = client_new(&s->client, s->deps.api, s->loop, &cc, e)) < 0)
		return r;
	if (s->node_name && ((r = fs_mkdir_p(s->dir, 0711, e)) < 0 ||
			     (r = workqueue_new(&s->local, s->loop, COMPONENT, 2, local_reconcile, s, e)) < 0))
		return r;
	if (s->controller && ((r = workqueue_new(&s->claims, s->loop, COMPONENT, 1, binder_claim, s, e)) < 0 ||
			      (r = workqueue_new(&s->volumes, s->loop, COMPONENT, 1, binder_volume, s, e)) < 0))
		return r;
	if ((r = watch(s, &s->classes, "storage.k8s.io", "storageclasses", &classes, e)) < 0 ||
	    (r = watch(s, &s->pvs, "", "persistentvolumes", &volumes, e)) < 0 ||
	    (r = watch(s, &s->pvcs, "", "persistentvolumeclaims", &claims, e)) < 0)
		return r;
	if (s->controller) {
		if ((r = watch(s, &s->nodes, "", "nodes", &nodes, e)) < 0 || (r = watch(s, &s->pods, "", "pods", &pods, e)) < 0 ||
		    (r = informer_add_index(s->pods, INDEX_CLAIM, pod_claims)) < 0)
			return r;
		if (s->local_path && (r = make_class(s, e)) < 0)
			return r;
	}
	struct informer *all[] = {s->classes, s->pvs, s->pvcs, s->nodes, s->pods};
	for (size_t i = 0; i < ARRAY_LEN(all); i++)
		if (all[i] && (r = informer_start(all[i], e)) < 0)
			return r;
	return loop_thread_start(&s->thread, s->loop, COMPONENT, e);
}

void storage_stop(struct storage *s)
{
	struct workqueue *q[] = {s->claims, s->volumes, s->local};

	for (size_t i = 0; i < ARRAY_LEN(q); i++)
		if (q[i])
			workqueue_stop(q[i]);
}

void storage_join(struct storage *s)
{
	/* The loop first: calls that reconciles wait for are then answered as cancelled, and the queues end. */
	if (s->thread) {
		loop_quit(s->loop);
		s->thread = loop_thread_join(s->thread);
	}
	s->claims = s->claims ? workqueue_free(s->claims) : NULL;
	s->volumes = s->volumes ? workqueue_free(s->volumes) : NULL;
	s->local = s->local ? workqueue_free(s->local) : NULL;
}

struct storage *storage_free(struct storage *s)
{
	if (!s)
		return NULL;
	storage_join(s);
	informer_free(s->pvcs);
	informer_free(s->pvs);
	informer_free(s->classes);
	informer_free(s->pods);
	informer_free(s->nodes);
	client_free(s->client);
	loop_free(s->loop);
	free(s->node_name);
	free(s->dir);
	free(s);
	return NULL;
}
