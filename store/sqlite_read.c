/*
 * Readers: connections of their own, each with a snapshot of the database from its opening on. A few are kept.
 *
 * A snapshot keeps the WAL from starting again, so none is long, and where they come in an unbroken stream the next
 * ones wait for a moment (reading_close).
 */
#include <errno.h>
#include "store/sqlite_internal.h"

#define IDLE_READERS  4
#define GATE_MS       1000 /* at most: until the writer has ended its batch and a checkpoint */
#define SNAPSHOT_ROWS 4096 /* then another: a long one would keep the WAL from starting again */

enum { R_READ, R_HISTORY, R_PREV, R_KEYS, R_BEGIN, R_END, R_COUNT };
static const char *const read_sql[R_COUNT] = {
    [R_READ] = "SELECT id,prev,born,kind,splice,key,idx,value FROM log WHERE id=?1",
    [R_HISTORY] = "SELECT id,prev,born,kind,splice,key,idx,value FROM log WHERE id>?1 AND id<=?2 ORDER BY id",
    [R_PREV] = "SELECT id,prev,born,kind,splice,key,idx,value FROM log WHERE id=?1",
    [R_KEYS] = "SELECT id,prev,born,kind,splice,key,NULL FROM log WHERE id>?1 ORDER BY id",
    [R_BEGIN] = "BEGIN",
    [R_END] = "COMMIT",
};

struct reader {
	struct sqlite *b;
	sqlite3 *db;
	sqlite3_stmt *q[R_COUNT];
	bool reading;
	struct reader *next;
};

/* --- who reads --- */

void readers_init(struct sqlite *b)
{
	pthread_condattr_t a;
	pthread_condattr_init(&a);
	pthread_condattr_setclock(&a, CLOCK_MONOTONIC);
	pthread_mutex_init(&b->lock, NULL);
	pthread_cond_init(&b->gate, &a);
	pthread_cond_init(&b->quiet, &a);
	pthread_condattr_destroy(&a);
}

static int64_t wait_ms(struct sqlite *b, pthread_cond_t *c, int64_t ms)
{
	struct timespec ts = {.tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000};
	(void)pthread_cond_timedwait(c, &b->lock, &ts);
	return clock_mono_ms(clock_real());
}

void reading_begin(struct sqlite *b)
{
	pthread_mutex_lock(&b->lock);
	while (b->gate_ms > 0 && wait_ms(b, &b->gate, b->gate_ms) < b->gate_ms)
		;
	b->reading++;
	pthread_mutex_unlock(&b->lock);
}

void reading_end(struct sqlite *b)
{
	pthread_mutex_lock(&b->lock);
	if (--b->reading == 0)
		pthread_cond_signal(&b->quiet);
	pthread_mutex_unlock(&b->lock);
}

void reading_close(struct sqlite *b)
{
	pthread_mutex_lock(&b->lock);
	int64_t until = b->gate_ms = clock_mono_ms(clock_real()) + GATE_MS;
	while (b->reading > 0 && wait_ms(b, &b->quiet, until) < until)
		;
	pthread_mutex_unlock(&b->lock);
}

void reading_open(struct sqlite *b)
{
	pthread_mutex_lock(&b->lock);
	if (b->gate_ms > 0)
		pthread_cond_broadcast(&b->gate);
	b->gate_ms = 0;
	pthread_mutex_unlock(&b->lock);
}

/* --- readers --- */

static struct reader *reader_free(struct reader *r)
{
	if (!r)
		return NULL;
	for (int i = 0; i < R_COUNT; i++)
		sqlite3_finalize(r->q[i]);
	sqlite3_close(r->db);
	if (r->reading)
		reading_end(r->b);
	free(r);
	return NULL;
}
DEFINE_CLEANUP(struct reader *, reader_free, reader_free_p)

static int snapshot(struct reader *r, struct err *e)
{
	reading_begin(r->b);
	r->reading = true;
	int rc = sq_run(r->b, r->db, r->q[R_BEGIN], e, "reading");
	if (rc < 0)
		return rc;
	/* BEGIN is lazy: the first read takes the snapshot */
	(void)sqlite3_bind_int64(r->q[R_READ], 1, 0);
	int step = sqlite3_step(r->q[R_READ]);
	if (step != SQLITE_ROW && step != SQLITE_DONE)
		rc = sq_fail(r->b, r->db, step, e, "reading");
	(void)sqlite3_reset(r->q[R_READ]);
	return rc;
}

static int snapshot_again(struct reader *r, struct err *e)
{
	for (int i = 0; i < R_COUNT; i++)
		(void)sqlite3_reset(r->q[i]);
	int rc = sq_run(r->b, r->db, r->q[R_END], e, "reading");
	if (rc < 0)
		return rc;
	reading_end(r->b);
	r->reading = false;
	return snapshot(r, e);
}

