#include <errno.h>
#include <pthread.h>
#include <string.h>
#include "storage/internal.h"
#include "storage/offers.h"
#include "api/object.h"
#include "api/quantity.h"
#include "api/selector.h"
#include "base/list.h"
#include "base/map.h"
#include "base/str.h"

/* No stricter in its place than a pointer: LIST_FOREACH compares the head of a list as if it were in one of what has such a member. */
typedef __int128 amount __attribute__((aligned(8)));

/* What both sides must agree about. Strings owned. */
struct terms {
	amount size;
	unsigned modes; /* bits */
	bool block;
	char *class, *vac; /* "" for none; class NULL: left open */
};

struct offer {
	int64_t rev;
	struct terms t;
	struct informer_object *pv;
	unsigned n_modes;
	bool available, deleting, shelved;
	char *claim, *claim_uid; /* "ns/name" of its claimRef, NULL: none; "" */
	char *held;		 /* uid of the claim that a worker binds it to, or NULL */
	struct list by_claim;
};

struct shelf { /* of one class: those that anybody may have, best first */
	struct offer **v;
	size_t n, cap;
};

struct waiting {
	struct list link;
	struct terms t;
	char *key, *volume; /* volume: the one it asks for by name, or "" */
	bool needs_node;
};

struct offers {
	pthread_mutex_t lock; /* guards all */
	struct map *volumes;  /* by name: struct offer */
	struct map *shelves;  /* by class */
	struct map *named;    /* by "ns/name" of the claim: struct list of offers */
	struct map *claims;   /* by key: struct waiting */
	struct list queue;    /* of waiting */
	size_t n_need_node;
};

/* --- terms --- */

static unsigned mode_bits(const json_t *modes)
{
	static const char *const names[] = {"ReadWriteOnce", "ReadOnlyMany", "ReadWriteMany", "ReadWriteOncePod"};
	unsigned bits = 0;
	json_t *m;
	size_t i;

	json_array_foreach ((json_t *)modes, i, m)
		for (unsigned k = 0; k < ARRAY_LEN(names); k++)
			if (streq(json_string_value(m), names[k]))
				bits |= 1u << k;
	return bits;
}

static void terms_done(struct terms *t)
{
	free(t->class);
	free(t->vac);
}

static bool terms_of(struct terms *t, const json_t *o, const char *size, const char *class)
{
	struct quantity q = {0};
	const char *s = json_str(o, size);

	t->size = s && quantity_parse(s, &q) == 0 ? q.nano : 0;
	t->modes = mode_bits(json_dot(o, "spec.accessModes"));
	t->block = streq(json_str_or(o, "spec.volumeMode", ""), "Block");
	t->class = str_dup(class);
	t->vac = str_dup(json_str_or(o, "spec.volumeAttributesClassName", ""));
	return t->vac && (t->class || !class);
}

static bool claim_terms(struct terms *t, const json_t *pvc)
{
	return terms_of(t, pvc, "spec.resources.requests.storage", claim_class(pvc));
}

/* All but the class. */
static bool fits(const struct terms *volume, const struct terms *claim)
{
	return volume->size >= claim->size && volume->block == claim->block && (volume->modes & claim->modes) == claim->modes &&
	       streq(volume->vac, claim->vac);
}

static int selector_matches(const json_t *selector, const struct offer *f)
{
	struct api_selector *s = NULL;

	if (!selector)
		return 1;
	AUTO_JSON json_t *pv = informer_object_json(f->pv);
	if (!pv)
		return -ENOMEM;
	/* Validation let none in that cannot be read; it would select nothing. */
	bool match = api_label_selector_from(&s, selector, NULL) == 0 && api_selector_match_labels(s, json_dot(pv, "metadata.labels"));
	api_selector_free(s);
	return match;
}

/* --- shelves --- */

static int offer_cmp(const struct offer *a, const struct offer *b)
{
	if (a->n_modes != b->n_modes)
		return a->n_modes < b->n_modes ? -1 : 1;
	if (a->t.size != b->t.size)
		return a->t.size < b->t.size ? -1 : 1;
	return strcmp(a->pv->name, b->pv->name);
}

