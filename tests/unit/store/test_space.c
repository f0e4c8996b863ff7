/*
 * Space on disk: compaction in slices, files that shrink, files of before that was so, and the size of the WAL whoever
 * reads.
 */
#include <sqlite3.h>
#include <stdatomic.h>
#include <sys/stat.h>
#include "tests/unit/store/file.h"

#define PAGE 4096

static char dir[64];

static int64_t aim; /* what is to be compacted */

static void fresh(void)
{
	aim = 0;
	(void)fs_rm_rf(dir, NULL);
	scratch(dir);
}

static int64_t number(const char *sql)
{
	AUTO_FREE char *path = str_fmt("%s/db", dir);
	return file_number(path, sql);
}

static off_t bytes(const char *suffix)
{
	AUTO_FREE char *path = str_fmt("%s/db%s", dir, suffix);
	struct stat st;
	return stat(path, &st) == 0 ? st.st_size : 0;
}

static bool until(bool (*fn)(void))
{
	for (int i = 0; i < 12000 && !fn();
	     i++) /* two minutes: a disk that others keep busy may need seconds for a sync */
		usleep(10000);
	if (fn())
		return true;
	fprintf(stderr,
		"compacted %" PRId64 ", swept %" PRId64 " (%" PRId64 "), %" PRId64 " of %" PRId64 " pages free\n",
		number("SELECT v FROM meta WHERE k='compacted'"), number("SELECT v>>12 FROM meta WHERE k='swept'"),
		number("SELECT v&4095 FROM meta WHERE k='swept'"), number("PRAGMA freelist_count"),
		number("PRAGMA page_count"));
	return false;
}

static int compact(struct store *s, int64_t upto)
{
	aim = upto;
	return store_compact(s, upto, NULL);
}

/* What the writer does when it has nothing else to do. */
static bool swept(void)
{
	AUTO_FREE char *path = str_fmt("%s/db", dir);
	return file_swept(path, aim);
}

static bool quarter(void)
{
	return number("PRAGMA freelist_count") * 4 <= number("PRAGMA page_count");
}

static bool cut_off(void)
{
	return bytes("") == number("PRAGMA page_count") * PAGE;
}

static void key_of(char key[32], int i)
{
	(void)snprintf(key, 32, "/k/%06d", i);
}

static size_t under_way;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t cond = PTHREAD_COND_INITIALIZER;

static void on_one(void *arg, const struct store_done *d)
{
	pthread_mutex_lock(&lock);
	if (d->code)
		(*(size_t *)arg)++;
	under_way--;
	pthread_cond_signal(&cond);
	pthread_mutex_unlock(&lock);
}

/* A revision for each, many at once; how many failed. */
static size_t each(struct store *s, int from, int to, enum store_op_kind kind, const char *text)
{
	struct bytes *v AUTO_BYTES = object(text), *ix AUTO_BYTES = bytes_of(text);
	size_t failed = 0;
	for (int i = from; i < to; i++) {
		char key[32];
		key_of(key, i);
		struct store_op op = {.kind = kind, .key = key, .expect = -1};
		if (kind == STORE_PUT) {
			op.value = v;
			op.splice = SPLICE;
			op.index = ix;
		}
		pthread_mutex_lock(&lock);
		under_way++;
		pthread_mutex_unlock(&lock);
		CHECK(store_commit(s, &op, 1, on_one, &failed, NULL) == 0);
	}
	pthread_mutex_lock(&lock);
	while (under_way > 0)
		pthread_cond_wait(&cond, &lock);
	pthread_mutex_unlock(&lock);
	return failed;
}

static char *big_text(size_t n)
{
	char *s = malloc(n + 1);
	if (!s)
		abort();
	memset(s, 'x', n);
	s[n] = 0;
	return s;
}

/* --- tests --- */

