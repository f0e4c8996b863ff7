/* What the store promises, one promise a function. */
#include "tests/unit/store/file.h"

static char dir[64];
static int64_t origin; /* where the history of an empty store begins */

static void fresh(void)
{
	(void)fs_rm_rf(dir, NULL);
	scratch(dir);
	origin = 0;
	if (on_etcd()) { /* not ours alone: its history has begun long ago */
		struct store *s = open_at(dir, NULL);
		origin = store_revision(s);
		store_free(s);
	}
}

static void compare_and_swap(void)
{
	fresh();
	struct store *s = open_at(dir, NULL);
	int64_t r0 = store_revision(s);
	CHECK(on_etcd() ? r0 > origin : r0 == 1);
	int64_t r1 = put_as(s, "/pods/a/x", "one", 0, false);
	CHECK(r1 == r0 + 1);
	CHECK(has(s, "/pods/a/x", "one"));
	CHECK(put_as(s, "/pods/a/x", "two", 0, false) == ERR_EXISTS);
	CHECK(put_as(s, "/pods/a/x", "two", r1 + 1, false) == ERR_CONFLICT);
	CHECK(put_as(s, "/pods/a/y", "two", r1, false) == ERR_NOT_FOUND);
	int64_t r2 = put_as(s, "/pods/a/x", "two", r1, false);
	CHECK(r2 == r1 + 1);
	CHECK(has(s, "/pods/a/x", "two"));
	struct store_item i;
	CHECK(store_get(s, "/pods/a/x", &i) == 0 && i.create_rev == r1 && i.mod_rev == r2);
	store_item_done(&i);
	CHECK(del(s, "/pods/a/x", r1) == ERR_CONFLICT);
	CHECK(del(s, "/pods/a/y", -1) == ERR_NOT_FOUND);
	CHECK(del(s, "/pods/a/x", r2) == r2 + 1);
	CHECK(store_get(s, "/pods/a/x", &i) == ERR_NOT_FOUND);
	CHECK(del(s, "/pods/a/x", -1) == ERR_NOT_FOUND);
	int64_t r4 = put_as(s, "/pods/a/x", "three", 0, false);
	CHECK(store_get(s, "/pods/a/x", &i) == 0 && i.create_rev == r4);
	store_item_done(&i);
	/* Usage errors are told at once. */
	struct err e;
	struct bytes *v AUTO_BYTES = bytes_of("{}");
	struct store_op bad[] = {{.kind = STORE_PUT, .key = "/a", .value = v},
				 {.kind = STORE_DELETE, .key = "/a", .expect = -1}};
	CHECK(store_commit(s, bad, 2, NULL, NULL, &e) == -EINVAL);
	CHECK(store_commit(s, bad, 0, NULL, NULL, &e) == -EINVAL);
	bad[0].splice = 3;
	CHECK(store_commit(s, bad, 1, NULL, NULL, &e) == -EINVAL);
	bad[0].key = "";
	CHECK(store_commit(s, bad, 1, NULL, NULL, &e) == -EINVAL);
	store_free(s);
}

