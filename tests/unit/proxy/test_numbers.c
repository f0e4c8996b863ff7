#include "base/str.h"
#include <errno.h>
#include "proxy/numbers.h"
#include "tests/unit/test.h"

static struct px_numbers *x;
static int made;
static void make(void *arg, const struct px_number *n, bool add)
{
	(void)arg;
	CHECK(n->n > 0 && n->number >= PX_NUMBER_FIRST);
	made += add ? 1 : -1;
}

static void begin(bool none_ahead)
{
	made = 0;
	x = px_numbers_new(&(struct px_numbers_config){.make = make, .none_ahead = none_ahead});
	CHECK(x != NULL);
}

static uint32_t take(char role, uint32_t n, uint32_t hint)
{
	uint32_t number = 0;
	CHECK(px_numbers_take(x, 4, role, n, hint, &number) == 0);
	return number;
}

static void ahead(void)
{
	begin(false);
	uint32_t a = take('c', 3, 0), b = take('c', 3, 0), c = take('c', 5, 0), d = take('e', 3, 0);
	CHECK(a != b && a != c && b != c && d != a && d != b);
	CHECK_INT(made, 24); /* eight for each of three */
	px_numbers_give(x, a);
	CHECK_INT(take('c', 3, a), a);
	CHECK(take('c', 3, a) != a); /* taken: the wish does not count */
	CHECK(take('c', 4, b) != b); /* of another length neither */
	uint32_t before = (uint32_t)made;
	(void)take('c', 1000, 0); /* a list that is rare: one */
	CHECK_INT(made, before + 1);
	before = (uint32_t)made;
	(void)take('c', 0, 0); /* a chain of its own is none of these */
	CHECK_INT(made, before);
	px_numbers_free(x);
}

static void level(void)
{
	uint32_t v[2000];
	begin(false);
	CHECK(!px_numbers_uneven(x));
	for (int i = 0; i < 2000; i++)
		v[i] = take('c', 3, 0);
	int most = made;
	CHECK(most >= 2000 && most <= 2000 + 128);
	(void)px_numbers_level(x);
	CHECK(!px_numbers_uneven(x) && made >= 2000 + 32);
	for (int i = 0; i < 2000; i++)
		px_numbers_give(x, v[i]);
	CHECK(px_numbers_uneven(x));
	CHECK(px_numbers_level(x) == 0);
	CHECK_INT(made, 32);
	CHECK(!px_numbers_uneven(x));
	px_numbers_free(x);
}

static void start(void)
{
	begin(false);
	struct px_number seen[] = {{20, 4, 'c', 3}, {21, 4, 'c', 3}, {22, 4, 'c', 2}, {23, 4, 'e', 0}};
	for (size_t i = 0; i < 4; i++)
		CHECK(px_numbers_seen(x, &seen[i]) == 0);
	CHECK(px_numbers_seen(x, &seen[0]) == -EEXIST);
	CHECK_INT(made, 3);
	CHECK(px_numbers_hint(x, "a", 20) == 0 && px_numbers_hint(x, "b", 21) == 0 && px_numbers_hint(x, "c", 23) == 0);
	/* What a front has led to waits for it. */
	uint32_t other = take('c', 3, px_numbers_hinted(x, "nobody"));
	CHECK(other != 20 && other != 21);
	CHECK_INT(take('c', 3, px_numbers_hinted(x, "b")), 21);
	CHECK_INT(take('e', 0, px_numbers_hinted(x, "c")), 23);
	px_numbers_settle(x);
	CHECK_INT(px_numbers_hinted(x, "b"), 0);
	bool found = false; /* nobody came for it: now all can have it */
	for (int i = 0; i < 16 && !found; i++)
		found = take('c', 3, 0) == 20;
	CHECK(found);
	px_numbers_free(x);
}

static void alike(void) /* as somewhere else */
{
	begin(true);
	CHECK(px_numbers_hint(x, "a", 4711) == 0);
	CHECK_INT(take('c', 3, px_numbers_hinted(x, "a")), 4711);
	CHECK_INT(made, 1);
	CHECK(take('c', 3, 0) > 4711);
	CHECK_INT(made, 2);
	CHECK(!px_numbers_uneven(x));
	struct px_number wild = {3, 4, 'c', 3};
	CHECK(px_numbers_seen(x, &wild) == 0); /* below the first: passed over */
	CHECK_INT(made, 2);
	px_numbers_free(x);
}

int main(void)
{
	RUN(ahead);
	RUN(level);
	RUN(start);
	RUN(alike);
	return TEST_END();
}
