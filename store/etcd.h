/*
 * The store on etcd, by its v3 JSON gateway. Index, cache, ring, watches and reads are those of internal.h; what
 * differs is who decides and who publishes:
 *
 *   etcd_write.c  takes queued transactions and sends them, several in one Txn as nested transactions, one Txn at a
 * time (so they keep their order); etcd decides them by mod_revision etcd_feed.c   one watch on the prefix feeds index,
 * ring and watches; a transaction's `done` is called when its revision is published: by the watch, or at once where it
 * follows on what the watch has delivered etcd_sync.c   how far others have come: quorum reads, the tick key,
 * compaction etcd_read.c   cache misses and history (struct backend_ops), copies of everything etcd_http.c   endpoints,
 * requests, fail-over, errors etcd_codec.c  base64, JSON, the envelope around values
 *
 * Keys in etcd: PREFIX/registry + the store's key, for objects; PREFIX/sys/... is the store's own:
 *   meta      {"format":1,"base":N}   the store's revision is etcd's + N. N is 0 unless the data was restored from a
 *             copy: then revisions go on above all that the copy's original can have handed out
 *   compact   the store's revision up to which history was dropped; written by whoever compacts, by compare-and-swap
 *   tick      written to move the watch on when nothing else does
 *   restore   a restore is under way
 *   data/...  store_blob_*
 *
 * A thread of its own runs the loop; "loop" below is that thread. The loop stands in for the writer of internal.h: it
 * owns struct writer.
 */
#pragma once
#include "base/buf.h"
#include "base/json.h"
#include "base/loop.h"
#include "store/internal.h"
#include "wire/http_client.h"

#define ETCD_FORMAT     1
#define ETCD_OPS_MAX    128u /* etcd's default --max-txn-ops */
#define ETCD_TIMEOUT_MS 10000u
#define ETCD_BODY_MAX   ((size_t)256 << 20)

/* ---- etcd_codec.c ---- */
/*
 * A value in etcd: "mnk1", splice and length of the index blob (little-endian u32; NO_INDEX: none), the index blob, the
 * object's JSON without its revision.
 */
#define ENVELOPE_HEAD 12u
struct envelope {
	size_t splice;
	const void *index, *value; /* index NULL: none */
	size_t index_len, value_len;
};
int envelope_write(struct buf *out, const struct envelope *v);    /* -EINVAL: too large */
int envelope_read(struct envelope *ret, const void *p, size_t n); /* -EINVAL; ret borrows from p */

struct etcd_kv {
	char *key; /* whole, NUL behind it */
	size_t key_len;
	int64_t create, mod; /* etcd's revisions */
	void *value;         /* NULL: none */
	size_t value_len;
	struct envelope env; /* of value, when `sound` */
	bool sound;
};
int etcd_kv_read(struct etcd_kv *ret, const json_t *kv); /* ERR_PROTO, -ENOMEM */
void etcd_kv_done(struct etcd_kv *kv);
#define AUTO_KV CLEANUP(etcd_kv_done)
int64_t etcd_int(const json_t *o, const char *name); /* gateways write 64-bit numbers as text; 0 when absent */
void buf_add_b64(struct buf *b, const void *p, size_t n);
void buf_add_field(struct buf *b, const char *name, const void *p, size_t n); /* "name":"base64" */
/* "key":...,"range_end":... for all keys that begin with prefix and (after not NULL) sort behind after. */
void buf_add_range(struct buf *b, const char *prefix, const char *after);

/* ---- etcd_http.c ---- */
struct etcd;
/* maybe: it failed, but a write may have been carried out or may yet be. body: the answer, when code is 0. */
typedef void (*etcd_reply_fn)(void *arg, int code, bool maybe, struct bytes *body, const struct err *e);
/* Loop. POST; body is taken over. A read is tried on the other endpoints too, a write only when it certainly was not
 * carried out. fn is called once, not before this returns, unless the store is freed first. */
int etcd_post(struct etcd *x, const char *path, struct buf *body, bool write, etcd_reply_fn fn, void *arg,
	      struct err *e);
/* Any thread but the loop: waits. *ret is the answer as a tree. ERR_TIMEOUT: a write's outcome is unknown. */
int etcd_call(struct etcd *x, const char *path, struct buf *body, bool write, json_t **ret, struct err *e);
int etcd_answer(struct bytes *body, json_t **ret, struct err *e);
int etcd_header_rev(struct etcd *x, const json_t *answer, int64_t *ret, struct err *e); /* etcd's revision */
/* The error in an answer that is none: our code, and whether a write may have happened all the same. */
int etcd_error(const char *endpoint, int status, const struct bytes *body, bool *ret_maybe, struct err *e);
const char *etcd_endpoint(const struct etcd *x);
void etcd_posts_free(struct etcd *x);
void etcd_next_endpoint(struct etcd *x, const char *failed); /* loop; moves on unless another is in use already */

/* ---- the whole ---- */
struct sync {
	struct sync *next;
	store_sync_fn done;
	void *arg;
	int64_t rev; /* ours; known after the quorum read */
	int64_t since_ms, until_ms;
};

enum feed_state { FEED_DOWN, FEED_CONNECTING, FEED_UP, FEED_RELOADING };

struct feed {
	enum feed_state state;
	struct http_call *call;
	const char *endpoint;
	struct loop_timer *retry;
	struct buf line;
	json_t *parts; /* events of a message that comes in fragments */
	size_t parts_bytes;
	int64_t last_ms; /* when something came */
	unsigned failures;
	struct pool_job job;
	struct loop_task reload_task;
	int job_code;
	struct err job_err;
	bool complained;
};

