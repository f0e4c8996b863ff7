/*
 * A disk that is full, that fails, that loses what was not synced: by an SQLite VFS that stands before the real one and
 * does as it is told. And a file system that is really full, where one may be mounted.
 */
#include <fcntl.h>
#include <sched.h>
#include <sqlite3.h>
#include <sys/mount.h>
#include "tests/unit/store/util.h"

static char dir[64];

/* --- the VFS --- */

static struct {
	int full;       /* atomic: writes fail for want of space */
	int sync_fails; /* atomic: the next so many syncs fail */
	int countdown;  /* atomic: the n-th write from now fails with an I/O error; 0: none */
	unsigned syncs, writes;
} disk;

struct shim {
	sqlite3_file base;
	sqlite3_file *real; /* behind us */
	bool wal;
};

/*
 * What a power cut would take from the WAL: everything since the last sync, and, as Linux has it, what was not written
 * when a sync failed, though it can still be read, and though the next sync succeeds.
 */
static struct {
	pthread_mutex_t lock;
	bool on;
	struct range {
		sqlite3_int64 at, end;
		bool lost;
	} v[65536];
	size_t n;
} volatiles = {.lock = PTHREAD_MUTEX_INITIALIZER};

static void volatile_write(sqlite3_int64 at, sqlite3_int64 n)
{
	pthread_mutex_lock(&volatiles.lock);
	size_t m = 0;
	for (size_t i = 0; i < volatiles.n; i++)
		if (volatiles.v[i].at < at || volatiles.v[i].end > at + n)
			volatiles.v[m++] = volatiles.v[i];
	volatiles.n = m;
	if (m == ARRAY_LEN(volatiles.v))
		abort();
	volatiles.v[volatiles.n++] = (struct range){at, at + n, false};
	pthread_mutex_unlock(&volatiles.lock);
}

static void volatile_sync(bool ok)
{
	pthread_mutex_lock(&volatiles.lock);
	size_t m = 0;
	for (size_t i = 0; i < volatiles.n; i++) {
		volatiles.v[i].lost |= !ok;
		if (volatiles.v[i].lost)
			volatiles.v[m++] = volatiles.v[i];
	}
	volatiles.n = m;
	pthread_mutex_unlock(&volatiles.lock);
}
static sqlite3_vfs *below;
static sqlite3_vfs shim_vfs;
static sqlite3_io_methods shim_methods;

#define REAL(f)              (((struct shim *)(f))->real)
#define CALL(f, method, ...) REAL(f)->pMethods->method(REAL(f), ##__VA_ARGS__)

static int f_close(sqlite3_file *f)
{
	return CALL(f, xClose);
}
static int f_read(sqlite3_file *f, void *p, int n, sqlite3_int64 at)
{
	return CALL(f, xRead, p, n, at);
}
static int f_write(sqlite3_file *f, const void *p, int n, sqlite3_int64 at)
{
	__atomic_add_fetch(&disk.writes, 1, __ATOMIC_RELAXED);
	if (__atomic_load_n(&disk.full, __ATOMIC_RELAXED)) {
		/* Half of it goes to disk, as a real disk would have it. */
		(void)CALL(f, xWrite, p, n / 2, at);
		return SQLITE_FULL;
	}
	if (__atomic_load_n(&disk.countdown, __ATOMIC_RELAXED) > 0 &&
	    __atomic_sub_fetch(&disk.countdown, 1, __ATOMIC_RELAXED) == 0)
		return SQLITE_IOERR_WRITE;
	if (volatiles.on && ((struct shim *)f)->wal)
		volatile_write(at, n);
	return CALL(f, xWrite, p, n, at);
}
static int f_truncate(sqlite3_file *f, sqlite3_int64 n)
{
	if (volatiles.on && ((struct shim *)f)->wal && n == 0)
		volatiles.n = 0;
	return CALL(f, xTruncate, n);
}
static int f_sync(sqlite3_file *f, int flags)
{
	__atomic_add_fetch(&disk.syncs, 1, __ATOMIC_RELAXED);
	if (__atomic_load_n(&disk.sync_fails, __ATOMIC_RELAXED) > 0) {
		__atomic_sub_fetch(&disk.sync_fails, 1, __ATOMIC_RELAXED);
		if (volatiles.on && ((struct shim *)f)->wal)
			volatile_sync(false);
		return SQLITE_IOERR_FSYNC;
	}
	if (volatiles.on && ((struct shim *)f)->wal)
		volatile_sync(true);
	return CALL(f, xSync, flags);
}
static int f_size(sqlite3_file *f, sqlite3_int64 *n)
{
	return CALL(f, xFileSize, n);
}
static int f_lock(sqlite3_file *f, int l)
{
	return CALL(f, xLock, l);
}
static int f_unlock(sqlite3_file *f, int l)
{
	return CALL(f, xUnlock, l);
}
static int f_reserved(sqlite3_file *f, int *r)
{
	return CALL(f, xCheckReservedLock, r);
}
static int f_control(sqlite3_file *f, int op, void *p)
{
	return CALL(f, xFileControl, op, p);
}
static int f_sector(sqlite3_file *f)
{
	return CALL(f, xSectorSize);
}
static int f_chars(sqlite3_file *f)
{
	return CALL(f, xDeviceCharacteristics);
}
static int f_shm_map(sqlite3_file *f, int pg, int n, int x, void volatile **p)
{
	return CALL(f, xShmMap, pg, n, x, p);
}
static int f_shm_lock(sqlite3_file *f, int at, int n, int flags)
{
	return CALL(f, xShmLock, at, n, flags);
}
static void f_shm_barrier(sqlite3_file *f)
{
	CALL(f, xShmBarrier);
}
static int f_shm_unmap(sqlite3_file *f, int del)
{
	return CALL(f, xShmUnmap, del);
}

