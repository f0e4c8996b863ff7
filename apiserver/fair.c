/* See fair.h. */
#include "apiserver/fair.h"
#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include "base/map.h"

struct fair_user {
	struct list link; /* fair.waiting, while jobs wait and it may run more */
	struct list jobs;
	unsigned running;
	char name[];
};

struct fair {
	struct pool *pool;
	pthread_mutex_t lock; /* guards all below */
	struct map *users;    /* those with jobs */
	struct list waiting;  /* whose turn comes first */
	unsigned running, max;
};

int fair_new(struct fair **ret, struct pool *pool, unsigned threads, struct err *e)
{
	struct fair *f = calloc(1, sizeof(*f));

	if (!f || !(f->users = map_new(NULL))) {
		free(f);
		return err_nomem(e);
	}
	f->pool = pool;
	f->max = threads;
	list_init(&f->waiting);
	pthread_mutex_init(&f->lock, NULL);
	*ret = f;
	return 0;
}

struct fair *fair_free(struct fair *f)
{
	if (!f)
		return NULL;
	(void)map_free(f->users);
	pthread_mutex_destroy(&f->lock);
	free(f);
	return NULL;
}

static bool may_run(const struct fair *f, const struct fair_user *u)
{
	return u->running + 1 < f->max || f->max == 1;
}

static void job_run(struct pool_job *pj)
{
	struct fair_job *j = container_of(pj, struct fair_job, pool_job);
	struct fair_user *u = j->user;
	struct fair *f = j->fair;
	bool hold = j->hold;

	j->run(j);
	if (!hold)
		fair_release(f, u);
}

/* Lock held. As many as there are turns free. */
static void dispatch(struct fair *f)
{
	while (f->running < f->max && !list_empty(&f->waiting)) {
		struct fair_user *u = container_of(f->waiting.next, struct fair_user, link);
		struct fair_job *j = container_of(u->jobs.next, struct fair_job, link);

		list_del(&u->link);
		list_del(&j->link);
		u->running++;
		f->running++;
		if (!list_empty(&u->jobs) && may_run(f, u))
			list_add_tail(&f->waiting, &u->link);
		pool_submit(f->pool, &j->pool_job);
	}
}

static struct fair_user *user_get(struct fair *f, const char *name)
{
	struct fair_user *u = map_get(f->users, name);
	size_t n = strlen(name) + 1;

	if (u)
		return u;
	u = calloc(1, sizeof(*u) + n);
	if (!u)
		return NULL;
	memcpy(u->name, name, n);
	list_init(&u->link);
	list_init(&u->jobs);
	if (map_put(f->users, name, u) < 0) {
		free(u);
		return NULL;
	}
	return u;
}

static void out_of_turn(struct pool_job *pj)
{
	struct fair_job *j = container_of(pj, struct fair_job, pool_job);

	j->run(j);
}

void fair_submit(struct fair *f, const char *user, struct fair_job *j)
{
	struct fair_user *u;

	list_init(&j->link);
	j->fair = f;
	j->pool_job = (struct pool_job){.run = job_run};
	pthread_mutex_lock(&f->lock);
	u = j->user = user_get(f, user ? user : "");
	if (!u) {
		j->pool_job.run = out_of_turn;
		pool_submit(f->pool, &j->pool_job);
	} else {
		list_add_tail(&u->jobs, &j->link);
		if (list_empty(&u->link) && may_run(f, u))
			list_add_tail(&f->waiting, &u->link);
		dispatch(f);
	}
	pthread_mutex_unlock(&f->lock);
}

void fair_release(struct fair *f, struct fair_user *u)
{
	if (!u)
		return;
	pthread_mutex_lock(&f->lock);
	f->running--;
	u->running--;
	if (!u->running && list_empty(&u->jobs)) {
		list_del(&u->link);
		(void)map_take(f->users, u->name);
		free(u);
	} else if (!list_empty(&u->jobs) && list_empty(&u->link)) {
		list_add_tail(&f->waiting, &u->link);
	}
	dispatch(f);
	pthread_mutex_unlock(&f->lock);
}
