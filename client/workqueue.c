#include "client/workqueue.h"
#include <errno.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include "base/clock.h"
#include "base/log.h"
#include "base/map.h"
#include "base/pool.h"
#include "base/str.h"

#define BACKOFF_FIRST_MS  5
#define BACKOFF_MAX_MS    60000
#define WARN_FROM_FAILURE 5

/*
 * An item is in `items` as long as it is ready, running, due later or has failures to remember.
 * ready and running: it was added again while running (the list entry waits until the run ends).
 */
struct item {
	struct list link; /* queue.ready while listed */
	bool listed, running, again;
	bool retry;  /* due is a back-off: void after a success */
	size_t pos;  /* in queue.heap + 1; 0: not due later */
	int64_t due; /* ms, monotonic */
	unsigned failures;
	char key[];
};

struct slot {
	struct pool_job job; /* first */
	struct workqueue *queue;
	bool active;
};

struct workqueue {
	struct loop *loop;
	struct pool *pool;
	char component[32];
	reconcile_fn fn;
	void *arg;
	struct loop_timer *timer; /* loop's thread */
	struct loop_task arm_task;

	pthread_mutex_t lock; /* guards what follows */
	struct map *items;
	struct list ready;
	struct item **heap;
	size_t heap_len, heap_cap;
	struct slot *slots;
	unsigned n_slots;
	bool paused, stopped;
};

static int64_t now_ms(void)
{
	return clock_mono_ms(clock_real());
}

/* The heap of items due later; all with the lock held. */

static void heap_put(struct workqueue *q, size_t i, struct item *it)
{
	q->heap[i] = it;
	it->pos = i + 1;
}

static void heap_fix(struct workqueue *q, size_t i)
{
	struct item *it = q->heap[i];

	while (i > 0 && q->heap[(i - 1) / 2]->due > it->due) {
		heap_put(q, i, q->heap[(i - 1) / 2]);
		i = (i - 1) / 2;
	}
	for (;;) {
		size_t c = 2 * i + 1;

		if (c >= q->heap_len)
			break;
		if (c + 1 < q->heap_len && q->heap[c + 1]->due < q->heap[c]->due)
			c++;
		if (q->heap[c]->due >= it->due)
			break;
		heap_put(q, i, q->heap[c]);
		i = c;
	}
	heap_put(q, i, it);
}

static void heap_remove(struct workqueue *q, struct item *it)
{
	size_t i = it->pos - 1;
	struct item *last;

	if (!it->pos)
		return;
	it->pos = 0;
	last = q->heap[--q->heap_len];
	if (last == it)
		return;
	heap_put(q, i, last);
	heap_fix(q, i);
}

/* The heap has room for every item: item_get sees to it. */
static void heap_set(struct workqueue *q, struct item *it, int64_t due, bool retry)
{
	if (it->pos && it->due <= due)
		return; /* the earlier one wins */
	heap_remove(q, it);
	it->due = due;
	it->retry = retry;
	heap_put(q, q->heap_len, it);
	q->heap_len++;
	heap_fix(q, q->heap_len - 1);
	/* Only a new earliest moment concerns the timer. */
	if (it->pos == 1)
		loop_post(q->loop, &q->arm_task);
}

static struct item *item_get(struct workqueue *q, const char *key)
{
	struct item *it = map_get(q->items, key);
	size_t n = strlen(key) + 1;

	if (it)
		return it;
	if (map_len(q->items) + 1 > q->heap_cap) {
		size_t cap = q->heap_cap ? 2 * q->heap_cap : 64;
		struct item **heap = reallocarray(q->heap, cap, sizeof(struct item *));

		if (!heap)
			return NULL;
		q->heap = heap;
		q->heap_cap = cap;
	}
	it = calloc(1, sizeof *it + n);
	if (!it)
		return NULL;
	memcpy(it->key, key, n);
	list_init(&it->link);
	if (map_put(q->items, key, it) < 0) {
		free(it);
		return NULL;
	}
	return it;
}

