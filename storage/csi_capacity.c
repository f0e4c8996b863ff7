/*
 * CSIStorageCapacity objects, by which the scheduler knows where a driver has room left: one for each class of a driver
 * that is here, wherever CSIDriver says storageCapacity, and each place that its nodes have. They are asked for anew
 * when volumes come and go, when classes, drivers and nodes change, and once a minute while claims wait. Source:
 * external-provisioner's capacity controller.
 */
#include <errno.h>
#include <string.h>
#include "api/digest.h"
#include "api/object.h"
#include "api/quantity.h"
#include "api/scan.h"
#include "base/log.h"
#include "base/str.h"
#include "storage/csi.h"
#include "storage/internal.h"

#define LABEL_DRIVER     "csi.storage.k8s.io/drivername"
#define LABEL_MANAGER    "csi.storage.k8s.io/managed-by"
#define MANAGER          "minik"
#define PARAMETER_PREFIX "csi.storage.k8s.io/" /* ours, not the driver's */
#define ASK_MS           30000
#define SETTLE_MS        500 /* many volumes come and go together */
#define WAITING_MS       60000
#define SEGMENTS_MAX     512

struct capacity {
	struct storage *s;
	struct workqueue *q; /* names of drivers */
};

/* --- what there should be --- */

/* The places that the driver's nodes have, each once; {} alone for a driver without topology. */
static json_t *segments_of(const struct capacity *c, const struct plugin *p, struct err *e)
{
	AUTO_JSON json_t *list = json_array();
	struct informer_object **v = NULL;
	size_t n = 0;

	if (!p->topology)
		return json_pack("[{}]");
	if (!list || informer_list(c->s->csinodes, NULL, &v, &n) < 0) {
		(void)err_nomem(e);
		return NULL;
	}
	for (size_t i = 0; i < n; i++) {
		AUTO_OBJECT struct informer_object *node = informer_get(c->s->nodes, NULL, v[i]->name);
		AUTO_JSON json_t *csinode = informer_object_json(v[i]), *labels = informer_object_json(node),
				 *segment = json_object();
		const json_t *d, *k, *seen;
		size_t a, b;
		bool whole = false;
		json_array_foreach (json_dot(csinode, "spec.drivers"), a, d) {
			if (!streq(json_str(d, "name"), p->driver))
				continue;
			whole = node && json_array_size(json_object_get(d, "topologyKeys")) > 0;
			json_array_foreach (json_object_get(d, "topologyKeys"), b, k) {
				const char *value = obj_label(labels, json_string_value(k));
				whole = whole && value &&
					json_object_set_new(segment, json_string_value(k), json_string(value)) == 0;
			}
		}
		json_array_foreach (list, a, seen)
			whole = whole && !json_equal(segment, (json_t *)(uintptr_t)seen);
		if (whole && json_array_size(list) < SEGMENTS_MAX)
			(void)json_array_append(list, segment);
	}
	informer_list_free(v, n);
	return TAKE_PTR(list);
}

static json_t *parameters_of(const json_t *class)
{
	json_t *out = json_object(), *value;
	const char *key;

	json_object_foreach (json_object_get(class, "parameters"), key, value)
		if (!str_has_prefix(key, PARAMETER_PREFIX))
			(void)json_object_set(out, key, value);
	return out;
}

/* One name for each class and place, whichever server comes upon it. */
static int name_of(char out[64], const char *driver, const char *class, const json_t *segment)
{
	AUTO_FREE char *place = json_dumps(segment, JSON_SORT_KEYS | JSON_COMPACT);
	AUTO_FREE char *text = place ? str_fmt("%s\n%s\n%s", driver, class, place) : NULL;

	if (!text)
		return -ENOMEM;
	digest_name(out, 64, "csisc", text, "");
	return 0;
}

static bool same_bytes(const json_t *o, const char *member, const json_t *want)
{
	const char *had = json_str(o, member);
	struct quantity q;

	if (!had || !want)
		return !had && !want;
	return quantity_parse(had, &q) == 0 && quantity_value(&q) == json_integer_value(want);
}

static json_t *quantity_json(const json_t *bytes)
{
	char text[24];

	(void)snprintf(text, sizeof(text), "%lld", (long long)json_integer_value(bytes));
	return bytes ? json_string(text) : NULL;
}

