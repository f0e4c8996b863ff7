/*
 * The log as one SQLite table. Rows are only appended (the b-tree's right edge), so a commit writes little more than
 * its values.
 *
 * WAL, synchronous=FULL: one fsync per batch.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <time.h>
#include "base/str.h"
#include "store/sqlite_internal.h"

#define APPLICATION_ID 0x6d6e6b31 /* "mnk1" */
#define SCHEMA_VERSION 2          /* 2: as 1, and values may be sealed. A file is 2 only while they are. */

static const char *const write_sql[Q_META] = {
    [Q_INSERT] = "INSERT INTO log(id,prev,born,kind,splice,key,idx,value) VALUES(?1,?2,?3,?4,?5,?6,?7,?8)",
    [Q_GAP] = "INSERT OR REPLACE INTO gap(lo,hi) VALUES(?1,?2)",
    [Q_UNGAP] = "DELETE FROM gap WHERE hi<=?1",
    [Q_SCAN] = "SELECT id,prev,kind FROM log WHERE id>?1 AND id<=?2 ORDER BY id LIMIT ?3",
    [Q_DELETE] = "DELETE FROM log WHERE id=?1",
    [Q_PEEK] = "SELECT id,prev,born,kind,splice,key,idx,value FROM log WHERE id=?1",
    [Q_REWRITE] = "UPDATE log SET value=?2 WHERE id=?1",
    [Q_BEGIN] = "BEGIN IMMEDIATE",
    [Q_COMMIT] = "COMMIT",
    [Q_ROLLBACK] = "ROLLBACK",
    [Q_SHRINK] = "PRAGMA incremental_vacuum(1000000)", /* a row for each page: it is left when it is enough */
    [Q_PAGES] = "PRAGMA page_count",
    [Q_FREE] = "PRAGMA freelist_count",
};
const char *const sqlite_meta_sql = "INSERT INTO meta(k,v) VALUES(?1,?2) ON CONFLICT(k) DO UPDATE SET v=excluded.v";
/* Keys stand before values: what walks the log without values never touches overflow pages. */
const char *const sqlite_schema_sql =
    "BEGIN IMMEDIATE;"
    "CREATE TABLE main.log(id INTEGER PRIMARY KEY, prev INTEGER NOT NULL, born INTEGER NOT NULL, kind INTEGER NOT NULL,"
    " splice INTEGER NOT NULL, key BLOB NOT NULL, idx BLOB, value BLOB);"
    "CREATE TABLE main.meta(k TEXT PRIMARY KEY, v INTEGER NOT NULL) WITHOUT ROWID;"
    "CREATE TABLE main.gap(lo INTEGER PRIMARY KEY, hi INTEGER NOT NULL);"
    "PRAGMA main.application_id=0x6d6e6b31; PRAGMA main.user_version=1;"
    "COMMIT";
enum { C_ID, C_PREV, C_BORN, C_KIND, C_SPLICE, C_KEY, C_IDX, C_VALUE };

/* --- errors --- */

int sq_fail(struct sqlite *b, sqlite3 *db, int rc, struct err *e, const char *what)
{
	int sys = db ? sqlite3_system_errno(db) : 0;
	switch (rc & 0xff) {
	case SQLITE_NOMEM:
		return err_nomem(e);
	case SQLITE_FULL:
		return err_set(e, -ENOSPC, "store: no space left for %s: free some space, then try again", b->path);
	case SQLITE_CORRUPT:
	case SQLITE_NOTADB:
		return err_set(e, -EUCLEAN, "store: %s is corrupt (%s): restore it from a backup", b->path,
			       db ? sqlite3_errmsg(db) : sqlite3_errstr(rc));
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
		return err_set(e, -EBUSY, "store: %s is locked by another program", b->path);
	case SQLITE_READONLY:
		return err_set(e, -EROFS, "store: %s cannot be written: it or its directory is read-only", b->path);
	case SQLITE_IOERR:
	case SQLITE_CANTOPEN:
		if (sys == ENOSPC || sys == EDQUOT)
			return err_set(e, -ENOSPC, "store: no space left for %s: free some space, then try again",
				       b->path);
		return err_set(e, sys > 0 ? -sys : -EIO, "store: %s: %s: %s", b->path, what,
			       sys > 0 ? strerror(sys) : sqlite3_errstr(rc));
	default:
		return err_set(e, -EIO, "store: %s: %s: %s", b->path, what,
			       db ? sqlite3_errmsg(db) : sqlite3_errstr(rc));
	}
}

/* --- connections --- */

