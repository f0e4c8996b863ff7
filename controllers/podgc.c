/*
 * Pods that nobody else will remove: bound to a node that is gone, deleted before they got one, or ended and too many. One that has not ended is marked Failed first:
 * whoever counts it (a Job) sees an end.
 * Source: pkg/controller/podgc/gc_controller.go.
 */
#include "api/scan.h"
#include "controllers/shared.h"

#define MAX_ENDED 12500 /* kube-controller-manager's --terminated-pod-gc-threshold */
#define KEY_ENDED "|ended" /* no object's key */

struct gc_ctl {
	struct informer *pods, *nodes;
};

static int delete_now(struct controller *c, const struct informer_object *o, struct err *e)
{
	struct client_ref ref = {.plural = "pods", .ns = o->ns, .name = o->name};
	AUTO_JSON json_t *opts = json_pack("{s:s,s:s,s:i,s:{s:s}}", "kind", "DeleteOptions", "apiVersion", "v1", "gracePeriodSeconds", 0, "preconditions",
					   "uid", o->uid);
	int r = opts ? client_delete_wait(c->s->client, &ref, opts, NULL, e) : err_nomem(e);
	return r == ERR_NOT_FOUND || r == ERR_CONFLICT ? 0 : r;
}

static int mark_failed(struct controller *c, const json_t *pod, bool orphaned, struct err *e)
{
	struct client_ref ref = {.plural = "pods", .ns = obj_namespace(pod), .name = obj_name(pod), .subresource = "status"};
	AUTO_JSON json_t *patch = json_pack("{s:{s:s},s:{s:s}}", "metadata", "uid", obj_uid(pod), "status", "phase", "Failed");
	char now[TIME_STR_MAX];

	if (pod_terminal(pod))
		return 0;
	now_string(c->s, now);
	if (!patch ||
	    (orphaned && json_dot_set(patch, "status.conditions", json_pack("[{s:s,s:s,s:s,s:s,s:s}]", "type", "DisruptionTarget", "status", "True", "reason",
									    "DeletionByPodGC", "message", "PodGC: node no longer exists", "lastTransitionTime",
									    now)) < 0))
		return err_nomem(e);
	int r = client_patch_wait(c->s->client, &ref, CLIENT_STRATEGIC_PATCH, patch, NULL, e);
	return r == ERR_NOT_FOUND || r == ERR_CONFLICT ? 0 : r;
}

static bool ended(const struct informer_object *o)
{
	char phase[16];

	return scan_str(o->json->data, o->json->len, "status.phase", phase, sizeof(phase)) && (streq(phase, "Succeeded") || streq(phase, "Failed"));
}

/* By creation, which revisions follow closely enough; names decide nothing. */
static int by_age(const void *a, const void *b)
{
	const struct informer_object *x = *(struct informer_object *const *)a, *y = *(struct informer_object *const *)b;
	char s[TIME_STR_MAX] = "", t[TIME_STR_MAX] = "";

	scan_str(x->json->data, x->json->len, "metadata.creationTimestamp", s, sizeof(s));
	scan_str(y->json->data, y->json->len, "metadata.creationTimestamp", t, sizeof(t));
	return strcmp(s, t);
}

static int trim_ended(struct controller *c, struct err *e)
{
	struct gc_ctl *x = c->priv;
	struct informer_object **v = NULL;
	size_t n = 0, m = 0;
	int r = 0;

	if (informer_list(x->pods, NULL, &v, &n) < 0)
		return err_nomem(e);
	struct informer_object **old = calloc(n + 1, sizeof(*old));
	for (size_t i = 0; old && i < n; i++)
		if (ended(v[i]) && !strstr(v[i]->json->data, "\"deletionTimestamp\""))
			old[m++] = v[i];
	if (m > MAX_ENDED)
		qsort(old, m, sizeof(*old), by_age);
	for (size_t i = 0; i + MAX_ENDED < m && r == 0; i++)
		r = delete_now(c, old[i], e);
	r = old ? r : err_nomem(e);
	free(old);
	informer_list_free(v, n);
	return r;
}

static int reconcile(void *arg, const char *key, struct err *e)
{
	struct controller *c = arg;
	struct gc_ctl *x = c->priv;
	if (streq(key, KEY_ENDED))
		return trim_ended(c, e);
	AUTO_OBJECT struct informer_object *o = informer_get_key(x->pods, key);
	AUTO_JSON json_t *pod = informer_object_json(o), *node_obj = NULL;
	const char *node = json_str_or(pod, "spec.nodeName", "");

	if (!pod)
		return 0;
	if (*node) {
		AUTO_OBJECT struct informer_object *no = informer_get(x->nodes, NULL, node);
		struct client_ref nref = {.plural = "nodes", .name = node};
		if (no)
			return 0;
		/* Our copy may lag behind a node that has just registered: ask. */
		int r = client_get_wait(c->s->client, &nref, &node_obj, e);
		json_decref(node_obj);
		node_obj = NULL;
		if (r != ERR_NOT_FOUND)
			return r;
	} else if (!obj_deleting(pod)) {
		return 0;
	}
	int r = mark_failed(c, pod, *node, e);
	return r < 0 ? r : delete_now(c, o, e);
}

static void pod_added(void *arg, struct informer_object *o)
{
	struct controller *c = arg;
	struct gc_ctl *x = c->priv;
	AUTO_JSON json_t *pod = informer_object_json(o);
	const char *node = json_str_or(pod, "spec.nodeName", "");

	if (!*node ? obj_deleting(pod) : informer_synced(x->nodes)) {
		AUTO_OBJECT struct informer_object *no = *node ? informer_get(x->nodes, NULL, node) : NULL;
		if (!no)
			controller_queue(c, o);
	}
}
static void pod_updated(void *arg, struct informer_object *old, struct informer_object *o)
{
	struct controller *c = arg;
	struct gc_ctl *x = c->priv;
	if (strstr(o->json->data, "\"deletionTimestamp\""))
		pod_added(arg, o);
	else if (informer_count(x->pods) > MAX_ENDED && ended(o) && !ended(old))
		workqueue_add(c->q, KEY_ENDED);
}
static void node_deleted(void *arg, struct informer_object *o)
{
	struct controller *c = arg;
	struct gc_ctl *x = c->priv;
	struct informer_object **v = NULL;
	size_t n = 0;

	if (informer_by_index(x->pods, INDEX_NODE, o->name, &v, &n) < 0)
		return;
	for (size_t i = 0; i < n; i++)
		controller_queue(c, v[i]);
	informer_list_free(v, n);
}

int podgc_init(struct shared *s, struct err *e)
{
	static const struct informer_handler pods = {pod_added, pod_updated, NULL, NULL}, nodes = {.deleted = node_deleted};
	struct gc_ctl *x = calloc(1, sizeof(*x));
	struct controller *c;
	int r;

	if (!x)
		return err_nomem(e);
	if ((r = controller_new(&c, s, "pod-gc", 1, reconcile, x, free, e)) < 0) {
		free(x);
		return r;
	}
	x->pods = shared_informer(s, "", "v1", "pods", NULL, e);
	x->nodes = shared_informer(s, "", "v1", "nodes", NULL, e);
	if (!x->pods || !x->nodes)
		return ERR_INTERNAL;
	if (informer_add_handler(x->pods, &pods, c) < 0 ||
	    informer_add_handler(x->nodes, &nodes, c) < 0)
		return err_nomem(e);
	return 0;
}
