/*
 * A whole collection at one revision, page by page, as fast as a client takes it: the next page is read when what was
 * written to the stream before has gone out, so that no more than two pages wait, however large the collection.
 *
 * The owner has called http_on_close for the exchange and calls pager_gone from there. emit and end are called one at a
 * time, on pool threads (end also inside pager_gone), with the pager's lock held; end is called once, and emit not
 * after it. The exchange may be used in both, unless end's code is ERR_CANCELED. release is the last call, without the
 * lock.
 */
#pragma once
#include "apiserver/internal.h"

#define PAGER_PAGE 1000 /* objects */

struct pager; /* opaque */
struct pager_ops {
	int (*begin)(void *arg); /* begins the stream; within pager_start. 0, or end with this */
	int (*emit)(void *arg, struct store_item *items /* may be taken */, size_t n,
		    int64_t rev); /* 0, or end with this */
	void (*end)(void *arg, int code, const struct err *e /* may be NULL */, int64_t rev);
	void (*release)(void *arg);
};
/* q's strings are copied; its filter lives until the end. rev and start_after say where it goes on. */
int pager_new(struct pager **ret, struct req *r, const struct store_range *q, size_t page /* objects */,
	      const struct pager_ops *ops, void *arg, struct err *e);
void pager_start(struct pager *p); /* begins, and reads the first page */
void pager_gone(struct pager *p);
struct pager *pager_free(struct pager *p); /* after release and pager_gone, or never started */