int sq_exec(struct sqlite *b, sqlite3 *db, const char *sql, struct err *e)
{
	int rc = sqlite3_exec(db, sql, NULL, NULL, NULL);
	return rc == SQLITE_OK ? 0 : sq_fail(b, db, rc, e, "setting up");
}

int sq_prepare(struct sqlite *b, sqlite3 *db, const char *const *sql, sqlite3_stmt **q, int n, struct err *e)
{
	for (int i = 0; i < n; i++) {
		int rc = sqlite3_prepare_v3(db, sql[i], -1, SQLITE_PREPARE_PERSISTENT, &q[i], NULL);
		if (rc != SQLITE_OK)
			return sq_fail(b, db, rc, e, "preparing a statement");
	}
	return 0;
}

int sq_connect(struct sqlite *b, int flags, sqlite3 **ret, struct err *e)
{
	sqlite3 *db = NULL;
	int rc = sqlite3_open_v2(b->path, &db, flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_PRIVATECACHE, NULL);
	if (rc != SQLITE_OK) {
		int code = sq_fail(b, db, rc, e, "opening");
		sqlite3_close(db);
		return code;
	}
	sqlite3_extended_result_codes(db, 1);
	sqlite3_busy_timeout(db, SQ_BUSY_MS);
	*ret = db;
	return 0;
}

int sq_int(sqlite3 *db, const char *sql, int64_t *ret)
{
	sqlite3_stmt *st = NULL;
	int rc = sqlite3_prepare_v2(db, sql, -1, &st, NULL);
	if (rc == SQLITE_OK && (rc = sqlite3_step(st)) == SQLITE_ROW) {
		*ret = sqlite3_column_int64(st, 0);
		rc = SQLITE_OK;
	}
	sqlite3_finalize(st);
	return rc == SQLITE_DONE ? SQLITE_CORRUPT : rc;
}

static int schema(struct sqlite *b, struct err *e)
{
	int64_t app = 0, version = 0, tables = 0;
	int rc = sq_int(b->db, "PRAGMA application_id", &app);
	if (rc == SQLITE_OK)
		rc = sq_int(b->db, "PRAGMA user_version", &version);
	if (rc == SQLITE_OK)
		rc = sq_int(b->db, "SELECT count(*) FROM sqlite_schema", &tables);
	if (rc != SQLITE_OK)
		return sq_fail(b, b->db, rc, e, "opening");
	if (app != APPLICATION_ID && (app != 0 || tables != 0))
		return err_set(e, ERR_INVALID, "store: %s is an SQLite database, but not one of minik's", b->path);
	if (version > SCHEMA_VERSION)
		return err_set(e, ERR_UNSUPPORTED,
			       "store: %s was written by a newer minik (format %d, this one knows %d)", b->path,
			       (int)version, SCHEMA_VERSION);
	/*
	 * secure_delete is on in Debian's build and would write zeroes over everything that is compacted away.
	 * Everything is set per connection but the journal mode, and auto_vacuum, which comes before it.
	 */
	int code = version == 0 ? sq_exec(b, b->db, "PRAGMA auto_vacuum=INCREMENTAL", e) : 0;
	if (code == 0)
		code = sq_exec(b, b->db,
			       "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA wal_autocheckpoint=0;"
			       "PRAGMA secure_delete=OFF; PRAGMA journal_size_limit=16777216; PRAGMA temp_store=MEMORY;"
			       "PRAGMA cell_size_check=ON",
			       e);
	if (code < 0)
		return code;
	if (version > 0)
		return space_open(b, e);
	code = sq_exec(b, b->db, sqlite_schema_sql, e);
	return code < 0 ? code : space_open(b, e);
}

/* --- rows --- */

static int bind_bytes(sqlite3_stmt *q, int i, const struct bytes *v)
{
	return v ? sqlite3_bind_blob64(q, i, v->data, v->len, SQLITE_STATIC) : sqlite3_bind_null(q, i);
}

static const void *column(sqlite3_stmt *q, int i, size_t *len)
{
	if (sqlite3_column_type(q, i) == SQLITE_NULL) {
		*len = 0;
		return NULL;
	}
	const void *p = sqlite3_column_blob(q, i);
	*len = (size_t)sqlite3_column_bytes(q, i);
	return p ? p : "";
}

void sq_row_head(sqlite3_stmt *q, struct record *r)
{
	*r = (struct record){
	    .id = sqlite3_column_int64(q, C_ID),
	    .prev_id = sqlite3_column_int64(q, C_PREV),
	    .create_rev = sqlite3_column_int64(q, C_BORN),
	    .deleted = sqlite3_column_int(q, C_KIND) == STORE_DELETED,
	    .splice = (size_t)sqlite3_column_int64(q, C_SPLICE),
	};
	r->key = column(q, C_KEY, &r->key_len);
	r->index = column(q, C_IDX, &r->index_len);
	if (!r->key) {
		r->key = "";
		r->key_len = 0;
	}
}

