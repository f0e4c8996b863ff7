/*
 * What the store needs from a disk: an append-only log of changes with durable batches, and reads of it by consistent
 * snapshots. SQLite is one (sqlite.c). Everything else (index, cache, watch, group commit) is the store's own and lives
 * above this line. etcd (etcd.h) has only the reading half: there the writer is etcd's.
 *
 * A row is named by its id: revision << ID_SHIFT | position in its transaction, so ids order as revisions do. `prev_id`
 * is the row that a change superseded (0: the key did not exist); compaction up to a revision removes exactly the rows
 * that changes up to it superseded, and the tombstones among them. Hence every change after the compacted revision
 * still finds its predecessor.
 */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "base/bytes.h"
#include "base/clock.h"
#include "base/err.h"
#include "base/pool.h"

#define ID_SHIFT 12
#define OPS_MAX  ((size_t)1 << ID_SHIFT)       /* operations in one transaction */
#define REV_MAX  (INT64_MAX >> (ID_SHIFT + 1)) /* far away: 10^15 */
static inline int64_t id_make(int64_t rev, size_t op)
{
	return rev << ID_SHIFT | (int64_t)op;
}
static inline int64_t id_rev(int64_t id)
{
	return id >> ID_SHIFT;
}
static inline int64_t id_last(int64_t rev)
{
	return id_make(rev, OPS_MAX - 1);
}

struct backend;
struct reader;
struct change;

/* Revisions lo < r < hi were perhaps handed out and then lost (late writes of a crash, writes after a backup): 410 for
 * them. */
struct rev_gap {
	int64_t lo, hi;
};

struct backend_state {
	int64_t last;     /* load: newest row's revision */
	int64_t reserved; /* every revision ever handed out is <= this */
	int64_t compacted;
	int64_t swept; /* load: the rows that changes up to this id superseded have gone */
	bool clean;    /* load: the last run ended in order, nothing beyond `reserved` nor below it was lost */
	int64_t
	    backup_time; /* load: unix time when this file was made as a copy; 0: not a copy that was never opened */
	int64_t sealed;  /* load: enum seal_mark */
};

/* A row as read. All pointers are valid until the reader's next call. */
struct record {
	int64_t id, prev_id, create_rev;
	bool deleted;
	size_t splice;
	const char *key;
	size_t key_len;
	const void *index, *value; /* NULL: none (a tombstone without a value of its own gets its predecessor's) */
	size_t index_len, value_len;
	const void *prev_index;
	size_t prev_index_len;
};
typedef int (*record_fn)(void *arg, const struct record *r, struct err *e); /* non-zero stops and is returned */

/*
 * How long the store may work for itself, asked after every row or page: `least` of them whoever waits, `most` at most,
 * in between until the time is up or somebody waits.
 */
struct pace {
	const size_t *waiting; /* atomic: writes that are queued; NULL: nobody can be */
	int64_t until_ns;      /* monotonic; 0: no matter how long */
	size_t least, most;
	size_t done; /* set: so many it were */
};
static inline bool pace_go_on(const struct pace *p)
{
	if (p->done == 0 || p->done < p->least)
		return true;
	if (p->done >= p->most || (p->waiting && __atomic_load_n(p->waiting, __ATOMIC_RELAXED) > 0))
		return false;
	return p->until_ns == 0 || clock_mono_ns(clock_real()) < p->until_ns;
}

/* Whether compaction and shrinking have to wait: for a checkpoint, to which they would add, or for a copy, to which
 * rows that go would be missing. CHECKED: `settle` ends the checkpoint, better before a write has to. */
enum disk_state { DISK_FREE, DISK_CHECKING, DISK_CHECKED, DISK_COPYING };

/* Whether values are sealed. DIRTY: they are, but what they were before may still stand in unused parts of the file. */
enum seal_mark { SEAL_NONE, SEAL_CLEAN, SEAL_DIRTY };

/* How far scrubbing has come. SYNC: scrub_sync is next, on a thread that may wait. */
struct scrub {
	enum { SCRUB_BEGIN, SCRUB_ANEW, SCRUB_FREE, SCRUB_TREES, SCRUB_SYNC, SCRUB_LOG, SCRUB_DONE } step;
	uint32_t page;
	unsigned refused; /* slices in a row */
	bool holds;
};

struct backend_ops {
	/* Once, before anything else: every row in order of id, without values. */
	int (*load)(struct backend *b, record_fn fn, int (*gap_fn)(void *arg, struct rev_gap g), void *arg,
		    struct backend_state *ret, struct err *e);

