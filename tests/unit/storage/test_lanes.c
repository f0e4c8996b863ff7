/* Room in lanes, order of a volume, and who is woken. */
#include "tests/unit/test.h"
#include <pthread.h>
#include "base/buf.h"
#include "base/str.h"
#include "storage/lanes.h"

static struct {
	pthread_mutex_t lock; /* guards what follows */
	pthread_cond_t ended;
	struct buf woken;
	bool end;
} st = {.lock = PTHREAD_MUTEX_INITIALIZER, .ended = PTHREAD_COND_INITIALIZER};

static int note(void *arg, const char *key, struct err *e)
{
	(void)arg;
	(void)e;
	pthread_mutex_lock(&st.lock);
	if (*key == '.') {
		st.end = true;
		pthread_cond_signal(&st.ended);
	} else
		buf_adds(&st.woken, key);
	pthread_mutex_unlock(&st.lock);
	return 0;
}

/* The keys that have come back, in order: one worker takes them one by one, and ours is the last. */
static char *woken(struct lanes *l, struct workqueue *q)
{
	lanes_wake(l, q);
	workqueue_add(q, ".");
	pthread_mutex_lock(&st.lock);
	while (!st.end)
		pthread_cond_wait(&st.ended, &st.lock);
	st.end = false;
	buf_adds(&st.woken, "");
	char *s = buf_take(&st.woken, NULL);
	pthread_mutex_unlock(&st.lock);
	return s;
}
#define WOKEN(expected)                                                                                                                                              \
	do {                                                                                                                                                         \
		char *s_ = woken(l, q);                                                                                                                              \
		CHECK_STR(s_, expected);                                                                                                                             \
		free(s_);                                                                                                                                            \
	} while (0)

static void test_room(struct lanes *l, struct workqueue *q)
{
	CHECK(lanes_enter(l, "a", NULL, q, "1"));
	CHECK(lanes_enter(l, "a", NULL, q, "2"));
	CHECK(!lanes_enter(l, "a", NULL, q, "3"));
	CHECK(!lanes_enter(l, "a", NULL, q, "3"));
	CHECK(lanes_enter(l, "b", NULL, q, "4"));
	WOKEN("");
	CHECK(!lanes_enter(l, "a", NULL, q, "5"));
	CHECK(!lanes_enter(l, "a", NULL, q, "6"));
	lanes_leave(l, "b", NULL);
	WOKEN("");
	lanes_leave(l, "a", NULL);
	WOKEN("3");
	/* It does not want to enter any more. */
	WOKEN("5");
	CHECK(lanes_enter(l, "a", NULL, q, "5"));
	WOKEN("");
	lanes_leave(l, "a", NULL);
	lanes_leave(l, "a", NULL);
	WOKEN("6");
	WOKEN("");
}

static void test_volumes(struct lanes *l, struct workqueue *q)
{
	CHECK(lanes_enter(l, "a", "v", q, "1"));
	CHECK(!lanes_enter(l, "a", "v", q, "2"));
	CHECK(!lanes_enter(l, "b", "v", q, "3")); /* of another plug-in, too */
	CHECK(lanes_enter(l, "a", "w", q, "4"));
	CHECK(!lanes_enter(l, "a", "x", q, "5"));
	WOKEN("");
	lanes_leave(l, "a", "w");
	WOKEN("5"); /* before it stands one whose volume is busy */
	CHECK(lanes_enter(l, "a", "x", q, "5"));
	lanes_leave(l, "a", "x");
	lanes_leave(l, "a", "v");
	char *s = woken(l, q);
	CHECK(streq(s, "23") || streq(s, "32"));
	free(s);
	CHECK(lanes_enter(l, "b", "v", q, "3"));
	CHECK(!lanes_enter(l, "a", "v", q, "2"));
	lanes_leave(l, "b", "v");
	WOKEN("2");
	CHECK(lanes_enter(l, "a", "v", q, "2"));
	CHECK(lanes_enter(l, "a", NULL, q, "6"));
	CHECK(!lanes_enter(l, "a", NULL, q, "7")); /* kept by what is freed */
}

int main(void)
{
	struct loop *loop = NULL;
	struct loop_thread *thread = NULL;
	struct workqueue *q = NULL;
	struct lanes *l = NULL;

	CHECK_INT(loop_new(&loop, NULL), 0);
	CHECK_INT(workqueue_new(&q, loop, "test", 1, note, NULL, NULL), 0);
	CHECK_INT(loop_thread_start(&thread, loop, "loop", NULL), 0);
	CHECK_INT(lanes_new(&l, 2, NULL), 0);
	workqueue_pause(q, false);
	test_room(l, q);
	test_volumes(l, q);
	workqueue_stop(q);
	loop_quit(loop);
	loop_thread_join(thread);
	workqueue_free(q);
	lanes_free(l);
	loop_free(loop);
	return TEST_END();
}
