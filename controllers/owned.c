#include "controllers/owned.h"
#include <errno.h>

static int owner_selector(const struct owner_kind *k, const json_t *owner, struct api_selector **ret, struct err *e)
{
	if (!k->map_selector)
		return api_label_selector_from(ret, json_dot(owner, "spec.selector"), e);
	AUTO_JSON json_t *sel = json_pack("{s:O}", "matchLabels", json_dot(owner, "spec.selector"));
	return sel ? api_label_selector_from(ret, sel, e) : err_nomem(e);
}

/* --- whom a pod's change concerns --- */

struct pods_watch {
	struct controller *c;
	const struct owner_kind *k;
	struct informer *owners;
	struct expectations *x;
};

static bool owner_key(const struct pods_watch *w, const struct informer_object *o, char key[KEY_MAX])
{
	if (!strstr(o->json->data, w->k->kind))
		return false;
	AUTO_JSON json_t *pod = informer_object_json(o);
	const json_t *owner = obj_controller_of(pod);
	if (!owner || !streq(json_str(owner, "kind"), w->k->kind))
		return false;
	snprintf(key, KEY_MAX, "%s/%s", o->ns, json_str_or(owner, "name", ""));
	return true;
}

/* Orphans may be adopted by any owner of their namespace whose selector matches. */
static void orphan_seen(struct pods_watch *w, struct informer_object *o)
{
	AUTO_JSON json_t *pod = informer_object_json(o);
	struct informer_object **v = NULL;
	size_t n = 0;

	if (!pod || obj_controller_of(pod) || !json_dot(pod, "metadata.labels") || informer_list(w->owners, o->ns, &v, &n) < 0)
		return;
	for (size_t i = 0; i < n; i++) {
		AUTO_JSON json_t *owner = informer_object_json(v[i]);
		AUTO_SELECTOR struct api_selector *sel = NULL;
		if (owner_selector(w->k, owner, &sel, NULL) == 0 && api_selector_match_labels(sel, json_dot(pod, "metadata.labels")))
			controller_queue(w->c, v[i]);
	}
	informer_list_free(v, n);
}

static void pod_added(void *arg, struct informer_object *o)
{
	struct pods_watch *w = arg;
	char key[KEY_MAX];

	if (!owner_key(w, o, key)) {
		orphan_seen(w, o);
		return;
	}
	if (w->x)
		expectation_created(w->x, key);
	workqueue_add(w->c->q, key);
}

static void pod_updated(void *arg, struct informer_object *old, struct informer_object *o)
{
	struct pods_watch *w = arg;
	char key[KEY_MAX], old_key[KEY_MAX];

	if (owner_key(w, old, old_key))
		workqueue_add(w->c->q, old_key);
	if (!owner_key(w, o, key)) {
		orphan_seen(w, o);
		return;
	}
	/* A pod on its way out counts as deleted. */
	if (w->x && strstr(o->json->data, "\"deletionTimestamp\""))
		expectation_deleted(w->x, key, o->uid);
	workqueue_add(w->c->q, key);
}

static void pod_deleted(void *arg, struct informer_object *o)
{
	struct pods_watch *w = arg;
	char key[KEY_MAX];

	if (!owner_key(w, o, key))
		return;
	if (w->x)
		expectation_deleted(w->x, key, o->uid);
	workqueue_add(w->c->q, key);
}

int owned_watch_pods(struct controller *c, const struct owner_kind *k, struct informer *owners, struct informer *pods, struct expectations *x)
{
	static const struct informer_handler h = {pod_added, pod_updated, pod_deleted, NULL};
	struct pods_watch *w = c->n_watches < ARRAY_LEN(c->watches) ? calloc(1, sizeof(*w)) : NULL;

	if (!w)
		return -ENOMEM;
	c->watches[c->n_watches++] = w;
	*w = (struct pods_watch){c, k, owners, x};
	return informer_add_handler(pods, &h, w);
}

/* --- claims --- */

static struct client_ref object_ref(const struct owned_claim *q, const json_t *o)
{
	return (struct client_ref){.group = q->group, .plural = q->plural, .ns = obj_namespace(o), .name = obj_name(o)};
}

static int adopt(struct shared *s, const struct owned_claim *q, const json_t *o, struct err *e)
{
	struct client_ref ref = object_ref(q, o);
	AUTO_JSON json_t *patch = json_pack("{s:{s:s,s:[{s:s,s:s,s:s,s:s,s:b,s:b}]}}", "metadata", "uid", obj_uid(o), "ownerReferences", "apiVersion",
					    q->k->gv, "kind", q->k->kind, "name", obj_name(q->owner), "uid", obj_uid(q->owner), "controller", 1,
					    "blockOwnerDeletion", 1);

	if (!patch || (q->k->finalizer && json_dot_set(patch, "metadata.finalizers", json_pack("[s]", q->k->finalizer)) < 0))
		return err_nomem(e);
	int r = client_patch_wait(s->client, &ref, CLIENT_STRATEGIC_PATCH, patch, NULL, e);
	return r == ERR_NOT_FOUND ? 0 : r;
}