static void item_release(struct workqueue *q, struct item *it)
{
	if (!it->listed && !it->running && !it->pos && !it->failures)
		(void)map_del(q->items, it->key);
}

/* Wakes as many workers as there is work for. Lock held. */
static void kick(struct workqueue *q)
{
	size_t work = 0;

	if (q->paused || q->stopped)
		return;
	LIST_FOREACH (it, &q->ready, struct item, link)
		if (++work >= q->n_slots)
			break;
	for (unsigned i = 0; i < q->n_slots && work; i++) {
		struct slot *s = &q->slots[i];

		if (s->active)
			continue;
		s->active = true;
		work--;
		pool_submit(q->pool, &s->job);
	}
}

static void enqueue(struct workqueue *q, struct item *it)
{
	if (it->running) {
		it->again = true;
		return;
	}
	if (it->listed)
		return;
	it->listed = true;
	list_add_tail(&q->ready, &it->link);
	kick(q);
}

void workqueue_add(struct workqueue *q, const char *key)
{
	struct item *it;

	(void)pthread_mutex_lock(&q->lock);
	if (!q->stopped) {
		it = item_get(q, key);
		if (it)
			enqueue(q, it);
		else
			log_error(q->component, key,
				  "out of memory: this object is not reconciled until it changes again");
	}
	(void)pthread_mutex_unlock(&q->lock);
}

void workqueue_add_after(struct workqueue *q, const char *key, int64_t ms)
{
	struct item *it;

	if (ms <= 0) {
		workqueue_add(q, key);
		return;
	}
	(void)pthread_mutex_lock(&q->lock);
	if (!q->stopped) {
		it = item_get(q, key);
		if (it)
			heap_set(q, it, now_ms() + ms, false);
		else
			log_error(q->component, key,
				  "out of memory: this object is not reconciled until it changes again");
	}
	(void)pthread_mutex_unlock(&q->lock);
}

static int64_t backoff(unsigned failures)
{
	int64_t ms = BACKOFF_FIRST_MS;

	while (--failures > 0 && ms < BACKOFF_MAX_MS)
		ms *= 2;
	return ms < BACKOFF_MAX_MS ? ms : BACKOFF_MAX_MS;
}

/* After a run. Lock held. */
static void settle(struct workqueue *q, struct item *it, int r, const struct err *e)
{
	it->running = false;
	if (r < 0) {
		enum log_level level;

		it->failures++;
		level = it->failures >= WARN_FROM_FAILURE ? LOG_LEVEL_WARNING : LOG_LEVEL_DEBUG;
		/* A conflict is how concurrent writers meet, and an end is no failure. */
		if (r == ERR_CONFLICT || r == ERR_CANCELED)
			level = LOG_LEVEL_DEBUG;
		if (log_enabled(level))
			log_write(level, q->component, it->key, "%s (failure %u)", e->msg[0] ? e->msg : err_name(r),
				  it->failures);
		if (!q->stopped)
			heap_set(q, it, now_ms() + backoff(it->failures), true);
	} else {
		it->failures = 0;
		if (it->pos && it->retry)
			heap_remove(q, it);
		if (r > 0 && !q->stopped)
			heap_set(q, it, now_ms() + r, false);
	}
	if (it->again) {
		it->again = false;
		if (!q->stopped)
			enqueue(q, it);
	}
	item_release(q, it);
}

static void slot_run(struct pool_job *j)
{
	struct slot *s = container_of(j, struct slot, job);
	struct workqueue *q = s->queue;

	(void)pthread_mutex_lock(&q->lock);
	while (!q->stopped && !q->paused && !list_empty(&q->ready)) {
		struct item *it = container_of(q->ready.next, struct item, link);
		struct err e = {0};
		int r;

		list_del(&it->link);
		it->listed = false;
		it->running = true;
		(void)pthread_mutex_unlock(&q->lock);
		r = q->fn(q->arg, it->key, &e);
		(void)pthread_mutex_lock(&q->lock);
		settle(q, it, r, &e);
	}
	(void)pthread_mutex_unlock(&q->lock);
}