static int shim_open(sqlite3_vfs *v, const char *name, sqlite3_file *f, int flags, int *out)
{
	(void)v;
	struct shim *s = (struct shim *)f;
	s->real = (sqlite3_file *)(void *)(s + 1);
	s->wal = (flags & SQLITE_OPEN_WAL) != 0;
	int rc = below->xOpen(below, name, s->real, flags, out);
	f->pMethods = s->real->pMethods ? &shim_methods : NULL;
	return rc;
}

static void shim_register(void)
{
	below = sqlite3_vfs_find(NULL);
	shim_vfs = *below;
	shim_vfs.zName = "shim";
	shim_vfs.pNext = NULL;
	shim_vfs.szOsFile = (int)sizeof(struct shim) + below->szOsFile;
	shim_vfs.xOpen = shim_open;
	shim_methods =
	    (sqlite3_io_methods){2,          f_close,       f_read,      f_write,   f_truncate, f_sync,  f_size,
				 f_lock,     f_unlock,      f_reserved,  f_control, f_sector,   f_chars, f_shm_map,
				 f_shm_lock, f_shm_barrier, f_shm_unmap, NULL,      NULL};
	sqlite3_vfs_register(&shim_vfs, 1);
}

static void fresh(void)
{
	memset(&disk, 0, sizeof(disk));
	(void)fs_rm_rf(dir, NULL);
	scratch(dir);
}

/* --- tests --- */

static void full_disk(void)
{
	fresh();
	struct store *s = open_at(dir, NULL);
	int64_t r = put(s, "/a", "1");
	put(s, "/b", "1");
	disk.full = 1;
	struct bytes *v AUTO_BYTES = object("2");
	struct store_op ops[] = {{.kind = STORE_PUT, .key = "/a", .expect = r, .value = v, .splice = SPLICE},
				 {.kind = STORE_DELETE, .key = "/b", .expect = -1},
				 {.kind = STORE_PUT, .key = "/c", .expect = 0, .value = v, .splice = SPLICE}};
	struct wait w;
	CHECK(commit(s, ops, 3, &w) == -ENOSPC);
	CHECK(strstr(w.err.msg, "no space left") && strstr(w.err.msg, dir));
	CHECK(has(s, "/a", "1") && has(s, "/b", "1"));
	struct store_item i;
	CHECK(store_get(s, "/c", &i) == ERR_NOT_FOUND);
	CHECK(store_count(s, "/") == 2);
	CHECK(store_revision(s) == r + 1);
	for (int n = 0; n < 20; n++)
		CHECK(put_as(s, "/a", "3", r, false) == -ENOSPC);
	/* A heartbeat does not need the disk now. */
	CHECK(put_as(s, "/lease", "late", -1, true) == r + 2);
	CHECK(has(s, "/lease", "late"));
	disk.full = 0;
	CHECK(commit(s, ops, 3, &w) == 0 && w.rev == r + 3);
	store_item_done(&w.item);
	CHECK(store_get(s, "/b", &i) == ERR_NOT_FOUND);
	store_free(s);
	s = open_at(dir, NULL);
	CHECK(store_revision(s) == r + 3 && has(s, "/lease", "late") && store_count(s, "/") == 3);
	store_free(s);
}

