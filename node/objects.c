#include "node/objects.h"
#include "base/log.h"
#include "base/str.h"
#include "node/pod.h"

struct watched {
	struct objects *owner;
	char *key; /* kind/ns/name */
	char *kind, *ns, *name;
	struct informer *informer; /* loop's thread; made there soon after */
	struct map *pods;	   /* uid -> pod reference; under lock */
	int64_t read_rev;	   /* under lock: what pods were last given by a direct GET; -1: it was not there; -2: different things; 0: nothing yet */
	bool removing;
};
struct objects {
	struct node *node;
	pthread_mutex_t lock;
	struct map *all; /* key -> struct watched */
};

static void unref_pod(void *p) { pod_unref(p); }

int objects_new(struct objects **ret, struct node *n, struct err *e)
{
	struct objects *o = calloc(1, sizeof(*o));

	if (!o || !(o->all = map_new(NULL))) {
		free(o);
		return err_nomem(e);
	}
	o->node = n;
	pthread_mutex_init(&o->lock, NULL);
	*ret = o;
	return 0;
}

static void watched_free(struct watched *w)
{
	informer_free(w->informer);
	map_free(w->pods);
	free(w->key);
	free(w->kind);
	free(w->ns);
	free(w->name);
	free(w);
}

struct objects *objects_free(struct objects *o)
{
	struct map_iter it = MAP_ITER_INIT;

	if (!o)
		return NULL;
	while (map_next(o->all, &it))
		watched_free(it.value);
	map_free(o->all);
	pthread_mutex_destroy(&o->lock);
	free(o);
	return NULL;
}

static void kick_all(struct watched *w)
{
	struct objects *o = w->owner;
	struct map_iter it = MAP_ITER_INIT;

	pthread_mutex_lock(&o->lock);
	while (map_next(w->pods, &it)) {
		struct pod *p = it.value;
		pthread_mutex_lock(&p->lock);
		p->objects_changed = true;
		pthread_mutex_unlock(&p->lock);
		pod_kick(p);
	}
	pthread_mutex_unlock(&o->lock);
}

static void on_added(void *arg, struct informer_object *obj UNUSED)
{
	struct watched *w = arg;

	/* What the first list brings was read before. */
	if (informer_synced(w->informer))
		kick_all(w);
}
/*
 * The first list may know more than the GET that came before it. A GET still under way looks here again when it ends.
 */
static void on_synced(void *arg)
{
	struct watched *w = arg;
	struct objects *o = w->owner;
	AUTO_OBJECT struct informer_object *obj = informer_get(w->informer, w->ns, w->name);

	pthread_mutex_lock(&o->lock);
	bool stale = w->read_rev != 0 && w->read_rev != (obj ? obj->rev : -1);
	pthread_mutex_unlock(&o->lock);
	if (stale)
		kick_all(w);
}
static void on_updated(void *arg, struct informer_object *old, struct informer_object *obj)
{
	if (old->rev != obj->rev)
		kick_all(arg);
}
static void on_deleted(void *arg, struct informer_object *obj UNUSED) { kick_all(arg); }

/* Loop's thread. */
static void start_watching(void *arg)
{
	struct watched *w = arg;
	struct node *n = w->owner->node;
	AUTO_FREE char *sel = str_fmt("metadata.name=%s", w->name);
	const struct informer_config c = {.plural = w->kind, .ns = w->ns, .field_selector = sel};
	const struct informer_handler h = {.added = on_added, .updated = on_updated, .deleted = on_deleted, .synced = on_synced};
	struct err err = {0};
	struct informer *i = NULL;

	if (n->stopping || w->informer)
		return;
	if (!sel || informer_new(&i, n->client, &c, &err) < 0 || informer_add_handler(i, &h, w) < 0) {
		log_warning("node", w->key, "cannot watch: %s", err.msg);
		informer_free(i);
		return;
	}
	pthread_mutex_lock(&w->owner->lock);
	w->informer = i;
	pthread_mutex_unlock(&w->owner->lock);
	if (informer_start(i, &err) < 0)
		log_warning("node", w->key, "cannot watch: %s", err.msg);
}