void sq_row_value(sqlite3_stmt *q, struct record *r)
{
	r->value = column(q, C_VALUE, &r->value_len);
}

int sq_run(struct sqlite *b, sqlite3 *db, sqlite3_stmt *q, struct err *e, const char *what)
{
	int rc = sqlite3_step(q);
	int code = rc == SQLITE_DONE ? 0 : sq_fail(b, db, rc, e, what);
	(void)sqlite3_reset(q);
	return code;
}

/* --- opening --- */

static int meta_load(struct sqlite *b, struct backend_state *st, struct err *e)
{
	sqlite3_stmt *q = NULL;
	int rc = sqlite3_prepare_v2(b->db, "SELECT k,v FROM meta", -1, &q, NULL);
	while (rc == SQLITE_OK && (rc = sqlite3_step(q)) == SQLITE_ROW) {
		const char *k = (const char *)sqlite3_column_text(q, 0);
		int64_t v = sqlite3_column_int64(q, 1);
		rc = SQLITE_OK;
		if (streq(k, "reserved"))
			st->reserved = v;
		else if (streq(k, "compacted"))
			st->compacted = v;
		else if (streq(k, "swept"))
			st->swept = v;
		else if (streq(k, "clean"))
			st->clean = v != 0;
		else if (streq(k, "backup_time"))
			st->backup_time = v;
		else if (streq(k, "sealed"))
			st->sealed = v;
	}
	int code = rc == SQLITE_DONE ? 0 : sq_fail(b, b->db, rc, e, "reading");
	sqlite3_finalize(q);
	if (st->swept == 0 || st->swept > id_last(st->compacted)) /* an older minik noted only what was done */
		st->swept = id_last(st->compacted);
	return code;
}

static int gaps_load(struct sqlite *b, int (*gap_fn)(void *arg, struct rev_gap g), void *arg, struct err *e)
{
	sqlite3_stmt *q = NULL;
	int rc = sqlite3_prepare_v2(b->db, "SELECT lo,hi FROM gap ORDER BY lo", -1, &q, NULL);
	int code = 0;
	while (rc == SQLITE_OK && code == 0 && (rc = sqlite3_step(q)) == SQLITE_ROW) {
		code = gap_fn(arg, (struct rev_gap){sqlite3_column_int64(q, 0), sqlite3_column_int64(q, 1)});
		rc = SQLITE_OK;
	}
	if (code < 0)
		code = err_nomem(e);
	else if (rc != SQLITE_DONE)
		code = sq_fail(b, b->db, rc, e, "reading");
	sqlite3_finalize(q);
	return code;
}

static int sqlite_load(struct backend *base, record_fn fn, int (*gap_fn)(void *arg, struct rev_gap g), void *arg,
		       struct backend_state *ret, struct err *e)
{
	struct sqlite *b = sq(base);
	struct backend_state st = {0};
	int code = meta_load(b, &st, e);
	if (code == 0)
		code = gaps_load(b, gap_fn, arg, e);
	if (code < 0)
		return code;
	sqlite3_stmt *q = NULL;
	int rc =
	    sqlite3_prepare_v2(b->db, "SELECT id,prev,born,kind,splice,key,idx FROM log ORDER BY id", -1, &q, NULL);
	while (rc == SQLITE_OK && code == 0 && (rc = sqlite3_step(q)) == SQLITE_ROW) {
		struct record r;
		sq_row_head(q, &r);
		st.last = id_rev(r.id);
		if (r.id <= 0 || r.key_len == 0 || memchr(r.key, 0, r.key_len))
			code = err_set(e, -EUCLEAN,
				       "store: %s is corrupt (a row without a key): restore it from a backup", b->path);
		else
			code = fn(arg, &r, e);
		rc = SQLITE_OK;
	}
	if (code == 0 && rc != SQLITE_DONE)
		code = sq_fail(b, b->db, rc, e, "reading");
	sqlite3_finalize(q);
	if (code == 0)
		*ret = st;
	return code;
}

/* --- writing --- */

