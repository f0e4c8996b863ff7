#include <errno.h>
#include <string.h>
#include "storage/internal.h"
#include "api/object.h"
#include "api/scan.h"
#include "base/str.h"

/*
 * Finalizers that keep a claim while a pod uses it, and a volume while it is bound. Sources: "Storage Object in Use Protection"; pkg/controller/volume/pvcprotection and
 * pvprotection. Admission puts them on; those of before, or of another server, get them here.
 */

struct protect {
	struct storage *s;
	struct workqueue *claims, *volumes;
};

static int change_finalizer(void *arg, json_t *obj, struct err *e)
{
	const char *f = arg;
	bool add = f[0] == '+';

	if (obj_has_finalizer(obj, f + 1) == add || (add && obj_deleting(obj)))
		return 1;
	return (add ? obj_add_finalizer(obj, f + 1) : obj_remove_finalizer(obj, f + 1)) < 0 ? err_nomem(e) : 0;
}

static int set_finalizer(struct storage *s, const struct client_ref *ref, const char *how, struct err *e)
{
	int r = client_modify_wait(s->client, ref, change_finalizer, (void *)how, e);

	return r == ERR_NOT_FOUND ? 0 : r;
}

/* Most objects that come have what they need: seen without parsing them. */
static bool is_settled(const struct informer_object *o, const char *finalizer)
{
	const char *p;
	size_t n;

	return strstr(o->json->data, finalizer) && !scan_find(o->json->data, o->json->len, "metadata.deletionTimestamp", &p, &n);
}

/* --- claims --- */

/* Its containers have ended for good, and it is only still there to be removed. */
static bool pod_shut_down(const json_t *pod)
{
	return obj_deleting(pod) && json_int_or(pod, "metadata.deletionGracePeriodSeconds", -1) == 0;
}

/*
 * A pod that has no node yet is not started on a claim that is being deleted. One that has ended still counts, but for the claim of its ephemeral volume: as in
 * Kubernetes, it is the pod object that uses the claim.
 */
static bool pod_uses(const json_t *pod, const json_t *pvc)
{
	json_t *v;
	size_t i;

	if (!*json_str_or(pod, "spec.nodeName", ""))
		return false;
	json_array_foreach (json_dot(pod, "spec.volumes"), i, v) {
		AUTO_FREE char *name = NULL;
		if (pod_volume_claim(pod, v, &name) != 1 || !streq(name, obj_name(pvc)))
			continue;
		if (json_object_get(v, "persistentVolumeClaim") || !pod_shut_down(pod))
			return true;
	}
	return false;
}

/* 1, 0, or negative. */
static int used_by_copy(struct storage *s, const char *key, const json_t *pvc)
{
	struct informer_object **v = NULL;
	size_t n = 0;
	bool used = false;

	if (informer_by_index(s->pods, INDEX_CLAIM, key, &v, &n) < 0)
		return -ENOMEM;
	for (size_t i = 0; i < n && !used; i++) {
		AUTO_JSON json_t *pod = informer_object_json(v[i]);
		used = !pod || pod_uses(pod, pvc);
	}
	informer_list_free(v, n);
	return used;
}

/* Our copy may be behind by the pod that was just scheduled: what the API server has counts. */
static int used_by_live(struct storage *s, const json_t *pvc, struct err *e)
{
	const struct client_ref ref = {.plural = "pods", .ns = obj_namespace(pvc)};
	struct client_result res = {0};
	AUTO_FREE char *quoted = str_fmt("\"%s\"", obj_name(pvc));
	AUTO_JSON json_t *list = NULL;
	json_t *pod;
	size_t i;

	if (!quoted)
		return err_nomem(e);
	int r = client_do_wait(s->client, "GET", &ref, NULL, NULL, NULL, &res);
	if (r < 0)
		*e = res.err;
	/* A claim that no pod names is told without parsing them all; those of ephemeral volumes are not named. */
	else if (res.body && !strstr(res.body->data, "\"ephemeral\"") && !strstr(res.body->data, quoted))
		r = 0;
	else if ((r = client_result_json(&res, &list, e)) == 0)
		json_array_foreach (json_object_get(list, "items"), i, pod)
			if (pod_uses(pod, pvc))
				r = 1;
	client_result_done(&res);
	return r;
}

