/*
 * The SQLite backend's inside, shared by sqlite.c (opening, writing), sqlite_read.c (readers), sqlite_check.c
 * (checkpoints), sqlite_space.c (compaction, giving space back), sqlite_scrub.c and sqlite_copy.c (backups). Fields
 * without a remark are set once, when it is opened.
 */
#pragma once
#include <sqlite3.h>
#include "store/internal.h"

#define SQ_BUSY_MS 5000 /* for locks that other programs hold */

enum {
	Q_INSERT,
	Q_GAP,
	Q_UNGAP,
	Q_SCAN,
	Q_DELETE,
	Q_PEEK,
	Q_REWRITE,
	Q_BEGIN,
	Q_COMMIT,
	Q_ROLLBACK,
	Q_SHRINK,
	Q_PAGES,
	Q_FREE,
	Q_META, /* sqlite_meta_sql */
	Q_COUNT
};
struct sqlite {
	struct backend base;
	char *path;
	sqlite3 *db; /* writer */
	sqlite3_stmt *q[Q_COUNT];
	struct pool *pool;
	int fd; /* the database; closed after all connections, whose locks would go with it */

	/* Writer. */
	bool lax;      /* the open batch is */
	bool unsynced; /* committed, but not durable yet */
	bool torn;     /* and a sync failed since */
	bool shrinks;  /* auto_vacuum is INCREMENTAL */
	bool wasteful; /* and space is being given back */

	/* Checkpoints (sqlite_check.c). */
	int frames;      /* atomic; writer: WAL frames after the last commit */
	int next_check;  /* writer: size at which to start the next one */
	int whole;       /* writer: `frames` when all of them were copied */
	int check_state; /* atomic: enum disk_state */
	struct pool_job check_job;
	pthread_mutex_t turn_lock;
	pthread_cond_t turn;
	uint64_t turns; /* under turn_lock: commits so far */
	bool committing;
	unsigned turn_wanted;

	int copies; /* atomic: under way; compaction waits for them */

	/* Under lock. */
	pthread_mutex_t lock;
	struct reader *idle;
	unsigned n_idle;
	unsigned reading;     /* snapshots that stand */
	int64_t gate_ms;      /* monotonic: until then none begins; 0: any may */
	pthread_cond_t gate;  /* it is open */
	pthread_cond_t quiet; /* nobody reads */
};

static inline struct sqlite *sq(struct backend *b)
{
	return container_of(b, struct sqlite, base);
}

/* A file that is only being made (etcd_copy.c) has nobody to wake. */
static inline void sq_wake(struct sqlite *b)
{
	if (b->base.wake)
		b->base.wake(b->base.wake_arg);
}

/* An SQLite error as ours: which database, what failed, what helps. The code; e may be NULL. */
int sq_fail(struct sqlite *b, sqlite3 *db, int rc, struct err *e, const char *what);
/* A connection for one thread at a time. */
int sq_connect(struct sqlite *b, int flags, sqlite3 **ret, struct err *e);
int sq_exec(struct sqlite *b, sqlite3 *db, const char *sql, struct err *e);
int sq_prepare(struct sqlite *b, sqlite3 *db, const char *const *sql, sqlite3_stmt **q, int n, struct err *e);
/* Runs a statement that returns no rows. */
int sq_run(struct sqlite *b, sqlite3 *db, sqlite3_stmt *q, struct err *e, const char *what);
/* The first column of a statement's only row; an SQLite code. */
int sq_int(sqlite3 *db, const char *sql, int64_t *ret);
int sq_meta_set(struct sqlite *b, const char *k, int64_t v, struct err *e);
/* The columns id, prev, born, kind, splice, key, idx of the row q stands on, and its value; they live until q moves. */
void sq_row_head(sqlite3_stmt *q, struct record *r);
void sq_row_value(sqlite3_stmt *q, struct record *r);
/* One row by its id; what ret points to lives until q is reset. ERR_NOT_FOUND. */
int sq_row_read(struct sqlite *b, sqlite3 *db, sqlite3_stmt *q, int64_t id, struct record *ret, struct err *e);

