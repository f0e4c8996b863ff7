/*
 * What the writer does besides: it removes what was compacted, gives free space back, and ends checkpoints.
 *
 * In slices, each a transaction of its own that ends when a write comes, when SLICE_NS are over, or with as many rows
 * or pages as the disk takes at once. A slice that a write ends is not synced: it becomes durable with that write,
 * which so waits for one row and for the disk to take a little more. Where writes leave no time between them,
 * compaction rides on their batches, two rows for each that is added: it takes its part of a busy disk, but never for
 * longer than RIDE_NS. Giving space back needs a moment without writes.
 *
 * Compaction is one step for readers (the aim moves) and many on disk: both are noted there, so that a start after a
 * crash goes on where it ended.
 */
#include <errno.h>
#include <inttypes.h>
#include "base/log.h"
#include "store/internal.h"

#define SLICE_NS     2000000
#define SLICE_LEAST  8  /* else one busy client would leave no time for it */
#define SLICE_MOST   64 /* rows or pages: about 256 KB to be synced */
#define RIDE_NS      2000000
#define RIDE_DEBT    256
#define RIDE_MOST    1024
#define RIDE_FAR     8192 /* so far behind that it does not wait for checkpoints either, and may take longer */
#define RIDE_FAR_NS  6000000
#define UNSYNCED_MAX 16 /* slices */

/* --- what is old enough --- */

int64_t upkeep_target(const struct store *s, uint64_t *ret_seq)
{
	const struct writer *w = &s->writer;
	int64_t now = clock_mono_ms(clock_real());
	for (unsigned i = w->mark_n; i-- > 0;) {
		const struct mark *m = &w->marks[(w->mark_first + i) % MARKS];
		if (m->ms <= now - s->history_ms && m->seq + s->history_events <= w->seq) {
			*ret_seq = m->seq;
			return m->rev;
		}
	}
	return 0;
}

void upkeep_mark(struct store *s)
{
	struct writer *w = &s->writer;
	int64_t now = clock_mono_ms(clock_real());
	if (w->mark_n > 0) {
		const struct mark *m = &w->marks[(w->mark_first + w->mark_n - 1) % MARKS];
		if (now - m->ms < s->history_ms / 64 || w->seq - m->seq < s->history_events / 64)
			return;
	}
	if (w->mark_n == MARKS) {
		w->mark_first = (w->mark_first + 1) % MARKS;
		w->mark_n--;
	}
	w->marks[(w->mark_first + w->mark_n++) % MARKS] = (struct mark){now, w->last, w->seq};
}

static void aim(struct store *s)
{
	struct writer *w = &s->writer;
	uint64_t seq = 0;
	if (s->compact_target > w->aim)
		w->aim = s->compact_target;
	/* In larger pieces: neighbouring rows share a page. */
	int64_t by_age = w->seq - w->aimed_seq >= s->history_events / 8 ? upkeep_target(s, &seq) : 0;
	if (by_age > w->aim && seq - w->aimed_seq >= s->history_events / 8) {
		w->aim = by_age;
		w->aimed_seq = seq;
	}
}

static bool sweeping(const struct writer *w)
{
	return w->swept < id_last(w->aim);
}

/* --- when --- */

enum upkeep upkeep_due(struct store *s)
{
	struct writer *w = &s->writer;
	enum disk_state disk = s->backend->ops->disk(s->backend);
	aim(s);
	if (disk == DISK_CHECKED)
		return UPKEEP_SETTLE;
	if (disk != DISK_FREE || w->upkeep_failed)
		return UPKEEP_NONE;
	return sweeping(w) ? UPKEEP_COMPACT : w->look ? UPKEEP_SHRINK : UPKEEP_NONE;
}

bool upkeep_needs_flush(const struct store *s, enum upkeep what)
{
	const struct writer *w = &s->writer;
	return what == UPKEEP_COMPACT && w->n_late > 0 && id_rev(w->late[0]->id) <= w->aim;
}

