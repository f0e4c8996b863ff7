/*
 * Space: what compaction removes, and when the file gives it back.
 *
 * Compaction frees pages, which the next rows are written to; the file stays as large. It is made smaller (auto_vacuum
 * INCREMENTAL: the last pages move into free ones, the end is cut off by the next checkpoint) only when at least half
 * of it is free, and at least shrink_bytes, and then until a quarter is. So nothing moves in a store whose contents
 * come and go; a page that moves has one at least that is given back, and as much was written before: it costs an SD
 * card a few writes for each that filled the file.
 *
 * Files made before that was so (auto_vacuum NONE) are the same to any program, an older minik may open what a newer
 * one has made and the other way round. What they hold is written anew when they are opened, if it is no more than
 * ANEW_MAX; else they use their free pages but keep their size, until a restore, whose file has been written anew.
 */
#include "store/sqlite_internal.h"

#define PAGE_BYTES 4096
#define ANEW_MAX   2048 /* pages */
#define CHUNK      32   /* changes looked at between deletions */

static bool number(sqlite3_stmt *q, int64_t *ret)
{
	bool ok = sqlite3_step(q) == SQLITE_ROW;
	if (ok)
		*ret = sqlite3_column_int64(q, 0);
	(void)sqlite3_reset(q);
	return ok;
}

int space_open(struct sqlite *b, struct err *e)
{
	int64_t mode = 0, pages = 0, unused = 0;
	int rc = sq_int(b->db, "PRAGMA auto_vacuum", &mode);
	if (rc == SQLITE_OK)
		rc = sq_int(b->db, "PRAGMA page_count", &pages);
	if (rc == SQLITE_OK)
		rc = sq_int(b->db, "PRAGMA freelist_count", &unused);
	if (rc != SQLITE_OK)
		return sq_fail(b, b->db, rc, e, "opening");
	if (mode != 2 && pages - unused <= ANEW_MAX) {
		/* One transaction. Without the space for it, or beside another program, the file stays as it is. */
		sqlite3_busy_timeout(b->db, 0);
		if (sqlite3_exec(b->db, "PRAGMA auto_vacuum=INCREMENTAL; VACUUM", NULL, NULL, NULL) == SQLITE_OK)
			mode = 2;
		sqlite3_busy_timeout(b->db, SQ_BUSY_MS);
	}
	b->shrinks = mode == 2;
	b->base.keeps_size = mode != 2;
	return 0;
}

/* --- compaction --- */

static int row_delete(struct sqlite *b, int64_t id, struct err *e)
{
	(void)sqlite3_bind_int64(b->q[Q_DELETE], 1, id);
	return sq_run(b, b->db, b->q[Q_DELETE], e, "compacting");
}

struct sweep {
	int64_t id, prev;
	bool deleted;
};

/* Collected first: a b-tree is not changed under a cursor that walks it. */
static int sweep_next(struct sqlite *b, int64_t after, int64_t last, struct sweep v[CHUNK], size_t *ret_n,
		      struct err *e)
{
	sqlite3_stmt *q = b->q[Q_SCAN];
	size_t n = 0;
	int rc;
	(void)sqlite3_bind_int64(q, 1, after);
	(void)sqlite3_bind_int64(q, 2, last);
	(void)sqlite3_bind_int64(q, 3, CHUNK);
	while ((rc = sqlite3_step(q)) == SQLITE_ROW && n < CHUNK)
		v[n++] = (struct sweep){sqlite3_column_int64(q, 0), sqlite3_column_int64(q, 1),
					sqlite3_column_int(q, 2) == STORE_DELETED};
	int code = rc == SQLITE_DONE || rc == SQLITE_ROW ? 0 : sq_fail(b, b->db, rc, e, "compacting");
	(void)sqlite3_reset(q);
	*ret_n = n;
	return code;
}

int sqlite_compact(struct backend *base, int64_t after, int64_t upto, struct pace *p, int64_t *ret_swept, struct err *e)
{
	struct sqlite *b = sq(base);
	struct sweep v[CHUNK];
	int64_t last = id_last(upto);
	size_t n = 0;
	int code = 0;
	p->done = 0;
	do {
		code = after < last ? sweep_next(b, after, last, v, &n, e) : 0;
		if (code == 0 && n == 0)
			after = last;
		for (size_t i = 0; code == 0 && i < n && pace_go_on(p); i++, p->done++) {
			if (v[i].prev != 0)
				code = row_delete(b, v[i].prev, e);
			if (code == 0 && v[i].deleted)
				code = row_delete(b, v[i].id, e);
			after = v[i].id;
		}
	} while (code == 0 && after < last && pace_go_on(p));
	if (code == 0)
		code = sq_meta_set(b, "compacted", upto, e);
	if (code == 0)
		code = sq_meta_set(b, "swept", after, e);
	if (code == 0) {
		(void)sqlite3_bind_int64(b->q[Q_UNGAP], 1, upto);
		code = sq_run(b, b->db, b->q[Q_UNGAP], e, "compacting");
	}
	if (code == 0)
		*ret_swept = after;
	return code;
}

/* --- giving back --- */

bool sqlite_wasteful(struct backend *base)
{
	struct sqlite *b = sq(base);
	int64_t pages, unused;
	if (!b->shrinks || !number(b->q[Q_PAGES], &pages) || !number(b->q[Q_FREE], &unused))
		return false;
	bool before = b->wasteful;
	b->wasteful =
	    before ? unused > pages / 4 : unused >= pages / 2 && (size_t)unused * PAGE_BYTES >= base->shrink_bytes;
	if (before && !b->wasteful) /* the end is cut off by it */
		check_now(b);
	return b->wasteful;
}

int sqlite_shrink(struct backend *base, struct pace *p, struct err *e)
{
	struct sqlite *b = sq(base);
	sqlite3_stmt *q = b->q[Q_SHRINK];
	int rc = SQLITE_ROW;
	p->done = 0;
	while (pace_go_on(p) && (rc = sqlite3_step(q)) == SQLITE_ROW)
		p->done++;
	int code = rc == SQLITE_ROW || rc == SQLITE_DONE ? 0 : sq_fail(b, b->db, rc, e, "shrinking");
	(void)sqlite3_reset(q);
	return code;
}