	/* Writer thread only. begin, then any of apply, state, gap, compact, shrink, then commit (durable when it
	 * returns 0) or rollback. lax: for compact and shrink alone; durable with the next commit that is not, or
	 * `settle`. */
	int (*begin)(struct backend *b, bool lax, struct err *e);
	int (*apply)(struct backend *b, const struct change *c, struct err *e);
	int (*state)(struct backend *b, const struct backend_state *st,
		     struct err *e); /* reserved, clean, backup_time */
	int (*gap)(struct backend *b, struct rev_gap g, struct err *e);
	/* Notes that everything up to revision upto is compacted, and removes what changes with after < id superseded,
	 * as far as the pace allows. *ret_swept: done up to this id; it is over when that is id_last(upto). */
	int (*compact)(struct backend *b, int64_t after, int64_t upto, struct pace *p, int64_t *ret_swept,
		       struct err *e);
	/* Whether the file has so much free space that it is to be given back (sqlite_space.c has the rule); then some
	 * of it, as far as the pace allows. Outside of a batch; within one. NULL with etcd, as settle and disk. */
	bool (*wasteful)(struct backend *b);
	int (*shrink)(struct backend *b, struct pace *p, struct err *e);
	/* Outside of a batch: makes durable what is not, or ends a checkpoint. */
	int (*settle)(struct backend *b, struct err *e);
	enum disk_state (*disk)(struct backend *b); /* `wake` is called when CHECKING or COPYING ends */
	/* Another value in the place of a row's (none: it was compacted); the mark. NULL with etcd, as the next one. */
	int (*rewrite)(struct backend *b, int64_t id, const struct bytes *value, struct err *e);
	int (*mark)(struct backend *b, enum seal_mark m, struct err *e);
	int (*commit)(struct backend *b, struct err *e);
	void (*rollback)(struct backend *b);
	/* One read on the writer's own connection, so that it sees its open batch. Valid until the next call. */
	int (*peek)(struct backend *b, int64_t id, struct record *ret, struct err *e);
	/* Outside of a batch: goes on leaving nothing in the file and its log but what is stored now, as far as the
	 * pace allows; over when the step is DONE. -EBUSY: not now. scrub_sync, scrub_end (in any case): any thread. */
	int (*scrub)(struct backend *b, struct scrub *c, struct pace *p, struct err *e);
	int (*scrub_sync)(struct backend *b, struct scrub *c, struct err *e);
	void (*scrub_end)(struct backend *b, struct scrub *c);

	/* Any thread; one reader belongs to one thread. A reader sees one moment of the durable state. */
	int (*reader_open)(struct backend *b, struct reader **ret, struct err *e);
	struct reader *(*reader_close)(struct reader *r);
	/* key, at: whose row it is, and a revision as of which it is the key's newest, for backends that have no ids.
	 * ERR_NOT_FOUND: compacted. */
	int (*read)(struct reader *r, int64_t id, const struct bytes *key, int64_t at, struct record *ret,
		    struct err *e);
	/* The rows under prefix behind start_after (may be NULL) that were the newest as of rev, in order of keys; fn
	 * ends it by a non-zero result. NULL: the store works it out from history. */
	int (*range)(struct reader *r, const char *prefix, const char *start_after, int64_t rev, record_fn fn,
		     void *arg, struct err *e);
	/* Rows with after < id <= upto in order. Values and prev_index are looked up only where want says so. */
	int (*history)(struct reader *r, int64_t after, int64_t upto, bool (*want)(void *arg, const struct record *r),
		       record_fn fn, void *arg, struct err *e);

	/* The rows with id > after that have a key under prefix and a value, in order of id; of many moments, when it
	 * is long. NULL with etcd. */
	int (*rows)(struct reader *r, int64_t after, const char *prefix, record_fn fn, void *arg, struct err *e);

	int (*backup)(struct backend *b, const char *path, const struct backend_state *st,
		      struct err *e);      /* any thread; blocking */
	size_t (*size)(struct backend *b); /* any thread; bytes on disk */
	struct backend *(*close)(struct backend *b);
};
struct backend {
	const struct backend_ops *ops;
	void (*wake)(void *arg); /* set by the store before the first commit; called on any thread */
	void *wake_arg;
	bool keeps_size;     /* set when it is opened: it is large, and of an older minik: it cannot give space back */
	size_t shrink_bytes; /* set by the store: so much must be free before any of it is given back */
};

int sqlite_export(const char *from, const char *path, struct err *e);
/* pool is borrowed: checkpoints run there. */
int sqlite_backend_open(struct backend **ret, const char *path, struct pool *pool, struct err *e);