/* Where it is, or belongs. */
static size_t shelf_place(const struct shelf *s, const struct offer *f)
{
	size_t lo = 0, hi = s->n;

	while (lo < hi) {
		size_t mid = (lo + hi) / 2;
		if (offer_cmp(s->v[mid], f) < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}

static void shelf_free(void *p)
{
	free(((struct shelf *)p)->v);
	free(p);
}

static int shelve(struct offers *o, struct offer *f)
{
	struct shelf *s = map_get(o->shelves, f->t.class);

	if (!s) {
		if (!(s = calloc(1, sizeof(*s))))
			return -ENOMEM;
		if (map_put(o->shelves, f->t.class, s) < 0) {
			free(s);
			return -ENOMEM;
		}
	}
	if (s->n == s->cap) {
		size_t cap = s->cap ? 2 * s->cap : 16;
		struct offer **v = reallocarray(s->v, cap, sizeof(struct offer *));
		if (!v)
			return -ENOMEM;
		s->v = v;
		s->cap = cap;
	}
	size_t at = shelf_place(s, f);
	memmove(s->v + at + 1, s->v + at, (s->n - at) * sizeof(struct offer *));
	s->v[at] = f;
	s->n++;
	f->shelved = true;
	return 0;
}

static void unshelve(struct offers *o, struct offer *f)
{
	struct shelf *s = f->shelved ? map_get(o->shelves, f->t.class) : NULL;

	if (!s)
		return;
	size_t at = shelf_place(s, f);
	memmove(s->v + at, s->v + at + 1, (s->n - at - 1) * sizeof(struct offer *));
	f->shelved = false;
	if (--s->n == 0)
		(void)map_del(o->shelves, f->t.class);
}

/* --- volumes --- */

static void offer_free(struct offer *f)
{
	if (!f)
		return;
	terms_done(&f->t);
	informer_object_unref(f->pv);
	free(f->claim);
	free(f->claim_uid);
	free(f->held);
	free(f);
}

static int name_for(struct offers *o, struct offer *f)
{
	struct list *l = map_get(o->named, f->claim);

	if (!l) {
		if (!(l = malloc(sizeof(*l))))
			return -ENOMEM;
		list_init(l);
		if (map_put(o->named, f->claim, l) < 0) {
			free(l);
			return -ENOMEM;
		}
	}
	list_add_tail(l, &f->by_claim);
	return 0;
}

static void withdraw(struct offers *o, struct offer *f)
{
	unshelve(o, f);
	if (!f->claim)
		return;
	list_del(&f->by_claim);
	struct list *l = map_get(o->named, f->claim);
	if (l && list_empty(l))
		(void)map_del(o->named, f->claim);
}

static int offer_up(struct offers *o, struct offer *f)
{
	if (f->deleting)
		return 0;
	return f->claim ? name_for(o, f) : f->available ? shelve(o, f) : 0;
}

static struct offer *offer_of(struct informer_object *pv)
{
	AUTO_JSON json_t *v = informer_object_json(pv);
	struct offer *f = v ? calloc(1, sizeof(*f)) : NULL;
	const char *claim = json_str(v, "spec.claimRef.name");

	if (!f)
		return NULL;
	list_init(&f->by_claim);
	f->rev = pv->rev;
	f->pv = informer_object_ref(pv);
	f->available = streq(json_str_or(v, "status.phase", ""), "Available");
	f->deleting = obj_deleting(v);
	if (claim) {
		f->claim = str_fmt("%s/%s", json_str_or(v, "spec.claimRef.namespace", ""), claim);
		f->claim_uid = str_dup(json_str_or(v, "spec.claimRef.uid", ""));
	}
	if (!terms_of(&f->t, v, "spec.capacity.storage", volume_class(v)) || (claim && (!f->claim || !f->claim_uid))) {
		offer_free(f);
		return NULL;
	}
	f->n_modes = (unsigned)__builtin_popcount(f->t.modes);
	return f;
}

bool offers_volume(struct offers *o, struct informer_object *pv)
{
	struct offer *f = offer_of(pv);
	bool open = false;

	pthread_mutex_lock(&o->lock);
	struct offer *old = map_get(o->volumes, pv->name);
	if (!f || (old && old->rev > pv->rev)) {
		offer_free(f);
	} else {
		if (old) {
			withdraw(o, old);
			f->held = TAKE_PTR(old->held);
			(void)map_take(o->volumes, pv->name);
			offer_free(old);
		}
		/* Without memory nobody is offered it until it changes again, which is safe. */
		if (map_put(o->volumes, pv->name, f) < 0)
			offer_free(f);
		else if (offer_up(o, f) == 0)
			open = f->shelved && !f->held;
	}
	pthread_mutex_unlock(&o->lock);
	return open;
}

void offers_volume_gone(struct offers *o, const struct informer_object *pv)
{
	pthread_mutex_lock(&o->lock);
	struct offer *f = map_take(o->volumes, pv->name);
	if (f) {
		withdraw(o, f);
		offer_free(f);
	}
	pthread_mutex_unlock(&o->lock);
}

/* Kept for this claim by its administrator, made for it, or half bound before a crash. */
static struct offer *named_offer(struct offers *o, const char *key, const char *uid, const struct terms *t)
{
	struct list *l = map_get(o->named, key);

	if (l)
		LIST_FOREACH (f, l, struct offer, by_claim)
			if ((!*f->claim_uid || streq(f->claim_uid, uid)) && fits(&f->t, t))
				return f;
	return NULL;
}

int offers_take(struct offers *o, const json_t *pvc, bool named_only, struct informer_object **ret)
{
	AUTO_FREE char *key = obj_key(pvc), *uid = str_dup(obj_uid(pvc));
	const json_t *selector = json_dot(pvc, "spec.selector");
	struct terms t = {0};
	int r = key && uid && claim_terms(&t, pvc) ? 0 : -ENOMEM;

	pthread_mutex_lock(&o->lock);
	struct offer *best = r == 0 ? named_offer(o, key, uid, &t) : NULL;
	struct shelf *s = r == 0 && !best && !named_only ? map_get(o->shelves, t.class ? t.class : "") : NULL;
	for (size_t i = 0; s && i < s->n && !best && r == 0; i++) {
		struct offer *f = s->v[i];
		if ((f->held && !streq(f->held, uid)) || !fits(&f->t, &t))
			continue;
		int m = selector_matches(selector, f);
		if (m < 0)
			r = m;
		else if (m)
			best = f;
	}
	if (best && r == 0) {
		free(best->held);
		best->held = TAKE_PTR(uid);
		*ret = informer_object_ref(best->pv);
	}
	pthread_mutex_unlock(&o->lock);
	terms_done(&t);
	return r;
}

void offers_settle(struct offers *o, const char *volume, const json_t *pvc, int64_t rev)
{
	AUTO_FREE char *key = obj_key(pvc), *uid = str_dup(obj_uid(pvc));

	pthread_mutex_lock(&o->lock);
	struct offer *f = map_get(o->volumes, volume);
	if (f && streq(f->held, obj_uid(pvc)))
		f->held = (free(f->held), NULL);
	/* The informer brings the same in a moment; until then nobody else is to be told of it. */
	if (f && rev > f->rev && key && uid) {
		withdraw(o, f);
		free(f->claim);
		free(f->claim_uid);
		f->claim = TAKE_PTR(key);
		f->claim_uid = TAKE_PTR(uid);
		f->rev = rev - 1;
		(void)offer_up(o, f);
	}
	pthread_mutex_unlock(&o->lock);
}

void offers_named(struct offers *o, const char *claim, void (*emit)(void *arg, const char *volume), void *arg)
{
	pthread_mutex_lock(&o->lock);
	struct list *l = map_get(o->named, claim);
	if (l)
		LIST_FOREACH (f, l, struct offer, by_claim)
			emit(arg, f->pv->name);
	pthread_mutex_unlock(&o->lock);
}

/* --- claims that wait --- */

static void waiting_free(void *p)
{
	struct waiting *w = p;

	list_del(&w->link);
	terms_done(&w->t);
	free(w->key);
	free(w->volume);
	free(w);
}

int offers_wait(struct offers *o, const char *key, const json_t *pvc, bool needs_node)
{
	struct waiting *w = calloc(1, sizeof(*w)), *old;
	bool had = false;

	if (!w)
		return -ENOMEM;
	list_init(&w->link);
	w->needs_node = needs_node;
	w->key = str_dup(key);
	w->volume = str_dup(json_str_or(pvc, "spec.volumeName", ""));
	if (!claim_terms(&w->t, pvc) || !w->key || !w->volume) {
		waiting_free(w);
		return -ENOMEM;
	}
	pthread_mutex_lock(&o->lock);
	if ((old = map_get(o->claims, key))) {
		had = old->needs_node;
		list_insert(&old->link, &w->link); /* keeps its place */
	} else {
		list_add_tail(&o->queue, &w->link);
	}
	int r = map_put(o->claims, key, w);
	if (r == 0)
		o->n_need_node += (size_t)needs_node - (size_t)had;
	else
		waiting_free(w);
	pthread_mutex_unlock(&o->lock);
	return r;
}

void offers_served(struct offers *o, const char *key)
{
	pthread_mutex_lock(&o->lock);
	const struct waiting *w = map_get(o->claims, key);
	if (w) {
		o->n_need_node -= w->needs_node;
		(void)map_del(o->claims, key);
	}
	pthread_mutex_unlock(&o->lock);
}

bool offers_waits(struct offers *o, const char *key)
{
	pthread_mutex_lock(&o->lock);
	bool yes = map_has(o->claims, key);
	pthread_mutex_unlock(&o->lock);
	return yes;
}

bool offers_need_node(struct offers *o)
{
	pthread_mutex_lock(&o->lock);
	bool yes = o->n_need_node > 0;
	pthread_mutex_unlock(&o->lock);
	return yes;
}

static bool concerns(const struct waiting *w, enum offers_why why, const char *name, const struct offer *f)
{
	switch (why) {
	case OFFERS_VOLUME:
		if (streq(w->volume, name) || (f && f->claim && streq(f->claim, w->key)))
			return true;
		return f && f->shelved && !*w->volume && streq(f->t.class, w->t.class ? w->t.class : "") && fits(&f->t, &w->t);
	case OFFERS_CLASS:
		return !w->t.class || streq(w->t.class, name);
	case OFFERS_NODE:
		return w->needs_node;
	case OFFERS_ALL:
		break;
	}
	return true;
}

void offers_wake(struct offers *o, enum offers_why why, const char *name, void (*emit)(void *arg, const char *key), void *arg)
{
	pthread_mutex_lock(&o->lock);
	const struct offer *f = why == OFFERS_VOLUME ? map_get(o->volumes, name) : NULL;
	LIST_FOREACH (w, &o->queue, struct waiting, link)
		if (concerns(w, why, name, f))
			emit(arg, w->key);
	pthread_mutex_unlock(&o->lock);
}

/* --- life --- */

static void free_offer(void *p) { offer_free(p); }

struct offers *offers_free(struct offers *o)
{
	if (!o)
		return NULL;
	map_free(o->volumes);
	map_free(o->shelves);
	map_free(o->named);
	map_free(o->claims);
	pthread_mutex_destroy(&o->lock);
	free(o);
	return NULL;
}

struct offers *offers_new(void)
{
	struct offers *o = calloc(1, sizeof(*o));

	if (!o)
		return NULL;
	pthread_mutex_init(&o->lock, NULL);
	list_init(&o->queue);
	o->volumes = map_new(free_offer);
	o->shelves = map_new(shelf_free);
	o->named = map_new(free);
	o->claims = map_new(waiting_free);
	return o->volumes && o->shelves && o->named && o->claims ? o : offers_free(o);
}
