#include "scheduler/volumes.h"
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "api/node_match.h"
#include "api/object.h"
#include "api/quantity.h"
#include "api/selector.h"
#include "api/volume_match.h"
#include "base/str.h"

#define NO_VOLUME "node(s) didn't find available persistent volumes to bind"
#define NO_SPACE "node(s) did not have enough free storage"

static const json_t *affinity(const json_t *pv) { return json_dot(pv, "spec.nodeAffinity.required"); }

static bool fits_node(const json_t *pv, const char *node, const json_t *labels)
{
	const json_t *required = affinity(pv);

	return !required || node_selector_matches(required, node, labels);
}

bool claim_is_bound(const json_t *pvc)
{
	return *json_str_or(pvc, "spec.volumeName", "") && obj_annotation(pvc, ANN_BIND_COMPLETED);
}

/* --- names --- */

char **names_free(char **names)
{
	for (size_t i = 0; names && names[i]; i++)
		free(names[i]);
	free(names);
	return NULL;
}

bool names_have(char *const *names, const char *name)
{
	for (size_t i = 0; names && names[i]; i++)
		if (streq(names[i], name))
			return true;
	return false;
}

int pod_claims_of(char ***ret, const json_t *pod)
{
	const json_t *volumes = json_dot(pod, "spec.volumes");
	char **names = NULL;
	size_t n = 0, i;
	json_t *v;

	json_array_foreach ((json_t *)volumes, i, v) {
		AUTO_FREE char *name = NULL;
		int r = pod_volume_claim(pod, v, &name);
		if (r == 0)
			continue;
		if (r > 0 && !names)
			names = calloc(json_array_size(volumes) + 1, sizeof(*names));
		if (r < 0 || !names || !(names[n++] = str_fmt("%s/%s", obj_namespace(pod), name))) {
			names_free(names);
			return -ENOMEM;
		}
	}
	*ret = names;
	return 0;
}

char **pod_volumes_wants(const struct pod_volumes *v)
{
	char **names = calloc(2 * v->n + 1, sizeof(*names));
	size_t k = 0;

	for (size_t i = 0; names && i < v->n; i++) {
		const char *class = claim_class(v->needs[i].pvc), *volume = json_str_or(v->needs[i].pvc, "spec.volumeName", "");
		if (*volume && !(names[k++] = str_fmt("pv/%s", volume)))
			return names_free(names);
		if (!v->needs[i].bound && !(names[k++] = str_fmt("class/%s", class ? class : "")))
			return names_free(names);
	}
	return names;
}

/* --- what is known of a pod's claims, whatever the node --- */

static void need_done(struct claim_need *d)
{
	free(d->key);
	json_decref(d->pvc);
	json_decref(d->pv);
	json_decref(d->class);
	claim_want_done(&d->want);
	informer_object_unref(d->kept);
	json_decref(d->kept_by);
	informer_object_unref(d->choice);
	free(d->elsewhere);
	for (size_t i = 0; i < d->n_capacities; i++)
		json_decref(d->capacities[i]);
	free(d->capacities);
}

struct pod_volumes *pod_volumes_free(struct pod_volumes *v)
{
	if (!v)
		return NULL;
	for (size_t i = 0; i < v->n; i++)
		need_done(&v->needs[i]);
	for (size_t i = 0; i < v->n_csi; i++) {
		free(v->csi[i].driver);
		free(v->csi[i].id);
	}
	free(v->csi);
	free(v->needs);
	free(v->users);
	free(v);
	return NULL;
}

