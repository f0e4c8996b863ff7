/*
 * How long a write waits while the store works for itself: compaction of much at once, checkpoints, a backup. Beside
 * it, in the same run, what the disk alone takes for a write of that size. Nothing is asserted.
 *
 *   tests/bench/bench_stall [OBJECTS [DIR [SECONDS]]]
 */
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <pthread.h>
#include <sqlite3.h>
#include <stdatomic.h>
#include <time.h>
#include <unistd.h>
#include "base/clock.h"
#include "base/fs.h"
#include "base/str.h"
#include "store/store.h"

#define VALUE       1000
#define TXN         1000
#define SAMPLES_MAX 1000000

static double *sample;
static size_t n_samples;

static double now_ms(void)
{
	return (double)clock_mono_ns(clock_real()) / 1e6;
}

static void die(const char *what, const char *why)
{
	fprintf(stderr, "bench_stall: %s: %s\n", what, why);
	exit(1);
}

static void add(double ms)
{
	if (n_samples < SAMPLES_MAX)
		sample[n_samples++] = ms;
}

static int by_size(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;
	return x < y ? -1 : x > y;
}

static void tell(const char *what)
{
	size_t over = 0;
	if (n_samples == 0)
		die(what, "nothing was written");
	qsort(sample, n_samples, sizeof(*sample), by_size);
	for (size_t i = 0; i < n_samples; i++)
		over += sample[i] > 20;
	printf("%-44s %7zu: median %6.2f ms, 99 of 100 within %6.2f ms, at most %7.2f ms; %zu took over 20 ms\n", what,
	       n_samples, sample[n_samples / 2], sample[n_samples * 99 / 100], sample[n_samples - 1], over);
	fflush(stdout);
	n_samples = 0;
}

/* --- the disk alone: what a small commit is, 8 KB over a file that has its size, and fdatasync --- */

static void disk(const char *dir, double seconds, const char *what)
{
	AUTO_FREE char *path = str_fmt("%s/disk", dir);
	AUTO_CLOSE int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	static char page[8192];
	double until = now_ms() + seconds * 1e3;
	if (fd < 0)
		die(path, strerror(errno));
	for (int i = 0; i < 1024; i++)
		if (pwrite(fd, page, sizeof(page), i * (off_t)sizeof(page)) < 0)
			die(path, strerror(errno));
	if (fsync(fd) < 0)
		die(path, strerror(errno));
	for (int i = 0; now_ms() < until; i++) {
		double t = now_ms();
		page[0] = (char)i;
		if (pwrite(fd, page, sizeof(page), i % 1024 * (off_t)sizeof(page)) < 0 || fdatasync(fd) < 0)
			die(path, strerror(errno));
		add(now_ms() - t);
	}
	tell(what);
	(void)unlink(path);
}

/* --- the store --- */

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t cond = PTHREAD_COND_INITIALIZER;
static bool done;

static void on_done(void *arg, const struct store_done *d)
{
	(void)arg;
	if (d->code)
		die("commit", d->err.msg);
	pthread_mutex_lock(&lock);
	done = true;
	pthread_cond_signal(&cond);
	pthread_mutex_unlock(&lock);
}

static void commit(struct store *s, const struct store_op *ops, size_t n)
{
	struct err e;
	done = false;
	if (store_commit(s, ops, n, on_done, NULL, &e) < 0)
		die("commit", e.msg);
	pthread_mutex_lock(&lock);
	while (!done)
		pthread_cond_wait(&cond, &lock);
	pthread_mutex_unlock(&lock);
}

/* Writes every k-th of the objects (or deletes it), many in a transaction. */
static void all(struct store *s, uint64_t n, uint64_t k, enum store_op_kind kind, struct bytes *value,
		struct bytes *index)
{
	static char key[TXN][64];
	struct store_op ops[TXN];
	size_t m = 0;
	for (uint64_t i = 0; i < n; i += k) {
		(void)snprintf(key[m], sizeof(key[m]), "/pods/bench/%08" PRIu64, i);
		ops[m] = (struct store_op){.kind = kind, .key = key[m], .expect = -1, .splice = 20, .index = index};
		if (kind == STORE_PUT)
			ops[m].value = value;
		if (++m == TXN) {
			commit(s, ops, m);
			m = 0;
		}
	}
	if (m)
		commit(s, ops, m);
}

/* One writer, one object after the other, all over the keys, until `end` (or, without one, for that long). */
static void writes(struct store *s, uint64_t n, double seconds, atomic_bool *end, struct bytes *value,
		   struct bytes *index, const char *what)
{
	double until = now_ms() + seconds * 1e3;
	while (end ? !atomic_load(end) : now_ms() < until) {
		static uint64_t i;
		char key[64];
		double t = now_ms();
		(void)snprintf(key, sizeof(key), "/pods/bench/%08" PRIu64, (i += 7919) % n);
		commit(s,
		       &(struct store_op){
			   .kind = STORE_PUT, .key = key, .expect = -1, .splice = 20, .value = value, .index = index},
		       1);
		add(now_ms() - t);
	}
	tell(what);
}

