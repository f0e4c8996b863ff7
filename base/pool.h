/*
 * Worker pool for blocking work. Jobs with the same non-empty key run one after another in
 * submission order; different keys run in parallel, up to the pool's size. Threads are started
 * on demand and end after idling.
 */
#pragma once
#include "base/err.h"
#include "base/loop.h"

struct pool;
struct pool_job {
	void (*run)(struct pool_job *j);  /* on a worker thread */
	void (*done)(struct pool_job *j); /* on done_loop's thread, or on the worker when done_loop
					     is NULL; may free the job. May be NULL. */
	struct loop *done_loop;
	struct loop_task task; /* private */
	struct list link;      /* private */
	struct list peers;     /* private */
	char key[80];	       /* "" for unordered */
};
int pool_new(struct pool **ret, unsigned max_threads, const char *name, struct err *e);
void pool_submit(struct pool *p, struct pool_job *j); /* any thread; the job outlives its done */
void pool_drain(struct pool *p); /* waits until no job is queued or running */
struct pool *pool_free(struct pool *p); /* drains first */
