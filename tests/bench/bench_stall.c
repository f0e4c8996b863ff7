/*
 * How long a write waits while the store works for itself: compaction of much at once, checkpoints, giving space back,
 * a backup, and beside the deletion of 26,000 objects one after the other, as deletecollection does it. Beside it, in
 * the same run, what the disk alone takes for a write of that size, and the same writes with nothing beside them.
 * Nothing is asserted.
 *
 * A disk that others use stalls by itself. So a control writes 8 KB to a file of its own and syncs it, all the time, on
 * the same file system, beside each phase. Of a write the part is told that is neither the processor's (what the
 * threads waited for one) nor the disk's (as long as a single sync of the control lasted meanwhile): that is the
 * store's own doing. What the store's work does to the disk shows in the control's figures, against those of the phase
 * without any. On tmpfs (DIR=/dev/shm/...) there is no disk, and all that is told is the store's.
 *
 *   tests/bench/bench_stall [OBJECTS [DIR [SECONDS]]]      BENCH_STALL_CONTROL=0: without the control
 */
#include <dirent.h>
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
#define WINDOW      256 /* transactions under way while it is filled */
#define COLLECTION  26000
#define PACE_US     5000 /* between writes that leave the store idle moments */
#define SAMPLES_MAX 1000000

static double *sample, *ran; /* ms; ran: without what the writer's thread and ours waited for a processor */
static double *own;          /* ms; ran, less the disk's part */
static size_t n_samples;
static int schedstat[2] = {-1, -1};

static double now_ms(void)
{
	return (double)clock_mono_ns(clock_real()) / 1e6;
}

static void die(const char *what, const char *why)
{
	fprintf(stderr, "bench_stall: %s: %s\n", what, why);
	exit(1);
}

/* What threads of ours waited for a processor so far, ms. */
static double waited(void)
{
	double sum = 0;
	for (int i = 0; i < 2; i++) {
		char text[64] = "";
		ssize_t n = schedstat[i] < 0 ? 0 : pread(schedstat[i], text, sizeof(text) - 1, 0);
		const char *second = n > 0 ? strchr(text, ' ') : NULL;
		if (second)
			sum += strtod(second, NULL) / 1e6;
	}
	return sum;
}

static void waited_open(void)
{
	DIR *d = opendir("/proc/self/task");
	struct dirent *t;
	while (d && (t = readdir(d))) {
		AUTO_FREE char *path = str_fmt("/proc/self/task/%s/comm", t->d_name);
		AUTO_BUF struct buf comm = {0};
		bool mine = strtol(t->d_name, NULL, 10) == (long)getpid();
		if (t->d_name[0] == '.' || fs_read(path, 64, &comm, NULL) < 0)
			continue;
		if (!mine && (comm.len < 12 || memcmp(comm.data, "store-writer", 12) != 0))
			continue;
		AUTO_FREE char *stat = str_fmt("/proc/self/task/%s/schedstat", t->d_name);
		schedstat[mine] = open(stat, O_RDONLY | O_CLOEXEC);
	}
	if (d)
		closedir(d);
}

/* --- the control --- */

static struct control {
	pthread_t thread;
	pthread_mutex_t lock;
	const char *dir;
	bool stop;
	double from; /* when the sync under way began, 0: none is */
	size_t n;
	struct {
		double from, to;
	} * sync;
} control = {.lock = PTHREAD_MUTEX_INITIALIZER};

/* The longest part of one sync that lies in between. */
static double control_within(double from, double to)
{
	double most = 0;
	pthread_mutex_lock(&control.lock);
	if (control.from > 0 && to > control.from)
		most = to - (control.from > from ? control.from : from);
	for (size_t i = control.n; i-- > 0 && control.sync[i].to > from;) {
		double a = control.sync[i].from > from ? control.sync[i].from : from;
		double b = control.sync[i].to < to ? control.sync[i].to : to;
		most = b - a > most ? b - a : most;
	}
	pthread_mutex_unlock(&control.lock);
	return most;
}

