#include "tests/unit/test.h"
#include <pthread.h>
#include "base/clock.h"
#include "base/map.h"
#include "base/str.h"
#include "client/workqueue.h"

static struct {
	pthread_mutex_t lock;
	int runs, running[10], overlap, max_parallel, parallel, fail_left, again_ms;
	int64_t times[64];
	bool hold; /* atomic: whoever runs goes on when it is false */
} st = {.lock = PTHREAD_MUTEX_INITIALIZER};

static int reconcile(void *arg, const char *key, struct err *e)
{
	int k = key[0] - '0', r = 0;

	(void)arg;
	pthread_mutex_lock(&st.lock);
	if (st.runs < 64)
		st.times[st.runs] = clock_mono_ms(clock_real());
	st.runs++;
	if (st.running[k]++)
		st.overlap++;
	if (++st.parallel > st.max_parallel)
		st.max_parallel = st.parallel;
	pthread_mutex_unlock(&st.lock);
	usleep(200);
	while (__atomic_load_n(&st.hold, __ATOMIC_SEQ_CST))
		usleep(200);
	pthread_mutex_lock(&st.lock);
	st.parallel--;
	st.running[k]--;
	if (st.fail_left > 0) {
		st.fail_left--;
		r = err_set(e, ERR_UNAVAILABLE, "told to fail");
	} else if (st.again_ms) {
		r = st.again_ms;
		st.again_ms = 0;
	}
	pthread_mutex_unlock(&st.lock);
	return r;
}

static int runs(void)
{
	int n;

	pthread_mutex_lock(&st.lock);
	n = st.runs;
	pthread_mutex_unlock(&st.lock);
	return n;
}

/* Nobody is at work. A run counts as it begins: what is added before it ends is of that key's next one. */
static bool idle(void)
{
	pthread_mutex_lock(&st.lock);
	bool none = st.parallel == 0;
	pthread_mutex_unlock(&st.lock);
	return none;
}

#define EVENTUALLY(cond)                                                                                               \
	do {                                                                                                           \
		for (int t_ = 0; t_ < 5000 && !(cond); t_++)                                                           \
			usleep(1000);                                                                                  \
		CHECK(cond);                                                                                           \
	} while (0)

/* Two whose reconciles add to each other, as those of claims and volumes do. */
static struct {
	struct workqueue *q[2];
	int runs; /* atomic */
	bool hold, held;
} pair;
static int add_to_other(void *arg, const char *key, struct err *e)
{
	size_t i = (size_t)(uintptr_t)arg;
	(void)e;
	__atomic_add_fetch(&pair.runs, 1, __ATOMIC_SEQ_CST);
	if (i == 1 && __atomic_load_n(&pair.hold, __ATOMIC_SEQ_CST)) {
		__atomic_store_n(&pair.held, true, __ATOMIC_SEQ_CST);
		while (__atomic_load_n(&pair.hold, __ATOMIC_SEQ_CST))
			usleep(200);
	}
	workqueue_add(pair.q[1 - i], key);
	return 0;
}
static void *release_soon(void *arg)
{
	usleep(20000);
	__atomic_store_n(&pair.hold, false, __ATOMIC_SEQ_CST);
	return arg;
}
static void two_queues(void)
{
	struct loop *l;
	struct loop_thread *lt;
	pthread_t t;

	CHECK(loop_new(&l, NULL) == 0);
	for (size_t i = 0; i < 2; i++)
		CHECK(workqueue_new(&pair.q[i], l, "test", 2, add_to_other, (void *)(uintptr_t)i, NULL) == 0);
	CHECK(loop_thread_start(&lt, l, "loop", NULL) == 0);
	for (size_t i = 0; i < 2; i++)
		workqueue_pause(pair.q[i], false);
	workqueue_add(pair.q[0], "1");
	EVENTUALLY(__atomic_load_n(&pair.runs, __ATOMIC_SEQ_CST) >= 20);
	/* One of the second is in the midst of its work when the first is joined, and adds to that one. */
	__atomic_store_n(&pair.hold, true, __ATOMIC_SEQ_CST);
	EVENTUALLY(__atomic_load_n(&pair.held, __ATOMIC_SEQ_CST));
	for (size_t i = 0; i < 2; i++)
		workqueue_stop(pair.q[i]);
	loop_quit(l);
	loop_thread_join(lt);
	CHECK(pthread_create(&t, NULL, release_soon, NULL) == 0);
	for (size_t i = 0; i < 2; i++)
		workqueue_join(pair.q[i]);
	CHECK(!pair.hold); /* it was waited for */
	int n = pair.runs;
	workqueue_free_all(pair.q, 2);
	CHECK(pair.runs == n);
	pthread_join(t, NULL);
	loop_free(l);
}

