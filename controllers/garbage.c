/*
 * Garbage collector: objects whose owners are all gone are deleted; foreground and orphan deletion are carried out for owners that ask for it by
 * finalizer. Watches every kind that can be listed and deleted, custom ones too.
 * Source: Kubernetes "Garbage Collection", "Owners and Dependents", "Use Cascading Deletion".
 */
#include <errno.h>
#include "controllers/shared.h"
#include "controllers/discovery.h"
#include "api/resource.h"
#include "api/scan.h"
#include "base/log.h"
#include "base/map.h"

#define FINALIZER_FOREGROUND "foregroundDeletion"
#define FINALIZER_ORPHAN "orphan"
#define REFRESH_KEY "kinds"

struct garbage;
struct gc_watch { /* argument of an informer's handlers */
	struct garbage *g;
	char *prefix; /* "group|plural|" */
};

struct gc_kind {
	char *group, *version, *plural, *kind;
	bool namespaced;
	struct informer *i;
	bool own; /* made here, not shared */
	struct gc_watch *watch; /* ours, of the handlers */
};

struct garbage {
	struct controller *c;
	pthread_rwlock_t lock; /* guards kinds: changed on the loop's thread, read by workers */
	struct gc_kind kinds[MAX_INFORMERS * 2];
	size_t n;
	struct informer *crds;
	pthread_mutex_t strangers_lock; /* strangers, known */
	struct map *strangers; /* keys of objects that have an owner of a kind that was not known when they were looked at */
	unsigned known; /* goes up when kinds come */
};

static void kind_done(struct gc_kind *k)
{
	if (k->own)
		informer_free(k->i);
	if (k->watch)
		free(k->watch->prefix);
	free(k->watch);
	free(k->group);
	free(k->version);
	free(k->plural);
	free(k->kind);
	memset(k, 0, sizeof(*k));
}

/* --- what happens to objects, on the loop's thread --- */

static void queue_object(const struct gc_watch *w, const struct informer_object *o)
{
	AUTO_FREE char *key = str_fmt("%s%s/%s", w->prefix, o->ns, o->name);

	if (key)
		workqueue_add(w->g->c->q, key);
}

static bool concerns_us(const struct informer_object *o)
{
	const char *s = o->json->data;

	return strstr(s, "\"ownerReferences\"") ||
	       (strstr(s, "\"deletionTimestamp\"") && (strstr(s, "\"" FINALIZER_FOREGROUND "\"") || strstr(s, "\"" FINALIZER_ORPHAN "\"")));
}

/* Owners named in refs and, where `but` is given, not in the same way in there. */
static void queue_owners(struct garbage *g, const char *ns, const json_t *refs, const json_t *but)
{
	json_t *ref, *other;
	size_t i, m;

	json_array_foreach (refs, i, ref) {
		bool kept = false;
		json_array_foreach (but, m, other)
			kept |= json_equal(ref, other);
		AUTO_FREE char *gv = kept ? NULL : str_dup(json_str_or(ref, "apiVersion", "v1"));
		char *slash = gv ? strchr(gv, '/') : NULL;
		if (slash)
			*slash = '\0';
		for (size_t k = 0; gv && k < g->n; k++) {
			const struct gc_kind *kind = &g->kinds[k];
			if (!streq(kind->kind, json_str(ref, "kind")) || !streq(kind->group, slash ? gv : ""))
				continue;
			AUTO_FREE char *key = str_fmt("%s|%s|%s/%s", kind->group, kind->plural, kind->namespaced ? ns : "", json_str_or(ref, "name", ""));
			if (key)
				workqueue_add(g->c->q, key);
		}
	}
}

static void object_added(void *arg, struct informer_object *o)
{
	if (concerns_us(o))
		queue_object(arg, o);
}

/* Owners that are written alike are the same; others may be so too. */
static bool same_owner_text(const struct bytes *a, const struct bytes *b)
{
	const char *x, *y;
	size_t nx, ny;
	bool in_a = scan_find(a->data, a->len, "metadata.ownerReferences", &x, &nx);
	bool in_b = scan_find(b->data, b->len, "metadata.ownerReferences", &y, &ny);

	return in_a == in_b && (!in_a || (nx == ny && memcmp(x, y, nx) == 0));
}