/* A file beside the store's, of the size of a small one: what a commit is, 8 KB and fdatasync, without the store. */
#define PLAIN_BYTES 8192
#define PLAIN_PAGES 1024
static int plain_open(const char *path)
{
	static const char page[PLAIN_BYTES];
	int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	if (fd < 0)
		die(path, strerror(errno));
	for (int i = 0; i < PLAIN_PAGES; i++)
		if (pwrite(fd, page, sizeof(page), i * (off_t)sizeof(page)) < 0)
			die(path, strerror(errno));
	if (fsync(fd) < 0)
		die(path, strerror(errno));
	return fd;
}

static void plain_write(int fd, const char *path, int i)
{
	char page[PLAIN_BYTES] = {(char)i};
	if (pwrite(fd, page, sizeof(page), i % PLAIN_PAGES * (off_t)sizeof(page)) < 0 || fdatasync(fd) < 0)
		die(path, strerror(errno));
}

static void *control_main(void *arg)
{
	AUTO_FREE char *path = str_fmt("%s/control", control.dir);
	AUTO_CLOSE int fd = plain_open(path);
	bool stop = false;
	(void)arg;
	for (int i = 0; !stop; i++) {
		double t = now_ms();
		pthread_mutex_lock(&control.lock);
		control.from = t;
		pthread_mutex_unlock(&control.lock);
		plain_write(fd, path, i);
		pthread_mutex_lock(&control.lock);
		control.from = 0;
		if (control.n < SAMPLES_MAX) {
			control.sync[control.n].from = t;
			control.sync[control.n++].to = now_ms();
		}
		stop = control.stop;
		pthread_mutex_unlock(&control.lock);
		(void)usleep(200); /* where a sync costs nothing it must not take a processor from the others */
	}
	(void)unlink(path);
	return NULL;
}

static void control_start(void)
{
	control.n = 0;
	control.stop = false;
	if (control.sync && pthread_create(&control.thread, NULL, control_main, NULL))
		die("control", "no thread");
}

static void control_stop(void)
{
	if (!control.sync)
		return;
	pthread_mutex_lock(&control.lock);
	control.stop = true;
	pthread_mutex_unlock(&control.lock);
	pthread_join(control.thread, NULL);
}

static void add(double ms, double waiting)
{
	double now = now_ms();
	if (n_samples >= SAMPLES_MAX)
		return;
	ran[n_samples] = ms > waiting ? ms - waiting : 0;
	double disk = control_within(now - ms, now);
	own[n_samples] = ran[n_samples] > disk ? ran[n_samples] - disk : 0;
	sample[n_samples++] = ms;
}

static int by_size(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;
	return x < y ? -1 : x > y;
}

static void tell(const char *what)
{
	size_t over = 0, own_over = 0;
	double most = 0, own_most = 0;
	if (n_samples == 0)
		die(what, "nothing was written");
	qsort(sample, n_samples, sizeof(*sample), by_size);
	for (size_t i = 0; i < n_samples; i++) {
		over += sample[i] > 20;
		most = ran[i] > most ? ran[i] : most;
		own_over += own[i] > 20;
		own_most = own[i] > own_most ? own[i] : own_most;
	}
	printf("%-52s %7zu: p50 %6.2f ms, p99 %6.2f ms, p100 %7.2f ms (running: %6.2f); %zu over 20 ms\n", what,
	       n_samples, sample[n_samples / 2], sample[n_samples * 99 / 100], sample[n_samples - 1], most, over);
	n_samples = 0;
	if (control.n > 0) {
		for (size_t i = 0; i < control.n; i++)
			sample[i] = control.sync[i].to - control.sync[i].from;
		qsort(sample, control.n, sizeof(*sample), by_size);
		printf("%-52s %7zu: p50 %6.2f ms, p99 %6.2f ms, p100 %7.2f ms; the store's own part: at most %.2f ms, "
		       "%zu over 20 "
		       "ms\n",
		       "  the control meanwhile", control.n, sample[control.n / 2], sample[control.n * 99 / 100],
		       sample[control.n - 1], own_most, own_over);
	}
	control.n = 0;
	fflush(stdout);
}

