#include "storage/waiting.h"
#include <errno.h>
#include <pthread.h>
#include "base/list.h"
#include "base/map.h"
#include "base/str.h"

struct waiter {
	struct list link;
	struct claim_want want;
	char *volume; /* the one it asks for by name, or "" */
	bool needs_node;
};

struct waiting {
	struct offers *offers;
	pthread_mutex_t lock; /* guards all below; taken before that of the offers */
	struct map *claims;   /* by key: struct waiter */
	struct list queue;
	size_t n_need_node;
};

static void waiter_free(void *p)
{
	struct waiter *w = p;

	list_del(&w->link);
	claim_want_done(&w->want);
	free(w->volume);
	free(w);
}

int waiting_add(struct waiting *q, const json_t *pvc, bool needs_node)
{
	struct waiter *w = calloc(1, sizeof(*w)), *old;
	bool had = false;

	if (!w)
		return -ENOMEM;
	list_init(&w->link);
	w->needs_node = needs_node;
	w->volume = str_dup(json_str_or(pvc, "spec.volumeName", ""));
	if (claim_want_init(&w->want, pvc) < 0 || !w->volume) {
		waiter_free(w);
		return -ENOMEM;
	}
	pthread_mutex_lock(&q->lock);
	if ((old = map_get(q->claims, w->want.key))) {
		had = old->needs_node;
		list_insert(&old->link, &w->link); /* keeps its place */
	} else {
		list_add_tail(&q->queue, &w->link);
	}
	int r = map_put(q->claims, w->want.key, w);
	if (r == 0)
		q->n_need_node += (size_t)needs_node - (size_t)had;
	else
		waiter_free(w);
	pthread_mutex_unlock(&q->lock);
	return r;
}

void waiting_served(struct waiting *q, const char *key)
{
	pthread_mutex_lock(&q->lock);
	const struct waiter *w = map_get(q->claims, key);
	if (w) {
		q->n_need_node -= w->needs_node;
		(void)map_del(q->claims, key);
	}
	pthread_mutex_unlock(&q->lock);
}

bool waiting_has(struct waiting *q, const char *key)
{
	pthread_mutex_lock(&q->lock);
	bool yes = map_has(q->claims, key);
	pthread_mutex_unlock(&q->lock);
	return yes;
}

bool waiting_need_node(struct waiting *q)
{
	pthread_mutex_lock(&q->lock);
	bool yes = q->n_need_node > 0;
	pthread_mutex_unlock(&q->lock);
	return yes;
}

struct call { /* of waiting_wake */
	struct waiting *q;
	const char *name;
	void (*emit)(void *arg, const char *key);
	void *arg;
};

/* Whose it is, who names it, and when it is nobody's all whom it fits. */
static void wake_for_volume(void *arg, const struct offer *f)
{
	const struct call *c = arg;
	bool open = f && offer_open(f);
	const char *claim = f ? offer_claim(f) : NULL;
	const struct waiter *its = claim ? map_get(c->q->claims, claim) : NULL;

	LIST_FOREACH (w, &c->q->queue, struct waiter, link)
		if (w == its || (*w->volume ? streq(w->volume, c->name) : open && offer_fits(f, &w->want)))
			c->emit(c->arg, w->want.key);
}

static bool concerns(const struct waiter *w, enum waiting_why why, const char *name)
{
	return why == WAKE_ALL || (why == WAKE_NODE && w->needs_node) ||
	       (why == WAKE_CLASS && (!w->want.class || streq(w->want.class, name)));
}

void waiting_wake(struct waiting *q, enum waiting_why why, const char *name, void (*emit)(void *arg, const char *key),
		  void *arg)
{
	struct call c = {q, name, emit, arg};

	pthread_mutex_lock(&q->lock);
	if (why == WAKE_VOLUME)
		offers_look(q->offers, name, wake_for_volume, &c);
	else
		LIST_FOREACH (w, &q->queue, struct waiter, link)
			if (concerns(w, why, name))
				emit(arg, w->want.key);
	pthread_mutex_unlock(&q->lock);
}

struct waiting *waiting_free(struct waiting *q)
{
	if (!q)
		return NULL;
	map_free(q->claims);
	pthread_mutex_destroy(&q->lock);
	free(q);
	return NULL;
}

struct waiting *waiting_new(struct offers *o)
{
	struct waiting *q = calloc(1, sizeof(*q));

	if (!q)
		return NULL;
	pthread_mutex_init(&q->lock, NULL);
	list_init(&q->queue);
	q->offers = o;
	q->claims = map_new(waiter_free);
	return q->claims ? q : waiting_free(q);
}
