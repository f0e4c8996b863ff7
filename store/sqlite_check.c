/*
 * Checkpoints are ours. When the WAL has grown to CHECK_FRAMES, a pool thread copies it into the database and syncs
 * that, again and again until only a few frames are left that came meanwhile; the writer copies those, when it has
 * nothing else to do or before its next batch, and the next commit starts the WAL from its beginning. A page that
 * changes often (the right edge) is so written once per 8 MB of log, and the WAL file keeps its size, which makes its
 * fsync cheap.
 *
 * What a commit would wait for is the disk: it takes in one go what a sync of the database has gathered. Hence that is
 * written in pieces, of which none begins while a commit is under way, as long as the WAL does not outgrow
 * URGENT_FRAMES.
 *
 * The WAL can only start again when nobody reads from it. The store's own readers are short (sqlite_read.c); where they
 * come in an unbroken stream, from STREAM_FRAMES on the next ones wait for a moment until the others have ended. Only
 * another program that keeps a transaction open makes it grow as long as that lasts.
 */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <sys/stat.h>
#include "store/sqlite_internal.h"

#define CHECK_FRAMES  2048 /* of 4 KB */
#define URGENT_FRAMES 6144
#define STREAM_FRAMES 6144
#define REST_FRAMES   32 /* few enough for the writer */
#define ROUNDS        8
#define PIECE         ((off_t)256 << 10)
#define PIECE_WRITTEN 100000 /* ns: a piece that took longer had something to write */

static int frames(const struct sqlite *b)
{
	return __atomic_load_n(&b->frames, __ATOMIC_ACQUIRE);
}

int sqlite_on_wal(void *backend, sqlite3 *db, const char *name, int n)
{
	struct sqlite *b = backend;
	(void)db, (void)name;
	if (n < frames(b)) /* started again from its beginning */
		b->next_check = CHECK_FRAMES;
	__atomic_store_n(&b->frames, n, __ATOMIC_RELEASE);
	return SQLITE_OK;
}

/* --- turns --- */

void turn_begin(struct sqlite *b)
{
	pthread_mutex_lock(&b->turn_lock);
	b->committing = true;
	pthread_mutex_unlock(&b->turn_lock);
}

void turn_end(struct sqlite *b)
{
	pthread_mutex_lock(&b->turn_lock);
	b->committing = false;
	b->turns++;
	if (b->turn_wanted)
		pthread_cond_broadcast(&b->turn);
	pthread_mutex_unlock(&b->turn_lock);
}

void turn_wait(struct sqlite *b)
{
	if (frames(b) >= URGENT_FRAMES)
		return;
	pthread_mutex_lock(&b->turn_lock);
	b->turn_wanted++;
	for (uint64_t now = b->turns; b->committing && b->turns == now;)
		pthread_cond_wait(&b->turn, &b->turn_lock);
	b->turn_wanted--;
	pthread_mutex_unlock(&b->turn_lock);
}

/* --- on the pool's thread --- */

/* A checkpoint's connection syncs the database by this. */
struct paced {
	sqlite3_io_methods m;
	const sqlite3_io_methods *real;
	struct sqlite *b;
};

void sync_in_pieces(struct sqlite *b)
{
	struct stat st;
	off_t size = fstat(b->fd, &st) == 0 ? st.st_size : 0;
	for (off_t at = 0; at < size; at += PIECE) {
		int64_t start = clock_mono_ns(clock_real());
		/* An error is told again by the sync itself: each descriptor gets to know of it. */
		(void)sync_file_range(b->fd, at, PIECE,
				      SYNC_FILE_RANGE_WAIT_BEFORE | SYNC_FILE_RANGE_WRITE | SYNC_FILE_RANGE_WAIT_AFTER);
		if (clock_mono_ns(clock_real()) - start > PIECE_WRITTEN)
			turn_wait(b);
	}
}

static int paced_sync(sqlite3_file *f, int flags)
{
	const struct paced *p = container_of(f->pMethods, struct paced, m);
	sync_in_pieces(p->b);
	return p->real->xSync(f, flags);
}

/* Copies what it can, again as long as that leaves less each time. */
static void copy(struct sqlite *b, sqlite3 *db, sqlite3_file *f)
{
	for (int left = INT_MAX, before = 0;;) {
		int log = 0, copied = 0;
		turn_wait(b);
		if (sqlite3_wal_checkpoint_v2(db, NULL, SQLITE_CHECKPOINT_PASSIVE, &log, &copied) != SQLITE_OK)
			return;
		/*
		 * It does not sync the database when it is not complete, because writes go on: without that the writer
		 * would wait for all of it at the end.
		 */
		if (f->pMethods->xSync(f, SQLITE_SYNC_NORMAL | SQLITE_SYNC_DATAONLY) != SQLITE_OK)
			return;
		int now = frames(b) - copied;
		if (copied < log || copied == before || now <= REST_FRAMES || now > left / 2) /* `<`: somebody reads */
			return;
		left = now;
		before = copied;
	}
}

