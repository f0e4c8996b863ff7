/*
 * Inside of the store. Threads and locks:
 *
 *   writer      alone changes the index's structure and the keys' states; owns struct writer
 *   dispatcher  alone walks the watch groups and calls live watches
 *   pool        cache misses, history for late watches, checkpoints
 *
 *   queue_lock  the queue of transactions, stopping
 *   index_lock  (rwlock) tree, entries' published fields, cache, visible, flushed. The writer reads the tree without
 * it. watch_lock  ring of recent changes, watches' states
 *
 * Order: index_lock before watch_lock; queue_lock is never held with another.
 */
#pragma once
#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "base/bytes.h"
#include "base/clock.h"
#include "base/list.h"
#include "base/map.h"
#include "base/pool.h"
#include "store/backend.h"
#include "store/keyring.h"
#include "store/store.h"

#define KEY_MAX      4096u
#define VALUE_MAX    ((size_t)64 << 20)
#define REV_TEXT_MAX 64 /* "resourceVersion":"...", */

/*
 * One operation on one key, on its whole way: queue, disk, index, ring, watchers. Reference-counted. Once published
 * only prev_value (dispatcher) and raw (writer) still change.
 */
struct change {
	uint32_t refs; /* atomic */
	enum store_event_kind kind;
	bool late;
	uint32_t splice; /* of raw */
	int64_t id, prev_id, create_rev;
	/* value NULL: it is sealed and cannot be opened (etcd only: others write too) */
	struct bytes *key, *index, *value, *prev_index;
	struct bytes *raw; /* as stored, without the revision; until it is on disk. DELETED: NULL when the predecessor's
			      is meant */
	struct bytes *sealed;     /* what is stored instead of raw; lives as long */
	struct bytes *prev_value; /* until live watches had it */
	struct entry *entry;      /* writer, until published */
	struct change *below;     /* writer: the entry's pending change before this one */
};
struct change *change_new(void);
struct change *change_ref(struct change *c);
struct change *change_unref(struct change *c);
size_t change_cost(const struct change *c);

/* value with `"resourceVersion":"rev",` at splice; splice 0: raw itself. NULL without memory. */
struct bytes *value_splice(struct bytes *raw, size_t splice, int64_t rev);
struct bytes *value_splice_mem(const void *raw, size_t len, size_t splice, int64_t rev);
/* The raw form of a value that was spliced with rev. */
struct bytes *value_unsplice(struct bytes *value, size_t splice, int64_t rev);

/* ---- index.c: a B+tree that knows how many keys lie left of any place ---- */
struct node;
struct entry {
	struct bytes *key;
	struct node *leaf;
	/* Published: written by the writer under index_lock. id 0: only placed, not visible. */
	int64_t id, create_rev;
	struct bytes *index;
	uint32_t splice;
	bool counted;
	/* Cache: under index_lock; `used` is atomic. */
	uint8_t used;
	struct bytes *value; /* NULL: not cached */
	struct list cache_link;
	/* Writer only. */
	struct change *pending; /* newest change that is staged but not published */
	bool doomed;
};
static inline int64_t entry_rev(const struct entry *e)
{
	return id_rev(e->id);
}

struct index {
	struct node *root, *first;
};
int index_init(struct index *ix);
void index_done(struct index *ix); /* entries too */
struct entry *index_find(const struct index *ix, const char *key, size_t len);
/* Makes an entry that is not counted yet; the key must be absent. NULL without memory, then nothing changed. */
struct entry *index_place(struct index *ix, struct bytes *key);
void index_set_counted(struct entry *e, bool counted);
void index_remove(struct index *ix, struct entry *e); /* and frees it */
/* Number of counted keys that sort before key. */
size_t index_rank(const struct index *ix, const char *key, size_t len);
size_t index_count(const struct index *ix, const char *prefix);
/* Of those under prefix, the ones that sort after `after`, which is under prefix. */
size_t index_count_after(const struct index *ix, const char *prefix, const struct bytes *after);
size_t index_total(const struct index *ix);
struct index_pos {
	const struct node *leaf;
	unsigned slot;
};
/* The first entry with key >= key (after: > key), then in order; NULL at the end. Uncounted ones are passed over. */
struct entry *index_seek(const struct index *ix, const char *key, size_t len, bool after, struct index_pos *pos);
struct entry *index_next(struct index_pos *pos);
int key_cmp(const char *a, size_t an, const char *b, size_t bn);
static inline bool key_under(const struct bytes *key, const char *prefix, size_t n)
{
	return key->len >= n && memcmp(key->data, prefix, n) == 0;
}

