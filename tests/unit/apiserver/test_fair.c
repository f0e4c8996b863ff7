/* Turns of users on the pool. */
#include <pthread.h>
#include "apiserver/fair.h"
#include "tests/unit/test.h"

struct one {
	struct fair_job job;
	char who;
};
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t cond = PTHREAD_COND_INITIALIZER;
static bool open_gate;
static char order[2048];
static size_t n_order, inside;

static void run(struct fair_job *j)
{
	struct one *o = container_of(j, struct one, job);

	pthread_mutex_lock(&lock);
	inside++;
	pthread_cond_broadcast(&cond);
	while (o->who == 'a' && !open_gate)
		pthread_cond_wait(&cond, &lock);
	order[n_order++] = o->who;
	pthread_cond_broadcast(&cond);
	pthread_mutex_unlock(&lock);
	free(o);
}

static void submit(struct fair *f, char who)
{
	struct one *o = calloc(1, sizeof(*o));
	char user[2] = {who, 0};

	if (!o)
		abort();
	o->who = who;
	o->job.run = run;
	fair_submit(f, user, &o->job);
}

static void wait_until(const size_t *what, size_t n)
{
	pthread_mutex_lock(&lock);
	while (*what < n)
		pthread_cond_wait(&cond, &lock);
	pthread_mutex_unlock(&lock);
}

static void with_threads(unsigned threads, void (*fn)(struct fair *f))
{
	struct pool *p = NULL;
	struct fair *f = NULL;

	open_gate = false;
	n_order = inside = 0;
	if (pool_new(&p, threads, "test", NULL) || fair_new(&f, p, threads, NULL))
		abort();
	fn(f);
	pool_drain(p);
	p = pool_free(p);
	f = fair_free(f);
}

static void turns(struct fair *f)
{
	for (int i = 0; i < 100; i++)
		submit(f, 'a');
	submit(f, 'b');
	submit(f, 'c');
	pthread_mutex_lock(&lock);
	open_gate = true;
	pthread_cond_broadcast(&cond);
	pthread_mutex_unlock(&lock);
	wait_until(&n_order, 102);
	/* The greedy one's first was under way, his second in line. */
	CHECK(memchr(order, 'b', 4) && memchr(order, 'c', 5));
}

/* One user whose jobs do not end leaves room for others. */
static void room(struct fair *f)
{
	for (int i = 0; i < 10; i++)
		submit(f, 'a');
	wait_until(&inside, 3);
	for (int i = 0; i < 5; i++) {
		submit(f, 'b');
		wait_until(&n_order, (size_t)i + 1);
	}
	CHECK(n_order == 5 && inside == 8);
	pthread_mutex_lock(&lock);
	open_gate = true;
	pthread_cond_broadcast(&cond);
	pthread_mutex_unlock(&lock);
	wait_until(&n_order, 5 + 10);
}

static void one_thread(void)
{
	with_threads(1, turns);
}

static void four_threads(void)
{
	with_threads(4, room);
}

int main(void)
{
	RUN(one_thread);
	RUN(four_threads);
	return TEST_END();
}