static void object_updated(void *arg, struct informer_object *old, struct informer_object *o)
{
	/* Only a change of owners, finalizers or of being deleted matters; most updates are of status. */
	const char *a = old->json->data, *b = o->json->data;
	bool leaving = strstr(b, "\"deletionTimestamp\"") != NULL, same = true;

	if (!same_owner_text(old->json, o->json)) {
		const struct gc_watch *w = arg;
		AUTO_JSON json_t *x = informer_object_json(old), *y = informer_object_json(o);
		const json_t *was = json_dot(x, "metadata.ownerReferences"), *now = json_dot(y, "metadata.ownerReferences");
		same = (!was && !now) || json_equal(was, now);
		/* An owner that it left, or does not hold up any more, may have waited for that. */
		if (!same)
			queue_owners(w->g, o->ns, was, now);
	}
	if (concerns_us(o) && (leaving || !same || strstr(a, "\"deletionTimestamp\"")))
		queue_object(arg, o);
}

static void object_deleted(void *arg, struct informer_object *o)
{
	const struct gc_watch *w = arg;
	struct garbage *g = w->g;
	AUTO_FREE char *own = str_fmt("%s%s/%s", w->prefix, o->ns, o->name);

	pthread_mutex_lock(&g->strangers_lock);
	if (own)
		map_del(g->strangers, own);
	pthread_mutex_unlock(&g->strangers_lock);
	/* Its dependents may have no owner now; its owners may wait for it. */
	for (size_t k = 0; k < g->n; k++) {
		struct informer_object **v = NULL;
		size_t n = 0;
		if (informer_by_index(g->kinds[k].i, INDEX_OWNER, o->uid, &v, &n) < 0)
			continue;
		for (size_t i = 0; i < n; i++) {
			AUTO_FREE char *key = str_fmt("%s|%s|%s/%s", g->kinds[k].group, g->kinds[k].plural, v[i]->ns, v[i]->name);
			if (key)
				workqueue_add(g->c->q, key);
		}
		informer_list_free(v, n);
	}
	if (strstr(o->json->data, "\"ownerReferences\"")) {
		AUTO_JSON json_t *tree = informer_object_json(o);
		queue_owners(g, o->ns, json_dot(tree, "metadata.ownerReferences"), NULL);
	}
}

/* --- kinds --- */

static int kind_add(struct garbage *g, const struct discovered *d, struct informer *shared, struct err *e)
{
	static const struct informer_handler h = {object_added, object_updated, object_deleted, NULL};
	struct informer_config cfg = {.group = d->group, .version = d->version, .plural = d->plural};
	struct gc_watch *w;

	if (g->n == ARRAY_LEN(g->kinds))
		return err_set(e, ERR_TOO_MANY, "more than %zu kinds", ARRAY_LEN(g->kinds));
	struct gc_kind k = {str_dup(d->group), str_dup(d->version), str_dup(d->plural), str_dup(d->kind), d->namespaced, shared, !shared, NULL};
	w = calloc(1, sizeof(*w));
	k.watch = w;
	if (!k.group || !k.version || !k.plural || !k.kind || !w || !(w->prefix = str_fmt("%s|%s|", d->group, d->plural))) {
		kind_done(&k);
		return err_nomem(e);
	}
	w->g = g;
	int r = shared ? 0 : informer_new(&k.i, g->c->s->client, &cfg, e);
	if (r == 0 && !shared)
		r = shared_indexes(k.i, d->group, d->plural) < 0 ? err_nomem(e) : 0;
	if (r == 0)
		r = informer_add_handler(k.i, &h, w) < 0 ? err_nomem(e) : 0;
	if (r < 0) {
		kind_done(&k);
		return r;
	}
	pthread_rwlock_wrlock(&g->lock);
	g->kinds[g->n++] = k;
	pthread_rwlock_unlock(&g->lock);
	return shared ? 0 : informer_start(k.i, e);
}

static bool add_stranger(struct garbage *g, const char *key, unsigned known)
{
	pthread_mutex_lock(&g->strangers_lock);
	bool bad = map_put(g->strangers, key, g) < 0, late = g->known != known;
	pthread_mutex_unlock(&g->strangers_lock);
	if (late)
		workqueue_add(g->c->q, key);
	return !bad;
}

static unsigned known_now(struct garbage *g)
{
	pthread_mutex_lock(&g->strangers_lock);
	unsigned known = g->known;
	pthread_mutex_unlock(&g->strangers_lock);
	return known;
}