/* --- the disk alone: what a small commit is, 8 KB over a file that has its size, and fdatasync --- */

static void disk(const char *dir, double seconds, const char *what)
{
	AUTO_FREE char *path = str_fmt("%s/disk", dir);
	AUTO_CLOSE int fd = plain_open(path);
	double until = now_ms() + seconds * 1e3;
	for (int i = 0; now_ms() < until; i++) {
		double t = now_ms(), w = waited();
		plain_write(fd, path, i);
		double took = now_ms() - t;
		add(took, waited() - w);
	}
	tell(what);
	(void)unlink(path);
}

/* --- the store --- */

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t cond = PTHREAD_COND_INITIALIZER;

/* Of one commit alone: a lock that others share would be waited for while one of them has no processor. */
struct call {
	pthread_mutex_t lock;
	pthread_cond_t cond;
	bool done;
};

static void on_done(void *arg, const struct store_done *d)
{
	struct call *c = arg;
	if (d->code)
		die("commit", d->err.msg);
	pthread_mutex_lock(&c->lock);
	c->done = true;
	pthread_cond_signal(&c->cond);
	pthread_mutex_unlock(&c->lock);
}

static void commit(struct store *s, const struct store_op *ops, size_t n)
{
	struct err e;
	struct call c = {.lock = PTHREAD_MUTEX_INITIALIZER, .cond = PTHREAD_COND_INITIALIZER};
	if (store_commit(s, ops, n, on_done, &c, &e) < 0)
		die("commit", e.msg);
	pthread_mutex_lock(&c.lock);
	while (!c.done)
		pthread_cond_wait(&c.cond, &c.lock);
	pthread_mutex_unlock(&c.lock);
	pthread_mutex_destroy(&c.lock);
	pthread_cond_destroy(&c.cond);
}

static size_t under_way;

static void on_one(void *arg, const struct store_done *d)
{
	(void)arg;
	if (d->code)
		die("commit", d->err.msg);
	pthread_mutex_lock(&lock);
	under_way--;
	pthread_cond_broadcast(&cond);
	pthread_mutex_unlock(&lock);
}

static void until_left(size_t most)
{
	pthread_mutex_lock(&lock);
	while (under_way > most)
		pthread_cond_wait(&cond, &lock);
	pthread_mutex_unlock(&lock);
}

/* A revision for each. */
static void each(struct store *s, uint64_t n, struct bytes *value, struct bytes *index)
{
	struct err e;
	for (uint64_t i = 0; i < n; i++) {
		char key[64];
		(void)snprintf(key, sizeof(key), "/pods/bench/%08" PRIu64, i);
		until_left(WINDOW - 1);
		pthread_mutex_lock(&lock);
		under_way++;
		pthread_mutex_unlock(&lock);
		if (store_commit(
			s,
			&(struct store_op){
			    .kind = STORE_PUT, .key = key, .expect = -1, .splice = 20, .value = value, .index = index},
			1, on_one, NULL, &e) < 0)
			die("commit", e.msg);
	}
	until_left(0);
}

/* Writes (or deletes) the objects from there on, many in a transaction. */
static void all(struct store *s, uint64_t from, uint64_t n, enum store_op_kind kind, struct bytes *value,
		struct bytes *index)
{
	static char key[TXN][64];
	struct store_op ops[TXN];
	size_t m = 0;
	for (uint64_t i = from; i < n; i++) {
		(void)snprintf(key[m], sizeof(key[m]), "/pods/bench/%08" PRIu64, i);
		ops[m] = (struct store_op){.kind = kind, .key = key[m], .expect = -1, .splice = 20, .index = index};
		ops[m].value = kind == STORE_PUT ? value : NULL;
		if (++m == TXN) {
			commit(s, ops, m);
			m = 0;
		}
	}
	if (m)
		commit(s, ops, m);
}