/* --- readers (sqlite_read.c): backend_ops; any thread, a reader by one at a time --- */
int sqlite_reader_open(struct backend *base, struct reader **ret, struct err *e);
struct reader *sqlite_reader_close(struct reader *r);
int sqlite_read(struct reader *r, int64_t id, const struct bytes *key, int64_t at, struct record *ret, struct err *e);
int sqlite_history(struct reader *r, int64_t after, int64_t upto, bool (*want)(void *arg, const struct record *r),
		   record_fn fn, void *arg, struct err *e);
int sqlite_rows(struct reader *r, int64_t after, const char *prefix, record_fn fn, void *arg, struct err *e);

extern const char *const sqlite_schema_sql, *const sqlite_meta_sql;
/* ERR_INVALID; what its meta table says */
int sqlite_is_ours(struct sqlite *b, struct backend_state *ret, struct err *e);
int sqlite_state(struct backend *base, const struct backend_state *st, struct err *e);
int sqlite_mark(struct backend *base, enum seal_mark m, struct err *e);

/* --- copies (sqlite_copy.c); any thread --- */
int sqlite_backup(struct backend *base, const char *path, const struct backend_state *st, struct err *e);

/* --- scrubbing (sqlite_scrub.c): backend_ops --- */
int sqlite_scrub(struct backend *base, struct scrub *c, struct pace *p, struct err *e);
int sqlite_scrub_sync(struct backend *base, struct scrub *c, struct err *e);
void sqlite_scrub_end(struct backend *base, struct scrub *c);

/* --- checkpoints (sqlite_check.c); writer thread, but for turn_wait --- */
int sqlite_on_wal(void *backend, sqlite3 *db, const char *name, int frames); /* SQLite's wal hook */
void check_before_batch(struct sqlite *b);
void check_after_batch(struct sqlite *b);
void check_init(struct sqlite *b);
/*
 * A disk that failed to sync has perhaps forgotten what it should have written. A commit that fails so is written
 * again; what was committed before, without a sync, is not: behind such a hole nothing would be found after a power
 * cut. So everything goes into the database, and the WAL begins anew, before anything else is written.
 */
int check_mend(struct sqlite *b, struct err *e);
void check_now(struct sqlite *b);             /* whatever the size of the WAL */
void check_copied(struct sqlite *b);          /* all of the WAL is in the database */
int check_pending(const struct sqlite *b);    /* how many frames are not */
bool sqlite_checking(const struct sqlite *b); /* a checkpoint is not over */
void sync_in_pieces(struct sqlite *b);        /* any thread: starts what a sync of the database is going to wait for */
/* The writer has the disk for itself: a checkpoint waits with its next piece until it is over. */
void turn_begin(struct sqlite *b);
void turn_end(struct sqlite *b);
void turn_wait(struct sqlite *b); /* until no commit is under way, or one has passed */
enum disk_state sqlite_disk(struct backend *base);
int sqlite_settle(struct backend *base, struct err *e);

/* --- who reads (sqlite_read.c); any thread, which must not begin twice --- */
void readers_init(struct sqlite *b);
void readers_done(struct sqlite *b);
void reading_begin(struct sqlite *b);
void reading_end(struct sqlite *b);
/* Lets nobody begin for a moment, and waits until nobody reads, or the moment is over. */
void reading_close(struct sqlite *b);
void reading_open(struct sqlite *b);

/* --- space (sqlite_space.c); writer thread --- */
/* At opening, before anything is prepared: whether the file can shrink, and makes it so if that is soon done. */
int space_open(struct sqlite *b, struct err *e);
int sqlite_compact(struct backend *base, int64_t after, int64_t upto, struct pace *p, int64_t *ret_swept,
		   struct err *e);
bool sqlite_wasteful(struct backend *base);
int sqlite_shrink(struct backend *base, struct pace *p, struct err *e);