int sqlite_reader_open(struct backend *base, struct reader **ret, struct err *e)
{
	struct sqlite *b = sq(base);
	pthread_mutex_lock(&b->lock);
	struct reader *r CLEANUP(reader_free_p) = b->idle;
	if (r) {
		b->idle = r->next;
		b->n_idle--;
	}
	pthread_mutex_unlock(&b->lock);
	int rc = 0;
	if (!r) {
		r = calloc(1, sizeof(*r));
		if (!r)
			return err_nomem(e);
		r->b = b;
		rc = sq_connect(b, SQLITE_OPEN_READWRITE, &r->db, e);
		if (rc == 0)
			rc = sq_exec(b, r->db,
				     "PRAGMA query_only=ON; PRAGMA cache_size=-256; PRAGMA wal_autocheckpoint=0", e);
		if (rc == 0)
			rc = sq_prepare(b, r->db, read_sql, r->q, R_COUNT, e);
	}
	if (rc == 0)
		rc = snapshot(r, e);
	if (rc == 0)
		*ret = TAKE_PTR(r);
	return rc;
}

struct reader *sqlite_reader_close(struct reader *r)
{
	if (!r)
		return NULL;
	struct sqlite *b = r->b;
	for (int i = 0; i < R_COUNT; i++)
		(void)sqlite3_reset(r->q[i]);
	bool ok = sq_run(b, r->db, r->q[R_END], NULL, "reading") == 0;
	if (ok) {
		reading_end(b);
		r->reading = false;
	}
	pthread_mutex_lock(&b->lock);
	if (ok && b->n_idle < IDLE_READERS) {
		r->next = b->idle;
		b->idle = TAKE_PTR(r);
		b->n_idle++;
	}
	pthread_mutex_unlock(&b->lock);
	return reader_free(r);
}

int sqlite_read(struct reader *r, int64_t id, const struct bytes *key, int64_t at, struct record *ret, struct err *e)
{
	(void)key, (void)at;
	return sq_row_read(r->b, r->db, r->q[R_READ], id, ret, e);
}

int sqlite_history(struct reader *r, int64_t after, int64_t upto, bool (*want)(void *arg, const struct record *r),
		   record_fn fn, void *arg, struct err *e)
{
	sqlite3_stmt *q = r->q[R_HISTORY];
	(void)sqlite3_bind_int64(q, 1, after);
	(void)sqlite3_bind_int64(q, 2, upto);
	int rc = SQLITE_OK, code = 0;
	while (code == 0 && (rc = sqlite3_step(q)) == SQLITE_ROW) {
		struct record rec, prev;
		sq_row_head(q, &rec);
		if (want(arg, &rec)) {
			sq_row_value(q, &rec);
			if (rec.prev_id != 0)
				code = sq_row_read(r->b, r->db, r->q[R_PREV], rec.prev_id, &prev, e);
			if (code == 0 && rec.prev_id != 0) {
				rec.prev_index = prev.index;
				rec.prev_index_len = prev.index_len;
				if (rec.deleted && !rec.value) {
					rec.value = prev.value;
					rec.value_len = prev.value_len;
					rec.splice = prev.splice;
				}
			}
			if (code == ERR_NOT_FOUND)
				code = err_set(e, -EUCLEAN,
					       "store: %s is corrupt (row %lld is missing): restore it from a backup",
					       r->b->path, (long long)rec.prev_id);
		}
		if (code == 0)
			code = fn(arg, &rec, e);
	}
	if (code == 0 && rc != SQLITE_DONE)
		code = sq_fail(r->b, r->db, rc, e, "reading");
	(void)sqlite3_reset(q);
	(void)sqlite3_reset(r->q[R_PREV]);
	return code;
}

int sqlite_rows(struct reader *r, int64_t after, const char *prefix, record_fn fn, void *arg, struct err *e)
{
	sqlite3_stmt *q = r->q[R_KEYS];
	size_t n = strlen(prefix), seen = 0;
	int rc = SQLITE_OK, code = 0;
	(void)sqlite3_bind_int64(q, 1, after);
	while (code == 0 && (rc = sqlite3_step(q)) == SQLITE_ROW) {
		struct record rec;
		sq_row_head(q, &rec);
		if (++seen % SNAPSHOT_ROWS == 0) {
			int64_t id = rec.id;
			if ((code = snapshot_again(r, e)) < 0)
				break;
			(void)sqlite3_bind_int64(q, 1, id - 1);
			continue;
		}
		if (rec.key_len < n || memcmp(rec.key, prefix, n) != 0)
			continue;
		code = sq_row_read(r->b, r->db, r->q[R_PREV], rec.id, &rec, e);
		if (code == 0 && rec.value)
			code = fn(arg, &rec, e);
	}
	if (code == 0 && rc != SQLITE_DONE)
		code = sq_fail(r->b, r->db, rc, e, "reading");
	(void)sqlite3_reset(q);
	(void)sqlite3_reset(r->q[R_PREV]);
	return code;
}

void readers_done(struct sqlite *b)
{
	while (b->idle) {
		struct reader *r = b->idle;
		b->idle = r->next;
		reader_free(r);
	}
	pthread_mutex_destroy(&b->lock);
	pthread_cond_destroy(&b->gate);
	pthread_cond_destroy(&b->quiet);
}
