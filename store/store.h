/*
 * A revisioned key-value log with watch, on SQLite (WAL, synchronous=FULL) by default, or on etcd.
 *
 * Keys are text ("/pods/default/web-1"), values JSON bytes. Every committed write gets the next revision of one global,
 * strictly increasing sequence (one revision per transaction; operations of one transaction share it). Keys, revisions
 * and index blobs of everything live in memory; values in a bounded cache. History is kept until compaction.
 *
 * A value is given without metadata.resourceVersion and with the offset where it belongs; what the store hands out has
 * `"resourceVersion":"<rev>",` spliced in there (made once at commit, shared by all readers). splice 0: nothing is
 * spliced.
 *
 * Threads: all functions may be called from any thread. `done` and watch callbacks run on the store's own threads, must
 * not block, and may call back into the store, save for store_stop, store_free and store_backup, which wait for those
 * threads.
 *
 * Readers see durable state only (and late writes, as soon as they are applied). A transaction becomes visible as a
 * whole, and before its `done` is called. Watch callbacks run on a thread of their own: an event may come before or
 * after the `done` of its transaction.
 *
 * Late writes that a crash loses: the store starts above every revision that it may have given out, and reading or
 * watching from one of the lost revisions is ERR_GONE. A file made by store_backup starts likewise, above everything
 * that the original can have given out since.
 *
 * On etcd, which several stores may share:
 * - revisions are etcd's own (plus a constant, when the data was restored from a copy). Transactions that were under
 * way together may share one;
 * - what is visible is what etcd's watch has delivered: a store sees its own writes when `done` is called, those of
 *   others a moment later; store_sync waits for them. A transaction that does not know them yet fails with
 * ERR_CONFLICT, ERR_EXISTS or ERR_NOT_FOUND as if it had come later; what it lost to is visible when `done` is called,
 * so: read and try again;
 * - ERR_TIMEOUT of a transaction: whether it happened is not known, and it may happen yet;
 * - a transaction has at most 128 operations and about 1 MiB (etcd's --max-txn-ops and --max-request-bytes;
 *   ERR_TOO_LARGE); late writes are ordinary ones; watchers of a deletion get the last stored state;
 * - a watch may end with ERR_GONE at any time: when the connection was away for longer than history is kept.
 */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "base/bytes.h"
#include "base/err.h"
#include "base/json.h"

struct store; /* opaque */

struct store_config {
	const char *path; /* database file; its directory exists. Beside it: -wal, -shm, .lock (flock) */
	/* etcd instead, when not NULL: "http(s)://HOST:PORT,..." of one cluster; whichever answers is used. */
	const char *endpoints;
	const char *prefix;                         /* of all keys in etcd; NULL: "/minik" */
	const char *ca_file, *cert_file, *key_file; /* PEM; NULL: the system's CAs, no client certificate */
	/* Values under this prefix can be sealed (seal.h) with the keys in this file; NULL: none are. The file need not
	 * be there: a first key is made when `seal_new` is set and nothing sealed is. */
	const char *seal_prefix, *keys_file;
	bool seal_new;
	size_t cache_bytes;      /* 0: 64 MiB */
	unsigned history_s;      /* compaction keeps this many seconds; 0: 300 */
	unsigned history_events; /* and at least this many events; 0: 10000 */
	unsigned late_flush_ms;  /* late writes reach the disk within this; 0: 300000 */
	size_t shrink_bytes;     /* SQLite: see store_compact; 0: 16 MiB */
};
int store_open(struct store **ret, const struct store_config *c,
	       struct err *e); /* one clear line for a corrupt or locked file */
/* Refuses new transactions and watches, commits what is queued, flushes what is late, gives every watch its last call.
 * Blocks. Reads go on. */
void store_stop(struct store *s);
struct store *store_free(struct store *s); /* stops first; free the watches before */

struct store_item {
	const char *key;     /* borrowed from `hold` */
	struct bytes *value; /* spliced */
	struct bytes *index; /* as given to store_commit; may be NULL */
	int64_t create_rev, mod_rev;
	struct bytes *hold; /* private */
};
void store_item_done(struct store_item *i);
void store_item_copy(struct store_item *dst,
		     const struct store_item *src); /* takes references: to keep a borrowed item */

/* --- writes --- */
/*
 * Expectations of all operations are checked against the state before the transaction. A key may be put or deleted once
 * in a transaction, which has at most 4096 operations; keys have 1 to 4096 bytes, values at most 64 MiB. Only checks:
 * no new revision.
 */
