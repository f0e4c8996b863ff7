#include "controllers/shared.h"
#include <errno.h>
#include "api/scan.h"
#include "base/map.h"

void key_of_object(const struct informer_object *o, char *out, size_t cap)
{
	if (*o->ns)
		snprintf(out, cap, "%s/%s", o->ns, o->name);
	else
		snprintf(out, cap, "%s", o->name);
}

void key_split(const char *key, char *ns, char *name)
{
	const char *slash = strchr(key, '/');

	ns[0] = '\0';
	if (slash && (size_t)(slash - key) < KEY_MAX) {
		memcpy(ns, key, (size_t)(slash - key));
		ns[slash - key] = '\0';
	}
	str_copy(name, KEY_MAX, slash ? slash + 1 : key);
}

void now_string(const struct shared *s, char out[TIME_STR_MAX]) { time_format(clock_wall(s->deps.clock), out); }

static void owner_index(const struct informer_object *o, informer_emit_fn emit, void *ctx)
{
	json_t *ref;
	size_t i;

	if (!strstr(o->json->data, "\"ownerReferences\""))
		return;
	AUTO_JSON json_t *tree = informer_object_json(o);
	json_array_foreach (json_dot(tree, "metadata.ownerReferences"), i, ref)
		emit(ctx, json_str_or(ref, "uid", ""));
}

/* Those that nobody controls, by namespace: who may adopt looks there and not at all that there is. */
static void orphan_index(const struct informer_object *o, informer_emit_fn emit, void *ctx)
{
	if (strstr(o->json->data, "\"ownerReferences\"")) {
		AUTO_JSON json_t *tree = informer_object_json(o);
		if (!tree || obj_controller_of(tree))
			return;
	}
	emit(ctx, o->ns);
}

static void node_index(const struct informer_object *o, informer_emit_fn emit, void *ctx)
{
	char node[KEY_MAX];

	if (scan_str(o->json->data, o->json->len, "spec.nodeName", node, sizeof(node)) && node[0])
		emit(ctx, node);
}

int shared_indexes(struct informer *i, const char *group, const char *plural)
{
	int r = informer_add_index(i, INDEX_OWNER, owner_index);

	if (r == 0 && streq(plural, "pods") && !*group)
		r = informer_add_index(i, INDEX_NODE, node_index);
	if (r == 0 && ((streq(plural, "pods") && !*group) || (streq(plural, "controllerrevisions") && streq(group, "apps"))))
		r = informer_add_index(i, INDEX_ORPHAN, orphan_index);
	return r;
}

static void informer_is_synced(void *arg)
{
	struct shared *s = arg;

	if (++s->synced < s->n_informers)
		return;
	LIST_FOREACH (c, &s->controllers, struct controller, link)
		workqueue_pause(c->q, false);
}

struct informer *shared_informer(struct shared *s, const char *group, const char *version, const char *plural, const char *field_selector,
				 struct err *e)
{
	struct informer_config cfg = {.group = group, .version = version, .plural = plural, .field_selector = field_selector};
	static const struct informer_handler h = {.synced = informer_is_synced};

	for (size_t i = 0; i < s->n_informers; i++) {
		struct shared_informer *x = &s->informers[i];
		if (streq(x->group, group) && streq(x->version, version) && streq(x->plural, plural) && streq(x->field_selector, field_selector))
			return x->i;
	}
	if (s->n_informers == MAX_INFORMERS) {
		err_set(e, ERR_TOO_MANY, "more than %d kinds are watched", MAX_INFORMERS);
		return NULL;
	}
	struct shared_informer *x = &s->informers[s->n_informers];
	x->group = str_dup(group);
	x->version = str_dup(version);
	x->plural = str_dup(plural);
	x->field_selector = str_dup(field_selector);
	if (!x->group || !x->version || !x->plural) {
		err_nomem(e);
		return NULL;
	}
	if (informer_new(&x->i, s->client, &cfg, e) < 0)
		return NULL;
	s->n_informers++;
	if (informer_add_handler(x->i, &h, s) < 0 || shared_indexes(x->i, group, plural) < 0) {
		err_nomem(e);
		return NULL;
	}
	return x->i;
}

int controller_new(struct controller **ret, struct shared *s, const char *name, unsigned workers, reconcile_fn fn, void *priv,
		   void (*free_priv)(void *), struct err *e)
{
	struct controller *c = calloc(1, sizeof(*c));

	if (!c)
		return err_nomem(e);
	c->name = name;
	c->s = s;
	c->priv = priv;
	c->free_priv = free_priv;
	int r = workqueue_new(&c->q, s->loop, name, workers, fn, c, e);
	if (r < 0) {
		free(c);
		return r;
	}
	list_add_tail(&s->controllers, &c->link);
	*ret = c;
	return 0;
}

void controller_queue(struct controller *c, const struct informer_object *o)
{
	char key[KEY_MAX];

	key_of_object(o, key, sizeof(key));
	workqueue_add(c->q, key);
}

static void key_added(void *arg, struct informer_object *o) { controller_queue(arg, o); }
static void key_updated(void *arg, struct informer_object *old, struct informer_object *o)
{
	(void)old;
	key_added(arg, o);
}

int controller_watch_keys(struct controller *c, struct informer *i)
{
	static const struct informer_handler h = {key_added, key_updated, key_added, NULL};

	return informer_add_handler(i, &h, c);
}

struct owned_watch {
	struct controller *c;
	const char *kind;
};