struct many {
	pthread_mutex_t lock;
	pthread_cond_t cond;
	size_t left, failed;
};

static void on_many(void *arg, const struct store_done *d)
{
	struct many *m = arg;
	pthread_mutex_lock(&m->lock);
	m->left--;
	m->failed += d->code != 0;
	pthread_cond_signal(&m->cond);
	pthread_mutex_unlock(&m->lock);
}

/* Late and durable transactions in one batch, which fails: the late ones happen, the others do not. */
static void full_disk_mixed_batch(void)
{
	fresh();
	struct store *s = open_at(dir, NULL);
	put(s, "/a", "1");
	disk.full = 1;
	struct bytes *v AUTO_BYTES = object("2");
	struct many m = {.lock = PTHREAD_MUTEX_INITIALIZER, .cond = PTHREAD_COND_INITIALIZER, .left = 200};
	for (int i = 0; i < 200; i++) {
		char key[32];
		(void)snprintf(key, sizeof(key), i % 2 ? "/lease/%d" : "/pod/%d", i);
		struct store_op op = {
		    .kind = STORE_PUT, .key = key, .expect = 0, .value = v, .splice = SPLICE, .late = i % 2};
		CHECK(store_commit(s, &op, 1, on_many, &m, NULL) == 0);
	}
	pthread_mutex_lock(&m.lock);
	while (m.left > 0)
		pthread_cond_wait(&m.cond, &m.lock);
	pthread_mutex_unlock(&m.lock);
	CHECK(m.failed == 100);
	CHECK(store_count(s, "/lease/") == 100 && store_count(s, "/pod/") == 0);
	disk.full = 0;
	CHECK(put(s, "/pod/0", "x") > 0);
	store_free(s);
	s = open_at(dir, NULL);
	CHECK(store_count(s, "/lease/") == 100 && store_count(s, "/pod/") == 1);
	store_free(s);
}

static void failing_sync(void)
{
	fresh();
	struct store *s = open_at(dir, NULL);
	put(s, "/a", "1");
	disk.sync_fails = 1;
	int64_t rc = put(s, "/a", "2");
	CHECK(rc == -EIO);
	CHECK(has(s, "/a", "1"));
	rc = put(s, "/a", "3");
	CHECK(rc > 0 && has(s, "/a", "3"));
	store_free(s);
	s = open_at(dir, NULL);
	CHECK(has(s, "/a", "3"));
	store_free(s);
}

/* Every write in turn fails; whatever the answer was is what there is, then and after opening again. */
static void every_write_fails_once(void)
{
	int failed = 0;
	for (int nth = 1; nth < 40; nth++) {
		fresh();
		struct store *s = open_at(dir, &(struct store_config){.history_s = 1, .history_events = 1});
		char text[32], have[32] = "0";
		CHECK(put(s, "/x", have) > 0);
		disk.countdown = nth;
		bool ok = true;
		for (int i = 1; i < 20; i++) {
			(void)snprintf(text, sizeof(text), "%d", i);
			if (put(s, "/x", text) > 0)
				memcpy(have, text, sizeof(have));
			else
				failed++;
			ok = ok && has(s, "/x", have);
		}
		CHECK(ok);
		disk.countdown = 0;
		CHECK(put(s, "/y", "end") > 0);
		int64_t rev = store_revision(s);
		store_free(s);
		s = open_at(dir, NULL);
		CHECK(has(s, "/x", have) && has(s, "/y", "end") && store_revision(s) == rev);
		store_free(s);
	}
	CHECK(failed > 30); /* some hit a checkpoint, which nobody needs to hear of */
}

