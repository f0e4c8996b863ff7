/*
 * Work that takes long (parsing lists, reading pages) goes to the pool in turns of users, so that one who asks for much
 * delays the others by one job and not by all of his. One user never has all threads. How many requests there are at all
 * is flow.h's to say: this is the order among those that have a seat.
 */
#pragma once
#include <stdbool.h>
#include "base/err.h"
#include "base/list.h"
#include "base/pool.h"

struct fair; /* opaque; any thread */
struct fair_user;
struct fair_job {
	void (*run)(struct fair_job *j); /* on the pool; may free the job */
	bool hold;                       /* its turn lasts until fair_release */
	/* private */
	struct list link;
	struct fair_user *user;
	struct fair *fair;
	struct pool_job pool_job;
};
int fair_new(struct fair **ret, struct pool *pool, unsigned threads, struct err *e);
struct fair *fair_free(struct fair *f); /* nothing is queued any more */
/* Without memory it is given to the pool out of turn. */
void fair_submit(struct fair *f, const char *user, struct fair_job *j);
void fair_release(struct fair *f, struct fair_user *u);