static void transactions(void)
{
	fresh();
	struct store *s = open_at(dir, NULL);
	struct bytes *v AUTO_BYTES = object("v"), *ix AUTO_BYTES = bytes_of("v");
	struct store_op ops[] = {
	    {.kind = STORE_PUT, .key = "/a", .value = v, .splice = SPLICE, .index = ix},
	    {.kind = STORE_PUT, .key = "/b", .value = v, .splice = SPLICE, .index = ix},
	    {.kind = STORE_CHECK, .key = "/lock", .expect = 0},
	};
	struct wait w;
	CHECK(commit(s, ops, 3, &w) == 0 && w.n == 3);
	store_item_done(&w.item);
	int64_t rev = w.rev;
	CHECK(has(s, "/a", "v") && has(s, "/b", "v"));
	struct store_item a, b;
	CHECK(store_get(s, "/a", &a) == 0 && store_get(s, "/b", &b) == 0 && a.mod_rev == rev && b.mod_rev == rev);
	store_item_done(&a);
	store_item_done(&b);
	CHECK(put(s, "/lock", "held") == rev + 1);
	/* The last expectation fails: nothing of it happened. */
	ops[0].expect = ops[1].expect = rev;
	struct bytes *v2 AUTO_BYTES = object("other");
	ops[0].value = ops[1].value = v2;
	CHECK(commit(s, ops, 3, &w) == ERR_EXISTS && w.failed_op == 2);
	CHECK(strstr(w.err.msg, "/lock") != NULL);
	CHECK(has(s, "/a", "v") && has(s, "/b", "v"));
	CHECK(store_revision(s) == rev + 1);
	/* Only checks: no new revision. */
	struct store_op check = {.kind = STORE_CHECK, .key = "/lock", .expect = rev + 1};
	CHECK(commit(s, &check, 1, &w) == 0 && w.rev == rev + 1);
	store_item_done(&w.item);
	CHECK(store_revision(s) == rev + 1);
	/* Several transactions that queue up behind one another see one another. */
	struct wait ws[50];
	for (int i = 0; i < 50; i++) {
		ws[i] = (struct wait)WAIT_INIT;
		bool create = i % 3 == 0, drop = i % 3 == 2;
		struct store_op op = {.kind = drop ? STORE_DELETE : STORE_PUT,
				      .key = "/chain",
				      .expect = create ? 0 : rev + 1 + i,
				      .value = drop ? NULL : v,
				      .splice = SPLICE};
		CHECK(store_commit(s, &op, 1, on_commit, &ws[i], NULL) == 0);
	}
	for (int i = 0; i < 50; i++) {
		wait_for(&ws[i]);
		CHECK(ws[i].code == 0 && ws[i].rev == rev + 2 + i);
		if (ws[i].code == 0)
			store_item_done(&ws[i].item);
	}
	store_free(s);
}

static void ranges(struct store *s)
{
	struct list_wait l;
	range(s, &(struct store_range){.prefix = "/pods/"}, &l);
	CHECK_STR(l.text, "/pods/a/1=1b /pods/a/2=2 /pods/b/1=3");
	CHECK(l.values_ok && !l.more && l.remaining == 0);
	range(s, &(struct store_range){.prefix = "/pods/", .limit = 2}, &l);
	CHECK_STR(l.text, "/pods/a/1=1b /pods/a/2=2");
	CHECK(l.more && l.remaining == 1);
	range(s, &(struct store_range){.prefix = "/pods/", .limit = 2, .start_after = "/pods/a/2"}, &l);
	CHECK_STR(l.text, "/pods/b/1=3");
	CHECK(!l.more);
	range(s, &(struct store_range){.prefix = "/pods/", .start_after = "/a"}, &l);
	CHECK(l.n == 3);
	range(s, &(struct store_range){.prefix = "/pods/", .start_after = "/z"}, &l);
	CHECK(l.n == 0);
	range(s, &(struct store_range){.prefix = "/pods/", .keys_only = true}, &l);
	CHECK(l.n == 3 && !l.values_ok);
	CHECK(store_count(s, "/pods/") == 3 && store_count(s, "/pods/a/") == 2 && store_count(s, "") == 4);
	range(s, &(struct store_range){.prefix = "", .rev = store_revision(s) + 1}, &l);
	CHECK(l.w.code == ERR_TOO_NEW);
}

static bool only_3(void *arg, const char *key, const struct bytes *index)
{
	(void)key;
	(*(int *)arg)++;
	return streq(index->data, "3");
}

