/*
 * Secrets and ConfigMaps that Ingresses refer to: each is watched by its name from when the first Ingress refers to it
 * to when the last no longer does, and no other is ever read.
 */
#include <errno.h>
#include "base/log.h"
#include "base/str.h"
#include "ingress/internal.h"

#define HOLD_MS 5000 /* so long a table waits for what it refers to for the first time; then it is taken for missing   \
		      */
#define RETRY_MS 1000

struct ref {
	struct ingress *x;
	bool secret;
	char *ns, *name;
	struct informer *informer;
	bool synced; /* under x->lock */
	int64_t since_ms;
};

static int feed(const struct ref *r, const json_t *o)
{
	return r->secret ? ing_model_secret(r->x->model, r->ns, r->name, o)
			 : ing_model_configmap(r->x->model, r->ns, r->name, o);
}

static void take(struct ref *r, struct informer_object *o)
{
	AUTO_JSON json_t *tree = o ? informer_object_json(o) : NULL;

	pthread_mutex_lock(&r->x->lock);
	int code = o && !tree ? -ENOMEM : feed(r, tree);
	bool synced = r->synced;
	pthread_mutex_unlock(&r->x->lock);
	if (code < 0)
		log_error(COMPONENT, r->name, "cannot take over the %s: %s", r->secret ? "Secret" : "ConfigMap",
			  err_name(code));
	if (synced)
		workqueue_add(r->x->rebuild, "routes");
}
static void ref_added(void *arg, struct informer_object *o)
{
	take(arg, o);
}
static void ref_updated(void *arg, struct informer_object *old UNUSED, struct informer_object *o)
{
	take(arg, o);
}
static void ref_deleted(void *arg, struct informer_object *o UNUSED)
{
	take(arg, NULL);
}
static void ref_synced(void *arg)
{
	struct ref *r = arg;

	pthread_mutex_lock(&r->x->lock);
	r->synced = true;
	pthread_mutex_unlock(&r->x->lock);
	workqueue_add(r->x->rebuild, "routes");
}

static void ref_free(void *p)
{
	struct ref *r = p;

	informer_free(r->informer);
	free(r->ns);
	free(r->name);
	free(r);
}

/* key: "s ns/name" of a Secret, "c ns/name" of a ConfigMap. */
static int ref_new(struct ref **ret, struct ingress *x, const char *key, struct err *e)
{
	static const struct informer_handler handler = {ref_added, ref_updated, ref_deleted, ref_synced};
	const char *slash = strchr(key, '/');
	struct ref *r = calloc(1, sizeof(*r));

	if (!r)
		return err_nomem(e);
	r->x = x;
	r->secret = key[0] == 's';
	r->ns = str_ndup(key + 2, (size_t)(slash - key - 2));
	r->name = str_dup(slash + 1);
	r->since_ms = clock_mono_ms(x->deps.clock);
	AUTO_FREE char *field = r->name ? str_fmt("metadata.name=%s", r->name) : NULL;
	const struct informer_config c = {
	    .plural = r->secret ? "secrets" : "configmaps", .ns = r->ns, .field_selector = field};
	int code = !r->ns || !field ? err_nomem(e) : informer_new(&r->informer, x->client, &c, e);
	if (code == 0 && informer_add_handler(r->informer, &handler, r) < 0)
		code = err_nomem(e);
	if (code < 0)
		ref_free(r);
	else
		*ret = r;
	return code;
}

/* --- on the loop's thread --- */

static int start(struct ingress *x, const char *key, struct err *e)
{
	struct ref *r = NULL;
	int code = ref_new(&r, x, key, e);

	if (code < 0)
		return code;
	pthread_mutex_lock(&x->lock);
	int put = map_put(x->refs, key, r);
	pthread_mutex_unlock(&x->lock);
	if (put < 0) {
		ref_free(r);
		return err_nomem(e);
	}
	return informer_start(r->informer, e);
}

/* What nobody refers to any longer is forgotten, its content first of all. */
static void drop(struct ingress *x, const char *key)
{
	pthread_mutex_lock(&x->lock);
	struct ref *r = map_take(x->refs, key);
	(void)feed(r, NULL);
	pthread_mutex_unlock(&x->lock);
	ref_free(r);
}

struct wanted {
	struct ingress *x;
	struct map *keys;
};

static void wanted_free(struct wanted *w)
{
	if (w)
		map_free(w->keys);
	free(w);
}

static void follow(void *arg)
{
	struct wanted *w = arg;
	struct ingress *x = w->x;
	struct map_iter it = MAP_ITER_INIT;
	struct err e = {0};

	/* Only this thread changes the map, so that it may read it without the lock. */
	while (map_next(x->refs, &it))
		if (!map_has(w->keys, it.key))
			drop(x, it.key);
	it = (struct map_iter)MAP_ITER_INIT;
	while (map_next(w->keys, &it)) {
		if (map_has(x->refs, it.key))
			continue;
		if (start(x, it.key, &e) < 0) {
			log_error(COMPONENT, it.key + 2, "cannot watch the %s: %s; trying again",
				  it.key[0] == 's' ? "Secret" : "ConfigMap", e.msg);
			if (map_has(x->refs, it.key))
				drop(x, it.key);
			workqueue_add_after(x->rebuild, "routes", RETRY_MS);
			break;
		}
	}
	wanted_free(w);
}

/* --- on a worker --- */

static int add_keys(struct map *keys, char kind, char *const *names, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		AUTO_FREE char *key = str_fmt("%c %s", kind, names[i]);
		if (!key || map_put(keys, key, keys) < 0)
			return -ENOMEM;
	}
	return 0;
}

/* Whether all wanted ones are watched and no other. *wait_ms: how long one that is not known yet may still be waited
 * for; 0: not at all. */
static bool compare(struct ingress *x, const struct map *keys, int64_t *wait_ms)
{
	int64_t now = clock_mono_ms(x->deps.clock), late;
	struct map_iter it = MAP_ITER_INIT;
	bool same;

	*wait_ms = 0;
	pthread_mutex_lock(&x->lock);
	same = map_len(x->refs) == map_len(keys);
	while (map_next(keys, &it)) {
		const struct ref *r = map_get(x->refs, it.key);
		same = same && r;
		late = !r ? HOLD_MS : r->synced ? 0 : r->since_ms + HOLD_MS - now;
		*wait_ms = late > *wait_ms ? late : *wait_ms;
	}
	pthread_mutex_unlock(&x->lock);
	return same;
}

int refs_follow(struct ingress *x, const struct ing_table *t, bool *complete, struct err *e)
{
	struct wanted *w = calloc(1, sizeof(*w));
	int64_t wait_ms;

	if (w)
		*w = (struct wanted){x, map_new(NULL)};
	if (!w || !w->keys || add_keys(w->keys, 's', t->secrets, t->n_secrets) < 0 ||
	    add_keys(w->keys, 'c', t->configmaps, t->n_configmaps) < 0) {
		wanted_free(w);
		return err_nomem(e);
	}
	bool same = compare(x, w->keys, &wait_ms);
	*complete = wait_ms == 0;
	if (!*complete)
		workqueue_add_after(x->rebuild, "routes", wait_ms);
	if (!same && loop_call(x->loop, follow, w) < 0) {
		wanted_free(w);
		return err_nomem(e);
	}
	if (same)
		wanted_free(w);
	return 0;
}

int refs_init(struct ingress *x)
{
	x->refs = map_new(ref_free);
	return x->refs ? 0 : -ENOMEM;
}

void refs_done(struct ingress *x)
{
	if (x->refs)
		map_free(x->refs);
	x->refs = NULL;
}
