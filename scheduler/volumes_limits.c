/* What pods of one node keep each other from: volumes that only one may have, and how many of a driver a node takes. */
#include <errno.h>
#include <stdlib.h>
#include "api/object.h"
#include "api/volume_match.h"
#include "base/str.h"
#include "scheduler/volumes.h"

/* --- claims for one pod, and disks --- */

static bool for_one_pod(const json_t *pvc)
{
	json_t *m;
	size_t i;

	json_array_foreach (json_dot(pvc, "spec.accessModes"), i, m)
		if (streq(json_string_value(m), "ReadWriteOncePod"))
			return true;
	return false;
}

static bool uses_ours(const struct pod_volumes *v, const struct pod_info *p)
{
	for (size_t i = 0; p->claims && i < v->n; i++)
		if (for_one_pod(v->needs[i].pvc) && names_have(p->claims, v->needs[i].key))
			return true;
	return false;
}

static int add_user(struct pod_volumes *v, struct pod_info *p, const char *pod_key)
{
	if (streq(p->key, pod_key) || !uses_ours(v, p))
		return 0;
	struct pod_info **users = reallocarray(v->users, v->n_users + 1, sizeof(struct pod_info *));
	if (!users)
		return -ENOMEM;
	v->users = users;
	v->users[v->n_users++] = p;
	return 0;
}

static int find_users(struct pod_volumes *v, const struct sched_view *view, const char *pod_key)
{
	struct map_iter it = MAP_ITER_INIT;
	bool any = false;
	int r = 0;

	for (size_t i = 0; i < v->n; i++)
		any = any || for_one_pod(v->needs[i].pvc);
	if (!any)
		return 0;
	while (r == 0 && map_next(view->nodes, &it)) {
		const struct node_info *n = it.value;
		LIST_FOREACH (p, &n->pods, struct pod_info, link)
			if (r == 0)
				r = add_user(v, p, pod_key);
	}
	it = (struct map_iter)MAP_ITER_INIT;
	while (r == 0 && map_next(view->nominated, &it))
		r = add_user(v, it.value, pod_key);
	return r;
}

static bool share_one(const json_t *a, const json_t *b)
{
	json_t *x, *y;
	size_t i, k;

	json_array_foreach ((json_t *)a, i, x)
		json_array_foreach ((json_t *)b, k, y)
			if (json_equal(x, y))
				return true;
	return false;
}

static bool disks_clash(const json_t *a, const json_t *b)
{
	static const struct {
		const char *kind, *id;
		bool shared_when_read; /* both only read it */
	} kinds[] = {{"iscsi", "iqn", true}, {"gcePersistentDisk", "pdName", true}, {"awsElasticBlockStore", "volumeID", false}};

	for (size_t i = 0; i < ARRAY_LEN(kinds); i++) {
		const json_t *x = json_object_get(a, kinds[i].kind), *y = json_object_get(b, kinds[i].kind);
		if (x && y && streq(json_str(x, kinds[i].id), json_str(y, kinds[i].id)))
			return !(kinds[i].shared_when_read && json_bool_or(x, "readOnly", false) && json_bool_or(y, "readOnly", false));
	}
	const json_t *x = json_object_get(a, "rbd"), *y = json_object_get(b, "rbd");
	return x && y && streq(json_str_or(x, "image", ""), json_str_or(y, "image", "")) &&
	       streq(json_str_or(x, "pool", "rbd"), json_str_or(y, "pool", "rbd")) &&
	       share_one(json_object_get(x, "monitors"), json_object_get(y, "monitors")) &&
	       !(json_bool_or(x, "readOnly", false) && json_bool_or(y, "readOnly", false));
}

const char *filter_volume_restrictions(struct sched_ctx *c, const struct node_info *n)
{
	json_t *x, *y;
	size_t i, k;

	if (!c->volumes)
		return NULL;
	/* Who is on no node's list has been taken off to see whether his going would help. */
	for (i = 0; i < c->volumes->n_users; i++)
		if (!list_empty(&c->volumes->users[i]->link))
			return "node has pod using PersistentVolumeClaim with the same name and ReadWriteOncePod access mode";
	if (!c->volumes->disks)
		return NULL;
	LIST_FOREACH (p, &n->pods, struct pod_info, link)
		json_array_foreach (json_object_get(c->spec, "volumes"), i, x)
			json_array_foreach (json_dot(p->pod, "spec.volumes"), k, y)
				if (disks_clash(x, y))
					return "node(s) had no available disk";
	return NULL;
}