static void check_run(struct pool_job *j)
{
	struct sqlite *b = container_of(j, struct sqlite, check_job);
	sqlite3 *db;
	sqlite3_file *f = NULL;
	int64_t version;
	struct err e;
	/* What goes wrong here goes wrong again where it can be told: at the next commit. */
	if (sq_connect(b, SQLITE_OPEN_READWRITE, &db, &e) == 0) {
		/* A connection that has read nothing has no WAL, and its checkpoint does nothing. */
		if (sq_int(db, "PRAGMA schema_version", &version) == SQLITE_OK &&
		    sqlite3_file_control(db, "main", SQLITE_FCNTL_FILE_POINTER, &f) == SQLITE_OK && f && f->pMethods) {
			struct paced p = {.m = *f->pMethods, .real = f->pMethods, .b = b};
			if (p.m.iVersion > 3) /* what a newer SQLite might have behind it was not copied */
				p.m.iVersion = 3;
			p.m.xSync = paced_sync;
			f->pMethods = &p.m;
			copy(b, db, f);
			if (frames(b) >= STREAM_FRAMES)
				reading_close(b);
			f->pMethods = p.real;
		}
		sqlite3_close(db);
	}
	__atomic_store_n(&b->check_state, DISK_CHECKED, __ATOMIC_RELEASE);
	sq_wake(b);
}

/* --- the writer's --- */

static enum disk_state state(const struct sqlite *b)
{
	return (enum disk_state)__atomic_load_n(&b->check_state, __ATOMIC_ACQUIRE);
}

enum disk_state sqlite_disk(struct backend *base)
{
	struct sqlite *b = sq(base);
	enum disk_state now = state(b);
	return now != DISK_CHECKED && __atomic_load_n(&b->copies, __ATOMIC_SEQ_CST) > 0 ? DISK_COPYING : now;
}

void check_before_batch(struct sqlite *b)
{
	if (state(b) != DISK_CHECKED)
		return;
	/* Fails if a reader still needs old frames; then the WAL goes on growing for one more round. */
	int log = 0, copied = -1;
	int rc = sqlite3_wal_checkpoint_v2(b->db, NULL, SQLITE_CHECKPOINT_PASSIVE, &log, &copied);
	if (rc == SQLITE_OK && log == copied)
		check_copied(b);
	b->torn |= b->unsynced && rc == SQLITE_IOERR_FSYNC;
	reading_open(b); /* who begins now reads from the database alone */
	b->next_check = frames(b) + CHECK_FRAMES;
	__atomic_store_n(&b->check_state, DISK_FREE, __ATOMIC_RELAXED);
}

void check_copied(struct sqlite *b)
{
	b->whole = frames(b);
}

int check_pending(const struct sqlite *b)
{
	return frames(b) < b->whole ? frames(b) : frames(b) - b->whole; /* less: it has begun anew since */
}

bool sqlite_checking(const struct sqlite *b)
{
	return state(b) != DISK_FREE;
}

void check_after_batch(struct sqlite *b)
{
	if (frames(b) < b->next_check || state(b) != DISK_FREE)
		return;
	__atomic_store_n(&b->check_state, DISK_CHECKING, __ATOMIC_RELAXED);
	b->check_job = (struct pool_job){.run = check_run};
	pool_submit(b->pool, &b->check_job);
}

void check_init(struct sqlite *b)
{
	b->next_check = CHECK_FRAMES;
	pthread_mutex_init(&b->turn_lock, NULL);
	pthread_cond_init(&b->turn, NULL);
}

void check_now(struct sqlite *b)
{
	b->next_check = 0;
	check_after_batch(b);
}

int sqlite_settle(struct backend *base, struct err *e)
{
	struct sqlite *b = sq(base);
	sqlite3_file *f = NULL;
	turn_begin(b);
	check_before_batch(b);
	int rc = SQLITE_OK;
	if (b->unsynced)
		rc = sqlite3_file_control(b->db, "main", SQLITE_FCNTL_JOURNAL_POINTER, &f);
	if (b->unsynced && rc == SQLITE_OK && f && f->pMethods)
		rc = f->pMethods->xSync(f, SQLITE_SYNC_NORMAL | SQLITE_SYNC_DATAONLY);
	if (rc != SQLITE_OK)
		b->torn = true;
	else
		b->unsynced = false;
	turn_end(b);
	return rc == SQLITE_OK ? 0 : sq_fail(b, b->db, rc, e, "syncing its log");
}

int check_mend(struct sqlite *b, struct err *e)
{
	int log = 0, copied = 0;
	int rc = sqlite3_wal_checkpoint_v2(b->db, NULL, SQLITE_CHECKPOINT_TRUNCATE, &log, &copied);
	if (rc != SQLITE_OK)
		return sq_fail(b, b->db, rc, e, "making its log anew");
	b->torn = b->unsynced = false;
	return 0;
}