struct write {
	bool busy; /* a Txn is under way */
	struct txn *batch;
	bool nested;
	bool single;         /* batches are too large for this etcd */
	size_t alone; /* so many go one at a time: together they were refused for want of room */
	struct txn *waiting; /* decided, and not seen by the watch yet; ordered by revision */
};

struct etcd {
	struct backend base; /* first */
	struct store *s;     /* NULL: used alone, for export and import */
	struct loop *loop;
	struct loop_thread *thread;
	struct http_client *http;
	char **endpoints;
	size_t n_endpoints;
	size_t at;                  /* atomic; the endpoint in use */
	char *prefix;               /* "/minik" */
	char *registry, *sys;       /* "/minik/registry", "/minik/sys/" */
	int64_t base_rev, meta_rev; /* fixed after open; the latter is etcd's revision of meta */
	struct list posts;          /* loop: requests under way */
	bool started, stopping;     /* loop */
	struct loop_timer *stop_timer;
	int64_t stop_deadline; /* loop */

	struct feed feed;
	struct write write;
	/* loop: syncs whose quorum read is under way, and those that wait for the watch */
	struct sync *asking, *waiting;
	struct loop_timer *tick_timer, *compact_timer, *check_timer;
	bool ticking, ask_busy;
	struct loop_task queue_task, sync_task, stop_task, compact_task;
	struct sync *sync_head, **sync_tail; /* under s->queue_lock */
	int64_t compact_seen, compact_value; /* loop: etcd's revision of the compact key as we know it; what it says */
	int64_t compact_to;                  /* loop: while compacting */
	bool compacting;
	pthread_mutex_t lock;
	pthread_cond_t idle;
	bool drained; /* under lock: nothing is under way after a stop */
};

static inline int64_t etcd_ours(const struct etcd *x, int64_t rev)
{
	return rev + x->base_rev;
}

/* ---- etcd.c ---- */
/* Connects; the loop runs. MAKE writes meta when the prefix is empty, THERE fails with ERR_NOT_FOUND, BARE leaves it.
 */
enum etcd_meta { ETCD_MAKE, ETCD_THERE, ETCD_BARE };
int etcd_open(struct etcd **ret, const struct store_config *c, struct store *s, enum etcd_meta meta, struct err *e);
struct etcd *etcd_close(struct etcd *x);
/* The first load; then the feed and the writer may run. */
int etcd_load(struct etcd *x, struct err *e);
int etcd_start(struct etcd *x, struct err *e);
void etcd_stop(struct etcd *x); /* waits for what is queued, a few seconds at most */

/* ---- etcd_feed.c ---- */
int etcd_feed_init(struct etcd *x);
void etcd_feed_start(struct etcd *x); /* loop */
void etcd_feed_stop(struct etcd *x);
void etcd_feed_kick(struct etcd *x, const char *why); /* loop: reconnects, elsewhere if there is one */

/* ---- etcd_write.c ---- */
void etcd_write_pump(struct etcd *x);              /* loop: sends the next batch when none is under way */
void etcd_write_seen(struct etcd *x, int64_t rev); /* loop: the watch is there */
void etcd_write_expire(struct etcd *x,
		       int64_t before_ms); /* loop: what waits for the watch since before then is answered */
bool etcd_write_idle(struct etcd *x);
int64_t etcd_write_waits_since(const struct etcd *x); /* 0: nothing waits for the watch */
bool etcd_write_wants_tick(const struct etcd *x);     /* something waits for a revision that may be of other keys */

/* ---- etcd_sync.c ---- */
int etcd_sync_init(struct etcd *x);
void etcd_sync_start(struct etcd *x);      /* loop */
void etcd_sync_watch_over(struct etcd *x); /* loop: somebody waits: keep an eye on it */
void etcd_sync_done(struct etcd *x);
void etcd_sync_seen(struct etcd *x, int64_t rev);                   /* loop */
void etcd_sync_compacted(struct etcd *x, const struct etcd_kv *kv); /* loop: the compact key changed */
void etcd_sync_fail_all(struct etcd *x, int code);
int etcd_put_tick(struct etcd *x, int64_t *ret_rev, struct err *e); /* not the loop; etcd's revision */

/* Keys below sys/. Not the loop. ERR_NOT_FOUND. */
int etcd_sys_get(struct etcd *x, const char *name, struct etcd_kv *ret, struct err *e);
/* expect: etcd's revision that the key must have, 0: must not exist (else ERR_EXISTS), -1: anything. */
int etcd_sys_put(struct etcd *x, const char *name, const void *p, size_t n, int64_t expect, struct err *e);
int etcd_count(struct etcd *x, const char *prefix, int64_t *ret, struct err *e);
/* Its value with our revision rev, opened if it is sealed. */
int etcd_value(struct etcd *x, const struct etcd_kv *kv, int64_t rev, struct bytes **ret, struct err *e);
/* Puts an object that was read into an index, as visible. cache NULL: without its value. */
int etcd_index_add(struct etcd *x, struct index *ix, const struct etcd_kv *kv, struct cache *cache, struct err *e);

/* ---- etcd_copy.c ---- */
int etcd_backup(struct backend *b, const char *path, const struct backend_state *st, struct err *e);

/* ---- etcd_read.c ---- */
extern const struct backend_ops etcd_ops;
/* All objects as of etcd's revision rev, in order of keys. Not the loop. */
typedef int (*etcd_kv_fn)(void *arg, struct etcd_kv *kv, struct err *e);
int etcd_walk(struct etcd *x, const char *prefix, const char *after, int64_t rev, etcd_kv_fn fn, void *arg,
	      struct err *e);