static int sqlite_apply(struct backend *base, const struct change *c, struct err *e)
{
	struct sqlite *b = sq(base);
	sqlite3_stmt *q = b->q[Q_INSERT];
	int rc = sqlite3_bind_int64(q, 1, c->id);
	rc |= sqlite3_bind_int64(q, 2, c->prev_id);
	rc |= sqlite3_bind_int64(q, 3, c->create_rev);
	rc |= sqlite3_bind_int(q, 4, (int)c->kind);
	rc |= sqlite3_bind_int64(q, 5, c->splice);
	rc |= bind_bytes(q, 6, c->key);
	rc |= bind_bytes(q, 7, c->index);
	rc |= bind_bytes(q, 8, c->sealed ? c->sealed : c->raw);
	if (rc != SQLITE_OK)
		return sq_fail(b, b->db, sqlite3_errcode(b->db), e, "writing");
	return sq_run(b, b->db, q, e, "writing");
}

int sq_meta_set(struct sqlite *b, const char *k, int64_t v, struct err *e)
{
	sqlite3_stmt *q = b->q[Q_META];
	int rc = sqlite3_bind_text(q, 1, k, -1, SQLITE_STATIC);
	rc |= sqlite3_bind_int64(q, 2, v);
	if (rc != SQLITE_OK)
		return sq_fail(b, b->db, sqlite3_errcode(b->db), e, "writing");
	return sq_run(b, b->db, q, e, "writing");
}

int sqlite_state(struct backend *base, const struct backend_state *st, struct err *e)
{
	struct sqlite *b = sq(base);
	int rc = sq_meta_set(b, "reserved", st->reserved, e);
	if (rc == 0)
		rc = sq_meta_set(b, "clean", st->clean, e);
	if (rc == 0)
		rc = sq_meta_set(b, "backup_time", st->backup_time, e);
	return rc;
}

static int sqlite_rewrite(struct backend *base, int64_t id, const struct bytes *value, struct err *e)
{
	struct sqlite *b = sq(base);
	sqlite3_stmt *q = b->q[Q_REWRITE];
	int rc = sqlite3_bind_int64(q, 1, id);
	rc |= bind_bytes(q, 2, value);
	if (rc != SQLITE_OK)
		return sq_fail(b, b->db, sqlite3_errcode(b->db), e, "writing");
	return sq_run(b, b->db, q, e, "writing");
}

int sqlite_mark(struct backend *base, enum seal_mark m, struct err *e)
{
	struct sqlite *b = sq(base);
	int rc = sq_meta_set(b, "sealed", m, e);
	/* Who does not know sealed values must not take them for values. */
	return rc < 0 ? rc : sq_exec(b, b->db, m == SEAL_NONE ? "PRAGMA user_version=1" : "PRAGMA user_version=2", e);
}

static int sqlite_gap(struct backend *base, struct rev_gap g, struct err *e)
{
	struct sqlite *b = sq(base);
	sqlite3_stmt *q = b->q[Q_GAP];
	(void)sqlite3_bind_int64(q, 1, g.lo);
	(void)sqlite3_bind_int64(q, 2, g.hi);
	return sq_run(b, b->db, q, e, "writing");
}

static int lax_set(struct sqlite *b, bool lax, struct err *e)
{
	if (lax == b->lax)
		return 0;
	int code = sq_exec(b, b->db, lax ? "PRAGMA synchronous=NORMAL" : "PRAGMA synchronous=FULL", e);
	if (code == 0)
		b->lax = lax;
	return code;
}

static int sqlite_begin(struct backend *base, bool lax, struct err *e)
{
	struct sqlite *b = sq(base);
	(void)sqlite3_reset(b->q[Q_PEEK]);
	check_before_batch(b); /* not after one: somebody waits for its answer */
	int code = b->torn ? check_mend(b, e) : 0;
	if (code == 0)
		code = lax_set(b, lax, e);
	if (code == 0)
		code = sq_run(b, b->db, b->q[Q_BEGIN], e, "beginning a commit");
	if (code == 0)
		turn_begin(b);
	return code;
}

static int sqlite_commit(struct backend *base, struct err *e)
{
	struct sqlite *b = sq(base);
	int code = sq_run(b, b->db, b->q[Q_COMMIT], e, "committing");
	if (code < 0) {
		b->torn |= b->unsynced && sqlite3_extended_errcode(b->db) == SQLITE_IOERR_FSYNC;
		return code;
	}
	b->unsynced = b->lax;
	turn_end(b);
	check_after_batch(b);
	return 0;
}

static void sqlite_rollback(struct backend *base)
{
	struct sqlite *b = sq(base);
	if (!sqlite3_get_autocommit(b->db)) /* some errors roll back by themselves */
		(void)sq_run(b, b->db, b->q[Q_ROLLBACK], NULL, "rolling back");
	turn_end(b);
}

