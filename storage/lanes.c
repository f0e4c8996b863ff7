#include "storage/lanes.h"
#include <pthread.h>
#include <stdlib.h>
#include "base/cleanup.h"
#include "base/list.h"
#include "base/map.h"
#include "base/str.h"

#define AGAIN_MS 1000 /* for keys that there was no memory to keep */

struct waiter {
	struct list link;
	char *key, *volume; /* volume NULL: it waits for room alone */
};
struct lane {
	unsigned busy;
	struct list waiters; /* who came first goes first */
};
struct lanes {
	unsigned max;
	pthread_mutex_t lock; /* guards what follows */
	struct map *lanes;    /* only those that are in use */
	struct map *volumes;  /* those that are being worked on */
	struct map *waiting;  /* key -> its waiter */
};

static void waiter_free(void *p)
{
	struct waiter *w = p;

	list_del(&w->link);
	free(w->volume);
	free(w->key);
	free(w);
}

int lanes_new(struct lanes **ret, unsigned max, struct err *e)
{
	struct lanes *l = calloc(1, sizeof(*l));

	if (!l)
		return err_nomem(e);
	pthread_mutex_init(&l->lock, NULL);
	l->max = max;
	if (!(l->lanes = map_new(free)) || !(l->volumes = map_new(NULL)) || !(l->waiting = map_new(waiter_free))) {
		lanes_free(l);
		return err_nomem(e);
	}
	*ret = l;
	return 0;
}

struct lanes *lanes_free(struct lanes *l)
{
	if (!l)
		return NULL;
	map_free(l->waiting);
	map_free(l->volumes);
	map_free(l->lanes);
	pthread_mutex_destroy(&l->lock);
	free(l);
	return NULL;
}

static struct lane *lane_get(struct lanes *l, const char *name)
{
	struct lane *lane = map_get(l->lanes, name);

	if (lane || !(lane = calloc(1, sizeof(*lane))))
		return lane;
	list_init(&lane->waiters);
	if (map_put(l->lanes, name, lane) < 0) {
		free(lane);
		return NULL;
	}
	return lane;
}

static bool room(const struct lanes *l, const struct lane *lane, const char *volume) { return lane->busy < l->max && !(volume && map_has(l->volumes, volume)); }

static bool keep(struct lanes *l, struct lane *lane, const char *volume, const char *key)
{
	if (map_has(l->waiting, key))
		return true;
	struct waiter *w = calloc(1, sizeof(*w));
	if (!w)
		return false;
	list_add_tail(&lane->waiters, &w->link);
	if (!(w->key = str_dup(key)) || (volume && !(w->volume = str_dup(volume))) || map_put(l->waiting, key, w) < 0) {
		waiter_free(w);
		return false;
	}
	return true;
}

/* With nobody in it and nobody who waits for it. */
static void lane_put(struct lanes *l, struct lane *lane, const char *name)
{
	if (!lane->busy && list_empty(&lane->waiters))
		map_del(l->lanes, name);
}

bool lanes_enter(struct lanes *l, const char *name, const char *volume, struct workqueue *q, const char *key)
{
	pthread_mutex_lock(&l->lock);
	struct lane *lane = lane_get(l, name);
	bool free_now = lane && room(l, lane, volume);
	bool in = free_now && (!volume || map_put(l->volumes, volume, lane) == 0);
	bool kept = lane && !free_now && keep(l, lane, volume, key);
	if (in)
		lane->busy++;
	if (lane)
		lane_put(l, lane, name);
	pthread_mutex_unlock(&l->lock);
	if (!in && !kept)
		workqueue_add_after(q, key, AGAIN_MS);
	return in;
}

void lanes_leave(struct lanes *l, const char *name, const char *volume)
{
	pthread_mutex_lock(&l->lock);
	struct lane *lane = map_get(l->lanes, name);
	lane->busy--;
	if (volume)
		map_del(l->volumes, volume);
	lane_put(l, lane, name);
	pthread_mutex_unlock(&l->lock);
}

/* As many as find room are enough: who is woken wakes the next at its own end, whether it entered or not. */
void lanes_wake(struct lanes *l, struct workqueue *q)
{
	struct map_iter it = MAP_ITER_INIT;

	pthread_mutex_lock(&l->lock);
	while (map_next(l->lanes, &it)) {
		struct lane *lane = it.value;
		unsigned n = lane->busy;
		LIST_FOREACH_SAFE (w, next, &lane->waiters, struct waiter, link) {
			if (n >= l->max)
				break;
			if (w->volume && map_has(l->volumes, w->volume))
				continue;
			workqueue_add(q, w->key);
			map_del(l->waiting, w->key);
			n++;
		}
		lane_put(l, lane, it.key);
	}
	pthread_mutex_unlock(&l->lock);
}