/* Kinds have come: their owners may have gone before anybody watched them. */
static void queue_strangers(struct garbage *g)
{
	struct map_iter it = MAP_ITER_INIT;

	pthread_mutex_lock(&g->strangers_lock);
	g->known++;
	while (map_next(g->strangers, &it))
		workqueue_add(g->c->q, it.key);
	map_clear(g->strangers);
	pthread_mutex_unlock(&g->strangers_lock);
}

struct refresh {
	struct garbage *g;
	struct discovered *v;
	size_t n;
};

/* On the loop's thread: informers for kinds that are new, none any more for those that are gone. */
static void refresh_kinds(void *arg)
{
	struct refresh *f = arg;
	struct garbage *g = f->g;
	struct err e = {0};
	bool more = false;

	for (size_t k = 0; k < g->n;) {
		bool still = !g->kinds[k].own;
		for (size_t i = 0; i < f->n && !still; i++)
			still = streq(f->v[i].group, g->kinds[k].group) && streq(f->v[i].plural, g->kinds[k].plural);
		if (still) {
			k++;
			continue;
		}
		struct gc_kind gone = g->kinds[k];
		pthread_rwlock_wrlock(&g->lock);
		g->kinds[k] = g->kinds[--g->n];
		pthread_rwlock_unlock(&g->lock);
		kind_done(&gone);
	}
	for (size_t i = 0; i < f->n; i++) {
		bool have = streq(f->v[i].plural, "events") || !f->v[i].deletable;
		for (size_t k = 0; k < g->n && !have; k++)
			have = streq(f->v[i].group, g->kinds[k].group) && streq(f->v[i].plural, g->kinds[k].plural);
		more |= !have;
		if (!have && kind_add(g, &f->v[i], NULL, &e) < 0)
			log_warning("garbage-collector", f->v[i].plural, "cannot watch: %s", e.msg);
	}
	if (more)
		queue_strangers(g);
	discovered_free(f->v, f->n);
	free(f);
}

static int refresh(struct garbage *g, struct err *e)
{
	struct refresh *f = calloc(1, sizeof(*f));

	if (!f)
		return err_nomem(e);
	f->g = g;
	int r = discovery_kinds(g->c->s->client, false, &f->v, &f->n, e);
	if (r == 0 && loop_call(g->c->s->loop, refresh_kinds, f) < 0) {
		discovered_free(f->v, f->n);
		r = err_nomem(e);
	}
	if (r < 0)
		free(f);
	return r;
}

/* --- reconcile, on workers --- */

struct target { /* a kind, copied out from under the lock */
	char group[256], version[64], plural[256];
	bool namespaced;
	struct informer *i;
};

static bool kind_find(struct garbage *g, const char *group, const char *plural, const char *kind, struct target *t)
{
	bool found = false;

	pthread_rwlock_rdlock(&g->lock);
	for (size_t k = 0; k < g->n && !found; k++) {
		const struct gc_kind *x = &g->kinds[k];
		if (!streq(x->group, group) || (plural ? !streq(x->plural, plural) : !streq(x->kind, kind)))
			continue;
		str_copy(t->group, sizeof(t->group), x->group);
		str_copy(t->version, sizeof(t->version), x->version);
		str_copy(t->plural, sizeof(t->plural), x->plural);
		t->namespaced = x->namespaced;
		t->i = x->i;
		found = true;
	}
	pthread_rwlock_unlock(&g->lock);
	return found;
}

struct dependent {
	struct target t;
	struct informer_object *o;
};

static struct client_ref ref_of(const struct target *t, const char *ns, const char *name)
{
	return (struct client_ref){.group = t->group, .version = t->version, .plural = t->plural, .ns = t->namespaced ? ns : NULL, .name = name};
}

static int delete_object(struct garbage *g, const struct client_ref *ref, const char *uid, const char *policy, struct err *e)
{
	AUTO_JSON json_t *opts = json_pack("{s:s,s:s,s:s,s:{s:s}}", "kind", "DeleteOptions", "apiVersion", "v1", "propagationPolicy", policy, "preconditions",
					   "uid", uid);

	int r = opts ? client_delete_wait(g->c->s->client, ref, opts, NULL, e) : err_nomem(e);
	return r == ERR_NOT_FOUND || r == ERR_CONFLICT ? 0 : r;
}

