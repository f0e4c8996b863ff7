/*
 * API Priority and Fairness (flowcontrol.apiserver.k8s.io/v1; Kubernetes documentation "API Priority and Fairness").
 * Internal to apiserver/.
 *
 *   flow_rule.c  FlowSchemas compiled: which request is whose (pure)
 *   flow_seat.c  seats of priority levels, queues, whose turn it is (pure; the caller locks)
 *   flow_work.c  how many seats a request takes
 *   flow.c       the configuration in memory and the way of a request through it
 *   flow_keep.c  what the server writes: objects every cluster has, condition Dangling
 *
 * A request takes one seat or, by the work that is to be expected, up to ten, from its classification to its answer; a
 * watch gives them back once it is initialized, a write that many watches hear of keeps them a little longer.
 * Without free ones it waits in a queue of its flow, suspended, and goes on upon the pool when its turn comes. Nothing
 * is ever waited for by a thread. Long-running requests (exec, attach, portforward, proxy, log) are past all this, as
 * with kube-apiserver, and so is what the server calls as part of a request that has a seat (inner_call).
 */
#pragma once
#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>
#include "apiserver/auth.h"
#include "base/buf.h"
#include "base/list.h"

/* --- rules (flow_rule.c) --- */
struct flow_rules;
struct flow_attr {
	const struct identity *id;
	bool is_resource;
	uint32_t verb;                                   /* enum api_verb, 0 for others */
	const char *group, *resource, *subresource, *ns; /* "" when none */
	const char *path;
};
int flow_rules_new(struct flow_rules **ret, const json_t *rules); /* spec.rules, may be NULL; -ENOMEM */
struct flow_rules *flow_rules_free(struct flow_rules *r);
bool flow_rules_match(const struct flow_rules *r, const struct flow_attr *at);

/* --- seats (flow_seat.c) --- */
/*
 * A level's nominal seats are its part, by shares, of all; its lendable ones are in a pool, the others its own. It
 * takes its own ones first, then from the pool, up to its limit: so idle seats are used at once by whoever needs them.
 * When one of the pool comes back, levels below their nominal number go before those that borrow.
 */
#define FLOW_SEAT_MS 60000 /* who needs longer goes on without a seat (kube-apiserver ends it: --request-timeout) */

struct flow_level {
	struct list link; /* flow_seats.levels */
	char *name, *uid; /* uid "": not in the store */
	bool exempt;
	bool gone; /* deleted; lives until it is idle */
	unsigned shares, lendable_percent;
	int borrowing_percent;         /* -1: no limit */
	unsigned queues, hand, length; /* queues 0: Reject */
	/* of this server */
	unsigned nominal, own, limit; /* seats: as configured, never lent, most */
	unsigned executing, waiting;  /* seats, requests */
	struct list running;          /* tickets, the oldest first */
	struct list busy;             /* flow_queues with somebody waiting, whose turn was longest ago first */
	struct list hash[32];
};
struct flow_queue;
enum flow_state { FLOW_NONE, FLOW_RUNNING, FLOW_WAITING };
struct flow_count; /* flow.c */
struct flow_ticket {
	enum flow_state state;
	struct flow_level *level;
	struct flow_queue *queue; /* NULL: counted in none */
	struct flow_count *count;
	struct list link;  /* level.running or queue.waiting */
	struct list all;   /* flow_seats.waiting, in order of arrival */
	unsigned seats;    /* that it has; while it waits: that it wants */
	int64_t linger_ms; /* flow.c: how long they are kept afterwards */
	int64_t since_ms, until_ms;
};
struct flow_seats {
	unsigned total;
	uint64_t seed; /* of flows' hashes: nobody can choose whom to share a queue with */
	struct list levels, waiting;
	struct list lingering; /* seats of requests that have ended, by when they come back */
	unsigned n_waiting;
	unsigned pool, pooled; /* lendable seats: all, taken */
};
enum flow_verdict { FLOW_RUN, FLOW_WAIT, FLOW_QUEUE_FULL, FLOW_NO_SEAT, FLOW_TIME_OUT, FLOW_CANCELLED, FLOW_VERDICTS };

