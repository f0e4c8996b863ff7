/*
 * Copies: into a file of their own, row by row, in pieces. Between two of them nobody reads, so that the WAL can start
 * again however long it takes, and each goes to the disk before the next, so that no commit waits for all of it.
 *
 * Rows are only added, with growing ids, so what a first look finds newest is where a copy ends. Only compaction takes
 * rows away: it waits for copies within this process; where it went on meanwhile, because the copy is made from another
 * process, all is copied once more in one transaction.
 */
#include <errno.h>
#include <fcntl.h>
#include "store/sqlite_internal.h"

#define PIECE_ROWS 64

enum { K_ROWS, K_LAST, K_COUNT };
static const char *const copy_sql[K_COUNT] = {
    [K_ROWS] = "INSERT INTO main.log SELECT * FROM src.log WHERE id>?1 AND id<=?2 ORDER BY id LIMIT ?3",
    [K_LAST] = "SELECT max(id) FROM main.log",
};

struct copy {
	struct sqlite *b; /* from */
	struct sqlite to; /* path, db */
	sqlite3_stmt *q[K_COUNT];
	int fd;
	bool within; /* the source is open in this process, too, and b is it */
};

/* What must not have changed for pieces to fit together, and what is to be known of the first. */
struct moment {
	int64_t compacted, swept, sealed;
};

static int look(struct copy *c, struct moment *ret, struct err *e)
{
	int rc = sq_int(c->to.db, "SELECT coalesce(max(v),0) FROM src.meta WHERE k='compacted'", &ret->compacted);
	if (rc == SQLITE_OK)
		rc = sq_int(c->to.db, "SELECT coalesce(max(v),0) FROM src.meta WHERE k='swept'", &ret->swept);
	if (rc == SQLITE_OK)
		rc = sq_int(c->to.db, "SELECT coalesce(max(v),0) FROM src.meta WHERE k='sealed'", &ret->sealed);
	return rc == SQLITE_OK ? 0 : sq_fail(c->b, c->to.db, rc, e, "copying");
}

static int fail(struct copy *c, int rc, struct err *e)
{
	if (rc == SQLITE_FULL || sqlite3_system_errno(c->to.db) == ENOSPC)
		return err_set(e, -ENOSPC, "store: no space left for backup %s", c->to.path);
	return err_set(e, -EIO, "store: backup to %s: %s", c->to.path, sqlite3_errmsg(c->to.db));
}

static int run(struct copy *c, const char *sql, struct err *e)
{
	int rc = sqlite3_exec(c->to.db, sql, NULL, NULL, NULL);
	return rc == SQLITE_OK ? 0 : fail(c, rc, e);
}

static int attach(struct copy *c, struct err *e)
{
	sqlite3_stmt *q = NULL;
	int rc = sqlite3_prepare_v2(c->to.db, "ATTACH ?1 AS src", -1, &q, NULL);
	if (rc == SQLITE_OK)
		rc = sqlite3_bind_text(q, 1, c->b->path, -1, SQLITE_STATIC);
	if (rc == SQLITE_OK)
		rc = sqlite3_step(q);
	sqlite3_finalize(q);
	return rc == SQLITE_DONE ? 0 : fail(c, rc, e);
}

/* limit 0: all at once */
static int piece(struct copy *c, int64_t *at, int64_t last, int64_t limit, struct err *e)
{
	sqlite3_stmt *q = c->q[K_ROWS];
	(void)sqlite3_bind_int64(q, 1, *at);
	(void)sqlite3_bind_int64(q, 2, last);
	(void)sqlite3_bind_int64(q, 3, limit ? limit : -1);
	int rc = sqlite3_step(q);
	(void)sqlite3_reset(q);
	if (rc != SQLITE_DONE)
		return fail(c, rc, e);
	if (limit == 0 || sqlite3_changes64(c->to.db) < limit) {
		*at = last;
		return 0;
	}
	rc = sqlite3_step(c->q[K_LAST]);
	*at = rc == SQLITE_ROW ? sqlite3_column_int64(c->q[K_LAST], 0) : last;
	(void)sqlite3_reset(c->q[K_LAST]);
	return rc == SQLITE_ROW ? 0 : fail(c, rc, e);
}