static void refuse(struct pod_volumes *v, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
static void refuse(struct pod_volumes *v, const char *fmt, ...)
{
	va_list ap;

	if (v->why[0])
		return;
	va_start(ap, fmt);
	(void)vsnprintf(v->why, sizeof(v->why), fmt, ap);
	va_end(ap);
}

/* Of its class: one that is the claim's but of another class is not what it asks for. */
static int find_kept(const struct volume_view *view, struct claim_need *d)
{
	if (claim_want_init(&d->want, d->pvc) < 0)
		return -ENOMEM;
	offers_kept(view->offers, &d->want, false, &d->kept);
	if (!d->kept)
		return 0;
	AUTO_JSON json_t *pv = informer_object_json(d->kept);
	d->kept_by = json_incref(json_dot(pv, "spec.nodeAffinity.required"));
	return pv ? 0 : -ENOMEM;
}

/* A driver that says how much room there is where is asked for no more than that. */
static int find_capacities(const struct volume_view *view, struct claim_need *d)
{
	AUTO_OBJECT struct informer_object *o = informer_get(view->csidrivers, NULL, json_str_or(d->class, "provisioner", ""));
	AUTO_JSON json_t *driver = informer_object_json(o);
	struct informer_object **all = NULL;
	size_t n = 0;

	d->checks_capacity = json_bool_or(driver, "spec.storageCapacity", false);
	if (!d->checks_capacity)
		return 0;
	if (informer_by_index(view->capacities, INDEX_CLASS, obj_name(d->class), &all, &n) < 0)
		return -ENOMEM;
	d->capacities = calloc(n + 1, sizeof(*d->capacities));
	for (size_t i = 0; d->capacities && i < n; i++)
		if ((d->capacities[d->n_capacities] = informer_object_json(all[i])))
			d->n_capacities++;
	informer_list_free(all, n);
	return d->capacities ? 0 : -ENOMEM;
}

static int study_unbound(const struct volume_view *view, struct pod_volumes *v, struct claim_need *d)
{
	const char *class = claim_class(d->pvc);
	AUTO_OBJECT struct informer_object *o = class && *class ? informer_get(view->classes, NULL, class) : NULL;

	d->class = informer_object_json(o);
	if (!streq(json_str_or(d->class, "volumeBindingMode", "Immediate"), "WaitForFirstConsumer") || *json_str_or(d->pvc, "spec.volumeName", "")) {
		refuse(v, "pod has unbound immediate PersistentVolumeClaims");
		return 0;
	}
	d->node = map_get(view->chosen, d->key);
	if (!d->node)
		d->node = obj_annotation(d->pvc, ANN_SELECTED_NODE);
	const char *data = obj_annotation(d->pvc, ANN_DATA_NODE);
	if (!d->node) /* what it is made of lies there */
		d->node = data;
	if (data && streq(data, d->node) && !(d->elsewhere = str_fmt(NO_VOLUME ", claim %s is made of what lies on node %s", obj_name(d->pvc), data)))
		return -ENOMEM;
	int r = find_kept(view, d);
	return r < 0 ? r : find_capacities(view, d);
}

static int study_claim(const struct volume_view *view, struct pod_volumes *v, const json_t *pod, const json_t *volume, const char *name)
{
	struct claim_need *d = &v->needs[v->n];
	AUTO_OBJECT struct informer_object *o = informer_get(view->pvcs, obj_namespace(pod), name);
	bool ephemeral = json_object_get(volume, "ephemeral") != NULL;

	d->key = str_fmt("%s/%s", obj_namespace(pod), name);
	if (!d->key)
		return -ENOMEM;
	v->n++;
	if (!(d->pvc = informer_object_json(o))) {
		if (o)
			return -ENOMEM;
		refuse(v, ephemeral ? "waiting for ephemeral volume controller to create the persistentvolumeclaim \"%s\""
				    : "persistentvolumeclaim \"%s\" not found", name);
		return 0;
	}
	if (streq(json_str(d->pvc, "status.phase"), "Lost"))
		refuse(v, "persistentvolumeclaim \"%s\" bound to non-existent persistentvolume \"%s\"", name, json_str_or(d->pvc, "spec.volumeName", ""));
	else if (obj_deleting(d->pvc))
		refuse(v, "persistentvolumeclaim \"%s\" is being deleted", name);
	else if (ephemeral && !obj_controlled_by(d->pvc, obj_uid(pod)))
		refuse(v, "PVC %s was not created for pod %s/%s (pod is not owner)", d->key, obj_namespace(pod), obj_name(pod));
	d->bound = claim_is_bound(d->pvc);
	if (!d->bound)
		return study_unbound(view, v, d);
	AUTO_OBJECT struct informer_object *po = informer_get(view->pvs, NULL, json_str_or(d->pvc, "spec.volumeName", ""));
	d->pv = informer_object_json(po);
	return po && !d->pv ? -ENOMEM : 0;
}

/* Those that are bound first; then the smallest, which leaves the large volumes to who needs them. */
static int by_need(const void *a, const void *b)
{
	const struct claim_need *x = a, *y = b;

	if (x->bound != y->bound)
		return x->bound ? -1 : 1;
	return claim_by_size(x->pvc, y->pvc);
}

static bool is_disk(const json_t *volume)
{
	return json_object_get(volume, "iscsi") || json_object_get(volume, "rbd") || json_object_get(volume, "gcePersistentDisk") ||
	       json_object_get(volume, "awsElasticBlockStore");
}

int pod_volumes_new(struct pod_volumes **ret, const struct sched_view *view, const json_t *pod, const char *pod_key)
{
	const json_t *volumes = json_dot(pod, "spec.volumes");
	struct pod_volumes *v = NULL;
	json_t *x;
	size_t i;
	int r = 0;

	json_array_foreach ((json_t *)volumes, i, x) {
		AUTO_FREE char *name = NULL;
		int is_claim = pod_volume_claim(pod, x, &name);
		if (is_claim == 0 && !is_disk(x))
			continue;
		if (is_claim < 0 || (!v && (!(v = calloc(1, sizeof(*v))) || !(v->needs = calloc(json_array_size(volumes), sizeof(*v->needs)))))) {
			r = -ENOMEM;
			break;
		}
		v->offers = view->volumes.offers;
		v->disks = v->disks || is_claim == 0;
		bool twice = false;
		for (size_t k = 0; is_claim && k < v->n; k++)
			twice = twice || streq(strchr(v->needs[k].key, '/') + 1, name);
		if (is_claim && !twice && (r = study_claim(&view->volumes, v, pod, x, name)) < 0)
			break;
	}
	if (r == 0 && v)
		qsort(v->needs, v->n, sizeof(*v->needs), by_need);
	if (r == 0 && v)
		r = pod_volumes_restrictions(v, view, pod_key);
	if (r < 0) {
		pod_volumes_free(v);
		return r;
	}
	*ret = v;
	return 0;
}

/* --- and with a node --- */

struct earlier { /* claims of the pod that were decided before */
	const struct pod_volumes *v;
	size_t n;
};

static bool is_taken(void *arg, const char *volume)
{
	const struct earlier *x = arg;

	for (size_t i = 0; i < x->n; i++)
		if (x->v->needs[i].choice && streq(x->v->needs[i].choice->name, volume))
			return true;
	return false;
}

static bool quantity_of(const json_t *o, const char *path, __int128 *ret)
{
	struct quantity q;
	const char *s = json_str(o, path);

	if (!s || quantity_parse(s, &q) < 0)
		return false;
	*ret = q.nano;
	return true;
}

static bool reaches(const json_t *capacity, const json_t *labels)
{
	const json_t *topology = json_object_get(capacity, "nodeTopology");
	struct api_selector *sel = NULL;

	if (!topology || api_label_selector_from(&sel, topology, NULL) < 0)
		return false;
	bool yes = api_selector_match_labels(sel, labels);
	api_selector_free(sel);
	return yes;
}

static bool has_room(const struct claim_need *d, const json_t *labels)
{
	__int128 want, room;

	if (!d->checks_capacity || !quantity_of(d->pvc, "spec.resources.requests.storage", &want))
		return true;
	for (size_t i = 0; i < d->n_capacities; i++) {
		const json_t *c = d->capacities[i];
		if (!quantity_of(c, "maximumVolumeSize", &room) && !quantity_of(c, "capacity", &room))
			continue;
		if (room >= want && reaches(c, labels))
			return true;
	}
	return false;
}

static const char *can_provision(const struct claim_need *d, const json_t *labels)
{
	const char *provisioner = json_str_or(d->class, "provisioner", "");

	if (!*provisioner || streq(provisioner, "kubernetes.io/no-provisioner") || !class_allows(d->class, labels))
		return NO_VOLUME;
	return has_room(d, labels) ? NULL : NO_SPACE;
}

static const char *decide(struct pod_volumes *v, size_t at, const char *node, const json_t *labels)
{
	struct claim_need *d = &v->needs[at];

	struct earlier x = {v, at};
	const struct offers_query q = {.any_modes = true, .node = node, .labels = labels, .skip = is_taken, .arg = &x};

	d->choice = informer_object_unref(d->choice);
	/* One that is the claim's already is bound to it by whoever comes first: the claim has no other choice. */
	if (d->kept) {
		d->choice = informer_object_ref(d->kept);
		return !d->kept_by || node_selector_matches(d->kept_by, node, labels) ? NULL : NO_VOLUME;
	}
	if (d->node && !streq(d->node, node))
		return d->elsewhere ? d->elsewhere : NO_VOLUME;
	if (!d->node)
		offers_find(v->offers, &d->want, &q, &d->choice);
	if (d->choice)
		return NULL;
	return can_provision(d, labels);
}

const char *volumes_on_node(struct pod_volumes *v, const char *node, const json_t *labels)
{
	const char *why = NULL;

	for (size_t i = 0; i < v->n && !why; i++) {
		if (!v->needs[i].bound)
			why = decide(v, i, node, labels);
		else if (!v->needs[i].pv)
			why = "node(s) unavailable due to one or more pvc(s) bound to non-existent pv(s)";
		else if (!fits_node(v->needs[i].pv, node, labels))
			why = "node(s) didn't match PersistentVolume's node affinity";
	}
	return why;
}

const char *filter_volumes_at_all(struct sched_ctx *c, const struct node_info *n)
{
	(void)n;
	return c->volumes && c->volumes->why[0] ? c->volumes->why : NULL;
}

const char *filter_volumes(struct sched_ctx *c, const struct node_info *n)
{
	return c->volumes ? volumes_on_node(c->volumes, n->name, n->labels) : NULL;
}

/* --- zones: labels of volumes from before node affinity --- */

static const char *const zone_keys[][2] = {
    {"topology.kubernetes.io/zone", "failure-domain.beta.kubernetes.io/zone"},
    {"topology.kubernetes.io/region", "failure-domain.beta.kubernetes.io/region"},
};

static const char *label_of(const json_t *labels, const char *const keys[2])
{
	const char *s = json_string_value(json_object_get(labels, keys[0]));

	return s ? s : json_string_value(json_object_get(labels, keys[1]));
}

/* "a__b": one of them. */
static bool one_of(const char *set, const char *zone)
{
	size_t n = strlen(zone);

	for (const char *s = set; s; s = strstr(s, "__") ? strstr(s, "__") + 2 : NULL)
		if (strncmp(s, zone, n) == 0 && (s[n] == '\0' || strncmp(s + n, "__", 2) == 0))
			return true;
	return false;
}

const char *filter_volume_zone(struct sched_ctx *c, const struct node_info *n)
{
	if (!c->volumes || (!label_of(n->labels, zone_keys[0]) && !label_of(n->labels, zone_keys[1])))
		return NULL; /* a node that says nothing of zones is in all of them */
	for (size_t i = 0; i < c->volumes->n; i++)
		for (size_t k = 0; k < ARRAY_LEN(zone_keys); k++) {
			const char *zones = label_of(json_dot(c->volumes->needs[i].pv, "metadata.labels"), zone_keys[k]);
			const char *here = label_of(n->labels, zone_keys[k]);
			if (zones && (!here || !one_of(zones, here)))
				return "node(s) had no available volume zone";
		}
	return NULL;
}
