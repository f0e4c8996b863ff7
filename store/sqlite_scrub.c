/*
 * Scrubbing: after values were rewritten nothing of what they were before is to be left in the file, neither in free
 * pages nor in the unused parts of others, nor in the WAL.
 *
 * Unused bytes are zeroed where they are, in the database itself, a slice of pages at a time on the writer's thread.
 * That is no change to SQLite: no byte that it looks at is touched, so a reader may look at the page meanwhile, and a
 * write that a power cut tears leaves a good page, too. A slice begins when the WAL is copied whole and is sure to
 * begin anew (a RESTART checkpoint) and the writer's cache is empty: else an older image of a page would come back from
 * there. Until it is over nothing is compacted or given back, so no page's contents move to one that was already
 * visited; and free pages come first, so that none that is taken into use later has something of before in its unused
 * part.
 *
 * At the end the database is synced by the caller's thread, and the WAL is cut off. A crash before that leaves the mark
 * SEAL_DIRTY, and everything is done again.
 *
 * A file without auto_vacuum has no map of its pages: it is written anew by VACUUM, in one go, and has one from then
 * on. So is one that somebody made with pages of another size.
 */
#include <errno.h>
#include <unistd.h>
#include "store/sqlite_internal.h"
#include "store/sqlite_page.h"

#define COPY_LEAST 64 /* frames of the WAL that a slice copies; more with each time that it came too late */
#define PATIENCE   16

struct slice {
	struct sqlite *b;
	struct err *e;
	struct dbpage_info info;
	uint32_t *trunks, map_of; /* map_of: the page that is in map */
	size_t n_trunks;
	uint8_t map[DBPAGE_BYTES];
};

static int busy(struct scrub *c, struct err *e, const char *why)
{
	c->refused++;
	return err_set(e, -EBUSY, "store: scrubbing waits: %s", why);
}

/* Everything is in the database, nobody reads from the WAL, and we have nothing of it in memory. */
static int settle_log(struct sqlite *b, struct scrub *c, int mode, struct err *e)
{
	unsigned more = c->refused / PATIENCE < 6 ? c->refused / PATIENCE : 6;
	(void)sqlite3_reset(b->q[Q_PEEK]);
	check_before_batch(b);
	if (sqlite_checking(b) || __atomic_load_n(&b->copies, __ATOMIC_SEQ_CST) > 1)
		return busy(c, e, "a checkpoint or a copy is under way");
	if (check_pending(b) > COPY_LEAST << more) {
		check_now(b);
		return busy(c, e, "a checkpoint is to be made first");
	}
	sqlite3_busy_timeout(b->db, 0);
	int rc = sqlite3_wal_checkpoint_v2(b->db, NULL, mode, NULL, NULL);
	sqlite3_busy_timeout(b->db, SQ_BUSY_MS);
	b->torn |= b->unsynced && rc == SQLITE_IOERR_FSYNC;
	if (rc == SQLITE_BUSY)
		return busy(c, e, "somebody reads");
	if (rc != SQLITE_OK)
		return sq_fail(b, b->db, rc, e, "copying its log");
	check_copied(b);
	c->refused = 0;
	(void)sqlite3_db_release_memory(b->db);
	return 0;
}

/* --- pages --- */

static int at_fault(struct slice *s, uint32_t page)
{
	return err_set(s->e, -EUCLEAN, "store: %s is corrupt (page %u): restore it from a backup", s->b->path, page);
}

static int part_read(struct slice *s, uint32_t page, void *buf, size_t n)
{
	if (page == 0 || page > s->info.pages)
		return at_fault(s, page);
	ssize_t got = pread(s->b->fd, buf, n, ((off_t)page - 1) * DBPAGE_BYTES);
	if (got < 0)
		return err_errno(s->e, errno, "store: %s: scrubbing", s->b->path);
	return (size_t)got == n ? 0 : at_fault(s, page);
}

static int page_write(struct slice *s, uint32_t page, const uint8_t *buf)
{
	ssize_t n = pwrite(s->b->fd, buf, DBPAGE_BYTES, ((off_t)page - 1) * DBPAGE_BYTES);
	if (n < 0)
		return err_errno(s->e, errno, "store: %s: scrubbing", s->b->path);
	return n == DBPAGE_BYTES ? 0 : err_set(s->e, -EIO, "store: %s: scrubbing: a page was cut short", s->b->path);
}

/* 0: of no kind */
static int kind_of(struct slice *s, uint32_t page, int *ret)
{
	size_t at = 0;
	uint32_t map = dbpage_map(page, &at);
	int rc = map && map != s->map_of ? part_read(s, map, s->map, sizeof(s->map)) : 0;
	if (rc < 0)
		return rc;
	if (map)
		s->map_of = map;
	*ret = page == 1 ? DBPAGE_ROOT : map ? s->map[at] : 0;
	return 0;
}

static int by_number(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
	return x < y ? -1 : x > y;
}

/* Free pages that list others. They are few: one for a thousand. */
static int trunks_find(struct slice *s)
{
	size_t cap = 0;
	for (uint32_t page = s->info.trunk; page != 0;) {
		uint8_t next[4];
		if (s->n_trunks == cap) {
			cap = cap ? cap * 2 : 64;
			uint32_t *v = reallocarray(s->trunks, cap, sizeof(*v));
			if (!v)
				return err_nomem(s->e);
			s->trunks = v;
		}
		if (s->n_trunks >= s->info.n_free)
			return at_fault(s, page);
		s->trunks[s->n_trunks++] = page;
		int rc = part_read(s, page, next, sizeof(next));
		if (rc < 0)
			return rc;
		page = dbpage_u32(next);
	}
	if (s->n_trunks > 0)
		qsort(s->trunks, s->n_trunks, sizeof(*s->trunks), by_number);
	return 0;
}