static void ranges_and_the_past(void)
{
	fresh();
	struct store *s = open_at(dir, NULL);
	put(s, "/pods/a/1", "1");
	put(s, "/pods/a/2", "2");
	int64_t old = put(s, "/pods/a/9", "9");
	put(s, "/pods/b/1", "3");
	del(s, "/pods/a/9", -1);
	put(s, "/nodes/n", "n");
	put(s, "/pods/a/1", "1b");
	ranges(s);
	int calls = 0;
	struct list_wait l;
	range(s, &(struct store_range){.prefix = "/pods/", .filter = only_3, .filter_arg = &calls, .limit = 1}, &l);
	CHECK_STR(l.text, "/pods/b/1=3");
	CHECK(calls == 3);
	for (int pass = 0; pass < 3; pass++) {
		range(s, &(struct store_range){.prefix = "/pods/", .rev = old}, &l);
		CHECK_STR(l.text, "/pods/a/1=1 /pods/a/2=2 /pods/a/9=9");
		CHECK(l.values_ok && l.rev == old);
		range(s, &(struct store_range){.prefix = "/pods/", .rev = old - 1}, &l);
		CHECK_STR(l.text, "/pods/a/1=1 /pods/a/2=2");
		range(s, &(struct store_range){.prefix = "/pods/", .rev = old, .limit = 1}, &l);
		CHECK_STR(l.text, "/pods/a/1=1");
		CHECK(l.more && l.remaining >= 1);
		range(s, &(struct store_range){.prefix = "/pods/", .rev = old, .limit = 2, .start_after = l.last}, &l);
		CHECK_STR(l.text, "/pods/a/2=2 /pods/a/9=9");
		CHECK(!l.more);
		range(s, &(struct store_range){.prefix = "/pods/", .rev = origin ? origin : 1}, &l);
		CHECK(l.n == 0 && l.w.code == 0);
		range(s, &(struct store_range){.prefix = "/pods/", .rev = old + 2}, &l);
		CHECK_STR(l.text, "/pods/a/1=1 /pods/a/2=2 /pods/b/1=3");
		if (pass == 0) { /* now from disk: nothing is in memory */
			store_free(s);
			s = open_at(dir, NULL);
			ranges(s);
		}
		if (pass == 1) { /* one part from disk, one from memory */
			put(s, "/pods/a/2", "2b");
			put(s, "/pods/a/9", "9b");
		}
	}
	store_free(s);
}

/* --- watches --- */

struct seen {
	pthread_mutex_t lock;
	pthread_cond_t cond;
	char text[8192];
	size_t n, calls, progress;
	int64_t rev;
	int code;
	bool bad; /* out of order, or overlapping calls */
	int inside;
	int64_t last;
	const char *only; /* prefix that every key must have */
	uint64_t sum;
};
#define SEEN_INIT                                                                                                      \
	{                                                                                                              \
		.lock = PTHREAD_MUTEX_INITIALIZER, .cond = PTHREAD_COND_INITIALIZER                                    \
	}

static void on_watch(void *arg, int code, const struct store_event *ev, size_t n, int64_t rev)
{
	struct seen *w = arg;
	if (__atomic_add_fetch(&w->inside, 1, __ATOMIC_SEQ_CST) != 1)
		w->bad = true;
	pthread_mutex_lock(&w->lock);
	w->calls++;
	w->code = code;
	if (code == 0 && n == 0)
		w->progress++;
	for (size_t i = 0; i < n; i++) {
		const struct store_item *it = &ev[i].item;
		if (it->mod_rev < w->last || it->mod_rev > rev || (i == 0 && it->mod_rev <= w->rev))
			w->bad = true;
		w->last = it->mod_rev;
		if (w->only && strncmp(it->key, w->only, strlen(w->only)) != 0)
			w->bad = true;
		if ((ev[i].kind == STORE_CREATED) != !ev[i].prev_index)
			w->bad = true;
		AUTO_FREE char *text = str_fmt("\"resourceVersion\":\"%" PRId64 "\",", it->mod_rev);
		if (!strstr(it->value->data, text))
			w->bad = true;
		size_t at = strlen(w->text);
		if (at < sizeof(w->text) - 64)
			(void)snprintf(w->text + at, sizeof(w->text) - at, "%s%c%s:%s<%s", at ? " " : "",
				       "+*-"[ev[i].kind], it -> key, it -> index ? it -> index -> data : "",
				       ev[i].prev_index ? ev[i].prev_index->data : "");
		w->sum += str_hash(it->key, strlen(it->key)) * (uint64_t)it->mod_rev;
	}
	w->n += n;
	if (rev < w->rev)
		w->bad = true;
	w->rev = rev;
	pthread_cond_broadcast(&w->cond);
	pthread_mutex_unlock(&w->lock);
	__atomic_sub_fetch(&w->inside, 1, __ATOMIC_SEQ_CST);
}

static void until_rev(struct seen *w, int64_t rev)
{
	pthread_mutex_lock(&w->lock);
	while (w->rev < rev && w->code == 0)
		pthread_cond_wait(&w->cond, &w->lock);
	pthread_mutex_unlock(&w->lock);
}

static void until_code(struct seen *w)
{
	pthread_mutex_lock(&w->lock);
	while (w->code == 0)
		pthread_cond_wait(&w->cond, &w->lock);
	pthread_mutex_unlock(&w->lock);
}