/* Not in slot_run: the pool may still touch the job between run and done. */
static void slot_done(struct pool_job *j)
{
	struct slot *s = container_of(j, struct slot, job);
	struct workqueue *q = s->queue;

	(void)pthread_mutex_lock(&q->lock);
	s->active = false;
	kick(q); /* what came between the last look and now */
	(void)pthread_mutex_unlock(&q->lock);
}

/* Loop's thread. Lock held. */
static void arm(struct workqueue *q)
{
	int64_t ms;

	if (q->stopped || !q->heap_len) {
		loop_timer_stop(q->timer);
		return;
	}
	ms = q->heap[0]->due - now_ms();
	loop_timer_set(q->timer, ms > 0 ? ms : 0);
}

static void arm_posted(struct loop_task *t)
{
	struct workqueue *q = container_of(t, struct workqueue, arm_task);

	(void)pthread_mutex_lock(&q->lock);
	arm(q);
	(void)pthread_mutex_unlock(&q->lock);
}

static void timer_fired(void *arg)
{
	struct workqueue *q = arg;
	int64_t now = now_ms();

	(void)pthread_mutex_lock(&q->lock);
	while (!q->stopped && q->heap_len && q->heap[0]->due <= now) {
		struct item *it = q->heap[0];

		heap_remove(q, it);
		enqueue(q, it);
	}
	arm(q);
	(void)pthread_mutex_unlock(&q->lock);
}

int workqueue_new(struct workqueue **ret, struct loop *l, const char *component, unsigned workers, reconcile_fn fn,
		  void *arg, struct err *e)
{
	struct workqueue *q = calloc(1, sizeof *q);
	int r;

	if (!q)
		return err_nomem(e);
	q->loop = l;
	q->fn = fn;
	q->arg = arg;
	q->paused = true;
	q->arm_task.fn = arm_posted;
	list_init(&q->ready);
	(void)pthread_mutex_init(&q->lock, NULL);
	(void)str_copy(q->component, sizeof q->component, component);
	q->n_slots = workers ? workers : 1;
	q->slots = calloc(q->n_slots, sizeof *q->slots);
	q->items = map_new(free);
	r = q->slots && q->items ? loop_timer_new(&q->timer, l, timer_fired, q) : -ENOMEM;
	if (r < 0)
		r = err_nomem(e);
	else
		r = pool_new(&q->pool, q->n_slots, component, e);
	if (r < 0) {
		(void)workqueue_free(q);
		return r;
	}
	for (unsigned i = 0; i < q->n_slots; i++) {
		q->slots[i].queue = q;
		q->slots[i].job.run = slot_run;
		q->slots[i].job.done = slot_done;
	}
	*ret = q;
	return 0;
}

void workqueue_pause(struct workqueue *q, bool paused)
{
	(void)pthread_mutex_lock(&q->lock);
	q->paused = paused;
	kick(q);
	(void)pthread_mutex_unlock(&q->lock);
}

void workqueue_stop(struct workqueue *q)
{
	(void)pthread_mutex_lock(&q->lock);
	q->stopped = true;
	(void)pthread_mutex_unlock(&q->lock);
}

void workqueue_join(struct workqueue *q)
{
	if (!q)
		return;
	workqueue_stop(q);
	if (q->pool)
		pool_drain(q->pool);
}

struct workqueue *workqueue_free(struct workqueue *q)
{
	if (!q)
		return NULL;
	workqueue_stop(q);
	q->pool = pool_free(q->pool);
	(void)loop_cancel(q->loop, &q->arm_task);
	q->timer = loop_timer_free(q->timer);
	map_free(q->items);
	free(q->heap);
	free(q->slots);
	(void)pthread_mutex_destroy(&q->lock);
	free(q);
	return NULL;
}

void workqueue_free_all(struct workqueue *const *v, size_t n)
{
	for (size_t i = 0; i < n; i++)
		workqueue_join(v[i]);
	for (size_t i = 0; i < n; i++)
		workqueue_free(v[i]);
}
