/*
 * Keys to reconcile: a key waits at most once; while it is being worked on, further adds make it run again afterwards.
 * reconcile runs on a worker thread (straight-line code with the blocking client calls), different keys in parallel up to
 * `workers`, one key never twice at a time. Failed keys come back with exponential back-off (5 ms doubling to 60 s).
 */
#pragma once
#include "base/err.h"
#include "base/loop.h"

struct workqueue;
/* Returns 0: done; > 0: again after that many milliseconds; negative: failed, retried with back-off and logged at debug
   level (warning from the fifth time on). */
typedef int (*reconcile_fn)(void *arg, const char *key, struct err *e);
int workqueue_new(struct workqueue **ret, struct loop *l, const char *component, unsigned workers, reconcile_fn fn, void *arg, struct err *e);
void workqueue_add(struct workqueue *q, const char *key);		       /* any thread */
void workqueue_add_after(struct workqueue *q, const char *key, int64_t ms);    /* any thread; the earlier of two wins */
void workqueue_pause(struct workqueue *q, bool paused); /* starts paused; un-pause when informers are synced */
void workqueue_stop(struct workqueue *q);  /* no new reconcile starts; what is added is dropped */
/*
 * Waits for running ones, which may themselves wait for the loop by blocking client calls: so either when the loop has ended
 * (then such calls return ERR_CANCELED), or on the loop's thread after client_stop.
 */
void workqueue_join(struct workqueue *q);
/* Joins, and q is gone. */
struct workqueue *workqueue_free(struct workqueue *q);
/* Where reconciles of one queue add to another: all are joined before the first is freed. Any may be NULL. */
void workqueue_free_all(struct workqueue *const *v, size_t n);