enum owner_state { OWNER_ABSENT, OWNER_SOLID, OWNER_WAITS /* deleting in the foreground */, OWNER_UNKNOWN };

static int owner_state(struct garbage *g, const json_t *owner, const char *ns, enum owner_state *ret, struct err *e)
{
	AUTO_FREE char *gv = str_dup(json_str_or(owner, "apiVersion", "v1"));
	char *slash = gv ? strchr(gv, '/') : NULL;
	const char *name = json_str_or(owner, "name", ""), *uid = json_str_or(owner, "uid", "");
	AUTO_JSON json_t *tree = NULL;
	struct target t;

	if (!gv)
		return err_nomem(e);
	if (slash)
		*slash = '\0';
	*ret = OWNER_UNKNOWN;
	if (!kind_find(g, slash ? gv : "", NULL, json_str_or(owner, "kind", ""), &t))
		return 0; /* a kind we cannot see: never delete for what we do not know */
	if (t.namespaced && !*ns)
		return 0; /* a cluster-scoped object cannot have a namespaced owner */
	AUTO_OBJECT struct informer_object *o = informer_get(t.i, t.namespaced ? ns : NULL, name);
	if (o && streq(o->uid, uid)) {
		tree = informer_object_json(o);
	} else {
		/* Our copy may lag: absence is only believed when the server itself says so. */
		struct client_ref ref = ref_of(&t, ns, name);
		int r = client_get_wait(g->c->s->client, &ref, &tree, e);
		if (r < 0 && r != ERR_NOT_FOUND)
			return r;
		if (r == ERR_NOT_FOUND || !streq(obj_uid(tree), uid)) {
			*ret = OWNER_ABSENT;
			return 0;
		}
	}
	*ret = obj_deleting(tree) && obj_has_finalizer(tree, FINALIZER_FOREGROUND) ? OWNER_WAITS : OWNER_SOLID;
	return 0;
}

/* Replaces the owners of exactly this revision of obj. */
static int set_refs(struct garbage *g, const struct client_ref *ref, const json_t *obj, const json_t *keep, struct err *e)
{
	AUTO_JSON json_t *patch = json_pack("{s:{s:s,s:s,s:O}}", "metadata", "uid", obj_uid(obj), "resourceVersion",
					    json_str_or(obj, "metadata.resourceVersion", ""), "ownerReferences", keep);

	int r = patch ? client_patch_wait(g->c->s->client, ref, CLIENT_MERGE_PATCH, patch, NULL, e) : err_nomem(e);
	return r == ERR_NOT_FOUND ? 0 : r;
}

static int dependents_of(struct garbage *g, const char *uid, struct dependent **ret, size_t *ret_n, struct err *e);

/*
 * An object that is about to be deleted in the foreground, with dependents that are so already: a circle, perhaps. It stops holding up its owners,
 * else all of them would wait for one another.
 */
static int unblock_circle(struct garbage *g, const struct client_ref *ref, const json_t *obj, struct err *e)
{
	struct dependent *d = NULL;
	size_t n = 0, i;
	bool circle = false, blocks = false;
	json_t *owner;
	int r = dependents_of(g, obj_uid(obj), &d, &n, e);

	if (r < 0)
		return r;
	for (i = 0; i < n; i++) {
		AUTO_JSON json_t *dep = circle ? NULL : informer_object_json(d[i].o);
		circle |= dep && obj_deleting(dep) && obj_has_finalizer(dep, FINALIZER_FOREGROUND);
		informer_object_unref(d[i].o);
	}
	free(d);
	AUTO_JSON json_t *refs = json_deep_copy(json_dot(obj, "metadata.ownerReferences"));
	if (!refs)
		return err_nomem(e);
	json_array_foreach (refs, i, owner)
		if (json_bool_or(owner, "blockOwnerDeletion", false)) {
			blocks = true;
			if (json_object_set_new(owner, "blockOwnerDeletion", json_false()))
				return err_nomem(e);
		}
	return circle && blocks ? set_refs(g, ref, obj, refs, e) : 0;
}