/* --- how many volumes of a driver --- */

static void csi_id_free(void *arg)
{
	struct csi_id *x = arg;

	if (x) {
		free(x->driver);
		free(x->id);
	}
	free(x);
}

static struct csi_id *csi_id_of(const char *driver, const char *id)
{
	struct csi_id *x = calloc(1, sizeof(*x));

	if (x && driver && id && (!(x->driver = str_dup(driver)) || !(x->id = str_dup(id)))) {
		csi_id_free(x);
		return NULL;
	}
	return x;
}

/* Takes x, which the view keeps. NULL without memory. */
static const struct csi_id *keep(const struct volume_view *view, const char *key, struct csi_id *x)
{
	if (x && map_put(view->csi_ids, key, x) == 0)
		return x;
	csi_id_free(x);
	return NULL;
}

/* Borrowed until volumes or claims change. NULL: not known. */
static const struct csi_id *volume_id(const struct volume_view *view, const char *volume)
{
	AUTO_FREE char *key = str_fmt("v/%s", volume);
	const struct csi_id *known = key ? map_get(view->csi_ids, key) : NULL;

	if (known || !key)
		return known;
	AUTO_OBJECT struct informer_object *o = informer_get(view->pvs, NULL, volume);
	AUTO_JSON json_t *pv = informer_object_json(o);
	return pv ? keep(view, key, csi_id_of(json_str(pv, "spec.csi.driver"), json_str(pv, "spec.csi.volumeHandle"))) : NULL;
}

/* Of a claim without a volume: what it will be made by, and a name that no volume has. */
static struct csi_id *future_id(const struct volume_view *view, const json_t *pvc, const char *claim)
{
	const char *class = claim_class(pvc);
	AUTO_OBJECT struct informer_object *o = class && *class ? informer_get(view->classes, NULL, class) : NULL;
	AUTO_JSON json_t *sc = informer_object_json(o);

	return csi_id_of(json_str(sc, "provisioner"), claim);
}

static const struct csi_id *claim_id(const struct volume_view *view, const char *claim)
{
	AUTO_FREE char *key = str_fmt("c/%s", claim);
	const struct csi_id *known = key ? map_get(view->csi_ids, key) : NULL;

	if (known || !key)
		return known;
	AUTO_OBJECT struct informer_object *o = informer_get_key(view->pvcs, claim);
	AUTO_JSON json_t *pvc = informer_object_json(o);
	const char *volume = json_str_or(pvc, "spec.volumeName", "");
	if (!pvc)
		return NULL;
	if (!*volume)
		return keep(view, key, future_id(view, pvc, claim));
	const struct csi_id *v = volume_id(view, volume);
	return v ? keep(view, key, csi_id_of(v->driver, v->id)) : NULL;
}

static int find_csi(struct pod_volumes *v, const struct volume_view *view)
{
	if (v->n == 0 || informer_count(view->csinodes) == 0)
		return 0;
	if (!(v->csi = calloc(v->n, sizeof(*v->csi))))
		return -ENOMEM;
	for (size_t i = 0; i < v->n; i++) {
		const struct csi_id *x = claim_id(view, v->needs[i].key);
		if (!x || !x->driver)
			continue;
		struct csi_id *y = &v->csi[v->n_csi++];
		if (!(y->driver = str_dup(x->driver)) || !(y->id = str_dup(x->id)))
			return -ENOMEM;
	}
	return 0;
}

/* Set of the ids of the driver that the node has, by its pods and by what is attached to it. NULL without memory. */
static struct map *present(const struct volume_view *view, const struct node_info *n, const char *driver)
{
	struct map *set = map_new(NULL);
	struct informer_object **all = NULL;
	size_t count = 0;
	bool ok = set;