static void watch_both_ways(struct store *s, int64_t mid, int64_t end)
{
	struct seen w = SEEN_INIT, h = SEEN_INIT;
	struct store_watch *a = NULL, *b = NULL;
	CHECK(store_watch_new(&a, s, "/a/", origin, on_watch, &w, NULL) == 0);
	CHECK(store_watch_new(&b, s, "/a/", mid, on_watch, &h, NULL) == 0);
	until_rev(&w, end);
	until_rev(&h, end);
	CHECK_STR(w.text, "+/a/1:x< */a/1:y<x -/a/1:y<y +/a/2:z<");
	CHECK_STR(h.text, "-/a/1:y<y +/a/2:z<");
	CHECK(!w.bad && !h.bad);
	/* Live, and bookmarks behind it. */
	int64_t r = put(s, "/c/1", "unseen");
	store_watch_progress(a);
	until_rev(&w, r);
	CHECK(w.rev >= r && w.progress == 1);
	r = put(s, "/a/3", "w");
	until_rev(&h, r);
	CHECK(strstr(h.text, "+/a/3:w<") != NULL);
	store_watch_free(a);
	del(s, "/a/3", -1);
	store_watch_free(b);
	CHECK(!w.bad && !h.bad);
}

static void watch_and_history(void)
{
	for (int from_disk = 0; from_disk < 2; from_disk++) {
		fresh();
		struct store *s = open_at(dir, NULL);
		put(s, "/a/1", "x");
		put(s, "/b/1", "other");
		int64_t mid = put(s, "/a/1", "y");
		del(s, "/a/1", -1);
		int64_t end = put(s, "/a/2", "z");
		if (from_disk) {
			store_free(s);
			s = open_at(dir, NULL);
		}
		watch_both_ways(s, mid, end);
		struct store_watch *w;
		CHECK(store_watch_new(&w, s, "/", store_revision(s) + 1, on_watch, NULL, NULL) == ERR_TOO_NEW);
		store_free(s);
	}
}

static void deletion_tells_the_last_state(void)
{
	fresh();
	struct store *s = open_at(dir, NULL);
	struct seen w = SEEN_INIT;
	struct store_watch *a;
	CHECK(store_watch_new(&a, s, "/", store_revision(s), on_watch, &w, NULL) == 0);
	put(s, "/x", "first");
	struct bytes *last AUTO_BYTES = object("last words"), *ix AUTO_BYTES = bytes_of("ix2");
	struct store_op op = {
	    .kind = STORE_DELETE, .key = "/x", .expect = -1, .value = last, .splice = SPLICE, .index = ix};
	struct wait d;
	CHECK(commit(s, &op, 1, &d) == 0);
	AUTO_FREE char *want =
	    str_fmt("{\"metadata\":{\"resourceVersion\":\"%" PRId64 "\",\"name\":\"last words\"}}", d.rev);
	CHECK_STR(d.item.value->data, want);
	CHECK(d.item.mod_rev == d.rev && d.item.create_rev == d.rev - 1);
	store_item_done(&d.item);
	until_rev(&w, d.rev);
	/* etcd deletes without a value: its watchers get what was stored last, as those of kube-apiserver do. */
	const char *seen = on_etcd() ? "+/x:first< -/x:first<first" : "+/x:first< -/x:ix2<first";
	CHECK_STR(w.text, seen);
	CHECK(!w.bad);
	store_watch_free(a);
	store_free(s);
	s = open_at(dir, NULL);
	struct seen h = SEEN_INIT;
	CHECK(store_watch_new(&a, s, "/", origin, on_watch, &h, NULL) == 0);
	until_rev(&h, store_revision(s));
	CHECK_STR(h.text, seen);
	CHECK(!h.bad);
	store_watch_free(a);
	store_free(s);
}

/* What the writer does when it has nothing else to do. */
static bool soon(const char *sql, int64_t n)
{
	AUTO_FREE char *path = str_fmt("%s/db", dir);
	for (int i = 0; i < 3000 && file_number(path, sql) != n; i++)
		usleep(10000);
	return file_number(path, sql) == n;
}

/* etcd is asked for it beside the writes: it is done when another store hears of it. */
static void compaction_told(int64_t at)
{
	struct store *other = open_at(dir, NULL);
	for (int i = 0; i < 1000 && store_compacted(other) != at; i++)
		usleep(10000);
	CHECK(store_compacted(other) == at);
	store_free(other);
}

