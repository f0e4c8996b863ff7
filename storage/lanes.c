#include "storage/lanes.h"
#include <pthread.h>
#include <stdlib.h>
#include "base/map.h"
#include "base/str.h"

struct lane {
	unsigned busy;
	struct map *waiting; /* key -> its queue */
};

struct lanes {
	unsigned max;
	pthread_mutex_t lock; /* guards what follows */
	struct map *lanes;    /* only those that are in use */
};

static void lane_free(void *p)
{
	struct lane *l = p;

	map_free(l->waiting);
	free(l);
}

int lanes_new(struct lanes **ret, unsigned max, struct err *e)
{
	struct lanes *l = calloc(1, sizeof(*l));

	if (!l || !(l->lanes = map_new(lane_free))) {
		free(l);
		return err_nomem(e);
	}
	l->max = max;
	pthread_mutex_init(&l->lock, NULL);
	*ret = l;
	return 0;
}

struct lanes *lanes_free(struct lanes *l)
{
	if (l) {
		map_free(l->lanes);
		pthread_mutex_destroy(&l->lock);
	}
	free(l);
	return NULL;
}

static struct lane *lane_get(struct lanes *l, const char *name)
{
	struct lane *lane = map_get(l->lanes, name);

	if (lane || !(lane = calloc(1, sizeof(*lane))))
		return lane;
	if (!(lane->waiting = map_new(NULL)) || map_put(l->lanes, name, lane) < 0) {
		lane_free(lane);
		return NULL;
	}
	return lane;
}

bool lanes_enter(struct lanes *l, const char *name, struct workqueue *q, const char *key)
{
	pthread_mutex_lock(&l->lock);
	struct lane *lane = lane_get(l, name);
	bool in = lane && lane->busy < l->max;
	bool kept = !in && lane && map_put(lane->waiting, key, q) == 0;
	if (in)
		lane->busy++;
	pthread_mutex_unlock(&l->lock);
	if (!in && !kept) /* no memory to remember it with */
		workqueue_add_after(q, key, 1000);
	return in;
}

void lanes_leave(struct lanes *l, const char *name)
{
	pthread_mutex_lock(&l->lock);
	struct lane *lane = map_get(l->lanes, name);
	struct map_iter it = MAP_ITER_INIT;
	bool all = --lane->busy == 0; /* one that comes back may not want to enter any more: the last to leave wakes all */
	while (map_next(lane->waiting, &it)) {
		workqueue_add(it.value, it.key);
		map_del(lane->waiting, it.key);
		if (!all)
			break;
	}
	if (all)
		map_del(l->lanes, name);
	pthread_mutex_unlock(&l->lock);
}