static void stop_watching(void *arg)
{
	struct watched *w = arg;
	struct objects *o = w->owner;
	bool unused;

	pthread_mutex_lock(&o->lock);
	unused = map_len(w->pods) == 0 && map_get(o->all, w->key) == w;
	if (unused)
		map_take(o->all, w->key);
	w->removing = false;
	pthread_mutex_unlock(&o->lock);
	if (unused)
		watched_free(w);
}

static struct watched *watched_new(struct objects *o, const char *key, const char *kind, const char *ns, const char *name)
{
	struct watched *w = calloc(1, sizeof(*w));

	if (!w)
		return NULL;
	w->owner = o;
	w->key = str_dup(key);
	w->kind = str_dup(kind);
	w->ns = str_dup(ns);
	w->name = str_dup(name);
	w->pods = map_new(unref_pod);
	if (!w->key || !w->kind || !w->ns || !w->name || !w->pods || map_put(o->all, key, w) < 0) {
		watched_free(w);
		return NULL;
	}
	return w;
}

/* What the informer has, once it has listed; a reference. Under lock. */
static struct informer_object *known(const struct watched *w)
{
	return w->informer && informer_synced(w->informer) ? informer_get(w->informer, w->ns, w->name) : NULL;
}

int objects_get(struct objects *o, struct pod *p, const char *kind, const char *ns, const char *name, json_t **ret, struct err *e)
{
	AUTO_FREE char *key = str_fmt("%s/%s/%s", kind, ns, name);
	AUTO_OBJECT struct informer_object *obj = NULL;
	struct watched *w;
	bool fresh = false;

	if (!key)
		return err_nomem(e);
	pthread_mutex_lock(&o->lock);
	w = map_get(o->all, key);
	if (!w) {
		w = watched_new(o, key, kind, ns, name);
		fresh = true;
	}
	if (w && !map_has(w->pods, p->uid) && map_put(w->pods, p->uid, pod_ref(p)) < 0)
		w = NULL;
	if (w)
		obj = known(w);
	pthread_mutex_unlock(&o->lock);
	if (!w)
		return err_nomem(e);
	if (fresh && loop_call(o->node->loop, start_watching, w) < 0)
		return err_nomem(e);
	if (!obj) {
		/* An object made this moment may not have reached the informer yet: ask. */
		const struct client_ref ref = {.plural = kind, .ns = ns, .name = name};
		AUTO_JSON json_t *got = NULL;
		int r = client_get_wait(o->node->client, &ref, &got, e);
		if (r < 0 && r != ERR_NOT_FOUND)
			return r;
		int64_t rev = 0;
		if (r == 0)
			(void)str_to_i64(json_str_or(got, "metadata.resourceVersion", ""), 0, INT64_MAX, &rev);
		/* The pod still counts among those that are interested: w is there. */
		pthread_mutex_lock(&o->lock);
		obj = known(w);
		if (!obj || obj->rev <= rev) {
			obj = informer_object_unref(obj);
			rev = r == 0 ? rev : -1;
			w->read_rev = w->read_rev != 0 && w->read_rev != rev ? -2 : rev;
		}
		pthread_mutex_unlock(&o->lock);
		if (!obj) {
			if (r == 0)
				*ret = TAKE_PTR(got);
			return r;
		}
	}
	*ret = informer_object_json(obj);
	return *ret ? 0 : err_nomem(e);
}

void objects_release(struct objects *o, struct pod *p)
{
	struct map_iter it = MAP_ITER_INIT;

	pthread_mutex_lock(&o->lock);
	while (map_next(o->all, &it)) {
		struct watched *w = it.value;
		if (map_del(w->pods, p->uid) && map_len(w->pods) == 0 && !w->removing) {
			w->removing = true;
			if (loop_call(o->node->loop, stop_watching, w) < 0)
				w->removing = false;
		}
	}
	pthread_mutex_unlock(&o->lock);
}