int main(void)
{
	struct loop *l;
	struct loop_thread *lt;
	struct workqueue *q;
	int n;

	CHECK(loop_new(&l, NULL) == 0);
	CHECK(workqueue_new(&q, l, "test", 4, reconcile, NULL, NULL) == 0);
	CHECK(loop_thread_start(&lt, l, "loop", NULL) == 0);

	/* Paused at first; a key waits once. */
	for (int i = 0; i < 100; i++)
		workqueue_add(q, i % 2 ? "1" : "2");
	usleep(20000);
	CHECK(runs() == 0);
	workqueue_pause(q, false);
	EVENTUALLY(runs() == 2 && idle());
	usleep(5000);
	CHECK(runs() == 2);

	/* Added while running: once more, never twice at a time; other keys in parallel. */
	__atomic_store_n(&st.hold, true, __ATOMIC_SEQ_CST);
	workqueue_add(q, "1");
	EVENTUALLY(runs() == 3);
	for (int i = 0; i < 10; i++)
		workqueue_add(q, "1");
	for (char k[2] = "3"; k[0] < '8'; k[0]++)
		workqueue_add(q, k);
	EVENTUALLY(runs() == 6); /* as many as there are workers */
	__atomic_store_n(&st.hold, false, __ATOMIC_SEQ_CST);
	EVENTUALLY(runs() == 9);
	usleep(50000);
	CHECK(runs() == 9 && st.overlap == 0 && st.max_parallel == 4);

	/* Later: the earlier of two wins. */
	n = runs();
	{
		int64_t start = clock_mono_ms(clock_real());

		workqueue_add_after(q, "1", 5000);
		workqueue_add_after(q, "1", 60);
		workqueue_add_after(q, "1", 7000);
		EVENTUALLY(runs() == n + 1);
		CHECK(st.times[n] - start >= 60 && st.times[n] - start < 4000);
		usleep(50000);
		CHECK(runs() == n + 1);
	}

	/* Failures come back with growing pauses: 5, 10, 20, 40, 80 ms. */
	n = runs();
	st.fail_left = 5;
	workqueue_add(q, "9");
	EVENTUALLY(runs() == n + 6);
	CHECK(st.times[n + 5] - st.times[n] >= 155);
	CHECK(st.times[n + 5] - st.times[n + 4] >= 80);
	usleep(200000);
	CHECK(runs() == n + 6); /* success forgets */

	/* A positive answer comes back after that time. */
	n = runs();
	st.again_ms = 30;
	workqueue_add(q, "9");
	EVENTUALLY(runs() == n + 2);
	CHECK(st.times[n + 1] - st.times[n] >= 30);

	/* Stopped: nothing starts. */
	workqueue_add_after(q, "9", 20);
	workqueue_stop(q);
	workqueue_add(q, "1");
	n = runs();
	usleep(50000);
	CHECK(runs() == n);
	loop_quit(l);
	loop_thread_join(lt);
	CHECK(workqueue_free(q) == NULL && workqueue_free(NULL) == NULL);
	loop_free(l);
	two_queues();
	return TEST_END();
}
