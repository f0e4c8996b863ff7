#include "client/offers.h"
#include <errno.h>
#include <pthread.h>
#include <string.h>
#include "api/node_match.h"
#include "api/object.h"
#include "api/quantity.h"
#include "api/volume_match.h"
#include "base/list.h"
#include "base/map.h"
#include "base/str.h"

/* From where volumes can be reached. Most share theirs with others: those of one node, or of one zone. */
struct place {
	size_t users;
	char *text;
	json_t *required; /* NodeSelector */
};

/* Those that anybody may have and that are alike in all but size: the smallest first, so that the first that is large
 * enough is the best. */
struct shelf {
	struct list link; /* in its aisle */
	unsigned modes, n_modes;
	bool block;
	char *vac;
	struct place *place; /* NULL: everywhere */
	struct offer **v;
	size_t n, cap;
};

struct aisle { /* of one class */
	struct list shelves;
};

struct offer {
	int64_t rev;
	size_nano size;
	unsigned modes;
	bool block, available, deleting;
	char *class, *vac;
	struct place *place;
	json_t *labels; /* NULL: none */
	struct informer_object *pv;
	char *claim, *claim_uid; /* "ns/name" of its claimRef, NULL: none; "" */
	char *held, *held_uid;   /* the claim that it is being bound to, or NULL */
	struct shelf *shelf;     /* that it lies on, or NULL */
	struct list by_claim;    /* in named, by claim or else held */
};

struct offers {
	pthread_mutex_t lock; /* guards all */
	struct map *volumes;  /* by name: struct offer */
	struct map *aisles;   /* by class */
	struct map *places;   /* by text */
	struct map *named;    /* by "ns/name" of the claim: struct list of offers */
};

/* --- what is asked for --- */

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

static size_nano size_at(const json_t *o, const char *path)
{
	struct quantity q = {0};
	const char *s = json_str(o, path);

	return s && quantity_parse(s, &q) == 0 ? q.nano : 0;
}

static bool is_block(const json_t *o)
{
	return streq(json_str_or(o, "spec.volumeMode", ""), "Block");
}

int claim_want_init(struct claim_want *w, const json_t *pvc)
{
	const char *class = claim_class(pvc);
	const json_t *selector = json_dot(pvc, "spec.selector");

	*w = (struct claim_want){
	    .key = obj_key(pvc),
	    .uid = str_dup(obj_uid(pvc)),
	    .size = size_at(pvc, "spec.resources.requests.storage"),
	    .modes = mode_bits(json_dot(pvc, "spec.accessModes")),
	    .block = is_block(pvc),
	    .class = str_dup(class),
	    .vac = str_dup(json_str_or(pvc, "spec.volumeAttributesClassName", "")),
	    .selects = selector != NULL,
	};
	/* Validation let none in that cannot be read. */
	int r = selector ? api_label_selector_from(&w->selector, selector, NULL) : 0;
	return w->key && w->uid && w->vac && (w->class || !class) && r != -ENOMEM ? 0 : -ENOMEM;
}

void claim_want_done(struct claim_want *w)
{
	free(w->key);
	free(w->uid);
	free(w->class);
	free(w->vac);
	api_selector_free(w->selector);
	*w = (struct claim_want){0};
}

/* All but size, class and selector. */
static bool alike(unsigned modes, bool block, const char *vac, const struct claim_want *w)
{
	return block == w->block && (modes & w->modes) == w->modes && streq(vac, w->vac);
}

static bool fits(const struct offer *f, const struct claim_want *w)
{
	return f->size >= w->size && alike(f->modes, f->block, f->vac, w);
}

static bool selected(const struct offer *f, const struct claim_want *w)
{
	return !w->selects || (w->selector && api_selector_match_labels(w->selector, f->labels));
}

static bool of_class(const struct offer *f, const struct claim_want *w)
{
	return streq(f->class, w->class ? w->class : "");
}

/* --- places --- */

static void place_unref(struct offers *o, struct place *p)
{
	if (!p || --p->users > 0)
		return;
	(void)map_take(o->places, p->text);
	json_decref(p->required);
	free(p->text);
	free(p);
}

static int place_ref(struct offers *o, const json_t *required, struct place **ret)
{
	AUTO_FREE char *text = json_dumps(required, JSON_COMPACT | JSON_SORT_KEYS);
	struct place *p = text ? map_get(o->places, text) : NULL;

	if (!text)
		return -ENOMEM;
	if (!p) {
		if (!(p = calloc(1, sizeof(*p))) || map_put(o->places, text, p) < 0) {
			free(p);
			return -ENOMEM;
		}
		p->text = TAKE_PTR(text);
		p->required = json_incref((json_t *)required);
	}
	p->users++;
	*ret = p;
	return 0;
}