void upkeep_fail(struct store *s, const struct err *e)
{
	struct writer *w = &s->writer;
	w->upkeep_failed = true;
	if (!w->upkeep_told)
		log_warning("store", NULL, "compaction waits: %s", e->msg);
	w->upkeep_told = true;
}

/* Before the commit: whoever opens a snapshot after it must already know. */
static void announce(struct store *s)
{
	struct writer *w = &s->writer;
	if (w->aim > load_i64(&s->compacted))
		store_i64(&s->compacted, w->aim);
}

static void swept_to(struct store *s, int64_t swept)
{
	struct writer *w = &s->writer;
	w->swept = swept;
	w->upkeep_failed = w->upkeep_told = false;
	if (sweeping(w))
		return;
	w->debt = 0;
	w->look = true;
}

/* --- along with a batch --- */

static void repay(struct writer *w, size_t rows)
{
	w->debt -= w->debt < rows / 2 ? w->debt : rows / 2;
}

void upkeep_owe(struct store *s, size_t changes)
{
	struct writer *w = &s->writer;
	if (sweeping(w))
		w->debt += changes;
}

bool upkeep_rides(const struct store *s)
{
	const struct writer *w = &s->writer;
	if (!sweeping(w) || w->upkeep_failed || w->debt <= RIDE_DEBT)
		return false;
	enum disk_state disk = s->backend->ops->disk(s->backend);
	return disk == DISK_FREE || (disk == DISK_CHECKING && w->debt > RIDE_FAR);
}

int upkeep_ride(struct store *s, int64_t *ret_swept, struct err *e)
{
	struct writer *w = &s->writer;
	struct pace p = {.until_ns = clock_mono_ns(clock_real()) + (w->debt > RIDE_FAR ? RIDE_FAR_NS : RIDE_NS),
			 .most = RIDE_MOST};
	if (2 * w->debt < p.most)
		p.most = 2 * w->debt;
	announce(s);
	int rc = s->backend->ops->compact(s->backend, w->swept, w->aim, &p, ret_swept, e);
	if (rc == 0)
		repay(w, p.done);
	return rc;
}

void upkeep_rode(struct store *s, int64_t swept)
{
	swept_to(s, swept);
}

/* --- in between --- */

void upkeep_run(struct store *s, enum upkeep what)
{
	struct writer *w = &s->writer;
	struct backend *b = s->backend;
	struct err e = {0};
	struct pace p = {.waiting = &s->queue_n,
			 .until_ns = clock_mono_ns(clock_real()) + SLICE_NS,
			 .least = what == UPKEEP_COMPACT ? SLICE_LEAST : 0,
			 .most = SLICE_MOST};
	int64_t swept = w->swept;
	int rc = 0;
	if (what == UPKEEP_SHRINK && !b->ops->wasteful(b)) {
		w->look = false;
		return;
	}
	if (what == UPKEEP_COMPACT)
		announce(s);
	if (what != UPKEEP_SETTLE) {
		rc = b->ops->begin(b, true, &e);
		if (rc == 0)
			rc = what == UPKEEP_COMPACT ? b->ops->compact(b, w->swept, w->aim, &p, &swept, &e)
						    : b->ops->shrink(b, &p, &e);
		if (rc == 0)
			rc = b->ops->commit(b, &e);
		if (rc < 0)
			b->ops->rollback(b);
		w->unsynced++;
	}
	if (rc == 0 && (what == UPKEEP_SETTLE || w->unsynced >= UNSYNCED_MAX ||
			__atomic_load_n(&s->queue_n, __ATOMIC_RELAXED) == 0)) {
		rc = b->ops->settle(b, &e);
		w->unsynced = 0;
	}
	if (rc < 0)
		upkeep_fail(s, &e);
	else if (what == UPKEEP_SHRINK)
		w->look = p.done > 0;
	if (rc == 0 && what == UPKEEP_COMPACT) {
		repay(w, p.done);
		swept_to(s, swept);
	}
}