/* ---- cache.c: which entries keep their value; all under index_lock held for writing ---- */
struct cache {
	size_t bytes, max;
	struct list clock; /* next to look at first */
};
void cache_init(struct cache *c, size_t max);
/* Takes over the reference. */
void cache_set(struct cache *c, struct entry *e, struct bytes *value);
void cache_drop(struct cache *c, struct entry *e);
/* To its bound; values with a revision above flushed are not on disk yet and stay. */
void cache_evict(struct cache *c, int64_t flushed);
static inline void cache_touch(struct entry *e)
{
	if (!__atomic_load_n(&e->used, __ATOMIC_RELAXED))
		__atomic_store_n(&e->used, 1, __ATOMIC_RELAXED);
}

/* ---- history.c: the newest changes in memory; under watch_lock ---- */
struct ring {
	struct change **v;
	size_t cap, head, n; /* cap is a power of two */
	size_t bytes, max_bytes, max_n;
	int64_t floor; /* every change with a revision above it is here */
};
void ring_init(struct ring *r, size_t max_bytes, size_t max_n, int64_t floor);
void ring_done(struct ring *r);
int ring_reserve(struct ring *r, size_t more);
void ring_push(struct ring *r, struct change *c);     /* takes over the reference; reserved before */
void ring_evict(struct ring *r, int64_t upto);        /* to its bounds, but nothing with a revision above upto */
size_t ring_after(const struct ring *r, int64_t rev); /* position of the first change above rev; n when none */
static inline struct change *ring_at(const struct ring *r, size_t i)
{
	return r->v[(r->head + i) & (r->cap - 1)];
}
struct change *ring_find(const struct ring *r, int64_t id);

/*
 * Changes read from disk, as store_events, in whole transactions: at most about max_events or max_bytes of those under
 * the prefix. *ret_rev: everything up to there was read.
 */
struct event_list {
	struct store_event *v;
	size_t n, cap, bytes;
};
void event_list_done(struct event_list *l);
int history_read(struct store *s, const char *prefix, int64_t after, int64_t upto, struct event_list *ret,
		 int64_t *ret_rev, struct err *e);

/*
 * What a prefix looked like at an older revision: the keys that changed since, each with its state then. Sorted by key.
 */
struct past {
	struct bytes *key, *index, *value; /* value may be NULL: read the row */
	int64_t id, create_rev;            /* id 0: did not exist then */
	int64_t at;                        /* the change that ended this state */
};
struct past_list {
	struct past *v;
	size_t n, cap, sorted; /* the first `sorted` are in order and unique */
};
void past_list_done(struct past_list *l);
/* Each key's oldest change after a revision tells; so feed changes in order and sort at the end. */
int past_add_ring(struct past_list *l, const struct ring *r, int64_t after, const char *prefix,
		  const char *start_after);
int past_add_disk(struct past_list *l, struct store *s, int64_t after, int64_t upto, const char *prefix,
		  const char *start_after, struct err *e);
void past_sort(struct past_list *l);

/* ---- watch.c ---- */
struct watches {
	pthread_t thread;
	bool started, stopping, exited;
	pthread_cond_t wake;  /* dispatcher */
	pthread_cond_t quiet; /* a callback of a watch that is being freed returned */
	struct list joining, attention;
	struct list groups; /* dispatcher only, as what finds them: */
	struct map *by_prefix;
	size_t odd;         /* groups that have to be compared with every key */
	size_t n;           /* watches the engine knows */
	int64_t dispatched; /* live watches had everything up to here */
	bool reset;         /* live watches are to end with ERR_GONE */
};
int watches_init(struct store *s, struct err *e);
/* Ends all watches with ERR_GONE. Under watch_lock; the ring is empty and `compacted` and `visible` are set. */
void watches_reset(struct store *s);
void watches_stop(struct store *s); /* delivers what is left, then the last calls; joins the thread */
void watches_done(struct store *s);