enum store_op_kind { STORE_PUT, STORE_DELETE, STORE_CHECK };
struct store_op {
	enum store_op_kind kind;
	const char *key;
	int64_t expect;      /* mod_rev the key must have; 0: must not exist; -1: anything (but DELETE: must exist) */
	struct bytes *value; /* PUT: refed */
	/* DELETE: the object's last state for watchers (may be NULL: the last stored value is used); spliced likewise.
	 */
	size_t splice;
	struct bytes *index; /* refed; may be NULL */
	/* PUT: only heartbeats: may be written to disk late; still ordered and watched. A transaction is late if all
	 * its PUTs are. */
	bool late;
};
struct store_done {
	int code; /* 0; ERR_CONFLICT, ERR_EXISTS (expect 0), ERR_NOT_FOUND, -ENOSPC, -EIO, -EUCLEAN (corrupt) ... */
	size_t failed_op;               /* index of the operation whose expectation failed */
	int64_t rev;                    /* revision of the transaction */
	const struct store_item *items; /* per op: the new item (PUT), the deleted last state (DELETE), the key alone
					   (CHECK); valid during the call; ref what you keep */
	size_t n;
	struct err err;
};
typedef void (*store_done_fn)(void *arg, const struct store_done *d);
/*
 * Queues one all-or-nothing transaction; strings are copied, bytes refed. done is called once, after the commit is
 * durable (late: when applied). When this returns an error (-EINVAL, ERR_TOO_LARGE, ERR_TOO_MANY: the disk cannot keep
 * up, ERR_CANCELED: stopping, -ENOMEM) nothing was queued and done is not called. Transactions are applied in the order
 * in which they were queued.
 */
int store_commit(struct store *s, const struct store_op *ops, size_t n, store_done_fn done, void *arg, struct err *e);

/* --- reads --- */
/*
 * done(0) when everything that anybody had committed before the call is visible here: at once with SQLite, from the
 * caller's thread; with etcd after a quorum read, which callers share. ERR_TIMEOUT, ERR_UNAVAILABLE: etcd does not
 * answer.
 */
typedef void (*store_sync_fn)(void *arg, int code);
void store_sync(struct store *s, store_sync_fn done, void *arg);
void store_sync_within(struct store *s, unsigned ms, store_sync_fn done,
		       void *arg);           /* ERR_TIMEOUT after about so long */
bool store_is_shared(const struct store *s); /* whether others write too: etcd */
int64_t store_revision(struct store *s);     /* newest visible */
int64_t
store_compacted(struct store *s); /* the oldest revision that can still be read or watched from; 0: all of them */
/*
 * A sealed value that cannot be opened is ERR_SEALED (its key is not at hand) or ERR_TAMPERED: for the read of it, for
 * a range that contains it, and as the last call of a watch that comes to it. Nothing else suffers.
 */
/* 0, ERR_NOT_FOUND, or ERR_AGAIN when the value is not cached. */
int store_get(struct store *s, const char *key, struct store_item *ret);
/* Always answers through done, at once from the caller's thread when cached, else from a worker. code 0 or
 * ERR_NOT_FOUND... */
typedef void (*store_get_fn)(void *arg, int code, struct store_item *item /* borrowed */);
void store_get_async(struct store *s, const char *key, store_get_fn done, void *arg);

struct store_range {
	const char *prefix;
	const char *start_after; /* key; NULL: from the beginning */
	size_t limit;            /* 0: all */
	int64_t rev;             /* 0: now; else as of that revision (ERR_GONE compacted, ERR_TOO_NEW) */
	/* NULL: everything; called under the index lock: quick, no callbacks into the store. */
	bool (*filter)(void *arg, const char *key, const struct bytes *index);
	void *filter_arg; /* lives until done */
	bool keys_only;   /* values are left NULL */
};
struct store_range_result {
	int code;
	struct err err;
	int64_t rev; /* the revision the answer is of */
	struct store_item *items;
	size_t n;
	bool more; /* at least one key follows the last item, before filtering; go on with start_after = the last item's
		      key */
	int64_t remaining; /* how many do: before filtering, as of now (an estimate for an older revision); 0 without
			      more */
};
/* r is borrowed; done may keep an item's value, index or hold by putting NULL in its place. */
typedef void (*store_range_fn)(void *arg, struct store_range_result *r);
/* Consistent at one revision. done may run before this returns (all cached) or on a worker. Strings are copied.
 * ERR_UNAVAILABLE: try again. */
void store_range(struct store *s, const struct store_range *q, store_range_fn done, void *arg);
size_t store_count(struct store *s, const char *prefix);
/* How many there are, and about how many bytes one has, by some that are in memory; 0: none of these is. */
void store_weigh(struct store *s, const char *prefix, size_t *ret_count, size_t *ret_bytes);

