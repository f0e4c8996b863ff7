/*
 * What clients of a revisioned key-value API saw, and whether one server can have answered so.
 *
 * Operations are checked key by key for linearizability (a search as in Wing and Gong's algorithm, over the life of one
 * server process: nothing that was not answered can happen after its end), and all together by their revisions. Watches
 * are checked against the acknowledged writes: each event once, in order, none left out.
 *
 * Values are numbers that no two writes share; 0 is none. Times are nanoseconds of one monotonic clock.
 */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum op_kind { OP_CREATE, OP_UPDATE, OP_DELETE, OP_READ };
enum op_outcome {
	OP_OK,
	OP_EXISTS,   /* create: there was one */
	OP_CONFLICT, /* the revision was another */
	OP_ABSENT,   /* there was none */
	OP_UNKNOWN,  /* no answer: happened or not */
};
struct op {
	enum op_kind kind;
	enum op_outcome outcome;
	bool late; /* may be lost when the process ends */
	uint32_t key;
	uint64_t value;     /* written or read */
	int64_t expect;     /* revision asked for; 0: any */
	int64_t rev;        /* of the write (0: not told, as deletions are), or of what was read */
	int64_t at;         /* read: the whole answer is of this revision; 0: not told */
	int64_t start, end; /* of an unknown one: when its server was gone for certain */
};

enum seen_kind { SEEN_LIST, SEEN_ADDED, SEEN_MODIFIED, SEEN_DELETED, SEEN_BOOKMARK, SEEN_GONE };
struct seen {
	enum seen_kind kind;
	uint32_t key;
	uint64_t value;
	int64_t rev; /* LIST: what the watch goes on from; its items follow as ADDED with `listed`. GONE: what it had
			asked for */
	bool listed;
};
struct watcher {
	const char *name;
	bool late;        /* of keys that may be lost: only order and meaning are checked */
	bool may_be_gone; /* it resumes from revisions of others (bookmarks), which may be lost ones */
	uint32_t keys;    /* it is told of keys below that */
	struct seen *v;
	size_t n, cap;
};
int watcher_add(struct watcher *w, struct seen s); /* 0, -ENOMEM */

struct history {
	bool shared_revs;    /* writes of different keys may share a revision (transactions of one batch in etcd); set before use */
	struct op *ops; /* of this process's life */
	size_t n, cap;
	size_t n_keys;
	int64_t top;         /* highest revision acknowledged in earlier lives */
	struct known *known; /* by revision: every write of which anybody knows */
	size_t n_known, cap_known;
	int64_t *acked; /* revisions of acknowledged durable writes, to be sorted */
	size_t n_acked, cap_acked;
	struct state *states; /* per key, at the beginning of this life */
	char why[512];        /* the first violation */
	size_t checked,
	    lives; /* operations; processes. The first may only read: what is there then was there before. */
};
int history_init(struct history *h, size_t n_keys);
void history_done(struct history *h);
int history_add(struct history *h, struct op o);
/*
 * The process is gone and another has started; the operations must end with a read of every key, made from the new one.
 * Checks them, remembers the writes, and begins anew with what was read. False: why says what is wrong.
 */
bool history_check(struct history *h);
/* After the last history_check; the watcher must have been told of every write up to `upto`. */
bool history_check_watcher(struct history *h, const struct watcher *w, int64_t upto);