void flow_seats_init(struct flow_seats *s, unsigned total, uint64_t seed);
void flow_seats_done(struct flow_seats *s); /* nobody has a seat or waits */
/* New, or as it is by now; spec is valid. flow_seats_divide comes afterwards. */
struct flow_level *flow_level_put(struct flow_seats *s, const char *name, const char *uid, const json_t *spec);
struct flow_level *flow_level_find(const struct flow_seats *s, const char *name); /* none that is gone */
/* Anew after levels came, changed or went: seats of each; those that are gone and idle are freed. */
void flow_seats_divide(struct flow_seats *s);
/* What one request may take of a level at most (kube-apiserver's MaxSeatsTracker); 0: no limit but that of all. */
unsigned flow_level_widest(const struct flow_level *l);
/*
 * FLOW_RUN, FLOW_WAIT, or why not; t is zeroed. schema and who name the flow. seats: wanted; who wants more than the
 * level can ever have gets as many as it can.
 */
enum flow_verdict flow_take(struct flow_seats *s, struct flow_level *l, struct flow_ticket *t, unsigned seats,
			    const char *schema, const char *who, int64_t now_ms, int64_t wait_ms);
void flow_give(struct flow_seats *s, struct flow_ticket *t); /* the seats back */
/* The ticket ends, its seats come back at that time (without memory at once). */
void flow_give_later(struct flow_seats *s, struct flow_ticket *t, int64_t until_ms);
/* Takes back what is due; when the next is, INT64_MAX: nothing lingers. */
int64_t flow_settle(struct flow_seats *s, int64_t now_ms);
void flow_leave(struct flow_seats *s, struct flow_ticket *t); /* out of its queue */
/* Whose turn it is, with its seats now; NULL: there is nobody or too few seats, which are kept for who is next. */
struct flow_ticket *flow_next(struct flow_seats *s, int64_t now_ms);
/* Takes seats back from those that have one for too long; calls over for each, whose ticket has none any more. */
void flow_overdue(struct flow_seats *s, int64_t now_ms, void (*over)(struct flow_ticket *t));

/* --- work (flow_work.c); any thread --- */
struct apiserver;
struct req;
struct flow_watchers; /* opaque: which watches there are */
int flow_watchers_new(struct flow_watchers **ret);
struct flow_watchers *flow_watchers_free(struct flow_watchers *w);
/* For flow_watcher_remove; NULL: it does not count. */
char *flow_watcher_add(struct flow_watchers *w, const struct req *r);
void flow_watcher_remove(struct flow_watchers *w, char *key); /* takes the key */
struct flow_work {
	unsigned seats;
	int64_t linger_ms;
};
struct flow_work flow_estimate(struct flow_watchers *w, const struct req *r, unsigned max);

/* --- requests (flow.c) --- */
struct flow; /* opaque; any thread */
int flow_new(struct flow **ret, struct apiserver *a, unsigned seats, struct err *e);
struct flow *flow_free(struct flow *f); /* the server's loop and pool no longer run */
/* False: r is not the caller's any more: it waits, and go(r) will be called on the pool, or has been answered with 429.
 */
bool flow_begin(struct req *r, void (*go)(void *r));
void flow_end(struct req *r); /* gives the seats back, once; nothing to do is fine */
/* A watch lives, or not any more. */
char *flow_watch_begin(struct flow *f, const struct req *r);
void flow_watch_end(struct flow *f, char *key);
void flow_stop(struct flow *f); /* who waits is refused, and nobody waits any more */
void flow_metrics(struct flow *f, struct buf *b);
/* All objects there are, as arrays of trees; takes effect at once. ERR_NOMEM: as it was before. */
int flow_configure(struct flow *f, const json_t *levels, const json_t *schemas, struct err *e);

/* --- keeping (flow_keep.c) --- */
struct flow_keep;
struct auth;
int flow_keep_new(struct flow_keep **ret, struct apiserver *a, struct err *e);
struct flow_keep *flow_keep_free(struct flow_keep *k);
/* Reads the configuration and writes what every cluster has; blocks until it is there. Before listening. */
int flow_keep_start(struct flow_keep *k, struct err *e);
void flow_keep_touch(struct flow_keep *k); /* some object changed. Any thread; does not block */