static void file_shrinks(void)
{
	fresh();
	AUTO_FREE char *text = big_text(3000);
	struct store *s = open_at(dir, &(struct store_config){.shrink_bytes = 1 << 20});
	CHECK_INT(number("PRAGMA auto_vacuum"), 2);
	CHECK_INT((int64_t)each(s, 0, 4000, STORE_PUT, text), 0);
	CHECK_INT((int64_t)each(s, 1000, 4000, STORE_DELETE, ""), 0);
	CHECK(compact(s, store_revision(s)) == 0);
	CHECK(until(swept));
	CHECK_INT(number("SELECT count(*) FROM log"), 1000);
	CHECK(until(quarter));
	CHECK(until(cut_off));
	CHECK(bytes("") < 8 << 20); /* it was 16 MB and more */
	CHECK(store_count(s, "/k/") == 1000);
	CHECK(has(s, "/k/000000", text) && has(s, "/k/000999", text));
	/* It is used again, and what is there stays so. */
	CHECK_INT((int64_t)each(s, 5000, 6000, STORE_PUT, text), 0);
	int64_t rev = store_revision(s);
	store_free(s);
	AUTO_FREE char *path = str_fmt("%s/db", dir);
	CHECK(file_intact(path));
	s = open_at(dir, NULL);
	CHECK(store_revision(s) == rev && store_count(s, "/k/") == 2000 && has(s, "/k/005999", text));
	store_free(s);
}

/* Below a half, or below what is worth it, nothing moves. */
static void file_keeps_its_size(void)
{
	fresh();
	AUTO_FREE char *text = big_text(3000);
	struct store *s = open_at(dir, &(struct store_config){.shrink_bytes = 1 << 20});
	CHECK_INT((int64_t)each(s, 0, 2000, STORE_PUT, text), 0);
	CHECK_INT((int64_t)each(s, 0, 600, STORE_DELETE, ""), 0);
	int64_t pages = number("PRAGMA page_count");
	CHECK(compact(s, store_revision(s)) == 0);
	CHECK(until(swept));
	put(s, "/y", "1");
	usleep(100000);
	put(s, "/y", "2");
	CHECK(number("PRAGMA page_count") >= pages);
	store_free(s);
	s = open_at(dir, &(struct store_config){.shrink_bytes = 64 << 20});
	CHECK_INT((int64_t)each(s, 600, 2000, STORE_DELETE, ""), 0);
	pages = number("PRAGMA page_count");
	CHECK(compact(s, store_revision(s)) == 0);
	CHECK(until(swept));
	usleep(100000);
	put(s, "/y", "3");
	CHECK(number("PRAGMA page_count") >= pages);
	store_free(s);
	/* A start finds what the last run left behind. */
	s = open_at(dir, &(struct store_config){.shrink_bytes = 1 << 20});
	CHECK(until(quarter));
	CHECK(number("PRAGMA page_count") < pages / 4);
	CHECK(has(s, "/y", "3"));
	store_free(s);
}

/* Writes go on while much is compacted: it takes many slices, and each write comes between two of them. */
static void writes_come_first(void)
{
	fresh();
	struct store *s = open_at(dir, NULL);
	for (int i = 0; i < 3; i++)
		CHECK_INT((int64_t)each(s, 0, 10000, STORE_PUT, "text"), 0);
	int64_t upto = store_revision(s);
	int between = 0;
	CHECK(compact(s, upto) == 0);
	CHECK(store_compacted(s) == upto);
	for (int i = 0; i < 1000 && (i == 0 || !swept()); i++) {
		CHECK(put(s, "/y", "1") > 0);
		between++;
	}
	CHECK(between > 10);
	CHECK(until(swept));
	CHECK(number("SELECT count(*) FROM log") <= 10000 + between);
	CHECK(store_count(s, "/k/") == 10000 && has(s, "/k/009999", "text"));
	store_free(s);
}

/* Many writers at once leave no time between their batches: it keeps up all the same. */
static atomic_bool stop;

static void *hammer(void *arg)
{
	struct store *s = arg;
	static atomic_int id;
	char key[32];
	(void)snprintf(key, sizeof(key), "/hammer/%d", atomic_fetch_add(&id, 1));
	while (!atomic_load(&stop))
		CHECK(put(s, key, "text") > 0);
	return NULL;
}