/* ---- writer.c ---- */
struct txn_op {
	enum store_op_kind kind;
	int64_t expect;
	struct bytes *key;
	struct change *change; /* PUT, DELETE */
};
struct txn {
	struct txn *next;
	store_done_fn done;
	void *arg;
	size_t n, bytes;
	bool durable;                      /* has an operation that may not be late, or is a barrier */
	bool barrier;                      /* wants what is late on disk */
	const struct reseal_batch *reseal; /* borrowed; NULL: none */
	int code;
	size_t failed_op;
	int64_t rev;
	int64_t sent_ms; /* etcd: when it answered; until the watch is at rev (or what it lost to) */
	struct err err;
	struct store_item *items; /* behind ops */
	struct txn_op ops[];
};
struct txn *txn_free(struct txn *t);
/* Calls done with what became of t: code, failed_op, rev and, where it happened, the items. Once; t is the caller's
 * afterwards. */
void txn_tell(struct store *s, struct txn *t);

struct mark { /* "at that time we were here", for compaction by age */
	int64_t ms, rev;
	uint64_t seq;
};
#define MARKS 128

struct writer {
	pthread_t thread;
	bool started;
	int64_t last;     /* newest revision given out; equals visible between batches */
	int64_t reserved; /* durable promise: revisions up to here may be given out */
	bool dirty;       /* the file does not say `clean` any more */
	bool gap_pending; /* gap to be written with the first batch */
	struct rev_gap gap;
	struct txn *batch; /* while it is decided and written */
	struct change **staged;
	size_t n_staged, cap_staged;
	struct change **late; /* published, not on disk yet */
	size_t n_late, cap_late, late_bytes;
	int64_t late_deadline_ms;
	int64_t batch_ms; /* when the last one ended */

	/* upkeep.c */
	uint64_t seq, aimed_seq;
	int64_t aim;       /* everything up to this revision is compacted: nobody can ask for it any more */
	int64_t swept;     /* and what it superseded up to this id is gone from the disk */
	size_t debt;       /* changes since sweeping was due and had no time of its own */
	unsigned unsynced; /* slices */
	bool look;         /* for free space to be given back */
	bool upkeep_failed, upkeep_told;
	struct mark marks[MARKS];
	unsigned mark_first, mark_n;
};
int writer_start(struct store *s, struct err *e);
void writer_join(struct store *s);
void writer_done(struct store *s);
/* For whoever stands in for the writer (etcd): room for n more staged changes, and what the batch's end is made of. */
int writer_room(struct store *s, size_t n);
/* One operation, which the state allows; borrowed until it is published. After an error: writer_unstage. */
int writer_stage(struct store *s, const struct txn_op *op, int64_t id, struct err *e);
void writer_publish(struct store *s, int64_t last);
void writer_unstage(struct store *s);

/* ---- upkeep.c: what the writer does besides, in its thread; SQLite's alone ---- */
enum upkeep { UPKEEP_NONE, UPKEEP_SETTLE, UPKEEP_COMPACT, UPKEEP_SHRINK };
enum upkeep upkeep_due(struct store *s); /* under queue_lock, which store_compact needs */
void upkeep_run(struct store *s, enum upkeep what);
/* Late changes have to be on disk before what is to be compacted. */
bool upkeep_needs_flush(const struct store *s, enum upkeep what);
void upkeep_owe(struct store *s, size_t changes); /* a batch adds so many */
/* Whether the next batch has to take some compaction along, since there is no time for it between the batches. */
bool upkeep_rides(const struct store *s);
int upkeep_ride(struct store *s, int64_t *ret_swept, struct err *e); /* within the open batch */
void upkeep_rode(struct store *s, int64_t swept);                    /* it is committed */
void upkeep_fail(struct store *s, const struct err *e);
void upkeep_mark(struct store *s); /* after a batch: "at that time we were here" */
/* The newest revision that is old enough by age and number; 0: none. */
int64_t upkeep_target(const struct store *s, uint64_t *ret_seq);

/* ---- sealer.c, reseal.c: see seal.h ---- */
struct reseal_batch { /* what a barrier is to do besides */
	int64_t *ids; /* rows to rewrite */
	struct bytes **values;
	size_t n;
	int mark;            /* enum seal_mark; -1: leave it */
	struct scrub *scrub; /* a slice of it; NULL: none */
};
struct sealer {
	struct store *s;
	char *prefix, *path;
	size_t prefix_len;
	pthread_mutex_t verb_lock; /* one verb at a time */
	/* Read: from sealing until it is queued, and to open; written: the keys change. */
	pthread_rwlock_t lock;
	struct keyring ring;
	struct timespec mtime; /* of the file that ring was read from */
	ino_t inode;
	bool lost;  /* there are sealed values, and no keys */
	bool seen;  /* loading: a sealed value came by (etcd) */
	int mark;   /* atomic; enum seal_mark as on disk; written by the writer */
	bool fresh; /* atomic; nothing was ever stored unsealed */

