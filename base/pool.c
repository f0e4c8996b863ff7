#include "base/pool.h"
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include "base/log.h"
#include "base/str.h"

#define BUCKETS      64
#define IDLE_SECONDS 10

struct worker {
	struct pool *pool;
	pthread_t thread;
	struct list link; /* workers, or ended */
};

struct pool {
	pthread_mutex_t lock; /* guards everything below */
	pthread_cond_t work, quiet;
	struct list ready; /* jobs that may run now */
	/* Keyed jobs not yet done, in order of submission: only the first of each key is ready or runs. */
	struct list keyed[BUCKETS];
	struct list workers, ended;
	unsigned max, threads, idle, outstanding, ready_len;
	bool stop;
	char name[16];
};

static struct list *bucket(struct pool *p, const char *key)
{
	return &p->keyed[str_hash(key, strlen(key)) % BUCKETS];
}

int pool_new(struct pool **ret, unsigned max_threads, const char *name, struct err *e)
{
	struct pool *p = calloc(1, sizeof *p);
	pthread_condattr_t attr;

	if (!p)
		return err_nomem(e);
	p->max = max_threads ? max_threads : 1;
	(void)str_copy(p->name, sizeof p->name, name);
	(void)pthread_mutex_init(&p->lock, NULL);
	(void)pthread_condattr_init(&attr);
	(void)pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
	(void)pthread_cond_init(&p->work, &attr);
	(void)pthread_cond_init(&p->quiet, &attr);
	(void)pthread_condattr_destroy(&attr);
	list_init(&p->ready);
	list_init(&p->workers);
	list_init(&p->ended);
	for (size_t i = 0; i < BUCKETS; i++)
		list_init(&p->keyed[i]);
	*ret = p;
	return 0;
}

static void make_ready(struct pool *p, struct pool_job *j)
{
	list_add_tail(&p->ready, &j->link);
	p->ready_len++;
}

static struct pool_job *first_of_key(struct list *b, const char *key)
{
	LIST_FOREACH (j, b, struct pool_job, peers)
		if (streq(j->key, key))
			return j;
	return NULL;
}

static void done_posted(struct loop_task *t)
{
	struct pool_job *j = container_of(t, struct pool_job, task);

	j->done(j);
}

/* Called with the lock held; drops it while the job runs. */
static void run_job(struct pool *p, struct pool_job *j)
{
	/* Holds the key's place while done runs: the job itself may be freed by then. */
	struct pool_job place = {0};
	struct pool_job *next;
	void (*done)(struct pool_job *) = j->done;

	memcpy(place.key, j->key, sizeof place.key);
	list_init(&place.peers);
	if (place.key[0]) {
		list_insert(&j->peers, &place.peers);
		list_del(&j->peers);
	}
	(void)pthread_mutex_unlock(&p->lock);
	j->run(j);
	if (done && j->done_loop) {
		j->task.fn = done_posted;
		loop_post(j->done_loop, &j->task);
	} else if (done) {
		done(j);
	}
	(void)pthread_mutex_lock(&p->lock);
	if (place.key[0]) {
		list_del(&place.peers);
		next = first_of_key(bucket(p, place.key), place.key);
		if (next)
			make_ready(p, next);
	}
	if (--p->outstanding == 0)
		(void)pthread_cond_broadcast(&p->quiet);
}

static struct pool_job *take_ready(struct pool *p)
{
	struct pool_job *j;

	if (list_empty(&p->ready))
		return NULL;
	j = container_of(p->ready.next, struct pool_job, link);
	list_del(&j->link);
	p->ready_len--;
	return j;
}

static void *worker_main(void *arg)
{
	struct worker *w = arg;
	struct pool *p = w->pool;

	(void)pthread_setname_np(pthread_self(), p->name);
	(void)pthread_mutex_lock(&p->lock);
	for (;;) {
		struct pool_job *j = take_ready(p);
		struct timespec until;
		int r = 0;

		if (j) {
			run_job(p, j);
			continue;
		}
		if (p->stop)
			break;
		(void)clock_gettime(CLOCK_MONOTONIC, &until);
		until.tv_sec += IDLE_SECONDS;
		p->idle++;
		while (list_empty(&p->ready) && !p->stop && r == 0)
			r = pthread_cond_timedwait(&p->work, &p->lock, &until);
		p->idle--;
		if (r != 0 && list_empty(&p->ready))
			break;
	}
	p->threads--;
	list_del(&w->link);
	list_add_tail(&p->ended, &w->link);
	(void)pthread_cond_broadcast(&p->quiet);
	(void)pthread_mutex_unlock(&p->lock);
	return NULL;
}

/* Joins the threads that ended by idling. Lock held. */
static void reap(struct pool *p)
{
	LIST_FOREACH_SAFE (w, next, &p->ended, struct worker, link) {
		list_del(&w->link);
		(void)pthread_join(w->thread, NULL);
		free(w);
	}
}

static int start_worker(struct pool *p)
{
	struct worker *w = calloc(1, sizeof *w);
	sigset_t all, old;
	int r;

	if (!w)
		return -ENOMEM;
	w->pool = p;
	(void)sigfillset(&all);
	(void)pthread_sigmask(SIG_SETMASK, &all, &old);
	r = pthread_create(&w->thread, NULL, worker_main, w);
	(void)pthread_sigmask(SIG_SETMASK, &old, NULL);
	if (r) {
		free(w);
		return -r;
	}
	p->threads++;
	list_add_tail(&p->workers, &w->link);
	return 0;
}

void pool_submit(struct pool *p, struct pool_job *j)
{
	struct list *b;

	(void)pthread_mutex_lock(&p->lock);
	/* A worker that ended left its list before it let go of the lock: the join is short. */
	reap(p);
	p->outstanding++;
	list_init(&j->link);
	list_init(&j->peers);
	b = j->key[0] ? bucket(p, j->key) : NULL;
	if (!b || !first_of_key(b, j->key))
		make_ready(p, j);
	if (b)
		list_add_tail(b, &j->peers);
	/* Without any thread the job waits for the next submission to try again; running it here could deadlock. */
	if (p->ready_len > p->idle && p->threads < p->max && start_worker(p) < 0 && p->threads == 0)
		log_error(p->name, NULL, "cannot start a worker thread: work is delayed");
	(void)pthread_cond_signal(&p->work);
	(void)pthread_mutex_unlock(&p->lock);
}

void pool_drain(struct pool *p)
{
	(void)pthread_mutex_lock(&p->lock);
	while (p->outstanding)
		(void)pthread_cond_wait(&p->quiet, &p->lock);
	(void)pthread_mutex_unlock(&p->lock);
}

struct pool *pool_free(struct pool *p)
{
	if (!p)
		return NULL;
	(void)pthread_mutex_lock(&p->lock);
	while (p->outstanding)
		(void)pthread_cond_wait(&p->quiet, &p->lock);
	p->stop = true;
	(void)pthread_cond_broadcast(&p->work);
	while (p->threads)
		(void)pthread_cond_wait(&p->quiet, &p->lock);
	(void)pthread_mutex_unlock(&p->lock);
	reap(p); /* nobody else is left */
	(void)pthread_cond_destroy(&p->work);
	(void)pthread_cond_destroy(&p->quiet);
	(void)pthread_mutex_destroy(&p->lock);
	free(p);
	return NULL;
}