static void one_sync_per_batch(void)
{
	fresh();
	struct store *s = open_at(dir, NULL);
	put(s, "/a", "1");
	unsigned before = disk.syncs;
	for (int i = 0; i < 50; i++)
		put(s, "/a", "2");
	CHECK(disk.syncs - before == 50);
	/* Late ones: none at all; and nothing moves when nothing happens. */
	before = disk.syncs;
	unsigned writes = disk.writes;
	for (int i = 0; i < 50; i++)
		put_as(s, "/lease", "2", -1, true);
	usleep(100000);
	CHECK(disk.syncs == before && disk.writes == writes);
	store_free(s);
}

/* The WAL starts again from its beginning: it does not grow for ever, and every page is not written twice per commit.
 */
static void wal_is_bounded(void)
{
	fresh();
	struct store *s = open_at(dir, NULL);
	char text[3000];
	memset(text, 'x', sizeof(text));
	text[sizeof(text) - 1] = 0;
	struct bytes *v AUTO_BYTES = object(text);
	struct many m = {.lock = PTHREAD_MUTEX_INITIALIZER, .cond = PTHREAD_COND_INITIALIZER};
	for (int round = 0; round < 400; round++) {
		m.left = 50;
		for (int i = 0; i < 50; i++) {
			char key[32];
			(void)snprintf(key, sizeof(key), "/k/%d", i);
			struct store_op op = {
			    .kind = STORE_PUT, .key = key, .expect = -1, .value = v, .splice = SPLICE};
			CHECK(store_commit(s, &op, 1, on_many, &m, NULL) == 0);
		}
		pthread_mutex_lock(&m.lock);
		while (m.left > 0)
			pthread_cond_wait(&m.cond, &m.lock);
		pthread_mutex_unlock(&m.lock);
	}
	AUTO_FREE char *wal = str_fmt("%s/db-wal", dir);
	struct stat st;
	/* 60 MB of values went through it; from 24 MB on a checkpoint waits for nobody. */
	CHECK(stat(wal, &st) == 0 && st.st_size < 40 << 20);
	store_free(s);
}

/* --- compaction and giving space back --- */

static int64_t number(const char *sql)
{
	AUTO_FREE char *path = str_fmt("%s/db", dir);
	sqlite3 *db;
	sqlite3_stmt *q = NULL;
	int64_t n = -1;
	CHECK(sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE, NULL) == SQLITE_OK);
	(void)sqlite3_busy_timeout(db, 5000);
	if (sqlite3_prepare_v2(db, sql, -1, &q, NULL) == SQLITE_OK && sqlite3_step(q) == SQLITE_ROW)
		n = sqlite3_column_int64(q, 0);
	sqlite3_finalize(q);
	sqlite3_close(db);
	return n;
}

static const char *const is_swept =
    "SELECT (SELECT v FROM meta WHERE k='swept')=((SELECT v FROM meta WHERE k='compacted')<<12|4095)";
/* Rows whose predecessor is gone too early */
static const char *const orphans = "SELECT count(*) FROM log a WHERE prev<>0 AND id>coalesce((SELECT v FROM meta WHERE "
				   "k='swept'),0) AND NOT EXISTS(SELECT 1 FROM log b WHERE b.id=a.prev)";

static bool soon(const char *sql, int64_t most)
{
	for (int i = 0; i < 3000 && (number(sql) < 0 || number(sql) > most); i++)
		usleep(10000);
	return number(sql) <= most;
}

static bool soon_swept(void)
{
	for (int i = 0; i < 3000 && number(is_swept) != 1; i++)
		usleep(10000);
	return number(is_swept) == 1;
}

static bool intact(void)
{
	AUTO_FREE char *path = str_fmt("%s/db", dir);
	sqlite3 *db;
	sqlite3_stmt *q = NULL;
	bool ok = sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE, NULL) == SQLITE_OK &&
		  sqlite3_prepare_v2(db, "PRAGMA integrity_check", -1, &q, NULL) == SQLITE_OK &&
		  sqlite3_step(q) == SQLITE_ROW && streq((const char *)sqlite3_column_text(q, 0), "ok");
	sqlite3_finalize(q);
	sqlite3_close(db);
	return ok && number(orphans) == 0;
}