/* One writer, one object after the other, all over the keys, until `end` (or, without one, for that long). */
static void writes(struct store *s, uint64_t n, double seconds, atomic_bool *end, unsigned pace_us, struct bytes *value,
		   struct bytes *index, const char *what)
{
	double until = now_ms() + seconds * 1e3;
	control_start();
	while (end ? !atomic_load(end) : now_ms() < until) {
		static uint64_t i;
		char key[64];
		double w = waited(), t = now_ms();
		(void)snprintf(key, sizeof(key), "/pods/other/%08" PRIu64, (i += 7919) % n);
		commit(s,
		       &(struct store_op){
			   .kind = STORE_PUT, .key = key, .expect = -1, .splice = 20, .value = value, .index = index},
		       1);
		double took = now_ms() - t;
		add(took, waited() - w);
		if (pace_us)
			(void)usleep(pace_us);
	}
	control_stop();
	tell(what);
}

struct side {
	struct store *s;
	const char *path;
	struct bytes *value;
	int64_t rev;
	double ms;
	atomic_bool end;
};

static int64_t number(sqlite3_stmt *q)
{
	int64_t n = sqlite3_step(q) == SQLITE_ROW ? sqlite3_column_int64(q, 0) : 0;
	(void)sqlite3_reset(q);
	return n;
}

static sqlite3_stmt *ask(const struct side *d, sqlite3 **db, const char *sql)
{
	sqlite3_stmt *q;
	if (sqlite3_open_v2(d->path, db, SQLITE_OPEN_READONLY, NULL) != SQLITE_OK ||
	    sqlite3_prepare_v2(*db, sql, -1, &q, NULL) != SQLITE_OK)
		die(d->path, sqlite3_errmsg(*db));
	return q;
}

static void end(struct side *d, double start)
{
	d->ms = now_ms() - start;
	atomic_store(&d->end, true);
}

/* Compaction goes on in the writer after store_compact has returned: it is over when its rows have gone. */
static void *compact_main(void *arg)
{
	struct side *d = arg;
	struct err e;
	double start = now_ms();
	sqlite3 *db = NULL;
	/* BENCH_STALL_OLD=1: of a store that notes nothing but what is done */
	sqlite3_stmt *q = ask(d, &db,
			      getenv("BENCH_STALL_OLD") ? "SELECT v<<12|4095 FROM meta WHERE k='compacted'"
							: "SELECT v FROM meta WHERE k='swept'");
	if (store_compact(d->s, d->rev, &e) < 0)
		die("compact", e.msg);
	while (number(q) < (d->rev << 12 | 4095))
		(void)usleep(20000);
	sqlite3_finalize(q);
	sqlite3_close(db);
	end(d, start);
	return NULL;
}

/* Until space has been given back, or for ten seconds: it may not be enough to begin with. */
static void *shrink_main(void *arg)
{
	struct side *d = arg;
	double start = now_ms();
	sqlite3 *db = NULL;
	sqlite3_stmt *q = ask(d, &db, "PRAGMA page_count");
	int64_t first = number(q), n = first, before = 0;
	for (int same = 0; same < 5 && now_ms() < start + (n < first ? 300e3 : 10e3);
	     same = n == before ? same + 1 : 0) {
		before = n;
		(void)usleep(200000);
		n = number(q);
		if (n == first)
			before = 0;
	}
	sqlite3_finalize(q);
	sqlite3_close(db);
	end(d, start);
	return NULL;
}

static void *collection_main(void *arg)
{
	struct side *d = arg;
	double start = now_ms();
	for (uint64_t i = 0; i < COLLECTION; i++) {
		char key[64];
		(void)snprintf(key, sizeof(key), "/pods/bench/%08" PRIu64, i);
		commit(
		    d->s,
		    &(struct store_op){.kind = STORE_DELETE, .key = key, .expect = -1, .splice = 20, .value = d->value},
		    1);
	}
	end(d, start);
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
	end(d, start);
	(void)unlink(path);
	return NULL;
}