static int rows(struct copy *c, struct moment *first, struct err *e)
{
	int64_t last = 0, at = 0;
	struct moment now;
	int rc = look(c, first, e);
	if (rc == 0 && sq_int(c->to.db, "SELECT coalesce(max(id),0) FROM src.log", &last) != SQLITE_OK)
		rc = fail(c, SQLITE_ERROR, e);
	while (rc == 0 && at < last) {
		if (c->within)
			reading_begin(c->b);
		rc = piece(c, &at, last, PIECE_ROWS, e);
		if (c->within)
			reading_end(c->b);
		/* What does not get there now is told by the sync at the end. */
		(void)sync_file_range(c->fd, 0, 0,
				      SYNC_FILE_RANGE_WAIT_BEFORE | SYNC_FILE_RANGE_WRITE | SYNC_FILE_RANGE_WAIT_AFTER);
		if (c->within)
			turn_wait(c->b);
	}
	if (rc == 0)
		rc = look(c, &now, e);
	if (rc < 0 || (now.compacted == first->compacted && now.swept == first->swept))
		return rc;
	rc = run(c, "BEGIN; DELETE FROM main.log", e);
	at = 0;
	if (rc == 0)
		rc = look(c, first, e);
	if (rc == 0)
		rc = piece(c, &at, INT64_MAX, 0, e);
	return rc == 0 ? run(c, "COMMIT", e) : rc;
}

static int finish(struct copy *c, const struct moment *first, const struct backend_state *st, struct err *e)
{
	struct moment now;
	int rc = run(c, "INSERT INTO main.meta SELECT * FROM src.meta; INSERT INTO main.gap SELECT * FROM src.gap", e);
	if (rc == 0)
		rc = look(c, &now, e);
	if (rc == 0)
		rc = sq_prepare(&c->to, c->to.db, &sqlite_meta_sql, &c->to.q[Q_META], 1, e);
	if (rc == 0)
		rc = sqlite_state(&c->to.base, st, e);
	/* Values may have been sealed meanwhile, or the other way round: then some are and some are not. */
	if (rc == 0 && (now.sealed != SEAL_NONE || first->sealed != SEAL_NONE))
		rc = sqlite_mark(&c->to.base, now.sealed == first->sealed ? (enum seal_mark)now.sealed : SEAL_DIRTY, e);
	return rc;
}

static int copy_into(struct copy *c, const struct backend_state *st, struct err *e)
{
	struct moment first;
	int rc = sq_connect(&c->to, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, &c->to.db, e);
	if (rc < 0)
		return rc;
	if ((c->fd = open(c->to.path, O_RDONLY | O_CLOEXEC)) < 0)
		return err_errno(e, errno, "store: backup %s", c->to.path);
	/* Nobody reads it before it is complete: it needs no journal. */
	rc = run(c, "PRAGMA auto_vacuum=INCREMENTAL; PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF", e);
	if (rc == 0)
		rc = run(c, sqlite_schema_sql, e);
	if (rc == 0)
		rc = attach(c, e);
	if (rc == 0)
		rc = sq_prepare(&c->to, c->to.db, copy_sql, c->q, K_COUNT, e);
	if (rc == 0)
		rc = rows(c, &first, e);
	return rc < 0 ? rc : finish(c, &first, st, e);
}

static int copy_make(struct sqlite *b, bool within, const char *path, const struct backend_state *st, struct err *e)
{
	struct copy c = {.b = b, .to = {.path = (char *)path}, .fd = -1, .within = within};
	int rc = copy_into(&c, st, e);
	for (int i = 0; i < K_COUNT; i++)
		sqlite3_finalize(c.q[i]);
	sqlite3_finalize(c.to.q[Q_META]);
	sqlite3_close(c.to.db);
	if (rc == 0 && fsync(c.fd) < 0)
		rc = err_errno(e, errno, "store: backup %s", path);
	cleanup_close_p(&c.fd);
	return rc;
}

int sqlite_backup(struct backend *base, const char *path, const struct backend_state *st, struct err *e)
{
	struct sqlite *b = sq(base);
	__atomic_add_fetch(&b->copies, 1, __ATOMIC_SEQ_CST);
	int rc = copy_make(b, true, path, st, e);
	if (__atomic_sub_fetch(&b->copies, 1, __ATOMIC_SEQ_CST) == 0)
		sq_wake(b);
	return rc;
}

/*
 * The same from outside the process that has the database open, or when nobody has: what is committed, hence not the
 * late writes of a running store.
 */
int sqlite_export(const char *from, const char *path, struct err *e)
{
	struct sqlite b = {.path = (char *)from};
	struct backend_state st = {0};
	int rc = sq_connect(&b, SQLITE_OPEN_READWRITE, &b.db, e);
	if (rc < 0)
		return rc;
	rc = sqlite_is_ours(&b, &st, e);
	if (rc == 0) {
		st.backup_time = (int64_t)clock_wall(clock_real());
		st.clean = false;
		rc = copy_make(&b, false, path, &st, e);
	}
	sqlite3_close(b.db);
	return rc;
}