static void compaction_keeps_up(void)
{
	fresh();
	struct store *s = open_at(dir, &(struct store_config){.history_s = 1, .history_events = 1000});
	pthread_t t[16];
	atomic_store(&stop, false);
	for (int i = 0; i < 16; i++)
		CHECK(pthread_create(&t[i], NULL, hammer, s) == 0);
	usleep(4000000);
	int64_t all = store_revision(s), rows = number("SELECT count(*) FROM log");
	atomic_store(&stop, true);
	for (int i = 0; i < 16; i++)
		pthread_join(t[i], NULL);
	/* Of four seconds one is kept, and what is on its way out: on a machine that others keep busy, that is more. */
	CHECK(rows < all * 9 / 10);
	fprintf(stderr, "%" PRId64 " revisions, %" PRId64 " rows\n", all, rows);
	store_free(s);
}

static void sweeping_goes_on(void)
{
	fresh();
	struct store *s = open_at(dir, NULL);
	for (int i = 0; i < 2; i++)
		CHECK_INT((int64_t)each(s, 0, 3000, STORE_PUT, "text"), 0);
	CHECK_INT((int64_t)each(s, 2000, 3000, STORE_DELETE, ""), 0);
	int64_t upto = store_revision(s);
	put(s, "/y", "1");
	store_free(s);
	/* As a crash in the middle of it leaves it. */
	AUTO_FREE char *path = str_fmt("%s/db", dir);
	sqlite3 *db;
	AUTO_FREE char *sql =
	    str_fmt("INSERT OR REPLACE INTO meta VALUES('compacted',%" PRId64 ");"
		    "CREATE TEMP TABLE c AS SELECT id, prev FROM log WHERE prev<>0 ORDER BY id LIMIT 1234;"
		    "DELETE FROM log WHERE id IN (SELECT prev FROM c);"
		    "INSERT OR REPLACE INTO meta SELECT 'swept',max(id) FROM c",
		    upto);
	CHECK(sqlite3_open(path, &db) == SQLITE_OK && sqlite3_exec(db, sql, NULL, NULL, NULL) == SQLITE_OK);
	sqlite3_close(db);
	s = open_at(dir, NULL);
	CHECK(store_compacted(s) == upto && store_count(s, "/") == 2001);
	CHECK(until(swept));
	CHECK_INT(number("SELECT count(*) FROM log"), 2001);
	CHECK(has(s, "/k/001999", "text") && has(s, "/y", "1"));
	store_free(s);
}

/* --- files of before --- */

static const char *const old_schema =
    "PRAGMA auto_vacuum=NONE; PRAGMA journal_mode=WAL; BEGIN;"
    "CREATE TABLE log(id INTEGER PRIMARY KEY, prev INTEGER NOT NULL, born INTEGER NOT NULL, kind INTEGER NOT NULL,"
    " splice INTEGER NOT NULL, key BLOB NOT NULL, idx BLOB, value BLOB);"
    "CREATE TABLE meta(k TEXT PRIMARY KEY, v INTEGER NOT NULL) WITHOUT ROWID;"
    "CREATE TABLE gap(lo INTEGER PRIMARY KEY, hi INTEGER NOT NULL);"
    "PRAGMA application_id=0x6d6e6b31; PRAGMA user_version=1;"
    "INSERT INTO meta VALUES('reserved',100000),('clean',0),('backup_time',0),('compacted',10); COMMIT";

static void old_file(int n, int keep)
{
	AUTO_FREE char *path = str_fmt("%s/db", dir);
	sqlite3 *db;
	AUTO_FREE char *text = big_text(3000);
	AUTO_FREE char *sql =
	    str_fmt("BEGIN; WITH RECURSIVE c(x) AS (SELECT 20 UNION ALL SELECT x+1 FROM c WHERE x<%d) INSERT INTO log"
		    " SELECT x<<12,0,x,0,13,CAST(printf('/k/%%06d',x-20) AS BLOB),CAST('%s' AS BLOB),"
		    "CAST('{\"metadata\":{\"name\":\"%s\"}}' AS BLOB) FROM c; COMMIT;"
		    "DELETE FROM log WHERE id>=%d<<12",
		    n + 19, text, text, keep + 20);
	CHECK(sqlite3_open(path, &db) == SQLITE_OK);
	CHECK(sqlite3_exec(db, old_schema, NULL, NULL, NULL) == SQLITE_OK);
	CHECK(sqlite3_exec(db, sql, NULL, NULL, NULL) == SQLITE_OK);
	sqlite3_close(db);
	CHECK_INT(number("PRAGMA auto_vacuum"), 0);
}