static void compaction(void)
{
	fresh();
	struct store *s = open_at(dir, NULL);
	put(s, "/keep", "k");
	for (int i = 0; i < 20; i++) {
		char text[16];
		(void)snprintf(text, sizeof(text), "v%d", i);
		put(s, "/x", text);
	}
	put(s, "/gone", "g");
	int64_t at = del(s, "/gone", -1);
	put(s, "/x", "new");
	struct list_wait l;
	range(s, &(struct store_range){.prefix = "/", .rev = at - 5}, &l);
	CHECK(l.w.code == 0 && l.n == 2);
	CHECK(store_compact(s, store_revision(s) + 1, NULL) == ERR_TOO_NEW);
	CHECK(store_compact(s, at, NULL) == 0);
	CHECK(store_compacted(s) == at);
	range(s, &(struct store_range){.prefix = "/", .rev = at - 1}, &l);
	CHECK(l.w.code == ERR_GONE);
	range(s, &(struct store_range){.prefix = "/", .rev = at}, &l);
	CHECK_STR(l.text, "/keep=k /x=v19");
	struct store_watch *w;
	struct err e;
	CHECK(store_watch_new(&w, s, "/", at - 1, on_watch, NULL, &e) == ERR_GONE);
	struct seen h = SEEN_INIT;
	CHECK(store_watch_new(&w, s, "/", at, on_watch, &h, NULL) == 0);
	until_rev(&h, store_revision(s));
	CHECK_STR(h.text, "*/x:new<v19");
	store_watch_free(w);
	put(s, "/also", "a");
	if (on_etcd())
		compaction_told(at);
	else
		CHECK(soon("SELECT count(*) FROM log", 4)); /* /keep, /x at `at` and now, /also */
	store_free(s);
	s = open_at(dir, NULL);
	CHECK(store_compacted(s) == at);
	CHECK(has(s, "/x", "new") && has(s, "/keep", "k"));
	range(s, &(struct store_range){.prefix = "/", .rev = at - 1}, &l);
	CHECK(l.w.code == ERR_GONE);
	range(s, &(struct store_range){.prefix = "/", .rev = at}, &l);
	CHECK_STR(l.text, "/keep=k /x=v19");
	store_free(s);
}
static void compaction_by_itself(void)
{
	fresh();
	struct store *s = open_at(dir, &(struct store_config){.history_s = 1, .history_events = 100});
	for (int i = 0; i < 300; i++)
		put(s, "/x", "v");
	usleep(1100000); /* history_s is counted in seconds */
	for (int i = 0; i < 300; i++)
		put(s, "/x", "v");
	for (int i = 0; on_etcd() && store_compacted(s) <= origin + 200 && i < 300; i++) {
		put(s, "/x", "v"); /* there it is a matter of time: the next turn */
		usleep(10000);
	}
	CHECK(store_compacted(s) > origin + 200);
	CHECK(store_compacted(s) <= store_revision(s) - 100);
	store_free(s);
}

/* --- many at once --- */

#define WRITERS 8
#define WRITES  300

struct crowd {
	struct store *s;
	int id;
};

static void *writer(void *arg)
{
	struct crowd *c = arg;
	unsigned seed = (unsigned)c->id + 1;
	for (int i = 0; i < WRITES; i++) {
		char key[32], text[32];
		seed = seed * 1103515245u + 12345u;
		(void)snprintf(key, sizeof(key), "/%c/%u", (seed >> 16) & 1 ? 'a' : 'b', (seed >> 17) % 20);
		(void)snprintf(text, sizeof(text), "%d.%d", c->id, i);
		if ((seed >> 24) % 5 == 0)
			(void)del(c->s, key, -1);
		else
			(void)put_as(c->s, key, text, -1, (seed >> 24) % 5 == 1);
	}
	return NULL;
}

