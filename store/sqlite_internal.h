/*
 * The SQLite backend's inside, shared by sqlite.c (opening, writing, checkpoints, backups) and sqlite_read.c (readers).
 * Fields without a remark are set once, when it is opened.
 */
#pragma once
#include <sqlite3.h>
#include "store/internal.h"

enum { Q_INSERT, Q_META, Q_GAP, Q_UNGAP, Q_SCAN, Q_DELETE, Q_PEEK, Q_REWRITE, Q_BEGIN, Q_COMMIT, Q_ROLLBACK, Q_COUNT };
struct sqlite {
	struct backend base;
	char *path;
	sqlite3 *db; /* writer */
	sqlite3_stmt *q[Q_COUNT];
	struct pool *pool;

	int frames;      /* writer: WAL frames after the last commit */
	int next_check;  /* writer: size at which to start the next checkpoint */
	int check_state; /* atomic: CHECK_* */
	struct pool_job check_job;

	pthread_mutex_t lock;
	struct reader *idle; /* under lock */
	unsigned n_idle;
};

static inline struct sqlite *sq(struct backend *b)
{
	return container_of(b, struct sqlite, base);
}

/* An SQLite error as ours: which database, what failed, what helps. The code; e may be NULL. */
int sq_fail(struct sqlite *b, sqlite3 *db, int rc, struct err *e, const char *what);
/* A connection for one thread at a time. */
int sq_connect(struct sqlite *b, int flags, sqlite3 **ret, struct err *e);
int sq_exec(struct sqlite *b, sqlite3 *db, const char *sql, struct err *e);
int sq_prepare(struct sqlite *b, sqlite3 *db, const char *const *sql, sqlite3_stmt **q, int n, struct err *e);
/* Runs a statement that returns no rows. */
int sq_run(struct sqlite *b, sqlite3 *db, sqlite3_stmt *q, struct err *e, const char *what);
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
void sqlite_readers_free(struct sqlite *b); /* the idle ones */