static int release(struct shared *s, const struct owned_claim *q, const json_t *o, struct err *e)
{
	struct client_ref ref = object_ref(q, o);
	AUTO_JSON json_t *patch = json_pack("{s:{s:s,s:[{s:s,s:s}]}}", "metadata", "uid", obj_uid(o), "ownerReferences", "$patch", "delete", "uid",
					    obj_uid(q->owner));

	if (!patch || (q->k->finalizer && json_object_set_new(json_object_get(patch, "metadata"), "$deleteFromPrimitiveList/finalizers",
							      json_pack("[s]", q->k->finalizer)) < 0))
		return err_nomem(e);
	int r = client_patch_wait(s->client, &ref, CLIENT_STRATEGIC_PATCH, patch, NULL, e);
	return r == ERR_NOT_FOUND || r == ERR_INVALID ? 0 : r;
}

/* 1: it is still there and stays; 0: it adopts nothing. */
static int may_adopt(struct shared *s, const struct owned_claim *q, struct err *e)
{
	struct client_ref ref = {.group = q->k->group, .plural = q->k->plural, .ns = obj_namespace(q->owner), .name = obj_name(q->owner)};
	AUTO_JSON json_t *now = NULL;
	int r = client_get_wait(s->client, &ref, &now, e);

	if (r < 0)
		return r == ERR_NOT_FOUND ? 0 : r;
	return streq(obj_uid(now), obj_uid(q->owner)) && !obj_deleting(now);
}

struct claimed {
	json_t **v;
	size_t n;
};

static int claim_owned(struct controller *c, const struct owned_claim *q, const struct api_selector *sel, struct informer_object **all, size_t n,
		       struct claimed *out, struct err *e)
{
	for (size_t i = 0; i < n; i++) {
		AUTO_JSON json_t *o = informer_object_json(all[i]);
		if (!o)
			return err_nomem(e);
		if (!obj_controlled_by(o, obj_uid(q->owner)))
			continue;
		if (!api_selector_match_labels(sel, json_dot(o, "metadata.labels")) && !obj_deleting(q->owner)) {
			int r = release(c->s, q, o, e);
			if (r < 0)
				return r;
			continue;
		}
		if (q->slim)
			q->slim(o);
		out->v[out->n++] = TAKE_PTR(o);
	}
	return 0;
}

static int claim_orphans(struct controller *c, const struct owned_claim *q, const struct api_selector *sel, struct informer_object **all, size_t n,
			 struct claimed *out, struct err *e)
{
	int may = -1, r;

	for (size_t i = 0; i < n && may != 0; i++) {
		AUTO_JSON json_t *o = informer_object_json(all[i]);
		if (!o)
			return err_nomem(e);
		if (obj_controller_of(o) || obj_deleting(o) || !api_selector_match_labels(sel, json_dot(o, "metadata.labels")) ||
		    (q->wants && !q->wants(q->owner, o)))
			continue;
		if (may < 0 && (may = may_adopt(c->s, q, e)) < 0)
			return may;
		if (may == 0)
			break;
		if ((r = adopt(c->s, q, o, e)) < 0)
			return r;
		if (q->slim)
			q->slim(o);
		out->v[out->n++] = TAKE_PTR(o);
	}
	return 0;
}

int owned_claim(struct controller *c, const struct owned_claim *q, json_t ***ret, size_t *ret_n, struct err *e)
{
	AUTO_SELECTOR struct api_selector *sel = NULL;
	struct informer_object **owned = NULL, **orphans = NULL;
	size_t n_owned = 0, n_orphans = 0;
	struct claimed out = {0};

	int r = owner_selector(q->k, q->owner, &sel, e);
	if (r < 0)
		return r;
	if (informer_by_index(q->objects, INDEX_OWNER, obj_uid(q->owner), &owned, &n_owned) < 0 ||
	    (!obj_deleting(q->owner) && informer_by_index(q->objects, INDEX_ORPHAN, obj_namespace(q->owner), &orphans, &n_orphans) < 0) ||
	    !(out.v = calloc(n_owned + n_orphans + 1, sizeof(*out.v))))
		r = err_nomem(e);
	if (r == 0)
		r = claim_owned(c, q, sel, owned, n_owned, &out, e);
	if (r == 0)
		r = claim_orphans(c, q, sel, orphans, n_orphans, &out, e);
	informer_list_free(owned, n_owned);
	informer_list_free(orphans, n_orphans);
	if (r < 0) {
		trees_free(out.v, out.n);
		return r;
	}
	*ret = out.v;
	*ret_n = out.n;
	return 0;
}

/* --- pods --- */

json_t *pod_from_template(const json_t *template, const char *ns, const char *name, bool generate)
{
	AUTO_JSON json_t *pod = json_deep_copy(template);
	static const char *const never[] = {"creationTimestamp", "name", "generateName", "uid", "resourceVersion", "managedFields"};

	if (!pod || json_object_set_new(pod, "apiVersion", json_string("v1")) < 0 || json_object_set_new(pod, "kind", json_string("Pod")) < 0)
		return NULL;
	for (size_t i = 0; i < ARRAY_LEN(never); i++)
		json_object_del(json_object_get(pod, "metadata"), never[i]);
	if (json_set_str(pod, generate ? "metadata.generateName" : "metadata.name", name) < 0 || json_set_str(pod, "metadata.namespace", ns) < 0)
		return NULL;
	return TAKE_PTR(pod);
}

