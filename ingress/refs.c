/*
 * Secrets and ConfigMaps that Ingresses, and parameters of classes, refer to: each is watched from when the first Ingress refers to it to when the last
 * no longer does, and no other is ever read. minik's API server knows, too, who is referred to (apiserver/ingress_refs.h), and
 * tells of all of them in one watch of a kind; what a change of an Ingress has brought in is read once by its name. Another
 * API server has a watch by name for each.
 */
#include <errno.h>
#include "base/log.h"
#include "base/str.h"
#include "ingress/internal.h"

#define HOLD_MS 5000 /* so long a table waits for what it refers to for the first time; then it is taken for missing   \
		      */
#define RETRY_MS 1000
#define SELECTOR "minik.io/named-by=ingress" /* apiserver/ingress_refs.h */
#define FETCHES	 4 /* at a time: each may take a connection */
#define FETCH_RETRY_MS 50
#define FETCH_RETRY_MAX 30000
#define FETCH_WARN	 6

struct ref {
	struct ingress *x;
	bool secret;
	char *ns, *name;
	struct informer *informer;
	bool synced; /* under x->lock */
	bool due;    /* to be read by its name; under x->lock */
	bool fetching;
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
	int code = !r->ns || !field ? err_nomem(e) : x->cluster ? 0 : informer_new(&r->informer, x->client, &c, e);
	if (code == 0 && r->informer && informer_add_handler(r->informer, &handler, r) < 0)
		code = err_nomem(e);
	if (code < 0)
		ref_free(r);
	else
		*ret = r;
	return code;
}

/* --- on the loop's thread --- */

static char *key_of(bool secret, const struct informer_object *o)
{
	return str_fmt("%c %s/%s", secret ? 's' : 'c', o->ns, o->name);
}

static void set_due(struct ref *r, bool due, bool synced)
{
	pthread_mutex_lock(&r->x->lock);
	r->due = due;
	r->synced = r->synced || synced;
	pthread_mutex_unlock(&r->x->lock);
}

static void fetch_due(struct ingress *x);

/* What is known of it now is what there is. */
static void settle(struct ref *r)
{
	AUTO_OBJECT struct informer_object *o = informer_get(r->x->groups[!r->secret], r->ns, r->name);

	set_due(r, false, false);
	take(r, o);
	if (!r->synced)
		ref_synced(r);
}

static void fetched(struct ingress *x, bool secret, const char *name, int code)
{
	AUTO_FREE char *key = str_fmt("%c %s", secret ? 's' : 'c', name);
	struct ref *r = key ? map_get(x->refs, key) : NULL;

	x->fetching--;
	if (r)
		r->fetching = false;
	if (code == 0) {
		x->fetch_failures = 0;
		if (r)
			settle(r);
		else
			informer_forget(x->groups[!secret], name);
		fetch_due(x);
		return;
	}
	/* The API server may hear of the Ingress a moment after we do. */
	int64_t wait = (int64_t)FETCH_RETRY_MS << (x->fetch_failures < 10 ? x->fetch_failures : 10);
	if (++x->fetch_failures == FETCH_WARN)
		log_warning(COMPONENT, name, "cannot read the %s that is referred to: %s; trying again", secret ? "Secret" : "ConfigMap", err_name(code));
	workqueue_add_after(x->rebuild, "routes", wait < FETCH_RETRY_MAX ? wait : FETCH_RETRY_MAX);
}
static void secret_fetched(void *arg, const char *name, int code)
{
	fetched(arg, true, name, code);
}
static void map_fetched(void *arg, const char *name, int code)
{
	fetched(arg, false, name, code);
}

static void fetch_due(struct ingress *x)
{
	struct map_iter it = MAP_ITER_INIT;

	while (x->fetching < FETCHES && map_next(x->refs, &it)) {
		struct ref *r = it.value;
		if (!r->due || r->fetching || !(x->groups_synced & 1u << !r->secret))
			continue;
		if (informer_fetch(x->groups[!r->secret], r->ns, r->name, r->secret ? secret_fetched : map_fetched, x) < 0) {
			workqueue_add_after(x->rebuild, "routes", RETRY_MS);
			return;
		}
		r->fetching = true;
		x->fetching++;
	}
}

