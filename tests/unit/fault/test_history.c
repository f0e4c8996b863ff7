/* The checker of histories must find what is wrong in a broken one, and nothing in a good one. */
#include "base/cleanup.h"
#include "tests/fault/history.h"
#include "tests/unit/test.h"

/* A short life of two keys, written down as clients saw it: two of them overlap, one write was not answered. */
enum { CREATE_A, CREATE_B, CAS_A, LOST_CAS_A, DELETE_B, AGAIN_B, LIST_A, LIST_B, UNKNOWN_A, LAST_A, LAST_B, N_OPS };
static const struct op good[N_OPS] = {
    [CREATE_A] = {.kind = OP_CREATE, .key = 0, .value = 1, .rev = 10, .start = 1, .end = 3},
    [CREATE_B] = {.kind = OP_CREATE, .key = 1, .value = 2, .rev = 11, .start = 2, .end = 4},
    [CAS_A] = {.kind = OP_UPDATE, .key = 0, .value = 3, .expect = 10, .rev = 12, .start = 5, .end = 9},
    [LOST_CAS_A] =
	{.kind = OP_UPDATE, .outcome = OP_CONFLICT, .key = 0, .value = 4, .expect = 10, .start = 6, .end = 8},
    [DELETE_B] = {.kind = OP_DELETE, .key = 1, .start = 10, .end = 11},
    [AGAIN_B] = {.kind = OP_CREATE, .key = 1, .value = 5, .rev = 14, .start = 12, .end = 13},
    [LIST_A] = {.kind = OP_READ, .key = 0, .value = 3, .rev = 12, .at = 14, .start = 14, .end = 15},
    [LIST_B] = {.kind = OP_READ, .key = 1, .value = 5, .rev = 14, .at = 14, .start = 14, .end = 15},
    [UNKNOWN_A] =
	{.kind = OP_UPDATE, .outcome = OP_UNKNOWN, .key = 0, .value = 6, .expect = 12, .start = 16, .end = 20},
    [LAST_A] = {.kind = OP_READ, .key = 0, .value = 6, .rev = 15, .at = 20, .start = 21, .end = 22},
    [LAST_B] = {.kind = OP_READ, .key = 1, .value = 5, .rev = 14, .at = 20, .start = 21, .end = 22},
};
enum { W_LIST, W_A, W_B, W_A2, W_DEL, W_B2, W_A3, N_SEEN };
static const struct seen watched[N_SEEN] = {
    {.kind = SEEN_LIST, .rev = 9},
    {.kind = SEEN_ADDED, .key = 0, .value = 1, .rev = 10},
    {.kind = SEEN_ADDED, .key = 1, .value = 2, .rev = 11},
    {.kind = SEEN_MODIFIED, .key = 0, .value = 3, .rev = 12},
    {.kind = SEEN_DELETED, .key = 1, .value = 2, .rev = 13},
    {.kind = SEEN_ADDED, .key = 1, .value = 5, .rev = 14},
    {.kind = SEEN_MODIFIED, .key = 0, .value = 6, .rev = 15},
};

static struct op ops[N_OPS];
static struct seen seen[N_SEEN + 1];
static size_t n_seen;
static char why[512];

static void fresh(void)
{
	memcpy(ops, good, sizeof(ops));
	memcpy(seen, watched, sizeof(watched));
	n_seen = N_SEEN;
}

static bool holds(void)
{
	struct history h;
	struct watcher w = {.name = "watch", .keys = 2};

	if (history_init(&h, 2) < 0 || !history_check(&h))
		abort();
	for (size_t i = 0; i < N_OPS; i++)
		CHECK(history_add(&h, ops[i]) == 0);
	for (size_t i = 0; i < n_seen; i++)
		CHECK(watcher_add(&w, seen[i]) == 0);
	bool ok = history_check(&h) && history_check_watcher(&h, &w, 15);
	CHECK(ok == !h.why[0]);
	memcpy(why, h.why, sizeof(why));
	history_done(&h);
	free(w.v);
	return ok;
}