/* --- shelves --- */

static int by_size(const struct offer *a, const struct offer *b)
{
	return a->size != b->size ? (a->size < b->size ? -1 : 1) : strcmp(a->pv->name, b->pv->name);
}

/* Where it is, or belongs. */
static size_t place_on(const struct shelf *s, const struct offer *f)
{
	size_t lo = 0, hi = s->n;

	while (lo < hi) {
		size_t mid = (lo + hi) / 2;
		if (by_size(s->v[mid], f) < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}

static size_t first_of_size(const struct shelf *s, size_nano size)
{
	size_t lo = 0, hi = s->n;

	while (lo < hi) {
		size_t mid = (lo + hi) / 2;
		if (s->v[mid]->size < size)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}

static void shelf_free(struct shelf *s)
{
	list_del(&s->link);
	free(s->vac);
	free(s->v);
	free(s);
}

static void aisle_free(void *p)
{
	struct aisle *a = p;

	LIST_FOREACH_SAFE (s, tmp, &a->shelves, struct shelf, link)
		shelf_free(s);
	free(a);
}

static struct aisle *aisle_of(struct offers *o, const char *class)
{
	struct aisle *a = map_get(o->aisles, class);

	if (a || !(a = malloc(sizeof(*a))))
		return a;
	list_init(&a->shelves);
	if (map_put(o->aisles, class, a) == 0)
		return a;
	free(a);
	return NULL;
}

static struct shelf *shelf_of(struct aisle *a, const struct offer *f)
{
	LIST_FOREACH (s, &a->shelves, struct shelf, link)
		if (s->place == f->place && s->modes == f->modes && s->block == f->block && streq(s->vac, f->vac))
			return s;
	struct shelf *s = calloc(1, sizeof(*s));
	if (!s || !(s->vac = str_dup(f->vac))) {
		free(s);
		return NULL;
	}
	s->modes = f->modes;
	s->n_modes = (unsigned)__builtin_popcount(f->modes);
	s->block = f->block;
	s->place = f->place; /* those that lie on it use it */
	list_add_tail(&a->shelves, &s->link);
	return s;
}

/* An empty shelf goes, and an aisle without shelves. */
static void tidy(struct offers *o, const char *class)
{
	struct aisle *a = map_get(o->aisles, class);

	if (!a)
		return;
	LIST_FOREACH_SAFE (s, tmp, &a->shelves, struct shelf, link)
		if (s->n == 0)
			shelf_free(s);
	if (list_empty(&a->shelves))
		(void)map_del(o->aisles, class);
}

static int shelve(struct offers *o, struct offer *f)
{
	struct aisle *a = aisle_of(o, f->class);
	struct shelf *s = a ? shelf_of(a, f) : NULL;

	if (s && s->n == s->cap) {
		size_t cap = s->cap ? 2 * s->cap : 16;
		struct offer **v = reallocarray(s->v, cap, sizeof(struct offer *));
		if (v) {
			s->v = v;
			s->cap = cap;
		}
	}
	if (!s || s->n == s->cap) {
		tidy(o, f->class);
		return -ENOMEM;
	}
	size_t at = place_on(s, f);
	memmove(s->v + at + 1, s->v + at, (s->n - at) * sizeof(struct offer *));
	s->v[at] = f;
	s->n++;
	f->shelf = s;
	return 0;
}

static void unshelve(struct offers *o, struct offer *f)
{
	struct shelf *s = f->shelf;

	if (!s)
		return;
	size_t at = place_on(s, f);
	memmove(s->v + at, s->v + at + 1, (s->n - at - 1) * sizeof(struct offer *));
	f->shelf = NULL;
	if (--s->n == 0)
		tidy(o, f->class);
}

/* --- volumes --- */

static void offer_free(struct offers *o, struct offer *f)
{
	if (!f)
		return;
	place_unref(o, f->place);
	json_decref(f->labels);
	informer_object_unref(f->pv);
	free(f->class);
	free(f->vac);
	free(f->claim);
	free(f->claim_uid);
	free(f->held);
	free(f->held_uid);
	free(f);
}

static const char *whose(const struct offer *f)
{
	return f->claim ? f->claim : f->held;
}

static int name_for(struct offers *o, struct offer *f)
{
	struct list *l = map_get(o->named, whose(f));

	if (!l) {
		if (!(l = malloc(sizeof(*l))))
			return -ENOMEM;
		list_init(l);
		if (map_put(o->named, whose(f), l) < 0) {
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
	if (!whose(f))
		return;
	list_del(&f->by_claim);
	struct list *l = map_get(o->named, whose(f));
	if (l && list_empty(l))
		(void)map_del(o->named, whose(f));
}

static int offer_up(struct offers *o, struct offer *f)
{
	if (f->deleting)
		return 0;
	return whose(f) ? name_for(o, f) : f->available ? shelve(o, f) : 0;
}

static void let_go(struct offer *f)
{
	f->held = (free(f->held), NULL);
	f->held_uid = (free(f->held_uid), NULL);
}

static struct offer *offer_of(struct offers *o, struct informer_object *pv, const json_t *v)
{
	struct offer *f = calloc(1, sizeof(*f));
	const char *claim = json_str(v, "spec.claimRef.name");
	const json_t *required = json_dot(v, "spec.nodeAffinity.required");

	if (!f)
		return NULL;
	list_init(&f->by_claim);
	f->rev = pv->rev;
	f->pv = informer_object_ref(pv);
	f->available = streq(json_str_or(v, "status.phase", ""), "Available");
	f->deleting = obj_deleting(v);
	f->size = size_at(v, "spec.capacity.storage");
	f->modes = mode_bits(json_dot(v, "spec.accessModes"));
	f->block = is_block(v);
	f->labels = json_incref(json_dot(v, "metadata.labels"));
	f->class = str_dup(volume_class(v));
	f->vac = str_dup(json_str_or(v, "spec.volumeAttributesClassName", ""));
	if (claim) {
		f->claim = str_fmt("%s/%s", json_str_or(v, "spec.claimRef.namespace", ""), claim);
		f->claim_uid = str_dup(json_str_or(v, "spec.claimRef.uid", ""));
	}
	if (!f->class || !f->vac || (claim && (!f->claim || !f->claim_uid)) ||
	    (required && place_ref(o, required, &f->place) < 0)) {
		offer_free(o, f);
		return NULL;
	}
	return f;
}

bool offers_volume(struct offers *o, struct informer_object *pv)
{
	AUTO_JSON json_t *v = informer_object_json(pv);
	bool open = false;

	pthread_mutex_lock(&o->lock);
	struct offer *old = map_get(o->volumes, pv->name),
		     *f = v && (!old || old->rev <= pv->rev) ? offer_of(o, pv, v) : NULL;
	if (f && old) {
		withdraw(o, old);
		f->held = TAKE_PTR(old->held);
		f->held_uid = TAKE_PTR(old->held_uid);
		(void)map_take(o->volumes, pv->name);
		offer_free(o, old);
	}
	/* Without memory nobody is offered it until it changes again, which is safe. */
	if (f && map_put(o->volumes, pv->name, f) < 0)
		offer_free(o, f);
	else if (f && offer_up(o, f) == 0)
		open = f->shelf != NULL;
	pthread_mutex_unlock(&o->lock);
	return open;
}

void offers_volume_gone(struct offers *o, const struct informer_object *pv)
{
	pthread_mutex_lock(&o->lock);
	struct offer *f = map_take(o->volumes, pv->name);
	if (f) {
		withdraw(o, f);
		offer_free(o, f);
	}
	pthread_mutex_unlock(&o->lock);
}

/* --- choosing --- */

/* Kept for this claim by its administrator, made for it, half bound before a crash, or held. */
static struct offer *kept(struct offers *o, const struct claim_want *w, bool any_class)
{
	struct list *l = map_get(o->named, w->key);
	struct offer *held = NULL;

	if (l)
		LIST_FOREACH (f, l, struct offer, by_claim) {
			const char *uid = f->claim ? f->claim_uid : f->held_uid;
			if ((*uid && !streq(uid, w->uid)) || !fits(f, w) || (!any_class && !of_class(f, w)))
				continue;
			if (f->claim)
				return f;
			held = f;
		}
	return held;
}

static bool is_better(const struct offer *f, const struct shelf *s, const struct offer *best, bool any_modes)
{
	if (!best)
		return true;
	if (!any_modes && s->n_modes != best->shelf->n_modes)
		return s->n_modes < best->shelf->n_modes;
	return by_size(f, best) < 0;
}

static struct offer *find(struct offers *o, const struct claim_want *w, const struct offers_query *q)
{
	const struct aisle *a = map_get(o->aisles, w->class ? w->class : "");
	struct offer *best = NULL;

	if (!a)
		return NULL;
	LIST_FOREACH (s, &a->shelves, struct shelf, link) {
		size_t i = alike(s->modes, s->block, s->vac, w) ? first_of_size(s, w->size) : s->n;
		if (i == s->n ||
		    (q->node && s->place && !node_selector_matches(s->place->required, q->node, q->labels)))
			continue;
		for (; i < s->n && is_better(s->v[i], s, best, q->any_modes); i++)
			if (selected(s->v[i], w) && !(q->skip && q->skip(q->arg, s->v[i]->pv->name)))
				best = s->v[i];
	}
	return best;
}

void offers_kept(struct offers *o, const struct claim_want *w, bool any_class, struct informer_object **ret)
{
	pthread_mutex_lock(&o->lock);
	const struct offer *f = kept(o, w, any_class);
	if (f)
		*ret = informer_object_ref(f->pv);
	pthread_mutex_unlock(&o->lock);
}

void offers_find(struct offers *o, const struct claim_want *w, const struct offers_query *q,
		 struct informer_object **ret)
{
	pthread_mutex_lock(&o->lock);
	const struct offer *f = find(o, w, q);
	if (f)
		*ret = informer_object_ref(f->pv);
	pthread_mutex_unlock(&o->lock);
}

static int hold(struct offers *o, struct offer *f, const char *claim, const char *uid)
{
	AUTO_FREE char *held = str_dup(claim), *held_uid = str_dup(uid);

	if (!held || !held_uid)
		return -ENOMEM;
	withdraw(o, f);
	let_go(f);
	f->held = TAKE_PTR(held);
	f->held_uid = TAKE_PTR(held_uid);
	int r = offer_up(o, f);
	if (r < 0)
		let_go(f);
	return r;
}

int offers_hold(struct offers *o, const char *volume, const char *claim, const char *uid)
{
	pthread_mutex_lock(&o->lock);
	struct offer *f = map_get(o->volumes, volume);
	int r = f ? hold(o, f, claim, uid) : -ENOENT;
	pthread_mutex_unlock(&o->lock);
	return r;
}

int offers_take(struct offers *o, const struct claim_want *w, bool named_only, struct informer_object **ret)
{
	static const struct offers_query anywhere = {0};
	int r = 0;

	pthread_mutex_lock(&o->lock);
	struct offer *f = kept(o, w, true);
	if (!f && !named_only)
		f = find(o, w, &anywhere);
	if (f && (r = hold(o, f, w->key, w->uid)) == 0)
		*ret = informer_object_ref(f->pv);
	pthread_mutex_unlock(&o->lock);
	return r;
}

void offers_settle(struct offers *o, const char *volume, const char *claim, const char *uid, int64_t rev)
{
	pthread_mutex_lock(&o->lock);
	struct offer *f = map_get(o->volumes, volume);
	bool ours = f && streq(f->held, claim) && streq(f->held_uid, uid), written = f && rev > f->rev;
	if (ours || written) {
		AUTO_FREE char *key = written ? str_dup(claim) : NULL, *key_uid = written ? str_dup(uid) : NULL;
		withdraw(o, f);
		if (ours)
			let_go(f);
		/* The informer brings the same in a moment; until then nobody else is to be told of it. */
		if (key && key_uid) {
			free(f->claim);
			free(f->claim_uid);
			f->claim = TAKE_PTR(key);
			f->claim_uid = TAKE_PTR(key_uid);
			f->rev = rev - 1;
		}
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

void offers_look(struct offers *o, const char *volume, void (*see)(void *arg, const struct offer *f), void *arg)
{
	pthread_mutex_lock(&o->lock);
	see(arg, map_get(o->volumes, volume));
	pthread_mutex_unlock(&o->lock);
}

const char *offer_claim(const struct offer *f)
{
	return f->claim;
}

bool offer_open(const struct offer *f)
{
	return f->shelf != NULL;
}

bool offer_fits(const struct offer *f, const struct claim_want *w)
{
	return of_class(f, w) && fits(f, w);
}

/* --- life --- */

struct offers *offers_free(struct offers *o)
{
	struct map_iter it = MAP_ITER_INIT;

	if (!o)
		return NULL;
	map_free(o->aisles);
	while (o->volumes && o->places && map_next(o->volumes, &it))
		offer_free(o, it.value);
	map_free(o->volumes);
	map_free(o->places);
	map_free(o->named);
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
	o->volumes = map_new(NULL);
	o->aisles = map_new(aisle_free);
	o->places = map_new(NULL);
	o->named = map_new(free);
	return o->volumes && o->aisles && o->places && o->named ? o : offers_free(o);
}