static void group_changed(struct ingress *x, bool secret, struct informer_object *o)
{
	AUTO_FREE char *key = key_of(secret, o);
	struct ref *r = key ? map_get(x->refs, key) : NULL;

	if (r)
		take(r, o);
}

/* A list that began before somebody referred to it lacks it, too: whether it is there is asked by its name. */
static void group_deleted(struct ingress *x, bool secret, struct informer_object *o)
{
	AUTO_FREE char *key = key_of(secret, o);
	struct ref *r = key ? map_get(x->refs, key) : NULL;

	if (!r)
		return;
	set_due(r, true, false);
	fetch_due(x);
}

static void group_synced(struct ingress *x, bool secret)
{
	struct map_iter it = MAP_ITER_INIT;

	x->groups_synced |= 1u << !secret;
	while (map_next(x->refs, &it)) {
		struct ref *r = it.value;
		AUTO_OBJECT struct informer_object *o = r->secret == secret ? informer_get(x->groups[!secret], r->ns, r->name) : NULL;
		if (o)
			settle(r);
	}
	fetch_due(x);
	workqueue_add(x->rebuild, "routes");
}

#define GROUP(what, secret)                                                                                            \
	static void what##_seen(void *arg, struct informer_object *o)                                                  \
	{                                                                                                              \
		group_changed(arg, secret, o);                                                                         \
	}                                                                                                              \
	static void what##_updated(void *arg, struct informer_object *old UNUSED, struct informer_object *o)           \
	{                                                                                                              \
		group_changed(arg, secret, o);                                                                         \
	}                                                                                                              \
	static void what##_gone(void *arg, struct informer_object *o)                                                  \
	{                                                                                                              \
		group_deleted(arg, secret, o);                                                                         \
	}                                                                                                              \
	static void what##_all(void *arg)                                                                              \
	{                                                                                                              \
		group_synced(arg, secret);                                                                             \
	}
GROUP(secret, true)
GROUP(configmap, false)

int refs_start(struct ingress *x, struct err *e)
{
	static const struct informer_config c[2] = {{.plural = "secrets", .field_selector = SELECTOR},
						    {.plural = "configmaps", .field_selector = SELECTOR}};
	static const struct informer_handler h[2] = {
	    {secret_seen, secret_updated, secret_gone, secret_all},
	    {configmap_seen, configmap_updated, configmap_gone, configmap_all}};
	int code = 0;

	for (size_t i = 0; code == 0 && x->cluster && i < ARRAY_LEN(c); i++) {
		code = informer_new(&x->groups[i], x->client, &c[i], e);
		if (code == 0 && informer_add_handler(x->groups[i], &h[i], x) < 0)
			code = err_nomem(e);
		code = code < 0 ? code : informer_start(x->groups[i], e);
	}
	return code;
}

/* The first table's are in the cache, which is as new as can be; later ones may lie there from another time. */
static void begin_ref(struct ingress *x, struct ref *r)
{
	unsigned group = !r->secret;
	AUTO_OBJECT struct informer_object *o =
	    !x->refs_begun && x->groups_synced & 1u << group ? informer_get(x->groups[group], r->ns, r->name) : NULL;

	set_due(r, true, false);
	if (o)
		settle(r);
}

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
	if (!x->cluster)
		return informer_start(r->informer, e);
	begin_ref(x, r);
	return 0;
}

/* What nobody refers to any longer is forgotten, its content first of all. */
static void drop(struct ingress *x, const char *key)
{
	if (x->cluster)
		informer_forget(x->groups[key[0] != 's'], key + 2);
	pthread_mutex_lock(&x->lock);
	struct ref *r = map_take(x->refs, key); /* which key may be gone with */
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
	if (x->cluster) {
		pthread_mutex_lock(&x->lock);
		x->refs_begun = true;
		pthread_mutex_unlock(&x->lock);
		fetch_due(x);
	}
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
	same = map_len(x->refs) == map_len(keys) && (x->refs_begun || !x->cluster);
	while (map_next(keys, &it)) {
		const struct ref *r = map_get(x->refs, it.key);
		same = same && r && !r->due;
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
	for (size_t i = 0; i < ARRAY_LEN(x->groups); i++)
		x->groups[i] = informer_free(x->groups[i]);
	if (x->refs)
		map_free(x->refs);
	x->refs = NULL;
}
