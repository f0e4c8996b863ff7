/* What changes in storage wakes the pods that it concerns, and only those. */
#include "api/object.h"
#include "api/volume_match.h"
#include "base/map.h"
#include "base/str.h"
#include "scheduler/internal.h"
#include "scheduler/volumes.h"

/* Pods that were refused for something that this is an event of; claim and want (may be NULL) narrow it. */
static void wake(struct scheduler *s, unsigned event, const char *claim, const char *want, const char *want2)
{
	LIST_FOREACH_SAFE (w, tmp, &s->waiting, struct waiting_pod, link) {
		bool any = !claim && !want && !want2;
		if ((w->events & event) && (any || (claim && names_have(w->claims, claim)) || (want && names_have(w->wants, want)) ||
					    (want2 && names_have(w->wants, want2))))
			scheduler_activate(s, w);
	}
}

/* --- claims --- */

static void claim_changed(void *arg, struct informer_object *o)
{
	struct scheduler *s = arg;
	AUTO_FREE char *key = str_fmt("%s/%s", o->ns, o->name), *id = str_fmt("c/%s/%s", o->ns, o->name);

	if (!key || !id) {
		map_clear(s->view.volumes.csi_ids);
		scheduler_activate_all(s);
		bindings_check(s, NULL, NULL);
		return;
	}
	(void)map_del(s->view.volumes.csi_ids, id);
	bindings_check(s, key, NULL);
	wake(s, SCHED_ON_VOLUME, key, NULL, NULL);
}
static void claim_updated(void *arg, struct informer_object *old, struct informer_object *o)
{
	(void)old;
	claim_changed(arg, o);
}

/* --- volumes --- */

/* open: any claim that it fits can have it now. */
static void volume_event(struct scheduler *s, struct informer_object *o, bool open)
{
	AUTO_JSON json_t *pv = informer_object_json(o);
	const char *claimed_by = json_str(pv, "spec.claimRef.name");
	AUTO_FREE char *itself = str_fmt("pv/%s", o->name), *class = pv && open ? str_fmt("class/%s", volume_class(pv)) : NULL;
	AUTO_FREE char *claim = claimed_by ? str_fmt("%s/%s", json_str_or(pv, "spec.claimRef.namespace", ""), claimed_by) : NULL;

	bindings_check(s, claim, o->name);
	if (itself)
		wake(s, SCHED_ON_VOLUME, claim, itself, class);
}
static void volume_added(void *arg, struct informer_object *o)
{
	struct scheduler *s = arg;
	bool open = offers_volume(s->view.volumes.offers, o);

	volume_event(s, o, open);
}
static void volume_updated(void *arg, struct informer_object *old, struct informer_object *o)
{
	(void)old;
	volume_added(arg, o);
}
static void volume_deleted(void *arg, struct informer_object *o)
{
	struct scheduler *s = arg;

	offers_volume_gone(s->view.volumes.offers, o);
	/* Another one of that name has another handle. */
	map_clear(s->view.volumes.csi_ids);
	volume_event(s, o, false);
}

/* --- classes, drivers, capacities, limits --- */

static void class_changed(void *arg, struct informer_object *o)
{
	struct scheduler *s = arg;
	AUTO_FREE char *want = str_fmt("class/%s", o->name);

	map_clear(s->view.volumes.csi_ids);
	wake(s, SCHED_ON_VOLUME, NULL, want, NULL);
}
static void class_updated(void *arg, struct informer_object *old, struct informer_object *o)
{
	(void)old;
	class_changed(arg, o);
}

static void driver_changed(void *arg, struct informer_object *o)
{
	(void)o;
	wake(arg, SCHED_ON_CAPACITY, NULL, NULL, NULL);
}
static void driver_updated(void *arg, struct informer_object *old, struct informer_object *o)
{
	(void)old;
	driver_changed(arg, o);
}

static void capacity_added(void *arg, struct informer_object *o)
{
	AUTO_JSON json_t *c = informer_object_json(o);
	AUTO_FREE char *want = str_fmt("class/%s", json_str_or(c, "storageClassName", ""));

	wake(arg, SCHED_ON_CAPACITY, NULL, want, NULL);
}
static void capacity_updated(void *arg, struct informer_object *old, struct informer_object *o)
{
	(void)old;
	capacity_added(arg, o);
}

static void limit_changed(void *arg, struct informer_object *o)
{
	(void)o;
	wake(arg, SCHED_ON_LIMIT, NULL, NULL, NULL);
}
static void limit_updated(void *arg, struct informer_object *old, struct informer_object *o)
{
	(void)old;
	limit_changed(arg, o);
}

/* --- life --- */

int scheduler_watch_volumes(struct scheduler *s, void (*synced)(void *arg), struct err *e)
{
	const struct informer_handler claims = {claim_changed, claim_updated, claim_changed, synced};
	const struct informer_handler volumes = {volume_added, volume_updated, volume_deleted, synced};
	const struct informer_handler classes = {class_changed, class_updated, class_changed, synced};
	const struct informer_handler limits = {limit_changed, limit_updated, limit_changed, synced};
	const struct informer_handler drivers = {driver_changed, driver_updated, driver_changed, synced};
	const struct informer_handler capacities = {capacity_added, capacity_updated, NULL, NULL};
	const struct informer_handler attachments = {NULL, NULL, limit_changed, NULL};
	struct volume_view *v = &s->view.volumes;
	int r;

	if ((r = scheduler_watch(s, &v->pvcs, "", "persistentvolumeclaims", &claims, e)) < 0 ||
	    (r = scheduler_watch(s, &v->pvs, "", "persistentvolumes", &volumes, e)) < 0 ||
	    (r = scheduler_watch(s, &v->classes, "storage.k8s.io", "storageclasses", &classes, e)) < 0 ||
	    (r = scheduler_watch(s, &v->csinodes, "storage.k8s.io", "csinodes", &limits, e)) < 0 ||
	    (r = scheduler_watch(s, &v->csidrivers, "storage.k8s.io", "csidrivers", &drivers, e)) < 0 ||
	    (r = scheduler_watch(s, &v->capacities, "storage.k8s.io", "csistoragecapacities", &capacities, e)) < 0 ||
	    (r = scheduler_watch(s, &v->attachments, "storage.k8s.io", "volumeattachments", &attachments, e)) < 0)
		return r;
	return volume_view_index(v) < 0 ? err_nomem(e) : 0;
}

int scheduler_start_volumes(struct scheduler *s, struct err *e)
{
	struct informer *const all[] = {s->view.volumes.pvcs,	    s->view.volumes.pvs,	s->view.volumes.classes, s->view.volumes.csinodes,
					s->view.volumes.csidrivers, s->view.volumes.capacities, s->view.volumes.attachments};

	for (size_t i = 0; i < ARRAY_LEN(all); i++) {
		int r = informer_start(all[i], e);
		if (r < 0)
			return r;
	}
	return 0;
}

void scheduler_free_volumes(struct scheduler *s)
{
	struct volume_view *v = &s->view.volumes;

	informer_free(v->pvcs);
	informer_free(v->pvs);
	informer_free(v->classes);
	informer_free(v->csinodes);
	informer_free(v->csidrivers);
	informer_free(v->capacities);
	informer_free(v->attachments);
	volume_view_done(v);
}