/* --- watch --- */
enum store_event_kind { STORE_CREATED, STORE_MODIFIED, STORE_DELETED };
struct store_event {
	enum store_event_kind kind;
	struct store_item item; /* new state; for DELETED the last state, spliced with the deletion's revision */
	const struct bytes *prev_index; /* before this change; NULL for CREATED */
	struct bytes *prev_value;       /* before this change; may be NULL when not at hand */
};
struct store_watch;
/*
 * Events under prefix with mod_rev > from_rev, each once, in revision order, without gap; history first, then live.
 * fn is never called concurrently for one watch. rev: everything up to it has been delivered (progress; n may be 0).
 * The events of one transaction come in one call. code != 0 (ERR_GONE; ERR_CANCELED: the store stops; a read error) is
 * the last call. ERR_GONE is also returned at once when from_rev is compacted already, ERR_TOO_NEW when it lies in the
 * future. Events and items are borrowed: valid during the call. prev_value is only there for live events.
 */
typedef void (*store_watch_fn)(void *arg, int code, const struct store_event *ev, size_t n, int64_t rev);
int store_watch_new(struct store_watch **ret, struct store *s, const char *prefix, int64_t from_rev, store_watch_fn fn,
		    void *arg, struct err *e);
/* Asks for one fn call with n = 0 and the current revision, ordered behind all earlier events (bookmarks). */
void store_watch_progress(struct store_watch *w);
/* Waits for a running callback unless called from it (so hold no lock that the callback takes); none comes afterwards.
 */
struct store_watch *store_watch_free(struct store_watch *w);

/*
 * Drops history up to rev: at once for whoever asks for it, on disk soon after. Does not block. Happens by itself as
 * well (event-driven, after writes; a store that is idle for longer does nothing).
 *
 * SQLite: the rows go in slices of 2 ms that end when a write comes; a start goes on with what the last one left. Their
 * pages are used for new rows. The file gets smaller when at least half of it, and at least shrink_bytes, is free, and
 * then until a quarter is, in moments without writes: so nothing moves where contents come and go (SD cards wear), and
 * each page that moves gives one back at least. A file made by an older minik is rewritten when it is opened, if it
 * holds at most 8 MiB; a larger one keeps its size until a copy of it (store_backup, store_export) takes its place.
 */
int store_compact(struct store *s, int64_t rev, struct err *e);
/* Consistent copy into a new file, durable when this returns, while running; late writes included. Blocking; leaves
 * nothing when it fails. */
int store_backup(struct store *s, const char *path, struct err *e);

/*
 * Copies without a store being open here. export: as store_backup's, of what c names, while others use it (of SQLite
 * without the late writes that are not on disk). import: the copy at path into an empty prefix of etcd (ERR_EXISTS). A
 * copy becomes SQLite's database by being put at its path. Blocking.
 */
int store_export(const struct store_config *c, const char *path, struct err *e);
int store_import(const struct store_config *c, const char *path, struct err *e);
/*
 * What servers that share a datastore share besides objects (etcd; else ERR_UNSUPPORTED). put: only when there is none
 * (ERR_EXISTS). Blocking; not from the store's threads.
 */
int store_blob_get(struct store *s, const char *name, struct bytes **ret, struct err *e);
int store_blob_put(struct store *s, const char *name, const struct bytes *value, struct err *e);

/*
 * Encryption at rest, of a store with a keys_file. Blocking; not from the store's threads. Verbs: status, enable,
 * disable, prepare (makes a key that nothing is sealed with yet), rotate (seals with it from now on), rotate-keys
 * (both), reencrypt (all values anew, as the keys now say; enable, disable and rotate-keys do it too), prune-keys
 * (drops keys that nothing is sealed with), reload (reads the file again), wait (for a reencryption, wait_ms at most).
 * *ret may be NULL: what status tells, after the verb:
 *
 *   {"enabled":true,"shared":false,"file":"...","reencryption":"none|running|done|failed","message":"...",
 *    "unreadable":0,"keys":[{"id":"...","created":1,"state":"active|prepared|old|missing","values":3,"history":1},...],
 *    "plain":{"values":0,"history":0}}
 *
 * values are those of now, history those of older revisions (SQLite; etcd keeps its own until compaction, and does not
 * tell). Reencryption rewrites SQLite's rows in place: no revision changes, no watcher hears of it, and history is
 * included; at the end the unused parts of the file are zeroed and the WAL is emptied, so that nothing of what stood
 * there before is left in either. In etcd it is an ordinary write of the same value by compare-and-swap, with a revision and an event.
 * ERR_INVALID: an unknown verb, or one that does not fit now.
 */
int store_encryption(struct store *s, const char *verb, unsigned wait_ms, json_t **ret, struct err *e);
/* The keys (ids of 16 hex digits, comma-separated, malloc'ed; "" for none) that values in the copy at path are sealed
 * with and that are not in keys_file. */
int store_copy_missing_keys(const char *path, const char *keys_file, char **ret, struct err *e);

struct store_stats {
	int64_t rev, compacted;
	size_t keys, cache_bytes, cache_hits, cache_misses;
	uint64_t commits,
	    fsyncs; /* transactions; batches made durable, with one fsync each (checkpoints not counted) */
	size_t watches, db_bytes;
};
void store_stats(struct store *s, struct store_stats *ret);
