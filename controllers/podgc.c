/* Pods that nobody else will remove: bound to a node that is gone, or deleted before they got one. */
#include "controllers/shared.h"

struct gc_ctl {
	struct informer *pods, *nodes;
};

static int reconcile(void *arg, const char *key, struct err *e)
{
	struct controller *c = arg;
	struct gc_ctl *x = c->priv;
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
	struct client_ref ref = {.plural = "pods", .ns = o->ns, .name = o->name};
	AUTO_JSON json_t *opts = json_pack("{s:s,s:s,s:i,s:{s:s}}", "kind", "DeleteOptions", "apiVersion", "v1", "gracePeriodSeconds", 0, "preconditions",
					   "uid", o->uid);
	int r = client_delete_wait(c->s->client, &ref, opts, NULL, e);
	return r == ERR_NOT_FOUND || r == ERR_CONFLICT ? 0 : r;
}

static void pod_added(void *arg, struct informer_object *o)
{
	struct controller *c = arg;
	struct gc_ctl *x = c->priv;
	AUTO_JSON json_t *pod = informer_object_json(o);
	const char *node = json_str_or(pod, "spec.nodeName", "");
	char key[KEY_MAX];

	key_of_object(o, key, sizeof(key));
	if (!*node ? obj_deleting(pod) : informer_synced(x->nodes)) {
		AUTO_OBJECT struct informer_object *no = *node ? informer_get(x->nodes, NULL, node) : NULL;
		if (!no)
			workqueue_add(c->q, key);
	}
}
static void pod_updated(void *arg, struct informer_object *old, struct informer_object *o)
{
	(void)old;
	if (strstr(o->json->data, "\"deletionTimestamp\""))
		pod_added(arg, o);
}
static void node_deleted(void *arg, struct informer_object *o)
{
	struct controller *c = arg;
	struct gc_ctl *x = c->priv;
	struct informer_object **v = NULL;
	size_t n = 0;
	char key[KEY_MAX];

	if (informer_by_index(x->pods, INDEX_NODE, o->name, &v, &n) < 0)
		return;
	for (size_t i = 0; i < n; i++) {
		key_of_object(v[i], key, sizeof(key));
		workqueue_add(c->q, key);
	}
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