/* Seals everything with a new key, and leaves nothing in the file of what it was before. */
static void *reseal_main(void *arg)
{
	struct side *d = arg;
	struct err e;
	double start = now_ms();
	if (store_encryption(d->s, "enable", 600000, NULL, &e) < 0)
		die("reencrypt", e.msg);
	end(d, start);
	return NULL;
}

static void beside(struct side *d, void *(*fn)(void *arg), uint64_t n, unsigned pace_us, struct bytes *index,
		   const char *what)
{
	pthread_t t;
	atomic_store(&d->end, false);
	if (pthread_create(&t, NULL, fn, d))
		die(what, "no thread");
	writes(d->s, n, 0, &d->end, pace_us, d->value, index, what);
	pthread_join(t, NULL);
	printf("%-52s %.2f s\n", "  which took", d->ms / 1e3);
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
	printf("%-52s %.0f MB, and %.0f MB of WAL\n", "size on disk", main_mb,
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
	AUTO_FREE char *keys = str_fmt("%s/keys.json", dir);
	c.seal_prefix = "/pods/bench/";
	c.keys_file = keys;
	struct store *s;
	struct err e;
	memset(text, 'v', sizeof(text));
	struct bytes *value AUTO_BYTES = bytes_new(text, sizeof(text)), *index AUTO_BYTES = bytes_new("app=bench", 9);
	sample = malloc(SAMPLES_MAX * sizeof(*sample));
	ran = malloc(SAMPLES_MAX * sizeof(*ran));
	own = malloc(SAMPLES_MAX * sizeof(*own));
	if (!sample || !ran || !own)
		die("samples", "no memory");
	control.dir = dir;
	const char *want = getenv("BENCH_STALL_CONTROL");
	if ((!want || strcmp(want, "0")) && !(control.sync = calloc(SAMPLES_MAX, sizeof(*control.sync))))
		die("samples", "no memory");
	if (store_open(&s, &c, &e) < 0)
		die("open", e.msg);
	waited_open();
	if (n < 2 * COLLECTION)
		die("usage", "at least 52000 objects");
	all(s, 0, n, STORE_PUT, value, index);
	each(s, n, value, index);
	printf("%" PRIu64 " objects of %d bytes, each written twice\n", n, VALUE);
	size(path);
	settle(dir); /* of the filling, which nobody measures */
	struct side d = {.s = s, .path = path, .value = value};
	disk(dir, seconds, "the disk alone: 8 KB and fdatasync");
	writes(s, n, seconds, NULL, 0, value, index, "a write, nothing beside it");
	d.rev = store_revision(s);
	beside(&d, compact_main, n, 0, index, "a write during a compaction of all of them");
	size(path);
	writes(s, n, seconds, NULL, 0, value, index, "a write, nothing beside it");
	beside(&d, backup_main, n, 0, index, "a write during a backup");
	beside(&d, collection_main, n, 0, index, "a write during the deletion of 26,000 objects");
	all(s, COLLECTION, n, STORE_DELETE, value, index);
	d.rev = store_revision(s);
	writes(s, n, seconds, NULL, PACE_US, value, index, "a write every 5 ms, nothing beside it");
	beside(&d, compact_main, n, PACE_US, index, "a write every 5 ms, all deleted being compacted");
	size(path);
	beside(&d, shrink_main, n, PACE_US, index, "a write every 5 ms while space is given back");
	size(path);
	all(s, 0, n, STORE_PUT, value, index);
	settle(dir);
	writes(s, n, seconds, NULL, 0, value, index, "a write, nothing beside it");
	beside(&d, reseal_main, n, 0, index, "a write while all values are sealed, and scrubbed");
	size(path);
	disk(dir, seconds, "the disk alone, again");
	store_free(s);
	size(path);
	free(sample);
	free(ran);
	free(own);
	free(control.sync);
	if (argc <= 2)
		(void)fs_rm_rf(dir, NULL);
	return 0;
}
