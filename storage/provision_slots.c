#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include "storage/provision.h"
#include "base/list.h"
#include "base/str.h"

/* A plug-in that hangs holds its own slots, and never all of the workers. */

#define RUNNING_MAX 64

struct running {
	char *plugin, *volume;
};
struct parked {
	struct list link;
	char *plugin, *volume, *key;
};
struct slots {
	pthread_mutex_t lock; /* guards what follows */
	unsigned limit;
	struct running running[RUNNING_MAX];
	struct list parked;
};

int slots_new(struct slots **ret, unsigned limit, struct err *e)
{
	struct slots *v = calloc(1, sizeof(*v));

	if (!v)
		return err_nomem(e);
	pthread_mutex_init(&v->lock, NULL);
	v->limit = limit;
	list_init(&v->parked);
	*ret = v;
	return 0;
}

static void parked_free(struct parked *p)
{
	list_del(&p->link);
	free(p->plugin);
	free(p->volume);
	free(p->key);
	free(p);
}

static struct parked *parked_first(struct slots *v) { return list_empty(&v->parked) ? NULL : container_of(v->parked.next, struct parked, link); }

struct slots *slots_free(struct slots *v)
{
	struct parked *p;

	if (!v)
		return NULL;
	while ((p = parked_first(v)))
		parked_free(p);
	for (size_t i = 0; i < RUNNING_MAX; i++) {
		free(v->running[i].plugin);
		free(v->running[i].volume);
	}
	pthread_mutex_destroy(&v->lock);
	free(v);
	return NULL;
}

/* Where it may run, or NULL. */
static struct running *place(struct slots *v, const char *plugin, const char *volume)
{
	struct running *free_one = NULL;
	unsigned n = 0;

	for (size_t i = 0; i < RUNNING_MAX; i++) {
		struct running *r = &v->running[i];
		if (!r->volume)
			free_one = r;
		else if (streq(r->volume, volume))
			return NULL;
		else
			n += streq(r->plugin, plugin);
	}
	return n < v->limit ? free_one : NULL;
}

static bool park(struct slots *v, const char *plugin, const char *volume, const char *key)
{
	LIST_FOREACH (have, &v->parked, struct parked, link)
		if (streq(have->key, key))
			return true;
	struct parked *p = calloc(1, sizeof(*p));
	if (!p)
		return false;
	list_add_tail(&v->parked, &p->link);
	p->plugin = str_dup(plugin);
	p->volume = str_dup(volume);
	p->key = str_dup(key);
	if (p->plugin && p->volume && p->key)
		return true;
	parked_free(p);
	return false;
}

int slots_take(struct slots *v, const char *plugin, const char *volume, const char *key)
{
	int took = 0;

	pthread_mutex_lock(&v->lock);
	struct running *r = place(v, plugin, volume);
	if (r) {
		r->plugin = str_dup(plugin);
		r->volume = str_dup(volume);
		took = r->plugin && r->volume ? 1 : -ENOMEM;
		if (took < 0) {
			free(r->plugin);
			free(r->volume);
			*r = (struct running){0};
		}
	} else if (!park(v, plugin, volume, key))
		took = -ENOMEM;
	pthread_mutex_unlock(&v->lock);
	return took;
}

void slots_give(struct slots *v, const char *volume)
{
	pthread_mutex_lock(&v->lock);
	for (size_t i = 0; i < RUNNING_MAX; i++)
		if (v->running[i].volume && streq(v->running[i].volume, volume)) {
			free(v->running[i].plugin);
			free(v->running[i].volume);
			v->running[i] = (struct running){0};
		}
	pthread_mutex_unlock(&v->lock);
}

/* One for each that ends is enough: who is woken wakes the next at its own end, whether it took a slot or not. */
void slots_wake(struct slots *v, struct workqueue *q)
{
	unsigned n = 0;

	pthread_mutex_lock(&v->lock);
	LIST_FOREACH_SAFE (p, next, &v->parked, struct parked, link)
		if (n < v->limit && place(v, p->plugin, p->volume)) {
			workqueue_add(q, p->key);
			parked_free(p);
			n++;
		}
	pthread_mutex_unlock(&v->lock);
}