/* n objects under /k/, of which only the first `keep` stay. */
static void churn(struct store *s, int n, int keep, const char *text)
{
	struct bytes *v AUTO_BYTES = object(text), *ix AUTO_BYTES = bytes_of(text);
	for (int pass = 0; pass < 2; pass++) {
		struct many m = {.lock = PTHREAD_MUTEX_INITIALIZER, .cond = PTHREAD_COND_INITIALIZER};
		m.left = (size_t)(pass ? n - keep : n);
		for (int i = pass ? keep : 0; i < n; i++) {
			char key[32];
			(void)snprintf(key, sizeof(key), "/k/%04d", i);
			struct store_op op = {.kind = pass ? STORE_DELETE : STORE_PUT, .key = key, .expect = -1};
			if (!pass) {
				op.value = v;
				op.splice = SPLICE;
				op.index = ix;
			}
			CHECK(store_commit(s, &op, 1, on_many, &m, NULL) == 0);
		}
		pthread_mutex_lock(&m.lock);
		while (m.left > 0)
			pthread_cond_wait(&m.cond, &m.lock);
		pthread_mutex_unlock(&m.lock);
		CHECK(m.failed == 0);
	}
}

/* What cannot be compacted or given back for want of space waits, and goes on with the first write that succeeds. */
static void full_disk_while_compacting(void)
{
	fresh();
	char text[3000];
	memset(text, 'x', sizeof(text));
	text[sizeof(text) - 1] = 0;
	struct store *s = open_at(dir, &(struct store_config){.shrink_bytes = 1 << 20});
	churn(s, 4000, 100, text);
	int64_t before = number("PRAGMA page_count");
	__atomic_store_n(&disk.full, 1, __ATOMIC_RELAXED);
	CHECK(store_compact(s, store_revision(s), NULL) == 0);
	for (int i = 0; i < 10; i++) {
		CHECK(put(s, "/x", "1") == -ENOSPC);
		CHECK(has(s, "/k/0000", text) && has(s, "/k/0099", text) && store_count(s, "/k/") == 100);
	}
	CHECK(number(is_swept) != 1 && number("PRAGMA page_count") == before);
	CHECK(put_as(s, "/lease", "late", -1, true) > 0);
	__atomic_store_n(&disk.full, 0, __ATOMIC_RELAXED);
	CHECK(put(s, "/x", "2") > 0);
	CHECK(soon_swept());
	/* Full once more, while it shrinks. */
	CHECK(soon("PRAGMA page_count", before - 100));
	__atomic_store_n(&disk.full, 1, __ATOMIC_RELAXED);
	CHECK(put(s, "/x", "3") == -ENOSPC);
	CHECK(has(s, "/x", "2") && has(s, "/k/0099", text));
	__atomic_store_n(&disk.full, 0, __ATOMIC_RELAXED);
	CHECK(put(s, "/x", "4") > 0);
	CHECK(soon("PRAGMA page_count", before / 8));
	store_free(s);
	CHECK(intact());
	s = open_at(dir, NULL);
	CHECK(has(s, "/x", "4") && has(s, "/lease", "late") && has(s, "/k/0099", text) && store_count(s, "/") == 102);
	store_free(s);
}

/* The file and its log as a power cut leaves them, in another directory. */
static void image(const char *to)
{
	for (int i = 0; i < 2; i++) {
		AUTO_FREE char *from = str_fmt("%s/db%s", dir, i ? "-wal" : ""),
			       *at = str_fmt("%s/db%s", to, i ? "-wal" : "");
		AUTO_BUF struct buf b = {0};
		pthread_mutex_lock(&volatiles.lock);
		CHECK(fs_read(from, (size_t)1 << 28, &b, NULL) == 0);
		for (size_t k = 0; i == 1 && k < volatiles.n; k++)
			if (volatiles.v[k].end <= (sqlite3_int64)b.len)
				memset(b.data + volatiles.v[k].at, 0, (size_t)(volatiles.v[k].end - volatiles.v[k].at));
		pthread_mutex_unlock(&volatiles.lock);
		CHECK(fs_write_atomic(at, b.data, b.len, 0600, NULL) == 0);
	}
}

/* A sync fails while slices of a compaction are not synced themselves; then the power goes: what was acknowledged is
 * there. */