int pod_create(struct controller *c, const struct owner_kind *k, const json_t *owner, json_t *pod, struct expectations *x, const char *key, json_t **ret,
	       struct err *e)
{
	struct client_ref ref = {.plural = "pods", .ns = obj_namespace(owner)};
	AUTO_JSON json_t *made = NULL;
	struct err why = {0};

	int r = obj_set_controller(pod, owner, k->gv, k->kind) < 0 ? err_nomem(&why) : client_create_wait(c->s->client, &ref, pod, &made, &why);
	if (r < 0) {
		if (x)
			expectation_created(x, key); /* it will not be seen */
		if (e)
			*e = why;
		if (r == ERR_FORBIDDEN && strstr(why.msg, "because it is being terminated"))
			return ERR_NOT_FOUND; /* the namespace goes, and we with it */
		if (k->component && r != ERR_NOT_FOUND && r != ERR_CANCELED)
			client_event(c->s->client, owner, k->gv, k->kind, "Warning", "FailedCreate", k->component, "", "Error creating: %s", why.msg);
		return r;
	}
	if (k->component)
		client_event(c->s->client, owner, k->gv, k->kind, "Normal", "SuccessfulCreate", k->component, "", "Created pod: %s", obj_name(made));
	if (ret)
		*ret = TAKE_PTR(made);
	return 0;
}

int pod_delete(struct controller *c, const struct owner_kind *k, const json_t *owner, const json_t *pod, struct expectations *x, const char *key, struct err *e)
{
	struct client_ref ref = {.plural = "pods", .ns = obj_namespace(pod), .name = obj_name(pod)};
	AUTO_JSON json_t *opts = json_pack("{s:s,s:s,s:{s:s}}", "kind", "DeleteOptions", "apiVersion", "v1", "preconditions", "uid", obj_uid(pod));

	if (!opts)
		return err_nomem(e);
	if (x)
		expect_deletion(x, key, obj_uid(pod));
	int r = client_delete_wait(c->s->client, &ref, opts, NULL, e);
	if (r == 0) {
		if (k->component)
			client_event(c->s->client, owner, k->gv, k->kind, "Normal", "SuccessfulDelete", k->component, "", "Deleted pod: %s", obj_name(pod));
		return 0;
	}
	if (x)
		expectation_deleted(x, key, obj_uid(pod));
	if (r == ERR_NOT_FOUND || r == ERR_CONFLICT)
		return 0;
	if (k->component && r != ERR_CANCELED)
		client_event(c->s->client, owner, k->gv, k->kind, "Warning", "FailedDelete", k->component, "", "Error deleting: %s", e ? e->msg : err_name(r));
	return r;
}

/* --- which pods are missed least --- */

/* Lower goes first: unassigned, pending, unknown, not ready. */
static int rank_of(const json_t *pod)
{
	if (!*json_str_or(pod, "spec.nodeName", ""))
		return 0;
	const char *phase = json_str_or(pod, "status.phase", "Pending");
	if (streq(phase, "Pending"))
		return 1;
	return streq(phase, "Unknown") ? 2 : pod_ready(pod) ? 4 : 3;
}

static int64_t cost_of(const json_t *pod)
{
	const char *s = obj_annotation(pod, "controller.kubernetes.io/pod-deletion-cost");
	int64_t v;

	return s && str_to_i64(s, INT32_MIN, INT32_MAX, &v) == 0 ? v : 0;
}

static int compare(const void *a, const void *b)
{
	const struct pod_rank *x = a, *y = b;

	if (x->rank != y->rank)
		return x->rank < y->rank ? -1 : 1;
	if (x->cost != y->cost)
		return x->cost < y->cost ? -1 : 1;
	if (x->on_node != y->on_node)
		return x->on_node > y->on_node ? -1 : 1;
	return -strcmp(json_str_or(x->pod, "metadata.creationTimestamp", ""), json_str_or(y->pod, "metadata.creationTimestamp", ""));
}

static int by_node_name(const void *a, const void *b)
{
	const struct pod_rank *x = a, *y = b;

	return strcmp(json_str_or(x->pod, "spec.nodeName", ""), json_str_or(y->pod, "spec.nodeName", ""));
}

void pods_rank(struct pod_rank *v, size_t n, bool by_node)
{
	for (size_t i = 0; i < n; i++)
		v[i] = (struct pod_rank){v[i].pod, rank_of(v[i].pod), 0, cost_of(v[i].pod)};
	if (by_node) {
		size_t same;
		qsort(v, n, sizeof(*v), by_node_name);
		for (size_t i = 0; i < n; i += same) {
			for (same = 1; i + same < n && by_node_name(&v[i], &v[i + same]) == 0; same++)
				;
			for (size_t k = 0; k < same; k++)
				v[i + k].on_node = (int)same;
		}
	}
	qsort(v, n, sizeof(*v), compare);
}
