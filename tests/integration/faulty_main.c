/*
 * An API server with a bug planted on purpose, for the checker to find: apiserver_main with some of the store's
 * functions wrapped by the linker. MINIK_PLANT says which:
 *   late      every write is acknowledged before it is on disk: kill -9 loses some
 *   missed    now and then a watch is not told of an event
 *   swapped   now and then two events come in the wrong order
 *   stale     now and then a list answers with what was there before
 *   unsynced  reads do not wait for what other servers have written to the same etcd
 */
#include <stdatomic.h>
#include <stdlib.h>
#include "base/str.h"
#include "store/store.h"

int __real_store_commit(struct store *s, const struct store_op *ops, size_t n, store_done_fn done, void *arg,
			struct err *e);
int __wrap_store_commit(struct store *s, const struct store_op *ops, size_t n, store_done_fn done, void *arg,
			struct err *e);
int __real_store_watch_new(struct store_watch **ret, struct store *s, const char *prefix, int64_t from_rev,
			   store_watch_fn fn, void *arg, struct err *e);
int __wrap_store_watch_new(struct store_watch **ret, struct store *s, const char *prefix, int64_t from_rev,
			   store_watch_fn fn, void *arg, struct err *e);
void __real_store_sync(struct store *s, store_sync_fn done, void *arg);
void __wrap_store_sync(struct store *s, store_sync_fn done, void *arg);
void __real_store_range(struct store *s, const struct store_range *q, store_range_fn done, void *arg);
void __wrap_store_range(struct store *s, const struct store_range *q, store_range_fn done, void *arg);

static bool planted(const char *what)
{
	const char *p = getenv("MINIK_PLANT");

	return p && streq(p, what);
}

int __wrap_store_commit(struct store *s, const struct store_op *ops, size_t n, store_done_fn done, void *arg,
			struct err *e)
{
	struct store_op *mine = calloc(n, sizeof(*mine));
	int rc;

	if (!mine)
		abort();
	for (size_t i = 0; i < n; i++) {
		mine[i] = ops[i];
		mine[i].late |= planted("late") && strstr(ops[i].key, "/default/");
	}
	rc = __real_store_commit(s, mine, n, done, arg, e);
	free(mine);
	return rc;
}

struct tap {
	store_watch_fn fn;
	void *arg;
	unsigned calls;
};

static void tapped(void *arg, int code, const struct store_event *ev, size_t n, int64_t rev)
{
	struct tap *t = arg;
	struct store_event swapped[2];

	t->calls += n > 0;
	/* Whatever comes together: on a busy machine hardly anything comes alone. */
	if (n > 0 && planted("missed") && t->calls % 100 == 0 && --n == 0)
		return;
	if (n > 1 && planted("swapped")) {
		swapped[0] = ev[1];
		swapped[1] = ev[0];
		t->fn(t->arg, code, swapped, 2, rev);
		ev += 2;
		n -= 2;
		if (!n)
			return;
	}
	t->fn(t->arg, code, ev, n, rev);
}

/* Lives as long as the program: it ends by being killed. */
int __wrap_store_watch_new(struct store_watch **ret, struct store *s, const char *prefix, int64_t from_rev,
			   store_watch_fn fn, void *arg, struct err *e)
{
	struct tap *t = calloc(1, sizeof(*t));
	bool ours = strstr(prefix, "/configmaps/") != NULL;

	if (!t)
		abort();
	*t = (struct tap){fn, arg, 0};
	return __real_store_watch_new(ret, s, prefix, from_rev, ours ? tapped : fn, ours ? (void *)t : arg, e);
}

void __wrap_store_range(struct store *s, const struct store_range *q, store_range_fn done, void *arg)
{
	static atomic_uint calls;
	struct store_range mine = *q;
	int64_t now = store_revision(s);

	if (planted("stale") && strstr(q->prefix, "/configmaps/") && !q->rev && now > 1000 &&
	    atomic_fetch_add(&calls, 1) % 10 == 9)
		mine.rev = now - 50;
	__real_store_range(s, &mine, done, arg);
}

void __wrap_store_sync(struct store *s, store_sync_fn done, void *arg)
{
	if (planted("unsynced"))
		done(arg, 0);
	else
		__real_store_sync(s, done, arg);
}
