/* The objects an informer keeps, their indexes, and reading them from any thread. */
#include <errno.h>
#include <string.h>
#include "api/scan.h"
#include "base/str.h"
#include "client/informer_private.h"

struct informer_object *informer_object_ref(struct informer_object *o)
{
	if (o)
		(void)__atomic_fetch_add(&o->refs, 1, __ATOMIC_RELAXED);
	return o;
}

struct informer_object *informer_object_unref(struct informer_object *o)
{
	if (o && __atomic_fetch_sub(&o->refs, 1, __ATOMIC_ACQ_REL) == 1) {
		(void)bytes_unref(o->json);
		free(o);
	}
	return NULL;
}

void informer_object_unref_v(void *o)
{
	(void)informer_object_unref(o);
}

json_t *informer_object_json(const struct informer_object *o)
{
	json_t *v;

	return o && json_parse(o->json->data, o->json->len, &v, NULL) == 0 ? v : NULL;
}

struct meta {
	char name[320], ns[128], uid[128], rev[24];
};

static int meta_field(void *arg, const char *key, size_t key_len, const char *val, size_t val_len)
{
	struct meta *m = arg;
	char *to = NULL;
	size_t cap = 0;

	if (key_len == 4 && memcmp(key, "name", 4) == 0) {
		to = m->name;
		cap = sizeof m->name;
	} else if (key_len == 9 && memcmp(key, "namespace", 9) == 0) {
		to = m->ns;
		cap = sizeof m->ns;
	} else if (key_len == 3 && memcmp(key, "uid", 3) == 0) {
		to = m->uid;
		cap = sizeof m->uid;
	} else if (key_len == 15 && memcmp(key, "resourceVersion", 15) == 0) {
		to = m->rev;
		cap = sizeof m->rev;
	}
	/* None of these may hold a character that JSON escapes. */
	if (to && val_len >= 2 && val[0] == '"' && val_len - 2 < cap) {
		memcpy(to, val + 1, val_len - 2);
		to[val_len - 2] = '\0';
	}
	return 0;
}

int informer_object_new(struct informer_object **ret, struct bytes *json, struct err *e)
{
	struct meta m = {"", "", "", ""};
	struct informer_object *o;
	size_t n_ns, n_name, n_uid;
	char *p;

	(void)scan_each(json->data, json->len, "metadata", meta_field, &m);
	if (!m.name[0])
		return err_set(e, ERR_PROTO, "the server sent an object without a name");
	n_ns = strlen(m.ns) + 1;
	n_name = strlen(m.name) + 1;
	n_uid = strlen(m.uid) + 1;
	o = malloc(sizeof *o + n_ns + n_name + n_uid);
	if (!o)
		return err_nomem(e);
	p = (char *)(o + 1);
	o->refs = 1;
	o->rev = 0;
	(void)str_to_i64(m.rev, 0, INT64_MAX, &o->rev); /* absent or opaque: 0 */
	o->ns = memcpy(p, m.ns, n_ns);
	o->name = memcpy(p + n_ns, m.name, n_name);
	o->uid = memcpy(p + n_ns + n_name, m.uid, n_uid);
	o->json = bytes_ref(json);
	*ret = o;
	return 0;
}

bool informer_object_key(const struct informer_object *o, char out[INFORMER_KEY_MAX])
{
	int n = snprintf(out, INFORMER_KEY_MAX, "%s%s%s", o->ns, o->ns[0] ? "/" : "", o->name);

	return n > 0 && n < INFORMER_KEY_MAX;
}

static void values_free(void *v)
{
	map_free(v);
}

int informer_cache_init(struct informer_cache *c)
{
	(void)pthread_rwlock_init(&c->lock, NULL);
	c->objects = map_new(informer_object_unref_v);
	return c->objects ? 0 : -ENOMEM;
}

void informer_cache_done(struct informer_cache *c)
{
	for (size_t i = 0; i < c->n_indexes; i++) {
		free(c->indexes[i].name);
		map_free(c->indexes[i].values);
	}
	free(c->indexes);
	map_free(c->objects);
	(void)pthread_rwlock_destroy(&c->lock);
}

int informer_cache_add_index(struct informer_cache *c, const char *name,
			     void (*fn)(const struct informer_object *o, informer_emit_fn emit, void *ctx))
{
	struct informer_index *v = reallocarray(c->indexes, c->n_indexes + 1, sizeof *v), *ix;

	if (!v)
		return -ENOMEM;
	c->indexes = v;
	ix = &v[c->n_indexes];
	*ix = (struct informer_index){.name = str_dup(name), .fn = fn, .values = map_new(values_free)};
	if (!ix->name || !ix->values) {
		free(ix->name);
		map_free(ix->values);
		return -ENOMEM;
	}
	c->n_indexes++;
	return 0;
}

struct emission {
	struct informer_index *index;
	struct informer_object *object;
	const char *key;
	bool add;
	int error;
};