static void watch_under_load(void)
{
	fresh();
	/* A small cache makes a short ring: late watches read from disk. */
	struct store *s = open_at(dir, &(struct store_config){.cache_bytes = 4096});
	pthread_t t[WRITERS];
	struct crowd c[WRITERS];
	struct seen first = SEEN_INIT, late[40];
	struct store_watch *fw, *lw[40];
	CHECK(store_watch_new(&fw, s, "/a/", origin, on_watch, &first, NULL) == 0);
	for (int i = 0; i < WRITERS; i++) {
		c[i] = (struct crowd){s, i};
		pthread_create(&t[i], NULL, writer, &c[i]);
	}
	for (int i = 0; i < 40; i++) {
		late[i] = (struct seen)SEEN_INIT;
		late[i].only = "/a/";
		CHECK(store_watch_new(&lw[i], s, "/a/", origin, on_watch, &late[i], NULL) == 0);
		if (i % 4 == 3) { /* and some that go away in the middle of it */
			store_watch_free(lw[i]);
			lw[i] = NULL;
		}
		usleep(5000);
	}
	for (int i = 0; i < WRITERS; i++)
		pthread_join(t[i], NULL);
	int64_t end = store_revision(s);
	store_watch_progress(fw);
	until_rev(&first, end);
	CHECK(!first.bad && first.n > 100);
	for (int i = 0; i < 40; i++) {
		if (!lw[i])
			continue;
		store_watch_progress(lw[i]);
		until_rev(&late[i], end);
		CHECK(late[i].n == first.n && late[i].sum == first.sum && !late[i].bad);
		store_watch_free(lw[i]);
	}
	store_watch_free(fw);
	/* And once more all from disk. */
	store_free(s);
	s = open_at(dir, NULL);
	struct seen d = SEEN_INIT;
	CHECK(store_watch_new(&fw, s, "/a/", origin, on_watch, &d, NULL) == 0);
	until_rev(&d, end);
	store_watch_progress(fw);
	CHECK(d.n == first.n && d.sum == first.sum && !d.bad);
	store_watch_free(fw);
	store_free(s);
}

static void pages_under_load(void)
{
	fresh();
	struct store *s = open_at(dir, &(struct store_config){.cache_bytes = 4096});
	for (int i = 0; i < 200; i++) {
		char key[32];
		(void)snprintf(key, sizeof(key), "/p/%03d", i);
		put(s, key, "still");
	}
	pthread_t t[WRITERS];
	struct crowd c[WRITERS];
	for (int i = 0; i < WRITERS; i++) {
		c[i] = (struct crowd){s, i};
		pthread_create(&t[i], NULL, writer, &c[i]);
	}
	for (int round = 0; round < 20; round++) {
		/* Pages of one revision together are what the revision was, however much is written meanwhile. */
		struct list_wait whole, l = {0};
		range(s, &(struct store_range){.prefix = ""}, &whole);
		CHECK(whole.w.code == 0 && whole.values_ok);
		size_t n = 0;
		bool ok = true;
		char after[256] = "";
		do {
			range(s,
			      &(struct store_range){.prefix = "", .limit = 17, .rev = whole.rev, .start_after = after},
			      &l);
			ok = ok && l.w.code == 0 && l.values_ok;
			n += l.n;
			(void)str_copy(after, sizeof(after), l.last);
		} while (l.more && ok);
		CHECK(ok && n == whole.n);
	}
	for (int i = 0; i < WRITERS; i++)
		pthread_join(t[i], NULL);
	store_free(s);
}

static void cache_is_bounded(void)
{
	fresh();
	struct store *s = open_at(dir, &(struct store_config){.cache_bytes = 20000});
	char key[32], text[1001];
	memset(text, 'x', sizeof(text));
	text[1000] = 0;
	for (int i = 0; i < 200; i++) {
		(void)snprintf(key, sizeof(key), "/k/%03d", i);
		put(s, key, text);
	}
	struct store_stats st;
	store_stats(s, &st);
	CHECK(st.cache_bytes <= 20000 && st.keys == 200);
	struct store_item i;
	CHECK(store_get(s, "/k/000", &i) == ERR_AGAIN);
	CHECK(has(s, "/k/000", text));
	CHECK(store_get(s, "/k/000", &i) == 0); /* it is back in */
	store_item_done(&i);
	CHECK(has(s, "/k/100", text));
	store_stats(s, &st);
	CHECK(st.cache_bytes <= 20000 && st.cache_misses == 2);
	/* Deletion of something that is not in memory finds its last state on disk. */
	struct store_op op = {.kind = STORE_DELETE, .key = "/k/050", .expect = -1};
	struct wait w;
	CHECK(store_get(s, "/k/050", &i) == ERR_AGAIN);
	CHECK(commit(s, &op, 1, &w) == 0 && strstr(w.item.value->data, "xxxx"));
	store_item_done(&w.item);
	struct list_wait l;
	range(s, &(struct store_range){.prefix = "/k/"}, &l);
	CHECK(l.n == 199 && l.values_ok);
	store_stats(s, &st);
	CHECK(st.cache_bytes <= 20000);
	store_free(s);
}