int sq_row_read(struct sqlite *b, sqlite3 *db, sqlite3_stmt *q, int64_t id, struct record *ret, struct err *e)
{
	(void)sqlite3_reset(q);
	(void)sqlite3_bind_int64(q, 1, id);
	int rc = sqlite3_step(q);
	if (rc == SQLITE_ROW) {
		sq_row_head(q, ret);
		sq_row_value(q, ret);
		return 0;
	}
	(void)sqlite3_reset(q);
	if (rc != SQLITE_DONE)
		return sq_fail(b, db, rc, e, "reading");
	return err_set(e, ERR_NOT_FOUND, "store: %s has no row %lld", b->path, (long long)id);
}

static int sqlite_peek(struct backend *base, int64_t id, struct record *ret, struct err *e)
{
	struct sqlite *b = sq(base);
	return sq_row_read(b, b->db, b->q[Q_PEEK], id, ret, e);
}

/* --- the rest --- */

int sqlite_is_ours(struct sqlite *b, struct backend_state *ret, struct err *e)
{
	int64_t app = 0;
	int rc = sq_int(b->db, "PRAGMA application_id", &app);
	if (rc != SQLITE_OK)
		return sq_fail(b, b->db, rc, e, "opening");
	if (app != APPLICATION_ID)
		return err_set(e, ERR_INVALID, "store: %s is not one of minik's databases", b->path);
	return meta_load(b, ret, e);
}

static size_t sqlite_size(struct backend *base)
{
	struct sqlite *b = sq(base);
	size_t sum = 0;
	const char *const suffix[] = {"", "-wal", "-shm"};
	for (size_t i = 0; i < ARRAY_LEN(suffix); i++) {
		AUTO_FREE char *p = str_fmt("%s%s", b->path, suffix[i]);
		struct stat st;
		if (p && stat(p, &st) == 0)
			sum += (size_t)st.st_size;
	}
	return sum;
}

static struct backend *sqlite_close_db(struct backend *base)
{
	struct sqlite *b = sq(base);
	readers_done(b);
	for (int i = 0; i < Q_COUNT; i++)
		sqlite3_finalize(b->q[i]);
	sqlite3_close(b->db); /* the last connection: copies the WAL into the database and removes it */
	cleanup_close_p(&b->fd);
	pthread_mutex_destroy(&b->turn_lock);
	pthread_cond_destroy(&b->turn);
	free(b->path);
	free(b);
	return NULL;
}

static const struct backend_ops sqlite_ops = {
    .load = sqlite_load,
    .begin = sqlite_begin,
    .apply = sqlite_apply,
    .state = sqlite_state,
    .gap = sqlite_gap,
    .compact = sqlite_compact,
    .wasteful = sqlite_wasteful,
    .shrink = sqlite_shrink,
    .settle = sqlite_settle,
    .disk = sqlite_disk,
    .rewrite = sqlite_rewrite,
    .mark = sqlite_mark,
    .scrub = sqlite_scrub,
    .scrub_sync = sqlite_scrub_sync,
    .scrub_end = sqlite_scrub_end,
    .commit = sqlite_commit,
    .rollback = sqlite_rollback,
    .peek = sqlite_peek,
    .reader_open = sqlite_reader_open,
    .reader_close = sqlite_reader_close,
    .read = sqlite_read,
    .history = sqlite_history,
    .rows = sqlite_rows,
    .backup = sqlite_backup,
    .size = sqlite_size,
    .close = sqlite_close_db,
};

int sqlite_backend_open(struct backend **ret, const char *path, struct pool *pool, struct err *e)
{
	struct sqlite *b = calloc(1, sizeof(*b));
	if (!b)
		return err_nomem(e);
	b->base.ops = &sqlite_ops;
	b->pool = pool;
	b->fd = -1;
	check_init(b);
	readers_init(b);
	int rc = (b->path = str_dup(path)) ? 0 : err_nomem(e);
	if (rc == 0)
		rc = sq_connect(b, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, &b->db, e);
	if (rc == 0 && (b->fd = open(path, O_RDWR | O_CLOEXEC)) < 0 && (b->fd = open(path, O_RDONLY | O_CLOEXEC)) < 0)
		rc = err_errno(e, errno, "store: %s", path);
	if (rc == 0)
		rc = schema(b, e);
	if (rc == 0)
		rc = sq_prepare(b, b->db, write_sql, b->q, Q_META, e);
	if (rc == 0)
		rc = sq_prepare(b, b->db, &sqlite_meta_sql, &b->q[Q_META], 1, e);
	if (rc < 0) {
		sqlite_close_db(&b->base);
		return rc;
	}
	sqlite3_wal_hook(b->db, sqlite_on_wal, b);
	*ret = &b->base;
	return 0;
}