static int reconcile_claim(void *arg, const char *key, struct err *e)
{
	struct storage *s = ((struct protect *)arg)->s;
	AUTO_OBJECT struct informer_object *o = informer_get_key(s->pvcs, key);

	if (!o || is_settled(o, FINALIZER_PVC))
		return 0;
	AUTO_JSON json_t *pvc = informer_object_json(o);
	struct client_ref ref = {.plural = "persistentvolumeclaims", .ns = o->ns, .name = o->name};
	if (!pvc)
		return err_nomem(e);
	if (!obj_deleting(pvc))
		return obj_has_finalizer(pvc, FINALIZER_PVC) ? 0 : set_finalizer(s, &ref, "+" FINALIZER_PVC, e);
	if (!obj_has_finalizer(pvc, FINALIZER_PVC))
		return 0;
	int used = used_by_copy(s, key, pvc);
	if (used == 0)
		used = used_by_live(s, pvc, e);
	if (used < 0)
		return used == -ENOMEM ? err_nomem(e) : used;
	return used ? 0 : set_finalizer(s, &ref, "-" FINALIZER_PVC, e);
}

/* --- volumes --- */

static int reconcile_volume(void *arg, const char *name, struct err *e)
{
	struct storage *s = ((struct protect *)arg)->s;
	AUTO_OBJECT struct informer_object *o = informer_get(s->pvs, NULL, name);

	if (!o || is_settled(o, FINALIZER_PV))
		return 0;
	AUTO_JSON json_t *pv = informer_object_json(o);
	struct client_ref ref = {.plural = "persistentvolumes", .name = name};
	if (!pv)
		return err_nomem(e);
	bool has = obj_has_finalizer(pv, FINALIZER_PV);
	if (!obj_deleting(pv))
		return has ? 0 : set_finalizer(s, &ref, "+" FINALIZER_PV, e);
	if (!has || streq(json_str_or(pv, "status.phase", ""), "Bound"))
		return 0;
	return set_finalizer(s, &ref, "-" FINALIZER_PV, e);
}

/* --- handlers, on the loop's thread --- */

static void claim_added(void *arg, struct informer_object *o)
{
	char key[600];

	if (is_settled(o, FINALIZER_PVC))
		return;
	storage_key(o, key, sizeof(key));
	workqueue_add(((struct protect *)arg)->claims, key);
}
static void claim_updated(void *arg, struct informer_object *old, struct informer_object *o)
{
	(void)old;
	claim_added(arg, o);
}
static void volume_added(void *arg, struct informer_object *o)
{
	if (!is_settled(o, FINALIZER_PV))
		workqueue_add(((struct protect *)arg)->volumes, o->name);
}
static void volume_updated(void *arg, struct informer_object *old, struct informer_object *o)
{
	(void)old;
	volume_added(arg, o);
}

static void queue_claim(void *arg, const char *key)
{
	struct protect *p = arg;
	AUTO_OBJECT struct informer_object *o = informer_get_key(p->s->pvcs, key);

	if (o && !is_settled(o, FINALIZER_PVC))
		workqueue_add(p->claims, key);
}
/* A pod that goes may have been the last user of a claim that is being deleted. */
static void pod_updated(void *arg, struct informer_object *old, struct informer_object *o)
{
	const char *p;
	size_t n;

	(void)old;
	if (scan_find(o->json->data, o->json->len, "metadata.deletionTimestamp", &p, &n))
		pod_claims(o, queue_claim, arg);
}
static void pod_deleted(void *arg, struct informer_object *o) { pod_claims(o, queue_claim, arg); }

/* --- life --- */

static void *protect_free(void *part)
{
	struct protect *p = part;

	if (p)
		workqueue_free_all((struct workqueue *[]){p->claims, p->volumes}, 2);
	free(p);
	return NULL;
}

static int protect_new(void **ret, struct storage *s, struct err *e)
{
	static const struct informer_handler claims = {claim_added, claim_updated, NULL, NULL};
	static const struct informer_handler volumes = {volume_added, volume_updated, NULL, NULL};
	static const struct informer_handler pods = {NULL, pod_updated, pod_deleted, NULL};
	struct protect *p = calloc(1, sizeof(*p));
	int r;

	if (!p)
		return err_nomem(e);
	p->s = s;
	if ((r = workqueue_new(&p->claims, s->loop, COMPONENT, 4, reconcile_claim, p, e)) < 0 ||
	    (r = workqueue_new(&p->volumes, s->loop, COMPONENT, 4, reconcile_volume, p, e)) < 0 || (r = informer_add_handler(s->pvcs, &claims, p)) < 0 ||
	    (r = informer_add_handler(s->pvs, &volumes, p)) < 0 || (r = informer_add_handler(s->pods, &pods, p)) < 0) {
		protect_free(p);
		return r;
	}
	*ret = p;
	return 0;
}

static void protect_go(void *part)
{
	struct protect *p = part;

	workqueue_pause(p->claims, false);
	workqueue_pause(p->volumes, false);
}

static void protect_stop(void *part)
{
	struct protect *p = part;

	workqueue_stop(p->claims);
	workqueue_stop(p->volumes);
}

const struct storage_part protect_part = {"protection", true, false, protect_new, protect_go, protect_stop, protect_free};