static void failing_sync_while_compacting(void)
{
	fresh();
	volatiles.n = 0;
	volatiles.on = true;
	struct store *s = open_at(dir, NULL);
	unsigned failed = 0;
	for (int round = 0; round < 60; round++) {
		char text[32], other[64];
		churn(s, 300, 10, "text");
		CHECK(store_compact(s, store_revision(s), NULL) == 0);
		(void)snprintf(text, sizeof(text), "%d", round);
		usleep((unsigned)(round * 97 % 700));
		__atomic_store_n(&disk.sync_fails, 1, __ATOMIC_RELAXED);
		for (int i = 0; i < 3; i++)
			failed += put(s, "/x", "before") < 0;
		__atomic_store_n(&disk.sync_fails, 0, __ATOMIC_RELAXED);
		CHECK(put(s, "/x", text) > 0);
		scratch(other);
		image(other);
		struct store *after = open_at(other, NULL);
		CHECK(has(after, "/x", text));
		store_free(after);
		(void)fs_rm_rf(other, NULL);
	}
	CHECK(failed > 0);
	store_free(s);
	volatiles.on = false;
	CHECK(intact());
}

/* Each write of a compaction, of giving space back and of the checkpoints behind them fails in turn. */
static void every_write_of_compaction_fails_once(void)
{
	char text[1000];
	memset(text, 'x', sizeof(text));
	text[sizeof(text) - 1] = 0;
	for (int nth = 1; nth < 400; nth += nth < 40 ? 1 : 23) {
		fresh();
		struct store *s = open_at(dir, &(struct store_config){.shrink_bytes = 1 << 16});
		churn(s, 300, 10, text);
		__atomic_store_n(&disk.countdown, nth, __ATOMIC_RELAXED);
		CHECK(store_compact(s, store_revision(s), NULL) == 0);
		for (int i = 0; i < 5; i++)
			(void)put(s, "/x", "1");
		__atomic_store_n(&disk.countdown, 0, __ATOMIC_RELAXED);
		CHECK(put(s, "/x", "2") > 0);
		CHECK(soon_swept());
		CHECK(has(s, "/x", "2") && has(s, "/k/0009", text) && store_count(s, "/") == 11);
		int64_t rev = store_revision(s);
		store_free(s);
		CHECK(intact());
		s = open_at(dir, NULL);
		CHECK(store_revision(s) == rev && has(s, "/x", "2") && store_count(s, "/") == 11);
		store_free(s);
	}
}

/* A file system of 2 MB. */
static void real_full_disk(void)
{
	fresh();
	if (unshare(CLONE_NEWNS) < 0 || mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) < 0 ||
	    mount("tmpfs", dir, "tmpfs", 0, "size=2m") < 0) {
		fprintf(stderr, "skipped real_full_disk: cannot mount a tmpfs: %s\n", strerror(errno));
		return;
	}
	struct store *s = open_at(dir, NULL);
	char text[2000], key[32];
	memset(text, 'x', sizeof(text));
	text[sizeof(text) - 1] = 0;
	int i = 0;
	int64_t rc = 0;
	for (; i < 2000; i++) {
		(void)snprintf(key, sizeof(key), "/k/%04d", i);
		rc = put(s, key, text);
		if (rc < 0)
			break;
	}
	CHECK(rc == -ENOSPC && i > 50);
	CHECK(store_count(s, "/k/") == (size_t)i);
	CHECK(mount(NULL, dir, NULL, MS_REMOUNT, "size=16m") == 0);
	CHECK(put(s, key, text) > 0);
	store_free(s);
	s = open_at(dir, NULL);
	CHECK(store_count(s, "/k/") == (size_t)i + 1 && has(s, key, text));
	store_free(s);
	CHECK(umount(dir) == 0);
}

int main(void)
{
	shim_register();
	scratch(dir);
	RUN(full_disk);
	RUN(full_disk_mixed_batch);
	RUN(failing_sync);
	RUN(every_write_fails_once);
	RUN(one_sync_per_batch);
	RUN(wal_is_bounded);
	RUN(full_disk_while_compacting);
	RUN(failing_sync_while_compacting);
	RUN(every_write_of_compaction_fails_once);
	RUN(real_full_disk);
	(void)fs_rm_rf(dir, NULL);
	return TEST_END();
}
