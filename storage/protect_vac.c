#include <errno.h>
#include <string.h>
#include "api/object.h"
#include "api/scan.h"
#include "base/str.h"
#include "storage/internal.h"

/*
 * The finalizer that keeps a VolumeAttributesClass while a claim or a volume names it. Source: KEP 3751,
 * pkg/controller/storage/vacprotection. Admission puts it on; classes of before get it here.
 */

#define FINALIZER_VAC "kubernetes.io/vac-protection"
#define INDEX_VAC     "vac" /* claims and volumes by the classes that they name */
#define WORKERS       2
#define NAME_CAP      260

struct guard {
	struct storage *s;
	struct workqueue *queue; /* names of classes */
};

static void named(const struct informer_object *o, informer_emit_fn emit, void *ctx)
{
	static const char *const paths[] = {"spec.volumeAttributesClassName", "status.currentVolumeAttributesClassName",
					    "status.modifyVolumeStatus.targetVolumeAttributesClassName"};
	char seen[ARRAY_LEN(paths)][NAME_CAP];
	size_t n = 0;

	if (!strstr(o->json->data, "olumeAttributesClassName\":"))
		return;
	for (size_t i = 0; i < ARRAY_LEN(paths); i++) {
		bool again = false;
		if (!scan_str(o->json->data, o->json->len, paths[i], seen[n], sizeof(seen[n])) || !*seen[n])
			continue;
		for (size_t j = 0; j < n; j++)
			again |= streq(seen[j], seen[n]);
		if (!again)
			emit(ctx, seen[n++]);
	}
}

static int in_use(struct storage *s, const char *name)
{
	struct informer *by[] = {s->pvcs, s->pvs};
	bool used = false;

	for (size_t i = 0; i < ARRAY_LEN(by) && !used; i++) {
		struct informer_object **v = NULL;
		size_t n = 0;
		if (informer_by_index(by[i], INDEX_VAC, name, &v, &n) < 0)
			return -ENOMEM;
		used = n > 0;
		informer_list_free(v, n);
	}
	return used;
}

static int change_finalizer(void *arg, json_t *obj, struct err *e)
{
	const bool *add = arg;

	if (obj_has_finalizer(obj, FINALIZER_VAC) == *add || *add == obj_deleting(obj))
		return 1;
	return (*add ? obj_add_finalizer(obj, FINALIZER_VAC) : obj_remove_finalizer(obj, FINALIZER_VAC)) < 0
		   ? err_nomem(e)
		   : 0;
}

static int reconcile(void *arg, const char *name, struct err *e)
{
	struct storage *s = ((struct guard *)arg)->s;
	struct client_ref ref = {.group = "storage.k8s.io", .plural = "volumeattributesclasses", .name = name};
	AUTO_OBJECT struct informer_object *o = informer_get(s->vacs, NULL, name);
	AUTO_JSON json_t *vac = informer_object_json(o);
	bool add = vac && !obj_deleting(vac);

	if (!vac || obj_has_finalizer(vac, FINALIZER_VAC) == add)
		return o && !vac ? err_nomem(e) : 0;
	int r = add ? 0 : in_use(s, name);
	if (r != 0)
		return r < 0 ? err_nomem(e) : 0; /* the last one that goes is an event */
	r = client_modify_wait(s->client, &ref, change_finalizer, &add, e);
	return r == ERR_NOT_FOUND ? 0 : r;
}

/* The loop's thread. */
static void queue_name(void *arg, const char *name)
{
	workqueue_add(((struct guard *)arg)->queue, name);
}
static void class_added(void *arg, struct informer_object *o)
{
	queue_name(arg, o->name);
}
static void class_updated(void *arg, struct informer_object *old UNUSED, struct informer_object *o)
{
	class_added(arg, o);
}
static void user_deleted(void *arg, struct informer_object *o)
{
	named(o, queue_name, arg);
}
static void user_updated(void *arg, struct informer_object *old, struct informer_object *o UNUSED)
{
	user_deleted(arg, old);
}

static void *guard_free(void *part)
{
	struct guard *g = part;

	if (g)
		g->queue = g->queue ? workqueue_free(g->queue) : NULL;
	free(g);
	return NULL;
}

static int guard_new(void **ret, struct storage *s, struct err *e)
{
	static const struct informer_handler classes = {class_added, class_updated, NULL, NULL};
	static const struct informer_handler users = {NULL, user_updated, user_deleted, NULL};
	struct guard *g = calloc(1, sizeof(*g));
	int r;

	if (!g)
		return err_nomem(e);
	g->s = s;
	if ((r = workqueue_new(&g->queue, s->loop, COMPONENT, WORKERS, reconcile, g, e)) < 0 ||
	    (r = informer_add_index(s->pvcs, INDEX_VAC, named)) < 0 ||
	    (r = informer_add_index(s->pvs, INDEX_VAC, named)) < 0 ||
	    (r = informer_add_handler(s->vacs, &classes, g)) < 0 ||
	    (r = informer_add_handler(s->pvcs, &users, g)) < 0 || (r = informer_add_handler(s->pvs, &users, g)) < 0) {
		guard_free(g);
		return r;
	}
	*ret = g;
	return 0;
}

static void guard_go(void *part)
{
	workqueue_pause(((struct guard *)part)->queue, false);
}
static void guard_stop(void *part)
{
	workqueue_stop(((struct guard *)part)->queue);
}

const struct storage_part protect_vac_part = {"class protection", true,       false,     guard_new,
					      guard_go,           guard_stop, guard_free};