/* Writes what it is; had: as it is, or NULL. */
static int write_one(struct capacity *c, const struct plugin *p, const char *class, const json_t *segment,
		     const char *name, const json_t *had, const json_t *answer, struct err *e)
{
	const json_t *available = json_object_get(answer, "availableBytes"),
		     *most = json_object_get(answer, "maximumBytes");
	struct client_ref ref = {.group = "storage.k8s.io", .plural = "csistoragecapacities", .ns = "kube-system"};

	if (had && same_bytes(had, "capacity", available) && same_bytes(had, "maximumVolumeSize", most))
		return 0;
	if (had) {
		AUTO_JSON json_t *o = json_deep_copy(had);
		ref.name = name;
		if (!o || json_object_set_new(o, "capacity", quantity_json(available)) < 0)
			return err_nomem(e);
		if (most ? json_object_set_new(o, "maximumVolumeSize", quantity_json(most)) < 0
			 : json_object_get(o, "maximumVolumeSize") && json_object_del(o, "maximumVolumeSize") < 0)
			return err_nomem(e);
		return client_update_wait(c->s->client, &ref, o, NULL, e);
	}
	AUTO_JSON json_t *topology =
	    json_object_size(segment) > 0 ? json_pack("{s:O}", "matchLabels", segment) : json_object();
	AUTO_JSON json_t *o =
	    json_pack("{s:s, s:s, s:{s:s, s:s, s:{s:s, s:s}}, s:s, s:O, s:o, s:o*}", "apiVersion", "storage.k8s.io/v1",
		      "kind", "CSIStorageCapacity", "metadata", "name", name, "namespace", "kube-system", "labels",
		      LABEL_DRIVER, p->driver, LABEL_MANAGER, MANAGER, "storageClassName", class, "nodeTopology",
		      topology, "capacity", quantity_json(available), "maximumVolumeSize", quantity_json(most));
	return o ? client_create_wait(c->s->client, &ref, o, NULL, e) : err_nomem(e);
}

static const json_t *find_name(const json_t *list, const char *name)
{
	const json_t *o;
	size_t i;

	json_array_foreach (list, i, o)
		if (streq(obj_name(o), name))
			return o;
	return NULL;
}

/* A driver that cannot tell now: what was said before stays. */
static int update_class(struct capacity *c, struct plugin *p, const json_t *class, const json_t *segments,
			const json_t *have, json_t *kept, struct err *e)
{
	AUTO_JSON json_t *parameters = parameters_of(class);
	json_t *segment;
	size_t i;
	int first = 0;

	json_array_foreach (segments, i, segment) {
		AUTO_JSON json_t *req = json_pack("{s:O, s:O}", "parameters", parameters, "topology", segment),
				 *answer = NULL;
		struct err why = {0};
		char name[64];
		if (!req || name_of(name, p->driver, obj_name(class), segment) < 0 ||
		    json_object_set_new(kept, name, json_true()) < 0)
			return err_nomem(e);
		int r = plugin_call(p, PLUGIN_CAPACITY, req, ASK_MS, &answer, &why);
		if (r == 0)
			r = write_one(c, p, obj_name(class), segment, name, find_name(have, name), answer, &why);
		if (r < 0 && first == 0)
			first = err_set(e, r, "class %s: %s", obj_name(class), why.msg);
		if (r == ERR_TIMEOUT || r == ERR_CANCELED)
			break; /* one that hangs is not asked for every other place, too */
	}
	return first;
}

static int list_have(struct capacity *c, const char *driver, json_t **ret, struct err *e)
{
	struct client_ref ref = {.group = "storage.k8s.io", .plural = "csistoragecapacities", .ns = "kube-system"};
	AUTO_FREE char *selector = str_fmt(LABEL_MANAGER "=" MANAGER "," LABEL_DRIVER "=%s", driver);
	AUTO_FREE char *coded = selector ? url_encode(selector) : NULL,
		       *query = coded ? str_fmt("labelSelector=%s", coded) : NULL;

	return query ? client_list_wait(c->s->client, &ref, query, ret, e) : err_nomem(e);
}