/* *ret_strange (if not NULL): it has an owner of a kind that is not known. */
static int as_dependent(struct garbage *g, const struct target *t, const json_t *obj, bool *ret_strange, struct err *e)
{
	json_t *refs = json_dot(obj, "metadata.ownerReferences"), *owner;
	AUTO_JSON json_t *solid = json_array();
	size_t i, waiting = 0, absent = 0;
	struct client_ref ref = ref_of(t, obj_namespace(obj), obj_name(obj));

	if (json_array_size(refs) == 0 || obj_deleting(obj))
		return 0;
	json_array_foreach (refs, i, owner) {
		enum owner_state state;
		int r = owner_state(g, owner, obj_namespace(obj), &state, e);
		if (r < 0)
			return r;
		if (state == OWNER_SOLID || state == OWNER_UNKNOWN)
			json_array_append(solid, owner);
		if (ret_strange)
			*ret_strange |= state == OWNER_UNKNOWN;
		waiting += state == OWNER_WAITS;
		absent += state == OWNER_ABSENT;
	}
	if (json_array_size(solid))
		return waiting + absent ? set_refs(g, &ref, obj, solid, e) : 0;
	/* No owner is left that would keep it. One that waits in the foreground wants its dependents' own dependents gone first as well. */
	int r = waiting ? unblock_circle(g, &ref, obj, e) : 0;
	if (r < 0)
		return r;
	return delete_object(g, &ref, obj_uid(obj), waiting ? "Foreground" : "Background", e);
}

static int drop_finalizer(void *arg, json_t *obj, struct err *e)
{
	if (!obj_has_finalizer(obj, arg))
		return 1;
	return obj_remove_finalizer(obj, arg) < 0 ? err_nomem(e) : 0;
}

static int dependents_of(struct garbage *g, const char *uid, struct dependent **ret, size_t *ret_n, struct err *e)
{
	struct dependent *all = NULL;
	size_t n = 0;
	int r = 0;

	pthread_rwlock_rdlock(&g->lock);
	for (size_t k = 0; k < g->n && r == 0; k++) {
		struct informer_object **v = NULL;
		size_t m = 0;
		if (informer_by_index(g->kinds[k].i, INDEX_OWNER, uid, &v, &m) < 0 || m == 0) {
			informer_list_free(v, m);
			continue;
		}
		struct dependent *bigger = realloc(all, (n + m) * sizeof(*bigger));
		if (!bigger) {
			r = -ENOMEM;
		} else {
			all = bigger;
			for (size_t i = 0; i < m; i++) {
				struct target *t = &all[n].t;
				str_copy(t->group, sizeof(t->group), g->kinds[k].group);
				str_copy(t->version, sizeof(t->version), g->kinds[k].version);
				str_copy(t->plural, sizeof(t->plural), g->kinds[k].plural);
				t->namespaced = g->kinds[k].namespaced;
				all[n++].o = informer_object_ref(v[i]);
			}
		}
		informer_list_free(v, m);
	}
	pthread_rwlock_unlock(&g->lock);
	if (r < 0) {
		free(all);
		return err_nomem(e);
	}
	*ret = all;
	*ret_n = n;
	return 0;
}

static int as_owner(struct garbage *g, const struct target *t, const json_t *obj, struct err *e)
{
	bool foreground = obj_has_finalizer(obj, FINALIZER_FOREGROUND), orphan = obj_has_finalizer(obj, FINALIZER_ORPHAN);
	struct client_ref ref = ref_of(t, obj_namespace(obj), obj_name(obj));
	struct dependent *d = NULL;
	size_t n = 0, blocking = 0, k;
	json_t *owner;
	int r;

	if (!obj_deleting(obj) || (!foreground && !orphan))
		return 0;
	if ((r = dependents_of(g, obj_uid(obj), &d, &n, e)) < 0)
		return r;
	for (size_t i = 0; i < n && r == 0; i++) {
		AUTO_JSON json_t *dep = informer_object_json(d[i].o);
		struct client_ref dref = ref_of(&d[i].t, d[i].o->ns, d[i].o->name);
		AUTO_JSON json_t *keep = json_array();
		json_array_foreach (json_dot(dep, "metadata.ownerReferences"), k, owner) {
			if (!streq(json_str(owner, "uid"), obj_uid(obj)))
				json_array_append(keep, owner);
			else if (foreground && json_bool_or(owner, "blockOwnerDeletion", false))
				blocking++;
		}
		if (orphan)
			r = set_refs(g, &dref, dep, keep, e);
		else if (!obj_deleting(dep))
			r = as_dependent(g, &d[i].t, dep, NULL, e);
	}
	for (size_t i = 0; i < n; i++)
		informer_object_unref(d[i].o);
	free(d);
	if (r < 0)
		return r;
	if (foreground && blocking)
		return 0; /* each that goes wakes us up */
	r = client_modify_wait(g->c->s->client, &ref, drop_finalizer, (void *)(orphan ? FINALIZER_ORPHAN : FINALIZER_FOREGROUND), e);
	return r == ERR_NOT_FOUND ? 0 : r;
}