static void late_writes(void)
{
	fresh();
	struct store *s = open_at(dir, NULL);
	put(s, "/lease/a", "0");
	struct store_stats st;
	store_stats(s, &st);
	uint64_t fsyncs = st.fsyncs;
	struct seen w = SEEN_INIT;
	struct store_watch *a;
	CHECK(store_watch_new(&a, s, "/", store_revision(s), on_watch, &w, NULL) == 0);
	int64_t mid = put_as(s, "/lease/a", "1", -1, true);
	int64_t r = put_as(s, "/lease/a", "2", mid, true);
	CHECK(r == mid + 1);
	until_rev(&w, r);
	CHECK_STR(w.text, "*/lease/a:1<0 */lease/a:2<1");
	CHECK(has(s, "/lease/a", "2"));
	struct list_wait l;
	range(s, &(struct store_range){.prefix = "/", .rev = mid}, &l);
	CHECK_STR(l.text, "/lease/a=1");
	CHECK(l.values_ok);
	store_stats(s, &st);
	CHECK(st.fsyncs == fsyncs);
	put(s, "/pods/x", "now"); /* takes them along */
	store_stats(s, &st);
	CHECK(st.fsyncs == fsyncs + 1);
	put_as(s, "/lease/a", "3", -1, true);
	store_watch_free(a);
	store_free(s); /* and so does closing */
	s = open_at(dir, &(struct store_config){.late_flush_ms = 500});
	CHECK(has(s, "/lease/a", "3"));
	store_stats(s, &st);
	fsyncs = st.fsyncs;
	put_as(s, "/lease/a", "4", -1, true); /* the first one promises revisions: that is durable */
	put_as(s, "/lease/a", "5", -1, true);
	store_stats(s, &st);
	CHECK(st.fsyncs == fsyncs + 1);
	for (int i = 0; i < 100 && st.fsyncs == fsyncs + 1; i++) {
		usleep(20000);
		store_stats(s, &st);
	}
	CHECK(st.fsyncs == fsyncs + 2);
	usleep(600000); /* and then it is quiet */
	store_stats(s, &st);
	CHECK(st.fsyncs == fsyncs + 2);
	store_free(s);
}

static void reopen(void)
{
	fresh();
	struct store *s = open_at(dir, NULL);
	CHECK(put(s, "/a", "1") == 2);
	CHECK(put(s, "/b", "2") == 3);
	del(s, "/a", -1);
	store_free(s);
	s = open_at(dir, NULL);
	CHECK(store_revision(s) == 4); /* in order: no gap */
	CHECK(has(s, "/b", "2"));
	struct store_item i;
	CHECK(store_get(s, "/a", &i) == ERR_NOT_FOUND);
	CHECK(put(s, "/c", "3") == 5);
	/* Held by us: nobody else. */
	AUTO_FREE char *path = str_fmt("%s/db", dir);
	struct store *other;
	struct err e;
	CHECK(store_open(&other, &(struct store_config){.path = path}, &e) == -EWOULDBLOCK);
	CHECK(strstr(e.msg, path) && strstr(e.msg, "in use"));
	store_stop(s);
	store_stop(s);
	CHECK(put(s, "/d", "4") == ERR_CANCELED);
	CHECK(has(s, "/c", "3"));
	store_free(s);
	CHECK(store_free(NULL) == NULL);
}