static int remove_others(struct capacity *c, const json_t *have, const json_t *kept, struct err *e)
{
	const json_t *o;
	size_t i;

	json_array_foreach (have, i, o) {
		struct client_ref ref = {.group = "storage.k8s.io",
					 .plural = "csistoragecapacities",
					 .ns = "kube-system",
					 .name = obj_name(o)};
		if (json_object_get(kept, obj_name(o)))
			continue;
		int r = client_delete_wait(c->s->client, &ref, NULL, NULL, e);
		if (r < 0 && r != ERR_NOT_FOUND)
			return r;
	}
	return 0;
}

/* Do claims of that class wait for a volume? */
static bool awaited(const struct capacity *c, const char *class)
{
	struct informer_object **v = NULL;
	size_t n = 0;
	bool found = false;

	if (informer_list(c->s->pvcs, NULL, &v, &n) < 0)
		return false;
	for (size_t i = 0; i < n && !found; i++) {
		char name[256] = "", volume[8] = "";
		found = !scan_str(v[i]->json->data, v[i]->json->len, "spec.volumeName", volume, sizeof(volume)) &&
			scan_str(v[i]->json->data, v[i]->json->len, "spec.storageClassName", name, sizeof(name)) &&
			streq(name, class);
	}
	informer_list_free(v, n);
	return found;
}

/* The plug-in that classes of this driver name. NULL: none that can tell is here. */
static struct plugin *asked_plugin(const struct capacity *c, const char *driver)
{
	struct plugin **v = NULL, *found = NULL;
	size_t n = 0;

	if (plugins_list(c->s->plugins, &v, &n) < 0)
		return NULL;
	for (size_t i = n; i-- > 0;) {
		if (!found && csi_plugin_info(v[i]) && streq(v[i]->driver, driver) &&
		    v[i]->can & PLUGIN_CAN(PLUGIN_CAPACITY))
			found = plugin_ref(v[i]);
		plugin_unref(v[i]);
	}
	free(v);
	return found;
}

static int update_driver(struct capacity *c, struct plugin *p, const json_t *have, json_t *kept, bool *ret_awaited,
			 struct err *e)
{
	AUTO_JSON json_t *segments = segments_of(c, p, e);
	struct informer_object **v = NULL;
	size_t n = 0;
	int first = 0;

	if (!segments || informer_list(c->s->classes, NULL, &v, &n) < 0)
		return err_nomem(e);
	for (size_t i = 0; i < n; i++) {
		AUTO_JSON json_t *class = informer_object_json(v[i]);
		struct err why = {0};
		if (!streq(json_str(class, "provisioner"), p->name))
			continue;
		int r = update_class(c, p, class, segments, have, kept, &why);
		if (r < 0 && first == 0)
			first = err_set(e, r, "%s", why.msg);
		*ret_awaited |= awaited(c, v[i]->name);
	}
	informer_list_free(v, n);
	return first;
}

static int reconcile(void *arg, const char *driver, struct err *e)
{
	struct capacity *c = arg;
	AUTO_OBJECT struct informer_object *o = informer_get(c->s->csidrivers, NULL, driver);
	AUTO_JSON json_t *object = informer_object_json(o), *list = NULL, *kept = json_object();
	AUTO_PLUGIN struct plugin *p = asked_plugin(c, driver);
	bool wanted = json_bool_or(object, "spec.storageCapacity", false), waits = false;

	/* Not here just now, or not yet: what was said stays. */
	if (wanted && !p)
		return 0;
	int r = list_have(c, driver, &list, e);
	if (r < 0)
		return r;
	const json_t *have = json_object_get(list, "items");
	r = wanted ? update_driver(c, p, have, kept, &waits, e) : 0;
	if (r < 0 || (r = remove_others(c, have, kept, e)) < 0)
		return r;
	return waits ? WAITING_MS : 0;
}

/* --- events --- */

static void add_all(struct capacity *c)
{
	struct informer_object **v = NULL;
	size_t n = 0;

	if (informer_list(c->s->csidrivers, NULL, &v, &n) < 0)
		return;
	for (size_t i = 0; i < n; i++)
		if (strstr(v[i]->json->data, "\"storageCapacity\":true"))
			workqueue_add_after(c->q, v[i]->name, SETTLE_MS);
	informer_list_free(v, n);
}

static void on_any(void *arg, struct informer_object *o)
{
	(void)o;
	add_all(arg);
}