	LIST_FOREACH (p, &n->pods, struct pod_info, link)
		for (size_t i = 0; ok && p->claims && p->claims[i]; i++) {
			const struct csi_id *x = claim_id(view, p->claims[i]);
			if (x && streq(x->driver, driver))
				ok = map_put(set, x->id, set) == 0;
		}
	ok = ok && informer_by_index(view->attachments, INDEX_NODE, n->name, &all, &count) == 0;
	for (size_t i = 0; ok && i < count; i++) {
		AUTO_JSON json_t *va = informer_object_json(all[i]);
		const char *volume = json_str(va, "spec.source.persistentVolumeName");
		const struct csi_id *x = volume && streq(json_str(va, "spec.attacher"), driver) ? volume_id(view, volume) : NULL;
		if (x && streq(x->driver, driver))
			ok = map_put(set, x->id, set) == 0;
	}
	informer_list_free(all, count);
	return ok ? set : map_free(set);
}

/* Counts a driver's new ones where its first is met. */
static const char *too_many(const struct volume_view *view, const struct pod_volumes *v, size_t first, const struct node_info *n, int64_t limit)
{
	const char *driver = v->csi[first].driver;
	struct map *set = present(view, n, driver);

	if (!set)
		return "not enough memory to count the node's volumes";
	size_t before = map_len(set);
	bool ok = true;
	for (size_t i = first; ok && i < v->n_csi; i++)
		if (streq(v->csi[i].driver, driver))
			ok = map_put(set, v->csi[i].id, set) == 0;
	size_t after = map_len(set);
	map_free(set);
	if (!ok)
		return "not enough memory to count the node's volumes";
	return after > before && (int64_t)after > limit ? "node(s) exceed max volume count" : NULL;
}

const char *filter_volume_limits(struct sched_ctx *c, const struct node_info *n)
{
	const struct pod_volumes *v = c->volumes;
	const char *why = NULL;
	json_t *d;
	size_t i, k;

	if (!v || v->n_csi == 0)
		return NULL;
	AUTO_OBJECT struct informer_object *o = informer_get(c->view->volumes.csinodes, NULL, n->name);
	AUTO_JSON json_t *csinode = informer_object_json(o);
	json_array_foreach (json_dot(csinode, "spec.drivers"), i, d) {
		int64_t limit = json_int_or(d, "allocatable.count", -1);
		for (k = 0; k < v->n_csi && !streq(v->csi[k].driver, json_str(d, "name")); k++)
			;
		if (!why && limit >= 0 && k < v->n_csi)
			why = too_many(&c->view->volumes, v, k, n, limit);
	}
	return why;
}

int pod_volumes_restrictions(struct pod_volumes *v, const struct sched_view *view, const char *pod_key)
{
	int r = v->why[0] ? 0 : find_users(v, view, pod_key);

	return r < 0 || v->why[0] ? r : find_csi(v, &view->volumes);
}

/* --- the view --- */

int volume_view_init(struct volume_view *v)
{
	v->offers = offers_new();
	v->chosen = map_new(free);
	v->csi_ids = map_new(csi_id_free);
	return v->offers && v->chosen && v->csi_ids ? 0 : -ENOMEM;
}

void volume_view_done(struct volume_view *v)
{
	v->offers = offers_free(v->offers);
	v->chosen = map_free(v->chosen);
	v->csi_ids = map_free(v->csi_ids);
}

static void by_class(const struct informer_object *o, informer_emit_fn emit, void *ctx)
{
	AUTO_JSON json_t *x = informer_object_json(o);

	emit(ctx, json_str_or(x, "storageClassName", ""));
}

static void by_node(const struct informer_object *o, informer_emit_fn emit, void *ctx)
{
	AUTO_JSON json_t *x = informer_object_json(o);

	emit(ctx, json_str_or(x, "spec.nodeName", ""));
}

int volume_view_index(struct volume_view *v)
{
	int r = informer_add_index(v->capacities, INDEX_CLASS, by_class);

	return r < 0 ? r : informer_add_index(v->attachments, INDEX_NODE, by_node);
}