	pthread_t thread;
	pthread_mutex_t pass_lock;
	pthread_cond_t pass_wake;
	/* Under pass_lock. */
	bool started, stopping, wanted, asked, running;
	uint64_t passes;
	int pass_code;
	struct err pass_err;
	size_t unreadable;
};
int sealer_new(struct sealer **ret, struct store *s, const struct store_config *c, struct err *e);
int sealer_ready(struct sealer *x, bool make, struct err *e); /* the store is loaded; first key, lost keys */
int sealer_start(struct sealer *x, struct err *e);            /* transactions are taken */
void sealer_stop(struct sealer *x);
struct sealer *sealer_free(struct sealer *x);
static inline bool sealer_wants(const struct sealer *x, const struct bytes *key)
{
	return x && key_under(key, x->prefix, x->prefix_len);
}
/* Takes x->lock (read); looks first whether keys that were missing are there again. */
void sealer_enter(struct sealer *x);
/* Under x->lock (read): c->raw as it is to be stored. ERR_SEALED: there are no keys, but there were. */
int sealer_close(struct sealer *x, struct change *c, struct err *e);
/* A value as a backend has it, opened if it is sealed. ERR_SEALED, ERR_TAMPERED. */
int value_raw(struct store *s, const struct record *r, struct bytes **ret, struct err *e);
/* The same with its revision. */
int value_take(struct store *s, const struct record *r, int64_t rev, struct bytes **ret, struct err *e);
/* All values under the prefix, in order of id or (etcd, only those of now) of keys; the record's value is as stored. */
int sealer_each(struct sealer *x, int64_t after, record_fn fn, void *arg, struct err *e);
/* reseal.c */
int reseal_want(struct sealer *x, struct err *e); /* starts one, or one more behind the one that runs */
int sealer_off(struct sealer *x, struct err *e);  /* etcd: nothing is sealed any more */
int reseal_commit(struct store *s, const struct reseal_batch *b, struct err *e); /* blocking */
/* Queues a barrier; store.c. */
int store_barrier(struct store *s, const struct reseal_batch *b, store_done_fn done, void *arg, struct err *e);

struct etcd;
struct store {
	struct etcd *etcd; /* NULL: SQLite */
	char *path;        /* SQLite's */
	int lock_fd;
	struct backend *backend;
	struct pool *pool;
	int64_t history_ms;
	uint64_t history_events;
	int64_t late_flush_ms;

	pthread_mutex_t queue_lock;
	pthread_cond_t queue_wake;
	struct txn *queue_head, **queue_tail;
	size_t queue_n; /* written under queue_lock; atomic */
	size_t queue_bytes;
	bool stopping;
	int64_t compact_target; /* under queue_lock */

	pthread_rwlock_t index_lock;
	struct index index;
	struct cache cache;
	int64_t visible; /* atomic; written under index_lock */
	int64_t flushed; /* under index_lock: everything up to here is on disk */

	pthread_mutex_t watch_lock;
	struct ring ring;
	struct watches watches;

	int64_t compacted;    /* atomic */
	struct rev_gap *gaps; /* fixed after open */
	size_t n_gaps;

	struct sealer *sealer; /* NULL: no keys_file */
	struct writer writer;
	uint64_t hits, misses, commits, syncs; /* atomic */
	bool stopped;
};

static inline int64_t load_i64(const int64_t *p)
{
	return __atomic_load_n(p, __ATOMIC_ACQUIRE);
}
static inline void store_i64(int64_t *p, int64_t v)
{
	__atomic_store_n(p, v, __ATOMIC_RELEASE);
}
static inline void count_u64(uint64_t *p)
{
	__atomic_fetch_add(p, 1, __ATOMIC_RELAXED);
}
/* Where a store that starts from this state may begin: above all that the original can have handed out. */
int64_t copy_start(const struct backend_state *st);
/* 0; ERR_GONE, ERR_TOO_NEW. visible: what may be asked for at most. */
int rev_check(struct store *s, int64_t rev, int64_t visible, struct err *e);