#define FOUND(text)                                                                                                    \
	do {                                                                                                           \
		CHECK(!holds());                                                                                       \
		if (!strstr(why, text))                                                                                \
			fprintf(stderr, "said: %s\n", why);                                                            \
		CHECK(strstr(why, text));                                                                              \
		fresh();                                                                                               \
	} while (0)

static void good_histories(void)
{
	fresh();
	CHECK(holds());
	/* The write that was not answered did not happen. */
	ops[LAST_A] = (struct op){.kind = OP_READ, .key = 0, .value = 3, .rev = 12, .at = 20, .start = 21, .end = 22};
	n_seen--;
	CHECK(holds());
	/* 410 and a new list. */
	fresh();
	CHECK(holds());
}

static void broken_operations(void)
{
	fresh();
	/* A lost write: acknowledged, and the state before it is read after the crash. */
	ops[LAST_A].value = 1;
	ops[LAST_A].rev = 10;
	FOUND("10");
	ops[LAST_B] = (struct op){.kind = OP_READ, .outcome = OP_ABSENT, .key = 1, .at = 20, .start = 21, .end = 22};
	FOUND("no order");
	/* Half of one: a value that nobody wrote. */
	ops[LAST_A].value = 99;
	FOUND("never written");
	/* A revision twice. */
	ops[CREATE_B].rev = 10;
	FOUND("handed out twice");
	/* A revision below one that was answered before. */
	ops[AGAIN_B].rev = 9;
	ops[LIST_B].rev = ops[LAST_B].rev = 9;
	FOUND("is not above");
	/* Two writers that both won. */
	ops[LOST_CAS_A].outcome = OP_OK;
	ops[LOST_CAS_A].rev = 13;
	ops[LIST_A].at = ops[LAST_A].at = 0;
	FOUND("no order");
	/* A conflict that was none, a create where one was. */
	ops[LOST_CAS_A].start = 4;
	ops[LOST_CAS_A].end = 4;
	FOUND("no order");
	ops[DELETE_B].outcome = OP_ABSENT;
	FOUND("no order");
	/* Stale reads: of an object, of a list, of one object in a list. */
	ops[LIST_A].value = 1;
	ops[LIST_A].rev = 10;
	ops[LIST_A].at = 0;
	FOUND("no order");
	ops[LIST_A].at = ops[LIST_B].at = 13;
	FOUND("had been answered");
	ops[LIST_A].value = 1;
	ops[LIST_A].rev = 10;
	FOUND("has revision 10 of it");
	/* What was not answered comes true after the process had ended. */
	ops[LIST_A].start = 23;
	ops[LIST_A].end = 24;
	ops[LAST_A].start = 30;
	ops[LAST_A].end = 31;
	FOUND("no order");
}

static void drop(size_t i)
{
	memmove(seen + i, seen + i + 1, (--n_seen - i) * sizeof(seen[0]));
}

static void broken_watches(void)
{
	fresh();
	for (size_t i = W_A; i < N_SEEN; i++) {
		drop(i);
		CHECK(!holds());
		fresh();
	}
	drop(W_A2);
	FOUND("was not told of 12");
	drop(W_DEL);
	FOUND("its deletion was not told");
	/* Order, repetition, another value, another kind. */
	seen[W_A] = watched[W_B];
	seen[W_B] = watched[W_A];
	FOUND("was not told of 10");
	seen[W_A2] = watched[W_DEL];
	seen[W_DEL] = watched[W_A2];
	FOUND("was not told of 12");
	memmove(seen + W_B2, seen + W_DEL, 3 * sizeof(seen[0]));
	n_seen++;
	FOUND("an event of revision 13 after 13");
	seen[W_A2].value = 77;
	FOUND("handed out twice");
	seen[W_A2].kind = SEEN_ADDED;
	FOUND("is there since");
	seen[W_A2] = (struct seen){.kind = SEEN_BOOKMARK, .rev = 12};
	FOUND("was not told of 12");
	seen[W_DEL] = (struct seen){.kind = SEEN_GONE, .rev = 12};
	FOUND("410");
}

int main(void)
{
	RUN(good_histories);
	RUN(broken_operations);
	RUN(broken_watches);
	return TEST_END();
}