static void old_small_file(void)
{
	fresh();
	old_file(3000, 100); /* large, but holds little */
	AUTO_FREE char *text = big_text(3000);
	int64_t pages = number("PRAGMA page_count");
	struct store *s = open_at(dir, NULL);
	CHECK_INT(number("PRAGMA auto_vacuum"), 2);
	CHECK_INT(number("PRAGMA user_version"), 1); /* the older minik still takes it */
	CHECK(number("PRAGMA page_count") < pages / 10);
	CHECK(store_count(s, "/k/") == 100 && has(s, "/k/000099", text));
	CHECK(store_compacted(s) == 10);
	store_free(s);
}

static void old_large_file(void)
{
	fresh();
	old_file(3000, 2000);
	AUTO_FREE char *text = big_text(3000), *to = str_fmt("%s/copy", dir);
	struct store *s = open_at(dir, &(struct store_config){.shrink_bytes = 1 << 20});
	int64_t pages = number("PRAGMA page_count");
	CHECK_INT(number("PRAGMA auto_vacuum"), 0);
	CHECK(store_count(s, "/k/") == 2000 && has(s, "/k/001999", text));
	CHECK_INT((int64_t)each(s, 0, 1900, STORE_DELETE, ""), 0);
	CHECK(compact(s, store_revision(s)) == 0);
	CHECK(until(swept));
	CHECK(number("PRAGMA freelist_count") > pages / 2 && number("PRAGMA page_count") >= pages);
	CHECK(store_backup(s, to, NULL) == 0);
	CHECK_INT(file_number(to, "PRAGMA auto_vacuum"), 2);
	CHECK_INT(file_number(to, "SELECT count(*) FROM log"), 100);
	CHECK(file_number(to, "PRAGMA page_count") < pages / 10);
	CHECK(file_intact(to));
	store_free(s);
	/* It holds little now: the next start rewrites it. */
	s = open_at(dir, NULL);
	CHECK_INT(number("PRAGMA auto_vacuum"), 2);
	CHECK(store_count(s, "/k/") == 100 && has(s, "/k/001999", text));
	store_free(s);
}

/* --- copies while everything moves --- */

/* One key under /t/ at any moment, and a pair that changes together. */
static void *mover(void *arg)
{
	struct store *s = arg;
	for (int n = 1; !atomic_load(&stop); n++) {
		char text[32], old[32], new[32];
		(void)snprintf(text, sizeof(text), "%d", n);
		(void)snprintf(old, sizeof(old), "/t/%d", n - 1);
		(void)snprintf(new, sizeof(new), "/t/%d", n);
		struct bytes *v AUTO_BYTES = object(text), *ix AUTO_BYTES = bytes_of(text);
		struct store_op ops[] = {
		    {.kind = STORE_PUT, .key = "/a", .expect = -1, .value = v, .splice = SPLICE, .index = ix},
		    {.kind = STORE_PUT, .key = new, .expect = 0, .value = v, .splice = SPLICE, .index = ix},
		    {.kind = STORE_PUT, .key = "/b", .expect = -1, .value = v, .splice = SPLICE, .index = ix},
		    {.kind = STORE_DELETE, .key = old, .expect = -1}};
		struct wait w;
		CHECK(commit(s, ops, n == 1 ? 3 : 4, &w) == 0);
		store_item_done(&w.item);
		if (n % 50 == 0)
			CHECK(store_compact(s, w.rev, NULL) == 0);
	}
	return NULL;
}