static void bad_files(void)
{
	fresh();
	AUTO_FREE char *path = str_fmt("%s/db", dir);
	struct store *s = NULL;
	struct err e;
	CHECK(fs_write(path,
		       "this is no database, but it is long enough to be looked at, as a hundred bytes of header are, "
		       "and so on",
		       102, &e) == 0);
	CHECK(store_open(&s, &(struct store_config){.path = path}, &e) == -EUCLEAN);
	CHECK(strstr(e.msg, "corrupt") && strstr(e.msg, path));
	(void)unlink(path);
	s = open_at(dir, NULL);
	char text[2000];
	memset(text, 'x', sizeof(text));
	text[1999] = 0;
	for (int i = 0; i < 100; i++) {
		char key[32];
		(void)snprintf(key, sizeof(key), "/k/%d", i);
		put(s, key, text);
	}
	store_free(s);
	/* A page in the middle is rubbish. */
	FILE *f = fopen(path, "r+");
	CHECK(f && fseek(f, 4096 * 20, SEEK_SET) == 0);
	memset(text, 0xee, sizeof(text));
	CHECK(fwrite(text, sizeof(text), 1, f) == 1);
	fclose(f);
	CHECK(store_open(&s, &(struct store_config){.path = path}, &e) == -EUCLEAN);
	CHECK(strstr(e.msg, "corrupt"));
	/* Somebody else's database. */
	(void)unlink(path);
	sqlite3 *db;
	CHECK(sqlite3_open(path, &db) == SQLITE_OK &&
	      sqlite3_exec(db, "CREATE TABLE t(x)", NULL, NULL, NULL) == SQLITE_OK);
	sqlite3_close(db);
	CHECK(store_open(&s, &(struct store_config){.path = path}, &e) == ERR_INVALID);
	CHECK(store_open(&s, &(struct store_config){.path = "/nonexistent/dir/db"}, &e) < 0);
}

static void backup(void)
{
	fresh();
	struct store *s = open_at(dir, NULL);
	put(s, "/a", "1");
	put_as(s, "/lease", "late", -1, true);
	int64_t at = store_revision(s);
	AUTO_FREE char *copy = str_fmt("%s/copy", dir), *db = str_fmt("%s/db", dir);
	struct err e;
	CHECK(store_backup(s, copy, &e) == 0);
	CHECK(store_backup(s, copy, &e) == ERR_EXISTS);
	for (int i = 0; i < 10; i++)
		put(s, "/a", "2");
	int64_t end = store_revision(s);
	store_free(s);
	CHECK(rename(copy, db) == 0);
	s = open_at(dir, NULL);
	CHECK(has(s, "/a", "1") && has(s, "/lease", "late"));
	int64_t start = store_revision(s);
	CHECK(start > end);
	struct store_watch *w;
	CHECK(store_watch_new(&w, s, "/", end, on_watch, NULL, NULL) == ERR_GONE);
	struct list_wait l;
	range(s, &(struct store_range){.prefix = "/", .rev = end}, &l);
	CHECK(l.w.code == ERR_GONE);
	struct seen h = SEEN_INIT;
	CHECK(store_watch_new(&w, s, "/", at, on_watch, &h, NULL) == 0);
	int64_t r = put(s, "/a", "3");
	CHECK(r == start + 1);
	until_rev(&h, r);
	CHECK_STR(h.text, "*/a:3<1");
	store_watch_free(w);
	store_free(s);
	s = open_at(dir, NULL); /* the gap is remembered, the jump is not repeated */
	CHECK(store_revision(s) == r);
	CHECK(store_watch_new(&w, s, "/", end, on_watch, NULL, NULL) == ERR_GONE);
	store_free(s);
}

static void stop_ends_watches(void)
{
	fresh();
	struct store *s = open_at(dir, NULL);
	struct seen w = SEEN_INIT;
	struct store_watch *a;
	CHECK(store_watch_new(&a, s, "/", store_revision(s), on_watch, &w, NULL) == 0);
	put(s, "/a", "1");
	store_stop(s);
	until_code(&w);
	CHECK(w.code == ERR_CANCELED && w.n == 1 && !w.bad);
	struct store_watch *b;
	CHECK(store_watch_new(&b, s, "/", store_revision(s), on_watch, &w, NULL) == ERR_CANCELED);
	store_watch_free(a);
	store_free(s);
}

int main(void)
{
	scratch(dir);
	RUN(compare_and_swap);
	RUN(transactions);
	RUN(ranges_and_the_past);
	RUN(watch_and_history);
	RUN(deletion_tells_the_last_state);
	RUN(compaction);
	RUN(compaction_by_itself);
	RUN(watch_under_load);
	RUN(pages_under_load);
	RUN(cache_is_bounded);
	if (!on_etcd()) { /* what is about files */
		RUN(late_writes);
		RUN(reopen);
		RUN(bad_files);
		RUN(backup);
	}
	RUN(stop_ends_watches);
	(void)fs_rm_rf(dir, NULL);
	return TEST_END();
}