static void owner_add(struct owned_watch *w, struct informer_object *o)
{
	if (!strstr(o->json->data, "\"ownerReferences\""))
		return;
	AUTO_JSON json_t *tree = informer_object_json(o);
	const json_t *owner = obj_controller_of(tree);
	char key[KEY_MAX];

	if (!owner || !streq(json_str(owner, "kind"), w->kind))
		return;
	snprintf(key, sizeof(key), "%s/%s", o->ns, json_str_or(owner, "name", ""));
	workqueue_add(w->c->q, key);
}
static void owned_added(void *arg, struct informer_object *o) { owner_add(arg, o); }
static void owned_updated(void *arg, struct informer_object *old, struct informer_object *o)
{
	/* Both, for an object that changes hands. */
	owner_add(arg, old);
	owner_add(arg, o);
}

int controller_watch_owned(struct controller *c, struct informer *i, const char *owner_kind)
{
	static const struct informer_handler h = {owned_added, owned_updated, owned_added, NULL};
	struct owned_watch *w = c->n_watches < ARRAY_LEN(c->watches) ? calloc(1, sizeof(*w)) : NULL;

	if (!w)
		return -ENOMEM;
	c->watches[c->n_watches++] = w;
	w->c = c;
	w->kind = owner_kind;
	return informer_add_handler(i, &h, w);
}

int64_t int_or_percent(const json_t *v, int64_t total, bool up, int64_t dflt)
{
	int64_t p;

	if (json_is_integer(v))
		return json_integer_value(v);
	if (!json_is_string(v))
		return dflt;
	AUTO_FREE char *text = str_dup(json_string_value(v));
	char *percent = text ? strchr(text, '%') : NULL;
	if (!percent || percent[1])
		return dflt;
	*percent = '\0';
	if (str_to_i64(text, 0, 1000000, &p) < 0)
		return dflt;
	return up ? (total * p + 99) / 100 : total * p / 100;
}

int shared_owned(struct informer *i, const char *uid, json_t ***ret, size_t *ret_n)
{
	struct informer_object **v = NULL;
	size_t n = 0;

	int r = informer_by_index(i, INDEX_OWNER, uid, &v, &n);
	if (r < 0)
		return r;
	json_t **trees = calloc(n + 1, sizeof(*trees));
	size_t m = 0;
	for (size_t k = 0; trees && k < n; k++) {
		AUTO_JSON json_t *t = informer_object_json(v[k]);
		if (obj_controlled_by(t, uid))
			trees[m++] = TAKE_PTR(t);
	}
	informer_list_free(v, n);
	if (!trees)
		return -ENOMEM;
	*ret = trees;
	*ret_n = m;
	return 0;
}

void trees_free(json_t **v, size_t n)
{
	for (size_t i = 0; v && i < n; i++)
		json_decref(v[i]);
	free(v);
}

/* --- expectations --- */

#define EXPECTATION_MS 300000

struct expectation {
	int creations;
	json_t *deletions; /* uid -> true */
	int64_t since_ms;
};
struct expectations {
	pthread_mutex_t lock; /* guards by_key */
	struct map *by_key;
	struct clock *clock;
};

static void expectation_free(void *p)
{
	struct expectation *x = p;

	json_decref(x->deletions);
	free(x);
}

struct expectations *expectations_new(struct clock *clock)
{
	struct expectations *x = calloc(1, sizeof(*x));

	if (!x || !(x->by_key = map_new(expectation_free))) {
		free(x);
		return NULL;
	}
	pthread_mutex_init(&x->lock, NULL);
	x->clock = clock;
	return x;
}

struct expectations *expectations_free(struct expectations *x)
{
	if (x) {
		map_free(x->by_key);
		pthread_mutex_destroy(&x->lock);
		free(x);
	}
	return NULL;
}

static struct expectation *expectation_get(struct expectations *x, const char *key)
{
	struct expectation *e = map_get(x->by_key, key);

	if (!e && (e = calloc(1, sizeof(*e)))) {
		e->deletions = json_object();
		if (!e->deletions || map_put(x->by_key, key, e) < 0) {
			json_decref(e->deletions);
			free(e);
			return NULL;
		}
	}
	if (e)
		e->since_ms = clock_mono_ms(x->clock);
	return e;
}

void expect_creations(struct expectations *x, const char *key, int n)
{
	pthread_mutex_lock(&x->lock);
	struct expectation *e = expectation_get(x, key);
	if (e)
		e->creations += n;
	pthread_mutex_unlock(&x->lock);
}

void expect_deletion(struct expectations *x, const char *key, const char *uid)
{
	pthread_mutex_lock(&x->lock);
	struct expectation *e = expectation_get(x, key);
	if (e)
		json_object_set_new(e->deletions, uid, json_true());
	pthread_mutex_unlock(&x->lock);
}

void expectation_created(struct expectations *x, const char *key)
{
	pthread_mutex_lock(&x->lock);
	struct expectation *e = map_get(x->by_key, key);
	if (e && e->creations > 0)
		e->creations--;
	pthread_mutex_unlock(&x->lock);
}

void expectation_deleted(struct expectations *x, const char *key, const char *uid)
{
	pthread_mutex_lock(&x->lock);
	struct expectation *e = map_get(x->by_key, key);
	if (e)
		json_object_del(e->deletions, uid);
	pthread_mutex_unlock(&x->lock);
}

bool expectations_met(struct expectations *x, const char *key)
{
	pthread_mutex_lock(&x->lock);
	struct expectation *e = map_get(x->by_key, key);
	bool met = !e || (e->creations <= 0 && json_object_size(e->deletions) == 0) || clock_mono_ms(x->clock) - e->since_ms > EXPECTATION_MS;
	if (e && met)
		map_del(x->by_key, key);
	pthread_mutex_unlock(&x->lock);
	return met;
}

void expectations_forget(struct expectations *x, const char *key)
{
	pthread_mutex_lock(&x->lock);
	map_del(x->by_key, key);
	pthread_mutex_unlock(&x->lock);
}
