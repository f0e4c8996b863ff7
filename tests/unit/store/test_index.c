/* The B+tree against a plain array, at random. */
#include "store/internal.h"
#include "tests/unit/test.h"

#define KEYS 4000

static struct entry *model[KEYS];

static size_t key_text(char out[32], unsigned i)
{
	return (size_t)snprintf(out, 32, "/k%u/%04u", i % 7, i);
}

static int cmp(const void *a, const void *b)
{
	const struct entry *x = *(struct entry *const *)a, *y = *(struct entry *const *)b;
	return key_cmp(x->key->data, x->key->len, y->key->data, y->key->len);
}

static void compare(struct index *ix)
{
	static struct entry *sorted[KEYS];
	size_t n = 0;
	for (unsigned i = 0; i < KEYS; i++)
		if (model[i] && model[i]->counted)
			sorted[n++] = model[i];
	qsort(sorted, n, sizeof(sorted[0]), cmp);
	struct index_pos pos;
	size_t i = 0;
	bool same = true;
	for (struct entry *e = index_seek(ix, "", 0, false, &pos); e; e = index_next(&pos), i++)
		same = same && i < n && sorted[i] == e;
	CHECK(same && i == n);
	CHECK(index_total(ix) == n);
	for (i = 0; i < n; i += 37)
		if (index_rank(ix, sorted[i]->key->data, sorted[i]->key->len) != i)
			same = false;
	CHECK(same);
	size_t sum = 0;
	for (unsigned p = 0; p < 7; p++) {
		char prefix[8];
		(void)snprintf(prefix, sizeof(prefix), "/k%u/", p);
		sum += index_count(ix, prefix);
	}
	CHECK(sum == n);
	if (n > 10) {
		CHECK(index_count_after(ix, "", sorted[3]->key) == n - 4);
		struct entry *e = index_seek(ix, sorted[3]->key->data, sorted[3]->key->len, true, &pos);
		CHECK(e == sorted[4]);
	}
}

static void random_walk(void)
{
	struct index ix;
	CHECK(index_init(&ix) == 0);
	unsigned seed = 1;
	for (unsigned step = 0; step < 200000; step++) {
		seed = seed * 1103515245u + 12345u;
		unsigned i = (seed >> 8) % KEYS;
		/* Fills up, empties out, again and again. */
		bool grow = (step / 20000) % 2 == 0;
		char text[32];
		size_t len = key_text(text, i);
		struct entry *e = index_find(&ix, text, len);
		if (e != model[i])
			CHECK(e == model[i]);
		if (!e && (grow || (seed >> 24) % 8 == 0)) {
			struct bytes *key = bytes_new(text, len);
			model[i] = index_place(&ix, key);
			bytes_unref(key);
			if ((seed >> 28) % 4)
				index_set_counted(model[i], true);
		} else if (e && (!grow || (seed >> 24) % 8 == 0)) {
			index_remove(&ix, e);
			model[i] = NULL;
		}
		if (step % 5000 == 0)
			compare(&ix);
	}
	for (unsigned i = 0; i < KEYS; i++) {
		if (model[i])
			index_remove(&ix, model[i]);
		model[i] = NULL;
	}
	compare(&ix);
	index_done(&ix);
}

static void ascending(void)
{
	struct index ix;
	CHECK(index_init(&ix) == 0);
	for (unsigned i = 0; i < KEYS; i++) {
		char text[32];
		size_t len = (size_t)snprintf(text, sizeof(text), "/a/%06u", i);
		struct bytes *key = bytes_new(text, len);
		model[i] = index_place(&ix, key);
		bytes_unref(key);
		index_set_counted(model[i], true);
	}
	CHECK(index_total(&ix) == KEYS);
	CHECK(index_count(&ix, "/a/") == KEYS);
	CHECK(index_count(&ix, "/a/0001") == 100);
	CHECK(index_count(&ix, "/b") == 0);
	CHECK(index_rank(&ix, "/a/000123", 9) == 123);
	memset(model, 0, sizeof(model));
	index_done(&ix);
}

int main(void)
{
	RUN(random_walk);
	RUN(ascending);
	return TEST_END();
}