struct side {
	struct store *s;
	const char *path;
	int64_t rev;
	uint64_t rows; /* to be left by the compaction */
	double ms;
	atomic_bool end;
};

/* Compaction goes on in the writer after store_compact has returned: it is over when its rows have gone. */
static void *compact_main(void *arg)
{
	struct side *d = arg;
	struct err e;
	double start = now_ms();
	sqlite3 *db = NULL;
	sqlite3_stmt *q = NULL;
	int64_t upto = 0;
	if (sqlite3_open_v2(d->path, &db, SQLITE_OPEN_READONLY, NULL) != SQLITE_OK ||
	    sqlite3_prepare_v2(db, "SELECT v FROM meta WHERE k='compacted'", -1, &q, NULL) != SQLITE_OK)
		die(d->path, sqlite3_errmsg(db));
	if (store_compact(d->s, d->rev, &e) < 0)
		die("compact", e.msg);
	while (upto < d->rev) {
		(void)usleep(20000);
		upto = sqlite3_step(q) == SQLITE_ROW ? sqlite3_column_int64(q, 0) : 0;
		(void)sqlite3_reset(q);
	}
	sqlite3_finalize(q);
	sqlite3_close(db);
	d->ms = now_ms() - start;
	atomic_store(&d->end, true);
	return NULL;
}

static void *backup_main(void *arg)
{
	struct side *d = arg;
	AUTO_FREE char *path = str_fmt("%s.backup", d->path);
	struct err e;
	double start = now_ms();
	if (store_backup(d->s, path, &e) < 0)
		die("backup", e.msg);
	d->ms = now_ms() - start;
	(void)unlink(path);
	atomic_store(&d->end, true);
	return NULL;
}

static void beside(struct side *d, void *(*fn)(void *arg), uint64_t n, struct bytes *value, struct bytes *index,
		   const char *what)
{
	pthread_t t;
	atomic_store(&d->end, false);
	if (pthread_create(&t, NULL, fn, d))
		die(what, "no thread");
	writes(d->s, n, 0, &d->end, value, index, what);
	pthread_join(t, NULL);
	printf("%-44s %.2f s\n", "  which took", d->ms / 1e3);
}

static void settle(const char *dir)
{
	AUTO_CLOSE int fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0 || syncfs(fd) < 0)
		die(dir, strerror(errno));
}

static void size(const char *path)
{
	AUTO_BUF struct buf b = {0};
	AUTO_FREE char *wal = str_fmt("%s-wal", path);
	struct stat st;
	double main_mb = stat(path, &st) == 0 ? (double)st.st_size / 1e6 : 0;
	printf("%-44s %.0f MB, and %.0f MB of WAL\n", "size on disk", main_mb,
	       stat(wal, &st) == 0 ? (double)st.st_size / 1e6 : 0);
}

int main(int argc, char **argv)
{
	char tmp[] = "/var/tmp/bench-stall-XXXXXX", text[VALUE];
	uint64_t n = 200000;
	if (argc > 1 && str_to_u64(argv[1], 100000000, &n))
		die("usage", "bench_stall [OBJECTS [DIR [SECONDS]]]");
	const char *dir = argc > 2 ? argv[2] : mkdtemp(tmp);
	double seconds = argc > 3 ? strtod(argv[3], NULL) : 5;
	AUTO_FREE char *path = str_fmt("%s/stall.db", dir);
	/* Compaction by age and number must not come before its phase. */
	struct store_config c = {.path = path, .history_s = 86400, .history_events = 1u << 30};
	struct store *s;
	struct err e;
	memset(text, 'v', sizeof(text));
	struct bytes *value AUTO_BYTES = bytes_new(text, sizeof(text)), *index AUTO_BYTES = bytes_new("app=bench", 9);
	sample = malloc(SAMPLES_MAX * sizeof(*sample));
	if (store_open(&s, &c, &e) < 0)
		die("open", e.msg);
	all(s, n, 1, STORE_PUT, value, index);
	all(s, n, 1, STORE_PUT, value, index);
	printf("%" PRIu64 " objects of %d bytes, each written twice\n", n, VALUE);
	size(path);
	settle(dir); /* of the filling, which nobody measures */
	disk(dir, seconds, "the disk alone: 8 KB and fdatasync");
	writes(s, n, seconds, NULL, value, index, "a write, nothing beside it");
	struct side d = {.s = s, .path = path, .rev = store_revision(s)};
	beside(&d, compact_main, n, value, index, "a write during a compaction of all of them");
	size(path);
	beside(&d, backup_main, n, value, index, "a write during a backup");
	all(s, n, 2, STORE_DELETE, value, index);
	d.rev = store_revision(s);
	beside(&d, compact_main, n, value, index, "a write while half has been deleted");
	size(path);
	disk(dir, seconds, "the disk alone, again");
	store_free(s);
	size(path);
	free(sample);
	if (argc <= 2)
		(void)fs_rm_rf(dir, NULL);
	return 0;
}