static void on_any_change(void *arg, struct informer_object *old, struct informer_object *o)
{
	(void)old;
	(void)o;
	add_all(arg);
}

static void on_driver(void *arg, struct informer_object *o)
{
	struct capacity *c = arg;

	workqueue_add(c->q, o->name);
}

static void on_driver_change(void *arg, struct informer_object *old, struct informer_object *o)
{
	(void)old;
	on_driver(arg, o);
}

static bool same_labels(const struct informer_object *a, const struct informer_object *b)
{
	const char *p = "", *q = "";
	size_t n = 0, m = 0;

	(void)scan_find(a->json->data, a->json->len, "metadata.labels", &p, &n);
	(void)scan_find(b->json->data, b->json->len, "metadata.labels", &q, &m);
	return n == m && memcmp(p, q, n) == 0;
}

/* Nodes change all the time; their places do not. */
static void on_node_change(void *arg, struct informer_object *old, struct informer_object *o)
{
	if (!same_labels(old, o))
		add_all(arg);
}

static void on_volume(void *arg, struct informer_object *o)
{
	struct capacity *c = arg;
	char driver[256];

	if (scan_str(o->json->data, o->json->len, "spec.csi.driver", driver, sizeof(driver)))
		workqueue_add_after(c->q, driver, SETTLE_MS);
}

static void on_claim(void *arg, struct informer_object *o)
{
	struct capacity *c = arg;
	char class[256];

	if (!scan_str(o->json->data, o->json->len, "spec.storageClassName", class, sizeof(class)))
		return;
	AUTO_OBJECT struct informer_object *sc = informer_get(c->s->classes, NULL, class);
	char provisioner[256];
	if (!sc || !scan_str(sc->json->data, sc->json->len, "provisioner", provisioner, sizeof(provisioner)))
		return;
	AUTO_PLUGIN struct plugin *p = plugins_get(c->s->plugins, provisioner);
	if (p && csi_plugin_info(p))
		workqueue_add_after(c->q, p->driver, WAITING_MS);
}

static void on_plugin(void *arg, const char *provisioner)
{
	(void)provisioner;
	add_all(arg);
}

/* --- life --- */

static void *capacity_free(void *part)
{
	struct capacity *c = part;

	if (!c)
		return NULL;
	plugins_unwatch(c->s->plugins, c);
	if (c->q)
		workqueue_free(c->q);
	free(c);
	return NULL;
}

static int capacity_new(void **ret, struct storage *s, struct err *e)
{
	static const struct informer_handler any = {on_any, on_any_change, on_any, NULL},
					     driver = {on_driver, on_driver_change, on_driver, NULL},
					     node = {.updated = on_node_change},
					     volume = {.added = on_volume, .deleted = on_volume},
					     claim = {.added = on_claim};
	struct capacity *c = calloc(1, sizeof(*c));

	if (!c)
		return err_nomem(e);
	c->s = s;
	int r = workqueue_new(&c->q, s->loop, COMPONENT, 2, reconcile, c, e);
	if (r == 0 &&
	    (informer_add_handler(s->csidrivers, &driver, c) < 0 || informer_add_handler(s->csinodes, &any, c) < 0 ||
	     informer_add_handler(s->classes, &any, c) < 0 || informer_add_handler(s->nodes, &node, c) < 0 ||
	     informer_add_handler(s->pvs, &volume, c) < 0 || informer_add_handler(s->pvcs, &claim, c) < 0))
		r = err_nomem(e);
	if (r == 0 && (r = plugins_watch(s->plugins, on_plugin, c)) < 0)
		(void)err_set(e, r, "too many parts watch plug-ins");
	if (r < 0) {
		capacity_free(c);
		return r;
	}
	*ret = c;
	return 0;
}

static void capacity_go(void *part)
{
	struct capacity *c = part;

	workqueue_pause(c->q, false);
}

static void capacity_stop(void *part)
{
	struct capacity *c = part;

	plugins_unwatch(c->s->plugins, c);
	workqueue_stop(c->q);
}

const struct storage_part csi_capacity_part = {"csi-capacity",    .controller = true,    .new = capacity_new,
					       .go = capacity_go, .stop = capacity_stop, .free = capacity_free};