static int reconcile(void *arg, const char *key, struct err *e)
{
	struct controller *c = arg;
	struct garbage *g = c->priv;
	AUTO_FREE char *copy = str_dup(key);
	char ns[KEY_MAX], name[KEY_MAX];
	struct target t;

	if (streq(key, REFRESH_KEY))
		return refresh(g, e);
	char *plural = copy ? strchr(copy, '|') : NULL, *rest = plural ? strchr(plural + 1, '|') : NULL;
	if (!rest)
		return err_nomem(e);
	*plural++ = '\0';
	*rest++ = '\0';
	key_split(rest, ns, name);
	if (!kind_find(g, copy, plural, NULL, &t))
		return 0;
	AUTO_OBJECT struct informer_object *o = informer_get(t.i, *ns ? ns : NULL, name);
	AUTO_JSON json_t *obj = informer_object_json(o);
	if (!obj)
		return 0;
	unsigned known = known_now(g);
	bool strange = false;
	int r = as_owner(g, &t, obj, e);
	r = r < 0 ? r : as_dependent(g, &t, obj, &strange, e);
	return r < 0 || !strange || add_stranger(g, key, known) ? r : err_nomem(e);
}

static void crd_changed(void *arg, struct informer_object *o)
{
	(void)o;
	/* The new kind is served a moment after its definition is established. */
	workqueue_add_after(((struct controller *)arg)->q, REFRESH_KEY, 200);
}
static void crd_updated(void *arg, struct informer_object *old, struct informer_object *o)
{
	(void)old;
	crd_changed(arg, o);
}

static void garbage_free(void *p)
{
	struct garbage *g = p;

	for (size_t k = 0; k < g->n; k++)
		kind_done(&g->kinds[k]);
	pthread_rwlock_destroy(&g->lock);
	pthread_mutex_destroy(&g->strangers_lock);
	map_free(g->strangers);
	free(g);
}

int garbage_init(struct shared *s, struct err *e)
{
	static const struct informer_handler crds = {crd_changed, crd_updated, crd_changed, NULL};
	AUTO_REGISTRY struct api_registry *built_in = NULL;
	struct garbage *g = calloc(1, sizeof(*g));
	struct controller *c;
	int r;

	if (!g)
		return err_nomem(e);
	pthread_rwlock_init(&g->lock, NULL);
	pthread_mutex_init(&g->strangers_lock, NULL);
	if (!(g->strangers = map_new(NULL))) {
		garbage_free(g);
		return err_nomem(e);
	}
	if ((r = controller_new(&c, s, "garbage-collector", 4, reconcile, g, garbage_free, e)) < 0) {
		garbage_free(g);
		return r;
	}
	g->c = c;
	if (!(g->crds = shared_informer(s, "apiextensions.k8s.io", "v1", "customresourcedefinitions", NULL, e)))
		return ERR_INTERNAL;
	if (informer_add_handler(g->crds, &crds, c) < 0)
		return err_nomem(e);
	if ((r = api_registry_new(&built_in, e)) < 0)
		return r;
	/* What other controllers watch already is watched once; a part of a kind (field selector) does not count. */
	for (size_t i = 0; i < s->n_informers; i++) {
		struct shared_informer *x = &s->informers[i];
		if (x->field_selector)
			continue;
		const struct api_resource *res = api_resource_find(built_in, x->group, x->version, x->plural);
		if (!res)
			return err_set(e, ERR_INTERNAL, "%s is not a built-in kind", x->plural);
		struct discovered d = {x->group, x->version, x->plural, (char *)res->kind, res->namespaced, true, true};
		if ((r = kind_add(g, &d, x->i, e)) < 0)
			return r;
	}
	workqueue_add(c->q, REFRESH_KEY);
	return 0;
}