static int free_page(struct slice *s, uint32_t page)
{
	uint8_t buf[DBPAGE_BYTES];
	bool changed;
	int rc = part_read(s, page, buf, sizeof(buf));
	if (rc < 0)
		return rc;
	if (s->n_trunks == 0 || !bsearch(&page, s->trunks, s->n_trunks, sizeof(*s->trunks), by_number))
		dbpage_blank_free(buf, &changed);
	else if (dbpage_blank_trunk(buf, &changed) < 0)
		return at_fault(s, page);
	return changed ? page_write(s, page, buf) : 0;
}

/* Only the last page of a chain is not full. */
static int chain(void *arg, uint32_t page, uint64_t bytes)
{
	struct slice *s = arg;
	uint8_t buf[DBPAGE_BYTES];
	bool changed;
	int rc = 0, kind = 0;
	for (; rc == 0 && bytes > DBPAGE_OVERFLOW_BYTES; bytes -= DBPAGE_OVERFLOW_BYTES) {
		rc = part_read(s, page, buf, 4);
		page = dbpage_u32(buf);
	}
	if (rc == 0)
		rc = part_read(s, page, buf, sizeof(buf));
	if (rc == 0)
		rc = kind_of(s, page, &kind);
	if (rc < 0)
		return rc;
	if ((kind != DBPAGE_OVERFLOW && kind != DBPAGE_OVERFLOW_NEXT) || dbpage_u32(buf) != 0)
		return at_fault(s, page);
	dbpage_blank_overflow(buf, bytes, &changed);
	return changed ? page_write(s, page, buf) : 0;
}

static int tree_page(struct slice *s, uint32_t page)
{
	uint8_t buf[DBPAGE_BYTES];
	bool changed = false;
	int rc = part_read(s, page, buf, sizeof(buf));
	if (rc == 0)
		rc = dbpage_blank_btree(buf, page == 1, chain, s, &changed);
	if (rc == -EUCLEAN)
		return at_fault(s, page);
	return rc == 0 && changed ? page_write(s, page, buf) : rc;
}

static int slice_run(struct slice *s, struct scrub *c, struct pace *p)
{
	uint8_t first[DBPAGE_BYTES];
	s->info.pages = 1;
	int rc = part_read(s, 1, first, sizeof(first));
	if (rc == 0 && dbpage_info(first, &s->info) < 0) {
		c->step = SCRUB_ANEW;
		return 0;
	}
	if (rc == 0 && c->step == SCRUB_FREE)
		rc = trunks_find(s);
	for (; rc == 0 && c->page <= s->info.pages && pace_go_on(p); p->done++) {
		int kind;
		rc = kind_of(s, c->page, &kind);
		if (rc == 0 && c->step == SCRUB_FREE && kind == DBPAGE_FREE)
			rc = free_page(s, c->page);
		else if (rc == 0 && c->step == SCRUB_TREES && (kind == DBPAGE_ROOT || kind == DBPAGE_BTREE))
			rc = tree_page(s, c->page);
		c->page++;
	}
	if (rc == 0 && c->page > s->info.pages) {
		c->step = c->step == SCRUB_FREE ? SCRUB_TREES : SCRUB_SYNC;
		c->page = 1;
	}
	free(s->trunks);
	return rc;
}

/* --- the whole of it --- */

static int vacuum(struct sqlite *b, struct err *e)
{
	sqlite3 *db;
	int code = sq_connect(b, SQLITE_OPEN_READWRITE, &db, e);
	if (code < 0)
		return code;
	/* Its copy belongs into a file, not into memory. */
	code = sq_exec(
	    b, db, "PRAGMA wal_autocheckpoint=0; PRAGMA temp_store=FILE; PRAGMA auto_vacuum=INCREMENTAL; VACUUM", e);
	sqlite3_close(db);
	b->shrinks |= code == 0;
	return code;
}

int sqlite_scrub(struct backend *base, struct scrub *c, struct pace *p, struct err *e)
{
	struct sqlite *b = sq(base);
	p->done = 0;
	if (c->step == SCRUB_BEGIN) {
		__atomic_add_fetch(&b->copies, 1, __ATOMIC_SEQ_CST); /* compaction waits, as for a copy */
		c->holds = true;
		c->page = 1;
		c->step = b->shrinks ? SCRUB_FREE : SCRUB_ANEW;
	}
	if (c->step == SCRUB_ANEW) {
		int rc = vacuum(b, e);
		if (rc < 0)
			return rc;
		c->refused = PATIENCE * 6;
		c->step = SCRUB_LOG;
	}
	int rc = settle_log(b, c, c->step == SCRUB_LOG ? SQLITE_CHECKPOINT_TRUNCATE : SQLITE_CHECKPOINT_RESTART, e);
	if (rc < 0 || c->step == SCRUB_SYNC)
		return rc;
	if (c->step == SCRUB_LOG) {
		c->step = SCRUB_DONE;
		return 0;
	}
	struct slice s = {.b = b, .e = e};
	return slice_run(&s, c, p);
}

int sqlite_scrub_sync(struct backend *base, struct scrub *c, struct err *e)
{
	struct sqlite *b = sq(base);
	sync_in_pieces(b);
	if (fdatasync(b->fd) < 0)
		return err_errno(e, errno, "store: %s: scrubbing", b->path);
	c->step = SCRUB_LOG;
	return 0;
}

void sqlite_scrub_end(struct backend *base, struct scrub *c)
{
	struct sqlite *b = sq(base);
	if (!c->holds)
		return;
	c->holds = false;
	if (__atomic_sub_fetch(&b->copies, 1, __ATOMIC_SEQ_CST) == 0)
		sq_wake(b);
}