static void look_at(const char *copy)
{
	char other[64];
	scratch(other);
	AUTO_FREE char *at = str_fmt("%s/db", other);
	CHECK(file_intact(copy));
	CHECK(rename(copy, at) == 0);
	struct store *s = open_at(other, NULL);
	struct store_item a, b;
	CHECK(get(s, "/a", &a) == 0 && get(s, "/b", &b) == 0);
	CHECK_STR(a.index->data, b.index->data);
	CHECK_INT(a.mod_rev, b.mod_rev);
	CHECK_INT((int64_t)store_count(s, "/t/"), 1);
	CHECK_INT((int64_t)store_count(s, "/k/"), 3000);
	CHECK(has(s, "/k/002999", "text"));
	AUTO_FREE char *t = str_fmt("/t/%s", a.index->data);
	CHECK(has(s, t, a.index->data));
	store_item_done(&a);
	store_item_done(&b);
	store_free(s);
	(void)fs_rm_rf(other, NULL);
}

static void copies_of_one_moment(void)
{
	fresh();
	struct store *s = open_at(dir, NULL);
	AUTO_FREE char *path = str_fmt("%s/db", dir), *copy = str_fmt("%s/copy", dir);
	pthread_t t;
	CHECK_INT((int64_t)each(s, 0, 3000, STORE_PUT, "text"), 0);
	atomic_store(&stop, false);
	CHECK(pthread_create(&t, NULL, mover, s) == 0);
	struct err e;
	while (store_count(s, "/t/") == 0)
		usleep(1000);
	for (int i = 0; i < 6; i++) {
		/* By the store, whose compaction waits for it, and as another process does it. */
		int rc =
		    i % 2 ? store_export(&(struct store_config){.path = path}, copy, &e) : store_backup(s, copy, &e);
		CHECK_INT(rc, 0);
		look_at(copy);
	}
	atomic_store(&stop, true);
	pthread_join(t, NULL);
	CHECK(compact(s, store_revision(s)) == 0);
	CHECK(until(swept)); /* it goes on behind the copies */
	store_free(s);
}

/* --- the WAL --- */

struct reading {
	struct store *s;
	int n;
};

static void *reader(void *arg)
{
	struct reading *r = arg;
	for (int i = 0; !atomic_load(&stop); i++) {
		AUTO_FREE char *copy = str_fmt("%s/copy-%d-%d", dir, r->n, i);
		if (r->n % 2) {
			struct list_wait l;
			range(r->s, &(struct store_range){.prefix = "/k/", .limit = 500, .start_after = "/k/001000"},
			      &l);
			CHECK(l.w.code == 0 && l.n == 500);
		} else {
			CHECK(store_backup(r->s, copy, NULL) == 0);
			(void)unlink(copy);
		}
	}
	return NULL;
}

/* Values come from disk (a tiny cache), copies are made all the time, and writes do not end. */
static void wal_is_bounded(void)
{
	fresh();
	AUTO_FREE char *text = big_text(3000);
	struct store *s = open_at(dir, &(struct store_config){.cache_bytes = 1 << 16});
	CHECK_INT((int64_t)each(s, 0, 5000, STORE_PUT, text), 0);
	struct reading r[6];
	pthread_t t[6];
	atomic_store(&stop, false);
	for (int i = 0; i < 6; i++) {
		r[i] = (struct reading){s, i};
		CHECK(pthread_create(&t[i], NULL, reader, &r[i]) == 0);
	}
	off_t most = 0;
	for (int i = 0; i < 40; i++) { /* 400 MB of pages */
		CHECK_INT((int64_t)each(s, 0, 2500, STORE_PUT, text), 0);
		most = bytes("-wal") > most ? bytes("-wal") : most;
	}
	atomic_store(&stop, true);
	for (int i = 0; i < 6; i++)
		pthread_join(t[i], NULL);
	fprintf(stderr, "the WAL had %lld MB at most\n", (long long)most >> 20);
	CHECK(most < 320 << 20); /* it has started again, however slow the machine; a batch may have 16 */
	store_free(s);
}

int main(void)
{
	scratch(dir);
	RUN(file_shrinks);
	RUN(file_keeps_its_size);
	RUN(writes_come_first);
	RUN(compaction_keeps_up);
	RUN(sweeping_goes_on);
	RUN(old_small_file);
	RUN(old_large_file);
	RUN(copies_of_one_moment);
	RUN(wal_is_bounded);
	(void)fs_rm_rf(dir, NULL);
	return TEST_END();
}