static void emitted(void *ctx, const char *value)
{
	struct emission *em = ctx;
	struct map *set;

	if (!value || em->error)
		return;
	set = map_get(em->index->values, value);
	if (!em->add) {
		if (set && map_del(set, em->key) && map_len(set) == 0)
			(void)map_del(em->index->values, value);
		return;
	}
	if (!set) {
		set = map_new(NULL);
		if (!set || map_put(em->index->values, value, set) < 0) {
			map_free(set);
			em->error = -ENOMEM;
			return;
		}
	}
	if (map_put(set, em->key, em->object) < 0)
		em->error = -ENOMEM;
}

static int index_object(struct informer_cache *c, const char *key, struct informer_object *o, bool add)
{
	int r = 0;

	for (size_t i = 0; i < c->n_indexes; i++) {
		struct emission em = {.index = &c->indexes[i], .object = o, .key = key, .add = add};

		c->indexes[i].fn(o, emitted, &em);
		if (em.error)
			r = em.error;
	}
	return r;
}

int informer_cache_put(struct informer_cache *c, const char *key, struct informer_object *o)
{
	struct informer_object *old = map_get(c->objects, key);
	int r;

	if (old)
		(void)index_object(c, key, old, false);
	r = index_object(c, key, o, true);
	if (r == 0)
		r = map_put(c->objects, key, informer_object_ref(o)); /* frees the old one */
	else
		(void)informer_object_ref(o);
	if (r < 0) {
		(void)index_object(c, key, o, false);
		(void)informer_object_unref(o);
		(void)map_del(c->objects, key);
	}
	return r;
}

void informer_cache_del(struct informer_cache *c, const char *key)
{
	struct informer_object *old = map_get(c->objects, key);

	if (!old)
		return;
	(void)index_object(c, key, old, false);
	(void)map_del(c->objects, key);
}

/* Reading. */

bool informer_synced(const struct informer *i)
{
	return __atomic_load_n(&i->synced, __ATOMIC_ACQUIRE);
}

struct informer_object *informer_get_key(struct informer *i, const char *key)
{
	struct informer_object *o;

	(void)pthread_rwlock_rdlock(&i->cache.lock);
	o = informer_object_ref(map_get(i->cache.objects, key));
	(void)pthread_rwlock_unlock(&i->cache.lock);
	return o;
}

struct informer_object *informer_get(struct informer *i, const char *ns, const char *name)
{
	char key[INFORMER_KEY_MAX];
	bool in_ns = ns && ns[0];
	int n = snprintf(key, sizeof key, "%s%s%s", in_ns ? ns : "", in_ns ? "/" : "", name);

	return n > 0 && (size_t)n < sizeof key ? informer_get_key(i, key) : NULL;
}

size_t informer_count(struct informer *i)
{
	size_t n;

	(void)pthread_rwlock_rdlock(&i->cache.lock);
	n = map_len(i->cache.objects);
	(void)pthread_rwlock_unlock(&i->cache.lock);
	return n;
}

/* References to the values of m, those of ns only when it is given. Lock held. */
static int snapshot(const struct map *m, const char *ns, struct informer_object ***ret, size_t *ret_n)
{
	struct informer_object **v = calloc(map_len(m) + 1, sizeof(struct informer_object *));
	struct map_iter it = MAP_ITER_INIT;
	size_t n = 0;

	if (!v)
		return -ENOMEM;
	while (map_next(m, &it)) {
		struct informer_object *o = it.value;

		if (!ns || streq(o->ns, ns))
			v[n++] = informer_object_ref(o);
	}
	*ret = v;
	*ret_n = n;
	return 0;
}

int informer_list(struct informer *i, const char *ns, struct informer_object ***ret, size_t *ret_n)
{
	int r;

	(void)pthread_rwlock_rdlock(&i->cache.lock);
	r = snapshot(i->cache.objects, ns, ret, ret_n);
	(void)pthread_rwlock_unlock(&i->cache.lock);
	return r;
}

int informer_by_index(struct informer *i, const char *index, const char *value, struct informer_object ***ret,
		      size_t *ret_n)
{
	int r = -EINVAL; /* no such index */

	(void)pthread_rwlock_rdlock(&i->cache.lock);
	for (size_t k = 0; k < i->cache.n_indexes; k++)
		if (streq(i->cache.indexes[k].name, index)) {
			r = snapshot(map_get(i->cache.indexes[k].values, value), NULL, ret, ret_n);
			break;
		}
	(void)pthread_rwlock_unlock(&i->cache.lock);
	return r;
}

void informer_list_free(struct informer_object **v, size_t n)
{
	if (!v)
		return;
	for (size_t k = 0; k < n; k++)
		(void)informer_object_unref(v[k]);
	free(v);
}

int informer_each(struct informer *i, const char *ns, void (*fn)(void *arg, struct informer_object *o), void *arg)
{
	struct informer_object **v = NULL;
	size_t n = 0;
	int r = informer_list(i, ns, &v, &n);

	for (size_t k = 0; r == 0 && k < n; k++)
		fn(arg, v[k]);
	informer_list_free(v, n);
	return r;
}
